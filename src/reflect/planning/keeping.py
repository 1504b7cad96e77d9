"""
From a plan, and what became of it, to a journal entry; and from there to the next session.

If there was no time for what the supervisee brought, it comes first next time. Its words may be private, so the
journal only says where they are, and the next plan reads them there.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.errors import Faults, Refused, UnknownKey
from reflect.files.reading import read_text
from reflect.planning.plan import Plan, PlannedLine
from reflect.planning.session_file import SessionFile, Wish, parse
from reflect.questions.choosing import opening_questions
from reflect.questions.rings import Ring, narrowest
from reflect.sessions.brought import Outcome
from reflect.sessions.journal import CANCELLED, CarriedItem, Journal, JournalEntry, ModelUse
from reflect.sessions.record import Record
from reflect.sessions.session import Item
from reflect.sessions.typed import read_day
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
    not_reached: Iterable[str] = (),
    unfinished: Iterable[str] = (),
    useful: str = "",
    change: str = "",
    ring: Ring = Ring.PERSONAL,
    cancelled_by: str | None = None,
    rearranged: str | None = None,
    where: str = "",
) -> JournalEntry:
    """
    Return what a journal keeps of a session: its models and questions, and nothing anybody said.

    Args:
        record: The record the two filled in: what became of each item, and what the supervisee found useful.
        not_reached: Kinds of items, families or cases there was no time for.
        unfinished: Families or cases whose model is continued next time; ``talk`` for the talk without a case.
        useful: What the supervisee said was useful.
        change: What the supervisee wants changed.
        ring: Who may read *useful* and *change*; a record may narrow it.
        where: The path of the session file, relative to the journal; without it no item is carried over.

    Raises:
        UnknownKey: A name is not on any line of the plan, or is not a role.
        Refused: The day it was moved to is not a date, or the record belongs to another session.
    """
    if cancelled_by is not None:
        if cancelled_by not in _WHO:
            raise UnknownKey(cancelled_by, _WHO, "role")
        late = tuple(_carry_over(file, file.supervisee_items, file.choose, where))
        return JournalEntry(
            date=file.date, status=CANCELLED, by=cancelled_by, rearranged=_parse_day(rearranged), carried=late
        )
    lost, goes_on = frozenset(not_reached), frozenset(unfinished)
    names = tuple(dict.fromkeys(name for line in plan.lines for name in (line.kind, line.family) if name))
    for name in (*not_reached, *unfinished):
        if name not in names:
            raise UnknownKey(name, names, "item or family")
    became = _outcomes_of_lines(plan, file, record)
    reached: list[tuple[Item, PlannedLine, Outcome | None]] = []
    missed: list[PlannedLine] = []
    for item, line, outcome in zip(plan.session.items, plan.lines, became, strict=True):
        if outcome is Outcome.NOT_REACHED or lost & {line.kind, line.family}:
            missed.append(line)
        else:
            reached.append((item, line, outcome))
    # If an item was changed, we do not know whether its model was used, so we do not say so.
    as_planned = [(item, line) for item, line, outcome in reached if outcome is not Outcome.CHANGED]
    wishes = (*plan.next_time, *(wish for line in missed for wish in line.wishes if wish in file.supervisee_items))
    talks = (line.family for line in missed if line.kind == "depth" and line.whose == "supervisee")
    families = (*(talk.family for talk in plan.caseload.carried), *talks) if plan.caseload else ()
    said = {"useful": useful, "change": change}
    for each in record.answers if record else ():
        # The supervisee's private answers stay theirs, and never come here.
        if each.key in said and each.ring is not Ring.OWN:
            said[each.key] = said[each.key] or each.text
            ring = narrowest(ring, each.ring)
    return JournalEntry(
        date=file.date,
        minutes=minutes or plan.session.minutes,
        used=tuple(
            ModelUse(
                model=line.use,
                family=line.family,
                questions=_keys_asked(item),
                unfinished=bool(goes_on & {line.kind, line.family} - {""}),
            )
            for item, line in as_planned
            if line.kind in _VARIED
        ),
        items=tuple(dict.fromkeys(line.kind for _, line, _ in reached)),
        questions=tuple(key for item, line in as_planned if line.kind not in _VARIED for key in _keys_asked(item)),
        carried=tuple(_carry_over(file, wishes, families, where)),
        useful=_shorten(said["useful"]),
        change=_shorten(said["change"]),
        ring=ring,
    )


def _keys_asked(item: Item) -> tuple[str, ...]:
    return tuple(question.key for question in opening_questions(item.set, item.shows))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}\u2026"


def _outcomes_of_lines(plan: Plan, file: SessionFile, record: Record | None) -> tuple[Outcome | None, ...]:
    """
    What became of each line according to the record; None where nobody ticked anything.
    """
    if record is None:
        return tuple(None for _ in plan.lines)
    if [each.minutes for each in record.items] != [item.minutes for item in plan.session.items]:
        raise Refused(
            "the items of the record are not those of this session; name the record that was made from this file"
        )
    when = read_day(dict(record.facts).get("date", ""))
    if when is not None and when != file.date:
        raise Refused(
            f"the record is of {day_in_words(when)}, and the session file of {day_in_words(file.date)}; "
            "name the record of this session, or correct the day in one of them"
        )
    return tuple(each.outcome for each in record.items)


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
        raise Refused("the day it was moved to is not a date; write it like 2026-03-11") from None


# --- the next session


@attrs.frozen
class ResumedFile(Brief):
    file: SessionFile
    remarks: tuple[str, ...] = ()


def resume(file: SessionFile, log: Journal, folder: Path) -> ResumedFile:
    """
    Return a session file that begins with what the supervisee brought last time but there was no time for.

    The journal says where the words are. If they can no longer be read there, the item still keeps its place.
    """
    last = log.before(file.date).entries[-1:]
    carried = last[0].carried if last else ()
    remarks: list[str] = []
    front: list[Wish] = []
    theirs = list(file.supervisee_items)
    for each in carried:
        if not each.file or not each.item:
            continue
        wish = _read_wish(folder / each.file, each.item)
        if wish is None:
            wish = Wish(what=f"what was put off on {day_in_words(each.since)}")
            remarks.append(
                f"what was put off on {day_in_words(each.since)} was in '{each.file}', and cannot be read there now; "
                "its place is kept, and whoever brought it says what it was"
            )
        wish = attrs.evolve(wish, since=each.since, stands=(each.file, each.item))
        again = next((old for old in theirs if old.what.casefold() == wish.what.casefold()), None)
        if again is None:
            front.append(wish)
        else:  # somebody wrote it down again: it keeps their words, and comes first
            theirs.remove(again)
            front.append(attrs.evolve(again, since=again.since or each.since, stands=wish.stands))
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
