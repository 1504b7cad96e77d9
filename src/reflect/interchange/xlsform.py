"""
XLSForm: a set as a workbook that tools of data collection read, and back.

Source: *XLSForm*, https://xlsform.org/en/ref-table/. What it has no column for rides along as attributes of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from reflect.errors import Fault, FaultList, Faults, Refused, write_one_of
from reflect.files.tables import LONGEST_CELL, MOST_ROWS, SheetTable, name_cell, read_tables, write_workbook
from reflect.interchange.fhir import BASE
from reflect.interchange.form_items import MARKS, FormItem, OutsideForm, find_wrong_marks, form_of, model_of
from reflect.questions.answers import Kind
from reflect.questions.model import Model
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording

_COLUMNS = ("type", "name", "label", "hint", "appearance", "constraint", "constraint_message")
_OURS = {name: f"bind::reflect:{name}" for name in MARKS}
#: What pyxform reads as the name of another field.
_REFERENCE = re.compile(r"\$\{")
#: What no workbook can hold.
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES = {Kind.PROSE: "text", Kind.POINTS: "text", Kind.SCALE: "integer", Kind.DATE: "date", None: "note"}
_KINDS = {"text": Kind.PROSE, "string": Kind.PROSE, "date": Kind.DATE, "note": None, "acknowledge": Kind.TICK}
#: Rows in which nobody is asked anything.
_UNASKED = (
    "start", "end", "today", "deviceid", "username", "email", "phonenumber", "audit", "calculate", "hidden",
    "start-geopoint", "background-audio", "xml-external", "csv-external",
)  # fmt: skip
#: The types that are read as prose, since a paper has no such place.
_AS_PROSE = (
    "integer", "decimal", "range", "time", "datetime", "geopoint", "geotrace", "geoshape", "barcode", "image", "audio",
    "video", "file", "select_multiple", "rank",
)  # fmt: skip
_LEFT_OUT = ("relevant", "calculation", "choice_filter", "repeat_count", "default")
_WIDTHS = {"label": 60, "hint": 40, "name": 36}


# --- out


def write_xlsform(what: Composable, words: Wording) -> bytes:
    """
    Return a set as an XLSForm: a workbook of three sheets.

    Raises:
        Refused: A text holds what no workbook, or no XLSForm, can.
    """
    form = form_of(what, words)
    lists: dict[tuple[str, ...], str] = {}
    rows = [row for item in form.items for row in _rows_of_item(item, lists)]
    used = [name for name in MARKS if any(_OURS[name] in row for row in rows)]
    columns = (*_COLUMNS, *(_OURS[name] for name in used))
    choices = [[called, f"c{n}", option] for options, called in lists.items() for n, option in enumerate(options, 1)]
    settings = {
        "form_title": form.title or form.key,
        "form_id": form.key,
        "version": form.version or "1",
        "namespaces": f'reflect="{BASE}"',
        # Tools of XLSForm leave a column in brackets, as we do: none of theirs is called so.
        "reflect_does": form.does,
    }
    tables = {
        "survey": [list(columns), *([row.get(name, "") for name in columns] for row in rows)],
        "choices": [["list_name", "name", "label"], *choices],
        "settings": [list(settings), list(settings.values())],
    }
    for sheet in tables.values():
        _check_cells(sheet)
    return write_workbook(tables, {name: [_WIDTHS.get(each, 18) for each in rows[0]] for name, rows in tables.items()})


def _check_cells(rows: list[list[str]]) -> None:
    if len(rows) > MOST_ROWS:
        raise Refused(f"an XLSForm of ours has at most {MOST_ROWS:,} rows; write fewer questions at once")
    for row in rows:
        for cell in row:
            if _NO_CELL.search(cell) or len(cell) > LONGEST_CELL:
                raise Refused(
                    f"a text holds a sign that no workbook can hold, or more than {LONGEST_CELL:,} characters"
                )
            if _REFERENCE.search(cell):
                raise Refused("a text holds '${', which an XLSForm reads as the name of a field; write it otherwise")


def _rows_of_item(item: FormItem, lists: dict[tuple[str, ...], str]) -> Iterator[dict[str, str]]:
    row = {"name": item.name, "label": item.text, "hint": item.hint}
    row |= {_OURS[name]: text for name, text in item.marks.items()}
    if item.group:
        yield {"type": "begin_group", **row}
        for each in item.items:
            yield from _rows_of_item(each, lists)
        yield {"type": "end_group"}
        return
    if item.options:
        called = lists.setdefault(item.options, f"list_{len(lists) + 1}")
        yield {"type": f"select_one {called}", **row}
        return
    more = {"appearance": "multiline"} if item.kind in (Kind.PROSE, Kind.POINTS) else {}
    if item.kind is Kind.SCALE:
        more = {"constraint": ". >= 0 and . <= 10", "constraint_message": "0–10"}
    # A note of XLSForm has to say something: a part in which nobody speaks may have a title alone.
    yield {"type": _TYPES[item.kind], **row, **more}


# --- in


@attrs.define
class _FormSheet:
    """
    One sheet of a form, with its columns by name.
    """

    name: str
    table: SheetTable
    faults: FaultList
    columns: dict[str, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        head = self.table.rows[0] if self.table.rows else []
        self.columns = {}
        for place, cell in enumerate(head):
            name = cell.strip()
            self.columns.setdefault(name.casefold() if not name.startswith("bind::") else name, place)
        for (n, place), (what, remedy) in sorted(self.table.wrong.items()):
            self.faults(None, f"{self.name}: cell {name_cell(n, place)}: {what}", remedy)
        if len(self.table.rows) > MOST_ROWS:
            self.faults(None, f"{self.name}: this has more than {MOST_ROWS:,} rows", "split the form")

    def cell(self, row: list[str], *names: str) -> str:
        """
        Return the first of several columns that has words; one with a language counts as one without.
        """
        for name in names:
            for column, place in self.columns.items():
                if (column == name or column.startswith(f"{name}::")) and place < len(row) and row[place].strip():
                    return row[place]
        return ""

    def tell(self, n: int, column: str, what: str, remedy: str) -> None:
        place = name_cell(n, self.columns.get(column, 0))
        self.faults(None, f"{self.name}: cell {place}: {what}", remedy)


def read_xlsform(data: bytes, where: str) -> tuple[Model, tuple[str, ...]]:
    """
    Return an XLSForm as a model, and what of it has no place on a page.
    """
    # The name may end in anything: what is given here is a workbook, and never a CSV.
    tables = {name.strip().casefold(): table for name, table in read_tables(data, f"{where}.xlsx").items()}
    if "survey" not in tables:
        raise Faults((Fault(where, None, "no sheet is called 'survey'", "name an XLSForm, which has one"),))
    faults = FaultList(where)
    sheets = {
        name: _FormSheet(name, tables.get(name, SheetTable([])), faults) for name in ("survey", "choices", "settings")
    }
    survey, settings = sheets["survey"], sheets["settings"]
    for column in ("type", "name"):
        if column not in survey.columns:
            faults(None, f"survey: no column is called '{column}'", "write it into the first row")
    faults.raise_if_any()
    notes: dict[str, None] = {}
    items = _read_rows(survey, _lists_of(sheets["choices"]), notes)
    row = settings.table.rows[1] if len(settings.table.rows) > 1 else []
    form = OutsideForm(
        key=settings.cell(row, "form_id", "id_string").strip(),
        title=settings.cell(row, "form_title", "title").strip(),
        version=settings.cell(row, "version").strip(),
        does=settings.cell(row, "reflect_does").strip() or "ask",
        items=items,
    )
    faults.raise_if_any()
    return model_of(form), tuple(notes)


def _lists_of(choices: _FormSheet) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in choices.table.rows[1:]:
        if called := choices.cell(row, "list_name", "list name").strip():
            found[called] = (*found.get(called, ()), choices.cell(row, "label", "name"))
    return found


def _read_rows(survey: _FormSheet, lists: dict[str, tuple[str, ...]], notes: dict[str, None]) -> tuple[FormItem, ...]:
    #: The groups that are open, each with what is in it so far; the form itself is the first.
    open_groups: list[tuple[FormItem, list[FormItem]]] = [(FormItem(name="", text=""), [])]
    met: set[str] = set()
    for n, row in enumerate(survey.table.rows[1:], 1):
        called, _, listed = survey.cell(row, "type").strip().partition(" ")
        called, listed = called.casefold(), listed.strip()
        if called in ("begin", "end"):
            called, listed = f"{called}_{listed.casefold()}", ""
        if not called:
            continue
        if called in ("end_group", "end_repeat"):
            if len(open_groups) == 1:
                survey.tell(n, "type", "this ends a group that was not begun", "delete the row")
                continue
            group, inner = open_groups.pop()
            open_groups[-1][1].append(attrs.evolve(group, items=tuple(inner)))
            continue
        if called in _UNASKED:
            notes[f"rows of the type '{called}' ask nothing and were left out"] = None
            continue
        item = _read_row(survey, n, row, called, listed, lists, notes)
        if item.name in met:
            survey.tell(n, "name", "another row has this name", "give each row its own")
        met.add(item.name)
        if item.group:
            open_groups.append((item, []))
        else:
            open_groups[-1][1].append(item)
    if len(open_groups) > 1:
        survey.tell(len(survey.table.rows) - 1, "type", "a group is not ended", "add a row of the type end_group")
    return tuple(open_groups[0][1])


def _read_row(
    survey: _FormSheet,
    n: int,
    row: list[str],
    called: str,
    listed: str,
    lists: dict[str, tuple[str, ...]],
    notes: dict[str, None],
) -> FormItem:
    name, text = survey.cell(row, "name").strip(), survey.cell(row, "label")
    marks = {mark: said for mark, column in _OURS.items() if (said := survey.cell(row, column))}
    for mark, words in find_wrong_marks(marks):
        survey.tell(n, _OURS[mark], f"this is not one of: {', '.join(words)}", "write one of them")
        del marks[mark]
    for column in _LEFT_OUT:
        if survey.cell(row, column):
            notes[f"what the column '{column}' says has no place on a page and was left out"] = None
    if not name:
        survey.tell(n, "name", "this row has no name", "give it one")
    group = called in ("begin_group", "begin_repeat")
    if called == "begin_repeat":
        notes["a group that repeats was read as a part, which is asked once"] = None
    if not text.strip() and not group and "part" not in marks:
        survey.tell(n, "label", "this row has no words", "write what is asked")
    options: tuple[str, ...] = ()
    kind = _KINDS.get(called)
    if called in ("select_one", "select1"):
        kind, options = Kind.CHOICE, lists.get(listed.split(" ")[0], ())
        if not options:
            survey.tell(n, "type", "no choices have the name of this list", "add them to the sheet 'choices'")
    elif called in _AS_PROSE:
        kind = Kind.PROSE
        if "kind" not in marks:
            notes[f"a place of the type '{called}' was read as prose"] = None
    elif called not in _KINDS and not group:
        known = (*_KINDS, "select_one", "begin_group", "end_group", *_AS_PROSE)
        survey.tell(n, "type", "this is not a type that we know", write_one_of(called, known))
    kind = Kind(marks["kind"]) if "kind" in marks and kind is not None else kind
    hint = survey.cell(row, "hint")
    return FormItem(name=name, text=text, hint=hint, kind=kind, options=options, marks=marks, group=group)
