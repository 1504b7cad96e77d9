"""
A method in the room: its steps one after the other, as they are shown large.

Nothing in a step is about anybody: it has the words of the page, and never what the hour is about.
"""

from __future__ import annotations

from typing import TypedDict

import attrs

from reflect.documents.model_viewing import ModelViewer
from reflect.documents.views import LaidView, ModelView
from reflect.pages.catalogues import Catalogue
from reflect.questions.wordings import Wording

#: So many questions of a step can be asked for, one at a time.
QUESTIONS = 3


class RoomStep(TypedDict):
    """
    A step, as it is shown.

    ``does`` is what is done, by the name of its sign. ``who`` does it, ``also`` has a small part, ``quiet`` is silent.
    ``minutes`` are 0 if nobody knows; ``begins`` and ``ends`` are minutes from the start of the method, or -1. ``at``
    are the stretches of the track that it is, from 0. ``asks`` are its questions, which are shown one at a time, when
    somebody asks for one.
    """

    title: str
    does: str
    part: str
    who: str
    also: list[str]
    quiet: list[str]
    text: str
    steps: list[str]
    asks: list[str]
    minutes: int
    rounds: int
    begins: int
    ends: int
    at: list[int]


class StretchOfTrack(TypedDict):
    """
    A stretch of the track: its share of the whole, and what is done in it.
    """

    share: int
    does: str


class RoomMethod(TypedDict):
    """
    A method. ``after`` says whom it is after, ``words`` whose its words are and under which licence.
    """

    key: str
    title: str
    after: str
    words: str
    minutes: int
    steps: list[RoomStep]
    track: list[StretchOfTrack]


def steps_of(models: Catalogue, key: str, wording: Wording, *, minutes: int = 0, plain: bool = False) -> RoomMethod:
    """
    Return the steps of a model, as they are shown in a room.

    Args:
        models: Where it is found.
        key: The name of the model.
        wording: The words in which it is said.
        minutes: How long it has today, in minutes; 0 for as long as its page says.
        plain: Whether its questions are in their plain form.

    Raises:
        UnknownKey: There is no such model.
    """
    model = models.model(key)
    viewer = ModelViewer(wording=wording, models=models, plain=plain)
    view = viewer.view_model(model)
    today = viewer.view_model(attrs.evolve(model.questions, minutes=minutes)) if minutes else view
    credit = ", ".join(filter(None, (view.author, view.licence_name)))
    return RoomMethod(
        key=key,
        title=view.title,
        after=view.after,
        words=credit,
        minutes=minutes or today.lasts,
        steps=[_step(laid, view) for laid in today.laid if not laid.again],
        track=[StretchOfTrack(share=stretch.share, does=stretch.does) for stretch in today.track],
    )


def _step(laid: LaidView, view: ModelView) -> RoomStep:
    return RoomStep(
        title=laid.title or view.title,
        does=laid.does,
        part=laid.part,
        who=laid.role[:1].upper() + laid.role[1:],
        also=[*laid.also],
        quiet=[role[:1].upper() + role[1:] for role in laid.quiet],
        text=laid.text,
        steps=[*laid.steps],
        asks=[question.text for question in laid.questions][:QUESTIONS],
        minutes=laid.minutes,
        rounds=laid.rounds,
        begins=laid.times[0][0] if laid.times else -1,
        ends=laid.times[-1][1] if laid.times else -1,
        at=[number - 1 for number in laid.at],
    )
