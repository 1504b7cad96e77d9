"""
What an agenda says about actions, cases and a workload, as sentences.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable

from reflect.planning.caseload import Caseload
from reflect.planning.plan import RaisedLoad
from reflect.planning.session_file import Load, Promise
from reflect.shown import count_of
from reflect.text.prose import day_in_words, list_days

#: For an action carried forward this often, ask: keep, change or drop?
OFTEN_CARRIED = 3
#: An agenda names at most this many cases or families. It counts the others, and a remark names them to the two.
MOST_NAMES = 16


def sentence_of_backlog(caseload: Caseload) -> str:
    """
    Return what it would take to catch up; empty if nobody is waiting.
    """
    if not caseload.backlog:
        return ""
    slots, waiting = len(caseload.in_depth), len(caseload.backlog)
    if not slots:
        due = number_in_words(waiting)
        return f"There is no slot for {due} due: take them to a group, a peer or a short extra session."
    more = math.ceil(waiting / slots)
    have = f"{number_in_words(slots)} slot{'s' if slots != 1 else ''}".capitalize()
    sessions = f"{number_in_words(more)} more session{'s' if more != 1 else ''} like this"
    return (
        f"{have} cannot cover {number_in_words(slots + waiting)} due: it would take {sessions}, "
        "or a group, a peer or a short extra session for the others."
    )


def sentence_of_action(action: Promise, on: datetime.date, who: str) -> str:
    """
    Return who does what, and how late it is.
    """
    late = (on - action.due).days if action.due else 0
    days = f", {count_of(late, 'day')} overdue" if late > 0 else ""
    case = f" ({action.case})" if action.case else ""
    often = f"; carried {action.carried} times: keep, change or drop?" if action.carried >= OFTEN_CARRIED else "."
    return f"{capitalise(who)}: {action.what.rstrip('.')}{case}{days}{often}"


def sentence_of_load(load: Load, limit: int | None, raised: RaisedLoad | None) -> str:
    """
    Return what a workload comes to, whether it was raised and put in writing, and whom it goes to next.
    """
    text = f"{load.points} of {limit} points" if limit else f"{load.points} points"
    if limit and load.points > limit:
        text += f"; said on {list_days(load.said)}" if load.said else ""
        text += "" if load.written else ", not yet in writing"
    return f"{text}. To the {raised.to}, for an answer by {day_in_words(raised.by)}." if raised else f"{text}."


def list_names(names: Iterable[str]) -> str:
    """
    Return names in a list; if there are very many, the first ones and how many more there are.
    """
    known = tuple(names)
    more = f" and {len(known) - MOST_NAMES} more" if len(known) > MOST_NAMES else ""
    return ", ".join(known[:MOST_NAMES]) + more


def number_in_words(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def end_sentence(text: str) -> str:
    """
    Return words as a sentence, so that another can follow.
    """
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
