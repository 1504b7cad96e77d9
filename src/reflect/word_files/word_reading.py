"""
Reads a Word file from any program, paragraph by paragraph.

It does not know the questions. It reads through controls that are not ours (Google Docs puts its own round
everything), leaves deleted words out, and keeps inserted ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from reflect.files.office import LIMITS, NotOpened
from reflect.files.xml import XmlElement
from reflect.text.prose import LineKind
from reflect.word_files.drawn_things import choose_form, read_drawn
from reflect.word_files.maths import MATHS, read_maths, unsaid_in_maths
from reflect.word_files.place_tags import PlaceTag
from reflect.word_files.symbol_fonts import UNKNOWN, in_unicode, is_symbol_font, read_symbol
from reflect.word_files.word_elements import DELETED, DRAWN, INSERTED, LEFT_OUT, NAMED, REFERENCES, TRANSPARENT
from reflect.word_files.word_fields import is_filled_in, link_in, read_code
from reflect.word_files.word_file import Beside, Control, Para, Piece, TrackedChanges, WordFile
from reflect.word_files.word_styles import RunLooks, WordStyles, font_in, is_struck
from reflect.word_files.word_xml import MC, W14, W15, R, W, is_on, means_on, number_in, value_of

if TYPE_CHECKING:
    from reflect.files.office import Package

_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_P, _R, _T, _TBL, _SDT = W + "p", W + "r", W + "t", W + "tbl", W + "sdt"
_EITHER = f"{MC}AlternateContent"
#: Among the signs of a run: a page break, which no text in XML can hold.
_NEW_PAGE = "\f"
#: The elements of WordprocessingML that may be between two paragraphs and hold runs.
_LOOSE = frozenset({_R, MATHS + "oMath", MATHS + "oMathPara", W + "hyperlink", W + "fldSimple", *NAMED})

#: How many fields may be inside one another; nobody has more than three.
_MOST_FIELDS = 20

#: A body, header or note has at most this many paragraphs, with all that stands between them like one, and this many
#: things that are named and not read.
MOST_PARAS, MOST_NAMED = LIMITS.paragraphs, 5_000

#: The signs of a ticked box and of an empty one.
_TICKED, _EMPTY = "☒", "☐"


def read_word_file(package: Package) -> WordFile:
    """
    Return an opened Word file as values.

    Raises:
        NotOpened: A part of the file is not XML.
    """
    styles = WordStyles.of(_read_part(package, "styles"), _read_part(package, "numbering"))
    root = package.tree(package.main)
    body = root.find(f"{W}body")
    walk = _ParagraphWalk(styles, _links_of(package, package.main), _section_kinds(root))
    walk.read_blocks(root if body is None else body, ())
    walk.end()
    notes = [note for note in _read_notes(package, styles) if any(para.pieces for para in note.paras)]
    kinds = sum((each.kinds for each in notes), walk.kinds)
    return WordFile(
        paras=tuple(walk.paras),
        beside=tuple(para for note in notes for para in note.paras),
        edges=tuple(_read_edges(package, styles)),
        hints=frozenset(_read_hints(package)),
        properties=read_properties(package),
        changes=TrackedChanges(walk.changes, len(walk.people), tuple(sorted(walk.days))),
        kinds=kinds,
        broken=len(package.broken),
    )


def _read_part(package: Package, kind: str) -> XmlElement | None:
    name = package.part_for(package.main, kind)
    return package.tree(name) if name else None


def _links_of(package: Package, part: str) -> Mapping[str, str]:
    """
    Return the addresses of a part's links by the ids that it uses for them.
    """
    relations = package.relations(part).values()
    return {each.id: each.target for each in relations if each.outside and each.kind.endswith("/hyperlink")}


def _section_kinds(root: XmlElement) -> list[str]:
    """
    Return how each section of a file begins, such as ``nextPage``, in their order.
    """
    sections = (each for each in root.iter(f"{W}sectPr") if next(each.iterancestors(), each).tag != f"{W}sectPrChange")
    return [value_of(each, "type") or "nextPage" for each in sections]


def _read_notes(package: Package, styles: WordStyles) -> Iterator[_ParagraphWalk]:
    """
    Give the comments, footnotes and endnotes of a file, each read by a walk of its own.
    """
    for kind, name in (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote")):
        part = package.part_for(package.main, kind)
        for note in package.tree(part).iter(W + name) if part else ():
            # The file keeps the lines between notes and text as notes with a type.
            if note.get(f"{W}type") is None:
                walk = _ParagraphWalk(styles, _links_of(package, part))
                walk.read_blocks(note, ())
                walk.end()
                yield walk


def _read_edges(package: Package, styles: WordStyles) -> Iterator[Para]:
    """
    Give the paragraphs in the headers and footers of a file that have words, those of each part once.
    """
    relations = package.relations(package.main).values()
    parts = [each.target for each in relations if re.search("/(header|footer)$", each.kind) and not each.outside]
    for part in dict.fromkeys(parts):
        if part in package and part.lower() not in package.broken:
            walk = _ParagraphWalk(styles, _links_of(package, part))
            walk.read_blocks(package.tree(part), ())
            walk.end()
            yield from (para for para in walk.paras if para.text.strip())


def _read_hints(package: Package) -> Iterator[str]:
    glossary = _read_part(package, "glossaryDocument")
    for hint in glossary.iter(f"{W}docPartBody") if glossary is not None else ():
        yield "\n".join("".join(text.text or "" for text in para.iter(_T)) for para in hint.iter(_P))


def read_properties(package: Package) -> Mapping[str, str]:
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
        ending: Those of them after its last word so far.
        boxes: The text boxes in it, which we read after it.
        style: The key of its style.
        has_words: Whether it has words so far.
        new_page: Whether a page break is before its words.
        turns: Whether a page break is after its words, or instead of them.
        closed: Whether each field that begins in it ends there too; None if nobody has looked.
        refers: The comments and notes that it refers to so far, by their kind.
    """

    pieces: list[Piece] = attrs.field(factory=list)
    anchors: list[str] = attrs.field(factory=list)
    ending: list[str] = attrs.field(factory=list)
    boxes: list[XmlElement] = attrs.field(factory=list)
    style: str = ""
    tracked: bool = False
    has_words: bool = False
    new_page: bool = False
    turns: bool = False
    closed: bool | None = None
    refers: list[str] = attrs.field(factory=list)

    def begin_bookmark(self, name: str) -> None:
        self.anchors.append(name)
        self.ending.append(name)

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        if piece.beside or piece.text.strip():
            self.ending.clear()
            self.has_words = True

    def closes_fields(self, mark: XmlElement) -> bool:
        """
        Whether each field that begins in the paragraph ends there too; otherwise no words in it count as a code.
        """
        if self.closed is None:
            para = next(mark.iterancestors(_P), None)
            kinds = (
                Counter(each.get(f"{W}fldCharType") for each in para.iter(f"{W}fldChar")) if para is not None else {}
            )
            self.closed = kinds["begin"] <= max(kinds["separate"], kinds["end"])
        return self.closed

    def turn_page(self, *, after_words: bool) -> None:
        self.turns = True
        self.new_page = self.new_page or not (self.has_words or after_words)


