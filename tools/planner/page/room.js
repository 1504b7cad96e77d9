// @ts-check
/**
 * In the room: the hour or one method, a step at a time, large enough for everybody.
 *
 * A step shows what to do and never what it is about, unless somebody asks for that anew. The time is hidden, one
 * question is shown when it is asked for, nothing goes on by itself, and one key makes the screen blank.
 */
import { button, make } from "./dom.js";
import { clock } from "./planning.js";
import { sign } from "./signs.js";
import { words } from "./words.js";

/** So far a finger has to go sideways to turn a step, in pixels. */
const SWIPE = 50;
/** A title of more letters is set smaller. */
const LONG = 34;
/** What is no press of a key yet: a black screen stays black for it. */
const NO_KEY = /^(Tab|Shift|Control|Alt|AltGraph|Meta|F\d+|Dead|Unidentified|.*Lock|Audio.*|Media.*|Brightness.*)$/;
/** How large the letters of a step are, as parts of what they could be. */
const SIZES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

/**
 * @typedef {object} Slide
 * @property {string} from The title of the method or part that it is of.
 * @property {string} title
 * @property {string} does
 * @property {string} part
 * @property {string} who
 * @property {string[]} also
 * @property {string[]} quiet
 * @property {string} text
 * @property {string[]} steps
 * @property {string[]} asks
 * @property {number} minutes
 * @property {number} rounds
 * @property {string} until When it ends, if there is a clock.
 * @property {string[]} topic What it is about, which is shown to nobody who has not asked.
 * @property {{share: number, does: string, now: boolean}[]} track
 * @property {string} foot
 * @property {boolean} [end] Whether nothing comes after it: it says so, and there is nothing to do.
 */

/**
 * Who wants to go into the room, and with what.
 */
