// @ts-check
/**
 * The parts of the hour as a list: when each begins, how long it is, and what is wrong with it.
 */
import { button, make, redraw } from "./dom.js";
import { asGiven, fitted } from "./planning.js";
import { words } from "./words.js";

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountParts(root, { store, planning, announce, offers }) {
  const list = make("ol", { class: "parts" });
  const notes = make("div", { class: "parts-notes" });
  root.append(notes, list);

  /** @param {import("./planning.js").Part[]} parts @param {string} said @param {string} [joins] */
  const become = (parts, said, joins = "") => {
    store.change({ parts: asGiven(parts) }, { joins });
    announce(said);
  };

  /** @param {number} n @param {number} minutes */
  const setMinutes = (n, minutes) => {
    const { parts } = planning.plan;
    const to = Math.min(parts[n].most || 240, Math.max(1, Math.round(minutes) || 1));
    if (to === parts[n].minutes) return draw();
    const after = parts.map((each, m) => (m === n ? { ...each, minutes: to } : each));
    become(after, words("strip.part", { title: parts[n].title, n: to }), `minutes-${parts[n].id}`);
  };

  /** @param {number} n @param {number} by */
  const shift = (n, by) => {
    const parts = [...planning.plan.parts];
    const [part] = parts.splice(n, 1);
    parts.splice(n + by, 0, part);
    become(parts, words("parts.moved", { title: part.title, at: n + by + 1, of: parts.length }));
  };

  /** @param {number} n */
  const takeOut = (n) => {
    const { parts } = planning.plan;
    const brought = store.hour.brought.filter((each) => each.id !== parts[n].id);
    store.change({ parts: asGiven(parts.filter((_, m) => m !== n)), brought });
    announce(words("parts.out", { title: parts[n].title }));
  };

  /** What is wrong with a part, and a button that mends it. @param {import("./planning.js").Part} part @param {number} n */
  const wrongWith = (part, n) => {
    const { refused } = planning.plan;
    const about = refused?.about ?? {};
    const least = part.least || 1;
    const isAbout = refused && [about.key, about.part, about.id].some((each) => each && (each === part.id || each === part.key));
    if (!isAbout && part.minutes >= least) return null;
    const needs = Number(isAbout ? about.needs ?? least : least);
    const text = isAbout && !about.needs ? refused?.message : words("parts.too-short", { title: part.title, n: needs, has: part.minutes });
    return make("div", { class: "wrong-note" }, make("span", {}, text),
      needs > part.minutes ? button(words("parts.give", { n: needs }), () => give(n, needs), { class: "small", "data-keep": `give-${part.id}` }) : null);
  };

  /** Give a part the minutes that it needs; the others give what they can. @param {number} n @param {number} needs */
  const give = (n, needs) => {
    const parts = planning.plan.parts.map((each, m) => (m === n ? { ...each, minutes: needs, least: needs } : each));
    become(fitted(parts, Math.max(store.hour.minutes, 1)), words("strip.part", { title: parts[n].title, n: needs }));
  };

  /** @param {import("./planning.js").Part} part @param {number} n @param {number} many */
  const row = (part, n, many) => {
    const talks = part.kind !== "standing" && part.kind !== "own";
    const named = { title: part.title };
    const minutes = /** @type {HTMLInputElement} */ (make("input", {
      type: "number", inputmode: "numeric", min: "1", max: String(part.most || 240), value: String(part.minutes), autocomplete: "off",
      "data-keep": `minutes-${part.id}`, "aria-label": words("strip.edge", named), change: () => setMinutes(n, Number(minutes.value)),
    }));
    const wrong = wrongWith(part, n);
    return make("li", { class: `part part-${part.kind}${wrong ? " part-wrong" : ""}` },
      make("span", { class: "part-clock" }, part.clock),
      make("div", { class: "part-words" }, make("b", {}, part.title), part.model && part.model !== part.title ? make("span", { class: "part-model" }, part.model) : null,
        part.why || part.when ? make("span", { class: "part-why" }, part.why || part.when) : null),
      make("div", { class: "part-minutes" },
        button("−", () => setMinutes(n, part.minutes - 1), { class: "bare", "data-keep": `less-${part.id}`, "aria-label": words("parts.less", named), off: part.minutes <= 1 }),
        minutes,
        button("+", () => setMinutes(n, part.minutes + 1), { class: "bare", "data-keep": `more-${part.id}`, "aria-label": words("parts.more", named) })),
      make("div", { class: "part-acts" },
        button("↑", () => shift(n, -1), { class: "bare", "data-keep": `up-${part.id}`, "aria-label": words("parts.up", named), off: n === 0 }),
        button("↓", () => shift(n, 1), { class: "bare", "data-keep": `down-${part.id}`, "aria-label": words("parts.down", named), off: n === many - 1 }),
        button("×", () => takeOut(n), { class: "bare", "data-keep": `out-${part.id}`, "aria-label": words("parts.take-out", named) })),
      wrong,
      talks ? make("div", { class: "part-change", "data-offers-for": part.id },
        button(words("offers.open"), () => offers.toggle(part.id, "list"), { class: "small accent", "data-keep": `list-change-${part.id}`, "aria-expanded": String(offers.isOpen(part.id)) })) : null);
  };

  const draw = () => {
    const { parts, remarks, refused } = planning.plan;
    const panel = document.getElementById("offers");
    const inList = panel && list.contains(panel) ? panel : null;
    const focused = inList?.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    redraw(list, ...parts.map((part, n) => row(part, n, parts.length)));
    if (inList && offers.part) list.querySelector(`[data-offers-for="${CSS.escape(offers.part)}"]`)?.append(inList);
    if (focused && inList?.isConnected) focused.focus({ preventScroll: true });
    const placed = parts.some((part, n) => wrongWith(part, n));
    notes.replaceChildren(
      ...(refused && !placed ? [make("p", { class: "note wrong-note" }, refused.message)] : []),
      ...remarks.map((each) => make("p", { class: "note" }, typeof each === "string" ? each : /** @type {any} */ (each).message ?? "")));
  };
  planning.subscribe(draw);
  offers.subscribe(draw);
  draw();
}
