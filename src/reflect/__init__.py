"""
Supervision models as composable question sets, rendered into papers that serve a talk.

The public names load when they are first used; importing the package loads none of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.advice import Advice, lint
    from reflect.catalogues import Catalogue, catalogue, load, read_page
    from reflect.comparing import Difference, compare
    from reflect.documents import copies, document, render
    from reflect.errors import (
        DoesNotFit,
        Fault,
        Faults,
        KeyClash,
        NoReader,
        NoTextForm,
        ReflectError,
        Refused,
        TemplateFault,
        TooDeep,
        UnknownKey,
    )
    from reflect.extensions import Extension, extension
    from reflect.fingerprints import fingerprint
    from reflect.formats.word.branding import Brand, brand
    from reflect.interchange import from_json, to_json
    from reflect.model import Head, Kept, Model, Source
    from reflect.nodes import Document
    from reflect.outlines import Outline, OutlineFault, Timetable, both, either, schedule, settle
    from reflect.outlines import parse as outline
    from reflect.own_copies import own_copy
    from reflect.publishing import publish
    from reflect.questions import (
        Element,
        Function,
        Question,
        QuestionSet,
        Topic,
        missing,
        regroup,
        sequence,
        weave,
        without,
    )
    from reflect.reading_back import read
    from reflect.record import Record
    from reflect.rings import Reader, Ring
    from reflect.safe_opening import NotOpened
    from reflect.schemas import json_schema
    from reflect.session import Item, Session, plan
    from reflect.templating import Templates
    from reflect.words import Wording, wording

__all__ = [
    "Advice",
    "Brand",
    "Catalogue",
    "Difference",
    "Document",
    "DoesNotFit",
    "Element",
    "Extension",
    "Fault",
    "Faults",
    "Function",
    "Head",
    "Item",
    "Kept",
    "KeyClash",
    "Model",
    "NoReader",
    "NoTextForm",
    "NotOpened",
    "Outline",
    "OutlineFault",
    "Question",
    "QuestionSet",
    "Reader",
    "Record",
    "ReflectError",
    "Refused",
    "Ring",
    "Session",
    "Source",
    "TemplateFault",
    "Templates",
    "Timetable",
    "TooDeep",
    "Topic",
    "UnknownKey",
    "Wording",
    "both",
    "brand",
    "catalogue",
    "compare",
    "copies",
    "document",
    "either",
    "extension",
    "fingerprint",
    "from_json",
    "json_schema",
    "lint",
    "load",
    "missing",
    "outline",
    "own_copy",
    "plan",
    "publish",
    "read",
    "read_page",
    "regroup",
    "render",
    "schedule",
    "sequence",
    "settle",
    "to_json",
    "weave",
    "without",
    "wording",
]

#: Where each public name lives.
_HOMES = {
    "advice": ("Advice", "lint"),
    "catalogues": ("Catalogue", "catalogue", "load", "read_page"),
    "comparing": ("Difference", "compare"),
    "documents": ("copies", "document", "render"),
    "errors": (
        "DoesNotFit", "Fault", "Faults", "KeyClash", "NoReader", "NoTextForm", "ReflectError", "Refused",
        "TemplateFault", "TooDeep", "UnknownKey",
    ),
    "extensions": ("Extension", "extension"),
    "fingerprints": ("fingerprint",),
    "formats.word.branding": ("Brand", "brand"),
    "interchange": ("from_json", "to_json"),
    "model": ("Head", "Kept", "Model", "Source"),
    "nodes": ("Document",),
    "outlines": ("Outline", "OutlineFault", "Timetable", "both", "either", "schedule", "settle"),
    "own_copies": ("own_copy",),
    "publishing": ("publish",),
    "questions": (
        "Element", "Function", "Question", "QuestionSet", "Topic", "missing", "regroup", "sequence", "weave", "without",
    ),
    "reading_back": ("read",),
    "record": ("Record",),
    "rings": ("Reader", "Ring"),
    "schemas": ("json_schema",),
    "safe_opening": ("NotOpened",),
    "session": ("Item", "Session", "plan"),
    "templating": ("Templates",),
    "words": ("Wording", "wording"),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name == "outline":
        found: object = importlib.import_module("reflect.outlines").parse
    elif name in _HOME:
        found = getattr(importlib.import_module(f"reflect.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'reflect' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
