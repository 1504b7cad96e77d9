"""
Find out whether the pages that a page names are there: those of its string, its steps, and those it goes well with.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reflect.errors import Fault, Faults, UnknownKey, add_hint
from reflect.pages.catalogues import Catalogue, catalogue
from reflect.pages.strings import find_line_of_steps, tie_string
from reflect.questions.model import Model


def faults_of_pages_named(model: Model, path: Path, text: str) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """
    Return what is wrong with the pages that a page names, and advice on those that it only goes well with.

    They are looked for beside the page and among ours.
    """
    named = [step.page for step in model.steps if step.page]
    if not (named or model.head.goes_with):
        return (), ()
    try:
        # A page beside it whose front matter cannot be read is told of when it is checked.
        known = catalogue(path.parent).with_sound_heads()
        return tuple(_faults(model, known, path, text)), tuple(_advice(model, known, path, text))
    except Faults:  # a page beside it cannot be read, and is told of when it is checked
        return (), ()


def _faults(model: Model, known: Catalogue, path: Path, text: str) -> Iterator[Fault]:
    if model.head.steps:
        try:
            tie_string(model, known.model, str(path), find_line_of_steps(text))
        except Faults as wrong:
            yield from wrong.faults
        return
    for step in model.steps:
        if step.page and step.page not in known:
            line = _line_with(text, f"page={step.page}")
            what = f"there is no page '{step.page}', which a step names"
            yield Fault(str(path), line, what, _explain(step.page, known))


def _advice(model: Model, known: Catalogue, path: Path, text: str) -> Iterator[Fault]:
    for key in model.head.goes_with:
        if key not in known:
            line = _line_with(text, "goes-with")
            yield Fault(str(path), line, f"it goes with '{key}', and there is no such page", _explain(key, known))


def _explain(key: str, known: Catalogue) -> str:
    try:
        known.model(key)
    except UnknownKey as unknown:
        if unknown.meant:
            return f"write the key of a page that is there. Did you mean '{unknown.meant}'?"
    return add_hint("write the key of a page that is there", key, known)


def _line_with(text: str, piece: str) -> int | None:
    return next((n for n, line in enumerate(text.split("\n"), 1) if piece in line), None)
