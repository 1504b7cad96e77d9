"""
The pages that people whom they concern have not read yet: in order, marked as drafts, and found by nobody who does not
name their file.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hatchling.builders.wheel import WheelBuilder

import reflect
from reflect.cli import main
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.planner.gallery import gallery
from reflect.planning.candidates import Candidate, candidates
from reflect.planning.suggesting import suggest
from reflect.questions.model import Aim, Model, Offered
from reflect.questions.question import Addressee
from reflect.questions.rings import Ring

ROOT = Path(__file__).parents[1]
UNREAD = ROOT / "examples" / "unread"
FILES = sorted(file for file in UNREAD.glob("*.md") if file.name != "README.md")
KEYS = [file.stem for file in FILES]


def unread(file: Path) -> Model:
    return read_model(file.read_text("utf-8"), file.name)


def with_unread() -> Catalogue:
    """
    Our catalogue, and the pages of the folder, as somebody has it who names the folder.
    """
    return reflect.catalogue(*FILES)


def test_there_are_pages_to_read() -> None:
    assert set(KEYS) == {"anti-racist-supervision", "neurodiversity-affirming", "cultural-genogram"}


# --- in order


@pytest.mark.parametrize("file", FILES, ids=KEYS)
def test_a_page_is_in_order_and_can_be_looked_up(file: Path) -> None:
    """
    It is in its canonical form, the check has nothing to say about it, and each source says where it appeared.
    """
    model = unread(file)
    told = CliRunner().invoke(main, ["check", str(file), "--strict"])

    assert write_model(model) == file.read_text("utf-8")
    assert model.key == file.stem
    assert told.exit_code == 0, told.output
    assert told.output.strip() == f"{file}: in order"
    assert all(source.author and source.title and source.publisher for source in model.head.sources)


# --- marked, and safe for whoever reads it


def says_that_it_is_unread(model: Model) -> bool:
    """
    Whether nobody can take a paper of it for a page that has been read, or be offered it.
    """
    return (
        "(unread draft)" in model.title
        and model.questions.guidance.startswith("A draft that people whom it concerns have not read yet.")
        and "have not read it yet" in model.head.rights
        and model.head.offered is Offered.BY_NAME
        and model.head.licence == "CC-BY-ND-4.0"  # it may be handed on, and not without its marks
    )


def spares_the_worker(model: Model) -> bool:
    """
    Whether nothing is kept, and each question may be passed or is the supervisor's to answer, but for a date.
    """
    asked = [each for each in model.asks if each.to is not Addressee.SUPERVISOR and str(each.answering.kind) != "date"]
    return (
        model.head.record == "none"
        and model.head.ring is Ring.OWN
        and all(each.or_pass for each in asked)
        and bool(asked)
    )


@pytest.mark.parametrize("file", FILES, ids=KEYS)
def test_a_page_says_that_it_is_a_draft_and_spares_whoever_is_asked(file: Path) -> None:
    model = unread(file)

    assert says_that_it_is_unread(model)
    assert spares_the_worker(model)


@pytest.mark.parametrize(
    ("was", "is_", "holds"),
    [
        (" (unread draft)", "", says_that_it_is_unread),
        ("A draft that people whom it concerns have not read yet. ", "", says_that_it_is_unread),
        ("offered: by-name\n", "", says_that_it_is_unread),
        ("licence: CC-BY-ND-4.0", "licence: CC-BY-4.0", says_that_it_is_unread),
        ("record: none\n", "", spares_the_worker),
        (" .core .pass}", " .core}", spares_the_worker),
    ],
)
def test_a_page_that_forgets_is_found_out(was: str, is_: str, holds: object) -> None:
    text = FILES[0].read_text("utf-8")
    assert was in text

    assert callable(holds)
    assert not holds(read_model(text.replace(was, is_, 1), FILES[0].name))


@pytest.mark.parametrize("paper", ["handout", "cards", "worksheet", "slide"])
@pytest.mark.parametrize("file", FILES, ids=KEYS)
def test_a_paper_of_it_says_that_it_is_a_draft(file: Path, paper: str) -> None:
    """
    Whoever is shown one page of it, without the file, reads that it is unread.
    """
    printed = reflect.render(file.stem, paper, to="txt", models=with_unread()).decode()

    assert "unread draft" in printed


# --- found by nobody


def test_they_are_in_no_catalogue_and_no_list_of_ours() -> None:
    """
    No file of the library speaks of one: no catalogue, no list of what is asked, no row and no picture of the gallery.
    """
    texts = [
        file.read_text("utf-8")
        for kind in ("py", "json", "yaml", "md", "html", "js")
        for folder in ("src", "tools")
        for file in (ROOT / folder).rglob(f"*.{kind}")
    ]

    assert not set(KEYS) & set(our_catalogue())
    assert any("kolb-cycle" in text for text in texts)
    assert [key for key in KEYS for text in texts if re.search(rf"\b{key}\b", text)] == []


def test_they_are_in_no_wheel() -> None:
    """
    What is installed has our pages and none of these.
    """
    packed = [each.distribution_path for each in WheelBuilder(str(ROOT)).recurse_included_files()]

    assert "reflect/models/kolb-cycle.md" in packed
    assert [path for path in packed if "unread" in path or Path(path).stem in KEYS] == []


def shown(models: Catalogue) -> set[str]:
    return {model["key"] for model in gallery(models, reflect.wording("general"))["models"]}


def test_they_are_in_no_gallery() -> None:
    """
    Ours shows none. One that somebody makes with the folder does, as with any page of their own.
    """
    assert not set(KEYS) & shown(our_catalogue())
    assert set(KEYS) <= shown(with_unread())


def offered(known: list[Candidate]) -> set[str]:
    """
    Whatever is offered of these, for any aim, however often somebody asks for more.
    """
    some = {""} | set(map(str, Aim))
    return {each.key for aim in some for each in suggest(known, minutes=60, aim=aim, most=len(known)).suggestions}


def test_they_are_suggested_to_nobody() -> None:
    """
    Not even where somebody has named the folder: only who names the page gets it.
    """
    known = [each for each in candidates(with_unread()) if each.key in KEYS]
    assert {each.key for each in known} == set(KEYS)

    assert not offered(known)
    assert offered([attrs.evolve(each, offered=Offered.ALWAYS) for each in known])


def test_a_page_is_there_for_whoever_names_its_file(tmp_path: Path) -> None:
    """
    To read it, and to print it for whoever is asked to read it.
    """
    for file in FILES:
        shutil.copy(file, tmp_path)
        made = CliRunner().invoke(
            main, ["make", "handout", str(tmp_path / file.name), "-o", str(tmp_path / f"{file.stem}.txt")]
        )
        assert made.exit_code == 0, made.output
        assert unread(file).title in CliRunner().invoke(main, ["show", str(file)]).output


# --- what is asked of a reader


def test_the_readme_tells_of_each_and_asks_for_a_reading() -> None:
    """
    It names each page and whom it concerns, says that they are not for use, and that "no" is an answer.
    """
    text = (UNREAD / "README.md").read_text("utf-8")

    assert re.findall(r"^\| \[`([^`]+)`\]\(\1\) \|", text, re.MULTILINE) == [
        "anti-racist-supervision.md",
        "neurodiversity-affirming.md",
        "cultural-genogram.md",
    ]
    assert {file.name for file in UNREAD.iterdir()} == {"README.md", *(file.name for file in FILES)}
    for said in ("have not read them yet", "Do not use them in supervision.", '"No" is an answer'):
        assert said in text
