"""
What stands where on a slide. Whatever has no room at a size that can be read goes to the notes, so nothing is lost.
"""

from __future__ import annotations

import attrs

from reflect.formats.slides.board import Board
from reflect.formats.slides.page_layout import lay_page
from reflect.formats.slides.pages import SlidePage
from reflect.formats.slides.shapes import Measure, PictureBox, WordBox
from reflect.formats.slides.step_layout import lay_step


@attrs.frozen(kw_only=True)
class LaidSlide:
    """
    A slide whose words and pictures have their places.

    Attributes:
        shapes: What stands on it, in the order of reading; first its title.
        notes: What is said beside it, a paragraph each.
    """

    shapes: tuple[WordBox | PictureBox, ...]
    notes: tuple[str, ...]


def lay_slide(page: SlidePage, measure: Measure, *, marking: str = "", spare: float = 0.0) -> LaidSlide:
    """
    Return a page with everything in its place.

    Args:
        measure: How much room words take.
        marking: Whose papers these are and how they are marked, before the credit.
        spare: The room that something else takes at the right of the credit.
    """
    board = Board(page, measure)
    if page.card is not None:
        lay_step(board, page.card)
    else:
        lay_page(board)
    board.put_credit(marking, spare)
    return LaidSlide(shapes=tuple(board.shapes), notes=(*board.moved, *page.notes))
