"""
The sheet beside the hour: leave, sickness, time owed, checks and training, which take none of the time to think.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from reflect.files.forms import Day, TextLine
from reflect.papers.paper import StandingPaper, guard
from reflect.questions.rings import Ring

_FILE = Ring.PERSONAL
_NAME, _LINE = TextLine(80), TextLine(500)
#: What an item of a session file is about that has no minutes of the hour, and the line of the sheet that it goes on.
#: Sickness is not among them: its line takes days and no words.
BESIDE_THE_HOUR: Mapping[str, str] = MappingProxyType(
    {"leave": "leave", "time-owed": "owed", "checks": "checks", "lone-working": "alone", "training": "training"}
)
SICKNESS = "sickness"


@attrs.frozen(kw_only=True)
class BesideTheHour(StandingPaper):
    """
    What a manager has to know of somebody's leave and training. It is no part of the record of supervision.

    Source: what councils audit beside supervision, in ``docs/explanation/sources.md``.

    Attributes:
        away: The first day away. Of sickness there are days on the sheet, and never a reason.
        back: The day of coming back.
    """

    OF = "beside-the-hour"

    who: str = guard(_FILE, _NAME, "whose it is: initials, a role")
    date: datetime.date | None = guard(_FILE, Day(), "the day", None)
    leave: str = guard(_FILE, _LINE, "the leave that is booked or asked for")
    left: str = guard(_FILE, _NAME, "the days that are left")
    owed: str = guard(_FILE, _LINE, "the time that is owed")
    owed_back: str = guard(_FILE, _NAME, "when that time is taken back")
    away: datetime.date | None = guard(_FILE, Day(), "the first day of sickness; never a reason", None, repr=False)
    back: datetime.date | None = guard(
        _FILE, Day(not_before=("away",)), "the day of coming back after sickness", None, repr=False
    )
    checks: str = guard(_FILE, _LINE, "which registrations or checks are due")
    checks_until: str = guard(_FILE, _NAME, "when they run out")
    alone: str = guard(_FILE, _LINE, "what has to change about working alone")
    alone_by: str = guard(_FILE, _NAME, "who sees to that, by when")
    training: str = guard(_FILE, _LINE, "the training that is required")
    training_on: str = guard(_FILE, _NAME, "when it is booked")
