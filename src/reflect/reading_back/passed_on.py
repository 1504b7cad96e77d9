"""
Reads the slip with what left a group, from whatever it was written in.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reflect.documents.templates import Templates
from reflect.papers.paper import load
from reflect.papers.passing import PassingOn
from reflect.reading_back.reading import read


def read_passing_on(file: bytes | Path, *, templates: Templates | Iterable[str | Path] = ()) -> PassingOn:
    """
    Return what a group passed on: from the YAML file of a slip, from a slip that was filled in or saved (Word, a saved
    page, JSON), or from the record of a group with one line ticked.

    Args:
        file: The file: its bytes, or its path. YAML is told by the ending of its path.
        templates: Folders with your own templates, if the paper was made with one.

    Raises:
        Refused: It is neither a slip nor the record of a group; or the line, a name, a reason or the day is missing.
        NotOpened: It is another kind of file.
        Faults: It has faults, or it does not exist.
    """
    if isinstance(file, Path) and file.suffix.lower() in (".yaml", ".yml"):
        return load(PassingOn, file)
    return PassingOn.of_record(read(file, templates=templates))
