"""
A supervision model: a set of questions, and what is known about it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from reflect.errors import Refused
from reflect.questions.answers import to_texts
from reflect.questions.question import Shape
from reflect.questions.rings import Ring
from reflect.questions.sets import Composable, QuestionSet
from reflect.shown import Brief


class Suits(enum.StrEnum):
    """
    With how many people a model works.
    """

    ONE_TO_ONE = "one-to-one"
    GROUP = "group"
    SELF = "self"


class Whose(enum.StrEnum):
    """
    Whose item a model is on an agenda.
    """

    SUPERVISEE = "supervisee"
    SUPERVISOR = "supervisor"
    BOTH = "both"


@attrs.frozen(kw_only=True)
class Source(Brief):
    """
    Where a model comes from.

    Attributes:
        author: Who wrote it.
        year: When, as a catalogue says it.
        title: The work.
        publisher: Who published it, and where.
    """

    _in_line = ("author", "year")

    author: str
    year: str
    title: str
    publisher: str = ""

    def __str__(self) -> str:
        where = f" {self.publisher}." if self.publisher else ""
        end = "" if self.title.endswith((".", "?", "!")) else "."
        return f"{self.author} ({self.year}) {self.title}{end}{where}"


@attrs.frozen(kw_only=True)
class Kept(Brief):
    """
    What a page keeps although it is advised against.

    Attributes:
        advice: The code of the advice, such as ``"closed"``.
        at: The key of the question or part, without the model's; nothing if it is about the page.
        because: Why it stays.
    """

    advice: str
    because: str
    at: str = ""


def _to_suits(names: Iterable[Suits | str]) -> tuple[Suits, ...]:
    return tuple(map(Suits, names))


@attrs.frozen(kw_only=True)
class Head(Brief):
    """
    What the front matter of a page says, without its questions.

    Attributes:
        key: The model's name: one lower-case word, or several with hyphens.
        title: What people call it.
        version: Goes up when its wording changes; records carry it.
        lang: Language tag; nothing if the page names no language.
        family: What sort of model it is.
        shape: How its parts stand to one another.
        minutes: Least and usual length, in minutes; None if nothing is known.
        suits: With how many people it works.
        whose: Whose item it is on an agenda.
        record: What a record of the session asks about it; "none" if nothing is kept.
        when: When it helps, in a sentence.
        instead: When to do something else, in a sentence.
        mistakes: What commonly goes wrong.
        roles: The roles it needs.
        sources: Where it comes from; a page without a source is a draft.
        rights: What may be done with the model, and what is our own.
        author: Whose the words of the page are, such as a person or an agency; nothing if it does not say so.
        licence: Of the page's wording; nothing if it names none.
        ring: A narrower ring for its answers.
        kept: What the page keeps although it is advised against.
    """

    _in_line = ("key", "shape")

    key: str
    title: str
    version: str = "1"
    lang: str = ""
    family: str = ""
    shape: Shape = attrs.field(default=Shape.LIST, converter=Shape)
    minutes: tuple[int, int] | None = None
    suits: tuple[Suits, ...] = attrs.field(default=(), converter=_to_suits)
    whose: Whose = attrs.field(default=Whose.SUPERVISEE, converter=Whose)
    record: str = ""
    when: str = ""
    instead: str = ""
    mistakes: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    roles: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    sources: tuple[Source, ...] = ()
    rights: str = ""
    author: str = ""
    licence: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    kept: tuple[Kept, ...] = ()

    @property
    def draft(self) -> bool:
        """
        Whether it prints "draft": it names no source.
        """
        return not self.sources


@attrs.frozen(kw_only=True)
class Model(Composable):
    """
    A supervision model. Every operation of a set works on it.

    Attributes:
        head: What is known about it.
        questions: What it asks.
    """

    head: Head
    questions: QuestionSet = attrs.field()

    @questions.validator
    def _named_alike(self, _: object, questions: QuestionSet) -> None:
        if questions.key != self.head.key:
            raise Refused("a model and its questions have one key")

    @property
    def key(self) -> str:
        """
        Its name.
        """
        return self.head.key

    @property
    def title(self) -> str:
        """
        What people call it.
        """
        return self.head.title
