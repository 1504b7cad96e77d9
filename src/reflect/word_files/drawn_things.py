"""
What is drawn in a Word file: text boxes, whose words are read, and pictures and charts, which are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.files.xml import XmlElement
from reflect.word_files.word_elements import DRAWN_KINDS
from reflect.word_files.word_file import Beside
from reflect.word_files.word_xml import MC, W

_BOX = f"{W}txbxContent"
#: Words in a shape that is not a text box of Word's.
_DRAWN_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def choose_form(either: XmlElement) -> XmlElement:
    """
    Choose between the forms of something for new and for old readers: the first with text in it.
    """
    forms = [each for each in either if each.tag in (f"{MC}Choice", f"{MC}Fallback")]
    return next((each for each in forms if any(t.text for t in each.iter(f"{W}t"))), forms[0] if forms else either)


def read_drawn(drawn: XmlElement) -> tuple[list[XmlElement], Beside | None]:
    """
    Return the text boxes in something drawn, and what else it is, if it is more than boxes.
    """
    boxes: list[XmlElement] = []
    kinds: set[str] = set()
    for each in _elements_of(drawn):
        name = str(each.tag).rpartition("}")[2]
        if each.tag == _BOX:
            boxes.append(each)
        elif name == "textpath" and each.get("string"):
            kinds.add(name)  # words drawn as a picture
        elif each.tag == _DRAWN_WORDS and each.text:
            kinds.add("words")
        elif name in DRAWN_KINDS:
            kinds.add(name)
    kind = next((kind for name, kind in DRAWN_KINDS.items() if name in kinds), None)
    return boxes, kind or (None if boxes and not kinds else Beside.DRAWING)


def _elements_of(parent: XmlElement) -> Iterator[XmlElement]:
    """
    Give the elements of something drawn, once each, without those within its text boxes.
    """
    waiting = [choose_form(parent) if parent.tag == f"{MC}AlternateContent" else parent]
    while waiting:
        each = waiting.pop()
        yield each
        if each.tag != _BOX:
            inner = [choose_form(child) if child.tag == f"{MC}AlternateContent" else child for child in each]
            waiting += reversed(inner)
