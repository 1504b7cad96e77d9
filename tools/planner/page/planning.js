// @ts-check
/**
 * The plan of the hour, as it is known now: a sketch at once, and Python's own as soon as it answers.
 *
 * Python decides. The sketch only puts together what was baked in and what somebody has moved.
 */

import { newId } from "./store.js";
import { words } from "./words.js";

/**
 * @typedef {object} Part As the desk says it: see `PartOfHour` in `reflect/planner/shapes.py`.
 * @property {string} id
 * @property {string} key
 * @property {string} title
 * @property {string} subtitle The title of the model, where the part is headed by something else.
 * @property {number} minutes
 * @property {number} least
 * @property {number | null} most
 * @property {string} clock When it begins.
 * @property {string} whose
 * @property {"standing" | "talk" | "own" | "model"} kind
 * @property {string} when
 * @property {string} why
 * @property {boolean} may_change
 * @property {boolean} may_leave
 * @property {string[]} brought
 * @property {boolean} [waits] Whether Python is still to choose its model: until then the page names none.
 *
 * @typedef {object} Refusal
 * @property {string} message
 * @property {string} about
 * @property {string} part
 * @property {string} title
 * @property {number} needs
 * @property {number} has
 * @property {Array<{key: string, title: string, needs: number}>} alternatives
 *
 * @typedef {object} Plan
 * @property {boolean} sure Whether Python has made it for just this hour.
 * @property {Part[]} parts
 * @property {Array<{key: string, title: string}>} out What is left out today.
 * @property {Array<{id: string, part: string, when: string}>} places Where each thing that is brought has got to.
 * @property {number} total
 * @property {number} spare
 * @property {string} reader Who reads it: one of the two, or a group.
 * @property {string} why The facts that chose another occasion than the ordinary one.
 * @property {string[]} remarks
 * @property {Refusal[]} refusals What is wrong with parts.
 * @property {Refusal | null} refused What is wrong with the whole.
 * @property {{title: string, body: string, style: string, lang: string} | null} agenda
 */

/** The most minutes that a part may have where nothing else is known. */
const MOST = 240;

/**
 * The clock so many minutes after the beginning; counted from the start where there is no time.
 *
 * @param {string} start @param {number} after
 */
export function clock(start, after) {
  const [hours, minutes] = (/^\d\d:\d\d$/.test(start) ? start : "00:00").split(":").map(Number);
  const at = hours * 60 + minutes + after;
  const hour = Math.floor(at / 60) % 24;
  return `${start ? String(hour).padStart(2, "0") : hour}:${String(at % 60).padStart(2, "0")}`;
}

/** @type {Plan} */
const NOTHING = { sure: false, parts: [], out: [], places: [], total: 0, spare: 0, reader: "", why: "", remarks: [], refusals: [], refused: null, agenda: null };

/** Something went wrong behind the page, and what was typed is still here. */
const FAULT = () => ({ refused: { message: words("plan.fault"), part: "", about: "", title: "", needs: 0, has: 0, alternatives: [] } });
/** A model that is put in becomes a part of its own. */
export const OWN_PART = "own part";

/**
 * @param {{store: import("./store.js").Store, desk: (name: string, given?: object) => Promise<any>, isReady: () => boolean,
 *     baked: any, state: () => string}} given
 */
