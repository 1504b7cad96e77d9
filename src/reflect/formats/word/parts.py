"""
The parts of a Word file other than its body, and the file itself.

What is the same in every document is kept in `reference/`, where it can be read and changed.
"""

from __future__ import annotations

import functools
import io
import re
import urllib.parse
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING

from reflect.diagrams.page import is_one_page
from reflect.formats.word import pictures
from reflect.formats.word.fields import HINTS, name_of_part
from reflect.formats.word.ledger import Derived, Ledger, List, Pattern
from reflect.formats.word.looks import styles_in_looks
from reflect.formats.word.printed_lines import lines_kept
from reflect.formats.word.room import styles_with_lines
from reflect.formats.word.text import TAB, escape_xml, paragraph, run
from reflect.text.nodes import Document, Look

if TYPE_CHECKING:
    from reflect.formats.word.brand import Brand

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
RELATIONS = f"{_OFFICE}relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
#: The prefixes that Word declares in every part with text, used or not: programs that add a link, a picture or a date
#: of their own rely on them.
_PREFIXES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": RELATIONS,
    "m": f"{_OFFICE}math",
    "v": "urn:schemas-microsoft-com:vml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
#: Word calls a file corrupt when a prefix named in mc:Ignorable is not declared.
NAMESPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _PREFIXES.items()) + ' mc:Ignorable="w14 w15 wp14"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
#: Content types of parts, by their names.
_TYPES = {
    "word/document.xml": f"{_MAIN}document.main+xml",
    "word/styles.xml": f"{_MAIN}styles+xml",
    "word/numbering.xml": f"{_MAIN}numbering+xml",
    "word/settings.xml": f"{_MAIN}settings+xml",
    "word/header1.xml": f"{_MAIN}header+xml",
    "word/footer1.xml": f"{_MAIN}footer+xml",
    "word/glossary/document.xml": f"{_MAIN}document.glossary+xml",
    "word/glossary/styles.xml": f"{_MAIN}styles+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_RELATED = {
    "rIdStyles": ("styles", "styles.xml"),
    "rIdNumbering": ("numbering", "numbering.xml"),
    "rIdSettings": ("settings", "settings.xml"),
    "rIdTheme": ("theme", "theme/theme1.xml"),
    "rIdHeader": ("header", "header1.xml"),
    "rIdFooter": ("footer", "footer1.xml"),
    "rIdGlossary": ("glossaryDocument", "glossary/document.xml"),
}
_GLOSSARY_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rIdStyles" Type="{RELATIONS}/styles" '
    'Target="styles.xml"/></Relationships>'
)
#: Files have no date, so that the same document gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
#: The indent of a list in points, the unit for the space of a border.
_REACH = 20
#: The longest text that Office accepts in one property.
_PROPERTY = 255
#: A4, and its margins: 36 mm to the left, 22 mm to the right.
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1304" w:right="1247" w:bottom="1134" w:left="2041" w:header="624" w:footer="510" w:gutter="0"/>'
)
HEADLESS = PAGE.replace('w:top="1304"', 'w:top="964"')
#: The language of the files in `reference/`.
_LANG = "en-GB"


_SIZE = re.compile(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"[^>]*/>')


def page_in_looks(looks: tuple[Look, ...], brand: Brand | None = None, *, headed: bool = True) -> tuple[str, int]:
    """
    Return the size and margins of the pages, and how much wider than usual their text is, in twips.

    Args:
        headed: Whether there is a line at the head of each page; without it, the title begins higher.
    """
    page = brand.page if brand else PAGE if headed else HEADLESS
    size = _SIZE.search(page)
    if size is None or Look.LANDSCAPE not in looks or int(size[1]) >= int(size[2]):
        return page, 0
    wide, high = int(size[2]), int(size[1])
    return _SIZE.sub(f'<w:pgSz w:w="{wide}" w:h="{high}" w:orient="landscape"/>', page), wide - high


@functools.cache
def reference(name: str) -> str:
    """
    Return a part from `reference/`, without the white space and comments that make it readable.
    """
    text = (resources.files(__package__) / "reference" / name).read_text("utf-8")
    return re.sub(r">\s+<", "><", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))


