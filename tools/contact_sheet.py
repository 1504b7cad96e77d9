"""
Every paper of every model as LibreOffice lays it out: looked at by a script, and put on sheets for people to look at.

    python tools/contact_sheet.py FOLDER [--only handout …] [--sheets]

It writes the Word files into FOLDER, turns them into PDF, and tells of pages that are blank, words that run off a
page or over one another, and words of a paper that cannot be seen. With --sheets, pictures of all pages go into
FOLDER/sheets, forty to a sheet. The exit status is 1 if anything is wrong. Needs LibreOffice, poppler, Pillow.
"""

from __future__ import annotations

import argparse
import collections
import html
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

import reflect
from reflect.rendering.site import publish

#: How much of the smaller of two words may lie under the other: letters of one line touch those of the next.
_OVER = 0.2
#: Words above and below these shares of a page are its header and footer.
_HEAD, _FOOT = 0.06, 0.93
#: Thumbnails of a sheet, and their width in pixels.
_ACROSS, _DOWN, _WIDE = 8, 5, 300
#: Papers about a model that the catalogue does not publish, and those that are about several or about none.
MORE = ("diagram", "role-play", "slide")
ALONE = (
    ("comparison", ("kolb-cycle", "gibbs-cycle")),
    ("comparison", ("grow", "clear", "worries-strengths-hopes", "seven-eyed")),
    ("cards", ("kolb-cycle", "gibbs-cycle", "balint-group")),
    ("take-away", ()),
)
#: What LibreOffice is given at a time, so that one run does not take too long.
_AT_ONCE = 60


@attrs.frozen
class Word:
    """
    A word on a page, and its box in points.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    def over(self, other: Word) -> bool:
        """
        Tell whether it lies over another.
        """
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.y1, other.y1) - max(self.y0, other.y0)
        if wide <= 0 or high <= 0:
            return False
        return wide * high > _OVER * min(self.area, other.area)

    @property
    def area(self) -> float:
        """
        Its size in square points.
        """
        return max((self.x1 - self.x0) * (self.y1 - self.y0), 1e-6)


def made(folder: Path, only: Iterable[str]) -> list[Path]:
    """
    Write the Word files, and give their paths: each named by its paper and its model.
    """
    wanted = set(only)
    flat = folder / "docx"
    flat.mkdir(parents=True, exist_ok=True)
    out = []
    for path in publish(folder / "catalogue", force=True):
        if path.suffix == ".docx" and (not wanted or path.stem in wanted):
            name = flat / f"{path.stem}--{path.parent.name}.docx"
            name.write_bytes(path.read_bytes())
            out.append(name)
    kinds = [(name, key) for name in MORE for key in reflect.catalogue()]
    for name, about in [*kinds, *((name, " + ".join(joined)) for name, joined in ALONE)]:
        if not wanted or name in wanted:
            path = flat / f"{name}--{about.replace(' + ', '+')}.docx"
            path.write_bytes(reflect.render(about, name))
            out.append(path)
    return sorted(out)


def laid_out(papers: list[Path], folder: Path) -> list[Path]:
    """
    Turn Word files into PDF by LibreOffice, and give the paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.resolve() / 'profile'}"
    for start in range(0, len(papers), _AT_ONCE):
        some = [str(path) for path in papers[start : start + _AT_ONCE]]
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *some]
        subprocess.run(command, capture_output=True, check=True, timeout=600)
    return [folder / f"{paper.stem}.pdf" for paper in papers]


_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')


