"""
Word files: valid, restyled in one place, and every word and place to write in order.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import attrs
import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import reflect
from reflect.formats.word import write
from reflect.text import nodes
from tests.documents import everything_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS = 1440 / 25.4


def line(text: str, style: str = "") -> nodes.Paragraph:
    return nodes.Paragraph((nodes.Text(text),), style)


def item(*blocks: nodes.Block) -> nodes.Item:
    return nodes.Item(blocks)


LOOKS = ("", "eyebrow", "subtitle", "guidance", "prompt", "hint", "small", "space")
CARDS = nodes.Cards(
    tuple(
        nodes.Card(f"Deck {n} of 10", f"front {n} " + "long " * 9 * (n % 4), f"back {n}", "CC", "Part", n)
        for n in range(1, 11)
    )
)
EVERYTHING: tuple[nodes.Block, ...] = (
    line("kind", "eyebrow"),
    nodes.Heading(1, (nodes.Text("The title"),)),
    *(line(f"look {style}", style) for style in LOOKS),
    nodes.Facts(tuple(nodes.Fact(f"fact-{n}", f"Label {n}", "known" if n % 2 else "") for n in range(5))),
    nodes.Heading(2, (nodes.Span("label", (nodes.Text("10:05"),)), nodes.Text(" Staged "), nodes.Span("aside", (nodes.Text("5 minutes"),)))),
    nodes.Heading(3, (nodes.Text("Third"),)),
    nodes.Heading(4, (nodes.Text("Fourth"),)),
    nodes.Paragraph((
        nodes.Text("plain "), nodes.Strong((nodes.Text("strong "), nodes.Emphasis((nodes.Text("both"),)))), nodes.Break(), nodes.Code("typed  twice"), nodes.Text(" "),
        nodes.Link("https://example.org/?a=1&b=2", (nodes.Text("a "), nodes.Strong((nodes.Text("link"),)))), nodes.Span("muted", (nodes.Text(" muted"),)),
    )),
    nodes.Listing((item(line("b1"), line("b1 goes on")), item(line("b2"), nodes.Listing((item(line("b2.1")),), start=1)))),
    nodes.Listing((item(line("n1")), item(line("n2"))), start=1),
    nodes.Listing((item(line("m5")), item(line("m6"), nodes.CodeBlock("in an item"))), start=5, style="compact"),
    nodes.Quotation((line("quoted"), nodes.Listing((item(line("in it")),)))),
    nodes.CodeBlock("a  b\n\tc\n"),
    nodes.Rule(),
    nodes.Table(
        (nodes.Cell(((nodes.Text("H1"),),)), nodes.Cell(((nodes.Text("H2"),),))),
        ((nodes.Cell(((nodes.Text("c1"),), (nodes.Text("c1 more"),))), nodes.Cell(())), (nodes.Cell(((nodes.Text("only"),),)),)),
    ),
    nodes.Table((nodes.Cell(((nodes.Text("J"),),)),), (), style="compact"),
    line("after a table"),
    line("Ask?", "prompt"),
    line("a hint", "hint"),
    nodes.Answer("m.ask", "Ask?", 4),
    nodes.Answer("m.alone" + "x" * 80, "L" * 90, 2, "said\nhere\n\nand there"),
    line("Tick?", "prompt"),
    nodes.Choice("m.tick", "", ("yes", "no"), "no"),
    nodes.Choice("m.row", "A row", ("yes", "no"), "something else"),
    nodes.Scale("m.scale", "How?", "none", "enough", "yours", "7"),
    nodes.Actions("actions", "Actions agreed", ("What", "Who", "By when"), (("do <it>", "me", ""),), 2),
    nodes.Facts((nodes.Fact("next-date", "Next time"),)),
    nodes.SignOff("sign.a", "Worker", ("agreed", "not agreed"), "A. Name", "4 May", "fine\n\nby me", "agreed"),
    nodes.SignOff("sign.b", "Supervisor", ("agreed", "not agreed")),
    CARDS,
    line("after the cards"),
    nodes.Table((nodes.Cell(((nodes.Text("last"),),)),), ()),
)  # fmt: skip
PAPER = nodes.Document(
    kind="agenda",
    title="The title",
    lang="en-GB",
    label="Label",
    organisation="Anytown & Sons",
    marking="OFFICIAL-SENSITIVE",
    limits="Between us",
    blocks=EVERYTHING,
)
DECK = nodes.Document(kind="cards", title="Deck", blocks=(nodes.Heading(1, (nodes.Text("Deck"),)), CARDS))


def paper(*blocks: nodes.Block) -> nodes.Document:
    return attrs.evolve(PAPER, blocks=blocks)


def parts(document: nodes.Document) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(write(document))) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if not name.endswith(".png")}


def main(document: nodes.Document) -> etree._Element:
    return parts(document)["word/document.xml"]


def values(tree: etree._Element, tag: str) -> list[str]:
    return [str(each.get(f"{W}val")) for each in tree.iter(f"{W}{tag}")]


def said(tree: etree._Element) -> str:
    """
    The text of a tree, with the line ends and tabs that are elements.
    """
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        each.text or "" if each.tag == f"{W}t" else signs.get(str(each.tag), "")
        for each in tree.iter()
        if inside_run(each)
    )


def inside_run(each: etree._Element) -> bool:
    parent = each.getparent()
    return parent is not None and parent.tag == f"{W}r"


def written_words(value: object) -> Iterator[str]:
    """
    Every word that nodes hold to be shown, in the order they are written.
    """
    hidden = {"style", "key", "to", "kind", "size"}
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, tuple):
        for each in value:
            yield from written_words(each)
    elif attrs.has(type(value)):
        if isinstance(value, (nodes.Answer, nodes.Scale, nodes.Actions)):
            hidden = hidden | {"label"}
        for field in attrs.fields(type(value)):
            if field.eq and field.name not in hidden:
                yield from written_words(getattr(value, field.name))


def test_every_kind_of_node_is_there_in_order() -> None:
    """
    A document with every kind of node opens, and its words stand in their order.
    """
    opened = docx.Document(io.BytesIO(write(PAPER)))
    text = said(opened.element)

    assert opened.core_properties.title == "The title"
    for block in EVERYTHING:
        missing = [word for word in written_words(block) if word not in text]
        assert not missing, type(block).__name__
    marks = [
        "look hint", "Label 0", "10:05", "Fourth", "b2.1", "m6", "quoted", "c1 more", "Ask?", "and there", "A row",
        "0 = none", "do <it>", "Next time", "A. Name", "Supervisor", "front 1 ", "back 1", "after the cards", "last",
    ]  # fmt: skip
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    No time and no chance is in a file.
    """
    first = write(PAPER)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))

    assert write(PAPER) == first
    assert write(paper(line("other"))) != first


