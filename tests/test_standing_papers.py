"""
The papers that stand beside sessions: what they reckon, who may read them, and the worked scenario 9.1.
"""

from __future__ import annotations

import datetime
import itertools
import re
import typing
from pathlib import Path

import attrs
import holidays
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect import papers
from reflect.cli import main
from reflect.documents.templates import Templates
from reflect.errors import Refused
from reflect.files.forms import ListOf, OneOf
from reflect.files.objects import example_of, form_of
from reflect.papers import (
    ActionLog,
    Agreement,
    AnnualReview,
    AuditView,
    CaseRecord,
    Escalation,
    Informal,
    Request,
    StandingPaper,
    SupervisionLog,
    Workload,
)
from reflect.papers.logs import LoggedAction, LoggedSession
from reflect.papers.paper import OutOfPlace, fields_with_ring, view_of_paper
from reflect.papers.workload import ExtraDuty, LoadTotal, WeighedWork, in_a_row
from reflect.planning.agenda import arrange
from reflect.planning.session_file import load, private_lines
from reflect.questions.rings import READERS, Ring, narrows, reader
from reflect.reading_back import read
from reflect.rendering import session_papers as planned_papers
from reflect.rendering.rendering import render
from reflect.sessions import journal
from reflect.sessions.brought import Outcome
from reflect.sessions.days import delay_in_words
from reflect.sessions.nations import add_working_days, our_titles
from reflect.sessions.nations import nation as nation_of
from reflect.sessions.parts import UNPLACED, Action, Answered, Decision, ItemRecord, SignOff
from reflect.sessions.parts import Agreement as Agreed
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run
from tests.documents import FORMATS, everything_in, served

D = datetime.date
SCENARIOS = Path(__file__).parent / "scenarios"
#: The templates that are made of a standing paper, and the class each is made of.
STANDING = {
    name: papers.paper_of(about.of)
    for name in Templates().names()
    if (about := Templates().about(name)).of in papers.STANDING_PAPERS
}


@pytest.mark.parametrize("of", papers.STANDING_PAPERS)
def test_a_class_says_which_paper_it_makes(of: str) -> None:
    """
    The class that the table leads to says the word itself, and is called the same.
    """
    kind = papers.paper_of(of)

    assert of == kind.OF
    assert getattr(papers, kind.__name__) is kind


def test_a_field_without_a_ring_reaches_nobody() -> None:
    """
    Whoever forgets the ring of a field gets no paper at all, rather than one that everybody may read.
    """

    @attrs.frozen
    class Forgotten(StandingPaper):
        note: str = "x"

    with pytest.raises(Refused):
        Forgotten().visible_to(reader("supervisor"))
    with pytest.raises(Refused):
        view_of_paper(Forgotten(), None, reader("supervisor"))


# --- every field has a ring, and reaches nobody else


def filled(kind: type[StandingPaper], word: str) -> StandingPaper:
    """
    A paper with something in every field: texts hold *word*, with the name of the field behind it.
    """

    def value(field: attrs.Attribute[object], hint: object) -> object:
        inner = next(
            (each for each in typing.get_args(hint) if isinstance(each, type) and issubclass(each, StandingPaper)), None
        )
        if inner:
            return (filled(inner, f"{word}{field.name}-"),)
        if isinstance(hint, type) and issubclass(hint, StandingPaper):
            return filled(hint, f"{word}{field.name}-")
        form = field.metadata.get("form")
        if isinstance(form, OneOf):
            return form.known[-1]
        if isinstance(form, ListOf) and isinstance(form.each, OneOf):
            return (form.each.known[0],) * 3
        match str(hint):
            case text if text.startswith("float"):
                return 3.0
            case text if text.startswith("tuple[str"):
                return (f"{word}{field.name}",)
            case text if "datetime.datetime" in text:
                return datetime.datetime(2026, 3, 4, 16, 10)
            case text if text.startswith("tuple[datetime.date"):
                return (D(2026, 3, 4),)
            case text if "datetime.date" in text and not text.startswith("tuple"):
                return D(2026, 3, 4)
            case _ if hint is str:
                return f"{word}{field.name}"
            case _:
                return attrs.NOTHING

    hints = typing.get_type_hints(kind)
    made = {field.name: value(field, hints[field.name]) for field in attrs.fields(kind)}
    return kind(**{name: each for name, each in made.items() if each is not attrs.NOTHING})


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", list(STANDING))
def test_each_field_reaches_its_readers_and_nobody_else(name: str, to: str) -> None:
    """
    What is written in a field is in the file of a reader of its ring, and in no part of anybody else's.
    """
    paper = filled(STANDING[name], "QZ")
    seen = False
    for who in READERS:
        text = everything_in(render(paper, name, to=to, reader=who), to)
        seen = seen or "QZ" in text
        for field, ring in fields_with_ring(type(paper)):
            canary = f"QZ{field.name}"
            if canary in text:
                assert served(name, who).sees(ring), (who.name, field.name)
    assert seen


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", list(STANDING))
def test_papers_that_differ_in_what_is_hidden_are_one(name: str, to: str) -> None:
    """
    To a reader out of a paper's ring, a filled one and another give equal bytes.
    """
    one, other = filled(STANDING[name], "QZ"), filled(STANDING[name], "Something longer ")
    for who in READERS:
        if not any(served(name, who).sees(ring) for _, ring in fields_with_ring(STANDING[name])):
            assert render(one, name, to=to, reader=who) == render(other, name, to=to, reader=who)


