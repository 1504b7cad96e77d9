"""
Slide shows: what stands on a wall can be read from the last row, and nothing on it is about anybody.
"""

from __future__ import annotations

import functools
import io
import itertools
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

import reflect
from reflect import formats, planning, testing
from reflect.diagrams import draw
from reflect.diagrams.marks import Lettering
from reflect.diagrams.wall import draw_for_wall
from reflect.documents.examples import fill_session
from reflect.documents.views import LaidView
from reflect.formats.slides.laying import LaidSlide, lay_slide
from reflect.formats.slides.pages import SlidePage, read_pages
from reflect.formats.slides.shapes import ANY_FONT, HIGH, LEAST, WIDE, WIDER, Measure, PictureBox, WordBox
from reflect.questions.question import Shape
from reflect.questions.rings import EVERYBODY, READERS, Ring
from reflect.sessions.session import with_facts
from reflect.testing.canaries import canary, rings_in
from reflect.text import nodes
from reflect.text.prose import visible
from tests import laid_methods
from tests.agencies import AGENCIES, SECRETS, picture
from tests.documents import of_the_day, tried
from tests.test_laid_out import view
from tests.test_word import tool

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
KEYS = tuple(reflect.catalogue())
MADE = (laid_methods.threes(), laid_methods.twelve(), laid_methods.wordy(), laid_methods.smallest())
HOUR = "arrive@5 + balint-group@45 + kolb-cycle@30 + close@7"


@functools.cache
def show_of(what: str, minutes: int = 120) -> nodes.Document:
    return reflect.document(what, "slides", minutes=minutes)


def laid(document: nodes.Document, wider: float = WIDER) -> list[LaidSlide]:
    return [lay_slide(page, Measure(wider), marking=document.marking) for page in read_pages(document)]


def words_on(slide: LaidSlide) -> str:
    return " ".join(text.text for box in slide.shapes if isinstance(box, WordBox) for text in box.texts)


