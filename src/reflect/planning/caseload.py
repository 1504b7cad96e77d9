"""
Which cases a session talks about, and which it openly leaves out.

Every case is in exactly one list, with the reason why it is there and never with a score:
the two people discuss a difference between their scores when they talk.
"""

from __future__ import annotations

import datetime
import enum
import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from reflect.errors import Refused, UnknownKey
from reflect.files.forms import Day, Number, TextLine, YesNo
from reflect.files.objects import accept, describe
from reflect.shown import Brief

#: The ends of the scale for how worried people are.
LEAST_WORRY, MOST_WORRY = 0, 10

_REF = TextLine(40)
_LAST = Day(not_after=("date",), not_before=("since",))
_WORRY = Number(LEAST_WORRY, MOST_WORRY)
_score = attrs.validators.optional([attrs.validators.ge(LEAST_WORRY), attrs.validators.le(MOST_WORRY)])


class TouchReason(enum.StrEnum):
    RISK = "a risk is open"
    EVENT = "something is due to happen"
    WORRY = "one of you is very worried"
    APART = "you see this one differently"
    UNSAID = "one of you has not said how worried you are"
    DUE = "its time has come"


@attrs.frozen(kw_only=True)
class Case(Brief):
    """
    One case, by a reference that means something to two people only.
    """

    ref: str = attrs.field(
        validator=attrs.validators.min_len(1),
        metadata=describe(_REF, "initials or a reference, never a name", needed=True),
    )
    family: str = accept(_REF, "what it is talked about with, such as brothers and sisters")
    kind: str = accept(_REF, "the sort of plan it is on, as the profile names it")
    touched: datetime.date | None = accept(_LAST, "when it was last spoken about", None)
    in_depth: datetime.date | None = accept(_LAST, "when it was last thought about in depth", None)
    since: datetime.date | None = accept(Day(not_after=("date",)), "when it came", None)
    event: datetime.date | None = accept(Day(not_before=("date",)), "when something is due to happen", None)
    risk: bool = accept(YesNo(), "whether a risk is open", False)
    worker: int | None = accept(
        _WORRY, "how worried the worker is, 0 to 10; dropped once the plan is made", None, validator=_score, repr=False
    )
    supervisor: int | None = accept(
        _WORRY,
        "how worried the supervisor is, 0 to 10; dropped once the plan is made",
        None,
        validator=_score,
        repr=False,
    )

    @property
    def together(self) -> str:
        """
        What it is talked about with: its family, or itself.
        """
        return self.family or self.ref

    @property
    def scored(self) -> bool:
        """
        Whether either of the two has said how worried they are.
        """
        return self.worker is not None or self.supervisor is not None


@attrs.frozen(kw_only=True)
class Intervals(Brief):
    """
    How often cases are spoken about, and when they cannot wait: an agency's own figures.

    Attributes:
        touch: Days within which a case of each kind is touched.
        depth: Days within which a case of each kind is thought about in depth.
        worry: A case with at least this score has to be touched.
        apart: A case has to be touched if the two scores differ by this much.
        minutes: How many minutes one case of the round takes.
    """

    touch: Mapping[str, int] = attrs.field(factory=dict)
    depth: Mapping[str, int] = attrs.field(factory=dict)
    worry: int = 7
    apart: int = 3
    minutes: float = attrs.field(default=1.5, validator=attrs.validators.gt(0))

    def touch_by(self, case: Case) -> datetime.date | None:
        """
        Return the last day on which a case is to be touched; None if no interval is known.
        """
        return _due_date(case.touched or case.since, self.touch.get(case.kind))

    def depth_by(self, case: Case) -> datetime.date | None:
        """
        Return the last day on which a case is to be thought about in depth; None if no interval is known.
        """
        return _due_date(case.in_depth or case.since, self.depth.get(case.kind))


