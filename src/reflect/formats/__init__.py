"""
Writers: each turns a `Document` into the bytes of a file, and knows nothing about people.

A format is one module with a function ``write(document) -> bytes``, and one line of `FORMATS` in ``table.py``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol

from reflect.arguments import explain_in, explain_wrong_kinds
from reflect.faces import hand_on
from reflect.formats.table import FORMATS as FORMATS
from reflect.formats.table import Format as Format

if TYPE_CHECKING:
    from reflect.text.nodes import Document


class Writer(Protocol):
    """
    The function of a format, from a document to the bytes of a file.
    """

    def __call__(self, document: Document, /) -> bytes:
        """
        Return the file's bytes; the same document gives the same bytes.
        """


@explain_wrong_kinds
def writer(name: str) -> Writer:
    """
    Return the writer of a format; its module is not loaded before.

    Raises:
        UnknownKey: There is no such format.
    """
    if name not in FORMATS:
        from reflect.errors import UnknownKey

        raise UnknownKey(name, tuple(FORMATS), "format")
    write: Writer = importlib.import_module(f"reflect.formats.{FORMATS[name].module}").write
    return write


explain_in(Format)

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.diagrams import describe as describe, draw as draw, svg as svg
    from reflect.formats import html as html
    from reflect.formats.word.accessibility import Barrier as Barrier, barriers as barriers
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "diagrams": "describe draw svg",
        "formats.html": "*",
        "formats.word.accessibility": "Barrier barriers",
    }, own=("FORMATS", "Format", "Writer", "writer"))
# isort: on
# fmt: on
