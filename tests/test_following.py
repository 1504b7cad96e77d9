"""
What follows from last time: what carries over is complete, never widens, and depends on nothing but what was said.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import Refused, UnknownKey
from reflect.formats import word
from reflect.papers.passing import PassingOn
from reflect.planning import following
from reflect.planning.agenda import arrange
from reflect.planning.last_time import LastTime
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish, parse
from reflect.planning.what_follows import Asked, NextFile, follow
from reflect.questions.rings import Ring, reader
from reflect.sessions.brought import Brought, Outcome, day_of_id
from reflect.sessions.kept import KeptPlan
from reflect.sessions.next_time import NextTime, read_next_time
from reflect.sessions.parts import Action, ActionState, Answered, Decision, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run
from tests.documents import text_of_docx
from tests.year.hands import fill_word

DAY = datetime.date(2026, 3, 4)
WEEKS = datetime.timedelta(weeks=4)
TICKS = (None, Outcome.TALKED, Outcome.DECIDED, Outcome.PUT_OFF, Outcome.DROPPED)


def kept_of(file: SessionFile, **more: object) -> KeptPlan:
    plan = arrange(file, profile("general"))
    said = {"urgent": plan.urgent, "left_out": plan.left_out}
    return KeptPlan(date=str(file.date), session=plan.session, **{**said, **more})  # type: ignore[arg-type]


def answered(key: str, text: str, ring: Ring = Ring.PERSONAL) -> Answered:
    return Answered(key=key, ring=ring, lines=(Line(runs=(Run(text=text),)),))


def record_of(
    kept: KeptPlan, became: Sequence[Outcome | None] = (), day: str = "4 March 2026", **more: object
) -> Record:
    """
    The record as the supervision file has it: what the two brought is ticked there, and has no words.
    """
    outcomes = iter(became)
    items = tuple(
        ItemRecord(
            key=f"item-{n}",
            use=item.set.key,
            minutes=item.minutes,
            outcome=next(outcomes, None) if item.about_brought else None,
            brought=tuple(each for each in item.brought if each.topic.ring is not Ring.PAIR),
        )
        for n, item in enumerate(kept.session.items, 1)
    )
    facts = {"date": day, "start": "10:00", "supervisee": "AB", "supervisor": "JT", "place": "Room 4"}
    return Record(minutes=kept.session.minutes, items=items, facts=facts.items(), **more)  # type: ignore[arg-type]


def of_topics(kept: KeptPlan) -> tuple[Brought, ...]:
    return tuple(item.brought[0] for item in kept.session.items if item.about_brought)


def names_of(found: NextFile) -> list[tuple[str, str, Ring]]:
    """
    The topics of a plan that is made of a file: their ids, words and rings.
    """
    session = arrange(found.file, found.settings).session
    return sorted((each.topic.id, each.topic.title, each.topic.ring) for each in session.brought)


@st.composite
def last_times(draw: st.DrawFn) -> tuple[KeptPlan, Record, tuple[Outcome | None, ...]]:
    """
    A session that two people held, and what they said became of it.
    """
    theirs = draw(st.integers(0, 3))
    file = SessionFile(
        date=DAY,
        start="10:00",
        minutes=90,
        supervisee_items=tuple(
            Wish(what=f"heron {n}", ring=draw(st.sampled_from([None, Ring.PERSONAL, Ring.CASE]))) for n in range(theirs)
        ),
        supervisor_items=tuple(Wish(what=f"osprey {n}") for n in range(draw(st.integers(0, 2)))),
    )
    kept = kept_of(file)
    before = tuple(
        Action(what=f"knot {n}", who="JT", by="Friday", id=f"2026-02-04.s{n + 1}", ring=Ring.PERSONAL)
        for n in range(draw(st.integers(0, 3)))
    )
    kept = attrs.evolve(
        kept, session=attrs.evolve(kept.session, before=before), counts=tuple((each.id, 2) for each in before)
    )
    became = tuple(draw(st.sampled_from(TICKS)) for _ in of_topics(kept))
    states = [draw(st.sampled_from(list(ActionState))) for _ in before]
    agreed = tuple(
        Action(what=f"dunlin {n}", who="AB", by="6 March 2026", ring=draw(st.sampled_from([Ring.PERSONAL, Ring.CASE])))
        for n in range(draw(st.integers(0, 3)))
    )
    record = record_of(
        kept,
        became,
        before=tuple(attrs.evolve(each, state=state) for each, state in zip(before, states, strict=True)),
        actions=agreed,
        answers=(
            answered("item-2", "grief"),
            answered("useful", "grief"),
            answered("next-date", "Wednesday 1 April, 14:30"),
        ),
        decisions=(Decision(what="grief", why="grief", who="JT", ring=Ring.PERSONAL),),
        signed=(SignOff(role="supervisee", agreement="not agreed", comments="grief"),),
    )
    return kept, record, became


@given(last_times())
def test_what_is_open_comes_back_and_nothing_else(case: tuple[KeptPlan, Record, tuple[Outcome | None, ...]]) -> None:
    """
    Topics that were put off or never spoken of come back with their words, ids and rings; settled ones do not. Actions
    that are open come back, the others do not. Nothing that anybody said or felt is in what follows.
    """
    kept, record, became = case
    found = follow(LastTime(records=[record], plans=[kept]))
    settled = {each.topic.id for each, tick in zip(of_topics(kept), became, strict=True) if tick and tick.settled}
    topics = sorted((e.topic.id, e.topic.title, e.topic.ring) for e in kept.brought if e.topic.id not in settled)
    actions = [each.what for each in (*record.before, *record.actions) if each.open]

    assert names_of(found) == topics
    assert sorted(each.what for each in found.file.previous_actions) == sorted(actions)
    assert all(day_of_id(each.id) for each in found.file.previous_actions)
    assert "grief" not in reflect.to_json(found.keep(arrange(found.file, found.settings))) + repr(
        attrs.asdict(found.file)
    )
    assert [found.file.date, found.file.start] == [datetime.date(2026, 4, 1), "14:30"]


@given(last_times())
def test_the_order_of_papers_does_not_matter(case: tuple[KeptPlan, Record, tuple[Outcome | None, ...]]) -> None:
    """
    Each paper may be given twice, and in any order: what follows is equal.
    """
    kept, record, _ = case
    other = attrs.evolve(record, actions=record.actions[:1], before=())
    papers = [record, other]

    assert follow(LastTime(records=papers, plans=[kept])) == follow(
        LastTime(records=[*papers[::-1], record], plans=[kept] * 2)
    )


def test_what_comes_back_refuses_no_session() -> None:
    """
    Nobody ticks anything for a year: every line comes back each time, the oldest first, and what has no room waits once
    more, with a day or a way.
    """
    last = LastTime()
    for month in range(10):
        day = datetime.date(2026, month + 1, 7)
        found = follow(last, Asked(bring=(f"line {month}",), date=day))
        plan = arrange(found.file, found.settings)
        kept = found.keep(plan)
        titles = [each.topic.title for each in kept.brought]

        assert sorted(titles) == sorted(f"Line {n}" for n in range(month + 1))
        assert all(each.until for each in kept.session.put_off)
        assert plan.lines[2].wishes[0].what == "Line 0" or not month
        last = LastTime(records=(record_of(kept, day=f"{day:%d %B %Y}"),), plans=(kept,))
    assert kept.session.put_off


def test_the_supervisees_come_first_and_what_was_put_off_twice_leads() -> None:
    """
    Among what comes back, the supervisee's is before the supervisor's, and the oldest is first; its bringer is asked
    only the first time.
    """
    first = kept_of(
        SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),), supervisor_items=(Wish(what="osprey"),))
    )
    april = follow(LastTime(records=[record_of(first, [Outcome.PUT_OFF] * 2)], plans=[first]), Asked(bring=["knot"]))
    second = april.keep(arrange(april.file, april.settings))
    may = follow(LastTime(records=[record_of(second, [], "1 April 2026")], plans=[second]), Asked(bring=["dunlin"]))

    assert [each.what for each in may.file.supervisee_items] == ["Heron", "Knot", "dunlin"]
    assert [each.what for each in may.file.supervisor_items] == ["Osprey"]
    assert [each.topic.title for each in april.asks] == ["Heron", "Osprey"]
    assert [each.topic.title for each in may.asks] == ["Knot"]


@pytest.mark.parametrize(("short", "said", "back"), [
    (["leave"], "Leave: 6 to 10 April", []),
    (["leave"], "", ["Leave"]),
    (["leave", "the rota"], "Leave: 6 to 10 April", ["Leave", "The rota"]),
])  # fmt: skip
def test_words_on_the_line_for_what_else_there_was_are_about_the_one_short_thing_without_a_line(
    short: list[str], said: str, back: list[str]
) -> None:
    """
    A short thing of the two has no line of its own on a record. If there is one, "also today" is about it; if there are
    several, nobody knows which, and all of them come back.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"), *(Wish(what=each) for each in short))))
    record = record_of(kept, [Outcome.TALKED], answers=(answered("also-today", said),))
    last = LastTime(records=[record], plans=[kept])

    assert [each.brought.topic.title for each in last.open_topics] == back


