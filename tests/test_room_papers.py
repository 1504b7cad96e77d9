"""
The agenda and the notes as paper for a room: what is on them, and what only a planner wants is not.
"""

from __future__ import annotations

import attrs
import pytest

from reflect import Session, document, load, plan, render
from reflect.documents.viewing import Viewer
from reflect.formats.word import write
from reflect.questions.question import Topic
from reflect.questions.rings import Ring
from reflect.questions.wordings import wording
from reflect.sessions.brought import Brought
from reflect.sessions.session import Item, Note
from reflect.text import nodes
from tests.documents import text_of_docx

#: An hour as it is planned: the kind of each heading, its page and its minutes.
HOUR = (
    ("wellbeing", "wellbeing-check-in", 5), ("before", "before-we-meet", 8), ("actions", "previous-actions", 4),
    ("talk", "kolb-cycle", 30), ("short", "own-item", 5), ("close", "close", 8),
)  # fmt: skip
FACTS = {"date": "4 March 2026", "start": "10:00", "place": "Room 2", "supervisee": "AM", "supervisor": "JT"}


def brought(number: int, title: str, whose: str = "supervisee", **more: str) -> Brought:
    return Brought(topic=Topic(f"2026-03-04.s{number}", title, Ring.PERSONAL), whose=whose, **more)  # type: ignore[arg-type]


def with_kind(item: Item, kind: str) -> Item:
    item = attrs.evolve(item, kind=kind)
    if kind == "talk":
        topic = brought(1, "What to say to the school").topic
        about = item.set.about(topic.id, topic.title, topic.ring)
        return attrs.evolve(item, set=attrs.evolve(about, whose="supervisee"), brought=(brought(1, topic.title),))
    if kind == "short":
        things = (
            brought(2, "The rota in April", purpose="decide"),
            brought(3, "The new form", "supervisor", purpose="tell"),
        )
        return attrs.evolve(item, set=attrs.evolve(item.set, title="Short things"), brought=things)
    if kind == "actions":
        said = ("JT: ask for a date for the panel.", "AM: ring the school nurse.")
        return attrs.evolve(item, notes=tuple(Note(text=text, ring=Ring.PERSONAL) for text in said))
    return item


def hour(**changes: object) -> Session:
    made = plan(" + ".join(f"{page}@{minutes}" for _, page, minutes in HOUR), 60, facts=FACTS)
    items = tuple(with_kind(item, kind) for item, (kind, *_) in zip(made.items, HOUR, strict=True))
    later = (brought(4, "The panel paper", until="Thursday 5 March, 10:00"), brought(5, "Leave in August"))
    return attrs.evolve(made, items=items, put_off=later, **changes)


def agenda(session: Session, reader: str = "supervisee", **options: object) -> nodes.Document:
    return document(session, "agenda", reader=reader, **options)  # type: ignore[arg-type]


def words_of(block: nodes.Block) -> str:
    if isinstance(block, nodes.Listing):
        return " / ".join(words_of(inner) for item in block.items for inner in item.blocks)
    return nodes.words(getattr(block, "children", ()), line_end="\n")


def under(paper: nodes.Document, title: str) -> list[nodes.Block]:
    """
    The blocks under a heading, and the heading itself first.
    """
    start = next(n for n, b in enumerate(paper.blocks) if isinstance(b, nodes.Heading) and title in words_of(b))
    rest = paper.blocks[start + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, nodes.Heading)), len(rest))
    return [paper.blocks[start], *rest[:end]]


def test_the_talk_is_the_largest_thing_on_the_page() -> None:
    """
    It bears its topic's name and whose it is, has two questions in larger letters, one way through it, and most lines.
    """
    paper = agenda(hour())
    heading, asked, way, ruled = under(paper, "What to say to the school")

    assert (heading.style, words_of(heading)) == ("talk", "10:17 What to say to the school 30 minutes, AM")
    assert isinstance(asked, nodes.Listing)
    assert (asked.style, len(asked.items)) == ("talk", 2)
    assert words_of(way).startswith("One way through it: Experiential learning cycle (Concrete experience, Reflective")
    lines = [block.lines for block in paper.blocks if isinstance(block, nodes.Ruled)]
    assert isinstance(ruled, nodes.Ruled)
    assert lines == [1, ruled.lines]
    assert ruled.lines >= 4
    assert [b.style for b in paper.blocks if isinstance(b, nodes.Heading)].count("talk") == 1


