"""
Slide shows for PowerPoint and whatever else opens its files: for a wall, and for everybody who sees it.

A page of the document is a slide. Its title, questions and picture are shown, and what is said beside it stands in the
notes. A slide show is for everybody in the room, so it takes only papers that are made for that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reflect.errors import MissingExtra, Refused
from reflect.formats.slides.laying import lay_slide
from reflect.formats.slides.pages import read_pages
from reflect.formats.slides.shapes import ANY_FONT, LOGO_WIDE, WIDER, Measure
from reflect.formats.table import FORMATS
from reflect.formats.word.parts import reference
from reflect.text.nodes import Document

if TYPE_CHECKING:
    from reflect.formats.word.brand import Brand

__all__ = ["write"]

_PPTX = FORMATS["pptx"]
#: The theme of an agency whose letters are as wide as ours.
_OUR_FONTS = re.compile(r'<a:minorFont>\s*<a:latin typeface="(?:Calibri|Carlito|Source Sans[^"]*)"')


def write(document: Document, brand: Brand | None = None) -> bytes:
    """
    Return the document as a slide show, in an agency's colours and fonts if there are any; the same document gives the
    same bytes.

    Raises:
        Refused: It is a paper that is not made for a wall.
        MissingExtra: The packages of the extra ``slides`` are not installed.
    """
    if document.kind not in _PPTX.papers:
        known = " or ".join(_PPTX.papers)
        raise Refused(
            f"{_PPTX.title} is for slide shows, and '{document.kind}' is not one; make {known}, or write docx"
        )
    if not _PPTX.installed:
        raise MissingExtra.of("slide shows need other packages", "slides")
    from reflect.formats.slides.show import write_show

    pages = read_pages(document)
    pages[0].notes += filter(None, (document.label, document.limits))
    marking = " · ".join(filter(None, (document.marking, document.organisation)))
    logo = _logo_of(brand) if brand else None
    measure = Measure(WIDER if brand is None or _OUR_FONTS.search(brand.theme) else ANY_FONT)
    spare = LOGO_WIDE + 16 if logo else 0.0
    laid = [lay_slide(page, measure, marking=marking, spare=spare) for page in pages]
    return write_show(document, laid, brand.theme if brand else reference("theme1.xml"), logo)


def _logo_of(brand: Brand) -> bytes | None:
    """
    Return the first picture in the headers and footers of an agency's Word file; None if it is of a kind that not every
    program shows.
    """
    return next((data for name, data in brand.parts if name.endswith((".png", ".jpg", ".jpeg"))), None)
