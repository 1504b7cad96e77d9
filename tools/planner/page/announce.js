// @ts-check
/**
 * What a screen reader is told, without moving anybody: one sentence at a time, and only the last of a quick row.
 */

/** So long nothing more must happen before something is said, in milliseconds. */
const CALM = 350;

/**
 * @param {HTMLElement} region A polite live region.
 * @returns {(sentence: string, how?: {stays?: boolean}) => void} What `stays` is said whatever is said after it.
 */
export function makeAnnouncer(region) {
  let waiting = 0;
  let staying = "";
  return (sentence, { stays = false } = {}) => {
    clearTimeout(waiting);
    const said = staying && staying !== sentence ? `${staying} ${sentence}` : sentence;
    if (stays) staying = said;
    waiting = setTimeout(() => {
      staying = "";
      // The same sentence again is news again: a reader speaks what has changed.
      region.textContent = region.textContent === said ? `${said}\u00a0` : said;
    }, CALM);
  };
}
