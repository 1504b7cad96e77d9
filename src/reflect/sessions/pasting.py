"""
A record as plain text, to be pasted into a case system.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Refused
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import Reader, reader
from reflect.sessions.parts import UNPLACED, Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.text.prose import LineKind

#: The least that a field of a case system may hold.
LEAST = 100


@attrs.frozen
class Entry:
    """
    A heading and what stands under it: one field of a case system.

    Attributes:
        heading: The heading.
        text: What stands under it, as lines of plain text.
    """

    heading: str
    text: str = attrs.field(repr=False)


def entries(record: Record, who: str | Reader, limit: int | None = None) -> tuple[Entry, ...]:
    """
    Return a record as headings and plain text, as somebody may see it.

    Args:
        record: The record.
        who: Who will read it.
        limit: How many characters a field may hold; a longer text goes on in a further field, and none is cut off.

    Raises:
        Refused: The limit is too low to hold anything.
        UnknownKey: There is no such reader.
    """
    if limit is not None and limit < LEAST:
        raise Refused(f"a field of {limit} characters holds too little; give a limit of {LEAST} or more")
    found = [entry for entry in _entries(record.visible_to(reader(who))) if entry.text]
    return tuple(found) if limit is None else tuple(part for entry in found for part in _parts(entry, limit))


def pasted(record: Record, who: str | Reader, limit: int | None = None) -> str:
    """
    Return a record as one block of plain text: each heading, and what stands under it.

    Args:
        record: The record.
        who: Who will read it.
        limit: How many characters stand under one heading, at most.

    Raises:
        Refused: The limit is too low to hold anything.
        UnknownKey: There is no such reader.
    """
    found = entries(record, who, limit)
    return "\n\n".join(f"{entry.heading.upper()}\n{entry.text}" for entry in found) + "\n" if found else ""


def _entries(record: Record) -> Iterator[Entry]:
    facts = dict(record.facts)
    said = [f"{name.capitalize()}: {' '.join(facts[name].split())}" for name in _SAID if name in facts]
    yield Entry(" ".join(facts.get("title", record.document).split()), "\n".join(said))
    became = [f"{_called(item)}: {item.outcome}" for item in record.items if item.outcome]
    yield Entry("What became of the plan", "\n".join(became))
    for answered in record.answers:
        yield Entry(_heading(answered), _text(answered))
    yield Entry("Decisions", "\n".join(_row(each.what, each.why, each.who) for each in record.decisions))
    yield Entry("Actions", "\n".join(_row(each.what, each.who, each.by) for each in record.actions))
    signed = (_row(sign.role, str(sign.agreement or ""), sign.name, sign.date, sign.comments) for sign in record.signed)
    yield Entry("Signed", "\n".join(signed))


def _called(item: ItemRecord) -> str:
    """
    The title of a page of ours, as the paper has it; the key of any other.
    """
    known = our_catalogue()
    return known.model(item.use).head.title if item.use in known else item.use or item.key


_SAID = ("date", "start", "place", "supervisee", "supervisor")


def _heading(answered: Answered) -> str:
    if answered.key == UNPLACED:
        return "Also written"
    return answered.asked or answered.key


def _text(answered: Answered) -> str:
    out = []
    number = 0
    for line in answered.lines:
        number = number + 1 if line.kind is LineKind.NUMBER else 0
        mark = {LineKind.BULLET: "- ", LineKind.NUMBER: f"{number}. "}.get(line.kind, "")
        out.append(f"{'  ' * line.level}{mark}{line.text}" if mark else line.text)
    return "\n".join(out)


def _row(*texts: str) -> str:
    return "- " + "; ".join(" ".join(text.split()) for text in texts if text)


def _parts(entry: Entry, limit: int) -> Iterable[Entry]:
    """
    An entry in as many as it takes: broken between lines, or else between words.
    """
    parts: list[str] = []
    for line in entry.text.split("\n"):
        for piece in [line] if len(line) <= limit else textwrap.wrap(line, limit, replace_whitespace=False):
            if parts and len(parts[-1]) + 1 + len(piece) <= limit:
                parts[-1] += f"\n{piece}"
            else:
                parts.append(piece)
    if len(parts) == 1:
        return [Entry(entry.heading, parts[0])]
    return [Entry(f"{entry.heading} ({n} of {len(parts)})", part) for n, part in enumerate(parts, 1)]
