"""
How values show themselves in a log: in one line, or printed; without a word that somebody wrote, and without an error.
"""

from __future__ import annotations

import datetime
import importlib
import pickle
import pkgutil

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reflect
from reflect.errors import NoTextForm, ReflectError, UnknownKey
from reflect.planning import Journal, JournalEntry
from reflect.questions.outlines import read_outline
from reflect.questions.sets import show
from reflect.shown import LONGEST_LINE, Brief, Shown
from reflect.testing import planted
from reflect.testing.canaries import has_canary
from tests import strategies
from tests.documents import tried
from tests.strategies import ask

#: One strategy for each kind of value that is made and handed on.
VALUES = {
    "question": strategies.questions,
    "topic": strategies.topics,
    "set": strategies.question_sets,
    "silence": strategies.silences,
    "outline": strategies.outlines,
    "outline-of-sets": strategies.outlines_of_sets,
    "model": strategies.models,
    "head": strategies.models.map(lambda model: model.head),
    "session": strategies.sessions,
    "record": strategies.records,
    "document": strategies.documents,
    "blocks": strategies.documents.filter(lambda paper: paper.blocks).map(lambda paper: paper.blocks[0]),
    "filled": strategies.filled_pages,
}
CANARY = "QZOWNZQ"
#: What may name a thing in a line, and so is nobody's words.
NAMING = ("key", "id", "kind", "code", "path")


def kinds(base: type) -> list[type]:
    """
    Every class of values below another, in whatever module of ours it is.
    """
    names = [each.name for each in pkgutil.walk_packages(reflect.__path__, "reflect.") if "__main__" not in each.name]
    things = {id(each): each for name in names for each in vars(importlib.import_module(name)).values()}
    return [each for each in things.values() if isinstance(each, type) and issubclass(each, base) and attrs.has(each)]


def is_one_line(text: str) -> bool:
    return 0 < len(text) <= LONGEST_LINE and len(text.splitlines()) == 1 and text.encode() != b""


def with_canaries(value: object) -> object:
    """
    A value with somebody's word in every text, except in those that name something.
    """
    if isinstance(value, tuple):
        if value and all(isinstance(each, str) for each in value):
            return (value[0], *(CANARY for _ in value[1:]))  # a fact or an answer, by its name
        return tuple(map(with_canaries, value))
    if not attrs.has(type(value)):
        return value
    for field in attrs.fields(type(value)):
        inside = getattr(value, field.name)
        if field.init and field.name not in NAMING:
            try:
                new = CANARY if isinstance(inside, str) and type(inside) is str else with_canaries(inside)
                value = attrs.evolve(value, **{field.alias: new})  # type: ignore[misc]
            except (ValueError, TypeError, ReflectError):
                pass  # it has to be one of a few words, or to agree with something
    return value


# --- the line


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_every_value_is_one_line_and_can_be_printed(kind: str, data: st.DataObject) -> None:
    """
    Whatever a value holds, its ``repr`` is one short line, and ``str`` gives a text that a file can hold.
    """
    value = data.draw(VALUES[kind])

    assert is_one_line(repr(value))
    assert isinstance(str(value).encode(), bytes)


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_a_line_holds_nobody_s_words(kind: str, data: st.DataObject) -> None:
    """
    A word in every place of a value that is meant for words is not in its line, though the value holds it.
    """
    value = with_canaries(data.draw(VALUES[kind]))

    if kind in ("question", "topic", "model", "head", "record", "document", "filled") or (kind == "set" and value):
        assert CANARY.encode() in pickle.dumps(value)
    assert CANARY not in repr(value) or kind == "outline-of-sets"  # there a set is called by its title


@pytest.mark.parametrize("name", reflect.Templates().names())
def test_nothing_private_is_shown_of_what_papers_are_made_of(name: str) -> None:
    """
    A value with a word in every ring shows none of them, in its line, printed, or in a notebook.
    """
    for value in planted(reflect.Templates().about(name).of):
        if isinstance(value, Brief) and not isinstance(value, reflect.Model):
            page = value._repr_html_() if isinstance(value, Shown) else ""
            assert has_canary(value)  # type: ignore[arg-type]
            assert "QZ" not in repr(value) + str(value) + page


def test_lines_say_what_a_value_is_and_how_much_is_in_it() -> None:
    """
    A key, and numbers: enough to know one's way in a log.
    """
    kolb = reflect.load("kolb-cycle")

    assert [repr(each) for each in (kolb, kolb.core(), kolb.asks[0], kolb.head, reflect.catalogue())] == [
        "Model('kolb-cycle', 27 questions)",
        "QuestionSet('kolb-cycle', 8 questions)",
        "Question('kolb-cycle.experience.beginning')",
        "Head('kolb-cycle', cycle)",
        f"Catalogue({len(reflect.catalogue())} models)",
    ]
    session = reflect.plan("arrive@3 + kolb-cycle@40 + close@7", 60)
    assert repr(session) == "Session(60 minutes, 3 items, spare 10)"
    assert repr(session.items[0]) == "Item(QuestionSet('arrive', 5 questions), 3 minutes)"
    assert repr(reflect.document(session, "agenda")).startswith("Document('agenda', ")
    assert repr(reflect.outline("arrive@3 + grow")) == "Outline('arrive@3 + grow')"
    assert repr(UnknownKey("kolb", ("kolb-cycle",))).startswith("UnknownKey(\"there is no part 'kolb'.")
    assert repr(Journal([JournalEntry(date=datetime.date(2026, 3, 4))])) == "Journal(1 entry)"


class Broken:
    """
    Something that fails when anybody looks at it.
    """

    def __str__(self) -> str:
        raise RuntimeError("nobody can print this")

    __repr__ = __len__ = __eq__ = __iter__ = __bool__ = __lt__ = __str__  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]


#: What a field is not made for. Tuples of it, too, since most fields hold several.
odd = st.one_of(
    st.none(), st.integers(), st.booleans(), st.text(max_size=5), st.binary(max_size=3), st.builds(Broken), st.floats()
)
odd_values = st.one_of(odd, st.lists(odd, max_size=3).map(tuple), st.dictionaries(st.integers(), odd, max_size=2))


@pytest.mark.parametrize("kind", kinds(Brief), ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=tried(24))
def test_nothing_broken_inside_keeps_a_value_from_showing_itself(kind: type, data: st.DataObject) -> None:
    """
    A value that holds what it was not made for still prints, and is still one line.
    """
    value = kind.__new__(kind)
    for field in attrs.fields(kind):
        if data.draw(st.integers(0, 9)):  # and some are not there at all
            object.__setattr__(value, field.name, data.draw(odd_values))

    assert is_one_line(repr(value))
    assert isinstance(str(value), str)


@pytest.mark.parametrize("kind", kinds(ReflectError), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_errors_have_a_sentence_whatever_they_hold(kind: type[ReflectError], data: st.DataObject) -> None:
    """
    Every error that can be made at all says something, also of keys that are numbers.
    """
    fields = {field.alias: data.draw(odd_values) for field in attrs.fields(kind) if field.init}  # type: ignore[arg-type]
    try:
        error = kind(**fields)
    except Exception:  # some look at what they are given
        return

    assert isinstance(str(error), str)
    assert is_one_line(repr(error))


def test_keys_may_be_numbers() -> None:
    """
    A key that is not a text is named as it prints, and the nearest to it is found.
    """
    assert str(UnknownKey(7, (10, 200))) == "there is no part '7'. There are: 10, 200."  # type: ignore[arg-type]
    assert str(UnknownKey(177, (1770, 2))).endswith("Did you mean '1770'?")  # type: ignore[arg-type]
    assert str(reflect.KeyClash(None)).startswith("two different questions or steps have the key 'None'")  # type: ignore[arg-type]


# --- outlines


@given(strategies.outlines_of_sets)
@example(reflect.both(ask("a", title="A ] and\nmore")))
def test_outlines_made_in_code_can_be_printed(outline: reflect.Outline) -> None:
    """
    They print in one line; only what names models can be read back, and a text to read back is refused for others.
    """
    assert len(str(outline).splitlines()) == 1
    assert "[" in str(outline)
    with pytest.raises(NoTextForm):
        show(outline)


def test_a_model_in_an_outline_prints_as_its_key() -> None:
    """
    A model as it was loaded prints as its key, and anything made of one as its title in square brackets.
    """
    kolb, grow = reflect.load("kolb-cycle"), reflect.load("grow")

    assert f"{kolb | grow}" == "kolb-cycle | grow"
    assert f"{kolb @ 40}" == "kolb-cycle@40"
    assert f"{(kolb.core() | grow) @ 40}" == "([Experiential learning cycle] | grow)@40"
    assert str(ask("a") @ 5) == "[A set of questions]@5"
    assert reflect.either(kolb, kolb.questions) == reflect.either(kolb)
    assert str(read_outline(f"{kolb | grow}")) == str(kolb | grow)
