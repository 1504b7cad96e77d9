"""
Reads an equation in Word as one line of text: a half is ``1/2``, and a square is ``x^2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.files.xml import XmlElement
from reflect.word_files.word_file import Beside
from reflect.word_files.word_styles import is_struck
from reflect.word_files.word_xml import W, is_on, means_on

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: What stands alone beside a sign of arithmetic: a number, a name, or something in brackets.
_SIMPLE = re.compile(r"[^\W_]*|[\d.,]+|\([^()]*\)")


#: The lines with which a box in an equation crosses its content out.
_STRIKES = ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")


def unsaid_in_maths(equation: XmlElement) -> tuple[Beside, ...]:
    """
    Return what in an equation is left out: words that are crossed out, or hidden.
    """
    kinds = (_unsaid(each) for each in equation.iter(f"{MATHS}r", f"{W}r", f"{MATHS}borderBox"))
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def _unsaid(part: XmlElement) -> Beside | None:
    """
    Return why a run or a box of an equation is left out; None if it is read.
    """
    if part.tag == f"{MATHS}borderBox":
        looks = part.find(f"{MATHS}borderBoxPr")
        lines = [] if looks is None else [each for each in looks if each.tag in {MATHS + name for name in _STRIKES}]
        return Beside.STRUCK if any(means_on(each.get(f"{MATHS}val", "1")) for each in lines) else None
    looks = part.find(f"{W}rPr")
    return Beside.STRUCK if is_struck(looks) else Beside.HIDDEN if is_on(looks, "vanish") else None


def read_maths(equation: XmlElement) -> str:
    """
    Return an equation, or a part of one, as one line, without what is crossed out or hidden in it.
    """
    name = equation.tag.removeprefix(MATHS) if isinstance(equation.tag, str) else ""
    if name in ("r", "borderBox", f"{W}r") and _unsaid(equation):
        return ""
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


def _all(parent: XmlElement) -> str:
    return "".join(_texts(parent))


def _texts(parent: XmlElement) -> Iterator[str]:
    for each in parent:
        name = str(each.tag).rpartition("}")[2]
        # Within an equation, words may also be in runs of Word's own; what was deleted is in other elements.
        if str(each.tag).startswith(MATHS) or name in ("r", "ins", "moveTo", "sdt", "sdtContent"):
            yield read_maths(each)
        elif name == "t":
            yield each.text or ""


def _inner(parent: XmlElement, name: str) -> str:
    child = parent.find(MATHS + name)
    return _all(child) if child is not None else ""


def _part(parent: XmlElement, name: str) -> str:
    """
    Return a part of an equation, in brackets if it is more than one number or name.
    """
    inner = _inner(parent, name)
    return inner if _SIMPLE.fullmatch(inner) else f"({inner})"


def _sign(parent: XmlElement, looks: str, name: str, usual: str) -> str:
    """
    Return a sign that an equation is drawn with.
    """
    given = parent.find(f"{MATHS}{looks}/{MATHS}{name}")
    return usual if given is None else given.get(f"{MATHS}val", "")
