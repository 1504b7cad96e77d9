// @ts-check
/**
 * Last time: open what one keeps of the sessions before, see what is in it, and plan the next hour from it.
 *
 * What is opened is in the memory of the page alone. Everything that is drawn of it is text.
 */
import { mountCompare } from "./compare.js";
import { button, make, redraw } from "./dom.js";
import { mountForm } from "./fill.js";
import { mountJournal } from "./journal.js";
import { drawPaper, titleOf } from "./record-shown.js";
import { mountClosing, mountOwnCopy } from "./signing.js";
import { words } from "./words.js";

/**
 * What the page knows of a paper that is open.
 *
 * @typedef {object} OpenedPaper
 * @property {any} told What Python says is in it.
 * @property {boolean} used Whether the next hour is planned from it.
 * @property {boolean} shown Whether its words are to be seen.
 * @property {"" | "fill" | "close" | "copy"} doing What is being done with it.
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
 * @property {(listen: () => void) => void} onChange
 * @property {Set<number>} unsaved The papers that have something which no file has.
 */

/** So much of a file is read at most: a little more than Python takes, which says so. */
const ENOUGH = 27_000_000;

/** A sentence where something was refused. @param {HTMLElement | null} place @param {string} sentence */
export function say(place, sentence) {
  if (!place) return;
  place.replaceChildren(sentence);
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
    },
    save: page.saver.save,
    unsaved,
    forms,
    onChange: (listen) => { listeners.add(listen); },
  };

  // --- opening

  const picker = /** @type {HTMLInputElement} */ (make("input", { type: "file", multiple: true, hidden: true, accept: ".docx,.json", "aria-hidden": "true", tabindex: "-1" }));
  const refusals = make("ul", { class: "records-refused", hidden: true });
  const openButton = button(words("records.open"), () => picker.click(), { class: "main", id: "records-open" });
  const thisHour = button(words("records.this-hour"), () => beginRecord(), { id: "records-begin" });
  const wrong = make("p", { class: "wrong-note", hidden: true });
  picker.addEventListener("change", () => {
    const files = [...(picker.files ?? [])];
    picker.value = "";
    openFiles(files);
  });

  /** @param {any} told @param {OpenedPaper["doing"]} [doing] @param {boolean} [shown] */
  const add = (told, doing = "", shown = true) => {
    papers = [...papers, { told, used: !doing && !["own-copy", "plan"].includes(told.kind) && !told.shut, shown, doing }];
  };

  /** @param {File[]} files */
  async function openFiles(files) {
    if (!files.length || !isReady()) return;
    const before = papers.length;
    /** @type {Array<[string, string]>} */
    const refused = [];
    const opening = here;
    for (const file of files) {
      const lines = make("p");
      const bytes = new Uint8Array(await file.slice(0, ENOUGH).arrayBuffer());
      if (opening !== here) return;
      const told = await room.ask("open", { name: file.name, bytes }, lines);
      if (opening !== here) return;
      if (told) add(told, "", files.length === 1);
      else refused.push([file.name, lines.textContent ?? ""]);
    }
    refusals.replaceChildren(...refused.map(([name, why]) => make("li", {}, make("b", { translate: "no" }, name), ": ", why)));
    refusals.hidden = !refused.length;
    changed();
    await lookAtPlans();
    const n = papers.length - before;
    announce([n ? words("records.opened", { n }) : "", refused.length ? words("records.refused", { n: refused.length }) : ""].filter(Boolean).join(" "));
    if (n) document.getElementById(`record-${papers[before].told.number}`)?.focus();
  }

  /** A plan is read with the record of its hour, which may have come or gone. */
  async function lookAtPlans() {
    for (const { told } of papers.filter((each) => each.told.kind === "plan")) {
      const now = await room.ask("look_at", { number: told.number }, null);
      if (now) room.become(now);
    }
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

  /** The record of the hour that is planned, as its Word file is, with nothing written in it yet; or the one begun of it. */
  async function beginRecord() {
    for (const put of page.typed) put();
    const there = papers.findLast((each) => ofHour.get(each.told.number) === store.hour);
    if (there) return goTo(there.told.number);
    announce(words("records.beginning"));
    const lines = [...store.hour.urgent, ...store.hour.brought].map((each) => each.id);
    const { hour } = store;
    const told = await room.ask("begin", { hour }, wrong);
    if (!told) return undefined;
    add(told, "fill");
    begun.set(told.number, lines);
    ofHour.set(told.number, hour);
    unsaved.add(told.number);
    changed();
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
   * @type {Map<number, {root: HTMLElement, head: HTMLElement, acts: HTMLElement, panel: HTMLElement, data: HTMLElement, drawn: OpenedPaper | null, doing: string}>}
   */
  const cards = new Map();
  const PANELS = { fill: mountForm, close: mountClosing, copy: mountOwnCopy };

  /** @param {number} number @param {Partial<OpenedPaper>} difference */
  const change = (number, difference) => {
    papers = papers.map((each) => (each.told.number === number ? { ...each, ...difference } : each));
    changed();
  };

  /** @param {OpenedPaper} paper */
  const putAway = async (paper) => {
    await room.ask("put_away", { number: paper.told.number }, null);
    papers = papers.filter((each) => each.told.number !== paper.told.number);
    if (store.hour.resumes === paper.told.number) store.change({ resumes: 0 });
    if (store.hour.last.includes(paper.told.number)) store.change({ last: store.hour.last.filter((each) => each !== paper.told.number) });
    cards.delete(paper.told.number);
    unsaved.delete(paper.told.number);
    changed();
    await lookAtPlans();
    announce(words("records.put-away.said"));
    openButton.focus();
  };

  /** The card of a paper, as the paper is now. @param {OpenedPaper} paper */
  const card = (paper) => {
    const { told, doing } = paper;
    const { number } = told;
    let found = cards.get(number);
    if (!found) {
      const [head, acts, panel, data] = ["record-head", "record-acts", "records-panel", "record-rest"].map((each) => make("div", { class: each }));
      found = { root: make("article", { class: "card record", "aria-labelledby": `record-${number}` }, head, acts, panel, data), head, acts, panel, data, drawn: null, doing: "" };
      cards.set(number, found);
    }
    if (found.drawn === paper) return found.root;
    found.drawn = paper;
    const used = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `use-${number}`, autocomplete: "off", "data-keep": `use-${number}`, change: () => change(number, { used: used.checked }) }));
    used.checked = paper.used;
    redraw(found.head,
      make("h2", { id: `record-${number}`, tabindex: "-1", "data-keep": "title" }, titleOf(told)),
      make("p", { class: "hint record-file", translate: "no" }, told.name),
      told.shut || told.kind === "own-copy" || told.kind === "plan" ? null : make("label", { class: "check", for: `use-${number}` }, used, words("records.use")),
      button(words("records.put-away"), () => putAway(paper), { class: "link record-away", "data-keep": `away-${number}`, "aria-label": words("records.put-away.named", { name: told.name }) }));
    const can = !told.shut && told.kind !== "plan";
    redraw(found.acts, ...(told.shut ? shutLines(paper) : can && !doing ? acts(paper) : []));
    if (found.doing !== doing) {
      found.doing = doing;
      found.panel.replaceChildren();
      const end = () => { change(number, { doing: "" }); document.getElementById(`record-${number}`)?.focus(); };
      if (doing) PANELS[doing](found.panel, room, told, end);
    }
    redraw(found.data,
      can && doing !== "fill" ? drawPaper(paper, () => change(number, { shown: !room.paper(number)?.shown })) : null,
      ...(told.kind === "plan" ? planLines(paper, used) : []));
    return found.root;
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
      make("p", { class: "hint" }, words("records.plan.about", { n: told.topics.length })),
      button(words("records.resume"), () => resume(paper), { class: "main", "data-keep": `resume-${told.number}`, "aria-label": words("records.do.said", { what: words("records.resume"), title: titleOf(told) }) }),
      told.beside ? make("p", { class: "hint" }, words("records.plan.beside")) : alone,
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

  /** @param {OpenedPaper} paper */
  const acts = (paper) => {
    const { told } = paper;
    const does = (/** @type {"fill" | "close" | "copy"} */ doing) => button(words(`records.do.${doing}`), () => {
      change(told.number, { doing });
      document.getElementById(`panel-${told.number}-${doing}`)?.focus();
    }, { class: "small", "data-keep": `do-${doing}`, "aria-label": words("records.do.said", { what: words(`records.do.${doing}`), title: titleOf(told) }) });
    return [
      told.sections.length ? does("fill") : null,
      told.signs ? does("close") : null,
      room.who() === "supervisee" && told.ring === "personal" ? does("copy") : null,
      button(words("records.save.json"), () => saveAs(paper, "json"), { class: "small", "data-keep": "json", "aria-label": words("records.do.said", { what: words("records.save.json"), title: titleOf(told) }) }),
    ];
  };

  /** @param {OpenedPaper} paper @param {"docx" | "json"} to */
  const saveAs = async (paper, to) => {
    const made = await room.ask("save", { number: paper.told.number, to }, wrong);
    if (!made) return;
    room.save(made.file);
    unsaved.delete(paper.told.number);
  };

  // --- planning from them

  const next = make("div", { class: "records-next" });
  const plan = button(words("records.plan"), () => planNext(), { class: "main", id: "records-plan", "data-keep": "plan" });
  const planWrong = make("p", { class: "wrong-note", hidden: true });

  async function planNext() {
    const last = papers.filter((each) => each.used).map((each) => each.told.number);
    // What that hour was about is in its record, and comes back by it; what somebody has written meanwhile stays.
    const past = new Set(last.flatMap((number) => begun.get(number) ?? []));
    const fresh = () => (past.size
      ? { urgent: store.hour.urgent.filter(({ id }) => !past.has(id)), brought: store.hour.brought.filter(({ id }) => !past.has(id)), out: [], chosen: {} }
      : {});
    const answer = await room.ask("after", { numbers: last, hour: { ...store.hour, ...fresh() } }, planWrong);
    if (!answer) return;
    const { date, profile, parts, start, minutes, nation } = answer.hour;
    store.change({ date, profile, parts, start, minutes, nation, last, resumes: 0, ...fresh() });
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

  // --- who is here

  const ask = make("div", { class: "records-who" },
    make("p", {}, words("records.who")),
    make("div", { class: "row" }, ...["supervisor", "supervisee"].map((who) => button(words(`who.${who}`), () => {
      store.change({ who: /** @type {"supervisor" | "supervisee"} */ (who) }, { quiet: true });
      openButton.focus();
    }, { "data-keep": `who-${who}` }))));

  const compare = make("section", { class: "card records-compare", "aria-labelledby": "compare-title", hidden: true });
  const journal = make("section", { class: "card records-journal", "aria-labelledby": "journal-title" });
  const doors = make("div", { class: "row records-open" }, openButton, thisHour, picker);
  root.append(
    make("section", { class: "records-first", "aria-labelledby": "records-title" },
      make("h1", { id: "records-title", tabindex: "-1" }, words("records.title")),
      make("p", { class: "records-lead" }, words("records.lead")),
      ask, doors, make("p", { class: "hint", id: "records-where" }, words("records.where")), refusals, wrong),
    list,
    next,
    make("div", { class: "records-beside" }, compare, journal));
  next.append(plan, make("p", { class: "hint" }, words("records.plan.hint")), planWrong);
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
    const wanted = isOne ? papers.map(card) : [];
    for (const each of [...list.children]) if (!wanted.includes(/** @type {HTMLElement} */ (each))) each.remove();
    wanted.forEach((each, n) => { if (list.children[n] !== each) list.insertBefore(each, list.children[n] ?? null); });
    next.hidden = !isOne || !papers.some((each) => each.used);
    plan.textContent = words("records.plan", { n: papers.filter((each) => each.used).length });
  };
  /** What was refused names files, and is of whoever opened them. */
  const forgetRefused = () => {
    refusals.replaceChildren();
    refusals.hidden = true;
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
    changed();
    for (const { told } of papers) {
      const now = isReady() ? await room.ask("look_at", { number: told.number, mine: false }, null) : null;
      if (now) room.become(now);
    }
  });
  store.onClear(() => {
    here += 1;
    papers = [];
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
