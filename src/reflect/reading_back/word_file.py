"""
A filled Word file as values: its paragraphs in reading order, as they read once every tracked change is accepted.

Nothing here knows what was asked. Controls that are not ours (Google Docs puts its own round everything) let through
what is in them; what was deleted is left out, what was inserted is in.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from reflect.text.prose import LineKind

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reflect.files.office import Package

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{_WORD}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"

#: The signs of boxes to tick, and the letters of Word's own sign fonts that look like them.
TICKED, EMPTY_BOX = "☒", "☐"
_SIGNS = {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x52: "☑", 0x54: "☒", 0x53: "☒", 0xA8: "☐", 0x6F: "☐", 0xB7: "•"}
#: So deep do styles lean on one another, at most.
_STYLES_DEEP = 20


@attrs.frozen(eq=False)
class Control:
    """
    A content control; two with the same tag are two.

    Attributes:
        tag: Its tag: for one of ours, the key of an answer.
        kind: What it takes: text, rich, date, choice, tick or rows.
        hinting: Whether the file says that it shows its hint.
        checked: Whether it is ticked, if it is a box to tick.
        date: The day that was picked, if it is for a date.
    """

    tag: str
    kind: str = "rich"
    hinting: bool = False
    checked: bool | None = None
    date: str = ""


@attrs.frozen
class Piece:
    """
    Words of one look.

    Attributes:
        text: The words; line ends and tabs are signs of their own.
        bold: Whether they are bold.
        italic: Whether they are italic.
        muted: Whether they stand back, as what an item is about does.
        struck: Whether they are struck through.
        marked: Whether they are underlined, highlighted or framed.
        controls: What is round them within the paragraph, from the outside in.
    """

    text: str = attrs.field(repr=False)
    bold: bool = False
    italic: bool = False
    muted: bool = False
    struck: bool = False
    marked: bool = False
    controls: tuple[Control, ...] = ()


@attrs.frozen(eq=False)
class Para:
    """
    One paragraph.

    Attributes:
        pieces: Its words.
        look: The id of the style it is in, or of the nearest of ours or of Word's that this leans on.
        kind: Whether it is an item of a list.
        level: How deep in lists it stands.
        anchors: The names of the bookmarks that begin in it, or just before it.
        controls: What is round it, from the outside in.
        cell: The table, the row and the column it stands in; None outside of tables.
        tracked: Whether it was changed while changes were tracked.
    """

    pieces: tuple[Piece, ...] = attrs.field(repr=False)
    look: str = ""
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    anchors: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    cell: tuple[int, int, int] | None = None
    tracked: bool = False

    @functools.cached_property
    def text(self) -> str:
        """
        Its words, whatever their look.
        """
        return "".join(piece.text for piece in self.pieces)

    @functools.cached_property
    def inner_controls(self) -> tuple[Control, ...]:
        """
        The controls in it, piece by piece.
        """
        return tuple(control for piece in self.pieces for control in piece.controls)

    @functools.cached_property
    def tags(self) -> frozenset[str]:
        """
        The tags of all controls round it and in it.
        """
        return frozenset(control.tag for control in (*self.controls, *self.inner_controls))


@attrs.frozen
class TrackedChanges:
    """
    What was changed while changes were tracked.

    Attributes:
        many: How many changes there are.
        people: By how many people.
        days: The days of the changes, as ``2026-05-15``.
    """

    many: int = 0
    people: int = 0
    days: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class WordFile:
    """
    A Word file as it reads.

    Attributes:
        paras: Its paragraphs, in order, those in tables and text boxes among them.
        beside: Texts beside the body: comments in the margin, footnotes.
        hints: Texts that the file itself calls hints.
        properties: What the file says about itself, by name.
        changes: What was changed while changes were tracked.
        hidden: How many paragraphs hold hidden text, which is not read.
        pictures: How many pictures there are.
    """

    paras: tuple[Para, ...] = attrs.field(repr=False)
    beside: tuple[str, ...] = attrs.field(default=(), repr=False)
    hints: frozenset[str] = frozenset()
    properties: Mapping[str, str] = attrs.field(factory=dict)
    changes: TrackedChanges = TrackedChanges()
    hidden: int = 0
    pictures: int = 0


def read_word_file(package: Package) -> WordFile:
    """
    Return the paper that an opened Word file is.

    Raises:
        NotOpened: A part of it is no XML.
    """
    styles = _Styles.of(_part(package, "styles"), _part(package, "numbering"))
    walk = _Walk(styles)
    root = _plain(package.tree(package.main))
    body = root.find(f"{W}body")
    walk.blocks(root if body is None else body, ())
    walk.end()
    hints = set()
    glossary = _part(package, "glossaryDocument")
    for each in glossary.iter(f"{W}docPartBody") if glossary is not None else ():
        hints.add("\n".join(_words(p) for p in each.iter(f"{W}p")))
    beside = []
    for kind, name in (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote")):
        notes = _part(package, kind)
        for note in notes.iter(W + name) if notes is not None else ():
            # Lines between the text and the notes are kept as notes of their own.
            if note.get(f"{W}type") is None and (said := "\n".join(_words(p) for p in note.iter(f"{W}p"))).strip():
                beside.append(said)
    return WordFile(
        paras=tuple(walk.paras),
        beside=tuple(beside),
        hints=frozenset(hints),
        properties=_properties(package),
        changes=TrackedChanges(walk.changes, len(walk.people), tuple(sorted(walk.days))),
        hidden=walk.hidden,
        pictures=walk.pictures,
    )


def _part(package: Package, kind: str) -> _Element | None:
    name = package.related(package.main, kind)
    return _plain(package.tree(name)) if name else None


def _plain(root: _Element) -> _Element:
    """
    The tree with the names of the usual form; the strict form of a file differs in nothing else that is read here.
    """
    if _STRICT in root.nsmap.values():
        for each in root.iter("{*}*"):
            if each.tag.startswith(f"{{{_STRICT}}}"):
                each.tag = each.tag.replace(_STRICT, _WORD)
            for name in [name for name in each.attrib if str(name).startswith(f"{{{_STRICT}}}")]:
                each.attrib[str(name).replace(_STRICT, _WORD)] = each.attrib.pop(name)
    return root


def _words(para: _Element) -> str:
    return "".join(each.text or "" for each in para.iter(f"{W}t"))


def _properties(package: Package) -> Mapping[str, str]:
    name = package.related("", "custom-properties")
    if not name:
        return {}
    return {
        each.get("name", ""): "".join(str(t) for t in each.itertext()) for each in package.tree(name).iter(_PROPERTIES)
    }


# --- styles and lists


def _value(parent: _Element | None, name: str) -> str | None:
    """
    The value of an element's child.
    """
    found = parent.find(W + name) if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else None


def _on(looks: _Element | None, name: str) -> bool | None:
    """
    Whether a look is on or off; None where nothing is said.
    """
    if looks is None or (found := looks.find(W + name)) is None:
        return None
    return _yes(found.get(f"{W}val", "1"))


def _yes(value: str | None, otherwise: bool = False) -> bool:
    """
    What the value of a look says; something else where nothing is said.
    """
    return otherwise if value is None else value not in ("0", "false", "off", "none")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


@attrs.frozen
class _Style:
    name: str
    base: str
    bold: bool | None
    italic: bool | None
    list: tuple[str, int] | None
    outline: bool


def _style(each: _Element) -> _Style:
    looks, runs = each.find(f"{W}pPr"), each.find(f"{W}rPr")
    return _Style(
        name=(_value(each, "name") or "").lower(),
        base=_value(each, "basedOn") or "",
        bold=_on(runs, "b"),
        italic=_on(runs, "i"),
        list=_listed(looks),
        outline=_number(_value(looks, "outlineLvl") or "9") < 9,
    )


def _listed(looks: _Element | None) -> tuple[str, int] | None:
    found = looks.find(f"{W}numPr") if looks is not None else None
    if found is None:
        return None
    return _value(found, "numId") or "", _number(_value(found, "ilvl"))


#: Looks that say what a paragraph is, by the letters of their names; of ours, all.
_HEADING = "heading"


@attrs.frozen
class _Styles:
    """
    What the styles and lists of a file say; a style is read when a paragraph is in it.
    """

    styles: Mapping[str, _Element]
    formats: Mapping[str, Mapping[int, str]]
    read: dict[str, _Style] = attrs.field(factory=dict)
    looks: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def of(cls, styles: _Element | None, lists: _Element | None) -> _Styles:
        found = {}
        for each in styles.iter(f"{W}style") if styles is not None else ():
            found[each.get(f"{W}styleId", "")] = each
        patterns = {}
        formats = {}
        if lists is not None:
            for each in lists.iter(f"{W}abstractNum"):
                patterns[each.get(f"{W}abstractNumId", "")] = {
                    _number(level.get(f"{W}ilvl")): _value(level, "numFmt") or "" for level in each.iter(f"{W}lvl")
                }
            for each in lists.iter(f"{W}num"):
                formats[each.get(f"{W}numId", "")] = patterns.get(_value(each, "abstractNumId") or "", {})
        return cls(found, formats)

    def chain(self, name: str) -> Iterator[tuple[str, _Style]]:
        for _ in range(_STYLES_DEEP):
            if name not in self.styles:
                return
            if name not in self.read:
                self.read[name] = _style(self.styles[name])
            style = self.read[name]
            yield name, style
            name = style.base

    def look(self, name: str) -> str:
        """
        What a paragraph's style makes it: title, heading, or one of ours in small letters, such as ``reflectprompt``.
        """
        if name not in self.looks:
            self.looks[name] = self._look(list(self.chain(name)))
        return self.looks[name]

    def _look(self, known: list[tuple[str, _Style]]) -> str:
        for id, style in known:
            plain = style.name.replace(" ", "")
            if plain in ("title", "subtitle") or plain.startswith(_HEADING):
                return _HEADING if plain.startswith(_HEADING) else plain
            if id.lower().startswith("reflect") and not style.base.lower().startswith("reflect"):
                return id.lower()
        return _HEADING if any(style.outline for _, style in known) else ""

    def list_of(self, looks: _Element | None, name: str) -> tuple[LineKind, int]:
        found = _listed(looks)
        if found is None:
            found = next((style.list for _, style in self.chain(name) if style.list), None)
        if found is None or found[0] in ("", "0"):
            return LineKind.PARAGRAPH, 0
        level = min(found[1], 8)
        match self.formats.get(found[0], {}).get(level, ""):
            case "" | "none":
                return LineKind.PARAGRAPH, 0
            case "bullet":
                return LineKind.BULLET, level
            case _:
                return LineKind.NUMBER, level

    def bold(self, name: str) -> tuple[bool, bool]:
        known = [style for _, style in self.chain(name)]
        return (
            next((style.bold for style in known if style.bold is not None), False),
            next((style.italic for style in known if style.italic is not None), False),
        )


# --- the walk

#: What is inside is read as if it stood outside.
_THROUGH = frozenset(
    {W + n for n in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")}
)
_GONE = frozenset({W + n for n in ("del", "moveFrom")})
#: Marks of a change of looks or of places, which are no change of words.
_P, _R, _T, _TBL, _SDT = W + "p", W + "r", W + "t", W + "tbl", W + "sdt"


@attrs.define
class _Walk:
    styles: _Styles
    paras: list[Para] = attrs.field(factory=list)
    changes: int = 0
    people: set[str] = attrs.field(factory=set)
    days: set[str] = attrs.field(factory=set)
    hidden: int = 0
    pictures: int = 0
    #: Bookmarks that begin between paragraphs.
    waiting: list[str] = attrs.field(factory=list)
    #: The words of a paragraph whose end was deleted: they belong to the next.
    joined: list[Piece] = attrs.field(factory=list)
    tables: int = 0
    cell: tuple[int, int, int] | None = None
    #: Of the paragraph that is being read.
    pieces: list[Piece] = attrs.field(factory=list)
    anchors: list[str] = attrs.field(factory=list)
    boxes: list[_Element] = attrs.field(factory=list)
    tracked: bool = False
    concealed: bool = False
    chars: dict[str, tuple[bool, bool]] = attrs.field(factory=dict)

    def changed(self, mark: _Element) -> None:
        self.changes += 1
        self.tracked = True
        self.people.add(mark.get(f"{W}author", ""))
        if day := mark.get(f"{W}date", "")[:10]:
            self.days.add(day)

    def blocks(self, parent: Iterable[_Element], controls: tuple[Control, ...]) -> None:
        for each in parent:
            tag = each.tag
            if tag == _P:
                self.paragraph(each, controls)
            elif tag == _TBL:
                self.table(each, controls)
            elif tag == _SDT:
                self.blocks(_inside(each), (*controls, _control(each)))
            elif tag == W + "bookmarkStart":
                self.waiting.append(each.get(f"{W}name", ""))
            elif tag in _GONE:
                self.changed(each)
            elif tag == f"{_MC}AlternateContent":
                self.blocks(_chosen(each), controls)
            elif tag in _THROUGH:
                if tag in (W + "ins", W + "moveTo"):
                    self.changed(each)
                self.blocks(each, controls)

    def table(self, table: _Element, controls: tuple[Control, ...]) -> None:
        self.tables += 1
        number, outer = self.tables, self.cell
        for n, (row, around) in enumerate(_rows(table, controls)):
            looks = row.find(f"{W}trPr")
            if looks is not None and (gone := looks.find(f"{W}del")) is not None:
                self.changed(gone)
                continue
            if looks is not None and (new := looks.find(f"{W}ins")) is not None:
                self.changed(new)
            at = _number(_value(looks, "gridBefore"))
            for cell, within in _cells(row, around):
                self.cell = (number, n, at)
                self.blocks(cell, within)
                at += max(_number(_value(cell.find(f"{W}tcPr"), "gridSpan")), 1)
        self.cell = outer

    def paragraph(self, para: _Element, controls: tuple[Control, ...]) -> None:
        outer = self.pieces, self.anchors, self.boxes, self.tracked, self.concealed
        self.pieces, self.anchors, self.boxes, self.tracked, self.concealed = (
            self.joined,
            self.waiting,
            [],
            False,
            False,
        )
        self.joined, self.waiting = [], []
        looks = para.find(f"{W}pPr")
        self.inline(para, ())
        pieces, boxes = self.pieces, self.boxes
        mark = looks.find(f"{W}rPr") if looks is not None else None
        gone = mark.find(f"{W}del") if mark is not None else None
        if gone is not None:
            self.changed(gone)
            self.joined, self.waiting = pieces, self.anchors
        else:
            style = _value(looks, "pStyle") or ""
            kind, level = self.styles.list_of(looks, style)
            found = Para(
                tuple(pieces),
                self.styles.look(style),
                kind,
                level,
                tuple(self.anchors),
                controls,
                self.cell,
                self.tracked,
            )
            self.paras.append(found)
        self.hidden += self.concealed
        self.pieces, self.anchors, self.boxes, self.tracked, self.concealed = outer
        for box in boxes:
            self.blocks(box, controls)

    def end(self) -> None:
        """
        What waits for a next paragraph, and there is none.
        """
        if self.joined or self.waiting:
            self.paras.append(Para(tuple(self.joined), anchors=tuple(self.waiting)))

    def inline(self, parent: Iterable[_Element], controls: tuple[Control, ...]) -> None:
        for each in parent:
            tag = each.tag
            if tag == _R:
                self.run(each, controls)
            elif tag == _SDT:
                self.inline(_inside(each), (*controls, _control(each)))
            elif tag == W + "bookmarkStart":
                self.anchors.append(each.get(f"{W}name", ""))
            elif tag in _GONE:
                self.changed(each)
            elif tag in _THROUGH:
                if tag in (W + "ins", W + "moveTo"):
                    self.changed(each)
                self.inline(each, controls)
            elif tag == f"{_MC}AlternateContent":
                self.inline(_chosen(each), controls)
            elif tag.endswith("}oMath") or tag.endswith("}oMathPara"):
                self.pieces.append(Piece("".join(t.text or "" for t in each.iter(_MATHS)), controls=controls))

    def run(self, run: _Element, controls: tuple[Control, ...]) -> None:
        looks = run.find(f"{W}rPr")
        text = "".join(self.signs(run))
        if not text:
            return
        bold = italic = muted = struck = marked = False
        if looks is not None:
            said = {each.tag: each.get(f"{W}val", "1") for each in looks}
            if _yes(said.get(f"{W}vanish")):
                self.concealed = True
                return
            style = said.get(f"{W}rStyle", "")
            if style and style not in self.chars:
                self.chars[style] = self.styles.bold(style)
            bold, italic = self.chars.get(style, (False, False))
            bold = _yes(said.get(f"{W}b"), bold)
            italic = _yes(said.get(f"{W}i"), italic)
            muted = style.lower().startswith("reflectmuted")
            struck = _yes(said.get(f"{W}strike")) or _yes(said.get(f"{W}dstrike"))
            marked = any(_yes(said.get(W + name)) for name in ("u", "highlight", "bdr"))
        self.pieces.append(Piece(text, bold, italic, muted, struck, marked, controls))

    def signs(self, run: _Element) -> Iterator[str]:
        """
        The letters of a run.
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
                yield _sign(each)
            elif tag == W + "fldChar":
                yield _filled(each)
            elif tag in (W + "drawing", W + "pict", W + "object", f"{_MC}AlternateContent"):
                chosen = _chosen(each) if tag.startswith(_MC) else each
                boxes = [
                    box
                    for box in chosen.iter(f"{W}txbxContent")
                    if next(box.iterancestors(f"{W}txbxContent"), None) is None
                ]
                self.boxes += boxes
                self.pictures += not boxes


