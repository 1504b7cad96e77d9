"""
Strategies for hypothesis, one for each public value.

Keys come from a small pool, so that sets share questions; two wordings of one key are drawn now
and then, so that joining sometimes refuses. Sets are made by their constructor, nested in any way: whatever
is made has to keep the laws.
"""

from __future__ import annotations

import itertools
import re
import string
from typing import Any

import attrs
from hypothesis import strategies as st

from reflect.errors import KeyClash
from reflect.interchange.values import Value
from reflect.pages.attributes import TAGS
from reflect.pages.keys import LONGEST_KEY
from reflect.pages.unasked import explain_bullet
from reflect.questions.answers import PROSE, Answering, Kind
from reflect.questions.choosing import all_parts_of
from reflect.questions.half_hours import HALF_HOUR, half_hour_of
from reflect.questions.model import (
    PICTURED,
    Aim,
    Canvas,
    CanvasKind,
    Head,
    Model,
    Offered,
    People,
    Picture,
    Source,
    Suits,
    Variant,
    Whose,
)
from reflect.questions.question import Addressee, Element, Function, Mode, Question, Shape, Step, Topic
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import Entry, Given, Outline, QuestionSet, Use, at, both, either
from reflect.questions.timetable import least
from reflect.sessions import brought, parts, record
from reflect.sessions.facts import FACTS
from reflect.sessions.filled import Filled, Rows, Signature
from reflect.sessions.kept import KeptPlan
from reflect.sessions.participants import By, Participant, Role
from reflect.sessions.session import Item, Session
from reflect.sessions.support import Support
from reflect.text import nodes, prose

KEYS = "abcdefgh"
#: Keys of steps. A question may have the first of them, and a step the last of the questions', so that some clash.
STEP_KEYS = "stuv"

rings = st.sampled_from(Ring)
elements = st.lists(st.sampled_from(Element), max_size=2, unique=True).map(tuple)
functions = st.lists(st.sampled_from(Function), max_size=2, unique=True).map(tuple)
topics = st.builds(Topic, st.sampled_from(["t1", "t2"]), st.just("Sam"), st.just(Ring.CASE))


# --- questions and sets


def _worded(key: str, topic: Topic | None, second: bool) -> Question:
    """
    One of eight questions; its key decides what it serves.
    """
    i = (KEYS + STEP_KEYS).index(key)
    return Question(
        key=key,
        text="another wording" if second else "a wording",
        core=i % 3 == 0,
        elements=[(), ("experience",), ("reflection", "action"), ("action",), ("analysis", "experience")][i % 5],
        functions=[(), ("support",), ("mediation", "management")][i % 3],
        topic=topic,
    )


def _stepped(key: str, topic: Topic | None, second: bool) -> Step:
    """
    One of the steps; its key decides what it takes and keeps.
    """
    i = (KEYS + STEP_KEYS).index(key)
    return Step(
        key=key,
        text="done otherwise" if second else "done",
        minutes=[None, 2, 5][i % 3],
        answering=PROSE if i % 4 == 0 else None,
        topic=topic,
    )


_TOPICS = (None, None, None, Topic("t1", "Sam", Ring.CASE), Topic("t2", "Sam", Ring.CASE))
questions = st.builds(_worded, st.sampled_from(KEYS), st.sampled_from(_TOPICS), st.booleans())
steps = st.builds(_stepped, st.sampled_from(STEP_KEYS), st.sampled_from(_TOPICS), st.booleans())
entries = st.lists(questions | steps, max_size=4, unique_by=lambda entry: entry.id).flatmap(
    lambda some: st.sampled_from([
        some, [e for e in some if isinstance(e, Step)], [e for e in some if isinstance(e, Question)]
    ])
)  # fmt: skip
modes = st.sampled_from([Mode.ASK, Mode.ASK, Mode.DO, Mode.WAIT])
silences = st.builds(
    QuestionSet,
    key=st.just("quiet"),
    title=st.just("Quiet"),
    mode=st.sampled_from([Mode.SAY, Mode.SILENT]),
    minutes=st.sampled_from([None, None, 2]),
    least=st.sampled_from([0, 1]),
    guidance=st.sampled_from(["", "Let it be quiet."]),
    elements=elements,
)


