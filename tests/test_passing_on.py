"""
What leaves a group is what the group ticked: one line, for a name, with a reason and the day of telling.
"""

from __future__ import annotations

import functools
import itertools
import re
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.errors import Refused
from reflect.papers import PassingOn
from reflect.questions.rings import READERS, Ring
from reflect.reading_back import read, read_passing_on
from reflect.rendering.rendering import render
from reflect.sessions.record import Record
from tests.test_audit_facts import said

FOUR = {"line": "QZline", "to": "the matron", "why": "rota", "told": "10 March 2026"}
SLIP = PassingOn(**FOUR)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@functools.cache
def blank_record() -> Record:
    """
    The blank record of a group, as it is read.
    """
    session = reflect.plan("arrive@5 + kolb-cycle@50 + close@5", 60, facts={"date": "10 March 2026"})
    return read(render(session, "group-record", reader="group"))


def group_record(*ticked: int, without: str = "", **others: str) -> Record:
    """
    The record of a group with what it lets out in both places, and ticks at some of them.
    """
    texts = {f"group.leaves-{n}.{name}": f"{text}{n}" for n in (1, 2) for name, text in FOUR.items() if name != without}
    texts |= {f"group.leaves-{n}": "yes" for n in ticked} | {"item-2": "QZroom"} | others
    return attrs.evolve(blank_record(), answers=tuple(said(key, text, Ring.GROUP) for key, text in texts.items()))


def test_a_slip_has_all_four_or_nothing() -> None:
    """
    Without a line, a name, a reason or the day of telling there is no slip; a blank one has none of them.
    """
    for some in itertools.product((True, False), repeat=4):
        known = {name: text for (name, text), given in zip(FOUR.items(), some, strict=True) if given}
        if all(some) or not any(some):
            assert PassingOn(**known).whole is all(some)
            continue
        with pytest.raises(Refused, match="say all four") as caught:
            PassingOn(**known)
        assert "QZ" not in str(caught.value)
    with pytest.raises(Refused):
        PassingOn(**{**FOUR, "to": "  "})


@pytest.mark.parametrize("name", FOUR)
def test_only_what_the_group_ticked_leaves(name: str) -> None:
    """
    A line that is written and not ticked stays; ticked without one of the four, it is refused.
    """
    assert PassingOn.all_of(group_record()) == ()
    assert PassingOn.all_of(group_record(2)) == (PassingOn(**{key: f"{text}2" for key, text in FOUR.items()}),)
    assert len(PassingOn.all_of(group_record(1, 2))) == 2
    with pytest.raises(Refused, match="say all four"):
        PassingOn.all_of(group_record(1, without=name))
    assert PassingOn.all_of(group_record(without=name)) == ()


def test_a_tick_and_nothing_else_is_no_slip() -> None:
    """
    Nor is a tick on the record of two people, who pass on in another way.
    """
    ticked = Record(minutes=0, items=(), answers=(said("group.leaves-1", "yes"),), document="group-record")

    assert PassingOn.all_of(ticked) == ()
    assert PassingOn.all_of(attrs.evolve(group_record(1), document="record")) == ()
    for record, why in (
        (ticked, "no line on this record"),
        (group_record(1, 2), "2 lines on this record"),
        (attrs.evolve(group_record(1), document="record"), "neither a slip"),
    ):
        with pytest.raises(Refused, match=why):
            PassingOn.of_record(record)


def test_the_ticks_of_a_group_come_back_from_its_paper() -> None:
    """
    Both places are written, printed, read again and printed again as they were; the slip has its line and no other.
    """
    record = group_record(1)
    again = read(render(record, "group-record", reader="group"))

    assert again.answer("group.leaves-1") == "yes"
    assert again.answer("group.leaves-2.line") == "QZline2"
    assert again.reading is not None
    assert again.reading.certain
    slip = render(again, "passing-on", reader="group", to="txt").decode()
    for text in ("QZline1", "the matron1", "rota1", "10 March 20261"):
        assert text in slip
    assert "QZroom" not in slip
    assert "QZline2" not in slip
    assert "telephone today" in " ".join(slip.split())


