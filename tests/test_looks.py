"""
Papers laid out for whoever holds them: large print, dyslexia-friendly, for the pen; and fields whose hints come back.
"""

from __future__ import annotations

import datetime
import io
import itertools
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import reflect
from reflect.formats import word
from reflect.formats.word.fields import HINTS, name_of_part
from reflect.sessions.parts import Agreement
from reflect.text.nodes import Answer, Block, Document, Fact, Facts, Look
from tests import agencies
from tests.documents import OUTLINE, a_few, squeezed, text_of_docx
from tests.test_contact_sheet import looking  # noqa: F401  # a fixture
from tests.test_documents import record_with
from tests.test_word import tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOOKS = (("large-print",), ("dyslexia-friendly",), ("pen",), ("large-print", "pen"), ("landscape",))
PAPERS = {
    "agenda": OUTLINE,
    "record": OUTLINE,
    "worksheet": "three-column-mapping",
    "handout": "kolb-cycle",
    "cards": "seven-eyed",
    "diagram": "balint-group",
    "notes": "balint-group",
    "role-play": "grow",
    "slide": "social-graces",
    "comparison": "grow + clear + seven-eyed",
    "take-away": "",
    "booklet": "kolb-cycle + balint-group + arrive",
    "preparation": "",
    "case-record": "",
    "group-agenda": "arrive@5 + balint-group@45 + close@10",
    "group-record": "arrive@5 + balint-group@45 + close@10",
}


def made(paper: str, looks: tuple[str, ...] = (), to: str = "docx") -> bytes:
    return reflect.render(PAPERS[paper], paper, to=to, looks=looks)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def body(*blocks: Block, looks: tuple[str, ...] = ()) -> etree._Element:
    return part(word.write(Document(kind="x", title="X", blocks=blocks, looks=looks)), "word/document.xml")


def values(tree: etree._Element, name: str) -> list[str]:
    return [each.get(f"{W}val") for each in tree.iter(f"{W}{name}")]


@pytest.mark.parametrize("paper", PAPERS)
def test_hints_come_back(paper: str) -> None:
    """
    Every control that has a hint names a part of the glossary, which holds what stands in it while blank. That is words
    for a date only: those of a box would be printed where people write with a pen.
    """
    data = made(paper)
    glossary = part(data, "word/glossary/document.xml")
    known = {
        one.find(f".//{W}name").get(f"{W}val"): "".join(one.find(f".//{W}docPartBody").itertext())
        for one in glossary.iter(f"{W}docPart")
    }
    assert known == {name_of_part(hint): words for hint, words in HINTS.items()}
    blank = 0
    for control in part(data, "word/document.xml").iter(f"{W}sdt"):
        looks = control.find(f"{W}sdtPr")
        if looks.find(f"{W}showingPlcHdr") is not None:
            blank += 1
            hint = looks.find(f"{W}placeholder/{W}docPart").get(f"{W}val")
            inside = "".join(control.find(f"{W}sdtContent").itertext())
            assert inside.startswith(known[hint])
            assert not inside.strip() or looks.find(f"{W}date") is not None
    assert bool(blank) == (
        paper
        not in (
            "agenda",
            "group-agenda",
            "handout",
            "cards",
            "diagram",
            "notes",
            "slide",
            "comparison",
            "take-away",
            "booklet",
        )
    )


def test_each_kind_of_answer_has_its_control() -> None:
    """
    Prose is a rich box, points a list, a date a date picker in UK order, a fact a line; each with tag and title.
    """
    tree = body(
        Answer("a", "Prose", 3),
        Answer("b", "Points", 3, kind="points"),
        Answer("c", "Date", 1, kind="date"),
        Facts((Fact("d", "When", kind="date"), Fact("e", "Who"))),
    )
    found = {each.find(f"{W}sdtPr/{W}tag").get(f"{W}val").split("|")[0]: each for each in tree.iter(f"{W}sdt")}

    assert sorted(found) == ["a", "b", "c", "d", "e"]
    assert found["b"].find(f".//{W}numPr") is not None
    assert values(found["c"], "dateFormat") == values(found["d"], "dateFormat") == ["d MMMM yyyy"]
    assert found["e"].find(f"{W}sdtPr/{W}text") is not None
    assert {each.find(f"{W}sdtPr/{W}alias").get(f"{W}val") for each in found.values()} == {
        "Prose", "Points", "Date", "When", "Who",
    }  # fmt: skip
    points = body(Answer("b", "Points", 3, "one\ntwo\n\nthree", kind="points"))
    assert ["".join(p.itertext()) for p in points.iter(f"{W}p") if p.find(f".//{W}numPr") is not None] == [
        "one", "two", "three",
    ]  # fmt: skip


