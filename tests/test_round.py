"""
The round: plan, fill in, close, sign, close, and plan again, as two people do it on the command line and in Python.
"""

from __future__ import annotations

import datetime
import functools
import json
import shutil
import tempfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.errors import Refused
from reflect.planning import following, read_journal
from reflect.sessions.kept import KeptPlan
from tests.year.hands import fill_word

LATER = "2031-03-05"


def run(*args: object, code: int = 0, **more: str) -> Result:
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="reflect", **more)
    assert result.exit_code == code, result.output
    return result


def kept_in(folder: Path, day: str = LATER) -> KeptPlan:
    value = reflect.from_json((folder / f"supervisee/plan-{day}.json").read_text(), kinds=["plan"])
    assert isinstance(value, KeptPlan)
    return value


def words_of(folder: Path, day: str = LATER) -> list[str]:
    return [each.topic.title for each in kept_in(folder, day).brought]


@functools.cache
def first_papers() -> Path:
    """
    The papers of a first session of two people, made once.
    """
    folder = Path(tempfile.mkdtemp())
    run("plan", "--bring", "the heron", "--date", LATER, "--start", "10:00", "--series", "k7m2", "-o", folder)
    return folder


def begin(folder: Path, *args: object) -> Path:
    """
    Plan a first session of two people, and return the record in the folder of one of them.
    """
    if args:
        run("plan", "--bring", "the heron", "--date", LATER, "--start", "10:00", "-o", folder, *args)
    else:
        shutil.copytree(first_papers(), folder, dirs_exist_ok=True)
    return folder / "supervisor" / f"record-{LATER}.docx"


def fill(paper: Path, said: dict[str, object]) -> Path:
    paper.write_bytes(fill_word(paper.read_bytes(), said))  # type: ignore[arg-type]  # texts and rows
    return paper


def text_of_agenda(folder: Path) -> str:
    return "\n".join(each.text for each in docx.Document(str(folder / "agenda-2031-04-02.docx")).paragraphs)


# --- plan


def test_a_plan_that_has_nothing_to_go_by_says_what_it_needs() -> None:
    """
    Three lines: a record, what somebody brings, or a session file.
    """
    result = run("plan", code=2)

    assert len(result.stderr.splitlines()) == 3
    assert all(word in result.stderr for word in ("--after", "--bring", "session.yaml"))


def test_the_first_hour_needs_no_file(tmp_path: Path) -> None:
    """
    What somebody brings makes a session of today, with a note, and its plan is kept for each of the two and closed to
    others.
    """
    result = run("plan", "--bring", "the heron", "-o", tmp_path)
    today = datetime.date.today()

    assert "--date" in result.stderr
    assert "heron" not in result.stderr
    for who in ("supervisee", "supervisor"):
        kept = tmp_path / who / f"plan-{today}.json"
        assert kept.stat().st_mode & 0o077 == 0
        assert "The heron" in kept.read_text()


def test_lines_come_from_standard_input(tmp_path: Path) -> None:
    """
    With -, what is brought is in no shell's history; empty lines are left out.
    """
    run("plan", "--bring", "-", "--date", LATER, "-o", tmp_path, input="the heron\n\n  the osprey \n")

    assert words_of(tmp_path) == ["The heron", "The osprey"]


def test_what_is_brought_is_between_the_two_unless_they_say_so(tmp_path: Path) -> None:
    """
    The supervision file has the words only with --on-record.
    """
    rings = {}
    for name, more in (("pair", ("--start", "11:00")), ("personal", ("--on-record",))):
        begin(tmp_path / name, *more)
        rings[name] = {str(each.topic.ring) for each in kept_in(tmp_path / name).brought}

    assert rings == {"pair": {"pair"}, "personal": {"personal"}}