def _due_date(last: datetime.date | None, days: int | None) -> datetime.date | None:
    """
    The day on which an interval runs out; a case without any date has waited longest.
    """
    if days is None:
        return None
    return datetime.date.min if last is None else last + datetime.timedelta(days=days)


@attrs.frozen
class Touch(Brief):
    """
    A case to be touched, and why, the most pressing reason first.
    """

    case: Case
    reasons: tuple[TouchReason, ...]


@attrs.frozen
class Talk(Brief):
    """
    A family to be thought about in depth.

    Attributes:
        chosen: Whether the worker chose it; if not, its turn has come.
    """

    family: str
    cases: tuple[Case, ...]
    chosen: bool = False


@attrs.frozen(kw_only=True)
class Caseload(Brief):
    """
    A caseload on one day. Each case is in one of *in_depth*, *round*, *waiting* and *written*.

    Attributes:
        in_depth: What there is time to think about.
        round: What is touched: exceptions only, a minute or two each.
        waiting: What should be touched but gets no minutes, the most pressing first; it is always named.
        written: What is not discussed today, and can wait.
        backlog: Families that are due in depth but have no slot today; their cases are in one of the lists above.
        carried: What the worker chose but has no slot today; it comes first next time.
    """

    in_depth: tuple[Talk, ...] = ()
    round: tuple[Touch, ...] = ()
    waiting: tuple[Touch, ...] = ()
    written: tuple[Case, ...] = ()
    backlog: tuple[Talk, ...] = ()
    carried: tuple[Talk, ...] = ()


def line_for(name: str, kinds: Collection[str], caseload: Caseload | None, touching: Iterable[str]) -> str:
    """
    Return the line of a session that takes in what somebody puts under a name: a standing item, the family of a talk,
    or a line that touches cases; empty if none does.

    Args:
        name: What it is put under: a kind of item, a case or a family.
        kinds: The kinds of items that can take something in.
        touching: The kinds of items in which cases are touched; the first that there is takes it in.
    """
    if name in kinds:
        return name
    if caseload is None or not name:
        return ""
    for talk in caseload.in_depth:
        if name == talk.family or any(case.ref == name for case in talk.cases):
            return talk.family
    touched = {each for touch in caseload.round for each in (touch.case.ref, touch.case.together)}
    return next((kind for kind in touching if name in touched and kind in kinds), "")


def divide(
    cases: Iterable[Case],
    intervals: Intervals,
    *,
    on: datetime.date,
    until: datetime.date,
    slots: int,
    minutes: float,
    chosen: Sequence[str] = (),
) -> Caseload:
    """
    Return which cases are talked about on a day.

    A case has to be touched if its interval runs out before the next session, something is due to happen by
    then, a risk is open, either score is high, the two differ, or scores are used and one is missing. One slot
    in depth is the worker's choice, the others go to whoever has waited longest against their interval. A
    family is one slot. The rule is ours; ``docs/explanation/sources.md`` has the sum behind it.

    Args:
        cases: All of them, in the order in which the worker lists them; the round keeps it.
        intervals: The agency's figures.
        slots: How many families there is time for in depth.
        chosen: What the worker wants to think about, by family or case, the most wanted first.

    Raises:
        Refused: Two cases have the same reference, or the next session is not after this one.
        UnknownKey: A choice is neither a case nor a family.
    """
    known = tuple(cases)
    if until <= on:
        raise Refused("the next session has to be after this one; name a later date", "until")
    if len({case.ref for case in known}) < len(known):
        raise Refused("two cases have the same reference; give each its own", "cases")
    families: dict[str, list[Case]] = {}
    for case in known:
        families.setdefault(case.together, []).append(case)
    wanted = _families_chosen(chosen, known, families)
    own = wanted[: max(1, slots - 1) if slots else 0]
    turns = sorted((f for f in families if f not in own), key=lambda f: _date_of_turn(families[f], intervals))
    # A family that was chosen but got no slot does not overtake those that have waited.
    picked = [*own, *turns[: slots - len(own)]]
    deep = {case.ref for family in picked for case in families[family]}
    scored = any(case.scored for case in known)
    touches = [
        Touch(case, reasons)
        for case in known
        if case.ref not in deep and (reasons := _reasons_to_touch(case, intervals, on, until, scored=scored))
    ]
    room = math.floor(minutes / intervals.minutes)
    pressing = sorted(range(len(touches)), key=lambda i: _urgency(touches[i], intervals))
    within = set(pressing[:room])
    named = {touch.case.ref for touch in touches}

    def talk(family: str) -> Talk:
        return Talk(family, tuple(families[family]), family in wanted)

    return Caseload(
        in_depth=tuple(map(talk, picked)),
        round=tuple(touch for i, touch in enumerate(touches) if i in within),
        waiting=tuple(touches[i] for i in pressing[room:]),
        written=tuple(case for case in known if case.ref not in deep | named),
        backlog=tuple(
            talk(family)
            for family in turns
            if family not in picked and _date_of_turn(families[family], intervals) < until
        ),
        carried=tuple(talk(family) for family in wanted if family not in picked),
    )