@pytest.mark.parametrize("kind", sorted(set(STANDING.values()), key=lambda kind: kind.__name__))
@pytest.mark.parametrize("ring", list(Ring))
def test_a_field_of_the_wrong_ring_stops_the_template(kind: type[StandingPaper], ring: Ring, tmp_path: Path) -> None:
    """
    A template of a ring that asks for a field of a narrower one is an error that names the field and both rings; one
    that asks for what is never printed is an error too.
    """
    of = next(name for name in papers.STANDING_PAPERS if papers.paper_of(name) is kind)
    rings = {field.name: its for field, its in fields_with_ring(kind)} | dict(kind.SAYS)
    hidden = {field.name for field, _ in fields_with_ring(kind) if not field.metadata["printed"]}
    for name, its in rings.items():
        (tmp_path / "mine.md").write_text(
            f"---\nof: {of}\nring: {ring}\n---\n# T\n\n{{% if paper.{name} %}}x{{% endif %}}\n"
        )
        if narrows(ring, its) and name in hidden:
            with pytest.raises(reflect.TemplateFault, match=f"'{name}' is in the data of a paper, and never printed"):
                render("", "mine", to="txt", templates=[tmp_path])
        elif narrows(ring, its):
            render("", "mine", to="txt", templates=[tmp_path])
        else:
            with pytest.raises(
                reflect.TemplateFault, match=f"'{name}' belongs to the ring {its}, and this paper to the ring {ring}"
            ):
                render("", "mine", to="txt", templates=[tmp_path])


def test_nothing_can_be_asked_of_what_is_out_of_place() -> None:
    """
    Printing it, looping over it, comparing it or asking whether it is there: each is refused.
    """
    seen = view_of_paper(Workload(not_done="x"), Ring.CASE, reader("supervisor"))["not_done"]
    assert isinstance(seen, OutOfPlace)
    for ask in (str, bool, len, iter, lambda it: it == "x", lambda it: it != "x"):
        with pytest.raises(reflect.Refused):
            ask(seen)  # type: ignore[operator]


def test_a_failure_in_the_middle_tells_nothing(tmp_path: Path) -> None:
    """
    When a template fails after it has printed private things, the error and its chain hold none of them.
    """
    for name, kind in STANDING.items():
        about = Templates().about(name)
        text = "".join(
            f"{{{{ paper.{field.name} }}}}\n"
            for field, ring in fields_with_ring(kind)
            if narrows(about.ring or Ring.OPEN, ring)
        )
        for bad in ("{{ 1 // 0 }}", "{{ paper.nothing }}", "```answer\nno: x\n```", "{{ (1,)[9].x }}"):
            (tmp_path / "mine.md").write_text(f"---\nof: {about.of}\nring: {about.ring}\n---\n# T\n\n{text}\n{bad}\n")
            for who in READERS:
                with pytest.raises(reflect.ReflectError) as caught:
                    render(filled(kind, "QZ"), "mine", templates=[tmp_path], reader=who)
                said: BaseException | None = caught.value
                while said is not None:
                    assert "QZ" not in str(said) + repr(said)
                    said = said.__cause__ or said.__context__


