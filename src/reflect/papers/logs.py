"""
Papers made from what is kept already: actions still to be done, sessions held, a year looked back on, and what an
auditor may know.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

import attrs

from reflect.errors import UnknownKey
from reflect.files.forms import Day, ListOf, Number, OneOf, Words
from reflect.files.objects import list_of
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers.paper import Paper, guard
from reflect.papers.workload import CAUSES, in_a_row
from reflect.questions.rings import Ring
from reflect.sessions.days import day_in_words
from reflect.sessions.journal import Entry, Journal
from reflect.sessions.record import Record
from reflect.sessions.series import series

_FILE, _HELD, _OPEN = Ring.PERSONAL, Ring.ASSURANCE, Ring.OPEN
_LINE, _NAME = Words(200), Words(60)
_MINUTES = Number(1, 1440)


# --- actions


@attrs.frozen(kw_only=True)
class Logged(Paper):
    """
    An action, and what has become of it. It is of the ring of the list it stands in.
    """

    what: str = attrs.field(default="", repr=False, metadata=guard(_OPEN, _LINE, "what is to be done", needed=True))
    who: str = attrs.field(default="", repr=False, metadata=guard(_OPEN, _NAME, "who does it: one person, by role"))
    by: str = attrs.field(default="", metadata=guard(_OPEN, Words(40), "by when"))
    arose: str = attrs.field(default="", metadata=guard(_OPEN, Words(40), "when it was agreed"))
    status: str = attrs.field(
        default="open",
        metadata=guard(_OPEN, OneOf(("open", "done", "changed", "dropped")), "what has become of it"),
    )
    carried: int = attrs.field(default=0, metadata=guard(_OPEN, Number(0, 99), "how many times it was carried forward"))


@attrs.frozen(kw_only=True)
class ActionLog(Paper):
    """
    Actions still to be done: those of the personal file and those of cases, which never share a paper (1.9).
    """

    personal: tuple[Logged, ...] = attrs.field(
        default=(), metadata=guard(_FILE, list_of(Logged), "what belongs to the supervision file")
    )
    case: tuple[Logged, ...] = attrs.field(
        default=(),
        metadata=guard(Ring.CASE, list_of(Logged), "what belongs to the records of the people worked with"),
    )

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return the actions of one record.
        """
        return cls.of((record,))

    @classmethod
    def of(cls, records: Iterable[Record]) -> Self:
        """
        Return the actions of records, in their order. What is for two people alone is in no log.
        """
        found: dict[Ring, list[Logged]] = {_FILE: [], Ring.CASE: []}
        for record in records:
            day = dict(record.facts).get("date", "")
            for action in record.actions:
                if action.ring in found:
                    logged = Logged(what=action.what, who=action.who, by=action.by, arose=day)
                    found[action.ring].append(logged)
        return cls(personal=tuple(found[_FILE]), case=tuple(found[Ring.CASE]))


# --- sessions held


@attrs.frozen(kw_only=True)
class Held(Paper):
    """
    One session, as anybody may know of it who only has to know that it was held.
    """

    date: datetime.date | None = attrs.field(default=None, metadata=guard(_OPEN, Day(), "its day", needed=True))
    status: str = attrs.field(default="held", metadata=guard(_OPEN, OneOf(("held", "cancelled")), "held or cancelled"))
    by: str = attrs.field(default="", metadata=guard(_OPEN, _NAME, "who cancelled it"))
    rearranged: datetime.date | None = attrs.field(
        default=None, metadata=guard(_OPEN, Day(), "the day it was moved to")
    )
    minutes: int | None = attrs.field(default=None, metadata=guard(_OPEN, _MINUTES, "how long it was"))

    @classmethod
    def of(cls, entry: Entry) -> Held:
        """
        Return what anybody may know of a session in a journal.
        """
        return cls(
            date=entry.date, status=entry.status, by=entry.by, rearranged=entry.rearranged, minutes=entry.minutes
        )

    @property
    def words(self) -> str:
        """
        Whether it was held, or who cancelled it and whether it was moved.
        """
        if self.status == "held":
            return "held"
        by = "both" if self.by == "both" else f"the {self.by}"
        moved = f"moved to {day_in_words(self.rearranged)}" if self.rearranged else "not rearranged"
        return f"cancelled{f' by {by}' if self.by else ''}, {moved}"


