"""
Slips of the hand that nobody sees: a no-break space, a curly quotation mark, a dash that was a hyphen.

Word processors, phones and web pages put signs into text that look like the ones we read, or like nothing. There is
one table of them for every file and text that people write: pages, outlines, session files, wordings and CSV. Use it
only where something could *not* be read, to say why:

- `find_slip` takes a text that could not be read, and what would have read it. It returns the slip that was in the
  way, if there is one: what it is, what to type instead, and where it is in the text.
- `straighten` returns a text with every such sign as it was meant. A reader may compare what it gives with what is
  known ("did you mean"); it never reads what was straightened as if somebody had written it.
- `explain_line` takes a line that is not ``name: value`` or ``- value``, and says why, as far as a table can know.
- `explain_file` takes the bytes of a file that is not text, and says what it is: a workbook, a PDF, a picture.

Nothing here quotes what somebody wrote: a slip is named by its sign.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable

import attrs


@attrs.frozen
class Slip:
    """
    A sign that was taken for another, or that nobody sees.

    Attributes:
        what: What it is, with its number, such as ``"a no-break space (U+00A0)"``.
        remedy: What to do, such as ``"type a plain space"``.
        at: Where it is in the text, in characters from the start.
    """

    what: str
    remedy: str
    at: int = 0


_WIDTHS = (*range(0x2000, 0x2007), *range(0x2008, 0x200B))
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
#: What each sort of sign was meant to be, and what to do; then the signs, each with its name.
_TABLE: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        " ",
        "type a plain space",
        {
            "\u00a0": "a no-break space", "\u202f": "a narrow no-break space", "\u2007": "a space as wide as a digit",
            "\u3000": "a full-width space", **dict.fromkeys(map(chr, (0x1680, 0x205F, *_WIDTHS)), "an unusual space"),
        },
    ),
    (" ", "type spaces instead", {"\t": "a tab"}),
    (
        " ",
        "type the line again",
        {
            "\u2028": "a line separator", "\u2029": "a paragraph separator", "\x0b": "a line break of Word",
            "\x85": "an unusual line end",
        },
    ),
    (
        "",
        "take it out, or type the line again",
        {
            "\u200b": "a zero-width space", "\u200c": "a zero-width non-joiner", "\u200d": "a zero-width joiner",
            "\u2060": "a word joiner", "\ufeff": "a byte order mark", "\u00ad": "a soft hyphen",
            "\u034f": "a grapheme joiner", **dict.fromkeys(map(chr, _DIRECTIONS), "a direction mark"),
            **dict.fromkeys(map(chr, range(0xFE00, 0xFE10)), "a variation selector"),
        },
    ),
    (
        '"',
        'type a straight quotation mark (")',
        {
            **dict.fromkeys("“”„‟", "a curly quotation mark"), **dict.fromkeys("«»", "an angled quotation mark"),
            "″": "a double prime",
        },
    ),
    (
        "'",
        "type a straight apostrophe (')",
        {
            **dict.fromkeys("‘’‚‛", "a curly apostrophe"), **dict.fromkeys("‹›", "an angled quotation mark"),
            "´": "an accent", "ʼ": "a letter apostrophe", "′": "a prime",
        },
    ),
    (
        "-",
        "type a hyphen (-)",
        {
            "–": "an en dash", "—": "an em dash", "―": "a long dash", "−": "a minus sign", "\u2010": "another hyphen",
            "\u2011": "a no-break hyphen", "\u2012": "a figure dash", "﹘": "a small em dash", "─": "a line of a box",
        },
    ),
    (
        "-",
        "type a hyphen and a space (- )",
        {
            **dict.fromkeys("•‣◦●○▪▫■□◆◇➢➤✓✔·∙⁃", "a bullet"),
            **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc", "a bullet of Word"),
        },
    ),
    (":", "type a plain colon (:)", dict.fromkeys("꞉∶ː︓", "a sign like a colon")),
    ("|", "type a plain bar (|)", dict.fromkeys("¦│∣ǀ❘", "a sign like a bar")),
    (",", "type a plain comma (,)", dict.fromkeys("、،", "another comma")),
    (";", "type a plain semicolon (;)", {"؛": "another semicolon", "\u037e": "a Greek question mark"}),
    ("/", "type a plain slash (/)", {"⁄": "a fraction slash", "∕": "a division slash"}),
    ("...", "type three full stops (...)", {"…": "an ellipsis"}),
    ("*", "type a plain star (*)", {"∗": "a sign like a star"}),
)  # fmt: skip
#: Letters of other alphabets that look like ours, and ours.
_CYRILLIC = ("аеорсухіјѕԁһвкмнтАВЕКМНОРСТХІЈЅ", "aeopcyxijsdhbkmhtABEKMHOPCTXIJS")
_GREEK = ("αονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovpABEZHIKMNOPTYX")
_ALIKE = {
    sign: (meant, alphabet)
    for alphabet, (signs, letters) in {"Cyrillic": _CYRILLIC, "Greek": _GREEK}.items()
    for sign, meant in zip(signs, letters, strict=True)
}

_MEANT = {ord(sign): meant for meant, _, signs in reversed(_TABLE) for sign in signs}
_NAMES = {sign: (name, remedy) for _, remedy, signs in reversed(_TABLE) for sign, name in signs.items()}
_PLAIN = re.compile(r"[\n\x20-\x7e]*+")


@functools.lru_cache(4096)
def _meaning_of(sign: str) -> str | None:
    """
    What a sign was meant to be; None if it is not in the table.
    """
    if "\x20" <= sign <= "\x7e" or sign == "\n":
        return None
    if ord(sign) in _MEANT:
        return _MEANT[ord(sign)]
    if sign in _ALIKE:
        return _ALIKE[sign][0]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain != sign and len(plain) == 1 and plain.isascii() else None


def name_slip(sign: str, at: int = 0) -> Slip | None:
    """
    Return what a sign is and what to type instead; None if it is not in the table.
    """
    meant = _meaning_of(sign)
    if meant is None:
        return None
    number = f"U+{ord(sign):04X}"
    if sign in _NAMES:
        name, remedy = _NAMES[sign]
        return Slip(f"{name} ({number})", remedy, at)
    if sign in _ALIKE:
        _, alphabet = _ALIKE[sign]
        return Slip(f"a {alphabet} letter that looks like '{meant}' ({number})", f"type {meant}", at)
    name = "a full-width sign" if "FULLWIDTH" in unicodedata.name(sign, "") else "an unusual form of a sign"
    return Slip(f"{name} ({number})", f"type a plain {meant}", at)


def straighten(text: str) -> str:
    """
    Return a text with each sign of the table as it was meant.
    """
    if _PLAIN.fullmatch(text):
        return text
    meanings = {sign: _meaning_of(sign) for sign in set(text)}
    return text.translate({ord(sign): meant for sign, meant in meanings.items() if meant is not None})


def find_slip(text: str, reads: Callable[[str], object]) -> Slip | None:
    """
    Return the slip that keeps a text from being read; None if it is something else.

    Args:
        text: What could not be read.
        reads: Whether a text can be read. It is called at most once for each sort of sign in the text, and once more.
    """
    places: dict[str, int] = {}
    for at, sign in enumerate(text):
        if sign not in places and _meaning_of(sign) is not None:
            places[sign] = at
    if not places or reads(text) or not reads(straighten(text)):
        return None
    for sign, at in places.items():
        if reads(text.replace(sign, _meaning_of(sign) or "")):
            return name_slip(sign, at)
    sign, at = next(iter(places.items()))
    return name_slip(sign, at)


# --- lines of names and values

#: How a line reads that is not only a text: a name with its value, or an item of a list.
_PAIR_OR_ITEM = re.compile(r"[ ]*(?:-(?:[ ]+\S.*|[ ]*)|(?:-[ ]+)?[\"']?[A-Za-z][\w -]*[\"']?[ ]*:(?: .*)?)", re.S)
_NO_SPACE_AFTER_COLON = re.compile(r"\s*(?:-\s+)?(?P<name>[A-Za-z][\w-]*):(?!//)\S")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"\s*-[^\s-]")
_WITHOUT_COLON = re.compile(r"\s*(?P<name>[A-Za-z][\w-]*)\s*(?P<sign>=|;|\.|\s)")


def explain_line(line: str, names: Iterable[str] = ()) -> tuple[str, str] | None:
    """
    Return why a line is not ``name: value`` or ``- value``, and what to do; None if the table does not know.

    Args:
        line: The line, which could not be read.
        names: The names that may be before a colon. Only these are quoted, because any other word may be private.
    """
    known = set(names)
    if slip := find_slip(
        line.rstrip(), lambda text: _PAIR_OR_ITEM.fullmatch(text) or _NO_SPACE_AFTER_COLON.match(text)
    ):
        return f"the line has {slip.what}", slip.remedy
    if pair := _NO_SPACE_AFTER_COLON.match(line):
        name = pair["name"] if pair["name"] in known else "name"
        return "there is no space after the colon", f"write '{name}: …'"
    if _NO_SPACE_AFTER_HYPHEN.match(line):
        return "there is no space after the hyphen", "write '- …'"
    if _is_left_open(line):
        return "a quotation mark is opened but not closed", "close it, or take it out"
    if (word := _WITHOUT_COLON.match(line)) and word["name"] in known:
        return f"there is no colon after '{word['name']}'", f"write '{word['name']}: …'"
    return None


def _looks_like_pair_or_item(line: str) -> bool:
    return bool(_PAIR_OR_ITEM.fullmatch(line) or _NO_SPACE_AFTER_COLON.match(line))


def _is_left_open(line: str) -> bool:
    """
    Whether the value of a line begins with a straight quotation mark, and never ends with one.
    """
    value = re.sub(r"^\s*(?:-\s+)?(?:[A-Za-z][\w-]*:\s+)?", "", line).rstrip()
    return value[:1] in ('"', "'") and (len(value) == 1 or value.count(value[0]) % 2 == 1)


# --- files that are not text

#: What a file of each sort is called, and what to do to have it as text.
_COPY = "copy its words into a file of plain text, saved as UTF-8"
_AS_CSV = "open it and save the sheet as CSV (in Excel: Save as, CSV UTF-8)"
#: How files begin, and what they are.
_BEGINNINGS = {
    b"%PDF": ("is a PDF, not text", _COPY),
    b"{\\rtf": ("is rich text, not plain text", _COPY),
    b"\x89PNG": ("is a picture, not text", _COPY),
    b"\xff\xd8\xff": ("is a picture, not text", _COPY),
    b"GIF8": ("is a picture, not text", _COPY),
    b"SQLite format 3": ("is a database, not text", _COPY),
    b"\x1f\x8b": ("is a compressed file, not text", "unpack it, and name a file in it"),
    b"7z\xbc\xaf": ("is a compressed file, not text", "unpack it, and name a file in it"),
    b"Rar!": ("is a compressed file, not text", "unpack it, and name a file in it"),
}
#: What is in a package or an old Office file, and what that then is.
_INSIDE = {
    b"xl/workbook": ("is a workbook, not text", _AS_CSV),
    b"opendocument.spreadsheet": ("is a workbook, not text", _AS_CSV),
    b"word/document": ("is a Word file, not text", _COPY),
    b"opendocument.text": ("is a Writer file, not text", _COPY),
    b"ppt/presentation": ("is a slide show, not text", _COPY),
    b"W\0o\0r\0k\0b\0o\0o\0k\0": ("is an old workbook, not text", _AS_CSV),
    b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0": ("is an old Word file, not text", _COPY),
}
_PACKAGE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def explain_file(raw: bytes) -> tuple[str, str] | None:
    """
    Return what a file is that is not text, and how to have its words as text; None if nothing shows that it is not.
    """
    for beginning, found in _BEGINNINGS.items():
        if raw.startswith(beginning):
            return found
    if raw.startswith((_PACKAGE, _OLD_OFFICE)):
        inside = (found for sign, found in _INSIDE.items() if sign in raw)
        is_old = raw.startswith(_OLD_OFFICE)
        other = ("is an old Office file, not text", _COPY) if is_old else ("is a package of files, not text", _COPY)
        return next(inside, other)
    return None
