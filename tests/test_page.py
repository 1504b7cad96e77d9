"""
Model pages: read, written back, and everything that can be wrong with one.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reflect.errors import Faults, Refused
from reflect.pages.attributes import FLAGS, PART_NAMES, QUESTION_NAMES, STEP_NAMES, TAGS
from reflect.pages.catalogues import our_pages, read_page
from reflect.pages.keys import LONGEST_KEY
from reflect.pages.limits import LONGEST_PAGE, LONGEST_PARAGRAPH, MOST_LINES
from reflect.pages.reading import read_head, read_model
from reflect.pages.writing import escape, write_model
from reflect.questions.answers import PROSE, Answering, Kind
from reflect.questions.model import Canvas, CanvasKind, Head, Model, People, Source, Suits, Whose
from reflect.questions.question import Addressee, Element, Function, Mode, Shape
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.text import markdown, nodes
from tests.documents import a_few, tried
from tests.strategies import lines, models, one, page_lines, pages

OURS = {page.where: page.read_text() for page in our_pages()}
DIALECT = (Path(__file__).parent.parent / "docs" / "reference" / "page-dialect.md").read_text("utf-8")
EXAMPLES = [part.split("\n```", 1)[0] + "\n" for part in DIALECT.split("```markdown\n")[1:]]
SMALLEST, FULL, DONE, CLOSING, STRING, HALF_HOUR = EXAMPLES


def faults_of(text: str) -> list[tuple[int | None, str]]:
    """
    What is wrong with a page, each with its line.
    """
    with pytest.raises(Faults) as caught:
        read_model(text)
    return [(fault.line, fault.what) for fault in caught.value.faults]


def question_of(line: str, part: str = "## Part {#p}") -> object:
    """
    The question that a page with one part and one question asks.
    """
    (question,) = read_model(f"# T {{#t}}\n\n{part}\n\n{line}\n").asks
    return question


# --- reading and writing


@given(models)
def test_a_model_reads_back_from_its_page(model: Model) -> None:
    """
    Reading what was written gives the same model, and writing that gives the same text.
    """
    text = write_model(model)

    assert read_model(text) == model
    assert write_model(read_model(text)) == text
    assert read_head(text) == model.head


@pytest.mark.parametrize("sign", ["😀", "•", "✓", "a)", "☐"])
def test_a_hint_that_looks_like_an_item_is_refused(sign: str) -> None:
    """
    It is neither lost nor put into the question above it: the model is not written, as its page would not be read.
    """
    model = read_model("# T {#t}\n\n## Part {#p}\n\n- What now? {#q}\n\n  And a hint.\n")
    (part,) = model.questions.parts
    (question,) = part.asks
    hinted = attrs.evolve(question, hint=f"{sign} What else?")
    children = (attrs.evolve(part, children=(hinted,)),)

    with pytest.raises(Refused, match=r"cannot be written as a page: in its canonical form the line (begins with|has)"):
        write_model(attrs.evolve(model, questions=attrs.evolve(model.questions, children=children)))


@pytest.mark.parametrize("name", OURS)
def test_our_pages_read_and_are_canonical(name: str) -> None:
    """
    Every page that comes with us can be read, is named by its key, has a source and is in its canonical form.
    """
    model = read_model(OURS[name], name)

    assert f"{model.key}.md" == name
    assert model.head.sources
    assert write_model(model) == OURS[name]
    assert read_head(OURS[name]) == model.head


def check_settles(text: str) -> None:
    """
    What can be read and is written reads as the same model, and is written as the same text.
    """
    try:
        once = write_model(read_model(text))
    except Faults:
        return
    assert write_model(read_model(once)) == once
    assert read_model(once) == read_model(text)
    assert read_head(once) == read_model(text).head


@given(st.sampled_from(sorted(OURS)), st.data())
def test_a_changed_page_settles_or_has_faults(name: str, data: st.DataObject) -> None:
    """
    Insert, remove, double or cut lines of our pages: a page that can still be read settles at once.
    """
    page_ = OURS[name].split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(page_) - 1))
        match data.draw(st.sampled_from(["put", "take", "double", "cut", "braces"])):
            case "put":
                page_.insert(at, data.draw(page_lines))
            case "take":
                page_.pop(at)
            case "double":
                page_.insert(at, page_[at])
            case "cut":
                page_[at] = page_[at][: data.draw(st.integers(0, len(page_[at])))]
            case _:
                page_[at] = page_[at].partition(" {#")[0]

    check_settles("\n".join(page_) or "\n")


@settings(max_examples=tried(300))
@given(st.one_of(pages, st.text(st.characters(), max_size=60)))
@example("---\nkey: \ud800\n---\n# T\n\n- a\n")  # the C reader of YAML encodes what it is given
@example("---\n? [a]\n: b\n---\n# T\n\n- a\n")  # a name that is a list
@example("---\na: &x [*x]\nroles: *x\n---\n# T\n\n- a\n")
@example("---\n ")
@example("# T\n\n- a {.x} {#k}\n")  # once escaped on the way out, and never the same again
@example("# T\n\n- a {#k}\n\n  b {c=d}\n")
@example("# T\n\n- a\n\n[b]: c\n")  # once taken for a reference, and swallowed
@example("T\n===\n\n- a\n")
@example("# T #\n\n- a\n")
def test_any_text_is_a_model_or_faults(text: str) -> None:
    """
    Any text gives a model that settles, or faults, and so does its head alone.
    """
    check_settles(text)
    try:
        head = read_head(text)
    except Faults:
        head = None
    try:
        model = read_model(text)
    except Faults:
        return

    assert head == model.head


@given(pages)
def test_faults_are_in_the_order_of_lines(text: str) -> None:
    """
    Faults come in the order of lines, each has a line of the page, and each says what to do.
    """
    try:
        read_model(text, "mine.md")
    except Faults as error:
        faults = error.faults
    else:
        return

    where = [fault.line or 0 for fault in faults]
    assert where == sorted(where)
    assert 0 <= where[0] <= where[-1] <= text.count("\n") + text.count("\r") + 1
    assert all(fault.where == "mine.md" and fault.what and fault.remedy for fault in faults)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(end: str) -> None:
    """
    A page from any editor gives the same model, with the same lines in its faults.
    """
    text = OURS["kolb-cycle.md"]

    assert read_model("\ufeff" + text.replace("\n", end)) == read_model(text)
    assert read_head("\ufeff" + text.replace("\n", end)) == read_model(text).head
    assert faults_of(end.join(["# T", "", "- **a**"]))[0][0] == 3


def test_the_docs_name_everything_that_a_page_can_say() -> None:
    """
    The dialect in the docs has every flag that is not a tag, every attribute and every name of the front matter.
    """
    attributes = {f"`.{flag}`" for flag in {*FLAGS} - {*TAGS}} | {
        f"`{name}=`" for name in (*PART_NAMES, *QUESTION_NAMES, *STEP_NAMES)
    }
    words = {"aims": "for"}
    front_matter = {f"| `{words.get(name, name).replace('_', '-')}` |" for name in attrs.fields_dict(Head)}

    assert {name for name in attributes | front_matter if name not in DIALECT} == set()


# --- what a page means


def test_the_smallest_page_of_the_docs_reads() -> None:
    """
    A title, headings and bullets are enough; the page is a draft, and its keys are made from its words.
    """
    model = read_model(SMALLEST)

    assert (model.key, model.title, model.head.draft) == ("three-good-questions", "Three good questions", True)
    assert [(part.title, len(part.asks)) for part in model.questions.parts] == [("Look back", 2), ("Look ahead", 1)]
    assert all(q.key.startswith(f"{part.key}.") for part in model.questions.parts for q in part.asks)
    assert read_model(write_model(model)) == model


def test_the_pages_of_steps_in_the_docs_read() -> None:
    """
    Steps, their minutes and who does them, and what a method needs, are as the docs say.
    """
    model = read_model(DONE)
    talk, sort, back = model.questions.parts

    assert (talk.mode, talk.rounds, talk.least, talk.usual) == (Mode.DO, 3, 27, 27)
    assert (talk.role, talk.also, talk.quiet) == ("speaker", ("asker",), ("watcher",))
    assert [(s.minutes, s.role, str(s.answering)) for s in talk.steps] == [
        (7, "speaker", "None"),
        (2, "watcher", "Answering(points)"),
    ]
    assert talk.steps[0].hint == "What happened, and what you did with it."
    assert ([step.mode for step in sort.steps], len(back.asks)) == ([Mode.SORT] * 2, 1)
    assert model.head.people == People(least=3, most=18, how="in threes")
    assert model.head.canvas == Canvas(kind=CanvasKind.COLUMNS, words=("ours", "shared", "not ours"))

    closing = read_model(CLOSING)
    assert (closing.head.does, closing.questions.mode, closing.head.minutes) == (Mode.SAY, Mode.SAY, (5, 5))
    assert [step.mode for step in closing.steps] == [Mode.SAY, Mode.SAY, Mode.SILENT]

    assert [(step.page, step.minutes) for step in read_model(STRING).steps] == [
        ("arrive", 5),
        ("case-round", 45),
        ("close", 10),
    ]
    for text in EXAMPLES:
        assert read_model(write_model(read_model(text))) == read_model(text)


def test_the_full_page_of_the_docs_reads() -> None:
    """
    The long example means what the docs say it means.
    """
    model = read_model(FULL)
    (part,) = model.questions.parts

    assert model.head == Head(
        key="kolb-cycle",
        version="1",
        title="Experiential learning cycle",
        family="reflective cycle",
        shape=Shape.CYCLE,
        minutes=(30, 60),
        suits=[Suits.ONE_TO_ONE, Suits.GROUP, Suits.SELF],
        whose=Whose.SUPERVISEE,
        when="One event that is over but not finished with.",
        instead="When something must be decided today, decide that first.",
        mistakes=["The story runs straight to what to do next."],
        sources=(
            Source(
                author="Kolb, D. A.",
                year="1984",
                title="Experiential Learning",
                publisher="Englewood Cliffs: Prentice Hall",
            ),
        ),
        rights="Informed by the published model. The wording of the questions is this project's own.",
        lang="en-GB",
        author="reflect contributors",
        licence="CC-BY-4.0",
    )
    assert str(model.head.sources[0]).startswith("Kolb, D. A. (1984) Experiential Learning. Englewood")
    assert not model.head.draft
    assert (model.questions.least, model.questions.usual, model.questions.shape) == (30, 60, Shape.CYCLE)
    assert model.questions.guidance == "Learn from one experience by going all the way round it."
    assert model.questions.notes.startswith("Keep the telling apart")
    assert (part.key, part.title, part.least, part.usual) == ("kolb-cycle.experience", "Concrete experience", 5, 10)
    assert part.guidance == "Tell it plainly, before anyone explains it."
    beginning, order, overlooked = part.asks
    assert (beginning.key, beginning.core) == ("kolb-cycle.experience.beginning", True)
    assert beginning.hint == "The car, the door, an e-mail the week before."
    assert order.probes == ("And then?",)
    assert overlooked.text == "What was {person} doing while other people talked?"
    assert not overlooked.core
    assert {q.elements for q in part.asks} == {(Element.EXPERIENCE,)}
    assert {q.functions for q in part.asks} == {(Function.DEVELOPMENT,)}


PART = "## Part {#p element=action,analysis function=support to=group ring=personal role=observer offer=drawing}"
ROLES = "---\ntitle: T\nroles: [observer, presenter]\n---\n\n"


def test_a_part_hands_on_its_attributes() -> None:
    """
    Questions and smaller parts inherit what their part says, unless they say otherwise.
    """
    inner = "### Inner {#i element=reflection}\n\n- Deep? {#d}"
    own = "- Own? {#o element=experience function=mediation to=supervisor ring=own role=presenter offer=writing}"
    inherited, changed, deep = read_model(f"{ROLES}{PART}\n\n- Taken? {{#t}}\n{own}\n\n{inner}\n").asks

    def attributes_of(question: object) -> tuple[object, ...]:
        return tuple(getattr(question, name) for name in ("elements", "functions", "to", "ring", "role", "offer"))

    rest = ((Function.SUPPORT,), Addressee.GROUP, Ring.PERSONAL, "observer", "drawing")
    assert attributes_of(inherited) == ((Element.ACTION, Element.ANALYSIS), *rest)
    assert attributes_of(changed) == (
        (Element.EXPERIENCE,), (Function.MEDIATION,), Addressee.SUPERVISOR, Ring.OWN, "presenter", "writing",
    )  # fmt: skip
    assert attributes_of(deep) == ((Element.REFLECTION,), *rest)


def test_a_page_hands_on_its_ring() -> None:
    """
    Every question has the ring of the front matter, unless it names a narrower one.
    """
    wide, narrow = read_model("---\ntitle: T\nring: case\n---\n\n- a\n- b {ring=pair}\n").asks

    assert (wide.ring, narrow.ring) == (Ring.CASE, Ring.PAIR)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- What?", PROSE),
        ("- What? {answer=points}", Answering(Kind.POINTS)),
        ("- What? {answer=date}", Answering(Kind.DATE)),
        (
            '- What? {answer=scale low="not at all" high=wholly whose="the worker\\"s"}',
            Answering(Kind.SCALE, "not at all", "wholly", 'the worker"s'),
        ),
        ('- What? {answer=choice options="yes; no ; ;or {person}"}', Answering(Kind.CHOICE, options=["yes", "no", "or {person}"])),
    ],
)  # fmt: skip
def test_how_a_question_is_answered(line: str, expected: Answering) -> None:
    """
    The attributes of a question say how it is answered.
    """
    assert question_of(line).answering == expected  # type: ignore[attr-defined]


def test_flags_of_a_question() -> None:
    """
    A question is core, or may be passed, by a flag; the other flags are tags, in their order.
    """
    question = question_of("- What? {#k .feeling .core .why .pass}")

    assert question == attrs.evolve(one(), key="t.p.k", text="What?", core=True, or_pass=True, tags=["feeling", "why"])


def test_the_plain_form_of_a_question() -> None:
    """
    A question has a plain form beside its own words, with the words of a profession, and is written as it is read.
    """
    question = question_of('- Where does this begin? {#k .pass plain="What did  {person} say?"}')

    assert question == attrs.evolve(
        one(), key="t.p.k", text="Where does this begin?", plain="What did {person} say?", or_pass=True
    )
    line = '- Where does this begin? {#k .pass plain="What did {person} say?"}\n'
    assert write_model(read_model(f"# T\n\n{line}")).endswith(line)


@pytest.mark.parametrize(
    ("plain", "wrong"),
    [
        ('""', "the plain form has no words"),
        ('"  "', "the plain form has no words"),
        ('"What did you see, or pass?"', "a plain form says 'or pass'"),
        ('"What? (Or pass)"', "a plain form says 'or pass'"),
        ('"Where does this begin?"', "the plain form is the question itself"),
        ('"What\x07?"', "a plain form holds a character that cannot be printed (U+0007)"),
    ],
)
def test_what_a_plain_form_cannot_be(plain: str, wrong: str) -> None:
    """
    Each is a fault at its line, and a question without a fault keeps its words.
    """
    with pytest.raises(Faults) as caught:
        read_model(f"# T\n\n- Where does this begin? {{#k plain={plain}}}\n- What? {{#l plain=Which}}\n")

    assert [(fault.line, fault.what) for fault in caught.value.faults] == [(3, wrong)]


def test_parts_of_every_mode() -> None:
    """
    A part that says something or is silent has guidance and minutes, but no questions.
    """
    model = read_model(
        "# T\n\n## Say {.say minutes=2}\n\nHello.\n\n## Quiet {.silent}\n\n## Ask {at-most=2 minutes=3-9}\n\n- a\n"
    )
    say, quiet, ask = model.questions.parts

    assert (say.mode, say.least, say.usual, say.guidance) == (Mode.SAY, 2, 2, "Hello.")
    assert (quiet.mode, quiet.asks) == (Mode.SILENT, ())
    assert (ask.mode, ask.at_most, ask.least, ask.usual) == (Mode.ASK, 2, 3, 9)


def test_guidance_keeps_its_lists_andlongest_page_of() -> None:
    """
    Paragraphs, starred lists and numbered lists are guidance; a quotation is the note, with its lists.
    """
    text = "# T\n\nOne *two*\nthree.\n\n* a\n* b\n\n1. c\n\n> Note\n>\n> - d\n\n- Question?\n"
    whole = read_model(text).questions

    assert whole.guidance == "One *two*\nthree.\n\n* a\n* b\n\n1. c"
    assert whole.notes == "Note\n\n- d"
    assert [q.text for q in whole.asks] == ["Question?"]


def test_guidance_has_only_links_that_a_document_may_have() -> None:
    """
    A link to the web, to a mail address or within the paper is a link; of any other the words remain.
    """
    (safe,) = markdown.read_guidance("[a](https://b.org)")
    (unsafe,) = markdown.read_guidance("[a](ftp://b.org)")

    assert safe == nodes.Paragraph((nodes.Link("https://b.org", (nodes.Text("a"),)),))
    assert unsafe == nodes.Paragraph((nodes.Text("a"),))


def test_front_matter_takes_a_text_as_a_list_of_one() -> None:
    """
    A single text is a list of one, and a name given twice counts once.
    """
    head = read_model("---\ntitle: T\nsuits: [group, self, group]\nmistakes: Haste.\nminutes: 20\n---\n\n- a\n").head

    assert head.suits == (Suits.GROUP, Suits.SELF)
    assert head.mistakes == ("Haste.",)
    assert head.minutes == (20, 20)


@pytest.mark.parametrize("text", [r"a \<b> c", "`<b>` and ``a ` <b>``", "5 < 6 > 4", "<3", "<https://x.org>", "a <- b"])
def test_what_only_looks_like_html_is_text(text: str) -> None:
    """
    A sign before a number, an address, an escaped sign and words between backticks are not HTML.
    """
    assert read_model(f"# T\n\n{text}\n\n> {text}\n\n- a\n").questions.guidance == text
    assert faults_of(f"# T\n\n{text}<b>\n\n- a\n") == [(3, "HTML does not belong on a page, and this line has <b>")]


@given(lines)
def test_every_line_can_be_printed(text: str) -> None:
    """
    Any line, even with tags in it, can be written so that it prints as it is.
    """
    question = question_of(f"- {escape('<b>' + text)} {{#k}}")

    assert question.text == f"<b>{text}"  # type: ignore[attr-defined]


def test_unseen_characters_are_dropped() -> None:
    """
    Pasted text brings soft hyphens and zero-width spaces, which go; joiners stay, because letters need them.
    """
    model = read_model("\ufeff# T\u200b\n\nsoft\u00adly\n\n- a\u2060\ufeffb \u200dc {#k\u200b}\n")

    assert model.title == "T"
    assert model.questions.guidance == "softly"
    assert [(q.key, q.text) for q in model.asks] == [("t.k", "ab \u200dc")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"a\*b\*", "a*b*"),
        ("a &amp; b", "a & b"),
        (r"a \{b\}", r"a \{b}"),
        (r"a \{.core}", r"a \{.core}"),
        ("a {person}", "a {person}"),
        ("a {.core} {#k}", "a {.core}"),
        ("a\n  b", "a b"),
        ("a  b\u00a0c", "a b c"),
    ],
)
def test_how_a_question_is_typed(source: str, text: str) -> None:
    """
    Escapes and entities become their characters; a brace that is only a brace stays marked.
    """
    assert question_of(f"- {source}").text == text  # type: ignore[attr-defined]


def test_hints_and_probes() -> None:
    """
    An indented paragraph is the hint, a nested list the probes; tabs indent as well as spaces.
    """
    hint, both, tabs = read_model("# T\n\n- a\n\n  b\n  c\n\n- d\n\n  e\n\n  - f\n  - g\n\n- h\n\n\ti\n\tj\n").asks

    assert (hint.text, hint.hint, hint.probes) == ("a", "b c", ())
    assert (both.text, both.hint, both.probes) == ("d", "e", ("f", "g"))
    assert (tabs.text, tabs.hint) == ("h", "i j")


# --- keys


def test_keys_are_made_from_words_and_stay_short() -> None:
    """
    If a page gives no keys, they are made from its words: they all differ, and none is too long.
    """
    title = "# Questions for a very difficult conversation about money\n"
    part = "\n## Before the meeting with everybody\n\n" + "- What do you hope will be different afterwards?\n" * 12
    model = read_model(
        title + part + part + "\n### Afterwards\n\n#### Later\n\n- Incomprehensibilities?\n- Incomprehensibilities?\n"
    )
    keys = [q.key for q in model.asks]

    assert len(set(keys)) == len(keys) == 26
    assert max(map(len, keys)) <= LONGEST_KEY
    assert read_model(write_model(model)) == model


@pytest.mark.parametrize(
    ("title", "key"),
    [("Kolb’s cycle: a round", "kolbs-cycle-a-round"), ("Über Größe", "uber-groe"), ("東京", "x"), ("4-4-4", "4-4-4")],
)
def test_a_key_is_made_of_plain_letters(title: str, key: str) -> None:
    """
    A key that is made has letters, digits and hyphens, and is never empty.
    """
    assert read_model(f"# {title}\n\n- a\n").key == key
    assert read_head(f"# {title}\n\n- a\n").key == key


def test_a_key_given_further_down_is_kept_for_its_owner() -> None:
    """
    A key that is made is never one that the page gives to a later question or part.
    """
    model = read_model("# T\n\n- Who?\n- Who?\n- Why? {#who}\n\n## Whom\n\n- a\n\n## P {#whom}\n\n- b {#who}\n")

    assert [q.key for q in model.asks] == ["t.who-2", "t.who-3", "t.who", "t.whom-2.a", "t.whom.who"]


def test_the_title_may_give_the_key() -> None:
    """
    The smallest page may give its key in the braces of its title.
    """
    assert read_model("# T {#mine}\n\n- a {#b}\n").asks[0].key == "mine.b"
    assert read_head("# T {#mine}\n\n- a {#b}\n").key == "mine"


def test_a_key_of_forty_eight_is_not_too_long() -> None:
    """
    The limit is for the whole key, with the keys above it.
    """
    key = "k" * (LONGEST_KEY - 2)

    assert len(read_model(f"# T {{#t}}\n\n- a {{#{key}}}\n").asks[0].key) == LONGEST_KEY
    assert faults_of(f"# T {{#t}}\n\n- a {{#{key}k}}\n") == [(3, f"the key 't.{key}k' is 49 characters long")]


# --- faults

FRONT = "---\ntitle: T\n{}\n---\n\n- a\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# T\n\n- a {.cor}", 3, "'.cor' is not known here"),
        ("# T\n\n- a {elemnt=action}", 3, "'elemnt=' is not known here"),
        ("# T\n\n## P {low=a}\n\n- a", 3, "'low=' is not known here"),
        ("# T {.core}\n\n- a", 1, "'.core' is not known here"),
        ("# T\n\n- a {.core .core}", 3, "'.core' is used twice"),
        ("# T\n\n- a {to=group to=group}", 3, "'to=' is used twice"),
        ("# T\n\n- a {#b}\n- c {#b}", 4, "the key 'b' is used twice here"),
        ("# T\n\n## P {#b}\n\n- a\n\n## Q {#b}\n\n- c", 7, "the key 'b' is used twice here"),
        ("# T\n\n- a {#-b}", 3, "'-b' is not a key"),
        ("# T\n\n- a {#b. c}", 3, "'#b.' is not a key"),
        ("# T\n\n- a {#B c}", 3, "'#B' is not a key"),
        ("# T\n\n- a {#b cor}", 3, "'cor' in the braces is neither a flag nor name=value"),
        ("# T\n\n- a {.core #b}", 3, "the key '#b' does not come first in the braces"),
        ("# T\n\n- a {element=}", 3, "'element=' in the braces has no value"),
        ("# T\n\n- a {low='b' .core}", 3, "'low='b'' in the braces cannot be read"),
        ("# T\n\n- a {low=“b”}", 3, "there are curly quotation marks in the braces"),
        ('# T\n\n- a {low="b}', 3, "a quotation mark in the braces is not closed"),
        ("# T\n\n- a {#b .core", 3, "a brace is opened but not closed"),
        ("# T\n\n- a {#b}.", 3, "there are words after the braces"),
        ("# T\n\n- a {element=acton}", 3, "'element=acton' is not known"),
        ("# T\n\n- a {element=action,action}", 3, "'element=action,action' has more than two names, or one of them twice"),
        ("# T\n\n- a {function=management,support,mediation}", 3, "'function=management,support,mediation' has more than two names, or one of them twice"),
        ("# T\n\n- a {to=boss}", 3, "'to=boss' is not known"),
        ("# T\n\n- a {role=observer}", 3, "'role=observer' is not known: the page names no roles"),
        ("# T\n\n- a {ring=secret}", 3, "'ring=secret' is not known"),
        ("# T\n\n- a {answer=drawing}", 3, "'answer=drawing' is not known"),
        ("# T\n\n- a {low=b}", 3, "'low=' does not go with answer=prose"),
        ("# T\n\n- a {answer=tick options=b}", 3, "'options=' does not go with answer=tick"),
        ("# T\n\n- a {answer=scale low=b high=c}", 3, "a scale does not say what its ends mean and whose number it is"),
        ("# T\n\n- a {answer=choice options=b}", 3, "a choice has fewer than two options"),
        ("# T\n\n## P {minutes=0}\n\n- a", 3, "'minutes=0' is not a number from 1 to 999"),
        ("# T\n\n## P {minutes=1000}\n\n- a", 3, "'minutes=1000' is not a number from 1 to 999"),
        ("# T\n\n## P {minutes=9-3}\n\n- a", 3, "'minutes=9-3' has the larger number first"),
        ("# T\n\n## P {at-most=0}\n\n- a", 3, "'at-most=0' is not a number from 1 to 999"),
        ('# T\n\n## P {at-most=""}\n\n- a', 3, "'at-most=' is not a number from 1 to 999"),
        ("# T\n\n## P {.say}\n\n- a", 5, "something is done in this part, and its list begins with -, as questions do"),
        ("# T\n\n## P {.say}\n\n### Q\n\n- a", 5, "a part that asks nothing has another part in it"),
        ("# T\n\n## P\n\n- a\n\n1. b", 7, "a list comes after the questions or the quotation"),
        ("# T\n\n## P {.say .silent}\n\n## Q\n\n- a", 3, "a part is .say and .silent"),
        ("# T\n\n## P {ring=pair}\n\n- a {ring=case}", 5, "'ring=case' is wider than 'pair' above it"),
        ("# T\n\n## P {ring=pair}\n\n### Q {ring=open}\n\n- a", 5, "'ring=open' is wider than 'pair' above it"),
        ("---\ntitle: T\nring: case\n---\n\n## P {ring=group}\n\n- a", 6, "'ring=group' is wider than 'case' above it"),
        ("# T\n\n- a\nmargin", 4, "a line at the margin runs into the item above it"),
        ("# T\n\n- a\n\n  b\nmargin", 6, "a line at the margin runs into the item above it"),
        ("# T\n\n- a\n  - b\nmargin", 5, "a line at the margin runs into the item above it"),
        ("# T\n\n> a\nmargin\n\n- b", 4, "a line at the margin runs into the quotation above it"),
        ("# T\n\n- a\n\nb\n\n- c", 5, "a paragraph comes after the questions or the quotation"),
        ("# T\n\n> b\n\nc\n\n- a", 5, "a paragraph comes after the questions or the quotation"),
        ("# T\n\n> b\n\nc\n\n> d\n\n- a", 7, "a part has two quotations"),
        ("# T\n\n> b\n\n- a\n\n> c", 7, "a part has two quotations"),
        ("# T\n\n- a\n\n* b\n\n- c", 5, "a list comes after the questions or the quotation"),
        ("# T\n\n## P\n\n- a\n\n# Q", 7, "this is a second title"),
        ("# T\n\n### P\n\n- a", 3, "a heading skips a level"),
        ("# T\n\n##\n\n- a", 3, "a heading has no words"),
        ("# T\n\n## {#p}\n\n- a", 3, "a heading has no words"),
        ("# T\n\n- {#p}", 3, "a question has no words"),
        ("# T\n\n-\n- a", 3, "an item does not begin with a question"),
        ("# T\n\n- > b\n- a", 3, "an item does not begin with a question"),
        ("# T\n\n- a\n\n  b\n\n  c", 7, "a paragraph does not belong under a question"),
        ("# T\n\n- a\n\n  1. b", 5, "a list does not belong under a question"),
        ("# T\n\n- a\n\n  > b", 5, "a quotation does not belong under a question"),
        ("# T\n\n- a\n  - b\n\n    c", 4, "a probe is more than one line"),
        ("# T\n\n- a **b**", 3, "a question must be plain text, and this one has bold"),
        ("# T\n\n- a *b*", 3, "a question must be plain text, and this one has emphasis"),
        ("# T\n\n- a [b](https://c.org)", 3, "a question must be plain text, and this one has a link"),
        ("# T\n\n- a [b](c)", 3, "a question must be plain text, and this one has a link"),
        ("# T\n\n- a ![b](c.png)", 3, "a question must be plain text, and this one has a picture"),
        ("# T\n\n- a `b`", 3, "a question must be plain text, and this one has code"),
        ("# T\n\n- a\n\n  *b*", 5, "a hint must be plain text, and this one has emphasis"),
        ("# T\n\n- a\n  - *b*", 4, "a probe must be plain text, and this one has emphasis"),
        ("# T\n\n## *P*\n\n- a", 3, "a heading must be plain text, and this one has emphasis"),
        ("# *T*\n\n- a", 1, "a title must be plain text, and this one has emphasis"),
        ("# T\n\n- a\x01", 3, "a question holds a character that cannot be printed (U+0001)"),
        ("# T\n\n- a \\\\\\\\{b}", 3, "a question has two backslashes before a brace"),
        ("# T\n\n    code\n\n- a", 3, "an indented block does not belong on a page"),
        ("# T\n\n```\ncode\n```\n\n- a", 3, "a fenced block does not belong on a page"),
        ("# T\n\n| a |\n| - |\n\n- a", 3, "a table does not belong on a page"),
        ("# T\n\n***\n\n- a", 3, "a horizontal line does not belong on a page"),
        ("# T\n\nb ![c](d.png)\n\n- a", 3, "a picture does not belong on a page"),
        ("# T\n\n> ![c](d.png)\n\n- a", 3, "a picture does not belong on a page"),
        ("", None, "the page is empty"),
        ("\n \t\n", None, "the page is empty"),
        ("- a", 1, "the page has no title"),
        ("---\nkey: t\n---\n\n- a", 1, "the page has no title"),
        ("---\ntitle: T\n\n- a", 1, "the front matter is opened but not closed"),
        ("---\ntitle: *T*\n---\n\n- a", 2, "a value begins with *"),
        ("---\ntitle: &t T\nkey: *t\n---\n\n- a", 2, "a value begins with &"),
        ("---\ntitle: !!str T\n---\n\n- a", 2, "a value begins with !"),
        ("---\ntitle: 'T\nkey: t\n---\n\n- a", 2, "a quotation mark is opened but not closed"),
        ("---\ntitle: T\nroles: [a\n---\n\n- a", 3, "a bracket is opened but not closed"),
        ("---\ntitle: T\n\tkey: t\n---\n\n- a", 3, "the line begins with a tab"),
        ("---\ntitle: T\n key: t\n---\n\n- a", 3, "the line is indented"),
        ("---\ntitle: T\nkey\n---\n\n- a", 3, "this line is not 'name: value'"),
        ("---\ntitle: T\na: [[[[[[[[[[[b]]]]]]]]]]]\n---\n\n- a", 3, "lists are nested more than 8 deep"),
        ("---\ntitle: T\n...\nkey: t\n---\n\n- a", 4, "this line is not 'name: value'"),
        ("# T\n\n* a", 3, "the page asks nothing: this list is guidance"),
        ("# T\n\n- a <b>b</b>", 3, "HTML does not belong on a page, and this line has <b>"),
        ("# T\n\nGo.<br>On.\n\n- a", 3, "HTML does not belong on a page, and this line has <br>"),
        ("# T\n\n<div>\nGo.\n</div>\n\n- a", 5, "HTML does not belong on a page, and this line has <div>"),
        ("# T\n\n> Go `now`, <i>x\n\n- a", 3, "HTML does not belong on a page, and this line has <i>"),
        ("# T\n\n<!-- a\n\n- b -->\n\n- a", 3, "a comment does not belong on a page"),
        ("# T\n\n- a <!-- b -->", 3, "a comment does not belong on a page"),
        ("# T\n\n- a\n\n<!-- b", 5, "a comment is opened but not closed"),
        ("# T\n\n" + "> " * 12 + "a\n\n- a", 3, "lists or quotations are nested more than 10 deep"),
        ("# T\n\n- a\n" + "b " * 2000, 3, "here are 4,003 characters without an empty line"),
        ("# T\n\n- a\n\n" + "> b\n" * 201, 5, "here are 201 lines, some of them quoted, without an empty line"),
        ("# T\n\n" + "[" * 201 + "\n\n- a", 3, "a paragraph has 201 square brackets"),
        ("# T\n" * (MOST_LINES + 1), None, f"the page has {MOST_LINES + 2:,} lines, over {MOST_LINES:,}"),
        ("# T", None, "the page asks nothing"),
        ("# T\n\n## P {.say}\n\nHello.", None, "the page asks nothing"),
        (FRONT.format("a: b: c"), 3, "the value of 'a' holds ': '"),
        ("---\n- a\n---\n\n# T\n\n- a", 2, "the front matter is not a list of names and values"),
        (FRONT.format("? [a]\n: b"), 3, "a name is not one word"),
        (FRONT.format("key: a\nkey: b"), 4, "'key' is used twice"),
        (FRONT.format("kye: a"), 3, "'kye' is not known in front matter"),
        (FRONT.format("key: A b"), 3, "'A b' is not a key"),
        (FRONT.format("shape: round"), 3, "'shape: round' is not known"),
        (FRONT.format("suits: [pairs]"), 3, "'suits: pairs' is not known"),
        (FRONT.format("whose: mine"), 3, "'whose: mine' is not known"),
        (FRONT.format("ring: secret"), 3, "'ring: secret' is not known"),
        (FRONT.format("minutes: [9, 3]"), 3, "'minutes: 9-3' has the larger number first"),
        (FRONT.format("minutes: soon"), 3, "'minutes: soon' is not a number from 1 to 999"),
        (FRONT.format("roles: [two words]"), 3, "the role 'two words' is not a single word"),
        (FRONT.format("family: [a]"), 3, "'family' is not a single text"),
        (FRONT.format('family: "a\\x01"'), 3, "'family' holds a character that cannot be printed (U+0001)"),
        (FRONT.format("roles: {a: b}"), 3, "'roles' is not a list of texts"),
        (FRONT.format("sources: [{author: A, year: 1}]"), 3, "a source has no 'title'"),
        (FRONT.format("sources: [{author: A, year: 1, title: B, isbn: 2}]"), 3, "'isbn' is not known in a source"),
        (FRONT.format("sources: Kolb"), 3, "a source does not name its values"),
        ("---\ntitle: T\n---\n\n# Other\n\n- a", 2, "the page has two titles"),
        ("# T\n\n" + "a" * LONGEST_PAGE, None, f"the page has {LONGEST_PAGE + 5:,} characters, over {LONGEST_PAGE:,}"),
    ],
)  # fmt: skip
def test_each_fault_is_reported_with_its_line(text: str, line: int | None, what: str) -> None:
    """
    Whatever is wrong is reported once, at its line.
    """
    faults = faults_of(text)

    assert faults.count((line, what)) == 1
    # These have two faults.
    assert len(faults) == 1 or what.startswith(("a value begins with &", "HTML")) or "c\n\n> d" in text


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("# T\n\n- a {.cor}", "core"),
        ("# T\n\n- a {elemnt=action}", "element"),
        ("# T\n\n- a {element=acton}", "action"),
        ("# T\n\n- a {to=grup}", "group"),
        (FRONT.format("kye: a"), "key"),
        (FRONT.format("shape: cycles"), "cycle"),
    ],
)
def test_a_fault_suggests_the_nearest_name(text: str, near: str) -> None:
    """
    If a name is nearly right, the fault suggests the right one.
    """
    with pytest.raises(Faults, match=f"Did you mean '[.]?{near}=?'"):
        read_model(text)


def test_every_fault_is_reported_at_once() -> None:
    """
    A page with many mistakes gives a fault for each, in the order of its lines; no mistake hides another.
    """
    text = """---
