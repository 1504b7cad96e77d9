"""
What a terminal obeys does not reach it, whatever anybody called a file or wrote; and nothing hangs or ends in a mistake.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.cli.program import COMMANDS
from reflect.files.devices import is_device_name
from reflect.interchange.values import from_json, to_json
from reflect.questions.rings import Ring
from reflect.sessions.parts import Action, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.shown import escape_controls
from reflect.text.prose import Line, Run
from tests.word_forms import HINT, control, packed, para, table
from tests.word_forms import words as words_in_word

#: C0 and C1, an order to the terminal in each; marks, embeddings and isolates of direction; further ends of lines.
HOSTILE = "x\x1b[31mred\x1b]0;title\x07\x9b31m\x7f\x08\u202eevil\u2066\u2069\u200e\u200f\u061c\u2028\u2029\x85y"
#: A name of a file may have ends of lines too, and a line that looks like ours.
NAME = HOSTILE + "\nreflect: all is well\r"
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
posix = pytest.mark.skipif(os.name != "posix", reason="such names, pipes and closed streams are those of POSIX")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, list(words), input=given)


def _record() -> Record:
    lines = (Line(runs=(Run(text=HOSTILE),)),)
    return Record(
        minutes=60,
        items=(ItemRecord(key="item-1", use="arrive", minutes=60),),
        answers=(
            Answered(key="item-1", ring=Ring.PERSONAL, lines=lines),
            Answered(key=HOSTILE, ring="personal", lines=lines),
        ),
        actions=(Action(what=HOSTILE, who=HOSTILE, by=HOSTILE),),
        signed=(SignOff(role="supervisee", name=HOSTILE, date=HOSTILE, comments=HOSTILE),),
        facts=(("supervisee", HOSTILE), ("topic", HOSTILE)),
    )


def _prepare() -> None:
    record = to_json(_record())
    Path("record.json").write_text(record)
    Path("other.json").write_text(to_json(_record()).replace("evil", "good"))
    Path("session.yaml").write_text("date: 2026-03-04\nminutes: 60\n")
    for folder in ("ours", f"folder {NAME}"):
        Path(folder).mkdir()
    title = "".join(each for each in HOSTILE if each not in "\x85\u2028\u2029")
    in_xml = re.sub("[\x00-\x08\x0b-\x1f]", "", HOSTILE)
    page = f"# Good {title}\n\n## Part {title}\n\n- Where does {title} begin for you?\n- Is it {title}?\n"
    for name in ("page", NAME):
        Path(f"{name}.md").write_text(page.replace("Good", name[:4]))
        Path(f"{name}.bad.md").write_text(
            f"---\n{title}: {title}\nkey: {title}\n---\n# {title}\n\n- {title} {{{title}}}\n"
        )
        Path(f"{name}.yaml").write_text(f'"{title}": {title}\n')
        Path(f"{name}.docx").write_bytes(b"PK rubbish")
        Path(f"sheet {name}.csv").write_text(f'part,question,does\n"{HOSTILE}","{HOSTILE}","{HOSTILE}"\n')
    Path(f"{NAME}.json").write_text(record)
    dated = attrs.evolve(_record(), facts=(("date", "4 March 2026"), ("supervisee", HOSTILE)))
    Path("filled.docx").write_bytes(reflect.render(dated, "record", reader="supervisor"))
    Path(f"folder {NAME}", f"in {NAME}.docx").write_bytes(reflect.render("arrive@5 + close@5", "record"))
    Path("form.docx").write_bytes(packed(table([para(words_in_word(in_xml)), para()]) + control("d", para(HINT))))
    Path(f"folder {NAME}", f"in {NAME}.pdf").write_bytes(b"x")


#: Calls of each command in which each thing that somebody can choose is hostile.
CALLS = [
    ["--help"], ["-x" + NAME], [NAME],
    ["brand", NAME], ["brand", f"{NAME}.docx"], ["brand", f"no {NAME}/b.docx"],
    ["catalogue", "-o", f"{NAME}.md", "--to", "txt"], ["catalogue", "-o", "out", "--to", NAME],
    ["catalogue", "-o", "out", "--from", f"{NAME}.bad.md"],
    ["check", "page.md", f"{NAME}.md", f"{NAME}.bad.md", f"{NAME}.yaml", f"{NAME}.docx", f"{NAME}.json", f"no {NAME}"],
    ["check", "."], ["check", f"{NAME}.md", "--fix"], ["check", f"folder {NAME}"],
    ["close", NAME], ["close", f"{NAME}.docx"], ["close", "-"], ["close", "record.json", "-o", NAME],
    ["close", f"{NAME}.json", "--unsigned", "-o", f"closed {NAME}", "--journal", "ours"],
    ["close", f"folder {NAME}/in {NAME}.docx"], ["close", "filled.docx", "--wording", NAME],
    ["close", "filled.docx", "--journal", NAME], ["close", "filled.docx", "--unsigned", "-o", f"out {NAME}"],
    ["close", "filled.docx", "-o", f"{NAME}.md"], ["close", "filled.docx", "--brand", f"{NAME}.docx"],
    ["compare", "record.json", "other.json"], ["compare", f"{NAME}.json", f"no {NAME}.json"],
    ["copy", "record.json", "--replace", f"{NAME}={HOSTILE}", "-o", "mine.json", "--yes"],
    ["copy", "record.json", "--replace", f"evil={HOSTILE}", "-o", f"{NAME}.json", "--yes", "--force"],
    ["copy", "record.json", "-o", NAME, "--yes"], ["copy", "record.json", "--comments", NAME, "-o", "m.json", "--yes"],
    ["form", NAME], ["form", f"{NAME}.docx"], ["form", "form.docx", "--map", f"{NAME}.yaml"], ["form", "form.docx"],
    ["form", "form.docx", "--ring", NAME], ["form", "form.docx", "-o", f"{NAME}.yaml"], ["form", "form.docx", "-o", "-"],
    ["make", "record", "own-item@50", "--into", f"{NAME}.docx"], ["read", "form.docx", "--map", NAME, "-o", "read3"],
    ["held", f"{NAME}.yaml", "--journal", "ours"], ["held", "session.yaml", "--journal", f"no {NAME}"],
    ["held", "session.yaml", "--journal", "ours", "--not-reached", NAME],
    ["held", "session.yaml", "--journal", "ours", "--useful", HOSTILE],
    ["make", NAME], ["make", "handout", NAME], ["make", "handout", f"{NAME}.md", "-o", "-"],
    ["make", "handout", "page.md", "-o", "-", "--to", "md"], ["make", "handout", "page.md", "-o", "-", "--to", "json"],
    ["make", "worksheet", f"{NAME}.bad.md"], ["make", "agenda", "kolb-cycle@40", "--set", f"{NAME}=x", "-o", "-"],
    ["make", "agenda", "kolb-cycle@40", "--set", f"place={HOSTILE}", "-o", "-"],
    ["make", "agenda", "kolb-cycle@40", "--set", "place=x\u202ey\u200e", "-o", "-"],
    ["make", "agenda", "kolb-cycle@40", "--reader", NAME], ["make", "agenda", "kolb-cycle@40", "--wording", NAME],
    ["make", "agenda", "kolb-cycle@40", "--brand", f"{NAME}.docx"], ["make", "agenda", "x", "--templates", NAME],
    ["make", "record", "record.json", "--reader", "supervisor", "-o", "-"],
    ["make", "record", "-", "--reader", "supervisor", "-o", "-"], ["read", "record.json", "--facts", "-"],
    ["make", "record", f"{NAME}.json", "--reader", "supervisor", "-o", f"{NAME}.txt"],
    ["models", "--from", f"{NAME}.md", "--from", "page.md"], ["models", "--from", "page.md", "--json"],
    ["models", "--family", NAME], ["models", "--suits", NAME], ["models", "--new-to", NAME],
    ["plan", NAME], ["plan", f"{NAME}.yaml"], ["plan", "session.yaml", "--papers", NAME, "-o", "out"],
    ["plan", "session.yaml", "-o", f"out {NAME}", "--to", "txt"], ["plan", "--example", NAME],
    ["plan", "session.yaml", "--journal", NAME], ["plan", "session.yaml", "--private", NAME],
    ["read", f"folder {NAME}", f"{NAME}.docx", f"no {NAME}", "-o", f"read {NAME}"],
    ["read", "record.json", "-o", "-"], ["read", "record.json", "-o", "-", "--to", "txt", "--reader", "supervisor"],
    ["read", "record.json", "-o", NAME, "--facts", f"{NAME}.csv", "--force"], ["read", ".", "--below", "-o", "read2"],
    ["read", f"folder {NAME}", "-o", f"{NAME}.md"], ["read", "-", "-o", "-", "--to", "txt", "--reader", NAME],
    ["series", NAME], ["series", "ours"], ["series", "ours", "-o", NAME], ["series", "ours", "-o", f"{NAME}.svg"],
    ["planner", "-o", f"{NAME}.html", "--from", f"{NAME}.md"], ["planner", "--profiles", NAME, "-o", f"{NAME}.html"],
    ["sheet", NAME], ["sheet", "page.md", "-o", f"{NAME}.csv"], ["sheet", f"{NAME}.md", "-o", f"{NAME}.ods"],
    ["sheet", f"{NAME}.md", "page.md", "-o", f"out {NAME}.xlsx"], ["sheet", f"sheet {NAME}.csv", "-o", "s.csv"],
    ["show", f"sheet {NAME}.csv"], ["check", f"sheet {NAME}.csv", "sheet page.csv"],
    ["show", NAME], ["show", f"{NAME}.md"], ["show", "page.md", "--json"], ["show", f"{NAME}.bad.md"],
    ["show", "kolb-cycle", "--wording", f"{NAME}.yaml"],
    ["suggest", "--purpose", NAME], ["suggest", "--for", NAME], ["suggest", "--instead-of", NAME],
    ["suggest", "--from", "page.md", "--suits", "self"], ["suggest", "--journal", NAME],
]  # fmt: skip


@posix
@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_no_order_reaches_the_terminal(command: str) -> None:
    """
    Whatever a file, a page, a key, an answer or an option holds: neither stream has a sign that a terminal obeys, and
    no name begins a line that is not ours.
    """
    _prepare()
    calls = [words for words in CALLS if (words[0] if words[0] in COMMANDS else "") == command]
    assert len(calls) > 1
    for words in calls:
        result = run(*words, given=to_json(_record()).encode())
        for stream in (result.stdout, result.stderr):
            assert _OBEYED.search(stream) is None, (words, _OBEYED.search(stream))
            assert "\nreflect: all is well" not in stream, words
        assert "mistake in reflect" not in result.stderr, (words, result.stderr)


def test_what_is_printed_is_still_there() -> None:
    """
    A sign is spelt out and not left out; JSON means what it meant; and a file has it as it was written.
    """
    _prepare()
    printed = run("read", "record.json", "-o", "-").stdout
    written = run("read", "record.json", "-o", "out")

    assert written.exit_code == 0
    assert from_json(printed) == from_json(Path("out/record.json").read_text())
    assert json.loads(printed)["actions"][0]["what"].count("\u202e") == 1
    assert "\u202e" in Path("out/record.json").read_text()
    assert "[U+202E]evil" in run("read", "record.json", "-o", "-", "--to", "txt", "--reader", "supervisor").stdout
    run("read", "record.json", "-o", "out", "--to", "txt", "--reader", "supervisor")
    assert "\u202e" in Path("out/record.txt").read_text()


def test_text_that_goes_into_a_file_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What a shell puts into a file is what `-o` would write there; through a pipe it may end on a terminal.
    """
    words = ["make", "agenda", "kolb-cycle@40", "--set", "place=x\u200ey", "-o"]
    with open("shell.txt", "w", encoding="utf-8") as file, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", file)
        with pytest.raises(SystemExit):
            main([*words, "-"])
    run(*words, "ours.txt")

    assert Path("shell.txt").read_bytes() == Path("ours.txt").read_bytes()
    assert "x\u200ey" in Path("shell.txt").read_text("utf-8")
    assert "x[U+200E]y" in run(*words, "-").stdout


