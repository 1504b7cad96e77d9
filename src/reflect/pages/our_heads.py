"""
What our own pages say about their models, in one list: to know them all, no page has to be read.

The list is made of the pages by ``tools/our_heads.py``, and is data. A page that is not in it is read.
"""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from reflect.files.places import OURS
from reflect.questions.model import Canvas, Head, Kept, People, Source, Variant

#: The list: a line for each page, by the name of its file.
LIST = OURS / "pages" / "our_heads.json"


def _several(kind: type) -> Callable[[list[dict[str, Any]]], tuple[Any, ...]]:
    return lambda values: tuple(kind(**value) for value in values)


#: How the fields are made that are more than texts and words; the others Head makes itself.
_MADE: Mapping[str, Callable[[Any], Any]] = {
    "minutes": tuple,
    "sources": _several(Source),
    "kept": _several(Kept),
    "variants": _several(Variant),
    "people": lambda value: People(**value),
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


def write_list(heads: Mapping[str, Head]) -> str:
    """
    Return the list of heads by the names of their pages, each in a line.
    """
    lines = (f"{json.dumps(name)}: {json.dumps(_plain(head), ensure_ascii=False)}" for name, head in heads.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_list(text: str) -> Mapping[str, Head]:
    """
    Return the heads in a list that was written here.
    """
    return {name: _head(fields) for name, fields in json.loads(text).items()}


def _head(fields: Mapping[str, Any]) -> Head:
    return Head(**{name: _MADE[name](value) if name in _MADE else value for name, value in fields.items()})


@functools.cache
def our_heads() -> Mapping[str, Head]:
    """
    Return what our own pages say, by the names of their files.
    """
    return MappingProxyType(dict(read_list(LIST.read_text("utf-8"))))
