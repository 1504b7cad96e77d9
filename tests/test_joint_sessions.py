"""
A joint session: one hour for several series, and nothing of one in the folder of another.
"""

from __future__ import annotations

import re
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.planning.joint import file_of_each
from reflect.planning.kept_plans import plans_in
from reflect.planning.session_file import parse
from reflect.questions.rings import Ring
from reflect.sessions import journal

FILE = """\
date: 2096-03-04
start: 10:00
minutes: 60
supervisees: [AM, BK]
series: [k7m2, p3x9]
supervisor: JT
supervisee-items: [QZshared]
previous-actions:
- {what: QZofAM, who: AM}
- {what: QZofBK, who: bk}
- {what: QZofJT, who: supervisor}
- {what: QZofCase, who: BK, case: F11}
"""


def run(*args: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="reflect")
    assert result.exit_code == code, result.output
    return result


def planned(folder: Path, text: str = FILE) -> Path:
    (folder / "joint.yaml").write_text(text)
    run("plan", folder / "joint.yaml", "-o", folder / "am", "-o", folder / "bk", "--to", "txt")
    return folder


def words_in(folder: Path) -> str:
    return "\n".join(file.read_text() for file in sorted(folder.rglob("*")) if file.is_file())


def test_each_one_has_a_folder_with_the_shared_agenda_and_their_own_actions(tmp_path: Path) -> None:
    """
    What was brought, the supervisor's actions and those of the case are in both folders; the actions, the code and the
    initials of one are in theirs alone.
    """
    planned(tmp_path)
    am, bk = words_in(tmp_path / "am"), words_in(tmp_path / "bk")

    assert all(text in words for text in ("QZshared", "QZofJT", "QZofCase") for words in (am, bk))
    assert all(text in am and text not in bk for text in ("QZofAM", "k7m2"))
    assert all(text in bk and text not in am for text in ("QZofBK", "p3x9"))
    assert re.search(r"\bAM\b", am)
    assert not re.search(r"\bAM\b", bk)
    times = [
        re.findall(r"^\W*\d\d:\d\d", (tmp_path / who / "supervisee/agenda-2096-03-04.txt").read_text(), re.MULTILINE)
        for who in ("am", "bk")
    ]
    assert times[0] == times[1]
    assert times[0]


@pytest.mark.parametrize(
    ("names", "who", "theirs"),
    [
        ("AM, BK", "A.M.", "AM"),
        ("AM, BK", "am and b.k.", "AM BK"),
        ("AM, BK", "BK with AM's help", "AM BK"),
        ("AM, BK", "the school", "AM BK"),
        ("A, B, C", "A & B", "A B"),
        ("कि, का", "का", "का"),
        ("कि, का, गी", "कि और का", "कि का"),
        ("王芳, 王方", "王方", "王方"),
        ("Anna, Anna Lee", "Anna Lee", "Anna Lee"),
        ("Anna, Anna Lee, BK", "Anna Lee and BK", "Anna Lee BK"),
    ],
)
def test_an_action_is_of_those_who_are_named_in_its_line(names: str, who: str, theirs: str) -> None:
    """
    Whatever script they are written in, and whoever else's name begins alike; if nobody is named it is everybody's.
    """
    text = f"date: 2096-03-04\nsupervisees: [{names}]\nprevious-actions:\n- {{what: QZ, who: {who}}}\n"
    files = file_of_each(parse(text).file)

    assert " ".join(each.supervisee for each in files if each.previous_actions) == theirs


def test_nothing_in_a_joint_session_is_between_two_people() -> None:
    """
    What is brought is for all who are there, and so of the supervision file; 'pair' is refused.
    """
    files = file_of_each(parse(FILE).file)

    assert {wish.ring for file in files for wish in file.supervisee_items} == {Ring.PERSONAL}
    with pytest.raises(reflect.Faults, match="no place in a joint session"):
        parse(FILE.replace("[QZshared]", "[{what: QZshared, ring: pair}]"))
    with pytest.raises(reflect.Faults, match="no place in a joint session"):
        parse(FILE.replace("who: AM", "who: AM, ring: pair"))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("supervisees: [AM, BK]\n", "", "there are several series, and one supervisee"),
        ("[AM, BK]", "[AM, am]", "does not name several people"),
        ("[AM, BK]", "[AM, A. M.]", "does not name several people"),
        ("supervisor: JT", "supervisee: AM", "there are 'supervisee' and 'supervisees'"),
        ("[k7m2, p3x9]", "[k7m2]", "there is not one series for each"),
        ("[k7m2, p3x9]", "[k7m2, K7M2]", "two supervisees have the same series"),
        ("who: AM", "who: supervisee", "an action is the supervisee's"),
    ],
)
def test_a_joint_session_that_cannot_be_is_refused(old: str, new: str, what: str) -> None:
    """
    Each with its line, what to do, and nobody's initials.
    """
    with pytest.raises(reflect.Faults, match=re.escape(what)) as wrong:
        parse(FILE.replace(old, new))
    assert not re.search(r"\b(?:AM|BK)\b", str(wrong.value))


