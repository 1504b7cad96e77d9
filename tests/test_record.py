"""
The record of a session, and its JSON form.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Faults
from reflect.interchange.values import from_json, to_json
from reflect.questions.rings import READERS, Ring
from reflect.sessions.record import Record
from tests.test_documents import record_with, texts

FILLED = Path(__file__).parent / "data" / "filled-record.json"
plain_texts = texts.filter(lambda text: "\ud800" not in text)


@given(plain_texts)
def test_json_there_and_back(text: str) -> None:
    """
    Reading what was written gives the same record, whatever was typed.
    """
    whole = record_with(text)

    assert from_json(to_json(whole)) == whole
    assert to_json(from_json(to_json(whole))) == to_json(whole)


def test_the_filled_record_fits_its_form() -> None:
    """
    A record filled by hand in form 1, as two people would, is read; in form 2 it settles, and loses nothing.
    """
    text = FILLED.read_text("utf-8")
    record = from_json(text)
    written = to_json(record)

    assert json.loads(text)["version"] == 1
    assert json.loads(written)["version"] == 2
    assert from_json(written) == record
    assert to_json(from_json(written)) == written


@given(st.text(), st.sampled_from(["answers", "items", "actions", "signed", "minutes", "facts"]))
def test_a_wrong_record_is_told_by_path_and_quotes_nothing(text: str, field: str) -> None:
    """
    Whatever is in a record's file, the result is a clear error, with a path and without the words.
    """
    data = json.loads(to_json(record_with("x")))
    data[field] = [{"key": f"QZSECRETZQ{text}", "ring": f"QZSECRETZQ{text}"}]

    with pytest.raises(Faults) as caught:
        from_json(json.dumps(data))
    assert f"$.{field}" in str(caught.value)
    assert "QZSECRETZQ" not in str(caught.value) + repr(caught.value)


@given(st.one_of(st.text(), st.sampled_from(["[]", "{}", "null", "1", '{"format": "reflect-record"}', "[" * 100_000])))
def test_any_text_gives_a_record_or_faults(text: str) -> None:
    """
    Any text at all gives a record or faults, nothing else.
    """
    try:
        found = from_json(text)
    except Faults:
        return
    assert isinstance(found, Record)


@pytest.mark.parametrize("who", READERS, ids=lambda r: r.name)
def test_a_reader_s_record_holds_only_their_rings(who) -> None:
    """
    Filtering never adds, and what is left is exactly what the reader may see.
    """
    whole = from_json(FILLED.read_text("utf-8"))
    seen = whole.visible_to(who)

    assert seen.visible_to(who) == seen
    assert {a.ring for a in seen.answers} <= set(who.rings)
    assert [a for a in whole.answers if who.sees(a.ring)] == list(seen.answers)
    assert bool(seen.signed) == who.sees(Ring.PERSONAL)
