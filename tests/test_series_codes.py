"""
Whose folder it is: codes of series, journals and folders of papers that refuse another's, and parts of a series.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import Faults, Refused
from reflect.planning import kept_plans
from reflect.questions.rings import READERS, Reader, Ring
from reflect.sessions import journal
from reflect.sessions.brought import next_id, ring_of_id
from reflect.sessions.journal import CANCELLED, Journal, JournalEntry, JournalledAction, JournalledTopic
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import ActionState
from reflect.sessions.series_codes import ALPHABET, new_code, read_code
from reflect.sessions.session import plan

DAY = datetime.date(2026, 3, 4)
codes = st.text(ALPHABET, min_size=4, max_size=8)
ids = st.builds(next_id, st.dates(DAY, datetime.date(2026, 12, 31)), st.sampled_from(Ring))
topics = st.builds(JournalledTopic, id=ids, state=st.sampled_from(journal.TOPIC_STATES))
actions = st.builds(JournalledAction, id=ids, state=st.sampled_from(ActionState))


@st.composite
def entries(draw: st.DrawFn, code: str = "", day: datetime.date = DAY) -> JournalEntry:
    return JournalEntry(
        date=day,
        status=draw(st.sampled_from([journal.HELD, CANCELLED])),
        series=code,
        part=draw(st.integers(1, 3)),
        topics=tuple(draw(st.lists(topics, max_size=3))),
        actions=tuple(draw(st.lists(actions, max_size=3))),
        attended=draw(st.none() | st.integers(0, 12)),
        signed=tuple(draw(st.lists(st.sampled_from(["supervisee", "supervisor"]), unique=True))),
        closes_part=draw(st.sampled_from(["", "supervisee", "supervisor"])),
    )


# --- codes


def test_a_new_code_is_a_code_and_no_word() -> None:
    """
    A random code is one that is read again, in capitals too, with a digit at least at every second place.
    """
    for _ in range(100):
        code = new_code()
        assert read_code(code) == read_code(f" {code.upper()} ") == code
        assert code[0].isalpha()
        assert code[1].isdigit()


@given(st.text(max_size=10))
def test_only_letters_and_digits_that_nobody_mistakes_make_a_code(text: str) -> None:
    """
    A code has four to eight digits and letters, and none that looks like another.
    """
    fits = 4 <= len(text.strip()) <= 8 and set(text.strip().lower()) <= set(ALPHABET)

    assert (read_code(text) is not None) == fits
    assert not set("ilou") & set(ALPHABET)


# --- the journal


@given(st.data())
def test_an_entry_is_read_as_it_was_written(data: st.DataObject) -> None:
    """
    Ids, states, who signed and how many were there go into the file and come back.
    """
    entry = data.draw(entries(data.draw(codes | st.just(""))))
    with tempfile.TemporaryDirectory() as name:
        journal.add(Path(name), entry)

        assert journal.read(Path(name)).entries == (entry,)


def test_old_journals_are_read_as_they_are() -> None:
    """
    An entry of an earlier version has no series, no topics and no actions, and is in the first part.
    """
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "2026-03-04.yaml").write_text(
            "date: 2026-03-04\nstatus: held\nminutes: 60\nused:\n- model: kolb-cycle\nitems:\n- talk\n"
        )
        (found,) = journal.read(Path(name)).entries

    assert found == JournalEntry(date=DAY, minutes=60, used=found.used, items=("talk",))
    assert (found.used[0].model, found.series, found.part, found.topics) == ("kolb-cycle", "", 1, ())


@pytest.mark.parametrize(
    "line", ["series: kilo", "topics: [{id: the school, state: decided}]", "actions: [{id: 2026-02-30.s1}]"]
)
def test_a_journal_takes_no_words_for_ids(line: str) -> None:
    """
    Where an id stands no words can; the fault does not repeat them.
    """
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "2026-03-04.yaml").write_text(f"date: 2026-03-04\n{line}\n")
        with pytest.raises(Faults) as wrong:
            journal.read(Path(name))

    assert "school" not in str(wrong.value)


@given(st.lists(codes | st.just(""), min_size=1, max_size=5))
def test_a_journal_belongs_to_one_series(given_codes: Sequence[str]) -> None:
    """
    A journal takes every session without a code and those of its own series, and refuses all others, naming nobody.
    """
    own = ""
    with tempfile.TemporaryDirectory() as name:
        for n, code in enumerate(given_codes):
            entry = JournalEntry(date=DAY + datetime.timedelta(n), series=code)
            if code and own and code != own:
                with pytest.raises(Refused) as refused:
                    journal.add(Path(name), entry)
                assert code not in str(refused.value).replace(name, "")
                continue
            journal.add(Path(name), entry)
            own = own or code

        assert journal.read(Path(name)).series == own


def test_a_journal_with_two_series_in_it_is_not_read(tmp_path: Path) -> None:
    """
    Two series that lie in one journal are a fault of the second, with its file.
    """
    journal.add(tmp_path, JournalEntry(date=DAY, series="k7m2"))
    (tmp_path / "2026-04-01.yaml").write_text("date: 2026-04-01\nseries: p3x9\n")

    with pytest.raises(Faults, match=r"2026-04-01\.yaml.* of another series"):
        journal.read(tmp_path)


@given(entries("k7m2"), st.sampled_from(READERS))
def test_a_journal_shows_each_reader_the_ids_they_may_read(entry: JournalEntry, reader: Reader) -> None:
    """
    Topics and actions of a ring that a reader may not see are not in the journal they get, not even as ids.
    """
    (seen,) = Journal([entry]).visible_to(reader).entries

    for all_of, some in ((entry.topics, seen.topics), (entry.actions, seen.actions)):
        assert [each.id for each in some] == [
            each.id for each in all_of if reader.sees(ring_of_id(each.id) or Ring.OWN)
        ]
    assert bool(seen.series) == (reader.name not in ("case-file", "auditor", "anyone"))


# --- counts


def law_of_counts(counts: Callable[[Journal], dict[str, int]], log: Journal) -> None:
    """
    An action counts once for each session that was held after it was agreed, in this part, and left it open; never for
    a cancelled one; and not at all once it is done, changed or dropped.
    """
    expected: dict[str, int] = {}
    for entry in log.entries:
        if entry.held and entry.part == log.part:
            for action in entry.actions:
                if action.state in ("done", "changed", "dropped"):
                    expected.pop(action.id, None)
                elif action.id[:10] < entry.date.isoformat():
                    expected[action.id] = expected.get(action.id, 0) + 1
    assert {name: times for name, times in counts(log).items() if times} == expected


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """
    Twelve sessions with the same two actions, some cancelled, some in a second part.
    """
    names = [next_id(DAY, Ring.PERSONAL), next_id(DAY, Ring.CASE)]
    found = []
    part = 1
    for n in range(draw(st.integers(1, 12))):
        states = draw(st.lists(st.sampled_from(ActionState), min_size=2, max_size=2))
        closes = draw(st.sampled_from(["", "", "", "supervisee"]))
        status = draw(st.sampled_from([journal.HELD, journal.HELD, CANCELLED]))
        held = tuple(JournalledAction(id=name, state=state) for name, state in zip(names, states, strict=True))
        day = DAY + datetime.timedelta(days=28 * n)
        found.append(JournalEntry(date=day, status=status, part=part, actions=held, closes_part=closes))
        part += bool(closes)
    return Journal(found)


@given(journals())
def test_an_action_counts_for_each_session_that_left_it_open(log: Journal) -> None:
    """
    How often an action was carried over is counted in sessions that were held, and begins anew with a new part.
    """
    law_of_counts(lambda some: dict(some.counts), log)


def test_a_count_that_goes_on_through_leave_is_found_out() -> None:
    """
    Counting every entry, or every part, or the day of the agreement, fails the law.
    """
    done = JournalledAction(id=next_id(DAY, Ring.PERSONAL), state=ActionState.NOT_YET)
    log = Journal(
        [
            JournalEntry(date=DAY, actions=(done,)),
            JournalEntry(date=DAY + datetime.timedelta(28), actions=(done,), status=CANCELLED),
            JournalEntry(date=DAY + datetime.timedelta(56), actions=(done,)),
        ]
    )
    law_of_counts(lambda some: dict(some.counts), log)
    for wrong in (1, 2, 3):
        if wrong != dict(log.counts)[done.id]:
            with pytest.raises(AssertionError):
                law_of_counts(lambda some, wrong=wrong: {done.id: wrong}, log)  # type: ignore[misc]


# --- folders


def kept(day: datetime.date = DAY, code: str = "", **people: str) -> KeptPlan:
    session = attrs.evolve(plan("kolb-cycle@40", 60, facts={k: v for k, v in people.items() if v}), series=code)
    return KeptPlan(date=day.isoformat(), session=session)


def put(folder: Path, some: KeptPlan, reader: str = "supervisee") -> None:
    (folder / reader).mkdir(parents=True, exist_ok=True)
    (folder / reader / kept_plans.name_of_plan(some.date)).write_text(reflect.to_json(some))


@given(st.data())
def test_a_folder_of_papers_belongs_to_one_series(data: st.DataObject) -> None:
    """
    A folder refuses another series on any day; and if one of the two has no code, other people on the same day.
    """
    names, days = st.sampled_from(["", "AM", "BK"]), st.sampled_from([DAY, DAY + datetime.timedelta(7)])
    some_codes = st.sampled_from(["", "k7m2", "p3x9"])
    one, other = (
        kept(data.draw(days), data.draw(some_codes), supervisee=data.draw(names), supervisor=data.draw(names))
        for _ in range(2)
    )
    differ = any(
        one.session.fact(role) and other.session.fact(role) and one.session.fact(role) != other.session.fact(role)
        for role in ("supervisee", "supervisor")
    )
    both = bool(one.series and other.series)
    refused = one.series != other.series if both else one.date == other.date and differ
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), one, data.draw(st.sampled_from(["", *kept_plans.READERS])))
        if not refused:
            kept_plans.refuse_other_series(Path(name), other)
            return
        with pytest.raises(Refused) as error:
            kept_plans.refuse_other_series(Path(name), other)

    said = str(error.value).replace(name, "")
    assert not any(word in said for word in ("AM", "BK", "k7m2", "p3x9"))


def test_a_plan_that_cannot_be_read_refuses_nobody(tmp_path: Path) -> None:
    """
    A file of that name that is no plan says nothing about whose folder it is.
    """
    (tmp_path / kept_plans.name_of_plan(DAY)).write_text("{}")

    assert list(kept_plans.plans_in(tmp_path)) == []
    kept_plans.refuse_other_series(tmp_path / "none", kept())


def test_a_plan_is_read_once_however_often_its_folder_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Both of the two keep each plan, and one session looks through the folder several times: each plan is read once.
    """
    read: list[str] = []
    real = kept_plans.from_json
    monkeypatch.setattr(kept_plans, "from_json", lambda text, *args, **named: read.append(text) or real(text, **named))  # type: ignore[func-returns-value]
    for reader in ("supervisee", "supervisor"):
        (tmp_path / reader).mkdir()
        for month in range(1, 7):
            kept = KeptPlan(date=f"2031-{month:02}-04", session=plan("arrive@3 + close@5", 10))
            (tmp_path / reader / kept_plans.name_of_plan(kept.date)).write_text(reflect.to_json(kept), "utf-8")

    assert [len(list(kept_plans.plans_in(tmp_path))) for _ in range(3)] == [12, 12, 12]
    assert len(read) == 6
