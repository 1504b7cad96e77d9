// @ts-check
/**
 * Records: open what one keeps of the sessions before, plan the next hour from it, and write the record of this hour.
 *
 * What is opened is in the memory of the page alone. Everything that is drawn of it is text.
 */
import { mountCompare } from "./compare.js";
import { button, make, redraw } from "./dom.js";
import { mountForm } from "./fill.js";
import { mountJournal } from "./journal.js";
import { drawPaper, titleOf } from "./record-shown.js";
import { mountClosing, mountKeeping, mountOwnCopy, mountSigning } from "./signing.js";
import { drawSteps } from "./steps.js";
import { words } from "./words.js";

/**
 * What the page knows of a paper that is open.
 *
 * @typedef {object} OpenedPaper
 * @property {any} told What Python says is in it.
 * @property {boolean | null} used Whether the next hour is planned from it, if somebody has said so.
 * @property {boolean} shown Whether its words are to be seen.
 * @property {Doing} doing What is being done with it.
 * @property {object} how What is said of how it is done.
 *
 * @typedef {"" | "fill" | "close" | "sign" | "keep" | "copy"} Doing
 */

/**
 * What every part of this room is given.
 *
 * @typedef {object} Room
 * @property {import("./main.js").Page} page
 * @property {() => string} who
 * @property {() => OpenedPaper[]} papers
 * @property {(number: number) => OpenedPaper | undefined} paper
 * @property {(name: string, given: object, place: HTMLElement | null) => Promise<any>} ask  Gives nothing if it was
 *     refused, which is said at the place.
 * @property {(told: any) => void} become
 * @property {(file: {name: string, type: string, bytes: Uint8Array}) => void} save
 * @property {Set<(who: string) => void>} forms Each puts what is written in it into its record, for whoever wrote it.
 * @property {(number: number, doing: Doing, how?: object) => void} go Go on to the next that is done with a record.
 * @property {Map<number, any>} closings What closing each record has said.
 * @property {() => any[]} journals The journals that are open.
 * @property {(told: any) => void} becomeJournals
 * @property {Map<number, string>} noting What is asked before the session of a record is noted.
 * @property {() => void} redraw
 * @property {() => void} pick Choose files to open.
 * @property {(listen: () => void) => void} onChange
 * @property {Set<number>} unsaved The papers that have something which no file has.
 */

/** So much of a file is read at most: a little more than Python takes, which says so. */
const ENOUGH = 27_000_000;

/** A sentence where something was refused. @param {HTMLElement | null} place @param {string} sentence */
export function say(place, sentence) {
  if (!place) return;
  // A refusal begins like a command's; here it stands alone.
  place.replaceChildren(/^[a-z]+,? /.test(sentence) ? sentence[0].toUpperCase() + sentence.slice(1) : sentence);
  place.hidden = !sentence;
}

/**
 * The way to the record of the hour that is planned, from wherever one is.
 */
