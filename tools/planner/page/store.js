// @ts-check
/**
 * The one value that the page keeps, and those before it. It lives in memory alone.
 */

/** So many steps can be undone. */
const STEPS = 100;

/**
 * @typedef {object} Brought Something that somebody brings.
 * @property {string} id
 * @property {string} words
 * @property {"supervisee" | "supervisor"} whose
 * @property {string} ring
 * @property {string} [topic] The id that it has in a plan that was kept.
 *
 * @typedef {object} Given A part as a person has moved it.
 * @property {string} id
 * @property {string} key
 * @property {number} minutes
 *
 * @typedef {object} Hour
 * @property {"" | "supervisor" | "supervisee" | "trainer"} who
 * @property {string} occasion
 * @property {string} profile
 * @property {string} nation
 * @property {string} start
 * @property {number} minutes
 * @property {string} date
 * @property {string} aim
 * @property {Brought[]} urgent
 * @property {Brought[]} brought
 * @property {Given[] | null} parts As a person has moved them; null as Python plans them.
 * @property {string[]} out The ids of parts that are left out today.
 * @property {Record<string, string>} chosen The model that a person chose for a talk, by the id of the part.
 * @property {number[]} last The numbers of the records of last time that were opened.
 * @property {number} resumes The number of the opened plan that was kept of this hour itself; 0 if it is new.
 * @property {number} journal The number of the journal that was opened; 0 for none.
 * @property {Record<string, boolean>} looks
 * @property {string} wording
 */

/** @type {Hour} */
export const BLANK = freeze({
  who: "", occasion: "", profile: "general", nation: "England", start: "10:00", minutes: 60, date: "", aim: "",
  urgent: [], brought: [], parts: null, out: [], chosen: {}, last: [], resumes: 0, journal: 0, looks: {}, wording: "",
});

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
function freeze(value) {
  if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

/**
 * @param {Partial<Hour>} [first] What differs from a blank hour.
 */
export function makeStore(first = {}) {
  const beginning = freeze({ ...BLANK, ...structuredClone(first) });
  let hour = beginning;
  /** @type {Hour[]} */
  let past = [];
  /** @type {Hour[]} */
  let future = [];
  let joined = "";
  /** @type {Set<(hour: Hour, before: Hour) => void>} */
  const listeners = new Set();
  /** @type {Set<() => void>} */
  const cleaners = new Set();

  const become = (/** @type {Hour} */ next) => {
    const before = hour;
    hour = next;
    for (const listen of [...listeners]) listen(hour, before);
  };

  return {
    get hour() { return hour; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    /**
     * Change the hour. Steps in a row that join under one name are undone together, such as the way of an edge.
     *
     * @param {Partial<Hour>} difference
     * @param {{joins?: string, quiet?: boolean}} [how] `quiet` for what is not worth a step, such as who is asking.
     */
    change(difference, { joins = "", quiet = false } = {}) {
      if (!quiet && !(joins && joins === joined && past.length)) past = [...past.slice(1 - STEPS), hour];
      if (!quiet) future = [];
      joined = quiet ? "" : joins;
      become(freeze({ ...hour, ...structuredClone(difference) }));
    },
    /** End a row of steps that join. */
    rest() { joined = ""; },
    undo() {
      const before = past.at(-1);
      if (!before) return false;
      past = past.slice(0, -1);
      future = [...future, hour];
      joined = "";
      become(before);
      return true;
    },
    redo() {
      const next = future.at(-1);
      if (!next) return false;
      future = future.slice(0, -1);
      past = [...past, hour];
      joined = "";
      become(next);
      return true;
    },
    /** Be told of every change; call what comes back to stop. */
    subscribe(/** @type {(hour: Hour, before: Hour) => void} */ listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    /** Say what else has to be emptied when everything is. */
    onClear(/** @type {() => void} */ clean) { cleaners.add(clean); },
    /** Forget everything: the hour, all that was before it, and what others keep. */
    clear() {
      past = [];
      future = [];
      joined = "";
      for (const clean of cleaners) clean();
      become(beginning);
    },
  };
}

/** @typedef {ReturnType<typeof makeStore>} Store */

let last = 0;
/** A name for something new; it says nothing of when or by whom. */
export const newId = () => `n${++last}`;