def words_in(data: bytes) -> list[list[str]]:
    """
    The words of each slide, and those of its notes.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        slides = sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name in package.namelist())
        parts = [
            f"ppt/{sort}{n}.xml" for n in range(1, slides + 1) for sort in ("slides/slide", "notesSlides/notesSlide")
        ]
        said = []
        for name in parts:
            tree = etree.fromstring(package.read(name))
            described = [each.get("descr") or "" for each in tree.iter(f"{P}cNvPr")]
            paragraphs = ["".join(each.itertext()) for each in tree.iter(f"{A}p")]
            said.append([*filter(None, (*paragraphs, *described))])
    return said


# --- from the last row


def faults_of(slide: LaidSlide, measure: Measure) -> Iterator[str]:
    """
    What is wrong with a slide that everybody is to read.
    """
    for box in slide.shapes:
        if box.x < 0 or box.y < 0 or box.x + box.w > WIDE + 0.01 or box.y + box.h > HIGH + 0.01:
            yield f"{box.name} leaves the slide"
        if isinstance(box, WordBox):
            if box.name != "Credit" and any(text.size < HIGH / 26 for text in box.texts):
                yield f"{box.name} is too small"
            if measure.height_of(box.texts, box.w) > box.h + 0.01:
                yield f"{box.name} runs over"
    for one, other in itertools.combinations(slide.shapes, 2):
        across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
        down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
        if across > 0.5 and down > 0.5:
            yield f"{one.name} is over {other.name}"


@pytest.mark.parametrize("wider", [WIDER, ANY_FONT])
@pytest.mark.parametrize("key", of_the_day(KEYS, 4))
def test_every_model_can_be_read_from_the_last_row(key: str, wider: float) -> None:
    """
    No word but the credit is smaller than a 26th of the height, none runs over, and nothing lies on anything else.
    """
    for slide in laid(show_of(key), wider):
        assert list(faults_of(slide, Measure(wider))) == [], words_on(slide)


@pytest.mark.parametrize("model", MADE, ids=lambda model: model.key)
def test_methods_of_any_kind_have_room(model: reflect.Model) -> None:
    """
    The same holds for methods with many steps, many rounds, much to say, and nothing but a list.
    """
    for slide in laid(reflect.document(model, "slides")):
        assert list(faults_of(slide, Measure())) == [], words_on(slide)


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "How does it look?", "w" * 90, "word " * 300, "Silent · Presenter", "20", "min, 3 times"]),
).map(lambda text: " ".join(visible(text).split()))
STEPS = st.builds(
    nodes.Card,
    head=TEXTS,
    front=TEXTS.map(lambda text: text or "x"),
    back=TEXTS,
    foot=TEXTS,
    part=TEXTS,
    points=st.lists(TEXTS, max_size=2).map(tuple),
    doing=st.builds(
        nodes.Doing,
        does=st.sampled_from(nodes.DOES),
        quiet=TEXTS,
        minutes=TEXTS,
        unit=TEXTS,
        text=TEXTS,
        steps=st.lists(TEXTS, max_size=3).map(tuple),
        time=TEXTS,
        track=st.lists(st.builds(nodes.Stretch, st.integers(0, 90), st.sampled_from(nodes.DOES)), max_size=5).map(
            tuple
        ),
        at=st.lists(st.integers(1, 5), max_size=2).map(tuple),
    ),
)
STAGES = st.lists(TEXTS, min_size=1, max_size=9).map(
    lambda titles: tuple(nodes.Stage(title, n, minutes=n) for n, title in enumerate(titles, 1))
)
PICTURES = st.builds(nodes.Diagram, TEXTS, st.sampled_from(Shape), STAGES)
SOME = st.lists(TEXTS, max_size=3)
PAGES = st.one_of(
    st.builds(SlidePage, title=TEXTS, card=STEPS, notes=SOME),
    st.builds(
        SlidePage,
        title=TEXTS,
        number=st.sampled_from(["", "1", "12", "one"]),
        over=SOME,
        under=SOME,
        prompts=SOME,
        small=SOME,
        diagram=st.none() | PICTURES,
        notes=SOME,
    ),
)


@given(page=PAGES, marking=st.sampled_from(["", "OFFICIAL-SENSITIVE"]), wider=st.sampled_from([WIDER, ANY_FONT]))
@settings(max_examples=tried(200), deadline=None)
@example(page=SlidePage(title="word " * 300, prompts=["word " * 300] * 2), marking="", wider=WIDER)
@example(page=SlidePage(title="x", number="1", under=["word " * 60, "and"]), marking="", wider=WIDER)
def test_whatever_is_said_has_room_and_nothing_is_lost(page: SlidePage, marking: str, wider: float) -> None:
    """
    However long its words are, a slide can be read; and what it has no room for stands in its notes.
    """
    slide = lay_slide(page, Measure(wider), marking=marking)
    there = "".join(" ".join([words_on(slide), *slide.notes]).split())
    said = [*page.over, *page.under, *page.prompts, *page.small, *page.notes, page.title, page.number, marking]
    if page.card is not None:
        said = [
            *page.notes,
            page.title,
            marking,
            page.card.front and page.title,
            *page.card.back_words[bool(page.card.label) :],
        ]
        said += [text for text in page.card.front_words if text != page.card.front]

    assert list(faults_of(slide, Measure(wider))) == []
    assert [text for text in said if "".join(text.split()) not in there] == []


# --- what stands where


@pytest.mark.parametrize("key", of_the_day(KEYS, 4))
def test_a_step_says_what_is_done_and_asks_nothing(key: str) -> None:
    """
    On the slide of a step there is one sentence and none of the questions, which stand in the notes; any other slide has
    two questions at most. All of them are there.
    """
    model, pages = view(reflect.load(key)), read_pages(show_of(key))
    asked = [question.text for question in model.asks]
    slides = laid(show_of(key))

    for page, slide in zip(pages, slides, strict=True):
        shown = [text for text in asked if text in words_on(slide)]
        assert len(shown) <= (0 if page.card else 2)
        assert len(page.prompts) <= 2
    whole = "\n".join(f"{words_on(slide)}\n" + "\n".join(slide.notes) for slide in slides)
    assert [text for text in asked if text not in whole] == []
    for text in (model.instead, *model.mistakes, *map(words_of_step, model.laid)):
        assert text in whole
    steps = [page.card for page in pages if page.card]
    assert [step.front for step in steps] == (
        [each.title for each in model.laid if not each.again] if model.method else []
    )


def words_of_step(step: LaidView) -> str:
    return step.sentence


@pytest.mark.parametrize("key", ["balint-group", "solution-circle", "group-mapping"])
def test_slides_and_cards_have_one_track(key: str) -> None:
    """
    Slide and deck are one thing: the same stretches, the same place in the whole, the same verbs and minutes.
    """
    steps = [page.card for page in read_pages(show_of(key)) if page.card]
    deck = next(each for each in reflect.document(key, "cards").blocks if isinstance(each, nodes.Cards))
    cards = {(each.head, each.front): each for each in deck.cards if each.doing and each.doing.at}

    for step in steps:
        card = cards[step.head, step.front]
        assert step.doing
        assert card.doing
        assert step.part == card.part
        assert attrs.evolve(step.doing, text="", track=()) == attrs.evolve(card.doing, text="", track=())
        assert card.doing.text.startswith(step.doing.text)
        assert step.doing.track == card.doing.track or not card.doing.track


@pytest.mark.parametrize("key", of_the_day(KEYS, 4))
def test_no_word_of_a_picture_is_too_small(key: str) -> None:
    """
    Every word in the picture of a model is as large as the others on its slide, and inside its room; what the picture
    does not name stands beside it.
    """
    for block in show_of(key).blocks:
        if isinstance(block, nodes.Diagram) and block.shape is not Shape.STEPS:
            found = draw_for_wall(block, 864, 350, LEAST)
            letters = [mark for mark in found.drawing.marks if isinstance(mark, Lettering)] if found.drawing else []

            assert all(mark.size * found.scale >= LEAST - 0.01 for mark in letters)
            assert all(
                mark.room.holds(attrs.evolve(box, x=box.x + 0.01, w=max(box.w - 0.02, 0)))
                for mark in letters
                for box in mark.boxes()
            ), key
            said = [" ".join(mark.lines) for mark in letters] + [text for _, text in found.beside]
            bare = attrs.evolve(block, stages=tuple(attrs.evolve(each, role="", minutes=0) for each in block.stages))
            drawn = [" ".join(mark.lines) for mark in draw(bare).marks if isinstance(mark, Lettering)]
            # The number of a part is no word of the model.
            named = {re.sub(r"^\d+ ", "", each).casefold() for each in drawn} - {block.title.casefold()}
            assert [each for each in named if each not in " ".join(said).casefold()] == []


def test_pictures_that_models_are_known_by() -> None:
    """
    The seven eyes are eyes, a wheel is a wheel, and the three sets of the 4x4x4 are its ring and two lists.
    """
    eyes, ring = (
        next(block for block in show_of(key).blocks if isinstance(block, nodes.Diagram))
        for key in ("seven-eyed", "morrison-444")
    )

    assert draw_for_wall(eyes, 864, 330, LEAST).beside == ()
    assert "Everything around it" in str(draw_for_wall(eyes, 864, 330, LEAST).drawing)
    found = draw_for_wall(ring, 864, 340, LEAST)
    assert [words.partition(":")[0] for _, words in found.beside] == [
        "The cycle",
        "Four functions",
        "Four stakeholders",
    ]
    assert "Action" in str(found.drawing)
    (page, *_) = laid(show_of("seven-eyed"))
    assert any(isinstance(box, PictureBox) and "Seven places to look from" in box.about for box in page.shapes)


@pytest.mark.parametrize("key", of_the_day(KEYS, 4))
def test_the_first_title_says_what_to_do(key: str) -> None:
    """
    The title of the first slide is how the page begins, or the name of the model, which stands in the credit anyway;
    title and sentence under it are all that the page says first.
    """
    model = view(reflect.load(key))
    letters = re.sub(r"\W+", "", f"{model.deed}{model.beyond}").casefold()

    assert letters in (re.sub(r"\W+", "", text).casefold() for text in (model.opening, model.title + model.opening))
    assert len(model.deed) <= 110 or model.deed == model.title
    first = laid(show_of(key))[0]
    assert model.title in words_on(first)


# --- an hour


@pytest.mark.parametrize("key", of_the_day(reflect.catalogue(), 3))
def test_the_first_slide_shows_what_there_is(key: str) -> None:
    """
    Under its title stands a picture, a list of the parts or what is asked: however many steps a method has.
    """
    from pptx import Presentation

    first = Presentation(io.BytesIO(reflect.render(reflect.load(key), "slides", to="pptx"))).slides[0]

    assert {"Picture", "List", "Questions"} & {shape.name.split(" ")[0] for shape in first.shapes}


def test_an_hour_has_its_time_its_methods_and_an_end() -> None:
    """
    A training hour opens with its title, goes on with how the time goes, then each method, and closes; of two models
    without minutes nobody says how the time goes.
    """
    titles = [
        page.title
        for page in read_pages(
            reflect.document(HOUR.replace(" + close@7", ""), "slides", minutes=90, facts={"title": "Two ways"})
        )
    ]
    closed = [page.title for page in read_pages(reflect.document(HOUR, "slides", minutes=90))]
    two = read_pages(reflect.document("kolb-cycle + grow", "slides"))

    assert titles[:3] == ["Two ways", "How the time goes", view(reflect.load("arrive")).deed]
    assert "The group imagines" in titles
    assert "Concrete experience" in titles
    assert titles[-1] == "Before you go"
    assert "Before you go" not in closed
    assert "How the time goes" not in [page.title for page in two]
    assert two[0].under == ["Experiential learning cycle, GROW"]
    time = read_pages(reflect.document(HOUR, "slides", minutes=90))[1]
    assert time.diagram
    assert [(stage.title, stage.minutes) for stage in time.diagram.stages] == [
        ("Arriving", 5), ("Balint group", 45), ("Experiential learning cycle", 30), ("Closing", 7), ("Left open", 3),
    ]  # fmt: skip


def test_a_part_of_a_model_is_shown_as_that_part() -> None:
    """
    Where an hour uses one part of a page, its slides are of that part alone.
    """
    titles = [page.title for page in read_pages(reflect.document("kolb-cycle.trying@20 + close@7", "slides"))]

    assert titles[2:4] == ["Active experimentation", view(reflect.load("close")).deed]
    assert "Concrete experience" not in titles


def test_nothing_that_anybody_typed_stands_on_a_wall() -> None:
    """
    Of an hour with something private in every place, no part of the file has any of it, whoever asks; only whose paper it
    is and what it is called are shown. An agenda of the same hour has it.
    """
    session = with_facts(fill_session(canary), {"organisation": canary(Ring.OPEN)})
    whole = rings_in(reflect.render(session, "agenda", to="docx", reader=EVERYBODY), "docx")

    assert len(whole) > 3
    for reader in (EVERYBODY, *READERS, None):
        data = reflect.render(session, "slides", to="pptx", reader=reader)
        found = rings_in(data, "pptx")
        assert set(found) <= {Ring.OPEN}
        assert Ring.OPEN in found
    open_topic = reflect.plan(
        "arrive@3 + kolb-cycle@40 + close@7", 60, facts={"topic": "QZPAIRZQ", "place": "QZPAIRZQ"}
    )
    assert rings_in(reflect.render(open_topic, "slides", to="pptx"), "pptx") == {}
    assert Ring.PAIR in rings_in(reflect.render(open_topic, "agenda", to="docx", reader="supervisor"), "docx")


SESSION_FILE = """
date: 2026-03-10
start: 14:00
minutes: 75
place: QZPAIRZQ
profile: restorative-nursing-group
people: 7
supervisee-items:
- QZPAIRZQ
supervisor-items:
- {what: QZGROUPZQ, purpose: tell, minutes: 5}
"""


def test_a_session_file_has_no_word_on_a_wall(tmp_path: Path) -> None:
    """
    What is typed into the file of a session, with its topics and its place, is on the agenda and on no slide, whoever
    asks; how the time goes is on both.
    """
    (tmp_path / "session.yaml").write_text(SESSION_FILE, "utf-8")
    reading, settings = planning.load_session_file(tmp_path / "session.yaml")
    session = planning.arrange(reading.file, settings).session
    time = read_pages(reflect.document(session, "slides"))[1].diagram

    assert rings_in(reflect.render(session, "agenda", to="docx", reader=EVERYBODY), "docx")
    made = {reflect.render(session, "slides", to="pptx", reader=each) for each in (None, EVERYBODY, *READERS)}
    assert len(made) == 1  # the model that somebody chose for a topic tells something of it, so it is shown to nobody
    assert rings_in(made.pop(), "pptx") == {}
    assert time
    assert [stage.minutes for stage in time.stages] == [item.minutes for item in session.items]
    assert "Closing" in [stage.title for stage in time.stages]


def test_what_is_private_leaves_no_mark_on_a_wall() -> None:
    """
    Two hours that differ in what they are about, in notes and in names give the same file, byte for byte.
    """
    one, other = (
        fill_session(lambda ring, word=word: word if ring is not Ring.OPEN else "same")
        for word in ("One", "Other thing")
    )
    topics = tuple(
        attrs.evolve(each, topic=attrs.evolve(each.topic, title="an open topic", ring=Ring.OPEN))
        for each in other.put_off
    )
    other = attrs.evolve(other, put_off=topics)

    assert reflect.render(one, "slides", to="pptx") == reflect.render(other, "slides", to="pptx")
    assert testing.leaks("slides") == ()


def test_a_topic_that_everybody_may_read_is_no_title() -> None:
    """
    Even a topic that is open to all has no place on a slide: an hour for training is about the way, and not about that.
    """
    asked = reflect.QuestionSet(title="And also", children=[reflect.Question(key="x.also", text="What else?")])
    topic = (reflect.load("kolb-cycle").questions.about("t", "QZOPENZQ", Ring.OPEN) @ 20) + (
        asked.about("u", "QZOPENZQ", Ring.OPEN) @ 5
    )
    session = reflect.plan(topic, 60)
    pages = read_pages(reflect.document(session, "slides", reader=EVERYBODY))

    assert rings_in(reflect.render(session, "slides", to="pptx", reader=EVERYBODY), "pptx") == {}
    assert Ring.OPEN in rings_in(reflect.render(session, "agenda", to="docx", reader=EVERYBODY), "docx")
    assert pages[1].diagram
    assert [stage.title for stage in pages[1].diagram.stages][:2] == [
        "Experiential learning cycle",
        "What one of you brings",
    ]


def test_a_record_is_not_shown_to_a_room() -> None:
    """
    Slides are made of models or of a planned hour; a record is refused.
    """
    with pytest.raises(reflect.Refused, match="shown to everybody, and a record is not"):
        reflect.document(reflect.Record(minutes=60, items=()), "slides")


# --- the file


def test_a_slide_show_loses_nothing() -> None:
    """
    Every text of a document is on a slide, in its notes, or said of its pictures; whose it is and how it is marked too.
    """
    for what in ("kolb-cycle", "balint-group", "morrison-444", "social-graces", HOUR):
        paper = reflect.document(what, "slides", minutes=90, facts={"organisation": "Anytown", "marking": "OFFICIAL"})
        written = words_in(formats.writer("pptx")(paper))

        assert testing.lost(paper, "\n".join(itertools.chain(*written))) == ()
        assert all("OFFICIAL · Anytown" in " ".join(slide) for slide in written[::2])


def test_the_same_document_gives_the_same_bytes() -> None:
    """
    Nothing in the file says when or where it was made, in another process either, and nobody's name is in it.
    """
    data = reflect.render("kolb-cycle", "slides", to="pptx")
    program = "import reflect, sys; sys.stdout.buffer.write(reflect.render('kolb-cycle', 'slides', to='pptx'))"
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout

    assert again == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name or "printer" in name]
        whole = b"".join(map(package.read, package.namelist()))
    assert not re.search(rb"Canny|python-pptx|Macintosh|2013-", whole)


@pytest.mark.parametrize("what", ["kolb-cycle", "solution-circle", HOUR])
def test_every_slide_can_be_heard(what: str) -> None:
    """
    A slide has one title, in its place for titles, which is read first; every run has its language, each picture says
    what it shows or that it is decoration, and what is said beside it is in the notes.
    """
    from pptx import Presentation

    data = reflect.render(what, "slides", to="pptx", minutes=90)
    show = Presentation(io.BytesIO(data))
    titles = []

    assert (show.slide_width, show.slide_height) == (16 * 762000, 9 * 762000)
    for slide in show.slides:
        (title,) = (shape for shape in slide.placeholders if shape.placeholder_format.type is not None)
        titles.append(title.text_frame.text)
        tree = slide.shapes._spTree
        assert tree[2] is title._element
        assert titles[-1].strip()
        assert {run.get("lang") for run in tree.iter(f"{A}rPr")} == {"en-GB"}
        for each in tree.iter(f"{P}pic"):
            named = each.find(f"{P}nvPicPr/{P}cNvPr")
            assert (
                named.get("descr")
                or b'decorative" val="1"'
                in etree.tostring(named)
                .replace(b":decorative", b"decorative")
                .replace(b"decorative xmlns", b'decorative" xmlns')
                or b'val="1"' in etree.tostring(named)
            )
        notes = slide.notes_slide.notes_text_frame
        assert notes.text.strip()
        assert {run.get("lang") for run in notes._txBody.iter(f"{A}rPr")} == {"en-GB"}
    assert show.core_properties.title == titles[0]
    assert show.core_properties.language == "en-GB"


@pytest.mark.parametrize(
    "text", ["<a:t>&amp;</a:t>", "\x00\x0b\ud800", "]]>", "\"'", "\u202eabc", "{{ model }}", "*a*"]
)
def test_what_is_typed_is_text(text: str) -> None:
    """
    Whatever a title holds, the file can be read, and has it as text.
    """
    data = reflect.render("kolb-cycle", "slides", to="pptx", facts={"title": f"A {text} b", "marking": text})
    words = words_in(data)

    assert "".join(visible(f"A {text} b").split()) in "".join("".join(words[0]).split())


def test_other_papers_are_no_slide_shows() -> None:
    """
    A paper with places to write or with somebody's words is not a slide show; the refusal says what is.
    """
    for paper, what in (("agenda", HOUR), ("handout", "kolb-cycle"), ("slide", "kolb-cycle")):
        with pytest.raises(
            reflect.Refused, match=f"is for slide shows, and '{paper}' is not one; make slides, or write docx"
        ):
            reflect.render(what, paper, to="pptx", minutes=90)


def test_a_template_of_ones_own_may_not_ask_to_be_filled_in(tmp_path: Path) -> None:
    """
    Slides of one's own may say anything, but have no place to write.
    """
    (tmp_path / "slides.md").write_text(
        "---\nof: hour\nlabel:\n---\n# Hello\n\nWelcome.\n\n> Aside\n\n{.notes}\n> Say it.\n", "utf-8"
    )
    made = words_in(reflect.render("kolb-cycle", "slides", to="pptx", templates=[tmp_path]))

    assert made[0] == ["Hello", "Welcome.", "Aside"]
    assert made[1] == ["Say it."]
    (tmp_path / "slides.md").write_text("---\nof: hour\n---\n# Hello\n\n```answer a\nlabel: a\n```\n", "utf-8")
    with pytest.raises(reflect.Refused, match="slide 1 has no room for a block of the kind 'Answer'"):
        reflect.render("kolb-cycle", "slides", to="pptx", templates=[tmp_path])


def test_without_the_extra_the_refusal_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If the packages are not installed, the error gives the command; every other format has the paper anyway.
    """
    monkeypatch.setitem(sys.modules, "pptx", None)

    with pytest.raises(reflect.Refused, match=r'pip install "reflect-supervision\[slides\]"'):
        reflect.render("kolb-cycle", "slides", to="pptx")
    assert "Concrete experience" in reflect.render("kolb-cycle", "slides", to="txt").decode()


