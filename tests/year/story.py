"""
What a year is made of, as data: who brings what, what is said where, what became of it, how they sign.

A line has a ring, and carries a word of that ring and of its own with it on to every paper: so it is found wherever it
goes, and nobody has to look for it by its words.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import attrs

from reflect.questions.rings import Ring
from reflect.testing import canary

SUPERVISEE, SUPERVISOR = "supervisee", "supervisor"


def marked(words: str, ring: Ring | str, key: str) -> str:
    """
    A line with the word of its ring, and one by which it is found again.
    """
    return f"{words} {canary(Ring(ring))}{name_of(key)}"


def name_of(key: str) -> str:
    """
    What tells a line from every other, in letters and digits, so that nothing divides it.
    """
    return f"{''.join(filter(str.isalnum, key)).upper()}QZ"


@attrs.frozen(kw_only=True)
class Subject:
    """
    Something that one of the two brings.

    Attributes:
        words: What they call it.
        who: Whose it is.
        purpose: What it is for, in one word.
        ring: Who may read its name.
    """

    words: str
    who: str = SUPERVISEE
    purpose: str = ""
    ring: str = "pair"


@attrs.frozen(kw_only=True)
class Deed:
    """
    An action: what is to be done, by whom, by when.
    """

    what: str
    who: str = SUPERVISEE
    by: str = ""
    ring: str = "personal"
    case: str = ""


@attrs.frozen(kw_only=True)
class Sitting:
    """
    One session as it went.

    Attributes:
        day: When it is.
        brings: Keys of the subjects that are new.
        became: What was ticked for a subject; one that is not in it was left blank.
        until: Until when something is put off, as they write it.
        said: What was written about a subject, or in a place of the frame.
        before: What was ticked for an action of an earlier session.
        agreed: Keys of the actions that were agreed.
        gone: Keys of subjects whose bringer says "no", this is not wanted any more.
        signs: How each signs, with a comment after a colon; empty for somebody who never does.
        hand: How the paper is filled in.
        cancelled: Who cancelled it, and the day it was moved to.
        private: What stays between the two, on their notes.
        settings: What else the session file says.
        joint: Whether a second supervisee is there: it is about work that the two share.
        changed: Whether a new supervisor begins, with folders of their own.
        slip: What leaves a group, word for word, and to whom.
        case: What is written on the record of the case that is talked about.
        copy: What the supervisee adds to a copy of their own.
    """

    day: str
    brings: tuple[str, ...] = ()
    became: Mapping[str, str] = attrs.field(factory=dict)
    until: Mapping[str, str] = attrs.field(factory=dict)
    said: Mapping[str, str] = attrs.field(factory=dict)
    before: Mapping[str, str] = attrs.field(factory=dict)
    agreed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    signs: Mapping[str, str] = attrs.field(factory=dict)
    hand: str = "word"
    cancelled: tuple[str, str] | None = None
    private: str = ""
    settings: Mapping[str, object] = attrs.field(factory=dict)
    joint: bool = False
    changed: bool = False
    slip: tuple[str, str] | None = None
    case: Mapping[str, str] = attrs.field(factory=dict)
    copy: str = ""

    @property
    def date(self) -> datetime.date:
        return datetime.date.fromisoformat(self.day)


@attrs.frozen(kw_only=True)
class Year:
    """
    Twelve sessions of two people, or of a group.

    Attributes:
        series: The code of the series.
        profile: The profession.
        subjects: What they bring, by key.
        deeds: What they agree, by key.
        sittings: The sessions, in order.
        people: The two, by role; ``supervisor`` may change half way (`Sitting.settings`).
    """

    name: str
    series: str
    profile: str
    subjects: Mapping[str, Subject]
    deeds: Mapping[str, Deed]
    sittings: tuple[Sitting, ...]
    people: Mapping[str, str] = attrs.field(factory=dict)

    def subject(self, key: str) -> str:
        """
        What a subject is called, with its marks.
        """
        return marked(self.subjects[key].words, self.subjects[key].ring, key)

    def deed(self, key: str) -> str:
        return marked(self.deeds[key].what, self.deeds[key].ring, key)
