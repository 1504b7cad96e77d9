"""
The letter that asks for supervision comes from a journal or a record; and who regulates the work is that of the day.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.errors import Refused
from reflect.papers import Agreement, AnnualReview, Escalation, Request, StandingPaper, Workload
from reflect.planning.agenda import arrange
from reflect.planning.profiles import profile
from reflect.planning.session_file import load
from reflect.rendering import planned_papers
from reflect.sessions import journal
from reflect.sessions.journal import CANCELLED, Journal, JournalEntry
from tests.documents import a_few
from tests.test_audit_facts import FILLED, NOT_FILLED, record_of, said
from tests.test_plan_papers import SCENARIOS

D = datetime.date
MARCH, APRIL = D(2026, 3, 4), D(2026, 4, 1)


def run(*words: object) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """
    A journal of a session that was held, and a later one that was not.
    """
    folder = tmp_path / "ours"
    folder.mkdir()
    journal.add(folder, JournalEntry(date=MARCH, minutes=60, useful="QZuseful", attended=None))
    journal.add(folder, JournalEntry(date=APRIL, status=CANCELLED, by="supervisor"))
    return folder


# --- the letter


def test_the_letter_comes_from_the_journal(ours: Path) -> None:
    """
    One command, with nobody named: the last session that was held, and how long ago. One that was cancelled counts as
    none; the interval is there if it is known.
    """
    text = run("make", "supervision-request", ours, "--set", "date=27 May 2026", "-o", "-").stdout

    assert "4 March 2026 (84 days ago)" in text
    assert "overdue" not in text
    assert "April" not in text
    assert "QZ" not in text
    agreed = run("make", "supervision-request", ours, "--set", "date=27 May 2026", "--every", 28, "-o", "-").stdout
    assert "28 (56 days overdue)" in agreed
    team = ("--profile", "restorative-nursing-group", "--set", "date=27 May 2026")
    assert "42 (42 days overdue)" in run("make", "supervision-request", ours, *team, "-o", "-").stdout


def test_the_letter_is_of_today_if_no_day_is_given(ours: Path) -> None:
    """
    It is asked today, so that it says how long ago that is without any option.
    """
    text = run("make", "supervision-request", ours, "-o", "-").stdout

    assert f"({(datetime.date.today() - MARCH).days} days ago)" in text


def test_the_letter_comes_from_the_last_record(tmp_path: Path) -> None:
    """
    From a Word file that was filled in, as from its JSON: the day, and nothing else of the record.
    """
    session = reflect.plan("arrive@5 + kolb-cycle@50 + close@5", 60, facts={"date": "4 March 2026", "supervisee": "QZ"})
    blank = reflect.read(reflect.render(session, "record", reader="supervisee"))
    record = attrs.evolve(blank, answers=(said("item-2", "QZanswer"),))
    (tmp_path / "r.docx").write_bytes(reflect.render(record, "record", reader="supervisee"))
    (tmp_path / "r.json").write_text(reflect.to_json(record))
    for name in ("r.docx", "r.json"):
        done = run("make", "supervision-request", tmp_path / name, "--set", "date=27 May 2026", "-o", "-")
        assert "4 March 2026 (84 days ago)" in done.stdout
        assert "QZ" not in done.output
    run("make", "supervision-request", tmp_path / "r.docx", "-o", tmp_path / "ask.docx")
    letter = reflect.read(tmp_path / "ask.docx")
    assert letter.answer("request.last").startswith("4 March 2026 (")
    assert letter.reading is not None
    assert letter.reading.certain


@pytest.mark.parametrize("name", [*FILLED, *NOT_FILLED])
def test_only_a_session_that_was_held_is_the_last(name: str) -> None:
    """
    A record that proves a session gives its day; one that proves nothing is refused, and is not quoted.
    """
    record = attrs.evolve(record_of(), **(FILLED | NOT_FILLED)[name])  # type: ignore[arg-type]
    if name in FILLED:
        assert Request.of_record(record) == Request(last=MARCH)
        return
    with pytest.raises(Refused, match="does not show that a session was held") as caught:
        Request.of_record(record)
    assert "QZ" not in str(caught.value)


def test_a_pair_that_never_met_gets_a_letter_without_a_day() -> None:
    """
    With nothing held, nothing is said of a last session.
    """
    lost = Journal((JournalEntry(date=MARCH, status=CANCELLED),))

    assert Request.of_journal(lost) == Request.of_journal(Journal()) == Request()
    assert attrs.evolve(Request(), date=APRIL).ago == ""
    assert Request(date=MARCH, last=MARCH).ago == ""
    assert Request(date=D(2026, 3, 5), last=MARCH).ago == "1 day ago"


# --- who regulates the work

PAPERS: tuple[tuple[str, StandingPaper], ...] = (
    ("agreement", Agreement(date=MARCH)),
    ("annual-review", AnnualReview(date=MARCH)),
    ("workload-statement", Workload(date=MARCH, total=9)),
    ("escalation", Escalation(raised=MARCH, facts="x")),
)


@pytest.mark.parametrize(("name", "paper"), PAPERS)
def test_who_regulates_is_printed_if_it_is_known_and_comes_back(name: str, paper: StandingPaper) -> None:
    """
    It has a place of its own, is read back from it, and printed again; where it is not known, there is no place.
    """
    known = attrs.evolve(paper, regulator="QZregulator")  # type: ignore[call-arg]
    data = reflect.render(known, name, reader="supervisee")
    record = reflect.read(data)
    without = reflect.render(paper, name, reader="supervisee", to="txt").decode()

    assert [each.text for each in record.answers if each.key.endswith(".regulator")] == ["QZregulator"]
    assert record.reading is not None
    assert record.reading.certain
    assert reflect.read(reflect.render(record, name, reader="supervisee")) == record
    assert "regulated" not in without
    assert "regulated" not in reflect.render(None, name, to="txt").decode()


@pytest.mark.parametrize(
    ("day", "nation", "who"),
    a_few(
        [
            ("2019-12-01", "", "HCPC"),
            ("2019-12-02", "", "Social Work England"),
            ("2012-07-31", "", ""),
            ("2019-12-02", "Wales", "Social Care Wales"),
            ("2016-12-02", "Wales", ""),
            ("2026-03-04", "Scotland", "Scottish Social Services Council"),
            ("2026-03-04", "Northern Ireland", "Northern Ireland Social Care Council"),
            ("", "", ""),
        ],
        3,
    ),
)
def test_the_regulator_is_that_of_the_day_and_nation(day: str, nation: str, who: str, tmp_path: Path) -> None:
    """
    By the day on the paper and the nation; if one of them leaves it open, nothing is printed.
    """
    file = tmp_path / "agreement.yaml"
    file.write_text(f"often: every four weeks\n{f'date: {day}' if day else ''}\n")
    words = ["--profile", "childrens-social-work", *(["--nation", nation] if nation else [])]
    text = run("make", "agreement", file, "--reader", "supervisee", *words, "-o", "-").stdout

    assert ("regulated by" in text) == bool(who)
    assert who in text
    assert "regulated" not in run("make", "agreement", file, "--reader", "supervisee", "-o", "-").stdout
    general = run("make", "agreement", file, "--reader", "supervisee", "--profile", "general", "-o", "-").stdout
    assert "regulated" not in general


def test_a_session_names_the_regulator_of_its_day() -> None:
    """
    The scenario of 9.1 is of Social Work England; on 14 May 2019 the same data name HCPC.
    """
    told, settings = load(SCENARIOS / "children/session.yaml")
    for day, who in ((told.file.date, "Social Work England"), (D(2019, 5, 14), "HCPC")):
        file = attrs.evolve(told.file, date=day)
        plan = arrange(file, settings)
        assert planned_papers.workload(file, settings).regulator == who
        assert attrs.evolve(planned_papers.escalation(plan, file, settings), regulator=who).regulator == who
        assert plan.regulator == who
    general = attrs.evolve(told.file, nation="")
    assert planned_papers.workload(general, profile("general")).regulator == ""


def test_no_regulator_is_on_a_paper_of_nobody() -> None:
    """
    A nation that is not one, and a paper that has no such place, are refused.
    """
    words = ["make", "agreement", "--profile", "childrens-social-work", "--nation", "Ireland"]
    assert CliRunner().invoke(main, words).exit_code == 2
    assert CliRunner().invoke(main, ["make", "handout", "kolb-cycle", "--profile", "general"]).exit_code == 2
