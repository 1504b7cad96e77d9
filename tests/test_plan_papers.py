"""
What `reflect plan` writes: papers by reader, a calendar entry that says nothing, advice that is on no paper.
"""

from __future__ import annotations

import datetime
import io
import os
import re
from pathlib import Path

import attrs
import icalendar
import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

import reflect
from reflect.cli import main
from reflect.errors import Refused, UnknownKey
from reflect.planning import checking
from reflect.planning.agenda import arrange
from reflect.planning.calendars import SUMMARY
from reflect.planning.calendars import icalendar as calendar
from reflect.planning.caseload import Case
from reflect.planning.keeping import entry
from reflect.planning.occasions import occasion_names
from reflect.planning.profiles import profile
from reflect.planning.session_file import Promise, SessionFile, Wish, load
from reflect.questions.question import Function
from reflect.rendering.coverage import draw_series, render_series
from reflect.rendering.session_papers import MORE, agenda_of, keep, papers, words_of
from reflect.sessions import journal
from reflect.sessions.journal import CANCELLED, Journal, JournalEntry, ModelUse
from reflect.sessions.series import NO_MODEL, series
from reflect.text.prose import day_in_words
from tests.handbook import fill_in
from tests.office import sides_in_libreoffice
from tests.test_word import tool

SCENARIOS = Path(__file__).parent / "scenarios"
#: An agency whose agendas have a line for each item.
STANDING = Path(__file__).parent / "data" / "standing-items.yaml"
DAY = datetime.date(2026, 3, 4)


def run(*args: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="reflect")
    assert result.exit_code == code, result.output
    return result


def words(data: bytes) -> str:
    found = Document(io.BytesIO(data))
    texts = [p.text for p in found.paragraphs] + [c.text for t in found.tables for row in t.rows for c in row.cells]
    return " ".join(" ".join(texts).split())


# --- the command


@pytest.mark.parametrize("kind", ["one-to-one", "group", "first-session"])
def test_each_example_can_be_planned_as_it_is(kind: str, tmp_path: Path) -> None:
    """
    `--example` prints a session file without faults or warnings, which makes two papers and a calendar entry.
    """
    file = tmp_path / "session.yaml"
    run("plan", "--example", kind, "-o", file)
    assert run("plan", "--example", kind).output == file.read_text("utf-8")
    result = run("plan", file, "-o", tmp_path / "out", "--to", "txt")
    folders = {
        path.name: sorted(p.name.split("-20")[0] for p in path.iterdir()) for path in (tmp_path / "out").iterdir()
    }

    assert "warning" not in result.output
    assert set(folders) == ({"group"} if kind == "group" else {"supervisee", "supervisor"})
    assert all(names == ["agenda", "plan", "record", "supervision"] for names in folders.values())


def test_a_record_of_several_own_items_comes_back_and_is_rendered_again(tmp_path: Path) -> None:
    """
    A session may have the same page several times, about several things: no item and no answer is lost on the way.
    """
    file = tmp_path / "session.yaml"
    run("plan", "--example", "one-to-one", "-o", file)
    # Each of these has a line of its own; in an ordinary hour some share one.
    with file.open("a") as text:
        text.write(f"profile: {STANDING}\n")
    run("plan", file, "-o", tmp_path / "out")
    paper = tmp_path / "out" / "supervisor" / "record-2026-03-04.docx"
    fill_in(paper, {"item-8": "We used it.", "item-5": "We ask for a meeting.", "item-6": "It can wait."})
    record = reflect.read(paper)
    again = reflect.render(record, "record", reader="supervisor")

    assert [item.use for item in record.items].count("own-item") == 3
    assert reflect.read(again) == record
    said = [reflect.read(again).answer(f"item-{n}") for n in (5, 6, 8)]
    assert said == ["We ask for a meeting.", "It can wait.", "We used it."]
    assert not record.reading.doubts


def test_four_lines_are_enough(tmp_path: Path) -> None:
    """
    Without a folder the agenda is printed; the file is as it was.
    """
    file = tmp_path / "s.yaml"
    file.write_text("date: 2026-03-04\nminutes: 60\nsupervisee-items:\n- what to say to the school\n")
    result = run("plan", file)

    assert "What to say to the school" in result.stdout
    assert "Between the two of you" in result.stdout
    assert file.read_text().count("\n") == 4


