"""
A year, played: two pairs and a group, twelve sessions each, planned, filled in, closed, signed, checked, planned again.
"""

from __future__ import annotations

import functools
import itertools
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import attrs
import pytest
import yaml
from click.testing import CliRunner

import reflect
from reflect.between_sessions import closing
from reflect.checks import records
from reflect.cli import main
from reflect.errors import Refused
from reflect.planning import following, kept_plans
from reflect.planning.last_time import LastTime, OpenTopic
from reflect.questions.rings import Ring
from reflect.sessions.brought import Brought
from reflect.sessions.parts import UNPLACED, Action
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from tests.documents import a_few, text_of_docx
from tests.test_papers import tool
from tests.year import laws
from tests.year.hands import BODY, fill_word, options_of, packed, parts_of, places_of
from tests.year.playing import Door, Played, Player, PythonDoor
from tests.year.story import Year
from tests.year.years import CHILDREN, COUNSELLING, NURSES, YEARS

# --- the hands


@pytest.mark.parametrize("hand", ["word", "tracked", "beside", "google"])
def test_a_hand_writes_what_it_was_given(hand: str) -> None:
    """
    Whoever fills a record in, in Word, beside its boxes or in Google Docs, every word of it is read again.
    """
    blank = reflect.render("arrive@3 + kolb-cycle@40 + close@7", "record", reader="anyone")
    rows = [(f"ring {n}", f"person {n}", f"day {n}") for n in range(8)]
    said = {
        "item-2": "We slowed the doorway down.\nAnd once more.",
        "differently": "the silence before it",
        "actions": rows,
        "sign.supervisee": options_of(blank, "sign.supervisee")[1],
        "sign.supervisee.name": "AB",
        "sign.supervisee.date": "2 January 2026",
    }
    found = reflect.read(fill_word(blank, said, hand), as_="record" if hand == "google" else None)
    words = reflect.to_json(found)

    assert set(said) - {"actions", "sign.supervisee"} <= set(places_of(blank))
    for text in (
        "doorway down.",
        "And once more.",
        "the silence",
        "AB",
        *(t for r in rows for t in r),
    ):
        assert words.count(text) == 1, text
    assert found.signed[0].agreement == "agreed with comments"


# --- what the year found, each for itself


def planned(folder: Path, **more: object) -> Path:
    """
    The record of a session that was planned with a file, in the folder of one of the two.
    """
    file = folder / "session.yaml"
    told = {"date": "2031-03-05", "start": "10:00", "supervisee": "AM", "supervisor": "JT", "place": "Room 4", **more}
    file.write_text(yaml.safe_dump(told), "utf-8")
    assert CliRunner().invoke(main, ["plan", str(file), "-o", str(folder)]).exit_code == 0
    return folder / "supervisor" / "record-2031-03-05.docx"


def test_the_record_of_a_day_after_a_shock_is_closed(tmp_path: Path) -> None:
    """
    Nobody is asked about the weather that day; the record has a line for what will be done to help, and is printed
    again, closed and read.
    """
    items = [f"line {n}" for n in range(6)]
    paper = planned(tmp_path, **{"after-shock": True, "minutes": 90, "supervisee-items": items})
    assert CliRunner().invoke(main, ["check", str(paper)]).output == f"{paper}: in order; not closed\n"
    assert "Support" in text_of_docx(paper.read_bytes())
    paper.write_bytes(fill_word(paper.read_bytes(), {"support": "that nobody asked"}))
    closed = reflect.close(paper).record

    assert closed.answer("support") == "that nobody asked"
    assert not closed.reading or closed.reading.certain
    assert "wellbeing-check-in" in [item.use for item in closed.items]


