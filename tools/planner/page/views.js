// @ts-check
/**
 * The rooms of the page: one is open at a time. The address knows nothing of it.
 */
import { headingOf } from "./dom.js";
import { words } from "./words.js";

/**
 * @param {{announce: (sentence: string) => void}} given
 */
export function makeViews({ announce }) {
  const rooms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-view]")]);
  const doors = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-show]")]);
  /** @type {Set<(name: string) => void>} */
  const listeners = new Set();
  let open = "plan";

  const draw = () => {
    for (const room of rooms) room.hidden = room.dataset.view !== open;
    for (const door of doors) {
      if (door.dataset.show === open) door.setAttribute("aria-current", "page");
      else door.removeAttribute("aria-current");
    }
  };

  /** Open a room, and go to its heading. @param {string} name */
  const show = (name) => {
    if (!rooms.some((room) => room.dataset.view === name)) return;
    open = name;
    draw();
    for (const listen of listeners) listen(name);
    const room = rooms.find((each) => each.dataset.view === name);
    const heading = room && headingOf(room.querySelector("section") ?? room);
    scrollTo({ top: 0 });
    heading?.focus({ preventScroll: true });
    announce(words(`view.${name}`));
  };

  for (const door of doors) door.addEventListener("click", () => show(door.dataset.show ?? "plan"));
  draw();
  return {
    get open() { return open; },
    show,
    /** Be told which room is opened. @param {(name: string) => void} listen */
    subscribe(listen) { listeners.add(listen); },
  };
}
