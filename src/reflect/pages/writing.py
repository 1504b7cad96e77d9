"""
Write a model as its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.errors import Faults, Refused
from reflect.pages.attributes import write_part_attributes, write_question_attributes
from reflect.pages.front_matter import write_front_matter
from reflect.pages.reading import read_model
from reflect.questions.model import Model
from reflect.questions.question import Question
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
    text = "\n".join([*write_front_matter(model.head), *_write_body(model.questions, 1)]) + "\n"
    try:
        is_same = read_model(text, f"{model.key}.md") == model
    except Faults as wrong:
        first = wrong.faults[0]
        why = f"the model '{model.key}' cannot be written as a page: in its canonical form {first.what}"
        raise Refused(f"{why}; {first.remedy}") from None
    if not is_same:
        raise Refused(f"the model '{model.key}' has something that a page cannot express; start from a page instead")
    return text


def _write_body(part: QuestionSet, level: int) -> Iterator[str]:
    """
    What comes under the heading of a part, or under the front matter.
    """
    if part.guidance:
        yield from ("", *part.guidance.split("\n"))
    if part.notes:
        yield from ("", *(f"> {line}".rstrip() for line in part.notes.split("\n")))
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
    signs = _IN_LINE.sub(r"\\\1", text.replace("\\{", "\0")).replace("\0", "\\{")
    line = _AT_BEGINNING.sub(lambda match: "\\" + match[1] if match[1] else f"{match[2]}\\{match[3]}", signs)
    return re.sub(r"(?<!\\)(#+)\Z", lambda match: "\\#" * len(match[1]), line)
