"""
One model on the terminal.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from reflect.documents.viewing import Viewer
from reflect.documents.views import ModelView, PartView, QuestionView, StepView
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording
from reflect.text.nodes import Listing, Paragraph, Quotation, words

WIDTH = 88


def text_of_model(what: Composable, wording: Wording) -> str:
    """
    Return a model or a set with all its questions as plain text; core ones are marked with an asterisk.
    """
    return "\n".join(_lines_of_model(Viewer(wording).view_model(what)))


def _wrap(text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest)


def _lines_of_guidance(blocks: tuple[object, ...], indent: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _wrap(words(block.children), indent)
            case Listing():
                for item in block.items:
                    yield from _lines_of_guidance(item.blocks, indent + "  ")
            case Quotation():
                yield from _lines_of_guidance(block.blocks, indent)


def _lines_of_questions(questions: tuple[QuestionView, ...], indent: str) -> Iterator[str]:
    for question in questions:
        who = f" [{question.to}]" if question.to else ""
        yield from _wrap(question.text + who, f"{indent}{'*' if question.core else '-'} ", f"{indent}  ")
        if question.hint:
            yield from _wrap(question.hint, f"{indent}    ")
        for probe in question.probes:
            yield from _wrap(probe, f"{indent}    … ", f"{indent}      ")


def _lines_of_steps(steps: tuple[StepView, ...], does: str, indent: str) -> Iterator[str]:
    for step in steps:
        first = f"{indent}{step.number}. "
        about = ", ".join(filter(None, (
            step.does if step.does != does else "", step.role, f"{step.minutes} min" if step.minutes else "",
        )))  # fmt: skip
        yield from _wrap(step.text + (f" [{about}]" if about else ""), first, " " * len(first))
        if step.hint:
            yield from _wrap(step.hint, " " * (len(first) + 2))


def _lines_of_part(part: PartView, indent: str) -> Iterator[str]:
    rounds = f"{part.rounds} rounds" if part.rounds > 1 else ""
    each = f"{part.each} minutes each" if rounds and part.each else ""
    whole = "" if rounds else f"{part.minutes} minutes" if part.minutes else ""
    others = (
        f"{', '.join(part.also)} too" if part.also else "",
        f"{', '.join(part.quiet)} silent" if part.quiet else "",
    )
    about = ", ".join(filter(None, ("" if part.asks else part.does, rounds, each, whole, part.role, *others)))
    yield ""
    yield f"{indent}{part.title}" + (f" ({about})" if about else "")
    yield from _lines_of_guidance(part.guidance.blocks, indent + "  ")
    yield from _lines_of_questions(part.questions, indent + "  ")
    yield from _lines_of_steps(part.steps, part.does, indent + "  ")
    for inner in part.parts:
        yield from _lines_of_part(inner, indent + "  ")


def _lines_of_model(model: ModelView) -> Iterator[str]:
    yield model.title + (" (draft)" if model.draft else "")
    yield "=" * len(model.title)
    if about := ", ".join(filter(None, (model.minutes, model.suits))):
        yield about
    yield ""
    yield from _lines_of_guidance(model.summary.blocks + model.more.blocks, "")
    for name, text in (("When it helps", model.when), ("When not", model.instead)):
        if text:
            yield from _wrap(f"{name}: {text}")
    if model.questions:
        yield ""
        yield from _lines_of_questions(model.questions, "  ")
    for part in model.parts:
        yield from _lines_of_part(part, "")
    if model.sources or model.rights or model.licence:
        yield ""
        yield from _wrap(" ".join((*model.sources, model.rights)))
        yield from filter(None, (model.licence,))
