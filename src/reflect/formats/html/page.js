/*
 * What a screen adds to a paper with places to fill: saving a copy, opening one, rows, clearing a tick.
 *
 * What is written stays in this page until it is saved as a file. Nothing is sent, and nothing is kept
 * in the browser. Whatever comes from a file is set as text and never as markup.
 */
"use strict";
(() => {
  const FORMAT = "reflect-filled", VERSION = 1, LARGEST = 5_000_000, MOST = 2_000;
  const main = document.querySelector("main");
  const paper = main.querySelector(".reflect-paper");
  const kind = main.dataset.document ?? "";
  const all = (selector, within = paper) => [...within.querySelectorAll(selector)];
  const label = (field) => field.getAttribute("aria-label") ?? field.labels[0].textContent;
  let ids = 0;

  /** An element with attributes, and with what is in it: elements, or texts as texts. */
  function made(tag, attributes = {}, ...inner) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inner);
    return element;
  }

  function button(words, act, name) {
    const element = made("button", name ? { type: "button", "aria-label": name } : { type: "button" }, words);
    element.addEventListener("click", act);
    return element;
  }

  // --- places to fill

  /** A box or a line: its text, and a copy of it that prints whole, over as many sheets as it takes. */
  function written(field) {
    const printed = made("div", { class: "reflect-written", "aria-hidden": "true" });
    printed.style.minHeight = `${field.rows ?? 1}lh`;
    field.after(printed);
  }

  function settle(field) {
    const printed = field.nextElementSibling;
    printed.textContent = field.value;
    // A short answer is not parted between two sheets; a long one would leave half a sheet empty before it.
    printed.classList.toggle("reflect-many", field.value.length > 700);
    if (field.localName !== "textarea") return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }

  function fill(field, text) {
    field.value = field.localName === "input" ? text.replace(/\s*\n\s*/g, " ") : text;
  }

  const textual = "textarea, input[type=text]";
  const ticked = (radios) => radios.find((radio) => radio.checked)?.value ?? "";
  const tick = (radios, text) => radios.forEach((radio) => { radio.checked = text !== "" && radio.value === text; });
  const offers = (radios, text) => text === "" || radios.some((radio) => radio.value === text);

  /** The places that hold one text each, by their names. */
  const places = new Map();
  for (const field of all(textual)) {
    if (field.closest("[data-key]")) continue;
    places.set(field.name, {
      asked: label(field),
      worded: field.localName === "textarea",
      get: () => field.value,
      put: (text) => fill(field, text),
      takes: () => true,
      first: field.defaultValue,
    });
  }
  for (const set of all(".reflect-choice, .reflect-scale")) {
    const radios = all("input[type=radio]", set);
    if (!radios.length) continue;
    places.set(radios[0].name, {
      asked: set.querySelector("legend")?.textContent ?? set.getAttribute("aria-label"),
      worded: true,
      get: () => ticked(radios),
      put: (text) => tick(radios, text),
      takes: (text) => offers(radios, text),
      first: radios.find((radio) => radio.defaultChecked)?.value ?? "",
    });
  }

  const tables = new Map(all("table[data-key]").map((table) => {
    const columns = all("th", table).map((th) => th.textContent);
    const body = table.tBodies[0];
    const cells = (row) => all("textarea", row);
    const first = [...body.rows].map((row) => cells(row).map((area) => area.value));
    function add() {
      const n = body.rows.length + 1;
      const row = made("tr", {}, ...columns.map((column) => {
        const area = made("textarea", {
          id: `reflect-added-${++ids}`, "aria-label": `${column}, row ${n}`, rows: 1, autocomplete: "off",
        });
        return made("td", { "data-column": column }, area);
      }));
      body.append(row);
      cells(row).forEach(written);
      return row;
    }
    return [table.dataset.key, {
      columns,
      get: () => [...body.rows].map((row) => cells(row).map((area) => area.value))
        .filter((row) => row.some((text) => text.trim())),
      put(rows) {
        const count = Math.max(first.length, rows.length);
        while (body.rows.length > count) body.rows[body.rows.length - 1].remove();
        while (body.rows.length < count) add();
        [...body.rows].forEach((row, i) => cells(row).forEach((area, j) => fill(area, rows[i]?.[j] ?? "")));
      },
      add() {
        cells(add())[0].focus();
        say(`Row ${body.rows.length} is added.`);
        looked();
      },
      table,
      first,
    }];
  }));

  const signs = new Map(all(".reflect-sign").map((set) => {
    const radios = all("input[type=radio]", set);
    const [name, date] = all("input[type=text]", set);
    // On one line there is no room for comments; those of an opened copy are kept, and saved again.
    const comments = set.querySelector("textarea") ?? { value: "", defaultValue: "" };
    const texts = { name, date, comments };
    const first = {
      value: radios.find((radio) => radio.defaultChecked)?.value ?? "",
      name: name.defaultValue, date: date.defaultValue, comments: comments.defaultValue,
    };
    return [set.dataset.key, {
      who: set.querySelector("legend").textContent,
      get: () => ({ value: ticked(radios), name: name.value, date: date.value, comments: comments.value }),
      put(sign) {
        tick(radios, sign.value);
        for (const [part, field] of Object.entries(texts)) fill(field, sign[part]);
      },
      takes: (sign) => offers(radios, sign.value),
      first,
    }];
  }));

  // --- saving

  /** What the paper says about itself; who may read what is said by each place too. */
  const about = JSON.parse(main.dataset.about ?? "{}");
  const rings = new Set(all("[data-ring]").map((place) => {
    const key = place.name || place.dataset.key || all("input", place)[0]?.name || "";
    return `${encodeURIComponent(key)}=${place.dataset.ring}`;
  }));

  /** What an opened copy held and this page has no place for: it is shown, and saved again. */
  const NOTHING = { answers: [], tables: [], signed: [] };
  let kept = NOTHING;

  /** The names of what is here and what is kept, so that none stands twice. */
  function apart(here, others) {
    const taken = new Set(here.map((each) => each.key));
    const named = others.map((each) => {
      let key = each.key;
      for (let n = 2; taken.has(key); n++) key = `${each.key}~${n}`;
      taken.add(key);
      return { ...each, key };
    });
    return [...here, ...named];
  }

  function filled() {
    const answers = apart([...places].map(([key, p]) => ({ key, text: p.get(), asked: p.asked })), kept.answers);
    return {
      format: FORMAT,
      version: VERSION,
      document: kind,
      about: rings.size ? { ...about, rings: [...rings].join(" ") } : about,
      answers: Object.fromEntries(answers.map((each) => [each.key, each.text])),
      asked: Object.fromEntries(answers.filter((each) => each.asked != null).map((each) => [each.key, each.asked])),
      tables: apart([...tables].map(([key, t]) => ({ key, columns: t.columns, rows: t.get() })), kept.tables),
      signed: apart([...signs].map(([key, s]) => ({ key, who: s.who, ...s.get() })), kept.signed),
    };
  }

  const text = () => JSON.stringify(filled(), null, 2) + "\n";

  function save() {
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    const name = `${kind.replace(/[^A-Za-z0-9-]+/g, "-") || "copy"}-${day}.json`;
    const data = text();
    const address = URL.createObjectURL(new Blob([data], { type: "application/json" }));
    made("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    saved = data;
    say(`Your browser saves ${name}, most often in the folder Downloads. See that it is there.`);
  }

  // --- opening

  const isText = (value) => typeof value === "string";
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isTexts = (value) => isObject(value) && Object.values(value).every(isText);
  const isList = (value, each) => Array.isArray(value) && value.every(each);
  const isTable = (table) => isObject(table) && isText(table.key) && isList(table.columns, isText)
    && isList(table.rows ?? [], (row) => isList(row, isText) && row.length === table.columns.length);
  const isSign = (sign) => isTexts(sign) && isText(sign.key);
  const FIELDS = ["format", "version", "document", "about", "answers", "asked", "tables", "signed"];

  /** What is wrong with a copy, in a sentence; nothing if it can be opened. */
  function wrong(copy) {
    const other = "That file is not a saved copy of a page.";
    if (!isObject(copy) || copy.format !== FORMAT) return other;
    if (Number.isInteger(copy.version) && copy.version > VERSION) {
      return "That copy was saved by a newer page than this one; open it there.";
    }
    const whole = copy.version === VERSION && isText(copy.document) && isTexts(copy.about ?? {})
      && isTexts(copy.answers ?? {}) && isTexts(copy.asked ?? {})
      && isList(copy.tables ?? [], isTable) && isList(copy.signed ?? [], isSign);
    if (!whole) return "That copy is damaged and cannot be read.";
    if (Object.keys(copy).some((name) => !FIELDS.includes(name))) return other;
    if (copy.document !== kind) return "That copy is of another kind of paper.";
    const held = [copy.answers, copy.asked, copy.signed, ...(copy.tables ?? []).map((table) => table.rows)];
    if (held.some((each) => Object.keys(each ?? {}).length > MOST) || copy.tables?.length > MOST) {
      return "That file holds too much to be a saved copy.";
    }
    return "";
  }

  /** A copy divided in what has a place here and what has none: other questions, or other words for them. */
  function divided(copy) {
    const asked = new Map(Object.entries(copy.asked ?? {}));
    const here = { answers: new Map(), tables: new Map(), signed: new Map() };
    const rest = { answers: [], tables: [], signed: [] };
    for (const [key, text] of Object.entries(copy.answers ?? {})) {
      // What was kept beside another of its key goes home where its own question is.
      const home = places.has(key) ? key : key.replace(/(~\d+)+$/, "");
      const place = places.get(home), words = asked.get(key);
      // Earlier pages asked ticks without a label under their key.
      const same = !place?.worded || words === undefined || words === home || words === place.asked;
      if (place && same && place.takes(text) && !here.answers.has(home)) here.answers.set(home, text);
      else if (text !== "" || !place) rest.answers.push({ key, text, asked: words });
    }
    for (const { key, columns, rows = [] } of copy.tables ?? []) {
      const place = tables.get(key);
      if (place?.columns.length === columns.length && !here.tables.has(key)) here.tables.set(key, rows);
      else if (rows.length || !place) rest.tables.push({ key, columns, rows });
    }
    for (const sign of copy.signed ?? []) {
      const whole = { key: sign.key, who: "", value: "", name: "", date: "", comments: "", ...sign };
      const place = signs.get(sign.key);
      if (place?.takes(whole) && !here.signed.has(sign.key)) here.signed.set(sign.key, whole);
      else if (!place || whole.value || whole.name || whole.date || whole.comments) rest.signed.push(whole);
    }
    return [here, rest];
  }

  async function open(file) {
    const same = " Nothing here was changed.";
    if (file.size > LARGEST) return say("That file is too large to be a saved copy." + same);
    let copy;
    try {
      copy = JSON.parse(await file.text());
    } catch {
      return say("That file is not a saved copy of a page." + same);
    }
    const fault = wrong(copy);
    if (fault) return say(fault + same);
    const [here, rest] = divided(copy);
    const found = here.answers.size + here.tables.size + here.signed.size;
    if (!found) return say("That copy is of another paper: none of its questions are here." + same);
    if (text() !== saved && !confirm("Some of what is written here is not saved. Open the copy in its place?")) return;
    for (const [key, place] of places) place.put(here.answers.get(key) ?? place.first);
    for (const [key, table] of tables) table.put(here.tables.get(key) ?? table.first);
    for (const [key, sign] of signs) sign.put(here.signed.get(key) ?? sign.first);
    kept = rest;
    // What was for fewer readers where it was written is for no more of them here: both are saved.
    for (const ring of (copy.about?.rings ?? "").split(" ").filter(Boolean)) rings.add(ring);
    looked();
    const more = shown();
    saved = text();
    say("The copy is open." + (more ? ` Answers without a place on this page: ${more}. They stand at its end and are saved again.` : ""));
  }

  /** Show what has no place here, at the end of the paper; gives how much that is. */
  function shown() {
    document.getElementById("reflect-kept")?.remove();
    const entries = [
      ...kept.answers.map((each) => [each.asked || each.key, [each.text]]),
      ...kept.tables.flatMap((each) => each.rows.map((row) => [each.columns.join(", "), row])),
      ...kept.signed.map((each) => [each.who || each.key, [each.value, each.name, each.date, each.comments]]),
    ].filter(([, texts]) => texts.some((each) => each.trim()));
    if (entries.length) {
      paper.append(made("section", { id: "reflect-kept", "aria-labelledby": "reflect-kept-title" },
        made("h2", { id: "reflect-kept-title" }, "From the opened copy, without a place on this page"),
        made("dl", {}, ...entries.flatMap(([about, texts]) => [
          made("dt", {}, about), ...texts.filter(Boolean).map((each) => made("dd", {}, each)),
        ]))));
    }
    return entries.length;
  }

  // --- what stands round the paper on a screen

  const status = made("p", { role: "status" });
  function say(words) {
    status.textContent = words;
  }

  let saved, told = false;
  function looked() {
    for (const field of all(textual)) settle(field);
    for (const [clear, radios] of clears) clear.hidden = !ticked(radios);
  }

  function changed() {
    const unsaved = text() !== saved;
    if (unsaved && !told) say("Not saved yet.");
    told = unsaved;
  }

  const clears = new Map();
  function clearing(set) {
    const radios = all("input[type=radio]", set);
    if (!radios.length) return;
    const about = set.querySelector("legend")?.textContent ?? set.getAttribute("aria-label");
    const clear = button("Clear", () => {
      tick(radios, "");
      radios[0].focus();
      looked();
      changed();
    }, `Clear: ${about}`);
    clear.className = "reflect-clear";
    if (set.matches(".reflect-scale")) set.append(clear);
    else radios.at(-1).parentElement.after(clear);
    clears.set(clear, radios);
  }

  function dated(field) {
    const hint = made("span", { id: `${field.id}-date`, class: "reflect-hint reflect-date" }, "Day, month, year");
    field.setAttribute("aria-describedby", hint.id);
    field.before(hint);
  }

  const picker = made("input", { type: "file", accept: ".json,application/json", hidden: "" });
  picker.addEventListener("change", () => {
    const [file] = picker.files;
    picker.value = "";
    if (file) open(file);
  });

  document.documentElement.classList.add("reflect-live");
  for (const field of all(textual)) written(field);
  for (const field of all("[data-kind=date]")) dated(field);
  for (const set of all("fieldset")) clearing(set);
  for (const [, table] of tables) {
    if (!table.columns.length) continue;
    const more = button("Add a row", table.add, `Add a row: ${table.table.getAttribute("aria-label")}`);
    more.className = "reflect-more";
    table.table.after(more);
  }
  const saving = button("Save a copy", save);
  saving.setAttribute("aria-keyshortcuts", "Control+S Meta+S");
  const bar = made("section", { class: "reflect-bar-of-page", "aria-label": "This page" },
    made("div", {}, saving, button("Open a copy", () => picker.click()), button("Print", () => print()), picker),
    made("p", {}, "A copy is a plain, unlocked file: keep it where supervision records go."),
    status);
  document.body.append(bar);
  // What has the focus is scrolled to where the bar does not cover it.
  new ResizeObserver(() => {
    const over = getComputedStyle(bar).position === "sticky";
    document.documentElement.style.scrollPaddingBottom = over ? `${bar.offsetHeight + 12}px` : "";
  }).observe(bar);
  looked();
  saved = text();

  paper.addEventListener("input", (event) => {
    if (event.target.matches(textual)) settle(event.target);
    else looked();
    changed();
  });
  addEventListener("resize", looked);
  // The browser's own saving would keep the page and lose what was written.
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  });
  addEventListener("beforeunload", (event) => {
    if (text() !== saved) event.preventDefault();
  });
})();
