"""
Sheets to fill: drawn so that every word fits, laid out so that they fill their page, and read back box by box.
"""

from __future__ import annotations

import functools
import io
import itertools
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect import document
from reflect.diagrams import canvases, describe, draw, page, svg
from reflect.diagrams.marks import Box, Figure, Lettering
from reflect.documents.drawing import diagram
from reflect.errors import Faults, Refused
from reflect.formats import html, pdf, text, word
from reflect.formats.word import fields
from reflect.formats.word.ledger import Ledger
from reflect.pages.catalogues import read_page
from reflect.questions.model import CanvasKind, Model
from reflect.questions.question import Shape, Step
from reflect.questions.rings import Ring
from reflect.reading_back import read
from reflect.rendering import gallery as gallery_page
from reflect.rendering.gallery import gallery
from reflect.sessions.filled import Filled
from reflect.sessions.record import Record
from reflect.text import nodes
from reflect.text.filling import fill
from reflect.text.markdown import read_shape
from reflect.text.nodes import DOING, Answer, Diagram, Document, Look, SheetToFill, Stage
from tests.documents import tried
from tests.hostile import BODY, packed
from tests.methods import CANVASES, LADDER, METHODS, THREES, doing, method, with_canvas
from tests.taking_away import filled_in, parts_of, removals
from tests.test_diagrams import LONG, NASTY, SHORT, faults, words_of
from tests.test_taken_away import law, saved
from tests.test_word import tool

LONGEST = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
SIZES = ((0, 0), (152, 190), (239, 120), (168, 200))
#: How many words a canvas has.
COUNTS = {
    "sheet": (0, 1),
    "axes": (4,),
    "columns": range(2, 9),
    "circles": range(2, 8),
    "timeline": range(2, 9),
    "corners": (3, 4),
}
HEBREW = "מה שחשוב לנו ביותר"


def sheet(kind: str, words: tuple[str, ...], size: tuple[int, int] = (0, 0), **more: object) -> SheetToFill:
    return SheetToFill("A sheet", kind, words, wide=size[0], high=size[1], **more)  # type: ignore[arg-type]


def places(paper: Document) -> list[Answer]:
    return [place for block in paper.blocks if isinstance(block, SheetToFill) for place in block.places]


# --- drawn


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", CanvasKind)
def test_every_word_has_room_on_a_sheet(kind: str, size: tuple[int, int]) -> None:
    """
    Few or many words, short or long, in letters of every direction: none leaves its room, and short ones are whole.
    """
    for count in COUNTS[kind]:
        for some in (SHORT[:count], (LONG,) * count, (LONGEST,) * count, (HEBREW,) * count):
            drawn = draw(sheet(kind, some, size, letters=12))
            assert faults(drawn) == [], some
            if size[0] > (200 if count > 4 else 0) and some == SHORT[:count]:
                lines = [" ".join(each.lines) for each in words_of(drawn)]
                assert sorted(re.sub("[\u2068\u2069]", "", line) for line in lines) == sorted(some)


@given(
    kind=st.sampled_from(CanvasKind),
    words=st.lists(st.one_of(st.text(max_size=60), st.sampled_from(NASTY)), max_size=9),
    size=st.sampled_from(SIZES),
    letters=st.sampled_from((9, 12, 18)),
)
@settings(max_examples=tried(60))
def test_any_words_stay_on_a_sheet(kind: CanvasKind, words: list[str], size: tuple[int, int], letters: int) -> None:
    """
    Any text at all stays within its room.
    """
    assert faults(draw(sheet(kind, tuple(words), size, letters=letters))) == []


@pytest.mark.parametrize("kind", CanvasKind)
def test_a_sheet_is_told_in_words(kind: str) -> None:
    """
    Whoever cannot see a sheet hears of every word on it, in their order.
    """
    words = ("near", "far", "low", "high")
    told = describe(sheet(kind, words, rows=("early", "late") if kind == "columns" else ()))

    assert re.findall(r"\b(?:near|far|low|high|early|late)\b", told) == [
        *words,
        *(("early", "late") if kind == "columns" else ()),
    ]
    assert told in svg(sheet(kind, words)) or kind == "columns"


# --- on its page


