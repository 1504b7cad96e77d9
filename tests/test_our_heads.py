"""
The list of our own models: what it says is what the pages say, and no page is read for it.
"""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect import testing
from reflect.pages import catalogues, our_heads
from reflect.pages.catalogues import PageSource, our_catalogue, our_pages
from reflect.planning import candidates
from reflect.questions.choosing import values_worked_on
from reflect.sessions.series import varies

TAGS = ("", "feeling", "how", "evidence-against", "scaling", "no-such-tag")
REMEDY = "run: python tools/our_heads.py"


def read_pages() -> dict[str, reflect.Head]:
    return {page.where: page.open_page().read_head() for page in our_pages()}


def test_the_list_says_what_the_pages_say() -> None:
    """
    Field by field, and as the tool writes it: a page that was changed is found out here.
    """
    pages = read_pages()
    asked = {page.where: our_heads.asked_by(page.open_page().read_model()) for page in our_pages()}

    assert dict(our_heads.our_heads()) == pages, REMEDY
    assert dict(our_heads.our_asked()) == asked, REMEDY
    assert our_heads.LIST.read_text("utf-8") == our_heads.write_list(pages, asked), REMEDY


def test_the_list_of_candidates_is_what_the_pages_give() -> None:
    """
    What planning knows of a model of ours without reading it is what reading gives, and no page is read for it.
    """
    models = {page.where: page.open_page().read_model() for page in our_pages()}
    known = {
        name: candidates.candidate_of(model)
        for name, model in models.items()
        if varies(model.head) and not model.head.steps
    }

    assert candidates.read_list(candidates.LIST.read_text("utf-8")) == known, REMEDY
    assert candidates.LIST.read_text("utf-8") == candidates.write_list(known), REMEDY
    read = [
        candidates.candidate_of(our_catalogue().model(key))
        for key in our_catalogue()
        if varies(our_catalogue().model(key).head)
    ]
    assert set(candidates.candidates(our_catalogue())) == set(read)


def test_no_page_of_ours_is_read_to_choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    But a page that has others as its steps is, and so is one that somebody else wrote under the key of one of ours.
    """
    read: list[str] = []
    open_page = PageSource.open_page

    def note(page: PageSource) -> object:
        read.append(page.where)
        return open_page(page)

    monkeypatch.setattr(PageSource, "open_page", note)
    models = reflect.catalogue()
    strings = {f"{head.key}.md" for head in models.heads() if head.steps}
    found = candidates.candidates(models)
    (tmp_path / "kolb-cycle.md").write_text("# Another cycle {#kolb-cycle}\n\n- What?\n", "utf-8")

    assert len(found) > 50
    assert set(read) <= strings | {f"{step.partition('@')[0]}.md" for head in models.heads() for step in head.steps}
    mine = {each.key: each for each in candidates.candidates(reflect.catalogue(tmp_path))}
    assert mine["kolb-cycle"].title == "Another cycle"


def test_a_list_that_lags_behind_is_found_out() -> None:
    """
    Any other value of any field of any head makes another list.
    """
    name, head = next(iter(read_pages().items()))
    usual = our_heads.write_list({name: head})
    for field in attrs.fields(reflect.Head):
        if field.name in ("key", "title", "when", "instead", "rights", "room"):
            changed = attrs.evolve(head, **{field.name: "another"})
            assert our_heads.write_list({name: changed}) != usual
            assert our_heads.read_list(our_heads.write_list({name: changed})) != {name: head}


@given(testing.models())
def test_any_head_comes_back_from_a_list(model: reflect.Model) -> None:
    """
    Whatever a page may say, and the list is JSON of texts, numbers and lists.
    """
    asked = our_heads.asked_by(model)
    text = our_heads.write_list({"a.md": model.head}, {"a.md": asked})

    assert our_heads.read_list(text) == {"a.md": model.head}
    assert our_heads.read_asked(text) == {"a.md": asked}
    assert list(json.loads(text)) == ["a.md"]


def test_no_page_of_ours_is_read_to_list_or_to_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The list is enough for what is known about models; one that is loaded is read.
    """

    def refuse(page: PageSource) -> str:
        raise AssertionError(f"{page.where} was read")

    monkeypatch.setattr(PageSource, "read_text", refuse)
    models = reflect.catalogue()

    assert len(models.heads()) == len(our_pages())
    assert "kolb-cycle" in models
    assert {head.key for head in models.find(minutes=30, suits="group", when="stuck")} < set(models)
    assert "clear" in {head.key for head in models.find(asks="feeling", element="analysis", function="support")}
    assert "clear" not in {head.key for head in models.find(function="mediation")}
    assert models.find_nearest("kolb-cycel") == "kolb-cycle"
    with pytest.raises(AssertionError, match=r"kolb-cycle\.md was read"):
        models.model("kolb-cycle")


def test_a_page_that_somebody_else_wrote_is_read(tmp_path: Path) -> None:
    """
    Also under the file name and the key of one of ours.
    """
    (tmp_path / "kolb-cycle.md").write_text("# Another cycle {#kolb-cycle}\n\n- What?\n", "utf-8")
    (head,) = reflect.catalogue(tmp_path, builtin=False).heads()
    both = {each.key: each for each in reflect.catalogue(tmp_path).heads()}

    assert head.title == "Another cycle"
    assert both["kolb-cycle"] == head
    assert len(both) == len(our_pages())


@given(st.sampled_from(TAGS), st.sampled_from(["", *reflect.Element]), st.sampled_from(["", *reflect.Function]))
def test_what_is_found_is_what_reading_finds(tag: str, element: str, function: str) -> None:
    """
    Whatever is asked for, the list gives what the questions of each page give.
    """
    found = {head.key for head in reflect.catalogue().find(asks=tag, element=element, function=function)}
    models = our_catalogue()

    def asks(key: str) -> bool:
        questions = [question for question in models.model(key).asks if tag in question.tags]
        serves = values_worked_on(models.model(key))
        enough = len(questions) > 1 or any(question.core for question in questions)
        return (not tag or enough) and {value for value in (element, function) if value} <= serves

    assert found == {key for key in models if asks(key)}


def test_a_page_of_ours_that_is_not_in_the_list_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    So a new page works before the list is written again.
    """
    monkeypatch.setattr(catalogues, "our_heads", dict)
    monkeypatch.setattr(catalogues, "our_asked", dict)

    assert reflect.catalogue().find(asks="feeling", element="analysis")
    assert reflect.catalogue().heads() == tuple(sorted(read_pages().values(), key=lambda head: head.key))


def test_a_model_has_the_head_that_is_listed() -> None:
    models = reflect.catalogue()

    assert {head.key: head for head in models.heads()} == {key: models.model(key).head for key in models}
