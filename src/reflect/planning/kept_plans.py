"""
The plans that are kept in a folder of papers: whose folder it is, and which session a new plan moves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from reflect.errors import ReflectError, Refused
from reflect.files.folders import is_folder, list_folder
from reflect.files.reading import read_text
from reflect.interchange.values import from_json
from reflect.sessions.kept import KeptPlan

#: The folders in a folder of papers that hold a plan: those of the two, or that of a group.
READERS = ("supervisee", "supervisor", "group")
#: What the file of a kept plan is called, before and after its day.
_BEGINS, _ENDS = "plan-", ".json"


def name_of_plan(day: datetime.date | str) -> str:
    """
    Return the name of the file in which the plan of a day is kept: ``plan-2026-03-04.json``.
    """
    return f"{_BEGINS}{day}{_ENDS}"


def read_plan(path: Path) -> KeptPlan:
    """
    Read a kept plan from its file.

    Raises:
        Faults: All that is wrong with it.
    """
    value = from_json(read_text(path, str(path)), str(path), kinds=["plan"])
    assert isinstance(value, KeptPlan)
    return value


def plans_in(folder: Path) -> Iterator[tuple[Path, KeptPlan]]:
    """
    Give the plans that are kept in a folder of papers, or in one reader's, the latest first; those that cannot be read
    are left out.
    """
    places = [each for each in (folder, *(folder / reader for reader in READERS)) if is_folder(each)]
    files = [file for place in places for file in list_folder(place, _ENDS) if file.name.startswith(_BEGINS)]
    for file in sorted(files, key=lambda file: file.name, reverse=True):
        try:
            yield file, read_plan(file)
        except ReflectError:
            continue


def refuse_other_series(folder: Path, plan: KeptPlan) -> None:
    """
    Refuse a folder of papers that belongs to other people.

    It does if it holds a plan of another series. Without a code on both sides it does only if it holds a plan of the
    same day with another supervisee or supervisor, since the papers of the two would have the same names.

    Args:
        folder: The folder, with one for each reader in it; it need not be there.
        plan: What is to be kept there.

    Raises:
        Refused: It belongs to others; the message names nobody.
    """
    for _, other in plans_in(folder):
        if plan.series and other.series:
            if plan.series != other.series:
                raise Refused(f"{folder}: these are papers of another series; name another folder, or correct the code")
        elif plan.date == other.date and _are_others(plan, other):
            raise Refused(f"{folder}: there are papers of other people for that day; name another folder")


def _are_others(one: KeptPlan, other: KeptPlan) -> bool:
    """
    Tell whether two plans both say who somebody is, and differ.
    """
    return any(
        here and there and here.split() != there.split()
        for role in ("supervisee", "supervisor")
        for here, there in [(one.session.fact(role).casefold(), other.session.fact(role).casefold())]
    )