def test_no_paragraph_is_empty() -> None:
    """
    Room is made by styles: a paragraph without words only ends a section, parts two tables or two signatures, or ends
    the paper.
    """
    body = main(PAPER).find(f"{W}body")
    assert body is not None
    for each in body.iter(f"{W}p"):
        if each.getparent().tag == f"{W}tc" or each.find(f"{W}pPr/{W}sectPr") is not None:
            continue
        if any(t.text for t in each.iter(f"{W}t")):
            continue
        before, after = each.getprevious(), each.getnext()
        if values(each, "pStyle") == ["ReflectBoxEnd"]:
            assert after is not None
            assert values(after, "pStyle") == ["ReflectSigner"]
            continue
        assert before is not None
        assert before.tag == f"{W}tbl"
        assert after is not None
        assert after.tag in (f"{W}tbl", f"{W}sectPr")


@pytest.mark.parametrize("document", [PAPER, DECK])
def test_every_style_exists(document: nodes.Document) -> None:
    """
    The body only names styles that the file has, of the right kind.
    """
    files = parts(document)
    styles = {(s.get(f"{W}type"), s.get(f"{W}styleId")) for s in files["word/styles.xml"].iter(f"{W}style")}
    known = {name for _, name in styles}
    for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
            assert {(kind, name) for name in values(files[part], tag)} <= styles
    for tag in ("basedOn", "next"):
        assert set(values(files["word/styles.xml"], tag)) <= known
    assert set(values(files["word/numbering.xml"], "pStyle")) <= known


def test_the_body_formats_nothing_itself() -> None:
    """
    Looks come from styles alone, so that an organisation restyles a paper in one place.
    """
    for tree in (main(PAPER), main(DECK)):
        for looks in tree.iter(f"{W}rPr"):
            assert {each.tag for each in looks} <= {f"{W}rStyle"}
        for looks in tree.iter(f"{W}pPr"):
            assert {each.tag for each in looks} <= {f"{W}{tag}" for tag in ("pStyle", "numPr", "sectPr")}


