"""
Questions, sets of them, and how sets combine.

A set is a value. Every operation takes sets, makes a new one, and leaves its arguments unchanged.
``docs/explanation/laws.md`` lists the laws that hold; each is a test in ``tests/test_questions.py``.
"""

from __future__ import annotations

import hashlib
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.arguments import WrongKind
from reflect.errors import KeyClash, NoTextForm, Refused, TooDeep, UnknownKey
from reflect.questions.answers import to_texts
from reflect.questions.question import (
    Addressee,
    By,
    Element,
    Function,
    Mode,
    Question,
    Shape,
    Step,
    Topic,
    to_elements,
    to_functions,
)
from reflect.questions.rings import Ring
from reflect.shown import Shown, count_of, one_line, quote_text

#: What is in a set: something asked, or something done.
Entry = Question | Step

#: Sets may be nested this deep.
DEEPEST = 50


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

    @property
    def entries(self) -> tuple[Entry, ...]:
        """
        Its questions and steps in reading order.
        """
        return self.questions._entries

    @property
    def steps(self) -> tuple[Step, ...]:
        """
        Its steps in reading order.
        """
        return tuple(entry for entry in self.entries if isinstance(entry, Step))

    def _brief(self) -> Iterable[str]:
        key, steps = self.questions.key, len(self.steps)
        counts = [count_of(len(self.asks), "question")] if self.asks or not steps else []
        return (*([quote_text(key)] if key else ()), *counts, *([count_of(steps, "step")] if steps else ()))

    def __add__(self, other: Composable) -> QuestionSet:
        if not isinstance(other, Composable):
            return NotImplemented
        return sequence(self, other)

    def __sub__(self, other: Composable) -> QuestionSet:
        if not isinstance(other, Composable):
            return NotImplemented
        return without(self, other)

    def __or__(self, other: Composable | Outline) -> Outline:
        if not isinstance(other, (Composable, Outline)):
            return NotImplemented
        return either(self, other)

    def __matmul__(self, minutes: int) -> Outline:
        if not isinstance(minutes, int) or isinstance(minutes, bool):
            return NotImplemented
        return at(self, minutes)

    def where(self, belongs: Callable[[Question], bool]) -> QuestionSet:
        """
        Return exactly the questions for which *belongs* holds, order and parts kept.

        The steps of a part stay if it keeps a question, or never had one.
        """
        return _set_or_empty(_choose_where(self.questions, belongs))

    def without_steps(self) -> QuestionSet:
        """
        Return what is asked, without what is done.
        """
        return _set_or_empty(_keep_entries(self.questions, lambda entry: isinstance(entry, Question)))

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
        parts = dict(_parts_by_path(whole))
        for path in paths:
            if path not in parts:
                raise UnknownKey(path, tuple(parts), "part")
        return _set_or_empty(_cut_to_parts(whole, frozenset(paths), f"{whole.key}." if whole.key else ""))

    def about(self, id: str, title: str, ring: Ring | str) -> QuestionSet:
        """
        Put the questions and steps that have no topic yet to this one.

        Args:
            id: A name for the topic, never made from its title.
            title: What people call it; private to *ring*.
            ring: Who may read the title and the answers.

        Raises:
            KeyClash: Two different questions then have one id.
            UnknownKey: There is no such ring.
        """
        topic = Topic(id, title, Ring(ring))
        is_new = _make_is_new()

        def put(entry: Entry) -> Entry | None:
            here = entry if entry.topic else attrs.evolve(entry, topic=topic)
            return here if is_new(here) else None

        return _set_or_empty(_change_entries(self.questions, put))

    def without_topics(self, hidden: Callable[[Topic], bool]) -> QuestionSet:
        """
        Remove the topics for which *hidden* holds. A question that is then in the set twice is asked once.
        """
        if not any(entry.topic is not None and hidden(entry.topic) for entry in self.entries):
            return self.questions
        met: set[tuple[str, str]] = set()

        def bare(entry: Entry) -> Entry | None:
            topic = entry.topic
            here = attrs.evolve(entry, topic=None) if topic is not None and hidden(topic) else entry
            if here.id in met:  # also in another wording: an error would show that something was hidden
                return None
            met.add(here.id)
            return here

        return _set_or_empty(_change_entries(self.questions, bare))

    def within(self, minutes: int) -> QuestionSet:
        """
        Return the set with a wish of *minutes*; ``a @ minutes`` is this in an outline.
        """
        whole = self.questions
        return attrs.evolve(whole, minutes=minutes) if whole.entries else whole

    def pick(self, n: int, *, seed: int | str = 0, used: Mapping[str, int] | None = None) -> QuestionSet:
        """
        Return *n* of the questions, in their own order, or all if there are fewer.

        The least used come first, then core ones, then the order the seed gives.

        Args:
            n: How many.
            seed: Another seed, another choice; the same seed, the same choice.
            used: How often each question, by key, was asked before.
        """
        ids = _choose_questions(self.asks, n, seed, used or {})
        return self.where(lambda q: q.id in ids)

    def limited(self, *, seed: int | str = 0, used: Mapping[str, int] | None = None) -> QuestionSet:
        """
        Return the set with every part cut to its own *at-most*, chosen as by `pick`.

        Args:
            seed: What decides between those that were asked as often.
            used: How often each was asked, by its key.
        """
        return _set_or_empty(_limit_parts(self.questions, seed, used or {}))

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


