"""
Of all that is open, what the next hour of each pair follows from, and what is left out of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from reflect.planner.belonging import PeopleOfPaper
from reflect.planner.opened import OpenedPaper, OpenedPapers, reader_at_page, says_the_same
from reflect.planner.records import why_nothing_follows
from reflect.planner.words import read_words
from reflect.planner.written import Given, Told, text_of
from reflect.planning.last_time import day_of_record
from reflect.questions.rings import ANYONE, Ring
from reflect.reading_back.closed_papers import state_of
from reflect.safekeeping.closing import says_anything
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import Record
from reflect.text.prose import day_in_words


def papers_to_follow(opened: OpenedPapers, given: Given) -> Told:
    """
    Return what the next hour follows from: for each pair or group, the records that are open, and which of them count
    if nobody says otherwise. The plan that was kept of a record goes with it by itself.

    Args:
        given: ``who`` is at the page.
    """
    who = text_of(given, "who")
    records = [each for each in opened.papers.values() if _may_follow(opened, each, who)]
    plans = [each for each in opened.papers.values() if isinstance(each.value, KeptPlan)]
    if not records and any(not each.of for each in plans):
        return {"next": [_group_of_plans(plans)], "goes_with": {}, "left": []}
    groups = [*_by_whose(records)]
    goes_with = {plan.number: _record_of(opened, records, plans, plan) for plan in plans}
    left = [
        str(read_words()[f"records.plan.left.{_why_left(opened, records, plan)}"]).replace("{name}", plan.name)
        for plan in plans
        if records and not plan.of and not goes_with[plan.number]
    ]
    return {
        "next": [_tell_group(group, who) for group in groups],
        "goes_with": {str(number): record for number, record in goes_with.items()},
        "left": left,
    }


def _may_follow(opened: OpenedPapers, paper: OpenedPaper, who: str) -> bool:
    if not isinstance(paper.value, Record) or why_nothing_follows(paper.value, has_day=True):
        return False
    if any(each.of == paper.number for each in opened.papers.values()) and not says_anything(paper.value):
        return False  # it was begun here for an hour that is still to be held
    ring = opened.ring(paper.value)
    return ring is Ring.OPEN or reader_at_page(ring, who, mine=paper.mine) != ANYONE


def _record_of(
    opened: OpenedPapers, records: Iterable[OpenedPaper], plans: Iterable[OpenedPaper], plan: OpenedPaper
) -> int:
    """
    Return the number of the record that a plan goes with; 0 if it goes with none. Each of the two keeps the same plan.
    """
    same = [each for each in plans if says_the_same(each, plan)]
    return next((each.number for each in records if opened.plan_of(each) in same), 0)


def _why_left(opened: OpenedPapers, records: Iterable[OpenedPaper], plan: OpenedPaper) -> str:
    """
    Return why a plan goes with no record: none of its hour is open, or two plans of that hour are, and they differ; or
    that of its hour was made here.
    """
    fits = [each for each in records if opened.may_be_plan_of(plan, each)]
    if any(each.of == record.number for record in fits for each in opened.papers.values()):
        return "here"
    return "others" if fits else "none"


def _by_whose(records: Iterable[OpenedPaper]) -> Iterable[list[OpenedPaper]]:
    """
    Part records by whose they are. Those that do not say are together, but for two of one day and different hours.
    """
    groups: list[list[OpenedPaper]] = []
    for paper in records:
        own = [[_is_same(each, paper) for each in group] for group in groups]
        # Names go before what does not say whose it is.
        at = next((n for n, said in enumerate(own) if True in said and False not in said), None)
        if at is None:
            able = [n for n, said in enumerate(own) if False not in said]
            at = able[0] if len(able) == 1 else None
        if at is None:
            groups.append([paper])
        else:
            groups[at].append(paper)
    return groups


def _is_same(one: OpenedPaper, other: OpenedPaper) -> bool | None:
    said = PeopleOfPaper.of(one.record).is_that_of(PeopleOfPaper.of(other.record))
    if said is None and _day_of(one) == _day_of(other):
        starts = [dict(each.record.facts).get("start", "") for each in (one, other)]
        return False if all(starts) and starts[0] != starts[1] else None
    return said


def _day_of(paper: OpenedPaper) -> datetime.date:
    return day_of_record(paper.record)


def _that_count(group: Iterable[OpenedPaper]) -> list[OpenedPaper]:
    """
    Return the papers of a group that count: of several copies of one session, those that were taken furthest.
    """
    sessions: dict[tuple[datetime.date, str, str], list[OpenedPaper]] = {}
    for each in group:
        name = _day_of(each), dict(each.record.facts).get("start", ""), each.record.document
        sessions.setdefault(name, []).append(each)
    best: list[OpenedPaper] = []
    for copies in sessions.values():
        most = max(map(_how_far, copies))
        best += [each for each in copies if _how_far(each) == most]
    written = [each for each in best if says_anything(each.record)]
    return written or best


def _how_far(paper: OpenedPaper) -> tuple[bool, int, bool]:
    record = paper.record
    closed = record.closed is not None and not state_of(record).changes
    return closed, len(record.signed) if closed else 0, says_anything(record)


def _tell_group(group: list[OpenedPaper], who: str) -> Told:
    counted = _that_count(group)
    whose = [PeopleOfPaper.of(each.record) for each in group]
    names = [each.supervisor if who == "supervisee" else each.supervisee for each in whose]
    last = max(map(_day_of, counted))
    return {
        "name": next(filter(None, names), ""),
        "day": "" if last == datetime.date.max else day_in_words(last),
        "numbers": [each.number for each in counted],
        "all": [each.number for each in group],
    }


def _group_of_plans(plans: Iterable[OpenedPaper]) -> Told:
    """
    Return plans without a record. Each is its own hour, and last time's only if somebody says that the hour is over.
    """
    numbers = [each.number for each in plans if not each.of]
    days = [each.value.day for each in plans if isinstance(each.value, KeptPlan) and not each.of]
    return {"name": "", "day": day_in_words(max(days)), "numbers": [], "all": numbers}
