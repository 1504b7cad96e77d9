"""
One bad page stops no other: whatever takes a folder of pages goes on, and says what it left out.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.errors import Faults
from reflect.pages.catalogues import catalogue
from reflect.rendering import site
from tests.documents import catalogue_of

DOCS = Path(__file__).parents[1] / "docs"
#: Every page that the handbook shows.
EXAMPLES = {
    f"{file.stem}-{n}": re.sub(f"^{match[1]}", "", match[2], flags=re.MULTILINE)
    for file in sorted(DOCS.rglob("*.md"))
    for n, match in enumerate(re.finditer(r"^( *)```markdown\n(.*?)^ *```$", file.read_text("utf-8"), re.M | re.S))
    if not re.search(r"\{%|^of:", match[2], re.MULTILINE)
}
GOOD = "# A good page {#good}\n\n- Where does it begin?\n"
BAD = {
    "a-list.md": "# T\n\n* Who will know?\n",
    "front.md": "---\ntitle: [\n---\n\n- Who?\n",
    "binary.md": "PK\x03\x04",
    "word.md": "# Word\n\n- What did {nobody} say?\n",
}
#: What is round a model in a session.
FRAME = ("arrive", "case-round", "close", "learning", "previous-actions", "wellbeing-check-in", "workload")
SESSION = "date: 2026-03-04\nminutes: 60\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.md").write_text(GOOD, "utf-8")
    for name, text in BAD.items():
        (pages / name).write_text(text, "utf-8")
    (tmp_path / "session.yaml").write_text(SESSION, "utf-8")
    return pages


def run(command: str, pages: Path) -> Result:
    """
    What a command does with a folder of pages.
    """
    words = command.format(out=pages.parent / "out", folder=pages, session=pages.parent / "session.yaml").split()
    return CliRunner().invoke(main, [*words, "--from", str(pages)])


COMMANDS = (
    "models", "show good", "suggest --minutes 60", "make handout good -o {out}.txt",
    "make agenda arrive@3+good@20+close@7 -o {out}.txt", "plan {session}",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_goes_on_without_the_bad_pages_of_a_folder(command: str, folder: Path) -> None:
    """
    Every command that takes a folder of pages does what it was asked, and names each page that was left out.
    """
    result = run(command, folder)

    assert result.exit_code == 0, result.stderr
    assert {name for name in BAD if f"note: {folder / name} was left out" in result.stderr} == BAD.keys() - {"word.md"}


def test_a_catalogue_has_its_index_whatever_pages_are_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The folder for an intranet is whole but for the pages that are wrong, also those of which no paper can be made.
    """
    few = catalogue_of(
        ("arrive", "case-round", "close", "learning", "previous-actions", "wellbeing-check-in", "workload")
    )
    monkeypatch.setattr("reflect.pages.catalogues.our_pages", lambda: few.pages)
    result = run("catalogue -o {out} --to txt", folder)
    index = (folder.parent / "out" / "index.html").read_text("utf-8")

    assert result.exit_code == 0, result.stderr
    assert "A good page" in index
    assert 'id="word"' not in index
    assert {name for name in BAD if f"{folder / name} was left out" in result.stderr} == BAD.keys()


def test_a_page_that_is_named_itself_is_not_left_out(folder: Path) -> None:
    """
    Whoever names one page wants that page, and is told why it cannot be had.
    """
    for command in ("show", "make handout"):
        result = CliRunner().invoke(main, [*command.split(), str(folder / "a-list.md")])
        assert (result.exit_code, "was left out" in result.stderr) == (1, False)
    with pytest.raises(Faults):
        catalogue(folder / "a-list.md", builtin=False).without_faults()
    rest, faults = catalogue(folder, builtin=False).without_faults()
    assert (tuple(rest), {Path(fault.where).name for fault in faults}) == (("good", "word"), BAD.keys() - {"word.md"})


def test_there_are_example_pages() -> None:
    """
    The handbook has several pages, and each is read here as it is there.
    """
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_page_goes_through_every_command(name: str, tmp_path: Path) -> None:
    """
    A page that the handbook shows can be checked, tidied, shown and printed, and every paper can be made of it.
    """
    (page := tmp_path / "page.md").write_text(EXAMPLES[name], "utf-8")
    models = catalogue(page)  # a string of pages names ours
    (key,) = catalogue(page, builtin=False)

    assert site.leave_out_unprintable(catalogue(page), "general")[1] == ()
    for command in (
        f"check {page} --no-advice --fix", f"show {page}", f"make handout {page} --to txt -o -",
        f"make worksheet {page} --to docx -o {page}.docx", f"read {page}.docx --from {page} -o {tmp_path}/back",
    ):  # fmt: skip
        result = CliRunner().invoke(main, command.split())
        assert (result.exit_code, "left out" in result.stderr) == (0, False), (command, result.stderr)
    for paper in ("cards", "notes", "slide", "role-play", "diagram"):
        assert reflect.render(models.model(key), paper, to="html")


@pytest.mark.long
def test_a_folder_of_all_example_pages_goes_through_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The pages of the handbook, together in one folder, are listed, suggested, used in a session and published.
    """
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in EXAMPLES.items():
        (pages / f"{name}.md").write_text(text, "utf-8")
    few = catalogue_of(FRAME)
    monkeypatch.setattr("reflect.pages.catalogues.our_pages", lambda: few.pages)
    keys = set(catalogue(pages, builtin=False))

    for command in (
        "models",
        "suggest",
        "make agenda arrive@3+kolb-cycle@40+close@7 --to txt -o -",
        "catalogue --to txt -o {out}",
    ):
        result = run(command, pages)
        assert (result.exit_code, "left out" in result.stderr) == (0, False), (command, result.stderr)
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert {key for key in keys if f'id="{key}"' not in index} == set()
