"""
A drawing as SVG.
"""

from __future__ import annotations

from reflect.diagrams.marks import INK, WHITE, Drawing, Shape, Words, number
from reflect.diagrams.metrics import known, width
from reflect.text.filling import visible

#: Calibri's letters are as wide as Carlito's, and Source Sans Pro is measured too. Others are drawn as wide as those.
FONTS = "Carlito, Calibri, 'Source Sans Pro', Arial, sans-serif"


def _escaped(text: str) -> str:
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;")


def _shape(mark: Shape) -> str:
    dashes = ' stroke-dasharray="5 4"' if mark.dashed else ""
    line = f' stroke="{mark.line}" stroke-width="{number(mark.thick)}"{dashes}' if mark.line != "none" else ""
    return f'<path d="{mark.path}" fill="{mark.fill}"{line}/>'


def _words(mark: Words) -> str:
    looks = f' font-size="{number(mark.size)}"'
    looks += ' font-weight="600"' if mark.bold else ""
    looks += f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    looks += f' fill="{mark.colour}"' if mark.colour != INK else ""
    return "".join(
        f'<text x="{number(mark.x)}" y="{number(base)}"{looks}{_length(line, mark)}>{_escaped(line)}</text>'
        for line, base in zip(mark.lines, mark.baselines, strict=True)
    )


def _length(line: str, mark: Words) -> str:
    """
    How wide a line is, for readers whose font is wider than those that were measured.
    """
    wide = width(line, mark.size, bold=mark.bold)
    bare = line.strip("\u2068\u2069")
    return f' textLength="{number(wide)}" lengthAdjust="spacingAndGlyphs"' if len(bare) > 2 and known(bare) else ""


def written(drawing: Drawing, *, title: str, about: str, name: str, scale: float = 1) -> str:
    """
    Return the SVG of a drawing.

    Args:
        drawing: What is drawn.
        title: What it is called.
        about: What it shows, in words.
        name: What its ids begin with.
        scale: How large it is shown, 1 for as it was drawn.
    """
    wide, high = number(drawing.width), number(drawing.height)
    shown = f'width="{number(drawing.width * scale)}pt" height="{number(drawing.height * scale)}pt"'
    inner = "".join(_shape(mark) if isinstance(mark, Shape) else _words(mark) for mark in drawing.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {shown} '
        f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-about" '
        f'font-family="{FONTS}" fill="{INK}" stroke-linejoin="round" stroke-linecap="round">'
        f'<title id="{name}-title">{_escaped(title)}</title><desc id="{name}-about">{_escaped(about)}</desc>'
        f'<rect width="{wide}" height="{high}" fill="{WHITE}"/>{inner}</svg>'
    )
