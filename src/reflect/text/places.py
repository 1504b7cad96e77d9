"""
What stands on paper for each kind of answer.
"""

from __future__ import annotations

import attrs

from reflect.questions.answers import Answering, Kind
from reflect.text import nodes


@attrs.frozen(kw_only=True)
class Place:
    """
    The place for one kind of answer.

    Attributes:
        node: What it is in a document; each writer shows it in its own way.
        kind: How its words are written, if they are.
        options: What can be ticked, if the question does not say.
    """

    node: type[nodes.Answer | nodes.Choice | nodes.Scale]
    kind: str = ""
    options: tuple[str, ...] = ()


#: The place for every kind of answer. `tests/test_kinds_of_answer.py` writes and reads each of them in every way.
PLACES: dict[Kind, Place] = {
    Kind.PROSE: Place(node=nodes.Answer, kind=nodes.PROSE),
    Kind.POINTS: Place(node=nodes.Answer, kind=nodes.POINTS),
    Kind.DATE: Place(node=nodes.Answer, kind=nodes.DATE),
    Kind.SCALE: Place(node=nodes.Scale),
    Kind.CHOICE: Place(node=nodes.Choice),
    Kind.TICK: Place(node=nodes.Choice, options=("yes", "not yet")),
}


def options_of(answering: Answering) -> tuple[str, ...]:
    """
    Return what can be ticked in an answer: what the question offers, or what its kind does.
    """
    return answering.options or PLACES[answering.kind].options
