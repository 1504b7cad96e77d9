"""
Usual hours, for the page before Python is ready, and where it never is.
"""

from __future__ import annotations

import datetime

from reflect.errors import ReflectError
from reflect.planner.given import Hour
from reflect.planner.hours import plan_for_page, plan_hour
from reflect.planner.own import Own
from reflect.planner.shapes import UsualPart
from reflect.planning.occasions import ORDINARY

#: The lengths of usual hours, in minutes.
LENGTHS = (30, 45, 60, 90)
#: A day like any other: a usual hour is the same on all of them.
_ANY_DAY = datetime.date(2026, 3, 4)

#: Usual hours by profile, occasion and minutes.
UsualHours = dict[str, dict[str, dict[str, list[UsualPart]]]]


def usual_hours(own: Own | None = None) -> UsualHours:
    """
    Return the parts of usual hours by profile, occasion and minutes: of the general profile on each occasion, and of
    the others on an ordinary one. A talk in them has no model yet.

    Args:
        own: What an agency has of its own; by default, nothing.
    """
    known = own or Own()
    hours: UsualHours = {}
    for profile in sorted(known.profile_names(), key=lambda name: name != "general"):
        occasions = known.occasion_names() if profile == "general" else (ORDINARY,)
        for occasion in sorted(occasions, key=lambda name: name != ORDINARY):
            for minutes in LENGTHS:
                if parts := _parts_of(profile, occasion, minutes, known):
                    hours.setdefault(profile, {}).setdefault(occasion, {})[str(minutes)] = parts
    return hours


def _parts_of(profile: str, occasion: str, minutes: int, own: Own) -> list[UsualPart]:
    said = "" if occasion == ORDINARY else occasion
    try:
        planned = plan_hour(Hour(profile=profile, occasion=said, minutes=minutes), today=_ANY_DAY, own=own)
    except ReflectError:  # there is no such hour
        return []
    return [
        UsualPart(
            id=part["id"],
            key="" if part["may_change"] else part["key"],
            title=part["title"],
            subtitle="",
            minutes=part["minutes"],
            least=part["least"],
            most=part["most"],
            whose=part["whose"],
            kind=part["kind"],
            when="",
            why="",
            may_change=part["may_change"],
            may_leave=part["may_leave"],
            brought=[],
        )
        for part in plan_for_page(planned, own.models)["parts"]
    ]