@pytest.mark.parametrize("name", list(STANDING))
def test_a_blank_is_made_of_nothing_and_needs_no_reader(name: str) -> None:
    """
    Every paper can be printed as a blank, in every format, and filled in by hand.
    """
    for to in (*FORMATS, "pdf"):
        assert render("", name, to=to)


@pytest.mark.parametrize("name", list(STANDING))
def test_something_filled_in_needs_a_reader(name: str) -> None:
    """
    Leaving the reader out is an error once anything is filled in.
    """
    with pytest.raises(reflect.NoReader):
        render(filled(STANDING[name], "QZ"), name)


@pytest.mark.parametrize("name", [name for name in STANDING if name not in ("audit-view", "supervision-log")])
def test_what_is_filled_in_comes_back(name: str) -> None:
    """
    A filled paper is read back as a record in the paper's ring; printed from that record it has the same words.
    """
    who = next(r for r in READERS if r.sees(Templates().about(name).ring or Ring.OPEN) and r.name != "author")
    data = render(filled(STANDING[name], "word "), name, reader=who)
    record = reflect.read(data)
    again = reflect.read(render(record, name, reader=who))

    assert record.document == name
    assert record.answers
    placed = [each for each in record.answers if each.key != UNPLACED]
    assert all(narrows(Templates().about(name).ring or Ring.OPEN, each.ring) for each in placed)
    said = {each.key: each.text for each in placed if each.key != "log"}
    assert {each.key: each.text for each in again.answers if each.key in said} == said
    assert reflect.fingerprint(record) == reflect.fingerprint(again) or name in ("action-log", "case-action-log")


# --- their files


@pytest.mark.parametrize("name", list(STANDING))
def test_an_example_is_a_file_that_says_nothing(name: str, tmp_path: Path) -> None:
    """
    What `--example` prints is a file that can be made at once, and it names every field.
    """
    done = CliRunner().invoke(main, ["make", name, "--example"])
    file = tmp_path / "x.yaml"
    file.write_text(done.output)
    kind = STANDING[name]

    assert done.exit_code == 0
    assert done.output == example_of(kind)
    assert {field.name for field in form_of(kind).fields} <= set(re.findall(r"^([a-z-]+):", done.output, re.M))
    needed = [field.name for field in form_of(kind).fields if field.needed]
    if not needed:
        assert papers.load(kind, file) == kind()


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    """
    Three faults of a file are reported together, each at its line.
    """
    file = tmp_path / "x.yaml"
    file.write_text("date: yesterday\nunit: stones\nwork:\n- {kind: CP}\n")
    with pytest.raises(reflect.Faults) as caught:
        papers.load(Workload, file)

    assert [fault.line for fault in caught.value.faults] == [1, 2, 4]


# --- what they reckon


@given(st.dates(D(2020, 1, 1), D(2035, 12, 31)), st.integers(1, 30), st.sampled_from(our_titles()))
def test_working_days_are_counted_one_by_one(start: datetime.date, days: int, nation: str) -> None:
    """
    The day is a working one, and between the two there are as many working days as were asked for.
    """
    free = holidays.country_holidays(*nation_of(nation).holidays.split("-"))
    end = add_working_days(start, days, nation)
    span = [start + datetime.timedelta(days=n) for n in range(1, (end - start).days + 1)]

    assert end.weekday() < 5
    assert end not in free
    assert sum(day.weekday() < 5 and day not in free for day in span) == days


def test_nations_keep_their_own_holidays() -> None:
    """
    Over Saint Andrew's day and the second of January Scotland waits a day longer than England.
    """
    assert add_working_days(D(2025, 11, 28), 1, "Scotland") == D(2025, 12, 2)
    assert add_working_days(D(2025, 11, 28), 1, "England") == D(2025, 12, 1)
    assert add_working_days(D(2025, 5, 2), 1, "") == D(2025, 5, 5)


