"""
A model as long as somebody has for it, so that its papers have the minutes of that day.
"""

from __future__ import annotations

import attrs

from reflect.pages.catalogues import Catalogue
from reflect.questions.model import Model
from reflect.questions.sets import Composable
from reflect.questions.timetable import least


def timed_model(models: Catalogue, key: str, minutes: int) -> Composable:
    """
    Return a model with the minutes that it has today; with less than all of it needs, it stays as its page has it.

    Args:
        models: Where it is found.
        key: Its key, or the path of a part of it.
        minutes: How long it has today; 0 if nobody said so.

    Raises:
        UnknownKey: There is no such model.
    """
    model = models.load(key)
    if not minutes or minutes < least(model) or not isinstance(model, Model):
        return model
    return attrs.evolve(model, questions=model.within(minutes))


def usual_minutes(models: Catalogue, key: str, minutes: int) -> int:
    """
    Return what a model takes of the minutes that somebody has: neither less nor more than its page says.

    Args:
        models: Where it is found.
        key: Its key.
        minutes: How long they have; 0 if nobody said so.

    Raises:
        UnknownKey: There is no such model.
    """
    known = models.model(key).head.minutes
    return min(max(minutes, known[0]), known[1]) if minutes and known else minutes
