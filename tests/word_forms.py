"""
Forms as agencies have them, made for tests: with controls, bookmarks, tables, a header and a property of their own.
"""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def words(text: str, style: str = "") -> str:
    looks = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def para(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def control(tag: str, inner: str, kind: str = "", title: str = "", *, hint: bool = True) -> str:
    """
    A control with this in it.
    """
    looks = f'<w:alias w:val="{title or tag}"/><w:tag w:val="{tag}"/>{"<w:showingPlcHdr/>" if hint else ""}{kind}'
    return f"<w:sdt><w:sdtPr>{looks}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def box(tag: str, *, on: bool = False) -> str:
    state = '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    kind = f'<w14:checkbox><w14:checked w14:val="{int(on)}"/>{state}</w14:checkbox>'
    return control(tag, words("☒" if on else "☐"), kind, hint=False)


def bookmark(name: str, number: int, inner: str = "") -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def table(*rows: list[str], merged: str = "") -> str:
    lines = "".join(f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{each}</w:tc>' for each in row)}</w:tr>" for row in rows)
    wide = len(rows[0])
    last = (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{wide}"/></w:tcPr>{para(words(merged))}</w:tc></w:tr>'
        if merged
        else ""
    )
    grid = "".join('<w:gridCol w:w="2400"/>' for _ in range(wide))
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}{last}</w:tbl>"


def packed(body: str, *, more: dict[str, str] | None = None, template: bool = False) -> bytes:
    """
    A Word file with a header that has words, a property of its own, and this body.
    """
    kind = "template" if template else "document"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.{kind}.main+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{MAIN}.header+xml"/>'
        '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/></Relationships>',
        "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Form number"><vt:lpwstr>SW 17</vt:lpwstr></property></Properties>',
        "word/header1.xml": f"<w:hdr {W}>{para(words('Borough of X'))}</w:hdr>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="h" Type="{OFFICE}/header" Target="header1.xml"/></Relationships>',
        "word/document.xml": f'<w:document {W} xmlns:r="{OFFICE}"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="h"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="900" w:right="900" w:bottom="900" w:left="900" w:header="500" w:footer="500" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>',
        **(more or {}),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


HINT = words("Click or tap here to enter text.", "PlaceholderText")


def council() -> bytes:
    """
    The form of the handbook: two tables, a control with paragraphs, one in a line, and a bookmark.
    """
    names = ("Name of worker", "Supervisor"), ("Date of supervision", "Date of next meeting")
    body = para(words("Supervision record"))
    body += table(*([each for name in row for each in (para(words(name)), para())] for row in names))
    body += para(words("Discussion")) + control("Discussion", para(HINT))
    body += para(words("Taken off: "), control("Load", HINT, "<w:text/>"))
    body += table([para(words(name)) for name in ("Action", "Who", "By when")], *([para()] * 3 for _ in range(3)))
    return packed(body + para(words("Anything else: "), bookmark("Comments", 1)))
