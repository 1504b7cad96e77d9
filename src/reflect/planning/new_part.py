"""
A new supervisor begins a new part of a series.

What was between the worker and the supervisor before stays between them: the next plan brings nothing of it. Actions,
the supervision file and the decisions about cases go on. What else the new supervisor gets, the worker chooses.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from pathlib import Path

import attrs

from reflect.errors import Refused
from reflect.files.reading import read_text
from reflect.planning.last_time import LastTime, day_of_record
from reflect.questions.rings import Reader, Ring
from reflect.sessions.brought import ID_PATTERN, Brought, day_of_id
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import Action, ItemRecord
from reflect.sessions.record import Record
from reflect.shown import Brief
from reflect.text.names import is_same_name

#: Who begins a new part: they get what is on files, and nothing that is for two people or one.
_NEW_SUPERVISOR = Reader("new supervisor", frozenset({Ring.OPEN, Ring.PERSONAL, Ring.CASE, Ring.GROUP, Ring.ASSURANCE}))
#: What stands before the id of an action.
_ACTION = "action:"
_NAMED = re.compile(rf"(?:{_ACTION})?{ID_PATTERN}")


@attrs.frozen
class NewPart(Brief):
    """
    What a new part of a series begins with.

    Attributes:
        kept: The last plan that was kept, if there was one.
        record: The last record, if there was one.
    """

    kept: KeptPlan | None
    record: Record | None


def is_another(now: str, before: str) -> bool:
    """
    Tell whether a supervisor is another than the one before, as their names or initials say it; not if one is missing.
    """
    return bool(now.strip() and before.strip()) and not is_same_name(now, before)


def new_part(kept: KeptPlan | None, record: Record | None = None, *, keep: Iterable[str] = ()) -> NewPart:
    """
    Return a plan and a record as a new supervisor begins with them: in the next part, without what was between the
    worker and the supervisor before, without how often anything was carried over, and without that supervisor's name.

    Args:
        kept: The last plan that was kept; None if it is not known.
        record: The last record; None if it is not known.
        keep: The ids of topics that the worker hands on all the same; ``action:2026-03-04.p1`` for an action that is
            between two people, since topics and actions count apart.

    Raises:
        Refused: Nothing has one of these ids; the message does not say which there are.
    """
    chosen = tuple(dict.fromkeys(keep))
    _check_ids(chosen, {*_ids_of_plan(kept), *_ids_of_record(record)})
    return NewPart(_plan_of_part(kept, chosen) if kept else None, _record_of_part(record, chosen) if record else None)


@attrs.frozen
class Begun(Brief):
    """
    The sessions before the next one, as whoever supervises now may have them.

    Attributes:
        last: The sessions.
        new: Whether the next session begins a new part.
    """

    last: LastTime
    new: bool


def begin_part(
    last: LastTime,
    supervisor: str = "",
    *,
    new: bool = False,
    closed: datetime.date | None = None,
    keep: Iterable[str] = (),
) -> Begun:
    """
    Return the sessions before the next one without what was between the worker and anybody but the supervisor of now.

    Args:
        last: The sessions before the next one.
        supervisor: Who supervises now, if it was said; by default, whoever did last time.
        new: Whether somebody says that a new supervisor begins.
        closed: The last day of a part that one of the two has closed.
        keep: What the worker hands on all the same, as `new_part` takes it.

    Raises:
        Refused: Nothing has one of these ids, or there is no new supervisor to hand it on to.
    """
    chosen = tuple(dict.fromkeys(keep))
    record, plan = last.record, last.plan
    facts = [dict(each.facts).get("supervisor", "") for each in (record, plan and plan.session) if each]
    now = supervisor or next(filter(None, facts), "")
    part = max((each.part for each in last.plans), default=1)

    def is_of_others(day: datetime.date, name: str, its_part: int) -> bool:
        return new or is_another(now, name) or its_part < part or (closed is not None and day <= closed)

    cut_plans = [each for each in last.plans if is_of_others(each.day, each.session.fact("supervisor"), each.part)]
    cut_records = [
        each
        for each in last.records
        if is_of_others(day_of_record(each), dict(each.facts).get("supervisor", ""), _part_of(last, each, part))
    ]
    known = {name for each in cut_plans for name in _ids_of_plan(each)}
    known |= {name for each in cut_records for name in _ids_of_record(each)}
    if chosen and not (cut_plans or cut_records):
        raise Refused(
            "--keep hands something on to a new supervisor, and there is none; say --new-supervisor, too", "keep"
        )
    _check_ids(chosen, known)
    begins = record in cut_records if record else plan in cut_plans
    begun = attrs.evolve(
        last,
        records=tuple(_record_of_part(each, chosen) if each in cut_records else each for each in last.records),
        plans=tuple(_plan_of_part(each, chosen) if each in cut_plans else each for each in last.plans),
        new_part=begins,
    )
    return Begun(begun, new=begins)


def _check_ids(chosen: Iterable[str], known: Collection[str]) -> None:
    if not set(chosen) <= set(known):
        raise Refused(
            "nothing that you may hand on has one of the ids of --keep; look for it in your own plan file", "keep"
        )


def _part_of(last: LastTime, record: Record, part: int) -> int:
    plan = last.plan_of(record)
    return plan.part if plan else part


def names_id(text: str) -> bool:
    """
    Return whether a text is the id of something that may be handed on.
    """
    return day_of_id(text.removeprefix(_ACTION)) is not None


def read_ids(said: Iterable[str | Path]) -> tuple[str, ...]:
    """
    Return the ids that somebody names: an id, or the path of a file with an id at the start of each line that has one.

    Raises:
        Refused: Something is neither.
        Faults: The file cannot be read.
    """
    ids: list[str] = []
    for each in said:
        if isinstance(each, str) and names_id(each):
            ids.append(each)
            continue
        if isinstance(each, str) or not each.is_file():
            raise Refused("--keep takes ids such as 2026-03-04.p2, or a file that has one on each line", "keep")
        lines = (line.strip(" -\t") for line in read_text(each, str(each)).splitlines())
        ids += [match[0] for line in lines if (match := _NAMED.match(line))]
    return tuple(ids)


def _may_go_on(ring: Ring, name: str, chosen: Collection[str]) -> bool:
    return _NEW_SUPERVISOR.sees(ring) or (name in chosen and ring is Ring.PAIR)


def _topics_that_go_on(brought: Iterable[Brought], chosen: Collection[str]) -> tuple[Brought, ...]:
    return tuple(each for each in brought if _may_go_on(each.topic.ring, each.topic.id, chosen))


def _actions_that_go_on(actions: Iterable[Action], chosen: Collection[str]) -> tuple[Action, ...]:
    return tuple(each for each in actions if _may_go_on(each.ring, f"{_ACTION}{each.id}", chosen))


def _without_supervisor(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in facts if name != "supervisor")


def _plan_of_part(kept: KeptPlan, chosen: Collection[str]) -> KeptPlan:
    cut = kept.visible_to(_NEW_SUPERVISOR)
    items = (
        attrs.evolve(seen, brought=_topics_that_go_on(item.brought, chosen))
        for item, seen in zip(kept.session.items, cut.session.items, strict=True)
    )
    session = attrs.evolve(
        cut.session,
        items=tuple(items),
        put_off=_topics_that_go_on(kept.session.put_off, chosen),
        before=_actions_that_go_on(kept.session.before, chosen),
        facts=_without_supervisor(cut.session.facts),
    )
    return attrs.evolve(cut, session=session, part=kept.part + 1, counts=(), calendar="", revision=0)


def _record_of_part(record: Record, chosen: Collection[str]) -> Record:
    cut = record.visible_to(_NEW_SUPERVISOR)

    def item_that_goes_on(item: ItemRecord, seen: ItemRecord) -> ItemRecord:
        brought = _topics_that_go_on(item.brought, chosen)
        # If it is about nothing that goes on, what became of it does not either: something would be missed.
        return (
            attrs.evolve(seen, brought=brought) if brought else attrs.evolve(seen, brought=(), outcome=None, until="")
        )

    return attrs.evolve(
        cut,
        items=tuple(map(item_that_goes_on, record.items, cut.items)),
        before=_actions_that_go_on(record.before, chosen),
        actions=_actions_that_go_on(record.actions, chosen),
        facts=_without_supervisor(cut.facts),
        signed=(),
    )


def _ids_of_plan(kept: KeptPlan | None) -> Iterable[str]:
    return _ids(kept.brought, kept.session.before) if kept else ()


def _ids_of_record(record: Record | None) -> Iterable[str]:
    return _ids(record.brought, (*record.before, *record.actions)) if record else ()


def _ids(brought: Iterable[Brought], actions: Iterable[Action]) -> Iterable[str]:
    """
    The ids of all that is not one person's own.
    """
    rings = (
        *((each.topic.ring, each.topic.id) for each in brought),
        *((each.ring, f"{_ACTION}{each.id}") for each in actions),
    )
    return (name for ring, name in rings if ring is not Ring.OWN)
