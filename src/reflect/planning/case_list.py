"""
The list of cases that a case system exports, as CSV.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reflect.errors import Fault, Faults
from reflect.files.forms import Day
from reflect.files.objects import form_of
from reflect.files.yaml import Tell, Value, YamlMapping, YamlText
from reflect.planning.caseload import Case
from reflect.planning.identifying import identifying_lines
from reflect.planning.profiles import COLUMNS, Profile

_SEPARATOR = re.compile(r"sep=([,;\t])[ \t]*\r?\n", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A day as case systems and Excel write it: day before month, in figures or with the month's name.
_DAY_FIRST = re.compile(r"(\d\d?)([/. -])(\d\d?|[A-Za-z]{3})[a-z]*\2(\d{4}|\d\d)")
_TIME = re.compile(r"[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?$")
_CASE = form_of(Case)
_DAY_COLUMNS = tuple(field.name for field in _CASE.fields if isinstance(field.form, Day))
_YES_NO = {"y": "yes", "1": "yes", "n": "no", "0": "no"}


def cases_of(text: str, settings: Profile, where: str = "cases.csv") -> tuple[Case, ...]:
    """
    Read cases from the CSV that a case system exports; other columns are ignored.

    Raises:
        Faults: All that is wrong with it.
    """
    faults: dict[Fault, None] = {}

    def tell(line: int, what: str, remedy: str) -> None:
        faults[Fault(where, line, what, remedy)] = None

    rows, above = _read_rows(text)
    cases: dict[str, tuple[Case, int]] = {}
    try:
        columns = _places_of_columns(next(rows, []), settings)
        if "ref" not in columns:
            what = f"no column is called '{settings.columns.get('ref', 'ref')}'"
            tell(1 + above, what, "rename one, or give its name under 'columns' in the profile")
        for row in rows if "ref" in columns else ():
            if any(cell.strip() for cell in row):
                line = rows.line_num + above
                case = _read_case(row, columns, line, tell)
                if case is not None and case.ref in cases:
                    tell(line, f"this case is on line {cases[case.ref][1]} too", "keep one of them")
                elif case is not None:
                    cases[case.ref] = case, line
    except csv.Error:
        tell(rows.line_num + above, "this is not a line of a CSV file", "export the list again, as CSV in UTF-8")
    if faults:
        raise Faults(faults)
    return tuple(case for case, _ in cases.values())


def identifying_cases(text: str, settings: Profile, where: str) -> Iterator[Fault]:
    """
    Give one warning for each kind of detail in a list of cases that may identify somebody.

    Days in our own columns, such as when a case was last touched, are not taken for birthdays.
    """
    rows, above = _read_rows(text)
    ours = {_normalise_heading(settings.columns.get(name, name)) for name in _DAY_COLUMNS}
    headings = [_normalise_heading(name) for name in next(rows, [])]
    lines: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        cells = (cell for name, cell in itertools.zip_longest(headings, row, fillvalue="") if name not in ours)
        for warning in identifying_lines(" | ".join(" ".join(cell.split()) for cell in cells), where):
            lines.setdefault((warning.what, warning.remedy), []).append(rows.line_num + above)
    for (what, remedy), numbers in lines.items():
        more = f", and so may {len(numbers) - 1} more" if len(numbers) > 1 else ""
        yield Fault(where, numbers[0], what + more, remedy)


def _read_rows(text: str) -> tuple[Any, int]:
    """
    The rows of a list, and how many lines come before them: Excel may put a line there that names the separator.
    """
    said = _SEPARATOR.match(text)
    rest = text[said.end() :] if said else text
    between = said[1] if said else max(",;\t", key=re.split(r"[\r\n]", rest, maxsplit=1)[0].count)
    return csv.reader(io.StringIO(rest, newline=""), delimiter=between), 1 if said else 0


def _places_of_columns(row: list[str], settings: Profile) -> dict[str, int]:
    headings = [_normalise_heading(name) for name in row]
    called = {name: _normalise_heading(settings.columns.get(name, name)) for name in COLUMNS}
    return {name: headings.index(heading) for name, heading in called.items() if heading in headings}


def _read_case(row: list[str], columns: Mapping[str, int], line: int, tell: Tell) -> Case | None:
    cells: dict[str, tuple[Value, int]] = {
        name: (YamlText(_normalise_cell(name, row[at]), line), line) for name, at in columns.items() if at < len(row)
    }
    case: Case | None = _CASE.read(YamlMapping(cells, line), "the case", tell)
    return case


def _normalise_heading(name: str) -> str:
    """
    The name of a column, however it is spelt: ``In depth`` is ``in-depth``.
    """
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def _normalise_cell(name: str, cell: str) -> str:
    """
    Turn a cell, as case systems and Excel write it, into the way we write it.
    """
    text = cell.strip()
    if name in _DAY_COLUMNS:
        text = _TIME.sub("", text)
        if match := _DAY_FIRST.fullmatch(text):
            day, _, month, year = match.groups()
            number = month if month.isdigit() else str((*_MONTHS, month.lower()).index(month.lower()) + 1)
            return f"{year if len(year) == 4 else f'20{year}'}-{number.zfill(2)}-{day.zfill(2)}"
        return text
    if name == "risk":
        return _YES_NO.get(text.lower(), text)
    return re.sub(r"(?<=\d)\.0+$", "", text) if name in ("worker", "supervisor") else text
