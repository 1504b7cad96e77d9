"""
Ask about values that can be, and are hardly meant: a day in another century, ten thousand minutes, a person twice.

A form says what is usual in its place: a number between two others, a day that is not after another. What is unusual is
read as it is, and its writer is asked. A question names our fields and lines, and never quotes what somebody wrote.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from reflect.files.forms import Form
from reflect.files.slips import straighten
from reflect.files.yaml import Tell, Value, YamlList, YamlMapping, YamlText

#: A day outside these years is asked about.
EARLIEST, LATEST = 2000, 2099
#: A day is asked about if it is so many years before, or after, the day of its file.
YEARS_BACK, YEARS_ON = 30, 5
#: The names under which a file gives its own day.
_OWN_DAY = ("date", "raised", "happened")
#: The names of two people who cannot be one.
_TWO = ("supervisee", "supervisor")
#: Marks that choose between two looks of the sign before.
_CHOOSES_A_LOOK = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_CHECK_DAYS = "check the two days"

#: The days that a file gives, by their names.
Days = Mapping[str, datetime.date]


def ask_about(form: Form, value: Value, ask: Tell, days: Days | None = None) -> None:
    """
    Ask about all values of a file that can be, and are hardly meant.

    Args:
        form: What the file may hold.
        value: What it holds.
        ask: Takes a line, what is unusual, and what to do.
        days: Days that are known from elsewhere, such as that of the session.
    """
    for line, what, remedy in _questions(form, value, "", dict(days or {})):
        ask(line, what, remedy)


Question = tuple[int, str, str]
_NOTHING: tuple[Value | None, int] = (None, 0)


def _questions(form: Form, value: Value, name: str, days: Days) -> Iterator[Question]:
    match value:
        case YamlMapping():
            known = dict(days)
            asked = [(key, of, inner) for key, of in form.asked_fields if (inner := value.pairs.get(key, _NOTHING)[0])]
            for key, of, inner in asked:
                if isinstance(inner, YamlText) and (day := _day_of(of, inner.text)) is not None:
                    known[key] = day
            for key, of, inner in asked:
                if isinstance(inner, YamlText):
                    yield from _questions_of_text(of, inner, key, _Around(key, known, days))
            for key, (inner, _) in value.pairs.items():
                if not isinstance(inner, YamlText) and (nested := form.of_name(key)) is not None:
                    yield from _questions(nested, inner, key, known)
            yield from _one_person_twice(value)
        case YamlList() if form.of_item is not None:
            for item in value.items:
                if not isinstance(item, YamlText) or form.of_text.asked_about:
                    yield from _questions(form.of_item, item, name, days)
            yield from _items_twice(value)
        case YamlText():
            yield from _questions_of_text(form.of_text, value, name, _Around(name, days, days))


@attrs.frozen
class _Around:
    """
    The days around one day, which is never compared with itself, but with one of its own name further out.
    """

    name: str
    known: Days
    outer: Days

    def get(self, name: str) -> datetime.date | None:
        return (self.outer if name == self.name else self.known).get(name)


def _questions_of_text(form: Any, value: YamlText, name: str, around: _Around) -> Iterator[Question]:
    if form.asked_about == "number":
        number, usual = form.value_of(value.text.strip()), form.usual
        if usual and number is not None and not usual[0] <= number <= usual[1]:
            unusual = "unusually small" if number < usual[0] else "unusually large"
            yield value.line, f"'{name}' is {unusual}", f"check it; usual is {usual[0]} to {usual[1]}"
        return
    day = around.known.get(name) or _day_of(form, value.text)
    if day is not None and (question := _doubt_of_day(form, day, name, around)):
        yield value.line, *question


def ask_about_days(form: Form, known: Days, outer: Days) -> Iterator[tuple[str, str]]:
    """
    Give what is unusual about the days of one object that has been read already, and what to do.

    Args:
        form: What the object may hold; all that is asked about there is days, and numbers that may have any size.
        known: Its days, by name.
        outer: The days around it.
    """
    every = {**outer, **known}
    for name, of in form.asked_fields:
        if name in known and (question := _doubt_of_day(of, known[name], name, _Around(name, every, outer))):
            yield question


def _doubt_of_day(form: Any, day: datetime.date, name: str, around: _Around) -> tuple[str, str] | None:
    """
    Return what is unusual about a day, and what to do, if anything is.
    """
    if form.any_year:
        return None
    year, apart = day.year, 0
    for key in _OWN_DAY:
        if (own := around.get(key)) is not None:
            apart = year - own.year if EARLIEST <= own.year <= LATEST else 0
            break
    if not EARLIEST <= year <= LATEST or not -YEARS_BACK <= apart <= YEARS_ON:
        return f"the year of '{name}' is far off", "check it"
    for other in form.not_after:
        if (bound := around.get(other)) is not None and _is_before(bound, day):
            return f"'{name}' is after {_name_other(other, name)}", _CHECK_DAYS
    for other in form.not_before:
        if (bound := around.get(other)) is not None and _is_before(day, bound):
            return f"'{name}' is before {_name_other(other, name)}", _CHECK_DAYS
    return None


def _name_other(other: str, name: str) -> str:
    return f"'{other}' of the whole file" if other == name else f"'{other}'"


def _is_before(one: datetime.date, other: datetime.date) -> bool:
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one < other
    return _plain(one) < _plain(other)


def _plain(day: datetime.date) -> datetime.date:
    return day.date() if isinstance(day, datetime.datetime) else day


def _day_of(form: Any, text: str) -> datetime.date | None:
    day: datetime.date | None = form.value_of(text.strip()) if form.asked_about == "day" else None
    return day


def fold_words(text: str) -> str:
    """
    Return a text as it is compared with others: without capitals, spaces, hyphens and signs that nobody sees. Marks on
    letters stay.
    """
    whole = unicodedata.normalize("NFC", straighten(text).casefold())
    return "".join(filter(_is_of_word, whole)) or text.strip()


def _is_of_word(sign: str) -> bool:
    """
    Tell whether a sign is a letter, a digit, or a mark that is seen on one.
    """
    return sign.isalnum() or (unicodedata.category(sign) in ("Mn", "Mc") and sign not in _CHOOSES_A_LOOK)


def _one_person_twice(value: YamlMapping) -> Iterator[Question]:
    two = [value.pairs[name][0] for name in _TWO if name in value.pairs]
    texts = [each.text for each in two if isinstance(each, YamlText) and each.text.strip()]
    if len(texts) == 2 and fold_words(texts[0]) == fold_words(texts[1]):
        line = value.pairs[_TWO[1]][1]
        yield line, "the supervisor is called what the supervisee is called", "check who is who"


def _items_twice(value: YamlList) -> Iterator[Question]:
    lines: dict[str, int] = {}
    for item in value.items:
        words = _words_of(item)
        if words and words in lines:
            yield item.line, f"this is on line {lines[words]} too", "keep one of the two"
        lines.setdefault(words, item.line)


def _words_of(item: Value) -> str:
    """
    What an item of a list says, in short; empty if that cannot be said.
    """
    if isinstance(item, YamlMapping):
        item = item.pairs.get("what", item.pairs.get("ref", (YamlText("", 0), 0)))[0]
    return fold_words(item.text) if isinstance(item, YamlText) else ""
