"""
Text that belongs to nobody goes to nobody, and a hint is nobody's words.
"""

from __future__ import annotations

import datetime
import re
import subprocess
from pathlib import Path
from typing import Any

import attrs
import pytest
from lxml import etree

from reflect import render
from reflect.formats import word
from reflect.interchange.values import to_json
from reflect.questions.rings import Ring
from reflect.reading_back import read
from reflect.safekeeping.closing import close_record
from reflect.sessions.parts import UNPLACED, Answered
from reflect.sessions.record import Record
from reflect.text.nodes import Answer, Document, Entry, Fact, Facts, SignOff
from reflect.text.prose import lines_of
from reflect.word_files.word_file import Beside
from tests.documents import a_few
from tests.hostile import BODY, packed
from tests.taking_away import W, papers, parts_of, swept
from tests.test_reading_back import BOOKMARKS, CONTROLS, FILLED, changed
from tests.test_word import tool
from tests.test_word_elements import EITHER, doubts, filled, run
from tests.year.hands import fill_word, places_of

#: A record with a place for comments in it, as it is in boxes.
PAPER = render("arrive@3 + kolb-cycle@40", "record", reader="supervisor", marks=["boxes"])
WORDS = "We spoke again on the stairs."
END = r"(<w:sectPr(?:(?!<w:sectPr).)*</w:body>)"


def para(text: str, looks: str = "") -> str:
    return f"<w:p><w:pPr>{looks}</w:pPr>{run(text)}</w:p>"


BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
HEADING = para("Afterwards", '<w:pStyle w:val="Heading2"/>')
TABLE = f"<w:tbl><w:tr><w:tc>{para(WORDS)}</w:tc></w:tr></w:tbl>"
BOX = f"<w:p>{EITHER.format(para(WORDS))}</w:p>"
#: What somebody puts after the last place of a paper.
AFTER = {
    "a line": para(WORDS),
    "a page": BREAK + para(WORDS),
    "a page by its look": para(WORDS, "<w:pageBreakBefore/>"),
    "a section": "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + para(WORDS),
    "a heading": HEADING + para(WORDS),
    "a table": TABLE,
    "a text box": BOX,
}


@pytest.mark.parametrize("what", AFTER)
@pytest.mark.parametrize("comment", ["", "Agreed in full."])
def test_what_is_after_the_last_place_is_nobody_s_comment(what: str, comment: str) -> None:
    """
    Whatever follows a signature is under no question, whether there is a comment beside the signature or not.
    """
    data = changed((END, AFTER[what] + r"\1"), data=PAPER)
    if comment:
        box = r"(sign\.supervisor\.comments(?:(?!<w:sdtContent>).)*<w:sdtContent>).*?(</w:sdtContent>)"
        data = changed((box, rf"\g<1>{para(comment)}\2"), data=data)
    found = read(data)

    assert WORDS in found.answer(UNPLACED)
    assert [sign.comments for sign in found.signed] == ([comment] if comment else [])


@pytest.mark.parametrize("what", ["a page", "a heading", "a text box"])
def test_without_controls_a_page_a_heading_and_a_box_are_nobody_s_too(what: str) -> None:
    """
    The same holds for a file that lost its controls, where the words below the last label are the comment.
    """
    data = changed((END, para("Agreed in full.") + AFTER[what] + r"\1"), CONTROLS, data=PAPER)
    found = read(data)

    assert WORDS in found.answer(UNPLACED)
    assert [sign.comments for sign in found.signed] == ["Agreed in full."]


def test_a_box_a_page_and_words_beside_a_signature_are_nobody_s_in_the_middle() -> None:
    """
    Between two places a text box and a new page belong to no answer, and nothing beside a signature becomes a comment.
    """
    box = r'("item-2[|][^"]*"/>(?:(?!<w:sdtContent>).)*<w:sdtContent>).*?(</w:sdtContent></w:sdt>)'
    sign = r'("sign\.supervisee\.comments(?:(?!</w:sdtContent>).)*</w:sdtContent></w:sdt>)'
    for more in (BOX, BREAK + para(WORDS)):
        found = read(changed((box, rf"\g<1>{para('Ours.')}\2{more}"), data=PAPER))
        assert (found.answer("item-2"), found.answer(UNPLACED)) == ("Ours.", WORDS)
    found = read(changed((sign, rf"\1{para(WORDS)}"), data=PAPER))
    assert (found.signed, found.answer(UNPLACED)) == ((), WORDS)