@functools.lru_cache(16)
def _reference_in(name: str, lang: str) -> str:
    """
    Return a part from `reference/` in the language of a document.
    """
    return _set_language(lang, reference(name))


def _set_language(lang: str, text: str) -> str:
    return text.replace(f'"{_LANG}"', f'"{escape_xml(lang)}"')


def furniture(brand: Brand | None = None) -> str:
    """
    Return the references to header and footer for the sections that have them.
    """
    if brand:
        return brand.furniture
    return (
        '<w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>'
    )


def parts_of(
    document: Document, body: str, ledger: Ledger, brand: Brand | None = None
) -> tuple[bytes, dict[str, str | bytes]]:
    """
    Return the start of the file, with the parts that many documents share, and the text of all other parts.
    """
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        **_furniture_parts(document, brand),
        "word/_rels/document.xml.rels": _write_relations(ledger, brand),
        "docProps/core.xml": core_properties(document),
    }
    parts["docProps/custom.xml"] = _custom(document, lines_kept(document, parts))
    made = tuple(ledger.lists), tuple(ledger.patterns.items()), tuple(ledger.styles.items())
    start = _start_of(document.lang, document.looks, *made, bool(ledger.pictures), brand, ledger.line)
    return start, {**parts, **pictures.parts(ledger)}


#: The patterns and styles that the body needs, each with the number or name that it got.
_Patterns = tuple[tuple[Pattern, int], ...]
_Styles = tuple[tuple[Derived, str], ...]


@functools.lru_cache(32)
def _start_of(
    lang: str,
    looks: tuple[Look, ...],
    lists: tuple[List, ...],
    patterns: _Patterns,
    styles: _Styles,
    pictured: bool,
    brand: Brand | None,
    line: int,
) -> bytes:
    """
    Return the file without the parts that differ from document to document; most of the time goes into deflating it.
    """
    styled = _set_language(lang, brand.styles) if brand else _reference_in("styles.xml", lang)
    looked_at = styles_with_lines(styles_in_looks(styled, looks, page_in_looks(looks, brand)[1]), line)
    settings = _reference_in("settings.xml", lang)
    if brand and brand.even:
        settings = settings.replace("<w:characterSpacingControl", "<w:evenAndOddHeaders/><w:characterSpacingControl")
    return zip_parts(
        {
            "[Content_Types].xml": _content_types(pictured, brand),
            "_rels/.rels": _write_roots(),
            "word/styles.xml": _styles(looked_at, styles),
            "word/settings.xml": settings,
            "word/theme/theme1.xml": brand.theme if brand else reference("theme1.xml"),
            "word/numbering.xml": _numbering(lists, patterns),
            "word/glossary/document.xml": _glossary(),
            "word/glossary/_rels/document.xml.rels": _GLOSSARY_RELATIONS,
            "word/glossary/styles.xml": looked_at,
            **(dict(brand.parts) if brand else {}),
        }
    )


def zip_parts(parts: Mapping[str, str | bytes], start: bytes = b"") -> bytes:
    """
    Return a file with these parts in their order and with a fixed date, after the parts of the file *start*.
    """
    out = io.BytesIO(start)
    with zipfile.ZipFile(out, "a") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # otherwise Windows and Linux would give different bytes
            package.writestr(entry, text)
    return out.getvalue()


@functools.cache
def _glossary() -> str:
    """
    Return the hints that come back when a control is emptied.
    """
    parts = "".join(
        f'<w:docPart><w:docPartPr><w:name w:val="{name_of_part(name)}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        f'<w:behaviors><w:behavior w:val="content"/></w:behaviors></w:docPartPr><w:docPartBody>'
        f"{paragraph('Normal', run(words, 'PlaceholderText'))}</w:docPartBody></w:docPart>"
        for name, words in HINTS.items()
    )
    return f"{HEAD}<w:glossaryDocument {NAMESPACES}><w:docParts>{parts}</w:docParts></w:glossaryDocument>"


def _styles(whole: str, styles: _Styles) -> str:
    """
    Return the styles, with those that the body derived from them.
    """
    if not styles:
        return whole
    made = "".join(_write_derived(style, name) for style, name in styles)
    return whole.replace("</w:styles>", f"{made}</w:styles>")


