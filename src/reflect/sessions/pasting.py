"""
A record as plain text, ready to paste into a case system.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Refused
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import Reader, reader
from reflect.sessions.acting import write_line
from reflect.sessions.brought import EARLIER_OUTCOMES, PIECE_OF_WORK, Brought, key_of_topic
from reflect.sessions.frame import is_talk
from reflect.sessions.parts import SIGNING, UNPLACED, Action, ActionState, Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.shown import Brief
from reflect.text.prose import LineKind

#: The fewest characters that a field of a case system may hold.
LEAST = 100


@attrs.frozen
class CaseSystemField(Brief):
    """
    One field of a case system: a heading and the text under it.
    """

    heading: str
    text: str = attrs.field(repr=False)


def fields_of(record: Record, who: str | Reader, limit: int | None = None) -> tuple[CaseSystemField, ...]:
    """
    Return what a reader may see of a record, as headings and plain text. Long texts continue in another field.

    Args:
        record: The record.
        who: The reader.
        limit: How many characters a field of the case system takes; None if there is no limit.

    Raises:
        Refused: The limit is too low to hold anything.
        UnknownKey: There is no such reader.
    """
    if limit is not None and limit < LEAST:
        raise Refused(f"a field of {limit} characters holds too little; give a limit of {LEAST} or more")
    known = record.visible_to(reader(who))
    about, *rest = _list_fields(known)
    found = [entry for entry in rest if entry.text]
    # That somebody had a session is no text for a case, or for anybody else.
    if about.text and (found or any(name in dict(known.facts) for name in SIGNING)):
        found.insert(0, about)
    return tuple(found) if limit is None else tuple(part for entry in found for part in _part_field(entry, limit))


def write_plain_text(record: Record, who: str | Reader, limit: int | None = None) -> str:
    """
    Return what a reader may see of a record as one plain text: each heading with the text under it.

    Raises:
        Refused: The limit is too low to hold anything.
        UnknownKey: There is no such reader.
    """
    found = fields_of(record, who, limit)
    return "\n\n".join(f"{entry.heading.upper()}\n{entry.text}" for entry in found) + "\n" if found else ""


def _list_fields(record: Record) -> Iterator[CaseSystemField]:
    """
    Give the fields of a record that is cut to its reader.
    """
    facts = dict(record.facts)
    said = [f"{name.capitalize()}: {' '.join(facts[name].split())}" for name in _SAID if name in facts]
    if record.claimed:
        said.append("Somebody said what kind of paper this was read from. The file itself did not say so.")
    yield CaseSystemField(" ".join(facts.get("title", record.document).split()), "\n".join(said))
    yield CaseSystemField("From last time", "\n".join(map(_line_of_action, record.before)))
    became = [line for item in record.items for line in _what_became(item)]
    yield CaseSystemField("What became of it", "\n".join(became))
    topics = dict(pair for item in record.items for pair in _headings_of(item))
    for answered in record.answers:
        yield CaseSystemField(topics.get(answered.key) or _heading_of(answered), _lines_in_text(answered))
    yield CaseSystemField(
        "Decisions", "\n".join(_join_cells(each.what, each.why, each.who) for each in record.decisions_in_rows)
    )
    yield CaseSystemField("Actions", "\n".join(_join_cells(each.what, each.who, each.by) for each in record.actions))
    signed = (
        _join_cells(sign.role, str(sign.agreement or ""), sign.name, sign.date, sign.comments) for sign in record.signed
    )
    yield CaseSystemField("Signed", "\n".join(signed))


#: What a talk is called where neither its topic nor its question is known.
_TALK = "The talk"
#: What a case is called in the personal file.
_PIECE_OF_WORK = "A piece of work: see its record"
_ITEM = re.compile(r"item-\d+")


def _what_became(item: ItemRecord) -> Iterator[str]:
    """
    Give what was said of the topics of an item, or on papers of earlier versions of the item. What was ticked for the
    item is said of its first topic.
    """
    talk = item.outcome and item.outcome not in EARLIER_OUTCOMES
    titles = [*map(_title_of, item.brought)] or [_TALK if talk else _title_of_item(item)]
    said = [(each.became, each.until) for each in item.brought] or [(None, "")]
    said[0] = (said[0][0] or item.outcome, said[0][1] or item.until)
    for title, (became, until) in zip(titles, said, strict=True):
        if became:
            yield f"{title}: {became}" + (f" until {until}" if until else "")


def _title_of(brought: Brought) -> str:
    return _PIECE_OF_WORK if brought.topic.id == PIECE_OF_WORK else brought.topic.title


def _headings_of(item: ItemRecord) -> Iterator[tuple[str, str]]:
    """
    Give the headings over what was written about the topics of an item, by the keys of those places.
    """
    talk = is_talk(item.use, our_catalogue())
    yield item.key, _title_of(item.brought[0]) if talk and item.brought else ""
    for each in item.brought[talk:]:
        yield key_of_topic(item.key, each.topic.id), _title_of(each)


def _line_of_action(action: Action) -> str:
    """
    An action as papers name it, with what became of it; if nothing was said of it, nothing is.
    """
    state = "" if action.state is ActionState.OPEN else f": {action.state}"
    return f"- {write_line(action)}{state}"


def _title_of_item(item: ItemRecord) -> str:
    """
    The title of one of our pages, as it is on the paper; for any other page, its key.
    """
    known = our_catalogue()
    return known.model(item.use).head.title if item.use in known else item.use or item.key


_SAID = ("date", "start", "place", "supervisee", "supervisor")


def _heading_of(answered: Answered) -> str:
    if answered.key == UNPLACED:
        return "Also written"
    return answered.asked or (_TALK if _ITEM.fullmatch(answered.key) else answered.key)


def _lines_in_text(answered: Answered) -> str:
    out = []
    number = 0
    for line in answered.lines:
        number = number + 1 if line.kind is LineKind.NUMBER else 0
        mark = {LineKind.BULLET: "- ", LineKind.NUMBER: f"{number}. "}.get(line.kind, "")
        out.append(f"{'  ' * line.level}{mark}{line.text}" if mark else line.text)
    return "\n".join(out)


def _join_cells(*texts: str) -> str:
    return "- " + "; ".join(" ".join(text.split()) for text in texts if text)


def _part_field(entry: CaseSystemField, limit: int) -> Iterable[CaseSystemField]:
    """
    Split a field into as many as it takes, between lines or, if that is not enough, between words.
    """
    parts: list[str] = []
    for line in entry.text.split("\n"):
        for piece in [line] if len(line) <= limit else textwrap.wrap(line, limit, replace_whitespace=False):
            if parts and len(parts[-1]) + 1 + len(piece) <= limit:
                parts[-1] += f"\n{piece}"
            else:
                parts.append(piece)
    if len(parts) == 1:
        return [CaseSystemField(entry.heading, parts[0])]
    return [CaseSystemField(f"{entry.heading} ({n} of {len(parts)})", part) for n, part in enumerate(parts, 1)]
