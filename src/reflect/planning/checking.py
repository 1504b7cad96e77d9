"""
Advice on a plan and on a series of sessions: for the two, and never on a paper.

Each has a code, a sentence, and the lesson from practice it comes from (Community Care, November 2016).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

import attrs

from reflect.pages.catalogues import Catalogue
from reflect.planning.occasions import ORDINARY
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.questions.choosing import values_worked_on
from reflect.questions.question import Element
from reflect.sessions.journal import Journal
from reflect.sessions.series import NO_MODEL, find_untouched
from reflect.sessions.session import Item
from reflect.shown import Brief
from reflect.text.prose import day_in_words

#: Mention a model that was used in this many sessions in a row.
SAME = 5
#: Look at this many sessions to see whether they become shorter.
SHORTER = 3

#: The lesson behind each piece of advice.
LESSONS: Mapping[str, str] = {
    "no-reflection": "Keep questioning your judgement: a session without thinking is a report.",
    "no-item-of-theirs": "Come with your own needs beside the cases.",
    "cases-first": "Five minutes for the person and hours for the cases is how supervision wears out.",
    "no-time-to-close": "What is not read back is what people later do not recognise.",
    "only-what-and-when": "What and when hold the work together; how and why are where it changes.",
    "minutes-missing": "Neither the cases nor the talk are thinned: what has no time has another date.",
    "same-day": "A copy of a file counts as a session of its own.",
    "same-format": "Use a range of tools; standard formats go stale.",
    "not-rearranged": "Insist on supervision: what falls out is given a new date.",
    "shorter": "Insist on supervision, and on its time.",
    "untouched": "Supervision has four functions, and one that is missing is missed later.",
}


@attrs.frozen
class Finding(Brief):
    """
    A piece of advice.

    Attributes:
        code: Its name, which does not change between versions.
    """

    code: str
    sentence: str

    @property
    def lesson(self) -> str:
        return LESSONS[self.code]

    def __str__(self) -> str:
        return f"{self.sentence} {self.lesson} ({self.code})"


def findings_of_plan(plan: Plan) -> Iterator[Finding]:
    """
    Give what stands out in a plan.
    """
    if plan.missing:
        more, it = (f"{plan.missing} more minutes are", "them") if plan.missing > 1 else ("One more minute is", "it")
        yield Finding(
            "minutes-missing", f"{more} needed for cases that have to be touched; add {it}, or agree another date."
        )
    kinds = [line.kind for line in plan.lines]
    pairs = list(zip(plan.session.items, plan.lines, strict=True))
    thinking = [item for item, line in pairs if line.kind in ("depth", "talk")]
    asks = [question for item in thinking for question in item.set.asks]
    occasion = plan.occasion
    # An occasion that is not for a model, or leaves aside what was brought, is as it should be; so is what cannot wait.
    nobody_leads = any(line.use == NO_MODEL or line.key == "today" for line in plan.lines) or bool(
        occasion and occasion.models == "none"
    )
    if not nobody_leads and not any(map(_may_be_thinking, thinking)):
        yield Finding("no-reflection", "No item of this session asks anybody to think.")
    theirs = any(line.kind == "item" and line.whose == "supervisee" for line in plan.lines)
    chosen = any(line.kind == "depth" and line.whose == "supervisee" for line in plan.lines)
    quiet = occasion is not None and occasion.quiet
    if not quiet and not theirs and not chosen and not any(line.wishes for line in plan.lines):
        yield Finding("no-item-of-theirs", "Nothing here was brought by the supervisee.")
    if "round" in kinds and any(kinds.index("round") < n for n, kind in enumerate(kinds) if kind == "wellbeing"):
        yield Finding("cases-first", "The cases come before the person.")
    short = occasion is not None and occasion.name != ORDINARY and "close" in kinds
    if not short and ("close" not in kinds or plan.lines[kinds.index("close")].minutes < 5):
        yield Finding("no-time-to-close", "There are fewer than five minutes to close.")
    if asks and not nobody_leads and not any(tag in ("how", "why") for question in asks for tag in question.tags):
        yield Finding("only-what-and-when", "Every question asks what or when, and none how or why.")


def _may_be_thinking(item: Item) -> bool:
    """
    Whether an item asks for reflection or analysis, or works on it, or is only done and does not say on what.
    """
    serves = values_worked_on(item.set)
    return not serves.isdisjoint((Element.REFLECTION, Element.ANALYSIS)) or bool(item.set.steps and not serves)


def findings_of_series(
    journal: Journal, settings: Profile | None = None, *, models: Catalogue | None = None
) -> Iterator[Finding]:
    """
    Give what stands out in a series of sessions.

    Args:
        journal: The sessions.
        settings: The profile of the team, which says how long a session should be.
        models: Where models are found; ours if nothing is said.
    """
    # Two sessions may be on one day, as when one was broken off: then the journal says different things of them.
    for entry, times in Counter(journal.entries).items():
        if times > 1:
            yield Finding("same-day", f"The journal has {times} equal entries of {day_in_words(entry.date)}.")
    held = journal.held
    last = [frozenset(used.model for used in entry.used) - {NO_MODEL} for entry in held[-SAME:]]
    if len(last) == SAME and (same := frozenset.intersection(*last)):
        names = ", ".join(sorted(same))
        yield Finding("same-format", f"The last {SAME} sessions held all used {names}.")
    lost = [entry for entry in journal.entries if not entry.held and entry.rearranged is None]
    if lost:
        who = sorted({entry.by for entry in lost if entry.by})
        by = f" by {' and '.join(who)}" if who else ""
        sessions = "One session was" if len(lost) == 1 else f"{len(lost)} sessions were"
        yield Finding("not-rearranged", f"{sessions} cancelled{by} and not rearranged.")
    lengths = [entry.minutes for entry in held if entry.minutes]
    recent = lengths[-SHORTER:]
    if len(recent) == SHORTER and all(a > b for a, b in pairwise(recent)):
        minutes = ", ".join(map(str, recent))
        yield Finding("shorter", f"The last {SHORTER} sessions became shorter each time: {minutes} minutes.")
    if settings is not None:
        short = [minutes for minutes in lengths[-6:] if minutes < settings.length]
        if 2 * len(short) >= len(lengths[-6:]) >= 2 and short:
            of = len(lengths[-6:])
            what = f"{len(short)} of the last {of} sessions held were under {settings.length} minutes."
            yield Finding("shorter", what)
    for function, since, after in find_untouched(journal, models=models):
        if len(after) >= SHORTER:
            first = day_in_words(since or held[0].date)
            yield Finding("untouched", f"No session since {first} has touched {function}.")
