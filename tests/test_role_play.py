"""
Role-plays: a situation for two, and one side for each.
"""

from __future__ import annotations

import re

import pytest

from reflect import catalogue, document, load, render
from reflect.documents.situations import choose_situation, situations
from reflect.documents.templates import Templates
from reflect.errors import UnknownKey
from reflect.questions.wordings import wording, wording_names
from reflect.text import nodes
from reflect.text.nodes import NewPage
from tests.documents import of_the_day, squeezed


def test_there_are_eighteen_situations_of_professions() -> None:
    """
    No two of a name or a title, each of a wording that there is; and whatever the wording, there is one to play.
    """
    found = [each.wording for each in situations()]

    assert len(found) >= 18
    assert set(found) <= set(wording_names())
    assert len({each.name for each in situations()}) == len({each.title for each in situations()}) == len(found)
    assert all(each.brings.today for each in situations())
    assert all(choose_situation("", wording(name), "x") for name in wording_names())


@pytest.mark.parametrize("each", situations(), ids=lambda each: each.name)
def test_each_of_the_two_has_only_their_own(each: object) -> None:
    """
    Whoever brings it does not read what whoever asks knows, and the other way round.
    """
    name = each.name  # type: ignore[attr-defined]
    pages = [""]
    for block in document("kolb-cycle", "role-play", facts={"situation": name}).blocks:
        if isinstance(block, NewPage):
            pages.append("")
        pages[-1] += nodes.words(getattr(block, "children", ()))
    brings, asks = each.brings.knows, each.asks.knows  # type: ignore[attr-defined]
    supervisor, supervisee = (
        next(squeezed(page) for page in pages if f"Only for the {role}" in page)
        for role in ("supervisor", "supervisee")
    )

    assert squeezed(asks) in supervisor
    assert squeezed(brings) not in supervisor
    assert squeezed(brings) in supervisee
    assert squeezed(asks) not in supervisee


def test_a_situation_is_of_the_wording_and_settled_by_the_model() -> None:
    """
    The same model in the same words has the same; a wording without one has a general one.
    """
    nursing = wording("nursing")

    assert {choose_situation("", nursing, key).wording for key in catalogue()} == {"nursing"}
    assert len({choose_situation("", nursing, key).name for key in catalogue()}) == 2
    assert choose_situation("", nursing, "x") is choose_situation("", nursing, "x")
    with pytest.raises(UnknownKey, match="situation"):
        choose_situation("the-empty-chiar", nursing, "x")


def test_a_paper_without_a_situation_takes_no_notice_of_one() -> None:
    """
    "Situation" is a word of many files. Where none is played, what is said of it is nothing to refuse; elsewhere it is.
    """
    facts = {"situation": "a first visit"}
    others = [name for name in Templates().names() if Templates().about(name).of == "model" and name != "role-play"]

    assert len(others) > 3
    for name in others:
        assert render("kolb-cycle", name, facts=facts, to="txt") == render("kolb-cycle", name, to="txt")
    with pytest.raises(UnknownKey, match="there is no situation 'a first visit'"):
        document("kolb-cycle", "role-play", facts=facts)


@pytest.mark.parametrize("name", of_the_day(catalogue(), 8))
def test_each_page_of_a_role_play_has_one_side(name: str) -> None:
    pytest.importorskip("typst")
    paper = document(load(name), "role-play")
    pages = 1 + sum(isinstance(block, NewPage) for block in paper.blocks)

    assert len(re.findall(rb"/Type\s*/Page\b", render(load(name), "role-play", to="pdf"))) == pages


def test_the_handout_has_all_of_them() -> None:
    said = squeezed(render("", "situations", to="txt").decode())

    assert all(squeezed(each.title) in said and squeezed(each.asks.knows) in said for each in situations())
