"""
Papers of our own methods as somebody holds them: how many sides, which way through, and what is left to the cards.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from reflect import catalogue, document, load, plan, render
from reflect.diagrams import draw
from reflect.questions.question import Shape
from reflect.questions.turn_taking import is_done_in_turns
from reflect.text import nodes
from tests.documents import squeezed
from tests.office import sides_in_libreoffice
from tests.test_word import tool

METHODS = [key for key in catalogue() if is_done_in_turns(load(key))]
ACTIVITIES = catalogue(Path(__file__).parent / "data" / "activities")


@pytest.mark.parametrize("key", METHODS)
def test_a_worksheet_of_a_method_has_two_sides(key: str) -> None:
    pytest.importorskip("typst")

    assert len(re.findall(rb"/Type\s*/Page\b", render(load(key), "worksheet", to="pdf"))) <= 2


def test_in_libreoffice_too_a_worksheet_of_our_methods_has_two_sides(tmp_path: Path) -> None:
    """
    As Word files: all of our methods where everything has to hold, and two elsewhere.
    """
    tool("soffice")
    some = METHODS if os.environ.get("REFLECT_CI") == "1" else ["collegial-consultation", "group-mapping"]
    for key in some:
        (tmp_path / f"{key}.docx").write_bytes(render(load(key), "worksheet", to="docx"))
    pages = sides_in_libreoffice(tmp_path)

    assert set(pages) == set(some)
    assert {key: n for key, n in pages.items() if n > 2} == {}


def test_a_worksheet_of_a_group_has_what_one_person_writes() -> None:
    """
    What the whole group is asked has no box that nobody will fill, and the sheet says where it is.
    """
    sheet = document(load("collegial-consultation"), "worksheet")
    places = {block.key.partition(".")[2] for block in sheet.blocks if isinstance(block, nodes.Answer)}
    told = render(load("collegial-consultation"), "worksheet", to="md").decode()

    assert {"must-know", "one", "with-i", "suits", "finger", "once-more"} == {key.split(".")[-1] for key in places}
    assert "are on the cards" in told
    assert "are on the cards" not in render(load("kolb-cycle"), "worksheet", to="md").decode()


@pytest.mark.parametrize("paper", ["handout", "slide", "cards"])
def test_the_way_down_a_ladder_is_said(paper: str) -> None:
    """
    Whoever holds the handout, the slide or the cards sees where to begin, and a page used as it stands says nothing.
    """
    way = squeezed(
        "5 Conclusions, then 4 Assumptions, then 3 Meaning I add, then 2 Data I select, then 1 Observable data"
    )
    ladder, kolb = (
        squeezed(render(load(key), paper, to="md").decode()) for key in ("ladder-of-inference", "kolb-cycle")
    )

    assert way in ladder
    assert squeezed(", then 2") not in kolb


def test_the_slide_and_the_cards_begin_where_the_ladder_is_used_first() -> None:
    ladder = load("ladder-of-inference")
    verdict, film = "What did you conclude about the person?", "What would a camera have filmed?"
    cards = render(ladder, "cards", to="md").decode()

    assert verdict in render(ladder, "slide", to="md").decode()
    assert cards.index(verdict) < cards.index(film)


def test_an_arrow_goes_down_the_ladder() -> None:
    """
    Beside a ladder that is begun in the middle an arrow goes down from its first rung; the rungs that follow have
    numbers.
    """
    stages = tuple(nodes.Stage(title, n) for n, title in enumerate("abcde", 1))
    plain, down, mixed = (
        len(draw(nodes.Diagram("Ladder", Shape.LADDER, stages, used=used)).marks)
        for used in ((), (4, 3, 2, 1, 5), (4, 2, 1, 3, 5))
    )
    badge = (mixed - plain) // 5

    assert mixed - plain == 5 * badge
    assert plain + 2 * badge < down < mixed


def test_in_large_print_turns_may_be_on_different_pages() -> None:
    """
    What is under each time stays together, and the page breaks between two: the first page is not left half empty.
    """
    session = plan("arrive@5 + group-mapping@45 + close@7", 60, facts={"start": "14:00"})
    with zipfile.ZipFile(io.BytesIO(render(session, "group-agenda", to="docx", looks=["large-print"]))) as package:
        body = package.read("word/document.xml").decode()
        styles = package.read("word/styles.xml").decode()
    said = re.findall(r'<w:pStyle w:val="(\w+)"/>(?:(?!</w:p>).)*?(?:speaks|writes|votes|draws): ', body)
    kept = {found for found in said if re.search(rf'styleId="{found}"(?:(?!</w:style>).)*<w:keepNext/>', styles)}

    assert len(said) > 7
    assert kept == set()


@pytest.mark.parametrize("key", [*METHODS, *ACTIVITIES])
def test_the_times_of_a_card_stay_on_its_line(key: str) -> None:
    """
    Rounds are one stretch of time at the head of a card, so that its line does not break.
    """
    model = ACTIVITIES.model(key) if key in ACTIVITIES and key not in METHODS else load(key)
    decks = (block for block in document(model, "cards", models=ACTIVITIES).blocks if isinstance(block, nodes.Cards))
    times = [card.doing.time for deck in decks for card in deck.cards if card.doing and card.doing.at]

    assert all(len(time) <= 22 for time in times), times
