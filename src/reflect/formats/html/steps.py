"""
Cards as HTML, their two sides, and a step as a slide.
"""

from __future__ import annotations

from collections.abc import Iterable

from reflect.diagrams import signs
from reflect.formats.card_sizes import Room, is_tall, size_of_question, size_of_second
from reflect.formats.html.escaping import escape_html
from reflect.text.cards import WORDS_WIDE, CardSize
from reflect.text.nodes import Card, Doing

#: Points in a millimetre.
_MM = 72 / 25.4
#: The width of a badge, the height of a track and the signs on a back, on a card; in millimetres.
_BADGE, _HIGH, _SMALL, _LARGE = 15, 3.2, 3.6, 22
#: The width of a track and its height on a slide, in the parts that a picture has.
_WIDE, _TALL = 900, 40
#: What the words of a front and of a back have no room in, in millimetres: edges and the track.
_FRONT, _BACK = 16, 12
#: The greatest width of the unit under the minutes, and the gap beside a badge and beside them.
_MINUTES, _GAP = 13, 4
#: From line to line in a text and in a title, as in the style sheet.
_LEADING = (1.22, 1.14)


def _looks(doing: Doing, size: int) -> str:
    return f"reflect-does-{doing.does or 'all'} reflect-fit-{size}"


def _paragraph(look: str, text: str) -> str:
    return f'<p class="reflect-{look}">{escape_html(text)}</p>' if text else ""


def _who(card: Card, doing: Doing, small: float) -> str:
    """
    Return what is done and by whom, and who is silent meanwhile.
    """
    quiet = ""
    if doing.quiet:
        quiet = (
            f' <span class="reflect-quiet reflect-does-silent">{signs.sign("silent", small)} '
            f"{escape_html(doing.quiet)}</span>"
        )
    if not (card.part or quiet):
        return ""
    return f'<p class="reflect-who"><span>{escape_html(card.part)}</span>{quiet}</p>'


def _minutes(doing: Doing) -> str:
    if not (doing.minutes or doing.unit):
        return ""
    digits = f"<b>{escape_html(doing.minutes)}</b> " if doing.minutes else ""
    return f'<p class="reflect-minutes">{digits}<span>{escape_html(doing.unit)}</span></p>'


def _write_what_is_done(doing: Doing) -> str:
    steps = "".join(f"<li>{escape_html(step)}</li>" for step in doing.steps)
    return _paragraph("said", doing.text) + (f"<ol>{steps}</ol>" if steps else "")


def _place(card: Card, doing: Doing) -> str:
    time = f" <span>{escape_html(doing.time)}</span>" if doing.time else ""
    return f'<p class="reflect-place"><span>{escape_html(card.head)}</span>{time}</p>'


def list_points(points: Iterable[str]) -> str:
    """
    Return further words of a back, one below the other.
    """
    items = "".join(f"<li>{escape_html(point)}</li>" for point in points)
    return f'<ul class="reflect-points">{items}</ul>' if items else ""


def front_of_step(card: Card, size: CardSize) -> str:
    """
    Return the front of the card of a step.

    Args:
        size: The size of the card.
    """
    doing = card.doing
    assert doing is not None
    beside = Room.beside(doing, _MINUTES) + _GAP if doing.minutes or doing.unit else 0
    title = WORDS_WIDE - _BADGE - _GAP - beside
    room = Room(
        high=size.high - _FRONT,
        wide=WORDS_WIDE,
        title=title,
        who=title,
        least=_BADGE,
        leading=_LEADING,
        large=is_tall(size),
    )
    track = ""
    if doing.track:
        drawn = signs.track(doing.track, doing.at, WORDS_WIDE * _MM, _HIGH * _MM)
        track = f'<div class="reflect-track">{drawn}</div>'
    return (
        f'<div class="reflect-card reflect-step {_looks(doing, room.size_of_front(card))}">'
        f'<div class="reflect-top">{signs.badge(doing.does, _BADGE * _MM)}<div>{_who(card, doing, 2.6 * _MM)}'
        f"{_paragraph('front', card.front)}</div>{_minutes(doing)}</div>{_write_what_is_done(doing)}"
        f'<div class="reflect-end">{track}{_place(card, doing)}</div></div>'
    )