def test_what_google_docs_returns_is_closed_by_the_plan_beside_it(tmp_path: Path) -> None:
    """
    A record without any control and property is read by the plan that was kept of it, as somebody's claim; without that
    plan it is refused with what to do, and a plan does not follow from it either.
    """
    paper = planned(tmp_path, **{"series": "k7m2"})
    said = {"differently": "the order", "actions": [("ring the school", "supervisee", "Friday")]}
    paper.write_bytes(fill_word(paper.read_bytes(), said, "google"))
    closed = reflect.close(paper).record

    assert (closed.answer("differently"), closed.claimed, closed.series) == ("the order", "record", "k7m2")
    assert [(each.what, each.who, each.by) for each in closed.actions] == [("ring the school", "supervisee", "Friday")]
    assert dict(closed.facts)["date"] == "5 March 2031"
    assert UNPLACED not in [each.key for each in closed.answers]
    assert [each.what for each in following([paper]).session.before] == ["ring the school"]

    (paper.parent / "plan-2031-03-05.json").unlink()
    with pytest.raises(Refused, match=r"plan-2026-03-04\.json"):
        reflect.close(paper)


@pytest.mark.parametrize(
    ("written", "comes_back"),
    [({"support": "A second visitor"}, True), ({"item-3.decided": "We leave it where it is"}, False)],
    ids=["not", "decided"],
)
def test_what_is_named_on_the_record_is_the_same_topic(
    written: dict[str, str], comes_back: bool, tmp_path: Path
) -> None:
    """
    A name written for the supervision file is on the paper to sign; what comes back, comes back once, under its id and
    in the words that are between the two. Without the plan it has an id of its own.
    """
    paper = planned(tmp_path, **{"supervisee-items": ["the heron"]})
    item = next(place.removesuffix(".name") for place in places_of(paper.read_bytes()) if place.endswith(".name"))
    paper.write_bytes(fill_word(paper.read_bytes(), {f"{item}.name": "the bird", **written}))
    closed = reflect.close(paper)
    (paper.parent / "alone").mkdir()
    shutil.copy(paper, paper.parent / "alone")
    (alone,) = following([paper.parent / "alone" / paper.name]).session.brought if comes_back else ("",)

    assert b"the bird" in parts_of(closed.files[0].data)[BODY]
    assert not [note for note in closed.notes if "Name it" in note]
    found = [(each.topic.id, each.topic.title) for each in following([paper]).session.brought]
    assert found == ([("2031-03-05.p1", "The heron")] if comes_back else [])
    if comes_back:
        assert (alone.topic.id, alone.topic.title, alone.topic.ring) == ("2031-03-05.s1", "The bird", "personal")


def test_a_first_meeting_has_no_last_time_and_a_line_for_what_is_named(tmp_path: Path) -> None:
    """
    What everybody may know by name has a line of its own where there is no talk; the paper is printed again as it was,
    to be signed too, and nobody is asked about a last time.
    """
    items = [{"what": "the heron", "ring": "personal"}, "the stairs"]
    paper = planned(tmp_path, **{"occasion": "first", "supervisee-items": items})
    (place,) = [each for each in places_of(paper.read_bytes()) if each.startswith("item-")]
    paper.write_bytes(fill_word(paper.read_bytes(), {place: "It stays", "also-today": "And it went well"}))
    checked = CliRunner().invoke(main, ["check", str(paper)]).output
    closed = reflect.close(paper)
    to_sign = text_of_docx(closed.files[0].data)

    assert checked == f"{paper}: in order; not closed\n"
    assert [(each.topic.title, str(each.became)) for each in closed.record.brought if each.became] == [
        ("The heron", "talked about")
    ]
    assert "From last time" not in to_sign
    assert all(words in to_sign for words in ("The heron", "It stays", "And it went well"))


def test_a_label_of_a_short_thing_is_nobodys_topic(tmp_path: Path) -> None:
    """
    Where a paper without its properties has a line for a short thing that it may not name, what is printed beside the
    line is not taken for what the topic is called.
    """
    paper = planned(tmp_path, **{"profile": "counselling", "supervisee-items": ["the stairs"]})
    item = next(each for each in places_of(paper.read_bytes()) if re.fullmatch(r"item-\d+", each))
    paper.write_bytes(fill_word(paper.read_bytes(), {item: "It went well"}, "google"))

    assert [each.topic.title for each in reflect.close(paper).record.brought] == []


