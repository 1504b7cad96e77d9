"""
An agency's own look: styles, theme, header, footer, margins and page size from its Word file.

Styles are matched by the names that people see, never by their ids, which differ from language to language. We
take only the look of the file, never its words or its properties. Source: ECMA-376, part 1.
"""

from __future__ import annotations

import copy
import posixpath
import re

import attrs

from reflect.files import xml
from reflect.files.office import GivenFile, Package, need_file, open_package
from reflect.files.places import locate, names_package
from reflect.files.xml import XmlElement
from reflect.formats.word import parts
from reflect.formats.word.brand import HANG, Brand
from reflect.formats.word.style_sheets import ends_of_rings, place_in_looks
from reflect.formats.word.tables import PAGE_WIDTH
from reflect.formats.word.text import escape_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
#: The least contrast with white for words, and for what only marks an edge (WCAG 2.2: 1.4.3, 1.4.11).
_READ, _SEEN = 4.5, 3.0
#: The slots of a theme that our styles use: the names people see, and the contrast they need. The page is white.
_SLOTS = {
    "dk1": ("text 1", _READ),
    "accent1": ("accent 1", _READ),
    "accent2": ("accent 2", _READ),
    "accent5": ("accent 5", _SEEN),
    "accent6": ("accent 6", _READ),
    "hlink": ("hyperlink", _READ),
}
#: The slot for the fill of boxes, on which words have to be readable.
_FILL = "lt2"
#: The names of the slots in styles.
_NAMED = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
#: Styles whose tabs and indents the papers rely on: a clock time hangs in the margin, minutes are at the edge.
_OURS_STANDS = frozenset({f"Heading{n}" for n in range(1, 6)})
_STANDS = ("keepNext", "keepLines", "tabs", "ind", "outlineLvl")
#: Parts of a style that come from somebody's editing, or refer to a file that is not here.
_DROPPED = ("link", "rsid", "autoRedefine", "personal", "personalCompose", "personalReply", "pPrChange", "rPrChange")
#: How much of the left margin has to be left, in twips.
_LEFT = 340
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_XML = "http://www.w3.org/XML/1998/namespace"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = "a field in the {} that does not count pages is left out"
#: Parts that a header or a footer may bring along.
_PICTURES = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def brand(file: str | GivenFile) -> Brand:
    """
    Return the look of a Word document or template (``.docx``, ``.dotx``).

    Args:
        file: Its path, its bytes, or a file that is open in binary; or ``"package:agency"``, an installed package
            that has one.

    Raises:
        UnknownKey: No installed package has that name.
        Refused: It is a text that is not ``"package:…"``.
        Faults: The package has no such file, or the file cannot be read from disk.
        NotOpened: It is not a Word file, or holds something that no document needs, such as macros.
    """
    if isinstance(file, str) and names_package(file):
        file = locate(file).brand_file()
    return _BrandReader(open_package(need_file(file, "a Word file with a look"), word=True)).brand()


def contrast(one: str, other: str = "FFFFFF") -> float:
    """
    Return the contrast of two colours, from 1 to 21. Source: WCAG 2.2, relative luminance.

    Args:
        one: A colour as six hexadecimal digits, RRGGBB.
        other: Another; white unless you say otherwise.
    """

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def _hex(value: str | None) -> str:
    return value.upper() if value and re.fullmatch("[0-9A-Fa-f]{6}", value) else ""


