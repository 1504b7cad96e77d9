"""
What may identify somebody in a file that is meant to hold references only: names, birthdays, NHS numbers.

We warn and never refuse: the person who wrote the line knows what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from reflect.errors import GIVE_UP, Fault
from reflect.text.capitals import Compound, read_compounds
from reflect.text.links import without_links
from reflect.text.seeing import Translation, fold_loosely, fold_word, has_no_spaces, seen_text

_DATE = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d\b")
_BORN = re.compile(r"\b(?:dob|born|date of birth)\b", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
#: Words with a capital that are not part of anybody's name.
_COMMON = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december street road house court lane avenue centre center room school hospital
    team service services social work worker care council county city north south east west united kingdom royal
    college university health trust office board annual review case plan meeting conference order section act
    the a an and of for with what my our we i is how when where who this that new official sensitive
    nhs cp cin plo icpc rcpc ehcp send camhs marac mash lado iro cafcass ofsted dbs cpd asye idva isva dols
    not on in at to by as or no all any do read note please urgent only
    """.split()  # noqa: SIM905  # words one can read
)
#: Small words inside a name, between its capitals.
_PARTICLES = frozenset(
    """
    af al ap av bin bint da de del della den der di dos du el ferch ibn la le ten ter van von y zu
    """.split()  # noqa: SIM905  # words one can read
)
#: More words in capitals in a row are loud, and no name.
_MOST_IN_A_NAME = 4
#: Words of a script without capitals are pointed out where they are less than this part of a file.
_FEW = 1 / 3
#: Fields that name places, agencies and professions, not people.
_PUBLIC_LINE = re.compile(r"^\s*(?:place|organisation|marking|profile|wording|nation|title)\s*:")


def _ends_in_check_digit(digits: str) -> bool:
    """
    Whether ten digits end in the check digit of an NHS number.
    """
    check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return {11: 0}.get(check, check) == int(digits[9])


def identifying_lines(text: str, where: str) -> Iterator[Fault]:
    """
    Give a warning for each line that may identify somebody, without repeating the line; for names, for the first
    thousand such lines.

    Words are taken as people see them, in any language. In a script without capitals two words in a row are pointed
    out if most of the file is in another script.
    """
    raw = text.split("\n")
    lines = [
        "" if typed.lstrip().startswith("#") else without_links(seen) if _PUBLIC_LINE.match(seen) else seen
        for typed, seen in zip(raw, seen_text(text).split("\n"), strict=True)
    ]
    whole = "\n".join(lines)
    numbers = (ten for ten in _TEN_DIGITS.finditer(whole) if _ends_in_check_digit(re.sub(r"\D", "", ten[0])))
    days = sorted(match.start() for find in (_DATE, _BORN) for match in find.finditer(whole))
    found = [
        *((n, 0) for n in _lines_at((number.start() for number in numbers), whole)),
        *((n, 1) for n in _lines_at(days, whole)),
        *((n, 2) for n in islice(_lines_with_names(lines, whole), GIVE_UP)),
    ]
    for n, kind in sorted(found):
        yield Fault(where, n + 1, *_WARNINGS[kind])


_WARNINGS = (
    ("this line may hold an NHS number", "take it out; a reference is enough"),
    ("this line may hold a date of birth", "take it out; an age is enough, if that"),
    ("this line may hold a full name", "write initials, a role or a reference"),
)


def _lines_at(places: Iterable[int], text: str) -> Iterator[int]:
    """
    Give the line of each place in a text, each line once. The places are in order, and lines count from 0.
    """
    line = before = 0
    last = -1
    for place in places:
        line += text.count("\n", before, place)
        before = place
        if line != last:
            yield (last := line)


def _kind_of(char: str) -> str:
    """
    Return A for a capital, a for a small letter, c for a letter of a script without capitals, 0 for a digit, and the
    rest as a space; line ends stay.
    """
    if char == "\n" or unicodedata.category(char)[0] not in "LN":
        return "\n" if char == "\n" else " "
    if char.isupper() or char.istitle():
        return "A"
    return "a" if char.islower() else "0" if char.isdigit() else "c"


_KINDS = Translation(_kind_of)
#: Where a word with a capital may begin.
_BEGINS = re.compile("(?<![Aa])A")


def _lines_with_names(lines: list[str], whole: str) -> Iterator[int]:
    """
    Give the lines that may hold a full name, counted from 0.

    Most lines have no two words with a capital, and no letter without capitals: they are not taken apart.
    """
    kinds = whole.translate(_KINDS)
    foreign = 0 < kinds.count("c") < _FEW * (len(kinds) - kinds.count(" ") - kinds.count("\n"))
    for n, (line, letters) in enumerate(zip(lines, kinds.split("\n"), strict=True)):
        two_capitals = len(_BEGINS.findall(letters)) > 1
        if not (two_capitals or (foreign and "c" in letters)) or _PUBLIC_LINE.match(line):
            continue
        words = list(read_compounds(line))
        if (two_capitals and _holds_name(words)) or (foreign and _holds_caseless_name(words)):
            yield n


def _holds_name(words: list[Compound]) -> bool:
    """
    Tell whether two words with a capital are next to each other, neither a common one, and perhaps with an initial or
    a particle between them.
    """
    loud = _loud_words(words)
    for row in _rows_of_names(words):
        full = [word for word in row if _may_be_name(word) and word.start not in loud]
        if any(_is_pair(*pair) for pair in pairwise(full)):
            return True
    return False


def _loud_words(words: list[Compound]) -> set[int]:
    """
    Return where words begin that are in capitals with so many others that they are no name.
    """
    loud: set[int] = set()
    row: list[int] = []
    for word in words:
        if row and not (word.capitals and word.before == " "):
            loud.update(row if len(row) > _MOST_IN_A_NAME else ())
            row = []
        if word.capitals:
            row.append(word.start)
    return loud.union(row if len(row) > _MOST_IN_A_NAME else ())


def _rows_of_names(words: list[Compound]) -> Iterator[list[Compound]]:
    """
    Give the words that are next to each other and may be of one name.
    """
    row: list[Compound] = []
    for word in words:
        after_initial = bool(row) and len(row[-1].text) == 1 and word.before == ". "
        if row and not (after_initial or (word.before and not word.before.strip(" \t_"))):
            yield row
            row = []
        if _may_be_name(word) or (row and _may_be_inside_name(word)):
            row.append(word)
        elif row:
            yield row
            row = []
    if row:
        yield row


def _may_be_name(word: Compound) -> bool:
    if not word.capital or len(word.text) < 2 or word.text.lower() in _COMMON:
        return False
    # Short words in capitals without a vowel are short forms.
    return not word.capitals or (
        len(word.text) > 2 and any(c in "aeiouyαειουаеиоуыяюєі" for c in fold_loosely(fold_word(word.text)))
    )


def _may_be_inside_name(word: Compound) -> bool:
    if word.text.lower() in _PARTICLES and not word.capitals:
        return True
    return word.capital and len(word.text) == 1 and word.text not in "AI"


def _is_pair(one: Compound, other: Compound) -> bool:
    """
    Tell whether two words may be first name and surname; three letters in capitals beside another word are a short
    form.
    """
    return one.capitals == other.capitals or all(len(word.text) > 3 for word in (one, other) if word.capitals)


def _holds_caseless_name(words: list[Compound]) -> bool:
    return any(word.caseless and has_no_spaces(word.text) and len(word.text) > 1 for word in words) or any(
        one.caseless and other.caseless and other.before == " " for one, other in pairwise(words)
    )
