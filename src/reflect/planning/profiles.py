"""
The settings of an agency or profession: intervals, minutes, limits, who regulates. All of it is data.

A profile is a YAML file. Some come with the library; an agency's own folder takes precedence.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from reflect.files import objects
from reflect.files.folders import is_folder, list_folder
from reflect.files.forms import USUAL_MINUTES, Day, ListOf, NameLine, NamesWith, Number, OneOf, TextLine, YesNo
from reflect.files.named import Named
from reflect.files.objects import TellAt, accept, describe, form_of, list_of
from reflect.files.places import NamedFiles, folders_of, names_package
from reflect.files.reading import read_text
from reflect.planning.caseload import Case, Intervals
from reflect.questions.question import Function
from reflect.questions.sets import LONGEST
from reflect.sessions.nations import Nation, find_nation, nation
from reflect.shown import Brief

_FILES = NamedFiles("profiles", "profile", "the file of a profile")

#: The kinds of items that a session can have. The profile says which of them it does have, and in what order.
ITEM_KINDS = (
    "arrive", "before", "actions", "wellbeing", "workload", "items", "round", "depth", "talk", "short", "learning",
    "frame", "break", "close",
)  # fmt: skip
#: Our names for the columns of a list of cases.
COLUMNS = tuple(field.name for field in form_of(Case).fields)
#: A session has at most one item of each of these kinds.
_ONCE = tuple(kind for kind in ITEM_KINDS if kind not in ("talk", "frame", "break"))
_MINUTES = Number(1, LONGEST)
#: The least minutes of a session, as a name that talks stand under.
LENGTH = Number(1, LONGEST)
_DAYS = NamesWith(Number(1, 3660))
_NO_NAMES: Any = attrs.Factory(dict)


@attrs.frozen(kw_only=True)
class StandingItem(Brief):
    """
    An item that every session has, as long as there is room.
    """

    kind: str = attrs.field(metadata=describe(OneOf(ITEM_KINDS), "what sort of item it is", needed=True))
    page: str = accept(NameLine(120, "page"), "the key of the page it asks from")
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
    when: str = accept(
        OneOf(("always", "something")), "whether it is there always, or only if there is something for it", "always"
    )
    shows: int = accept(Number(1, 4), "how many of its questions an agenda shows", 1)
    turn: int = accept(Number(0, 20), "sessions after which it has its turn, if nobody asks for it; 0 for never", 0)
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

    Attributes:
        nations: The nations of the agency's own; ours stand behind them.
        named: What its file names, with lines; empty if it was read from no file.
    """

    title: str = attrs.field(metadata=describe(TextLine(80), "what people call it", needed=True))
    wording: str | Path = accept(
        NameLine(80, "wording"), "the words of the profession: a name, or a YAML file", "general"
    )
    plain: bool = accept(YesNo(), "whether questions are printed in their plain form on every paper", False)
    profession: str = accept(
        NameLine(60, "profession"), "which profession, as the files of nations call it: who regulates it is there"
    )
    nation: str = accept(TextLine(80, "nation"), "where it applies: the name of a nation, or a YAML file")
    setting: str = accept(OneOf(("one-to-one", "group")), "how many people meet", "one-to-one")
    peers: bool = accept(YesNo(), "whether the two are colleagues, and neither supervises the other", False)
    length: int = accept(Number(1, LONGEST, usual=USUAL_MINUTES), "minutes of a session if nothing is said", 60)
    every: int = accept(Number(1, 366, usual=(5, 120)), "days from one session to the next", 28)
    sessions: float = accept(Number(1, 366, whole=False), "sessions in a working year", 10.5)
    avoid: int = accept(Number(0, 20), "a model used in this many of the last sessions is not offered again", 6)
    not_offered: tuple[str, ...] = accept(
        ListOf(NameLine(60, "model")), "models that are not for this work, by key", ()
    )
    slots: Mapping[str, int] = accept(
        NamesWith(Number(0, 9), LENGTH), "talks in depth, by the least minutes of a session", _NO_NAMES
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
    regulator: tuple[Regulator, ...] = accept(list_of(Regulator), "who regulates, if not as the nation's file says", ())
    items: tuple[StandingItem, ...] = accept(
        list_of(StandingItem), "the items of an ordinary session, in order, if not those of its occasion", ()
    )
    items_with_cases: bool = accept(
        YesNo(), "whether the items are only for a session that looks at cases; any other is an ordinary one", False
    )
    occasion: str | Path = accept(
        NameLine(80, "occasion"),
        "what a session is for if nobody says it: a name, or a YAML file; by default, as the facts have it",
    )
    record: str = accept(
        NameLine(60, "paper of a session"), "the template of the record of an ordinary session, and of a group's"
    )
    papers: tuple[str, ...] = accept(ListOf(NameLine(60, "further paper")), "further papers that every session has", ())
    remarks: tuple[str, ...] = accept(ListOf(TextLine(300)), "what whoever plans is told; it is on no paper", ())
    columns: Mapping[str, str] = accept(
        NamesWith(TextLine(80), OneOf(COLUMNS)),
        "what a case system calls the columns of its list, by our names",
        _NO_NAMES,
    )
    nations: tuple[Nation, ...] = attrs.field(default=(), eq=False, repr=False)
    named: tuple[Named, ...] = attrs.field(default=(), eq=False, repr=False)

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

    def without_unused_items(self, cases: bool) -> Profile:
        """
        Return the settings of a session; its items are not there if they are for cases, and it looks at none.

        Args:
            cases: Whether it looks at cases.
        """
        return self if cases or not self.items_with_cases else attrs.evolve(self, items=(), slots={})

    def regulated_by(self, on: datetime.date, nation: str = "") -> str:
        """
        Return who regulates on a day, as the profile says, or else the file of the nation; empty if neither does.

        Args:
            on: The day.
            nation: Where the work is done, if not where the profile says.
        """
        here = [each for each in self.regulator if each.since <= on and each.nation in ("", nation or self.nation)]
        if here:
            return max(here, key=lambda each: each.since).name
        rules = self.rules(nation)
        return rules.regulated_by(self.profession, on) if rules and self.profession else ""

    def rules(self, nation: str = "") -> Nation | None:
        """
        Return what is particular to the nation where the work is done; None if it is not said, or not known.

        Args:
            nation: What people call it, if it is not where the profile says.
        """
        title = nation or self.nation
        return find_nation(title, self.nations) if title else None

    def for_group(self) -> Profile:
        """
        Return the settings of a group of the same profession: its headings, its record and its length stay those of its
        occasion, since nothing of a meeting of two is in a room with several.
        """
        if self.setting == "group":
            return self
        return attrs.evolve(
            self,
            setting="group",
            peers=False,
            remarks=() if self.peers else self.remarks,
            items=(),
            slots={},
            items_with_cases=False,
            occasion="",
            record="",
            papers=(),
        )

    def item(self, kind: str) -> StandingItem | None:
        """
        Return the first item of a kind, if sessions have one.
        """
        return next((item for item in self.items if item.kind == kind), None)

    def tell_wrong(self, tell: TellAt, _: Collection[str] = ()) -> None:
        """
        Tell what is wrong with the whole of it.
        """
        tell_wrong_items(self.items, tell, close=5)
        kinds = [item.kind for item in self.items]
        if "round" in kinds:
            late = [k for k in ("wellbeing", "workload") if k in kinds and kinds.index(k) > kinds.index("round")]
            for kind in late:
                tell(self.items[kinds.index(kind)].line, f"'{kind}' comes after the cases", "move it before 'round'")


def tell_wrong_items(items: Sequence[StandingItem], tell: TellAt, close: int = 1) -> None:
    """
    Tell what is wrong with the items of a profile, or with the headings of an occasion.

    Args:
        close: The fewest minutes of the close.
    """
    for n, item in enumerate(items):
        most = item.most or LONGEST
        if not item.least <= item.usual <= most:
            tell(item.line, "'least', 'usual' and 'most' are not in this order", "raise the one that is too small")
        if item.kind in _ONCE and any(other.kind == item.kind for other in items[:n]):
            tell(item.line, f"there is a second item of the kind '{item.kind}'", "keep one of them")
        if item.kind == "close" and item.least < close:
            tell(item.line, "the close has less than five minutes", "give it 'least: 5' or more")
        if item.kind == "frame" and not item.page:
            tell(item.line, "an item of the kind 'frame' has no page to ask from", "give it 'page', or another kind")
        if item.kind == "depth" and item.least < 15:
            tell(item.line, "a talk in depth has less than fifteen minutes", "give it 'least: 15' or more")


def profile_names(folders: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """
    Return the names of the profiles there are: those of the folders, and ours.
    """
    return _FILES.names(folders)


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
    known = folders_of("profiles", folders)
    file, where = _FILES.find(name, known)
    # A profile that is named by its file knows the nations beside it, and not those of other folders.
    return _read_file(file, where, () if isinstance(name, Path) or names_package(name) else known)


def _read_file(file: Path, where: str, folders: Iterable[Path] = ()) -> Profile:
    """
    Read a profile; if its wording, its occasion or its nation is a file, look for that beside it.

    Args:
        folders: Folders of profiles. A folder of nations beside one of these, or beside the profile's own, counts too.
    """
    found = objects.read(read_text(file, where), Profile, where)
    files = {
        name: file.parent / value
        for name in ("wording", "occasion")
        if isinstance(value := getattr(found, name), str) and value.endswith((".yaml", ".yml"))
    }
    found = attrs.evolve(found, **files)  # type: ignore[arg-type]  # both may be paths
    beside = dict.fromkeys(folder.parent / "nations" for folder in (*folders, file.parent) if folder != _FILES.ours)
    own = [nation(each) for folder in beside if is_folder(folder) for each in list_folder(folder, ".yaml")]
    if found.nation.endswith((".yaml", ".yml")):
        own.insert(0, nation(file.parent / found.nation))
        found = attrs.evolve(found, nation=own[0].title)
    # Ours name only what is there, unless somebody has a page of the same key.
    named = () if file.parent == _FILES.ours else found.named
    return attrs.evolve(found, nations=tuple(own), named=named)