@pytest.mark.parametrize("ring", [None, Ring.PERSONAL])
@pytest.mark.parametrize(("place", "said", "back"), [
    ("before.seen", "Friday, AM", {"Friday, AM", "Heron"}),
    ("before.decide", "who goes", {"who goes", "Heron"}),
    ("before.seen", "HERON: Friday, AM", {"HERON: Friday, AM"}),
    ("before.decide", "Herons", {"Herons", "Heron"}),
    ("before.seen", " ", {"Heron"}),
    ("support", "no new case", {"Heron"}),
])  # fmt: skip
def test_what_must_be_seen_and_what_could_not_wait_come_back_as_lines_to_tick(
    place: str, said: str, back: set[str], ring: Ring | None
) -> None:
    """
    Words on the lines for who must be seen and what must be decided may be about another child: they come back to be
    ticked, and so does what could not wait, unless its own words are among them. Neither is a talk, and both stay until
    somebody ticks them.
    """
    today = Wish(what="heron", minutes=8, ring=ring)
    kept = kept_of(SessionFile(date=DAY, today=today, supervisee_items=(Wish(what="knot"),)))
    last = LastTime(records=[record_of(kept, answers=(answered(place, said),))], plans=[kept])
    assert {each.what for each in last.open_actions} == back
    assert {each.brought.topic.title for each in last.open_topics} == {"Knot"}
    assert [each.ring for each in last.open_actions if each.what == "Heron"] == [ring or Ring.PAIR] * ("Heron" in back)

    found = follow(last)
    april = kept_of(found.file)
    for state, stays in ((ActionState.NOT_YET, back), (ActionState.DONE, set()), (ActionState.DROPPED, set())):
        before = tuple(attrs.evolve(each, state=state) for each in april.session.before)
        record = record_of(april, day=f"{found.file.date:%d %B %Y}", before=before)
        for records, plans in (([record], [april]), ([*last.records, record], [kept, april])):
            assert {each.what for each in LastTime(records=records, plans=plans).open_actions} == stays