@pytest.mark.parametrize("to", ["docx", "json"])
def test_a_slip_is_read_back_from_what_it_is_written_in(to: str, tmp_path: Path) -> None:
    """
    YAML, the Word paper, and the record's JSON give the same slip; a filled blank gives it too.
    """
    (tmp_path / "slip.yaml").write_text("".join(f"{name}: {text}\n" for name, text in FOUR.items()))
    assert read_passing_on(tmp_path / "slip.yaml") == SLIP
    paper = render(SLIP, "passing-on", reader="group")
    data = paper if to == "docx" else reflect.to_json(read(paper)).encode()
    (tmp_path / f"slip.{to}").write_bytes(data)
    assert read_passing_on(tmp_path / f"slip.{to}") == read_passing_on(data) == SLIP
    assert read_passing_on(render(group_record(2), "group-record", reader="group")).line == "QZline2"
    with pytest.raises(Refused, match="neither a slip"):
        read_passing_on(render(None, "agreement"))


def test_a_slip_comes_back_with_the_series_it_is_addressed_to(tmp_path: Path) -> None:
    """
    In the data of the Word paper and of its record, for the group; whoever may not read the slip gets no code either.
    """
    addressed = attrs.evolve(SLIP, series="k7m2")
    paper = render(addressed, "passing-on", reader="group")
    (tmp_path / "slip.json").write_text(reflect.to_json(read(paper)))

    assert read_passing_on(paper) == read_passing_on(tmp_path / "slip.json") == addressed
    assert read_passing_on(render(read(paper), "passing-on", reader="group")) == addressed
    for each in READERS:
        if not each.sees(Ring.GROUP):
            assert read(render(addressed, "passing-on", reader=each)).series == ""


def test_the_command_writes_a_slip_for_whoever_passes_on(tmp_path: Path) -> None:
    """
    One command, with nobody named, from a file or from the record of the group; only its owner may open the slip.
    """
    (tmp_path / "slip.yaml").write_text("".join(f"{name}: {text}\n" for name, text in FOUR.items()) + "series: k7m2\n")
    (tmp_path / "group.docx").write_bytes(render(group_record(1), "group-record", reader="group"))
    for source, line in (("slip.yaml", "QZline"), ("group.docx", "QZline1")):
        file = tmp_path / f"{source}.docx"
        done = run("make", "passing-on", tmp_path / source, "-o", file)
        assert done.exit_code == 0, done.output
        assert read_passing_on(file).line == line
        assert file.stat().st_mode & 0o077 == 0
        assert "QZ" not in done.output
    (tmp_path / "bad.yaml").write_text("line: QZline\nto: the matron\n")
    refused = run("make", "passing-on", tmp_path / "bad.yaml", "-o", tmp_path / "bad.docx")
    assert refused.exit_code == 1
    assert not (tmp_path / "bad.docx").exists()
    assert "say all four" in refused.output


@pytest.mark.parametrize("to", ["txt", "html", "md"])
def test_the_series_is_never_printed_and_others_get_nothing(to: str, tmp_path: Path) -> None:
    """
    To print, a slip with a code and one without are the same; a reader who is not of the group gets the blank.
    """
    addressed = attrs.evolve(SLIP, series="k7m2")

    for each in READERS:
        # What is between the signs of a page's tags is not printed.
        assert b"k7m2" not in re.sub(rb"<[^>]*>", b"", render(addressed, "passing-on", reader=each, to=to))
        if not each.sees(Ring.GROUP):
            assert render(addressed, "passing-on", reader=each, to=to) == render(None, "passing-on", to=to)
    assert b"QZline" in render(addressed, "passing-on", reader="group", to=to)
    (tmp_path / "mine.md").write_text("---\nof: passing-on\nring: group\n---\n# T\n\n{{ paper.series }}\n")
    with pytest.raises(reflect.ReflectError, match="'series' is in the data of a paper, and never printed"):
        render(addressed, "mine", reader="group", to="txt", templates=[tmp_path])


@pytest.mark.parametrize("ring", ["", *Ring])
def test_no_template_of_ones_own_gives_the_series_to_others(ring: str, tmp_path: Path) -> None:
    """
    Whatever ring somebody's own template has, the code is in the data for readers of the group alone.
    """
    addressed = attrs.evolve(SLIP, series="k7m2")
    line = f"ring: {ring}\n" if ring else ""
    (tmp_path / "mine.md").write_text(f"---\nof: passing-on\n{line}---\n# T\n\n```answer a\nlabel: b\n```\n")

    for each in READERS:
        page = render(addressed, "mine", reader=each, to="html", templates=[tmp_path])
        assert b"k7m2" not in page or each.sees(Ring.GROUP)
