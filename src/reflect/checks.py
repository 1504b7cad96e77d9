"""
What is wrong in the files people write: pages, folders of pages, wordings and JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from reflect import page
from reflect.catalogues import Found
from reflect.errors import Fault, Faults
from reflect.interchange import from_json
from reflect.model import Model
from reflect.questions import QuestionSet
from reflect.words import wording, words_in


@attrs.frozen
class Checked:
    """
    What came of looking at one file.

    Attributes:
        where: The file.
        faults: What is wrong with it.
        tidy: The page in its canonical form, where it is not in it yet.
    """

    where: Path
    faults: tuple[Fault, ...] = ()
    tidy: str | None = attrs.field(default=None, repr=False)


def check(path: Path) -> Iterator[Checked]:
    """
    Look at a file, or at every page and wording in a folder.
    """
    if path.is_dir():
        files = sorted(f for f in path.rglob("*") if f.suffix in (".md", ".yaml", ".yml") and f.is_file())
        for file in files:
            if file.name.lower() != "readme.md" and not file.name.startswith("."):
                yield _checked(file)
    else:
        yield _checked(path)


def _checked(path: Path) -> Checked:
    try:
        match path.suffix.lower():
            case ".md":
                text = Found(str(path), file=path).read()
                model = page.read(text, str(path))
                faults = tuple(_words(model, path, text))
                tidy = page.write(model)
                return Checked(path, faults, tidy if tidy != text else None)
            case ".yaml" | ".yml":
                missing = _words_of("general") - _words_of(path)
                remedy = "add it, or pages that need it cannot be printed"
                return Checked(
                    path, tuple(Fault(str(path), None, f"the word '{w}' is missing", remedy) for w in sorted(missing))
                )
            case ".json":
                from_json(Found(str(path), file=path).read(), str(path))
                return Checked(path)
            case _:
                remedy = "name a page (.md), a wording (.yaml), a JSON file (.json) or a folder"
                return Checked(path, (Fault(str(path), None, "is nothing that can be checked", remedy),))
    except Faults as wrong:
        return Checked(path, tuple(attrs.evolve(fault, where=str(path)) for fault in wrong.faults))


def _words_of(name: str | Path) -> frozenset[str]:
    return frozenset(known for known, _ in wording(name).words)


def _texts(some: QuestionSet) -> Iterator[str]:
    yield from (some.title, some.guidance, some.notes, some.record)
    for child in some.children:
        if isinstance(child, QuestionSet):
            yield from _texts(child)
        else:
            yield from (child.text, child.hint, *child.probes, *child.answering.options)
            yield from (child.answering.low, child.answering.high, child.answering.whose)


def needs(model: Model) -> frozenset[str]:
    """
    Return the words a model's page needs from a wording.
    """
    head = model.head
    texts = (head.title, head.when, head.instead, *head.mistakes, *_texts(model.questions))
    return frozenset(word for text in texts for word in words_in(text))


def _words(model: Model, path: Path, text: str) -> Iterator[Fault]:
    known = _words_of("general")
    for word in sorted(needs(model) - known):
        line = next((n for n, each in enumerate(text.split("\n"), 1) if f"{{{word}}}" in each), None)
        remedy = f"write one of: {', '.join(sorted(known))}; or \\{{ for a brace"
        yield Fault(str(path), line, f"no wording has the word '{word}'", remedy)
