"""
The support line, which says what will be done to help, but not why.

The line goes on the supervision file, and the reason stays between the two. A line such as "appointment on
22 May kept free" gives both away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.questions.rings import Ring, narrows
from reflect.sessions.record import Record

#: Words that give a reason away: appointments and treatment, home, grief and law.
_REASONS = re.compile(
    r"\b(?:appointments?|hospital|clinic|doctor|gp|scan|surgery|operation|treatment|therap(?:y|ist)|counsell(?:ing|or)"
    r"|medic(?:al|ation|ine)|diagnos\w*|test results?|illness|sick(?:ness)?|pregnan\w*|maternity|ivf|miscarriage"
    r"|partner|husband|wife|separat(?:ed|ion)|divorce\w*|child ?care|school run|carer?s?|caring for|mother|father"
    r"|parents?|son|daughter|funeral|bereave\w*|grief|death|solicitor|court|police|debt|money|bankrupt\w*|drinking"
    r"|alcohol|faith|prayers?|ramadan|menopaus\w*|anxiety|depress\w*|panic|stress(?:ed)?|burn(?:ed|t)? ?out|because)\b",
    re.IGNORECASE,
)


def find_reasons(line: str) -> tuple[str, ...]:
    """
    Return the words of a support line that give its reason away, in order; none if it only says what will be done.

    It only knows common words: a line that passes can still give the reason away to somebody who knows the rest.
    """
    return tuple(dict.fromkeys(match[0].lower() for match in _REASONS.finditer(line)))


def find_telling_lines(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    Yield the support lines of a record that say why: for each its place, and the words that give the reason.
    """
    about = {item.key for item in record.items if item.use.partition(".")[0] == "wellbeing-check-in"}
    for each in record.answers:
        if each.key in about and narrows(Ring.PERSONAL, each.ring) and (found := find_reasons(each.text)):
            yield each.key, found
