"""
Worksheets on one side of paper: a box for each part, where the picture of the model has it.
"""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect import catalogue, document, load, read, render
from reflect.diagrams import boxes as heights
from reflect.errors import Refused, TemplateFault
from reflect.formats import word
from reflect.questions.rings import Ring
from reflect.text import nodes
from reflect.text.nodes import Answer, SheetToFill
from tests.documents import FORMATS, everything_in, of_the_day, squeezed
from tests.office import sides_in_libreoffice
from tests.taking_away import filled_in
from tests.test_canvas import saved
from tests.test_word import tool

#: The sides of a worksheet at most, by its look.
MOST = {(): 2, ("large-print",): 4, ("dyslexia-friendly",): 2, ("pen",): 2}
#: Models whose picture is the sheet, which has one side.
ONE_SIDE = ("kolb-cycle", "gibbs-cycle", "morrison-444", "seven-eyed", "brookfield-four-lenses", "egan-skilled-helper")


def sides(name: str, looks: tuple[str, ...] = ()) -> int:
    pytest.importorskip("typst")
    return len(re.findall(rb"/Type\s*/Page\b", render(load(name), "worksheet", to="pdf", looks=looks)))


@pytest.mark.parametrize("looks", MOST)
@pytest.mark.parametrize("name", of_the_day(catalogue(), 6))
def test_no_worksheet_has_more_than_two_sides(name: str, looks: tuple[str, ...]) -> None:
    """
    Of any model: one sheet of paper, with wider lines too, and two in large print.
    """
    assert sides(name, looks) <= MOST[looks]


@pytest.mark.parametrize("name", ONE_SIDE)
def test_where_the_picture_is_the_sheet_it_has_one_side(name: str) -> None:
    assert sides(name) == 1


@pytest.mark.parametrize("looks", [(), ("large-print",)])
def test_in_libreoffice_too_no_worksheet_has_more_than_two_sides(looks: tuple[str, ...], tmp_path: Path) -> None:
    """
    As Word files: every model where everything has to hold, and a few elsewhere.
    """
    tool("soffice")
    some = [*catalogue()] if os.environ.get("REFLECT_CI") == "1" else [*ONE_SIDE, "three-column-mapping"]
    for key in some:
        (tmp_path / f"{key}.docx").write_bytes(render(load(key), "worksheet", to="docx", looks=looks))
    pages = sides_in_libreoffice(tmp_path)

    assert set(pages) == set(some)
    assert {key: n for key, n in pages.items() if n > MOST[looks]} == {}
    assert looks or {pages[key] for key in ONE_SIDE} == {1}


# --- a ring, and rows


@given(st.integers(1, 12), st.integers(1, 4), st.booleans())
def test_each_box_stands_once(count: int, across: int, turns: bool) -> None:
    """
    No box is lost or twice on the sheet, and no row has more than it says.
    """
    grid = sheet(count, across, turns=turns).grid

    assert sorted(n for row in grid for n in row) == list(range(count))
    assert max(map(len, grid)) <= (2 if turns else across)


@given(st.integers(3, 9))
def test_a_ring_goes_round_as_a_clock_does(count: int) -> None:
    """
    Down on the right, and up on the left, from the box after the first to the last.
    """
    grid = sheet(count, 2, turns=True).grid
    right = [row[1] for row in grid if len(row) == 2]
    left = [row[0] for row in grid if len(row) == 2]

    assert grid[0][0] == 0
    assert right == sorted(right)
    up = [n for n in left if n]
    assert up == sorted(up, reverse=True)
    assert not up or min(up) > max(right)


@functools.cache
def sheet(count: int, across: int, *, turns: bool = False) -> SheetToFill:
    places = tuple(Answer(f"x.{n}", f"Box {n}", 3) for n in range(count))
    return SheetToFill("x", "columns", tuple(each.label for each in places), places=places, across=across, turns=turns)


