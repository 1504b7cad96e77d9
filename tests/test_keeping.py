"""
What becomes of a session: the journal takes it from the record, and what found no time leads next time.
"""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import docx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.errors import Refused
from reflect.planning.agenda import arrange
from reflect.planning.keeping import entry, entry_of_record, path_from, resume
from reflect.planning.kept_plans import keep_plan, read_plan
from reflect.planning.occasions import occasion, occasion_names
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish, load
from reflect.questions.rings import Ring
from reflect.sessions import journal
from reflect.sessions.brought import Outcome
from reflect.sessions.journal import CarriedItem, Journal, JournalEntry
from reflect.sessions.parts import Action, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run

DAY = datetime.date(2026, 3, 4)
SCENARIO = Path(__file__).parent / "scenarios/children/session.yaml"


def run(*args: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="reflect")
    assert result.exit_code == code, result.output
    return result


def answered(key: str, text: str, ring: Ring) -> Answered:
    return Answered(key=key, ring=ring, lines=(Line(runs=(Run(text=text),)),))


def record_of(plan: Plan, outcomes: Sequence[Outcome | None], *answers: Answered) -> Record:
    items = zip(plan.session.items, outcomes, strict=True)
    return Record(
        minutes=plan.session.minutes,
        items=tuple(
            ItemRecord(key=f"item-{n}", use=item.set.key, minutes=item.minutes, outcome=outcome)
            for n, (item, outcome) in enumerate(items, 1)
        ),
        facts=(("date", "4 March 2026"),),
        answers=answers,
    )


# --- a filled record


FILE = SessionFile(date=DAY, minutes=75, supervisee_items=(Wish(what="the school"), Wish(what="the rota")))
#: An agency whose agendas have a line for each item.
LINES = Path(__file__).parent / "data" / "standing-items.yaml"
PLAN = arrange(FILE, profile(LINES))
#: What somebody ticked for an item, and whether they wrote in its box.
said_of_items = st.lists(
    st.tuples(st.sampled_from([*Outcome, None]), st.booleans()), min_size=len(PLAN.lines), max_size=len(PLAN.lines)
)


def law_of_nothing_said(
    make: Callable[..., JournalEntry], said: Sequence[tuple[Outcome | None, bool]], used: Sequence[str], planned: bool
) -> None:
    """
    A model is noted only if its item was ticked as talked about, or has words and no tick, or somebody says so on the
    call; the same holds of items, topics and questions. Where nothing is said nothing is noted, neither held nor
    dropped; and no word of anybody's, and no minutes that were only planned.
    """
    written = [answered(f"item-{n}", "HERON", Ring.PERSONAL) for n, (_, words) in enumerate(said, 1) if words]
    record = record_of(PLAN, [tick for tick, _ in said], *written)
    found = make(PLAN, FILE, record=record, used=used, as_planned=planned)
    models, kinds, questions, states = set(), set(), set(), {}
    for (tick, words), line, item in zip(said, PLAN.lines, PLAN.session.items, strict=True):
        happened = tick.happened if tick else words or planned
        by_call = line.use in used
        if happened or by_call:
            kinds.add(line.kind)
        if by_call or (happened and tick is not Outcome.CHANGED):
            if line.kind == "talk":
                models.add(line.use)
            else:
                questions |= {question.key for question in item.set.asks if question.key in found.questions}
        if line.kind == "item" and (tick or words):
            new = {"as planned": "talked about", "changed": "talked about", "not reached": "put off"}
            states[item.brought[0].topic.id] = new.get(str(tick), str(tick or "talked about"))
    assert {use.model for use in found.used} == models
    assert set(found.items) == kinds
    assert set(found.questions) == questions
    assert {topic.id: str(topic.state) for topic in found.topics} == states
    assert found.minutes is None
    assert not {"HERON", "school", "rota"} & set(re.findall(r"\w+", journal.dump(found)))


calls = st.lists(st.sampled_from([line.use for line in PLAN.lines if line.kind == "talk"]), unique=True)


