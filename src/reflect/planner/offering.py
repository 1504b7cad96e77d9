"""
What a talk may be helped by instead: the same again, three that differ in kind, and no model today.
"""

from __future__ import annotations

import attrs

from reflect.errors import Refused
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.hours import PlannedHour, least_of
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
    key = planned.key_of(part)
    if key not in planned.changeable:
        raise Refused("this part stays as it is; its questions change by themselves", "part")
    file, settings = planned.next.next_file.file, planned.next.next_file.settings
    lines = planned.lines
    now = next(each for each in lines if each.key == key)
    # The same plan without the model that is there, with the minutes that there are.
    left_out = (*settings.not_offered, *(each.use for each in lines if each.use))
    plan = arrange(
        attrs.evolve(file, models={}),
        attrs.evolve(settings, not_offered=tuple(dict.fromkeys(left_out))),
        planned.next.log,
        models=known,
        occasion=planned.plan.occasion or "",
        moved=tuple(_without_model(each, known) if each.key != key else attrs.evolve(each, use="") for each in lines),
    )
    found = next((each for each in plan.lines if each.key == key), None)
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
        same=offer(advice.again) if advice.again and advice.again.key != now.use else None,
        offers=[offer(each) for each in advice.suggestions if each.key not in (NO_MODEL, now.use)],
        none=offer(nothing) if nothing and now.use != NO_MODEL else None,
        notes=list(advice.notes),
    )


def _without_model(line: MovedLine, models: Catalogue) -> MovedLine:
    """
    Return another line, without its model if it has too few minutes for that today.
    """
    return attrs.evolve(line, use="") if line.use and line.minutes < least_of(line.use, models) else line