def test_places_to_write_have_names_of_their_own() -> None:
    """
    Numbers of controls and names of bookmarks differ, and stay within Word's limits, also where a key comes twice.
    """
    tree = main(paper(*EVERYTHING[:-2], *EVERYTHING[2:-2]))
    numbers = [each.get(f"{W}val") for each in tree.iter(f"{W}id") if each.getparent().tag == f"{W}sdtPr"]
    bookmarks = [str(each.get(f"{W}name")) for each in tree.iter(f"{W}bookmarkStart")]

    assert len(set(numbers)) == len(numbers) > 45
    assert all(0 < int(number) < 2**31 for number in map(str, numbers))
    assert len(set(bookmarks)) == len(bookmarks)
    assert all(re.fullmatch(r"_rf_\w{1,36}", name, re.ASCII) for name in bookmarks)
    assert all(len(text) <= 64 for text in values(tree, "tag") + values(tree, "alias"))


def test_every_key_can_be_found_by_tag_and_by_prompt() -> None:
    """
    The tag of a place begins with its key, and a hidden bookmark holds the words that ask.
    """
    tree = main(
        paper(
            line("Ask?", "prompt"),
            line("hint", "hint"),
            nodes.Answer("m.ask", "Ask?", 3),
            nodes.Facts((nodes.Fact("when", "Date"),)),
        )
    )
    asked = {}
    for start in tree.iter(f"{W}bookmarkStart"):
        found = [each for each in start.itersiblings() if each.tag in (f"{W}r", f"{W}bookmarkEnd")]
        asked[re.sub(r"_[0-9a-f]{8}$", "", str(start.get(f"{W}name")))] = said(found[0])

    assert [tag.split("|")[0] for tag in values(tree, "tag")] == ["m.ask", "when"]
    assert asked == {"_rf_m_ask": "Ask?", "_rf_when": "Date"}


def test_a_blank_answer_has_its_lines_and_a_filled_one_its_paragraphs() -> None:
    """
    Blank room is a hint without words and a paragraph of the lines under it; an empty line in an answer begins a paragraph, a line end does not.
    """
    blank, filled = main(paper(nodes.Answer("a", "A", 4))), main(paper(nodes.Answer("a", "A", 4, "one\ntwo\n\nthree")))
    inside = f".//{W}sdtContent/{W}p"

    assert [said(p).count("\n") for p in blank.findall(inside)] == [0, 2]
    assert not said(blank.find(inside)).strip()
    assert blank.find(f".//{W}showingPlcHdr") is not None
    assert [said(p) for p in filled.findall(inside)] == ["one\ntwo", "three"]
    assert filled.find(f".//{W}showingPlcHdr") is None


def test_properties_name_the_paper_and_no_stranger() -> None:
    """
    Title, language and kind are set; the author is the organisation whose paper it is, or nobody.
    """
    whole = docx.Document(io.BytesIO(write(PAPER)))
    welsh = attrs.evolve(PAPER, lang="cy", organisation="")
    core = parts(welsh)["docProps/core.xml"]

    assert (whole.core_properties.title, whole.core_properties.language) == ("The title", "en-GB")
    assert whole.core_properties.author == "Anytown & Sons"
    assert not [each for each in core if str(each.tag).endswith("creator")]
    assert values(parts(welsh)["word/styles.xml"], "lang") == ["cy"]
    assert values(parts(welsh)["word/settings.xml"], "themeFontLang") == ["cy"]
    assert "".join(map(str, parts(PAPER)["docProps/custom.xml"].itertext())) == "agenda"
    assert "python-docx" not in everything_in(write(PAPER), "docx")


def test_headings_begin_with_the_first_of_word() -> None:
    """
    The title has Word's style Title, the levels under it headings 1 to 3, whatever hangs beside them.
    """
    styles = values(main(PAPER), "pStyle")

    assert [s for s in styles if s == "Title" or s.startswith("Heading")] == [
        "Title",
        "Heading1",
        "Heading2",
        "Heading3",
    ]
    (heading,) = [p for p in main(PAPER).iter(f"{W}p") if said(p).startswith("10:05")]
    assert said(heading) == "10:05\tStaged\t5 minutes"


def test_every_numbered_list_starts_where_it_says() -> None:
    """
    Two lists do not run on into one another: each has a number of its own, and starts afresh.
    """
    files = parts(PAPER)
    starts = {
        num.get(f"{W}numId"): [each.get(f"{W}val") for each in num.iter(f"{W}startOverride")]
        for num in files["word/numbering.xml"].iter(f"{W}num")
    }
    used = {}
    for p in files["word/document.xml"].iter(f"{W}p"):
        number, level = p.find(f"{W}pPr/{W}numPr/{W}numId"), p.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if number is not None and level is not None:
            used[said(p)] = (starts[number.get(f"{W}val")], level.get(f"{W}val"))

    assert used["n1"] == used["n2"] == (["1"], "0")
    assert used["m5"] == (["5"], "0")
    assert used["b2.1"] == (["1"], "1")
    assert used["b1"] == ([], "0")
    assert "b1 goes on" not in used


