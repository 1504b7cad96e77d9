"""
Reads an equation in Word as one line of text: a half is ``1/2``, and a square is ``x^2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: What stands alone beside a sign of arithmetic: a number, a name, or something in brackets.
_SIMPLE = re.compile(r"[^\W_]*|[\d.,]+|\([^()]*\)")


def read_maths(equation: _Element) -> str:
    """
    Return an equation, or a part of one, as one line.
    """
    name = equation.tag.removeprefix(MATHS) if isinstance(equation.tag, str) else ""
    match name:
        case "t":
            return equation.text or ""
        case "f":
            return f"{_part(equation, 'num')}/{_part(equation, 'den')}"
        case "sSup":
            return f"{_part(equation, 'e')}^{_part(equation, 'sup')}"
        case "sSub":
            return f"{_part(equation, 'e')}_{_part(equation, 'sub')}"
        case "sSubSup" | "sPre":
            return f"{_part(equation, 'e')}_{_part(equation, 'sub')}^{_part(equation, 'sup')}"
        case "rad":
            return f"{_inner(equation, 'deg')}√({_inner(equation, 'e')})"
        case "nary":
            ends = (f"{sign}{end}" for sign, name in (("_", "sub"), ("^", "sup")) if (end := _part(equation, name)))
            return f"{_sign(equation, 'naryPr', 'chr', '∫')}{''.join(ends)} {_inner(equation, 'e')}"
        case "d":
            inner = _sign(equation, "dPr", "sepChr", "|").join(map(_all, equation.iterchildren(f"{MATHS}e")))
            return f"{_sign(equation, 'dPr', 'begChr', '(')}{inner}{_sign(equation, 'dPr', 'endChr', ')')}"
        case "func":
            return f"{_inner(equation, 'fName')} {_part(equation, 'e')}"
        case "limLow" | "limUpp":
            return f"{_inner(equation, 'e')}({_inner(equation, 'lim')})"
        case "eqArr" | "m":
            return "; ".join(map(_all, equation.iterchildren(f"{MATHS}e", f"{MATHS}mr")))
        case "mr":
            return ", ".join(map(_all, equation.iterchildren(f"{MATHS}e")))
        case _ if name.endswith("Pr"):
            return ""  # how a part of it looks
        case _:
            return _all(equation)


def _all(parent: _Element) -> str:
    return "".join(_texts(parent))


def _texts(parent: _Element) -> Iterator[str]:
    for each in parent:
        name = str(each.tag).rpartition("}")[2]
        # Within an equation, words may also be in runs of Word's own; what was deleted is in other elements.
        if str(each.tag).startswith(MATHS) or name in ("r", "ins", "moveTo", "sdt", "sdtContent"):
            yield read_maths(each)
        elif name == "t":
            yield each.text or ""


def _inner(parent: _Element, name: str) -> str:
    child = parent.find(MATHS + name)
    return _all(child) if child is not None else ""


def _part(parent: _Element, name: str) -> str:
    """
    Return a part of an equation, in brackets if it is more than one number or name.
    """
    inner = _inner(parent, name)
    return inner if _SIMPLE.fullmatch(inner) else f"({inner})"


def _sign(parent: _Element, looks: str, name: str, usual: str) -> str:
    """
    Return a sign that an equation is drawn with.
    """
    given = parent.find(f"{MATHS}{looks}/{MATHS}{name}")
    return usual if given is None else given.get(f"{MATHS}val", "")
