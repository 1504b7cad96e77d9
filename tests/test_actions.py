"""
Actions all the way round: each has its end, or is on the next plan, and none comes back after its end.
"""

from __future__ import annotations

import datetime
import re

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reflect import document, plan, render
from reflect.interchange.values import from_json, to_json
from reflect.papers.casework import CaseRecord
from reflect.papers.logs import ActionLog, LoggedAction
from reflect.planning.agenda import arrange
from reflect.planning.caseload import Case
from reflect.planning.last_time import LastTime
from reflect.planning.profiles import profile
from reflect.planning.session_file import InformalDecision, Promise, SessionFile
from reflect.planning.what_follows import Asked, follow
from reflect.questions.rings import READERS, Ring, reader
from reflect.reading_back import begin_next_record, read
from reflect.rendering.session_papers import papers
from reflect.safekeeping.comparing import compare
from reflect.safekeeping.own_copies import own_copy
from reflect.sessions.acting import key_of, name_actions, read_line, write_line
from reflect.sessions.canonical import canonical
from reflect.sessions.carrying import still_open
from reflect.sessions.deciding import CONFIRMS
from reflect.sessions.kept import KeptPlan
from reflect.sessions.origin import Origin
from reflect.sessions.parts import Action, ActionState, Decision
from reflect.sessions.pasting import write_plain_text
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.sessions.typed import fold_text
from reflect.testing.strategies import records, texts
from reflect.text.nodes import Entry
from reflect.text.prose import clean_typed
from tests.documents import text_of_docx, tried
from tests.test_reading_back import CONTROLS, changed, saved_page
from tests.year.hands import BODY, fill_word, parts_of

DAY = datetime.date(2026, 2, 4)
BEFORE = (
    Action(what="ask for a date", who="JT", by="Monday 9 March", id="2026-02-04.s1", agreed="session, 4 February 2026"),
    Action(what="ring the school nurse", who="AM", by="", id="2026-02-04.s2"),
    Action(what="read the plan: all of it (both parts)", who="", by="Friday", id="2026-01-07.s4"),
    Action(what="see the baby", who="AM", by="Friday", id="2026-02-04.c1", ring=Ring.CASE, case="F11"),
)
SESSION = attrs.evolve(
    plan("arrive@3 + previous-actions@5 + kolb-cycle@40 + close@7", 60, facts={"date": "4 March 2026"}), before=BEFORE
)
ENDS = {ActionState.DONE, ActionState.CHANGED, ActionState.DROPPED}


def filled(ticks: dict[str, str], rows: list[tuple[str, str, str]] | None = None, style: str = "word") -> Record:
    paper = render(SESSION, "record", reader="supervisor")
    said = {f"before.{name}": state for name, state in ticks.items()}
    known = document(SESSION, "record", reader="supervisor") if style == "google" else None
    return read(fill_word(paper, {**said, **({"actions": rows} if rows else {})}, style), of=known)


def states(record: Record) -> dict[str, str]:
    return {action.id: str(action.state) for action in record.before}


@given(texts)
@example("JT: ask · Monday (session, 4 March 2026)")
@example("a: b [c] · d (e)")
@example("(x) · [y] : ")
def test_whatever_a_line_says_is_written_as_that_line_again(text: str) -> None:
    """
    Nothing of a line gets lost when it is read, whatever stands in it.
    """
    line = " ".join(clean_typed(text).split())

    assert write_line(read_line(line)) == line


@pytest.mark.parametrize("style", ["word", "tracked", "google"])
def test_what_was_ticked_comes_back(style: str) -> None:
    """
    Of each action from last time what was ticked, however it was, and the id with it; blank is "nothing was said".
    """
    found = filled({"2026-02-04.s1": "done", "2026-02-04.s2": "not yet"}, style=style)

    assert states(found) == {"2026-02-04.s1": "done", "2026-02-04.s2": "not yet", "2026-01-07.s4": "open"}
    assert [(each.who, each.what, each.by, each.agreed) for each in found.before] == [
        (each.who, each.what, each.by, each.agreed) for each in BEFORE[:2]
    ] + [("read the plan", "all of it (both parts)", "Friday", "")]
    assert [write_line(each) for each in found.before] == [write_line(each) for each in BEFORE[:3]]
    assert not any("before" in key for key, _ in found.reading.doubts)  # type: ignore[union-attr]
    assert from_json(to_json(found)) == found


