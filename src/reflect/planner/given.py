"""
What the page gives, read: nothing of it is believed, and whatever is wrong is refused by the name of its field.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.questions.model import Aim
from reflect.questions.rings import Ring
from reflect.questions.sets import LONGEST
from reflect.sessions.brought import day_of_id
from reflect.shown import Brief, one_line
from reflect.text.nodes import Look

#: At most so many things are brought, so many parts are moved, and so many papers of last time are opened.
MOST_THINGS, MOST_PARTS, MOST_PAPERS = 40, 60, 12
#: What somebody brings is at most this long, as in a session file.
LONGEST_LINE = 160
#: Who the page is for.
PEOPLE = ("supervisor", "supervisee", "trainer")
_ID = re.compile(r"[A-Za-z0-9._-]{1,60}")
_NAME = re.compile(r"[a-z0-9.-]{0,80}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
#: Who may read what somebody brings. What is for one person alone is not brought.
_RINGS = tuple(map(str, (Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.GROUP)))


@attrs.frozen(kw_only=True)
class BroughtThing(Brief):
    """
    Something that somebody brings.

    Attributes:
        id: What the page calls it.
        words: What it is, as it was typed.
        whose: Who brings it: supervisee or supervisor.
        ring: Who may read it; None for the usual.
        minutes: How long it needs, if somebody said so.
        aim: What it is for, in one word, if somebody said so.
        topic: The id that it has in a plan that was kept; empty if it is new.
    """

    id: str
    words: str = attrs.field(repr=False)
    whose: str = "supervisee"
    ring: Ring | None = None
    minutes: int | None = None
    aim: str = ""
    topic: str = ""


@attrs.frozen(kw_only=True)
class MovedPart(Brief):
    """
    A part as a person has moved it.
    """

    id: str
    key: str = ""
    minutes: int = 0


@attrs.frozen(kw_only=True)
class Hour(Brief):
    """
    The one value that the page keeps, as it was given.

    Attributes:
        who: Who plans: supervisor, supervisee or trainer.
        parts: The parts in the order and with the minutes that a person gave them; None as Python plans it.
        out: The ids of parts and of brought things that a person has left out for today.
        chosen: The models that a person chose for talks, by the id of the part.
        last: The numbers of opened papers that it follows from.
        drop: The ids of topics that came back, and that their bringer no longer wants.
        resumes: The number of the opened plan that was kept of this hour itself; 0 for an hour that is new.
        journal: The number of the opened journal that counts for it; 0 for none.
    """

    who: str = "supervisor"
    occasion: str = ""
    profile: str = "general"
    nation: str = ""
    start: str = ""
    minutes: int | None = None
    date: datetime.date | None = None
    aim: str = ""
    urgent: tuple[BroughtThing, ...] = ()
    brought: tuple[BroughtThing, ...] = ()
    parts: tuple[MovedPart, ...] | None = None
    out: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    last: tuple[int, ...] = ()
    drop: tuple[str, ...] = ()
    resumes: int = 0
    journal: int = 0
    looks: tuple[str, ...] = ()
    plain: bool = False
    wording: str = ""

    @property
    def leads(self) -> bool:
        """
        Whether whoever plans leads the hour.
        """
        return self.who != "supervisee"


def read_hour(given: object) -> Hour:
    """
    Return the hour that the page gives.

    Raises:
        Refused: Something in it cannot be; the error names the field.
    """
    hour = as_object(given, "hour")
    parts = hour.get("parts")
    chosen = as_object(hour.get("chosen") or {}, "chosen")
    return Hour(
        who=word(hour, "who", PEOPLE, "supervisor"),
        occasion=name(hour, "occasion"),
        profile=name(hour, "profile") or "general",
        nation=text(hour, "nation", 40),
        start=_clock(hour),
        minutes=number(hour, "minutes", 1, LONGEST, None),
        date=_day(hour, "date"),
        aim=word(hour, "aim", ("", *map(str, Aim)), ""),
        urgent=tuple(_things(hour, "urgent")),
        brought=tuple(_things(hour, "brought")),
        parts=None if parts is None else tuple(map(_part, sequence(hour, "parts", MOST_PARTS))),
        out=tuple(map(_id_in("out"), sequence(hour, "out", MOST_PARTS + MOST_THINGS))),
        chosen=tuple((_id_in("chosen")(key), _name_in("chosen", use)) for key, use in [*chosen.items()][:MOST_PARTS]),
        last=tuple(numbers(hour, "last")),
        drop=tuple(map(_id_in("drop"), sequence(hour, "drop", MOST_THINGS))),
        resumes=number(hour, "resumes", 0, 10**6, 0) or 0,
        journal=number(hour, "journal", 0, 10**6, 0) or 0,
        **_looks(hour),
        wording=name(hour, "wording"),
    )


def _looks(hour: Mapping[str, Any]) -> dict[str, Any]:
    given = as_object(hour.get("looks") or {}, "looks")
    known = tuple(str(look) for look in Look if look is not Look.LANDSCAPE)
    # The page may say it more briefly.
    long = {"large": str(Look.LARGE), **{each: each for each in known}}
    wanted = [long[key] for key, wish in given.items() if wish is True and key in long]
    return {"looks": tuple(dict.fromkeys(wanted)), "plain": given.get("plain") is True}


def _things(hour: Mapping[str, Any], field: str) -> Iterator[BroughtThing]:
    ids: set[str] = set()
    for given in sequence(hour, field, MOST_THINGS):
        thing = as_object(given, field)
        own = _id_in(field)(thing.get("id"))
        if own in ids:
            raise Refused("two of the things that are brought have the same id", field)
        ids.add(own)
        words = one_line(thing.get("words") if isinstance(thing.get("words"), str) else "")
        if len(words) > LONGEST_LINE:
            raise Refused(f"a line that is brought has at most {LONGEST_LINE} characters; say it more briefly", own)
        if not words:
            continue  # somebody has only begun to type
        ring = word(thing, "ring", ("", *_RINGS), "")
        yield BroughtThing(
            id=own,
            words=words,
            whose=word(thing, "whose", ("supervisee", "supervisor"), "supervisee"),
            ring=Ring(ring) if ring else None,
            minutes=number(thing, "minutes", 1, LONGEST, None),
            aim=word(thing, "aim", ("", *map(str, Aim)), ""),
            topic=known if day_of_id(known := text(thing, "topic", 60)) else "",
        )


def _part(given: object) -> MovedPart:
    part = as_object(given, "parts")
    minutes = number(part, "minutes", 1, LONGEST, 1)
    return MovedPart(id=_id_in("parts")(part.get("id")), key=name(part, "key"), minutes=minutes or 1)


def _clock(hour: Mapping[str, Any]) -> str:
    start = text(hour, "start", 5)
    if not start:
        return ""
    match = _CLOCK.fullmatch(start)
    if match is None:
        raise Refused("the start is not a time of day; write it like 10:00", "start")
    return f"{int(match[1]):02}:{match[2]}"


def _day(hour: Mapping[str, Any], field: str) -> datetime.date | None:
    day = text(hour, field, 10)
    if not day:
        return None
    try:
        found = datetime.date.fromisoformat(day)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        raise Refused("the day cannot be read; write it like 2026-03-04", field) from None
    return found


# --- values of one sort


def as_object(given: object, field: str) -> Mapping[str, Any]:
    """
    Return an object as JSON has it.

    Raises:
        Refused: It is something else.
    """
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise Refused(f"'{field}' is not an object", field)
    return given


def sequence(given: Mapping[str, Any], field: str, most: int) -> Sequence[object]:
    """
    Return a list; empty if there is none.

    Raises:
        Refused: It is something else, or too long.
    """
    some = given.get(field)
    if some is None:
        return ()
    if not isinstance(some, list | tuple):
        raise Refused(f"'{field}' is not a list", field)
    if len(some) > most:
        raise Refused(f"'{field}' has {len(some)} entries, and may have {most}; take some out", field)
    return some


def text(given: Mapping[str, Any], field: str, most: int) -> str:
    """
    Return a line of text; empty if there is none.

    Raises:
        Refused: It is something else, or too long.
    """
    said = given.get(field)
    if said is None:
        return ""
    if not isinstance(said, str):
        raise Refused(f"'{field}' is not a text", field)
    line = one_line(said)
    if len(line) > most:
        raise Refused(f"'{field}' has at most {most} characters; say it more briefly", field)
    return line


def name(given: Mapping[str, Any], field: str) -> str:
    """
    Return a name in lower case, such as that of a profile or a model; never a path.

    Raises:
        Refused: It cannot be one.
    """
    return _name_in(field, given.get(field) or "")


def _name_in(field: str, said: object) -> str:
    if not isinstance(said, str) or not _NAME.fullmatch(said) or ".." in said or said.endswith((".yaml", ".yml")):
        raise Refused(f"'{field}' is not a name that we know", field)
    return said


def word(given: Mapping[str, Any], field: str, known: Sequence[str], usual: str) -> str:
    """
    Return one of several words.

    Raises:
        Refused: It is another.
    """
    said = given.get(field)
    if said is None:
        return usual
    if not isinstance(said, str) or said not in known:
        raise Refused(f"'{field}' is one of: {', '.join(filter(None, known))}", field)
    return said


def number(given: Mapping[str, Any], field: str, least: int, most: int, usual: int | None) -> int | None:
    """
    Return a whole number.

    Raises:
        Refused: It is something else, too small or too large.
    """
    said = given.get(field)
    if said is None or said == "":
        return usual
    if isinstance(said, float) and said.is_integer():
        said = int(said)
    if isinstance(said, bool) or not isinstance(said, int) or not least <= said <= most:
        raise Refused(f"'{field}' is not a whole number from {least} to {most}", field)
    return said


def numbers(given: Mapping[str, Any], field: str) -> Iterator[int]:
    """
    Give the numbers of opened papers.

    Raises:
        Refused: One is something else.
    """
    for each in dict.fromkeys(sequence(given, field, MOST_PAPERS)):
        found = number({field: each}, field, 1, 10**6, None)
        if found is not None:
            yield found


def _id_in(field: str) -> Callable[[object], str]:
    def read(given: object) -> str:
        if not isinstance(given, str) or not _ID.fullmatch(given):
            raise Refused(f"an id in '{field}' is not one", field)
        return given

    return read
