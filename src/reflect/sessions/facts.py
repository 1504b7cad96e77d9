"""
What can be said about a session, and who may read it.
"""

from __future__ import annotations

from reflect.questions.rings import Ring

#: What can be said about a session, and who may read it.
FACTS: dict[str, Ring] = {
    "title": Ring.OPEN,
    "organisation": Ring.OPEN,
    "marking": Ring.OPEN,
    "date": Ring.OPEN,
    "start": Ring.OPEN,
    "place": Ring.OPEN,
    "supervisor": Ring.PERSONAL,
    "supervisee": Ring.PERSONAL,
    "topic": Ring.PERSONAL,
    "situation": Ring.OPEN,
}

#: Whoever may read one of these may know which series a paper belongs to: papers of cases, of assurance and open ones
#: do not say it.
SERIES_RINGS = (Ring.OWN, Ring.PAIR, Ring.PERSONAL, Ring.GROUP)
