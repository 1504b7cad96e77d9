"""
Which lines of an agenda there is time for, how long each is, and which cases are talked about in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from reflect.errors import Alternative, Refused
from reflect.pages.catalogues import Catalogue
from reflect.planning.caseload import Case, Caseload, Talk, Touch, divide
from reflect.planning.drafting import Draft, Drafting
from reflect.planning.hour import NO_HOSTS, HourDrafting, most_headings
from reflect.planning.minutes import AgendaLine, DealtMinutes, TooShort, deal
from reflect.planning.occasions import NO_LIMITS, Limits
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile
from reflect.planning.talks import TalksToday, choose_talks, things_in_order
from reflect.questions.rings import Ring
from reflect.shown import Brief

#: The headings under which cases are touched, as far as a session has them.
_ROUNDS = frozenset(("round", "before"))


@attrs.frozen(kw_only=True)
class DealtAgenda(Brief):
    """
    The lines that have a place in a session, and how long each of them is.

    Attributes:
        caseload: Which cases are talked about; None if there are none. It holds no scores any more.
        by_topics: Whether what people bring became talks and short things, and has no lines of its own.
    """

    kept: tuple[Draft, ...]
    minutes: tuple[int, ...]
    gone: tuple[Draft, ...]
    spare: int
    caseload: Caseload | None
    by_topics: bool = False


def deal_agenda(
    file: SessionFile,
    settings: Profile,
    models: Catalogue,
    limits: Limits = NO_LIMITS,
    turns: frozenset[str] = frozenset(),
    *,
    by_topics: bool = False,
) -> DealtAgenda:
    """
    Return the lines of a session, with their minutes.

    Args:
        limits: What the occasion holds itself to.
        turns: The kinds of headings that have their turn, though nobody asks for them.
        by_topics: Whether what people bring becomes talks and short things, and has no lines of its own.

    Raises:
        TooShort: What has to be in the session does not fit; the error says the smallest change that would.
        Refused: Nothing is left to plan.
    """
    minutes = file.minutes or settings.length
    slots = settings.talks(minutes) if file.slots is None else file.slots
    if not by_topics:
        return _deal(file, settings, slots, lambda load: Drafting(file, settings, models, load, minutes))
    most = slots if file.slots is not None else None
    # Around the talks there is one heading before them, and one after.
    count = int(min(max(slots, settings.talks(minutes)), max(1, most_headings(limits, minutes) - 2)))

    def deal_talks(count: int) -> DealtAgenda:
        talks = _choose_talks(file, settings, count, most)

        def draft(load: Caseload | None) -> Drafting:
            return HourDrafting(file, settings, models, load, minutes, limits, talks, turns)

        return attrs.evolve(_deal(file, settings, talks.cases, draft), by_topics=True)

    for fewer in range(count, 1, -1):
        try:
            return deal_talks(fewer)
        except TooShort:
            continue  # there is room for one talk less
    return deal_talks(min(count, 1))


def _deal(
    file: SessionFile, settings: Profile, slots: int, drafting: Callable[[Caseload | None], Drafting]
) -> DealtAgenda:
    """
    Deal the minutes of the lines that somebody drafts for a caseload.
    """
    minutes = file.minutes or settings.length
    while True:
        caseload = _divide_cases(file, settings, slots, minutes // settings.round_share)
        drafts = tuple(drafting(caseload).drafts())
        if not drafts:
            raise Refused("nothing is left on the agenda; take something out of 'without'", "without")
        dealt = _deal_minutes(drafts, minutes, file, group=settings.setting == "group")
        keys = {line.key for line in dealt.lines}
        talks = sum(draft.kind == "depth" and draft.line.key in keys for draft in drafts)
        if caseload is None or talks == len(caseload.in_depth):
            break
        slots = talks  # a family that loses its talk is touched, or named as not discussed
    kept = tuple(draft for draft in drafts if draft.line.key in keys)
    times = {draft.kind: time for draft, time in zip(kept, dealt.minutes, strict=True) if draft.room_for_cases}
    room = max((min(times[draft.kind], draft.room_for_cases) for draft in kept if draft.kind in times), default=0)
    return DealtAgenda(
        kept=kept,
        minutes=dealt.minutes,
        gone=tuple(draft for draft in drafts if draft.line.key not in keys),
        spare=dealt.spare,
        caseload=_without_scores(_divide_cases(file, settings, slots, room)),
    )


def _choose_talks(file: SessionFile, settings: Profile, count: int, most_cases: int | None) -> TalksToday:
    """
    What the talks of a session are about.
    """
    nothing = _divide_cases(file, settings, 0, 0)
    chosen = nothing.carried if nothing else ()
    due = [talk for talk in (nothing.backlog if nothing else ()) if talk not in chosen]
    in_depth = settings.item("depth") is not None and "depth" not in file.without
    heading = next((item for item in settings.items if item.kind == "talk" and not item.page), None)
    headed = heading is not None and "talk" not in file.without
    cases = {*file.case_names}
    kinds = {item.kind for item in settings.items if item.kind not in file.without} - NO_HOSTS
    things = things_in_order(file, group=settings.setting == "group", peers=settings.peers)
    free = [each for each in things if not (each.wish.when or each.wish.under in cases | kinds)]
    talks = choose_talks(
        file,
        count,
        chosen=len(chosen) if in_depth else 0,
        due=len(due) if in_depth else 0,
        families=len({case.together for case in file.case_list}) if in_depth else 0,
        topics=[each for each in free if each.wants_thinking] if headed else (),
        most_cases=(count if most_cases is None else most_cases) if in_depth else 0,
    )
    always = heading is not None and heading.when == "always"
    return talks if headed and always else attrs.evolve(talks, open=False)


def _deal_minutes(drafts: tuple[Draft, ...], minutes: int, file: SessionFile, *, group: bool) -> DealtMinutes:
    try:
        dealt = deal((draft.line for draft in drafts), minutes)
        # If no line takes all the time that is left, let lines that may be longer than usual take it.
        return deal(map(_without_most, drafts), minutes) if dealt.spare else dealt
    except TooShort as short:
        later = _drafts_for_later(drafts, short.needs - short.has)
        raise attrs.evolve(
            short,
            alternatives=tuple(Alternative(each.line.key, each.line.title, each.line.least) for each in later),
            later=tuple(_name_on_screen(each, file, group=group) for each in later),
        ) from None


def _without_most(draft: Draft) -> AgendaLine:
    """
    Take the upper limit off a line, except for the opening, a break, the close, the round, and lines whose minutes
    somebody gave.
    """
    fixed = draft.wish is not None and draft.wish.minutes is not None
    stays = fixed or draft.kind in ("arrive", "close", "round", "break")
    return draft.line if stays else attrs.evolve(draft.line, most=None)


def _drafts_for_later(drafts: Iterable[Draft], over: int) -> tuple[Draft, ...]:
    """
    What could be put off so that the rest fits: one item if one is enough, otherwise as many as it takes.
    """
    movable = [each for each in drafts if not each.line.yields and (each.wish or each.kind in ("item", "depth"))]
    enough = [draft for draft in movable if draft.line.least >= over]
    if enough:
        return (min(enough, key=lambda draft: draft.line.least),)
    chosen: list[Draft] = []
    for draft in sorted(movable, key=lambda each: -each.line.least):
        chosen.append(draft)
        over -= draft.line.least
        if over <= 0:
            return tuple(chosen)
    return ()


def _name_on_screen(draft: Draft, file: SessionFile, *, group: bool) -> str:
    """
    Return what an error calls something that was brought: its words, if the supervision file or the group may have
    them; else whose it is, and its place among what they bring.
    """
    wish = draft.wish
    if wish is None:
        return draft.line.title
    if wish is file.today:
        return "what cannot wait"
    for whose, wishes in (("supervisee", file.supervisee_items), ("supervisor", file.supervisor_items)):
        place = next((n for n, each in enumerate(wishes, 1) if each is wish), 0)
        if place:
            usual = Ring.GROUP if group else Ring.PAIR if whose == "supervisee" else Ring.PERSONAL
            is_known = (wish.ring or usual) in (Ring.OPEN, Ring.GROUP, Ring.PERSONAL)
            return draft.line.title if is_known else f"item {place} of the {whose}"
    return draft.line.title


# --- cases


def _divide_cases(file: SessionFile, settings: Profile, slots: int, minutes: float) -> Caseload | None:
    if not file.case_list:
        return None
    names = file.case_names
    brought = (wish.under for wish in file.supervisee_items if wish.under in names and not wish.when)
    return divide(
        file.case_list,
        settings.intervals,
        on=file.date,
        until=file.until(settings),
        slots=slots if settings.item("depth") and "depth" not in file.without else 0,
        minutes=minutes if _ROUNDS & {item.kind for item in settings.items} - {*file.without} else 0,
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
