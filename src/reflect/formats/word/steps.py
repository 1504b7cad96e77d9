"""
Steps of a method in Word: the two sides of a card, and a slide.
"""

from __future__ import annotations

from reflect.diagrams import signs
from reflect.diagrams.fitting import wrap
from reflect.formats.card_sizes import Room, is_tall
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.pictures import drawing
from reflect.formats.word.text import TAB, paragraph, run
from reflect.text.cards import WORDS_WIDE, CardSize
from reflect.text.nodes import Card, Doing

#: Points in a millimetre.
_MM = 72 / 25.4
#: The width of a badge, and the height of a track; in millimetres.
_BADGE, _TRACK = 11, 3.2
#: What the words of a front and of a back have no room in, in millimetres: edges, the badge and the track.
_FRONT, _BACK = 28, 13
#: From line to line, as the styles have it.
_LEADING = (1.24, 1.24)
#: A badge and the height of a track on a slide, in millimetres.
_SLIDE_BADGE, _SLIDE_TRACK = 22, 11
#: As many letters stand beside the badge of a slide.
_BESIDE = 32
#: The sizes of the title and the text of a slide, as the styles have them; and in points the height that both have,
#: and that of a line that says who is silent.
_SLIDES, _SLIDE_HIGH, _SLIDE_LINE = ((56, 32), (44, 28), (34, 24), (26, 20)), 205, 34


def _name(does: str) -> str:
    """
    Return the style of the words for what is done.
    """
    return f"ReflectDoes{does.capitalize() or 'All'}"


def _who(card: Card, doing: Doing, badge: float, ledger: Ledger, *, beside: bool, slide: bool = False) -> str:
    """
    Return what is done and by whom, and at the right how long.

    Args:
        beside: Whether the words have room beside the badge.
        slide: Whether it is for a slide.
    """
    where = "Slide" if slide else "Card"
    # The word for a sign is beside it; a picture in Word has its own all the same.
    shown = drawing(signs.badge(doing.does, badge), badge, badge, card.part or card.front, ledger)
    said = run(card.part, _name(doing.does))
    minutes = run(doing.minutes, "ReflectSlideDigits" if slide else "ReflectDigits")
    unit = run(f" {doing.unit}" if minutes else doing.unit, "ReflectMuted")
    long = TAB + minutes + unit if doing.minutes or doing.unit else ""
    if beside:
        return paragraph(f"Reflect{where}Who", shown + run("  ") + said + long)
    return paragraph(f"Reflect{where}Who", shown + long) + paragraph(f"Reflect{where}Quiet", said)


def _quiet(doing: Doing, style: str, small: float, ledger: Ledger) -> str:
    """
    Return the line that says who is silent meanwhile.
    """
    if not doing.quiet:
        return ""
    sign = drawing(signs.sign("silent", small), small, small, doing.quiet, ledger)
    return paragraph(style, sign + run(" ") + run(doing.quiet, _name("silent")))


def _track(card: Card, doing: Doing, wide: float, high: float, ledger: Ledger, *, large: bool = False) -> str:
    if not doing.track:
        return ""
    drawn = signs.track(doing.track, doing.at, wide, high, signs=large)
    return drawing(drawn, wide, high, signs.about_track(card) or card.front, ledger)


def _write_what_is_done(doing: Doing, style: str) -> str:
    steps = "".join(paragraph(style, run(f"{n}. {step}")) for n, step in enumerate(doing.steps, 1))
    return (paragraph(style, run(doing.text)) if doing.text else "") + steps


def _place(card: Card, doing: Doing, style: str) -> str:
    return paragraph(style, run(card.head) + (TAB + run(doing.time) if doing.time else ""))


def front_of_step(card: Card, ledger: Ledger, measures: CardSize) -> tuple[str, str]:
    """
    Return the words of the front of the card of a step, and its foot.

    Args:
        measures: The size of the card.
    """
    doing = card.doing
    assert doing is not None
    wide = WORDS_WIDE
    beside = Room.beside(doing, wide) + 3
    high, large = measures.high - _FRONT, is_tall(measures)
    room = Room(high=high, wide=wide, title=wide, who=wide - _BADGE - beside, apart=True, leading=_LEADING, large=large)
    size = room.size_of_front(card) + 1
    track = _track(card, doing, wide * _MM, _TRACK * _MM, ledger)
    words = "".join((
        _who(card, doing, _BADGE * _MM, ledger, beside=room.fits_beside(card.part)),
        _quiet(doing, "ReflectCardQuiet", 2.6 * _MM, ledger),
        paragraph(f"ReflectCardTitle{size}", run(card.front)),
        _write_what_is_done(doing, f"ReflectCardText{size}"),
    ))  # fmt: skip
    return words, (paragraph("ReflectCardTrack", track) if track else "") + _place(card, doing, "ReflectCardPlace")


def back_of_step(card: Card, measures: CardSize) -> str:
    """
    Return the words of the back of the card of a step: what whoever leads has to know, or what is asked; or nothing.

    Args:
        measures: The size of the card.
    """
    said = [each for each in (card.back, *card.points) if each]
    high, large = measures.high - _BACK, is_tall(measures)
    room = Room(high=high, wide=WORDS_WIDE, title=WORDS_WIDE, leading=_LEADING, large=large)
    size = room.size_of_back(card) + 1
    out = [paragraph("ReflectCardOver", run(card.label))] if card.label or said else []
    return "".join((*out, *(paragraph(f"ReflectCardSaid{size}", run(each)) for each in said)))


def _high(card: Card, doing: Doing, sizes: tuple[int, int], wide: float) -> float:
    """
    Return the height of the title and the text of a slide, in points.
    """
    title, text = sizes
    steps = [f"{n}. {step}" for n, step in enumerate(doing.steps, 1)]
    high = len(wrap(card.front, wide * 0.97, title, bold=True, split=True) or ()) * title * 1.22 + 6
    for each in filter(None, (doing.text, *steps)):
        high += len(wrap(each, wide * 0.97, text, split=True) or ()) * text * 1.22 + 6
    return high


def slide(card: Card, ledger: Ledger) -> str:
    """
    Return a step large enough for a wall, with the track of the whole method.
    """
    doing = card.doing or Doing()
    wide = ledger.width / 20
    lines = bool(doing.quiet) + (len(card.part) >= _BESIDE)
    room = _SLIDE_HIGH - _SLIDE_LINE * lines
    size = next((n for n, sizes in enumerate(_SLIDES, 1) if _high(card, doing, sizes, wide) <= room), len(_SLIDES))
    badge = _SLIDE_BADGE * _MM
    track = _track(card, doing, wide, _SLIDE_TRACK * _MM, ledger, large=True)
    return "".join((
        _who(card, doing, badge, ledger, beside=len(card.part) < _BESIDE, slide=True),
        _quiet(doing, "ReflectSlideQuiet", 18, ledger),
        paragraph(f"ReflectSlideTitle{size}", run(card.front)),
        _write_what_is_done(doing, f"ReflectSlideText{size}"),
        paragraph("ReflectSlideTrack", track) if track else "",
        _place(card, doing, "ReflectSlidePlace"),
        paragraph("ReflectSmall", run(card.foot)) if card.foot else "",
    ))  # fmt: skip
