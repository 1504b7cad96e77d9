"""
Journals on the page: each is a file that one opens and saves, and belongs to one pair or group. Nothing is kept in the
browser.

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

import attrs

from reflect.between_sessions.journalling import page_of_entry
from reflect.errors import Fault, Faults, Refused
from reflect.files.office import LIMITS, NotOpened
from reflect.pages.catalogues import our_catalogue
from reflect.planner.opened import AT_THE_PAGE, OpenedJournal, OpenedPaper, OpenedPapers
from reflect.planner.printing import file_of, together
from reflect.planner.written import Given, Told, bytes_of, list_of, object_of, text_of
from reflect.sessions.journal import LONGEST_JOURNAL, MOST_SESSIONS, Journal, JournalEntry, read
from reflect.text.prose import day_in_words

#: The name of the file of a session.
_SESSION = re.compile(r"\d{4}-\d\d-\d\d(?:-(\d{1,2}))?\.yaml")
#: Which session of its day a record is of, in the name of its file.
_SECOND = re.compile(r"\d{4}-\d\d-\d\d-(\d{1,2})(?![\d])")


def is_journal(name: str, data: bytes) -> bool:
    """
    Tell whether a file is a journal, or a session of one, by its name and by what is packed in it.
    """
    if not data.startswith(b"PK"):
        return bool(_SESSION.fullmatch(PurePosixPath(name).name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(_SESSION.fullmatch(PurePosixPath(each).name) for each in package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def open_journal(opened: OpenedPapers, given: Given) -> Told:
    """
    Open a journal beside those that are open: each pair has one of its own. One that is open already stays as it is.

    Args:
        given: ``files``, each with ``name`` and ``bytes``: the packed journal, or files of sessions; ``who`` is at the
            page.
    """
    _need_one_of_two(given)
    found: dict[str, bytes] = {}
    called = ""
    for each in list_of(given.get("files"), "files"):
        file = object_of(each, "files")
        name, data = PurePosixPath(text_of(file, "name")).name, bytes_of(file, "bytes")
        called = called or name
        if len(data) > LIMITS.file:
            raise NotOpened("too-large")
        found |= _unpack(data) if data.startswith(b"PK") else {name: data} if _SESSION.fullmatch(name) else {}
    if not found:
        raise Refused(
            "there is no session in it: a journal is a file such as journal-2026-03-04.zip, or files such as "
            "2026-03-04.yaml; open those",
            "files",
        )
    log = _read(found)
    journal = next((each for each in opened.journals.values() if each.sessions == found), None)
    if journal is None:
        journal = opened.keep_journal(attrs.evolve(opened.new_journal(), name=called, sessions=found, log=log))
    return {**_show(opened), "kind": "journal", "number": journal.number}


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
    Return again what is in the journals.
    """
    _need_one_of_two(given)
    return _show(opened)


def note_session(opened: OpenedPapers, given: Given) -> Told:
    """
    Note a session in the journal of its people, once its record is signed or closed.

    A journal has no names. Where nothing says whose it is, nothing is noted: ``choose`` has the journals that it may
    be, and the page asks. If none is open, one is begun.

    Args:
        given: ``number`` of the record, ``who`` is at the page; ``into``, the number of the journal that somebody has
            chosen, or 0 for a new one.
    """
    _need_one_of_two(given)
    paper = opened.paper(given.get("number"))
    entry = paper.entry
    if entry is None:
        raise Refused("a session is noted in the journal when its record is signed; close and sign it first", "paper")
    journal = _journal_for_note(opened, paper, given.get("into"))
    if journal is None:
        may_be = [each.number for each in opened.journals.values() if each.is_of(paper) is not False]
        return {**_show(opened), "choose": may_be, "noted": False, "note": ""}
    files = dict(journal.sessions)
    fingerprint = paper.record.closed.fingerprint if paper.record.closed else ""
    own = paper.number, fingerprint
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), files)
        nth = _SECOND.search(paper.name)
        page = page_of_entry(Path(folder), entry, _nth_of_day(journal, entry, own, int(nth[1]) if nth else 1))
        if page.data is not None:
            files[page.path.name] = page.data
        note = page.note.replace(f"{folder}/", "")
    noted = {**journal.noted, page.path.name: own} if page.data is not None else journal.noted
    journal = attrs.evolve(
        journal.going_with((paper,)),
        sessions=files,
        log=_read(files),
        noted=noted,
        saved=journal.saved and page.data is None,
    )
    opened.keep_journal(journal)
    return {
        **_show(opened),
        "choose": [],
        "number": journal.number,
        "note": note,
        "noted": page.data is not None,
        "of": len(journal.log.entries),
    }


