"""
Find names in a text as people see them, whatever signs they are written with.

A name is found as it is given, with a capital and in capitals. Its words may be joined by a space, a hyphen or
nothing that is seen, its initials may have dots, and it may have an ending such as 's behind an apostrophe. Initials
and references such as F11 are found in capitals only: ``AM`` is not in "I am".

All names are looked up together, word by word, so the time grows with the text and not with the number of names.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.shown import Brief
from reflect.text.seeing import (
    APOSTROPHES,
    SeenWord,
    begins_with_capital,
    has_no_case,
    is_in_capitals,
    looks_alike,
    read_words,
    seen_text,
    sorts_of,
)

#: No name has more words than this, nor more letters where each is a word by itself.
MOST_WORDS = 40
#: What may be between two words of a name: nothing, a space, a hyphen, a low line or a middle dot.
_SOFT = frozenset(["", "s", "h", "hs", "sh", "_", "d", "sds"])
#: The same behind an initial or a short form: A. M., St. John.
_DOTTED = frozenset([".", ".s", ".h", ".sh"])
_SHORT_FORM = 3
#: What may be in place of an apostrophe: O'Brien, O' Brien, O Brien.
_AFTER_APOSTROPHE = frozenset(["a", "as", "s", "h"])
#: What may be between the letters and the number of a reference: F11, F-11.
_IN_REFERENCE = frozenset(["h", "_"])
_ENDINGS = frozenset(["s", "d", "ll", "ve", "re", "m"])
_REFERENCE = re.compile(r"([^\W\d_]+)(\d+)")


@attrs.frozen
class NamePlace(Brief):
    """
    A place in a text where a name may stand.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        name: The name, as it was given.
        certain: Whether it is the name; otherwise only its letters are the same, without the capitals.
    """

    start: int
    end: int
    name: str = attrs.field(repr=False)
    certain: bool


@attrs.frozen
class _NamePart:
    """
    A word of a name, and what comes before it.

    Attributes:
        folded: The word, folded.
        between: The sorts of signs that may be between it and the word before; None if `exactly` says it.
        exactly: What is between the two.
        capitals: Whether it is found in capitals only: initials, and references.
        lower: Whether it is given without a capital.
        bound: Whether it follows the word before without a space, so that its capital may be left off.
    """

    folded: str
    between: frozenset[str] | None
    exactly: str = ""
    capitals: bool = False
    lower: bool = False
    bound: bool = False


@attrs.define(eq=False)
class _Branch:
    next: dict[str, _Branch] = attrs.field(factory=dict)
    names: list[tuple[str, tuple[_NamePart, ...]]] = attrs.field(factory=list)


def _join_sorts(sorts: str) -> str:
    """
    The sorts of what is between two words, without what nobody sees, and several spaces as one.
    """
    return re.sub("s+", "s", sorts.replace("u", "").replace("m", ""))


def _read_parts(name: str) -> tuple[_NamePart, ...]:
    sorts = sorts_of(name)
    words = list(read_words(name, sorts))
    texts = [seen_text(name[word.start : word.end]) for word in words]
    shouted = len(words) > 1 and all(map(is_in_capitals, texts))
    parts: list[_NamePart] = []
    for n, (word, text) in enumerate(zip(words, texts, strict=True)):
        before = name[words[n - 1].end : word.start] if n else ""
        join = _join_sorts(sorts[words[n - 1].end : word.start]) if n else ""
        between: frozenset[str] | None = None
        if join in ("a", "as", "sa"):
            between = _AFTER_APOSTROPHE
        elif (
            join in _IN_REFERENCE
            and text.isdigit()
            and is_in_capitals(texts[n - 1])
            and len(texts[n - 1]) <= _SHORT_FORM
        ):
            between = _IN_REFERENCE
        elif join in _SOFT or join in _DOTTED:
            between = _SOFT
        letters = sum(not c.isdigit() for c in text)
        initials = is_in_capitals(text) and (letters < 3 or len(text) > letters or (letters == 3 and not shouted))
        parts.append(
            _NamePart(
                word.folded,
                between,
                " ".join(seen_text(before).split()),
                capitals=initials,
                lower=not initials and not begins_with_capital(text),
                bound=bool(n) and join in ("a", "h"),
            )
        )
    return tuple(parts)


def _spellings(parts: tuple[_NamePart, ...]) -> Iterator[tuple[_NamePart, ...]]:
    """
    Give the ways in which the words of a name may be cut: ``AM`` or ``A`` and ``M``, ``O`` and ``Brien`` or ``OBrien``.
    """
    choices: list[list[tuple[_NamePart, ...]]] = []
    for part in parts:
        ways: list[tuple[_NamePart, ...]] = [(part,)]
        if (
            part.capitals
            and 1 < len(part.folded) < 5
            and part.folded.isalpha()
            and not has_no_case(part.folded.upper())
        ):
            letters = [attrs.evolve(part, folded=c, between=_SOFT, exactly="") for c in part.folded]
            ways.append((attrs.evolve(part, folded=letters[0].folded), *letters[1:]))
        elif part.capitals and (match := _REFERENCE.fullmatch(part.folded)):
            number = attrs.evolve(part, folded=match[2], between=_IN_REFERENCE, exactly="")
            ways.append((attrs.evolve(part, folded=match[1]), number))
        choices.append(ways)
    several = sum(len(ways) > 1 for ways in choices)
    yield from map(_chain, itertools.product(*choices) if several < 4 else zip(*choices, strict=False))
    # Words that are joined: initials to initials, what an apostrophe or a hyphen binds, and all of them.
    for joins in (
        lambda one, other: one.capitals and other.capitals,
        lambda one, other: other.between is _AFTER_APOSTROPHE,
        lambda one, other: other.between is not None,
    ):
        joined: list[_NamePart] = []
        for part in parts:
            if joined and joins(joined[-1], part):
                both = joined[-1].folded + part.folded
                joined[-1] = attrs.evolve(joined[-1], folded=both, capitals=joined[-1].capitals and part.capitals)
            else:
                joined.append(part)
        if len(joined) < len(parts):
            yield tuple(joined)


def _chain(ways: Iterable[tuple[_NamePart, ...]]) -> tuple[_NamePart, ...]:
    return tuple(itertools.chain.from_iterable(ways))


def keys_of_name(name: str) -> frozenset[tuple[str, ...]]:
    """
    Return what a name is looked up by: two names that share a key are one, whatever signs they are written with.

    It is empty for a text without letters and digits, which cannot be a name.
    """
    return frozenset(tuple(part.folded for part in parts) for parts in _spellings(_read_parts(name)) if parts)


def is_same_name(one: str, other: str) -> bool:
    """
    Tell whether two names are the same, whatever signs, spaces and capitals they are written with. Initials are not the
    name that they stand for.
    """
    keys, others = keys_of_name(one), keys_of_name(other)
    return bool(keys & others) if keys or others else looks_alike(one, other)


def may_be_one_person(one: str, other: str) -> bool:
    """
    Tell whether two names may be those of one person: the same, or one has initials in place of words of the other.
    """
    pairs = itertools.product(keys_of_name(one), keys_of_name(other))
    return is_same_name(one, other) or any(_shortens(key, known) or _shortens(known, key) for key, known in pairs)


def _shortens(short: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """
    Tell whether each word of one key is that of another or its initial, and there are several; a word may be the
    initials of all of them.
    """
    words = tuple(_letters_of(short[0])) if len(short) == 1 else short
    pairs = zip(words, key, strict=False)
    return len(words) == len(key) > 1 and all(
        word == whole or word in _initials_of(whole) or whole in _initials_of(word) for word, whole in pairs
    )


def _initials_of(word: str) -> tuple[str, str]:
    """
    The first letter of a folded word, with the marks on it and without.
    """
    return _letters_of(word)[0], word[0]


def _letters_of(word: str) -> list[str]:
    """
    The letters of a folded word, each with the marks on it.
    """
    return [word[match.start() : match.end()] for match in re.finditer(".[mu]*", sorts_of(word))]


class NameFinder:
    """
    Finds names in texts.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._root = _Branch()
        for name in names:
            for parts in _spellings(_read_parts(name)):
                node = self._root
                for part in parts:
                    node = node.next.setdefault(part.folded, _Branch())
                if parts:
                    node.names.append((name, parts))

    def find(self, text: str) -> Iterator[NamePlace]:
        """
        Give the places of names in a text, in order. Places that are certain do not overlap: of several names that
        begin in one place the longest counts, and what it covers holds no other.
        """
        sorts = sorts_of(text)
        words = list(read_words(text, sorts))
        unsure: list[NamePlace] = []
        covered = n = 0
        while n < len(words):
            place, after = self._longest_at(text, sorts, words, n)
            if place is None or not place.certain:
                unsure += [place] if place else []
                n += 1
                continue
            yield from (each for each in unsure if each.start >= covered and each.end <= place.start)
            unsure, covered = [], place.end
            yield place
            n = after
        yield from (each for each in unsure if each.start >= covered)

    def _longest_at(self, text: str, sorts: str, words: list[SeenWord], first: int) -> tuple[NamePlace | None, int]:
        """
        Return the longest name that begins with a word, and the number of the word after it.
        """
        node, best, after = self._root, None, first
        for n in range(first, len(words)):
            following = node.next.get(words[n].folded)
            if following is None:
                break
            node = following
            for name, parts in node.names:
                here = words[first : n + 1]
                if not _is_joined_alike(text, sorts, here, parts):
                    continue
                certain = _has_capitals_of(text, sorts, here, parts) and not _is_part_of_word(
                    sorts, words, first, n, parts
                )
                if best is None or certain or not best.certain:
                    end = here[-1].end + (certain and _ends_in_dot(text, sorts, here, parts))
                    best, after = NamePlace(here[0].start, end, name, certain), n + 1
        return best, after


