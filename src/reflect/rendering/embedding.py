"""
A paper inside a document that somebody makes with python-docx.
"""

from __future__ import annotations

import copy
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Unpack

import attrs

from reflect.documents.makers import What
from reflect.documents.making import Making
from reflect.documents.options import DocumentOptions, takes_options
from reflect.errors import MissingExtra, Refused
from reflect.formats.word import texts
from reflect.formats.word.ledger import BEGIN, END
from reflect.text.nodes import Cards, Document, Look, Text
from reflect.text.nodes import Paragraph as Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: The elements by which a body names a style.
_STYLED = ("pStyle", "rStyle", "tblStyle")
#: What a style of ours that has a usual name is called in a document of somebody else's.
_OWN_ID, _OWN_NAME = "Paper", "Reflect "
#: In which order the looks of paragraphs and of words stand (ECMA-376, part 1, 17.3.1 and 17.3.2).
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
}
#: Looks of which a style has a part from the style that it is based on.
_JOINED = ("spacing", "ind", "rFonts", "lang")
#: The usual styles that every other is based on, and those that need no twin.
_BASE, _NEEDLESS = "Normal", ("DefaultParagraphFont", "NoList")


@takes_options(DocumentOptions, defaults=Making)
def into(
    document: WordDocument, paragraph: Paragraph | None, what: What, name: str, **options: Unpack[DocumentOptions]
) -> None:
    """
    Put a paper into a document of python-docx, with its styles, lists, pictures and controls.

    The styles have names of their own, so those of the document stay as they are; who may read an answer is in its
    control. `reflect.read` finds the paper again in the file that the document is saved as. Needs the extra
    ``python-docx``.

    Args:
        document: The document, as ``docx.Document()`` gives it.
        paragraph: The paragraph behind which it is put; None for the end of the document.
        what: What it is made of, as for `render`.
        name: The paper: ``"agenda"``, ``"record"``, ``"worksheet"``, or your own.
        options: What is chosen for it, as `DocumentOptions` explains.

    Raises:
        MissingExtra: python-docx is not installed.
        Refused: It is no document of python-docx, the paragraph is not in it, or the paper needs pages of its own.
        ReflectError: As `reflect.document` raises them.
    """
    try:
        from docx.document import Document as Kind
    except ImportError:
        raise MissingExtra.of("a paper in a document of python-docx needs that library", "python-docx") from None
    if not isinstance(document, Kind):
        raise Refused("a paper is put into a document of python-docx; give what docx.Document() gives")
    made = Making(name=name, **options).document(what)
    if any(isinstance(block, Cards) for block in made.blocks):
        raise Refused("cards have pages of their own; write them to a file of their own")
    _Embedding(document, paragraph, _with_limits(made)).embed()


def _with_limits(made: Document) -> Document:
    """
    Return a paper that says at its end who may read it, since it has no foot of its own here.
    """
    text = " · ".join(filter(None, (made.marking, made.limits)))
    return attrs.evolve(made, blocks=(*made.blocks, Words((Text(text),), style="small"))) if text else made


