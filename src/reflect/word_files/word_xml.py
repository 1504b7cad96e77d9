"""
The elements of WordprocessingML, and how their switches and numbers are written.
"""

from __future__ import annotations

from reflect.files.xml import XmlElement

#: WordprocessingML, and the namespace of its elements as a tree has it.
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Relations between parts, as attributes name them.
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def value_of(parent: XmlElement | None, name: str) -> str | None:
    """
    Return the value of a child of an element, or None if the element has no child of that name.
    """
    child = parent.find(W + name) if parent is not None else None
    return child.get(f"{W}val", "") if child is not None else None


def is_on(parent: XmlElement | None, name: str) -> bool | None:
    """
    Whether a child of an element switches something on; None if the element has no child of that name.
    """
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else means_on(child.get(f"{W}val", "1"))


def means_on(value: str | None, otherwise: bool = False) -> bool:
    """
    Whether the value of a switch means on; *otherwise* is for a switch without a value.
    """
    return otherwise if value is None else value not in ("0", "false", "off", "none")


def number_in(text: str | None) -> int:
    """
    Return a text as a number; 0 if it is not a number, or too long to be one.
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