def test_a_text_box_in_a_row_of_actions_is_nobody_s() -> None:
    """
    A box that floats over a table is no action.
    """
    cell = r'(<w:tag w:val="actions\.1\.1(?:(?!</w:p>).)*)(</w:p>)'
    found = read(changed((cell, rf"\1{EITHER.format(para(WORDS))}\2"), data=PAPER))

    assert (found.actions, found.answer(UNPLACED)) == ((), WORDS)


# --- words in any place at all

#: A paper with words after one of its paragraphs, and what it has lost.
PAPERS = ("record", "record of topics", "group-record", "pair-notes", "case-record", "workload-statement")
LOST = ((), ("controls", "styles"), ("controls", "tags", "styles"), ("rings in tags", "bookmarks"))


def unwritten(paper: Document) -> Document:
    """
    The same without what is written in its boxes and facts and beside its signatures.
    """
    blocks = []
    for block in paper.blocks:
        match block:
            case Entry(rows=rows, about=about):
                empty = tuple(tuple(map(emptied, row)) for row in rows)
                blocks.append(attrs.evolve(block, rows=empty, about=about and emptied(about)))
            case Answer():
                blocks.append(emptied(block))
            case Facts(facts):
                blocks.append(attrs.evolve(block, facts=tuple(map(emptied, facts))))
            case SignOff():
                blocks.append(attrs.evolve(block, value="", name="", comments=""))
            case _:
                blocks.append(block)
    return attrs.evolve(paper, blocks=tuple(blocks))


def emptied(place: Any) -> Any:
    match place:
        case Answer():
            return attrs.evolve(place, value="", said=())
        case Fact(value=value) if value.startswith("QZ"):
            return attrs.evolve(place, value="")
        case _:
            return place


@pytest.mark.parametrize("name", PAPERS)
def test_words_after_any_paragraph_are_kept_and_are_no_fact(name: str) -> None:
    """
    Between any two lines, in a cell with the name of a column, under a signature or under a fact: they are in the
    record, and are a fact, which more people read than the paper, only in the cell of that fact.
    """
    whole = parts_of(word.write(unwritten(papers()[name])))
    lost, facts = [], []
    for some in a_few(LOST, 2):
        parts = swept(whole, *some)
        for n in a_few(range(len(some) % 3, parts[BODY].count(b"<w:p>")), 23, in_ci=3):
            tree = etree.fromstring(parts[BODY])
            above = list(tree.iter(f"{W}p"))[n]
            above.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{WORDS}</w:t></w:r></w:p>'))
            found = read(packed({**parts, BODY: etree.tostring(tree)}))
            what = (*some, "".join(above.itertext()))
            lost += [what] if WORDS not in to_json(found) else []
            in_cell = any(each.tag == f"{W}tc" for each in above.iterancestors())
            facts += [what for _, text in found.facts if WORDS in text and not in_cell]
    assert (lost, facts) == ([], [])


def test_words_under_an_empty_fact_are_nobody_s() -> None:
    """
    A fact on a line of its own is what is on that line; what is under it may be for the two alone.
    """
    parts = parts_of(word.write(unwritten(papers()["pair-notes"])))
    day = r'(<w:tag w:val="date[|"](?:(?!</w:p>).)*</w:p>)'
    typed = changed((day, rf"\1{para(WORDS)}"), data=packed(parts))

    assert WORDS in read(typed).answer(UNPLACED)
    assert dict(read(typed).facts).get("date", "") == ""


@pytest.mark.parametrize("lost", [(), ("controls", "tags", "styles")])
@pytest.mark.parametrize("cell", ["What", "Who", "By when"])
def test_words_at_the_head_of_a_table_are_kept(cell: str, lost: tuple[str, ...]) -> None:
    """
    Under the name of a column, before it, behind it, or in its place.
    """
    parts = swept(parts_of(word.write(papers()["record"])), *lost)
    head = rf"((?:actions_(?:(?!</w:tbl>).)*?)<w:t[^>]*>){cell}(</w:t></w:r>)((?:(?!</w:p>).)*</w:p>)"
    for new in (rf"\1{cell}\2\3{para(WORDS)}", rf"\1{cell} {WORDS}\2\3", rf"\1{WORDS} {cell}\2\3", rf"\1{WORDS}\2\3"):
        found = read(changed((head, new), data=packed(parts)))
        assert WORDS.rstrip(".") in found.answer(UNPLACED)