@given(said_of_items, calls, st.booleans())
def test_what_nobody_said_anything_of_is_not_in_the_journal(
    said: Sequence[tuple[Outcome | None, bool]], used: Sequence[str], planned: bool
) -> None:
    """
    Every tick, with and without words, with and without a call.
    """
    law_of_nothing_said(entry, said, used, planned)


def _as_planned(*args: object, **named: Any) -> JournalEntry:
    return entry(*args, **(named | {"as_planned": True}))  # type: ignore[arg-type]


def _without_words(*args: object, **named: Any) -> JournalEntry:
    return entry(*args, **(named | {"record": attrs.evolve(named["record"], answers=())}))  # type: ignore[arg-type]


def _planned_minutes(*args: object, **named: Any) -> JournalEntry:
    return entry(*args, **named, minutes=75)  # type: ignore[arg-type]


def _put_off_counts(*args: object, **named: Any) -> JournalEntry:
    items = (attrs.evolve(each, outcome=Outcome.TALKED if each.outcome else None) for each in named["record"].items)
    return entry(*args, **(named | {"record": attrs.evolve(named["record"], items=tuple(items))}))  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [_as_planned, _without_words, _planned_minutes, _put_off_counts])
def test_a_journal_that_says_more_or_less_than_was_said_is_found_out(wrong: Callable[..., JournalEntry]) -> None:
    """
    Blank taken for held, words not counted, minutes of the plan, and anything ticked taken for talked about.
    """
    mixed = [(None, n % 2 == 0) if n % 3 else (Outcome.PUT_OFF, False) for n in range(len(PLAN.lines))]

    law_of_nothing_said(entry, mixed, (), False)
    with pytest.raises(AssertionError):
        law_of_nothing_said(wrong, mixed, (), False)


@given(said_of_items, st.booleans())
def test_a_record_and_its_kept_plan_say_what_a_session_file_says(
    said: Sequence[tuple[Outcome | None, bool]], with_plan: bool
) -> None:
    """
    An entry from a record and the plan that was kept of it is that from its session file; without the plan, the models
    and the items are still the same.
    """
    written = [answered(f"item-{n}", "HERON", Ring.PERSONAL) for n, (_, words) in enumerate(said, 1) if words]
    record = record_of(PLAN, [tick for tick, _ in said], *written, answered("useful", "the map", Ring.PERSONAL))
    settings = profile(LINES)
    by_file = attrs.evolve(entry(PLAN, FILE, record=record), carried=())
    by_record = entry_of_record(record, keep_plan(PLAN, FILE, settings) if with_plan else None, settings=settings)

    if with_plan:
        assert by_record == by_file
    assert {use.model for use in by_record.used} == {use.model for use in by_file.used}
    assert by_record.items == by_file.items
    assert by_record.useful == "the map"


@pytest.mark.parametrize("of", occasion_names())
def test_the_headings_of_an_occasion_are_no_models_that_were_used(of: str) -> None:
    """
    A record names the page that a heading is part of; without its plan, that is not taken for a model of a talk.
    """
    plan = arrange(attrs.evolve(FILE, minutes=90), profile("group" if of == "group" else "general"), occasion=of)
    frame = {item.page.partition(".")[0] for item in occasion(of).headings if item.page}
    record = reflect.read(reflect.render(plan.session, occasion(of).record, to="docx", reader="supervisor"))
    found = entry_of_record(record, as_planned=True)

    assert frame & {item.use for item in record.items}
    assert not frame & {use.model for use in found.used}


def test_what_was_useful_stays_in_its_ring() -> None:
    """
    What the supervisee found useful goes into the journal in the ring it was written in, and their own not at all.
    """
    blank = [None] * len(PLAN.lines)
    for ring, text in ((Ring.PERSONAL, "the map"), (Ring.PAIR, "the map"), (Ring.OWN, "")):
        found = entry(PLAN, FILE, record=record_of(PLAN, blank, answered("useful", "the map", ring)))
        assert (found.useful, found.ring) == (text, Ring.PAIR if ring is Ring.PAIR else Ring.PERSONAL)


