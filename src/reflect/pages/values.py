"""
Single values on a page: plain text, choices, numbers and minutes.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from reflect.errors import write_one_of
from reflect.files.slips import find_slip
from reflect.pages.limits import PageReading
from reflect.pages.markup import find_html
from reflect.text import markdown

_NUMBER = re.compile(r"(?=.*[1-9])[0-9]{1,3}")
_TYPED_MINUTES = re.compile(r"(?P<minutes>[0-9]+(?:\s*(?:-|to)\s*[0-9]+)?)\s*(?:min|mins|minutes?)?\.?")
_MINUTES = re.compile(r"\s*[0-9]{1,3}\s*(?:-\s*[0-9]{1,3}\s*)?")
#: Looks that `reflect.pages.mending` takes out of words.
_MENDED = ("bold", "emphasis", "code", "a link")
_Choice = TypeVar("_Choice", bound=enum.StrEnum)


@attrs.frozen
class PageValue:
    """
    The value of an attribute or in front matter, as it is written.

    Attributes:
        line: Where it is; None if that is not known.
        label: Its name and sign, such as ``"minutes="`` or ``"minutes: "``.
    """

    reading: PageReading
    line: int | None
    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}{self.text}"

    def add_fault(self, what: str, remedy: str) -> None:
        self.reading.add_fault(self.line, what, remedy)

    def find_slip(self, reads: Callable[[str], object]) -> bool:
        """
        Return whether a sign that nobody sees keeps the value from being read, and add a fault if so.
        """
        slip = find_slip(self.text, reads)
        if slip is not None:
            self.add_fault(f"'{self}' has {slip.what}", slip.remedy)
        return slip is not None

    def choose(self, kind: type[_Choice]) -> _Choice | None:
        """
        Return the choice it names; None and a fault if it names none.
        """
        name = self.choose_name(kind)
        return kind(name) if name else None

    def choose_name(self, names: Iterable[str]) -> str:
        """
        Return the value if it is one of the names; otherwise an empty text and a fault.
        """
        members = [str(member) for member in names]
        if self.text in members:
            return self.text
        if self.find_slip(members.__contains__):
            return ""
        self.add_fault(f"'{self}' is not known", write_one_of(self.text, members))
        return ""

    def choose_one_or_two(self, kind: type[_Choice]) -> tuple[_Choice, ...]:
        """
        Return the choices it names, separated by a comma.
        """
        words = [word.strip() for word in self.text.split(",")]
        members = {str(member): member for member in kind}
        for word in words:
            if word not in members:
                self.add_fault(f"'{self.label}{word}' is not known", write_one_of(word, members))
        if len(words) > 2 or len(set(words)) < len(words):
            self.add_fault(f"'{self}' has more than two names, or one of them twice", "name one or two")
        return tuple(members[word] for word in dict.fromkeys(words) if word in members)[:2]

    def read_number(self) -> int | None:
        """
        Return the whole number it is; None and a fault if it is not one.
        """
        if _NUMBER.fullmatch(self.text):
            return int(self.text)
        if self.find_slip(_NUMBER.fullmatch):
            return None
        self.add_fault(f"'{self}' is not a number from 1 to 999", "write a whole number")
        return None

    def read_number_of_one(self) -> int | None:
        """
        Return the same where one number is wanted, and people may write two.
        """
        if two := re.fullmatch(r"[0-9]{1,3}\s*-\s*([0-9]{1,3})", self.text):
            self.add_fault(f"'{self}' is two numbers", f"write the one that is usual: {self.label}{two[1]}")
            return None
        return self.read_number()

    def read_minutes(self) -> tuple[int, int] | None:
        """
        Return the least and the usual minutes; None and a fault if they cannot be read.
        """
        if self.find_slip(_MINUTES.fullmatch):
            return None
        typed = _TYPED_MINUTES.fullmatch(self.text)
        if not typed and re.search(r"[^\W\d_]", self.text):
            remedy = "write whole minutes, such as 20, or 20-30 for the least and the usual"
            if re.search(r"\d.*[^\W\d_]", self.text):
                remedy += "; if each person has a turn, give the part minutes= for one turn and rounds="
            self.add_fault(f"'{self}' is not a number from 1 to 999", remedy)
            return None
        low, _, high = (re.sub(r"\s*(?:to|-)\s*", "-", typed["minutes"]) if typed else self.text).partition("-")
        least = attrs.evolve(self, text=low).read_number()
        usual = attrs.evolve(self, text=high).read_number() if high else least
        if least is None or usual is None:
            return None
        if least > usual:
            self.add_fault(f"'{self}' has the larger number first", f"write {usual}-{least}")
            return None
        return least, usual


def find_unprintable(reading: PageReading, text: str, line: int, what: str) -> bool:
    """
    Return whether a text has a character that cannot be printed, and add a fault if so.
    """
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp"):
            problem = f"{what} holds a character that cannot be printed (U+{ord(character):04X})"
            reading.add_fault(line, problem, "type the line again")
            return True
    return False


def read_plain_text(reading: PageReading, source: str, line: int, what: str) -> str:
    """
    Return the plain text of a line of Markdown; bold, links and the like are faults.
    """
    find_html(reading, source, line)
    text, looks = markdown.read_words(" ".join(source.split("\n")))
    for look in looks:
        remedy = r"take the marks out, or put \ before them"
        problem = f"{what} must be plain text, and this one has {look}"
        reading.add_fault(line, problem, remedy)
        if look in _MENDED:
            reading.looks[line, problem] = range(line, line + source.count("\n") + 1)
    if not find_unprintable(reading, text, line, what) and re.search(r"\\\\\{", text):
        remedy = r"write \{ for a brace that is only a brace"
        reading.add_fault(line, f"{what} has two backslashes before a brace", remedy)
    return " ".join(text.split())
