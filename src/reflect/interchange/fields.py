"""
What the JSON of a class holds, taken from the class once. The reader and the published schemas are both made from it.
"""

from __future__ import annotations

import functools
import re
import types
import typing
from collections.abc import Mapping
from typing import Any

import attrs

from reflect.questions.model import Model
from reflect.questions.question import Question, Step
from reflect.questions.sets import QuestionSet
from reflect.sessions.filled import Filled
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text import cards, nodes
from reflect.text.nodes import Document

#: The kinds of values with a JSON form: the class, and the form that is written. Every earlier form is read: what came
#: later is then as if nothing had been said.
JSON_KINDS: dict[str, tuple[type, int]] = {
    "model": (Model, 2),
    "question-set": (QuestionSet, 2),
    "session": (Session, 3),
    "document": (Document, 1),
    "record": (Record, 2),
    "filled": (Filled, 1),
    "plan": (KeptPlan, 2),
}


def tag(kind: type) -> str:
    """
    Return the ``type`` of an object of a class, as JSON has it: ``code-block`` for `CodeBlock`.
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def has_tag(kind: type) -> bool:
    """
    Return whether objects of a class have a ``type``: all in a document do, and questions, steps and sets.
    """
    return kind in (Question, QuestionSet, Step) or (
        kind.__module__ in (nodes.__name__, cards.__name__) and kind is not Document
    )


@attrs.frozen
class JsonField:
    """
    One field of a class, as its JSON has it.

    Attributes:
        type: Its type; names with texts are pairs in Python and an object in JSON.
        default: Its value if it is left out; `attrs.NOTHING` if it has to be there, as who may read a text has.
        limits: The limits in its validators and metadata, in the words of JSON Schema: minimum, maximum, minLength,
            pattern, enum.
        names: The names it may hold, if it holds names with texts and the names are fixed.
    """

    name: str
    type: Any
    default: object
    limits: Mapping[str, Any]
    names: tuple[str, ...] | None = None


#: Names with texts.
NAMED_TEXTS = tuple[tuple[str, str], ...]


@functools.cache
def json_fields(kind: Any) -> tuple[JsonField, ...]:
    """
    Return the fields in the JSON of a class, in order: those that make two values equal, and no others.
    """
    hints = typing.get_type_hints(kind)
    return tuple(
        JsonField(
            name=field.name,
            type=hints[field.name],
            default=attrs.NOTHING if field.metadata.get("said_in_files") else field.default,
            limits={word: field.metadata[word] for word in ("enum",) if word in field.metadata}
            | limits_of(field.validator),
            names=field.metadata.get("names"),
        )
        for field in attrs.fields(kind)
        if field.init and field.eq
    )


def _class_of(validator: Any) -> type[Any]:
    return type(validator)


#: The classes of attrs' validators, which have no public names.
_AND = _class_of(attrs.validators.and_())
_OPTIONAL = _class_of(attrs.validators.optional(attrs.validators.ge(0)))
_NUMBER = _class_of(attrs.validators.ge(0))
_LENGTH = _class_of(attrs.validators.min_len(0))
_PATTERN = _class_of(attrs.validators.matches_re(""))


def limits_of(validator: Any) -> dict[str, Any]:
    """
    Return what a validator of attrs checks, in the words of JSON Schema.

    A validator written as a function has no limits here: it checks when a value is made. This is the only place that
    looks into attrs' validators.
    """
    if isinstance(validator, _AND):
        return {word: limit for each in validator._validators for word, limit in limits_of(each).items()}
    if isinstance(validator, _OPTIONAL):
        return limits_of(validator.validator)
    if isinstance(validator, _NUMBER):
        return {{">=": "minimum", "<=": "maximum"}[validator.compare_op]: validator.bound}
    if isinstance(validator, _LENGTH):
        return {"minLength": validator.min_length}
    if isinstance(validator, _PATTERN):
        end = "$" if validator.match_func.__name__ == "fullmatch" else ""
        return {"pattern": f"^(?:{validator.pattern.pattern}){end}"}
    return {}


#: The origins of a union type.
UNIONS = (typing.Union, types.UnionType)


def members(kind: Any) -> tuple[Any, ...]:
    """
    Return the types that a type offers, without None, and without the fence: a finished document has none.
    """
    if typing.get_origin(kind) not in UNIONS:
        return (kind,)
    return tuple(each for each in typing.get_args(kind) if each not in (type(None), nodes.Fence))


@functools.cache
def every_name() -> frozenset[str]:
    """
    Return the names of all fields in our JSON; any other name may be what somebody wrote.
    """
    names: set[str] = set()
    todo: list[Any] = [kind for kind, _ in JSON_KINDS.values()]
    seen: set[Any] = set()
    while todo:
        kind = todo.pop()
        if kind in seen:
            continue
        seen.add(kind)
        if isinstance(kind, type) and attrs.has(kind):
            names |= {part.name for part in json_fields(kind)}
            todo += [part.type for part in json_fields(kind)]
        else:
            todo += typing.get_args(kind)
    return frozenset(names)
