"""
Wrong ways to plan an hour, each wrong in one way. `test_hours.py` shows that the laws find them out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from reflect.planning.agenda import arrange
from reflect.planning.minutes import TooShort
from reflect.planning.occasions import ORDINARY
from reflect.planning.plan import Plan, PlannedLine
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import Ring
from reflect.sessions.session import Item


def with_items(plan: Plan, items: Sequence[Item], lines: Iterable[PlannedLine] | None = None) -> Plan:
    """
    The plan with other items, each at its minute; what they leave of the session is open time.
    """
    begins = itertools.accumulate((item.minutes for item in items), initial=0)
    placed = tuple(attrs.evolve(item, begins=start) for item, start in zip(items, begins, strict=False))
    spare = plan.session.minutes - sum(item.minutes for item in items)
    session = attrs.evolve(plan.session, items=placed, spare=spare)
    told = tuple(plan.lines if lines is None else lines)
    if len(told) == len(placed):
        told = tuple(attrs.evolve(line, minutes=item.minutes) for line, item in zip(told, placed, strict=True))
    return attrs.evolve(plan, session=session, lines=told)


def move_minutes(plan: Plan, here: Callable[[Item], bool], there: Callable[[Item], bool], minutes: int) -> Plan:
    """
    The plan with minutes of one item given to another, as far as it has them.
    """
    items = list(plan.session.items)
    one = next((n for n, item in enumerate(items) if here(item) and item.minutes > minutes), None)
    other = next((n for n, item in enumerate(items) if there(item)), None)
    if one is None or other is None:
        return plan
    items[one] = attrs.evolve(items[one], minutes=items[one].minutes - minutes)
    items[other] = attrs.evolve(items[other], minutes=items[other].minutes + minutes)
    return with_items(plan, items)


def with_wishes(file: SessionFile, change: Callable[[Wish, bool], Wish]) -> SessionFile:
    return attrs.evolve(
        file,
        supervisee_items=tuple(change(wish, False) for wish in file.supervisee_items),
        supervisor_items=tuple(change(wish, True) for wish in file.supervisor_items),
    )


def leaves_a_minute_open(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    last = plan.session.items[-1]
    return with_items(plan, (*plan.session.items[:-1], attrs.evolve(last, minutes=last.minutes - 1)))


def begins_with_last_time(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Goes through the list of actions before anybody asks who must be seen.
    """
    plan = arrange(file, settings, **options)
    order = sorted(range(len(plan.lines)), key=lambda n: plan.lines[n].kind != "actions")
    return with_items(plan, [plan.session.items[n] for n in order], [plan.lines[n] for n in order])


