"""
What a session is for: who chooses it, what goes before what, what is wrong with a file, and that each can be held.
"""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import reflect
from reflect.between_sessions.next_session import following
from reflect.checks.yaml_files import check_yaml_file
from reflect.cli import main
from reflect.errors import Faults, Refused, UnknownKey
from reflect.extensions import extension
from reflect.files import objects
from reflect.interchange.values import to_json
from reflect.pages.catalogues import our_catalogue
from reflect.planning.agenda import arrange
from reflect.planning.asked_of import questions_for
from reflect.planning.joint import file_of_each
from reflect.planning.minutes import TooShort
from reflect.planning.occasions import Occasion, occasion, occasion_names
from reflect.planning.participating import NamedParticipant
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile, profile, profile_names
from reflect.planning.session_file import Load, Promise, SessionFile, Wish
from reflect.planning.what_for import SessionFacts, choose_occasion
from reflect.questions.question import Question
from reflect.questions.rings import READERS, Ring
from reflect.rendering.rendering import render
from reflect.rendering.session_papers import papers
from reflect.sessions.journal import Journal, JournalEntry, ModelUse
from reflect.sessions.session import Item

DAY = datetime.date(2026, 3, 4)
FILE = SessionFile(date=DAY, minutes=60)
ONE_TO_ONE = profile("general")
NAMES = occasion_names()
OURS = our_catalogue()
#: An hour of everything that is not for a day on which somebody has died.
FULL = SessionFile(
    date=DAY,
    start="10:00",
    minutes=60,
    supervisee="AB",
    supervisor="CD",
    today=Wish(what="the death of a child last night"),
    supervisee_items=(Wish(what="the rota"), Wish(what="mandatory training", purpose="tell")),
    supervisor_items=(Wish(what="forms that are overdue"),),
    previous_actions=(Promise(what="send the overdue form", who="supervisee", due=DAY - datetime.timedelta(30)),),
    workload=Load(points=120, limit=100),
)


def text_of(plan: Plan, kind: str = "agenda", wording: str = "general") -> str:
    return " ".join(render(plan.session, kind, to="txt", reader="supervisee", wording=wording).decode().split())


def chosen(file: SessionFile = FILE, known: Profile = ONE_TO_ONE, **facts: object) -> str:
    return choose_occasion(file, known, SessionFacts(**facts)).occasion.name  # type: ignore[arg-type]


# --- facts


def test_without_a_journal_nothing_is_known() -> None:
    """
    Nobody said what it is for, and no journal is given: an ordinary session, whatever its day.
    """
    assert chosen() == "ordinary"
    assert arrange(FILE, ONE_TO_ONE).session.occasion == "ordinary"
    assert arrange(FILE, ONE_TO_ONE, Journal()).session.occasion == "first"


@pytest.mark.parametrize(
    ("days", "name"), [(20, "ordinary"), (56, "ordinary"), (57, "after-a-gap"), (300, "after-a-gap")]
)
def test_a_gap_is_more_than_twice_the_interval(days: int, name: str) -> None:
    log = Journal((JournalEntry(date=DAY - datetime.timedelta(days)),))

    assert arrange(FILE, ONE_TO_ONE, log).session.occasion == name
    assert chosen(journal=True, last=DAY - datetime.timedelta(days)) == name


def test_a_cancelled_session_is_none_that_was_held() -> None:
    log = Journal((JournalEntry(date=DAY - datetime.timedelta(7), status="cancelled", by="supervisor"),))

    assert arrange(FILE, ONE_TO_ONE, log).session.occasion == "first"


def test_each_fact_chooses_its_occasion() -> None:
    group = attrs.evolve(profile("restorative-nursing-group"), items=())
    broken = Journal((JournalEntry(date=DAY, used=(ModelUse(model="kolb-cycle", unfinished=True),)),))
    agreed = attrs.evolve(FILE, previous_actions=(Promise(what="ring", who="supervisee"),))

    assert SessionFacts.of(FILE, broken).broken_off
    assert chosen(journal=True, broken_off=True, last=DAY) == "resumed"
    assert chosen(supervisees=2) == "joint"
    assert chosen(attrs.evolve(FILE, minutes=25)) == "short"
    assert chosen(attrs.evolve(FILE, minutes=26)) == "ordinary"
    assert chosen(known=group) == "group"
    own = attrs.evolve(group, items=profile("first-session").items)
    assert chosen(known=own) == "ordinary"  # it has items of its own
    assert chosen(known=own, journal=True) == "ordinary"  # nobody is new to a group
    assert chosen(agreed, journal=True) == "ordinary"  # something was agreed before


