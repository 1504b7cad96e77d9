"""
Questions, sets of them, and how sets combine.

A set is a value. Every operation takes sets and gives a set, and leaves what it
was given as it was. ``docs/explanation/laws.md`` says what may be relied
on; each law is a test in ``tests/test_questions.py``.
"""

from __future__ import annotations

import enum
import hashlib
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import attrs

from reflect.errors import KeyClash, TooDeep, UnknownKey
from reflect.questions.answers import PROSE, Answering
from reflect.questions.rings import Ring
from reflect.shown import Shown

if TYPE_CHECKING:
    from reflect.questions.outlines import Outline

#: Sets may stand in sets this deep.
DEEPEST = 50


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
    What happens in a part: questions, something told, or silence.
    """

    ASK = "ask"
    SAY = "say"
    SILENT = "silent"


#: What sets can be turned to, and what can be missing from them.
By = Literal["element", "function"]


def _elements(names: Iterable[Element | str]) -> tuple[Element, ...]:
    return tuple(map(Element, names))


def _functions(names: Iterable[Function | str]) -> tuple[Function, ...]:
    return tuple(map(Function, names))


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@attrs.frozen
class Topic:
    """
    What somebody brings, to which questions are put.

    Attributes:
        id: Given by whoever plans; never made from the words of *title*.
        title: The words, private to *ring*.
        ring: Who may read the title and the answers.
    """

    id: str = attrs.field(validator=attrs.validators.min_len(1))
    title: str = attrs.field(repr=False)
    ring: Ring = attrs.field(converter=Ring)


@attrs.frozen(kw_only=True, cache_hash=True)
class Question:
    """
    One question, worded for the person who is asked.

    It stands on its own: what its part knew has been copied onto it.

    Attributes:
        key: Permanent dotted name, ``"kolb-cycle.experience.beginning"``.
        text: The wording; ``{person}`` stands for the profession's own word.
        hint: An example or a way in.
        probes: Follow-ups, for when the answer is short.
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

    key: str
    text: str
    hint: str = ""
    probes: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    core: bool = False
    or_pass: bool = False
    tags: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    elements: tuple[Element, ...] = attrs.field(default=(), converter=_elements)
    functions: tuple[Function, ...] = attrs.field(default=(), converter=_functions)
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


