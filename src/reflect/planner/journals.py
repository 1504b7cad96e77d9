"""
The journal on the page: a file that one opens and saves. Nothing of it is kept in the browser.

It is the folder that the command line knows, packed into one file: a small file for each session. Whoever unpacks it
has that folder, and a few of its files can be opened as they are.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from reflect.between_sessions.journalling import page_of_entry
from reflect.errors import Fault, Faults, Refused
from reflect.files.office import LIMITS, NotOpened
from reflect.pages.catalogues import our_catalogue
from reflect.planner.opened import AT_THE_PAGE, OpenedPapers
from reflect.planner.printing import file_of, together
from reflect.planner.written import Given, Told, bytes_of, list_of, object_of, text_of
from reflect.sessions.journal import LONGEST_JOURNAL, MOST_SESSIONS, Journal, JournalEntry, read

#: The name of the file of a session, and that of the packed journal.
_SESSION = re.compile(r"\d{4}-\d\d-\d\d(?:-(\d{1,2}))?\.yaml")
_NAME = "journal.zip"
#: Which session of its day a record is of, in the name of its file.
_SECOND = re.compile(r"\d{4}-\d\d-\d\d-(\d{1,2})(?![\d])")


def open_journal(opened: OpenedPapers, given: Given) -> Told:
    """
    Open the journal of the two, in the place of one that is open.

    Args:
        given: ``files``, each with ``name`` and ``bytes``: the packed journal, or files of sessions; ``who`` is at the
            page.
    """
    _need_one_of_two(given)
    found: dict[str, bytes] = {}
    for each in list_of(given.get("files"), "files"):
        file = object_of(each, "files")
        name, data = PurePosixPath(text_of(file, "name")).name, bytes_of(file, "bytes")
        if len(data) > LIMITS.file:
            raise NotOpened("too-large")
        found |= _unpack(data) if data.startswith(b"PK") else {name: data} if _SESSION.fullmatch(name) else {}
    if not found:
        raise Refused(
            "there is no session in it: a journal is journal.zip, or files such as 2026-03-04.yaml; open those", "files"
        )
    log = _read(found)
    opened.journal, opened.sessions = log, found
    return _show(opened)


def _need_one_of_two(given: Given) -> None:
    if text_of(given, "who") not in AT_THE_PAGE:
        raise Refused("a journal belongs to the two of you; say who you are, and open it again", "who")


def _unpack(data: bytes) -> dict[str, bytes]:
    """
    Return the files of sessions in a packed journal, and nothing else of it.
    """
    found: dict[str, bytes] = {}
    room = 4 * LONGEST_JOURNAL  # a character has at most four bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [each for each in package.infolist() if _SESSION.fullmatch(PurePosixPath(each.filename).name)]
            for member in members[: MOST_SESSIONS + 1]:
                if member.flag_bits & 1:
                    raise NotOpened("password")
                with package.open(member) as file:
                    text = file.read(room + 1)
                room -= len(text)
                if room < 0:
                    raise NotOpened("too-large")
                found[PurePosixPath(member.filename).name] = text
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, NotOpened):
            raise
        raise NotOpened("damaged") from None
    return found


def _read(files: Mapping[str, bytes]) -> Journal:
    """
    Read the files of a journal in a folder of their own, as on a disk.

    Raises:
        Faults: Everything that is wrong in any of them, each with the name of its file.
    """
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), files)
        try:
            return read(Path(folder))
        except Faults as wrong:
            raise Faults(_without_folder(wrong.faults)) from None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _without_folder(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(Fault(Path(each.where).name, each.line, each.what, each.remedy) for each in faults)


def look_at_journal(opened: OpenedPapers, given: Given) -> Told:
    """
    Return again what is in the journal.
    """
    _need_one_of_two(given)
    return _show(opened)


def note_session(opened: OpenedPapers, given: Given) -> Told:
    """
    Note a session in the journal, once its record is signed or closed. A journal that is not open is begun.

    Args:
        given: ``number`` of the record, ``who`` is at the page.
    """
    _need_one_of_two(given)
    paper = opened.paper(given.get("number"))
    entry = paper.entry
    if entry is None:
        raise Refused("a session is noted in the journal when its record is signed; close and sign it first", "paper")
    files = dict(opened.sessions)
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), files)
        nth = _SECOND.search(paper.name)
        page = page_of_entry(Path(folder), entry, int(nth[1]) if nth else 1)
        if page.data is not None:
            files[page.path.name] = page.data
        note = page.note.replace(f"{folder}/", "")
    opened.journal, opened.sessions = _read(files), files
    return {**_show(opened), "note": note, "noted": page.data is not None}


def save_journal(opened: OpenedPapers, given: Given) -> Told:
    """
    Return the journal as a file: each session as it was opened or noted.
    """
    _need_one_of_two(given)
    if not opened.sessions:
        raise Refused("there is nothing in the journal yet; open one, or note a session", "journal")
    return {"file": together((file_of(name, opened.sessions[name]) for name in sorted(opened.sessions)), _NAME)}


def _show(opened: OpenedPapers) -> Told:
    models = our_catalogue() if opened.models is None else opened.models
    titles = {head.key: head.title for head in models.heads()} if opened.journal.entries else {}
    return {"sessions": [_tell_entry(each, titles) for each in reversed(opened.journal.entries)]}


def _tell_entry(entry: JournalEntry, titles: Mapping[str, str]) -> Told:
    return {
        "date": str(entry.date),
        "held": entry.held,
        "by": entry.by,
        "minutes": entry.minutes or 0,
        "used": [titles.get(used.model, used.model) for used in entry.used],
        "topics": len(entry.topics),
        "open": sum(1 for each in entry.actions if each.state in ("open", "not yet")),
        "signed": list(entry.signed),
        "useful": entry.useful,
        "change": entry.change,
        "ring": str(entry.ring),
    }


#: What the page may ask about the journal, by name.
JOURNAL_ANSWERS: Mapping[str, Callable[[OpenedPapers, Given], Told]] = {
    "journal": look_at_journal,
    "journal_open": open_journal,
    "journal_note": note_session,
    "journal_save": save_journal,
}
