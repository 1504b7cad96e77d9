"""
Whoever writes at once, and whatever a disk refuses: what was written is there, and what somebody else wrote stays.
"""

from __future__ import annotations

import ast
import datetime
import errno
import itertools
import os
import re
import shutil
import signal
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.documents.templates import Templates
from reflect.files import locking, parts, writing
from reflect.files.writing import Files, write
from reflect.interchange.values import to_json
from reflect.questions.rings import ANYONE, READERS, Ring, is_secret
from reflect.questions.rings import reader as reader_of
from reflect.rendering.rendering import Rendering
from reflect.sessions import journal
from reflect.sessions.facts import FACTS
from reflect.sessions.journal import JournalEntry
from reflect.sessions.parts import Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.testing.canaries import canary, planted, rings_in
from reflect.text.prose import Line, Run
from tests.documents import OUTLINE, a_few

SCENARIOS = Path(__file__).parent / "scenarios"
posix = pytest.mark.skipif(os.name != "posix", reason="fork, and rights, are known to POSIX systems")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def _tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """
    Every file in a folder, with its rights and its bytes; and every folder.
    """
    return {
        str(each.relative_to(folder)): (stat.S_IMODE(each.stat().st_mode), each.read_bytes() if each.is_file() else b"")
        for each in folder.rglob("*")
    }


# --- at once


def _refuse_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.long
@posix
@pytest.mark.parametrize("disk", ["usual", "no locks", "no links", "neither"])
def test_an_entry_that_was_told_written_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str) -> None:
    """
    Of many processes that write one day at the same moment, one is told that it did, and what it wrote is there.
    """
    if disk in ("no locks", "neither"):
        monkeypatch.setattr(locking, "fcntl", None)
    if disk in ("no links", "neither"):
        monkeypatch.setattr(os, "link", _refuse_links)
    days = range(1, 1 + len(a_few(range(4), 2)))
    for day in days:
        start = time.time() + 0.02
        children = {}
        for n in range(1, 9):
            child = os.fork()
            if child == 0:
                _add_and_leave(tmp_path, JournalEntry(date=datetime.date(2026, 3, day), minutes=n), start)
            children[child] = n
        told = [children[child] for child in children if os.waitpid(child, 0)[1] == 0]

        assert len(told) == 1
        assert [entry.minutes for entry in journal.read(tmp_path).entries if entry.date.day == day] == told
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"2026-03-0{day}.yaml" for day in days]


def _add_and_leave(folder: Path, entry: JournalEntry, start: float) -> None:
    try:
        time.sleep(max(0, start - time.time()))
        journal.add(folder, entry)
    except reflect.ReflectError:
        os._exit(1)
    except BaseException:
        os._exit(2)
    os._exit(0)


def test_an_entry_may_be_added_twice_and_no_other_in_its_place(tmp_path: Path) -> None:
    """
    The same entry again is no fault; another on its day is, and the first stays.
    """
    entry = JournalEntry(date=datetime.date(2026, 3, 4), minutes=50)
    file = journal.add(tmp_path, entry)
    before = file.read_bytes()

    assert journal.add(tmp_path, entry) == file
    with pytest.raises(reflect.Refused, match="that day is in the journal already"):
        journal.add(tmp_path, JournalEntry(date=entry.date, minutes=51))
    assert file.read_bytes() == before
    with pytest.raises(reflect.Refused, match="there is no folder"):
        journal.add(tmp_path / "none", entry)


# --- somebody else saves the file between our look and our write

_PAGE = "# Three\n\n- Where does this story begin for you?\n"


def _session(folder: Path) -> None:
    run("plan", "--example", "one-to-one", "-o", "session.yaml")
    (folder / "ours").mkdir(exist_ok=True)


def record_with(text: str, ring: Ring) -> Record:
    return Record(
        minutes=60,
        items=(ItemRecord(key="item-1", use="arrive", minutes=60),),
        answers=(Answered(key="item-1", ring=ring, lines=(Line(runs=(Run(text=text),)),)),),
    )


