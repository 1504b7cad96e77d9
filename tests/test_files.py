"""
Writing is safe: whole or not at all, private where it has to be, and nothing left lying about.
"""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.files import writing as files
from reflect.files.locking import machine_mark
from tests.documents import a_few

#: Writes one file after another, each a run of one letter, and says when it begins.
_WRITER = """
import sys
from pathlib import Path
from reflect.files.writing import write
path, size = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
n = 0
while True:
    n += 1
    write(path, bytes([65 + n % 26]) * size, force=True, stamp=False, private=True)
"""
posix = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and rights are known to POSIX systems")


@pytest.mark.long
@posix
def test_killed_again_and_again_nothing_is_lost(tmp_path: Path) -> None:
    """
    A process killed at a random moment of writing leaves the old file or the new one, whole, and no other name.
    """
    path, size = tmp_path / "record.docx", 60_000
    path.write_bytes(b"@" * size)
    chance = random.Random(7)
    left = 0
    for _ in range(times := len(a_few(range(1000), 10, in_ci=3))):
        # The child forks, so that each death is a real one and costs little.
        child = os.fork()
        if child == 0:
            _write_for_ever(path, size)
        time.sleep(chance.random() * 0.006)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        data = path.read_bytes()
        assert len(data) == size
        assert len(set(data)) == 1
        left += sum(1 for each in tmp_path.iterdir() if each.name.startswith(".reflect-"))

    assert left < times / 10  # the moment between two names: the next that writes here takes them away
    files.write(path, b"done", force=True, stamp=False)
    assert [each.name for each in tmp_path.iterdir()] == ["record.docx"]


def _write_for_ever(path: Path, size: int) -> None:
    try:
        n = 0
        while True:
            n += 1
            files.write(path, bytes([65 + n % 26]) * size, force=True, stamp=False, private=True)
    finally:
        os._exit(1)


@posix
def test_a_whole_program_killed_in_the_middle(tmp_path: Path) -> None:
    """
    The same with a separate program, started afresh.
    """
    path, size = tmp_path / "record.docx", 400_000
    path.write_bytes(b"@" * size)
    for wait in (0.0, 0.01, 0.03):
        child = subprocess.Popen([sys.executable, "-c", _WRITER, str(path), str(size)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        child.wait()
        child.stdout.close()

        assert len(set(path.read_bytes())) == 1
        assert path.stat().st_size == size


@posix
def test_what_is_private_only_its_owner_opens(tmp_path: Path) -> None:
    """
    A private file is its owner's alone; another has the rights the system gives, and keeps those it has.
    """
    private, other = tmp_path / "a", tmp_path / "b"
    files.write(private, b"x", stamp=False, private=True)
    files.write(other, b"x", stamp=False)
    mask = os.umask(0)
    os.umask(mask)

    assert stat.S_IMODE(private.stat().st_mode) == 0o600 & ~mask
    assert stat.S_IMODE(other.stat().st_mode) == 0o666 & ~mask
    other.chmod(0o640)
    files.write(other, b"y", stamp=False, force=True)
    assert stat.S_IMODE(other.stat().st_mode) == 0o640


@posix
def test_papers_that_were_filled_in_are_private(tmp_path: Path) -> None:
    """
    On the command line an agenda with a name on it is its owner's; a blank is anybody's.
    """
    run = CliRunner()
    agenda, blank = tmp_path / "agenda.docx", tmp_path / "blank.docx"
    outline = "arrive@3 + kolb-cycle@40"
    run.invoke(main, ["make", "agenda", outline, "--set", "supervisee=AM", "--reader", "supervisee", "-o", str(agenda)])
    run.invoke(main, ["make", "agenda", outline, "-o", str(blank)])

    assert stat.S_IMODE(agenda.stat().st_mode) == 0o600
    assert stat.S_IMODE(blank.stat().st_mode) & 0o044


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever fails on the way, the old file is there, and no other.
    """
    path = tmp_path / "record.json"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(f"os.{name}", full)
            with pytest.raises(OSError, match="space"):
                files.write(path, b"new", force=True, stamp=False)
        assert path.read_bytes() == b"old"
        assert [each.name for each in tmp_path.iterdir()] == ["record.json"]


@posix
def test_without_nameless_files_it_is_as_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where the system has no files without a name, one beside it takes the place; what a dead process left is cleared.
    """
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    dead, alive = (f".reflect-{machine_mark()}-{each}-0123456789ab.part" for each in (999999999, os.getpid()))
    (tmp_path / dead).write_bytes(b"left")
    (tmp_path / alive).write_bytes(b"at work")
    files.write(tmp_path / "a.json", b"new", stamp=False)

    assert {each.name for each in tmp_path.iterdir()} == {"a.json", alive}


def test_names_of_files_hold_kind_and_date_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What the command line calls a file, and what it says, has nobody's name in it.
    """
    monkeypatch.chdir(tmp_path)
    facts = [f"--set={name}" for name in ("supervisee=QZNAME", "topic=QZTOPIC", "date=4 March")]
    done = CliRunner().invoke(main, ["make", "record", "kolb-cycle@30", *facts, "--reader", "supervisee"])

    assert done.exit_code == 0
    assert [each.name for each in tmp_path.iterdir()] == ["record-4-March.docx"]
    assert "QZ" not in done.output


def test_it_is_refused_to_write_over_a_filled_paper(tmp_path: Path) -> None:
    """
    Unless somebody says so.
    """
    path = tmp_path / "record.docx"
    path.write_bytes(b"filled in")
    with pytest.raises(reflect.Refused):
        files.write(path, b"new")
    assert path.read_bytes() == b"filled in"
