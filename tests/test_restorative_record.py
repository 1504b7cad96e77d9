"""
The record of a restorative group is a number and a date; a theme is on it only in words that all of them agreed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result

from reflect.cli import main
from reflect.documents.making import document
from reflect.errors import Refused
from reflect.interchange.values import to_json
from reflect.planning.agenda import arrange
from reflect.planning.kept_plans import keep_plan
from reflect.planning.last_time import LastTime
from reflect.planning.occasions import occasion
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import READERS, Ring
from reflect.reading_back import read
from reflect.rendering.rendering import render
from reflect.rendering.session_papers import papers
from reflect.safekeeping import closing
from reflect.safekeeping.closing import close_record
from reflect.sessions.attendance import assurance_of
from reflect.sessions.record import Record
from reflect.sessions.themes import AGREED, RESTORATIVE, THEMES, only_agreed
from reflect.text.nodes import Entry
from tests.documents import everything_in
from tests.handbook import fill_in
from tests.office import sides_in_libreoffice
from tests.test_audit_facts import said
from tests.test_canvas import saved
from tests.test_plan_papers import DAY

WARD = "restorative-nursing-group"
FILE = SessionFile(date=DAY, people=7, profile=WARD, supervisee_items=(Wish(what="QZheron"),))
#: Typed on the paper, by the tag of its field.
TYPED = {
    "group.present": "7",
    "group.theme-1": "QZhushed",
    "group.theme-2": "Breaks that are none",
    "group.theme-2.agreed.1": "x",
    "group.theme-3.agreed.1": "x",
}
#: What of it may be kept.
KEPT = {"group.present": "7", "group.theme-2": "Breaks that are none", "group.theme-2.agreed": AGREED}


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="reflect")
    assert result.exit_code == 0, result.output
    return result


def blank() -> Record:
    session = arrange(FILE, profile(WARD)).session
    return read(render(session, RESTORATIVE, reader="group"))


def filled(**more: str) -> Record:
    answers = {key.removesuffix(".1"): AGREED if text == "x" else text for key, text in TYPED.items()} | more
    return attrs.evolve(blank(), answers=tuple(said(key, text, Ring.GROUP) for key, text in answers.items()))


def kind_of_record(settings: Profile, **more: object) -> str:
    """
    The kind of paper that the record of a session is.
    """
    file = attrs.evolve(FILE, **more)
    plan = arrange(file, settings)
    paper = next(each for each in papers(plan, file, settings) if each.name.startswith("record"))
    return read(paper.data).document


# --- which sessions have it


def test_a_profile_or_an_occasion_chooses_the_record() -> None:
    """
    That of a ward's restorative group is ours; an agency's profile says what it wants, and an occasion that has a
    record for groups too. What an occasion has for two is not for a group.
    """
    ward = profile(WARD)
    usual = attrs.evolve(ward, record="")

    assert kind_of_record(ward) == RESTORATIVE
    assert kind_of_record(ward, occasion="today-is-different") == RESTORATIVE
    assert kind_of_record(usual) == "group-record"
    assert kind_of_record(usual, occasion="today-is-different") == "group-record"
    plan = arrange(FILE, usual, occasion=attrs.evolve(occasion("group"), record=RESTORATIVE))
    found = {read(each.data).document for each in papers(plan, FILE, usual) if each.name.startswith("record")}
    assert found == {RESTORATIVE}


def test_the_record_of_two_people_is_chosen_in_the_same_way() -> None:
    """
    For an ordinary session the profile says it; any other occasion has its own.
    """
    two = attrs.evolve(profile("general"), record="short-record")

    assert kind_of_record(two, profile="general", people=2) == "short-record"
    assert kind_of_record(two, profile="general", people=2, occasion="today-is-different") == "record-of-today"
    assert kind_of_record(profile("general"), profile="general", people=2) == "record"


# --- what is kept


def keeps_only_what_was_agreed(close: Callable[..., Record]) -> None:
    """
    Of everything that can be written on it, a closed record has the number, the day, and the themes that are ticked.
    """
    closed = close(filled(unplaced="QZbelow"), DAY)
    assert {each.key: each.text for each in closed.answers} == KEPT
    assert dict(closed.facts) == {"date": "4 March 2026"}


def test_a_closed_record_has_only_what_the_group_agreed() -> None:
    keeps_only_what_was_agreed(close_record)


@pytest.mark.parametrize("gone", [(), THEMES, [*THEMES, *(f"{place}.agreed" for place in THEMES)]])
def test_the_law_finds_a_record_that_keeps_more_or_less(gone: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One that keeps all that was written, and those that drop what was agreed, do not keep the law.
    """

    def wrong(record: Record) -> Record:
        return attrs.evolve(record, answers=tuple(each for each in record.answers if each.key not in gone))

    monkeypatch.setattr(closing, "only_agreed", wrong)
    with pytest.raises(AssertionError):
        keeps_only_what_was_agreed(close_record)