@pytest.mark.parametrize("ring", [Ring.PAIR, Ring.PERSONAL])
@pytest.mark.parametrize("whose", ["supervisee", "supervisor"])
@pytest.mark.parametrize(("must", "said", "back"), [
    ("see M. by Friday", "", {"See M. by Friday"}),
    ("see M. by Friday", "M.", {"M."}),
    ("see M. by Friday", "M., Thursday at ten", {"M., Thursday at ten"}),
    ("see M. by Friday", "K.; M. (at home)", {"K.; M. (at home)"}),
    ("see M. by Friday", "Friday, K.", {"Friday, K.", "See M. by Friday"}),
    ("see M. by Friday", "F.", {"F.", "See M. by Friday"}),
    ("find a bed for K.", "A.", {"A.", "Find a bed for K."}),
    ("see the heron", "Heron", {"Heron"}),
    ("see the heron", "the heronry", {"the heronry", "See the heron"}),
])  # fmt: skip
def test_what_must_not_wait_comes_back_once_and_never_as_the_talk(
    must: str, said: str, back: set[str], whose: str, ring: Ring
) -> None:
    """
    Whoever brings it, it comes back to be ticked. Where a line for who must be seen begins with it, that line is it;
    and where that is not certain, both come back, so that nobody is lost.
    """
    items = {f"{whose}_items": (Wish(what=must, under="before", ring=ring),)}
    kept = kept_of(SessionFile(date=DAY, **items))  # type: ignore[arg-type]  # each fits its field
    for place in ("before.seen", "before.decide", "not-safely"):
        last = LastTime(records=[record_of(kept, answers=(answered(place, said),))], plans=[kept])

        assert {each.what for each in last.open_actions} == back
        assert last.open_topics == ()


def test_what_must_not_wait_and_was_put_off_is_no_talk_next_time() -> None:
    """
    It comes back under the heading where it is decided, and what is thought about together stays a talk.
    """
    items = (Wish(what="see M.", under="before", when="Friday"), Wish(what="knot", when="next time"))
    kept = kept_of(SessionFile(date=DAY, supervisee_items=items))
    file = follow(LastTime(records=[record_of(kept)], plans=[kept])).file
    lines = arrange(file, profile("general")).lines

    assert [line.kind for line in lines if line.wishes] == ["before", "talk"]
    assert [wish.what for line in lines for wish in line.wishes] == ["See M.", "Knot"]


