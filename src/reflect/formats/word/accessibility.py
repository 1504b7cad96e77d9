"""
What keeps people from reading a Word file if they enlarge it, listen to it, or move through it by its headings.

Word's own checker is not available here, and does not report all of these. Source: WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from reflect.files.office import Package, open_package
from reflect.formats.word.branding import contrast
from reflect.shown import Brief

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
#: The smallest size of letters in points, and the smallest on a card, for its credit.
_LEAST, _ON_A_CARD = 10.0, 8.0
_READ = 4.5
#: Words that do not say where a link leads.
_EMPTY_LINKS = frozenset({"", "here", "click here", "link", "more", "read more", "this"})
#: How many styles, each based on the next, are followed at most.
_DEEP = 20


@attrs.frozen
class Barrier(Brief):
    """
    Something that keeps people from reading a file.

    Attributes:
        code: Its name, which stays the same from version to version.
        what: What it is, in a sentence.
        remedy: What to do in Word.
        times: How often it occurs.
    """

    code: str
    what: str
    remedy: str
    times: int = 1


#: What is wrong, and what to do about it in Word, by code.
REMEDIES = {
    "language": ("no language is set for its words", "choose Review, Language, and set it for the whole document"),
    "damaged-part": ("a part of it is damaged", "save it again under a new name, and let Word repair it"),
    "title": ("it has no title", "choose File, Info, and write a title"),
    "heading-order": ("a heading skips a level", "make it one level below the heading before it"),
    "heading-empty": ("a heading has no words", "take it out, or make it a paragraph"),
    "empty-paragraphs": (
        "there are two empty paragraphs in a row",
        "take them out, and set the spacing before or after instead",
    ),
    "small-text": ("words are smaller than 10 points", "choose a larger size, in the style"),
    "contrast": (
        "words have too little contrast with the page",
        "choose a darker colour, in the style: 4.5 to 1 or more",
    ),
    "justified": ("lines are stretched to both edges", "align them to the left"),
    "table-header": ("the first row of a table is not a header row", "mark it: Table, Repeat Header Rows"),
    "table-title": ("a table has no title and no description", "write one: Table Properties, Alt Text"),
    "table-nested": ("a table is inside a table", "move it below the other, or write its words in a line"),
    "picture-words": ("a picture has no description", "write one: Alt Text; or mark it as decorative"),
    "picture-floats": ("a picture floats over the text", "choose Wrap Text, In Line with Text"),
    "link-words": ("a link does not say where it leads", "use the name of the page it leads to as its words"),
    "control-title": ("a field has no title", "write one: Developer, Properties, Title"),
}


def barriers(file: bytes) -> tuple[Barrier, ...]:
    """
    Return what keeps people from reading a Word file; empty if nothing does.

    Args:
        file: Its bytes.

    Raises:
        NotOpened: It is not a Word file, or holds something that no document needs.
    """
    counts: dict[str, int] = {}
    for code in _Inspection(open_package(file, word=True)).find_codes():
        counts[code] = counts.get(code, 0) + 1
    return tuple(Barrier(code, *sentences, counts[code]) for code, sentences in REMEDIES.items() if code in counts)


@attrs.define
class _Inspection:
    """
    One file under inspection.
    """

    package: Package
    styles: dict[str, _Element] = attrs.field(factory=dict)
    defaults: _Element | None = None
    usual: str = ""

    def find_codes(self) -> Iterator[str]:
        main = self.package.tree(self.package.main)
        if name := self.package.part_for(self.package.main, "styles"):
            tree = self.package.tree(name)
            self.styles = {each.get(f"{_W}styleId", ""): each for each in tree.iter(f"{_W}style")}
            self.defaults = tree.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
            self.usual = next(
                (
                    key
                    for key, style in self.styles.items()
                    if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true")
                ),
                "",
            )
        language = self.defaults.find(f"{_W}lang") if self.defaults is not None else None
        if language is None or not language.get(f"{_W}val"):
            yield "language"
        if self.package.broken:
            yield "damaged-part"
        core = self.package.part_for("", "core-properties")
        title = self.package.tree(core).findtext(f".//{_TITLE}") if core else None
        if not (title or "").strip():
            yield "title"
        yield from self._paragraphs(main)
        yield from self._tables(main)
        yield from self._others(main)

    # --- looks

    def _chain(self, name: str) -> Iterator[_Element]:
        for _ in range(_DEEP):
            style = self.styles.get(name)
            if style is None:
                return
            yield style
            based = style.find(f"{_W}basedOn")
            name = "" if based is None else based.get(f"{_W}val", "")

    def _style(self, paragraph: _Element) -> str:
        own = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.usual if own is None else own.get(f"{_W}val", "")

    def _of_paragraph(self, paragraph: _Element, part: str) -> _Element | None:
        places = [
            paragraph.find(f"{_W}pPr"),
            *(style.find(f"{_W}pPr") for style in self._chain(self._style(paragraph))),
        ]
        return next((e for place in places if place is not None and (e := place.find(f"{_W}{part}")) is not None), None)

    def _of_run(self, paragraph: _Element, run: _Element, part: str) -> _Element | None:
        own = run.find(f"{_W}rPr")
        places = [own]
        named = None if own is None else own.find(f"{_W}rStyle")
        if named is not None:
            places += [style.find(f"{_W}rPr") for style in self._chain(named.get(f"{_W}val", ""))]
        places += [style.find(f"{_W}rPr") for style in self._chain(self._style(paragraph))]
        row = next(paragraph.iterancestors(f"{_W}tr"), None)
        table = next(paragraph.iterancestors(f"{_W}tbl"), None)
        # A table's look for its first row overrides the file's defaults, and a style overrides both.
        if row is not None and table is not None and part == "color" and next(table.iter(f"{_W}tr")) is row:
            places += [each.find(f"{_W}rPr") for each in self._first_row(table)]
        places.append(self.defaults)
        return next((e for place in places if place is not None and (e := place.find(f"{_W}{part}")) is not None), None)

    def _first_row(self, table: _Element) -> Iterator[_Element]:
        named = table.find(f"{_W}tblPr/{_W}tblStyle")
        for style in self._chain("" if named is None else named.get(f"{_W}val", "")):
            for each in style.iter(f"{_W}tblStylePr"):
                if each.get(f"{_W}type") == "firstRow":
                    yield each

    def _ground(self, paragraph: _Element) -> str:
        shade = self._of_paragraph(paragraph, "shd")
        if shade is not None and len(fill := shade.get(f"{_W}fill", "")) == 6:
            return fill
        row = next(paragraph.iterancestors(f"{_W}tr"), None)
        table = next(paragraph.iterancestors(f"{_W}tbl"), None)
        if row is not None and table is not None and next(table.iter(f"{_W}tr")) is row:
            for each in self._first_row(table):
                filled = each.find(f"{_W}tcPr/{_W}shd")
                if filled is not None and len(fill := filled.get(f"{_W}fill", "")) == 6:
                    return fill
        return "FFFFFF"

    # --- inspections

    def _paragraphs(self, main: _Element) -> Iterator[str]:
        last, empty = 0, 0
        for paragraph in main.iter(f"{_W}p"):
            words = _words(paragraph)
            outline = self._of_paragraph(paragraph, "outlineLvl")
            level = int(outline.get(f"{_W}val", "9")) + 1 if outline is not None else 10
            if level < 10:
                if not words.strip():
                    yield "heading-empty"
                elif level > last + 1:
                    yield "heading-order"
                last = level
            alone = not words and not len(paragraph.findall(f".//{_W}drawing")) and not _in_cell(paragraph)
            broken = paragraph.find(f"{_W}pPr/{_W}sectPr") is not None or paragraph.find(f".//{_W}br") is not None
            empty = empty + 1 if alone and not broken and paragraph.find(f".//{_W}tab") is None else 0
            if empty == 2:
                yield "empty-paragraphs"
            aligned = self._of_paragraph(paragraph, "jc")
            if words.strip() and aligned is not None and aligned.get(f"{_W}val") in ("both", "distribute"):
                yield "justified"
            for run in paragraph.iter(f"{_W}r"):
                if _words(run).strip():
                    yield from self._run(paragraph, run)

    def _run(self, paragraph: _Element, run: _Element) -> Iterator[str]:
        size = self._of_run(paragraph, run, "sz")
        points = int(size.get(f"{_W}val", "20")) / 2 if size is not None else 10.0
        least = (
            _ON_A_CARD if self._style(paragraph).startswith(("ReflectCard", "ReflectSheet", "ReflectBar")) else _LEAST
        )
        if points < least:
            yield "small-text"
        colour = self._of_run(paragraph, run, "color")
        value = "" if colour is None else colour.get(f"{_W}val", "")
        ground = self._of_run(paragraph, run, "shd")
        fill = "" if ground is None else ground.get(f"{_W}fill", "")
        if (
            contrast(value if len(value) == 6 else "000000", fill if len(fill) == 6 else self._ground(paragraph))
            < _READ
        ):
            yield "contrast"

    def _tables(self, main: _Element) -> Iterator[str]:
        for table in main.iter(f"{_W}tbl"):
            rows = list(table.iter(f"{_W}tr"))
            looks = table.find(f"{_W}tblPr")
            headed = looks is None or looks.find(f"{_W}tblLook") is None or _first_row_counts(looks)
            if len(rows) > 1 and headed and rows[0].find(f"{_W}trPr/{_W}tblHeader") is None:
                yield "table-header"
            words = [] if looks is None else [looks.find(f"{_W}{name}") for name in ("tblCaption", "tblDescription")]
            if not any(each is not None and each.get(f"{_W}val", "").strip() for each in words):
                yield "table-title"
            if next(table.iterancestors(f"{_W}tc"), None) is not None:
                yield "table-nested"

    def _others(self, main: _Element) -> Iterator[str]:
        for drawing in main.iter(f"{_W}drawing"):
            named = next(drawing.iter(f"{_WP}docPr"), None)
            plain = any(str(each.tag).endswith("}decorative") and each.get("val") == "1" for each in drawing.iter())
            if not plain and (named is None or not named.get("descr", "").strip()):
                yield "picture-words"
            if drawing.find(f"{_WP}anchor") is not None:
                yield "picture-floats"
        for link in main.iter(f"{_W}hyperlink"):
            words = _words(link).strip().lower()
            if words in _EMPTY_LINKS:
                yield "link-words"
        for control in main.iter(f"{_W}sdtPr"):
            repeated = any(str(each.tag).endswith("}repeatingSectionItem") for each in control)
            title = control.find(f"{_W}alias")
            if not repeated and (title is None or not title.get(f"{_W}val", "").strip()):
                yield "control-title"


def _words(element: _Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


def _in_cell(paragraph: _Element) -> bool:
    return next(paragraph.iterancestors(f"{_W}tc"), None) is not None


def _first_row_counts(looks: _Element) -> bool:
    look = looks.find(f"{_W}tblLook")
    return look is not None and look.get(f"{_W}firstRow", "1") not in ("0", "false")
