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
from reflect.pages import catalogues, reading
from reflect.questions.question import Function

PAGE = "---\nkey: {key}\ntitle: {title}\n---\n\n- {question}\n"


def written(folder: Path, key: str, title: str = "A page", name: str = "") -> Path:
    file = folder / f"{name or key}.md"
    file.write_text(PAGE.format(key=key, title=title, question="Who was there?"))
    return file


def test_folders_pages_texts_and_mappings(tmp_path: Path) -> None:
    """
    A folder, one page, a text and a mapping of texts all give models.
    """
    written(tmp_path, "one")
    other = tmp_path / "more"
    other.mkdir()
    text = PAGE.format(key="three", title="Three", question="Who?")
    known = reflect.catalogue(
        tmp_path, written(other, "two"), text, {"four.md": text.replace("three", "four")}, builtin=False
    )

    assert set(known) == {"one", "two", "three", "four"}
    assert len(known) == 4
    assert known.model("three").title == "Three"


def test_a_later_source_goes_first(tmp_path: Path) -> None:
    """
    A page of one's own takes the place of ours with the same key, whatever its file is called.
    """
    written(tmp_path, "kolb-cycle", "Kolb, our way", name="ours")

    assert reflect.catalogue(tmp_path).model("kolb-cycle").title == "Kolb, our way"
    assert reflect.load("kolb-cycle").title == "Experiential learning cycle"


def test_pages_are_read_when_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Listing reads front matter only, and a page is read once.
    """
    written(tmp_path, "one")
    reads: list[str] = []
    real = reading.read_model
    monkeypatch.setattr(reading, "read_model", lambda text, where: reads.append(where) or real(text, where))
    known = reflect.catalogue(tmp_path)
    assert {head.key for head in known.heads()} >= {"one", "kolb-cycle"}
    assert reads == []
    known.model("one")
    known.model("one")

    assert len(reads) == 1


def test_listing_finds_every_fault_in_front_matter_at_once(tmp_path: Path) -> None:
    """
    Two wrong pages in a folder are told together, each with its file.
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


@pytest.mark.parametrize("wrong", ["nowhere", "package:nobody"])
def test_a_source_that_is_not_there(wrong: str) -> None:
    """
    A folder or package that is not there is told at once.
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
    written(package / "models", "agency-one")
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
    What six people stuck on a case can do in half an hour, what asks about feelings, what challenges the evidence.
    """
    ours = catalogues.ours()
    stuck = {head.key for head in ours.find(people=6, minutes=30, when="Stuck")}
    feeling, evidence = ({head.key for head in ours.find(asks=tag)} for tag in ("feeling", "evidence-against"))

    assert {"solution-circle", "seven-eyed"} <= stuck
    assert not stuck & {"kolb-cycle", "reflecting-team"}  # nobody is stuck, and it is longer
    assert "gibbs-cycle" in feeling
    assert "kolb-cycle" not in feeling
    assert "bias-checks" in evidence
    assert feeling != evidence


@given(
    st.one_of(st.none(), st.integers(1, 120)), st.one_of(st.none(), st.integers(1, 12)),
    st.sampled_from(["", "feeling", "who"]), st.one_of(st.none(), st.sampled_from(list(Function))),
    st.sets(st.sampled_from(sorted(catalogues.ours()))),
)  # fmt: skip
def test_what_is_found_is_what_fits_each_wish(
    minutes: int | None, people: int | None, asks: str, function: Function | None, used: set[str]
) -> None:
    """
    What fits several wishes is what fits each of them, in the order of keys; who wishes nothing gets everything.
    """
    ours = catalogues.ours()
    each = [
        ours.find(minutes=minutes), ours.find(people=people), ours.find(asks=asks), ours.find(function=function),
        ours.find(new_to=used),
    ]  # fmt: skip
    both = ours.find(minutes=minutes, people=people, asks=asks, function=function, new_to=used)

    assert list(both) == [head for head in ours.heads() if all(head in some for some in each)]
    assert ours.find() == ours.heads()
    assert not used & {head.key for head in both}


def test_models_that_records_used_are_not_new(tmp_path: Path) -> None:
    """
    On the command line, what is new to two people is what no record in their folder used.
    """
    record = reflect.read(reflect.render("arrive@3 + kolb-cycle.experience@20 + close@7", "record"))
    (tmp_path / "a.json").write_text(reflect.to_json(record), "utf-8")
    new = CliRunner().invoke(main, ["models", "--new-to", str(tmp_path), "--json"])
    keys = {each["key"] for each in json.loads(new.stdout)}

    assert set(catalogues.ours()) - keys == {"arrive", "kolb-cycle", "close"}
    assert CliRunner().invoke(main, ["models", "--new-to", str(tmp_path / "nowhere")]).exit_code == 1
