// @ts-check
/**
 * The papers of this hour: in Word, as a web page, and printed.
 */
import { button, make, redraw } from "./dom.js";
import { words } from "./words.js";

const FORMATS = /** @type {const} */ (["docx", "html"]);

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountPapers(root, { store, planning, desk, isReady, onState, state, saver, announce, kept }) {
  const rows = make("ul", { class: "papers" });
  const wrong = make("div", { class: "wrong-note", hidden: true });
  const looks = make("div", { class: "papers-looks" });
  root.append(looks, rows, wrong);
  /** @type {Array<any>} */
  let known = [];
  let busy = "";

  looks.append(...["large", "plain"].map((look) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `look-${look}`, autocomplete: "off", change: () => store.change({ looks: { ...store.hour.looks, [look]: box.checked } }) }));
    store.subscribe(() => { box.checked = Boolean(store.hour.looks[look]); });
    return make("label", { class: "check", for: `look-${look}` }, box, words(`papers.${look}`));
  }));

  /** @param {any} paper @param {typeof FORMATS[number]} to */
  const save = async (paper, to) => {
    if (busy) return;
    busy = `${paper.name}-${to}`;
    announce(words("papers.making", { title: paper.title }));
    draw();
    try {
      const made = await desk("paper", { hour: store.hour, paper: paper.name, to, reader: paper.reader ?? "", about: paper.about ?? "" });
      wrong.hidden = !made.refused;
      if (made.refused) {
        wrong.textContent = made.refused.message;
        announce(made.refused.message);
      } else {
        saver.save(made);
        kept();
      }
    } catch {
      wrong.hidden = false;
      wrong.textContent = words("papers.fault");
      announce(words("papers.fault"));
    }
    busy = "";
    draw();
  };

  /** @param {any} paper */
  const row = (paper) => {
    const off = !isReady();
    return make("li", { class: "paper" },
      make("span", { class: "paper-words" }, make("b", {}, paper.title), paper.who ? make("span", { class: "hint" }, paper.who) : null),
      make("span", { class: "paper-acts" }, ...FORMATS.filter((to) => !paper.formats || paper.formats.includes(to)).map((to) =>
        button(words(busy === `${paper.name}-${to}` ? "papers.wait" : `papers.${to}`), () => save(paper, to),
          { class: `small${to === "docx" ? " main" : ""}`, "data-keep": `${paper.name}-${paper.reader ?? ""}-${paper.about ?? ""}-${to}`, "aria-label": words("papers.as", { title: paper.title, format: words(`papers.${to}`) }), off }))));
  };

  const draw = () => {
    const list = known.length ? known : [{ name: "agenda", title: words("papers.agenda") }, { name: "record", title: words("papers.record") }];
    redraw(rows, ...list.map(row));
    rows.classList.toggle("none", state() === "fault");
  };

  const ask = async () => {
    if (!isReady() || !store.hour.who) return draw();
    const { hour } = store;
    try {
      const answer = await desk("papers", { hour });
      if (hour === store.hour && !answer.refused) known = answer.papers ?? answer;
    } catch { /* The two that are always there stay. */ }
    draw();
  };

  root.append(make("div", { class: "row" }, button(words("papers.print"), () => { kept(); print(); }, { class: "small", "data-keep": "print" })));
  planning.subscribe((plan) => { if (plan.sure || !isReady()) ask(); });
  onState(draw);
  store.onClear(() => { known = []; wrong.hidden = true; wrong.textContent = ""; });
  draw();
}
