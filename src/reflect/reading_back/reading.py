"""
Reads the record in a file: a filled Word file, a copy that a page saved, or a record's own JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reflect.documents.templates import Templates, shelf
from reflect.errors import Fault, Faults
from reflect.files.office import GivenFile, need_file, open_package, read_within_limits
from reflect.interchange.values import from_json
from reflect.own_forms.form_map import FormMap, read_map
from reflect.own_forms.spots import OwnForm, own_form
from reflect.pages.catalogues import Catalogue
from reflect.reading_back.claims import Claim
from reflect.reading_back.from_own_form import is_own_form, record_of_own_form
from reflect.reading_back.from_saved_page import record_of_saved_page
from reflect.reading_back.from_word import record_of_word_file
from reflect.sessions.filled import Filled
from reflect.sessions.record import Record
from reflect.sessions.settling import with_agreed, with_decisions
from reflect.text.nodes import Document


def read(
    file: GivenFile,
    *,
    of: Document | None = None,
    as_: str | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    form_map: Path | FormMap | None = None,
) -> Record:
    """
    Return what was written on a filled paper: a record whose `reading` shows how each answer was found.

    Nothing that people wrote is lost: text that belongs to no question is in the answer ``unplaced``.

    Args:
        file: A Word file, a copy that a page saved, or a record's JSON: its path, its bytes, or a file that is
            open in binary.
        of: Its blank, if the file no longer names it.
        as_: The kind of paper, such as ``record``, if the file no longer says so. Either is somebody's claim: the
            record has it as `Record.claimed`, and what the file itself says counts where it is narrower.
        models: Where to find models; ours by default.
        templates: Folders with your own templates, if the paper was made with one.
        form_map: If it is an agency's own form, the map of that, or the path of the map. A form that reflect filled in
            knows its places itself; with a map, the narrower of both says who may read it.

    Raises:
        NotOpened: It is another kind of file, or has something that no document needs; the message says what to do.
        Faults: It is JSON with faults, or it does not exist.
        UnknownKey: There is no such kind of paper.
    """
    known = templates if isinstance(templates, Templates) else tuple(templates)
    claim = Claim.of(as_, of, known if isinstance(known, Templates) else shelf(known))
    given = need_file(file, "a filled paper")
    data = given if isinstance(given, bytes) else read_within_limits(given)
    # Rich text begins with a brace too; the safe opener has a message for it.
    if (begins := data[:99].lstrip(b"\xef\xbb\xbf \t\r\n")).startswith(b"{") and not begins.startswith(b"{\\rtf"):
        where = str(given) if isinstance(given, Path) else "JSON"
        return _read_json(data, where, of=of, claim=claim, models=models, templates=known)
    package = open_package(data, word=True)
    if form_map is not None or is_own_form(package):
        known_map = read_map(form_map) if form_map is not None else None
        return record_of_own_form(
            package, known_map, blank=blank_form_of(form_map), claim=claim, models=models, templates=known
        )
    return record_of_word_file(package, of=of, claim=claim, models=models, templates=known)


def _read_json(
    data: bytes,
    where: str,
    *,
    of: Document | None,
    claim: Claim,
    models: Catalogue | None,
    templates: Templates | Iterable[str | Path],
) -> Record:
    try:
        value = from_json(data.decode("utf-8-sig"), where=where)
    except UnicodeDecodeError:
        raise Faults((Fault(where, None, "this is not JSON", "name JSON that reflect wrote"),)) from None
    match value:
        case Record():
            return with_decisions(value) if value.closed else with_agreed(value)
        case Filled():
            return record_of_saved_page(value, of=of, claim=claim, models=models, templates=templates)
        case _:
            what = "is JSON, but not a record"
            raise Faults((Fault(where, None, what, "name a record, or a copy that a page saved"),))


def blank_form_of(form_map: Path | FormMap | None) -> OwnForm | None:
    """
    Return the blank form that a map names; None if it names none.
    """
    known = read_map(form_map) if form_map is not None else None
    if known is None or not known.form:
        return None
    return own_form(form_map.parent / known.form if isinstance(form_map, Path) else Path(known.form))
