"""
Write files whole or not at all, and never over somebody's work.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path

from reflect.errors import Refused

_HTML_STAMP = re.compile(rb"<!-- reflect ([0-9a-f]{64}) -->\n\Z")
_ZIP_STAMP = re.compile(rb"reflect ([0-9a-f]{64})\Z")
#: A zip ends with this signature, then 16 bytes, then the length of its comment.
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22
#: The start of a temporary file's name; the number of the process follows it.
_PART_NAME = ".reflect-"
_LEFT = re.compile(rf"{re.escape(_PART_NAME)}(\d{{1,10}})-[0-9a-f]{{12}}\.part")


def add_stamp(data: bytes, ending: str) -> bytes:
    """
    Return a file's bytes with a digest of themselves, if its format has room for one.

    Word and LibreOffice drop it or leave it wrong when they save; that is how `is_unchanged` knows.
    """
    mark = b"reflect " + hashlib.sha256(data).hexdigest().encode()
    if ending == ".docx" and data[-_ZIP_END_LENGTH:].startswith(_ZIP_END):
        return data[:-2] + len(mark).to_bytes(2, "little") + mark
    if ending in (".html", ".md"):
        return data + b"<!-- " + mark + b" -->\n"
    return data


def is_unchanged(data: bytes) -> bool:
    """
    Return whether `add_stamp` wrote these bytes and nobody has changed them since.
    """
    if match := _ZIP_STAMP.search(data):
        plain = data[: match.start() - 2] + b"\0\0"
    elif match := _HTML_STAMP.search(data):
        plain = data[: match.start()]
    else:
        return False
    return hashlib.sha256(plain).hexdigest().encode() == match[1]


def write(path: Path, data: bytes, *, force: bool = False, stamp: bool = True, private: bool = False) -> None:
    """
    Write a file. Whatever happens, either the old file or the new one is there, whole.

    Args:
        path: Where to write it. A file there is replaced only if `reflect` wrote it and nobody has changed it since.
        force: Replace any existing file.
        stamp: Put a digest in, which shows later whether the file was changed.
        private: Let only its owner open it, if the system knows owners.

    Raises:
        Refused: The file exists and somebody may have filled it in, or its folder does not exist.
        OSError: The disk refuses; nothing is left half-written.
    """
    data = add_stamp(data, path.suffix.lower()) if stamp else data
    if path.is_symlink():
        path = Path(os.path.realpath(path))  # the file is replaced, and the link stays
    if path.is_dir():
        raise Refused(f"'{path}' is a folder; name a file in it with -o")
    if path.exists() and not path.is_file():
        raise Refused(f"'{path}' is not a file; name one with -o, or - for standard output")
    if not path.parent.is_dir():
        raise Refused(f"there is no folder '{path.parent}', and nothing was written; make it, or name another")
    if path.exists() and not force:
        old = path.read_bytes()
        if old == data:
            return
        if not is_unchanged(old):
            raise Refused(
                f"{path} is there already, and may have been filled in; name another file with -o, or use --force"
            )
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    _put_in_place(path, data, mode & 0o600 if private else mode)


def _put_in_place(path: Path, data: bytes, mode: int) -> None:
    """
    Put a file in its place all at once.

    If the system can do it (Linux), the bytes go to a file without a name, which disappears together with the process.
    It gets a name only for the moment in which it replaces the old file.
    """
    _remove_leftovers(path.parent)
    name = path.parent / f"{_PART_NAME}{os.getpid()}-{secrets.token_hex(6)}.part"
    handle, nameless = _open_part(path.parent, name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode) if hasattr(os, "fchmod") else os.chmod(name, mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if nameless:
                # Only with a folder to start from does Python ask for the link to be followed.
                os.link(f"/proc/self/fd/{file.fileno()}", name, src_dir_fd=file.fileno(), follow_symlinks=True)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _open_part(folder: Path, name: Path) -> tuple[int, bool]:
    """
    Open a file to write to that only its owner may read, and return whether it still has no name.
    """
    flags = getattr(os, "O_TMPFILE", 0)
    if flags and Path("/proc/self/fd").is_dir():
        with contextlib.suppress(OSError):  # not every file system has nameless files
            return os.open(folder, flags | os.O_RDWR, 0o600), True
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), False


def _remove_leftovers(folder: Path) -> None:
    """
    Remove what a process left half-written when it was killed. The number of that process is in the name.
    """
    for left in folder.glob(f"{_PART_NAME}*.part"):
        match = _LEFT.fullmatch(left.name)
        if match and not _is_running(int(match[1])):
            with contextlib.suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    """
    Whether a process is running; if we cannot ask without harm, assume that it is.
    """
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
