"""
The support line, which says what will be done to help, and until when, but not why.

The line goes on the supervision file, and the reason stays between the two. A line such as "appointment on
22 May kept free" gives both away.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import attrs

from reflect.questions.rings import Ring, goes_with, narrows
from reflect.sessions.next_time import read_until
from reflect.sessions.record import Record
from reflect.sessions.typed import read_day
from reflect.shown import Brief
from reflect.text.prose import clean_typed

#: Words that give a reason away: appointments and treatment, home, grief and law.
_REASONS = re.compile(
    r"\b(?:appointments?|hospital|clinic|doctor|gp|scan|surgery|operation|treatment|therap(?:y|ist)|counsell(?:ing|or)"
    r"|medic(?:al|ation|ine)|diagnos\w*|test results?|illness|sick(?:ness)?|pregnan\w*|maternity|ivf|miscarriage"
    r"|partner|husband|wife|separat(?:ed|ion)|divorce\w*|child ?care|school run|carer?s?|caring for|mother|father"
    r"|parents?|son|daughter|funeral|bereave\w*|grief|death|solicitor|court|police|debt|money|bankrupt\w*|drinking"
    r"|alcohol|faith|prayers?|ramadan|menopaus\w*|anxiety|depress\w*|panic|stress(?:ed)?|burn(?:ed|t)? ?out|because)\b",
    re.IGNORECASE,
)


#: The places of a record for the support that is agreed, and for its end.
_WHAT, _UNTIL = "support", "support.until"


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
    about |= {_WHAT, _UNTIL}
    for each in record.answers:
        if each.key in about and narrows(Ring.PERSONAL, each.ring) and (found := find_reasons(each.text)):
            yield each.key, found


@attrs.frozen(kw_only=True)
class Support(Brief):
    """
    Support that was agreed: what, and not why.

    Attributes:
        what: What will be done.
        until: Until when, as it was written.
        when: The day on which it was agreed, as it was written.
        ring: Who may read it.
    """

    what: str = attrs.field(repr=False, converter=clean_typed)
    until: str = attrs.field(default="", repr=False, converter=clean_typed)
    when: str = attrs.field(default="", converter=clean_typed)
    ring: Ring = attrs.field(default=Ring.PERSONAL, converter=Ring)

    @property
    def ends(self) -> datetime.date | None:
        """
        The last day on which it holds; None if no day was written, or more than a day.
        """
        day = read_day(self.when)
        return read_until(self.until, day) if day else None

    def holds_on(self, day: datetime.date) -> bool:
        """
        Tell whether it has not ended before a day. Support without a day has no end that anybody knows.
        """
        return self.ends is None or self.ends >= day


def support_in(record: Record) -> tuple[Support, ...]:
    """
    Return the support that a record says was agreed; none if it says nothing of that.

    Its end is left out where not everybody who may read what was agreed may read that.
    """
    said = {each.key: each for each in reversed(record.answers)}
    what, until = said.get(_WHAT), said.get(_UNTIL)
    if what is None or not what.text.strip():
        return ()
    end = until.text if until and goes_with(until.ring, what.ring) else ""
    return (Support(what=what.text, until=end, when=dict(record.facts).get("date", ""), ring=what.ring),)
