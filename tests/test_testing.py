"""
What embedders test with: the strategies hold what they promise, and the search finds what leaks and what is missing.
"""

from __future__ import annotations

import re
import typing
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reflect
from reflect import testing
from reflect.documents.examples import fill_entries
from reflect.documents.makers import MADE_OF
from reflect.documents.templates import Templates
from reflect.files import xml
from reflect.formats import FORMATS, writer
from reflect.questions.rings import EVERYBODY, READERS, Ring, reader
from reflect.rendering.rendering import render
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import Answered, ItemRecord
from reflect.testing import file_contents
from reflect.testing.canaries import rings_in
from reflect.text import nodes
from reflect.text.prose import Line, Run
from tests.documents import SESSION_PAPERS, a_few, of_the_day, tried

PAPERS = Templates().names()
OF_SESSIONS = [name for name in PAPERS if Templates().about(name).of == "session"]


@pytest.mark.parametrize("name", of_the_day(PAPERS, 3))
def test_no_paper_of_ours_leaks(name: str) -> None:
    """
    Every template, in every format, for every reader: each word is where it may be and nowhere else, in any part.

    Nothing private is in a model, so fewer readers look at its papers. An agenda and a record say something of every
    ring that they are for, so that nothing is missing from all of them.
    """
    about = Templates().about(name)
    assert testing.leaks(name, readers=a_few(READERS) if about.of in ("model", "models") else READERS) == ()

    if name.removeprefix("group-") in SESSION_PAPERS:
        session, *_ = MADE_OF[about.of].examples(about, testing.canary)
        shown = rings_in(render(session, name, to="txt", reader=EVERYBODY), "txt")
        assert shown.keys() == EVERYBODY.within(about.ring).rings


def lines_in(document: nodes.Document) -> dict[str, str]:
    """
    The lines to write on in the entries of a paper, and what is written there, of whichever talk or line from last time.
    """
    places = (place for block in document.blocks if isinstance(block, nodes.Entry) for place in block.places)
    return {
        re.sub(r"^(item|last)-\d+", r"\1", each.key): each.value
        for each in places
        if isinstance(each, (nodes.Fact, nodes.Answer))
    }


@pytest.mark.parametrize("name", OF_SESSIONS)
def test_every_line_of_an_entry_has_something_to_be_looked_for(name: str) -> None:
    """
    What the search fills in stands on each line that a paper has, so that no line could leak unseen; and where all of
    it is its author's own, none of it is on a paper for more than one.
    """
    about = Templates().about(name)
    blank = reflect.document("arrive@5 | kolb-cycle@40", name, reader="anyone")
    ring = about.ring or Ring.OPEN
    shown = lines_in(reflect.document(fill_entries(testing.canary, ring), name, reader=EVERYBODY))
    own = lines_in(reflect.document(fill_entries(testing.canary, Ring.OWN), name, reader=EVERYBODY))

    known = {key for key in lines_in(blank) if FACTS.get(key) is not Ring.OPEN}
    assert {key for key in known if testing.canary(ring) not in shown.get(key, "") and key not in FACTS} == set()
    assert ring is Ring.OWN or {key for key, said in own.items() if testing.canary(Ring.OWN) in said} == set()


@pytest.mark.parametrize("name", OF_SESSIONS)
@given(
    what=st.one_of(testing.sessions(), testing.records()),
    nth=st.integers(0, len(READERS) - 1),
    to=st.sampled_from(testing.FORMATS),
)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_on_generated_sessions_a_paper_is_what_its_reader_may_see(
    name: str, what: reflect.Session | reflect.Record, nth: int, to: str
) -> None:
    """
    Made from the whole or from what the reader sees, it is the same file, byte for byte.
    """
    who = READERS[nth]
    seen = what.visible_to(who.within(Templates().about(name).ring))

    assert render(what, name, to=to, reader=who) == render(seen, name, to=to, reader=who)


