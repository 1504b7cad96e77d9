"""
A method laid out in a row: every step of it is there, in its order and at its time, and fits its card.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.diagrams import raster, signs
from reflect.documents.laying_out import BACK, TEXT, TITLE
from reflect.documents.model_viewing import ModelViewer
from reflect.documents.views import LaidView, ModelView
from reflect.formats.pdf import write as write_pdf
from reflect.questions.model import Model
from reflect.questions.question import Mode
from reflect.questions.wordings import wording
from reflect.text.nodes import DOES, Cards, Slide
from tests import laid_methods
from tests.test_pdf import boxes, overlapping
from tests.test_word import tool

MADE = [make() for make in laid_methods.ALL]
every_method = pytest.mark.parametrize("model", MADE, ids=[model.key for model in MADE])


def view(model: object) -> ModelView:
    return ModelViewer(wording("general")).view_model(model)  # type: ignore[arg-type]


def deck(model: object, **settings: Any) -> Cards:
    (found,) = (each for each in reflect.document(model, "cards", **settings).blocks if isinstance(each, Cards))  # type: ignore[arg-type]
    return found


def firsts(laid: Iterable[LaidView]) -> list[LaidView]:
    return [each for each in laid if not each.again]


# --- laws of the row


def covers(seen: ModelView) -> bool:
    """
    Each stretch of the track belongs to one step, and the steps are numbered through.
    """
    steps = firsts(seen.laid)
    at = sorted(place for each in steps for place in each.at)
    return at == list(range(1, len(seen.track) + 1)) and [each.number for each in steps] == [*range(1, len(steps) + 1)]


def is_told(seen: ModelView, model: Model) -> bool:
    """
    All words of parts and steps stand on some card, in their order.
    """
    said = _letters(" ".join(_words(each) for each in seen.laid))
    wanted = [part.title for part in model.questions.parts] if len(model.questions.parts) > 1 else []
    wanted += [step.text for step in model.steps] + [step.hint for step in model.steps]
    return all(_letters(text) in said for text in wanted)


def _words(laid: LaidView) -> str:
    title = "" if laid.again else f"{laid.part} {laid.title}"
    return " ".join((title, laid.text, *laid.steps, laid.more, laid.notes, *(each.text for each in laid.questions)))


def _letters(text: str) -> str:
    return re.sub(r"[\s…]+", "", text)


@every_method
def test_a_row_holds_the_whole_method(model: Model) -> None:
    """
    Each stretch of the track belongs to one step, each step is on a card, and no word of it is lost.
    """
    seen = view(model)

    assert covers(seen)
    assert is_told(seen, model)
    assert seen.method


@pytest.mark.parametrize(
    "broken",
    [
        lambda seen: attrs.evolve(seen, laid=tuple(each for each in seen.laid if each.does not in ("silent", "wait"))),
        lambda seen: attrs.evolve(seen, laid=tuple(each for each in seen.laid if each.questions)),
        lambda seen: attrs.evolve(seen, track=seen.track[:-1]),
    ],
    ids=["silence", "doing", "track"],
)
def test_a_row_without_its_silence_is_found_out(broken: Callable[[ModelView], ModelView]) -> None:
    """
    The law of the row fails on a deck that holds only what is asked, as decks once did.
    """
    seen = view(reflect.load("balint-group"))

    assert covers(seen)
    assert not covers(broken(seen))


@st.composite
def methods(draw: st.DrawFn) -> Model:
    """
    Methods with parts of every kind, some with rounds, and minutes that may not be known.
    """
    parts = []
    for n in range(draw(st.integers(1, 5))):
        mode = draw(st.sampled_from(list(Mode)))
        rounds = draw(st.integers(1, 4))
        usual = draw(st.one_of(st.none(), st.integers(1, 12).map(lambda each, r=rounds: each * r)))  # type: ignore[misc]
        minutes = draw(st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=1, max_size=6))
        parts.append(laid_methods.part(f"m.p{n}", mode, rounds, usual, minutes))
    return laid_methods.method("m", "M", *parts)


@given(methods())
def test_times_follow_one_another(model: Model) -> None:
    """
    Where all minutes are known, steps follow one another from nought to the end, and the track is in their proportion.
    """
    seen = view(model)
    steps = firsts(seen.laid)

    assert covers(seen)
    assert is_told(seen, model)
    whole = [each for each in steps if each.minutes and len(each.times) == each.rounds]
    if seen.lasts and whole == steps:
        times = sorted(time for each in steps for time in each.times)
        assert [start for start, _ in times] == [0, *(end for _, end in times[:-1])]
        assert times[-1][1] == seen.lasts
        assert all(end - start == each.minutes for each in steps for start, end in each.times)
        shares = {n: seen.track[n - 1].share for each in steps for n in each.at}
        for one, other in itertools.combinations(steps, 2):
            first, second = (sum(shares[n] for n in each.at) for each in (one, other))
            assert first * other.minutes * other.rounds == second * one.minutes * one.rounds


def test_the_order_of_use_is_that_of_the_row() -> None:
    """
    What is used from the last part to the first is laid out so.
    """
    twelve = laid_methods.twelve()
    turned = attrs.evolve(twelve, questions=attrs.evolve(twelve.questions, order=("down",)))

    assert [each.title for each in view(turned).laid] == [each.title for each in view(twelve).laid][::-1]


def test_short_steps_are_one_card_unless_they_are_all_there_is() -> None:
    """
    Steps that have nothing of their own are on the card of their part; a method that is only a list has a card for each.
    """
    twelve, smallest = (view(make()) for make in (laid_methods.twelve, laid_methods.smallest))

    assert all(len(each.steps) == 1 for each in twelve.laid)
    assert [each.title for each in smallest.laid] == [f"Do thing {n}." for n in range(1, 4)]


def test_a_card_says_who_is_silent_and_how_often() -> None:
    """
    A step of three rounds fills three stretches; whoever acts in it is not among the silent.
    """
    tell, saw, after = view(laid_methods.threes()).laid
    card = deck(laid_methods.threes()).cards[1]

    assert (tell.at, saw.at, after.at) == ((1, 3, 5), (2, 4, 6), (7,))
    assert (tell.quiet, saw.quiet) == (("watcher",), ())
    assert tell.times == ((0, 7), (9, 16), (18, 25))
    assert {"Silent · Watcher", "Say · Speaker, with asker", "7"} <= set(card.front_words)
    assert "3\u00a0times" in " ".join(card.front_words)


# --- decks


def test_a_deck_of_a_balint_group_holds_its_silence() -> None:
    """
    The deck of a method has a card for each part, also where nothing is asked, and the questions are on a back.
    """
    model = reflect.load("balint-group")
    cards = deck(model).cards
    core = [question.text for question in model.asks if question.core]

    assert all(
        any(part.title in (card.front, *card.head.split(" · ")) for card in cards) for part in model.questions.parts
    )
    assert any(card.doing and card.doing.does in ("silent", "wait") for card in cards)
    assert core
    assert sum(len(card.points) for card in cards if card.doing and card.doing.at) == len(core)


def test_a_deck_of_questions_can_still_be_had() -> None:
    """
    One can ask for the questions, for the steps, or for both; what only asks has the questions unless steps are asked for.
    """
    balint, kolb = "balint-group", "kolb-cycle"

    def kinds(what: str, deck: str) -> list[bool]:
        blocks = reflect.document(what, "cards", deck=deck).blocks
        return [block.cards[0].doing is not None for block in blocks if isinstance(block, Cards)]

    assert [kinds(balint, each) for each in ("", "steps", "questions", "both")] == [
        [True],
        [True],
        [False],
        [True, False],
    ]
    assert [kinds(kolb, each) for each in ("", "steps", "questions", "both")] == [
        [False],
        [True],
        [False],
        [True, False],
    ]
    assert kinds(f"{kolb} + {balint}", "") == [True, False]
    with pytest.raises(reflect.UnknownKey):
        reflect.document(kolb, "cards", deck="answers")


def test_slides_are_the_fronts_of_the_deck() -> None:
    """
    Slide and deck are one thing: the same words, and the same place on the track.
    """
    for model in MADE:
        slides = [each.card for each in reflect.document(model, "slide").blocks if isinstance(each, Slide)]
        cards = {(card.head, card.front): card for card in deck(model).cards[::-1] if card.doing and card.doing.at}
        assert [card.front_words for card in slides] == [cards[card.head, card.front].front_words for card in slides]
        assert {card.doing.at for card in slides if card.doing} == {c.doing.at for c in cards.values() if c.doing}


# --- signs and tracks


def test_signs_are_told_apart_without_colour() -> None:
    """
    Each deed has a shape of its own, but for waiting and silence, and so has each part; in its colour it stands out on
    white. Only the eighth part, which few models have, is a ring as the whole is.
    """
    shapes = {does: re.sub("#[0-9a-f]{6}", "", signs.sign(does, 24)) for does in (*DOES, *signs.SUITS)}

    assert set(signs._SIGNS) == {*DOES, *signs.SUITS}
    assert len(set(shapes.values())) == len(DOES) + len(signs.SUITS) - 2
    assert shapes["wait"] == shapes["silent"]
    assert shapes["part-8"] == shapes[""]
    assert all(_contrast(signs.colour(does)) >= 5.5 for does in shapes)
    assert _contrast(signs.EDGE) >= 3


def _contrast(colour: str) -> float:
    """
    Return the contrast of a colour with white, as WCAG counts it.
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.floats(50, 900))
def test_a_track_is_as_wide_as_it_may_be(shares: list[int], wide: float) -> None:
    """
    The stretches of a track lie side by side from edge to edge, none too narrow, and the wider the longer.
    """
    laid = signs.stretches(shares, wide, 4, 2)

    assert laid[0][0] == 0
    assert laid[-1][0] + laid[-1][1] == pytest.approx(wide)
    assert all(x + across <= after + 1e-6 for (x, across), (after, _) in itertools.pairwise(laid))
    assert all(across >= min(4, wide / len(shares) / 2) - 1e-6 for _, across in laid)
    for (one, (_, first)), (other, (_, second)) in itertools.combinations(zip(shares, laid, strict=True), 2):
        assert one > other or first <= second + 1e-6
        assert one < other or first >= second - 1e-6