export function makeRecordDoor() {
  /** @type {() => void} */
  let go = () => {};
  return {
    /** Show the record of this hour, to be filled in. */
    enter() { go(); },
    /** @param {() => void} what */
    onEnter(what) { go = what; },
  };
}

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountRecords(root, page) {
  const { store, desk, isReady, onState, state, announce, views } = page;
  /** @type {OpenedPaper[]} */
  let papers = [];
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const changed = () => { for (const listen of listeners) listen(); };
  /** What the next hour may follow from, as Python says. @type {any} */
  let follow = { next: [], goes_with: {}, left: [] };
  /** @type {any[]} */
  let journals = [];
  // Whoever is here now, and since when: what was asked for somebody else, or before all was cleared, is answered to nobody.
  let here = 0;

  /** @type {Set<number>} */
  const unsaved = new Set();
  /** The lines of the hour with which a record was begun here, by its number. @type {Map<number, string[]>} */
  const begun = new Map();
  /** The hour of such a record, as it was then. @type {Map<number, import("./store.js").Hour>} */
  const ofHour = new Map();
  /** @type {Set<(who: string) => void>} */
  const forms = new Set();
  page.drafts.add(() => unsaved.size > 0);

  /** @type {Room} */
  const room = {
    page,
    who: () => store.hour.who,
    papers: () => papers,
    paper: (number) => papers.find((each) => each.told.number === number),
    async ask(name, given, place) {
      say(place, "");
      const asking = here;
      try {
        const answer = await desk(name, { who: store.hour.who, ...given });
        if (asking !== here) return null;
        if (!answer.refused) return answer;
        say(place, answer.refused.message);
        announce(answer.refused.message);
      } catch {
        if (asking !== here) return null;
        say(place, words("records.fault"));
        announce(words("records.fault"));
      }
      return null;
    },
    become(told) {
      papers = papers.map((each) => (each.told.number === told.number ? { ...each, told } : each));
      changed();
      lookAhead();
    },
    go(number, doing, how = {}) {
      change(number, { doing, how });
      document.getElementById(doing ? `panel-${number}-${doing}` : `record-${number}`)?.focus();
    },
    closings: new Map(),
    noting: new Map(),
    redraw: () => changed(),
    journals: () => journals,
    becomeJournals(told) {
      journals = told.journals;
      changed();
    },
    pick: () => openButton.click(),
    save: page.saver.save,
    unsaved,
    forms,
    onChange: (listen) => { listeners.add(listen); },
  };

  // --- opening

  const picker = /** @type {HTMLInputElement} */ (make("input", { type: "file", multiple: true, hidden: true, accept: ".docx,.json,.zip,.yaml,.yml", "aria-hidden": "true", tabindex: "-1" }));
  const opened = make("p", { class: "records-opened", hidden: true });
  const refusals = make("div", { class: "records-refused", hidden: true });
  const openButton = button(words("records.open"), () => picker.click(), { class: "main", id: "records-open" });
  const thisHour = button(words("records.this-hour.begin"), () => beginRecord(), { id: "records-begin" });
  const wrong = make("p", { class: "wrong-note", hidden: true });
  picker.addEventListener("change", () => {
    const files = [...(picker.files ?? [])];
    picker.value = "";
    openFiles(files);
  });

  /** @param {any} told @param {Doing} [doing] @param {boolean} [shown] */
  const add = (told, doing = "", shown = true) => {
    papers = [...papers, { told, used: null, shown, doing, how: {} }];
  };

  /** Ask what the next hour may follow from; whoever asks last is answered. */
  let asked = 0;
  async function lookAhead() {
    const own = ++asked;
    const told = isReady() && papers.length ? await room.ask("to_follow", {}, null) : null;
    if (own !== asked) return;
    follow = told ?? { next: [], goes_with: {}, left: [] };
    changed();
  }

  /** Files in the order in which they are read: a plan says of a record what that may have lost. @param {File[]} files */
  const plansFirst = (files) => [...files].sort((one, other) => Number(other.name.endsWith(".json")) - Number(one.name.endsWith(".json")));
  const readFile = async (/** @type {File} */ file) => ({ name: file.name, bytes: new Uint8Array(await file.slice(0, ENOUGH).arrayBuffer()) });

  /** @param {File[]} files */
  async function openFiles(files) {
    if (!files.length || !isReady()) return;
    const before = papers.length;
    /** @type {Array<[string, string]>} */
    const unused = [];
    /** @type {Record<string, number>} */
    const found = {};
    const opening = here;
    // Sessions of a journal that are files of their own are one journal.
    root.setAttribute("aria-busy", "true");
    say(opened, words("records.opening"));
    refusals.hidden = true;
    announce(words("records.opening"));
    const sessions = files.filter((each) => /\.ya?ml$/i.test(each.name));
    const rest = plansFirst(files.filter((each) => !sessions.includes(each)));
    for (const some of [...rest.map((each) => [each]), ...(sessions.length ? [sessions] : [])]) {
      const lines = make("p");
      const isJournal = some === sessions;
      const given = await Promise.all(some.map(readFile));
      if (opening !== here) return;
      const told = await room.ask(isJournal ? "journal_open" : "open", isJournal ? { files: given } : given[0], lines);
      if (opening !== here) return;
      if (!told) unused.push([some[0].name, lines.textContent ?? ""]);
      else if (told.kind === "unused") unused.push([told.name, told.why]);
      else if (told.kind === "journal") {
        journals = told.journals;
        await countJournal(told.number);
        if (opening !== here) return;
      } else add(told, "", files.length === 1);
      const kind = !told || told.kind === "unused" ? "" : ["journal", "plan"].includes(told.kind) ? told.kind : told.steps?.length ? "record" : "paper";
      if (kind) found[kind] = (found[kind] ?? 0) + 1;
    }
    const what = ["record", "plan", "journal", "paper"].filter((each) => found[each]).map((each) => words(`records.found.${each}`, { n: found[each] })).join(", ");
    say(opened, what ? words("records.found", { what }) : "");
    refusals.replaceChildren(make("p", {}, words("records.unused", { n: unused.length })), make("ul", {}, ...unused.map(([name, why]) => make("li", {}, make("b", { translate: "no" }, name), ": ", why))));
    refusals.hidden = !unused.length;
    changed();
    await lookAhead();
    if (opening !== here) return;
    announce([what ? words("records.found", { what }) : "", unused.length ? words("records.refused", { n: unused.length }) : ""].filter(Boolean).join(" "));
    const first = papers[before];
    if (first) document.getElementById(papers.length - before > 1 && !next.hidden ? "records-plan" : `record-${first.told.number}`)?.focus();
    root.removeAttribute("aria-busy");
  }

  /** A journal that is opened counts for the hour, if it may be theirs and no other does. @param {number} number */
  async function countJournal(number) {
    if (store.hour.journal) return;
    const told = await room.ask("journal_for", { numbers: store.hour.last }, null);
    if (told && told.number === number) store.change({ journal: number }, { quiet: true });
  }

  /** Go on with the hour that a plan was kept of. @param {OpenedPaper} paper */
  async function resume({ told }) {
    const answer = await room.ask("resume", { number: told.number, hour: store.hour }, wrong);
    if (!answer) return;
    store.change(answer.hour);
    views.show("plan");
    came.replaceChildren(
      make("p", {}, make("b", {}, words("records.resumed", { day: answer.day })), " ", words("records.resumed.about")),
      button("×", () => { came.hidden = true; document.getElementById("hour-title")?.focus(); }, { class: "bare", "aria-label": words("records.saved.away") }));
    came.hidden = false;
    announce(words("records.resumed", { day: answer.day }));
  }

  /** What of an hour is on its record. @param {import("./store.js").Hour | undefined} hour */
  const onRecord = (hour) => JSON.stringify({ ...hour, journal: 0, looks: {}, who: "" });
  /** Whether the plan has changed since a record was begun of it. @param {number} number */
  const isBehind = (number) => begun.has(number) && onRecord(ofHour.get(number)) !== onRecord(store.hour);

  /**
   * The record of the hour that is planned, as its Word file is, with nothing written in it yet; or the one begun of it.
   *
   * @param {boolean} [anew] Whether another is begun, though one that was begun before has something written in it.
   */
  async function beginRecord(anew = false) {
    for (const put of page.typed) put();
    const there = papers.findLast((each) => isOfThisHour(each.told.number));
    if (there && !anew) {
      const { number } = there.told;
      if (!isBehind(number)) return goTo(number);
      // What is being typed in it counts as written.
      const leave = cards.get(number)?.leave;
      if (leave && !await leave()) return goTo(number);
      // Nobody has two records of one hour unawares; one in which nothing is written is begun anew.
      if (!room.paper(number)?.told.steps?.some((/** @type {any} */ each) => each.step === "write" && each.standing === "now")) {
        change(number, { doing: "" });
        announce(words("records.this-hour.behind"));
        return goTo(number);
      }
      await letGo(number);
    }
    announce(words("records.beginning"));
    const lines = [...store.hour.urgent, ...store.hour.brought].map((each) => each.id);
    const { hour } = store;
    const told = await room.ask("begin", { hour }, wrong);
    if (!told) return undefined;
    papers = [{ told, used: null, shown: true, doing: "fill", how: {} }, ...papers];
    begun.set(told.number, lines);
    ofHour.set(told.number, hour);
    unsaved.add(told.number);
    changed();
    lookAhead();
    return goTo(told.number);
  }
  /** @param {number} number */
  const goTo = (number) => document.getElementById(`record-${number}`)?.focus();
  page.record.onEnter(() => {
    views.show("records");
    beginRecord();
  });

  // What is dropped beside the place for it would be opened in the place of the page.
  const isFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => { if (isFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    if (views.open === "records" && store.hour.who) openFiles([...(event.dataTransfer?.files ?? [])]);
  });

  // --- what is open

  const list = make("div", { class: "records-list" });
  /**
   * The cards of the papers. Each stays where it is while it is drawn anew: somebody may be typing in it.
   *
   * @type {Map<number, {root: HTMLElement, head: HTMLElement, behind: HTMLElement, acts: HTMLElement, panel: HTMLElement, data: HTMLElement, drawn: string, doing: string, leave: (() => Promise<boolean>) | null}>}
   */
  const cards = new Map();
  /** @type {Record<string, (root: HTMLElement, room: Room, told: any, end: () => void, how: any) => (() => Promise<boolean>) | void>} */
  const PANELS = { fill: mountForm, close: mountClosing, sign: mountSigning, keep: mountKeeping, copy: mountOwnCopy };

  /** @param {number} number @param {Partial<OpenedPaper>} difference */
  const change = (number, difference) => {
    papers = papers.map((each) => (each.told.number === number ? { ...each, ...difference } : each));
    changed();
  };

  /** @param {number} number */
  const letGo = async (number) => {
    await room.ask("put_away", { number }, null);
    papers = papers.filter((each) => each.told.number !== number);
    if (store.hour.resumes === number) store.change({ resumes: 0 });
    if (store.hour.last.includes(number)) store.change({ last: store.hour.last.filter((each) => each !== number) });
    cards.delete(number);
    unsaved.delete(number);
    begun.delete(number);
    ofHour.delete(number);
    room.closings.delete(number);
  };

  /** @param {OpenedPaper} paper */
  const putAway = async (paper) => {
    await letGo(paper.told.number);
    changed();
    lookAhead();
    announce(words("records.put-away.said"));
    openButton.focus();
  };

  /** The group of papers that a paper may count with. @param {number} number */
  const groupOf = (number) => follow.next.find((/** @type {any} */ each) => each.all.includes(number));
  /** Whether the next hour is planned from a paper. @param {number} number */
  const isUsed = (number) => room.paper(number)?.used ?? Boolean(groupOf(number)?.numbers.includes(number));

  /** Whether a record is the last one that was begun of the hour that is on the page. @param {number} number */
  const isOfThisHour = (number) => number === Math.max(...begun.keys()) && !store.hour.last.includes(number);

  /** What is said of a paper from which no hour follows, or which follows by itself. @param {any} told */
  const aside = (told) => {
    if (told.kind === "plan") return told.topics.length ? words("records.plan.about", { n: told.topics.length }) : words("records.plan.empty");
    return told.why_not ?? "";
  };

  /** The card of a paper, as the paper is now. @param {OpenedPaper} paper */
  const card = (paper) => {
    const { told, doing } = paper;
    const { number } = told;
    let found = cards.get(number);
    if (!found) {
      const [head, behind, acts, panel, data] = ["record-head", "record-behind", "record-acts", "records-panel", "record-rest"].map((each) => make("div", { class: each }));
      found = { root: make("article", { class: "card record", "aria-labelledby": `record-${number}` }, head, behind, acts, panel, data), head, behind, acts, panel, data, drawn: "", doing: "", leave: null };
      cards.set(number, found);
    }
    const own = found;
    const many = told.kind !== "plan" && (groupOf(number)?.all.length ?? 0) > 1;
    const now = JSON.stringify([told, paper.used, paper.shown, doing, many, isUsed(number), Boolean(groupOf(number)), isOfThisHour(number), isBehind(number), follow.goes_with[number], unsaved.has(number), room.noting.get(number), journals]);
    if (own.drawn === now) return own.root;
    own.drawn = now;
    const used = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `use-${number}`, autocomplete: "off", "data-keep": `use-${number}`, change: () => change(number, { used: used.checked }) }));
    used.checked = isUsed(number);
    redraw(own.head,
      make("h2", { id: `record-${number}`, tabindex: "-1", "data-keep": "title" }, titleOf(told)),
      make("p", { class: "hint record-file" }, begun.has(number) ? make("b", {}, words(isOfThisHour(number) ? "records.this-hour.is" : "records.this-hour.was"), " ") : null, make("span", { translate: "no" }, told.name)),
      many ? make("label", { class: "check", for: `use-${number}` }, used, words("records.use")) : null,
      button(words("records.put-away"), () => putAway(paper), { class: "link record-away", "data-keep": `away-${number}`, "aria-label": words("records.put-away.named", { name: told.name }) }));
    const can = !told.shut && told.kind !== "plan";
    redraw(own.acts, ...(told.shut ? shutLines(paper) : can ? acts(paper) : []));
    if (own.doing !== doing) {
      own.doing = doing;
      own.panel.replaceChildren();
      own.leave = (doing && PANELS[doing](own.panel, room, told, () => room.go(number, ""), paper.how)) || null;
    }
    redraw(own.behind, ...(isBehind(number) && isOfThisHour(number) ? [
      make("p", {}, words("records.this-hour.behind")),
      button(words("records.this-hour.anew"), () => beginRecord(true), { class: "small", "data-keep": "begin-anew" })] : []));
    redraw(own.data,
      aside(told) ? make("p", { class: "hint" }, aside(told)) : null,
      can && doing !== "fill" ? drawPaper(paper, () => change(number, { shown: !room.paper(number)?.shown })) : null,
      ...(told.kind === "plan" ? planLines(paper, used) : []));
    return own.root;
  };

  /** Leave what is being done with a record, with all that is written, and go on to something else. @param {number} number @param {Doing} doing */
  const step = async (number, doing) => {
    const leave = cards.get(number)?.leave;
    if (leave && !await leave()) return;
    room.go(number, doing);
  };

  /**
   * What can be done with a plan: it is an hour of its own. It is last time's only with its record, or if somebody says so.
   *
   * @param {OpenedPaper} paper @param {HTMLElement} used
   */
  const planLines = (paper, used) => {
    const { told } = paper;
    const alone = make("div", { class: "record-alone" },
      make("label", { class: "check", for: used.id }, used, words("records.use.plan")),
      make("p", { class: "hint" }, words("records.use.plan.about")));
    return [
      button(words("records.resume"), () => resume(paper), { class: "main", "data-keep": `resume-${told.number}`, "aria-label": words("records.do.said", { what: words("records.resume"), title: titleOf(told) }) }),
      // Beside a record of another hour it cannot be last time's.
      follow.goes_with[told.number] ? make("p", { class: "hint" }, words("records.plan.beside")) : groupOf(told.number) ? alone : null,
    ];
  };

  /** @param {OpenedPaper} paper */
  const shutLines = ({ told }) => (told.shut === "author"
    ? [make("p", {}, words("records.shut.author")), button(words("records.mine"), async () => {
      const now = await room.ask("look_at", { number: told.number, mine: true }, wrong);
      if (now) room.become(now);
      document.getElementById(`record-${told.number}`)?.focus();
    }, { class: "small", "data-keep": "mine" })]
    : [make("p", {}, words("records.shut.who"))]);

  /** Nobody has an own copy of what can still change. @param {any} told */
  const canCopy = (told) => told.steps.every((/** @type {any} */ each) => each.step !== "keep" || each.standing !== "later");

  /** What can be done with a paper: its steps in their order, and what belongs to none of them. @param {OpenedPaper} paper */
  const acts = (paper) => {
    const { told, doing } = paper;
    const named = (/** @type {string} */ what, /** @type {() => void} */ click, /** @type {string} */ keep) =>
      button(words(what), click, { class: "small", "data-keep": keep, "aria-label": words("records.do.said", { what: words(what), title: titleOf(told) }) });
    const more = doing ? [] : [
      told.steps.length || !told.sections.length ? null : named("records.do.fill", () => step(told.number, "fill"), "do-fill"),
      room.who() === "supervisee" && told.ring === "personal" && told.kind !== "own-copy" && canCopy(told) ? named("records.do.copy", () => step(told.number, "copy"), "do-copy") : null,
      told.sections.length ? named("records.save.docx", () => saveAs(paper, "docx"), "docx") : null,
      named("records.save.json", () => saveAs(paper, "json"), "json"),
    ];
    return [
      told.steps.length ? drawSteps(paper, room, (next) => step(told.number, next)) : null,
      unsaved.has(told.number) && !doing ? make("p", { class: "hint record-unsaved" }, words("records.unsaved")) : null,
      make("div", { class: "row record-more" }, ...more.filter((each) => each !== null)),
    ];
  };

  /** @param {OpenedPaper} paper @param {"docx" | "json"} to */
  const saveAs = async (paper, to) => {
    const made = await room.ask("save", { number: paper.told.number, to }, wrong);
    if (!made) return;
    room.save(made.file);
    unsaved.delete(paper.told.number);
    changed();
  };

  // --- planning from them

  const next = make("div", { class: "records-next", hidden: true });
  const planWrong = make("p", { class: "wrong-note", hidden: true });

  /** The next hour of each pair or group whose records are open. */
  const drawNext = () => {
    const many = follow.next.length > 1;
    // A plan alone is its own hour, until somebody says that it is over.
    const rows = follow.next.filter((/** @type {any} */ each) => each.numbers.length || each.all.some(isUsed)).map((/** @type {any} */ group, /** @type {number} */ n) => {
      const numbers = group.all.filter(isUsed);
      const name = many && group.name ? words("records.plan.with", { name: group.name }) : words("records.plan");
      return make("div", { class: "records-plan" },
        button(name, () => planNext(group.all.filter(isUsed)), { class: "main", id: n ? `records-plan-${n + 1}` : "records-plan", "data-keep": `plan-${n}`, off: !numbers.length }),
        make("span", { class: "hint" }, numbers.length ? words(room.paper(numbers[0])?.told.kind === "plan" ? "records.plan.from-plan" : "records.plan.from", { n: numbers.length, day: group.day }) : words("records.plan.none")));
    });
    redraw(next, ...rows,
      follow.left.length ? make("ul", { class: "records-left" }, ...follow.left.map((/** @type {string} */ each) => make("li", {}, each))) : null,
      rows.length ? make("p", { class: "hint" }, words("records.plan.hint")) : null, planWrong);
    next.hidden = !rows.length;
  };

  /** @param {number[]} last */
  async function planNext(last) {
    // What that hour was about is in its record, and comes back by it; what somebody has written meanwhile stays.
    const past = new Set(last.flatMap((number) => begun.get(number) ?? []));
    const fresh = () => (past.size
      ? { urgent: store.hour.urgent.filter(({ id }) => !past.has(id)), brought: store.hour.brought.filter(({ id }) => !past.has(id)), out: [], chosen: {} }
      : {});
    const answer = await room.ask("after", { numbers: last, hour: { ...store.hour, ...fresh() } }, planWrong);
    if (!answer) return;
    const { date, profile, parts, start, minutes, nation, journal } = answer.hour;
    store.change({ date, profile, parts, start, minutes, nation, last, resumes: 0, journal: journal ?? 0, ...fresh() });
    lookAtJournals();
    views.show("plan");
    sayWhatCame(answer);
    announce([words("records.planned"), ...came.textContent ? [counts(answer)] : []].join(" "));
  }

  // --- what came back, beside the plan

  const came = make("div", { class: "records-came", role: "group", "aria-label": words("records.came"), hidden: true });
  document.querySelector("[data-view=plan] .desk")?.before(came);

  /** @param {any} answer */
  const counts = (answer) => `${[words("records.came.actions", { n: answer.actions }), answer.comes_back.length ? words("records.came.topics", { n: answer.comes_back.length }) : ""].filter(Boolean).join(", ")}.`;

  /** @param {any} answer */
  function sayWhatCame(answer) {
    const notes = [...answer.notes, ...answer.doubts].map((/** @type {string} */ each) => each.charAt(0).toUpperCase() + each.slice(1));
    came.replaceChildren(
      make("div", {},
        make("p", {}, make("b", {}, words("records.came")), " ", counts(answer)),
        answer.comes_back.length ? make("ul", { class: "dots" }, ...answer.comes_back.map((/** @type {any} */ each) => make("li", { translate: "no" }, each.words))) : "",
        notes.length ? make("ul", { class: "dots" }, ...notes.map((each) => make("li", {}, each))) : ""),
      button("×", () => { came.hidden = true; document.getElementById("hour-title")?.focus(); }, { class: "bare", "aria-label": words("records.saved.away") }));
    came.hidden = false;
  }

  async function lookAtJournals() {
    const told = journals.length ? await room.ask("journal", {}, null) : null;
    if (told) room.becomeJournals(told);
  }

  // --- who is here

  const ask = make("div", { class: "records-who" },
    make("p", {}, words("records.who")),
    make("div", { class: "row" }, ...["supervisor", "supervisee"].map((who) => button(words(`who.${who}`), () => {
      store.change({ who: /** @type {"supervisor" | "supervisee"} */ (who) }, { quiet: true });
      openButton.focus();
    }, { "data-keep": `who-${who}` }))));

  const compare = make("section", { class: "card records-compare", "aria-labelledby": "compare-title", hidden: true });
  const journal = make("section", { class: "card records-journal", "aria-labelledby": "journal-title" });
  const doors = make("div", { class: "records-doors" },
    make("section", { class: "card", "aria-labelledby": "records-last" },
      make("h2", { id: "records-last" }, words("records.last")), make("p", { class: "hint" }, words("records.last.about")),
      make("div", { class: "row" }, openButton), picker),
    make("section", { class: "card", "aria-labelledby": "records-this" },
      make("h2", { id: "records-this" }, words("records.this-hour")), make("p", { class: "hint" }, words("records.this-hour.about")),
      make("div", { class: "row" }, thisHour)));
  root.append(
    make("section", { class: "records-first", "aria-labelledby": "records-title" },
      make("h1", { id: "records-title", tabindex: "-1" }, words("records.title")),
      make("p", { class: "records-lead" }, words("records.lead")),
      ask, doors, make("p", { class: "hint", id: "records-where" }, words("records.where")), opened, refusals, wrong),
    next,
    list,
    make("div", { class: "records-beside" }, compare, journal));
  mountCompare(compare, room);
  mountJournal(journal, room);

  const draw = () => {
    const { who } = store.hour;
    const isOne = who === "supervisor" || who === "supervisee";
    ask.hidden = isOne;
    doors.hidden = !isOne;
    journal.hidden = !isOne || state() === "fault";
    const off = !isReady();
    for (const each of [openButton, thisHour]) each.setAttribute("aria-disabled", String(off));
    say(wrong, state() === "fault" ? words("records.no-python") : off && isOne ? words("records.wait") : wrong.dataset.waited ? "" : wrong.textContent ?? "");
    wrong.dataset.waited = off && isOne ? "yes" : "";
    // A plan goes with its record, and has nothing to do.
    const inOrder = [...papers].sort((one, other) => Number(one.told.kind === "plan") - Number(other.told.kind === "plan"));
    const wanted = isOne ? inOrder.map(card) : [];
    for (const each of [...list.children]) if (!wanted.includes(/** @type {HTMLElement} */ (each))) each.remove();
    wanted.forEach((each, n) => { if (list.children[n] !== each) list.insertBefore(each, list.children[n] ?? null); });
    drawNext();
    if (!isOne) next.hidden = true;
  };
  /** What was refused names files, and is of whoever opened them. */
  const forgetRefused = () => {
    refusals.replaceChildren();
    refusals.hidden = true;
    say(opened, "");
    say(wrong, "");
    say(planWrong, "");
  };
  room.onChange(draw);
  onState(draw);
  // Whoever takes the step back has nothing from last time.
  store.subscribe((hour) => { if (!hour.last.length && !hour.resumes) came.hidden = true; });
  store.subscribe(async (hour, before) => {
    if (hour.who === before.who) return;
    for (const keep of forms) keep(before.who);
    here += 1;
    // Another person reads other things: nothing of what the one before could see stays.
    cards.clear();
    came.replaceChildren();
    came.hidden = true;
    forgetRefused();
    papers = papers.map((each) => ({ ...each, doing: "", told: { number: each.told.number, name: each.told.name, shut: "who" } }));
    room.closings.clear();
    room.noting.clear();
    follow = { next: [], goes_with: {}, left: [] };
    journals = [];
    root.removeAttribute("aria-busy");
    changed();
    for (const { told } of papers) {
      const now = isReady() ? await room.ask("look_at", { number: told.number, mine: false }, null) : null;
      if (now) room.become(now);
    }
    const told = isReady() && hour.who && hour.who !== "trainer" ? await room.ask("journal", {}, null) : null;
    if (told) room.becomeJournals(told);
  });
  store.onClear(() => {
    here += 1;
    asked += 1;
    root.removeAttribute("aria-busy");
    papers = [];
    journals = [];
    follow = { next: [], goes_with: {}, left: [] };
    room.closings.clear();
    room.noting.clear();
    say(opened, "");
    cards.clear();
    unsaved.clear();
    begun.clear();
    ofHour.clear();
    came.replaceChildren();
    came.hidden = true;
    forgetRefused();
    if (isReady()) desk("forget", {}).catch(() => {});
    changed();
  });
  draw();
}
