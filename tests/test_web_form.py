"""
From a web form to paper: a record is made of what a developer has, under the words that they have for its places.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reflect
import reflect.testing
from reflect.planning import arrange, profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import READERS, Ring
from reflect.sessions.from_session import ABOUT_A_TALK, OTHER_PLACES
from reflect.sessions.parts import Action, ActionState, Agreement, SignOff
from reflect.sessions.session import Session
from reflect.text.nodes import Choice, Entry, Fact
from tests.documents import of_the_day
from tests.test_reading_back import saved_page

DAY = datetime.date(2026, 3, 4)
SECRET = "zanzibar"


def hour() -> Session:
    wishes = (Wish(what="what to say to the school", ring=Ring.PERSONAL), Wish(what="the rota in April"))
    return arrange(SessionFile(date=DAY, supervisee_items=wishes), profile("general")).session


HOUR = hour()
TALK, SHORT = "What to say to the school", "The rota in April"


def faults_of(**given: object) -> list[reflect.Fault]:
    with pytest.raises(reflect.Faults) as told:
        reflect.Record.of(HOUR, **given)  # type: ignore[arg-type]  # what is wrong is tried
    return list(told.value.faults)


# --- as on paper


def test_it_is_what_is_read_from_the_paper_that_is_filled_in_alike() -> None:
    """
    The words of a form make the record that the same words on the paper make: answers, decisions, actions, signatures.
    """
    said = {key: f"Here is {key}." for key in OTHER_PLACES if key not in ("also-today", "not-reached")}
    talk = {part: f"This was {part}." for part in ABOUT_A_TALK}
    page = saved_page(reflect.document(HOUR, "record", reader="supervisor"))
    filled = {**said, **{f"item-3{end}": talk[part] for part, end in ABOUT_A_TALK.items()}}
    answers = tuple((key, filled.get(key, text)) for key, text in page.answers)
    read = reflect.read(reflect.to_json(attrs.evolve(page, answers=answers)).encode())

    made = reflect.Record.of(HOUR, {**said, TALK: talk})

    assert {key for key, _ in page.answers} >= {*filled}
    assert {each.key: each.text for each in made.answers} == {each.key: each.text for each in read.answers}
    assert {each.key: each.ring for each in made.answers} == {each.key: each.ring for each in read.answers}
    assert made.decisions == read.decisions != ()
    assert [each.use for each in made.items] == [each.use for each in read.items]
    assert made.items[2].brought[0].became == read.items[2].brought[0].became == "decided"
    assert (made.facts, made.minutes, made.document) == (read.facts, read.minutes, read.document)


def test_the_places_are_those_of_the_paper() -> None:
    """
    Every place of a record that takes words, and is about no item, is known; and no other.
    """
    blocks = reflect.document("arrive@3 + kolb-cycle@45 + close@12", "record").blocks
    places = [place for block in blocks if isinstance(block, Entry) for place in block.places]
    beside = [each.beside for each in places if isinstance(each, Choice) and each.beside]
    keys = {each.key for each in (*places, *beside) if not isinstance(each, Choice) and hasattr(each, "key")}
    own = {each.key for each in places if isinstance(each, Fact) and each.key in dict.fromkeys(dict(HOUR.facts))}
    about_items = {key for key in keys if key.startswith(("item-", "last-"))}

    assert keys - own - about_items - {"actions", "supervisee", "supervisor", "place"} == {*OTHER_PLACES}


def test_it_prints_and_is_read_back() -> None:
    """
    What was written is on the paper, and the same when it comes back.
    """
    made = reflect.Record.of(
        HOUR,
        {TALK: {"thought": "The tone.", "decided": "AM rings on Friday"}, "support": "a quiet room"},
        actions=["AM: ring the school · Friday"],
        signed={"supervisee": "agreed"},
    )
    again = reflect.read(reflect.render(made, "record", reader="supervisor"))

    assert reflect.from_json(reflect.to_json(made)) == made
    assert {each.key: each.text for each in again.answers} == {each.key: each.text for each in made.answers}
    assert [(each.id, each.who, each.what, each.by) for each in again.actions] == [
        ("2026-03-04.s1", "AM", "ring the school", "Friday")
    ]
    assert again.actions == made.actions
    assert again.decisions == made.decisions
    assert again.signature("supervisee")["value"] == "agreed"


# --- words


def words_of(session: Session) -> Iterator[str]:
    general = reflect.wording("general")
    for number, item in enumerate(session.items, 1):
        yield from (f"item-{number}", item.title, item.set.key)
        yield from (text for each in item.brought for text in (each.topic.id, each.topic.title))
        for question in item.set.asks:
            yield from (question.key, general.fill(general.stage(question).text))


@given(reflect.testing.sessions(), st.data())
def test_every_name_leads_to_one_place_or_is_refused(session: Session, data: st.DataObject) -> None:
    """
    Whichever words of a session are written under, there is one answer in one place, or a fault with the path of the
    field; and no reader sees what was written under a topic who may not see the topic.
    """
    name = data.draw(st.sampled_from([each for each in words_of(session) if each.strip()]))
    refused: list[reflect.Fault] = []
    try:
        made = reflect.Record.of(session, {name: SECRET})
    except reflect.Faults as wrong:
        refused += wrong.faults
    if refused:
        assert [each.path for each in refused] == [("writing", name)]
        assert SECRET not in str(refused[0])
        return
    (answer,) = made.answers
    topics = [
        each.topic for item in session.items for each in item.brought if name in (each.topic.id, each.topic.title)
    ]

    assert answer.text == SECRET
    for each in READERS:
        if made.visible_to(each).answers:
            assert each.sees(Ring.PERSONAL)
            assert not topics or each.name == "author" or any(each.sees(topic.ring) for topic in topics)


@pytest.mark.parametrize("name", [TALK, TALK.upper(), f" {TALK.lower()}. ", HOUR.items[2].title, "item-3"])
def test_a_talk_is_found_by_its_topic_its_title_and_its_key(name: str) -> None:
    assert [each.key for each in reflect.Record.of(HOUR, {name: "x"}).answers] == ["item-3"]


def test_a_question_is_found_by_its_key_and_by_its_words() -> None:
    """
    It keeps its own key, with the words that it was asked in.
    """
    question = HOUR.items[2].set.asks[1]
    words = reflect.wording("general").fill(question.text)
    by_key, by_words = (reflect.Record.of(HOUR, {name: "x"}).answers for name in (question.key, words))

    assert by_key == by_words
    assert (by_key[0].key, by_key[0].asked) == (question.key, words)


def test_words_of_several_places_are_refused_with_their_keys() -> None:
    session = reflect.plan(
        reflect.load("kolb-cycle").about("a", "One", "pair") @ 20
        + reflect.load("gibbs-cycle").about("b", "One", "pair") @ 30
    )
    with pytest.raises(reflect.Faults) as told:
        reflect.Record.of(session, {"One": "x"})

    assert "a name is that of several places: item-1, item-2; write the key of one of them" in str(told.value)


@pytest.mark.parametrize(
    ("given", "path", "said"),
    [
        ({"writing": {"Critical incident": SECRET}}, ("writing", "Critical incident"), "Did you mean 'Critical incident analysis'?"),
        ({"writing": {"What to say to the shool": SECRET}}, ("writing", "What to say to the shool"), "Did you mean the topic of 'item-3'?"),
        ({"writing": {"supprt": SECRET}}, ("writing", "supprt"), "Did you mean 'support'?"),
        ({"writing": {TALK: {"thougt": SECRET}}}, ("writing", TALK, "thougt"), "Did you mean 'thought'?"),
        ({"writing": {TALK: {"thought": SECRET, "ring": "pear"}}}, ("writing", TALK, "ring"), "a ring that is none"),
        ({"writing": {"support": 7}}, ("writing", "support"), "'support' is not a text"),
        ({"outcomes": {TALK: "put of"}}, ("outcomes", TALK), "Did you mean 'put off'?"),
        ({"outcomes": {"support": "decided"}}, ("outcomes", "support"), "nothing becomes of 'support'"),
        ({"actions": [{"what": SECRET, "bye": "x"}]}, ("actions", "0", "bye"), "Did you mean 'by'?"),
        ({"actions": ["AM: x", 7]}, ("actions", "1"), "'actions.1' is not an action"),
        ({"actions": [{"what": 7}]}, ("actions", "0", "what"), "'actions.0.what' is not a text"),
        ({"signed": {"supervisr": "agreed"}}, ("signed", "supervisr"), "Did you mean 'supervisor'?"),
        ({"signed": {"supervisor": "agred"}}, ("signed", "supervisor", "agreement"), "Did you mean 'agreed'?"),
        ({"signed": {"supervisor": 7}}, ("signed", "supervisor"), "is not how somebody signs"),
    ],
)  # fmt: skip
def test_a_fault_has_the_path_of_its_field(given: dict[str, object], path: tuple[str, ...], said: str) -> None:
    """
    A form can show it there; the message has a sentence and no word that was written, nor the title of a topic.
    """
    (fault,) = faults_of(**given)

    assert fault.path == path
    assert said in str(fault)
    assert SECRET not in str(fault)
    assert TALK.lower() not in str(fault).lower()
    assert all(name not in repr(fault) for name in path if name == TALK)


def test_all_faults_are_told_at_once() -> None:
    assert len(faults_of(writing={"supprt": "x", "item-33": "y"}, actions=[7], signed={"me": "x"})) == 4


# --- rings, outcomes, rows


def test_what_is_under_a_topic_for_fewer_is_for_those_unless_somebody_decides_otherwise() -> None:
    by_topic = reflect.Record.of(HOUR, {SHORT: "x"}).answers[0]
    decided = reflect.Record.of(HOUR, {SHORT: {"thought": "x", "ring": "personal"}}).answers[0]

    assert (by_topic.key, by_topic.ring) == (decided.key, Ring.PAIR)
    assert decided.ring is Ring.PERSONAL


def test_what_became_of_things_is_said_in_words() -> None:
    """
    Of a topic, of an item without one, and of an action from last time.
    """
    last = Action(what="ring the school", who="AM", by="", id="2026-02-04.s1")
    session = attrs.evolve(HOUR, before=(last,))
    made = reflect.Record.of(
        session, outcomes={SHORT: "put off until May", "item-1": "talked about", "Ring the school": "done", TALK: None}
    )

    assert [(str(each.became), each.until) for each in made.items[3].brought] == [("put off", "May")]
    assert made.items[0].outcome == "talked about"
    assert made.items[2].brought[0].became is None
    assert [each.state for each in made.before] == [ActionState.DONE]


def test_actions_and_signatures_take_what_a_form_has() -> None:
    """
    Lines, names with texts, days and values; empty rows are left out.
    """
    given = [
        "RO: ask about the rota · Friday",
        {"what": "ring", "by": DAY},
        "",
        {"what": " "},
        Action(what="a", who="", by=""),
    ]
    signs = {"supervisee": Agreement.AGREED, "supervisor": {"agreement": "with comments", "date": DAY, "comments": "c"}}
    made = reflect.Record.of(HOUR, actions=given, signed=signs)

    assert [(each.who, each.what, each.by) for each in made.actions] == [
        ("RO", "ask about the rota", "Friday"),
        ("", "ring", "4 March 2026"),
        ("", "a", ""),
    ]
    assert len({each.id for each in made.actions}) == 3
    assert made.signed == (
        SignOff(role="supervisee", agreement=Agreement.AGREED),
        SignOff(role="supervisor", agreement=Agreement.WITH_COMMENTS, date="4 March 2026", comments="c"),
    )


# --- answers to a model


def sent(what: reflect.Model | reflect.QuestionSet, ring: str = "personal") -> reflect.Record:
    """
    A record of an answer to each other question that is answered in prose.
    """
    prose = [each.key for each in what.questions.asks if each.answering.kind == "prose"]
    return reflect.Record.from_answers(
        what, {key: f"About {n}.\nAnd so on." for n, key in enumerate(prose[::2])}, ring=ring
    )


@pytest.mark.parametrize("name", of_the_day(reflect.catalogue(), 6))
@pytest.mark.parametrize("way", ["whole", "core"])
def test_answers_print_as_their_worksheet_and_come_back(name: str, way: str) -> None:
    """
    Each answer stands under its question, and is read back from there with its ring; a worksheet asks what was asked.
    """
    model = reflect.load(name)
    record = sent(model if way == "whole" else model.core())
    reader = next((each for each in ("supervisee", "author") if record.visible_to(each).answers), "")
    seen = record.visible_to(reader or "author").answers
    if not reader:
        assert not record.answers or {each.ring for each in record.answers} <= {Ring.GROUP, Ring.CASE}
        return
    text = " ".join(reflect.render(record, "worksheet", to="txt", reader=reader).decode().split())
    again = reflect.read(reflect.render(record, "worksheet", reader=reader))

    assert {e.key: (e.text, e.ring) for e in again.answers} == {e.key: (e.text, e.ring) for e in seen}
    for each in seen:
        assert " ".join(each.asked.split()) in text
        assert " ".join(each.text.split()) in text


def test_answers_print_as_a_record_of_a_session() -> None:
    record = sent(reflect.load("what-so-what-now-what"))
    text = " ".join(reflect.render(record, "record", to="txt", reader="supervisor").decode().split())

    assert all(" ".join(each.text.split()) in text for each in record.answers)


@given(reflect.testing.rings, st.sampled_from(READERS))
@example(Ring.PAIR, READERS[3])
def test_what_was_asked_is_for_those_who_read_an_answer(ring: Ring, reader: reflect.Reader) -> None:
    """
    A model tells something of whoever it was chosen for, and a topic is somebody's words.
    """
    asked = reflect.load("kolb-cycle").about("t1", SECRET, ring)
    seen = sent(asked).visible_to(reader)

    assert (seen.asks is not None) == bool(seen.answers)
    assert (SECRET in reflect.to_json(seen)) == (bool(seen.answers) and reader.sees(ring))
    assert reflect.from_json(reflect.to_json(seen)) == seen


def test_a_worksheet_is_refused_where_nobody_knows_what_was_asked() -> None:
    for record, reader in (
        (reflect.Record(minutes=5, items=()), "author"),
        (sent(reflect.load("kolb-cycle")), "auditor"),
    ):
        with pytest.raises(reflect.Refused, match="does not say what was asked, or not to this reader"):
            reflect.render(record, "worksheet", reader=reader)


def test_a_fault_of_an_answer_has_its_key_as_its_path() -> None:
    model = reflect.load("kolb-cycle")
    first = model.questions.asks[0].key
    with pytest.raises(reflect.Faults) as told:
        reflect.Record.from_answers(model, {first: 7, "Sam Jones": SECRET})

    assert {each.path for each in told.value.faults} == {(first,), ("Sam Jones",)}
    assert "Sam" not in str(told.value)