@attrs.define
class _BrandReader:
    package: Package
    notes: list[str] = attrs.field(factory=list)
    #: Colours of the theme in use, by slot.
    colours: dict[str, str] = attrs.field(factory=dict)
    #: Their style ids, and the ids of these styles in our papers.
    ids: dict[tuple[str, str], str] = attrs.field(factory=dict)
    #: Their styles that we also took over, by the id they have here.
    came: dict[str, XmlElement] = attrs.field(factory=dict)
    theirs: dict[tuple[str, str], XmlElement] = attrs.field(factory=dict)
    #: Where styles that are based on one another in a ring are parted.
    rings: frozenset[tuple[str, str]] = frozenset()
    #: The styles that are being taken over, by the id they have here.
    waiting: list[str] = attrs.field(factory=list)

    def brand(self) -> Brand:
        if self.package.broken:
            self.notes.append("a part of the file is damaged, and ours is used in its place; save it again in Word")
        theme = self._theme()
        width, page, hang = self._page()
        styles = self._styles()
        made = self._furniture()
        for each in self.came.values():
            styles.append(each)
        _scale_styles(styles, width / PAGE_WIDTH, hang)
        self._write_out_colours(styles)
        text = _DECLARATION + xml.to_text(_with_unknown_names(styles))
        return Brand(
            notes=tuple(dict.fromkeys(self.notes)),
            styles=text,
            theme=theme,
            page=page,
            width=width,
            hang=hang,
            even=self._even(),
            furniture=made.references_of_section(),
            relations=tuple(made.relations),
            parts=tuple(made.parts),
            footers=tuple(made.footers),
            kinds=tuple(made.kinds.items()),
        )

    # --- colours

    def _theme(self) -> str:
        """
        Return their theme, with our colours where words in theirs could not be read.
        """
        ours = xml.parse(parts.reference("theme1.xml"))
        name = self.package.part_for(self.package.main, "theme")
        theme = self.package.tree(name) if name else copy.deepcopy(ours)
        scheme, own = theme.find(f".//{_A}clrScheme"), ours.find(f".//{_A}clrScheme")
        if scheme is None or own is None:
            theme = copy.deepcopy(ours)
            scheme = theme.find(f".//{_A}clrScheme")
        assert scheme is not None
        assert own is not None
        for slot in own:
            tag = slot.tag.rpartition("}")[2]
            theirs = scheme.find(f"{_A}{tag}")
            colour = _colour_of(theirs)
            if theirs is None or (colour and not self._is_readable(tag, colour)):
                fresh = copy.deepcopy(slot)
                if theirs is None:
                    scheme.append(fresh)
                else:
                    scheme.replace(theirs, fresh)
                colour = _colour_of(slot)
            self.colours[tag] = colour or _colour_of(slot)
        for each in list(theme):
            # Extra colours and extensions name things outside the file, or belong to somebody's editor.
            if each.tag.rpartition("}")[2] in ("extLst", "custClrLst"):
                theme.remove(each)
        if any(key.startswith(_R) for each in theme.iter() for key in _names(each)):
            # We need the theme for its colours and fonts, not for fills with pictures.
            formats = theme.find(f".//{_A}fmtScheme")
            plain = ours.find(f".//{_A}fmtScheme")
            holder = None if formats is None else formats.getparent()
            if formats is not None and holder is not None and plain is not None:
                holder.replace(formats, copy.deepcopy(plain))
        return _DECLARATION + xml.to_text(theme)

    def _is_readable(self, slot: str, colour: str) -> bool:
        if slot in _SLOTS:
            called, least = _SLOTS[slot]
            found = contrast(colour)
            if found < least:
                self.notes.append(
                    f"the theme's colour '{called}' has a contrast of {found:.1f} to 1 with white, and {least} is "
                    "needed; our own is used in its place"
                )
                return False
        if slot == _FILL and contrast(colour, self.colours.get("dk1", "000000")) < 7:
            self.notes.append("the theme's colour 'background 2' is too dark to write on; our own is used in its place")
            return False
        return True

    def _write_out_colours(self, styles: XmlElement) -> None:
        """
        Write the colours of slots out as plain colours, for readers without themes.
        """
        for each in styles.iter():
            for slot, names in (("themeColor", ("val", "color")), ("themeFill", ("fill",))):
                named = each.get(f"{_W}{slot}", "")
                for name in names if named else ():
                    if _hex(each.get(f"{_W}{name}")) and (colour := self.colours.get(_NAMED.get(named, named))):
                        each.set(f"{_W}{name}", colour)

    # --- the page

    def _page(self) -> tuple[int, str, int]:
        """
        Return the width of the text, the page, and how far headings may hang into the margin.
        """
        body = self.package.tree(self.package.main).find(f"{_W}body")
        sections = [] if body is None else list(body.iter(f"{_W}sectPr"))
        section = sections[-1] if sections else None
        size = section.find(f"{_W}pgSz") if section is not None else None
        margins = section.find(f"{_W}pgMar") if section is not None else None
        wide, high = _twips(size, "w", 11906), _twips(size, "h", 16838)
        edges = {
            name: _twips(margins, name, usual)
            for name, usual in (
                ("top", 1304), ("right", 1247), ("bottom", 1134), ("left", 2041), ("header", 624), ("footer", 510),
                ("gutter", 0),
            )
        }  # fmt: skip
        width = wide - edges["left"] - edges["right"] - edges["gutter"]
        if width < 4000 or wide > 31680 or high > 31680 or min(edges["left"], edges["right"]) < 0:
            self.notes.append("the page leaves too little room for text; our own page is used in its place")
            return PAGE_WIDTH, parts.PAGE, HANG
        turned = ' w:orient="landscape"' if size is not None and size.get(f"{_W}orient") == "landscape" else ""
        said = " ".join(f'w:{name}="{value}"' for name, value in edges.items())
        hang = min(HANG, max(edges["left"] + edges["gutter"] - _LEFT, 0))
        first = "<w:titlePg/>" if section is not None and _is_on(section.find(f"{_W}titlePg")) else ""
        return width, f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar {said}/>{first}', hang

    def _even(self) -> bool:
        name = self.package.part_for(self.package.main, "settings")
        return bool(name) and _is_on(self.package.tree(name).find(f"{_W}evenAndOddHeaders"))

    # --- styles

    def _styles(self) -> XmlElement:
        """
        Return our styles, with theirs in place of ours of the same name, and the styles that theirs are based on.
        """
        ours = xml.parse(parts.reference("styles.xml"))
        name = self.package.part_for(self.package.main, "styles")
        if not name:
            self.notes.append("the file has no styles; our own are used")
            return ours
        tree = self.package.tree(name)
        named = {(_kind(style), _name(style)): style for style in tree.iter(f"{_W}style")}
        self.theirs = {(_kind(style), style.get(f"{_W}styleId", "")): style for style in tree.iter(f"{_W}style")}
        self.rings = frozenset(ends_of_rings(self.theirs))
        matched: list[tuple[XmlElement, XmlElement]] = []
        for style in ours.iter(f"{_W}style"):
            found = named.get((_kind(style), _name(style)))
            if found is not None:
                self.ids[_kind(style), found.get(f"{_W}styleId", "")] = style.get(f"{_W}styleId", "")
                matched.append((style, found))
        for style, found in matched:
            self._replace_style(ours, style, found)
        self._defaults(ours, tree)
        return ours

    def _replace_style(self, ours: XmlElement, style: XmlElement, found: XmlElement) -> None:
        own = style.get(f"{_W}styleId", "")
        new = self._clean_style(found, own)
        new.set(f"{_W}styleId", own)
        for flag in ("default", "customStyle"):
            _drop_attribute(new, f"{_W}{flag}")
            if value := style.get(f"{_W}{flag}"):
                new.set(f"{_W}{flag}", value)
        looks = new.find(f"{_W}pPr")
        mine = style.find(f"{_W}pPr")
        keep = ("numPr", *(_STANDS if own in _OURS_STANDS else ()))
        for part in keep:
            if looks is not None:
                for each in looks.findall(f"{_W}{part}"):
                    looks.remove(each)
            standing = mine.find(f"{_W}{part}") if mine is not None else None
            if standing is not None:
                if looks is None:
                    looks = _new_element("pPr")
                    runs = new.find(f"{_W}rPr")
                    new.insert(list(new).index(runs) if runs is not None else len(new), looks)
                looks.append(copy.deepcopy(standing))
        if looks is not None:
            looks[:] = sorted(looks, key=place_in_looks)
        ours.replace(style, new)

    def _clean_style(self, found: XmlElement, name: str) -> XmlElement:
        """
        Return a style of theirs with our ids, and without what belongs to their file.
        """
        new = copy.deepcopy(found)
        called = _name(found)
        for part in _DROPPED:
            for each in list(new.iter(f"{_W}{part}")):
                _remove(each)
        for each in list(new):
            if not each.tag.startswith(_W):
                new.remove(each)
        kind = _kind(found)
        if (kind, found.get(f"{_W}styleId", "")) in self.rings:
            for each in new.findall(f"{_W}basedOn"):
                new.remove(each)
        for part in ("basedOn", "next"):
            for each in new.findall(f"{_W}{part}"):
                target = self._id(
                    kind if part == "basedOn" else "paragraph", each.get(f"{_W}val", ""), part == "basedOn"
                )
                if target and target != name:
                    each.set(f"{_W}val", target)
                elif part == "next" or not target or target == name:
                    new.remove(each)
        for each in list(new.iter(f"{_W}numPr")):
            _remove(each)
            if not called.startswith("list"):
                self.notes.append(f"the numbering of the style '{called}' is left out; our papers have their own")
        for each in list(new.iter(f"{_W}color")):
            colour = self._readable_colour(each)
            if colour and contrast(colour) < _READ and new.find(f".//{_W}shd") is None and kind == "paragraph":
                _remove(each)
                self.notes.append(
                    f"the colour of the style '{called}' has a contrast of {contrast(colour):.1f} to 1 with white, and "
                    f"{_READ} is needed; it is not used"
                )
        return new

    def _readable_colour(self, colour: XmlElement) -> str:
        slot = colour.get(f"{_W}themeColor")
        if slot and not (colour.get(f"{_W}themeTint") or colour.get(f"{_W}themeShade")):
            return self.colours.get(_NAMED.get(slot, slot), "")
        return _hex(colour.get(f"{_W}val"))

    def _id(self, kind: str, theirs: str, needed: bool) -> str:
        """
        Return the id of a style of theirs in our papers; if it is *needed*, take the style over first.
        """
        if (kind, theirs) in self.ids:
            return self.ids[kind, theirs]
        found = self.theirs.get((kind, theirs))
        if found is None or not needed:
            return ""
        here = f"Brand{len(self.came) + 1}"
        self.ids[kind, theirs] = here
        self.came[here] = found
        # The styles that it is based on come one after the other, and not one inside the other: they may be many.
        self.waiting.append(here)
        if len(self.waiting) == 1:
            while self.waiting:
                self._take_over(self.waiting[0])
                del self.waiting[0]
        return here

    def _take_over(self, here: str) -> None:
        new = self._clean_style(self.came[here], here)
        new.set(f"{_W}styleId", here)
        _drop_attribute(new, f"{_W}default")
        new.set(f"{_W}customStyle", "1")
        name = new.find(f"{_W}name")
        if name is not None:
            name.set(f"{_W}val", f"Brand {name.get(f'{_W}val', '')}"[:80])
        self.came[here] = new

    def _defaults(self, ours: XmlElement, theirs: XmlElement) -> None:
        """
        Take over their fonts and sizes for all text, but not their language.
        """
        own, found = ours.find(f".//{_W}rPrDefault/{_W}rPr"), theirs.find(f".//{_W}rPrDefault/{_W}rPr")
        if own is None or found is None:
            return
        for part in ("rFonts", "sz", "szCs"):
            mine, new = own.find(f"{_W}{part}"), found.find(f"{_W}{part}")
            if new is not None and mine is not None:
                own.replace(mine, copy.deepcopy(new))
            elif new is None and mine is not None and part != "rFonts":
                mine.set(f"{_W}val", "20")  # Word's own size, if a file has none

    # --- header and footer

    def _furniture(self) -> _Furniture:
        made = _Furniture(self)
        body = self.package.tree(self.package.main).find(f"{_W}body")
        sections = [] if body is None else list(body.iter(f"{_W}sectPr"))
        relations = self.package.relations(self.package.main)
        # A section without a header of its own has the one of the section before.
        found: dict[tuple[str, str], str] = {}
        for section in sections:
            for sort in ("header", "footer"):
                for each in section.findall(f"{_W}{sort}Reference"):
                    relation = relations.get(each.get(f"{_R}id", ""))
                    if relation and not relation.outside and relation.target in self.package:
                        found[sort, each.get(f"{_W}type", "default")] = relation.target
        for (sort, which), target in found.items():
            made.add(sort, which, target)
        made.complete(first="titlePg" in self._page()[1])
        return made


