"""
Office files from outside, opened so that none can do harm: the one door for what reflect did not write itself.

A file is looked at before any library sees it: what it is, how much is in it, and what it asks for. What inflates is
counted while it inflates, whatever the file says of itself. Nothing is unpacked to disk, no link is followed, and a
picture that nobody asks for is never inflated.
"""

from __future__ import annotations

import functools
import io
import os
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from reflect.errors import Fault, Faults, ReflectError

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element

_MB = 2**20


@attrs.frozen(kw_only=True)
class Limits:
    """
    How much of a file is taken in.

    Attributes:
        file: Bytes of the file as it is.
        members: Parts in it.
        part: Bytes of one part, inflated.
        whole: Bytes of all the XML in it, inflated.
        ratio: How many times its size a part may inflate to, if it comes to more than a megabyte.
        tags: Elements in all the XML together.
        attributes: Attributes in all the XML together.
        depth: Elements in one another.
    """

    file: int = 25 * _MB
    members: int = 2_000
    part: int = 20 * _MB
    whole: int = 40 * _MB
    ratio: int = 200
    tags: int = 250_000
    attributes: int = 400_000
    depth: int = 120


LIMITS = Limits()

#: What is said of a file that is not opened, by its code: what it is, and what to do. The codes are stable.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "empty": "this file is empty; save it again in Word, and send that",
        "not-a-file": "this is no file; name a file that was saved in Word",
        "too-large": "this file is too large; take out pictures, or copy its words into a new one",
        "old-word": "this is an old Word file (.doc); open it in Word and save it as Word document (.docx)",
        "password": "this file has a password; open it in Word, take the password off and save it again",
        "open-document": "this is an OpenDocument file; open it and save it as Word document (.docx)",
        "rich-text": "this is a rich text file (.rtf); open it and save it as Word document (.docx)",
        "pdf": "this is a PDF; send the Word file (.docx) that it was made from",
        "not-office": "this is not a Word file; open it in Word and save it as Word document (.docx)",
        "not-word": "this is an Office file and no Word document; send the Word document (.docx)",
        "damaged": "this file is damaged; open it in Word, let it be repaired, and save it under a new name",
        "packing": "this file is packed in a way Word does not use; open it in Word and save it again",
        "many-parts": "there are too many parts in this file; copy its words into a new one",
        "part-name": "a part of this file has a name that leads out of it; copy its words into a new one",
        "part-twice": "this file holds one part twice; open it in Word and save it again",
        "macros": "this file holds macros; save it as Word document (.docx), which has none",
        "inflates": "a part of this file inflates to far more than a document is; copy its words into a new one",
        "doctype": "this file asks for other files (DOCTYPE), as no Office file may; copy its words into a new one",
        "encoding": "a part of this file is written in letters Word does not use; open it in Word and save it again",
        "too-many-tags": "there is too much in this file to be a document; copy its words into a new one",
        "too-deep": "a part of this file is nested too deep; copy its words into a new one",
    }
)


@attrs.frozen
class NotOpened(ReflectError, ValueError):
    """
    A file from outside that is not opened.

    Attributes:
        code: Why, as one of `REFUSALS`; it stays the same from version to version.
        part: The part of the file that it is about, if it is about one; its name may be anything.
    """

    code: str
    part: str = attrs.field(default="", repr=False)

    def __str__(self) -> str:
        return REFUSALS[self.code]


@attrs.frozen
class _Member:
    """
    Where a part is, and what it is.
    """

    info: zipfile.ZipInfo
    kind: str