def _record(folder: Path) -> None:
    (folder / "record.json").write_text(to_json(record_with("a word", Ring.PERSONAL)))


#: What each command writes, and what has to be there before.
REWRITERS: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "page.md": (lambda folder: (folder / "page.md").write_text(_PAGE), ["check", "--no-advice", "page.md", "--fix"]),
    "record.json": (_record, ["copy", "record.json", "-o", "record.json", "--yes", "--force"]),
    "mine.docx": (_record, ["copy", "record.json", "-o", "mine.docx", "--yes", "--force"]),
    "out/record.json": (_record, ["read", "record.json", "-o", "out", "--force"]),
    "held.csv": (_record, ["read", "record.json", "--facts", "held.csv", "--force"]),
    "agenda.txt": (lambda _: None, ["make", "agenda", OUTLINE, "-o", "agenda.txt", "--force"]),
    "covered.svg": (_session, ["series", "ours", "-o", "covered.svg", "--force"]),
    "brand.docx": (lambda _: None, ["brand", "brand.docx", "--force"]),
    "papers/supervisee/record-2026-03-04.txt": (
        _session,
        ["plan", "session.yaml", "-o", "papers", "--to", "txt", "--force"],
    ),
    "ours/2026-03-04.yaml": (_session, ["held", "session.yaml", "--journal", "ours"]),
    "start.yaml": (lambda _: None, ["plan", "--example", "group", "-o", "start.yaml", "--force"]),
}


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("name", REWRITERS)
def test_what_somebody_else_saved_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, there: bool
) -> None:
    """
    For every command that writes a file: saved by another program while we are at work, it stays as that saved it, and
    one sentence names it. Without that, the file is written.
    """
    prepare, words = REWRITERS[name]
    prepare(tmp_path)
    file = tmp_path / name
    if there and not file.exists() and not name.startswith("ours"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"old")
    before = _tree(tmp_path)
    real = writing.make_part

    def save_meanwhile(path: Path, *rest: object, **more: object) -> object:
        part = real(path, *rest, **more)  # type: ignore[arg-type]
        if path.absolute() == file:
            file.write_bytes(b"theirs")
        return part

    with monkeypatch.context() as patch:
        patch.setattr(writing, "make_part", save_meanwhile)
        result = run(*words)

    assert result.exit_code == 1, result.output
    assert file.read_bytes() == b"theirs"
    after = {path: each for path, each in _tree(tmp_path).items() if path != name and each[1]}
    assert after == {path: each for path, each in before.items() if path != name and each[1]}
    assert Path(name).name in result.stderr.splitlines()[-1]
    file.unlink()
    prepare(tmp_path)
    assert run(*words).exit_code == 0
    assert file.read_bytes() not in (b"theirs", b"old")


@pytest.mark.parametrize("name", [name for name in REWRITERS if name[:3] not in ("out", "hel", "bra", "sta")])
def test_what_was_saved_while_we_were_making_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """
    For every command that looks at a file before its work: saved before we begin to write, it stays, even with --force.
    """
    prepare, words = REWRITERS[name]
    prepare(tmp_path)
    file = tmp_path / name
    real = Files.add

    def save_before(files: Files, path: Path, *rest: object, **more: object) -> object:
        if path.absolute() == file:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"theirs")
        return real(files, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Files, "add", save_before)

    assert run(*words).exit_code == 1
    assert file.read_bytes() == b"theirs"


