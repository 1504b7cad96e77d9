"""
Decision 7 in tests: values are inert, readers see only their rings, and no paper remembers another.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect import formats
from reflect.checks import check
from reflect.cli import main
from reflect.documents.making import document
from reflect.documents.templates import Templates
from reflect.errors import NoReader, Refused, UnknownKey
from reflect.questions.model import Suits
from reflect.questions.question import Addressee
from reflect.questions.rings import READERS, Ring
from reflect.questions.sets import QuestionSet
from reflect.rendering.rendering import render
from reflect.sessions.brought import Outcome
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import Action, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.sessions.session import Session, plan
from reflect.text.filling import Value
from reflect.text.nodes import (
    Actions,
    Answer,
    Cards,
    Choice,
    Diagram,
    Entry,
    Facts,
    Heading,
    Listing,
    SheetToFill,
    Table,
    words,
)
from reflect.text.prose import Line, Run, visible
from tests import agencies
from tests.documents import (
    FORMATS,
    MODEL_PAPERS,
    OUTLINE,
    SESSION_PAPERS,
    a_few,
    everything_in,
    of_the_day,
    served,
    shape,
    squeezed,
    text_of,
    text_of_docx,
    text_of_html,
    tried,
)

NASTY = [
    "# heading", "- item", "| a | b |", "**bold**", "<b>x</b>", "<script>alert(1)</script>", "&amp;", "{{ 7*7 }}",
    "{% raw %}", "```\nx", "    code", "[x](javascript:1)", "a\n\nb", "a\nb", "{.hint}", "[x]{.label}", "---", "1. x",
    "\U000f0000", "\U000f0001\U000f0000", "\x00\x07\x1b", "\u202eturned", "שלום", "\u2069\u202c", "😀", "\ud800",
    "]]>", "' OR 1", '" onload="x', "fact: a | b | c", "value: x", "option: x", "HYPERLINK \"x\"", "\\", "\r\n", "\u2028",
    "{person}", "row: a | b", "card:",
]  # fmt: skip
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.lists(st.sampled_from(NASTY)).map("".join))
words_of_some_length = texts.filter(lambda text: bool(visible(text).strip(" \n\u2068\u2069\t")))


def facts_with(text: str) -> dict[str, str]:
    return dict.fromkeys(("title", "organisation", "marking", "place", "supervisor", "supervisee", "topic"), text)


def record_with(text: str) -> Record:
    def said(key: str, ring: Ring) -> Answered:
        return Answered(key=key, ring=ring, lines=(Line(runs=(Run(text=text),)),))

    uses = [("arrive", 3), ("previous-actions", 5), ("wellbeing-check-in", 5), ("kolb-cycle", 40), ("close", 7)]
    items = [ItemRecord(key=f"item-{i}", use=use, minutes=m) for i, (use, m) in enumerate(uses, 1)]
    return Record(
        minutes=60,
        items=tuple(items),
        facts=tuple(facts_with(text).items()),
        answers=(said("item-2", Ring.PERSONAL), said("item-4", Ring.PERSONAL), said("next-date", Ring.ASSURANCE)),
        actions=(Action(what=text, who=text, by=text),),
        signed=(SignOff(role="supervisee", name=text, date=text, comments=text),),
    )


# --- what the papers are


def test_the_agenda_adds_up_and_stays_short() -> None:
    """
    Clock times and minutes add up to the session, with at most two questions an item.
    """
    agenda = document(OUTLINE, "agenda", minutes=60, facts={"start": "10:00"})

    labels = [words(b.children) for b in agenda.blocks if isinstance(b, Heading) and b.level == 2]
    assert [label[:5] for label in labels] == ["10:00", "10:03", "10:08", "10:13", "10:53", "11:00", "Not t"]
    lists = [b for b in agenda.blocks if isinstance(b, Listing)]
    assert len(lists) == 5
    assert all(len(listing.items) <= 2 for listing in lists)


def test_open_time_is_said() -> None:
    """
    What nobody planned is printed as open time, so that the minutes add up.
    """
    agenda = document("arrive@3 + close@7", "agenda", minutes=30)

    labels = [words(b.children) for b in agenda.blocks if isinstance(b, Heading) and b.level == 2]
    assert labels[2] == "0:10 Open time 20 minutes"
    assert labels[3] == "0:30 The end"


def test_what_there_was_no_time_for_is_said() -> None:
    """
    The agenda has a row for what was dropped, where one writes when it is instead, and an empty row always.
    """
    said = {}
    for minutes in (50, 35, 20):
        paper = document("arrive@3 + kolb-cycle@40 + close@7", "agenda", minutes=minutes)
        (table,) = (block for block in paper.blocks if isinstance(block, Table))
        said[minutes] = [" ".join(map(words, cell.paragraphs)) for row in table.rows for cell in row]

    assert said[50] == said[35] == ["", ""]
    assert said[20] == ["Experiential learning cycle", "", "", ""]


@pytest.mark.parametrize(
    "outline", [OUTLINE, "arrive + workload + case-round + gibbs-cycle + kolb-cycle + learning + close"]
)
def test_a_record_has_five_lines_for_each_talk_and_never_a_box_for_a_question(outline: str) -> None:
    """
    What else it asks is the same for every session, and there is one table for what was agreed.
    """
    record = document(outline, "record", minutes=120)

    entries = [block for block in record.blocks if isinstance(block, Entry)]
    talks = [entry for entry in entries if entry.talk]
    assert 1 <= len(talks) <= 3
    for talk in talks:
        assert len([place for place in talk.places if place.key.startswith("item-") and isinstance(place, Answer)]) == 5
    assert sum(isinstance(place, Answer) for entry in entries if not entry.talk for place in entry.places) == 2
    assert sum(type(b).__name__ == "SignOff" for b in record.blocks) == 2
    assert sum(entry.table is not None for entry in entries) == 1


def test_a_blank_record_says_nothing_happened() -> None:
    """
    Nothing planned counts as having happened: nothing is ticked or written until somebody does.
    """
    record = document(OUTLINE, "record")
    places = [place for block in record.blocks if isinstance(block, Entry) for place in block.places]

    assert any(isinstance(place, Choice) for place in places)
    assert {place.value for place in places if not isinstance(place, Actions)} == {""}
    assert [place.rows for place in places if isinstance(place, Actions)] == [()]


@pytest.mark.parametrize("key", reflect.catalogue())
def test_a_worksheet_has_room_for_every_core_question(key: str) -> None:
    """
    Each core question of a model has a place on its worksheet, its own or that of its part, and each part says at
    least one of them; of a method of a group, those that one person answers.
    """
    model = reflect.load(key)
    sheet = document(model, "worksheet")

    places = {b.key for b in sheet.blocks if hasattr(b, "key")}
    asks: dict[str, str] = {}
    for block in sheet.blocks:
        if isinstance(block, SheetToFill):
            asks |= {each.key: each.label for each in block.places}
            asks |= {each.key: asked for each, asked in zip(block.places, block.asks, strict=False) if asked}
    core = {question for question in model.asks if question.core}
    alone = {question for question in core if question.to is not Addressee.GROUP}
    method = bool(model.head.roles and Suits.GROUP in model.head.suits)
    for question in (alone or core) if method else core:
        above = {question.key, question.key.rpartition(".")[0], question.key.rpartition(".")[0].rpartition(".")[0]}
        assert above & (places | asks.keys()), question.key
    assert all(asked for asked in asks.values())


def deck_of(what: object, **settings: Any) -> Cards:
    (deck,) = [b for b in document(what, "cards", **settings).blocks if isinstance(b, Cards)]  # type: ignore[arg-type]
    return deck


@pytest.mark.parametrize("key", reflect.catalogue())
def test_a_deck_has_each_question_once(key: str) -> None:
    """
    A deck of questions begins with how to use it, and in which order if that is another than the parts have; it holds
    every question of its model once, numbered through.
    """
    model = reflect.load(key)
    cards = deck_of(model, deck="questions").cards
    asked = [card for card in cards if card.head != "How to use these"]

    assert [card.front for card in cards[: -len(asked)]] in (
        ["Read it aloud. Then wait."],
        ["Read it aloud. Then wait.", "These have an order."],
    )
    assert len({card.front for card in asked}) == len(asked) == len(model.asks)
    assert [card.number for card in asked] == [f"{n} of {len(asked)}" for n in range(1, len(asked) + 1)]
    assert all(card.head.split(" · ")[0] == model.title for card in asked)
    # On the back is its own second question, or nothing; never a hint, which whoever asks needs on the front.
    asks = {str(question.text): [str(probe) for probe in question.probes] for question in model.asks}
    assert all(bool(card.back) == bool(card.label) == (card.label == "Or then") for card in asked)
    assert sum(bool(card.back) for card in asked) == sum(map(bool, asks.values()))


def test_a_deck_of_several_models_repeats_no_question() -> None:
    """
    A mixed deck has a question that two models ask once, says whose each card is, and tells models apart on the edge.
    """
    kolb, gibbs = reflect.load("kolb-cycle"), reflect.load("gibbs-cycle")
    twin = attrs.evolve(kolb, head=attrs.evolve(kolb.head, title="Twin"))
    asked = deck_of([kolb, gibbs]).cards[1:]

    assert sorted(c.front for c in asked) == sorted({c.front for m in (kolb, gibbs) for c in deck_of(m).cards[1:]})
    assert {card.head.split(" · ")[0]: card.bar for card in asked} == {kolb.title: 1, gibbs.title: 2}
    assert len(deck_of([kolb, twin]).cards) == len(deck_of(kolb).cards)
    assert deck_of("kolb-cycle + gibbs-cycle") == deck_of([kolb, gibbs])


@pytest.mark.parametrize("key", a_few(reflect.catalogue(), 3))
def test_a_short_deck_has_the_core_and_a_second_question_on_each_back(key: str) -> None:
    """
    A short deck has the core questions of each part on its fronts, and on their backs others of the same part, each
    once; a card for which there is none has an empty back.
    """
    model = reflect.load(key)
    if not model.asks:
        return
    cards = deck_of(model, deck="short").cards
    asks = {str(question.text) for question in model.asks}
    fronts, backs = [card.front for card in cards], [card.back for card in cards if card.back in asks]
    all_of = {card.front: card.part for card in deck_of(model, deck="questions").cards if card.number}

    assert len(set(fronts)) == len(fronts) <= len(model.asks)
    assert not {*fronts} & {*backs}
    assert len({*backs}) == len(backs)
    assert all(all_of[card.front] == card.part for card in cards)
    assert all(all_of.get(card.back, card.part) == card.part for card in cards if card.back)
    assert all(card.foot for card in cards)


def test_eight_core_questions_are_one_sheet() -> None:
    """
    The short deck of a model with four parts is a sheet without blanks.
    """
    assert len(deck_of("kolb-cycle", deck="short").cards) == 8


def test_cards_have_the_size_that_is_asked_for() -> None:
    """
    Cards have the usual size unless another is asked for, however it is written; the nearest is named otherwise.
    """
    kolb = reflect.load("kolb-cycle")

    assert [deck_of(kolb, cards=each).size for each in ("usual", "a6", "A7")] == ["usual", "a6", "a7"]
    assert deck_of(kolb).size == "usual"
    assert attrs.evolve(deck_of(kolb), size="a6") == deck_of(kolb, cards="a6")
    with pytest.raises(reflect.ReflectError, match=r"no size of cards 'a66'\. Did you mean 'a6'"):
        deck_of(kolb, cards="a66")


@pytest.mark.parametrize(("name", "to"), a_few(itertools.product(MODEL_PAPERS, FORMATS), 2))
def test_every_model_comes_out_in_every_format(name: str, to: str) -> None:
    """
    Each shipped model makes each paper about a model, in each format and wording.
    """
    for key in a_few(reflect.catalogue(), 9):
        assert render(reflect.load(key), name, to=to, wording="nursing")


def test_a_set_made_in_code_is_as_good_as_a_model() -> None:
    """
    What developers compose prints like what trainers write.
    """
    woven = reflect.load("kolb-cycle").weave(reflect.load("social-graces").pick(2, seed=7))
    session = plan(reflect.outline("arrive@3") + woven @ 40 + reflect.outline("close@7"), 50)

    assert len(session.items) == 3
    assert render(woven, "handout", to="md")
    assert render(session, "agenda", to="md")


# --- all formats say the same


@pytest.mark.parametrize(
    ("name", "what"), [(n, OUTLINE) for n in SESSION_PAPERS] + [(n, "kolb-cycle") for n in MODEL_PAPERS]
)
def test_all_formats_say_the_same(name: str, what: str) -> None:
    """
    The words of Word, HTML, Markdown and plain text agree, up to white space and signs for blanks.
    """
    from markdown_it import MarkdownIt

    subject = reflect.load(what) if name in MODEL_PAPERS else what
    paper = attrs_without_page(
        document(subject, name, wording="housing", facts={"start": "9:30"} if what == OUTLINE else None)
    )
    made = {to: formats.writer(to)(paper) for to in ("docx", "html", "md", "txt")}
    html = squeezed(text_of_html(made["html"].decode()))
    md = squeezed(text_of_html(MarkdownIt("commonmark").enable("table").render(made["md"].decode())))
    txt = squeezed(made["txt"].decode())
    docx = squeezed(text_of_docx(made["docx"]))

    if name != "cards":  # in Word and print the backs of cards stand on sheets of their own
        assert sorted(html) == sorted(docx)
    assert "".join(sorted(html)) == "".join(sorted(md))
    assert letters(html) == letters(txt)


def letters(text: str) -> list[str]:
    return sorted(c for c in text if c.isalnum())


def attrs_without_page(paper: formats.Document) -> formats.Document:
    blocks = tuple(block for block in paper.blocks if not isinstance(block, Diagram))  # described in words in some
    return attrs.evolve(paper, blocks=blocks, organisation="", label="", marking="", limits="")


# --- values are inert


@given(words_of_some_length)
@settings(max_examples=tried(40))
@pytest.mark.parametrize("name", SESSION_PAPERS)
def test_a_value_adds_no_block(name: str, text: str) -> None:
    """
    Whatever is typed, the shape of a paper is that of the same paper with plain words that are as long.
    """
    flat = " ".join(text.split()) or "x"
    typed = document(OUTLINE, name, facts=facts_with(flat), reader="supervisee")
    plain = document(OUTLINE, name, facts=facts_with(re.sub(r"\S", "x", visible(flat))), reader="supervisee")

    assert shape(typed.blocks) == shape(plain.blocks)


@given(texts)
def test_an_answer_appears_as_it_was_typed(text: str) -> None:
    """
    An answer stands in the record letter by letter as it is shown, and adds nothing else.
    """
    paper = document(record_with(text), "record", reader="supervisor")
    places = [place for b in paper.blocks for place in (b.places if isinstance(b, Entry) else (b,))]
    answers = {place.key: place.value for place in places if isinstance(place, Answer)}

    assert answers["item-4"] == visible(text).strip()
    if text:  # an answer that says nothing is not one
        assert shape(paper.blocks) == shape(document(record_with(f" {text}"), "record", reader="supervisor").blocks)


@pytest.mark.parametrize("every", [1, 3, 11])
def test_in_a_few_days_everything_has_its_turn(every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What is tried on the days of a round is all there is, each once; in CI it is all of it every day.
    """
    many = range(40)
    monkeypatch.setenv("REFLECT_CI", "")
    tried_on = []
    for day in range(740_000, 740_000 + every):
        monkeypatch.setenv("REFLECT_TESTS_OF", str(day))
        tried_on.append(of_the_day(many, every))
    monkeypatch.setenv("REFLECT_CI", "1")

    assert sorted(n for each in tried_on for n in each) == list(many)
    assert min(map(len, tried_on)) == len(many) // every
    assert of_the_day(many, every) == list(many)


