"""
What a case gets of a session carries nothing about the worker: neither as text, nor as data, nor on paper.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.papers import ActionLog
from reflect.questions.question import Topic
from reflect.questions.rings import READERS, Ring, reader
from reflect.reading_back import fields_of
from reflect.rendering.rendering import render
from reflect.sessions.brought import Brought, Outcome
from reflect.sessions.parts import Action, ActionState, Agreement, Decision, ItemRecord, Passing, SignOff
from reflect.sessions.pasting import write_plain_text
from reflect.sessions.record import Record
from tests.test_audit_facts import said

#: What is about the worker, each with its canary; and what is about the case, with its own.
ABOUT_THE_WORKER = ("QZname", "QZremark", "QZload", "QZsupport", "QZcomment", "QZtopic", "QZaction", "QZpassed", "k7m2")
MODELS = ("three-good-things", "kolb-cycle", "Experiential", "wellbeing", "How you are", "workload")
ABOUT_THE_CASE = ("QCthought", "QCdecided", "QCwhy", "QCaction", "QCstill", "QCtopic")


def brought(title: str, ring: Ring, became: Outcome | None) -> Brought:
    name = {Ring.CASE: "2026-03-04.c1", Ring.PAIR: "2026-03-04.p1", Ring.PERSONAL: "2026-03-04.s1"}[ring]
    return Brought(topic=Topic(id=name, title=title, ring=ring), became=became)


def session_record(**more: object) -> Record:
    """
    The record of a session about a case and about the worker, in which everything is filled in.
    """
    items = (
        ItemRecord(key="item-1", use="wellbeing-check-in", minutes=10, outcome=Outcome.CHANGED),
        ItemRecord(key="item-2", use="workload", minutes=10, brought=(brought("QZtopic", Ring.PAIR, Outcome.DROPPED),)),
        ItemRecord(
            key="item-3",
            use="kolb-cycle",
            minutes=40,
            brought=(
                brought("QCtopic", Ring.CASE, Outcome.DECIDED),
                brought("QZtopic", Ring.PERSONAL, Outcome.PUT_OFF),
            ),
        ),
    )
    return Record(
        minutes=60,
        items=items,
        series="k7m2",
        facts=(("date", "4 March 2026"), ("supervisee", "QZname"), ("supervisor", "QZname"), ("topic", "QZtopic")),
        answers=(
            said("item-1", "QZremark", Ring.PAIR),
            said("item-2", "QZload"),
            attrs.evolve(said("item-3", "QCthought", Ring.CASE), asked="Experiential learning cycle", version="3"),
            said("support", "QZsupport"),
            said("useful", "QZremark", Ring.PAIR),
        ),
        before=(
            Action(what="QZaction", who="QZname", by="", state=ActionState.NOT_YET),
            Action(what="QCstill", who="SW", by="1 April", ring=Ring.CASE, state=ActionState.DONE),
        ),
        actions=(
            Action(what="QZaction", who="QZname", by="May"),
            Action(what="QCaction", who="SW", by="1 April", ring=Ring.CASE),
        ),
        decisions=(
            Decision(what="QCdecided", why="QCwhy", who="team manager", ring=Ring.CASE),
            Decision(what="QZremark", why="QZload", who="QZname", ring=Ring.PERSONAL),
        ),
        signed=(SignOff(role="supervisee", agreement=Agreement.WITH_COMMENTS, name="QZname", comments="QZcomment"),),
        passed=(Passing(key="item-1", to="QZpassed", why="QZpassed", told="May"),),
        **more,  # type: ignore[arg-type]
    )


def as_data(record: Record, who: str) -> str:
    return reflect.to_json(record.visible_to(reader(who)))


@pytest.mark.parametrize("who", ["case-file", "auditor", "anyone"])
@pytest.mark.parametrize("show", [write_plain_text, as_data])
def test_nothing_about_the_worker_reaches_a_case(who: str, show: object) -> None:
    """
    Neither a name, a remark, load, support, comment, topic or action of theirs, nor the series, nor a model; only the
    case gets what is about the case, under its own topic.
    """
    text = show(session_record(), who)  # type: ignore[operator]

    for canary in (*ABOUT_THE_WORKER, *MODELS):
        assert canary not in text
    for canary in ABOUT_THE_CASE:
        assert (canary.lower() in text.lower()) == (who == "case-file"), canary
    for outcome in (Outcome.CHANGED, Outcome.DROPPED, Outcome.PUT_OFF):
        assert outcome not in text
    assert ("4 March 2026" in text) == (who == "case-file" or show is as_data)


def test_a_record_about_no_case_gives_a_case_nothing() -> None:
    """
    Not even that there was a session; the two get its day.
    """
    record = session_record()
    bare = attrs.evolve(record, items=(), answers=record.answers[:2], before=(), actions=(), decisions=())

    assert write_plain_text(bare, "case-file") == write_plain_text(bare, "auditor") == ""
    assert "4 March 2026" in write_plain_text(bare, "supervisor")
    assert "4 March 2026" in write_plain_text(record, "case-file")


@pytest.mark.parametrize("show", [write_plain_text, as_data])
def test_the_two_get_all_of_it(show: object) -> None:
    """
    The twin: for the two everything is there, but what is their author's own.
    """
    text = show(session_record(), "supervisor").lower()  # type: ignore[operator]

    for canary in (*ABOUT_THE_WORKER[:-1], *ABOUT_THE_CASE):
        assert (canary.lower() in text) == (canary != "QZpassed" or show is as_data), canary
    assert ("k7m2" in text) == (show is as_data)


def test_what_is_about_the_worker_changes_no_byte_of_the_case() -> None:
    """
    Another model, another topic of theirs, another outcome, load or comment: the case gets the same, as text and data.
    """
    record = session_record()
    items = (
        attrs.evolve(record.items[0], use="learning", outcome=Outcome.NOT_REACHED, minutes=7),
        attrs.evolve(record.items[1], brought=(), use="own-item"),
        attrs.evolve(record.items[2], use="gibbs-cycle", brought=record.items[2].brought[:1], outcome=Outcome.CHANGED),
    )
    answers = tuple(each if each.ring is Ring.CASE else attrs.evolve(each, lines=()) for each in record.answers)
    answers = tuple(attrs.evolve(each, asked="Reflective cycle", version="1") for each in answers)
    other = attrs.evolve(
        record, items=items, answers=answers, signed=(), passed=(), series="", facts=(("date", "4 March 2026"),)
    )

    assert as_data(other, "case-file") == as_data(record, "case-file")
    assert write_plain_text(other, "case-file") == write_plain_text(record, "case-file")
    assert as_data(other, "supervisor") != as_data(record, "supervisor")


def test_a_place_is_headed_by_a_topic_that_its_reader_may_see() -> None:
    """
    The case's topic heads what was written about it; whoever may see no topic of it reads "The talk".
    """
    record = session_record()
    case = {entry.text: entry.heading for entry in fields_of(record, "case-file")}
    bare = attrs.evolve(record, items=tuple(attrs.evolve(item, brought=()) for item in record.items))
    plain = {entry.text: entry.heading for entry in fields_of(bare, "case-file")}
    load = {entry.text: entry.heading for entry in fields_of(record, "supervision-file")}

    assert case["QCthought"] == "QCtopic"
    assert plain["QCthought"] == "The talk"
    assert load["QZload"] == "The talk"
    assert "QCtopic: decided" in write_plain_text(record, "case-file")


def test_a_topic_is_nobody_else_s_heading() -> None:
    """
    Words over what the supervision file may read, which are a topic of the two, are gone from text and data for it; and
    so is what became of that topic. The two have both.
    """
    record = session_record()
    item = attrs.evolve(record.items[1], outcome=Outcome.DROPPED, until="QZuntil")
    answer = attrs.evolve(said("item-2", "QZload"), asked="QZtopic", hint="What we thought")
    record = attrs.evolve(record, items=(item,), answers=(answer,), before=(), facts=())
    for show in (write_plain_text, as_data):
        text = show(record, "supervision-file")
        assert "QZload" in text
        for canary in ("QZtopic", "QZuntil", "dropped"):
            assert canary.lower() not in text.lower()
            assert canary.lower() in show(record, "supervisor").lower()
    cut = record.visible_to(reader("supervision-file"))
    assert cut.visible_to(reader("supervision-file")) == cut
    assert cut.answers[0].hint == "What we thought"


def test_papers_of_cases_carry_nothing_about_the_worker() -> None:
    """
    The action log of cases has their actions and no count of how often one was carried; nor has the personal one.
    """
    log = ActionLog.of_record(session_record())
    counted = attrs.evolve(log, case=tuple(attrs.evolve(each, carried=3) for each in log.case))
    for name in ("case-action-log", "action-log"):
        for each in READERS:
            text = render(counted, name, reader=each, to="txt").decode()
            assert "carried 3" not in text
            assert ("QCaction" in text) == (name == "case-action-log" and each.sees(Ring.CASE))
            assert ("QZaction" in text) == (name == "action-log" and each.sees(Ring.PERSONAL))
    assert render(counted, "case-action-log", reader="case-file") == render(log, "case-action-log", reader="case-file")


def test_the_command_gives_a_case_its_own(tmp_path: Path) -> None:
    """
    As `reflect read` prints it for a case system, and as it writes data for the case file.
    """
    file = tmp_path / "record.json"
    file.write_text(reflect.to_json(session_record()))
    for to in ("txt", "json"):
        done = CliRunner().invoke(main, ["read", str(file), "-o", "-", "--to", to, "--reader", "case-file"])
        assert done.exit_code == 0, done.output
        assert "QCthought" in done.stdout
        for canary in (*ABOUT_THE_WORKER, *MODELS):
            assert canary not in done.output


def test_the_notes_say_how_a_sentence_is_split_aloud() -> None:
    """
    On notes for two people, in the words of the profession; a group has no two places.
    """
    notes = render("kolb-cycle", "notes", to="txt", wording="childrens-social-work").decode()
    group = render("balint-group", "notes", to="txt").decode()

    assert '"The child not seen; visit today by …" for their record' in " ".join(notes.split())
    assert "not seen" not in group