def test_a_typed_sign_is_a_tick_and_two_are_a_doubt() -> None:
    """
    Without any control a sign before or after the option counts; two ticked options are a doubt, and nothing was said.
    """
    paper = render(SESSION, "record", reader="supervisor")
    typed = changed(CONTROLS, ("☐</w:t></w:r>(<w:r>(?:(?!</w:r>).)*not yet)", r"x</w:t></w:r>\1"), data=paper)
    assert set(states(read(typed)).values()) == {"not yet"}

    found = filled({"2026-02-04.s1": "done"})
    twice = fill_word(fill_word(paper, {"before.2026-02-04.s1": "done"}), {"before.2026-02-04.s1": "dropped"})
    assert states(found)["2026-02-04.s1"] == "done"
    assert states(read(twice))["2026-02-04.s1"] == "open"
    assert ("before.2026-02-04.s1", "more than one is ticked") in read(twice).reading.doubts  # type: ignore[union-attr]


def test_a_saved_page_says_the_same() -> None:
    """
    A page gives the states and ids that a Word file gives.
    """
    record = attrs.evolve(filled({"2026-02-04.s1": "done"}, [("x", "AM", "soon"), ("y", "JT", "")]), reading=None)
    paper = document(record, "record", reader="supervisor")
    found = read(to_json(saved_page(paper)).encode())

    assert found.before == record.before
    assert found.actions == record.actions
    assert [each.id for each in found.actions] == ["2026-03-04.s1", "2026-03-04.s2"]


def test_what_is_agreed_has_an_id_that_stays() -> None:
    """
    The same file gives the same ids, whatever its words; a row that is filled in later, or added, changes no other.
    """
    one = filled({}, [("x", "AM", "soon"), ("y", "JT", "")])
    other = filled(
        {}, [("quite another thing", "AM", "soon"), ("y", "JT", ""), ("z", "JT", ""), *[("w", "AM", "")] * 4]
    )
    assert [each.id for each in one.actions] == ["2026-03-04.s1", "2026-03-04.s2"]
    assert [each.agreed for each in one.actions] == ["session, 4 March 2026"] * 2
    assert [each.id for each in other.actions] == [f"2026-03-04.s{n}" for n in range(1, 8)]

    closed = attrs.evolve(one, actions=one.actions[1:])
    again = read(render(closed, "record", reader="supervisor"))
    assert [each.id for each in again.actions] == ["2026-03-04.s2"]
    corrected = attrs.evolve(again, facts={**dict(again.facts), "date": "5 March 2026"}.items())
    assert [each.id for each in read(render(corrected, "record", reader="supervisor")).actions] == ["2026-03-04.s2"]


def test_a_row_for_fewer_readers_counts_for_none() -> None:
    """
    The ids of the other rows are the same whether it is there or not, on a paper that says no ids too.
    """
    rows = [
        Action(what=what, who="AM", by="", ring=ring)
        for what, ring in (("a", "personal"), ("b", "pair"), ("c", "personal"))
    ]
    origins = [
        Origin(ring=Ring.PERSONAL).with_rows_of(Record(minutes=0, items=(), actions=tuple(some)))
        for some in (rows, rows[::2])
    ]

    assert [origins[0].place_of_row(n) for n in (1, 2, 3)] == [1, 1, 2]
    assert [origins[1].place_of_row(n) for n in (1, 2)] == [1, 2]


