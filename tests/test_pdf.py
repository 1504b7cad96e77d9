"""
PDF: every paper, what it says, how it looks to a ruler, and that those who hear it get it too.
"""

from __future__ import annotations

import collections
import concurrent.futures
import functools
import hashlib
import html.parser
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reflect
from reflect import formats, testing
from reflect.documents.making import document
from reflect.formats import html as html_format
from reflect.interchange.values import from_json
from reflect.rendering.rendering import render
from reflect.text import nodes
from tests.documents import (
    MODEL_PAPERS,
    OUTLINE,
    SESSION_PAPERS,
    TWO_SIDED_HANDOUTS,
    a_few,
    squeezed,
    text_of_html,
    tried,
)
from tests.test_interference import READER_NAMES, absent_from, session_about

if os.environ.get("REFLECT_CI") != "1":
    pytest.importorskip("typst")
    pytest.importorskip("font_source_sans_pro")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here", allow_module_level=True)

import pypdf

from reflect.formats import pdf
from reflect.formats.pdf.letters import name_of_character, replacer_of

FILLED = Path(__file__).parent / "data" / "filled-record.json"
MM = 72 / 25.4
#: Every model where there is time; else one of each shape, and those with the longest texts.
SOME = (
    "balint-group", "gibbs-cycle", "ladder-of-inference", "morrison-444", "seven-eyed", "social-graces",
    "three-column-mapping", "workload",
)  # fmt: skip
MODELS = sorted(reflect.catalogue()) if os.environ.get("REFLECT_CI") == "1" else sorted(SOME)
ALL = [f"{paper} {model}" for paper in MODEL_PAPERS for model in MODELS] + ["agenda", "record", "filled"]
every_paper = pytest.mark.parametrize("name", a_few(ALL, 3))
in_both_sizes = pytest.mark.parametrize("large", a_few([True, False], 2))


@functools.cache
def paper(name: str) -> nodes.Document:
    if name == "filled":
        return document(from_json(FILLED.read_text("utf-8")), "record", reader="supervisor")
    kind, _, model = name.partition(" ")
    return document(reflect.load(model) if model else OUTLINE, kind)


@functools.cache
def made(name: str, large: bool = False) -> bytes:
    return pdf.write(laid(paper(name), large))


def laid(document: nodes.Document, large: bool) -> nodes.Document:
    return attrs.evolve(document, looks=(*document.looks, nodes.Look.LARGE) if large else document.looks)


# --- a vocabulary for what is in a PDF


def pages(data: bytes) -> list[str]:
    """
    The text of each page, in the order in which it is painted.
    """
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@attrs.frozen
class Word:
    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


