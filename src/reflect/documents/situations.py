"""
Situations to play: invented, two for each wording. One of them is on the pages of a role-play.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import resources
from typing import NoReturn

import attrs

from reflect.errors import UnknownKey
from reflect.files import objects
from reflect.files.forms import NameLine, TextLine
from reflect.files.objects import describe, list_of
from reflect.questions.wordings import Wording
from reflect.shown import Brief

_SAID = TextLine(400)


@attrs.frozen(kw_only=True)
class Played(Brief):
    """
    What one of the two knows who play a situation.
    """

    who: str = attrs.field(metadata=describe(_SAID, "who they are", needed=True))
    knows: str = attrs.field(metadata=describe(_SAID, "what they know that the other does not", needed=True))
    wants: str = attrs.field(metadata=describe(_SAID, "what they want", needed=True))
    today: str = attrs.field(default="", metadata=describe(_SAID, "what happened today"))


@attrs.frozen(kw_only=True)
class Situation(Brief):
    """
    A situation for two: whoever brings it, and whoever asks.
    """

    name: str = attrs.field(metadata=describe(NameLine(), "what it is chosen by", needed=True))
    wording: str = attrs.field(metadata=describe(NameLine(), "the wording that it belongs to", needed=True))
    title: str = attrs.field(metadata=describe(TextLine(60), "what it is called", needed=True))
    brings: Played = attrs.field(metadata=describe(objects.form_of(Played), "whoever brings it", needed=True))
    asks: Played = attrs.field(metadata=describe(objects.form_of(Played), "whoever asks", needed=True))


@attrs.frozen(kw_only=True)
class _Situations(Brief):
    situations: tuple[Situation, ...] = attrs.field(
        metadata=describe(list_of(Situation), "situations to play", needed=True)
    )


@functools.cache
def situations() -> tuple[Situation, ...]:
    """
    Return all situations, in their order.
    """
    text = (resources.files("reflect") / "situations.yaml").read_text("utf-8")
    return objects.read(text, _Situations, "situations.yaml").situations


def choose_situation(name: str, wording: Wording, seed: str) -> Situation:
    """
    Return the situation called *name*; if nothing is said, one of those of a wording, and the same for the same seed.

    Raises:
        UnknownKey: There is no such situation.
    """
    known = {each.name: each for each in situations()}
    if name:
        if name not in known:
            raise UnknownKey(name, tuple(known), "situation")
        return known[name]
    some = [each for each in known.values() if each.wording == wording.key]
    some = some or [each for each in known.values() if each.wording == "general"]
    return some[hashlib.sha256(seed.encode()).digest()[0] % len(some)]


class _NoSituation:
    """
    Stands for a situation that there is not: whatever a template asks of it is refused.
    """

    def __init__(self, why: UnknownKey) -> None:
        self._why = why

    def __getattr__(self, name: str) -> NoReturn:
        raise self._why


def situation_to_print(name: str, wording: Wording, seed: str) -> object:
    """
    Return what a template prints of a situation. One that there is not is refused when a template asks for it: a paper
    that prints none takes no notice of a fact that is called so.
    """
    try:
        return attrs.asdict(choose_situation(name, wording, seed))
    except UnknownKey as why:
        return _NoSituation(why)
