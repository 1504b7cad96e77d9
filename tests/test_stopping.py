"""
When supervision has to stop and becomes something else, whoever leads has the words for it, whatever the session is for.
"""

from __future__ import annotations

import contextlib
import re

import pytest

from reflect.planning.agenda import arrange
from reflect.planning.minutes import TooShort
from reflect.planning.occasions import occasion_names
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.rendering.session_papers import papers
from tests.source import SOURCE
from tests.test_plan_papers import DAY

#: That it stops now, what it has become, where it went, who may come along, and what is recorded of it.
SAID = (
    "I have to stop here", "From now on this is not our", "it is a matter of …, and it goes to … today",
    "you may bring somebody to represent you", "I write down that we stopped, at what time, and where it went",
    "nothing more of it is in the record", "never recorded",
)  # fmt: skip


def notes_of(settings: Profile, occasion: str, minutes: int, *brought: str) -> str:
    """
    What the notes for whoever leads say, if they are asked for.
    """
    file = SessionFile(date=DAY, minutes=minutes, supervisee_items=tuple(Wish(what=what) for what in brought))
    made = papers(arrange(file, settings, occasion=occasion), file, settings, more=["notes"], to="txt")
    return " ".join(" ".join(each.data.decode() for each in made if each.name.startswith("notes")).split())


@pytest.mark.parametrize("occasion", [name for name in occasion_names() if name != "group"])
def test_the_notes_of_every_occasion_have_the_words(occasion: str) -> None:
    """
    Also where a session has no talk, nobody brings anything, or it is short.
    """
    planned = 0
    for minutes in (15, 20, 30, 60, 90):
        for brought in ((), ("the school",)):
            with contextlib.suppress(TooShort):
                notes = notes_of(profile("general"), occasion, minutes, *brought)
                planned += 1
                assert all(words in notes for words in SAID), (occasion, minutes, brought)
    assert planned >= 4


def test_nothing_that_we_print_asks_for_a_union() -> None:
    """
    Not on a page, a template or an occasion; one sentence says that it is not asked.
    """
    texts = [path for kind in ("*.md", "*.yaml") for path in SOURCE.rglob(kind)]
    found = [
        (path.name, line)
        for path in texts
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\bunions?\b", line, re.I)
    ]

    assert [name for name, _ in found] == ["notes.md"]
    assert "is not asked, and never recorded" in found[0][1]
