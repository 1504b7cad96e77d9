"""
What the attributes of parts and questions mean, read and written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from reflect.pages.braces import write_braces
from reflect.pages.limits import PageReading
from reflect.pages.values import PageValue
from reflect.questions.answers import PROSE, Answering, Kind
from reflect.questions.question import Addressee, Element, Function, Mode, Question
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import QuestionSet
from reflect.text.kinds_of_answer import PLACES

#: Flags of a part that asks nothing.
PART_FLAGS = tuple(str(mode) for mode in Mode if mode is not Mode.ASK)
_FIELDS_OF_FLAGS = {"core": "core", "pass": "or_pass"}
#: Flags of a question that say what kind it is.
TAGS = (
    "what", "who", "when", "where", "how", "why", "which", "alternative", "evidence-against", "evidence", "feeling",
    "body", "identity", "relationship", "strength", "risk", "exception", "scaling", "miracle", "circular", "next",
    "learning", "power", "context", "imagination", "values", "invitation",
)  # fmt: skip
#: Flags of a question: those that set a field, and its tags.
QUESTION_FLAGS = (*_FIELDS_OF_FLAGS, *TAGS)
#: Every flag of a part or a question.
FLAGS = (*PART_FLAGS, *QUESTION_FLAGS)


# --- what a part passes down


@attrs.frozen(kw_only=True)
class Inherited:
    """
    What a part passes down to its questions and smaller parts, unless they say otherwise.
    """

    elements: tuple[Element, ...] = ()
    functions: tuple[Function, ...] = ()
    role: str = ""
    to: Addressee = Addressee.SUPERVISEE
    offer: str = ""
    ring: Ring | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {field: getattr(self, field) for field, _ in _INHERITED.values()}


def _read_role(value: PageValue, _: Inherited, roles: tuple[str, ...]) -> str | None:
    if roles:
        return value.choose_name(roles) or None
    remedy = f"write 'roles: [{value.text}]' in its front matter, or take it out"
    value.add_fault(f"'{value}' is not known: the page names no roles", remedy)
    return None


def _read_ring(value: PageValue, above: Inherited, _: tuple[str, ...]) -> Ring | None:
    ring = value.choose(Ring)
    if ring and above.ring and not narrows(ring, above.ring):
        remedy = f"take it out, or write a ring that is narrower than '{above.ring}'"
        value.add_fault(f"'{value}' is wider than '{above.ring}' above it", remedy)
    return ring


#: The inherited attributes, in the order in which they are written: for each name, its field and its reader.
_INHERITED: dict[str, tuple[str, Callable[[PageValue, Inherited, tuple[str, ...]], Any]]] = {
    "element": ("elements", lambda value, above, roles: value.choose_one_or_two(Element)),
    "function": ("functions", lambda value, above, roles: value.choose_one_or_two(Function)),
    "role": ("role", _read_role),
    "to": ("to", lambda value, above, roles: value.choose(Addressee)),
    "offer": ("offer", lambda value, above, roles: value.text),
    "ring": ("ring", _read_ring),
}


def read_inherited(
    reading: PageReading, line: int, values: Mapping[str, str], above: Inherited, roles: tuple[str, ...]
) -> Inherited:
    """
    Return what a part or question inherits from the part *above* it, changed by its own attributes.
    """
    changes = {}
    for name, text in values.items():
        if name in _INHERITED:
            field, read = _INHERITED[name]
            value = read(PageValue(reading, line, f"{name}=", text), above, roles)
            if value is not None:
                changes[field] = value
    return attrs.evolve(above, **changes) if changes else above


def _values_not_inherited(own: Question | QuestionSet, above: QuestionSet) -> Iterator[tuple[str, str]]:
    """
    The attributes in which a part or question differs from the part above it.
    """
    for name, (field, _) in _INHERITED.items():
        value = getattr(own, field)
        if value is not None and value != getattr(above, field):
            yield name, ",".join(value) if isinstance(value, tuple) else str(value)


# --- what belongs to a part alone

PART_NAMES = (*_INHERITED, "minutes", "at-most")


def write_part_attributes(part: QuestionSet, above: QuestionSet) -> str:
    """
    Write the braces of a part: its key, and whatever differs from the part above it.
    """
    flags = () if part.mode is Mode.ASK else (str(part.mode),)
    values = [*_values_not_inherited(part, above)]
    if part.usual is not None:
        values.append(("minutes", f"{part.least}-{part.usual}" if part.least != part.usual else str(part.usual)))
    if part.at_most is not None:
        values.append(("at-most", str(part.at_most)))
    return write_braces(part.key.removeprefix(f"{above.key}."), flags, values)


# --- what belongs to a question alone

#: The attributes that say how a question is answered, in the order in which they are written, with their fields.
_ANSWERING = {"answer": "kind", "low": "low", "high": "high", "whose": "whose", "options": "options"}
QUESTION_NAMES = (*_INHERITED, *_ANSWERING)


def read_answering(reading: PageReading, line: int, values: Mapping[str, str]) -> Answering:
    kind = Kind.PROSE
    if "answer" in values:
        kind = PageValue(reading, line, "answer=", values["answer"]).choose(Kind) or kind
    for name in _ANSWERING:
        if name in values and name not in ("answer", *PLACES[kind].attributes):
            reading.add_fault(line, f"'{name}=' does not go with answer={kind}", "take it out, or change the answer")
    low, high, whose, options = (values.get(name, "") for name in ("low", "high", "whose", "options"))
    answering = Answering(kind, low, high, whose, filter(None, map(str.strip, options.split(";"))))
    if kind is Kind.SCALE and not answering.anchored:
        remedy = 'write low="…" high="…" whose="…"'
        reading.add_fault(line, "a scale does not say what its ends mean and whose number it is", remedy)
    elif kind is Kind.CHOICE and len(answering.options) < 2:
        reading.add_fault(line, "a choice has fewer than two options", 'write options="one; the other"')
    return answering


def _values_of_answering(answering: Answering) -> Iterator[tuple[str, str]]:
    for name, field in _ANSWERING.items():
        value = getattr(answering, field)
        if value != getattr(PROSE, field):
            yield name, "; ".join(value) if isinstance(value, tuple) else str(value)


def read_flags(flags: tuple[str, ...]) -> dict[str, Any]:
    fields = {field: flag in flags for flag, field in _FIELDS_OF_FLAGS.items()}
    return {**fields, "tags": tuple(flag for flag in flags if flag in TAGS)}


def write_question_attributes(question: Question, above: QuestionSet) -> str:
    """
    Write the braces of a question: its key, its flags, and whatever differs from its part.
    """
    flags = (*(flag for flag, field in _FIELDS_OF_FLAGS.items() if getattr(question, field)), *question.tags)
    values = (*_values_not_inherited(question, above), *_values_of_answering(question.answering))
    return write_braces(question.key.removeprefix(f"{above.key}."), flags, values)
