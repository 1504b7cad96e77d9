"""
Refusals as values: a page that plans an hour shows what is wrong at its place, with a button that mends it.
"""

from __future__ import annotations

import ast

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import Alternative
from reflect.pages.catalogues import our_catalogue
from reflect.planning import TooShort
from reflect.planning.agenda import arrange
from reflect.planning.session_file import SessionFile, Wish
from reflect.sessions.facts import FACTS
from tests import source
from tests.test_planning import STANDING, small

HEADS = {head.key: head for head in our_catalogue().heads()}
MODELS = sorted(key for key, head in HEADS.items() if head.minutes and head.minutes[0] > 1)


@given(st.sampled_from(MODELS), st.integers(1, 40))
def test_what_does_not_fit_names_what_does(key: str, minutes: int) -> None:
    """
    Its key, its title and its minutes are fields; each alternative has the title of its page, and can be planned in the
    minutes there are.
    """
    wrong = refusal_of(key, minutes)
    if wrong is None:
        return
    assert (wrong.key, wrong.title, wrong.has) == (key, HEADS[key].title, minutes)
    assert refusal_of(key, wrong.needs) is None
    assert refusal_of(key, wrong.needs - 1)
    assert key not in wrong.fitting
    for each in wrong.alternatives:
        assert each.title == HEADS[each.key].title
        assert each.needs <= minutes
        assert refusal_of(each.key, each.needs) is None
        assert each.needs == 1 or refusal_of(each.key, each.needs - 1)


def refusal_of(key: str, minutes: int) -> reflect.DoesNotFit | None:
    try:
        reflect.plan(key, minutes)
    except reflect.DoesNotFit as wrong:
        return wrong
    return None


def test_a_set_without_a_key_has_a_title_for_people() -> None:
    """
    A set that somebody joined has no key, and is called by the titles of its parts.
    """
    joined = (reflect.load("kolb-cycle") + reflect.load("grow")).questions
    with pytest.raises(reflect.DoesNotFit) as caught:
        reflect.plan(reflect.QuestionSet(title="Two of them", children=joined.children) @ 3, 60)

    assert (caught.value.key, caught.value.title) == ("", "Two of them")


def test_what_to_put_off_is_there_by_its_key() -> None:
    """
    Without the alternatives the rest fits; their words are in no ``repr``.
    """
    file = small(minutes=40, supervisee_items=tuple(Wish(what=f"thing {n}", minutes=8) for n in range(5)))
    with pytest.raises(TooShort) as short:
        arrange(file, STANDING)

    gone = {each.title for each in short.value.alternatives}
    assert gone
    assert all(each.key and each.needs == 8 for each in short.value.alternatives)
    rest = tuple(wish for wish in file.supervisee_items if wish.what not in gone)
    assert arrange(attrs.evolve(file, supervisee_items=rest), STANDING)
    assert "thing" not in "".join(map(repr, short.value.alternatives))


def test_each_name_that_an_outline_gets_wrong_is_a_value() -> None:
    """
    All of them, in the order of the outline, each with what was meant.
    """
    with pytest.raises(reflect.UnknownModels) as caught:
        reflect.plan("kolb-cycel@20 + grow + nothing-near-this", 60)

    assert [(each.key, each.kind) for each in caught.value.missing] == [
        ("kolb-cycel", "model or part"),
        ("nothing-near-this", "model or part"),
    ]
    assert caught.value.missing[0].meant == "kolb-cycle"
    assert "grow" in caught.value.missing[1].known


#: What the planner may say that something is about, besides the entries of a session file and the facts of a session.
ARGUMENTS = {
    "minutes",
    "records",
    "record",
    "plan",
    "profile",
    "keep",
    "private",
    "folder",
    "series",
    "brought",
    "moved",
    "until",
}


def test_every_refusal_of_the_planner_says_what_it_is_about() -> None:
    """
    So a page can say it at its place.
    """
    entries = {field.name for field in attrs.fields(SessionFile)} | ARGUMENTS | set(FACTS)
    told: dict[str, object] = {}
    for file in (source.SOURCE / "planning").glob("*.py"):
        for node in source.nodes_of(file):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                match node.args[1:]:
                    case [ast.Constant(value=about)]:
                        told[f"{file.name}:{node.lineno}"] = about
                    case [ast.Name(id="name")]:  # the name of an argument
                        told[f"{file.name}:{node.lineno}"] = "minutes"
                    case _:
                        told[f"{file.name}:{node.lineno}"] = ""

    assert len(told) > 20
    assert {place: about for place, about in told.items() if about not in entries} == {}


@pytest.mark.parametrize(("more", "about"), [({"minutes": 0}, "minutes"), ({"facts": {"start": "soon"}}, "start")])
def test_a_plan_that_is_refused_says_what_it_is_about(more: dict[str, object], about: str) -> None:
    with pytest.raises(reflect.Refused) as caught:
        reflect.plan("grow", **more)  # type: ignore[arg-type]

    assert caught.value.about == about


def test_an_alternative_says_nothing_that_somebody_wrote() -> None:
    assert "qzxv" not in repr(Alternative("item-1", "qzxv", 5))
