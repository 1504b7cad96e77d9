"""
What may identify somebody in a file that is meant to hold references only: names, birthdays, NHS numbers.

We warn and never refuse: the person who wrote the line knows what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reflect.errors import Fault

_DATE = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d\b")
_BORN = re.compile(r"\b(?:dob|born|date of birth)\b", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_CAPITAL = r"[A-ZÀ-Ý][A-Za-zÀ-ÿ'’-]{0,25}[a-zà-ÿ]"
_NAME = re.compile(rf"\b{_CAPITAL}(?:[ \t]+{_CAPITAL})+")
#: Words with a capital that are not part of anybody's name.
_COMMON = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december street road house court lane avenue centre center room school hospital
    team service services social work worker care council county city north south east west united kingdom royal
    college university health trust office board annual review case plan meeting conference order section act
    the a an and of for with what my our we i is how when where who this that new official sensitive
    """.split()  # noqa: SIM905  # words one can read
)
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
    Give a warning for each line that may identify somebody, without repeating the line.
    """
    for n, raw in enumerate(text.split("\n"), 1):
        line = "" if raw.lstrip().startswith("#") else raw
        numbers = ("".join(filter(str.isdigit, ten)) for ten in _TEN_DIGITS.findall(line))
        if any(_ends_in_check_digit(number) for number in numbers):
            yield Fault(where, n, "this line may hold an NHS number", "take it out; a reference is enough")
        if _DATE.search(line) or _BORN.search(line):
            yield Fault(where, n, "this line may hold a date of birth", "take it out; an age is enough, if that")
        if not _PUBLIC_LINE.match(line) and any(_holds_name(words) for words in _NAME.findall(line)):
            yield Fault(where, n, "this line may hold a full name", "write initials, a role or a reference")


def _holds_name(words: str) -> bool:
    """
    Whether two words with a capital are next to each other and neither is a common one.
    """
    uncommon = [word.lower() not in _COMMON for word in words.split()]
    return any(first and second for first, second in pairwise(uncommon))