#: Questions by key and topic; without a topic is the most common.
_UNTOPICAL = tuple((key, None) for key in KEYS)
_TOPICAL = _UNTOPICAL + tuple((key, topic) for key in KEYS for topic in _TOPICS[-2:])
#: What a set is besides its questions: titled, timed, both, or neither, with things that only a part can have.
_looks = st.builds(
    lambda named, least, usual, at_most, elements: {
        "title": named[0],
        "minutes": named[1],
        "key": named[2],
        "least": least,
        "usual": usual,
        "at_most": at_most,
        "elements": elements,
        "guidance": "Take your time." if usual else "",
    },
    st.sampled_from([
        ("First", None, "p"), ("First", None, "also"), ("Second", None, "q"), ("Second", None, "p.r"),
        ("First", 12, "p"), ("Second", 30, "q"), ("", 12, "p"), ("", None, ""), ("", None, "p"),
    ]),
    st.sampled_from([0, 1, 3, 8]),
    st.sampled_from([None, 5, 10]),
    st.sampled_from([None, None, 1, 2]),
    st.sampled_from([(), (), *((e,) for e in Element), *itertools.permutations(Element, 2)]),
)  # fmt: skip


#: What a part has in which something is done: with a title or minutes, with one of them, or with neither.
_doings = st.builds(
    lambda named, mode, least, usual, rounds, elements: {
        "title": named[0],
        "minutes": named[1],
        "key": named[2],
        "mode": mode,
        "least": least,
        "usual": usual,
        "rounds": rounds,
        "elements": elements,
    },
    st.sampled_from([
        ("Do", None, "d"), ("Do", None, "also"), ("Draw", None, "p.r"), ("Do", 12, "d"), ("", 8, "d"), ("", None, ""),
        ("", None, "d"),
    ]),
    st.sampled_from([Mode.DO, Mode.DRAW, Mode.SILENT]),
    st.sampled_from([0, 0, 3]),
    st.sampled_from([None, None, 6]),
    st.sampled_from([1, 1, 2, 3]),
    st.sampled_from([(), (Element.ACTION,)]),
)  # fmt: skip
#: The order of use of what has parts: mostly that in which they stand.
_orders = st.sampled_from([(), (), (), ("down",), ("q", "p"), ("r", "d")])


@st.composite
def set_arguments(draw: st.DrawFn, topical: bool = True, steps: bool = True) -> dict[str, Any]:
    """
    What the constructor of a set may be given: up to seven questions and steps, dealt to sets in sets; now and then
    none.

    Sets hold single sets, nothing, or silences alone; one key may be in its second wording, and one may be a step here
    and a question elsewhere.

    Args:
        topical: Whether some are about a topic.
        steps: Whether something may be done in it.
    """
    pool = _TOPICAL if topical else _UNTOPICAL
    if steps and draw(st.booleans()):
        step_topics = (None, *_TOPICS[-2:]) if topical else (None,)
        more = tuple((key, topic) for key in STEP_KEYS for topic in step_topics)
        pool = draw(st.sampled_from([pool, more])) + more
    stand = draw(st.lists(st.sampled_from(pool), min_size=draw(st.integers(0, 12)) > 0, max_size=7, unique=True))
    odd = draw(st.sampled_from([*KEYS, *STEP_KEYS, *" " * 6]))
    done = STEP_KEYS + draw(st.sampled_from(["", "", "", KEYS[-1]])) if steps else ""

    def given(entries: list[Entry], depth: int) -> dict[str, Any]:
        if entries and all(isinstance(entry, Step) for entry in entries) and draw(st.booleans()):
            return {"children": entries, **draw(_doings)}
        children: list[Entry | QuestionSet] = []
        while entries:
            n = draw(st.integers(1, max(len(entries) if depth == 0 else 4, 1)))
            run, entries = entries[:n], entries[n:]
            if depth < 4 and draw(st.integers(0, 2)):
                children.append(QuestionSet(**given(run, depth + 1)))
                continue
            for is_step, some in itertools.groupby(run, lambda entry: isinstance(entry, Step)):
                beside = list(some)
                children += [QuestionSet(children=beside, **draw(_doings))] if is_step else beside
        if depth < 4 and draw(st.integers(0, 3)) == 0:
            idle = draw(silences) if draw(st.booleans()) else QuestionSet(**given([], depth + 1))
            children.insert(draw(st.integers(0, len(children))), idle)
        return {"children": children, "order": draw(_orders), **draw(_looks)}

    make = [(key, topic, _stepped if key in done else _worded) for key, topic in stand]
    return given([one(key, topic, key == odd) for key, topic, one in make], 0)


