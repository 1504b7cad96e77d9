// @ts-check
/**
 * For shared office machines: a cover after two idle minutes, "clear all", and a question before words are lost.
 */
import { button, make } from "./dom.js";
import { words } from "./words.js";

/** So long nobody must have done anything, in milliseconds. */
const IDLE = 120_000;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "input", "focusin"];

/**
 * Cover the screen when nobody has done anything for two minutes, or when somebody asks for it. What is under it can be
 * neither seen, nor read by a screen reader, nor printed.
 *
 * @param {HTMLElement} opener The button that covers.
 * @param {() => boolean} [isHeld] Whether what is on the screen is meant for everybody, and stays.
 */
export function mountCover(opener, isHeld = () => false) {
  const cover = /** @type {HTMLDialogElement} */ (make("dialog", { class: "cover", "aria-labelledby": "cover-title", "aria-describedby": "cover-about" },
    make("div", { class: "cover-words" },
      make("h2", { id: "cover-title", tabindex: "-1", autofocus: true }, words("cover.title")),
      make("p", { id: "cover-about" }, words("cover.about")),
      button(words("cover.open"), () => uncover(), { class: "main" }))));
  document.body.append(cover);
  // The one clock stands still on some machines while they sleep, and somebody may set the other.
  let seen = [performance.now(), Date.now()];
  const now = () => { seen = [performance.now(), Date.now()]; };
  const idle = () => Math.max(performance.now() - seen[0], Date.now() - seen[1]);
  let timer = 0;

  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(look, IDLE - idle());
  };
  const look = () => {
    if (isHeld()) now();
    if (idle() >= IDLE) close();
    else watch();
  };
  const alive = () => {
    // Whoever comes back to a tab that slept is shown the cover first.
    if (!cover.open && idle() >= IDLE) return close();
    now();
  };
  const close = () => {
    clearTimeout(timer);
    if (cover.open) return;
    document.documentElement.classList.add("covered");
    cover.showModal();
    cover.querySelector("h2")?.focus();
  };
  const uncover = () => {
    // What had the focus can have it again only if it can be seen.
    document.documentElement.classList.remove("covered");
    cover.close();
  };
  // However it was closed, as by the gesture of going back on a phone.
  cover.addEventListener("close", () => {
    document.documentElement.classList.remove("covered");
    now();
    watch();
  });

  cover.addEventListener("keydown", (event) => {
    // A reader's own keys, and those that only turn another key, are not meant for the page.
    if (["Shift", "Control", "Alt", "Meta", "CapsLock", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    uncover();
  });
  cover.addEventListener("cancel", (event) => { event.preventDefault(); uncover(); });
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, alive, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && idle() >= IDLE) close(); });
  opener.addEventListener("click", close);
  watch();
  return { close, uncover, get isOpen() { return cover.open; } };
}

/**
 * Empty a box, and what the browser would bring back into it by its own undo: another type has another editor.
 *
 * @param {HTMLInputElement} box
 */
function empty(box) {
  const { type, localName } = box;
  box.value = "";
  if (localName !== "input" || type === "file") return;
  box.type = "hidden";
  box.type = type;
}

/**
 * Ask once, and then empty everything that the page has.
 *
 * @param {HTMLElement} opener @param {import("./main.js").Page} page
 */
export function mountClear(opener, { store, announce, views }) {
  const asks = /** @type {HTMLDialogElement} */ (make("dialog", { class: "asks", "aria-labelledby": "clear-title", "aria-describedby": "clear-about" },
    make("h2", { id: "clear-title" }, words("clear.title")),
    make("p", { id: "clear-about" }, words("clear.about")),
    make("div", { class: "row" },
      button(words("clear.yes"), () => { asks.close(); clearAll(); }, { class: "main danger" }),
      button(words("clear.no"), () => asks.close(), { autofocus: true }))));
  document.body.append(asks);
  const clearAll = () => {
    store.clear();
    for (const box of document.querySelectorAll("input, textarea")) {
      const each = /** @type {HTMLInputElement} */ (box);
      if (each.type === "checkbox" || each.type === "radio") each.checked = each.defaultChecked;
      else if (each.hasAttribute("data-private") || each.type === "file") empty(each);
    }
    getSelection()?.removeAllRanges();
    if (views.open !== "plan") views.show("plan");
    scrollTo({ top: 0 });
    const heading = /** @type {HTMLElement | null} */ (document.querySelector("h1"));
    heading?.focus({ preventScroll: true });
    announce(words("clear.done"));
  };
  opener.addEventListener("click", () => asks.showModal());
  // Whoever comes back by the browser's own arrow may be somebody else.
  addEventListener("pageshow", (event) => { if (event.persisted) clearAll(); });
}

/**
 * Let the browser ask before words are lost that are on no paper yet.
 *
 * @param {import("./main.js").Page} page
 */
export function mountLeaving({ store, drafts }) {
  let onPaper = store.hour;
  const ownWords = (/** @type {import("./store.js").Hour} */ hour) => JSON.stringify([hour.urgent, hour.brought]);
  const isUnsaved = () => [...drafts].some((has) => has()) || (store.hour.urgent.length + store.hour.brought.length > 0 && ownWords(onPaper) !== ownWords(store.hour));
  addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });
  return { kept: () => { onPaper = store.hour; }, isUnsaved };
}
