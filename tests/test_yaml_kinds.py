"""
`reflect check` knows each kind of YAML file by the names in it, and says which it took it for.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reflect import papers
from reflect.checks import check
from reflect.checks.yaml_files import find_kind, yaml_kinds
from reflect.cli.program import main
from reflect.files import objects
from reflect.files.forms import Form, ListOf
from reflect.files.objects import ObjectOf

KINDS = yaml_kinds()
#: One file of each kind that is right, and the name at its margin that only it has, if there is one.
FILES = {
    "session-file": "date: 2026-03-04\nsupervisee-items:\n- the rota\n",
    "profile": "title: Ours\nitems: [{kind: close, least: 5}]\n",
    "nation": "title: The Island\nholidays: IE\nregulators: [{profession: nursing, name: X, since: 2020-01-01}]\n",
    "journal": "date: 2026-03-04\nstatus: held\nused: [kolb-cycle]\n",
    "action-log": "personal:\n- what: ring the school\n  who: worker\n",
    "agreement": "date: 2026-03-04\noften: every four weeks\nwanted: 'time: to think'\n",
    "annual-review": "useful: [the map]\nchange: [more time]\n",
    "audit-view": "planned: 60\npresent: 5\n",
    "beside-the-hour": "date: 2026-03-04\nleave: two weeks in August\naway: 2026-02-16\n",
    "case-record": "about: C12\ndate: 2026-03-04\nvoice: she wants to stay\n",
    "disagreement": "about: C12\nwould: visit today\nmeanwhile: two telephone calls a day\n",
    "escalation": "what: workload\nraised: 2026-03-04\n",
    "informal": "about: C12\nhappened: 2026-03-04 16:10\nasked: what to do\n",
    "oversight": "about: C12\nread: the file up to Friday\n",
    "request": "last: 2026-01-04\nevery: 28\nto: supervisor\n",
    "same-day-decision": "about: C12\nseen: yesterday, by the duty worker\n",
    "supervision-log": "every: 28\nsessions: [{date: 2026-03-04}]\n",
    "workload": "date: 2026-03-04\nhours: 37\nnot-done: two visits\n",
}


def result_of(path: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", "--no-advice", *options, str(path)])
    return result.exit_code, result.output.replace(f"{path}: ", "")


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_checked_as_what_it_is(kind: str, tmp_path: Path) -> None:
    """
    A file of any kind is in order and known for what it is; with a mistake in it, the fault is that of its kind.
    """
    path = tmp_path / "x.yaml"
    path.write_text(FILES[kind])
    assert result_of(path) == (0, f"in order, as {KINDS[kind].title}\n")

    path.write_text(f"{FILES[kind]}mistake-of-mine: x\n")
    code, said = result_of(path)
    assert code == 1
    assert said.startswith(f"reflect: read as {KINDS[kind].title}\n")
    assert "this name is not known here; write one of: " in said


def test_our_wordings_and_profiles_and_private_files_are_known(tmp_path: Path) -> None:
    """
    What comes with the library is known, and what is for two alone is checked for who may open it.
    """
    ours = Path(objects.__file__).parent.parent
    taken = {check_one(file) for file in (*ours.glob("wordings/*.yaml"), *ours.glob("profiles/*.yaml"))}
    (tmp_path / "x.yaml").write_text("pair: [x]\n")
    (tmp_path / "x.yaml").chmod(0o600)

    assert taken == {"a wording", "a profile"}
    assert {check_one(file) for file in ours.glob("examples/*.yaml")} == {"a session file"}
    assert check_one(tmp_path / "x.yaml") == "a file of what only the two may read"


def check_one(path: Path) -> str:
    (checked,) = check(path)
    assert checked.faults == ()
    return checked.taken_for


def lines_of(form: ObjectOf, names: list[str]) -> str:
    def sample(form: Form) -> str:
        return "[]" if isinstance(form, ListOf) else "x"

    return "".join(f"{field.name}: {sample(field.form)}\n" for field in form.fields if field.name in names)


@given(data=st.data(), kind=st.sampled_from([kind for kind in KINDS.values() if isinstance(kind.form, ObjectOf)]))
def test_more_names_of_one_kind_are_that_kind(data: st.DataObject, kind: object) -> None:
    """
    Whatever names of one kind a file has, no other kind has more of them; if all have as many, its own name decides.
    """
    assert isinstance(kind, type(KINDS["agreement"]))
    names = data.draw(st.lists(st.sampled_from(kind.form.names), min_size=1, unique=True))
    found = find_kind(lines_of(kind.form, names), Path(f"our-{kind.name}-2026.yaml"))  # type: ignore[arg-type]

    assert found is not None
    others = {name for name, other in KINDS.items() if set(names) <= set(other.form.names or ())}
    assert found.name in others
    assert found.name == kind.name or found.name in f"our-{kind.name}-2026"


@pytest.mark.parametrize(
    "slip", ["date:\u00a0 2026-03-04", "date:2026-03-04", "“date”: 2026-03-04", "date： 2026-03-04"]
)
def test_a_slip_does_not_hide_what_a_file_is(slip: str, tmp_path: Path) -> None:
    """
    A file is known by names that cannot be read, too.
    """
    path = tmp_path / "x.yaml"
    path.write_text(f"{slip}\nsupervisee-items:\n- x\n")

    assert result_of(path)[1].startswith("reflect: read as a session file\n")


def test_what_is_named_counts(tmp_path: Path) -> None:
    """
    With --as a file is what somebody says, and a file of names that nobody knows has to be named.
    """
    path = tmp_path / "x.yaml"
    path.write_text("date: 2026-03-04\n")
    assert result_of(path) == (0, "in order, as a session file\n")
    assert result_of(path, "--as", "agreement") == (0, "in order, as an agreement\n")
    assert "'agreemnt' is not known" in result_of(path, "--as", "agreemnt")[1]
    path.write_text("foo: x\n")
    assert "has no name of any YAML file that reflect knows" in result_of(path)[1]


def test_what_is_in_doubt_is_advice(tmp_path: Path) -> None:
    """
    A question about a value is no fault: the status is 0, and with --strict 1.
    """
    path = tmp_path / "x.yaml"
    path.write_text("date: 2026-03-04\nreview: 2025-03-04\n")

    assert result_of(path)[0] == 0
    assert "'review' is before 'date'" in result_of(path)[1]
    assert result_of(path, "--strict")[0] == 1


def test_every_standing_paper_is_among_the_kinds() -> None:
    """
    A new standing paper is checked without another line here.
    """
    assert set(papers.STANDING_PAPERS) < set(KINDS)
