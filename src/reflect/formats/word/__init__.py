"""
Word files, to be filled in and changed: one content control for each place to write.

The body is emitted as one string of OOXML. All looks are named styles, kept in
`reference/styles.xml`; the body names them and formats nothing itself, so an
organisation restyles every paper in one place.
"""

from __future__ import annotations

import attrs

from reflect.formats.word.body import body
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.parts import furniture, parted, zipped
from reflect.formats.word.text import escaped
from reflect.nodes import Cards, Document

__all__ = ["escaped", "texts", "write", "zipped"]


def write(document: Document) -> bytes:
    """
    Return the document as a Word file; the same document gives the same bytes.
    """
    start, parts = texts(document)
    return zipped(parts, start)


def texts(document: Document) -> tuple[bytes, dict[str, str | bytes]]:
    """
    Return the start of the document's file, and its parts that come after; `zipped` joins them.
    """
    if any(isinstance(block, Cards) for block in document.blocks):
        # A card is read at arm's length as it is, and larger words would run off it.
        document = attrs.evolve(document, looks=())
    ledger = Ledger(looks=document.looks)
    return parted(document, body(document, ledger, furniture()), ledger)
