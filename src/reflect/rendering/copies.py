"""
The same document for one person after another, laid out once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Unpack

import attrs

from reflect.documents.makers import What
from reflect.documents.options import DocumentOptions, takes_options
from reflect.errors import ReflectError
from reflect.questions.sets import Composable, Outline
from reflect.rendering.rendering import FileOptions, Rendering
from reflect.sessions.facts import ENDS_OF_SENTENCES, words_of_facts
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text.prose import Words, visible

#: Facts that may differ from copy to copy without a new layout: texts, from which nothing is worked out.
_PLAIN = frozenset({"organisation", "marking", "date", "place", "supervisor", "supervisee"})
#: A longer fact is in several parts in a Word file's properties, and so it is not the same elsewhere.
_IN_ONE = 255
#: What is in the place of a fact while layouts are compared: a short text, a long one, and one full of signs.
_IN_PLACE = ("", "w" * 60, "Ab 9, " * 40 + "z")


@takes_options(FileOptions, DocumentOptions, defaults=Rendering)
def copies(
    what: What, name: str, people: Iterable[Mapping[str, str]], **options: Unpack[FileOptions]
) -> Iterator[bytes]:
    """
    Give the same document for one person after another: the bytes `render` gives with the facts of each.

    Word files that differ only in plain facts on one line (organisation, marking, date, place, supervisor,
    supervisee) are laid out once, with something else in the place of each fact, and what is one person's
    is put in for that person's copy alone. Nothing of one is kept for the next.

    Args:
        what: As `render` takes it.
        name: The document.
        people: The facts of each, as `render` takes them.
        options: What is chosen for all of them, as `FileOptions` explains.

    Raises:
        ReflectError: As `document` raises them; at the copy it is about.
    """
    copier = Copier(Rendering(name=name, **options))
    same = tuple(what) if isinstance(what, list) else what
    for facts in people:
        yield copier.render(same, facts)


@attrs.define
class Copier:
    """
    Makes files one after another, and lays out once those in a row that differ only in plain facts.

    Attributes:
        patience: How many in a row are each laid out anew before one layout for all is tried, which takes three.
    """

    rendering: Rendering
    patience: int = 0
    _row: _Row | None = attrs.field(default=None, init=False, repr=False)

    def render(self, what: What, facts: Mapping[str, Words]) -> bytes:
        """
        Return one file.

        Args:
            facts: Its own facts, beside those of all.
        """
        own = {**self.rendering.facts, **words_of_facts(facts)}
        plain = dict(_plain_facts(own)) if self.rendering.to == "docx" else {}
        if layout := self._layout(what, own, plain):
            return layout.fill(plain)
        return attrs.evolve(self.rendering, facts=own).render(what)

    def _layout(self, what: What, facts: Mapping[str, str], plain: Mapping[str, str]) -> _Layout | None:
        fixed = {fact: text for fact, text in facts.items() if fact not in plain}
        if not plain:
            self._row = None
        elif self._row is None or not self._row.goes_on(what, plain, fixed):
            # What is fixed may be somebody's too: it is not kept beyond those who share it.
            self._row = _Row(what, frozenset(plain), fixed)
        if self._row is None:
            return None
        self._row.count += 1
        if self._row.count == self.patience + 1:
            self._row.layout = _lay_out(what, attrs.evolve(self.rendering, facts=fixed), self._row.plain)
        return self._row.layout


def _plain_facts(facts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """
    Give the facts that are one line of words with single spaces, as they are shown.
    """
    for fact, text in facts.items():
        shown = visible(text) if fact in _PLAIN and text.strip() else ""
        # What ends a sentence by itself has no full stop behind it, and so is not like the others.
        if 0 < len(shown) <= _IN_ONE and shown == " ".join(shown.split()) and not shown.endswith(ENDS_OF_SENTENCES):
            yield fact, shown


#: What a document can be made of that nobody can change: its fields are tuples and texts, all the way down.
_UNCHANGING = (str, Session, Record, Composable, Outline, NoneType)


@attrs.define(eq=False)
class _Row:
    """
    Files that come one after another and differ only in plain facts.
    """

    what: What = attrs.field(repr=False)
    plain: frozenset[str]
    fixed: Mapping[str, str] = attrs.field(repr=False)
    count: int = 0
    layout: _Layout | None = attrs.field(default=None, repr=False)

    def goes_on(self, what: What, plain: Mapping[str, str], fixed: Mapping[str, str]) -> bool:
        """
        Tell whether a file is another of this row.
        """
        # To compare values takes long. What may have changed since, such as a list in a paper, is laid out anew.
        same = what == self.what if isinstance(what, str) else what is self.what and isinstance(what, _UNCHANGING)
        return same and plain.keys() == self.plain and fixed == self.fixed


@attrs.frozen
class _Layout:
    """
    A Word file with places for the facts of one person.

    Attributes:
        start: The parts that have none.
        parts: The others. Of a text every second piece is a fact, by its name; a picture is whole.
    """

    start: bytes = attrs.field(repr=False)
    parts: tuple[tuple[str, tuple[str, ...] | bytes], ...] = attrs.field(repr=False)

    def fill(self, facts: Mapping[str, str]) -> bytes:
        from reflect.formats.word import escape_xml, zip_parts

        escaped = {fact: escape_xml(text) for fact, text in facts.items()}
        parts = {
            name: whole
            if isinstance(whole, bytes)
            else "".join(escaped[piece] if i % 2 else piece for i, piece in enumerate(whole))
            for name, whole in self.parts
        }
        return zip_parts(parts, self.start)


def _lay_out(what: What, rendering: Rendering, plain: frozenset[str]) -> _Layout | None:
    """
    Return the file that copies have alike, or None if they differ by more than the texts of plain facts.

    The template may only print them (`Sealed`), and three files with texts of different lengths and signs in their
    place have to be the same in every other letter. If the file cannot be made, each copy says why.
    """
    from reflect.formats.word import texts

    layouts: set[_Layout] = set()
    for middle in _IN_PLACE:
        in_place = {fact: f"\ue000{i}{middle}\ue001" for i, fact in enumerate(sorted(plain))}
        try:
            paper = attrs.evolve(rendering, facts={**rendering.facts, **in_place}).document(what, sealed=plain)
        except ReflectError:
            return None
        start, parts = texts(paper, rendering.brand)
        fact_of = {text: fact for fact, text in in_place.items()}
        place = re.compile(f"({'|'.join(map(re.escape, fact_of))})")
        cut = {
            name: whole if isinstance(whole, bytes) else tuple(fact_of.get(each, each) for each in place.split(whole))
            for name, whole in parts.items()
        }
        layouts.add(_Layout(start, tuple(cut.items())))
    return layouts.pop() if len(layouts) == 1 else None
