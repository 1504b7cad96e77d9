"""
Office files from outside, opened so that none can do harm: the one door for files that reflect did not write itself.

A file is checked before any library sees it: what it is, how much it holds, and what it asks for. Compressed parts are
measured while they are unpacked, whatever the file claims about their size. Nothing is unpacked to disk, no link is
followed, and a picture that nobody asks for is never unpacked.
"""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import attrs

from reflect.errors import Fault, Faults, ReflectError, Refused
from reflect.files import xml
from reflect.files.places import need_path
from reflect.files.reading import NotAFile, read_at_most
from reflect.files.xml import XmlElement

_MB = 2**20


@attrs.frozen(kw_only=True)
class FileLimits:
    """
    The most that a file may hold.

    Attributes:
        file: Bytes of the file itself.
        members: Number of parts.
        part: Bytes of one part, unpacked.
        whole: Bytes of all its XML together, unpacked.
        ratio: How many times its packed size a part may grow to, once it passes a megabyte.
        tags: Number of elements in all its XML together.
        attributes: Number of attributes in all its XML together.
        depth: How deeply elements may be nested.
        paragraphs: Number of paragraphs in all parts of a Word file together.
        runs: Number of its runs, which are stretches of words in one look.
        cells: Number of its rows and cells.
        controls: Number of its content controls.
        lines: Number of line ends within its paragraphs.
        letters: Number of its characters, as they are compared: a sign that stands for several counts as those.
    """

    file: int = 25 * _MB
    members: int = 2_000
    part: int = 20 * _MB
    whole: int = 40 * _MB
    ratio: int = 200
    tags: int = 250_000
    attributes: int = 400_000
    depth: int = 120
    paragraphs: int = 6_000
    runs: int = 12_000
    cells: int = 6_000
    controls: int = 5_000
    lines: int = 12_000
    letters: int = 500_000


LIMITS = FileLimits()

#: Why a file is not opened and what to do about it, by code. The codes stay the same from version to version.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "empty": "this file is empty; save it again in Word, and send that",
        "not-a-file": "this is not a file; name a file that was saved in Word",
        "too-large": "this file is too large; take out pictures, or copy its words into a new one",
        "old-word": "this is an old Word file (.doc); open it in Word and save it as a Word document (.docx)",
        "password": "this file has a password; open it in Word, take the password off and save it again",
        "open-document": "this is an OpenDocument file; open it and save it as a Word document (.docx)",
        "rich-text": "this is a rich text file (.rtf); open it and save it as a Word document (.docx)",
        "pdf": "this is a PDF; send the Word file (.docx) that it was made from",
        "zip": "this is a folder packed into one file (.zip); unpack it, and name the Word files in it",
        "pages": "this is an Apple Pages file; open it in Pages and export it as a Word document (.docx)",
        "flat-xml": "this is a Word file in one piece of XML (.xml); open it in Word and save it as .docx",
        "not-office": "this is not a Word file; open it in Word and save it as a Word document (.docx)",
        "not-word": "this is an Office file but not a Word document; send the Word document (.docx)",
        "several-papers": "this file has more than one paper in it; copy each into a file of its own, and read those",
        "damaged": "this file is damaged; open it in Word, let Word repair it, and save it under a new name",
        "packing": "this file is compressed in a way that Word does not use; open it in Word and save it again",
        "many-parts": "this file has too many parts; copy its words into a new one",
        "part-name": "a part of this file has a name that points outside the file; copy its words into a new one",
        "part-twice": "this file holds the same part twice; open it in Word and save it again",
        "macros": "this file contains macros; save it as a Word document (.docx), which has none",
        "inflates": "a part of this file unpacks to far more than any document needs; copy its words into a new one",
        "doctype": "this file asks for other files (DOCTYPE), as no Office file does; copy its words into a new one",
        "encoding": "a part of this file is in an encoding that Word does not use; open it in Word and save it again",
        "too-many-tags": "this file holds too much to be a document; copy its words into a new one",
        "too-long": "this file is longer than any record; copy what belongs together into a new one",
        "too-deep": "a part of this file is nested too deeply; copy its words into a new one",
    }
)


