"""
What a paper has places for, each with what is written there, as it goes into another form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.questions.rings import Ring
from reflect.sessions.acting import write_line
from reflect.sessions.facts import FACTS
from reflect.sessions.origin import Origin
from reflect.sessions.parts import Action
from reflect.shown import Brief
from reflect.text.nodes import (
    DATE,
    Actions,
    Answer,
    Choice,
    Document,
    Entry,
    Fact,
    Facts,
    Scale,
    SheetToFill,
    SignOff,
)
from reflect.text.prose import Line, LineKind, Run

#: What each talk of a paper is called in a map, in their order; the first is the talk.
TALK = "talk"
#: What a talk is about, where it is printed over it.
ABOUT = "about"
#: Between the cells of a row that is written on one line.
_BETWEEN = " | "


@attrs.frozen(kw_only=True)
class FormField(Brief):
    """
    A place to write on a paper, as it goes into another form.

    Attributes:
        key: The key of what is written there; of something that is only printed, its name.
        label: What it is called on the paper.
        ring: Who may read what is written there.
        lines: What was written, line by line.
        date: Whether it is a day.
        on_a_line: Whether it is a line of words.
        options: What can be ticked, if it is ticked.
        chosen: The option that was ticked.
        columns: The names of its columns, if it is a table.
        rows: What was written in it, row by row.
        printed: Whether it is only printed, and nobody's answer.
    """

    _in_line = ("key", "label")

    key: str
    label: str = ""
    ring: Ring = Ring.OWN
    lines: tuple[Line, ...] = attrs.field(default=(), repr=False)
    date: bool = False
    on_a_line: bool = False
    options: tuple[str, ...] = ()
    chosen: str = attrs.field(default="", repr=False)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = attrs.field(default=(), repr=False)
    printed: bool = False

    @property
    def is_written(self) -> bool:
        """
        Whether anybody has written anything there.
        """
        return bool(self.chosen or self.rows or any(line.text.strip() for line in self.lines))

    @property
    def as_lines(self) -> tuple[Line, ...]:
        """
        All of it as lines of words, for a place that is neither a table nor ticked.
        """
        if self.options:
            return _plain(self.chosen)
        if not self.columns:
            return self.lines
        kind = LineKind.BULLET if len(self.rows) > 1 else LineKind.PARAGRAPH
        return tuple(Line(runs=(Run(text=_line_of_row(self.key, row)),), kind=kind) for row in self.rows)


def _line_of_row(key: str, row: Sequence[str]) -> str:
    if key == "actions" and len(row) == 3:
        what, who, by = row
        return write_line(Action(what=what, who=who, by=by))
    return _BETWEEN.join(" ".join(cell.split()) for cell in row)


def _plain(text: str) -> tuple[Line, ...]:
    return tuple(Line(runs=(Run(text=line),)) for line in text.splitlines()) if text.strip() else ()


def fields_of(document: Document) -> dict[str, FormField]:
    """
    Return what a paper has places for, by key; each talk is there by ``talk``, ``talk-2`` and so on too.
    """
    origin = Origin.of_about({**dict(document.about), "kind": document.kind})
    fields: dict[str, FormField] = {}
    talks: list[tuple[str, Entry]] = []
    for block in document.blocks:
        if isinstance(block, Entry) and block.talk:
            key = next((each.key for each in block.places if isinstance(each, Answer)), "")
            if key:
                talks.append((key, block))
        for field in _fields_of_block(block):
            ring = FACTS.get(field.key) or origin.tag_of(field.key).ring or Ring.OWN
            fields.setdefault(field.key, attrs.evolve(field, ring=ring))
    for n, (key, block) in enumerate(talks, 1):
        names = [f"{TALK}-{n}", *([TALK] if n == 1 else [])]
        for name in names:
            for own in [each for each in fields if each == key or each.startswith(f"{key}.")]:
                fields.setdefault(f"{name}{own.removeprefix(key)}", fields[own])
            if block.subject:
                about = FormField(
                    key=f"{key}.{ABOUT}", ring=fields[key].ring, lines=_plain(block.subject), printed=True
                )
                fields.setdefault(f"{name}.{ABOUT}", about)
    return fields


def _fields_of_block(block: object) -> Iterator[FormField]:
    match block:
        case Answer():
            yield FormField(
                key=block.key, label=block.label, lines=block.said or _plain(block.value), date=block.kind == DATE
            )
        case Fact():
            yield FormField(
                key=block.key,
                label=block.label,
                lines=_plain(block.value),
                date=block.kind == DATE or block.key == "date",
                on_a_line=True,
            )
        case Choice():
            yield FormField(key=block.key, label=block.label, options=block.options, chosen=block.value)
            yield from _fields_of_block(block.beside)
        case Scale():
            yield FormField(key=block.key, label=block.label, options=tuple(map(str, range(11))), chosen=block.value)
        case Actions():
            yield FormField(
                key=block.key, label=block.label, columns=block.columns, rows=tuple(filter(any, block.rows))
            )
        case Facts():
            yield from _fields_in(block.facts)
        case Entry():
            yield from _fields_in(block.places)
        case SheetToFill():
            yield from _fields_in(block.places)
        case SignOff():
            yield FormField(key=block.key, label=block.who, options=block.options, chosen=block.value)
            for name, text in (("name", block.name), ("date", block.date), ("comments", block.comments)):
                yield FormField(
                    key=f"{block.key}.{name}",
                    label=block.who,
                    lines=_plain(text),
                    date=name == "date",
                    on_a_line=name != "comments",
                )
            yield from _fields_of_block(block.also)
        case _:
            pass


def _fields_in(places: Iterable[object]) -> Iterator[FormField]:
    for each in places:
        yield from _fields_of_block(each)
