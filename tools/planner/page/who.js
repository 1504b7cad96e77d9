// @ts-check
/**
 * Who is asking, what kind of hour it is, and when.
 */
import { make, picture } from "./dom.js";
import { words } from "./words.js";

const PEOPLE = /** @type {const} */ (["supervisor", "supervisee", "trainer"]);
const LENGTHS = [15, 20, 30, 40, 45, 50, 60, 75, 90, 120, 180];

/**
 * Three doors at first; then three pills, so that one may change one's mind.
 *
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountWho(root, { store, views, announce, baked }) {
  const doors = make("div", { class: "who-doors", role: "group", "aria-labelledby": "who-title" });
  root.append(make("h2", { id: "who-title", class: "who-title" }, words("who.title")), doors);

  /** @param {typeof PEOPLE[number]} who */
  const choose = (who) => {
    const begins = !store.hour.who;
    store.change({ who }, { quiet: true });
    announce(words(`who.${who}.said`));
    if (views.open !== "plan") views.show("plan");
    if (begins) document.getElementById(who === "supervisee" ? "brings-title" : who === "trainer" ? "trainer-title" : "hour-title")?.focus();
  };

  const buttons = PEOPLE.map((who) =>
    make("button", { type: "button", class: `who-door who-${who}`, "aria-pressed": "false", click: () => choose(who) },
      picture(baked.signs?.[who] ?? SIGNS[who], "who-sign"),
      make("b", {}, words(`who.${who}`)),
      make("span", { class: "who-about" }, words(`who.${who}.about`)),
      make("span", { class: "who-go", "aria-hidden": "true" }, words(`who.${who}.go`))));
  doors.append(...buttons);

  const draw = () => {
    document.body.classList.toggle("begun", Boolean(store.hour.who));
    document.body.dataset.who = store.hour.who;
    const { parts, chosen, brought, urgent } = store.hour;
    document.body.classList.toggle("has-hour", Boolean(parts || brought.length || urgent.length || Object.keys(chosen).length));
    // Whoever is supervised comes for their own lines: these stand first, and are read first.
    const desk = document.querySelector(".desk");
    const left = document.querySelector(".desk-left");
    const brings = document.querySelector(".desk-brings");
    if (desk && left && brings) {
      const home = store.hour.who === "supervisee" ? desk : left;
      if (brings.parentElement !== home) home.prepend(brings);
    }
    buttons.forEach((each, n) => each.setAttribute("aria-pressed", String(PEOPLE[n] === store.hour.who)));
  };
  store.subscribe(draw);
  draw();
}

