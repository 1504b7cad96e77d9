"""
A document as JSON: its tokens with their kinds, for programs that lay it out themselves.
"""

from __future__ import annotations

import json
import re

import attrs

from reflect.nodes import Document

FORMAT = "reflect-document"
VERSION = 1


def _kind(value: object) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(value).__name__).lower()


def data(value: object) -> object:
    """
    Return tokens as lists, texts and objects that say their ``type``.
    """
    if isinstance(value, tuple):
        return [data(each) for each in value]
    if attrs.has(type(value)):
        fields = (field.name for field in value.__attrs_attrs__ if field.eq)  # type: ignore[attr-defined]  # has() looked
        return {"type": _kind(value), **{name: data(getattr(value, name)) for name in fields}}
    return value


def write(document: Document) -> bytes:
    """
    Return the document as JSON in UTF-8; the same document gives the same bytes.
    """
    fields = {field.name: data(getattr(document, field.name)) for field in attrs.fields(Document)}
    whole = {"format": FORMAT, "version": VERSION, **fields}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