class _Boxes(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = 0
        self.found: list[Word] = []
        self.place: list[float] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page += tag == "page"
        known = dict(attrs)
        if tag == "word":
            self.place = [float(known[side] or 0) / MM for side in ("xmin", "ymin", "xmax", "ymax")]

    def handle_endtag(self, tag: str) -> None:
        self.place = []

    def handle_data(self, data: str) -> None:
        if self.place:
            self.found.append(Word(data, self.page, *self.place))


def boxes(data: bytes) -> list[Word]:
    """
    The words of a PDF and where they stand, in millimetres from the top left.
    """
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    reader = _Boxes()
    reader.feed(done.stdout.decode())
    return reader.found


def said_in(data: bytes, of: nodes.Document) -> str:
    """
    What the pages say without what stands at their edges, in one piece, without white space.
    """
    texts = pages(data)
    out = []
    for number, text in enumerate(texts, 1):
        plain = squeezed(text)
        # A paper that is one page has no numbers.
        counted = f"Page {number} of {len(texts)}" if len(texts) > 1 else ""
        edges = (of.organisation, of.label, of.marking + of.limits, counted)
        for edge in filter(None, map(squeezed, edges)):
            assert edge in plain
            # The label stands over the eyebrow, which may be the same word; the page number comes last.
            plain = plain.replace(edge, "", 1)
        out.append(plain)
    return "".join(out)


def tags(data: bytes) -> collections.Counter[str]:
    """
    How many elements of each kind the tags of a PDF tell of.
    """
    root: Any = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    return collections.Counter(str(each["/S"]) for each in _elements(root["/StructTreeRoot"]))


def _elements(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def of_text(text: str, *more: nodes.Block) -> nodes.Document:
    return nodes.Document(kind="paper", title="Paper", blocks=(nodes.Paragraph((nodes.Text(text),)), *more))


# --- every paper


@every_paper
def test_every_paper_says_what_its_page_says(name: str) -> None:
    """
    The text of a PDF is the text of the HTML, up to white space and the order of columns; nothing more, nothing less.
    """
    of = paper(name)
    if name.startswith("cards"):
        (deck,) = (block for block in of.blocks if isinstance(block, nodes.Cards))
        shown = squeezed("".join(pages(made(name))))
        assert all(
            squeezed(text) in shown for card in deck.cards for text in attrs.astuple(card) if isinstance(text, str)
        )
        return
    bullets = sum(len(block.items) for block in of.blocks if isinstance(block, nodes.Listing) and block.start is None)
    body = html_format.fragment(of)
    numbered = re.findall(r'<ol[^>]*?(?: start="(\d+)")?[^>]*>(.*?)</ol>', body, flags=re.DOTALL)
    numbers = "".join(f"{int(start or 1) + n}." for start, items in numbered for n in range(items.count("<li")))
    # What a picture is described with is read out, and not shown.
    page = squeezed(text_of_html(re.sub("<desc.*?</desc>", "", body, flags=re.DOTALL)))

    assert collections.Counter(said_in(made(name), of)) == collections.Counter(page + numbers + "•" * bullets)


@every_paper
def test_a_paper_is_as_long_as_it_may_be(name: str) -> None:
    """
    A handout, an agenda and a record are one page, a record written on is two, a deck has a back for each front; no page
    is blank.
    """
    texts = pages(made(name))
    kind = name.split()[0]

    assert all(squeezed(text) for text in texts)
    both = kind == "handout" and name.split()[-1] in TWO_SIDED_HANDOUTS
    assert len(texts) == {"handout": 1 + both, "agenda": 1, "record": 1, "filled": 2}.get(kind, len(texts))
    assert kind != "cards" or len(texts) == 2 * -(-len(paper(name).blocks[-1].cards) // 8)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "large"),
    [*((name, False) for name in a_few(ALL, 6, in_ci=2)), *((name, True) for name in a_few(ALL[1::2], 9, in_ci=2))],
)
def test_nothing_is_cut_and_nothing_overlaps(name: str, large: bool) -> None:
    """
    Every word is within the margins, and no two words overlap.
    """
    found = boxes(made(name, large))
    left, right = (13.9, 196.1) if name.startswith("cards") else (19.5, 188.5)
    low = 293 if name.startswith("cards") else 292  # their foot is between the cuts and where printers end
    if nodes.Look.LANDSCAPE in paper(name).looks:
        right, low = right + 87, low - 87

    assert all(left <= word.left and word.right <= right and word.top > 5 and word.bottom < low for word in found)
    assert not list(overlapping(found))


def overlapping(found: list[Word]) -> Iterator[tuple[Word, Word]]:
    """
    Words that overlap by more than the space around letters.
    """
    for i, one in enumerate(found):
        for other in found[i + 1 : i + 80]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            if (
                one.page == other.page
                and across > 0.5
                and down > 0.55 * min(one.bottom - one.top, other.bottom - other.top)
            ):
                yield one, other


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", a_few((name for name in ALL if not name.startswith("cards")), 3))
def test_a_question_stays_with_its_box_and_a_heading_with_its_text(name: str, large: bool) -> None:
    """
    No page ends with a heading, a question, or the hint under it.
    """
    of = paper(name)
    leads = {
        squeezed(nodes.words(block.children))
        for block in of.blocks
        if isinstance(block, nodes.Heading)
        or (isinstance(block, nodes.Paragraph) and block.style in ("prompt", "hint"))
    }
    ends = [squeezed(text) for text in pages(made(name, large))]
    ends = [re.sub(rf"({re.escape(squeezed(of.marking + of.limits))})?(Page\d+of\d+)?$", "", text) for text in ends]

    # Under a question stands its box, which has no text: so the box is looked for by how far down the page goes on.
    if "large" not in name and any(isinstance(block, nodes.Answer) and not block.value for block in of.blocks):
        found = boxes(made(name, large))
        for lead in (block for block in of.blocks if isinstance(block, nodes.Paragraph) and block.style == "prompt"):
            last = nodes.words(lead.children).split()[-1]
            assert all(word.bottom < 275 for word in found if word.text == last)
    headings = {squeezed(nodes.words(block.children)) for block in of.blocks if isinstance(block, nodes.Heading)}
    assert leads
    assert not any(text.endswith(heading) for text in ends[:-1] for heading in headings)


@pytest.mark.parametrize("name", ["worksheet after-action-review"])
def test_there_is_room_to_write(name: str) -> None:
    """
    Between a question and what follows its box there are 8 mm for each line it promises.
    """
    found = boxes(made(name))
    of = paper(name).blocks
    checked = 0
    for lead, box, after in zip(of, of[1:], of[2:], strict=False):
        if isinstance(lead, nodes.Paragraph) and isinstance(box, nodes.Answer) and isinstance(after, nodes.Paragraph):
            above, below = nodes.words(lead.children).split(), nodes.words(after.children).split()
            starts = [(w.page, w.bottom) for w in found if w.text == above[-1]]
            ends = [(w.page, w.top) for w in found if w.text == below[0]]
            gaps = [bottom - top for page, top in starts for there, bottom in ends if page == there and bottom > top]
            if gaps:
                checked += 1
                assert max(gaps) >= 8 * box.lines

    assert checked >= 2


# --- for those who hear it


@every_paper
def test_a_paper_is_tagged(name: str) -> None:
    """
    A PDF is tagged with its title, its language, its headings, its lists, and tables with headers.
    """
    of = paper(name)
    read = pypdf.PdfReader(io.BytesIO(made(name)))
    root: Any = read.trailer["/Root"]
    found = tags(made(name))
    entries = [block for block in of.blocks if isinstance(block, nodes.Entry)]
    blocks = [*of.blocks, *(place for entry in entries for place in entry.places)]
    kinds = collections.Counter(type(block) for block in blocks)
    sheets = [block for block in of.blocks if isinstance(block, nodes.SheetToFill) and block.places]
    boxes = [place for sheet in sheets if sheet.in_boxes for place in sheet.places]
    grids = [sheet for sheet in sheets if not sheet.in_boxes]

    assert read.metadata is not None
    assert (read.metadata.title, root["/Lang"], root["/MarkInfo"]["/Marked"]) == (of.title, of.lang, True)
    assert found["/H1"] >= 1
    if not (kinds[nodes.Cards] or kinds[nodes.Slide]):
        named = sum(bool(entry.head) for entry in entries) + sum(bool(box.label) for box in boxes)
        assert sum(found[f"/H{n}"] for n in range(1, 7)) == kinds[nodes.Heading] + named
        assert found["/L"] == kinds[nodes.Listing]
        assert found["/Table"] == kinds[nodes.Actions] + kinds[nodes.Table] + len(grids)
        assert found["/TH"] == sum(
            len(block.columns if isinstance(block, nodes.Actions) else block.head)
            for block in blocks
            if isinstance(block, (nodes.Actions, nodes.Table))
        ) + sum(len(sheet.words) + bool(sheet.rows) for sheet in grids)
        blank = sum(isinstance(block, nodes.Answer) and not block.value.strip() for block in [*blocks, *boxes])
        assert found["/Figure"] == blank + kinds[nodes.Diagram] + kinds[nodes.SheetToFill] - len(sheets)


@pytest.mark.parametrize("value", ["", "What the school said."])
@pytest.mark.parametrize("name", ["worksheet a-equip", "worksheet after-a-gap", "worksheet seven-eyed"])
def test_a_box_is_heard_with_its_name(name: str, value: str) -> None:
    """
    Under each box of a sheet there are a heading with its name, what is asked, and its room to write or what is written.
    """
    of = paper(name)
    (sheet,) = (block for block in of.blocks if isinstance(block, nodes.SheetToFill))
    filled = attrs.evolve(sheet, places=tuple(attrs.evolve(place, value=value) for place in sheet.places))
    data = pdf.write(attrs.evolve(of, blocks=tuple(filled if block is sheet else block for block in of.blocks)))
    root: Any = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    heard = [
        (str(each["/S"]), str(each.get("/T", each.get("/Alt", "")))) for each in _elements(root["/StructTreeRoot"])
    ]

    assert sheet.in_boxes
    for place, asked in zip(filled.places, sheet.asks, strict=True):
        start = heard.index(("/H2", place.label))
        *above, (kind, told) = heard[start : start + 2 + len(asked.split("\n"))]
        assert above == [("/H2", place.label), *[("/P", "")] * len(asked.split("\n"))]
        assert (kind, told) == ("/P", "") if value else kind == "/Figure"
        assert value or re.fullmatch(rf"Room to write, [1-9]\d* lines?: {re.escape(place.label)}", told)


@in_both_sizes
@pytest.mark.parametrize("value", [" ".join(["word"] * 1500), "\n".join(["word"] * 150)])
def test_what_is_written_in_a_box_goes_on_overleaf(value: str, large: bool) -> None:
    """
    A box with more in it than a page has room for keeps all of it, over as many pages as it needs.
    """
    of = paper("worksheet a-equip")
    (sheet,) = (block for block in of.blocks if isinstance(block, nodes.SheetToFill))
    filled = attrs.evolve(sheet, places=tuple(attrs.evolve(place, value=value) for place in sheet.places))
    found = boxes(
        pdf.write(laid(attrs.evolve(of, blocks=tuple(filled if each is sheet else each for each in of.blocks)), large))
    )

    assert sum(each.text == "word" for each in found) == len(sheet.places) * value.count("word")
    assert all(each.bottom < 292 for each in found)


@pytest.mark.parametrize("large", [False, True])
def test_a_checker_of_pdf_ua_finds_nothing(large: bool, tmp_path: Path) -> None:
    """
    Three checkers of PDF/UA-1 find no fault in papers of every kind; what one of them advises besides is looked at, and not followed.
    """
    if os.environ.get("REFLECT_CI") != "1":
        if "REFLECT_TOOLS" not in os.environ:
            pytest.skip("the checkers take a while; they run in .ci/run, and where REFLECT_TOOLS is set")
        pytest.importorskip("page")
        pytest.importorskip("outloud")
        pytest.importorskip("pdfua")
    import json

    import page

    files = []
    for n, name in enumerate(ALL[1::6] if large else ALL[::3]):
        files.append(tmp_path / f"paper-{n}.pdf")  # a title that is the name of its file is advised against
        files[-1].write_bytes(made(name, large))
        assert page.validate_pdf_bytes(made(name, large), profile=page.ValidationProfile.PDF_UA_1).is_compliant, name
    told = subprocess.run(
        [Path(sys.executable).with_name("outloud"), "--json", "-", "--quiet", *files], capture_output=True, check=False
    )
    ruled = subprocess.run([Path(sys.executable).with_name("pdfua"), "check", *files], capture_output=True, check=False)
    advice = {each["rule"] for each in findings(json.loads(told.stdout))}

    assert told.returncode == ruled.returncode == 0
    assert advice <= NOT_FOLLOWED


#: What `outloud` advises and we do not do: blank rows to write in are part of their table, cards of a deck look alike,
#: the bullets of a long list are painted before its words, and a grid whose table it takes for none has its tags.
NOT_FOLLOWED = {"TBL-012", "TBL-014", "PAG-001", "ORD-001"}


def findings(report: Any) -> Iterator[Any]:
    if isinstance(report, dict):
        if "rule" in report and "severity" in report:
            yield report
        report = list(report.values())
    if isinstance(report, list):
        for each in report:
            yield from findings(each)


# --- any text at all

letters = st.text(
    st.one_of(
        st.sampled_from("#$*_`\\<>@~-=+/[]{}()\"'^&%!;:,. \n\t"),
        st.characters(
            min_codepoint=32, max_codepoint=0x17F, blacklist_characters="\x7f\xad", blacklist_categories=["Cc"]
        ),
    ),
    max_size=60,
)


def all_over(text: str) -> nodes.Document:
    """
    A paper with a text in every place that a paper has, but for pictures: a letter that no font has makes none.
    """
    whole = testing.everything(text)
    return attrs.evolve(whole, blocks=tuple(block for block in whole.blocks if not _is_picture(block)))


def _is_picture(block: nodes.Block) -> bool:
    return isinstance(block, nodes.Diagram) or (isinstance(block, nodes.SheetToFill) and not block.places)


@given(text=letters)
@example(text='#strong[x] $x$ \\u{61} <a> @b // c /* d */ `e` ~ -- --- ... "q" #sys.inputs = == - + / *_')
@example(text='#eval("1+1")')
@example(text="= not a heading\n- nor a list\n/ nor: a term")
@settings(max_examples=tried(60))
def test_any_text_appears_as_that_text(text: str) -> None:
    """
    What people type is never read as markup: it stands on the page letter by letter, and nothing else does.
    """
    found = "".join(pages(pdf.write(of_text(text))))

    assert plain(found) == plain(text)


def plain(text: str) -> str:
    """
    A text without white space, accents joined to their letters, and without what only steers the direction of writing.
    """
    return re.sub(r"[\s\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]+", "", unicodedata.normalize("NFKC", text))


@given(text=st.text(max_size=25))
@example(text="🙂 👍🏾 👩🏽\u200d🚒 1️⃣ ❤️ 漢字 ที่")
@example(text="שלום عليكم \u202ex\u202c")
@example(text="\u0301a\u0331\u0301 \ue000 \ud800 \x00\x1b \ufffe \u2028")
@example(text="W" * max(200, tried(1000)))
@example(text="")
@settings(max_examples=30 if os.environ.get("REFLECT_CI") == "1" else 2)
def test_any_text_in_any_place_makes_a_paper(text: str) -> None:
    """
    Whatever is typed, and wherever, makes a PDF, in both sizes, that says as much twice.
    """
    first = pdf.write(all_over(text))
    assert first.startswith(b"%PDF-")
    if os.environ.get("REFLECT_CI") == "1":
        assert first == pdf.write(all_over(text))
        assert pdf.write(laid(all_over(text), True)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Thank you 🙂", "Thankyou[slightlysmilingface]"),
        ("👍🏾", "[thumbsupsign][medium-darkskin]"),
        ("李", "[U+674E]"),
        ("ŵ ŷ ő ş ž Ω Ж ạ", "ŵŷőşžΩЖạ"),
        ("שלום", "שלום"),
        ("☐ ☒ ✓ → €", "☐☒✓→€"),
    ],
)
def test_a_character_without_a_letter_is_said_in_words(typed: str, shown: str) -> None:
    """
    Nothing is shown as an empty box: a character that no font has is given by its name or its number.
    """
    assert plain("".join(pages(pdf.write(of_text(typed))))) == shown


@given(st.text(max_size=12), st.sets(st.characters(min_codepoint=0x80), max_size=4), st.data())
def test_what_cannot_be_shown_is_said(text: str, missing: set[str], data: st.DataObject) -> None:
    """
    However few letters there are, every text becomes one that can be shown, and keeps the others.
    """
    text += "".join(sorted(missing))
    pieces = re.findall(f"[{re.escape(''.join(missing))}]", text) if missing else []
    together = data.draw(st.integers(0, 2))
    if together and pieces and len(pieces[0] + text[-together:]) > 1:
        pieces.append(text[-together - 1 :])

    result = replacer_of(pieces, lambda char: char not in missing)(text)

    assert not missing & set(result)
    assert all(name_of_character(char) in result for char in missing if not re.match("[\u200d\ufe0e\ufe0f]", char))
    assert replacer_of([], lambda _: False)(text) == text


def test_twenty_thousand_letters_that_no_font_has() -> None:
    """
    A text in a script without a font is given by its numbers, in seconds and not hours.
    """
    many = tried(20_000)
    text = "".join(map(chr, range(0x4E00, 0x4E00 + many)))
    found = "".join(pages(pdf.write(of_text(text))))

    assert found.count("[U+") == many


@pytest.mark.parametrize("wide", ["W" * max(80, tried(400)), "https://example.org/" + "path/" * 30, "m" * 90])
@pytest.mark.parametrize("large", [False, True])
def test_a_word_wider_than_its_place_is_broken(wide: str, large: bool) -> None:
    """
    A long address or a keyboard that sticks stays on the paper, in every place.
    """
    found = boxes(pdf.write(laid(all_over(wide), large)))

    assert found
    assert all(word.left >= 13.9 and word.right <= 196.1 for word in found)


# --- the same for the same


@pytest.mark.parametrize("name", a_few(ALL[::4], 3))
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    """
    A paper made twice, or at once in many threads, is the same file.
    """
    papers = [paper(name)] * len(a_few(range(4), 2))
    with concurrent.futures.ThreadPoolExecutor(len(papers)) as pool:
        assert set(pool.map(pdf.write, papers)) == {made(name)}


def test_another_process_on_another_day_makes_the_same_bytes() -> None:
    """
    Neither the clock nor the order of hashes is in the file.
    """
    line = "import hashlib, reflect;"
    line += "print(hashlib.sha256(reflect.render(reflect.load('kolb-cycle'), 'handout', to='pdf')).hexdigest())"
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1"}
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True, env=env)

    assert done.stdout.strip() == hashlib.sha256(made("handout kolb-cycle")).hexdigest()


