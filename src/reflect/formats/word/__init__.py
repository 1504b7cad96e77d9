"""
Word files to fill in and change, with one content control for each place to write.

The body is written as one string of OOXML. All looks are named styles, kept in
`reference/styles.xml`; the body names them and formats nothing itself, so an
organisation restyles every paper in one place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from reflect.formats.word.body import body
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.parts import furniture, page_in_looks, parts_of, zip_parts
from reflect.formats.word.room import height_of_lines
from reflect.formats.word.tables import PAGE_WIDTH
from reflect.formats.word.text import escape_xml
from reflect.sessions.origin import Origin
from reflect.text.nodes import Cards, Document, Entry, Look

if TYPE_CHECKING:
    from reflect.formats.word.brand import Brand

__all__ = ["escape_xml", "texts", "write", "zip_parts"]


#: The margins of a page with entries, which is full: its header is one line.
_FULL_PAGE = (("top", 900), ("bottom", 1000), ("header", 480))


def write(document: Document, brand: Brand | None = None) -> bytes:
    """
    Return the document as a Word file, in an agency's look if there is one; the same document gives the same bytes.
    """
    start, parts = texts(document, brand)
    return zip_parts(parts, start)


def texts(document: Document, brand: Brand | None = None) -> tuple[bytes, dict[str, str | bytes]]:
    """
    Return the start of the document's file, and the parts that follow it; `zip_parts` joins them.
    """
    if any(isinstance(block, Cards) for block in document.blocks):
        # A card can be read at arm's length already; larger words, or another typeface, would run off it.
        document, brand = attrs.evolve(document, looks=()), None
    page, wider = page_in_looks(document.looks, brand, headed=bool(document.organisation or document.label))
    lines = any(isinstance(block, Entry) for block in document.blocks)
    if lines and brand is None:
        for side, twips in _FULL_PAGE:
            page = re.sub(rf'w:{side}="[0-9]+"', f'w:{side}="{twips}"', page)
    origin = Origin.of_about({**dict(document.about), "kind": document.kind})
    ledger = Ledger(looks=document.looks, width=(brand.width if brand else PAGE_WIDTH) + wider, origin=origin)
    if brand:
        ledger.hang = brand.hang
    if lines and not {Look.LARGE, Look.DYSLEXIA} & {*document.looks}:
        ledger.line = height_of_lines(document.blocks, page)
    return parts_of(document, body(document, ledger, furniture(brand), page), ledger, brand)
