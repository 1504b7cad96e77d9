"""
A slide with one step of a method: what is done and by whom, for how long, and where in the whole it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.diagrams import signs
from reflect.formats.slides.board import TOP, TRACK, TRACK_TOP, Board
from reflect.formats.slides.shapes import (
    ACROSS,
    LEADING,
    LEAST,
    LEFT,
    SOFT,
    SlideText,
    WordBox,
)
from reflect.text.nodes import Card, Doing

#: The sizes of the title and of what is done, largest first; from the second on a title may be broken anywhere.
_TITLES, _SURE = (66.0, 60.0, 54.0, 48.0, 42.0, 36.0, 32.0, 28.0, 24.0, LEAST), 32.0
_TEXTS = (37.0, 34.0, 31.0, 28.0, 26.0, 24.0, 22.0, LEAST)
#: How much smaller than it could be beside its title a text is, before the title becomes smaller too.
_SMALLER = 7.0
#: Where a step begins, its badge, and where its words begin.
_BEGIN, _BADGE, _WORDS = TOP + 26, 110.0, LEFT + 136
#: The sizes of the digits of its minutes, the most room for them, and for what stands under them.
_DIGITS, _DIGITS_WIDE, _UNIT_WIDE, _UNIT_HIGH = (150.0, 120.0, 96.0, 72.0, 48.0, LEAST), 230.0, 190.0, 120.0
_UNITS = (24.0, LEAST)
#: The letters of who does it and who is silent, the sign of silence, and the room between the two.
_WHO, _SIGN, _APART = 23.0, 18.0, 34.0
#: What is between the title and what is done, and over the track for when it is done.
_UNDER_TITLE, _WHEN = 12.0, 32.0


def lay_step(board: Board, card: Card) -> None:
    """
    Put everything in its place.
    """
    doing = card.doing or Doing()
    w = _put_minutes(board, doing) - 20 - _WORDS
    start = _put_who(board, card.part, doing.quiet, doing, w)
    steps = list(doing.steps)
    texts = [text for text in (doing.text, *board.page.under) if text]
    numbers = [*[""] * len(texts), *(f"{n}." for n in range(1, len(steps) + 1))]
    size, said = _fit_words(board, [*texts, *steps], numbers, w, TRACK_TOP - _WHEN - 4 - start)
    foot = board.put_title(_WORDS, start, w, TRACK_TOP - _WHEN - 4 - start, (size,))
    if said:
        board.put(said, _WORDS, foot + _UNDER_TITLE, w, "What is done")
    board.draw(signs.badge(doing.does, _BADGE), LEFT, _BEGIN, _BADGE, _BADGE, "Sign")
    if doing.time:
        when = board.measure.fit([doing.time], ACROSS, LEAST * LEADING, (LEAST,), colour=SOFT)
        if when is None:
            board.moved.append(doing.time)
        else:
            board.put(when, LEFT, TRACK_TOP - _WHEN, ACROSS, "When", right=True)
    if doing.track:
        drawn = signs.track(doing.track, doing.at, ACROSS, TRACK, signs=True)
        board.draw(drawn, LEFT, TRACK_TOP, ACROSS, TRACK, "Track", signs.about_track(card) or card.front)
    board.moved += filter(None, (card.back, *card.points, *board.page.prompts))
    board.small += filter(None, (card.head, card.foot, *board.page.small))


def _put_minutes(board: Board, doing: Doing) -> float:
    """
    Put how long a step takes, and return where the room beside it ends.
    """
    digits, unit, edge = doing.minutes, doing.unit, LEFT + ACROSS
    size = next((size for size in _DIGITS if board.measure.width(digits, size, bold=True) <= _DIGITS_WIDE), None)
    under = board.measure.fit([unit], _UNIT_WIDE, _UNIT_HIGH, _UNITS, colour=SOFT) if unit else ()
    if size is None or under is None:
        board.moved.append(f"{digits} {unit}".strip())
        return edge
    if not digits and not under:
        return edge
    w = board.measure.width(digits, size, bold=True)
    if under:
        one_line = board.measure.width(unit, under[0].size) + 1
        w = max(w, min(one_line, _UNIT_WIDE))
    y = _BEGIN - 22
    if digits:
        said = (SlideText(text=digits, size=size, bold=True),)
        high = size * LEADING
        board.shapes.append(WordBox(x=edge - w, y=y, w=w, h=high, texts=said, name="Minutes", right=True))
        y += high
    if under:
        board.put(under, edge - w, y, w, "Minutes in words", right=True)
    return edge - w


def _put_who(board: Board, who: str, quiet: str, doing: Doing, w: float) -> float:
    """
    Put who does a step and who is silent, and return where the title begins.
    """
    y = _BEGIN - 2
    wide = board.measure.width(who, _WHO, bold=True) + 2
    needed = _SIGN + 6 + board.measure.width(quiet, _WHO, bold=True)
    together = bool(who and quiet) and wide + _APART + needed <= w
    foot = y
    if who:
        said = _in_colour(board, who, doing.does, w)
        foot = board.put(said, _WORDS, y, wide if together else w, "Who")
    if quiet:
        x, top = (_WORDS + wide + _APART, y) if together else (_WORDS, foot)
        board.draw(signs.sign("silent", _SIGN), x, top + 5, _SIGN, _SIGN, "Sign of silence")
        left = _WORDS + w - x - _SIGN - 6
        foot = board.put(_in_colour(board, quiet, "silent", left), x + _SIGN + 6, top, left, "Who is silent")
    return foot + 2


def _in_colour(board: Board, text: str, does: str, w: float) -> tuple[SlideText, ...]:
    """
    Return words in the colour of what is done: two lines at most, and the rest goes to the notes.
    """
    if board.measure.lines_of(text, _WHO, w, bold=True) > 2:
        board.moved.append(text)
        while board.measure.lines_of(f"{text} …", _WHO, w, bold=True) > 2:
            text = text[: len(text) * 9 // 10]
        text = f"{text.rstrip()} …"
    return (SlideText(text=text, size=_WHO, bold=True, colour=signs.colour(does)[1:]),)


def _fit_words(
    board: Board, texts: Sequence[str], numbers: Sequence[str], w: float, room: float
) -> tuple[float, tuple[SlideText, ...]]:
    """
    Return the size of the title, and what is done as large as it fits under it; what is too much goes to the notes.
    """
    left = list(texts)
    while True:
        for n, size in enumerate(_TITLES):
            head = board.measure.fit([board.page.title], w, room, (size,), bold=True)
            if head is None or not (size <= _SURE or board.measure.is_settled(head, w)):
                continue
            if not left:
                return size, ()
            sizes = _TEXTS[min(n, len(_TEXTS) - 1) :]
            rest = room - board.measure.height_of(head, w) - _UNDER_TITLE
            body = board.measure.fit(left, w, rest, sizes, numbers=numbers[: len(left)], gap=0.25)
            if body is not None and (body[0].size >= sizes[0] - _SMALLER or size == LEAST):
                return size, body
        if not left:
            return LEAST, ()
        board.moved.insert(0, left.pop())
