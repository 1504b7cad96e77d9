"""
What a session is for: as somebody says it, or as facts have it that everybody who gets a paper may know.

The call goes before the session file, that before the profile, and that before the facts.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.errors import Refused
from reflect.planning.occasions import ORDINARY, Occasion, occasion, occasion_names
from reflect.planning.people import minutes_of_talk
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile
from reflect.questions.rings import Ring
from reflect.sessions.journal import Journal
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class SessionFacts(Brief):
    """
    What is known of a session and of those before it, to everybody who gets a paper of it. It holds nobody's reason.

    Attributes:
        journal: Whether a journal is given; without one, and without a paper of last time, nothing is known.
        last: The day of the last session that was held, if one is known.
        broken_off: Whether a session of the same day was broken off.
        supervisees: How many are supervised together.
    """

    journal: bool = False
    last: datetime.date | None = None
    broken_off: bool = False
    supervisees: int = 1

    @classmethod
    def of(cls, file: SessionFile, log: Journal | None) -> SessionFacts:
        """
        Return what a session file and a journal say.
        """
        entries = [each for each in log.entries if each.held and each.date <= file.date] if log else []
        same_day = [each for each in entries if each.date == file.date]
        earlier = [each.date for each in entries if each.date < file.date]
        return cls(
            journal=log is not None,
            last=max(earlier, default=None),
            broken_off=any(use.unfinished for each in same_day for use in each.used),
            supervisees=max(1, len(file.supervisees)),
        )


@attrs.frozen(kw_only=True)
class Chosen(Brief):
    """
    The occasion of a session.

    Attributes:
        outside: The occasion as those have it who may not know this one; the same if everybody may.
        why: The facts that chose it, in words; empty if a person did, or if it is the ordinary one.
    """

    occasion: Occasion
    outside: Occasion
    why: str = ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """
        What whoever plans is told, and no paper says.
        """
        if not self.why:
            return ()
        said = (
            f"this is planned as '{self.occasion.name}', because {self.why}; for another, say --occasion NAME, such as "
            f"{ORDINARY}, or write 'occasion' into the session file"
        )
        return (said,)


def choose_occasion(
    file: SessionFile,
    settings: Profile,
    facts: SessionFacts = SessionFacts(),
    *,
    said: str | Path | Occasion = "",
    folders: Iterable[str | Path] = (),
) -> Chosen:
    """
    Return what a session is for.

    Args:
        file: The session file.
        settings: The settings of the agency or profession.
        facts: What everybody may know of it.
        said: What was said on the call.
        folders: Where occasions are looked for first.

    Raises:
        UnknownKey: There is no occasion of that name.
        Faults: The file of one is wrong.
        Refused: The occasion is for a group, and the profile is not.
    """
    places = tuple(folders)
    name = said or file.occasion or settings.occasion
    if isinstance(name, (Occasion, Path)) or name:
        found = _for_setting(occasion(name, places), settings)
        if found.known is Ring.OPEN:
            return Chosen(occasion=found, outside=found)
        return Chosen(occasion=found, outside=_by_facts(file, settings, facts, places)[0])
    found, why = _by_facts(file, settings, facts, places)
    return Chosen(occasion=found, outside=found, why=why)


def _for_setting(found: Occasion, settings: Profile) -> Occasion:
    """
    In a group nothing is between two people: what not everybody may know of is known to those who were there.
    """
    if found.chosen_by and found.chosen_by.group and settings.setting != "group":
        raise Refused(
            f"the occasion '{found.name}' is for a group, and these settings are for two; give those of a group "
            "(settings.for_group()), or choose another occasion",
            "occasion",
        )
    if settings.setting != "group" or found.known is Ring.OPEN:
        return found
    return attrs.evolve(found, known=Ring.GROUP)


def _by_facts(
    file: SessionFile, settings: Profile, facts: SessionFacts, folders: tuple[str | Path, ...]
) -> tuple[Occasion, str]:
    """
    The occasion that the facts choose, and why in a few words; the ordinary one if none is chosen.
    """
    fitting: list[tuple[int, str, Occasion]] = []
    for name in occasion_names(folders):
        found = occasion(name, folders)
        whys = list(_reasons(found, file, settings, facts))
        if whys and "" not in (why for _, why in whys):
            fitting.append((min(rank for rank, _ in whys), ", ".join(why for _, why in whys), found))
    if not fitting:
        return occasion(ORDINARY, folders), ""
    # A person may choose any; the facts choose what there is time for.
    minutes = file.minutes or settings.length
    in_time = [each for each in fitting if each[2].least(file.people) <= minutes]
    _, why, found = min(in_time or fitting, key=lambda each: (each[0], each[2].name))
    return found, why


def _reasons(found: Occasion, file: SessionFile, settings: Profile, facts: SessionFacts) -> Iterator[tuple[int, str]]:
    """
    Give each fact that an occasion is chosen by: its rank among them, and what it is in words; no words if it does not
    hold.
    """
    by = found.chosen_by
    if by is None:
        return
    minutes = file.minutes or settings.length
    gap = (file.date - facts.last).days if facts.last else 0
    if by.supervisees:
        yield 0, f"{facts.supervisees} are supervised together" if facts.supervisees >= by.supervisees else ""
    if by.group:  # a profile's own items are those of its group
        yield 1, "it is a group" if settings.setting == "group" and not settings.items else ""
    if by.resumed:
        yield 2, "a session of this day was broken off" if facts.broken_off else ""
    if by.first:
        new = facts.journal and facts.last is None and not _has_a_past(file) and settings.setting != "group"
        yield 3, "the journal has no session yet" if new else ""
    if by.minutes:
        yield 4, f"it has {minutes} minutes" if minutes_of_talk(file, minutes) <= by.minutes else ""
    if by.gap:
        yield 5, f"the last session was {gap} days ago" if gap > by.gap * settings.every else ""


def _has_a_past(file: SessionFile) -> bool:
    """
    Tell whether a session file says that the two have met before, or that their work was looked at.
    """
    load = file.workload
    carried = any(wish.since or wish.put_off for wish in file.wishes)
    said = bool(load and (load.said or load.written or load.earlier))
    return carried or said or bool(file.previous_actions or file.informal or file.case_list or file.choose)


def with_headings(settings: Profile, found: Occasion) -> Profile:
    """
    Return the settings with the headings of an occasion, and its minutes if it has any of its own. A profile's own
    items stand for those of the ordinary one.
    """
    length = found.length or settings.length
    if found.name != ORDINARY:
        return attrs.evolve(settings, items=found.headings, slots=found.talks, length=length)
    if settings.items:
        return attrs.evolve(settings, slots=settings.slots or found.talks, length=length)
    # A session that is shorter than any of which a profile says how many talks it has, has as many as others.
    first = min(map(int, settings.slots), default=math.inf)
    usual = {at: count for at, count in found.talks.items() if int(at) < first}
    return attrs.evolve(settings, items=found.headings, slots={**usual, **settings.slots}, length=length)
