"""
Slips that nobody sees: one table of them, for every file and text that people write.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Faults
from reflect.files import slips
from reflect.files.reading import read_text
from reflect.files.slips import explain_file, explain_line, find_slip, name_slip, straighten

SIGNS = sorted({*slips._NAMES, *slips._ALIKE, *"：＠＋｜（）－"})


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_every_sign_of_the_table_is_named(sign: str) -> None:
    """
    A sign of the table becomes plain letters, and its slip has its number, what to do and its place.
    """
    slip = name_slip(sign, 3)

    assert slip is not None
    assert f"U+{ord(sign):04X}" in slip.what
    assert (bool(slip.remedy), slip.at) == (True, 3)
    assert straighten(sign).isascii()


@given(st.text(st.characters(max_codepoint=126)), st.text())
def test_straightening_changes_only_what_is_in_the_table(plain: str, text: str) -> None:
    """
    What a plain keyboard types has no slip, and what was straightened once stays as it is.
    """
    typed = plain.replace("\t", "").replace("\x0b", "")

    assert straighten(typed) == typed
    assert straighten(straighten(text)) == straighten(text)
    assert {sign for sign in straighten(text) if name_slip(sign)} == set()


@given(st.text("ab", min_size=1, max_size=5), st.sampled_from(SIGNS), st.text("ab", max_size=5))
def test_a_slip_is_found_if_it_alone_is_in_the_way(before: str, sign: str, after: str) -> None:
    """
    The slip is the sign without which the text can be read; where the text is wrong anyway there is none.
    """
    text = before + sign + after
    meant = before + straighten(sign) + after
    slip = find_slip(text, lambda line: line == meant)

    assert slip == name_slip(sign, len(before))
    assert find_slip(text, lambda line: False) is None
    assert find_slip(text, lambda line: True) is None


def test_of_several_signs_the_one_in_the_way_is_named() -> None:
    """
    A curly quotation mark that does no harm is not the slip; the no-break space is.
    """
    slip = find_slip("“a”:\u00a0b", lambda line: ": " in line)

    assert slip is not None
    assert slip.what == "a no-break space (U+00A0)"


def test_time_grows_with_the_number_of_signs_and_not_with_the_text() -> None:
    """
    However often a sign is in a text, what reads the text is called once for each sort of sign, and twice more.
    """
    calls: list[str] = []
    find_slip("\u00a0–“" * 1000, lambda line: calls.append(line) or len(calls) == 2)  # type: ignore[func-returns-value]

    assert len(calls) <= 5


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("date:\u00a02026-03-04", "the line has a no-break space (U+00A0)"),
        ("date：2026-03-04", "the line has a full-width sign (U+FF1A)"),
        ("• the rota", "the line has a bullet (U+2022)"),
        ("– the rota", "the line has an en dash (U+2013)"),
        ("-\u00a0the rota", "the line has a no-break space (U+00A0)"),
        ("\tdate: 2026-03-04", "the line has a tab (U+0009)"),
        ("“date”: 2026-03-04", "the line has a curly quotation mark (U+201C)"),
        ("date:2026-03-04", "there is no space after the colon"),
        ("-the rota", "there is no space after the hyphen"),
        ('- "the rota', "a quotation mark is opened but not closed"),
        ("date = 2026-03-04", "there is no colon after 'date'"),
        ("date 2026-03-04", "there is no colon after 'date'"),
    ],
)
def test_why_a_line_is_not_a_name_and_a_value(line: str, what: str) -> None:
    """
    A line that looks like a name and its value is told what nobody sees.
    """
    assert (explain_line(line, ["date"]) or ("",))[0] == what


@pytest.mark.parametrize("line", ["she said nothing", "secret = 4", "Ann secret", "date: 2026", "- a"])
def test_a_line_without_a_slip_is_not_explained_or_quoted(line: str) -> None:
    """
    Where the table does not know what is wrong, it says nothing, and it never repeats a word that may be private.
    """
    assert explain_line(line, ["date"]) is None
    assert "secret" not in str(explain_line("secret:words", ["date"]))


def package(*names: str) -> bytes:
    """
    A package with files of these names.
    """
    with zipfile.ZipFile(file := io.BytesIO(), "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (package("[Content_Types].xml", "xl/workbook.xml"), "is a workbook"),
        (package("[Content_Types].xml", "word/document.xml"), "is a Word file"),
        (package("a.txt"), "is a package of files"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "is an old workbook"),
        (b"\xd0\xcf\x11\xe0", "is an old Office file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x89PNG\r\n", "is a picture"),
    ],
)
def test_a_file_that_is_not_text_is_called_what_it_is(raw: bytes, what: str, tmp_path: Path) -> None:
    """
    A workbook in place of a list, or a picture in place of a page, is named, and what to do with it.
    """
    file = tmp_path / "list.csv"
    file.write_bytes(raw)
    with pytest.raises(Faults) as caught:
        read_text(file, "list.csv")

    assert what in caught.value.faults[0].what
    assert ("CSV" in caught.value.faults[0].remedy) == ("workbook" in what)
    assert explain_file(b"date: 2026") is None


def test_signs_that_are_letters_of_their_own_stay() -> None:
    """
    Letters of other alphabets that look like none of ours are not in the table.
    """
    assert [sign for sign in "éßøłżдяωñçا中ก" if name_slip(unicodedata.normalize("NFC", sign))] == []
