"""
Filled papers, read back: there and back, whatever was typed, and whatever an editor or a person did to the file.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import io
import os
import re
import subprocess
import time
import zipfile
from pathlib import Path

import attrs
import docx
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

import reflect
from reflect import brand as brand_of
from reflect import document, plan, read_page, render
from reflect.cli import main
from reflect.documents.makers import What
from reflect.documents.templates import shelf
from reflect.documents.viewing import was_in_boxes
from reflect.errors import Faults, ReflectError
from reflect.files.office import NotOpened, open_package
from reflect.formats import word
from reflect.interchange.values import from_json, to_json
from reflect.pages.catalogues import our_catalogue
from reflect.questions.question import Topic
from reflect.questions.rings import EVERYBODY, READERS, Reader, Ring, reader
from reflect.reading_back import read
from reflect.reading_back.agreed import settle_agreed
from reflect.reading_back.blank import blank_of
from reflect.reading_back.finding import find_answers
from reflect.sessions.acting import read_line
from reflect.sessions.attendance import assurance_of, write_table
from reflect.sessions.brought import EARLIER_OUTCOMES, PURPOSES, TICKED, WHOSE, Brought, next_id, write_id
from reflect.sessions.carrying import begin_next_record
from reflect.sessions.facts import FACTS
from reflect.sessions.filled import Filled, Rows, Signature
from reflect.sessions.parts import (
    UNPLACED,
    Action,
    ActionState,
    Agreement,
    Answered,
    Decision,
    ItemRecord,
    Outcome,
    SignOff,
)
from reflect.sessions.pasting import fields_of, write_plain_text
from reflect.sessions.record import Record
from reflect.sessions.typed import LineStretch, read_day, read_ticks
from reflect.text.nodes import (
    Actions,
    Answer,
    Block,
    Choice,
    Document,
    Entry,
    Fact,
    Facts,
    Heading,
    Look,
    Paragraph,
    Scale,
    SheetToFill,
    Text,
)
from reflect.text.nodes import SignOff as NodeSignOff
from reflect.text.prose import Line, LineKind, Run, lines_of, visible, without_isolation
from reflect.word_files.word_reading import read_word_file
from tests import agencies
from tests.documents import a_few, text_of_docx, tried
from tests.hostile import BODY, HOSTILE, W, packed, with_part
from tests.strategies import typed
from tests.test_word import tool

USES = [("arrive", 3), ("previous-actions", 5), ("wellbeing-check-in", 5), ("kolb-cycle", 40), ("close", 7)]
BLANK = Record(
    minutes=60, items=tuple(ItemRecord(key=f"item-{n}", use=use, minutes=m) for n, (use, m) in enumerate(USES, 1))
)


def _comes_back(text: str) -> bool:
    """
    Whether its marks of direction are in order: what is not comes back as it was shown.
    """
    return without_isolation(visible(text)) == text and bool(text.strip())


#: Texts on one line, such as names and dates.
lines = st.one_of(typed, st.text(min_size=1, max_size=30)).map(lambda t: " ".join(t.split())).filter(_comes_back)
#: Texts of several lines, such as cells.
cells = st.lists(lines, min_size=1, max_size=3).map("\n".join)
comments = st.lists(cells, min_size=1, max_size=2).map("\n\n".join)
runs = st.builds(Run, text=lines, bold=st.booleans(), italic=st.booleans())
written = st.lists(
    st.builds(
        Line,
        runs=st.lists(runs, max_size=3).map(tuple),
        kind=st.sampled_from(LineKind),
        level=st.integers(0, 8),
    ).map(lambda line: line if line.kind is not LineKind.PARAGRAPH else attrs.evolve(line, level=0)),
    min_size=1,
    max_size=4,
).map(tuple)
rings = st.sampled_from(list(Ring))


@functools.cache
def full(ticked: Outcome | None = None) -> Record:
    """
    A full record of today; or of a paper where this was ticked, which asks in other words.
    """
    items = tuple(attrs.evolve(item, outcome=ticked) for item in FULL.items)
    return read(render(attrs.evolve(FULL, items=items), "record", reader="supervisor"))


@st.composite
def talks(draw: st.DrawFn, item: ItemRecord) -> ItemRecord:
    """
    An item with what became of it, about something of any ring, and something else that was taken in with it.
    """
    became = st.sampled_from([None, *TICKED])
    until = st.one_of(st.just(""), lines)
    outcome, when = draw(became), draw(until)
    # What people bring is for the two, the file, a case or a group.
    narrow = st.sampled_from([Ring.OWN, Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.GROUP])
    ring = draw(narrow)
    names = [next_id(datetime.date(2026, 3, 4), ring), next_id(datetime.date(2026, 2, 4), ring)]
    whose, purpose = st.sampled_from(WHOSE), st.sampled_from(PURPOSES)
    own = Brought(
        topic=Topic(names[0], draw(lines), ring),
        whose=draw(whose),
        purpose=draw(purpose),
        became=outcome,
        until=when,
    )
    taken_in = Brought(topic=Topic(names[1], draw(lines), ring), became=draw(became), until=draw(until))
    brought = draw(st.sampled_from([(), (own,), (own, taken_in)]))
    return attrs.evolve(item, outcome=outcome, until=when, brought=brought)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    Records of one plan, with whatever its paper has a place for.
    """
    # A record of an earlier version says of each item whether it was as planned, and has no topics.
    earlier = draw(st.sampled_from([False, False, True]))
    if earlier:
        ticked = st.sampled_from(EARLIER_OUTCOMES)
        first, *others = BLANK.items  # without any tick it would be of today
        items = (
            attrs.evolve(first, outcome=draw(ticked)),
            *(attrs.evolve(item, outcome=draw(st.none() | ticked)) for item in others),
        )
    else:
        items = tuple(draw(talks(item)) if item.use == "kolb-cycle" else item for item in BLANK.items)
    was_ticked = was_in_boxes(attrs.evolve(BLANK, items=items))
    asked = Outcome.AS_PLANNED if earlier else Outcome.TALKED if was_ticked else None
    answers = []
    for each in full(asked).answers:
        if draw(st.booleans()):
            said = draw(written) if each.key != "next-date" else (Line(runs=(Run(text=draw(lines)),)),)
            answers.append(attrs.evolve(each, lines=said, ring=draw(rings)))
    # A session with its own topic is no one's that people brought something to.
    # What is played is on the sheets of a role-play alone.
    unsaid = ("start", "title", "situation", *(() if earlier else ("topic",)))
    return attrs.evolve(
        BLANK,
        items=items,
        facts=tuple((name, draw(lines)) for name in FACTS if name not in unsaid and draw(st.booleans())),
        answers=tuple(answers),
        actions=tuple(draw(st.lists(st.builds(Action, what=cells, who=cells, by=cells, ring=rings), max_size=3))),
        decisions=tuple(draw(st.lists(st.builds(Decision, what=cells, why=cells, who=cells, ring=rings), max_size=2))),
        signed=tuple(
            draw(
                st.builds(
                    SignOff,
                    role=st.just(role),
                    agreement=st.sampled_from([None, *Agreement]),
                    name=lines,
                    date=lines,
                    comments=comments,
                )
            )
            for role in ("supervisee", "supervisor")
            if draw(st.booleans())
        ),
    )


