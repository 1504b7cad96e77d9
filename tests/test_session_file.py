"""
The session file: what it may say, what it refuses, and what it warns of.
"""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import Faults
from reflect.files import objects
from reflect.planning import profiles
from reflect.planning.session_file import cases_of, load, parse, private_lines

FOUR = """\
date: 2026-03-04
minutes: 60
supervisee-items:
- what to say to the school
"""
FULL = """\
date: 2026-03-04
start: 9.30
minutes: 90
next: 2026-04-01
place: the small room
profile: childrens-social-work
supervisee: AB
supervisor: CD
today: {what: the hearing was moved to tomorrow, minutes: 20}
after-shock: no
supervisee-items:
- what to say to the school
- {what: being asked to do more, under: workload, purpose: decide}
supervisor-items:
- {what: the review, under: learning, since: 2026-02-04}
previous-actions:
- {what: chase the date, who: supervisor, due: 2026-02-20, carried: 3}
informal:
- {about: C08, happened: 2026-02-24 16:10, written: 2026-02-24T17:05, how: corridor, by: supervisor}
workload: {points: 107, said: [2026-02-04]}
cases:
- {ref: C08, family: F08, kind: CP, touched: 2026-02-04, in-depth: 2026-01-07, worker: 6, supervisor: 4, risk: no}
- {ref: C09, kind: CIN, since: 2026-02-11, event: 2026-03-10}
choose: F08
without: [learning]
models: {F08: kolb-cycle}
seed: 7
"""


def plain(text: str) -> Any:
    """
    What a YAML 1.2 editor makes of a text: whole numbers, and everything else as it stands.
    """

    def settle(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: settle(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [settle(inner) for inner in value]
        return int(value) if value.isdecimal() else value

    return settle(yaml.load(text, yaml.BaseLoader))


@pytest.mark.parametrize("text", [FOUR, FULL])
def test_what_reads_keeps_the_published_schema(text: str) -> None:
    """
    The smallest useful file is four lines, and it and a full one are right by the schema too.
    """
    jsonschema.Draft202012Validator.check_schema(reflect.json_schema("session-file"))
    jsonschema.validate(plain(text), reflect.json_schema("session-file"))

    assert parse(text).file.supervisee_items[0].what == "what to say to the school"
    assert parse(text).warnings == ()


def test_a_full_file_says_what_it_says() -> None:
    """
    Every name of a full file arrives where it belongs.
    """
    file = parse(FULL).file

    assert (file.start, file.next, file.choose) == ("09:30", datetime.date(2026, 4, 1), ("F08",))
    assert file.today is not None
    assert file.today.minutes == 20
    assert file.previous_actions[0].carried == 3
    assert not file.informal[0].confirmed
    assert file.cases[0].worker == 6  # type: ignore[union-attr]
    assert file.cases[1].worker is None  # type: ignore[union-attr]
    assert file.workload is not None
    assert file.workload.points == 107


def test_every_fault_is_told_at_once() -> None:
    """
    Faults in seven lines are reported together, in order, each with what to do; none repeats what was written.
    """
    with pytest.raises(Faults) as wrong:
        parse(
            "date: fourth of March\nminutes: ninety\nstat: 10:00\nsupervisee-items:\n- {what: ZEBRA, ring: own}\n"
            "- {wat: ZEBRA}\ncases:\n- {ref: C1, worker: 11}\n- {kind: ZEBRA}\n"
        )

    told = str(wrong.value).split("\n")
    assert [int(line.split(":")[1]) for line in told] == [1, 2, 3, 5, 6, 6, 8, 9]
    assert all("; " in line for line in told)
    assert "ZEBRA" not in "".join(told)
    assert "ninety" not in "".join(told)


@pytest.mark.parametrize("where", ["supervisee-items", "supervisor-items", "today"])
def test_what_is_private_is_refused(where: str) -> None:
    """
    Text for one person alone has no place in the file, and the message says where it has one. What is for the two has.
    """
    with pytest.raises(Faults, match=r"say it in the room, or keep it in a file of its own .* --private"):
        parse(f"date: 2026-03-04\n{where}: {{what: x, ring: own}}\n")
    assert parse(f"date: 2026-03-04\n{where}: {{what: x, ring: pair}}\n").file.date


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("- ring Anna Smith", "full name"),
        ("- Siân O'Neill called", "full name"),
        ("- visit to Łukasz Żółty", "full name"),
        ("- Siân Ŵyn", "full name"),
        ("- Ayşe Yılmaz", "full name"),
        ("- Seán Ó Briain", "full name"),
        ("- Mary\u00a0O’Brien", "full name"),
        ("- Ma\u00adry Smi\u200bth", "full name"),
        ("- JANE SMITH", "full name"),
        ("- Jane SMITH", "full name"),
        ("- John F. Miller", "full name"),
        ("- Anna van der Berg", "full name"),
        ("- Иван Петров", "full name"),
        ("- ΝΙΚΟΣ ΠΑΠΠΑΣ", "full name"),
        ("- محمد علي", "full name"),
        ("- 王小明", "full name"),
        ("- राम शर्मा", "full name"),
        ("- 04\u201105\u20112014", "date of birth"),
        ("- 943\u00a0476\u00a05919", "NHS number"),
        ("- {what: x, under: workload} # fine\n- dob 3", "date of birth"),
        ("- the one of 04/05/2014", "date of birth"),
        ("- the boy, 943 476 5919", "NHS number"),
        ("- 9434765919", "NHS number"),
    ],
)
def test_what_identifies_somebody_is_warned_of(line: str, what: str) -> None:
    """
    Names, dates of birth and NHS numbers are found, and the warning does not repeat them.
    """
    (warning,) = parse(f"date: 2026-03-04\nsupervisee-items:\n{line}\n").warnings

    assert what in warning.what
    assert not any(word in str(warning) for word in ("Anna", "Smith", "Neill", "2014", "943"))


