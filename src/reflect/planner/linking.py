"""
An hour as the end of a link: its frame, and nothing that says what is talked about.

Neither a model nor an occasion goes into it, nobody's words, no name and no day: a link lies in calendars and mail.
What comes in by one may come from anybody.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterable, Iterator, Mapping

from reflect.errors import ReflectError
from reflect.planner.given import MOST_PARTS, PEOPLE, Hour, read_hour
from reflect.planner.own import Own
from reflect.planning.occasions import ORDINARY, occasion
from reflect.questions.sets import LONGEST
from reflect.sessions.nations import our_titles

#: The form of our links. A link of a later one may say more than we know.
VERSION = 1
#: A link is at most this long; what comes in is not looked at any further.
LONGEST_LINK, _LONGEST_READ = 1000, 4000
#: What a talk is called in a link, whatever it is about.
_TALK = "talk"


def link_of(hour: Hour) -> str:
    """
    Return an hour as the end of a link, such as ``v=1&for=supervisor&minutes=60``.

    Where a person has moved the parts of an ordinary hour, it has their kinds and minutes. The parts of any other would
    tell what it is for.
    """
    said = {
        "v": str(VERSION),
        "for": hour.who,
        "minutes": str(hour.minutes) if hour.minutes else "",
        "start": hour.start,
        "profile": hour.profile if hour.profile != "general" else "",
        "words": hour.wording,
        "nation": hour.nation,
        "plan": "+".join(f"{kind}@{minutes}" for kind, minutes in _kinds(hour)),
    }
    return "&".join(f"{key}={urllib.parse.quote(value, safe=':@+-')}" for key, value in said.items() if value)


def _kinds(hour: Hour) -> Iterator[tuple[str, int]]:
    """
    Give the kind and the minutes of each part of an ordinary hour that a person has moved; its talks are one.
    """
    if hour.parts is None or hour.occasion not in ("", ORDINARY):
        return
    frame = _kinds_of_frame()
    parts = [(part.id if part.id in frame else _TALK, part.minutes) for part in hour.parts if part.id not in hour.out]
    talks = sum(minutes for kind, minutes in parts if kind == _TALK)
    seen: set[str] = set()
    for kind, minutes in parts:
        if kind not in seen:
            seen.add(kind)
            yield kind, talks if kind == _TALK else minutes


def _kinds_of_frame() -> frozenset[str]:
    """
    The kinds of headings that say nothing of an hour: every ordinary one may have them.
    """
    always = (item.kind for item in occasion(ORDINARY).headings if item.when == "always")
    return frozenset(always) - {_TALK, "depth"}


def hour_of_link(text: str, own: Own | None = None) -> tuple[dict[str, object], int]:
    """
    Return the hour in a link, and how many of its entries are not known here and were left out.

    Whatever is in the text, only what we could have written comes of it.

    Args:
        text: What stands behind the sign of a link.
        own: What an agency has of its own; by default, nothing.
    """
    pairs = urllib.parse.parse_qsl(text[:_LONGEST_READ].lstrip("#?"), keep_blank_values=True, max_num_fields=None)[:40]
    left_out = int(len(text) > _LONGEST_READ)
    hour: dict[str, object] = {}
    known = dict(reversed(pairs))
    left_out += len(pairs) - len(known)
    newer = known.pop("v", str(VERSION)) != str(VERSION)
    for key, value in known.items():
        found, lost = _field(key, value, own or Own())
        left_out += lost
        hour |= found
    try:
        read_hour(hour)
    except ReflectError:  # each could have been written by us, and not all of them together
        return {}, left_out + len(hour)
    return hour, left_out + newer


def _field(key: str, value: str, own: Own) -> tuple[Mapping[str, object], int]:
    """
    Return one entry of a link as a field of an hour, and how much of it was left out.
    """
    match key:
        case "for":
            return _one_of(PEOPLE, "who", value)
        case "profile":
            return _one_of(own.profile_names(), "profile", value)
        case "words":
            return _one_of(own.wording_names(), "wording", value)
        case "nation":
            return _one_of(our_titles(), "nation", value)
        case "minutes" if value.isascii() and value.isdigit() and len(value) <= 4:
            return {"minutes": min(max(int(value), 1), LONGEST)}, 0
        case "start":
            try:
                return {"start": read_hour({"start": value}).start}, 0
            except ReflectError:
                return {}, 1
        case "plan":
            return _parts(value)
    return {}, 1


def _one_of(known: Iterable[str], field: str, value: str) -> tuple[Mapping[str, object], int]:
    return ({field: value}, 0) if value in known else ({}, 1)


def _parts(value: str) -> tuple[Mapping[str, object], int]:
    known = {*_kinds_of_frame(), _TALK}
    parts: dict[str, dict[str, object]] = {}
    lost = 0
    # A form's blank is a plus, and so is ours between parts.
    for piece in value.replace("+", " ").split()[: 2 * MOST_PARTS]:
        kind, _, minutes = piece.partition("@")
        able = kind in known and kind not in parts and minutes.isascii() and minutes.isdigit() and len(minutes) <= 4
        if able and 1 <= int(minutes) <= LONGEST and len(parts) < MOST_PARTS:
            parts[kind] = {"id": kind, "key": "", "minutes": int(minutes)}
        else:
            lost += 1
    return ({"parts": [*parts.values()]} if parts else {}), lost
