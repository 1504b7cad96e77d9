"""
What it is like today: the rows of the gallery, and the words by which a model is found. All of it is data.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import attrs

from reflect.files.forms import ListOf, NameLine, NamesWith, Number, OneOf, TextLine, YesNo
from reflect.files.objects import accept, describe, form_of, list_of, read
from reflect.files.places import OURS
from reflect.questions.model import Aim, Head, Suits
from reflect.shown import Brief

_DATA = OURS / "planner" / "needs.yaml"
#: The colours a row can have; each has a contrast of at least 6 to 1 with the page.
COLOURS = ("rust", "ochre", "rose", "plum", "blue", "moss", "pine", "teal", "indigo", "slate", "brown")
#: The ways of working, in the order of the filter.
WAYS = ("talk", "listen", "draw", "move", "sort", "write")
_WORDS = ListOf(TextLine(60))
_KEYS = ListOf(NameLine(80))
_NONE: Any = attrs.Factory(tuple)
_NO_NAMES: Any = attrs.Factory(dict)
#: The family of the pages that stand in every session, and where a page goes that nothing else places.
_FRAME, _EVERY, _ELSE = "frame", "every", "learn"


def _to_aims(names: Iterable[Aim | str]) -> tuple[Aim, ...]:
    return tuple(map(Aim, names))


@attrs.frozen(kw_only=True)
class Need(Brief):
    """
    A row of the gallery.

    Attributes:
        name: Its name.
        title: What it is like, in a person's words.
        colour: What it is drawn in.
        aims: A page that is for one of these stands in it.
        words: What people type who mean it.
        groups: Whether every page that is for a group alone stands in it.
        first: The models that are always in sight in it, in their order.
        also: Models that stand in it although their pages are for something else.
    """

    _in_line = ("name",)

    name: str = attrs.field(metadata=describe(NameLine(20), "its name", needed=True))
    title: str = attrs.field(metadata=describe(TextLine(40), "what it is like, as a person says it", needed=True))
    colour: str = accept(OneOf(COLOURS), "what it is drawn in", "slate")
    aims: tuple[Aim, ...] = accept(
        ListOf(OneOf(tuple(map(str, Aim)))),
        "what its pages are for",
        _NONE,
        converter=_to_aims,
    )
    words: tuple[str, ...] = accept(_WORDS, "what people type who mean it", _NONE, converter=tuple)
    groups: bool = accept(YesNo(), "every page for a group alone stands in it", False)
    first: tuple[str, ...] = accept(_KEYS, "the models that are always in sight", _NONE, converter=tuple)
    also: tuple[str, ...] = accept(_KEYS, "models that stand in it by name", _NONE, converter=tuple)
    line: int = attrs.field(default=0, eq=False, repr=False)

    def has(self, head: Head) -> bool:
        """
        Tell whether a model stands in it.
        """
        return (
            head.key in self.first
            or head.key in self.also
            or not set(self.aims).isdisjoint(head.aims)
            or (self.groups and head.suits == (Suits.GROUP,))
        )


@attrs.frozen(kw_only=True)
class Called(Brief):
    """
    What a model is called under its picture, and what people type for it.
    """

    short: str = accept(TextLine(40), "what stands under its picture, if its title is too long for it")
    words: tuple[str, ...] = accept(_WORDS, "what people type for it", _NONE, converter=tuple)
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class TakenTogether(Brief):
    """
    Models that a trainer may take in one go.
    """

    _in_line = ("name",)

    name: str = attrs.field(metadata=describe(NameLine(20), "its name", needed=True))
    title: str = attrs.field(metadata=describe(TextLine(40), "what people call it", needed=True))
    keys: tuple[str, ...] = attrs.field(converter=tuple, metadata=describe(_KEYS, "its models", needed=True))
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Needs(Brief):
    """
    All rows, and the words for what pages are for, for ways of working, for models and for minutes.
    """

    needs: tuple[Need, ...] = attrs.field(
        converter=tuple, metadata=describe(list_of(Need), "the rows, in their order", needed=True)
    )
    aims: Mapping[str, tuple[str, ...]] = accept(
        NamesWith(_WORDS, OneOf(tuple(map(str, Aim)))), "what people type, by what a page is for", _NO_NAMES
    )
    ways: Mapping[str, tuple[str, ...]] = accept(
        NamesWith(_WORDS, OneOf(WAYS)), "what people type, by the way of working", _NO_NAMES
    )
    models: Mapping[str, Called] = accept(
        NamesWith(form_of(Called), NameLine(80)), "what models are called, by their keys", _NO_NAMES
    )
    sets: tuple[TakenTogether, ...] = accept(
        list_of(TakenTogether), "what a trainer may take in one go", _NONE, converter=tuple
    )
    numbers: Mapping[str, int] = accept(
        NamesWith(Number(1, 480), TextLine(20)), "minutes, by the words that people type for them", _NO_NAMES
    )
    units: tuple[str, ...] = accept(_WORDS, "words that say that minutes are meant", _NONE, converter=tuple)
    small: tuple[str, ...] = accept(_WORDS, "words that say nothing when somebody searches", _NONE, converter=tuple)
    line: int = attrs.field(default=0, eq=False, repr=False)

    def of(self, head: Head) -> tuple[Need, ...]:
        """
        Return the rows that a model stands in: its home first, and the others in their order.
        """
        home = self.home(head)
        return (home, *(need for need in self.needs if need is not home and need.has(head)))

    def home(self, head: Head) -> Need:
        """
        Return the row in which a model is always in sight.

        That is the row that names it first. A page that no row names is put by the first thing it is for, by whom it
        suits, or by its family; and with those that teach, if none of these says anything.
        """
        by_name = {need.name: need for need in self.needs}
        named = [need for need in self.needs if head.key in need.first]
        aimed = [need for aim in head.aims for need in self.needs if aim in need.aims]
        grouped = [need for need in self.needs if need.groups and head.suits == (Suits.GROUP,)]
        framed = [by_name[_EVERY]] if head.family == _FRAME else []
        return (*named, *grouped, *aimed, *framed, by_name[_ELSE])[0]

    def short(self, head: Head) -> str:
        """
        Return what stands under the picture of a model.
        """
        called = self.models.get(head.key)
        return called.short if called and called.short else head.title


@functools.cache
def our_needs() -> Needs:
    """
    Return the rows that come with the library.
    """
    return read(_DATA.read_text("utf-8"), Needs, _DATA.name)


def words_for(head: Head, ways: Iterable[str], needs: Needs) -> dict[str, str]:
    """
    Return the words by which a model is found, in three grades, each folded and parted by single spaces.

    "named" are its names and what people type for it; "meant" what it is for and how one works with it; "said" the
    sentence about when it helps.
    """
    called = needs.models.get(head.key, Called())
    named = [head.key.replace("-", " "), head.title, needs.short(head), *called.words, head.family]
    named += [source.author for source in head.sources if source.author != head.author]
    rows = needs.of(head)
    meant = [word for aim in head.aims for word in needs.aims.get(str(aim), ())]
    meant += [word for way in ways for word in (way, *needs.ways.get(way, ()))]
    meant += [text for need in rows for text in (need.title, *need.words)]
    grades = {"named": named, "meant": meant, "said": [head.when]}
    seen: set[str] = set()
    return {name: _fold(texts, seen) for name, texts in grades.items()}


def fold(text: str) -> str:
    """
    Return a text as words are compared: small letters without accents, with single spaces in place of other signs.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", bare)))


def _fold(texts: Iterable[str], seen: Collection[str]) -> str:
    words = dict.fromkeys(word for text in texts for word in fold(text).split())
    fresh = [word for word in words if word not in seen]
    if isinstance(seen, set):
        seen.update(fresh)
    return " ".join(fresh)