@given(records(), st.sampled_from([each for each in READERS if each.sees(Ring.PERSONAL)]))
def test_ids_depend_on_nothing_that_few_may_read(record: Record, who: object) -> None:
    """
    A record cut to a reader, printed and read, has the ids of the whole one.
    """
    cut = record.visible_to(who)  # type: ignore[arg-type]
    whole = {(each.what, each.ring): each.id for each in record.actions}
    unnamed = attrs.evolve(record, actions=tuple(attrs.evolve(each, id="") for each in record.actions))
    named = {each.id for each in name_actions(unnamed.actions, datetime.date(2026, 3, 4))}

    assert {each.id for each in cut.actions} <= named
    assert all(whole[each.what, each.ring] for each in cut.actions)
    again = name_actions(unnamed.visible_to(who).actions, datetime.date(2026, 3, 4))  # type: ignore[arg-type]
    assert [each.id for each in again] == [each.id for each in cut.actions]


@given(records())
def test_every_action_has_its_end_or_is_on_the_next_plan(record: Record) -> None:
    """
    What is open, or not yet done, is asked about next time, once, with its id and as "nothing was said"; what was done,
    changed or dropped is not, then or ever.
    """
    session = plan("arrive@3 + close@7", 10)
    following = begin_next_record(record, session)
    later = begin_next_record(following, session)

    def words(action: Action) -> tuple[str, ...]:
        return (*(fold_text(text) for text in (action.what, action.who, action.case)), action.ring)

    ended = {each.id for each in record.before if each.state in ENDS}
    still = {words(each) for each in record.before if each.id not in ended}
    again = {each.id for each in record.actions if words(each) in still}
    all_of_them = {each.id for each in (*record.before, *record.actions)}
    assert {each.id for each in following.before} == all_of_them - ended - again
    assert len({each.id for each in following.before}) == len(following.before)
    assert {each.state for each in following.before} <= {ActionState.OPEN}
    assert later.before == following.before
    assert not following.actions


def test_what_is_written_again_is_the_same_action() -> None:
    """
    Who has not yet done something and writes it down again, with another date, has one action and not two.
    """
    found = filled({"2026-02-04.s1": "not yet", "2026-02-04.s2": "done"}, [("Ask for a date.", "JT", "Friday")])
    left = still_open(found)

    assert [(each.id, each.by) for each in left] == [("2026-02-04.s1", "Friday"), ("2026-01-07.s4", "Friday")]


@given(records())
def test_what_was_said_of_actions_is_part_of_the_words(record: Record) -> None:
    """
    Another state is another fingerprint, and another copy.
    """
    for n, action in enumerate(record.before):
        other = attrs.evolve(action, state="done" if action.state != "done" else "open")
        changed_record = attrs.evolve(record, before=(*record.before[:n], other, *record.before[n + 1 :]))
        assert canonical(record, action.ring) != canonical(changed_record, action.ring)
        assert [each.where for each in compare(record, changed_record)] == ["From last time"]


def test_pasted_text_and_own_copies_have_it() -> None:
    """
    A case system gets the line and what was said; a copy of one's own has no name in it.
    """
    found = filled({"2026-02-04.s1": "done"})
    text = write_plain_text(found, "supervisor")
    assert "FROM LAST TIME\n- JT: ask for a date · Monday 9 March (session, 4 February 2026): done" in text
    assert "- AM: ring the school nurse\n" in text

    mine = own_copy(found, {"AM": "worker", "JT": "supervisor"})
    assert [each.who for each in mine.before][:2] == ["[supervisor]", "[worker]"]
    assert not re.search(r"\b(?:AM|JT)\b", to_json(mine))
    assert states(mine) == states(found)


@pytest.mark.parametrize("who", READERS, ids=lambda who: who.name)
@pytest.mark.parametrize("name", ["record", "group-record", "own-copy", "agenda", "pair-notes"])
def test_a_case_s_action_is_on_no_personal_paper(name: str, who: object) -> None:
    """
    Neither its words nor that there is one: a session with it and a session without give the same bytes. The agenda,
    which is between the two, and what is somebody's own say that there is one.
    """
    without = attrs.evolve(SESSION, before=BEFORE[:3])
    papers = [render(each, name, reader=who, to="md") for each in (SESSION, without)]  # type: ignore[arg-type]

    assert b"baby" not in papers[0]
    if name not in ("agenda", "own-copy"):
        assert papers[0] == papers[1]


