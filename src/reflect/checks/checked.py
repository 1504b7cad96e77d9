"""
The result of checking one file.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from reflect.errors import Fault, cap_faults
from reflect.shown import Brief


@attrs.frozen
class Checked(Brief):
    """
    The result of checking one file.

    Attributes:
        advice: What could be better, such as the advice of `reflect.lint` at its lines.
        tidy: The page in canonical form, if it is in another; its line endings stay the same.
        changes: What the canonical form changes, in a few words.
        taken_for: What the file was taken for, with its article, if its ending leaves that open.
        state: Whether a filled paper is closed, and as it was then; of a page, how many of its core questions are not
            in plain words.
        data: The bytes of the page as it was read.
        notes: What a page in a Word file leaves out, a sentence for each.
        beside: Where the tidy page is written, if not over the file itself.
        mended: Whether the tidy page has none of the faults.
    """

    _in_line = ("where", "faults", "advice")

    where: Path
    faults: tuple[Fault, ...] = attrs.field(default=(), converter=cap_faults)
    advice: tuple[Fault, ...] = attrs.field(default=(), converter=cap_faults)
    tidy: str | None = attrs.field(default=None, repr=False)
    changes: str = ""
    taken_for: str = ""
    state: str = ""
    data: bytes = attrs.field(default=b"", repr=False)
    notes: tuple[str, ...] = attrs.field(default=(), repr=False)
    beside: Path | None = None
    mended: bool = False