# --- readers

CANARY = "QZCANARYZQ"
PRIVATE = {Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.GROUP, Ring.OWN}


@pytest.mark.parametrize(
    ("name", "ring", "who", "to"),
    of_the_day(itertools.product(SESSION_PAPERS, Ring, [known.name for known in READERS], FORMATS), 3),
)
def test_a_topic_reaches_its_ring_and_nobody_else(name: str, ring: Ring, who: str, to: str) -> None:
    """
    A topic is in the papers of those who may see it, and nowhere in any other file.
    """
    outline = reflect.outline("arrive@3") + reflect.load("kolb-cycle").about("t1", CANARY, ring) @ 40
    data = render(plan(outline, 50), name, to=to, reader=who)

    assert (CANARY in everything_in(data, to)) == served(name, who).sees(ring)


def test_a_private_answer_does_not_even_leave_a_gap() -> None:
    """
    A record with something private and one without it are the same paper to somebody else.
    """
    import attrs

    whole = record_with("shared")
    private = Answered(key="item-4", ring=Ring.OWN, lines=(Line(runs=(Run(text=CANARY),)),))
    with_it = attrs.evolve(whole, answers=(whole.answers[0], private))
    without = attrs.evolve(whole, answers=(whole.answers[0],))

    for to in FORMATS:
        assert render(with_it, "record", to=to, reader="supervisor") == render(
            without, "record", to=to, reader="supervisor"
        )


