"""
The journal: which sessions were held, with which models. It belongs to two people, and no call joins two pairs.

It is a folder of small files, one for each session. It holds no answers, no scores, nothing about how anybody is, and
no remarks about a person. What the supervisee said was useful stays in its ring. What was talked about, and what was
agreed, it knows by their ids and what became of them, and by no word. Nothing is in it that nobody said.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import GIVE_UP, Fault, Faults, Refused
from reflect.files import objects
from reflect.files.folders import is_file, is_folder, list_folder
from reflect.files.forms import USUAL_MINUTES, Day, ListOf, NameLine, Number, OneOf, TextLine, YesNo
from reflect.files.objects import accept, describe, list_of
from reflect.files.reading import read_data, read_text
from reflect.files.writing import NO_FILE, write
from reflect.questions.rings import Reader, Ring
from reflect.questions.rings import reader as reader_of
from reflect.questions.sets import LONGEST
from reflect.sessions.brought import ID_PATTERN, Outcome, day_of_id, ring_of_id
from reflect.sessions.facts import SERIES_RINGS
from reflect.sessions.parts import SIGNING, ActionState
from reflect.sessions.series_codes import SeriesCode
from reflect.shown import Brief

#: A journal has at most this many sessions, one a week for twenty-eight years, of at most so many characters together.
MOST_SESSIONS, LONGEST_JOURNAL = 1_500, 1_000_000
HELD, CANCELLED = "held", "cancelled"


@attrs.frozen(kw_only=True)
class ModelUse(Brief):
    """
    A model that was used.
    """

    model: str = attrs.field(metadata=describe(NameLine(60), "the key of a model", needed=True, short=True))
    family: str = accept(TextLine(40), "the reference of the family or case it was used for")
    questions: tuple[str, ...] = accept(ListOf(NameLine(60)), "keys of the questions that were asked", ())
    unfinished: bool = accept(YesNo(), "whether it goes on next time", False)


@attrs.frozen(kw_only=True)
class CarriedItem(Brief):
    """
    Something the supervisee brought that there was no time for, so that it comes first next time. Its words stay in
    the file they were written in.
    """

    since: datetime.date = attrs.field(
        metadata=describe(Day(not_after=("date",)), "the session it was first brought to", needed=True)
    )
    file: str = accept(NameLine(300), "the session file that has its words, relative to this folder")
    item: int | None = accept(Number(1, 999), "which of the supervisee's items there it is", None)
    family: str = accept(TextLine(40), "the family or case that was chosen")


@attrs.frozen
class _Id(NameLine):
    """
    The id of a topic or of an action, as a place in a file.
    """

    longest: int = 20

    def value_of(self, text: str) -> str | None:
        return text if day_of_id(text) else None

    @property
    def noun(self) -> str:
        return "the id of a topic or of an action"

    @property
    def remedy(self) -> str:
        return "write it as the plan or the record has it, such as 2026-03-04.p2"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ID_PATTERN}$"}


#: What a journal says that became of a topic; if nothing was said of it, it is not there.
TOPIC_STATES = (Outcome.TALKED, Outcome.DECIDED, Outcome.PUT_OFF, Outcome.DROPPED)


@attrs.frozen(kw_only=True)
class JournalledTopic(Brief):
    """
    A topic that something was said of, without its words.
    """

    id: str = attrs.field(metadata=describe(_Id(), "its id, such as 2026-03-04.p2", needed=True))
    state: Outcome = attrs.field(
        converter=Outcome,
        metadata=describe(OneOf(tuple(map(str, TOPIC_STATES))), "what became of it", needed=True),
    )


@attrs.frozen(kw_only=True)
class JournalledAction(Brief):
    """
    An action that was agreed or looked at, without its words.
    """

    id: str = attrs.field(metadata=describe(_Id(), "its id, such as 2026-03-04.s1", needed=True))
    state: ActionState = attrs.field(
        default=ActionState.OPEN,
        converter=ActionState,
        metadata=describe(OneOf(tuple(map(str, ActionState))), "what became of it; open if nothing was said"),
    )


def _ring_of_remarks(values: Mapping[str, object]) -> Ring:
    """
    Return the ring of remarks in a file that does not say it: whoever took it out shows them to nobody else.
    """
    return Ring.PAIR if values.get("useful") or values.get("change") else Ring.PERSONAL


@attrs.frozen(kw_only=True)
class JournalEntry(Brief):
    """
    One session: how it was held, or why it was not.
    """

    date: datetime.date = attrs.field(metadata=describe(Day(), "the day of the session", needed=True))
    status: str = accept(OneOf((HELD, CANCELLED)), "whether it took place", HELD)
    series: str = accept(SeriesCode(), "the code of the series", repr=False)
    part: int = accept(Number(1, 99), "which part of the series it is in: a new supervisor begins a new one", 1)
    minutes: int | None = accept(Number(1, LONGEST, usual=USUAL_MINUTES), "how long it really took", None)
    by: str = accept(OneOf(("supervisee", "supervisor", "both")), "who cancelled it")
    rearranged: datetime.date | None = accept(Day(not_before=("date",)), "the day it was moved to", None)
    used: tuple[ModelUse, ...] = accept(list_of(ModelUse), "the models used", ())
    items: tuple[str, ...] = accept(ListOf(NameLine(40)), "the kinds of items that were talked about", ())
    questions: tuple[str, ...] = accept(
        ListOf(NameLine(60)), "keys of the questions that were asked in items of the frame", ()
    )
    carried: tuple[CarriedItem, ...] = accept(list_of(CarriedItem), "what the supervisee brought but found no time", ())
    topics: tuple[JournalledTopic, ...] = accept(
        list_of(JournalledTopic), "what became of the topics, by their ids", ()
    )
    actions: tuple[JournalledAction, ...] = accept(
        list_of(JournalledAction), "the actions that were agreed or looked at, by their ids", ()
    )
    attended: int | None = accept(Number(0, 99), "how many of a group were there", None)
    signed: tuple[str, ...] = accept(ListOf(OneOf(SIGNING)), "who signed the record", ())
    closes_part: str = accept(
        OneOf(SIGNING), "who closed this part of the series, so that nothing between the two goes on"
    )
    useful: str = accept(TextLine(300), "what the supervisee said was useful", repr=False)
    change: str = accept(TextLine(300), "what the supervisee wants changed", repr=False)
    ring: Ring = attrs.field(
        default=Ring.PERSONAL,
        converter=Ring,
        metadata=describe(
            OneOf((str(Ring.PERSONAL), str(Ring.PAIR), str(Ring.GROUP))),
            "who may read 'useful' and 'change'; the two alone if it is left out",
            left_out=_ring_of_remarks,
        ),
    )

    @property
    def held(self) -> bool:
        return self.status == HELD

    def visible_to(self, reader: Reader | str) -> JournalEntry:
        """
        Return the entry as *reader* may see it: without the supervisee's words outside their rings, without ids whose
        ring they may not read, and without the code of the series if they read no paper of the pair.

        Only those who were there get the headings, the models, the questions, and what was brought and is put off: they
        follow from what is between the two, and from what the session was for. A group was there if the entry says how
        many came.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)

        def sees(name: str) -> bool:
            ring = ring_of_id(name)
            return ring is not None and reader.sees(ring)

        words = {} if reader.sees(self.ring) else {"useful": "", "change": "", "ring": Ring.PERSONAL}
        were_there = reader.sees(Ring.PAIR) or (reader.sees(Ring.GROUP) and self.attended is not None)
        of_series = any(map(reader.sees, SERIES_RINGS))
        return attrs.evolve(
            self,
            **words,  # type: ignore[arg-type]  # the three are texts
            used=self.used if were_there else (),
            items=self.items if were_there else (),
            questions=self.questions if were_there else (),
            carried=self.carried if were_there else (),
            topics=tuple(each for each in self.topics if sees(each.id)),
            actions=tuple(each for each in self.actions if sees(each.id)),
            series=self.series if of_series else "",
        )