def test_a_sign_says_what_it_is_where_no_word_is_beside_it() -> None:
    """
    A sign with words is a picture with a name, and one without is hidden from those who hear the page.
    """
    assert 'role="img" aria-label="Say &lt;it&gt;"' in signs.badge("say", about="Say <it>")
    assert 'aria-hidden="true"' in signs.badge("say")
    if png := raster.png(signs.track([], [], 10, 1)):
        assert png.startswith(b"\x89PNG")


# --- what fits

#: The top of the first card on its sheet and the height of a card, in millimetres.
TOP, HIGH = 10.0, 69.25


def bottoms(pdf: bytes) -> list[float]:
    """
    The distance to the lower edge of its card in millimetres, for each word on a card.
    """
    places = ((word.top - TOP, word.bottom - TOP) for word in boxes(pdf))
    return [(int(top / HIGH) + 1) * HIGH - bottom for top, bottom in places if 0 < top < 4 * HIGH]


@every_method
def test_steps_fit_their_cards_in_print(model: Model) -> None:
    """
    However much there is to say, no word of a PDF leaves its card.
    """
    found = bottoms(write_pdf(reflect.document(model, "cards")))

    assert len(found) > 20
    assert min(found) > 1


@every_method
def test_steps_fit_their_cards_in_word(model: Model, tmp_path: Path) -> None:
    """
    LibreOffice shows every word of the deck, since rows that cannot grow cut off what is too much, and the pages agree.
    """
    document = reflect.document(model, "cards")
    (tmp_path / "deck.docx").write_bytes(reflect.render(model, "cards"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "deck.docx")], capture_output=True, timeout=300, check=True)

    assert fits_and_says((tmp_path / "deck.pdf").read_bytes(), document) == []


