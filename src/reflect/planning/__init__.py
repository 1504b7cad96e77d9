"""
From a session file to a plan: minutes, caseload and variety; and what became of sessions, in a journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.faces import hand_on

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.between_sessions.next_session import NextSession as NextSession, following as following
    from reflect.planning.agenda import arrange as arrange
    from reflect.planning.calendars import icalendar as icalendar
    from reflect.planning.caseload import Case as Case, Caseload as Caseload
    from reflect.planning.checking import (
        LESSONS as LESSONS, Finding as Finding, findings_of_plan as findings_of_plan,
        findings_of_series as findings_of_series,
    )
    from reflect.planning.minutes import TooShort as TooShort
    from reflect.planning.occasions import Occasion as Occasion, occasion as occasion, occasion_names as occasion_names
    from reflect.planning.plan import Plan as Plan
    from reflect.planning.profiles import Profile as Profile, profile as profile, profile_names as profile_names
    from reflect.planning.session_file import ReadSessionFile as ReadSessionFile, SessionFile as SessionFile
    from reflect.planning.suggesting import Shortlist as Shortlist, Suggestion as Suggestion, suggest as suggest
    from reflect.sessions.journal import Journal as Journal, JournalEntry as JournalEntry
    from reflect.sessions.nations import Nation as Nation, nation as nation, nation_names as nation_names
    from reflect.sessions.series import Series as Series, series as series
    from reflect.planning.session_file import load as _load_session_file
    from reflect.sessions.journal import add as _add_to_journal, read as _read_journal

    add_to_journal = _add_to_journal
    load_session_file = _load_session_file
    read_journal = _read_journal
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "between_sessions.next_session": "NextSession following",
        "planning.agenda": "arrange",
        "planning.calendars": "icalendar",
        "planning.caseload": "Case Caseload",
        "planning.checking": "LESSONS Finding findings_of_plan findings_of_series",
        "planning.minutes": "TooShort",
        "planning.occasions": "Occasion occasion occasion_names",
        "planning.plan": "Plan",
        "planning.profiles": "Profile profile profile_names",
        "planning.session_file": "ReadSessionFile SessionFile load=load_session_file",
        "planning.suggesting": "Shortlist Suggestion suggest",
        "sessions.journal": "Journal JournalEntry add=add_to_journal read=read_journal",
        "sessions.nations": "Nation nation nation_names",
        "sessions.series": "Series series",
    })
# isort: on
# fmt: on