class Composable(Shown, ABC):
    """
    Whatever can be used as a set of questions: a `QuestionSet`, or a model.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def questions(self) -> QuestionSet:
        """
        The set itself.
        """

    @property
    def asks(self) -> tuple[Question, ...]:
        """
        Its questions in reading order.
        """
        return self.questions._asks

    def __add__(self, other: Composable) -> QuestionSet:
        if not isinstance(other, Composable):
            return NotImplemented
        return sequence(self, other)

    def __sub__(self, other: Composable) -> QuestionSet:
        if not isinstance(other, Composable):
            return NotImplemented
        return without(self, other)

    def __or__(self, other: Composable | Outline) -> Outline:
        from reflect.questions.outlines import Outline, either  # an outline is made of sets, so it loads after them

        if not isinstance(other, (Composable, Outline)):
            return NotImplemented
        return either(self, other)

    def __matmul__(self, minutes: int) -> Outline:
        from reflect.questions.outlines import at

        if not isinstance(minutes, int) or isinstance(minutes, bool):
            return NotImplemented
        return at(self, minutes)

    def where(self, belongs: Callable[[Question], bool]) -> QuestionSet:
        """
        Return exactly the questions for which *belongs* holds, order and parts kept.
        """
        return _settled(_kept(self.questions, belongs))

    def core(self) -> QuestionSet:
        """
        Return the short version: its core questions.
        """
        return self.where(lambda question: question.core)

    def only(self, *paths: str) -> QuestionSet:
        """
        Return the named parts, in their own order.

        Args:
            paths: Part keys within the set, such as ``"experience"`` or ``"worries.harm"``.

        Raises:
            UnknownKey: No part has that path.
        """
        whole = self.questions
        parts = dict(_paths(whole))
        for path in paths:
            if path not in parts:
                raise UnknownKey(path, tuple(parts), "part")
        return _settled(_cut(whole, frozenset(paths), f"{whole.key}." if whole.key else ""))

    def about(self, id: str, title: str, ring: Ring | str) -> QuestionSet:
        """
        Put the questions that have no topic yet to this one.

        Args:
            id: A name for the topic, never made from its title.
            title: What people call it; private to *ring*.
            ring: Who may read the title and the answers.

        Raises:
            KeyClash: Two different questions then have one id.
            UnknownKey: There is no such ring.
        """
        topic = Topic(id, title, Ring(ring))
        new = _first_met()

        def put(question: Question) -> Question | None:
            here = question if question.topic else attrs.evolve(question, topic=topic)
            return here if new(here) else None

        return _settled(_changed(self.questions, put))

    def without_topics(self, hidden: Callable[[Topic], bool]) -> QuestionSet:
        """
        Take the topics off for which *hidden* holds; a question that then stands twice is asked once.
        """
        if not any(question.topic is not None and hidden(question.topic) for question in self.asks):
            return self.questions
        met: set[tuple[str, str]] = set()

        def bare(question: Question) -> Question | None:
            topic = question.topic
            here = attrs.evolve(question, topic=None) if topic is not None and hidden(topic) else question
            if here.id in met:  # also in another wording: an error would tell that something was hidden
                return None
            met.add(here.id)
            return here

        return _settled(_changed(self.questions, bare))

    def within(self, minutes: int) -> QuestionSet:
        """
        Return the set with a wish of *minutes*; ``a @ minutes`` is this in an outline.
        """
        whole = self.questions
        return attrs.evolve(whole, minutes=minutes) if whole.asks else whole

    def pick(self, n: int, *, seed: int | str = 0, used: Mapping[str, int] | None = None) -> QuestionSet:
        """
        Return *n* of the questions, in their own order, or all if there are fewer.

        The least used come first, then core ones, then the order the seed gives.

        Args:
            n: How many.
            seed: Another seed, another choice; the same seed, the same choice.
            used: How often each question, by key, was asked before.
        """
        ids = _chosen(self.asks, n, seed, used or {})
        return self.where(lambda q: q.id in ids)

    def limited(self, *, seed: int | str = 0, used: Mapping[str, int] | None = None) -> QuestionSet:
        """
        Return the set with every part cut to its own *at-most*, chosen as by `pick`.

        Args:
            seed: What decides between those that were asked as often.
            used: How often each was asked, by its key.
        """
        return _settled(_limited(self.questions, seed, used or {}))

    def weave(self, lens: Composable, *, seed: int | str = 0) -> QuestionSet:
        """
        Put each question of *lens* at the end of the part it belongs to; see `weave`.

        Args:
            lens: What is put in between.
            seed: What decides which of the lens are taken, if it has a most.
        """
        return weave(self, lens, seed=seed)

    def regroup(self, by: By) -> QuestionSet:
        """
        Turn the questions to the four elements or the four functions; see `regroup`.
        """
        return regroup(self, by)

    def missing(self, by: By) -> frozenset[Element] | frozenset[Function]:
        """
        Return the elements or functions that nothing here asks about.
        """
        return missing(self, by)


def _normal(children: Iterable[Question | QuestionSet]) -> tuple[Question | QuestionSet, ...]:
    """
    Dissolve sets without title and minutes, and leave out what is empty.
    """
    kids: list[Question | QuestionSet] = []
    for child in children:
        if isinstance(child, Question):
            kids.append(child)
        elif child.loose and child.mode is Mode.ASK:
            kids.extend(child.children)
        elif child.mode is not Mode.ASK or child.asks:
            kids.append(child)
    return tuple(kids)


@attrs.frozen(kw_only=True, cache_hash=True)
class QuestionSet(Composable):
    """
    Questions and smaller sets, in the order they are asked.

    Attributes:
        children: Questions and smaller sets.
        key: Permanent dotted name of the part or model, if it is one.
        title: What people call it. A set without title and minutes dissolves into the one that holds it.
        minutes: A wish, in minutes, kept if the session has them; None leaves it to the time there is.
        least: Fewest minutes it makes sense in.
        usual: Minutes it usually takes; its share when time is divided. None if nothing is known.
        mode: Whether it asks, tells, or is silent. What does not ask stays as long as its model asks anything.
        shape: How its parts stand to one another.
        guidance: Markdown for everybody.
        notes: Markdown for whoever leads.
        elements: Elements of the cycle it serves.
        functions: Functions of supervision it serves.
        to: Whom its questions are put to.
        role: Who acts in it, if the model has roles.
        at_most: How many of its questions to ask in one session.
        offer: Another way than words.
        ring: A narrower ring for its answers.
        whose: Whose item it is on an agenda.
        record: What a record of the session asks about it; nothing leaves it to the paper, "none" asks nothing.

    Raises:
        KeyClash: One question stands in it twice.
        TooDeep: Sets are nested more than 50 deep.
    """

    children: tuple[Question | QuestionSet, ...] = attrs.field(default=(), converter=_normal)
    key: str = ""
    title: str = ""
    minutes: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    least: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    usual: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    mode: Mode = attrs.field(default=Mode.ASK, converter=Mode)
    shape: Shape = attrs.field(default=Shape.LIST, converter=Shape)
    guidance: str = ""
    notes: str = ""
    elements: tuple[Element, ...] = attrs.field(default=(), converter=_elements)
    functions: tuple[Function, ...] = attrs.field(default=(), converter=_functions)
    to: Addressee = attrs.field(default=Addressee.SUPERVISEE, converter=Addressee)
    role: str = ""
    at_most: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    offer: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    whose: str = ""
    record: str = ""
    _asks: tuple[Question, ...] = attrs.field(init=False, eq=False, repr=False, default=())
    _parts: tuple[QuestionSet, ...] = attrs.field(init=False, eq=False, repr=False, default=())
    _depth: int = attrs.field(init=False, eq=False, repr=False, default=1)

    def __attrs_post_init__(self) -> None:
        asks: list[Question] = []
        parts: list[QuestionSet] = []
        depth = own = 0 if self.loose else 1  # what dissolves is no level
        for child in self.children:
            if isinstance(child, Question):
                asks.append(child)
            else:
                parts.append(child)
                asks.extend(child._asks)
                depth = max(depth, child._depth + own)
        if depth > DEEPEST:
            raise TooDeep(DEEPEST)
        ids: set[tuple[str, str]] = set()
        for question in asks:
            if question.id in ids:
                raise KeyClash(question.key)
            ids.add(question.id)
        object.__setattr__(self, "_asks", tuple(asks))
        object.__setattr__(self, "_parts", tuple(parts))
        object.__setattr__(self, "_depth", depth)

    @property
    def questions(self) -> QuestionSet:
        """
        The set itself.
        """
        return self

    @property
    def loose(self) -> bool:
        """
        Whether it has neither title nor minutes, and so dissolves in whatever holds it.
        """
        return not self.title and self.minutes is None

    @property
    def parts(self) -> tuple[QuestionSet, ...]:
        """
        The smaller sets directly in it.
        """
        return self._parts

    def __bool__(self) -> bool:
        return bool(self._asks)


#: The set that asks nothing.
EMPTY = QuestionSet()


def _settled(made: QuestionSet) -> QuestionSet:
    """
    Give the normal form: nothing empty, and a loose set of one set is that set.
    """
    if not made.asks:
        return EMPTY
    if not made.loose:
        return made
    children = tuple(c for c in made.children if isinstance(c, Question) or c.asks)
    if len(children) == 1 and isinstance(children[0], QuestionSet):
        return children[0]
    return _with(made, children)


def _with(whole: QuestionSet, children: Sequence[Question | QuestionSet]) -> QuestionSet:
    """
    A set with other children; the very same set if they are the very same.
    """
    if len(children) == len(whole.children) and all(map(operator.is_, children, whole.children)):
        return whole
    return attrs.evolve(whole, children=children)


def _kept(whole: QuestionSet, belongs: Callable[[Question], bool]) -> QuestionSet:
    children: list[Question | QuestionSet] = []
    for child in whole.children:
        if isinstance(child, QuestionSet):
            children.append(_kept(child, belongs))
        elif belongs(child):
            children.append(child)
    return _with(whole, children)


def _changed(whole: QuestionSet, change: Callable[[Question], Question | None]) -> QuestionSet:
    children: list[Question | QuestionSet] = []
    for child in whole.children:
        changed = change(child) if isinstance(child, Question) else _changed(child, change)
        if changed is not None:
            children.append(changed)
    return _with(whole, children)


def _first_met() -> Callable[[Question], bool]:
    """
    Give a test that holds for a question where it first stands, and refuses two different ones of one id.
    """
    first: dict[tuple[str, str], Question] = {}

    def new(question: Question) -> bool:
        before = len(first)
        stood = first.setdefault(question.id, question)
        if stood is not question and stood != question:
            raise KeyClash(question.key)
        return len(first) > before

    return new


def _paths(whole: QuestionSet) -> Iterator[tuple[str, QuestionSet]]:
    """
    Every part with its path: its key without the key of the set it stands in first.
    """
    start = f"{whole.key}." if whole.key else ""

    def walk(some: QuestionSet) -> Iterator[tuple[str, QuestionSet]]:
        for part in some.parts:
            if part.key:
                yield part.key.removeprefix(start), part
            yield from walk(part)

    return walk(whole)


def _cut(whole: QuestionSet, paths: frozenset[str], start: str) -> QuestionSet:
    """
    What is left of a set when only the parts of these paths are; the rest is looked through, not built anew.
    """
    children: list[QuestionSet] = []
    for part in whole.parts:
        if part.key and part.key.removeprefix(start) in paths:
            children.append(part)
        elif left := _cut(part, paths, start):
            children.append(left)
    if not children or whole.mode is not Mode.ASK:
        return EMPTY
    return attrs.evolve(whole, children=children, least=0, usual=None)


def _sets(*given: Composable) -> tuple[QuestionSet, ...]:
    """
    The sets that stand for what was given: models and sets, and nothing else.
    """
    for each in given:
        if not isinstance(each, Composable):
            raise TypeError(f"sets and models combine, and this is neither: {type(each).__name__}")
    return tuple(each.questions for each in given)


def sequence(*sets: Composable) -> QuestionSet:
    """
    Ask each set in turn, as one set; ``a + b`` is ``sequence(a, b)``.

    A question met twice is asked once, where it first stood. Brackets do not matter, the empty
    set changes nothing, and ``a + a == a``. Ten thousand sets join in linear time.

    Raises:
        KeyClash: Two different questions have one id.
    """
    new = _first_met()
    return _settled(QuestionSet(children=[_kept(each, new) for each in _sets(*sets)]))


def without(a: Composable, b: Composable) -> QuestionSet:
    """
    Return the questions of *a* that are not in *b*; ``a - b`` is ``without(a, b)``.

    A question of *b* without a topic stands for itself under every topic.

    Args:
        a: What is kept of.
        b: What is taken away.
    """
    whole, gone = _sets(a, b)
    ids = {question.id for question in gone.asks}
    anywhere = {key for topic, key in ids if not topic}
    return whole.where(lambda q: q.id not in ids and q.key not in anywhere)


def _chosen(asks: Iterable[Question], n: int, seed: int | str, used: Mapping[str, int]) -> frozenset[tuple[str, str]]:
    def rank(question: Question) -> tuple[int, bool, bytes, tuple[str, str]]:
        topic, key = question.id
        drawn = hashlib.blake2b(f"{seed}\0{topic}\0{key}".encode(errors="surrogatepass"), digest_size=8).digest()
        return used.get(key, 0), not question.core, drawn, question.id

    return frozenset(question.id for question in sorted(asks, key=rank)[: max(n, 0)])


def _limited(whole: QuestionSet, seed: int | str, used: Mapping[str, int]) -> QuestionSet:
    children = [c if isinstance(c, Question) else _limited(c, seed, used) for c in whole.children]
    cut = _with(whole, children)
    if cut.at_most is None or len(cut.asks) <= cut.at_most:
        return cut
    ids = _chosen(cut.asks, cut.at_most, seed, used)
    return _kept(cut, lambda q: q.id in ids)


def weave(base: Composable, lens: Composable, *, seed: int | str = 0) -> QuestionSet:
    """
    Put each question of *lens* at the end of the last part of *base* that shares its first matching element.

    What finds no such part comes in a last part, "Also". The order of *base* is kept, nothing is
    lost, and a lens that limits itself (*at-most*) is cut to that first, by *seed*.

    Args:
        base: What has an order: a cycle, a sequence, steps.
        lens: What is put in: a model without an order of its own, or a few of its questions (`pick`).
        seed: Which questions of a lens that limits itself; the same seed, the same choice.

    Raises:
        KeyClash: Two different questions have one id.
    """
    cloth, thread = _sets(base, lens)
    have = {question.id: question for question in cloth.asks}
    threads: list[Question] = []
    for question in thread.limited(seed=seed).asks:
        stood = have.get(question.id)
        if stood is None:
            threads.append(question)
        elif stood != question:
            raise KeyClash(question.key)
    if not threads:
        return cloth

    places: dict[Element, tuple[int, ...]] = {}

    def look(some: QuestionSet, path: tuple[int, ...]) -> None:
        if some.asks:
            for element in some.elements:
                places[element] = path
        for i, child in enumerate(some.children):
            if isinstance(child, QuestionSet):
                look(child, (*path, i))

    look(cloth, ())
    at: dict[tuple[int, ...], list[Question]] = {}
    also: list[Question] = []
    for question in threads:
        element = next((e for e in question.elements if e in places), None)
        (also if element is None else at.setdefault(places[element], [])).append(question)

    def put(some: QuestionSet, path: tuple[int, ...]) -> QuestionSet:
        children = [put(c, (*path, i)) if isinstance(c, QuestionSet) else c for i, c in enumerate(some.children)]
        return attrs.evolve(some, children=[*children, *at.get(path, ())])

    woven = put(cloth, ())
    return _settled(_with_also(woven, also)) if also else woven


def _with_also(woven: QuestionSet, also: list[Question]) -> QuestionSet:
    children = list(woven.children)
    last = children[-1] if children else None
    if isinstance(last, QuestionSet) and last.key == "also":
        children[-1] = attrs.evolve(last, children=[*last.children, *also])
    else:
        children.append(QuestionSet(key="also", title="Also", children=also))
    return attrs.evolve(woven, children=children)


def _known_by(by: str) -> None:
    if by not in ("element", "function"):
        raise UnknownKey(by, ("element", "function"), "way to group called")


def regroup(whole: Composable, by: By) -> QuestionSet:
    """
    Group the questions under the four elements, or the four functions, by the first that each serves.

    Those that serve none come last, under "Also". The same questions, each once; minutes and
    guidance of inner parts are dropped. Doing it twice is doing it once.

    Args:
        whole: A model or a set.
        by: ``"element"`` or ``"function"``.
    """
    _known_by(by)
    values: tuple[Element, ...] | tuple[Function, ...] = tuple(Element) if by == "element" else tuple(Function)
    groups: dict[str, list[Question]] = {str(value): [] for value in (*values, "also")}
    (some,) = _sets(whole)
    for question in some.asks:
        groups[str(next(iter(question.values(by)), "also"))].append(question)
    parts = []
    for name, asks in groups.items():
        serves = () if name == "also" else (name,)
        parts.append(
            QuestionSet(
                key=name,
                title=name.capitalize(),
                children=asks,
                elements=serves if by == "element" else (),
                functions=serves if by == "function" else (),
            )
        )
    return _settled(QuestionSet(children=parts, minutes=some.minutes))


def missing(whole: Composable, by: By) -> frozenset[Element] | frozenset[Function]:
    """
    Return the elements or functions that no question of *whole* serves.

    Args:
        whole: A model or a set.
        by: ``"element"`` or ``"function"``.
    """
    _known_by(by)
    (some,) = _sets(whole)
    if by == "element":
        return frozenset(Element) - {e for q in some.asks for e in q.elements}
    return frozenset(Function) - {f for q in some.asks for f in q.functions}
