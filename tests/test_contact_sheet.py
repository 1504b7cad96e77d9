"""
The script that looks at laid-out papers sees what is wrong with one, and nothing wrong with a good one.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import reflect
from tests.test_word import tool


@pytest.fixture(scope="module")
def looking() -> ModuleType:
    spec = importlib.util.spec_from_file_location("contact_sheet", Path("tools/contact_sheet.py").resolve())
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules["contact_sheet"] = found
    spec.loader.exec_module(found)
    return found


def test_it_sees_what_is_cut_and_what_is_whole(looking: ModuleType, tmp_path: Path) -> None:
    """
    A paper with words missing from its picture is reported, word by word; the real paper is not.
    """
    tool("soffice"), tool("pdftotext")
    (good, other) = (tmp_path / f"{key}.docx" for key in ("kolb-cycle", "gibbs-cycle"))
    for paper in (good, other):
        paper.write_bytes(reflect.render(reflect.load(paper.stem), "handout"))
    laid = dict(zip((good, other), looking.laid_out([good, other], tmp_path / "pdf"), strict=True))

    assert list(looking.faults(good, laid[good])) == []
    assert "kolb-cycle: 'experiential' cannot be seen (2 times)" in list(looking.faults(good, laid[other]))


def test_it_sees_words_over_one_another(looking: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Words that overlap, words beyond the edge and pages without words are reported; touching words are not.
    """
    word = looking.Word
    page = [word("one", 10, 100, 40, 112), word("two", 20, 104, 50, 116), word("three", 50, 116, 80, 128)]
    beyond = [word("four", 580, 100, 610, 112)]
    monkeypatch.setattr(looking, "pages", lambda _: [(595, 842, page), (595, 842, beyond), (595, 842, [])])
    monkeypatch.setattr(looking, "written", lambda _: looking.pieces(""))

    assert list(looking.faults(Path("x.docx"), Path("x.pdf"))) == [
        "x, page 1: 'one' lies over 'two'",
        "x, page 2: 'four' runs off the page",
        "x, page 3: blank",
    ]
