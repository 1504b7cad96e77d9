"""
Values that can be, and are hardly meant, are read and asked about; a list of cases says what it leaves out.
"""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reflect.cli.program import main
from reflect.documents.front_matter import read_about
from reflect.errors import Faults
from reflect.files import objects
from reflect.papers import Agreement, Escalation, Workload
from reflect.planning import profiles
from reflect.planning.case_list import cases_of
from reflect.planning.checking import findings_of_series
from reflect.planning.session_file import load, parse
from reflect.sessions.journal import Journal, JournalEntry

HEAD = "ref,family,kind,touched,in-depth,worker,supervisor\n"
TWO = "C11,F11,CP,2026-02-04,2025-12-03,7,4\nC12,F11,CP,2026-02-04,2025-12-03,,\n"
Asked = list[tuple[int, str]]


def doubts_of(lines: str) -> Asked:
    file = parse(f"date: 2026-03-04\n{lines}\n")
    assert set(file.doubts) <= set(file.warnings)
    return [(doubt.line or 0, doubt.what) for doubt in file.doubts]


def read_list(text: str, on: datetime.date | None = datetime.date(2026, 3, 4)) -> tuple[list[str], Asked]:
    asked: Asked = []
    cases = cases_of(
        text, profiles.profile("general"), on=on, ask=lambda line, what, remedy: asked.append((line, what))
    )
    return [case.ref for case in cases], asked


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ("next: 2028-03-04", 2, "the next session is more than a year away"),
        ("next: 2206-03-04", 2, "the year of 'next' is far off"),
        ("minutes: 1440", 2, "'minutes' is unusually large"),
        ("minutes: 1", 2, "'minutes' is unusually small"),
        ("start: 03:00", 2, "the session begins at night"),
        ("start: 23:30", 2, "the session begins at night"),
        ("start: 21:30\nminutes: 240", 2, "the session ends on the next day"),
        ("supervisee: AB\nsupervisor: a.b.", 3, "the supervisor is called what the supervisee is called"),
        ("cases: [{ref: C1, touched: 2026-03-05}]", 2, "'touched' is after 'date'"),
        ("cases: [{ref: C1, in-depth: 1926-03-05}]", 2, "the year of 'in-depth' is far off"),
        ("cases: [{ref: C1, touched: 2026-01-05, since: 2026-02-01}]", 2, "'touched' is before 'since'"),
        ("cases: [{ref: C1, event: 2026-01-05}]", 2, "'event' is before 'date'"),
        ("cases:\n- ref: C1\n  since: 2062-01-01", 4, "the year of 'since' is far off"),
        ("cases: [{ref: C12}, {ref: c-12}]", 2, "this is on line 2 too"),
        ("supervisee-items:\n- {what: x, since: 2026-04-01}", 3, "'since' is after 'date'"),
        ("supervisee-items:\n- the rota\n- x\n- The  rota.", 5, "this is on line 3 too"),
        ("previous-actions: [{what: x, who: y, due: 2062-01-01}]", 2, "the year of 'due' is far off"),
        ("previous-actions: [{what: x, who: y, carried: 99}]", 2, "'carried' is unusually large"),
        ("informal: [{about: x, happened: 2026-03-05 10:00}]", 2, "'happened' is after 'date'"),
        (
            "informal:\n- about: x\n  happened: 2026-03-03 10:00\n  written: 2026-03-03 09:00",
            5,
            "'written' is before 'happened'",
        ),
        ("workload: {points: 5, said: [2027-01-01]}", 2, "'said' is after 'date'"),
        (
            "workload: {points: 5, earlier: [{date: 2027-01-01, points: 3}]}",
            2,
            "'date' is after 'date' of the whole file",
        ),
    ],
)
def test_what_is_hardly_meant_in_a_session_file_is_asked_about(lines: str, line: int, what: str) -> None:
    """
    The file is read, and its writer is asked about a value at its line.
    """
    assert (line, what) in doubts_of(lines)


