"""
Which lines of an agenda there is time for, how long each is, and which cases are talked about in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.pages.catalogues import Catalogue
from reflect.planning.caseload import Case, Caseload, Talk, Touch, divide
from reflect.planning.drafting import Draft, Drafting
from reflect.planning.minutes import AgendaLine, DealtMinutes, TooShort, deal
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class DealtAgenda(Brief):
    """
    The lines that have a place in a session, and how long each of them is.

    Attributes:
        caseload: Which cases are talked about; None if there are none. It holds no scores any more.
    """

    kept: tuple[Draft, ...]
    minutes: tuple[int, ...]
    gone: tuple[Draft, ...]
    spare: int
    caseload: Caseload | None


def deal_agenda(file: SessionFile, settings: Profile, models: Catalogue) -> DealtAgenda:
    """
    Return the lines of a session, with their minutes.

    Raises:
        TooShort: What has to be in the session does not fit; the error says the smallest change that would.
        Refused: Nothing is left to plan.
    """
    minutes = file.minutes or settings.length
    slots = settings.talks(minutes) if file.slots is None else file.slots
    while True:
        caseload = _divide_cases(file, settings, slots, minutes // settings.round_share)
        drafts = tuple(Drafting(file, settings, models, caseload, minutes).drafts())
        if not drafts:
            raise Refused("nothing is left on the agenda; take something out of 'without'")
        dealt = _deal_minutes(drafts, minutes)
        keys = {line.key for line in dealt.lines}
        talks = sum(draft.kind == "depth" and draft.line.key in keys for draft in drafts)
        if caseload is None or talks == len(caseload.in_depth):
            break
        slots = talks  # a family that loses its talk is touched, or named as not discussed
    kept = tuple(draft for draft in drafts if draft.line.key in keys)
    room = next((time for draft, time in zip(kept, dealt.minutes, strict=True) if draft.kind == "round"), 0)
    return DealtAgenda(
        kept=kept,
        minutes=dealt.minutes,
        gone=tuple(draft for draft in drafts if draft.line.key not in keys),
        spare=dealt.spare,
        caseload=_without_scores(_divide_cases(file, settings, slots, room)),
    )


def _deal_minutes(drafts: tuple[Draft, ...], minutes: int) -> DealtMinutes:
    try:
        dealt = deal((draft.line for draft in drafts), minutes)
        # If no line takes all the time that is left, let lines that may be longer than usual take it.
        return deal(map(_without_most, drafts), minutes) if dealt.spare else dealt
    except TooShort as short:
        raise attrs.evolve(short, later=_titles_for_later(drafts, short.needs - short.has)) from None


def _without_most(draft: Draft) -> AgendaLine:
    """
    Take the upper limit off a line, except for the opening, a break, the close, the round, and lines whose minutes
    somebody gave.
    """
    fixed = draft.wish is not None and draft.wish.minutes is not None
    stays = fixed or draft.kind in ("arrive", "close", "round", "break")
    return draft.line if stays else attrs.evolve(draft.line, most=None)


def _titles_for_later(drafts: Iterable[Draft], over: int) -> tuple[str, ...]:
    """
    What could be put off so that the rest fits: one item if one is enough, otherwise as many as it takes.
    """
    movable = [d for d in drafts if not d.line.yields and d.kind in ("item", "depth", "today")]
    enough = [draft for draft in movable if draft.line.least >= over]
    if enough:
        return (min(enough, key=lambda draft: draft.line.least).line.title,)
    chosen: list[Draft] = []
    for draft in sorted(movable, key=lambda each: -each.line.least):
        chosen.append(draft)
        over -= draft.line.least
        if over <= 0:
            return tuple(each.line.title for each in chosen)
    return ()


# --- cases


def _divide_cases(file: SessionFile, settings: Profile, slots: int, minutes: float) -> Caseload | None:
    if not file.case_list:
        return None
    names = file.case_names
    brought = (wish.under for wish in file.supervisee_items if wish.under in names)
    return divide(
        file.case_list,
        settings.intervals,
        on=file.date,
        until=file.until(settings),
        slots=slots if settings.item("depth") and "depth" not in file.without else 0,
        minutes=minutes if settings.item("round") and "round" not in file.without else 0,
        chosen=tuple(dict.fromkeys((*file.choose, *brought))),
    )


def _without_scores(value: Any) -> Any:
    match value:
        case Case():
            return attrs.evolve(value, worker=None, supervisor=None)
        case tuple():
            return tuple(map(_without_scores, value))
        case Caseload() | Talk() | Touch():
            inner = {field.name: _without_scores(getattr(value, field.name)) for field in attrs.fields(type(value))}
            return attrs.evolve(value, **inner)
    return value
