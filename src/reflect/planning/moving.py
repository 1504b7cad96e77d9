"""
A session as a person has moved it: their order and their minutes hold, and nothing that was brought is lost.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from reflect.planning.dealing import DealtAgenda
from reflect.planning.drafting import Draft
from reflect.planning.minutes import AgendaLine
from reflect.questions.question import Function
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class MovedLine(Brief):
    """
    A line of an agenda where a person has put it.

    Attributes:
        key: The key of the line, as the plan has it; or a new one for a model that was put in.
        minutes: How long it is.
        use: The model of a talk, by key, if the person has chosen it.
        title: What a model that was put in is called.
    """

    key: str
    minutes: int = attrs.field(validator=attrs.validators.ge(1))
    use: str = ""
    title: str = attrs.field(default="", repr=False)


def move_lines(dealt: DealtAgenda, moved: Iterable[MovedLine], minutes: int) -> DealtAgenda:
    """
    Return the lines of a session in the order and with the minutes that a person gave them.

    A line that they did not name is out. A line that this plan does not have is passed over, unless a model was put in
    by it.

    Args:
        dealt: The lines as they were dealt; they stay so if nothing was moved.
        moved: The lines as a person has them.
        minutes: The minutes of the session. The spare time is below nothing if the lines take more.
    """
    lines = tuple(moved)
    if not lines:
        return dealt
    known = {draft.line.key: draft for draft in dealt.kept}
    placed = [(draft, each.minutes) for each in lines if (draft := known.get(each.key) or _draft_of_model(each))]
    keys = {draft.line.key for draft, _ in placed}
    return attrs.evolve(
        dealt,
        kept=tuple(draft for draft, _ in placed),
        minutes=tuple(time for _, time in placed),
        gone=(*dealt.gone, *(draft for draft in dealt.kept if draft.line.key not in keys)),
        spare=minutes - sum(time for _, time in placed),
    )


def _draft_of_model(line: MovedLine) -> Draft | None:
    """
    The line of a model that a person has put in; None if none was put in here.
    """
    if not line.title:
        return None
    return Draft(
        kind="talk",
        line=AgendaLine(key=line.key, title=line.title, least=line.minutes, usual=line.minutes),
        whose="both",
        function=Function.DEVELOPMENT,
    )