#: Sets as anybody can make them, nested in any way; silences, steps, parts of parts and topics are among them.
question_sets = set_arguments().map(lambda given: QuestionSet(**given))
#: The same without topics, as models are.
untopical_sets = set_arguments(topical=False).map(lambda given: QuestionSet(**given))
#: Sets in which nothing is done: all that weaving and grouping take.
asking_sets = set_arguments(steps=False).map(lambda given: QuestionSet(**given))
untopical_asking_sets = set_arguments(topical=False, steps=False).map(lambda given: QuestionSet(**given))
counts = st.integers(0, 9)
seeds = st.one_of(st.integers(0, 9), st.sampled_from(["monday", "\ud800"]))
used = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 3), max_size=4)


# --- outlines

paths = st.sampled_from(["kolb-cycle", "kolb-cycle.experience", "gibbs-cycle", "a", "7", "b.c-d.e"])
minutes = st.integers(1, 24 * 60)


@st.composite
def _outlines(draw: st.DrawFn, leaves: st.SearchStrategy[Outline], depth: int = 3) -> Outline:
    kind = draw(st.sampled_from(["leaf", "both", "either", "at"])) if depth else "leaf"
    if kind == "leaf":
        return draw(leaves)
    inner = _outlines(leaves, depth - 1)
    if kind == "at":
        return at(draw(inner), draw(minutes))
    several = draw(st.lists(inner, min_size=2, max_size=3))
    return both(*several) if kind == "both" else either(*several)


#: Outlines of names, which have a text form.
outlines = _outlines(paths.map(Use))
#: Outlines of sets made in code.
outlines_of_sets = _outlines(untopical_sets.map(Given), 2)
#: Text that is nearly an outline.
outline_texts = st.one_of(
    st.text(max_size=20),
    st.text("ab1.-@+|() \t", max_size=20),
    st.lists(st.sampled_from(["k-c", "a.b", "@", "@5", "@0", "@99999", "+", "|", "(", ")", " "]), max_size=12).map(
        "".join
    ),
)


# --- pages

_ODD = [
    "# of visits", "3. What?", "{person} said", "is {person}", "{#a}", "a {.x}", "a {b=c}", "---", "| a | b |", "&amp;",
    "http://x.org", "<b>x</b>", "<!-- x -->", "a*b*", "2014. x", "[ ] x", r"\{x\}", "![x](y)", "[a]: b", "x \\",
    "x #", "x ##", "+ a", "- a", "= b", "> c", "~~~", "```", "``", "a_b_c", "\\", "{", "}", "*", "no", "~",
    "é “x” – 東京",
    "a: b", "'", '"', "%", "@x", "- {#k}", "x {#k .core}", "x \\{#k}", "{=}", "1)", "a  \\* b", "😀", "x\u200dy",
]  # fmt: skip
#: A page drops the last four: nobody sees them.
_PRINTED = st.characters(
    exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp"], exclude_characters="\u00ad\u200b\u2060\ufeff"
)


def _one_line(text: str) -> str:
    return " ".join(text.split())


#: One line of plain text such as a page may hold, however odd.
lines = (
    st.one_of(
        st.text("ab {}#.=-+*_`[]()<>&|~!\\\"'1:0?;é", min_size=1, max_size=20),
        st.text(_PRINTED, min_size=1, max_size=20),
        st.sampled_from(_ODD),
        st.builds("{} {}".format, st.sampled_from(_ODD), st.sampled_from(_ODD)),
    )
    .map(_one_line)
    .filter(lambda text: text and not re.search(r"\\\\\{", text))  # a brace and a half has no meaning
)
_maybe = st.one_of(st.just(""), lines)
#: A hint that begins like an item of a list is refused, since the page would be: it may be a question of its own.
_hints = _maybe.filter(lambda text: explain_bullet(text) is None)
#: A value in braces; it may hold anything that stands on one line.
_values = lines.filter(lambda text: ";" not in text)
_guidance = st.sampled_from([
    "", "", "Tell it.", "One.\n\nTwo with *bold*\nand more.", "A list:\n\n* a\n* b\n\n  c", "1. one\n2. two", "[a]: b",
    r"\<b>, `<i>`",
])  # fmt: skip
#: The same where something is done: a numbered list would be its steps.
_guidance_where_done = st.sampled_from(["", "", "Tell it.", "One.\n\nTwo with *bold*", "* a\n* b\n\n  c", "[a]: b"])
_notes = st.sampled_from(["", "", "Note.", "A\n\n- b\n\nc", "    indented\n\n> deeper", "# not a part"])
_spans = st.one_of(st.none(), st.tuples(st.integers(1, 30), st.integers(0, 60)).map(lambda two: (two[0], sum(two))))
_keys = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=5)
_answerings = st.one_of(
    st.just(PROSE),
    st.sampled_from([Kind.POINTS, Kind.TICK, Kind.DATE]).map(Answering),
    st.builds(Answering, st.just(Kind.SCALE), _values, _values, _values),
    st.builds(Answering, st.just(Kind.CHOICE), options=st.lists(_values, min_size=2, max_size=3)),
)


