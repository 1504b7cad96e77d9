"""
The shapes of a slide as PresentationML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.formats.slides.shapes import LEADING, NUMBER, PictureBox, SlideText, WordBox
from reflect.formats.word.text import escape_xml

_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
#: The extensions that say of a picture that it is decoration, and that it has an SVG.
_OF_DECORATION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_OF_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
#: English Metric Units in a point.
EMU = 12700


def place(x: float, y: float, w: float, h: float) -> str:
    """
    Return where a shape is.
    """
    at, size = (round(x * EMU), round(y * EMU)), (round(w * EMU), round(h * EMU))
    return f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'


def write_words(words: WordBox, number: int, lang: str) -> str:
    """
    Return a box with words.

    Args:
        number: Its number among the shapes of its slide.
        lang: The language it is in.
    """
    name = f'<p:cNvPr id="{number}" name="{escape_xml(words.name)}"/>'
    if words.title:
        holder = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr>'
        own = f"<p:nvSpPr>{name}{holder}</p:nvSpPr>"
        look = ""
    else:
        box = "" if words.filled else ' txBox="1"'
        own = f"<p:nvSpPr>{name}<p:cNvSpPr{box}/><p:nvPr/></p:nvSpPr>"
        form = "ellipse" if words.filled else "rect"
        fill = f"<a:solidFill>{_colour(words.filled)}</a:solidFill>" if words.filled else "<a:noFill/>"
        look = f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln>'
    anchor = "ctr" if words.filled else "t"
    body = (
        f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{anchor}"><a:normAutofit/>'
        "</a:bodyPr><a:lstStyle/>"
    )
    side = "ctr" if words.filled else "r" if words.right else "l"
    said = "".join(_write_paragraph(each, side, lang) for each in words.texts)
    return (
        f"<p:sp {_NAMES}>{own}<p:spPr>{place(words.x, words.y, words.w, words.h)}{look}</p:spPr>"
        f"<p:txBody>{body}{said}</p:txBody></p:sp>"
    )


def _colour(name: str) -> str:
    sort = "srgbClr" if re.fullmatch("[0-9a-fA-F]{6}", name) else "schemeClr"
    return f'<a:{sort} val="{name}"/>'


def _write_paragraph(each: SlideText, side: str, lang: str) -> str:
    indent = round(each.indent * EMU)
    tab = f'<a:tabLst><a:tab pos="{indent}" algn="l"/></a:tabLst>' if indent else ""
    look = (
        f'<a:pPr marL="{indent}" indent="{-indent}" algn="{side}" rtl="0">'
        f'<a:lnSpc><a:spcPts val="{_hundredths(each.size * LEADING)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{_hundredths(each.over)}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>'
        f"<a:buNone/>{tab}</a:pPr>"
    )
    number = _write_run(f"{each.number}\t", each, lang, bold=True, colour=NUMBER) if each.number else ""
    return f"<a:p>{look}{number}{_write_run(each.text, each, lang, bold=each.bold, colour=each.colour)}</a:p>"


def _write_run(text: str, each: SlideText, lang: str, *, bold: bool, colour: str) -> str:
    return (
        f'<a:r><a:rPr lang="{escape_xml(lang)}" sz="{_hundredths(each.size)}" b="{int(bold)}" i="0" dirty="0">'
        f"<a:solidFill>{_colour(colour)}</a:solidFill></a:rPr><a:t>{escape_xml(text)}</a:t></a:r>"
    )


def _hundredths(points: float) -> int:
    return round(points * 100)


def write_picture(drawn: PictureBox, number: int, png: str, svg: str) -> str:
    """
    Return a picture; one without words of its own is marked as decoration, so that no screen reader stops at it.

    Args:
        number: Its number among the shapes of its slide.
        png: The relationship to its PNG.
        svg: The relationship to its SVG; empty if there is none.
    """
    about = escape_xml(drawn.about).replace("\n", "&#10;")
    decoration = f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/>'
    extra = "" if about else f'<a:extLst><a:ext uri="{_OF_DECORATION}">{decoration}</a:ext></a:extLst>'
    own = f'<p:cNvPr id="{number}" name="{escape_xml(drawn.name)}" descr="{about}">{extra}</p:cNvPr>'
    sharper = f'<asvg:svgBlip xmlns:asvg="{_ASVG}" r:embed="{svg}"/>'
    sharp = f'<a:extLst><a:ext uri="{_OF_SVG}">{sharper}</a:ext></a:extLst>' if svg else ""
    locks = '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/>'
    where = place(drawn.x, drawn.y, drawn.w, drawn.h)
    return (
        f"<p:pic {_NAMES}><p:nvPicPr>{own}{locks}</p:nvPicPr>"
        f'<p:blipFill><a:blip r:embed="{png}">{sharp}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{where}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def write_notes(paragraphs: Iterable[str], lang: str) -> str:
    """
    Return the words of notes.
    """
    said = "".join(
        f'<a:p><a:r><a:rPr lang="{escape_xml(lang)}" dirty="0"/><a:t>{escape_xml(each)}</a:t></a:r></a:p>'
        for each in paragraphs
    )
    return f"<p:txBody {_NAMES}><a:bodyPr/><a:lstStyle/>{said or '<a:p/>'}</p:txBody>"