def test_the_second_session_needs_neither_file_nor_typing(tmp_path: Path) -> None:
    """
    Day, hour, place and people are those of last time's record, and what was not spoken of comes back under its old id;
    only its bringer is asked about it, once, and no message has its words.
    """
    paper = fill(begin(tmp_path), {"next-date": "Wednesday 2 April, 14:30", "supervisor": "JT"})
    result = run("plan", "--after", paper, "--bring", "the osprey", "-o", tmp_path)
    kept = kept_in(tmp_path, "2031-04-02")
    agendas = {who: text_of_agenda(tmp_path / who) for who in ("supervisee", "supervisor")}

    assert [(each.topic.id, each.topic.title) for each in kept.brought] == [
        (f"{LATER}.p1", "The heron"),
        ("2031-04-02.p1", "The osprey"),
    ]
    assert (kept.session.fact("start"), kept.session.fact("supervisor")) == ("14:30", "JT")
    assert f"--drop {LATER}.p1" in result.stderr
    assert "eron" not in result.stderr
    assert ["still want" in agendas[who] for who in agendas] == [True, False]
    assert (tmp_path / f"supervisee/plan-{LATER}.json").exists()
    again = run(
        "plan", "--after", tmp_path / "supervisor/record-2031-04-02.docx", "--date", "2031-04-30", "-o", tmp_path
    )
    assert f"{LATER}.p1" not in again.stderr


def test_another_session_of_the_same_day_has_papers_of_its_own(tmp_path: Path) -> None:
    """
    A morning and an afternoon, planned into one folder before either is held: nothing is written over, both are filled
    in, and what was brought to each comes back.
    """
    paper = begin(tmp_path)
    before = all_files(tmp_path)
    line = ("plan", "--bring", "the osprey", "--date", LATER, "--start", "15:00", "-o", tmp_path, "--another")
    run(*line, "--series", "k7m2")

    assert {name: data for name, data in all_files(tmp_path).items() if name in before} == before
    second = fill(tmp_path / f"supervisor/record-{LATER}-2.docx", {"actions": [("nettle", "AM", "")]})
    run(
        "plan", "--after", fill(paper, {"actions": [("thistle", "AM", "")]}), "--after", second, "-o", tmp_path / "next"
    )
    day = str(datetime.date.fromisoformat(LATER) + datetime.timedelta(28))
    kept = kept_in(tmp_path / "next", day)
    assert [each.topic.title for each in kept.brought] == ["The heron", "The osprey"]
    assert sorted(each.what for each in kept.session.before) == ["nettle", "thistle"]
    assert len({each.id for each in kept.session.before}) == 2


def test_a_day_that_cannot_be_read_is_told_before_anybody_signs(tmp_path: Path) -> None:
    """
    Of the session, and of the next: closing says so, as nothing could be corrected on the signed record.
    """
    paper = fill(begin(tmp_path), {"item-3": "heron", "next-date": "tbc"})
    assert "when you meet next, and no day can be read" in run("close", paper).stderr
    paper = fill(begin(tmp_path / "more"), {"item-3": "heron", "date": "soon"})
    told = run("close", paper).stderr
    assert "the day of the session cannot be read; write it on the record" in told
    assert "soon" not in told


def test_two_ticks_are_not_called_nothing(tmp_path: Path) -> None:
    paper = fill(fill(begin(tmp_path), {"sign.supervisor": "agreed"}), {"sign.supervisor": "not agreed"})
    assert "sign.supervisor: more than one is ticked" in run("close", paper, code=1).stderr


def test_nothing_follows_from_an_agenda(tmp_path: Path) -> None:
    """
    Whoever names the agenda in place of the record would lose the actions of last time without a word.
    """
    paper = begin(tmp_path).with_name(f"agenda-{LATER}.docx")
    assert "name the record" in run("plan", "--after", paper, "-o", tmp_path / "next", code=1).stderr
    assert not (tmp_path / "next").exists()


def test_each_of_the_two_brings_something_without_a_file(tmp_path: Path) -> None:
    """
    What the supervisor brings is theirs, and the supervision file may have it; what the supervisee brings is not.
    """
    run("plan", "--bring", "the heron", "--supervisor-brings", "the form", "--date", LATER, "-o", tmp_path)
    brought = [(each.topic.title, each.whose, str(each.topic.ring)) for each in kept_in(tmp_path).brought]

    assert brought == [("The heron", "supervisee", "pair"), ("The form", "supervisor", "personal")]


