// @ts-check
/**
 * What has got to another place in the hour by itself, as when it was made shorter: said in a line, until it is back.
 */
import { button, make, redraw } from "./dom.js";
import { words } from "./words.js";

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountMoved(root, { store, planning, announce }) {
  /** Where each thing was in the plan before, by its id: a part, or another day in words. @type {Map<string, string>} */
  let before = new Map();
  /** What has moved, by its id: where it was, and where it is now. @type {Map<string, {was: string, where: string}>} */
  let moved = new Map();
  /** The hour in which something moved last: the step back from it puts that back. */
  let of = store.hour;

  const things = () => [...store.hour.urgent, ...store.hour.brought];
  const forget = () => {
    before = new Map();
    moved = new Map();
    redraw(root);
  };

  /** What is said of those that got to one place. @param {string} where @param {string[]} ids */
  const sentence = (where, ids) => {
    const part = planning.plan.parts.find((each) => each.id === where);
    const named = things().filter((each) => ids.includes(each.id)).map((each) => words("moved.what", { words: each.words }));
    const what = [named.slice(0, -1).join(", "), ...named.slice(-1)].filter(Boolean).join(words("moved.and"));
    return words(part ? "moved.under" : "moved.later", { n: ids.length, what, where: part?.title ?? where });
  };

  const said = (/** @type {string[]} */ lines) => [...lines, ...(of === store.hour ? [words("moved.undo", { n: moved.size })] : [])].join(" ");

  const draw = () => {
    const places = new Set([...moved.values()].map((each) => each.where));
    const lines = [...places].map((where) => sentence(where, [...moved].filter(([, each]) => each.where === where).map(([id]) => id)));
    redraw(root, lines.length
      ? make("div", { class: "note moved" }, make("p", {}, said(lines)),
        button("×", () => { moved = new Map(); draw(); document.getElementById("hour-title")?.focus(); }, { class: "bare", "data-keep": "moved-away", "aria-label": words("records.saved.away") }))
      : null);
    return lines;
  };

  planning.subscribe(({ sure, refused, places }) => {
    if (!sure || refused) return;
    const now = new Map(places.map((each) => [each.id, each.part || each.when]));
    const out = new Set(store.hour.out.map((each) => each.replace(/^about-/, "")));
    // What stays where it went is still said; what is back, out or no longer there is not.
    const next = new Map([...moved].filter(([id, { where }]) => now.get(id) === where && !out.has(id)));
    // Whoever takes a step back knows what it was like.
    const fresh = store.canRedo ? [] : [...now].filter(([id, where]) => before.has(id) && before.get(id) !== where && moved.get(id)?.was !== where && where !== `about-${id}` && !out.has(id));
    for (const [id, where] of fresh) next.set(id, { was: moved.get(id)?.was ?? before.get(id) ?? "", where });
    before = now;
    if (!moved.size && !next.size) return;
    moved = next;
    if (fresh.length) of = store.hour;
    const lines = draw();
    if (fresh.length) announce(said(lines), { stays: true });
  });
  // Another person, another hour: nothing has moved.
  store.subscribe((hour, then) => { if (hour.who !== then.who || hour.resumes !== then.resumes || String(hour.last) !== String(then.last)) forget(); });
  store.onClear(forget);
}