def test_two_that_write_the_same_are_both_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What somebody else saved is what we would write: nothing is wrong. So it is for a page that has two names.
    """
    real = writing.make_part

    def save_the_same(path: Path, data: bytes, *rest: object, **more: object) -> object:
        path.write_bytes(data)
        return real(path, data, *rest, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(writing, "make_part", save_the_same)
        write(tmp_path / "a", b"same", stamp=False)
    (tmp_path / "page.md").write_text(_PAGE)
    (tmp_path / "other.md").symlink_to("page.md")
    done = run("check", "--no-advice", "page.md", "other.md", "page.md", "--fix")

    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "other.md", "page.md"]


# --- all or none


def _failing(call: Callable[..., object], at: Iterator[int], n: int) -> Callable[..., object]:
    def fail_at(*args: object, **named: object) -> object:
        if next(at) == n:
            raise OSError(errno.ENOSPC, "No space left on device")
        return call(*args, **named)

    return fail_at


def _write_several(folder: Path) -> None:
    with Files() as several:
        for n, name in enumerate(("a", "b", "new/c", "d", "new/deep/e")):
            several.add(folder / name, f"new {name}".encode(), force=True, private=n % 2 == 0, make_folder=True)


def _error_of(do: Callable[[Path], None], folder: Path) -> OSError | None:
    try:
        do(folder)
    except reflect.NotWritten as error:
        return error
    return None


@pytest.mark.parametrize("call", ["replace", "link", "rename", "fsync", "chmod", "mkdir", "fchmod"])
@pytest.mark.parametrize("links", [True, False])
def test_several_files_are_written_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, links: bool
) -> None:
    """
    Whichever call fails, at whichever file: afterwards there is what was there before, or everything new; and one
    sentence names the file and says that nothing was written.
    """
    for n in itertools.count():
        folder = tmp_path / f"{call}{n}"
        folder.mkdir()
        for name in ("a", "d"):
            (folder / name).write_text(f"old {name}")
        before = _tree(folder)
        with monkeypatch.context() as patch:
            if not links:
                patch.setattr(os, "link", _refuse_links)
            patch.setattr(os, call, _failing(getattr(os, call), itertools.count(), n))
            error = _error_of(_write_several, folder)
        if error is not None:
            assert str(folder) in str(error)
            assert str(error).endswith("no space left on device; nothing was written")
            assert _tree(folder) == before
            continue
        assert {name: data for name, (_, data) in _tree(folder).items() if data} == {
            name: f"new {name}".encode() for name in ("a", "b", "new/c", "d", "new/deep/e")
        }
        return


@posix
def test_killed_while_several_are_moved_each_is_whole(tmp_path: Path) -> None:
    """
    The files that a kill finds moved are new, the others old, each whole; the next that writes takes the rest away.
    """
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"@" * 9_000)
    for wait in a_few([n / 5000 for n in range(1, 60)], 6):
        child = os.fork()
        if child == 0:
            _write_several_for_ever(tmp_path)
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for name in ("a", "b", "c"):
            data = (tmp_path / name).read_bytes()
            assert (len(data), len(set(data))) == (9_000, 1)
    with Files() as several:
        several.add(tmp_path / "a", b"done", force=True, stamp=False, private=False)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b", "c"]


def _write_several_for_ever(folder: Path) -> None:
    try:
        for n in itertools.count():
            with Files() as several:
                for name in ("a", "b", "c"):
                    several.add(folder / name, bytes([65 + n % 26]) * 9_000, force=True, stamp=False, private=True)
    finally:
        os._exit(1)


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If the disk refuses that too, the message says which files are new.
    """
    (tmp_path / "a").write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(Files, "_place", Files._place)
        patch.setattr(parts.Part, "place", lambda part: _refuse_links())
        patch.setattr(writing, "_put_back", lambda moved: [str(path) for path, _ in moved])
        with pytest.raises(reflect.ReflectError, match=r"b: operation not permitted; it was not written, but .*a$"):
            _write_several(tmp_path)


