"""
What our own pages say about their models and ask about, in one list: to know and to search them, none has to be read.

The list is made of the pages by ``tools/our_heads.py``, and is data. A page that is not in it is read.
"""

from __future__ import annotations

import enum
import functools
import json
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

import attrs

from reflect.files.places import OURS
from reflect.questions.choosing import values_worked_on
from reflect.questions.model import Canvas, Head, Kept, Model, People, Picture, Source, Variant
from reflect.shown import Brief

#: The list: a line for each page, by the name of its file.
LIST = OURS / "pages" / "our_heads.json"
#: The name of what a model asks about, beside the fields of its head.
_ASKED = "asks"


@attrs.frozen
class AskedAbout(Brief):
    """
    What a model asks about, as people search for it.

    Attributes:
        tags: The tags that a core question has, or any two questions.
        serves: The elements and functions that it asks about or works on, as words.
    """

    tags: frozenset[str]
    serves: frozenset[str]


def asked_by(model: Model) -> AskedAbout:
    """
    Return what a model asks about.
    """
    times = Counter(tag for question in model.asks for tag in question.tags)
    core = {tag for question in model.asks if question.core for tag in question.tags}
    serves = frozenset(value.value for value in values_worked_on(model))
    return AskedAbout(frozenset(tag for tag in times if times[tag] > 1 or tag in core), serves)


def _several(kind: type) -> Callable[[list[dict[str, Any]]], tuple[Any, ...]]:
    return lambda values: tuple(kind(**value) for value in values)


#: How the fields are made that are more than texts and words; the others Head makes itself.
_MADE: Mapping[str, Callable[[Any], Any]] = {
    "minutes": tuple,
    "sources": _several(Source),
    "kept": _several(Kept),
    "variants": _several(Variant),
    "people": lambda value: People(**value),
    "picture": lambda value: Picture(**value),
    "canvas": lambda value: Canvas(**value),
}


def _plain(value: object) -> object:
    """
    Return a value as JSON's own lists, objects, texts and numbers, without what is as usual.
    """
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    kind: Any = type(value)
    if not attrs.has(kind):
        return value
    named = ((field, getattr(value, field.name)) for field in attrs.fields(kind))
    return {field.name: _plain(found) for field, found in named if found != field.default}


def write_list(heads: Mapping[str, Head], asked: Mapping[str, AskedAbout] = MappingProxyType({})) -> str:
    """
    Return the list of heads by the names of their pages, each in a line, with what their models ask about.
    """
    lines = []
    for name, head in heads.items():
        fields = cast(dict[str, Any], _plain(head))
        if name in asked:
            fields[_ASKED] = [sorted(asked[name].tags), sorted(asked[name].serves)]
        lines.append(f"{json.dumps(name)}: {json.dumps(fields, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_list(text: str) -> Mapping[str, Head]:
    """
    Return the heads in a list that was written here.
    """
    return {name: _head(fields) for name, fields in json.loads(text).items()}


def read_asked(text: str) -> Mapping[str, AskedAbout]:
    """
    Return what the models in such a list ask about.
    """
    return {
        name: AskedAbout(*map(frozenset, fields[_ASKED]))
        for name, fields in json.loads(text).items()
        if _ASKED in fields
    }


def _head(fields: Mapping[str, Any]) -> Head:
    given = {name: value for name, value in fields.items() if name != _ASKED}
    return Head(**{name: _MADE[name](value) if name in _MADE else value for name, value in given.items()})


@functools.cache
def our_heads() -> Mapping[str, Head]:
    """
    Return what our own pages say, by the names of their files.
    """
    return MappingProxyType(dict(read_list(LIST.read_text("utf-8"))))


@functools.cache
def our_asked() -> Mapping[str, AskedAbout]:
    """
    Return what the models of our own pages ask about, by the names of their files.
    """
    return MappingProxyType(dict(read_asked(LIST.read_text("utf-8"))))
