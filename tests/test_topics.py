"""
What people bring keeps its name from the session file to the next plan, for those who may read it.
"""

from __future__ import annotations

import datetime

import attrs
import pytest

import reflect
from reflect.planning.agenda import arrange
from reflect.planning.caseload import Case
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.question import Topic
from reflect.questions.rings import EVERYBODY, READERS, Ring
from reflect.questions.rings import reader as reader_of
from reflect.sessions.brought import PIECE_OF_WORK, Brought
from reflect.sessions.parts import ItemRecord

DAY = datetime.date(2026, 3, 4)
SCHOOL, ROTA = Wish(what="what to say to the school"), Wish(what="the rota in April", purpose="decide")
FORM = Wish(what="the new form", purpose="tell", minutes=5)


def planned(settings: str = "general", **changes: object) -> Plan:
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