@pytest.mark.parametrize("looks", [(), ("large-print",), ("dyslexia-friendly",), ("pen",)])
@pytest.mark.parametrize("name", METHODS)
def test_a_worksheet_of_a_method_has_two_sides_at_most(name: str, looks: tuple[str, ...]) -> None:
    """
    Two sides of one sheet, in every look; one side as it is usually printed, where nothing is written beside it.
    """
    pages = _pages(document(METHODS[name], "worksheet", looks=looks))

    assert pages <= (1 if not looks and name != "threes" else 2)


def _pages(paper: Document) -> int:
    pypdf = pytest.importorskip("pypdf")
    return len(pypdf.PdfReader(io.BytesIO(pdf.write(paper))).pages)


def test_in_word_too_a_worksheet_has_two_sides_at_most(tmp_path: Path) -> None:
    """
    LibreOffice lays out every worksheet of a method on one sheet of paper, in every look, and those with a canvas alone
    on one side.
    """
    office, profile = tool("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile"
    looks = ("", "large-print", "dyslexia-friendly", "pen")
    for name, look in itertools.product(METHODS, looks):
        paper = document(METHODS[name], "worksheet", looks=[look] if look else [])
        (tmp_path / f"{name}_{look}.docx").write_bytes(word.write(paper))
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], capture_output=True, timeout=300, check=True)
    pypdf = pytest.importorskip("pypdf")
    pages = {
        (name, look): len(pypdf.PdfReader(tmp_path / f"{name}_{look}.pdf").pages)
        for name, look in itertools.product(METHODS, looks)
    }

    assert {each: count for each, count in pages.items() if count > 2} == {}
    assert [each for each, count in pages.items() if count > 1 and each[1] in ("", "pen")] == []


@pytest.mark.parametrize("name", CANVASES)
def test_a_sheet_fills_its_page(name: str) -> None:
    """
    It has more than half of the page, whose long side is where the sheet's is.
    """
    paper = document(CANVASES[name], "worksheet")
    (found,) = (block for block in paper.blocks if isinstance(block, SheetToFill))
    lies = Look.LANDSCAPE in paper.looks

    assert lies == (name == "timeline")
    assert found.wide == (239 if lies else 152) or found.places
    room = sum(place.lines for place in found.places[:: len(found.words)]) * 6.4 if found.places else found.high
    assert (80 if lies else 127) < room < (150 if lies else 215)


def test_many_columns_lie_and_few_stand() -> None:
    """
    Three columns are a page that stands; from four on, the page lies.
    """
    looks = [document(with_canvas("columns", *SHORT[:n]), "worksheet").looks for n in range(2, 9)]

    assert looks == [(), (), *[(Look.LANDSCAPE,)] * 5]


def test_long_steps_leave_the_page_to_their_sheet() -> None:
    """
    Where steps would leave a sheet too little of its page, they are on the handout, and no page is begun for a line.
    """
    whole = CANVASES["axes"]
    step = whole.questions.steps[0]
    many = tuple(attrs.evolve(step, key=f"on-axes.put.n{n}", text=LONG * 2) for n in range(14))
    first, *others = whole.questions.parts
    model = attrs.evolve(
        whole, questions=attrs.evolve(whole.questions, children=(attrs.evolve(first, children=many), *others))
    )
    kinds = [type(block) for block in document(model, "worksheet").blocks]

    assert kinds.count(SheetToFill) == 1
    assert nodes.Listing not in kinds
    assert nodes.NewPage not in kinds
    assert "step by step, is on the handout" in reflect.render(model, "worksheet", to="txt").decode()
    assert nodes.NewPage not in [type(block) for block in document(whole, "worksheet").blocks]


def test_in_large_print_boxes_are_one_below_another() -> None:
    """
    Nothing is side by side there, and no box is lost.
    """
    usual, large = (document(CANVASES["rows"], "worksheet", looks=looks) for looks in ((), ("large-print",)))

    assert not places(large)
    assert [block.key for block in large.blocks if isinstance(block, Answer)] == [place.key for place in places(usual)]


# --- written on, and read back