def test_boxes_that_ask_more_have_less_room() -> None:
    """
    What is asked in a box takes from its lines, and no box has fewer than two.
    """
    plain = sheet(4, 2)
    asking = attrs.evolve(plain, asks=("What did you see, and what did you hear there? " * 4,) * 4)

    assert heights.height_over_lines(asking, (0, 1), 152) > heights.height_over_lines(plain, (0, 1), 152)
    assert heights.lines_in_room((asking,), 120, 152) < heights.lines_in_room((plain,), 120, 152)
    assert heights.lines_in_room((asking,), 10, 152) == 2
    assert (
        sum(heights.height_over_lines(plain, row, 152) + heights.GAP for row in plain.grid)
        + 2 * heights.LINE * (heights.lines_in_room((plain,), 120, 152))
        <= 120
    )


def test_a_sheet_asks_each_of_its_boxes() -> None:
    with pytest.raises(Refused, match="has a text for each of its boxes"):
        attrs.evolve(sheet(3, 2), asks=("one",))


@pytest.mark.parametrize("line", ["box: only-a-key", "across: 7\nbox: a.b | Name", "box:  | Name"])
def test_a_wrong_box_is_told(line: str, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(
        f"---\nof: nothing\n---\n# T\n\n```canvas x\ntitle: T\nkind: columns\n{line}\n```\n"
    )

    with pytest.raises(TemplateFault, match=r"box: key|side by side"):
        render("", "mine", templates=[tmp_path])


# --- what is written in a box


def test_what_answers_one_question_has_its_key_and_what_answers_several_that_of_the_part() -> None:
    """
    Either way a box says what was asked in it.
    """
    kolb = {each.key: each for each in read(word.write(filled_in(document("kolb-cycle", "worksheet")))).answers}
    morrison = {each.key for each in read(word.write(filled_in(document("morrison-444", "worksheet")))).answers}

    assert set(kolb) == {f"kolb-cycle.{part}" for part in ("experience", "observation", "concepts", "trying")}
    assert kolb["kolb-cycle.experience"].asked.startswith("Where does this story begin for you?")
    assert len(morrison) == 12
    single = {question.key for question in load("morrison-444").asks}
    assert {key for key in morrison if key.startswith("morrison-444.functions")} <= single


@pytest.mark.parametrize("key", of_the_day(catalogue(), 6))
def test_a_saved_page_is_read_as_the_word_file_is(key: str) -> None:
    filled = filled_in(document(load(key), "worksheet"))
    from_word = {each.key: each.text for each in read(word.write(filled)).answers}
    from reflect.interchange.values import to_json

    assert {each.key: each.text for each in read(to_json(saved(filled)).encode()).answers} == from_word


def test_a_worksheet_of_an_earlier_version_is_read() -> None:
    """
    It had a box for each question, and each is read under the key of its question and the words over it.
    """
    blank = document("kolb-cycle", "worksheet")
    title = next(block for block in blank.blocks if isinstance(block, nodes.Heading))
    asked = [
        question for question in load("kolb-cycle").asks if question.core and str(question.answering.kind) == "prose"
    ]
    blocks: list[nodes.Block] = [nodes.Paragraph((nodes.Text("Worksheet"),), "eyebrow"), title]
    for n, question in enumerate(asked):
        blocks += [
            nodes.Paragraph((nodes.Text(question.text),), "prompt"),
            Answer(question.key, question.text, 3, f"said {n}"),
        ]
    found = read(word.write(attrs.evolve(blank, blocks=tuple(blocks))))

    assert {each.key: each.text for each in found.answers} == {q.key: f"said {n}" for n, q in enumerate(asked)}
    assert all(each.asked and each.ring is Ring.OWN for each in found.answers)


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_says_what_is_asked_in_a_box(to: str) -> None:
    said = squeezed(everything_in(render("seven-eyed", "worksheet", to=to), to))

    eyes = load("seven-eyed").questions.parts
    for eye in (eyes[0], eyes[-1]):
        asked = next(question.text for question in eye.asks if question.core)
        assert squeezed(eye.title) in said
        assert squeezed(asked.replace("{person}", "the person")) in said