def test_what_could_not_wait_has_a_line_on_the_file_without_its_words() -> None:
    """
    Where only the two may read it, whoever reads the file sees that there was something, and the same whatever it was.
    """
    sessions = []
    for what in ("heron", "a curlew and a whimbrel"):
        kept = kept_of(SessionFile(date=DAY, today=Wish(what=what, minutes=8), supervisee_items=(Wish(what="knot"),)))
        sessions.append(kept_of(follow(LastTime(records=[record_of(kept)], plans=[kept])).file).session)
    (one, other) = (each.visible_to(reader("supervision-file")).before for each in sessions)
    assert one == other
    assert [(each.what, each.ring) for each in one] == [("", Ring.PERSONAL)]
    data = word.write(reflect.document(sessions[0], "record", reader="supervisee"))
    assert "what could not wait (4 March 2026)" in text_of_docx(data)

    filled = reflect.read(fill_word(data, {f"before.{one[0].id}": "done", "date": "1 April 2026"}))
    (read,) = filled.before
    assert (read.id, read.state, read.ring) == (one[0].id, ActionState.DONE, Ring.PAIR)
    assert filled.visible_to(reader("supervision-file")).before == (attrs.evolve(one[0], state=ActionState.DONE),)


@pytest.mark.parametrize(("paper", "shock"), [("record-of-today", True), ("record", False), ("short-record", False)])
def test_after_a_day_on_which_something_happened_no_model_goes_first(paper: str, shock: bool) -> None:
    """
    When two meet again after such a day, nobody has to say once more that it happened.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),)))
    found = follow(LastTime(records=[record_of(kept, document=paper)], plans=[kept]))
    (talk,) = (item for item in arrange(found.file, found.settings).session.items if item.kind == "talk")

    assert bool(found.file.after_shock) is shock
    assert (talk.set.key == "no-model") is shock


@pytest.mark.parametrize(("said", "shock"), [("", True), ("after-shock: no\n", False), ("after-shock: yes\n", True)])
def test_a_file_may_say_that_a_model_may_go_first_again(said: str, shock: bool) -> None:
    """
    What a session file says goes before what follows from last time, also if it is no.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),)))
    last = LastTime(records=[record_of(kept, document="record-of-today")], plans=[kept])
    file = parse(f"date: 2026-04-01\n{said}").file
    found = follow(last, file=file, settings=profile("general"))

    assert found.file.after_shock is shock
    (talk,) = (item for item in arrange(found.file, found.settings).session.items if item.kind == "talk")
    assert (talk.set.key == "no-model") is shock


def test_what_its_bringer_no_longer_wants_leaves_no_trace() -> None:
    """
    A topic that is dropped on the call is not in the plan that is kept; an id that is not there is refused.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"), Wish(what="knot"))))
    last = LastTime(records=[record_of(kept)], plans=[kept])
    found = follow(last, Asked(drop=["2026-03-04.p1"]))

    assert "eron" not in reflect.to_json(found.keep(arrange(found.file, found.settings)))
    assert [each.id for each in found.file.supervisee_items] == ["2026-03-04.p2"]
    with pytest.raises(UnknownKey, match="no open topic"):
        follow(last, Asked(drop=["2026-03-04.p9"]))


def test_without_its_plan_a_record_asks_for_the_words_again() -> None:
    """
    Who has only the record gets the rest of it, and the place of what was between the two, with its day.
    """
    kept = kept_of(
        SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),), supervisor_items=(Wish(what="osprey"),))
    )
    agreed = Action(what="dunlin", who="AB", by="Friday")
    found = follow(LastTime(records=[record_of(kept, [Outcome.PUT_OFF] * 2, actions=(agreed,))]))

    assert [each.what for each in found.file.supervisee_items] == ["what was put off on 4 March 2026"]
    assert [each.what for each in found.file.supervisor_items] == ["Osprey"]
    assert [each.what for each in found.file.previous_actions] == ["dunlin"]
    assert any("plan-2026-03-04.json" in note for note in found.notes)


def test_two_sessions_on_one_day_share_no_id() -> None:
    """
    What is new in the afternoon has ids of its own, also where what had them in the morning is settled.
    """
    kept = kept_of(SessionFile(date=DAY, start="10:00", supervisee_items=(Wish(what="heron"),)))
    found = follow(
        LastTime(records=[record_of(kept, [Outcome.TALKED])], plans=[kept]),
        Asked(date=DAY, start="15:00", bring=["knot"]),
    )

    assert [name for name, _, _ in names_of(found)] == ["2026-03-04.p2"]


def test_what_was_said_in_the_afternoon_counts() -> None:
    """
    Of two sessions on one day the later has the last word, in whatever order their records are given.
    """
    kept = kept_of(SessionFile(date=DAY, start="10:00", supervisee_items=(Wish(what="heron"),)))
    action = Action(what="dunlin", who="AB", by="Friday", id="2026-02-04.s1")
    morning = record_of(kept, [Outcome.PUT_OFF], before=(attrs.evolve(action, state=ActionState.NOT_YET),))
    later = record_of(kept, [Outcome.DECIDED], before=(attrs.evolve(action, state=ActionState.DONE),))
    later = attrs.evolve(later, facts=(*(pair for pair in later.facts if pair[0] != "start"), ("start", "15:00")))

    for records in ([morning, later], [later, morning]):
        last = LastTime(records=records, plans=[kept])
        assert (last.open_topics, last.open_actions) == ((), ())


def test_a_count_goes_up_only_where_a_session_was_held() -> None:
    """
    A plan without its record may be of a session that never was: its actions come back, and are not counted again.
    """
    action = Action(what="dunlin", who="AB", by="Friday", id="2026-02-04.s1")
    kept = kept_of(SessionFile(date=DAY))
    kept = attrs.evolve(kept, session=attrs.evolve(kept.session, before=(action,)), counts=((action.id, 1),))

    assert follow(LastTime(plans=[kept])).counts == ((action.id, 1),)
    assert follow(LastTime(plans=[kept], records=[record_of(kept, before=(action,))])).counts == ((action.id, 2),)


def test_a_session_that_was_held_on_another_day_has_its_plan() -> None:
    """
    The two met a day later and wrote that on the record: its plan is still the one of its items.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"), Wish(what="knot"))))
    last = LastTime(records=[record_of(kept, [Outcome.TALKED], "5 March 2026")], plans=[kept])

    assert [each.brought.topic.title for each in last.open_topics] == ["Knot"]


