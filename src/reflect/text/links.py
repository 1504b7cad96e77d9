"""
A link as the place of a session: its host among the facts, and all of it where people join.
"""

from __future__ import annotations

import re

from reflect.files.forms import TextLine

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:)\]]")
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)")
#: What people call the host of a meeting, by the end of its name.
_CALLED = {
    "teams.microsoft.com": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams",
    "teams.microsoft.us": "Microsoft Teams",
    "zoom.us": "Zoom",
    "zoom.com": "Zoom",
    "meet.google.com": "Google Meet",
    "webex.com": "Webex",
    "whereby.com": "Whereby",
}


class PlaceLine(TextLine):
    """
    Where people meet: a few words, with links of any usual length.
    """

    #: At most this many characters besides links.
    words = 80

    def value_of(self, text: str) -> str | None:
        besides = len(_LINK.sub("", text)) <= self.words
        return super().value_of(text) if besides else None

    @property
    def noun(self) -> str:
        return f"a line of at most {self.words} characters, and links"


def links_in(place: str) -> tuple[str, ...]:
    """
    Return the links in a place, each once: whoever has one can come in, so that only those who meet get it whole.
    """
    return tuple(dict.fromkeys(_LINK.findall(place)))


def shorten_links(place: str) -> str:
    """
    Return a place with only the host of each link, as people call it.
    """

    def host_of(match: re.Match[str]) -> str:
        host = _HOST.match(match[0])
        if host is None:
            return ""
        name = host[1].lower()
        return next((called for end, called in _CALLED.items() if f".{name}".endswith(f".{end}")), name)

    return _LINK.sub(host_of, place)


def has_link(place: str) -> bool:
    """
    Tell whether a place is, or has, a link.
    """
    return _LINK.search(place) is not None


def without_links(line: str) -> str:
    """
    Return a line without its links.
    """
    return _LINK.sub("", line)
