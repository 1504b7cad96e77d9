"""
Sheets as strangers send them: nothing hidden comes in, nothing that is seen is left out untold, and reading ends.
"""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Faults
from reflect.files.tables import write_csv
from reflect.pages.catalogues import read_page
from reflect.pages.sheets import read_sheet

SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[Any, Any], None]


def book_of(change: Change = lambda book, sheet: None) -> bytes:
    """
    A workbook with two questions and a hint, as somebody changed it.
    """
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["part", "question", "hint"], ["A", "Who?", "The door."], ["", "Where?", ""]):
        sheet.append(row)
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_xml(old: str, new: str, data: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or book_of())) as whole, zipfile.ZipFile(out, "w") as changed:
        for name in whole.namelist():
            part = whole.read(name)
            if name == SHEET:
                text, times = re.subn(old, new, part.decode(), count=1)
                assert times
                part = text.encode()
            changed.writestr(name, part)
    return out.getvalue()


def said_of(data: bytes, folder: Path, name: str = "q.xlsx") -> list[str]:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(Faults) as wrong:
        read_sheet(path)
    return [str(fault).removeprefix(f"{path}: ") for fault in wrong.value.faults]


def texts_of(data: bytes, folder: Path, name: str = "q.xlsx") -> list[str]:
    path = folder / name
    path.write_bytes(data)
    return [question.text for question in read_page(path).asks]


def hide_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_column(_: Any, sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def hide_columns(_: Any, sheet: Any) -> None:
    sheet.column_dimensions.group("B", "XFD", hidden=True)


def hide_sheet(book: Any, sheet: Any) -> None:
    sheet.sheet_state = "veryHidden"
    book.create_sheet("Seen")


def second_sheet(book: Any, _: Any) -> None:
    for row in (["question"], ["What else?"]):
        book.create_sheet("More") if "More" not in book else None
        book["More"].append(row)


def about(*rows: list[str], hidden: bool = False, name: str = "About") -> Change:
    def change(book: Any, _: Any) -> None:
        sheet = book.create_sheet(name)
        for row in (["model", "name", "value"], *rows):
            sheet.append(row)
        sheet.sheet_state = "hidden" if hidden else "visible"

    return change


def put(place: str, value: object) -> Change:
    def change(_: Any, sheet: Any) -> None:
        sheet[place] = value

    return change


def put_error(_: Any, sheet: Any) -> None:
    sheet["C3"] = "#REF!"
    sheet["C3"].data_type = "e"


def merged_over_words() -> bytes:
    """
    A program may keep what lies beneath merged cells; ours for tests takes it away.
    """
    return with_xml("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>')


UNTOLD: dict[str, tuple[Callable[[], bytes], str]] = {
    "a hidden row": (lambda: book_of(hide_row), "cell B3: row 3 is hidden; show it"),
    "a row without height": (lambda: with_xml('<row r="3"', '<row r="3" ht="0" customHeight="1"'), "cell B3: row 3 is"),
    "a hidden column": (lambda: book_of(hide_column), "cell C1: column C is hidden; show it"),
    "hidden columns": (lambda: book_of(hide_columns), "cell B1: column B is hidden; show it"),
    "a hidden sheet": (lambda: book_of(hide_sheet), "the sheet with questions is hidden: 'Sheet'; show it"),
    "what is hidden beside it": (
        lambda: book_of(about(["Q", "rights", "Mine."], hidden=True)),
        "the sheet with what a page says besides is hidden: 'About'; show it",
    ),
    "words beneath merged cells": (merged_over_words, "cell B3: it lies beneath cells that were merged; show it"),
    "two sheets of questions": (lambda: book_of(second_sheet), "several sheets have questions: 'Sheet' and 'More'; "),
    "no such model": (
        lambda: book_of(about(["Another", "licence", "CC-BY-4.0"])),
        "sheet About, cell A2: no question belongs to 'Another'; write one of: Q",
    ),
    "a formula": (lambda: book_of(put("B3", '=CONCATENATE("Wh","o?")')), "cell B3: it is a formula without a result; "),
    "an error": (lambda: book_of(put_error), "cell C3: the spreadsheet could not calculate this; "),
    "no heading": (lambda: book_of(put("D3", "And then?")), "cell D3: there is no heading over this column; "),
    "far to the right": (lambda: book_of(put("XFD2", "And then?")), "cell XFD2: it stands too far from the others; "),
    "far below": (lambda: book_of(put("B900000", "And then?")), "cell B900000: it stands too far from the others; "),
    "several": (lambda: book_of(put("C3", datetime.date(2026, 10, 5))), "cell C3: the spreadsheet has made a date"),
    "a long cell": (lambda: book_of(put("C3", "x" * 4_001)), "cell C3: it has 4,001 characters; split it"),
}


@pytest.mark.parametrize(("make", "says"), UNTOLD.values(), ids=UNTOLD)
def test_nothing_hidden_comes_in_and_nothing_seen_is_left_out(
    make: Callable[[], bytes], says: str, tmp_path: Path
) -> None:
    assert said_of(make(), tmp_path)[0].startswith(says)


FINE: dict[str, Callable[[], bytes]] = {
    "as it is": book_of,
    "empty rows that are hidden": lambda: book_of(lambda _, sheet: setattr(sheet.row_dimensions[9], "hidden", True)),
    "a date on another sheet": lambda: book_of(
        lambda book, _: book.create_sheet("Plan").append([datetime.date(2026, 10, 5), "x" * 5_000, *range(80)])
    ),
    "a date in a column that is left out": lambda: book_of(
        lambda _, sheet: [put("D1", "(used)")(_, sheet), put("D2", datetime.date(2026, 10, 5))(_, sheet)]  # type: ignore[func-returns-value]
    ),
    "a hidden sheet beside it": lambda: book_of(
        lambda book, _: (second_sheet(book, _), setattr(book["More"], "sheet_state", "hidden"))  # type: ignore[func-returns-value]
    ),
    "a size that is too small": lambda: with_xml('<dimension ref="[^"]*"/>', '<dimension ref="A1:A1"/>'),
    "a size that is too large": lambda: with_xml('<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>'),
}


@pytest.mark.parametrize("make", FINE.values(), ids=FINE)
def test_what_nobody_reads_is_no_fault(make: Callable[[], bytes], tmp_path: Path) -> None:
    assert texts_of(make(), tmp_path) == ["Who?", "Where?"]


def test_a_model_that_got_another_title_in_one_sheet_does_not_lose_its_sources(tmp_path: Path) -> None:
    """
    A paper without a source says "draft", and one without a licence says nothing: neither is lost untold.
    """
    assert (
        len(
            said_of(
                book_of(about(["One", "licence", "CC0"], ["", "rights", "Ours."], ["Two", "author", "J."])), tmp_path
            )
        )
        == 2
    )
    path = tmp_path / "q.xlsx"
    path.write_bytes(book_of(about(["Q", "licence", "CC0-1.0"], ["", "rights", "Ours."])))
    assert (read_page(path).head.licence, read_page(path).head.rights) == ("CC0-1.0", "Ours.")


# --- what is no workbook


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "this is an old workbook (.xls); "),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "this workbook has a password; ",
        ),
        (b"<html><table></table></html>", "this is not a workbook; "),
        (b"%PDF-1.7", "this is not a workbook; "),
        (b"PK\3\4nothing", "this workbook cannot be read; "),
        (b"", "this file is empty; "),
    ],
)
def test_what_is_no_workbook_is_told_in_the_words_of_spreadsheets(data: bytes, says: str, tmp_path: Path) -> None:
    (found,) = said_of(data, tmp_path)

    assert found.startswith(says)
    assert "Word" not in found
    assert "; mend" not in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="3"', '<row r="x"'),
        ('<row r="3"', '<row r="-3"'),
        ('r="B3"', 'r="ZZZZZ3"'),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref=""/></mergeCells>'),
        ("<sheetData>", '<cols><col min="x" max="9" hidden="1"/></cols><sheetData>'),
        ("<worksheet ", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet '),
    ],
)
def test_a_damaged_sheet_is_told(old: str, new: str, tmp_path: Path) -> None:
    assert len(said_of(with_xml(old, new), tmp_path)) == 1


