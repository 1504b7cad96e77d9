"""
The record in a file, whatever the file is: a filled Word file, what a page saved, or a record's own JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reflect.documents.templates import Templates
from reflect.errors import Fault, Faults
from reflect.files.office import open_package, read_within_limits
from reflect.interchange.values import from_json
from reflect.pages.catalogues import Catalogue
from reflect.reading_back.from_saved_page import record_of_saved_page
from reflect.reading_back.from_word import record_of_word_file
from reflect.sessions.filled import Filled
from reflect.sessions.record import Record
from reflect.text.nodes import Document


def read(
    file: bytes | Path | str,
    *,
    of: Document | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Record:
    """
    Return what was written on a filled paper: a record whose `reading` shows how each answer was found.

    Nothing that was written is lost: text that belongs to no question is in the answer ``unplaced``.

    Args:
        file: A Word file, what a page saved, or a record's JSON: its bytes, or its path.
        of: The blank it was made from, if the file itself no longer says.
        models: Where models are found; ours if none are given.
        templates: Folders of templates of your own, if it was made with one.

    Raises:
        NotOpened: It is not such a file, or holds something that no document needs; the message says what to do.
        Faults: It is JSON with something wrong in it, or it is not there.
    """
    data = file if isinstance(file, bytes) else read_within_limits(Path(file))
    # Rich text begins with a brace too; the safe opener has a message for it.
    if (begins := data[:99].lstrip(b"\xef\xbb\xbf \t\r\n")).startswith(b"{") and not begins.startswith(b"{\\rtf"):
        return _read_json(data, str(file) if not isinstance(file, bytes) else "JSON", of, models, templates)
    return record_of_word_file(open_package(data, word=True), of=of, models=models, templates=templates)


def _read_json(
    data: bytes,
    where: str,
    of: Document | None,
    models: Catalogue | None,
    templates: Templates | Iterable[str | Path],
) -> Record:
    try:
        value = from_json(data.decode("utf-8-sig"), where)
    except UnicodeDecodeError:
        raise Faults((Fault(where, None, "this is not JSON", "name JSON that reflect wrote"),)) from None
    match value:
        case Record():
            return value
        case Filled():
            return record_of_saved_page(value, of=of, models=models, templates=templates)
        case _:
            what = "is JSON, but not of a record"
            raise Faults((Fault(where, None, what, "name a record, or what a page saved"),))
