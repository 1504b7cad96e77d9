"""
The command line: what people type, and what they read when it goes wrong.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.checks import check
from reflect.cli import main
from reflect.cli.options import LOOKS, READERS
from reflect.cli.program import COMMANDS
from reflect.errors import Faults
from reflect.files import writing as files
from reflect.files.places import OURS
from reflect.formats import FORMATS
from reflect.interchange.values import to_json
from reflect.pages import catalogues
from reflect.pages.catalogues import our_pages
from reflect.pages.writing import write_model
from reflect.questions import rings
from reflect.questions.model import Model, Suits
from reflect.questions.question import Element, Function
from reflect.questions.wordings import wording_names
from reflect.rendering.session_papers import MORE
from reflect.text.nodes import Look
from tests.documents import OUTLINE, a_few, tried
from tests.strategies import models, pages
from tests.test_documents import record_with


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


SMALLEST = """# Three good questions

## Look back

- Where does this story begin for you?
- What words can you still hear, exactly as they were said?

## Look ahead

- Who will know that you did the next small thing?
"""


def test_models_are_listed_and_filtered() -> None:
    """
    `reflect models` lists every model, and only those that fit what is asked.
    """
    everything = run("models").output

    assert "kolb-cycle" in everything
    assert "balint-group" in everything
    assert "kolb-cycle" not in run("models", "--minutes", "15").output
    assert "balint-group" not in run("models", "--suits", "self").output
    assert "Gibbs" in run("models", "--family", "reflective").output
    assert "balint-group" not in run("models", "--element", "action").output
    assert {head["key"] for head in json.loads(run("models", "--json").output)} >= {"seven-eyed", "morrison-444"}


def test_one_model_is_shown_in_the_words_of_a_profession() -> None:
    """
    `reflect show` prints a model, or a part of one, in the wording asked for.
    """
    whole = run("show", "kolb-cycle", "--wording", "nursing").output

    assert "the patient" in whole
    assert "Concrete experience" in whole
    part = run("show", "kolb-cycle.experience").output
    assert "Where does this story begin for you?" in part
    assert "Active experimentation" not in part


def test_a_strangers_page_works_wherever_a_built_in_does(tmp_path: Path) -> None:
    """
    The smallest page, in a folder of one's own, lists, shows, checks, makes and composes.
    """
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "three.md").write_text(SMALLEST)
    key = "three-good-questions"

    assert f"{key} " in run("models", "--from", "ours").output
    assert "Look back" in run("show", key, "--from", "ours").output
    assert "Look back" in run("show", "ours/three.md").output
    assert run("check", "ours").exit_code == 0
    for paper in ("handout", "cards", "worksheet"):
        for to in ("docx", "html", "md", "txt", "json"):
            assert run("make", paper, key, "--from", "ours", "-o", f"{paper}.{to}").exit_code == 0
    assert "draft" in run("make", "handout", "ours/three.md", "-o", "-").output.lower()
    agenda = run(
        "make", "agenda", f"arrive@3 + {key}@20 + close@7", "--minutes", "30", "--from", "ours", "-o", "-"
    ).output
    assert "Three good questions" in agenda
    assert "0:30" in agenda


def test_fix_writes_the_keys_in_and_settles(tmp_path: Path) -> None:
    """
    `check --fix` makes a page canonical; after it there is nothing to tidy, and its keys stay when words change.
    """
    page = tmp_path / "three.md"
    page.write_text(SMALLEST)
    assert "tidied" in run("check", "--no-advice", "three.md", "--fix").output
    once = page.read_text()

    assert "{#look-back}" in once
    assert "{#where-does-this}" in once
    assert run("check", "--no-advice", "three.md", "--fix").output == "three.md: in order\n"
    assert page.read_text() == once


def test_a_wrong_page_is_left_alone_and_all_is_told(tmp_path: Path) -> None:
    """
    `check` reports all faults with their lines and exits with 1; `--fix` leaves a wrong page as it was.
    """
    page = tmp_path / "wrong.md"
    text = "# Wrong\n\n## Part {#p elment=experience}\n\n- What **now**? {.cor}\n"
    page.write_text(text)
    result = run("check", "wrong.md", "--fix")

    assert result.exit_code == 1
    assert "reflect: wrong.md:3: 'elment=' is not known here" in result.output
    assert "Did you mean 'element='?" in result.output
    assert "reflect: wrong.md:5:" in result.output
    assert page.read_text() == text


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["make", "agenda", "kolb@40"], 1, "there is no model or part 'kolb'"),
        (["make", "agenda", "kolb-cycle@"], 1, "minutes are missing"),
        (["make", "agenda", "kolb-cycle@5"], 1, "needs at least 20 minutes and has 5"),
        (["make", "agend", "kolb-cycle@40"], 1, "Did you mean 'agenda'?"),
        (["make", "agenda", "kolb-cycle@40", "--to", "odp"], 2, "is not a format"),
        (["make", "agenda", "kolb-cycle@40", "--set", "strat=10:00"], 2, "Did you mean 'start'?"),
        (["make", "agenda", "kolb-cycle@40", "--set", "start=ten"], 1, "write it like 10:00"),
        (["make", "agenda", "kolb-cycle@40", "--set", "supervisor=AK"], 1, "name who will read it"),
        (["make", "agenda", "kolb-cycle@40", "--wording", "nurse"], 1, "Did you mean 'nursing'?"),
        (["make", "handout", "kolb-cycle@20 + gibbs-cycle"], 1, "is about models"),
        (["make", "agenda", "kolb-cycle@40", "--from", "nowhere"], 1, "there is no such file or folder"),
        (["make", "agenda", "kolb-cycle@40", "-o", "no/such/folder/a.docx"], 1, "nothing was written"),
        (["make", "record", "lost.json"], 1, "cannot be read"),
        (["show", "kolb-cycel"], 1, "Did you mean 'kolb-cycle'?"),
        (["models", "--suits", "crowd"], 2, "is not known"),
        (["check", "lost.md"], 1, "cannot be read"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(words: list[str], status: int, says: str) -> None:
    """
    A mistake ends with `reflect: …` on standard error and the right status, never with a traceback.
    """
    result = run(*words)

    assert result.exit_code == status
    assert says in result.stderr
    assert result.stderr.startswith("reflect: ")
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_filled_file_is_not_written_over(tmp_path: Path) -> None:
    """
    A file that reflect wrote and nobody touched is replaced; one that somebody changed is not, unless forced.
    """
    for name in ("a.docx", "a.html", "a.md"):
        file = tmp_path / name
        assert run("make", "agenda", OUTLINE, "-o", name).exit_code == 0
        assert run("make", "agenda", OUTLINE, "--set", "start=9:00", "-o", name).exit_code == 0
        changed = file.read_bytes() + b"x"
        file.write_bytes(changed)
        refused = run("make", "agenda", OUTLINE, "-o", name)

        assert refused.exit_code == 1
        assert "--force" in refused.stderr
        assert file.read_bytes() == changed
        assert run("make", "agenda", OUTLINE, "-o", name, "--force").exit_code == 0
        assert file.read_bytes() != changed


@pytest.mark.parametrize("fails", ["write", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    """
    If the disk is full, the old file is still there, whole, and nothing else.
    """
    file = tmp_path / "a.docx"
    run("make", "agenda", OUTLINE, "-o", "a.docx")
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "a.docx")

    monkeypatch.setattr(files.os, {"write": "fsync", "replace": "replace"}[fails], full)
    result = run("make", "agenda", OUTLINE, "--set", "start=9:00", "-o", "a.docx")

    assert result.exit_code == 1
    assert "no space left" in result.stderr
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.docx"]


def test_a_record_goes_out_and_comes_in(tmp_path: Path) -> None:
    """
    Documents can be made of a record's JSON file, for a named reader.
    """
    said = attrs.evolve(record_with("QZWORDSZQ"), facts=(("supervisee", "QZWORDSZQ"), ("topic", "QZWORDSZQ")))
    said = attrs.evolve(said, answers=said.answers[:2])
    (tmp_path / "record.json").write_text(to_json(said))

    assert run("make", "record", "record.json", "-o", "-").exit_code == 1
    result = run("make", "record", "record.json", "--reader", "supervisee", "-o", "-")
    assert "QZWORDSZQ" in result.output
    assert "QZWORDSZQ" not in run("make", "record", "record.json", "--reader", "auditor", "-o", "-").output
    assert "in order" in run("check", "record.json").output


def test_a_model_is_shown_as_json_and_checked(tmp_path: Path) -> None:
    """
    `show --json` prints a model, or a part of one, as JSON that `check` accepts; in a changed one, the path of the fault is named.
    """
    whole = run("show", "kolb-cycle", "--json").output
    part = run("show", "kolb-cycle.experience", "--json").output
    assert reflect.from_json(whole) == reflect.load("kolb-cycle")
    assert reflect.from_json(part) == reflect.load("kolb-cycle").only("experience")

    Path("model.json").write_text(whole, "utf-8")
    assert "in order" in run("check", "model.json").output
    Path("model.json").write_text(whole.replace('"licence"', '"license"'), "utf-8")
    told = run("check", "model.json")
    assert told.exit_code == 1
    assert "model.json: $.head.license is not known. Did you mean 'licence'?" in told.output


def test_a_file_name_says_kind_and_date_and_nobody() -> None:
    """
    Without -o, a file is named after its kind and date or model.
    """
    run("make", "agenda", OUTLINE, "--set", "date=14 May 2026", "--set", "supervisee=AK", "--reader", "supervisee")
    run("make", "handout", "balint-group")

    assert sorted(p.name for p in Path().iterdir()) == ["agenda-14-May-2026.docx", "handout-balint-group.docx"]


@pytest.mark.parametrize("words", [["--help"], ["models"], ["models", "--json"], ["make", "--help"]])
def test_the_quick_commands_load_nothing_heavy(words: list[str]) -> None:
    """
    Help and listing load neither docx, jinja2 nor lxml.
    """
    code = (
        "import sys\nfrom reflect.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        "print(sorted({'docx', 'jinja2', 'lxml', 'cattrs'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout
    assert done.stderr.strip() == "[]"


def _help(*words: str) -> str:
    return " ".join(re.sub(r"-\n\s*", "-", run(*words, "--help").output).split())


def test_help_names_every_command_by_the_first_sentence_of_its_own() -> None:
    """
    `reflect --help` loads no command, so it has their first sentences from a table; each is what the command says.
    """
    for name, (_, sentence) in COMMANDS.items():
        assert f"{name} {sentence}" in _help()
        assert f"{sentence} " in _help(name)


def test_help_lists_what_there_is() -> None:
    """
    The names in help are those that the library knows: formats, readers, looks, wordings, documents, papers and examples.
    """
    make, plan = _help("make"), _help("plan")
    documents = {file.stem for file in (OURS / "templates").glob("*.md") if not file.name.startswith("_")}

    assert tuple(LOOKS) == tuple(Look)
    assert tuple(reader.name for reader in rings.READERS) == READERS
    for name in (*FORMATS, *READERS, *Look, *wording_names(), *documents):
        assert re.search(rf"(?<!\w){name}(?![\w-])", make), name
    for name in (*FORMATS, *MORE, "one-to-one", "group", "first-session"):
        assert re.search(rf"(?<!\w){name}(?![\w-])", plan), name
    for option, values in (("suits", Suits), ("element", Element), ("function", Function)):
        assert re.search(rf"--{option} TEXT [^-]*: {', '.join(values)}\.", _help("models")), option


def test_a_page_counts_once_wherever_it_is_named() -> None:
    """
    A page that `--from` names too is still the one that is shown.
    """
    for name in ("a.md", "b.md"):
        Path(name).write_text(SMALLEST.replace("Three", name[0]))

    assert "b good questions" in run("show", "b.md", "--from", "b.md", "--from", "a.md").output


def test_importing_the_package_loads_nothing_heavy() -> None:
    """
    `import reflect` loads no library; a public name loads what it needs when it is used.
    """
    code = "import sys, reflect\nprint(sorted({'docx', 'jinja2', 'lxml', 'attrs', 'yaml', 'markdown_it'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


# --- as a user meets it: another process, and an unkind machine


def process(*words: str | bytes, **more: object) -> subprocess.CompletedProcess[bytes]:
    """
    Run the command in a process of its own.
    """
    return subprocess.run([sys.executable, "-m", "reflect", *words], stderr=subprocess.PIPE, check=False, **more)  # type: ignore[call-overload, no-any-return]


def _one_sentence(error: bytes) -> bool:
    return error.startswith(b"reflect: ") and error.count(b"\n") == 1 and b"Traceback" not in error


def _no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.txt"])
def test_a_disk_that_is_really_full_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    """
    If the system takes no more bytes, the old file is whole, nothing else is left, and one sentence says so.
    """
    file = tmp_path / name
    assert run("make", "agenda", OUTLINE, "-o", name).exit_code == 0
    before = file.read_bytes()
    assert len(before) > 2_000 or name == "a.txt"
    words = ("--set", f"title={'long ' * 500}", "--force")
    done = process("make", "agenda", OUTLINE, "-o", name, *words, preexec_fn=_no_large_files)

    assert (done.returncode, _one_sentence(done.stderr)) == (1, True)
    assert b"nothing was written" in done.stderr
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == [name]


def test_a_full_disk_leaves_the_page_that_was_to_be_tidied(tmp_path: Path) -> None:
    """
    `check --fix` on a full disk leaves each page as it was and goes on to the next.
    """
    texts = {name: SMALLEST.replace("Three", name[0]) + "\n- What else is there?" * 100 for name in ("a.md", "b.md")}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    done = process("check", "--no-advice", ".", "--fix", preexec_fn=_no_large_files, stdout=subprocess.PIPE)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"reflect: {name}: file too large; it was left as it was".encode() for name in ("a.md", "b.md")
    ]
    assert sorted(os.listdir(tmp_path)) == ["a.md", "b.md"]
    assert {name: (tmp_path / name).read_text() for name in texts} == texts


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["models"], ["models", "--json"], ["show", "kolb-cycle"], ["--help"],
                                   ["make", "agenda", "kolb-cycle@40", "-o", "-", "--to", "docx"],
                                   ["make", "agenda", "kolb-cycle@40", "-o", "-"]])  # fmt: skip
def test_a_full_standard_output_is_told(words: list[str]) -> None:
    """
    Where standard output takes nothing, one sentence says so.
    """
    with open("/dev/full", "wb") as full:
        done = process(*words, stdout=full)

    assert done.stderr == b"reflect: standard output: no space left on device; not everything was printed\n"
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no such folder")
def test_a_folder_that_takes_no_files_is_told() -> None:
    """
    The error names the folder where nobody may write, not the temporary name that was tried.
    """
    done = process("make", "agenda", "kolb-cycle@40", "-o", "/proc/a.txt")

    assert (done.returncode, _one_sentence(done.stderr)) == (1, True)
    assert done.stderr.startswith(b"reflect: /proc: ")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A page one has no right to is a fault like any other, and the next is looked at.
    """
    (tmp_path / "a.md").write_text(SMALLEST)
    (tmp_path / "b.md").write_text(SMALLEST)
    real = Path.open

    def refusing(path: Path, *args: object, **named: object) -> object:
        if path.name == "a.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    result = run("check", ".")

    assert result.exit_code == 1
    assert "a.md: cannot be read: you are not allowed to; ask" in result.stderr
    assert "b.md: in order" in result.stdout