@pytest.mark.parametrize("looks", [(), ("large-print",), ("dyslexia-friendly",)])
@pytest.mark.parametrize("name", METHODS)
def test_a_blank_worksheet_reads_back_blank_and_a_filled_one_whole(name: str, looks: tuple[str, ...]) -> None:
    """
    Nothing printed is taken for an answer, and every box gives what was written in it, under its key.
    """
    blank = document(METHODS[name], "worksheet", looks=looks)
    filled = filled_in(blank)
    written = _written(filled)

    assert read(word.write(blank), of=blank).answers == ()
    for of in (blank, None)[: 1 + bool(written)]:
        found = read(word.write(filled), of=of)
        # Of a stranger's page nobody knows what is printed.
        assert {each.key: each.text for each in found.answers if of or each.key in written} == written
        assert {each.ring for each in found.answers} <= {Ring.OWN}
        assert found.reading is not None
        assert not found.reading.doubts
    assert bool(written) == (name in ("columns", "rows", "threes"))


def _written(paper: Document) -> dict[str, str]:
    found = {place.key: place.value for place in places(paper)}
    for block in paper.blocks:
        match block:
            case nodes.Answer() | nodes.Choice() | nodes.Scale():
                found[block.key] = block.value
            case _:
                pass
    return found


def test_a_box_is_named_by_its_row_and_its_column() -> None:
    """
    Whoever reads an answer apart from its sheet knows which box it was in.
    """
    for name, first, last in (
        ("columns", "ours", "not ours"),
        ("rows", "is there: the person", "is missing: the worker"),
    ):
        blank = document(CANVASES[name], "worksheet")
        answers = read(word.write(filled_in(blank)), of=blank).answers
        assert (answers[0].asked, answers[-1].asked) == (first, last)
        assert answers[0].key == f"{CANVASES[name].key}.canvas.1"


def test_the_places_of_steps_are_under_their_steps() -> None:
    """
    A step says what is written in its place, and steps without a place have no box.
    """
    blank = document(THREES, "worksheet")
    found = {each.key: each for each in read(word.write(filled_in(blank)), of=blank).answers}

    assert set(found) == {step.key for step in THREES.questions.steps if step.answering}
    assert found["threes.keep.line"].asked == "Write one line to take home."
    assert found["threes.talk.saw"].asked == "Say what you saw."


@pytest.mark.parametrize("name", ["columns", "rows", "threes"])
def test_what_a_saved_page_of_a_worksheet_holds_is_read(name: str) -> None:
    """
    A page has a field for each place, and its saved copy is read as its Word file is.
    """
    filled = filled_in(document(METHODS[name], "worksheet"))
    page = html.write(filled).decode()
    copy: Filled = saved(filled)
    found = {each.key: each.text for each in read(reflect.to_json(copy).encode()).answers}

    assert found == {key: text for key, text in _written(filled).items() if key in dict(copy.answers)}
    for key, said in found.items():
        assert f'name="{key}"' in page
        assert said in page


@pytest.mark.parametrize("name", ["columns", "rows", "threes"])
def test_whatever_is_taken_away_from_a_worksheet_of_a_method_nobody_sees_more(name: str) -> None:
    """
    A part of the file, a property, a control, its tag, its title, a bookmark, a relationship.
    """
    whole = parts_of(word.write(filled_in(document(METHODS[name], "worksheet"))))

    law(whole, dict(list(removals(whole))[::4]))


def test_a_table_that_somebody_put_into_a_box_is_a_doubt() -> None:
    """
    The cell that a box has on its sheet is none, and the cells of another table are.
    """
    blank = document(CANVASES["columns"], "worksheet")
    whole = parts_of(word.write(filled_in(blank)))
    cell = "<w:tc><w:tcPr/><w:p><w:r><w:t>Pasted.</w:t></w:r></w:p></w:tc>"
    pasted = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>"
    body = re.sub(
        r'(<w:tag w:val="on-columns\.canvas\.1.*?<w:sdtContent>)', rf"\1{pasted}", whole[BODY].decode(), count=1
    )

    assert not read(packed(whole), of=blank).reading.doubts  # type: ignore[union-attr]
    found = read(packed({**whole, BODY: body.encode()}), of=blank)
    assert "Pasted." in found.answers[0].text
    assert [key for key, _ in found.reading.doubts] == ["on-columns.canvas.1"]  # type: ignore[union-attr]


def test_the_value_of_a_sheet_is_kept_in_json() -> None:
    """
    A document with a sheet is the same after JSON.
    """
    paper = filled_in(document(CANVASES["rows"], "worksheet"))

    assert reflect.from_json(reflect.to_json(paper)) == paper
    assert json.loads(reflect.to_json(paper))["format"] == "reflect-document"