@attrs.frozen(kw_only=True)
class SupervisionLog(Paper):
    """
    Which sessions were held, and which were not. Source: BACP's guide to supervision asks for such a log.

    It has no models in it: the name of one can tell what somebody was going through.
    """

    sessions: tuple[Held, ...] = attrs.field(default=(), metadata=guard(_HELD, list_of(Held), "the sessions"))
    every: int | None = attrs.field(default=None, metadata=guard(_HELD, Number(1, 366), "days agreed between sessions"))
    minutes: int | None = attrs.field(default=None, metadata=guard(_HELD, _MINUTES, "minutes agreed"))
    date: datetime.date | None = attrs.field(default=None, metadata=guard(_HELD, Day(), "the day the log is looked at"))

    SAYS: ClassVar[Mapping[str, Ring]] = {"rows": _HELD, "overdue": _HELD, "flags": _HELD}

    @classmethod
    def of(
        cls,
        journal: Journal,
        *,
        every: int | None = None,
        minutes: int | None = None,
        date: datetime.date | None = None,
    ) -> SupervisionLog:
        """
        Return the log that a journal makes.

        Args:
            journal: What the two have kept.
            every: How many days apart sessions are agreed to be.
            minutes: How long they are agreed to be.
            date: The day it is looked at.
        """
        return cls(sessions=tuple(map(Held.of, journal.entries)), every=every, minutes=minutes, date=date)

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """
        Day, what became of it, and minutes, the earliest first.
        """
        known = sorted((each for each in self.sessions if each.date), key=lambda each: each.date or datetime.date.min)
        return tuple(
            (day_in_words(each.date), each.words, str(each.minutes or "")) for each in known if each.date is not None
        )

    @property
    def overdue(self) -> str:
        """
        How late a session is on the day of the log: "13 days overdue"; nothing if it is not, or a date is missing.
        """
        held = [each.date for each in self.sessions if each.date and each.status == "held"]
        if not (held and self.every and self.date):
            return ""
        late = (self.date - max(held)).days - self.every
        return f"{late} day{'s' if late != 1 else ''} overdue" if late > 0 else ""

    @property
    def flags(self) -> tuple[str, ...]:
        """
        What to look at: sessions that were not rearranged, and how many of the last six were cut short.
        """
        lost = [each for each in self.sessions if each.status == "cancelled" and each.rearranged is None]
        by = {each.by for each in lost if each.by in ("supervisee", "supervisor")}
        who = f" by the {by.pop()}" if len(by) == 1 and all(each.by for each in lost) else ""
        held = [each for each in self.sessions if each.status == "held" and each.minutes][-6:]
        short = [each for each in held if self.minutes and each.minutes and each.minutes < self.minutes]
        said = []
        if lost:
            said.append(f"{_many(len(lost), 'session')} cancelled{who} and not rearranged")
        if short:
            said.append(f"{len(short)} of the last {_many(len(held), 'session')} under {self.minutes} minutes")
        return tuple(said)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


# --- a year


