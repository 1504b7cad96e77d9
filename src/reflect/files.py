"""
Files written whole or not at all, and never over somebody's work.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

from reflect.errors import Refused

_HTML_STAMP = re.compile(rb"<!-- reflect ([0-9a-f]{64}) -->\n\Z")
_ZIP_STAMP = re.compile(rb"reflect ([0-9a-f]{64})\Z")
#: A zip ends with this signature, then 16 bytes, then the length of its comment.
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22


def stamped(data: bytes, ending: str) -> bytes:
    """
    Return a file's bytes with a digest of themselves, where the format has room for one.

    Word and LibreOffice drop it or leave it wrong when they save, so `unchanged` can tell.
    """
    mark = b"reflect " + hashlib.sha256(data).hexdigest().encode()
    if ending == ".docx" and data[-_ZIP_END_LENGTH:].startswith(_ZIP_END):
        return data[:-2] + len(mark).to_bytes(2, "little") + mark
    if ending in (".html", ".md"):
        return data + b"<!-- " + mark + b" -->\n"
    return data


def unchanged(data: bytes) -> bool:
    """
    Tell whether `stamped` wrote these bytes and nobody has changed them since.
    """
    if match := _ZIP_STAMP.search(data):
        plain = data[: match.start() - 2] + b"\0\0"
    elif match := _HTML_STAMP.search(data):
        plain = data[: match.start()]
    else:
        return False
    return hashlib.sha256(plain).hexdigest().encode() == match[1]


def write(path: Path, data: bytes, *, force: bool = False, stamp: bool = True) -> None:
    """
    Write a file: the old one or the new one is there, whole, whatever happens.

    Args:
        path: Where to. A file that is there is replaced only if `reflect` wrote it and it was not changed since.
        data: What.
        force: Replace it whatever it is.
        stamp: Put a digest in, so that it can be told later whether it was changed.

    Raises:
        Refused: A file is there that somebody may have filled in; or its folder is not there.
        OSError: The disk says no; nothing is left half-written.
    """
    data = stamped(data, path.suffix.lower()) if stamp else data
    if path.is_symlink():
        path = Path(os.path.realpath(path))  # the file is replaced, and the link stays
    if path.is_dir():
        raise Refused(f"'{path}' is a folder; name a file in it with -o")
    if path.exists() and not path.is_file():
        raise Refused(f"'{path}' is not a file; name one with -o, or - for standard output")
    if not path.parent.is_dir():
        raise Refused(f"there is no folder '{path.parent}', and nothing was written; make it, or name another with -o")
    if path.exists() and not force:
        old = path.read_bytes()
        if old == data:
            return
        if not unchanged(old):
            raise Refused(
                f"{path} is there already and may have been filled in; name another file with -o, or say --force"
            )
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".reflect-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
