"""
Words as people see them, in any language: what two texts have to share to be the same to whoever reads them.

Programs save one word in many ways: with letters composed or not, with any of a dozen apostrophes and hyphens, with
marks inside that nobody sees. `seen_text` writes a text in one of these ways, and is what texts are compared by.
`read_words` gives the words of a text, each folded: capitals, and letters that look alike, are the same there.
Everything takes time in proportion to the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator

import attrs

from reflect.shown import Brief

APOSTROPHES = frozenset("'‘’‚‛′`´ʹʻʼʽʾʿˈ՚׳ߴꞌ＇\u1fbd\u1fbf\uff40")
HYPHENS = frozenset("-‐‑‒–—―−⁃˗֊־⸗⹀﹘﹣－゠")
_QUOTES = frozenset('"“”„‟«»″＂〃')
_DOTS = frozenset(".․．｡")
_MIDDLE_DOTS = frozenset("·‧•・･∙⋅")
#: Letters and marks that print nothing, beside the signs of format (category Cf); and a stroke that makes words longer.
_UNSEEN = frozenset("\u034f\u0640\u180b\u180c\u180d\u180f") | {
    chr(code) for run in (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)) for code in run
}
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0|")
#: Scripts written without spaces between words, or with endings joined to a name: every letter may begin one.
_UNSPACED = (
    (0x0E01, 0x10A0), (0x1100, 0x1200), (0x1780, 0x1800), (0x2E80, 0x2FE0), (0x3005, 0x30A0), (0x3105, 0x3190),
    (0x31A0, 0x31C0), (0x3400, 0x4DC0), (0x4E00, 0xA4D0), (0xA960, 0xA980), (0xAC00, 0xD800), (0xF900, 0xFB00),
    (0xFFA1, 0xFFDD), (0x20000, 0x40000),
)  # fmt: skip
_KATAKANA = ((0x30A1, 0x30FB), (0x30FC, 0x3100), (0x31F0, 0x3200), (0xFF66, 0xFFA0))
#: Other ways to write a letter, that look like it: those of fonts and of Arabic, ligatures, and full-width ones.
_SAME_LETTER = re.compile("<(?:compat|font|wide|narrow|initial|medial|final|isolated|noBreak)>")


def _is_in(ranges: tuple[tuple[int, int], ...], code: int) -> bool:
    return any(first <= code < end for first, end in ranges)


def _sort_of(char: str) -> str:
    """
    Return the sort of a sign, as one letter: w, k and c are letters of words, m a mark on one, u nothing that is seen,
    s a space, a an apostrophe, h a hyphen, d a middle dot; the full stop and the low line are themselves; x the rest.
    """
    code, category = ord(char), unicodedata.category(char)
    for sort, signs in (("a", APOSTROPHES), ("h", HYPHENS), (".", _DOTS), ("d", _MIDDLE_DOTS), ("s", _BLANKS)):
        if char in signs:
            return sort
    if char in _UNSEEN or category == "Cf" or (category == "Cc" and not char.isspace()):
        return "u"
    if char == "_" or char.isspace():
        return "_" if char == "_" else "s"
    if category[0] == "M" or 0x1160 < code < 0x1200:
        return "m"
    if category[0] not in "LN":
        return "x"
    return "k" if _is_in(_KATAKANA, code) else "c" if _is_in(_UNSPACED, code) else "w"


def _sign_as_seen(char: str) -> str:
    for meant, signs in (("'", APOSTROPHES), ("-", HYPHENS), ('"', _QUOTES), ("...", frozenset("…"))):
        if char in signs:
            return meant
    sort = _sort_of(char)
    if sort == "u":
        return ""
    if sort == "s" and char not in "|\n":
        return " "
    same = _SAME_LETTER.match(unicodedata.decomposition(char))
    return unicodedata.normalize("NFKC", char) if same and sort in "wkcm" else char


class Translation(dict[int, str]):
    """
    What `str.translate` puts for each sign; it is worked out when a sign is first met.
    """

    def __init__(self, put: Callable[[str], str]) -> None:
        super().__init__()
        self._put = put

    def __missing__(self, code: int) -> str:
        text = self[code] = self._put(chr(code))
        return text


_SORTS, _SEEN = Translation(_sort_of), Translation(_sign_as_seen)


def sorts_of(text: str) -> str:
    """
    Return the sort of each sign of a text, one letter for each, in the same places; see `_sort_of`.
    """
    return text.translate(_SORTS)


def seen_text(text: str) -> str:
    """
    Return a text in the one way that stands for all ways to write what people see.

    Letters are composed; there is one apostrophe, one hyphen, one quotation mark and one space; signs that nobody sees
    are left out. Capitals stay, and so do line ends.
    """
    return unicodedata.normalize("NFC", text.translate(_SEEN))


def looks_alike(one: str, other: str) -> bool:
    """
    Tell whether people see the same words on the same lines, whatever the spaces between them.
    """
    return one == other or _lines_as_seen(one) == _lines_as_seen(other)


def _lines_as_seen(text: str) -> list[str]:
    return [" ".join(line.split()) for line in seen_text(text).strip().split("\n")]


# --- words

_WORD = re.compile("w(?:[wmu]*[wm])?|k(?:[kmu]*[km])?|c(?:[mu]*m)?")
#: Letters whose marks come and go: Greek ones lose them in capitals, Arabic and Hebrew ones have them in school books.
_MARKS_COME_AND_GO = ((0x0370, 0x0400), (0x0590, 0x0700), (0x1F00, 0x2000))
#: One letter for those that look alike, or that one keyboard has in place of another's.
_ALIKE = str.maketrans(
    {
        "ı": "i", **dict(zip("аеорсухіјѕԁһвкмнт", "aeopcyxijsdhbkmht", strict=True)),
        **dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)),
        "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647", "\u0671": "\u0627",
    }
)  # fmt: skip


@attrs.frozen
class SeenWord(Brief):
    """
    A word of a text: letters and digits in a row, with the marks on them. A letter of a script that is written without
    spaces is a word by itself.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        folded: The word, with capitals and letters that look alike made the same.
    """

    start: int
    end: int
    folded: str = attrs.field(repr=False)


def read_words(text: str, sorts: str = "") -> Iterator[SeenWord]:
    """
    Give the words of a text, in order.

    Args:
        text: The text.
        sorts: What `sorts_of` returns for it, if that is known.
    """
    for match in _WORD.finditer(sorts or sorts_of(text)):
        start, end = match.span()
        yield SeenWord(start, end, fold_word(text[start:end]))


@functools.lru_cache(8192)
def fold_word(word: str) -> str:
    """
    Return a word with capitals, and letters that look alike, made the same.
    """
    if word.isascii():
        return word.lower()
    folded: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFD", seen_text(word).casefold()):
        if not unicodedata.combining(char):
            base = char
        elif (
            _is_in(_MARKS_COME_AND_GO, ord(base or "x"))
            or (base == "i" and char == "\u0307")
            or (base == "е" and char == "\u0308")  # the Cyrillic letter; most people do not type its dots
        ):
            continue
        folded.append(char)
    return "".join(folded).translate(_ALIKE)


#: Letters with a stroke, and two in one, which have no mark that could be left off.
_BARE = {
    ord(letter): bare
    for letter, bare in zip("łøđħŧæœþðŋ", ("l", "o", "d", "h", "t", "ae", "oe", "th", "d", "n"), strict=True)
}


def fold_loosely(word: str) -> str:
    """
    Return a folded word without the marks on its letters: what somebody types who has not got them on the keyboard.
    """
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).translate(_BARE)


# --- capitals


def begins_with_capital(word: str) -> bool:
    """
    Tell whether the first letter of a word that can be a capital is one.
    """
    return next((c.isupper() or c.istitle() for c in word if c.isupper() or c.islower() or c.istitle()), False)


def has_no_case(word: str) -> bool:
    """
    Tell whether a word is of a script without capitals.
    """
    if word.isascii():
        return word.lower() == word.upper()
    return not any(c.isupper() or c.islower() or c.istitle() for c in word)


def is_in_capitals(word: str) -> bool:
    """
    Tell whether all letters of a word that can be capitals are; the German ß need not.
    """
    if word.isascii():
        return word.isupper()
    return not any(c.islower() and c != "ß" for c in word) and not has_no_case(word)


def has_no_spaces(word: str) -> bool:
    """
    Tell whether a word is of a script that is written without spaces between words.
    """
    return bool(word) and sorts_of(word)[0] in "ck"