def test_whoever_plans_is_told_which_one_and_how_to_say_another() -> None:
    """
    Only if no person chose it; and no paper says it.
    """
    short = arrange(attrs.evolve(FILE, minutes=20), ONE_TO_ONE)
    said = arrange(attrs.evolve(FILE, minutes=20), ONE_TO_ONE, occasion="short")

    assert any("'short'" in remark and "--occasion" in remark for remark in short.remarks)
    assert not any("'short'" in remark for remark in said.remarks)
    assert "--occasion" not in text_of(short)


# --- what goes before what


def test_the_call_goes_before_the_file_that_before_the_profile_and_that_before_the_facts() -> None:
    told = attrs.evolve(FILE, occasion="review")
    known = attrs.evolve(ONE_TO_ONE, occasion="observed")
    empty = Journal()

    assert arrange(told, known, empty, occasion="ending").session.occasion == "ending"
    assert arrange(told, known, empty).session.occasion == "review"
    assert arrange(FILE, known, empty).session.occasion == "observed"
    assert arrange(FILE, ONE_TO_ONE, empty).session.occasion == "first"
    assert arrange(FILE, ONE_TO_ONE, empty, occasion="ordinary").session.occasion == "ordinary"


def test_a_profiles_items_stand_for_the_ordinary_headings_and_for_no_others() -> None:
    known = attrs.evolve(profile("first-session"), setting="group", occasion="")
    own = [item.kind for item in known.items]

    assert {line.kind for line in arrange(FILE, known).lines} <= {*own, "item"}
    ending = arrange(FILE, known, occasion="ending")
    assert ending.session.items[0].title == "Arriving, and how you are"


def test_an_agencys_own_goes_before_ours_and_may_have_a_new_name(tmp_path: Path) -> None:
    """
    The same door as for profiles: a folder, a file beside the session file, and what a package brings along.
    """
    folder = tmp_path / "agency" / "occasions"
    folder.mkdir(parents=True)
    text = "title: Duty\nheadings:\n- {kind: close, page: close, title: Off duty, least: 5}\n"
    for name in ("duty", "ordinary"):
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "s.yaml").write_text("date: 2026-03-04\noccasion: own.yaml\n", "utf-8")
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    run = CliRunner().invoke

    assert [i.title for i in arrange(FILE, ONE_TO_ONE, occasions=[folder]).session.items] == ["Off duty"]
    assert arrange(FILE, ONE_TO_ONE, occasion="duty", occasions=[folder]).session.occasion == "duty"
    assert {"duty", "first"} <= set(occasion_names([folder]))
    assert set(extension(tmp_path / "agency").occasions) == {"duty", "ordinary"}
    assert "Off duty" in run(main, ["plan", str(tmp_path / "s.yaml")]).output
    made = run(main, ["plan", str(tmp_path / "s.yaml"), "--occasion", "duty", "--occasions", str(folder)])
    assert (made.exit_code, "Off duty" in made.output) == (0, True)
    assert check_yaml_file(folder / "duty.yaml").taken_for == "an occasion"
    with pytest.raises(UnknownKey, match="there is no occasion 'firts'"):
        occasion("firts")
    with pytest.raises(Refused, match="pathlib"):
        occasion("own.yaml")
    unknown = run(main, ["plan", str(tmp_path / "s.yaml"), "--occasion", "firts"])
    assert (unknown.exit_code, "Did you mean 'first'" in unknown.output) == (1, True)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("talks: {an-hour: 1}", "'talks' has a name that is not a whole number from 1 to 1440"),
        ("talks: {30: 1, 030: 2}", "'talks' has this name on line 3 too"),
        ("says: {nxt: x}", "'says' has a name that is not one of the words"),
        ("chosen-by: {first: no}\nknown: open", "'chosen-by' has no fact that could choose it"),
        ("models: these", "'models: these' and 'these' need each other"),
        ("these: [kolb-cycle]", "'models: these' and 'these' need each other"),
        ("known: personal\nchosen-by: {first: yes}", "facts choose it, and not everybody may know of it"),
        ("chosen-by: {mood: yes}", "not known here"),
        ("known: own", "'known' is not one of the words"),
    ],
)
def test_all_that_is_wrong_with_a_file_is_said_with_its_line(lines: str, said: str) -> None:
    with pytest.raises(Faults) as wrong:
        objects.read(f"title: T\nheadings: [{{kind: close}}]\n{lines}\n", Occasion, "o.yaml")

    assert said in str(wrong.value)
    assert all(fault.where == "o.yaml" and fault.line and fault.remedy for fault in wrong.value.faults)