@pytest.mark.parametrize("kind", SESSION_PAPERS)
@pytest.mark.parametrize("who", READER_NAMES)
def test_what_a_reader_may_not_see_changes_nothing(kind: str, who: str) -> None:
    """
    Two sessions that differ in a hidden topic give equal bytes; its own reader finds it in the file.
    """
    ring = absent_from(kind, who)[0]
    one, other = session_about("Canary one", ring), session_about("Something else", ring, "zz")

    assert render(one, kind, to="pdf", reader=who) == render(other, kind, to="pdf", reader=who)
    seers = [name for name in READER_NAMES if ring not in absent_from(kind, name)]
    assert not seers or any(
        "Canaryone" in squeezed("".join(pages(render(one, kind, to="pdf", reader=name)))) for name in seers
    )


# --- cards, large print, and what is not there


def test_backs_lie_behind_their_fronts() -> None:
    """
    A sheet turned on its long edge has the back of each card behind its front.
    """
    some = nodes.Cards(tuple(nodes.Card(f"h{n}", f"front{n}", f"back{n}", "") for n in range(11)))
    found = {word.text: word for word in boxes(pdf.write(nodes.Document(kind="cards", title="Deck", blocks=(some,))))}

    for n in range(11):
        front, back = found[f"front{n}"], found[f"back{n}"]
        assert (front.page + 1, (front.left < 105)) == (back.page, (back.left > 105))
        assert int((front.top - 10) / 69.25) == int((back.top - 10) / 69.25) == n % 8 // 2


