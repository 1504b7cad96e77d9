"""
A drawing as PNG, for readers without SVG: one that we ship, or one made now, which needs the extra ``png``; or one that
somebody else has drawn, such as a browser.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import attrs

from reflect.diagrams.metrics import is_measured
from reflect.diagrams.shipped import bare, name_of, shipped_picture

#: The package of the fonts: they are open (SIL OFL 1.1), with letters for Welsh, Polish, Greek and Cyrillic.
_PACKAGE = "font_source_sans_pro"
_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
#: Dots to the inch, sharp in print; and what resvg makes them of.
_ZOOM, _DPI = 2.1, 96
DOTS = _ZOOM * _DPI


@functools.cache
def fonts() -> tuple[str, ...]:
    """
    Return the files of the fonts of diagrams, regular and bold; none without the extra ``png``.
    """
    found = importlib.util.find_spec(_PACKAGE)
    folder = Path(found.origin).parent / "files" if found and found.origin else None
    files = tuple(folder / name for name in _FILES) if folder else ()
    return tuple(map(str, files)) if files and all(file.is_file() for file in files) else ()


def png(svg: str) -> bytes | None:
    """
    Return an SVG of ours as PNG, or None if it is none of those that we ship and the extra ``png`` is not installed.

    The same SVG gives the same bytes, and one that we ship gives those bytes whether the extra is installed or not.
    Within `borrow_pictures`, what is missing may be there.
    """
    drawn = bare(svg)
    found, borrowed = _find_or_make(drawn), _BORROWED.get()
    if found is None and borrowed is not None:
        found = borrowed.given.get(name_of(drawn))
        if found is None:
            borrowed.lacking[name_of(drawn)] = drawn
    return found


@attrs.frozen
class Borrowed:
    """
    Pictures that somebody else has drawn.

    Attributes:
        given: PNG by their names.
        lacking: What was asked for and is not among them, as SVG by the same names.
    """

    given: Mapping[str, bytes] = attrs.field(repr=False)
    lacking: dict[str, str] = attrs.field(factory=dict, repr=False)


_BORROWED: ContextVar[Borrowed | None] = ContextVar("borrowed", default=None)


@contextmanager
def borrow_pictures(given: Mapping[str, bytes]) -> Iterator[Borrowed]:
    """
    Take pictures that neither ship nor can be made here from those that are given, and note which are lacking.

    Args:
        given: PNG by the names under which they were lacking before.
    """
    borrowed = Borrowed(given)
    before = _BORROWED.set(borrowed)
    try:
        yield borrowed
    finally:
        _BORROWED.reset(before)


@functools.lru_cache(64)
def _find_or_make(drawn: str) -> bytes | None:
    return shipped_picture(drawn) or make_picture(drawn)


def make_picture(drawn: str) -> bytes | None:
    """
    Return what `bare` returned as PNG, made now, or None if the extra ``png`` is not installed.

    Only letters that are not in the package's font come from the fonts of the machine.
    """
    files = fonts()
    if not files or importlib.util.find_spec("resvg_py") is None:
        return None
    resvg = importlib.import_module("resvg_py")
    own = is_measured(drawn.replace("\n", ""))
    return bytes(
        resvg.svg_to_bytes(
            svg_string=drawn,
            zoom=_ZOOM,
            dpi=_DPI,
            background="#ffffff",
            font_files=list(files),
            skip_system_fonts=own,
            sans_serif_family="Source Sans Pro",
        )
    )


def forget_pictures() -> None:
    """
    Look for each picture anew, or make it anew.
    """
    _find_or_make.cache_clear()
