"""
A drawing as SVG.
"""

from __future__ import annotations

from reflect.diagrams.marks import INK, WHITE, Drawing, Figure, Lettering, number, points
from reflect.diagrams.metrics import is_measured, width
from reflect.text.prose import visible

#: Calibri's letters are as wide as Carlito's, and we measure Source Sans Pro too. Other fonts are set as wide.
FONTS = "Carlito, Calibri, 'Source Sans Pro', Arial, sans-serif"


def escape(text: str) -> str:
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;")


def _write_figure(mark: Figure) -> str:
    dashes = ' stroke-dasharray="5 4"' if mark.dashed else ""
    line = f' stroke="{mark.line}" stroke-width="{number(mark.thick)}"{dashes}' if mark.line != "none" else ""
    if mark.place is not None:
        x, y, times = mark.place
        line += f' fill-rule="evenodd" transform="translate({points(x, y)}) scale({number(times)})"'
    return f'<path d="{mark.path}" fill="{mark.fill}"{line}/>'


def _write_lettering(mark: Lettering) -> str:
    looks = f' font-size="{number(mark.size)}"'
    looks += ' font-weight="600"' if mark.bold else ""
    looks += f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    looks += f' fill="{mark.colour}"' if mark.colour != INK else ""
    return "".join(
        f'<text x="{number(mark.x)}" y="{number(base)}"{looks}{_write_length(line, mark)}>{escape(line)}</text>'
        for line, base in zip(mark.lines, mark.baselines, strict=True)
    )


def _write_length(line: str, mark: Lettering) -> str:
    """
    Return the attributes for a line's width, for readers whose font is wider than the ones we measured.
    """
    wide = width(line, mark.size, bold=mark.bold)
    bare = line.strip("\u2068\u2069")
    return (
        f' textLength="{number(wide)}" lengthAdjust="spacingAndGlyphs"' if len(bare) > 2 and is_measured(bare) else ""
    )


def write_svg(drawing: Drawing, *, title: str, about: str, name: str, scale: float = 1) -> str:
    """
    Return the SVG of a drawing.

    Args:
        name: The beginning of its ids.
        scale: The scale at which it is shown; 1 is as it is drawn.
    """
    wide, high = number(drawing.width), number(drawing.height)
    shown = f'width="{number(drawing.width * scale)}pt" height="{number(drawing.height * scale)}pt"'
    inner = "".join(
        _write_figure(mark) if isinstance(mark, Figure) else _write_lettering(mark) for mark in drawing.marks
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {shown} '
        f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-about" '
        f'font-family="{FONTS}" fill="{INK}" stroke-linejoin="round" stroke-linecap="round">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-about">{escape(about)}</desc>'
        f'<rect width="{wide}" height="{high}" fill="{WHITE}"/>{inner}</svg>'
    )