@attrs.define
class _Embedding:
    """
    The putting of one paper into one document.
    """

    target: WordDocument
    paragraph: Paragraph | None
    made: Document
    #: The ids of styles and lists in the document, by ours.
    styles: dict[str, str] = attrs.field(factory=dict, init=False)
    lists: dict[str, str] = attrs.field(factory=dict, init=False)

    def embed(self) -> None:
        from docx.oxml import parse_xml

        start, parts = texts(self.made)
        whole = {**_unzip(start), **{name: _as_bytes(text) for name, text in parts.items()}}
        body: Any = parse_xml(whole["word/document.xml"])[0]
        sections = list(body.iter(f"{_W}sectPr"))
        if len(sections) > 1 or Look.LANDSCAPE in self.made.looks:
            raise Refused("this paper has pages that lie on their side; write it to a file of its own")
        for each in sections:
            each.getparent().remove(each)
        for hint in list(body.iter(f"{_W}placeholder")):  # the hints that come back are in a part of our own file
            hint.getparent().remove(hint)
        story: Any = self.target.part if self.paragraph is None else self.paragraph.part
        if self.paragraph is not None and any(True for _ in self.paragraph._p.iterancestors(f"{_W}tc")):
            raise Refused("a paper needs the width of a page; give a paragraph that is in no table")
        if story.package is not self.target.part.package:
            raise Refused("the paragraph is not in this document; give one of its own")
        self.take_styles(body, parse_xml(whole["word/styles.xml"]), parse_xml(whole["word/numbering.xml"]))
        self.take_pictures_and_links(body, story, whole)
        self.number_anew(body, story)
        self.put(list(body), story)

    # --- styles and lists

    def take_styles(self, body: Any, ours: Any, numbering: Any) -> None:
        """
        Put the styles that the paper uses into the document, with the lists that these and the paper use.
        """
        by_id = {each.get(f"{_W}styleId"): each for each in ours.iter(f"{_W}style")}
        used: dict[str, None] = {}
        waiting = [_BASE, *_named_styles(body)]
        while waiting:
            name = waiting.pop()
            if name in used or name not in by_id or name in _NEEDLESS:
                continue
            used[name] = None
            waiting += [each.get(f"{_W}val") for each in by_id[name] if each.tag in (f"{_W}basedOn", f"{_W}next")]
        self.styles = {name: name if name.startswith("Reflect") else f"{_OWN_ID}{name}" for name in used}
        self.take_lists(body, numbering, [by_id[name] for name in used])
        target: Any = self.target.styles.element
        known = {each.get(f"{_W}styleId") for each in target.iter(f"{_W}style")}
        for name in used:
            if self.styles[name] not in known:
                target.append(self.own_style(by_id[name], ours))
        for each in _naming(body):
            each.set(f"{_W}val", self.styles.get(each.get(f"{_W}val"), each.get(f"{_W}val")))
        for para in body.iter(f"{_W}p"):
            looks = para.find(f"{_W}pPr")
            if looks is None or looks.find(f"{_W}pStyle") is None:
                _first(para, "pPr").insert(0, _make("pStyle", val=self.styles[_BASE]))

    def own_style(self, style: Any, ours: Any) -> Any:
        """
        Return a style under the id and the name that it has in the document.
        """
        own = _write_out(style, {each.get(f"{_W}styleId"): each for each in ours.iter(f"{_W}style")}, ours)
        name = style.get(f"{_W}styleId")
        own.set(f"{_W}styleId", self.styles[name])
        own.attrib.pop(f"{_W}default", None)
        own.set(f"{_W}customStyle", "1")
        title = own.find(f"{_W}name")
        if not title.get(f"{_W}val").startswith(_OWN_NAME):
            title.set(f"{_W}val", f"{_OWN_NAME}{title.get(f'{_W}val')}")
        for each in list(own):
            if each.tag in (f"{_W}basedOn", f"{_W}next", f"{_W}link"):
                other = self.styles.get(each.get(f"{_W}val"))
                if other is None or each.tag == f"{_W}link":
                    own.remove(each)
                else:
                    each.set(f"{_W}val", other)
        for each in own.iter(f"{_W}numId"):
            each.set(f"{_W}val", self.lists.get(each.get(f"{_W}val"), "0"))
        if name != _BASE and own.get(f"{_W}type") == "paragraph" and own.find(f"{_W}basedOn") is None:
            title.addnext(_make("basedOn", val=self.styles[_BASE]))
        return own

    def take_lists(self, body: Any, ours: Any, styles: list[Any]) -> None:
        """
        Put the lists that the paper and its styles use into the document, under numbers that are free there.
        """
        wanted = dict.fromkeys(each.get(f"{_W}val") for root in (body, *styles) for each in root.iter(f"{_W}numId"))
        nums = {each.get(f"{_W}numId"): each for each in ours.iter(f"{_W}num")}
        patterns = {each.get(f"{_W}abstractNumId"): each for each in ours.iter(f"{_W}abstractNum")}
        used = [number for number in wanted if number in nums]
        if not used:
            return
        target = self.numbering()
        free = itertools.count(1 + max((int(e.get(f"{_W}numId")) for e in target.iter(f"{_W}num")), default=0))
        next_pattern = itertools.count(
            1 + max((int(e.get(f"{_W}abstractNumId")) for e in target.iter(f"{_W}abstractNum")), default=0)
        )
        made: dict[str, str] = {}
        for number in used:
            own = copy.deepcopy(nums[number])
            pattern = own.find(f"{_W}abstractNumId")
            old = pattern.get(f"{_W}val")
            if old not in made:
                made[old] = str(next(next_pattern))
                like = copy.deepcopy(patterns[old])
                like.set(f"{_W}abstractNumId", made[old])
                for each in list(like.iter(f"{_W}pStyle")):
                    each.getparent().remove(each)
                first = target.find(f"{_W}num")
                target.append(like) if first is None else first.addprevious(like)
            pattern.set(f"{_W}val", made[old])
            self.lists[number] = str(next(free))
            own.set(f"{_W}numId", self.lists[number])
            target.append(own)
        for each in body.iter(f"{_W}numId"):
            each.set(f"{_W}val", self.lists.get(each.get(f"{_W}val"), each.get(f"{_W}val")))

    def numbering(self) -> Any:
        """
        Return the lists of the document, which has some from now on.
        """
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.oxml import parse_xml
        from docx.parts.numbering import NumberingPart

        part: Any = self.target.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            empty: Any = parse_xml(f'<w:numbering xmlns:w="{_W[1:-1]}"/>')
            made = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package)
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made.element

    # --- pictures, links and numbers

    def take_pictures_and_links(self, body: Any, story: Any, whole: dict[str, bytes]) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import parse_xml

        relations = parse_xml(whole["word/_rels/document.xml.rels"])
        targets = {each.get("Id"): each.get("Target") for each in relations}
        for each in list(body.iter("{*}svgBlip")):  # every program that reads a document shows the picture in dots
            extension = each.getparent()
            extensions = extension.getparent()
            extensions.remove(extension)
            if not len(extensions):
                extensions.getparent().remove(extensions)
        for each in body.iter("{*}blip"):
            picture = whole[f"word/{targets[each.get(f'{_R}embed')]}"]
            each.set(f"{_R}embed", story.get_or_add_image(io.BytesIO(picture))[0])
        for each in body.iter(f"{_W}hyperlink"):
            if (target := targets.get(each.get(f"{_R}id"))) is not None:
                each.set(f"{_R}id", story.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def number_anew(self, body: Any, story: Any) -> None:
        """
        Give controls, bookmarks and pictures numbers that the document does not have.
        """
        bookmarks = itertools.count(1 + _most(story.element, f"{_W}bookmarkStart", f"{_W}id"))
        again: dict[str, str] = {}
        for each in body.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd"):
            number = each.get(f"{_W}id")
            if number not in again:
                again[number] = str(next(bookmarks))
            each.set(f"{_W}id", again[number])
        pictures = itertools.count(1 + _most(story.element, "{*}docPr", "id"))
        for each in body.iter("{*}docPr"):
            each.set("id", str(next(pictures)))
        there = (each for looks in story.element.iter(f"{_W}sdtPr") for each in looks.iterchildren(f"{_W}id"))
        taken = {each.get(f"{_W}val") for each in there}
        for looks in body.iter(f"{_W}sdtPr"):
            for each in looks.iterchildren(f"{_W}id"):
                number = int(each.get(f"{_W}val"))
                while str(number) in taken:
                    number = number % 0x7FFFFFFF + 1
                taken.add(str(number))
                each.set(f"{_W}val", str(number))

    def put(self, blocks: list[Any], story: Any) -> None:
        """
        Put the blocks behind the paragraph, between two bookmarks that say where the paper begins and ends.
        """
        number = 1 + _most(story.element, f"{_W}bookmarkStart", f"{_W}id")
        number = max(number, 1 + max((_most(each, f"{_W}bookmarkStart", f"{_W}id") for each in blocks), default=0))
        names = {each.get(f"{_W}name") for each in story.element.iter(f"{_W}bookmarkStart")}
        n = next(n for n in itertools.count(1) if f"{BEGIN}{n}" not in names)
        marks = [
            mark
            for at, name in enumerate((f"{BEGIN}{n}", f"{END}{n}"), number)
            for mark in (_make("bookmarkStart", id=str(at), name=name), _make("bookmarkEnd", id=str(at)))
        ]
        rows = [*marks[:2], *blocks, *marks[2:]]
        if blocks and blocks[-1].tag == f"{_W}tbl":
            rows.insert(-2, _make("p"))  # two tables that follow one another become one
        if self.paragraph is None:
            body: Any = self.target.element.body
            last = body.find(f"{_W}sectPr")
            for each in rows:
                body.append(each) if last is None else last.addprevious(each)
            return
        before: Any = self.paragraph._p  # python-docx has no other name for it
        for each in reversed(rows):
            before.addnext(each)


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _as_bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _named_styles(root: Any) -> list[str]:
    return [each.get(f"{_W}val") for each in _naming(root)]


def _naming(root: Any) -> Iterator[Any]:
    yield from root.iter(*(f"{_W}{name}" for name in _STYLED))


def _most(root: Any, tag: str, name: str) -> int:
    numbers = (each.get(name, "") for each in root.iter(tag))
    return max((int(each) for each in numbers if re.fullmatch("[0-9]{1,9}", each)), default=0)


def _make(name: str, /, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _first(parent: Any, name: str) -> Any:
    """
    Return the child of this name, which is the first of its parent and made if there is none.
    """
    found = parent.find(f"{_W}{name}")
    if found is None:
        found = _make(name)
        parent.insert(0, found)
    return found


def _write_out(style: Any, by_id: dict[str, Any], ours: Any) -> Any:
    """
    Return a style with all that it has from the styles it is based on, and from what our file has as its defaults:
    a document has its own, and whoever joins documents leaves those styles behind.
    """
    own = copy.deepcopy(style)
    chain, seen = [style], {style.get(f"{_W}styleId")}
    while (base := chain[-1].find(f"{_W}basedOn")) is not None and base.get(f"{_W}val") not in seen:
        seen.add(base.get(f"{_W}val"))
        chain.append(by_id[base.get(f"{_W}val")])
    kind = style.get(f"{_W}type")
    holders: list[Any] = list(chain)
    if kind == "paragraph":
        if chain[-1] is not by_id[_BASE]:
            holders.append(by_id[_BASE])
        holders += [ours.find(f"{_W}docDefaults/{_W}{name}") for name in ("pPrDefault", "rPrDefault")]
    for name in ("pPr", "rPr"):
        order = _ORDER[name].split()
        looks: dict[str, Any] = {}
        for holder in reversed(holders):
            found = holder.find(f"{_W}{name}") if holder is not None else None
            for each in found if found is not None else ():
                local = each.tag.rpartition("}")[2]
                fresh = copy.deepcopy(each)
                if local in looks and local in _JOINED:
                    fresh = copy.deepcopy(looks[local])
                    fresh.attrib.update(each.attrib)
                elif local in looks and local == "tabs":
                    places = {tab.get(f"{_W}pos") for tab in each}
                    for tab in reversed([tab for tab in looks[local] if tab.get(f"{_W}pos") not in places]):
                        fresh.insert(0, copy.deepcopy(tab))
                looks[local] = fresh
        old = own.find(f"{_W}{name}")
        if not looks:
            continue
        made = _make(name)
        made.extend(looks[local] for local in sorted(looks, key=order.index))
        if old is not None:
            own.replace(old, made)
        elif name == "pPr" and (after := own.find(f"{_W}rPr")) is not None:
            after.addprevious(made)
        elif (tables := own.find(f"{_W}tblPr")) is not None:
            tables.addprevious(made)
        else:
            own.append(made)
    if kind == "table" and own.find(f"{_W}tblPr") is None:
        for each in chain[1:]:
            if (found := each.find(f"{_W}tblPr")) is not None:
                own.append(copy.deepcopy(found))
                break
    return own
