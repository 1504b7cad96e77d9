"""
A search for what a paper shows to readers who may not see it, and what it keeps from readers who may.
"""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from reflect.arguments import explain_wrong_kinds
from reflect.documents.makers import MADE_OF, What
from reflect.documents.templates import Templates
from reflect.errors import Refused
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import EVERYBODY, READERS, Reader, Ring
from reflect.rendering.rendering import render
from reflect.shown import Brief
from reflect.testing.canaries import canary, has_canary, rings_in
from reflect.testing.file_contents import FORMATS, contents


@attrs.frozen
class Leak(Brief):
    """
    Something that a paper shows to a reader who may not see it, or keeps from one who may.

    Attributes:
        ring: The ring of what was shown or kept back.
        told: Whether it was shown; if not, it is missing.
        where: Where in the file it is: the name of a part, or empty.
    """

    _in_line = ("paper", "to", "reader", "ring")

    paper: str
    to: str
    reader: str
    ring: Ring
    told: bool
    where: str = ""

    def __str__(self) -> str:
        if self.told:
            return f"{self.paper} as {self.to} shows {self.reader} what is '{self.ring}', in {self.where or 'the file'}"
        return f"{self.paper} as {self.to} keeps from {self.reader} what is '{self.ring}', and they may read it"


@explain_wrong_kinds
def leaks(
    name: str,
    *,
    templates: Iterable[str | Path] = (),
    formats: Sequence[str] = FORMATS,
    readers: Iterable[Reader] = READERS,
    what: Iterable[What] | None = None,
    models: Catalogue | None = None,
) -> tuple[Leak, ...]:
    """
    Return what a document shows to readers who may not see it, and what it keeps from those who may.

    The document is made with a `canary` of every ring wherever people can write: in topics, notes, facts, answers,
    actions, decisions, signatures, and each field of a standing paper. Then every part of every file is searched:
    text, attributes, properties and names. `twins` finds what is shown without its words, by a count or by a gap.

    Args:
        name: The document. One about models gets nothing private, so only words in its own template can leak.
        templates: Folders of your own templates.
        formats: The formats to search.
        readers: The readers to make it for.
        what: What to make it of, with `canary` words in it; by default, what `planted` gives.
        models: Where to find the models that it names; by default, ours.

    Returns:
        Nothing, if the document keeps its promise.

    Raises:
        Refused: The search could not find anything: there is no format or reader, a format is not text, or something to
            make it of has no `canary` in it.
        ReflectError: The document cannot be made.
    """
    folders, readers = tuple(templates), tuple(readers)
    about = Templates(folders).about(name)
    subjects = MADE_OF[about.of].examples(about, canary) if what is None else tuple(what)
    _refuse_empty(formats, readers, subjects)
    for to in formats:
        if to not in FORMATS:
            raise Refused(f"'{to}' is not text that can be searched; write one of: {', '.join(FORMATS)}")
    for number, subject in enumerate(subjects if what is not None else (), 1):
        if not has_canary(subject):
            raise Refused(f"there is no canary in number {number} of 'what'; put 'canary(ring)' where people write")

    def places(subject: What, to: str, reader: Reader) -> dict[Ring, str]:
        return rings_in(render(subject, name, to=to, reader=reader, templates=folders, models=models), to)

    leaking: dict[Leak, None] = {}
    for subject in subjects:
        for to in formats:
            there = places(subject, to, EVERYBODY)
            for reader in readers:
                seen = places(subject, to, reader)
                served = reader.within(about.ring)
                for ring, where in seen.items():
                    if not served.sees(ring):
                        leaking[Leak(name, to, reader.name, ring, True, where)] = None
                for ring in there:
                    if served.sees(ring) and ring not in seen:
                        leaking[Leak(name, to, reader.name, ring, False)] = None
    return tuple(leaking)


@explain_wrong_kinds
def twins(
    name: str,
    one: What,
    other: What,
    ring: Ring,
    *,
    templates: Iterable[str | Path] = (),
    formats: Sequence[str] = FORMATS,
    readers: Iterable[Reader] = READERS,
    models: Catalogue | None = None,
) -> tuple[Leak, ...]:
    """
    Return the readers who can tell two documents apart, though they may not read the private thing that differs.

    Such a reader should get the same file of both, byte for byte. So this also finds a count, a gap or another order
    without any private word. Make the two with other words, with fewer or more of them, and with none at all.

    Args:
        name: The document.
        one: What it is made of.
        other: The same, except for something private.
        ring: The ring of what differs.
        templates: Folders of your own templates.
        formats: The formats to compare, PDF among them if it is asked for.
        readers: The readers to make it for.
        models: Where to find the models that it names; by default, ours.

    Returns:
        Nothing, if the document keeps its promise; if not, each `Leak` with the part of the file that differs.

    Raises:
        Refused: The search could not find anything: there is no format or reader, or those who may read what differs
            get the same file of both.
        ReflectError: The document cannot be made.
    """
    folders, readers = tuple(templates), tuple(readers)
    _refuse_empty(formats, readers)
    about = Templates(folders).about(name)

    def pair(to: str, who: Reader) -> tuple[bytes, bytes]:
        files = (render(each, name, to=to, reader=who, templates=folders, models=models) for each in (one, other))
        return next(files), next(files)

    allowed = [who for who in (EVERYBODY, *readers) if who.within(about.ring).sees(ring)]
    leaking: list[Leak] = []
    for to in formats:
        apart = (first != second for first, second in (pair(to, who) for who in allowed))
        if pickle.dumps(one) == pickle.dumps(other) or (allowed and not any(apart)):
            raise Refused(f"whoever may read it gets the same {to} of both; give two that differ in what is '{ring}'")
        for who in readers:
            if who not in allowed:
                first, second = pair(to, who)
                if first != second:
                    leaking.append(Leak(name, to, who.name, ring, True, _differing_part(first, second, to)))
    return tuple(leaking)


def _differing_part(one: bytes, other: bytes, to: str) -> str:
    """
    Return the first part in which two files differ, if we can search the format.
    """
    if to not in FORMATS:
        return ""
    parts = itertools.zip_longest(contents(one, to), contents(other, to), fillvalue=("", ""))
    return next((where for (where, text), (_, its) in parts if text != its), "")


def _refuse_empty(*needed: Sequence[object]) -> None:
    if not all(needed):
        raise Refused("no leak can be found without a format, a reader and something to make it of; give each")