def _families_chosen(chosen: Sequence[str], cases: Iterable[Case], families: Mapping[str, object]) -> tuple[str, ...]:
    of = {case.ref: case.together for case in cases} | {family: family for family in families}
    for name in chosen:
        if name not in of:
            raise UnknownKey(name, tuple(of), "case or family")
    return tuple(dict.fromkeys(of[name] for name in chosen))


def _date_of_turn(cases: Iterable[Case], intervals: Intervals) -> datetime.date:
    """
    The day on which a family's turn comes; the last possible day if no interval is known.
    """
    return min((by for case in cases if (by := intervals.depth_by(case))), default=datetime.date.max)


def _reasons_to_touch(
    case: Case, intervals: Intervals, on: datetime.date, until: datetime.date, *, scored: bool
) -> tuple[TouchReason, ...]:
    by = intervals.touch_by(case)
    scores = [score for score in (case.worker, case.supervisor) if score is not None]
    true = {
        TouchReason.RISK: case.risk,
        TouchReason.EVENT: case.event is not None and on <= case.event <= until,
        TouchReason.WORRY: any(score >= intervals.worry for score in scores),
        TouchReason.APART: len(scores) == 2 and abs(scores[0] - scores[1]) >= intervals.apart,
        TouchReason.UNSAID: scored and len(scores) < 2,
        TouchReason.DUE: by is not None and by < until,
    }
    return tuple(reason for reason in TouchReason if true[reason])


def _urgency(touch: Touch, intervals: Intervals) -> tuple[int, datetime.date]:
    """
    Sort key for when there is not time for every case: the first reason, then which was due first.
    """
    return list(TouchReason).index(touch.reasons[0]), intervals.touch_by(touch.case) or datetime.date.max


@attrs.frozen(kw_only=True)
class Forecast(Brief):
    """
    How many talks a year of sessions has room for, and how many the intervals ask for.
    """

    talks: float
    needed: float
    families: int

    @property
    def enough(self) -> bool:
        return self.talks >= self.needed

    @property
    def each(self) -> float:
        """
        Talks in depth that each family gets in a year, if they are shared equally.
        """
        return self.talks / self.families if self.families else 0.0


def forecast(cases: Iterable[Case], intervals: Intervals, *, slots: int, sessions: float) -> Forecast:
    """
    Compare the talks a year has room for with those the intervals ask for: 2 slots × 10.5 sessions is 21 talks.

    Args:
        intervals: The agency's figures.
        sessions: Sessions in a working year.
    """
    shortest: dict[str, float] = {}
    for case in cases:
        days = intervals.depth.get(case.kind, math.inf)
        shortest[case.together] = min(days, shortest.get(case.together, math.inf))
    needed = sum(365 / days for days in shortest.values())
    return Forecast(talks=slots * sessions, needed=needed, families=len(shortest))