@pytest.mark.parametrize("agency", AGENCIES)
def test_an_agencys_look_is_worn(agency: str) -> None:
    """
    Colours and fonts are those of the agency's theme, and its logo is in the corner; its words and secrets do not come
    along.
    """
    brand = reflect.brand(AGENCIES[agency]())
    data = reflect.render("balint-group", "slides", to="pptx", brand=brand)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    assert brand.theme.encode() in parts.values()
    assert not [secret for secret in SECRETS if secret.encode() in b"".join(parts.values())]
    logos = [part for name, part in brand.parts if name.endswith(".png")]
    assert not logos or logos[0] in parts.values()
    assert data == reflect.render("balint-group", "slides", to="pptx", brand=brand)


def test_some_agency_has_a_logo() -> None:
    """
    The test above does look at a logo.
    """
    brand = reflect.brand(AGENCIES["council"]())

    assert picture((90, 20, 110)) in [part for _, part in brand.parts]


@pytest.mark.parametrize("what", ["kolb-cycle", "balint-group", HOUR])
def test_microsofts_validator_finds_nothing(what: str, tmp_path: Path) -> None:
    """
    The Open XML SDK accepts slide shows.
    """
    (tmp_path / "show.pptx").write_bytes(reflect.render(what, "slides", to="pptx", minutes=90))
    command = [tool("ooxml-validator"), str(tmp_path / "show.pptx")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert json.loads(done.stdout)["errors"] == []


def test_libreoffice_shows_every_slide(tmp_path: Path) -> None:
    """
    In LibreOffice each slide is a page that says what we put on it.
    """
    (tmp_path / "show.pptx").write_bytes(reflect.render("balint-group", "slides", to="pptx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "show.pptx")], capture_output=True, timeout=300, check=True)
    if not (tmp_path / "show.pdf").exists():
        no_impress()
    found = subprocess.run([tool("pdftotext"), str(tmp_path / "show.pdf"), "-"], capture_output=True, check=True)
    pages = [" ".join(page.split()) for page in found.stdout.decode().split("\f")[:-1]]
    slides = laid(show_of("balint-group"))

    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        (title,) = (box.texts[0].text for box in slide.shapes if isinstance(box, WordBox) and box.title)
        assert title in page


def no_impress() -> None:
    """
    The part of LibreOffice that opens slide shows is missing.
    """
    import os

    if os.environ.get("REFLECT_CI") == "1":
        pytest.fail("libreoffice-impress is not installed")
    pytest.skip("libreoffice-impress is not installed")


@pytest.mark.parametrize("key", KEYS)
def test_a_model_in_its_shortest_time_is_shown(key: str) -> None:
    """
    Where a part has one minute, or none of a part's core questions is asked: a slide that said "1 minute" was refused.
    """
    least = reflect.load(key).head.minutes[:1] or (7,)

    for minutes in {*least, 60}:
        text = reflect.render(f"{key}@{minutes} + close@5", "slides", to="txt").decode()
        assert not re.search(r"\b1 minutes", text)
        assert reflect.load(key).head.title in text