@every_method
def test_steps_fit_their_cards_in_a_browser(model: Model, tmp_path: Path) -> None:
    """
    Chromium prints every word of the deck on its card: the words are over the track, and no card is cut.
    """
    (tmp_path / "deck.html").write_bytes(reflect.render(model, "cards", to="html"))
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command = [tool("chromium"), *options, f"--print-to-pdf={tmp_path}/deck.pdf", f"file://{tmp_path}/deck.html"]
    subprocess.run(command, capture_output=True, timeout=120, check=True)

    assert fits_and_says((tmp_path / "deck.pdf").read_bytes(), reflect.document(model, "cards")) == []


def fits_and_says(pdf: bytes, document: reflect.Document) -> list[str]:
    """
    Return the words of a deck that its print does not show, and how near others are to the edge of their card.
    """
    (found,) = (each for each in document.blocks if isinstance(each, Cards))
    # Letters of different sizes are not always words of their own, so letters are counted.
    words = [word for word in boxes(pdf) if TOP < word.top < TOP + 4 * HIGH]
    shown = Counter(_letters("".join(word.text for word in words)))
    said = Counter(_letters("".join(text for card in found.cards for text in (*card.front_words, *card.back_words))))
    missing = [f"{letter} ({times})" for letter, times in (said - shown).items()]
    over = [f"{one.text} over {other.text}" for one, other in overlapping(words)]
    return missing + over + [f"{room:.1f} mm" for room in bottoms(pdf) if room < 1]


