"""
Word files by their names, and their bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import Fault, Faults

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: What the name of a Word file ends in.
WORD_ENDINGS = (".docx", ".dotx")


def is_word_name(name: str) -> bool:
    """
    Whether a file is a Word file by its name.
    """
    return name.lower().endswith(WORD_ENDINGS)


def read_word_data(file: Traversable, where: str) -> bytes:
    """
    Return the bytes of a Word file, cut off one byte past the limit.

    Raises:
        Faults: It cannot be read from disk.
    """
    from reflect.files.office import NotOpened, read_within_limits  # a catalogue of texts need not load it

    if not isinstance(file, Path):
        return file.read_bytes()
    try:
        return read_within_limits(file)
    except NotOpened as error:
        what, _, remedy = str(error).partition("; ")
        raise Faults((Fault(where, None, what, remedy),)) from None
