"""
Occasions: what a session is for, and what follows from that. All of it is data.

An occasion is a YAML file. Some come with the library; an agency's own folder takes precedence, through the door that
profiles use. A person chooses one, or facts that everybody who gets a paper may know.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from reflect.files import objects
from reflect.files.forms import ListOf, NameLine, NamesWith, Number, OneOf, TextLine, YesNo
from reflect.files.named import Named
from reflect.files.objects import TellAt, accept, describe, form_of, list_of
from reflect.files.places import NamedFiles
from reflect.files.reading import read_text
from reflect.planning.profiles import LENGTH, Profile, StandingItem, tell_wrong_items
from reflect.questions.rings import Ring
from reflect.questions.sets import LONGEST
from reflect.shown import Brief

_FILES = NamedFiles("occasions", "occasion", "the file of an occasion")
_NO_NAMES: Any = attrs.Factory(dict)
#: The occasion of a session of which nothing else is said.
ORDINARY = "ordinary"
#: The sentences about what has no room and when to meet, and the names that may stand in them in braces.
SAYINGS = {"next-time": (), "by": ("day",), "missing": ("minutes", "cases", "day"), "meet": ("day",)}
_RINGS = (Ring.PAIR, Ring.PERSONAL, Ring.GROUP, Ring.OPEN)


@attrs.frozen(kw_only=True)
class ChosenBy(Brief):
    """
    Facts that choose an occasion by themselves: all that are given have to hold. None of them is anybody's reason.

    Attributes:
        first: A journal is given, and no session of the series was held.
        gap: The last session was more than this many times the agreed interval ago.
        resumed: A session of the same day was broken off.
        supervisees: At least so many are supervised together.
        minutes: The session is at most this long.
        group: The profile is that of a group.
    """

    first: bool = accept(YesNo(), "a journal is given, and no session of the series was held", False)
    gap: int = accept(Number(0, 20), "the last session was more than this many times the interval ago", 0)
    resumed: bool = accept(YesNo(), "a session of the same day was broken off", False)
    supervisees: int = accept(Number(0, 20), "at least so many are supervised together", 0)
    minutes: int = accept(Number(0, LONGEST), "the session is at most this long", 0)
    group: bool = accept(YesNo(), "the profile is that of a group", False)
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Limits(Brief):
    """
    What an occasion holds itself to.

    Attributes:
        talk: At least so many minutes of a hundred are for talks of fifteen minutes or more.
        heading: At most one heading for so many minutes, and three in a short session.
        days: What a worker brings and has to yield to what cannot wait has a day within so many working days.
    """

    talk: int = accept(Number(0, 100), "at least so many minutes of a hundred are for thinking together", 0)
    heading: int = accept(Number(0, 60), "at most one heading for so many minutes; 0 for no limit", 0)
    days: int = accept(
        Number(0, 60), "working days within which what yields to something that cannot wait has a day of its own", 0
    )
    line: int = attrs.field(default=0, eq=False, repr=False)


#: A session that holds itself to nothing, such as one with a profile's own items.
NO_LIMITS = Limits()


@attrs.frozen(kw_only=True)
class Occasion(Brief):
    """
    What a session is for, and what follows from that.

    Attributes:
        title: What people call it.
        about: When to choose it, in a sentence.
        known: The ring of those who may know of it; it changes nothing for anybody else.
        chosen_by: Facts that choose it by themselves; None if only a person does.
        headings: What the session consists of, in order, with least, usual and most minutes. A profile's own items
            replace those of the ordinary occasion, and of no other.
        talks: How many talks there are, by the least minutes of a session. A profile's ``slots`` go before those of the
            ordinary occasion.
        models: What a talk is helped by: "any" that fits, "none", or one of those named in *these*.
        asks: What is asked under a heading, by the key of its page: the keys of its questions, without the page's.
        never: Full keys of questions that must not be asked.
        quiet: Whether its papers name nothing that was agreed before, put off, not discussed or urgent. None of it is
            lost: it comes back another day.
        presumes_past: Whether questions may presume that the two have met before; a page marks those with ``.past``.
        length: How many minutes it has, if nobody says it; None if as many as the profile has it.
        agenda: The template of its agenda.
        group_agenda: The template of its agenda in a group.
        record: The template of its record.
        papers: Further papers that are made for it.
        within: The next meeting is within so many working days; None if at the usual interval.
        limits: What it holds itself to.
        says: What its papers say of what has no room, and of when to meet again, by name: "next-time", "by", "missing"
            and "meet"; if it does not say one, the words of the ordinary occasion.
        remarks: What whoever plans is told; it is on no paper.
        name: Its name, as its file is called; empty if it was read from a text.
        named: What its file names, with lines; empty if it was read from no file.
    """

    title: str = attrs.field(metadata=describe(TextLine(80), "what people call it", needed=True))
    about: str = accept(TextLine(300), "when to choose it")
    known: Ring = accept(
        OneOf(tuple(map(str, _RINGS))), "who may know of it; it changes nothing for anybody else", Ring.PERSONAL,
        converter=Ring,
    )  # fmt: skip
    chosen_by: ChosenBy | None = accept(form_of(ChosenBy), "facts that choose it by themselves", None)
    headings: tuple[StandingItem, ...] = attrs.field(
        default=(), metadata=describe(list_of(StandingItem), "what the session consists of, in order", needed=True)
    )
    talks: Mapping[str, int] = accept(
        NamesWith(Number(0, 9), LENGTH), "how many talks there are, by the least minutes of a session", _NO_NAMES
    )
    models: str = accept(OneOf(("any", "these", "none")), "what a talk is helped by", "any")
    these: tuple[str, ...] = accept(ListOf(NameLine(60, "model")), "the models that may be used, by key", ())
    asks: Mapping[str, str] = accept(
        NamesWith(TextLine(300, "questions of a page"), NameLine(120, "page")),
        "what is asked under a page: keys of its questions, with commas between",
        _NO_NAMES,
    )
    never: tuple[str, ...] = accept(
        ListOf(NameLine(120, "question")), "full keys of questions that must not be asked", ()
    )
    quiet: bool = accept(
        YesNo(), "whether its papers name nothing that was agreed before, put off, not discussed or urgent", False
    )
    presumes_past: bool = accept(YesNo(), "whether questions may presume that the two have met before", True)
    length: int | None = accept(
        Number(1, LONGEST), "how many minutes it has, if nobody says it; by default, as the profile has it", None
    )
    agenda: str = accept(NameLine(60, "paper of a session"), "the template of its agenda", "agenda")
    group_agenda: str = accept(
        NameLine(60, "paper of a session"), "the template of its agenda in a group", "group-agenda"
    )
    record: str = accept(NameLine(60, "paper of a session"), "the template of its record", "record")
    papers: tuple[str, ...] = accept(ListOf(NameLine(60, "further paper")), "further papers that are made for it", ())
    within: int | None = accept(Number(1, 60), "the next meeting is within so many working days", None)
    limits: Limits = accept(form_of(Limits), "what it holds itself to", NO_LIMITS)
    says: Mapping[str, str] = accept(
        NamesWith(TextLine(200), OneOf(tuple(SAYINGS))),
        f"what papers say of what has no room and when to meet: {', '.join(SAYINGS)}",
        _NO_NAMES,
    )
    remarks: tuple[str, ...] = accept(ListOf(TextLine(300)), "what whoever plans is told", ())
    name: str = ""
    named: tuple[Named, ...] = attrs.field(default=(), eq=False, repr=False)

    def say(self, name: str, **words: str) -> str:
        """
        Return what papers say of something that has no room, or of when to meet again.

        Args:
            name: Which of the sentences, such as ``by``; an occasion that has none of its own says what an ordinary
                hour says.
            words: What stands in its braces, by name.
        """
        own = self.says.get(name) or occasion(ORDINARY).says.get(name, "")
        return re.sub(r"\{(.*?)\}", lambda brace: words.get(brace[1], ""), own)

    def least(self, people: int) -> int:
        """
        Return the fewest minutes in which it makes sense, whatever is brought.

        Args:
            people: How many are in the room.
        """
        always = (item for item in self.headings if item.when == "always" and not item.yields)
        return sum(
            item.least + math.ceil(item.each * people)
            for item in always
            if item.kind not in ("depth", "talk", "short", "items", "round")
        )

    def tell_wrong(self, tell: TellAt, _: Collection[str] = ()) -> None:
        """
        Tell what is wrong with the whole of it.
        """
        tell_wrong_items(self.headings, tell)
        for name, words in self.says.items():
            known = SAYINGS.get(name, ())
            if not set(re.findall(r"\{(.*?)\}", words)) <= {*known} or words.count("{") != words.count("}"):
                remedy = (
                    f"the words that may stand in braces are: {', '.join(f'{{{each}}}' for each in known) or 'none'}"
                )
                tell("says", f"'{name}' has braces that we do not know", remedy)
        if (self.models == "these") is not bool(self.these):
            at = "these" if self.these else "models"
            tell(at, "'models: these' and 'these' need each other", "name the models in 'these', or leave both out")
        if self.chosen_by and self.known is not Ring.OPEN:
            what = "facts choose it, and not everybody may know of it"
            tell("chosen-by", what, "write 'known: open', or leave 'chosen-by' to a person")
        if self.chosen_by == ChosenBy():
            tell("chosen-by", "'chosen-by' has no fact that could choose it", "name a fact, or leave it out")


def occasion_names(folders: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """
    Return the names of the occasions there are: those of the folders, and ours.
    """
    return _FILES.names(folders)


def occasion(name: str | Path | Occasion, folders: Iterable[str | Path] = ()) -> Occasion:
    """
    Return an occasion by its name, or from a file.

    Args:
        name: Its name, the path of a YAML file, or ``"package:agency/its-name"``.
        folders: An agency's own folders, or ``"package:agency"``; the first that has the name is used, before ours.

    Raises:
        UnknownKey: There is no occasion of that name.
        Refused: A file is named by a text; a path is a `pathlib.Path`.
        Faults: The file is wrong.
    """
    if isinstance(name, Occasion):
        return name
    file, where = _FILES.find(name, folders)
    found = _read_known(read_text(file, where), where)
    # Ours name only what is there, unless somebody has a page of the same key.
    return attrs.evolve(found, name=file.stem, named=() if file.parent == _FILES.ours else found.named)


def settings_for(settings: Profile, named: str | Path | Occasion, folders: Iterable[str | Path] = ()) -> Profile:
    """
    Return the settings of a session of an occasion: of one that is for a group, those of a group of the profession.

    Args:
        settings: The settings of the agency or profession.
        named: The occasion that somebody said, or that a session file has; if none, that of the settings.
        folders: Where occasions are looked for first.

    Raises:
        UnknownKey: There is no occasion of that name.
        Faults: Its file is wrong.
    """
    name = named or settings.occasion
    if not (isinstance(name, Occasion) or name):
        return settings
    found = occasion(name, folders)
    return settings.for_group() if found.chosen_by and found.chosen_by.group else settings


@functools.lru_cache(128)
def _read_known(text: str, where: str) -> Occasion:
    """
    The facts of each plan are held against all occasions, and their files seldom change.
    """
    return objects.read(text, Occasion, where)