def test_a_session_file_goes_before_what_follows() -> None:
    """
    What somebody wrote into a session file counts: its facts, its words for a topic that comes back, and that an action
    is done.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),)), place="Room 9", nation="Wales")
    record = record_of(kept, [Outcome.PUT_OFF], actions=(Action(what="Ring the school.", who="AB", by="Friday"),))
    text = """
date: 2026-04-02
place: at home
supervisee-items: [HERON]
previous-actions:
- {what: ring the school, who: supervisee, status: done}
"""
    found = follow(LastTime(records=[record], plans=[kept]), file=parse(text).file, settings=profile("general"))

    assert (found.file.date, found.file.place, found.file.nation) == (datetime.date(2026, 4, 2), "at home", "Wales")
    assert [(each.what, each.id) for each in found.file.supervisee_items] == [("HERON", "2026-03-04.p1")]
    assert [each.status for each in found.file.previous_actions] == ["done"]


def test_what_cannot_follow_is_refused() -> None:
    """
    Two series, a day before the last one, a record without its day, an own copy: each says what to do, and quotes none.
    """
    kept = kept_of(SessionFile(date=DAY))
    record = record_of(kept)
    coded = attrs.evolve(kept, session=attrs.evolve(kept.session, series="k7m2"))
    for last, asked, words in (
        (LastTime(plans=[coded], records=[record]), Asked(series="h4n9"), "several series"),
        (LastTime(records=[record]), Asked(date=datetime.date(2026, 3, 3)), "the last one was on 4 March 2026"),
        (
            LastTime(records=[attrs.evolve(record, answers=[answered("next-date", "BADGER")])]),
            Asked(),
            "no day can be read",
        ),
        (LastTime(), Asked(), "nothing is known of this session"),
    ):
        with pytest.raises(Refused, match=words) as caught:
            follow(last, asked)
        assert "BADGER" not in str(caught.value)
    for wrong in (attrs.evolve(record, facts=()), attrs.evolve(record, document="own-copy")):
        with pytest.raises(Refused):
            LastTime(records=[wrong])


def test_a_decision_stays_until_both_have_confirmed_it() -> None:
    """
    What was decided between sessions comes back as it was, also from plan to plan, until it is confirmed.
    """
    text = """
date: 2026-03-04
informal:
- {about: F11, happened: 2026-03-01 16:10, by: JT, decision: visit, rationale: bruise}
"""
    first = follow(file=parse(text).file, settings=profile("general"))
    kept = first.keep(arrange(first.file, first.settings))
    april = follow(LastTime(plans=[kept], records=[record_of(kept)]))
    again = april.keep(arrange(april.file, april.settings))
    (decision,) = kept.unconfirmed
    said = attrs.evolve(record_of(again, day="1 April 2026"), decisions=(attrs.evolve(decision, confirmed=True),))

    assert (decision.about, decision.what, decision.why, decision.who) == ("F11", "visit", "bruise", "JT")
    assert again.unconfirmed == kept.unconfirmed
    assert follow(LastTime(plans=[again], records=[said])).unconfirmed == ()


def test_a_case_whose_turn_it_was_is_nobodys_item() -> None:
    """
    A case comes back by itself only if somebody chose it, or put it off; one whose turn it was has its turn again.
    """
    text = """
