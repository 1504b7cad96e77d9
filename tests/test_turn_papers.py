"""
Papers of methods that are done: the agenda with its times and lanes, the notes, and the pages of a role-play.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import attrs
import pytest
from lxml import etree

from reflect import Session, catalogue, document, load, plan, read, render
from reflect.diagrams.metrics import width
from reflect.documents.viewing import Viewer
from reflect.documents.views import ItemView, TurnView
from reflect.formats.lanes import lane_of, width_of_lane, words_of_cell, words_of_lanes
from reflect.pages.catalogues import Catalogue
from reflect.questions.choosing import least_asked_questions, opening_questions
from reflect.questions.rings import reader
from reflect.questions.turn_taking import is_done_in_turns
from reflect.questions.wordings import wording
from reflect.text import nodes
from tests.documents import FORMATS, a_few, everything_in, squeezed, text_of_docx
from tests.office import sides_in_libreoffice
from tests.test_word import tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

THREES = """\
---
title: Threes
people: {least: 3, most: 18, how: in threes}
materials: [paper, pens]
room: space for the threes not to hear each other
canvas: {columns: [ours, shared, not ours]}
variants:
- {when: on a screen, do: use three breakout rooms}
goes-with: [kolb-cycle]
roles: [speaker, asker, watcher]
suits: [group]
record: none
---

One tells, one asks, one watches; then you change places.

> Keep the time; nobody else does.

## Talk in turn {.say minutes=9 rounds=3 role=speaker also=asker quiet=watcher}

The watcher has a list of four things.

> Say "change" and nothing else.

