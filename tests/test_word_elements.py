"""
What a person did in Word by hand is content: each element of a paragraph is read, named, or left out on purpose.
"""

from __future__ import annotations

import functools
import io
import re
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from reflect import render
from reflect.cli import main
from reflect.files.office import open_package
from reflect.reading_back import read
from reflect.sessions.record import Record
from reflect.word_files.symbol_fonts import UNKNOWN, read_symbol
from reflect.word_files.word_elements import DELETED, LEFT_OUT_BECAUSE
from reflect.word_files.word_file import Beside, WordFile
from reflect.word_files.word_reading import read_word_file
from reflect.word_files.word_xml import WORD, W
from tests.hostile import BODY, packed

MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
SEEN = "<w:r><w:t>Seen</w:t></w:r>"
PARA = f"<w:p>{SEEN}</w:p>"

# --- the schema (ECMA-376, part 1, annex A): its groups of elements

RANGES = [
    "bookmarkStart",
    "bookmarkEnd",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
]
#: EG_RunLevelElts, with EG_RangeMarkupElements in it.
RUN_LEVEL = ["proofErr", "permStart", "permEnd", *RANGES, "ins", "del", "moveFrom", "moveTo", "m:oMathPara", "m:oMath"]
#: EG_BlockLevelElts, with what else a body and a cell hold.
BLOCKS = ["customXml", "sdt", "p", "tbl", *RUN_LEVEL, "altChunk", "sectPr", "tcPr"]
#: EG_PContent, with the properties of a paragraph.
INLINE = ["customXml", "smartTag", "sdt", "dir", "bdo", "r", *RUN_LEVEL, "fldSimple", "hyperlink", "subDoc", "pPr"]
#: EG_RunInnerContent, with the properties of a run.
IN_RUNS = [
    "br",
    "t",
    "contentPart",
    "delText",
    "instrText",
    "delInstrText",
    "noBreakHyphen",
    "softHyphen",
    "dayShort",
    "monthShort",
    "yearShort",
    "dayLong",
    "monthLong",
    "yearLong",
    "annotationRef",
    "footnoteRef",
    "endnoteRef",
    "separator",
    "continuationSeparator",
    "sym",
    "pgNum",
    "cr",
    "tab",
    "object",
    "pict",
    "fldChar",
    "ruby",
    "footnoteReference",
    "endnoteReference",
    "commentReference",
    "drawing",
    "ptab",
    "lastRenderedPageBreak",
    "rPr",
]
#: EG_ContentRowContent and EG_ContentCellContent, with the properties of tables and rows.
ROWS = ["tr", "customXml", "sdt", *RUN_LEVEL, "tblPr", "tblGrid"]
CELLS = ["tc", "customXml", "sdt", *RUN_LEVEL, "trPr", "tblPrEx"]
#: What is in others of these beside their content.
WITHIN = ["sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr", "fldData", "tblStylePr"]

#: What those need in them that cannot hold the same as the others.
CONTENT = {
    "t": "Seen",
    "sdt": "<w:sdtContent>{}</w:sdtContent>",
    "ruby": f"<w:rubyPr/><w:rt>{SEEN}</w:rt><w:rubyBase>{SEEN}</w:rubyBase>",
    "m:oMath": f"<m:r {MATHS}><m:t>Seen</m:t></m:r>",
    "m:oMathPara": f"<m:oMath {MATHS}><m:r><m:t>Seen</m:t></m:r></m:oMath>",
    "pict": f"<w:txbxContent>{PARA}</w:txbxContent>",
    "drawing": f"<w:txbxContent>{PARA}</w:txbxContent>",
    "object": f"<w:txbxContent>{PARA}</w:txbxContent>",
    "tr": f"<w:tc>{PARA}</w:tc>",
}
#: What an element is instead of words.
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "sym": "\u2192"}
LEVELS = {
    "block": (BLOCKS, PARA, "{}"),
    "inline": (INLINE, SEEN, "<w:p>{}</w:p>"),
    "run": (IN_RUNS, "", "<w:p><w:r>{}</w:r></w:p>"),
    "row": (ROWS, f"<w:tr><w:tc>{PARA}</w:tc></w:tr>", "<w:tbl>{}</w:tbl>"),
    "cell": (CELLS, f"<w:tc>{PARA}</w:tc>", "<w:tbl><w:tr>{}</w:tr></w:tbl>"),
}
KNOWN_NAMES = {name for names, _, _ in LEVELS.values() for name in names} | set(WITHIN)