def _settle_children(children: Iterable[Entry | Composable]) -> tuple[Entry | QuestionSet, ...]:
    """
    Dissolve sets without title and minutes, and leave out what is empty.
    """
    kids: list[Entry | QuestionSet] = []
    for child in children:
        if isinstance(child, Entry):
            kids.append(child)
            continue
        (part,) = _sets_of(child)
        if part.loose:
            kids.extend(part.children)
        elif part.mode is not Mode.ASK or part.entries:
            kids.append(part)
    return tuple(kids)


@attrs.frozen(kw_only=True, cache_hash=True)
class QuestionSet(Composable):
    """
    Questions, steps and smaller sets, in their order.

    Attributes:
        children: Questions and smaller sets; steps, where something is done.
        key: Permanent dotted name of the part or model, if it is one.
        title: What people call it. A set without title and minutes dissolves into the one that holds it.
        minutes: A wish, in minutes, kept if the session has them; None leaves it to the time there is.
        least: Fewest minutes it makes sense in.
        usual: Minutes it usually takes; its share when time is divided. None if nothing is known.
        mode: Whether it asks, or what is done in it. What has neither questions nor steps stays as long as its model
            has any.
        shape: How its parts stand to one another.
        guidance: Markdown for everybody.
        notes: Markdown for whoever leads.
        elements: Elements of the cycle it serves.
        functions: Functions of supervision it serves.
        to: Whom its questions are put to.
        role: Who acts in it, if the model has roles.
        also: Who else has a small part in it.
        quiet: Who is silent in it, where that has to be said.
        rounds: How often it is gone through; *least* and *usual* are all rounds together.
        order: The keys of its parts in the order of use, without its own, if that is not their order here; "down"
            alone is from the last to the first.
        at_most: How many of its questions to ask in one session.
        offer: Another way than words.
        ring: A narrower ring for its answers.
        whose: Whose item it is on an agenda.
        record: What a record of the session asks about it; nothing leaves it to the paper, "none" asks nothing.

    Raises:
        KeyClash: One question or step is in it twice.
        Refused: Questions or parts are in a part in which something is done, or steps in one that asks.
        TooDeep: Sets are nested more than 50 deep.
    """

    children: tuple[Entry | QuestionSet, ...] = attrs.field(default=(), converter=_settle_children)
    key: str = ""
    title: str = ""
    minutes: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    least: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    usual: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    mode: Mode = attrs.field(default=Mode.ASK, converter=Mode)
    shape: Shape = attrs.field(default=Shape.LIST, converter=Shape)
    guidance: str = ""
    notes: str = ""
    elements: tuple[Element, ...] = attrs.field(default=(), converter=to_elements)
    functions: tuple[Function, ...] = attrs.field(default=(), converter=to_functions)
    to: Addressee = attrs.field(default=Addressee.SUPERVISEE, converter=Addressee)
    role: str = ""
    also: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    quiet: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    rounds: int = attrs.field(default=1, validator=[attrs.validators.ge(1), attrs.validators.le(999)])
    order: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    at_most: int | None = attrs.field(default=None, validator=attrs.validators.optional(attrs.validators.ge(1)))
    offer: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    whose: str = ""
    record: str = ""
    _asks: tuple[Question, ...] = attrs.field(init=False, eq=False, repr=False, default=())
    _entries: tuple[Entry, ...] = attrs.field(init=False, eq=False, repr=False, default=())
    _parts: tuple[QuestionSet, ...] = attrs.field(init=False, eq=False, repr=False, default=())
    _depth: int = attrs.field(init=False, eq=False, repr=False, default=1)

    def __attrs_post_init__(self) -> None:
        self._settle()
        entries: list[Entry] = []
        parts: list[QuestionSet] = []
        depth = own = 0 if self.loose else 1  # what dissolves is no level
        for child in self.children:
            if isinstance(child, QuestionSet):
                parts.append(child)
                entries.extend(child._entries)
                depth = max(depth, child._depth + own)
            else:
                entries.append(child)
        if depth > DEEPEST:
            raise TooDeep(DEEPEST)
        ids: set[tuple[str, str]] = set()
        for entry in entries:
            if entry.id in ids:
                raise KeyClash(entry.key)
            ids.add(entry.id)
        object.__setattr__(self, "_entries", tuple(entries))
        object.__setattr__(self, "_asks", tuple(entry for entry in entries if isinstance(entry, Question)))
        object.__setattr__(self, "_parts", tuple(parts))
        object.__setattr__(self, "_depth", depth)

    def _settle(self) -> None:
        """
        Take the normal form, so that a set made by hand keeps the laws as one made by operations does.

        A set without title and minutes has nothing but its questions, and one that holds a single set is that set.
        What has neither questions nor steps is the empty set; only a part in which something is done may be without.
        """
        if self.mode is not Mode.ASK:
            if any(isinstance(child, QuestionSet) and child.steps for child in self.children):
                raise Refused(f"'{name_of_set(self)}' has steps, but parts are in it; put them beside it")
            if not all(isinstance(child, Step) for child in self.children):
                raise Refused(
                    f"'{name_of_set(self)}' is not for questions, but some are in it; put them in another part"
                )
            return
        if any(isinstance(child, Step) for child in self.children):
            raise Refused(f"'{name_of_set(self)}' asks, but steps are in it; put them in a part in which they are done")
        full = tuple(child for child in self.children if not isinstance(child, QuestionSet) or child.entries)
        if full and not self.loose:
            return
        lone = full[0] if len(full) == 1 and isinstance(full[0], QuestionSet) else None
        for name, nothing in _NOTHING.items():
            object.__setattr__(self, name, getattr(lone, name) if lone else nothing)
        object.__setattr__(self, "children", lone.children if lone else full)

    @property
    def questions(self) -> QuestionSet:
        """
        The set itself.
        """
        return self

    @property
    def loose(self) -> bool:
        """
        Whether it asks and has neither title nor minutes, and so dissolves in whatever holds it.
        """
        return self.mode is Mode.ASK and not self.title and self.minutes is None

    @property
    def parts(self) -> tuple[QuestionSet, ...]:
        """
        The smaller sets directly in it.
        """
        return self._parts

    @property
    def parts_in_use(self) -> tuple[QuestionSet, ...]:
        """
        The smaller sets directly in it, in the order of use; those that the order does not name come last.
        """
        if self.order == ("down",):
            return self._parts[::-1]
        places = {f"{self.key}.{name}": place for place, name in enumerate(self.order)}
        return tuple(sorted(self._parts, key=lambda part: places.get(part.key, len(places))))

    def __bool__(self) -> bool:
        return bool(self._entries)