def test_words_at_a_fingerprint_are_kept() -> None:
    """
    A fingerprint is no answer, and what somebody typed beside it or under it is not a part of it.
    """
    closed = close_record(FILLED, datetime.date(2026, 3, 5))
    parts = parts_of(render(closed, "record", reader="supervisee"))
    place = r'(<w:tag w:val="fingerprint[|"](?:(?!</w:t>).)*)(</w:t>(?:(?!</w:p>).)*</w:p>)'

    for printed in ("", " (words changed since)"):
        assert read(changed((place, rf"\1{printed}\2"), data=packed(parts))).answer(UNPLACED) == ""
    for new in (rf"\1 {WORDS}\2", rf"\1\2{para(WORDS)}"):
        assert read(changed((place, new), data=packed(parts))).answer(UNPLACED) == WORDS


# --- a place without a question of its own


def informal() -> Record:
    def said(key: str, text: str) -> Answered:
        return Answered(key=f"informal.{key}", ring=Ring.CASE, lines=lines_of(text))

    answers = (said("confirmed", "I remember it differently"), said("differently", "It was a no.\nAnd a door."))
    return Record(minutes=0, items=(), document="informal", answers=answers)


def test_an_answer_without_a_question_comes_back_without_its_control() -> None:
    """
    Its bookmark finds it, before it or at the end of the paragraph above, where LibreOffice puts it; and without that
    the words before its line do.
    """
    data = render(informal(), "informal", reader="case-file")
    start = r'(</w:p>)(<w:bookmarkStart [^>]*w:name="_rf_informal_differently[^>]*>)'

    above = changed((start, r"\2\1"), CONTROLS, data=data)
    for found in (read(changed(CONTROLS, data=data)), read(above), read(changed(CONTROLS, BOOKMARKS, data=data))):
        assert [(each.key, each.text) for each in found.answers] == [
            (each.key, each.text) for each in informal().answers
        ]


def test_an_answer_without_a_question_comes_back_from_libreoffice(tmp_path: Path) -> None:
    """
    So it does from the program itself.
    """
    (tmp_path / "a.docx").write_bytes(render(informal(), "informal", reader="case-file"))
    office = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    where = ["--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "b"), "a.docx"]
    subprocess.run([tool("soffice"), office, *where], check=True, capture_output=True, timeout=300, cwd=tmp_path)

    found = read(tmp_path / "b" / "a.docx")
    assert [(each.key, each.text) for each in found.answers] == [(each.key, each.text) for each in informal().answers]


# --- hints that another program turned into text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Write hereWe slowed the doorway.", "We slowed the doorway."),
        ("We slowed the doorway.Write here", "We slowed the doorway."),
        ("Write here we slowed the doorway.", "we slowed the doorway."),
        ("Click or tap here to enter text.We slowed.", "We slowed."),
        ("Write here", ""),
        ("We write here and there.", "We write here and there."),
    ],
)
def test_a_hint_that_became_text_does_not_stay_in_the_answer(typed: str, text: str) -> None:
    """
    Google Docs and Pages show a hint as plain text, and people type behind it: it goes, and the place is named.
    """
    record = filled(f"<w:p>{run(typed)}</w:p>")

    assert record.answer("item-2") == text
    assert doubts(record) == ([str(Beside.HINT)] if text and text != typed else [])


def test_a_hint_in_a_date_or_a_cell_goes_too() -> None:
    """
    The day stays, in its own line, and an action is what was typed.
    """
    dated = filled(run("Day, month, year 4 March 2026"), key="date")
    acted = filled(run("Click or tap here to enter text.Ring school"), key=r"actions\.1\.1")
    bare = read(changed((r"Day, month, year", "Day, month, year 4 March 2026"), CONTROLS, data=PAPER))

    assert dict(dated.facts)["date"] == dict(bare.facts)["date"] == "4 March 2026"
    assert [action.what for action in acted.actions] == ["Ring school"]


@pytest.mark.parametrize("kind", ["record", "short-record", "record-of-today"])
def test_words_beside_one_of_several_lines_are_for_that_one(kind: str) -> None:
    """
    Where several places share a line, what is typed behind one of them is in no other, and none of it is lost.
    """
    blank = render("arrive@3 + kolb-cycle@40 + close@7", kind, reader="anyone")
    facts = ("supervisee", "supervisor", "date")
    lines = [
        key
        for key in places_of(blank)
        if re.fullmatch(
            r"met\.\w+|place|interrupted|files\.\w+|taken-off(\.from)?|sign\.\w+\.name|today\.(who|goes|when)-1", key
        )
        or key in facts
    ]
    for key in lines:
        found = to_json(read(fill_word(blank, {key: "QZ1"}, "beside")))
        assert found == to_json(read(fill_word(blank, {key: "QZ1"}))), key
        assert found.count("QZ1") == 1, key