@pytest.mark.parametrize(("one", "other"), [("कि", "का"), ("กิ", "กา"), ("Ä", "A"), ("🙂", "🔥")])
def test_marks_on_a_letter_make_other_words(one: str, other: str) -> None:
    """
    Two people or two topics that differ in a mark, or in signs alone, are two; composed otherwise they are one.
    """
    for write in (str, lambda text: unicodedata.normalize("NFD", text)):
        assert (
            doubts_of(f"supervisee: {one}\nsupervisor: {write(other)}\nsupervisee-items: [{one}, {write(other)}]") == []
        )
        assert (
            len(doubts_of(f"supervisee: {one}\nsupervisor: {write(one)}\nsupervisee-items: [{one}, {write(one)}]")) == 2
        )


@pytest.mark.parametrize("year", [1926, 2206])
def test_a_session_in_another_century_is_asked_about(year: int) -> None:
    """
    The day of a session is read in any year, and asked about if it is far off.
    """
    assert [doubt.what for doubt in parse(f"date: {year}-03-04\n").doubts] == ["the year of 'date' is far off"]


def test_what_cannot_be_is_still_refused() -> None:
    """
    A next session before this one, no minutes at all and ten thousand of them are faults.
    """
    with pytest.raises(Faults) as wrong:
        parse("date: 2026-03-04\nnext: 2026-03-03\nminutes: 10000\npeople: 0\n")

    assert [fault.line for fault in wrong.value.faults] == [2, 3, 4]


@given(
    days=st.lists(st.dates(datetime.date(2016, 1, 1), datetime.date(2026, 3, 4)), min_size=2, max_size=2),
    minutes=st.integers(10, 300),
    refs=st.lists(st.integers(1, 99), unique=True, max_size=3),
)
def test_what_is_usual_is_not_asked_about(days: list[datetime.date], minutes: int, refs: list[int]) -> None:
    """
    Days in their order, usual minutes and different cases raise no question.
    """
    since, touched = sorted(days)
    cases = "".join(
        f"- {{ref: C{n}, since: {since}, touched: {touched}, event: 2026-03-{4 + n % 20:02}}}\n" for n in refs
    )
    lines = f"minutes: {minutes}\nstart: 10:00\nsupervisee: AB\nsupervisor: CD\nnext: 2026-04-01\n"

    assert doubts_of(lines + (f"cases:\n{cases}" if refs else "")) == []


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        (Agreement, "date: 2026-03-04\nreview: 2025-03-04\n", "'review' is before 'date'"),
        (Agreement, "supervisee: AB\nsupervisor: AB\n", "the supervisor is called what the supervisee is called"),
        (Escalation, "what: workload\nraised: 2026-03-04\nanswered: 2026-03-01\n", "'answered' is before 'raised'"),
        (Workload, "date: 2026-03-04\nsaid: [2026-05-01]\n", "'said' is after 'date'"),
        (JournalEntry, "date: 2026-03-04\nrearranged: 2026-03-01\n", "'rearranged' is before 'date'"),
        (JournalEntry, "date: 2026-03-04\nminutes: 1000\n", "'minutes' is unusually large"),
        (profiles.Profile, "title: T\nevery: 300\nitems: [{kind: close, least: 5}]\n", "'every' is unusually large"),
    ],
)
def test_every_kind_of_file_is_asked_about(kind: type, text: str, what: str) -> None:
    """
    Standing papers, journals and profiles have the same questions.
    """
    _, doubts = objects.read_with_doubts(text, kind, "x.yaml")

    assert [doubt.what for doubt in doubts] == [what]


# --- lists of cases


_TOTALS = (
    "Total: 3,,,,,,", "Sum,,,,,,", "Grand total,,,,,21,12", "Average,,,,,3.5,4", "Total: 214,,,,,,", ",,,,,21,14",
    "TOTAL,3,,,,,", "Sub-total,,,,,,", "Totals (3),,,,,,", "Count,,,,,2,2", "3 cases,,,,,,", "Team total,,,,,,",
    "Number of cases: 3,,,,,,", "Total number of cases,3,,,,,",
)  # fmt: skip


@pytest.mark.parametrize("row", _TOTALS)
@pytest.mark.parametrize("first", [True, False])
def test_a_row_that_counts_the_others_is_no_case(row: str, first: bool) -> None:
    """
    A row of totals is left out wherever it is, and that is said with its line.
    """
    rows = f"{row}\n{TWO}" if first else f"{TWO}{row}\n"

    assert read_list(HEAD + rows) == (
        ["C11", "C12"],
        [(2 if first else 4, "this row looks like a total, and is left out")],
    )