def test_facts_of_audit_come_from_the_record_or_the_call() -> None:
    """
    Who signed and how many came are as the record says; how long it took is as somebody says on the call, else nothing.
    """
    blank = record_of(PLAN, [None] * len(PLAN.lines), answered("group.present", "7 of us", Ring.GROUP))
    signed = attrs.evolve(
        blank, signed=(SignOff(role="supervisor", agreement="not agreed"), SignOff(role="supervisee"))
    )  # type: ignore[arg-type]

    assert entry(PLAN, FILE, record=signed).signed == ("supervisor",)
    assert entry(PLAN, FILE, record=signed).attended == 7
    assert (entry(PLAN, FILE).signed, entry(PLAN, FILE).attended, entry(PLAN, FILE).minutes) == ((), None, None)
    assert entry(PLAN, FILE, minutes=50).minutes == 50
    assert entry(PLAN, FILE, record=signed, attended=5).attended == 5


def test_actions_are_kept_by_id_and_state() -> None:
    """
    What was agreed before with what was said of it, and what was agreed now. Who has not done something yet and writes
    it down again has one action; who must be seen is one, too.
    """
    old = Action(what="HERON", who="AM", by="", id="2026-02-04.s1", state="not yet")  # type: ignore[arg-type]
    new = Action(what="HERON once more", who="AM", by="", id="2026-03-04.s1")
    again = Action(what="HERON", who="AM", by="", id="2026-03-04.s2")
    heron = Line(runs=(Run(text="HERON"),))
    seen = Answered(key="before.seen", asked="must be seen", ring=Ring.PERSONAL, lines=(heron,))
    record = attrs.evolve(
        record_of(PLAN, [None] * len(PLAN.lines)),
        before=(old,),
        actions=(new, attrs.evolve(new, id=""), again),
        answers=(seen,),
    )
    found = entry(PLAN, FILE, record=record)

    assert {each.id: str(each.state) for each in found.actions} == {
        new.id: "open",
        old.id: "not yet",
        "2026-03-04.s1001": "open",
    }
    assert "HERON" not in journal.dump(found)
    assert dict(Journal([found]).counts) == {old.id: 1}
    assert found.items == ("actions",)


def test_a_filled_word_record_goes_into_the_journal(tmp_path: Path) -> None:
    """
    Ticked and written in Word, saved, and named to `held`: what was not reached, what was useful, what to change.
    """
    session, ours = tmp_path / "s.yaml", tmp_path / "ours"
    shutil.copy(LINES, tmp_path / "lines.yaml")
    session.write_text("date: 2026-03-04\nminutes: 60\nprofile: lines.yaml\nsupervisee-items: [the school]\n")
    ours.mkdir()
    told, settings = load(session)
    plan = arrange(told.file, settings)
    missed = [n for n, line in enumerate(plan.lines) if line.kind in ("learning", "item")]
    outcomes = [Outcome.NOT_REACHED if n in missed else Outcome.AS_PLANNED for n in range(len(plan.lines))]
    filled = tmp_path / "filled.docx"
    said = (answered("useful", "the drawing", Ring.PERSONAL), answered("change", "start on time", Ring.PERSONAL))
    filled.write_bytes(reflect.render(record_of(plan, outcomes, *said), "record", reader="supervisee"))
    docx.Document(str(filled)).save(str(filled))  # as another program writes it
    run("held", session, filled, "--journal", ours, "--minutes", 50)
    (kept,) = journal.read(ours).entries

    assert (kept.useful, kept.change, kept.minutes) == ("the drawing", "start on time", 50)
    assert not {"learning", "item"} & set(kept.items)
    assert {"talk", "close"} <= set(kept.items)
    assert [each.item for each in kept.carried] == [1]
    assert "school" not in (ours / "2026-03-04.yaml").read_text()