def test_a_program_that_drops_a_control_changes_no_line(tmp_path: Path) -> None:
    """
    Where a control is gone, as after LibreOffice, the lines on both sides of it are one; a letter that is changed there
    is still named.
    """
    paper = planned(tmp_path)
    parts = parts_of(fill_word(paper.read_bytes(), {"differently": "the order"}))
    body, times = re.subn(
        rb"<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*sign[.]\w+[.]name.*?</w:sdt>", b"", parts[BODY], flags=re.DOTALL
    )
    found = {}
    for name, text in (("as it was", body), ("changed", body.replace(b">worker <", b">walker <"))):
        paper.write_bytes(packed({**parts, BODY: text}))
        found[name] = CliRunner().invoke(main, ["check", str(paper)]).output

    assert times == 2
    assert found["as it was"] == f"{paper}: in order; not closed\n"
    assert '"worker"' in found["changed"]


# --- the year


def play(year: Year, folder: Path, until: int | None = None) -> Played:
    """
    A year, or its beginning; the counsellor and her supervisor use the library, the others the command line.
    """
    with mock.patch.object(kept_plans, "new_id", side_effect=map("{:032}".format, itertools.count(1))):
        door = PythonDoor() if year is COUNSELLING else Door()
        return Player(year, folder / "all", folder / "desk", door).play(until)


@functools.cache
def played(name: str, until: int | None) -> Played:
    """
    A year that nobody does anything wrong in, played once.
    """
    year = next(each for each in YEARS if each.name == name)
    return play(year, Path(tempfile.mkdtemp()), until)


#: Whole years where everything has to hold, and their beginnings elsewhere.
WHOLE = os.environ.get("REFLECT_CI") == "1"
PLAYED = [
    (CHILDREN.name, None if WHOLE else 3),
    (COUNSELLING.name, None if WHOLE else 2),
    (NURSES.name, None if WHOLE else 2),
]
every_year = pytest.mark.parametrize(("name", "until"), PLAYED, ids=[name for name, _ in PLAYED])


@pytest.mark.long
@every_year
def test_nothing_is_lost(name: str, until: int | None) -> None:
    """
    Every line that somebody said is on a paper of its day, in the folder of each of those who may read it; and in the
    text and the data that they get of the record.
    """
    year = played(name, until)
    assert len(year.lines) > 3
    assert list(laws.lost(year)) == []
    assert list(laws.told(year, every=1 if WHOLE else 3)) == []


@every_year
def test_nothing_widens(name: str, until: int | None) -> None:
    """
    No word is in a file, in its name, or in what is printed, where somebody may read that who may not read the word.
    """
    assert list(laws.widened(played(name, until))) == []


@every_year
def test_what_was_said_stays_in_its_session(name: str, until: int | None) -> None:
    """
    Subjects come back until they have an end, actions too; what was said, how they are and why is on no later paper,
    and nothing goes to people who were not there, or to a new supervisor.
    """
    assert list(laws.carried(played(name, until))) == []


@every_year
def test_what_is_open_comes_back_and_nothing_else(name: str, until: int | None) -> None:
    """
    Each plan begins with what was put off or never spoken of, and with what is still to be done.
    """
    assert list(laws.ended(played(name, until))) == []


@every_year
def test_nobody_is_accused(name: str, until: int | None) -> None:
    """
    A paper that people only filled in and signed is "not closed", or "unchanged since it was closed".
    """
    assert list(laws.accused(played(name, until), every=1 if WHOLE else 9)) == []


@every_year
def test_nothing_said_is_nothing_said(name: str, until: int | None) -> None:
    """
    The journal has what was ticked, who signed and what was cancelled, and neither a model nor minutes beside that.
    """
    assert list(laws.counted(played(name, until))) == []


