"""
Advice on what is done: steps that ask, steps that are several, parts without words, minutes and roles that do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reflect.questions.model import Head, Model
from reflect.questions.question import Mode, Step
from reflect.questions.sets import QuestionSet

#: A step has at most this many sentences: more are several steps, or belong in the hint.
MOST_SENTENCES = 2
#: What can be done without a word about it, as its heading says all.
_NEEDS_NO_WORDS = (Mode.SILENT, Mode.WAIT)
#: Where one sentence ends and another begins.
_END = re.compile(r"(?<=[.?!])[\"'”’)]*\s+(?=[\"'“‘(]?[^\W\d_a-z])")


def problems_of_step(step: Step, asks: Callable[[str], bool]) -> Iterator[tuple[str, str, str]]:
    """
    Give what is wrong with a step.

    Args:
        asks: Whether a sentence begins as a question does.
    """
    sentences = _END.split(step.text.strip())
    if len(sentences) == 1 and step.text.rstrip("\"'”’)").endswith("?") and asks(step.text):
        remedy = "put it into a part that asks, with '- ' before it, or say what is done"
        yield "step-that-asks", "it is a question, and asks nobody in a list of steps", remedy
    if len(sentences) > MOST_SENTENCES:
        remedy = f"say it in {MOST_SENTENCES} at most: make it two steps, or put the rest into its hint"
        yield "step-too-long", f"it has {len(sentences)} sentences", remedy


def problems_of_doing(part: QuestionSet) -> Iterator[tuple[str, str, str]]:
    """
    Give what is missing in a part in which something is done.
    """
    if part.mode in (Mode.ASK, *_NEEDS_NO_WORDS) or part.children or part.guidance or part.notes:
        return
    yield "part-without-words", "it has neither words nor steps", "number its steps (1. 2. 3.), or take its heading out"


def problems_of_method(model: Model) -> Iterator[tuple[str, str, str]]:
    """
    Give what does not fit on a page of steps: its minutes and those of its parts, its roles and who has a part.
    """
    yield from _problems_of_minutes(model)
    if model.steps:
        for role in _idle_roles(model.head, model.questions):
            remedy = "take it out of 'roles', or say where with role=, also= or quiet="
            yield "role-without-part", f"the role '{role}' has no part in it", remedy


def _problems_of_minutes(model: Model) -> Iterator[tuple[str, str, str]]:
    minutes = [part.usual for part in model.questions.parts]
    if not model.head.minutes or not model.steps or not minutes:
        return
    (least, usual), sums = model.head.minutes, sum(filter(None, minutes))
    if sums > usual or (None not in minutes and sums < least):
        said = f"{least} to {usual}" if least < usual else str(usual)
        remedy = f"write minutes: [{sums}, {sums}], or other minutes on the parts"
        yield "minutes-do-not-add-up", f"its parts take {sums} minutes, and the page says {said}", remedy


def _idle_roles(head: Head, whole: QuestionSet) -> Iterator[str]:
    busy = {entry.role for entry in whole.entries}

    def look(part: QuestionSet) -> None:
        busy.update((part.role, *part.also, *part.quiet))
        for inner in part.parts:
            look(inner)

    look(whole)
    return (role for role in head.roles if role not in busy)
