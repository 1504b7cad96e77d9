"""
Diagrams: every word fits, every shape is told in words, and any text is only text.

That text fits is shown three times: its boxes lie in their rooms, real fonts are no wider than the table says,
and where the words go the picture without words is white.
"""

from __future__ import annotations

import functools
import io
import itertools
import json
import math
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageFont

import reflect
from reflect.diagrams import describe, draw, linked, marks, metrics, raster, shapes, svg
from reflect.diagrams.marks import Box, Disc, Drawing, Lettering, Sector
from reflect.diagrams.svg import write_svg
from reflect.diagrams.tidying import tidy
from reflect.documents.drawing import diagram
from reflect.documents.making import document
from reflect.documents.templates import Templates
from reflect.errors import Refused, TemplateFault
from reflect.formats.html import fragment
from reflect.formats.html import write as write_html
from reflect.formats.word import write as write_docx
from reflect.questions.model import Head, Model
from reflect.questions.question import Shape
from reflect.questions.sets import QuestionSet
from reflect.rendering.rendering import render
from reflect.text.filling import fill
from reflect.text.markdown import read_shape as shape_of
from reflect.text.nodes import Diagram, Document, Stage
from reflect.text.prose import visible
from tests.documents import FORMATS, a_few, text_of_docx, tried
from tests.strategies import ask
from tests.test_documents import NASTY
from tests.test_word import tool

MODELS = tuple(reflect.catalogue())
SHAPES = tuple(map(str, Shape))
DOCS = Path(__file__).parents[1] / "docs"
SVG = "{http://www.w3.org/2000/svg}"
SHORT = ("Story", "What happened next", "Feelings", "Observation", "What it means to us", "Plan", "Who does what by when",
         "Looking back", "Review", "Next time", "Close")  # fmt: skip
LONG = "The day the visit had to be cut short because of the weather"


def made(shape: str, titles: tuple[str, ...], **more: object) -> Diagram:
    """
    A diagram of a stranger: stages with roles, minutes, parts and scales, as the shape has them.
    """
    stages = []
    for i, title in enumerate(titles):
        parts = tuple(Stage(part, n) for n, part in enumerate((titles * 2)[i : i + 4], 1))
        stage = Stage(title, i + 1, ("leader", "presenter", "")[i % 3], i * 3 % 50, silent=i % 4 == 3)
        if shape == "sets":
            stage = attrs.evolve(stage, parts=parts, turns=i == 0)
        if shape == "columns" and i % 3:
            stage = attrs.evolve(stage, parts=parts)
        if shape == "matrix" and len(titles) % 2:
            stage = attrs.evolve(stage, parts=tuple(Stage(part, n) for n, part in enumerate(titles[:3], 1)))
        if shape == "scale":
            stage = attrs.evolve(stage, low="nothing at all", high=title, whose="yours")
        stages.append(stage)
    return Diagram("A model of a stranger", shape, tuple(stages))


EYES = Diagram("Eyes", "nested", tuple(Stage(SHORT[n], n + 1, "supervisor" if n == 5 else "") for n in range(7)))
STRANGE = [
    *(made(shape, SHORT[:n]) for shape in SHAPES for n in (1, 2, 3, 4, 5, 7, 9, 11)),
    *(made(shape, (LONG,) * n) for shape in SHAPES for n in (1, 3, 11)),
    *(made(shape, ("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",) * 4) for shape in SHAPES),
    *(made(shape, tuple(SHORT[n % 11] for n in range(30))) for shape in SHAPES),
    EYES,
    Diagram("Eyes", "nested", tuple(attrs.evolve(stage, title=LONG) for stage in EYES.stages)),
]


def named(drawn: Diagram) -> str:
    return f"{drawn.shape}-{len(drawn.stages)}-{drawn.stages[0].title[:5]}"


@functools.cache
def ours() -> tuple[Diagram, ...]:
    return tuple(diagram(reflect.load(key)) for key in MODELS)


def all_of_them() -> tuple[Diagram, ...]:
    return (*ours(), *STRANGE)