def test_plan_and_catalogue_write_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where the disk fails at the third of several papers, there is none, and no folder; then all are written.
    """
    _session(tmp_path)
    before = _tree(tmp_path)
    for make in (
        lambda: run("plan", "session.yaml", "-o", "papers", "--to", "txt"),
        lambda: run("catalogue", "-o", "site", "--to", "txt"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(writing, "make_part", _failing(writing.make_part, itertools.count(), 2))
            done = make()
        assert done.exit_code == 1
        assert "no space left on device; nothing was written" in done.stderr
        assert "standard output" not in done.stderr
        assert _tree(tmp_path) == before
    for name, is_folder in (("papers/supervisor/agenda-2026-03-04.txt", True), ("papers/supervisor", False)):
        there = tmp_path / name
        (there if is_folder else there.parent).mkdir(parents=True)
        if not is_folder:
            there.write_text("mine")
        blocked = _tree(tmp_path)
        done = run("plan", "session.yaml", "-o", "papers", "--to", "txt", "--force")
        assert (done.exit_code, name in done.stderr, "nothing was written" in done.stderr) == (1, True, True)
        assert _tree(tmp_path) == blocked
        shutil.rmtree(tmp_path / "papers")
    assert run("plan", "session.yaml", "-o", "papers", "--to", "txt").exit_code == 0
    assert len([path for path in (tmp_path / "papers").rglob("*") if path.is_file()]) >= 4


# --- disks that refuse

_REFUSED = ("EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EINVAL", "ENOSYS")


@pytest.mark.parametrize("code", _REFUSED)
@pytest.mark.parametrize("call", [("link",), ("fchmod",), ("fsync",), ("open",), ("link", "fchmod", "fsync", "open")])
def test_a_disk_that_refuses_linking_rights_or_syncing_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...], code: str
) -> None:
    """
    A disk without links, rights, syncing or nameless files gets a plain rename: new files, replaced ones and several.
    """
    number = getattr(errno, code)
    real_open = os.open

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    def refuse_nameless(path: str, flags: int, *rest: int, **more: int) -> int:
        if flags & getattr(os, "O_TMPFILE", 0) == getattr(os, "O_TMPFILE", -1) or Path(path).is_dir():
            refuse()
        return real_open(path, flags, *rest, **more)

    for name in call:
        monkeypatch.setattr(os, name, refuse_nameless if name == "open" else refuse)
    (tmp_path / "d").write_bytes(b"old")
    write(tmp_path / "one", b"new one", stamp=False)
    write(tmp_path / "one", b"newer", stamp=False, force=True, private=True)
    _write_several(tmp_path)

    assert (tmp_path / "one").read_bytes() == b"newer"
    assert {name: data for name, (_, data) in _tree(tmp_path).items() if data} == {
        "one": b"newer",
        **{name: f"new {name}".encode() for name in ("a", "b", "new/c", "d", "new/deep/e")},
    }


@posix
@pytest.mark.parametrize("locks", [True, False])
def test_a_lock_keeps_others_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locks: bool) -> None:
    """
    While somebody moves files into a folder, nobody else does; then they can.
    """
    if not locks:
        monkeypatch.setattr(locking, "fcntl", None)
    monkeypatch.setattr(locking, "PATIENCE", 0.05)
    with locking.lock_folder(tmp_path):
        with pytest.raises(reflect.Refused, match="another program is at work"):
            write(tmp_path / "a", b"x", stamp=False, private=False)
        assert not (tmp_path / "a").exists()
    write(tmp_path / "a", b"x", stamp=False, private=False)
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@posix
def test_a_lock_of_a_dead_process_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    On a disk without locks, a lock file that a process left, here or on another machine, is taken away; one that
    changes is respected until our patience ends.
    """
    monkeypatch.setattr(locking, "fcntl", None)
    lock = tmp_path / locking.LOCK_NAME
    lock.write_text(f"{locking.machine_mark()} 999999999 0123456789ab")
    write(tmp_path / "a", b"here", stamp=False)
    monkeypatch.setattr(locking, "STALE", 0.05)
    for left in ("0123456789ab 1 0123456789ab", "", "rubbish\xff"):
        lock.write_text(left)
        write(tmp_path / "a", left.encode() + b"x", stamp=False, force=True)
        assert not lock.exists()

    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    monkeypatch.setattr(locking, "STALE", 99)
    lock.write_text(f"{locking.machine_mark()} {os.getpid()} 0123456789ab")
    with pytest.raises(reflect.Refused, match="another program is at work"):
        write(tmp_path / "a", b"never", stamp=False, force=True)
    assert [each.name for each in sorted(tmp_path.iterdir())] == [locking.LOCK_NAME, "a"]


