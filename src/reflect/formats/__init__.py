"""
Writers: each makes a file's bytes from a `Document`, and knows nothing of people.

A format is one module with a function ``write(document) -> bytes``.
"""

from __future__ import annotations

import importlib
from typing import Protocol

from reflect.errors import UnknownKey
from reflect.text.nodes import Document


class Writer(Protocol):
    """
    What a format is: a function from a document to the bytes of a file.
    """

    def __call__(self, document: Document, /) -> bytes:
        """
        Return the file's bytes; the same document gives the same bytes.
        """


#: Format names, and the module that writes each.
FORMATS: dict[str, str] = {
    "docx": "reflect.formats.word",
    "html": "reflect.formats.html",
    "json": "reflect.formats.json",
    "md": "reflect.formats.markdown",
    "pdf": "reflect.formats.pdf",
    "txt": "reflect.formats.text",
}


def writer(name: str) -> Writer:
    """
    Return the writer of a format; its module loads only now.

    Raises:
        UnknownKey: There is no such format.
    """
    if name not in FORMATS:
        raise UnknownKey(name, tuple(FORMATS), "format")
    found: Writer = importlib.import_module(FORMATS[name]).write
    return found
