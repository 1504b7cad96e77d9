"""
What becomes of a session: the journal takes it from the record, and what found no time leads next time.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

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
from reflect.planning.keeping import entry, path_from, resume
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish, load
from reflect.questions.rings import Ring
from reflect.sessions import journal
from reflect.sessions.brought import Outcome
from reflect.sessions.journal import CarriedItem, Journal, JournalEntry
from reflect.sessions.parts import Answered, ItemRecord
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


@given(st.data())
def test_a_record_says_what_was_reached_and_its_words_stay_there(data: st.DataObject) -> None:
    """
    Only what was reached is noted, a model only where it was used as planned, and nothing that was written but what
    the supervisee found useful and wants changed, in the ring it was written in.
    """
    file = SessionFile(date=DAY, minutes=75, supervisee_items=(Wish(what="the school"),))
    plan = arrange(file, profile("general"))
    outcomes = data.draw(
        st.lists(
            st.sampled_from([Outcome.AS_PLANNED, Outcome.CHANGED, Outcome.NOT_REACHED, None]),
            min_size=len(plan.lines),
            max_size=len(plan.lines),
        )
    )
    ring = data.draw(st.sampled_from([Ring.PERSONAL, Ring.PAIR, Ring.OWN]))
    written = [answered(f"item-{n}", "HERON", Ring.PERSONAL) for n in range(1, 4)]
    found = entry(plan, file, record=record_of(plan, outcomes, *written, answered("useful", "the map", ring)))
    by_line = dict(zip([line.key for line in plan.lines], outcomes, strict=True))
    talk = by_line[next(line.key for line in plan.lines if line.kind == "talk")]

    assert set(found.items) == {line.kind for line in plan.lines if by_line[line.key] is not Outcome.NOT_REACHED}
    assert bool(found.used) == (talk in (None, Outcome.AS_PLANNED))
    assert found.useful == ("" if ring is Ring.OWN else "the map")
    assert found.ring is (Ring.PAIR if ring is Ring.PAIR else Ring.PERSONAL)
    assert "HERON" not in journal.dump(found)
    assert "school" not in journal.dump(found)


def test_a_filled_word_record_goes_into_the_journal(tmp_path: Path) -> None:
    """
    Ticked and written in Word, saved, and named to `held`: what was not reached, what was useful, what to change.
    """
    session, ours = tmp_path / "s.yaml", tmp_path / "ours"
    session.write_text("date: 2026-03-04\nminutes: 60\nsupervisee-items: [the school]\n")
    ours.mkdir()
    run("plan", session, "-o", tmp_path / "out", "--journal", ours)
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


def test_every_record_asks_what_was_useful(tmp_path: Path) -> None:
    """
    The record asks the supervisee, in the words of the profession; a group is asked as a group.
    """
    examples = Path(__file__).parents[1] / "src/reflect/examples"
    texts = {}
    for name in ("one-to-one", "group", "first-session"):
        run("plan", examples / f"{name}.yaml", "-o", tmp_path / name, "--to", "txt")
        texts[name] = next((tmp_path / name).rglob("record-*.txt")).read_text()
    run("plan", SCENARIO, "-o", tmp_path / "long", "--to", "txt")
    texts["long"] = next((tmp_path / "long").rglob("record-*.txt")).read_text()

    assert all("hat was useful today" in text and "hat to change next time" in text for text in texts.values())
    assert "Social worker: what was useful today" in texts["long"]
    assert "orker: what" not in texts["group"]


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
        lines = "".join(f"- {what}\n" for what in first)
        one.write_text(
            f"date: 2026-03-04\nminutes: 60\ntoday: {{what: a fire, minutes: {urgent}}}\nsupervisee-items:\n{lines}"
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

    assert entry(plan, file, record=fine).items
    with pytest.raises(Refused, match="are not those of this session"):
        entry(plan, file, record=attrs.evolve(fine, items=fine.items[1:]))
    with pytest.raises(Refused, match="11 March"):
        entry(plan, file, record=attrs.evolve(fine, facts=(("date", "11 March 2026"),)))
