"""
The words of the four-page record, and the values of each personal copy.

Everything here is plain data: each engine is handed the same, in the form it likes best.
What a form says stands in `STEPS`, `MATRIX` and `OPTIONS`; what a person says, in a `Copy`.
No two copies have a name, a date, an answer or an action in common.
"""

from __future__ import annotations

import datetime
import random
from typing import NamedTuple


class Step(NamedTuple):
    """
    One of the five sections: its heading, its guidance in inline Markdown, its five questions.
    """

    title: str
    guidance: str
    questions: tuple[str, ...]


class Copy(NamedTuple):
    """
    One person's record: six facts, twenty-five answers, three to eight actions.
    """

    supervisee: str
    supervisor: str
    date: str
    place: str
    start: str
    topic: str
    answers: tuple[str, ...]
    actions: tuple[tuple[str, str, str], ...]


_GUIDANCE = (
    "Take about **{} minutes** here. Stay with what was *seen and heard* when {} {} {}, before moving to what it "
    "might mean; the supervisor keeps time & makes sure that **each person** has spoken at least once. "
    "If a risk comes up, stop and *use the local procedure* first."
)
_OPEN = (
    "What happened when", "How did you notice that", "Who gained or lost when", "What did you tell yourself as",
    "Which rule applied when", "What would a colleague say about the moment when", "How sure are you that",
    "What else could explain why", "When did you first see that", "What would have helped before",
)  # fmt: skip
_WHO = (
    "the team lead", "a parent", "your client", "the new colleague", "the night shift", "the reception desk",
    "the head of service", "a neighbour", "the case manager", "another professional", "the group", "the trainee",
)  # fmt: skip
_DID = (
    "asked for an answer straight away", "left the room without a word", "changed the agreed plan",
    "spoke over everyone else", "missed the third appointment", "raised a formal complaint",
    "shared something private", "laughed at the wrong moment", "refused the offered help",
    "praised you in front of others", "wrote down every sentence", "came back a week later",
)  # fmt: skip
_WHERE = (
    "in the corridor", "during the handover", "on the telephone", "at the end of a long day", "in the weekly meeting",
    "while the door was open", "in a video call with a bad line", "just before the holidays", "on the first visit",
)  # fmt: skip
_END = (
    "and what followed from it?", "and what would you do differently now?", "and who needs to know about it?",
    "& how does it connect with what you know from other cases?", "and what is still open?",
    "and what would be a first small step?", "and how will you know that it is better?",
)  # fmt: skip
_LENSES = ("Client", "Practitioner", "Relationship", "Setting")
_DEPTHS = ("Facts", "Feelings", "Meaning", "Next step")


def _step(title: str) -> Step:
    draw = random.Random(title).choice
    guidance = _GUIDANCE.format(draw(("five", "ten", "fifteen")), draw(_WHO), draw(_DID), draw(_WHERE))
    questions = tuple(" ".join(map(draw, (_OPEN, _WHO, _DID, _WHERE, _END))) for _ in range(5))
    return Step(title, guidance, questions)


STEPS = tuple(_step(f"{word} the situation") for word in ("Describe", "Explore", "Weigh", "Plan", "Review"))
MATRIX = (
    ("Lens", *_DEPTHS),
    *((lens, *(f"{depth} of the {lens.lower()}: note **one** point" for depth in _DEPTHS)) for lens in _LENSES),
)
OPTIONS = (
    ("Option", "What speaks for it", "What speaks against it"),
    *(
        (f"Option {letter}", "It can start **this week** with what is there", "It needs time that is not yet agreed")
        for letter in "ABCD"
    ),
)


def copy(n: int, times: int = 1) -> Copy:
    """
    Return the nth person's record; *times* as long, to see how costs grow.
    """
    draw = random.Random(n).choice
    day = datetime.date(2026, 1, 5) + datetime.timedelta(days=n)
    answers = tuple(
        f"In {n}.{i} it was {draw(_WHO)} who {draw(_DID)}, <once> & {draw(_WHERE)}." for i in range(25 * times)
    )
    actions = tuple(
        (f"Ask {draw(_WHO)} about {n}.{i}", f"Person {n}", f"{day + datetime.timedelta(days=i + 7):%d.%m.%Y}")
        for i in range((3 + n % 6) * times)
    )
    return Copy(
        supervisee=f"P. Person {n}",
        supervisor=f"S. Example {n % 7}",
        date=f"{day:%d.%m.%Y}",
        place=f"Room {n % 40}",
        start=f"{8 + n % 9:02}:00",
        topic=f"Matter {n} & what {draw(_WHO)} did",
        answers=answers,
        actions=actions,
    )