1. Tell what is on your mind. {#tell minutes=7 role=speaker}

   Wherever it begins.

2. Say what you saw. {#saw minutes=2 role=watcher}

## A minute alone {.silent minutes=1}

Look out of the window.

## All together {.write minutes=6}

1. Each writes one line that goes home. {#one}
2. Nobody answers. {#two}
"""

ROUND = """\
---
title: Closing round
---

One word each.

## Words {.do}

1. Stand up. {#stand}
2. Say one word. {#word}
3. Say nothing. {#nothing}
"""

DOWN = """\
---
title: Rungs
shape: steps
order: down
---

Come down slowly.

## Ground {.do minutes=5}

1. Stand on the ground. {#ground}

## Middle {.do minutes=5}

1. Hold the rail. {#rail}

## Top {.do minutes=5}

1. Say what you saw from up there. {#top}
"""


EVENING = """\
---
title: An evening
steps: [threes@34, rungs@15]
---

Two things, one after the other.
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("pages")
    for key, text in (("threes", THREES), ("closing-round", ROUND), ("rungs", DOWN), ("an-evening", EVENING)):
        (folder / f"{key}.md").write_text(text, "utf-8")
    return catalogue(folder)


def held(pages: Catalogue, what: str = "arrive@8 + threes@34 + close@12", minutes: int = 60) -> Session:
    return plan(what, minutes, models=pages, facts={"start": "14:00"})


def words_in(data: bytes, to: str) -> str:
    return squeezed(text_of_docx(data) if to == "docx" else everything_in(data, to))


def item_of(session: Session, pages: Catalogue, key: str) -> ItemView:
    (n,) = (n for n, item in enumerate(session.items) if item.set.key == key)
    return Viewer(wording("general"), pages).view_session(session).items[n]


# --- the agenda says every turn

Agenda = Callable[[Session, str], bytes]


def law_agenda_says_every_turn(agenda: Agenda, session: Session, view: ItemView, to: str) -> None:
    said = words_in(agenda(session, to), to)
    begins = [said.find(squeezed(turn.begins)) for turn in view.turns]

    assert -1 not in begins
    for turn in view.turns:
        for inner in (turn, *turn.turns):
            assert not turn.title or squeezed(turn.title) in said
            assert all(squeezed(step.text) in said for step in inner.steps)
            assert squeezed(inner.begins) in said
        assert all(squeezed(each) in said for each in turn.rounds)
    assert all(squeezed(role) in said for turn in view.turns for role in turn.roles)
    assert not view.needs or all(squeezed(thing) in said.lower() for thing in view.needs.materials)


def ours(pages: Catalogue) -> Agenda:
    return lambda session, to: render(session, "group-agenda", to=to, models=pages)


def changed(pages: Catalogue, folder: Path, was: str, now: str) -> Agenda:
    """
    The agenda with something else in its templates.
    """
    shelf = resources.files("reflect") / "templates"
    agenda = (
        (shelf / "agenda.md").read_text("utf-8").replace('{% include "reflect/_turns" %}', '{% include "_turns" %}')
    )
    turns = (shelf / "_turns.md").read_text("utf-8")
    assert was in turns
    (folder / "agenda.md").write_text(agenda, "utf-8")
    (folder / "_turns.md").write_text(turns.replace(was, now), "utf-8")
    return lambda session, to: render(session, "agenda", to=to, models=pages, templates=[folder])


#: What a careless template forgets.
FORGETS = {
    "times": ("{{ turn.begins }}", ""),
    "times of steps": ("{{ inner.begins }}", ""),
    "rounds": (': {{ turn.rounds|join(", ") }}', ""),
    "steps": ("{{ steps(turn) }}", ""),
    "later steps": ("{{ steps(inner) }}", ""),
    "titles": ("**{{ turn.title }}**", ""),
    "roles": (" {{ role }} |", " |"),
    "what is needed": ("{{ things[:1]|upper ~ things[1:] }}. ", ""),
}


@pytest.mark.parametrize("to", [to for to in FORMATS if to != "json"])
def test_an_agenda_says_every_turn(to: str, pages: Catalogue) -> None:
    """
    Every part, round and step of a method is on the agenda with its time, in every format and look.
    """
    session = held(pages)
    view = item_of(session, pages, "threes")

    law_agenda_says_every_turn(ours(pages), session, view, to)
    law_agenda_says_every_turn(
        lambda session, to: render(session, "group-agenda", to=to, models=pages, looks=["large-print"]),
        session,
        view,
        to,
    )


@pytest.mark.parametrize("forgets", FORGETS)
def test_an_agenda_that_forgets_something_is_found_out(forgets: str, pages: Catalogue, tmp_path: Path) -> None:
    session = held(pages)
    wrong = changed(pages, tmp_path, *FORGETS[forgets])

    with pytest.raises(AssertionError):
        law_agenda_says_every_turn(wrong, session, item_of(session, pages, "threes"), "md")


def test_the_times_of_turns_are_those_of_the_session(pages: Catalogue) -> None:
    """
    A part begins where the one before it ends, the first with its item and the last with the end of it.
    """
    view = item_of(held(pages), pages, "threes")

    assert [(turn.begins, turn.minutes, turn.rounds) for turn in view.turns] == [
        ("14:08", 27, ("14:08", "14:17", "14:26")),
        ("14:35", 1, ()),
        ("14:36", 6, ()),
    ]
    assert [(inner.begins, inner.minutes) for inner in view.turns[0].turns] == [("14:08", 7), ("14:15", 2)]
    assert sum(turn.minutes for turn in view.turns) == view.minutes == 34


def test_parts_come_in_the_order_of_use(pages: Catalogue) -> None:
    """
    A ladder that one climbs down begins at the top, on the agenda and in the notes.
    """
    told = render(held(pages, "rungs@15", 15), "agenda", to="md", models=pages).decode()
    notes = render(pages.model("rungs"), "notes", to="md").decode()

    assert told.index("Top") < told.index("Middle") < told.index("Ground")
    assert notes.index("Top") < notes.index("Middle") < notes.index("Ground")
    assert [turn.begins for turn in item_of(held(pages, "rungs@15", 15), pages, "rungs").turns] == [
        "14:00",
        "14:05",
        "14:10",
    ]


# --- lanes


def tables_in(session: Session, pages: Catalogue, paper: str = "group-agenda") -> list[nodes.Table]:
    blocks = document(session, paper, models=pages).blocks
    return [block for block in blocks if isinstance(block, nodes.Table) and block.style == "lanes"]


def test_lanes_say_who_speaks(pages: Catalogue) -> None:
    """
    Each role has a lane, in which a bar and a word say whether they speak; in silence nobody does.
    """
    (table,) = tables_in(held(pages), pages)
    lanes = [[(words_of_cell(cell), lane_of(cell)) for cell in row[2:]] for row in table.rows]

    assert [words_of_cell(cell) for cell in table.head[2:]] == ["speaker", "asker", "watcher"]
    assert lanes[0] == [("speaks", "speaks"), ("a little", "little"), ("listens", "silent")]
    assert lanes[1] == [("", ""), ("a little", "little"), ("speaks", "speaks")]  # the page does not say of the first
    assert lanes[2] == [("silent", "silent")] * 3
    assert lanes[3] == [("writes", "speaks")] * 3
    assert words_of_lanes(table.head, table.rows[0]) == "speaks: speaker; a little: asker; listens: watcher"


def test_bars_are_in_word_and_on_pages_with_their_words(pages: Catalogue) -> None:
    """
    A full bar, one in outline and a dotted line look different without colour, and silence is a band.
    """
    session = held(pages)
    with zipfile.ZipFile(io.BytesIO(render(session, "group-agenda", to="docx", models=pages))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    (table,) = (
        each for each in body.iter(f"{W}tbl") if each.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "ReflectLanes"
    )
    rows = list(table.iter(f"{W}tr"))
    bars = [[left.get(f"{W}val") for left in row.iterfind(f".//{W}tcBorders/{W}left")] for row in rows]
    page = render(session, "group-agenda", to="html", models=pages).decode()

    assert bars == [[], ["single", "double", "dotted"], ["double", "single"], ["dotted"] * 3, ["single"] * 3]
    assert [bool(row.findall(f".//{W}shd")) for row in rows] == [False, False, False, True, False]
    assert page.count('class="reflect-banded"') == 1
    assert re.findall(r'class="reflect-lane reflect-lane-(\w+)" data-column="(\w+)"', page)[:3] == [
        ("speaks", "speaker"),
        ("little", "asker"),
        ("silent", "watcher"),
    ]


@pytest.mark.parametrize("many", range(1, 8))
@pytest.mark.parametrize("plain", [False, True], ids=["usual", "dyslexia"])
def test_lanes_leave_room_for_what_is_done(many: int, plain: bool) -> None:
    """
    A lane is as wide as its words while there are few, and all together never take more than 86 of 152 millimetres.
    """
    name, word = nodes.Cell(((nodes.Text("consultant"),),)), nodes.Cell(((nodes.Text("a little"),),))
    done = nodes.Cell(((nodes.Text("A step"),),))
    table = nodes.Table((done, done, *[name] * many), ((done, done, *[word] * many),), "lanes")
    wide = width_of_lane(table, plain=plain)

    assert wide * many <= 86.0001
    assert wide >= 10 * 1.6 or many > 4


@pytest.mark.parametrize("many", range(1, 5))
def test_a_name_over_a_lane_is_on_one_line(many: int) -> None:
    """
    Up to four lanes are as wide as the longest of their names, whatever its letters: "interviewer" is wider than
    "facilitator", though both have eleven.
    """
    done = nodes.Cell(((nodes.Text("A step"),),))
    for name in ("interviewer", "facilitator", "mmmmmm"):
        head = nodes.Cell(((nodes.Text(name),),))
        table = nodes.Table((done, done, *[head] * many), (), "lanes")

        assert width_of_lane(table) > width(name, 10 * 25.4 / 72)


def test_a_method_without_roles_has_no_lanes(pages: Catalogue) -> None:
    """
    The smallest exercise is a numbered list under its title; a method of parts without roles has times alone.
    """
    told = render(held(pages, "closing-round@10", 10), "agenda", to="md", models=pages).decode()

    assert "1. Stand up.\n2. Say one word.\n3. Say nothing.\n" in told
    (table,) = tables_in(held(pages, "rungs@15", 15), pages)
    assert [words_of_cell(cell) for cell in table.head] == ["Time", "What happens"]


def test_the_way_in_is_the_first_question_in_the_order_of_use() -> None:
    """
    The agenda of a ladder that one climbs down begins with a question of its top rung, and ends at the bottom.
    """
    ladder = load("ladder-of-inference").questions
    first, last = opening_questions(ladder)
    least, _ = least_asked_questions(ladder, {})

    assert ladder.order
    assert first in ladder.parts_in_use[0].asks
    assert last in ladder.parts_in_use[-1].asks
    assert least in ladder.parts_in_use[0].asks


METHODS = [key for key in catalogue() if is_done_in_turns(load(key))]


@pytest.mark.parametrize("key", a_few(METHODS, 4))
def test_the_agenda_of_a_method_is_one_page(key: str) -> None:
    """
    With all its parts, steps and lanes, the agenda of each of our methods stays on one page.
    """
    pytest.importorskip("typst")
    usual = (load(key).head.minutes or (0, 40))[1]
    session = plan(f"arrive@8 + {key}@{usual} + close@12", usual + 20, facts={"start": "14:00"})

    assert len(re.findall(rb"/Type\s*/Page\b", render(session, "group-agenda", to="pdf"))) == 1


def hour_with(key: str) -> Session:
    """
    A session with arriving, one method and closing: an hour, or an hour and a quarter if the method needs that.
    """
    least, usual = load(key).head.minutes or (0, 40)
    long = max(least, min(usual, 45))
    return plan(f"arrive@5 + {key}@{long} + close@7", 60 if long + 12 <= 60 else 75, facts={"start": "14:00"})


def test_in_libreoffice_an_hour_with_a_method_is_one_page(tmp_path: Path) -> None:
    """
    As Word files, laid out by another program: all of our methods where everything has to hold, and two elsewhere.
    """
    tool("soffice")
    some = METHODS if os.environ.get("REFLECT_CI") == "1" else ["balint-group", "group-mapping"]
    for key in some:
        (tmp_path / f"{key}.docx").write_bytes(render(hour_with(key), "group-agenda", to="docx"))
    pages = sides_in_libreoffice(tmp_path)

    assert pages == dict.fromkeys(some, 1)


@pytest.mark.parametrize("key", METHODS)
def test_the_crowded_hour_is_one_page_and_says_date_and_place(key: str) -> None:
    """
    What is left out where there are many parts beside many lanes is neither the day nor where to meet.
    """
    pytest.importorskip("typst")
    session = attrs.evolve(hour_with(key), facts={"start": "14:00", "date": "2026-03-10", "place": "The long room"})
    data = render(session, "group-agenda", to="pdf")
    told = render(session, "group-agenda", to="txt").decode()

    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    assert "The long room" in told
    assert "2026" in told


@pytest.mark.parametrize("key", METHODS)
def test_no_item_of_a_group_is_the_workers(key: str) -> None:
    """
    Beside its minutes an item of a group says "everybody"; on the agenda of two, who begins, or whose it is if a page
    of steps has no roles.
    """
    session = hour_with(key)
    first = Viewer(wording("general"), catalogue()).view_session(session).items[1].turns[0].who
    group = render(session, "group-agenda", to="md").decode()
    two = render(session, "agenda", to="md").decode()

    assert not re.search(r"minutes?, worker$", group + (two if first else ""), re.MULTILINE)
    assert f"{session.items[1].minutes} minutes, everybody" in group
    assert not first or f"{session.items[1].minutes} minutes, {first[0]} first" in two


def test_a_group_item_that_is_only_asked_is_everybodys() -> None:
    """
    In a group nobody is "the worker", also where a page has no turns.
    """
    session = plan("arrive@5 + three-column-mapping@45 + close@7", 60)

    assert "45 minutes, everybody" in render(session, "group-agenda", to="md").decode()


def test_minutes_by_step_say_a_long_step_by_its_number() -> None:
    """
    In the notes the table of minutes has the part, the number and the minutes; the words of a step stand once, below.
    """
    notes = render(load("group-mapping"), "notes", to="md").decode()

    assert notes.count("Write one sentence, alone") == 1
    assert "| 4.1 | 3 | members |" in notes
    assert "Silent: members" in notes


def test_a_string_of_pages_has_the_lanes_of_each(pages: Catalogue) -> None:
    """
    Pages that are the steps of another stand under their own titles, each with its own roles; open time is the last's.
    """
    session = held(pages, "an-evening@60", 60)
    first, second = tables_in(session, pages)
    told = render(session, "group-agenda", to="md", models=pages).decode()

    assert [words_of_cell(cell) for cell in first.head[2:]] == ["speaker", "asker", "watcher"]
    assert [words_of_cell(cell) for cell in second.head] == ["Time", "What happens"]
    assert "Open time" in words_of_cell(second.rows[-1][1])
    assert told.index("### Threes") < told.index("Talk in turn") < told.index("### Rungs") < told.index("Top")


@pytest.mark.parametrize("key", a_few(catalogue(), 5))
def test_an_agenda_of_questions_alone_has_no_turns(key: str) -> None:
    """
    Where nothing is done and nobody has a role, an agenda has its two questions and no table.
    """
    model = load(key)
    session = plan(model, max(60, (model.head.minutes or (0, 0))[1]))
    blocks = document(session, "agenda").blocks
    tables = [block for block in blocks if isinstance(block, nodes.Table) and block.style == "lanes"]

    assert bool(tables) == is_done_in_turns(model)


def test_no_topic_is_in_a_lane(pages: Catalogue) -> None:
    """
    What somebody brought is the title of its item, for those who may read it, and never in a turn or a lane.
    """
    topic = "The secret of the third floor"
    session = plan("arrive@8 + threes@34 + close@12", 60, models=pages, facts={"topic": topic})
    (table,) = (
        tables_in(session, pages, "agenda")
        if False
        else [
            block
            for block in document(session, "agenda", models=pages, reader=reader("supervisor")).blocks
            if isinstance(block, nodes.Table)
        ]
    )
    cells = " ".join(words_of_cell(cell) for row in (table.head, *table.rows) for cell in row)

    assert topic in render(session, "agenda", to="md", models=pages, reader="supervisor").decode()
    assert topic not in cells
    for to in FORMATS:
        assert topic not in everything_in(render(session, "group-agenda", to=to, models=pages, reader="group"), to)


# --- notes and role-play


def law_notes_are_enough_to_lead(notes: str) -> None:
    for words in (
        "Talk in turn", "3 times 9", "3 times, 9 minutes each", "Silent: watcher", "Tell what is on your mind.", "Wherever it begins.",
        "Say what you saw.", "watcher", "A minute alone", "in silence", "Look out of the window.", "Nobody answers.",
        "paper, pens", "3 to 18 people, in threes", "space for the threes not to hear each other",
        "ours, shared, not ours", "On a screen", "use three breakout rooms", "Experiential learning cycle",
        'Say "change" and nothing else.', "Keep the time; nobody else does.", "Nothing of it goes on a record.",
    ):  # fmt: skip
        assert words in notes, words


def test_a_stranger_can_lead_from_the_notes(pages: Catalogue) -> None:
    """
    The notes have every step with its hint, its minutes and who does it, and all that has to be there.
    """
    model = pages.model("threes")
    notes = render(model, "notes", to="md").decode()

    law_notes_are_enough_to_lead(notes)
    assert "Stop five minutes before the end" not in notes
    for poorer in (
        attrs.evolve(model, head=attrs.evolve(model.head, variants=())),
        attrs.evolve(model, head=attrs.evolve(model.head, materials=())),
        attrs.evolve(model, questions=attrs.evolve(model.questions, notes="")),
    ):
        with pytest.raises(AssertionError):
            law_notes_are_enough_to_lead(render(poorer, "notes", to="md").decode())


def test_everybody_in_a_role_play_has_their_steps(pages: Catalogue) -> None:
    """
    Whoever speaks, has a small part or is silent reads so on their own page, and which steps are theirs.
    """
    whole = render(pages.model("threes"), "role-play", to="md").decode()
    mine = {role: whole.split(f"You are the {role}")[1].split("___")[0] for role in ("speaker", "asker", "watcher")}

    assert "Tell what is on your mind. (you)" in mine["speaker"]
    assert "You have a small part in it." in mine["asker"]
    assert "Say what you saw. (you)" in mine["watcher"]
    assert "silent until it is your turn" in mine["watcher"]


def test_a_role_play_of_each_of_our_models_is_made() -> None:
    """
    Everybody has a page, also whoever has nothing but a step in the part of somebody else.
    """
    lost = []
    for model in map(load, catalogue()):
        roles = Viewer(wording("general")).view_model(model).roles
        printed = render(model, "role-play", to="md").decode()
        lost += [f"{model.key}: {role}" for role in roles if f"You are the {role}" not in printed]

    assert lost == []


# --- reading back


def typed_into(data: bytes, after: str, words: str) -> bytes:
    """
    Type a line of its own under a printed paragraph of a Word file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    end = body.index("</w:p>", body.index(after)) + len("</w:p>")
    parts["word/document.xml"] = (body[:end] + f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" + body[end:]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("looks", [[], ["large-print"]], ids=["usual", "large"])
@pytest.mark.parametrize("outline", ["arrive@8 + threes@34 + close@12", "arrive@5 + balint-group@45 + close@10"])
def test_printed_turns_are_no_answers(outline: str, looks: list[str], pages: Catalogue) -> None:
    """
    The steps and clock times of an agenda are known as printed, whenever it begins; what is typed among them is found.
    """
    paper = render(held(pages, outline), "group-agenda", to="docx", models=pages, looks=looks)
    title = "The story" if "balint" in outline else "All together"

    assert read(paper, models=pages).answers == ()
    (answer,) = read(typed_into(paper, title, "We began late, at 14:12."), models=pages).answers
    assert (answer.key, answer.text) == ("unplaced", "We began late, at 14:12.")


def test_views_of_turns_are_those_of_the_page() -> None:
    """
    Lanes are as many as the roles, and a turn has its minutes from the timetable.
    """
    session = plan("balint-group@45", 75, facts={"start": "18:00"})
    (view,) = Viewer(wording("general")).view_session(session).items
    turns: tuple[TurnView, ...] = view.turns

    assert {(len(turn.lanes), turn.roles) for turn in turns} == {(3, ("presenter", "group", "leader"))}
    assert sum(turn.minutes for turn in turns) == 45
    assert [turn.title for turn in turns if turn.silent] == ["The presenter sits back"]
    assert sum(len(turn.questions) for turn in turns) == 2
