"""
Reads what people brought from a filled record: by the ids that the paper has, and by the words that are printed there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

import attrs

from reflect.questions.question import Topic
from reflect.questions.rings import Ring, narrowest, narrows
from reflect.sessions.brought import (
    ASKED,
    DECIDED,
    EARLIER_OUTCOMES,
    OF_TALK,
    PIECE_OF_WORK,
    SHORT,
    Brought,
    Outcome,
    key_of_topic,
    ring_of_id,
)
from reflect.sessions.origin import BroughtOrigin, Origin
from reflect.sessions.parts import ItemRecord
from reflect.sessions.typed import fold_text
from reflect.text.prose import without_isolation

#: A note on a record that asks whether each item was as planned.
READ_AS_BEFORE = "it was printed by an earlier version, and is read as it was then"
#: The places beside the box of an item: what became of it, until when it was put off, and its name for the record.
_BESIDE = ("outcome", "until", "name")
_ITEM = re.compile(r"item-[1-9]\d{0,2}")


def is_beside_item(key: str) -> bool:
    """
    Return whether a place says something of an item or a topic, and is not an answer of its own.
    """
    item, _, rest = key.partition(".")
    return bool(_ITEM.fullmatch(item)) and rest.rpartition(".")[2] in _BESIDE


@attrs.frozen
class WrittenTopics:
    """
    What a paper has of topics.

    Attributes:
        origin: What the paper says about itself.
        paper: Who may read the paper.
        headings: The words that are printed over a place.
        usual: The words that its blank has there.
        is_talk: Returns whether an item is a talk, by the key of its page.
        case: The words that are printed over a talk about a case, if the paper may not name it.
        outcomes: What was ticked, by place.
        texts: What was written on a line, by place.
        said: What was written under an item, by place.
        ring_of: Returns who may read what is written in a place.
    """

    origin: Origin
    paper: Ring
    headings: Callable[[str], str]
    usual: Callable[[str], str]
    case: str
    is_talk: Callable[[str], bool]
    outcomes: Mapping[str, str]
    texts: Mapping[str, str]
    ring_of: Callable[[str], Ring]
    said: Mapping[str, str] = attrs.field(factory=dict)

    def items(self) -> tuple[ItemRecord, ...]:
        """
        Return the items of a record. If the paper does not say what was planned, they are those that it has ticks for.
        """
        items = self.origin.items
        if not items and not self.origin.earlier:
            keys = sorted(self.items_with_ticks(), key=_number)
            items = tuple(ItemRecord(key=key, use="", minutes=0) for key in keys)
        return tuple(map(self.read_item, items))

    def items_with_ticks(self) -> frozenset[str]:
        """
        Return the items that the paper has ticks for, as those of a talk are.
        """
        if self.origin.has_entries:
            marks = self.origin.marks
            talks = (each.key for each in self.origin.items if self.is_talk(each.use))
            return frozenset(key for key in talks if f"{SHORT}{key}" not in marks)
        keys = (key.removesuffix(".outcome") for key in self.outcomes if key.endswith(".outcome"))
        return frozenset(key for key in keys if _ITEM.fullmatch(key))

    def read_item(self, item: ItemRecord) -> ItemRecord:
        outcome = self.outcome_of(item.key)
        until = self.texts.get(f"{item.key}.until", "")
        if self.origin.earlier:
            return attrs.evolve(item, outcome=outcome)
        known = self.origin.brought_to(item.key)
        talk = item.key in self.items_with_ticks() and self.is_talk(item.use)
        brought = [self.read_topic(each, item.key, own=talk and n == 0) for n, each in enumerate(known)]
        for name in self.ids_taken_in(item.key) if self.origin.brought is None else ():
            brought.append(self.read_topic(BroughtOrigin(item.key, name), item.key, own=False))
        if talk and not known and (named := self.name_of(item.key)):
            brought.insert(0, Brought(topic=named))
        if talk and brought:
            became = self.shown_by_words(item.key) if self.origin.has_entries else outcome
            brought[0] = attrs.evolve(brought[0], became=became, until=until)
        return attrs.evolve(item, outcome=outcome, until=until, brought=tuple(brought))

    def outcome_of(self, key: str) -> Outcome | None:
        if self.origin.has_entries:
            return None
        ticked = self.outcomes.get(f"{key}.outcome", "")
        known = EARLIER_OUTCOMES if self.origin.earlier else tuple(Outcome)
        return Outcome(ticked) if ticked in known else None

    def shown_by_words(self, key: str) -> Outcome | None:
        """
        Return what the words under an item or a topic show of what became of it: where a decision is written it was
        decided, and where anything else is, it was talked about. Where nothing is written, nobody said anything.
        """
        if self.said.get(f"{key}{DECIDED}", "").strip():
            return Outcome.DECIDED
        talked = any(self.said.get(f"{key}{end}", "").strip() for end in ("", *OF_TALK))
        return Outcome.TALKED if talked else None

    def ids_taken_in(self, item: str) -> tuple[str, ...]:
        """
        Return the ids in the keys of places under an item.
        """
        start, end = f"{item}.", ".outcome"
        keys = (key.removeprefix(start).removesuffix(end) for key in self.outcomes if key.startswith(start))
        return tuple(unquote(key) for key in keys if key != "outcome")

    def read_topic(self, known: BroughtOrigin, item: str, *, own: bool) -> Brought:
        ring = ring_of_id(known.id) or self.paper
        # What a paper has no room for was not printed on it: whatever it says, nobody else sees more of it.
        ring = ring if narrows(self.paper, ring) else narrowest(ring, self.paper)
        place = item if own else key_of_topic(item, known.id)
        title = "" if known.id == PIECE_OF_WORK else without_isolation(self.headings(place))
        return Brought(
            topic=Topic(known.id, title, ring),
            whose=known.whose,
            purpose=known.purpose,
            became=None if own else self.shown_by_words(place) if self.origin.has_entries else self.outcome_of(place),
            until="" if own else self.texts.get(f"{place}.until", ""),
        )

    def name_of(self, item: str) -> Topic | None:
        """
        Return the topic that somebody named on the record; its id is not known there, so it has that of the item.

        If a paper has lost what it says about itself, its topic is what is printed over its box.
        """
        if written := self.texts.get(f"{item}.name", "").strip():
            return Topic(item, written, self.ring_of(f"{item}.name"))
        heading = without_isolation(self.headings(item))
        if (
            item in self.origin.topic
            or f"{ASKED}{item}" in self.origin.marks
            or fold_text(heading) in ("", fold_text(self.usual(item)))
        ):
            return None
        if fold_text(heading) == fold_text(self.case):
            return Topic(PIECE_OF_WORK, "", Ring.PERSONAL)
        return Topic(item, heading, self.ring_of(item))


def _number(key: str) -> int:
    return int(key.partition("-")[2])
