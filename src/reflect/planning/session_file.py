"""
The session file: who, when, how long, what is on people's minds, the cases, and what was done before.

It is only ever read. What is private to one or two people has no place in it: it is said in the room, or
stands in a file of its own that only its writer may open, and that is named on the call.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import Fault, Faults, UnknownKey, write_one_of
from reflect.files import forms
from reflect.files.forms import (
    Clock,
    Day,
    Either,
    ListOf,
    Moment,
    NamesWith,
    Number,
    ObjectOf,
    OneOf,
    Words,
    YesNo,
    fields,
)
from reflect.files.reading import read_text
from reflect.files.yaml import Named, Tell, Text, Value
from reflect.papers.paper import many
from reflect.papers.workload import Total
from reflect.planning.caseload import LEAST_WORRY, MOST_WORRY, Case
from reflect.planning.profiles import COLUMNS, KINDS, Profile, profile
from reflect.questions.rings import Ring
from reflect.questions.sets import LONGEST

_SAY_IT = "say it in the room, or keep it in a file of its own that only you may open, and name that with --private"


@attrs.frozen(kw_only=True)
class Wish:
    """
    Something one of the two wants to talk about.

    Attributes:
        what: What it is, in a line.
        under: Which item takes it in: the kind of a standing item, or a case or family; its own place if nothing.
        minutes: How long it needs.
        purpose: Whether it is to decide, to think or to tell.
        ring: Who may read it; the supervision file's readers, or in a group the group, if nothing is said.
        since: The session it was first brought to, if it was put off.
        stands: The file its words stand in and which of the supervisee's items there it is, if it was carried over.
    """

    what: str = attrs.field(repr=False)
    under: str = ""
    minutes: int | None = None
    purpose: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    since: datetime.date | None = None
    stands: tuple[str, int] | None = attrs.field(default=None, eq=False, repr=False)
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Promise:
    """
    An action agreed before.

    Attributes:
        what: What was to be done.
        who: Who does it.
        due: By when.
        status: What has become of it.
        case: The case it is about, if it is about one.
        carried: How many times it was carried forward.
    """

    what: str = attrs.field(repr=False)
    who: str
    due: datetime.date | None = None
    status: str = "open"
    case: str = ""
    carried: int = 0
    line: int = attrs.field(default=0, eq=False, repr=False)

    @property
    def open(self) -> bool:
        """
        Whether it is still to be done.
        """
        return self.status == "open"


@attrs.frozen(kw_only=True)
class Informal:
    """
    A decision made outside a session: in a corridor, on the phone.

    Attributes:
        about: The case or matter.
        happened: When it was made.
        written: When it was written down.
        how: Where or by what means.
        by: Who decided.
        confirmed: Whether the other person has confirmed it.
        decision: What was decided.
        rationale: Why.
    """

    about: str
    happened: datetime.datetime
    written: datetime.datetime | None = None
    how: str = ""
    by: str = ""
    confirmed: bool = False
    decision: str = attrs.field(default="", repr=False)
    rationale: str = attrs.field(default="", repr=False)
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Load:
    """
    A workload, in an agency's points.

    Attributes:
        points: How many it comes to today.
        limit: How many are too many beyond; the profile's if nothing is said.
        said: When it was said before.
        written: When it was put in writing before.
        level: The rung of the ladder that knows already, 1 for the supervisor.
        relief: Whether something was agreed that brings it down.
        earlier: What it came to before.
    """

    points: int
    limit: int | None = None
    said: tuple[datetime.date, ...] = ()
    written: tuple[datetime.date, ...] = ()
    level: int = 1
    relief: bool = False
    earlier: tuple[Total, ...] = ()


@attrs.frozen(kw_only=True)
class SessionFile:
    """
    What a session file says.

    Attributes:
        date: The day of the session.
        start: When it begins.
        minutes: How long it is; the profile's length if nothing is said.
        next: The day of the next.
        place: Where.
        profile: The settings of the agency or profession, by name or file.
        wording: The words of the profession, if not the profile's.
        nation: Where the two work, if not where the profile says.
        organisation: Whose paper it is.
        marking: For example OFFICIAL-SENSITIVE.
        supervisee: Who is supervised: initials or a role.
        supervisor: Who supervises: initials or a role.
        people: How many are in the room.
        today: What cannot wait, and may displace anything.
        after_shock: Whether something has happened that comes before any model.
        supervisee_items: What the supervisee brings.
        supervisor_items: What the supervisor brings.
        previous_actions: What was agreed before.
        informal: Decisions made between sessions.
        workload: The load in points.
        cases: The caseload, or the CSV file it stands in.
        choose: Cases or families the supervisee wants to think about in depth.
        slots: How many talks in depth, if not what the profile says.
        without: Kinds of standing items that are not wanted today.
        models: What is used for a case, a family or ``talk``, by key; chosen from the journal if nothing is said.
        seed: Another number, another choice among models that are as good.
    """

    date: datetime.date
    start: str = ""
    minutes: int | None = None
    next: datetime.date | None = None
    place: str = ""
    profile: str = "general"
    wording: str = ""
    nation: str = ""
    organisation: str = ""
    marking: str = ""
    supervisee: str = attrs.field(default="", repr=False)
    supervisor: str = attrs.field(default="", repr=False)
    people: int = 2
    today: Wish | None = None
    after_shock: bool = False
    supervisee_items: tuple[Wish, ...] = ()
    supervisor_items: tuple[Wish, ...] = ()
    previous_actions: tuple[Promise, ...] = ()
    informal: tuple[Informal, ...] = ()
    workload: Load | None = None
    cases: tuple[Case, ...] | str = ()
    choose: tuple[str, ...] = ()
    slots: int | None = None
    without: tuple[str, ...] = ()
    models: Mapping[str, str] = attrs.field(factory=dict)
    seed: int = 0

    @property
    def case_list(self) -> tuple[Case, ...]:
        """
        The cases; none while they are in a CSV file that nobody has read.
        """
        return () if isinstance(self.cases, str) else self.cases

    @property
    def case_names(self) -> tuple[str, ...]:
        """
        What a case or a family can be called.
        """
        return tuple(dict.fromkeys(name for case in self.case_list for name in (case.ref, case.together)))

    def until(self, settings: Profile) -> datetime.date:
        """
        Return the day of the next session, as it is known or usual.
        """
        return self.next or self.date + datetime.timedelta(days=settings.every)


_REF = Words(40)
_PAIR = (Ring.OWN, Ring.PAIR)
#: What an item of the agenda may say of its readers: two rings are refused, each with what to do.
_RING = OneOf(
    tuple(str(ring) for ring in (Ring.PERSONAL, Ring.CASE, Ring.GROUP)), tuple((str(ring), _SAY_IT) for ring in _PAIR)
)
_MINUTES = Number(1, LONGEST)
WISH = ObjectOf(
    Wish,
    fields(
        ("what", Words(160), "what it is, in a line", True),
        ("under", _REF, "the item that takes it in: a standing item, a case or a family"),
        ("minutes", _MINUTES, "how long it needs"),
        ("purpose", OneOf(("decide", "think", "tell")), "to decide, to think or to tell"),
        ("ring", _RING, "who may read it"),
        ("since", Day(), "the session it was first brought to, if it was put off"),
    ),
    short="what",
)
_WORRY = Number(LEAST_WORRY, MOST_WORRY)
CASE = ObjectOf(
    Case,
    fields(
        ("ref", _REF, "initials or a reference, never a name", True),
        ("family", _REF, "what is talked about together, such as brothers and sisters"),
        ("kind", _REF, "the sort of plan it is on, as the profile names it"),
        ("touched", Day(), "when it was last spoken about"),
        ("in-depth", Day(), "when it was last thought about in depth"),
        ("since", Day(), "when it came"),
        ("event", Day(), "when something is due to happen"),
        ("risk", YesNo(), "whether a risk is open"),
        ("worker", _WORRY, "how worried the worker is, 0 to 10; dropped once the plan is made"),
        ("supervisor", _WORRY, "how worried the supervisor is, 0 to 10; dropped once the plan is made"),
    ),
)
PROMISE = ObjectOf(
    Promise,
    fields(
        ("what", Words(160), "what was to be done", True),
        ("who", Words(60), "who does it: supervisee, supervisor or another, by role", True),
        ("due", Day(), "by when"),
        ("status", OneOf(("open", "done", "changed", "dropped")), "what has become of it"),
        ("case", _REF, "the case it is about"),
        ("carried", Number(0, 99), "how many times it was carried forward"),
    ),
)
INFORMAL = ObjectOf(
    Informal,
    fields(
        ("about", _REF, "the case or matter, by reference", True),
        ("happened", Moment(), "when it was decided", True),
        ("written", Moment(), "when it was written down"),
        ("how", Words(60), "where or by what means"),
        ("by", Words(60), "who decided"),
        ("confirmed", YesNo(), "whether the other person has confirmed it"),
        ("decision", Words(300), "what was decided; it goes on the case record, and on no agenda"),
        ("rationale", Words(300), "why; if nobody said it then, leave it out"),
    ),
)
LOAD = ObjectOf(
    Load,
    fields(
        ("points", Number(0, 100_000), "how many points it comes to today", True),
        ("limit", Number(1, 100_000), "how many are too many beyond"),
        ("said", ListOf(Day()), "when it was said before"),
        ("written", ListOf(Day()), "when it was put in writing before"),
        ("level", Number(1, 9), "the rung of the ladder that knows already"),
        ("relief", YesNo(), "whether something was agreed that brings it down"),
        ("earlier", many(Total), "what it came to before, each with its date"),
    ),
    short="points",
)
SESSION = ObjectOf(
    SessionFile,
    fields(
        ("date", Day(), "the day of the session", True),
        ("start", Clock(), "when it begins"),
        ("minutes", _MINUTES, "how long it is"),
        ("next", Day(), "the day of the next session"),
        ("place", Words(80), "where"),
        ("profile", Words(120), "the settings of the agency or profession: a name, or a YAML file"),
        ("wording", Words(120), "the words of the profession: a name, or a YAML file"),
        ("nation", Words(40), "where the two work"),
        ("organisation", Words(80), "whose paper it is"),
        ("marking", Words(40), "for example OFFICIAL-SENSITIVE"),
        ("supervisee", Words(60), "who is supervised: initials or a role"),
        ("supervisor", Words(60), "who supervises: initials or a role"),
        ("people", Number(2, 40), "how many are in the room"),
        ("today", WISH, "what cannot wait, and may displace anything"),
        ("after-shock", YesNo(), "whether something has happened that comes before any model"),
        ("supervisee-items", ListOf(WISH), "what the supervisee brings"),
        ("supervisor-items", ListOf(WISH), "what the supervisor brings"),
        ("previous-actions", ListOf(PROMISE), "what was agreed before"),
        ("informal", ListOf(INFORMAL), "decisions made between sessions"),
        ("workload", LOAD, "the load, in the agency's points"),
        ("cases", Either(Words(200), ListOf(CASE)), "the caseload, or the CSV file it stands in"),
        ("choose", ListOf(_REF), "cases or families the supervisee wants to think about in depth"),
        ("slots", Number(0, 9), "how many talks in depth"),
        ("without", ListOf(OneOf(KINDS)), "standing items that are not wanted today"),
        ("models", NamesWith(Words(60)), "what is used for a case, a family or 'talk', by key"),
        ("seed", Number(0, 999_999), "another number, another choice among models that are as good"),
    ),
)


@attrs.frozen
class Told:
    """
    A session file as read, with what its writer should look at.

    Attributes:
        file: What it says.
        warnings: Lines that may hold what identifies somebody; none repeats it.
    """

    file: SessionFile
    warnings: tuple[Fault, ...] = ()


def parse(text: str, where: str = "session.yaml") -> Told:
    """
    Read a session file from its text; a CSV file it names is not looked at.

    Args:
        text: The file.
        where: What to call it in faults.

    Raises:
        Faults: All that is wrong with it.
    """
    found, faults, _ = _as_far(text, where)
    if faults or found is None:
        raise Faults(faults)
    return Told(found, tuple(_identifying(text, where)))


def _as_far(text: str, where: str) -> tuple[SessionFile | None, tuple[Fault, ...], bool]:
    """
    What a session file says as far as it can be read, all that is wrong with it, and whether all its cases are known.
    """
    listed = True

    def check(file: SessionFile, tell: Tell, wrong: frozenset[str]) -> None:
        nonlocal listed
        listed = "cases" not in wrong
        if file.next and file.next <= file.date:
            tell(_line(text, "next"), "'next' is not after 'date'", "write a later day, or leave it out")
        if isinstance(file.cases, str):
            return  # they are looked at beside the list
        refs = [case.ref for case in file.cases]
        if len(set(refs)) < len(refs):
            tell(_line(text, "cases"), "two cases have one reference", "give each its own")
        if not listed:
            return  # what is named may be one that could not be read
        known = (*KINDS, *file.case_names)
        for wish in (*file.supervisee_items, *file.supervisor_items):
            if wish.under and wish.under not in known:
                tell(wish.line, "'under' is no item, case or family", write_one_of(wish.under, known))
        if any(name not in file.case_names for name in file.choose):
            tell(_line(text, "choose"), "'choose' names what is no case and no family", "write it as 'cases' has it")

    found, faults = forms.as_far(text, SESSION, where, check=check)
    return found, faults, listed


def _line(text: str, name: str) -> int:
    """
    Where a name stands at the margin.
    """
    found = re.search(rf"^{name}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def load(path: Path, folders: Iterable[str | Path] = ()) -> tuple[Told, Profile]:
    """
    Read a session file, its profile, and the list of cases it names.

    Args:
        path: The file.
        folders: Folders of an agency's own profiles, or ``"package:agency"``.

    Raises:
        Faults: All that is wrong with one of them.
        UnknownKey: There is no such profile.
    """
    text = read_text(path, str(path))
    file, found, listed = _as_far(text, str(path))
    faults = list(found)
    warnings = list(_identifying(text, str(path)))
    settings: Profile | None = None
    if file is not None:
        own = path.parent / file.profile
        try:
            settings = profile(own if file.profile.endswith((".yaml", ".yml")) else file.profile, folders)
        except Faults as wrong:
            faults += wrong.faults
        except UnknownKey:
            if not faults:
                raise
    if file is not None and settings is not None:
        if isinstance(file.cases, str):
            where = path.parent / file.cases
            try:
                rows = read_text(where, str(where))
                file = attrs.evolve(file, cases=cases_of(rows, settings, str(where)))
                warnings += _identifying_in(rows, settings, str(where))
            except Faults as wrong:
                faults += wrong.faults
                listed = False
        # Of a list that could not be read nobody knows which cases are in it.
        if listed:
            faults += (fault for fault in _against(file, settings, text, str(path)) if fault not in faults)
    if faults or file is None or settings is None:
        raise Faults(faults)
    return Told(file, tuple(warnings)), settings


def _against(file: SessionFile, settings: Profile, text: str, where: str) -> Iterator[Fault]:
    """
    What only shows beside the profile: kinds of cases without an interval, and choices of a CSV's cases.
    """
    kinds = {*settings.touch, *settings.depth}
    line = _line(text, "cases")
    lost = sorted({case.kind for case in file.case_list if case.kind and case.kind not in kinds})
    if lost and kinds:
        remedy = f"write one of: {', '.join(sorted(kinds))}; or add it to 'touch' and 'depth' of the profile"
        what = "one kind of case is" if len(lost) == 1 else f"{len(lost)} kinds of cases are"
        yield Fault(where, line, f"{what} not in the profile", remedy)
    names = file.case_names
    if any(name not in names for name in file.choose):
        yield Fault(
            where, _line(text, "choose"), "'choose' names what is no case and no family", "write it as 'cases' has it"
        )
    if any(name not in names and name != "talk" for name in file.models):
        remedy = "write 'talk', or a case or family as 'cases' has it"
        yield Fault(where, _line(text, "models"), "'models' names what is no case, no family and not 'talk'", remedy)
    group = settings.setting == "group"
    for wish in (*file.supervisee_items, *file.supervisor_items, *((file.today,) if file.today else ())):
        if wish.ring is not None and group != (wish.ring is Ring.GROUP):
            remedy = "leave 'ring' out: the group reads it" if group else "write personal or case, or leave it out"
            yield Fault(where, wish.line, f"'ring: {wish.ring}' has no reader in this profile", remedy)
        if wish.under and wish.under not in KINDS and wish.under not in names:
            yield Fault(
                where, wish.line, "'under' is no item, case or family", write_one_of(wish.under, (*KINDS, *names))
            )


def cases_of(text: str, settings: Profile, where: str = "cases.csv") -> tuple[Case, ...]:
    """
    Read cases from the CSV that a case system exports; its other columns are not looked at.

    Args:
        text: The file.
        settings: The profile, which may say what the system calls its columns.
        where: What to call it in faults.

    Raises:
        Faults: All that is wrong with it.
    """
    faults: dict[Fault, None] = {}

    def tell(line: int, what: str, remedy: str) -> None:
        faults[Fault(where, line, what, remedy)] = None

    rows, above = _rows(text)
    try:
        head = [_heading(name) for name in next(rows, [])]
        columns = {}
        for name in COLUMNS:
            called = _heading(settings.columns.get(name, name))
            if called in head:
                columns[name] = head.index(called)
        if "ref" not in columns:
            called = settings.columns.get("ref", "ref")
            tell(
                1 + above,
                f"no column is called '{called}'",
                "name it so, or say under 'columns' of the profile what it is called",
            )
        found: list[Case] = []
        lines: dict[str, int] = {}
        for row in rows:
            if not any(cell.strip() for cell in row) or "ref" not in columns:
                continue
            line = rows.line_num + above
            cells: dict[str, tuple[Value, int]] = {
                name: (Text(_plainly(name, row[at]), line), line) for name, at in columns.items() if at < len(row)
            }
            case = CASE.read(Named(cells, line), "the case", tell)
            if case is not None and case.ref in lines:
                tell(line, f"this case stands on line {lines[case.ref]} too", "keep one of them")
            elif case is not None:
                lines[case.ref] = line
                found.append(case)
    except csv.Error:
        tell(rows.line_num + above, "this line is not one of a CSV file", "export the list again, as CSV in UTF-8")
    if faults:
        raise Faults(faults)
    return tuple(found)


def _rows(text: str) -> tuple[Any, int]:
    """
    The rows of a list, and how many lines stand above them: Excel may say there what stands between the cells.
    """
    said = _BETWEEN.match(text)
    rest = text[said.end() :] if said else text
    between = said[1] if said else max(",;\t", key=re.split(r"[\r\n]", rest, maxsplit=1)[0].count)
    return csv.reader(io.StringIO(rest, newline=""), delimiter=between), 1 if said else 0


def _identifying_in(text: str, settings: Profile, where: str) -> Iterator[Fault]:
    """
    What a list of cases may hold that identifies somebody, told once for all its lines; our own days are no births.
    """
    rows, above = _rows(text)
    ours = {_heading(settings.columns.get(name, name)) for name in _DAYS}
    head = [_heading(name) for name in next(rows, [])]
    lines: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        cells = (cell for name, cell in itertools.zip_longest(head, row, fillvalue="") if name not in ours)
        for fault in _identifying(" | ".join(" ".join(cell.split()) for cell in cells), where):
            lines.setdefault((fault.what, fault.remedy), []).append(rows.line_num + above)
    for (what, remedy), found in lines.items():
        more = f", and so may {len(found) - 1} more" if len(found) > 1 else ""
        yield Fault(where, found[0], what + more, remedy)


_BETWEEN = re.compile(r"sep=([,;\t])[ \t]*\r?\n", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A day as case systems and Excel write it: day before month, in figures or with the month's name.
_DAY_FIRST = re.compile(r"(\d\d?)([/. -])(\d\d?|[A-Za-z]{3})[a-z]*\2(\d{4}|\d\d)")
_TIME = re.compile(r"[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?$")
_DAYS = ("touched", "in-depth", "since", "event")
_YES_NO = {"y": "yes", "1": "yes", "n": "no", "0": "no"}


def _heading(name: str) -> str:
    """
    The name of a column, however it is spelt: ``In depth`` is ``in-depth``.
    """
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def _plainly(name: str, cell: str) -> str:
    """
    A cell as case systems and Excel write it, the way we do.
    """
    text = cell.strip()
    if name in _DAYS:
        text = _TIME.sub("", text)
        if match := _DAY_FIRST.fullmatch(text):
            day, _, month, year = match.groups()
            known = month if month.isdigit() else str((*_MONTHS, month.lower()).index(month.lower()) + 1)
            return f"{year if len(year) == 4 else f'20{year}'}-{known.zfill(2)}-{day.zfill(2)}"
        return text
    if name == "risk":
        return _YES_NO.get(text.lower(), text)
    return re.sub(r"(?<=\d)\.0+$", "", text) if name in ("worker", "supervisor") else text


# --- what is private to the two


@attrs.frozen
class _Private:
    pair: tuple[str, ...] = attrs.field(repr=False)


PRIVATE = ObjectOf(
    _Private, fields(("pair", ListOf(Words(160)), "what the two of you want to remember to talk about", True))
)


def private_lines(path: Path) -> tuple[str, ...]:
    """
    Read what is for the two alone, from a file that nobody else may open.

    Raises:
        Faults: Others may open it, or it holds something else.
    """
    text = read_text(path, str(path))
    mode = path.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        remedy = f"close it to others first: chmod 600 {path.name}"
        raise Faults((Fault(str(path), None, "may be opened by others", remedy),))
    found: _Private = forms.read(text, PRIVATE, str(path))
    return found.pair


# --- what identifies somebody

_BIRTH = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d\b")
_BORN = re.compile(r"\b(?:dob|born|date of birth)\b", re.IGNORECASE)
_TEN = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_CAPITAL = r"[A-ZÀ-Ý][A-Za-zÀ-ÿ'’-]{0,25}[a-zà-ÿ]"
_NAME = re.compile(rf"\b{_CAPITAL}(?:[ \t]+{_CAPITAL})+")
#: Words with a capital that are no part of anybody's name.
_COMMON = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december street road house court lane avenue centre center room school hospital
    team service services social work worker care council county city north south east west united kingdom royal
    college university health trust office board annual review case plan meeting conference order section act
    the a an and of for with what my our we i is how when where who this that new official sensitive
    """.split()  # noqa: SIM905  # words one can read
)
_USED_LINE = re.compile(r"^\s*(?:place|organisation|marking|profile|wording|nation|title)\s*:")


def _checks(digits: str) -> bool:
    """
    Whether ten digits end in the check digit of an NHS number.
    """
    check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return {11: 0}.get(check, check) == int(digits[9])


def _identifying(text: str, where: str) -> Iterator[Fault]:
    for n, raw in enumerate(text.split("\n"), 1):
        line = re.sub(r"(?:^|\s)#.*", "", raw)
        numbers = ("".join(filter(str.isdigit, found)) for found in _TEN.findall(line))
        if any(_checks(number) for number in numbers):
            yield Fault(where, n, "this line may hold an NHS number", "take it out; a reference is enough")
        if _BIRTH.search(line) or _BORN.search(line):
            yield Fault(where, n, "this line may hold a date of birth", "take it out; an age is enough, if that")
        if not _USED_LINE.match(line) and any(_named(found) for found in _NAME.findall(line)):
            yield Fault(where, n, "this line may hold a full name", "write initials, a role or a reference")


def _named(words: str) -> bool:
    known = [word.lower() not in _COMMON for word in words.split()]
    return any(first and second for first, second in pairwise(known))


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of a session file.
    """
    return forms.published(
        SESSION, "session-file", "Session file", "Who, when, what is on people's minds, and what was done before."
    )
