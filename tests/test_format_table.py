"""
A format is one file, and one line of one table: everything else that names formats asks the table.
"""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reflect
from reflect import testing
from reflect.cli import main
from reflect.formats import FORMATS, Format, writer
from reflect.rendering.site import publish
from reflect.text.nodes import Document
from tests.test_publishing import FEW

SOURCE = Path(reflect.__file__).parent
HANDOUT = ("make", "handout", "kolb-cycle")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def braille(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    One more format: its module, and its line of the table.
    """
    module = types.ModuleType("reflect.formats.braille")
    module.write = lambda document: f"braille: {document.title}".encode()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "reflect.formats.braille", module)
    monkeypatch.setitem(FORMATS, "brf", Format("brf", "Braille", "braille"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("braille")
def test_a_line_of_the_table_makes_a_format_known_everywhere(tmp_path: Path) -> None:
    """
    Functions, options, endings, help, messages and the published folder know a format that has been added.
    """
    made = b"braille: Experiential learning cycle"
    few = tuple(page for page in reflect.catalogue().pages if page.where.removesuffix(".md") in FEW)
    publish(Path("out"), models=reflect.Catalogue(few), to=["brf"])

    assert reflect.render(reflect.load("kolb-cycle"), "handout", to="brf") == made
    assert run(*HANDOUT, "--to", "brf", "-o", "-").stdout_bytes == made
    assert run(*HANDOUT, "-o", "handout.brf").exit_code == 0
    assert (tmp_path / "handout.brf").read_bytes() == made
    assert (tmp_path / "out/papers/kolb-cycle/handout.brf").read_bytes() == made
    assert ">Braille</a>" in (tmp_path / "out/index.html").read_text("utf-8")
    for command in ("make", "plan", "series"):
        assert re.search(r"json\s+or\s+brf", run(command, "--help").stdout)
    for words in ((*HANDOUT, "--to", "x"), ("plan", "--to", "x"), ("catalogue", "-o", "x", "--to", "x")):
        assert "json, brf" in run(*words).stderr
    for words in ((*HANDOUT, "-o", "x.x"), ("copy", "record.json", "-o", "x.x")):
        assert ".json, .brf" in run(*words).stderr
    with pytest.raises(reflect.UnknownKey, match="brf"):
        writer("bfr")


def test_what_a_format_needs_is_told_by_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A format that needs an extra says how to install it, and whether it is there.
    """
    for each in FORMATS.values():
        assert bool(each.extra) == bool(each.needs)
    assert FORMATS["docx"].installed
    monkeypatch.setitem(sys.modules, "typst", None)
    assert not FORMATS["pdf"].installed
    assert FORMATS["pdf"].remedy == 'pip install "reflect-supervision[pdf]"'


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_a_writer_and_a_title(name: str) -> None:
    """
    Every line of the table leads to a module that writes, and no module of the folder lies there unlisted.
    """
    each = FORMATS[name]
    folder = SOURCE / "formats"

    assert each.name == name
    assert each.title
    assert (folder / f"{each.module}.py").is_file() or (folder / each.module / "__init__.py").is_file()
    if each.installed:
        assert isinstance(writer(name)(Document(kind="".join(each.papers[:1]), title="x", blocks=())), bytes)


def test_no_other_list_names_the_formats() -> None:
    """
    No line of ours but those of the table names three formats.
    """
    named = re.compile(rf"\b({'|'.join(FORMATS)})\b")
    lists = [
        f"{file.relative_to(SOURCE)}: {line.strip()}"
        for file in SOURCE.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if len(set(named.findall(line))) > 2
    ]

    assert lists == []


def test_what_is_looked_into_follows_the_table() -> None:
    """
    A search for leaks looks into each format of all papers whose words can be found in its bytes.
    """
    assert set(FORMATS) - set(testing.FORMATS) == {"pdf", "pptx"}
    assert FORMATS["pptx"].papers


def test_the_reference_has_a_row_for_each_format() -> None:
    """
    The page about formats says of each what it is, which extra it needs, what it is for and whether it wears a look.
    """
    page = (SOURCE.parents[1] / "docs/reference/formats.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]

    assert [row[0].strip("`") for row in rows] == [*FORMATS]
    for row, each in zip(rows, FORMATS.values(), strict=True):
        assert (row[1], row[3].strip("`"), row[4] == "yes") == (each.title, each.extra, each.wears)
        assert row[2].startswith("`" + "`, `".join(each.papers) + "` alone" if each.papers else "all papers")
