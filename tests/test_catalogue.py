"""
Where models are found: built in, folders, pages, texts and installed packages.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.errors import Faults, UnknownKey
from reflect.files import places
from reflect.pages import reading
from reflect.pages.catalogues import our_catalogue
from reflect.questions.question import Function

PAGE = "---\nkey: {key}\ntitle: {title}\n---\n\n- {question}\n"


def write_page(folder: Path, key: str, title: str = "A page", name: str = "") -> Path:
    """
    Write a page of one question, and return its file.
    """
    file = folder / f"{name or key}.md"
    file.write_text(PAGE.format(key=key, title=title, question="Who was there?"))
    return file


def test_folders_pages_texts_and_mappings(tmp_path: Path) -> None:
    """
    A folder, one page and a mapping of texts all give models.
    """
    write_page(tmp_path, "one")
    other = tmp_path / "more"
    other.mkdir()
    text = PAGE.format(key="three", title="Three", question="Who?")
    models = reflect.catalogue(
        tmp_path,
        write_page(other, "two"),
        {"three.md": text, "four.md": text.replace("three", "four")},
        builtin=False,
    )

    assert set(models) == {"one", "two", "three", "four"}
    assert len(models) == 4
    assert models.model("three").title == "Three"


def test_a_later_source_counts(tmp_path: Path) -> None:
    """
    If a page of yours has the key of one of ours, yours counts, whatever its file is called.
    """
    write_page(tmp_path, "kolb-cycle", "Kolb, our way", name="ours")

    assert reflect.catalogue(tmp_path).model("kolb-cycle").title == "Kolb, our way"
    assert reflect.load("kolb-cycle").title == "Experiential learning cycle"


def test_pages_are_read_when_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Listing reads front matter only, and a page is read once.
    """
    write_page(tmp_path, "one")
    reads: list[str] = []
    real = reading.read_model
    monkeypatch.setattr(reading, "read_model", lambda text, where: reads.append(where) or real(text, where))
    models = reflect.catalogue(tmp_path)
    assert {head.key for head in models.heads()} >= {"one", "kolb-cycle"}
    assert reads == []
    models.model("one")
    models.model("one")

    assert len(reads) == 1


def test_listing_finds_every_fault_in_front_matter_at_once(tmp_path: Path) -> None:
    """
    The faults of two pages in a folder come together, each with its file.
    """
    (tmp_path / "a.md").write_text("---\ntitel: A\n---\n\n- Who?\n")
    (tmp_path / "b.md").write_text("---\nshape: round\ntitle: B\n---\n\n- Who?\n")

    with pytest.raises(Faults) as caught:
        reflect.catalogue(tmp_path).heads()
    assert "a.md:2" in str(caught.value)
    assert "b.md:2" in str(caught.value)


def test_parts_have_dotted_paths() -> None:
    """
    A path names a part of a model, and keeps the model's name with it.
    """
    part = reflect.catalogue().load("kolb-cycle.experience")

    assert {q.key.rpartition(".")[0] for q in part.asks} == {"kolb-cycle.experience"}
    assert part.questions.title == "Experiential learning cycle"
    with pytest.raises(UnknownKey, match="experience"):
        reflect.catalogue().load("kolb-cycle.experiance")


@pytest.mark.parametrize("wrong", [Path("nowhere"), "package:nobody"])
def test_a_missing_source_is_refused(wrong: str | Path) -> None:
    """
    If there is no such folder or package, the catalogue says so at once.
    """
    with pytest.raises(reflect.ReflectError, match=r"nowhere|nobody"):
        reflect.catalogue(wrong)


def test_rubbish_is_refused(tmp_path: Path) -> None:
    """
    A file that is not text, or too large, is a fault and nothing else.
    """
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "b.md").write_bytes(b"# x\n" + b"- y\n" * 1_200_000)
    for name, says in (("a.md", "is saved as UTF-16"), ("b.md", "is larger than 4 MB")):
        with pytest.raises(Faults, match=says):
            reflect.read_page(tmp_path / name)


