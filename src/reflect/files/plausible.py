"""
Ask about values that can be, and are hardly meant: a day in another century, ten thousand minutes, a person twice.

A form says what is usual in its place: a number between two others, a day that is not after another. What is unusual is
read as it is, and its writer is asked. A question names our fields and lines, and never quotes what somebody wrote.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from reflect.files.forms import Day, Form, LineOr, ListOf, Moment, Number
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


def _questions(form: Form, value: Value, name: str, days: Days) -> Iterator[Question]:
    match value:
        case YamlMapping():
            known = {**days, **_days_in(form, value)}
            for key, (inner, _) in value.pairs.items():
                if (of := form.of_name(key)) is not None:
                    # A day is compared with the one of its own name further out, never with itself.
                    others = {name: day for name, day in known.items() if name != key}
                    yield from _questions(of, inner, key, others | {key: days[key]} if key in days else others)
            yield from _one_person_twice(value)
        case YamlList() if form.of_item is not None:
            for item in value.items:
                yield from _questions(form.of_item, item, name, days)
            yield from _items_twice(value)
        case YamlText():
            yield from _questions_of_text(_form_of_text(form), value, name, days)


def _form_of_text(form: Form) -> Form:
    """
    The form that a single text is read with.
    """
    while True:
        if isinstance(form, ListOf):
            form = form.each
        elif isinstance(form, LineOr):
            form = form.line
        elif form.short_name and (inner := form.of_name(form.short_name)) is not None:
            form = inner
        else:
            return form


def _questions_of_text(form: Form, value: YamlText, name: str, days: Days) -> Iterator[Question]:
    text = value.text.strip()
    if isinstance(form, Number) and form.usual and (number := form.value_of(text)) is not None:
        least, most = form.usual
        if not least <= number <= most:
            unusual = "unusually small" if number < least else "unusually large"
            yield value.line, f"'{name}' is {unusual}", f"check it; usual is {least} to {most}"
    if isinstance(form, (Day, Moment)) and (day := _day_of(form, text)) is not None:
        yield from _questions_of_day(form, day, value.line, name, days)


def _questions_of_day(form: Day | Moment, day: datetime.date, line: int, name: str, days: Days) -> Iterator[Question]:
    own = next((days[key] for key in _OWN_DAY if key in days), None)
    apart = day.year - own.year if own is not None and EARLIEST <= own.year <= LATEST else 0
    if form.any_year:
        return
    if not EARLIEST <= day.year <= LATEST or not -YEARS_BACK <= apart <= YEARS_ON:
        yield line, f"the year of '{name}' is far off", "check it"
        return
    for other in form.not_after:
        if other in days and _is_before(days[other], day):
            yield line, f"'{name}' is after {_name_other(other, name)}", _CHECK_DAYS
            return
    for other in form.not_before:
        if other in days and _is_before(day, days[other]):
            yield line, f"'{name}' is before {_name_other(other, name)}", _CHECK_DAYS
            return


def _name_other(other: str, name: str) -> str:
    return f"'{other}' of the whole file" if other == name else f"'{other}'"


def _is_before(one: datetime.date, other: datetime.date) -> bool:
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one < other
    return _plain(one) < _plain(other)


def _plain(day: datetime.date) -> datetime.date:
    return day.date() if isinstance(day, datetime.datetime) else day


def _day_of(form: Form, text: str) -> datetime.date | None:
    day = form.value_of(text) if isinstance(form, (Day, Moment)) else None
    return day if isinstance(day, datetime.date) else None


def _days_in(form: Form, value: YamlMapping) -> dict[str, datetime.date]:
    found: dict[str, datetime.date] = {}
    for key, (inner, _) in value.pairs.items():
        of = form.of_name(key)
        if of is not None and isinstance(inner, YamlText) and (day := _day_of(of, inner.text.strip())) is not None:
            found[key] = day
    return found


def fold_words(text: str) -> str:
    """
    Return a text as it is compared with others: without capitals, spaces, hyphens and signs that nobody sees.
    """
    return "".join(sign for sign in straighten(text).casefold() if sign.isalnum()) or text.strip()


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