@given(st.dates(), st.integers(0, 400))
def test_when_it_was_written_is_said_in_days(happened: datetime.date, days: int) -> None:
    """
    "written the same day", "written 1 day later", "written 7 days later"; never that it was written at the time.
    """
    if happened > D(9990, 1, 1):
        return
    said = delay_in_words(happened, happened + datetime.timedelta(days=days))

    assert said == ("written the same day" if days == 0 else f"written {days} day{'s' if days > 1 else ''} later")


def test_no_paper_says_contemporaneous() -> None:
    """
    The word is in no template of ours, and in no sentence of a paper.
    """
    folder = Path(papers.__file__).parent.parent
    for file in (*folder.glob("templates/*.md"), *folder.glob("papers/*.py")):
        assert "contemporaneous" not in file.read_text("utf-8").lower()


weights = st.dictionaries(st.sampled_from(["CP", "CIN", "CLA"]), st.integers(0, 20), min_size=3)


@given(
    weights,
    st.lists(st.sampled_from(["CP", "CIN", "CLA"]), max_size=30),
    st.lists(st.integers(0, 20)),
    st.integers(0, 50),
)
def test_a_load_adds_up(points: dict[str, int], kinds: list[str], extras: list[int], stable: int) -> None:
    """
    The total is the sum of its rows, whatever the scheme, and it is compared with the limit.
    """
    load = Workload(
        weights=points,
        stable=stable,
        work=tuple(WeighedWork(ref=f"C{n}", kind=kind) for n, kind in enumerate(kinds)),
        extras=tuple(ExtraDuty(what="duty", points=each) for each in extras),
        limit=100,
    )
    if load.comes_to is None:
        assert [*kinds, *extras, stable] == [0]
        return
    assert (
        load.comes_to == sum(float(row[1]) for row in load.rows) == stable + sum(points[k] for k in kinds) + sum(extras)
    )
    assert ("too many" in load.over) == (load.comes_to > 100)


def test_only_one_of_said_and_written_shows() -> None:
    """
    A statement with one of the two dates says which is missing; with both it says both.
    """
    said = Workload(total=107, said=(D(2025, 4, 16),))
    written = Workload(total=107, written=(D(2025, 4, 16),))

    assert (said.spoken, said.in_writing) == ("said on 16 April 2025", "not yet in writing before today")
    assert (written.spoken, written.in_writing) == ("not yet said", "in writing on 16 April 2025")
    assert Workload(total=107).receipt == "not yet acknowledged"
    assert Workload(total=1, acknowledged=D(2025, 5, 1), by="team manager").receipt == (
        "acknowledged by the team manager on 1 May 2025"
    )


def test_a_gap_is_counted_from_what_was_agreed() -> None:
    """
    28 days agreed and 41 gone: 13 days overdue, in the letter with both dates and the length, and nothing personal.
    """
    letter = Request(date=D(2025, 5, 27), last=D(2025, 4, 16), every=28, minutes=90, to="team manager")
    text = render(letter, "supervision-request", to="txt", reader="supervisee").decode()

    assert letter.overdue == "13 days overdue"
    for part in ("13 days overdue", "27 May 2025", "16 April 2025", "90"):
        assert part in text
    assert attrs.evolve(letter, date=D(2025, 5, 14)).overdue == ""


def test_three_in_a_row_are_told_in_the_review() -> None:
    """
    Three statements that name vacancy make a line of the annual review, two do not; no case and nobody is in it.
    """
    assert AnnualReview(causes=("demand", "vacancy", "vacancy")).load == ""
    text = render(AnnualReview(causes=("demand", *["vacancy"] * 3)), "annual-review", to="txt", reader="supervisee")
    assert "3 workload statements in a row name vacancy as the cause." in text.decode()
    assert in_a_row(()) == ("", 0)


def test_an_unfinished_agreement_says_by_when() -> None:
    """
    Each open line says by when it is agreed, and a settled one does not.
    """
    some = Agreement(settle=D(2026, 6, 3), often="Every four weeks.")
    text = render(some, "agreement", to="txt", reader="supervisee").decode()
    whole = filled(Agreement, "x")

    assert " ".join(text.split()).count("to be agreed by 3 June 2026") == 13
    assert "to be agreed by" in " ".join(render("", "agreement", to="txt").decode().split())
    assert "to be agreed by" not in render(whole, "agreement", to="txt", reader="supervisee").decode()


