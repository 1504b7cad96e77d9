"""
An hour, or one model, a step at a time, as it stands on a screen in the room.

A step has a verb, a title, minutes, and one question or nothing. What somebody brings is on it only if they say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.hours import PlannedHour
from reflect.planner.shapes import Step
from reflect.planner.showing import said_aloud, steps_of
from reflect.planner.words import read_words
from reflect.questions.question import Mode
from reflect.questions.rings import reader as reader_of
from reflect.questions.wordings import Wording, wording
from reflect.rendering.session_papers import words_of
from reflect.sessions.session import Item, Session

#: Kinds of lines that are headed by what they are about.
_TALKS = ("talk", "depth")


def steps_of_hour(planned: PlannedHour, *, show: bool = False) -> list[Step]:
    """
    Return the steps of an hour, as whoever plans may see them.

    Args:
        planned: The hour.
        show: Whether somebody has said that the screen may show what is talked about.

    Raises:
        Refused: The hour does not fit.
    """
    planned.refuse_if_unready()
    words = words_of(planned.plan, planned.next.next_file.file, planned.next.next_file.settings)
    session = planned.session_for(planned.reader).visible_to(reader_of(planned.reader))
    return list(_steps(planned, session, words, show=show))


def _steps(planned: PlannedHour, session: Session, words: Wording, *, show: bool) -> Iterator[Step]:
    said = read_words()
    for item, line in zip(session.items, planned.plan.lines, strict=False):
        talk = line.kind in _TALKS
        # The title of a set is that of its model or heading, and never what somebody brings.
        title = str(said["room.talk"]) if talk else item.title or str(said["room.part"])
        title, part = line.title if show else title, planned.ids.get(line.key, line.key)
        if talk and len(item.stages) > 1:
            for step in steps_of(item.set, item.minutes, words):
                yield Step(**step, part=part, part_title=title)
            continue
        question = _question(item, words)
        verb = str(Mode.ASK if question else item.set.mode)
        yield Step(verb=verb, title=title, minutes=item.minutes, question=question, part=part, part_title=title)


def _question(item: Item, words: Wording) -> str:
    """
    Return the one question of an item: the first that its agenda shows.
    """
    shown = [each for each in item.set.asks if each.key in item.shows] or list(item.set.asks)
    return said_aloud(shown[0], words) if shown else ""


def steps_of_model(
    key: str, minutes: int | None = None, models: Catalogue | None = None, *, words: str = ""
) -> list[Step]:
    """
    Return the steps of a model.

    Args:
        key: Its key.
        minutes: How long there is; by default, as long as it usually takes.
        models: Where models are found; by default, ours.
        words: The wording of the profession; by default, the general one.

    Raises:
        UnknownKey: There is no such model.
    """
    known = our_catalogue() if models is None else models
    model = known.model(key)
    usual = model.head.minutes[1] if model.head.minutes else 20
    return list(steps_of(model.questions, minutes or usual, wording(words or "general")))
