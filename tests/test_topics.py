"""
What people bring keeps its name from the session file to the next plan, for those who may read it.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import attrs
import pytest

import reflect
from reflect.formats import word
from reflect.interchange.values import from_json, to_json
from reflect.planning.agenda import arrange
from reflect.planning.caseload import Case
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.question import Topic
from reflect.questions.rings import EVERYBODY, READERS, Ring
from reflect.questions.rings import reader as reader_of
from reflect.safekeeping.own_copies import prove
from reflect.sessions.brought import PIECE_OF_WORK, Brought, Outcome
from reflect.sessions.parts import ItemRecord
from reflect.sessions.pasting import write_plain_text
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.testing import twins
from tests.handbook import fill_in
from tests.hostile import packed
from tests.test_reading_back import saved_page
from tests.year.hands import places_of

DAY = datetime.date(2026, 3, 4)
SCHOOL, ROTA = Wish(what="what to say to the school"), Wish(what="the rota in April", purpose="decide")
FORM = Wish(what="the new form", purpose="tell", minutes=5)


#: An agency whose agendas have a line for each item.
LINES = Path(__file__).parent / "data" / "standing-items.yaml"


def planned(settings: str | Path = LINES, **changes: object) -> Plan:
    values = {"date": DAY, "minutes": 60, "supervisee_items": (SCHOOL, ROTA), "supervisor_items": (FORM,), **changes}
    return arrange(SessionFile(**values), profile(settings))  # type: ignore[arg-type]


def names(brought: tuple[Brought, ...]) -> list[tuple[str, str, str, str]]:
    return [(each.topic.id, each.topic.title, each.whose, each.purpose) for each in brought]


# --- planning


def test_each_wish_gets_a_topic_in_the_ring_of_whoever_brought_it() -> None:
    """
    The supervisee's is for the two, the supervisor's for the file; the questions are about the same id.
    """
    session = planned().session

    assert names(session.brought) == [
        ("2026-03-04.p1", "What to say to the school", "supervisee", ""),
        ("2026-03-04.p2", "The rota in April", "supervisee", "decide"),
        ("2026-03-04.s1", "The new form", "supervisor", "tell"),
    ]
    assert [item.topic.id for item in session.items if item.topic] == [each.topic.id for each in session.brought]
    assert {each.topic.ring for each in session.brought[:2]} == {Ring.PAIR}


def test_a_ring_in_the_file_counts_and_a_group_has_its_own() -> None:
    """
    An owner may say that a topic belongs in the file, or to the case; in a group all of it is the group's.
    """
    said = (attrs.evolve(SCHOOL, ring=Ring.PERSONAL), attrs.evolve(ROTA, ring=Ring.CASE))
    group = planned("restorative-nursing-group", people=6).session.brought

    assert [each.topic.id for each in planned(supervisee_items=said).session.brought] == [
        "2026-03-04.s1", "2026-03-04.c1", "2026-03-04.s2",
    ]  # fmt: skip
    assert [each.topic.id for each in group] == ["2026-03-04.g1", "2026-03-04.g2", "2026-03-04.g3"]


def test_what_was_put_off_keeps_the_day_it_was_first_brought_and_its_id() -> None:
    """
    The id has the day of `since`; if it is known whole, it stays, and no other gets it.
    """
    before = datetime.date(2026, 2, 4)
    again = attrs.evolve(SCHOOL, since=before)
    known = attrs.evolve(ROTA, since=before, id="2026-02-04.p1")
    session = planned(supervisee_items=(again, known)).session

    assert [each.topic.id for each in session.brought][:2] == ["2026-02-04.p2", "2026-02-04.p1"]
    assert session.brought[0].since == before


def test_a_private_topic_renumbers_no_other() -> None:
    """
    Whoever may not read a topic sees the ids of the others as they would be without it.
    """
    more = (Wish(what="a private thing"), SCHOOL, ROTA)
    for without, with_it in ((planned(), planned(supervisee_items=more)),):
        ids = [
            [each.topic.id for each in plan.session.brought if each.topic.ring is not Ring.PAIR]
            for plan in (without, with_it)
        ]
        assert ids[0] == ids[1] == ["2026-03-04.s1"]


def test_the_same_words_of_two_people_are_two_topics() -> None:
    """
    Each has the ring and the id of whoever brought it.
    """
    session = planned(supervisee_items=(SCHOOL,), supervisor_items=(SCHOOL,)).session

    assert {(each.topic.id, each.whose) for each in session.brought} == {
        ("2026-03-04.p1", "supervisee"), ("2026-03-04.s1", "supervisor"),
    }  # fmt: skip


def test_what_is_taken_in_and_what_has_no_room_is_not_lost() -> None:
    """
    An item holds what is taken in with it; the session what has no room; each wish is in one place.
    """
    many = tuple(Wish(what=f"matter {n}", minutes=10) for n in range(5))
    under = Wish(what="the rota", under="workload")
    plan = planned(supervisee_items=(under, many[0]), supervisor_items=many)
    session = plan.session

    assert next(item for item in session.items if item.set.key == "workload").brought[0].topic.title == "The rota"
    assert session.put_off
    assert len({each.topic.id for each in session.brought}) == 7
    taken = [each for item in session.items for each in item.brought]
    assert not set(taken) & set(session.put_off)


def test_a_case_is_a_topic_of_the_case() -> None:
    """
    A family with a talk of its own is one, and so is one that was chosen and has no slot today.
    """
    cases = tuple(Case(ref=f"C{n}", family=f"F{n}") for n in (1, 2, 3))
    session = planned(cases=cases, choose=("F1", "F2"), slots=1, supervisee_items=(), supervisor_items=()).session

    assert names(session.brought) == [
        ("2026-03-04.c1", "F1", "supervisee", ""),
        ("2026-03-04.c2", "F2", "supervisee", ""),
    ]
    assert names(session.put_off) == names(session.brought)[1:]


# --- who sees it


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("changed", [{"what": "quite another matter"}, {"purpose": "tell"}])
def test_who_may_not_read_a_topic_cannot_tell_it_from_another(reader: reflect.Reader, changed: dict[str, str]) -> None:
    """
    Neither its words nor what it is for change anything that is left for them; the two see the difference.
    """
    other = planned(supervisee_items=(attrs.evolve(SCHOOL, **changed), ROTA)).session
    one = planned().session

    assert (one.visible_to(reader) == other.visible_to(reader)) is not reader.sees(Ring.PAIR)


def test_whose_it_is_is_the_readers_of_the_topic_to_know() -> None:
    """
    A topic that both brought, and the same of one of them, are alike for the file.
    """
    session = planned().session
    brought = session.items[4].brought
    assert brought[0].whose == "supervisee"
    both = attrs.evolve(brought[0], whose="both")
    item = attrs.evolve(session.items[4], brought=(both,), set=attrs.evolve(session.items[4].set, whose="both"))
    other = attrs.evolve(session, items=(*session.items[:4], item, *session.items[5:]))

    assert session.visible_to(reader_of("supervision-file")) == other.visible_to(reader_of("supervision-file"))
    assert session.visible_to(reader_of("supervisee")) != other.visible_to(reader_of("supervisee"))


def test_in_the_personal_file_a_case_is_a_piece_of_work() -> None:
    """
    Without its reference, its number and its owner; what is not of the file either leaves nothing at all.
    """
    case = Brought(
        topic=Topic("2026-03-04.c7", "F11", Ring.CASE), whose="supervisee", purpose="think", until="F11 moves"
    )
    pair = Brought(topic=Topic("2026-03-04.p1", "the manager", Ring.PAIR))
    item = ItemRecord(key="item-3", use="kolb-cycle", minutes=20, brought=(case, pair))
    file = EVERYBODY.within(Ring.PERSONAL)

    assert item.visible_to(file).brought == (Brought(topic=Topic(PIECE_OF_WORK, "", Ring.PERSONAL)),)
    assert item.visible_to(file).visible_to(file) == item.visible_to(file)
    assert item.visible_to(reader_of("auditor")).brought == ()
    assert item.visible_to(reader_of("case-file")).brought == (case,)


# --- the record

UNDER = Wish(what="the rota in May", under="workload", ring=Ring.PERSONAL)
OPENLY = attrs.evolve(SCHOOL, ring=Ring.PERSONAL)
CASES = tuple(Case(ref=f"C{n}", family=f"F{n}") for n in (1, 2))


def printed(session: Session, reader: str = "supervisee", **options: object) -> str:
    return " ".join(reflect.render(session, "record", to="txt", reader=reader, **options).decode().split())  # type: ignore[arg-type]


def filled(session: Session, places: dict[str, str], folder: Path, **options: object) -> Record:
    paper = folder / "record.docx"
    made = reflect.document(session, "record", reader="supervisee", **options)  # type: ignore[arg-type]
    paper.write_bytes(word.write(made))
    fill_in(paper, places)
    return reflect.read(paper)


def test_a_box_is_headed_by_its_topic_where_all_its_readers_may_see_it() -> None:
    """
    The model stands small beside it; a case is a piece of work, and what is between the two is "The talk", with a line
    to name it.
    """
    text = printed(planned(supervisee_items=(OPENLY, ROTA), cases=CASES, choose=("F1",), minutes=90).session)

    assert re.search("What to say to the school _+", text)
    assert "The talk: A piece of work: see its record " in text
    for hidden in ("rota", "F1", "To decide", "What became of the plan", "as planned"):
        assert hidden not in text
    assert re.search("The talk _+ we thought", printed(planned(supervisee_items=(ROTA,)).session))


def test_nobody_is_asked_what_became_of_the_frame() -> None:
    """
    A record with boxes had ticks at each topic, and none at how somebody is, at previous actions or at the close. One
    with entries has none at all: what is written shows what became of a topic.
    """
    session = planned(supervisee_items=(ROTA, UNDER)).session
    entries = reflect.document(session, "record", reader="supervisee")
    assert not any(place.startswith("item-") and "outcome" in place for place in places_of(word.write(entries)))
    paper = reflect.document(session, "record", reader="supervisee", marks=("boxes",))
    keys = [block.key for block in paper.blocks if getattr(block, "options", ()) and block.key.startswith("item-")]  # type: ignore[union-attr]

    assert keys == [
        "item-4.2026-03-04.s1.outcome", "item-5.outcome", "item-6.outcome", "item-7.outcome",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """
    A record that two people filled in: a topic put off, one named for the record, one talked about, one taken in.
    """
    places = {
        "item-5": "We ask for a meeting.",
        "item-5.outcome.3": "x",
        "item-5.until": "Thursday, 10:00",
        "item-6.name": "The rota",
        "item-6.outcome.2": "x",
        "item-7.outcome.1": "x",
        "item-4.2026-03-04.s1": "It is too much.",
        "item-4.2026-03-04.s1.outcome.3": "x",
        "item-4.2026-03-04.s1.until": "April",
        "not-reached": "Nothing much.",
    }
    session = attrs.evolve(planned(supervisee_items=(SCHOOL, ROTA, UNDER)).session, series="k7m2")
    return filled(session, places, tmp_path_factory.mktemp("record"), marks=("boxes",))


def test_what_was_ticked_and_named_comes_back_with_its_topic(record: Record) -> None:
    """
    The id, the words that are printed there, the ring, what became of it and until when: of each, what the paper says.
    """
    said = {item.key: [(b.topic, b.whose, b.purpose, b.became, b.until) for b in item.brought] for item in record.items}

    assert record.outcome("item-5") == "put off"
    assert (record.items[4].until, said["item-5"]) == ("Thursday, 10:00", [])
    assert said["item-6"] == [(Topic("item-6", "The rota", Ring.PERSONAL), "both", "", Outcome.DECIDED, "")]
    form = Topic("2026-03-04.s2", "The new form", Ring.PERSONAL)
    assert said["item-7"] == [(form, "supervisor", "tell", Outcome.TALKED, "")]
    rota = Topic("2026-03-04.s1", "The rota in May", Ring.PERSONAL)
    assert said["item-4"] == [(rota, "supervisee", "", Outcome.PUT_OFF, "April")]
    assert (record.answer("item-4.2026-03-04.s1"), record.answer("not-reached")) == ("It is too much.", "Nothing much.")
    assert record.reading is not None
    assert record.reading.certain


def test_it_is_printed_and_read_again_and_is_the_same_in_json(record: Record) -> None:
    """
    What one program tells another about a record is the record, and so is its own copy of the page.
    """
    again = reflect.render(record, "record", reader="supervisee")

    assert reflect.read(again) == record
    assert from_json(to_json(record)) == record
    assert reflect.fingerprint(reflect.read(again)) == reflect.fingerprint(record)
    assert reflect.compare(record, reflect.read(again)) == ()


def test_a_saved_page_gives_the_same_record(record: Record) -> None:
    """
    Its topics, what became of them and until when, and what was written under each, are those of the Word file.
    """
    page = saved_page(reflect.document(record, "record", reader="supervisee"))
    found = reflect.read(to_json(page).encode())

    assert found.items == record.items
    assert {each.key: (each.text, each.asked) for each in found.answers} == {
        each.key: (each.text, each.asked) for each in record.answers
    }


def test_pasted_text_says_what_became_of_each_topic(record: Record) -> None:
    """
    Under its name for those who may read it, and otherwise as the talk.
    """
    text = write_plain_text(record, "supervisee")

    for line in (
        "The talk: put off until Thursday, 10:00",
        "The rota: decided",
        "The rota in May: put off until April",
    ):
        assert line in text
    assert "THE TALK\nWe ask for a meeting." in text
    assert "THE ROTA IN MAY\nIt is too much." in text


def test_names_are_replaced_in_topics_too(record: Record) -> None:
    """
    An own copy has topics with the names in them replaced, and can still be proved.
    """
    copy = reflect.own_copy(record, {"rota": "list", "April": "spring"})

    assert [each.topic.title for each in copy.brought][:2] == ["The [list] in May", "The [list]"]
    assert copy.brought[0].until == "[spring]"
    assert prove(copy, record).proven


def test_two_copies_that_differ_in_a_topic_or_in_what_became_of_it_differ(record: Record) -> None:
    """
    Each difference is named, and those in what no paper has are none.
    """
    item = record.items[5]
    topic = attrs.evolve(item.brought[0].topic, title="Something else")
    other = attrs.evolve(item, outcome=Outcome.DROPPED, brought=(attrs.evolve(item.brought[0], topic=topic),))
    theirs = attrs.evolve(record, items=(*record.items[:5], other, *record.items[6:]))

    assert [each.where for each in reflect.compare(record, theirs)] == [
        "The topic of item-6",
        "What became of own-item",
    ]
    assert reflect.fingerprint(record) != reflect.fingerprint(theirs)


def without(data: bytes, part: str, pattern: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return packed({**parts, part: re.sub(pattern, "", parts[part].decode(), flags=re.DOTALL).encode()})


PROPERTIES = ("docProps/custom.xml", "<property .*</property>")
CONTROLS = (
    "word/document.xml",
    "<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*</w:sdtPr><w:sdtContent>|</w:sdtContent></w:sdt>",
)


def test_without_its_properties_a_paper_gives_what_its_tags_and_words_say(record: Record) -> None:
    """
    As Google Docs leaves it: the topics that are printed, and what was ticked, in the ring of the paper and no wider.
    """
    bare = reflect.read(without(reflect.render(record, "record", reader="supervisee"), *PROPERTIES))
    said = {item.key: item for item in bare.items}

    assert [each.topic.title for each in said["item-6"].brought] == ["The rota"]
    assert [each.topic.title for each in said["item-7"].brought] == ["The new form"]
    assert [each.topic.id for each in said["item-4"].brought] == ["2026-03-04.s1"] if "item-4" in said else True
    assert (said["item-5"].outcome, said["item-5"].until) == (Outcome.PUT_OFF, "Thursday, 10:00")
    assert said["item-5"].brought == ()
    assert {each.topic.ring for each in bare.brought} == {Ring.PERSONAL}


def test_without_its_controls_a_paper_says_the_same(record: Record) -> None:
    """
    The words behind "put off until" are read behind the option, and no label is taken for an answer.
    """
    bare = reflect.read(without(reflect.render(record, "record", reader="supervisee"), *CONTROLS))

    assert bare.items == record.items
    assert bare.answers == record.answers


def test_the_data_of_a_paper_has_nothing_of_a_topic_that_it_may_not_name() -> None:
    """
    Neither its id nor what it is for; of what it names, it has both, and the series.
    """
    session = attrs.evolve(
        planned(supervisee_items=(attrs.evolve(SCHOOL, purpose="think"), ROTA)).session, series="k7m2"
    )
    about = dict(reflect.document(session, "record", reader="supervisee").about)

    assert about["brought"] == "item-7=2026-03-04.s1/supervisor/tell"
    assert about["series"] == "k7m2"
    assert session.visible_to(reader_of("auditor")).series == ""


@pytest.mark.parametrize("changed", [{"what": "quite another matter"}, {"purpose": "decide"}])
@pytest.mark.parametrize("to", ["docx", "txt", "html"])
def test_papers_for_others_are_the_same_whatever_is_between_the_two(to: str, changed: dict[str, str]) -> None:
    """
    Byte for byte; the agenda of the two differs.
    """
    short = attrs.evolve(SCHOOL, minutes=5)
    pair = [
        planned("general", supervisee_items=(wish, ROTA, UNDER)).session
        for wish in (short, attrs.evolve(short, **changed))
    ]
    made = [reflect.render(each, "record", to=to, reader="supervisee") for each in pair]

    assert made[0] == made[1]
    assert twins("agenda", *pair, Ring.PAIR, formats=["txt"]) == ()
    assert printed_agenda(pair[0]) != printed_agenda(pair[1])


def printed_agenda(session: Session) -> bytes:
    return reflect.render(session, "agenda", to="txt", reader="supervisee")


@pytest.mark.parametrize(
    ("name", "outcomes"), [("record-0.1", "as planned, not reached, changed"), ("group-record-0.1", "changed")]
)
def test_a_paper_of_an_earlier_version_is_read_as_it_was(name: str, outcomes: str) -> None:
    """
    A note says so; the record is what that version read, with the same fingerprint, and is printed as it was.
    """
    folder = Path(__file__).parent / "data"
    found = reflect.read(folder / f"{name}.docx")
    then = from_json((folder / f"{name}.json").read_text("utf-8"))
    again = reflect.read(reflect.render(found, found.document, reader="group" if "group" in name else "supervisee"))

    assert found == then == again
    assert ", ".join(str(item.outcome) for item in found.items if item.outcome) == outcomes
    assert found.reading is not None
    assert found.reading.notes == ("it was printed by an earlier version, and is read as it was then",)
    assert again.reading is not None
    assert again.reading.notes == ()