def test_a_frame_heading_needs_its_page() -> None:
    with pytest.raises(Faults, match="no page to ask from"):
        objects.read("title: T\nheadings:\n- {kind: frame}\n- {kind: close}\n", Occasion, "o.yaml")


# --- ours


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("minutes", [20, 45, 60, 90])
@pytest.mark.parametrize("nth", range(3))
def test_each_occasion_can_be_held_by_each_profession(name: str, minutes: int, nth: int) -> None:
    """
    Its headings are in their order, its minutes add up, and each asks from a page that there is.
    """
    fitting = [each for each in profile_names() if name != "group" or profile(each).setting == "group"]
    professions = [each for each in fitting if each != "first-session"]
    known = profile(professions[(3 * NAMES.index(name) + nth) % len(professions)])
    its = occasion(name)
    file = SessionFile(date=DAY, minutes=minutes, supervisee_items=(Wish(what="the rota"),), people=4)
    needs = sum(item.least + 4 * item.each for item in its.headings if item.kind not in ("depth", "short"))
    if minutes < needs or (name == "ordinary" and known.items and minutes < 60):
        with contextlib.suppress(TooShort):
            arrange(file, known, occasion=name)
        return
    plan = arrange(file, known, occasion=name)

    assert sum(line.minutes for line in plan.lines) + plan.session.spare == minutes
    assert plan.session.occasion == name
    if not known.items or name != "ordinary":
        order = {item.title: n for n, item in enumerate(its.headings) if item.title}
        places = [order[line.title] for line in plan.lines if line.title in order]
        assert places == sorted(places)
    for heading in its.headings:
        if heading.page:
            assert OURS.load(heading.page).questions.asks


@pytest.mark.parametrize("name", NAMES)
def test_what_an_occasion_names_is_there(name: str) -> None:
    """
    The questions that it asks or must not ask, and its templates; it asks one question or more under each heading.
    """
    its = occasion(name)
    templates = reflect.Templates().names()

    for page, names in its.asks.items():
        known = {question.key for question in OURS.load(page).questions.asks}
        assert {f"{page.partition('.')[0]}.{key.strip()}" for key in names.split(",")} <= known or {
            f"{page}.{key.strip()}" for key in names.split(",")
        } <= known
    for key in its.never:
        page = key.partition(".")[0]
        assert key in {question.key for question in OURS.load(page).questions.asks}
    assert {its.agenda, its.record, *its.papers} <= set(templates)
    for heading in its.headings:
        if heading.page:
            assert questions_for(its, heading.page, OURS.load(heading.page).questions).asks


def test_after_a_loss_nothing_is_asked_of_what_happened_and_no_list_is_printed() -> None:
    """
    Neither what is overdue, nor the load, nor training, nor what was brought; and all of it comes back another day.
    """
    plan = arrange(FULL, ONE_TO_ONE, occasion="today-is-different")

    for kind in ("agenda", "record"):
        said = text_of(plan, kind).casefold()
        for word in ("overdue", "points", "training", "workload", "rota", "death", "what happened", "outstanding"):
            assert word not in said, (kind, word)
    assert "who can visit or call in your place" in text_of(plan).casefold()
    assert {wish.what for wish in plan.next_time} == {"the rota", "mandatory training"}
    assert [action.what for action in plan.whole.before] == ["send the overdue form"]
    assert {each.topic.title for each in plan.whole.put_off} >= {"The rota", "Forms that are overdue"}
    assert any("Wednesday 11 March" in remark for remark in plan.remarks)


