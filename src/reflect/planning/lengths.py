"""
How long a session is if nobody says it: as last time, if it is the same kind of session.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reflect.errors import ReflectError
from reflect.planning.last_time import LastTime
from reflect.planning.occasions import Occasion, occasion, occasion_names


def minutes_of_last_time(last: LastTime, said: str | Path, folders: Iterable[str | Path] = ()) -> int | None:
    """
    Return how long last time's session was; None if that is no measure for this one, as an hour is none for a short
    meeting, nor a short meeting for an hour.

    Args:
        said: The occasion of this session, if somebody said it.
        folders: Where occasions are looked for first.
    """
    places = tuple(folders)
    record, plan = last.record, last.plan
    own = [each for name in occasion_names(places) if (each := _find_occasion(name, places)) and each.length]
    was_of_its_own = (plan is not None and plan.session.occasion in {each.name for each in own}) or (
        record is not None and record.document in {each.record for each in own}
    )
    this = _find_occasion(said, places) if said else None
    if was_of_its_own or (this is not None and this.length is not None):
        return None
    return (record.minutes if record and record.items else 0) or (plan.session.minutes if plan else None)


def _find_occasion(name: str | Path, folders: tuple[str | Path, ...]) -> Occasion | None:
    try:
        return occasion(name, folders)
    except ReflectError:
        return None  # what is wrong is told when the session is planned
