"""
What is wrong with a template: a paper is made from it, once blank, and once filled in if it is about a session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect.checks.checked import Checked
from reflect.errors import Fault, Faults, TemplateFault, UnknownKey, write_one_of
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import Reader, Ring
from reflect.sessions.parts import Action, Agreement, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run

if TYPE_CHECKING:
    from reflect.documents.making import What

#: What makes a file a template: it says what it is made of, or has something that only a template has.
_TEMPLATE = re.compile(r"\A---\n(?:(?!---$).*\n)*?of\s*:|\{%", re.MULTILINE)
#: Somebody who may read all there is, so that every branch of a template is taken.
_ANYBODY = Reader("anybody", frozenset(Ring))


def is_template(text: str) -> bool:
    """
    Tell whether the text of a Markdown file is a template, and not a page.
    """
    return bool(_TEMPLATE.search(text.replace("\r\n", "\n")))


def check_template(path: Path) -> Checked:
    """
    Check the file of a template.
    """
    return Checked(path, tuple(_faults_of_template(path)))


def _faults_of_template(path: Path) -> Iterator[Fault]:
    from reflect.documents.making import document  # takes a while to load, and pages do not need it
    from reflect.documents.templates import Templates

    where, name = str(path), path.stem
    if name.startswith("_"):
        yield Fault(where, None, "is a piece of other templates", "check one that includes it")
        return
    shelf = Templates((path.parent,))
    try:
        about = shelf.about(name)
        least = int(about.models.partition("-")[0] or 2)
        for subject in _examples(about.of, least):
            document(subject, name, reader=_ANYBODY, templates=shelf)
        for line, block, blocks in shelf.stray(name):
            what = f"the block '{block}' replaces nothing, so it is not printed"
            yield Fault(where, line, what, write_one_of(block, blocks))
    except UnknownKey as wrong:
        if wrong.key != name:
            raise
        yield Fault(where, None, "has a name that no document can have", "use small letters, digits and dashes")
    except Faults as wrong:
        yield from (attrs.evolve(fault, where=where) if fault.where == name else fault for fault in wrong.faults)
    except TemplateFault as wrong:
        what, _, remedy = wrong.what.partition("; ")
        other = "" if wrong.template == name else f"in '{wrong.template}': "
        yield Fault(where, None if other else wrong.line, f"{other}{what}", remedy or "mend the template")


def _examples(of: str, least: int) -> tuple[What, ...]:
    """
    Return what a template is tried with, by what it is made of.
    """
    if of == "session":
        return "arrive@3 + kolb-cycle@40 + close@7", _filled_record()
    if of in ("model", "models"):
        return (" + ".join(list(our_catalogue())[: 1 if of == "model" else least]),)
    return (None,)


def _filled_record() -> Record:
    items = tuple(ItemRecord(key=f"item-{n}", use=use, minutes=10) for n, use in enumerate(("arrive", "close"), 1))
    lines = (Line(runs=(Run(text="something"),)),)
    return Record(
        minutes=30,
        items=items,
        answers=tuple(Answered(key=item.key, ring=Ring.OPEN, lines=lines) for item in items),
        actions=(Action(what="something", who="somebody", by="a day", ring=Ring.OPEN),),
        signed=(SignOff(role="supervisee", agreement=Agreement.AGREED),),
    )