def _inside(control: _Element) -> Iterable[_Element]:
    found = control.find(f"{W}sdtContent")
    return () if found is None else found


def _chosen(either: _Element) -> _Element:
    """
    One of the forms in which a thing stands in the file for readers old and new: the first that says something.
    """
    forms = [each for each in either if each.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return next((each for each in forms if any(t.text for t in each.iter(_T))), forms[0] if forms else either)


def _control(control: _Element) -> Control:
    looks = control.find(f"{W}sdtPr")
    if looks is None:
        return Control("")
    kind, checked, date = "rich", None, ""
    for each in looks:
        tag = each.tag
        if tag == W + "text":
            kind = "text"
        elif tag == W + "date":
            kind, date = "date", each.get(f"{W}fullDate", "")[:10]
        elif tag in (W + "dropDownList", W + "comboBox"):
            kind = "choice"
        elif tag == f"{_W14}checkbox":
            state = each.find(f"{_W14}checked")
            kind, checked = "tick", state is not None and state.get(f"{_W14}val", "1") in ("1", "true", "on")
        elif tag == f"{_W15}repeatingSection":
            kind = "rows"
    return Control(_value(looks, "tag") or "", kind, bool(_on(looks, "showingPlcHdr")), checked, date)


def _rows(parent: Iterable[_Element], controls: tuple[Control, ...]) -> Iterator[tuple[_Element, tuple[Control, ...]]]:
    for each in parent:
        if each.tag == W + "tr":
            yield each, controls
        elif each.tag == _SDT:
            yield from _rows(_inside(each), (*controls, _control(each)))
        elif each.tag in _THROUGH:
            yield from _rows(each, controls)


def _cells(parent: Iterable[_Element], controls: tuple[Control, ...]) -> Iterator[tuple[_Element, tuple[Control, ...]]]:
    for each in parent:
        if each.tag == W + "tc":
            yield each, controls
        elif each.tag == _SDT:
            yield from _cells(_inside(each), (*controls, _control(each)))
        elif each.tag in _THROUGH:
            yield from _cells(each, controls)


def _sign(sign: _Element) -> str:
    try:
        code = int(sign.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    if "wingdings" in sign.get(f"{W}font", "").lower():
        return _SIGNS.get(code & 0xFF, "\ufffd")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else "\ufffd"


def _filled(field: _Element) -> str:
    """
    What was chosen in a form field of old: Word's .doc and rich text have these in the place of controls.
    """
    data = field.find(f"{W}ffData")
    if data is None:
        return ""
    if (box := data.find(f"{W}checkBox")) is not None:
        ticked = _on(box, "checked")
        return TICKED if (_on(box, "default") if ticked is None else ticked) else EMPTY_BOX
    if (offered := data.find(f"{W}ddList")) is not None:
        options = [each.get(f"{W}val", "") for each in offered.iter(f"{W}listEntry")]
        chosen = _number(_value(offered, "result") or _value(offered, "default"))
        return options[chosen] if chosen < len(options) else ""
    return ""