@pytest.mark.parametrize(
    "line",
    [
        "- Social Work England renewal",
        "- 9434765918",
        "- F11 and C03",
        "- call 020 7946 0000",
        "- Team Meeting",
        "- CP ICPC",
        "- CIN PLO",
        "- CAMHS MARAC",
        "- PLEASE READ THESE FIVE PAGES BEFORE TUESDAY",
        "- Plan A I made",
        "- Monday, Lunch",
    ],
)
def test_what_identifies_nobody_is_let_be(line: str) -> None:
    """
    A body's name, ten digits that are no NHS number and references are no reason to warn.
    """
    assert parse(f"date: 2026-03-04\nsupervisee-items:\n{line}\n").warnings == ()


def test_cases_come_from_what_a_case_system_exports() -> None:
    """
    Columns are found by our names or the profile's, others are left alone, and dates may be British.
    """
    settings = objects.read(
        "title: T\nitems: [{kind: close, least: 5}]\ncolumns: {ref: Case ID, touched: Last seen}\n",
        profiles.Profile,
        "p.yaml",
    )

    first, second = cases_of(
        "Case ID;Full name;Last seen;worker\nC1;Somebody;04/03/2026;7\n\nC2;Somebody;;\n", settings
    )

    assert (first.ref, first.touched, first.worker) == ("C1", datetime.date(2026, 3, 4), 7)
    assert (second.ref, second.touched, second.worker) == ("C2", None, None)


def test_faults_of_a_list_of_cases_have_its_lines() -> None:
    """
    A wrong date, a score too high and a case given twice are reported with the line of the CSV.
    """
    with pytest.raises(Faults) as wrong:
        cases_of("ref,touched,worker\nC1,then,3\nC2,,12\nC3,,\nC3,,\n", profiles.profile("general"))

    assert [fault.line for fault in wrong.value.faults] == [2, 3, 5]
    with pytest.raises(Faults, match="no column is called 'ref'"):
        cases_of("name\nx\n", profiles.profile("general"))


def test_a_file_its_profile_and_its_cases_are_read_together(tmp_path: Path) -> None:
    """
    The list of cases is found beside the file, its kinds are looked for in the profile, and the file is not touched.
    """
    path = tmp_path / "s.yaml"
    path.write_text("date: 2026-03-04\nprofile: childrens-social-work\ncases: cases.csv\nchoose: C1\n")
    (tmp_path / "cases.csv").write_text("ref,kind\nC1,CP\n")
    before = path.read_bytes()

    told, settings = load(path)
    (tmp_path / "cases.csv").write_text("ref,kind\nC2,XX\n")
    with pytest.raises(Faults) as wrong:
        load(path)

    assert told.file.cases[0].ref == "C1"  # type: ignore[union-attr]
    assert settings.length == 90
    assert [fault.line for fault in wrong.value.faults] == [3, 4]
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_private_file_is_closed_to_others(tmp_path: Path) -> None:
    """
    What only the two may read is read only from a file that nobody else may open.
    """
    path = tmp_path / "ours.yaml"
    path.write_text("pair:\n- how the move went\n")
    path.chmod(0o644)
    with pytest.raises(Faults, match="chmod 600"):
        private_lines(path)
    path.chmod(0o600)

    assert private_lines(path) == ("how the move went",)


_LINES = st.sampled_from(
    [*FULL.split("\n"), "cases:", "supervisee-items:", "- {ref: C1}", "workload: 5", "choose: [C1]"]
)


@given(st.lists(_LINES | st.text(max_size=10), max_size=9))
def test_only_faults_come_out(lines: list[str]) -> None:
    """
    Whatever a file holds, it is read, or all its faults are reported, with remedies.
    """
    try:
        told = parse("\n".join(lines)).warnings
    except Faults as error:
        told = error.faults

    assert all(fault.remedy for fault in told)


