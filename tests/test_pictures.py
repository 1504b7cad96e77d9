"""
Pictures that ship: papers of ours have theirs on any machine, and any other says that it is without.
"""

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import attrs
import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops

import reflect
from reflect.cli import main
from reflect.diagrams import describe, metrics, raster, say_without_picture, shipped, svg
from reflect.documents.drawing import diagram
from reflect.documents.templates import Templates
from reflect.questions.wordings import wording_names
from reflect.rendering.rendering import render
from reflect.text.looks import Look
from tests.documents import text_of_docx

ROOT = Path(__file__).parents[1]
REMEDY = "run: python tools/make_pictures.py"
PAPERS = ("handout", "cards", "booklet", "diagram", "slide")
OWN = "# Three good questions\n\n## Look back\n\n- Where does it begin?\n\n## Look ahead\n\n- Who will know?\n"


def load_tool() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_pictures", ROOT / "tools/make_pictures.py")
    assert found is not None
    assert found.loader is not None
    tool = importlib.util.module_from_spec(found)
    found.loader.exec_module(tool)
    return tool


@pytest.fixture(scope="module")
def archives() -> tuple[Path, ...]:
    """
    The archives: an install has made them. In a source tree they are made here where everything is run.
    """
    if os.environ.get("REFLECT_CI") == "1" and not load_tool().are_made():
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        subprocess.run([sys.executable, str(ROOT / "tools/make_pictures.py")], env=environment, check=True)
        shipped.forget_archives()
        raster.forget_pictures()
    if not all(file.is_file() for file in shipped.ARCHIVES):
        pytest.skip(f"this source tree has no pictures; {REMEDY}")
    return shipped.ARCHIVES


@pytest.fixture
def _anew() -> Iterator[None]:
    raster.forget_pictures()
    yield
    shipped.forget_archives()
    raster.forget_pictures()


@contextmanager
def without_extra() -> Iterator[None]:
    """
    As on a machine, or in a browser, that has neither the fonts nor resvg.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(raster, "fonts", lambda: ())
        raster.forget_pictures()
        yield
    raster.forget_pictures()


def pictures_in(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist() if name.endswith(".png")]


#: What a paper says where a picture is not, up to what it would show.
WITHOUT = say_without_picture("").partition(";")[0]


@pytest.mark.usefixtures("archives", "_anew")
def test_papers_of_ours_have_their_pictures_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The handout of each of our models and another paper of it, without the extra; also in other wordings and looks.
    """
    lacking: list[str] = []
    found: dict[str, int] = dict.fromkeys(PAPERS, 0)
    usual, made = raster.png, ""

    def look_for(drawn: str) -> bytes | None:
        png = usual(drawn)
        if png is None:
            lacking.append(made)
        found[made.partition(" of ")[0]] += 1
        return png

    monkeypatch.setattr(raster, "png", look_for)
    wordings, looks = wording_names(), ("", *map(str, Look))
    with without_extra():
        for n, key in enumerate(sorted(reflect.catalogue())):
            # Each handout as it is usually; and of each model another paper, and a handout in other words and looks.
            asked = [("handout", "general", ""), (PAPERS[1 + n % 4], "general", "")]
            asked += [("handout", wordings[n % len(wordings)], looks[n % len(looks)])]
            for paper, wording, look in asked:
                made = f"{paper} of {key} in {wording} {look}"
                render(key, paper, wording=wording, looks=[look] if look else [])

    assert not lacking, REMEDY
    assert all(found.values())


@pytest.mark.usefixtures("archives", "_anew")
def test_every_kind_of_paper_about_a_model_has_its_pictures() -> None:
    """
    So a new kind, or a kind that shows a picture from now on, is not forgotten: tools/make_pictures.py names them.
    """
    shelf = Templates()
    kinds = [name for name in shelf.names() if shelf.about(name).of in ("model", "models")]
    lacking = []
    with without_extra():
        for kind in kinds:
            for key in ("kolb-cycle", "three-column-mapping", "group-mapping"):
                what = key if shelf.about(kind).of == "model" else [reflect.load(key), reflect.load("grow")]
                with raster.borrow_pictures({}) as borrowed:
                    render(what, kind)
                lacking += [f"{kind} of {key}"] * bool(borrowed.lacking)

    assert set(PAPERS) < set(kinds)
    assert lacking == []


@pytest.mark.usefixtures("archives", "_anew")
@pytest.mark.parametrize(
    ("key", "paper"), [("kolb-cycle", "handout"), ("balint-group", "cards"), ("group-mapping", "slide")]
)
def test_the_extra_changes_no_byte_of_what_ships(key: str, paper: str) -> None:
    """
    A paper of ours with a picture is the same with the extra and without.
    """
    with without_extra():
        once = render(key, paper)

    assert pictures_in(once)
    assert render(key, paper) == once


@pytest.mark.usefixtures("_anew")
def test_a_paper_without_its_picture_says_so() -> None:
    """
    A model of somebody's own has its picture by the extra, and otherwise words that say what is not there.
    """
    own = reflect.read_page(OWN)
    with_it = render(own, "handout")
    with without_extra():
        without = render(own, "handout")
    described = describe(diagram(own))

    assert WITHOUT in text_of_docx(without)
    assert described in text_of_docx(without)
    assert not pictures_in(without)
    assert pictures_in(with_it)
    assert WITHOUT not in text_of_docx(with_it)
    assert WITHOUT not in render(own, "handout", to="html").decode()


