// @ts-check
/**
 * Something else for a talk: the same again first, three that differ with a true reason each, and no model at all.
 */
import { button, make, picture, redraw } from "./dom.js";
import { words } from "./words.js";

/** What a talk has that no model helps. */
const NO_MODEL = "no-model";

/**
 * Which part's offers are open, and where.
 */
export function makeOffers() {
  let part = "";
  let place = "";
  let fresh = false;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const tell = () => { for (const each of [...listeners]) each(); };
  return {
    get part() { return part; },
    get place() { return place; },
    /** @param {string} id */
    isOpen: (id) => Boolean(id) && part === id,
    /** @param {string} id @param {string} where "strip" or "list" */
    toggle(id, where) {
      [part, place] = part === id ? ["", place] : [id, where];
      fresh = Boolean(part);
      tell();
      fresh = false;
    },
    close() { part = ""; tell(); },
    /** Whether somebody has opened them just now, so that they should be gone to. */
    isNew: () => fresh,
    /** @param {() => void} listen */
    subscribe(listen) { listeners.add(listen); },
  };
}

/** @typedef {ReturnType<typeof makeOffers>} Offers */

/**
 * The panel with the offers. There is one, and it stands where somebody asked for it.
 *
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountOffers(root, { store, planning, offers, desk, isReady, announce, baked, views }) {
  const panel = make("div", { class: "offers", id: "offers", role: "group", "aria-labelledby": "offers-title" });
  /** @type {{key: string, answer: any, refused: string}} */
  let known = { key: "", answer: null, refused: "" };

  const part = () => planning.plan.parts.find((each) => each.id === offers.part);

  /** @param {string} key @param {string} title */
  const take = (key, title) => {
    const { part: id, place } = offers;
    store.change({ chosen: { ...store.hour.chosen, [id]: key } });
    offers.close();
    announce(key === NO_MODEL ? words("offers.none.taken") : words("offers.taken", { title }));
    focusOpener(id, place);
  };

  const focusOpener = (/** @type {string} */ id, /** @type {string} */ place) => {
    const again = /** @type {HTMLElement | null} */ (document.querySelector(`[data-keep="${CSS.escape(`${place}-change-${id}`)}"]`));
    const usable = again && again.getClientRects().length ? again : /** @type {HTMLElement | null} */ (document.querySelector(`[data-keep="${CSS.escape(`list-change-${id}`)}"]`));
    (usable ?? document.getElementById("hour-title"))?.focus({ preventScroll: true });
  };

  /** @param {any} offer @param {string} label @param {string} why @param {string} [className] */
  const card = (offer, label, why, className = "") => make("li", { class: `offer ${className}` },
    picture(baked.models?.[offer.key]?.picture ?? "", "offer-picture"),
    make("div", { class: "offer-words" }, make("b", {}, label), why ? make("span", { class: "offer-why" }, why) : null),
    button(words("offers.take"), () => take(offer.key, label), { class: "small", "data-keep": `take-${offer.key || "none"}`, "aria-label": words("offers.take.said", { title: label }) }));

  const draw = () => {
    const now = part();
    if (!now) {
      panel.remove();
      return;
    }
    const host = offers.place === "list" ? document.querySelector(`[data-offers-for="${CSS.escape(now.id)}"]`) : root;
    const moved = panel.parentElement !== host;
    if (moved) (host ?? root).append(panel);
    const { answer } = known;
    const { refused } = known;
    const rows = [];
    if (answer?.same) rows.push(card(answer.same, words("offers.same", { title: answer.same.title }), words("offers.same.why"), "offer-same"));
    for (const each of answer?.offers ?? (isReady() ? [] : withoutPython(now))) rows.push(card(each, each.title, each.why));
    if (now.key !== NO_MODEL) rows.push(card({ key: NO_MODEL }, words("offers.none"), words("offers.none.why"), "offer-none"));
    redraw(panel,
      make("div", { class: "offers-head" }, make("h3", { id: "offers-title", tabindex: "-1", "data-keep": "offers-title" }, words("offers.title", { title: now.subtitle || now.title })),
        button(words("offers.close"), () => { const { part: id, place } = offers; offers.close(); focusOpener(id, place); }, { class: "small bare", "data-keep": "offers-close" })),
      refused ? make("p", { class: "note" }, refused) : make("ul", {}, ...rows),
      ...(answer?.notes ?? []).map((/** @type {string} */ each) => make("p", { class: "hint" }, each)),
      make("p", { class: "offers-more" }, button(words("offers.all"), () => { const { part: id } = offers; views.show("gallery"); planning.makePlace(id); }, { class: "link", "data-keep": "offers-all" }),
        // What came before is known from a record: without one, an offer may be what was done last time.
        store.hour.last.length || store.hour.journal ? null : button(words("offers.last"), () => views.show("records"), { class: "link", "data-keep": "offers-last" })));
    if (moved && offers.isNew()) {
      panel.querySelector("h3")?.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  };

  /** Before Python is there: what fits the minutes and this setting, and says what it is for. @param {import("./planning.js").Part} now */
  const withoutPython = (now) => Object.values(baked.models)
    .filter((model) => model.key !== now.key && !model.frame && model.least <= now.minutes && model.suits?.includes("one-to-one"))
    .filter((model) => !store.hour.aim || model.aims?.includes(store.hour.aim))
    .slice(0, 3)
    .map((model) => ({ key: model.key, title: model.title, why: model.when }));

  const ask = async () => {
    const now = part();
    if (!now) return;
    const key = JSON.stringify([store.hour, now.id, now.key, now.minutes]);
    if (known.key === key || !isReady()) return;
    known = { key, answer: null, refused: "" };
    try {
      const answer = await desk("offers", { hour: store.hour, part: now.id });
      if (known.key !== key) return;
      known = { key, answer: answer.refused ? null : answer, refused: answer.refused?.message ?? "" };
      draw();
    } catch { /* What was baked in is offered. */ }
  };

  offers.subscribe(() => { draw(); ask(); });
  planning.subscribe(() => { if (offers.part) { draw(); ask(); } });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const { part: id, place } = offers;
    offers.close();
    focusOpener(id, place);
  });
}