#: What a set has besides its children if it has nothing of its own.
_NOTHING = {field.name: field.default for field in attrs.fields(QuestionSet) if field.init and field.name != "children"}
#: The set in which nothing is asked or done.
EMPTY = QuestionSet()


def _set_or_empty(made: QuestionSet) -> QuestionSet:
    """
    Return the empty set for what has neither questions nor steps: a silent part is nothing by itself.
    """
    return made if made.entries else EMPTY


def _with_children(whole: QuestionSet, children: Sequence[Entry | QuestionSet]) -> QuestionSet:
    """
    A set with other children; the very same set if they are the very same.
    """
    if len(children) == len(whole.children) and all(map(operator.is_, children, whole.children)):
        return whole
    return attrs.evolve(whole, children=children)


def _keep_entries(whole: QuestionSet, belongs: Callable[[Entry], bool]) -> QuestionSet:
    return _change_entries(whole, lambda entry: entry if belongs(entry) else None)


def _change_entries(whole: QuestionSet, change: Callable[[Entry], Entry | None]) -> QuestionSet:
    """
    Change every question and step, or take it out. A part in which things are done goes with the last of them.
    """
    children: list[Entry | QuestionSet] = []
    for child in whole.children:
        changed = _change_entries(child, change) if isinstance(child, QuestionSet) else change(child)
        if changed is not None:
            children.append(changed)
    if whole.mode is not Mode.ASK and whole.children and not children:
        return EMPTY
    return _with_children(whole, children)


