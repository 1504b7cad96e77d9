"""
A session as a calendar entry: "Supervision", the time and the place, and nothing else.

Calendars are shared, so it names no person and no topic. RFC 5545; the times are local.
"""

from __future__ import annotations

import datetime
import uuid

#: What every entry is called.
SUMMARY = "Supervision"
#: A line has at most this many bytes before it is folded.
_FOLD = 75


def new_id() -> str:
    """
    Return a random id for an entry. It is kept with the plan, so that a session that moves moves its entry.
    """
    return str(uuid.uuid4())


def icalendar(
    start: datetime.datetime,
    minutes: int,
    place: str = "",
    *,
    uid: str = "",
    revision: int = 0,
    cancelled: bool = False,
) -> bytes:
    """
    Return the entry of a session as an iCalendar file.

    Args:
        start: When it begins.
        minutes: How long it is, in minutes.
        place: Where it is.
        uid: The id of the entry: one with the same id replaces it. A new random one if none is given.
        revision: How many times the entry was changed.
        cancelled: Whether the session is cancelled, and the entry goes out of a calendar that has it.
    """
    end = start + datetime.timedelta(minutes=minutes)
    when, until = f"{start:%Y%m%dT%H%M%S}", f"{end:%Y%m%dT%H%M%S}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//reflect//supervision//EN",
        *(["METHOD:CANCEL"] if cancelled else []),
        "BEGIN:VEVENT",
        f"UID:{_escape_text(uid) or new_id()}",
        f"SEQUENCE:{revision}",
        f"DTSTAMP:{start:%Y%m%d}T000000Z",
        f"DTSTART:{when}",
        f"DTEND:{until}",
        f"SUMMARY:{SUMMARY}",
        *([f"LOCATION:{_escape_text(place)}"] if place else []),
        *(["STATUS:CANCELLED"] if cancelled else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold_line(line)}\r\n" for line in lines).encode()


def _escape_text(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _fold_line(line: str) -> str:
    """
    Cut a line into pieces of at most 75 bytes, never within a character.
    """
    pieces, piece, size = [], "", 0
    for char in line:
        wide = len(char.encode())
        if size + wide > _FOLD:
            pieces.append(piece)
            piece, size = "", 1  # every further piece begins with a space
        piece += char
        size += wide
    return "\r\n ".join((*pieces, piece))