@attrs.define
class _Furniture:
    """
    Headers and footers, with their pictures.
    """

    wearing: _BrandReader
    references: dict[str, str] = attrs.field(factory=dict)
    relations: list[tuple[str, str, str]] = attrs.field(factory=list)
    parts: list[tuple[str, bytes]] = attrs.field(factory=list)
    footers: list[tuple[str, str, str, bool]] = attrs.field(factory=list)
    kinds: dict[str, str] = attrs.field(factory=dict)
    pictures: dict[str, str] = attrs.field(factory=dict)

    def add(self, sort: str, which: str, target: str) -> None:
        package = self.wearing.package
        tree = package.tree(target)
        self._clean_part(tree, sort)
        relations = self._copy_pictures(tree, target)
        name = f"brand-{sort}-{which}.xml"
        if not len(tree) and not tree.text:
            tree.text = ""  # so that it is written with an end
        text = _DECLARATION + xml.to_text(tree)
        if sort == "footer":
            start, end, rest = text.rpartition("</")
            self.footers.append((f"word/{name}", start, end + rest, not _has_page_number(tree)))
        else:
            self.parts.append((f"word/{name}", text.encode()))
        if relations:
            self.parts.append((f"word/_rels/{name}.rels", _relations(relations)))
        self._refer(sort, which, name)

    def _refer(self, sort: str, which: str, name: str) -> None:
        here = f"rIdBrand{len(self.references) + 1}"
        self.references[f"{sort} {which}"] = f'<w:{sort}Reference w:type="{which}" r:id="{here}"/>'
        self.relations.append((here, sort, name))
        self.kinds[f"/word/{name}"] = f"{_MAIN}{sort}+xml"

    def _clean_part(self, tree: XmlElement, sort: str) -> None:
        """
        Remove what is not part of the look: fields with somebody's data, controls, comments, changes, scripts, links.
        """
        wearing = self.wearing
        for part in ("commentRangeStart", "commentRangeEnd", "commentReference", "del", "moveFrom", "proofErr",
                     "bookmarkStart", "bookmarkEnd", "altChunk", "object", "control", "subDoc"):  # fmt: skip
            for each in list(tree.iter(f"{_W}{part}")):
                _remove(each)
        for part in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink"):
            for each in list(tree.iter(f"{_W}{part}")):
                _unwrap(each)
        for part in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "pPrChange", "rPrChange"):
            for each in list(tree.iter(f"{_W}{part}")):
                _remove(each)
        for field in list(tree.iter(f"{_W}fldSimple")):
            if not _counts_pages(field.get(f"{_W}instr", "")):
                _remove(field)
                wearing.notes.append(_LEFT_OUT.format(sort))
        for run in _runs_of_other_fields(tree):
            _remove(run)
            wearing.notes.append(_LEFT_OUT.format(sort))
        for style, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
            for each in list(tree.iter(f"{_W}{style}")):
                if here := wearing._id(kind, each.get(f"{_W}val", ""), True):
                    each.set(f"{_W}val", here)
                else:
                    _remove(each)
        for each in tree.iter():
            for name in [name for name in _names(each) if "rsid" in name]:
                del each.attrib[name]

    def _copy_pictures(self, tree: XmlElement, target: str) -> list[tuple[str, str, str]]:
        """
        Copy the pictures of a part, and return their relationships; remove and note what leads out of the file.
        """
        package = self.wearing.package
        known = package.relations(target)
        kept: list[tuple[str, str, str]] = []
        for each in list(tree.iter()):
            for attribute in [name for name in _names(each) if name.startswith(_R)]:
                relation = known.get(each.get(attribute, ""))
                ending = posixpath.splitext(relation.target)[1].lower().lstrip(".") if relation else ""
                if relation and not relation.outside and relation.target in package and ending in _PICTURES:
                    picture = self._picture(relation.target, ending)
                    each.set(attribute, f"rId{picture}")
                    kept.append((f"rId{picture}", "image", f"media/{picture}.{ending}"))
                    continue
                holder = next((up for up in each.iterancestors() if up.tag in (f"{_W}drawing", f"{_W}pict")), None)
                if holder is not None:
                    _remove(holder)
                    self.wearing.notes.append("a picture that is not in the file is left out; insert it into the file")
                else:
                    del each.attrib[attribute]
        return list(dict.fromkeys(kept))

    def _picture(self, target: str, ending: str) -> str:
        if target not in self.pictures:
            name = f"brand{len(self.pictures) + 1}"
            self.pictures[target] = name
            self.parts.append((f"word/media/{name}.{ending}", self.wearing.package[target]))
            self.kinds[ending] = _PICTURES[ending]
        return self.pictures[target]

    def complete(self, *, first: bool) -> None:
        """
        Add our footer where there is none, because it says who may read a paper.
        """
        wanted = ["default", *(["first"] if first else []), *(["even"] if self.wearing._even() else [])]
        for which in wanted:
            if f"footer {which}" not in self.references:
                name = f"brand-footer-{which}.xml"
                self.footers.append((f"word/{name}", f"{parts.HEAD}<w:ftr {parts.NAMESPACES}>", "</w:ftr>", True))
                self._refer("footer", which, name)

    def references_of_section(self) -> str:
        """
        Return the references to all of them, as a section lists them.
        """
        order = [f"{sort} {which}" for sort in ("header", "footer") for which in ("default", "first", "even")]
        return "".join(self.references[name] for name in order if name in self.references)