def word_file(level: str, name: str) -> WordFile:
    """
    A file with one element of the schema at a level, and words in it where it can have them.
    """
    _, usual, round_it = LEVELS[level]
    inner = {"tbl": f"<w:tr><w:tc>{PARA}</w:tc></w:tr>", "p": SEEN, "tc": PARA, "r": "<w:t>Seen</w:t>"}.get(name)
    inner = CONTENT.get(name, usual).format(usual) if inner is None else inner
    given = ' w:font="Wingdings" w:char="F0E0"' if name == "sym" else ""
    tag, names = (name, f" {MATHS}") if name.startswith("m:") else (f"w:{name}", "")
    body = round_it.format(f"<{tag}{names}{given}>{inner}</{tag}>")
    parts = {name: paper()[name] for name in ("[Content_Types].xml", "_rels/.rels")}
    whole = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return read_word_file(open_package(packed({**parts, BODY: whole.encode()}, method=zipfile.ZIP_STORED)))


def stored(more: dict[str, str], *marks: str) -> bytes:
    """
    A paper with these parts in the place of its own.
    """
    parts = {**paper(*marks), **{name: text.encode() for name, text in more.items()}}
    needed = {name: data for name, data in parts.items() if not name.startswith(("word/theme", "word/glossary"))}
    return packed(needed, method=zipfile.ZIP_STORED)


@pytest.mark.parametrize("level", LEVELS)
def test_each_element_is_read_or_named_or_left_out_on_purpose(level: str) -> None:
    """
    The words in an element are read, or something is said, or the element is on the list with its reason.
    """
    left_out = {each for names in LEFT_OUT_BECAUSE.values() for each in names} | {"bookmarkStart", "fldChar"}
    wrong = []
    for name in LEVELS[level][0]:
        file = word_file(level, name)
        text = "".join(para.text for para in file.paras)
        if f"{W}{name}" in DELETED:
            right = (text, file.changes.count) == ("", 1)
        elif name in left_out:
            right = not text and not file.kinds
        else:
            right = "Seen" in text or SIGNS.get(name, "!") in text or bool(file.kinds)
        if not right or Beside.UNKNOWN in file.kinds:
            wrong.append((name, text, dict(file.kinds)))

    assert wrong == []


def test_the_list_of_what_is_left_out_has_only_elements_of_the_schema() -> None:
    """
    Nothing is on the list by a slip of the pen, and no element twice.
    """
    names = [name for row in LEFT_OUT_BECAUSE.values() for name in row]

    assert len(set(names)) == len(names)
    assert set(names) <= KNOWN_NAMES


@pytest.mark.parametrize("level", LEVELS)
def test_an_element_of_tomorrow_is_named(level: str) -> None:
    """
    What no list knows is told as unknown, so that nothing goes without a word.
    """
    assert Beside.UNKNOWN in word_file(level, "tomorrow").kinds


# --- in a box of a paper


@functools.cache
def paper(*marks: str) -> dict[str, bytes]:
    data = render("arrive@3 + kolb-cycle@40", "record", reader="supervisor", marks=marks)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def filled(inner: str, key: str = "item-2", more: dict[str, str] | None = None) -> Record:
    """
    The record in a paper with this in one of its boxes; *more* are parts in the place of its own.
    """
    return read(data_of(inner, key, more))


