"""
What looks like questions on a page, and is not read as questions: the slip that is in the way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reflect.files.slips import find_slip, name_slip
from reflect.pages.blocks import has_questions, line_of
from reflect.pages.limits import PageReading
from reflect.text.nodes import Item, Listing, Paragraph, Read

#: How an item and a heading begin.
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ ]")
_HEADING = re.compile(r"#{1,6}[ ]")
#: The same without the space.
_NO_SPACE_AFTER_HASH = re.compile(r"(#{1,6})[^\W\d_]")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"-[^\W\d_]")
#: A box to tick at the beginning of an item, as task lists have it, or as it is printed.
_BOX = re.compile(r"\[[\s\u00a0xX✓✔-]?\](?=\s)|[☐☑☒✅⬜🗹]")
_OR_SAY = ", or put {.say} behind the heading if nothing is asked"


def find_unread_questions(reading: PageReading, block: Paragraph | Listing, whole: bool) -> bool:
    """
    Add a fault if a block of guidance was meant as questions or as a heading; return whether it was.

    It was if a line of a paragraph begins like an item, but for a sign that nobody sees, or if a list with other signs
    has only questions. *whole* is whether the block is in no part.
    """
    if isinstance(block, Listing):
        asked = [item for item in block.items if _is_item_a_question(item)]
        if not asked or len(asked) < len(block.items):
            return False
        sign = f"{block.start}{block.sign}" if block.start is not None else block.sign
        what = f"these questions are guidance, because their list begins with {sign}"
        reading.add_fault(line_of(block), what, f"begin each question with '- '{'' if whole else _OR_SAY}")
        return True
    return _find_slips_in_paragraph(reading, block)


def _is_item_a_question(item: Item) -> bool:
    first = item.blocks[0] if item.blocks else None
    return isinstance(first, Paragraph) and is_question(first.raw)


def _find_slips_in_paragraph(reading: PageReading, paragraph: Paragraph) -> bool:
    """
    Add a fault for the first line of a paragraph that was meant as an item or a heading; return whether there is one.
    """
    for n in range(*paragraph.lines):
        line = reading.lines[n].strip(" \t")
        if explanation := explain_heading(line):
            reading.add_fault(n + 1, *explanation)
            return True
        if _is_bullet(line) and (slip := find_slip(line, _ITEM.match)):
            reading.add_fault(n + 1, f"the line has {slip.what}, so it is not read as one of a list", slip.remedy)
            return True
    return False


def explain_heading(line: str, least: int = 2) -> tuple[str, str] | None:
    """
    Return why a line is not read as a heading, and what to do, if it looks like one with at least so many signs.
    """
    if slip := find_slip(line, _HEADING.match):
        return f"the line has {slip.what}, so it is not read as a heading", slip.remedy
    if (sign := _NO_SPACE_AFTER_HASH.match(line)) and len(sign[1]) >= least:
        return f"there is no space after {sign[1]}", f"write '{sign[1]} …'"
    return None


def explain_indent(line: str) -> tuple[str, str] | None:
    """
    Return what a line is indented with and what to do, if it is a space of another kind.
    """
    indent = line[: len(line) - len(line.lstrip())]
    slips = filter(None, (name_slip(sign) for sign in indent if sign != "\t"))
    return next(((f"the line is indented with {slip.what}", slip.remedy) for slip in slips), None)


def _is_bullet(line: str) -> bool:
    """
    Whether a line begins as no sentence does; a dash may begin one.
    """
    return not line.startswith(("–", "—", "―", "−"))


def find_box(reading: PageReading, raw: str, line: int) -> None:
    """
    Add a fault if an item begins with a box to tick.
    """
    if _BOX.match(raw):
        remedy = "take it out, or write \\[ to print it; {answer=tick} behind a question prints a box"
        reading.add_fault(line, "an item begins with a box to tick", remedy)


def find_bullets_in_item(reading: PageReading, paragraph: Paragraph) -> None:
    """
    Add a fault for each later line of a question or hint that begins with a bullet: it would run into the line above.
    """
    for n in range(paragraph.lines[0] + 1, paragraph.lines[1]):
        line = reading.lines[n].strip(" \t")
        if (slip := find_slip(line, _ITEM.match)) and _is_bullet(line):
            reading.add_fault(n + 1, f"the line has {slip.what}, so it runs into the one above", slip.remedy)


def explain_no_questions(reading: PageReading, blocks: Iterable[Read], line: int | None, name: str) -> None:
    """
    Add a fault that a part, or the page, asks nothing, at the line that looks like a question, or at its heading.

    Args:
        blocks: What is directly in it.
        line: The line of its heading; none for the page.
        name: "the part" or "the page".
    """
    or_say = "" if line is None else _OR_SAY
    parts = [block for block in blocks if isinstance(block, (Paragraph, Listing)) and not has_questions(block)]
    for block in parts:
        if isinstance(block, Listing):
            what = f"{name} asks nothing: this list is guidance"
            reading.add_fault(line_of(block), what, f"begin each question with '- '{or_say}")
            return
        for n in range(*block.lines):
            if found := _explain_line(reading.lines[n].strip(" \t")):
                what, remedy = found
                reading.add_fault(n + 1, f"{name} asks nothing: {what}", remedy)
                return
    remedy = f"write questions in a '- ' list{or_say if parts or not or_say else ', or take its heading out'}"
    reading.add_fault(line, f"{name} asks nothing", remedy)


def _explain_line(line: str) -> tuple[str, str] | None:
    """
    Return why a line of a paragraph is not a question, and what to do, if it looks like one.
    """
    if slip := find_slip(line, _ITEM.match):
        return f"this line begins with {slip.what}" if slip.at == 0 else f"this line has {slip.what}", slip.remedy
    if _NO_SPACE_AFTER_HYPHEN.match(line):
        return "there is no space after the hyphen", "write '- …'"
    if is_question(line):
        return "this question is not in a list", "put '- ' before each question"
    return None


def is_question(text: str) -> bool:
    """
    Whether a text ends with a question mark, of whatever script.
    """
    last = re.sub(r"[\s\"'”’)\]*_}]+\Z", "", re.sub(r"\{[^{}]*\}\s*\Z", "", text))[-1:]
    return bool(last) and (last == "?" or unicodedata.name(last, "").endswith("QUESTION MARK"))
