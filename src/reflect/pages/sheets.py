"""
Models as a sheet, for authors who write in a spreadsheet: a row for each question or step.

A sheet is read as the page that it stands for, so that whatever holds of a page holds of it; a fault names the cell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from reflect.errors import Fault, FaultList, Faults, Refused, hint_at_nearest, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.reading import read_data
from reflect.files.tables import MOST_ROWS, SheetTable, name_cell, read_tables
from reflect.pages.attributes import write_part_attributes, write_question_attributes, write_step_attributes
from reflect.pages.braces import parse_braces, write_value
from reflect.pages.front_matter import write_front_matter
from reflect.pages.reading import read_model
from reflect.pages.writing import escape
from reflect.questions.model import Model
from reflect.questions.question import Mode, Question
from reflect.questions.sets import QuestionSet

#: The columns, in their order; a sheet has to have the question, and may have the others in any order.
COLUMNS = (
    "model", "part", "question", "hint", "minutes", "core", "plain", "does", "key", "more", "probes", "notes",
)  # fmt: skip
#: Those that are written even if nothing is in them: what an author may want to fill in.
EXPECTED = COLUMNS[:7]
#: The columns of the sheet on which the rest of a page's front matter stands.
ABOUT = ("model", "name", "value")
#: How wide the columns of a workbook are, in characters.
WIDTHS = {
    "model": 18, "part": 24, "question": 60, "hint": 40, "minutes": 9, "core": 6, "plain": 40, "does": 8, "key": 26,
    "more": 30, "probes": 40, "notes": 40, "name": 14, "value": 80,
}  # fmt: skip
#: What is written between the titles of a part and of a part in it.
INNER = " > "
_YES, _NO = frozenset(("yes", "y", "x", "1", "true", "✓", "✔", "core")), frozenset(("", "no", "n", "0", "false", "-"))
_MINUTES = re.compile(r"\s*(\d{1,3})\s*(?:(?:-|–|to)\s*(\d{1,3})\s*)?", re.IGNORECASE)
#: The headings are looked for in so many rows.
_ABOVE = 30


# --- reading


@attrs.define
class _SheetReading:
    """
    One pass over a sheet, which gathers faults as it goes.

    Attributes:
        places: Where each column is.
    """

    where: str
    places: Mapping[str, int]
    faults: FaultList

    def raw(self, row: list[str], column: str) -> str:
        place = self.places.get(column, len(row))
        return row[place] if place < len(row) else ""

    def cell(self, row: list[str], column: str) -> str:
        return self.raw(row, column).strip()

    def add_fault(self, n: int, column: str, what: str, remedy: str) -> None:
        place = self.places.get(column, self.places["question"])
        self.faults(None, f"cell {name_cell(n, place)}: {what}", remedy)


@attrs.define
class _SheetModel:
    """
    The rows of one model, as they become a page.

    Attributes:
        lines: The lines of its page.
        cells: The row, counted from 0, and the column that each line comes from.
        part: The titles of the part that the last line belongs to.
        mode: What is done in it.
        does: What is done on the page itself, if its steps are in no part.
        number: How many questions or steps the part has so far.
    """

    title: str
    lines: list[str] = attrs.field(factory=list)
    cells: list[tuple[int, str]] = attrs.field(factory=list)
    part: tuple[str, ...] = ()
    mode: str = "ask"
    does: str = ""
    number: int = 0

    def add(self, row: int, column: str, *lines: str) -> None:
        self.lines += lines
        self.cells += [(row, column)] * len(lines)


def read_sheet(path: Path, where: str = "") -> dict[str, str]:
    """
    Return the pages that a sheet stands for, by a name for each; more than one if its column ``model`` names several.

    Args:
        where: What to call it in faults; its path by default.

    Raises:
        Faults: All that is wrong with it, by cell; or it is no sheet, or damaged.
        Refused: It is a workbook, and openpyxl is not installed.
    """
    where = where or str(path)
    return pages_of_sheet(read_data(path, where), where, path.stem.replace("_", " ").replace("-", " ").capitalize())


def pages_of_sheet(data: bytes, where: str, model: str) -> dict[str, str]:
    """
    Return the pages that the bytes of a sheet stand for, as `read_sheet` does.

    Args:
        where: What to call it in faults; its ending says what it is.
        model: The title of a model that has none.
    """
    tables = read_tables(data, where, _has_questions)
    at, table, head = _find_questions(tables, where)
    rows = table.rows
    reading = _SheetReading(where, _places_of_columns(table, at, where), FaultList(where))
    _tell_unread(reading, table, at)
    models: dict[str, _SheetModel] = {}
    part, part_key, mode = "", "", "ask"
    for n, row in enumerate(rows[at + 1 :], at + 1):
        if not any(map(str.strip, row)):
            continue
        named = reading.cell(row, "model")
        if named and named != model:
            model, part, part_key, mode = named, "", "", "ask"
        own = reading.cell(row, "part")
        does = reading.cell(row, "does").lower()
        # Two parts side by side may have one title; then the row that begins the second has another key.
        key = "" if reading.cell(row, "question") else reading.cell(row, "key")
        begins = bool(own) and (own != part or (key not in ("", part_key)))
        if begins:
            part, part_key, mode = own, key, "ask"
        if does and does not in list(Mode):
            reading.add_fault(n, "does", f"'{does}' is nothing that a part does", write_one_of(does, Mode))
        mode = does or mode if mode == "ask" or begins else mode
        page = models.setdefault(model, _SheetModel(model))
        if not part and not page.lines and mode != "ask":
            page.mode = page.does = mode
        if begins and _titles_in(part) == page.part:
            page.part = (*page.part[:-1], "")
        _add_row(reading, page, n, row, part, mode)
    if not models and not reading.faults:
        what = "there is no row below the headings"
        reading.add_fault(at, "question", what, "write a question in each row below them")
    reading.faults.raise_if_any()
    about = _read_about(head, models, where)
    return _pages_of(reading, models, about)


def _has_questions(row: Sequence[str]) -> bool:
    return any(_heading(cell) == "question" for cell in row)


def _find_questions(
    tables: Mapping[str, SheetTable], where: str
) -> tuple[int, SheetTable, tuple[str, int, SheetTable] | None]:
    """
    Return the row of the headings and the table that has them; and the name, row and table of the one that says the
    rest.
    """
    found: list[tuple[str, int, SheetTable]] = []
    about: list[tuple[str, int, SheetTable]] = []
    for name, table in tables.items():
        for n, row in enumerate(table.rows[:_ABOVE]):
            names = {_heading(cell) for cell in row}
            if "question" in names or set(ABOUT) <= names:
                (found if "question" in names else about).append((name, n, table))
                break
    if not found:
        first = next((row for table in tables.values() for row in table.rows if any(row)), [])
        near = next((hint for cell in first if (hint := hint_at_nearest(_heading(cell), COLUMNS))), "")
        what = "no column is called 'question'"
        remedy = f"begin with a row of headings: {', '.join(COLUMNS)}; all but 'question' may be left out.{near}"
        raise Faults((Fault(where, None, what, remedy),))
    _, at, table = _one_that_is_seen(found, "questions", where)
    return at, table, _one_that_is_seen(about, "what a page says besides", where) if about else None


def _one_that_is_seen(found: list[tuple[str, int, SheetTable]], what: str, where: str) -> tuple[str, int, SheetTable]:
    """
    Return the one sheet that has something; nothing hidden is read, and of two sheets none is left out untold.
    """
    seen = [each for each in found if not each[2].hidden]
    if len(seen) == 1:
        return seen[0]
    names = " and ".join(f"'{name}'" for name, *_ in seen or found)
    fault = Fault(where, None, f"the sheet with {what} is hidden: {names}", "show it, or delete it")
    if seen:
        remedy = "put the rows into one of them, or save each as a file of its own"
        fault = Fault(where, None, f"several sheets have {what}: {names}", remedy)
    raise Faults((fault,))


def _tell_unread(reading: _SheetReading, table: SheetTable, at: int) -> None:
    """
    Tell what is in the columns of a table, or under no heading, and cannot be read.
    """
    if len(table.rows) > MOST_ROWS:
        reading.faults(None, f"this has more than {MOST_ROWS:,} rows", "keep one sheet for each method")
    head = table.rows[at]
    left_out = {place for place, cell in enumerate(head) if _heading(cell).startswith("(")}
    for (n, place), (what, remedy) in sorted(table.wrong.items()):
        if n >= at and place not in left_out:
            reading.faults(None, f"cell {name_cell(n, place)}: {what}", remedy)
    unnamed = "there is no heading over this column"
    remedy = "write one, or one in brackets to leave it out; in a CSV, put words with commas in quotation marks"
    for n, row in enumerate(table.rows[at + 1 :], at + 1):
        for place, cell in enumerate(row):
            if cell.strip() and not (place < len(head) and _heading(head[place])):
                reading.faults(None, f"cell {name_cell(n, place)}: {unnamed}", remedy)


def _heading(cell: str) -> str:
    name = cell.strip().casefold().rstrip(":*")
    return name.removesuffix("s") if name in ("questions", "hints", "models", "parts", "keys") else name


def _places_of_columns(table: SheetTable, n: int, where: str) -> dict[str, int]:
    """
    Return where each column is, by its name.
    """
    row = table.rows[n]
    faults = FaultList(where)
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = _heading(cell)
        if not name or name.startswith("("):
            continue
        if name in places:
            faults(None, f"cell {name_cell(n, place)}: a second column is called '{name}'", "rename one of them")
        elif name in COLUMNS:
            places[name] = place
        else:
            what = f"cell {name_cell(n, place)}: no column is called so"
            remedy = f"{write_one_of(name, COLUMNS)}; or put the heading in brackets, and the column is left out"
            faults(None, what, remedy)
    faults.raise_if_any()
    return places


def _add_row(reading: _SheetReading, model: _SheetModel, n: int, row: list[str], part: str, mode: str) -> None:
    """
    Add what a row says to the page of its model.
    """
    text = _one_line(reading.cell(row, "question"))
    minutes = _read_minutes(reading, n, reading.cell(row, "minutes"))
    values = [f"minutes={minutes}"] if minutes else []
    *above, own = ("", *filter(None, reading.cell(row, "key").split(".")))
    path = _titles_in(part)
    begins = path != model.part or not model.lines
    if path != model.part:
        alike = sum(1 for _ in itertools.takewhile(lambda two: two[0] == two[1], zip(path, model.part, strict=False)))
        shared = min(alike, len(path) - 1)
        keys = above[1:] if text else reading.cell(row, "key").split(".")
        for depth, title in enumerate(path[shared:], shared):
            braces = [f"#{keys[depth]}"] if depth < len(keys) and keys[depth] else []
            if depth == len(path) - 1:
                braces += [f".{mode}"] if mode != "ask" else []
                if mode == "ask" or not text:
                    braces, values = braces + values, []
                braces += [reading.cell(row, "more")] if not text else []
            model.add(n, "part", "", f"{'#' * (depth + 2)} {escape(_one_line(title))}{_in_braces(braces)}")
        model.part, model.mode, model.number = path, mode, 0
    elif path and mode != model.mode:
        what = f"this part was begun with '{model.mode}', and now it is '{mode}'"
        reading.add_fault(n, "does", what, "give it a part of its own")
    if not text:
        if begins:
            _add_lines(reading, model, n, row)
        else:
            remedy = "write a question, or put what is said about the part into the first row of the part"
            reading.add_fault(n, "question", "this row has no question", remedy)
        return
    if mode == "ask" and values:
        reading.add_fault(n, "minutes", "minutes belong to a part", "write them in the first row of the part")
        return
    core, plain = reading.cell(row, "core").casefold(), _one_line(reading.cell(row, "plain"))
    if core not in _YES | _NO:
        reading.add_fault(n, "core", "this is neither yes nor no", "write yes, or nothing")
    if mode != "ask" and (core in _YES or plain):
        column = "core" if core in _YES else "plain"
        reading.add_fault(n, column, f"a step has no '{column}'", "empty the cell")
        return
    does = reading.cell(row, "does").lower()
    braces = [f"#{own}"] if own else []
    braces += [f".{does}"] if does not in ("", mode) else []
    braces += [".core"] if core in _YES else []
    braces += values
    braces += [split for split in [write_value("plain", plain)] if plain]
    braces += [reading.cell(row, "more")]
    model.number += 1
    bullet = "-" if mode == "ask" else f"{model.number}."
    inside = " " * (len(bullet) + 1)
    model.add(n, "question", *([] if model.number > 1 else [""]), f"{bullet} {escape(text)}{_in_braces(braces)}")
    if hint := _one_line(reading.cell(row, "hint")):
        model.add(n, "hint", "", f"{inside}{escape(hint)}", "")
    for probe in filter(str.strip, reading.cell(row, "probes").splitlines()):
        model.add(n, "probes", f"{inside}- {escape(_one_line(probe))}")


def _titles_in(part: str) -> tuple[str, ...]:
    """
    Return the titles of a part and of those that hold it; a sign of ours within a title is doubled.
    """
    titles = filter(None, map(str.strip, part.split(INNER)))
    return tuple(re.sub(r"(?<= >)>+(?= )", lambda more: more[0][1:], title) for title in titles)


def _add_lines(reading: _SheetReading, model: _SheetModel, n: int, row: list[str]) -> None:
    """
    Add what is read about a part: the hint of a row without a question is for everybody, its notes for whoever leads.
    """
    for column, mark in (("hint", ""), ("notes", "> ")):
        if text := reading.raw(row, column).strip("\r\n"):
            model.add(n, column, "", *(f"{mark}{line}".rstrip() for line in text.splitlines()))


def _in_braces(inside: Iterable[str]) -> str:
    text = " ".join(filter(None, inside))
    return f" {{{text}}}" if text else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _read_minutes(reading: _SheetReading, n: int, text: str) -> str:
    """
    Return minutes as a page has them, ``5-10``; nothing, and a fault, if they cannot be read.
    """
    if not text:
        return ""
    match = _MINUTES.fullmatch(text)
    if match is None:
        reading.add_fault(n, "minutes", "these are no minutes", "write a whole number, or two: 5 to 10")
        return ""
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


# --- what stands above the questions


def _read_about(
    found: tuple[str, int, SheetTable] | None, models: Iterable[str], where: str
) -> dict[str, list[tuple[str, str]]]:
    """
    Return the names and values of each model's front matter, by what its sheet calls the model.
    """
    about: dict[str, list[tuple[str, str]]] = {}
    if found is None:
        return about
    sheet, at, table = found
    faults = FaultList(where)
    names = [_heading(cell) for cell in table.rows[at]]
    places = {name: names.index(name) for name in ABOUT}
    for (n, place), (what, remedy) in sorted(table.wrong.items()):
        if n >= at and place in places.values():
            faults(None, f"sheet {sheet}, cell {name_cell(n, place)}: {what}", remedy)
    known = set(models)
    model = ""
    for n, row in enumerate(table.rows[at + 1 :], at + 1):
        model_here, name, value = (row[place].strip() if place < len(row) else "" for place in places.values())
        model = model_here or model
        if not name or not value:
            continue
        if model not in known and (model_here or n == at + 1):
            what = f"sheet {sheet}, cell {name_cell(n, places['model'])}: no question belongs to '{model}'"
            faults(None, what, write_one_of(model, sorted(known)))
        about.setdefault(model, []).append((name, value))
    faults.raise_if_any()
    return about


def _front_matter_of(title: str, pairs: list[tuple[str, str]]) -> list[str]:
    """
    Return the lines of front matter; a name that stands in several rows is a list.
    """
    values: dict[str, list[str]] = {}
    for name, value in [("title", title), *pairs] if "title" not in dict(pairs) else pairs:
        values.setdefault(name.strip().lower(), []).append(_as_yaml(_one_line(value)))
    lines = ["---"]
    for name, texts in values.items():
        lines += [f"{name}: {texts[0]}"] if len(texts) == 1 else [f"{name}:", *(f"- {text}" for text in texts)]
    return [*lines, "---"]


def _as_yaml(value: str) -> str:
    return value if value[:1] in "[{\"'" else simple_yaml.write_on_a_line(value)


def _pages_of(
    reading: _SheetReading, models: Mapping[str, _SheetModel], about: Mapping[str, list[tuple[str, str]]]
) -> dict[str, str]:
    """
    Return the page of each model, once all of them are read without a fault.
    """
    pages: dict[str, str] = {}
    for title, model in models.items():
        pairs = about.get(title, [])
        if model.does and "does" not in dict(pairs):
            pairs = [*pairs, ("does", model.does)]
        front = _front_matter_of(title, pairs)
        text = "\n".join([*front, *model.lines]) + "\n"
        try:
            read_model(text, reading.where)
        except Faults as wrong:
            for fault in wrong.faults:
                _tell_in_sheet(reading, model, fault, len(front))
        pages[reading.where if len(models) == 1 else f"{reading.where} ({title})"] = text
    reading.faults.raise_if_any()
    return pages


def _tell_in_sheet(reading: _SheetReading, model: _SheetModel, fault: Fault, above: int) -> None:
    """
    Add a fault of a page as one of the cell that its line comes from.
    """
    line = (fault.line or 0) - above - 1
    if not 0 <= line < len(model.cells):
        reading.faults(None, f"'{model.title}', sheet About: {fault.what}", fault.remedy)
        return
    row, column = model.cells[line]
    said = next((name for name in ("minutes", "plain", "core", "key") if f"{name}=" in fault.what), "")
    said = said or ("key" if "the key" in fault.what else column)
    reading.add_fault(row, said, fault.what, fault.remedy)


# --- writing


def sheet_of(models: Iterable[Model]) -> dict[str, list[list[str]]]:
    """
    Return models as the rows of two sheets: their questions and steps, and what else their pages say about them.

    `read_sheet` gives pages of the same models again. Columns that nothing is in are left out, unless authors expect
    them.

    Raises:
        Refused: A model is a string of pages, which has nothing of its own to stand in a sheet.
    """
    questions: list[dict[str, str]] = []
    about = [list(ABOUT)]
    for model in models:
        if model.head.steps:
            pages = " ".join(step.partition("@")[0] for step in model.head.steps)
            raise Refused(f"'{model.key}' is a string of pages, and a sheet holds none; write its pages: {pages}")
        questions += _rows_of_part(model, model.questions, ())
        name = ""
        for line in [*write_front_matter(model.head)][1:-1]:
            own, colon, value = line.partition(": ")
            if line.startswith("- "):
                about.append([model.title, name, line.removeprefix("- ")])
            elif colon:
                about.append([model.title, own, value])
            else:
                name = line.rstrip(":")
    columns = [name for name in COLUMNS if name in EXPECTED or any(name in row for row in questions)]
    rows = [[row.get(name, "") for name in columns] for row in questions]
    return {"Questions": [columns, *rows], "About": about}


def _rows_of_part(
    model: Model, part: QuestionSet, path: tuple[str, ...], above: QuestionSet | None = None
) -> Iterator[dict[str, str]]:
    titles = (re.sub(r"(?<= )>+(?= )", r"\g<0>>", title) for title in path)
    place = {"model": model.title, "part": INNER.join(titles)}
    about = {"hint": part.guidance, "notes": part.notes}
    if above is not None:
        about |= _cells_of_braces(model, part.key, write_part_attributes(part, above))
    elif part.mode is not Mode.ASK:
        about |= {"does": str(part.mode)}
    if above is None and not any(about.values()):
        about = {}
    if about:
        yield _without_nothing(place | about)
    for child in part.children:
        if isinstance(child, QuestionSet):
            continue
        if isinstance(child, Question):
            own, braces = {"probes": "\n".join(child.probes)}, write_question_attributes(child, part)
        else:
            own, braces = {}, write_step_attributes(child, part)
        own |= {"question": child.text, "hint": child.hint} | _cells_of_braces(model, child.key, braces)
        yield _without_nothing(place | own)
    for inner in part.parts:
        yield from _rows_of_part(model, inner, (*path, inner.title), part)


def _cells_of_braces(model: Model, key: str, text: str) -> dict[str, str]:
    """
    Return what stands in the braces of a page as the cells of a row; what has no column of its own is in ``more``.
    """
    braces = parse_braces(text)
    values = dict(braces.values)
    least, _, usual = values.pop("minutes", "").partition("-")
    cells = {
        "minutes": f"{least} to {usual}" if usual else least,  # of 5-10 a spreadsheet makes a day in October
        "plain": values.pop("plain", ""),
        "core": "yes" if "core" in braces.flags else "",
        "does": next((flag for flag in braces.flags if flag in list(Mode)), ""),
        "key": key.removeprefix(f"{model.key}."),
    }
    flags = [f".{flag}" for flag in braces.flags if flag not in ("core", *Mode)]
    return cells | {"more": " ".join([*flags, *(write_value(*value) for value in values.items())])}


def _without_nothing(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text}