date: 2026-03-04
minutes: 120
profile: childrens-social-work
cases:
- {ref: C1, family: F1, kind: CP, touched: 2026-02-04, in-depth: 2025-10-03}
- {ref: C2, family: F2, kind: CP, touched: 2026-02-04, in-depth: 2025-11-03}
choose: F2
"""
    begun = follow(file=parse(text).file, settings=profile("childrens-social-work"))
    kept = begun.keep(arrange(begun.file, begun.settings))
    record = record_of(kept)
    put_off = tuple(
        attrs.evolve(item, outcome=Outcome.PUT_OFF) if "F1" in {each.topic.title for each in item.brought} else item
        for item in record.items
    )

    assert [each.brought.topic.title for each in LastTime(plans=[kept], records=[record]).open_topics] == ["F2"]
    last = LastTime(plans=[kept], records=[attrs.evolve(record, items=put_off)])
    assert [each.brought.topic.title for each in last.open_topics] == ["F2", "F1"]


#: What two people may bring, each another thing to whoever reads it, and ways to write it once more.
THINGS = ("🔥", "🙂", "🙂🙂", "✓", "✗", "?", "the rota", "the rota 🔥", "What about him?", "कि", "का", "C", "C++")
AGAIN = (str, str.upper, lambda text: f" {text} ", lambda text: text.replace(" ", "  "), lambda text: text.rstrip("?"))


@given(
    st.lists(st.sampled_from(THINGS), min_size=1, max_size=4, unique=True),
    st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(AGAIN)), max_size=3, unique_by=lambda pair: pair[0]),
)
def test_only_the_same_words_take_the_place_of_what_comes_back(
    old: Sequence[str], again: Sequence[tuple[str, Callable[[str], str]]]
) -> None:
    """
    What was put off and what is brought now is there once each, whatever signs it is written with: the same words in
    other capitals, spaces or without the question mark have the old id; other words, and other signs, never have.
    """
    written = {(write(thing).strip() or thing): thing for thing, write in again}
    kept = kept_of(SessionFile(date=DAY, supervisee_items=tuple(Wish(what=each) for each in old)))
    found = follow(LastTime(plans=[kept]), Asked(bring=tuple(written)))
    here = [
        written.get(each.what) or next(t for t in THINGS if t.lower() == each.what.lower())
        for each in found.file.supervisee_items
    ]
    ids = {each.topic.title.lower(): each.topic.id for each in kept.brought}

    assert sorted(here) == sorted({*old, *written.values()})
    assert [each.id for each in found.file.supervisee_items][: len(old)] == [
        ids[each.lower()] for each in here[: len(old)]
    ]
    assert len({each.topic.id for each in arrange(found.file, found.settings).session.brought}) == len(here)


@pytest.mark.parametrize("to", ["JT", "J. T.", "the Supervisor"])
def test_what_a_group_let_out_comes_to_the_two(to: str) -> None:
    """
    A slip is between the two, with whoever it is for; one that is addressed to another series is refused.
    """
    slip = PassingOn(line="nights are short of one", to=to, why="safety", told="4 March 2026", series="k7m2")
    kept = kept_of(SessionFile(date=DAY))
    found = follow(LastTime(plans=[kept], records=[record_of(kept)], slips=[slip]))

    assert names_of(found) == [("2026-04-01.p1", "Nights are short of one", Ring.PAIR)]
    assert [each.what for each in found.file.supervisor_items] == ["nights are short of one"]
    assert found.series == "k7m2"
    with pytest.raises(Refused, match="several series"):
        follow(LastTime(plans=[kept], slips=[slip]), Asked(series="h4n9"))


def test_a_slip_comes_to_the_two_through_every_door() -> None:
    """
    It comes with the record of last time, and alone, if somebody says the day.
    """
    slip = PassingOn(line="nights are short of one", to="JT", why="safety", told="4 March 2026", series="k7m2")
    kept = kept_of(SessionFile(date=DAY))
    for papers in ([slip], [kept, record_of(kept), slip]):
        found = following(papers, date=datetime.date(2026, 4, 1))
        file = found.next_file.file
        assert [each.what for each in (*file.supervisee_items, *file.supervisor_items)] == ["nights are short of one"]


def test_two_records_of_one_session_lose_no_action() -> None:
    """
    If each of the two fills a record in, and they agreed other things in the same row, all of it comes back, in any
    order; what both wrote is one action.
    """
    kept = kept_of(SessionFile(date=DAY))

    def filled(*texts: str) -> Record:
        rows = (Action(what=each, who="AB", by="", id=f"2026-03-04.s{n}") for n, each in enumerate(texts, 1))
        return record_of(kept, actions=tuple(rows))

    hers, his = filled("heron", "osprey"), filled("dunlin", "Osprey.")
    last = LastTime(records=[hers, his], plans=[kept])
    assert sorted(each.what.casefold().strip(".") for each in last.open_actions) == ["dunlin", "heron", "osprey"]
    assert len({each.id for each in last.open_actions}) == 3

    after = follow(last)
    planned = arrange(after.file, after.settings).session
    again = LastTime(records=[his, hers], plans=[kept, KeptPlan(date=str(after.file.date), session=planned)])
    assert {each.id: each.what for each in again.open_actions} == {each.id: each.what for each in last.open_actions}


@pytest.mark.parametrize(
    ("now", "fits"), [("BK", False), ("AB", True), ("", True), ("A.B.", True), ("Anna Brown", True), ("ab", True)]
)
def test_papers_of_another_supervisee_are_refused(now: str, fits: bool) -> None:
    """
    Without a code, the names tell; where none is said, or the two have written over it, nothing is wrong.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee="worker"))
    record = record_of(kept, actions=(Action(what="heron", who="AB", by=""),))
    file = SessionFile(date=datetime.date(2026, 4, 1), supervisee=now)
    if fits:
        follow(LastTime(records=[record], plans=[kept]), file=file, settings=profile("general"))
        return
    with pytest.raises(Refused, match="different supervisees") as caught:
        follow(LastTime(records=[record], plans=[kept]), file=file, settings=profile("general"))
    assert now not in str(caught.value)
    other = attrs.evolve(record, facts=(("date", "4 March 2026"), ("supervisee", now)))
    with pytest.raises(Refused, match="different supervisees"):
        follow(LastTime(records=[record, other]))


