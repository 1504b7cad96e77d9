"""
Harmful files, each made on demand: none of them is in the repository.
"""

from __future__ import annotations

import functools
import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from reflect import render

OUTLINE = "arrive@3 + kolb-cycle@40 + close@9"
BODY = "word/document.xml"
TYPES = "[Content_Types].xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parts() -> dict[str, bytes]:
    """
    The parts of a record that means no harm.
    """
    with zipfile.ZipFile(io.BytesIO(render(OUTLINE, "record"))) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes], *more: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """
    A file of parts; *more* are added whatever they are called.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in (*parts.items(), *more):
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            info.filename = info.orig_filename = name  # also what the library would mend
            package.writestr(info, data)
    return out.getvalue()


def with_part(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({**parts(), name: data}, method=method)


def with_body(inner: str, before: str = "", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    body = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'
    return with_part(BODY, body.encode(), method)


def text(inner: str, before: str) -> bytes:
    return with_body(f"<w:p><w:r><w:t>{inner}</w:t></w:r></w:p>", before)


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return text("&l9;", f'<!DOCTYPE w [<!ENTITY l0 "ha">{lines}]>')


def utf16(before: str) -> bytes:
    body = f'<?xml version="1.0" encoding="utf-16"?>{before}<w:document xmlns:w="{W}"/>'
    return with_part(BODY, body.encode("utf-16"))


def as_kind(kind: str) -> bytes:
    whole = parts()
    main = b"wordprocessingml.document.main+xml"
    whole[TYPES] = whole[TYPES].replace(b"openxmlformats-officedocument." + main, kind.encode())
    return packed(whole)


def encrypted_member() -> bytes:
    data = bytearray(packed(parts()))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(sign) + at
        data[place] |= 1
    return bytes(data)


def lying_length() -> bytes:
    """
    The lists say that the body is 10 bytes long.
    """
    data = bytearray(packed({**parts(), BODY: b"<w/>" + b" " * 30_000_000}))
    name, start = BODY.encode(), 0
    while (found := data.find(b"PK\x01\x02", start)) >= 0:
        length = struct.unpack_from("<H", data, found + 28)[0]
        if data[found + 46 : found + 46 + length] == name:
            struct.pack_into("<I", data, found + 24, 10)
        start = found + 4
    return bytes(data)


def wrong_sum() -> bytes:
    data = bytearray(packed(parts(), method=zipfile.ZIP_STORED))
    place = data.index(b"<w:body>")
    data[place + 8 : place + 9] = b"!"
    return bytes(data)


def cut() -> bytes:
    whole = packed(parts())
    return whole[: len(whole) // 2]


def old(inner: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inner + bytes(600)


def in_one_another(depth: int) -> bytes:
    return with_body("<w:sdt>" * depth + "</w:sdt>" * depth)


def many_attributes() -> bytes:
    # 3 million attributes on 3,000 elements.
    inner = " ".join(f'a{n}=""' for n in range(1000))
    return with_body(f"<w:p {inner}/>" * 2_000)


_MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "words": (lambda: b"Dear Sam,", "not-office"),
    "a zip of something": (lambda: packed({"a.txt": b"a"}), "zip"),
    "a zip of papers": (lambda: packed({"May/a.docx": packed(parts()), "May/b.docx": packed(parts())}), "zip"),
    "a Pages file": (lambda: packed({"Index/Document.iwa": b"a", "preview.jpg": b"a"}), "pages"),
    "a Word file in one piece": (
        lambda: b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<pkg:package xmlns:pkg="a"/>',
        "flat-xml",
    ),
    "a spreadsheet": (lambda: as_kind("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "not-word"),
    "an OpenDocument file": (lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "open-document"),
    "a PDF": (lambda: b"%PDF-1.7\n", "pdf"),
    "rich text": (lambda: b"{\\rtf1 a}", "rich-text"),
    "an old Word file": (old, "old-word"),
    "a Word file with a password": (lambda: old("EncryptedPackage".encode("utf-16-le")), "password"),
    "a part with a password": (encrypted_member, "password"),
    "a file of 26 MB": (lambda: b"PK\x03\x04" + bytes(26 * 2**20), "too-large"),
    "an entity of a file": (lambda: text("&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "doctype"),
    "an entity of a host": (lambda: text("&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "http://[::1]/">]>'), "doctype"),
    "an entity of its own": (lambda: text("&x;", '<!DOCTYPE w [<!ENTITY x "x">]>'), "doctype"),
    "a billion laughs": (laughs, "doctype"),
    "one long entity many times": (
        lambda: text("&x;" * 10_000, f'<!DOCTYPE w [<!ENTITY x "{"x" * 10_000}">]>'),
        "doctype",
    ),
    "a DOCTYPE elsewhere": (lambda: text("", '<!DOCTYPE w SYSTEM "http://[::1]/w.dtd">'), "doctype"),
    "a DOCTYPE behind comments": (lambda: text("", "<!-- " + "a" * 100_000 + " --><?a b?>\n<!DOCTYPE w>"), "doctype"),
    "a DOCTYPE in wide letters": (lambda: utf16("<!DOCTYPE w>"), "doctype"),
    "letters that hide their signs": (
        lambda: with_part(BODY, b'<?xml version="1.0" encoding="UTF-7"?>+ADw-w/+AD4-'),
        "encoding",
    ),
    "200 MB of one letter": (lambda: with_body("a" * 200_000_000), "inflates"),
    "30 MB that say they are 10 bytes": (lying_length, "damaged"),
    "many parts that are a little too long": (
        lambda: packed(parts(), *((f"word/p{n}.xml", b"<a>" + b"abcdefg, " * 400_000 + b"</a>") for n in range(20))),
        "inflates",
    ),
    "3 million elements": (lambda: with_body("<w:p/>" * 3_000_000), "inflates"),
    "3 million elements as they are": (
        lambda: with_body("<w:p/>" * 3_000_000, method=zipfile.ZIP_STORED),
        "too-many-tags",
    ),
    "20,000 paragraphs": (lambda: with_body("<w:p/>" * 20_000), "too-long"),
    "30,000 runs": (lambda: with_body("<w:p>" + "<w:r/>" * 30_000 + "</w:p>"), "too-long"),
    "30,000 line ends": (lambda: with_body("<w:p><w:r>" + "<w:br/>" * 30_000 + "</w:r></w:p>"), "too-long"),
    "30,000 lines in a text": (
        lambda: with_body("<w:p><w:r><w:t>" + "a\n" * 30_000 + "</w:t></w:r></w:p>"),
        "too-long",
    ),
    "20,000 cells": (lambda: with_body("<w:tbl><w:tr>" + "<w:tc/>" * 20_000 + "</w:tr></w:tbl>"), "too-long"),
    "10,000 controls": (lambda: with_body("<w:sdt/>" * 10_000), "too-long"),
    "a sign that stands for eighteen": (
        lambda: with_body("<w:p><w:r><w:t>" + "\ufdfa" * 40_000 + "</w:t></w:r></w:p>"),
        "too-long",
    ),
    "20,000 paragraphs in wide letters": (lambda: utf16("<w:p/>" * 20_000), "too-long"),
    "2 million attributes": (many_attributes, "too-many-tags"),
    "5,000 in one another": (lambda: in_one_another(5_000), "too-deep"),
    "200 in one another": (lambda: in_one_another(200), "too-deep"),
    "30,000 parts": (lambda: packed(parts(), *((f"a/{n}", b"") for n in range(30_000))), "many-parts"),
    "a part above": (lambda: packed(parts(), ("../../up.xml", b"<a/>")), "part-name"),
    "a part from the root": (lambda: packed(parts(), ("/etc/passwd", b"a")), "part-name"),
    "a part with backslashes": (lambda: packed(parts(), ("word\\..\\..\\up", b"a")), "part-name"),
    "a part of a drive": (lambda: packed(parts(), ("C:/a", b"a")), "part-name"),
    "a part with a nought in its name": (lambda: packed(parts(), ("word/a\0.xml", b"<a/>")), "part-name"),
    "the body twice": (lambda: packed(parts(), (BODY.upper(), b"<a/>")), "part-twice"),
    "macros": (lambda: as_kind("ms-word.document.macroEnabled.main+xml"), "macros"),
    "macros by their part": (lambda: with_part("word/vbaProject.bin", b"a"), "macros"),
    "a wrong sum": (wrong_sum, "damaged"),
    "half a file": (cut, "damaged"),
    "a body that is no XML": (lambda: with_part(BODY, b"<w:document"), "damaged"),
    "a body that is not there": (lambda: packed({k: v for k, v in parts().items() if k != BODY}), "not-office"),
    "packed as lzma": (lambda: packed(parts(), method=zipfile.ZIP_LZMA), "packing"),
    "packed as bzip2": (lambda: packed(parts(), method=zipfile.ZIP_BZIP2), "packing"),
}

#: Every kind of harm: what it is, how it is made (once, since some take seconds), and the code it is refused with.
HOSTILE = {what: (functools.cache(make), code) for what, (make, code) in _MADE.items()}