def test_an_ordinary_hour_that_says_more_is_found_out() -> None:
    """
    The words that must not be there are looked for where they can be: an ordinary session of the same file has some.
    """
    plan = arrange(attrs.evolve(FULL, today=None), ONE_TO_ONE, occasion="ordinary")
    said = (text_of(plan) + text_of(plan, "record")).casefold()

    assert any(word in said for word in ("overdue", "points", "training", "rota"))


def test_a_first_meeting_presumes_no_past() -> None:
    """
    No question that a page marks as one about the past is left, nor one of the marked words.
    """
    its = occasion("first")
    past = Question(key="own-item.again", text="What have we carried three times?", tags=("past",))
    page = OURS.load("own-item").questions
    marked = attrs.evolve(page, children=(*page.children, past))

    assert past in marked.asks
    assert past not in questions_for(its, "own-item", marked).asks
    assert questions_for(occasion("ordinary"), "own-item", marked) == marked
    plan = arrange(FILE, ONE_TO_ONE, Journal())
    for item in plan.session.items:
        assert not [question.key for question in item.set.asks if "past" in question.tags]
    assert "last time" not in text_of(plan).casefold()


def test_nobody_may_know_more_than_a_group_does_of_a_groups_occasion() -> None:
    known = attrs.evolve(profile("restorative-nursing-group"), items=())

    assert choose_occasion(FILE, known, said="ending").occasion.known is Ring.GROUP
    assert choose_occasion(FILE, ONE_TO_ONE, said="ending").occasion.known is Ring.PERSONAL


def test_models_that_an_occasion_names_are_the_only_ones() -> None:
    its = attrs.evolve(occasion("after-a-gap"), models="these", these=("seven-eyed",))
    none = attrs.evolve(its, models="none", these=())

    def used(of: Occasion) -> list[str]:
        return [line.use for line in arrange(FILE, ONE_TO_ONE, occasion=of).lines if line.kind == "talk"]

    assert used(its) == ["seven-eyed"]
    assert used(none) == ["no-model"]


# --- what an occasion brings


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("known", ["general", "childrens-social-work", "counselling"])
def test_a_session_has_the_minutes_of_its_occasion_unless_somebody_gives_others(name: str, known: str) -> None:
    """
    A short meeting is not as long as an hour because a profile's hours are; what a file says goes before both.
    """
    settings = profile("group" if name == "group" else known)
    free = attrs.evolve(FILE, minutes=None)

    assert arrange(free, settings, occasion=name).session.minutes == (occasion(name).length or settings.length)
    assert arrange(attrs.evolve(FILE, minutes=75), settings, occasion=name).session.minutes == 75
    assert occasion("short").length == 20


@pytest.mark.parametrize("minutes", range(10, 61, 5))
@pytest.mark.parametrize("people", [2, 4, 12])
def test_facts_choose_what_there_is_time_for(minutes: int, people: int) -> None:
    """
    Two who meet for twenty minutes and never met before have a short meeting, and no first one that does not fit.
    """
    file = attrs.evolve(FILE, minutes=minutes, people=people)
    for facts in (SessionFacts(journal=True), SessionFacts(supervisees=2), SessionFacts(broken_off=True)):
        found = choose_occasion(file, ONE_TO_ONE, facts).occasion
        assert found.least(people) <= minutes
        arrange(file, ONE_TO_ONE, facts=facts)
    assert chosen(file, journal=True) == ("first" if minutes >= occasion("first").least(people) else "short")


