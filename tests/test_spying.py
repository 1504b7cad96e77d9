"""
Twins of the round: what only the two may read changes nothing in what others get, of a plan and of what follows from it.
"""

from __future__ import annotations

import datetime

import attrs
import pytest
import yaml

import reflect
from reflect.planning.agenda import arrange
from reflect.planning.joint import file_of_each
from reflect.planning.kept_plans import keep_plan
from reflect.planning.last_time import LastTime
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import Promise, SessionFile, parse
from reflect.planning.what_follows import Asked, follow
from reflect.questions.rings import READERS, Ring, reader
from reflect.rendering.planned_papers import action_log
from reflect.sessions.journal import CarriedItem, JournalEntry, ModelUse

FILE = reader("supervision-file")
BASE = {"date": "2031-03-05", "minutes": 90, "supervisor-items": ["the form"]}
#: What each of the two brings besides, for the supervision file.
COURSE = {"what": "a course", "ring": "personal"}


def file_with(brought: list[object], **more: object) -> SessionFile:
    return parse(yaml.safe_dump({**BASE, "supervisee-items": brought, **more})).file


def planned(file: SessionFile) -> Plan:
    return arrange(file, profile(file.profile))


def got_by(plan: Plan, ring: Ring) -> dict[str, str]:
    """
    The session as data, as each reader gets it who may not read what is of a ring.
    """
    return {who.name: reflect.to_json(plan.session.visible_to(who)) for who in READERS if not who.sees(ring)}


@pytest.mark.parametrize("purpose", ["decide", "think", "tell"])
def test_the_purpose_of_what_is_between_two_chooses_no_question_for_others(purpose: str) -> None:
    """
    What is asked about an item on the supervision file does not follow from what a topic of the two is for.
    """
    one = planned(file_with(["the heron", COURSE]))
    other = planned(file_with([{"what": "the heron", "purpose": purpose}, COURSE]))

    assert one.session.items != other.session.items
    assert got_by(one, Ring.PAIR) == got_by(other, Ring.PAIR)


@pytest.mark.parametrize("minutes", [30, 45, 90])
@pytest.mark.parametrize(("under", "ring"), [("", "pair"), ("learning", "pair"), ("", "case")])
def test_who_brought_what_is_for_fewer_shows_in_no_minute_and_no_place(minutes: int, under: str, ring: str) -> None:
    """
    A topic of the two, or of a case, has the same time and the same place, whichever of them brought it.
    """
    theirs = {"what": "the heron", "ring": ring, **({"under": under} if under else {})}
    one = planned(file_with([COURSE, theirs], minutes=minutes))
    other = planned(file_with([COURSE], minutes=minutes, **{"supervisor-items": [theirs, "the form"]}))

    assert {each.topic.title: each.whose for each in one.session.brought} != {
        each.topic.title: each.whose for each in other.session.brought
    }
    assert got_by(one, Ring(ring)) == got_by(other, Ring(ring))


def test_which_case_it_is_chooses_no_model() -> None:
    """
    The supervision file says which model a talk about a piece of work had, and nobody can tell from it which it was.
    """
    cases = [{"ref": f"F{n}", "kind": "child-protection"} for n in range(1, 5)]
    others = [{"ref": f"G{n}", "kind": "child-protection"} for n in range(1, 5)]
    more = {"profile": "childrens-social-work", "minutes": 120}
    one, other = (planned(file_with([COURSE], cases=each, **more)) for each in (cases, others))

    assert any(each.topic.ring is Ring.CASE for each in one.session.brought)
    for who in (FILE, reader("author"), reader("auditor")):
        assert one.session.visible_to(who) == other.session.visible_to(who)


def test_an_action_of_the_two_is_on_no_log() -> None:
    """
    A log of actions has what is on files: what is between the two is on neither of its lists, whatever it is about.
    """
    kept = (Promise(what="swap the week", who="supervisee"), Promise(what="ring them", who="supervisee", case="F11"))
    theirs = (
        Promise(what="see the doctor", who="supervisee", ring=Ring.PAIR),
        Promise(what="tell her so", who="supervisee", case="F11", ring=Ring.PAIR),
    )
    plain = file_with([])
    with_, without = (
        action_log(planned(attrs.evolve(plain, previous_actions=each))) for each in ((*kept, *theirs), kept)
    )

    assert [each.what for each in (*without.personal, *without.case)] == ["swap the week", "ring them"]
    assert with_ == without


