// @ts-check
/**
 * The journals: files that one opens and saves, one for each pair or group. A journal knows which sessions were held, and
 * no word of them.
 */
import { button, make, redraw } from "./dom.js";
import { words } from "./words.js";

/** @typedef {import("./records.js").Room} Room */

/** So many sessions are shown at once. */
const SHOWN = 4;

/** What a journal is called. @param {any} journal */
const nameOf = (journal) => (journal.people.length ? words("journal.of", { people: journal.people.join(", ") }) : journal.name || words("journal.begun"));

/** Save a journal as a file. @param {Room} room @param {number} number @param {HTMLElement | null} place */
async function saveJournal(room, number, place) {
  const made = await room.ask("journal_save", { number }, place);
  if (!made) return;
  room.save(made.file);
  const told = await room.ask("journal", {}, place);
  if (told) room.becomeJournals(told);
}

/**
 * Note a session in a journal, where its record is. If nothing says which, somebody is asked.
 *
 * @param {Room} room @param {any} told What is in the record. @param {boolean} isNext Whether that comes next.
 */
export function mountNoting(room, told, isNext) {
  const { number, steps } = told;
  const { announce } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const asking = room.noting.get(number) ?? "";
  const own = room.journals().find((each) => each.papers.includes(number));
  const isDone = steps.some((/** @type {any} */ each) => each.step === "note" && each.standing === "done");

  /** @param {number} [into] */
  const note = async (into) => {
    const noted = await room.ask("journal_note", { number, ...(into === undefined ? {} : { into }) }, wrong);
    if (!noted) return;
    room.noting.set(number, noted.choose.length ? "choose" : "");
    room.becomeJournals(noted);
    if (noted.choose.length) return announce(words("journal.choose"));
    const now = await room.ask("look_at", { number }, wrong);
    if (now) room.become(now);
    announce(noted.note || words(noted.noted ? "journal.noted" : "journal.known"));
  };

  /** Somebody who has a journal opens it first, or else its sessions would be in two files. */
  const begin = () => {
    if (room.journals().length) return note();
    room.noting.set(number, "ask");
    room.redraw();
    announce(words("journal.ask"));
    return undefined;
  };

  if (isDone) {
    if (!own || own.saved) return make("span", { class: "hint" }, words("journal.known"));
    return make("div", { class: "step-more" },
      make("p", {}, words("journal.noted.of", { n: own.sessions.length })),
      button(words("journal.save"), () => saveJournal(room, own.number, wrong), { class: "small main", "data-keep": "journal-save-here" }), wrong);
  }
  if (asking === "choose" || (asking === "ask" && room.journals().length)) {
    const able = room.journals();
    return make("div", { class: "step-more" },
      make("p", {}, words("journal.choose")),
      make("div", { class: "row" },
        ...able.map((each) => button(each.sessions.length ? words("journal.choose.into", { name: nameOf(each), day: each.sessions[0].day }) : nameOf(each), () => note(each.number), { class: "small", "data-keep": `note-into-${each.number}` })),
        button(words("journal.ask.new"), () => note(0), { class: "small", "data-keep": "note-into-new" })), wrong);
  }
  if (asking === "ask") {
    return make("div", { class: "step-more" },
      make("p", {}, words("journal.ask")),
      make("div", { class: "row" },
        button(words("journal.ask.open"), () => room.pick(), { class: "small", "data-keep": "note-open" }),
        button(words("journal.ask.new"), () => note(0), { class: "small", "data-keep": "note-into-new" })), wrong);
  }
  return make("div", { class: "step-more" }, button(words("step.do.note"), begin, { class: `small${isNext ? " main" : ""}`, "data-keep": "note", "aria-label": words("journal.note") }), wrong);
}

/**
 * @param {HTMLElement} root @param {Room} room
 */
export function mountJournal(root, room) {
  const { announce, isReady, drafts, store } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const list = make("div", { class: "journal-list" });
  drafts.add(() => room.journals().some((each) => !each.saved));

  /** @param {any} journal @param {boolean} wanted */
  const count = async (journal, wanted) => {
    const told = wanted ? await room.ask("journal_for", { numbers: store.hour.last, number: journal.number }, wrong) : null;
    if (wanted && !told) return draw();
    store.change({ journal: wanted ? journal.number : 0 });
    announce(words(wanted ? "journal.counts.said" : "journal.counts-not.said"));
    return undefined;
  };

  const putAway = async (/** @type {any} */ journal) => {
    const told = await room.ask("journal_away", { number: journal.number }, wrong);
    if (!told) return;
    if (store.hour.journal === journal.number) store.change({ journal: 0 });
    room.becomeJournals(told);
  };

  /** @param {any} each */
  const row = (each) => make("li", {},
    make("b", {}, each.day), " ",
    make("span", {}, each.held ? each.used.join(", ") || words("journal.held") : words("journal.cancelled")),
    make("span", { class: "hint" }, [each.minutes ? words("journal.minutes", { n: each.minutes }) : "", each.open ? words("journal.open-actions", { n: each.open }) : "", each.signed.length ? words("journal.signed", { n: each.signed.length }) : ""].filter(Boolean).join(" · ")));

  /** @param {any} journal */
  const one = (journal) => {
    const { number, sessions } = journal;
    const tick = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `journal-counts-${number}`, autocomplete: "off", "data-keep": `counts-${number}`, change: () => count(journal, tick.checked) }));
    tick.checked = store.hour.journal === number;
    return make("div", { class: "journal-one" },
      make("h3", { translate: "no" }, nameOf(journal)),
      make("p", {}, words("journal.has", { n: sessions.length })),
      make("ul", { class: "journal-sessions" }, ...sessions.slice(0, SHOWN).map(row)),
      make("label", { class: "check", for: tick.id }, tick, words("journal.counts")),
      make("div", { class: "row" },
        button(words("journal.save"), () => saveJournal(room, number, wrong), { class: journal.saved ? "small" : "main", "data-keep": `journal-save-${number}` }),
        journal.saved ? button(words("records.put-away"), () => putAway(journal), { class: "link", "data-keep": `journal-away-${number}`, "aria-label": words("records.put-away.named", { name: nameOf(journal) }) }) : null),
      journal.saved ? null : make("p", { class: "hint" }, words("journal.unsaved")));
  };

  const draw = () => redraw(list, ...room.journals().map(one),
    make("div", { class: "row" }, button(words("journal.open"), () => { if (isReady()) room.pick(); }, { class: "small", "data-keep": "journal-open" })));
  room.onChange(draw);
  store.subscribe((hour, before) => {
    if (hour.who !== before.who) { wrong.hidden = true; wrong.replaceChildren(); }
    if (hour.journal !== before.journal) draw();
  });
  root.append(make("h2", { id: "journal-title" }, words("journal.title")), make("p", { class: "hint" }, words("journal.about")), make("p", { class: "hint" }, words("journal.file")), list, wrong);
  store.onClear(() => { wrong.hidden = true; draw(); });
  draw();
}
