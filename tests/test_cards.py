"""
Cards: where they lie on their sheet, where to cut, how a deck is sorted by its edge, and that all words fit.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.formats import card_sizes, writer
from reflect.text import nodes
from reflect.text.cards import SHEET, TAB_WIDE, WORDS_WIDE, CardSize
from reflect.text.nodes import CARD_SIZES, Card, Cards
from tests.test_pdf import boxes, overlapping
from tests.test_word import tool

every_size = pytest.mark.parametrize("size", CARD_SIZES.values(), ids=list(CARD_SIZES))

#: Questions from three letters to far too many, with hints, long titles and long places.
WORDS = "Whose idea from a book or a corridor throws light on what happened there on that moment of the afternoon "
LONG = [
    Card(
        "Integrated learning model of somebody · part 1 of 4 · 10 min" * (1 + n % 2),
        f"Q{n} " + (WORDS * 9)[:letters].strip() + "?",
        (WORDS * 9)[: letters // (1 + n % 2)] if n % 3 else "",
        "After Somebody and Another (1984). Words: reflect contributors, CC BY 4.0",
        part="Abstract conceptualisation" * (1 + n % 2),
        bar=n % 9,
        label="Or then" if n % 3 else "",
        points=("And one more question?",) if n % 3 == 2 else (),
        hint=(WORDS * 4)[: letters // 3 * (n % 2)].strip(),
        number=f"{n} of 24",
    )
    for n, letters in enumerate((3, 20, 44, 60, 66, 80, 90, 110, 130, 150, 180, 210, 250, 300, 360, 420), 1)
]


@every_size
def test_nothing_is_between_cards_and_marks_are_beside_them(size: CardSize) -> None:
    """
    Cards lie side by side in the middle of the sheet. A mark is on a cut, and on no card: beside all of them, or between
    two at the edge if the cards fill the sheet.
    """
    across = [size.left + n * size.wide for n in range(3)]
    down = [size.top + n * size.high for n in range(size.rows + 1)]

    assert across[-1] + size.left == pytest.approx(SHEET[0])
    assert down[-1] + size.top == pytest.approx(SHEET[1])
    assert size.marks()
    for x, y, to, below in size.marks():
        assert (x == to and x in across) or (y == below and y in down)
        inside = across[0] < to and x < across[-1] and down[0] < below and y < down[-1]
        assert inside == size.fills
        assert max(abs(to - x), abs(below - y)) <= 7
    assert {x for x, _, to, _ in size.marks() if x == to} >= {each for each in across if 0 < each < SHEET[0]}
    assert {y for _, y, _, below in size.marks() if y == below} >= {each for each in down if 0 < each < SHEET[1]}


@given(st.integers(1, 8))
def test_a_tab_is_further_right_for_each_part(parts: int) -> None:
    """
    Up to eight parts can be told by the place of their tab, each further right than the one before and none beyond the
    words; up to five leave room between their tabs.
    """
    deck = Cards(tuple(Card("", str(n), "", "", bar=n) for n in range(1, parts + 1)))
    places = [deck.place_of_tab(card) for card in deck.cards]

    assert places[0] == 0
    assert all(after - before > 8 for before, after in itertools.pairwise(places))
    assert places[-1] + TAB_WIDE <= WORDS_WIDE + 1e-6
    if parts <= 5:
        assert all(after - before == 16 for before, after in itertools.pairwise(places))


@every_size
@given(st.text("abc dW?", max_size=900), st.text("abc d", max_size=300))
def test_a_longer_question_is_never_larger(size: CardSize, text: str, hint: str) -> None:
    """
    What is asked has the largest letters at which it fits: a further word never makes it more than a line's worth
    larger, and what says that it fits does.
    """
    card = Card("head", f"Q {text}", "", "", part="Part", bar=1, hint=hint)
    n = card_sizes.size_of_question(card, size)
    asked, small = card_sizes.ASKED[n]
    longer = card_sizes.size_of_question(attrs.evolve(card, front=f"{card.front} {WORDS * 3}"), size)
    high = card_sizes.height_of(card.front, asked, bold=True) + card_sizes.height_of(hint, small)

    assert longer >= n or card_sizes.ASKED[longer][0] <= card_sizes.ASKED[n][0] + 5
    assert n == len(card_sizes.ASKED) - 1 or high <= size.high - size.tab - 10


def letters(text: str) -> Counter[str]:
    """
    The letters of a text. Programs part words that are long, and join letters that are near, so no words are counted.
    """
    return Counter(letter for letter in text.replace("ﬁ", "fi").replace("ﬂ", "fl") if letter.isalnum())


def faults_of(pdf: bytes, size: CardSize) -> list[str]:
    """
    Return the sides of cards in print that lack letters, or that have a word too near to an edge or over another.
    """
    found = boxes(pdf)
    out = [f"{one.text} over {other.text}" for one, other in overlapping(found)]
    for n, card in enumerate(LONG):
        sheet, place = divmod(n, size.count)
        row, column = divmod(place, 2)
        for back, said in ((0, card.front_words), (1, card.back_words)):
            x = size.left + (1 - column if back else column) * size.wide
            y = size.top + row * size.high
            inside = [
                word
                for word in found
                if word.page == 2 * sheet + 1 + back
                and x < (word.left + word.right) / 2 < x + size.wide
                and y < (word.top + word.bottom) / 2 < y + size.high
            ]
            lacking = letters("".join(said)) - letters("".join(word.text for word in inside))
            near = [word.text for word in inside if not (y + 1 < word.top and word.bottom < y + size.high - 1.5)]
            beside = [word.text for word in inside if not (x + 3 < word.left and word.right < x + size.wide - 3)]
            side = f"{'back' if back else 'front'} {n + 1}"
            out += [f"{side} lacks {dict(lacking)}"] if lacking else []
            out += [f"{side}: {near + beside} near an edge"] if near or beside else []
    return out


@pytest.mark.parametrize("to", ["docx", "html", "pdf"])
@every_size
def test_long_questions_never_run_over(size: CardSize, to: str, tmp_path: Path) -> None:
    """
    Whatever its length, each letter of a question, its hint and its back is printed, on its own card, and over no other.
    """
    deck = Cards(tuple(LONG), size.name)
    document = nodes.Document(kind="cards", title="Long questions", blocks=(deck,), limits="")
    file = tmp_path / f"deck.{to}"
    file.write_bytes(writer(to)(document))
    if to == "docx":
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
        subprocess.run([*command, str(file)], capture_output=True, timeout=300, check=True)
    if to == "html":
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = [tool("chromium"), *options, f"--print-to-pdf={tmp_path}/deck.pdf", f"file://{file}"]
        subprocess.run(command, capture_output=True, timeout=120, check=True)
    printed = (tmp_path / "deck.pdf").read_bytes()

    assert max(word.page for word in boxes(printed)) == 2 * -(-len(LONG) // size.count)
    assert faults_of(printed, size) == []


@every_size
def test_microsofts_validator_finds_nothing_in_a_deck(size: CardSize, tmp_path: Path) -> None:
    """
    The Open XML SDK accepts a deck of each size, with its tabs, signs and marks.
    """
    file = tmp_path / "deck.docx"
    file.write_bytes(reflect.render("kolb-cycle", "cards", cards=size.name))
    done = subprocess.run(
        [tool("ooxml-validator"), str(file)], capture_output=True, text=True, timeout=120, check=False
    )

    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.parametrize("keys", [["kolb-cycle"], ["balint-group", "reflecting-team", "solution-circle"]])
def test_each_sheet_of_cards_has_a_name_of_its_own(keys: list[str]) -> None:
    """
    Whoever hears a page with several decks goes from sheet to sheet by name: three were called "sheet 1".
    """
    page = reflect.render(tuple(map(reflect.load, keys)), "cards", to="html").decode()
    names = re.findall(r'<section[^>]*aria-label="([^"]*)"', page)

    assert len(names) >= 2 * len(keys)
    assert len(set(names)) == len(names)