/** Three small pictures: two who talk, one with three lines, an open book. */
const sign = (/** @type {string} */ inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 52" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">${inner}</svg>`;
const SIGNS = {
  supervisor: sign('<path d="M34 22h32v18h-4v6l-6-6H34z"/><path fill="currentColor" fill-opacity=".25" d="M6 6h34v20h-25l-5 5v-5h-4z"/><path d="M12 14h20M12 20h12"/>'),
  supervisee: sign('<path fill="currentColor" fill-opacity=".25" d="M18 4h28l10 10v34H18z"/><path d="M46 4v10h10M25 22h22M25 30h22M25 38h13"/>'),
  trainer: sign('<path fill="currentColor" fill-opacity=".25" d="M36 14C28 8 18 8 10 11v30c8-3 18-3 26 3 8-6 18-6 26-3V11c-8-3-18-3-26 3z"/><path d="M36 14v30"/>'),
};

/**
 * The occasion, whose words, when and how long, and what it is about.
 *
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountSettings(root, { store, planning, announce, baked, saver }) {
  const { aims = [], occasions = [], profiles = [], nations = [] } = baked.choices ?? {};
  /** @type {Array<() => void>} */
  const drawers = [];

  /** Say what was chosen, and what has become of the plan. @param {string} chosen */
  const say = async (chosen) => {
    const { parts } = await planning.settled();
    const talks = parts.filter((each) => each.kind !== "standing").map((each) => words("strip.part", { title: each.subtitle || each.title, n: each.minutes }));
    announce([chosen, words("plan.said", { n: parts.length }), ...talks].join(" "));
  };

  /** @param {string} name @param {HTMLElement} box @param {string} [className] */
  const field = (name, box, className = "") =>
    make("div", { class: `field field-${name} ${className}` }, make("label", { for: `set-${name}` }, words(`set.${name}`)), box);

  /** @param {string} name @param {Array<{value: string, title: string}>} options @param {(value: string) => any} read */
  const choice = (name, options, read = (value) => value) => {
    const box = /** @type {HTMLSelectElement} */ (make("select", { id: `set-${name}`, autocomplete: "off" },
      ...options.map(({ value, title }) => make("option", { value }, title))));
    box.addEventListener("change", () => {
      // Another occasion or trade is another plan: what was moved in the old one does not fit it, and that is said.
      const moved = MOVES_ALL.has(name) && (store.hour.parts !== null || store.hour.out.length > 0 || Object.keys(store.hour.chosen).length > 0);
      store.change({ [name]: read(box.value), ...(MOVES_ALL.has(name) ? { parts: null, out: [], chosen: {} } : {}) });
      if (moved) saver.tell(words("set.anew"));
      say(words("set.said", { what: words(`set.${name}`), value: box.selectedOptions[0]?.textContent ?? "" }));
    });
    drawers.push(() => {
      const value = String(store.hour[name] ?? "");
      if (![...box.options].some((each) => each.value === value)) box.append(make("option", { value }, occasions.find((/** @type {{name: string}} */ each) => each.name === value)?.title ?? value));
      box.value = value;
    });
    return box;
  };

  // Another day draws another model among those that are as good: what was seen for a talk stays, and may still be changed.
  const proposed = () => Object.fromEntries(planning.plan.parts.filter((each) => planning.plan.sure && each.may_change && each.key).map((each) => [each.id, each.key]));
  const start = /** @type {HTMLInputElement} */ (make("input", { id: "set-start", type: "time", autocomplete: "off", change: () => store.change({ start: start.value }) }));
  drawers.push(() => { if (start.value !== store.hour.start) start.value = store.hour.start; });
  const date = /** @type {HTMLInputElement} */ (make("input", { id: "set-date", type: "date", autocomplete: "off", change: () => store.change({ date: date.value, chosen: { ...proposed(), ...store.hour.chosen } }) }));
  drawers.push(() => { if (date.value !== store.hour.date) date.value = store.hour.date; });

  const lengths = LENGTHS.map((n) => ({ value: String(n), title: String(n) }));
  root.append(
    make("div", { class: "set-first" },
      field("aim", choice("aim", [{ value: "", title: words("aim.none") }, ...named(aims)])),
      field("occasion", choice("occasion", [{ value: "", title: words("set.occasion.none") }, ...named(occasions, "ordinary")])),
      field("start", start),
      field("minutes", choice("minutes", lengths, Number)),
    ),
    make("details", { class: "set-more" }, make("summary", {}, make("span", { id: "set-more-said" })),
      make("div", { class: "set-second" },
        field("profile", choice("profile", named(profiles))),
        field("nation", choice("nation", named(nations))),
        field("date", date),
      )),
  );

  const hint = make("p", { class: "hint set-hint", id: "set-occasion-about" });
  root.querySelector(".field-occasion")?.append(hint);
  root.querySelector("#set-occasion")?.setAttribute("aria-describedby", hint.id);
  const draw = () => {
    for (const each of drawers) each();
    hint.textContent = occasions.find((/** @type {{name: string}} */ each) => each.name === store.hour.occasion)?.about ?? "";
    hint.hidden = !hint.textContent;
    const profile = named(profiles).find((each) => each.value === store.hour.profile)?.title ?? "";
    const said = root.querySelector("#set-more-said");
    if (said) said.textContent = words("set.more", { profile, nation: store.hour.nation });
  };
  store.subscribe(draw);
  draw();
}

/** What makes another plan of it, so that moved parts are let go. */
const MOVES_ALL = new Set(["occasion", "profile"]);

/**
 * Choices as a list to choose from has them.
 *
 * @param {Array<{name: string, title: string}>} given @param {string} [without]
 */
const named = (given, without = "") => given.filter(({ name }) => name !== without).map(({ name, title }) => ({ value: name, title }));