def test_a_reason_nobody_gave_is_said_to_be_missing() -> None:
    """
    A decision without a reason prints "not recorded at the time"; a blank leaves room to write one.
    """
    happened = datetime.datetime(2026, 3, 4, 16, 10)
    decided = Informal(about="F08", happened=happened, decision="We wait.")
    assert "not recorded at the time" in render(decided, "informal", to="txt", reader="case-file").decode()
    assert "not recorded at the time" not in render("", "informal", to="txt").decode()
    with pytest.raises(reflect.Refused):
        Informal(happened=happened, written=happened - datetime.timedelta(days=1))


def test_an_escalation_is_unsent_until_it_is_sent() -> None:
    """
    It says whose it is until they send it, whom it goes to and who comes next.
    """
    up = Escalation(ladder=("team manager", "service manager", "head"), level=2, raised=D(2025, 5, 14), facts="x")
    text = render(up, "escalation", to="txt", reader="supervisee").decode()

    assert "Not sent. It is yours until you send it." in text
    assert (up.to, up.next, up.respond_by) == ("service manager", "head", D(2025, 5, 21))
    assert attrs.evolve(up, sent=D(2025, 5, 15)).standing == "Sent on 15 May 2025."
    with pytest.raises(reflect.Refused):
        attrs.evolve(up, level=4)


# --- groups


def group_record(authority: str) -> Record:
    answers = (
        (Answered(key="group.authority", ring=Ring.GROUP, lines=(Line(runs=(Run(text=authority),)),)),)
        if authority
        else ()
    )
    return Record(
        minutes=60,
        items=(ItemRecord(key="item-1", use="balint-group", minutes=60),),
        answers=answers,
        decisions=(Decision(what="Ask for a joint visit", why="Friday", who="", ring=Ring.GROUP),),
        document="group-record",
    )


def test_a_group_decides_nothing_unless_the_manager_is_there() -> None:
    """
    What a group agrees on needs a decision, with by when and whom they told; with the manager there it is one.
    """
    without = render(group_record(""), "group-record", to="txt", reader="group").decode()
    with_them = render(group_record("was in the room"), "group-record", to="txt", reader="group").decode()

    assert "Needed by" in without
    assert "What was decided" not in without
    assert "What was decided" in with_them
    assert "today, by telephone" in without


# --- passing on


def test_nothing_is_passed_on_without_a_name_a_reason_and_a_day(tmp_path: Path) -> None:
    """
    All three are needed, the ring gets wider and never narrower, and the two find on their notes what went where.
    """
    said = Answered(key="pair.said", ring=Ring.PAIR, lines=(Line(runs=(Run(text="QZwords"),)),))
    record = record_with(said)
    three = {"to": "service manager", "why": "somebody may come to harm", "told": "14 May 2025"}
    for name in three:
        with pytest.raises(reflect.Refused, match="say all three"):
            record.pass_on("pair.said", Ring.PERSONAL, **{**three, name: " "})
    for ring in (Ring.OWN, Ring.PAIR):
        with pytest.raises(reflect.Refused, match="wider"):
            record.pass_on("pair.said", ring, **three)
    with pytest.raises(reflect.UnknownKey):
        record.pass_on("pair.sad", Ring.PERSONAL, **three)

    passed = record.pass_on("pair.said", Ring.PERSONAL, **three)
    notes = " ".join(render(passed, "pair-notes", to="txt", reader="supervisee").decode().split())
    assert all(text in notes for text in three.values())
    file = reader("supervision-file")
    assert not record.visible_to(file).answer("pair.said")
    assert passed.visible_to(file).answer("pair.said") == "QZwords"
    assert passed.visible_to(file).passed == ()
    assert reflect.from_json(reflect.to_json(passed)) == passed
    assert render(passed, "audit-view", reader="auditor") == render(record, "audit-view", reader="auditor")