def test_what_is_named_for_the_file_later_has_an_id_of_the_file() -> None:
    """
    The id of a topic that its owner puts on record says nothing of others that stay between the two.
    """

    def brought_again(*before: str) -> list[tuple[str, str]]:
        file = file_with([*before, "the heron"])
        plan = planned(file)
        last = LastTime(plans=(keep_plan(plan, file, profile("general")),))
        again = follow(last, Asked(bring=("the heron",), on_record=True))
        topics = planned(again.file).session.brought
        return [(each.topic.id, each.topic.title) for each in topics if each.topic.ring is Ring.PERSONAL]

    assert brought_again() == brought_again("a wren", "an owl")
    assert "The heron" in [title for _, title in brought_again()]
    assert not [name for name, _ in brought_again() if ".p" in name]


@pytest.mark.parametrize("attended", [None, 0, 6])
def test_a_journal_shows_others_neither_questions_nor_cases_nor_what_waits(attended: int | None) -> None:
    """
    What was asked follows from what a topic of the two was for, a case from whom they spoke of, and a heading and a
    model from what the session was for: only who was there gets them. A group was there if it was counted.
    """
    day = datetime.date(2031, 3, 5)

    def entry(use: str, question: str, family: str, waits: int, items: tuple[str, ...]) -> JournalEntry:
        used = (ModelUse(model=use, family=family, questions=(f"{use}.{question}",)),)
        carried = (CarriedItem(since=day, file="session.yaml", item=waits),) * waits
        return JournalEntry(date=day, used=used, items=items, questions=(question,), carried=carried, attended=attended)

    plain = ("before", "talk", "close")
    one = entry("kolb-cycle", "a", "F11", 1, plain)
    others = (
        entry("kolb-cycle", "b", "F12", 2, plain),
        entry("gibbs-cycle", "a", "F11", 1, plain),
        entry("kolb-cycle", "a", "F11", 1, ("before", "frame", "close")),
    )
    for who in READERS:
        was_there = who.sees(Ring.PAIR) or (who.sees(Ring.GROUP) and attended is not None)
        seen = one.visible_to(who)
        assert [seen == other.visible_to(who) for other in others] == [not was_there] * 3, who.name
        assert seen.attended == attended
        assert bool(seen.used or seen.items or seen.questions or seen.carried) is was_there, who.name
    assert one.visible_to(reader("supervisee")) == one
    assert (one.visible_to(reader("group")) == one) is (attended is not None)


def test_what_was_taken_in_comes_back_where_it_was_taken_in() -> None:
    """
    A topic that was to be spoken of with how they are comes back there: others see no item more, and nothing of it.
    """

    def next_plan(*more: object) -> Plan:
        file = file_with([COURSE, *more])
        last = LastTime(plans=(keep_plan(planned(file), file, profile("general")),))
        return planned(follow(last, Asked(date=datetime.date(2031, 4, 2))).file)

    under = {"what": "the owl", "under": "wellbeing"}
    one, other = next_plan(), next_plan(under)

    assert "The owl" in [each.topic.title for each in other.session.brought]
    assert got_by(one, Ring.PAIR) == got_by(other, Ring.PAIR)


@pytest.mark.parametrize("who", ["NK", "nk", "N.K.", "N K", "NK, with the nurse"])
def test_an_action_of_one_supervisee_is_with_no_other(who: str) -> None:
    """
    However somebody writes who does it, an action of one supervisee of a joint session goes into nobody else's folder;
    what several of them do goes to each, and what nobody of them does to all.
    """

    def actions_of_each(who: str) -> list[list[str]]:
        file = SessionFile(
            date=datetime.date(2031, 7, 15),
            supervisees=("AM", "NK"),
            previous_actions=(Promise(what="hers", who="AM"), Promise(what="theirs", who=who)),
        )
        return [[each.what for each in one.previous_actions] for one in file_of_each(file)]

    assert actions_of_each(who) == [["hers"], ["theirs"]]
    assert actions_of_each("NK and AM") == [["hers", "theirs"], ["theirs"]]
    assert actions_of_each("the nurse") == [["hers", "theirs"], ["theirs"]]


def test_how_often_an_action_was_carried_is_for_nobody_else() -> None:
    """
    A kept plan that is cut for a file, an audit or another person has no count of anything.
    """
    file = attrs.evolve(file_with([]), previous_actions=(Promise(what="swap", who="supervisee", carried=2),))
    kept = keep_plan(planned(file), file, profile("general"))

    for who in READERS:
        were_there = who.sees(Ring.PAIR) or who.sees(Ring.GROUP)
        assert bool(kept.visible_to(who).counts) is (were_there and who.sees(Ring.PERSONAL)), who.name