@pytest.mark.usefixtures("archives", "_anew")
def test_the_command_says_what_would_draw_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever makes a paper without its picture is told; whoever makes one of ours, or has the extra, is not.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.md").write_text(OWN, "utf-8")

    def told(model: str, output: str) -> bool:
        made = CliRunner().invoke(main, ["make", "handout", model, "-o", output])
        assert made.exit_code == 0
        return (
            'note: a picture is missing from it; what draws it: pip install "reflect-supervision[png]"' in made.stderr
        )

    with without_extra():
        assert told("own.md", "a.docx")
        assert not told("own.md", "b.html")
        assert not told("kolb-cycle", "c.docx")
    assert not told("own.md", "d.docx")


@pytest.mark.usefixtures("archives", "_anew")
def test_signs_on_somebody_s_own_cards_ship() -> None:
    """
    Whatever is done in a step, its sign is there without the extra.
    """
    own = reflect.read_page(load_tool().SIGNS.replace("signs-of-steps", "my-own").replace("Step", "Part"))
    with without_extra():
        assert len(pictures_in(render(own, "cards"))) >= 20


@pytest.mark.usefixtures("_anew")
def test_a_picture_is_found_by_what_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Its size on paper, its ids and what is said about it do not matter; a changed word or line does.
    """
    drawn = diagram(reflect.load("gibbs-cycle"))
    other = attrs.evolve(drawn, stages=(attrs.evolve(drawn.stages[0], title="Another"), *drawn.stages[1:]))
    archive = tmp_path / "pictures.zip"
    archive.write_bytes(shipped.write_archive({shipped.name_of(shipped.bare(svg(drawn))): b"this"}))
    monkeypatch.setattr(shipped, "ARCHIVES", (tmp_path / "none.zip", archive))
    shipped.forget_archives()
    raster.forget_pictures()

    assert raster.png(svg(drawn)) == b"this"
    assert raster.png(svg(attrs.evolve(drawn, high=40), "another-name")) == b"this"
    assert raster.png(svg(drawn).replace("clockwise", "round")) == b"this"
    assert raster.png(svg(other)) != b"this"


def test_what_is_drawn_is_all_that_is_drawn() -> None:
    """
    What a picture is found by gives the same picture as the whole SVG of the same size.
    """
    drawn = svg(diagram(reflect.load("gibbs-cycle")))
    kept = shipped.bare(drawn)

    assert re.sub(r"<(title|desc).*?</\1>", "", drawn).partition("<rect")[2] == kept.partition("<rect")[2]
    assert raster.make_picture(kept) == raster.make_picture(drawn)


@pytest.mark.usefixtures("archives")
def test_shipped_pictures_look_as_drawn() -> None:
    """
    Few colours save half the bytes, and only edges differ from what the extra draws.
    """
    for key in sorted(reflect.catalogue())[::12]:
        drawn = shipped.bare(svg(diagram(reflect.load(key))))
        ours, theirs = shipped.shipped_picture(drawn), raster.make_picture(drawn)
        assert ours, REMEDY
        assert theirs
        one, two = (Image.open(io.BytesIO(each)).convert("RGB") for each in (ours, theirs))
        counts = ImageChops.difference(one, two).convert("L").histogram()

        assert one.size == two.size
        assert len(ours) < len(theirs)
        assert not sum(counts[100:])
        assert sum(counts[40:]) < sum(counts) / 500


@pytest.mark.usefixtures("archives")
def test_pictures_weigh_little() -> None:
    """
    In bytes, about ten thousand a page: the planner in a browser has room for the first archive.
    """
    first, further = (file.stat().st_size for file in shipped.ARCHIVES)

    assert first < 10_000 * len(reflect.catalogue())
    assert further < 14_000 * len(reflect.catalogue())


def test_the_same_pictures_give_the_same_archive() -> None:
    """
    In whatever order they were drawn, and on any day.
    """
    one, two = shipped.write_archive({"a": b"1", "b": b"2"}, "x"), shipped.write_archive({"b": b"2", "a": b"1"}, "x")

    assert one == two
    assert one.endswith(b"x")
    assert one != shipped.write_archive({"a": b"1", "b": b"3"}, "x")


def test_pictures_are_made_anew_when_anything_has_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    A page, a template or a line of code; and not when nothing has.
    """
    tool = load_tool()
    page = tmp_path / "src/reflect/models/a.md"
    page.parent.mkdir(parents=True)
    page.write_text("# A\n")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "PACKAGE", tmp_path / "src/reflect")
    monkeypatch.setattr(tool, "ARCHIVES", (tmp_path / "src/reflect/a.zip", tmp_path / "src/reflect/b.zip"))
    monkeypatch.setattr(tool, "__file__", str(page))
    assert not tool.are_made()
    for file in tool.ARCHIVES:
        file.write_bytes(shipped.write_archive({}, tool.digest_of_sources()))
    assert tool.are_made()
    page.write_text("# B\n")

    assert not tool.are_made()


def test_what_is_said_without_a_picture_can_be_printed() -> None:
    """
    It is data, and has the description in it.
    """
    assert say_without_picture("An account.").endswith("An account.")
    assert metrics.is_measured(WITHOUT)