@attrs.frozen
class NotOpened(ReflectError, ValueError):
    """
    A file from outside is not safe, or not of a kind that can be opened.

    Attributes:
        code: The reason, as one of `REFUSALS`; it stays the same from version to version.
        part: The part of the file that caused it, if one did; a stranger chose its name.
    """

    code: str
    part: str = attrs.field(default="", repr=False)

    def __str__(self) -> str:
        return REFUSALS[self.code]


@attrs.frozen
class _Member:
    """
    A part of the file: its place in the archive, and its content type.
    """

    info: zipfile.ZipInfo
    kind: str


@attrs.frozen(eq=False)
class Package(Mapping[str, bytes]):
    """
    The parts of an Office file by name, such as ``word/document.xml``: read only, and safe to read.

    Every XML part was checked when the file was opened. Any other part, such as a picture, is unpacked when it is asked
    for. Names may be given in upper or lower case, as in Office.

    Attributes:
        main: The name of the main part.
        kind: The content type of the main part.
        limits: The most that it may hold.
        broken: The names in lower case of parts that are damaged and that no reader needs; they count as missing.
    """

    main: str
    kind: str
    limits: FileLimits
    broken: frozenset[str]
    _data: bytes = attrs.field(repr=False)
    _members: Mapping[str, _Member] = attrs.field(repr=False)
    _xml: Mapping[str, bytes] = attrs.field(repr=False)
    _checked: dict[str, XmlElement] = attrs.field(repr=False)
    #: The relations of each part that was asked about.
    _relations: dict[str, Mapping[str, Relation]] = attrs.field(factory=dict, repr=False, init=False)

    def __getitem__(self, name: str) -> bytes:
        key = name.lstrip("/").lower()
        if key in self._xml:
            return self._xml[key]
        if key not in self._members:
            raise KeyError(name)
        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            return _inflate(package, self._members[key].info, self.limits, self.limits.part)

    def __iter__(self) -> Iterator[str]:
        return (member.info.filename for member in self._members.values())

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lstrip("/").lower() in self._members

    def content_type(self, name: str) -> str:
        return self._members[name.lstrip("/").lower()].kind

    def tree(self, name: str) -> XmlElement:
        """
        Return the root of an XML part; each call gives a new tree.

        Raises:
            KeyError: There is no such part.
            NotOpened: It is not XML.
        """
        # Whoever asks first gets the tree that was made for the check; nobody else sees what they do to it.
        tree = self._checked.pop(name.lstrip("/").lower(), None)
        return parse_xml(self[name], self.limits, name) if tree is None else tree

    def relations(self, name: str = "") -> Mapping[str, Relation]:
        """
        Return the relations of a part by id, or those of the whole file if no part is named.

        A relation that leads out of the file is marked as such, and never followed.
        """
        if name not in self._relations:
            folder, own = posixpath.split(name.lstrip("/"))
            at = posixpath.join(folder, "_rels", f"{own}.rels")
            there = at in self and at.lower() not in self.broken
            relations = _read_relations(self.tree(at), folder) if there else ()
            self._relations[name] = MappingProxyType({relation.id: relation for relation in relations})
        return self._relations[name]

    def part_for(self, name: str, kind: str) -> str:
        """
        Return the name of the part that another part uses for a purpose, such as ``styles``; empty if there is none, or
        if it is damaged and not needed.
        """
        return next(
            (
                relation.target
                for relation in self.relations(name).values()
                if relation.kind.endswith(f"/{kind}")
                and not relation.outside
                and relation.target in self
                and relation.target.lower() not in self.broken
            ),
            "",
        )


@attrs.frozen
class Relation:
    """
    A reference from one part to another, or to something outside the file.

    Attributes:
        id: Its name within the part that refers.
        kind: Its type, as a web address.
        target: The name of the other part; a web address or a path if it is outside.
        outside: Whether it leads out of the file.
    """

    id: str
    kind: str
    target: str = attrs.field(repr=False)
    outside: bool


