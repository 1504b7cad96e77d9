"""
A folder or file that cannot be looked into is never taken for an empty one, and no error of the system gets through.
"""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.files.writing import look_at, write
from reflect.planning.profiles import profile, profile_names
from reflect.rendering.session_papers import SessionPaper, keep
from reflect.sessions import journal
from reflect.sessions.journal import JournalEntry

ENTRY = JournalEntry(date=datetime.date(2026, 3, 4), minutes=50)
#: What is in a folder that cannot be read, so that each reader would have something to find there.
_INSIDE = {
    "page.md": "# Three\n\n- Where does this story begin for you?\n",
    "agenda.md": "---\nof: session\n---\nours\n",
    "2026-03-04.yaml": "date: 2026-03-04\n",
    "ours.yaml": "title: x\n",
    "record.json": "{}",
    "record.docx": "x",
}


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    A folder that its owner has closed to us, for whoever runs the tests.
    """
    folder = tmp_path / "closed"
    for part in ("", "models", "wordings", "profiles", "templates"):
        (folder / part).mkdir(exist_ok=True)
        for name, text in _INSIDE.items():
            (folder / part / name).write_text(text)

    def refuse(real: Callable[..., object]) -> Callable[..., object]:
        def open_or_refuse(path: object = ".", *rest: object, **more: object) -> object:
            if not isinstance(path, int) and Path(os.fsdecode(path)).is_relative_to(folder):  # type: ignore[arg-type]
                raise PermissionError(errno.EACCES, "Permission denied", os.fsdecode(path))  # type: ignore[arg-type]
            return real(path, *rest, **more)

        return open_or_refuse

    monkeypatch.setattr(os, "listdir", refuse(os.listdir))
    monkeypatch.setattr(os, "scandir", refuse(os.scandir))
    return folder


#: What looks into a folder.
LOOKS: dict[str, Callable[[Path], object]] = {
    "journal": journal.read,
    "catalogue": reflect.catalogue,
    "load": lambda folder: reflect.load("three", folder),
    "profiles": lambda folder: profile_names([folder]),
    "profile": lambda folder: profile("general", [folder]),
    "template names": lambda folder: reflect.Templates((folder,)).names(),
    "wordings": lambda folder: reflect.extension(folder).wordings,
}


@pytest.mark.parametrize("what", LOOKS)
def test_a_closed_folder_is_not_an_empty_one(closed: Path, what: str) -> None:
    """
    Whoever may not look into a folder is told so, and goes on neither without what is in it nor with ours instead.
    """
    with pytest.raises(reflect.Faults, match="cannot be read: you are not allowed to"):
        LOOKS[what](closed)


@pytest.mark.parametrize(
    "words",
    [
        ["series", "{}"], ["suggest", "--journal", "{}"], ["models", "--new-to", "{}"], ["models", "--from", "{}"],
        ["check", "{}"], ["read", "{}", "-o", "out"], ["make", "nothing", "kolb-cycle@40", "--templates", "{}"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_on_the_command_line_too(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """
    One message names the folder and says what to do, and nothing is written.
    """
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [word.replace("{}", str(closed)) for word in words])

    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{closed}: cannot be read: you are not allowed to; ask whoever" in done.stderr
    assert [each.name for each in Path.iterdir(tmp_path)] == ["closed"]


#: What takes a path: each function that reads or writes.
TAKES: dict[str, Callable[[Path], object]] = {
    "journal.read": journal.read,
    "journal.add": lambda path: journal.add(path, ENTRY),
    "read": reflect.read,
    "read_page": reflect.read_page,
    "catalogue": lambda path: reflect.catalogue(path).heads(),
    "brand": reflect.brand,
    "wording": reflect.wording,
    "profile": profile,
    "profiles": lambda path: profile_names([path]),
    "extension": reflect.extension,
    "templates": lambda path: reflect.Templates((path,)).names(),
    "agenda": lambda path: reflect.document("kolb-cycle@40", "agenda", templates=[path]),
    "publish": lambda path: reflect.publish(path, to=["docx"], told=_stop),
    "keep": lambda path: keep(path, [SessionPaper("supervisee", "a.txt", b"x")]),
    "write": lambda path: write(path, b"x", private=True),
    "write a page": lambda path: write(path, b"x", stamp=False, force=True, seen=look_at(path)),
}


class _Stopped(reflect.ReflectError):
    pass


def _stop(*_: object) -> None:
    raise _Stopped


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "x/" * 3000, "loop", "loop/in", "\udcff/a"], ids=range(6))
@pytest.mark.parametrize("what", TAKES)
def test_a_name_that_no_file_can_have_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, name: str
) -> None:
    """
    A name with a zero or of hundreds of letters, and a link to itself: an error of ours, or nothing at all.
    """
    monkeypatch.chdir(tmp_path)
    os.symlink("loop", "loop")
    said = ""
    try:
        TAKES[what](Path(name))
    except reflect.ReflectError as error:
        said = str(error)

    assert "somebody else" not in said


@pytest.mark.parametrize("call", ["add", "keep", "templates"])
def test_a_closed_file_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """
    A file that is there and that we may not read: it is left as it was, and one sentence says so.
    """
    (tmp_path / "supervisee").mkdir()
    files = {"add": "2026-03-04.yaml", "keep": "supervisee/a.txt", "templates": "agenda.md"}
    file = tmp_path / files[call]
    file.write_text("theirs")
    real_open, real_stat = Path.open, Path.stat

    def refuse(path: Path, *rest: object, **more: object) -> object:
        if path == file:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real_open(path, *rest, **more)  # type: ignore[call-overload]

    def refuse_stat(path: Path, **more: bool) -> os.stat_result:
        if path == file:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real_stat(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        if call == "templates":
            patch.setattr(Path, "stat", refuse_stat)
        with pytest.raises(reflect.ReflectError) as raised:
            {
                "add": lambda: journal.add(tmp_path, ENTRY),
                "keep": lambda: keep(tmp_path, [SessionPaper("supervisee", "a.txt", b"x")]),
                "templates": lambda: reflect.document("kolb-cycle@40", "agenda", templates=[tmp_path]),
            }[call]()

    assert str(file) in str(raised.value)
    assert file.read_text() == "theirs"
