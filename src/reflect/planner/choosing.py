"""
What there is to choose from on the page, with the words of the data.
"""

from __future__ import annotations

from reflect.planner.shapes import Choice, Choices, OccasionChoice
from reflect.planner.words import read_words
from reflect.planning.occasions import occasion, occasion_names
from reflect.planning.profiles import profile, profile_names
from reflect.questions.model import Aim
from reflect.questions.wordings import wording, wording_names
from reflect.sessions.nations import our_titles


def choices() -> Choices:
    """
    Return what there is to choose from: occasions with when to choose each, profiles, wordings, nations and aims.
    """
    words = read_words()

    def said(key: str, usual: str) -> str:
        found = words.get(key, "")
        return found if isinstance(found, str) and found else usual

    occasions = [(name, occasion(name)) for name in occasion_names()]
    # A person reads the ordinary one first.
    occasions.sort(key=lambda each: each[0] != "ordinary")
    profiles = [(name, profile(name)) for name in profile_names()]
    profiles.sort(key=lambda each: (each[0] != "general", each[1].title))
    return Choices(
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
            Choice(
                name=name,
                title=found.title,
                about="",
                minutes=found.length,
                group=found.setting == "group",
                wording=str(found.wording),
                nation=found.nation,
            )
            for name, found in profiles
        ],
        wordings=[Choice(name=name, title=wording(name).title) for name in wording_names()],
        nations=[Choice(name=title, title=title) for title in our_titles()],
        aims=[Choice(name=str(aim), title=said(f"aim.{aim}", str(aim).capitalize())) for aim in Aim],
    )