# --- opening

#: The first bytes of other kinds of file.
_OTHERS = {b"%PDF": "pdf", b"{\\rtf": "rich-text"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: An old container with this name in it holds a new file behind a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: A whole Word file as one piece of XML, of today or of 2003: it says so before its first element, or in it.
_FLAT = (b"Word.Document", b"<pkg:package", b"<w:wordDocument")
_BEGINNING = 2_000
_CENTRAL = b"PK\x01\x02"
_TYPES = "[content_types].xml"
_NS_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_NS_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORD = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def open_package(file: bytes | Path, limits: FileLimits = LIMITS, *, word: bool = False) -> Package:
    """
    Return the parts of an Office file from outside; *word* takes Word documents and templates only.

    Raises:
        NotOpened: It is not such a file, or holds something that no document needs; the message says what to do.
        Faults: It cannot be read from disk.
    """
    data = file if isinstance(file, bytes) else read_within_limits(file, limits)
    if len(data) > limits.file:
        raise NotOpened("too-large")
    if not data:
        raise NotOpened("empty")
    beginning = data[:_BEGINNING]
    if beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and any(sign in beginning for sign in _FLAT):
        raise NotOpened("flat-xml")
    if data.startswith(_OLE):
        raise NotOpened("password" if _ENCRYPTED in data else "old-word")
    for start, code in _OTHERS.items():
        if data.startswith(start):
            raise NotOpened(code)
    # Checked before the list of members is read: half a million of them take a second and half a gigabyte.
    if data.count(_CENTRAL) > limits.members:
        raise NotOpened("many-parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _check_package(data, package, limits, word)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        if isinstance(error, ReflectError):
            raise
        # The library's own error may quote the file.
        raise NotOpened("damaged" if data.startswith(b"PK") else "not-office") from None


class OpenFile(Protocol):
    """
    A file that is open for reading in binary.
    """

    def read(self, size: int, /) -> bytes:
        """
        Return at most so many bytes.
        """


#: A file that is given: its path, or what is in it.
GivenFile = Path | bytes | bytearray | memoryview | OpenFile


def need_file(given: object, what: str, limits: FileLimits = LIMITS) -> Path | bytes:
    """
    Return a file that was given: its path, or what is in it, as bytes, a view of memory or an open file have that.

    Args:
        what: What the file is, such as "a filled paper".
        limits: At most so much is read of an open file, and one byte more, which shows that it is too large.

    Raises:
        Refused: It is neither, or open as text.
    """
    if isinstance(given, (bytes, bytearray, memoryview)):
        return bytes(given)
    if not isinstance(given, str) and callable(read := getattr(given, "read", None)) and not isinstance(given, type):
        try:
            found = read(limits.file + 1)
        except (OSError, ValueError, TypeError):
            raise Refused(f"{what} is an open file that cannot be read; open it for reading, in binary") from None
        if isinstance(found, bytes):
            return found
        raise Refused(f"{what} is a file that is open as text; open it in binary, with 'rb'")
    return need_path(given, what)


def read_within_limits(path: Path, limits: FileLimits = LIMITS) -> bytes:
    """
    Return the bytes of a file, cut off one byte past the limit: the file is then seen to be too large.

    Raises:
        NotOpened: It is not a file.
        Faults: It cannot be read from disk.
    """
    try:
        return read_at_most(path, limits.file)
    except (IsADirectoryError, NotAFile):
        raise NotOpened("not-a-file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not one a file can have"
        fault = Fault(str(path), None, f"cannot be read: {reason.lower()}", "check its name and folder")
        raise Faults((fault,)) from None


def _check_package(data: bytes, package: zipfile.ZipFile, limits: FileLimits, word: bool) -> Package:
    infos = _members_by_name(package, limits)
    if "mimetype" in infos and _TYPES not in infos:
        raise NotOpened("open-document")
    if _TYPES not in infos:
        raise NotOpened("pages" if any(name.endswith(".iwa") for name in infos) else "zip")
    budget = _Budget(limits, word)
    types, root = budget.check_part(package, infos[_TYPES])
    xml, trees = {_TYPES: types}, {_TYPES: root}
    kinds = _content_types(root, infos)
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds.values()) or any(
        posixpath.basename(name) in ("vbaproject.bin", "vbadata.xml") for name in infos
    ):
        raise NotOpened("macros")
    broken: dict[str, NotOpened] = {}
    for name, info in infos.items():
        if name not in xml and (name.endswith((".xml", ".rels")) or kinds[name].endswith(("+xml", "/xml"))):
            try:
                xml[name], trees[name] = budget.check_part(package, info)
            except NotOpened as error:
                if error.code != "damaged":
                    raise
                broken[name] = error
    members = {name: _Member(info, kinds[name]) for name, info in infos.items()}
    if word:
        _refuse_long_texts(trees.values(), limits)
    whole = Package("", "", limits, frozenset(broken), data, MappingProxyType(members), MappingProxyType(xml), trees)
    main = _find_main_part(whole, broken)
    kind = whole.content_type(main)
    if word and kind not in _WORD:
        raise NotOpened("not-word")
    return attrs.evolve(whole, main=main, kind=kind)


#: What a reader needs of a file beside its main part: the ends of the kinds of relation. Any other part may be damaged.
_NEEDED = frozenset(
    {"styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer", "custom-properties"}
)


def _find_main_part(whole: Package, broken: Mapping[str, NotOpened]) -> str:
    """
    Return the name of the main part of a file.

    Raises:
        NotOpened: There is none, or a part that every reader needs is damaged.
    """
    if error := broken.get("_rels/.rels"):
        raise error
    relations = whole.relations().values()
    main = next((each.target for each in relations if each.kind == _DOCUMENT and not each.outside), "")
    if main not in whole:
        raise NotOpened("not-office")
    folder, own = posixpath.split(main)
    needed = {main.lower(), posixpath.join(folder, "_rels", f"{own}.rels").lower()}
    if not needed & broken.keys():
        used = (*relations, *whole.relations(main).values())
        needed |= {each.target.lower() for each in used if each.kind.rpartition("/")[2] in _NEEDED and not each.outside}
    for name in sorted(needed & broken.keys()):
        raise broken[name]
    return main


def _members_by_name(package: zipfile.ZipFile, limits: FileLimits) -> dict[str, zipfile.ZipInfo]:
    """
    Return the members by name in lower case: to Office, two names that differ only in case are the same part.
    """
    members: dict[str, zipfile.ZipInfo] = {}
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
            continue  # some programs pack folders too
        if members.setdefault(name.lower(), info) is not info:
            raise NotOpened("part-twice", name)
    return members


def _inflate(package: zipfile.ZipFile, info: zipfile.ZipInfo, limits: FileLimits, most: int) -> bytes:
    """
    Unpack a part, up to a number of bytes: the length that the file claims for it is not trusted.
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
    How much XML has been unpacked so far, against the limits of the whole file.
    """

    limits: FileLimits
    word: bool
    length: int = 0
    parts: Counter[bytes] = attrs.field(factory=Counter)
    tags: int = 0
    attributes: int = 0

    def check_part(self, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, XmlElement]:
        """
        Unpack an XML part and parse it: its bytes, and its root.
        """
        limits = self.limits
        data = _inflate(package, info, limits, min(limits.part, limits.whole - self.length))
        self.length += len(data)
        # Count before parsing, since a tree takes fifty times the memory of its text. Both signs also occur in text
        # and comments, so the count may be too high, and is never too low.
        self.tags += data.count(b"<") - data.count(b"</")
        self.attributes += data.count(b"=")
        if self.tags > limits.tags or self.attributes > limits.attributes:
            raise NotOpened("too-many-tags", info.filename)
        if self.word:
            # The signs of UTF-16 have an empty byte each, between or before those of the names.
            self.parts.update(_LONG.findall(data.replace(b"\0", b"")))
            self.refuse_too_long(info.filename)
        return data, parse_xml(data, limits, info.filename)

    def refuse_too_long(self, name: str) -> None:
        parts, limits = self.parts, self.limits
        if (
            parts[b"p"] > limits.paragraphs
            or parts[b"r"] > limits.runs
            or parts[b"tr"] + parts[b"tc"] > limits.cells
            or parts[b"sdt"] > limits.controls
            or parts[b"br"] + parts[b"cr"] > limits.lines
        ):
            raise NotOpened("too-long", name)


#: The elements that make a document long.
_LONG = re.compile(rb"<(?:[\w.-]+:)?(p|r|tr|tc|sdt|br|cr)[\s/>]")


def _refuse_long_texts(trees: Iterable[XmlElement], limits: FileLimits) -> None:
    letters = lines = 0
    for tree in trees:
        for element in tree.iter("{*}t", "{*}delText"):
            text = element.text or ""
            letters += len(text if text.isascii() else unicodedata.normalize("NFKC", text))
            lines += text.count("\n") + text.count("\r")
            if letters > limits.letters or lines > limits.lines:
                raise NotOpened("too-long")


def _content_types(types: XmlElement, names: Mapping[str, object]) -> dict[str, str]:
    """
    Return the content type of each part, given for its name or else for its extension.
    """
    by_extension = {
        each.get("Extension", "").lower(): each.get("ContentType", "") for each in types.iter(f"{_NS_TYPES}Default")
    }
    by_name = {
        each.get("PartName", "").lstrip("/").lower(): each.get("ContentType", "")
        for each in types.iter(f"{_NS_TYPES}Override")
    }
    return {name: by_name.get(name) or by_extension.get(name.rpartition(".")[2], "") for name in names}


def _read_relations(root: XmlElement, folder: str) -> Iterator[Relation]:
    for each in root.iter(f"{_NS_RELATIONS}Relationship"):
        target = each.get("Target", "")
        outside = each.get("TargetMode", "") == "External"
        if not outside:
            # A slash in front means from the root; otherwise it counts from the folder of the part.
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield Relation(each.get("Id", ""), each.get("Type", ""), target, outside)


# --- XML parts

#: The beginning of the names in the strict dialect of Office files, and their usual names; the longer ones come first.
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = b"http://schemas.openxmlformats.org/"
_USUAL_NAMES = (
    (b"officeDocument/relationships/customProperties", b"officeDocument/2006/relationships/custom-properties"),
    (b"officeDocument/relationships/extendedProperties", b"officeDocument/2006/relationships/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/", b"officeDocument/2006/"),
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"drawingml/", b"drawingml/2006/"),
    (b"schemaLibrary/", b"schemaLibrary/2006/"),
)


def _in_usual_names(data: bytes) -> bytes:
    """
    Return XML in the strict dialect with the usual names of its elements and relations; we need no other difference.

    Only whole attributes are looked at, so that no word of a text changes.
    """
    for strict, usual in _USUAL_NAMES:
        for quote in (b'"', b"'"):
            data = data.replace(b"=" + quote + _STRICT + strict, b"=" + quote + _USUAL + usual)
    return data


#: All that may come before the first element, except a DOCTYPE. It never backtracks, so no text takes long.
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?>(?:(?>\s+|<\?.*?\?>|<!--.*?-->))*)", re.DOTALL)
_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
#: Encodings in which "<" is one byte, so that it can be counted.
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"utf-16")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def parse_xml(data: bytes, limits: FileLimits = LIMITS, name: str = "") -> XmlElement:
    """
    Return the root of XML from outside, without its comments. No entity is resolved, and no address looked up.

    Raises:
        NotOpened: It is not XML, or holds something that no document needs.
    """
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
    if _STRICT in data:
        data = _in_usual_names(data)
    try:
        return xml.parse(data, limits.depth)
    except xml.HasDoctype:
        raise NotOpened("doctype", name) from None
    except xml.NestedTooDeep:
        raise NotOpened("too-deep", name) from None
    except ValueError:
        raise NotOpened("damaged", name) from None
