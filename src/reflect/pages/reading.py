"""
Read a model from its page.

``docs/reference/page-dialect.md`` describes the dialect. Reading what `reflect.pages.writing.write_model`
wrote gives the same model, and writing and reading again changes nothing more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Faults, Refused
from reflect.pages.attributes import PART_FLAGS, PART_NAMES, Inherited, read_inherited, read_roles_beside
from reflect.pages.blocks import TOO_DEEP, has_questions, line_of, name_of, read_guidance, read_note
from reflect.pages.braces import key_in_braces, read_braces
from reflect.pages.front_matter import Title, find_front_matter, read_front_matter
from reflect.pages.items import read_question, read_step
from reflect.pages.keys import KeysUnder
from reflect.pages.limits import PageReading, empty_long_runs, start_reading
from reflect.pages.markup import leave_out_comments
from reflect.pages.methods import explain_half_hour, explain_unknown_part, parse_page_step
from reflect.pages.unasked import (
    explain_bullets,
    explain_indent,
    explain_no_questions,
    explain_nothing_done,
    find_unread_questions,
    find_unread_steps,
)
from reflect.pages.values import PageValue, read_plain_text
from reflect.questions.half_hours import half_hour_of
from reflect.questions.model import Head, Model
from reflect.questions.question import Mode, Step
from reflect.questions.sets import Entry, QuestionSet
from reflect.questions.timetable import least
from reflect.text import markdown
from reflect.text.nodes import Heading, Listing, Paragraph, Quotation, Read, Table


def read_model(text: str, where: str = "page.md") -> Model:
    """
    Read a model from the text of its page.

    Raises:
        Faults: Everything wrong with the page, in the order of its lines.
    """
    reading, head, whole = _read_whole(text, where)
    reading.faults.raise_if_any()
    questions = attrs.evolve(
        whole.as_set(), shape=head.shape, whose=str(head.whose), record=head.record, order=head.order
    )
    return Model(head=head, questions=questions)


def gather_faults(text: str, where: str = "page.md") -> PageReading:
    """
    Read a page, and return everything wrong with it, and which lines could be mended.

    Raises:
        Faults: It is too long, too deep or empty, so nothing else was looked at; or there are very many faults.
    """
    return _read_whole(text, where)[0]


def _read_whole(text: str, where: str) -> tuple[PageReading, Head, _PagePart]:
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
    title = Title()
    match blocks:
        case (Heading(level=1) as heading, *_):
            title = _read_title(reading, heading, line_of(heading))
            blocks = blocks[1:]
    head = read_front_matter(reading, front, title)
    whole = _read_parts(reading, blocks, head)
    if head.steps:
        _add_pages(reading, whole, head)
    if not reading.cut:
        _explain_parts_without_questions(reading, whole)
        _explain_order(reading, whole, head)
        _explain_half_hour(reading, whole, head)
    _explain_minutes(reading, whole)
    return reading, head, whole


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
    title = Title()
    # Parse only what may be a heading: a full page has its title in front matter, and a catalogue lists many pages.
    if first and (first[0].lstrip().startswith("#") or any(not line.strip("= \t") for line in first[1:])):
        match markdown.read_page("\n".join(first)):
            case (Heading(level=1) as heading, *_):
                title = _read_title(reading, heading, front.end + start + 1)
    head = read_front_matter(reading, front, title)
    reading.faults.raise_if_any()
    return head


def _read_title(reading: PageReading, heading: Heading, line: int) -> Title:
    """
    The title in the heading at the top of a page, and what its braces say.
    """
    braces = read_braces(reading, heading.raw, line, PART_FLAGS, ("minutes",))
    text = read_plain_text(reading, braces.text, line, "a title")
    minutes = braces.values.get("minutes")
    return Title(
        text=text,
        key=braces.key,
        line=line,
        does=_read_mode(reading, line, braces.flags, "a page"),
        minutes=PageValue(reading, line, "minutes=", minutes).read_minutes() if minutes is not None else None,
    )


def _read_mode(reading: PageReading, line: int, flags: tuple[str, ...], name: str) -> Mode | None:
    """
    What is done in a part or on a page, by its flags; None if it asks.
    """
    if len(flags) > 1:
        reading.add_fault(line, f"{name} is {' and '.join(f'.{flag}' for flag in flags)}", "keep one of them")
    return Mode(flags[0]) if flags else None


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
    also: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    rounds: int = 1
    minutes: tuple[int, int] | None = None
    at_most: int | None = None
    guidance: list[str] = attrs.field(factory=list)
    notes: str = ""
    listed: bool = False
    explained: bool = False
    blocks: list[Read] = attrs.field(factory=list)
    children: list[Entry | _PagePart] = attrs.field(factory=list)

    @property
    def has_entries(self) -> bool:
        return any(isinstance(child, Entry) or child.has_entries for child in self.children)

    @property
    def parts(self) -> list[_PagePart]:
        return [child for child in self.children if isinstance(child, _PagePart)]

    def give_keys(self) -> Iterator[str]:
        """
        Give the full keys of everything in it.
        """
        for child in self.children:
            if isinstance(child, Entry):
                yield child.key
            else:
                yield child.keys.part
                yield from child.give_keys()

    @property
    def minutes_of_steps(self) -> list[int | None]:
        """
        The minutes of each step; None for one that does not say any.
        """
        return [child.minutes for child in self.children if isinstance(child, Step)]

    def find_minutes(self) -> tuple[int, int | None]:
        """
        The least and the usual minutes of one round: those of the heading, or otherwise those of the steps together.
        """
        if self.minutes:
            return self.minutes
        steps = self.minutes_of_steps
        least = sum(filter(None, steps))
        return least, least if steps and None not in steps else None

    def as_set(self) -> QuestionSet:
        least, usual = self.find_minutes()
        return QuestionSet(
            children=(child if isinstance(child, Entry) else child.as_set() for child in self.children),
            key=self.keys.part,
            title=self.title,
            mode=self.mode,
            guidance="\n\n".join(self.guidance),
            notes=self.notes,
            least=least * self.rounds,
            usual=usual and usual * self.rounds,
            rounds=self.rounds,
            at_most=self.at_most,
            also=self.also,
            quiet=self.quiet,
            **self.inherited.fields,
        )


def _read_parts(reading: PageReading, blocks: Iterable[Read], head: Head) -> _PagePart:
    """
    Give every block of a page to the part it belongs to, and return the page as a whole.
    """
    given = _keys_given(blocks)
    whole = _PagePart(
        level=1, line=1, title=head.title, keys=KeysUnder(head.key, given[-1]), inherited=Inherited(ring=head.ring),
        minutes=head.minutes, mode=head.does,
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
            case Listing(start=int()) if part.mode is not Mode.ASK:
                part.listed = True
                for item in block.items:
                    if step := read_step(reading, item, part.keys, part.mode, part.inherited, head.roles):
                        part.children.append(step)
            case Listing() if has_questions(block):
                # A second list in one part follows something that is already a fault, so it is not another one.
                if part.mode is not Mode.ASK:
                    reading.add_fault(line, *explain_bullets(part.mode, part is whole))
                part.listed = True
                for item in block.items:
                    if question := read_question(reading, item, part.keys, part.inherited, head.roles):
                        part.children.append(question)
            case Quotation():
                if part.notes:
                    remedy = "keep one in each part; two paragraphs may be in one, with a line of '>' between them"
                    reading.add_fault(line, "a part has two quotations", remedy)
                part.notes = read_note(reading, block)
            case Paragraph() | Listing():
                part.blocks.append(block)
                if part.mode is Mode.ASK and find_unread_questions(reading, block, part is whole):
                    part.explained = True
                elif part.listed or part.notes:
                    asked = "questions" if part.mode is Mode.ASK else "steps"
                    what = f"{name_of(block)} comes after the {asked} or the quotation"
                    indent = "two spaces" if part.mode is Mode.ASK else "three spaces, under the words of its step"
                    remedy = f"put guidance directly under the heading, or indent a hint by {indent}"
                    if part.mode is Mode.ASK and isinstance(block, Listing) and block.start is not None:
                        remedy = "begin each question with '- ', or give steps a part of their own, with {.do}"
                    elif part.mode is not Mode.ASK:
                        remedy += ", or make it a step"
                    reading.add_fault(line, *(explain_indent(reading.lines[block.lines[0]]) or (what, remedy)))
                elif part.mode is not Mode.ASK and isinstance(block, Paragraph):
                    # Where something is only said, a bullet was always read as guidance.
                    bullets = part.mode not in (Mode.SAY, Mode.SILENT)
                    find_unread_steps(reading, block, block.lines[0], bullets)
                part.guidance.append(read_guidance(reading, block))
            case _:
                remedy = "write it as a paragraph, or take it out"
                if isinstance(block, Table):
                    remedy = "write its rows as questions (- ), as steps (1. ) or as a list that is only read (* )"
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
        if above.level == 1:
            remedy = (
                f"take .{above.mode} out of the title, and put a heading over the steps: ## Steps {{.{above.mode}}}"
            )
        reading.add_fault(line, "a part that asks nothing has another part in it", remedy)
    braces = read_braces(reading, heading.raw, line, PART_FLAGS, PART_NAMES)
    title = read_plain_text(reading, braces.text, line, "a heading")
    if not title:
        reading.add_fault(line, "a heading has no words", "name the part")
    mode = _read_mode(reading, line, braces.flags, "a part") or Mode.ASK
    key = above.keys.take(reading, line, braces.key, title, above.keys.room_for_part)
    inherited = read_inherited(reading, line, braces.values, above.inherited, roles)
    own = {name: PageValue(reading, line, f"{name}=", text) for name, text in braces.values.items()}
    beside = read_roles_beside(reading, line, braces.values, roles)
    part = _PagePart(
        level=heading.level,
        line=line,
        title=title,
        keys=KeysUnder(key, given),
        inherited=inherited,
        mode=mode,
        also=beside["also"],
        quiet=beside["quiet"],
        rounds=(own["rounds"].read_number_of_one() or 1) if "rounds" in own else 1,
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


def _add_pages(reading: PageReading, whole: _PagePart, head: Head) -> None:
    """
    Give a string of pages a step for each page. What its own page asks or does would have no place among them.
    """
    line = _line_of_name(reading, "steps")
    if whole.children or whole.listed or head.does is not Mode.ASK:
        what = "a page with 'steps' is a string of other pages, and has parts, questions or steps of its own too"
        reading.add_fault(line, what, "put them on a page of their own, and name that page in 'steps'")
        return
    whole.mode = Mode.DO
    for text in head.steps:
        if step := parse_page_step(text):
            words = step.page.replace("-", " ").capitalize()
            if step.page == head.key:
                reading.add_fault(line, f"'{step.page}' is in its own 'steps'", "take it out")
            key = whole.keys.take(reading, line or 1, "", words, whole.keys.room)
            whole.children.append(
                Step(key=key, text=words, minutes=step.minutes, page=step.page, ring=whole.inherited.ring)
            )


def _line_of_name(reading: PageReading, name: str) -> int | None:
    """
    The line of a name in front matter.
    """
    return next((n for n, line in enumerate(reading.lines, 1) if line.startswith((f"{name}:", f'"{name}"'))), None)


def _explain_parts_without_questions(reading: PageReading, part: _PagePart) -> None:
    """
    Add a fault for each part that asks nothing by mistake, which would be on no paper; for the innermost of several.
    """
    inner = [child for child in part.parts if child.mode is Mode.ASK]
    for child in inner:
        _explain_parts_without_questions(reading, child)
    if part.has_entries or part.listed or part.explained or inner:
        return
    if part.mode is not Mode.ASK:
        explain_nothing_done(reading, 1)
    elif part.level == 1:
        explain_no_questions(reading, part.blocks, None, "the page")
    else:
        explain_no_questions(reading, part.blocks, part.line, "the part")


def _explain_order(reading: PageReading, whole: _PagePart, head: Head) -> None:
    """
    Add a fault for whatever the order of use names that is not on the page.
    """
    line = _line_of_name(reading, "order")
    known = tuple(part.keys.part.removeprefix(f"{head.key}.") for part in whole.parts)
    if head.order and len(known) < 2:
        reading.add_fault(line, "'order' is of parts, and the page has fewer than two", "take it out")
    elif head.order != ("down",):
        for key in head.order:
            if key not in known:
                reading.add_fault(line, *explain_unknown_part(key, known))


def _explain_half_hour(reading: PageReading, whole: _PagePart, head: Head) -> None:
    """
    Add a fault for whatever is to be used in half an hour and is not on the page, or takes longer.
    """
    if not head.half_hour:
        return
    needs = 0
    if not reading.faults:
        needs = least(half_hour_of(Model(head=head, questions=whole.as_set())))
    names = (key.removeprefix(f"{head.key}.") for key in whole.give_keys())
    for what, remedy in explain_half_hour(head.half_hour, names, needs):
        reading.add_fault(_line_of_name(reading, "half-hour"), what, remedy)


def _explain_minutes(reading: PageReading, part: _PagePart) -> None:
    """
    Add a fault for each part whose steps take longer than the part.
    """
    for child in part.parts:
        _explain_minutes(reading, child)
    steps = sum(filter(None, part.minutes_of_steps))
    if part.minutes and steps > part.minutes[1]:
        whole = part.level == 1
        name, write = ("page", f"minutes: [{steps}, {steps}]") if whole else ("part", f"minutes={steps}")
        round_ = " in one round" if part.rounds > 1 else ""
        what = f"the steps take {steps} minutes{round_}, and the {name} has {part.minutes[1]}"
        line = (_line_of_name(reading, "minutes") or 1) if whole else part.line
        reading.add_fault(line, what, f"write {write}, or give a step fewer")