@pytest.mark.parametrize(
    "said",
    [
        {"supervisee_items": (Wish(what="the rota", since=DAY - datetime.timedelta(28)),)},
        {"supervisor_items": (Wish(what="the rota", put_off=1),)},
        {"workload": Load(points=120, limit=100, said=(DAY - datetime.timedelta(28),))},
        {"previous_actions": (Promise(what="ring", who="supervisee", status="done"),)},
        {"occasion": "ordinary"},
    ],
)
def test_who_has_a_past_does_not_meet_for_the_first_time(said: dict[str, object]) -> None:
    """
    An empty journal may be one that was begun late: what the file says of the time before goes before it.
    """
    assert chosen(attrs.evolve(FILE, **said), journal=True) == "ordinary"  # type: ignore[arg-type]
    assert chosen(attrs.evolve(FILE, supervisee_items=(Wish(what="the rota"),)), journal=True) == "first"


def test_with_an_interpreter_half_an_hour_is_a_short_meeting() -> None:
    """
    Everything takes half as long again: thirty minutes hold what twenty do, and that is a thing to talk about.
    """
    there = (NamedParticipant(role="interpreter"),)
    brought = (Wish(what="a family in one room"),)
    plan = arrange(attrs.evolve(FILE, minutes=30, participants=there, supervisee_items=brought), ONE_TO_ONE)

    assert plan.session.occasion == "short"
    assert "a family in one room" in [line.title for line in plan.lines]
    assert chosen(attrs.evolve(FILE, minutes=30)) == "ordinary"


@pytest.mark.parametrize("brought", [(), ("whether I stay",), ("whether I stay", "my hours")])
def test_what_is_brought_to_a_review_has_its_place(brought: tuple[str, ...]) -> None:
    """
    The first thing has ten minutes or more under its own name; where nothing is brought, no time is kept for it.
    """
    file = attrs.evolve(FILE, supervisee_items=tuple(Wish(what=what) for what in brought))
    plan = arrange(file, ONE_TO_ONE, occasion="review")
    talks = [(line.title, line.minutes >= 10) for line in plan.lines if line.kind == "talk"]

    assert talks == [(what, True) for what in brought[:1]]
    assert [wish.what for line in plan.lines if line.kind == "short" for wish in line.wishes] == [*brought[1:]]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "group"])
def test_when_to_meet_again_is_on_the_paper_of_those_who_may_know(name: str) -> None:
    """
    An occasion that says how soon has the day where the two write the next one down; nobody else reads it.
    """
    plan = arrange(FULL, ONE_TO_ONE, occasion=name)
    said = "We meet again by Wednesday 11 March 2026."
    everybody = {who.name: to_json(plan.session.visible_to(who)) for who in READERS}

    assert (said in text_of(plan, plan.occasion.agenda if plan.occasion else "agenda")) is (
        name == "today-is-different"
    )
    readers = {who.name for who in READERS if who.sees(Ring.PERSONAL)} if name == "today-is-different" else set()
    assert {who for who, text in everybody.items() if said in text} == readers
    late = arrange(attrs.evolve(FULL, next=datetime.date(2026, 4, 1)), ONE_TO_ONE, occasion=name)
    assert any("agree an earlier day" in remark for remark in late.remarks) is (name == "today-is-different")


@pytest.mark.parametrize("name", ["review", "ending"])
def test_what_is_brought_has_a_talk_where_the_time_is_looked_back_on(name: str) -> None:
    """
    Whoever leaves, or looks back, may bring something that wants thinking: it has a talk, and
    where nobody brings anything there is none.
    """
    file = SessionFile(date=FILE.date, minutes=60, supervisee_items=(Wish(what="the brothers"),))

    def talks(file: SessionFile) -> list[Item]:
        return [item for item in arrange(file, ONE_TO_ONE, occasion=name).session.items if item.kind == "talk"]

    (item,) = talks(file)
    assert [each.topic.title for each in item.brought] == ["The brothers"]
    assert item.minutes >= 15
    assert talks(attrs.evolve(file, supervisee_items=())) == []


