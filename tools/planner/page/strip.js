// @ts-check
/**
 * The hour as a strip. Its edges move by mouse, by touch and by keys; on a phone it stands upright.
 */
import { button, make, picture } from "./dom.js";
import { asGiven, clock, limitsOfEdge, withEdge } from "./planning.js";
import { words } from "./words.js";

/** Keys, and by how many minutes they move an edge. */
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
/** Where the strip stands upright, an arrow down moves the edge down: the part above it gets longer. */
const UPRIGHT_KEYS = { ...KEYS, ArrowUp: -1, ArrowDown: 1 };
/** The height of a minute where the strip stands upright, in pixels; `strip.css` has the same. */
const UPRIGHT_MINUTE = 4;

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountStrip(root, { store, planning, announce, offers, baked }) {
  const upright = matchMedia("(max-width: 44rem)");
  const strip = make("div", { class: "strip", role: "group", "aria-label": words("strip.label") });
  const sum = make("p", { class: "strip-sum" });
  const mends = make("span", { class: "strip-mends" });
  root.append(strip, make("div", { class: "strip-foot" }, sum, mends));

  /** @typedef {{segment: HTMLElement, minutes: HTMLElement, title: HTMLElement, small: HTMLElement, time: HTMLElement, edge: HTMLElement, holder: HTMLElement, change: HTMLElement | null, key: string, talks: boolean}} Piece */
  /** @type {Map<string, Piece>} */
  const pieces = new Map();
  const spareMinutes = make("b", { class: "strip-minutes" });
  const spare = make("div", { class: "strip-part strip-spare" }, make("div", { class: "strip-inner" }, spareMinutes, make("span", { class: "strip-title" }, words("strip.spare"))));

  const at = (/** @type {string} */ id) => planning.plan.parts.findIndex((each) => each.id === id);

  /** Move the edge after a part. @param {string} id @param {number} minutes */
  const move = (id, minutes) => {
    const n = at(id);
    if (n < 0) return;
    const before = planning.plan.parts;
    const after = withEdge(before, n, minutes);
    if (after[n].minutes === before[n].minutes) return;
    store.change({ parts: asGiven(after) }, { joins: `edge-${id}` });
    say(id);
  };

  const say = (/** @type {string} */ id) => {
    const { parts } = planning.plan;
    const n = at(id);
    if (n < 0) return;
    const next = parts[n + 1];
    const one = words("strip.part", { title: parts[n].title, n: parts[n].minutes });
    announce(`${one} ${next ? words("strip.part", { title: next.title, n: next.minutes }) : sum.textContent}`);
  };

  /** @param {KeyboardEvent} event @param {string} id */
  const press = (event, id) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const n = at(id);
    const [low, high] = limitsOfEdge(planning.plan.parts, n);
    const by = (upright.matches ? UPRIGHT_KEYS : KEYS)[event.key];
    const to = event.key === "Home" ? low : event.key === "End" ? high : by ? planning.plan.parts[n].minutes + by : null;
    if (to === null) return;
    event.preventDefault();
    move(id, to);
  };

  /** @param {PointerEvent} event @param {string} id */
  const drag = (event, id) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const edge = /** @type {HTMLElement} */ (event.currentTarget);
    edge.focus({ preventScroll: true });
    edge.setPointerCapture(event.pointerId);
    store.rest();
    const first = planning.plan.parts[at(id)].minutes;
    const perMinute = upright.matches ? UPRIGHT_MINUTE : strip.clientWidth / Math.max(store.hour.minutes, planning.plan.total);
    const from = upright.matches ? event.clientY : event.clientX;
    strip.classList.add("moving");
    const go = (/** @type {PointerEvent} */ moved) => {
      const way = (upright.matches ? moved.clientY : moved.clientX) - from;
      move(id, first + Math.round(way / perMinute));
    };
    const end = () => {
      edge.removeEventListener("pointermove", go);
      edge.removeEventListener("lostpointercapture", end);
      strip.classList.remove("moving");
      store.rest();
    };
    edge.addEventListener("pointermove", go);
    edge.addEventListener("lostpointercapture", end);
  };

  /** @param {import("./planning.js").Part} part @returns {Piece} */
  const makePiece = (part) => {
    const { id } = part;
    const minutes = make("b", { class: "strip-minutes" });
    const title = make("span", { class: "strip-title" });
    const small = make("span", { class: "strip-small" });
    const time = make("span", { class: "strip-clock" });
    const edge = make("div", { class: "strip-edge", role: "slider", tabindex: "0", "data-keep": `edge-${id}`, keydown: (/** @type {KeyboardEvent} */ event) => press(event, id), pointerdown: (/** @type {PointerEvent} */ event) => drag(event, id), blur: () => store.rest() });
    const talks = part.may_change;
    const change = talks ? button(words("offers.open"), () => offers.toggle(id, "strip"), { class: "strip-change", "data-keep": `strip-change-${id}` }) : null;
    const segment = make("div", { class: `strip-part strip-${talks ? "talk" : part.kind}` },
      make("div", { class: "strip-inner" },
        talks ? picture(baked.models?.[part.key]?.picture ?? "", "strip-picture") : null,
        make("span", { class: "strip-words" }, minutes, title, small), change),
      time);
    const holder = make("div", { class: "strip-holder" }, edge);
    return { segment, minutes, title, small, time, edge, holder, change, key: part.key, talks };
  };

  const draw = () => {
    const { parts, total, spare: left, refusals } = planning.plan;
    const whole = Math.max(store.hour.minutes, total);
    let order = "";
    let past = 0;
    parts.forEach((part, n) => {
      let piece = pieces.get(part.id);
      if (!piece || piece.key !== part.key || piece.talks !== part.may_change) pieces.set(part.id, (piece = makePiece(part)));
      order += `${part.id}:${part.key}:${part.may_change} `;
      const [low, high] = limitsOfEdge(parts, n);
      past += part.minutes;
      piece.minutes.textContent = String(part.minutes);
      piece.title.textContent = part.title;
      piece.small.textContent = part.waits ? words("sketch.waits") : part.subtitle ?? "";
      piece.segment.classList.toggle("strip-waits", Boolean(part.waits));
      piece.time.textContent = part.clock;
      piece.segment.classList.toggle("strip-last", n === parts.length - 1);
      piece.segment.classList.toggle("strip-short", refusals.some((each) => each.part === part.id));
      piece.holder.classList.toggle("strip-holder-last", n === parts.length - 1);
      piece.segment.style.setProperty("--minutes", String(part.minutes));
      piece.segment.title = words("strip.part", { title: part.title, n: part.minutes });
      piece.holder.style.setProperty("--after", `${(100 * past) / whole}%`);
      const { edge } = piece;
      edge.setAttribute("aria-label", words("strip.edge", { title: part.title }));
      edge.setAttribute("aria-orientation", upright.matches ? "vertical" : "horizontal");
      edge.setAttribute("aria-valuemin", String(low));
      edge.setAttribute("aria-valuemax", String(high));
      edge.setAttribute("aria-valuenow", String(part.minutes));
      edge.setAttribute("aria-valuetext", words("strip.value", { n: part.minutes, until: clock(store.hour.start, past) }));
      if (piece.change) piece.change.setAttribute("aria-expanded", String(offers.isOpen(part.id)));
    });
    if (strip.dataset.order !== order) arrange(parts, order);
    spare.hidden = left <= 0;
    spare.style.setProperty("--minutes", String(Math.max(0, left)));
    spareMinutes.textContent = String(left);
    strip.classList.toggle("full", left <= 0);
    strip.classList.toggle("over", left < 0);
    drawSum();
  };

  /** Put the parts in a new order, and the focus where it was. @param {import("./planning.js").Part[]} parts @param {string} order */
  const arrange = (parts, order) => {
    const focused = strip.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const place = [...strip.querySelectorAll("[data-keep]")].indexOf(/** @type {Element} */ (focused));
    for (const id of [...pieces.keys()]) if (!parts.some((each) => each.id === id)) pieces.delete(id);
    const rows = parts.flatMap((part) => {
      const { segment, holder } = /** @type {Piece} */ (pieces.get(part.id));
      return [segment, holder];
    });
    strip.replaceChildren(...rows, spare);
    strip.dataset.order = order;
    if (!focused) return;
    const all = /** @type {HTMLElement[]} */ ([...strip.querySelectorAll("[data-keep]")]);
    const again = all.find((each) => each.dataset.keep === focused.dataset.keep) ?? all[Math.min(place, all.length - 1)];
    again?.focus({ preventScroll: true });
  };

  const fit = button(words("plan.fit"), async () => {
    announce(words((await planning.fit()) ? "plan.fit.done" : "plan.fit.not"));
  }, { class: "small main", "data-keep": "fit" });
  const anew = button(words("plan.anew"), () => { store.change({ parts: null, out: [], chosen: {} }); announce(words("plan.anew.done")); headingFocus(); }, { class: "small", "data-keep": "anew" });
  const undo = button(words("undo"), () => { if (store.undo()) announce(words("undo.done")); }, { class: "small", "data-keep": "undo", "aria-keyshortcuts": "Control+Z" });
  const redo = button(words("redo"), () => { if (store.redo()) announce(words("redo.done")); }, { class: "small", "data-keep": "redo", "aria-keyshortcuts": "Control+Y" });
  mends.append(fit, anew, undo, redo);
  const headingFocus = () => document.getElementById("hour-title")?.focus({ preventScroll: true });

  const drawSum = () => {
    const { total, spare: left, refused } = planning.plan;
    sum.textContent = left < 0 ? words("plan.over", { n: -left }) : left > 0 ? words("plan.to-spare", { n: left, total, whole: store.hour.minutes }) : words("plan.full", { n: total });
    sum.classList.toggle("wrong", left < 0);
    // The library says itself what is wrong with the whole, and what would mend it.
    sum.hidden = Boolean(refused);
    // A button that goes away hands the focus to its neighbour, which stays.
    const leaving = document.activeElement === fit || document.activeElement === anew ? document.activeElement : null;
    fit.hidden = left >= 0 || Boolean(refused);
    anew.hidden = !(store.hour.parts || store.hour.out.length || Object.keys(store.hour.chosen).length);
    if (leaving instanceof HTMLElement && leaving.hidden) undo.focus({ preventScroll: true });
    setOff(undo, !store.canUndo);
    setOff(redo, !store.canRedo);
  };

  planning.subscribe(draw);
  offers.subscribe(draw);
  store.subscribe(drawSum);
  upright.addEventListener("change", draw);
  draw();
}

/** @param {HTMLElement} element @param {boolean} off */
function setOff(element, off) {
  if (off) element.setAttribute("aria-disabled", "true");
  else element.removeAttribute("aria-disabled");
}