@attrs.frozen
class _Over:
    """
    What a part or question inherits, unless it says otherwise.
    """

    key: str
    elements: tuple[Element, ...] = ()
    functions: tuple[Function, ...] = ()
    to: Addressee = Addressee.SUPERVISEE
    role: str = ""
    offer: str = ""
    ring: Ring | None = None


@st.composite
def _under(draw: st.DrawFn, over: _Over, key: str, roles: tuple[str, ...]) -> _Over:
    here = attrs.evolve(over, key=f"{over.key}.{key}")
    if draw(st.booleans()):
        here = attrs.evolve(here, elements=draw(elements) or over.elements, functions=draw(functions) or over.functions)
    if draw(st.integers(0, 3)) == 0:
        here = attrs.evolve(here, to=draw(st.sampled_from(Addressee)), offer=draw(_values))
    if roles and draw(st.booleans()):
        here = attrs.evolve(here, role=draw(st.sampled_from(roles)))
    if draw(st.integers(0, 3)) == 0:
        here = attrs.evolve(
            here, ring=draw(st.sampled_from([ring for ring in Ring if not over.ring or narrows(ring, over.ring)]))
        )
    return here


def _taken(over: _Over) -> dict[str, object]:
    return {name: getattr(over, name) for name in attrs.fields_dict(_Over)}


@st.composite
def _page_question(draw: st.DrawFn, over: _Over, key: str, roles: tuple[str, ...]) -> Question:
    here = draw(_under(over, key, roles))
    text = draw(lines)
    return Question(
        text=text,
        plain=draw(st.one_of(st.just(""), _values.filter(lambda plain: plain != text))),
        hint=draw(_hints),
        probes=draw(st.lists(lines, max_size=2)),
        core=draw(st.booleans()),
        or_pass=draw(st.booleans()),
        tags=draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True)),
        answering=draw(_answerings),
        **_taken(here),  # type: ignore[arg-type]
    )


#: What can be done; where something is only said or nobody speaks there are often no steps.
_doing = st.sampled_from([mode for mode in Mode if mode is not Mode.ASK])


@st.composite
def _page_step(draw: st.DrawFn, over: _Over, key: str, roles: tuple[str, ...], mode: Mode) -> Step:
    here = draw(_under(over, key, roles))
    return Step(
        key=here.key,
        text=draw(lines),
        hint=draw(_hints),
        mode=draw(st.one_of(st.just(mode), _doing)),
        minutes=draw(st.sampled_from([None, None, 1, 7])),
        role=here.role,
        ring=here.ring,
        answering=draw(st.one_of(st.none(), _answerings)),
        page=draw(st.sampled_from(["", "", "", "kolb-cycle"])),
    )


@st.composite
def page_steps(draw: st.DrawFn, over: _Over, roles: tuple[str, ...], mode: Mode, least: int = 0) -> list[Step]:
    """
    The steps of a part, in which things are done.
    """
    keys = draw(st.lists(_keys, min_size=least, max_size=4, unique=True))
    return [draw(_page_step(over, key, roles, mode)) for key in keys]


def _minutes_of(steps: list[Step], span: tuple[int, int] | None, rounds: int) -> dict[str, int | None]:
    """
    The least and usual minutes of a part, as a page says them: its own, or those of its steps together.
    """
    sums = sum(step.minutes or 0 for step in steps)
    if span:
        least, usual = span[0], max(span[1], sums)
        return {"least": least * rounds, "usual": usual * rounds}
    timed = bool(steps) and all(step.minutes for step in steps)
    return {"least": sums * rounds, "usual": sums * rounds if timed else None}


@st.composite
def _page_part(draw: st.DrawFn, over: _Over, key: str, roles: tuple[str, ...], depth: int) -> QuestionSet:
    here = draw(_under(over, key, roles))
    mode = draw(st.one_of(st.just(Mode.ASK), _doing))
    rounds = draw(st.sampled_from([1, 1, 3]))
    beside = [name for name in roles if draw(st.booleans()) and name != here.role]
    steps = draw(page_steps(here, roles, mode)) if mode is not Mode.ASK else []
    children: list[Question | Step | QuestionSet] = [*steps]
    if mode is Mode.ASK:
        children += draw(_page_children(here, roles, depth - 1))
    return QuestionSet(
        children=children,
        title=draw(lines),
        mode=mode,
        guidance=draw(_guidance if mode is Mode.ASK else _guidance_where_done),
        notes=draw(_notes),
        also=beside[:1],
        quiet=beside[1:],
        rounds=rounds,
        **_minutes_of(steps, draw(_spans), rounds),  # type: ignore[arg-type]
        at_most=draw(st.sampled_from([None, 1, 3])),
        **_taken(here),  # type: ignore[arg-type]
    )


