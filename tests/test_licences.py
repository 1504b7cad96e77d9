"""
Rights and languages have no default: a paper says what its page says, and no more.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import reflect
from reflect.checks import check
from reflect.documents.licences import find_licence, name_licence, say_what_is_allowed
from reflect.pages.catalogues import our_catalogue
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model

PAGE = "---\ntitle: T\n{}---\n\n## Back\n\n- Where does it begin?\n- Who was there?\n\n## Ahead\n\n- Who will know?\n"
PAPERS = ("handout", "cards", "worksheet", "notes", "role-play", "slide", "diagram", "booklet", "comparison")


def page(licence: str = "", author: str = "", more: str = "") -> reflect.Model:
    """
    A page that names a licence and an author, if they are given.
    """
    lines = [f"licence: {licence}\n"] if licence else []
    return read_model(PAGE.format("".join([*lines, f"author: {author}\n" if author else "", more])))


def words_of(paper: str, *models: reflect.Model) -> str:
    """
    All that a paper of models says.
    """
    about = models[0] if paper not in ("cards", "booklet", "comparison") else models
    return " ".join(str(reflect.render(about, paper, to="html")).split())


@pytest.mark.parametrize(
    ("licence", "name", "allowed"),
    [
        ("CC-BY-4.0", "CC BY 4.0", "Copy it, change it"),
        ("cc by 4.0", "CC BY 4.0", "Copy it, change it"),
        ("Creative Commons Attribution 4.0 International", "CC BY 4.0", "Copy it, change it"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "Copy it, change it"),
        ("CC–BY–SA 4.0", "CC BY-SA 4.0", "under the same licence"),
        ("CC BY-NC-SA 3.0", "CC BY-NC-SA 3.0", "no money"),
        ("CC-BY-NC-4.0", "CC BY-NC 4.0", "no money"),
        ("CC-BY-ND-4.0", "CC BY-ND 4.0", "Copy it as it is"),
        ("Attribution-NonCommercial-NoDerivatives 4.0", "Attribution-NonCommercial-NoDerivatives 4.0", ""),
        ("CC BY-NC-ND 4.0", "CC BY-NC-ND 4.0", "as it is"),
        ("CC0-1.0", "CC0 1.0", "Copy it, change it"),
        ("CC0", "CC0", "Copy it, change it"),
        ("MIT", "MIT", "keep its licence"),
        ("The MIT License", "MIT", "keep its licence"),
        ("OGL-UK-3.0", "Open Government Licence 3.0", "say where"),
        ("All rights reserved.", "All rights reserved", "Ask before you copy it."),
        ("CC-BY-4.0 OR MIT", "CC-BY-4.0 OR MIT", ""),
        ("CC BY 4.0, but not the diagrams", "CC BY 4.0, but not the diagrams", ""),
        ("© 2024 The agency", "© 2024 The agency", ""),
        ("ask us", "ask us", ""),
    ],
)
def test_what_a_licence_allows(licence: str, name: str, allowed: str) -> None:
    """
    A licence of the table says what may be done in whatever spelling; any other is printed, and says nothing of copying.
    """
    sentence = say_what_is_allowed([licence])

    assert name_licence(licence) == name
    assert allowed in sentence
    if not allowed:
        assert (find_licence(licence), sentence) == (None, f"{licence}.")
    if "ND" in name or "reserved" in name:
        assert "change" not in sentence


def test_several_licences_are_not_one() -> None:
    """
    What may be done with one part is not said of all of them, and a part without a licence gives nothing away.
    """
    assert say_what_is_allowed(["CC-BY-4.0", "CC BY 4.0"], several=True).startswith("Open. Copy them")
    assert "Copy" not in say_what_is_allowed(["CC-BY-4.0", "All rights reserved"])
    assert "Copy" not in say_what_is_allowed(["CC-BY-4.0", ""])
    assert say_what_is_allowed([]) == say_what_is_allowed(["", ""]) == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_without_a_licence_prints_none(paper: str) -> None:
    """
    No paper of a page, or of a set, names a licence that its page does not name, or says that it may be copied; a paper
    of a page that does name one says so.
    """
    two = (page(), read_model(PAGE.format("key: u\n")))
    bare = words_of(paper, *two)
    named = words_of(paper, *(page("CC-BY-4.0"), read_model(PAGE.format("key: u\nlicence: CC-BY-4.0\n"))))

    assert "CC" not in bare
    assert "Copy" not in bare
    assert "CC" in named
    assert ("Copy" in named) == (paper != "worksheet")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_that_may_not_be_changed_is_not_offered_for_change(paper: str) -> None:
    """
    "Change it" stands only on papers of pages whose licence allows it.
    """
    second = read_model(PAGE.format("key: u\nlicence: All rights reserved\n"))
    text = words_of(paper, page("All rights reserved", "The Agency"), second)

    assert "hange it" not in text
    assert "hange them" not in text
    assert "All rights reserved" in text


def test_a_set_has_no_licence_of_its_own() -> None:
    """
    What is made of several models in code names no licence.
    """
    both = our_catalogue().model("kolb-cycle") + our_catalogue().model("close")

    assert "CC" not in str(reflect.render(both, "handout", to="html"))


def test_cards_say_whose_the_words_are() -> None:
    """
    A card says after whom a model is, whose its words are and under which licence.
    """
    assert "After Kolb (1984). Words: reflect contributors, CC BY 4.0" in words_of(
        "cards", our_catalogue().model("kolb-cycle")
    )
    source = "sources:\n- {author: 'Boud, D., Keogh, R. and Walker, D.', year: 1985, title: Reflection}\n"
    assert "After Boud, Keogh and Walker (1985). Words: Sam" in words_of("cards", page("", "Sam", source))
    assert "Draft. Words: CC BY-ND 4.0" in words_of("cards", page("CC-BY-ND-4.0"))
    own = "sources:\n- {author: Sam, year: 2026, title: Ours}\n"
    assert "After" not in words_of("cards", page("", "Sam", own))


def test_nothing_is_written_into_a_page(tmp_path: Path) -> None:
    """
    Tidying a page writes no licence and no language into it, and reading it claims none.
    """
    (file := tmp_path / "t.md").write_text(PAGE.format(""), "utf-8")
    (checked,) = check(file)
    model = read_model(PAGE.format(""))

    assert (model.head.lang, model.head.licence, model.head.author) == ("", "", "")
    assert checked.tidy is not None
    assert all(name not in checked.tidy for name in ("licence", "lang:", "author"))
    assert "licence: MIT" in write_model(page("MIT"))
    assert "lang: cy" in write_model(read_model(PAGE.format("lang: cy\n")))


def test_our_pages_name_their_licence_and_language() -> None:
    """
    Every page that comes with us says in its front matter what others get from no default.
    """
    heads = our_catalogue().heads()

    assert {head.lang for head in heads} == {"en-GB"}
    assert {head.licence for head in heads} == {"CC-BY-4.0"}
    assert {head.author for head in heads} == {"reflect contributors"}
