"""
The line that says what will be done to help, and not why.

A support line goes on the supervision file; the reason stays between two people. A line such as "appointment on
22 May kept free" says both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.questions.rings import Ring, narrows
from reflect.sessions.record import Record

#: Words that tell a reason: appointments and treatment, home, grief and law.
_REASONS = re.compile(
    r"\b(?:appointments?|hospital|clinic|doctor|gp|scan|surgery|operation|treatment|therap(?:y|ist)|counsell(?:ing|or)"
    r"|medic(?:al|ation|ine)|diagnos\w*|test results?|illness|sick(?:ness)?|pregnan\w*|maternity|ivf|miscarriage"
    r"|partner|husband|wife|separat(?:ed|ion)|divorce\w*|child ?care|school run|carer?s?|caring for|mother|father"
    r"|parents?|son|daughter|funeral|bereave\w*|grief|death|solicitor|court|police|debt|money|bankrupt\w*|drinking"
    r"|alcohol|faith|prayers?|ramadan|menopaus\w*|anxiety|depress\w*|panic|stress(?:ed)?|burn(?:ed|t)? ?out|because)\b",
    re.IGNORECASE,
)


def reasons(line: str) -> tuple[str, ...]:
    """
    Return the words of a support line that give its reason away, in their order; none if it says only what is done.

    It knows common words, and no more: a line that passes can still tell somebody who knows the rest.
    """
    return tuple(dict.fromkeys(match[0].lower() for match in _REASONS.finditer(line)))


def telling(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    Give the support lines of a record that say why, each by its place, with the words that do.
    """
    about = {item.key for item in record.items if item.use.partition(".")[0] == "wellbeing-check-in"}
    for each in record.answers:
        if each.key in about and narrows(Ring.PERSONAL, each.ring) and (found := reasons(each.text)):
            yield each.key, found
