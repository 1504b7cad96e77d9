"""
What a talk may be helped by instead: the same again, three that differ in kind, and no model today.
"""

from __future__ import annotations

import attrs

from reflect.errors import Refused
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.hours import PUT_IN, PlannedHour, least_of
from reflect.planner.shapes import Offer, Offers
from reflect.planning.agenda import arrange
from reflect.planning.moving import MovedLine
from reflect.planning.suggesting import Suggestion
from reflect.sessions.series import NO_MODEL


def offers_for(planned: PlannedHour, part: str, models: Catalogue | None = None) -> Offers:
    """
    Return what may be taken instead of the model of a part.

    What it has now is not offered again, nor what another talk of the hour has.

    Raises:
        Refused: The hour has no such part, or nothing else can be taken there.
    """
    known = our_catalogue() if models is None else models
    line = planned.part_of(part)
    if line.key not in planned.changeable:
        raise Refused("this part stays as it is; its questions change by themselves", "part")
    file, settings = planned.next.next_file.file, planned.next.next_file.settings
    # The same plan without the model that is there, with the minutes that there are.
    now = tuple(
        MovedLine(
            key=each.key,
            minutes=each.minutes,
            use="" if each.key == line.key else each.use if each.advice or each.key in _chosen(planned) else "",
            title=each.title if each.key.startswith(PUT_IN) else "",
        )
        for each in planned.plan.lines
    )
    others = frozenset(each.use for each in planned.plan.lines if each is not line)
    left_out = tuple(dict.fromkeys((*settings.not_offered, line.use, *others)))
    plan = arrange(
        attrs.evolve(file, models={}),
        attrs.evolve(settings, not_offered=left_out),
        planned.next.log,
        models=known,
        occasion=planned.plan.occasion or "",
        moved=_with_open_line(now, line.key, line.title),
    )
    found = next((each for each in plan.lines if each.key == line.key), None)
    advice = found.advice if found else None
    if advice is None:
        return Offers(same=None, offers=[], none=None, notes=[])
    heads = {head.key: head for head in known.heads()}

    def offer(each: Suggestion) -> Offer:
        head = heads.get(each.key)
        fewest = least_of(each.key, known)
        usual = head.minutes[1] if head and head.minutes else 0
        return Offer(key=each.key, title=each.title, minutes=max(fewest, usual, 1), least=fewest, why=each.why)

    nothing = next((each for each in advice.suggestions if each.key == NO_MODEL), None)
    return Offers(
        same=offer(advice.again) if advice.again and advice.again.key != line.use else None,
        offers=[offer(each) for each in advice.suggestions if each.key not in (NO_MODEL, line.use)],
        none=offer(nothing) if nothing and line.use != NO_MODEL else None,
        notes=list(advice.notes),
    )


def _chosen(planned: PlannedHour) -> frozenset[str]:
    return frozenset(each.key for each in planned.moved if each.use)


def _with_open_line(lines: tuple[MovedLine, ...], key: str, title: str) -> tuple[MovedLine, ...]:
    """
    Let a line that a person put in stay in the plan, though it has no model.
    """
    return tuple(
        attrs.evolve(each, use="", title=title) if each.key == key and key.startswith(PUT_IN) else each
        for each in lines
    )