def test_a_row_of_passing_on_with_a_gap_is_told(tmp_path: Path) -> None:
    """
    On the notes of the two, who got something without its owner being told is a fault; with all three it is none.
    """
    for row, status in (("service manager | harm | 14 May", 0), ("service manager | harm | ", 1)):
        lines = (Line(runs=(Run(text=row),)),)
        record = Record(
            minutes=10,
            items=(),
            answers=(Answered(key="passed-on", ring=Ring.PAIR, lines=lines),),
            document="pair-notes",
        )
        file = tmp_path / "notes.json"
        file.write_text(reflect.to_json(record))
        assert CliRunner().invoke(main, ["check", str(file)]).exit_code == status


# --- logs


def test_personal_actions_and_those_of_cases_never_share_a_paper() -> None:
    """
    Each log prints its own, and what is between the two is in neither.
    """
    record = Record(
        minutes=60,
        items=(),
        actions=tuple(Action(what=f"QZ{ring}", who="SW", by="May", ring=ring) for ring in Ring),
    )
    log = ActionLog.of_record(record)
    personal = render(log, "action-log", to="txt", reader="supervisor").decode()
    case = render(log, "case-action-log", to="txt", reader="supervisor").decode()

    assert re.findall(r"QZ\w+", personal) == ["QZpersonal"]
    assert re.findall(r"QZ\w+", case) == ["QZcase"]
    assert render(record, "action-log", to="txt", reader="supervisor").decode() == personal


def test_a_log_of_sessions_from_a_journal() -> None:
    """
    The journal of scenario 9.1: one cancelled by the supervisor and not rearranged, three of the last six cut short.
    """
    kept = SupervisionLog.of_journal(journal.read(SCENARIOS / "children/journal"))
    log = attrs.evolve(kept, every=28, minutes=90, date=D(2025, 5, 27))

    assert log.flags == (
        "1 session cancelled by the supervisor and not rearranged",
        "3 of the last 6 sessions under 90 minutes",
    )
    assert log.overdue == "13 days overdue"
    text = render(log, "supervision-log", to="txt", reader="auditor").decode()
    assert "cancelled by the supervisor, not rearranged" in text
    for entry in journal.read(SCENARIOS / "children/journal").entries:
        for used in entry.used:
            assert used.model not in text


def test_remarks_for_the_two_alone_stay_out_of_the_review() -> None:
    """
    What the supervisee said was useful is in the review if it is for the file, and nowhere if it is for the two.
    """
    entries = (
        journal.JournalEntry(date=D(2026, 1, 1), minutes=60, useful="QZfile"),
        journal.JournalEntry(date=D(2026, 2, 1), minutes=60, useful="QZpair", ring=Ring.PAIR),
    )
    review = AnnualReview.of_journal(journal.Journal(entries))
    text = render(review, "annual-review", to="txt", reader="supervisee").decode()

    assert "QZfile" in text
    assert "QZpair" not in text
    assert "2 sessions planned, 2 held, 60 minutes on average." in text


# --- what an auditor may know


def record_with(*more: Answered) -> Record:
    return Record(
        minutes=90,
        items=(
            ItemRecord(key="item-1", use="arrive", minutes=10, outcome=Outcome.AS_PLANNED),
            ItemRecord(key="item-2", use="wellbeing-check-in", minutes=20, outcome=Outcome.CHANGED),
            ItemRecord(key="item-3", use="kolb-cycle", minutes=60, outcome=Outcome.NOT_REACHED),
        ),
        facts=(("date", "2025-05-14"), ("supervisee", "QZname")),
        answers=(Answered(key="item-1", ring=Ring.PERSONAL, lines=(Line(runs=(Run(text="QZnarrative"),)),)), *more),
        signed=(SignOff(role="supervisee", agreement=Agreed.WITH_COMMENTS, name="QZname", comments="QZcomment"),),
    )