def test_all_have_one_entry_in_a_calendar_and_it_moves_for_all(tmp_path: Path) -> None:
    """
    The supervisor's calendar has the hour once, and once after it has moved.
    """

    def entries() -> list[icalendar.cal.Event]:
        files = sorted(tmp_path.rglob("*.ics"))
        return [event for file in files for event in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")]

    planned(tmp_path)
    before = entries()
    planned(tmp_path, FILE.replace("03-04", "03-11"))
    after = entries()

    assert len(before) == len(after) == 4
    assert len({event["UID"] for event in (*before, *after)}) == 1
    assert {event["SEQUENCE"] for event in after} == {1}
    assert {plan.date for who in ("am", "bk") for _, plan in plans_in(tmp_path / who)} == {"2096-03-11"}


def test_each_record_goes_into_the_journal_of_its_series(tmp_path: Path) -> None:
    """
    A record says whose it is; a journal of another series refuses it, and without either somebody has to say.
    """
    planned(tmp_path)
    run("plan", tmp_path / "joint.yaml", "-o", tmp_path / "am", "-o", tmp_path / "bk")
    for name in ("ours", "theirs", "new"):
        (tmp_path / name).mkdir()
    record = tmp_path / "bk/supervisor/record-2096-03-04.docx"
    run("held", tmp_path / "joint.yaml", record, "--journal", tmp_path / "theirs")
    run("held", tmp_path / "joint.yaml", "--series", "k7m2", "--journal", tmp_path / "ours")
    unknown = run("held", tmp_path / "joint.yaml", "--journal", tmp_path / "new", code=1)
    refused = run("held", tmp_path / "joint.yaml", record, "--journal", tmp_path / "ours", code=1)

    assert (journal.read(tmp_path / "theirs").series, journal.read(tmp_path / "ours").series) == ("p3x9", "k7m2")
    assert "say with --series whose journal it is" in unknown.output
    assert "another series" in refused.output
    kept = reflect.read(record)
    assert kept.series == "p3x9"
    assert "QZofAM" not in reflect.to_json(kept)


def test_a_joint_session_needs_a_folder_for_each_and_nothing_else(tmp_path: Path) -> None:
    """
    One folder, the same one twice, or anything of one pair's is refused, and nothing is written.
    """
    (tmp_path / "joint.yaml").write_text(FILE)
    one = tmp_path / "am"
    for more in (["-o", one], ["-o", one, "-o", one], []):
        assert "-o for each" in run("plan", tmp_path / "joint.yaml", *more, code=1).output
    (tmp_path / "ours").mkdir()
    refused = run(
        "plan", tmp_path / "joint.yaml", "-o", one, "-o", tmp_path / "bk", "--journal", tmp_path / "ours", code=2
    )

    assert "from its session file alone" in refused.output
    assert not one.exists()
    assert "one folder for this session" in run("plan", "--bring", "x", "-o", one, "-o", tmp_path / "bk", code=2).output


def test_a_folder_of_another_series_stops_all_of_it(tmp_path: Path) -> None:
    """
    If one of the folders is of another series, none gets a paper.
    """
    (tmp_path / "other.yaml").write_text("date: 2096-01-07\nseries: q8n5\n")
    run("plan", tmp_path / "other.yaml", "-o", tmp_path / "bk", "--to", "txt")
    (tmp_path / "joint.yaml").write_text(FILE)
    result = run("plan", tmp_path / "joint.yaml", "-o", tmp_path / "am", "-o", tmp_path / "bk", "--to", "txt", code=1)

    assert "papers of another series" in result.output
    assert not (tmp_path / "am").exists()
