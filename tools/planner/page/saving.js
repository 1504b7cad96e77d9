// @ts-check
/**
 * Hand a file to the browser, and say where it lies: on a shared machine it must not stay there.
 */
import { make } from "./dom.js";
import { words } from "./words.js";

/** So long a browser has to take the bytes, in milliseconds. */
const TAKEN = 60_000;

/**
 * @param {{announce: (sentence: string) => void, place: HTMLElement}} given `place` is where the page says that a
 *     file was saved.
 */
export function makeSaver({ announce, place }) {
  /** @type {Set<string>} */
  const urls = new Set();
  const drop = (/** @type {string} */ url) => { urls.delete(url); URL.revokeObjectURL(url); };

  return {
    /**
     * @param {{name: string, type: string, bytes: BlobPart}} file
     */
    save({ name, type, bytes }) {
      const url = URL.createObjectURL(new Blob([bytes], { type }));
      urls.add(url);
      make("a", { href: url, download: name }).click();
      setTimeout(drop, TAKEN, url);
      place.replaceChildren(make("p", {}, make("b", {}, words("saved.file", { name })), " ", words("saved.move")));
      place.hidden = false;
      announce(words("saved.file", { name }));
    },
    /** Let go of every file that was handed over. */
    clear() {
      [...urls].forEach(drop);
      place.replaceChildren();
      place.hidden = true;
    },
  };
}