def test_a_wrong_sheet_is_told() -> None:
    """
    A box too few is refused.
    """
    with pytest.raises(reflect.ReflectError, match="one for each of its columns"):
        sheet("columns", ("a", "b"), places=(Answer("x", "a", 1),))


# --- words


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("paper", ["worksheet", "handout", "booklet", "diagram"])
def test_nothing_of_a_page_of_steps_is_called_a_question(paper: str, name: str) -> None:
    """
    Steps are done, so no paper of them counts or names questions.
    """
    model: Model = METHODS[name]
    said = text.write(document([model] if paper == "booklet" else model, paper)).decode()

    assert "question" not in said.lower()


def test_the_gallery_counts_steps_and_shows_them() -> None:
    """
    A page of steps says what is done, what is needed and with how many; a page of questions what it asks.
    """
    page = gallery(_Some(METHODS), reflect.wording("general")).decode()  # type: ignore[arg-type]
    article = re.search(r'<article id="threes".*?</article>', page, re.DOTALL)
    assert article is not None

    assert "What it asks" not in page
    assert "What is done<span> (6 steps)</span>" in article[0]
    assert "<ol><li>Tell what is on your mind.</li><li>Say what you saw.</li></ol>" in article[0]
    assert 'data-fewest="3" data-most="18" data-ways="say silent write"' in article[0]
    assert "3 to 18 people, in threes" in article[0]
    assert "paper, pens; space for the threes" in article[0]
    assert (
        "What it asks<span> (" in gallery(_Some({"": reflect.load("kolb-cycle")}), reflect.wording("general")).decode()
    )  # type: ignore[arg-type]


@attrs.frozen
class _Some:
    """
    A catalogue of a few models.
    """

    models: Mapping[str, Model]

    def heads(self) -> tuple[reflect.Head, ...]:
        return tuple(model.head for model in self.models.values())

    def model(self, key: str) -> Model:
        return next(model for model in self.models.values() if model.key == key)

    def __contains__(self, key: object) -> bool:
        return any(model.key == key for model in self.models.values())


def test_a_comparison_says_what_is_needed_and_how_it_begins() -> None:
    """
    Beside a page of questions stands a page of steps: both begin with their first words.
    """
    kolb = reflect.load("kolb-cycle")
    said = text.write(document([THREES, kolb], "comparison")).decode()
    (table,) = (block for block in document([THREES, kolb], "comparison").blocks if isinstance(block, nodes.Table))
    rows = {_said(row[0]): [_said(cell) for cell in row[1:]] for row in table.rows}

    assert rows["With how many"] == ["3 to 18 people, in threes", ""]
    assert rows["What is needed"][0] == "paper, pens; space for the threes not to hear each other"
    assert rows["It begins"] == ["Tell what is on your mind.", kolb.questions.asks[0].text]
    assert "Where does" in said
    assert "With how many" not in text.write(document([kolb, reflect.load("gibbs-cycle")], "comparison")).decode()


def _said(cell: nodes.Cell) -> str:
    return " ".join(map(nodes.words, cell.paragraphs))


def test_a_handout_tells_how_to_lead_it() -> None:
    """
    Somebody who was never there finds people, things, room, minutes, rounds, roles, silence, steps and variants on it.
    """
    said = " ".join(text.write(document(THREES, "handout")).decode().split())

    for each in (
        "27 to 34 minutes", "3 to 18 people, in threes; paper, pens; space for the threes", "Roles: speaker, asker",
        "speaker with asker, 3 × 9 min; silent: watcher",
        "1. Tell what is on your mind. (7 min)", "2. Say what you saw. (watcher, 2 min)", "1. Sit without a word.",
        "On a screen: use three breakout rooms.", "Goes well with: Experiential learning cycle.",
    ):  # fmt: skip
        assert each in said, each


@pytest.mark.parametrize("name", METHODS)
def test_a_handout_of_a_method_has_one_side(name: str) -> None:
    """
    It is held in the hand while the method is led.
    """
    assert _pages(document(METHODS[name], "handout")) == 1


