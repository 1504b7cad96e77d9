// @ts-check
/**
 * The papers of this hour: in Word, as a web page, and printed.
 */
import { button, make, redraw } from "./dom.js";
import { words } from "./words.js";

const FORMATS = /** @type {const} */ (["docx", "html", "json", "ics", "zip"]);
const LOOKS = /** @type {const} */ (["large", "plain"]);
/** What most people want; the others are one press further. */
const FIRST = ["agenda", "record", "plan"];
/** What every hour has, before anybody knows which. */
const ALWAYS = ["agenda", "record"];

/**
 * @typedef {object} PaperOnOffer As the desk says it.
 * @property {string} paper
 * @property {string} title
 * @property {string[]} readers
 * @property {string[]} reader_titles
 * @property {string} part
 * @property {string[]} formats
 */

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountPapers(root, { store, planning, desk, isReady, onState, state, saver, record, announce, kept, typed }) {
  const first = make("ul", { class: "papers" });
  const others = make("ul", { class: "papers" });
  const more = make("details", { class: "papers-more" }, make("summary", {}, words("papers.more")), others);
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const choices = make("div", { class: "papers-choices" });
  const printer = button(words("papers.print"), () => { kept(); print(); }, { class: "small", "aria-label": words("papers.print.said") });
  // What most people come for is beside the agenda that they see.
  const wordOfAgenda = button(words("papers.docx"), () => save(known.find((each) => each.paper === "agenda") ?? always("agenda"), "docx", store.hour.who === "supervisee" ? "supervisee" : "supervisor"), { class: "small main", "aria-label": words("papers.shown"), off: true });
  document.getElementById("agenda-acts")?.append(wordOfAgenda, printer);
  // Whoever looks for the record of this hour looks for it here, and it is filled in beside those of last time.
  const fill = button(words("papers.fill"), () => record.enter(), { "data-keep": "fill" });
  const filling = make("div", { class: "papers-fill" }, fill, make("p", { class: "hint" }, words("papers.fill.about")));
  root.append(choices, first, more, filling, wrong);

  /** @type {PaperOnOffer[]} */
  let known = [];
  let busy = "";
  let reader = "";

  const readers = make("select", { id: "papers-reader", autocomplete: "off", change: () => { reader = /** @type {HTMLSelectElement} */ (readers).value; } });
  const whose = make("div", { class: "papers-whose", hidden: true }, make("label", { for: "papers-reader" }, words("papers.whose")), readers);
  choices.append(whose, make("div", { class: "papers-looks" }, ...LOOKS.map((look) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `look-${look}`, autocomplete: "off", change: () => { store.change({ looks: { ...store.hour.looks, [look]: box.checked } }); announce(words(box.checked ? "papers.look.on" : "papers.look.off", { look: words(`papers.${look}`) })); } }));
    store.subscribe(() => { box.checked = Boolean(store.hour.looks[look]); });
    return make("label", { class: "check", for: `look-${look}` }, box, words(`papers.${look}`));
  })));

  const nameOf = (/** @type {PaperOnOffer} */ paper, /** @type {string} */ to) => `${paper.paper}-${paper.part}-${to}`;

  /** @param {PaperOnOffer} paper @param {typeof FORMATS[number]} to @param {string} [whoReads] */
  const save = async (paper, to, whoReads = reader) => {
    if (busy) return;
    for (const put of typed) put();
    busy = nameOf(paper, to);
    draw();
    announce(words("papers.making", { title: paper.title }));
    let fault = "";
    try {
      const { hour } = store;
      const who = paper.readers.includes(whoReads) ? whoReads : paper.readers[0] ?? "";
      const made = await desk("paper", { hour, paper: paper.paper, to, reader: who, part: paper.part });
      if (made.refused) fault = made.refused.message;
      else {
        saver.save(made);
        kept();
      }
    } catch {
      fault = words("papers.fault");
    }
    wrong.textContent = fault;
    wrong.hidden = !fault;
    if (fault) announce(fault);
    busy = "";
    draw();
  };

  /** @param {PaperOnOffer} paper */
  const row = (paper) => {
    const part = planning.plan.parts.find((each) => each.id === paper.part);
    return make("li", { class: "paper" },
      make("span", { class: "paper-words" }, make("b", {}, paper.title), part ? make("span", { class: "hint" }, part.subtitle || part.title) : null),
      make("span", { class: "paper-acts" }, ...FORMATS.filter((to) => paper.formats.includes(to)).map((to) =>
        button(words(busy === nameOf(paper, to) ? "papers.wait" : `papers.${to}`), () => save(paper, to),
          { class: `small${to === "docx" ? " main" : ""}`, "data-keep": nameOf(paper, to), "aria-label": words("papers.as", { title: part ? `${paper.title}, ${part.subtitle || part.title}` : paper.title, format: words(`papers.${to}`) }), off: !isReady() }))));
  };

  /** A paper that every hour has, before anybody knows who reads it. @param {string} paper @returns {PaperOnOffer} */
  const always = (paper) => ({ paper, title: words(`paper.${paper}`), readers: [], reader_titles: [], part: "", formats: ["docx", "html"] });

  const draw = () => {
    const all = known.length ? known : ALWAYS.map(always);
    wordOfAgenda.hidden = state() === "fault";
    redraw(first, ...all.filter((each) => FIRST.includes(each.paper)).map(row));
    redraw(others, ...all.filter((each) => !FIRST.includes(each.paper)).map(row));
    more.hidden = !known.length;
    for (const each of [first, choices, filling]) each.hidden = state() === "fault";
    fill.setAttribute("aria-disabled", String(!isReady()));
    const two = all[0];
    whose.hidden = two.readers.length < 2;
    const wanted = two.readers.includes(reader) ? reader : two.readers.includes(store.hour.who) ? store.hour.who : two.readers[0] ?? "";
    if (readers.dataset.of !== two.readers.join()) {
      readers.replaceChildren(...two.readers.map((value, n) => make("option", { value }, two.reader_titles[n])));
      readers.dataset.of = two.readers.join();
    }
    reader = wanted;
    /** @type {HTMLSelectElement} */ (readers).value = wanted;
  };

  let shown = "";
  const ask = async () => {
    if (!isReady() || !store.hour.who) return draw();
    const { hour } = store;
    const answer = await desk("papers", { hour }).catch(() => ({ refused: true }));
    if (hour !== store.hour) return;
    if (!answer.refused) known = answer.papers;
    const now = JSON.stringify([known, planning.plan.parts.map((each) => each.subtitle || each.title)]);
    if (now !== shown) draw();
    shown = now;
  };

  planning.subscribe(({ refused, refusals, agenda }) => {
    // The paper that is shown is of before, as long as something is wrong.
    const isWrong = Boolean(refused) || refusals.length > 0;
    for (const [each, off] of /** @type {const} */ ([[printer, isWrong || (!agenda && state() !== "fault")], [wordOfAgenda, isWrong || !agenda], [fill, isWrong || !agenda]])) {
      if (off) each.setAttribute("aria-disabled", "true");
      else each.removeAttribute("aria-disabled");
    }
  });
  planning.subscribe((plan) => { if (plan.sure && !plan.refused) ask(); });
  onState(draw);
  store.subscribe((hour, before) => {
    if (hour.who === before.who) return;
    reader = "";
    wrong.textContent = "";
    wrong.hidden = true;
  });
  store.onClear(() => { known = []; reader = ""; wrong.hidden = true; wrong.textContent = ""; draw(); });
  draw();
}