def _sort_by_date(entries: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.date))


@attrs.frozen
class Journal(Brief):
    """
    The sessions of one pair, the earliest first.
    """

    entries: tuple[JournalEntry, ...] = attrs.field(default=(), converter=_sort_by_date)

    @functools.cached_property
    def held(self) -> tuple[JournalEntry, ...]:
        return tuple(entry for entry in self.entries if entry.held)

    @functools.cached_property
    def uses(self) -> tuple[tuple[JournalEntry, ModelUse], ...]:
        """
        Every use of a model in a session that took place, in order.
        """
        return tuple((entry, used) for entry in self.held for used in entry.used)

    @functools.cached_property
    def last(self) -> Mapping[str, datetime.date]:
        """
        When each model was last used.
        """
        return {used.model: entry.date for entry, used in self.uses}

    @functools.cached_property
    def times(self) -> Counter[str]:
        """
        How often each model was used.
        """
        return Counter(used.model for _, used in self.uses)

    @functools.cached_property
    def asked(self) -> Counter[str]:
        """
        How often each question was asked, by its key.
        """
        models = (key for _, used in self.uses for key in used.questions)
        return Counter((*models, *(key for entry in self.held for key in entry.questions)))

    @functools.cached_property
    def turns(self) -> Counter[str]:
        """
        Whose turn it is, by the key of each question that was asked: one asked less often has less, and of those asked
        as often, one that was asked longer ago.
        """
        last = {
            key: n
            for n, entry in enumerate(self.held, 1)
            for key in (*entry.questions, *(key for used in entry.used for key in used.questions))
        }
        return Counter({key: times * (MOST_SESSIONS + 1) + last[key] for key, times in self.asked.items()})

    @functools.cached_property
    def by_family(self) -> Mapping[str, tuple[JournalEntry, ModelUse]]:
        """
        The last use for each family; under the empty name, the last use without one.
        """
        return {used.family: (entry, used) for entry, used in self.uses}

    def before(self, day: datetime.date) -> Journal:
        """
        Return the entries before a day.
        """
        return Journal(entry for entry in self.entries if entry.date < day)

    def of_part(self, part: int) -> Journal:
        """
        Return the entries of one part of the series.
        """
        return Journal(entry for entry in self.entries if entry.part == part)

    def visible_to(self, reader: Reader | str) -> Journal:
        """
        Return the journal as *reader* may see it, without the supervisee's words and ids outside their rings.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)
        return Journal(entry.visible_to(reader) for entry in self.entries)

    @property
    def series(self) -> str:
        """
        The code of the series; empty if no entry has one.
        """
        return next((entry.series for entry in reversed(self.entries) if entry.series), "")

    @property
    def part(self) -> int:
        """
        Which part of the series the next session is in.
        """
        last = self.entries[-1:]
        return last[0].part + bool(last[0].closes_part) if last else 1

    @property
    def counts(self) -> Mapping[str, int]:
        """
        How often each action that is still open was carried over, by its id: a session that was held, after the one
        that agreed it, and left it open. A session that was cancelled, leave and sickness count for nothing. It is for
        the question what stopped it; no paper has it, and no new supervisor.
        """
        counts: Counter[str] = Counter()
        for entry in self.held:
            if entry.part != self.part:
                continue
            for action in entry.actions:
                agreed = day_of_id(action.id)
                if action.state not in (ActionState.OPEN, ActionState.NOT_YET):
                    counts.pop(action.id, None)
                elif agreed is None or agreed < entry.date:
                    counts[action.id] += 1
        return counts


def read(folder: Path) -> Journal:
    """
    Read the journal of one pair: the files in one folder, but not in folders inside it.

    Raises:
        Faults: Everything that is wrong in any of its files.
    """
    if not is_folder(folder):
        remedy = "make the folder first, or name the one your journal is in"
        raise Faults((Fault(str(folder), None, "is not a folder", remedy),))
    files = list_folder(folder, ".yaml")
    if len(files) > MOST_SESSIONS:
        remedy = "name the folder of one pair, and move the oldest years into another"
        raise Faults((Fault(str(folder), None, f"this holds more than {MOST_SESSIONS:,} sessions", remedy),))
    faults: list[Fault] = []
    found: list[JournalEntry] = []
    series = ""
    room = LONGEST_JOURNAL
    for file in files:
        try:
            text = read_text(file, str(file))
            if (room := room - len(text)) < 0:
                what = f"the sessions up to this one are longer than {LONGEST_JOURNAL:,} characters"
                faults.append(Fault(str(file), None, what, "move the oldest years into another folder"))
                break
            found.append(entry := objects.read(text, JournalEntry, str(file)))
            if entry.series and series not in ("", entry.series):
                remedy = "move it into the journal of its own series, or correct 'series'"
                faults.append(Fault(str(file), None, "this session is of another series than those before it", remedy))
            series = series or entry.series
        except Faults as wrong:
            faults += wrong.faults
        if len(faults) >= GIVE_UP:
            break
    if faults:
        raise Faults(faults)
    return Journal(found)


def doubts_about(entry: JournalEntry) -> tuple[Fault, ...]:
    """
    Return what may not be meant in an entry, such as a new day before the old one.
    """
    return objects.read_with_doubts(dump(entry), JournalEntry, f"{entry.date}.yaml")[1]


def dump(entry: JournalEntry) -> str:
    said = bool(entry.useful or entry.change)
    return objects.dump(entry, always=("status", "ring") if said else ("status",))


def refuse_other_series(log: Journal, series: str, where: str) -> None:
    """
    Refuse a session of another series than that of the journal. Without a code on both sides nothing is checked.

    Args:
        log: The journal.
        series: The code of the session's series, or "".
        where: What the journal is called.

    Raises:
        Refused: The codes differ.
    """
    if series and log.series not in ("", series):
        raise Refused(f"{where}: this journal is of another series; name the journal of this one, or correct the code")


def _readable_entries(folder: Path) -> Journal:
    """
    Return the sessions in a folder that can be read.
    """
    entries = []
    for file in list_folder(folder, ".yaml"):
        with contextlib.suppress(Faults):
            entries.append(objects.read(read_text(file, str(file)), JournalEntry, str(file)))
    return Journal(entries)


def add(folder: Path, entry: JournalEntry) -> Path:
    """
    Write one session into a journal, and return its file; nothing is overwritten, whoever writes at the same moment.

    A journal is for two people, so only the owner of the file may open it.

    Args:
        folder: The journal.
        entry: The session.

    Raises:
        Refused: The journal already has that day, with other content; it is of another series; or there is no such
            folder.
        Faults: That day is in the journal already, and we may not read what is there.
        NotWritten: The disk refuses; the journal is as it was.
    """
    file = folder / f"{entry.date}.yaml"
    data = dump(entry).encode()
    if entry.series and is_folder(folder):
        refuse_other_series(_readable_entries(folder), entry.series, str(folder))
    try:
        if not is_file(file):
            write(file, data, stamp=False, private=True, seen=NO_FILE)
            return file
    except Refused:
        if not is_file(file):
            raise  # there is no such folder
    # Somebody has written that day, perhaps at this moment.
    if read_data(file, str(file)) != data:
        raise Refused(
            f"{file}: that day is in the journal already; change the file, or delete it and add the day again"
        )
    return file


#: The journal of two people who have only just met.
EMPTY = Journal()
