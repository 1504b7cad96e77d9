"""
The table of formats: one line for each.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from importlib.util import find_spec

# A dataclass, and no other imports above, because help lists the formats and has to be quick.


@dataclass(frozen=True)
class Format:
    """
    A format that papers are written in.

    Attributes:
        name: Its name for ``to=`` and ``--to``, and the ending of its files.
        title: What people call a file of this kind.
        module: The module that writes it, in this folder.
        extra: The extra of our package that it needs; nothing for most.
        needs: The packages that the extra brings.
        legible: Whether its words can be searched for in a file's bytes. In a PDF they are drawn.
        papers: The papers that it is for; nothing if it is for all.
        wears: Whether it can wear the look of an agency.
    """

    name: str
    title: str
    module: str
    _: KW_ONLY
    extra: str = ""
    needs: tuple[str, ...] = ()
    legible: bool = True
    papers: tuple[str, ...] = ()
    wears: bool = False

    @property
    def ending(self) -> str:
        """
        The ending of its files.
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
        from reflect.errors import command_of_extra  # only who lacks something asks

        return command_of_extra(self.extra)


#: Every format by its name, in the order in which we list them.
FORMATS = {
    each.name: each
    for each in (
        Format("docx", "Word", "word", wears=True),
        Format("pdf", "PDF", "pdf", extra="pdf", needs=("typst", "font_source_sans_pro"), legible=False),
        Format(
            "pptx",
            "PowerPoint",
            "slides",
            extra="slides",
            needs=("pptx", "resvg_py", "font_source_sans_pro"),
            papers=("slides",),
            wears=True,
        ),
        Format("html", "web page", "html"),
        Format("md", "Markdown", "markdown"),
        Format("txt", "text", "text"),
        Format("json", "JSON", "json"),
    )
}
