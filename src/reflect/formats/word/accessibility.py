"""
What keeps people from reading a Word file if they enlarge it, listen to it, or move through it by its headings.

Word's own checker is not available here, and does not report all of these. Source: WCAG 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import attrs

from reflect.files.office import Package, open_package
from reflect.files.xml import XmlElement
from reflect.formats.word.branding import contrast
from reflect.shown import Brief

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
#: The smallest size of letters in points, and the smallest on a card, for its credit.
_LEAST, _ON_A_CARD = 10.0, 8.0
_READ = 4.5
#: Words that do not say where a link leads.
_EMPTY_LINKS = frozenset({"", "here", "click here", "link", "more", "read more", "this"})


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


@attrs.frozen(eq=False)
class _Paragraph:
    """
    The look of a paragraph: its style, its own, and the style of its table if it is in the first row.
    """

    style: str
    looks: XmlElement | None
    header: str


@attrs.define
class _Inspection:
    """
    One file under inspection.
    """

    package: Package
    styles: dict[str, XmlElement] = attrs.field(factory=dict)
    defaults: XmlElement | None = None
    usual: str = ""
    #: What was looked up: a style with those it is based on, and what they say of a part of a look.
    looks: dict[tuple[str, str, str], XmlElement | None] = attrs.field(factory=dict)
    #: The first row of each table, with its table.
    first_rows: dict[XmlElement | None, XmlElement] = attrs.field(factory=dict)

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
        for table in main.iter(f"{_W}tbl"):
            looks, row = table.find(f"{_W}tblPr"), next(table.iter(f"{_W}tr"), None)
            if row is not None and looks is not None and _first_row_counts(looks):
                self.first_rows.setdefault(row, table)
        yield from self._paragraphs(main)
        yield from self._tables(main)
        yield from self._others(main)

    # --- looks

    def _of_style(self, name: str, holder: str, part: str) -> XmlElement | None:
        """
        Return what a style, or one that it is based on, says of a part of a look.
        """
        return self._ask_styles(name, (holder, part), lambda style: style.findall(f"{_W}{holder}"))

    def _ask_styles(
        self, name: str, what: tuple[str, str], holders: Callable[[XmlElement], Iterable[XmlElement]]
    ) -> XmlElement | None:
        """
        Return a part of the first style that has it: of this one, or of those it is based on. Each is asked once.

        Args:
            name: The style.
            what: What is asked for, and the path to it in what holds it.
            holders: Gives what may hold it in a style.
        """
        asked: list[tuple[str, str, str]] = []
        found: XmlElement | None = None
        while (key := (name, *what)) not in self.looks:
            if (style := self.styles.get(name)) is None:
                break
            self.looks[key] = None  # so that a ring of styles ends
            asked.append(key)
            parts = (each.find(f"{_W}{what[1]}") for each in holders(style))
            found = next((part for part in parts if part is not None), None)
            if found is not None:
                break
            base = style.find(f"{_W}basedOn")
            name = "" if base is None else base.get(f"{_W}val", "")
        else:
            found = self.looks[key]
        self.looks.update(dict.fromkeys(asked, found))
        return found

    def _look_of(self, paragraph: XmlElement) -> _Paragraph:
        looks = paragraph.find(f"{_W}pPr")
        own = None if looks is None else looks.find(f"{_W}pStyle")
        table = self.first_rows.get(next(paragraph.iterancestors(f"{_W}tr"), None))
        named = None if table is None else table.find(f"{_W}tblPr/{_W}tblStyle")
        return _Paragraph(
            style=self.usual if own is None else own.get(f"{_W}val", ""),
            looks=looks,
            header="" if named is None else named.get(f"{_W}val", ""),
        )

    def _of_paragraph(self, paragraph: _Paragraph, part: str) -> XmlElement | None:
        own = None if paragraph.looks is None else paragraph.looks.find(f"{_W}{part}")
        return own if own is not None else self._of_style(paragraph.style, "pPr", part)

    def _of_run(self, paragraph: _Paragraph, own: XmlElement | None, part: str) -> XmlElement | None:
        """
        Return what a run, with its *own* look, has of a part of a look.
        """
        if own is not None:
            if (each := own.find(f"{_W}{part}")) is not None:
                return each
            named = own.find(f"{_W}rStyle")
            if named is not None and (each := self._of_style(named.get(f"{_W}val", ""), "rPr", part)) is not None:
                return each
        if (each := self._of_style(paragraph.style, "rPr", part)) is not None:
            return each
        # A table's look for its first row overrides the file's defaults, and a style overrides both.
        if paragraph.header and part == "color" and (each := self._of_header(paragraph, f"rPr/{_W}{part}")) is not None:
            return each
        return None if self.defaults is None else self.defaults.find(f"{_W}{part}")

    def _of_header(self, paragraph: _Paragraph, path: str) -> XmlElement | None:
        """
        Return what the table's style says of its first row.
        """
        return self._ask_styles(
            paragraph.header,
            ("firstRow", path),
            lambda style: (each for each in style.iter(f"{_W}tblStylePr") if each.get(f"{_W}type") == "firstRow"),
        )

    def _ground(self, paragraph: _Paragraph) -> str:
        shade = self._of_paragraph(paragraph, "shd")
        if shade is not None and (fill := _hex_of(shade, "fill")):
            return fill
        filled = self._of_header(paragraph, f"tcPr/{_W}shd") if paragraph.header else None
        return ("" if filled is None else _hex_of(filled, "fill")) or "FFFFFF"

    # --- inspections

    def _paragraphs(self, main: XmlElement) -> Iterator[str]:
        last, empty = 0, 0
        for paragraph in main.iter(f"{_W}p"):
            words = _words(paragraph)
            look = self._look_of(paragraph)
            outline = self._of_paragraph(look, "outlineLvl")
            level = _number_of(outline, 9) + 1
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
            aligned = self._of_paragraph(look, "jc")
            if words.strip() and aligned is not None and aligned.get(f"{_W}val") in ("both", "distribute"):
                yield "justified"
            for run in paragraph.iter(f"{_W}r"):
                if _words(run).strip():
                    yield from self._run(look, run.find(f"{_W}rPr"))

    def _run(self, paragraph: _Paragraph, run: XmlElement | None) -> Iterator[str]:
        points = _number_of(self._of_run(paragraph, run, "sz"), 20) / 2
        least = _ON_A_CARD if paragraph.style.startswith(("ReflectCard", "ReflectSheet")) else _LEAST
        if points < least:
            yield "small-text"
        colour = self._of_run(paragraph, run, "color")
        ground = self._of_run(paragraph, run, "shd")
        value = "" if colour is None else _hex_of(colour, "val")
        fill = "" if ground is None else _hex_of(ground, "fill")
        if contrast(value or "000000", fill or self._ground(paragraph)) < _READ:
            yield "contrast"

    def _tables(self, main: XmlElement) -> Iterator[str]:
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

    def _others(self, main: XmlElement) -> Iterator[str]:
        for drawing in main.iter(f"{_W}drawing"):
            named = next(drawing.iter(f"{_WP}docPr"), None)
            plain = any(str(each.tag).endswith("}decorative") and each.get("val") == "1" for each in drawing.iter())
            if not plain and (named is None or not named.get("descr", "").strip()):
                yield "picture-words"
            if not plain and drawing.find(f"{_WP}anchor") is not None:
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


def _number_of(element: XmlElement | None, usual: int) -> int:
    """
    Return the number in an element; the usual one if it has none that Word would write.
    """
    text = "" if element is None else element.get(f"{_W}val", "")
    return int(text) if re.fullmatch("[0-9]{1,5}", text) else usual


def _hex_of(element: XmlElement, name: str) -> str:
    """
    Return the colour in an element; nothing if it has none of six digits.
    """
    text: str = element.get(f"{_W}{name}", "")
    return text if re.fullmatch("[0-9A-Fa-f]{6}", text) else ""


def _words(element: XmlElement) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_W}t"))


def _in_cell(paragraph: XmlElement) -> bool:
    return next(paragraph.iterancestors(f"{_W}tc"), None) is not None


def _first_row_counts(looks: XmlElement) -> bool:
    look = looks.find(f"{_W}tblLook")
    return look is not None and look.get(f"{_W}firstRow", "1") not in ("0", "false")
