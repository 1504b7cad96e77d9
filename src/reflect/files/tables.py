"""
Tables that people fill in with a spreadsheet: the rows of a CSV file or of a workbook, and a file made of rows.

A workbook from outside is checked as every Office file is before openpyxl sees it.
"""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from reflect.errors import Fault, Faults, MissingExtra
from reflect.files.office import NotOpened, Package, open_package
from reflect.files.reading import decode_text
from reflect.files.xml import XmlElement

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: A table has at most so many rows and columns that are looked at, and a cell so many characters.
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 50, 4_000
#: So many empty rows end a table: a spreadsheet may say that a million rows are in use.
_GAP = 500
#: What a spreadsheet reads as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What was given an apostrophe so that it is none: also what had one already.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
#: A sign that is in no text: a file of one column needs none.
_NO_SEPARATOR = "\x1f"
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
#: Merged cells lie over so many at most: a row of a spreadsheet has 16,384.
_MOST_MERGED = 200_000

#: Why a workbook is not opened, by the codes of `reflect.files.office.REFUSALS`; the others are damaged or hostile.
_REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "empty": "this file is empty; save the sheet again",
        "too-large": "this workbook is too large; keep one sheet for each method",
        "old-word": "this is an old workbook (.xls); open it and save it as .xlsx",
        "password": "this workbook has a password; open it, take the password off and save it again",
        "open-document": "this is an OpenDocument file (.ods); open it and save it as .xlsx",
        "macros": "this workbook contains macros; save it as .xlsx, which has none",
        "too-many-tags": "this workbook has too many cells; copy the rows with words into a new one",
        "inflates": "this workbook has too many cells; copy the rows with words into a new one",
        "doctype": "this file asks for other files (DOCTYPE), as no workbook does; copy its rows into a new one",
        "damaged": "this workbook cannot be read; open it in a spreadsheet and save it as .xlsx",
    }
)
_NOT_OPENED = "this is not a workbook; open it in a spreadsheet and save it as .xlsx"

#: The cells of a table as text, from the first row and column on.
Rows = list[list[str]]


def name_cell(row: int, column: int) -> str:
    """
    Return what a spreadsheet calls a cell, such as ``"C4"``; both are counted from 0.
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


# --- reading


@attrs.frozen
class SheetTable:
    """
    The cells of a table, and what cannot be taken as it stands.

    Attributes:
        rows: The words of its cells, those that nobody sees among them; nothing where it cannot be read.
        wrong: What is wrong with a cell, and what to do, by its row and column, counted from 0. It counts only if
            somebody reads that cell.
        hidden: Whether the spreadsheet hides it as a whole.
    """

    rows: Rows
    wrong: Mapping[tuple[int, int], tuple[str, str]] = attrs.field(factory=dict)
    hidden: bool = False


def read_tables(
    data: bytes, where: str, is_heading: Callable[[Sequence[str]], bool] = lambda _: True
) -> dict[str, SheetTable]:
    """
    Return the tables in a file, by the names of its sheets; that of a CSV has no name.

    Args:
        where: The name of the file; its ending says what it is.
        is_heading: Whether a row has the headings that are looked for. They tell what separates the cells of a CSV.

    Raises:
        Faults: It is no such file, it is damaged, or it holds what no sheet of questions needs.
        Refused: Workbooks cannot be read, since openpyxl is not installed.
    """
    if where.lower().endswith(".csv"):
        return {"": _read_csv(decode_text(data, where), where, is_heading)}
    return _read_workbook(data, where)


def _read_csv(text: str, where: str, is_heading: Callable[[Sequence[str]], bool]) -> SheetTable:
    text = text.lstrip("\ufeff")
    named = re.match(r"sep=[,;\t]?[ \t]*(?:\r\n?|\n)", text, re.IGNORECASE)  # a line for Excel, which is no row
    text = text[named.end() :] if named else text
    rows: Rows = []
    try:
        for cells in csv.reader(_lines_of(text), delimiter=_find_separator(text, is_heading), strict=True):
            rows.append([_without_guard(cell) for cell in cells])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        what = "a quotation mark is opened but not closed, or a line is not one of a CSV file"
        remedy = "look at that line, or save the sheet as CSV again"
        raise Faults((Fault(where, len(rows) + 1, what, remedy),)) from None
    return _make_table(rows, {}, where)


def _lines_of(text: str) -> Iterable[str]:
    return io.StringIO(text, newline="")


def _find_separator(text: str, is_heading: Callable[[Sequence[str]], bool]) -> str:
    """
    Return what stands between the cells of a CSV: what makes several headings of one of its first rows.

    If there is one heading alone, no sign separates anything, and every line is a cell.
    """
    top = "".join(itertools.islice(_lines_of(text), 30))
    separators = sorted(",;\t", key=top.count, reverse=True)
    alone = False
    for separator in separators:
        rows = csv.reader(_lines_of(text), delimiter=separator)
        with contextlib.suppress(csv.Error):
            heads = (cells for cells in itertools.islice(rows, 30) if is_heading(cells))
            head = next(heads, ())
            if len(head) > 1:
                return separator
            alone = alone or len(head) == 1
    return _NO_SEPARATOR if alone else separators[0]


def _without_guard(cell: str) -> str:
    """
    Return a cell without the apostrophe that keeps a spreadsheet from calculating it.
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def _read_workbook(data: bytes, where: str) -> dict[str, SheetTable]:
    openpyxl = _openpyxl()
    try:
        package = open_package(data)
        seen = dict(_look_through(package))
    except NotOpened as error:
        what, _, remedy = _REFUSED.get(error.code, _NOT_OPENED).partition("; ")
        raise Faults((Fault(where, None, what, remedy),)) from None
    except (KeyError, ValueError):  # a relation or a place that is none
        raise _faults_of_damage(where) from None
    tables: dict[str, SheetTable] = {}
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # other programs write a size that is not so
            look = seen[sheet.title]
            rows, wrong = _rows_of(sheet, look)
            tables[sheet.title] = _make_table(rows, wrong, where, hidden=look.hidden)
    except Exception:  # the library has no error of its own for a damaged file, and its words may quote the file
        raise _faults_of_damage(where) from None
    return tables