@pytest.mark.parametrize("fact", ["supervisor", "supervisee", "topic"])
def test_what_is_filled_in_needs_a_reader(fact: str) -> None:
    """
    For anything filled in, leaving the reader out is an error; a blank paper needs none.
    """
    assert document(OUTLINE, "agenda", facts={"start": "10:00", "organisation": "Anytown"})
    with pytest.raises(NoReader):
        document(OUTLINE, "agenda", facts={fact: "AK"})
    with pytest.raises(NoReader):
        document(record_with("x"), "record")


# --- A, B, A


def test_what_an_imported_template_prints_is_not_kept(tmp_path) -> None:
    """
    A template that is imported prints for each paper anew; Jinja by itself would keep it.
    """
    (tmp_path / "_parts.md").write_text("{% set line %}**{{ facts.organisation }}** {{ 'fixed' }}{% endset %}\n")
    (tmp_path / "paper.md").write_text("{% import '_parts' as parts %}\n# {{ session.minutes }}\n\n{{ parts.line }}\n")
    said = [
        render(OUTLINE, "paper", to="md", facts={"organisation": who}, templates=[tmp_path]).decode()
        for who in ("A1", "B2")
    ]

    assert "A1" in said[0]
    assert "B2" in said[1]
    assert "A1" not in said[1]
    assert all("fixed" in text for text in said)