@pytest.mark.parametrize("to", [*FORMATS, "pdf"])
@pytest.mark.parametrize("who", [each.name for each in READERS])
@pytest.mark.parametrize("ring", [Ring.OWN, Ring.PAIR])
def test_an_audit_view_is_the_same_with_or_without_anything_private(to: str, who: str, ring: Ring) -> None:
    """
    Byte for byte: an answer, an action, a decision for the two alone change nothing; nor does any word that was said.
    """
    bare = record_with()
    more = record_with(Answered(key="item-2", ring=ring, lines=(Line(runs=(Run(text="QZprivate"),)),)))
    more = attrs.evolve(
        more,
        actions=(Action(what="QZa", who="QZb", by="QZc", ring=ring),),
        decisions=(Decision(what="QZd", why="QZe", who="QZf", ring=ring),),
    )
    told = attrs.evolve(bare, answers=(), facts=(("date", "2025-05-14"),))

    assert render(more, "audit-view", to=to, reader=who) == render(bare, "audit-view", to=to, reader=who)
    assert render(told, "audit-view", to=to, reader=who) == render(bare, "audit-view", to=to, reader=who)


def test_what_an_auditor_gets() -> None:
    """
    Held, minutes, how each signed; no name, word, item or model, and nothing of what was reached.
    """
    text = render(record_with(), "audit-view", to="txt", reader="auditor").decode()

    for part in ("Held on 14 May 2025, 90 minutes planned.", "agreed with comments"):
        assert part in text
    assert "not signed" not in text
    assert "reached" not in text
    assert "Arriving" not in text
    assert "QZ" not in text
    assert "olb" not in text
    assert "heading" not in text.lower()
    cancelled = AuditView(session=LoggedSession(date=D(2024, 12, 18), status="cancelled", by="supervisor"))
    said = render(cancelled, "audit-view", to="txt", reader="auditor").decode()
    assert "18 December 2024: cancelled by the supervisor, not rearranged." in said


# --- scenario 9.1

CANARIES = ("HERON-LANTERN", "QUARTZ-MEADOW", "COPPER-TIDE")


@pytest.fixture(scope="module", params=["docx", "txt", "html"])
def pack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """
    All papers of the scenario with its three disclosures, by folder and name: every word of every part.
    """
    folder = tmp_path_factory.mktemp("pack")
    private = folder / "private.yaml"
    private.write_text("pair:\n" + "".join(f"- {word} separated from partner, hospital results\n" for word in CANARIES))
    private.chmod(0o600)
    told, settings = load(SCENARIOS / "children/session.yaml")
    plan = arrange(told.file, settings, journal.read(SCENARIOS / "children/journal"), private=private_lines(private))
    made = planned_papers.papers(plan, told.file, settings, more=planned_papers.MORE, to=request.param)
    return {
        f"{paper.folder}/{paper.name}": everything_in(paper.data, request.param)
        for paper in made
        if not paper.name.endswith((".ics", ".json"))
    }


def of(pack: dict[str, str], start: str) -> dict[str, str]:
    found = {name: text for name, text in pack.items() if name.partition("/")[2].startswith(start)}
    assert found, start
    return found


def test_disclosures_stay_between_the_two(pack: dict[str, str]) -> None:
    """
    Assertions 3 to 6: each canary is in the pair's notes and agenda, in no record, log, statement, escalation, or name.
    """
    for name, text in pack.items():
        kind = name.partition("/")[2]
        for canary in CANARIES:
            assert (canary in text) == kind.startswith(("pair-notes", "agenda")), name
        if not kind.startswith(("pair-notes", "agenda")):
            for word in ("separated", "hospital"):
                assert word not in text.lower(), name
        assert not any(canary in name for canary in CANARIES)


def test_5_each_case_record_holds_its_own_family(pack: dict[str, str]) -> None:
    """
    F11, F04 and F08, one record each; the decision in the corridor is in F08's, the same day, not yet confirmed.
    """
    records = of(pack, "case-record")
    families = {name: set(re.findall(r"(?<![0-9A-F{-])F(?:0\d|1[0-4])(?!\d)", text)) for name, text in records.items()}
    assert sorted(itertools.chain(*families.values())) == ["F04", "F08", "F11"]
    for name, text in records.items():
        assert name.startswith("case-file/")
        assert not re.search(r"\b107\b|rota|flexible|sticking", text)
        assert "Why this, and not something else" in text
        if families[name] == {"F08"}:
            assert re.search(r"[Ww]ritten the same day, not yet confirmed by the other person", text)
            assert "avoids compromising the enquiry" in text
    (informal,) = of(pack, "informal").values()
    assert "written the same day" in informal
    assert "ot yet confirmed by the other person" in informal


