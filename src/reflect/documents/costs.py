"""
What a template may do for one paper, and what each thing costs: steps in proportion to the work and the memory.

A list that a template makes may hold another one twice, and that one again, so that a hundred letters of a template
stand for more values than there are grains of sand. Making such a list is cheap. Whatever goes through all of it, such
as comparing, sorting and printing, is paid for first, by all that it would meet.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from contextvars import ContextVar
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.text.filling import Value

#: How much a template may do for one paper. The longest workbook we know of takes a thirtieth.
STEPS = 300_000
#: What a call costs, in steps: it takes about as long as this many turns of a loop.
CALL = 5
#: A template pays a step for this many characters that it makes or looks through.
CHARACTERS_A_STEP = 20
#: What it only prints is put in as it is, and costs a step for this many.
PRINTED_A_STEP = 100
#: A turn of a loop, or a call of a macro, costs a step for this many parts of what it goes through.
PARTS_A_STEP = 8
#: The longest text or list that a template may make, the longest template, and all those of one paper together, in
#: characters.
LARGEST, LONGEST, LONGEST_TOGETHER = 1_000_000, 60_000, 240_000
#: The names, texts, signs and tags that the templates of one paper have together; the largest of ours has hundreds.
MOST_PARTS = 12_000
#: How much a paper may print with {{ }}: texts of people, which may be long, in characters.
MOST_PRINTED = 8_000_000
#: The widest whole number that a template may reckon with, in bits, and the widest that a filter may make something.
WIDEST = 1000
#: The longest text that a filter breaks into lines.
LONGEST_WRAPPED = 20_000


@attrs.define
class PaperInProgress:
    """
    What is kept while one paper is made.
    """

    context: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    values: list[Value] = attrs.field(factory=list, repr=False)
    left: int = STEPS
    #: The templates that were used so far, and how long they are.
    templates: dict[str, int] = attrs.field(factory=dict, repr=False)
    #: How many parts the templates have that were compiled for it.
    parts: int = 0
    #: How many characters were printed with {{ }} so far.
    printed: int = 0

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Refused("takes too many steps and was stopped; look for loops in loops, or a macro that calls itself")

    def note_template(self, name: str, length: int) -> None:
        self.templates[name] = length
        if length <= LONGEST and sum(self.templates.values()) > LONGEST_TOGETHER:
            raise Refused(f"uses templates of more than {LONGEST_TOGETHER:,} characters together; include fewer")

    def note_printed(self, text: str) -> None:
        length = str.__len__(text)
        self.spend(length // PRINTED_A_STEP)
        self.printed += length
        refuse_too_long(self.printed, MOST_PRINTED)


#: The paper that is being made. A variable of the context, so that threads do not share it.
paper: ContextVar[PaperInProgress] = ContextVar("reflect_paper")


def spend(steps: int = 1) -> None:
    if here := paper.get(None):  # while a template is compiled there may be none
        here.spend(steps)


def note_parts(parts: int) -> None:
    """
    Count the parts of a template that is about to be compiled.

    Raises:
        Refused: With those that were compiled for this paper, they are too many.
    """
    here = paper.get(None)
    if here:
        parts = here.parts = here.parts + parts
    if parts > MOST_PARTS:
        raise Refused(
            f"has more than {MOST_PARTS:,} names, texts, signs and tags; write less of it, or make two papers"
        )


def size_of(value: object) -> int:
    """
    Return how large a text or a list is, in steps, without what is in the list; other things cost nothing.
    """
    if isinstance(value, str):
        return str.__len__(value) // CHARACTERS_A_STEP
    if isinstance(value, int):
        return value.bit_length() // WIDEST
    return len(value) if isinstance(value, (list, tuple, dict, range, KeysView, ValuesView, ItemsView)) else 0


def refuse_too_long(size: int, most: int = LARGEST) -> None:
    if size > most:
        raise Refused("makes a text or a list that is too long and was stopped")


def weigh(*values: object) -> int:
    """
    Return how much there is in values, in steps, with all that is in their lists, as often as it is in them.

    Raises:
        Refused: It is more than may still be spent.
    """
    weight = 0
    waiting = list(values)
    for _ in range(_FEW):
        if not waiting:
            return weight
        value = waiting.pop()
        weight += 1 + size_of(value)
        waiting += _inside(value)
    here = paper.get(None)
    weight = weigh_many(values)
    if weight > (here.left if here else STEPS):
        spend(weight)
    return weight


#: Values of at most so many parts are weighed part by part.
_FEW = 1000


def weigh_many(root: tuple[object, ...]) -> int:
    """
    Return how much there is in values. Each list is looked at once, and counts as often as it is there.
    """
    weights: dict[int, int] = {}
    waiting: list[object] = [root]
    while waiting:
        value = waiting[-1]
        inner = _inside(value)
        lists = [each for each in inner if type(each) not in _SIMPLE]
        # What is being weighed counts for nothing in itself, so that even a ring would end.
        if weights.setdefault(id(value), 0) == 0 and (
            others := [each for each in lists if id(each) not in weights and _inside(each)]
        ):
            waiting += others
            continue
        # Nobody can pay more, and the true number may have as many digits as there are lists.
        weights[id(waiting.pop())] = min(
            1 + size_of(value) + sum(weights.get(id(each)) or 1 + size_of(each) for each in inner), STEPS + 1
        )
    return weights[id(root)]


#: What holds nothing else.
_SIMPLE = frozenset((str, int, float, bool, type(None)))


def _inside(value: object) -> Iterable[object]:
    if type(value) in _SIMPLE:
        return ()
    if isinstance(value, (list, tuple, set, frozenset)):
        return value
    if isinstance(value, (KeysView, ValuesView, ItemsView)):
        return list(value)
    if isinstance(value, dict):
        return (*value.keys(), *value.values())
    kind: Any = type(value)
    if attrs.has(kind):  # our own views are compared by their fields
        return [getattr(value, field.name) for field in attrs.fields(kind) if field.eq]
    return ()


def count_each(many: Iterable[object]) -> Iterator[object]:
    """
    Give the same things; each takes a step, and so does each thing in a list among them.
    """
    for each in many:
        spend(1 + size_of(each))
        yield each
