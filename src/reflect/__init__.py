"""
Supervision models as composable question sets, rendered into papers that serve a talk.

The public names load when they are first used; importing the package loads none of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from reflect.shown import Display, Shown

if TYPE_CHECKING:
    from reflect.documents.making import document
    from reflect.documents.templates import Templates
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
    from reflect.files.office import NotOpened
    from reflect.formats.word.brand import Brand
    from reflect.formats.word.branding import brand
    from reflect.interchange.values import from_json, to_json
    from reflect.pages.advice import Advice, lint
    from reflect.pages.catalogues import Catalogue, catalogue, load, read_page
    from reflect.questions.model import Head, Kept, Model, Source
    from reflect.questions.outlines import OutlineFault, settle
    from reflect.questions.outlines import parse as outline
    from reflect.questions.question import Element, Function, Question, Topic
    from reflect.questions.rings import Reader, Ring
    from reflect.questions.sets import Outline, QuestionSet, both, either, missing, regroup, sequence, weave, without
    from reflect.questions.timetable import Timetable, schedule
    from reflect.questions.wordings import Wording, wording
    from reflect.reading_back import read
    from reflect.rendering.bulk import Made, render_many
    from reflect.rendering.copies import copies
    from reflect.rendering.rendering import render
    from reflect.rendering.site import publish
    from reflect.safekeeping.comparing import Difference, compare
    from reflect.safekeeping.fingerprint import fingerprint
    from reflect.safekeeping.own_copies import own_copy
    from reflect.schemas import json_schema
    from reflect.sessions.record import Record
    from reflect.sessions.session import Item, Session, plan
    from reflect.text.nodes import Document

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
    "Made",
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
    "render_many",
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
    "documents.making": ("document",),
    "documents.templates": ("Templates",),
    "errors": (
        "DoesNotFit", "Fault", "Faults", "KeyClash", "NoReader", "NoTextForm", "ReflectError", "Refused",
        "TemplateFault", "TooDeep", "UnknownKey",
    ),
    "extensions": ("Extension", "extension"),
    "files.office": ("NotOpened",),
    "formats.word.brand": ("Brand",),
    "formats.word.branding": ("brand",),
    "interchange.values": ("from_json", "to_json"),
    "pages.advice": ("Advice", "lint"),
    "pages.catalogues": ("Catalogue", "catalogue", "load", "read_page"),
    "questions.model": ("Head", "Kept", "Model", "Source"),
    "questions.outlines": ("OutlineFault", "settle"),
    "questions.question": ("Element", "Function", "Question", "Topic"),
    "questions.rings": ("Reader", "Ring"),
    "questions.sets": (
        "Outline", "QuestionSet", "both", "either", "missing", "regroup", "sequence", "weave", "without",
    ),
    "questions.timetable": ("Timetable", "schedule"),
    "questions.wordings": ("Wording", "wording"),
    "reading_back": ("read",),
    "rendering.bulk": ("Made", "render_many"),
    "rendering.copies": ("copies",),
    "rendering.rendering": ("render",),
    "rendering.site": ("publish",),
    "safekeeping.comparing": ("Difference", "compare"),
    "safekeeping.fingerprint": ("fingerprint",),
    "safekeeping.own_copies": ("own_copy",),
    "schemas": ("json_schema",),
    "sessions.record": ("Record",),
    "sessions.session": ("Item", "Session", "plan"),
    "text.nodes": ("Document",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}

Shown.display = lambda: cast("Display", importlib.import_module("reflect.display"))


def __getattr__(name: str) -> object:
    if name == "outline":
        found: object = importlib.import_module("reflect.questions.outlines").parse
    elif name in _HOME:
        found = getattr(importlib.import_module(f"reflect.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'reflect' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