export function makePlanning({ store, desk, isReady, baked, state }) {
  let plan = NOTHING;
  /** @type {Set<(plan: Plan) => void>} */
  const listeners = new Set();
  let asking = false;
  let again = false;
  /** What the next model that is put in is for: a talk by its id, a part of its own, or whichever talk may change. */
  let place = "";

  /** @param {Partial<Plan>} difference */
  const become = (difference) => {
    const next = { ...plan, ...difference };
    let at = 0;
    next.parts = next.parts.map((part) => {
      const timed = { ...part, clock: clock(store.hour.start, at) };
      at += part.minutes;
      return timed;
    });
    next.total = at;
    next.spare = store.hour.minutes - at;
    plan = next;
    for (const listen of [...listeners]) listen(plan);
  };

  /** What a person has moved, with what is known of each part. @returns {Part[]} */
  const sketch = () => {
    const { parts, out, chosen } = store.hour;
    const usual = usualParts(baked, store.hour);
    const known = [...plan.parts, ...usual];
    const rows = parts ?? (plan.parts.length && plan.sure ? plan.parts : usual);
    return rows.filter(({ id }) => !out.includes(id)).map(({ id, key, minutes }) => {
      const use = chosen[id] ?? key;
      const before = known.find((each) => each.id === id);
      const model = baked.models[use];
      const changed = before && before.key !== use && model ? { subtitle: model.title, when: model.when, why: "", least: model.least } : {};
      const fresh = { title: model?.title ?? words("parts.new"), subtitle: "", least: model?.least ?? 1, most: null, whose: "both", kind: "model", when: model?.when ?? "", why: "", may_change: true, may_leave: true, brought: [] };
      // What is named here and is something else a moment later was never true.
      const waits = Boolean(before?.may_change) && !use && state() !== "fault";
      return /** @type {Part} */ ({ ...(before ?? fresh), ...changed, waits, id, key: use, minutes });
    });
  };

  // One question at a time: what was moved meanwhile is asked in one go when the answer is there.
  const ask = async () => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    do {
      again = false;
      const { hour } = store;
      const answer = hour.who ? await desk("plan", { hour }).catch(() => FAULT()) : null;
      if (!answer || hour !== store.hour) continue;
      if (answer.refused) become({ sure: true, refused: answer.refused, refusals: [] });
      else {
        const { parts, out, places, reader, remarks, refusals, agenda } = answer;
        become({ sure: true, refused: null, parts, out, places, reader, remarks, refusals, agenda: agenda ?? plan.agenda, why: answer.occasion_why });
      }
    } while (again);
    asking = false;
  };

  const follow = () => {
    if (!store.hour.who) return;
    if (isReady()) {
      // Python answers before one could read a sketch: until then, what somebody moves is seen at once.
      become({ sure: false, parts: store.hour.parts || !plan.parts.length ? sketch() : plan.parts });
      ask();
    } else become({ ...NOTHING, parts: sketch(), out: store.hour.out.map((key) => ({ key, title: titleOf(key) })) });
  };
  const titleOf = (/** @type {string} */ id) => [...plan.parts, ...usualParts(baked, store.hour)].find((each) => each.id === id)?.title ?? plan.out.find((each) => each.key === id)?.title ?? "";

  store.subscribe((hour, before) => {
    // Another person reads other things: nothing of what was planned for the one before stays.
    if (hour.who !== before.who) plan = NOTHING;
    if (hour.who) follow();
    else {
      plan = NOTHING;
      for (const listen of [...listeners]) listen(plan);
    }
  });

  return {
    get plan() { return plan; },
    /** Plan anew: Python has come, or what it knows has changed. */
    refresh: follow,
    /** Be told of every plan. @param {(plan: Plan) => void} listen */
    subscribe(listen) { listeners.add(listen); },
    /** The next plan that is sure, or what there is when there is no Python. @returns {Promise<Plan>} */
    settled() {
      if (plan.sure || !isReady()) return Promise.resolve(plan);
      return new Promise((resolve) => {
        const once = (/** @type {Plan} */ next) => {
          if (!next.sure) return;
          listeners.delete(once);
          resolve(next);
        };
        listeners.add(once);
      });
    },
    /** Shorten the hour until it fits; where it cannot, the plan says why. @returns {Promise<boolean>} */
    async fit() {
      const { hour } = store;
      const answer = isReady() ? await desk("fit", { hour }).catch(() => null) : null;
      if (hour !== store.hour) return false;
      if (answer?.refused) {
        become({ refused: answer.refused });
        return false;
      }
      store.change({ parts: answer ? answer.hour.parts : asGiven(shortened(plan.parts, hour.minutes)) });
      return plan.spare >= 0;
    },
    /** Say what the next model that is put in is for. @param {string} id A talk's, or OWN_PART. */
    makePlace(id) { place = id; },
    /**
     * Let a model have the talk for which it was looked for, or a part of its own before the last one.
     *
     * @param {string} key
     */
    putIn(key) {
      const { hour } = store;
      const talks = plan.parts.filter((each) => each.may_change);
      const talk = talks.find((each) => each.id === place) ?? (place === OWN_PART ? undefined : talks[0]);
      place = "";
      if (talk) return store.change({ chosen: { ...hour.chosen, [talk.id]: key } });
      const parts = asGiven(plan.parts);
      parts.splice(Math.max(0, parts.length - 1), 0, { id: `model-${newId()}`, key, minutes: baked.models[key]?.least ?? 15 });
      return store.change({ parts });
    },
  };
}

