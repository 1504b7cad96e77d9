"""
Papers for speaking up: a load that is too much, whom it goes to, and a session that is overdue.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import groupby
from typing import Self

import attrs

from reflect.errors import Refused
from reflect.files.forms import Day, ListOf, NamesWith, Number, OneOf, TextLine, YesNo
from reflect.files.objects import list_of
from reflect.pages.catalogues import Catalogue
from reflect.papers.paper import REGULATOR, StandingPaper, guard
from reflect.questions.rings import Ring
from reflect.sessions.attendance import day_held
from reflect.sessions.days import overdue_in_words
from reflect.sessions.journal import Journal
from reflect.sessions.nations import NationOrCalendar, add_working_days, our_titles
from reflect.sessions.record import Record
from reflect.shown import count_of
from reflect.text.prose import day_in_words, list_days

_FILE = Ring.PERSONAL
_PAST = Day(not_after=("date",))
_LINE, _TEXT, _NAME = TextLine(160), TextLine(2000), TextLine(60)
_POINTS = Number(0, 100_000, whole=False)
#: Causes of a load that are not one person's doing (Community Care, November 2016).
CAUSES = ("demand", "vacancy", "absence", "system")


@attrs.frozen(kw_only=True)
class WeighedWork(StandingPaper):
    """
    One piece of work, and what it weighs.
    """

    ref: str = guard(_FILE, _NAME, "its reference", needed=True)
    kind: str = guard(_FILE, _NAME, "what sort it is, as the scheme has it")
    points: float | None = guard(_FILE, _POINTS, "what it weighs, if not as usual", None)
    reason: str = guard(_FILE, _LINE, "why it weighs something else")


@attrs.frozen(kw_only=True)
class LoadTotal(StandingPaper):
    """
    What a load came to on a day.
    """

    date: datetime.date | None = guard(_FILE, _PAST, "the day", None, needed=True)
    points: float = guard(_FILE, _POINTS, "what it came to", 0, needed=True)


@attrs.frozen(kw_only=True)
class ExtraDuty(StandingPaper):
    """
    Work besides the cases.
    """

    what: str = guard(_FILE, _NAME, "duty, a student, mentoring", needed=True)
    points: float = guard(_FILE, _POINTS, "what it weighs", 0, needed=True)


@attrs.frozen(kw_only=True)
class Workload(StandingPaper):
    """
    A workload statement: what the load is, when it was raised, and when it was put in writing (1.10, lessons 6 and 8).
    """

    OF = "workload"
    DATED = "date"

    date: datetime.date | None = guard(_FILE, Day(), "the day of this statement", None)
    scheme: str = guard(_FILE, _LINE, "the agency's scheme, and its version")
    unit: str = guard(_FILE, OneOf(("points", "hours", "cases")), "what is counted", "points")
    weights: Mapping[str, float] = guard(
        _FILE, NamesWith(_POINTS), "what a piece of work of each sort weighs", attrs.Factory(dict), eq=False
    )
    hours: float | None = guard(_FILE, Number(0, 99, whole=False), "hours a week", None)
    stable: float = guard(_FILE, _POINTS, "what leave, training and meetings weigh", 0)
    work: tuple[WeighedWork, ...] = guard(_FILE, list_of(WeighedWork), "the pieces of work", ())
    extras: tuple[ExtraDuty, ...] = guard(_FILE, list_of(ExtraDuty), "what is done besides them", ())
    total: float | None = guard(_FILE, _POINTS, "what it comes to, if it is not added up from the above", None)
    limit: float | None = guard(_FILE, _POINTS, "the limit, beyond which it is too much", None)
    earlier: tuple[LoadTotal, ...] = guard(_FILE, list_of(LoadTotal), "what it came to before", ())
    not_done: str = guard(_FILE, _TEXT, "what is not being done safely, or on time", repr=False)
    cause: str = guard(_FILE, OneOf(CAUSES), "what it comes from")
    said: tuple[datetime.date, ...] = guard(_FILE, ListOf(_PAST), "when it was said", ())
    written: tuple[datetime.date, ...] = guard(_FILE, ListOf(_PAST), "when it was put in writing before", ())
    acknowledged: datetime.date | None = guard(
        _FILE, Day(not_before=("date",)), "when the supervisor confirmed having it", None
    )
    by: str = guard(_FILE, _NAME, "who confirmed, by role")
    view: str = guard(_FILE, _TEXT, "how the supervisor sees it", repr=False)
    relief: str = guard(_FILE, _TEXT, "what is taken away, paused, shared or put off", repr=False)
    since: datetime.date | None = guard(_FILE, Day(), "from when", None)
    regulator: str = guard(_FILE, REGULATOR, "who regulates the work on that day")

    SAYS = dict.fromkeys(("comes_to", "over", "trend", "rows", "spoken", "in_writing", "receipt"), _FILE)

    def __attrs_post_init__(self) -> None:
        lost = sorted({each.kind for each in self.work if each.points is None and each.kind not in self.weights})
        if lost:
            raise Refused("some work has no weight; give it points, or give its kind a weight under 'weights'")

    def _weight(self, piece: WeighedWork) -> float:
        return piece.points if piece.points is not None else self.weights[piece.kind]

    @property
    def comes_to(self) -> float | None:
        """
        What the load comes to: the total if one was given, otherwise the sum; None if nothing was given.
        """
        if self.total is not None or not (self.work or self.extras or self.stable):
            return self.total
        return self.stable + sum(map(self._weight, self.work)) + sum(each.points for each in self.extras)

    @property
    def over(self) -> str:
        """
        How the load compares with the limit, in a sentence; nothing if either is not known.
        """
        if self.comes_to is None or self.limit is None:
            return ""
        text = f"{self.comes_to:g} {self.unit}, where {self.limit:g} is the limit"
        more = self.comes_to - self.limit
        return f"{text}: {more:g} too many." if more > 0 else f"{text}."

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """
        What it is made up of: the work, its weight, and the reason if that is unusual.
        """
        stable = (("Leave, training, meetings", f"{self.stable:g}", ""),) if self.stable else ()
        work = tuple((f"{each.ref} {each.kind}".strip(), f"{self._weight(each):g}", each.reason) for each in self.work)
        return (*stable, *work, *((each.what, f"{each.points:g}", "") for each in self.extras))

    @property
    def trend(self) -> tuple[tuple[str, str], ...]:
        """
        What it came to before (at most three, the earliest first), and what it comes to now.
        """
        before = sorted((each for each in self.earlier if each.date), key=lambda each: each.date or datetime.date.min)
        past = tuple((day_in_words(each.date), f"{each.points:g}") for each in before[-3:] if each.date)
        if not past or self.comes_to is None:
            return past
        return (*past, (day_in_words(self.date) if self.date else "now", f"{self.comes_to:g}"))

    @property
    def spoken(self) -> str:
        """
        When it was said, in words: "not yet said" if it was not; nothing on a blank.
        """
        return self._days("said on", self.said, "not yet said")

    @property
    def in_writing(self) -> str:
        """
        When it was put in writing before this statement, in words; nothing on a blank.
        """
        return self._days("in writing on", self.written, "not yet in writing before today")

    @property
    def receipt(self) -> str:
        """
        Who confirmed having it and when, in words; nothing on a blank.
        """
        if self.acknowledged:
            return f"acknowledged{f' by the {self.by}' if self.by else ''} on {day_in_words(self.acknowledged)}"
        return "not yet acknowledged" if self.comes_to is not None else ""

    def _days(self, words: str, days: tuple[datetime.date, ...], none: str) -> str:
        if not days:
            return none if self.comes_to is not None else ""
        return f"{words} {list_days(days)}"


def in_a_row(causes: tuple[str, ...]) -> tuple[str, int]:
    """
    Return the cause that the latest statements name, and how many of them in a row do so.
    """
    runs = [(cause, len(list(same))) for cause, same in groupby(causes)]
    return runs[-1] if runs else ("", 0)


@attrs.frozen(kw_only=True)
class Attempt(StandingPaper):
    """
    Something that was tried.
    """

    date: datetime.date | None = guard(_FILE, Day(not_after=("raised", "sent")), "the day", None)
    what: str = guard(_FILE, _LINE, "what was done or said", needed=True, repr=False)


@attrs.frozen(kw_only=True)
class Escalation(StandingPaper):
    """
    Taking something up the line, in writing. It belongs to the worker, and we never send it.

    Source: a lesson in Community Care, November 2016.
    """

    OF = "escalation"
    DATED = "raised"

    what: str = guard(
        _FILE, OneOf(("workload", "safety", "disagreement", "missed supervision", "unmet action")), "what it is"
    )
    facts: str = guard(_FILE, _TEXT, "the facts, in figures and dates", repr=False)
    people: str = guard(_FILE, _TEXT, "what it risks for people", repr=False)
    worker: str = guard(_FILE, _TEXT, "what it risks for the worker", repr=False)
    tried: tuple[Attempt, ...] = guard(_FILE, list_of(Attempt), "what was tried, with dates", ())
    ladder: tuple[str, ...] = guard(
        _FILE, ListOf(_NAME), "whom it goes to, one after another, the supervisor first", ()
    )
    level: int = guard(_FILE, Number(1, 9), "how far up it goes: 1 for the first", 1)
    raised: datetime.date | None = guard(_FILE, Day(), "the day it is raised", None)
    days: int = guard(_FILE, Number(1, 60), "working days to answer in", 5)
    nation: str = guard(_FILE, NationOrCalendar(our_titles()), "whose bank holidays count", "England")
    sent: datetime.date | None = guard(_FILE, Day(not_before=("raised",)), "the day the worker sent it", None)
    wanted: str = guard(_FILE, _TEXT, "what answer is wanted", repr=False)
    answer: str = guard(_FILE, _TEXT, "what was answered, and by whom", repr=False)
    answered: datetime.date | None = guard(_FILE, Day(not_before=("sent", "raised")), "when", None)
    satisfied: bool | None = guard(_FILE, YesNo(), "whether that settles it", None)
    regulator: str = guard(_FILE, REGULATOR, "who regulates the work on the day it is raised")

    SAYS = dict.fromkeys(("to", "next", "respond_by", "standing"), _FILE)

    def __attrs_post_init__(self) -> None:
        if self.ladder and self.level > len(self.ladder):
            raise Refused(f"the ladder has {len(self.ladder)} rungs, and no level {self.level}; add one, or go lower")

    @property
    def to(self) -> str:
        """
        Whom it goes to, by role.
        """
        return self.ladder[self.level - 1] if self.ladder else ""

    @property
    def next(self) -> str:
        """
        Who comes after them, if it is not settled; nothing at the top.
        """
        return self.ladder[self.level] if self.level < len(self.ladder) else ""

    @property
    def respond_by(self) -> datetime.date | None:
        """
        The day by which an answer is wanted, counted in working days; None if it has not been raised yet.
        """
        return add_working_days(self.raised, self.days, self.nation) if self.raised else None

    @property
    def standing(self) -> str:
        """
        Whether it was sent, in a sentence; nothing on a blank.
        """
        if self.sent:
            return f"Sent on {day_in_words(self.sent)}."
        return "Not sent. It is yours until you send it." if self.raised or self.facts else ""


@attrs.frozen(kw_only=True)
class Request(StandingPaper):
    """
    Asking for supervision after a gap. Nothing personal is in it.

    Source: a lesson in Community Care, November 2016.
    """

    OF = "request"
    WRITER = "supervisee"
    DATED = "date"

    date: datetime.date | None = guard(_FILE, Day(), "the day of asking", None)
    last: datetime.date | None = guard(_FILE, _PAST, "the last session held", None)
    every: int | None = guard(_FILE, Number(1, 366), "days agreed between sessions", None)
    minutes: int | None = guard(_FILE, Number(1, 1440), "minutes agreed", None)
    to: str = guard(_FILE, _NAME, "who is asked, by role")
    offered: tuple[datetime.date, ...] = guard(_FILE, ListOf(Day(not_before=("date",))), "days that suit", ())

    SAYS = {"ago": _FILE, "overdue": _FILE}

    @classmethod
    def of_journal(cls, journal: Journal, *, models: Catalogue | None = None) -> Self:
        """
        Return the letter with the day of the last session in a journal that was held.

        Args:
            models: Where models are found; ours if nothing is said.
        """
        return cls(last=journal.held[-1].date if journal.held else None)

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return the letter with the day of a session, and nothing else of its record.

        Raises:
            Refused: The record does not show that the session was held.
        """
        held = day_held(record)
        if held is None:
            what = "this record does not show that a session was held: it has no day, or nothing is filled in"
            raise Refused(f"{what}; name the record of the last session that was held, or the folder of the journal")
        return cls(last=held)

    @property
    def ago(self) -> str:
        """
        How long ago the last session was: "84 days ago"; nothing if a date is missing, or if it was the same day.
        """
        days = (self.date - self.last).days if self.date and self.last else 0
        return f"{count_of(days, 'day')} ago" if days > 0 else ""

    @property
    def overdue(self) -> str:
        """
        How late a session is: "13 days overdue"; nothing if it is not, or if a date is missing.
        """
        return overdue_in_words(self.last, self.every, self.date) if self.date and self.last and self.every else ""