def test_the_record_asks_of_each_action_that_is_known() -> None:
    """
    Each action from last time has its ticks, and one of a case none. Where none is known there are lines to write on,
    and two who meet for the first time have no last time.
    """

    def asked(session: Session) -> list[str]:
        entries = (each for each in document(session, "record", reader="supervisor").blocks if isinstance(each, Entry))
        return [place.key for each in entries if each.head == "From last time" for place in each.places]

    nothing: Session = attrs.evolve(SESSION, before=BEFORE[3:])

    assert asked(SESSION) == [key_of(each) for each in BEFORE[:3]]
    assert set(asked(nothing)) == {f"last-{n}{rest}" for n in (1, 2, 3) for rest in ("", ".state")}
    assert asked(attrs.evolve(nothing, occasion="first")) == []
    assert b"baby" not in render(nothing, "record", reader="supervisor", to="md")
    assert b"From last time" in render(SESSION, "record", reader=reader("supervision-file"), to="md")


# --- what is about a case


def case_papers() -> dict[str, bytes]:
    file = SessionFile(
        date=datetime.date(2026, 3, 4),
        previous_actions=(
            Promise(what="see the baby", who="supervisee", case="F11", id="2026-02-04.c1", carried=5),
            Promise(what="weigh the baby", who="nurse", case="C02"),
            Promise(what="ring the school", who="supervisee", carried=4),
        ),
        cases=(Case(ref="C01", family="F11"), Case(ref="C02", family="F11"), Case(ref="C03")),
        informal=(
            InformalDecision(
                about="C03",
                happened=datetime.datetime(2026, 3, 2, 16, 10),
                how="corridor",
                by="supervisor",
                decision="hold off contacting the father",
                rationale="the police asked",
                rather_than="ringing him today",
            ),
        ),
    )
    made = profile("childrens-social-work")
    plan_of_it = arrange(file, made)
    more = ("case-record", "informal", "action-log", "pair-notes")
    return {f"{each.folder}/{each.name}": each.data for each in papers(plan_of_it, file, made, more=more)}


def test_the_actions_of_a_case_are_ticked_on_its_record() -> None:
    """
    A case with an open action has a record that asks of it; what was ticked there comes back with its case, and
    nothing of it is on any paper of the two but the reference on the agenda.
    """
    made = case_papers()
    [name] = [name for name, data in made.items() if "case-record" in name and b"before." in parts_of(data)[BODY]]
    filled_in = fill_word(made[name], {"before.2026-02-04.c1": "done", "actions": [("ring the GP", "AM", "Friday")]})
    found = read(filled_in)

    assert [(each.id, each.what, each.case, str(each.state), str(each.ring)) for each in found.before] == [
        ("2026-02-04.c1", "see the baby", "F11", "done", "case"),
        ("2026-03-04.c1", "weigh the baby", "C02", "open", "case"),
    ]
    assert [(each.id, each.case, each.agreed) for each in found.actions] == [
        ("2026-03-04.c2", "F11", "supervision, 4 March 2026")
    ]
    again = read(render(found, "case-record", reader="case-file", wording=found.wording))
    assert (again.before, again.actions) == (found.before, found.actions)
    for name, data in made.items():
        if name.endswith(".docx") and not name.startswith("case-file"):
            assert "baby" not in text_of_docx(data)


def test_a_count_in_a_session_file_is_kept() -> None:
    """
    How often something was carried is kept with the plan, for the question at the third time.
    """
    made = case_papers()
    kept = from_json(next(data for each, data in made.items() if each.startswith("supervisor/plan")).decode())

    assert isinstance(kept, KeptPlan)
    assert dict(kept.counts) == {"2026-02-04.c1": 5, "2026-03-04.s1": 4}


