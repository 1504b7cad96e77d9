// @ts-check
/**
 * The agenda as it will be: a sketch at once, and then the library's own paper, in a tree of its own.
 */
import { make } from "./dom.js";
import { clock } from "./planning.js";
import { words } from "./words.js";

/** What a paper wants to know about where it lies: on the page its margins are the card's. */
const LYING = ":host{display:block;min-width:0} .reflect-page{background:transparent} .sheet-main:first-child{padding-top:0!important} @media screen{.sheet-main,header,footer{max-width:none!important;padding-right:0!important;padding-left:0!important}} @media screen and (min-width:44.01rem){.sheet-main,header,footer{padding-left:3.4rem!important} .reflect-page{--hang:3.4rem}}";

/** The element `main` where it stands in a selector. */
const MAIN = /(^|[\s,{}>+~])main(?=[\s,:.{>+~])/g;

/**
 * A place that shows a paper of the library: its style stays inside, and the policy of the page stays whole.
 *
 * @param {HTMLElement} host
 */
export function makeSheet(host) {
  const tree = host.attachShadow({ mode: "open" });
  const own = new CSSStyleSheet();
  const lying = new CSSStyleSheet();
  lying.replaceSync(LYING);
  tree.adoptedStyleSheets = [own, lying];
  let style = "";
  const body = make("div", { class: "reflect-page", translate: "no" });
  tree.append(body);
  return {
    tree,
    /** @param {{body: string, style: string, lang?: string}} paper */
    show(paper) {
      if (paper.style !== style) own.replaceSync((style = paper.style).replace(MAIN, "$1.sheet-main"));
      const made = document.createElement("template");
      made.innerHTML = paper.body;
      // The page has a main part already: the paper is a thing in it.
      for (const main of made.content.querySelectorAll("main")) {
        const place = make("div", { class: "sheet-main" });
        place.append(...main.childNodes);
        main.replaceWith(place);
      }
      body.replaceChildren(made.content);
      body.lang = paper.lang || "en-GB";
    },
    clear() { body.replaceChildren(); },
  };
}

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountAgenda(root, { store, planning, baked, onState, state }) {
  const sketch = make("div", { class: "sketch" });
  const host = make("div", { class: "sheet-host" });
  const sheet = makeSheet(host);
  const paper = make("div", { class: "sheet", tabindex: "0", role: "group", "aria-label": words("agenda.paper") }, sketch, host);
  const note = make("p", { class: "hint agenda-state" });
  root.append(paper, note);
  /** @type {any} */
  let shown = null;

  const drawSketch = () => {
    const { parts, total } = planning.plan;
    const { hour } = store;
    const brought = [...hour.urgent, ...hour.brought];
    sketch.replaceChildren(
      make("p", { class: "sketch-title" }, words("agenda.head")),
      make("p", { class: "hint" }, words("agenda.time", { from: clock(hour.start, 0), to: clock(hour.start, total), n: total })),
      make("dl", {}, ...parts.flatMap((part) => [
        make("dt", {}, part.clock),
        make("dd", {}, make("b", {}, part.waits ? words("sketch.waits") : (part.kind === "talk" && part.subtitle) || part.title), " ", make("span", { class: "hint" }, words("agenda.minutes", { n: part.minutes })),
          ...(baked.models?.[part.key]?.questions ?? []).slice(0, 2).map((/** @type {string} */ each) => make("span", { class: "sketch-question" }, each))),
      ])),
      ...(brought.length ? [make("p", {}, make("b", {}, words("agenda.brought"))), make("ul", {}, ...brought.map((each) => make("li", { translate: "no" }, each.words)))] : []));
  };

  const draw = () => {
    const { agenda, refusals } = planning.plan;
    const refused = planning.plan.refused || refusals.length;
    if (agenda && agenda !== shown) sheet.show((shown = agenda));
    if (!agenda) { sheet.clear(); shown = null; }
    host.hidden = !agenda;
    sketch.hidden = Boolean(agenda);
    if (!agenda) drawSketch();
    paper.classList.toggle("stale", Boolean(agenda && refused));
    const now = state();
    note.textContent = refused ? words("agenda.refused") : agenda ? words("agenda.real") : words(now === "fault" ? "state.fault" : "state.starting");
    note.classList.toggle("waiting", now === "starting");
  };
  planning.subscribe(draw);
  store.onClear(() => { sheet.clear(); shown = null; sketch.replaceChildren(); });
  onState(draw);
  draw();
}