def test_a_part_that_files_share_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Who looks through many Word files parses again only the parts that differ, and finds all the words of each.
    """
    parsed = []
    real = xml.parse
    monkeypatch.setattr(file_contents.xml, "parse", lambda part: parsed.append(part) or real(part))
    one, other = (render("kolb-cycle@40", "agenda", facts={"place": place}, reader=EVERYBODY) for place in ("QA", "QB"))
    texts = ["".join(text for _, text in testing.contents(data, "docx")) for data in (one, other, one)]

    assert len(parsed) == len(set(parsed))
    assert ["QA" in text for text in texts] == [True, False, True]
    assert ["QB" in text for text in texts] == [False, True, False]


def test_a_leak_is_found_with_where_it_stands(tmp_path: Path) -> None:
    """
    A template that prints what it was given leaks nothing; one that says a private word to everybody is found.
    """
    (tmp_path / "mine.md").write_text("---\nof: session\n---\n# T\n\n{{ session.notes|join(', ') }}\n", "utf-8")
    assert testing.leaks("mine", templates=[tmp_path], formats=["txt"]) == ()

    (tmp_path / "bad.md").write_text(f"---\nof: session\n---\n# T\n\n{testing.canary(Ring.PAIR)}\n", "utf-8")
    found = testing.leaks("bad", templates=[tmp_path], formats=["docx", "html"], readers=[reader("auditor")])
    assert {(leak.to, leak.ring, leak.told) for leak in found} == {("docx", Ring.PAIR, True), ("html", Ring.PAIR, True)}
    assert str(found[0]) == "bad as docx shows auditor what is 'pair', in word/document.xml"


@pytest.mark.parametrize(
    ("title", "more", "told"),
    [
        ("plain", {}, "there is no canary in number 2"),
        (testing.canary(Ring.CASE), {"formats": []}, "without a format"),
        (testing.canary(Ring.CASE), {"readers": []}, "without a format"),
        (testing.canary(Ring.CASE), {"formats": ["txt", "pdf"]}, "'pdf' is not text"),
    ],
)
def test_a_search_that_could_find_nothing_is_refused(title: str, more: dict[str, list[str]], told: str) -> None:
    """
    Nothing found means that something was looked for.
    """
    what = [reflect.plan("kolb-cycle@40", 40, facts={"title": each}) for each in (testing.canary(Ring.PAIR), title)]
    with pytest.raises(reflect.Refused, match=told):
        testing.leaks("agenda", what=what, **more)  # type: ignore[arg-type]
    with pytest.raises(reflect.Refused, match="without a format"):
        testing.leaks("agenda", what=[])


@pytest.mark.parametrize("between", ["", "\u00ad", "\u200b"])
def test_a_word_that_may_be_parted_is_found(between: str) -> None:
    """
    A place where a line may end, inside a word, hides nothing.
    """
    word = testing.canary(Ring.CASE)
    facts = {"title": testing.canary(Ring.PAIR), "place": f"{word[:4]}{between}{word[4:]}"}
    what = reflect.plan("kolb-cycle@40", 40, facts=facts)
    found = testing.leaks("agenda", what=[what], formats=["txt"], readers=[reader("anyone")])

    assert {leak.ring for leak in found} == {Ring.PAIR, Ring.CASE}


def test_what_is_kept_from_its_reader_is_missing(tmp_path: Path) -> None:
    """
    What everybody's paper says and a reader's does not, though they may see it, is reported as missing.
    """
    text = "{% if session.notes|length > 6 %}{{ session.notes|join(' ') }}{% endif %}"
    (tmp_path / "mine.md").write_text(f"---\nof: session\n---\n# T\n\n{text}\n", "utf-8")
    found = testing.leaks("mine", templates=[tmp_path], formats=["txt"], readers=[reader("supervisor")])

    assert {leak.ring for leak in found if not leak.told} == set(reader("supervisor").rings)
    assert "keeps from supervisor" in str(found[0])


@given(testing.question_sets(), testing.models())
@settings(max_examples=tried(30))
def test_sets_and_models_are_of_ours(some: reflect.QuestionSet, model: reflect.Model) -> None:
    """
    Joining a set with itself changes nothing, and in every model something is asked or done.
    """
    assert some + some == some
    assert model.entries


@given(testing.sessions(), testing.records())
@settings(max_examples=tried(20), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_sessions_and_records_have_a_json_form(session: reflect.Session, record: reflect.Record) -> None:
    """
    What is drawn is whole: it goes to JSON and comes back equal.
    """
    for value in (session, record):
        assert reflect.from_json(reflect.to_json(value)) == value


def _about(*subjects: str, ring: Ring = Ring.PAIR) -> reflect.Session:
    """
    A session of one open item, and one about each subject.
    """
    kolb = reflect.load("kolb-cycle")
    talks = [kolb.about(f"t{n}", subject, ring) for n, subject in enumerate(subjects)]
    return reflect.plan(reflect.sequence(*(talk.within(20) for talk in talks), reflect.load("close").questions), 60)


# The notes of the two name no item, so there is nothing on them to tell apart.
@pytest.mark.parametrize("name", [name for name in OF_SESSIONS if name != "pair-notes"])
def test_no_paper_of_ours_tells_two_private_subjects_apart(name: str) -> None:
    """
    Another subject, a longer one, one that is markup: whoever may not read it gets the same bytes.
    """
    for other in of_the_day(("Another", "<b>One</b> " * 20, "\u202eRun"), 2):
        assert testing.twins(name, _about("One"), _about(other), Ring.PAIR, formats=("docx", "html", "json")) == ()


def test_what_tells_without_words_is_found_too(tmp_path: Path) -> None:
    """
    A count has no private word in it, so only two files side by side show it.
    """
    (tmp_path / "long.md").write_text("---\nof: session\n---\n# {{ session.facts.place|length }}\n", "utf-8")

    def session_of(subject: str) -> reflect.Session:
        return reflect.plan("kolb-cycle@40", 40, facts={"place": subject})

    word = session_of(testing.canary(Ring.CASE))
    anyone = [reader("anyone")]
    assert testing.leaks("long", what=[word], templates=[tmp_path], readers=anyone, formats=["docx"]) == ()
    found = testing.twins(
        "long", session_of("a"), session_of("four"), Ring.CASE, templates=[tmp_path], readers=anyone, formats=["docx"]
    )
    assert [str(leak) for leak in found] == ["long as docx shows anyone what is 'case', in word/document.xml"]


def test_a_paper_that_keeps_a_ring_out_is_no_reason_to_refuse(tmp_path: Path) -> None:
    """
    If nobody's paper shows a difference, the search asks for two things that differ.
    """
    (tmp_path / "case.md").write_text("---\nof: session\nring: case\n---\n# T\n", "utf-8")

    assert testing.twins("case", _about("One"), _about("Two"), Ring.PAIR, templates=[tmp_path], formats=["txt"]) == ()
    for one, other, ring in ((_about("One"), _about("One"), Ring.PAIR), (_about("One"), _about("Two"), Ring.CASE)):
        with pytest.raises(reflect.Refused, match="the same txt of both"):
            testing.twins("case", one, other, ring, templates=[tmp_path], formats=["txt"])
    with pytest.raises(reflect.Refused, match="without a format"):
        testing.twins("case", _about("One"), _about("Two"), Ring.PAIR, templates=[tmp_path], formats=[])


def test_records_of_one_s_own_models_are_looked_through(tmp_path: Path) -> None:
    """
    What names a model of yours is made with your catalogue.
    """
    page = (Path(reflect.__file__).parent / "models" / "grow.md").read_text("utf-8")
    (tmp_path / "walk.md").write_text(page.replace("grow", "walk"), "utf-8")
    said = Answered(key="item-1", ring=Ring.PAIR, lines=(Line(runs=(Run(text=testing.canary(Ring.PAIR)),)),))
    record = reflect.Record(minutes=40, items=(ItemRecord(key="item-1", use="walk", minutes=40),), answers=(said,))

    assert testing.leaks("record", what=[record], models=reflect.catalogue(tmp_path), formats=["txt"]) == ()
    with pytest.raises(reflect.ReflectError, match="walk"):
        testing.leaks("record", what=[record], formats=["txt"])


@pytest.mark.parametrize("name", PAPERS)
def test_our_plain_text_loses_nothing(name: str) -> None:
    """
    What a format has to show is what ours shows, of every paper there is.
    """
    for thing in testing.planted(Templates().about(name).of):
        paper = reflect.document(thing, name, reader="supervisor")

        # A line set apart begins with a stroke, also in the middle of a sentence.
        text = re.sub(r"^ *\|(?: |$)", "", writer("txt")(paper).decode(), flags=re.M)
        assert testing.lost(paper, text) == ()


@given(testing.records())
@settings(max_examples=tried(20))
def test_our_plain_text_loses_nothing_that_was_typed(record: reflect.Record) -> None:
    """
    Markup, line ends and other directions arrive as they were typed.
    """
    paper = reflect.document(record, "record", reader="supervisor")

    assert testing.lost(paper, writer("txt")(paper).decode()) == ()


def test_what_a_format_drops_or_changes_is_named() -> None:
    """
    A place, a tick and a star are missed; white space is not.
    """
    paper = reflect.document("arrive@3 + kolb-cycle@40", "record", facts={"place": "Room *7*"})
    text = writer("txt")(paper).decode()

    assert testing.lost(paper, text.replace("*", "")) == ("Room *7*",)
    assert "with comments" in testing.lost(paper, text.replace("with comments", ""))
    assert testing.lost(paper, "") != ()
    assert testing.lost(paper, " \n".join(text)) == ()


def test_a_document_with_everything_has_every_node_and_look() -> None:
    """
    A kind of node or a look that is new enters the document that formats are tried with.
    """
    met: list[object] = [testing.everything("words")]
    for each in met:
        if attrs.has(type(each)):
            met += [getattr(each, field.name) for field in attrs.fields(type(each))]
        elif isinstance(each, tuple):
            met += each
    looks = {getattr(each, "style", "") for each in met}

    assert {*typing.get_args(nodes.Block), *typing.get_args(nodes.Inline)} - {nodes.Fence} <= set(map(type, met))
    assert looks >= nodes.BLOCK_STYLES | nodes.INLINE_STYLES
    assert testing.lost(testing.everything("words"), writer("txt")(testing.everything("words")).decode()) == ()


@pytest.mark.parametrize("to", [name for name, each in FORMATS.items() if not each.papers])
def test_no_writer_drops_a_block(to: str) -> None:
    """
    In every format a document without one of its blocks is another file.
    """
    if not FORMATS[to].installed:
        pytest.skip(f"{FORMATS[to].extra} is not installed")
    whole, write = testing.everything("words"), writer(to)
    for n, block in a_few(enumerate(whole.blocks), 1 if FORMATS[to].legible else 9):
        less = attrs.evolve(whole, blocks=(*whole.blocks[:n], *whole.blocks[n + 1 :]))
        assert write(less) != write(whole), block


@pytest.mark.parametrize("name", ["record", "own-copy"])
@pytest.mark.parametrize("who", READERS)
def test_a_record_with_entries_has_them_for_every_reader(who: reflect.Reader, name: str) -> None:
    """
    Whatever somebody may not read of it, the rest is on the lines where it was written: the words over a talk that are
    left for them do not make it a record with boxes.
    """
    made = reflect.document(fill_entries(testing.canary), name, reader=who)

    assert "boxes" not in dict(made.about)["marks"].split()
