"""
What a template says about itself, in its front matter.
"""

from __future__ import annotations

import attrs

from reflect.questions.rings import Ring
from reflect.shown import Brief


def split_list(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(",") if (part := each.strip()))


@attrs.frozen
class About(Brief):
    """
    What the front matter of a template says.

    Attributes:
        of: What it is made from: ``model``, ``models``, ``session``, ``nothing``, or a paper of `reflect.papers`.
        models: How many models it takes, such as ``2-4``, if it is made from several.
        looks: How it is always laid out, such as ``large-print, landscape``.
        label: What sort of paper it is, at the head of every page.
        limits: Who may read it, or its licence; at the foot of every page.
        ring: Who may read it, as a ring: nothing has a place on it that some of them may not read. None if
            that depends on its reader alone.
        lang: The language it is written in, as a tag such as ``en-GB`` or ``cy``.
    """

    _in_line = ("of", "ring")

    of: str = "session"
    models: str = ""
    looks: tuple[str, ...] = attrs.field(default="", converter=split_list)
    label: str = ""
    limits: str = ""
    ring: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))
    lang: str = "en-GB"

    @property
    def least(self) -> int:
        """
        How few models it takes, if it is made from several.
        """
        return int(self.models.partition("-")[0] or 2)

    @property
    def most(self) -> int:
        """
        How many models it takes, if it says so.
        """
        return int(self.models.partition("-")[2] or 99)

    @property
    def private(self) -> bool:
        """
        Whether what is filled in is for one or two people, or for a file that few may open.
        """
        return self.ring in (Ring.OWN, Ring.PAIR, Ring.PERSONAL)
