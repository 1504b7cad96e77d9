// @ts-check
/**
 * What is in a record, as data: what is to be looked at first, then what comes next, then what was said, by place.
 */
import { button, make } from "./dom.js";
import { words } from "./words.js";

/** Who may read something. @param {string} ring */
export function ringChip(ring) {
  return ring ? make("span", { class: `ring ring-${ring}` }, words(`records.ring.${ring}`)) : null;
}

/** A list of sentences under a heading. @param {string} title @param {Array<Node | string>} lines @param {string} [look] */
function block(title, lines, look = "") {
  if (!lines.length) return null;
  return make("div", { class: `record-block ${look}`.trim() }, make("h3", {}, title), make("ul", {}, ...lines.map((each) => make("li", {}, each))));
}

/** @param {any} action */
function actionLine(action) {
  // Where nobody is named for it, that it must be seen or decided says what it is.
  const by = [action.who || action.agreed, action.by, action.case].filter(Boolean).join(" · ");
  return make("span", { class: "record-action" },
    make("span", { translate: "no" }, action.what),
    by ? make("span", { class: "hint", translate: "no" }, by) : null,
    action.state === "open" ? null : make("span", { class: "record-state" }, action.state),
    ringChip(action.ring));
}

/**
 * @param {import("./records.js").OpenedPaper} paper @param {() => void} toggle
 */
export function drawPaper({ told, shown }, toggle) {
  const { number, state } = told;
  const doubts = told.doubts.map((/** @type {any} */ each) => make("span", {}, make("b", {}, each.place), ": ", each.what));
  const changes = state.changes.map((/** @type {string} */ each) => each);
  const { open } = told;
  const done = told.before.filter((/** @type {any} */ each) => !each.open);
  const topics = told.items.flatMap((/** @type {any} */ item) => item.topics.map((/** @type {any} */ each) => ({ ...each, became: each.became || item.outcome, until: item.until })));
  const said = make("div", { id: `said-${number}`, class: "record-said", hidden: !shown },
    facts(told),
    topics.length ? block(words("records.topics"), topics.map(topicLine)) : null,
    told.answers.length ? make("dl", { class: "record-answers" }, ...told.answers.map(answer)) : make("p", { class: "hint" }, words("records.no-answers")),
    block(words("records.decisions"), told.decisions.map((/** @type {any} */ each) => make("span", { class: "record-action" }, make("span", { translate: "no" }, each.what), each.why || each.who ? make("span", { class: "hint", translate: "no" }, [each.who, each.why].filter(Boolean).join(" · ")) : null, ringChip(each.ring)))),
    block(words("records.looked-at"), done.map(actionLine)),
    told.signed.length ? block(words("records.signed"), told.signed.map((/** @type {any} */ each) => `${words(`records.role.${each.role}`)}: ${[each.agreement, each.name, each.date].filter(Boolean).join(", ")}${each.comments ? ` – ${each.comments}` : ""}`)) : null,
    told.limits ? make("p", { class: "hint" }, told.limits) : null);
  return make("div", { class: "record-data" },
    make("p", { class: "record-sum" }, summary(told, open.length)),
    block(words("records.doubts"), [...doubts, ...told.notes], "record-doubts"),
    block(words("records.changed", { state: state.sentence }), changes, "record-doubts"),
    block(words("records.actions"), open.map(actionLine), "record-actions"),
    button(words(shown ? "records.hide" : "records.show"), toggle, { class: "link", "aria-expanded": String(shown), "aria-controls": `said-${number}`, "data-keep": `said-${number}` }),
    said);
}

/** @param {any} told @param {number} open */
function summary(told, open) {
  const counts = [words("records.answers", { n: told.answers.length }), words("records.open-actions", { n: open })].join(", ");
  const sure = told.doubts.length + told.notes.length ? words("records.unsure", { n: told.doubts.length + told.notes.length }) : words("records.sure");
  return words("records.sum", { counts, sure, state: words(told.state.closed ? "records.is-closed" : "records.is-open") });
}

/** @param {any} told */
function facts(told) {
  const known = told.facts.filter((/** @type {any} */ each) => each.key !== "title" && each.text);
  if (!known.length) return null;
  return make("dl", { class: "record-facts" }, ...known.map((/** @type {any} */ each) => make("div", {}, make("dt", {}, words(`records.fact.${each.key}`)), make("dd", { translate: "no" }, each.text))));
}

/** @param {any} topic */
function topicLine(topic) {
  const became = [topic.became, topic.until].filter(Boolean).join(" · ");
  return make("span", { class: "record-action" }, make("span", { translate: "no" }, topic.title), became ? make("span", { class: "hint" }, became) : null, ringChip(topic.ring));
}

/** @param {any} each */
function answer(each) {
  return make("div", {}, make("dt", {}, each.place, " ", ringChip(each.ring)), make("dd", { translate: "no" }, each.text));
}

/** What a paper is called: its kind and its day. @param {any} told */
export function titleOf(told) {
  if (told.kind === "plan") return words("records.kept-plan", { date: told.date });
  const day = told.facts?.find((/** @type {any} */ each) => each.key === "date")?.text ?? "";
  if (!told.title) return words(told.shut === "author" ? "records.own-paper" : "records.paper");
  return day ? words("records.titled", { title: told.title, date: day }) : told.title;
}
