// @ts-check
/**
 * For trainers: take some models, look at their papers, and print or save them: a deck, handouts, worksheets, notes.
 */
import { makeSheet } from "./agenda.js";
import { button, make, picture, redraw } from "./dom.js";
import { MINUTES } from "./gallery.js";
import { words } from "./words.js";

const PAPERS = ["cards", "handout", "worksheet", "notes", "slide"];

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountTrainer(root, { baked, store, desk, isReady, onState, picks, views, room, saver, printer, announce }) {
  const { gallery } = baked;
  if (!gallery) return;
  const modelOf = (/** @type {string} */ key) => gallery.models.find((/** @type {any} */ each) => each.key === key);
  let wants = { papers: ["cards"], to: "docx", one: true, large: false, plain: false };
  /** Which button is being answered. */
  let busy = "";
  let asked = 0;

  const sets = make("div", { class: "trainer-sets" });
  const taken = make("ul", { class: "trainer-taken" });
  const choices = make("div", { class: "trainer-choices" });
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const foot = make("div", { class: "row trainer-foot" });
  const looked = make("div", { class: "trainer-looked", hidden: true });
  root.append(make("section", { class: "card trainer", "aria-labelledby": "trainer-title" },
    make("h2", { id: "trainer-title", tabindex: "-1" }, words("trainer.title")),
    make("p", { class: "hint" }, words("trainer.about")),
    sets, taken, choices, foot, wrong, looked));

  /** A picture in the colour of its row. @param {any} model */
  const pictureOf = (model) => {
    const need = gallery.needs.find((/** @type {any} */ each) => each.name === model.needs[0]);
    return make("span", { class: `trainer-picture need-${need?.colour ?? "slate"}`, "aria-hidden": "true" }, picture(model.picture));
  };

  const drawSets = () => redraw(sets, ...gallery.sets.map((/** @type {any} */ each) => {
    const models = each.keys.map(modelOf).filter(Boolean);
    return make("button", { type: "button", class: "trainer-set", "data-keep": `set-${each.name}`, click: () => { picks.take(models.map((/** @type {any} */ one) => one.key)); announce(words("trainer.set.done", { what: models.map((/** @type {any} */ one) => one.short).join(", ") })); } },
      make("b", {}, each.title), make("span", { class: "trainer-pictures" }, ...models.map(pictureOf)), make("span", { class: "hint" }, models.map((/** @type {any} */ one) => one.short).join(" · ")));
  }));

  const drawTaken = () => redraw(taken, ...picks.keys.map(modelOf).filter(Boolean).map((model) => make("li", { class: "trainer-one" },
    pictureOf(model), make("span", { class: "trainer-name" }, model.title),
    button(words("gallery.steps"), () => room.enter(model.key), { class: "small bare", "data-keep": `steps-${model.key}`, "aria-label": words("trainer.steps", { title: model.title }) }),
    button(words("trainer.out"), () => { picks.toggle(model.key); announce(words("gallery.take.undone", { title: model.title })); }, { class: "small bare", "data-keep": `out-${model.key}`, "aria-label": words("trainer.out.said", { title: model.title }) }))));

  const change = (/** @type {Partial<typeof wants>} */ difference) => { wants = { ...wants, ...difference }; draw(); };
  const check = (/** @type {string} */ name, /** @type {boolean} */ on, /** @type {(on: boolean) => void} */ set, /** @type {string} */ label, type = "checkbox", group = "") => {
    const id = `trainer-${name}`;
    const box = /** @type {HTMLInputElement} */ (make("input", { type, id, name: group || null, autocomplete: "off", "data-keep": id, change: () => set(box.checked) }));
    box.checked = on;
    return make("label", { class: "check", for: id }, box, label);
  };
  const group = (/** @type {string} */ name, /** @type {Node[]} */ boxes) => make("fieldset", {}, make("legend", {}, words(`trainer.${name}`)), ...boxes);

  const drawMinutes = () => {
    const box = /** @type {HTMLSelectElement} */ (make("select", { id: "trainer-minutes", autocomplete: "off", "data-keep": "minutes", change: () => picks.setMinutes(Number(box.value)) },
      ...[0, ...MINUTES, ...(MINUTES.includes(picks.minutes) || !picks.minutes ? [] : [picks.minutes])].map((n) => make("option", { value: n }, n ? words("gallery.minutes.one", { n }) : words("trainer.minutes.usual")))));
    box.value = String(picks.minutes);
    return box;
  };

  const drawChoices = () => redraw(choices,
    group("papers", [...PAPERS.map((paper) => check(paper, wants.papers.includes(paper), (on) => change({ papers: PAPERS.filter((each) => (each === paper ? on : wants.papers.includes(each))) }), words(`trainer.paper.${paper}`))),
      ...(wants.papers.includes("slide") ? [make("p", { class: "hint" }, words("trainer.powerpoint"))] : [])]),
    make("div", { class: "field trainer-minutes" }, make("label", { for: "trainer-minutes" }, words("trainer.minutes")), drawMinutes()),
    group("format", ["docx", "html"].map((to) => check(to, wants.to === to, () => change({ to }), words(`papers.${to}`), "radio", "trainer-format"))),
    group("files", [true, false].map((one) => check(one ? "one" : "each", wants.one === one, () => change({ one }), words(one ? "trainer.one" : "trainer.each"), "radio", "trainer-files"))),
    group("look", [check("large", wants.large, (large) => change({ large }), words("papers.large")), check("plain", wants.plain, (plain) => change({ plain }), words("papers.plain")),
      ...(wants.large && wants.papers.includes("cards") ? [make("p", { class: "hint" }, words("trainer.large.cards"))] : [])]));

  /**
   * Ask for the papers, and do something with them if they are still wanted.
   *
   * @param {string} what The button that was pressed. @param {string} name What the desk is asked. @param {(made: any) => void} then
   */
  const ask = (what, name, then) => async () => {
    const mine = asked;
    busy = what;
    wrong.hidden = true;
    drawFoot();
    announce(words("trainer.making"));
    const made = await desk(name, { keys: picks.keys, papers: wants.papers, minutes: picks.minutes, to: wants.to, one: wants.one, looks: { large: wants.large, plain: wants.plain }, wording: store.hour.wording, profile: store.hour.profile }).catch(() => null);
    busy = "";
    drawFoot();
    if (mine !== asked) return undefined;
    if (made && !made.refused) return then(made);
    wrong.textContent = made?.refused?.message ?? words("papers.fault");
    wrong.hidden = false;
    announce(wrong.textContent ?? "");
    return undefined;
  };
  const save = ask("save", "deck", (made) => saver.save(made));
  const print = ask("print", "sheets", ({ sheets }) => { announce(words("trainer.print.said")); printer.print(sheets); });
  const look = ask("peek", "sheets", ({ sheets }) => {
    const shut = () => { unlook(); /** @type {HTMLElement | null} */ (foot.querySelector("[data-keep=peek]"))?.focus(); };
    looked.replaceChildren(
      make("div", { class: "row" }, make("h3", { id: "trainer-looked", tabindex: "-1" }, words("trainer.looked")), button(words("trainer.looked.close"), shut, { class: "small" })),
      ...sheets.map((/** @type {import("./printing.js").Sheet & {title: string}} */ sheet) => {
        const host = make("div", { class: "sheet-host" });
        makeSheet(host).show(sheet);
        return make("div", { class: "sheet", tabindex: "0", role: "group", "aria-label": sheet.title }, host);
      }));
    looked.hidden = false;
    looked.querySelector("h3")?.focus();
  });
  /** What was looked at is not what would be made now. */
  const unlook = () => { looked.hidden = true; looked.replaceChildren(); };

  const drawFoot = () => {
    const nothing = !picks.keys.length ? "trainer.none" : !wants.papers.length ? "trainer.no-paper" : !isReady() ? "trainer.wait" : "";
    const deed = (/** @type {string} */ name, /** @type {() => void} */ press, more = {}) => button(words(busy === name ? "papers.wait" : picks.keys.length ? `trainer.${name}` : `trainer.${name}.none`, { n: picks.keys.length }), press, { "data-keep": name, off: Boolean(nothing || busy), ...more });
    redraw(foot,
      deed("print", print, { class: "main" }), deed("peek", look), deed("save", save),
      button(words("trainer.choose"), () => views.show("gallery"), { "data-keep": "choose" }),
      nothing ? make("span", { class: "hint" }, words(nothing)) : null);
  };

  const draw = () => {
    unlook();
    drawTaken();
    drawChoices();
    drawFoot();
  };
  picks.subscribe(draw);
  onState(drawFoot);
  store.subscribe((hour, before) => { if (hour.profile !== before.profile || hour.wording !== before.wording) unlook(); });
  store.onClear(() => { asked += 1; picks.clear(); wants = { papers: ["cards"], to: "docx", one: true, large: false, plain: false }; wrong.hidden = true; draw(); });
  drawSets();
  draw();
}