def test_the_schema_is_json() -> None:
    """
    The published schemas can be written as JSON, and are published beside the others.
    """
    written = {
        kind: json.loads(json.dumps(reflect.json_schema(kind))) for kind in ("session-file", "profile", "journal")
    }

    assert [schema["title"] for schema in written.values()] == ["Session file", "Profile", "Journal entry"]


def test_what_only_shows_beside_the_rest_is_told_with_the_rest(tmp_path: Path) -> None:
    """
    Faults of the file, of its profile and of its list of cases come in one go; what cannot be known is not guessed.
    """
    file = tmp_path / "s.yaml"
    file.write_text(
        "date: 2026-03-04\nminutes: lots\nprofile: ours.yaml\nnext: 2026-03-01\ncases: c.csv\nchoose: F9\n"
        "supervisee-items:\n- {what: x, under: worklod}\n"
    )
    (tmp_path / "ours.yaml").write_text("title: Ours\nitems: [{kind: close, least: 5}]\n")
    (tmp_path / "c.csv").write_text("ref,worker\nC1,11\n")

    def told() -> set[tuple[str, int | None]]:
        with pytest.raises(Faults) as wrong:
            load(file)
        return {(Path(fault.where).name, fault.line) for fault in wrong.value.faults}

    assert told() == {("s.yaml", 2), ("s.yaml", 4), ("c.csv", 2)}
    (tmp_path / "c.csv").write_text("ref,worker\nC1,10\n")
    assert told() == {("s.yaml", 2), ("s.yaml", 4), ("s.yaml", 6), ("s.yaml", 8)}
    (tmp_path / "ours.yaml").write_text("title: Ours\nitems: [{kind: close, least: 3}]\n")
    assert told() == {("s.yaml", 2), ("s.yaml", 4), ("ours.yaml", 2)}


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)), st.data())
def test_days_are_read_as_case_systems_and_excel_write_them(day: datetime.date, data: st.DataObject) -> None:
    """
    Day before month, with one figure or two, with slashes, dots or the month's name, with a time of day behind.
    """
    written = data.draw(
        st.sampled_from(
            [
                f"{day:%d/%m/%Y}",
                f"{day.day}/{day.month}/{day.year}",
                f"{day:%d/%m/%y}",
                f"{day:%d.%m.%Y}",
                f"{day:%d-%b-%Y}",
                f"{day:%d %B %Y}",
                f"{day:%d-%b-%y}",
                f"{day}",
            ]
        )
    )
    time = data.draw(st.sampled_from(["", " 00:00", " 00:00:00", "T00:00:00"]))
    between = data.draw(st.sampled_from([",", ";", "\t"]))
    said = data.draw(st.sampled_from(["", f"sep={between}\r\n"]))
    text = f"{said}Ref{between}In depth\r\nC1{between}{written}{time}\r\n"

    assert [case.in_depth for case in cases_of(text, profiles.profile("general"))] == [day]


def test_what_is_no_day_is_told_by_its_line() -> None:
    """
    An unknown month, and a day and month in figures that cannot be, are faults and not guesses.
    """
    text = "sep=;\nref;touched;risk;worker\nC1;04-Foo-2025;Y;7.0\nC2;12/31/2025;0;7.5\n"
    with pytest.raises(Faults) as wrong:
        cases_of(text, profiles.profile("general"))

    assert [(fault.line, fault.what.split("'")[1]) for fault in wrong.value.faults] == [
        (3, "touched"),
        (4, "touched"),
        (4, "worker"),
    ]
    (case,) = cases_of(text.replace("04-Foo", "04-Mar").partition("C2")[0], profiles.profile("general"))
    assert (case.risk, case.worker) == (True, 7)


def test_a_list_is_warned_of_once_and_not_for_its_own_days(tmp_path: Path) -> None:
    """
    Two hundred names in a case system's list are one warning, with the first line; days in our columns are not birthdays.
    """
    rows = "".join(f"C{n},04/03/2025,Jane Doe,01/02/2011\n" for n in range(200))
    (tmp_path / "c.csv").write_text(f"ref,touched,Name,Birth\n{rows}")
    (tmp_path / "s.yaml").write_text("date: 2025-05-14\ncases: c.csv\n")
    told, _ = load(tmp_path / "s.yaml")

    assert [(fault.line, fault.what) for fault in told.warnings] == [
        (2, "this line may hold a date of birth, and so may 199 more"),
        (2, "this line may hold a full name, and so may 199 more"),
    ]
    (tmp_path / "c.csv").write_text("ref,touched\nC1,04/03/2025\n")
    assert load(tmp_path / "s.yaml")[0].warnings == ()
