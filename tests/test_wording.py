"""
The words a profession uses.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reflect
from reflect.documents.viewing import Viewer
from reflect.errors import Faults, UnknownKey
from reflect.pages.advice import words_needed
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import Ring
from reflect.questions.wordings import Wording, read_wording, wording, wording_names, words_in
from reflect.sessions.parts import Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.session import Note
from reflect.text.prose import Line, Run

NURSING = Wording("w", "W", (("person", "the patient"), ("worker", "nurse"), ("case-note", "note")))
names = st.sampled_from(["person", "worker", "case-note"])
plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}\\"), max_size=12)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("What does {person} say?", "What does the patient say?"),
        ("{person} waits. {person} waits", "The patient waits. The patient waits"),
        ("Well? {worker}! {worker}; {worker}", "Well? Nurse! Nurse; nurse"),
        ("  {worker}", "  Nurse"),
        (r"a \{person} b", "a {person} b"),
        (r"a \{person\} b", "a {person} b"),
        ("a {Person} {b c} {} {", "a {Person} {b c} {} {"),
        ("the {case-note}s", "the notes"),
        ("", ""),
    ],
)
def test_fill_puts_the_words(text: str, filled: str) -> None:
    """
    Words take the place of their names, with a capital where a sentence opens; an escaped brace is a brace.
    """
    assert NURSING.fill(text) == filled


@given(plain, names, plain)
def test_filling_changes_nothing_else(before: str, name: str, after: str) -> None:
    """
    Around the word the text stays as it was, and what was filled in needs no more words.
    """
    filled = NURSING.fill(f"{before}{{{name}}}{after}")
    word = NURSING.word(name)

    assert filled in (f"{before}{word}{after}", f"{before}{word.capitalize()}{after}")
    assert words_in(f"{before}{{{name}}}{after}") == {name}
    assert words_in(filled) == frozenset()


@given(plain)
def test_a_text_without_words_is_left_alone(text: str) -> None:
    """
    A text that names no word is filled to itself.
    """
    assert NURSING.fill(text) == text
    assert words_in(text) == frozenset()


def test_a_missing_word_is_named() -> None:
    """
    A word that is not in a wording is an error with the nearest name; an escaped one is not looked up.
    """
    with pytest.raises(UnknownKey, match=r"'w' called 'persons'.*Did you mean 'person'"):
        NURSING.fill("{persons}")
    with pytest.raises(UnknownKey):
        NURSING.word("child")

    assert words_in(r"\{persons} and {people}") == {"people"}


def test_ours_have_the_same_words() -> None:
    """
    Every wording that comes with us has a title and the same words, none empty.
    """
    known = [wording(name) for name in wording_names()]

    assert len(known) >= 9
    assert len({frozenset(name for name, _ in each.words) for each in known}) == 1
    assert all(each.title and all(word.strip() == word and word for _, word in each.words) for each in known)


@pytest.mark.parametrize("key", our_catalogue())
def test_ours_need_only_words_that_all_have(key: str) -> None:
    """
    Every page that comes with us can be filled by every wording.
    """
    model = our_catalogue().model(key)
    for name in wording_names():
        known = {word for word, _ in wording(name).words}

        assert words_needed(model) <= known
    for question in model.asks:
        assert "{" not in wording("general").fill(question.text)


def test_an_agency_writes_its_own(tmp_path: Path) -> None:
    """
    A wording is found by name, read from a file, or given; the error names the nearest.
    """
    file = tmp_path / "our-words.yaml"
    file.write_text("title: Ours\nwords:\n  person: the   tenant\n", "utf-8")

    assert wording(file) == Wording("our-words", "Ours", (("person", "the tenant"),))
    assert wording(NURSING) is NURSING
    assert wording("nursing").key == "nursing"
    assert hash(wording("nursing")) == hash(wording("nursing"))
    with pytest.raises(UnknownKey, match="Did you mean 'nursing'"):
        wording("nursng")
    with pytest.raises(Faults, match="cannot be read"):
        wording(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{title: [", 1, "a bracket is opened but not closed"),
        ("a: b: c", 1, "the value of 'a' holds ': '"),
        ("title: T", None, "there are no words"),
        ("- a", None, "there are no words"),
        ("", None, "there are no words"),
        ("words:\n  person: ''", 2, "the word 'person' is empty"),
        ("words:\n  person:\n  - a", 2, "the word 'person' is empty"),
        ("words:\n  person: 'a {b}'", 2, "the word 'person' is not one plain line"),
        ("words:\n  Person: a", 2, "'Person' is not the name of a word"),
        ("word:\n  person: a", 1, "'word' is not known in a wording"),
        ("title: T\nwords:\nperson: a", 3, "'person' is not known in a wording"),
        ("title:\n- a\nwords:\n  person: a", 1, "'title' is not one text"),
        ("words:\n  person: a\n  person: b", 3, "'person' is used twice"),
        ("words:\n  *person: a", 2, "a value begins with"),
    ],
)
def test_a_wrong_wording_says_what_is_wrong(text: str, line: int | None, what: str) -> None:
    """
    Each fault of a wording is reported, with its line if YAML knows it.
    """
    with pytest.raises(Faults, match=what) as caught:
        read_wording("w", text)

    (fault,) = caught.value.faults
    assert (fault.where, fault.line) == ("w.yaml", line)


def test_several_faults_are_told_at_once() -> None:
    """
    A wording that is wrong twice says so twice.
    """
    with pytest.raises(Faults) as caught:
        read_wording("w", "words: {a: '', b: '{', c: fine}")

    assert len(caught.value.faults) == 2


@given(
    st.one_of(
        st.text(max_size=30),
        st.text(st.characters(), max_size=10).map("words: {{a: {}}}".format),
        st.text("words: ab{}[]&*?!|>\n-'\"", max_size=30),
    )
)
@example("words: {a: \ud800}")  # the C reader of YAML encodes what it is given
@example("words: {[a]: b}")
@example("words: &x {a: *x}")
def test_any_text_is_a_wording_or_faults(text: str) -> None:
    """
    Whatever is in the file gives a wording or faults.
    """
    try:
        told: object = read_wording("w", text).words
    except Faults as wrong:
        told = wrong.faults

    assert told


def test_what_somebody_typed_is_not_put_into_other_words() -> None:
    """
    The words of a profession take the place of braces on a page, and of none in a topic, a fact, a note or an answer.
    """
    typed = "{worker} {no-such-word} \\{"
    page = reflect.read_page("# A page\n\nFor {worker}.\n\n- What does {worker} need?\n")
    asked = page.about("t1", typed, "open")
    session = attrs.evolve(
        reflect.plan(asked @ 20, 30, facts={"place": typed}), notes=(Note(text=typed, ring=Ring.OPEN),)
    )
    answer = Answered(key="item-1", ring=Ring.OPEN, lines=(Line(runs=(Run(text=typed),)),))
    record = Record(minutes=30, items=(ItemRecord(key="item-1", use="page", minutes=20),), answers=(answer,))
    viewer = Viewer(NURSING)

    seen = viewer.view_session(session, viewer.name_questions(record, session))
    (item,) = seen.items
    assert (item.model, item.questions[0].text) == ("A page", "What does nurse need?")
    assert viewer.view_model(page).opening == "For nurse."
    assert (item.title, item.asked, item.answer) == (typed, typed, typed)
    assert (seen.facts["place"], *seen.notes) == (typed, typed)
