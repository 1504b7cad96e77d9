"""
Views of models, in the words of a profession.

Only what a page says is put into those words. `reflect.documents.viewing` adds the views of sessions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from reflect.documents.boxes_viewing import sheets_of
from reflect.documents.laying_out import lay_out, split_deed, to_sides, words_of
from reflect.documents.licences import name_licence
from reflect.documents.views import CanvasView, ModelView, PartView, PictureView, QuestionView, StepView
from reflect.errors import DoesNotFit
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.answers import Answering
from reflect.questions.model import Head, Model, Suits
from reflect.questions.question import Addressee, Element, Mode, Question, Shape, Step
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.wordings import Wording
from reflect.sessions.session import make_item
from reflect.text import markdown, nodes
from reflect.text.filling import Blocks
from reflect.text.kinds_of_answer import options_of

#: What a record asks about an item whose page says nothing else.
RECORD_ASKS = "What we thought, what shifted, what we decided and why"

_TO = {Addressee.SUPERVISEE: "", Addressee.SUPERVISOR: "{supervisor}", Addressee.GROUP: "the group"}
WHOSE = {"supervisee": "{worker}", "supervisor": "{supervisor}", "both": "both of you"}
_SUITS = {"one-to-one": "one to one", "group": "in a group", "self": "on your own"}


@attrs.frozen
class ModelViewer:
    """
    Makes views of models in the words of one profession.

    Attributes:
        models: Where pages are found that others name; ours if None.
        plain: Whether questions are in their plain form, so that whatever prints their text prints that.
    """

    wording: Wording
    models: Catalogue | None = None
    plain: bool = False

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
        question = self.wording.stage(question)
        pass_on = " (or pass)" if question.or_pass else ""
        plain = self._fill(question.plain or question.text) + pass_on
        return QuestionView(
            key=question.key,
            text=plain if self.plain else self._fill(question.text) + pass_on,
            hint=self._fill(question.hint),
            probes=self._fill_all(question.probes),
            plain=plain,
            core=question.core,
            to=self._fill(_TO[question.to]),
            **self._view_answering(question.answering),
        )

    def _view_answering(self, answering: Answering) -> dict[str, Any]:
        return {
            "kind": str(answering.kind),
            "low": self._fill(answering.low),
            "high": self._fill(answering.high),
            "whose": self._fill(answering.whose),
            "options": self._fill_all(options_of(answering)),
        }

    def view_step(self, step: Step, number: int, part: QuestionSet) -> StepView:
        """
        Return a step as templates see it.

        Args:
            number: Its place among the steps of its part, from 1.
            part: The part it is in.
        """
        nothing = {"kind": "", "low": "", "high": "", "whose": "", "options": ()}
        page = self._fill(self._title_of_page(step.page)) if step.page else ""
        # A page that is a string of others has their keys as words for its steps.
        named = step.page and step.text == _words_of_key(step.page)
        return StepView(
            key=step.key,
            number=number,
            text=page if named else self._fill(step.text),
            page="" if named else page,
            hint=self._fill(step.hint),
            does=str(step.mode),
            minutes=step.minutes or 0,
            role=_name_role(step.role) if step.role != part.role else "",
            **(self._view_answering(step.answering) if step.answering else nothing),
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
            key=part.key,
            number=number,
            title=self._fill(part.title),
            guidance=Blocks(self._read_guidance(part.guidance)),
            notes=Blocks(self._read_guidance(part.notes)),
            questions=questions,
            core=_core(questions),
            steps=tuple(
                self.view_step(step, i, part) for i, step in enumerate(part.children, 1) if isinstance(step, Step)
            ),
            **self._view_parts(part),
            asks=part.mode is Mode.ASK,
            does=str(part.mode),
            minutes=part.usual or 0,
            rounds=part.rounds,
            each=(part.usual or 0) // part.rounds,
            to=self._fill(_TO[part.to]),
            role=_name_role(part.role),
            also=tuple(map(_name_role, part.also)),
            quiet=tuple(map(_name_role, part.quiet)),
            look="cycle" if _goes_round(part) else "" if part.mode is Mode.ASK else str(part.mode),
        )

    def _view_parts(self, whole: QuestionSet) -> dict[str, tuple[PartView, ...]]:
        """
        Return the parts of a set in the order of the page, and in the order of use.
        """
        views = {id(part): self.view_part(part, i) for i, part in enumerate(whole.parts, 1)}
        return {"parts": tuple(views.values()), "used": tuple(views[id(part)] for part in whole.parts_in_use)}

    def _view_all_parts(self, whole: QuestionSet) -> dict[str, tuple[PartView, ...]]:
        """
        Return the parts of a model; the steps outside its parts, as the smallest pages have them, are its first part.
        """
        own = tuple(child for child in whole.children if isinstance(child, Step))
        if not own:
            return self._view_parts(whole)
        alone = self.view_part(attrs.evolve(whole, children=own, guidance="", notes="", order=()), 1)
        others = self._view_parts(whole)
        parts = (alone, *(attrs.evolve(part, number=part.number + 1) for part in others["parts"]))
        return {"parts": parts, "used": (alone, *(parts[part.number] for part in others["used"]))}

    def view_model(self, what: Composable) -> ModelView:
        """
        Return a model, or a set made of several, as templates see it.
        """
        whole = what.questions
        head = what.head if isinstance(what, Model) else _head_of_set(whole)
        low, high = head.minutes or (0, 0)
        questions = self._view_own(whole)
        about = self._read_guidance(whole.guidance)
        notes = Blocks(self._read_guidance(whole.notes))
        parts = self._view_all_parts(whole)
        if whole.minutes:
            parts = {order: tuple(_deal_today(views, whole)) for order, views in parts.items()}
        opening, title = _words_of_paragraphs(about[:1]), self._fill(head.title)
        deed, beyond = split_deed(opening, title)
        core = _core(questions)
        others = tuple(each for each in questions if each not in core)
        laid = lay_out(title, parts["used"], questions=core, others=others, minutes=high)
        return ModelView(
            key=whole.key,
            title=title,
            summary=Blocks(about[:1]),
            family=head.family,
            opening=opening,
            deed=deed,
            beyond=beyond,
            more=Blocks(about[1:]),
            notes=notes,
            when=self._fill(head.when),
            instead=self._fill(head.instead),
            mistakes=self._fill_all(head.mistakes),
            minutes=f"{low} to {high} minutes" if low < high else f"{high} minutes" if high else "",
            today=whole.minutes or 0,
            suits=_join(_SUITS[suit] for suit in head.suits),
            roles=tuple(map(_name_role, head.roles)),
            whose=self._fill(WHOSE[head.whose]),
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
            core=core,
            **parts,
            asks=tuple(map(self.view_question, whole.asks)),
            steps=bool(whole.steps),
            people=self._say_people(head),
            laid=laid.steps,
            track=laid.track,
            lasts=laid.minutes,
            leads=to_sides(words_of(notes.blocks)),
            method=whole.shape is Shape.STEPS or any(map(_does, parts["parts"])),
            fewest=head.people.least if head.people else 0,
            most=(head.people.most or 0) if head.people else 0,
            sits=self._fill(head.people.how) if head.people else "",
            materials=self._fill_all(head.materials),
            room=self._fill(head.room),
            picture=self._view_picture(head),
            canvas=self._view_canvas(head),
            sheets=()
            if head.canvas or (head.roles and Suits.GROUP in head.suits)
            else sheets_of(whole.key, self._fill(head.title), str(whole.shape), _core(questions), parts["used"]),
            variants=tuple((self._fill(variant.when), self._fill(variant.do)) for variant in head.variants),
            goes_with=tuple(self._fill(self._title_of_page(key)) for key in head.goes_with),
        )

    def _say_people(self, head: Head) -> str:
        if head.people is None:
            return ""
        least, most = head.people.least, head.people.most
        if most is None:
            count = f"{least} people or more" if least > 1 else ""
        elif least == most:
            count = f"{most} people" if most > 1 else "one person"
        else:
            count = f"{least} to {most} people" if least > 1 else f"up to {most} people"
        return ", ".join(filter(None, (count, self._fill(head.people.how))))

    def _view_picture(self, head: Head) -> PictureView | None:
        if head.picture is None:
            return None
        words, across = self._fill_all(head.picture.words), self._fill_all(head.picture.across)
        return PictureView(shape=str(head.picture.shape), words=words, across=across)

    def _view_canvas(self, head: Head) -> CanvasView | None:
        if head.canvas is None:
            return None
        canvas = head.canvas
        words, rows = self._fill_all(canvas.words), self._fill_all(canvas.rows)
        return CanvasView(key=f"{head.key}.canvas", kind=str(canvas.kind), words=words, rows=rows)

    def _title_of_page(self, key: str) -> str:
        """
        Return the title of a page, or its key in words if it is not at hand.
        """
        return self._catalogue.model(key).head.title if key in self._catalogue else _words_of_key(key)


def _words_of_key(key: str) -> str:
    return key.replace("-", " ").capitalize()


def _does(part: PartView) -> bool:
    """
    Tell whether anything is done in a part, or in one of its own.
    """
    return not part.asks or any(map(_does, part.parts))


def _name_role(role: str) -> str:
    return role.replace("-", " ")


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


@attrs.frozen
class _AskedSoFar:
    """
    What was asked so far.

    Attributes:
        words: Returns the words by which two questions are the same, however they are printed.
        met: The letters of those that were asked.
    """

    words: Callable[[QuestionView], str]
    met: set[str] = attrs.field(factory=set)


def without_repeats(
    models: Iterable[ModelView], words: Callable[[QuestionView], str] = lambda question: question.text
) -> tuple[ModelView, ...]:
    """
    Return models with each question once: in the first that asks it.

    Args:
        words: Returns the words by which two questions are the same, if those that are printed are others.
    """
    asked = _AskedSoFar(words)
    return tuple(_model_without(asked, model) for model in models)


def _model_without(asked: _AskedSoFar, model: ModelView) -> ModelView:
    questions = _questions_without(asked, model.questions)
    parts = tuple(_part_without(asked, part) for part in model.parts)
    return attrs.evolve(
        model,
        questions=questions,
        core=tuple(each for each in model.core if each in questions),
        parts=parts,
        used=_in_order_of(model.used, parts),
        asks=(*questions, *(each for part in parts for each in _questions_in(part))),
    )


def _part_without(asked: _AskedSoFar, part: PartView) -> PartView:
    questions = _questions_without(asked, part.questions)
    core = tuple(each for each in part.core if each in questions)
    parts = tuple(_part_without(asked, inner) for inner in part.parts)
    return attrs.evolve(part, questions=questions, core=core, parts=parts, used=_in_order_of(part.used, parts))


def _in_order_of(used: Iterable[PartView], parts: tuple[PartView, ...]) -> tuple[PartView, ...]:
    return tuple(parts[part.number - 1] for part in used)


def _questions_without(asked: _AskedSoFar, questions: Iterable[QuestionView]) -> tuple[QuestionView, ...]:
    """
    Return the questions that were not asked yet, and note that they are asked here.
    """
    fresh = tuple(each for each in questions if _letters(asked.words(each)) not in asked.met)
    asked.met.update(_letters(asked.words(each)) for each in fresh)
    return fresh


def _questions_in(part: PartView) -> tuple[QuestionView, ...]:
    return (*part.questions, *(question for inner in part.parts for question in _questions_in(inner)))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _deal_today(parts: tuple[PartView, ...], whole: QuestionSet) -> Iterator[PartView]:
    """
    Give the parts of a set with the minutes that they have today; what is inside them has none of its own.
    """
    try:
        stages = make_item(whole, 0, whole.minutes or 0).stages
    except DoesNotFit:
        stages = ()
    dealt = {part.title: minutes for part, minutes in stages}
    # Steps outside the parts are shown as the first of them.
    names = ("",) * (len(parts) - len(whole.parts)) + tuple(part.title for part in whole.parts)
    for part in parts:
        minutes = whole.minutes or 0 if len(parts) == 1 else dealt.get(names[part.number - 1], 0)
        inside = tuple(attrs.evolve(each, minutes=0, each=0) for each in part.used)
        yield attrs.evolve(part, minutes=minutes, each=minutes // part.rounds, used=inside)
