"""
Understand when two people meet next, as they write it on a record: "Wednesday 1 April, 10:00"; and until when something
holds: "20 March", "the end of May".
"""

from __future__ import annotations

import calendar
import datetime
import re

import attrs

from reflect.errors import Refused
from reflect.sessions.typed import MONTHS, fold_text
from reflect.shown import Brief

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})[a-z]*)"
_YEAR = r"(?:[ ,'./-]+(?P<year>\d{4}|\d\d)(?![\d.:]|\s*[ap]\.?m\b))?"
_NAMED = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ ./-]*{_MONTH}\b\.?{_YEAR}")
_TURNED = re.compile(rf"\b{_MONTH}\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d){_YEAR}")
_FIGURES = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})\b\.?(?:[/.-]?(?P<year>\d{4}|\d\d)(?![\d.:]))?")
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})(?:[a-z]*day|r?s?)s?\b\.?")
_WORDS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"one": 1, **{word: n for n, word in enumerate(_WORDS, 1)}}
_WEEKS = re.compile(rf"\b(?:in )?(?P<weeks>\d{{1,2}}|{'|'.join(_NUMBERS)}) weeks?\b(?:'? time)?")
#: From an hour to an hour: the second is taken out, and whether it is before noon goes to the first.
_SPAN = re.compile(
    r"\b(\d{1,2}(?:[:.]\d\d)?)\s*(?:-|to|until|till)\s*(\d{1,2})(?:[:.]\d\d(?:\s*([ap])\.?m\b\.?)?|\s*([ap])\.?m\b\.?)"
)
_COLON = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?")
_HALF = re.compile(r"\b(?P<hour>\d{1,2})(?:\.(?P<minute>\d\d))?\s*(?P<half>[ap])\.?m\b\.?")
_NOON = re.compile(r"\b(?:12 )?(?:noon|midday)\b")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2})\s*o'? ?clock\b")
_DOTTED = re.compile(r"\b(?P<hour>\d{1,2})[.h](?P<minute>\d\d)\b")
_FOUR = re.compile(r"\b(?P<hour>\d\d)(?P<minute>\d\d)\b(?:\s*(?:h|hrs|hours))?")
_LONE = re.compile(r"\bat (?P<hour>\d{1,2})\b|^\s*(?P<only>\d{1,2})\s*$")
#: An hour that is written in words, or only hinted at: it is not taken for the usual one.
_IN_WORDS = re.compile(r"\b(?:o'? ?clock|(?:half|quarter|ten|twenty|five)[- ](?:past|to)|morning|afternoon|evening)\b")
#: A day without its year is at most this many days away, and one with it twice as many, or it is hardly meant.
_LONGEST_WAIT = 200
#: How a day is written until which something holds: as a day, the end of a month, or a number of weeks.
_UNTIL = (_ISO, _NAMED, _TURNED, _FIGURES, re.compile(rf"end of {_MONTH}\b\.?{_YEAR}"), _WEEKS)
#: Words before and after it that say no more.
_AROUND = re.compile(r"^(?:(?:until|till|up|to|on|by|the)\b|[ .;()-]+)+|(?:\b(?:inclusive|included)\b|[ .;()-]+)+$")
_HOUR_REMEDY = "write it in figures, such as 14:30, or give the day with --date and the hour with --start"
_REMEDY = "correct it on the record, or give the day with --date"


@attrs.frozen
class NextTime(Brief):
    """
    When two people meet next.

    Attributes:
        day: None if only an hour is said.
        start: The hour, such as ``10:00``; empty if none is said.
    """

    day: datetime.date | None = None
    start: str = ""


def read_next_time(text: str, after: datetime.date) -> NextTime | None:
    """
    Return the day and the hour in a text; None if it is blank. If it says no year, it is the first such day after
    *after*.

    Args:
        after: The day of the session that it was written in.

    Raises:
        Refused: It cannot be understood, or cannot be meant; the message does not quote it.
    """
    rest = " ".join(fold_text(text).replace(",", " ").split())
    if not rest:
        return None
    rest = _SPAN.sub(_begin_of_span, rest)
    start, rest = _take_clock(rest, _COLON, _HALF, _NOON, _CLOCK)
    weekday, rest = _take(_WEEKDAY, rest)
    day, rest = _take_day(rest, after)
    if not start:
        start, rest = _take_clock(rest, _DOTTED, _FOUR, _LONE)
    if not start and _IN_WORDS.search(rest):
        raise Refused(f"the record says when you meet next, and its hour is in words; {_HOUR_REMEDY}")
    named = _WEEKDAYS.index(weekday["weekday"]) if weekday else None
    if day is None and named is not None:
        day = after + datetime.timedelta(days=(named - after.weekday() - 1) % 7 + 1)
    elif day is not None and named is not None and day.weekday() != named:
        raise Refused(f"the record says when you meet next, and that day of the month is another weekday; {_REMEDY}")
    if day is None and not start:
        raise Refused(f"the record says when you meet next, and no day can be read in it; {_REMEDY}")
    if day is not None and day <= after:
        raise Refused(f"the record says that you meet next on a day that is not after it; {_REMEDY}")
    return NextTime(day, start)