def test_whoever_reads_may_stop() -> None:
    """
    `reflect models | head -1` prints one line and no complaint.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "reflect", "models", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(1)
        running.stdout.close()
        error = running.stderr.read()

    assert error == b""


def test_stopping_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Control-C ends a command with a word.
    """

    def stop(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    # A process in the background may have been told to take no notice.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    monkeypatch.setattr(catalogues, "our_catalogue", stop)
    try:
        result = run("models")
    finally:
        signal.signal(signal.SIGINT, before)

    assert (result.exit_code, result.stderr.strip()) == (1, "reflect: stopped")


def test_a_mistake_of_ours_shows_no_traceback_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An unforeseen error is reported by its kind and place, without its words, which may hold a name.
    """

    def broken(*_: object) -> None:
        raise RuntimeError("QZSECRETZQ")

    monkeypatch.setattr(catalogues, "our_catalogue", broken)
    result = run("models")

    assert result.exit_code == 1
    assert re.search(r"a mistake in reflect itself \(RuntimeError in \w+\.py, line [0-9]+\)", result.stderr)
    assert "QZSECRETZQ" not in result.output
    assert "Traceback" not in result.output


OLD = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


TYPED = (["models"], ["show", "kolb-cycle"], ["make", "agenda", OUTLINE, "-o", "-"], ["make", "agend", OUTLINE],
         ["check", "é.md"], ["check", b"caf\xe9.md"])  # fmt: skip
ENVIRONMENTS = (OLD, {}, {"PYTHONIOENCODING": "ascii"})


@pytest.mark.parametrize(("words", "env"), a_few(itertools.product(TYPED, ENVIRONMENTS)))
def test_no_locale_and_no_file_name_gives_a_traceback(tmp_path: Path, words: list[str], env: dict[str, str]) -> None:
    """
    On an old terminal, and with a file name that is not text, commands print what they can.
    """
    for name in (b"caf\xe9.md", "é.md".encode()):
        (tmp_path / os.fsdecode(name)).write_bytes("# Café – “x”\n\n- Où? {.cor}\n".encode())
    done = process(*words, env={**os.environ, **env}, stdout=subprocess.PIPE)

    assert b"Traceback" not in done.stderr
    assert done.returncode == (1 if words[0] == "check" or "agend" in words else 0)
    assert done.stdout or done.stderr.startswith(b"reflect: ")


# --- writing


def test_a_file_that_is_open_stays_whole_for_its_reader(tmp_path: Path) -> None:
    """
    Anybody who has the old file open goes on reading the old file; a link stays a link, and rights stay.
    """
    file = tmp_path / "a.md"
    run("make", "agenda", OUTLINE, "-o", "a.md")
    file.chmod(0o640)
    (tmp_path / "link.md").symlink_to("a.md")
    before = file.read_bytes()
    with file.open("rb") as opened:
        assert run("make", "agenda", OUTLINE, "--set", "start=9:00", "-o", "link.md").exit_code == 0

        assert opened.read() == before
    assert file.read_bytes() != before
    assert (tmp_path / "link.md").is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


# --- check --fix


def _fixed(file: Path, data: bytes) -> tuple[Result, bytes]:
    file.write_bytes(data)
    result = run("check", "--no-advice", str(file), "--fix")
    return result, file.read_bytes()


@pytest.mark.long
@settings(max_examples=tried(60))
@given(
    st.one_of(pages, models.map(write_model), st.sampled_from([page.read_text() for page in our_pages()])),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_fixing_changes_no_meaning_and_settles(
    tmp_path_factory: pytest.TempPathFactory, text: str, end: str, mark: bool
) -> None:
    """
    After `--fix` a page is canonical and means what it meant; fixing again changes nothing; what cannot be mended stays.
    """
    file = tmp_path_factory.getbasetemp() / "fixed.md"
    data = (("\ufeff" if mark else "") + text.replace("\r", "").replace("\n", end)).encode("utf-8", "replace")
    try:
        before: Model | None = catalogues.read_page(_written(file, data))
    except Faults:
        before = None
    result, once = _fixed(file, data)

    if result.exit_code == 1:
        assert once == data
        return
    after = catalogues.read_page(file)
    if before is None:  # all that was wrong is mended, and each is told
        assert str(file) in result.stderr
    assert after == (before or after)
    assert once.decode("utf-8-sig").replace("\r\n", "\n") == write_model(after)
    again, twice = _fixed(file, once)
    assert twice == once
    assert not again.stderr or after.head.goes_with  # that a page it goes well with is not there stays advice
    assert f"{file}: in order" in again.output


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def test_fixing_keeps_line_ends_and_rights_and_says_what_it_changed(tmp_path: Path) -> None:
    """
    Line endings and rights stay, and a few words say what changed.
    """
    file = tmp_path / "three.md"
    file.write_bytes(b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode())
    file.chmod(0o600)
    result = run("check", "--no-advice", "three.md", "--fix")
    lines = file.read_bytes().split(b"\n")

    assert result.output == "three.md: tidied (5 keys written in, front matter put above, 10 lines changed)\n"
    assert lines[0] == b"---\r"
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_is_looked_at_to_its_end(tmp_path: Path) -> None:
    """
    A wrong file, a loop of links and rubbish stop nothing: every page is checked, and the wrong ones are reported.
    """
    (tmp_path / "b").mkdir()
    (tmp_path / "a.md").write_bytes(b"\0\1")
    (tmp_path / "b" / "c.md").write_text(SMALLEST)
    (tmp_path / "b" / "up").symlink_to("..")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "z.md").write_text("# Z\n\n- Who?\n")
    (tmp_path / ".md").write_text("hidden")
    result = run("check", "--no-advice", ".", "--fix")

    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == ["b/c.md", "z.md"]
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["a.md", "loop.md"]
    assert run("check", "--no-advice", "b").output == "b/c.md: in order\n"


def test_an_outline_may_come_without_quotation_marks() -> None:
    """
    Its words are then several, with options before, between and behind them.
    """
    quoted = run("make", "agenda", "arrive@5 + kolb-cycle@20 + close@5", "--minutes", "30", "-o", "-")
    bare = run("make", "agenda", "arrive@5", "+", "--minutes", "30", "kolb-cycle@20", "+", "close@5", "-o", "-")

    assert (quoted.exit_code, bare.output) == (0, quoted.output)


def test_two_pages_of_one_key_in_a_folder_are_told(tmp_path: Path) -> None:
    """
    Only one of them would be found; in folders of their own both can be.
    """
    for name in ("a.md", "b.md", "sub/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SMALLEST)
    result = run("check", "--no-advice", ".", "--fix")

    assert result.exit_code == 1
    assert "b.md: has the key 'three-good-questions', and a.md has it too; give one of them another" in result.stderr
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == ["a.md", "sub/c.md"]


def test_a_block_that_replaces_nothing_is_told(tmp_path: Path) -> None:
    """
    A misspelt block of a template is never printed; one within a block of its own is.
    """
    head = "---\nof: session\nlabel: x\nlimits: y\n---\n{% extends 'reflect/group-agenda' %}\n"
    (tmp_path / "wrong.md").write_text(head + "{% block foott %}\nx\n{% endblock %}\n")
    (tmp_path / "right.md").write_text(head + "{% block foot %}\n{% block mine %}\nx\n{% endblock %}\n{% endblock %}\n")
    wrong, right = run("check", "wrong.md"), run("check", "right.md")

    assert (wrong.exit_code, right.exit_code) == (1, 0)
    assert "wrong.md:7: the block 'foott' replaces nothing" in wrong.stderr
    assert "Did you mean 'foot'?" in wrong.stderr


def test_reading_a_folder_names_what_it_leaves_out(tmp_path: Path) -> None:
    """
    Somebody sent what is not a Word file; one with its ending in capitals is.
    """
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "A.DOCX").write_bytes(reflect.render("arrive@5 + close@5", "record"))
    for name in ("b.pdf", "~$A.docx", ".hidden"):
        (tmp_path / "in" / name).write_bytes(b"%PDF-1.4")
    result = run("read", "in", "-o", "out")

    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "left out" in line] == [
        "in/b.pdf: left out, because it is not a Word file (.docx)"
    ]
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["A.json"]


def test_folders_in_a_folder_are_read_if_asked_for(tmp_path: Path) -> None:
    """
    A folder for each month gives the same folders; two records of one name stay two; the table has accents for Excel.
    """
    paper = reflect.render("arrive@5 + close@5", "record")
    for name in ("in/r.docx", "in/May/r.docx", "in/May/late/Siân.docx", "in/.hidden/r.docx", "in/June/b.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(paper)
    (tmp_path / "in/May/up").symlink_to("..")
    flat = run("read", "in", "-o", "flat")
    result = run("read", "in", "--below", "-o", "new/out", "--facts", "held.csv")

    assert "in/May: left out, because it is a folder; --below reads it too" in flat.stderr.splitlines()
    assert [each.name for each in (tmp_path / "flat").iterdir()] == ["r.json"]
    assert result.exit_code == 0
    assert sorted(str(each.relative_to("new/out")) for each in Path("new/out").rglob("*.json")) == [
        "May/late/Siân.json",
        "May/r.json",
        "r.json",
    ]
    assert "in/May/up: left out, because it is a link" in result.stderr.splitlines()
    assert "in/June/b.pdf: left out, because it is not a Word file (.docx)" in result.stderr.splitlines()
    assert (tmp_path / "held.csv").read_bytes().startswith(b"\xef\xbb\xbfrecord,held,")
    assert run("read", "in", "--facts", "-").stdout.splitlines()[1].startswith("r,")


def test_plan_says_which_papers_were_not_made(tmp_path: Path) -> None:
    """
    And `-` is standard output there, as everywhere; a command that writes several files refuses it.
    """
    Path("session.yaml").write_text("date: 2026-03-04\nminutes: 60\n")
    asked = ["--papers", "informal,preparation", "--papers", "workload-statement"]
    made = run("plan", "session.yaml", "-o", "papers", "--to", "txt", *asked)
    printed = run("plan", "session.yaml", "-o", "-", *asked)

    assert re.findall("note: '(.*)' was not made, because (.*)", made.stderr) == [
        ("informal", "the session file has no decision made between sessions, under 'informal'"),
        ("workload-statement", "the session file says nothing of a load, under 'workload'"),
    ]
    assert printed.stdout == run("plan", "session.yaml").stdout
    assert re.findall("note: '(.*)' was not made, because only", printed.stderr) == [
        "informal",
        "preparation",
        "workload-statement",
    ]
    assert run("catalogue", "-o", "-").exit_code == 2
    assert sorted(os.listdir()) == ["papers", "session.yaml"]


@pytest.mark.long
def test_a_folder_of_a_thousand_is_looked_at(tmp_path: Path) -> None:
    """
    A thousand pages are checked in some seconds; it grows with their number.
    """
    many = a_few(range(1_000))
    for n in many:
        (tmp_path / f"p{n}.md").write_text("# P\n\n- Who?\n")
    start = time.perf_counter()

    assert len(list(check(tmp_path))) == len(many)
    assert time.perf_counter() - start < 60


def test_what_was_left_out_for_want_of_time_is_said(tmp_path: Path) -> None:
    """
    Standard error names an item that gets no time, or less than was wished; the paper is made all the same.
    """
    crowded = "arrive@3 + kolb-cycle@40 + balint-group + close@7"
    result = run("make", "agenda", crowded, "--minutes", "52", "-o", "a.txt")

    assert result.exit_code == 0
    assert "note: there was no time for 'Closing'; give the session more minutes than 52" in result.stderr
    assert "note: 'Experiential learning cycle' has 20 of the 40 minutes asked for" in result.stderr
    assert "note" not in run("make", "agenda", crowded, "--minutes", "100", "-o", "a.txt", "--force").stderr
