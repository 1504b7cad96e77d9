// @ts-check
/**
 * For trainers: take some models and print them, as a deck, handouts, worksheets and notes.
 */
import { button, make, picture, redraw } from "./dom.js";
import { MINUTES } from "./gallery.js";
import { words } from "./words.js";

const PAPERS = ["cards", "handout", "worksheet", "notes", "slide"];

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountTrainer(root, { baked, store, desk, isReady, onState, picks, views, room, saver, announce }) {
  const { gallery } = baked;
  if (!gallery) return;
  const modelOf = (/** @type {string} */ key) => gallery.models.find((/** @type {any} */ each) => each.key === key);
  let wants = { papers: ["cards"], to: "docx", one: true, large: false, plain: false };
  let busy = false;
  let asked = 0;

  const sets = make("div", { class: "trainer-sets" });
  const taken = make("ul", { class: "trainer-taken" });
  const choices = make("div", { class: "trainer-choices" });
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const foot = make("div", { class: "row trainer-foot" });
  root.append(make("section", { class: "card trainer", "aria-labelledby": "trainer-title" },
    make("h2", { id: "trainer-title", tabindex: "-1" }, words("trainer.title")),
    make("p", { class: "hint" }, words("trainer.about")),
    sets, taken, choices, foot, wrong));

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
    group("papers", PAPERS.map((paper) => check(paper, wants.papers.includes(paper), (on) => change({ papers: PAPERS.filter((each) => (each === paper ? on : wants.papers.includes(each))) }), words(`trainer.paper.${paper}`)))),
    make("div", { class: "field trainer-minutes" }, make("label", { for: "trainer-minutes" }, words("trainer.minutes")), drawMinutes()),
    group("format", ["docx", "html"].map((to) => check(to, wants.to === to, () => change({ to }), words(`papers.${to}`), "radio", "trainer-format"))),
    group("files", [true, false].map((one) => check(one ? "one" : "each", wants.one === one, () => change({ one }), words(one ? "trainer.one" : "trainer.each"), "radio", "trainer-files"))),
    group("look", [check("large", wants.large, (large) => change({ large }), words("papers.large")), check("plain", wants.plain, (plain) => change({ plain }), words("papers.plain")),
      ...(wants.large && wants.papers.includes("cards") ? [make("p", { class: "hint" }, words("trainer.large.cards"))] : [])]));

  const save = async () => {
    const mine = asked;
    busy = true;
    wrong.hidden = true;
    drawFoot();
    announce(words("trainer.making"));
    const made = await desk("deck", { keys: picks.keys, papers: wants.papers, minutes: picks.minutes, to: wants.to, one: wants.one, looks: { large: wants.large, plain: wants.plain }, wording: store.hour.wording, profile: store.hour.profile }).catch(() => null);
    busy = false;
    drawFoot();
    if (mine !== asked) return undefined;
    if (made && !made.refused) return saver.save(made);
    wrong.textContent = made?.refused?.message ?? words("papers.fault");
    wrong.hidden = false;
    announce(wrong.textContent ?? "");
    return undefined;
  };

  const drawFoot = () => {
    const nothing = !picks.keys.length ? "trainer.none" : !wants.papers.length ? "trainer.no-paper" : !isReady() ? "trainer.wait" : "";
    redraw(foot,
      button(words(busy ? "papers.wait" : picks.keys.length ? "trainer.save" : "trainer.save.none", { n: picks.keys.length }), save, { class: "main", "data-keep": "save", off: Boolean(nothing) || busy }),
      button(words("trainer.choose"), () => views.show("gallery"), { "data-keep": "choose" }),
      nothing ? make("span", { class: "hint" }, words(nothing)) : null);
  };

  const draw = () => {
    drawTaken();
    drawChoices();
    drawFoot();
  };
  picks.subscribe(draw);
  onState(drawFoot);
  store.onClear(() => { asked += 1; picks.clear(); wants = { papers: ["cards"], to: "docx", one: true, large: false, plain: false }; wrong.hidden = true; draw(); });
  drawSets();
  draw();
}
