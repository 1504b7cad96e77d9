"""
A slide with a title, and a picture or what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect import diagrams
from reflect.diagrams import signs
from reflect.diagrams.metrics import width
from reflect.diagrams.svg import write_svg
from reflect.diagrams.wall import WallPicture, draw_for_wall
from reflect.formats.slides.board import FOOT, TOP, TRACK, TRACK_TOP, Board
from reflect.formats.slides.shapes import (
    ACROSS,
    LEADING,
    LEAST,
    LEFT,
    PAPER,
    SOFT,
    TITLE,
    SlideText,
    WordBox,
)
from reflect.questions.question import Shape
from reflect.text.nodes import Diagram, Stage, Stretch

#: The sizes to try, largest first: of titles, of the title that opens a day, of what stands under a title, of that over
#: a picture, of what is asked, and of lists.
_TITLES = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0, LEAST)
_OPENINGS = (60.0, 54.0, 48.0, *_TITLES)
_UNDER, _OVER_PICTURE = (26.0, 24.0, 22.0, LEAST), (22.0, LEAST)
_PROMPTS = (50.0, 46.0, 42.0, 38.0, 34.0, 30.0, 27.0, 24.0, LEAST)
_LISTS = (30.0, 28.0, 26.0, 24.0, 22.0, LEAST)
#: From this size on a list is large enough for one column.
_LARGE = 26.0
#: The height that a title and what stands under it may have, and where the title that opens a day stands.
_TITLE_HIGH, _UNDER_HIGH, _OPENS = 106.0, 80.0, 150.0
#: The circle with the number of a part, the room beside it, and the sizes of the number.
_CIRCLE, _BESIDE, _NUMBERS = 54.0, 16.0, (28.0, 24.0, LEAST)
#: What is between a title and what stands under it, a picture, and what is asked.
_TO_UNDER, _TO_PICTURE, _TO_PROMPTS = 8.0, 12.0, 24.0
_BETWEEN_COLUMNS = 28.0
#: The height that a picture leaves to what is asked.
_FOR_PROMPTS = 150.0


def lay_page(board: Board) -> None:
    """
    Put everything in its place.
    """
    page = board.page
    y = _OPENS if page.opens else TOP
    x = LEFT + (_CIRCLE + _BESIDE if page.number else 0)
    w = LEFT + ACROSS - x
    if page.over:
        said = board.measure.fit([" · ".join(page.over)], w, 2 * LEAST * LEADING, (LEAST,), colour=SOFT)
        if said is None:
            board.moved += page.over
        else:
            y = board.put(said, x, y, w, "Over the title") + 4
    sizes = _OPENINGS if page.opens else _TITLES
    foot = board.put_title(x, y, w, _TITLE_HIGH * (2 if page.opens else 1), sizes, TITLE)
    if page.number:
        _put_number(board, page.number, y)
        foot = max(foot, y + _CIRCLE)
    if page.diagram is not None and _needs_all_room(board, page.diagram, foot):
        board.moved += page.under
    else:
        foot = _put_under(board, foot + _TO_UNDER)
    if page.diagram is not None:
        foot = _put_picture(board, page.diagram, foot + _TO_PICTURE)
    if page.prompts:
        _put_prompts(board, foot + _TO_PROMPTS)
    board.small += page.small


def _put_number(board: Board, number: str, y: float) -> None:
    size = next((size for size in _NUMBERS if width(number, size, bold=True) < _CIRCLE * 0.8), None)
    if size is None:
        board.moved.append(number)
        return
    said = (SlideText(text=number, size=size, bold=True, colour=PAPER),)
    board.shapes.append(WordBox(x=LEFT, y=y, w=_CIRCLE, h=_CIRCLE, texts=said, name="Number", filled=TITLE))


def _put_under(board: Board, y: float) -> float:
    """
    Put what stands under the title, as much of it as fits, and return where it ends.
    """
    page = board.page
    most = FOOT - y if page.opens else _UNDER_HIGH
    sizes = _LISTS if page.opens else _OVER_PICTURE if page.diagram else _UNDER
    texts = list(page.under)
    while texts:
        found = board.measure.fit(texts, ACROSS, most, sizes, colour=SOFT)
        if found is not None:
            return board.put(found, LEFT, y, ACROSS, "Under the title")
        board.moved.insert(0, texts.pop())
    return y


def _put_prompts(board: Board, y: float) -> None:
    """
    Put what is asked as large as it fits; of more than fits, the first.
    """
    texts = list(board.page.prompts)
    while texts:
        found = board.measure.fit(texts, ACROSS, FOOT - y, _PROMPTS, gap=0.75)
        if found is not None:
            board.put(found, LEFT, y, ACROSS, "Questions")
            return
        board.moved.insert(0, texts.pop())
    cut = board.measure.shorten(board.page.prompts[0], ACROSS, FOOT - y, LEAST)
    board.put([SlideText(text=cut, size=LEAST)], LEFT, y, ACROSS, "Questions")


# --- a picture


def _needs_all_room(board: Board, diagram: Diagram, y: float) -> bool:
    """
    Tell whether a picture has room for its words only if nothing stands under the title.
    """
    under = board.measure.fit(board.page.under, ACROSS, _UNDER_HIGH, _OVER_PICTURE)
    if diagram.shape is Shape.STEPS or not under:
        return False
    below = y + _TO_UNDER + board.measure.height_of(under, ACROSS)
    high = _foot_of_picture(board) - _TO_PICTURE
    return _lacks(*(draw_for_wall(diagram, ACROSS, high - top, LEAST) for top in (below, y)))


def _lacks(one: WallPicture, other: WallPicture) -> bool:
    """
    Tell whether a picture lacks what another has: to be there at all, or its words.
    """
    if one.drawing is None or other.drawing is None:
        return one.drawing is None and other.drawing is not None
    return len(one.beside) > len(other.beside)


def _foot_of_picture(board: Board) -> float:
    return FOOT - (_FOR_PROMPTS if board.page.prompts else 0)


def _put_picture(board: Board, diagram: Diagram, y: float) -> float:
    """
    Put the picture of a model, with its titles beside it if they are not in it, and return where it ends.
    """
    if diagram.shape is Shape.STEPS:
        return _put_steps(board, diagram, y)
    foot = _foot_of_picture(board)
    high = foot - y
    found = draw_for_wall(diagram, ACROSS, high, LEAST)
    if found.drawing is None:
        return _put_columns(board, found.beside, y, foot)
    w, h = found.drawing.width * found.scale, found.drawing.height * found.scale
    right = LEFT + w + _BETWEEN_COLUMNS
    listed = _fit_list(board, found.beside, LEFT + ACROSS - right, high) if found.beside else ()
    if listed is None:
        return _put_columns(board, found.beside, y, foot)
    about = diagrams.describe(diagram)
    drawn = write_svg(found.drawing, title=diagram.title, about=about, name="slide", scale=found.scale)
    x = LEFT if listed else LEFT + (ACROSS - w) / 2
    board.draw(drawn, x, y + (high - h) / 2, w, h, "Picture", about)
    if listed:
        tall = board.measure.height_of(listed, LEFT + ACROSS - right)
        board.put(listed, right, y + (high - tall) / 2, LEFT + ACROSS - right, "List")
    return foot


def _fit_list(board: Board, listed: Sequence[tuple[str, str]], w: float, high: float) -> tuple[SlideText, ...] | None:
    """
    Return numbered lines as large as they fit, and if that is not too small, without broken ones.
    """
    texts, numbers = [said for _, said in listed], [number for number, _ in listed]
    for size in _LISTS[:-2]:
        made = board.measure.fit(texts, w, high, (size,), numbers=numbers, gap=0.3)
        if made and all(board.measure.lines_of(each.text, size, w - each.indent) == 1 for each in made):
            return made
    return board.measure.fit(texts, w, high, _LISTS, numbers=numbers, gap=0.3)


def _put_columns(board: Board, listed: Sequence[tuple[str, str]], y: float, foot: float) -> float:
    """
    Put a list in one column or in two, and return where it ends; what has no room goes to the notes.
    """
    one = _fit_list(board, listed, ACROSS, foot - y)
    if one and one[0].size >= _LARGE:
        return board.put(one, LEFT, y, ACROSS, "List")
    half, many = (ACROSS - _BETWEEN_COLUMNS) / 2, (len(listed) + 1) // 2
    columns = [part for part in (listed[:many], listed[many:]) if part]
    made = [_fit_list(board, part, half, foot - y) for part in columns]
    if not all(made):
        if one:
            return board.put(one, LEFT, y, ACROSS, "List")
        board.moved += [" ".join(filter(None, each)) for each in listed]
        return y
    size = min(each[0].size for each in made if each)
    ends = [y]
    for n, part in enumerate(columns):
        texts, numbers = [said for _, said in part], [number for number, _ in part]
        column = board.measure.fit(texts, half, foot - y, (size,), numbers=numbers, gap=0.3)
        assert column is not None
        ends.append(board.put(column, LEFT + n * (half + _BETWEEN_COLUMNS), y, half, "List"))
    return max(ends)


def _put_steps(board: Board, diagram: Diagram, y: float) -> float:
    """
    Put the steps of a method as a list, and their track under it.
    """
    listed = [(str(n), _say_step(stage)) for n, stage in enumerate(diagram.stages, 1)]
    _put_columns(board, listed, y, TRACK_TOP - 14)
    known = [stage.minutes for stage in diagram.stages if stage.minutes]
    usual = max(round(sum(known) / len(known)), 1) if known else 1
    track = [Stretch(share=stage.minutes or usual, does=_does(stage)) for stage in diagram.stages]
    drawn = signs.track(track, (), ACROSS, TRACK, signs=True)
    board.draw(drawn, LEFT, TRACK_TOP, ACROSS, TRACK, "Track", diagrams.describe(diagram))
    return FOOT


def _does(stage: Stage) -> str:
    return "silent" if stage.silent else stage.does or "ask"


def _say_step(stage: Stage) -> str:
    title = stage.title
    return f"{title}, {stage.minutes} min" if stage.minutes else title