def _is_joined_alike(text: str, sorts: str, words: list[SeenWord], parts: tuple[_NamePart, ...]) -> bool:
    """
    Tell whether what is between words in a text is what may be between those of a name.
    """
    for one, other, before, part in zip(words, words[1:], parts, parts[1:], strict=False):
        if part.between is None:
            if " ".join(seen_text(text[one.end : other.start]).split()) != part.exactly:
                return False
            continue
        if before.capitals and part.capitals and "\n" in text[one.end : other.start]:
            return False  # one letter on each line is a list
        join = _join_sorts(sorts[one.end : other.start])
        short = len(before.folded) <= _SHORT_FORM and _DOTTED if part.between is _SOFT else frozenset[str]()
        if join not in part.between and not (short and join in short):
            return False
        if join == "s" and before.capitals and part.capitals and "i" in (before.folded, part.folded):
            return False  # "I" is a word too
    return True


def _has_capitals_of(text: str, sorts: str, words: list[SeenWord], parts: tuple[_NamePart, ...]) -> bool:
    for n, (word, part) in enumerate(zip(words, parts, strict=True)):
        here = seen_text(text[word.start : word.end])
        if part.capitals:
            if not is_in_capitals(here) and not has_no_case(here):
                return False
        elif not (part.lower or begins_with_capital(here) or has_no_case(here)):
            tied = n and part.bound and "s" not in sorts[words[n - 1].end : word.start]
            if not tied:
                return False
    return True