def test_what_two_people_brought_comes_to_no_group() -> None:
    """
    Neither their topics nor their actions go into a group's folder, with or without the plan that was kept; and what is
    a group's goes to no two.
    """
    kept = kept_of(SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),)))
    for last in (LastTime(plans=[kept]), LastTime(plans=[kept], records=[record_of(kept)])):
        with pytest.raises(Refused, match="two people"):
            follow(last, Asked(profile="restorative-nursing-group"))
    file = SessionFile(date=DAY, supervisee_items=(Wish(what="heron"),), profile="restorative-nursing-group")
    group = KeptPlan(
        date=str(DAY), session=arrange(file, profile("restorative-nursing-group")).session, profile=file.profile
    )
    with pytest.raises(Refused, match="a group"):
        follow(LastTime(plans=[group]), Asked(profile="general"))
    assert follow(LastTime(plans=[group])).settings.setting == "group"


def test_a_file_that_says_no_day_for_an_action_keeps_that_of_the_record() -> None:
    kept = kept_of(SessionFile(date=DAY))
    record = record_of(kept, actions=(Action(what="Ring the school.", who="AB", by="next Tuesday"),))
    text = "date: 2026-04-02\nprevious-actions:\n- {what: ring the school, who: supervisee}\n"
    found = follow(LastTime(records=[record], plans=[kept]), file=parse(text).file, settings=profile("general"))

    assert [each.by for each in found.file.previous_actions] == ["next Tuesday"]


# --- when next


@given(st.dates(DAY + datetime.timedelta(1), DAY + datetime.timedelta(150)), st.times(), st.data())
def test_a_day_is_read_however_it_is_written(day: datetime.date, hour: datetime.time, data: st.DataObject) -> None:
    """
    Day and hour are read in the ways that people write them; without a year it is the first such day after the session.
    """
    named = f"{day:%A} {day.day} {day:%B}"
    written = data.draw(
        st.sampled_from(
            [
                named, f"{named} {day.year}", f"{day.day} {day:%b}", f"{day:%B} {day.day}", f"{day:%a} {day.day}/{day.month}",
                f"{day.day}.{day.month}.{day.year}", f"{day.day}/{day.month}/{day:%y}", day.isoformat(),
                f"the {day.day}th of {day:%B}",
            ]
        )
    )  # fmt: skip
    clock = data.draw(
        st.sampled_from(
            [f", {hour:%H:%M}", f" at {hour:%H:%M}", f", {hour:%I:%M %p}", f", {hour:%I:%M}{hour:%p}".lower()]
        )
    )

    assert read_next_time(written, DAY) == NextTime(day)
    assert read_next_time(written + clock, DAY) == NextTime(day, f"{hour:%H:%M}")


@pytest.mark.parametrize(
    ("text", "day", "start"),
    [
        ("Wed 1 April at 10", "2026-04-01", "10:00"),
        ("1 April 10.30", "2026-04-01", "10:30"),
        ("1 April 10", "2026-04-01", "10:00"),
        ("Wednesday 1 April, 2-3pm", "2026-04-01", "14:00"),
        ("1 April, 11.30-1pm", "2026-04-01", "11:30"),
        ("Thursday, usual time", "2026-03-05", ""),
        ("in four weeks, 10:00", "2026-04-01", "10:00"),
        ("1 April, room 4", "2026-04-01", ""),
        ("10:00", None, "10:00"),
        ("Tues 10 March", "2026-03-10", ""),
        ("thurs", "2026-03-05", ""),
    ],
)
def test_people_write_days_in_short(text: str, day: str | None, start: str) -> None:
    """
    What is meant is read, and a number that is neither a day nor an hour is not taken for one.
    """
    found = read_next_time(text, DAY)

    assert found == NextTime(datetime.date.fromisoformat(day) if day else None, start)


