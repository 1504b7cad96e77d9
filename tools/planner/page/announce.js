// @ts-check
/**
 * What a screen reader is told, without moving anybody: one sentence at a time, and only the last of a quick row.
 */

/** So long nothing more must happen before something is said, in milliseconds. */
const CALM = 350;

/**
 * @param {HTMLElement} region A polite live region.
 * @returns {(sentence: string) => void}
 */
export function makeAnnouncer(region) {
  let waiting = 0;
  return (sentence) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      // The same sentence again is news again: a reader speaks what has changed.
      region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
    }, CALM);
  };
}