def _is_part_of_word(sorts: str, words: list[SeenWord], first: int, last: int, parts: tuple[_NamePart, ...]) -> bool:
    """
    Tell whether initials are only a piece of a word with an apostrophe: ``LL`` in "I'LL", ``D`` in "D'Angelo".
    """
    if not all(part.capitals for part in parts):
        return False
    if first and _join_sorts(sorts[words[first - 1].end : words[first].start]) == "a":
        return True
    lone = first == last and len(words[first].folded) == 1
    following = lone and last + 1 < len(words) and _join_sorts(sorts[words[last].end : words[last + 1].start]) == "a"
    return bool(following) and words[last + 1].folded not in _ENDINGS


def _ends_in_dot(text: str, sorts: str, words: list[SeenWord], parts: tuple[_NamePart, ...]) -> bool:
    """
    Tell whether a full stop behind initials belongs to them: there is one inside too, and the sentence goes on.
    """
    end = words[-1].end
    inside = any("." in sorts[one.end : other.start] for one, other in itertools.pairwise(words))
    if (
        not (inside or len(words[0].folded) == 1)
        or not all(part.capitals for part in parts)
        or sorts[end : end + 1] != "."
    ):
        return False
    after = text[end + 1 : end + 40].lstrip()
    if sorts[end + 1 : end + 2] in ("a", "x"):
        return after[:1] in APOSTROPHES or after[:1] in ",;:)"
    return sorts[end + 1 : end + 2] == "s" and after[:1].islower()