@st.composite
def _page_children(
    draw: st.DrawFn, over: _Over, roles: tuple[str, ...], depth: int
) -> list[Question | Step | QuestionSet]:
    keys = draw(st.lists(_keys, max_size=4, unique=True).filter(lambda some: len(f"{over.key}.") + 5 <= LONGEST_KEY))
    asked = len(keys) if depth == 0 else draw(st.integers(0, len(keys)))
    found: list[Question | Step | QuestionSet] = [draw(_page_question(over, key, roles)) for key in keys[:asked]]
    found += [draw(_page_part(over, key, roles, depth)) for key in keys[asked:]]
    return found


_sources = st.builds(Source, author=lines, year=lines, title=lines, publisher=_maybe)


_counts = st.integers(1, 999)
people = st.one_of(
    st.builds(People, least=_counts, how=_maybe),
    st.tuples(_counts, _counts).map(lambda two: People(least=min(two), most=max(two))),
)
_words = st.lists(lines, min_size=1, max_size=4)
canvases = st.one_of(
    st.builds(Canvas, kind=st.just(CanvasKind.SHEET), words=st.lists(lines, max_size=1)),
    st.builds(Canvas, kind=st.just(CanvasKind.AXES), words=st.lists(lines, min_size=4, max_size=4)),
    st.builds(Canvas, kind=st.just(CanvasKind.CORNERS), words=st.lists(lines, min_size=3, max_size=4)),
    st.builds(Canvas, kind=st.just(CanvasKind.COLUMNS), words=_words, rows=st.lists(lines, max_size=2)),
    st.builds(Canvas, kind=st.sampled_from([CanvasKind.CIRCLES, CanvasKind.TIMELINE]), words=_words),
)
_heads = st.lists(lines, min_size=2, max_size=5)
pictures = st.one_of(
    st.builds(Picture, shape=st.sampled_from([each for each in PICTURED if each is not Shape.CORNERS]), words=_words),
    st.builds(Picture, shape=st.just(Shape.CORNERS), words=st.lists(lines, min_size=3, max_size=4)),
    st.builds(Picture, shape=st.just(Shape.MATRIX), words=_heads, across=_heads),
)
_variants = st.builds(Variant, when=lines, do=lines)
_other_pages = st.lists(st.sampled_from(["kolb-cycle", "close", "4-4-4"]), max_size=2, unique=True)


@st.composite
def _models(draw: st.DrawFn) -> Model:
    roles = tuple(draw(st.lists(st.sampled_from(["presenter", "observer"]), max_size=2, unique=True)))
    head = Head(
        key=draw(st.sampled_from(["k", "kolb-cycle", "4-4-4"])),
        title=draw(lines),
        version=draw(lines),
        lang=draw(st.sampled_from(["", "en-GB", "cy", "no"])),
        family=draw(_maybe),
        shape=draw(st.sampled_from(Shape)),
        minutes=draw(_spans),
        suits=draw(st.lists(st.sampled_from(Suits), max_size=3, unique=True)),
        aims=draw(st.lists(st.sampled_from(Aim), max_size=3, unique=True)),
        offered=draw(st.sampled_from(Offered)),
        whose=draw(st.sampled_from(Whose)),
        record=draw(_maybe),
        when=draw(_maybe),
        instead=draw(_maybe),
        mistakes=draw(st.lists(lines, max_size=2)),
        roles=roles,
        sources=tuple(draw(st.lists(_sources, max_size=2))),
        rights=draw(_maybe),
        author=draw(_maybe),
        licence=draw(_maybe),
        ring=draw(st.one_of(st.none(), rings)),
        does=draw(st.one_of(st.just(Mode.ASK), st.just(Mode.ASK), _doing)),
        people=draw(st.one_of(st.none(), people)),
        materials=draw(st.lists(lines, max_size=2)),
        room=draw(_maybe),
        picture=draw(st.one_of(st.none(), pictures)),
        canvas=draw(st.one_of(st.none(), canvases)),
        variants=tuple(draw(st.lists(_variants, max_size=2))),
        goes_with=draw(_other_pages),
    )
    over = _Over(key=head.key, ring=head.ring)
    children: list[Question | Step | QuestionSet] = []
    steps: list[Step] = []
    if head.does is Mode.ASK:
        children = draw(_page_children(over, roles, 2))
        parts = [part.key.removeprefix(f"{head.key}.") for part in QuestionSet(children=children, title="T").parts]
        if len(parts) > 1:
            head = attrs.evolve(head, order=draw(st.sampled_from([(), ("down",), parts[::-1], parts[1:]])))
    else:
        children += (steps := draw(page_steps(over, roles, head.does, 1)))
        most = max(sum(step.minutes or 0 for step in steps), head.minutes[1]) if head.minutes else 0
        head = attrs.evolve(head, minutes=head.minutes and (head.minutes[0], most))
    if head.does is Mode.ASK and not QuestionSet(children=children).entries:
        children = [draw(_page_question(over, "last", roles)), *(c for c in children if isinstance(c, QuestionSet))]
    whole = QuestionSet(
        children=children,
        key=head.key,
        title=head.title,
        shape=head.shape,
        mode=head.does,
        order=head.order,
        guidance=draw(_guidance if head.does is Mode.ASK else _guidance_where_done),
        notes=draw(_notes),
        **_minutes_of(steps, head.minutes, 1),  # type: ignore[arg-type]
        ring=head.ring,
        whose=str(head.whose),
        record=head.record,
    )
    return Model(head=attrs.evolve(head, half_hour=draw(_half_hours_of(head, whole))), questions=whole)


