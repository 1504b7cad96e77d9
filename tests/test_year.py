"""
A year, played: two pairs and a group, twelve sessions each, planned, filled in, closed, signed, checked, planned again.
"""

from __future__ import annotations

import pytest

import reflect
from tests.year.hands import fill_word, options_of, places_of

# --- the hands


@pytest.mark.parametrize("hand", ["word", "tracked", "beside", "google"])
def test_a_hand_writes_what_it_was_given(hand: str) -> None:
    """
    Whoever fills a record in, in Word, beside its boxes or in Google Docs, every word of it is read again.
    """
    blank = reflect.render("arrive@3 + kolb-cycle@40 + close@7", "record", reader="anyone")
    rows = [(f"ring {n}", f"person {n}", f"day {n}") for n in range(8)]
    said = {
        "item-2": "We slowed the doorway down.\nAnd once more.",
        "useful": "the silence before it",
        "actions": rows,
        "sign.supervisee": options_of(blank, "sign.supervisee")[1],
        "sign.supervisee.name": "AB",
        "sign.supervisee.date": "2 January 2026",
        "sign.supervisee.comments": "It was longer than that.",
    }
    found = reflect.read(fill_word(blank, said, hand), as_="record" if hand == "google" else None)
    words = reflect.to_json(found)

    assert set(said) - {"actions", "sign.supervisee"} <= set(places_of(blank))
    for text in (
        "doorway down.",
        "And once more.",
        "the silence",
        "AB",
        "longer than that",
        *(t for r in rows for t in r),
    ):
        assert words.count(text) == 1, text
    assert found.signed[0].agreement == "agreed with comments"