def test_a_topic_that_is_dropped_leaves_no_trace(tmp_path: Path) -> None:
    """
    --drop takes it out of all papers and of the plan that is kept; nothing else goes.
    """
    paper = begin(tmp_path, "--bring", "the osprey")
    run("plan", "--after", paper, "--date", "2031-04-02", "--drop", f"{LATER}.p1", "-o", tmp_path / "next")

    assert words_of(tmp_path / "next", "2031-04-02") == ["The osprey"]
    assert all(b"eron" not in path.read_bytes() for path in (tmp_path / "next").rglob("*.json"))


def test_a_record_in_another_folder_asks_for_the_words_again(tmp_path: Path) -> None:
    """
    Without the plan beside it, what was between the two has its place and its day, and the rest is there.
    """
    paper = fill(begin(tmp_path), {"actions": [("ring the school", "JT", "6 March 2031")]})
    moved = shutil.copy(paper, tmp_path / "mail.docx")
    result = run("plan", "--after", moved, "--date", "2031-04-02", "-o", tmp_path / "next")
    both = run("plan", "--after", moved, "--after", tmp_path / f"supervisee/plan-{LATER}.json", "--date", "2031-04-02")

    assert words_of(tmp_path / "next", "2031-04-02") == ["What was put off on 5 March 2031"]
    assert f"plan-{LATER}.json" in result.stderr
    assert "The heron" in both.stdout
    assert "the heron" not in result.output.lower()


