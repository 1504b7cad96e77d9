"""
A plan that was kept, opened again as its own hour: with it one goes on where somebody left off.

It is the same session, so that nothing follows from it yet: what was brought, what came back to it and what was open
before it are as they were.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reflect.planner.given import read_hour
from reflect.planner.hours import PUT_IN, Past, PlannedHour, plan_hour
from reflect.planner.own import Own
from reflect.planner.session_of_hour import ABOUT, kind_of_standing
from reflect.planner.shapes import Resumed
from reflect.sessions.brought import Brought
from reflect.sessions.kept import KeptPlan
from reflect.sessions.session import Item, Session
from reflect.text.prose import day_in_words

#: Where what must not wait is decided.
_BEFORE = "before"
#: The kinds of items that have a model of their own.
_TALKS = ("talk", "depth")


def hour_of_plan(given: Mapping[str, Any], plan: KeptPlan, number: int, own: Own) -> Resumed:
    """
    Return the hour that a plan was kept of, as the page has hours.

    Args:
        given: The hour that is on the page: who is there, and how they want their papers.
        plan: The plan, as whoever is at the page may read it.
        number: Its number on the page.
        own: What an agency has of its own.
    """
    things = [_thing(each) for each in _in_order(plan) if each.since == plan.day]
    kept = {"who": given.get("who", ""), "looks": given.get("looks") or {}}
    hour: dict[str, Any] = {
        **kept,
        "occasion": "",
        "profile": _if_there(plan.profile, own.profile_names()) or given.get("profile") or "general",
        "wording": _if_there(plan.wording, own.wording_names()),
        "nation": plan.nation,
        "start": plan.session.fact("start"),
        "minutes": plan.session.minutes,
        "date": plan.date,
        "aim": "",
        "urgent": [],
        "brought": things,
        "parts": None,
        "out": [],
        "chosen": {},
        "last": [],
        "resumes": number,
        "journal": given.get("journal") or 0,
    }
    read = functools.partial(_plan, plan=plan, own=own)
    chosen = read(hour).plan.occasion
    if chosen is None or chosen.name != plan.session.occasion:  # somebody said it, or the facts have changed
        hour["occasion"] = _if_there(plan.session.occasion, own.occasion_names())
    hour["out"] = _said_to_wait(plan)
    hour |= _part_urgent(plan, things, lambda parted: read({**hour, **parted}))
    hour["out"] += _left_out(plan, read(hour))
    hour |= _parts_as_moved(plan, read(hour))
    return Resumed(
        hour=hour,
        day=day_in_words(plan.day),
        topics=[each.topic.title for each in plan.brought],
        actions=len(plan.session.before),
    )


def _plan(hour: Mapping[str, Any], plan: KeptPlan, own: Own) -> PlannedHour:
    return plan_hour(read_hour(hour), Past(resumed=plan), own=own)


def _thing(brought: Brought) -> dict[str, Any]:
    """
    Return something that is brought as the page has it; it keeps its id, so that a record of before still knows it.
    """
    topic = brought.topic
    whose = brought.whose if brought.whose == "supervisor" else "supervisee"
    return {"id": topic.id, "words": topic.title, "whose": whose, "ring": str(topic.ring), "topic": topic.id}


def _in_order(plan: KeptPlan) -> list[Brought]:
    """
    Return what was brought: what has a talk before what has none, so that it has one again.
    """
    talks = {item.brought[0].topic.id for item in plan.session.items if item.about_brought}
    return sorted(plan.brought, key=lambda brought: brought.topic.id not in talks)


def _if_there(name: str, names: Iterable[str]) -> str:
    return name if name in names else ""


def _said_to_wait(plan: KeptPlan) -> list[str]:
    """
    Return what was left out because somebody said so; of an earlier plan, all that has no room in it.
    """
    without = [each.topic.id for each in plan.session.put_off] if plan.left_out is None else plan.left_out
    new = {each.topic.id for each in plan.brought if each.since == plan.day}
    return [f"{ABOUT}{each}" if each in new else each for each in without if each in new or kind_of_standing(each)]


def _part_urgent(
    plan: KeptPlan, things: Sequence[dict[str, Any]], read: Callable[[dict[str, Any]], PlannedHour]
) -> dict[str, Any]:
    """
    Return what must not wait apart from what else is brought. An earlier plan does not say which it is: what must not
    wait comes first among what is decided before the talk, and short things may have been taken in after it.
    """
    if plan.urgent is not None:
        return _part_by_ids(things, plan.urgent)
    there = [each.topic.id for item in plan.session.items if item.kind == _BEFORE for each in item.brought]
    kept = [(item.kind, item.minutes) for item in plan.session.items]
    able: list[tuple[bool, bool, dict[str, Any]]] = []
    for number in range(len(there) + 1):
        parted = _part_by_ids(things, there[:number])
        lines = read(parted).dealt.plan.lines
        found = [wish.id for line in lines if line.kind == _BEFORE for wish in line.wishes]
        able.append((found == there, [(line.kind, line.minutes) for line in lines] == kept, parted))
    # Where nobody has moved anything, the minutes tell too: what must not wait takes fewer than what was taken in.
    return max(able, key=lambda each: each[:2])[2]


def _part_by_ids(things: Sequence[dict[str, Any]], urgent: Sequence[str]) -> dict[str, Any]:
    return {
        "urgent": [each for name in urgent for each in things if each["id"] == name],
        "brought": [each for each in things if each["id"] not in urgent],
    }


def _left_out(plan: KeptPlan, planned: PlannedHour) -> list[str]:
    """
    Return the parts that the plan has not: somebody has left them out, since the library would have planned them.
    """
    matched = {key for key, _ in _match_items(plan, planned)}
    return [planned.ids[line.key] for line in planned.dealt.plan.lines if line.key not in matched]


def _match_items(plan: KeptPlan, planned: PlannedHour) -> Iterator[tuple[str, Item]]:
    """
    Give each item of a plan with the key of the line that it is; none if a person has put it in.
    """
    free = {line.key: line for line in planned.dealt.plan.lines}
    for item in plan.session.items:
        key = next(_lines_like(item, free.values()), "")
        free.pop(key, None)
        yield key, item


def _parts_as_moved(plan: KeptPlan, planned: PlannedHour) -> dict[str, Any]:
    """
    Return the parts as somebody has moved them, and the models of the talks.
    """
    parts: list[dict[str, Any]] = []
    chosen: dict[str, str] = {}
    for number, (key, item) in enumerate(_match_items(plan, planned), 1):
        part = planned.ids[key] if key else f"{PUT_IN}{number}"
        if item.kind in _TALKS and item.set.key and key in planned.changeable:
            chosen[part] = item.set.key
        if key or item.set.key:
            parts.append({"id": part, "key": item.set.key, "minutes": item.minutes})
    dealt = [(planned.ids[line.key], line.minutes) for line in planned.dealt.plan.lines]
    as_dealt = dealt == [(part["id"], part["minutes"]) for part in parts] and _outlines(
        planned.dealt.plan.whole
    ) == _outlines(plan.session)
    return {"chosen": chosen, "parts": None if as_dealt else parts}


def _outlines(session: Session) -> list[list[tuple[str, str, int]]]:
    """
    Return the kinds, pages and minutes of the items of a session, for those who may know what it is for and for others:
    where somebody has moved something, others have it moved too.
    """
    own = [(item.kind, item.set.key, item.minutes) for item in session.items]
    return [own, *(_outlines(session.outside) if session.outside else [])]


def _lines_like(item: Item, lines: Iterable[Any]) -> Iterator[str]:
    """
    Give the keys of lines that an item may have been: about the same, or of the same kind and about nothing.
    """
    about = [each.topic.id for each in item.brought]
    some = [line for line in lines if line.kind == item.kind]
    keys = {item.set.key, *(part.key for part in item.set.parts)}
    yield from (line.key for line in some if about and line.wishes and line.wishes[0].id == about[0])
    yield from (line.key for line in some if line.use in keys and not (about or line.wishes))
    yield from (line.key for line in some if kind_of_standing(line.key) or not (about or line.wishes))
