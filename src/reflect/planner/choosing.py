"""
What there is to choose from on the page, with the words of the data.
"""

from __future__ import annotations

from pathlib import Path

from reflect.planner.own import Own
from reflect.planner.shapes import ChoicesOfPage, NamedChoice, OccasionChoice
from reflect.planner.words import read_words
from reflect.questions.model import Aim
from reflect.sessions.nations import our_titles


def choices(own: Own | None = None) -> ChoicesOfPage:
    """
    Return what there is to choose from: occasions with when to choose each, profiles, wordings, nations and aims.

    Args:
        own: What an agency has of its own; by default, nothing.
    """
    own = own or Own()
    words = read_words()

    def say(key: str, usual: str) -> str:
        found = words.get(key, "")
        return found if isinstance(found, str) and found else usual

    occasions = [(name, own.occasion(name)) for name in own.occasion_names()]
    # A person reads the ordinary one first.
    occasions.sort(key=lambda each: each[0] != "ordinary")
    profiles = [(name, own.profile(name)) for name in own.profile_names()]
    profiles.sort(key=lambda each: (each[0] != "general", each[1].title))
    return ChoicesOfPage(
        occasions=[
            OccasionChoice(
                name=name,
                title=found.title,
                about=found.about,
                least=found.least(2),
                minutes=found.length or 0,
                group=bool(found.chosen_by and found.chosen_by.group),
                known=str(found.known),
            )
            for name, found in occasions
        ],
        profiles=[
            NamedChoice(
                name=name,
                title=found.title,
                about="",
                minutes=found.length,
                group=found.setting == "group",
                wording=Path(found.wording).stem,
                nation=found.nation,
            )
            for name, found in profiles
        ],
        wordings=[NamedChoice(name=name, title=own.wording(name).title) for name in own.wording_names()],
        nations=[NamedChoice(name=title, title=title) for title in our_titles()],
        aims=[NamedChoice(name=str(aim), title=say(f"aim.{aim}", str(aim).capitalize())) for aim in Aim],
    )