def _faults_of_damage(where: str) -> Faults:
    what, _, remedy = _REFUSED["damaged"].partition("; ")
    return Faults((Fault(where, None, what, remedy),))


@attrs.define
class _Look:
    """
    What people see of a sheet, which the library does not say.

    Attributes:
        filled: The cells that hold anything.
        unseen: Which of them nobody sees, and why.
        calculated: Which of them are formulas.
        hidden: Whether the sheet is hidden as a whole.
    """

    filled: set[tuple[int, int]] = attrs.field(factory=set)
    unseen: dict[tuple[int, int], str] = attrs.field(factory=dict)
    calculated: set[tuple[int, int]] = attrs.field(factory=set)
    hidden: bool = False


def _look_through(package: Package) -> Iterator[tuple[str, _Look]]:
    """
    Give how each sheet of a workbook looks, by its name.
    """
    relations = package.relations(package.main)
    names = [sheet.get("name", "") for sheet in package.tree(package.main).iter("{*}sheet")]
    if len(set(names)) < len(names):
        raise ValueError
    for sheet in package.tree(package.main).iter("{*}sheet"):
        own = next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        if (relation := relations.get(own)) and not relation.outside and relation.target in package:
            look = _look_at(package.tree(relation.target))
            look.hidden = sheet.get("state", "visible") != "visible"
            yield str(sheet.get("name", "")), look


def _look_at(tree: XmlElement) -> _Look:
    columns: set[int] = set()
    for some in tree.iter("{*}col"):
        if _is_hidden(some, "width"):
            columns.update(range(int(some.get("min", 1)) - 1, min(int(some.get("max", 1)), MOST_COLUMNS)))
    beneath = _beneath_others(tree)
    look = _Look()
    n = -1
    for row in tree.iter("{*}row"):
        n = int(row.get("r", n + 2)) - 1
        column = -1
        for cell in row.iterchildren("{*}c"):
            column = _place_of(cell.get("r", ""))[1] if cell.get("r") else column + 1
            place = (n, column)
            calculated = cell.find("{*}f") is not None
            if not calculated and not "".join(map(str, cell.itertext())).strip():
                continue
            look.filled.add(place)
            if calculated:
                look.calculated.add(place)
            if _is_hidden(row, "ht"):
                look.unseen[place] = f"row {n + 1} is hidden"
            elif column in columns:
                look.unseen[place] = f"column {name_cell(0, column)[:-1]} is hidden"
            elif place in beneath:
                look.unseen[place] = "it lies beneath cells that were merged"
    return look


