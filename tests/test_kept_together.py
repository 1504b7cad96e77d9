"""
What belongs together stays on one page: what leaves a group with to whom and why, and an action with who and by when.
What does not belong together looks apart.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import attrs
import pytest

import reflect
from reflect.formats import pdf, word
from reflect.text.nodes import Paragraph, Text
from tests.office import sides_in_libreoffice
from tests.test_word import tool

HOUR = "arrive@5 + balint-group@45 + close@10"
#: Labels of which a page has either all or none, and as many of each.
SLIP = ("What leaves, word for word", "To whom", "Why", "We were told on", "All of us agree that it leaves")


def printed(folder: Path, to: str, *looks: str, above: Iterable[int] = (0,)) -> list[list[list[str]]]:
    """
    Return the lines on each page of a group's record, as PDF or as LibreOffice prints it, with so many lines above it.
    """
    paper = reflect.document(HOUR, "group-record", minutes=60, looks=looks)
    for count in above:
        more = (Paragraph((Text("One line."),)),) * count
        made = attrs.evolve(paper, blocks=(*more, *paper.blocks))
        (folder / f"{count:02}.{to}").write_bytes(pdf.write(made) if to == "pdf" else word.write(made))
    if to == "docx":
        tool("soffice")
        sides_in_libreoffice(folder)
    out = []
    for file in sorted(folder.glob("*.pdf")):
        done = subprocess.run([tool("pdftotext"), "-layout", str(file), "-"], check=True, capture_output=True)
        out.append([page.splitlines() for page in done.stdout.decode().rstrip("\f").split("\f")])
    return out


def count(page: list[str], label: str) -> int:
    """
    Return how often a label stands on a page, beside others or alone.
    """
    return sum(label in map(str.strip, line.split("  ")) for line in page)


@pytest.mark.parametrize("to", ["pdf", "docx"])
@pytest.mark.parametrize("looks", [(), ("large-print",)])
def test_what_leaves_a_group_is_on_one_page_with_to_whom(to: str, looks: tuple[str, ...], tmp_path: Path) -> None:
    """
    Its heading stood alone at the foot of a page, or the line on one page and to whom and why on the next. Wherever the
    page ends, nothing parts.
    """
    for pages in printed(tmp_path, to, *looks, above=range(0, 25, 1 if to == "pdf" else 3)):
        assert sum(count(page, SLIP[0]) for page in pages) == 2
        for page in pages:
            assert len({count(page, label) for label in SLIP}) == 1
        (headed,) = (page for page in pages if count(page, "What leaves the room"))
        assert count(headed, SLIP[0])


@pytest.mark.parametrize("to", ["pdf", "docx"])
def test_an_action_in_large_print_is_on_one_page(to: str, tmp_path: Path) -> None:
    """
    "Who" and "By when" stand on the page of what is to be done, and so do those of a decision.
    """
    for pages in printed(tmp_path, to, "large-print", above=range(0, 12, 3)):
        assert sum(count(page, "By when") for page in pages) > 1
        for page in pages:
            assert count(page, "What") == count(page, "Who") == count(page, "By when")
            assert count(page, "Needed by") == count(page, "Whom we told, and when")


@pytest.mark.parametrize("to", ["pdf", "docx"])
def test_the_record_of_a_group_has_two_sides(to: str, tmp_path: Path) -> None:
    """
    One for what was said and decided, and one for what leaves the room.
    """
    (pages,) = printed(tmp_path, to)

    assert [count(page, "What was said and decided") for page in pages] == [1, 0]
    assert [count(page, "By when") for page in pages] == [1, 0]
    assert [count(page, "What leaves the room") for page in pages] == [0, 1]


def test_the_bar_of_a_record_is_beside_no_list_or_heading_of_an_agenda() -> None:
    """
    Both have a talk: on a screen the bullets of an agenda stood on the bar of a record's.
    """
    page = reflect.render("arrive@5 + kolb-cycle@45 + close@10", "agenda", to="html", minutes=60).decode()
    css = re.sub(r"/\*.*?\*/", "", "".join(re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)), flags=re.DOTALL)
    inked = {names for names, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", css) if "border-left" in rule}
    on_agenda = {name for names in re.findall(r'<(?:ul|h2) class="([^"]*)"', page) for name in names.split()}

    assert "reflect-talk" in on_agenda
    for each in (each.strip() for names in inked for each in names.split(",")):
        assert each.removeprefix(".") not in on_agenda
