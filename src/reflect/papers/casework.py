"""
What goes on the case record: a talk in supervision, what was decided between sessions, and the small papers of one
decision.
"""

from __future__ import annotations

import datetime

import attrs

from reflect.errors import Refused
from reflect.files.forms import Day, Moment, OneOf, TextLine
from reflect.files.objects import list_of
from reflect.papers.logs import LoggedAction
from reflect.papers.paper import StandingPaper, guard
from reflect.questions.rings import Ring
from reflect.sessions.days import delay_in_words
from reflect.sessions.parts import Action

_CASE = Ring.CASE
_LINE, _TEXT, _NAME = TextLine(120), TextLine(2000), TextLine(60)


@attrs.frozen(kw_only=True)
class CaseStep(StandingPaper):
    """
    Who does what by when.
    """

    what: str = guard(_CASE, TextLine(200), "what is to be done", needed=True, repr=False)
    who: str = guard(_CASE, _NAME, "who does it: one person, by role")
    by: datetime.date | None = guard(_CASE, Day(), "by when", None)


@attrs.frozen(kw_only=True)
class Informal(StandingPaper):
    """
    A discussion between sessions: in a corridor, on the telephone.

    When it happened and when it was written are two dates, and the paper says how far they are apart. Sources: a lesson
    in Community Care, November 2016; Ontario's child protection standards of 2016, appendix B.
    """

    OF = "informal"

    about: str = guard(_CASE, _NAME, "the family or person, by reference")
    happened: datetime.datetime | None = guard(_CASE, Moment(), "when it was, as in 2026-03-04 16:10", None)
    written: datetime.datetime | None = guard(_CASE, Moment(not_before=("happened",)), "when it was written down", None)
    how: str = guard(_CASE, _NAME, "where or how: corridor, telephone, car")
    asked: str = guard(_CASE, _TEXT, "what was asked, and known then", repr=False)
    decision: str = guard(_CASE, _TEXT, "what was decided or advised", repr=False)
    by: str = guard(_CASE, _NAME, "who decided, by role")
    rationale: str = guard(_CASE, _TEXT, "why; if nobody said it then, leave it out", repr=False)
    rather_than: str = guard(_CASE, _TEXT, "what was not done instead", repr=False)
    replaced_by: str = guard(_CASE, _NAME, "the decision that replaced it, or that it was withdrawn")
    steps: tuple[CaseStep, ...] = guard(_CASE, list_of(CaseStep), "who does what by when", ())
    writer: str = guard(_CASE, _NAME, "who wrote this down, by role")
    confirmed: str = guard(_CASE, OneOf(("confirmed", "not yet", "differently")), "what the other person says of it")
    differently: str = guard(_CASE, _TEXT, "how they remember it", repr=False)

    SAYS = {"delay": _CASE, "standing": _CASE, "why": _CASE}

    def __attrs_post_init__(self) -> None:
        if self.happened and self.written and self.written < self.happened:
            raise Refused("a discussion was written down before it happened; look at the two dates")

    @property
    def delay(self) -> str:
        """
        How long after it happened it was written: "written 7 days later"; nothing if a date is missing.
        """
        return delay_in_words(self.happened.date(), self.written.date()) if self.happened and self.written else ""

    @property
    def standing(self) -> str:
        """
        What the other person says of it, in words; nothing on a blank.
        """
        words = {
            "confirmed": "confirmed by the other person",
            "differently": "the other person remembers it differently",
        }
        return words.get(self.confirmed, "not yet confirmed by the other person") if self.happened else ""

    @property
    def why(self) -> str:
        """
        The reason for a decision, or that it was not recorded; nothing if there is no decision.
        """
        return self.rationale or ("not recorded at the time" if self.decision else "")


