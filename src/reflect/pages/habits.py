"""
Habits of a writer: turns that are good once, and that page after page shares.

The table is `habits.yaml`. A habit is found by the words of a question, so it is a rule of thumb, as all advice is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from importlib import resources

import attrs

from reflect.files import objects
from reflect.files.forms import ListOf, NameLine, Number, TextLine
from reflect.files.objects import describe, list_of
from reflect.shown import Brief

_WORDS = ListOf(TextLine(60))
_ONE_IN = Number(2, 1_000)
#: How many questions a page has, when ``on-a-page`` is all that it may have.
_USUAL = 20
#: What ``NUMBER`` stands for in the table.
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen"
#: What stands before the word that a sentence begins with, and is not heard as its beginning.
_JOINING = r"(?:(?:and|but|so|or|now|then|well)[, ]+)?(?:(?:in|into|of|on|to|at|for|from|with|by|under)\s+)?"


@attrs.frozen(kw_only=True)
class Habit(Brief):
    """
    A turn that becomes a habit, and how often it may be taken.
    """

    name: str = attrs.field(metadata=describe(NameLine(), "what it is called in code", needed=True))
    title: str = attrs.field(metadata=describe(TextLine(60), "what it is", needed=True))
    begins: tuple[str, ...] = attrs.field(default=(), metadata=describe(_WORDS, "words that a sentence begins with"))
    says: tuple[str, ...] = attrs.field(default=(), metadata=describe(_WORDS, "words or phrases in it"))
    pattern: str = attrs.field(default="", metadata=describe(TextLine(200), "a regular expression"))
    unless: tuple[str, ...] = attrs.field(default=(), metadata=describe(_WORDS, "phrases that are something else"))
    one_page_in: int | None = attrs.field(default=None, metadata=describe(_ONE_IN, "one page in so many may have it"))
    one_question_in: int | None = attrs.field(default=None, metadata=describe(_ONE_IN, "one question in so many may"))
    on_a_page: int = attrs.field(
        metadata=describe(Number(1, 50), "how many questions of a page of twenty may", needed=True)
    )
    because: str = attrs.field(metadata=describe(TextLine(200), "why it has a ceiling", needed=True))
    instead: str = attrs.field(metadata=describe(TextLine(100), "what to do", needed=True))

    def most_of(self, questions: int) -> int:
        """
        Return how many questions of a page with so many may have this turn.
        """
        return max(self.on_a_page, self.on_a_page * questions // _USUAL)

    def is_in(self, text: str) -> bool:
        """
        Return whether a question has this turn.
        """
        return bool(_compile(self).search(_leave_out(self.unless, _simplify(text))))


@attrs.frozen(kw_only=True)
class _Habits(Brief):
    habits: tuple[Habit, ...] = attrs.field(metadata=describe(list_of(Habit), "habits", needed=True))


@functools.cache
def habits() -> tuple[Habit, ...]:
    """
    Return all habits, in their order.
    """
    text = (resources.files("reflect.pages") / "habits.yaml").read_text("utf-8")
    return objects.read(text, _Habits, "habits.yaml").habits


@functools.cache
def _compile(habit: Habit) -> re.Pattern[str]:
    says, begins = _any_of(habit.says), _any_of(habit.begins)
    patterns = [
        *([habit.pattern] if habit.pattern else []),
        *([rf"\b(?:{says})\b"] if says else []),
        *([rf"(?:^|[.?!:]\s+){_JOINING}(?:{begins})\b"] if begins else []),
    ]
    return re.compile("|".join(patterns))


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(each).replace("NUMBER", f"(?:{_NUMBERS})") for each in phrases)


def _leave_out(phrases: tuple[str, ...], text: str) -> str:
    return re.sub(rf"\b(?:{_any_of(phrases)})\b", "", text) if phrases else text


def _simplify(text: str) -> str:
    return text.replace("\u2019", "'").strip().lower()


# --- on one page


def habits_over_of_page(questions: Iterable[str]) -> Iterator[tuple[Habit, int]]:
    """
    Give each habit that more questions of a page have than may, and how many have it.
    """
    texts = tuple(questions)
    for habit in habits():
        many = sum(map(habit.is_in, texts))
        if many > habit.most_of(len(texts)):
            yield habit, many
