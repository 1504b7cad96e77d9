"""
Views of the turns of an item: what is done in it, with clock times and who speaks.

`reflect.questions.turn_taking` deals the minutes. Roles, parts and steps are words of a page, never what somebody
brought.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from reflect.documents.model_viewing import ModelViewer
from reflect.documents.views import NeedsView, TurnView
from reflect.errors import DoesNotFit
from reflect.questions.question import Mode, Question, Step
from reflect.questions.sets import QuestionSet
from reflect.questions.turn_taking import Turn, is_done_in_turns, turns
from reflect.sessions.session import Item, Session
from reflect.text import nodes

#: About two lines on an agenda, beside lanes as usual, and how much shorter they are for each further lane.
_SHORT, _USUAL_LANES, _A_LANE = 100, 3, 20
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^a-z])")


@attrs.frozen
class TurnViewer(ModelViewer):
    """
    Makes views of what is done in an item.
    """

    def view_turns(
        self, item: Item, session: Session, shown: Sequence[Question]
    ) -> tuple[tuple[TurnView, ...], NeedsView | None]:
        """
        Return the turns of an item and what it needs; nothing if it is only asked, or if it has less time than it
        needs.

        Args:
            shown: The questions that the agenda shows of it.
        """
        if not is_done_in_turns(item.set):
            return (), None
        try:
            some = turns(item.set, item.minutes, begins=item.begins)
        except DoesNotFit:  # a session made by hand
            return (), None
        inside = {id(inner): part.title for part in item.set.parts for inner in _parts_within(part)}
        views: list[TurnView] = []
        # Open time belongs to what is before it.
        titles: list[str] = []
        for turn in some:
            titles.append(titles[-1] if titles and turn.part is None else inside.get(id(turn.part), ""))
        for title, group in itertools.groupby(zip(titles, some, strict=True), key=operator.itemgetter(0)):
            together = tuple(turn for _, turn in group)
            roles = self._roles_of(item, together)
            made = _TurnsOfItem(self, item.set, session.clock, shown, roles if len(roles) > 1 else (), title)
            views += made.views(together)
        return tuple(views), self._view_needs(item)

    def _roles_of(self, item: Item, some: Iterable[Turn]) -> tuple[str, ...]:
        """
        Return the roles that turns name, in the order of the page.
        """
        named = dict.fromkeys(role for turn in some for role in turn.roles)
        key = item.set.key.partition(".")[0]
        known = self._catalogue.model(key).head.roles if key in self._catalogue else ()
        return (*(role for role in known if role in named), *(role for role in named if role not in known))

    def _view_needs(self, item: Item) -> NeedsView | None:
        key = item.set.key.partition(".")[0]
        if key not in self._catalogue:
            return None
        head = self._catalogue.model(key).head
        if not (head.materials or head.people or head.room or head.canvas):
            return None
        return NeedsView(
            people=self._say_people(head),
            materials=self._fill_all(head.materials),
            room=self._fill(head.room),
            canvas=self._view_canvas(head),
        )

    def first_words_of(self, guidance: str, short: int) -> str:
        """
        Return the first sentence of guidance, and those that follow it as long as they are short together; nothing if
        it does not begin with a paragraph.

        Args:
            short: How many letters are short.
        """
        first = self._read_guidance(guidance)[:1]
        whole = "".join(nodes.words(block.children) for block in first if isinstance(block, nodes.Paragraph))
        kept = ""
        for sentence in _SENTENCE.split(whole):
            if kept and len(kept) + len(sentence) >= short:
                break
            kept = f"{kept} {sentence}".strip()
        return kept


def _parts_within(part: QuestionSet) -> Iterator[QuestionSet]:
    for inner in part.parts:
        yield inner
        yield from _parts_within(inner)


@attrs.frozen
class _TurnsOfItem:
    """
    Turns of one item on their way to views: those of its own parts, or of the parts inside one of them.
    """

    viewer: TurnViewer
    whole: QuestionSet
    clock: Callable[[int], str]
    shown: Sequence[Question]
    roles: tuple[str, ...]
    inside: str

    def views(self, some: Iterable[Turn]) -> Iterable[TurnView]:
        for _, group in itertools.groupby(some, key=lambda turn: id(turn.part)):
            yield self.view_part(tuple(group))

    def view_part(self, some: tuple[Turn, ...]) -> TurnView:
        """
        Return one part from all its turns.
        """
        view, part, viewer = self.view(some), some[0].part, self.viewer
        if part is None:
            return view
        rounds = {turn.round: turn.begins for turn in reversed(some)}
        first = [turn for turn in some if turn.round == some[0].round]
        apart = len(rounds) > 1
        short = _SHORT - _A_LANE * max(len(self.roles) - _USUAL_LANES, 0)
        steps = tuple(self.view_steps(turn, part) for turn in first)
        timed = len(first) > 1
        return attrs.evolve(
            view,
            title="" if part.title == self.whole.title else viewer._fill(part.title),
            guidance=viewer.first_words_of(part.guidance, short),
            rounds=tuple(map(self.clock, sorted(rounds.values()))) if apart else (),
            many=part.rounds,
            each=sum(turn.minutes for turn in first) if apart else 0,
            questions=tuple(viewer.view_question(each) for each in self.shown if each in part.asks),
            steps=() if timed else steps[0].steps,
            turns=steps if timed else (),
        )

    def view_steps(self, turn: Turn, part: QuestionSet) -> TurnView:
        """
        Return some steps of a part, as they are done in one turn.
        """
        numbered = enumerate(part.children, 1)
        steps = (
            self.viewer.view_step(step, n, part)
            for n, step in numbered
            if isinstance(step, Step) and step in turn.steps
        )
        return attrs.evolve(self.view((turn,)), steps=tuple(steps))

    def view(self, some: Sequence[Turn]) -> TurnView:
        """
        Return what is known of turns of one part: when they are, and who speaks in them.
        """
        first = some[0]
        speaks = dict.fromkeys(role for turn in some for role in turn.speaks)
        return TurnView(
            begins=self.clock(first.begins),
            minutes=sum(turn.minutes for turn in some),
            title="",
            inside=self.viewer._fill(self.inside),
            open=first.part is None,
            guidance="",
            does=str(Mode.WAIT if first.part is None else first.part.mode),
            silent=first.silent,
            rounds=(),
            many=1,
            each=0,
            questions=(),
            steps=(),
            numbered=first.part is not None and len(first.part.steps) > 1,
            turns=(),
            roles=tuple(role.replace("-", " ") for role in self.roles),
            lanes=() if first.part is None else tuple(_most_of(role, some) for role in self.roles),
            who=tuple(role.replace("-", " ") for role in speaks),
        )


#: What a role does, the most telling first.
_BY_WEIGHT = ("speaks", "little", "listens", "silent")


def _most_of(role: str, some: Iterable[Turn]) -> str:
    """
    Return what a role does in turns, taken together.
    """
    return min((turn.part_of(role) for turn in some), key=_BY_WEIGHT.index)
