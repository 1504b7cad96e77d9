"""
The texts of a record where a name can stand, and a record with some of them changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from reflect.sessions.brought import Brought
from reflect.sessions.parts import Action, Answered, Decision, ItemRecord
from reflect.sessions.record import Record
from reflect.text.prose import Line, LineKind, Run

#: What replaces a stretch of a text: where it begins, where it ends, and the new words.
Edit = tuple[int, int, str]
#: Returns what is to change in a text: stretches in order that do not overlap.
EditsOf = Callable[[str], Sequence[Edit]]


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """
    Return a text with some stretches replaced.
    """
    pieces, at = [], 0
    for start, end, words in edits:
        pieces += [text[at:start], words]
        at = end
    return "".join([*pieces, text[at:]])


def edit_record(record: Record, edits_of: EditsOf) -> Record:
    """
    Return a record with each of its texts changed; what is not replaced keeps its look.

    Lines that follow each other are one text, because a name may go on in the next line; an empty line, and an entry
    of a list, begins another. A topic that a paper may not name has no texts: the paper does not bring it back.
    """

    def change(text: str) -> str:
        return edit_text(text, edits_of(text))

    def fields(some: object, *names: str) -> dict[str, Any]:
        return {name: change(getattr(some, name)) for name in names}

    def answer(some: Answered) -> Answered:
        lines = tuple(line for group in _groups(some.lines) for line in _edit_lines(group, edits_of(_join(group))))
        return attrs.evolve(some, lines=lines, **fields(some, "asked", "hint"))

    def action(some: Action) -> Action:
        return attrs.evolve(some, **fields(some, "what", "who", "by", "agreed", "case"))

    def decision(some: Decision) -> Decision:
        names = ("what", "why", "who", "about", "when", "rather_than", "replaced_by")
        return attrs.evolve(some, **fields(some, *names))

    def topic(some: Brought) -> Brought:
        if not some.topic.title:
            return some
        named = attrs.evolve(some.topic, title=change(some.topic.title))
        return attrs.evolve(some, topic=named, **fields(some, "until"))

    def item(some: ItemRecord) -> ItemRecord:
        return attrs.evolve(some, brought=tuple(map(topic, some.brought)), **fields(some, "until"))

    return attrs.evolve(
        record,
        facts=tuple((name, change(text)) for name, text in record.facts),
        items=tuple(map(item, record.items)),
        answers=tuple(map(answer, record.answers)),
        before=tuple(map(action, record.before)),
        actions=tuple(map(action, record.actions)),
        decisions=tuple(map(decision, record.decisions)),
        signed=tuple(attrs.evolve(each, **fields(each, "name", "date", "comments")) for each in record.signed),
    )


def list_texts(record: Record) -> tuple[str, ...]:
    """
    Return the texts of a record, as `edit_record` changes them.
    """
    texts: list[str] = []

    def note(text: str) -> Sequence[Edit]:
        texts.append(text)
        return ()

    edit_record(record, note)
    return tuple(texts)


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and not (line.kind is LineKind.PARAGRAPH and line.text.strip() and group[-1].text.strip()):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _join(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _edit_lines(lines: Sequence[Line], edits: Sequence[Edit]) -> Iterator[Line]:
    """
    Give lines with some stretches of their text replaced. New words have the look of what they replace, and a line end
    that is replaced joins two lines.
    """
    if not edits:
        yield from lines
        return
    waiting = list(reversed(edits))
    head, runs, at = lines[0], list[Run](), 0
    for n, line in enumerate(lines):
        if n:
            if not (waiting and waiting[-1][0] <= at < waiting[-1][1]):
                yield attrs.evolve(head, runs=tuple(runs))
                head, runs = line, []
            at += 1
        for run in line.runs:
            end = at + len(run.text)
            pieces: list[str] = []
            while at < end:
                while waiting and waiting[-1][1] <= at:
                    waiting.pop()
                start, stop, words = waiting[-1] if waiting else (end, end, "")
                if start > at:
                    pieces.append(run.text[at - end :][: start - at])
                    at = min(start, end)
                    continue
                pieces += [words] if start == at else []
                at = min(stop, end)
            runs.append(attrs.evolve(run, text="".join(pieces)))
    yield attrs.evolve(head, runs=tuple(runs))
