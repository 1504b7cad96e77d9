"""
Write a model as its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from reflect.errors import Faults, Refused
from reflect.pages.attributes import write_part_attributes, write_question_attributes, write_step_attributes
from reflect.pages.front_matter import write_front_matter
from reflect.pages.reading import read_model
from reflect.questions.model import Model
from reflect.questions.question import Question, Step
from reflect.questions.sets import QuestionSet

#: Characters with a meaning in Markdown, anywhere in a line and at its beginning.
_IN_LINE = re.compile(r"([\\`*_\[\]<&~])")
_AT_BEGINNING = re.compile(r"^(?:([#>+\-=|])|(\d+)([.)]))")


def write_model(model: Model) -> str:
    """
    Write a model as its page, in canonical form.

    Raises:
        Refused: The model has something that a page cannot express, such as guidance that would read as questions, or
            its page would be too long to be read.
    """
    write_body = _write_about(model.questions) if model.head.steps else _write_body(model.questions, 1)
    text = "\n".join([*write_front_matter(model.head), *write_body]) + "\n"
    try:
        is_same = _is_same(read_model(text, f"{model.key}.md"), model)
    except Faults as wrong:
        first = wrong.faults[0]
        why = f"the model '{model.key}' cannot be written as a page: in its canonical form {first.what}"
        raise Refused(f"{why}; {first.remedy}") from None
    if not is_same:
        raise Refused(f"the model '{model.key}' has something that a page cannot express; start from a page instead")
    return text


def _is_same(read: Model, model: Model) -> bool:
    """
    Whether a page says the same as a model. A string of pages may have them as its parts; its own page only names them.
    """
    if not model.head.steps:
        return read == model
    of_pages = {name: getattr(read.questions, name) for name in ("children", "mode", "least", "usual")}
    return read == attrs.evolve(model, questions=attrs.evolve(model.questions, **of_pages))


def _write_about(part: QuestionSet) -> Iterator[str]:
    if part.guidance:
        yield from ("", *part.guidance.split("\n"))
    if part.notes:
        yield from ("", *(f"> {line}".rstrip() for line in part.notes.split("\n")))


def _write_body(part: QuestionSet, level: int) -> Iterator[str]:
    """
    What comes under the heading of a part, or under the front matter.
    """
    yield from _write_about(part)
    steps = [child for child in part.children if isinstance(child, Step)]
    for number, step in enumerate(steps, 1):
        if number == 1 or step.hint or steps[number - 2].hint:
            yield ""
        yield from _write_step(step, number, part)
    previous: Question | None = None
    for child in part.children:
        if isinstance(child, Question):
            if previous is None or previous.hint or child.hint:
                yield ""
            yield from _write_question(child, part)
            previous = child
    for smaller in part.parts:
        yield from ("", f"{'#' * (level + 1)} {escape(smaller.title)} {write_part_attributes(smaller, part)}")
        yield from _write_body(smaller, level + 1)


def _write_step(step: Step, number: int, part: QuestionSet) -> Iterator[str]:
    yield f"{number}. {escape(step.text)} {write_step_attributes(step, part)}"
    if step.hint:
        yield from ("", f"{' ' * (len(str(number)) + 2)}{escape(step.hint)}")


def _write_question(question: Question, part: QuestionSet) -> Iterator[str]:
    yield f"- {escape(question.text)} {write_question_attributes(question, part)}"
    if question.hint:
        yield from ("", f"  {escape(question.hint)}")
    if question.probes:
        if question.hint:
            yield ""
        yield from (f"  - {escape(probe)}" for probe in question.probes)


def escape(text: str) -> str:
    r"""
    Return Markdown that reads back as a plain text; ``\{`` stays as it is.
    """
    line = escape_beginning(escape_signs(text))
    return re.sub(r"(?<!\\)(#+)\Z", lambda match: "\\#" * len(match[1]), line)


def escape_signs(text: str) -> str:
    r"""
    Return a text with its signs of Markdown escaped, but for those that mean something at the beginning of a line.
    """
    return _IN_LINE.sub(r"\\\1", text.replace("\\{", "\0")).replace("\0", "\\{")


def escape_beginning(line: str) -> str:
    """
    Return a line that begins no heading, list or quotation.
    """
    return _AT_BEGINNING.sub(lambda match: "\\" + match[1] if match[1] else f"{match[2]}\\{match[3]}", line)