def test_a_shape_is_one_file() -> None:
    """
    Each shape of questions has its file, each file its shape, and the page on diagrams shows them all.
    """
    files = {file.stem for file in Path(shapes.__file__).parent.glob("*.py")} - {"__init__"}

    assert files == set(SHAPES)
    assert re.findall(r"^\| `(\w+)` \|", (DOCS / "reference/diagrams.md").read_text("utf-8"), re.MULTILINE) == [*SHAPES]


texts = st.one_of(
    st.text(max_size=90), st.sampled_from(NASTY), st.sampled_from([*SHORT, LONG, "a" * 300, "ﷺ﷽" * 20, "漢字" * 40])
)


@st.composite
def strange(draw_: st.DrawFn) -> Diagram:
    """
    A diagram of any shape, of any texts.
    """
    titles = tuple(draw_(st.lists(texts, min_size=1, max_size=13)))
    made_ = made(draw_(st.sampled_from(SHAPES)), titles)
    role = draw_(texts)
    stages = tuple(attrs.evolve(stage, role=role) if stage.role else stage for stage in made_.stages)
    if draw_(st.booleans()):
        # The words of a picture that are no parts have no numbers.
        stages = tuple(attrs.evolve(stage, number=0) for stage in stages)
    return attrs.evolve(made_, title=draw_(texts), stages=stages)


def words_of(drawing: Drawing) -> Iterator[Lettering]:
    return (mark for mark in drawing.marks if isinstance(mark, Lettering))


# --- text fits


