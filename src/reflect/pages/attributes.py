"""
What the attributes of parts, questions and steps mean, read and written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from reflect.pages.braces import write_braces
from reflect.pages.keys import KEY, WRITE_A_KEY
from reflect.pages.limits import PageReading
from reflect.pages.values import PageValue, find_unprintable
from reflect.questions.answers import PROSE, Answering, Kind
from reflect.questions.question import Addressee, Element, Function, Mode, Question, Step, says_or_pass
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import QuestionSet
from reflect.text.kinds_of_answer import PLACES

#: Flags of a part, or of one of its steps, that say what is done.
PART_FLAGS = tuple(str(mode) for mode in Mode if mode is not Mode.ASK)
_FIELDS_OF_FLAGS = {"core": "core", "pass": "or_pass"}
#: Flags of a question that say what kind it is.
TAGS = (
    "what", "who", "when", "where", "how", "why", "which", "alternative", "evidence-against", "evidence", "feeling",
    "body", "identity", "relationship", "strength", "risk", "exception", "scaling", "miracle", "circular", "next",
    "learning", "power", "context", "imagination", "values", "invitation", "past",
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

PART_NAMES = (*_INHERITED, "also", "quiet", "minutes", "rounds", "at-most")


def read_roles_beside(
    reading: PageReading, line: int, values: Mapping[str, str], roles: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """
    Return who else has a small part in a part, and who is silent in it, by their fields.
    """
    found: dict[str, tuple[str, ...]] = {}
    taken = {values["role"]: "role="} if "role" in values else {}
    for name in ("also", "quiet"):
        own: list[str] = []
        for word in filter(None, map(str.strip, values.get(name, "").split(","))):
            value = PageValue(reading, line, f"{name}=", word)
            role = _read_role(value, Inherited(), roles)
            if role and role in taken:
                value.add_fault(f"'{role}' is in both {taken[role]} and {name}=", "keep one of them")
            elif role:
                taken[role] = f"{name}="
                own.append(role)
        if name in values and not values[name].strip(" ,"):
            reading.add_fault(line, f"'{name}=' names nobody", "name a role of the page, or take it out")
        found[name] = tuple(own)
    return found


def write_part_attributes(part: QuestionSet, above: QuestionSet) -> str:
    """
    Write the braces of a part: its key, and whatever differs from the part above it.
    """
    flags = () if part.mode is Mode.ASK else (str(part.mode),)
    values = [*_values_not_inherited(part, above)]
    values += [(name, ",".join(roles)) for name, roles in (("also", part.also), ("quiet", part.quiet)) if roles]
    if part.usual is not None:
        least, usual = part.least // part.rounds, part.usual // part.rounds
        values.append(("minutes", f"{least}-{usual}" if least != usual else str(usual)))
    if part.rounds > 1:
        values.append(("rounds", str(part.rounds)))
    if part.at_most is not None:
        values.append(("at-most", str(part.at_most)))
    return write_braces(part.key.removeprefix(f"{above.key}."), flags, values)


# --- what belongs to a question alone

#: The attributes that say how a question is answered, in the order in which they are written, with their fields.
_ANSWERING = {"answer": "kind", "low": "low", "high": "high", "whose": "whose", "options": "options"}
#: The name of the plain form, which is written last, since it is the longest.
_PLAIN = "plain"
QUESTION_NAMES = (*_INHERITED, *_ANSWERING, _PLAIN)


def read_plain_form(reading: PageReading, line: int, values: Mapping[str, str], text: str) -> str:
    """
    Return the plain form of a question; nothing and a fault if it cannot be one.

    Args:
        text: The question itself.
    """
    if _PLAIN not in values:
        return ""
    plain = " ".join(values[_PLAIN].split())
    if find_unprintable(reading, plain, line, "a plain form"):
        return ""
    if not plain:
        reading.add_fault(line, "the plain form has no words", 'write plain="What did you see?", or take it out')
    elif says_or_pass(plain):
        reading.add_fault(line, "a plain form says 'or pass'", "take it out, and write .pass: then the paper adds it")
    elif plain == text:
        reading.add_fault(line, "the plain form is the question itself", "take it out: the question is plain already")
    else:
        return plain
    return ""


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
    plain = ((_PLAIN, question.plain),) if question.plain else ()
    values = (*_values_not_inherited(question, above), *_values_of_answering(question.answering), *plain)
    return write_braces(question.key.removeprefix(f"{above.key}."), flags, values)


# --- what belongs to a step alone

#: What a step takes from its part, unless it says otherwise.
_OF_STEPS = ("role", "ring")
STEP_NAMES = ("minutes", *_OF_STEPS, "page", *_ANSWERING)


def read_step_attributes(
    reading: PageReading, line: int, values: Mapping[str, str], above: Inherited, roles: tuple[str, ...]
) -> dict[str, Any]:
    """
    Return the fields of a step that its braces, or those of its part, say.
    """
    own = {name: PageValue(reading, line, f"{name}=", text) for name, text in values.items()}
    of_part = {name: values[name] for name in _OF_STEPS if name in values}
    inherited = read_inherited(reading, line, of_part, above, roles)
    answering = None
    if "answer" in values:
        answering = read_answering(reading, line, values)
    elif loose := [f"'{name}='" for name in _ANSWERING if name in values]:
        what = f"{' and '.join(loose)} without 'answer='"
        reading.add_fault(line, what, "write answer= too, so that what is written in the step is kept, or take it out")
    page = values.get("page", "")
    if "page" in values and not KEY.fullmatch(page):
        own["page"].add_fault(f"'{own['page']}' is not the key of a page", WRITE_A_KEY)
        page = ""
    return {
        "minutes": own["minutes"].read_number_of_one() if "minutes" in own else None,
        "role": inherited.role,
        "ring": inherited.ring,
        "answering": answering,
        "page": page,
    }


def write_step_attributes(step: Step, above: QuestionSet) -> str:
    """
    Write the braces of a step: its key, what it does if its part does something else, and what differs from its part.
    """
    values: list[tuple[str, str]] = [("minutes", str(step.minutes))] if step.minutes else []
    for name in _OF_STEPS:
        value = getattr(step, name)
        if value and value != getattr(above, name):
            values.append((name, str(value)))
    if step.page:
        values.append(("page", step.page))
    if step.answering is not None:
        kept = dict(_values_of_answering(step.answering))
        values += {"answer": str(step.answering.kind), **kept}.items()
    flags = () if step.mode is above.mode else (str(step.mode),)
    return write_braces(step.key.removeprefix(f"{above.key}."), flags, values)
