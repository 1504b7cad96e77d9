"""
The settings of an agency or profession: intervals, minutes, limits, who regulates. All of it is data.

A profile is a YAML file. Some come with the library; a folder of an agency's own goes before them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import UnknownKey
from reflect.files import forms
from reflect.files.forms import Day, ListOf, NamesWith, Number, ObjectOf, OneOf, Words, fields
from reflect.files.places import OURS, file_of, folders_of, names_package
from reflect.files.reading import read_text
from reflect.files.yaml import Tell
from reflect.planning.caseload import Intervals
from reflect.questions.question import Function
from reflect.questions.sets import LONGEST

_FOLDER = OURS / "profiles"

#: What an item of a session can be. Which of them exist, and in which order, is the profile's.
KINDS = (
    "arrive", "actions", "wellbeing", "workload", "items", "round", "depth", "talk", "learning", "break", "close",
)  # fmt: skip
#: Items of which a session has one at most.
_ONCE = tuple(kind for kind in KINDS if kind not in ("talk", "break"))


@attrs.frozen(kw_only=True)
class Standing:
    """
    An item that a session has whenever it has room.

    Attributes:
        kind: What sort of item it is.
        page: The key of the page it asks from; none for what has no questions.
        title: What it is called; the page's title if nothing is said.
        whose: Whose item it is.
        function: The function of supervision it serves.
        least: Fewest minutes it makes sense in.
        usual: Its usual minutes, which are its share of the time.
        most: Most minutes it takes; None for what takes whatever is left.
        each: Further minutes for each person in the room.
        yields: Which items go first where time is short: the highest number; 0 never goes.
    """

    kind: str
    page: str = ""
    title: str = ""
    whose: str = "both"
    function: Function = attrs.field(default=Function.DEVELOPMENT, converter=Function)
    least: int = 3
    usual: int = 5
    most: int | None = None
    each: float = 0
    yields: int = 0
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Regulator:
    """
    Who regulates a profession from a day on.

    Attributes:
        name: Who regulates.
        since: From this day on.
        nation: In this nation; everywhere if nothing is said.
        source: Where that can be looked up.
    """

    name: str
    since: datetime.date = attrs.field(default=datetime.date.min)
    nation: str = ""
    source: str = ""


@attrs.frozen(kw_only=True)
class Escalation:
    """
    Who is told when a load stays over its limit, rung by rung, and how soon they answer.

    Attributes:
        ladder: Who is told: first the supervisor, then whoever stands above.
        days: Working days within which each answers.
    """

    ladder: tuple[str, ...] = ()
    days: int = 5


@attrs.frozen(kw_only=True)
class Profile:
    """
    The settings of an agency or profession.

    Attributes:
        title: What people call it.
        wording: The words of the profession, by name.
        nation: Where it applies.
        setting: ``one-to-one`` or ``group``.
        length: Minutes of a session if nothing is said.
        every: Days from one session to the next.
        sessions: Sessions in a working year.
        avoid: A model used in so many of the last sessions held is not offered again.
        slots: How many talks in depth a session has, from so many minutes on.
        touch: Days within which a case of each kind is touched.
        depth: Days within which a case of each kind is thought about in depth.
        worry: The worry score from which a case has to be touched.
        apart: The difference between two scores from which it has to.
        round_minutes: Minutes one case of the round takes.
        round_share: The round takes at most one part in so many.
        limit: Workload points that are too many beyond; None if load is not counted in points.
        escalation: Who is told when they are.
        regulator: Who regulates, by date and nation.
        items: The items of a session, in order.
        columns: What a case system calls the columns of its list, by our names.
    """

    title: str
    wording: str = "general"
    nation: str = ""
    setting: str = "one-to-one"
    length: int = 60
    every: int = 28
    sessions: float = 10.5
    avoid: int = 2
    slots: Mapping[str, int] = attrs.field(factory=dict)
    touch: Mapping[str, int] = attrs.field(factory=dict)
    depth: Mapping[str, int] = attrs.field(factory=dict)
    worry: int = 7
    apart: int = 3
    round_minutes: float = 1.5
    round_share: int = 3
    limit: int | None = None
    escalation: Escalation = Escalation()
    regulator: tuple[Regulator, ...] = ()
    items: tuple[Standing, ...] = ()
    columns: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def intervals(self) -> Intervals:
        """
        The figures that divide a caseload.
        """
        return Intervals(
            touch=self.touch, depth=self.depth, worry=self.worry, apart=self.apart, minutes=self.round_minutes
        )

    def talks(self, minutes: int) -> int:
        """
        Return how many talks in depth a session of so many minutes has.
        """
        return max((count for at, count in self.slots.items() if int(at) <= minutes), default=0)

    def regulated_by(self, on: datetime.date, nation: str = "") -> str:
        """
        Return who regulates on a day; nothing if the profile does not say.

        Args:
            on: The day.
            nation: Where, by the name the profile has for it; its own nation if nothing is said.
        """
        here = [each for each in self.regulator if each.since <= on and each.nation in ("", nation or self.nation)]
        return max(here, key=lambda each: each.since).name if here else ""

    def item(self, kind: str) -> Standing | None:
        """
        Return the first item of a kind, if sessions have one.
        """
        return next((item for item in self.items if item.kind == kind), None)


_MINUTES = Number(1, LONGEST)
_DAYS = NamesWith(Number(1, 3660))
#: What the columns of a list of cases are for, by our names.
COLUMNS = (
    "ref", "family", "kind", "touched", "in-depth", "since", "event", "risk", "worker", "supervisor",
)  # fmt: skip

STANDING = ObjectOf(
    Standing,
    fields(
        ("kind", OneOf(KINDS), "what sort of item it is", True),
        ("page", Words(60), "the key of the page it asks from"),
        ("title", Words(80), "what it is called"),
        ("whose", OneOf(("supervisee", "supervisor", "both")), "whose item it is"),
        ("function", OneOf(tuple(map(str, Function))), "the function of supervision it serves"),
        ("least", _MINUTES, "fewest minutes it makes sense in"),
        ("usual", _MINUTES, "its usual minutes"),
        ("most", _MINUTES, "most minutes it takes"),
        ("each", Number(0, 10, whole=False), "further minutes for each person in the room"),
        ("yields", Number(0, 99), "which items go first where time is short, the highest number first; 0 never goes"),
    ),
)
PROFILE = ObjectOf(
    Profile,
    fields(
        ("title", Words(80), "what people call it", True),
        ("wording", Words(80), "the words of the profession: a name, or a YAML file"),
        ("nation", Words(40), "where it applies"),
        ("setting", OneOf(("one-to-one", "group")), "how many people meet"),
        ("length", _MINUTES, "minutes of a session if nothing is said"),
        ("every", Number(1, 366), "days from one session to the next"),
        ("sessions", Number(1, 366, whole=False), "sessions in a working year"),
        ("avoid", Number(0, 20), "a model used in so many of the last sessions is not offered again"),
        ("slots", NamesWith(Number(0, 9)), "talks in depth, from so many minutes on"),
        ("touch", _DAYS, "days within which a case of each kind is touched"),
        ("depth", _DAYS, "days within which a case of each kind is thought about in depth"),
        ("worry", Number(0, 10), "the worry score from which a case has to be touched"),
        ("apart", Number(1, 10), "the difference between two scores from which it has to"),
        ("round-minutes", Number(1, 60, whole=False), "minutes one case of the round takes"),
        ("round-share", Number(1, 10), "the round takes at most one part in so many"),
        ("limit", Number(1, 100_000), "workload points that are too many beyond"),
        (
            "escalation",
            ObjectOf(
                Escalation,
                fields(
                    ("ladder", ListOf(Words(80)), "who is told, rung by rung", True),
                    ("days", Number(1, 60), "working days within which each answers"),
                ),
            ),
            "who is told when a load stays over its limit",
        ),
        (
            "regulator",
            ListOf(
                ObjectOf(
                    Regulator,
                    fields(
                        ("name", Words(100), "who regulates", True),
                        ("since", Day(), "from this day on"),
                        ("nation", Words(40), "in this nation"),
                        ("source", Words(200), "where that can be looked up"),
                    ),
                    short="name",
                )
            ),
            "who regulates, by date and nation",
        ),
        ("items", ListOf(STANDING), "the items of a session, in order", True),
        ("columns", NamesWith(Words(80)), "what a case system calls the columns of its list, by our names"),
    ),
)


def parse(text: str, where: str = "profile.yaml") -> Profile:
    """
    Read a profile from YAML.

    Args:
        text: The file.
        where: What to call it in faults.

    Raises:
        Faults: All that is wrong with it.
    """

    def check(profile: Profile, tell: Tell, _: frozenset[str]) -> None:
        for n, item in enumerate(profile.items):
            most = item.most or LONGEST
            if not item.least <= item.usual <= most:
                tell(item.line, "'least', 'usual' and 'most' are not in this order", "raise the one that is too small")
            if item.kind in _ONCE and any(other.kind == item.kind for other in profile.items[:n]):
                tell(item.line, f"a second item is of the kind '{item.kind}'", "keep one of them")
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
                tell(1, "'slots' has a name that is no number of minutes", "write 'slots: {60: 1, 90: 2}'")
        for column in profile.columns:
            if column not in COLUMNS:
                tell(1, "'columns' has a name that is none of ours", f"write one of: {', '.join(COLUMNS)}")

    found: Profile = forms.read(text, PROFILE, where, check=check)
    return found


def profiles(folders: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """
    Return the names of the profiles there are: those of the folders, and ours.
    """
    found = {file.stem for folder in (*folders_of("profiles", folders), _FOLDER) for file in folder.glob("*.yaml")}
    return tuple(sorted(found))


def profile(name: str | Path | Profile, folders: Iterable[str | Path] = ()) -> Profile:
    """
    Return a profile by its name, or from a file.

    Args:
        name: Its name, a YAML file, or ``"package:agency"``; of several, ``"package:agency/its-name"``.
        folders: Folders of an agency's own, or ``"package:agency"``; the first that has the name goes before ours.

    Raises:
        UnknownKey: There is none of that name.
        Faults: The file is wrong.
    """
    if isinstance(name, Profile):
        return name
    if isinstance(name, str) and names_package(name):
        name = file_of(name, "profiles")
    if isinstance(name, Path) or name.endswith((".yaml", ".yml")):
        return _read(Path(name), str(name))
    known = folders_of("profiles", folders)
    if name not in profiles(known):
        raise UnknownKey(name, profiles(known), "profile")
    file = next(file for folder in (*known, _FOLDER) if (file := folder / f"{name}.yaml").is_file())
    return _read(file, file.name)


def _read(file: Path, where: str) -> Profile:
    """
    A profile from its file; a wording that is a file is looked for beside it.
    """
    found = parse(read_text(file, where), where)
    if found.wording.endswith((".yaml", ".yml")):
        return attrs.evolve(found, wording=str(file.parent / found.wording))
    return found


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of a profile.
    """
    return forms.published(PROFILE, "profile", "Profile", "The settings of an agency or profession.")


__all__ = ["Escalation", "Profile", "Regulator", "Standing", "parse", "profile", "profiles", "schema"]
