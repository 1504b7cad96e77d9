"""
Laid slides as a PowerPoint file. Only this module uses python-pptx.

The library gives what every such file needs and what PowerPoint repairs if it is wrong: masters and layouts, notes, and
how some thirty parts refer to one another. Colours and fonts are those of one theme, ours or an agency's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from reflect.diagrams.raster import make_picture
from reflect.formats.slides.laying import LaidSlide
from reflect.formats.slides.markup import EMU, write_notes, write_picture, write_words
from reflect.formats.slides.shapes import ACROSS, HIGH, LEFT, LOGO_HIGH, LOGO_WIDE, WIDE, PictureBox, WordBox
from reflect.formats.word import parts as word_parts
from reflect.text.nodes import Document

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: The layout of a slide that has a title and nothing else of its own.
_TITLE_ONLY = 5
#: What a master and a layout have besides: days, feet and numbers, which no slide of ours shows.
_UNUSED = ("dt", "ftr", "sldNum")
#: The places of the title and the text on the master.
_TITLE_PLACE, _BODY_PLACE = (LEFT, 34.0, ACROSS, 96.0), (LEFT, 140.0, ACROSS, 340.0)
#: What the library says of its own empty show, and a picture of that.
_OF_THE_LIBRARY = (RELATION.THUMBNAIL, RELATION.PRINTER_SETTINGS)
#: The properties of the program that made a file.
_PROGRAM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>reflect</Application></Properties>"
)


def write_show(document: Document, slides: Iterable[LaidSlide], theme: str, logo: bytes | None = None) -> bytes:
    """
    Return slides as a file; the same slides give the same bytes.

    Args:
        document: What they are made of, for the properties of the file.
        theme: The theme part: colours and fonts.
        logo: A picture for the corner of each slide.
    """
    made: Any = Presentation()
    _settle_base(made, theme, document.lang)
    svgs: dict[str, Part] = {}
    for laid in slides:
        slide: Any = made.slides.add_slide(made.slide_layouts[0])
        tree = slide.shapes._spTree
        for shape in list(tree.iter_shape_elms()):
            tree.remove(shape)
        for number, each in enumerate(laid.shapes, 2):
            if isinstance(each, WordBox):
                tree.append(parse_xml(write_words(each, number, document.lang)))
            else:
                tree.append(_picture(slide.part, each, number, svgs))
        if logo is not None:
            _add_logo(slide.part, tree, logo, len(laid.shapes) + 2)
        notes: Any = slide.notes_slide
        held = notes.notes_placeholder._element
        held.replace(held.txBody, parse_xml(write_notes(laid.notes, document.lang)))
    out = io.BytesIO()
    made.save(out)
    return _settle_package(out.getvalue(), document)


def _settle_base(made: Any, theme: str, lang: str) -> None:
    """
    Make the empty show of the library ours: as wide as a projector, with one layout, in our theme.
    """
    made.slide_width, made.slide_height = round(WIDE * EMU), round(HIGH * EMU)
    master, kept = made.slide_master, made.slide_layouts[_TITLE_ONLY]
    for layout in list(made.slide_layouts):
        if layout is not kept:
            made.slide_layouts.remove(layout)
    for holder in (master, kept):
        for shape in list(holder.placeholders):
            sort = shape.element.ph.get("type")
            if sort in _UNUSED:
                shape.element.getparent().remove(shape.element)
            elif holder is master:
                where = _TITLE_PLACE if sort == "title" else _BODY_PLACE
                shape.left, shape.top, shape.width, shape.height = (round(each * EMU) for each in where)
        for each in holder.element.iter(f"{_A}rPr", f"{_A}endParaRPr"):
            each.set("lang", lang)
    for part in (master.part, made.part, made.part.package):
        rels = part._rels
        for name, related in list(rels.items()):
            if related.reltype == RELATION.THEME:
                related.target_part._blob = theme.encode()
            elif related.reltype in _OF_THE_LIBRARY:
                rels.pop(name)


def _picture(part: Any, drawn: PictureBox, number: int, svgs: dict[str, Part]) -> Any:
    """
    Return a picture as an element: a PNG, and the SVG that programs which know it show instead.
    """
    png = make_picture(drawn.svg)
    assert png is not None
    _, to_png = part.get_or_add_image_part(io.BytesIO(png))
    if drawn.svg not in svgs:
        name = PackURI(f"/ppt/media/drawing{len(svgs) + 1}.svg")
        svgs[drawn.svg] = Part(name, "image/svg+xml", part.package, drawn.svg.encode())
    to_svg = part.relate_to(svgs[drawn.svg], RELATION.IMAGE)
    return parse_xml(write_picture(drawn, number, to_png, to_svg))


def _add_logo(part: Any, tree: Any, logo: bytes, number: int) -> None:
    """
    Put an agency's logo in the corner; one that cannot be read is left out.
    """
    try:
        image, to_png = part.get_or_add_image_part(io.BytesIO(logo))
        wide, high = image.image.size
    except (OSError, ValueError):
        return
    times = min(LOGO_WIDE / wide, LOGO_HIGH / high)
    w, h = wide * times, high * times
    corner = PictureBox(x=LEFT + ACROSS - w, y=HIGH - 16 - h, w=w, h=h, svg="", about="", name="Logo")
    tree.append(parse_xml(write_picture(corner, number, to_png, "")))


def _settle_package(data: bytes, document: Document) -> bytes:
    """
    Return a file with our properties, and with one day for all its parts, so that its bytes say nothing of when and
    where it was made.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    parts["docProps/core.xml"] = word_parts.core_properties(document)
    parts["docProps/app.xml"] = f"{word_parts.HEAD}{_PROGRAM}"
    return word_parts.zip_parts(parts)
