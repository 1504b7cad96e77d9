"""
A drawing as PNG, for readers without SVG; needs the extra ``png``.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from pathlib import Path

from reflect.diagrams.metrics import is_measured

#: The package of the fonts: they are open (SIL OFL 1.1), with letters for Welsh, Polish, Greek and Cyrillic.
_PACKAGE = "font_source_sans_pro"
_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
#: Dots to the inch: 216, sharp in print.
_ZOOM, _DPI = 2.25, 96


@functools.cache
def fonts() -> tuple[str, ...]:
    """
    Return the files of the fonts of diagrams, regular and bold; none without the extra ``png``.
    """
    found = importlib.util.find_spec(_PACKAGE)
    folder = Path(found.origin).parent / "files" if found and found.origin else None
    files = tuple(folder / name for name in _FILES) if folder else ()
    return tuple(map(str, files)) if files and all(file.is_file() for file in files) else ()


@functools.lru_cache(64)
def png(svg: str) -> bytes | None:
    """
    Return an SVG of ours as PNG, or None if the extra ``png`` is not installed.

    The same SVG gives the same bytes. Only letters that are not in the package's font come from the
    fonts of the machine.
    """
    files = fonts()
    if not files or importlib.util.find_spec("resvg_py") is None:
        return None
    resvg = importlib.import_module("resvg_py")
    own = is_measured(svg.replace("\n", ""))
    return bytes(
        resvg.svg_to_bytes(
            svg_string=svg,
            zoom=_ZOOM,
            dpi=_DPI,
            background="#ffffff",
            font_files=list(files),
            skip_system_fonts=own,
            sans_serif_family="Source Sans Pro",
        )
    )
