"""
Read files as text, or say why that is impossible.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import Fault, Faults, hint_at_nearest
from reflect.files.devices import is_device, is_handed_over
from reflect.files.slips import explain_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: The largest file that is read, in bytes.
LARGEST = 4_000_000

_AS_UTF8 = "save it anew as plain text in UTF-8 (in Notepad: Save as, Encoding, UTF-8)"
_AS_CSV = "save it anew as CSV in UTF-8 (in Excel: Save as, CSV UTF-8)"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class NotAFile(OSError):
    """
    What was to be read is a device, a socket or a pipe, and might never end.
    """


def read_at_most(file: Traversable, most: int) -> bytes:
    """
    Return the bytes of a file, cut off one byte past the most that it may have.

    A pipe is read only if the shell made it for this command, as for ``<(…)``; it ends when its other end does.

    Raises:
        NotAFile: It is a device, a socket or a pipe of another kind. It was not opened.
        OSError: It cannot be read from disk.
        ValueError: No file can have its name.
    """
    if isinstance(file, Path) and is_device(file) and not is_handed_over(file):
        raise NotAFile(errno.EINVAL, "it is a device or a pipe, not a file", str(file))
    with file.open("rb") as opened:
        data: bytes = opened.read(most + 1)
    return data


def read_text(file: Traversable, where: str) -> str:
    """
    Return a file's text with its own line endings, without a byte order mark.

    Raises:
        Faults: It is not there, too large, or not text.
    """
    return decode_text(read_data(file, where), where)


#: The endings of sheets, which stand for pages.
SHEET_ENDINGS = (".csv", ".xlsx")


def read_data(file: Traversable, where: str) -> bytes:
    """
    Return the bytes of a file that should be text.

    Raises:
        Faults: It is not there, or too large.
    """
    try:
        raw = read_at_most(file, LARGEST)
    except FileNotFoundError:
        what = "cannot be read: there is no such file"
        raise _fault(where, what, f"check its name and folder{hint_at_file(file)}") from None
    except IsADirectoryError:
        raise _fault(where, "cannot be read: it is a folder", "name a file in it") from None
    except NotAFile:
        raise _fault(where, "cannot be read: it is a device or a pipe", "name a file") from None
    except PermissionError:
        remedy = "ask whoever looks after it, or copy it to your folder"
        raise _fault(where, "cannot be read: you are not allowed to", remedy) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not one a file can have"
        raise _fault(where, f"cannot be read: {reason.lower()}", "check its name and folder") from None
    if len(raw) > LARGEST:
        remedy = "name the right file: a page is a few kilobytes"
        raise _fault(where, f"is larger than {LARGEST // 1_000_000} MB", remedy)
    return raw


def decode_text(raw: bytes, where: str) -> str:
    """
    Return the text in the bytes of a file, without a byte order mark.

    Raises:
        Faults: It is not text.
    """
    if raw.startswith(_UTF16):
        raise _fault(where, "is saved as UTF-16", _remedy_of(where))
    if explanation := explain_file(raw):
        raise _fault(where, *explanation)
    if b"\0" in raw:
        raise _fault(where, "is not text", "name a file of plain text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(
            where, "a character is not in UTF-8", _remedy_of(where), raw.count(b"\n", 0, error.start) + 1
        ) from None


def _remedy_of(where: str) -> str:
    """
    How to save a file in UTF-8, with the program that people have it open in.
    """
    return _AS_CSV if where.lower().endswith(".csv") else _AS_UTF8


def _fault(where: str, what: str, remedy: str, line: int | None = None) -> Faults:
    return Faults((Fault(where, line, what, remedy),))


def hint_at_file(file: Traversable) -> str:
    """
    Return ". Did you mean 'x'?" for the nearest name in a file's folder, or nothing.
    """
    if not isinstance(file, Path) or "{" in file.suffix or "}" in file.suffix:
        return ""
    try:
        names = sorted(os.listdir(file.parent))[:1000]
        stems = [name.removesuffix(file.suffix) for name in names if name.endswith(file.suffix) and name[0] != "."]
        hint = hint_at_nearest(file.stem, stems, said=f"{{}}{file.suffix}")
    except (OSError, ValueError):
        return ""
    return f".{hint}" if hint else ""