def _choose_where(whole: QuestionSet, belongs: Callable[[Question], bool]) -> QuestionSet:
    """
    Keep the questions for which *belongs* holds, and the steps of what keeps one or never had one.
    """
    if not whole.asks:
        return whole
    children: list[Entry | QuestionSet] = []
    asks = 0
    for child in whole.children:
        if isinstance(child, QuestionSet):
            kept = _choose_where(child, belongs)
            asks += len(kept.asks)
            children.append(kept)
        elif isinstance(child, Question) and belongs(child):
            asks += 1
            children.append(child)
    return _with_children(whole, children) if asks or whole.loose else EMPTY


def _make_is_new() -> Callable[[Entry], bool]:
    """
    Return a test that is true for a question or step the first time, and refuses two different ones with one id.
    """
    first: dict[tuple[str, str], Entry] = {}

    def new(entry: Entry) -> bool:
        before = len(first)
        stood = first.setdefault(entry.id, entry)
        if stood is not entry and stood != entry:
            raise KeyClash(entry.key)
        return len(first) > before

    return new


def _parts_by_path(whole: QuestionSet) -> Iterator[tuple[str, QuestionSet]]:
    """
    Every part with its path: its key without the key of the whole set.
    """
    start = f"{whole.key}." if whole.key else ""

    def walk(some: QuestionSet) -> Iterator[tuple[str, QuestionSet]]:
        for part in some.parts:
            if part.key:
                yield part.key.removeprefix(start), part
            yield from walk(part)

    return walk(whole)


def _cut_to_parts(whole: QuestionSet, paths: frozenset[str], start: str) -> QuestionSet:
    """
    Return a set with only the parts that have these paths. Whatever holds them is kept around them.
    """
    children: list[QuestionSet] = []
    for part in whole.parts:
        if part.key and part.key.removeprefix(start) in paths:
            children.append(part)
        elif left := _cut_to_parts(part, paths, start):
            children.append(left)
    if not children or whole.mode is not Mode.ASK:
        return EMPTY
    return attrs.evolve(whole, children=children, least=0, usual=None)


def _sets_of(*given: Composable) -> tuple[QuestionSet, ...]:
    """
    The set of each thing given, which must be a model or a set.
    """
    for each in given:
        if not isinstance(each, Composable):
            raise WrongKind(f"sets and models combine, and this is neither: {type(each).__name__}")
    return tuple(each.questions for each in given)


def sequence(*sets: Composable) -> QuestionSet:
    """
    Ask each set in turn, as one set; ``a + b`` is ``sequence(a, b)``.

    A question or step that is there twice is there once, in its first place. Brackets do not matter, the empty
    set changes nothing, and ``a + a == a``. Ten thousand sets join in linear time.

    Raises:
        KeyClash: Two different questions or steps have one id.
    """
    is_new = _make_is_new()
    return _set_or_empty(QuestionSet(children=[_keep_entries(each, is_new) for each in _sets_of(*sets)]))


def without(a: Composable, b: Composable) -> QuestionSet:
    """
    Return the questions and steps of *a* that are not in *b*; ``a - b`` is ``without(a, b)``.

    A question or step of *b* without a topic takes it away under every topic.

    Args:
        a: What is kept of.
        b: What is taken away.
    """
    whole, gone = _sets_of(a, b)
    ids = {entry.id for entry in gone.entries}
    anywhere = {key for topic, key in ids if not topic}
    return _set_or_empty(_keep_entries(whole, lambda entry: entry.id not in ids and entry.key not in anywhere))


