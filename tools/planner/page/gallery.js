// @ts-check
/**
 * The gallery: what is it like today? Every model in sight, in rows that are needs; found by a need, a way, a name.
 */
import { make, picture, PRIVATE } from "./dom.js";
import { deed, makePeek } from "./peek.js";
import { search } from "./search.js";
import { signOfWay } from "./signs.js";
import { words } from "./words.js";

/** The minutes that one can ask for. */
export const MINUTES = [10, 20, 30, 45, 60];
const WHO = ["two", "group", "alone"];
/** So many tiles of a row are in sight before somebody asks for the others: one line, or two on a phone. */
const IN_SIGHT = 11;
const ON_LESS = 8;
const LESS = "(max-width: 75rem)";
const inSight = () => (matchMedia(LESS).matches ? ON_LESS : IN_SIGHT);
/** The best that a search has found, in a row before the others. */
const BEST = "best";
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountGallery(root, page) {
  const { announce, store, picks } = page;
  /** @type {import("./search.js").Gallery} */
  const gallery = page.baked.gallery;
  if (!gallery) return;
  const byKey = new Map(gallery.models.map((each) => [each.key, each]));
  /** @type {{text: string, filters: import("./search.js").Filters, opened: Set<string>}} */
  let state = { text: "", filters: {}, opened: new Set() };
  /** The minutes that were asked for here last. */
  let asked = 0;

  const rows = make("div", { class: "gallery-rows" });
  const count = make("p", { class: "gallery-count", id: "gallery-count" });
  const box = /** @type {HTMLInputElement} */ (make("input", { id: "gallery-search", type: "search", ...PRIVATE, placeholder: words("gallery.search.example"), "aria-describedby": "gallery-count", enterkeyhint: "search" }));
  const section = make("section", { class: "gallery", "aria-labelledby": "gallery-title" },
    make("div", { class: "gallery-head" },
      make("div", {}, make("h1", { id: "gallery-title", tabindex: "-1" }, words("gallery.title")), make("p", {}, words("gallery.lead", { n: gallery.models.length }))),
      make("div", { class: "gallery-search" }, make("label", { for: "gallery-search" }, words("gallery.search")), magnifier(), box)),
    drawFilters(), rows, make("p", { class: "unseen", id: "gallery-how" }, words("gallery.how")));
  root.append(section);

  const peek = makePeek(rows, { modelOf: (key) => /** @type {import("./search.js").ShownModel} */ (byKey.get(key)), minutes: () => picks.minutes, deeds: (model) => deedsOf(model, page) });

  // --- what is in sight

  function draw() {
    const { keys, minutes } = search(gallery, state.text, state.filters);
    // Whoever looks for something that takes so long prints it as long as that.
    const long = state.filters.minutes ?? minutes ?? 0;
    if (long !== asked) picks.setMinutes((asked = long));
    const found = new Set(keys);
    const narrowed = state.text.trim() !== "" || Object.values(state.filters).some(Boolean);
    peek.close();
    const best = state.text.trim() && minutes === undefined && keys.length ? [rowOf({ name: BEST, title: words("gallery.best"), colour: "ink", first: keys.slice(0, IN_SIGHT), more: [] }, found, true)] : [];
    rows.replaceChildren(...best, ...gallery.needs.map((need) => rowOf(need, found, narrowed)).filter((each) => each !== null));
    if (!keys.length) rows.append(make("p", { class: "gallery-none" }, words("gallery.none"), " ", deed("gallery.clear", clear)));
    count.textContent = words(narrowed ? "gallery.found" : "gallery.all", { n: keys.length, all: gallery.models.length });
    return keys.length;
  }

  /** @param {import("./search.js").ShownNeed} need @param {Set<string>} found @param {boolean} narrowed */
  function rowOf(need, found, narrowed) {
    const first = need.first.filter((key) => found.has(key));
    const more = need.more.filter((key) => found.has(key));
    const all = [...first, ...more];
    if (!all.length) return null;
    const most = Math.max(first.length, inSight());
    const opened = state.opened.has(need.name);
    const whole = narrowed || opened || all.length <= most;
    const id = `need-${need.name}`;
    const press = () => {
      if (opened) state.opened.delete(need.name);
      else state.opened.add(need.name);
      const again = rowOf(need, found, narrowed);
      peek.close();
      section.querySelector(`#${id}-row`)?.replaceWith(/** @type {Node} */ (again));
      /** @type {HTMLElement | null | undefined} */ (again?.querySelector(".need-all"))?.focus();
    };
    const count = narrowed || all.length <= most
      ? make("p", { class: "need-count" }, words("gallery.ways", { n: all.length }))
      : make("button", { type: "button", class: "need-all", "aria-expanded": String(opened), "aria-controls": `${id}-tiles`, click: press }, words(opened ? "gallery.fewer" : "gallery.ways.all", { n: all.length }));
    return make("section", { class: `need soft need-${need.colour}`, id: `${id}-row`, "aria-labelledby": id },
      make("div", { class: "need-head" }, make("h2", { id }, need.title), count),
      make("ul", { class: "tiles", id: `${id}-tiles`, "aria-describedby": "gallery-how" }, ...(whole ? all : all.slice(0, most)).map((key, n) => make("li", {}, tileOf(key, n === 0)))));
  }

  /** @param {string} key @param {boolean} first Whether the tab key stops here in its row. */
  function tileOf(key, first) {
    const model = /** @type {import("./search.js").ShownModel} */ (byKey.get(key));
    return make("button", { type: "button", class: `tile${picks.has(key) ? " tile-taken" : ""}`, "data-key": key, tabindex: first ? "0" : "-1", "aria-expanded": "false" },
      make("span", { class: "tile-pic" }, picture(model.picture)),
      make("span", { class: "tile-name" }, model.short),
      picks.has(key) ? make("span", { class: "unseen" }, words("gallery.taken")) : null);
  }

  // --- search and filters

  const say = debounced(() => announce(count.textContent ?? ""));
  const apply = () => {
    draw();
    say();
  };
  const clear = () => {
    box.value = "";
    state = { ...state, text: "", filters: {} };
    for (const each of section.querySelectorAll(".chip")) each.setAttribute("aria-pressed", "false");
    apply();
    box.focus();
  };
  box.addEventListener("input", () => { state.text = box.value; apply(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      tilesOf(rows)[0]?.focus();
    } else if (event.key === "Escape" && box.value) {
      event.stopPropagation();
      box.value = "";
      state.text = "";
      apply();
    }
  });

  function drawFilters() {
    const chip = (/** @type {"minutes" | "who" | "way"} */ name, /** @type {string | number} */ value, /** @type {Node | null} */ sign = null) => make("button", {
      type: "button", class: "chip", "aria-pressed": "false", "data-filter": name,
      click: (/** @type {Event} */ event) => {
        const pressed = /** @type {HTMLElement} */ (event.currentTarget);
        const on = pressed.getAttribute("aria-pressed") !== "true";
        for (const each of section.querySelectorAll(`[data-filter="${name}"]`)) each.setAttribute("aria-pressed", "false");
        pressed.setAttribute("aria-pressed", String(on));
        state.filters = { ...state.filters, [name]: on ? value : undefined };
        apply();
      },
    }, sign, name === "minutes" ? String(value) : words(`gallery.${name}.${value}`));
    const set = (/** @type {"minutes" | "who" | "way"} */ name, /** @type {Node[]} */ chips) => {
      const body = make("div", { class: "gallery-chips", id: `gallery-${name}`, role: "group", "aria-label": words(`gallery.filter.${name}`) }, ...chips);
      const menu = make("button", { type: "button", class: "chip gallery-menu", "aria-expanded": "false", "aria-controls": `gallery-${name}`, click: () => menu.setAttribute("aria-expanded", String(menu.getAttribute("aria-expanded") !== "true")) }, words(`gallery.filter.${name}`), make("span", { "aria-hidden": "true", class: "gallery-arrow" }));
      return make("div", { class: "gallery-filter" }, make("span", { class: "gallery-legend", "aria-hidden": "true" }, words(`gallery.filter.${name}`)), menu, body);
    };
    return make("div", { class: "gallery-filters" },
      set("minutes", MINUTES.map((each) => chip("minutes", each))),
      set("who", WHO.map((each) => chip("who", each))),
      set("way", gallery.ways.map((each) => chip("way", each, signOfWay(gallery, each)))),
      count);
  }

  // --- the keys

  rows.addEventListener("keydown", (event) => {
    const from = /** @type {HTMLElement} */ (event.target);
    if (!from.classList.contains("tile") || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = nextTile(rows, from, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  rows.addEventListener("focusin", (event) => {
    const tile = /** @type {HTMLElement} */ (event.target);
    if (!tile.classList.contains("tile")) return;
    for (const each of tilesOf(tile.closest(".tiles") ?? rows)) each.tabIndex = each === tile ? 0 : -1;
  });

  // --- what others do

  const bar = make("div", { class: "gallery-bar", role: "group", "aria-label": words("gallery.bar") });
  section.append(bar);
  const drawBar = () => {
    bar.hidden = !picks.keys.length;
    bar.replaceChildren(
      make("span", {}, words("gallery.bar.taken", { n: picks.keys.length })),
      deed("gallery.bar.print", () => { store.change({ who: "trainer" }, { quiet: true }); page.views.show("plan"); document.getElementById("trainer-title")?.focus(); }, { class: "small main" }),
      deed("gallery.bar.none", () => { picks.clear(); announce(words("gallery.bar.cleared")); box.focus(); }));
  };
  picks.subscribe(() => {
    for (const each of tilesOf(rows)) each.classList.toggle("tile-taken", picks.has(each.dataset.key ?? ""));
    peek.redraw();
    drawBar();
  });
  page.views.subscribe(() => peek.close());
  matchMedia(LESS).addEventListener("change", draw);
  store.onClear(() => { picks.clear(); state = { text: "", filters: {}, opened: new Set() }; clear(); });
  draw();
  drawBar();
}

/** What can be done with a model. @param {import("./search.js").ShownModel} model @param {import("./main.js").Page} page */
function deedsOf(model, page) {
  const { planning, store, announce, views, picks, room, desk, saver, isReady } = page;
  const put = () => {
    if (!store.hour.who) store.change({ who: "supervisor" }, { quiet: true });
    planning.putIn(model.key);
    views.show("plan");
    document.getElementById("hour-title")?.focus();
    announce(words("gallery.put.done", { title: model.title }));
  };
  const print = (/** @type {string} */ paper) => async () => {
    saver.tell(words("gallery.making", { paper: words(`trainer.paper.${paper}`), title: model.title }));
    const made = await desk("deck", { keys: [model.key], papers: [paper], to: "docx", minutes: picks.minutes, looks: store.hour.looks, wording: store.hour.wording, profile: store.hour.profile }).catch(() => null);
    if (made && !made.refused) saver.save(made);
    else saver.tell(made?.refused?.message ?? words("gallery.not-made"));
  };
  const take = () => {
    picks.toggle(model.key);
    announce(words(picks.has(model.key) ? "gallery.take.done" : "gallery.take.undone", { title: model.title }));
  };
  const trains = store.hour.who === "trainer" || picks.keys.length > 0;
  const taking = deed(picks.has(model.key) ? "gallery.put-back" : "gallery.take", take, { class: trains ? "small main" : "small", "aria-pressed": String(picks.has(model.key)), off: picks.full && !picks.has(model.key) });
  const deeds = [
    deed("gallery.put", put, { class: trains ? "small" : "small main" }),
    deed("gallery.steps", () => room.enter(model.key)),
    deed("trainer.paper.handout", print("handout"), { off: !isReady() }),
    deed("trainer.paper.cards", print("cards"), { off: !isReady() }),
  ];
  return trains ? [taking, ...deeds] : deeds;
}

/** The tiles under an element, in their order. @param {ParentNode} root @returns {HTMLElement[]} */
const tilesOf = (root) => [...root.querySelectorAll(".tile")].map((each) => /** @type {HTMLElement} */ (each));

/**
 * The tile that a key goes to: beside it, at the ends of its line, or the nearest above or below.
 *
 * @param {HTMLElement} rows @param {HTMLElement} from @param {string} key
 */
function nextTile(rows, from, key) {
  const all = tilesOf(rows);
  const at = all.indexOf(from);
  const row = tilesOf(from.closest(".tiles") ?? rows);
  if (key === "ArrowRight") return all[at + 1];
  if (key === "ArrowLeft") return all[at - 1];
  if (key === "Home") return row[0];
  if (key === "End") return row.at(-1);
  const way = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (!way) return undefined;
  const here = from.getBoundingClientRect();
  const middle = (/** @type {HTMLElement} */ each) => each.getBoundingClientRect().left + each.offsetWidth / 2;
  const beyond = all.map((each) => ({ each, away: (each.getBoundingClientRect().top - here.top) * way, aside: Math.abs(middle(each) - middle(from)) })).filter(({ away }) => away > 1);
  const near = Math.min(...beyond.map(({ away }) => away));
  return beyond.filter(({ away }) => away < near + 2).sort((a, b) => a.aside - b.aside)[0]?.each;
}

function magnifier() {
  return picture(`<svg xmlns="${SVG}" viewBox="0 0 24 24"><circle cx="10" cy="10" r="7"/><path d="m15.5 15.5 6 6"/></svg>`, "magnifier");
}

/** Wait until nothing more happens. @param {() => void} what */
function debounced(what) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(what, 500);
  };
}