/** @typedef {ReturnType<typeof makePlanning>} Planning */

/**
 * The usual hour that was baked in for an occasion and a profile; the nearest one that is not longer, and the talk has
 * what is left.
 *
 * @param {any} baked @param {import("./store.js").Hour} hour
 * @returns {Part[]}
 */
export function usualParts(baked, hour) {
  const ofProfile = baked.usual?.[hour.profile] ?? Object.values(baked.usual ?? {})[0] ?? {};
  const hours = ofProfile[hour.occasion || "ordinary"] ?? ofProfile.ordinary ?? {};
  const lengths = Object.keys(hours).map(Number).sort((a, b) => a - b);
  const nearest = lengths.filter((each) => each <= hour.minutes).at(-1) ?? lengths[0];
  if (!nearest) return [];
  const parts = structuredClone(hours[nearest]);
  const room = parts.find((/** @type {Part} */ each) => each.kind !== "standing") ?? parts.at(-1);
  if (room) room.minutes = Math.max(room.least ?? 1, room.minutes + hour.minutes - nearest);
  return parts;
}

/**
 * Give and take minutes between a part and the next one; at the end of the hour, what is to spare gives and takes.
 *
 * @param {Part[]} parts @param {number} at @param {number} minutes What the part is to have.
 * @returns {Part[]}
 */
export function withEdge(parts, at, minutes) {
  const [low, high] = limitsOfEdge(parts, at);
  const to = Math.min(high, Math.max(low, minutes));
  const by = to - parts[at].minutes;
  return parts.map((part, n) => (n === at ? { ...part, minutes: to } : n === at + 1 ? { ...part, minutes: part.minutes - by } : part));
}

/**
 * The least and the most minutes that the edge after a part can give it.
 *
 * @param {Part[]} parts @param {number} at @returns {[number, number]}
 */
export function limitsOfEdge(parts, at) {
  const part = parts[at];
  const next = parts[at + 1];
  const least = Math.min(part.minutes, part.least || 1);
  const most = Math.max(part.minutes, part.most || MOST);
  if (!next) return [least, most];
  const gives = next.minutes - Math.min(next.minutes, next.least || 1);
  const takes = Math.max(next.minutes, next.most || MOST) - next.minutes;
  return [Math.max(least, part.minutes - takes), Math.min(most, part.minutes + gives)];
}

/**
 * Shorten the longest parts until they fit. This is for a page without Python, whose `fit` knows more.
 *
 * @param {Part[]} parts @param {number} minutes
 */
function shortened(parts, minutes) {
  const made = parts.map((each) => ({ ...each }));
  let over = made.reduce((sum, each) => sum + each.minutes, 0) - minutes;
  const room = (/** @type {Part} */ each) => each.minutes - (each.least || 1);
  for (; over > 0; over -= 1) {
    const longest = made.reduce((a, b) => (room(b) > room(a) ? b : a));
    if (room(longest) <= 0) break;
    longest.minutes -= 1;
  }
  return made;
}

/** What of a part is the person's own doing, as the hour keeps it. @param {Part[]} parts */
export const asGiven = (parts) => parts.map(({ id, key, minutes }) => ({ id, key, minutes }));
