"""
What the page has before Python is ready: choices, usual hours, and every model at first sight.

It is made when the page is baked, so that the first second needs no Python, and so that a browser that refuses to run
Python still plans.
"""

from __future__ import annotations

from typing import Any

from reflect.planner.choosing import choices
from reflect.planner.gallery import gallery
from reflect.planner.own import Own
from reflect.planner.usual import usual_hours
from reflect.questions.wordings import wording


def first_second(own: Own | None = None) -> dict[str, Any]:
    """
    Return what is baked in, as JSON has it.

    ``choices`` are those of the desk, ``gallery`` has each model at first sight, and ``usual`` the usual hours.
    ``first`` is how the page begins for an agency with a profile of its own.
    """
    own = own or Own()
    chosen = choices(own)
    mine = [profile for profile in chosen["profiles"] if profile["name"] in own.own_profiles()]
    return {
        "choices": chosen,
        "gallery": gallery(own.models, wording(own.profile(mine[0]["name"]).wording if mine else "general")),
        "usual": usual_hours(own),
        "first": {"profile": mine[0]["name"]} if mine else {},
    }
