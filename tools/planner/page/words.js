// @ts-check
/**
 * Every word that the page shows, by its key: none stands in a script or in the markup.
 *
 * What is put into a sentence is text, and stays text.
 */

const PLURAL = new Intl.PluralRules("en-GB");

/** @type {Record<string, string | {one: string, other: string}>} */
let known = {};

/** @param {typeof known} all */
export function useWords(all) {
  known = all;
}

/** Tell whether there are words under a key. @param {string} key */
export const hasWords = (key) => Object.hasOwn(known, key);

/**
 * @param {string} key @param {Record<string, string | number>} [given]  What stands in the braces; `n` decides between
 *     one and several.
 * @returns {string}
 */
export function words(key, given = {}) {
  const found = hasWords(key) ? known[key] : key;
  const text = typeof found === "string" ? found : found[PLURAL.select(Number(given.n)) === "one" ? "one" : "other"];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(given, name) ? String(given[name]) : whole));
}

/** An element's attribute with a key, and the attribute that has the words. */
const PLACES = { "data-words-label": "aria-label", "data-words-placeholder": "placeholder" };

/** Write the words into every element that names them. @param {ParentNode} root */
export function writeWords(root) {
  for (const each of root.querySelectorAll("[data-words]")) each.textContent = words(each.getAttribute("data-words") ?? "");
  for (const [from, to] of Object.entries(PLACES)) {
    for (const each of root.querySelectorAll(`[${from}]`)) each.setAttribute(to, words(each.getAttribute(from) ?? ""));
  }
}
