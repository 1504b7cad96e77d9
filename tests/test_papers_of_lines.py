"""
Papers beside sessions that are lines to write on, as a record is: one side, and no page of boxes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reflect import Templates, document, read, render
from reflect.text.nodes import Answer
from tests.handbook import fill_in

#: What each asks in writing, as it did when it had boxes.
KEYS = {
    "annual-review": ("feedback", "back", "learning", "load", "agreement", "next"),
    "workload": ("not-done", "view", "relief"),
    "informal": ("asked", "decision", "rather", "why", "differently"),
    "pair": ("said", "support"),
}
PAPERS = {
    "annual-review": ("annual-review", "supervisee"),
    "workload-statement": ("workload", "supervisee"),
    "informal": ("informal", "case-file"),
    "pair-notes": ("pair", "supervisee"),
}
OF = {
    "annual-review": "annual-review",
    "workload-statement": "workload",
    "informal": "informal",
    "pair-notes": "session",
}
RINGS = {"informal": "case", "pair-notes": "pair"}
SESSION = "arrive@5 + kolb-cycle@40 + close@10"


def made_from(name: str) -> str:
    return SESSION if name == "pair-notes" else ""


def said(name: str) -> dict[str, str]:
    begins = PAPERS[name][0]
    return {f"{begins}.{key}": f"We said {n}.\nAnd more of {key}." for n, key in enumerate(KEYS[begins])}


@pytest.mark.parametrize("name", PAPERS)
def test_a_blank_has_one_side_and_no_boxes(name: str) -> None:
    """
    In large print two, or three.
    """
    pytest.importorskip("typst")
    blocks = document(made_from(name), name).blocks

    assert not [each.key for each in blocks if isinstance(each, Answer)]
    for looks, most in (((), 1), (("large-print",), 3)):
        data = render(made_from(name), name, to="pdf", looks=looks)
        assert 0 < len(re.findall(rb"/Type\s*/Page\b", data)) <= most


@pytest.mark.parametrize("name", PAPERS)
def test_what_was_written_when_it_had_boxes_is_read(name: str, tmp_path: Path) -> None:
    """
    Each answer of a Word file that was printed with boxes comes back under its key.
    """
    lines = said(name)
    boxes = "".join(f"```answer {key}\nlabel: {key}\nlines: 4\nvalue: {{{{ old['{key}'] }}}}\n```\n\n" for key in lines)
    head = f"---\nof: {OF[name]}\nlabel: x\nlimits: y\nring: {RINGS.get(name, 'personal')}\n---\n"
    (tmp_path / f"{name}.md").write_text(f"{head}{{% set old = {lines!r} %}}\n# Old\n\n{boxes}")
    found = read(render(made_from(name), name, reader=PAPERS[name][1], templates=Templates([tmp_path])))

    assert {each.key: each.text for each in found.answers if each.key in lines} == lines


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_written_on_its_lines_is_read(name: str, tmp_path: Path) -> None:
    """
    From its Word file, filled in by hand, and again from the paper that is printed of what was read.
    """
    lines = {key: text.partition("\n")[0] for key, text in said(name).items()}
    file = tmp_path / "a.docx"
    file.write_bytes(render(made_from(name), name, reader=PAPERS[name][1]))
    fill_in(file, lines)
    found = read(file)

    assert {each.key: each.text for each in found.answers if each.key in lines} == lines
    again = read(render(found, name, reader=PAPERS[name][1]))
    assert {each.key: each.text for each in again.answers if each.key in lines} == lines