@pytest.mark.parametrize(
    "row", ["Total,,CP,,,,", "Total,,,2026-02-04,,,", "Report run on 01/03/2026,,,,,,", "Total: 3,F1,,,,,"]
)
def test_a_row_that_may_be_a_case_is_kept_and_asked_about(row: str) -> None:
    """
    If a row with such a word also says something of a case, it is one, and somebody is asked.
    """
    refs, asked = read_list(f"{HEAD}{TWO}{row}\n")

    assert len(refs) == 3
    assert asked == [(4, "this row may not be a case")]


@pytest.mark.parametrize(
    "row", ["Max,,,,,,", "Min,F1,CP,,,7,4", "214,,,,,3,3", "Suma,,,,,,", "Tot,,,,,,", "No 12,,,,,,"]
)
def test_a_case_that_is_called_like_a_count_is_a_case(row: str) -> None:
    """
    A reference that is a short name, or a number, is a reference.
    """
    assert read_list(f"{HEAD}{TWO}{row}\n")[0] == ["C11", "C12", row.split(",")[0]]
    assert read_list("Team,ref\n,123\n") == (["123"], [])


@given(
    above=st.lists(
        st.sampled_from(["Caseload report,,", "Run on 01/03/2026", "", ",,", ";;", "Team: A, B; C"]), max_size=4
    ),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_headings_are_found_below_a_title(above: list[str], separator: str, end: str) -> None:
    """
    Lines above the headings are left out, and that is said; the lines of faults stay those of the file.
    """
    rows = (HEAD + TWO).replace(",", separator).split("\n")[:-1]
    refs, asked = read_list(end.join([*above, *rows]) + end)

    assert refs == ["C11", "C12"]
    said = any(line.strip(",;") for line in above)
    assert [line for line, _ in asked] == ([len(above) + 1] if said else [])
    with pytest.raises(Faults) as wrong:
        read_list(end.join([*above, rows[0], separator.join(["C1", "F", "K", "then", "", "", ""])]))
    assert [fault.line for fault in wrong.value.faults] == [len(above) + 2]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (f'{HEAD}C11,"F11,CP,,,7,4\n{TWO}', 2, "a quotation mark is opened but not closed"),
        (f'{HEAD}C11,"F11,CP,,,7,4\nC13,F"1,,,,,\n', 2, "a quotation mark is opened but not closed"),
        ('ref,notes\nC1,"open\nC2,x\n', 2, "a quotation mark is opened but not closed"),
        ('ref,notes\nC1,"' + "x" * 200_000, 2, "a quotation mark is opened but not closed"),
        ("ref，family\nC1，F\n", 1, "the line of headings has a full-width sign (U+FF0C)"),
        ("re\u200bf,family\nC1,F\n", 1, "the heading of 'ref' has a zero-width space (U+200B)"),
        ("name\nx\n", 1, "no column is called 'ref'"),
        (f"{HEAD}C1,F,K,2026–03–01,,,\n", 2, "'touched' is not a date: it has an en dash (U+2013)"),
    ],
)
def test_a_slip_in_a_list_is_named(text: str, line: int, what: str) -> None:
    """
    What cannot be seen in a CSV is named, at the line where it begins.
    """
    with pytest.raises(Faults) as wrong:
        read_list(text)

    assert (wrong.value.faults[0].line, wrong.value.faults[0].what) == (line, what)


def test_a_note_on_several_lines_is_no_open_quotation() -> None:
    """
    A closed quotation may go over lines in a column that is not ours.
    """
    assert read_list('ref,notes\nC1,"two ""words""\nhere"\nC2,x\n') == (["C1", "C2"], [])


def test_a_column_that_is_not_read_because_of_a_slip_is_said() -> None:
    """
    A heading with an en dash is one of ours to the eye, and so are two of one name.
    """
    assert read_list("ref,in–depth,kind,kind\nC1,2026-01-01,CP,CIN\n") == (
        ["C1"],
        [
            (1, "two columns are called 'kind', and the first is read"),
            (1, "the heading of 'in-depth' has an en dash (U+2013), so it is not read"),
        ],
    )


