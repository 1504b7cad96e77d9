"""
The settings of an agency or profession: intervals, minutes, limits, who regulates. All of it is data.

A profile is a YAML file. Some come with the library; an agency's own folder takes precedence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import Fault, UnknownKey
from reflect.files import objects
from reflect.files.folders import is_file, is_folder, list_folder
from reflect.files.forms import USUAL_MINUTES, Day, ListOf, NameLine, NamesWith, Number, OneOf, TextLine
from reflect.files.objects import accept, describe, form_of, list_of
from reflect.files.places import OURS, file_of, folders_of, names_package, need_path
from reflect.files.reading import read_text
from reflect.files.yaml import Tell
from reflect.planning.caseload import Case, Intervals
from reflect.questions.question import Function
from reflect.questions.sets import LONGEST
from reflect.shown import Brief

_FOLDER = OURS / "profiles"

#: The kinds of items that a session can have. The profile says which of them it does have, and in what order.
ITEM_KINDS = (
    "arrive", "actions", "wellbeing", "workload", "items", "round", "depth", "talk", "learning", "break", "close",
)  # fmt: skip
#: Our names for the columns of a list of cases.
COLUMNS = tuple(field.name for field in form_of(Case).fields)
#: A session has at most one item of each of these kinds.
_ONCE = tuple(kind for kind in ITEM_KINDS if kind not in ("talk", "break"))
_MINUTES = Number(1, LONGEST)
_DAYS = NamesWith(Number(1, 3660))
_NO_NAMES: Any = attrs.Factory(dict)


@attrs.frozen(kw_only=True)
class StandingItem(Brief):
    """
    An item that every session has, as long as there is room.
    """

    kind: str = attrs.field(metadata=describe(OneOf(ITEM_KINDS), "what sort of item it is", needed=True))
    page: str = accept(NameLine(60), "the key of the page it asks from")
    title: str = accept(TextLine(80), "what it is called")
    whose: str = accept(OneOf(("supervisee", "supervisor", "both")), "whose item it is", "both")
    function: Function = accept(
        OneOf(tuple(map(str, Function))),
        "the function of supervision it serves",
        Function.DEVELOPMENT,
        converter=Function,
    )
    least: int = accept(_MINUTES, "fewest minutes it makes sense in", 3)
    usual: int = accept(_MINUTES, "its usual minutes", 5)
    most: int | None = accept(_MINUTES, "most minutes it takes", None)
    each: float = accept(Number(0, 10, whole=False), "further minutes for each person in the room", 0)
    yields: int = accept(
        Number(0, 99), "which items go first where time is short, the highest number first; 0 never goes", 0
    )
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Regulator(Brief):
    """
    Who regulates a profession from a day on.
    """

    name: str = attrs.field(metadata=describe(TextLine(100), "who regulates", needed=True, short=True))
    since: datetime.date = accept(Day(any_year=True), "from this day on", datetime.date.min)
    nation: str = accept(TextLine(40), "in this nation")
    source: str = accept(TextLine(200), "where that can be looked up")


@attrs.frozen(kw_only=True)
class EscalationRule(Brief):
    """
    Who is told when a load stays over its limit, rung by rung, and how soon they have to answer.
    """

    ladder: tuple[str, ...] = attrs.field(
        default=(), metadata=describe(ListOf(TextLine(80)), "who is told, rung by rung", needed=True)
    )
    days: int = accept(Number(1, 60), "working days within which each answers", 5)


@attrs.frozen(kw_only=True)
class Profile(Brief):
    """
    The settings of an agency or profession.
    """

    title: str = attrs.field(metadata=describe(TextLine(80), "what people call it", needed=True))
    wording: str | Path = accept(NameLine(80), "the words of the profession: a name, or a YAML file", "general")
    nation: str = accept(TextLine(40), "where it applies")
    setting: str = accept(OneOf(("one-to-one", "group")), "how many people meet", "one-to-one")
    length: int = accept(Number(1, LONGEST, usual=USUAL_MINUTES), "minutes of a session if nothing is said", 60)
    every: int = accept(Number(1, 366, usual=(5, 120)), "days from one session to the next", 28)
    sessions: float = accept(Number(1, 366, whole=False), "sessions in a working year", 10.5)
    avoid: int = accept(Number(0, 20), "a model used in this many of the last sessions is not offered again", 2)
    slots: Mapping[str, int] = accept(
        NamesWith(Number(0, 9)), "talks in depth, by the least minutes of a session", _NO_NAMES
    )
    touch: Mapping[str, int] = accept(_DAYS, "days within which a case of each kind is touched", _NO_NAMES)
    depth: Mapping[str, int] = accept(
        _DAYS, "days within which a case of each kind is thought about in depth", _NO_NAMES
    )
    worry: int = accept(Number(0, 10), "the worry score from which a case has to be touched", 7)
    apart: int = accept(Number(1, 10), "the difference between two scores from which a case has to be touched", 3)
    round_minutes: float = accept(Number(1, 60, whole=False), "minutes one case of the round takes", 1.5)
    round_share: int = accept(Number(1, 10), "the round takes at most one part in this many", 3)
    limit: int | None = accept(Number(1, 100_000), "workload points beyond which a load is too much", None)
    escalation: EscalationRule = accept(
        form_of(EscalationRule), "who is told when a load stays over its limit", EscalationRule()
    )
    regulator: tuple[Regulator, ...] = accept(list_of(Regulator), "who regulates, by date and nation", ())
    items: tuple[StandingItem, ...] = attrs.field(
        default=(), metadata=describe(list_of(StandingItem), "the items of a session, in order", needed=True)
    )
    columns: Mapping[str, str] = accept(
        NamesWith(TextLine(80)), "what a case system calls the columns of its list, by our names", _NO_NAMES
    )

    @property
    def intervals(self) -> Intervals:
        return Intervals(
            touch=self.touch, depth=self.depth, worry=self.worry, apart=self.apart, minutes=self.round_minutes
        )

    def talks(self, minutes: int) -> int:
        """
        Return how many talks in depth there are in a session of this length.
        """
        return max((count for at, count in self.slots.items() if int(at) <= minutes), default=0)

    def regulated_by(self, on: datetime.date, nation: str = "") -> str:
        """
        Return who regulates on a day; empty if the profile does not say.

        Args:
            on: The day.
            nation: Where the work is done, if not where the profile says.
        """
        here = [each for each in self.regulator if each.since <= on and each.nation in ("", nation or self.nation)]
        return max(here, key=lambda each: each.since).name if here else ""

    def item(self, kind: str) -> StandingItem | None:
        """
        Return the first item of a kind, if sessions have one.
        """
        return next((item for item in self.items if item.kind == kind), None)


def parse(text: str, where: str = "profile.yaml") -> Profile:
    """
    Read a profile from YAML.

    Raises:
        Faults: All that is wrong with it.
    """
    return parse_with_doubts(text, where)[0]


def parse_with_doubts(text: str, where: str = "profile.yaml") -> tuple[Profile, tuple[Fault, ...]]:
    """
    Read a profile from YAML; return what may not be meant in it, too.

    Raises:
        Faults: All that is wrong with it.
    """

    def check(profile: Profile, tell: Tell, _: frozenset[str]) -> None:
        for n, item in enumerate(profile.items):
            most = item.most or LONGEST
            if not item.least <= item.usual <= most:
                tell(item.line, "'least', 'usual' and 'most' are not in this order", "raise the one that is too small")
            if item.kind in _ONCE and any(other.kind == item.kind for other in profile.items[:n]):
                tell(item.line, f"there is a second item of the kind '{item.kind}'", "keep one of them")
            if item.kind == "close" and item.least < 5:
                tell(item.line, "the close has less than five minutes", "give it 'least: 5' or more")
            if item.kind == "depth" and item.least < 15:
                tell(item.line, "a talk in depth has less than fifteen minutes", "give it 'least: 15' or more")
        kinds = [item.kind for item in profile.items]
        if "round" in kinds:
            late = [k for k in ("wellbeing", "workload") if k in kinds and kinds.index(k) > kinds.index("round")]
            for kind in late:
                tell(profile.items[kinds.index(kind)].line, f"'{kind}' comes after the cases", "move it before 'round'")
        for length in profile.slots:
            if not length.isdecimal():
                tell(1, "'slots' has a name that is not a number of minutes", "write 'slots: {60: 1, 90: 2}'")
        for column in profile.columns:
            if column not in COLUMNS:
                tell(1, "'columns' has a name that is not one of ours", f"write one of: {', '.join(COLUMNS)}")

    return objects.read_with_doubts(text, Profile, where, check=check)


def profile_names(folders: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """
    Return the names of the profiles there are: those of the folders, and ours.
    """
    known = (*folders_of("profiles", folders), _FOLDER)
    found = {file.stem for folder in known if is_folder(folder) for file in list_folder(folder, ".yaml")}
    return tuple(sorted(found))


def profile(name: str | Path | Profile, folders: Iterable[str | Path] = ()) -> Profile:
    """
    Return a profile by its name, or from a file.

    Args:
        name: Its name, the path of a YAML file, or ``"package:agency"``; if a package has several,
            ``"package:agency/its-name"``.
        folders: An agency's own folders, or ``"package:agency"``; the first that has the name is used, before ours.

    Raises:
        UnknownKey: There is no profile of that name.
        Refused: A file is named by a text; a path is a `pathlib.Path`.
        Faults: The file is wrong.
    """
    if isinstance(name, Profile):
        return name
    if isinstance(name, str) and names_package(name):
        name = file_of(name, "profiles")
    if isinstance(name, Path):
        return _read_file(name, str(name))
    if name.endswith((".yaml", ".yml")):
        need_path(name, "the file of a profile")
    known = folders_of("profiles", folders)
    if name not in profile_names(known):
        raise UnknownKey(name, profile_names(known), "profile")
    file = next(file for folder in (*known, _FOLDER) if is_file(file := folder / f"{name}.yaml"))
    return _read_file(file, file.name)


def _read_file(file: Path, where: str) -> Profile:
    """
    Read a profile; if its wording is a file, look for that beside it.
    """
    found = parse(read_text(file, where), where)
    if isinstance(found.wording, str) and found.wording.endswith((".yaml", ".yml")):
        return attrs.evolve(found, wording=file.parent / found.wording)
    return found
