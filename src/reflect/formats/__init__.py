"""
Writers: each makes a file's bytes from a `Document`, and knows nothing of people.

A format is one module with a function ``write(document) -> bytes``, and one line of the table `FORMATS`.
"""

from __future__ import annotations

import importlib
from dataclasses import KW_ONLY, dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reflect.text.nodes import Document

# A dataclass, and nothing else is imported above, because help lists the formats and has to be quick.


class Writer(Protocol):
    """
    What a format is: a function from a document to the bytes of a file.
    """

    def __call__(self, document: Document, /) -> bytes:
        """
        Return the file's bytes; the same document gives the same bytes.
        """


@dataclass(frozen=True)
class Format:
    """
    A format that papers are written in.

    Attributes:
        name: What ``to=`` and ``--to`` call it; the names of its files end in it, too.
        title: What people who open such a file call it.
        module: The module that writes it, in this folder.
        extra: The extra of our package that it needs; nothing for most.
        needs: The packages that the extra brings.
        legible: Whether its words can be looked for in a file's bytes. In a PDF they are drawn.
    """

    name: str
    title: str
    module: str
    _: KW_ONLY
    extra: str = ""
    needs: tuple[str, ...] = ()
    legible: bool = True

    @property
    def ending(self) -> str:
        """
        What the name of its files ends in.
        """
        return f".{self.name}"

    @property
    def installed(self) -> bool:
        """
        Whether all that it needs is installed.
        """
        return all(find_spec(package) for package in self.needs)

    @property
    def remedy(self) -> str:
        """
        How to install what it needs.
        """
        return f'pip install "reflect-supervision[{self.extra}]"'


#: Every format by its name, in the order in which we list them.
FORMATS = {
    each.name: each
    for each in (
        Format("docx", "Word", "word"),
        Format("pdf", "PDF", "pdf", extra="pdf", needs=("typst", "font_source_sans_pro"), legible=False),
        Format("html", "web page", "html"),
        Format("md", "Markdown", "markdown"),
        Format("txt", "text", "text"),
        Format("json", "JSON", "json"),
    )
}


def writer(name: str) -> Writer:
    """
    Return the writer of a format; its module loads only now.

    Raises:
        UnknownKey: There is no such format.
    """
    if name not in FORMATS:
        from reflect.errors import UnknownKey

        raise UnknownKey(name, tuple(FORMATS), "format")
    write: Writer = importlib.import_module(f"reflect.formats.{FORMATS[name].module}").write
    return write
