"""
Values that show themselves when they are printed, or looked at in a notebook.

How each kind of value is shown is known above, in `reflect.display`; the package hands it down when it is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol


class Display(Protocol):
    """
    What knows how to show every kind of value.
    """

    def text(self, value: object) -> str:
        """
        Return a value as ``print`` shows it.
        """

    def page(self, value: object) -> str:
        """
        Return a value as HTML for a notebook.
        """


class Shown:
    """
    A value that can be printed, and looked at in a notebook.
    """

    __slots__ = ()
    #: Gives the display. ``reflect/__init__.py`` sets it, so that nothing down here names what is above.
    display: ClassVar[Callable[[], Display]]

    def __str__(self) -> str:
        return Shown.display().text(self)

    def _repr_html_(self) -> str:
        return Shown.display().page(self)
