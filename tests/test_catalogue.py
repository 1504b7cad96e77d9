"""
Where models are found: built in, folders, pages, texts and installed packages.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

import reflect
from reflect import catalogues, page
from reflect.errors import Faults, UnknownKey

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
    real = page.read
    monkeypatch.setattr(page, "read", lambda text, where: reads.append(where) or real(text, where))
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
    package.mkdir()
    (package / "__init__.py").write_text("")
    written(package, "agency-one")
    info = tmp_path / "agency_pages-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: agency-pages\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{catalogues.ENTRY_POINTS}]\nagency = agency_pages\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()

    assert "agency-one" not in reflect.catalogue()
    assert "agency_pages" not in sys.modules
    assert "agency-one" in reflect.catalogue("package:agency")
    assert "agency-one" in set(reflect.catalogue("package:agency", builtin=False))
