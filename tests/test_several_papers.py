"""
Two papers in one file are told as two, and nobody's words come into another's record.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from reflect import render
from reflect.cli import main
from reflect.files.office import NotOpened
from reflect.formats import word
from reflect.reading_back import read
from tests.hostile import BODY, packed
from tests.taking_away import papers, swept
from tests.test_reading_back import BOOKMARKS, CONTROLS, changed, parts_of
from tests.test_word_elements import paper, run

PAPER = packed(paper(), method=zipfile.ZIP_STORED)
END = r"(<w:sectPr(?:(?!<w:sectPr).)*</w:body>)"
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def body_of(data: bytes) -> str:
    match = re.search(r"<w:body>(.*)<w:sectPr", parts_of(data)[BODY].decode(), re.DOTALL)
    assert match
    return match[1]


def without_properties(data: bytes) -> bytes:
    return packed({name: part for name, part in parts_of(data).items() if name != "docProps/custom.xml"})


def merged(one: bytes, other: bytes, between: str = BREAK) -> bytes:
    return changed((END, lambda match: between + body_of(other) + match[1]), data=one)


SECOND = changed((r'("supervisee[|][^"]*"/>(?:(?!<w:sdtContent>).)*<w:sdtContent>).*?(</w:sdtContent>)', rf"\1{run('BK')}\2"),
                 data=PAPER)  # fmt: skip
WORKSHEET = render("kolb-cycle", "worksheet", reader="supervisee")
SHORT = render("close@5", "record", reader="supervisor")
TITLE = (r'<w:pStyle w:val="[A-Za-z]*Title[A-Za-z0-9]*"/>', "")
#: Two papers in one file, however they came there.
TWO: dict[str, Callable[[], bytes]] = {
    "two records": lambda: merged(PAPER, SECOND),
    "one record twice": lambda: merged(PAPER, PAPER),
    "without a page between": lambda: merged(PAPER, SECOND, ""),
    "without titles": lambda: changed(TITLE, data=merged(PAPER, SECOND)),
    "without bookmarks": lambda: changed(BOOKMARKS, data=merged(PAPER, SECOND)),
    "without controls": lambda: changed(CONTROLS, data=merged(PAPER, SECOND)),
    "a shorter one behind": lambda: merged(PAPER, SHORT),
    "a shorter one before": lambda: merged(SHORT, PAPER),
    "a worksheet behind": lambda: merged(PAPER, WORKSHEET),
    "a worksheet behind, without what the file says": lambda: without_properties(merged(PAPER, WORKSHEET)),
    "two records without what the file says": lambda: without_properties(merged(PAPER, SECOND)),
    "two worksheets": lambda: merged(WORKSHEET, WORKSHEET),
    "a worksheet of another page": lambda: merged(WORKSHEET, render("grow", "worksheet", reader="supervisee")),
}


@pytest.mark.parametrize("what", TWO)
def test_two_papers_in_one_file_are_told_as_two(what: str) -> None:
    """
    Nobody's words come into another's record: the file is refused, and the message says what to do.
    """
    data = TWO[what]()
    with pytest.raises(NotOpened, match="copy each into a file of its own") as caught:
        read(data)
    assert caught.value.code == "several-papers"


def test_two_papers_are_told_on_the_command_line(tmp_path: Path) -> None:
    """
    Nothing is written, and the file is named.
    """
    (tmp_path / "both.docx").write_bytes(merged(PAPER, SECOND))
    result = CliRunner().invoke(main, ["read", str(tmp_path / "both.docx"), "-o", str(tmp_path)])

    assert result.exit_code == 1
    assert "both.docx: this file has more than one paper in it" in result.output
    assert [file.name for file in tmp_path.iterdir()] == ["both.docx"]


def test_one_paper_with_much_copied_is_one() -> None:
    """
    A title of one's own, a question that is quoted, and a box that was copied make no second paper.
    """
    title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{run("My title")}</w:p>'
    copied = r'(<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*"item-2[|][^"]*"/>(?:(?!</w:sdt>).)*</w:sdt>)'
    for pattern, new in ((END, title + r"\1"), (copied, r"\1\1"), (copied, title + r"\1"), (copied, r"\1" + title)):
        assert read(changed((pattern, new), data=PAPER)).document == "record"


@pytest.mark.parametrize("gone", [("controls",), ("controls", "bookmarks"), ("tags", "bookmarks"), ("properties",)])
@pytest.mark.parametrize("second", ["worksheet", "pair-notes", "case-record"])
def test_a_paper_below_another_is_told_by_how_it_begins(gone: tuple[str, ...], second: str) -> None:
    """
    Without controls nothing but its head says that it is one: its words would be text under no question of the first,
    and more people may read that than somebody's own worksheet.
    """
    one, other = (packed(swept(parts_of(word.write(papers()[name])), *gone)) for name in ("record", second))

    with pytest.raises(NotOpened, match="copy each into a file of its own"):
        read(merged(one, other, ""))