@st.composite
def records_after_last_time(draw: st.DrawFn) -> Record:
    """
    The same with actions from last time, and what became of them. One of a case is on no paper of two people.
    """
    kept = st.sampled_from([Ring.PERSONAL, Ring.PERSONAL, Ring.CASE, Ring.GROUP])
    last_time = (
        attrs.evolve(
            read_line(draw(lines)),
            id=write_id(datetime.date(2026, 2, 4), ring, n),
            ring=ring,
            state=draw(st.sampled_from(ActionState)),
        )
        for n, ring in enumerate(draw(st.lists(kept, max_size=2)), 1)
    )
    return attrs.evolve(draw(records()), before=tuple(last_time))


def _said(key: str) -> Answered:
    return Answered(key=key, ring=Ring.OPEN, lines=(Line(runs=(Run(text="x"),)),))


FULL = attrs.evolve(BLANK, answers=tuple(map(_said, ("item-2", "item-3", "item-4", "item-5", "anything", "next-date"))))
#: On the paper of an earlier version, where each fact has a line below its name.
IN_BOXES = attrs.evolve(FULL, items=tuple(attrs.evolve(item, outcome=Outcome.AS_PLANNED) for item in FULL.items))
#: One about an item, which whoever may not know what was planned gets among others, and one about none.
BOTH_SORTS = (FULL.answers[0], attrs.evolve(FULL.answers[-1], asked="next time"))


def in_order(record: Record) -> Record:
    """
    A record with its answers by their keys. What asks for the next time is not what it was asked with: papers with
    boxes and those with entries ask in other words, and a reader who may not see what was ticked gets the latter.
    """
    answers = (attrs.evolve(each, asked="") if each.key == "next-date" else each for each in record.answers)
    return attrs.evolve(record, answers=tuple(sorted(answers, key=lambda each: each.key)))