def test_a_ladder_that_is_climbed_down_has_an_arrow_down() -> None:
    """
    The picture keeps the order of the page, and shows in which direction it is used.
    """
    usual = attrs.evolve(LADDER, questions=attrs.evolve(LADDER.questions, order=()))
    down, up = diagram(LADDER), diagram(usual)

    assert (down.used, up.used) == ((4, 3, 2, 1), ())
    assert [stage.title for stage in down.stages] == [stage.title for stage in up.stages]
    assert len(draw(down).marks) == len(draw(up).marks) + 2
    assert describe(down) == f"{describe(up)} In use: 4, 3, 2, 1."
    other = attrs.evolve(down, used=(2, 1, 4, 3))
    assert faults(draw(other)) == []
    assert [each.lines for each in words_of(draw(other))][-4:] == [("2",), ("1",), ("4",), ("3",)]
    (printed,) = (block for block in document(LADDER, "diagram").blocks if isinstance(block, nodes.Diagram))
    assert printed == down


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_says_the_order_of_use(shape: Shape) -> None:
    """
    Whatever the shape, the order of use is in its picture and in its words.
    """
    drawn = attrs.evolve(diagram(LADDER), shape=shape, used=(2, 3, 1, 4))

    assert describe(drawn).endswith("In use: 2, 3, 1, 4.")
    assert faults(draw(drawn)) == []
    if shape is not Shape.LADDER:
        assert ("In use: 2, 3, 1, 4.",) in [each.lines for each in words_of(draw(drawn))]


@pytest.mark.parametrize("used", ["1 2", "1 1 2", "2 1 0", "a b c"])
def test_an_order_of_use_that_is_none_is_told(used: str) -> None:
    """
    It has the number of each stage once.
    """
    fence = f"```diagram\ntitle: T\nshape: list\nused: {used}\nstage: A\nstage: B\nstage: C\n```"

    with pytest.raises(Refused, match="the number of each stage once"):
        fill(read_shape(fence), ())


def test_what_is_done_in_a_stage_is_told() -> None:
    """
    A part that is done says how: sorting is not silence.
    """
    told = describe(attrs.evolve(diagram(THREES), shape=Shape.STEPS))

    assert "2 Silence (in silence, 2 minutes)" in told
    assert "3 Keep (writing, 5 minutes)" in told
    assert "1 Talk in turn (speaker, talking, 27 minutes)" in told


def test_a_string_of_pages_has_their_titles(tmp_path: Path) -> None:
    """
    The parts of a string are called as its pages are, with their minutes; a string that is read alone names them.
    """
    (tmp_path / "last-word.md").write_text("# The last word {.do}\n\n1. Stand up.\n", "utf-8")
    string = "---\ntitle: Three\nsteps: [the-last-word@5, balint-group@30]\n---\n\nTwo of them.\n"
    (tmp_path / "three.md").write_text(string, "utf-8")
    known = reflect.catalogue(tmp_path)
    said = text.write(document(known.model("three"), "handout", models=known)).decode()
    alone = text.write(document(read_page(string), "handout", models=known)).decode()

    assert re.search(r"1 +The last word +5 min\n\n1\. Stand up\.\n\n2 +Balint group +30 min", said)
    assert "1. The last word (5 min)\n2. Balint group (30 min)" in alone


def test_a_step_that_is_a_page_says_which() -> None:
    """
    Words of its own and the title of the page stand together.
    """
    step = Step(key="with-page.end.s1", text="Close it.", mode="say", page="kolb-cycle")
    said = text.write(
        document(method("with-page", "With a page", doing("with-page.end", "End", step.mode, step)), "handout")
    )

    assert "1. Close it. See: Experiential learning cycle." in said.decode()


def test_a_web_form_keeps_boxes_under_the_keys_of_the_paper() -> None:
    """
    What a form sends for the boxes of a sheet is under the same keys and names as what is read from its Word file.
    """
    for name in ("columns", "rows"):
        model = CANVASES[name]
        filled = filled_in(document(model, "worksheet"))
        sent = Record.from_answers(model, _written(filled))
        found = read(word.write(filled), of=document(model, "worksheet"))
        assert [(each.key, each.text, each.asked) for each in sent.answers] == [
            (each.key, each.text, each.asked) for each in found.answers
        ]
    with pytest.raises(Faults, match=r"Did you mean 'on-columns\.canvas\."):
        Record.from_answers(CANVASES["columns"], {"on-columns.canvas.4": "x"})


