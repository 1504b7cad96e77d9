"""
What other programs know of a set: a form of groups and places to fill, each with its name and its words.

Every kind of exchange writes and reads these; what the other side has no word for rides along as marks of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Refused
from reflect.pages.keys import make_key
from reflect.questions.answers import Answering, Kind
from reflect.questions.model import Head, Model
from reflect.questions.question import Mode, Question, Step
from reflect.questions.rings import Ring
from reflect.questions.sets import Composable, Entry, QuestionSet
from reflect.questions.wordings import Wording
from reflect.text.kinds_of_answer import options_of

#: What rides along with an item, in an extension or in a column of its own.
MARKS = ("ring", "kind", "does", "part", "low", "high", "whose")
#: A key of ours: it comes back as it is.
_OURS = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+")
#: The name of a part that has none.
_NAMELESS = re.compile(r"part-\d+")


@attrs.frozen(kw_only=True)
class FormItem:
    """
    One group or one place of a form.

    Attributes:
        name: Its name, which is its key with us.
        text: What is asked, or the title of a group.
        hint: What stands below it.
        kind: How it is answered; None if nothing is written there.
        options: What it offers to choose from.
        marks: What the other side has no word for, by the names of `MARKS`.
        group: Whether it holds others.
        items: What it holds.
    """

    name: str
    text: str
    hint: str = ""
    kind: Kind | None = None
    options: tuple[str, ...] = ()
    marks: dict[str, str] = attrs.field(factory=dict)
    group: bool = False
    items: tuple[FormItem, ...] = ()


@attrs.frozen(kw_only=True)
class OutsideForm:
    """
    A form with its title.

    Attributes:
        key: Its name.
        title: What people call it.
        version: Its version; empty if it has none.
        credit: Whom its words are owed to.
        does: What is done in it, if it has no groups.
        draft: Whether it names no source.
        items: What is in it.
    """

    key: str
    title: str
    version: str = ""
    credit: str = ""
    does: str = Mode.ASK
    draft: bool = True
    items: tuple[FormItem, ...] = ()


# --- out


def form_of(what: Composable, words: Wording) -> OutsideForm:
    """
    Return a set as a form, in the words of a profession and without its topics, whose titles are private.

    Raises:
        KeyClash: Two different questions have one key, once no topic tells them apart.
    """
    whole = what.questions.without_topics(lambda _: True)
    numbers = iter(range(1, 100_000))
    items = tuple(_items_of(whole, words, numbers))
    form = OutsideForm(key=whole.key or "questions", title=words.fill(whole.title), does=whole.mode, items=items)
    if not isinstance(what, Model):
        return form
    head = what.head
    credit = "; ".join([*map(str, head.sources), *filter(None, [head.rights])])
    return attrs.evolve(form, title=words.fill(head.title), version=head.version, credit=credit, draft=head.draft)


def _items_of(some: QuestionSet, words: Wording, numbers: Iterator[int]) -> Iterator[FormItem]:
    for child in some.children:
        if isinstance(child, QuestionSet):
            yield _group_of(child, words, numbers)
        else:
            yield _place_of(child, words)


def _group_of(part: QuestionSet, words: Wording, numbers: Iterator[int]) -> FormItem:
    marks = {"part": str(part.mode)} | ({"ring": str(part.ring)} if part.ring else {})
    items = tuple(_items_of(part, words, numbers))
    name = part.key or f"part-{next(numbers)}"
    return FormItem(name=name, text=words.fill(part.title), marks=marks, group=bool(items), items=items)


def _place_of(entry: Entry, words: Wording) -> FormItem:
    shown = words.stage(entry) if isinstance(entry, Question) else entry
    answering, ring = entry.answering, entry.ring
    marks = {"does": str(entry.mode)} if isinstance(entry, Step) else {}
    marks |= {"ring": str(ring)} if ring else {}
    options: tuple[str, ...] = ()
    if answering is not None:
        ends = {"low": answering.low, "high": answering.high, "whose": answering.whose}
        marks |= {"kind": str(answering.kind)} | {name: words.fill(text) for name, text in ends.items() if text}
        options = tuple(map(words.fill, options_of(answering)))
    return FormItem(
        name=entry.key,
        text=words.fill(shown.text),
        hint=words.fill(shown.hint),
        kind=answering.kind if answering else None,
        options=options,
        marks=marks,
    )


# --- in


def model_of(form: OutsideForm) -> Model:
    """
    Return a form as a model. A name of ours stays the key that it is; another becomes a key of this model.

    Raises:
        Refused: It asks nothing.
        KeyClash: Two questions have one key.
    """
    key = make_key(form.key) or make_key(form.title) or "questions"
    key = form.key if _OURS.fullmatch(f"a.{form.key}") and "." not in form.key else key
    reading = _KeyMaking(key)
    children = tuple(_children_of(form.items, reading))
    mode = Mode(form.does) if form.does in list(Mode) else Mode.ASK
    whole = QuestionSet(key=key, title=form.title or key, mode=mode, children=children)
    if not whole.entries:
        raise Refused("this form asks nothing that could be put on a page")
    return Model(head=Head(key=key, title=form.title or key, version=form.version or "1", does=mode), questions=whole)


@attrs.define
class _KeyMaking:
    """
    The keys of one model, each given once.
    """

    model: str
    taken: set[str] = attrs.field(factory=set)

    def key_of(self, name: str) -> str:
        if _OURS.fullmatch(name):
            self.taken.add(name)
            return name
        made = f"{self.model}.{make_key(name) or 'question'}"
        key, n = made, 2
        while key in self.taken:
            key, n = f"{made}-{n}", n + 1
        self.taken.add(key)
        return key


def _children_of(items: Iterable[FormItem], keys: _KeyMaking) -> Iterator[Entry | QuestionSet]:
    for item in items:
        ring = Ring(item.marks["ring"]) if item.marks.get("ring") else None
        if item.group or "part" in item.marks:
            key = "" if _NAMELESS.fullmatch(item.name) else keys.key_of(item.name)
            mode = Mode(item.marks.get("part", Mode.ASK))
            told = "\n\n".join(each.text for each in item.items if _is_told(each))
            inner = tuple(_children_of(item.items, keys))
            yield QuestionSet(key=key, title=item.text, mode=mode, ring=ring, guidance=told, children=inner)
        elif not _is_told(item):
            yield _entry_of(item, keys.key_of(item.name), ring)


def _is_told(item: FormItem) -> bool:
    """
    Return whether an item is words for everybody alone, which no page has among its questions.
    """
    return item.kind is None and not item.group and not {"does", "part"} & item.marks.keys()


def _entry_of(item: FormItem, key: str, ring: Ring | None) -> Entry:
    answering = None
    if item.kind is not None:
        usual = options_of(Answering(item.kind))
        ends = {name: item.marks.get(name, "") for name in ("low", "high", "whose")}
        answering = Answering(item.kind, **ends, options=() if item.options == usual else item.options)
    if "does" in item.marks:
        mode = Mode(item.marks["does"])
        return Step(key=key, text=item.text, hint=item.hint, mode=mode, ring=ring, answering=answering)
    return Question(key=key, text=item.text, hint=item.hint, ring=ring, answering=answering or Answering())


def find_wrong_marks(marks: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    Give the marks that hold none of our words, each with the words it may hold.
    """
    known = {"ring": Ring, "kind": Kind, "does": Mode, "part": Mode}
    for name, words in known.items():
        may = tuple(str(word) for word in words if (name, word) != ("does", Mode.ASK))
        if name in marks and marks[name] not in may:
            yield name, may