def _choose_questions(
    asks: Iterable[Question], n: int, seed: int | str, used: Mapping[str, int]
) -> frozenset[tuple[str, str]]:
    def rank(question: Question) -> tuple[int, bool, bytes, tuple[str, str]]:
        topic, key = question.id
        drawn = hashlib.blake2b(f"{seed}\0{topic}\0{key}".encode(errors="surrogatepass"), digest_size=8).digest()
        return used.get(key, 0), not question.core, drawn, question.id

    return frozenset(question.id for question in sorted(asks, key=rank)[: max(n, 0)])


def _limit_parts(whole: QuestionSet, seed: int | str, used: Mapping[str, int]) -> QuestionSet:
    children = [_limit_parts(c, seed, used) if isinstance(c, QuestionSet) else c for c in whole.children]
    cut = _with_children(whole, children)
    if cut.at_most is None or len(cut.asks) <= cut.at_most:
        return cut
    ids = _choose_questions(cut.asks, cut.at_most, seed, used)
    return _choose_where(cut, lambda q: q.id in ids)


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
        Refused: There are steps in one of them: steps do not turn.
    """
    cloth, thread = _sets_of(base, lens)
    _refuse_steps(cloth, thread)
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
    return _set_or_empty(_with_also(woven, also)) if also else woven


def _with_also(woven: QuestionSet, also: list[Question]) -> QuestionSet:
    children = list(woven.children)
    last = children[-1] if children else None
    if isinstance(last, QuestionSet) and last.key == "also" and last.asks:
        children[-1] = attrs.evolve(last, children=[*last.children, *also])
    else:
        children.append(QuestionSet(key="also", title="Also", children=also))
    return attrs.evolve(woven, children=children)


def _refuse_steps(*sets: QuestionSet) -> None:
    for some in sets:
        if some.steps:
            what = f"'{name_of_set(some)}' has steps in it, and steps do not turn"
            raise Refused(f"{what}; take its questions alone, with without_steps()")


def _check_grouping(by: str) -> None:
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

    Raises:
        Refused: There are steps in it: steps do not turn.
    """
    _check_grouping(by)
    values: tuple[Element, ...] | tuple[Function, ...] = tuple(Element) if by == "element" else tuple(Function)
    groups: dict[str, list[Question]] = {str(value): [] for value in (*values, "also")}
    (some,) = _sets_of(whole)
    _refuse_steps(some)
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
    return _set_or_empty(QuestionSet(children=parts, minutes=some.minutes))


def missing(whole: Composable, by: By) -> frozenset[Element] | frozenset[Function]:
    """
    Return the elements or functions that no question of *whole* serves.

    Args:
        whole: A model or a set.
        by: ``"element"`` or ``"function"``.
    """
    _check_grouping(by)
    (some,) = _sets_of(whole)
    if by == "element":
        return frozenset(Element) - {e for q in some.asks for e in q.elements}
    return frozenset(Function) - {f for q in some.asks for f in q.functions}


# --- outlines: what may be asked, before its choices are made


#: The longest session an outline may wish for, in minutes: one day.
LONGEST = 24 * 60


class Outline(Shown):
    """
    What may be asked in a session, before its choices are made.
    """

    __slots__ = ()
    _called = "Outline"

    def __add__(self, other: Outline | Composable) -> Outline:
        return both(self, other) if isinstance(other, (Outline, Composable)) else NotImplemented

    def __radd__(self, other: Composable) -> Outline:
        return both(other, self) if isinstance(other, Composable) else NotImplemented

    def __or__(self, other: Outline | Composable) -> Outline:
        return either(self, other) if isinstance(other, (Outline, Composable)) else NotImplemented

    def __matmul__(self, minutes: int) -> Outline:
        return at(self, minutes) if isinstance(minutes, int) and not isinstance(minutes, bool) else NotImplemented

    def _brief(self) -> Iterable[str]:
        return (quote_text(print_outline(self)),)

    def __str__(self) -> str:
        return print_outline(self)


