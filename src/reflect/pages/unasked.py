"""
What looks like questions or steps on a page, and is not read as such: the slip that is in the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.files.slips import find_slip, name_slip
from reflect.pages.blocks import has_questions, line_of
from reflect.pages.limits import PageReading
from reflect.pages.typed_signs import BOXES, find_bullet, find_letter, is_question
from reflect.text.nodes import Item, Listing, Paragraph, Read

#: How an item and a heading begin.
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ ]")
_HEADING = re.compile(r"#{1,6}[ ]")
#: The same without the space.
_NO_SPACE_AFTER_HASH = re.compile(r"(#{1,6})[^\W\d_]")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"-[^\W\d_]")
#: A box to tick at the beginning of an item, as task lists have it, or as it is printed.
_BOX = re.compile(rf"\[[\s\u00a0xX✓✔-]?\](?=\s)|[{BOXES}]")
#: How a line begins that was meant as a step, whatever is in the way.
_NUMBERED = re.compile(
    r"(?P<item>\d{1,3}[.)])\s"
    r"|(?P<close>\d{1,3}[.)])(?=[^\W\d_])"
    r"|(?P<other>\(\d{1,2}\)|[a-z]\)|[\u2460-\u2473\u24f5-\u24fe\u2776-\u2793]|(?:Step|STEP|step)\s+\d{1,2}\s*[.:)])"
)
#: The ways out, where something is not a question.
_OR_SAY = ", or put {.do} behind the heading if something is done or said in it (.say, .draw, .write … say what)"
_OR_DO = ", or put {.do} behind the heading if they are steps (.say, .draw, .write … say what is done)"
_OR_DO_ON_PAGE = ", or put {.do} behind the title if they are steps ('does: do' in front matter)"
_OR_NUMBER_ON_PAGE = ", or number the steps (1. 2. 3.) and put {.do} behind the title"
#: What is wrong with bullets where something is done, and the ways out.
BULLETS_WHERE_DONE = (
    "something is done in this part, and its list begins with -, as questions do",
    "number the steps (1. 2. 3.), or take .{} out so that the part asks; a list that is only read begins with *",
)
#: The same for a page without parts.
_DONE_ON_PAGE = "number the steps (1. 2. 3.), or take what is done out of the title, so that the page asks"
_IN_A_LIST = "put '- ' before each question"


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
        remedy = f"begin each question with '- '{_or_do(block, whole)}"
        reading.add_fault(line_of(block), what, remedy, tuple(map(line_of, block.items)) if block.start is None else ())
        return True
    return _find_slips_in_paragraph(reading, block)


def _or_do(block: Listing, whole: bool) -> str:
    """
    The other way out for a list that asks nothing as it stands: numbers may be steps.
    """
    if block.start is None:
        return _OR_NUMBER_ON_PAGE if whole else _OR_SAY
    return _OR_DO_ON_PAGE if whole else _OR_DO


def explain_bullets(mode: str, whole: bool) -> tuple[str, str]:
    """
    Return what is wrong with bullets where something is done, and both ways out.
    """
    what, remedy = BULLETS_WHERE_DONE
    return what.replace("this part", "this page") if whole else what, _DONE_ON_PAGE if whole else remedy.format(mode)


def find_unread_steps(reading: PageReading, paragraph: Paragraph, start: int, bullets: bool = True) -> None:
    """
    Add a fault for each line of a paragraph, from line *start* on, that was meant as a step of its own.

    Args:
        bullets: Whether a bullet begins such a line; where something is said, it may begin what is only read.
    """
    for n in range(start, paragraph.lines[1]):
        line = reading.lines[n].strip(" \t")
        if (slip := find_slip(line, _ITEM.match)) and (_is_bullet(line) if bullets else line[0].isdigit()):
            # A hyphen instead of a bullet would be a question.
            remedy = slip.remedy if slip.at else "write '1. …' for a step, or '* …' in a list that is only read"
            reading.add_fault(n + 1, f"the line has {slip.what}, so it is not read as a step", remedy)
        elif match := _NUMBERED.match(line):
            if match["item"]:
                what = "the line runs into the one above, so it is not read as a step"
                remedy = "put an empty line between them"
            elif match["close"]:
                what, remedy = f"there is no space after {match['close']}", f"write '{match['close']} …'"
            else:
                what, remedy = f"the line begins with {match['other']}, so it is not read as a step", "write '1. …'"
            reading.add_fault(n + 1, what, remedy)


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
        if explanation := explain_bullet(line):
            what, remedy = explanation
            reading.add_fault(n + 1, f"{what}, so it is not read as one of a list", remedy, numbers_of(paragraph))
            return True
    return False


def numbers_of(paragraph: Paragraph) -> range:
    """
    Return the numbers of the lines of a paragraph, counted from 1.
    """
    return range(paragraph.lines[0] + 1, paragraph.lines[1] + 1)


def explain_bullet(line: str) -> tuple[str, str] | None:
    """
    Return what a line begins with that people see as a bullet and Markdown does not, and what to do.
    """
    if _BOX.match(line):
        return "the line begins with a box to tick", "write '- ' instead; {answer=tick} behind a question prints a box"
    if (_is_bullet(line) or is_question(line)) and (slip := find_slip(line, _ITEM.match)):
        return f"the line has {slip.what}", slip.remedy
    if bullet := find_bullet(line):
        plain = bullet.typed.isascii()
        number = f"'{bullet.typed}'" if plain else f"a sign like a bullet (U+{ord(bullet.typed[0]):04X})"
        return f"the line begins with {number}", "type a hyphen and a space (- )"
    if letter := find_letter(line):
        return f"the line begins with '{letter}'", "write '- …' for a question, or '1. …' for a step"
    return None


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


def find_bullets_in_item(reading: PageReading, paragraph: Paragraph, *, hint: bool = False) -> None:
    """
    Add a fault for each line of a hint, or later line of a question, that begins with a bullet: it would run into the
    line above.
    """
    for n in range(paragraph.lines[0] + (not hint), paragraph.lines[1]):
        line = reading.lines[n].strip(" \t")
        if explanation := explain_bullet(line):
            what, remedy = explanation
            reading.add_fault(n + 1, f"{what}, so it runs into the one above", remedy, numbers_of(paragraph))


def explain_no_questions(reading: PageReading, blocks: Iterable[Read], line: int | None, name: str) -> None:
    """
    Add a fault that a part, or the page, asks nothing, at the line that looks like a question, or at its heading.

    Args:
        blocks: What is directly in it.
        line: The line of its heading; none for the page.
        name: "the part" or "the page".
    """
    whole = line is None
    parts = [block for block in blocks if isinstance(block, (Paragraph, Listing)) and not has_questions(block)]
    for block in parts:
        if isinstance(block, Listing):
            what = f"{name} asks nothing: this list is guidance"
            reading.add_fault(line_of(block), what, f"begin each question with '- '{_or_do(block, whole)}")
            return
        for n in range(*block.lines):
            if found := _explain_line(reading.lines[n].strip(" \t")):
                what, remedy = found
                mend = numbers_of(block) if remedy != _IN_A_LIST else ()
                reading.add_fault(n + 1, f"{name} asks nothing: {what}", remedy, mend)
                return
    if whole:
        remedy = (
            "write questions in a '- ' list, or put {.do} behind a heading and number the steps below it (1. 2. 3.)"
        )
    else:
        remedy = f"write questions in a '- ' list{_OR_SAY if parts else f'{_OR_SAY}, or take its heading out'}"
    reading.add_fault(line, f"{name} asks nothing", remedy)


def explain_nothing_done(reading: PageReading, line: int | None) -> None:
    """
    Add a fault that nothing is done on a page that says so.
    """
    remedy = "number the steps (1. 2. 3.), or take what is done out of the title and begin each question with '- '"
    reading.add_fault(line, "nothing is done on the page: it has no steps", remedy)


def _explain_line(line: str) -> tuple[str, str] | None:
    """
    Return why a line of a paragraph is not a question, and what to do, if it looks like one.
    """
    if slip := find_slip(line, _ITEM.match):
        return f"this line begins with {slip.what}" if slip.at == 0 else f"this line has {slip.what}", slip.remedy
    if _NO_SPACE_AFTER_HYPHEN.match(line):
        return "there is no space after the hyphen", "write '- …'"
    if is_question(line):
        return "this question is not in a list", _IN_A_LIST
    return None
