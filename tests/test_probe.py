"""
A page as Word would have it: the sixteen things that converters of Markdown get wrong, on one page.

It is put to a template of a user's and on the guidance of a model, with no option given.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

import reflect
from reflect.questions.model import Head, Model
from reflect.questions.question import Question
from reflect.questions.sets import QuestionSet
from tests.documents import MODEL_PAPERS, OUTLINE, SESSION_PAPERS, of_the_day
from tests.test_word import tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {
    "w": W[1:-1],
    "dc": "http://purl.org/dc/elements/1.1/",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

PROBE = """\
1. first
2. second

Between the lists.

1. again first
2. again second

Then one that starts later.

5. five
6. six

- one
  - two
    - three

> Quoted words.

A [link](https://example.org/a?x=1&y=2#z) and `code typed` here,\\
and the next line.

| Head | Other |
| --- | --- |
| a & b | c < d |
| e > f | "g" |
"""


def made(way: str, folder: Path) -> dict[str, etree._Element]:
    """
    The parts of a Word file that holds the probe.
    """
    if way == "template":
        (folder / "probe.md").write_text(f"# A probe\n\n## Part\n\n{PROBE}")
        data = reflect.render(OUTLINE, "probe", templates=[folder])
    else:
        part = QuestionSet(key="m.p", title="Part", guidance=PROBE, children=[Question(key="m.p.q", text="What now?")])
        model = Model(
            head=Head(key="m", title="A probe"), questions=QuestionSet(key="m", title="A probe", children=[part])
        )
        (folder / "probe.md").write_text(
            "---\nof: model\n---\n# {{ model.title }}\n\n{% for part in model.parts %}\n## {{ part.title }}\n\n{{ part.guidance }}\n{% endfor %}\n"
        )
        data = reflect.render(model, "probe", templates=[folder])
    (folder / "probe.docx").write_bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


@pytest.fixture(scope="module", params=["template", "guidance"])
def probe(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    parts = made(request.param, folder := tmp_path_factory.mktemp("probe"))
    parts["folder"] = etree.Element("folder", path=str(folder / "probe.docx"))
    return parts


def body(parts: dict[str, etree._Element]) -> etree._Element:
    return parts["word/document.xml"]


def text(element: etree._Element) -> str:
    return "".join(element.xpath(".//w:t/text()", namespaces=NS))


def paragraph(parts: dict[str, etree._Element], words: str) -> etree._Element:
    (found,) = [p for p in body(parts).iter(f"{W}p") if text(p) == words]
    return found


def value(element: etree._Element, path: str) -> str:
    found = element.xpath(f"string({path}/@w:val)", namespaces=NS)
    return str(found)


def numbered(parts: dict[str, etree._Element], words: str) -> tuple[str, int, int | None]:
    """
    A paragraph's list, its level, and the number that list starts at.
    """
    place = paragraph(parts, words)
    number, level = value(place, "w:pPr/w:numPr/w:numId"), int(value(place, "w:pPr/w:numPr/w:ilvl"))
    numbering = parts["word/numbering.xml"]
    start = numbering.xpath(
        f"string(//w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val)", namespaces=NS
    )
    return number, level, int(str(start)) if start else None


def style(parts: dict[str, etree._Element], id: str) -> etree._Element:
    (found,) = parts["word/styles.xml"].xpath(f"//w:style[@w:styleId='{id}']", namespaces=NS)
    return found


def test_headings_are_words_own(probe: dict[str, etree._Element]) -> None:
    """
    The title and the heading of a part have the styles that Word's navigation reads.
    """
    assert value(paragraph(probe, "A probe"), "w:pPr/w:pStyle") == "Title"
    assert value(paragraph(probe, "Part"), "w:pPr/w:pStyle") == "Heading1"
    assert value(style(probe, "Heading1"), "w:pPr/w:outlineLvl") == "0"


def test_numbers_start_where_they_say(probe: dict[str, etree._Element]) -> None:
    """
    The second list begins again at 1, and the third at 5, each a list of its own.
    """
    first, again, five = (numbered(probe, words) for words in ("first", "again first", "five"))

    assert (first[2], again[2], five[2]) == (1, 1, 5)
    assert len({first[0], again[0], five[0]}) == 3
    assert numbered(probe, "second")[0] == first[0]
    assert numbered(probe, "six")[0] == five[0]


def test_three_levels_of_bullets_differ(probe: dict[str, etree._Element]) -> None:
    """
    Each level of a list is indented further, and has a sign.
    """
    levels = [numbered(probe, words) for words in ("one", "two", "three")]
    abstract = probe["word/numbering.xml"].xpath(
        f"//w:abstractNum[@w:abstractNumId=//w:num[@w:numId='{levels[0][0]}']/w:abstractNumId/@w:val]", namespaces=NS
    )[0]
    indents = [
        int(abstract.xpath(f"string(w:lvl[@w:ilvl='{n}']/w:pPr/w:ind/@w:left)", namespaces=NS)) for n in range(3)
    ]

    assert [level for _, level, _ in levels] == [0, 1, 2]
    assert indents[0] < indents[1] < indents[2]
    assert all(abstract.xpath(f"string(w:lvl[@w:ilvl='{n}']/w:lvlText/@w:val)", namespaces=NS) for n in range(3))


def test_a_quotation_has_a_style(probe: dict[str, etree._Element]) -> None:
    """
    Quoted words stand in the style called Quote.
    """
    assert value(paragraph(probe, "Quoted words."), "w:pPr/w:pStyle") == "Quote"


def test_a_link_leads_where_it_says(probe: dict[str, etree._Element]) -> None:
    """
    A link is Word's own, its query and its place whole.
    """
    (link,) = body(probe).iter(f"{W}hyperlink")
    rels = {each.get("Id"): each.get("Target") for each in probe["word/_rels/document.xml.rels"]}

    assert text(link) == "link"
    assert rels[link.get(f"{{{NS['r']}}}id")] == "https://example.org/a?x=1&y=2#z"
    assert value(link, "w:r/w:rPr/w:rStyle") == "Hyperlink"


def test_code_and_breaks_are_in_the_line(probe: dict[str, etree._Element]) -> None:
    """
    Code has a style of its own, and a hard break is one, with nothing lost round it.
    """
    place = paragraph(probe, "A link and code typed here,and the next line.")
    (code,) = [run for run in place.iter(f"{W}r") if text(run) == "code typed"]

    assert value(code, "w:rPr/w:rStyle") == "ReflectTyped"
    assert len(list(place.iter(f"{W}br"))) == 1


def test_a_table_has_its_header_and_its_signs(probe: dict[str, etree._Element]) -> None:
    """
    The header row says that it is one, and `&`, `<`, `>` and quotation marks stand in cells.
    """
    (table,) = body(probe).iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))

    assert [bool(row.xpath("w:trPr/w:tblHeader", namespaces=NS)) for row in rows] == [True, False, False]
    assert [text(cell) for cell in table.iter(f"{W}tc")] == ["Head", "Other", "a & b", "c < d", "e > f", '"g"']
    assert value(table, "w:tblPr/w:tblLook/..") == "" or table.xpath(
        "w:tblPr/w:tblLook/@w:firstRow", namespaces=NS
    ) == ["1"]


def test_nothing_is_empty(probe: dict[str, etree._Element]) -> None:
    """
    No paragraph is there for its height alone, save the one Word needs after a last table.
    """
    empty = [p for p in body(probe).iter(f"{W}p") if not text(p) and not p.xpath(".//w:br", namespaces=NS)]

    assert [value(p, "w:pPr/w:pStyle") for p in empty] in ([], ["ReflectGap"])


def test_the_file_says_what_it_is(probe: dict[str, etree._Element]) -> None:
    """
    Title and language are in the properties, the language also in the styles, and no stranger is its author.
    """
    core = probe["docProps/core.xml"]
    language = probe["word/styles.xml"].xpath("string(//w:docDefaults//w:lang/@w:val)", namespaces=NS)

    assert core.findtext("dc:title", namespaces=NS) == "A probe"
    assert core.findtext("dc:language", namespaces=NS) == "en-GB"
    assert language == "en-GB"
    assert core.find("dc:creator", NS) is None
    assert not [name for name in probe if "app.xml" in name]


def test_microsofts_validator_finds_nothing_in_the_probe(probe: dict[str, etree._Element]) -> None:
    """
    The file is valid Open XML.
    """
    done = subprocess.run(
        [tool("ooxml-validator"), str(probe["folder"].get("path"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert json.loads(done.stdout)["errors"] == []


def levels(data: bytes) -> Iterator[int]:
    """
    The levels of a file's headings, in order: the title is 0.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree, styles = (etree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "styles"))
    based = {each.get(f"{W}styleId"): value(each, "w:basedOn") for each in styles.iter(f"{W}style")}
    for place in tree.iter(f"{W}p"):
        name = value(place, "w:pPr/w:pStyle")
        while name in based and name != "Title" and not re.fullmatch(r"Heading\d", name):
            name = based[name]
        if name == "Title":
            yield 0
        elif match := re.fullmatch(r"Heading(\d)", name):
            yield int(match[1])


@pytest.mark.parametrize("paper", [*SESSION_PAPERS, *MODEL_PAPERS])
def test_headings_go_down_a_step_at_a_time(paper: str) -> None:
    """
    In every paper of every model the title comes first, and no heading skips a level.
    """
    for what in [OUTLINE] if paper in SESSION_PAPERS else of_the_day(reflect.catalogue(), 12):
        found = list(levels(reflect.render(what, paper)))

        assert found[:1] == ([0] if paper != "cards" else [])
        assert found.count(0) == 1 or paper in ("cards", "role-play")  # each role has its own page, with its title
        assert all(later <= level + 1 for level, later in itertools.pairwise(found))
