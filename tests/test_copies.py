"""
Copies for several people are the papers each would have got alone, whatever way they were made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reflect
from reflect.documents.making import Making
from reflect.documents.sandbox import NotAlike, Sealed
from reflect.rendering.copies import copies
from reflect.rendering.rendering import render
from reflect.sessions.facts import FACTS
from reflect.text.nodes import Document
from tests.documents import FORMATS, MODEL_PAPERS, OUTLINE, SESSION_PAPERS, a_few, everything_in, tried
from tests.test_inert import record_of, texts

facts = st.dictionaries(
    st.sampled_from([name for name in FACTS if name not in ("start", "situation")]),
    st.one_of(
        texts,
        st.sampled_from(["AK", "A. K. & Sons <Ltd>", "שלום", "1. x", "a  b", " a", "", "\ue0000\ue001", "{{ x }}"]),
    ),
)


@pytest.mark.long
@pytest.mark.parametrize("paper", a_few([*SESSION_PAPERS, *MODEL_PAPERS], 2))
@given(people=st.lists(facts, max_size=4))
@settings(max_examples=tried(15))
@example(people=[{"title": "\r\n"}])
@example(people=[{"organisation": "\x1f"}])  # white space to Python, a sign that cannot be shown to us
@example(people=[{"place": "\ue0000\ue001", "date": "x"}, {"place": "y", "date": "\ue0001\ue001"}])
def test_copies_are_what_each_would_get_alone(paper: str, people: list[dict[str, str]]) -> None:
    """
    Byte for byte, a copy is the paper that is made with that person's facts and nobody else's.
    """
    what = OUTLINE if paper in SESSION_PAPERS else reflect.load("kolb-cycle")

    assert list(copies(what, paper, people, reader="supervisee")) == [
        render(what, paper, facts=each, reader="supervisee") for each in people
    ]


@pytest.mark.parametrize("to", FORMATS)
def test_copies_come_in_every_format(to: str) -> None:
    """
    Copies of a filled record, in every format, are those of `render`.
    """
    people = [{"supervisee": "AK", "date": "1 May"}, {"supervisee": "BL & Co", "date": "2 May"}]

    assert list(copies(record_of("x"), "record", people, to=to, reader="supervisor")) == [
        render(record_of("x"), "record", to=to, facts=each, reader="supervisor") for each in people
    ]


def test_a_paper_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A hundred people with the same facts filled take three layouts, and a fact on two lines one more. (An
    agenda has as many lines to write on as its other words leave room for, and so has layouts of its own.)
    """
    made: list[str] = []
    real = Making.document

    def counted(making: Making, *given: Any, **named: Any) -> Document:
        made.append(making.name)
        return real(making, *given, **named)

    monkeypatch.setattr(Making, "document", counted)
    people = [{"supervisee": f"P{n}", "place": f"Room {n}"} for n in range(100)]

    assert len(set(copies(OUTLINE, "record", people, reader="supervisee"))) == 100
    assert len(made) == 3
    assert len(list(copies(OUTLINE, "record", [{"place": "Room\n1"}], reader="supervisee"))) == 1
    assert len(made) == 4


@pytest.mark.parametrize(
    "line",
    [
        "{{ session.facts.place|upper }}",
        "{{ session.facts.place ~ '!' }}",
        "{% if session.facts.place == 'Room 7' %}seven{% endif %}",
        "{% if 'Room 7' == session.facts.place %}seven{% endif %}",
        "{% if session.facts.place in ['Room 7'] %}seven{% endif %}",
        "{% if '7' in session.facts.place %}seven{% endif %}",
        "{% if session.facts.place.endswith('7') %}seven{% endif %}",
        "{% if 'Room 7'.startswith(session.facts.place) %}seven{% endif %}",
        "{% if session.facts.place|length == 6 %}six{% endif %}",
        "{% if session.facts.place is lower %}low{% endif %}",
        "{{ session.facts.place[0] }}",
        "{{ session.facts.place[:2] }}",
        "{% for c in session.facts.place %}{{ c }}-{% endfor %}",
        "{{ [session.facts.place]|join('+') }}",
        "{{ [session.facts.place, 'a']|sort|first }}",
        "{{ 'x %s' if session.facts.place < 'S' else 'y' }}",
        "{{ session.facts.place * 2 }}",
        "{% macro m(x) %}{{ x|lower }}{% endmacro %}{{ m(session.facts.place) }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(session.facts.place) }}",
        "{% set x %}{{ session.facts.place }}{% endset %}{{ x }}",
        "## {{ session.facts.place }}",
        "## [{{ session.facts.place }}]{.label} Head",
        "| {{ session.facts.place }} | b |\n| --- | --- |\n| {{ session.facts.place }} | x |",
        "```answer place\nlabel: {{ session.facts.place }}\nvalue: {{ session.facts.place }}\n```",
        "```answer {{ session.facts.place }}\nlabel: x\n```",
        "```answer k\nlabel: x\noption: {{ session.facts.place }}\noption: b\nvalue: Room 7\n```",
        "```answer k\nlabel: x\nlines: {% if session.facts.place %}3{% endif %}\n\n```",
        "[{{ session.facts.place }}](https://example.org)",
        "`{{ session.facts.place }}`",
    ],
)
def test_a_template_may_do_what_it_likes(line: str, tmp_path: Path) -> None:
    """
    Whatever a template does with a fact, each copy is what that person would get alone.
    """
    (tmp_path / "mine.md").write_text(f"# T\n\n{line}\n")
    people = [{"place": place} for place in ("Room 7", "Room 8", "b", "x" * 90, "1. & <", "Room 7")]

    assert list(copies(OUTLINE, "mine", people, reader="supervisee", templates=[tmp_path])) == [
        render(OUTLINE, "mine", facts=each, reader="supervisee", templates=[tmp_path]) for each in people
    ]


def test_a_sealed_text_says_nothing() -> None:
    """
    A sealed text shows whether it is there, and nothing else.
    """
    sealed = Sealed("x")

    assert sealed
    assert not Sealed("")
    for look in (
        str,
        len,
        hash,
        iter,
        lambda s: s == "x",
        lambda s: s + "y",
        lambda s: s[0],
        lambda s: f"{s}",
        lambda s: "x" in s,
        lambda s: s < "y",
    ):
        with pytest.raises(NotAlike):
            look(sealed)  # type: ignore[operator]


def test_no_copy_holds_anything_of_another() -> None:
    """
    A, B, A again: the third equals the first, and none has a word of the others.
    """
    people = [{"supervisee": who, "organisation": who} for who in ("QZANNAZQ", "QZBERTZQ", "QZANNAZQ")]
    first, second, third = copies(OUTLINE, "record", people, reader="supervisee")

    assert first == third
    assert "QZBERTZQ" in everything_in(second, "docx")
    assert "QZBERTZQ" not in everything_in(third, "docx")
    assert "QZANNAZQ" not in everything_in(second, "docx")


def test_a_fact_out_of_ones_rings_reaches_no_copy() -> None:
    """
    A reader who may not see who it is about gets copies that are all alike.
    """
    people = [{"supervisee": who} for who in ("QZANNAZQ", "QZBERTZQ")]

    assert len(set(copies(OUTLINE, "agenda", people, reader="auditor"))) == 1
    with pytest.raises(reflect.NoReader):
        list(copies(OUTLINE, "agenda", people))
