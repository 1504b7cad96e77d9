"""
A look back on a year of supervision, and what an auditor may know about a session.
"""

from __future__ import annotations

import datetime
from typing import Self

import attrs

from reflect.files.forms import Day, ListOf, Number, OneOf, TextLine, YesNo
from reflect.files.objects import list_of
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers.logs import LoggedSession
from reflect.papers.paper import REGULATOR, StandingPaper, guard
from reflect.papers.workload import CAUSES, in_a_row
from reflect.questions.rings import Ring
from reflect.sessions.attendance import GROUPS, assurance_of, assurance_of_entry, day_of
from reflect.sessions.journal import Journal
from reflect.sessions.record import Record
from reflect.sessions.series import series
from reflect.shown import count_of
from reflect.text.prose import day_in_words

_FILE, _HELD = Ring.PERSONAL, Ring.ASSURANCE
_MINUTES = Number(1, 1440)
_NAME = TextLine(60)
_REMARKS = ListOf(TextLine(300))


# --- a year


@attrs.frozen(kw_only=True)
class AnnualReview(StandingPaper):
    """
    A look back on a year of supervision. It counts sessions, and rates nobody. We chose what it counts.
    """

    OF = "annual-review"
    DATED = "date"

    date: datetime.date | None = guard(_HELD, Day(), "the day of the review", None)
    sessions: tuple[LoggedSession, ...] = guard(_HELD, list_of(LoggedSession), "sessions held or not", ())
    covered: tuple[tuple[str, int, datetime.date | None], ...] = guard(_FILE, None, "elements and functions", ())
    models: tuple[tuple[str, int], ...] = guard(_FILE, None, "the models used", ())
    useful: tuple[str, ...] = guard(_FILE, _REMARKS, "what was useful", (), repr=False)
    change: tuple[str, ...] = guard(_FILE, _REMARKS, "what was to change", (), repr=False)
    regulator: str = guard(_FILE, REGULATOR, "who regulates the work on the day of the review")
    causes: tuple[str, ...] = guard(_FILE, ListOf(OneOf(CAUSES)), "what workload statements named, in their order", ())

    SAYS = {"counts": _HELD, "rows": _FILE, "load": _FILE, "log": _HELD}

    @classmethod
    def of_journal(cls, journal: Journal, *, models: Catalogue | None = None) -> Self:
        """
        Return what a journal says about a year, without remarks that are for the two alone.

        Args:
            models: Where models are found; ours if nothing is said.
        """
        known = {head.key: head.title for head in (our_catalogue() if models is None else models).heads()}
        seen = series(journal, models=models)
        filed = [entry for entry in journal.held if entry.ring is _FILE]
        return cls(
            sessions=tuple(map(LoggedSession.of, journal.entries)),
            covered=tuple((bar.name, bar.sessions, bar.last) for bar in seen.bars) if seen.models else (),
            models=tuple((known.get(each.model, each.model), each.times) for each in seen.models),
            useful=tuple(entry.useful for entry in filed if entry.useful),
            change=tuple(entry.change for entry in filed if entry.change),
        )

    @property
    def counts(self) -> str:
        """
        How many sessions were held, how many were not, and how long they were; nothing on a blank.
        """
        held = [each for each in self.sessions if each.held]
        if not self.sessions:
            return ""
        lengths = [each.minutes for each in held if each.minutes]
        long = f", {round(sum(lengths) / len(lengths))} minutes on average" if lengths else ""
        return f"{count_of(len(self.sessions), 'session')} planned, {len(held)} held{long}."

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
        The chart: what, a bar, in how many sessions a model asked about it, and when last.
        """
        return tuple(
            (name.capitalize(), "\u25a0" * min(times, 24), str(times or "none"), day_in_words(last) if last else "")
            for name, times, last in self.covered
        )

    @property
    def load(self) -> str:
        """
        The cause that workload statements named at least three times in a row, in a sentence; otherwise nothing.
        """
        cause, times = in_a_row(self.causes)
        return f"{times} workload statements in a row name {cause} as the cause." if times >= 3 else ""


# --- what an auditor may know


@attrs.frozen(kw_only=True)
class AuditView(StandingPaper):
    """
    What an auditor may know about a session: held, or cancelled by whom; minutes, attendance, and who signed. No
    narrative, no rating, and nothing of what was planned and reached. What nobody said is blank.
    """

    OF = "audit-view"

    session: LoggedSession = guard(_HELD, None, "whether it was held", attrs.Factory(LoggedSession))
    date: datetime.date | None = guard(_HELD, Day(), "the day it was planned for", None)
    planned: int | None = guard(_HELD, _MINUTES, "minutes planned", None)
    group: bool = guard(_HELD, YesNo(), "whether it was a group, whose record nobody signs", False)
    present: int | None = guard(_HELD, Number(0, 999), "how many came, to a group", None)
    supervisee: str = guard(_HELD, _NAME, "how the supervisee signed")
    supervisor: str = guard(_HELD, _NAME, "how the supervisor signed")

    SAYS = {"held": _HELD}

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return what an auditor may know about a recorded session; it was held if it has a day and was filled in.
        """
        known = assurance_of(record)
        return cls(
            session=LoggedSession(date=known.held, status="held" if known.held else ""),
            date=day_of(record),
            planned=known.planned,
            group=record.document in GROUPS,
            present=known.present,
            supervisee=known.supervisee,
            supervisor=known.supervisor,
        )

    @classmethod
    def of_journal(cls, journal: Journal, *, models: Catalogue | None = None) -> Self:
        """
        Return what an auditor may know about the last session in a journal.

        Args:
            models: Where models are found; ours if nothing is said.
        """
        if not journal.entries:
            return cls()
        last = journal.entries[-1]
        known = assurance_of_entry(last)
        return cls(
            session=LoggedSession.of(last),
            date=last.date,
            group=last.attended is not None,
            present=known.present,
            supervisee=known.supervisee,
            supervisor=known.supervisor,
        )

    @property
    def held(self) -> str:
        """
        Whether it was held or cancelled, on which day and for how long, in a sentence; if nobody said so, what was
        planned, and nothing on a blank.
        """
        day = self.session.date or self.date
        if day is None:
            return ""
        long = f", {self.session.minutes} minutes" if self.session.minutes else ""
        planned = f", {self.planned} minutes planned" if self.planned and not self.session.minutes else ""
        if self.session.held:
            return f"Held on {day_in_words(day)}{long}{planned}."
        if self.session.status == "cancelled":
            return f"{day_in_words(day)}: {self.session.words}{planned}."
        return f"Planned for {day_in_words(day)}{planned.removesuffix(' planned')}."
