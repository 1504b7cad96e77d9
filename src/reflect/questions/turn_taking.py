"""
What happens in an item, turn by turn: when it begins, how long it lasts, what is done, and who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reflect.questions.question import Mode, Step
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.timetable import schedule, share_minutes
from reflect.shown import Brief

#: In these nobody speaks.
_SILENCE = (Mode.SILENT, Mode.WAIT)


@attrs.frozen(kw_only=True)
class Turn(Brief):
    """
    A stretch of time in which one thing happens.

    Attributes:
        begins: When it begins, in minutes from the start.
        minutes: How long it lasts; 0 if there is no time for it.
        part: The part it belongs to; None where nothing is planned.
        round: Which round of its part it belongs to, from 1; 0 if a part of several rounds has too little time to
            tell them apart.
        steps: The steps that are done in it.
        speaks: Who speaks or acts in it; if nobody is named and it is not silent, whoever is not in *also* or *quiet*.
        also: Who else has a small part in it.
        quiet: Who is silent in it, where that is said.
    """

    _in_line = ("begins", "minutes")

    begins: int = attrs.field(validator=attrs.validators.ge(0))
    minutes: int = attrs.field(validator=attrs.validators.ge(0))
    part: QuestionSet | None
    round: int = attrs.field(default=1, validator=attrs.validators.ge(0))
    steps: tuple[Step, ...] = ()
    speaks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """
        Whether nobody speaks in it.
        """
        return self.part is not None and self.part.mode in _SILENCE

    @property
    def roles(self) -> tuple[str, ...]:
        """
        Everybody that its part or its steps name, whether they speak or not.
        """
        part = () if self.part is None else (self.part.role,)
        return tuple(dict.fromkeys(filter(None, (*part, *self.speaks, *self.also, *self.quiet))))

    def part_of(self, role: str) -> str:
        """
        Return what somebody does in it: "speaks", "little", "listens" or "silent".
        """
        if role in self.quiet:
            return "listens"
        if self.silent or self.part is None:
            return "silent"
        if role in self.also:
            return "little"
        return "speaks" if role in self.speaks or not self.speaks else "silent"


def is_done_in_turns(some: Composable) -> bool:
    """
    Tell whether anything is done in a set, or people have roles in the parts that it goes through.
    """
    whole = some.questions
    return bool(whole) and any(
        part.mode is not Mode.ASK or (whole.shape.whole and bool(part.role or part.also or part.quiet))
        for part in (_parts_within(whole) or (whole,))
    )


def turns(some: Composable, minutes: int, *, begins: int = 0) -> tuple[Turn, ...]:
    """
    Return what happens in a set, in the order of use, with the minutes of the set dealt to it exactly.

    A part has a turn for each of its rounds, as long as there is a minute for each, and in it one for each step that
    has minutes of its own. Steps without minutes are together in one. Time that nothing wants is a turn at the end.

    Args:
        some: A set of what is done and asked, or a model.
        minutes: How long the set lasts, in minutes.
        begins: When it begins, in minutes from the start of the session.

    Raises:
        DoesNotFit: The set needs more minutes.
    """
    whole = some.questions
    if not whole:
        return ()
    made: list[Turn] = []
    at = begins
    for row in schedule(whole.within(minutes), minutes).rows:
        for turn in _turns_of_part(row.part, row.minutes, at):
            made.append(turn)
            at += turn.minutes
    if at < begins + minutes:
        made.append(Turn(begins=at, minutes=begins + minutes - at, part=None))
    return tuple(made)


def _parts_within(whole: QuestionSet) -> tuple[QuestionSet, ...]:
    return tuple(each for part in whole.parts for each in (part, *_parts_within(part)))


def _turns_of_part(part: QuestionSet, minutes: int, begins: int) -> Iterator[Turn]:
    many = part.rounds if part.rounds <= minutes else 1
    steps = tuple(child for child in part.children if isinstance(child, Step))
    runs = _timed_runs(steps, (part.usual or 0) // part.rounds)
    if len(runs) > minutes // many:  # all rounds are told alike
        runs = [(steps, 1)]
    for number, time in enumerate(_equal_shares(minutes, many), 1):
        for done, share in _shared_out(runs, time):
            yield _made_turn(part, done, begins, share, number if many == part.rounds else 0)
            begins += share


def _equal_shares(minutes: int, many: int) -> list[int]:
    """
    Share minutes equally; what is left over goes to the first.
    """
    each, over = divmod(minutes, many)
    return [each + (number < over) for number in range(many)]


def _timed_runs(steps: tuple[Step, ...], usual: int) -> list[tuple[tuple[Step, ...], float]]:
    """
    Return the steps of one round with their shares of its time: each with minutes of its own alone, and the others
    together.

    Args:
        usual: How long the round usually lasts; 0 if nothing is known.
    """
    runs: list[list[Step]] = []
    for step in steps:
        if runs and step.minutes is None and runs[-1][0].minutes is None:
            runs[-1].append(step)
        else:
            runs.append([step])
    rest = max(usual - sum(step.minutes or 0 for step in steps), 0)
    if not rest:
        runs = _joined_to_timed(runs)
    free = sum(len(run) for run in runs if run[0].minutes is None) or 1
    return [(tuple(run), sum(step.minutes or 0 for step in run) or rest * len(run) / free or 1) for run in runs or [[]]]


def _shared_out(runs: list[tuple[tuple[Step, ...], float]], minutes: int) -> Iterator[tuple[tuple[Step, ...], int]]:
    got = [min(1, minutes)] * len(runs)
    share_minutes(minutes - sum(got), got, {place: share for place, (_, share) in enumerate(runs)})
    for (run, _), time in zip(runs, got, strict=True):
        yield run, time


def _joined_to_timed(runs: list[list[Step]]) -> list[list[Step]]:
    """
    Return runs in which steps without any time of their own go with those before them, or with the first.
    """
    joined: list[list[Step]] = []
    for run in runs:
        if joined and (run[0].minutes is None or all(step.minutes is None for step in joined[-1])):
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _made_turn(part: QuestionSet, steps: tuple[Step, ...], begins: int, minutes: int, number: int) -> Turn:
    """
    Return a turn. A step for somebody else than its part is theirs; whoever is named as speaking is not silent.
    """
    named = [step.role or part.role for step in steps] or [part.role]
    speaks = () if part.mode in _SILENCE else tuple(dict.fromkeys(filter(None, named)))
    return Turn(
        begins=begins,
        minutes=minutes,
        part=part,
        round=number,
        steps=steps,
        speaks=speaks,
        also=tuple(role for role in part.also if role not in speaks),
        quiet=tuple(role for role in part.quiet if role not in speaks),
    )