def data_of(inner: str, key: str = "item-2", more: dict[str, str] | None = None) -> bytes:
    body = paper()[BODY].decode()
    box = rf'(<w:tag w:val="{key}(?![.\w-])[^"]*"/>(?:(?!<w:sdtContent>).)*<w:sdtContent>)(.*?)(</w:sdtContent>)'
    body, times = re.subn(box, lambda match: match[1] + inner + match[3], body, count=1, flags=re.DOTALL)
    assert times
    return stored({BODY: body, **(more or {})})


def doubts(record: Record, key: str = "item-2") -> list[str]:
    assert record.reading is not None
    return [doubt for known, doubt in record.reading.doubts if known == key]


def run(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def fraction(top: str, below: str) -> str:
    return (
        f"<m:oMath {MATHS}><m:f><m:num><m:r><m:t>{top}</m:t></m:r></m:num>"
        f"<m:den><m:r><m:t>{below}</m:t></m:r></m:den></m:f></m:oMath>"
    )


def power(base: str, top: str) -> str:
    return (
        f"<m:oMath {MATHS}><m:sSup><m:e><m:r><m:t>{base}</m:t></m:r></m:e>"
        f"<m:sup><m:r><m:t>{top}</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
LINK = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "{}" </w:instrText></w:r>'
PICTURE = (
    '<w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r>'
)
CHART = '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>'
EITHER = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)

POLICY = "policy (https://example.org/p)"
DRAWN_WORDS = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">c</a:t>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def field(text: str, result: str = "") -> str:
    """
    A field with this code, and with a result if that is given.
    """
    middle = FIELD.format("separate") + result if result else ""
    return FIELD.format("begin") + code(f" {text} ") + middle + FIELD.format("end")


#: By what was done: what is in the paragraph, what is read, and what is said about it.
BY_HAND = {
    "crossed out": (run("Close it.", "<w:strike/>") + run("Keep it."), "Keep it.", Beside.STRUCK),
    "crossed out twice": (run("Close it. ", "<w:dstrike/>") + run("Keep it."), "Keep it.", Beside.STRUCK),
    "not crossed out": (run("Keep it.", '<w:strike w:val="0"/>'), "Keep it.", None),
    "all crossed out": (run("Close it.", "<w:strike/>"), "", Beside.STRUCK),
    "hidden": (run("Aside. ", "<w:vanish/>") + run("Keep it."), "Keep it.", Beside.HIDDEN),
    "an arrow": (run("a ") + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(" b"), "a \u2192 b", None),
    "a smile": ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "\u263a", None),
    "a smile from a letter": (run("J", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "\u263a", None),
    "a tick of another font": ('<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>', "\u2713", None),
    "at most": ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>' + run("3"), "\u22643", None),
    "an unknown sign": ('<w:r><w:sym w:font="Bliss" w:char="F0E0"/></w:r>' + run("b"), "\ufffdb", Beside.SIGN),
    "a page break": (run("a") + '<w:r><w:br w:type="page"/></w:r>' + run("b"), "a\nb", None),
    "a column break": (run("a") + '<w:r><w:br w:type="column"/></w:r>' + run("b"), "a\nb", None),
    "a soft hyphen": (run("door") + "<w:r><w:softHyphen/></w:r>" + run("way"), "doorway", None),
    "a half": (run("ratio ") + fraction("1", "2"), "ratio 1/2", Beside.EQUATION),
    "a sum below a line": (fraction("a+b", "2"), "(a+b)/2", Beside.EQUATION),
    "a square": (power("x", "2"), "x^2", Beside.EQUATION),
    "a reading": (
        f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>",
        "漢(kan)",
        None,
    ),
    "a link in a field": (
        FIELD.format("begin") + LINK.format("https://example.org/p") + FIELD.format("separate")
        + run("policy") + FIELD.format("end") + run(" b"),
        "policy (https://example.org/p) b",
        None,
    ),
    "a link that shows itself": (
        '<w:fldSimple w:instr=\' HYPERLINK "https://example.org/" \'>' + run("example.org") + "</w:fldSimple>",
        "example.org",
        None,
    ),
    "a link into a folder": (
        '<w:fldSimple w:instr=\' HYPERLINK "file:///C:/Users/am/p.docx" \'>' + run("policy") + "</w:fldSimple>",
        "policy",
        Beside.LINK,
    ),
    "a link that leads nowhere": (
        '<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId99">'
        + run("policy") + "</w:hyperlink>",
        "policy",
        Beside.LINK,
    ),
    "the code of a field": (
        FIELD.format("begin") + run("IF 1") + FIELD.format("separate") + run("yes") + FIELD.format("end"),
        "yes",
        None,
    ),
    "a field that never ends": (FIELD.format("begin") + run("a"), "a", None),
    "a picture": (run("a") + PICTURE, "a", Beside.PICTURE),
    "only a picture": (PICTURE, "", Beside.PICTURE),
    "a chart": (run("a") + CHART, "a", Beside.CHART),
    "a text box in a box": (run("a") + EITHER.format(f"<w:p>{run('b')}</w:p>"), "a\nb", None),
    "a tick that is not ours": (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        + run("\u2612") + "</w:sdtContent></w:sdt>" + run(" yes"),
        "\u2612 yes",
        None,
    ),
    "a tick of an old form": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>'
        f"</w:r>{FIELD.format('end')}" + run(" yes"),
        "\u2612 yes",
        None,
    ),
    "a sign that is a field": (run("a ") + field(r"SYMBOL 252 \f Wingdings"), "a \u2713", None),
    "an unknown sign that is a field": (run("a ") + field(r"SYMBOL 61664 \f Bliss"), "a ", Beside.SIGN),
    "words in the code of a button": (field("MACROBUTTON NoMacro moved house") + run(" b"), "moved house b", None),
    "words struck by a formula": (run("a") + field(r"EQ \o(b,/)"), "a", Beside.FIELD),
    "a number that is a field": (field("LISTNUM") + run("a"), "a", Beside.FIELD),
    "an entry of the index": (run("a") + field('XE "a"') + run("b"), "ab", None),
    "a field in the code of another": (
        FIELD.format("begin") + code("IF ") + field("LISTNUM") + code(" = 1 a b") + FIELD.format("separate")
        + run("b") + FIELD.format("end"),
        "b",
        None,
    ),
    "today, whenever that is": (field(r'DATE \@ "d MMMM"', run("4 March")), "4 March", Beside.FILLED_IN),
    "today in a short field": (
        '<w:fldSimple w:instr=" time ">' + run("10:00") + "</w:fldSimple>",
        "10:00",
        Beside.FILLED_IN,
    ),
    "a link in curly marks": (field("HYPERLINK “https://example.org/p”", run("policy")), POLICY, None),
    "a link without marks": (field(r"HYPERLINK https://example.org/p \o tip", run("policy")), POLICY, None),
    "a link to a place in the file": (field(r'HYPERLINK \l "below"', run("policy")), "policy", None),
    "a link to a part of a page": (
        field(r'HYPERLINK "https://example.org/p" \l "part"', run("policy")), POLICY, None
    ),
    "words drawn beside a text box": (
        f"<w:r><w:drawing><w:txbxContent><w:p>{run('b')}</w:p></w:txbxContent>{DRAWN_WORDS}</w:drawing></w:r>",
        "b",
        Beside.DRAWING,
    ),
    "a hidden text box": (
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:txbxContent><w:p>{run('b')}</w:p></w:txbxContent></w:pict></w:r>"
        + run("a"),
        "a",
        Beside.HIDDEN,
    ),
    "moved away": (f'<w:moveFrom w:author="AM">{run("a")}</w:moveFrom>' + run("b"), "b", None),
}  # fmt: skip


