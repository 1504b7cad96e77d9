"""
What templates see: a small, settled picture of a model or a session.

Every word of a wording is already in place. A view holds nothing its reader may
not read. The reference page on templates lists these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.questions.choosing import opening
from reflect.questions.model import Head, Model
from reflect.questions.question import Addressee, Element, Mode, Question
from reflect.questions.rings import Ring
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.wordings import Wording
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import SIGNING, UNPLACED, Answered
from reflect.sessions.record import Record
from reflect.sessions.session import Item as SessionItem
from reflect.sessions.session import Session
from reflect.text import markdown
from reflect.text.filling import Blocks, Prose
from reflect.text.nodes import (
    Block,
    Emphasis,
    Inline,
    Item,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Span,
    Strong,
    Text,
    words,
)
from reflect.text.places import options_of

#: A record has at most this many places to write about items; what is too many shares the last one.
PLACES_A_RECORD = 4
#: What a record asks about an item whose page says nothing else.
RECORD_ASKS = "What we thought, what shifted, what we decided and why"


@attrs.frozen(kw_only=True)
class QuestionView:
    """
    A question, in the words of the profession.

    Attributes:
        key: What its answer hangs on.
        text: The wording, with "or pass" where it belongs.
        hint: An example or a way in.
        probes: Follow-ups.
        core: Whether it belongs to the short version.
        to: Whom it is put to, if not to the supervisee.
        kind: How it is answered.
        low: What nought means on a scale.
        high: What ten means on a scale.
        whose: Whose number it is.
        options: What a choice offers.
    """

    key: str
    text: str
    hint: str
    probes: tuple[str, ...]
    core: bool
    to: str
    kind: str
    low: str
    high: str
    whose: str
    options: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PartView:
    """
    A part of a model.

    Attributes:
        number: Its place among the parts beside it, from 1.
        title: What it is called.
        guidance: What everybody reads.
        notes: What whoever leads reads.
        questions: What is asked in it.
        core: The questions of the short version, or all of them if it marks none.
        parts: Its own parts.
        asks: Whether anything is asked in it; otherwise something is told, or there is silence.
        minutes: Its usual minutes, 0 if nothing is known.
        to: Whom it is put to, if not to the supervisee.
        role: Who acts in it.
        look: In a diagram: "cycle" if its parts go round the four elements, "silent" if nobody speaks to it.
    """

    number: int
    title: str
    guidance: Blocks
    notes: Blocks
    questions: tuple[QuestionView, ...]
    core: tuple[QuestionView, ...]
    parts: tuple[PartView, ...]
    asks: bool
    minutes: int
    to: str
    role: str
    look: str


@attrs.frozen(kw_only=True)
class ModelView:
    """
    A model, or a set made of several.

    Attributes:
        key: Its key, or nothing for a set made in code.
        title: What it is called.
        family: What sort of model it is.
        summary: What it is for: the first paragraph of its page.
        opening: The same in plain words, for a cell or a slide.
        more: The rest of what its page says about it as a whole.
        notes: What whoever leads reads.
        when: When it helps.
        instead: When to do something else.
        mistakes: What commonly goes wrong.
        minutes: Its length in words, such as "20 to 40 minutes".
        suits: With how many people it works, in words.
        roles: The roles it needs.
        whose: Whose item it is on an agenda, in the words of the profession.
        record: What a record of the session asks about it; nothing if nothing is kept.
        sources: Where it comes from.
        origin: The first of them, without its publisher, for a card.
        rights: What is whose.
        licence: Of the wording.
        draft: Whether it names no source.
        shape: How its parts stand to one another.
        cyclic: Whether its parts come round again.
        questions: What is asked outside its parts.
        core: The short version of those.
        parts: Its parts.
        asks: All its questions, in order.
    """

    key: str
    title: str
    family: str
    summary: Blocks
    opening: str
    more: Blocks
    notes: Blocks
    when: str
    instead: str
    mistakes: tuple[str, ...]
    minutes: str
    suits: str
    roles: tuple[str, ...]
    whose: str
    record: str
    sources: tuple[str, ...]
    origin: str
    rights: str
    licence: str
    draft: bool
    shape: str
    cyclic: bool
    questions: tuple[QuestionView, ...]
    core: tuple[QuestionView, ...]
    parts: tuple[PartView, ...]
    asks: tuple[QuestionView, ...]


@attrs.frozen(kw_only=True)
class ItemView:
    """
    An item of a session.

    Attributes:
        key: What its record hangs on.
        begins: When it begins: clock time, or hours and minutes from the start.
        minutes: How long it is.
        title: What it is about, or what is asked.
        model: The model, where *title* is a topic.
        whose: Whose item it is, in the words of the profession.
        stages: Its parts and their minutes, in words, where it goes through them in turn.
        questions: At most two of its questions.
        record: What a record asks about it; nothing if it has no place of its own.
        outcome: In a record: as planned, changed or not reached.
        answer: In a record: what was written about it.
        notes: What else an agenda says about it.
        asked: In a record: what it is about, in the words it was written under.
    """

    key: str
    begins: str
    minutes: int
    title: str
    model: str
    whose: str
    stages: str
    questions: tuple[QuestionView, ...]
    record: str
    outcome: str
    answer: str
    notes: tuple[str, ...]
    asked: str


@attrs.frozen(kw_only=True)
class SessionView:
    """
    A session, as its reader may see it.

    Attributes:
        minutes: How long it is.
        begins: When it begins.
        ends: When it ends.
        timed: Whether times are of the clock; otherwise they count from the start.
        items: What it consists of.
        spare: Minutes nothing was planned for.
        open: When the spare time begins.
        dropped: Titles of what there was no time for.
        shortened: What has fewer minutes than were wished for, in words.
        places: The items that have a place of their own in a record.
        anything: Whether a record needs one more place, for the rest.
        facts: What is said about the session, by name; "" where nothing is.
        answers: In a record: what was written elsewhere, by key.
        actions: In a record: for each action what, who and by when, in this order.
        decisions: In a record: for each decision what, why and who, in this order.
        signed: In a record: by "supervisee" and "supervisor": value, name, date and comments; empty where nothing is.
        private: What stays between the two, each with what it stands under.
        notes: What an agenda says at its end.
    """

    minutes: int
    begins: str
    ends: str
    timed: bool
    items: tuple[ItemView, ...]
    spare: int
    open: str
    dropped: tuple[str, ...]
    shortened: tuple[str, ...]
    places: tuple[ItemView, ...]
    anything: bool
    facts: Mapping[str, str]
    answers: Mapping[str, str]
    actions: tuple[tuple[str, ...], ...]
    decisions: tuple[tuple[str, ...], ...]
    signed: Mapping[str, Mapping[str, str]]
    private: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def _worded_line(children: Iterable[Inline], wording: Wording) -> tuple[Inline, ...]:
    def put(child: Inline) -> Inline:
        match child:
            case Text(text):
                return Text(wording.fill(text))
            case Strong(inner) | Emphasis(inner) | Link(_, inner) | Span(_, inner):
                return attrs.evolve(child, children=_worded_line(inner, wording))
            case _:
                return child

    return tuple(map(put, children))


def _worded(block: Block, wording: Wording) -> Block:
    match block:
        case Paragraph():
            return attrs.evolve(block, children=_worded_line(block.children, wording))
        case Listing():
            items = (Item(tuple(_worded(inner, wording) for inner in item.blocks)) for item in block.items)
            return attrs.evolve(block, items=tuple(items))
        case Quotation():
            return attrs.evolve(block, blocks=tuple(_worded(inner, wording) for inner in block.blocks))
        case _:
            return block


def blocks(text: str, wording: Wording) -> Blocks:
    """
    Return guidance of a page in the words of a profession.
    """
    return Blocks(tuple(_worded(block, wording) for block in markdown.read_guidance(text)) if text else ())


def in_words(some: Iterable[Block]) -> str:
    """
    Return the words of paragraphs.
    """
    return " ".join(words(block.children) for block in some if isinstance(block, Paragraph))


_TO = {Addressee.SUPERVISEE: "", Addressee.SUPERVISOR: "{supervisor}", Addressee.GROUP: "the group"}


def question_view(question: Question, wording: Wording) -> QuestionView:
    """
    Return a question as templates see it.
    """
    text = wording.fill(question.text)
    answering = question.answering
    return QuestionView(
        key=question.key,
        text=f"{text} (or pass)" if question.or_pass else text,
        hint=wording.fill(question.hint),
        probes=tuple(map(wording.fill, question.probes)),
        core=question.core,
        to=wording.fill(_TO[question.to]),
        kind=str(answering.kind),
        low=wording.fill(answering.low),
        high=wording.fill(answering.high),
        whose=wording.fill(answering.whose),
        options=tuple(map(wording.fill, options_of(answering))),
    )


def _core(asks: Iterable[QuestionView]) -> tuple[QuestionView, ...]:
    known = tuple(asks)
    return tuple(question for question in known if question.core) or known


def _own(some: QuestionSet, wording: Wording) -> tuple[QuestionView, ...]:
    return tuple(question_view(child, wording) for child in some.children if isinstance(child, Question))


def part_view(part: QuestionSet, number: int, wording: Wording) -> PartView:
    """
    Return a part as templates see it.
    """
    questions = _own(part, wording)
    return PartView(
        number=number,
        title=wording.fill(part.title),
        guidance=blocks(part.guidance, wording),
        notes=blocks(part.notes, wording),
        questions=questions,
        core=_core(questions),
        parts=tuple(part_view(inner, i, wording) for i, inner in enumerate(part.parts, 1)),
        asks=part.mode is Mode.ASK,
        minutes=part.usual or 0,
        to=wording.fill(_TO[part.to]),
        role=part.role.replace("-", " "),
        look="silent" if part.mode is Mode.SILENT else "cycle" if _goes_round(part) else "",
    )


def _goes_round(part: QuestionSet) -> bool:
    """
    Whether the parts of a part are the four elements in their order, which lead to one another.
    """
    return tuple(inner.elements[:1] for inner in part.parts) == tuple((element,) for element in Element)


_WHOSE = {"supervisee": "{worker}", "supervisor": "{supervisor}", "both": "both of you"}
_SUITS = {"one-to-one": "one to one", "group": "in a group", "self": "on your own"}


def _listed(words: Iterable[str], last: str = "or") -> str:
    *most, end = tuple(words) or ("",)
    return f"{', '.join(most)} {last} {end}" if most else end


def model_view(what: Composable, wording: Wording) -> ModelView:
    """
    Return a model, or a set made of several, as templates see it.
    """
    some = what.questions
    if isinstance(what, Model):
        head = what.head
    else:
        head = Head(
            key=some.key or "set", title=some.title or _listed((p.title for p in some.parts), "and") or "Questions"
        )
    low, high = head.minutes or (0, 0)
    questions = _own(some, wording)
    about = blocks(some.guidance, wording).blocks
    return ModelView(
        key=some.key,
        title=wording.fill(head.title),
        summary=Blocks(about[:1]),
        family=head.family,
        opening=in_words(about[:1]),
        more=Blocks(about[1:]),
        notes=blocks(some.notes, wording),
        when=wording.fill(head.when),
        instead=wording.fill(head.instead),
        mistakes=tuple(map(wording.fill, head.mistakes)),
        minutes=f"{low} to {high} minutes" if low < high else f"{high} minutes" if high else "",
        suits=_listed(_SUITS[suit] for suit in head.suits),
        roles=tuple(role.replace("-", " ") for role in head.roles),
        whose=wording.fill(_WHOSE[head.whose]),
        record="" if head.record == "none" else wording.fill(head.record or RECORD_ASKS),
        sources=tuple(map(str, head.sources)),
        origin=str(attrs.evolve(head.sources[0], publisher="")) if head.sources else "",
        rights=head.rights,
        licence=head.licence,
        draft=isinstance(what, Model) and head.draft,
        shape=str(some.shape),
        cyclic=some.shape == "cycle",
        questions=questions,
        core=_core(questions),
        parts=tuple(part_view(part, i, wording) for i, part in enumerate(some.parts, 1)),
        asks=tuple(question_view(question, wording) for question in some.asks),
    )


def without_repeats(models: Iterable[ModelView]) -> tuple[ModelView, ...]:
    """
    Return models with each question once: in the first that asks it.
    """
    seen: set[str] = set()

    def fresh(questions: tuple[QuestionView, ...]) -> tuple[QuestionView, ...]:
        found = tuple(each for each in questions if _plain(each.text) not in seen)
        seen.update(_plain(each.text) for each in found)
        return found

    def part(one: PartView) -> PartView:
        asked = fresh(one.questions)
        return attrs.evolve(
            one, questions=asked, core=tuple(q for q in one.core if q in asked), parts=tuple(map(part, one.parts))
        )

    out = []
    for model in models:
        asked = fresh(model.questions)
        parts = tuple(map(part, model.parts))
        out.append(
            attrs.evolve(
                model,
                questions=asked,
                core=tuple(q for q in model.core if q in asked),
                parts=parts,
                asks=(*asked, *(q for one in parts for q in _of(one))),
            )
        )
    return tuple(out)


def _of(part: PartView) -> tuple[QuestionView, ...]:
    return (*part.questions, *(question for inner in part.parts for question in _of(inner)))


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


@attrs.frozen
class _Said:
    """
    What a record says, by the keys of its items and places.
    """

    outcomes: Mapping[str, str] = attrs.field(factory=dict)
    answers: Mapping[str, str] = attrs.field(factory=dict)
    asked: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, record: Record | None) -> _Said:
        if record is None:
            return cls()
        # The first of a key counts, as it does for `Record.answer`.
        return cls(
            {item.key: str(item.outcome or "") for item in reversed(record.items)},
            {answered.key: Prose.of(answered.text, answered.lines) for answered in reversed(record.answers)},
            {each.key: (each.asked, each.hint) for each in reversed(record.answers) if each.asked},
        )


def _item_view(item: SessionItem, place: int, session: Session, wording: Wording, said: _Said) -> ItemView:
    title = wording.fill(item.title)
    topic = item.topic.title if item.topic else ""
    whose = {"supervisee": wording.word("worker"), "supervisor": wording.word("supervisor")}.get(
        item.whose, "both of you"
    )
    shown = [(part, time) for part, time in item.stages if part.title and item.set.shape.whole]
    stages = "" if len(shown) < 2 else ", ".join(f"{wording.fill(part.title)} {time}" for part, time in shown)
    asks = item.set.record or next((part.record for part in item.set.parts if part.record), "") or RECORD_ASKS
    key = f"item-{place}"
    # What was answered stays under the words it was answered under, whatever the page says today.
    asked, hint = said.asked.get(key, (title, ""))
    return ItemView(
        key=key,
        begins=session.clock(item.begins),
        minutes=item.minutes,
        title=topic or title,
        model=title if topic else "",
        whose=whose,
        stages=stages,
        questions=tuple(question_view(question, wording) for question in opening(item.set, item.shows)),
        record=hint or ("" if asks == "none" else wording.fill(asks)),
        outcome=said.outcomes.get(key, ""),
        answer=said.answers.get(key, ""),
        notes=tuple(note.text for note in item.notes),
        asked=topic or asked,
    )


def _private(session: Session, items: Iterable[ItemView], record: Record | None) -> Iterator[tuple[str, str]]:
    """
    What is between the two: notes to remember, and answers, each with what it stands under.
    """
    for item, shown in zip(session.items, items, strict=True):
        yield from ((shown.title, note.text) for note in item.notes if note.ring is Ring.PAIR)
    for each in record.answers if record else ():
        if each.ring is Ring.PAIR:
            yield each.asked or each.key, Prose.of(each.text, each.lines)


def with_questions(record: Record, session: Session, wording: Wording) -> Record:
    """
    Return a record with what each answer stood under, where it does not say: as it is printed, and read back.
    """
    if all(each.asked for each in record.answers if each.key.startswith("item-")):
        return record
    known = {item.key: item for item in session_view(session, wording).items}

    def asked(each: Answered) -> Answered:
        item = known.get(each.key)
        return each if item is None or each.asked else attrs.evolve(each, asked=item.asked, hint=item.record)

    return attrs.evolve(record, answers=tuple(map(asked, record.answers)))


def _places(session: Session, items: tuple[ItemView, ...], also: Iterable[str]) -> tuple[ItemView, ...]:
    """
    The items that get a place of their own in a record, in the order of the session.

    First what was answered, so that nothing written is left out; then what is talked about between the two alone, such
    as how somebody is, since the line on the record is all that stays of it; then the longest. Where not all can, the
    last place is for the rest together.
    """
    written = {*also, *(item.key for item in items if item.answer)}
    own = {
        shown.key
        for item, shown in zip(session.items, items, strict=True)
        if any(question.ring is Ring.PAIR for question in item.set.asks)
    }
    asked = [item for item in items if item.record]
    most = PLACES_A_RECORD if len(asked) <= PLACES_A_RECORD else PLACES_A_RECORD - 1
    most = max(most, sum(item.key in written for item in asked))
    chosen = sorted(asked, key=lambda item: (item.key not in written, item.key not in own, -item.minutes))[:most]
    return tuple(item for item in asked if item in chosen)


def session_view(
    session: Session, wording: Wording, record: Record | None = None, also: Iterable[str] = ()
) -> SessionView:
    """
    Return a session, or the record of one, as templates see it; both already cut to their reader.

    Args:
        session: The session.
        wording: The words of the profession.
        record: What came of it.
        also: The keys of items that have a place in a record, whatever their length.
    """
    said = _Said.of(record)
    items = tuple(_item_view(item, i, session, wording, said) for i, item in enumerate(session.items, 1))
    places = _places(session, items, also)
    known = dict(session.facts)
    return SessionView(
        minutes=session.minutes,
        begins=session.clock(0),
        ends=session.clock(session.minutes),
        timed=bool(session.fact("start")),
        items=items,
        spare=session.spare,
        open=session.clock(session.minutes - session.spare),
        dropped=tuple(wording.fill(some.title) for some in session.dropped),
        shortened=tuple(
            f"{wording.fill(item.title)}, {item.minutes} of {item.set.minutes} minutes" for item in session.shortened
        ),
        places=places,
        anything=sum(1 for item in items if item.record) > len(places),
        facts={name: known.get(name, "") for name in FACTS},
        answers={key: said.answers.get(key, "") for key in ("anything", "useful", "change", "next-date", UNPLACED)},
        actions=tuple((a.what, a.who, a.by) for a in record.actions) if record else (),
        decisions=tuple((d.what, d.why, d.who) for d in record.decisions) if record else (),
        signed={who: record.signature(who) for who in SIGNING} if record else {},
        private=tuple(_private(session, items, record)),
        notes=tuple(note.text for note in session.notes),
    )