@st.composite
def _half_hours_of(draw: st.DrawFn, head: Head, whole: QuestionSet) -> tuple[str, ...]:
    """
    What a page may say of half an hour: some of its parts, questions and steps, within 30 minutes.
    """
    keys = [each.key.removeprefix(f"{head.key}.") for each in (*all_parts_of(whole), *whole.entries)]
    some = draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)) if keys and draw(st.booleans()) else []
    pieces = tuple(key + draw(st.sampled_from(["", "@1", "@10"])) for key in some)
    used = half_hour_of(Model(head=attrs.evolve(head, half_hour=pieces), questions=whole))
    return pieces if least(used) <= HALF_HOUR else ()


#: Models that a page can say.
models = _models()

# --- sessions, records and documents

#: Whatever can be typed; half a character too, for a program may cut one.
typed = st.one_of(st.text(max_size=12), st.sampled_from(["\ud800", "a\r\nb", "\x00\u2028", "😀", '"}', "\\ud83d"]))


def _some(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=2).map(tuple)


_brought = st.builds(
    brought.Brought,
    topic=st.builds(Topic, st.sampled_from(["t1", "2026-03-04.p1", "2026-03-04.s2"]), typed, rings),
    whose=st.sampled_from(["supervisee", "supervisor", "both"]),
    purpose=st.sampled_from(["", "decide", "think", "tell"]),
    became=st.none() | st.sampled_from(brought.Outcome),
    until=typed,
)
_agreed = st.builds(
    parts.Action,
    what=typed,
    who=typed,
    by=typed,
    ring=rings,
    id=st.sampled_from(["", "2026-03-04.s1"]),
    agreed=typed,
    state=st.sampled_from(parts.ActionState),
    case=typed,
)
_decided = st.builds(
    parts.Decision,
    what=typed,
    why=typed,
    who=typed,
    ring=rings,
    about=typed,
    when=typed,
    rather_than=typed,
    confirmed=st.sampled_from([None, True, False]),
)


_there = st.builds(Participant, role=st.sampled_from(Role), ring=rings, who=typed, by=st.sampled_from(By))


@st.composite
def _sessions(draw: st.DrawFn) -> Session:
    items: list[Item] = []
    begins = 0
    for some in draw(st.lists(question_sets, max_size=3)):
        length = draw(st.integers(1, 90))
        stages = tuple((part, draw(st.integers(0, 20))) for part in some.parts)
        own = draw(_some(_brought))
        items.append(Item(set=some, begins=begins, minutes=length, stages=stages, brought=own))
        begins += length
    spare = draw(st.integers(0 if items else 1, 30))
    return Session(
        minutes=begins + spare,
        items=tuple(items),
        dropped=tuple(draw(st.lists(question_sets, max_size=1))),
        spare=spare,
        facts=draw(st.dictionaries(st.sampled_from(sorted(FACTS)), typed, max_size=4)),
        before=draw(_some(_agreed)),
        put_off=draw(_some(_brought)),
        series=draw(st.sampled_from(["", "k7m2"])),
        participants=draw(_some(_there)),
    )


