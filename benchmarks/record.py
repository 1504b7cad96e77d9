"""
The four-page record by reflect: a page, an outline of its parts, a `Record` of what people said, a template.

This is what a user writes, and nothing is kept from one copy to the next but what the library keeps.
"""

from __future__ import annotations

from pathlib import Path

import reflect
from content import STEPS, Copy
from reflect import Record, Ring
from reflect.reading_back import Action, Answered, ItemRecord
from reflect.text import Line, Run

TEMPLATES = Path(__file__).parent / "templates"
NAME = "four-pages"
KEY = "five-steps"


def page(key: str) -> str:
    """
    Write a model page: five parts, five questions in each.
    """
    lines = [f"---\nkey: {key}\ntitle: Five steps\n---"]
    for n, step in enumerate(STEPS, 1):
        lines += [f"## {step.title} {{#step-{n}}}", step.guidance]
        for m, question in enumerate(step.questions, 1):
            lines += [f"### {n}.{m} {{#place-{m}}}", f"- {question} {{#asked}}"]
    return "\n\n".join(lines) + "\n"


def catalogue(times: int = 1) -> reflect.Catalogue:
    """
    Return where the models are found, so many of them, to see how costs grow.
    """
    keys = (f"{KEY}-{n}" for n in range(times))
    return reflect.catalogue({f"{key}.md": page(key) for key in keys}, builtin=False)


def record(copy: Copy, times: int = 1) -> Record:
    """
    Return what one person's session came to: an item for each question, and what was said.
    """
    steps = [f"{KEY}-{n}.step-{step}" for n in range(times) for step in range(1, len(STEPS) + 1)]
    parts = [f"{step}.place-{m}" for step in steps for m in range(1, 6)]
    return Record(
        minutes=len(parts),
        items=tuple(ItemRecord(key=f"item-{i}", use=part, minutes=1) for i, part in enumerate(parts, 1)),
        facts=tuple((name, getattr(copy, field)) for name, field in _FACTS),
        answers=tuple(
            Answered(key=f"item-{i}", ring=Ring.PERSONAL, lines=(Line(runs=(Run(text=text),)),))
            for i, text in enumerate(copy.answers, 1)
        ),
        actions=tuple(Action(what=what, who=who, by=by) for what, who, by in copy.actions),
    )


_FACTS = (
    ("title", "topic"),
    ("date", "date"),
    ("start", "start"),
    ("place", "place"),
    ("supervisor", "supervisor"),
    ("supervisee", "supervisee"),
)


def by_reflect(what: Record | reflect.Session, models: reflect.Catalogue) -> bytes:
    """
    Return the bytes of the Word file.
    """
    return reflect.render(what, NAME, reader="supervisee", templates=[TEMPLATES], models=models)