@pytest.mark.parametrize("length", [3, 60, 400, 3000])
def test_a_question_fits_its_card(length: int) -> None:
    """
    However long a question and its follow-up are, they stay on their card.
    """
    text = ("word " * length).strip()
    deck = nodes.Cards((nodes.Card("head", text, text, "foot", "part", 2), *[nodes.Card("h", "f", "b", "")] * 7))
    found = boxes(pdf.write(nodes.Document(kind="cards", title="Deck", blocks=(deck,))))

    assert max(word.page for word in found) == 2
    assert all(word.bottom < 10 + 69.25 for word in found if word.text == "word")


def test_large_print_is_large() -> None:
    """
    In large print no letter of a record is smaller than 18 points, and no tables are side by side.
    """
    sizes: set[float] = set()

    def seen(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(matrix[3]) * size, 1))

    for page in pypdf.PdfReader(io.BytesIO(made("filled", large=True))).pages:
        page.extract_text(visitor_text=seen)

    assert min(sizes) >= 18
    assert tags(made("filled", large=True))["/Table"] == 0
    assert tags(made("filled"))["/Table"] == 1  # actions; decisions on a case stand on its own record


@pytest.mark.parametrize(
    ("who", "beside"),
    [("", "and on"), ("AM", "and on"), ("Wilhelmina Featherstonehaugh-Cholmondeley", "and JT"), ("W" * 60, "and on")],
)
def test_large_print_parts_a_line_where_it_is_full(who: str, beside: str) -> None:
    """
    What stands on a line of a record stands in large print on as few lines as have room for it, however long a name is;
    each label had a line of its own, even "and", and the record five pages.
    """
    session = reflect.plan(reflect.outline("previous-actions@5 + kolb-cycle@30 + close@8"), 60)
    session = attrs.evolve(session, facts={"supervisee": who, "supervisor": "JT"})
    found = boxes(data := pdf.write(laid(document(session, "record", reader="supervisee"), large=True)))
    heights = {word.text: word.bottom for word in reversed(found)}

    assert len(pages(data)) == 3
    for one, other in (beside.split(), ("from", "to")):
        assert heights[one] == pytest.approx(heights[other], abs=0.5)
    assert squeezed(who) in squeezed("".join(pages(data)))
    assert all(word.right < 200 for word in found)


