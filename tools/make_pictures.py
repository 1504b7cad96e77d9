"""
Make the pictures that ship with the library, so that papers in Word have theirs on any machine and in a browser.

    python tools/make_pictures.py [--anew]

It makes the papers that have pictures, and draws what is on them as PNG with few colours.
The build of a package runs it (hatch_build.py), and so does an editable install; in a source tree without an install,
run it yourself. Nothing is done if nothing has changed since. Needs the extra ``png``, and Pillow.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/reflect"
#: The archives; they are named here too, as a build asks for them before it can import the library.
ARCHIVES = (PACKAGE / "diagrams/pictures.zip", PACKAGE / "diagrams/further_pictures.zip")
#: Rooms that no picture is made of. What is drawn is found by what it is, so a mistake here shows in the tests.
APART = {"between_sessions", "checks", "cli", "examples", "nations", "occasions", "planner", "profiles", "reading_back",
         "safekeeping", "schemas", "testing"}  # fmt: skip
#: Papers about a model that have pictures: those that people are handed, and others. Slides are for those who have the
#: extra for them, which draws.
HANDED, FURTHER = ("handout", "cards"), ("booklet", "diagram", "slide")
#: The papers that are made in every wording; the others have the same pictures in each, and tests look after that.
WORDED = ("handout",)
#: Of each colour of a picture there are as many shades: smooth edges, in half the bytes of all.
SHADES = 4
#: What is done in a step and has a sign: a method with all of them, so that somebody's own cards have theirs.
DOING = ("say", "do", "draw", "move", "sort", "vote", "write", "wait", "silent")
SIGNS = "# Signs {#signs-of-steps}\n\n## Step 0 {minutes=1}\n\n- What?\n\n" + "".join(
    f"## Step {n} {{.{does} minutes=1}}\n\n1. Go on.\n\n" for n, does in enumerate(DOING, 1)
)


def digest_of_sources() -> str:
    """
    Return a digest of all that pictures are made of: code, pages, templates, words and this script.
    """
    digest = hashlib.sha256()
    rooms = (room for room in PACKAGE.iterdir() if room.name not in APART)
    files = (file for room in rooms for file in (room, *room.rglob("*")))
    for file in (*sorted(files), Path(__file__).resolve()):
        if file.is_file() and file.suffix != ".pyc" and ".zip" not in file.suffixes:
            name = file.relative_to(ROOT).as_posix()
            digest.update(f"{name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def are_made() -> bool:
    """
    Tell whether the archives are there, and are made of what is there now.
    """
    ends = digest_of_sources().encode("ascii")
    return all(file.is_file() and file.read_bytes().endswith(ends) for file in ARCHIVES)


def drawn_on(papers: Iterable[str]) -> Iterator[str]:
    """
    Give what is drawn on papers about each of our models.
    """
    import reflect
    from reflect.diagrams import raster, svg
    from reflect.diagrams.shipped import bare
    from reflect.questions.wordings import wording_names
    from reflect.text.nodes import Diagram

    drawn: dict[str, None] = {}
    usual, raster.png = raster.png, lambda shown: drawn.setdefault(bare(shown)) or b"picture"
    try:
        models = (*map(reflect.load, reflect.catalogue()), reflect.read_page(SIGNS))
        for paper in papers:
            for model in models:
                reflect.render(model, paper)
                # The pictures of a handout are blocks of it, so the rest of it need not be written.
                for wording in wording_names() if paper in WORDED else ():
                    for block in reflect.document(model, paper, wording=wording).blocks:
                        if isinstance(block, Diagram):
                            drawn.setdefault(bare(svg(block)))
    finally:
        raster.png = usual
    return iter(drawn)


def with_few_colours(png: bytes, drawn: str) -> bytes:
    """
    Return a picture with the colours that are drawn and a few shades of each, as they are at edges.
    """
    from PIL import Image

    colours = [(255, 255, 255)]
    for found in sorted({*re.findall(r'"#([0-9a-f]{6})"', drawn)} - {"ffffff"}):
        dark = bytes.fromhex(found)
        colours += [tuple(255 - (255 - part) * n // SHADES for part in dark) for n in range(1, SHADES + 1)]
    flat = [part for colour in colours for part in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette(flat)
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    few.putpalette(flat)
    data = io.BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def make_pictures() -> None:
    """
    Write the archives.

    Raises:
        SystemExit: The extra ``png`` is not installed.
    """
    from reflect.diagrams import raster, shipped

    if not raster.fonts():
        raise SystemExit('pip install "reflect-supervision[png]" pillow')
    made: set[str] = set()
    for file, papers in zip(ARCHIVES, (HANDED, FURTHER), strict=True):
        pictures = {}
        for drawn in drawn_on(papers):
            name = shipped.name_of(drawn)
            png = raster.make_picture(drawn) if name not in made else None
            if png:
                pictures[name] = with_few_colours(png, drawn)
        made |= pictures.keys()
        # Somebody may be reading the one that is there.
        new = file.with_name(f"{file.name}.{os.getpid()}")
        new.write_bytes(shipped.write_archive(pictures, digest_of_sources()))
        new.replace(file)
        print(f"{file.relative_to(ROOT)}: {len(pictures)} pictures, {file.stat().st_size:,} bytes")


def main() -> None:
    """
    Make the pictures unless they are made.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--anew", action="store_true", help="make them even if nothing has changed")
    if parser.parse_args().anew or not are_made():
        sys.path.insert(0, str(PACKAGE.parent))
        make_pictures()


if __name__ == "__main__":
    main()
