"""
What a run of sessions has covered: as a chart, in Word and as text, for the annual review.
"""

from __future__ import annotations

from collections.abc import Iterable

from reflect import formats
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.sessions.series import Series
from reflect.text.nodes import Cell, Document, Heading, Paragraph, Table, Text
from reflect.text.prose import day_in_words

#: Measures of the chart, in points.
_ROW, _LEFT, _WIDE, _TOP = 22, 110, 240, 34
_INK, _BAR, _PALE = "#1f2a30", "#0b4f5c", "#dfe9ea"


def _summary(series: Series) -> str:
    if not series.held:
        return "No session is in the journal yet."
    lost = f", {series.cancelled} cancelled" if series.cancelled else ""
    first, last = (day_in_words(day) if day else "" for day in (series.first, series.last))
    when = first if first == last else f"{first} to {last}"
    models = "" if series.models else " No model is noted for any of them."
    return f"{series.held} session{'s' if series.held != 1 else ''} held{lost}, {when}.{models}"


def _count(sessions: int) -> str:
    return str(sessions) if sessions else "none"


def document_of_series(series: Series, *, models: Catalogue | None = None) -> Document:
    """
    Return the series as a paper, ready for any format.

    Args:
        models: Where models are found; ours if nothing is said.
    """
    titles = {head.key: head.title for head in (our_catalogue() if models is None else models).heads()}

    def cells(*texts: str) -> tuple[Cell, ...]:
        return tuple(Cell(((Text(text),),) if text else ()) for text in texts)

    def heading(level: int, text: str) -> Heading:
        return Heading(level, (Text(text),))

    rows = (
        cells(bar.name.capitalize(), "\u25a0" * bar.sessions if bar.sessions <= 24 else "", _count(bar.sessions),
              day_in_words(bar.last) if bar.last else "")
        for bar in series.bars
    )  # fmt: skip
    used = (
        cells(titles.get(each.model, each.model), str(each.times), day_in_words(each.last)) for each in series.models
    )
    unknown = [titles.get(each.model, each.model) for each in series.models if not each.known]
    be, them = ("are", "them") if len(unknown) > 1 else ("is", "it")
    left_out = f"We do not know what {', '.join(unknown)} {be} about, so the table leaves {them} out."
    return Document(
        kind="series",
        title="What our sessions have covered",
        label="Series of sessions",
        limits="For the two of you, and for the annual review. It shows what varied, and no one's answers.",
        blocks=(
            heading(1, "What our sessions have covered"),
            Paragraph((Text(_summary(series)),)),
            *(
                (
                    heading(2, "What the models were about"),
                    Table(cells("What", "Sessions with such a model", "How many", "Last"), tuple(rows)),
                    *((Paragraph((Text(left_out),)),) if unknown else ()),
                    heading(2, "Models"),
                    Table(cells("Model", "Times", "Last"), tuple(used)),
                )
                if series.models
                else ()
            ),
        ),
    )  # fmt: skip


def render_series(series: Series, to: str = "docx", *, models: Catalogue | None = None) -> bytes:
    """
    Return the series as the bytes of a file: ``svg`` is the chart, the other formats are the paper.

    Args:
        models: Where models are found; ours if nothing is said.

    Raises:
        UnknownKey: There is no such format.
    """
    return (
        draw_series(series).encode() if to == "svg" else formats.writer(to)(document_of_series(series, models=models))
    )


def draw_series(series: Series) -> str:
    """
    Return the series as a small chart.
    """
    high = _TOP + _ROW * len(series.bars) + 8
    most = max((bar.sessions for bar in series.bars), default=0) or 1
    parts: Iterable[str] = (
        f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{bar.name.capitalize()}</text>'
        f'<rect x="{_LEFT}" y="{y + 3}" width="{_WIDE}" height="14" fill="{_PALE}"/>'
        f'<rect x="{_LEFT}" y="{y + 3}" width="{_WIDE * bar.sessions / most:.1f}" height="14" fill="{_BAR}"/>'
        f'<text x="{_LEFT + _WIDE + 8}" y="{y + 14}">{_count(bar.sessions)}</text>'
        for y, bar in zip(range(_TOP, high, _ROW), series.bars, strict=False)
    )
    about = "; ".join(f"{bar.name}: {bar.sessions}" for bar in series.bars)
    wide = _LEFT + _WIDE + 50
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}pt" height="{high}pt" '
        f'role="img" aria-labelledby="series-title series-about" font-family="Carlito, Calibri, Arial, sans-serif" '
        f'font-size="12" fill="{_INK}"><title id="series-title">What our sessions have covered</title>'
        f'<desc id="series-about">{_summary(series)} {about}</desc><rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<text x="8" y="18" font-weight="600">{_summary(series)}</text>{"".join(parts)}</svg>\n'
    )
