"""
A look back on a year of supervision, and what an auditor may know about a session.
"""

from __future__ import annotations

import datetime
from typing import Self

import attrs

from reflect.errors import UnknownKey
from reflect.files.forms import ListOf, Number, OneOf, TextLine
from reflect.files.objects import list_of
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers.logs import LoggedSession
from reflect.papers.paper import StandingPaper, guard
from reflect.papers.workload import CAUSES, in_a_row
from reflect.questions.rings import Ring
from reflect.sessions.journal import Journal
from reflect.sessions.record import Record
from reflect.sessions.series import series
from reflect.sessions.typed import read_day
from reflect.shown import count_of
from reflect.text.prose import day_in_words

_FILE, _HELD, _OPEN = Ring.PERSONAL, Ring.ASSURANCE, Ring.OPEN
_MINUTES = Number(1, 1440)
_NAME, _COUNT = TextLine(60), Number(0, 9999)
_REMARKS = ListOf(TextLine(300))


# --- a year


@attrs.frozen(kw_only=True)
class AnnualReview(StandingPaper):
    """
    A look back on a year of supervision. It counts sessions, and rates nobody. We chose what it counts.
    """

    OF = "annual-review"

    sessions: tuple[LoggedSession, ...] = guard(_HELD, list_of(LoggedSession), "sessions held or not", ())
    covered: tuple[tuple[str, int, datetime.date | None], ...] = guard(_FILE, None, "elements and functions", ())
    models: tuple[tuple[str, int], ...] = guard(_FILE, None, "the models used", ())
    useful: tuple[str, ...] = guard(_FILE, _REMARKS, "what was useful", (), repr=False)
    change: tuple[str, ...] = guard(_FILE, _REMARKS, "what was to change", (), repr=False)
    causes: tuple[str, ...] = guard(_FILE, ListOf(OneOf(CAUSES)), "what workload statements named, in their order", ())

    SAYS = {"counts": _HELD, "rows": _FILE, "load": _FILE, "log": _HELD}

    @classmethod
    def of_journal(cls, journal: Journal, *, models: Catalogue | None = None) -> Self:
        """
        Return what a journal says about a year, without remarks that are for the two alone.
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
        held = [each for each in self.sessions if each.status == "held"]
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
class AuditItem(StandingPaper):
    """
    One item as an auditor may see it: a standing item by its name, any other by whose it was.
    """

    what: str = guard(_OPEN, _NAME, "its name, or whose it was", needed=True)
    minutes: int = guard(_OPEN, _MINUTES, "how long it was planned to be", 1)
    outcome: str = guard(_OPEN, OneOf(("as planned", "changed", "not reached")), "what became of it")


@attrs.frozen(kw_only=True)
class AuditView(StandingPaper):
    """
    What an auditor may know about a session. No narrative, no rating, no score, and no count of headings.
    """

    OF = "audit-view"

    session: LoggedSession = guard(_HELD, None, "whether it was held", attrs.Factory(LoggedSession))
    planned: int | None = guard(_HELD, _MINUTES, "minutes planned", None)
    parts: tuple[AuditItem, ...] = guard(_HELD, list_of(AuditItem), "its items", ())
    supervisee: str = guard(_HELD, _NAME, "how the supervisee signed")
    supervisor: str = guard(_HELD, _NAME, "how the supervisor signed")
    in_depth: int | None = guard(_HELD, _COUNT, "families in depth", None)
    touched: int | None = guard(_HELD, _COUNT, "cases touched on", None)
    not_discussed: int | None = guard(_HELD, _COUNT, "cases not discussed", None)
    overdue: int | None = guard(_HELD, _COUNT, "actions overdue", None)
    escalated: int | None = guard(_HELD, Number(1, 9), "the level it was sent to", None)

    SAYS = {"held": _HELD, "rows": _HELD, "cases": _HELD}

    @classmethod
    def of_record(cls, record: Record) -> Self:
        """
        Return what an auditor may know about a recorded session; it counts as held on the record's date.
        """
        signed = {sign.role: str(sign.agreement) for sign in record.signed if sign.agreement}
        return cls(
            session=LoggedSession(date=read_day(dict(record.facts).get("date", ""))),
            planned=record.minutes or None,
            parts=tuple(
                AuditItem(what=_name_of_item(item.use), minutes=item.minutes, outcome=str(item.outcome or ""))
                for item in record.items
            ),
            supervisee=signed.get("supervisee", "not signed"),
            supervisor=signed.get("supervisor", "not signed"),
        )

    @property
    def held(self) -> str:
        """
        Whether it was held, on which day and for how long, in a sentence; nothing on a blank.
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


def _name_of_item(use: str) -> str:
    """
    A standing item by its title; any other by whose it is, since the name of a model can give away what was brought.
    """
    try:
        head = our_catalogue().model(use.partition(".")[0]).head
    except UnknownKey:
        return "An item"
    return head.title if head.family == "frame" else _WHOSE.get(str(head.whose), "An item of both")