@posix
def test_a_terminal_gets_text_and_no_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    On a terminal, a page is spelt out in every format that is text, and a Word file is not shown.
    """
    given = ["--set", "place=x\u202ey", "-o", "-", "--to"]
    shown = []
    for to in ("html", "docx"):
        ours, theirs = os.openpty()
        pages: list[bytes] = []
        reader = threading.Thread(target=_read_all, args=(ours, pages))
        reader.start()
        with os.fdopen(theirs, "w", encoding="utf-8") as terminal, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", terminal)
            with pytest.raises(SystemExit) as end:
                main(["make", "agenda", "kolb-cycle@40", *given, to])
        reader.join()
        os.close(ours)
        shown.append((end.value.code, b"".join(pages).decode().replace("\r\n", "\n")))

    assert shown[1] == (2, "")
    assert shown[0][0] == 0
    assert "x[U+202E]y" in shown[0][1]
    assert _OBEYED.search(shown[0][1]) is None


def _read_all(handle: int, pages: list[bytes]) -> None:
    with contextlib.suppress(OSError):  # that is how a terminal ends
        while page := os.read(handle, 65536):
            pages.append(page)


@given(st.text())
def test_escaping_leaves_nothing_that_is_obeyed(text: str) -> None:
    """
    For any text; and one without such signs is left alone.
    """
    plain = escape_controls(text)

    assert _OBEYED.search(plain) is None
    assert "\n" not in plain
    assert plain == text or _OBEYED.search(text.replace("\n", "\r")) or re.search("[\u206a-\u206f\ufff9-\ufffb]", text)
    assert json.loads(escape_controls(json.dumps(text, ensure_ascii=False), write="\\u{:04x}")) == text


def test_there_is_one_door_to_the_terminal() -> None:
    """
    No module of the command line but `messages` prints anything, except a question that has no name in it.
    """
    for path in (Path(reflect.__file__).parent / "cli").glob("*.py"):
        calls = [
            ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
        ]
        printing = [
            call for call in calls if re.match(r"click\.(s?echo|prompt)|print\(|sys\.std(out|err)\..*write", call)
        ]
        assert not printing or path.name == "messages.py", (path, printing)
    assert escape_controls("a\nb\tc", keep="\n\t") == "a\nb\tc"


# --- pipes, devices and closed streams


def process(*words: str, shell: str = "", seconds: float = 20) -> subprocess.CompletedProcess[bytes]:
    """
    Run the command in a process of its own, or in a line of a shell, and take too long for a fault.
    """
    if shell:
        words = ("bash", "-c", shell.replace("reflect", f"{sys.executable} -m reflect"))
    else:
        words = (sys.executable, "-m", "reflect", *words)
    return subprocess.run(words, capture_output=True, check=False, timeout=seconds, stdin=subprocess.DEVNULL)


@pytest.fixture
def _no_hanging() -> Iterator[None]:
    """
    A command that waits for ever ends in a fault after some seconds.
    """

    def stop(*_: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(15)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


#: Calls that read {}, and calls that write it.
READERS = [
    ["check", "{}"], ["compare", "{}", "record.json"], ["compare", "record.json", "{}"], ["copy", "{}", "-o", "a.json"],
    ["copy", "record.json", "--comments", "{}", "-o", "a.json", "--yes"], ["held", "{}", "--journal", "ours"],
    ["held", "session.yaml", "{}", "--journal", "ours"], ["held", "session.yaml", "--journal", "{}"],
    ["make", "record", "{}", "--reader", "supervisor"], ["make", "agenda", "kolb-cycle@40", "--brand", "{}"],
    ["make", "agenda", "kolb-cycle@40", "--wording", "{}"], ["make", "agenda", "kolb-cycle@40", "--templates", "{}"],
    ["make", "workload-statement", "{}", "--reader", "supervisor"], ["models", "--from", "{}"],
    ["models", "--new-to", "{}"], ["plan", "{}"], ["plan", "session.yaml", "--private", "{}"],
    ["plan", "session.yaml", "--journal", "{}"], ["read", "{}", "-o", "out"], ["series", "{}"], ["show", "{}"],
]  # fmt: skip
WRITERS = [
    ["brand", "{}", "--force"], ["catalogue", "-o", "{}", "--to", "txt"],
    ["copy", "record.json", "-o", "{}", "--yes", "--force"],
    ["make", "agenda", "kolb-cycle@40", "-o", "{}", "--to", "txt", "--force"],
    ["plan", "session.yaml", "-o", "{}", "--force"], ["plan", "--example", "group", "-o", "{}", "--force"],
    ["read", "record.json", "-o", "{}", "--force"], ["read", "record.json", "--facts", "{}", "--force"],
    ["series", "ours", "-o", "{}", "--force"],
]  # fmt: skip


@posix
@pytest.mark.usefixtures("_no_hanging")
@pytest.mark.parametrize("words", [*READERS, *WRITERS], ids=" ".join)
def test_a_pipe_or_a_device_in_the_place_of_a_file_is_an_error_at_once(words: list[str]) -> None:
    """
    A pipe into which nobody writes, a device that never ends or is always full, and a folder, whatever their ending: one
    message, and no file.
    """
    _prepare()
    for ending in (".md", ".json", ".docx", ".yaml", ".svg"):
        os.mkfifo(f"pipe{ending}")
        os.symlink("/dev/zero", f"zero{ending}")
        os.symlink("/dev/full", f"full{ending}")
        os.mkdir(f"dir{ending}")
    writes = words in WRITERS
    for name in ("pipe", "zero", "full", *(() if "-o" in words and writes else ("dir",))):
        for ending in (".md", ".json", ".docx", ".yaml", ".svg"):
            result = run(*(word.replace("{}", name + ending) for word in words))
            if name == "dir" and result.exit_code == 0:
                continue  # a folder of nothing is what some commands read
            assert result.exit_code in (1, 2), (name + ending, result.output)
            assert "mistake in reflect" not in result.stderr, (name + ending, result.stderr)
            assert re.search("^reflect: ", result.stderr, re.MULTILINE), result.stderr
            assert not writes or not Path(f"{name}{ending}").is_file()


def test_names_that_are_devices_on_windows_are_known() -> None:
    """
    In every folder and with every ending; and names that only begin like one are names of files.
    """
    for name in ("CON", "con.md", "Nul.json", "LPT1", "com9.tar.gz", "AUX .txt", "CONOUT$", "COM\u00b9.md", "nul:x"):
        assert is_device_name(name), name
    for name in ("console.md", "annul.json", "LPT", "COM10", "null", "record.con", "nul-2.docx"):
        assert not is_device_name(name), name


@pytest.mark.long
@posix
def test_a_pipe_that_somebody_writes_is_read() -> None:
    """
    Standard input, and the pipe that a shell makes for a command, hold a record as a file does.
    """
    Path("r.docx").write_bytes(reflect.render("arrive@5 + close@5", "record"))
    given = run("read", "-", "-o", "out", given=Path("r.docx").read_bytes())
    done = process(shell="reflect read <(cat r.docx) -o -")

    assert (given.exit_code, given.stderr) == (0, "standard input: read\n")
    assert done.returncode == 0, done.stderr
    assert from_json(Path("out/record.json").read_text()) == from_json(done.stdout.decode())
    empty = run("read", "-", "-o", "out", "--force")
    assert empty.exit_code == 1
    assert empty.stderr.startswith("reflect: standard input: "), empty.stderr


@pytest.mark.long
@posix
@pytest.mark.parametrize("shell", ["reflect show kolb-cycle >&-", "reflect models --json | head -c 1 >/dev/null",
                                   "reflect make agenda kolb-cycle@40 -o a.txt >&- 2>/dev/full <&-"])  # fmt: skip
def test_a_closed_output_is_no_mistake(shell: str) -> None:
    """
    Nobody reads what is printed: the command ends quietly, as it would have ended.
    """
    done = process(shell=shell)

    assert (done.returncode, done.stderr) == (0, b"")
    if "a.txt" in shell:
        assert Path("a.txt").read_text().startswith("Agenda\n")


@posix
def test_whoever_reads_may_go_and_all_else_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    With `| head`, the other files are written, what is wrong is still said, and the exit status is the usual one.
    """
    Path("record.json").write_text(to_json(_record()))
    Path("page.md").write_text("# Three\n\n- Where does this story begin for you?\n")
    ended = []
    for words in (["read", "record.json", "-o", "-", "--facts", "held.csv"], ["models"], ["check", "page.md", "no.md"]):
        reads, writes = os.pipe()
        os.close(reads)
        with os.fdopen(writes, "w", encoding="utf-8") as nobody, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", nobody)
            with pytest.raises(SystemExit) as end:
                main(words)
        ended.append(end.value.code)

    assert ended == [0, 0, 1]
    assert Path("held.csv").read_text("utf-8-sig").startswith("record,held,")


