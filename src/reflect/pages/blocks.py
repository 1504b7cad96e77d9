"""
The blocks of a page: their names and lines, and those that are guidance or notes.
"""

from __future__ import annotations

import re

from reflect.pages.limits import DEEPEST_LIST, PageReading
from reflect.pages.markup import find_html
from reflect.text import markdown
from reflect.text.nodes import Block, CodeBlock, Fence, Heading, Item, Listing, Paragraph, Quotation, Read, Rule, Table

_NAMES: dict[type[object], str] = {
    Listing: "a list", Quotation: "a quotation", CodeBlock: "an indented block", Rule: "a horizontal line",
    Table: "a table", Fence: "a fenced block", Heading: "a heading", Paragraph: "a paragraph",
}  # fmt: skip
#: What to do about lists and quotations that are nested too deep.
TOO_DEEP = (f"lists or quotations are nested more than {DEEPEST_LIST} deep", "write them as one list")


def name_of(block: Block) -> str:
    """
    Return what people call a block, such as "a list".
    """
    return _NAMES[type(block)]


def line_of(block: Block | Item) -> int:
    """
    Return the line on which a block begins, counted from 1.
    """
    lines: tuple[int, int] = getattr(block, "lines", (0, 0))
    return lines[0] + 1


def has_questions(block: Block) -> bool:
    """
    Return whether a block is a list of questions: one with hyphens. Any other list is guidance.
    """
    return isinstance(block, Listing) and block.start is None and block.sign == "-"


def read_guidance(reading: PageReading, block: Read) -> str:
    lines = reading.lines[slice(*block.lines)]
    return _check_guidance(reading, block, "\n".join(line.rstrip() for line in lines).strip("\n"))


def read_note(reading: PageReading, block: Quotation) -> str:
    """
    Return a note without the signs of a quotation.
    """
    for n in range(*block.lines):
        line = reading.lines[n].strip()
        if line and not line.startswith(">"):
            what = "a line at the margin runs into the quotation above it"
            reading.add_fault(n + 1, what, "put '> ' or an empty line before it")
    lines = (re.sub(r"^ {0,3}> ?", "", line).rstrip() for line in reading.lines[slice(*block.lines)])
    return _check_guidance(reading, block, "\n".join(lines).strip("\n"))


def _check_guidance(reading: PageReading, block: Read, text: str) -> str:
    """
    Return the text of guidance or a note, and add a fault for whatever does not belong in it.
    """
    line = line_of(block)
    find_html(reading, text, line)
    if markdown.has_picture(text):
        reading.add_fault(line, "a picture does not belong on a page", "say in words what it shows")
    if _depth_of(block) > DEEPEST_LIST:
        reading.add_fault(line, *TOO_DEEP)
    return text


def _depth_of(block: Block) -> int:
    deepest, todo = 0, [(block, 1)]
    while todo:
        outer, depth = todo.pop()
        deepest = max(deepest, depth)
        inner: tuple[Block, ...] = ()
        match outer:
            case Listing():
                inner = tuple(each for item in outer.items for each in item.blocks)
            case Quotation():
                inner = outer.blocks
            case _:
                pass
        todo += [(each, depth + 1) for each in inner if not isinstance(each, Paragraph)]
    return deepest