@attrs.frozen(eq=False)
class Package(Mapping[str, bytes]):
    """
    The parts of an Office file by name, such as ``word/document.xml``: read only, and safe to read.

    Every part of XML was looked at when the file was opened. Another part, such as a picture, is inflated when it is
    asked for. Names are found in any case, as Office finds them.

    Attributes:
        main: The name of the main part.
        kind: The content type of the main part.
        limits: How much is taken in.
    """

    main: str
    kind: str
    limits: Limits
    _data: bytes = attrs.field(repr=False)
    _members: Mapping[str, _Member] = attrs.field(repr=False)
    _xml: Mapping[str, bytes] = attrs.field(repr=False)
    _looked_at: dict[str, _Element] = attrs.field(repr=False)
    #: What parts refer to, once it was asked for.
    _known: dict[str, Mapping[str, Relation]] = attrs.field(factory=dict, repr=False, init=False)

    def __getitem__(self, name: str) -> bytes:
        key = name.lstrip("/").lower()
        if key in self._xml:
            return self._xml[key]
        if key not in self._members:
            raise KeyError(name)
        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            return _inflated(package, self._members[key].info, self.limits, self.limits.part)

    def __iter__(self) -> Iterator[str]:
        return (member.info.filename for member in self._members.values())

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lstrip("/").lower() in self._members

    def content_type(self, name: str) -> str:
        """
        Return what a part is, as the file says.
        """
        return self._members[name.lstrip("/").lower()].kind

    def tree(self, name: str) -> _Element:
        """
        Return the root of a part of XML; each call gives a new tree.

        Raises:
            KeyError: There is no such part.
            NotOpened: It is no XML.
        """
        # What was made to look at it serves whoever asks first; what they do to it is seen by nobody else.
        looked_at = self._looked_at.pop(name.lstrip("/").lower(), None)
        return parsed(self[name], self.limits, name) if looked_at is None else looked_at

    def relations(self, name: str = "") -> Mapping[str, Relation]:
        """
        Return what a part refers to, by id; nothing if it refers to nothing. Without a name, what the file refers to.

        What leads out of the file is told as such, and never followed.
        """
        if name not in self._known:
            folder, own = posixpath.split(name.lstrip("/"))
            at = posixpath.join(folder, "_rels", f"{own}.rels")
            found = _relations(self.tree(at), folder) if at in self else ()
            self._known[name] = MappingProxyType({relation.id: relation for relation in found})
        return self._known[name]

    def related(self, name: str, kind: str) -> str:
        """
        Return the name of the part within the file that a part refers to as a kind, such as ``styles``, or nothing.

        Args:
            name: The part that refers, such as ``word/document.xml``.
            kind: As what it refers to it.
        """
        return next(
            (
                relation.target
                for relation in self.relations(name).values()
                if relation.kind.endswith(f"/{kind}") and not relation.outside and relation.target in self
            ),
            "",
        )


@attrs.frozen
class Relation:
    """
    What a part refers to.

    Attributes:
        id: How it is called there.
        kind: What it is, as an address.
        target: The name of the part; or an address, if it is outside.
        outside: Whether it leads out of the file.
    """

    id: str
    kind: str
    target: str = attrs.field(repr=False)
    outside: bool


# --- opening

#: How files begin that are something else.
_OTHERS = {b"%PDF": "pdf", b"{\\rtf": "rich-text"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: In an old container, this name says that a new file is in it, behind a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CENTRAL = b"PK\x01\x02"
_TYPES = "[content_types].xml"
_NS_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_NS_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOCUMENT = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
)
_WORD = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def opened(file: bytes | Path, limits: Limits = LIMITS, *, word: bool = False) -> Package:
    """
    Return the parts of an Office file from outside.

    Args:
        file: Its bytes, or where it is.
        limits: How much of it is taken in.
        word: Whether it has to be a Word document or a Word template.

    Raises:
        NotOpened: It is no such file, or holds what no document needs; it says which, and what to do.
        Faults: It cannot be read from disk.
    """
    data = file if isinstance(file, bytes) else taken(file, limits)
    if len(data) > limits.file:
        raise NotOpened("too-large")
    if not data:
        raise NotOpened("empty")
    if data.startswith(_OLE):
        raise NotOpened("password" if _ENCRYPTED in data else "old-word")
    for start, code in _OTHERS.items():
        if data.startswith(start):
            raise NotOpened(code)
    # Before the list of members is read: half a million of them take a second and half a gigabyte.
    if data.count(_CENTRAL) > limits.members:
        raise NotOpened("many-parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _package(data, package, limits, word)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        if isinstance(error, ReflectError):
            raise
        # The error of the library may quote the file.
        raise NotOpened("damaged" if data.startswith(b"PK") else "not-office") from None


def taken(path: Path, limits: Limits = LIMITS) -> bytes:
    """
    Return a file's bytes; one that is too large is cut where that can be told.

    Args:
        path: Where it is.
        limits: How much of it is taken in.

    Raises:
        NotOpened: It is no file.
        Faults: It cannot be read from disk.
    """
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotOpened("not-a-file")
            return file.read(limits.file + 1)
    except IsADirectoryError:
        raise NotOpened("not-a-file") from None
    except (OSError, ValueError) as error:
        if isinstance(error, NotOpened):
            raise
        reason = getattr(error, "strerror", None) or "its name is not one a file can have"
        fault = Fault(str(path), None, f"cannot be read: {reason.lower()}", "check its name and folder")
        raise Faults((fault,)) from None


def _package(data: bytes, package: zipfile.ZipFile, limits: Limits, word: bool) -> Package:
    infos = _infos(package, limits)
    if "mimetype" in infos and _TYPES not in infos:
        raise NotOpened("open-document")
    if _TYPES not in infos:
        raise NotOpened("not-office")
    budget = _Budget(limits)
    types, root = budget.checked(package, infos[_TYPES])
    xml, looked_at = {_TYPES: types}, {_TYPES: root}
    kinds = _kinds(root, infos)
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds.values()) or any(
        posixpath.basename(name) in ("vbaproject.bin", "vbadata.xml") for name in infos
    ):
        raise NotOpened("macros")
    for name, info in infos.items():
        if name not in xml and (name.endswith((".xml", ".rels")) or kinds[name].endswith(("+xml", "/xml"))):
            xml[name], looked_at[name] = budget.checked(package, info)
    members = {name: _Member(info, kinds[name]) for name, info in infos.items()}
    whole = Package("", "", limits, data, MappingProxyType(members), MappingProxyType(xml), looked_at)
    for relation in whole.relations().values():
        if relation.kind in _DOCUMENT and not relation.outside and relation.target in whole:
            main = relation.target
            break
    else:
        raise NotOpened("not-office")
    kind = whole.content_type(main)
    if word and kind not in _WORD:
        raise NotOpened("not-word")
    return attrs.evolve(whole, main=main, kind=kind)