def test_in_large_print_each_action_has_who_and_when_on_a_line() -> None:
    """
    What is done has a line of its own, and who does it and by when share one.
    """
    found = [word for word in boxes(made("record", large=True)) if word.text in ("Who", "By")]

    assert [word.text for word in found] == ["Who", "By"] * (len(found) // 2) != []
    assert all(who.bottom == pytest.approx(by.bottom, abs=0.5) for who, by in zip(found[::2], found[1::2], strict=True))


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If the extra is not installed, the error gives the command.
    """
    monkeypatch.setitem(sys.modules, "typst", None)
    pdf._compiler.cache_clear()

    with pytest.raises(reflect.Refused, match=r"pip install \"reflect-supervision\[pdf\]\""):
        pdf.write(of_text("x"))
    assert "pdf" in formats.FORMATS


def test_what_goes_wrong_is_told_without_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A paper that cannot be laid out is refused by its kind, without quoting it.
    """
    monkeypatch.setattr(pdf, "_MADE", 0)
    monkeypatch.setattr(pdf, "tree", lambda *_, **__: {"title": "Secret", "large": "Secret", "sections": ["Secret"]})

    with pytest.raises(reflect.Refused) as told:
        pdf.write(of_text("x"))
    assert "Secret" not in str(told.value)
    assert told.value.__cause__ is None
