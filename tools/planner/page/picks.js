// @ts-check
/**
 * The models that somebody has taken to print, in their order, and how long they have for each. It lives in memory alone.
 */

/** At most so many are printed in one go. */
const MOST = 12;

export function makePicks() {
  /** @type {string[]} */
  let keys = [];
  /** How long somebody has for each; 0 for as long as it takes. */
  let minutes = 0;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @param {string[]} next */
  const become = (next) => {
    keys = [...new Set(next)].slice(0, MOST);
    for (const listen of [...listeners]) listen();
  };
  return {
    get keys() { return keys; },
    get minutes() { return minutes; },
    /** @param {number} next */
    setMinutes(next) { minutes = next; become(keys); },
    get full() { return keys.length >= MOST; },
    /** @param {string} key */
    has: (key) => keys.includes(key),
    /** Take one, or put it back. @param {string} key */
    toggle(key) { become(keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]); },
    /** Take these and no others. @param {string[]} next */
    take(next) { become(next); },
    clear() { minutes = 0; become([]); },
    /** @param {() => void} listen */
    subscribe(listen) { listeners.add(listen); },
  };
}

/** @typedef {ReturnType<typeof makePicks>} Picks */
