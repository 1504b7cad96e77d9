"""
The command line: what people type, and what they read when it goes wrong.
"""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result

from reflect import files, record
from reflect.cli import main
from tests.documents import OUTLINE
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

- What is the next small thing, and who will know that you did it?
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
    assert "tidied" in run("check", "three.md", "--fix").output
    once = page.read_text()

    assert "{#look-back}" in once
    assert "{#where-does-this}" in once
    assert run("check", "three.md", "--fix").output == "three.md: in order\n"
    assert page.read_text() == once


def test_a_wrong_page_is_left_alone_and_all_is_told(tmp_path: Path) -> None:
    """
    `check` tells all faults with their lines, exits with 1, and `--fix` leaves a wrong page as it was.
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
        (["make", "agenda", "kolb-cycle@40", "--to", "pptx"], 2, "is no format"),
        (["make", "agenda", "kolb-cycle@40", "--set", "strat=10:00"], 2, "Did you mean 'start'?"),
        (["make", "agenda", "kolb-cycle@40", "--set", "start=ten"], 1, "write it like 10:00"),
        (["make", "agenda", "kolb-cycle@40", "--set", "supervisor=AK"], 1, "name who will read it"),
        (["make", "agenda", "kolb-cycle@40", "--wording", "nurse"], 1, "Did you mean 'nursing'?"),
        (["make", "handout", "kolb-cycle + gibbs-cycle"], 1, "is about a model"),
        (["make", "agenda", "kolb-cycle@40", "--from", "nowhere"], 1, "is not there"),
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
    If the disk is full, the old file is there, whole, and nothing else is.
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
    A record's JSON file is a thing documents can be made of, for a named reader.
    """
    said = attrs.evolve(record_with("QZWORDSZQ"), facts=(("supervisee", "QZWORDSZQ"), ("topic", "QZWORDSZQ")))
    said = attrs.evolve(said, answers=said.answers[:2])
    (tmp_path / "record.json").write_text(record.dump(said))

    assert run("make", "record", "record.json", "-o", "-").exit_code == 1
    result = run("make", "record", "record.json", "--reader", "supervisee", "-o", "-")
    assert "QZWORDSZQ" in result.output
    assert "QZWORDSZQ" not in run("make", "record", "record.json", "--reader", "auditor", "-o", "-").output
    assert "in order" in run("check", "record.json").output


def test_a_file_name_says_kind_and_date_and_nobody() -> None:
    """
    Left to itself, a file is named by its kind and date or model.
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


def test_importing_the_package_loads_nothing_heavy() -> None:
    """
    `import reflect` loads no library; a public name loads what it needs when it is used.
    """
    code = "import sys, reflect\nprint(sorted({'docx', 'jinja2', 'lxml', 'attrs', 'yaml', 'markdown_it'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