def _beneath_others(tree: XmlElement) -> set[tuple[int, int]]:
    """
    Return the cells that merged ones lie over.

    Raises:
        ValueError: They are more than any sheet has.
    """
    beneath: set[tuple[int, int]] = set()
    cells = 0
    for merged in tree.iter("{*}mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        (top, left), (bottom, right) = _place_of(first), _place_of(last or first)
        cells += (bottom - top + 1) * (right - left + 1)
        if cells > _MOST_MERGED:
            raise ValueError
        inside = itertools.product(range(top, bottom + 1), range(left, right + 1))
        beneath.update(place for place in inside if place != (top, left))
    return beneath


def _is_hidden(element: XmlElement, size: str) -> bool:
    nothing = re.fullmatch(r"0+(?:\.0*)?", element.get(size, ""))
    return nothing is not None or element.get("hidden", "0") in ("1", "true")


def _place_of(name: str) -> tuple[int, int]:
    """
    Return the row and column of a cell, counted from 0.

    Raises:
        ValueError: It is no name of a cell.
    """
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _rows_of(sheet: Worksheet, look: _Look) -> tuple[Rows, dict[tuple[int, int], tuple[str, str]]]:
    """
    Return the rows of a sheet, and what is wrong with cells: nothing that is in a cell is left out untold.
    """
    rows: Rows = []
    wrong: dict[tuple[int, int], tuple[str, str]] = {}
    empty = 0
    for n, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS)):
        cells = []
        for column, cell in enumerate(row):
            text, fault = _text_of(cell.value, is_error=getattr(cell, "data_type", "") == "e")
            if len(text) > LONGEST_CELL:
                text, fault = "", _is_long(text)
            if fault:
                wrong[n, column] = fault
            cells.append(text)
        empty = 0 if any(cells) else empty + 1
        if empty > _GAP or n > MOST_ROWS:
            break
        rows.append(cells)
    for place in sorted(look.filled - wrong.keys()):
        n, column = place
        if why := look.unseen.get(place):
            wrong[place] = (why, "show it, or delete what is in it")
        elif n < len(rows) and column < len(rows[n]) and rows[n][column]:
            continue
        elif place in look.calculated:
            wrong[place] = ("it is a formula without a result", "open the sheet in a spreadsheet, and save it again")
        elif not (n < len(rows) and column < len(rows[n])):
            remedy = f"move it to the first {MOST_COLUMNS} columns, without a gap"
            wrong[place] = ("it stands too far from the others", remedy)
    return rows, wrong


def _text_of(value: Any, *, is_error: bool = False) -> tuple[str, tuple[str, str] | None]:
    """
    Return the value of a cell as it is seen, and what is wrong with it.
    """
    match value:
        case None:
            return "", None
        case bool():
            return ("yes" if value else "no"), None
        case float() if value.is_integer():
            return str(int(value)), None
        case datetime.date() | datetime.time() | datetime.timedelta():
            what = "the spreadsheet has made a date of what was typed"
            return "", (what, "format the cell as text, and type it again; minutes are written 5 to 10")
        case _ if is_error:
            return "", ("the spreadsheet could not calculate this", "mend the formula, or type the words")
        case _:
            return str(value), None


def _is_long(text: str) -> tuple[str, str]:
    return f"it has {len(text):,} characters", "split it, or shorten it"


def _make_table(
    rows: Rows, wrong: Mapping[tuple[int, int], tuple[str, str]], where: str, *, hidden: bool = False
) -> SheetTable:
    """
    Return a table, with what is beyond the limits named among what is wrong with it.
    """
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    long = {
        (n, column): _is_long(cell)
        for n, row in enumerate(rows)
        for column, cell in enumerate(row)
        if len(cell) > LONGEST_CELL
    }
    return SheetTable(rows, {**wrong, **long}, hidden)


# --- writing


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """
    Return rows as a CSV file that a spreadsheet opens with its letters whole, and without calculating anything.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [f"'{cell}" if cell.startswith(_FORMULA) or _GUARDED.match(cell) else cell for cell in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def write_workbook(tables: Mapping[str, Sequence[Sequence[str]]], widths: Mapping[str, Sequence[int]]) -> bytes:
    """
    Return tables as a workbook in which every cell is text, the first row of each stays in sight, and lines wrap.

    Args:
        tables: The rows of each sheet, by its name.
        widths: How wide its columns are, in characters.

    Raises:
        Refused: Workbooks cannot be written, since openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    book.remove(book.active)
    moment = datetime.datetime(2000, 1, 1)  # the same sheet is the same file
    book.properties.created = book.properties.modified = moment
    book.properties.creator = ""
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for n, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(n, column)
                cell.value, cell.data_type, cell.number_format = text or None, "s", "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if n == 1:
                    cell.font = Font(bold=True)
        for column, width in enumerate(widths[name]):
            sheet.column_dimensions[name_cell(0, column)[:-1]].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra.of("workbooks (.xlsx) need openpyxl", "sheets", "use .csv") from None
    return openpyxl
