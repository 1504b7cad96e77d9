"""
Files written whole or not at all, and never over somebody's work.
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
#: What a file is called for the moment before it takes its place; behind it stands the process.
_PART = ".reflect-"
_LEFT = re.compile(rf"{re.escape(_PART)}(\d{{1,10}})-[0-9a-f]{{12}}\.part")


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


def write(path: Path, data: bytes, *, force: bool = False, stamp: bool = True, private: bool = False) -> None:
    """
    Write a file: the old one or the new one is there, whole, whatever happens.

    Args:
        path: Where to. A file that is there is replaced only if `reflect` wrote it and it was not changed since.
        data: What.
        force: Replace it whatever it is.
        stamp: Put a digest in, so that it can be told later whether it was changed.
        private: Let nobody but its owner open it, where the system knows owners.

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
        raise Refused(f"there is no folder '{path.parent}', and nothing was written; make it, or name another")
    if path.exists() and not force:
        old = path.read_bytes()
        if old == data:
            return
        if not unchanged(old):
            raise Refused(
                f"{path} is there already and may have been filled in; name another file with -o, or say --force"
            )
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    _put(path, data, mode & 0o600 if private else mode)


def _put(path: Path, data: bytes, mode: int) -> None:
    """
    Let a file be there at once and whole.

    Where the system can (Linux), the bytes are written to a file without a name, which is gone if the process is;
    it gets a name only for the moment in which it takes the other's place.
    """
    _clear(path.parent)
    name = path.parent / f"{_PART}{os.getpid()}-{secrets.token_hex(6)}.part"
    handle, nameless = _opened(path.parent, name)
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


def _opened(folder: Path, name: Path) -> tuple[int, bool]:
    """
    A file to write to that only its owner may read, and whether it is still without a name.
    """
    flags = getattr(os, "O_TMPFILE", 0)
    if flags and Path("/proc/self/fd").is_dir():
        with contextlib.suppress(OSError):  # not every file system has nameless files
            return os.open(folder, flags | os.O_RDWR, 0o600), True
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), False


def _clear(folder: Path) -> None:
    """
    Take away what a process left half-written when it was killed: its name says which, and it is no more.
    """
    for left in folder.glob(f"{_PART}*.part"):
        match = _LEFT.fullmatch(left.name)
        if match and not _runs(int(match[1])):
            with contextlib.suppress(OSError):
                left.unlink()


def _runs(process: int) -> bool:
    """
    Whether a process is there; where that cannot be asked without harm, it is taken to be.
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