@pytest.mark.parametrize("does", DOING)
def test_each_thing_that_is_done_has_its_own_sign(does: str) -> None:
    """
    A part that is done is drawn as its kind, apart from others and from silence, and words keep clear of the sign.
    """
    for shape in (Shape.STEPS, Shape.LIST):
        stages = tuple(Stage(SHORT[n], n + 1, does=each) for n, each in enumerate((does, "")))
        whole = Stage("Whole", 4, parts=(Stage("Inner", 1),))
        drawn = draw(Diagram("Doing", shape, (*stages, Stage("Quiet", 3, silent=True), whole)))
        signs = [mark.path for mark in drawn.marks if isinstance(mark, Figure) and mark.place]
        assert faults(drawn) == []
        assert len(set(signs)) == 3 or does == "wait"
        lines = {mark.x for mark in words_of(drawn) if mark.bold and mark.anchor == "start"}
        assert all(mark.place[0] + 13 < min(lines) for mark in drawn.marks if isinstance(mark, Figure) and mark.place)
    asked = draw(Diagram("Asking", Shape.LIST, tuple(Stage(text, n) for n, text in enumerate(SHORT[:3], 1))))
    assert not any(isinstance(mark, Figure) and mark.place for mark in asked.marks)


ACTIVITIES = Path(__file__).parent / "data" / "activities"


@functools.cache
def activities() -> reflect.Catalogue:
    """
    The twenty structures of other collections, as pages.
    """
    return reflect.catalogue(ACTIVITIES)


@pytest.mark.parametrize("name", sorted(file.name for file in ACTIVITIES.glob("*.md")))
def test_the_papers_of_an_activity_are_short_and_read_back(name: str) -> None:
    """
    A handout has one side, a worksheet two at most; its file alone, with the pages at hand, gives back what was
    written, and a blank gives nothing.
    """
    known = activities()
    page = (ACTIVITIES / name).read_text("utf-8")
    model = known.model(read_page(page).key)
    handout = document(model, "handout", models=known)
    sheet = document(model, "worksheet", models=known)
    filled = filled_in(sheet)

    assert _pages(handout) == 1
    assert _pages(sheet) <= (3 if model.head.steps else 2)
    assert read(word.write(sheet), models=known).answers == ()
    found = read(word.write(filled), models=known)
    assert {each.key: each.text for each in found.answers} == _written(filled)
    if not (model.questions.asks or model.head.steps):
        for paper in (handout, sheet):
            said = text.write(paper).decode().lower()
            assert said.count("question") <= page.lower().count("question")


# --- the laws find who breaks them


def test_a_writer_that_mixes_boxes_up_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If a box were tagged with the key of its neighbour, what is read back would not be what was written.
    """
    real = fields._box_of_sheet

    def beside(place: Answer, ledger: Ledger) -> str:
        key, _, number = place.key.rpartition(".")
        return real(attrs.evolve(place, key=f"{key}.{int(number) % 3 + 1}"), ledger)

    monkeypatch.setattr(fields, "_box_of_sheet", beside)

    with pytest.raises(AssertionError):
        test_a_blank_worksheet_reads_back_blank_and_a_filled_one_whole("columns", ())


def test_a_sheet_that_is_too_high_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If a page were thought to be longer than it is, a worksheet would run over.
    """
    monkeypatch.setattr(page, "_PAGE", 330.0)

    with pytest.raises(AssertionError):
        test_a_worksheet_of_a_method_has_two_sides_at_most("axes", ())


def test_a_drawing_without_fitting_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If words were on one line whatever their room, they would leave it.
    """

    def on_one_line(words: list[tuple[str, Box, str]], size: float, **more: bool) -> list[Lettering]:
        return [
            Lettering(lines=(said,), x=box.x, top=box.y, size=12, room=box, anchor="start") for said, box, _ in words
        ]

    monkeypatch.setattr(canvases, "_letter", on_one_line)

    with pytest.raises(AssertionError):
        test_every_word_has_room_on_a_sheet("axes", (0, 0))


def test_a_paper_that_calls_steps_questions_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If the list of a page of steps stood under what it asks, the test of the gallery would say so.
    """
    monkeypatch.setattr(
        gallery_page, "_title_of_list", lambda model: f"What it asks<span> ({len(model.questions.asks)})</span>"
    )

    with pytest.raises(AssertionError):
        test_the_gallery_counts_steps_and_shows_them()