def _infos(package: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """
    The members by name, in small letters: two that differ by their case are one part to Office.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    infos = package.infolist()
    if len(infos) > limits.members:
        raise NotOpened("many-parts")
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & 0x41:
            raise NotOpened("password", name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotOpened("packing", name)
        if re.search(r"^/|\\|^[A-Za-z]:|[\0-\x1f]|(^|/)\.\.?(/|$)", name):
            raise NotOpened("part-name", name)
        if name.endswith("/"):
            continue  # a folder, as some programs pack them
        if found.setdefault(name.lower(), info) is not info:
            raise NotOpened("part-twice", name)
    return found


def _inflated(package: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, most: int) -> bytes:
    """
    A part, inflated to so many bytes at most: what the file says of its length is not believed.
    """
    most = min(most, max(limits.ratio * info.compress_size, _MB))
    try:
        with package.open(info) as part:
            data = part.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError, ValueError):
        raise NotOpened("damaged", info.filename) from None
    if len(data) > most:
        raise NotOpened("inflates", info.filename)
    return data


@attrs.define
class _Budget:
    """
    What is left of what a file may hold.
    """

    limits: Limits
    length: int = 0
    tags: int = 0
    attributes: int = 0

    def checked(self, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, _Element]:
        """
        A part of XML, and its root.
        """
        limits = self.limits
        data = _inflated(package, info, limits, min(limits.part, limits.whole - self.length))
        self.length += len(data)
        # Counted before a tree is made, which takes fifty times the room of its text. What is counted may also stand
        # elsewhere, so that this is never too few.
        self.tags += data.count(b"<") - data.count(b"</")
        self.attributes += data.count(b"=")
        if self.tags > limits.tags or self.attributes > limits.attributes:
            raise NotOpened("too-many-tags", info.filename)
        return data, parsed(data, limits, info.filename)


def _kinds(types: _Element, names: Mapping[str, object]) -> dict[str, str]:
    """
    What each part is: by its name, or else by its ending.
    """
    ends = {
        each.get("Extension", "").lower(): each.get("ContentType", "") for each in types.iter(f"{_NS_TYPES}Default")
    }
    named = {
        each.get("PartName", "").lstrip("/").lower(): each.get("ContentType", "")
        for each in types.iter(f"{_NS_TYPES}Override")
    }
    return {name: named.get(name) or ends.get(name.rpartition(".")[2], "") for name in names}


def _relations(root: _Element, folder: str) -> Iterator[Relation]:
    for each in root.iter(f"{_NS_RELATIONS}Relationship"):
        target = each.get("Target", "")
        outside = each.get("TargetMode", "") == "External"
        if not outside:
            # From the root, if it begins with a slash; else from the folder of the part.
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield Relation(each.get("Id", ""), each.get("Type", ""), target, outside)


# --- parts of XML

#: What may stand before the first element, but for a DOCTYPE. What matched is not tried again: no text takes long.
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
#: In each of these, "<" is one byte, and is counted.
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"utf-16")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def parsed(data: bytes, limits: Limits = LIMITS, name: str = "") -> _Element:
    """
    Return the root of XML from outside, without its comments; no entity is resolved, and no address looked up.

    Args:
        data: The XML.
        limits: How deep it may be.
        name: What to call it in an error.

    Raises:
        NotOpened: It is no XML, or holds what no document needs.
    """
    from lxml import etree  # 10 ms, and only files from outside need it

    wide = data.startswith(_UTF16)
    if wide:
        doctype = any("<!DOCTYPE".encode(each) in data for each in ("utf-16-le", "utf-16-be"))
    else:
        before = _BEFORE.match(data)
        doctype = data.startswith(b"<!DOCTYPE", before.end() if before else 0)
        declared = _DECLARED.match(data)
        if declared and declared[1].lower() not in _ENCODINGS:
            raise NotOpened("encoding", name)
    if doctype:
        raise NotOpened("doctype", name)
    # A new parser for each part: a parser keeps the names it met.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        said = str(error)
        code = "too-deep" if "depth" in said else "inflates" if "HUGE" in said.upper() else "damaged"
        raise NotOpened(code, name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotOpened("doctype", name)
    if _deeper(limits.depth)(root):
        raise NotOpened("too-deep", name)
    return root


@functools.cache
def _deeper(depth: int) -> XPath:
    from lxml import etree

    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")
