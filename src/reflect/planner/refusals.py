"""
Refusals as values, with titles for people, so that a page can say each where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.errors import Alternative, DoesNotFit, Faults, ReflectError, Refused, UnknownKey, UnknownModels
from reflect.pages.our_heads import our_heads
from reflect.planner.shapes import OtherChoice, Refusal
from reflect.planner.words import read_words
from reflect.planning.minutes import TooShort

#: A message is at most this long, and so many others are named.
_LONGEST, _MOST_OTHERS = 1200, 12


def refusal_of(error: ReflectError, *, part: str = "") -> Refusal:
    """
    Return an error as a value.

    Args:
        error: What the library says.
        part: The id of the part of an hour that it is about.
    """
    kind, said = type(error).__name__.lower(), str(error)[:_LONGEST]
    match error:
        case DoesNotFit():
            title = error.title or _title_of(error.what)
            said = _say("does-not-fit", title=title, needs=error.needs, has=error.has)
            found = _refusal(kind, said, "minutes", key=error.key or error.what, title=title)
            found |= {"needs": error.needs, "has": error.has, "alternatives": _others(error.alternatives)}
        case TooShort():
            found = _refusal(kind, _say("too-short", needs=error.needs, has=error.has), "minutes")
            found |= {"needs": error.needs, "has": error.has, "alternatives": _others(error.alternatives)}
        case UnknownModels():
            found = _refusal(kind, said, "parts", key=error.missing[0].key if error.missing else "")
            found["alternatives"] = _name_choices(each.meant for each in error.missing if each.meant)
        case UnknownKey():
            found = _refusal(kind, said, str(error.kind), key=str(error.key)[:80])
        case Refused():
            found = _refusal(kind, said, error.about)
        case _:
            found = _refusal(kind, said, "file" if isinstance(error, Faults) else "")
    found["part"] = part
    return found


def _refusal(kind: str, message: str, about: str, *, key: str = "", title: str = "") -> Refusal:
    return Refusal(
        kind=kind,
        message=message,
        about=about,
        part="",
        key=key,
        title=title,
        needs=0,
        has=0,
        alternatives=[],
    )


def fault_of_ours() -> Refusal:
    """
    Return what is answered if we made a mistake: it says nothing of what was given.
    """
    return _refusal("fault", _say("ours"), "")


def _say(name: str, **words: object) -> str:
    """
    Return a sentence of the page's own, with words in its braces.
    """
    sentence = str(read_words()[f"refused.{name}"])
    return re.sub(r"\{(\w+)\}", lambda brace: str(words.get(brace[1], "")), sentence)


def _title_of(key: str) -> str:
    head = our_heads().get(f"{key}.md")
    return head.title if head else key


def _others(some: Iterable[Alternative]) -> list[OtherChoice]:
    return [OtherChoice(key=each.key, title=each.title, needs=each.needs) for each in [*some][:_MOST_OTHERS]]


def _name_choices(keys: Iterable[str]) -> list[OtherChoice]:
    return [OtherChoice(key=key, title=_title_of(key), needs=0) for key in [*keys][:_MOST_OTHERS]]