@pytest.mark.parametrize(
    "text",
    [
        *("tbc", "Tuesday 1 April", "30 February", "4 March 2026", "3 March", "1 April 2126", "Friday, 25:00"),
        *("in a month", "same time next month", "depends on the money", "1 April at half past two"),
        *("1 April, two o'clock", "Tuesday afternoon"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(text: str) -> None:
    """
    What cannot be a next time is refused, whatever is wrong with it, and the message does not quote it.
    """
    with pytest.raises(Refused, match="--date") as caught:
        read_next_time(text, DAY)
    assert text not in str(caught.value)


# --- what waits, and for how long a session is


def talk_of(found: NextFile) -> tuple[str, tuple[str, ...]]:
    """
    What the talk is about, and what is short.
    """
    plan = arrange(found.file, found.settings)
    talks = [line.title.casefold() for line in plan.lines if line.kind == "talk"]
    short = [wish.what.casefold() for line in plan.lines if line.kind == "short" for wish in line.wishes]
    return talks[0], tuple(short)


def test_what_was_left_over_from_the_short_things_is_short_again() -> None:
    """
    What is new has the talk; what had no room leads the short things, and after the second time the talk.
    """
    first = follow(LastTime(), Asked(bring=[f"heron {n}" for n in range(9)], date=DAY, minutes=60))
    plan = arrange(first.file, first.settings)
    kept = first.keep(plan)
    waits = [each.topic.title.casefold() for each in kept.session.put_off]
    done = record_of(kept, [Outcome.TALKED for _ in of_topics(kept)])
    said = {each.topic.id for item in plan.session.items for each in item.brought}
    last = LastTime(plans=(kept,), records=(done,))
    second = follow(last, Asked(bring=["osprey"], drop=[each for each in said if _is_open(last, each)]))

    assert len(waits) >= 2
    talk, short = talk_of(second)
    assert talk == "osprey"
    assert short[0] == waits[0]
    assert [wish.put_off for wish in second.file.supervisee_items] == [1] * len(waits) + [0]
    alone = follow(last, Asked(date=DAY + WEEKS, drop=[each for each in said if _is_open(last, each)]))
    assert talk_of(alone)[0] == waits[0]


def _is_open(last: LastTime, name: str) -> bool:
    return name in {each.brought.topic.id for each in last.open_topics}


def test_a_talk_that_yielded_or_was_not_reached_comes_before_what_is_new() -> None:
    """
    It was promised: it had the hour, or a day of its own.
    """
    file = SessionFile(date=DAY, minutes=60, supervisee_items=(Wish(what="heron"),))
    plain = kept_of(file)
    urgent = kept_of(attrs.evolve(file, today=Wish(what="the hearing", minutes=30)))

    assert [each.until for each in urgent.session.put_off] == ["by Wednesday 11 March 2026"]
    for kept in (plain, urgent):
        drop = [each.topic.id for each in kept.brought if each.topic.title == "The hearing"]
        found = follow(LastTime(plans=(kept,)), Asked(bring=["osprey"], drop=drop, date=DAY + WEEKS))
        assert talk_of(found)[0] == "heron"


def test_what_was_written_down_again_has_still_waited() -> None:
    """
    Whoever types it once more does not lose its place.
    """
    file = SessionFile(date=DAY, minutes=60, supervisee_items=tuple(Wish(what=f"heron {n}") for n in range(7)))
    kept = kept_of(file)
    waits = kept.session.put_off[-1].topic.title
    found = follow(LastTime(plans=(kept,)), Asked(bring=["osprey", waits], date=DAY + WEEKS))

    assert next(wish.put_off for wish in found.file.supervisee_items if wish.what == waits) == 1


@pytest.mark.parametrize(
    ("last", "this", "minutes"),
    [("", "", 90), ("", "short", None), ("short", "", None), ("short", "ordinary", None), ("", "ending", 90)],
)
def test_a_short_meeting_is_no_measure_for_an_hour_nor_an_hour_for_it(
    last: str, this: str, minutes: int | None
) -> None:
    """
    A session is as long as last time's if it is of the same kind; else as its profile or its occasion has it.
    """
    file = SessionFile(date=DAY, minutes=20 if last else 90, occasion=last, supervisee_items=(Wish(what="heron"),))
    found = follow(LastTime(plans=(kept_of(file),)), Asked(occasion=this, date=DAY + WEEKS))

    assert found.file.minutes == minutes