def test_6_the_statement_and_the_escalation(pack: dict[str, str]) -> None:
    """
    101, 104, 107; said on 16 April and not in writing before today; to the service manager by 21 May, and to nobody's
    folder but the worker's.
    """
    for text in of(pack, "workload-statement").values():
        for part in ("101", "104", "107", "said on 16 April 2025", "not yet in writing before today"):
            assert part in text
    up = of(pack, "escalation")
    assert list(up) == [next(name for name in up if name.startswith("supervisee/"))]
    for text in up.values():
        assert "service manager" in text
        assert "21 May 2025" in text
        assert "Not sent" in text


def test_actions_stand_in_their_own_logs(pack: dict[str, str]) -> None:
    """
    A3 is on the personal log of both, A1 on the case's; neither on the other's.
    """
    for text in of(pack, "action-log").values():
        assert "duty rota" in text
        assert "legal planning" not in text
    for text in of(pack, "case-action-log").values():
        assert "legal planning" in text
        assert "duty rota" not in text


def test_3_the_audit_view_of_the_scenario() -> None:
    """
    Held, 90 minutes, signed by both. No count of cases or headings: what was reached is the business of the two.
    """
    told, settings = load(SCENARIOS / "children/session.yaml")
    plan = arrange(told.file, settings, journal.read(SCENARIOS / "children/journal"))
    blank = read(render(plan.session, "record", reader="supervisee"))
    signs = tuple(SignOff(role=role, agreement=Agreed.AGREED) for role in ("supervisee", "supervisor"))
    audit = attrs.evolve(
        AuditView.of_record(attrs.evolve(blank, signed=signs)),
        session=LoggedSession(date=told.file.date, status="held", minutes=90),
    )
    text = render(audit, "audit-view", to="txt", reader="auditor").decode()

    assert "Held on 14 May 2025, 90 minutes." in text
    assert text.count("agreed") == 2
    assert not re.search(r"F\d\d|rota|headings|discussed|in depth", text)


def test_4_support_is_recorded_and_the_reason_is_not(tmp_path: Path) -> None:
    """
    The support line is in the personal record and may be in the own copy, which has no initials; the reason in neither.
    """
    from reflect.safekeeping.own_copies import own_copy

    told, settings = load(SCENARIOS / "children/session.yaml")
    plan = arrange(told.file, settings, journal.read(SCENARIOS / "children/journal"))
    blank = read(render(plan.session, "record", reader="supervisee"))
    wellbeing = next(item.key for item in blank.items if item.use == "wellbeing-check-in")
    line = "flexible start on Tuesdays and Thursdays until 30 June"
    said = (
        Answered(key=wellbeing, ring=Ring.PERSONAL, lines=(Line(runs=(Run(text=line),)),), asked="How you are"),
        Answered(key="pair.said", ring=Ring.PAIR, lines=(Line(runs=(Run(text="HERON-LANTERN separated"),)),)),
        Answered(key="x", ring=Ring.CASE, lines=(Line(runs=(Run(text="AK and BK"),)),)),
    )
    record = attrs.evolve(blank, answers=said)
    for name, who, thing in (("record", "supervisee", record), ("own-copy", "author", own_copy(record, {}))):
        text = everything_in(render(thing, name, reader=who), "docx")
        assert line in text
        assert "HERON-LANTERN" not in text
        assert not re.search(r"\bAK\b|\bBK\b", text)
    pair = everything_in(render(record, "pair-notes", reader="supervisor"), "docx")
    assert "HERON-LANTERN" in pair


def test_case_records_are_made_of_the_case_alone() -> None:
    """
    A field of the personal file has no place in the paper of a case, whoever asks.
    """
    fields = {field.name for field, _ in fields_with_ring(CaseRecord)}
    assert all(ring is Ring.CASE for _, ring in fields_with_ring(CaseRecord))
    assert not fields & {"workload", "wellbeing", "support"}
    assert LoggedAction().says is False
    assert Workload(earlier=(LoadTotal(date=D(2025, 1, 1), points=3),)).says