def test_session_files_and_profiles_can_be_checked(tmp_path: Path) -> None:
    """
    `reflect check` knows a session file by its date and a profile by its items, and reports what is wrong in them.
    """
    wrong = tmp_path / "s.yaml"
    wrong.write_text("date: 2026-03-04\nminutes: long\n")
    (tmp_path / "p.yaml").write_text("title: Ours\nitems: [{kind: close, least: 3}]\n")

    assert "in order" in run("check", SCENARIOS / "children/session.yaml").output
    assert "s.yaml:2: 'minutes' is not a whole number" in run("check", wrong, code=1).output
    assert "p.yaml:2: the close has less than five minutes" in run("check", tmp_path / "p.yaml", code=1).output


def test_what_was_filled_in_is_not_written_over(tmp_path: Path) -> None:
    """
    A second call writes the same files again; once somebody has written in one, nothing at all is written.
    """
    session = SCENARIOS / "first-session.yaml"
    run("plan", session, "-o", tmp_path)
    run("plan", session, "-o", tmp_path)
    filled = tmp_path / "supervisor" / "record-2026-09-02.docx"
    document = Document(str(filled))
    document.add_paragraph("what we said")
    document.save(str(filled))
    agenda = tmp_path / "supervisee" / "agenda-2026-09-02.docx"
    agenda.unlink()

    assert (
        "there already, and perhaps filled in; nothing was written"
        in run("plan", session, "-o", tmp_path, code=1).output
    )
    assert not agenda.exists()
    run("plan", session, "-o", tmp_path, "--force")
    assert agenda.exists()


def test_the_rest_is_made_when_somebody_asks(tmp_path: Path) -> None:
    """
    Preparation is the supervisee's alone; a record for each family goes to the case file; notes and cards to who leads.
    """
    more = [arg for name in MORE for arg in ("--papers", name)]
    run("plan", SCENARIOS / "children/session.yaml", "--journal", SCENARIOS / "children/journal", "-o", tmp_path, *more)
    found = {folder.name: {path.name for path in folder.iterdir()} for folder in tmp_path.iterdir()}
    day = "2025-05-14"

    records = {f"case-record-{n}-{day}.docx" for n in (1, 2, 3)}
    assert found["case-file"] == {
        *(f"{name}-{day}.docx" for name in ("same-day-decision", "oversight", "disagreement", "case-action-log")),
        *records,
        "informal-1-2025-04-28.docx",
    }
    assert f"escalation-{day}.docx" in found["supervisee"] - found["supervisor"]
    assert f"preparation-{day}.docx" in found["supervisee"] - found["supervisor"]
    assert {f"notes-{day}.docx", f"cards-{day}.docx"} <= found["supervisor"] - found["supervisee"]
    first = reflect.read(tmp_path / "case-file" / f"case-record-1-{day}.docx")
    said = {each.key: each.text for each in first.answers}
    assert (said["case-record.about"], said["case-record.plan"]) == ("F11", "PLO")
    assert not re.search(r"F04|F08|107|rota|C0\d", str(said))
    with pytest.raises(UnknownKey):
        list(papers(*planned(), more=["minutes"]))  # type: ignore[arg-type]


def planned(**changes: object) -> tuple[object, ...]:
    file = SessionFile(**{"date": DAY, "minutes": 60, **changes})  # type: ignore[arg-type]
    return arrange(file, profile("general")), file, profile("general")


@pytest.mark.parametrize("name", ["children/session", "nursing-group", "first-session"])
def test_an_agenda_is_one_page_and_a_record_two(name: str) -> None:
    """
    Also with eighteen children, nine items, two talks in depth and a backlog.
    """
    told, settings = load(SCENARIOS / f"{name}.yaml")
    folder = SCENARIOS / "children/journal"
    log = journal.read(folder) if name.startswith("children") else journal.EMPTY
    made = papers(arrange(told.file, settings, log), told.file, settings, to="pdf")
    pages = {p.name.split("-")[0]: len(PdfReader(io.BytesIO(p.data)).pages) for p in made if p.name.endswith(".pdf")}

    assert pages["agenda"] == 1
    assert pages["record"] <= 2


