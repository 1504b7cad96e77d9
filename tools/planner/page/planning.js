// @ts-check
/**
 * The plan of the hour, as it is known now: a sketch at once, and Python's own as soon as it answers.
 *
 * Python decides. The sketch only puts together what was baked in and what somebody has moved.
 */

/**
 * @typedef {object} Part
 * @property {string} id
 * @property {string} key
 * @property {string} title
 * @property {number} minutes
 * @property {number} least
 * @property {number} most
 * @property {string} [whose]
 * @property {"standing" | "talk" | "own" | "model"} kind
 * @property {string} [when]
 * @property {string} [why]
 * @property {string} [model] The title of the model, where the part is headed by a topic.
 * @property {boolean} [may_change]
 * @property {string} clock When it begins.
 *
 * @typedef {object} Plan
 * @property {boolean} sure Whether Python has made it for just this hour.
 * @property {Part[]} parts
 * @property {number} total
 * @property {number} spare
 * @property {string[]} remarks
 * @property {{title: string, body: string, style: string} | null} agenda
 * @property {{message: string, about: Record<string, any>} | null} refused
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

/** What only the person beside the desk has changed, and no plan depends on. */
const ALONE = new Set(["who", "looks", "wording"]);

/**
 * @param {{store: import("./store.js").Store, desk: (name: string, given?: object) => Promise<any>, isReady: () => boolean,
 *     baked: any}} given
 */
export function makePlanning({ store, desk, isReady, baked }) {
  /** @type {Plan} */
  let plan = { sure: false, parts: [], total: 0, spare: 0, remarks: [], agenda: null, refused: null };
  /** @type {Set<(plan: Plan) => void>} */
  const listeners = new Set();
  let asked = 0;

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

  /** What is known of a part, from the plan before or from what was baked in. @param {{id: string, key: string}} given */
  const known = (given) => {
    const before = plan.parts.find((each) => each.id === given.id && each.key === given.key);
    const model = baked.models?.[given.key] ?? {};
    const [least, most] = model.minutes ?? [1, MOST];
    return before ?? { kind: given.key ? "model" : "talk", title: model.title ?? "", least, most, when: model.when, may_change: true };
  };

  const sketch = () => {
    const { hour } = store;
    if (hour.parts) return hour.parts.map((each) => /** @type {Part} */ ({ ...known(each), ...each }));
    return usualParts(baked, hour);
  };

  const ask = async () => {
    asked += 1;
    const mine = asked;
    const { hour } = store;
    try {
      const answer = await desk("plan", { hour });
      if (mine !== asked) return;
      if (answer.refused) become({ sure: true, refused: answer.refused, parts: sketchedOr(plan.parts) });
      else become({ sure: true, refused: null, parts: answer.parts, remarks: answer.remarks ?? [], agenda: answer.agenda });
    } catch {
      if (mine === asked) become({ sure: false });
    }
  };
  const sketchedOr = (/** @type {Part[]} */ parts) => (store.hour.parts ? sketch() : parts);

  const follow = () => {
    if (!store.hour.who) return;
    if (!isReady()) become({ sure: false, refused: null, agenda: null, remarks: [], parts: sketch() });
    else {
      // Python answers before one could read a sketch: until then, what somebody moves is seen at once.
      become({ sure: false, parts: plan.parts.length ? sketchedOr(plan.parts) : sketch() });
      ask();
    }
  };

  store.subscribe((hour, before) => {
    const changed = Object.keys(hour).filter((name) => hour[name] !== before[name]);
    if (changed.some((name) => !ALONE.has(name)) || !plan.parts.length) follow();
    if (!hour.who) plan = { sure: false, parts: [], total: 0, spare: 0, remarks: [], agenda: null, refused: null };
  });

  return {
    get plan() { return plan; },
    /** Plan anew: Python has come, or what it knows has changed. */
    refresh: follow,
    /** Be told of every plan. @param {(plan: Plan) => void} listen */
    subscribe(listen) { listeners.add(listen); },
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
 * Shorten what can be shortened until it fits: nothing goes under its least, and what people bring is shortened last.
 *
 * @param {Part[]} parts @param {number} minutes
 */
export function fitted(parts, minutes) {
  const made = parts.map((each) => ({ ...each }));
  let over = made.reduce((sum, each) => sum + each.minutes, 0) - minutes;
  for (const kinds of [["standing", "model"], ["talk"], ["own"]]) {
    while (over > 0) {
      const room = made.filter((each) => kinds.includes(each.kind) && each.minutes > (each.least || 1));
      if (!room.length) break;
      const longest = room.reduce((a, b) => (b.minutes - (b.least || 1) > a.minutes - (a.least || 1) ? b : a));
      longest.minutes -= 1;
      over -= 1;
    }
  }
  return made;
}

/** What of a part is the person's own doing, as the hour keeps it. @param {Part[]} parts */
export const asGiven = (parts) => parts.map(({ id, key, minutes }) => ({ id, key, minutes }));
