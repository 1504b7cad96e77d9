"""
The kinds of exchange with other people's programs: one line of a table for each, as for formats.

A kind from another package is an `Exchange` too, and stands wherever a name does.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import NoReader, Refused, UnknownKey
from reflect.questions.rings import READERS, Reader
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as wording_of
from reflect.sessions.record import Record
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class Exchange(Brief):
    """
    One kind of exchange.

    Attributes:
        name: Its name, such as ``"fhir-questionnaire"``.
        title: What people call it.
        media: The media type of its files.
        ending: The ending of its files.
        takes: What it writes: ``"questions"`` or ``"record"``.
        write: Returns the file of a value, in the words of a wording. A record has been cut to its reader before.
        read: Returns the value of a file, and sentences about what has no place with us; None if it is only written.
        law: What survives being written and read, in a sentence.
    """

    _in_line = ("name",)

    name: str
    title: str
    media: str
    ending: str
    takes: str = attrs.field(validator=attrs.validators.in_(("questions", "record")))
    write: Callable[[Any, Wording], bytes] = attrs.field(repr=False)
    read: Callable[[bytes, str], tuple[Any, tuple[str, ...]]] | None = attrs.field(default=None, repr=False)
    law: str = ""


@attrs.frozen(kw_only=True)
class Imported(Brief):
    """
    What came in from somebody else's file.

    Attributes:
        value: A model, or a record.
        notes: What of the file has no place with us, and what to know about the rest; nothing of it is quoted.
    """

    _in_line = ("value",)

    value: Any
    notes: tuple[str, ...] = ()


def _late(place: str) -> Callable[..., Any]:
    """
    Return a function of a module of ours, which is loaded when it is called.
    """
    module, _, name = place.partition(":")

    def call(*given: Any) -> Any:
        return getattr(importlib.import_module(f"reflect.interchange.{module}"), name)(*given)

    return call


_FHIR = "application/fhir+json"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SURVIVE = "The keys, texts, order, kinds of answer, options and rings of all questions and steps survive."

#: Every kind of exchange by its name, in the order in which we list them.
EXCHANGES: dict[str, Exchange] = {
    each.name: each
    for each in (
        Exchange(
            name="fhir-questionnaire",
            title="FHIR R4 Questionnaire",
            media=_FHIR,
            ending=".json",
            takes="questions",
            write=_late("fhir:write_questionnaire"),
            read=_late("fhir:read_questionnaire"),
            law=_SURVIVE,
        ),
        Exchange(
            name="fhir-response",
            title="FHIR R4 QuestionnaireResponse",
            media=_FHIR,
            ending=".json",
            takes="record",
            write=_late("fhir:write_response"),
            read=_late("fhir:read_response"),
            law="The keys, words, lines and rings of all answers that the reader may see survive, and no others leave.",
        ),
        Exchange(
            name="xlsform",
            title="XLSForm",
            media=_WORKBOOK,
            ending=".xlsx",
            takes="questions",
            write=_late("xlsform:write_xlsform"),
            read=_late("xlsform:read_xlsform"),
            law=_SURVIVE,
        ),
        Exchange(
            name="sheet",
            title="our spreadsheet",
            media=_WORKBOOK,
            ending=".xlsx",
            takes="questions",
            write=_late("own_sheets:write_sheet"),
            read=_late("own_sheets:read_one_sheet"),
            law="The whole page survives.",
        ),
        Exchange(
            name="json",
            title="our JSON",
            media="application/json",
            ending=".json",
            takes="questions",
            write=_late("own_sheets:write_json"),
            read=_late("own_sheets:read_json"),
            law="The whole value survives.",
        ),
    )
}


def exchange(name: str | Exchange) -> Exchange:
    """
    Return the kind of exchange of that name; one of another package is given back.

    Raises:
        UnknownKey: There is none.
    """
    if isinstance(name, Exchange):
        return name
    if name not in EXCHANGES:
        raise UnknownKey(str(name), tuple(EXCHANGES), "kind of exchange")
    return EXCHANGES[name]


def write_exchange(
    what: Composable | Record,
    to: str | Exchange,
    *,
    reader: Reader | str | None = None,
    wording: str | Wording = "general",
) -> bytes:
    """
    Return questions, or the answers of a record, as the file of another program.

    Args:
        what: A model, a set, or a record.
        to: The kind of exchange, by name, or one of your own.
        reader: Who gets it; needed for a record, of which only what they may see leaves.
        wording: The words of the profession that questions are asked in.

    Raises:
        UnknownKey: There is no such kind, reader or wording.
        NoReader: It is a record, and nobody was named.
        Refused: The kind is for something else, or cannot hold a text.
    """
    kind = exchange(to)
    takes = "record" if isinstance(what, Record) else "questions"
    if kind.takes != takes:
        may = ", ".join(each.name for each in EXCHANGES.values() if each.takes == takes)
        raise Refused(
            f"'{kind.name}' is not for {'a record' if takes == 'record' else 'questions'}; name one of: {may}"
        )
    if isinstance(what, Record):
        if reader is None:
            raise NoReader("record", tuple(known.name for known in READERS))
        what = what.visible_to(reader)
    return kind.write(what, wording_of(wording))


def read_exchange(data: bytes | Path, kind: str | Exchange, *, where: str = "") -> Imported:
    """
    Return what a file of another program holds: a model, or a record.

    Args:
        data: The file, or its bytes.
        kind: The kind of exchange, by name, or one of your own.
        where: What to call it in faults.

    Raises:
        UnknownKey: There is no such kind.
        Faults: All that is wrong with it, each with its place.
        Refused: That kind is only written, or it holds nothing for a page.
    """
    from reflect.files.reading import read_data  # only files need it

    known = exchange(kind)
    if known.read is None:
        raise Refused(f"'{known.name}' is written, and not read")
    where = where or (str(data) if isinstance(data, Path) else known.title)
    value, notes = known.read(read_data(data, where) if isinstance(data, Path) else bytes(data), where)
    return Imported(value=value, notes=notes)
