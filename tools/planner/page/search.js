// @ts-check
/**
 * Search the gallery: by a need, a way of working, minutes or a name. What is found by which word was decided when the
 * page was made; here it is only looked up, and put in order.
 */

/**
 * @typedef {{named: string, meant: string, said: string}} Grades
 * @typedef {object} ShownModel
 * @property {string} key
 * @property {string} title
 * @property {string} short
 * @property {number} least
 * @property {number} most
 * @property {string} when
 * @property {string[]} needs
 * @property {string[]} ways
 * @property {string[]} who
 * @property {string[]} asks
 * @property {string} picture
 * @property {boolean} own
 * @property {Grades} words
 *
 * @typedef {{name: string, title: string, colour: string, first: string[], more: string[]}} ShownNeed
 *
 * @typedef {object} Gallery
 * @property {ShownNeed[]} needs
 * @property {string[]} ways
 * @property {ShownModel[]} models
 * @property {Record<string, {path: string, line: boolean}>} signs
 * @property {Record<string, number>} numbers
 * @property {string[]} units
 * @property {string[]} small
 *
 * @typedef {{minutes?: number, who?: string, way?: string}} Filters
 */

/** What a word counts for, by where it stands: whole, and as a beginning. */
const WORTH = { named: [12, 8], meant: [6, 4], said: [2, 1] };
/** What a word with one slip counts for, and from which length on one is looked for. */
const SLIP = 1.5;
const LONG = 5;
/** A text that is the name, or its beginning. */
const IS_NAME = 40;
const BEGINS_NAME = 15;

/** A text as words are compared. @param {string} text */
export function fold(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’]/g, "");
  return (bare.match(/[a-z0-9]+/g) ?? []).join(" ");
}

/** Tell whether two words differ by one letter that is wrong, missing, too many or out of its place. */
export function isSlip(/** @type {string} */ a, /** @type {string} */ b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(left.length, right.length) <= 1 || (left.length === 2 && left === [...right].reverse().join(""));
}

/**
 * What is meant by a text: its words, and minutes if it names some.
 *
 * @param {Gallery} gallery @param {string} text
 */
export function understand(gallery, text) {
  const all = fold(text).split(" ").filter(Boolean);
  const isUnit = (/** @type {string} */ word) => gallery.units.includes(word);
  const numberOf = (/** @type {string} */ word) => (/^\d{1,3}$/.test(word) ? Number(word) : gallery.numbers[word]);
  const named = all.some(isUnit) ? all.find((word) => numberOf(word)) : undefined;
  const minutes = named ? numberOf(named) : undefined;
  const rest = minutes ? all.filter((word) => !isUnit(word) && word !== named) : all;
  const telling = rest.filter((word) => !gallery.small.includes(word));
  return { minutes, words: telling.length || minutes ? telling : rest };
}

/** @type {WeakMap<ShownModel, [string, string[]][]>} */
const parted = new WeakMap();

/** @param {ShownModel} model @returns {[string, string[]][]} */
function wordsOf(model) {
  const known = parted.get(model) ?? Object.entries(model.words).map(([grade, text]) => [grade, text.split(" ")]);
  parted.set(model, /** @type {[string, string[]][]} */ (known));
  return /** @type {[string, string[]][]} */ (known);
}

/**
 * What a word counts for in a model.
 *
 * @param {ShownModel} model @param {string} word @param {boolean} slips Whether it may have a slip.
 */
function worthOf(model, word, slips) {
  let best = 0;
  for (const [grade, known] of wordsOf(model)) {
    const [whole, beginning] = WORTH[/** @type {keyof Grades} */ (grade)];
    for (const each of known) {
      if (each === word) best = Math.max(best, whole);
      else if (each.startsWith(word) && word.length > 1) best = Math.max(best, beginning);
      else if (slips && best < SLIP && grade !== "said" && isSlip(each, word)) best = SLIP;
    }
  }
  return best;
}

/** Tell whether a model lets itself be used so. @param {ShownModel} model @param {Filters} filters */
export function fits(model, { minutes, who, way }) {
  const short = !minutes || !model.least || model.least <= minutes;
  return short && (!who || model.who.includes(who)) && (!way || model.ways.includes(way));
}

/**
 * The keys of the models that a text finds, the best first; all of them if it says nothing.
 *
 * Every word has to be found in a model. If none has all of them, those that have most of them are found.
 *
 * @param {Gallery} gallery @param {string} text @param {Filters} [filters]
 * @returns {{keys: string[], minutes: number | undefined}}
 */
export function search(gallery, text, filters = {}) {
  const { minutes, words } = understand(gallery, text);
  const models = gallery.models.filter((each) => fits(each, filters) && fits(each, { minutes }));
  if (!words.length) return { keys: models.map((each) => each.key), minutes };
  const folded = fold(text);
  // Only a word that nobody knows was perhaps meant to be another.
  const slips = words.map((word) => word.length >= LONG && !gallery.models.some((model) => worthOf(model, word, false)));
  const found = models.map((model) => {
    const worths = words.map((word, n) => worthOf(model, word, slips[n]));
    const names = [model.short, model.title, model.key].map(fold);
    const name = names.includes(folded) ? IS_NAME : names.some((each) => each.startsWith(folded)) ? BEGINS_NAME : 0;
    return { key: model.key, hit: worths.filter(Boolean).length, worth: worths.reduce((sum, each) => sum + each, name) };
  });
  const most = Math.max(0, ...found.map((each) => each.hit));
  const best = found.filter((each) => most > 0 && each.hit === most);
  return { keys: best.sort((a, b) => b.worth - a.worth).map((each) => each.key), minutes };
}
