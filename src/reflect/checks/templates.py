"""
Find what is wrong with a template, by making a paper from it: once blank, and once filled in if that is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from reflect.checks.checked import Checked
from reflect.errors import Fault, Faults, TemplateFault, UnknownKey, write_one_of
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import EVERYBODY
from reflect.sessions.origin import Origin

#: The marks of a template: it says what it is made of, or has something that only templates have.
_TEMPLATE = re.compile(r"\A---\n(?:(?!---$).*\n)*?of\s*:|\{%", re.MULTILINE)
#: The items, with their minutes, of the session that a template is tried with.
_ITEMS = (("arrive", 3), ("kolb-cycle", 40), ("close", 7))


def is_template(text: str) -> bool:
    """
    Return whether the text of a Markdown file is a template, and not a page.
    """
    return bool(_TEMPLATE.search(text.replace("\r\n", "\n")))


def check_template(path: Path) -> Checked:
    return Checked(path, tuple(_faults_of_template(path)))


def _faults_of_template(path: Path) -> Iterator[Fault]:
    from reflect.documents.makers import MADE_OF  # takes a while to load, and pages do not need it
    from reflect.documents.making import document
    from reflect.documents.templates import Templates

    where, name = str(path), path.stem
    if name.startswith("_"):
        yield Fault(where, None, "is a piece of other templates", "check one that includes it")
        return
    shelf = Templates((path.parent,))
    try:
        about = shelf.about(name)
        maker = MADE_OF[about.of]
        origin = Origin(uses=_ITEMS, models=tuple(our_catalogue())[: about.least])
        blank = maker.blank(origin, our_catalogue())
        for subject in (blank, *maker.examples(about, lambda ring: "something")):
            document(subject, name, reader=EVERYBODY, templates=shelf)
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