def test_cards_fill_their_sheets_to_the_tenth_of_a_millimetre() -> None:
    """
    Each card has two cells, words and a foot, which together are as high as it is; and each back lies behind its front.
    """
    tree = main(DECK)
    tables = tree.findall(f".//{W}tbl")
    widths = {int(str(each.get(f"{W}w"))) for each in tree.iter(f"{W}gridCol")}
    heights = [
        [int(str(each.get(f"{W}val"))) for each in table.iter(f"{W}trHeight") if each.get(f"{W}hRule") == "exact"]
        for table in tables
    ]

    assert len(tables) == 4
    assert {len(t.findall(f"{W}tr")) for t in tables} == {8}
    assert {round(width / TWIPS, 1) for width in widths} == {95.0}
    assert {round((a + b) / TWIPS, 1) for high in heights for a, b in zip(high[::2], high[1::2], strict=True)} <= {
        69.2,
        69.3,
    }
    cells = [[said(cell) for cell in t.iter(f"{W}tc")] for t in tables]
    assert "front 1 " in cells[0][0]
    assert "back 1" in cells[1][1]
    assert "front 2 " in cells[0][1]
    assert "back 2" in cells[1][0]
    assert "Your own question" in cells[2][4]


def test_the_header_row_is_said_again_and_no_row_is_broken() -> None:
    """
    Tables have a real header row and a title for those who hear them.
    """
    for table in main(paper(*[b for b in EVERYTHING if not isinstance(b, nodes.Cards)])).iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))

        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_a_value_that_is_no_option_is_not_lost() -> None:
    """
    What was said instead of an option is there, ticked.
    """
    text = said(main(paper(nodes.Choice("c", "Row", ("yes", "no"), "not sure"))))

    assert text.count("☒") == 1
    assert "not sure" in text


ANY = st.text(st.characters(codec=None), max_size=60)


def shown(text: str) -> str:
    """
    What a text looks like in XML.
    """
    text = re.sub("\r\n|\r", "\n", text)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


@given(ANY.filter(str.strip))
def test_any_value_stands_there_as_it_is(text: str) -> None:
    """
    Whatever was typed is text in the file, letter by letter: signs of XML, control characters, lone halves.
    """
    canary = f"Q{text}Z"
    document = paper(
        line(canary),
        nodes.Facts((nodes.Fact("f", "F", canary), nodes.Fact("g", canary, "x"))),
        nodes.Actions("a", canary, ("What",), ((canary,),)),
        nodes.CodeBlock(canary),
        nodes.SignOff("s", canary, (), canary),
    )
    whole = said(main(document))

    assert whole.count(shown(canary)) == 7
    answer = said(main(paper(nodes.Answer("a", "A", 2, canary))))
    assert "".join(answer.split()) == "".join(shown(canary).split())


@given(ANY)
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    """
    Names, keys, titles and addresses may hold anything: the file is still XML in every part.
    """
    document = nodes.Document(
        kind=text, title=text, lang=text, label=text, organisation=text, marking=text, limits=text,
        blocks=(
            nodes.Heading(2, (nodes.Text(text),)), nodes.Choice(text, text, (text,), text),
            nodes.Cards((nodes.Card(text, text, text, text, text, 1),)),
            nodes.Paragraph((nodes.Link("https://x" + text, (nodes.Text(text),)),)), nodes.Table((nodes.Cell(((nodes.Text(text),),)),), ()), nodes.Answer(text, text, 0),
        ),
    )  # fmt: skip

    assert set(parts(document)) >= {"word/document.xml", "docProps/core.xml"}


def test_a_long_paper_takes_time_in_proportion() -> None:
    """
    Ten times the paper costs about ten times the time, not a hundred.
    """

    def seconds(times: int) -> float:
        document = paper(*EVERYTHING[:-3] * times)
        best = []
        for _ in range(3):
            begun = time.perf_counter()
            write(document)
            best.append(time.perf_counter() - begun)
        return min(best)

    assert seconds(40) < 40 * seconds(4)


# --- with outside tools