@attrs.frozen
class Use(Outline):
    """
    A model, or a part of one, by its dotted path.
    """

    path: str = attrs.field(validator=attrs.validators.matches_re(r"[a-z0-9]+(?:[.-][a-z0-9]+)*"))


@attrs.frozen
class Given(Outline):
    """
    A set made in code; it has no text form.

    Attributes:
        model: The key of the model, if it is one as it was loaded.
    """

    set: QuestionSet
    model: str = attrs.field(default="", eq=False)


@attrs.frozen
class Both(Outline):
    """
    One after the other.
    """

    steps: tuple[Outline, ...] = attrs.field(validator=attrs.validators.min_len(2))


@attrs.frozen
class Either(Outline):
    """
    One of several.
    """

    ways: tuple[Outline, ...] = attrs.field(validator=attrs.validators.min_len(2))


@attrs.frozen
class At(Outline):
    outline: Outline
    minutes: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(LONGEST)])


def _outline_of(some: Outline | Composable) -> Outline:
    if isinstance(some, Outline):
        return some
    return Given(some.questions, model="" if isinstance(some, QuestionSet) else some.questions.key)


def both(*steps: Outline | Composable) -> Outline:
    """
    Join outlines one after the other; ``a + b`` is ``both(a, b)``. Brackets do not matter.
    """
    flat: list[Outline] = []
    for step in map(_outline_of, steps):
        flat.extend(step.steps if isinstance(step, Both) else (step,))
    if not flat:
        return Given(EMPTY)
    return flat[0] if len(flat) == 1 else Both(tuple(flat))


def either(*ways: Outline | Composable) -> Outline:
    """
    Offer outlines to choose from; ``a | b`` is ``either(a, b)``. Brackets and repeats do not matter.
    """
    flat: dict[Outline, None] = {}
    for way in map(_outline_of, ways):
        flat.update(dict.fromkeys(way.ways if isinstance(way, Either) else (way,)))
    only = tuple(flat)
    if not only:
        return Given(EMPTY)
    return only[0] if len(only) == 1 else Either(only)


def at(some: Outline | Composable, minutes: int) -> Outline:
    """
    Give an outline a wish of minutes; ``a @ 40`` is ``at(a, 40)``. A second wish replaces the first.

    Args:
        minutes: How long it should be, from 1 to 1,440.

    Raises:
        Refused: The minutes are not between 1 and a day's.
    """
    if not 1 <= minutes <= LONGEST:
        raise Refused(f"{minutes} minutes cannot be held; write a number from 1 to {LONGEST} after @")
    whole = _outline_of(some)
    return At(whole.outline if isinstance(whole, At) else whole, minutes)


def show(outline: Outline) -> str:
    """
    Write an outline as text; `parse` reads it back to the same.

    Args:
        outline: The outline.

    Raises:
        NoTextForm: It holds a set made in code.
    """

    def refuse(given: Given) -> str:
        raise NoTextForm(name_of_set(given.set))

    return _write_outline(outline, refuse)


def print_outline(outline: Outline) -> str:
    """
    Write an outline for people: a set made in code is its title in square brackets, which nobody reads back.
    """
    return _write_outline(outline, lambda given: given.model or f"[{one_line(title_of_set(given.set))}]")


def _write_outline(outline: Outline, write_set: Callable[[Given], str], level: int = 0) -> str:
    match outline:
        case Use(path):
            return path
        case At(inner, minutes):
            return f"{_write_outline(inner, write_set, 2)}@{minutes}"
        case Either(ways):
            text, own = " | ".join(_write_outline(way, write_set, 1) for way in ways), 0
        case Both(steps):
            text, own = " + ".join(_write_outline(step, write_set, 2) for step in steps), 1
        case Given():
            return write_set(outline)
        case _:
            raise WrongKind(f"not an outline: {type(outline).__name__}")
    return f"({text})" if level > own else text


def name_of_set(some: QuestionSet) -> str:
    """
    Return what to call a set in a message: its key or its title, or those of its parts.
    """
    return some.key or some.title or " + ".join(map(name_of_set, some.parts)) or "these questions"


def title_of_set(some: QuestionSet) -> str:
    """
    Return what people call a set: its title, or those of its parts.
    """
    return some.title or " + ".join(part.title for part in some.parts if part.title) or "A set of questions"
