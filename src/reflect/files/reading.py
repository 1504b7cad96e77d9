"""
Read files as text, or say why that is impossible.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import Fault, Faults, hint_at_nearest
from reflect.files.slips import explain_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: The largest file that is read, in bytes.
LARGEST = 4_000_000

_AS_UTF8 = "save it anew as plain text in UTF-8 (in Notepad: Save as, Encoding, UTF-8)"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(file: Traversable, where: str) -> str:
    """
    Return a file's text with its own line endings, without a byte order mark.

    Raises:
        Faults: It is not there, too large, or not text.
    """

    def fault(what: str, remedy: str, line: int | None = None) -> Faults:
        return Faults((Fault(where, line, what, remedy),))

    try:
        with file.open("rb") as opened:
            raw: bytes = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise fault("cannot be read: there is no such file", f"check its name and folder{hint_at_file(file)}") from None
    except IsADirectoryError:
        raise fault("cannot be read: it is a folder", "name a file in it") from None
    except PermissionError:
        raise fault(
            "cannot be read: you are not allowed to", "ask whoever looks after it, or copy it to your folder"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not one a file can have"
        raise fault(f"cannot be read: {reason.lower()}", "check its name and folder") from None
    if len(raw) > LARGEST:
        raise fault(f"is larger than {LARGEST // 1_000_000} MB", "name the right file: a page is a few kilobytes")
    if raw.startswith(_UTF16):
        raise fault("is saved as UTF-16", _AS_UTF8)
    if explanation := explain_file(raw):
        raise fault(*explanation)
    if b"\0" in raw:
        raise fault("is not text", "name a file of plain text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault("a character is not in UTF-8", _AS_UTF8, raw.count(b"\n", 0, error.start) + 1) from None


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