def test_two_sessions_on_one_day_keep_their_papers_apart(tmp_path: Path) -> None:
    """
    A session in the afternoon writes over nothing of the morning's, and its new topics have ids of their own.
    """
    paper = fill(begin(tmp_path), {"not-safely": "knot"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    run("plan", "--after", paper, "--date", LATER, "--start", "15:00", "--bring", "the osprey", "-o", tmp_path)
    kept = reflect.from_json((tmp_path / f"supervisee/plan-{LATER}-2.json").read_text())

    assert {path: path.read_bytes() for path in before} == before
    assert isinstance(kept, KeptPlan)
    assert [each.topic.id for each in kept.brought] == [f"{LATER}.p1", f"{LATER}.p2"]
    assert kept.calendar != kept_in(tmp_path).calendar


def test_a_session_file_and_a_record_may_be_mixed(tmp_path: Path) -> None:
    """
    The file's day and place count, and what follows from the record is there too.
    """
    paper = begin(tmp_path)
    file = tmp_path / "session.yaml"
    file.write_text("date: 2031-04-03\nplace: at home\nsupervisor-items: [the osprey]\n")
    run("plan", file, "--after", paper, "-o", tmp_path)
    kept = kept_in(tmp_path, "2031-04-03")

    assert sorted(each.topic.title for each in kept.brought) == ["The heron", "The osprey"]
    assert (kept.place, kept.session.fact("start")) == ("at home", "10:00")


def test_the_data_of_a_record_will_do_as_well(tmp_path: Path) -> None:
    """
    A record's JSON gives the same plan as its Word file, and so do its bytes in Python.
    """
    paper = fill(begin(tmp_path), {"actions": [("ring the school", "JT", "6 March 2031")]})
    run("read", paper, "-o", tmp_path / "supervisor")
    of_word, of_json = (
        following([path], date=datetime.date(2031, 4, 2)) for path in (paper, paper.with_suffix(".json"))
    )

    assert of_word.plan == of_json.plan
    assert [each.what for each in of_word.next_file.file.previous_actions] == ["ring the school"]


def test_the_words_of_a_profession_stay(tmp_path: Path) -> None:
    """
    A wording of one's own, in a file beside the session file, is that of the next plan too, from any folder.
    """
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/ours.yaml").write_text((Path(reflect.__file__).parent / "wordings/nursing.yaml").read_text())
    (tmp_path / "desk/s.yaml").write_text(f"date: {LATER}\nwording: ours.yaml\n")
    run("plan", tmp_path / "desk/s.yaml", "-o", tmp_path)
    paper = tmp_path / "supervisor" / f"record-{LATER}.docx"
    one, other = (following([paper], date=datetime.date(2031, 4, 2)) for _ in range(2))

    assert one.next_file.file.wording == tmp_path / "desk/ours.yaml"
    assert one.plan == other.plan


def test_what_is_no_paper_of_last_time_is_refused(tmp_path: Path) -> None:
    """
    A session file, a folder and a file that is not there each say what to name.
    """
    (tmp_path / "s.yaml").write_text("date: 2031-01-01\n")
    for name, words in (("s.yaml", "without --after"), (".", "folder"), ("none.docx", "no such file")):
        assert words in run("plan", "--after", tmp_path / name, code=1).stderr


def test_nonsense_is_refused_and_not_quoted(tmp_path: Path) -> None:
    """
    A next time that is none, and a day or an hour on the call that is none, say what to write.
    """
    paper = fill(begin(tmp_path), {"next-date": "BADGER"})

    assert "--date" in (found := run("plan", "--after", paper, code=1)).stderr
    assert "BADGER" not in found.output
    assert "2026-04-01" in run("plan", "--after", paper, "--date", "soon", code=2).stderr
    assert "10:00" in run("plan", "--after", paper, "--start", "late", code=2).stderr
    assert run("plan", "--after", paper, "--date", "2031-04-02").exit_code == 0


# --- close

SAID: dict[str, object] = {
    "item-3": "We ask for a meeting.",
    "actions": [("write to the school", "AM", "13 March 2031"), ("ring them", "", "")],
}
AGREED = {"sign.supervisee": "agreed", "sign.supervisee.name": "AM"}
NOT_AGREED = {"sign.supervisor": "not agreed", "sign.supervisor.name": "JT", "sign.supervisor.comments": "Not so."}


@functools.cache
def closed_papers() -> Path:
    """
    The papers of a first session that were filled in and closed, made once.
    """
    folder = Path(tempfile.mkdtemp())
    run("close", fill(begin(folder), SAID))
    return folder


def begin_signing(folder: Path) -> Path:
    shutil.copytree(closed_papers(), folder, dirs_exist_ok=True)
    return folder / "supervisor" / f"record-{LATER}-to-sign.docx"


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_closing_a_filled_record_makes_the_paper_to_sign(tmp_path: Path) -> None:
    """
    It lies beside the record, which stays as it is; what is missing or was not said is told by ids and places, and
    nothing is journalled yet. Closing it once more writes nothing.
    """
    paper = fill(begin(tmp_path / "papers"), SAID)
    (tmp_path / "ours").mkdir()
    before = all_files(tmp_path)
    told = run("close", paper, "--journal", tmp_path / "ours").stderr
    after = all_files(tmp_path)

    assert set(after) - set(before) == {f"papers/supervisor/record-{LATER}-to-sign.docx"}
    assert {name: after[name] for name in before} == before
    for words in ("action 2 is without an owner and without a day", f"{LATER}.p1", "when its record is signed"):
        assert words in told
    assert "heron" not in told.lower()
    assert "meeting" not in told
    assert "nothing new" in run("close", paper).stderr
    assert all_files(tmp_path) == after


def test_what_was_signed_goes_to_both_and_into_the_journal(tmp_path: Path) -> None:
    """
    Each of the two gets the same bytes, closed to others, and the plan where it is missing; the journal gets ids and
    states. When the second has signed, the copies follow, and then nothing more is written.
    """
    paper = begin_signing(tmp_path / "papers")
    journal = tmp_path / "ours"
    journal.mkdir()
    (tmp_path / f"papers/supervisee/plan-{LATER}.json").unlink()
    copies = [tmp_path / "papers" / who / f"record-{LATER}-signed.docx" for who in ("supervisee", "supervisor")]

    told = run("close", fill(paper, AGREED), "--journal", journal).stderr
    assert "the supervisor has not signed" in told
    assert [each.read_bytes() for each in copies] == [paper.read_bytes()] * 2
    assert all(each.stat().st_mode & 0o077 == 0 for each in copies)
    assert (tmp_path / f"papers/supervisee/plan-{LATER}.json").exists()
    entry = (journal / f"{LATER}.yaml").read_text()
    assert f"{LATER}.p1" in entry
    assert "heron" not in entry.lower() + told.lower()

    run("close", fill(paper, NOT_AGREED), "--journal", journal)
    found = read_journal(journal).entries
    assert [each.signed for each in found] == [("supervisee", "supervisor")]
    assert [each.read_bytes() for each in copies] == [paper.read_bytes()] * 2
    assert reflect.read(copies[0]).signature("supervisor")["value"] == "not agreed"
    after = all_files(tmp_path)
    assert "nothing new" in run("close", copies[1], "--journal", journal).stderr
    assert all_files(tmp_path) == after


def test_two_who_sign_two_papers_are_told_to_sign_one(tmp_path: Path) -> None:
    """
    Nobody's signature is overwritten by a paper that lacks it.
    """
    paper = begin_signing(tmp_path)
    other = tmp_path / "mail" / paper.name
    other.parent.mkdir()
    shutil.copy(paper, other)
    run("close", fill(paper, AGREED))
    before = all_files(tmp_path)

    assert "both sign one paper" in run("close", fill(other, NOT_AGREED), "-o", tmp_path, code=1).stderr
    assert {name: data for name, data in all_files(tmp_path).items() if "mail" not in name} == {
        name: data for name, data in before.items() if "mail" not in name
    }


def test_a_paper_that_was_changed_is_refused(tmp_path: Path) -> None:
    """
    Its place is named, and not its words. With --again it is closed anew, beside what is there only with another name
    or --force.
    """
    paper = fill(begin_signing(tmp_path), {**AGREED, "item-3": "We ask for nobody."})
    before = all_files(tmp_path)
    told = run("close", paper, code=1).stderr

    assert "changed since it was closed" in told
    assert '" was changed' in told
    assert "nobody" not in told
    assert "--force" in run("close", paper, "--again", code=1).stderr
    assert all_files(tmp_path) == before
    run("close", paper, "--again", "-o", tmp_path / "new")
    anew = reflect.read(tmp_path / "new" / paper.name)
    assert anew.answer("item-3") == "We ask for nobody."
    assert not any(sign.agreement for sign in anew.signed)


def test_what_was_signed_before_it_was_closed_is_closed_with_its_signatures(tmp_path: Path) -> None:
    """
    Two people who signed too early lose nothing: the paper to sign has their signatures, and says to look again.
    """
    paper = fill(begin(tmp_path), {**SAID, **AGREED})
    told = run("close", paper).stderr
    to_sign = tmp_path / "supervisor" / f"record-{LATER}-to-sign.docx"

    assert "signed before it was closed" in told
    assert reflect.read(to_sign).signature("supervisee")["name"] == "AM"
    run("close", to_sign)
    assert (tmp_path / "supervisee" / f"record-{LATER}-signed.docx").exists()


def test_a_record_that_nobody_will_sign_is_kept_by_both(tmp_path: Path) -> None:
    """
    Signing is nobody's duty: --unsigned gives each a copy, and the journal notes who signed, which is nobody.
    """
    paper = begin_signing(tmp_path)
    (tmp_path / "ours").mkdir()
    assert "nobody has signed it yet" in run("close", paper).stderr
    run("close", paper, "--unsigned", "--journal", tmp_path / "ours")

    assert all((tmp_path / who / f"record-{LATER}-closed.docx").exists() for who in ("supervisee", "supervisor"))
    assert [each.signed for each in read_journal(tmp_path / "ours").entries] == [()]


def test_another_series_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """
    Neither the journal nor the folder of other people takes a record.
    """
    paper = fill(begin_signing(tmp_path / "papers"), AGREED)
    journal = tmp_path / "theirs"
    journal.mkdir()
    (journal / "2031-01-01.yaml").write_text("date: 2031-01-01\nstatus: held\nseries: h4n9\n")
    before = all_files(tmp_path)

    assert "another series" in run("close", paper, "--journal", journal, code=1).stderr
    assert all_files(tmp_path) == before


def test_a_journal_keeps_what_somebody_said(tmp_path: Path) -> None:
    """
    Minutes that somebody noted stay, and what is missing is added; a session that was cancelled stays so, with a note.
    """
    paper = fill(begin_signing(tmp_path / "papers"), AGREED)
    for name, said in (("held", "minutes: 45\nstatus: held\n"), ("cancelled", "status: cancelled\nby: supervisor\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{LATER}.yaml").write_text(f"date: {LATER}\n{said}")
    told = run("close", paper, "--journal", tmp_path / "held", "--journal", tmp_path / "cancelled").stderr
    (held,) = read_journal(tmp_path / "held").entries

    assert (held.minutes, held.signed, len(held.topics)) == (45, ("supervisee",), 1)
    assert "cancelled" in told
    assert read_journal(tmp_path / "cancelled").held == ()


def test_the_record_of_a_case_goes_to_the_case_file(tmp_path: Path) -> None:
    """
    It is closed and signed like any other, and then goes to the case file alone, and into no journal.
    """
    (tmp_path / "ours").mkdir()
    (tmp_path / "case-file").mkdir()
    paper = tmp_path / "case-file" / f"case-record-1-{LATER}.docx"
    run("make", "case-record", "-o", paper)
    run("close", fill(paper, {"case-record.decision": "visit weekly", "case-record.why": "the bruise"}))
    to_sign = tmp_path / "case-file" / f"case-record-1-{LATER}-to-sign.docx"
    run("close", fill(to_sign, AGREED), "--journal", tmp_path / "ours")

    assert set(all_files(tmp_path)) == {
        f"case-file/case-record-1-{LATER}{more}.docx" for more in ("", "-to-sign", "-signed")
    }


def test_a_group_closes_its_record_once(tmp_path: Path) -> None:
    """
    Nobody signs it: the group has its copy and the journal its session at once.
    """
    (tmp_path / "ours").mkdir()
    group = ("--profile", "group", "--date", LATER)
    run("plan", "--bring", "the heron", *group, "-o", tmp_path)
    paper = fill(tmp_path / "group" / f"record-{LATER}.docx", {"useful": "knot"})
    run("close", paper, "--journal", tmp_path / "ours")

    assert (tmp_path / "group" / f"record-{LATER}-closed.docx").exists()
    assert len(read_journal(tmp_path / "ours").entries) == 1
    assert "The heron" in run("plan", "--after", paper, "--date", "2031-04-02").stdout


# --- in Python


def test_the_round_in_python_begins_with_two_lines(tmp_path: Path) -> None:
    """
    What follows from last time is one call, and its papers are written in another.
    """
    paper = begin(tmp_path)
    planned = following([paper], ["the osprey"], date=datetime.date(2031, 4, 2))
    paths = planned.write(tmp_path)

    assert {path.name for path in paths if path.parent.name == "supervisee"} == {
        "agenda-2031-04-02.docx", "record-2031-04-02.docx", "plan-2031-04-02.json", "supervision-2031-04-02.ics",
    }  # fmt: skip
    assert planned.session.brought == kept_in(tmp_path, "2031-04-02").brought
    assert "osprey" in reflect.render(planned.session, "agenda", reader="supervisee", to="txt").decode()
    with pytest.raises(TypeError, match="lokks"):
        planned.write(tmp_path, lokks=["pen"])  # type: ignore[call-arg]
    with pytest.raises(Refused, match="several series"):
        following([of_series(paper)], series="h4n9")


def of_series(paper: Path) -> KeptPlan:
    data = json.loads((paper.parent / f"plan-{LATER}.json").read_text())
    data["session"]["series"] = "k7m2"
    value = reflect.from_json(json.dumps(data))
    assert isinstance(value, KeptPlan)
    return value


def test_closing_in_python_takes_two_lines(tmp_path: Path) -> None:
    """
    `reflect.close` says what it would write, and `write` writes it.
    """
    paper = begin_signing(tmp_path)
    closed = reflect.close(fill(paper, AGREED))
    paths = closed.write()

    assert (closed.done, closed.signed_by) == ("signed", ("supervisee",))
    assert {path.name for path in paths} == {f"record-{LATER}-signed.docx"}
    assert closed.write() == ()
    of_bytes = reflect.close(paper.read_bytes())
    assert of_bytes.record == closed.record
    with pytest.raises(Refused, match="name a folder"):
        of_bytes.write()