# --- templates of one's own


def test_a_template_of_ones_own_extends_ours(tmp_path) -> None:
    """
    A user's folder goes first and may change ours block by block.
    """
    (tmp_path / "agenda.md").write_text(
        '{% extends "reflect/agenda" %}{% block foot %}{.small}\nTea is at four.\n{% endblock %}'
    )
    text = render(OUTLINE, "agenda", to="txt", templates=[tmp_path]).decode()

    assert "Tea is at four." in text
    assert "Not reached today" not in text
    assert "Arriving" in text


@pytest.mark.parametrize("name", FACTS)
def test_a_session_s_template_may_print_any_fact(name: str, tmp_path: Path) -> None:
    """
    Every fact can be printed, and is empty if it was not given or its reader may not read it.
    """
    (tmp_path / "slip.md").write_text(f"---\nof: session\n---\n# Slip\n\n<{{{{ session.facts.{name} }}}}>\n")

    def made(who: str, **facts: str) -> str:
        return render(OUTLINE, "slip", to="txt", templates=[tmp_path], reader=who, facts=facts).decode()

    said = "10:05" if name == "start" else "QZ"
    assert f"<{said}>" in made("supervisor", **{name: said})
    assert "<>" in made("supervisor")
    assert (f"<{said}>" in made("anyone", **{name: said})) == (FACTS[name] is reflect.Ring.OPEN)


