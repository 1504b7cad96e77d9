"""
The file that a closed session gets in a journal.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from reflect.errors import Refused
from reflect.files import objects
from reflect.files.folders import is_file, is_folder
from reflect.files.reading import read_text
from reflect.files.writing import Sighting, look_at
from reflect.sessions.journal import JournalEntry, dump, read, refuse_other_series
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class JournalPage(Brief):
    """
    The file of a session in a journal.

    Attributes:
        data: What is written into it; None if it is to stay as it is.
        seen: What was there.
        note: What the journal has otherwise, and keeps; empty if it has nothing.
    """

    path: Path
    data: bytes | None = attrs.field(default=None, repr=False)
    seen: Sighting = attrs.field(factory=Sighting)
    note: str = ""


def page_of_entry(folder: Path, entry: JournalEntry, nth: int = 1) -> JournalPage:
    """
    Return the file that a session has in a journal. If the journal has the session already, it keeps what it says, and
    gets what it does not say yet: who has signed, topics and actions.

    Args:
        folder: The journal.
        entry: The session.
        nth: Which session of its day it is.

    Raises:
        Refused: There is no such folder, or the journal is of another series.
        Faults: What is there cannot be read.
    """
    if not is_folder(folder):
        raise Refused(f"there is no folder '{folder}', and nothing was written; make it, or name your journal")
    refuse_other_series(read(folder), entry.series, str(folder))
    path = folder / (f"{entry.date}-{nth}.yaml" if nth > 1 else f"{entry.date}.yaml")
    seen = look_at(path)
    if not is_file(path):
        return JournalPage(path=path, data=dump(entry).encode(), seen=seen)
    old = objects.read(read_text(path, str(path)), JournalEntry, str(path))
    if not old.held:
        note = (
            f"{path} says that this session was cancelled, and stays as it is; correct it, and close the record again"
        )
        return JournalPage(path=path, seen=seen, note=note)
    new = attrs.evolve(
        old,
        series=old.series or entry.series,
        signed=tuple(dict.fromkeys((*old.signed, *entry.signed))),
        topics=old.topics or entry.topics,
        actions=old.actions or entry.actions,
        attended=entry.attended if old.attended is None else old.attended,
    )
    if new == old:
        return JournalPage(path=path, seen=seen)
    return JournalPage(path=path, data=dump(new).encode(), seen=seen)