def test_what_was_useful_is_asked_aloud_and_of_a_group_on_paper(tmp_path: Path) -> None:
    """
    Two people ask it in the close, and their record has a line for whoever would put something differently. The record
    of a usual group asks the group, and that of an agency with a line for each item asks in the words of the profession.
    """
    examples = Path(__file__).parents[1] / "src/reflect/examples"
    texts = {}
    for name in ("one-to-one", "group", "first-session"):
        session = tmp_path / f"{name}.yaml"
        session.write_text((examples / session.name).read_text().replace("restorative-nursing-group", "group"))
        run("plan", session, "-o", tmp_path / name, "--to", "txt")
        texts[name] = next((tmp_path / name).rglob("record-*.txt")).read_text()
    asked = {name: "hat was useful today" in text and "hat to change next time" in text for name, text in texts.items()}

    assert asked == {"one-to-one": False, "group": True, "first-session": False}
    assert "orker: what" not in texts["group"]
    assert all("I would put this differently" in texts[name] for name in ("one-to-one", "first-session"))


@pytest.mark.parametrize("minutes", [45, 60, 90])
def test_the_first_that_is_noted_in_a_journal_need_not_be_the_first(tmp_path: Path, minutes: int) -> None:
    """
    What is held is what was planned: as the plan beside the record has it, and without one an ordinary session. That
    the journal is empty says nothing of it.
    """
    session, ours = tmp_path / "s.yaml", tmp_path / "ours"
    session.write_text(f"date: 2026-03-04\nminutes: {minutes}\nsupervisee-items: [the school]\n")
    ours.mkdir()
    for name, more in (("first", ("--journal", ours)), ("ordinary", ())):
        run("plan", session, "-o", tmp_path / name, *more)
        folder = tmp_path / name / "supervisor"
        (paper,) = folder.glob("record-*.docx")
        (tmp_path / f"by-{name}").mkdir()
        run("held", session, paper, "--journal", tmp_path / f"by-{name}", "--as-planned")
        (noted,) = journal.read(tmp_path / f"by-{name}").entries
        planned = read_plan(folder / "plan-2026-03-04.json")

        assert planned.session.occasion == name
        assert set(noted.items) == {line.kind for line in planned.lines}
    run("held", session, "--journal", ours, "--as-planned")
    (alone,) = journal.read(ours).entries

    assert alone == noted


def test_what_was_said_in_a_group_stays_in_the_group(tmp_path: Path) -> None:
    """
    A group's journal keeps it for the group.
    """
    run("held", Path(__file__).parent / "scenarios/nursing-group.yaml", "--journal", tmp_path, "--useful", "the quiet")

    assert journal.read(tmp_path).entries[0].ring is Ring.GROUP


# --- what leads next time


def wishes(least: int = 1) -> st.SearchStrategy[list[str]]:
    words = ("the school", "the rota", "my grief", "a referral")
    return st.lists(st.sampled_from(words), min_size=least, max_size=3, unique=True)