@pytest.mark.parametrize("what", BY_HAND)
def test_what_was_done_by_hand_is_read_or_said(what: str) -> None:
    """
    In a box it is read as people see it, or the place is named with what is left out.
    """
    inner, text, said = BY_HAND[what]
    record = filled(f"<w:p>{inner}</w:p>")

    assert record.answer("item-2") == text
    assert doubts(record) == ([str(said)] if said else [])


def test_a_table_in_a_box_is_read_and_said() -> None:
    """
    A pasted table, with another in it, stays in its box: each word once, and the place is named.
    """
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>"
    table = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p>{inner}<w:p/></w:tc><w:tc><w:p>{run('c')}</w:p></w:tc></w:tr></w:tbl>"
    )
    record = filled(table)

    assert record.answer("item-2").split() == ["a", "b", "c"]
    assert doubts(record) == [str(Beside.TABLE)]


def test_a_table_like_that_of_actions_stays_in_its_box() -> None:
    """
    A table with the names of our columns, pasted into an answer, is a part of the answer and no list of actions.
    """

    def row(*texts: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in texts) + "</w:tr>"

    record = filled(f"<w:tbl>{row('What', 'Who', 'By when')}{row('a', 'b', 'c')}</w:tbl>")

    assert (record.actions, record.answer("item-2").split()) == ((), ["What", "Who", "By", "when", "a", "b", "c"])


