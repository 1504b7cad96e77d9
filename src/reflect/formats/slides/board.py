"""
A slide on which words and pictures get their places.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from reflect.formats.slides.pages import SlidePage
from reflect.formats.slides.shapes import (
    ACROSS,
    CREDIT,
    INK,
    LEADING,
    LEAST,
    LEFT,
    SOFT,
    Measure,
    PictureBox,
    SlideText,
    WordBox,
)

#: Where a slide begins, where its content ends, and where its credit stands.
TOP, FOOT, _CREDIT_TOP = 34.0, 486.0, 504.0
#: The height of a track, and where it begins.
TRACK, TRACK_TOP = 38.0, 440.0


@attrs.define
class Board:
    """
    A slide that is being laid.

    Attributes:
        page: What it shows.
        measure: How much room words take.
        shapes: What stands on it already, in the order of reading.
        moved: What has no room on it at a size that can be read, and goes to the notes.
        small: What its credit says.
    """

    page: SlidePage
    measure: Measure
    shapes: list[WordBox | PictureBox] = attrs.field(factory=list)
    moved: list[str] = attrs.field(factory=list)
    small: list[str] = attrs.field(factory=list)

    def put(self, texts: Sequence[SlideText], x: float, y: float, w: float, name: str, *, right: bool = False) -> float:
        """
        Put words in their place, and return where they end.
        """
        high = self.measure.height_of(texts, w)
        self.shapes.append(WordBox(x=x, y=y, w=w, h=high, texts=tuple(texts), name=name, right=right))
        return y + high

    def put_title(self, x: float, y: float, w: float, high: float, sizes: Sequence[float], colour: str = INK) -> float:
        """
        Put the title as large as it fits, and return where it ends. It is read first, wherever it stands.
        """
        text = self.page.title
        found = self.measure.fit([text], w, high, sizes, bold=True, colour=colour, settled=True)
        if found is None:
            self.moved.append(text)
            cut = self.measure.shorten(text, w, high, LEAST, bold=True)
            found = (SlideText(text=cut, size=LEAST, bold=True, colour=colour),)
        tall = self.measure.height_of(found, w)
        self.shapes.insert(0, WordBox(x=x, y=y, w=w, h=tall, texts=found, name="Title", title=True))
        return y + tall

    def draw(self, svg: str, x: float, y: float, w: float, h: float, name: str, about: str = "") -> None:
        """
        Put a picture in its place.

        Args:
            about: What it shows, in words; empty if words beside it say that.
        """
        self.shapes.append(PictureBox(x=x, y=y, w=w, h=h, svg=svg, about=about, name=name))

    def put_credit(self, marking: str, spare: float) -> None:
        """
        Put the credit at the foot, with how papers of this kind are marked.

        Args:
            spare: The room that something else takes at its right.
        """
        text = " · ".join(filter(None, (marking, *self.small)))
        if not text:
            return
        w, high = ACROSS - spare, 2 * CREDIT * LEADING
        found = self.measure.fit([text], w, high, (CREDIT,), colour=SOFT)
        if found is None:
            self.moved.append(text)
            found = (SlideText(text=self.measure.shorten(text, w, high, CREDIT), size=CREDIT, colour=SOFT),)
        self.put(found, LEFT, _CREDIT_TOP, w, "Credit")
