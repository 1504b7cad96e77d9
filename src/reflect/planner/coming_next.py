"""
The hour that follows from last time.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from reflect.between_sessions.last_papers import read_last_papers
from reflect.errors import Refused
from reflect.planner.given import Hour
from reflect.planner.hours import Past, missing_plans, next_of
from reflect.planner.own import Own
from reflect.planner.shapes import After, ComesBack


def hour_after(
    given: Mapping[str, Any],
    hour: Hour,
    past: Past,
    *,
    today: datetime.date | None = None,
    own: Own | None = None,
) -> After:
    """
    Return the hour that follows from opened papers: its day, start, minutes and profile, where the page has none of its
    own. What comes back is in its plan by itself.

    Args:
        given: The hour as the page gave it.
        hour: The same, read.
        past: The papers that it follows from.
        today: The day it is.
        own: What an agency has of its own; by default, nothing.

    Raises:
        Refused: There is no paper; or they are of two series, or have no day.
    """
    if not past.papers:
        raise Refused("open the record of last time first", "last")
    read = read_last_papers(past.papers, models=own.models if own else None)
    follows = next_of(hour, past, today=today, own=own)
    file = follows.file
    # A record does not say its profile: without the plan, that is as the page has it.
    profile = follows.profile if read.last.plan else hour.profile
    changes: dict[str, object] = {"date": file.date.isoformat(), "profile": profile, "parts": None}
    changes["start"] = hour.start or file.start
    changes["minutes"] = file.minutes or follows.settings.length
    changes["nation"] = hour.nation or file.nation
    first = {each.topic.id for each in follows.asks}
    return After(
        hour={**given, **changes},
        comes_back=[
            ComesBack(id=wish.id, words=wish.what, whose=whose, first=wish.id in first)
            for whose, wishes in (("supervisee", file.supervisee_items), ("supervisor", file.supervisor_items))
            for wish in wishes
            if wish.id or wish.since
        ],
        actions=sum(each.open for each in file.previous_actions),
        notes=[note for note in follows.notes if "--" not in note] + list(missing_plans(past.papers)),
        doubts=list(read.doubts),
    )