@pytest.mark.long
def test_reading_ends_whatever_is_hidden_and_merged(tmp_path: Path) -> None:
    """
    Many columns, each hidden, over many cells, with many that are merged; and one long text that many cells share.
    """
    columns = '<col min="1" max="16384" hidden="1"/>' * 60_000
    merged = '<mergeCell ref="A1:J1"/>' * 60_000
    cells = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 9 + "</row>" for n in range(4, 4_000))
    for old, new in (
        ("<sheetData>", f"<cols>{columns}</cols><sheetData>"),
        ("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>"),
        ("</sheetData>", f"{cells}</sheetData>"),
    ):
        start = time.process_time()
        assert said_of(with_xml(old, new), tmp_path)
        assert time.process_time() - start < 8


# --- CSV


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("part;question;hint\nA;Who, when, and where, then?;a, b, c, d\n", ["Who, when, and where, then?"]),
        ("part\tquestion\nA\tWho, and, what; then;?\n", ["Who, and, what; then;?"]),
        ('"part";"question"\n"A";"Who,\nwhere,\nwhy?"\n', ["Who, where, why?"]),
        ("Question\nWho, and when, did you?\nWhat; where?\n", ["Who, and when, did you?", "What; where?"]),
        ("sep=;\rpart;question\rA;Who?\r", ["Who?"]),
        ("\ufeff\ufeffquestion\nWho?\n", ["Who?"]),
    ],
)
def test_the_headings_say_what_separates_the_cells(text: str, asked: list[str], tmp_path: Path) -> None:
    """
    Words may have more commas than the sheet has semicolons.
    """
    assert texts_of(text.encode(), tmp_path, "q.csv") == asked


def test_words_beyond_the_last_heading_of_a_csv_are_told(tmp_path: Path) -> None:
    text = b"part,question\nA,Who, and when?\n"

    assert said_of(text, tmp_path, "q.csv")[0].startswith("cell C2: there is no heading over this column; ")


@given(st.lists(st.text(st.sampled_from("'=+-@ab\t"), min_size=1), min_size=1))
def test_no_apostrophe_is_lost_on_the_way_through_a_csv(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    from reflect.files.tables import read_tables

    rows = [["question", "hint"], *([word, "x"] for word in words)]

    assert read_tables(write_csv(rows), "q.csv")[""].rows == rows