@pytest.mark.parametrize(("paper", "looks"), a_few(itertools.product(PAPERS, LOOKS), 2))
def test_every_look_says_the_same(paper: str, looks: tuple[str, ...]) -> None:
    """
    No look loses a word, in Word and on a page; labels of a table may stand more than once.
    """
    plain, other = (set(re.findall(r"\w+", text_of_docx(made(paper, look)))) for look in ((), looks))
    assert plain == other

    pages = [re.sub("<style>.*?</style>|<noscript>.*?</noscript>|<script>.*?</script>|<[^>]*>", " ", made(paper, look, "html").decode(),
                    flags=re.DOTALL) for look in ((), looks)]  # fmt: skip
    first, second = (set(re.findall(r"\w+", page)) for page in pages)
    assert first == second


def test_large_print_is_large_and_read_downwards() -> None:
    """
    No style of a large paper is under 18 points but those of cards, and what stood in tables stands in lines.
    """
    data = made("record", ("large-print",))
    styles = part(data, "word/styles.xml")
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId")
        for size in style.iter(f"{W}sz"):
            if not name.startswith(("ReflectCard", "ReflectSheet", "ReflectGap", "ReflectRule")):
                assert int(size.get(f"{W}val")) >= 36, name
    assert int(styles.find(f"{W}docDefaults//{W}sz").get(f"{W}val")) == 36
    assert part(data, "word/document.xml").find(f".//{W}tbl") is None
    assert part(made("record"), "word/document.xml").find(f".//{W}tbl") is not None
    table = "# T\n\n| One | Two |\n|---|---|\n| a | b |\n"
    from reflect.text import markdown

    blocks = markdown.read_shape(table)
    assert squeezed("".join(body(*blocks, looks=("large-print",)).itertext())) == "TOneaTwob"


def test_the_dyslexia_friendly_look() -> None:
    """
    Body of 13 points, lines of one and a half, and no capitals, italics or underlining in any style but those of cards,
    and that of a line to write on, which has no words: what is written on it has a style of its own.
    """
    styles = part(made("handout", ("dyslexia-friendly",)), "word/styles.xml")

    for mark in ("caps", "i", "u"):
        marked = {
            style.get(f"{W}styleId"): each.get(f"{W}val")
            for style in styles.iter(f"{W}style")
            for each in style.iter(f"{W}{mark}")
        }
        assert marked == ({"ReflectRuling": "single", "ReflectWordsOnLine": "none"} if mark == "u" else {}), mark
        assert part(made("handout"), "word/styles.xml").find(f".//{W}{mark}") is not None
    assert styles.find(f"{W}docDefaults//{W}sz").get(f"{W}val") == "26"
    (text,) = (style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "BodyText")
    assert text.find(f".//{W}spacing").get(f"{W}line") == "360"


