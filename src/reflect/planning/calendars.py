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


def icalendar(start: datetime.datetime, minutes: int, place: str = "") -> bytes:
    """
    Return the entry of a session as an iCalendar file.

    Args:
        start: When it begins.
        minutes: How long it is, in minutes.
        place: Where it is.
    """
    end = start + datetime.timedelta(minutes=minutes)
    when, until = f"{start:%Y%m%dT%H%M%S}", f"{end:%Y%m%dT%H%M%S}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//reflect//supervision//EN",
        "BEGIN:VEVENT",
        # The same session has the same id, so a second entry replaces the first.
        f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, f'reflect:{when}/{until}/{place}')}",
        f"DTSTAMP:{start:%Y%m%d}T000000Z",
        f"DTSTART:{when}",
        f"DTEND:{until}",
        f"SUMMARY:{SUMMARY}",
        *([f"LOCATION:{_escape_text(place)}"] if place else []),
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
