"""
What is made in code has to be what a file could hold: numbers in their range, and words of ours.
"""

from __future__ import annotations

import datetime
import math
from pathlib import Path

import attrs
import pytest

from reflect.errors import Faults, ReflectError
from reflect.files import forms
from reflect.files.objects import ObjectOf, form_of, refuse_wrong_values
from reflect.pages.catalogues import our_catalogue
from reflect.planning import arrange, following, suggest
from reflect.planning.candidates import candidates
from reflect.planning.occasions import Occasion, occasion, occasion_names
from reflect.planning.profiles import Profile, profile, profile_names
from reflect.planning.session_file import SessionFile, Wish

DAY = datetime.date(2026, 3, 4)
KNOWN = candidates(our_catalogue())
ABSURD = (math.nan, math.inf, -1, 10**12)


def numbers_of(kind: type) -> list[tuple[str, float]]:
    """
    Each field of a class that holds a number, with each number that it cannot hold.
    """
    return [
        (field.attribute, number)
        for field in form_of(kind).fields
        if isinstance(field.form, forms.Number)
        for number in ABSURD
    ]


def words_of(kind: type) -> list[str]:
    return [field.attribute for field in form_of(kind).fields if isinstance(field.form, forms.OneOf)]


@pytest.mark.parametrize(
    ("kind", "name", "number"),
    [(kind, *each) for kind in (SessionFile, Profile, Wish) for each in numbers_of(kind)],
)
def test_no_number_is_absurd(kind: type, name: str, number: float) -> None:
    usual = {SessionFile: SessionFile(date=DAY), Profile: profile("general"), Wish: Wish(what="the rota")}[kind]
    with pytest.raises(
        ReflectError, match=rf"{kind.__name__}: '{name}' is (not a .*number from|a number; give a whole)"
    ):
        refuse_wrong_values(attrs.evolve(usual, **{name: number}))


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in (SessionFile, Wish) for name in words_of(kind)])
def test_no_word_is_another(kind: type, name: str) -> None:
    usual = {SessionFile: SessionFile(date=DAY), Wish: Wish(what="the rota")}[kind]
    if name == "ring":
        return  # it is one of our rings by its class
    with pytest.raises(Faults, match=f"'{name}' is not one of the words"):
        refuse_wrong_values(attrs.evolve(usual, **{name: "stuk"}))


def test_ours_and_those_of_files_are_right() -> None:
    for value in (*map(profile, profile_names()), *map(occasion, occasion_names())):
        refuse_wrong_values(value)


def test_all_of_it_is_told_at_once_and_nothing_is_planned() -> None:
    wrong = SessionFile(
        date=DAY, minutes=10**9, start="25:99", aim="stuk", supervisee_items=(Wish(what="x", purpose="thnk"),)
    )
    with pytest.raises(Faults) as told:
        arrange(wrong, profile("general"))

    assert len(told.value.faults) == 4
    assert "Did you mean 'stuck'?" in str(told.value)
    assert "SessionFile.supervisee_items: 'purpose'" in str(told.value)


def test_a_session_that_follows_is_told_too() -> None:
    for given in ({"aim": "stuk"}, {"minutes": -1}, {"start": "25:00"}, {"series": "!!"}):
        with pytest.raises(Faults):
            following(bring="the rota", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"aim": "stuk"}, "there is no aim 'stuk'. Did you mean 'stuck'?"),
        ({"suits": "grup"}, "there is no setting 'grup'. Did you mean 'group'?"),
        ({"purpose": "anlysis"}, "there is no purpose 'anlysis'. Did you mean 'analysis'?"),
        ({"minutes": math.nan}, "'minutes' is a number; give a whole number"),
        ({"minutes": -5}, "'minutes' cannot be -5"),
        ({"people": -1}, "'people' cannot be -1"),
        ({"avoid": -1}, "'avoid' cannot be -1"),
    ],
)
def test_suggesting_tells_what_it_does_not_know(given: dict[str, object], said: str) -> None:
    with pytest.raises(ReflectError) as told:
        suggest(KNOWN, **given)  # type: ignore[arg-type]

    assert said in str(told.value)


@pytest.mark.parametrize("given", ["firts", " first", "a\0b", "x" * 5000, "../profiles/general", Path("/nope/x.yaml")])
def test_an_occasion_that_is_not_there_is_told(given: str | Path) -> None:
    with pytest.raises(ReflectError) as told:
        arrange(SessionFile(date=DAY), profile("general"), occasion=given)

    assert len(str(told.value)) < 400


@pytest.mark.parametrize("look", [occasion, profile])
def test_a_folder_that_is_not_there_is_told(look: object, tmp_path: Path) -> None:
    """
    Or an agency's own occasion would be ours in silence.
    """
    (tmp_path / "profils").mkdir()
    with pytest.raises(Faults, match=r"is not a folder; name a folder of \w+"):
        look("ordinary" if look is occasion else "general", [tmp_path / "none"])  # type: ignore[operator]


def test_an_occasion_made_in_code_is_looked_at() -> None:
    assert isinstance(form_of(Occasion), ObjectOf)
    found = occasion("first")
    headings = (attrs.evolve(found.headings[0], kind="arive"), *found.headings[1:])
    wrong = attrs.evolve(found, headings=headings)
    with pytest.raises(Faults, match=r"Occasion\.headings: 'kind' is not one of the words"):
        arrange(SessionFile(date=DAY), profile("general"), occasion=wrong)
