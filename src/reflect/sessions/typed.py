"""
Understand what people type where a form asks for a tick, a number or a day.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence

import attrs

from reflect.shown import Brief
from reflect.text.seeing import seen_text

#: Signs that say yes, and signs of a box left empty.
_YES = "☒☑✓✔✅🗹🗸✗✘☓×"
_NO = "☐□◻⬜▢❏❑"
_SIGN = re.compile(f"[{_YES}{_NO}]\ufe0f?|\\[ *[xXvV✓✔]? *\\]|\\( *[xXvV✓✔]? *\\)")


def fold_text(text: str) -> str:
    """
    Return a text ready to compare with others: no ticks, and one kind of quotes, dashes, spaces and case.
    """
    if not text.isascii():
        text = seen_text(unicodedata.normalize("NFKC", text))
    text = _SIGN.sub(" ", text)
    return " ".join(text.split()).casefold().rstrip(" .:?")


def key_of_words(text: str) -> str:
    """
    Return what a line that somebody wrote is known again by: two lines that share it say the same, in other capitals,
    spaces or quotes, or without the full stop. A line of signs alone is known by its signs.
    """
    return fold_text(text) or " ".join(seen_text(unicodedata.normalize("NFKC", text)).split())


def is_blank(text: str) -> bool:
    return not text.strip()


# --- days

#: The first three letters of the months.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})\b")
_TURNED = re.compile(r"\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_UK = re.compile(r"\b(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\b")


def read_day(text: str) -> datetime.date | None:
    """
    Return the day that a text names, or None: day before month, in figures or words, as people in the UK write it.
    """
    known = fold_text(text)
    try:
        if match := _NAMED.search(known):
            return datetime.date(_read_year(match[3]), _read_month(match[2]), int(match[1]))
        if match := _TURNED.search(known):
            return datetime.date(int(match[3]), _read_month(match[1]), int(match[2]))
        if match := _ISO.search(known):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _UK.search(known):
            return datetime.date(_read_year(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


def _read_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _read_month(text: str) -> int:
    return MONTHS.index(text[:3]) + 1


# --- ticks


@attrs.frozen
class TickedOptions(Brief):
    """
    What was ticked.

    Attributes:
        before: The words before the options, such as what they are about.
        other: What was written after them, or instead of them.
        doubt: What is uncertain about it, if anything.
    """

    chosen: tuple[str, ...] = ()
    before: str = attrs.field(default="", repr=False)
    other: str = attrs.field(default="", repr=False)
    doubt: str = ""


@attrs.frozen
class LineStretch(Brief):
    """
    A stretch of a line of options.

    Attributes:
        ticked: Whether its own control says that it is ticked; None if it has no control.
        strong: Whether it stands out: bold, underlined, highlighted.
    """

    text: str = attrs.field(repr=False)
    ticked: bool | None = None
    strong: bool = False
    struck: bool = False


def read_ticks(signs: Sequence[LineStretch], options: Sequence[str]) -> TickedOptions:
    """
    Return what was ticked on a line of options, however it was marked: by a sign before or after an option, by
    letters in brackets, by an option that stands out, or by striking out or deleting the others.
    """
    text, states = _join_stretches(signs)
    kept = "".join(" " * len(sign.text) if sign.struck else sign.text for sign in signs)
    found = _find_options(text, options)
    number = all(option.isdigit() for option in options) and 2 * len(found) < len(options)
    if not found or (number and not _SIGN.search(text) and not states):
        other = " ".join(_SIGN.sub(" ", kept).split())
        return _read_typed_option(other, options) if other else TickedOptions()
    marks = {n: _read_mark(text, start, end, found, states) for n, (start, end) in found.items()}
    strong, struck = _looks_of_options(signs, found)
    ticked = [n for n, mark in marks.items() if mark]
    chosen = [n for n in ticked if n not in struck]
    doubt = ""
    if ticked and not chosen:
        doubt = "what was ticked is crossed out"
    elif not chosen:
        chosen, doubt = _option_that_stands_out(strong, struck, found)
    elif len(chosen) > 1:
        doubt = "more than one is ticked"
    if not doubt and not chosen and len(found) == 1 and len(options) > 1 and not any(marks[n] is False for n in found):
        chosen, doubt = list(found), "the others were deleted"
    spans = sorted(found.values())
    first = spans[0][0]
    rest = _cut_spans(kept[first:], [(start - first, end - first) for start, end in spans])
    return TickedOptions(
        tuple(options[n] for n in sorted(chosen)), _without_ticks(kept[:first]), _without_ticks(rest), doubt
    )


def _without_ticks(text: str) -> str:
    return " ".join(re.sub(r"(?<!\w)[xXvV/](?=\s*$)", "", _SIGN.sub(" ", text)).split()).strip(" /|,;·-")


def _join_stretches(signs: Sequence[LineStretch]) -> tuple[str, dict[int, bool]]:
    """
    The line as one text, and the state of each control in it, by place. A visible sign overrides its control.
    """
    out, states, at = [], {}, 0
    for sign in signs:
        if sign.ticked is not None and sign.text and sign.text[0] not in _YES + _NO:
            states[at] = sign.ticked
        out.append(sign.text)
        at += len(sign.text)
    return "".join(out), states


def _find_options(text: str, options: Sequence[str]) -> dict[int, tuple[int, int]]:
    """
    Where each option is. We look for the longest first, since one may be part of another.
    """
    taken: list[tuple[int, int]] = []
    found: dict[int, tuple[int, int]] = {}
    for n in sorted(range(len(options)), key=lambda n: -len(options[n])):
        pattern = r"\s+".join(map(re.escape, options[n].split()))
        free = [
            match.span()
            for match in re.finditer(rf"(?<![\w]){pattern}(?![\w])", text, re.IGNORECASE)
            if not any(start < match.end() and match.start() < end for start, end in taken)
        ]
        # The words may also be in the question, but there they have no box before them.
        boxed = [span for span in free if _SIGN.search(text[: span[0]].rstrip()[-4:])]
        if free:
            found[n] = (boxed or free)[0]
            taken.append(found[n])
    return dict(sorted(found.items()))


def _read_mark(
    text: str, start: int, end: int, found: dict[int, tuple[int, int]], states: dict[int, bool]
) -> bool | None:
    """
    Whether an option has its own sign: before it, as on our papers, or otherwise after it.
    """
    ends = [other for _, other in found.values() if other <= start]
    before = text[max(ends, default=0) : start].rpartition("\t")[2]
    for at, state in states.items():
        if max(ends, default=0) <= at < start:
            return state
    signs = list(_SIGN.finditer(before))
    if signs:
        # Between two options the last sign belongs to the later one.
        return _says_yes(signs[-1][0])
    lone = re.search(r"(?<!\w)[xXvV/](?=\s*$)", before)
    if lone:
        return True
    starts = [other for other, _ in found.values() if other >= end]
    after = text[end : min(starts, default=len(text))].partition("\t")[0]
    if match := re.match(rf"\s*({_SIGN.pattern})", after):
        # After an option, if the first one has no sign before it.
        first = min(span[0] for span in found.values())
        if not _SIGN.search(text[:first]):
            return _says_yes(match[1])
    return None


def _says_yes(sign: str) -> bool:
    return any(c in _YES or c in "xXvV" for c in sign)


def _looks_of_options(signs: Sequence[LineStretch], found: dict[int, tuple[int, int]]) -> tuple[set[int], set[int]]:
    """
    The options that stand out, and those that are struck through.
    """
    strong, struck = set(), set()
    at = 0
    for sign in signs:
        for n, (start, end) in found.items():
            middle = (start + end) // 2
            if at <= middle < at + len(sign.text):
                if sign.strong:
                    strong.add(n)
                if sign.struck:
                    struck.add(n)
        at += len(sign.text)
    return strong, struck


def _option_that_stands_out(
    strong: set[int], struck: set[int], found: dict[int, tuple[int, int]]
) -> tuple[list[int], str]:
    """
    The only option that stands out, or the only one that is not struck through.
    """
    if len(strong - struck) == 1 and len(found) > 1:
        return list(strong - struck), "it stands out, and is not ticked"
    left = set(found) - struck
    if struck and len(left) == 1:
        return list(left), "the others are struck through"
    return [], ""


def _cut_spans(text: str, spans: list[tuple[int, int]]) -> str:
    out, at = [], 0
    for start, end in sorted(spans):
        out.append(text[at:start])
        at = end
    return " ".join([*out, text[at:]])


def _read_typed_option(text: str, options: Sequence[str]) -> TickedOptions:
    """
    Understand what was typed instead of a tick: the number of a scale, or nearly an option.
    """
    known = {fold_text(option): option for option in options}
    if fold_text(text) in known:
        return TickedOptions((known[fold_text(text)],), doubt="it was typed")
    if options and all(option.isdigit() for option in options):
        numbers = re.findall(r"(?<![\d.,])\d{1,2}(?![\d.,]*\d)", re.sub(r"(?:/|out of|of)\s*10\b", "", text))
        if len(set(numbers)) == 1 and str(int(numbers[0])) in options:
            other = "" if text == numbers[0] else text
            return TickedOptions((str(int(numbers[0])),), other=other, doubt="it was typed")
    return TickedOptions(other=text, doubt="it is not one of the options")