def test_the_handbook_lists_all_that_a_template_sees(tmp_path: Path) -> None:
    """
    What a template of each kind is given is in the table, and the table promises nothing else.
    """

    @attrs.frozen
    class Spy(Templates):
        def render(self, name: str, context: Mapping[str, object]) -> tuple[str, tuple[Value, ...]]:
            seen.update(context)
            return super().render(name, context)

    seen: set[str] = set()
    for what, name in (
        (OUTLINE, "agenda"),
        (OUTLINE, "slides"),
        ("grow", "handout"),
        ("grow + clear", "comparison"),
        (None, "agreement"),
    ):
        document(what, name, templates=Spy())
    page = (Path(__file__).parent.parent / "docs/reference/templates.md").read_text("utf-8")
    table = page.split("## What a template sees")[1].split("##")[0]

    assert seen == {name for names in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"\w+", names)}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("fine", "---\nof: session\n---\n# T\n\n{{ session.minutes }}\n", ""),
        ("agenda", '{% extends "reflect/agenda" %}', ""),
        ("front", "---\nof: model\nlable: X\n---\n# T\n", "front.md:3: 'lable' is not known"),
        ("name", "---\nof: session\n---\n# T\n\n{{ session.nots }}\n", "name.md:6: there is no 'nots'"),
        ("fence", "---\nof: model\n---\n# T\n\n``` answr x\nlabel: y\n```\n", "fence.md: 'answr' is not a fence"),
        (
            "branch",
            "---\nof: session\n---\n{% if session.signed %}{{ x }}{% endif %}\n",
            "branch.md:4: there is no 'x'",
        ),
        ("ring", "---\nof: informal\nring: open\n---\n# T\n\n{{ paper.about }}\n", "ring.md:7: "),
        ("part", '---\nof: session\n---\n{% include "_piece" %}\n', "part.md: in '_piece': "),
        ("open", "---\nof: nothing\n---\n{% if 1 %}\n", "open.md:4: "),
        ("My Name", "---\nof: nothing\n---\n# T\n", "has a name that no document can have"),
        ("_piece", "{% if x %}y{% endif %}", "is a piece of other templates"),
    ],
)
def test_a_template_is_looked_at_as_one(name: str, text: str, told: str, tmp_path: Path) -> None:
    """
    It is tried blank and filled in, and told of with its line; a page on the same shelf stays a page.
    """
    (tmp_path / "_piece.md").write_text("{{ lost }}")
    (tmp_path / f"{name}.md").write_text(text)
    result = CliRunner().invoke(main, ["check", str(tmp_path / f"{name}.md")])

    assert result.exit_code == (1 if told else 0)
    assert (told or f"{name}.md: in order") in result.output