@attrs.frozen(kw_only=True)
class AnnualReview(Paper):
    """
    A year of supervision looked back on. It counts sessions, and rates nobody. What it counts is ours.
    """

    sessions: tuple[Held, ...] = attrs.field(default=(), metadata=guard(_HELD, list_of(Held), "sessions held or not"))
    covered: tuple[tuple[str, int, datetime.date | None], ...] = attrs.field(
        default=(), metadata=guard(_FILE, None, "elements and functions")
    )
    models: tuple[tuple[str, int], ...] = attrs.field(default=(), metadata=guard(_FILE, None, "the models used"))
    useful: tuple[str, ...] = attrs.field(
        default=(), repr=False, metadata=guard(_FILE, ListOf(Words(300)), "what was useful")
    )
    change: tuple[str, ...] = attrs.field(
        default=(), repr=False, metadata=guard(_FILE, ListOf(Words(300)), "what was to change")
    )
    causes: tuple[str, ...] = attrs.field(
        default=(), metadata=guard(_FILE, ListOf(OneOf(CAUSES)), "what workload statements named, in their order")
    )

    SAYS: ClassVar[Mapping[str, Ring]] = {"counts": _HELD, "rows": _FILE, "load": _FILE, "log": _HELD}

    @classmethod
    def of(cls, journal: Journal, *, causes: Iterable[str] = (), models: Catalogue | None = None) -> AnnualReview:
        """
        Return what a journal says of a year. Remarks that are for the two alone are left out.

        Args:
            journal: What the two have kept.
            causes: What workload statements named as the cause, the earliest first.
            models: Where models are found; ours if nothing is said.
        """
        known = {head.key: head.title for head in (our_catalogue() if models is None else models).heads()}
        seen = series(journal, models=models)
        filed = [entry for entry in journal.held if entry.ring is _FILE]
        return cls(
            sessions=tuple(map(Held.of, journal.entries)),
            covered=tuple((bar.name, bar.sessions, bar.last) for bar in seen.bars) if journal.held else (),
            models=tuple((known.get(key, key), times) for key, times in seen.models),
            useful=tuple(entry.useful for entry in filed if entry.useful),
            change=tuple(entry.change for entry in filed if entry.change),
            causes=tuple(causes),
        )

    @property
    def counts(self) -> str:
        """
        How many sessions were held, how many were not, and how long they were; nothing on a blank.
        """
        held = [each for each in self.sessions if each.status == "held"]
        if not self.sessions:
            return ""
        lengths = [each.minutes for each in held if each.minutes]
        long = f", {round(sum(lengths) / len(lengths))} minutes on average" if lengths else ""
        return f"{_many(len(self.sessions), 'session')} planned, {len(held)} held{long}."

    @property
    def log(self) -> tuple[str, ...]:
        """
        The sessions that were not held, each with its day and who cancelled it.
        """
        return tuple(
            f"{day_in_words(each.date)}: {each.words}"
            for each in self.sessions
            if each.date and each.status == "cancelled"
        )

    @property
    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """
        The chart: what, a bar, how many sessions touched it, and when last.
        """
        return tuple(
            (name.capitalize(), "\u25a0" * min(times, 24), str(times), day_in_words(last) if last else "not yet")
            for name, times, last in self.covered
        )

    @property
    def load(self) -> str:
        """
        What workload statements have named at least three times in a row, in a sentence; nothing otherwise.
        """
        cause, times = in_a_row(self.causes)
        return f"{times} workload statements in a row name {cause} as the cause." if times >= 3 else ""


# --- what an auditor may know


@attrs.frozen(kw_only=True)
class AuditItem(Paper):
    """
    One item as an auditor may know it: a standing item by its name, any other by whose it was.
    """

    what: str = attrs.field(default="", metadata=guard(_OPEN, _NAME, "its name, or whose it was", needed=True))
    minutes: int = attrs.field(default=1, metadata=guard(_OPEN, _MINUTES, "how long it was planned to be"))
    outcome: str = attrs.field(
        default="", metadata=guard(_OPEN, OneOf(("as planned", "changed", "not reached")), "what became of it")
    )


