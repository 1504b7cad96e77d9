"""
The list of cases that a case system exports, as CSV.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from reflect.errors import Fault, FaultList, Faults
from reflect.files.forms import Day, is_empty
from reflect.files.objects import form_of
from reflect.files.plausible import ask_about_days, fold_words
from reflect.files.slips import Slip, find_slip, straighten
from reflect.files.yaml import Tell, YamlMapping, YamlText
from reflect.planning.caseload import Case
from reflect.planning.identifying import identifying_lines
from reflect.planning.profiles import COLUMNS, Profile
from reflect.sessions.typed import MONTHS

#: A list has at most this many rows (lines of its file, if a cell has several) and columns, and is at most this long,
#: in characters.
MOST_ROWS, MOST_COLUMNS, LONGEST = 20_000, 200, 4_000_000
_SEPARATOR = re.compile(r"sep=([,;\t])[ \t]*\r?\n", re.IGNORECASE)
#: A day as case systems and Excel write it: day before month, in figures or with the month's name.
_DAY_FIRST = re.compile(r"(\d\d?)([/. -])(\d\d?|[A-Za-z]{3})[a-z]*\2(\d{4}|\d\d)")
_OUR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?$")
_CASE = form_of(Case)
_FIELDS = {field.name: field for field in _CASE.fields}
_DAY_COLUMNS = tuple(field.name for field in _CASE.fields if isinstance(field.form, Day))
_YES_NO = {"y": "yes", "1": "yes", "n": "no", "0": "no"}


def cases_of(
    text: str,
    settings: Profile,
    where: str = "cases.csv",
    *,
    on: datetime.date | None = None,
    ask: Tell = lambda line, what, remedy: None,
) -> tuple[Case, ...]:
    """
    Read cases from the CSV that a case system exports; other columns are ignored.

    Lines above the headings and rows that count the others are left out, and *ask* gets to know it.

    Args:
        text: The CSV.
        settings: The profile, for what the columns are called.
        where: What to call it in faults.
        on: The day of the session.
        ask: Takes what may not be meant: a line, what is unusual, and what to do.

    Raises:
        Faults: All that is wrong with it.
    """
    tell = FaultList(where)
    table = _read_table(text, settings, where)
    columns = _places_of_columns(table.headings, settings, table.line, ask)
    if "ref" not in columns:
        tell(table.line, *_explain_headings(text, table, settings))
    elif table.line > table.first:
        ask(table.line, "the headings are on this line, and the lines above it are left out", "delete those lines")
    questions, known = _Questions(), _KnownRows({"date": on} if on else {})
    cases: dict[str, tuple[Case, int]] = {}
    alike: dict[str, int] = {}
    for row in table.rows if "ref" in columns else ():
        if row.is_open(columns.values()):
            tell(row.first, "a quotation mark is opened but not closed", "close it, or take it out")
            continue
        if _is_total(row.cells, columns["ref"]):
            remedy = "take it out of the list; if it is a case, give it another reference"
            ask(row.last, "this row looks like a total, and is left out", remedy)
            continue
        case = known.read_case(row, columns, tell, questions.add)
        if case is not None and case.ref in cases:
            tell(row.last, f"this case is on line {cases[case.ref][1]} too", "keep one of them")
        elif case is not None:
            cases[case.ref] = case, row.last
            other = alike.setdefault(fold_words(case.ref), row.last)
            if other != row.last:
                what = f"this reference differs from that on line {other} only in capitals, spaces or signs"
                ask(row.last, what, "check whether they are one case")
            if _may_count(_plain(case.ref)) or _is_footer(row.cells, columns):
                ask(row.last, "this row may not be a case", "take it out of the list if it is none")
    if table.broken:
        tell(table.broken, "this is not a line of a CSV file", "export the list again, as CSV in UTF-8")
    questions.ask(ask)
    tell.raise_if_any()
    return tuple(case for case, _ in cases.values())


@attrs.define
class _Questions:
    """
    The same question about many rows is asked once, with the number of rows.
    """

    lines: dict[tuple[str, str], list[int]] = attrs.field(factory=dict)

    def add(self, line: int, what: str, remedy: str) -> None:
        self.lines.setdefault((what, remedy), []).append(line)

    def ask(self, ask: Tell) -> None:
        for (what, remedy), numbers in self.lines.items():
            more = f", and {len(numbers) - 1} more" if len(numbers) > 1 else ""
            ask(numbers[0], what + more, remedy)


#: What a cell says: its value, nothing, or something that is a fault.
_EMPTY, _WRONG = object(), object()


@attrs.define
class _KnownRows:
    """
    What cells say: lists of cases say the same again and again.
    """

    days: Mapping[str, datetime.date]
    #: What each cell says, by its text, for each column.
    values: dict[str, dict[str, Any]] = attrs.field(factory=lambda: {name: {} for name in _FIELDS})

    def read_case(self, row: _CaseRow, columns: Mapping[str, int], tell: Tell, ask: Tell) -> Case | None:
        values: dict[str, Any] = {}
        days: dict[str, datetime.date] = {}
        cells = row.cells
        for name, at in columns.items():
            if at >= len(cells) or not (cell := cells[at]):
                continue
            known = self.values[name]
            value = known[cell] if cell in known else self._read(name, cell)
            if value is _WRONG:
                values.pop("ref", None)
                break
            if value is not _EMPTY:
                values[_FIELDS[name].attribute] = value
                if name in _DAY_COLUMNS:
                    days[name] = value
        if "ref" not in values:
            _CASE.read(_mapping_of(row, columns), "the case", tell)  # this says what is wrong
            return None
        for what, remedy in ask_about_days(_CASE, days, self.days) if days else ():
            ask(row.last, what, remedy)
        case: Case | None = _CASE.make_value(values, row.last, tell)
        return case

    def _read(self, name: str, text: str) -> Any:
        cell = YamlText(_normalise_cell(name, text), 0)
        value = None if is_empty(cell) else _FIELDS[name].form.read(cell, name, lambda line, what, remedy: None)
        self.values[name][text] = value = _EMPTY if is_empty(cell) else _WRONG if value is None else value
        return value


def identifying_cases(text: str, settings: Profile, where: str) -> Iterator[Fault]:
    """
    Give one warning for each kind of detail in a list of cases that may identify somebody.

    Days in our own columns, such as when a case was last touched, are not taken for birthdays.
    """
    table = _read_table(text, settings, where)
    ours = {_normalise_heading(settings.columns.get(name, name)) for name in _DAY_COLUMNS}
    headings = [_normalise_heading(name) for name in table.headings]
    rows: dict[str, list[int]] = {}
    for row in table.rows:
        for name, cell in itertools.zip_longest(headings, row.cells[: len(headings) + MOST_COLUMNS], fillvalue=""):
            if cell and name not in ours and not _is_short_key(cell):
                rows.setdefault(" ".join(cell.split()), []).append(row.last)
    # Each cell is looked at once; the line in front keeps one from being taken for a comment.
    texts = list(rows)
    lines: dict[tuple[str, str], set[int]] = {}
    for warning in identifying_lines("\n".join(f"| {text}" for text in texts), where):
        lines.setdefault((warning.what, warning.remedy), set()).update(rows[texts[(warning.line or 1) - 1]])
    for (what, remedy), found in sorted(lines.items(), key=lambda each: (min(each[1]), each[0])):
        numbers = sorted(found)
        more = f", and so may {len(numbers) - 1} more" if len(numbers) > 1 else ""
        yield Fault(where, numbers[0], what + more, remedy)


def _is_short_key(cell: str) -> bool:
    """
    Whether a cell is one short word with a digit in it, such as ``R12``: no name, no day and no number of ten digits.
    """
    return len(cell) < 10 and cell.isascii() and cell.isalnum() and not cell.isalpha()


# --- rows


@attrs.frozen
class _CaseRow:
    """
    Attributes:
        first: Its first line in the file.
        last: Its last line.
        quotes: How many quotation marks it has; an odd number means that one is open.
    """

    cells: list[str]
    first: int
    last: int
    quotes: int

    def is_open(self, columns: Iterable[int]) -> bool:
        """
        Whether a quotation mark that was not closed took in the lines below: none of our columns holds a line end.
        """
        if self.first == self.last and self.quotes % 2 == 0:
            return False
        return self.quotes % 2 == 1 or any("\n" in self.cells[at] for at in columns if at < len(self.cells))


@attrs.frozen
class _CaseTable:
    """
    Attributes:
        headings: The row that has the heading of a reference; the first row, if none has.
        line: Its line.
        first: The line of the first row that says anything.
        rows: The rows below it that say anything.
        broken: The line that cannot be read; 0 if there is none.
    """

    headings: list[str]
    line: int
    first: int
    rows: tuple[_CaseRow, ...]
    broken: int = 0


#: The headings are looked for in at most this many rows.
_ABOVE = 30


def _read_table(text: str, settings: Profile, where: str) -> _CaseTable:
    """
    Read the rows of a list, with the separator that Excel names or that gives us a heading.

    Raises:
        Faults: There are more rows or columns than any list of cases has.
    """
    text = text.rstrip(",;\t\r\n ")  # spreadsheets add empty rows
    if len(text) > LONGEST or max(text.count("\n"), text.count("\r")) > MOST_ROWS:
        what = f"this is longer than {MOST_ROWS:,} rows or {LONGEST:,} characters"
        raise Faults((Fault(where, None, what, "export only the cases of the two people"),))
    if any(max(map(line.count, ",;\t")) >= MOST_COLUMNS for line in text.replace("\r", "\n").split("\n")):
        what = f"this has more than {MOST_COLUMNS} columns"
        raise Faults((Fault(where, 1, what, "export only the columns that the profile names"),))
    named = _SEPARATOR.match(text)
    lines = io.StringIO(text[named.end() :] if named else text, newline="").readlines()
    above = 1 if named else 0
    if named:
        return _split_table(lines, named[1], above, settings)
    top = "".join(lines[:_ABOVE])
    signs = sorted(",;\t", key=lambda sign: -top.count(sign))
    found = next((sign for sign in signs if _find_headings(lines[:_ABOVE], sign, settings) is not None), signs[0])
    return _split_table(lines, found, above, settings)


def _find_headings(lines: list[str], separator: str, settings: Profile) -> int | None:
    """
    Return which row has the heading of a reference, if one does.
    """
    ref = _normalise_heading(settings.columns.get("ref", "ref"))
    try:
        for n, row in enumerate(csv.reader(iter(lines), delimiter=separator)):
            if ref in map(_normalise_heading, row):
                return n
    except csv.Error:
        pass
    return None


def _split_table(lines: list[str], separator: str, above: int, settings: Profile) -> _CaseTable:
    reader = csv.reader(iter(lines), delimiter=separator)
    rows: list[_CaseRow] = []
    broken, last = 0, 0
    try:
        for cells in reader:
            first, last = last + 1, reader.line_num
            quotes = sum(line.count('"') for line in lines[first - 1 : last])
            rows.append(_CaseRow(cells, first + above, last + above, quotes))
    except csv.Error:
        quotes = sum(line.count('"') for line in lines[last:])
        if quotes % 2:
            rows.append(_CaseRow([""], last + 1 + above, reader.line_num + above, 1))
        else:
            broken = reader.line_num + above
    at = _find_headings(lines[:_ABOVE], separator, settings)
    rows_with_words = [row for row in rows if any(cell.strip() for cell in row.cells) or row.quotes % 2]
    heading = rows[at] if at is not None else rows_with_words[0] if rows_with_words else _CaseRow([], 1 + above, 1, 0)
    return _CaseTable(
        headings=heading.cells,
        line=heading.first,
        first=next((row.first for row in rows_with_words if any(cell.strip(" ,;\t") for cell in row.cells)), 0),
        rows=tuple(row for row in rows_with_words if row.first > heading.first),
        broken=broken,
    )


def _places_of_columns(row: list[str], settings: Profile, line: int, ask: Tell) -> dict[str, int]:
    """
    Where each column of ours is, by our name for it.
    """
    headings = [_normalise_heading(name) for name in row]
    called = {name: _normalise_heading(settings.columns.get(name, name)) for name in COLUMNS}
    places = {name: headings.index(heading) for name, heading in called.items() if heading in headings}
    for name, heading in called.items():
        if headings.count(heading) > 1:
            ask(line, f"two columns are called '{name}', and the first is read", "rename one of them")
        if name not in places and name != "ref" and (slip := _slip_in_headings(row, heading)):
            ask(line, f"the heading of '{name}' has {slip.what}, so it is not read", slip.remedy)
    return places


def _slip_in_headings(row: list[str], heading: str) -> Slip | None:
    slips = (find_slip(name, lambda text: _normalise_heading(text).strip("\"'") == heading) for name in row)
    return next((slip for slip in slips if slip), None)


def _explain_headings(text: str, table: _CaseTable, settings: Profile) -> tuple[str, str]:
    """
    Say why no column is that of references.
    """
    called = settings.columns.get("ref", "ref")
    heading = _normalise_heading(called)
    if slip := _slip_in_headings(table.headings, heading):
        return f"the heading of 'ref' has {slip.what}", slip.remedy
    line = next(iter(text.splitlines()), "")
    if slip := find_slip(line[:1000], lambda text: heading in map(_normalise_heading, re.split(r"[,;\t]", text))):
        return f"the line of headings has {slip.what}", slip.remedy
    return f"no column is called '{called}'", "rename one, or give its name under 'columns' in the profile"


_NUMBER = re.compile(r"[-+]?[£$€]?[0-9][0-9., ]*%?")
#: What stands at the beginning of a row that counts the others, and of one that may.
_ROWS = r"(?:cases|rows|records|items|families|children|clients|patients|people|entries)"
_COUNTED = rf"(?: (?:number|of|open|all|{_ROWS}))*"
_COUNT = r"[ ]*[:=]?[ ]*[(]?[-+0-9., %£]*[)]?"
_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|running|team|report|column|row)[ -]?)?(?:totals?|sums?|averages?)"
    rf"{_COUNTED}{_COUNT}|number of {_ROWS}{_COUNT}|[0-9]+ {_ROWS}"
)
_PERHAPS_TOTAL = re.compile(r"mean|median|count|max|min|maximum|minimum|overall")


def _plain(text: str) -> str:
    return " ".join(straighten(text).casefold().split())


def _is_total(cells: list[str], ref: int) -> bool:
    """
    Whether a row counts the others: it has a word for that or no reference, and otherwise only numbers.
    """
    own = _plain(cells[ref]) if ref < len(cells) else ""
    first = next(at for at, cell in enumerate(cells) if cell.strip())
    label = _plain(cells[first]) if first != ref else own
    if own and not _may_count(own) and not _TOTAL.fullmatch(label):
        return False
    others = [_plain(cell) for cell in cells[first + 1 :] if cell.strip()]
    if not all(map(_NUMBER.fullmatch, others)):
        return False
    if _NUMBER.fullmatch(label):
        return not own
    return bool(_TOTAL.fullmatch(label)) or (bool(others) and bool(_PERHAPS_TOTAL.fullmatch(own)))


def _may_count(ref: str) -> bool:
    """
    Whether a reference may be a word for what counts the rows.
    """
    return bool(_TOTAL.fullmatch(ref) or _PERHAPS_TOTAL.fullmatch(ref))


def _is_footer(cells: list[str], columns: Mapping[str, int]) -> bool:
    """
    Whether a row of a list with several columns holds nothing but a few words.
    """
    words = [cell for cell in cells if cell.strip()]
    return len(columns) > 2 and len(words) == 1 and len(words[0].split()) > 1


def _mapping_of(row: _CaseRow, columns: Mapping[str, int]) -> YamlMapping:
    return YamlMapping(
        {
            name: (YamlText(_normalise_cell(name, row.cells[at]), row.last), row.last)
            for name, at in columns.items()
            if at < len(row.cells)
        },
        row.last,
    )


def _normalise_heading(name: str) -> str:
    """
    The name of a column, however it is spelt: ``In depth`` is ``in-depth``.
    """
    return re.sub(r"[\s_-]+", "-", name.strip("\ufeff\u200b \t").strip().casefold())


def _normalise_cell(name: str, cell: str) -> str:
    """
    Turn a cell, as case systems and Excel write it, into the way we write it.
    """
    text = cell.strip()
    if not text or _OUR_DAY.fullmatch(text):
        return text
    if name in _DAY_COLUMNS:
        text = _TIME.sub("", text)
        if match := _DAY_FIRST.fullmatch(text):
            day, _, month, year = match.groups()
            number = month if month.isdigit() else str((*MONTHS, month.lower()).index(month.lower()) + 1)
            return f"{year if len(year) == 4 else f'20{year}'}-{number.zfill(2)}-{day.zfill(2)}"
        return text
    if name == "risk":
        return _YES_NO.get(text.lower(), text)
    return re.sub(r"(?<=\d)\.0+$", "", text) if name in ("worker", "supervisor") else text