def _journal_for_note(opened: OpenedPapers, paper: OpenedPaper, into: object) -> OpenedJournal | None:
    """
    Return the journal that a session goes into; None if somebody has to say it.

    Raises:
        Refused: The one that was chosen is of other people.
    """
    if into == 0 and into is not False:
        return opened.new_journal()
    if into is not None:
        journal = opened.journal(into)
        if journal.is_of(paper) is False:
            raise Refused("this journal is of other people, so the session was not noted in it; take theirs", "journal")
        return journal
    said = {each.number: each.is_of(paper) for each in opened.journals.values()}
    sure = [number for number, known in said.items() if known]
    if len(sure) == 1:
        return opened.journals[sure[0]]
    return None if sure or None in said.values() else opened.new_journal()


def _nth_of_day(journal: OpenedJournal, entry: JournalEntry, own: tuple[int, str], nth: int) -> int:
    """
    Return which session of its day one is: another that was noted here on that day stays as it is.
    """
    while before := journal.noted.get(f"{entry.date}-{nth}.yaml" if nth > 1 else f"{entry.date}.yaml"):
        if own[0] == before[0] or (own[1] and own[1] == before[1]):
            break
        nth += 1
    return nth


def save_journal(opened: OpenedPapers, given: Given) -> Told:
    """
    Return a journal as a file: each session as it was opened or noted.

    Args:
        given: ``number`` of the journal, if several are open; ``who`` is at the page.
    """
    _need_one_of_two(given)
    number = given.get("number")
    if not opened.journals:
        raise Refused("there is nothing in the journal yet; open one, or note a session", "journal")
    if number is None and len(opened.journals) == 1:
        (number,) = opened.journals
    journal = opened.journal(number)
    opened.keep_journal(attrs.evolve(journal, saved=True))
    files = [file_of(name, journal.sessions[name]) for name in sorted(journal.sessions)]
    # Of two on a disk, whoever keeps them sees which is the newer; it has no name of anybody.
    last = f"journal-{max(each.date for each in journal.log.entries)}.zip" if journal.log.entries else "journal.zip"
    return {"file": together(iter(files), last)}


def put_journal_away(opened: OpenedPapers, given: Given) -> Told:
    """
    Let go of a journal.
    """
    _need_one_of_two(given)
    del opened.journals[opened.journal(given.get("number")).number]
    return _show(opened)


def journal_for(opened: OpenedPapers, given: Given) -> Told:
    """
    Return the number of the journal that counts for the hour after some papers; 0 for none. From then on it goes with
    them.

    Args:
        given: ``numbers`` of the papers; ``number`` of a journal, if somebody says that it is theirs.
    """
    _need_one_of_two(given)
    papers = opened.records_of(each for each in list_of(given.get("numbers"), "numbers") if isinstance(each, int))
    chosen = given.get("number")
    if chosen is not None:
        journal = opened.journal(chosen)
        if any(journal.is_of(each) is False for each in papers):
            raise Refused("this journal is of other people, so no hour of these is planned with it", "journal")
        able = [journal]
    else:
        able = [each for each in opened.journals.values() if each.may_count_for(papers)]
        # What is known to be theirs goes before what nobody knows the owners of.
        sure = [each for each in able if papers and all(each.is_of(paper) for paper in papers)]
        able = sure or able
    if len(able) != 1:
        return {**_show(opened), "number": 0}
    if papers:
        opened.keep_journal(able[0].going_with(papers))
    return {**_show(opened), "number": able[0].number}


def _show(opened: OpenedPapers) -> Told:
    models = our_catalogue() if opened.models is None else opened.models
    titles = {head.key: head.title for head in models.heads()} if opened.journals else {}
    return {
        "journals": [
            {
                "number": each.number,
                "name": each.name,
                "saved": each.saved,
                "people": _people_of(each),
                "papers": sorted(each.papers),
                "sessions": [_tell_entry(entry, titles) for entry in reversed(each.log.entries)],
            }
            for each in opened.journals.values()
        ]
    }


def _people_of(journal: OpenedJournal) -> list[str]:
    """
    Return the names of whom a journal goes with, as they are on their records.
    """
    names = (name for each in journal.whose for name in (each.supervisee, each.supervisor))
    return list(dict.fromkeys(filter(None, names)))


def _tell_entry(entry: JournalEntry, titles: Mapping[str, str]) -> Told:
    return {
        "date": str(entry.date),
        "day": day_in_words(entry.date),
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
    "journal_away": put_journal_away,
    "journal_for": journal_for,
}