#: Sessions that add up; what is asked twice in different items is asked twice.
sessions = _sessions()

_runs = st.builds(prose.Run, text=typed, bold=st.booleans(), italic=st.booleans())
_written = st.lists(
    st.builds(
        prose.Line,
        runs=st.lists(_runs, max_size=2).map(tuple),
        kind=st.sampled_from(prose.LineKind),
        level=st.integers(0, 8),
    ),
    max_size=2,
).map(tuple)


#: Records, however little stands in them.
records = st.builds(
    record.Record,
    minutes=minutes,
    items=_some(
        st.builds(
            parts.ItemRecord,
            key=typed,
            use=paths,
            minutes=minutes,
            outcome=st.one_of(st.none(), st.sampled_from(parts.Outcome)),
        )
    ),
    facts=st.dictionaries(typed, typed, max_size=2).map(lambda some: tuple(some.items())),
    answers=_some(st.builds(parts.Answered, key=typed, ring=rings, lines=_written, asked=typed, version=typed)),
    actions=_some(_agreed),
    before=_some(_agreed),
    decisions=_some(_decided),
    series=st.sampled_from(["", "k7m2"]),
    signed=_some(
        st.builds(
            parts.SignOff,
            role=typed,
            agreement=st.one_of(st.none(), st.sampled_from(parts.Agreement)),
            comments=typed,
        )
    ),
    document=typed,
)

_inline = st.recursive(
    st.one_of(st.builds(nodes.Text, typed), st.builds(nodes.Code, typed), st.just(nodes.Break())),
    lambda inner: st.one_of(
        st.builds(nodes.Strong, _some(inner)),
        st.builds(nodes.Emphasis, _some(inner)),
        st.builds(nodes.Link, st.sampled_from(["https://x.org", "MAILTO:a@b", "#a"]), _some(inner)),
        st.builds(nodes.Span, st.sampled_from(sorted(nodes.INLINE_STYLES)), _some(inner)),
    ),
    max_leaves=4,
)
_style = st.sampled_from(["", *sorted(nodes.BLOCK_STYLES)])
_cells = _some(st.builds(nodes.Cell, _some(_some(_inline))))
_room = st.integers(0, nodes.MOST_LINES)


@st.composite
def _sheets(draw: st.DrawFn) -> nodes.SheetToFill:
    kind, words, rows = draw(st.sampled_from(CanvasKind)), draw(_some(typed)), draw(st.lists(typed, max_size=3))
    count = len(words) * max(len(rows), 1) if draw(st.booleans()) else 0
    places = tuple(nodes.Answer(f"box.{n}", draw(typed), draw(_room), draw(typed)) for n in range(count))
    size = draw(st.integers(0, 250)), draw(st.integers(0, 250))
    return nodes.SheetToFill(draw(typed), kind, words, tuple(rows), places, *size, draw(st.integers(9, 18)))


@st.composite
def _actions(draw: st.DrawFn) -> nodes.Actions:
    columns = draw(_some(typed))
    rows = draw(_some(st.tuples(*(typed for _ in columns))))
    return nodes.Actions(draw(typed), draw(typed), columns, rows, draw(_room))  # type: ignore[arg-type]


_stages = st.recursive(
    st.builds(nodes.Stage, typed, st.integers(0, 9), typed, st.integers(0, 9), st.booleans(), st.booleans()),
    lambda inner: st.builds(nodes.Stage, typed, parts=_some(inner), low=typed, high=typed, whose=typed),
    max_leaves=4,
)
_blocks = st.recursive(
    st.one_of(
        st.builds(nodes.Heading, st.integers(1, 6), _some(_inline), _style),
        st.builds(nodes.Paragraph, _some(_inline), _style, raw=typed),
        st.builds(nodes.CodeBlock, typed),
        st.just(nodes.Rule()),
        st.builds(nodes.Table, _cells, _some(_cells), _style),
        st.builds(nodes.Answer, typed, typed, _room, typed),
        st.builds(nodes.Choice, typed, typed, _some(typed), typed),
        st.builds(nodes.Scale, typed, typed, typed, typed, typed, typed),
        st.builds(nodes.Facts, _some(st.builds(nodes.Fact, typed, typed, typed))),
        _actions(),
        _sheets(),
        st.builds(nodes.Ruled, st.integers(1, nodes.MOST_LINES), st.none() | _room, typed),
        st.builds(nodes.SignOff, typed, typed, _some(typed), typed, typed, typed, typed),
        st.builds(nodes.Cards, _some(st.builds(nodes.Card, typed, typed, typed, typed, bar=st.integers(0, 9)))),
        st.builds(nodes.Diagram, typed, st.sampled_from(Shape), st.lists(_stages, min_size=1, max_size=4).map(tuple)),
    ),
    lambda inner: st.one_of(
        st.builds(nodes.Quotation, _some(inner), _style),
        st.builds(
            nodes.Listing, _some(st.builds(nodes.Item, _some(inner))), st.one_of(st.none(), st.integers(0, 9)), _style
        ),
    ),
    max_leaves=4,
)
#: Documents of every kind of node.
documents = st.builds(
    nodes.Document, kind=typed, title=typed, label=typed, limits=typed, blocks=st.lists(_blocks, max_size=3).map(tuple)
)