def read_until(text: str, after: datetime.date) -> datetime.date | None:
    """
    Return the day in a text such as ``Friday 20 March`` or ``the end of May``; None if it says anything else or more
    than a day, as "20 March, if the panel has met" does. If it says no year, it is the next such day.

    Args:
        after: The day on which it was written.
    """
    weekday, rest = _take(_WEEKDAY, " ".join(fold_text(text).replace(",", " ").split()))
    rest = _AROUND.sub("", rest)
    found = next(filter(None, (pattern.fullmatch(rest) for pattern in _UNTIL)), None)
    named = _WEEKDAYS.index(weekday["weekday"]) if weekday else None
    if found is None:
        only = named is not None and not rest
        return after + datetime.timedelta(days=((named or 0) - after.weekday() - 1) % 7 + 1) if only else None
    day = _day_until(found, after)
    return day if named is None or (day and day.weekday() == named) else None


def _day_until(match: re.Match[str], after: datetime.date) -> datetime.date | None:
    parts = match.groupdict()
    try:
        if weeks := parts.get("weeks"):
            return after + datetime.timedelta(weeks=int(weeks) if weeks.isdigit() else _NUMBERS[weeks])
        name, year = parts["month"], int(parts["year"] or 0)
        month = int(name) if name.isdigit() else MONTHS.index(name[:3]) + 1

        def of_year(year: int) -> datetime.date:
            last = calendar.monthrange(year, month)[1]
            return datetime.date(year, month, int(parts.get("day") or last))

        if year:
            return of_year(year + 2000 * (year < 100))
        day = of_year(after.year)
        day = day if day >= after else of_year(after.year + 1)
        return day if (day - after).days <= _LONGEST_WAIT else None
    except ValueError:
        return None


def _begin_of_span(match: re.Match[str]) -> str:
    half = match[3] or match[4]
    if half == "p" and int(re.split("[:.]", match[1])[0]) > int(match[2]):
        half = "a"  # from eleven to one
    return f"{match[1]}{half}m" if half else match[1] if ":" in match[1] or "." in match[1] else f"{match[1]}:00"


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """
    Return what matches in a text, and the text without it.
    """
    match = pattern.search(text)
    return match, f"{text[: match.start()]} {text[match.end() :]}" if match else text


def _take_clock(text: str, *patterns: re.Pattern[str]) -> tuple[str, str]:
    for pattern in patterns:
        match, rest = _take(pattern, text)
        if match is None:
            continue
        parts = match.groupdict()
        hour, minute = int(parts.get("hour") or parts.get("only") or 12), int(parts.get("minute") or 0)
        if half := parts.get("half"):
            if not 1 <= hour <= 12:
                break
            hour = hour % 12 + 12 * (half == "p")
        if hour > 23 or minute > 59:
            break
        return f"{hour:02}:{minute:02}", rest
    else:
        return "", text
    raise Refused(f"the record says when you meet next, and its hour is not a time of day; {_REMEDY}")


def _take_day(text: str, after: datetime.date) -> tuple[datetime.date | None, str]:
    for pattern in (_ISO, _NAMED, _TURNED, _FIGURES):
        match, rest = _take(pattern, text)
        if match is None:
            continue
        year = match["year"] or ""
        whole = int(year or after.year) + 2000 * (len(year) == 2)
        if not 0 <= whole - after.year <= 1 and (len(year) == 2 or (whole < 1900 and pattern is not _ISO)):
            year, rest = "", f"{rest} {year}"  # it is an hour
        month = match["month"]
        figure = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        return _day_of(int(match["day"]), figure, whole if year else 0, after), rest
    match, rest = _take(_WEEKS, text)
    if match:
        weeks = match["weeks"]
        return after + datetime.timedelta(weeks=int(weeks) if weeks.isdigit() else _NUMBERS[weeks]), rest
    return None, text


def _day_of(day: int, month: int, year: int, after: datetime.date) -> datetime.date:
    try:
        found = datetime.date(year or after.year, month, day)
        found = found if year or found > after else found.replace(year=after.year + 1)
    except ValueError:
        raise Refused(f"the record says when you meet next, and there is no such day; {_REMEDY}") from None
    if (found - after).days > _LONGEST_WAIT * (2 if year else 1):
        raise Refused(f"the record says when you meet next, and that is too far away to be meant; {_REMEDY}")
    return found