def pages(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """
    Return the pages of a PDF: width, height, and words.
    """
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return [
        (
            float(wide),
            float(high),
            [Word(html.unescape(text), *map(float, box)) for *box, text in _WORD.findall(inner)],
        )
        for wide, high, inner in _PAGE.findall(said)
    ]


def pieces(text: str) -> collections.Counter[str]:
    """
    Return the letters and digits of a text that stand together, with how often each does.
    """
    # A style may show small letters as capitals.
    return collections.Counter(piece.casefold() for piece in re.findall(r"[^\W_]+", text))


def written(paper: Path) -> collections.Counter[str]:
    """
    Return what stands in the body of a Word file.
    """
    with zipfile.ZipFile(paper) as package:
        body = package.read("word/document.xml").decode()
    # The place of a drawing is numbers, and nobody reads them, nor what a field is made of.
    body = re.sub(r"<wp:posOffset>\d+</wp:posOffset>|<w:instrText[^>]*>[^<]*</w:instrText>", "", body)
    body = re.sub(r"</w:p>|<w:br/>|<w:tab/>", " ", body)
    return pieces(html.unescape(re.sub("<[^>]*>", "", body)))


def faults(paper: Path, pdf: Path) -> Iterator[str]:
    """
    Tell what is wrong with a paper as it is laid out.
    """
    seen: collections.Counter[str] = collections.Counter()
    flat = ""
    for n, (wide, high, words) in enumerate(pages(pdf), 1):
        seen += pieces(" ".join(word.text for word in words))
        flat += "".join(word.text for word in words).casefold()
        if not any(high * _HEAD < word.y0 < high * _FOOT for word in words):
            yield f"{paper.stem}, page {n}: blank"
        for word in words:
            if word.x0 < 0 or word.y0 < 0 or word.x1 > wide or word.y1 > high:
                yield f"{paper.stem}, page {n}: '{word.text}' runs off the page"
        for i, word in enumerate(words):
            for other in words[i + 1 :]:
                if word.over(other):
                    yield f"{paper.stem}, page {n}: '{word.text}' lies over '{other.text}'"
    for piece, times in (written(paper) - seen).items():
        if flat.count(piece) >= seen[piece] + times:
            continue  # set wide, its letters stand apart
        yield f"{paper.stem}: '{piece}' cannot be seen ({times} times)"


def sheets(pdfs: list[Path], folder: Path) -> None:
    """
    Put pictures of all pages on sheets.
    """
    from PIL import Image, ImageDraw

    folder.mkdir(parents=True, exist_ok=True)
    high = round(_WIDE * 297 / 210)
    pictures: list[tuple[str, Path]] = []
    for pdf in pdfs:
        command = ["pdftoppm", "-png", "-scale-to-x", str(_WIDE), "-scale-to-y", "-1", str(pdf), str(folder / pdf.stem)]
        subprocess.run(command, check=True)
        pictures += [(pdf.stem, path) for path in sorted(folder.glob(f"{pdf.stem}-*.png"))]
    for start in range(0, len(pictures), _ACROSS * _DOWN):
        sheet = Image.new("RGB", (_ACROSS * (_WIDE + 8), _DOWN * (high + 26)), "#888")
        for i, (name, path) in enumerate(pictures[start : start + _ACROSS * _DOWN]):
            x, y = i % _ACROSS * (_WIDE + 8) + 4, i // _ACROSS * (high + 26) + 4
            with Image.open(path) as page:
                sheet.paste(page.resize((_WIDE, round(_WIDE * page.height / page.width))), (x, y))
            ImageDraw.Draw(sheet).text((x, y + high + 4), name, fill="white")
        sheet.save(folder / f"sheet-{start // (_ACROSS * _DOWN) + 1:02}.png")
    for _, path in pictures:
        path.unlink()


def main() -> int:
    """
    Make, lay out, look.
    """
    parser = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="papers, such as handout")
    parser.add_argument("--sheets", action="store_true", help="make pictures too")
    given = parser.parse_args()
    papers = made(given.folder, given.only)
    pdfs = laid_out(papers, given.folder / "pdf")
    wrong = [fault for paper, pdf in zip(papers, pdfs, strict=True) for fault in faults(paper, pdf)]
    for fault in wrong:
        print(fault)
    if given.sheets:
        sheets(pdfs, given.folder / "sheets")
    print(f"{len(papers)} papers of {len(reflect.catalogue())} models, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