def test_a_web_page_pasted_whole_is_named() -> None:
    """
    What web tools paste is in a part of its own, which nobody reads.
    """
    assert doubts(filled(f"<w:altChunk/><w:p>{run('a')}</w:p>")) == [str(Beside.IMPORTED)]


#: What is left out of an equation: its run or box, and why.
IN_MATHS = {
    "struck": ("<m:r><w:rPr><w:strike/></w:rPr><m:t>12</m:t></m:r>", Beside.STRUCK),
    "hidden": ("<m:r><w:rPr><w:vanish/></w:rPr><m:t>12</m:t></m:r>", Beside.HIDDEN),
    "struck words": ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>12</w:t></w:r>", Beside.STRUCK),
    "a struck box": (
        "<m:borderBox><m:borderBoxPr><m:strikeTLBR/></m:borderBoxPr><m:e><m:r><m:t>12</m:t></m:r></m:e></m:borderBox>",
        Beside.STRUCK,
    ),
    "a box": (
        '<m:borderBox><m:borderBoxPr><m:strikeH m:val="0"/></m:borderBoxPr><m:e><m:r><m:t>12</m:t></m:r></m:e>'
        "</m:borderBox>",
        None,
    ),
}


@pytest.mark.parametrize("what", IN_MATHS)
def test_what_is_crossed_out_in_an_equation_is_left_out_too(what: str) -> None:
    """
    Its runs have the looks of any other, and its boxes have lines of their own.
    """
    part, why = IN_MATHS[what]
    record = filled(f"<w:p><m:oMath {MATHS}>{part}<m:r><m:t>3</m:t></m:r></m:oMath></w:p>")

    assert record.answer("item-2") == ("3" if why else "123")
    assert doubts(record) == [str(each) for each in (Beside.EQUATION, why) if each]


def test_a_row_that_is_hidden_is_named() -> None:
    """
    Nobody sees it, in a table of somebody's own and in ours.
    """
    hidden, row = "<w:trPr><w:hidden/></w:trPr>", "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = (row.format(*each) for each in (("", "a"), (hidden, "b"), (hidden, ""), ("", "c")))
    record = filled(f"<w:tbl>{''.join(rows)}</w:tbl>")

    assert record.answer("item-2") == "a\nc"
    assert doubts(record) == [Beside.HIDDEN, Beside.TABLE]


def test_an_equation_is_crossed_out_by_the_style_of_its_paragraph() -> None:
    """
    And so are all paragraphs that name no style, by the style that is usual in the file.
    """
    looks = "<w:rPr><w:strike/></w:rPr></w:style></w:styles>"
    styles = paper()["word/styles.xml"].decode()
    named = styles.replace("</w:styles>", f'<w:style w:type="paragraph" w:styleId="Gone">{looks}')
    usual = re.sub(r'(w:styleId="Normal".*?)(</w:style>)', rf"\1{looks.partition('</w:style>')[0]}\2", styles, count=1)
    gone = '<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>' + fraction("1", "2") + "</w:p>"

    assert filled(gone + f"<w:p>{run('b')}</w:p>", more={"word/styles.xml": named}).answer("item-2") == "b"
    assert filled(f"<w:p>{run('a')}</w:p>", more={"word/styles.xml": styles}).answer("item-2") == "a"
    assert filled(f"<w:p>{run('a')}</w:p>", more={"word/styles.xml": usual}).answer("item-2") == ""


