"""
The parts of a Word file round its body, and the file itself.

What is the same in every document is kept in `reference/`, where it can be read and changed.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Mapping
from importlib import resources

from reflect.formats.word import pictures
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.text import TAB, escaped, paragraph, run
from reflect.nodes import Document

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_REL = f"{_OFFICE}relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: Word calls a file corrupt when a prefix named in mc:Ignorable is not declared.
_NAMESPACES = (
    f'{_W} xmlns:r="{_REL}"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
#: Content types of parts, by their names.
_TYPES = {
    "word/document.xml": f"{_MAIN}document.main+xml",
    "word/styles.xml": f"{_MAIN}styles+xml",
    "word/numbering.xml": f"{_MAIN}numbering+xml",
    "word/settings.xml": f"{_MAIN}settings+xml",
    "word/header1.xml": f"{_MAIN}header+xml",
    "word/footer1.xml": f"{_MAIN}footer+xml",
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
}
#: No date in a file: the same document gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
#: The language of the files in `reference/`.
_LANG = "en-GB"


@functools.cache
def _reference(name: str) -> str:
    """
    A part from `reference/`, without the white space and comments that make it readable.
    """
    text = (resources.files(__package__) / "reference" / name).read_text("utf-8")
    return re.sub(r">\s+<", "><", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))


@functools.lru_cache(16)
def _spoken(name: str, lang: str) -> str:
    """
    A part from `reference/` in the language of a document.
    """
    return _reference(name).replace(f'"{_LANG}"', f'"{escaped(lang)}"')


def furniture() -> str:
    """
    Return the references to header and footer for the sections that have them.
    """
    return (
        '<w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>'
    )


def package(document: Document, body: str, ledger: Ledger) -> bytes:
    """
    Return the file: the parts in a fixed order, with a fixed date.
    """
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/header1.xml": _header(document),
        "word/footer1.xml": _footer(document),
        "word/_rels/document.xml.rels": _relations(ledger),
        "docProps/core.xml": _core(document),
    }
    start = _same(document.lang, document.kind, tuple(ledger.lists), bool(ledger.pictures))
    return _zipped({**parts, **pictures.parts(ledger)}, start)


@functools.lru_cache(32)
def _same(lang: str, kind: str, lists: tuple[tuple[int, int], ...], pictured: bool) -> bytes:
    """
    The file without what differs from one document of a kind to the next: most of what there is to deflate.
    """
    return _zipped(
        {
            "[Content_Types].xml": _content_types(pictured),
            "_rels/.rels": _roots(),
            "word/styles.xml": _spoken("styles.xml", lang),
            "word/settings.xml": _spoken("settings.xml", lang),
            "word/theme/theme1.xml": _reference("theme1.xml"),
            "word/numbering.xml": _numbering(lists),
            "docProps/custom.xml": _custom({"reflect.kind": kind}),
        }
    )


def _zipped(parts: Mapping[str, str | bytes], start: bytes = b"") -> bytes:
    """
    Return a file of these parts, after those of another.
    """
    out = io.BytesIO(start)
    with zipfile.ZipFile(out, "a") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else Windows and Linux would make different bytes
            package.writestr(entry, text)
    return out.getvalue()


def _numbering(started: tuple[tuple[int, int], ...]) -> str:
    """
    A list for each that is numbered, so that it starts where it says.
    """
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (start, level) in enumerate(started, 3)
    )
    return _reference("numbering.xml").replace("</w:numbering>", f"{lists}</w:numbering>")


def _header(document: Document) -> str:
    inner = run(document.organisation) + (TAB + run(document.label) if document.label else "")
    return f"{_HEAD}<w:hdr {_W}>{paragraph('Header', inner)}</w:hdr>"


def _footer(document: Document) -> str:
    """
    Marking, pages, and who may read it; a line to each, so that they never run into one another.
    """
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    pages = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    first, *more = [text for text in (document.marking, document.limits) if text] or [""]
    numbers = f"{TAB}{run('Page ')}{page}{run(' of ')}{pages}"
    lines = paragraph("Footer", run(first) + numbers) + "".join(paragraph("Footer", run(text)) for text in more)
    return f"{_HEAD}<w:ftr {_W}>{lines}</w:ftr>"


def _relations(ledger: Ledger) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>'
        for name, (kind, target) in _RELATED.items()
    )
    inner += "".join(
        f'<Relationship Id="{name}" Type="{_REL}/hyperlink" Target="{escaped(to)}" TargetMode="External"/>'
        for to, name in ledger.links.items()
    )
    inner += "".join(
        f'<Relationship Id="{name}" Type="{_REL}/image" Target="{target}"/>'
        for name, target in pictures.relations(ledger)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{inner}</Relationships>'


@functools.cache
def _roots() -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (
                (f"{_REL}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{_REL}/custom-properties", "docProps/custom.xml"),
            ),
            1,
        )
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{inner}</Relationships>'


@functools.cache
def _content_types(pictured: bool) -> str:
    inner = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    inner += '<Default Extension="xml" ContentType="application/xml"/>'
    inner += pictures.KINDS if pictured else ""
    inner += "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{inner}</Types>'


def _core(document: Document) -> str:
    """
    Title, language, and whose paper it is; nobody is named as its author.
    """
    whose = f"<dc:creator>{escaped(document.organisation)}</dc:creator>" if document.organisation else ""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(document.title)}</dc:title>{whose}<dc:language>{escaped(document.lang)}</dc:language>"
        "</cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for n, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}custom-properties" xmlns:vt="{_OFFICE}docPropsVTypes">{inner}</Properties>'
    )
