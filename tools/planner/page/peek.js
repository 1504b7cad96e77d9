// @ts-check
/**
 * What one sees of a model at a glance: when it helps, how long it takes, one question, and what to do with it.
 *
 * There is one peek. It opens beside the tile that somebody points at or reaches by keyboard, turns at the edges, and
 * stays as long as somebody is in it.
 */
import { button, make } from "./dom.js";
import { words } from "./words.js";

/** How long one has to point before it opens, and how long it stays behind, in milliseconds. */
const OPENS = 160;
const STAYS = 220;
/** What is left free round it, in pixels. */
const GAP = 8;
/** There it lies under its tile, and the page goes to it. */
const PHONE = "(max-width: 44rem)";

/**
 * @param {HTMLElement} rows What it is laid over.
 * @param {{modelOf: (key: string) => import("./search.js").ShownModel, minutes: () => number, deeds: (model: import("./search.js").ShownModel) => HTMLElement[]}} given
 */
export function makePeek(rows, { modelOf, minutes, deeds }) {
  const peek = make("div", { class: "peek soft", id: "peek", role: "group", "aria-labelledby": "peek-title" });
  /** @type {HTMLElement | null} */
  let tile = null;
  let timer = 0;
  /** Where the focus went back to when somebody closed it: it stays closed. @type {HTMLElement | null} */
  let sentBack = null;
  let opened = 0;

  /** @param {HTMLElement} next */
  const open = (next) => {
    clearTimeout(timer);
    if (tile === next) return;
    close();
    tile = next;
    opened = performance.now();
    draw();
    tile.setAttribute("aria-expanded", "true");
    tile.setAttribute("aria-controls", "peek");
    tile.after(peek);
    place();
    if (matchMedia(PHONE).matches) peek.scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    clearTimeout(timer);
    if (!tile) return;
    tile.setAttribute("aria-expanded", "false");
    tile.removeAttribute("aria-controls");
    tile = null;
    peek.remove();
  };

  const draw = () => {
    if (!tile) return;
    const model = modelOf(tile.dataset.key ?? "");
    peek.style.setProperty("--c", getComputedStyle(tile).getPropertyValue("--c"));
    peek.replaceChildren(
      make("h3", { id: "peek-title" }, model.title),
      make("p", { class: "peek-meta" }, describe(model)),
      make("p", { class: "peek-when" }, model.when),
      model.instead ? make("p", { class: "peek-when" }, make("b", {}, words("gallery.instead")), " ", model.instead) : "",
      model.asks[0] ? make("p", { class: "peek-ask" }, model.asks[0]) : "",
      minutes() && model.most ? make("p", { class: "peek-meta" }, words("gallery.printed", { n: Math.min(Math.max(minutes(), model.least), model.most) })) : "",
      make("div", { class: "peek-deeds" }, ...deeds(model)));
  };

  /** Lay it under its tile, or over it where there is no room, and inside the rows. */
  const place = () => {
    if (!tile) return;
    const around = rows.getBoundingClientRect();
    const at = tile.getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: high } = peek;
    const left = Math.max(0, Math.min(at.left - around.left, around.width - wide));
    const under = at.bottom + GAP + high <= innerHeight;
    const over = !under && !matchMedia(PHONE).matches && at.top - GAP - high >= 0;
    peek.style.left = `${left}px`;
    peek.style.top = `${(over ? at.top - GAP - high : at.bottom + GAP) - around.top}px`;
    peek.dataset.turned = over ? "over" : "under";
  };

  const later = (/** @type {() => void} */ what, /** @type {number} */ wait) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };
  const tileAt = (/** @type {EventTarget | null} */ target) => /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(".tile[data-key]") : null);

  /** Where the mouse was last: when the page moves under one that lies still, nobody has pointed at anything. */
  let lay = "";
  const placeOf = (/** @type {PointerEvent} */ event) => `${event.screenX} ${event.screenY}`;
  addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") lay = placeOf(event); });
  rows.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || placeOf(event) === lay) return;
    const over = tileAt(event.target);
    if (over) later(() => open(over), OPENS);
    else if (peek.contains(/** @type {Node} */ (event.target))) clearTimeout(timer);
    else if (!holdsFocus()) later(close, STAYS);
  });
  // A finger leaves whatever it has touched, before that has the focus.
  rows.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !holdsFocus()) later(close, STAYS); });
  const holdsFocus = () => Boolean(tile && (peek.contains(document.activeElement) || (tile === document.activeElement && tile.matches(":focus-visible"))));

  rows.addEventListener("focusin", (event) => {
    const focused = tileAt(event.target);
    const again = focused === sentBack;
    sentBack = null;
    if (focused && again) return;
    if (focused?.matches(":focus-visible")) open(focused);
    else if (!focused && !peek.contains(/** @type {Node} */ (event.target))) close();
  });
  rows.addEventListener("focusout", (event) => {
    if (tile && event.relatedTarget instanceof Node && !rows.contains(event.relatedTarget)) close();
  });
  rows.addEventListener("click", (event) => {
    const pressed = tileAt(event.target);
    if (!pressed) return;
    const byKey = event.detail === 0;
    if (tile === pressed && !byKey && performance.now() - opened > STAYS) close();
    else open(pressed);
    if (byKey) peek.querySelector("button")?.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !tile) return;
    const back = tile;
    const inside = peek.contains(document.activeElement);
    close();
    if (inside) {
      sentBack = back;
      back.focus();
    }
  });
  addEventListener("pointerdown", (event) => {
    if (tile && !peek.contains(/** @type {Node} */ (event.target)) && !tileAt(event.target)) close();
  });
  addEventListener("resize", place);

  return {
    close,
    /** Draw it anew, where something of it has changed. */
    redraw() {
      const kept = peek.contains(document.activeElement) ? [...peek.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement)) : -1;
      draw();
      if (kept >= 0) peek.querySelectorAll("button")[kept]?.focus();
    },
    get key() { return tile?.dataset.key ?? ""; },
  };
}

/** How long a model takes, and with whom. @param {import("./search.js").ShownModel} model */
export function describe(model) {
  const { least, most } = model;
  const long = !most ? "" : words(least < most ? "gallery.minutes" : "gallery.minutes.one", { least, n: most });
  const who = model.who.length === 3 ? words("gallery.for.all") : model.who.map((each) => words(`gallery.for.${each}`)).join(words("gallery.or"));
  return [long, who].filter(Boolean).join(", ");
}

/** A button of the peek. @param {string} key @param {(event: Event) => void} press @param {Record<string, unknown>} [more] */
export const deed = (key, press, more = {}) => button(words(key), press, { class: "small", ...more });
