"""
The session file that the page's one value means, and the names of what the page knows in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import attrs

from reflect.planner.given import BroughtThing, Hour
from reflect.planning.hour import BEFORE
from reflect.planning.occasions import ORDINARY, occasion
from reflect.planning.plan import PlannedLine
from reflect.planning.session_file import SessionFile, Wish
from reflect.planning.what_follows import informal_of, promise_of
from reflect.questions.rings import Ring
from reflect.sessions.brought import Brought, ring_of_id
from reflect.sessions.kept import KeptPlan

#: How a part is named that is about something, before the id of that: what is brought, and what came back.
ABOUT, TOPIC = "about-", "topic-"
#: Lines that take in what has none of its own that day.
_FOR_A_DAY = ("depth", "short", "before")
#: Kinds of headings of which an hour has one, so that their parts are called like them.
_STANDING = ("wellbeing", "arrive", "before", "actions", "workload", "learning", "short", "close", "round")


def session_file_of(hour: Hour, today: datetime.date, *, group: bool = False) -> SessionFile:
    """
    Return the session file of an hour. What is left out today waits for the next time, and is not lost.

    Args:
        hour: The hour.
        today: Its day, if it does not say one.
        group: Whether it is that of a group, in which a line is for all if nobody says otherwise. Between two people
            it is between the two of them, whoever brings it.
    """
    out = frozenset(each.removeprefix(ABOUT) for each in hour.out)
    urgent = [(number, each) for number, each in enumerate(hour.urgent, 1) if each.id not in out]
    things = [(100 + number, each, "") for number, each in enumerate(hour.brought, 1)]
    # It is decided before the two meet again: a visit to arrange takes minutes, and the talk stays a talk.
    things = [(number, each, BEFORE) for number, each in urgent] + things
    waits = [(number, each, BEFORE) for number, each in enumerate(hour.urgent, 1) if each.id in out]

    def wishes(whose: str) -> tuple[Wish, ...]:
        return tuple(
            _wish(number, each, under, out, None if group else Ring.PAIR)
            for number, each, under in (*things, *waits)
            if each.whose == whose
        )

    return SessionFile(
        date=hour.date or today,
        start=hour.start,
        minutes=hour.minutes,
        profile=hour.profile,
        nation=hour.nation,
        wording=hour.wording,
        occasion=hour.occasion,
        aim=hour.aim,
        supervisee_items=wishes("supervisee"),
        supervisor_items=wishes("supervisor"),
        without=tuple(dict.fromkeys(kind for each in hour.out if (kind := kind_of_standing(each)))),
    )


def with_plan(file: SessionFile, plan: KeptPlan) -> SessionFile:
    """
    Return a session file with what is known of the same session by the plan that was kept of it, and not by the page:
    who meets and where, what came back to it, and what was open before it.
    """
    counts = dict(plan.counts)
    back = [each for each in plan.brought if each.since != plan.day]
    wishes = [(each.whose, _wish_that_came_back(each, plan)) for each in back]
    return attrs.evolve(
        file,
        supervisee=plan.session.fact("supervisee"),
        supervisor=plan.session.fact("supervisor"),
        organisation=plan.session.fact("organisation"),
        marking=plan.session.fact("marking"),
        place=plan.place,
        people=plan.people,
        series=(plan.series,) if plan.series else (),
        supervisee_items=(*(wish for whose, wish in wishes if whose != "supervisor"), *file.supervisee_items),
        supervisor_items=(*(wish for whose, wish in wishes if whose == "supervisor"), *file.supervisor_items),
        previous_actions=tuple(promise_of(each, counts.get(each.id, 0), None) for each in plan.session.before),
        informal=tuple(informal_of(each, plan.day) for each in plan.unconfirmed),
        support=plan.support,
    )


def _wish_that_came_back(brought: Brought, plan: KeptPlan) -> Wish:
    host = next((item.kind for item in plan.session.items if brought in item.brought[item.about_brought :]), "")
    under = BEFORE if brought.topic.id in (plan.urgent or ()) else host if host not in _FOR_A_DAY else ""
    waits = [each for each in plan.session.put_off if plan.left_out is None or each.topic.id in plan.left_out]
    later = next((each.until for each in waits if each.topic.id == brought.topic.id), "")
    return Wish(
        what=brought.topic.title,
        under=under,
        purpose=brought.purpose,
        ring=brought.topic.ring,
        since=brought.since,
        put_off=1,
        when=later,
        id=brought.topic.id,
    )


def _wish(number: int, thing: BroughtThing, under: str, out: Iterable[str], usual: Ring | None) -> Wish:
    """
    Return something that is brought. Its line says which it is: a wish keeps it, whatever becomes of the wish.
    """
    later = occasion(ORDINARY).says.get("next-time", "") if thing.id in out else ""
    return Wish(
        what=thing.words,
        under=under,
        ring=thing.ring or usual,
        minutes=thing.minutes,
        aim=thing.aim,
        when=later,
        line=number,
        # An id says its ring: whoever changes the ring gives it another.
        id=thing.topic if ring_of_id(thing.topic) is (thing.ring or usual) else "",
    )


def kind_of_standing(part: str) -> str:
    """
    Return the kind of a standing part by its id, such as ``learning-7``; empty if it is another part.
    """
    kind = part.rpartition("-")[0] if part.rpartition("-")[2].isdigit() else part
    return kind if kind in _STANDING else ""


def thing_of(wish: Wish, hour: Hour) -> BroughtThing | None:
    """
    Return which of the things on the page a wish is; None if it came back from last time.
    """
    number = wish.line
    if 0 < number <= len(hour.urgent):
        return hour.urgent[number - 1]
    return hour.brought[number - 101] if 100 < number <= 100 + len(hour.brought) else None


def id_of_part(line: PlannedLine, hour: Hour) -> str:
    """
    Return the id of a part: what is about something that was brought keeps its id, wherever it stands.
    """
    if line.kind in ("talk", "today", "item", "depth") and line.wishes:
        thing = thing_of(line.wishes[0], hour)
        if thing is not None:
            return f"{ABOUT}{thing.id}"
        return f"{TOPIC}{line.wishes[0].id}" if line.wishes[0].id else line.key
    kind = kind_of_standing(line.key)
    return kind or line.key