@pytest.mark.parametrize("paper", ["cards", "slide"])
def test_microsofts_validator_finds_nothing_in_steps(paper: str, tmp_path: Path) -> None:
    """
    The Open XML SDK accepts decks and slides of methods.
    """
    for model in MADE:
        (tmp_path / "paper.docx").write_bytes(reflect.render(model, paper))
        command = [tool("ooxml-validator"), str(tmp_path / "paper.docx")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

        assert json.loads(done.stdout)["errors"] == []


def test_a_row_holds_no_more_than_a_card_does() -> None:
    """
    What is longer than a card goes on in the next one, under the same number.
    """
    from reflect.diagrams.metrics import width

    laid = view(laid_methods.wordy()).laid

    assert any(each.again for each in laid)
    assert all(width(each.title, 1) <= TITLE + 1 and width(each.text, 1) <= TEXT + 2 for each in laid)
    assert all(width(each.more + each.notes, 1) <= BACK + 4 for each in laid)


@pytest.mark.parametrize("to", ["docx", "html", "pdf"])
def test_a_slide_is_one_page(to: str, tmp_path: Path) -> None:
    """
    However much there is to say, each slide has one page, in Word, in a browser and in print.
    """
    for model in MADE:
        count = 1 + sum(isinstance(each, Slide) for each in reflect.document(model, "slide").blocks)
        (tmp_path / f"slide.{to}").write_bytes(reflect.render(model, "slide", to=to))
        if to == "docx":
            profile = f"-env:UserInstallation=file://{tmp_path}/profile"
            command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
            subprocess.run([*command, str(tmp_path / "slide.docx")], capture_output=True, timeout=300, check=True)
        if to == "html":
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            command = [tool("chromium"), *options, f"--print-to-pdf={tmp_path}/slide.pdf"]
            subprocess.run([*command, f"file://{tmp_path}/slide.html"], capture_output=True, timeout=120, check=True)

        assert {word.page for word in boxes((tmp_path / "slide.pdf").read_bytes())} == set(range(1, count + 1))


def test_a_deck_of_all_models_can_be_made() -> None:
    """
    The deck of the whole catalogue is within what a template may take: a row for each method, and one pile for the rest.
    """
    decks = [each for each in reflect.document(None, "cards").blocks if isinstance(each, Cards)]

    assert [deck.cards[0].doing is not None for deck in decks] == [True] * (len(decks) - 1) + [False]
    assert len(decks) > 5
