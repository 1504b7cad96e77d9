"""
Kinds of answer: how a question wants to be answered on paper.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from reflect.shown import Brief


class Kind(enum.StrEnum):
    """
    What the place for an answer looks like.
    """

    PROSE = "prose"
    POINTS = "points"
    SCALE = "scale"
    CHOICE = "choice"
    TICK = "tick"
    DATE = "date"


def to_texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@attrs.frozen
class Answering(Brief):
    """
    How one question is answered.

    Attributes:
        kind: Prose if nothing is said.
        low: What nought means on a scale.
        high: What ten means on a scale; within reach, never perfection.
        whose: Whose number it is.
        options: What a choice offers.
    """

    kind: Kind = Kind.PROSE
    low: str = ""
    high: str = ""
    whose: str = ""
    options: tuple[str, ...] = attrs.field(default=(), converter=to_texts)

    @property
    def anchored(self) -> bool:
        """
        Whether a scale says what both its ends mean and whose number it is.
        """
        return bool(self.low and self.high and self.whose)


#: A few lines of one's own words.
PROSE = Answering()