@attrs.frozen(kw_only=True)
class AuditView(Paper):
    """
    What an auditor may know of a session. No narrative, no rating, no score, and no count of headings.
    """

    session: Held = attrs.field(factory=Held, metadata=guard(_HELD, None, "whether it was held"))
    planned: int | None = attrs.field(default=None, metadata=guard(_HELD, _MINUTES, "minutes planned"))
    parts: tuple[AuditItem, ...] = attrs.field(default=(), metadata=guard(_HELD, list_of(AuditItem), "its items"))
    supervisee: str = attrs.field(default="", metadata=guard(_HELD, _NAME, "how the supervisee signed"))
    supervisor: str = attrs.field(default="", metadata=guard(_HELD, _NAME, "how the supervisor signed"))
    in_depth: int | None = attrs.field(default=None, metadata=guard(_HELD, Number(0, 9999), "families in depth"))
    touched: int | None = attrs.field(default=None, metadata=guard(_HELD, Number(0, 9999), "cases touched on"))
    not_discussed: int | None = attrs.field(default=None, metadata=guard(_HELD, Number(0, 9999), "cases not discussed"))
    overdue: int | None = attrs.field(default=None, metadata=guard(_HELD, Number(0, 9999), "actions overdue"))
    escalated: int | None = attrs.field(default=None, metadata=guard(_HELD, Number(1, 9), "the level it was sent to"))

    SAYS: ClassVar[Mapping[str, Ring]] = {"held": _HELD, "rows": _HELD, "cases": _HELD}

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return what an auditor may know of a recorded session.
        """
        return cls.of(record)

    @classmethod
    def of(
        cls,
        record: Record,
        *,
        session: Held | None = None,
        in_depth: int | None = None,
        touched: int | None = None,
        not_discussed: int | None = None,
        overdue: int | None = None,
        escalated: int | None = None,
        models: Catalogue | None = None,
    ) -> Self:
        """
        Return what an auditor may know of a recorded session.

        Args:
            record: The record.
            session: What the journal says of it; held on the record's date, if nothing is said.
            in_depth: How many families were thought about in depth.
            touched: How many cases were touched on.
            not_discussed: How many were not discussed.
            overdue: How many actions were overdue.
            escalated: The level something was sent to.
            models: Where models are found; ours if nothing is said.
        """
        from reflect.sessions.typed import day

        models = our_catalogue() if models is None else models
        signed = {sign.role: str(sign.agreement) for sign in record.signed if sign.agreement}
        return cls(
            session=session or Held(date=day(dict(record.facts).get("date", ""))),
            planned=record.minutes or None,
            parts=tuple(
                AuditItem(what=_known(item.use, models), minutes=item.minutes, outcome=str(item.outcome or ""))
                for item in record.items
            ),
            supervisee=signed.get("supervisee", "not signed"),
            supervisor=signed.get("supervisor", "not signed"),
            in_depth=in_depth,
            touched=touched,
            not_discussed=not_discussed,
            overdue=overdue,
            escalated=escalated,
        )

    @property
    def held(self) -> str:
        """
        Whether it was held, on which day and how long, in a sentence; nothing on a blank.
        """
        if self.session.date is None and not self.parts:
            return ""
        day = f" on {day_in_words(self.session.date)}" if self.session.date else ""
        long = self.session.minutes or self.planned
        planned = "" if self.session.minutes else " planned"
        return f"{self.session.words.capitalize()}{day}{f', {long} minutes{planned}' if long else ''}."

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """
        What, minutes planned, and what became of it.
        """
        return tuple((each.what, str(each.minutes), each.outcome or "not said") for each in self.parts)

    @property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """
        Counts of cases and actions, where they are known.
        """
        known = {
            "Families thought about in depth": self.in_depth,
            "Cases touched on": self.touched,
            "Cases not discussed": self.not_discussed,
            "Actions overdue": self.overdue,
        }
        rows = [(what, str(number)) for what, number in known.items() if number is not None]
        if rows or self.escalated:
            rows.append(("Sent up the line", f"yes, to level {self.escalated}" if self.escalated else "no"))
        return tuple(rows)


_WHOSE = {"supervisee": "An item of the supervisee's", "supervisor": "An item of the supervisor's"}


def _known(use: str, models: Catalogue) -> str:
    """
    A standing item by its title; any other by whose it is, since the name of a model can tell what was brought.
    """
    try:
        head = models.model(use.partition(".")[0]).head
    except UnknownKey:
        return "An item"
    return head.title if head.family == "frame" else _WHOSE.get(str(head.whose), "An item of both")
