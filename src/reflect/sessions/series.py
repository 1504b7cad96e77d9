"""
What a run of sessions has covered: as a chart, in Word and as text, for the annual review.

It shows elements and functions, never answers, and never one pair beside another.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import attrs

from reflect import formats
from reflect.errors import UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.question import Element, Function
from reflect.sessions.days import day_in_words
from reflect.sessions.journal import Entry, Journal
from reflect.text.nodes import Cell, Document, Heading, Paragraph, Table, Text

#: The function each item of the frame serves.
SERVES: Mapping[str, Function] = {
    "arrive": Function.SUPPORT,
    "actions": Function.MANAGEMENT,
    "wellbeing": Function.SUPPORT,
    "workload": Function.MEDIATION,
    "round": Function.MANAGEMENT,
    "depth": Function.DEVELOPMENT,
    "talk": Function.DEVELOPMENT,
    "learning": Function.DEVELOPMENT,
    "close": Function.MANAGEMENT,
}


def touched(journal: Journal, function: Function) -> datetime.date | None:
    """
    Return the last day an item or a model served a function; None if none did.

    Args:
        journal: The sessions held.
        function: The function.
    """
    days = [entry.date for entry in journal.held if function in _functions(entry, None)]
    return days[-1] if days else None


def _functions(entry: Entry, models: Catalogue | None) -> frozenset[Function]:
    """
    The functions of the items reached, and those that a fifth of a model's questions serve first.
    """
    found = {SERVES[kind] for kind in entry.items if kind in SERVES}
    for used in entry.used:
        found |= {function for function in Function if _share(used.model, function, models) >= 0.2}
    return frozenset(found)


def _share(key: str, value: Element | Function, models: Catalogue | None) -> float:
    """
    How much of a model asks about something first; nothing of a model that is not there.
    """
    try:
        asks = (our_catalogue() if models is None else models).model(key).asks
    except UnknownKey:
        return 0.0
    first = [(q.elements if isinstance(value, Element) else q.functions)[:1] for q in asks]
    return sum(value in each for each in first) / len(first) if first else 0.0


@attrs.frozen(kw_only=True)
class Bar:
    """
    One bar of the chart.

    Attributes:
        name: An element or a function.
        sessions: How many sessions touched it.
        last: The last day it was touched.
    """

    name: str
    sessions: int
    last: datetime.date | None


@attrs.frozen(kw_only=True)
class Series:
    """
    What a run of sessions has covered.

    Attributes:
        held: Sessions held.
        cancelled: Sessions cancelled.
        first: The first day.
        last: The last day.
        bars: Elements and then functions.
        models: The models used, and how often, the most often first.
    """

    held: int
    cancelled: int
    first: datetime.date | None
    last: datetime.date | None
    bars: tuple[Bar, ...]
    models: tuple[tuple[str, int], ...]


def series(journal: Journal, *, models: Catalogue | None = None) -> Series:
    """
    Return what the sessions of a journal have covered.

    Args:
        journal: The sessions held.
        models: Where models are found; ours if nothing is said.
    """
    held = journal.held

    def covered(entry: Entry, value: Element | Function) -> bool:
        if isinstance(value, Function):
            return value in _functions(entry, models)
        return any(_share(used.model, value, models) > 0 for used in entry.used)

    bars = []
    for value in (*Element, *Function):
        days = [entry.date for entry in held if covered(entry, value)]
        bars.append(Bar(name=str(value), sessions=len(days), last=days[-1] if days else None))
    return Series(
        held=len(held),
        cancelled=len(journal.entries) - len(held),
        first=held[0].date if held else None,
        last=held[-1].date if held else None,
        bars=tuple(bars),
        models=tuple(sorted(journal.times.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _said(some: Series) -> str:
    if not some.held:
        return "No session is in the journal yet."
    lost = f", {some.cancelled} cancelled" if some.cancelled else ""
    first, last = (day_in_words(day) if day else "" for day in (some.first, some.last))
    when = first if first == last else f"{first} to {last}"
    return f"{some.held} session{'s' if some.held != 1 else ''} held{lost}, {when}."


def document(some: Series, *, models: Catalogue | None = None) -> Document:
    """
    Return the series as a paper, ready for any format.

    Args:
        some: What the sessions have covered.
        models: Where models are found; ours if nothing is said.
    """
    known = {head.key: head.title for head in (our_catalogue() if models is None else models).heads()}

    def cells(*texts: str) -> tuple[Cell, ...]:
        return tuple(Cell(((Text(text),),) if text else ()) for text in texts)

    def heading(level: int, text: str) -> Heading:
        return Heading(level, (Text(text),))

    rows = (
        cells(bar.name.capitalize(), "\u25a0" * bar.sessions if bar.sessions <= 24 else "", str(bar.sessions),
              day_in_words(bar.last) if bar.last else "never")
        for bar in some.bars
    )  # fmt: skip
    used = (cells(known.get(key, key), str(times)) for key, times in some.models)
    return Document(
        kind="series",
        title="What our sessions have covered",
        label="Series of sessions",
        limits="For the two of you, and for the annual review. It shows themes, and no one's answers.",
        blocks=(
            heading(1, "What our sessions have covered"),
            Paragraph((Text(_said(some)),)),
            heading(2, "Elements and functions"),
            Table(cells("What", "Sessions that touched it", "How many", "Last"), tuple(rows)),
            *(
                (heading(2, "Models"), Table(cells("Model", "Times"), tuple(used)))
                if some.models
                else ()
            ),
        ),
    )  # fmt: skip


def render(some: Series, to: str = "docx", *, models: Catalogue | None = None) -> bytes:
    """
    Return the series as the bytes of a file: ``svg`` is the chart, the other formats are the paper.

    Args:
        some: What the sessions have covered.
        to: The format.
        models: Where models are found; ours if nothing is said.

    Raises:
        UnknownKey: There is no such format.
    """
    return svg(some).encode() if to == "svg" else formats.writer(to)(document(some, models=models))


#: Measures of the chart, in points.
_ROW, _LEFT, _WIDE, _TOP = 22, 110, 240, 34
_INK, _BAR, _PALE = "#1f2a30", "#0b4f5c", "#dfe9ea"


def svg(some: Series) -> str:
    """
    Return the series as a small chart.
    """
    high = _TOP + _ROW * len(some.bars) + 8
    most = max((bar.sessions for bar in some.bars), default=0) or 1
    parts: Iterable[str] = (
        f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{bar.name.capitalize()}</text>'
        f'<rect x="{_LEFT}" y="{y + 3}" width="{_WIDE}" height="14" fill="{_PALE}"/>'
        f'<rect x="{_LEFT}" y="{y + 3}" width="{_WIDE * bar.sessions / most:.1f}" height="14" fill="{_BAR}"/>'
        f'<text x="{_LEFT + _WIDE + 8}" y="{y + 14}">{bar.sessions or "none"}</text>'
        for y, bar in zip(range(_TOP, high, _ROW), some.bars, strict=False)
    )
    about = "; ".join(f"{bar.name}: {bar.sessions}" for bar in some.bars)
    wide = _LEFT + _WIDE + 50
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}pt" height="{high}pt" '
        f'role="img" aria-labelledby="series-title series-about" font-family="Carlito, Calibri, Arial, sans-serif" '
        f'font-size="12" fill="{_INK}"><title id="series-title">What our sessions have covered</title>'
        f'<desc id="series-about">{_said(some)} {about}</desc><rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<text x="8" y="18" font-weight="600">{_said(some)}</text>{"".join(parts)}</svg>\n'
    )
