"""
A joint session, planned once for each of its supervisees: the same hour and agenda, a folder and a record for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import attrs

from reflect.between_sessions.next_session import NextSession
from reflect.errors import Faults, Refused
from reflect.files.reading import read_text
from reflect.pages.catalogues import Catalogue
from reflect.planning.agenda import arrange
from reflect.planning.calendars import new_id
from reflect.planning.joint import file_of_each, is_joint
from reflect.planning.kept_plans import plans_in
from reflect.planning.session_file import load, parse
from reflect.planning.what_follows import NextFile
from reflect.planning.what_for import SessionFacts
from reflect.sessions.kept import KeptPlan


def names_several(session: Path) -> bool:
    """
    Tell whether a session file is that of a joint session; what is wrong with it is told when it is planned.
    """
    text = read_text(session, str(session))
    try:
        return is_joint(parse(text, str(session)).file)
    except Faults:
        return re.search(r"^supervisees\s*:", text, re.MULTILINE) is not None


def joint_sessions(
    session: Path,
    *,
    profiles: Iterable[str | Path] = (),
    occasion: str | Path = "",
    occasions: Iterable[str | Path] = (),
    models: Catalogue | None = None,
    told: Callable[[str], object] | None = None,
) -> tuple[NextSession, ...]:
    """
    Plan a joint session from its file, once for each supervisee, in their order.

    The agenda is the same for all. No journal has a part in it: what one of them has used is nothing to the others.

    Args:
        session: The session file, with ``supervisees``.
        profiles: Folders where profiles are looked for first.
        occasion: What the session is for: the name of an occasion, or the path of its file.
        occasions: Folders where occasions are looked for first.
        models: Where models are found; by default, ours.
        told: Called with each warning before the session is planned, which may fail.

    Raises:
        Faults: A file is wrong.
        UnknownKey: There is no profile or no occasion of a name.
        TooShort: What has to be in the session does not fit.
    """
    places = tuple(occasions)
    read, settings = load(session, profiles, places)
    if told is not None:
        for warning in read.warnings:
            told(f"warning: {warning}")
    files = file_of_each(read.file)
    facts = SessionFacts(supervisees=len(files))
    return tuple(
        NextSession(
            next_file=NextFile(
                file=file, settings=settings, profile=file.profile, series=file.series[0] if file.series else ""
            ),
            plan=arrange(file, settings, models=models, occasion=occasion, occasions=places, facts=facts),
            warnings=read.warnings,
        )
        for file in files
    )


def in_folders(
    sessions: Sequence[NextSession], folders: Sequence[Path], *, another: bool = False
) -> tuple[tuple[Path, NextSession, KeptPlan | None], ...]:
    """
    Return the folder of each supervisee with their session and the plan that it moves: one entry in a calendar for all.

    Args:
        sessions: The joint session as it is planned for each.
        folders: The folder of each, in the same order.
        another: Whether it is another session than any that is planned there.

    Raises:
        Refused: There is not one folder for each.
    """
    if len(folders) != len(sessions) or len(set(folders)) != len(folders):
        raise Refused("a joint session has a folder for each supervisee, in their order; say -o for each of them")
    found: list[tuple[Path, NextSession, KeptPlan | None]] = []
    shared = new_id()
    for folder, session in zip(folders, sessions, strict=True):
        part = max((plan.part for _, plan in plans_in(folder)), default=1)
        session = attrs.evolve(session, next_file=attrs.evolve(session.next_file, part=part))
        moved = None if another else session.find_moved(folder)
        if moved is None or not moved.calendar:
            moved = attrs.evolve(session.kept, calendar=shared)
        else:
            shared = moved.calendar
        found.append((folder, session, moved))
    return tuple(found)
