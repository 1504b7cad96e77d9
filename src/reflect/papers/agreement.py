"""
The supervision agreement: how two people will work together, settled before there is a problem.
"""

from __future__ import annotations

import datetime

import attrs

from reflect.files.forms import Day, TextLine
from reflect.papers.paper import REGULATOR, StandingPaper, guard
from reflect.questions.rings import Ring
from reflect.text.prose import day_in_words

_FILE, _HELD = Ring.PERSONAL, Ring.ASSURANCE
_TEXT = TextLine(1000)


@attrs.frozen(kw_only=True)
class Agreement(StandingPaper):
    """
    What two people agree about supervision. A line that is still open says by when it will be settled.

    Sources: agreements of West Berkshire, Solihull and Victoria, in ``docs/explanation/sources.md``.
    """

    OF = "agreement"
    DATED = "date"

    supervisee: str = guard(_FILE, TextLine(80), "who is supervised: initials, a role")
    supervisor: str = guard(_FILE, TextLine(80), "who supervises: initials, a role")
    date: datetime.date | None = guard(_HELD, Day(), "when it was agreed", None)
    review: datetime.date | None = guard(_HELD, Day(not_before=("date",)), "when it is reviewed", None)
    settle: datetime.date | None = guard(_FILE, Day(not_before=("date",)), "by when what is still open is agreed", None)
    standards: str = guard(_FILE, _TEXT, "the standards and policies that apply")
    functions: str = guard(_FILE, _TEXT, "what it is for, and who covers what")
    often: str = guard(_FILE, _TEXT, "how often, how long, and the dates booked")
    place: str = guard(_FILE, _TEXT, "where, and who sees to the room")
    interruptions: str = guard(_FILE, _TEXT, "the only reasons to interrupt")
    cancelling: str = guard(_FILE, _TEXT, "what happens when one has to cancel")
    preparing: str = guard(_FILE, _TEXT, "what each does before")
    wanted: str = guard(_FILE, _TEXT, "what the supervisee wants from it", repr=False)
    offered: str = guard(_FILE, _TEXT, "what the supervisor puts in", repr=False)
    adjustments: str = guard(_FILE, _TEXT, "what helps the supervisee", repr=False)
    recording: str = guard(_FILE, _TEXT, "who writes, where it goes, by when")
    confidential: str = guard(_FILE, _TEXT, "what stays between the two, and what not")
    disagreeing: str = guard(_FILE, _TEXT, "what the two do when they disagree")
    between: str = guard(_FILE, _TEXT, "how talks between sessions are recorded")
    regulator: str = guard(_FILE, REGULATOR, "who regulates the work on the day it was agreed")

    SAYS = {"open": _FILE}

    @property
    def open(self) -> str:
        """
        The words beside a line that is not agreed yet: "to be agreed by 3 June 2026".
        """
        return f"to be agreed by {day_in_words(self.settle)}" if self.settle else "to be agreed by"