def test_the_pen_has_lines_and_no_fields() -> None:
    """
    Nothing in a paper for the pen is a control; blank boxes are lines 8 mm apart or more, and the lines of a record as
    far apart as its page allows; what was written is printed.
    """
    data = made("record", ("pen",))
    tree = part(data, "word/document.xml")
    (ruled,) = (
        style for style in part(data, "word/styles.xml").iter(f"{W}style") if style.get(f"{W}styleId") == "ReflectRuled"
    )

    (between,) = (
        style for style in part(data, "word/styles.xml").iter(f"{W}style") if style.get(f"{W}styleId") == "ReflectLine"
    )

    assert tree.find(f".//{W}sdt") is None
    assert int(ruled.find(f".//{W}spacing").get(f"{W}line")) >= 454  # twips: 8 mm
    assert int(between.find(f".//{W}spacing").get(f"{W}line")) >= 363  # 6.4 mm
    lines = [p for p in tree.iter(f"{W}p") if re.match("Reflect(First|Only)?Line", "".join(values(p, "pStyle")))]
    assert sum(bool(p.findall(f".//{W}r/{W}tab")) or not "".join(p.itertext()).strip() for p in lines) >= 10
    boxes = part(made("case-record", ("pen",)), "word/document.xml")
    lines = [p for p in boxes.iter(f"{W}p") if {"ReflectRuled", "ReflectRuledKept"} & {*values(p, "pStyle")}]
    assert sum(len(list(p.iter(f"{W}tab"))) - len(list(p.iter(f"{W}tabs"))) for p in lines) >= 10
    assert tree.find(f".//{W}bookmarkStart") is not None
    filled = reflect.render(record_with("HERON"), "record", reader="supervisee", looks=["pen"])
    assert "HERON" in text_of_docx(filled)
    page = made("record", ("pen",), "html").decode()
    assert not re.search("<(?:input|textarea|script|select)", page)
    assert page.count('<div class="reflect-ruled">') > 3


def test_looks_are_ordered_and_named() -> None:
    """
    The same looks in another order give the same bytes, and an unknown look is an error.
    """
    one, two = made("agenda", ("pen", "large-print")), made("agenda", ("large-print", "pen"))
    assert one == two != made("agenda")
    with pytest.raises(reflect.UnknownKey, match="large-print"):
        made("agenda", ("large",))
    assert [str(look) for look in Look] == ["large-print", "dyslexia-friendly", "pen", "landscape"]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tool("soffice")  # without it nothing is made in vain
    folder = tmp_path_factory.mktemp("looks")
    for paper, looks in itertools.product(PAPERS, LOOKS):
        (folder / f"{paper}-{'-'.join(looks)}.docx").write_bytes(made(paper, looks))
    return folder


def test_microsofts_validator_finds_nothing_in_any_look(laid: Path) -> None:
    """
    Every paper in every look is valid Open XML.
    """
    validator = tool("ooxml-validator")
    for file in a_few(sorted(laid.glob("*.docx")), in_ci=3):
        done = subprocess.run([validator, str(file)], capture_output=True, text=True, timeout=60, check=False)

        assert json.loads(done.stdout)["errors"] == [], file.name