def busy() -> dict[str, tuple[SessionFile, str]]:
    """
    Sessions that fill their papers, each with its profile: few items and many, no cases and two hundred.
    """
    children = load(SCENARIOS / "children/session.yaml")[0].file
    brought = tuple(Wish(what=what) for what in ("the letter from the court", "a course in June", "the office move"))
    many = tuple(
        Case(
            ref=f"C{n:03}",
            family=f"F{n // 2:03}",
            kind=("CP", "CIN", "CLA", "PLO")[n % 4],
            touched=datetime.date(2025, 1 + n % 4, 1 + n % 28),
            in_depth=datetime.date(2024, 10 + n % 3, 1 + n % 28),
            worker=n % 11,
            supervisor=3 * n % 11,
        )
        for n in range(200)
    )
    return {
        "small": (SessionFile(date=DAY, minutes=60, supervisee_items=brought[:1]), "general"),
        "scenario": (children, "childrens-social-work"),
        "eleven": (
            attrs.evolve(children, minutes=100, supervisee_items=(*children.supervisee_items, *brought[:2])),
            "childrens-social-work",
        ),
        "urgent": (attrs.evolve(children, cases=(), choose=(), today=brought[0]), "childrens-social-work"),
        "caseload": (attrs.evolve(children, cases=many, choose=()), "childrens-social-work"),
        "counselling": (SessionFile(date=DAY, supervisee_items=brought, after_shock=True), "counselling"),
        "group": (load(SCENARIOS / "nursing-group.yaml")[0].file, "restorative-nursing-group"),
        "first": (load(SCENARIOS / "first-session.yaml")[0].file, "first-session"),
    }


def test_in_libreoffice_an_agenda_is_one_page_and_a_record_two(tmp_path: Path) -> None:
    """
    As Word files, laid out by another program: up to eleven items, and a caseload of two hundred.
    """
    tool("soffice")
    for name, (file, known) in busy().items():
        settings = profile(known)
        plan = arrange(attrs.evolve(file, choose=()) if name == "urgent" else file, settings)
        for paper in papers(plan, file, settings):
            if paper.folder in ("supervisee", "group") and paper.name.endswith(".docx"):
                (tmp_path / f"{name}-{paper.name.partition('-')[0]}.docx").write_bytes(paper.data)
    pages = sides_in_libreoffice(tmp_path)

    assert len(pages) == 16
    assert {name: n for name, n in pages.items() if n > (1 if name.endswith("agenda") else 2)} == {}


def test_of_two_hundred_cases_the_agenda_names_some_and_counts_the_rest() -> None:
    """
    No list is cut in silence: the paper says how many more there are, and the two are told all of them.
    """
    file, known = busy()["caseload"]
    settings = profile(known)
    plan = arrange(file, settings)
    assert plan.caseload is not None
    text = " ".join(reflect.render(plan.session, "agenda", to="txt", reader="supervisee").decode().split())
    waiting = [touch.case.ref for touch in plan.caseload.waiting]

    assert f"and {len(waiting) - 16} more" in text
    assert waiting[0] in text
    assert any(f"no time: {', '.join(waiting)}" in remark for remark in plan.remarks)


def test_a_preparation_sheet_is_one_page_and_never_a_record() -> None:
    """
    It has at most six prompts, no date or time of any kind, and none of a record's places.
    """
    made = next(p for p in papers(*planned(), more=["preparation"]) if p.name.startswith("preparation"))  # type: ignore[arg-type]
    asked = reflect.document("", "preparation")
    places = [block.key for block in asked.blocks if hasattr(block, "key")]

    assert 1 <= len(places) <= 6
    assert all(key.startswith("preparation.") for key in places)
    assert not re.search(r"\d{4}|\bDate\b", words(made.data))


def test_papers_of_the_supervisee_name_cases_by_reference_only() -> None:
    """
    No paper has a score on it, and file names consist of a kind and a date.
    """
    told, settings = load(SCENARIOS / "children/session.yaml")
    made = list(papers(arrange(told.file, settings), told.file, settings, to="txt"))

    assert all(
        re.fullmatch(r"(agenda|record|supervision|plan)-2025-05-14\.(txt|ics|json)", paper.name) for paper in made
    )
    assert not any("worr" in paper.data.decode().lower() for paper in made)


def test_the_regulator_on_a_paper_is_the_one_of_the_day() -> None:
    """
    Where a page names the regulator, a paper of May 2019 names another than one of May 2025.
    """
    told, settings = load(SCENARIOS / "children/session.yaml")
    then = attrs.evolve(told.file, date=datetime.date(2019, 5, 14), next=None, cases=())

    assert words_of(arrange(told.file, settings), told.file, settings).word("regulator") == "Social Work England"
    assert words_of(arrange(then, settings), then, settings).word("regulator") == "HCPC"


