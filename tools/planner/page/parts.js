// @ts-check
/**
 * The parts of the hour as a list: when each begins, how long it is, and what is wrong with it.
 */
import { button, make, redraw } from "./dom.js";
import { OWN_PART, asGiven } from "./planning.js";
import { words } from "./words.js";

/** The most minutes of a part of which nothing else is known. */
const MOST = 240;

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountParts(root, { store, planning, announce, offers, views }) {
  const list = make("ol", { class: "parts" });
  const notes = make("div", { class: "parts-notes" });
  const left = make("div", { class: "parts-out" });
  /** What is wrong with the whole stands under the strip. */
  const wrongs = document.getElementById("hour-notes");
  root.append(notes, list, left, make("div", { class: "row parts-more" }, button(words("parts.add"), () => { views.show("gallery"); planning.makePlace(OWN_PART); }, { class: "small" })));

  /** @param {import("./planning.js").Part[]} parts @param {string} said @param {string} [joins] */
  const become = (parts, said, joins = "") => {
    store.change({ parts: asGiven(parts) }, { joins });
    announce(said);
  };

  /** @param {number} n @param {number} minutes */
  const setMinutes = (n, minutes) => {
    const { parts } = planning.plan;
    const to = Math.min(parts[n].most || MOST, Math.max(1, Math.round(minutes) || 1));
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

  /** @param {string} id @param {string} title */
  const leaveOut = (id, title) => {
    const { hour } = store;
    store.change({ out: [...new Set([...hour.out, id])], parts: hour.parts?.filter((each) => each.id !== id) ?? null });
    announce(words("parts.out", { title }));
  };

  /** @param {string} id @param {string} title */
  const putBack = (id, title) => {
    store.change({ out: store.hour.out.filter((each) => each !== id) });
    announce(words("parts.back.said", { title }));
  };

  /** What is wrong, with the buttons that mend it. @param {import("./planning.js").Refusal} refusal @param {number} [n] */
  const wrong = (refusal, n = -1) => {
    const part = planning.plan.parts[n];
    const mends = [];
    if (part && refusal.needs > part.minutes) {
      mends.push(button(words("parts.give", { n: refusal.needs }), () => give(n, refusal.needs), { class: "small", "data-keep": `give-${part.id}` }));
    } else if (!part && refusal.about === "minutes" && refusal.needs > store.hour.minutes) {
      mends.push(button(words("parts.longer", { n: refusal.needs }), () => { store.change({ minutes: refusal.needs }); announce(words("parts.longer.said", { n: refusal.needs })); }, { class: "small", "data-keep": "longer" }));
    }
    for (const each of refusal.alternatives ?? []) {
      if (part) mends.push(button(words("parts.instead", { title: each.title }), () => { store.change({ chosen: { ...store.hour.chosen, [part.id]: each.key } }); announce(words("offers.taken", { title: each.title })); }, { class: "small", "data-keep": `instead-${each.key}` }));
      else if (each.key) mends.push(button(words("parts.leave", { title: each.title }), () => leaveOut(each.key, each.title), { class: "small", "data-keep": `leave-${each.key}` }));
    }
    return make("div", { class: "wrong-note" }, make("span", { class: "wrong-words" }, refusal.message), ...mends.slice(0, 4));
  };

  /** Give a part the minutes that it needs: the parts around it give what they can. @param {number} n @param {number} needs */
  const give = (n, needs) => {
    const parts = planning.plan.parts.map((each) => ({ ...each }));
    let short = needs - parts[n].minutes;
    const givers = parts.filter((_, m) => m !== n);
    const spare = Math.max(0, planning.plan.spare);
    short -= Math.min(short, spare);
    while (short > 0) {
      const longest = givers.reduce((a, b) => (b.minutes - b.least > a.minutes - a.least ? b : a));
      if (longest.minutes <= longest.least) break;
      longest.minutes -= 1;
      short -= 1;
    }
    parts[n].minutes = needs;
    become(parts, words("strip.part", { title: parts[n].title, n: needs }));
  };

  /** @param {import("./planning.js").Part} part @param {number} n @param {number} many */
  const row = (part, n, many) => {
    const named = { title: part.title };
    const minutes = /** @type {HTMLInputElement} */ (make("input", {
      type: "number", inputmode: "numeric", min: "1", max: String(part.most || MOST), value: String(part.minutes), autocomplete: "off",
      "data-keep": `minutes-${part.id}`, "aria-label": words("strip.edge", named), change: () => setMinutes(n, Number(minutes.value)),
    }));
    const refusals = planning.plan.refusals.filter((each) => each.part === part.id);
    const why = part.why || part.when;
    return make("li", { class: `part part-${part.kind}${refusals.length ? " part-wrong" : ""}` },
      make("span", { class: "part-clock" }, part.clock),
      make("div", { class: "part-words" }, make("b", { translate: part.kind === "own" ? "no" : null }, part.title),
        part.waits || part.subtitle ? make("span", { class: part.waits ? "part-model part-waits" : "part-model" }, part.waits ? words("sketch.waits") : part.subtitle) : null,
        why ? make("span", { class: "part-why" }, why) : null),
      make("div", { class: "part-minutes" },
        button("−", () => setMinutes(n, part.minutes - 1), { class: "bare", "data-keep": `less-${part.id}`, "aria-label": words("parts.less", named), off: part.minutes <= 1 }),
        minutes,
        button("+", () => setMinutes(n, part.minutes + 1), { class: "bare", "data-keep": `more-${part.id}`, "aria-label": words("parts.more", named) })),
      make("div", { class: "part-acts" },
        button("↑", () => shift(n, -1), { class: "bare", "data-keep": `up-${part.id}`, "aria-label": words("parts.up", named), off: n === 0 }),
        button("↓", () => shift(n, 1), { class: "bare", "data-keep": `down-${part.id}`, "aria-label": words("parts.down", named), off: n === many - 1 }),
        button("×", () => leaveOut(part.id, part.title), { class: "bare", "data-keep": `out-${part.id}`, "aria-label": words("parts.take-out", named), off: part.may_leave === false })),
      ...refusals.map((each) => wrong(each, n)),
      part.may_change ? make("div", { class: "part-change", "data-offers-for": part.id },
        button(words("offers.open"), () => offers.toggle(part.id, "list"), { class: "small accent", "data-keep": `list-change-${part.id}`, "aria-expanded": String(offers.isOpen(part.id)) })) : null);
  };

  const draw = () => {
    const { parts, remarks, refusals, refused, out, why } = planning.plan;
    const panel = document.getElementById("offers");
    const inList = panel && list.contains(panel) ? panel : null;
    const focused = inList?.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    redraw(list, ...parts.map((part, n) => row(part, n, parts.length)));
    if (inList && offers.part) list.querySelector(`[data-offers-for="${CSS.escape(offers.part)}"]`)?.append(inList);
    if (focused && inList?.isConnected) focused.focus({ preventScroll: true });
    const homeless = refusals.filter((each) => !parts.some((part) => part.id === each.part));
    if (wrongs) redraw(wrongs, ...[...(refused ? [refused] : []), ...homeless].map((each) => wrong(each)));
    redraw(notes, ...[why, ...remarks].filter(Boolean).map((each) => make("p", { class: "note" }, each)));
    redraw(left, ...(out.length ? [make("p", { class: "hint" }, words("parts.left-out")),
      make("div", { class: "row" }, ...out.map((each) => button(words("parts.back", { title: each.title || each.key }), () => putBack(each.key, each.title), { class: "small pill", "data-keep": `back-${each.key}` })))] : []));
  };
  planning.subscribe(draw);
  offers.subscribe(draw);
  draw();
}