LAWS = (laws.lost, laws.told, laws.widened, laws.carried, laws.ended, laws.accused, laws.counted)


# --- each law finds what breaks it


def broken(folder: Path, until: int, owner: object, name: str, by: object) -> Played:
    with mock.patch.object(owner, name, by):
        return play(CHILDREN, folder, until)


@pytest.mark.long
def test_a_paper_that_is_not_cut_is_found_out(tmp_path: Path) -> None:
    """
    If a session were printed whole for everybody, the record would have what is between the two; and it would be
    another one for other words of theirs.
    """
    ring, change = CHANGES["the words of a topic"]
    whole = mock.patch.object(Session, "visible_to", lambda self, _: self)
    with whole:
        wrong, other = play(CHILDREN, tmp_path / "one", 1), play(change(CHILDREN), tmp_path / "other", 1)

    assert any("record-2026-01-14.docx (personal) shows what is 'pair'" in each for each in laws.widened(wrong))
    assert laws.got_by_others(wrong, ring) != laws.got_by_others(other, ring)


def test_an_answer_that_is_dropped_is_found_out(tmp_path: Path) -> None:
    """
    If closing dropped an answer, it would be missing on the copies.
    """
    real = closing.close_record
    wrong = broken(
        tmp_path, 1, closing, "close_record",
        lambda record, *more, **named: real(attrs.evolve(record, answers=record.answers[1:]), *more, **named),
    )  # fmt: skip

    assert any("in papers/supervisee" in each for each in laws.lost(wrong))


ALL_THAT_IS_OPEN = LastTime.open_topics


def without_the_supervisors(last: LastTime) -> tuple[OpenTopic, ...]:
    """
    What is open, without what the supervisor brought; what the supervisee brought has to be there to be dropped.
    """
    assert isinstance(ALL_THAT_IS_OPEN, property)
    assert ALL_THAT_IS_OPEN.fget is not None
    return tuple(each for each in ALL_THAT_IS_OPEN.fget(last) if each.brought.whose != "supervisor")


@pytest.mark.long
@pytest.mark.parametrize(
    ("owner", "name", "by", "until"),
    a_few(
        [
            (Brought, "open", property(lambda self: True), 3),
            (LastTime, "open_actions", (), 2),
            (Action, "open", property(lambda self: False), 2),
            (LastTime, "open_topics", property(without_the_supervisors), 2),
        ],
        4,
    ),
)
def test_what_comes_back_wrongly_is_found_out(owner: object, name: str, by: object, until: int, tmp_path: Path) -> None:
    """
    If what has an end came back, or what is open did not, the next plan would begin with other things.
    """
    assert list(laws.ended(broken(tmp_path, until, owner, name, by)))


def test_what_is_told_wrongly_is_found_out() -> None:
    """
    If a record were not cut to its reader, or kept an answer from them, its text would say so; a paper that was changed
    is named, and so is a journal that says more than people did.
    """
    year = played(*PLAYED[0])
    with mock.patch.object(Record, "visible_to", lambda self, _: self):
        assert any("shows auditor" in each for each in laws.told(year, every=3))
    with mock.patch.object(Record, "visible_to", lambda self, _: attrs.evolve(self, answers=())):
        assert any("keeps school" in each for each in laws.told(year, every=3))
    with mock.patch.object(records, "describe_changes", return_value=["the words have changed"]):
        assert list(laws.accused(year, every=9))
    later = {
        **year.files,
        "journal/2026-02-11.yaml": year.files["journal/2026-02-11.yaml"].replace(b"talked about", b"decided"),
    }
    assert list(laws.counted(attrs.evolve(year, folder=written(later))))


def written(files: dict[str, bytes]) -> Path:
    folder = Path(tempfile.mkdtemp())
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


# --- non-interference, over the year


def with_subject(key: str, **changes: str) -> Callable[[Year], Year]:
    return lambda year: attrs.evolve(year, subjects={**year.subjects, key: attrs.evolve(year.subjects[key], **changes)})


