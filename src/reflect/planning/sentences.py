"""
What an agenda says about actions, cases and a workload, as sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from reflect.planning.caseload import Caseload
from reflect.planning.plan import RaisedLoad
from reflect.planning.session_file import Load
from reflect.questions.rings import Ring
from reflect.sessions.parts import Action
from reflect.sessions.support import Support, find_reasons
from reflect.text.prose import day_in_words, list_days, number_in_words

#: Of an action carried forward this often, ask what stopped it.
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


def sentences_of_cases(actions: Iterable[Action]) -> Iterator[str]:
    """
    Give a line for each case that has actions among these: how many there are, by its reference alone.
    """
    counts = Counter(action.case for action in actions if action.ring is Ring.CASE)
    for case, count in counts.items():
        yield (
            f"{case}: {number_in_words(count)}, see its record."
            if case
            else f"{capitalise(number_in_words(count))} about a case: see its record."
        )


def sentence_of_support(support: Support) -> str:
    """
    Return which support was agreed, and until when: as a day where it is one, or otherwise in the words that were
    written. It does not say why: words that give the reason away stay on their record.
    """
    until = day_in_words(support.ends) if support.ends else " ".join(support.until.split())
    until = f" until {until}" if until and not find_reasons(until) else ""
    if find_reasons(support.what):
        return f"Support{until}: see the record{f' of {support.when}' if support.when else ''}."
    return end_sentence(f"Support{until}: {' '.join(support.what.split())}")


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


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def end_sentence(text: str) -> str:
    """
    Return words as a sentence, so that another can follow.
    """
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
