"""
Lists made from what is already kept: actions still to be done, and sessions held.
"""

from __future__ import annotations

import datetime
from typing import Self

import attrs

from reflect.files.forms import Day, NameLine, Number, OneOf, TextLine
from reflect.files.objects import list_of
from reflect.pages.catalogues import Catalogue
from reflect.papers.paper import StandingPaper, guard
from reflect.questions.rings import Ring
from reflect.sessions.days import overdue_in_words
from reflect.sessions.journal import Journal, JournalEntry
from reflect.sessions.parts import Action, ActionState
from reflect.sessions.record import Record
from reflect.shown import count_of
from reflect.text.prose import day_in_words

_FILE, _HELD, _OPEN = Ring.PERSONAL, Ring.ASSURANCE, Ring.OPEN
_LINE, _NAME = TextLine(200), TextLine(60)
_MINUTES = Number(1, 1440)


# --- actions


@attrs.frozen(kw_only=True)
class LoggedAction(StandingPaper):
    """
    An action, and what has become of it. Its ring is that of the list it is in.
    """

    what: str = guard(_OPEN, _LINE, "what is to be done", needed=True, repr=False)
    who: str = guard(_OPEN, _NAME, "who does it: one person, by role", repr=False)
    by: str = guard(_OPEN, TextLine(40), "by when")
    arose: str = guard(_OPEN, _NAME, "when it was agreed")
    status: str = guard(_OPEN, OneOf(("open", "done", "changed", "dropped")), "what has become of it", "open")
    case: str = guard(_OPEN, TextLine(40), "the case it is about, by reference")
    id: str = guard(_OPEN, NameLine(20), "its id, such as 2026-03-04.s1; the paper keeps it")
    carried: int = guard(Ring.OWN, Number(0, 99), "how many times it was carried forward; no paper says so", 0)

    @classmethod
    def of(cls, action: Action, day: str = "") -> Self:
        """
        Return an action as a log has it.

        Args:
            day: When it was agreed, if the action does not say.
        """
        return cls(
            what=action.what,
            who=action.who,
            by=action.by,
            arose=action.agreed or day,
            status="open" if action.open else str(action.state),
            case=action.case,
            id=action.id,
        )

    def to_action(self, ring: Ring) -> Action:
        """
        Return it as a record has it.
        """
        words = {"what": self.what, "who": self.who, "by": self.by, "agreed": self.arose, "case": self.case}
        return Action(**words, ring=ring, id=self.id, state=ActionState(self.status))


@attrs.frozen(kw_only=True)
class ActionLog(StandingPaper):
    """
    Actions still to be done: those on the personal file and those on case records, which never share a paper (1.9).
    """

    OF = "action-log"

    personal: tuple[LoggedAction, ...] = guard(_FILE, list_of(LoggedAction), "what belongs to the supervision file", ())
    case: tuple[LoggedAction, ...] = guard(
        Ring.CASE, list_of(LoggedAction), "what belongs to the records of the people worked with", ()
    )

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return the actions of a record, without those that are for the two alone.
        """
        logged: dict[Ring, list[LoggedAction]] = {_FILE: [], Ring.CASE: []}
        day = dict(record.facts).get("date", "")
        for action in (*record.before, *record.actions):
            if action.ring in logged:
                logged[action.ring].append(LoggedAction.of(action, day))
        return cls(personal=tuple(logged[_FILE]), case=tuple(logged[Ring.CASE]))

    def ids_of_rows(self, ring: Ring | None) -> tuple[str, ...]:
        return tuple(each.id for each in (self.case if ring is Ring.CASE else self.personal))


# --- sessions held


@attrs.frozen(kw_only=True)
class LoggedSession(StandingPaper):
    """
    One session, as somebody may see it who only needs to know that it was held.
    """

    date: datetime.date | None = guard(_OPEN, Day(), "its day", None, needed=True)
    status: str = guard(_OPEN, OneOf(("held", "cancelled")), "held or cancelled; a session with minutes was held")
    by: str = guard(_OPEN, _NAME, "who cancelled it")
    rearranged: datetime.date | None = guard(_OPEN, Day(not_before=("date",)), "the day it was moved to", None)
    minutes: int | None = guard(_OPEN, _MINUTES, "how long it was", None)

    @classmethod
    def of(cls, entry: JournalEntry) -> LoggedSession:
        """
        Return what anybody may know about a session in a journal.
        """
        return cls(
            date=entry.date, status=entry.status, by=entry.by, rearranged=entry.rearranged, minutes=entry.minutes
        )

    @property
    def held(self) -> bool:
        """
        Whether somebody said that it was held, or how long it was.
        """
        return self.status == "held" or (not self.status and self.minutes is not None)

    @property
    def words(self) -> str:
        """
        Whether it was held, or who cancelled it and whether it was moved; nothing if nobody said.
        """
        if self.status != "cancelled":
            return "held" if self.held else ""
        by = "both" if self.by == "both" else f"the {self.by}"
        moved = f"moved to {day_in_words(self.rearranged)}" if self.rearranged else "not rearranged"
        return f"cancelled{f' by {by}' if self.by else ''}, {moved}"


@attrs.frozen(kw_only=True)
class SupervisionLog(StandingPaper):
    """
    Which sessions were held, and which were not. Source: BACP's guide to supervision asks for such a log.

    It names no models: the name of a model can give away what somebody was going through.
    """

    OF = "supervision-log"
    DATED = "date"

    sessions: tuple[LoggedSession, ...] = guard(_HELD, list_of(LoggedSession), "the sessions", ())
    every: int | None = guard(_HELD, Number(1, 366), "days agreed between sessions", None)
    minutes: int | None = guard(_HELD, _MINUTES, "minutes agreed", None)
    date: datetime.date | None = guard(_HELD, Day(), "the day the log is looked at", None)

    SAYS = {"rows": _HELD, "overdue": _HELD, "flags": _HELD}

    @classmethod
    def of_journal(cls, journal: Journal, *, models: Catalogue | None = None) -> Self:
        """
        Return the sessions of a journal.

        Args:
            models: Where models are found; ours if nothing is said.
        """
        return cls(sessions=tuple(map(LoggedSession.of, journal.entries)))

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
        held = [each.date for each in self.sessions if each.date and each.held]
        return overdue_in_words(max(held), self.every, self.date) if held and self.every and self.date else ""

    @property
    def flags(self) -> tuple[str, ...]:
        """
        What to look at: sessions that were not rearranged, and how many of the last six were cut short.
        """
        lost = [each for each in self.sessions if each.status == "cancelled" and each.rearranged is None]
        by = {each.by for each in lost if each.by in ("supervisee", "supervisor")}
        who = f" by the {by.pop()}" if len(by) == 1 and all(each.by for each in lost) else ""
        held = [each for each in self.sessions if each.held and each.minutes][-6:]
        short = [each for each in held if self.minutes and each.minutes and each.minutes < self.minutes]
        said = []
        if lost:
            said.append(f"{count_of(len(lost), 'session')} cancelled{who} and not rearranged")
        if short:
            said.append(f"{len(short)} of the last {count_of(len(held), 'session')} under {self.minutes} minutes")
        return tuple(said)
