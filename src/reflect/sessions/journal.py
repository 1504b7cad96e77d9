"""
The journal: which sessions were held, with which models. It belongs to two people, and no call joins two pairs.

It is a folder of small files, one for each session. It holds no answers, no scores, nothing about how anybody is, and
no remarks about a person. What the supervisee said was useful stays in its ring.
"""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from reflect.errors import GIVE_UP, Fault, Faults, Refused
from reflect.files import objects
from reflect.files.folders import is_file, is_folder, list_folder
from reflect.files.forms import USUAL_MINUTES, Day, ListOf, NameLine, Number, OneOf, TextLine, YesNo
from reflect.files.objects import accept, describe, list_of
from reflect.files.reading import read_data, read_text
from reflect.files.writing import NO_FILE, write
from reflect.questions.rings import Reader, Ring
from reflect.questions.sets import LONGEST
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
    minutes: int | None = accept(Number(1, LONGEST, usual=USUAL_MINUTES), "how long it really took", None)
    by: str = accept(OneOf(("supervisee", "supervisor", "both")), "who cancelled it")
    rearranged: datetime.date | None = accept(Day(not_before=("date",)), "the day it was moved to", None)
    used: tuple[ModelUse, ...] = accept(list_of(ModelUse), "the models used", ())
    items: tuple[str, ...] = accept(ListOf(NameLine(40)), "the kinds of items reached", ())
    questions: tuple[str, ...] = accept(
        ListOf(NameLine(60)), "keys of the questions that were asked in items of the frame", ()
    )
    carried: tuple[CarriedItem, ...] = accept(list_of(CarriedItem), "what the supervisee brought but found no time", ())
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

    def visible_to(self, reader: Reader) -> Journal:
        """
        Return the journal as *reader* may see it, without the supervisee's words outside their rings.
        """
        return Journal(
            entry if reader.sees(entry.ring) else attrs.evolve(entry, useful="", change="", ring=Ring.PERSONAL)
            for entry in self.entries
        )


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
    room = LONGEST_JOURNAL
    for file in files:
        try:
            text = read_text(file, str(file))
            if (room := room - len(text)) < 0:
                what = f"the sessions up to this one are longer than {LONGEST_JOURNAL:,} characters"
                faults.append(Fault(str(file), None, what, "move the oldest years into another folder"))
                break
            found.append(objects.read(text, JournalEntry, str(file)))
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


def add(folder: Path, entry: JournalEntry) -> Path:
    """
    Write one session into a journal, and return its file; nothing is overwritten, whoever writes at the same moment.

    A journal is for two people, so only the owner of the file may open it.

    Args:
        folder: The journal.
        entry: The session.

    Raises:
        Refused: The journal already has that day, with other content; or there is no such folder.
        Faults: That day is in the journal already, and we may not read what is there.
        NotWritten: The disk refuses; the journal is as it was.
    """
    file = folder / f"{entry.date}.yaml"
    data = dump(entry).encode()
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