def with_sitting(n: int, **changes: object) -> Callable[[Year], Year]:
    def changed(year: Year) -> Year:
        sittings = [attrs.evolve(each, **changes) if i == n else each for i, each in enumerate(year.sittings)]  # type: ignore[arg-type]
        return attrs.evolve(year, sittings=tuple(sittings))

    return changed


#: What is private and changed, and the ring of it: whoever may not read that gets the same, byte for byte.
CHANGES: dict[str, tuple[Ring, Callable[[Year], Year]]] = {
    "the words of a topic": (Ring.PAIR, with_subject("door", words="a thing that nobody else needs to know, and longer")),
    "a reason": (Ring.PAIR, with_sitting(0, private="It is my mother, and it has been since the autumn")),
    "words in a box": (Ring.PERSONAL, with_sitting(0, said={"school": "Other words\nand two lines", "door": "None"})),
    "what became of a topic": (Ring.PERSONAL, with_sitting(1, became={"doubts": "decided"})),
    "the purpose of a topic": (Ring.PAIR, with_subject("door", purpose="decide")),
    "a comment of one's own": (Ring.OWN, with_sitting(0, copy="I would say so again")),
    "a comment on a signature": (Ring.PERSONAL, with_sitting(1, signs={"supervisee": "agreed with comments: no", "supervisor": "agreed"})),
    "the words of a later topic": (Ring.PAIR, with_subject("doubts", words="leave")),
    "an action": (Ring.PERSONAL, lambda year: attrs.evolve(year, deeds={**year.deeds, "ring": attrs.evolve(year.deeds["ring"], what="do not ring")})),
    "the reason of a decision": (Ring.CASE, with_sitting(2, case={"decision": "a visit", "why": "for no reason that is told"})),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("what", a_few(CHANGES, 9))
def test_one_private_thing_changes_no_byte_of_what_others_get(what: str, tmp_path: Path) -> None:
    """
    Two years that differ in one private thing: every file that somebody gets who may not read it is the same, names and
    data too; and those who may read it get other words.
    """
    ring, change = CHANGES[what]
    until = 3 if ring is Ring.CASE else 2
    one, other = played(CHILDREN.name, until), play(change(CHILDREN), tmp_path, until)

    assert one.files != other.files
    assert sorted(one.files) == sorted(other.files)
    ours, theirs = (laws.got_by_others(each, ring) for each in (one, other))
    assert len(ours) > 3
    assert [path for path in ours if ours[path] != theirs[path]] == []


# --- by the programs themselves


class LibreOffice(Door):
    """
    The command line, and every paper is opened and saved in LibreOffice before anything is done with it.
    """

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self.office = (tool("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless")

    def close(self, paper: Path, folder: Path, journal: Path, *, unsigned: bool = False) -> None:
        before = paper.read_bytes()
        with tempfile.TemporaryDirectory() as name:
            command = [*self.office, "--convert-to", "docx", "--outdir", name, str(paper)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            shutil.copy(Path(name) / paper.name, paper)
        assert paper.read_bytes() != before
        super().close(paper, folder, journal, unsigned=unsigned)


@pytest.mark.parametrize("year", [CHILDREN, NURSES], ids=lambda year: year.name)
def test_the_year_goes_on_through_libreoffice(year: Year, tmp_path: Path) -> None:
    """
    With every paper saved by LibreOffice before it is closed, and again before it is signed, all the laws hold. What
    comes back from Google Docs is saved by nobody else.
    """
    door = LibreOffice(tmp_path / "profile")
    sittings = (attrs.evolve(each, hand="word") if each.hand == "google" else each for each in year.sittings)
    year = attrs.evolve(year, sittings=tuple(sittings))
    with mock.patch.object(kept_plans, "new_id", side_effect=map("{:032}".format, itertools.count(1))):
        found = Player(year, tmp_path / "all", tmp_path / "desk", door).play(6 if WHOLE else 2)

    assert [broken for law in LAWS for broken in law(found)] == []
