// @ts-check
/**
 * Hand something to the browser, as a file or onto the clipboard, and say so where the eye is: on a shared machine it
 * must not stay there.
 */
import { button, headingOf, make } from "./dom.js";
import { words } from "./words.js";

/** So long a browser has to take the bytes, in milliseconds. */
const TAKEN = 60_000;

/**
 * @param {{announce: (sentence: string, how?: {stays?: boolean}) => void, place: HTMLElement}} given `place` is where the page says what has
 *     become of it, wherever one has scrolled to.
 */
export function makeSaver({ announce, place }) {
  /** @type {Set<string>} */
  const urls = new Set();
  const drop = (/** @type {string} */ url) => { urls.delete(url); URL.revokeObjectURL(url); };
  /** Where the focus was when something was told. @type {HTMLElement | null} */
  let from = null;

  const hush = () => {
    place.replaceChildren();
    place.hidden = true;
  };
  const putAway = () => {
    hush();
    // What was pressed may have been drawn anew meanwhile.
    const keep = from?.dataset.keep;
    const again = from?.isConnected ? from : keep ? /** @type {HTMLElement | null} */ (document.querySelector(`[data-view]:not([hidden]) [data-keep="${CSS.escape(keep)}"]`)) : null;
    (again ?? headingOf(document.querySelector("[data-view]:not([hidden])") ?? document.body))?.focus({ preventScroll: true });
  };

  /**
   * Say it to the eye and to a screen reader.
   *
   * @param {string} sentence @param {string} [more] What only the eye is told.
   */
  const tell = (sentence, more = "") => {
    if (!place.contains(document.activeElement)) from = /** @type {HTMLElement | null} */ (document.activeElement);
    place.replaceChildren(
      make("p", {}, make("b", {}, sentence), more ? ` ${more}` : ""),
      button("×", putAway, { class: "bare", "aria-label": words("records.saved.away") }));
    place.hidden = false;
    announce(sentence, { stays: true });
  };
  place.addEventListener("keydown", (event) => { if (event.key === "Escape") putAway(); });

  return {
    tell,
    /** Say nothing any more of what was saved. */
    hush,
    /**
     * @param {{name: string, type: string, bytes: BlobPart}} file
     */
    save({ name, type, bytes }) {
      const url = URL.createObjectURL(new Blob([bytes], { type }));
      urls.add(url);
      make("a", { href: url, download: name }).click();
      setTimeout(drop, TAKEN, url);
      tell(words("saved.file", { name }), words("saved.move"));
    },
    /**
     * Copy a text; where the browser does not let us, mark it where it stands.
     *
     * @param {string} text @param {() => HTMLTextAreaElement} box Where it stands. @param {string} done What is said.
     */
    async copy(text, box, done) {
      try {
        await navigator.clipboard.writeText(text);
        tell(words(done));
      } catch {
        box().focus();
        box().select();
        tell(words("copy.by-hand"));
      }
    },
    /** Let go of every file that was handed over. */
    clear() {
      [...urls].forEach(drop);
      hush();
    },
  };
}
