"""
One question, and one step of what is done: its wording, whom it is put to, and what it serves.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Literal

import attrs

from reflect.errors import Refused
from reflect.questions.answers import PROSE, Answering, to_texts
from reflect.questions.rings import Ring
from reflect.shown import Brief


class Element(enum.StrEnum):
    """
    The four elements of the supervision cycle, in their order.

    Source: Morrison, T. (2005) *Staff Supervision in Social Care*, after Kolb (1984).
    """

    EXPERIENCE = "experience"
    REFLECTION = "reflection"
    ANALYSIS = "analysis"
    ACTION = "action"


class Function(enum.StrEnum):
    """
    The four functions of supervision.

    Source: Morrison, T. (2005) *Staff Supervision in Social Care*.
    """

    MANAGEMENT = "management"
    DEVELOPMENT = "development"
    SUPPORT = "support"
    MEDIATION = "mediation"


class Addressee(enum.StrEnum):
    """
    Whom a question is put to.
    """

    SUPERVISEE = "supervisee"
    SUPERVISOR = "supervisor"
    GROUP = "group"


class Shape(enum.StrEnum):
    """
    How the parts of a model stand to one another.
    """

    CYCLE = "cycle"
    SEQUENCE = "sequence"
    STEPS = "steps"
    COLUMNS = "columns"
    MATRIX = "matrix"
    CORNERS = "corners"
    LENSES = "lenses"
    NESTED = "nested"
    SETS = "sets"
    SCALE = "scale"
    LADDER = "ladder"
    LIST = "list"

    @property
    def whole(self) -> bool:
        """
        Whether every part belongs to it, so that none is left out to save time.
        """
        return self in (Shape.CYCLE, Shape.SEQUENCE, Shape.STEPS)


class Mode(enum.StrEnum):
    """
    What happens in a part: it asks, or something is done in it.
    """

    ASK = "ask"
    SAY = "say"
    DO = "do"
    DRAW = "draw"
    MOVE = "move"
    SORT = "sort"
    VOTE = "vote"
    WRITE = "write"
    WAIT = "wait"
    SILENT = "silent"


#: What sets can be turned to, and what can be missing from them.
By = Literal["element", "function"]


def to_elements(names: Iterable[Element | str]) -> tuple[Element, ...]:
    return tuple(map(Element, names))


def to_functions(names: Iterable[Function | str]) -> tuple[Function, ...]:
    return tuple(map(Function, names))


@attrs.frozen
class Topic(Brief):
    """
    What somebody brings, to which questions are put.

    Attributes:
        id: Given by whoever plans; never made from the words of *title*.
        title: The words, private to *ring*.
        ring: Who may read the title and the answers.
    """

    _in_line = ("id", "ring")

    id: str = attrs.field(validator=attrs.validators.min_len(1))
    title: str = attrs.field(repr=False)
    ring: Ring = attrs.field(converter=Ring)


#: A key is written together: words, dots and hyphens, which a file, a form and Word's tags can hold.
_KEY = re.compile(r"[^\s\x00-\x1f\x7f]+")


def _is_key(_: object, __: object, key: str) -> None:
    if not isinstance(key, str):
        raise TypeError("a key is a text")  # which argument it is, is said where it was given
    if not _KEY.fullmatch(key):
        raise Refused(
            "'key' of a question or a step is empty, or not in one piece; write words joined by hyphens and dots", "key"
        )


def _is_asked(_: object, __: object, text: str) -> None:
    if not isinstance(text, str):
        raise TypeError("a question is a text")
    if not text.strip():
        raise Refused("'text' of a question or a step is empty; write what is asked, or what is done", "text")


#: What the paper adds to a question of its own accord.
_OR_PASS = re.compile(r"\bor pass\b", re.IGNORECASE)


def says_or_pass(text: str) -> bool:
    """
    Return whether a text says what the paper adds to a question that may be passed.
    """
    return bool(_OR_PASS.search(text))


@attrs.frozen(kw_only=True, cache_hash=True)
class Question(Brief):
    """
    One question, worded for the person who is asked.

    It stands on its own: what its part knew has been copied onto it.

    Attributes:
        key: Permanent dotted name, ``"kolb-cycle.experience.beginning"``.
        text: The wording; ``{person}`` stands for the profession's own word.
        hint: An example or a way in.
        probes: Follow-ups, for when the answer is short.
        plain: The same in at most twelve literal words; nothing if *text* is plain itself.
        core: Whether it belongs to the short version.
        or_pass: Whether it prints "or pass".
        tags: What sort of question it is.
        elements: Elements of the cycle it serves, the first being the main one.
        functions: Functions of supervision it serves.
        to: Whom it is put to.
        role: Who in a group it is for, if the model has roles.
        offer: Another way than words, such as ``"drawing"``.
        ring: A narrower ring for the answer than the session gives; None leaves it.
        answering: How it is answered on paper.
        topic: What it is asked about, once that is known.
    """

    _in_line = ("key",)

    key: str = attrs.field(validator=_is_key)
    text: str = attrs.field(validator=_is_asked)
    hint: str = ""
    probes: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    plain: str = ""
    core: bool = False
    or_pass: bool = False
    tags: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    elements: tuple[Element, ...] = attrs.field(default=(), converter=to_elements)
    functions: tuple[Function, ...] = attrs.field(default=(), converter=to_functions)
    to: Addressee = attrs.field(default=Addressee.SUPERVISEE, converter=Addressee)
    role: str = ""
    offer: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    answering: Answering = PROSE
    topic: Topic | None = None

    @property
    def id(self) -> tuple[str, str]:
        """
        What makes it this question here: its topic's id (or nothing) and its key.
        """
        return (self.topic.id if self.topic else "", self.key)

    def values(self, by: By) -> tuple[Element, ...] | tuple[Function, ...]:
        """
        Its elements or its functions, the main one first.
        """
        return self.elements if by == "element" else self.functions


@attrs.frozen(kw_only=True, cache_hash=True)
class Step(Brief):
    """
    One thing that is done, in the order of its part: said, drawn, sorted, waited for.

    It stands on its own, as a question does, and a question and a step never have one id.

    Attributes:
        key: Permanent dotted name, ``"fishbowl.inside.chair"``.
        text: What is done, as it is said to those who do it.
        hint: An example, or what makes it easier.
        mode: What kind of doing it is, which its part says.
        minutes: How long it takes, in minutes, each time its part goes round; None leaves it to the part.
        role: Who does it, if the model has roles.
        ring: A narrower ring for what is written in it than the session gives; None leaves it.
        answering: How what is written in it is kept on paper; None if nothing of it is kept.
        page: The key of a page that is this step, if a whole method is.
        topic: What it is done about, once that is known.
    """

    _in_line = ("key",)

    key: str = attrs.field(validator=_is_key)
    text: str = attrs.field(validator=_is_asked)
    hint: str = ""
    mode: Mode = attrs.field(default=Mode.DO, converter=Mode)
    minutes: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    role: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    answering: Answering | None = None
    page: str = ""
    topic: Topic | None = None

    @mode.validator
    def _is_done(self, _: object, mode: Mode) -> None:
        if mode is Mode.ASK:
            raise Refused("a step is done, and not asked; make it a question, or say what is done")

    @property
    def id(self) -> tuple[str, str]:
        """
        What makes it this step here: its topic's id (or nothing) and its key.
        """
        return (self.topic.id if self.topic else "", self.key)