@pytest.mark.parametrize("style", ["Gone", "GoneToo"])
def test_a_style_that_crosses_out_does(style: str) -> None:
    """
    A style of words or of paragraphs crosses out, and so does one that is based on it; two of them undo each other.
    """
    parts = paper()
    styles = (
        parts["word/styles.xml"]
        .decode()
        .replace(
            "</w:styles>",
            '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="GoneToo"><w:basedOn w:val="Gone"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="GonePara"><w:rPr><w:strike/></w:rPr></w:style></w:styles>',
        )
    )
    look = f'<w:rStyle w:val="{style}"/>'
    para = '<w:p><w:pPr><w:pStyle w:val="GonePara"/></w:pPr>{}</w:p>'
    more = {"word/styles.xml": styles}

    assert filled(f"<w:p>{run('a', look)}{run('b')}</w:p>", more=more).answer("item-2") == "b"
    assert filled(para.format(run("a")) + f"<w:p>{run('b')}</w:p>", more=more).answer("item-2") == "b"
    assert filled(para.format(run("a", look) + run("b")), more=more).answer("item-2") == "a"


def test_the_option_that_is_not_crossed_out_counts() -> None:
    """
    On a line of options, crossed-out words show which one is not meant; ticks that were crossed out are none.
    """
    body = paper("boxes")[BODY].decode()
    line = re.search(r"<w:p>(?:(?!</w:p>).)*item-2\.outcome.*?</w:p>", body, re.DOTALL)
    assert line
    first, *others = re.split(r"(?=<w:sdt>)", line[0])
    box, *words = re.split(r"(?<=</w:sdt>)", others[0])
    gone = [re.sub(r"(?<=<w:r>)(<w:rPr>.*?</w:rPr>)?", "<w:rPr><w:strike/></w:rPr>", each) for each in others[1:]]
    record = read(stored({BODY: body.replace(line[0], "".join([first, box, *words, *gone]))}, "boxes"))

    assert record.outcome("item-2") == "talked about"
    assert doubts(record, "item-2.outcome") == ["the others are struck through"]


def test_what_is_crossed_out_in_a_line_or_a_cell_is_left_out_too() -> None:
    """
    In a fact, in a table of actions and in words beside a question nothing crossed out is read, and each place is named.
    """
    both = run("AM", "<w:strike/>") + run("BK")
    fact = filled(both, key="supervisee")
    row = filled(both, key=r"actions\.1\.1")

    assert dict(fact.facts)["supervisee"] == "BK"
    assert doubts(fact, "supervisee") == [str(Beside.STRUCK)]
    assert [action.what for action in row.actions] == ["BK"]
    assert doubts(row, "actions") == [str(Beside.STRUCK)]
    assert filled(run("AM", "<w:strike/>"), key=r"actions\.1\.1").actions == ()


LISTS = (
    '<w:abstractNum w:abstractNumId="90">{}</w:abstractNum><w:abstractNum w:abstractNumId="91">{}</w:abstractNum>'
    '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num><w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>'
).format(
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>',
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl>',
)


def item(text: str, list_id: int, level: int = 0) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr>{run(text)}</w:p>"


