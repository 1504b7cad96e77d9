"""
Read an item of a list: as a question with its hint and its probes, or as a step with its hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.pages.attributes import (
    PART_FLAGS,
    QUESTION_FLAGS,
    QUESTION_NAMES,
    STEP_NAMES,
    Inherited,
    read_answering,
    read_flags,
    read_inherited,
    read_plain_form,
    read_step_attributes,
)
from reflect.pages.blocks import line_of, name_of
from reflect.pages.braces import read_braces
from reflect.pages.keys import KeysUnder
from reflect.pages.limits import PageReading
from reflect.pages.unasked import find_box, find_bullets_in_item, find_unread_steps
from reflect.pages.values import read_plain_text
from reflect.questions.question import Mode, Question, Step
from reflect.text.nodes import Item, Listing, Paragraph


def read_question(
    reading: PageReading, item: Item, keys: KeysUnder, above: Inherited, roles: tuple[str, ...]
) -> Question | None:
    """
    Return the question of an item; None and a fault if it has none.
    """
    line = line_of(item)
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph):
        reading.add_fault(line, "an item does not begin with a question", "write the question straight after '- '")
        return None
    indent = _indent_of(reading.lines[item.lines[0]]) + 2
    _find_lines_at_margin(reading, first, indent)
    find_box(reading, first.raw, line)
    find_bullets_in_item(reading, first)
    braces = read_braces(reading, first.raw, line, QUESTION_FLAGS, QUESTION_NAMES)
    text = read_plain_text(reading, braces.text, line, "a question")
    if not text:
        reading.add_fault(line, "a question has no words", "write the question, or take the item out")
        return None
    hint, rest = "", item.blocks[1:]
    probes: tuple[str, ...] = ()
    match rest:
        case (Paragraph() as paragraph, *_):
            _find_lines_at_margin(reading, paragraph, indent)
            find_bullets_in_item(reading, paragraph, hint=True)
            hint = read_plain_text(reading, paragraph.raw, line_of(paragraph), "a hint")
            rest = rest[1:]
    match rest:
        case (Listing(start=None) as listing, *_):
            probes = _read_lines(reading, listing, indent, "a probe")
            rest = rest[1:]
    for block in rest:
        remedy = "write one paragraph as a hint, and then probes"
        mend = (
            tuple(map(line_of, block.items))
            if isinstance(block, Listing) and block.start is None and not probes
            else ()
        )
        reading.add_fault(line_of(block), f"{name_of(block)} does not belong under a question", remedy, mend)
    inherited = read_inherited(reading, line, braces.values, above, roles)
    return Question(
        key=keys.take(reading, line, braces.key, text, keys.room),
        text=text,
        hint=hint,
        probes=probes,
        plain=read_plain_form(reading, line, braces.values, text),
        answering=read_answering(reading, line, braces.values),
        **read_flags(braces.flags),
        **inherited.fields,
    )


_NUMBER = re.compile(r"\s*\d{1,9}[.)]")


def read_step(
    reading: PageReading, item: Item, keys: KeysUnder, mode: Mode, above: Inherited, roles: tuple[str, ...]
) -> Step | None:
    """
    Return the step of an item; None and a fault if it has none.

    Args:
        mode: What is done in its part.
    """
    line = line_of(item)
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph):
        reading.add_fault(line, "an item does not begin with a step", "write what is done straight after the number")
        return None
    number = _NUMBER.match(reading.lines[item.lines[0]].expandtabs(4))
    indent = number.end() + 1 if number else 3
    _find_lines_at_margin(reading, first, indent)
    find_box(reading, first.raw, line)
    find_unread_steps(reading, first, first.lines[0] + 1)
    braces = read_braces(reading, first.raw, line, PART_FLAGS, STEP_NAMES)
    text = read_plain_text(reading, braces.text, line, "a step")
    if not text:
        reading.add_fault(line, "a step has no words", "write what is done, or take the item out")
        return None
    if len(braces.flags) > 1:
        reading.add_fault(line, f"a step is {' and '.join(f'.{flag}' for flag in braces.flags)}", "keep one of them")
    hint, rest = "", item.blocks[1:]
    match rest:
        case (Paragraph() as paragraph, *_):
            _find_lines_at_margin(reading, paragraph, indent)
            find_unread_steps(reading, paragraph, paragraph.lines[0] + 1)
            hint = read_plain_text(reading, paragraph.raw, line_of(paragraph), "a hint")
            rest = rest[1:]
    match rest:
        case (Listing(start=None) as listing, *_):
            hint = _join_words((hint, *_read_lines(reading, listing, indent, "a line under a step")))
            rest = rest[1:]
    for block in rest:
        numbered = isinstance(block, Listing) and block.start is not None
        what = f"{'a numbered list' if numbered else name_of(block)} does not belong under a step"
        remedy = "begin each line with '- '" if numbered else "write one paragraph as a hint, and then one '- ' list"
        reading.add_fault(line_of(block), what, f"{remedy}; or make it a step of its own")
    return Step(
        key=keys.take(reading, line, braces.key, text, keys.room),
        text=text,
        hint=hint,
        mode=Mode(braces.flags[0]) if braces.flags else mode,
        **read_step_attributes(reading, line, braces.values, above, roles),
    )


def _read_lines(reading: PageReading, listing: Listing, indent: int, name: str) -> tuple[str, ...]:
    """
    Return the lines of a list under an item, each of which is called *name*.
    """
    lines = []
    for item in listing.items:
        match item.blocks:
            case (Paragraph() as line,):
                _find_lines_at_margin(reading, line, indent)
                find_box(reading, line.raw, line_of(item))
                find_bullets_in_item(reading, line)
                lines.append(read_plain_text(reading, line.raw, line_of(item), name))
            case _:
                remedy = f"write each {name.removeprefix('a ').partition(' ')[0]} as one '- ' line"
                reading.add_fault(line_of(item), f"{name} is more than one line", remedy)
    return tuple(filter(None, lines))


def _join_words(texts: Iterable[str]) -> str:
    """
    Join texts into one paragraph, with a semicolon behind each that ends without a sign.
    """
    joined = ""
    for text in filter(None, texts):
        behind = "; " if joined and joined[-1] not in ".!?…:;," else " "
        joined = f"{joined}{behind}{text}" if joined else text
    return joined


def _indent_of(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _find_lines_at_margin(reading: PageReading, paragraph: Paragraph, indent: int) -> None:
    """
    Add a fault for each line of a paragraph that is indented less than its item, as Markdown allows.
    """
    start, end = paragraph.lines
    for n in range(start + 1, end):
        line = reading.lines[n]
        if line.strip() and _indent_of(line) < indent:
            remedy = "indent it if it belongs to the item, or put an empty line before it"
            reading.add_fault(n + 1, "a line at the margin runs into the item above it", remedy)
