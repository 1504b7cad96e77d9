"""
Word files, written as text into a zip: no library is open between two copies.

Looks live in named styles of ``reference/``; the body names them and holds no
direct formatting, so that an agency restyles a paper in one place.
"""

from __future__ import annotations

import functools
import io
import zipfile
from pathlib import Path

from reflect.formats.word.body import MEASURE, Body
from reflect.formats.word.xml import DECLARATION, NAMESPACES, escaped, paragraph, run, tab
from reflect.nodes import Cards, Document, Heading

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STILL = ("styles", "theme1", "settings")
#: No file says when it was made: the same input gives the same bytes.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

_CONTENT_TYPES = (
    DECLARATION
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + '<Default Extension="xml" ContentType="application/xml"/>'
    + f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (
            ("styles", "styles"),
            ("settings", "settings"),
            ("numbering", "numbering"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    + "".join(
        f'<Override PartName="/{name}.xml" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for name, kind in (
            ("word/theme/theme1", "officedocument.theme"),
            ("docProps/core", "package.core-properties"),
            ("docProps/custom", "officedocument.custom-properties"),
        )
    )
    + "</Types>"
)
_PACKAGE_RELS = (
    DECLARATION
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
    + '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
    + ' Target="docProps/core.xml"/>'
    + f'<Relationship Id="rId3" Type="{_REL}/custom-properties" Target="docProps/custom.xml"/>'
    + "</Relationships>"
)


@functools.cache
def _reference(name: str) -> str:
    return (Path(__file__).parent / "reference" / f"{name}.xml").read_text("utf-8")


def _relations(links: list[str]) -> str:
    parts = [
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("numbering", "numbering.xml"),
                ("theme", "theme/theme1.xml"),
                ("header", "header1.xml"),
                ("footer", "footer1.xml"),
            ),
            1,
        )
    ]
    parts += [
        f'<Relationship Id="rLink{n}" Type="{_REL}/hyperlink" Target="{escaped(to)}" TargetMode="External"/>'
        for n, to in enumerate(links)
    ]
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{space}">{"".join(parts)}</Relationships>'


def _numbering(lists: list[int | None]) -> str:
    """
    The list definitions, and one use of them for each list, so that every list starts anew.
    """
    uses = []
    for n, start in enumerate(lists, 3):
        kind = 0 if start is None else 1
        first = 1 if start is None else start
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/></w:lvlOverride>' if kind else ""
        uses.append(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>')
    return _reference("numbering").replace("</w:numbering>", "".join(uses) + "</w:numbering>")


def _section(cards: bool) -> str:
    if cards:
        margins = (
            '<w:pgMar w:top="567" w:right="850" w:bottom="454" w:left="850" w:header="0" w:footer="0" w:gutter="0"/>'
        )
        return f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    right = 11906 - 2041 - MEASURE
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="1361" w:right="{right}" w:bottom="1247" w:left="2041" w:header="624" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )


def _field(name: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
    code = f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    return f"{begin}{code}{separate}<w:r><w:t>1</w:t></w:r>{end}"


def _header(document: Document) -> str:
    inner = run(document.organisation) + tab() + run(document.label)
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{paragraph(inner, 'header')}</w:hdr>"


def _footer(document: Document) -> str:
    left = " · ".join(filter(None, (document.marking, document.limits)))
    inner = run(left) + tab() + run("Page ") + _field("PAGE") + run(" of ") + _field("NUMPAGES")
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph(inner, 'footer')}</w:ftr>"


def _core(document: Document) -> str:
    author = f"<dc:creator>{escaped(document.organisation)}</dc:creator>" if document.organisation else ""
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{author}<dc:language>{escaped(document.lang)}</dc:language><dc:title>{escaped(document.title)}</dc:title>"
        "</cp:coreProperties>"
    )


def _custom(document: Document) -> str:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="reflect.kind">'
        f"<vt:lpwstr>{escaped(document.kind)}</vt:lpwstr></property></Properties>"
    )


def write(document: Document) -> bytes:
    """
    Return a Word file; the same document gives the same bytes.
    """
    body = Body()
    cards = any(isinstance(block, Cards) for block in document.blocks)
    # A deck fills its sheets to the edge: its title stands on every card and in the file's properties.
    blocks = [b for b in document.blocks if not (cards and isinstance(b, Heading))]
    inner = body.blocks(blocks)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE_RELS,
        "word/document.xml": (
            f"{DECLARATION}<w:document {NAMESPACES}><w:body>{inner}{_section(cards)}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relations(body.links),
        "word/numbering.xml": _numbering(body.lists),
        "word/header1.xml": _header(document),
        "word/footer1.xml": _footer(document),
        "docProps/core.xml": _core(document),
        "docProps/custom.xml": _custom(document),
    }
    for name in _STILL:
        folder = "word/theme" if name == "theme1" else "word"
        text = _reference(name)
        parts[f"{folder}/{name}.xml"] = text if document.lang == "en-GB" else _in(document.lang, text)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _in(lang: str, text: str) -> str:
    return text.replace('w:lang w:val="en-GB"', f'w:lang w:val="{escaped(lang)}"').replace(
        'w:themeFontLang w:val="en-GB"', f'w:themeFontLang w:val="{escaped(lang)}"'
    )
