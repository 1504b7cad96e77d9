"""
From a plan, and what became of it, to a journal entry; and from there to the next session.

If there was no time for what the supervisee brought, it comes first next time. Its words may be private, so the
journal only says where they are, and the next plan reads them there.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from reflect.errors import Faults, Refused, UnknownKey
from reflect.files.reading import read_text
from reflect.planning.happened import (
    HeldLine,
    Said,
    outcomes_of_brought,
    roles_signed,
    said_of_line,
    states_of_actions,
    topics_of,
)
from reflect.planning.last_time import actions_after
from reflect.planning.occasions import occasion, occasion_names
from reflect.planning.plan import Plan, PlannedLine
from reflect.planning.profiles import Profile, profile, profile_names
from reflect.planning.session_file import SessionFile, Wish, parse
from reflect.questions.choosing import opening_questions
from reflect.questions.rings import Ring, narrowest
from reflect.sessions.attendance import count_present
from reflect.sessions.brought import Outcome
from reflect.sessions.journal import CANCELLED, CarriedItem, Journal, JournalEntry, ModelUse
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import SIGNING, ItemRecord
from reflect.sessions.record import Record, is_of_group
from reflect.sessions.series import NO_MODEL
from reflect.sessions.session import Item
from reflect.sessions.typed import key_of_words, read_day
from reflect.shown import Brief
from reflect.text.prose import day_in_words

_WHO = ("supervisee", "supervisor", "both")
#: The kinds of items that vary; the others are the frame.
_VARIED = ("depth", "talk")
#: A journal keeps at most this many characters of what was useful.
_LETTERS = 300


def entry(
    plan: Plan,
    file: SessionFile,
    *,
    record: Record | None = None,
    minutes: int | None = None,
    used: Iterable[str] = (),
    as_planned: bool = False,
    not_reached: Iterable[str] = (),
    unfinished: Iterable[str] = (),
    useful: str = "",
    change: str = "",
    ring: Ring = Ring.PERSONAL,
    attended: int | None = None,
    part: int = 1,
    closes_part: str = "",
    cancelled_by: str | None = None,
    rearranged: str | None = None,
    where: str = "",
) -> JournalEntry:
    """
    Return what a journal keeps of a session: what somebody said of its models and questions, and no word of theirs.

    Args:
        record: The record the two filled in: what became of each item, and what the supervisee found useful.
        minutes: How long it really took, if somebody says so.
        used: Keys of the models that were used, if somebody says so.
        as_planned: Whether somebody says that all was held as planned, where nothing else is said.
        not_reached: Kinds of items, families or cases there was no time for.
        unfinished: Families or cases whose model is continued next time; ``talk`` for the talk without a case.
        useful: What the supervisee said was useful.
        change: What the supervisee wants changed.
        ring: Who may read *useful* and *change*; a record may narrow it.
        attended: How many of a group were there, if somebody says so.
        part: Which part of the series it is in.
        closes_part: Which of the two closes that part.
        cancelled_by: Who cancelled it, if it was not held.
        rearranged: The day it was moved to.
        where: The path of the session file, relative to the journal; without it no item is carried over.

    Raises:
        UnknownKey: A name is not on any line of the plan, or is not a role.
        Refused: The day it was moved to is not a date, or the record belongs to another session or series.
    """
    if closes_part and closes_part not in SIGNING:
        raise UnknownKey(closes_part, SIGNING, "role")
    series = plan.session.series
    if record and record.series and series and record.series != series:
        raise Refused("the record is of another series than the session file; name that of this session", "record")
    known = {
        "date": file.date,
        "series": series or (record.series if record else ""),
        "part": part,
        "closes_part": closes_part,
    }
    if cancelled_by is not None:
        if cancelled_by not in _WHO:
            raise UnknownKey(cancelled_by, _WHO, "role")
        late = tuple(_carry_over(file, file.supervisee_items, file.choose, where))
        return JournalEntry(
            **known,  # type: ignore[arg-type]  # each fits its field
            status=CANCELLED,
            by=cancelled_by,
            rearranged=_parse_day(rearranged),
            carried=late,
        )
    names = tuple(dict.fromkeys(name for line in plan.lines for name in (line.kind, line.family) if name))
    lost, goes_on = tuple(not_reached), tuple(unfinished)
    for name in (*lost, *goes_on):
        if name not in names:
            raise UnknownKey(name, names, "item or family")
    _check_record(plan, file, record)
    call = _Call(tuple(used), as_planned, frozenset(lost), frozenset(goes_on))
    lines = [
        HeldLine(
            kind=line.kind,
            family=line.family,
            use=line.use,
            asked=_keys_asked(item),
            brought=item.brought,
            about=item.about_brought,
        )
        for item, line in zip(plan.session.items, plan.lines, strict=True)
    ]
    held = _fields_of_entry(lines, record, call)
    back = list(_lines_that_come_back(plan, lines, record, call))
    wishes = (*plan.next_time, *(wish for _, some in back for wish in some if wish in file.supervisee_items))
    talks = (line.family for line, _ in back if line.kind == "depth" and line.whose == "supervisee")
    families = (*(talk.family for talk in plan.caseload.carried), *talks) if plan.caseload else ()
    return JournalEntry(
        **known,  # type: ignore[arg-type]  # each fits its field
        **held,  # type: ignore[arg-type]
        minutes=minutes,
        attended=attended if attended is not None or record is None else count_present(record),
        carried=tuple(_carry_over(file, wishes, families, where)),
        **_remarks(record, useful, change, ring),  # type: ignore[arg-type]
    )


def entry_of_record(
    record: Record,
    kept: KeptPlan | None = None,
    *,
    settings: Profile | None = None,
    minutes: int | None = None,
    used: Iterable[str] = (),
    as_planned: bool = False,
    attended: int | None = None,
    part: int | None = None,
) -> JournalEntry:
    """
    Return what a journal keeps of a session, from its record and the plan that was kept of it, without a session file.

    Args:
        record: The record the two filled in.
        kept: The plan that was kept, if it is there: it knows what the record does not show.
        settings: The profile it was planned with, if there is no plan: it says what kind of item a page is for.
        minutes: How long it really took, if somebody says so.
        used: Keys of the models that were used, if somebody says so.
        as_planned: Whether somebody says that all was held as planned, where nothing else is said.
        attended: How many of a group were there; by default, as the record says.
        part: Which part of the series it is in; by default, that of the plan.

    Raises:
        Refused: The record has no day that can be read, or the plan is of another session or series.
    """
    day = read_day(dict(record.facts).get("date", "")) or (kept.day if kept else None)
    if day is None:
        raise Refused(
            "the day of a record cannot be read; write it on the record like 4 March 2026, and try again", "record"
        )
    if kept and ((kept.series and record.series and kept.series != record.series) or kept.day != day):
        raise Refused("the plan is not that of the record; name the plan of the same day and series", "plan")
    lines = tuple(_lines_of_record(record, kept, settings))
    group = is_of_group(record.document)
    return JournalEntry(
        date=day,
        series=record.series or (kept.series if kept else ""),
        part=part or (kept.part if kept else 1),
        minutes=minutes,
        attended=count_present(record) if attended is None else attended,
        **_fields_of_entry(lines, record, _Call(tuple(used), as_planned)),  # type: ignore[arg-type]  # each fits its field
        **_remarks(record, "", "", Ring.GROUP if group else Ring.PERSONAL),  # type: ignore[arg-type]
    )


@attrs.frozen
class _Call(Brief):
    """
    What somebody says on the call.
    """

    used: tuple[str, ...] = ()
    as_planned: bool = False
    not_reached: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()

    def says_not_reached(self, line: HeldLine) -> bool:
        return bool(self.not_reached & {line.kind, line.family} - {""})

    def says_unfinished(self, line: HeldLine) -> bool:
        return bool(self.unfinished & {line.kind, line.family} - {""})

    def said_of(self, line: HeldLine, item: ItemRecord | None, record: Record | None) -> Said:
        """
        Return what is known of an item: what somebody says now goes before what the record says.
        """
        if self.says_not_reached(line):
            return Said.NOT_REACHED
        if self.says_unfinished(line) or line.use in self.used:
            return Said.USED
        said = said_of_line(line, item, record) if item and record else Said.NOTHING
        return Said.USED if said is Said.NOTHING and self.as_planned else said


def _fields_of_entry(lines: Iterable[HeldLine], record: Record | None, call: _Call) -> dict[str, object]:
    """
    Return the fields of an entry that come from what was said.
    """
    lines = tuple(lines)
    items = record.items if record else (None,) * len(lines)
    pairs = tuple(zip(lines, items, strict=True))
    said = [(line, call.said_of(line, item, record)) for line, item in pairs]
    with_model = [line for line, known in said if known is Said.USED]
    uses = [
        ModelUse(
            model=line.use,
            family=line.family,
            questions=line.asked,
            unfinished=call.says_unfinished(line),
        )
        for line in with_model
        if line.kind in _VARIED and line.use
    ]
    planned = {line.use for line in lines}
    uses += [ModelUse(model=name) for name in dict.fromkeys(call.used) if name not in planned]
    talked = (line.kind for line, known in said if known in (Said.USED, Said.TALKED) and line.kind)
    outcomes = (each for line, item in pairs if item and record for each in outcomes_of_brought(line, item, record))
    return {
        "used": tuple(uses),
        "items": tuple(dict.fromkeys(talked)),
        "questions": tuple(key for line in with_model if line.kind not in _VARIED for key in line.asked),
        "topics": topics_of(outcomes),
        "actions": states_of_actions(actions_after(record)) if record else (),
        "signed": roles_signed(record) if record else (),
    }


def _remarks(record: Record | None, useful: str, change: str, ring: Ring) -> dict[str, object]:
    said = {"useful": useful, "change": change}
    for each in record.answers if record else ():
        # The supervisee's private answers stay theirs, and never come here.
        if each.key in said and each.ring is not Ring.OWN:
            said[each.key] = said[each.key] or each.text
            ring = narrowest(ring, each.ring)
    return {"useful": _shorten(said["useful"]), "change": _shorten(said["change"]), "ring": ring}


def _lines_that_come_back(
    plan: Plan, lines: Sequence[HeldLine], record: Record | None, call: _Call
) -> Iterator[tuple[PlannedLine, tuple[Wish, ...]]]:
    """
    Give the lines that were not reached, or of which a record says nothing, each with the wishes that come back.
    """
    for n, (planned, line) in enumerate(zip(plan.lines, lines, strict=True)):
        item = record.items[n] if record else None
        said = call.said_of(line, item, record)
        line_back = said is Said.NOT_REACHED or (record is not None and said is Said.NOTHING)
        if item and item.outcome is Outcome.DROPPED and not call.says_not_reached(line):
            line_back = False
        became = dict(outcomes_of_brought(line, item, record)) if item and record else {}
        ids = [each.topic.id for each in line.brought][-len(planned.wishes) :] if planned.wishes else []
        states = [became.get(name) for name in ids] if len(ids) == len(planned.wishes) else [None] * len(planned.wishes)
        back = tuple(
            wish
            for wish, state in zip(planned.wishes, states, strict=True)
            if (line_back if state is None or call.says_not_reached(line) else not state.settled)
        )
        if line_back or back:
            yield planned, back


def _lines_of_record(record: Record, kept: KeptPlan | None, settings: Profile | None) -> Iterator[HeldLine]:
    """
    Give the items of a record as they were planned; without the plan, what its pages tell of them.
    """
    planned = kept.session.items if kept else ()
    if kept and [each.minutes for each in planned] != [each.minutes for each in record.items]:
        raise Refused("the plan is not that of the record; name the plan of the same day and series", "plan")
    names = kept.lines if kept and len(kept.lines) == len(planned) else ()
    pages = _kinds_of_pages(settings)
    for n, item in enumerate(record.items):
        kind = names[n].kind if names else pages.get(item.use, "talk")
        family = names[n].family if names else ""
        if not planned:
            # Of a talk that others may not know the model of, a record does not say it.
            yield HeldLine(kind=kind, family=family, use="" if item.use == NO_MODEL else item.use)
            continue
        yield HeldLine(
            kind=kind,
            family=family,
            use=planned[n].set.key or item.use,
            asked=_keys_asked(planned[n]),
            brought=planned[n].brought,
            about=planned[n].about_brought,
        )


def _kinds_of_pages(settings: Profile | None) -> Mapping[str, str]:
    """
    Return the kinds of items that pages of the frame are for. A record names a page whole where a heading is a part.
    """
    known = (settings,) if settings else tuple(profile(name) for name in profile_names())
    of_occasions = [occasion(name).headings for name in occasion_names()]
    items = [item for items in (*of_occasions, *(each.items for each in known)) for item in items if item.page]
    whole = {item.page.partition(".")[0]: "frame" for item in items}
    return whole | {item.page: item.kind for item in items} | {"own-item": "item"}


def _keys_asked(item: Item) -> tuple[str, ...]:
    return tuple(question.key for question in opening_questions(item.set, item.shows))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}\u2026"


def _check_record(plan: Plan, file: SessionFile, record: Record | None) -> None:
    """
    Refuse the record of another session.
    """
    if record is None:
        return
    if [each.minutes for each in record.items] != [item.minutes for item in plan.session.items]:
        raise Refused(
            "the items of the record are not those of this session; name the record that was made from this file, or "
            "say with --occasion what it was planned for",
            "record",
        )
    when = read_day(dict(record.facts).get("date", ""))
    if when is not None and when != file.date:
        raise Refused(
            f"the record is of {day_in_words(when)}, and the session file of {day_in_words(file.date)}; "
            "name the record of this session, or correct the day in one of them",
            "record",
        )


def _carry_over(
    file: SessionFile, wishes: Iterable[Wish], families: Iterable[str], where: str
) -> Iterator[CarriedItem]:
    own = [wish for wish in file.supervisee_items if wish.stands is None]
    for wish in dict.fromkeys(wishes):
        known = next((each for each in file.supervisee_items if each == wish), wish)
        stands = known.stands or ((where, own.index(wish) + 1) if where and wish in own else None)
        if stands:
            yield CarriedItem(since=wish.since or file.date, file=stands[0], item=stands[1])
    for family in dict.fromkeys(families):
        yield CarriedItem(since=file.date, family=family)


def _parse_day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Refused("the day it was moved to is not a date; write it like 2026-03-11", "moved") from None


# --- the next session


@attrs.frozen
class ResumedFile(Brief):
    file: SessionFile
    remarks: tuple[str, ...] = ()


def resume(file: SessionFile, log: Journal, folder: Path | None) -> ResumedFile:
    """
    Return a session file that begins with what the supervisee brought last time but there was no time for.

    The journal says where the words are. If they can no longer be read there, the item still keeps its place.

    Args:
        file: The session file.
        log: The journal.
        folder: Its folder; None if it lies in none.
    """
    last = log.before(file.date).entries[-1:]
    carried = last[0].carried if last else ()
    remarks: list[str] = []
    front: list[Wish] = []
    theirs = list(file.supervisee_items)
    for each in carried:
        if not each.file or not each.item:
            continue
        wish = None if folder is None else _read_wish(folder / each.file, each.item)
        if wish is None:
            wish = Wish(what=f"what was put off on {day_in_words(each.since)}")
            remarks.append(
                f"what was put off on {day_in_words(each.since)} was in '{each.file}', and cannot be read there now; "
                "its place is kept, and whoever brought it says what it was"
            )
        # What was first brought before last time has waited twice.
        times = max(wish.put_off, 1 if each.since == last[0].date else 2)
        wish = attrs.evolve(wish, since=each.since, put_off=times, stands=(each.file, each.item))
        again = next((old for old in theirs if key_of_words(old.what) == key_of_words(wish.what)), None)
        if again is None:
            front.append(wish)
        else:  # somebody wrote it down again: it keeps their words, and comes first
            theirs.remove(again)
            times = max(again.put_off, times)
            front.append(attrs.evolve(again, since=again.since or each.since, put_off=times, stands=wish.stands))
    known = file.case_names
    chosen = dict.fromkeys((*(each.family for each in carried if each.family in known), *file.choose))
    return ResumedFile(attrs.evolve(file, supervisee_items=(*front, *theirs), choose=tuple(chosen)), tuple(remarks))


def _read_wish(path: Path, item: int) -> Wish | None:
    try:
        items = parse(read_text(path, str(path)), str(path)).file.supervisee_items
    except Faults:
        return None
    return items[item - 1] if item <= len(items) else None


def path_from(folder: Path, file: Path) -> str:
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # on another drive
        return file.resolve().as_posix()
    except OSError:  # the folder that we are in is gone
        return file.as_posix()