kye: a
shape: round
rights: All: ours
roles: [observer
---

Go <b>on</b>.

## P {.say}

- a **b** and **c**
- c {.cor}

- d {element=acton}
- e
margin

<!--
- not asked
-->

- f {#f bdy}
- g {#f}

```
```
"""
    faults = faults_of(text)

    assert [line for line, _ in faults] == [2, 3, 4, 5, 8, 12, 12, 13, 15, 17, 19, 23, 26]
    assert len(set(faults)) == len(faults)


def test_faults_of_one_line_are_in_its_order() -> None:
    """
    Two unknown names on a line are reported in the order in which they are written.
    """
    entry = (
        "{author: A, year: 1, title: B, " + ", ".join(f"{name}: 1" for name in ("isbn", "doi", "url", "pages")) + "}"
    )

    assert [what for _, what in faults_of(FRONT.format(f"sources: [{entry}]"))] == [
        f"'{name}' is not known in a source" for name in ("isbn", "doi", "url", "pages")
    ]


def test_faults_print_as_where_line_and_remedy() -> None:
    """
    Each fault prints as one line a trainer can act on.
    """
    with pytest.raises(Faults) as caught:
        read_model("# T\n\n- a {ring=open}\n- b **c**\n", "pages/t.md")

    assert str(caught.value) == (
        "pages/t.md:4: a question must be plain text, and this one has bold; take the marks out, or put \\ before them"
    )


def longest_page_of(text: str) -> str:
    """
    A page of 100,000 characters in which each paragraph is as long as it may be.
    """
    paragraph = text * ((LONGEST_PARAGRAPH - 10) // len(text))
    return "# T\n\n" + (paragraph + "\n\n") * (LONGEST_PAGE // len(paragraph) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n- q {a=" + "a=a" * 5_000 + "'}",
        "# T\n\n- q {" + ".c d=e" * 5_000 + "'}",
        "# T\n\n- q" + " " * 50_000 + "x",
        "# T\n\n- q {" + "=" * 50_000,
        "# T\n\n" + ">" * 2_000 + "a\n\n- a",
        "# T\n\n" + "- " * 2_000 + "a",
        "# T\n\n" + "\n".join("  " * depth + "* a" for depth in range(60)),
        "---\nkey: " + "[" * 5_000 + "\n---\n# T\n\n- a",
        "---\nkey: " + "{" * 90_000 + "\n---\n# T\n\n- a",  # once the end of the process
        "---\na: &a [x]\n" + "".join(f"a{n}: &a{n} [{'*a' * 9}]\n" for n in range(99)) + "---\n# T\n\n- a",
        "---\n" + "a: 1\n" * 4_900 + "---\n# T\n\n- a",
        "# T\n\n" + "- a\n" * 4_900,  # once minutes, for every key was looked for anew
        "# T\n\n" + "- a {#b}\n" * 4_900,
        "# T\n\n" + "## P\n\n- a\n\n" * 1_200,
        "# T\n\n" + "## P\n\n- a\n\n" * 100_000,
        "# T\n\n" + "|" * 50_000,
        "# T\n\n" + ("a\n> - ***\n" * 100 + "\n") * 24,  # each line looks for the end of the quotation
        "# T\n\n" + "a\n> - ***\n" * 2_400,
        *(
            longest_page_of(each)
            for each in a_few(("*a ", "![", "[", "***a", "`#***", "__!", "<b>", "&", "<!--", "{#", "\\\\"))
        ),
        longest_page_of("<b>").replace("\n\n", "\n\n- "),
    ],
    ids=len,
)
def test_no_page_takes_for_ever(text: str) -> None:
    """
    Even a page that is made to be slow is read, or refused, in little time.
    """
    start = time.process_time()
    with contextlib.suppress(Faults):
        read_model(text)

    assert time.process_time() - start < 8  # a guard against no end; alone on a machine, no page takes two


@settings(max_examples=tried(200))
@given(
    st.one_of(
        st.binary(max_size=2_000),
        pages.map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=40).map(lambda data: data * 2_500),
    )
)
def test_any_file_is_a_model_or_faults(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """
    Any bytes in a file give a model or faults, quickly, and the faults are about that file.
    """
    file = tmp_path_factory.getbasetemp() / "rubbish.md"
    file.write_bytes(data)
    start = time.perf_counter()
    try:
        files: set[str] = set() if read_page(file) else {"nothing"}
    except Faults as error:
        files = {fault.where for fault in error.faults}

    assert files <= {str(file)}
    assert time.perf_counter() - start < 4


# --- what a page cannot express


@pytest.mark.parametrize(
    "change",
    [
        {"guidance": "- a question?"},
        {"guidance": "## A part"},
        {"guidance": "a\n"},
        {"title": "other"},
        {"at_most": 3},
        {"minutes": 5},
        {"children": [one("t.a.b")]},
        {"children": [attrs.evolve(one("t.a"), text="two\nlines")]},
        {"children": [attrs.evolve(one("t.a"), tags=["unheard-of"])]},
        {"elements": ["action"]},
        {"children": [one("t.a"), QuestionSet(key="t.p", title="P", elements=["action"], children=[one("t.p.a")])]},
    ],
)
def test_what_a_page_cannot_express_is_refused(change: dict[str, object]) -> None:
    """
    A model is not written as a page that reads as another model.
    """
    model = read_model("# T {#t}\n\n- a {#a}\n")
    other = attrs.evolve(model, questions=attrs.evolve(model.questions, **change))

    assert write_model(model)
    with pytest.raises(Refused, match="'t'"):
        write_model(other)


def test_a_model_and_its_questions_have_one_key() -> None:
    """
    A model cannot have the questions of another.
    """
    with pytest.raises(ValueError, match="one key"):
        Model(head=Head(key="a", title="A"), questions=QuestionSet(key="b", title="A", children=[one()]))


def test_a_source_prints_as_a_reference() -> None:
    """
    A reference has author, year, title and publisher, with one full stop after each.
    """
    assert str(Source(author="A, B.", year="1999", title="What?", publisher="P")) == "A, B. (1999) What? P."
    assert str(Source(author="A", year="1999", title="Title")) == "A (1999) Title."


@pytest.mark.parametrize(
    "top",
    [
        "# *T* {#x}",
        "# T {#X}",
        "# T {.core}",
        "# T {#x colour=red}",
        "---\nkey: a\n---\n\n\n# *T*",
        "---\nkey: A b\nfamly: x\n---\n# T",
        "\n\n  # `T` {#x .y}",
        "*T*\n===",
        "---\ntitle: T\n---\n\nA model without a heading.",
        "---\ntitle: T\n---\n# U",
    ],
)
def test_listing_and_reading_report_the_same_faults_of_the_head(top: str) -> None:
    """
    The faults in the head of a page have the same words and lines, whether it is listed or read.
    """

    def faults_when(read: Callable[[str, str], object]) -> list[str]:
        try:
            read(f"{top}\n\n- What now?\n", "mine.md")
        except Faults as error:
            return list(map(str, error.faults))
        return []

    assert faults_when(read_head) == faults_when(read_model)