def test_a_group_has_the_agenda_of_a_day_that_is_different() -> None:
    """
    In a group too, whoever it happened to decides, somebody is there for them, and there is no list.
    """
    known = profile("restorative-nursing-group")
    plan = arrange(FULL, known, occasion="today-is-different")
    made = {paper.name.partition("-")[0]: paper.data.decode() for paper in papers(plan, FULL, known, to="txt")}
    said = " ".join(made["agenda"].split())

    assert "Whoever it happened to decides how long this takes" in said
    assert "Who is there for us, and from when" in said
    assert "How many came" in said
    for word in ("Not today", "Any of you may change it", "Either of you", "the rota", "overdue"):
        assert word not in said, word
    usual = arrange(FULL, known)
    (other,) = [
        paper.data.decode() for paper in papers(usual, FULL, known, to="txt") if paper.name.startswith("agenda")
    ]
    assert "Any of you may change it" in other


@pytest.mark.parametrize("known", profile_names())
def test_a_group_is_made_of_every_profession(known: str) -> None:
    """
    Whoever says that a group meets gets one, though the profile is for two; then nothing on its papers is between two.
    """
    found = following(bring=["the call that Ozymandias made"], profile=known, occasion="group", date=DAY)
    made = found.papers(to="txt")

    assert found.plan.session.occasion == "group"
    assert {brought.topic.ring for each in found.plan.session.items for brought in each.brought} == {Ring.GROUP}
    assert {paper.folder for paper in made} == {"group"}
    assert any(b"Ozymandias" in paper.data for paper in made)


def test_a_group_of_a_profession_follows_its_own_record(tmp_path: Path) -> None:
    """
    A profile for two made a group: its record is followed as a group's without naming one, and a record of two is not
    taken into a room with several.
    """
    for name in ("group", "ordinary"):
        folder = str(tmp_path / name)
        call = ["plan", "--bring", "the rota", "--profile", "counselling", "--date", "2026-03-04", "--occasion", name]
        assert CliRunner().invoke(main, [*call, "-o", folder]).exit_code == 0
    group, two = (next((tmp_path / name).rglob("record-*.docx")) for name in ("group", "ordinary"))

    assert following([group]).next_file.settings.setting == "group"
    assert following([two]).next_file.settings.setting == "one-to-one"
    with pytest.raises(Refused, match="the record is that of two people, and this session is for a group"):
        following([two], occasion="group")
    with pytest.raises(Refused, match="the record is that of a group, and this session is for two people"):
        following([group], profile="counselling")


def test_a_session_file_for_a_group_has_no_ring_of_two(tmp_path: Path) -> None:
    """
    What a file keeps between two is told at its line, whether the file or the call says that a group meets.
    """
    text = "date: 2026-03-04\nprofile: counselling\nsupervisee-items:\n- {what: the rota, ring: personal}\n"
    file = tmp_path / "s.yaml"
    file.write_text(text, "utf-8")
    following(session=file)
    with pytest.raises(Faults, match=r"s\.yaml:4: 'ring: personal' has no reader"):
        following(session=file, occasion="group")
    file.write_text(text + "occasion: group\n", "utf-8")
    with pytest.raises(Faults, match=r"s\.yaml:4: 'ring: personal' has no reader"):
        following(session=file)


def test_each_of_several_has_ten_minutes_alone_on_their_own_paper() -> None:
    """
    On the agenda of all a line for the days; on the record of each a place for their own, with their own actions and
    two places to sign.
    """
    shared = attrs.evolve(
        FILE,
        supervisees=("AB", "CD"),
        supervisor="EF",
        previous_actions=(Promise(what="write the chronology", who="AB"), Promise(what="book the room", who="CD")),
    )
    for file, own, others in zip(
        file_of_each(shared), ("write the chronology", "book the room"), ("book", "write"), strict=True
    ):
        plan = arrange(file, ONE_TO_ONE, facts=SessionFacts(supervisees=2))
        assert plan.occasion is not None
        record = text_of(plan, plan.occasion.record)
        assert "Ten minutes alone for each of you this week, on" in text_of(plan, plan.occasion.agenda)
        assert "Ten minutes alone" in record
        assert own in record
        assert others not in record
        assert record.count("with comments") >= 2
    assert "Ten minutes alone" not in text_of(arrange(FILE, ONE_TO_ONE), "record")