def test_a_private_file_is_named_on_the_call(tmp_path: Path) -> None:
    """
    What is between the two is on their agenda, once its file is closed to others.
    """
    file = tmp_path / "ours.yaml"
    file.write_text("pair: [HERON-LANTERN]\n")
    file.chmod(0o600)

    assert "HERON-LANTERN" in run("plan", SCENARIOS / "first-session.yaml", "--private", file).stdout
    file.chmod(0o640)
    if os.name == "posix":
        assert "chmod 600" in run("plan", SCENARIOS / "first-session.yaml", "--private", file, code=1).output


def test_a_name_in_the_file_is_warned_of_and_not_repeated(tmp_path: Path) -> None:
    """
    The warning goes to standard error with the line, and holds no name.
    """
    file = tmp_path / "s.yaml"
    file.write_text("date: 2026-03-04\nsupervisee-items:\n- ring Anna Smith\n")
    result = run("plan", file)

    assert "s.yaml:3: this line may hold a full name; write initials, a role or a reference" in result.stderr
    assert "Anna" not in result.stderr


# --- the calendar


def test_a_calendar_entry_says_supervision_time_and_place() -> None:
    """
    Another reader of the format finds those three, and nothing that is on the agenda.
    """
    data = calendar(datetime.datetime(2026, 3, 4, 9, 30), 90, "Room 2, upstairs; left")
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")

    assert event["SUMMARY"] == SUMMARY
    assert event["LOCATION"] == "Room 2, upstairs; left"
    assert event.decoded("DTSTART") == datetime.datetime(2026, 3, 4, 9, 30)
    assert event.decoded("DTEND") == datetime.datetime(2026, 3, 4, 11, 0)
    assert set(event) == {"SUMMARY", "LOCATION", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE"}


@example("é" * 100, 60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200), st.integers(1, 1440))
def test_any_place_comes_back_from_a_calendar(place: str, minutes: int) -> None:
    """
    Whatever the place is called, lines are at most 75 bytes, and another reader finds it again.
    """
    data = calendar(datetime.datetime(2026, 3, 4, 23, 30), minutes, place)
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert str(event.get("LOCATION", "")) == " ".join(place.split())


# --- the journal after a session


def test_what_was_planned_is_held_only_once_somebody_says_so(tmp_path: Path) -> None:
    """
    A plan writes nothing into the journal; `reflect held` writes models and questions, and what was not reached is not.
    """
    ours = tmp_path / "ours"
    ours.mkdir()
    session = SCENARIOS / "children/session.yaml"
    run("plan", session, "--journal", ours, "-o", tmp_path / "out")
    assert list(ours.iterdir()) == []

    run("held", session, "--journal", ours, "--minutes", "80", "--not-reached", "F04", "--unfinished", "F11")
    (written,) = journal.read(ours).entries
    text = (ours / "2025-05-14.yaml").read_text()

    assert written.minutes == 80
    assert [(used.family, used.unfinished) for used in written.used] == [("F11", True)]
    assert written.used[0].questions
    assert not re.search(r"sticking|rota|107|C0\d|social worker", text)
    assert "F03" in run("held", session, "--journal", ours, "--not-reached", "F03", code=1).output


def test_what_is_unfinished_goes_on_next_time(tmp_path: Path) -> None:
    """
    The model of a family that was left unfinished is the one of the next plan for it.
    """
    session = SCENARIOS / "children/session.yaml"
    told, settings = load(session)
    first = arrange(told.file, settings)
    log = Journal([entry(first, told.file, unfinished=["F11"])])
    later = attrs.evolve(told.file, date=datetime.date(2025, 6, 11), next=None)
    again = arrange(later, settings, log)

    assert next(line.use for line in again.lines if line.family == "F11") == log.entries[0].used[0].model


