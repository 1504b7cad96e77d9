"""
Nothing parts from what it belongs to: a heading and a question are on the page of their lines, wherever a page ends.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from lxml import etree

from reflect import document, plan
from reflect.formats import pdf, word
from reflect.text import nodes
from tests.test_pdf import boxes
from tests.test_word import tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Lines of text that come before: with these a page ends at each place of what follows them.
FILLING = range(15, 30)
LINES = 4
#: A line to write on, and the lowest place of text on a page, in millimetres.
RULING, RULING_IN_LARGE, LOWEST = 8.0, 11.0, 279.0


def line(text: str, style: str = "") -> nodes.Paragraph:
    return nodes.Paragraph((nodes.Text(text),), style)


def paper(before: int, looks: tuple[str, ...] = (), *, short: bool = False) -> nodes.Document:
    """
    A paper with a talk after so many lines: a heading, two questions, a way, and lines to write on; *short*, one
    question.
    """
    asked = tuple(nodes.Item((line(f"{name} question"),)) for name in ("First", "Second")[: 1 if short else 2])
    return nodes.Document(
        kind="agenda",
        title="Agenda",
        looks=looks,  # type: ignore[arg-type]
        blocks=(
            nodes.Heading(1, (nodes.Text("Agenda"),)),
            *(line(f"Filling {n}") for n in range(before)),
            nodes.Heading(2, (nodes.Text("Heading"),), "talk"),
            nodes.Listing(asked, style="talk"),
            *(() if short else (line("Way", "small"),)),
            nodes.Ruled(LINES),
            nodes.Heading(2, (nodes.Text("After"),)),
            line("Afterwards"),
        ),
    )


def law_lines_are_where_their_words_are(pages: Mapping[str, int], lines: Sequence[int]) -> None:
    """
    Everything that leads to lines is on their page, and so are all the lines.

    Args:
        pages: On which page each of the words stands.
        lines: On which page each line is.
    """
    assert {pages[name] for name in ("Heading", "First", "Second", "Way") if name in pages} == {*lines}
    assert pages["After"] == pages["Afterwards"]


def where(data: bytes) -> dict[str, int]:
    return {found.text: found.page for found in boxes(data)}


@pytest.mark.parametrize("looks", [(), ("large-print",), ("dyslexia-friendly",)], ids=str)
def test_in_a_pdf_a_question_is_on_the_page_of_its_lines(looks: tuple[str, ...]) -> None:
    high = RULING_IN_LARGE if "large-print" in looks else RULING
    ends = set()
    for before in range(10, 44):
        data = pdf.write(paper(before, looks))
        (way,) = (found for found in boxes(data) if found.text == "Way")
        # The lines are no words: they are where they have room.
        lines = [way.page if way.bottom + n * high <= LOWEST else way.page + 1 for n in range(1, LINES + 1)]
        law_lines_are_where_their_words_are(where(data), lines)
        ends.add(where(data)["Heading"])

    assert len(ends) > 1, "no page ended where it matters"


def laid_out(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """
    Word files as PDF, by LibreOffice.
    """
    office = tool("soffice")
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    papers = [str(folder / f"{name}.docx") for name in files]
    subprocess.run([*command, "--outdir", str(folder), *papers], capture_output=True, timeout=300, check=True)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def lines_of(data: bytes) -> list[int]:
    """
    On which page each line is: LibreOffice draws it with the sign for it.
    """
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    texts = done.stdout.decode().split("\f")
    return [page for page, text in enumerate(texts, 1) for _ in re.findall(r"_{20,}", text)]


def broken(write: Callable[[nodes.Document], bytes]) -> Callable[[nodes.Document], bytes]:
    """
    A writer that keeps nothing on the page of what follows it.
    """

    def wrong(paper: nodes.Document) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(write(paper))) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b"<w:keepNext/>", b""))
        return out.getvalue()

    return wrong


def law_words_are_kept_with_their_lines(data: bytes) -> None:
    """
    In a Word file each paragraph from a heading to the lines under it is kept on the page of the next, and the lines
    do not part.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = {each.get(f"{W}styleId"): each for each in etree.fromstring(package.read("word/styles.xml"))}
        body = etree.fromstring(package.read("word/document.xml"))[0]

    def has(style: str, what: str) -> bool:
        found = styles[style]
        based = found.find(f"{W}basedOn")
        mark = found.find(f"{W}pPr/{W}{what}")
        return mark is not None if mark is not None or based is None else has(based.get(f"{W}val"), what)

    names = [each.get(f"{W}val") for each in body.iterfind(f"{W}p/{W}pPr/{W}pStyle")]
    places = [n for n, name in enumerate(names) if name == "ReflectLines"]
    assert places
    for place in places:
        assert has(names[place], "keepLines")
        lead = place - 1
        while not has(names[lead], "outlineLvl"):
            assert has(names[lead], "keepNext"), names[lead]
            lead -= 1
        assert has(names[lead], "keepNext"), names[lead]


@pytest.mark.parametrize("looks", [(), ("large-print",), ("dyslexia-friendly",)], ids=str)
def test_in_word_words_are_kept_with_their_lines(looks: tuple[str, ...]) -> None:
    """
    And a writer that keeps nothing together is found out.
    """
    law_words_are_kept_with_their_lines(word.write(paper(3, looks)))
    with pytest.raises(AssertionError):
        law_words_are_kept_with_their_lines(broken(word.write)(paper(3, looks)))


def test_in_libreoffice_a_question_is_on_the_page_of_its_lines(tmp_path: Path) -> None:
    """
    As another program lays it out; and a writer that keeps nothing together is found out.

    Word keeps any number of paragraphs together. LibreOffice 7 puts some of them back if there are more than three, so
    this is a heading with one question.
    """
    for writer, fine in ((word.write, True), (broken(word.write), False)):
        made = laid_out({f"p{n}": writer(paper(n, short=True)) for n in FILLING}, tmp_path / str(fine))
        faults = []
        for name, data in made.items():
            assert len(lines_of(data)) == LINES
            try:
                law_lines_are_where_their_words_are(where(data), lines_of(data))
            except AssertionError:
                faults.append(name)
        assert len({where(data)["Heading"] for data in made.values()}) > 1, "no page ended where it matters"
        assert bool(faults) is not fine, faults


#: Sessions whose agendas take more than a page in large print.
HOURS = ("arrive@5 + kolb-cycle@40 + close@10", "arrive@3 + before-we-meet@8 + gibbs-cycle@40 + close@9")


@pytest.mark.parametrize("hour", HOURS)
def test_a_page_of_large_print_begins_with_a_heading(hour: str) -> None:
    """
    An agenda breaks between two of its items, and nowhere else.
    """
    of = document(plan(hour, 60), "agenda", looks=["large-print"])
    headings = {nodes.words(block.children).split()[0] for block in of.blocks if isinstance(block, nodes.Heading)}
    found = boxes(pdf.write(of))
    for page in {each.page for each in found} - {1}:
        first = min((each for each in found if each.page == page), key=lambda each: (round(each.top), each.left))

        assert first.text in headings