def test_references_that_are_nearly_the_same_are_asked_about() -> None:
    """
    Two rows of one case under two spellings are two cases, and somebody is asked.
    """
    what = "this reference differs from that on line 2 only in capitals, spaces or signs"

    assert read_list("ref\nC12\nC 13\nc-12\n") == (["C12", "C 13", "c-12"], [(4, what)])


def test_the_same_question_about_many_cases_is_asked_once(tmp_path: Path) -> None:
    """
    Two hundred days in the future are one question, and it reaches whoever plans.
    """
    rows = "".join(f"C{n},2026-05-01\n" for n in range(200))
    (tmp_path / "c.csv").write_text(f"ref,touched\n{rows}Total,\n")
    (tmp_path / "s.yaml").write_text("date: 2026-03-04\ncases: c.csv\n")
    file, _ = load(tmp_path / "s.yaml")

    assert [(Path(doubt.where).name, doubt.line, doubt.what) for doubt in file.doubts] == [
        ("c.csv", 202, "this row looks like a total, and is left out"),
        ("c.csv", 2, "'touched' is after 'date', and 199 more"),
    ]
    assert len(file.file.case_list) == 200


def test_what_is_hardly_meant_is_asked_about_by_every_command(tmp_path: Path) -> None:
    """
    Making a paper, planning with a private file and noting that a session was held ask at once.
    """
    (tmp_path / "a.yaml").write_text("date: 2026-03-04\nreview: 2025-03-04\n")
    (tmp_path / "p.yaml").write_text("pair:\n- the move # she knows\n")
    (tmp_path / "p.yaml").chmod(0o600)
    (tmp_path / "s.yaml").write_text("date: 2026-03-04\nsupervisee: AB\nsupervisor: AB\n")
    (tmp_path / "j").mkdir()

    def told(*words: str) -> str:
        result = CliRunner().invoke(main, [*words])
        assert result.exit_code == 0, result.output
        return result.output

    paper = told(
        "make", "agreement", str(tmp_path / "a.yaml"), "--reader", "supervisee", "-o", str(tmp_path / "a.docx")
    )
    plan = told("plan", str(tmp_path / "s.yaml"), "--private", str(tmp_path / "p.yaml"))
    options = ["--journal", str(tmp_path / "j"), "--cancelled-by", "both", "--rearranged", "2026-03-01"]
    held = told("held", str(tmp_path / "s.yaml"), *options)

    assert "a.yaml:2: 'review' is before 'date'" in paper
    assert "p.yaml:2: the words behind # are read too" in plan
    assert "s.yaml:3: the supervisor is called what the supervisee is called" in held
    assert "'rearranged' is before 'date'" in held


def test_two_entries_of_one_day_are_pointed_out() -> None:
    """
    A copy of an entry in the journal counts as a session, so it is named; two days are two sessions, and so are two on
    one day of which the journal says different things.
    """
    one, other = (JournalEntry(date=datetime.date(2026, 3, day)) for day in (4, 5))
    later = JournalEntry(date=one.date, minutes=30)

    assert [each.code for each in findings_of_series(Journal((one, one, other)))] == ["same-day"]
    assert list(findings_of_series(Journal((one, other, later)))) == []


def test_a_template_takes_its_label_as_typed() -> None:
    """
    A hash and a colon in the label of a template are words.
    """
    about = read_about("mine", "of: session\nlabel: Room #4: agenda\nlimits: - ours [only]\nring: pair  # of the two\n")

    assert about is not None
    assert (about.label, about.limits, about.ring) == ("Room #4: agenda", "- ours [only]", "pair")


@pytest.mark.parametrize(("minutes", "asked"), [(10, []), (25, []), (60, ["the session begins at night"])])
def test_a_few_minutes_at_night_are_a_handover(minutes: int, asked: list[str]) -> None:
    """
    Ten minutes on a night shift are meant. An hour at night may be one in the afternoon.
    """
    for start in ("22:00", "03:00"):
        assert [what for _, what in doubts_of(f"start: {start}\nminutes: {minutes}")] == asked
