"""
A session that is planned again into the folder where it was planned before: nothing that was brought to it is lost.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs

from reflect.between_sessions.last_papers import Paper
from reflect.between_sessions.next_session import NextSession, following
from reflect.planning.kept_plans import plans_in
from reflect.questions.rings import Ring
from reflect.sessions.brought import Brought
from reflect.sessions.kept import KeptPlan
from reflect.sessions.typed import key_of_words


def following_in_folder(
    folder: Path, after: Iterable[Paper] = (), bring: Iterable[str] = (), *, another: bool = False, **call: Any
) -> NextSession:
    """
    Plan the next session as `following` does, for a folder of papers: what was brought to the same session when it was
    planned there before comes with it, whether it moves or not.

    Args:
        folder: Where its papers go.
        after: As `following` takes it.
        bring: As `following` takes it.
        another: Whether it is another session than any that is planned there, which stays as it is.
        call: As `following` takes it; a session file says itself what is brought.

    Raises:
        ReflectError: As `following` raises it.
    """
    papers, lines = list(after), list(bring)
    if another:
        found = following(papers, lines, beside=[plan for _, plan in plans_in(folder)], **call)
        return found.as_another(folder)
    if call.get("session") is None and next(iter(plans_in(folder)), None) is not None:
        scout = following(papers, lines, **(call | {"told": None, "drop": ()}))
        moved = scout.find_moved(folder)
        if moved is not None and left_out(moved, scout):
            day = scout.next_file.file.date
            # It has not been held: it comes before the session of its new day, and after all that was.
            before = attrs.evolve(moved, date=str(day - datetime.timedelta(days=1)))
            return following([*papers, before], lines, **(call | {"date": day}))
    return following(papers, lines, **call)


def left_out(moved: KeptPlan, found: NextSession) -> tuple[Brought, ...]:
    """
    Return what was brought to a session when it was planned before, and is not in its new plan.
    """
    here = found.session.brought
    ids, titles = {each.topic.id for each in here}, {key_of_words(each.topic.title) for each in here}

    def is_here(each: Brought) -> bool:
        # An id of the day it was planned for may be that of something else, which was brought anew on this call.
        came_back = each.topic.id in ids and each.since != moved.day
        return came_back or key_of_words(each.topic.title) in titles

    return tuple(each for each in moved.brought if each.topic.ring is not Ring.CASE and not is_here(each))
