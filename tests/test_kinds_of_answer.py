"""
Every kind of answer, written by every format and read back in every way.

`reflect.text.kinds_of_answer.PLACES` lists what a kind of answer is on paper. A kind without an entry there, a writer that
drops its place, or a reader that does not know it fails here.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser

import attrs
import pytest

import reflect
from reflect.formats import FORMATS, writer
from reflect.questions.answers import Kind
from reflect.questions.model import Model
from reflect.reading_back import read
from reflect.sessions.answering import read_answers
from reflect.text import nodes
from reflect.text.kinds_of_answer import PLACES
from reflect.text.prose import lines_of


@attrs.frozen
class Sample:
    """
    A question of one kind, and two answers to it.

    Attributes:
        braces: How a page says that it is answered so.
        answers: What is written in its place: one thing, and another.
        given: What a program may give for the first.
    """

    braces: str
    answers: tuple[str, str]
    given: object = attrs.field(default=attrs.Factory(lambda self: self.answers[0], takes_self=True))


SAMPLES = {
    Kind.PROSE: Sample("", ("We were silent.\nThen we were not.", "We talked.")),
    Kind.POINTS: Sample("answer=points", ("One thing\nAnother", "One thing"), ["One thing", "Another"]),
    Kind.SCALE: Sample('answer=scale low="none" high="enough" whose="yours"', ("7", "10"), 7),
    Kind.CHOICE: Sample('answer=choice options="to begin; to stop"', ("to stop", "to begin")),
    Kind.TICK: Sample("answer=tick", ("yes", "not yet"), True),
    Kind.DATE: Sample("answer=date", ("4 March 2026", "5 May 2026")),
}
KEY = "one-thing.asked"
every_kind = pytest.mark.parametrize("kind", Kind)
every_format = pytest.mark.parametrize("to", [name for name, each in FORMATS.items() if not each.papers])


def model(kind: Kind) -> Model:
    """
    A model of one question, answered so.
    """
    braces = f" {{#asked {SAMPLES[kind].braces}}}" if SAMPLES[kind].braces else " {#asked}"
    return reflect.read_page(f"# One thing\n\n- What do you say to that?{braces}\n")


def paper(kind: Kind, value: str = "") -> nodes.Document:
    """
    A worksheet with a place for it, and what is written there.
    """
    blank = reflect.document(model(kind), "worksheet")
    return attrs.evolve(blank, blocks=tuple(_filled(block, kind, value) for block in blank.blocks))


def _filled(block: nodes.Block, kind: Kind, value: str) -> nodes.Block:
    if not isinstance(block, PLACES[kind].node):
        return block
    written = isinstance(block, nodes.Answer)
    return attrs.evolve(block, value=value, **({"said": lines_of(value)} if written and value else {}))


def places(document: nodes.Document) -> list[nodes.Block]:
    return [block for block in document.blocks if isinstance(block, nodes.Answer | nodes.Choice | nodes.Scale)]


@every_kind
def test_a_kind_is_listed_wherever_it_is_decided(kind: Kind) -> None:
    """
    A kind has its place in the table and a sample here, and its worksheet has that place, once.
    """
    (place,) = places(reflect.document(model(kind), "worksheet"))

    assert model(kind).questions.asks[0].answering.kind is kind
    assert type(place) is PLACES[kind].node
    assert getattr(place, "kind", "") == PLACES[kind].kind


@every_format
@every_kind
def test_a_place_is_shown_by_every_writer(kind: Kind, to: str) -> None:
    """
    In every format a paper with the place differs from one without it, and so does what is written there.
    """
    if not FORMATS[to].installed:
        pytest.skip(f"{FORMATS[to].extra} is not installed")
    write, blank = writer(to), paper(kind)
    without = attrs.evolve(blank, blocks=tuple(block for block in blank.blocks if block not in places(blank)))
    made = [write(each) for each in (without, blank, *(paper(kind, answer) for answer in SAMPLES[kind].answers))]

    assert len(set(made)) == len(made)


@every_kind
def test_what_is_written_in_word_is_read_back(kind: Kind) -> None:
    """
    A Word file gives each answer as it was written there, and none from a blank.
    """
    for answer in SAMPLES[kind].answers:
        (found,) = read(writer("docx")(paper(kind, answer))).answers
        assert (found.key, found.text) == (KEY, answer)
    assert not any(answer.text for answer in read(writer("docx")(paper(kind))).answers)


@every_kind
def test_what_a_page_saves_is_read_back(kind: Kind) -> None:
    """
    The page has a field of the question's key with what is written in it, and what it saves is read as the answer.
    """
    for answer in SAMPLES[kind].answers:
        page = writer("html")(paper(kind, answer)).decode()
        (found,) = read(_Fields(page).saved()).answers
        assert (found.key, found.text) == (KEY, answer)


@every_kind
def test_json_holds_what_is_written(kind: Kind) -> None:
    """
    A document as JSON is the same document when it is read.
    """
    for value in ("", *SAMPLES[kind].answers):
        assert reflect.from_json(writer("json")(paper(kind, value)).decode()) == paper(kind, value)


@every_kind
def test_what_a_program_gives_is_the_answer(kind: Kind) -> None:
    """
    An answer from a web form says what it would say on paper.
    """
    ((answer,), _) = read_answers(model(kind), {KEY: SAMPLES[kind].given})

    assert answer.text == SAMPLES[kind].answers[0]


class _Fields(HTMLParser):
    """
    What a page would save: its fields and what is in them, as its script gathers them.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.answers: dict[str, str] = {}
        self.document, self.about = "", "{}"
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "main":
            self.document, self.about = given["data-document"], given["data-about"]
        elif tag == "textarea":
            self._area = given["name"]
            self.answers[self._area] = ""
        elif tag == "input" and (given["type"] != "radio" or "checked" in given):
            self.answers[given["name"]] = given["value"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.answers[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.answers[self._area] = self.answers[self._area].removeprefix("\n")
            self._area = ""

    def saved(self) -> bytes:
        copy = {"format": "reflect-filled", "version": 1, "document": self.document, "about": json.loads(self.about)}
        return json.dumps({**copy, "answers": self.answers}).encode()
