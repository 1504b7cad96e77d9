"""
Who is there, and what follows: how long it takes, what can be done on a screen, who the two are, and who may know.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.errors import Faults
from reflect.pages.catalogues import catalogue, our_catalogue
from reflect.planning import joint
from reflect.planning.agenda import arrange
from reflect.planning.candidates import candidates
from reflect.planning.candidates import needs_room as needs
from reflect.planning.kept_plans import keep_plan
from reflect.planning.participating import NamedParticipant
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish, parse
from reflect.questions import rings
from reflect.questions.model import Model, Variant
from reflect.questions.rings import READERS, Reader, Ring
from reflect.rendering import session_papers
from reflect.sessions.participants import By, Participant, Role, participants_seen
from reflect.sessions.series import NO_MODEL
from reflect.text.links import shorten_links

D = datetime.date
DAY = D(2026, 3, 4)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_" + "x" * 60
SHORT = "https://zoom.us/j/123?pwd=s3cr3t"
PROFILES = ("general", "childrens-social-work", "care-home", "restorative-nursing-group")


def there(role: str, who: str = "", by: str = "") -> NamedParticipant:
    return NamedParticipant(role=role, who=who, by=by)


def file_with(*people: NamedParticipant, name: str = "general", **facts: object) -> SessionFile:
    ring = {"supervisee_items": (Wish(what="what to say on Monday"),)} if "group" not in name else {}
    return SessionFile(date=DAY, start="10:00", participants=people, **{**ring, **facts})  # type: ignore[arg-type]


def planned(*people: NamedParticipant, name: str = "general", **facts: object) -> Plan:
    return arrange(file_with(*people, name=name, **facts), profile(name))


def printed(plan: Plan, document: str = "agenda", reader: str = "supervisee") -> str:
    return reflect.render(plan.session, document, to="txt", reader=reader).decode()


# --- an interpreter


@pytest.mark.parametrize("name", PROFILES)
def test_with_an_interpreter_it_is_half_as_long_again(name: str) -> None:
    """
    The session, and each heading of its frame as far as its minutes are fixed; whoever plans is told why.
    """
    usual, longer = planned(name=name), planned(there("interpreter"), name=name)

    assert longer.session.minutes == -(-usual.session.minutes * 3 // 10) * 5
    assert len(longer.session.items) == len(usual.session.items)
    assert [line.kind for line in longer.lines] == [line.kind for line in usual.lines]
    assert any("half as long again" in remark and "instead of" in remark for remark in longer.remarks)
    assert not any("half as long" in remark for remark in usual.remarks)


@given(st.integers(45, 120), st.integers(0, 4), st.booleans())
def test_minutes_that_somebody_gave_stay(minutes: int, things: int, shorter: bool) -> None:
    """
    Then there is room for no more headings than without an interpreter, and none of them has less than it makes sense
    in for two who wait for each other's words.
    """
    wishes = tuple(Wish(what=f"thing {n}", purpose="tell") for n in range(things))
    usual = planned(minutes=minutes, supervisee_items=wishes)
    longer = planned(there("interpreter"), minutes=minutes, supervisee_items=wishes)

    assert longer.session.minutes == minutes
    assert len(longer.session.items) <= len(usual.session.items)
    least = {line.kind: line.minutes for line in usual.lines}
    assert all(line.minutes >= 5 for line in longer.lines if line.kind in least and line.kind != "talk")


def test_an_interpreter_comes_again_and_nobody_else_does(tmp_path: Path) -> None:
    """
    What follows from last time has the interpreter, and as many minutes; whoever came from outside came once.
    """
    (tmp_path / "s.yaml").write_text(
        "date: 2026-03-04\nstart: 10:00\nsupervisee: AM\nsupervisor: BK\n"
        "participants:\n- interpreter\n- outside\nsupervisee-items:\n- what to say on Monday\n"
    )
    run("plan", tmp_path / "s.yaml", "-o", tmp_path / "papers")
    record = tmp_path / "papers" / "supervisor" / "record-2026-03-04.docx"
    run("plan", "--after", record, "-o", tmp_path / "later", "--to", "txt")
    (kept,) = (tmp_path / "later" / "supervisor").glob("plan-*.json")
    session = json.loads(kept.read_text())["session"]

    assert session["minutes"] == 90
    assert [each["role"] for each in session["participants"]] == ["interpreter"]


# --- on a screen


ON_SCREEN = [
    {"participants": (there("supervisor", by="video"),)},
    {"participants": (there("supervisee", by="telephone"),)},
    {"place": LINK},
    {"place": f"at home, {LINK}"},
]
IN_ROOM = [{}, {"place": "Room 4"}, {"participants": (there("supervisor", by="room"),), "place": LINK}]


@pytest.mark.parametrize("how", ON_SCREEN)
@pytest.mark.parametrize("name", ["general", "restorative-nursing-group"])
def test_on_a_screen_the_agenda_asks_who_can_hear_you(how: dict[str, object], name: str) -> None:
    """
    And no model is proposed that needs a room; whoever names one gets it.
    """
    people = how.get("participants", ())
    facts = {key: value for key, value in how.items() if key != "participants"}
    group = "group" in name
    for seed in range(8):
        plan = planned(*people, name=name, seed=seed, people=5 if group else 2, **facts)  # type: ignore[misc]
        assert "Who can hear you" in printed(
            plan, "group-agenda" if group else "agenda", "group" if group else "supervisee"
        )
        used = [line.use for line in plan.lines if line.kind in ("talk", "depth")]
        assert not [key for key in used if needs_room(our_catalogue().model(key.partition(".")[0]))]


@pytest.mark.parametrize("how", IN_ROOM)
def test_in_a_room_nobody_is_asked(how: dict[str, object]) -> None:
    people = how.get("participants", ())
    plan = planned(*people, **{key: value for key, value in how.items() if key != "participants"})  # type: ignore[misc]

    assert plan.session.apart == ""
    assert "hear you" not in printed(plan)


def needs_room(model: Model) -> bool:
    return needs(model.head, model.questions)


def page(**head: object) -> Model:
    plain = our_catalogue().model("kolb-cycle")
    return attrs.evolve(plain, head=attrs.evolve(plain.head, **head))


def test_a_page_that_says_how_it_is_done_on_a_screen_needs_no_room() -> None:
    """
    A room, things that have to be there, and what is laid out or moved together need one, unless there is another way.
    """
    way = Variant(when="on a screen", do="Each holds up a sheet.")
    other = Variant(when="with two people", do="Leave out a step.")

    assert needs_room(page(room="three chairs"))
    assert needs_room(page(materials=("a large sheet",)))
    assert needs_room(page(room="three chairs", variants=(other,)))
    assert not needs_room(page(room="three chairs", variants=(other, way)))
    assert not needs_room(page())
    assert needs_room(our_catalogue().model("reflecting-team"))
    assert not needs_room(our_catalogue().model(NO_MODEL))
    assert any(not each.room for each in candidates(our_catalogue()) if "group" in each.suits and each.key != NO_MODEL)


def test_a_page_of_ones_own_is_not_proposed_for_a_screen(tmp_path: Path) -> None:
    """
    The only page there is needs chairs: in a room it is used, and on a screen no model is.
    """
    head = "key: chairs\ntitle: Three chairs\nfamily: ours\nshape: list\nminutes: [5, 60]\nsuits: [one-to-one]\n"
    text = "\n# {t}\n\n- Who sits where? {{#where .core element=analysis function=development}}\n"
    mine = tmp_path / "chairs.md"
    pages = our_catalogue()
    for room, on_screen, used in (("three chairs", "", True), ("three chairs", LINK, False), ("", LINK, True)):
        room_line = f"room: {room}\n" if room else ""
        mine.write_text(f"---\n{head}{room_line}---\n{text.format(t='Three chairs')}")
        models = catalogue(tmp_path)
        others = [key for key in pages if key not in (NO_MODEL, "chairs")]
        settings = attrs.evolve(profile("general"), not_offered=tuple(others))
        plan = arrange(file_with(place=on_screen), settings, models=models)
        (talk,) = [line for line in plan.lines if line.kind == "talk"]
        assert (talk.use == "chairs") is used, (room, on_screen)


# --- who the two are


def test_participants_say_who_the_two_are() -> None:
    """
    By their roles, so that nobody writes a name twice; several supervisees make a joint session.
    """
    one = parse("date: 2026-03-04\nparticipants:\n- {role: supervisee, who: AM}\n- {role: facilitator, who: CD}\n").file
    several = parse(
        "date: 2026-03-04\nparticipants:\n- {role: supervisee, who: AM}\n- {role: supervisee, who: BK}\n- interpreter\n"
    ).file
    named = parse("date: 2026-03-04\nsupervisor: EF\nparticipants:\n- {role: supervisor, who: CD}\n").file

    assert (one.supervisee, one.supervisor) == ("AM", "CD")
    assert named.supervisor == "EF"
    assert joint.is_joint(several)
    for each, name in zip(joint.file_of_each(several), ("AM", "BK"), strict=True):
        plan = arrange(each, profile("general"))
        assert [p.who for p in plan.session.participants] == [name, ""]
        other = ({"AM", "BK"} - {name}).pop()
        assert other not in reflect.to_json(plan.session)


def test_only_those_who_talk_are_counted() -> None:
    """
    An interpreter and an observer take no part in the talk, and a model for two is for two.
    """
    assert file_with(there("interpreter"), there("observer")).settled.people == 2
    assert file_with(there("supervisee"), there("supervisor"), there("outside")).settled.people == 3
    assert file_with(there("outside"), people=6).settled.people == 6


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("participants: [{role: supervisee, who: AM}, {role: outside, who: am}]", "twice"),
        ("supervisee: BK\nparticipants: [{role: supervisee, who: AM}]", "another elsewhere"),
        ("supervisees: [BK, CD]\nparticipants: [{role: supervisee, who: AM}]", "another elsewhere"),
        ("participants: [{role: cook}]", "not one of the words"),
        ("participants: [{role: outside, by: post}]", "not one of the words"),
        ("participants: [{who: AM}]", "role"),
    ],
)
def test_what_cannot_be_is_told(text: str, what: str) -> None:
    with pytest.raises(Faults, match=what) as wrong:
        parse(f"date: 2026-03-04\n{text}\n")
    assert "AM" not in str(wrong.value)


# --- who may know


people_there = st.lists(
    st.builds(
        Participant,
        role=st.sampled_from(Role),
        by=st.sampled_from(By),
        ring=st.sampled_from([Ring.PERSONAL, Ring.GROUP]),
        who=st.just("QZname"),
    ),
    max_size=4,
).map(tuple)
Cut = Callable[[tuple[Participant, ...], Reader], tuple[Participant, ...]]


def law_of_names(cut: Cut, participants: tuple[Participant, ...]) -> None:
    """
    A name is for whoever sees the supervision file; that somebody is there, for whoever sees its ring; nobody is lost.
    """
    for reader in READERS:
        seen = cut(participants, reader)
        assert [each.role for each in seen] == [each.role for each in participants if reader.sees(each.ring)]
        assert all(bool(each.who) is reader.sees(Ring.PERSONAL) for each in seen)


@given(people_there)
def test_names_are_for_the_supervision_file_alone(participants: tuple[Participant, ...]) -> None:
    law_of_names(participants_seen, participants)


def test_the_law_of_names_catches_who_cuts_the_wrong_thing() -> None:
    """
    One who cuts by the ring alone, and one who leaves out whoever has no name to show.
    """
    some = tuple(Participant(role=Role.INTERPRETER, who="QZname", ring=ring) for ring in (Ring.PERSONAL, Ring.GROUP))

    def by_ring(participants: tuple[Participant, ...], reader: Reader) -> tuple[Participant, ...]:
        return tuple(each for each in participants if reader.sees(each.ring))

    def by_name(participants: tuple[Participant, ...], reader: Reader) -> tuple[Participant, ...]:
        return participants if reader.sees(Ring.PERSONAL) else ()

    for impostor in (by_ring, by_name):
        with pytest.raises(AssertionError):
            law_of_names(impostor, some)


@pytest.mark.parametrize("name", ["general", "restorative-nursing-group"])
def test_who_comes_changes_nothing_for_those_who_may_not_know(name: str) -> None:
    """
    Twins who differ in names and in who watches: equal bytes in JSON and on papers for everybody else, and no name in
    the name of a file.
    """
    group = "group" in name
    twins = [
        planned(
            there("observer", who, by="telephone"), there("supervisor" if not group else "facilitator", lead), name=name
        )
        for who, lead in (("QZone", "QZtwo"), ("QZthree", "QZfour"))
    ]
    for reader in READERS:
        if not reader.sees(Ring.PERSONAL):
            one, other = (reflect.to_json(plan.session.visible_to(reader)) for plan in twins)
            assert one == other
            assert "QZ" not in one
    for plan, file in zip(twins, (file_with(name=name),) * 2, strict=True):
        made = list(session_papers.papers(plan, file, profile(name), to="txt"))
        assert not [paper.name for paper in made if "QZ" in f"{paper.folder}/{paper.name}"]
        if group:
            assert not [paper.name for paper in made if b"QZ" in paper.data]


def test_a_session_goes_through_json_with_its_participants() -> None:
    session = planned(there("interpreter", "RS", by="video")).session

    assert reflect.from_json(reflect.to_json(session)) == session
    assert reflect.from_json(reflect.to_json(session.visible_to(READERS[-1]))).participants == ()  # type: ignore[union-attr]


# --- links


def test_a_link_is_short_wherever_it_is_printed(tmp_path: Path) -> None:
    """
    Among the facts of every paper, in every format: the name of the service; whole only where people join.
    """
    (tmp_path / "s.yaml").write_text(
        f"date: 2026-03-04\nstart: 10:00\nplace: {LINK}\nsupervisee: AM\nsupervisor: BK\n"
        "supervisee-items:\n- what to say on Monday\n"
    )
    papers = "preparation,pair-notes,notes"
    for to in ("txt", "html", "md"):
        folder = tmp_path / to
        run("plan", tmp_path / "s.yaml", "-o", folder, "--to", to, "--papers", papers)
        for file in folder.rglob(f"*.{to}"):
            times = file.read_text().count("meetup-join")
            assert times <= (2 if to == "html" else 1) * file.name.startswith("agenda"), file
        entry = (folder / "supervisee" / "supervision-2026-03-04.ics").read_bytes().decode()
        assert LINK in entry.replace("\r\n ", "")
    assert shorten_links(LINK) == "Microsoft Teams"
    assert shorten_links(SHORT) == "Zoom"


@pytest.mark.parametrize("place", [LINK, SHORT])
@pytest.mark.parametrize("who", ["case-file", "auditor", "anyone"])
def test_nobody_else_gets_the_link(place: str, who: str) -> None:
    """
    However long it is: whoever has it can come in. So it is with the plan that is kept.
    """
    file = SessionFile(date=DAY, minutes=60, place=place, supervisee="AM", supervisor="BK")
    plan = arrange(file, profile("general"))
    kept = keep_plan(plan, file, profile("general")).visible_to(rings.reader(who))
    papers = [reflect.render(plan.session, each, to="txt", reader=who).decode() for each in ("agenda", "record")]

    for text in (*papers, reflect.to_json(kept), reflect.to_json(plan.session.visible_to(rings.reader(who)))):
        assert place.partition("://")[2].partition("/")[2] not in text


@pytest.mark.parametrize("document", ["agenda", "record", "own-copy"])
def test_a_link_that_is_given_as_a_fact_is_short_too(document: str) -> None:
    """
    Whether it is given to the plan, or to the paper; and the agenda says where to join, once.
    """
    outline, facts = "arrive@5 + kolb-cycle@40", {"place": LINK, "date": "4 March 2026"}
    by_plan = reflect.render(reflect.plan(outline, 60, facts=facts), document, to="txt", reader="supervisee")
    by_paper = reflect.render(outline, document, to="txt", reader="supervisee", facts=facts)
    by_both = reflect.render(
        reflect.plan(outline, 60, facts=facts), document, to="txt", reader="supervisee", facts={"place": LINK}
    )

    assert by_plan.count(b"meetup-join") == (document == "agenda")
    assert b"Microsoft Teams" in by_plan
    assert by_both == by_plan == by_paper


def run(*words: object) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words], prog_name="reflect")
    assert done.exit_code == 0, done.output
    return done