def test_nothing_is_cut_and_no_page_is_blank_in_any_look(laid: Path, looking, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    """
    LibreOffice lays every look out with every word to be seen, none over another, and no blank page.
    """
    tool("soffice"), tool("pdftotext")
    papers = sorted(laid.glob("*.docx"))
    pdfs = looking.laid_out(papers, tmp_path)

    assert [fault for paper, pdf in zip(papers, pdfs, strict=True) for fault in looking.faults(paper, pdf)] == []


def test_what_is_typed_in_libreoffice_is_there_again(tmp_path: Path) -> None:
    """
    A supervisor's test: open the record in LibreOffice, fill in every place, save, close, read: all of it is there.
    """
    file = tmp_path / "record.docx"
    file.write_bytes(made("record"))
    blank = blank_places(file.read_bytes())
    assert len(blank) > 40

    boxes, lines, ticks = filled_in_libreoffice(file, "odt", "rtf", "doc")
    assert lines == len(blank)
    assert blank_places(file.read_bytes()) == []
    found = reflect.read(file)
    states = [str(action.state) for action in found.before]
    written = [answer.text.split("\n") for answer in found.answers]
    said = [text for _, text in found.facts] + list(itertools.chain(*written))
    said += [action.what for action in found.before]
    said += [cell for action in found.actions for cell in (action.what, action.who, action.by)]
    said += [text for sign in found.signed for text in (sign.name, sign.date, sign.comments)]
    said += [each.topic.title for each in found.brought]
    days = [datetime.date(2026, 3, 1) + datetime.timedelta(n) for n in range(lines)]
    typed = [f"{day.day} {day:%B} {day.year}" for day in days] + [f"Typed by hand {n:02}." for n in range(1, boxes + 1)]
    assert sorted(said) == sorted(typed)
    # Each is in its own place: in the order of the paper, and the second line of a box under its first.
    keys = [answer.key for answer in found.answers]
    assert keys == [key for key in blank if key in keys]
    firsts = [typed.index(first) for first, *_ in written]
    assert firsts == sorted(firsts)
    assert [more for _, *more in written if more] == [[each] for each in typed[lines:]]
    assert boxes == 2
    assert (states, len(found.signed)) == (["done"] * 3, 2)
    assert len(states) + len(found.signed) == ticks
    assert {sign.agreement for sign in found.signed} == {Agreement.AGREED}
    assert found.reading is not None
    assert found.reading.certain
    # Through another kind of file and back nothing is lost, although it has no controls.
    for ending in ("odt", "rtf", "doc"):
        assert reflect.read(tmp_path / f"record-{ending}.docx") == found, ending


def filled_in_libreoffice(file: Path, *endings: str) -> tuple[int, int, int]:
    """
    Fill a file in LibreOffice, and give how many boxes, lines and ticks there were.
    """
    office, python = tool("soffice"), speaking_to_office()
    pipe = f"reflect-{file.parent.name}"
    running = subprocess.Popen(
        [office, f"-env:UserInstallation=file://{file.parent / 'profile'}", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        script = Path(__file__).parent / "office" / "typing_in.py"
        done = subprocess.run(
            [python, str(script), str(file), HINTS["write"], pipe, *endings],
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
        )
    finally:
        running.terminate()
        running.wait(timeout=60)
    boxes, lines, ticks = map(int, done.stdout.split())
    return boxes, lines, ticks


def speaking_to_office() -> str:
    """
    A Python that can speak to LibreOffice: that of the system, usually; without one a test is skipped, but not in CI.
    """
    for python in ("/usr/bin/python3", "python3", "python"):
        try:
            done = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return python
    if os.environ.get("REFLECT_CI") == "1":
        pytest.fail("no Python here can speak to LibreOffice (python3-uno)")
    pytest.skip("no Python here can speak to LibreOffice (python3-uno)")


def blank_places(data: bytes) -> list[str]:
    """
    The keys of the places of a Word file that nothing is written in, in their order.
    """
    places = [each.find(f"{W}sdtPr") for each in part(data, "word/document.xml").iter(f"{W}sdt")]
    tags = [each.find(f"{W}tag").get(f"{W}val") for each in places if each.find(f"{W}showingPlcHdr") is not None]
    return [tag.partition("|")[0] for tag in tags]


@pytest.mark.parametrize("branded", [False, True])
def test_a_paper_on_its_long_side_is_as_wide_as_its_page(branded: bool) -> None:
    """
    Landscape turns the page, an agency's too, and tables and what stands at the right go with it; a deck stays as it is.
    """
    brand = agencies.abroad() if branded else None
    turned, usual = (
        reflect.render("arrive@5 + close@5", "record", looks=looks, brand=brand) for looks in (["landscape"], [])
    )

    def measured(data: bytes) -> tuple[int, int, int, int]:
        body, styles = part(data, "word/document.xml"), part(data, "word/styles.xml")
        size = next(body.iter(f"{W}pgSz"))
        table = next(body.iter(f"{W}tblW"))
        (tab,) = styles.xpath(
            "//w:style[@w:styleId='Heading2']//w:tab[@w:val='right']/@w:pos", namespaces={"w": W[1:-1]}
        )
        return int(size.get(f"{W}w")), int(size.get(f"{W}h")), int(table.get(f"{W}w")), int(tab)

    wide, low, table, tab = measured(turned)
    narrow, high, short, near = measured(usual)

    assert (wide, low) == (high, narrow)
    assert wide > low
    assert table - short == tab - near == wide - narrow
    assert reflect.render("kolb-cycle", "cards", looks=["landscape"]) == reflect.render("kolb-cycle", "cards")