@pytest.mark.long
def test_every_template_of_ours_is_in_order() -> None:
    """
    And so is the whole folder of them: pieces are looked at where they are taken in.
    """
    folder = Path(reflect.__file__).parent / "templates"
    found = list(check(folder, advise=True))

    assert sorted(each.where.stem for each in found) == list(Templates().names())
    assert [fault for each in found for fault in (*each.faults, *each.advice)] == []


def test_a_template_says_its_language(tmp_path) -> None:
    """
    A paper carries the language its template says; ours are in British English.
    """
    (tmp_path / "slip.md").write_text("---\nof: nothing\nlang: cy\n---\n# Croeso\n")

    assert '<html lang="cy">' in render("", "slip", to="html", templates=[tmp_path]).decode()
    assert document(OUTLINE, "agenda").lang == "en-GB"


def test_a_writer_of_one_s_own(tmp_path) -> None:
    """
    Any function from a document to bytes is a format; it gets what the others get, and wears no agency's look.
    """
    made = document(OUTLINE, "agenda")

    assert render(OUTLINE, "agenda", to=lambda paper: repr(paper).encode()) == repr(made).encode()
    with pytest.raises(reflect.Refused, match="a format of your own"):
        render(OUTLINE, "agenda", to=lambda paper: b"", brand=agencies.template())
    with pytest.raises(reflect.Refused, match="something else than bytes"):
        render(OUTLINE, "agenda", to=lambda paper: paper.title)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (
            "{{ nothing }}",
            "there is no 'nothing'; write one of: words, answers, actions, passed, signed, fingerprint, changed_since, marks, before, session, facts",
        ),
        ("# x\n\n{% if %}", "Expected an expression"),
        ("{{ session.minutes|safe }}", "No filter named 'safe'"),
        ("{% filter upper %}x{% endfilter %}", "not known here"),
        ("{% macro m() %}x{% endmacro %}{{ m()|upper }}", "printed whole"),
        ("{% macro m() %}x{% endmacro %}{{ m() ~ 'y' }}", "printed whole"),
        ("```answers\n```\n", "'answers' is not a fence"),
        ("{.loud}\nx\n", "'loud' is not a style"),
        ("# {{ facts.organisation }}\n", "heading of the template is empty"),
        ("[x](https://{{ session.minutes ~ '' }})\n", "cannot put a value into 'href'"),
        ("\U000f0000", "private-use"),
        ("{{ ''.__class__.__mro__ }}", "a part of Python"),
        ("---\ncolour: red\n---\nx", "front matter"),
    ],
)
def test_a_wrong_template_says_what_to_do(tmp_path, template: str, says: str) -> None:
    """
    A template that is wrong gives one error that names it and says what is wrong.
    """
    (tmp_path / "paper.md").write_text(template)

    with pytest.raises(reflect.ReflectError) as caught:
        document(OUTLINE, "paper", templates=[tmp_path])
    assert says in str(caught.value)
    assert "paper" in str(caught.value)


