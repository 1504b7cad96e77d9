"""
How values look when they are printed, and in a notebook: what ``print`` and Jupyter show.

Both are kept in files and passed on, so neither holds what somebody wrote. A model is printed as ``reflect show``
prints it. In a notebook a paper is a page of its own, and everything else is the text that is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from reflect.errors import Faults, UnknownKey
from reflect.formats.html.escaping import escape_html
from reflect.pages.catalogues import Catalogue
from reflect.questions.sets import Composable, title_of_set
from reflect.questions.wordings import Wording, wording
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.shown import count_of, one_line, printable
from reflect.text.nodes import Document, Look

_FRAME = "width:100%;max-width:52em;height:40em;resize:vertical;border:1px solid rgba(128,128,128,.4);border-radius:4px"
#: It takes its colours from the page around it, so you can read it on white and on black.
_TEXT = "border-left:4px solid #2a8a8f;padding:.6em 1em;white-space:pre-wrap"


class _AnyWords(Wording):
    """
    A wording that leaves a word that it does not have as it is.
    """

    def word(self, name: str) -> str:
        try:
            return super().word(name)
        except UnknownKey:
            return f"{{{name}}}"


def _lines_of_session(session: Session) -> Iterator[str]:
    rows = [(item.begins, one_line(item.title), item.minutes) for item in session.items]
    if session.spare:
        rows.append((session.minutes - session.spare, "Open time", session.spare))
    width = max((len(title) for _, title, _ in rows), default=0)
    yield f"A session of {count_of(session.minutes, 'minute')}"
    for begins, title, minutes in rows:
        yield f"{session.clock(begins):>5}  {title:<{width}}  {count_of(minutes, 'minute')}"
    for each in session.dropped:
        yield f"There was no time for: {one_line(title_of_set(each))}"


def _lines_of_record(record: Record) -> Iterator[str]:
    signed = ", ".join(f"{sign.role}: {sign.agreement or 'not said'}" for sign in record.signed)
    held = (
        count_of(len(record.answers), "answer"),
        count_of(len(record.actions), "action"),
        count_of(len(record.decisions), "decision"),
        f"signed by {signed}" if signed else "not signed",
    )
    yield f"A record of {count_of(record.minutes, 'minute')}" if record.minutes else "A record"
    for item in record.items:
        minutes = count_of(item.minutes, "minute")
        yield f"  {one_line(item.use or item.key)}, {minutes}: {item.outcome or 'not said'}"
    yield f"  {one_line(', '.join(held))}"
    yield "  What was written is left out here."


def _lines_of_catalogue(catalogue: Catalogue) -> Iterator[str]:
    """
    A line for each model, or what is wrong with the pages.
    """
    try:
        heads = catalogue.heads()
    except Faults as error:
        yield from map(str, error.faults)
        return
    yield count_of(len(heads), "model")
    width = max((len(head.key) for head in heads), default=0)
    for head in heads:
        length = "{}-{} minutes".format(*head.minutes) if head.minutes else ""
        yield f"  {head.key:<{width}}  {length:>14}  {one_line(head.title)}".rstrip()


def _text_of_set(what: Composable) -> str:
    from reflect.documents.terminal import text_of_model

    return text_of_model(what, _AnyWords(**attrs.asdict(wording("general"), recurse=False)))


def _text_of_document(paper: Document) -> str:
    from reflect.formats import text as plain_text

    return plain_text.write(without_answers(paper)).decode("utf-8", "replace").rstrip("\n")


#: How each kind of value is printed.
_PRINTERS: dict[type, Callable[[Any], str]] = {
    Composable: _text_of_set,
    Session: lambda session: "\n".join(_lines_of_session(session)),
    Record: lambda record: "\n".join(_lines_of_record(record)),
    Catalogue: lambda catalogue: "\n".join(_lines_of_catalogue(catalogue)),
    Document: _text_of_document,
}


def text(value: object) -> str:
    write = next(write for kind, write in _PRINTERS.items() if isinstance(value, kind))
    return "\n".join(printable(line).rstrip() for line in write(value).split("\n"))


def page(value: object) -> str:
    """
    Return a value as HTML for a notebook: a paper in a frame where nothing runs, anything else as it is printed.
    """
    if isinstance(value, Document):
        return _frame_of_document(value)
    return f'<pre style="{_TEXT}">{escape_html(str(value))}</pre>'


def _frame_of_document(paper: Document) -> str:
    from reflect.formats import html

    bare = without_answers(paper)
    markup = html.write(attrs.evolve(bare, looks=(*bare.looks, Look.PEN))).decode("utf-8", "replace")
    source = "\n".join(map(printable, markup.split("\n")))
    title = one_line(paper.title)
    return f'<iframe sandbox="" title="{escape_html(title)}" style="{_FRAME}" srcdoc="{escape_html(source)}"></iframe>'


def without_answers(paper: Document) -> Document:
    """
    Return a document with nothing in the places to write.
    """
    bare: Document = _without_answers(paper)
    return bare


def _without_answers(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_without_answers, value))
    if not attrs.has(type(value)):
        return value
    changes = {
        # What is left out of repr and makes a difference is what somebody wrote.
        field.name: field.default if field.repr is False and field.eq else _without_answers(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and (field.repr or field.eq)
    }
    return attrs.evolve(value, **changes)