def _inset(style: str) -> int:
    """
    Return a style's indent from the right, its own or that of the style it is based on.
    """
    (looks,) = re.findall(f'w:styleId="{style}">.*?</w:style>', reference("styles.xml"))
    if found := re.search(r'<w:ind [^>]*w:right="([0-9]+)"', looks):
        return int(found[1])
    outer = re.search('<w:basedOn w:val="(.*?)"', looks)
    return _inset(outer[1]) if outer else 0


@functools.lru_cache(256)
def _write_derived(style: Derived, name: str) -> str:
    """
    Return a style like another, with its own indents.
    """
    sides = "" if style.left is None else f' w:left="{style.left}"'
    sides += f' w:right="{_inset(style.base) + 1}"' if style.again else ""
    sides += ' w:firstLine="0"' if style.base.startswith("Heading") else ""
    inner = f"<w:ind{sides}/>" if sides else ""
    if style.reach:
        (line,) = re.findall('w:styleId="Quote">.*?(<w:pBdr>.*?</w:pBdr>)', reference("styles.xml"))
        inner = re.sub('w:space="([0-9]+)"', lambda m: f'w:space="{int(m[1]) + _REACH}"', line) + inner
    tabs = "".join(f'<w:tab w:val="left" w:pos="{stop}"/>' for stop in sorted(set(style.stops)))
    tabs += "" if style.end is None else f'<w:tab w:val="right" w:pos="{style.end}"/>'
    inner = f"<w:tabs>{tabs}</w:tabs>{inner}" if tabs else inner
    inner = f"<w:keepNext/>{inner}" if style.kept else inner
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="Reflect {name}"/>'
        f'<w:basedOn w:val="{style.base}"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
        f"<w:pPr>{inner}</w:pPr></w:style>"
    )


def _numbering(started: tuple[List, ...], patterns: _Patterns) -> str:
    """
    Return the lists of the document, so that each starts at its own number, and the patterns that they need.
    """
    whole = reference("numbering.xml")
    if not started:
        return whole
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{each.pattern}"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for level, start in sorted([(each.level, each.start), *((level, 1) for level in each.outer)])
            if start is not None
        )
        + "</w:num>"
        for number, each in enumerate(started, 3)
    )
    made = "".join(_pattern(pattern, number) for pattern, number in patterns)
    return whole.replace("<w:num ", f"{made}<w:num ", 1).replace("</w:numbering>", f"{lists}</w:numbering>")


@functools.lru_cache(64)
def _pattern(pattern: Pattern, number: int) -> str:
    """
    Return a pattern of numbering.xml with more indent, or with figures at every level. It belongs to no style.
    """
    found = re.findall("<w:abstractNum .*?</w:abstractNum>", reference("numbering.xml"))[pattern.like]
    found = re.sub(r'w:abstractNumId="[0-9]+"', f'w:abstractNumId="{number}"', found)
    found = re.sub("<w:pStyle [^>]*>", "", found)
    if pattern.figures:
        found = re.sub("lowerLetter|lowerRoman", "decimal", found)
    return re.sub(r'w:(pos|left)="([0-9]+)"', lambda m: f'w:{m[1]}="{int(m[2]) + pattern.shift}"', found)


def _furniture_parts(document: Document, brand: Brand | None) -> dict[str, str | bytes]:
    """
    Return headers and footers. An agency's own footer gets our lines too, which say who may read the paper.
    """
    if brand is None:
        lines = _footer(document)
        return {
            "word/header1.xml": _header(document),
            "word/footer1.xml": f"{HEAD}<w:ftr {NAMESPACES}>{lines}</w:ftr>",
        }
    return {
        name: f"{start}{_footer(document, paged=paged) or paragraph('Footer', '')}{end}"
        for name, start, end, paged in brand.footers
    }


def _header(document: Document) -> str:
    if Look.LARGE in document.looks:
        texts = [text for text in (document.organisation, document.label) if text] or [""]
        return f"{HEAD}<w:hdr {NAMESPACES}>{''.join(paragraph('Header', run(text)) for text in texts)}</w:hdr>"
    inner = run(document.organisation) + (TAB + run(document.label) if document.label else "")
    return f"{HEAD}<w:hdr {NAMESPACES}>{paragraph('Header', inner)}</w:hdr>"