#: What a file may have many of: how each grows.
MANY = {
    "fields that never end": (FIELD.format("begin") + run("a")).__mul__,
    "links": lambda n: "".join(
        f"<w:fldSimple w:instr=' HYPERLINK \"https://example.org/{k}\" '>{run('a')}</w:fldSimple>" for k in range(n)
    ),
    "crossed-out words": lambda n: (run("a", "<w:strike/>") + run("b")) * n,
    "pages": lambda n: f"</w:p>{BREAK}<w:p>" * n,
    "hints": lambda n: (run("Write here") + "</w:p><w:p>") * n,
    "boxes": lambda n: EITHER.format(f"<w:p>{run('b')}</w:p>") * n,
    "equations": (fraction("a+b", "2")).__mul__,
    "items of lists": lambda n: "</w:p>" + item("a", 1) * n + "<w:p>",
}
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@functools.cache
def calls_of(inner: str) -> int:
    """
    How many calls it takes to read a paper with this in a box.
    """
    count = 0

    def counted(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        filled(inner)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("what", MANY)
def test_reading_grows_with_what_there_is(what: str) -> None:
    """
    Twice as much of anything takes about twice as many calls.
    """
    filled("<w:p/>")  # the blank is made once
    none = calls_of("<w:p></w:p>")
    one, two = (calls_of(f"<w:p>{MANY[what](n)}</w:p>") for n in (40, 80))

    assert two - none < 2.2 * (one - none)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (item("a", 91) + item("b", 91), "a\nb"),
        (item("a", 90) + item("b", 90), "3. a\n4. b"),
        (item("a", 91) + f"<w:p>{run('then')}</w:p>" + item("b", 91), "a\nthen\n2) b"),
        (item("a", 91) + item("b", 91, 1) + item("c", 91, 1), "a\n1.i b\n1.ii c"),
    ],
)
def test_the_numbers_of_a_list_stay_as_they_were_seen(inner: str, text: str) -> None:
    """
    A list that begins at one is a list; where the numbers would change on our paper, they stay in the words.
    """
    numbering = paper()["word/numbering.xml"].decode().replace("</w:numbering>", LISTS + "</w:numbering>")

    assert filled(inner, more={"word/numbering.xml": numbering}).answer("item-2") == text


def test_what_is_typed_into_the_header_is_kept() -> None:
    """
    Words in a header or footer are kept under no question, with a note; what is printed there is not.
    """
    header = paper()["word/header1.xml"].decode().replace("</w:hdr>", f"<w:p>{run('For GP only')}</w:p></w:hdr>")
    footer = paper()["word/footer1.xml"].decode().replace("</w:ftr>", f"<w:p>{run('Copied')}</w:p></w:ftr>")
    more = {"word/header1.xml": header, "word/footer1.xml": footer}
    found = filled(f"<w:p>{run('a')}</w:p>", more=more)

    assert filled(f"<w:p>{run('a')}</w:p>").answer("unplaced") == ""
    assert found.answer("unplaced") == "For GP only\nCopied"
    assert found.reading is not None
    assert any("header or footer" in note for note in found.reading.notes)


def test_each_command_says_what_is_left_out_of_a_paper(tmp_path: Path) -> None:
    """
    A paper of which a part is left out does not go into another without a word, whichever command reads it.
    """
    file = tmp_path / "record.docx"
    file.write_bytes(data_of(f"<w:p>{run('Close it. ', '<w:strike/>')}{run('Keep it open.')}</w:p>"))
    for command in (
        ["make", "record", str(file), "--reader", "supervisor", "-o", str(tmp_path / "a.txt")],
        ["compare", str(file), str(file)],
        ["read", str(file), "-o", str(tmp_path)],
    ):
        assert "item-2: some of its words are crossed out" in CliRunner().invoke(main, command).output, command


def test_the_signs_of_symbol_fonts_are_unicode() -> None:
    """
    No font gives a sign of private use, and what is not known is U+FFFD; other fonts give their letters.
    """
    for font in ("Wingdings", "wingdings 2", "Wingdings 3", "Webdings", "Symbol"):
        signs = [read_symbol(0xF000 + n, font) for n in range(0x20, 0x100)]
        assert all(len(sign) == 1 and not 0xE000 <= ord(sign) < 0xF900 for sign in signs)
        assert any(sign == UNKNOWN for sign in signs) or font == "Symbol"
    assert read_symbol(0x20AC, "Calibri") == "\u20ac"
    assert read_symbol(0xF0E0, "Calibri") == UNKNOWN
