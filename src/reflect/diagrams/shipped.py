"""
The pictures of what we ship, as PNG: made when the package is built, so that no paper of ours lacks its picture.

They are found by what is drawn: one that has changed is not found, and nothing is shown that is no longer so. They lie
in two archives, as a program that has little room may leave the second out. A source tree has none until
``tools/make_pictures.py`` has made them; the build of a package does that itself.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

#: Where the archives are: what is on handouts and cards, and what only other papers have.
ARCHIVES = tuple(Path(__file__).with_name(name) for name in ("pictures.zip", "further_pictures.zip"))
#: What is larger than it is drawn is shown at that size in the PNG too, up to this width in points.
_WIDEST = 216.0
#: What readers of the screen hear, which is no part of the picture.
_SAID = re.compile(r'<(title|desc)\b[^>]*>[^<]*</\1>| (?:role|aria-[a-z]+)="[^"]*"')
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="([\d.]+)pt" height="[\d.]+pt"')


def bare(svg: str) -> str:
    """
    Return an SVG of ours with what is drawn and nothing else: without what is said about it, and as large as it is
    drawn, so that it is the same on each paper. A sign is as large as it is shown.
    """

    def size(found: re.Match[str]) -> str:
        wide, high, shown = map(float, found.groups())
        times = max(1.0, min(shown, _WIDEST) / wide)
        return f'viewBox="0 0 {found[1]} {found[2]}" width="{wide * times:.5g}pt" height="{high * times:.5g}pt"'

    return _SIZE.sub(size, _SAID.sub("", svg), count=1)


def name_of(drawn: str) -> str:
    """
    Return the name in an archive of what `bare` returned.
    """
    return f"{hashlib.sha256(drawn.encode('utf-8', 'replace')).hexdigest()[:20]}.png"


def write_archive(pictures: Mapping[str, bytes], about: str = "") -> bytes:
    """
    Return an archive of pictures by their names; the same pictures give the same bytes.

    Args:
        about: What the archive says about itself.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, png in sorted(pictures.items()):
            archive.writestr(zipfile.ZipInfo(name), png)
        archive.comment = about.encode("ascii")
    return data.getvalue()


@functools.cache
def _open_archives() -> dict[str, zipfile.ZipFile]:
    """
    Return the archive of each picture, by its name there.
    """
    archives = [zipfile.ZipFile(io.BytesIO(file.read_bytes())) for file in ARCHIVES if file.is_file()]
    return {name: archive for archive in archives for name in archive.namelist()}


def forget_archives() -> None:
    """
    Read the archives anew when a picture is next asked for.
    """
    _open_archives.cache_clear()


def shipped_picture(drawn: str) -> bytes | None:
    """
    Return the PNG of what `bare` returned, or None if it is none of those that we ship.
    """
    name = name_of(drawn)
    archive = _open_archives().get(name)
    return archive.read(name) if archive else None