@posix
def test_a_full_output_does_not_say_that_no_file_was_written() -> None:
    """
    What could not be printed is told; a page that was tidied before is tidied, and the message does not deny it.
    """
    Path("page.md").write_text("# Three\n\n- Where does this story begin for you?\n")
    done = process(shell="reflect check page.md --fix --no-advice > /dev/full")

    assert done.returncode == 1
    assert done.stderr == b"reflect: standard output: no space left on device; not everything was printed\n"
    assert "key: " in Path("page.md").read_text()


@pytest.mark.long
@posix
def test_a_folder_that_is_gone_is_not_standard_output() -> None:
    """
    Somebody took away the folder that we are in: what has a place elsewhere is written there all the same.
    """
    Path("session.yaml").write_text("date: 2026-03-04\nminutes: 60\n")
    Path("ours").mkdir()
    here = Path.cwd()
    held = f"reflect held {here}/session.yaml --journal {here}/ours"
    other = "reflect held ../session.yaml --journal ../ours"
    done = process(shell=f"mkdir gone; cd gone; rmdir ../gone; {held} && {other}")

    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, b"../ours/2026-03-04.yaml")


@pytest.mark.parametrize("words", [["--help"], ["models"], ["check", "page.md"], ["read", "record.json", "-o", "-"],
                                   ["make", "handout", "kolb-cycle", "-o", "-", "--to", "docx"]])  # fmt: skip
def test_without_any_stream_it_ends_as_usual(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """
    Python has no stream at all for what is closed.
    """
    Path("page.md").write_text("# Three\n\n- Where does this story begin for you?\n")
    Path("record.json").write_text(to_json(_record()))
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    with pytest.raises(SystemExit) as end:
        main(words)

    assert end.value.code == 0
