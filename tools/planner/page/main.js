// @ts-check
/**
 * Begin: draw what needs no Python, then start Python behind it.
 *
 * A view takes its root and the page, and is named in one line of VIEWS.
 */
import { mountAbout } from "./about.js";
import { mountAgenda } from "./agenda.js";
import { makeAnnouncer } from "./announce.js";
import { mountBrings, mountThreeLines, mountUrgent } from "./brings.js";
import { mountClear, mountCover, mountLeaving } from "./cover.js";
import { begin, desk, onState, state } from "./desk.js";
import { followLink, mountLink, readLink } from "./link.js";
import { mountGallery } from "./gallery.js";
import { makeOffers, mountOffers } from "./offers.js";
import { mountPapers } from "./papers.js";
import { makeRecordDoor, mountRecords } from "./records.js";
import { mountParts } from "./parts.js";
import { mountMoved } from "./moved.js";
import { makePicks } from "./picks.js";
import { makePlanning } from "./planning.js";
import { makePrinter } from "./printing.js";
import { makeRoomDoor, mountRoom } from "./room.js";
import { makeSaver } from "./saving.js";
import { makeStore } from "./store.js";
import { mountStrip } from "./strip.js";
import { mountTrainer } from "./trainer.js";
import { makeViews } from "./views.js";
import { mountSettings, mountWho } from "./who.js";
import { useWords, words, writeWords } from "./words.js";

/** What is mounted where, in the order of the page. @type {Array<[string, (root: HTMLElement, page: Page) => void]>} */
const VIEWS = [
  ["who", mountWho],
  ["settings", mountSettings],
  ["strip", mountStrip],
  ["moved", mountMoved],
  ["offers-place", mountOffers],
  ["parts", mountParts],
  ["urgent", mountUrgent],
  ["brings", mountBrings],
  ["three", mountThreeLines],
  ["agenda", mountAgenda],
  ["papers", mountPapers],
  ["link", mountLink],
  ["licences", mountAbout],
  ["records", mountRecords],
  ["gallery", mountGallery],
  ["room", mountRoom],
  ["trainer", mountTrainer],
];

const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const baked = JSON.parse(at("baked")?.textContent ?? "{}");
/** What is known of each model, by its key. */
baked.models = Object.fromEntries((baked.gallery?.models ?? []).map((/** @type {any} */ each) => [each.key, { ...each, questions: each.asks }]));
useWords(baked.words ?? {});
writeWords(document);

const announce = makeAnnouncer(at("announcements"));
const isReady = () => state === "ready";
// A link begins the hour only when the page is opened: nothing follows the address after that.
const store = makeStore({ ...baked.first });
const views = makeViews({ announce });
const planning = makePlanning({ store, desk, isReady, baked, state: () => state });
const saver = makeSaver({ announce, place: at("saved") });
/** What has words in it that are nowhere yet: each tells whether it has. @type {Set<() => boolean>} */
const drafts = new Set();
/** What puts in the words that somebody has typed and not put in: a paper is made with them. @type {Set<() => void>} */
const typed = new Set();

/**
 * What every view is given.
 *
 * @typedef {typeof page} Page
 */
const page = {
  baked, store, desk, isReady, onState, state: () => state, planning, views, announce, saver, drafts, typed,
  offers: makeOffers(),
  picks: makePicks(),
  printer: makePrinter(at("to-print")),
  room: makeRoomDoor(),
  record: makeRecordDoor(),
  /** Say that all that was typed is on a paper now. */
  kept: () => {},
};
page.kept = mountLeaving(page).kept;

// What was saved is of the room in which it was, and of whoever was here then.
views.subscribe(() => { planning.makePlace(""); page.offers.close(); saver.hush(); });
store.subscribe((hour, before) => { if (hour.who !== before.who) saver.hush(); });
for (const [id, mount] of VIEWS) if (at(id)) mount(at(id), page);
mountCover(at("cover-now"), () => page.room.isPlain());
mountClear(at("clear-all"), page);
store.onClear(() => { saver.clear(); page.printer.clear(); page.offers.close(); });
// Python keeps the last hour that it planned: it is given an empty one in its place.
store.onClear(() => { if (isReady()) desk("plan", { hour: {} }).catch(() => {}); });
at("skip").addEventListener("click", () => document.querySelector(store.hour.who ? "#hour-title" : "h1")?.focus());

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea");
  const key = event.key.toLowerCase();
  const back = key === "z" && !event.shiftKey;
  const on = key === "y" || (key === "z" && event.shiftKey);
  // In the room nobody sees what would change.
  if (typing || !(back || on) || page.views.open === "room") return;
  event.preventDefault();
  if (back ? store.undo() : store.redo()) announce(words(back ? "undo.done" : "redo.done"));
});

planning.subscribe((plan) => { document.body.dataset.plan = plan.sure ? "sure" : "sketch"; });

const { hash } = document.location;
const linked = readLink(hash, baked);
if (Object.keys(linked).length) store.change(linked, { quiet: true });
const first = store.hour;
onState((now) => {
  document.body.dataset.state = now;
  at("state").textContent = now === "fault" ? words("state.fault") : "";
  if (now === "ready") { planning.refresh(); announce(words("state.ready")); if (hash.startsWith("#v=")) followLink(page, hash, first); }
  if (now === "fault") { planning.refresh(); announce(words("state.fault")); }
});
const start = () => begin();
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
