"""
The door of the planner: what the page gives and what Python answers go through it whole, with files in them.
"""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reflect.planner.door import open_door

#: Text as a browser has it: also half a sign.
texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts | st.binary(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
NUMBERED = "\0bytes"


def as_the_page_does(value: Any, files: list[bytes]) -> Any:
    """
    A value as the page writes it: a number stands for each file.
    """
    match value:
        case bytes():
            files.append(value)
            return {NUMBERED: len(files) - 1}
        case list():
            return [as_the_page_does(each, files) for each in value]
        case dict():
            return {name: as_the_page_does(each, files) for name, each in value.items()}
    return value


def as_the_page_reads(text: str, files: list[bytes]) -> Any:
    return json.loads(text, object_hook=lambda each: files[each[NUMBERED]] if NUMBERED in each else each)


class ProxyOfArray:
    """
    A file of the page as Pyodide hands it over.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    def to_bytes(self) -> bytes:
        return self.data


@given(value=st.dictionaries(texts, values, max_size=4))
@example(value={"half a sign": "\ud83d", "file": b"\0\xff"})
def test_what_goes_through_the_door_is_what_comes_out(value: dict[str, Any]) -> None:
    """
    A desk that answers with what it was given gives back the same, whatever the text and however many files.
    """
    seen: list[Any] = []
    with mock.patch("reflect.planner.door.Desk") as desk:
        desk.return_value.answer.side_effect = lambda name, given: seen.append((name, given)) or given
        ask = open_door()
        files: list[bytes] = []
        text = json.dumps(as_the_page_does(value, files))
        told, out = ask("plan", text, [ProxyOfArray(each) for each in files])

    assert seen == [("plan", value)]
    assert as_the_page_reads(told, out) == value
    assert told.isascii()


def test_an_answer_that_json_has_not_is_our_mistake() -> None:
    """
    A value that is neither JSON nor a file goes nowhere, and its words are in no message.
    """
    with mock.patch("reflect.planner.door.Desk") as desk:
        desk.return_value.answer.return_value = {"who": {"qzPRIVATEqz"}}
        with pytest.raises(TypeError) as wrong:
            open_door()("plan", "{}", [])

    assert "set" in str(wrong.value)
    assert "qzPRIVATEqz" not in str(wrong.value)


def test_the_real_desk_answers_through_it() -> None:
    """
    A paper comes out as a file beside the text.
    """
    hour = {"who": "supervisor", "minutes": 60, "profile": "general"}
    text, files = open_door()("paper", json.dumps({"hour": hour, "paper": "agenda", "to": "docx"}), [])
    answer = json.loads(text)

    assert answer["bytes"] == {NUMBERED: 0}
    assert files[0].startswith(b"PK")
