"""
JSON: the tokens of a document with their kinds, for programs that lay it out themselves.

`reflect.interchange.values` defines the form, and reads it back.
"""

from __future__ import annotations

from reflect.interchange.values import to_json
from reflect.text.nodes import Document


def write(document: Document) -> bytes:
    """
    Return the document as JSON in UTF-8; the same document gives the same bytes.
    """
    return to_json(document).encode()