export function makeRoomDoor() {
  /** @type {(key: string) => void} */
  let go = () => {};
  return {
    /** Show a method, or the hour if none is named. @param {string} [key] */
    enter(key = "") { go(key); },
    /** @param {(key: string) => void} what */
    onEnter(what) { go = what; },
    /** Whether it is open with nothing of anybody's on the screen, so that nobody needs to cover it. */
    isPlain: () => false,
  };
}

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountRoom(root, page) {
  const { baked, store, planning, desk, isReady, onState, room, announce, views } = page;
  const gallery = baked.gallery;
  /** @type {Slide[]} */
  let slides = [];
  let at = 0;
  let asked = 0;
  let shows = { time: false, question: -1, topic: false, none: false, blank: false };
  /** @type {HTMLElement | null} */
  let opener = null;

  // --- the door, in the page

  const hourButton = button(words("room.hour"), () => room.enter(""), { class: "main" });
  const methodButton = button(words("room.method"), () => room.enter(choice.value));
  const choice = /** @type {HTMLSelectElement} */ (make("select", { id: "room-method", autocomplete: "off" },
    ...gallery.models.filter((/** @type {any} */ each) => each.most).map((/** @type {any} */ each) => make("option", { value: each.key }, each.title))));
  root.append(make("section", { class: "card room-door", "aria-labelledby": "room-title" },
    make("h1", { id: "room-title", tabindex: "-1" }, words("room.title")),
    make("p", { class: "room-lead" }, words("room.lead")),
    make("div", { class: "room-doors" },
      make("div", {}, make("h2", {}, words("room.hour.title")), make("p", { class: "hint" }, words("room.hour.about")), hourButton),
      make("div", {}, make("h2", {}, words("room.method.title")), make("label", { for: "room-method" }, words("room.method.label")), choice, methodButton)),
    make("h2", {}, words("room.keys")),
    make("dl", { class: "room-keys" }, ...["next", "back", "question", "time", "blank", "leave"].flatMap((each) => [make("dt", {}, ...words(`room.key.${each}`).split(" ").map((key) => make("kbd", {}, key))), make("dd", {}, words(`room.key.${each}.about`))]))));

  // --- the screen

  const live = make("p", { class: "unseen", role: "status", "aria-live": "polite" });
  const stage = make("div", { class: "stage" });
  const deeds = make("div", { class: "stage-deeds", role: "toolbar", "aria-label": words("room.deeds") });
  const blank = make("button", { type: "button", class: "stage-blank", hidden: true, click: () => toggleBlank() }, make("span", { class: "unseen" }, words("room.blank.about")));
  const screen = make("div", { class: "room", role: "dialog", "aria-modal": "true", "aria-label": words("room.title"), tabindex: "-1", hidden: true }, stage, deeds, blank, live);
  document.body.append(screen);

  const deed = {
    back: button(words("room.back"), () => turn(-1)),
    next: button(words("room.next"), () => turn(1), { class: "main" }),
    question: button("", () => ask()),
    time: button("", () => { shows.time = !shows.time; draw(); live.textContent = shows.time ? timeOf(slides[at]) : words("room.time.hidden"); }, { "aria-pressed": "false" }),
    topic: button(words("room.topic"), () => { shows.topic = !shows.topic; draw(); live.textContent = shows.topic ? slides[at].topic.join(". ") : words("room.topic.hidden"); }, { class: "accent", "aria-pressed": "false" }),
    blank: button(words("room.blank"), () => toggleBlank()),
    full: button("", () => toggleFull()),
    leave: button(words("room.leave"), () => leave()),
  };
  deeds.append(...Object.values(deed));
  deed.full.hidden = !document.fullscreenEnabled;

  const timeOf = (/** @type {Slide} */ slide) => [slide.minutes ? words("room.minutes", { n: slide.minutes }) : "", slide.until ? words("room.until", { time: slide.until }) : ""].filter(Boolean).join(", ") || words("room.time.none");

  function draw() {
    const slide = slides[at];
    if (!slide) return;
    const verb = slide.end ? "" : words(`room.does.${slide.does}`);
    const doing = [verb, [slide.who, ...slide.also].filter(Boolean).join(words("room.with"))].filter(Boolean).join(" · ");
    const silent = slide.quiet.length ? make("span", { class: "stage-quiet" }, sign(gallery, "silent"), `${words("room.does.silent")} · ${slide.quiet.join(", ")}`) : null;
    const question = slide.asks[shows.question];
    stage.replaceChildren(
      make("div", { class: slide.end ? "stage-main stage-end" : "stage-main", "data-does": slide.does },
        slide.end ? null : make("div", { class: "stage-badge" }, sign(gallery, slide.does)),
        make("div", { class: "stage-words" },
          slide.end ? null : make("p", { class: "stage-doing" }, make("span", {}, doing), silent),
          make("h2", { class: slide.title.length > LONG ? "stage-title stage-long" : "stage-title" }, slide.title),
          shows.topic && slide.topic.length ? make("p", { class: "stage-topic" }, slide.topic.join(" · ")) : null,
          // A question has the room to itself.
          question ? make("p", { class: "stage-question" }, question) : null,
          !question && slide.text ? make("p", { class: "stage-text" }, slide.text) : null,
          !question && slide.steps.length ? make("ol", { class: "stage-steps" }, ...slide.steps.map((each) => make("li", {}, each))) : null,
          shows.none ? make("p", { class: "stage-none" }, words("room.question.no")) : null),
        shows.time && !slide.end ? make("p", { class: "stage-time" }, slide.minutes ? make("b", {}, slide.minutes) : null, make("span", {}, slide.minutes ? words("room.unit", { n: slide.minutes }) : words("room.time.none"), slide.until ? make("br") : null, slide.until ? words("room.until", { time: slide.until }) : null)) : null),
      make("div", { class: "stage-track", "aria-hidden": "true" }, ...slide.track.map((stretch) => {
        const part = make("span", { class: stretch.now ? "stage-stretch now" : "stage-stretch", "data-does": stretch.does }, sign(gallery, stretch.does));
        part.style.flexGrow = String(stretch.share);
        return part;
      })),
      make("p", { class: "stage-foot" }, slide.foot));
    set(deed.back, { off: at === 0 });
    set(deed.next, { off: at === slides.length - 1 });
    // A step without a question promises none; whoever presses the key for one is told.
    deed.question.hidden = !slide.asks.length;
    deed.time.hidden = Boolean(slide.end);
    set(deed.question, { label: words(shows.question < 0 ? "room.question" : shows.question < slide.asks.length - 1 ? "room.question.other" : "room.question.none") });
    set(deed.time, { pressed: shows.time, label: words(shows.time ? "room.time.hide" : "room.time") });
    set(deed.topic, { pressed: shows.topic, label: words(shows.topic ? "room.topic.hide" : "room.topic") });
    deed.topic.hidden = !slide.topic.length;
    set(deed.full, { label: words(document.fullscreenElement ? "room.full.leave" : "room.full") });
    blank.hidden = !shows.blank;
    stage.hidden = shows.blank;
    deeds.hidden = shows.blank;
    // Whoever pressed a button that is gone now goes on with the keys.
    const now = document.activeElement;
    if (!screen.hidden && !(screen.contains(now) && now?.getClientRects().length)) screen.focus();
    fit();
  }

  /** Make the letters of a step smaller until all of it is in sight; what is still too long can be scrolled. */
  const fit = () => {
    for (const size of SIZES) {
      stage.style.setProperty("--fit", String(size));
      if (stage.scrollHeight <= stage.clientHeight + 1) return;
    }
  };
  addEventListener("resize", () => { if (!screen.hidden) fit(); });

  /** @param {HTMLElement} element @param {{off?: boolean, pressed?: boolean, label?: string}} to */
  function set(element, { off, pressed, label }) {
    if (off !== undefined) off ? element.setAttribute("aria-disabled", "true") : element.removeAttribute("aria-disabled");
    if (pressed !== undefined) element.setAttribute("aria-pressed", String(pressed));
    if (label !== undefined) element.textContent = label;
  }

  const say = () => {
    const slide = slides[at];
    if (slide.end) {
      live.textContent = `${slide.title} ${slide.text}`;
      return;
    }
    const silent = slide.quiet.length ? `${words("room.does.silent")}: ${slide.quiet.join(", ")}.` : "";
    const done = `${words(`room.does.${slide.does}`)}${slide.who ? `, ${slide.who}` : ""}.`;
    live.textContent = [words("room.step", { n: at + 1, of: slides.length - 1 }), done, silent, `${slide.title}.`, slide.text, ...slide.steps].filter(Boolean).join(" ");
  };

  const to = (/** @type {number} */ next) => {
    if (next < 0 || next >= slides.length) {
      live.textContent = words(next < 0 ? "room.first" : "room.last");
      return;
    }
    at = next;
    // What is about somebody, and a question, are asked for anew at each step.
    shows = { ...shows, question: -1, topic: false, none: false };
    draw();
    stage.scrollTop = 0;
    say();
  };
  const turn = (/** @type {number} */ by) => to(at + by);
  const ask = () => {
    const { asks, end } = slides[at];
    if (!asks.length) {
      shows.none = !end;
      draw();
      live.textContent = words(end ? "room.last" : "room.question.no");
      return;
    }
    shows.question = shows.question + 1 < asks.length ? shows.question + 1 : -1;
    draw();
    live.textContent = shows.question < 0 ? words("room.question.gone") : asks[shows.question];
  };
  const toggleBlank = () => {
    shows = { ...shows, blank: !shows.blank, topic: false };
    draw();
    if (shows.blank) blank.focus();
    else deed.next.focus();
    live.textContent = words(shows.blank ? "room.blank.about" : "room.blank.over");
  };
  const toggleFull = async () => {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : screen.requestFullscreen());
    } catch { /* Not everybody may. */ }
  };
  document.addEventListener("fullscreenchange", () => { if (!screen.hidden) draw(); });

  // --- going in and out

  /** What lies round the screen and is not there meanwhile; a dialog lies over it. */
  const around = () => /** @type {HTMLElement[]} */ ([...document.body.children]).filter((each) => each !== screen && !["dialog", "script"].includes(each.localName));

  const enter = async (/** @type {string} */ key) => {
    const from = document.activeElement;
    // The peek goes when the focus goes; its tile stays.
    opener = /** @type {HTMLElement | null} */ (from?.closest(".peek")?.previousElementSibling ?? from);
    if (!key && !planning.plan.parts.length) return announce(words("room.hour.none"));
    announce(words("room.opening"));
    asked += 1;
    const mine = asked;
    const made = key ? await slidesOfMethod(key) : await slidesOfHour();
    // What was asked for before everything was cleared is shown to nobody.
    if (mine !== asked) return undefined;
    slides = made;
    if (!slides.length) return announce(words("room.not"));
    at = 0;
    shows = { time: false, question: -1, topic: false, none: false, blank: false };
    screen.hidden = false;
    for (const each of around()) each.inert = true;
    document.documentElement.classList.add("in-room");
    draw();
    screen.focus();
    say();
    return undefined;
  };
  const leave = () => {
    if (screen.hidden) return;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    screen.hidden = true;
    slides = [];
    stage.replaceChildren();
    live.textContent = "";
    for (const each of around()) each.inert = false;
    document.documentElement.classList.remove("in-room");
    const back = opener?.isConnected && opener.getClientRects().length ? opener : /** @type {HTMLElement | null} */ (document.querySelector("main [data-view]:not([hidden]) h1"));
    back?.focus();
    announce(words("room.left"));
  };

  // --- keys and touch

  screen.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Tab") return trap(event);
    const pressed = (key === " " || key === "Enter") && event.target instanceof HTMLButtonElement;
    // Whoever stands before a black screen presses whatever is under the hand: it brings the step back, and no other.
    if (shows.blank) {
      if (NO_KEY.test(key)) return undefined;
      event.preventDefault();
      event.stopPropagation();
      return toggleBlank();
    }
    const what = {
      ArrowRight: () => turn(1), PageDown: () => turn(1), " ": () => turn(1), Enter: () => turn(1), ArrowLeft: () => turn(-1), PageUp: () => turn(-1),
      Home: () => to(0), End: () => to(slides.length - 1), b: toggleBlank, ".": toggleBlank, q: ask, t: () => deed.time.click(), f: toggleFull, Escape: leave,
    };
    const does = /** @type {Record<string, () => void>} */ (what)[key];
    if (!does || pressed) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return does();
  });
  /** Keep the focus inside: what lies under the screen is not there now. @param {KeyboardEvent} event */
  const trap = (event) => {
    const all = [...screen.querySelectorAll("button")].filter((each) => each.getClientRects().length);
    const here = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const next = event.shiftKey ? (here <= 0 ? all.length - 1 : here - 1) : here === all.length - 1 ? 0 : here + 1;
    event.preventDefault();
    all[next]?.focus();
  };
  let from = 0;
  screen.addEventListener("touchstart", (event) => { from = event.touches.length === 1 ? event.touches[0].clientX : Number.NaN; }, { passive: true });
  screen.addEventListener("touchend", (event) => {
    const by = event.changedTouches[0].clientX - from;
    if (Math.abs(by) <= SWIPE) return undefined;
    return shows.blank ? toggleBlank() : turn(by < 0 ? 1 : -1);
  }, { passive: true });

  // --- what is shown

  const model = (/** @type {string} */ key) => gallery.models.find((/** @type {any} */ each) => each.key === key);
  /** What is known without Python. @param {string} key @param {number} minutes */
  const sketch = (key, minutes) => {
    const known = model(key);
    return {
      title: known?.title ?? words("room.open"), after: "", words: "", track: [{ share: 1, does: "ask" }],
      steps: [{ title: known?.title ?? words("room.open"), does: "ask", part: "", who: "", also: [], quiet: [], text: "", steps: [], asks: known?.asks ?? [], minutes, rounds: 1, begins: 0, ends: minutes, at: [0] }],
    };
  };
  /** @param {string} key @param {number} minutes */
  const methodOf = async (key, minutes) => {
    if (!key || !isReady()) return sketch(key, minutes);
    for (const given of [minutes, 0]) {
      const made = await desk("steps", { key, minutes: given, wording: store.hour.wording, profile: store.hour.profile, plain: Boolean(store.hour.looks.plain) }).catch(() => null);
      if (made && !made.refused) return made;
    }
    return sketch(key, minutes);
  };
  /** @param {any} method @param {any} step @param {Partial<Slide>} more @returns {Slide} */
  const slideOf = (method, step, more) => ({
    from: method.title, topic: [], until: "", ...step,
    track: method.track.map((/** @type {any} */ each, /** @type {number} */ n) => ({ ...each, now: step.at.includes(n) })),
    foot: "", ...more,
  });

  const slidesOfMethod = async (/** @type {string} */ key) => {
    const method = await methodOf(key, 0);
    const steps = method.steps.map((/** @type {any} */ step, /** @type {number} */ n) => slideOf(method, step, { foot: footOf(stepOf(method, n), step.part, method) }));
    return [...steps, endOf("room.end.method", steps.at(-1))];
  };
  /** Which step of a method it is. @param {any} method @param {number} n */
  const stepOf = (method, n) => words("room.step-of", { title: method.title, n: n + 1, of: method.steps.length });
  /** Where one is, and whose words these are. @param {string} part @param {string} within @param {any} method */
  const footOf = (part, within, method) => [part, within, method.after && words("room.after", { who: method.after }), method.words && words("room.words", { whose: method.words })].filter(Boolean).join(" · ");
  /** What comes after the last step, so that nobody waits for more. @param {string} text @param {Slide} [last] @returns {Slide} */
  const endOf = (text, last) => ({
    from: "", title: words("room.end"), does: "", part: "", who: "", also: [], quiet: [], text: words(text), steps: [], asks: [], minutes: 0, rounds: 0, until: "", topic: [], foot: "", end: true,
    track: (last?.track ?? []).map((each) => ({ ...each, now: false })),
  });

  const slidesOfHour = async () => {
    const { parts } = planning.plan;
    const start = store.hour.start;
    /** @type {Slide[]} */
    const made = [];
    const track = (/** @type {number} */ now) => parts.map((each, n) => ({ share: each.minutes, does: n === now ? "ask" : "say", now: n === now }));
    for (const [n, part] of parts.entries()) {
      const method = await methodOf(part.key, part.minutes);
      const before = parts.slice(0, n).reduce((sum, each) => sum + each.minutes, 0);
      const topic = topicOf(part);
      // What stands in every session is one step, headed as it is planned; only what is chosen goes step by step.
      const standing = part.kind === "standing";
      const whole = standing || method.steps.length === 1;
      const title = standing ? part.title : method.title;
      for (const [at, step] of (whole ? method.steps.slice(0, 1) : method.steps).entries()) {
        const ends = whole || step.ends < 0 ? part.minutes : step.ends;
        made.push(slideOf(method, whole ? { ...step, title, minutes: part.minutes, text: standing ? "" : step.text } : step, {
          topic, until: start ? clock(start, before + ends) : "", ...(whole ? { track: track(n) } : {}),
          foot: footOf(words("room.part-of", { n: n + 1, of: parts.length }), whole ? "" : stepOf(method, at), standing ? { ...method, after: "" } : method),
        }));
      }
    }
    return [...made, endOf("room.end.hour", made.at(-1))];
  };
  /** What a part is about, in the words of whoever brings it. @param {any} part */
  const topicOf = (part) => [...store.hour.urgent, ...store.hour.brought].filter((each) => (part.brought ?? []).includes(each.id)).map((each) => each.words);

  // --- the page around it

  const drawDoor = () => {
    set(hourButton, { off: !planning.plan.parts.length });
    if (!choice.value && gallery.models[0]) choice.value = gallery.models[0].key;
  };
  planning.subscribe(drawDoor);
  onState(drawDoor);
  store.onClear(() => { asked += 1; leave(); });
  room.onEnter(enter);
  room.isPlain = () => !screen.hidden && !shows.topic;
  views.subscribe(drawDoor);
  drawDoor();
}

/** @typedef {ReturnType<typeof makeRoomDoor>} RoomDoor */
