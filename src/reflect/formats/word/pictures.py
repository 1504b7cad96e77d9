"""
Pictures in Word files: an SVG, with a PNG behind it for readers without SVG.

An SVG alone is an empty frame in Word 2013, in LibreOffice 7 and in many viewers. So if there is no PNG (it is none
of the pictures that we ship, and the extra ``png`` is not installed), or if a picture is higher than a page, its
description takes its place, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect import diagrams
from reflect.diagrams import raster
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.text import escape_xml, paragraph, run
from reflect.text.cards import SHEET, CardSize
from reflect.text.nodes import Diagram, SheetToFill

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
#: The content types of pictures.
KINDS = '<Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>'
#: English Metric Units in a point, and in a millimetre; Word measures pictures in these units.
_EMU = 12700
_MM = 36000
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
#: The greatest height in points at which a picture and its title fit on a page.
_HIGHEST = 640


def picture(diagram: Diagram | SheetToFill, ledger: Ledger, plain: str) -> str:
    """
    Return a paragraph with a picture, or with its description in words in the style *plain*.
    """
    drawn = diagrams.draw(diagram)
    about = diagrams.describe(diagram)
    scale = diagrams.scale(diagram, ledger.width / 20)
    made = ""
    if drawn.height * scale <= _HIGHEST:
        made = drawing(diagrams.svg(diagram), drawn.width * scale, drawn.height * scale, about, ledger)
    return paragraph("ReflectDiagram", made) if made else paragraph(plain, run(diagrams.say_without_picture(about)))


def drawing(svg: str, wide: float, high: float, about: str, ledger: Ledger) -> str:
    """
    Return a run with a picture; nothing if no PNG can be made.

    Args:
        wide: Its width, in points.
        high: Its height, in points.
        about: What it shows, in words.
    """
    png = raster.png(svg)
    if png is None:
        return ""
    number = ledger.picture(svg, png)
    size = f'cx="{round(wide * _EMU)}" cy="{round(high * _EMU)}"'
    name = f'id="{ledger.control(f"picture {number}")}" name="Diagram {number}"'
    blip = (
        f'<a:blip r:embed="rIdPng{number}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        f'<asvg:svgBlip xmlns:asvg="{_ASVG}" r:embed="rIdSvg{number}"/></a:ext></a:extLst></a:blip>'
    )
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
        f'xmlns:pic="{_DRAWING}/picture" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {name} descr="{_attribute(about)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" '
        f'name="diagram{number}.svg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}<a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def cut_marks(size: CardSize, ledger: Ledger) -> str:
    """
    Return a run with the marks on a sheet of cards that say where to cut. They lie behind the sheet, and nobody has to
    hear of them.
    """
    wide, high = (round(each * _MM) for each in SHEET)
    lines = "".join(
        f'<a:moveTo><a:pt x="{round(x * _MM)}" y="{round(y * _MM)}"/></a:moveTo>'
        f'<a:lnTo><a:pt x="{round(to * _MM)}" y="{round(down * _MM)}"/></a:lnTo>'
        for x, y, to, down in size.marks()
    )
    number = ledger.control("cut marks")
    place = '<wp:position{0} relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:position{0}>'
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor xmlns:a="{_DRAWING}/main" distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{place.format("H")}{place.format("V")}<wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{number}" name="Cut marks">'
        f'<a:extLst><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative xmlns:adec="{_DECORATIVE}" '
        'val="1"/></a:ext></a:extLst></wp:docPr><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:custGeom>'
        '<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{wide}" h="{high}" fill="none">{lines}</a:path></a:pathLst></a:custGeom><a:noFill/>'
        '<a:ln w="5400"><a:solidFill><a:srgbClr val="1C2529"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _attribute(text: str) -> str:
    return escape_xml(text).replace("\n", "&#10;").replace("\t", "&#9;")


def parts(ledger: Ledger) -> dict[str, str | bytes]:
    """
    Return the parts with pictures, by name.
    """
    found: dict[str, str | bytes] = {}
    for number, (svg, png) in enumerate(ledger.pictures, 1):
        found[f"word/media/diagram{number}.png"] = png
        found[f"word/media/diagram{number}.svg"] = svg
    return found


def relations(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """
    Give the ids and targets of the relationships to pictures.
    """
    for number in range(1, len(ledger.pictures) + 1):
        yield f"rIdPng{number}", f"media/diagram{number}.png"
        yield f"rIdSvg{number}", f"media/diagram{number}.svg"
