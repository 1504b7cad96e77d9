"""
What differs from nation to nation: who regulates whom, whose bank holidays count, what may be kept. It is all data.

A nation is a YAML file. Some come with the library; an agency's own folder takes precedence, beside its profiles.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import Refused, write_one_of
from reflect.files import objects
from reflect.files.forms import Day, NameLine, OneOf, TextLine
from reflect.files.objects import TellAt, accept, describe, list_of
from reflect.files.places import NamedFiles
from reflect.files.reading import read_text
from reflect.sessions.days import has_calendar, working_days_after
from reflect.shown import Brief

_FILES = NamedFiles("nations", "nation", "the file of a nation")


@attrs.frozen(kw_only=True)
class NationalRegulator(Brief):
    """
    Who regulates a profession in a nation from a day on.
    """

    profession: str = attrs.field(metadata=describe(NameLine(60), "which profession", needed=True))
    name: str = attrs.field(metadata=describe(TextLine(100), "who regulates it", needed=True))
    since: datetime.date = attrs.field(metadata=describe(Day(any_year=True), "from this day on", needed=True))
    source: str = accept(TextLine(200), "where that can be looked up")


@attrs.frozen(kw_only=True)
class KeptByLeader(Brief):
    """
    What whoever leads a group of a profession may keep of it.
    """

    profession: str = attrs.field(metadata=describe(NameLine(60), "which profession", needed=True))
    what: str = attrs.field(metadata=describe(TextLine(300), "what is kept, and by whom", needed=True))
    source: str = accept(TextLine(200), "where that can be looked up")


@attrs.frozen(kw_only=True)
class Nation(Brief):
    """
    What differs from nation to nation.

    Attributes:
        title: What people call it; a profile and a session file name it so.
        holidays: Whose bank holidays count: a country, and perhaps a part of it, as the package ``holidays`` has them.
        regulators: Who regulates whom, by profession and date.
        keeps: What whoever leads a group may keep of it.
    """

    title: str = attrs.field(metadata=describe(TextLine(40), "what people call it", needed=True))
    holidays: str = accept(TextLine(12), "whose bank holidays count, such as GB-ENG; if left out, none do")
    regulators: tuple[NationalRegulator, ...] = accept(
        list_of(NationalRegulator), "who regulates whom, by profession and date", ()
    )
    keeps: tuple[KeptByLeader, ...] = accept(list_of(KeptByLeader), "what whoever leads a group may keep of it", ())

    def regulated_by(self, profession: str, on: datetime.date) -> str:
        """
        Return who regulates a profession on a day; empty if nobody does, or it is not known.

        Args:
            profession: As the file calls it, such as ``"social-work"``.
            on: The day.
        """
        here = [each for each in self.regulators if each.profession == profession and each.since <= on]
        return max(here, key=lambda each: each.since).name if here else ""

    def kept_of(self, profession: str) -> str:
        """
        Return what may be kept of a group of a profession; empty if nothing is said of it.
        """
        return next((each.what for each in self.keeps if each.profession == profession), "")

    def add_working_days(self, start: datetime.date, days: int) -> datetime.date:
        """
        Return the day that is a number of working days after another: Monday to Friday, except its bank holidays.

        Args:
            start: The day from which they are counted.
            days: How many.
        """
        return working_days_after(start, days, self.holidays)

    def tell_wrong(self, tell: TellAt, _: Collection[str] = ()) -> None:
        """
        Tell what is wrong with the whole of it.
        """
        if self.holidays and not has_calendar(self.holidays):
            tell(
                "holidays",
                "'holidays' is not a country or a part of one",
                "write it like GB-ENG or IE, or leave it out",
            )


def _name_of(title: str) -> str:
    return "-".join(title.casefold().split())


def nation_names(folders: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """
    Return the names of the nations there are: those of the folders, and ours.
    """
    return _FILES.names(folders)


def nation(name: str | Path | Nation, folders: Iterable[str | Path] = ()) -> Nation:
    """
    Return a nation by its name or its title, or from a file.

    Args:
        name: ``"northern-ireland"`` or ``"Northern Ireland"``; the path of a YAML file; or ``"package:agency/name"``.
        folders: An agency's own folders, or ``"package:agency"``; the first that has the name is used, before ours.

    Raises:
        UnknownKey: There is no nation of that name.
        Refused: A file is named by a text; a path is a `pathlib.Path`.
        Faults: The file is wrong.
    """
    if isinstance(name, Nation):
        return name
    file, where = _FILES.find(name, folders, stem=_name_of(name) if isinstance(name, str) else "")
    return _our_nation(file.stem) if file.parent == _FILES.ours else objects.read(read_text(file, where), Nation, where)


@functools.lru_cache(32)
def _our_nation(key: str) -> Nation:
    file = _FILES.ours / f"{key}.yaml"
    return objects.read(read_text(file, file.name), Nation, file.name)


def our_titles() -> tuple[str, ...]:
    """
    Return what people call the nations that come with the library.
    """
    return tuple(name.replace("-", " ").title() for name in nation_names())


@attrs.frozen
class NationOrCalendar(OneOf):
    """
    What people call one of our nations; or, for any other, its calendar of bank holidays.
    """

    def value_of(self, text: str) -> str | None:
        return super().value_of(text) or (text if has_calendar(text) else None)

    @property
    def remedy(self) -> str:
        return f"{super().remedy}; or a calendar of bank holidays, such as IE"

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


def find_nation(title: str, own: Iterable[Nation] = ()) -> Nation | None:
    """
    Return the nation that people call so: one of an agency's own, or ours; None if nothing is known of it.
    """
    key = _name_of(title)
    for each in own:
        if _name_of(each.title) == key:
            return each
    return _our_nation(key) if key in nation_names() else None


def add_working_days(start: datetime.date, days: int, nation: str = "England") -> datetime.date:
    """
    Return the day that is a number of working days after another: Monday to Friday, except a nation's bank holidays.

    Args:
        start: The day from which they are counted.
        days: How many.
        nation: What people call one of our nations, or a calendar such as ``"IE"``; none ignores bank holidays.

    Raises:
        Refused: We have no nation of that name.
    """
    found = find_nation(nation) if nation else None
    if found is None and has_calendar(nation):
        return working_days_after(start, days, nation)
    if nation and found is None:
        raise Refused(f"we have no bank holidays for a nation of that name; {write_one_of(nation, our_titles())}")
    return found.add_working_days(start, days) if found else working_days_after(start, days)
