"""
Each example does what its page says: its one command is run as it is printed.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import reflect
from tests.documents import a_few, of_the_day
from tests.test_notebooks import look

EXAMPLES = Path(__file__).parent.parent / "examples"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, str]:
    """
    What stands under each heading, by the example it is about.
    """
    parts = re.split(r"^## `([^`]+)`.*$", (EXAMPLES / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def command(name: str) -> list[str]:
    """
    The one command of an example, with this Python to run it.
    """
    (block,) = BLOCK.findall(sections()[name])
    (line,) = block.strip().split("\n")
    first, *rest = shlex.split(line)
    return [sys.executable, *(["-m", first] if first != "python" else []), *rest]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    The top of a source with the examples in it, and a home of its own.
    """
    kept = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    shutil.copytree(EXAMPLES, tmp_path / "examples", ignore=kept)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    source = Path(reflect.__file__).parent.parent
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(source), os.environ.get("PYTHONPATH")))))
    return tmp_path


def ran(name: str) -> None:
    done = subprocess.run(command(name), capture_output=True, text=True, timeout=180)

    assert done.returncode == 0, done.stderr


def test_every_example_is_told_of_and_has_one_command() -> None:
    """
    What stands in the folder stands on its page, in whatever order, with one command of one line.
    """
    there = {f"{each.name}/" if each.is_dir() else each.name for each in EXAMPLES.iterdir()} - {
        "README.md",
        "teams.csv",
    }

    assert set(sections()) == there - {"__pycache__/", "shown.ipynb"}
    assert all(command(name) for name in sections())


@pytest.mark.parametrize(
    ("name", "makes"),
    [
        ("three-good-questions.md", ["handout.docx"]),
        ("session.py", ["agenda.docx", "record.docx"]),
        ("agency/", ["agenda.docx"]),
    ],
)
def test_a_command_makes_its_papers(name: str, makes: list[str], place: Path) -> None:
    """
    It writes the Word files it names, and no others.
    """
    ran(name)

    assert sorted(file.name for file in place.glob("*.docx")) == makes
    assert all(file.read_bytes().startswith(b"PK") for file in place.glob("*.docx"))


@pytest.mark.long
def test_a_mail_merge_writes_a_file_a_line(place: Path) -> None:
    """
    Each line of the list has its handout, in a folder of their own, with what the line says.
    """
    ran("mail_merge.py")

    made = sorted((place / "handouts").iterdir())
    assert [file.name for file in made] == ["handout-0001.docx", "handout-0002.docx"]
    for file, team, agency, model in zip(
        made, ("north", "south"), ("North", "South"), ("kolb-cycle", "gibbs-cycle"), strict=True
    ):
        facts = {"title": f"For the {team} team", "organisation": f"{agency} Agency"}
        assert file.read_bytes() == reflect.render(reflect.load(model), "handout", facts=facts)


@pytest.mark.long
def test_a_mail_merge_of_many_loses_none(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """
    As many lines are as many files, a thousand of them if HYPOTHESIS_PROFILE is thorough; the bad line is told of by its number, and what was there is left alone.
    """
    many, keys = len(a_few(range(1000), 10, in_ci=5)), of_the_day(sorted(reflect.catalogue()), 16)
    lines = [f"{keys[n % len(keys)]},For team {n}" for n in range(many)]
    lines[19] = "no-such-model,Lost"
    (place / "many.csv").write_text("\n".join(["model,title", *lines]) + "\n", "utf-8")
    (place / "many").mkdir()
    (place / "many" / "handout-0003.docx").write_bytes(b"filled in")
    script = [sys.executable, str(place / "examples" / "mail_merge.py"), "many.csv", "many"]

    assert subprocess.run(script, cwd=place).returncode == 1
    told = capfd.readouterr()
    assert f"{many - 2} of {many} written" in told.out
    assert f"{many} done, 1 of them failed" in told.err
    assert "line 21: there is no model 'no-such-model'" in told.err
    assert "line 4: " in told.err
    assert len(list((place / "many").iterdir())) == many - 1
    assert (place / "many" / "handout-0003.docx").read_bytes() == b"filled in"

    (place / "many.csv").write_text("model,supervisee\nkolb-cycle,AK\n", "utf-8")
    assert subprocess.run(script, cwd=place).returncode == 1
    assert "a handout does not print supervisee" in capfd.readouterr().err


@pytest.mark.long
def test_the_notebook_runs_in_jupyter(place: Path) -> None:
    """
    In a real kernel every cell ends well, and what shows itself is well-formed and inert.
    """
    ran("notebook.ipynb")
    book = json.loads((place / "examples" / "shown.ipynb").read_text("utf-8"))
    outputs = [output for cell in book["cells"] for output in cell.get("outputs", ())]
    pages = ["".join(output["data"]["text/html"]) for output in outputs if "text/html" in output.get("data", {})]

    assert not [output for output in outputs if output["output_type"] == "error"]
    assert len(pages) == 5
    assert ["Experiential learning cycle" in look(page) for page in pages] == [False, True, True, True, False]


def test_the_web_application_starts(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    It answers where it says it does, without the debugger that would run a stranger's code.
    """
    monkeypatch.setenv("FLASK_RUN_PORT", "0")
    process = subprocess.Popen(command("flask_app/"), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        address = next(found[0] for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:[0-9]+", line)))
        with urllib.request.urlopen(f"{address}/") as answer:
            page = answer.read().decode()
    finally:
        process.terminate()
        said = process.communicate(timeout=30)

    assert "Compose a session" in page
    assert "Debug mode: on" not in said[0]


@pytest.mark.long
def test_the_agency_s_own_page_runs(place: Path) -> None:
    """
    Its commands run as they are printed: after it is installed by pip, and from its folders.
    """
    site = place / "site"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(site), os.environ["PYTHONPATH"]))}
    blocks = BLOCK.findall((EXAMPLES / "agency" / "README.md").read_text("utf-8"))
    lines = [line for block in blocks for line in block.strip().split("\n")]
    papers: dict[str, list[bytes]] = {}
    folder = ""
    for line in lines:
        if line.startswith("A="):
            folder = line.removeprefix("A=")
            continue
        words = shlex.split(line.replace("$A", folder))
        start = words[1:] if words[0] == "python" else ["-m", *words]
        if "pip" in words:  # to a folder of the test's own, and from no network
            start += ["--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--target", str(site)]
        done = subprocess.run([sys.executable, *start], env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        for file in place.glob("*.docx"):
            papers.setdefault(file.name, []).append(file.read_bytes())
            file.unlink()

    assert {name: len(made) for name, made in papers.items()} == {"agenda.docx": 2, "card.docx": 1}
    assert papers["agenda.docx"][0] == papers["agenda.docx"][1]