@posix
def test_the_unfinished_files_of_another_machine_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What a dead process of ours left is taken away; the number of another machine's process says nothing here.
    """
    with monkeypatch.context() as patch:
        patch.setattr(locking, "_MACHINE_ID", tmp_path / "none")
        patch.setattr(locking, "_PROCESSES", tmp_path / "none")
        patch.setattr(os, "uname", lambda: os.uname_result(("Linux", "elsewhere", "", "", "")))
        other = locking.machine_mark()
    names = [f".reflect-{mark}-999999999-0123456789ab.part" for mark in (other, locking.machine_mark())]
    for name in (*names, ".reflect-notes.md"):
        (tmp_path / name).write_bytes(b"x")
    write(tmp_path / "a", b"x", stamp=False)

    assert other != locking.machine_mark()
    assert {each.name for each in tmp_path.iterdir()} == {"a", names[0], ".reflect-notes.md"}


# --- who may open a file


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.long
@posix
def test_who_may_open_a_file_follows_from_what_is_in_it(tmp_path: Path) -> None:
    """
    In every format and by every command, what not everyone may read is opened by its owner alone; blanks are not.
    """
    _record(tmp_path)
    _session(tmp_path)
    children = str(SCENARIOS / "children" / "session.yaml")
    commands = [
        ["read", "record.json", "-o", "secret-read"],
        ["read", "record.json", "-o", "secret-text", "--to", "txt", "--reader", "supervisor"],
        ["read", "record.json", "--facts", "secret.csv"],
        ["copy", "record.json", "-o", "secret-copy.json", "--yes"],
        ["copy", "record.json", "-o", "secret-copy.html", "--yes"],
        ["held", "session.yaml", "--journal", "ours", "--useful", "the map"],
        ["series", "ours", "-o", "secret.svg"],
        ["make", "agenda", OUTLINE, "-o", "open.docx", "--reader", "supervisor"],
        ["make", "record", "record.json", "-o", "open-record.txt", "--reader", "anyone"],
        ["brand", "open-brand.docx"],
        ["plan", "--example", "group", "-o", "open-example.yaml"],
    ]
    for to in a_few(("docx", "html", "txt", "md", "json"), 2):
        commands += [
            ["make", "record", "record.json", "-o", f"secret-record.{to}", "--reader", "supervisor"],
            ["make", "agenda", OUTLINE, "--set", "topic=x", "-o", f"secret-agenda.{to}", "--reader", "supervisee"],
            ["make", "worksheet", "kolb-cycle", "-o", f"open-worksheet.{to}"],
        ]
    for words in commands:
        assert run(*words).exit_code == 0, words
    papers = ["--papers", "case-record,informal,workload-statement,action-log,preparation", "--to", "txt"]
    assert run("plan", children, "-o", "papers", *papers).exit_code == 0
    for path in sorted(each for each in tmp_path.rglob("*") if each.is_file()):
        name = str(path.relative_to(tmp_path))
        if name.startswith("open"):
            assert _mode(path) & 0o044, name
        elif name.startswith(("secret", "ours/", "papers/")) and path.suffix != ".ics":
            assert _mode(path) == 0o600, name
    assert list((tmp_path / "papers/case-file").iterdir())
    assert _mode(next((tmp_path / "papers/supervisee").glob("*.ics"))) & 0o044


@posix
@pytest.mark.parametrize("reader", [*a_few(each.name for each in READERS), "anyone", None])
@pytest.mark.parametrize("ring", [Ring.OWN, *a_few(Ring)[1:], Ring.OPEN])
def test_a_record_in_json_is_cut_to_its_reader(tmp_path: Path, ring: Ring, reader: str | None) -> None:
    """
    Data for somebody holds what they may read, in a file and on the screen; and its file is open only if everyone may.
    """
    (tmp_path / "record.json").write_text(to_json(record_with("SECRET", ring)))
    who = ["--reader", reader] if reader else []
    sees = reader is None or reader_of(reader).sees(ring)
    printed = run("read", "record.json", "-o", "-", *who)

    assert run("read", "record.json", "-o", "out", *who).exit_code == 0
    written = tmp_path / "out/record.json"
    assert ("SECRET" in written.read_text(), "SECRET" in printed.stdout) == (sees, sees)
    # What was planned is not for everyone either, even where what was written is not for this reader.
    for_all = run("read", "record.json", "-o", "-", "--reader", "anyone").stdout
    assert (_mode(written) != 0o600) == (printed.stdout == for_all)
    assert reader != "anyone" or _mode(written) != 0o600


@posix
@pytest.mark.parametrize("disk", ["usual", "no nameless", "no locks"])
def test_what_is_not_finished_is_open_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str) -> None:
    """
    Every file that we make on the way is its owner's alone from the first moment.
    """
    real, modes = os.open, []

    def note(path: str, flags: int, mode: int = 0o777, **more: int) -> int:
        if flags & (os.O_CREAT | getattr(os, "O_TMPFILE", 0) & ~os.O_DIRECTORY):
            modes.append(mode)
        return real(path, flags, mode, **more)

    if disk == "no locks":
        monkeypatch.setattr(locking, "fcntl", None)
    if disk == "no nameless":
        monkeypatch.setattr(parts, "_open_nameless", lambda folder: None)
    monkeypatch.setattr(os, "open", note)
    _write_several(tmp_path)

    assert len(modes) >= 5
    assert {mode & 0o077 for mode in modes} == {0}


@pytest.mark.long
@posix
def test_what_holds_a_secret_is_closed_for_every_paper_and_reader() -> None:
    """
    With a word of each ring in each place: a paper that shows one which not everyone may read has a closed file.
    """
    shelf, closed = Templates(), 0
    said = {fact: canary(ring) for fact, ring in FACTS.items() if ring is not Ring.OPEN}
    one_of_each = {shelf.about(name).of: name for name in shelf.names()}
    papers = [
        *((name, next(iter(planted(of))), {}) for of, name in one_of_each.items()),
        ("agenda", OUTLINE, said),
    ]
    for name, what, facts in papers:
        for who in READERS:
            rendering = Rendering(name=name, to="txt", reader=who.name, facts=facts, templates=shelf)
            shown = set(rings_in(rendering.render(what), "txt")) - {Ring.OPEN}
            assert rendering.is_secret(what) or not shown, (name, who.name, shown)
            closed += bool(shown)
    assert closed


@posix
def test_replacing_a_file_opens_it_to_nobody_else(tmp_path: Path) -> None:
    """
    A file that was open is closed when a secret replaces what was in it; one that was closed is never opened.
    """
    for mode in (0o644, 0o640, 0o666, 0o600, 0o400):
        file = tmp_path / f"{mode:o}"
        file.write_bytes(b"old")
        file.chmod(mode)
        write(file, b"open", stamp=False, force=True)
        assert _mode(file) == mode
        write(file, b"secret", stamp=False, force=True, private=True)
        assert _mode(file) == mode & 0o600
        write(file, b"open again", stamp=False, force=True)
        assert _mode(file) == mode & 0o600
    file = tmp_path / "same"
    file.write_bytes(b"secret")
    file.chmod(0o644)
    write(file, b"secret", stamp=False, private=True)
    assert _mode(file) == 0o600


@pytest.mark.parametrize("ring", Ring)
def test_a_ring_is_secret_unless_everyone_sees_it(ring: Ring) -> None:
    """
    One function decides, from the rings of what is in a file.
    """
    assert is_secret(ring) == (ring is not Ring.OPEN)
    assert is_secret(record_with("a word", ring).visible_to(ANYONE)) is False


def test_whoever_writes_a_file_says_whether_it_is_private() -> None:
    """
    Every call in `src/` that writes a file decides it, and only these write files at all: those of the planner in
    folders that pass, of which nobody else may open any.
    """
    root = Path(reflect.__file__).parent
    calls, others = 0, []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text("utf-8")
        writes = re.search(r"from reflect.files.writing import .*\bwrite\b", text) is not None
        for node in ast.walk(ast.parse(text)) if writes or "Files" in text or ".write_" in text else ():
            if not isinstance(node, ast.Call):
                continue
            named = {each.arg for each in node.keywords}
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            if (name == "write" and writes and isinstance(node.func, ast.Name)) or (name == "add" and "force" in named):
                calls += 1
                assert "private" in named, f"{path}:{node.lineno}"
            elif name in ("write_text", "write_bytes"):
                others.append(path.relative_to(root).as_posix())
    assert calls >= 11
    passing = ("planner/baking.py", "planner/journals.py", "planner/opening.py", "planner/records.py")
    assert sorted({*others}) == [*passing, "schemas/__main__.py"]
    assert all("TemporaryDirectory()" in (root / each).read_text("utf-8") for each in passing)


@posix
def test_a_folder_has_many_names_and_one_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    However the folders of several files are spelt, we do not wait for ourselves; and two spellings of one file are one.
    """
    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    _record(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to("out")
    for n, place in enumerate((tmp_path / "out", Path("out/../out"), Path("link"))):
        done = run("read", "record.json", "-o", "out", "--force", "--facts", str(place / f"held-{n}.csv"))
        assert (done.exit_code, done.stderr) == (0, "record.json: read\n")
        twice = run("read", "record.json", "-o", "out", "--force", "--facts", str(place / "record.json"))
        assert (twice.exit_code, "would be written twice" in twice.stderr) == (1, True)
        assert (tmp_path / "out/record.json").read_text().startswith("{")


@posix
@pytest.mark.parametrize("locks", [True, False])
def test_locks_are_taken_in_one_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locks: bool) -> None:
    """
    Two that write into the same folders under other names never wait for each other.
    """
    if not locks:
        monkeypatch.setattr(locking, "fcntl", None)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "z").symlink_to("a")
    taken: list[list[str]] = []
    real = locking.lock_folder

    def note(folder: Path) -> object:
        taken[-1].append(os.path.realpath(folder))
        return real(folder)

    monkeypatch.setattr(writing, "lock_folder", note)
    for folders in (("a", "b"), ("z", "b"), ("b", "z"), (str(tmp_path / "b"), "a")):
        taken.append([])
        with Files() as several:
            for folder in folders:
                several.add(Path(folder) / "file", str(folders).encode(), force=True, private=False)

    assert len(taken[0]) == 2
    assert all(each == taken[0] for each in taken)