def test_an_installed_package_offers_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A package that names a folder of pages is found by its entry point, and only when it is asked for.
    """
    package = tmp_path / "agency_pages"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    write_page(package / "models", "agency-one")
    info = tmp_path / "agency_pages-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: agency-pages\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{places.ENTRY_POINTS}]\nagency = agency_pages\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()

    assert "agency-one" not in reflect.catalogue()
    assert "agency_pages" not in sys.modules
    assert "agency-one" in reflect.catalogue("package:agency")
    assert "agency-one" in set(reflect.catalogue("package:agency", builtin=False))


# --- which model today


def test_each_question_about_models_is_answered() -> None:
    """
    Find what six people can do in half an hour when they are stuck, what asks about feelings, what tests evidence.
    """
    models = our_catalogue()
    stuck = {head.key for head in models.find(people=6, minutes=30, when="Stuck")}
    feeling, evidence = ({head.key for head in models.find(asks=tag)} for tag in ("feeling", "evidence-against"))

    assert {"solution-circle", "seven-eyed"} <= stuck
    assert not stuck & {"kolb-cycle", "reflecting-team"}  # nobody is stuck, and it is longer
    assert "gibbs-cycle" in feeling
    assert "kolb-cycle" not in feeling
    assert "bias-checks" in evidence
    assert feeling != evidence


@pytest.mark.parametrize(
    ("says", "people", "found"),
    [
        ("people: {least: 3, most: 18}", 7, True), ("people: {least: 3, most: 18}", 2, False),
        ("people: {least: 3}", 99, True), ("people: {most: 6}", 7, False), ("people: 2", 2, True),
        ("suits: [group]", 7, True), ("suits: [one-to-one]", 7, False), ("version: 1", 7, False),
        ("people: {least: 3, most: 18}\nsuits: [one-to-one]", 7, True),
    ],
)  # fmt: skip
def test_a_page_is_found_by_how_many_it_is_for(says: str, people: int, found: bool) -> None:
    """
    A page that says how many it is for is found for as many; any other by what it suits.
    """
    models = reflect.catalogue({"t": f"---\ntitle: T\n{says}\n---\n\n- Who?\n"}, builtin=False)

    assert [head.key for head in models.find(people=people)] == ["t"] * found


@given(
    st.one_of(st.none(), st.integers(1, 120)), st.one_of(st.none(), st.integers(1, 12)),
    st.sampled_from(["", "feeling", "who"]), st.one_of(st.none(), st.sampled_from(list(Function))),
    st.sets(st.sampled_from(sorted(our_catalogue()))),
)  # fmt: skip
def test_a_model_that_is_found_meets_every_condition(
    minutes: int | None, people: int | None, asks: str, function: Function | None, used: set[str]
) -> None:
    """
    A model meets several conditions if it meets each of them; with no conditions, all models come, in order.
    """
    models = our_catalogue()
    each = [
        models.find(minutes=minutes), models.find(people=people), models.find(asks=asks), models.find(function=function),
        models.find(new_to=used),
    ]  # fmt: skip
    both = models.find(minutes=minutes, people=people, asks=asks, function=function, new_to=used)

    assert list(both) == [head for head in models.heads() if all(head in heads for heads in each)]
    assert models.find() == models.heads()
    assert not used & {head.key for head in both}


def test_models_that_records_used_are_not_new(tmp_path: Path) -> None:
    """
    On the command line, a model is new to two people if no record in their folder used it.
    """
    record = reflect.read(reflect.render("arrive@3 + kolb-cycle.experience@20 + close@7", "record"))
    (tmp_path / "a.json").write_text(reflect.to_json(record), "utf-8")
    new = CliRunner().invoke(main, ["models", "--new-to", str(tmp_path), "--json"])
    keys = {each["key"] for each in json.loads(new.stdout)}

    assert set(our_catalogue()) - keys == {"arrive", "kolb-cycle", "close"}
    assert CliRunner().invoke(main, ["models", "--new-to", str(tmp_path / "nowhere")]).exit_code == 1
