"""
Reads filled papers back as data: `read` returns a record of what was written, and how each answer was found.

Beside it is what a record consists of, and what can be made of one for other systems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.faces import hand_on

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.reading_back.passed_on import read_passing_on as read_passing_on
    from reflect.reading_back.reading import read as read
    from reflect.sessions.attendance import (
        Assurance as Assurance, assurance_of as assurance_of, write_table as write_table,
    )
    from reflect.sessions.brought import Brought as Brought, Outcome as Outcome
    from reflect.sessions.carrying import begin_next_record as begin_next_record
    from reflect.sessions.filled import Filled as Filled
    from reflect.sessions.kept import KeptPlan as KeptPlan
    from reflect.sessions.parts import (
        Action as Action, ActionState as ActionState, Agreement as Agreement, Answered as Answered,
        Decision as Decision, ItemRecord as ItemRecord, Passing as Passing, Reading as Reading, SignOff as SignOff,
    )
    from reflect.sessions.pasting import CaseSystemField as CaseSystemField, fields_of as fields_of
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "reading_back.passed_on": "read_passing_on",
        "reading_back.reading": "read",
        "sessions.attendance": "Assurance assurance_of write_table",
        "sessions.brought": "Brought Outcome",
        "sessions.carrying": "begin_next_record",
        "sessions.filled": "Filled",
        "sessions.kept": "KeptPlan",
        "sessions.parts": "Action ActionState Agreement Answered Decision ItemRecord Passing Reading SignOff",
        "sessions.pasting": "CaseSystemField fields_of",
    })
# isort: on
# fmt: on
