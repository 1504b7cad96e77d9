"""
Word files: valid, restyled in one place, and every word and place to write in order.
"""

from __future__ import annotations

import io
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

from reflect.formats.word import write
from reflect.nodes import (
    Actions,
    Answer,
    Block,
    Break,
    Card,
    Cards,
    Cell,
    Choice,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Fact,
    Facts,
    Heading,
    Item,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Scale,
    SignOff,
    Span,
    Strong,
    Table,
    Text,
)
from tests.documents import everything_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS = 1440 / 25.4


def line(text: str, style: str = "") -> Paragraph:
    return Paragraph((Text(text),), style)


def item(*blocks: Block) -> Item:
    return Item(blocks)


LOOKS = ("", "eyebrow", "subtitle", "guidance", "prompt", "hint", "small", "space")
CARDS = Cards(
    tuple(
        Card(f"Deck {n} of 10", f"front {n} " + "long " * 9 * (n % 4), f"back {n}", "CC", "Part", n)
        for n in range(1, 11)
    )
)
EVERYTHING: tuple[Block, ...] = (
    line("kind", "eyebrow"),
    Heading(1, (Text("The title"),)),
    *(line(f"look {style}", style) for style in LOOKS),
    Facts(tuple(Fact(f"fact-{n}", f"Label {n}", "known" if n % 2 else "") for n in range(5))),
    Heading(2, (Span("label", (Text("10:05"),)), Text(" Staged "), Span("aside", (Text("5 minutes"),)))),
    Heading(3, (Text("Third"),)),
    Heading(4, (Text("Fourth"),)),
    Paragraph((
        Text("plain "), Strong((Text("strong "), Emphasis((Text("both"),)))), Break(), Code("typed  twice"), Text(" "),
        Link("https://example.org/?a=1&b=2", (Text("a "), Strong((Text("link"),)))), Span("muted", (Text(" muted"),)),
    )),
    Listing((item(line("b1"), line("b1 goes on")), item(line("b2"), Listing((item(line("b2.1")),), start=1)))),
    Listing((item(line("n1")), item(line("n2"))), start=1),
    Listing((item(line("m5")), item(line("m6"), CodeBlock("in an item"))), start=5, style="compact"),
    Quotation((line("quoted"), Listing((item(line("in it")),)))),
    CodeBlock("a  b\n\tc\n"),
    Rule(),
    Table(
        (Cell(((Text("H1"),),)), Cell(((Text("H2"),),))),
        ((Cell(((Text("c1"),), (Text("c1 more"),))), Cell(())), (Cell(((Text("only"),),)),)),
    ),
    Table((Cell(((Text("J"),),)),), (), style="compact"),
    line("after a table"),
    line("Ask?", "prompt"),
    line("a hint", "hint"),
    Answer("m.ask", "Ask?", 4),
    Answer("m.alone" + "x" * 80, "L" * 90, 2, "said\nhere\n\nand there"),
    line("Tick?", "prompt"),
    Choice("m.tick", "", ("yes", "no"), "no"),
    Choice("m.row", "A row", ("yes", "no"), "something else"),
    Scale("m.scale", "How?", "none", "enough", "yours", "7"),
    Actions("actions", "Actions agreed", ("What", "Who", "By when"), (("do <it>", "me", ""),), 2),
    Facts((Fact("next-date", "Next time"),)),
    SignOff("sign.a", "Worker", ("agreed", "not agreed"), "A. Name", "4 May", "fine\n\nby me", "agreed"),
    SignOff("sign.b", "Supervisor", ("agreed", "not agreed")),
    CARDS,
    line("after the cards"),
    Table((Cell(((Text("last"),),)),), ()),
)  # fmt: skip
PAPER = Document(
    kind="agenda",
    title="The title",
    lang="en-GB",
    label="Label",
    organisation="Anytown & Sons",
    marking="OFFICIAL-SENSITIVE",
    limits="Between us",
    blocks=EVERYTHING,
)
DECK = Document(kind="cards", title="Deck", blocks=(Heading(1, (Text("Deck"),)), CARDS))


def paper(*blocks: Block) -> Document:
    return attrs.evolve(PAPER, blocks=blocks)


def parts(document: Document) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(write(document))) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def main(document: Document) -> etree._Element:
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
    hidden = {"style", "key", "to", "kind"}
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, tuple):
        for each in value:
            yield from written_words(each)
    elif attrs.has(type(value)):
        if isinstance(value, (Answer, Scale, Actions)):
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
    Room is made by styles: a paragraph without words only ends a section, parts two tables or ends the paper.
    """
    body = main(PAPER).find(f"{W}body")
    assert body is not None
    for each in body.iter(f"{W}p"):
        if each.getparent().tag == f"{W}tc" or each.find(f"{W}pPr/{W}sectPr") is not None:
            continue
        if any(t.text for t in each.iter(f"{W}t")):
            continue
        before, after = each.getprevious(), each.getnext()
        assert before is not None
        assert before.tag == f"{W}tbl"
        assert after is not None
        assert after.tag in (f"{W}tbl", f"{W}sectPr")


@pytest.mark.parametrize("document", [PAPER, DECK])
def test_every_style_exists(document: Document) -> None:
    """
    The body names only styles that the file holds, of the right kind.
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

    assert len(set(numbers)) == len(numbers) > 90
    assert all(0 < int(number) < 2**31 for number in map(str, numbers))
    assert len(set(bookmarks)) == len(bookmarks)
    assert all(re.fullmatch(r"_rf_\w{1,36}", name, re.ASCII) for name in bookmarks)
    assert all(len(text) <= 64 for text in values(tree, "tag") + values(tree, "alias"))