#: Programs that take long to look: they do where everything has to hold, and for whoever asks for it.
LONG = ("chromium", "ooxml-validator", "soffice")


def tool(name: str) -> str:
    """
    A program from PATH or from the folder in REFLECT_TOOLS; without it a test is skipped, but never in CI.
    """
    folder = os.environ.get("REFLECT_TOOLS", "")
    if name in LONG and not folder and os.environ.get("REFLECT_CI") != "1":
        pytest.skip(f"{name} takes long: set REFLECT_TOOLS to the folder of such programs, or to . if all are in PATH")
    places = [str(p) for p in (Path(folder), Path(folder) / "node_modules/.bin", Path("node_modules/.bin").absolute())]
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    if found:
        return found
    if os.environ.get("REFLECT_CI") == "1":
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


@pytest.mark.parametrize("document", [PAPER, DECK, paper()], ids=["everything", "cards", "nothing"])
def test_microsofts_validator_finds_nothing(document: nodes.Document, tmp_path: Path) -> None:
    """
    The Open XML SDK accepts a document with every kind of node.
    """
    file = tmp_path / "paper.docx"
    file.write_bytes(write(document))
    done = subprocess.run(
        [tool("ooxml-validator"), str(file)], capture_output=True, text=True, timeout=120, check=False
    )

    assert json.loads(done.stdout)["errors"] == []


def test_libreoffice_makes_pages_of_it(tmp_path: Path) -> None:
    """
    LibreOffice opens both papers and prints them; two sheets of cards are four pages.
    """
    for name, document in (("paper", PAPER), ("deck", DECK)):
        (tmp_path / f"{name}.docx").write_bytes(write(document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], capture_output=True, timeout=300, check=True)
    told = subprocess.run([tool("pdfinfo"), str(tmp_path / "deck.pdf")], capture_output=True, text=True, check=True)

    assert (tmp_path / "paper.pdf").stat().st_size > 10_000
    assert re.search(r"Pages:\s+4\b", told.stdout)


# --- what a page of everything needs


PROBE = """\
# A probe

What it is for.

1. one
2. two

Between them.

1. again
2. and again

Then from five.

5. five
6. six

Bullets.

* first level
  * second level
    * third level

Words with `inline code`, a [link](https://example.org/?a=1&b=2), a hard\\
break, A & B < C.
"""
#: What a template may hold besides, and a page may not, or shows to whoever leads alone.
MORE = """
> A quotation.

| Head & first | Second |
| --- | --- |
| this & that | 3 < 4 |

After the table.

## A part

### A part of it
"""
ASKING = "\n## A part\n\n- What happened?\n\n### A part of it\n\n- And then?\n"


def handout() -> bytes:
    """
    The probe as a model's page, and no option given.
    """
    return reflect.render(reflect.read_page(f"---\nkey: probe\n---\n{PROBE}{ASKING}"), "handout")


def template(folder: Path) -> bytes:
    """
    The probe as a user's template, and no option given.
    """
    (folder / "probe.md").write_text("---\nof: model\n---\n" + PROBE + MORE)
    return reflect.render(reflect.load("kolb-cycle"), "probe", templates=[folder])


