"""
The same document for one person after another, laid out once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.documents.makers import What
from reflect.documents.making import Making
from reflect.documents.sandbox import NotAlike
from reflect.documents.templates import Templates
from reflect.formats.word.brand import Brand
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import Reader
from reflect.questions.wordings import Wording
from reflect.rendering.rendering import read_brand_of, writer_of
from reflect.text.nodes import Look
from reflect.text.prose import visible

#: Facts that may differ from copy to copy without the paper being made anew: texts, and nothing is reckoned from them.
_PERSONAL = frozenset({"organisation", "marking", "date", "place", "supervisor", "supervisee"})


#: A longer fact is in several parts in a Word file's properties, and so is not the same elsewhere.
_IN_ONE = 255


#: What stands for a fact while copies are compared: short, long, and full of signs.
_STANDING = ("", "w" * 60, "Ab 9, " * 40 + "z")


def copies(
    what: What,
    name: str,
    people: Iterable[Mapping[str, str]],
    *,
    to: str = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | str | Path | bytes | None = None,
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
        to: The format.
        reader: Who will read them.
        wording: The words of the profession; those of the record, or the general ones, if nothing is said.
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How it is laid out: ``"large-print"``, ``"dyslexia-friendly"``, ``"pen"``, ``"landscape"``; or several.
        brand: In Word: the agency's own look, as `reflect.brand` gives it, or its Word file.

    Raises:
        ReflectError: As `document` raises them; at the copy it is about.
    """
    worn = read_brand_of(brand)
    write = writer_of(to, worn)
    making = Making(
        name=name,
        templates=templates,
        reader=reader,
        wording=wording,
        facts=None,
        minutes=minutes,
        models=models,
        looks=looks,
        cards=8,
        marks=(),
    )
    alike: dict[tuple[frozenset[str], tuple[tuple[str, str], ...]], _Alike | None] = {}
    for facts in people:
        plain = {fact: shown for fact, text in facts.items() if fact in _PERSONAL and (shown := _on_a_line(text))}
        plain = {fact: shown for fact, shown in plain.items() if len(shown) <= _IN_ONE}
        fixed = {fact: text for fact, text in facts.items() if fact not in plain}
        key = (frozenset(plain), tuple(sorted(fixed.items())))
        if to == "docx" and plain and key not in alike:
            alike.clear()  # what is fixed may be somebody's too: it is not kept beyond those who share it
            alike[key] = _alike(what, attrs.evolve(making, facts=fixed), frozenset(plain), worn)
        found = alike.get(key)
        if found:
            yield found.filled(plain)
        else:
            yield write(attrs.evolve(making, facts=facts).document(what))


def _on_a_line(text: str) -> str:
    """
    A text as it is shown, if it is one line of words with single spaces; else nothing.
    """
    shown = visible(text)
    return shown if text.strip() and shown == " ".join(shown.split()) else ""


@attrs.frozen
class _Alike:
    """
    A Word file with places for the facts of one person.

    Attributes:
        start: The parts that hold none.
        parts: The others. Of a text every second piece is a fact, by its name; a picture is whole.
    """

    start: bytes = attrs.field(repr=False)
    parts: tuple[tuple[str, tuple[str, ...] | bytes], ...] = attrs.field(repr=False)

    def filled(self, facts: Mapping[str, str]) -> bytes:
        from reflect.formats.word import escape_xml, zip_parts

        known = {fact: escape_xml(text) for fact, text in facts.items()}
        parts = {
            name: whole
            if isinstance(whole, bytes)
            else "".join(known[piece] if i % 2 else piece for i, piece in enumerate(whole))
            for name, whole in self.parts
        }
        return zip_parts(parts, self.start)


def _alike(what: What, making: Making, personal: frozenset[str], brand: Brand | None) -> _Alike | None:
    """
    The file that copies have alike, or None if it differs by more than the texts of the facts.

    The template may only print them (`Sealed`), and three files with texts of different lengths and
    signs in their place have to be the same in every other letter.
    """
    from reflect.formats.word import texts

    found: set[_Alike] = set()
    for middle in _STANDING:
        standing = {fact: f"\ue000{i}{middle}\ue001" for i, fact in enumerate(sorted(personal))}
        try:
            paper = attrs.evolve(making, facts={**making.facts, **standing}).document(what, personal)
        except NotAlike:
            return None
        start, parts = texts(paper, brand)
        places = {text: fact for fact, text in standing.items()}
        between = re.compile(f"({'|'.join(map(re.escape, places))})")
        found.add(
            _Alike(
                start,
                tuple(
                    (part, whole if isinstance(whole, bytes) else tuple(places.get(p, p) for p in between.split(whole)))
                    for part, whole in parts.items()
                ),
            )
        )
    return found.pop() if len(found) == 1 else None
