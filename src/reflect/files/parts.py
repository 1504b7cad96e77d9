"""
Files that are not finished: written to the disk, and not yet in their place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

import attrs

from reflect.files.locking import is_running, machine_mark
from reflect.shown import Brief

#: What a disk answers that cannot link, change rights or force its memory out. Everything works without.
_NOT_KNOWN_HERE = frozenset(
    getattr(errno, name)
    for name in ("EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EINVAL", "ENOSYS", "ENOTTY", "EBADRQC")
    if hasattr(errno, name)
)
#: An unfinished file is called after the machine and the process that write it.
PART_NAME = ".reflect-"
_LEFT = re.compile(rf"{re.escape(PART_NAME)}(?P<machine>[0-9a-f]{{12}})-(?P<process>\d{{1,10}})-[0-9a-f]{{12}}\.part")


@attrs.define(eq=False)
class Part(Brief):
    """
    The bytes of a file before it has its name.

    If the system can do it (Linux), they are in a file without any name, which disappears together with the process.

    Attributes:
        path: The file that it is to be.
        name: What it is called until then.
        handle: Where it is open, as long as it has no name.
    """

    _in_line = ("name",)

    path: Path
    name: Path
    handle: int | None

    def replace(self) -> None:
        """
        Give it its name, in place of the file that has it.
        """
        self._take_name()
        os.replace(self.name, self.path)

    def place(self) -> None:
        """
        Give it its name, if no file has it.

        Raises:
            FileExistsError: A file has it.
        """
        try:
            self._link(self.path)
        except FileExistsError:
            raise
        except OSError:  # a disk without links; whoever else writes here waits for our lock
            self._take_name()
            if os.name != "nt" and os.path.lexists(self.path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(self.path)) from None
            os.rename(self.name, self.path)  # Windows itself refuses if a file is there
        else:
            self.discard()

    def discard(self) -> None:
        """
        Take it away, if it has not got its name.
        """
        if self.handle is not None:
            with contextlib.suppress(OSError):
                os.close(self.handle)
            self.handle = None
        with contextlib.suppress(OSError):
            os.unlink(self.name)

    def _link(self, to: Path) -> None:
        if self.handle is None:
            os.link(self.name, to)
        else:
            # Only with a folder to start from does Python ask for the link to be followed.
            os.link(f"/proc/self/fd/{self.handle}", to, src_dir_fd=self.handle, follow_symlinks=True)

    def _take_name(self) -> None:
        """
        Give it the name of an unfinished file, if it has none.
        """
        if self.handle is None:
            return
        try:
            self._link(self.name)
        except OSError:  # a disk with files without names, and without links
            mode = os.fstat(self.handle).st_mode & 0o777
            os.lseek(self.handle, 0, os.SEEK_SET)
            with open(os.dup(self.handle), "rb") as file:
                data = file.read()
            _write_part(_open_named(self.name), data, mode, None)
        os.close(self.handle)
        self.handle = None


def make_part(path: Path, data: bytes, mode: int, *, group: int | None = None, nameless: bool = True) -> Part:
    """
    Write bytes beside the place where they are to be, so that only a name is missing.

    Args:
        path: The file that it is to be.
        data: Its bytes.
        mode: Who may open it.
        group: The group of the file that it replaces. If we may not give it that, no group may open it.
        nameless: Use a file without a name, if the system has them.

    Raises:
        OSError: The disk refuses; nothing is left.
    """
    name = path.parent / f"{PART_NAME}{machine_mark()}-{os.getpid()}-{secrets.token_hex(6)}.part"
    handle = _open_nameless(path.parent) if nameless else None
    if handle is None:
        part = Part(path, name, None)
        handle = _open_named(name)
        keep = False
    else:
        part = Part(path, name, handle)
        keep = True
    try:
        _write_part(handle, data, mode, group, keep=keep)
    except BaseException:
        part.discard()
        raise
    return part


def _open_nameless(folder: Path) -> int | None:
    flags = getattr(os, "O_TMPFILE", 0)
    if flags and Path("/proc/self/fd").is_dir():
        with contextlib.suppress(OSError):  # not every file system has nameless files
            return os.open(folder, flags | os.O_RDWR, 0o600)
    return None


def _open_named(name: Path) -> int:
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _write_part(handle: int, data: bytes, mode: int, group: int | None, *, keep: bool = False) -> None:
    """
    Write and force out all bytes, first for its owner alone; then set the rights.
    """
    with open(handle, "wb", closefd=not keep) as file:
        file.write(data)
        file.flush()
        if group is not None and os.fstat(handle).st_gid != group and not _try(lambda: os.chown(handle, -1, group)):
            mode &= 0o707
        if hasattr(os, "fchmod"):
            _try(lambda: os.fchmod(handle, mode))
        _try(lambda: os.fsync(handle))


def _try(do: Callable[[], object]) -> bool:
    """
    Do something that a disk may not know; return whether it was done.
    """
    try:
        do()
    except OSError as error:
        if error.errno not in _NOT_KNOWN_HERE:
            raise
        return False
    return True


def keep_aside(path: Path) -> Part:
    """
    Give a file that is to be replaced a second name, from which it can be put back.

    Raises:
        OSError: The disk refuses.
    """
    name = path.parent / f"{PART_NAME}{machine_mark()}-{os.getpid()}-{secrets.token_hex(6)}.part"
    try:
        os.link(path, name)
    except OSError:  # a disk without links
        return make_part(path, path.read_bytes(), path.stat().st_mode & 0o777, nameless=False)
    return Part(path, name, None)


def force_out(folder: Path) -> None:
    """
    Ask the system to write the names in a folder to the disk, so that they are there after a power cut.
    """
    with contextlib.suppress(OSError):  # not every system can, and the files are in their place
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_leftovers(folder: Path) -> None:
    """
    Remove what a process of this machine left unfinished when it was killed.

    The files of another machine that writes into the same folder are left alone, because we cannot tell whether its
    processes are running.
    """
    mark = machine_mark()
    with contextlib.suppress(OSError):
        for left in list(folder.glob(f"{PART_NAME}*.part")):
            match = _LEFT.fullmatch(left.name)
            if match and match["machine"] == mark and not is_running(int(match["process"])):
                with contextlib.suppress(OSError):
                    left.unlink()
