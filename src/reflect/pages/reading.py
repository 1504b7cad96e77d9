"""
Read a model from its page.

``docs/reference/page-dialect.md`` describes the dialect. Reading what `reflect.pages.writing.write_model`
wrote gives the same model, and writing and reading again changes nothing more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import attrs

from reflect.errors import Faults, Refused
from reflect.pages.attributes import PART_FLAGS, PART_NAMES, Inherited, read_inherited
from reflect.pages.blocks import TOO_DEEP, has_questions, line_of, name_of, read_guidance, read_note
from reflect.pages.braces import key_in_braces, read_braces
from reflect.pages.front_matter import find_front_matter, read_front_matter
from reflect.pages.items import read_question
from reflect.pages.keys import KeysUnder
from reflect.pages.limits import PageReading, empty_long_runs, start_reading
from reflect.pages.markup import leave_out_comments
from reflect.pages.unasked import explain_indent, explain_no_questions, find_unread_questions
from reflect.pages.values import PageValue, read_plain_text
from reflect.questions.model import Head, Model
from reflect.questions.question import Mode, Question
from reflect.questions.sets import QuestionSet
from reflect.text import markdown
from reflect.text.nodes import Heading, Listing, Paragraph, Quotation, Read


def read_model(text: str, where: str = "page.md") -> Model:
    """
    Read a model from the text of its page.

    Raises:
        Faults: Everything wrong with the page, in the order of its lines.
    """
    reading = start_reading(text, where)
    front = find_front_matter(reading.lines)
    body = leave_out_comments(reading, front.end, reading.lines[front.end :])
    empty_long_runs(reading, front.end, body)
    reading.lines[front.end :] = body
    try:
        blocks = markdown.read_page("\n" * front.end + "\n".join(body))
    except Refused:  # so deep that the parser would drop words
        reading.add_fault(None, *TOO_DEEP)
        raise Faults(reading.faults) from None
    title, key = "", ""
    match blocks:
        case (Heading(level=1) as heading, *_):
            title, key = _read_title(reading, heading, line_of(heading))
            blocks = blocks[1:]
    head = read_front_matter(reading, front, title, key)
    whole = _read_parts(reading, blocks, head)
    if not reading.cut:
        _explain_parts_without_questions(reading, whole)
    reading.faults.raise_if_any()
    questions = attrs.evolve(whole.as_set(), shape=head.shape, whose=str(head.whose), record=head.record)
    return Model(head=head, questions=questions)


def read_head(text: str, where: str = "page.md") -> Head:
    """
    Read only what a page says about its model: the front matter, or the title of the smallest page.

    Raises:
        Faults: What is wrong with it.
    """
    reading = start_reading(text, where)
    front = find_front_matter(reading.lines)
    lines = reading.lines[front.end :]
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    first = list(itertools.takewhile(str.strip, lines[start:]))
    title, key = "", ""
    # Parse only what may be a heading: a full page has its title in front matter, and a catalogue lists many pages.
    if first and (first[0].lstrip().startswith("#") or any(not line.strip("= \t") for line in first[1:])):
        match markdown.read_page("\n".join(first)):
            case (Heading(level=1) as heading, *_):
                title, key = _read_title(reading, heading, front.end + start + 1)
    head = read_front_matter(reading, front, title, key)
    reading.faults.raise_if_any()
    return head


def _read_title(reading: PageReading, heading: Heading, line: int) -> tuple[str, str]:
    """
    The title in the heading at the top of a page, and the key in its braces.
    """
    braces = read_braces(reading, heading.raw, line)
    return read_plain_text(reading, braces.text, line, "a title"), braces.key


@attrs.define(kw_only=True)
class _PagePart:
    """
    A part while it is read; the whole page is a part of level 1.
    """

    level: int
    line: int
    title: str
    keys: KeysUnder
    inherited: Inherited
    mode: Mode = Mode.ASK
    minutes: tuple[int, int] | None = None
    at_most: int | None = None
    guidance: list[str] = attrs.field(factory=list)
    notes: str = ""
    listed: bool = False
    explained: bool = False
    blocks: list[Read] = attrs.field(factory=list)
    children: list[Question | _PagePart] = attrs.field(factory=list)

    @property
    def asks_something(self) -> bool:
        return any(isinstance(child, Question) or child.asks_something for child in self.children)

    def as_set(self) -> QuestionSet:
        least, usual = self.minutes or (0, None)
        return QuestionSet(
            children=(child if isinstance(child, Question) else child.as_set() for child in self.children),
            key=self.keys.part,
            title=self.title,
            mode=self.mode,
            guidance="\n\n".join(self.guidance),
            notes=self.notes,
            least=least,
            usual=usual,
            at_most=self.at_most,
            **self.inherited.fields,
        )


def _read_parts(reading: PageReading, blocks: Iterable[Read], head: Head) -> _PagePart:
    """
    Give every block of a page to the part it belongs to, and return the page as a whole.
    """
    given = _keys_given(blocks)
    whole = _PagePart(
        level=1, line=1, title=head.title, keys=KeysUnder(head.key, given[-1]), inherited=Inherited(ring=head.ring),
        minutes=head.minutes,
    )  # fmt: skip
    stack = [whole]
    for block in blocks:
        part = stack[-1]
        line = line_of(block)
        match block:
            case Heading(level=1):
                reading.add_fault(line, "this is a second title", "begin a part with ##")
            case Heading():
                while len(stack) > 1 and stack[-1].level >= block.level:
                    stack.pop()
                keys = given[block.lines[0]]
                stack.append(_read_heading(reading, block, stack[-1], keys, head.roles))
            case Listing() if has_questions(block):
                # A second list in one part follows something that is already a fault, so it is not another one.
                if part.mode is not Mode.ASK:
                    reading.add_fault(line, "a part that asks nothing has questions in it", "take out .say or .silent")
                part.listed = True
                for item in block.items:
                    if question := read_question(reading, item, part.keys, part.inherited, head.roles):
                        part.children.append(question)
            case Quotation():
                if part.notes or part.listed:
                    remedy = "keep one in each part, between its guidance and its questions"
                    reading.add_fault(line, "a quotation does not belong here", remedy)
                part.notes = read_note(reading, block)
            case Paragraph() | Listing():
                part.blocks.append(block)
                if part.mode is Mode.ASK and find_unread_questions(reading, block, part is whole):
                    part.explained = True
                elif part.listed or part.notes:
                    what = f"{name_of(block)} comes after the questions or the quotation"
                    remedy = "put guidance directly under the heading, or indent a hint by two spaces"
                    reading.add_fault(line, *(explain_indent(reading.lines[block.lines[0]]) or (what, remedy)))
                part.guidance.append(read_guidance(reading, block))
            case _:
                remedy = "write it as a paragraph, or take it out"
                reading.add_fault(line, f"{name_of(block)} does not belong on a page", remedy)
    return whole


def _read_heading(
    reading: PageReading, heading: Heading, above: _PagePart, given: frozenset[str], roles: tuple[str, ...]
) -> _PagePart:
    """
    Begin a part under the part above it, from its heading.
    """
    line = line_of(heading)
    if heading.level > above.level + 1:
        reading.add_fault(line, "a heading skips a level", f"write {'#' * (above.level + 1)}")
    if above.mode is not Mode.ASK:
        remedy = f"write {'#' * above.level}, so that this part follows it"
        reading.add_fault(line, "a part that asks nothing has another part in it", remedy)
    braces = read_braces(reading, heading.raw, line, PART_FLAGS, PART_NAMES)
    title = read_plain_text(reading, braces.text, line, "a heading")
    if not title:
        reading.add_fault(line, "a heading has no words", "name the part")
    if len(braces.flags) > 1:
        reading.add_fault(line, "a part is both .say and .silent", "keep one of them")
    key = above.keys.take(reading, line, braces.key, title, above.keys.room_for_part)
    inherited = read_inherited(reading, line, braces.values, above.inherited, roles)
    own = {name: PageValue(reading, line, f"{name}=", text) for name, text in braces.values.items()}
    part = _PagePart(
        level=heading.level,
        line=line,
        title=title,
        keys=KeysUnder(key, given),
        inherited=inherited,
        mode=Mode(braces.flags[0]) if braces.flags else Mode.ASK,
        minutes=own["minutes"].read_minutes() if "minutes" in own else None,
        at_most=own["at-most"].read_number() if "at-most" in own else None,
    )
    above.children.append(part)
    return part


def _keys_given(blocks: Iterable[Read]) -> dict[int, frozenset[str]]:
    """
    The keys given directly under each part, by the line of its heading; those directly on the page are at -1.
    """
    stack = [(1, -1)]
    given: dict[int, set[str]] = {-1: set()}
    for block in blocks:
        match block:
            case Heading():
                while len(stack) > 1 and stack[-1][0] >= block.level:
                    stack.pop()
                given[stack[-1][1]].add(key_in_braces(block.raw))
                stack.append((block.level, block.lines[0]))
                given[block.lines[0]] = set()
            case Listing():
                firsts = (item.blocks[0] for item in block.items if item.blocks)
                given[stack[-1][1]] |= {key_in_braces(first.raw) for first in firsts if isinstance(first, Paragraph)}
            case _:
                pass
    return {line: frozenset(keys - {""}) for line, keys in given.items()}


def _explain_parts_without_questions(reading: PageReading, part: _PagePart) -> None:
    """
    Add a fault for each part that asks nothing by mistake, which would be on no paper; for the innermost of several.
    """
    inner = [child for child in part.children if isinstance(child, _PagePart) and child.mode is Mode.ASK]
    for child in inner:
        _explain_parts_without_questions(reading, child)
    if not (part.asks_something or part.listed or part.explained or inner):
        whole = part.level == 1
        explain_no_questions(reading, part.blocks, None if whole else part.line, "the page" if whole else "the part")