def _footer(document: Document, *, paged: bool = True) -> str:
    """
    Return marking, pages if there are several, and who may read it, each on its own line so that they never run into
    one another.
    """
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    pages = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    numbers = f"{run('Page ')}{page}{run(' of ')}{pages}"
    texts = [run(text) for text in (document.marking, document.limits) if text]
    if not paged or is_one_page(document):
        return "".join(paragraph("Footer", line) for line in texts)
    if Look.LARGE in document.looks:
        return "".join(paragraph("Footer", line) for line in (*texts, numbers))
    first, *more = texts or [""]
    return paragraph("Footer", first + TAB + numbers) + "".join(paragraph("Footer", line) for line in more)


def _write_relations(ledger: Ledger, brand: Brand | None) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in _RELATED.items()
        if not (brand and kind in ("header", "footer"))
    )
    inner += "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, kind, target in (brand.relations if brand else ())
    )
    inner += "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/hyperlink" Target="{_address(to)}" TargetMode="External"/>'
        for to, name in ledger.links.items()
    )
    inner += "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/image" Target="{target}"/>'
        for name, target in pictures.relations(ledger)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{inner}</Relationships>'


def _address(to: str) -> str:
    """
    Return an address with only the characters of addresses: with any other, Word takes the file for damaged.
    """
    quoted = urllib.parse.quote(to, safe="!#$%&'()*+,/:;=?@~", errors="replace")
    return escape_xml(re.sub("%(?![0-9A-Fa-f]{2})", "%25", quoted))


@functools.cache
def _write_roots() -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (
                (f"{RELATIONS}/officeDocument", "word/document.xml"),
                (f"{PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{RELATIONS}/custom-properties", "docProps/custom.xml"),
            ),
            1,
        )
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{inner}</Relationships>'


@functools.cache
def _content_types(pictured: bool, brand: Brand | None) -> str:
    inner = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    inner += '<Default Extension="xml" ContentType="application/xml"/>'
    inner += pictures.KINDS if pictured else ""
    theirs = brand.kinds if brand else ()
    drawn = {"png", "svg"} if pictured else set()
    inner += "".join(
        f'<Default Extension="{name}" ContentType="{kind}"/>'
        for name, kind in theirs
        if not name.startswith("/") and name not in drawn
    )
    inner += "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in _TYPES.items()
        if not (brand and re.search("(?:header|footer)1", name))
    )
    inner += "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in theirs if name.startswith("/")
    )
    return f'{HEAD}<Types xmlns="{PACKAGE}content-types">{inner}</Types>'


def core_properties(document: Document) -> str:
    """
    Return the title, the language, and whose paper it is, but no author.
    """
    whose = f"<dc:creator>{escape_xml(document.organisation)}</dc:creator>" if document.organisation else ""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape_xml(document.title)}</dc:title>{whose}<dc:language>{escape_xml(document.lang)}</dc:language>"
        "</cp:coreProperties>"
    )


def _custom(document: Document, lines: str) -> str:
    """
    Return what the paper was made from, for `reflect.read`.

    Args:
        lines: What the file of a closed paper keeps of its printed lines.
    """
    named = [("reflect.kind", document.kind), *((f"reflect.{name}", text) for name, text in document.about)]
    if document.looks:
        named.append(("reflect.looks", " ".join(document.looks)))
    if lines:
        named.append(("reflect.lines", lines))
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escape_xml(name)}">'
        f"<vt:lpwstr>{escape_xml(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate((part for pair in named for part in property_parts(*pair)), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{_OFFICE}custom-properties" xmlns:vt="{_OFFICE}docPropsVTypes">{inner}</Properties>'
    )


def property_parts(name: str, text: str) -> Iterator[tuple[str, str]]:
    """
    Give a property, and further ones for the rest of a long text: ``name``, ``name.2``, ``name.3``.
    """
    yield name, text[:_PROPERTY]
    for n, start in enumerate(range(_PROPERTY, len(text), _PROPERTY), 2):
        yield f"{name}.{n}", text[start : start + _PROPERTY]