@pytest.mark.parametrize("kind", ["page", "template"])
def test_the_probe_comes_out_as_word_would_have_it(kind: str, tmp_path: Path) -> None:
    """
    Sixteen checks that no converter of Markdown passes without options are passed, but for the validator's below.
    """
    data = handout() if kind == "page" else template(tmp_path)
    (tmp_path / "probe.docx").write_bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith((".xml", ".rels"))}
    main = files["word/document.xml"]
    paragraphs = {said(p): p for p in main.iter(f"{W}p")}

    def mark(text: str) -> tuple[str, str]:
        number = paragraphs[text].find(f"{W}pPr/{W}numPr")
        assert number is not None
        return values(number, "numId")[0], values(number, "ilvl")[0]

    def style(text: str) -> str:
        return values(paragraphs[text], "pStyle")[0]

    # Headings: Word's own styles, in order.
    outline = [s for s in values(main, "pStyle") if s == "Title" or s.startswith("Heading")]
    assert outline[0] == "Title"
    assert outline[1:3] == (["Heading1"] if kind == "page" else ["Heading1", "Heading2"])
    # The second list starts again, the third at five.
    starts = {n.get(f"{W}numId"): values(n, "startOverride") for n in files["word/numbering.xml"].iter(f"{W}num")}
    assert mark("one")[0] == mark("two")[0] != mark("again")[0]
    assert [starts[mark(text)[0]] for text in ("one", "again", "five")] == [["1"], ["1"], ["5"]]
    # Three levels of bullets, each with an indent of its own.
    levels = [mark(f"{which} level") for which in ("first", "second", "third")]
    assert [level for _, level in levels] == ["0", "1", "2"]
    (bullets,) = [n for n in files["word/numbering.xml"].iter(f"{W}abstractNum") if n.get(f"{W}abstractNumId") == "0"]
    lefts = [int(str(each.get(f"{W}left"))) for each in bullets.iter(f"{W}ind")]
    assert lefts[0] < lefts[1] < lefts[2]
    # The link leads where it says, code has a style, the hard break is Word's.
    links = [r.get("Target") for r in files["word/_rels/document.xml.rels"] if r.get("TargetMode") == "External"]
    assert links == ["https://example.org/?a=1&b=2"]
    assert [said(each) for each in main.iter(f"{W}hyperlink")] == ["link"]
    typed = ["".join(map(str, r.itertext())) for r in main.iter(f"{W}r") if "ReflectTyped" in values(r, "rStyle")]
    assert typed == ["inline code"]
    (long,) = [text for text in paragraphs if text.startswith("Words with")]
    assert "a hard\nbreak, A & B < C." in long
    if kind == "template":
        # A quotation has Word's style; a table has a header row, and its cells have their signs.
        assert style("A quotation.") == "Quote"
        (table,) = main.iter(f"{W}tbl")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")] == [True, False]
        assert [said(cell) for cell in table.iter(f"{W}tc")] == ["Head & first", "Second", "this & that", "3 < 4"]
    # No empty paragraph; title, language and no stranger as the author.
    shown = ("pPr/{0}sectPr", "r/{0}drawing")
    assert not [
        p for p in main.iter(f"{W}p")
        if not said(p).strip() and not any(p.find(W + each.format(W)) is not None for each in shown)
    ]  # fmt: skip
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.language, core.author) == ("A probe", "en-GB", "")
    assert values(files["word/styles.xml"], "lang") == ["en-GB"]


def test_the_validator_finds_nothing_in_the_probe(tmp_path: Path) -> None:
    """
    The Open XML SDK accepts the probe as a page and as a template.
    """
    for name, data in (("page", handout()), ("template", template(tmp_path))):
        file = tmp_path / f"{name}.docx"
        file.write_bytes(data)
        done = subprocess.run(
            [tool("ooxml-validator"), str(file)], capture_output=True, text=True, timeout=120, check=False
        )

        assert json.loads(done.stdout)["errors"] == []


