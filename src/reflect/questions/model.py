"""
A supervision model: a set of questions, and what is known about it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

import attrs

from reflect.errors import Refused
from reflect.questions.answers import to_texts
from reflect.questions.question import Mode, Shape
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


class Aim(enum.StrEnum):
    """
    What a model is for, or what a topic is brought for.
    """

    STUCK = "stuck"
    DECIDE = "decide"
    FEELINGS = "feelings"
    CONFLICT = "conflict"
    RELATIONSHIP = "relationship"
    IDENTITY = "identity"
    ETHICS = "ethics"
    RISK = "risk"
    LEARNING = "learning"
    LOAD = "load"
    POWER = "power"
    ENDING = "ending"
    CELEBRATION = "celebration"
    BEGINNING = "beginning"
    LOSS = "loss"
    #: Tension in a group.
    TENSION = "tension"
    EVIDENCE = "evidence"


class Offered(enum.StrEnum):
    """
    When a model is offered for a talk.
    """

    ALWAYS = "always"
    #: To a topic that says one of the words that the model is for.
    FOR_AIM = "for-aim"
    #: Never: somebody names it.
    BY_NAME = "by-name"


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
        publisher: Where it appeared: a journal with volume and pages, a publisher, an address, or ``unpublished``.
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


@attrs.frozen(kw_only=True)
class People(Brief):
    """
    How many a method is for, and how they sit.

    Attributes:
        least: The fewest.
        most: The most; None if there is no limit.
        how: How they sit, pair or re-form, in a few words: "in pairs, then in fours".
    """

    _in_line = ("least", "most")

    least: int = attrs.field(default=1, validator=attrs.validators.ge(1))
    most: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    how: str = ""

    @most.validator
    def _in_order(self, _: object, most: int | None) -> None:
        if most is not None and most < self.least:
            raise Refused(f"people: the most ({most}) are fewer than the least ({self.least})")


#: The shapes that a picture of nothing but words may have.
PICTURED = tuple(shape for shape in Shape if shape not in (Shape.SCALE, Shape.STEPS, Shape.LIST))
#: How many columns a matrix with heads has.
_HEADS = range(2, 6)


class CanvasKind(enum.StrEnum):
    """
    What a sheet to fill looks like.
    """

    SHEET = "sheet"
    AXES = "axes"
    COLUMNS = "columns"
    CIRCLES = "circles"
    TIMELINE = "timeline"
    CORNERS = "corners"


@attrs.frozen(kw_only=True)
class Canvas(Brief):
    """
    A sheet that a method fills.

    Attributes:
        kind: What it looks like.
        words: What is printed on it. Columns: their heads. Circles: from the innermost out. A time line: its marks,
            the earliest first. Axes: left, right, bottom, top. Corners: three or four, clockwise from the top left.
            A plain sheet: what it is for, or nothing.
        rows: The heads of its rows, if it has columns with rows.
    """

    _in_line = ("kind",)

    kind: CanvasKind = attrs.field(converter=CanvasKind)
    words: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    rows: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    @property
    def boxes(self) -> tuple[str, ...]:
        """
        The names of the boxes to write in, row by row; none if it is drawn. The first is kept under ``KEY.canvas.1``.
        """
        if self.kind is not CanvasKind.COLUMNS:
            return ()
        return tuple(f"{row}: {word}" if row else word for row in self.rows or ("",) for word in self.words)

    def __attrs_post_init__(self) -> None:
        if wrong := self._find_wrong():
            raise Refused(f"a canvas of the kind '{self.kind}' {wrong}")

    def _find_wrong(self) -> str:
        if self.rows and self.kind is not CanvasKind.COLUMNS:
            return "has no rows; only one of columns has"
        if not all(map(str.strip, (*self.words, *self.rows))):
            return "has a word without a letter; take it out"
        if self.kind is CanvasKind.SHEET:
            return "has more than one text; say in one what it is for" if len(self.words) > 1 else ""
        if self.kind is CanvasKind.AXES:
            return "" if len(self.words) == 4 else "needs four words: left, right, bottom, top"
        if self.kind is CanvasKind.CORNERS:
            return "" if len(self.words) in (3, 4) else "needs three or four words, from the top left and clockwise"
        return "" if self.words else "needs words to print on it"


@attrs.frozen(kw_only=True)
class Picture(Brief):
    """
    The picture that a model is known by, where that is not how its parts stand to one another. Nobody writes on it.

    Attributes:
        shape: How what is in it stands to one another.
        words: What is in it. Corners: three or four, clockwise from the top left. A matrix: its boxes row by row, or
            its rows.
        across: The heads of the columns of a matrix with rows; nothing for boxes.
    """

    _in_line = ("shape",)

    shape: Shape = attrs.field(converter=Shape)
    words: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    across: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    def __attrs_post_init__(self) -> None:
        if wrong := self._find_wrong():
            raise Refused(f"a picture of the shape '{self.shape}' {wrong}")

    def _find_wrong(self) -> str:
        if self.shape not in PICTURED:
            return "needs more than words; leave the picture to the parts of the page"
        if not all(map(str.strip, (*self.words, *self.across))):
            return "has a word without a letter; take it out"
        if self.across and (self.shape is not Shape.MATRIX or len(self.across) not in _HEADS or len(self.words) < 2):
            return "has no heads across; only a matrix with two rows or more has, two to five of them"
        if self.shape is Shape.CORNERS and len(self.words) not in (3, 4):
            return "needs three or four words, from the top left and clockwise"
        return "" if self.words else "needs words"


@attrs.frozen(kw_only=True)
class Variant(Brief):
    """
    Another way to do a method.

    Attributes:
        when: For whom or where, such as "on a screen".
        do: What is then done differently.
    """

    _in_line = ("when",)

    when: str = attrs.field(validator=attrs.validators.min_len(1))
    do: str = attrs.field(validator=attrs.validators.min_len(1))


#: A page that is a step of another, with its minutes if they are said.
_PAGE_STEP = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:@[1-9][0-9]{0,2})?")


#: A part, question or step of a page, with its minutes if they are said.
_PIECE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*(?:@[1-9][0-9]?)?")


def _to_suits(names: Iterable[Suits | str]) -> tuple[Suits, ...]:
    return tuple(map(Suits, names))


def _to_aims(names: Iterable[Aim | str]) -> tuple[Aim, ...]:
    return tuple(map(Aim, names))


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
        does: What is done on the page itself, if its steps are in no part.
        minutes: Least and usual length, in minutes; None if nothing is known.
        suits: With how many people it works.
        aims: What it is for; nothing if the page does not say.
        half_hour: What of it to use in half an hour: the keys of parts, questions or steps, each without its own, and
            with its minutes if the page says so: "experience@10". Nothing if the page does not say.
        offered: When a plan offers it: always, only to a topic that is for the same, or never unless it is named.
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
        people: How many it is for, and how they sit; None if the page does not say.
        materials: What has to be there.
        room: What the room needs, in a few words.
        picture: The picture it is known by, if that is not how its parts stand to one another.
        canvas: The sheet it fills, if it fills one.
        variants: Other ways to do it.
        goes_with: The keys of pages it goes well with.
        steps: The keys of pages that are steps of it, each with its minutes if the page says so: "closing-round@5".
        order: The keys of its parts in the order of use, if that is not the order of the page; "down" alone is from
            the last to the first.
    """

    _in_line = ("key", "shape")

    key: str
    title: str
    version: str = "1"
    lang: str = ""
    family: str = ""
    shape: Shape = attrs.field(default=Shape.LIST, converter=Shape)
    does: Mode = attrs.field(default=Mode.ASK, converter=Mode)
    minutes: tuple[int, int] | None = None
    suits: tuple[Suits, ...] = attrs.field(default=(), converter=_to_suits)
    aims: tuple[Aim, ...] = attrs.field(default=(), converter=_to_aims)
    half_hour: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    offered: Offered = attrs.field(default=Offered.ALWAYS, converter=Offered)
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
    people: People | None = None
    materials: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    room: str = ""
    picture: Picture | None = None
    canvas: Canvas | None = None
    variants: tuple[Variant, ...] = ()
    goes_with: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    steps: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    order: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    @steps.validator
    def _are_pages(self, _: object, steps: tuple[str, ...]) -> None:
        if not all(map(_PAGE_STEP.fullmatch, steps)):
            raise Refused("a step of a string is not the key of a page, alone or with its minutes: 'closing-round@5'")

    @half_hour.validator
    def _are_pieces(self, _: object, pieces: tuple[str, ...]) -> None:
        if not all(map(_PIECE.fullmatch, pieces)):
            raise Refused("what is used in half an hour is a part, alone or with its minutes: 'experience@10'")

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