def test_what_fell_out_is_kept_with_who_and_when() -> None:
    """
    A cancelled session says who cancelled it and what day it was moved to; a wrong day is an error.
    """
    plan, file, _ = planned()

    found = entry(plan, file, cancelled_by="supervisor", rearranged="2026-03-11")  # type: ignore[arg-type]
    assert (found.status, found.by, found.rearranged) == (CANCELLED, "supervisor", datetime.date(2026, 3, 11))
    with pytest.raises(Refused):
        entry(plan, file, cancelled_by="supervisor", rearranged="soon")  # type: ignore[arg-type]
    with pytest.raises(UnknownKey):
        entry(plan, file, cancelled_by="the manager")  # type: ignore[arg-type]


def test_suggest_on_the_command_line() -> None:
    """
    It says what, with a reason, and "no model today" at the end.
    """
    lines = run("suggest", "--instead-of", "kolb-cycle", "--minutes", "10").stdout.strip().split("\n")

    assert lines[-1] == "No model today (no-model). It is always on offer."
    assert not any("kolb-cycle" in line for line in lines)
    assert "Did you mean 'development'" in run("suggest", "--purpose", "developmnt", code=2).output


# --- checks


def codes(findings: tuple[checking.Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def on(n: int, *models: str, **more: object) -> JournalEntry:
    used = tuple(ModelUse(model=model) for model in models)
    return JournalEntry(date=DAY + datetime.timedelta(days=28 * n), used=used, **more)  # type: ignore[arg-type]


def test_the_worked_scenario_is_flagged_as_it_should_be() -> None:
    """
    One session cancelled by the supervisor and not rearranged; three of the last six held under ninety minutes.
    """
    found = checking.findings_of_series(journal.read(SCENARIOS / "children/journal"), profile("childrens-social-work"))

    assert [str(finding.sentence) for finding in found][:2] == [
        "One session was cancelled by supervisor and not rearranged.",
        "3 of the last 6 sessions held were under 90 minutes.",
    ]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no-reflection", {"without": ("talk", "depth")}),
        ("no-item-of-theirs", {}),
        ("no-time-to-close", {"without": ("close",)}),
    ],
)
def test_what_a_plan_lacks_is_said(code: str, changes: dict[str, object]) -> None:
    """
    Each is found where it applies, and not in a plan where it does not.
    """
    plan, *_ = planned(**changes)
    whole, *_ = planned(supervisee_items=(Wish(what="x"),))

    assert code in codes(checking.findings_of_plan(plan))  # type: ignore[arg-type]
    assert codes(checking.findings_of_plan(whole)) == set()  # type: ignore[arg-type]


def test_cases_before_the_person_are_found_in_any_plan() -> None:
    """
    A profile cannot say so, but a plan made in code can.
    """
    told, settings = load(SCENARIOS / "children/session.yaml")
    plan = arrange(told.file, settings)
    order = sorted(range(9), key=lambda n: plan.lines[n].kind == "wellbeing")
    turned = attrs.evolve(plan, lines=tuple(plan.lines[n] for n in order))

    assert "cases-first" not in codes(checking.findings_of_plan(plan))
    assert "cases-first" in codes(checking.findings_of_plan(turned))


def test_questions_that_only_ask_what_and_when(tmp_path: Path) -> None:
    """
    A page that only asks what and when is noticed; "no model today" is not.
    """
    (tmp_path / "list.md").write_text("# List\n\n- What happened then? {.what}\n- When was it? {.when}\n")
    models = reflect.catalogue(tmp_path / "list.md")
    file = SessionFile(date=DAY, models={"talk": models.pages[-1].where.split("/")[-1].removesuffix(".md")})
    plan = arrange(file, profile("general"), models=models)
    quiet = arrange(SessionFile(date=DAY, after_shock=True), profile("general"))

    assert "only-what-and-when" in codes(checking.findings_of_plan(plan))
    assert "only-what-and-when" not in codes(checking.findings_of_plan(quiet))


def test_what_a_series_lacks_is_said() -> None:
    """
    The same format five times, shorter each time, and a function nobody touched since a date.
    """
    same = Journal([on(n, "kolb-cycle", minutes=90 - 10 * n, items=("talk",)) for n in range(5)])

    assert {"same-format", "shorter", "untouched"} <= codes(checking.findings_of_series(same))
    assert "same-format" not in codes(checking.findings_of_series(Journal(same.entries[:4])))
    assert "same-format" not in codes(checking.findings_of_series(Journal([on(n, NO_MODEL) for n in range(5)])))
    whole = Journal(
        [on(n, "kolb-cycle", minutes=60, items=("wellbeing", "workload", "round", "learning")) for n in range(3)]
    )
    assert codes(checking.findings_of_series(whole)) == set()
    late = Journal([*whole.entries, *(on(n, "kolb-cycle", items=("round", "workload")) for n in range(3, 6))])
    found = [f.sentence for f in checking.findings_of_series(late) if f.code == "untouched"]
    assert found == [f"No session since {day_in_words(whole.entries[-1].date)} has touched support."]
    unsaid = Journal([attrs.evolve(each, items=()) for each in late.entries])
    assert "untouched" not in codes(checking.findings_of_series(unsaid))


