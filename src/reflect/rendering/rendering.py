"""
A document as the bytes of a file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from reflect import formats
from reflect.documents.makers import What
from reflect.documents.making import document
from reflect.documents.templates import Templates
from reflect.errors import Refused
from reflect.formats.word.brand import Brand
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import Reader
from reflect.questions.wordings import Wording
from reflect.text.nodes import Look


def render(
    what: What,
    name: str,
    *,
    to: str | formats.Writer = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | str | Path | bytes | None = None,
    cards: int = 8,
) -> bytes:
    """
    Return a document as the bytes of a file; the same input gives the same bytes.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts); a value of
            `reflect.papers` for a paper that stands beside a session; None for its blank, or for a paper of nothing.
        name: The document: ``"agenda"``, ``"record"``, ``"handout"``, ``"cards"``, ``"worksheet"``, or your own.
        to: The name of a format, such as ``"pdf"``; or a writer of your own, a function from a document to bytes.
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession; those of the record, or the general ones, if nothing is said.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How it is laid out: ``"large-print"``, ``"dyslexia-friendly"``, ``"pen"``, ``"landscape"``; or several.
        brand: In Word: the agency's own look, as `reflect.brand` gives it, or its Word file.
        cards: How many cards an A4 sheet holds: 8, of 90 by 67.5 mm, or 4, of 90 by 135 mm.

    Raises:
        ReflectError: As `document` raises them; or a writer of your own gives something else than bytes.
    """
    write = writer_of(to, brand)
    made = document(
        what,
        name,
        reader=reader,
        wording=wording,
        facts=facts,
        minutes=minutes,
        models=models,
        templates=templates,
        looks=looks,
        cards=cards,
    )
    data = write(made)
    if not isinstance(data, bytes):
        raise Refused("a format of your own gave something else than bytes; end it with .encode()")
    return data


def read_brand_of(brand: Brand | str | Path | bytes | None) -> Brand | None:
    """
    A brand, read if it is a file.
    """
    if brand is None:
        return None
    from reflect.formats.word.branding import brand as read_brand

    return brand if isinstance(brand, Brand) else read_brand(brand)


def writer_of(to: str | formats.Writer, brand: Brand | str | Path | bytes | None) -> formats.Writer:
    """
    The writer of a format; only Word's wears the look of an agency.
    """
    write = formats.writer(to) if isinstance(to, str) else to
    if brand is None:
        return write
    if to != "docx":
        named = to if isinstance(to, str) else "a format of your own"
        raise Refused(f"an agency's look is for Word alone, and this is {named}; leave the brand out, or write docx")
    from reflect.formats import word

    return functools.partial(word.write, brand=read_brand_of(brand))