def _with_unknown_names(styles: XmlElement) -> XmlElement:
    """
    Return our styles with every name of another program declared as one that may be left out: Word refuses a file with
    names that it does not know and that are not declared so.
    """
    known = set(styles.nsmap.values())
    spaces = {
        name[1:].partition("}")[0]
        for each in styles.iter("*")
        for name in (each.tag, *_names(each))
        if name.startswith("{")
    }
    strange = sorted(space for space in spaces if space not in known and space != _XML)
    if not strange:
        return styles
    names = {f"x{n}": space for n, space in enumerate(strange, 1)}
    whole = copy.deepcopy(styles)
    whole.nsmap = {**styles.nsmap, **names}
    whole.set(f"{_MC}Ignorable", " ".join((*styles.get(f"{_MC}Ignorable", "").split(), *names)))
    return whole


def _has_page_number(tree: XmlElement) -> bool:
    """
    Whether a field in a header or footer counts pages.
    """
    simple = [field.get(f"{_W}instr", "") for field in tree.iter(f"{_W}fldSimple")]
    written = "".join(part.text or "" for part in tree.iter(f"{_W}instrText"))
    return any(re.search(r"\b(?:NUM)?PAGES?\b", text) for text in (*simple, written))


def _counts_pages(instruction: str) -> bool:
    """
    Whether a field counts pages; others show a file's author, its name, or when it was saved.
    """
    return re.match(r"\s*(?:NUM)?PAGES?\b", instruction) is not None


