"""
Reads a Word file from any program, paragraph by paragraph.

It does not know the questions. It reads through controls that are not ours (Google Docs puts its own round
everything), leaves deleted words out, and keeps inserted ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from reflect.reading_back.word_file import Control, Para, Piece, TrackedChanges, WordFile
from reflect.reading_back.word_styles import WORD, W, WordStyles, is_on, means_on, number_in, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reflect.files.office import Package

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_P, _R, _T, _TBL, _SDT = W + "p", W + "r", W + "t", W + "tbl", W + "sdt"
#: Elements that we read through, as if their content were outside them.
_TRANSPARENT = frozenset(
    {W + n for n in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")}
)
_INSERTED = frozenset({W + "ins", W + "moveTo"})
_DELETED = frozenset({W + "del", W + "moveFrom"})

#: The signs of a ticked box and of an empty one.
_TICKED, _EMPTY = "☒", "☐"
#: Signs by their number in Word's own symbol fonts.
_SIGNS = {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x52: "☑", 0x54: "☒", 0x53: "☒", 0xA8: "☐", 0x6F: "☐", 0xB7: "•"}


def read_word_file(package: Package) -> WordFile:
    """
    Return an opened Word file as values.

    Raises:
        NotOpened: A part of the file is not XML.
    """
    walk = _ParagraphWalk(WordStyles.of(_read_part(package, "styles"), _read_part(package, "numbering")))
    root = _with_usual_names(package.tree(package.main))
    body = root.find(f"{W}body")
    walk.read_blocks(root if body is None else body, ())
    walk.end()
    return WordFile(
        paras=tuple(walk.paras),
        beside=tuple(_read_notes(package)),
        hints=frozenset(_read_hints(package)),
        properties=_read_properties(package),
        changes=TrackedChanges(walk.changes, len(walk.people), tuple(sorted(walk.days))),
        hidden=walk.hidden,
        pictures=walk.pictures,
    )


def _read_part(package: Package, kind: str) -> _Element | None:
    name = package.part_for(package.main, kind)
    return _with_usual_names(package.tree(name)) if name else None


def _with_usual_names(root: _Element) -> _Element:
    """
    Give the elements of a file in Word's strict form their usual names; we need no other difference.
    """
    if _STRICT in root.nsmap.values():
        for each in root.iter("{*}*"):
            if each.tag.startswith(f"{{{_STRICT}}}"):
                each.tag = each.tag.replace(_STRICT, WORD)
            for name in [name for name in each.attrib if str(name).startswith(f"{{{_STRICT}}}")]:
                each.attrib[str(name).replace(_STRICT, WORD)] = each.attrib.pop(name)
    return root


def _read_notes(package: Package) -> Iterator[str]:
    """
    Give the comments, footnotes and endnotes of a file.
    """
    for kind, name in (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote")):
        notes = _read_part(package, kind)
        for note in notes.iter(W + name) if notes is not None else ():
            # The file keeps the lines between notes and text as notes with a type.
            if note.get(f"{W}type") is None and (text := _lines_in(note)).strip():
                yield text


def _read_hints(package: Package) -> Iterator[str]:
    glossary = _read_part(package, "glossaryDocument")
    for hint in glossary.iter(f"{W}docPartBody") if glossary is not None else ():
        yield _lines_in(hint)


def _lines_in(parent: _Element) -> str:
    return "\n".join("".join(text.text or "" for text in para.iter(_T)) for para in parent.iter(_P))


def _read_properties(package: Package) -> Mapping[str, str]:
    name = package.part_for("", "custom-properties")
    if not name:
        return {}
    return {
        each.get("name", ""): "".join(str(text) for text in each.itertext())
        for each in package.tree(name).iter(_PROPERTY)
    }


# --- the walk


@attrs.define
class _OpenPara:
    """
    A paragraph that is being read.

    Attributes:
        pieces: Its words so far.
        anchors: The names of its bookmarks so far.
        boxes: The text boxes in it, which we read after it.
        tracked: Whether it has a tracked change.
        conceals: Whether it has hidden text.
    """

    pieces: list[Piece] = attrs.field(factory=list)
    anchors: list[str] = attrs.field(factory=list)
    boxes: list[_Element] = attrs.field(factory=list)
    tracked: bool = False
    conceals: bool = False


@attrs.define
class _ParagraphWalk:
    """
    A walk through the body of a file, with everything found on the way.
    """

    styles: WordStyles
    paras: list[Para] = attrs.field(factory=list)
    changes: int = 0
    people: set[str] = attrs.field(factory=set)
    days: set[str] = attrs.field(factory=set)
    hidden: int = 0
    pictures: int = 0
    tables: int = 0
    #: The current cell: its table, row and column.
    cell: tuple[int, int, int] | None = None
    para: _OpenPara = attrs.field(factory=_OpenPara)
    #: What the next paragraph begins with: bookmarks from between two paragraphs, and the words of a paragraph whose
    #: end was deleted.
    coming: _OpenPara = attrs.field(factory=_OpenPara)

    def note_change(self, mark: _Element) -> None:
        self.changes += 1
        self.para.tracked = True
        self.people.add(mark.get(f"{W}author", ""))
        if day := mark.get(f"{W}date", "")[:10]:
            self.days.add(day)

    def end(self) -> None:
        """
        Make a last paragraph from what was waiting for one.
        """
        if self.coming.pieces or self.coming.anchors:
            self.paras.append(Para(tuple(self.coming.pieces), anchors=tuple(self.coming.anchors)))

    def read_blocks(self, parent: Iterable[_Element], controls: tuple[Control, ...]) -> None:
        """
        Read paragraphs and tables, with the controls round them.
        """
        for each in parent:
            tag = each.tag
            if tag == _P:
                self.read_para(each, controls)
            elif tag == _TBL:
                self.read_table(each, controls)
            elif tag == _SDT:
                self.read_blocks(_content(each), (*controls, _read_control(each)))
            elif tag == W + "bookmarkStart":
                self.coming.anchors.append(each.get(f"{W}name", ""))
            elif tag in _DELETED:
                self.note_change(each)
            elif tag == f"{_MC}AlternateContent":
                self.read_blocks(_choose_form(each), controls)
            elif tag in _TRANSPARENT:
                if tag in _INSERTED:
                    self.note_change(each)
                self.read_blocks(each, controls)

    def read_table(self, table: _Element, controls: tuple[Control, ...]) -> None:
        self.tables += 1
        number, outer = self.tables, self.cell
        for n, (row, around) in enumerate(_elements_in(table, W + "tr", controls)):
            looks = row.find(f"{W}trPr")
            if looks is not None and (deleted := looks.find(f"{W}del")) is not None:
                self.note_change(deleted)
                continue
            if looks is not None and (inserted := looks.find(f"{W}ins")) is not None:
                self.note_change(inserted)
            column = number_in(value_of(looks, "gridBefore"))
            for cell, within in _elements_in(row, W + "tc", around):
                self.cell = (number, n, column)
                self.read_blocks(cell, within)
                column += max(number_in(value_of(cell.find(f"{W}tcPr"), "gridSpan")), 1)
        self.cell = outer

    def read_para(self, para: _Element, controls: tuple[Control, ...]) -> None:
        outer, self.para, self.coming = self.para, self.coming, _OpenPara()
        self.read_inline(para, ())
        looks = para.find(f"{W}pPr")
        mark = looks.find(f"{W}rPr") if looks is not None else None
        deleted = mark.find(f"{W}del") if mark is not None else None
        read = self.para
        if deleted is not None:
            self.note_change(deleted)
            self.coming = _OpenPara(read.pieces, read.anchors)
        else:
            style = value_of(looks, "pStyle") or ""
            kind, level = self.styles.list_of(looks, style)
            self.paras.append(
                Para(
                    pieces=tuple(read.pieces),
                    look=self.styles.look(style),
                    kind=kind,
                    level=level,
                    anchors=tuple(read.anchors),
                    controls=controls,
                    cell=self.cell,
                    tracked=read.tracked,
                )
            )
        self.hidden += read.conceals
        self.para = outer
        for box in read.boxes:
            self.read_blocks(box, controls)

    def read_inline(self, parent: Iterable[_Element], controls: tuple[Control, ...]) -> None:
        for each in parent:
            tag = each.tag
            if tag == _R:
                self.read_run(each, controls)
            elif tag == _SDT:
                self.read_inline(_content(each), (*controls, _read_control(each)))
            elif tag == W + "bookmarkStart":
                self.para.anchors.append(each.get(f"{W}name", ""))
            elif tag in _DELETED:
                self.note_change(each)
            elif tag in _TRANSPARENT:
                if tag in _INSERTED:
                    self.note_change(each)
                self.read_inline(each, controls)
            elif tag == f"{_MC}AlternateContent":
                self.read_inline(_choose_form(each), controls)
            elif tag.endswith("}oMath") or tag.endswith("}oMathPara"):
                self.para.pieces.append(Piece("".join(t.text or "" for t in each.iter(_MATHS)), controls=controls))

    def read_run(self, run: _Element, controls: tuple[Control, ...]) -> None:
        looks = run.find(f"{W}rPr")
        text = "".join(self.read_signs(run))
        if not text:
            return
        if looks is None:
            self.para.pieces.append(Piece(text, controls=controls))
            return
        switches = {each.tag: each.get(f"{W}val", "1") for each in looks}
        if means_on(switches.get(f"{W}vanish")):
            self.para.conceals = True
            return
        style = switches.get(f"{W}rStyle", "")
        bold, italic = self.styles.emphasis(style)
        self.para.pieces.append(
            Piece(
                text=text,
                bold=means_on(switches.get(f"{W}b"), bold),
                italic=means_on(switches.get(f"{W}i"), italic),
                muted=style.lower().startswith("reflectmuted"),
                struck=means_on(switches.get(f"{W}strike")) or means_on(switches.get(f"{W}dstrike")),
                marked=any(means_on(switches.get(W + name)) for name in ("u", "highlight", "bdr")),
                controls=controls,
            )
        )

    def read_signs(self, run: _Element) -> Iterator[str]:
        """
        Give the letters and signs of a run, and note the pictures and text boxes in it.
        """
        for each in run:
            tag = each.tag
            if tag == _T:
                yield each.text or ""
            elif tag == W + "br":
                if each.get(f"{W}type", "textWrapping") == "textWrapping":
                    yield "\n"
            elif tag == W + "cr":
                yield "\n"
            elif tag in (W + "tab", W + "ptab"):
                yield "\t"
            elif tag == W + "noBreakHyphen":
                yield "\u2011"
            elif tag == W + "sym":
                yield _read_sign(each)
            elif tag == W + "fldChar":
                yield _read_old_field(each)
            elif tag in (W + "drawing", W + "pict", W + "object", f"{_MC}AlternateContent"):
                form = _choose_form(each) if tag.startswith(_MC) else each
                boxes = [
                    box
                    for box in form.iter(f"{W}txbxContent")
                    if next(box.iterancestors(f"{W}txbxContent"), None) is None
                ]
                self.para.boxes += boxes
                self.pictures += not boxes


# --- single elements


def _content(control: _Element) -> Iterable[_Element]:
    content = control.find(f"{W}sdtContent")
    return () if content is None else content


def _choose_form(either: _Element) -> _Element:
    """
    Choose between the forms of something for new and for old readers: the first with text in it.
    """
    forms = [each for each in either if each.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return next((each for each in forms if any(t.text for t in each.iter(_T))), forms[0] if forms else either)


def _read_control(control: _Element) -> Control:
    looks = control.find(f"{W}sdtPr")
    if looks is None:
        return Control("")
    kind, checked = "rich", None
    for each in looks:
        tag = each.tag
        if tag == W + "text":
            kind = "text"
        elif tag == W + "date":
            kind = "date"
        elif tag in (W + "dropDownList", W + "comboBox"):
            kind = "choice"
        elif tag == f"{_W14}checkbox":
            state = each.find(f"{_W14}checked")
            kind, checked = "tick", state is not None and state.get(f"{_W14}val", "1") in ("1", "true", "on")
        elif tag == f"{_W15}repeatingSection":
            kind = "rows"
    return Control(value_of(looks, "tag") or "", kind, bool(is_on(looks, "showingPlcHdr")), checked)


def _elements_in(
    parent: Iterable[_Element], tag: str, controls: tuple[Control, ...]
) -> Iterator[tuple[_Element, tuple[Control, ...]]]:
    """
    Give the rows of a table, or the cells of a row, each with the controls round it.
    """
    for each in parent:
        if each.tag == tag:
            yield each, controls
        elif each.tag == _SDT:
            yield from _elements_in(_content(each), tag, (*controls, _read_control(each)))
        elif each.tag in _TRANSPARENT:
            yield from _elements_in(each, tag, controls)


def _read_sign(sign: _Element) -> str:
    try:
        code = int(sign.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    if "wingdings" in sign.get(f"{W}font", "").lower():
        return _SIGNS.get(code & 0xFF, "\ufffd")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else "\ufffd"


def _read_old_field(field: _Element) -> str:
    """
    Return the choice in an old form field, which .doc and rich text have instead of controls.
    """
    data = field.find(f"{W}ffData")
    if data is None:
        return ""
    if (box := data.find(f"{W}checkBox")) is not None:
        ticked = is_on(box, "checked")
        return _TICKED if (is_on(box, "default") if ticked is None else ticked) else _EMPTY
    if (offered := data.find(f"{W}ddList")) is not None:
        options = [each.get(f"{W}val", "") for each in offered.iter(f"{W}listEntry")]
        chosen = number_in(value_of(offered, "result") or value_of(offered, "default"))
        return options[chosen] if chosen < len(options) else ""
    return ""