@attrs.frozen(kw_only=True)
class CaseRecord(StandingPaper):
    """
    What was talked about and decided for one family or person, and why.
    """

    OF = "case-record"

    about: str = guard(_CASE, _NAME, "the family or person, by reference")
    date: datetime.date | None = guard(_CASE, Day(), "the day of the session", None)
    plan: str = guard(_CASE, _NAME, "the plan they are on, or their legal status")
    last: datetime.date | None = guard(_CASE, Day(not_after=("date",)), "when they were last discussed", None)
    because: str = guard(_CASE, _TEXT, "why they are discussed now", repr=False)
    changed: str = guard(_CASE, _TEXT, "what has changed since", repr=False)
    voice: str = guard(_CASE, _TEXT, "how it is for them; what they want", repr=False)
    strengths: str = guard(_CASE, _TEXT, "what goes well and keeps safe", repr=False)
    worries: str = guard(_CASE, _TEXT, "what is worrying", repr=False)
    unknown: str = guard(_CASE, _TEXT, "what is not known", repr=False)
    meaning: str = guard(_CASE, _TEXT, "what it means, and could mean", repr=False)
    decision: str = guard(_CASE, _TEXT, "what was decided", repr=False)
    rationale: str = guard(_CASE, _TEXT, "why this and nothing else", repr=False)
    rather_than: str = guard(_CASE, _TEXT, "what was not done instead", repr=False)
    replaced_by: str = guard(_CASE, _NAME, "the decision that replaced it, or that it was withdrawn")
    who: str = guard(_CASE, _NAME, "who decided, by role")
    steps: tuple[CaseStep, ...] = guard(_CASE, list_of(CaseStep), "who does what by when", ())
    review: datetime.date | None = guard(_CASE, Day(not_before=("date",)), "when it is looked at again", None)
    written: datetime.date | None = guard(_CASE, Day(not_before=("date",)), "when it was written down", None)
    writer: str = guard(_CASE, _NAME, "who wrote it, by role")
    informal: tuple[Informal, ...] = guard(_CASE, list_of(Informal), "what was decided between sessions", ())
    before: tuple[LoggedAction, ...] = guard(_CASE, list_of(LoggedAction), "what was agreed before and is open", ())

    SAYS = {"delay": _CASE, "why": _CASE}

    @property
    def actions_before(self) -> tuple[Action, ...]:
        return tuple(each.to_action(_CASE) for each in self.before)

    @property
    def delay(self) -> str:
        """
        How long after the session it was written; nothing if a date is missing.
        """
        return delay_in_words(self.date, self.written) if self.date and self.written else ""

    @property
    def why(self) -> str:
        """
        The reason for a decision, or that it was not recorded; nothing if there is no decision.
        """
        return self.rationale or ("not recorded at the time" if self.decision else "")


@attrs.frozen(kw_only=True)
class SameDayDecision(StandingPaper):
    """
    A decision that cannot wait until the session is written up. It goes on the file today, and only there.
    """

    OF = "same-day-decision"

    about: str = guard(_CASE, _NAME, "the family or person, by reference")
    decided: datetime.datetime | None = guard(_CASE, Moment(), "when it was decided, as in 2026-03-04 16:10", None)
    by: str = guard(_CASE, _NAME, "who decided, by role")
    decision: str = guard(_CASE, _TEXT, "what was decided", repr=False)
    rationale: str = guard(_CASE, _TEXT, "because of what", repr=False)
    rather_than: str = guard(_CASE, _TEXT, "what was not done instead", repr=False)
    seen: str = guard(_CASE, _LINE, "when the person was last seen, and by whom", repr=False)
    filed: datetime.datetime | None = guard(_CASE, Moment(not_before=("decided",)), "when it was put on the file", None)
    writer: str = guard(_CASE, _NAME, "who wrote it, by role")
    replaced_by: str = guard(_CASE, _NAME, "the decision that replaced it, or that it was withdrawn")


@attrs.frozen(kw_only=True)
class Oversight(StandingPaper):
    """
    What a manager has read of a case, and what they direct.
    """

    OF = "oversight"

    about: str = guard(_CASE, _NAME, "the family or person, by reference")
    decided: datetime.datetime | None = guard(_CASE, Moment(), "when it was directed, as in 2026-03-04 16:10", None)
    by: str = guard(_CASE, _NAME, "who directs, by role")
    read: str = guard(_CASE, _TEXT, "what of the file was read, and up to which day", repr=False)
    decision: str = guard(_CASE, _TEXT, "what is directed", repr=False)
    rationale: str = guard(_CASE, _TEXT, "because of what", repr=False)
    rather_than: str = guard(_CASE, _TEXT, "what is not done instead", repr=False)
    steps: tuple[CaseStep, ...] = guard(_CASE, list_of(CaseStep), "who does what by when", ())
    replaced_by: str = guard(_CASE, _NAME, "the decision that replaced it, or that it was withdrawn")


@attrs.frozen(kw_only=True)
class Disagreement(StandingPaper):
    """
    What a worker would do and what was decided instead, side by side; what is done meanwhile, and who settles it.
    """

    OF = "disagreement"

    about: str = guard(_CASE, _NAME, "the family or person, by reference")
    decided: datetime.datetime | None = guard(_CASE, Moment(), "when it was decided, as in 2026-03-04 16:10", None)
    would: str = guard(_CASE, _TEXT, "what the worker would do, and why", repr=False)
    decision: str = guard(_CASE, _TEXT, "what was decided instead", repr=False)
    rationale: str = guard(_CASE, _TEXT, "because of what", repr=False)
    by: str = guard(_CASE, _NAME, "who decided, by role")
    meanwhile: str = guard(_CASE, _TEXT, "what is done until it is settled, so that nobody is at risk", repr=False)
    goes_to: str = guard(_CASE, _NAME, "who settles it, by role")
    answer_by: datetime.date | None = guard(_CASE, Day(not_before=("decided",)), "by when they answer", None)
    replaced_by: str = guard(_CASE, _NAME, "the decision that replaced it, or that it was withdrawn")
