// @ts-check
/**
 * Elements, made of plain values. Nothing here takes markup: what a person types can only become text.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] A function listens for the event of its name; `true` sets an attribute,
 *     and `false` or `null` leaves it out.
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((each) => each !== null && each !== undefined && each !== false).map((each) => (each instanceof Node ? each : String(each))));
  return element;
}

/**
 * Make a button. One that cannot be used now stays where it is, and keeps the focus.
 *
 * @param {string} label
 * @param {(event: Event) => void} click
 * @param {Record<string, unknown>} [attributes] `off: true` for one that cannot be used now.
 */
export function button(label, click, { off = false, ...attributes } = {}) {
  const press = (/** @type {Event} */ event) => {
    if (/** @type {HTMLElement} */ (event.currentTarget).getAttribute("aria-disabled") !== "true") click(event);
  };
  return make("button", { type: "button", click: press, "aria-disabled": off ? "true" : null, ...attributes }, label);
}

/**
 * Make a box for somebody's own words: nothing completes, corrects, translates or sends them to a spelling service.
 *
 * @param {Record<string, unknown>} attributes
 * @param {"input" | "textarea"} [tag]
 * @returns {HTMLInputElement}
 */
export function privateBox(attributes, tag = "input") {
  const box = make(tag, { ...(tag === "input" ? { type: "text" } : {}), ...PRIVATE, ...attributes });
  return /** @type {HTMLInputElement} */ (box);
}

/** What a box for somebody's own words has; a browser or one of its extensions may know one of these, or several. */
export const PRIVATE = Object.freeze({
  autocomplete: "off",
  autocapitalize: "off",
  autocorrect: "off",
  spellcheck: "false",
  writingsuggestions: "false",
  translate: "no",
  "data-private": "",
  "data-gramm": "false",
  "data-1p-ignore": "",
  "data-lpignore": "true",
});

/**
 * A picture that was baked in, as elements; hidden from a screen reader, which has the title beside it.
 *
 * @param {string} markup SVG of ours.
 * @param {string} [className]
 */
export function picture(markup, className = "picture") {
  if (!markup) return null;
  const svg = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  if (svg.namespaceURI !== SVG || svg.localName !== "svg") return null;
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.classList.add(className);
  return document.importNode(svg, true);
}

/**
 * Put children in the place of those that a root has. Whoever had the focus has it again: the element with the same
 * `data-keep`, or else the next that can be used, or the heading of the section.
 *
 * @param {HTMLElement} root
 * @param {...(Node | string | null | undefined | false)} children
 */
export function redraw(root, ...children) {
  const focused = root.contains(document.activeElement) ? /** @type {HTMLInputElement} */ (document.activeElement) : null;
  const keep = focused?.dataset.keep ?? "";
  const place = focused && focused !== root ? [...root.querySelectorAll("[data-keep]")].indexOf(focused) : -1;
  root.replaceChildren(.../** @type {Node[]} */ (children.filter((each) => each !== null && each !== undefined && each !== false)));
  if (!focused || root.contains(document.activeElement)) return;
  const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-keep]")]);
  const again = all.find((each) => each.dataset.keep === keep) ?? all[Math.min(place, all.length - 1)];
  (again ?? headingOf(root))?.focus({ preventScroll: true });
}

/**
 * The heading of the section that an element is in, ready to have the focus.
 *
 * @param {Element} element
 * @returns {HTMLElement | null}
 */
export function headingOf(element) {
  const section = element.closest("section, dialog, main");
  const heading = /** @type {HTMLElement | null} */ (section?.querySelector("h1, h2, h3") ?? document.querySelector("h1"));
  if (heading && !heading.hasAttribute("tabindex")) heading.setAttribute("tabindex", "-1");
  return heading;
}
