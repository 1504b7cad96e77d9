"""
Views of models and sessions, in the words of a profession.

The wording is settled once, when a `Viewer` is made, as the ring is settled before a view is asked for. Only what a
page says is put into those words; what somebody typed, such as a topic, a note or an answer, stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.documents.licences import name_licence
from reflect.documents.views import BeforeView, ItemView, ModelView, PartView, QuestionView, SessionView, TopicView
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.choosing import opening_questions
from reflect.questions.model import Head, Model
from reflect.questions.question import Addressee, Element, Mode, Question
from reflect.questions.rings import Ring
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.wordings import Wording
from reflect.sessions.acting import STATES, key_of, with_ids, write_line
from reflect.sessions.brought import ASKED, EARLIER, EARLIER_OUTCOMES, PIECE_OF_WORK, Brought, key_of_topic
from reflect.sessions.facts import FACTS
from reflect.sessions.frame import is_talk, names_a_model
from reflect.sessions.parts import SIGNING, UNPLACED, Action, ActionState, Answered
from reflect.sessions.record import Record
from reflect.sessions.session import Item as SessionItem
from reflect.sessions.session import Session
from reflect.text import markdown, nodes
from reflect.text.filling import Blocks, Prose
from reflect.text.kinds_of_answer import options_of
from reflect.text.prose import number_in_words

#: A record has at most this many places to write about items; what is too many shares the last one.
PLACES_A_RECORD = 4
#: What a record asks about an item whose page says nothing else.
RECORD_ASKS = "What we thought, what shifted, what we decided and why"
#: The page of an item that has none of ours.
NO_PAGE = "own-item"
#: The places of notes between the two.
PLACES_OF_TWO = ("pair.said", "pair.support")
#: The places of a record that are about no item.
_OTHER_PLACES = ("anything", "useful", "change", "next-date", "not-reached", UNPLACED)

_TO = {Addressee.SUPERVISEE: "", Addressee.SUPERVISOR: "{supervisor}", Addressee.GROUP: "the group"}
_WHOSE = {"supervisee": "{worker}", "supervisor": "{supervisor}", "both": "both of you"}
_SUITS = {"one-to-one": "one to one", "group": "in a group", "self": "on your own"}


@attrs.frozen
class Viewer:
    """
    Makes views in the words of one profession.

    Attributes:
        models: Where the pages of items are found; ours if None.
    """

    wording: Wording
    models: Catalogue | None = None

    def _title_of(self, item: SessionItem) -> str:
        """
        Return the title of an item, or that of its page if its own would tell of a topic that the reader may not see.
        """
        if item.title:
            return self._fill(item.title)
        key = item.set.key.partition(".")[0]
        return self._fill(self._catalogue.model(key if key in self._catalogue else NO_PAGE).head.title)

    @property
    def _catalogue(self) -> Catalogue:
        return our_catalogue() if self.models is None else self.models

    def _fill(self, text: str) -> str:
        return self.wording.fill(text)

    def _fill_all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._fill, texts))

    def _fill_line(self, children: Iterable[nodes.Inline]) -> tuple[nodes.Inline, ...]:
        return tuple(map(self._fill_inline, children))

    def _fill_inline(self, child: nodes.Inline) -> nodes.Inline:
        match child:
            case nodes.Text(text):
                return nodes.Text(self._fill(text))
            case nodes.Strong() | nodes.Emphasis() | nodes.Link() | nodes.Span():
                return attrs.evolve(child, children=self._fill_line(child.children))
            case _:
                return child

    def _fill_block(self, block: nodes.Block) -> nodes.Block:
        match block:
            case nodes.Paragraph():
                return attrs.evolve(block, children=self._fill_line(block.children))
            case nodes.Listing():
                items = (nodes.Item(tuple(map(self._fill_block, item.blocks))) for item in block.items)
                return attrs.evolve(block, items=tuple(items))
            case nodes.Quotation():
                return attrs.evolve(block, blocks=tuple(map(self._fill_block, block.blocks)))
            case _:
                return block

    def _read_guidance(self, text: str) -> tuple[nodes.Block, ...]:
        return tuple(map(self._fill_block, markdown.read_guidance(text))) if text else ()

    # models

    def view_question(self, question: Question) -> QuestionView:
        text, answering = self._fill(question.text), question.answering
        return QuestionView(
            key=question.key,
            text=f"{text} (or pass)" if question.or_pass else text,
            hint=self._fill(question.hint),
            probes=self._fill_all(question.probes),
            core=question.core,
            to=self._fill(_TO[question.to]),
            kind=str(answering.kind),
            low=self._fill(answering.low),
            high=self._fill(answering.high),
            whose=self._fill(answering.whose),
            options=self._fill_all(options_of(answering)),
        )

    def _view_own(self, questions: QuestionSet) -> tuple[QuestionView, ...]:
        return tuple(self.view_question(child) for child in questions.children if isinstance(child, Question))

    def view_part(self, part: QuestionSet, number: int) -> PartView:
        """
        Return a part as templates see it.

        Args:
            number: Its place among the parts beside it, from 1.
        """
        questions = self._view_own(part)
        return PartView(
            number=number,
            title=self._fill(part.title),
            guidance=Blocks(self._read_guidance(part.guidance)),
            notes=Blocks(self._read_guidance(part.notes)),
            questions=questions,
            core=_core(questions),
            parts=tuple(self.view_part(inner, i) for i, inner in enumerate(part.parts, 1)),
            asks=part.mode is Mode.ASK,
            minutes=part.usual or 0,
            to=self._fill(_TO[part.to]),
            role=part.role.replace("-", " "),
            look="silent" if part.mode is Mode.SILENT else "cycle" if _goes_round(part) else "",
        )

    def view_model(self, what: Composable) -> ModelView:
        """
        Return a model, or a set made of several, as templates see it.
        """
        whole = what.questions
        head = what.head if isinstance(what, Model) else _head_of_set(whole)
        low, high = head.minutes or (0, 0)
        questions = self._view_own(whole)
        about = self._read_guidance(whole.guidance)
        return ModelView(
            key=whole.key,
            title=self._fill(head.title),
            summary=Blocks(about[:1]),
            family=head.family,
            opening=_words_of_paragraphs(about[:1]),
            more=Blocks(about[1:]),
            notes=Blocks(self._read_guidance(whole.notes)),
            when=self._fill(head.when),
            instead=self._fill(head.instead),
            mistakes=self._fill_all(head.mistakes),
            minutes=f"{low} to {high} minutes" if low < high else f"{high} minutes" if high else "",
            suits=_join(_SUITS[suit] for suit in head.suits),
            roles=tuple(role.replace("-", " ") for role in head.roles),
            whose=self._fill(_WHOSE[head.whose]),
            record="" if head.record == "none" else self._fill(head.record or RECORD_ASKS),
            sources=tuple(map(str, head.sources)),
            origin=str(attrs.evolve(head.sources[0], publisher="")) if head.sources else "",
            after=_name_origin(head),
            rights=head.rights,
            author=head.author,
            licence=head.licence,
            licence_name=name_licence(head.licence),
            draft=isinstance(what, Model) and head.draft,
            shape=str(whole.shape),
            cyclic=whole.shape == "cycle",
            questions=questions,
            core=_core(questions),
            parts=tuple(self.view_part(part, i) for i, part in enumerate(whole.parts, 1)),
            asks=tuple(map(self.view_question, whole.asks)),
        )

    # sessions

    def view_session(self, session: Session, record: Record | None = None, also: Iterable[str] = ()) -> SessionView:
        """
        Return a session, or the record of one, as templates see it; both already cut to their reader.

        Args:
            record: What came of it.
            also: The keys of items that have a place in a record, whatever their length.
        """
        also = frozenset(also)
        filled = attrs.evolve(_Filled.of_record(record) if record else _Filled(), marks=also)
        items = tuple(self._view_item(item, n, session, filled) for n, item in enumerate(session.items, 1))
        places = _items_with_places(session, items, also)
        before = with_ids(record.before if record else session.before)
        facts = dict(session.facts)
        return SessionView(
            minutes=session.minutes,
            begins=session.clock(0),
            ends=session.clock(session.minutes),
            timed=bool(session.fact("start")),
            items=items,
            spare=session.spare,
            open=session.clock(session.minutes - session.spare),
            dropped=self._fill_all(item.title for item in session.dropped),
            shortened=tuple(
                f"{self._title_of(item)}, {item.minutes} of {item.set.minutes} minutes" for item in session.shortened
            ),
            places=places,
            anything=sum(1 for item in items if item.record) > sum(1 for item in places if item.record),
            facts={name: facts.get(name, "") for name in FACTS},
            answers={key: filled.answers.get(key, "") for key in _OTHER_PLACES},
            before=tuple(view_before(action) for action in before if action.ring is not Ring.CASE),
            before_cases=count_cases(before),
            actions=tuple((a.what, a.who, a.by) for a in record.actions) if record else (),
            decisions=tuple((d.what, d.why, d.who) for d in record.decisions_in_rows) if record else (),
            signed={who: record.signature(who) for who in SIGNING} if record else {},
            private=tuple(_between_the_two(session, items, record)),
            notes=tuple(note.text for note in session.notes),
        )

    def _view_item(self, item: SessionItem, number: int, session: Session, filled: _Filled) -> ItemView:
        title = self._title_of(item)
        topic = item.topic.title if item.topic else ""
        stages = [(part.title, time) for part, time in item.stages if part.title and item.set.shape.whole]
        asks = item.set.record or next((part.record for part in item.set.parts if part.record), "") or RECORD_ASKS
        key = f"item-{number}"
        # What was answered stays under the words it was answered under, whatever the page says today.
        asked, hint = filled.asked.get(key, (title, ""))
        known = self._catalogue
        talk = is_talk(item.set.key, known) and EARLIER not in filled.marks
        about = ""
        if talk and (item.brought or key not in filled.asked):
            own = item.brought[0].topic.id if item.brought else ""
            about = "case" if own == PIECE_OF_WORK else "topic" if own or topic else "talk"
        if talk and not item.brought and (key in filled.asked or f"{ASKED}{key}" in filled.marks):
            about = "asked"
        headed = about not in ("", "asked")
        if headed and names_a_model(item.set.key, known):
            asks = f"{title}{'' if title.endswith(('?', '!')) else '.'} {asks}" if asks != "none" else title
        name = item.brought[0].topic.title if about and item.brought else topic
        outcome, until = filled.outcomes.get(key, ("", ""))
        if about and item.brought:
            outcome = outcome or str(item.brought[0].became or "")
            until = until or item.brought[0].until
        return ItemView(
            key=key,
            begins=session.clock(item.begins),
            minutes=item.minutes,
            title=topic or title,
            model=title if topic else "",
            whose=self._whose(item),
            stages=", ".join(f"{self._fill(name)} {time}" for name, time in stages) if len(stages) > 1 else "",
            questions=tuple(map(self.view_question, opening_questions(item.set, item.shows))),
            record=("" if headed else hint) or ("" if asks == "none" else self._fill(asks)),
            outcome=outcome,
            until=until,
            answer=filled.answers.get(key, ""),
            notes=tuple(note.text for note in item.notes),
            asked=name if headed else topic or asked,
            about=about,
            brought=() if EARLIER in filled.marks else tuple(_topics_taken_in(key, item.brought[talk:], filled)),
        )

    def _whose(self, item: SessionItem) -> str:
        """
        Return whose item it is, as in the middle of a sentence.
        """
        word = {"supervisee": "worker", "supervisor": "supervisor"}.get(item.whose)
        return self.wording.word(word) if word else _WHOSE["both"]

    def name_questions(self, record: Record, session: Session) -> Record:
        """
        Return a record with the words that each answer was written under, where it does not say: as it is printed, and
        read back.
        """
        items = {item.key: item for item in self.view_session(session).items}

        def with_question(each: Answered) -> Answered:
            item = items.get(each.key)
            if item is None or (each.asked and item.about not in ("topic", "case")):
                return each
            # What people brought is in the record itself, and a talk without a name has none.
            return attrs.evolve(each, asked=item.asked if item.about in ("", "asked") else "", hint=item.record)

        return attrs.evolve(record, answers=tuple(map(with_question, record.answers)))


def _words_of_paragraphs(blocks: Iterable[nodes.Block]) -> str:
    return " ".join(nodes.words(block.children) for block in blocks if isinstance(block, nodes.Paragraph))


def _core(questions: tuple[QuestionView, ...]) -> tuple[QuestionView, ...]:
    """
    Return the questions of the short version, or all of them if none is marked.
    """
    return tuple(question for question in questions if question.core) or questions


def _goes_round(part: QuestionSet) -> bool:
    """
    Tell whether the parts of a part are the four elements in their order, which lead to one another.
    """
    return tuple(inner.elements[:1] for inner in part.parts) == tuple((element,) for element in Element)


def _join(texts: Iterable[str], last: str = "or") -> str:
    *most, end = tuple(texts) or ("",)
    return f"{', '.join(most)} {last} {end}" if most else end


#: The initials behind a surname, as in "Kolb, D. A.".
_INITIALS = re.compile(r",\s*(?:\w\.[\s-]?)+(?=[\s,;&]|\Z)")


def _name_origin(head: Head) -> str:
    """
    The author and year of the first source, without initials; nothing if there is none, or if it is the page itself.
    """
    if not head.sources or head.sources[0].author == head.author:
        return ""
    source = head.sources[0]
    return f"{' '.join(_INITIALS.sub('', source.author).split())} ({source.year})"


def _head_of_set(whole: QuestionSet) -> Head:
    title = whole.title or _join((part.title for part in whole.parts), "and") or "Questions"
    return Head(key=whole.key or "set", title=title)


# --- several models together


def without_repeats(models: Iterable[ModelView]) -> tuple[ModelView, ...]:
    """
    Return models with each question once: in the first that asks it.
    """
    asked: set[str] = set()
    return tuple(_model_without(asked, model) for model in models)


def _model_without(asked: set[str], model: ModelView) -> ModelView:
    questions = _questions_without(asked, model.questions)
    parts = tuple(_part_without(asked, part) for part in model.parts)
    return attrs.evolve(
        model,
        questions=questions,
        core=tuple(each for each in model.core if each in questions),
        parts=parts,
        asks=(*questions, *(each for part in parts for each in _questions_in(part))),
    )


def _part_without(asked: set[str], part: PartView) -> PartView:
    questions = _questions_without(asked, part.questions)
    core = tuple(each for each in part.core if each in questions)
    parts = tuple(_part_without(asked, inner) for inner in part.parts)
    return attrs.evolve(part, questions=questions, core=core, parts=parts)


def _questions_without(asked: set[str], questions: Iterable[QuestionView]) -> tuple[QuestionView, ...]:
    """
    Return the questions that were not asked yet, and note that they are asked here.
    """
    fresh = tuple(each for each in questions if _letters(each.text) not in asked)
    asked.update(_letters(each.text) for each in fresh)
    return fresh


def _questions_in(part: PartView) -> tuple[QuestionView, ...]:
    return (*part.questions, *(question for inner in part.parts for question in _questions_in(inner)))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


# --- records


def view_before(action: Action) -> BeforeView:
    """
    Return an action from last time as templates see it.
    """
    state = "" if action.state is ActionState.OPEN else str(action.state)
    return BeforeView(key=key_of(action), line=write_line(action), state=state, options=STATES)


def count_cases(actions: Iterable[Action]) -> tuple[tuple[str, str], ...]:
    """
    Return the reference of each case with actions among these, and in words how many.
    """
    counts = Counter(action.case for action in actions if action.ring is Ring.CASE)
    return tuple((case, number_in_words(count)) for case, count in counts.items())


def was_ticked_before(record: Record) -> bool:
    """
    Return whether a record was ticked on a paper of an earlier version, which asked of every item what became of it.
    """
    return any(item.outcome in EARLIER_OUTCOMES for item in record.items)


@attrs.frozen
class _Filled:
    """
    What is filled in on a record, by the keys of its items and places.
    """

    outcomes: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    answers: Mapping[str, str] = attrs.field(factory=dict)
    asked: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    marks: frozenset[str] = frozenset()

    @classmethod
    def of_record(cls, record: Record) -> _Filled:
        """
        Return what a record has; the first of a key counts, as it does for `Record.answer`.
        """
        return cls(
            {item.key: (str(item.outcome or ""), item.until) for item in reversed(record.items)},
            {each.key: Prose.of(each.text, each.lines, each) for each in reversed(record.answers)},
            {each.key: (each.asked, each.hint) for each in reversed(record.answers) if each.asked},
        )


def _between_the_two(session: Session, items: Iterable[ItemView], record: Record | None) -> Iterator[tuple[str, str]]:
    """
    Give what stays between the two, notes to remember and answers, each with what it is under.
    """
    for item, shown in zip(session.items, items, strict=True):
        yield from ((shown.title, note.text) for note in item.notes if note.ring is Ring.PAIR)
    for each in record.answers if record else ():
        if each.ring is Ring.PAIR and each.key not in PLACES_OF_TWO:
            yield each.asked or each.key, Prose.of(each.text, each.lines, each)


def _topics_taken_in(key: str, brought: Iterable[Brought], filled: _Filled) -> Iterator[TopicView]:
    """
    Give what was taken in with an item, without cases that the reader may not know.
    """
    for each in brought:
        if each.topic.id == PIECE_OF_WORK:
            continue
        place = key_of_topic(key, each.topic.id)
        yield TopicView(
            key=place,
            title=each.topic.title,
            outcome=str(each.became or ""),
            until=each.until,
            answer=filled.answers.get(place, ""),
        )


def _items_with_places(session: Session, items: tuple[ItemView, ...], also: Iterable[str]) -> tuple[ItemView, ...]:
    """
    Return the items that get a place of their own in a record, in the order of the session.

    Each talk has one. Then what was answered, so that nothing written is left out; what is talked about between the two
    alone, such as how somebody is, since the line on the record is all that stays of it; and the longest. Where not all
    can, the last place is for the rest together. An item without one may have something that was taken in with it.
    """
    written = {*also, *(item.key for item in items if item.answer or item.about)}
    private = {
        shown.key
        for item, shown in zip(session.items, items, strict=True)
        # On some days nothing is asked about how somebody is, and the line for it stays.
        if any(question.ring is Ring.PAIR for question in item.set.asks) or (item.set.record and not item.set.asks)
    }
    asked = [item for item in items if item.record or item.about]
    most = PLACES_A_RECORD if len(asked) <= PLACES_A_RECORD else PLACES_A_RECORD - 1
    most = max(most, len({item.key for item in asked} & (written | private)))
    chosen = sorted(asked, key=lambda item: (item.key not in written, item.key not in private, -item.minutes))[:most]
    return tuple(
        item if item in chosen else attrs.evolve(item, record="") for item in items if item in chosen or item.brought
    )