def faults(drawing: Drawing) -> list[str]:
    """
    What a drawing has wrong with its words.
    """
    found = []
    paper = Box(0, 0, drawing.width, drawing.height)
    boxes: list[tuple[str, Box]] = []
    for each in words_of(drawing):
        if each.size < 9:
            found.append(f"smaller than 9 points: {each.lines}")
        for line, box in zip(each.lines, each.boxes(), strict=True):
            inside = Box(box.x + 0.01, box.y + 0.01, max(box.w - 0.02, 0), box.h - 0.02)
            if not each.room.holds(inside):
                found.append(f"out of its room: {line}")
            if not paper.holds(inside):
                found.append(f"off the paper: {line}")
            boxes.append((line, box))
    for (line, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
        # Lines of one text stand closer than their boxes: what hangs from one reaches between the stems of the next.
        down = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
        if across > 0.1 and down > 0.15 * min(a.h, b.h):
            found.append(f"one over the other: {line} / {other}")
    return found


@pytest.mark.parametrize("drawn", STRANGE, ids=named)
def test_text_stays_in_its_room_whatever_a_stranger_draws(drawn: Diagram) -> None:
    """
    From one stage to thirty, and with titles of sixty letters, text stays within its shape, at 9 points or more.
    """
    assert faults(draw(drawn)) == []


@pytest.mark.parametrize("key", MODELS)
def test_text_stays_in_its_room_in_our_models(key: str) -> None:
    """
    In every model of ours text stays within its shape, at 9 points or more, and no title is cut.
    """
    drawing = draw(diagram(reflect.load(key)))

    assert faults(drawing) == []
    assert not any(line.endswith("…") for each in words_of(drawing) for line in each.lines)


@given(drawn=strange())
@settings(max_examples=tried(60))
@example(drawn=made("cycle", ("",)))
@example(drawn=made("lenses", ("\ufdf0",)))  # one letter that fonts draw as wide as a phrase
@example(drawn=made("lenses", ("\u202e\u2066 א" * 40,) * 5))
def test_text_stays_in_its_room_whatever_it_is(drawn: Diagram) -> None:
    """
    Any text at all, in any shape, stays within the room it has.
    """
    assert faults(draw(drawn)) == []


def test_the_test_of_rooms_can_fail() -> None:
    """
    Text that leaves its room, its paper, its size or its place is found.
    """
    room = Box(0, 0, 40, 20)
    fine = Lettering(lines=("abc",), x=2, top=2, size=10, room=room, anchor="start")
    for wrong in (
        (attrs.evolve(fine, x=30),),
        (attrs.evolve(fine, lines=("abc def ghi jkl",)),),
        (attrs.evolve(fine, size=8.5),),
        (attrs.evolve(fine, room=Disc(8, 8, 6)),),
        (attrs.evolve(fine, room=Sector(0, 0, 10, 60, 0, 90)),),
        (fine, attrs.evolve(fine, x=5)),
    ):
        assert faults(Drawing(40, 20, wrong))
    assert faults(Drawing(40, 20, (fine,))) == []


def fonts() -> dict[str, tuple[str, str]]:
    """
    The fonts that the table promises: from the package, and Carlito where the machine has it.
    """
    found = {"Source Sans Pro": raster.fonts()}
    for folder in ("/usr/share/fonts/truetype/crosextra", "/usr/share/fonts/google-carlito-fonts"):
        if (Path(folder) / "Carlito-Regular.ttf").is_file():
            found["Carlito"] = (f"{folder}/Carlito-Regular.ttf", f"{folder}/Carlito-Bold.ttf")
    return {name: (files[0], files[1]) for name, files in found.items() if files}


@pytest.mark.long
def test_real_fonts_are_no_wider_than_the_table() -> None:
    """
    Set in the fonts that are meant, with the pairs as they set them, no line of a diagram is wider than was measured.
    """
    lines = {(line, each.bold) for drawn in all_of_them() for each in words_of(draw(drawn)) for line in each.lines}
    welsh = {("Dŵr, tŷ a môr: profiad pendant", bold) for bold in (False, True)}
    for files in fonts().values():
        cut = [ImageFont.truetype(file, 1000) for file in files]
        for line, bold in lines | welsh:
            assert cut[bold].getlength(line) <= metrics.width(line, 1000, bold=bold) * 1.015 + 1, line
    assert len(lines) > 100
    assert fonts()


def test_the_table_has_the_letters_of_these_islands() -> None:
    """
    English, Welsh, Irish, Gaelic, Polish and the punctuation of UK typography are measured, not guessed.
    """
    assert metrics.is_measured("ŴwŵŶŷŷẁẃẅỳêîôû áéíóú àèìòù ąćęłńóśźż £€ – — ‘’ “” … •")
    assert not metrics.is_measured("漢")


def without_words(drawing: Drawing) -> Image.Image:
    bare = attrs.evolve(drawing, marks=tuple(mark for mark in drawing.marks if not isinstance(mark, Lettering)))
    found = raster.png(write_svg(bare, title="t", about="a", name="x"))
    assert found
    return Image.open(io.BytesIO(found)).convert("L")


@pytest.mark.parametrize(
    "drawn", a_few([*STRANGE, *MODELS], 7), ids=lambda it: it if isinstance(it, str) else named(it)
)
def test_no_line_runs_through_words(drawn: Diagram | str) -> None:
    """
    Where words go, the picture without words is white: they overlap no outline, arrow or neighbour.
    """
    drawing = draw(diagram(reflect.load(drawn)) if isinstance(drawn, str) else drawn)
    picture = without_words(drawing)
    scale = picture.width / drawing.width
    seen = 0
    for each in words_of(drawing):
        for line, box in zip(each.lines, each.boxes(), strict=True):
            # From the height of letters to the line they stand on: g and y may reach lower in a tight place.
            top, foot = box.y + each.size * 0.1, box.y + each.size * (metrics.ABOVE + 0.12)
            ends = (box.x * scale, top * scale, (box.x + box.w) * scale, foot * scale)
            darkest, _ = picture.crop(tuple(map(round, ends))).getextrema()

            assert darkest > 200, line
            seen += 1
    assert seen >= len(tidy(diagram(reflect.load(drawn)) if isinstance(drawn, str) else drawn).stages)


_MEASURING = """<!DOCTYPE html><meta charset="utf-8"><style>text { font-family: %s !important }</style>%s<script>
const out = [];
for (const t of document.querySelectorAll("text")) {
  const b = t.getBBox(), v = t.ownerSVGElement.viewBox.baseVal;
  out.push([t.textContent, b.x, b.width, parseFloat(t.getAttribute("textLength") || "0"), v.width]);
}
document.body.innerHTML = ""; document.body.textContent = JSON.stringify(out);
</script>"""


@pytest.mark.parametrize("font", ["Carlito, Calibri", "monospace"])
def test_a_browser_keeps_text_within_its_measure(font: str, tmp_path: Path) -> None:
    """
    A browser sets each line as wide as it was measured, also in a font that is much wider.
    """
    page = tmp_path / "page.html"
    page.write_text(_MEASURING % (font, "".join(svg(drawn, f"d{n}") for n, drawn in enumerate(ours()))), "utf-8")
    done = subprocess.run(
        [tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
         "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    told = re.search(r"<body>(.*)</body>", done.stdout, re.DOTALL)
    assert told
    measured = json.loads(etree.fromstring(f"<p>{told[1]}</p>").text or "")

    assert len(measured) > 100
    for text, x, wide, meant, paper in measured:
        assert x > -0.5, text
        assert x + wide < paper + 0.5, text
        assert not meant or wide < meant * 1.04 + 0.5, text


# --- light on toner, and readable


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.long
def test_everything_is_dark_on_white() -> None:
    """
    Words and lines have a contrast of 4.5 to 1 on white, and nothing larger than an arrow's head or a sign is filled. A
    white line is a gap in what lies under it, so the same path or a dark shape is over it.
    """
    for drawn in all_of_them():
        tree = etree.fromstring(svg(drawn).encode())
        for each in tree.iter(f"{SVG}text"):
            assert contrast(each.get("fill", tree.get("fill")), "#ffffff") >= 4.5
        for each in tree.iter(f"{SVG}path"):
            if each.get("stroke") == "#ffffff":
                after = each.getnext()
                assert each.get("fill") != "none" or after.get("stroke") != "#ffffff"
            else:
                assert contrast(each.get("stroke", "#000000"), "#ffffff") >= 4.5
            if each.get("fill") not in ("#ffffff", "none"):
                sign = re.search(r"scale\(([\d.]+)\)", each.get("transform", ""))
                small = float(sign[1]) * 24 <= 13.5 if sign else len(each.get("d")) < 60
                assert small, "only the heads of arrows and small signs are filled"
                assert contrast(each.get("fill"), "#ffffff") >= 4.5
    assert contrast("#888888", "#ffffff") < 4.5


def test_a_picture_takes_little_toner() -> None:
    """
    The lines of a picture cover less than a tenth of a square as wide, in every model with several stages.
    """
    for drawn in a_few((each for each in ours() if len(each.stages) > 1), 3):
        picture = without_words(draw(drawn))
        dark = sum(picture.histogram()[:200])

        assert 0.001 < dark / picture.width**2 < 0.1, drawn.title


def test_colours_are_those_of_the_papers() -> None:
    """
    The palette of diagrams is that of pages and of Word's theme.
    """
    theme = (Path(reflect.__file__).parent / "formats/word/reference/theme1.xml").read_text("utf-8").lower()
    for colour in (marks.INK, marks.MUTED, marks.LINE, marks.ACCENT):
        assert f'val="{colour[1:]}"' in theme


# --- what is drawn


def test_a_model_is_drawn_from_itself() -> None:
    """
    Title, shape, stages, roles and minutes come from the model, in the words of the profession.
    """
    drawn = diagram(reflect.load("balint-group"))

    assert (drawn.title, drawn.shape) == ("Balint group", "steps")
    assert drawn.stages[3] == Stage("The presenter sits back", 4, "presenter", 1, silent=True)
    assert diagram(reflect.load("seven-eyed"), "youth-work").stages[5].role


def test_an_unknown_shape_is_told() -> None:
    """
    There is no diagram of a shape that cannot be drawn, and none without stages.
    """
    with pytest.raises(ValueError, match="cycel"):
        Diagram("T", "cycel", (Stage("One", 1),))
    with pytest.raises(ValueError, match="stages"):
        Diagram("T", "cycle", ())


def test_sets_made_in_code_are_drawn() -> None:
    """
    A set without title or parts, a model of one stage and one of scales have a picture.
    """
    assert diagram(ask("ab")).stages == (Stage("Questions", 1),)
    whole = QuestionSet(key="m", title="M", shape="cycle", children=[ask("a", key="m.p", title="P")])
    assert diagram(Model(head=Head(key="m", title="M", shape="cycle"), questions=whole)).stages[0].title == "P"
    assert describe(diagram(whole)) == "A cycle of one stage, clockwise: 1 P; and round again."


def test_the_document_diagram_draws_the_same() -> None:
    """
    What a template writes as a fence is the value that `diagram` gives.
    """
    for key in MODELS:
        model = reflect.load(key)
        found = [block for block in document(model, "diagram").blocks if isinstance(block, Diagram)]

        assert found == [diagram(model)]


def ring_of_words(words: Lettering) -> str:
    """
    Return which ring the room of words lies in, with all its corners: "left", "middle" or "right"; nothing for words
    that are in none, or in two.
    """
    y = linked._MIDDLE + linked._THICK
    rings = {
        "left": (linked.TEXT_WIDTH / 2 - linked._APART, linked._SIDE),
        "middle": (linked.TEXT_WIDTH / 2, linked._MIDDLE),
        "right": (linked.TEXT_WIDTH / 2 + linked._APART, linked._SIDE),
    }
    boxes = tuple(words.boxes())
    corners = [(x, b) for box in boxes for x in (box.x, box.x + box.w) for b in (box.y, box.y + box.h)]

    def lies_in(name: str) -> bool:
        x, r = rings[name]
        return all(math.hypot(a - x, b - y) < r - linked._THICK / 2 for a, b in corners)

    def touches(name: str) -> bool:
        x, r = rings[name]
        return any(math.hypot(a - x, b - y) < r + linked._THICK / 2 for a, b in corners)

    found = [name for name in rings if lies_in(name)]
    return found[0] if len(found) == 1 and [name for name in rings if touches(name)] == found else ""


def test_three_sets_of_four_are_no_grid() -> None:
    """
    Three rings are linked: the cycle is in the middle and goes clockwise from the top, the functions are in the ring on
    the left and the people in the one on the right, and no word is in two rings.
    """
    model = reflect.load("morrison-444")
    drawing = draw(diagram(model))
    cycle, functions, people = ([part.title for part in stage.parts] for stage in diagram(model).stages)
    inside = {" ".join(each.lines): ring_of_words(each) for each in words_of(drawing)}
    at = {" ".join(each.lines): each for each in words_of(drawing)}

    assert {title: inside[title] for title in cycle} == dict.fromkeys(cycle, "middle")
    assert {title: inside[title] for title in functions} == dict.fromkeys(functions, "left")
    assert {title: inside[title] for title in people} == dict.fromkeys(people, "right")
    assert at[cycle[0]].top < at[cycle[1]].top == at[cycle[3]].top < at[cycle[2]].top
    assert at[cycle[3]].x < at[cycle[0]].x == at[cycle[2]].x < at[cycle[1]].x
    assert describe(diagram(model)).startswith("Three rings, linked as a chain.")
    assert "grid" not in describe(diagram(model))


def test_seven_eyes_are_in_their_places() -> None:
    """
    From left to right: the person, what was done and what is between, the worker, what is between us, who listens.
    """
    drawing = draw(diagram(reflect.load("seven-eyed")))
    at = {"".join(each.lines): each for each in words_of(drawing) if "".join(each.lines).isdigit()}

    assert at["1"].x < at["2"].x == at["3"].x < at["4"].x < at["5"].x < at["6"].x
    assert at["2"].top < at["3"].top
    assert at["7"].top < at["2"].top
    assert describe(diagram(reflect.load("seven-eyed"))).startswith("Seven places to look from, in any order.")


def test_a_cycle_goes_clockwise_from_the_top() -> None:
    """
    In a ring of four the first stage is at the top right, and the others follow as hands of a clock go.
    """
    at = {"".join(e.lines): e for e in words_of(draw(made("cycle", SHORT[:4])))}

    assert at["1"].x > at["4"].x
    assert at["2"].x > at["3"].x
    assert at["1"].top < at["2"].top
    assert at["4"].top < at["3"].top


def test_a_ladder_is_climbed() -> None:
    """
    The first rung is the lowest.
    """
    tops = [e.top for e in words_of(draw(made("ladder", SHORT[:7]))) if "".join(e.lines).isdigit()]

    assert tops == sorted(tops, reverse=True)


def test_a_number_that_titles_say_themselves_stands_once() -> None:
    """
    "Eye 1: how they present" is the first stage, "How they present"; other titles stay as they are.
    """
    eyes = [stage.title for stage in tidy(diagram(reflect.load("seven-eyed"))).stages]
    others = [stage.title for stage in tidy(made("cycle", ("Day 2: a", "Day 1: b"))).stages]

    assert eyes[0] == "How they present"
    assert others == ["Day 2: a", "Day 1: b"]


# --- in words


@pytest.mark.parametrize("drawn", STRANGE, ids=named)
def test_every_shape_is_told_in_words(drawn: Diagram) -> None:
    """
    The description names every stage in full, even if the picture shortens it.
    """
    said = describe(drawn)

    assert said.endswith((".", "?", "!"))
    assert all(stage.title in said for stage in drawn.stages)
    assert all(part.title in said for stage in drawn.stages for part in stage.parts)


def test_descriptions() -> None:
    """
    Each shape is described as people would say it.
    """
    said = {shape: describe(made(shape, ("One", "Two"))) for shape in SHAPES}

    assert said == {
        "cycle": "A cycle of two stages, clockwise: 1 One; 2 Two; and round again.",
        "sequence": "A sequence of two stages, from left to right: 1 One; 2 Two.",
        "steps": "Two steps, from top to bottom: 1 One (leader); 2 Two (presenter, 3 minutes).",
        "columns": "One column: 2 Two, with Two, One, Two. Across the top: 1 One.",
        "matrix": "A grid of two boxes, row by row: 1 One; 2 Two.",
        "corners": "Two parts, from top to bottom: 1 One; 2 Two.",
        "lenses": "Two lenses, to be chosen in any order: 1 One; 2 Two.",
        "nested": "Two places, each within the next, from the inside out: 1 One; 2 Two.",
        "sets": "Two sets, side by side. 1 One is a ring of four stages, clockwise: One; Two; One; Two; and round again."
        " 2 Two: Two; One; Two.",
        "scale": "One. A scale from 0 to 10: 0 is nothing at all; 10 is One; yours. "
        "Two. A scale from 0 to 10: 0 is nothing at all; 10 is Two; yours.",
        "ladder": "A ladder of two rungs, from the ground up: 1 One; 2 Two.",
        "list": "Two parts, from top to bottom: 1 One; 2 Two.",
    }


# --- any text is only text

_ELEMENTS = {"svg", "title", "desc", "rect", "path", "text"}
_ATTRIBUTES = {"viewBox", "width", "height", "role", "aria-labelledby", "aria-describedby", "font-family", "fill", "id",
               "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "d", "x", "y",
               "font-size", "font-weight", "text-anchor", "textLength", "lengthAdjust", "fill-rule", "transform"}  # fmt: skip


@given(drawn=strange())
@settings(max_examples=tried(60))
def test_any_text_is_only_text(drawn: Diagram) -> None:
    """
    Whatever is typed, the SVG has the elements and attributes we write, and says the text.
    """
    tree = etree.fromstring(svg(drawn).encode())

    assert {etree.QName(each).localname for each in tree.iter()} <= _ELEMENTS
    assert {name for each in tree.iter() for name in each.attrib} <= _ATTRIBUTES
    assert tree.findtext(f"{SVG}title") == visible(tidy(drawn).title)
    assert tree.findtext(f"{SVG}desc") == visible(describe(drawn))


def test_a_text_with_markup_is_shown() -> None:
    """
    A title made of markup stands in the picture letter by letter.
    """
    tree = etree.fromstring(svg(made("list", ("<script>&amp;</script>",))).encode())

    assert "<script>&amp;</script>" in [each.text for each in tree.iter(f"{SVG}text")]


@pytest.mark.long
@pytest.mark.parametrize("to", FORMATS)
def test_any_title_of_a_model_is_only_text(to: str) -> None:
    """
    Models made in code, with titles that would break a paper, give a paper in every format.
    """
    for n, title in a_few(enumerate(NASTY), 2):
        if not title.strip():
            continue
        children = [ask(letter, key=f"m.{letter}", title=title, shape="list") for letter in "abc"]
        whole = QuestionSet(key="m", title=title, shape="cycle", children=children)
        model = Model(head=Head(key="m", title=title, shape=SHAPES[n % len(SHAPES)]), questions=whole)
        data = render(model, "diagram", to=to)

        assert data == render(model, "diagram", to=to)
        if to == "docx":
            for name, part in parts(data).items():
                if name.endswith((".xml", ".svg", ".rels")):
                    etree.fromstring(part)


@pytest.mark.long
def test_the_same_picture_twice() -> None:
    """
    The same diagram gives the same SVG and the same PNG, in another process too.
    """
    for drawn in ours():
        assert svg(drawn) == svg(drawn)
    once = raster.make_picture(svg(ours()[0]))

    assert once
    assert once == raster.make_picture(svg(ours()[0]))


# --- fences

FENCE = "```diagram\ntitle: T\nshape: steps\nstage: One | leader | 5 | silent\npart: in it\nstage: Two\n```\n"


def test_a_fence_is_a_diagram() -> None:
    """
    A template draws with a fence: stages in their order, parts and scales under the stage before them.
    """
    stages = (Stage("One", 1, "leader", 5, silent=True, parts=(Stage("in it", 1),)), Stage("Two", 2))

    assert fill(shape_of(FENCE), ()) == (Diagram("T", "steps", stages),)
    scaled = fill(shape_of("```diagram\nshape: scale\nstage: How?\nscale: none | all | yours\n```\n"), ())
    assert scaled == (Diagram("", "scale", (Stage("How?", 1, low="none", high="all", whose="yours"),)),)


@pytest.mark.parametrize(
    ("fence", "says"),
    [
        ("```diagram\nshape: cycel\nstage: a\n```\n", "Did you mean 'cycle'"),
        ("```diagram\nshape: cycle\n```\n", "at least one stage"),
        ("```diagram\nshape: cycle\npart: a\n```\n", "after its stage"),
        ("```diagram\nshape: cycle\nstage: a | b | soon\n```\n", "a stage is"),
        ("```diagram\nshape: cycle\nstage: a | b | 5 | loud\n```\n", "a stage is"),
        ("```diagram\nshape: scale\nstage: a\nscale: b\n```\n", "a scale is"),
        ("```diagram\nshape: cycle\ncolour: red\n```\n", "'colour' is not known"),
        ("```diagramm\nshape: cycle\n```\n", "Did you mean 'diagram'"),
    ],
)
def test_a_wrong_fence_is_told(fence: str, says: str) -> None:
    """
    What a fence cannot say is refused, with what it can.
    """
    with pytest.raises(Refused) as told:
        fill(shape_of(fence), ())

    assert says in str(told.value)


def test_a_stranger_s_template_may_draw(tmp_path: Path) -> None:
    """
    A template of one's own draws what it likes; a wrong shape is a fault of the template.
    """
    (tmp_path / "mine.md").write_text(f"---\nof: model\nlabel: Mine\n---\n# A\n\n{FENCE}")
    (tmp_path / "wrong.md").write_text("---\nof: model\nlabel: Mine\n---\n# A\n\n```diagram\nshape: x\nstage: a\n```\n")
    model = reflect.load("kolb-cycle")
    shelf = Templates((tmp_path,))

    assert "Two steps" in render(model, "mine", to="md", templates=shelf).decode()
    with pytest.raises(TemplateFault):
        render(model, "wrong", to="md", templates=shelf)


# --- in every format


def paper(*drawn: Diagram) -> Document:
    return Document(kind="diagram", title="Pictures", blocks=drawn)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_page_has_the_picture_in_it() -> None:
    """
    In HTML the picture is inline, an image with a name and a description for screen readers.
    """
    drawn = ours()[MODELS.index("kolb-cycle")]
    text = write_html(paper(drawn)).decode()
    tree = etree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])

    assert tree.get("role") == "img"
    assert tree.find(f"{SVG}title").get("id") == tree.get("aria-labelledby")
    assert tree.find(f"{SVG}desc").get("id") == tree.get("aria-describedby")
    assert tree.findtext(f"{SVG}desc") == describe(drawn)
    assert "style=" not in text, "the page's policy allows no style but its own"


def test_ids_of_pictures_do_not_clash() -> None:
    """
    The same picture twice on a page, and pictures of two fragments on one page, have ids of their own.
    """
    a, b = ours()[MODELS.index("kolb-cycle")], ours()[MODELS.index("gibbs-cycle")]
    page = fragment(paper(a, a)) + fragment(paper(b))
    ids = re.findall(r' id="([^"]+)"', page)

    assert len(ids) == 6
    assert len(set(ids)) == 6


def test_word_has_an_svg_with_a_png_behind_it() -> None:
    """
    In Word the SVG is shown and the PNG behind it is of the same size; the description is its alternative text. A
    picture that is shown twice is in the file once.
    """
    drawn = ours()[MODELS.index("kolb-cycle")]
    found = parts(write_docx(paper(drawn, drawn)))
    body = etree.fromstring(found["word/document.xml"])
    told = [each for each in body.iter() if etree.QName(each).localname == "docPr"]
    links = found["word/_rels/document.xml.rels"].decode()
    blips = [value for each in body.iter() for name, value in each.attrib.items() if name.endswith("}embed")]

    assert [each.get("descr") for each in told] == [describe(drawn)] * 2
    assert len({each.get("id") for each in told}) == 2
    assert blips == ["rIdPng1", "rIdSvg1"] * 2
    assert all(f'Id="{name}"' in links for name in blips)
    etree.fromstring(found["word/media/diagram1.svg"])
    picture = Image.open(io.BytesIO(found["word/media/diagram1.png"]))
    drawing = draw(drawn)
    assert picture.width / picture.height == pytest.approx(drawing.width / drawing.height, rel=0.01)
    assert picture.width / (drawing.width / 72) > 200, "sharp in print"
    assert picture.convert("RGBA").getchannel("A").getextrema() == (255, 255), "white also where a page is dark"


def test_without_the_extra_word_has_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An SVG alone would be an empty frame in older readers, so without a PNG the description is printed.
    """
    drawn = made("cycle", ("One", "Two", "Three"))
    with monkeypatch.context() as patched:
        patched.setattr(raster, "fonts", lambda: ())
        raster.forget_pictures()
        found = write_docx(paper(drawn))
    raster.forget_pictures()

    assert describe(drawn) in text_of_docx(found)
    assert not any("media" in name for name in parts(found))
    assert "media" in "".join(parts(write_docx(paper(drawn))))


def test_a_picture_higher_than_a_page_is_told_in_words() -> None:
    """
    Nothing is made smaller than 9 points to fit on a page of Word.
    """
    drawn = made("steps", (LONG,) * 40)

    assert describe(drawn) in text_of_docx(write_docx(paper(drawn)))


def test_texts_have_the_description_and_json_the_value() -> None:
    """
    Where a picture is impossible, its description takes its place; JSON has what is drawn.
    """
    model = reflect.load("what-so-what-now-what")
    said = describe(diagram(model))

    for to in ("md", "txt"):
        assert " ".join(said.split()) in " ".join(render(model, "diagram", to=to).decode().replace("\\", "").split())
    blocks = json.loads(render(model, "diagram", to="json"))["blocks"]
    (told,) = [block for block in blocks if block["type"] == "diagram"]
    assert told["shape"] == "sequence"
    assert [stage["title"] for stage in told["stages"]] == ["What?", "So what?", "Now what?"]


def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    """
    The Open XML SDK accepts a document with every picture.
    """
    validator, file = tool("ooxml-validator"), tmp_path / "pictures.docx"
    file.write_bytes(write_docx(paper(*all_of_them())))
    done = subprocess.run([validator, str(file)], capture_output=True, text=True, timeout=120, check=False)

    assert json.loads(done.stdout)["errors"] == []


def test_a_diagram_stands_on_one_page(tmp_path: Path) -> None:
    """
    In LibreOffice the diagram of each model of ours is one page.
    """
    office, profile = tool("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile"
    for key in MODELS:
        (tmp_path / f"{key}.docx").write_bytes(render(reflect.load(key), "diagram"))
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], capture_output=True, timeout=300, check=True)
    for key in MODELS:
        said = subprocess.run(
            [tool("pdfinfo"), str(tmp_path / f"{key}.pdf")], capture_output=True, text=True, check=True
        ).stdout

        assert re.search(r"Pages:\s+1\b", said), key
