"""
Every page that the handbook shows, and every activity, goes through every command that takes a page.
"""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.documents.templates import Templates
from reflect.errors import Faults
from reflect.pages.reading import read_model
from reflect.questions.model import Model
from tests.documents import a_few
from tests.handbook import pages

ACTIVITIES = Path(__file__).parent / "data" / "activities"


def _shown_in_the_docs() -> dict[str, str]:
    """
    The pages that the handbook shows whole, by where they stand.
    """
    found: dict[str, str] = {}
    for page in pages():
        for block in page.blocks:
            if block.kind != "markdown":
                continue
            try:
                model = read_model(block.text, "page.md")
            except Faults:
                continue
            if model.head.steps:  # of pages beside it
                continue
            found[f"{page.file.stem}-{block.line}"] = block.text
    return found


DOCS = _shown_in_the_docs()
PAGES = DOCS | {file.stem: file.read_text("utf-8") for file in sorted(ACTIVITIES.glob("*.md"))}


def test_the_handbook_shows_pages() -> None:
    assert len(DOCS) > 5
    assert any(read_model(text).steps for text in DOCS.values())


@attrs.frozen
class Run:
    folder: Path
    file: Path
    model: Model

    def __call__(self, *words: str) -> str:
        done = CliRunner().invoke(main, [*words])
        assert done.exit_code == 0, (words, done.stderr)
        return done.stdout


@pytest.fixture
def run(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    text = PAGES[request.param]
    model = read_model(text)
    for key in (step.partition("@")[0] for step in model.head.steps):  # its string lies beside it
        (tmp_path / f"{key}.md").write_text(PAGES[key], "utf-8")
    file = tmp_path / f"{model.key}.md"
    file.write_text(text, "utf-8")
    return Run(tmp_path, file, reflect.catalogue(file).model(model.key))


@pytest.mark.parametrize("run", a_few(PAGES, 8), indirect=True)
def test_every_command_takes_it(run: Run) -> None:
    """
    It is shown, checked, tidied, listed, written as a sheet and read again; and every paper of a model is made of it.
    """
    page = str(run.file)
    run("check", page, "--no-advice")
    shown = run("show", page)
    assert all(entry.text.split("{")[0][:12].rstrip() in " ".join(shown.split()) for entry in run.model.entries)
    assert json.loads(run("show", page, "--json"))["head"]["key"] == run.model.key
    run("check", page, "--fix", "--no-advice")
    tidy = reflect.catalogue(run.file).model(run.model.key)
    assert tidy.questions == run.model.questions
    if not run.model.head.steps:
        run("sheet", page, "-o", "sheet.xlsx")
        assert reflect.read_page(run.folder / "sheet.xlsx") == tidy
    assert run.model.key in run("models", "--from", str(run.folder))
    shelf = Templates()
    for name in shelf.names():
        match shelf.about(name).of:
            case "model":
                run("make", name, page, "-o", f"{name}.md")
            case "models":
                several = f"{run.model.key} + grow" if name == "comparison" else page
                run("make", name, several, "--from", str(run.folder), "-o", f"{name}.md")
            case "session" if name != "own-copy":
                minutes = str(max(60, run.model.head.minutes[0] if run.model.head.minutes else 0))
                run("make", name, page, "--minutes", minutes, "-o", f"{name}.md", "--reader", "supervisee")


@pytest.mark.parametrize("run", a_few(PAGES, 8), indirect=True)
def test_its_papers_hold_every_step(run: Run) -> None:
    """
    Whoever leads from the notes, the handout, the cards or the agenda finds each step in its words; and where nothing
    is asked, nothing is called a question.
    """
    for name in ("notes", "handout", "cards", "group-agenda"):
        run("make", name, str(run.file), "-o", f"{name}.txt", "--minutes", "120")
        paper = " ".join((run.folder / f"{name}.txt").read_text("utf-8").split())
        missing = [step.text for step in run.model.steps if step.text.split("{")[0][:25].rstrip() not in paper]
        assert missing == [], name
        said = " ".join(file.read_text("utf-8") for file in run.folder.glob("*.md"))
        if not run.model.asks and "question" not in said.lower():
            assert "question" not in paper.lower(), name
