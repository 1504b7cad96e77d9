"""
Our Word files are as full as other programs expect: names declared, and rows that they see.
"""

from __future__ import annotations

import io
import re

import docx
import pytest
from lxml import etree

from reflect import brand as brand_of
from reflect import render
from reflect.reading_back import read
from reflect.text.nodes import Look
from tests import agencies
from tests.test_reading_back import FILE, FILLED, PAPER, WANTED, changed, parts_of

#: What programs put into our parts without declaring it, because Word's parts declare it.
THEIRS = {
    "word/document.xml": '<w:p><w:hyperlink r:id="a"/><m:oMath/><w:r><w:pict><v:shape o:spid="a"/></w:pict></w:r></w:p>',
    "word/header1.xml": '<w:p w14:paraId="00000001"><w:hyperlink r:id="a"/></w:p>',
    "word/footer1.xml": "<w:p><w:r><w:drawing><wp:inline/></w:drawing></w:r></w:p>",
    "word/styles.xml": '<w:style w15:a="1" mc:Ignorable=""/>',
    "word/numbering.xml": '<w:num w15:durableId="1"/>',
    "word/settings.xml": '<w15:chartTrackingRefBased/><w:attachedTemplate r:id="a"/>',
    "word/glossary/document.xml": '<w:p w14:paraId="00000001"/>',
    "docProps/core.xml": '<dcterms:created xsi:type="dcterms:W3CDTF">2026-03-04T10:00:00Z</dcterms:created>',
}


@pytest.mark.parametrize("branded", [False, True])
def test_what_other_programs_add_is_declared(branded: bool) -> None:
    """
    A program that writes into a part what Word's own part would allow leaves XML that can be read.
    """
    brand = brand_of(agencies.council()) if branded else None
    parts = parts_of(render(FILLED, "record", reader=FILE, wording=FILLED.wording, brand=brand))
    theirs = {name: THEIRS.get(re.sub("[0-9]+", "1", name), "") for name in parts}
    for name in filter(theirs.get, parts):
        end = parts[name].rindex(b"</")
        whole = parts[name][:end] + theirs[name].encode() + parts[name][end:]
        assert len(etree.fromstring(whole)), name


@pytest.mark.parametrize("looks", [(), (Look.LANDSCAPE,)])
def test_other_programs_see_the_rows_of_actions(looks: tuple[Look, ...]) -> None:
    """
    A program that looks for rows straight in their table finds each action; only the last blank row is in a control.
    """
    filled = docx.Document(io.BytesIO(render(FILLED, "record", reader=FILE, wording=FILLED.wording, looks=looks)))
    blank = docx.Document(io.BytesIO(render("kolb-cycle@50", "record", looks=looks)))
    heads = [["".join(cell.text for cell in table.rows[0].cells), len(table.rows)] for table in filled.tables]

    assert [count for head, count in heads if head.startswith("What")] == [1 + len(WANTED.actions)]
    assert max(len(table.rows) for table in blank.tables) > 3


def test_rows_in_controls_as_they_were_before_are_read() -> None:
    """
    A paper of an earlier version has each row in a control, and all of them in another: it gives the same record.
    """
    row = r"(<w:tr>(?:(?!<w:tr>).)*?actions\.1\.\d(?:(?!<w:tr>).)*?</w:tr>)"
    item = r"<w:sdt><w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>"
    start = '<w:sdt><w:sdtPr><w:tag w:val="actions"/><w15:repeatingSection/></w:sdtPr><w:sdtContent>'
    wrapped = changed((row, item))
    items = r"((?:<w:sdt><w:sdtPr><w15:repeatingSectionItem/>(?:(?!<w15:rep).)*</w:tr></w:sdtContent></w:sdt>)+)"
    old = changed((items, start + r"\1</w:sdtContent></w:sdt>"), data=wrapped)

    assert len(docx.Document(io.BytesIO(old)).tables[1].rows) == 1
    assert read(old) == WANTED == read(PAPER)