def test_every_key_can_be_found_by_tag_and_by_prompt() -> None:
    """
    A place to write is tagged with its key, and a hidden bookmark holds the words that ask.
    """
    tree = main(
        paper(line("Ask?", "prompt"), line("hint", "hint"), Answer("m.ask", "Ask?", 3), Facts((Fact("when", "Date"),)))
    )
    asked = {}
    for start in tree.iter(f"{W}bookmarkStart"):
        found = [each for each in start.itersiblings() if each.tag in (f"{W}r", f"{W}bookmarkEnd")]
        asked[re.sub(r"_[0-9a-f]{8}$", "", str(start.get(f"{W}name")))] = said(found[0])

    assert values(tree, "tag") == ["m.ask", "when"]
    assert asked == {"_rf_m_ask": "Ask?", "_rf_when": "Date"}


def test_a_blank_answer_has_its_lines_and_a_filled_one_its_paragraphs() -> None:
    """
    Blank room is one paragraph of so many lines; an empty line in an answer begins a paragraph, a line end does not.
    """
    blank, filled = main(paper(Answer("a", "A", 4))), main(paper(Answer("a", "A", 4, "one\ntwo\n\nthree")))
    inside = f".//{W}sdtContent/{W}p"

    assert [said(p).count("\n") for p in blank.findall(inside)] == [3]
    assert blank.find(f".//{W}showingPlcHdr") is not None
    assert [said(p) for p in filled.findall(inside)] == ["one\ntwo", "three"]
    assert filled.find(f".//{W}showingPlcHdr") is None


def test_properties_name_the_paper_and_no_stranger() -> None:
    """
    Title, language and kind are set; whose paper it is stands as its author, or nobody does.
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


def test_cards_are_ninety_by_sixty_seven_and_a_half() -> None:
    """
    Eight cards fit an A4 sheet, to the tenth of a millimetre, and each back lies behind its front.
    """
    tree = main(DECK)
    tables = tree.findall(f".//{W}tbl")
    widths = {int(str(each.get(f"{W}w"))) for each in tree.iter(f"{W}gridCol")}
    heights = {(int(str(each.get(f"{W}val"))), each.get(f"{W}hRule")) for each in tree.iter(f"{W}trHeight")}

    assert len(tables) == 4
    assert {len(t.findall(f"{W}tr")) for t in tables} == {4}
    assert {round(width / TWIPS, 1) for width in widths} == {90.0}
    assert {(round(height / TWIPS, 1), rule) for height, rule in heights} == {(67.5, "exact")}
    cells = [[said(cell) for cell in t.iter(f"{W}tc")] for t in tables]
    assert "front 1 " in cells[0][0]
    assert "back 1" in cells[1][1]
    assert "front 2 " in cells[0][1]
    assert "back 2" in cells[1][0]
    assert "Your own question" in cells[2][2]


def test_the_header_row_is_said_again_and_no_row_is_broken() -> None:
    """
    Tables have a real header row and a title for those who hear them.
    """
    for table in main(paper(*[b for b in EVERYTHING if not isinstance(b, Cards)])).iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))

        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_a_value_that_is_no_option_is_not_lost() -> None:
    """
    What was said instead of an option stands there, ticked.
    """
    text = said(main(paper(Choice("c", "Row", ("yes", "no"), "not sure"))))

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
        Facts((Fact("f", "F", canary), Fact("g", canary, "x"))),
        Actions("a", canary, ("What",), ((canary,),)),
        CodeBlock(canary),
        SignOff("s", canary, (), canary),
    )
    whole = said(main(document))

    assert whole.count(shown(canary)) == 7
    answer = said(main(paper(Answer("a", "A", 2, canary))))
    assert "".join(answer.split()) == "".join(shown(canary).split())


@given(ANY)
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    """
    Names, keys, titles and addresses may hold anything: the file is still XML in every part.
    """
    document = Document(
        kind=text, title=text, lang=text, label=text, organisation=text, marking=text, limits=text,
        blocks=(
            Heading(2, (Text(text),)), Choice(text, text, (text,), text),
            Cards((Card(text, text, text, text, text, 1),)),
            Paragraph((Link("https://" + text, (Text(text),)),)), Table((Cell(((Text(text),),)),), ()), Answer(text, text, 0),
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


def tool(name: str) -> str:
    """
    A program from PATH or from the folder in REFLECT_TOOLS; without it a test is skipped, but never in CI.
    """
    folder = os.environ.get("REFLECT_TOOLS", "")
    places = [str(p) for p in (Path(folder), Path(folder) / "node_modules/.bin", Path("node_modules/.bin").absolute())]
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    if found:
        return found
    if os.environ.get("REFLECT_CI") == "1":
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


@pytest.mark.parametrize("document", [PAPER, DECK, paper()], ids=["everything", "cards", "nothing"])
def test_microsofts_validator_finds_nothing(document: Document, tmp_path: Path) -> None:
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