@st.composite
def _rows(draw: st.DrawFn) -> Rows:
    columns = draw(_some(typed))
    return Rows(key=draw(typed), columns=columns, rows=draw(_some(st.tuples(*(typed for _ in columns)))))


_named = st.dictionaries(typed, typed, max_size=3).map(lambda texts: tuple(texts.items()))
#: Pages that were filled in and saved.
filled_pages = st.builds(
    Filled, document=typed, about=_named, answers=_named, asked=_named, tables=_some(_rows()),
    signed=_some(st.builds(Signature, key=typed, who=typed, value=typed, name=typed, date=typed, comments=typed)),
)  # fmt: skip

kept_plans = st.builds(
    KeptPlan,
    date=st.dates().map(str),
    session=sessions,
    people=st.integers(2, 40),
    part=st.integers(1, 9),
    revision=st.integers(0, 9),
    counts=_some(st.tuples(typed, st.integers(0, 9))),
    unconfirmed=_some(_decided),
    support=_some(st.builds(Support, what=typed, until=typed, when=typed, ring=st.sampled_from(Ring))),
    urgent=st.none() | _some(typed),
    left_out=st.none() | _some(typed),
)

#: One strategy for each kind of value with a JSON form.
OF_KIND: dict[str, st.SearchStrategy[Value]] = {
    "model": models,
    "question-set": question_sets,
    "session": sessions,
    "document": documents,
    "record": records,
    "filled": filled_pages,
    "plan": kept_plans,
}

#: Lines such as stand on a page, right and wrong.
page_lines = st.one_of(
    st.sampled_from([
        "", "", "", "---", "key: a-b", "title: T", "title: [T]", "? [a]", ": b", "minutes: [3, 5]", "minutes: 5-3",
        "sources:", "- {author: A, year: 1, title: T}", "- {a: b}", "ring: case", "shape: cycle", "shape: round",
        "roles: [observer]", "a: &x [*x]", "<<: *x", "\tkey: x", "# T", "# T {#k}", "## Part",
        "## Part {#p minutes=2-5}",
        "## Say {#s .say}", "### Deeper {element=action}", "##", "- What?", "- What? {#w .core .feeling}",
        "- Which? {ring=open to=group role=observer}", "- Scale {answer=scale low=a high=b whose=c}",
        "- Scale {answer=scale}",
        "- {x", "- a {#b", "-", "- ", "  hint", "  - probe", "margin", "> note", ">", "* a", "1. b", "    code", "```",
        "<div>",
        "![a](b)", "[a]: b", "| a | b |", "| - | - |", "===", "\ufeff", "...", "- **bold**", "\t- tab", "a\\", "{#k}",
        "\0",
    ]),
    st.text("ab {}#.=-+*_`[]()<>&|~!\\\"':\t", max_size=20),
    st.text(st.characters(), max_size=12),
)  # fmt: skip
pages = st.lists(page_lines, max_size=14).map("\n".join)


def one(key: str = "a", **more: object) -> Question:
    """
    Return a question in one line of a test.
    """
    return Question(key=key, text=f"What of {key}?", **more)  # type: ignore[arg-type]


def ask(keys: str = "a", **more: object) -> QuestionSet:
    """
    Return a set of questions, a letter each: ``ask("abc", title="Start")``.
    """
    return QuestionSet(children=[one(key) for key in keys], **more)  # type: ignore[arg-type]


def keys_of(some: QuestionSet) -> str:
    """
    Return the keys of a set's questions, joined.
    """
    return "".join(question.key for question in some.asks)


def attempt(make: object) -> object:
    """
    Return what a function gives, or "refused" where two questions or steps claim one key.
    """
    try:
        return make()  # type: ignore[operator]
    except KeyClash:
        return "refused"