def test_no_count_is_on_any_paper() -> None:
    """
    How often something was carried is on no paper of anybody, and in none of their files.
    """
    for name, data in case_papers().items():
        if name.endswith(".json"):
            continue  # what is kept of a plan is no paper
        text = b"".join(parts_of(data).values()).decode("utf-8", "replace") if data[:2] == b"PK" else data.decode()
        assert not re.search(r"\bcarried\b|\b[45] times", text)


def test_a_decision_of_a_case_comes_back_as_a_value() -> None:
    """
    Who decided, when, why and rather than what; it is confirmed when the other person says so, also if neither of the
    two made it, and its id is that of the file.
    """
    made = case_papers()
    [name] = [name for name in made if "informal" in name]
    blank, confirmed = read(made[name]), read(fill_word(made[name], {"informal.confirmed": CONFIRMS}))
    other = read(fill_word(made[name], {"informal.confirmed": "I remember it differently"}))
    wanted = Decision(
        what="hold off contacting the father",
        why="the police asked",
        who="supervisor",
        ring=Ring.CASE,
        id="2026-03-02.c972",
        about="C03",
        when="2 March 2026, 16:10",
        rather_than="ringing him today",
        confirmed=False,
    )

    assert blank.decisions == other.decisions == (wanted,)
    assert confirmed.decisions == (attrs.evolve(wanted, confirmed=True),)
    assert from_json(to_json(confirmed)).decisions == confirmed.decisions
    paper = render(confirmed, "informal", reader="case-file", wording=confirmed.wording)
    assert read(paper).decisions == confirmed.decisions
    assert text_of_docx(paper).count("hold off contacting") == 1
    assert write_plain_text(confirmed, "case-file").count("hold off contacting") == 1
    assert not confirmed.visible_to(reader("supervision-file")).decisions


def test_a_decision_in_a_talk_names_what_replaced_it() -> None:
    """
    The record of a case has what was decided, rather than what, and what replaced it; nobody has to confirm it.
    """
    paper = CaseRecord(about="F11", date=datetime.date(2026, 3, 4), decision="go on the 10th", who="panel")
    blank = render(paper, "case-record", reader="case-file")
    found = read(fill_word(blank, {"case-record.rather": "waiting", "case-record.replaced": "decision of 9 March"}))
    [decision] = found.decisions

    assert (decision.id, decision.what, decision.who) == ("2026-03-04.c1", "go on the 10th", "panel")
    assert (decision.rather_than, decision.replaced_by) == ("waiting", "decision of 9 March")
    assert decision.confirmed is None


@pytest.mark.parametrize("name", ["action-log", "case-action-log"])
def test_what_is_written_on_a_log_comes_back(name: str) -> None:
    """
    A log says what has become of each action: its rows are the same actions, with their ids.
    """
    actions = tuple(LoggedAction.of(each) for each in BEFORE[:2])
    log = ActionLog(personal=actions, case=(LoggedAction.of(BEFORE[3]),))
    paper = render(log, name, reader="case-file" if name.startswith("case") else "supervisor")
    found = read(paper)
    assert [(each.id, each.what, each.case, str(each.state)) for each in found.before] == [
        (each.id, each.what, each.case, "open") for each in (BEFORE[3:] if name.startswith("case") else BEFORE[:2])
    ]

    said = render(
        attrs.evolve(log, personal=[attrs.evolve(each, status="dropped") for each in actions]),
        "action-log",
        reader="supervisor",
    )
    assert {str(each.state) for each in read(said).before} == {"dropped"}
    assert "carried" not in text_of_docx(paper)


