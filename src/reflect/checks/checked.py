"""
What a check of one file comes to.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from reflect.errors import Fault
from reflect.shown import Brief


@attrs.frozen
class Checked(Brief):
    """
    What came of checking one file.

    Attributes:
        advice: What could be better, such as the advice of `reflect.lint` at its lines.
        tidy: The page in its canonical form, if it is in another one; lines end as they did.
        changes: What the canonical form changes, in a few words.
    """

    _in_line = ("where", "faults", "advice")

    where: Path
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    tidy: str | None = attrs.field(default=None, repr=False)
    changes: str = ""