def back_of_step(card: Card, size: CardSize) -> str:
    """
    Return the back of the card of a step: what whoever leads has to know, or what is asked; or the sign alone.

    Args:
        size: The size of the card.
    """
    doing = card.doing
    assert doing is not None
    room = Room(high=size.high - _BACK, wide=WORDS_WIDE, title=WORDS_WIDE, leading=_LEADING, large=is_tall(size))
    return _back(card, f"reflect-step reflect-fit-{room.size_of_back(card)}", doing.does)


def _back(card: Card, looks: str, does: str) -> str:
    """
    Return the back of a card: what is said there, or its sign alone.
    """
    said = _paragraph("over", card.label) + _paragraph("back", card.back) + list_points(card.points)
    if not said:
        said = f'<div class="reflect-nothing">{signs.sign(does, _LARGE * _MM, outline=True)}</div>'
    return (
        f'<div class="reflect-card {looks}">{said}'
        f'<div class="reflect-credit"><p class="reflect-card-foot">{escape_html(card.foot)}</p>'
        f"{signs.sign(does, _SMALL * _MM)}</div></div>"
    )


def front_of_question(card: Card, size: CardSize, left: float) -> str:
    """
    Return the front of the card of a question.

    Args:
        size: The size of the card.
        left: How far the tab is from the left edge of the words, in millimetres.
    """
    tab = looks = ""
    if card.bar:
        looks = f" reflect-{signs.suit_of(card.bar)}"
        drawn = signs.tab(card.bar, size.tab)
        tab = f'<div class="reflect-tab reflect-tab-{round(left * 10)}">{drawn}</div>'
    number = f" <b>{escape_html(card.number)}</b>" if card.number else ""
    place = f'<p class="reflect-place"><span>{escape_html(card.head)}</span>{number}</p>' if card.head or number else ""
    return (
        f'<div class="reflect-card reflect-asked reflect-ask-{size_of_question(card, size)}{looks}">{tab}'
        f'<div class="reflect-end">{place}</div>'
        f"{_paragraph('part', card.part)}{_paragraph('front', card.front)}{_paragraph('hint-of-card', card.hint)}</div>"
    )


def back_of_question(card: Card, size: CardSize) -> str:
    """
    Return the back of the card of a question: a second one, or the sign of its part alone.

    Args:
        size: The size of the card.
    """
    does = signs.suit_of(card.bar) if card.bar else ""
    return _back(card, f"reflect-asked reflect-second-{size_of_second(card, size)}", does)


def slide(card: Card) -> str:
    """
    Return a step large enough for a wall, with the track of the whole method.
    """
    doing = card.doing or Doing()
    much = len(card.front) + len(doing.text) / 2 + sum(map(len, doing.steps)) / 2
    size = next((n for n, most in enumerate((60, 100, 150, 220, 320)) if much <= most), 5)
    track = ""
    if doing.track:
        about = signs.about_track(card)
        drawn = signs.track(doing.track, doing.at, _WIDE, _TALL, about=about, signs=True)
        track = f'<div class="reflect-track">{drawn}</div>'
    return (
        f'<section class="reflect-slide {_looks(doing, size)}">'
        f'<div class="reflect-top">{signs.badge(doing.does)}<div>{_who(card, doing, 12)}'
        f"<h2>{escape_html(card.front)}</h2>{_write_what_is_done(doing)}</div>{_minutes(doing)}</div>"
        f'<div class="reflect-end">{track}{_place(card, doing)}{_paragraph("card-foot", card.foot)}</div></section>'
    )