@attrs.define
class _WordField:
    """
    A field of Word's, such as a link: its code, and whether what is read now is a part of that.
    """

    code: str = ""
    in_code: bool = True
    link: str = ""


@attrs.define
class _ParagraphWalk:
    """
    A walk through the body of a file, or through a note, with everything found on the way.
    """

    styles: WordStyles
    links: Mapping[str, str]
    #: How each section begins.
    sections: list[str] = attrs.field(factory=list)
    paras: list[Para] = attrs.field(factory=list)
    changes: int = 0
    people: set[str] = attrs.field(factory=set)
    days: set[str] = attrs.field(factory=set)
    kinds: Counter[Beside] = attrs.field(factory=Counter)
    #: How many things were named so far.
    named: int = 0
    tables: int = 0
    #: The current cell: its table, row and column.
    cell: tuple[int, int, int] | None = None
    #: The style of the current table.
    table_style: str = ""
    #: How many text boxes the current paragraph is in.
    floating: int = 0
    #: The number of the current section.
    section: int = 0
    #: Whether the next paragraph is on a new page.
    turned: bool = False
    #: The address of the current link.
    link: str = ""
    #: The fields that have begun and not ended.
    fields: list[_WordField] = attrs.field(factory=list)
    para: _OpenPara = attrs.field(factory=_OpenPara)
    #: What the next paragraph begins with: bookmarks from between two paragraphs, and the words of a paragraph whose
    #: end was deleted.
    coming: _OpenPara = attrs.field(factory=_OpenPara)

    def note_change(self, mark: XmlElement) -> None:
        self.changes += 1
        self.para.tracked = True
        self.people.add(mark.get(f"{W}author", ""))
        if day := mark.get(f"{W}date", "")[:10]:
            self.days.add(day)

    def name(self, kind: Beside, controls: tuple[Control, ...] = ()) -> None:
        """
        Name something in the current paragraph that is not read as said.
        """
        self.kinds[kind] += 1
        self.named += 1
        if self.named > MOST_NAMED:
            raise NotOpened("too-long")
        self.para.add(Piece("", controls=controls, beside=kind))

    def end(self) -> None:
        """
        Make a last paragraph from what was waiting for one.
        """
        if self.coming.pieces or self.coming.anchors:
            self.paras.append(Para(tuple(self.coming.pieces), anchors=tuple(self.coming.anchors)))

    def read_blocks(self, parent: Iterable[XmlElement], controls: tuple[Control, ...]) -> None:
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
            elif tag in DELETED:
                self.note_change(each)
            elif tag == _EITHER:
                self.read_blocks(choose_form(each), controls)
            elif tag in _LOOSE or (tag not in TRANSPARENT and tag not in LEFT_OUT):
                self.read_loose(each, controls)
            elif tag in TRANSPARENT:
                if tag in INSERTED:
                    self.note_change(each)
                self.read_blocks(each, controls)

    def read_loose(self, element: XmlElement, controls: tuple[Control, ...]) -> None:
        """
        Read something that is between two paragraphs, and usually within one, as a paragraph.
        """
        outer, self.para, self.coming = self.para, self.coming, _OpenPara()
        self.read_inline((element,), ())
        self.add_para(self.para, controls)
        self.para = outer

    def read_table(self, table: XmlElement, controls: tuple[Control, ...]) -> None:
        self.tables += 1
        number, outer, style = self.tables, self.cell, self.table_style
        self.table_style = value_of(table.find(f"{W}tblPr"), "tblStyle") or ""
        for n, (row, around) in enumerate(self.elements_in(table, W + "tr", controls)):
            looks = row.find(f"{W}trPr")
            if looks is not None and (deleted := looks.find(f"{W}del")) is not None:
                self.note_change(deleted)
                continue
            if looks is not None and (inserted := looks.find(f"{W}ins")) is not None:
                self.note_change(inserted)
            if is_on(looks, "hidden"):
                self.name_hidden(row, around)
                continue
            column = number_in(value_of(looks, "gridBefore"))
            for cell, within in self.elements_in(row, W + "tc", around):
                about = cell.find(f"{W}tcPr")
                if about is not None and (deleted := about.find(f"{W}cellDel")) is not None:
                    self.note_change(deleted)
                else:
                    if about is not None and (inserted := about.find(f"{W}cellIns")) is not None:
                        self.note_change(inserted)
                    self.cell = (number, n, column)
                    self.read_blocks(cell, within)
                column += max(number_in(value_of(about, "gridSpan")), 1)
        self.cell, self.table_style = outer, style

    def name_hidden(self, row: XmlElement, controls: tuple[Control, ...]) -> None:
        """
        Name a row that nobody sees, if it has words.
        """
        if any(text.text for text in row.iter(_T)):
            outer, self.para = self.para, _OpenPara()
            self.name(Beside.HIDDEN)
            self.add_para(self.para, controls)
            self.para = outer

    def elements_in(
        self, parent: Iterable[XmlElement], tag: str, controls: tuple[Control, ...]
    ) -> Iterator[tuple[XmlElement, tuple[Control, ...]]]:
        """
        Give the rows of a table, or the cells of a row, each with the controls round it.
        """
        for each in parent:
            if each.tag == tag:
                yield each, controls
            elif each.tag == _SDT:
                yield from self.elements_in(_content(each), tag, (*controls, _read_control(each)))
            elif each.tag in TRANSPARENT:
                yield from self.elements_in(each, tag, controls)
            elif each.tag == _EITHER:
                yield from self.elements_in(choose_form(each), tag, controls)
            elif each.tag == W + "bookmarkStart":
                self.coming.anchors.append(each.get(f"{W}name", ""))
            elif each.tag in DELETED:
                self.note_change(each)
            elif each.tag not in LEFT_OUT:
                self.read_loose(each, controls)

    def read_para(self, para: XmlElement, controls: tuple[Control, ...]) -> None:
        outer, self.para, self.coming = self.para, self.coming, _OpenPara()
        looks = para.find(f"{W}pPr")
        self.para.style = value_of(looks, "pStyle") or ""
        self.read_inline(para, ())
        for field in self.fields:
            field.in_code = False  # nothing that follows is lost in a field
        mark = looks.find(f"{W}rPr") if looks is not None else None
        gone = (mark.find(name) for name in (f"{W}del", f"{W}moveFrom")) if mark is not None else ()
        deleted = next((each for each in gone if each is not None), None)
        read = self.para
        if deleted is not None:
            self.note_change(deleted)
            self.coming = _OpenPara(read.pieces, read.anchors, tracked=True, refers=read.refers)
        else:
            self.add_para(read, controls, looks)
        self.para = outer
        self.floating += 1
        # A box over a table is in no row of it.
        inside = tuple(control for control in controls if control.kind != "rows")
        for box in read.boxes:
            self.read_blocks(box, inside)
        self.floating -= 1

    def add_para(self, read: _OpenPara, controls: tuple[Control, ...], looks: XmlElement | None = None) -> None:
        """
        Add a paragraph that has been read.
        """
        kind, level, number = LineKind.PARAGRAPH, 0, None
        if looks is not None:
            kind, level, number = self.styles.list_of(looks, read.style)
        turned = self.turned or read.new_page or bool(is_on(looks, "pageBreakBefore"))
        if len(self.paras) >= MOST_PARAS:
            raise NotOpened("too-long")
        self.turned = read.turns and not (read.new_page and read.has_words)
        self.paras.append(
            Para(
                pieces=tuple(read.pieces),
                look=self.styles.look(read.style),
                kind=kind,
                level=level,
                number=number,
                anchors=tuple(read.anchors),
                ending=tuple(read.ending) if read.has_words else (),
                controls=controls,
                cell=self.cell,
                tracked=read.tracked,
                floating=self.floating > 0,
                new_page=turned,
                heading=self.styles.heading_level(looks, read.style),
                role=self.styles.role(read.style),
                indent=self.styles.indent(looks, read.style),
                refers=tuple(read.refers),
            )
        )
        if looks is not None and looks.find(f"{W}sectPr") is not None:
            self.section += 1
            self.turned = self.sections[self.section : self.section + 1] != ["continuous"]

    def read_inline(self, parent: Iterable[XmlElement], controls: tuple[Control, ...]) -> None:
        for each in parent:
            tag = each.tag
            if tag == _R:
                self.read_run(each, controls)
            elif tag == _SDT:
                self.read_inline(_content(each), (*controls, _read_control(each)))
            elif tag == W + "bookmarkStart":
                self.para.begin_bookmark(each.get(f"{W}name", ""))
            elif tag in DELETED:
                self.note_change(each)
            elif tag in TRANSPARENT:
                if tag in INSERTED:
                    self.note_change(each)
                if tag == W + "fldSimple" and is_filled_in(each.get(f"{W}instr", "")):
                    self.name(Beside.FILLED_IN, controls)
                outer, self.link = self.link, self.link_of(each) or self.link
                self.read_inline(each, controls)
                self.link = outer
            elif tag == _EITHER:
                self.read_inline(choose_form(each), controls)
            elif tag in (MATHS + "oMath", MATHS + "oMathPara"):
                self.read_equation(each, controls)
            elif tag not in LEFT_OUT:
                self.name(NAMED.get(tag, Beside.UNKNOWN), controls)

    def read_equation(self, equation: XmlElement, controls: tuple[Control, ...]) -> None:
        styled = self.styles.run_looks(self.table_style, self.para.style, "")
        for kind in (Beside.EQUATION, *unsaid_in_maths(equation)):
            self.name(kind, controls)
        if styled.hidden:
            self.name(Beside.HIDDEN, controls)
        else:
            self.para.add(Piece(read_maths(equation), struck=styled.struck, controls=controls))

    def link_of(self, element: XmlElement) -> str:
        """
        Return the address that an element leads to; empty if it leads nowhere outside the file.
        """
        if element.tag == W + "hyperlink" and (id := element.get(f"{R}id", "")):
            return self.links.get(id, UNKNOWN)
        return link_in(element.get(f"{W}instr", "")) if element.tag == W + "fldSimple" else ""

    def read_run(self, run: XmlElement, controls: tuple[Control, ...]) -> None:
        looks = run.find(f"{W}rPr")
        style = value_of(looks, "rStyle") or ""
        if looks is not None and len(looks) == bool(style):
            looks = None  # nothing but its style says how it looks
        styled = self.styles.run_looks(self.table_style, self.para.style, style)
        hidden = is_on(looks, "vanish")
        hides = styled.hidden if hidden is None else hidden
        look = self.look_of(looks, style, styled, controls)
        text, boxes = "", len(self.para.boxes)
        for sign in self.read_signs(run, font_in(looks) or styled.font):
            if sign == _NEW_PAGE:
                self.para.turn_page(after_words=bool(text.strip()))
                text += "\n"
            elif isinstance(sign, str) and not isinstance(sign, Beside):
                text += sign
            elif not hides:
                text = self.add_words(text, look)
                if isinstance(sign, Beside):
                    self.name(sign, controls)
                else:
                    self.read_ruby(sign, look)
        if hides and (text or self.para.boxes[boxes:]):
            del self.para.boxes[boxes:]
            self.name(Beside.HIDDEN, controls)
        else:
            self.add_words(text, look)

    def look_of(self, looks: XmlElement | None, style: str, styled: RunLooks, controls: tuple[Control, ...]) -> Piece:
        """
        Return a piece without words, in the look of a run.
        """
        links = [field.link for field in self.fields if field.link and not field.in_code]
        link = links[-1] if links else self.link
        bold, italic = self.styles.emphasis(style)
        struck, marked = styled.struck, False
        if looks is not None:
            own = is_on(looks, "b"), is_on(looks, "i"), is_struck(looks)
            bold, italic, struck = (
                other if said is None else said for said, other in zip(own, (bold, italic, struck), strict=True)
            )
            marked = any(means_on(value_of(looks, name)) for name in ("u", "highlight", "bdr"))
        muted = style.lower().startswith("reflectmuted")
        return Piece("", bold, italic, muted, struck, marked, controls, link)

    def add_words(self, text: str, look: Piece) -> str:
        """
        Add words to the current paragraph, and return the words that are left.
        """
        if text:
            self.para.add(look.with_text(text))
        return ""

    def read_ruby(self, ruby: XmlElement, look: Piece) -> None:
        """
        Read words with their reading above them: the reading follows in brackets.
        """
        for name in ("rubyBase", "rt"):
            inner = ruby.find(W + name)
            if inner is not None:
                self.add_words("(" if name == "rt" else "", look)
                self.read_inline(inner, look.controls)
                self.add_words(")" if name == "rt" else "", look)

    def read_signs(self, run: XmlElement, font: str) -> Iterator[str | Beside | XmlElement]:
        """
        Give the letters and signs of a run, and what else is in it.
        """
        symbols = is_symbol_font(font)
        for each in run:
            tag = each.tag
            if tag == W + "fldChar":
                yield self.read_field(each, font)
            elif tag == W + "instrText" and self.fields:
                self.fields[-1].code += each.text or ""
            elif any(field.in_code for field in self.fields):
                continue
            elif tag == _T:
                text = in_unicode(each.text or "", font) if symbols else each.text or ""
                yield text
                if symbols and UNKNOWN in text:
                    yield Beside.SIGN
            elif tag == W + "br":
                yield _NEW_PAGE if each.get(f"{W}type") == "page" else "\n"
            elif tag == W + "cr":
                yield "\n"
            elif tag in (W + "tab", W + "ptab"):
                yield "\t"
            elif tag == W + "noBreakHyphen":
                yield "\u2011"
            elif tag == W + "sym":
                sign = _read_sign(each)
                yield sign
                if sign == UNKNOWN:
                    yield Beside.SIGN
            elif tag == W + "ruby":
                yield each
            elif tag in DRAWN:
                yield from self.read_drawn(each, font)
            elif tag in REFERENCES:
                self.para.refers.append(REFERENCES[tag])
            elif tag not in LEFT_OUT:
                yield NAMED.get(tag, Beside.UNKNOWN)

    def read_drawn(self, drawn: XmlElement, font: str) -> Iterator[str | Beside | XmlElement]:
        """
        Keep the text boxes in something drawn for later, and say what else it is.
        """
        if drawn.tag == _EITHER:
            form = choose_form(drawn)
            if not any(each.tag in DRAWN for each in form):
                yield from self.read_signs(form, font)
                return
        boxes, kind = read_drawn(drawn)
        self.para.boxes += boxes
        if kind:
            yield kind

    def read_field(self, mark: XmlElement, font: str) -> str | Beside:
        """
        Read the beginning, the middle or the end of a field, and return what people see of it beside its words: the
        choice in it if it is an old form's, or what its code alone shows.
        """
        match mark.get(f"{W}fldCharType"):
            case "begin" if len(self.fields) < _MOST_FIELDS:
                self.fields.append(_WordField(in_code=self.para.closes_fields(mark)))
            case "separate" if self.fields:
                field = self.fields[-1]
                field.in_code = False
                field.link = link_in(field.code)
                if is_filled_in(field.code) and not any(each.in_code for each in self.fields):
                    return Beside.FILLED_IN
            case "end" if self.fields:
                field = self.fields.pop()
                if field.in_code and not any(each.in_code for each in self.fields):
                    return read_code(field.code, font)
        return _read_old_field(mark)


# --- single elements


def _content(control: XmlElement) -> Iterable[XmlElement]:
    content = control.find(f"{W}sdtContent")
    return () if content is None else content


def _read_control(control: XmlElement) -> Control:
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
        elif tag == f"{W14}checkbox":
            state = each.find(f"{W14}checked")
            kind, checked = "tick", state is not None and state.get(f"{W14}val", "1") in ("1", "true", "on")
        elif tag == f"{W15}repeatingSection":
            kind = "rows"
    says = PlaceTag.read(value_of(looks, "tag") or "")
    return Control(says.key, kind, bool(is_on(looks, "showingPlcHdr")), checked, says, value_of(looks, "alias") or "")


def _read_sign(sign: XmlElement) -> str:
    try:
        code = int(sign.get(f"{W}char", ""), 16)
    except ValueError:
        return UNKNOWN
    return read_symbol(code, sign.get(f"{W}font", ""))


def _read_old_field(field: XmlElement) -> str:
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