@posix
def test_the_same_saved_by_somebody_else_is_closed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What we would write was saved meanwhile, and open to everyone: a secret is closed all the same.
    """
    real = writing.make_part

    def save_the_same(path: Path, data: bytes, *rest: object, **more: object) -> object:
        path.write_bytes(data)
        path.chmod(0o644)
        return real(path, data, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "make_part", save_the_same)
    write(tmp_path / "a", b"secret", stamp=False, private=True)
    write(tmp_path / "b", b"open", stamp=False, private=False)

    assert [_mode(tmp_path / name) for name in "ab"] == [0o600, 0o644]


@posix
@pytest.mark.parametrize("known", [True, False])
def test_writing_opens_no_file_of_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool) -> None:
    """
    To know which rights new files get, the process never gives all rights to all for a moment.
    """
    if not known:
        monkeypatch.setattr(writing, "_STATUS", tmp_path / "none")
    before, masks = os.umask(0o027), []
    real = os.umask
    try:
        with monkeypatch.context() as patch:
            patch.setattr(os, "umask", lambda mask: masks.append(mask) or real(mask))
            write(tmp_path / "a", b"x", stamp=False, private=False)
        after = real(0o027)
    finally:
        real(before)

    assert (after, _mode(tmp_path / "a")) == (0o027, 0o640)
    assert all(mask & 0o027 == 0o027 for mask in masks)
    assert not masks or not known


def test_one_file_is_not_written_twice_at_once(tmp_path: Path) -> None:
    """
    Two of several files in one place would be one file; nothing is written.
    """

    def write_twice() -> None:
        with Files() as several:
            for data in (b"one", b"other"):
                several.add(tmp_path / "a", data, private=False)

    with pytest.raises(reflect.Refused, match="would be written twice"):
        write_twice()
    assert list(tmp_path.iterdir()) == []