def test_what_is_short_is_in_a_line_and_what_is_put_off_has_a_row() -> None:
    """
    Actions and short things each in one line, with whose they are; safety has its two questions and a line.
    """
    paper = agenda(hour())
    _, before, line = under(paper, "Before we meet again")

    assert isinstance(before, nodes.Listing)
    assert len(before.items) == 2
    assert line == nodes.Ruled(1)
    assert [words_of(b).split() for b in under(paper, "Actions from last time")[1:]] == [
        ["JT:", "ask", "for", "a", "date", "for", "the", "panel.", "AM:", "ring", "the", "school", "nurse."]
    ]
    assert [words_of(b).split() for b in under(paper, "Two short things")[1:]] == [
        ["The", "rota", "in", "April", "(AM,", "to", "decide).", "The", "new", "form", "(JT,", "to", "tell)."]
    ]
    (table,) = (block for block in paper.blocks if isinstance(block, nodes.Table))
    rows = [[" ".join(map(nodes.words, cell.paragraphs)) for cell in row] for row in table.rows]
    assert rows == [["The panel paper", "Thursday 5 March, 10:00"], ["Leave in August", ""], ["", ""]]


def test_one_short_thing_is_its_own_heading() -> None:
    session = hour()
    items = tuple(attrs.evolve(i, brought=i.brought[:1]) if i.kind == "short" else i for i in session.items)

    assert words_of(under(agenda(attrs.evolve(session, items=items)), "The rota in April")[0]).endswith("5 minutes, AM")


def test_an_agenda_has_one_title_and_nothing_to_fill_in() -> None:
    """
    Nothing is over the title or at the head of the page, and nothing is read back from it.
    """
    paper = agenda(hour())

    assert paper.label == ""
    assert [block.level for block in paper.blocks if isinstance(block, nodes.Heading)].count(1) == 1
    assert words_of(paper.blocks[1]) == "AM and JT. 4 March 2026, 10:00 to 11:00, Room 2.\nEither of you may change it."
    assert "<w:sdt>" not in text_of_docx(write(paper))
    for words in ("Brought along", "Its turn", "overdue", "outstanding", "of 1"):
        assert words.lower() not in render(hour(), "agenda", to="md", reader="supervisee").decode().lower()


@pytest.mark.parametrize("reader", ["case-file", "auditor", "anyone", "group"])
def test_what_is_put_off_or_short_leaves_no_trace_for_others(reader: str) -> None:
    """
    Twins: whoever may not read a topic gets the same agenda, byte for byte, whatever it is and wherever it went.
    """
    here = hour()
    other = tuple(
        attrs.evolve(item, brought=tuple(attrs.evolve(b, topic=attrs.evolve(b.topic, title="Z"), until="u") for b in item.brought))
        if item.kind == "short" else item
        for item in here.items
    )  # fmt: skip
    there = attrs.evolve(here, items=other, put_off=())

    for to in ("docx", "pdf", "html", "txt", "md", "json"):
        assert render(here, "agenda", to=to, reader=reader) == render(there, "agenda", to=to, reader=reader)


def test_a_crowded_page_says_less_and_keeps_its_talks() -> None:
    """
    Nine headings in ninety minutes: only the talks have questions, and what was brought is all there.
    """
    long = "arrive@5 + previous-actions@5 + wellbeing-check-in@8 + workload@10 + case-round@12 + kolb-cycle@20 + grow@20 + learning@5 + close@5"
    made = plan(long, 90, facts=FACTS)
    notes = (Note(text="A sentence of some length that has to be there, " * 4, ring=Ring.PERSONAL),)
    paper = agenda(attrs.evolve(made, items=tuple(attrs.evolve(item, notes=notes) for item in made.items)))
    headed = ["", *(words_of(b) for b in paper.blocks if isinstance(b, nodes.Heading))]

    assert sum(words_of(b).startswith("A sentence") for b in paper.blocks) == 9
    assert sum(isinstance(b, nodes.Listing) for b in paper.blocks) == 2
    assert not any("The end" in each for each in headed)


# --- the notes


def test_notes_have_the_minutes_of_today() -> None:
    """
    The parts have the minutes that a model has today, all together as many.
    """
    model = load("gibbs-cycle")
    today = attrs.evolve(model, questions=model.within(33))
    view = Viewer(wording("general")).view_model(today)

    assert view.today == sum(part.minutes for part in view.used) == 33
    assert Viewer(wording("general")).view_model(model).today == 0
    assert "Today's minutes" in render(today, "notes", to="md").decode()
    assert "33 minutes today" in render(today, "notes", to="md").decode()


@pytest.mark.parametrize("words", ["general", "nursing", "childrens-social-work", "counselling"])
def test_notes_have_the_words_for_stopping(words: str) -> None:
    """
    That it stops now, what it has become, that one may bring somebody, where it went, and that no more is recorded.
    """
    session = wording(words).word("session")
    said = " ".join(render(load("kolb-cycle"), "notes", to="txt", wording=words).decode().split())

    for each in (
        "Somebody cries:", "Nobody speaks:", "only wants to be told:", "safeguarding, conduct or health:",
        f'"I have to stop here. From now on this is not our {session}: it is a matter of', "it goes to … today",
        "you may bring somebody to represent you", f"nothing more of it is in the record of our {session}",
        "belongs to a union is not asked, and never recorded",
    ):  # fmt: skip
        assert each in said, each