def _runs_of_other_fields(tree: XmlElement) -> list[XmlElement]:
    """
    Return the runs of fields that are written in several runs and do not count pages.
    """
    lost: list[XmlElement] = []
    for paragraph in tree.iter(f"{_W}p"):
        field: list[XmlElement] = []
        depth = 0
        for run in paragraph.iter(f"{_W}r"):
            marks = [each.get(f"{_W}fldCharType") for each in run.iter(f"{_W}fldChar")]
            depth += marks.count("begin")
            if depth:
                field.append(run)
            depth -= marks.count("end")
            if field and depth <= 0:
                if not _counts_pages(
                    "".join(part.text or "" for each in field for part in each.iter(f"{_W}instrText"))
                ):
                    lost += field
                field, depth = [], 0
        lost += field  # a field that ends elsewhere
    return lost


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{parts.RELATIONS}/{kind}" Target="{escape_xml(target)}"/>'
        for name, kind, target in relations
    )
    return f'{parts.HEAD}<Relationships xmlns="{parts.PACKAGE}relationships">{inner}</Relationships>'.encode()


def _drop_attribute(element: XmlElement, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]


def _remove(element: XmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _names(element: XmlElement) -> list[str]:
    return [str(name) for name in element.attrib]


def _unwrap(element: XmlElement) -> None:
    """
    Replace an element by its content.
    """
    parent = element.getparent()
    if parent is None:
        return
    at = list(parent).index(element)
    parent[at : at + 1] = list(element)


def _colour_of(slot: XmlElement | None) -> str:
    if slot is None or not len(slot):
        return ""
    return _hex(slot[0].get("val")) or _hex(slot[0].get("lastClr"))


def _kind(style: XmlElement) -> str:
    return style.get(f"{_W}type", "paragraph")


def _name(style: XmlElement) -> str:
    name = style.find(f"{_W}name")
    return "" if name is None else name.get(f"{_W}val", "").strip().lower()


def _new_element(name: str) -> XmlElement:
    return XmlElement(f"{_W}{name}")


def _is_on(element: XmlElement | None) -> bool:
    return element is not None and element.get(f"{_W}val", "1") not in ("0", "false", "off")


def _twips(element: XmlElement | None, name: str, usual: int) -> int:
    text = "" if element is None else element.get(f"{_W}{name}", "")
    return int(text) if re.fullmatch(r"\d{1,6}", text) else usual


def _scale_styles(styles: XmlElement, ratio: float, hang: int) -> None:
    """
    Fit our styles to another width of text: tabs in proportion, and headings as far in the margin as there is room.
    """
    for style in styles.iter(f"{_W}style"):
        own = style.get(f"{_W}styleId", "")
        if own.startswith(("ReflectCard", "ReflectSheet", "Brand")):
            continue
        for tab in style.iter(f"{_W}tab"):
            place = tab.get(f"{_W}pos", "")
            if re.fullmatch("[0-9]{1,6}", place) and own.startswith(("Reflect", "Heading")):
                tab.set(f"{_W}pos", str(round(int(place) * ratio)))
        for indent in style.iter(f"{_W}ind"):
            if own in _OURS_STANDS and indent.get(f"{_W}hanging") == str(HANG):
                indent.set(f"{_W}hanging", str(hang))
            if own == "ReflectTick":
                for side in ("left", "hanging"):
                    indent.set(f"{_W}{side}", str(round(_twips(indent, side, 0) * ratio)))