def test_other_records_stay_as_they_are() -> None:
    """
    A theme of that name on the usual record of a group is the group's own affair.
    """
    record = attrs.evolve(filled(), document="group-record")

    assert only_agreed(record) is record


def test_without_a_number_nothing_is_closed() -> None:
    with pytest.raises(Refused, match="nothing is written on it yet"):
        close_record(attrs.evolve(filled(), answers=filled().answers[1:2]), DAY)


def test_what_nobody_agreed_to_is_in_none_of_the_files_of_closing(tmp_path: Path) -> None:
    """
    Neither in the group's copy nor in the journal, nor on the screen; and whoever closes it is told that it is gone.
    """
    run("plan", "--bring", "QZheron", "--profile", WARD, "--date", DAY, "-o", tmp_path)
    paper = tmp_path / "group" / f"record-{DAY}.docx"
    fill_in(paper, {**TYPED, "below group.theme-1": "QZbelow"})
    (tmp_path / "ours").mkdir()
    told = run("close", paper, "--journal", tmp_path / "ours").output
    copy = tmp_path / "group" / f"record-{DAY}-closed.docx"
    journal = "".join(each.read_text("utf-8") for each in (tmp_path / "ours").iterdir())

    assert "not ticked word for word" in told
    assert "QZ" not in told + journal
    assert not any(word in everything_in(copy.read_bytes(), "docx") for word in ("QZheron", "QZhushed", "QZbelow"))
    assert {each.key: each.text for each in read(copy).answers} == KEPT
    assert "attended: 7" in journal
    # The group had time for it, so it does not come back; what is brought now is there.
    again = run("plan", "--after", copy, "--bring", "a new thing", "--date", "2031-04-02").stdout
    assert "QZ" not in again
    assert "A new thing" in again


def test_only_what_had_time_stays_away() -> None:
    """
    Nothing says that a session was held whose record is blank, so its topics come back; so do those put off.
    """
    plan = arrange(
        attrs.evolve(FILE, supervisee_items=(Wish(what="QZheron"), Wish(what="QZlater", when="by e-mail"))),
        profile(WARD),
    )
    kept = keep_plan(plan, FILE, profile(WARD))

    def back(record: Record) -> list[str]:
        return [each.brought.topic.title for each in LastTime(records=(record,), plans=(kept,)).open_topics]

    assert back(blank()) == ["QZheron", "QZlater"]
    assert back(filled()) == ["QZlater"]


# --- the paper


@pytest.mark.parametrize("to", ["docx", "html"])
def test_it_is_read_back(to: str) -> None:
    """
    From its Word file and from its saved page; the number is that of an audit, and only the group has the rest.
    """
    record = filled()
    if to == "docx":
        again = read(render(record, RESTORATIVE, reader="group"))
    else:
        again = read(to_json(saved(document(record, RESTORATIVE, reader="group"))).encode())

    assert again.document == RESTORATIVE
    assert {each.key: each.text for each in again.answers} == {each.key: each.text for each in record.answers}
    assert {each.ring for each in again.answers} == {Ring.GROUP}
    assert assurance_of(again).present == 7
    for reader in READERS:
        assert bool(again.visible_to(reader).answers) is reader.sees(Ring.GROUP)


@pytest.mark.parametrize("looks", [(), ("large-print",), ("pen",)])
def test_it_has_one_side(looks: tuple[str, ...]) -> None:
    """
    Blank and filled in.
    """
    pytest.importorskip("typst")
    for record in (blank(), filled()):
        data = render(record, RESTORATIVE, to="pdf", reader="group", looks=looks)
        assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1


def test_it_has_one_side_in_libreoffice(tmp_path: Path) -> None:
    for looks in ((), ("large-print",)):
        for n, record in enumerate((blank(), filled())):
            name = f"{n}-{'-'.join(looks)}.docx"
            (tmp_path / name).write_bytes(render(record, RESTORATIVE, reader="group", looks=looks))

    assert set(sides_in_libreoffice(tmp_path).values()) == {1}


def test_it_asks_for_nothing_else() -> None:
    """
    The places to write are the day, the number, and themes with their ticks: no names, no place, nothing that was said.
    """
    session = arrange(FILE, profile(WARD)).session
    blocks = document(session, RESTORATIVE, reader="group").blocks
    keys = {place.key for block in blocks if isinstance(block, Entry) for place in block.places}

    assert keys == {"date", "group.present", *THEMES, *(f"{place}.agreed" for place in THEMES)}
    assert "QZ" not in render(session, RESTORATIVE, reader="group", to="txt").decode()