def test_two_cases_may_have_actions_of_the_same_id() -> None:
    """
    Each case numbers its own: what was ticked on the record of one says nothing of the other, and a paper that has
    lost which case it is about still ends its action.
    """
    ours, theirs = (
        Action(what="visit", who="AM", by="", id="2026-03-04.c1", ring=Ring.CASE, case=case) for case in ("F11", "F04")
    )
    kept = KeptPlan(date="2026-04-01", session=attrs.evolve(SESSION, before=(ours, theirs)))

    def left(*before: Action) -> set[str]:
        record = Record(
            minutes=0, items=(), facts={"date": "1 April 2026"}.items(), before=before, document="case-record"
        )
        return {each.case for each in LastTime(plans=(kept,), records=(record,)).open_actions}

    done = attrs.evolve(ours, state="done")
    assert left() == left(ours) == {"F11", "F04"}
    assert left(done) == {"F04"}
    alone = attrs.evolve(kept, session=attrs.evolve(SESSION, before=(ours,)))
    lost = Record(minutes=0, items=(), facts={"date": "1 April 2026"}.items(), before=(attrs.evolve(done, case=""),))
    assert not LastTime(plans=(alone,), records=(lost,)).open_actions


@pytest.mark.parametrize("what", ["confirmed", "replaced", "withdrawn", "nothing"])
def test_a_decision_is_carried_until_it_has_its_end(what: str) -> None:
    """
    It is confirmed, replaced or withdrawn on its paper; or else it is kept with the next plan, and with the one after.
    """
    made = case_papers()
    [name] = [name for name in made if "informal" in name]
    kept = from_json(next(data for each, data in made.items() if each.startswith("supervisor/plan")).decode())
    assert isinstance(kept, KeptPlan)
    said = {"confirmed": {"informal.confirmed": CONFIRMS}, "nothing": {}}.get(what, {"informal.replaced": what})
    paper = read(fill_word(made[name], said))
    [decision] = kept.unconfirmed

    assert (decision.id, decision.about, decision.rather_than) == ("2026-03-02.c972", "C03", "ringing him today")
    open_still = LastTime(plans=(kept,), records=(paper,)).unconfirmed
    assert [each.id for each in open_still] == (["2026-03-02.c972"] if what == "nothing" else [])
    session = Record(minutes=0, items=(), facts={"date": "4 March 2026"}.items())
    following = follow(LastTime(plans=(kept,), records=(session,)))
    again = following.keep(arrange(following.file, following.settings))
    assert [(each.id, each.what, each.why, each.rather_than) for each in again.unconfirmed] == [
        (decision.id, decision.what, decision.why, decision.rather_than)
    ]
    settled = attrs.evolve(following.file.informal[0], replaced_by="withdrawn")
    file = attrs.evolve(following.file, informal=(settled,))
    assert not following.keep(arrange(file, following.settings)).unconfirmed


def test_the_agenda_names_the_record_that_has_them() -> None:
    """
    The record is that of the family: actions of its members are counted together.
    """
    made = case_papers()
    [agenda] = [data for name, data in made.items() if name.startswith("supervisee/agenda")]

    assert "F11: two, see its record." in text_of_docx(agenda)


@settings(max_examples=tried(50))
@given(records(), st.sampled_from(["general", "restorative-nursing-group"]))
def test_the_next_plan_has_what_is_open_and_nothing_that_ended(record: Record, name: str) -> None:
    """
    Whatever was ticked: each action of a record is on the next plan and its papers ask of it, or it has its end.
    """
    facts = {**dict(record.facts), "date": "4 March 2026"}
    record = attrs.evolve(record, facts=facts.items(), items=(), answers=(), minutes=0)
    following = follow(LastTime(records=(record,)), Asked(profile=name, date=datetime.date(2026, 4, 1)))
    before = arrange(following.file, following.settings).session.before

    ended = {each.id for each in record.before if each.state in ENDS}
    left = {write_line(attrs.evolve(each, by="", agreed="")).casefold() for each in before}
    for action in (*record.before, *record.actions):
        line = write_line(attrs.evolve(action, by="", agreed="")).casefold()
        assert action.id in ended or any(line.rstrip(" .") in each or each in line for each in left)
    assert not ended & {each.id for each in before}
    assert {each.state for each in before} <= {ActionState.OPEN}
    assert {each.ring for each in before} <= {each.ring for each in (*record.before, *record.actions)}
