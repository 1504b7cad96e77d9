"""
Words as Word wants them: escaped, in runs, in paragraphs.

Everything is a string of OOXML. Without a tree, the writer is as fast as joining strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.formats.word.ledger import Ledger
from reflect.text.nodes import Break, Code, Emphasis, Inline, Link, Span, Strong, Text

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Characters that cannot be written to XML as they are: signs, and all controls with line ends and tabs.
_SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_ENDS = re.compile("\r\n|\r")
#: Line ends and tabs within a text, which are elements in Word.
_BETWEEN = re.compile("([\n\t])")
_ELEMENTS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
#: An empty line within a text.
_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")

#: For a place where nothing is written: Word drops a run without text.
NBSP = "\u00a0"
TAB = "<w:r><w:tab/></w:r>"

#: The style of a run where two looks meet, since a run has only one. For other pairs the inner look wins.
_MEETING = {
    ("Strong", "Emphasis"): "ReflectStrongEmphasis",
    ("Emphasis", "Strong"): "ReflectStrongEmphasis",
    ("ReflectStrongEmphasis", "Strong"): "ReflectStrongEmphasis",
    ("ReflectStrongEmphasis", "Emphasis"): "ReflectStrongEmphasis",
    ("Strong", "ReflectTyped"): "ReflectStrongTyped",
    ("ReflectStrongEmphasis", "ReflectTyped"): "ReflectStrongTyped",
    ("Strong", "Hyperlink"): "ReflectStrongLink",
    ("ReflectStrongEmphasis", "Hyperlink"): "ReflectStrongLink",
    ("ReflectStrongLink", "Strong"): "ReflectStrongLink",
    ("ReflectStrongLink", "Emphasis"): "ReflectStrongLink",
    ("ReflectStrongLink", "ReflectTyped"): "ReflectStrongLink",
    ("ReflectStrongLink", "ReflectMuted"): "ReflectStrongLink",
    ("Hyperlink", "Strong"): "ReflectStrongLink",
    ("Hyperlink", "Emphasis"): "Hyperlink",
    ("Hyperlink", "ReflectTyped"): "Hyperlink",
    ("Hyperlink", "ReflectMuted"): "Hyperlink",
}
#: Looks at the edges of a heading, which looks inside them do not change.
_FIRM = frozenset({"ReflectLabel", "ReflectAside"})
_SPANS = {
    "label": "ReflectLabel",
    "aside": "ReflectAside",
    "muted": "ReflectMuted",
    "band": "ReflectLabel",
    "speaks": "Strong",
    "silent": "ReflectMuted",
}


def escape_xml(text: str) -> str:
    """
    Return a text escaped for XML, for an element or an attribute in double quotes.

    A document's texts are clean already, but what XML forbids still becomes U+FFFD,
    because Word does not open a file with a single such character.
    """
    if not _SPECIAL.search(text):
        return text
    return _clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def run(text: str, style: str = "") -> str:
    """
    Return a run in a character style; line ends and tabs in it become Word's own.
    """
    if not text:
        return ""
    looks = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    if not _SPECIAL.search(text):
        return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'
    text = escape_xml(_ENDS.sub("\n", text))
    if "\n" not in text and "\t" not in text:
        return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'
    parts = (_ELEMENTS.get(part) or f'<w:t xml:space="preserve">{part}</w:t>' for part in _BETWEEN.split(text) if part)
    return f"<w:r>{looks}{''.join(parts)}</w:r>"


def paragraph(style: str, inner: str, number: str = "") -> str:
    """
    Return a paragraph in a style; *number* is its place in a list.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{number}</w:pPr>{inner}</w:p>'


def paragraphs(style: str, text: str) -> str:
    """
    Return a text in paragraphs, which empty lines divide.
    """
    return "".join(paragraph(style, run(part)) for part in _GAP.split(_ENDS.sub("\n", _clean(text)).strip("\n")))


def runs(children: Iterable[Inline], ledger: Ledger, style: str = "") -> str:
    out: list[str] = []
    for child in children:
        if type(child) is Text:  # most of them are, and matching classes is slow
            out.append(run(child.text, style))
            continue
        match child:
            case Code(text):
                out.append(run(text, _within(style, "ReflectTyped")))
            case Strong(inner):
                out.append(runs(inner, ledger, _within(style, "Strong")))
            case Emphasis(inner):
                out.append(runs(inner, ledger, _within(style, "Emphasis")))
            case Span(name, inner):
                out.append(runs(inner, ledger, _within(style, _SPANS.get(name, style))))
            case Link(to, inner):
                words = runs(inner, ledger, _within(style, "Hyperlink"))
                out.append(f'<w:hyperlink r:id="{ledger.link(to)}" w:history="1">{words}</w:hyperlink>')
            case Break():
                out.append("<w:r><w:br/></w:r>")
    return "".join(out)


def _within(outer: str, inner: str) -> str:
    return outer if outer in _FIRM else _MEETING.get((outer, inner), inner)
