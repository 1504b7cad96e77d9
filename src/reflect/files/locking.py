"""
Let one process at a time move files into a folder.

A lock of the system is let go when its process dies, however it dies. Some disks have no such locks, and there a file
says who is at work. It never holds anybody up for ever: it counts for nothing once its process is dead, or once it has
been there, unchanged, for longer than any move takes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reflect.errors import Refused
from reflect.files.devices import is_device

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl

#: The file that says who is at work, on a disk without locks.
LOCK_NAME = ".reflect-lock"
#: So many seconds we wait until another process is done.
PATIENCE = 20.0
#: A lock file that stays the same for so many seconds is left over: moves take milliseconds.
STALE = 5.0
#: Where a system keeps a name of its own that no other machine has.
_MACHINE_ID = Path("/etc/machine-id")
_PROCESSES = Path("/proc/self/ns/pid")


def machine_mark() -> str:
    """
    Return twelve letters that stand for this machine, and for its numbers of processes.

    A container counts its processes anew, so that one number is two processes.
    """
    names = [os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")]
    with contextlib.suppress(OSError):
        names.append(_MACHINE_ID.read_text("utf-8", "replace").strip())
    with contextlib.suppress(OSError):
        names.append(os.readlink(_PROCESSES))
    return hashlib.sha256("\n".join(names).encode("utf-8", "replace")).hexdigest()[:12]


def is_running(process: int) -> bool:
    """
    Return whether a process of this machine is running; if we cannot ask without harm, we assume that it is.
    """
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """
    Keep other processes of ours from moving files into a folder.

    Raises:
        Refused: Another process has been at work there for too long.
        OSError: The folder takes no lock file, and has no locks.
    """
    handle = _lock_with_system(folder)
    if handle is not None:
        try:
            yield
        finally:
            os.close(handle)
        return
    mine = _lock_with_file(folder / LOCK_NAME)
    try:
        yield
    finally:
        _unlock_file(folder / LOCK_NAME, mine)


def _lock_with_system(folder: Path) -> int | None:
    """
    Lock the folder itself, which leaves nothing lying about; None where the disk or the system cannot do that.
    """
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    end = time.monotonic() + PATIENCE
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _wait(folder, end)
            else:
                return handle
    except BaseException as error:
        os.close(handle)
        if isinstance(error, OSError):  # this disk has no locks
            return None
        raise


def _lock_with_file(lock: Path) -> str:
    """
    Make the lock file, and return what is in it.
    """
    mine = f"{machine_mark()} {os.getpid()} {secrets.token_hex(6)}"
    other, since = "", time.monotonic()
    while True:
        try:
            handle = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(mine)
            return mine
        there = _read_lock(lock)
        if there != other:
            other, since = there, time.monotonic()
        if _is_of_dead_process(there) or time.monotonic() - since > STALE:
            _unlock_file(lock, there)
        _wait(lock.parent, since + PATIENCE)  # as long as it passes from hand to hand, our turn comes


def _wait(folder: Path, end: float) -> None:
    if time.monotonic() > end:
        remedy = "nothing was written; wait until it has finished, and try again"
        raise Refused(f"another program is at work in '{folder}', and {remedy}")
    time.sleep(random.uniform(0.002, 0.02))


def _read_lock(lock: Path) -> str:
    if is_device(lock):
        return ""
    try:
        with lock.open("rb") as file:
            return file.read(200).decode("ascii", "replace")
    except OSError:
        return ""


def _is_of_dead_process(text: str) -> bool:
    mark, _, rest = text.partition(" ")
    process = rest.partition(" ")[0]
    return mark == machine_mark() and process.isdecimal() and not is_running(int(process))


def _unlock_file(lock: Path, text: str) -> None:
    """
    Take a lock file away, if it is still the one we know: it is renamed first, so that only one process takes it.
    """
    if _read_lock(lock) != text:
        return
    away = lock.with_name(f"{LOCK_NAME}-{secrets.token_hex(6)}")
    with contextlib.suppress(OSError):
        os.rename(lock, away)
        if _read_lock(away) == text:
            os.unlink(away)
        else:  # another process was quicker, and this lock is its own
            os.rename(away, lock)
