"""
Write files whole or not at all, and never over somebody's work.

Several files are written together: all are on the disk, unfinished, before the first is moved to its place. Just before
that we look whether somebody else has saved one of them since we looked; and if a move fails, what was moved is put
back.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import attrs

from reflect.errors import NotWritten, Refused
from reflect.files.devices import is_device
from reflect.files.locking import lock_folder
from reflect.files.parts import PART_NAME, Part, force_out, keep_aside, make_part, remove_leftovers
from reflect.shown import Brief

_HTML_STAMP = re.compile(rb"<!-- reflect ([0-9a-f]{64}) -->\n\Z")
_ZIP_STAMP = re.compile(rb"reflect ([0-9a-f]{64})\Z")
#: The endings of files that have room for a stamp: behind their text as a comment, and at the end of a zip.
_COMMENTED = (".html", ".md")
_ZIPPED = ".docx"
#: A zip ends with this signature, then 16 bytes, then the length of its comment.
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22
#: We write no file of so many bytes.
_LARGEST = 100_000_000
#: So many files at most are kept open without a name; others have a name while they are unfinished.
_MOST_OPEN = 16
#: Where Linux says which rights new files do not get. Elsewhere only setting others tells, which all threads share.
_STATUS = Path("/proc/self/status")
_UMASK = re.compile(r"^Umask:\s*([0-7]+)$", re.MULTILINE)
_asking = threading.Lock()


def add_stamp(data: bytes, ending: str) -> bytes:
    """
    Return a file's bytes with a digest of themselves, if its format has room for one.

    Word and LibreOffice drop it or leave it wrong when they save; that is how `is_unchanged` knows.
    """
    mark = b"reflect " + hashlib.sha256(data).hexdigest().encode()
    if ending == _ZIPPED and data[-_ZIP_END_LENGTH:].startswith(_ZIP_END):
        return data[:-2] + len(mark).to_bytes(2, "little") + mark
    if ending in _COMMENTED:
        return data + b"<!-- " + mark + b" -->\n"
    return data


def has_room_for_stamp(ending: str) -> bool:
    """
    Return whether files of an ending carry the digest by which `is_unchanged` knows them.
    """
    return ending == _ZIPPED or ending in _COMMENTED


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


@attrs.frozen
class Sighting(Brief):
    """
    What we saw in the place of a file, to know later whether somebody has saved it since.

    Attributes:
        seen: A digest of what was there, or of its name on the disk and its day if we may not read it; None if there
            was nothing.
    """

    seen: bytes | None = attrs.field(default=None, repr=False)


#: There was no file.
NO_FILE = Sighting()


def look_at(path: Path) -> Sighting:
    """
    Look at a file before work begins, so that `write` can tell whether it is still the same.
    """
    try:
        if not path.is_file():
            return NO_FILE
        with path.open("rb") as file:
            return Sighting(hashlib.file_digest(file, "sha256").digest())
    except (FileNotFoundError, ValueError):
        return NO_FILE
    except OSError:  # we may not read it, or no file can have its name
        with contextlib.suppress(OSError):
            there = path.stat()
            return Sighting(f"{there.st_ino} {there.st_size} {there.st_mtime_ns}".encode())
        return NO_FILE


def sighting_of(data: bytes) -> Sighting:
    """
    Return what `look_at` gives for a file that holds these bytes.
    """
    return Sighting(hashlib.sha256(data).digest())


def is_for_its_owner(path: Path) -> bool:
    """
    Return whether only the owner of a file may open it, as the system says.
    """
    return os.name == "posix" and not path.stat().st_mode & 0o077


def write(
    path: Path,
    data: bytes,
    *,
    force: bool = False,
    stamp: bool = True,
    private: bool = False,
    seen: Sighting | None = None,
) -> None:
    """
    Write a file. Whatever happens, either the old file or the new one is there, whole.

    Who may open it follows from what is in it. A file that holds what not everyone may read is opened by its owner
    alone, even if an older file in its place was open to others: somebody opened that for what was in it then. Another
    file gets the rights that the system gives to new files, or keeps those of the file that it replaces. So no file is
    ever opened to more people than could open it before.

    Args:
        path: Where to write it. A file there is replaced only if `reflect` wrote it and nobody has changed it since.
        force: Replace any existing file.
        stamp: Put a digest in, which shows later whether the file was changed.
        private: Whether it holds what not everyone may read; then only its owner opens it, if the system knows owners.
        seen: What was there when work began, as `look_at` gives it, for a file that is replaced by what was made of it.

    Raises:
        Refused: The file exists and somebody may have filled it in, or has saved it since we looked; or its folder does
            not exist.
        NotWritten: The disk refuses; nothing is left half-written. It is an `OSError` too.
    """
    with Files() as files:
        files.add(path, data, force=force, stamp=stamp, private=private, seen=seen)


@attrs.frozen
class _Step(Brief):
    """
    A file that is ready to be moved to its place.
    """

    part: Part
    seen: Sighting
    wanted: Sighting
    private: bool
    folder: str


class Files:
    """
    Files that are written together, all of them or none: as the value of a ``with``, at whose end they are moved to
    their places. If anything is raised inside it, nothing is written.
    """

    def __init__(self) -> None:
        self._steps: dict[Path, _Step] = {}
        self._places: set[tuple[str, str]] = set()
        self._folders: list[Path] = []
        self._cleared: set[Path] = set()

    def __enter__(self) -> Files:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._place()
        except BaseException:
            kind = BaseException
            raise
        finally:
            for step in self._steps.values():
                step.part.discard()
            if kind is not None:
                for folder in reversed(self._folders):
                    with contextlib.suppress(OSError):  # somebody put something in
                        folder.rmdir()

    def add(
        self,
        path: Path,
        data: bytes,
        *,
        force: bool = False,
        stamp: bool = True,
        private: bool = False,
        seen: Sighting | None = None,
        make_folder: bool = False,
    ) -> None:
        """
        Write a file beside its place, as `write` does; it is moved there with all the others.

        Args:
            make_folder: Make its folder, if that is not there. It is taken away again if nothing is written.

        Raises:
            Refused: As `write` raises it.
            NotWritten: As `write` raises it.
        """
        data = add_stamp(data, path.suffix.lower()) if stamp else data
        with _naming(path):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                path.lstat()  # a name that no file can have is refused here
            if is_device(path):
                raise Refused(
                    f"'{path}' is not a file, so nothing was written; name one with -o, or - for standard output"
                )
            if path.is_symlink():
                path = Path(os.path.realpath(path))  # the file is replaced, and the link stays
                if path.is_symlink():
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
            if path.is_dir():
                raise Refused(
                    f"'{path}' is a folder, so nothing was written; name a file in it, or another place, with -o"
                )
            if make_folder:
                self.make_folder(path.parent)
            if not path.parent.is_dir():
                raise Refused(f"there is no folder '{path.parent}', and nothing was written; make it, or name another")
            place = _identify(path.parent), path.name
            if place in self._places:
                raise Refused(f"'{path}' would be written twice, and nothing was written; give one another name")
            self._places.add(place)  # also if it is the same as before, and nothing has to be moved
            there, wanted = look_at(path), sighting_of(data)
            if seen is not None and there not in (seen, wanted):
                raise _saved_since(path)
            if there == wanted and not (private and path.stat().st_mode & 0o077):
                return
            if there not in (NO_FILE, wanted) and not force and not _is_ours(path):
                what = "is there already, and may have been filled in"
                raise Refused(f"{path} {what}; name another file with -o, or use --force")
        self._steps[path] = _Step(self._make_part(path, data, private), there, wanted, private, place[0])

    def make_folder(self, folder: Path) -> None:
        """
        Make a folder, and those that it is in.

        Raises:
            NotWritten: That is impossible, as when a file has its name.
        """
        missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
        for each in reversed(missing):
            try:
                each.mkdir(exist_ok=True)
            except (OSError, ValueError) as error:
                raise _not_written(error, each) from None
            self._folders.append(each)

    def _make_part(self, path: Path, data: bytes, private: bool) -> Part:
        folder = path.parent
        if folder not in self._cleared:
            remove_leftovers(folder)
            self._cleared.add(folder)
        there = path.stat() if path.exists() else None
        mode = 0o666 & ~_umask() if there is None else there.st_mode & 0o777
        group = None if there is None or os.name != "posix" else there.st_gid
        nameless = len(self._steps) < _MOST_OPEN
        with _naming(path):
            return make_part(path, data, mode & 0o600 if private else mode, group=group, nameless=nameless)

    def _place(self) -> None:
        """
        Move all files to their places; if one cannot be moved, put back what was there before.
        """
        with contextlib.ExitStack() as locks:
            # One lock for each folder, however often it is named, and everybody takes them in one order.
            for _, folder in sorted({step.folder: path.parent for path, step in self._steps.items()}.items()):
                with _naming(folder):
                    locks.enter_context(lock_folder(folder))
            for path, step in list(self._steps.items()):
                there = look_at(path)
                if there == step.wanted != step.seen:  # another process of ours has written the same
                    if step.private and path.stat().st_mode & 0o077:
                        self._steps[path] = attrs.evolve(step, seen=there)
                    else:
                        self._steps.pop(path).part.discard()
                elif there != step.seen:
                    raise _saved_since(path)
            moved: list[tuple[Path, Part | None]] = []
            try:
                for n, (path, step) in enumerate(self._steps.items(), 1):
                    replaced = step.seen != NO_FILE
                    aside = keep_aside(path) if replaced and n < len(self._steps) else None
                    moved.append((path, aside))
                    try:
                        step.part.replace() if replaced else step.part.place()
                    except BaseException:
                        moved.pop()
                        if aside:
                            aside.discard()
                        raise
            except BaseException as error:
                left = tuple(_put_back(moved))
                if isinstance(error, FileExistsError):
                    raise _saved_since(path, left) from None
                if isinstance(error, OSError):
                    raise _not_written(error, path, left) from None
                raise
            for _, aside in moved:
                if aside:
                    aside.discard()
        for folder in {path.parent for path in self._steps}:
            force_out(folder)


def _is_ours(path: Path) -> bool:
    """
    Return whether `reflect` wrote a file and nobody has changed it; what is too large for us is somebody else's.
    """
    return path.stat().st_size <= _LARGEST and is_unchanged(path.read_bytes())


def _put_back(moved: Iterable[tuple[Path, Part | None]]) -> Iterator[str]:
    """
    Put back what was in the places of files that were moved, and give the files for which that failed.
    """
    for path, aside in reversed(list(moved)):
        try:
            if aside is None:
                os.unlink(path)
            else:
                aside.replace()
        except OSError:
            yield str(path)


def _saved_since(path: Path, left: tuple[str, ...] = ()) -> Refused:
    what = "somebody else has saved it since we looked, so it was left as it is"
    wrote = f"only {', '.join(left)} was written" if left else "nothing was written"
    return Refused(f"{path}: {what}, and {wrote}; look at it, and then try again")


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """
    Turn what the disk refuses inside into an error that names the file.
    """
    try:
        yield
    except Refused:
        raise
    except (OSError, ValueError) as error:
        raise _not_written(error, path) from None


def _not_written(error: OSError | ValueError, path: Path, left: tuple[str, ...] = ()) -> NotWritten:
    if isinstance(error, NotWritten):
        return error
    if not isinstance(error, OSError):
        return NotWritten(str(path), "its name is not one a file can have")
    reason = (error.strerror or type(error).__name__).lower()
    if PART_NAME in str(error.filename or "") and error.filename2 is None:
        # An unfinished file has a name that means nothing to anybody: its folder takes no files.
        folder = path if path.is_dir() else path.parent
        return NotWritten(str(folder), f"'{path.name}' cannot be made here: {reason}", error.errno, left)
    return NotWritten(str(path), reason, error.errno, left)


def _identify(folder: Path) -> str:
    """
    Return what is the same for all names of one folder.
    """
    status = folder.stat()
    return f"{status.st_dev}-{status.st_ino}" if status.st_ino else os.path.realpath(folder)


def _umask() -> int:
    """
    Return the rights that new files do not get, and open no file of another thread meanwhile.
    """
    with contextlib.suppress(OSError):
        if match := _UMASK.search(_STATUS.read_text("ascii", "replace")):
            return int(match[1], 8)
    with _asking:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask
