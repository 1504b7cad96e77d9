"""
One edge for values: what comes from outside is taken or refused with a sentence, and everywhere in the same way.
"""

from __future__ import annotations

import datetime
import inspect
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.arguments import _FLAT, WrongKind
from reflect.planning import following
from reflect.questions import Step
from reflect.reading_back import Action, Decision, SignOff
from reflect.text.prose import words_of
from tests.documents import a_few
from tests.test_ends import SENSE, methods, public

DAY = datetime.date(2026, 3, 4)
#: Values of every kind that somebody may have, by its name.
KINDS: dict[str, Callable[[], object]] = {
    "none": lambda: None, "text": lambda: "60", "number": lambda: 7, "fraction": lambda: 1.5, "truth": lambda: True,
    "bytes": lambda: b"x", "day": lambda: DAY, "moment": lambda: datetime.datetime(2026, 3, 4, 10, 30),
    "time": lambda: datetime.time(10, 30), "file": lambda: io.BytesIO(b"x"), "text file": lambda: io.StringIO("x"),
    "memory": lambda: memoryview(b"x"), "path": lambda: Path("x"), "list": lambda: ["x"], "names": lambda: {"a": 1},
}  # fmt: skip


def fits(value: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds)


def wrong_calls() -> Iterator[tuple[str, Callable[..., object], str, str]]:
    """
    Every public function, class and method, with each argument that is a text, a number, a day or a truth value, and
    each kind of value that it is not.
    """
    for name, call in (*public(), *methods()):
        try:
            parameters = inspect.signature(call).parameters.values()
        except (TypeError, ValueError):
            continue
        for each in parameters:
            kinds = _FLAT.get(each.annotation) if isinstance(each.annotation, str) else None
            if kinds and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
                yield from ((name, call, each.name, kind) for kind, make in KINDS.items() if not fits(make(), kinds))


def test_what_is_of_another_kind_is_refused_by_name_and_never_taken() -> None:
    """
    No text where a number belongs, no number where a text belongs, and no truth value as a number: the sentence names
    the function and the argument.
    """
    calls = list(wrong_calls())
    taken = []
    for name, call, argument, kind in a_few(calls, every=7):
        needed = [
            e for e in inspect.signature(call).parameters.values() if e.default is e.empty and e.kind not in (2, 4)
        ]
        given = {each.name: SENSE.get(each.name, "x") for each in needed} | {argument: KINDS[kind]()}
        try:
            call(**given)
            taken.append(f"{name}({argument}={kind}) is taken")
        except WrongKind as error:
            where = str(error).partition("'")[2].partition("'")[0]
            if where not in given:
                taken.append(f"{name}({argument}={kind}): {error}")
        except reflect.ReflectError as error:
            taken.append(f"{name}({argument}={kind}): {error}"[:200])

    assert taken == []
    assert len(calls) > 1500


# --- words

#: Where words are written: the same is taken by each.
WRITTEN: dict[str, Callable[[Any], str]] = {
    "plan": lambda given: reflect.plan("arrive@3", 5, facts={"date": given}).fact("date"),
    "document": lambda given: dict(reflect.Record(minutes=5, items=(), facts=(("date", given),)).facts).get("date", ""),
    "session": lambda given: reflect.Session(minutes=5, items=(), spare=5, facts=(("date", given),)).fact("date"),
    "action": lambda given: Action(what="x", who="", by=given).by,
    "decision": lambda given: Decision(what="x", why="", who="", ring=reflect.Ring.PAIR, when=given).when,
    "signature": lambda given: SignOff(role="supervisee", date=given).date,
}


@given(st.one_of(st.dates(), st.times(), st.datetimes(), st.none(), st.sampled_from(["4 March 2026", "soon"])))
def test_words_are_the_same_wherever_they_are_given(given: datetime.date | datetime.time | str | None) -> None:
    """
    A day and a time as people write them, nothing for None, and a text as it is.
    """
    assert {write(given) for write in WRITTEN.values()} == {words_of(given)}


@pytest.mark.parametrize("kind", ["number", "fraction", "truth", "bytes", "file", "memory", "list", "names", "path"])
@pytest.mark.parametrize("where", WRITTEN)
def test_what_is_no_words_is_refused_wherever_it_is_given(where: str, kind: str) -> None:
    with pytest.raises(WrongKind, match=r"'(facts|by|when|date)'.* is .*; give a text, "):
        WRITTEN[where](KINDS[kind]())


def test_a_paper_has_the_day_and_the_time_in_words() -> None:
    facts = {"date": DAY, "start": datetime.datetime(2026, 3, 4, 10, 0), "place": None}
    text = reflect.render("arrive@3 + close@7", "agenda", to="txt", minutes=10, facts=facts).decode()

    assert "4 March 2026" in text
    assert "10:03" in text
    copies = reflect.copies("arrive@3 + close@7", "agenda", [facts], to="txt", minutes=10)
    assert [each.decode() for each in copies] == [text]


# --- files

PAPER = reflect.render("arrive@3 + kolb-cycle@40 + close@7", "record", minutes=60, facts={"date": DAY}, reader="anyone")
FILES: dict[str, Callable[[Path], Any]] = {
    "path": lambda path: path,
    "bytes": lambda path: path.read_bytes(),
    "bytearray": lambda path: bytearray(path.read_bytes()),
    "memory": lambda path: memoryview(path.read_bytes()),
    "in memory": lambda path: io.BytesIO(path.read_bytes()),
    "open": lambda path: path.open("rb"),
}


@pytest.mark.parametrize("way", FILES)
def test_a_file_is_taken_however_it_is_given(way: str, tmp_path: Path) -> None:
    """
    `read`, `brand` and what follows from a paper give the same for its path, its bytes and an open file.
    """
    path = tmp_path / "record.docx"
    path.write_bytes(PAPER)

    for take in (reflect.read, lambda file: repr(reflect.brand(file))):
        given = FILES[way](path)
        assert take(given) == take(PAPER)
        getattr(given, "close", str)()
    given = FILES[way](path)
    assert following(after=[given], date=DAY).session == following(after=[PAPER], date=DAY).session
    getattr(given, "close", str)()


@pytest.mark.parametrize("take", [reflect.read, reflect.brand, reflect.close])
def test_a_file_that_is_open_as_text_is_refused(take: Callable[[Any], object]) -> None:
    with pytest.raises(reflect.Refused, match="is a file that is open as text; open it in binary, with 'rb'"):
        take(io.StringIO("x"))


@pytest.mark.parametrize("take", [reflect.read, reflect.brand, reflect.close])
@pytest.mark.parametrize("kind", ["none", "text", "number", "truth", "day", "time", "list", "names"])
def test_what_is_no_file_is_refused(take: Callable[[Any], object], kind: str) -> None:
    with pytest.raises(reflect.Refused, match=r"is named by its path, and this is .*; write pathlib\.Path"):
        take(KINDS[kind]())


# --- questions


@pytest.mark.parametrize("make", [reflect.Question, Step])
@pytest.mark.parametrize("key", ["", " ", "a b", "a\n", "a\tb", "\0"])
def test_a_key_that_is_none_is_refused(make: Callable[..., object], key: str) -> None:
    with pytest.raises(reflect.Refused, match="'key' of a question or a step is empty, or not in one piece") as told:
        make(key=key, text="What of it?")

    assert told.value.about == "key"


@pytest.mark.parametrize("make", [reflect.Question, Step])
@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_text_is_refused(make: Callable[..., object], text: str) -> None:
    with pytest.raises(reflect.Refused, match="'text' of a question or a step is empty"):
        make(key="a", text=text)