def test_advice_is_on_no_paper(tmp_path: Path) -> None:
    """
    What is advised goes to standard error, with its code and lesson; no file holds it.
    """
    result = run(
        "plan",
        SCENARIOS / "children/session.yaml",
        "--journal",
        SCENARIOS / "children/journal",
        "-o",
        tmp_path,
        "--to",
        "txt",
    )

    assert "(not-rearranged)" in result.stderr
    texts = [path.read_text() for path in tmp_path.rglob("*.txt")]
    assert texts
    for finding in checking.findings_of_series(journal.read(SCENARIOS / "children/journal")):
        assert not any(finding.code in text or finding.sentence in text for text in texts)
    assert set(checking.LESSONS) >= {"no-reflection", "same-format", "untouched"}


# --- what a run of sessions has covered


def test_a_series_counts_what_was_held() -> None:
    """
    Sessions that fell out count as that; a function is covered if a model asked about it, and by no item of the frame.
    """
    found = series(
        Journal([on(0, "kolb-cycle", items=("workload",)), on(1, status=CANCELLED), on(2, items=("round",))])
    )
    bars = {bar.name: bar for bar in found.bars}

    assert (found.held, found.cancelled) == (2, 1)
    assert bars[Function.MEDIATION].last is None
    assert bars[Function.DEVELOPMENT].last == DAY
    assert bars["experience"].sessions == 1
    assert [(each.model, each.times, each.last) for each in found.models] == [("kolb-cycle", 1, DAY)]


@pytest.mark.parametrize("to", ["svg", "docx", "txt", "html", "md"])
def test_a_series_is_shown_in_each_format(to: str, tmp_path: Path) -> None:
    """
    The chart and the paper are made by the command, the same bytes each time, and hold nobody's words.
    """
    output = tmp_path / f"covered.{to}"
    run("series", SCENARIOS / "children/journal", "-o", output)
    found = series(journal.read(SCENARIOS / "children/journal"))

    assert render_series(found, to) == render_series(found, to)
    text = words(output.read_bytes()) if to == "docx" else output.read_text()
    assert "Mediation" in text
    assert "6 sessions held, 1 cancelled" in text
    assert "F11" not in text


def test_an_empty_series_can_be_drawn() -> None:
    """
    Two people who have only just met have a chart too.
    """
    assert "No session is in the journal yet." in draw_series(series(journal.EMPTY))


def test_files_are_kept_all_or_none(tmp_path: Path) -> None:
    """
    If the folder is a file, the error comes before anything is made.
    """
    (tmp_path / "out").write_text("x")
    with pytest.raises(Refused, match="is a file"):
        keep(tmp_path / "out", papers(*planned()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["general", "childrens-social-work", "group"])
@pytest.mark.parametrize("occasion", occasion_names())
def test_what_ends_with_an_initial_has_one_full_stop(name: str, occasion: str) -> None:
    """
    Names, places and topics may end with a full stop: on an agenda none has two.
    """
    settings = profile(name)
    brought = ("talk of K.", "ring L.", "ring O.")
    file = SessionFile(
        date=DAY, start="10:00", place="Room B.", supervisee="Ruth B.", supervisor="Jo T.",
        occasion=occasion, supervisee_items=(Wish(what="see M.", under="before"), *(Wish(what=each) for each in brought)),
        previous_actions=(Promise(what="see M.", who="Ruth B.", by="when T."),),
    )  # fmt: skip
    group = settings.setting == "group"
    if occasion == "group" and not group:
        return
    plan = arrange(file, settings)
    for who in ("group",) if group else ("supervisee", "supervisor"):
        made = reflect.document(plan.session, agenda_of(plan, group=group), reader=who)
        text = reflect.formats.writer("txt")(made).decode()

        assert "Room B." in text
        assert re.findall(r"\w\.\.(?!\.)", text) == []
