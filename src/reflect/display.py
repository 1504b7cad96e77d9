"""
How a value looks when it is printed, and in a notebook: what ``print`` and Jupyter show.

Both are kept in files and passed on, so they follow ``repr``: what somebody wrote is in neither. Text is escape_html
and nothing runs; colours are those of whatever stands round it, so it reads on white as on black.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from reflect.errors import Faults, UnknownKey
from reflect.formats.html.body import escape_html
from reflect.pages.catalogues import Catalogue
from reflect.questions.model import Model
from reflect.questions.question import Mode, Question
from reflect.questions.sets import At, Both, Composable, Either, Given, Outline, QuestionSet, Use, show
from reflect.questions.wordings import Wording, wording
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text.nodes import Document, Look

WIDTH = 88
_EDGE = "border:1px solid rgba(128,128,128,.4);border-radius:4px"
_BOX = f"{_EDGE};border-left:4px solid #2a8a8f;padding:.6em 1em;max-width:46em"
_SOFT = "opacity:.75"
_ROW = "text-align:left;padding:.25em 1em .25em 0;vertical-align:top"
#: A cell with fewer letters stays on one line.
_SHORT = 26
#: Parts of a model that are open at once; of more, the reader opens those they want.
_OPEN = 3
_LEFT_OUT = "What was written is left out here."


def _plain(text: str) -> str:
    """
    A text without what no file of a notebook can hold: control characters, and halves of characters.
    """
    kept = (c if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff\x7f" else " " for c in text)
    return " ".join("".join(kept).split())


def _said(text: str, words: Wording) -> str:
    """
    A text in the words of a wording; as it stands if it needs a word that there is not.
    """
    try:
        return _plain(words.fill(text))
    except UnknownKey:
        return _plain(text)


def _html(text: str) -> str:
    return escape_html(_plain(text))


def _soft(text: str) -> str:
    return f'<span style="{_SOFT}">{_html(text)}</span>' if _plain(text) else ""


def _length(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes} minute{'s' if minutes != 1 else ''}"


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _about(what: Composable) -> tuple[str, ...]:
    """
    What is said under the title of a model or a set.
    """
    asks = _count(len(what.asks), "question")
    if not isinstance(what, Model):
        topics = sorted({question.topic.id for question in what.asks if question.topic})
        about = f"about {', '.join(topics)}" if topics else ""
        return tuple(filter(None, (_length(what.questions.minutes), asks, about)))
    head = what.head
    length = f"{head.minutes[0]} to {head.minutes[1]} minutes" if head.minutes else ""
    return tuple(filter(None, (head.family, length, ", ".join(head.suits), asks, "draft" if head.draft else "")))


def _mode(mode: Mode) -> str:
    return {Mode.SAY: "told", Mode.SILENT: "silence"}.get(mode, "")


def _beside(part: QuestionSet) -> str:
    minutes = _length(part.minutes or part.usual)
    return ", ".join(filter(None, (minutes, _mode(part.mode), _plain(part.role))))


# --- printed


def _wrapped(text: str, indent: str, mark: str = "") -> Iterator[str]:
    yield from (
        textwrap.wrap(text, WIDTH, initial_indent=indent + mark, subsequent_indent=indent + " " * len(mark)) or ()
    )


def printed(what: Composable) -> str:
    """
    Return a model or a set as ``print`` shows it: its questions, part by part; core ones have an asterisk.
    """
    words = wording("general")

    def lines(some: QuestionSet, indent: str) -> Iterator[str]:
        for child in some.children:
            if isinstance(child, Question):
                yield from _wrapped(_said(child.text, words), indent, "* " if child.core else "- ")
                continue
            beside = _beside(child)
            title = _said(child.title, words) + (f" ({beside})" if beside else "")
            if child.title or beside:
                yield from _wrapped(title, indent)
            yield from lines(child, indent + "  " if child.title or beside else indent)

    title = _plain(_title(what))
    return "\n".join((title, ", ".join(map(_plain, _about(what))), *lines(what.questions, "  ")))


def _title(what: Composable) -> str:
    some = what.questions
    if isinstance(what, Model):
        return what.title
    return some.title or " + ".join(part.title for part in some.parts if part.title) or "A set of questions"


def printed_session(session: Session) -> str:
    """
    Return a session as ``print`` shows it: its items with their times.
    """
    rows = [(session.clock(item.begins), _plain(item.title), _length(item.minutes)) for item in session.items]
    if session.spare:
        rows.append((session.clock(session.minutes - session.spare), "Open time", _length(session.spare)))
    wide = max((len(title) for _, title, _ in rows), default=0)
    lines = [f"{begins:>5}  {title:<{wide}}  {length}".rstrip() for begins, title, length in rows]
    lost = [f"There was no time for: {_plain(_title(some))}" for some in session.dropped]
    return "\n".join((f"A session of {_length(session.minutes)}", *lines, *lost))


def _titled(record: Record) -> str:
    return f"A record of {_length(record.minutes)}" if record.minutes else "A record"


def _told(record: Record) -> tuple[str, ...]:
    """
    What a record holds, in numbers.
    """
    signed = ", ".join(f"{sign.role}: {sign.agreement or 'not said'}" for sign in record.signed)
    return (
        _count(len(record.answers), "answer"),
        _count(len(record.actions), "action"),
        _count(len(record.decisions), "decision"),
        f"signed by {signed}" if signed else "not signed",
    )


def printed_record(record: Record) -> str:
    """
    Return a record as ``print`` shows it: what was planned and what became of it, and how much is in it.
    """
    items = [f"  {_plain(i.use or i.key)}, {_length(i.minutes)}: {i.outcome or 'not said'}" for i in record.items]
    return "\n".join((_titled(record), *items, f"  {_plain(', '.join(_told(record)))}", f"  {_LEFT_OUT}"))


def printed_document(document: Document) -> str:
    """
    Return a document as ``print`` shows it: as plain text, with its places empty.
    """
    from reflect.formats import text as plain_text

    return plain_text.write(blank(document)).decode("utf-8", "replace").rstrip("\n")


# --- in a notebook


def of_questions(what: Composable) -> str:
    """
    Return a model or a set as HTML for a notebook.
    """
    words = wording("general")
    some = what.questions
    summary = _said(some.guidance.split("\n\n")[0], words)
    body = "".join(_parts(some, words, len(some.parts) <= _OPEN))
    head = what.head if isinstance(what, Model) else None
    credit = " ".join((*map(str, head.sources), head.rights, head.licence)) if head else ""
    return _boxed(
        _title(what),
        some.key,
        " · ".join(_about(what)),
        (f'<p style="margin:.5em 0">{escape_html(summary)}</p>' if summary else "")
        + body
        + (f'<p style="margin:.5em 0 0;font-size:.85em;{_SOFT}">{_html(credit)}</p>' if credit else ""),
    )


def _boxed(title: str, key: str, about: str, inner: str) -> str:
    name = f' <code style="{_SOFT}">{_html(key)}</code>' if key else ""
    return (
        f'<div style="{_BOX}"><p style="margin:0"><strong style="font-size:1.15em">{_html(title)}</strong>{name}</p>'
        f'<p style="margin:0">{_soft(about)}</p>{inner}</div>'
    )


def _question(question: Question, words: Wording) -> str:
    said = escape_html(_said(question.text, words))
    said = f"<strong>{said}</strong>" if question.core else said
    more = (
        question.hint,
        "or pass" if question.or_pass else "",
        f"about {question.topic.id}" if question.topic else "",
    )
    hint = "".join(f"<br />{_soft(_said(each, words))}" for each in more if each)
    return f"<li>{said}{hint}</li>"


def _parts(some: QuestionSet, words: Wording, shown: bool) -> Iterator[str]:
    """
    What is in a set: questions in lists, and parts to open.
    """
    listed: list[str] = []

    def flush() -> Iterator[str]:
        if listed:
            yield f'<ul style="margin:.3em 0;padding-left:1.5em">{"".join(listed)}</ul>'
            listed.clear()

    for child in some.children:
        if isinstance(child, Question):
            listed.append(_question(child, words))
            continue
        yield from flush()
        inner = "".join(_parts(child, words, shown))
        if not (child.title or _beside(child)):
            yield inner
            continue
        title = f"<strong>{escape_html(_said(child.title, words))}</strong> {_soft(_beside(child))}"
        told = _soft(_said(child.guidance, words)) if not inner else ""
        mark = ' open="open"' if shown else ""
        yield f'<details{mark} style="margin:.3em 0"><summary>{title}</summary>{inner or told}</details>'
    yield from flush()


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f'<th scope="col" style="{_ROW}">{_html(name)}</th>' for name in head)
    short = f"{_ROW};white-space:nowrap"
    cells = (
        "".join(f'<td style="{short if len(cell) < _SHORT else _ROW}">{_html(cell)}</td>' for cell in row)
        for row in rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table style="margin:.5em 0"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def of_session(session: Session) -> str:
    """
    Return a session as HTML for a notebook: its items with their times. Names and topics are not in it.
    """
    rows = [
        (
            session.clock(item.begins),
            item.title,
            _length(item.minutes),
            item.whose,
            "; ".join(f"{part.title} {minutes}" for part, minutes in item.stages if part.title),
        )
        for item in session.items
    ]
    if session.spare:
        rows.append((session.clock(session.minutes - session.spare), "Open time", _length(session.spare), "", ""))
    lost = ", ".join(_title(some) for some in session.dropped)
    return _boxed(
        f"A session of {_length(session.minutes)}",
        "",
        _count(len(session.items), "item"),
        _table(("From", "What", "Length", "Whose", "Stages, in minutes"), rows)
        + (f'<p style="margin:0">There was no time for: {_html(lost)}</p>' if lost else ""),
    )


def of_outline(outline: Outline) -> str:
    """
    Return an outline as HTML for a notebook: what is to be asked, one after the other, and for how long.
    """
    steps = outline.steps if isinstance(outline, Both) else (outline,)
    rows = [
        (_step(each.outline), _length(each.minutes)) if isinstance(each, At) else (_step(each), "") for each in steps
    ]
    wished = sum(each.minutes for each in steps if isinstance(each, At))
    about = f"{_length(wished)} wished for" if wished else ""
    return _boxed("An outline", "", about, _table(("What", "Wish"), rows))


def _step(some: Outline) -> str:
    """
    A step in words: what was made in code by its title.
    """
    match some:
        case Use(path):
            return path
        case Given(made):
            return _title(made)
        case At(inner, minutes):
            return f"{_step(inner)}, {_length(minutes)}"
        case Either(ways):
            return ", or ".join(map(_step, ways))
        case Both(steps):
            return " and then ".join(map(_step, steps))
        case _:
            return ""


def of_catalogue(catalogue: Catalogue) -> str:
    """
    Return a catalogue as HTML for a notebook: a line for each model, or what is wrong with its pages.
    """
    try:
        heads = catalogue.heads()
    except Faults as wrong:
        return _boxed("A catalogue", "", "", "".join(f"<p>{_html(str(fault))}</p>" for fault in wrong.faults))
    rows = [
        (head.key, head.title, head.family, f"{head.minutes[0]} to {head.minutes[1]}" if head.minutes else "")
        for head in heads
    ]
    return _boxed("A catalogue", "", _count(len(heads), "model"), _table(("Key", "Model", "Family", "Minutes"), rows))


def of_record(record: Record) -> str:
    """
    Return a record as HTML for a notebook: what was planned and what became of it. What was written is not in it.
    """
    rows = [(item.use or item.key, _length(item.minutes), str(item.outcome or "not said")) for item in record.items]
    places = [(answered.key, str(answered.ring)) for answered in record.answers]
    return _boxed(
        _titled(record),
        "",
        " · ".join(_told(record)),
        (_table(("Planned", "Length", "What became of it"), rows) if rows else "")
        + (_table(("Written in", "Who may read it"), places) if places else "")
        + f'<p style="margin:0">{_soft(_LEFT_OUT)}</p>',
    )


def of_document(document: Document) -> str:
    """
    Return a document as HTML for a notebook: the page in a frame where nothing runs, with its places empty.
    """
    from reflect.formats import html

    bare = blank(document)
    paper = html.write(attrs.evolve(bare, looks=tuple(dict.fromkeys((*bare.looks, Look.PEN)))))
    frame = (
        "width:100%;max-width:52em;height:40em;resize:vertical;border:1px solid rgba(128,128,128,.4);border-radius:4px"
    )
    markup = "".join(c if c >= " " or c in "\n\t" else " " for c in paper.decode("utf-8", "replace"))
    markup = markup.replace("\ufffe", " ").replace("\uffff", " ")
    return (
        f'<iframe sandbox="" title="{_html(document.title)}" style="{frame}" srcdoc="{escape_html(markup)}"></iframe>'
    )


def blank(document: Document) -> Document:
    """
    Return a document with nothing in the places to write.
    """
    found: Document = _blank(document)
    return found


def _blank(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_blank, value))
    if not attrs.has(type(value)):
        return value
    changes: Mapping[str, Any] = {
        # What is left out of repr and makes a difference is what somebody wrote.
        field.name: field.default if field.repr is False and field.eq else _blank(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and (field.repr or field.eq)
    }
    return attrs.evolve(value, **changes)


#: How each kind of value is printed, and shown in a notebook; the first that fits.
_KINDS: tuple[tuple[type, Callable[[Any], str], Callable[[Any], str]], ...] = (
    (Composable, printed, of_questions),
    (Outline, show, of_outline),
    (Session, printed_session, of_session),
    (Record, printed_record, of_record),
    (Document, printed_document, of_document),
    (Catalogue, repr, of_catalogue),
)


def text(value: object) -> str:
    """
    Return a value as ``print`` shows it.
    """
    return next(write for kind, write, _ in _KINDS if isinstance(value, kind))(value)


def page(value: object) -> str:
    """
    Return a value as HTML for a notebook.
    """
    return next(write for kind, _, write in _KINDS if isinstance(value, kind))(value)