def outline_of(data: bytes) -> list[int]:
    """
    The ranks of the headings of a Word file: 0 for the title.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    named = [s for s in values(tree, "pStyle") if s == "Title" or s.startswith("Heading")]
    return [0 if name == "Title" else int(re.sub(r"\D", "", name.partition("In")[0])) for name in named]


def skips(ranks: list[int]) -> bool:
    return any(after > before + 1 for before, after in itertools.pairwise([0, *ranks]))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_no_level_of_headings_is_skipped(levels: list[int]) -> None:
    """
    Whatever levels a template has, the outline in Word has no gap, and deeper headings stay deeper.
    """
    ranks = outline_of(write(paper(*(nodes.Heading(level, (nodes.Text("h"),)) for level in levels))))

    assert not skips(ranks)
    for (one, first), (two, second) in itertools.pairwise(zip(levels, ranks, strict=True)):
        assert (second > first) == (two > one) or second == first


# --- what stands in one another


def looks(document: nodes.Document) -> dict[str, str]:
    """
    The style of each paragraph, by its words.
    """
    return {said(p): values(p, "pStyle")[0] for p in main(document).iter(f"{W}p") if said(p)}


def indent(document: nodes.Document, style: str) -> int:
    """
    How far a style is indented, by itself or by the style it is based on.
    """
    (found,) = [s for s in parts(document)["word/styles.xml"].iter(f"{W}style") if s.get(f"{W}styleId") == style]
    own = found.find(f"{W}pPr/{W}ind")
    if own is not None and own.get(f"{W}left") is not None:
        return int(str(own.get(f"{W}left")))
    base = values(found, "basedOn")
    return indent(document, base[0]) if base else 0


def test_what_stands_in_an_item_stands_further_in() -> None:
    """
    Code, a quotation, a hint and a table in an item stand under its words, in styles based on their own.
    """
    inner = (
        line("item"), nodes.CodeBlock("code\n"), nodes.Quotation((line("quoted"),)), line("hint", "hint"), nodes.Heading(2, (nodes.Text("h"),)),
        nodes.Table((nodes.Cell(((nodes.Text("cell"),),)),), ()),
    )  # fmt: skip
    nested = nodes.Listing((item(*inner),))
    document = paper(nodes.Listing((item(line("outer"), nested),)))
    found = looks(document)
    (table,) = main(document).iter(f"{W}tblInd")

    assert [indent(document, found[text]) for text in ("code", "quoted", "hint", "h")] == [936, 1078, 794, 794]
    assert table.get(f"{W}w") == "794"
    whole = parts(document)["word/styles.xml"]
    based = {s.get(f"{W}styleId"): values(s, "basedOn") for s in whole.iter(f"{W}style")}
    assert [based[found[text]] for text in ("code", "quoted", "h")] == [["ReflectCode"], ["Quote"], ["Heading1"]]


def test_a_list_in_a_quotation_has_the_line_of_the_quotation() -> None:
    """
    What is quoted is marked as quoted, in lists and code too, and stands further in than the quotation.
    """
    listing = nodes.Listing((item(line("one"), line("more"), nodes.Listing((item(line("two")),))),))
    document = paper(nodes.Quotation((line("said"), listing, nodes.CodeBlock("code"))), listing)
    quoted = looks(paper(*document.blocks[:1]))
    numbering = parts(document)["word/numbering.xml"]

    assert quoted["one"] == "ReflectQuoteList"
    assert quoted["two"].startswith("ReflectQuoteList")
    assert quoted["more"].startswith("Quote")
    styles = {s.get(f"{W}styleId"): s for s in parts(document)["word/styles.xml"].iter(f"{W}style")}
    spaces = [styles[quoted[text]].find(f"{W}pPr/{W}pBdr/{W}left").get(f"{W}space") for text in ("two", "more")]
    assert spaces == ["30", "30"]  # 10, and the 20 points that a list stands in: the line stays where it is
    assert indent(document, quoted["code"]) == 284 + 142
    firsts = [n.find(f"{W}lvl/{W}pPr/{W}ind").get(f"{W}left") for n in numbering.iter(f"{W}abstractNum")]
    assert firsts == ["397", "397", str(397 + 284)]


def test_looks_that_meet_are_both_there() -> None:
    """
    Bold code is bold, stress within bold stress changes nothing, and a link looks like one whatever is in it.
    """
    both = nodes.Strong((nodes.Emphasis((nodes.Text("a"), nodes.Strong((nodes.Text("b"),)))),))
    link = nodes.Strong((nodes.Link("https://x.org/", (nodes.Emphasis((nodes.Text("d"),)), nodes.Code("e"))),))

    assert values(main(paper(nodes.Paragraph((both, nodes.Strong((nodes.Code("c"),)), link)))), "rStyle") == [
        *["ReflectStrongEmphasis"] * 2, "ReflectStrongTyped", *["ReflectStrongLink"] * 2,
    ]  # fmt: skip


def test_boxes_that_touch_stay_apart() -> None:
    """
    Two answers, two blocks of code or two quotations in a row do not run into one: their right edges differ by a hair.
    """
    for block in (
        nodes.Answer("a", "A", 1),
        nodes.Answer("a", "A", 2, "said"),
        nodes.CodeBlock("code"),
        nodes.Quotation((line("q"),)),
    ):
        used = [s for s in values(main(paper(block, block, block, line("end"))), "pStyle") if s != "BodyText"]

        assert used[0] == used[2] != used[1]
        assert values(main(paper(block, line("x"), block)), "pStyle").count(used[0]) == 2


def test_a_list_in_another_keeps_the_numbers_it_has() -> None:
    """
    A nested list has letters, but figures where it is longer than the alphabet or starts elsewhere than at one.
    """

    def formats(start: int, count: int = 1) -> set[str]:
        inner = nodes.Listing(tuple(item(line("n")) for _ in range(count)), start=start)
        tree = parts(paper(nodes.Listing((item(line("x"), inner),))))["word/numbering.xml"]
        number = values(main(paper(nodes.Listing((item(line("x"), inner),)))), "numId")[-1]
        (pattern,) = [values(n, "abstractNumId")[0] for n in tree.iter(f"{W}num") if n.get(f"{W}numId") == number]
        (found,) = [n for n in tree.iter(f"{W}abstractNum") if n.get(f"{W}abstractNumId") == pattern]
        return set(values(found, "numFmt"))

    assert formats(1) == {"decimal", "lowerLetter", "lowerRoman"}
    assert formats(0) == formats(7) == formats(1, 27) == {"decimal"}


def test_a_number_that_word_cannot_count_is_written() -> None:
    """
    A list that starts beyond Word's numbers has them as words.
    """
    tree = main(paper(nodes.Listing((item(line("high")), item(line("higher"))), start=123456789)))

    assert [said(p) for p in tree.iter(f"{W}p") if said(p)] == ["123456789.\thigh", "123456790.\thigher"]


def test_forty_columns_fit_the_page() -> None:
    """
    However many columns a table has, it is as wide as the text, and each has room for a letter.
    """
    row = tuple(nodes.Cell(((nodes.Text(f"c{n}"),),)) for n in range(40))
    tree = main(paper(nodes.Table(row, (row, row[:3]))))
    widths = [int(str(each.get(f"{W}w"))) for each in tree.iter(f"{W}gridCol")]

    assert (len(widths), sum(widths)) == (40, 8618)
    assert min(widths) > 200
    assert values(tree, "tblStyle") == ["ReflectSmallTable"]


def test_what_says_nothing_leaves_no_empty_paragraph() -> None:
    """
    An empty paragraph or heading is left out, and a section before cards ends with its last words.
    """
    tree = main(paper(line("words"), nodes.Paragraph(()), nodes.Heading(2, ()), line("last"), CARDS, line("end")))
    before = [p for p in tree.iter(f"{W}p") if p.find(f"{W}pPr/{W}sectPr") is not None]

    assert said(before[0]) == "last"
    assert not [p for p in tree.iter(f"{W}p") if p.getparent().tag != f"{W}tc" and not said(p)]


def test_an_address_has_only_signs_of_addresses() -> None:
    """
    Spaces, brackets and letters of other alphabets in an address are written as Word takes them; a query stays.
    """
    links = ("https://x.org/a b[é]%zz", "https://x.org/?a=1&b=%20", "mailto:a@b.org")
    rels = parts(paper(*(nodes.Paragraph((nodes.Link(to, (nodes.Text("x"),)),)) for to in links)))[
        "word/_rels/document.xml.rels"
    ]

    assert [r.get("Target") for r in rels if r.get("TargetMode") == "External"] == [
        "https://x.org/a%20b%5B%C3%A9%5D%25zz", "https://x.org/?a=1&b=%20", "mailto:a@b.org",
    ]  # fmt: skip


def test_what_belongs_together_is_on_one_page() -> None:
    """
    A box is on the page of its ticks, and these on that of the line under them; a short table does not part; what
    somebody types as comments does not bind the first signature to the second.
    """
    until = nodes.Fact("a.until", "until")
    ticks = nodes.Choice("a.outcome", "", ("decided", "put off", "dropped"), beside=until, after=2)
    name = nodes.Facts((nodes.Fact("a.name", "Name it?"),))
    table = nodes.Actions("actions", "Actions", ("What", "Who"), (("a", "b"),), blank=2)
    signed = nodes.SignOff("sign.a", "Worker", ("agreed",)), nodes.SignOff("sign.b", "Supervisor", ("agreed",))
    document = paper(nodes.Answer("a", "A", 2), ticks, name, table, *signed)
    styles = parts(document)["word/styles.xml"]
    kept = {
        str(style.get(f"{W}styleId"))
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}pPr/{W}keepNext") is not None and style.find(f"{W}pPr/{W}keepNext").get(f"{W}val") != "0"
    }
    used = values(main(document), "pStyle")

    stay = [each in kept for each in used]
    assert used[:4] == ["ReflectAnswerHint", "ReflectAnswerBlankKept", "ReflectOptionsUntilKept", "ReflectFactBelow"]
    assert stay[:4] == [True, True, True, False]
    assert [each for each in used if each.startswith("ReflectCell")] == ["ReflectCellKept"] * 6 + ["ReflectCell"] * 2
    assert used[used.index("ReflectBoxEnd") + 1] == "ReflectSigner"
    assert "ReflectBoxEnd" not in kept


def test_a_long_option_is_not_broken() -> None:
    """
    Options that would not be in one piece beside their label are below it, and stay on its page.
    """
    short = nodes.Choice("a", "Settled?", ("yes", "not reached"))
    long = nodes.Choice("b", "They say", ("that is how it was", "I remember it differently"))

    assert values(main(paper(short, long)), "pStyle") == ["ReflectTick", "ReflectAsked", "ReflectOptions"]