@given(whole=records_after_last_time(), who=st.sampled_from(READERS))
@example(whole=attrs.evolve(BLANK, facts=(("organisation", "of 1"), ("marking", "A"))), who=READERS[0])
@example(whole=attrs.evolve(FULL, answers=BOTH_SORTS), who=reader("auditor"))
@settings(max_examples=tried(60), deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_there_and_back(whole: Record, who: Reader) -> None:
    """
    What a reader's paper says is what that reader may see of the record: nothing less, and nothing more. Its answers
    are in the order of the paper.
    """
    found = read(render(whole, "record", reader=who))

    assert in_order(found) == in_order(whole.visible_to(who.within(Ring.PERSONAL)))
    assert found.reading is not None
    assert not [doubt for doubt in found.reading.doubts if not doubt[0].startswith("sign.")]
    assert not found.reading.notes


@pytest.mark.parametrize("levels", [(0, 1), (1,), (1, 1), (2, 1, 0), (1, 0, 1)])
def test_each_list_in_a_box_has_numbers_of_its_own(levels: tuple[int, ...]) -> None:
    """
    A list goes on from no other one, whichever level it begins at, so no number becomes a part of the words.
    """
    lines = tuple(Line(runs=(Run(text="x"),), kind=LineKind.NUMBER, level=level) for level in levels)
    whole = attrs.evolve(FULL, answers=tuple(attrs.evolve(each, lines=lines) for each in FULL.answers[:4]))

    assert [each.lines for each in read(render(whole, "record", reader="supervisee")).answers] == [lines] * 4


# --- every paper there is

EVERY = sorted(name for name in shelf(()).names())
MADE_OF: dict[str, What] = {
    "session": "arrive@5 | kolb-cycle@40",
    "hour": "arrive@5 + kolb-cycle@40",
    "model": "kolb-cycle",
    "models": "kolb-cycle + grow",
}


def blank_paper(name: str) -> bytes:
    return render(MADE_OF.get(shelf(()).about(name).of), name, reader="anyone")


@pytest.mark.parametrize("name", EVERY)
def test_every_blank_paper_says_nothing(name: str) -> None:
    """
    Nobody has written on it yet, so nothing on it is taken for an answer, a signature or a doubt.
    """
    found = read(blank_paper(name))

    assert found.document == name
    assert (found.answers, found.actions, found.decisions, found.signed, found.passed) == ((), (), (), (), ())
    assert found.reading is not None
    assert (found.reading.doubts, found.reading.notes) == ((), ())


@pytest.mark.parametrize("name", ["preparation", "beginning-together"])
def test_a_paper_of_nothing_takes_answers(name: str, tmp_path: Path) -> None:
    """
    Each place of a paper that is made of nothing, one of your own among them, is read under its own key and ring.
    """
    own = tmp_path / "slip.md"
    own.write_text("---\nof: nothing\nring: pair\n---\n# Slip\n\n``` answer said\nlabel: Comments\n```\n", "utf-8")
    for data, key, ring in (
        (blank_paper(name), f"{name.partition('-')[0]}.2", shelf(()).about(name).ring),
        (render(None, "slip", templates=[tmp_path]), "said", Ring.PAIR),
    ):
        typed_in = changed((at_box(re.escape(key)), rf"\1{TYPED}\3"), data=data)
        found = read(typed_in, templates=[tmp_path])

        assert [(each.key, each.text, each.ring) for each in found.answers] == [(key, "Typed by hand.", ring)]
        assert found.reading is not None
        assert not found.reading.notes


def test_a_filled_paper_of_nothing_is_printed_again(tmp_path: Path) -> None:
    """
    Your own template that asks for answers prints them for those who may read them, and for nobody else.
    """
    (tmp_path / "slip.md").write_text(
        "---\nof: nothing\nring: pair\n---\n# {{ facts.title or 'Slip' }}\n\n``` answer said\nlabel: Said\n"
        'value: {{ answers.get("said") }}\n```\n',
        "utf-8",
    )
    blank = render(None, "slip", templates=[tmp_path], facts={"title": "For later"})
    filled = read(changed((at_box("said"), rf"\1{TYPED}\3"), data=blank), templates=[tmp_path])

    again = render(filled, "slip", reader="supervisee", templates=[tmp_path])
    assert read(again, templates=[tmp_path]) == filled.visible_to(reader("supervisee").within(Ring.PAIR))
    assert "For later" in render(filled, "slip", reader="supervisee", templates=[tmp_path], to="txt").decode()
    assert "Typed by hand." not in render(filled, "slip", reader="auditor", templates=[tmp_path], to="txt").decode()
    with pytest.raises(reflect.NoReader):
        render(filled, "slip", templates=[tmp_path])


@pytest.mark.long
@pytest.mark.parametrize("of", ["nothing", "informal"])
def test_a_paper_of_no_session_widens_no_ring(of: str, tmp_path: Path) -> None:
    """
    What was between the two is between the two after the way through a paper that has no ring of its own.
    """
    (tmp_path / "slip.md").write_text(
        f"---\nof: {of}\n---\n"
        "# Slip\n\n``` answer said\nlabel: Said\nvalue: {{ answers.get('said') }}\n```\n\n"
        "``` actions actions\nlabel: Actions\ncolumn: What\ncolumn: Who\ncolumn: By\n"
        "{% for what, who, by in actions %}\nrow: {{ what }} | {{ who }} | {{ by }}\n{% endfor %}\n```\n",
        "utf-8",
    )
    for ring in Ring:
        whole = Record(
            minutes=0,
            items=(),
            document="slip",
            answers=(attrs.evolve(_said("said"), ring=ring),),
            actions=(Action(what="a", who="b", by="c", ring=ring),),
        )
        for who in READERS:
            found = read(render(whole, "slip", reader=who, templates=[tmp_path]), templates=[tmp_path])
            rings = [each.ring for each in (*found.answers, *found.actions)]
            assert rings == ([ring, ring] if who.sees(ring) else [])


# --- what people and programs do to a file

#: It is of form 1, in which actions had no ids: a paper of the day gives them.
FORM_ONE = from_json((Path(__file__).parent / "data" / "filled-record.json").read_text("utf-8"))
FILLED = settle_agreed(FORM_ONE)
FILE = reader("supervision-file")
WANTED = FILLED.visible_to(FILE)
PAPER = render(FILLED, "record", reader=FILE, wording=FILLED.wording)


def changed(*pairs: tuple[str, str], data: bytes = PAPER, part: str = BODY) -> bytes:
    """
    A file with pieces of its body replaced; each piece has to be there.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    for pattern, new in pairs:
        text, times = re.subn(pattern, new, text, flags=re.DOTALL)
        assert times, pattern
    return packed({**parts, part: text.encode()})


def said(record: Record, key: str) -> str:
    return record.answer(key)


def doubts(record: Record, key: str) -> list[str]:
    assert record.reading is not None
    return [doubt for known, doubt in record.reading.doubts if known == key]


def how(record: Record, key: str) -> str:
    assert record.reading is not None
    return dict(record.reading.found).get(key, "")


CONTROLS = (r"<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*</w:sdtPr><w:sdtContent>|</w:sdtContent></w:sdt>", "")
BOOKMARKS = (r"<w:bookmark(?:Start|End)[^>]*>", "")
STYLES = (r"<w:[pr]Style [^>]*>", "")


def test_a_filled_record_comes_back() -> None:
    """
    What two people wrote comes back by its tags, with nothing uncertain.
    """
    found = read(PAPER)

    assert found == WANTED
    assert found.reading is not None
    assert found.reading.certain
    assert {how for _, how in found.reading.found} == {"tag"}


@pytest.mark.parametrize(
    ("gone", "left"),
    [((CONTROLS,), "bookmark"), ((CONTROLS, BOOKMARKS), "words"), ((CONTROLS, BOOKMARKS, STYLES), "words")],
    ids=["controls", "controls and bookmarks", "controls, bookmarks and styles"],
)
def test_what_editors_drop_is_not_missed(gone: tuple[tuple[str, str], ...], left: str) -> None:
    """
    Without controls everything is read by bookmarks, and without those by the words round it.
    """
    found = read(changed(*gone))

    assert found.answers == WANTED.answers or STYLES in gone
    assert [a.text for a in found.answers] == [a.text for a in WANTED.answers]
    assert (found.items, found.actions, found.signed) == (WANTED.items, WANTED.actions, WANTED.signed)
    assert how(found, "item-4") == left


def test_a_row_less_without_controls_gives_no_action_another_id() -> None:
    """
    Where rows have lost their numbers and one of them is gone, nobody can tell which: they get ids that no row had.
    """
    gone = (r"<w:tr>(?:(?!<w:tr>).)*?Visit without(?:(?!<w:tr>).)*?</w:tr>", "")
    found = read(changed(CONTROLS, gone))

    assert [action.what for action in found.actions] == [WANTED.actions[n].what for n in (0, 2)]
    assert len({action.id for action in (*found.actions, *WANTED.actions)}) == 5


def test_a_file_that_has_forgotten_what_it_is_is_read_with_its_blank() -> None:
    """
    Where the properties are lost too, as Google Docs loses them, its controls tell the places, and a note says so;
    with the blank it was made from, everything is read.
    """
    bare = changed((r"<property .*</property>", ""), part="docProps/custom.xml")
    blank = document(FILLED.outline, "record", wording=FILLED.wording, reader="anyone")

    assert said(read(bare), "item-4") == said(WANTED, "item-4")
    assert read(bare).reading.notes  # type: ignore[union-attr]
    assert [a.text for a in read(bare, of=blank).answers] == [a.text for a in WANTED.answers]
    assert read(bare, of=blank).items == WANTED.items


#: What lost its properties may have lost besides.
LOST = {"nothing": (), "controls": (CONTROLS,), "bookmarks too": (CONTROLS, BOOKMARKS)}


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("ticked", [Outcome.AS_PLANNED, Outcome.TALKED, None])
def test_a_paper_is_read_as_it_was_printed_whichever_blank_is_given(ticked: Outcome | None, lost: str) -> None:
    """
    A paper of before and one of today, read with the blank of either: what it asks is on the paper, not on the blank.
    """
    items = tuple(attrs.evolve(item, outcome=ticked if item.key == "item-4" else None) for item in FULL.items)
    # Each paper has places for these, also a blank one.
    answers = tuple(each for each in full(ticked).answers if each.key in ("item-4", "next-date"))
    whole = attrs.evolve(FULL, items=items, answers=answers)
    paper = render(whole, "record", reader="supervisor")
    bare = changed((r"<property .*</property>", ""), data=paper, part="docProps/custom.xml")
    bare = changed(*LOST[lost], data=bare)

    for marks in ((), ("boxes",)):
        blank = document(whole.outline, "record", wording=whole.wording, reader="anyone", marks=marks)
        found = read(bare, of=blank)
        assert {each.key: each.text for each in found.answers} == {each.key: each.text for each in whole.answers}
        assert [item.outcome for item in found.items] == [item.outcome for item in whole.items], marks


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("name", ["record", "record-of-today", "short-record", "group-record", "case-record"])
def test_a_table_that_only_some_papers_have_is_read_where_it_stands(name: str, lost: str) -> None:
    """
    What was agreed or decided is printed wherever it belongs, also on a paper whose blank has no table for it; the
    words over the table are nobody's answer, whatever the file lost.
    """
    ring = shelf(()).about(name).ring or Ring.PERSONAL
    acts = (Action(what="Ring the school", who="AM", by="Friday", ring=ring),)
    settled = (Decision(what="No visit alone", why="The dog", who="DK", ring=ring),)
    for actions, decisions in ((acts, ()), ((), settled), (acts, settled)):
        whole = attrs.evolve(BLANK, document=name, actions=actions, decisions=decisions)
        found = read(changed(*LOST[lost], data=render(whole, name, reader=EVERYBODY)))

        assert [(each.what, each.who, each.by) for each in found.actions] == [
            (each.what, each.who, each.by) for each in actions
        ]
        assert [(each.what, each.why, each.who) for each in found.decisions] == [
            (each.what, each.why, each.who) for each in decisions
        ]
        assert found.answers == ()


def test_google_docs_wraps_everything() -> None:
    """
    Controls that are not ours let through what is in them.
    """
    wrap = '<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_1"/><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>'
    found = read(changed(CONTROLS, (r"(<w:p>.*?</w:p>)", wrap + r"\1</w:sdtContent></w:sdt>")))

    assert (found.answers, found.actions, found.signed) == (WANTED.answers, WANTED.actions, WANTED.signed)


def at_box(key: str) -> str:
    return rf'(<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*<w:tag w:val="{key}[|][^"]*"/>(?:(?!</w:sdtPr>).)*</w:sdtPr><w:sdtContent>)(.*?)(</w:sdtContent></w:sdt>)'


TYPED = '<w:p><w:r><w:t xml:space="preserve">Typed by hand.</w:t></w:r></w:p>'


def test_what_is_typed_below_a_box_belongs_to_it() -> None:
    """
    Text below the box, and text in place of a deleted box, is the answer; the record says how it was found.
    """
    below = read(changed((at_box("item-3"), r"\1\2\3" + TYPED)))
    instead = read(changed((at_box("item-3"), TYPED)))

    assert said(below, "item-3") == said(WANTED, "item-3") + "\nTyped by hand."
    assert doubts(below, "item-3") == ["some of it was typed outside its box"]
    assert said(instead, "item-3") == "Typed by hand."
    assert how(instead, "item-3") == "bookmark"
    assert said(below, "item-4") == said(instead, "item-4") == said(WANTED, "item-4")


def test_what_is_typed_behind_a_question_belongs_to_it() -> None:
    """
    Words behind the question on its own line are the answer.
    """
    found = read(
        changed(
            (at_box("item-3"), ""),
            (
                r"(what will be done, and not why</w:t></w:r>)",
                r"\1<w:r><w:t xml:space='preserve'> A day off.</w:t></w:r>",
            ),
        )
    )

    assert said(found, "item-3") == "A day off."
    assert doubts(found, "item-3") == ["some of it was typed after its question"]


WORDS = "rang the school on Monday"


def typed_into(data: bytes, number: int, *, front: bool) -> bytes:
    """
    A Word file with words of somebody's in one of its paragraphs, at its front or at its end.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    tree = etree.fromstring(parts[BODY])
    para = list(tree.iter(f"{{{W}}}p"))[number]
    run = etree.Element(f"{{{W}}}r")
    etree.SubElement(run, f"{{{W}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = f" {WORDS} "
    first = next((each for each in para if each.tag in (f"{{{W}}}r", f"{{{W}}}sdt")), None)
    if front and first is not None:
        first.addprevious(run)
    else:
        para.append(run)
    return packed({**parts, BODY: etree.tostring(tree)})


@pytest.mark.parametrize("name", a_few(EVERY, 2))
def test_nothing_is_lost_wherever_it_is_typed(name: str) -> None:
    """
    Words that somebody types into any paragraph of any paper, before or behind what is printed there, are kept.

    In the cell of a fact, behind the name of a column, within a heading: people write where there is room. Where only a
    day belongs, and so it says, nothing else stays.
    """

    def is_kept(record: Record) -> bool:
        told = record.reading.doubts if record.reading else ()
        text = to_json(record)
        return all(word in text for word in WORDS.split()) or any("only a day belongs" in doubt for _, doubt in told)

    data = blank_paper(name)
    paras = len(read_word_file(open_package(data)).paras)
    places = a_few(range(len(name) % 4, paras), max(9, paras // 4), in_ci=4)
    found = {(n, front): read(typed_into(data, n, front=front)) for n in places for front in (True, False)}

    assert paras
    assert [at for at, each in found.items() if not is_kept(each)] == []


def test_what_is_typed_beside_an_empty_line_is_meant_for_it() -> None:
    """
    A name typed behind the label, or behind the place for it, is the name; where there is one, it is kept apart.
    """
    data = render(IN_BOXES, "record", reader="supervisee", facts={})
    label = next(n for n, para in enumerate(read_word_file(open_package(data)).paras) if para.text == "Worker")
    found = read(typed_into(data, label, front=False))

    assert dict(found.facts)["supervisee"] == WORDS
    assert doubts(found, "supervisee") == ["it was typed beside its line"]


def test_what_is_typed_behind_the_words_beside_a_talk_is_its_answer() -> None:
    """
    What somebody called their item cannot be known again, but the words that we print beside its lines can. Where
    nobody wrote anything, nothing is said of it.
    """
    about = reflect.load("kolb-cycle").about("t1", "What to say to the school", ring="personal")
    data = render(plan(about, minutes=40), "record", reader="supervisee")
    label = next(n for n, para in enumerate(read_word_file(open_package(data)).paras) if para.text == "we thought")
    blank, found = read(data), read(typed_into(data, label, front=False))

    assert (blank.answers, blank.items[0].brought[0].became) == ((), None)
    assert WORDS in said(found, "item-1")
    assert doubts(found, "item-1")


def test_what_is_typed_into_the_name_of_an_item_is_kept() -> None:
    """
    What is printed over its box is its name, with whatever somebody wrote into it.
    """
    about = reflect.load("kolb-cycle").about("t1", "What to say to the school", ring="personal")
    data = render(plan(about, minutes=40), "record", reader="supervisee")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    printed = "What to say to the school</w:t>"
    assert parts[BODY].decode().count(printed) == 1
    typed_in = parts[BODY].decode().replace(printed, f"What to say to the school {WORDS}</w:t>")
    names = [read(file).items[0].brought[0].topic for file in (data, packed({**parts, BODY: typed_in.encode()}))]

    assert [name.title for name in names] == ["What to say to the school", f"What to say to the school {WORDS}"]
    assert {name.ring for name in names} == {Ring.PERSONAL}
    assert read(data).reading.certain  # type: ignore[union-attr]


def test_a_control_twice_is_read_once_or_joined() -> None:
    """
    A copied control with the same text counts once; one with another text is joined, and the record says so.
    """
    same = read(changed((at_box("item-3"), r"\1\2\3\1\2\3")))
    other = read(changed((at_box("item-3"), r"\1\2\3\1" + TYPED + r"\3")))

    assert said(same, "item-3") == said(WANTED, "item-3")
    assert said(other, "item-3") == said(WANTED, "item-3") + "\nTyped by hand."
    assert "more than one control" in doubts(other, "item-3")[0]


def test_an_emptied_control_says_nothing() -> None:
    """
    A hint is not an answer, its own or Word's, whether the file says so or not.
    """
    for hint in ("Write here", "Click or tap here to enter text."):
        words = f"<w:p><w:r><w:t>{hint}</w:t></w:r></w:p>"
        found = read(changed((at_box("item-3"), r"\1" + words + r"\3")))

        assert said(found, "item-3") == ""
    assert said(read(changed((at_box("item-3"), r"\1" + TYPED + r"\3"))), "item-3") == "Typed by hand."


def test_a_hint_s_look_does_not_make_a_hint() -> None:
    """
    What was typed in the style of a hint, as LibreOffice leaves it, is an answer.
    """
    look = '<w:p><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Typed.</w:t></w:r></w:p>'
    found = read(changed((at_box("item-3"), r"\1" + look + r"\3")))

    assert said(found, "item-3") == "Typed."


def by(author: str, day: str = "2026-05-20") -> str:
    return f'w:id="900" w:author="{author}" w:date="{day}T10:00:00Z"'


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    """
    What was inserted is in, what was deleted is out, and who signed before is asked again.
    """
    track = (
        rf"<w:p><w:ins {by('DK')}><w:r><w:t>New words.</w:t></w:r></w:ins>"
        rf"<w:del {by('AM')}><w:r><w:delText>Old words.</w:delText></w:r></w:del></w:p>"
    )
    found = read(changed((at_box("item-3"), r"\1" + track + r"\3")))

    assert said(found, "item-3") == "New words."
    assert found.reading is not None
    assert (found.reading.changes, found.reading.people) == (2, 2)
    assert "2 tracked changes by 2 people, read as accepted" in found.reading.notes
    assert [sign.agreement for sign in found.signed] == [None, None]
    assert "ask again" in doubts(found, "sign.supervisee")[0]


def test_changes_from_before_the_signing_leave_it() -> None:
    """
    What was changed before the day they signed was there when they signed.
    """
    track = rf"<w:p><w:ins {by('DK', '2026-05-14')}><w:r><w:t>New words.</w:t></w:r></w:ins></w:p>"
    found = read(changed((at_box("item-3"), r"\1" + track + r"\3")))

    assert [sign.agreement for sign in found.signed] == [sign.agreement for sign in WANTED.signed]


def test_a_deleted_end_of_a_paragraph_joins_two() -> None:
    """
    Two paragraphs whose parting was deleted while changes were tracked are one.
    """
    track = (
        rf'<w:p><w:pPr><w:rPr><w:del {by("DK")}/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>line.</w:t></w:r></w:p>"
    )

    assert said(read(changed((at_box("item-3"), r"\1" + track + r"\3"))), "item-3") == "One line."


def test_questions_that_were_deleted_leave_their_answers() -> None:
    """
    Without its question, an answer is found by its tag, and put under the question on the page.
    """
    found = read(changed((r'<w:p><w:pPr><w:pStyle w:val="ReflectPrompt"/></w:pPr>.*?</w:p>', "")))

    assert [(a.key, a.text, a.asked) for a in found.answers] == [(a.key, a.text, a.asked) for a in WANTED.answers]


def test_a_question_reworded_by_hand_stands_as_it_was_reworded() -> None:
    """
    The answer stands under the words on the paper, for those were answered.
    """
    found = read(changed((r"Wellbeing check-in( |</w:t>)", r"How are you, and what helps\1")))
    answer = next(a for a in found.answers if a.key == "item-3")

    assert answer.asked.startswith("How are you, and what helps")
    assert answer.text == said(WANTED, "item-3")


ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
ENDS = r"(</w:tbl>)(?=(?:(?!</w:tbl>).)*useful)"


def test_rows_written_by_hand_are_rows() -> None:
    """
    A row somebody put below, and one whose cells were merged, are read; what is too many is kept.
    """
    plain = ROW.format(CELL.format("", "Ring school") + CELL.format("", "AM") + CELL.format("", "Friday"))
    merged = ROW.format(CELL.format('<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "Ask the GP") + CELL.format("", "June"))
    wide = ROW.format("".join(CELL.format("", text) for text in ("Write it up", "DK", "Monday", "at home")))
    found = read(changed((ENDS, plain + merged + wide + r"\1")))
    rows = [(a.what, a.who, a.by) for a in found.actions]

    assert rows[: len(WANTED.actions)] == [(a.what, a.who, a.by) for a in WANTED.actions]
    assert rows[-3:] == [("Ring school", "AM", "Friday"), ("Ask the GP", "", "June"), ("Write it up", "DK", "Monday")]
    assert "at home" in said(found, UNPLACED)


def test_a_cell_that_was_drawn_over_the_name_of_its_column_is_read() -> None:
    """
    In large print the first cell is under the name of its column; if its control holds both, the rows are read too.
    """
    looks = ["large-print"]
    blank = read_word_file(open_package(render(FILLED.outline, "record", reader="anyone", looks=looks)))
    file = read_word_file(open_package(render(FILLED, "record", reader=FILE, looks=looks)))
    cell = next(n for n, para in enumerate(file.paras) if "actions.1.1" in para.tags)
    drawn = attrs.evolve(file.paras[cell - 1], controls=file.paras[cell].controls)
    paras = (*file.paras[: cell - 1], drawn, *file.paras[cell:])
    paper = find_answers(attrs.evolve(file, paras=paras), blank_of(blank))
    actions = next(each for each in paper.places if each.place.key == "actions")
    cells = [" ".join(para.text for para in cell) for row in actions.rows for cell in row.cells]

    assert file.paras[cell - 1].text == "What"
    assert all(text in " ".join(cells) for action in FILLED.actions for text in (action.what, action.who, action.by))


def test_nothing_that_was_written_is_dropped() -> None:
    """
    Text in its own box, above the first question and after the last is kept, and the record says so.

    It is for the two alone, so it is on their own notes and not on the record.
    """
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    found = read(changed((r"(<w:body>)", r"\1" + TYPED.replace("hand", "mouse") + box)))

    assert "Typed by mouse." in said(found, UNPLACED)
    assert "In a box." in said(found, UNPLACED)
    assert found.reading is not None
    assert any("unplaced" in note for note in found.reading.notes)
    again = render(found, "record", reader="supervisor", wording=found.wording)
    assert read(again) == found.visible_to(reader("supervisor").within(Ring.PERSONAL))
    assert "In a box." not in text_of_docx(again)
    assert "In a box." in text_of_docx(render(found, "pair-notes", reader="supervisor", wording=found.wording))


def test_a_heading_somebody_wrote_is_theirs() -> None:
    """
    A heading within an answer, in Word's own style, is a line of the answer.
    """
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>Risk</w:t></w:r></w:p>'
    found = read(changed((at_box("item-3"), r"\1\2\3" + heading + TYPED)))

    assert said(found, "item-3").endswith("Risk\nTyped by hand.")


def test_another_program_s_file_loses_no_word() -> None:
    """
    A Word file that is not ours is read too: all its words, including headings and tables, under no question.
    """
    paper = docx.Document()
    paper.add_heading("Notes", 0)
    paper.add_heading("First", 1)
    paper.add_paragraph("Some text.")
    paper.add_table(1, 2).rows[0].cells[1].text = "In a cell."
    file = io.BytesIO()
    paper.save(file)
    found = read(file.getvalue())

    assert said(found, UNPLACED) == "Notes\nFirst\nSome text.\nIn a cell."
    assert found.document == "unknown"


@pytest.mark.parametrize("ending", ["html", "rtf", "odt", "doc", "docx"])
def test_a_file_that_libreoffice_wrote_loses_no_word(ending: str, tmp_path: Path) -> None:
    """
    Headings, lists, tables in tables, notes, boxes and headers of a stranger's file, through any format: each word once.
    """
    body = "".join(f"<p>Word{n}</p>" for n in range(3)) + (
        "<h1>Word3</h1><ul><li>Word4<ol><li>Word5</li></ol></li></ul><blockquote>Word6 <b>Word7</b><br>Word8</blockquote>"
        "<table border=1><tr><th>Word9</th><td>Word10<table border=1><tr><td>Word11</td></tr></table></td></tr></table>"
        "<p><a href='https://example.org/'>Word12</a> <sup>Word13</sup> <del>Word14</del> <pre>Word15</pre>"
    )
    office = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    path = tmp_path / "theirs.html"
    path.write_text(f"<html><body>{body}</body></html>", "utf-8")
    kinds = {"html": (), "docx": ("docx:Office Open XML Text",)}.get(ending, (ending,))
    for to in (*kinds, "docx:MS Word 2007 XML"):
        where = tmp_path / to.replace(":", " ")
        options = ["--infilter=HTML (StarWriter)"] if path.suffix == ".html" else []
        command = [
            tool("soffice"),
            office,
            "--headless",
            *options,
            "--convert-to",
            to,
            "--outdir",
            str(where),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = where / f"theirs.{to.partition(':')[0]}"
    found = read(path)

    assert sorted(re.findall(r"Word\d+", said(found, UNPLACED))) == sorted(f"Word{n}" for n in range(16))


def test_a_file_that_pandoc_wrote_loses_no_word(tmp_path: Path) -> None:
    """
    Definition lists, footnotes and tables as pandoc writes them: each word once.
    """
    program = pandoc()
    if not program and os.environ.get("REFLECT_CI") != "1":
        pytest.skip("pandoc is not here")
    text = "# Word0\n\nWord1[^n] *Word2*\n\n[^n]: Word3\n\nWord4\n:   Word5\n\n| Word6 | Word7 |\n|---|---|\n| Word8 | Word9 |\n"
    path = tmp_path / "theirs.docx"
    subprocess.run([program, "-f", "markdown", "-o", str(path)], input=text.encode(), check=True, timeout=60)

    assert sorted(re.findall(r"Word\d", said(read(path), UNPLACED))) == [f"Word{n}" for n in range(10)]


def pandoc() -> str:
    """
    Where pandoc is: it comes with the extra *bench*, and many have it anyway.
    """
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return ""


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("☐ as planned ☒ changed ☐ not reached", "changed"),
        ("☐ as planned ✓ changed ☐ not reached", "changed"),
        ("[ ] as planned [x] changed [ ] not reached", "changed"),
        ("as planned X changed not reached", "changed"),
        ("as planned\tchanged ✔\tnot reached", "changed"),
        ("changed", "changed"),
        ("☐ not reached", ""),
        ("☒ as planned ☒ changed ☐ not reached", ""),
        ("☐ as planned ☐ changed ☐ not reached", ""),
    ],
)
def test_ticks_however_they_are_marked(line: str, chosen: str) -> None:
    """
    A tick is read from the sign, a letter, or what alone is left; two ticks are none.
    """
    options = ("as planned", "changed", "not reached")
    found = read_ticks([LineStretch(line)], options)

    assert (found.chosen if len(found.chosen) == 1 else ()) == ((chosen,) if chosen else ())


def test_ticks_by_their_look() -> None:
    """
    One option that alone is bold or not struck through is chosen, and that is said to be uncertain.
    """
    options = ("agreed", "agreed with comments", "not agreed")
    bold = read_ticks(
        [LineStretch("agreed "), LineStretch("agreed with comments", strong=True), LineStretch(" not agreed")], options
    )
    struck = read_ticks(
        [
            LineStretch("agreed", struck=True),
            LineStretch(" agreed with comments "),
            LineStretch("not agreed", struck=True),
        ],
        options,
    )

    assert bold.chosen == struck.chosen == ("agreed with comments",)
    assert bold.doubt
    assert struck.doubt


def test_a_tick_that_was_crossed_out_is_none() -> None:
    """
    Somebody who crosses out what they ticked has not ticked it, and the words that they crossed out beside it are gone.
    """
    options = ("agreed", "agreed with comments", "not agreed")
    gone = [LineStretch("☒ agreed", struck=True), LineStretch(" ☐ agreed with comments ☐ not agreed")]
    again = [*gone[:1], LineStretch(" ☐ agreed with comments ☒ not agreed "), LineStretch("but late", struck=True)]

    assert read_ticks(gone, options).chosen == ()
    assert "crossed out" in read_ticks(gone, options).doubt
    assert (read_ticks(again, options).chosen, read_ticks(again, options).other) == (("not agreed",), "")


@pytest.mark.parametrize("text", ["7", "7/10", "7 out of 10", "about 7"])
def test_a_number_typed_on_a_scale(text: str) -> None:
    """
    A number that was typed in the place of the ticks is the number.
    """
    assert read_ticks([LineStretch(text)], tuple(map(str, range(11)))).chosen == ("7",)


@pytest.mark.parametrize(
    "text",
    [
        "4 March 2026",
        "4th March 2026",
        "Wed 4 Mar 2026",
        "04/03/2026",
        "4.3.26",
        "4-3-2026",
        "2026-03-04",
        "March 4, 2026",
    ],
)
def test_days_as_they_are_written_here(text: str) -> None:
    """
    Day before month, in figures or words.
    """
    assert read_day(text) == datetime.date(2026, 3, 4)
    assert read_day("soon") is None
    assert read_day("31/02/2026") is None


# --- papers with a place for each question


def filled(paper: Document) -> tuple[Document, dict[str, str]]:
    """
    A paper with something in each place, and what that is.
    """
    wanted: dict[str, str] = {}
    blocks: list[Block] = []
    for block in paper.blocks:
        if isinstance(block, Answer | Scale | Choice):
            value = f"Mine, {block.key}" if isinstance(block, Answer) else "7"
            value = block.options[-1] if isinstance(block, Choice) else value
            wanted[block.key] = value
            blocks.append(attrs.evolve(block, value=value))
        elif isinstance(block, SheetToFill):
            boxes = tuple(attrs.evolve(place, value=f"Mine, {place.key}") for place in block.places)
            wanted |= {place.key: place.value for place in boxes}
            blocks.append(attrs.evolve(block, places=boxes))
        else:
            blocks.append(block)
    return attrs.evolve(paper, blocks=tuple(blocks)), wanted


@pytest.mark.parametrize("key", a_few(our_catalogue()))
def test_every_worksheet_is_read_however_it_comes(key: str) -> None:
    """
    Every question of every model comes back from its worksheet: by tags, by bookmarks alone, and by words alone.
    """
    paper, wanted = filled(document(our_catalogue().load(key), "worksheet"))
    data = word.write(paper)

    for gone in ((), (CONTROLS,), (CONTROLS, BOOKMARKS)):
        found = read(changed(*gone, data=data))
        assert {a.key: a.text for a in found.answers} == wanted
        assert all(a.ring is Ring.OWN and a.asked for a in found.answers)
    assert found.document == "worksheet"


@pytest.mark.parametrize("looks", [*((look,) for look in Look), ("large-print", "dyslexia-friendly", "landscape")])
@pytest.mark.parametrize("branded", [False, True])
def test_every_look_is_read(looks: tuple[str, ...], branded: bool) -> None:
    """
    Any look, an agency's own too, and paper for the pen that was typed on after all, is read as any other.
    """
    brand = brand_of(agencies.abroad()) if branded else None
    paper, wanted = filled(document(our_catalogue().load("kolb-cycle"), "worksheet", looks=looks))

    assert {a.key: a.text for a in read(word.write(paper, brand)).answers} == wanted
    assert read(render(FILLED, "record", reader=FILE, wording=FILLED.wording, looks=looks, brand=brand)) == WANTED


def test_an_older_page_s_answers_stand_under_their_old_questions() -> None:
    """
    A file made with an older version is read with a note, and its answers stand under the words they answered.
    """
    paper, wanted = filled(document(our_catalogue().load("kolb-cycle"), "worksheet"))
    data = word.write(paper)
    data = changed((r"Where does this story begin for you\?", "Where did it begin?"), data=data)
    data = changed((r'(name="reflect.version"><vt:lpwstr>)[^<]*', r"\g<1>0"), data=data, part="docProps/custom.xml")
    found = read(data)

    assert {a.key: a.text for a in found.answers} == wanted
    assert found.answers[0].asked.startswith("Where did it begin? ")
    assert found.answers[0].version == "0"
    assert found.reading is not None
    assert "version 0 of its page" in found.reading.notes[0]


# --- what a page saved, what a form gave, and what becomes of a record


def saved_page(paper: Document) -> Filled:
    """
    What a page of a paper would save.
    """
    answers: dict[str, str] = {}
    asked: dict[str, str] = {}
    tables, signed = [], []
    blocks = [place for block in paper.blocks for place in (block.places if isinstance(block, Entry) else (block,))]
    for block in blocks:
        match block:
            case Answer() | Choice():
                answers[block.key] = block.value
                if isinstance(block, Choice) and block.beside is not None:
                    answers[block.beside.key] = block.beside.value
            case Facts(facts):
                answers |= {fact.key: fact.value for fact in facts}
            case Actions():
                tables.append(Rows(key=block.key, columns=block.columns, rows=block.rows))
            case Fact():
                answers[block.key] = block.value
            case NodeSignOff():
                if block.also is not None:
                    answers[block.also.key] = block.also.value
                texts = {name: getattr(block, name) for name in ("key", "who", "value", "name", "date", "comments")}
                signed.append(Signature(**texts))
            case _:
                pass
    asked |= {b.key: b.label for b in blocks if isinstance(b, Answer | Choice | Fact)}
    for entry in paper.blocks:
        if isinstance(entry, Entry) and entry.talk:
            first = entry.rows[0][0]
            asked[first.key] = f"{entry.over}: {first.label}"
    return Filled(
        document="record",
        about=paper.about,
        answers=tuple(answers.items()),
        asked=tuple(asked.items()),
        tables=tuple(tables),
        signed=tuple(signed),
    )


def test_a_page_gives_the_same_record() -> None:
    """
    What a page saved and what a Word file says is one record, but for looks: a page holds plain text.
    """
    page = saved_page(document(FILLED, "record", reader=FILE, wording=FILLED.wording))
    found = read(to_json(page).encode())
    plain = [attrs.evolve(a, lines=lines_of(a.text)) for a in WANTED.answers]

    assert list(found.answers) == plain
    assert attrs.evolve(found, answers=()) == attrs.evolve(WANTED, answers=())


FORM = """---
key: form
title: A form
---
- How was it? {#how}
- How near? {#near answer=scale low="far" high="near enough" whose="yours"}
- When next? {#when answer=date}
- Is it done? {#done answer=tick}
- Which? {#which answer=choice options="this; that"}
"""


def test_a_form_s_answers_are_a_record() -> None:
    """
    Answers by key become a record; each stands under its question, and what is blank is left out.
    """
    day = datetime.date(2026, 3, 4)
    given = {"form.how": "Well.\n\nSlowly.", "form.near": 7, "form.when": day, "form.done": True, "form.which": ""}
    found = Record.from_answers(read_page(FORM), given)

    wanted = {"form.how": "Well.\n\nSlowly.", "form.near": "7", "form.when": "4 March 2026", "form.done": "yes"}
    assert {a.key: a.text for a in found.answers} == wanted
    assert found.answers[0].asked == "How was it?"
    assert from_json(to_json(found)) == found


def test_a_form_s_faults_are_told_by_key() -> None:
    """
    Everything wrong is reported at once, by key, without a word of what was written.
    """
    secret = "QZSECRETZQ"
    wrong = {"form.how": 7, "form.near": secret, "form.which": secret, "form.hwo": secret, secret: ""}

    with pytest.raises(Faults) as caught:
        Record.from_answers(read_page(FORM), wrong)
    assert len(caught.value.faults) == 5
    assert "'form.near' is not a number from 0 to 10" in str(caught.value)
    assert "Did you mean 'form.how'?" in str(caught.value)
    assert secret not in str(caught.value) + repr(caught.value)


def test_the_next_session_begins_with_the_open_actions() -> None:
    """
    What is not done is what the next record asks about; what was said stays in its own record.
    """
    session = plan("arrive@5 + previous-actions@10 + close@5", 20)
    following = begin_next_record(FILLED, session, done=lambda action: action.who == "DK")

    assert [a.who for a in following.before] == ["AM", "AM"]
    assert not following.actions
    assert not following.answers
    assert not following.signed
    assert dict(following.facts)["date"] == "11 June 2026, 10:00"
    assert read(render(following, "record", reader=FILE)).before == following.before


def test_only_that_a_session_was_held_is_told_of_many() -> None:
    """
    The table of several records says that they were held, and no name and no word; what nobody said is blank.
    """
    told = write_table([("=cmd", assurance_of(FILLED)), ("b", assurance_of(BLANK))])

    assert told == (
        "record,held,cancelled,cancelled by,minutes,minutes planned,present,supervisee signed,supervisor signed\n"
        "'=cmd,2026-05-14,,,,60,,agreed with comments,agreed\n"
        "b,,,,,60,,,\n"
    )


@given(whole=records(), who=st.sampled_from(READERS), limit=st.integers(100, 300))
@settings(max_examples=tried(25), deadline=None)
def test_what_is_pasted_fits_and_is_whole(whole: Record, who: Reader, limit: int) -> None:
    """
    No field is longer than its limit, every word of what a reader may see is there, and none of what they may not.
    """
    fields = fields_of(whole, who, limit)
    squeezed = "".join("".join(field.text for field in fields).split())

    assert all(0 < len(field.text) <= limit for field in fields)
    for answered in whole.visible_to(who).answers:
        for line in answered.lines:
            assert "".join(line.text.split()) in squeezed
    marked = attrs.evolve(whole, answers=(Answered(key="item-4", ring=Ring.OWN, lines=lines_of("QZSECRETZQ")),))
    assert ("QZSECRETZQ" in write_plain_text(marked, who)) == who.sees(Ring.OWN)


def test_many_files_at_once(tmp_path: Path) -> None:
    """
    One bad file stops no other, the summary says how many were read, and no word of a record is on the screen.
    """
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for name, data in {"a.docx": PAPER, "b.docx": b"no", "c.docx": PAPER, "~$c.docx": b"lock"}.items():
        (tmp_path / "in" / name).write_bytes(data)
    words = ["read", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--facts", str(tmp_path / "held.csv")]
    done = CliRunner().invoke(main, words)

    assert done.exit_code == 1
    assert "2 of 3 read; 1 not read" in done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "c.json"]
    assert from_json((tmp_path / "out" / "a.json").read_text("utf-8")) == WANTED
    assert (tmp_path / "held.csv").read_text().count("2026-05-14") == 2
    assert "notebook" not in done.output
    assert "2 of 3 read" in CliRunner().invoke(main, words).output  # the same again writes the same, and is no harm


def test_reading_takes_time_in_the_measure_of_its_length() -> None:
    """
    A paper with 2,000 answers is read in about ten times the time of one with 200.
    """

    def took(many: int) -> float:
        blocks: list[Block] = [Heading(1, (Text("Many"),))]
        for n in range(many):
            asked = f"Question {n}?"
            blocks += [Paragraph((Text(asked),), style="prompt"), Answer(f"q.{n}", asked, 2, value=f"Answer {n}.")]
        data = word.write(Document(kind="many", title="Many", blocks=tuple(blocks)))
        start = time.process_time()
        found = read(data)
        assert len(found.answers) == many
        return time.process_time() - start

    took(20)
    assert took(2_000) < 30 * max(took(200), 0.01)


@pytest.mark.parametrize("through", ["docx", "odt", "rtf", "doc"])
def test_through_libreoffice(through: str, tmp_path: Path) -> None:
    """
    Saved by LibreOffice as Word, or as something else and then as Word, the record is the same.
    """

    def saved(path: Path, to: str, folder: str) -> Path:
        office = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        where = ["--headless", "--convert-to", to, "--outdir", str(tmp_path / folder), str(path)]
        subprocess.run([tool("soffice"), office, *where], check=True, capture_output=True, timeout=600)
        return tmp_path / folder / f"record.{to.partition(':')[0]}"

    path = tmp_path / "record.docx"
    path.write_bytes(PAPER)
    if through != "docx":
        path = saved(path, through, "first")
    found = read(saved(path, "docx:MS Word 2007 XML", "second"))

    assert found == WANTED


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


NEEDED = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
          "word/numbering.xml", "word/header1.xml", "word/footer1.xml", "docProps/custom.xml"}  # fmt: skip


@pytest.mark.parametrize("name", parts_of(PAPER))
def test_a_damaged_part_that_nobody_needs_refuses_nothing(name: str) -> None:
    """
    A paper of which only such a part is damaged is read whole, with a note; with any other damaged it is refused.
    """
    data = packed({**parts_of(PAPER), name: b'<a x:b="1"/>'}, method=zipfile.ZIP_STORED)
    if name in NEEDED:
        with pytest.raises(NotOpened) as caught:
            read(data)
        assert caught.value.code == "damaged"
        return
    found = read(data)

    assert found == WANTED
    assert found.reading is not None
    assert any("damaged" in note for note in found.reading.notes)


#: What Word calls the same in its strict dialect.
STRICT = {
    "wordprocessingml/2006/main": "wordprocessingml/main",
    "officeDocument/2006/relationships/custom-properties": "officeDocument/relationships/customProperties",
    "officeDocument/2006/custom-properties": "officeDocument/customProperties",
    "officeDocument/2006/": "officeDocument/",
    "drawingml/2006/": "drawingml/",
}


def in_strict_dialect(data: bytes) -> bytes:
    parts = parts_of(data)
    for usual, strict in STRICT.items():
        for name, part in parts.items():
            usual_name = f'"http://schemas.openxmlformats.org/{usual}'.encode()
            parts[name] = part.replace(usual_name, f'"http://purl.oclc.org/ooxml/{strict}'.encode())
    return packed(parts)


def test_a_file_in_the_strict_dialect_is_the_same() -> None:
    """
    Word can save a file in another dialect; then it has what it says about itself under other names, and we read both.
    """
    found = read(in_strict_dialect(PAPER))

    assert found == WANTED
    assert found.document == "record"
    assert found.reading == read(PAPER).reading
    assert brand_of(in_strict_dialect(PAPER)).notes == brand_of(PAPER).notes


def test_a_file_without_any_properties_is_read() -> None:
    """
    A program that saves no properties at all leaves the answers.
    """
    parts = {name: part for name, part in parts_of(PAPER).items() if not name.startswith("docProps/")}
    found = read(packed({**parts, "_rels/.rels": re.sub(rb"<[^<]*docProps[^>]*>", b"", parts["_rels/.rels"])}))

    assert {(each.key, each.text) for each in WANTED.answers} <= {(each.key, each.text) for each in found.answers}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_at_this_door_too(what: str) -> None:
    """
    Reading refuses each kind of harm with the code of the door, within a second.
    """
    make, code = HOSTILE[what]
    data = make()
    start = time.process_time()

    with pytest.raises(NotOpened) as caught:
        read(data)
    assert caught.value.code == code
    assert time.process_time() - start < 1


@settings(max_examples=tried(60), deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_body_only_our_errors_come_out(data: st.DataObject) -> None:
    """
    Pieces of the body doubled, dropped and moved give a record or an error of ours.
    """
    pieces = re.findall(r"<[^>]+>|[^<]+", _BODY_TEXT)
    for _ in range(data.draw(st.integers(1, 5))):
        a, b = sorted((data.draw(st.integers(0, len(pieces) - 1)), data.draw(st.integers(0, len(pieces) - 1))))
        b = min(b, a + 40)
        match data.draw(st.sampled_from(["drop", "double", "swap"])):
            case "drop":
                del pieces[a:b]
            case "double":
                pieces[b:b] = pieces[a:b]
            case "swap":
                pieces[a], pieces[b] = pieces[b], pieces[a]
    root = etree.fromstring("".join(pieces).encode(), etree.XMLParser(recover=True))
    with contextlib.suppress(ReflectError):
        read(with_part(BODY, b"<w/>" if root is None else etree.tostring(root)))


with zipfile.ZipFile(io.BytesIO(PAPER)) as _package:
    _BODY_TEXT = _package.read(BODY).decode()
