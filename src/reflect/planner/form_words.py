"""
What the places of a paper are called in the form on the page, and what the plan says would usually stand in them.

On paper a line is a sentence with places in it: "and", "from" and "until" say enough there. In a form each place stands
alone, so that it has a name of its own, or the heading over it if it is the only one under that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from reflect.planner.places import PageField, Section, titles_of
from reflect.planner.words import read_words, word_for
from reflect.sessions.kept import KeptPlan

#: What nobody writes in a form: what is printed, and what belongs to signing, which comes when the words are settled.
_NOT_FILLED = ("printed", "sign")
OF_SIGNING = "copy-given."


def with_names(sections: Iterable[Section], usual: Mapping[str, str]) -> list[Section]:
    """
    Return the sections of a form, with what each place in it is called, and what usually stands there.

    Args:
        sections: What a paper has to write in.
        usual: What usually stands in a place in which nothing is written, by its name.
    """
    return [_with_names(each, usual) for each in sections]


def titles_with_names(sections: Iterable[Section]) -> dict[str, str]:
    """
    Return what people call each place of a paper, by its name: its heading, and its name in the form.
    """
    whole = [*sections]
    named = {place["name"]: place for each in with_names(whole, {}) for line in each["lines"] for place in line}
    titles = titles_of(whole)
    for section in whole:
        for place in (each for line in section["lines"] for each in line):
            if called := named.get(place["name"], place).get("called"):
                head = "" if called.startswith(section["head"]) else section["head"]
                titles[place["name"]] = ": ".join(filter(None, (head, called)))
            elif place["name"].startswith(OF_SIGNING):
                titles[place["name"]] = word_for(f"fill.place.{place['name']}")
    return titles


def _with_names(section: Section, usual: Mapping[str, str]) -> Section:
    filled = [place for line in section["lines"] for place in line if is_filled(place)]
    called = {place["name"]: _words_for_place(place, section, alone=len(filled) == 1) for place in filled}
    often = Counter(called.values())
    numbers: Counter[str] = Counter()
    for name, words in called.items():
        if often[words] > 1:
            numbers[words] += 1
            called[name] = f"{words} {numbers[words]}"

    def name_place(place: PageField) -> PageField:
        name = place["name"]
        return {**place, "called": called[name], "usual": "" if place["value"] else usual.get(name, "")}

    lines = [
        [name_place(place) if place["name"] in called else place for place in line if not _is_of_signing(place)]
        for line in section["lines"]
    ]
    return {**section, "lines": lines}


def is_filled(place: PageField) -> bool:
    """
    Tell whether a place is one of the form, and not of signing.
    """
    return place["form"] not in _NOT_FILLED and not _is_of_signing(place)


def _is_of_signing(place: PageField) -> bool:
    return place["name"].startswith(OF_SIGNING)


def _words_for_place(place: PageField, section: Section, *, alone: bool) -> str:
    """
    Return what a place is called; empty if the heading over it says that.
    """
    own = re.sub(r"\d+", "n", place["name"].partition("~")[0])
    label = place["label"]
    if (key := f"fill.place.{own}") in read_words():
        return word_for(key)
    # A word of a sentence says nothing away from that sentence.
    if (key := f"records.fact.{own}") in read_words() and not label[:1].isupper():
        return word_for(key)
    if label:
        return label if place["form"] == "choice" else f"{label[:1].upper()}{label[1:]}"
    return "" if alone and section["head"] else place["asked"]


def usual_times(plan: KeptPlan | None) -> dict[str, str]:
    """
    Return when an hour was to begin and to end, by the names of the places for when it did.
    """
    if plan is None or not plan.session.fact("start"):
        return {}
    return {"met.from": plan.session.clock(0), "met.to": plan.session.clock(plan.session.minutes)}
