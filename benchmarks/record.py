"""
The four-page record by reflect: a page, an outline of its parts, a `Record` of what people said, a template.

This is what a user writes, and nothing is kept from one copy to the next but what the library keeps.
"""

from __future__ import annotations

from pathlib import Path

import reflect
from content import STEPS, Copy
from reflect.record import Action, Answered, ItemRecord, Line, Record, Run
from reflect.rings import Ring

TEMPLATES = Path(__file__).parent / "templates"
NAME = "four-pages"
KEY = "five-steps"


def page(times: int = 1) -> str:
    """
    Write the model page: five parts, five questions in each; *times* over, to see how costs grow.
    """
    lines = [f"---\nkey: {KEY}\ntitle: Five steps\n---"]
    for n in range(times * len(STEPS)):
        step = STEPS[n % len(STEPS)]
        lines += [f"## {step.title} {{#step-{n + 1}}}", step.guidance]
        for m, question in enumerate(step.questions, 1):
            lines += [f"### {n + 1}.{m} {{#place-{m}}}", f"- {question} {{#asked}}"]
    return "\n\n".join(lines) + "\n"


def catalogue(times: int = 1) -> reflect.Catalogue:
    """
    Return where the model is found.
    """
    return reflect.catalogue({f"{KEY}.md": page(times)}, builtin=False)


def record(copy: Copy, times: int = 1) -> Record:
    """
    Return what one person's session came to: an item for each question, and what was said.
    """
    parts = [f"{KEY}.step-{n + 1}.place-{m + 1}" for n in range(times * len(STEPS)) for m in range(5)]
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
