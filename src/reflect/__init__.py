"""
Supervision models as sets of questions, which you can join, cut, time and weave into one another.

They become papers that serve the conversation, such as an agenda and a record, and a filled-in paper is read back as
data.

There are four ways in:

* `load` gives you a model, and `catalogue` lists them. A model works like any other set: ``+``, ``-``, ``|`` and ``@``
  join, take away, offer a choice and ask for minutes.
* `outline` and `plan` make an hour of it.
* `render` makes a paper in a format; `document` makes the paper alone.
* `read` makes a record of a paper that somebody has filled in.

>>> import reflect
>>> kolb, graces = reflect.load("kolb-cycle"), reflect.load("social-graces")
>>> kolb.weave(graces.pick(2, seed=7))
QuestionSet('kolb-cycle', 29 questions)
>>> session = reflect.plan(reflect.outline("arrive@3") + kolb @ 40 + reflect.outline("close@7"), minutes=60)
>>> session
Session(60 minutes, 3 items, spare 10)
>>> agenda = reflect.render(session, "agenda", to="docx", wording="nursing")
>>> reflect.read(reflect.render(session, "record")).reading.certain
True

Every value is frozen, and can be compared and printed. Nothing is registered, and nothing is looked up until you ask.
Each name is loaded when it is first used.

Read on in the handbook: "Supervision in your program" (``docs/tutorials/in-your-program.md``) is the first page for
developers, and "The library" (``docs/reference/api.md``) lists every name that is promised: these, and those of
`reflect.questions`, `reflect.text`, `reflect.papers`, `reflect.planning`, `reflect.formats`, `reflect.reading_back` and
`reflect.testing`. On the command line, begin with ``reflect --help``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from reflect.faces import Explaining, OfSessions, hand_on
from reflect.shown import Display, Shown

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.between_sessions.closing import Closed as Closed, close as close
    from reflect.documents.making import document as document
    from reflect.documents.templates import Templates as Templates
    from reflect.errors import (
        Alternative as Alternative, DoesNotFit as DoesNotFit, Fault as Fault, Faults as Faults, KeyClash as KeyClash,
        MissingExtra as MissingExtra, NoReader as NoReader,
        NoTextForm as NoTextForm, NotWritten as NotWritten, ReflectError as ReflectError, Refused as Refused,
        TemplateFault as TemplateFault, TooDeep as TooDeep, UnknownKey as UnknownKey, UnknownModels as UnknownModels,
    )
    from reflect.extensions import Extension as Extension, extension as extension
    from reflect.files.office import NotOpened as NotOpened
    from reflect.formats.word.brand import Brand as Brand
    from reflect.formats.word.branding import brand as brand
    from reflect.interchange.values import from_json as from_json, to_json as to_json
    from reflect.own_forms.form_map import FormMap as FormMap
    from reflect.own_forms.spots import OwnForm as OwnForm, own_form as own_form
    from reflect.pages.advice import Advice as Advice, lint as lint
    from reflect.pages.catalogues import (
        Catalogue as Catalogue, catalogue as catalogue, load as load, read_page as read_page,
    )
    from reflect.questions.model import Head as Head, Kept as Kept, Model as Model, Source as Source
    from reflect.questions.outlines import OutlineFault as OutlineFault, settle as settle
    from reflect.questions.question import (
        Element as Element, Function as Function, Question as Question, Topic as Topic,
    )
    from reflect.questions.rings import Reader as Reader, Ring as Ring
    from reflect.questions.sets import (
        Outline as Outline, QuestionSet as QuestionSet, both as both, either as either, missing as missing,
        regroup as regroup, sequence as sequence, weave as weave, without as without,
    )
    from reflect.questions.timetable import Timetable as Timetable, schedule as schedule
    from reflect.questions.wordings import Wording as Wording, wording as wording
    from reflect.reading_back.reading import read as read
    from reflect.rendering.bulk import Made as Made, render_many as render_many
    from reflect.rendering.copies import copies as copies
    from reflect.rendering.embedding import into as into
    from reflect.rendering.rendering import render as render
    from reflect.rendering.site import publish as publish
    from reflect.safekeeping.comparing import Difference as Difference, compare as compare
    from reflect.safekeeping.fingerprint import fingerprint as fingerprint
    from reflect.safekeeping.own_copies import own_copy as own_copy
    from reflect.schemas import json_schema as json_schema
    from reflect.sessions.record import Record as Record
    from reflect.sessions.session import Item as Item, Session as Session, plan as plan
    from reflect.text.nodes import Document as Document
    from reflect.questions.outlines import read_outline as _outline

    outline = _outline
    __version__: str
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "between_sessions.closing": "Closed close",
        "documents.making": "document",
        "documents.templates": "Templates",
        "errors": "Alternative DoesNotFit Fault Faults KeyClash MissingExtra NoReader NoTextForm NotWritten "
            "ReflectError Refused TemplateFault TooDeep UnknownKey UnknownModels",
        "extensions": "Extension extension",
        "files.office": "NotOpened",
        "formats.word.brand": "Brand",
        "formats.word.branding": "brand",
        "interchange.values": "from_json to_json",
        "own_forms.form_map": "FormMap",
        "own_forms.spots": "OwnForm own_form",
        "pages.advice": "Advice lint",
        "pages.catalogues": "Catalogue catalogue load read_page",
        "questions.model": "Head Kept Model Source",
        "questions.outlines": "OutlineFault settle read_outline=outline",
        "questions.question": "Element Function Question Topic",
        "questions.rings": "Reader Ring",
        "questions.sets": "Outline QuestionSet both either missing regroup sequence weave without",
        "questions.timetable": "Timetable schedule",
        "questions.wordings": "Wording wording",
        "reading_back.reading": "read",
        "rendering.bulk": "Made render_many",
        "rendering.copies": "copies",
        "rendering.embedding": "into",
        "rendering.rendering": "render",
        "rendering.site": "publish",
        "safekeeping.comparing": "Difference compare",
        "safekeeping.fingerprint": "fingerprint",
        "safekeeping.own_copies": "own_copy",
        "schemas": "json_schema",
        "sessions.record": "Record",
        "sessions.session": "Item Session plan",
        "text.nodes": "Document",
    })
    _handed_on = __getattr__

    def __getattr__(name: str) -> object:
        if name != "__version__":
            return _handed_on(name)
        from importlib.metadata import version  # 15 ms, and few ask

        return version("reflect-supervision")
# isort: on
# fmt: on

Explaining.module = lambda: importlib.import_module("reflect.arguments")
OfSessions.module = lambda: importlib.import_module("reflect.sessions.from_session")
Shown.display = lambda: cast("Display", importlib.import_module("reflect.display"))
