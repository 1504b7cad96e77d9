// @ts-check
/**
 * Print papers of the library, each under its own style, and nothing of the page around them.
 */
import { makeSheet } from "./agenda.js";
import { make } from "./dom.js";

/** @typedef {{body: string, style: string, lang?: string}} Sheet A paper as the desk shows it. */

/**
 * The rules of a style for printed pages. A browser reads them in the style of the document alone, where the papers of
 * one print would undo one another: whatever is for any page is for those of this paper only, by their name.
 *
 * @param {string} style @param {string} name That of the pages of this paper.
 */
function rulesOfPages(style, name) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const all = (/** @type {CSSRuleList} */ rules) => [...rules].flatMap((/** @type {any} */ rule) => (rule instanceof CSSPageRule ? [rule] : rule instanceof CSSMediaRule ? all(rule.cssRules) : []));
  /** @type {CSSPageRule[]} */
  const rules = all(sheet.cssRules);
  const plain = rules.filter((rule) => !rule.selectorText);
  const named = rules.filter((rule) => rule.selectorText);
  // A page with a name, such as that of a sheet of cards, has before it what any page has.
  const names = new Set([name, ...named.map((rule) => rule.selectorText)]);
  return [...[...names].flatMap((each) => plain.map((rule) => rule.cssText.replace(/^@page\s*/, `@page ${each} `))), ...named.map((rule) => rule.cssText)];
}

/** What a style calls its pages, with the name of the paper before it. @param {string} style @param {string} name */
const withNames = (style, name) => style.replace(/(@page |[{;\s]page: ?)([a-z][\w-]*)/g, `$1${name}-$2`);

const nameOf = (/** @type {number} */ n) => `printed-${n}`;
/** What the pages of a paper are called: a deck has nothing but its sheets. @param {Sheet} sheet @param {number} n */
const pageOf = (sheet, n) => (sheet.body.includes("reflect-deck") ? `${nameOf(n)}-deck` : nameOf(n));

/**
 * @param {HTMLElement} place Where the papers lie while they are printed: on the screen it is not seen.
 */
export function makePrinter(place) {
  const pages = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pages];
  const clear = () => {
    document.documentElement.classList.remove("prints");
    place.replaceChildren();
    pages.replaceSync("");
  };
  addEventListener("afterprint", clear);
  return {
    clear,
    /** @param {Sheet[]} sheets */
    print(sheets) {
      clear();
      // What came after it would have a page of its own in Firefox, and an empty one.
      document.body.append(place);
      const rules = sheets.flatMap((sheet, n) => {
        const name = nameOf(n);
        const style = withNames(sheet.style, name);
        const host = make("div", { class: "printed" });
        host.style.setProperty("page", pageOf(sheet, n));
        place.append(host);
        makeSheet(host).show({ ...sheet, style });
        return rulesOfPages(style, name);
      });
      // Firefox lays the first page by what the body says.
      const first = sheets.length ? `@media print { body { page: ${pageOf(sheets[0], 0)}; } }` : "";
      pages.replaceSync([...rules, first].join("\n"));
      document.documentElement.classList.add("prints");
      print();
    },
  };
}

/** @typedef {ReturnType<typeof makePrinter>} Printer */
