"""
Word files of agencies that do not exist, made here: each has a look of its own, and secrets that no paper may show.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor

#: What stands in every part of these files that is not look.
SECRETS = ("SECRET-BODY", "SECRET-AUTHOR", "SECRET-COMPANY", "SECRET-COMMENT", "SECRET-CUSTOM", "SECRET-FIELD")


def picture(colour: tuple[int, int, int]) -> bytes:
    raw = b"".join(b"\0" + bytes(colour) * 60 for _ in range(20))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60, 20, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def changed(data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """
    A file with each part changed; what is made nothing is left out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def _saved(document: docx.document.Document) -> bytes:
    document.add_paragraph("SECRET-BODY")
    properties = document.core_properties
    properties.author, properties.comments, properties.category = "SECRET-AUTHOR", "SECRET-COMMENT", "SECRET-CUSTOM"
    out = io.BytesIO()
    document.save(out)
    return changed(
        out.getvalue(),
        lambda name, part: (
            part.replace(b"</Properties>", b"<Company>SECRET-COMPANY</Company></Properties>")
            if name == "docProps/app.xml"
            else part
        ),
    )


def council() -> bytes:
    """
    A council with a logo, an address at the foot, a typeface and a purple of its own.
    """
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    head = section.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(picture((90, 20, 110))), width=Mm(30))
    head.add_run(" Anytown Council")
    section.footer.paragraphs[0].text = "Town Hall, Anytown"
    document.styles["Normal"].font.name = "Georgia"
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = "Georgia", Pt(16), RGBColor(0x5A, 0x14, 0x6E)
    document.styles["Subtitle"].font.color.rgb = RGBColor(0xBB, 0xBB, 0xBB)
    return _saved(document)


_LONG_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FILENAME </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>SECRET-FIELD</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def abroad() -> bytes:
    """
    A trust whose Word speaks another language: style ids are its own, and a field in the header names its author.
    """
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Trust"
    section.first_page_header.paragraphs[0].text = "Trust, first page"
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x00, 0x4B, 0x3A)
    ids = {"Heading1": "berschrift1", "Heading2": "berschrift2", "Title": "Titel", "Normal": "Standard",
           "Header": "Kopfzeile", "Footer": "Fuzeile", "ListBullet": "Aufzhlungszeichen"}  # fmt: skip

    def localised(name: str, part: bytes) -> bytes:
        if not name.endswith(".xml") or not name.startswith("word/"):
            return part
        text = part.decode()
        for was, now in ids.items():
            text = re.sub(rf'(w:(?:styleId|val)=")(?:{was})"', rf'\1{now}"', text)
            text = text.replace(f'<w:name w:val="{now}"/>', f'<w:name w:val="{was}"/>')  # what people call it stays
        field = '<w:fldSimple w:instr=" AUTHOR "><w:r><w:t>SECRET-FIELD</w:t></w:r></w:fldSimple>'
        if name == "word/header1.xml":
            text = text.replace("</w:p>", f"{field}{_LONG_FIELD}</w:p>", 1)
        return text.encode()

    return changed(_saved(document), localised)


def template() -> bytes:
    """
    A charity's template (.dotx): Letter, turned, narrow margins, and accents that are hard to see.
    """
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(279.4), Mm(215.9)
    section.left_margin = section.right_margin = Mm(12)
    section.footer.paragraphs[0].text = "Charity"

    def turned(name: str, part: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return part.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")
        if name == "word/theme/theme1.xml":
            part = re.sub(rb'(<a:accent1>\s*<a:srgbClr val=")\w{6}', rb"\g<1>F5E960", part)
            return re.sub(rb'(<a:accent2>\s*<a:srgbClr val=")\w{6}', rb"\g<1>123F7A", part)
        return part

    return changed(_saved(document), turned)


AGENCIES = {"council": council, "abroad": abroad, "template": template}