@given(wishes(), wishes(0), st.booleans(), st.integers(20, 50))
def test_what_was_displaced_leads_next_time(first: list[str], second: list[str], again: bool, urgent: int) -> None:
    """
    Whatever a crisis pushed out stands before all else the supervisee brings next time, with its day, and once;
    whatever was reached does not come back; and no word of it is in the journal.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = folder / "ours"
        ours.mkdir()
        one = folder / "one.yaml"
        shutil.copy(LINES, folder / "lines.yaml")
        lines = "".join(f"- {what}\n" for what in first)
        one.write_text(
            f"date: 2026-03-04\nminutes: 60\nprofile: lines.yaml\ntoday: {{what: a fire, minutes: {urgent}}}\n"
            f"supervisee-items:\n{lines}"
        )
        told, settings = load(one)
        plan = arrange(told.file, settings)
        kept = entry(plan, told.file, where=path_from(ours, one))
        journal.add(ours, kept)
        moved = [wish.what for wish in plan.next_time]
        brought = tuple(Wish(what=what) for what in (*second, *(moved[:1] if again else ())))
        brought = tuple(dict.fromkeys(brought))
        nxt = SessionFile(date=datetime.date(2026, 4, 1), minutes=120, supervisee_items=brought)
        now = resume(nxt, journal.read(ours), ours)
        items = now.file.supervisee_items

        assert [wish.what for wish in items[: len(moved)]] == moved
        assert all(wish.since == DAY for wish in items[: len(moved)])
        assert {wish.what for wish in items} == {*moved, *second}
        assert len({wish.what for wish in items}) == len(items)
        assert not any(what in (ours / "2026-03-04.yaml").read_text() for what in first)
        planned = arrange(now.file, settings, journal.read(ours))
        own = [line.wishes[0].what for line in planned.lines if line.kind == "item"]
        assert own[: len(moved)] == moved
        # Put off a second time, it keeps its day and where it stands.
        later = entry(planned, now.file, not_reached=["item"] if own else [], where="two.yaml")
        assert set(kept.carried) <= {attrs.evolve(each) for each in later.carried} or not moved
        assert (urgent < 45) or moved


def test_the_day_it_was_first_brought_stands_on_the_agenda(tmp_path: Path) -> None:
    """
    Both see that it comes from before; where its words are gone there is a place for it all the same.
    """
    ours = tmp_path / "ours"
    ours.mkdir()
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("date: 2026-03-04\nminutes: 60\ntoday: {what: a fire, minutes: 45}\nsupervisee-items: [my grief]\n")
    two.write_text("date: 2026-04-01\nminutes: 60\n")
    run("held", one, "--journal", ours)

    first = run("plan", two, "--journal", ours).stdout
    assert "My grief" in first
    assert "First brought on 4 March 2026." in first
    one.unlink()
    lost = run("plan", two, "--journal", ours)
    assert "What was put off on 4 March 2026" in lost.stdout
    assert "cannot be read there now" in lost.stderr


def test_what_was_chosen_and_fell_out_is_chosen_next_time() -> None:
    """
    A family the worker chose, whose talk found no time, is the first choice of the next session.
    """
    told, settings = load(SCENARIO)
    chosen = attrs.evolve(told.file, choose=("F11", "F02"), date=DAY, next=None)
    plan = arrange(chosen, settings)
    kept = entry(plan, chosen)
    later = attrs.evolve(told.file, date=datetime.date(2026, 4, 1), next=None)

    assert kept.carried == (CarriedItem(since=DAY, family="F02"),)
    assert resume(later, Journal([kept]), Path()).file.choose == ("F02", "F11")
    gone = attrs.evolve(later, cases=later.cases[:1], choose=())
    assert resume(gone, Journal([kept]), Path()).file.choose == ()


def test_a_cancelled_session_loses_nothing() -> None:
    """
    What stood in its file leads next time, and only what the last session left comes back.
    """
    file = SessionFile(date=DAY, supervisee_items=(Wish(what="a"), Wish(what="b")))
    fell_out = entry(arrange(file, profile("general")), file, cancelled_by="supervisor", where="s.yaml")

    assert [each.item for each in fell_out.carried] == [1, 2]
    after = JournalEntry(date=DAY + datetime.timedelta(days=7))
    later = SessionFile(date=DAY + datetime.timedelta(days=14))
    assert resume(later, Journal([fell_out, after]), Path()).file == later


def test_a_record_of_another_session_is_refused() -> None:
    """
    Its day and its items are those of the session, or nothing is noted.
    """
    file = SessionFile(date=DAY)
    plan = arrange(file, profile("general"))
    fine = record_of(plan, [None] * len(plan.lines))

    assert entry(plan, file, record=fine).date == DAY
    with pytest.raises(Refused, match="are not those of this session"):
        entry(plan, file, record=attrs.evolve(fine, items=fine.items[1:]))
    with pytest.raises(Refused, match="11 March"):
        entry(plan, file, record=attrs.evolve(fine, facts=(("date", "11 March 2026"),)))