def ends_with_a_talk(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    order = sorted(range(len(plan.lines)), key=lambda n: plan.lines[n].kind in ("talk", "depth"))
    return with_items(plan, [plan.session.items[n] for n in order], [plan.lines[n] for n in order])


def thins_the_talk(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Gives half of a talk to how people are.
    """
    plan = arrange(file, settings, **options)
    talk = next((item for item in plan.session.items if item.kind in ("talk", "depth")), None)
    if talk is None:
        return plan
    return move_minutes(plan, lambda item: item.kind == talk.kind, lambda item: item.kind == "close", talk.minutes // 2)


def gives_each_thing_a_heading(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Has a heading for each of the short things, as long agendas have.
    """
    plan = arrange(file, settings, **options)
    items: list[Item] = []
    lines: list[PlannedLine] = []
    for item, line in zip(plan.session.items, plan.lines, strict=True):
        several = item.brought if item.kind == "short" else ()
        if len(several) < 2 or item.minutes < len(several):
            items.append(item)
            lines.append(line)
            continue
        for n, each in enumerate(several):
            minutes = item.minutes // len(several) + (item.minutes % len(several) if not n else 0)
            items.append(attrs.evolve(item, minutes=minutes, brought=(each,)))
            lines.append(attrs.evolve(line, key=f"{line.key}-{n}"))
    return with_items(plan, items, lines)


def loses_what_has_no_room(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    return attrs.evolve(plan, session=attrs.evolve(plan.session, put_off=plan.session.put_off[:-1]))


def puts_off_without_a_day(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    later = tuple(attrs.evolve(each, until="") for each in plan.session.put_off)
    return attrs.evolve(plan, session=attrs.evolve(plan.session, put_off=later))


def overlooks_the_way_that_was_given(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    return arrange(with_wishes(file, lambda wish, theirs: attrs.evolve(wish, when="")), settings, **options)


def puts_off_what_cannot_wait(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Gives it five minutes, however long it needs.
    """
    if file.today and file.today.minutes:
        file = attrs.evolve(file, today=attrs.evolve(file.today, minutes=min(file.today.minutes, 5)))
    return arrange(file, settings, **options)


def puts_off_to_next_time(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    What yields to what cannot wait comes next time, in four weeks.
    """
    plan = arrange(file, settings, **options)
    later = tuple(attrs.evolve(each, until="first next time") for each in plan.session.put_off)
    return attrs.evolve(plan, session=attrs.evolve(plan.session, put_off=later))


def says_nothing_of_missing_minutes(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    return attrs.evolve(arrange(file, settings, **options), missing=0)


def touches_all_cases_in_no_time(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Calls every case touched, whatever minutes there are.
    """
    plan = arrange(file, settings, **options)
    load = plan.caseload
    if load is None:
        return plan
    return attrs.evolve(plan, caseload=attrs.evolve(load, round=(*load.round, *load.waiting), waiting=()), missing=0)


def takes_the_newest_first(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Does not know what was put off before.
    """
    plan = arrange(
        with_wishes(file, lambda wish, theirs: attrs.evolve(wish, put_off=0, since=None)), settings, **options
    )
    known = {(wish.what, wish.under): wish for wish in file.wishes}
    lines = [attrs.evolve(x, wishes=tuple(known[w.what, w.under] for w in x.wishes)) for x in plan.lines]
    later = tuple(known[wish.what, wish.under] for wish in plan.next_time)
    return attrs.evolve(plan, lines=tuple(lines), next_time=later)


def takes_what_waits_first(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Gives the talk to whatever was brought longest ago, as if each of it had been put off twice.
    """
    plan = arrange(
        with_wishes(file, lambda wish, theirs: attrs.evolve(wish, put_off=2 * bool(wish.put_off or wish.since))),
        settings,
        **options,
    )
    known = {(wish.what, wish.under): wish for wish in file.wishes}
    lines = [attrs.evolve(x, wishes=tuple(known[w.what, w.under] for w in x.wishes)) for x in plan.lines]
    return attrs.evolve(plan, lines=tuple(lines))


def sees_cases_in_an_ordinary_hour_alone(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    is_ordinary = options.get("occasion") == ORDINARY
    return arrange(file if is_ordinary else attrs.evolve(file, cases=(), choose=()), settings, **options)


def names_what_does_not_fit(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    Says on the screen what should be put off, in the words of whoever brings it.
    """
    try:
        return arrange(file, settings, **options)
    except TooShort as short:
        raise attrs.evolve(short, later=tuple(wish.what for wish in file.supervisee_items)) from None


def shows_one_question(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    return with_items(plan, [attrs.evolve(item, shows=item.shows[:1]) for item in plan.session.items])


def heads_a_talk_by_its_model(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    items = [
        attrs.evolve(item, set=item.set.without_topics(lambda _: True), brought=()) if item.kind == "talk" else item
        for item in plan.session.items
    ]
    return with_items(plan, items)


def plans_by_what_is_between_the_two(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    """
    What the two want to decide has no talk, and everybody can see that.
    """

    def change(wish: Wish, theirs: bool) -> Wish:
        hidden = wish.ring is Ring.PAIR or (wish.ring is None and not theirs)
        return attrs.evolve(wish, minutes=4) if hidden and wish.purpose in ("decide", "tell") else wish

    return arrange(with_wishes(file, change), settings, **options)


def gives_what_is_private_a_minute(file: SessionFile, settings: Profile, **options: Any) -> Plan:
    plan = arrange(file, settings, **options)
    if not options.get("private"):
        return plan
    return move_minutes(plan, lambda item: item.kind == "close", lambda item: item.kind == "before", 1)