def test_an_error_in_a_template_quotes_no_value(tmp_path) -> None:
    """
    When rendering fails in the middle, the message holds nothing that was typed.
    """
    (tmp_path / "paper.md").write_text("# x\n\n{{ session.facts.supervisee }}\n\n{{ session.facts.supervisee + 1 }}\n")

    with pytest.raises(reflect.ReflectError) as caught:
        document(OUTLINE, "paper", facts={"supervisee": CANARY}, reader="supervisee", templates=[tmp_path])
    assert "paper:5" in str(caught.value)
    assert CANARY not in repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None


def test_wrong_names_are_told() -> None:
    """
    An unknown document, format, reader, wording or fact names the nearest that is known.
    """
    for wrong in (
        lambda: document(OUTLINE, "agend"),
        lambda: render(OUTLINE, "agenda", to="docs"),
        lambda: document(OUTLINE, "agenda", reader="supervise"),
        lambda: document(OUTLINE, "agenda", wording="nurse"),
        lambda: document(OUTLINE, "agenda", facts={"tittle": "x"}),
    ):
        with pytest.raises(UnknownKey):
            wrong()
    with pytest.raises(Refused):
        document(OUTLINE, "handout")


def test_the_same_input_gives_the_same_bytes() -> None:
    """
    Rendering twice gives the same file, in every format.
    """
    for to in FORMATS:
        assert render(OUTLINE, "record", to=to) == render(OUTLINE, "record", to=to)


def test_people_are_named_in_the_words_of_the_profession() -> None:
    """
    Where nobody gave their names, whose talk it is stands on the agenda in the profession's own word.
    """
    paper = document("arrive@3 + kolb-cycle@40 + close@7", "agenda", wording="nursing")

    assert "0:03 Experiential learning cycle 40 minutes, nurse" in text_of(paper).splitlines()


def test_an_agenda_says_who_when_and_where_in_one_sentence() -> None:
    """
    Without a field, since nothing is read back from it; and whose talk it is by the name that was given.
    """
    facts = {"supervisee": "am", "supervisor": "JT", "date": "4 March 2026", "start": "10:00", "place": "Room 2"}
    paper = document("arrive@5 + kolb-cycle@40 + close@10", "agenda", facts=facts, reader="supervisee")
    said = text_of(paper).splitlines()

    assert said[1] == "Am and JT. 4 March 2026, 10:00 to 11:00, Room 2. Either of you may change it."
    assert "10:05 Experiential learning cycle 40 minutes, am" in said
    assert not any(isinstance(block, (Answer, Facts)) for block in paper.blocks)


def test_a_session_is_a_value() -> None:
    """
    Sessions and their items can be compared and hashed.
    """
    one, two = plan(OUTLINE), plan(OUTLINE)

    assert isinstance(one, Session)
    assert one == two
    assert hash(one) == hash(two)
    assert isinstance(one.items[0].set, QuestionSet)
    assert Outcome.CHANGED in Outcome
