"""
What a document can be made of: a maker for each word that a template's ``of: …`` may be.

A maker understands what it is given, cuts it to its reader, and hands on what a template may print. Whatever depends
on the sort of thing a document is made of is asked of its maker; a further sort is a class and a line of `MADE_OF`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard

import attrs

from reflect.documents import answered_sheets, examples
from reflect.documents.about import About
from reflect.documents.model_viewing import without_repeats
from reflect.documents.sandbox import Sealed
from reflect.documents.situations import situation_to_print, situations
from reflect.documents.viewing import PLACES_A_RECORD, Viewer, view_before, was_in_boxes, was_ticked_before
from reflect.documents.views import BeforeView, ModelView, ShownHourView, ShownItemView
from reflect.errors import NoReader, Refused, UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers import STANDING_PAPERS, StandingPaper, paper_of
from reflect.papers.paper import view_of_paper
from reflect.questions.outlines import read_outline
from reflect.questions.question import Topic
from reflect.questions.rings import ANYONE, READERS, Reader, Ring
from reflect.questions.sets import Both, Composable, Outline, QuestionSet, Use
from reflect.questions.wordings import Wording
from reflect.sessions.acting import id_of_key, with_ids
from reflect.sessions.brought import ASKED, BOXES, EARLIER, FOLDED, SHORT, Brought
from reflect.sessions.closed import KeptDigests
from reflect.sessions.facts import FACTS
from reflect.sessions.origin import AnswerOrigin, Origin
from reflect.sessions.parts import SIGNING, Action
from reflect.sessions.record import Record
from reflect.sessions.session import Session, plan, plan_again, with_facts
from reflect.text.filling import Prose
from reflect.text.nodes import Answer, Block, Entry, Fact, Facts

#: What a document can be made of.
What = Session | Record | StandingPaper | Composable | Sequence[Composable] | Outline | str | None
#: What a blank has in the place of a topic whose words only the filled paper has: no topic begins with it.
_UNKNOWN = "qzqzq"
#: Facts that any document may have, on every page or as its title.
PAGE_FACTS = ("title", "organisation", "marking")


@attrs.frozen(kw_only=True)
class Choices:
    """
    What was chosen for one document, by its template and by whoever asks for it.

    Attributes:
        reader: Who will read it, if anybody was named.
        minutes: Length of the session, if it is made of an outline.
        models: Where models are found; ours if None.
        plain: Whether questions are in their plain form.
        marks: What a blank has a place for beside the usual.
        sealed: The facts that a template may only print.
    """

    name: str
    about: About
    reader: Reader | None
    wording: Wording
    facts: Mapping[str, str] = attrs.field(repr=False)
    minutes: int
    models: Catalogue | None
    plain: bool = False
    marks: tuple[str, ...] = ()
    sealed: frozenset[str] = frozenset()

    def reader_of(self, what: What) -> Reader:
        """
        Return who will read the document, as a paper of its ring serves them.

        Raises:
            NoReader: Something is filled in and nobody is named.
        """
        filled = (
            isinstance(what, Record)
            or (isinstance(what, Session) and what.filled)
            or (isinstance(what, StandingPaper) and what.says)
        )
        if filled and self.reader is None:
            raise NoReader(self.name, tuple(known.name for known in READERS))
        return (self.reader or ANYONE).within(self.about.ring)

    def seal(self, facts: Mapping[str, str]) -> Mapping[str, str]:
        """
        Return facts with the sealed ones as texts that a template may only print.
        """
        if not self.sealed:
            return facts
        return {name: Sealed(text) if text and name in self.sealed else text for name, text in facts.items()}


@attrs.frozen(kw_only=True)
class Content:
    """
    What a template may print of what it is made of, and what the paper says about that.

    Attributes:
        rounds: What it sees besides, for each time that it is printed; the usual paper is printed once.
        marks: What the paper has a place for beside the usual.
        facts: The facts of the page, as `PAGE_FACTS` has them.
        origin: What the paper says about itself, once its blocks are known.
        record: The record that it is made of, cut to its reader; None if it is made of something else.
        retold: Whether the paper tells of the record in words of its own.
        kept: What the paper keeps of the record, if it was closed.
        filled_by_key: Whether its template prints a blank, whose places the answers are put into.
    """

    names: Mapping[str, object] = attrs.field(repr=False)
    rounds: tuple[Mapping[str, object], ...] = attrs.field(default=({},), repr=False)
    marks: tuple[str, ...]
    facts: Mapping[str, str] = attrs.field(repr=False)
    origin: Callable[[tuple[Block, ...]], Origin]
    record: Record | None = None
    retold: bool = False
    kept: KeptDigests | None = None
    filled_by_key: bool = False


class Maker:
    """
    How documents are made of one sort of thing.
    """

    @property
    def paper(self) -> type[StandingPaper] | None:
        """
        The class of `reflect.papers` that they are made of, if it is one.
        """
        return None

    def content(self, what: What, choices: Choices) -> Content:
        """
        Return what a template may print of *what*, cut to its reader.

        Raises:
            NoReader: Something is filled in and no reader is named.
            Refused: The document cannot be made of this.
        """
        raise NotImplementedError

    def needs_subject(self, about: About) -> bool:
        """
        Tell whether a document cannot be made if nothing is named.
        """
        return False

    def plan(
        self, what: What, minutes: int, *, models: Catalogue | None = None, facts: Mapping[str, str] | None = None
    ) -> What:
        """
        Return *what*; if the document is about a session and this is an outline, the session that it plans.
        """
        return what

    def blank(self, origin: Origin, models: Catalogue) -> What:
        """
        Return what makes the blank again of a paper.
        """
        return None

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        """
        Return examples of what a document is made of, with something filled in wherever that can be.

        Args:
            word: Gives what is written in the places of a ring.
        """
        raise NotImplementedError


class ModelMaker(Maker):
    """
    Documents about a model, printed once for each of those that are given.
    """

    def content(self, what: What, choices: Choices) -> Content:
        if isinstance(what, Record) and choices.about.ring is Ring.OWN:  # somebody's own, to write on
            return self._show_answers(what, choices)
        models = self._read_models(what, choices)
        if choices.about.models:
            _check_count(choices.about, choices.name, len(models))
        shown = self._view_models(models, Viewer(choices.wording, choices.models, plain=choices.plain))
        seed = " ".join(model.questions.key for model in models)
        situation = situation_to_print(choices.facts.get("situation", ""), choices.wording, seed)
        names = {"situation": situation}
        shown = tuple(answered_sheets.in_places(each, choices.marks) for each in shown)
        return self._show_models(shown, _content(choices, names, Origin.of_models(models)))

    def _show_answers(self, what: Record, choices: Choices) -> Content:
        reader = choices.reader_of(what)
        record = attrs.evolve(what.visible_to(reader), document=choices.name)
        model = answered_sheets.model_asked(record, choices.models or our_catalogue())
        viewer = Viewer(choices.wording, choices.models, plain=choices.plain)
        marks = (*choices.marks, *answered_sheets.marks_of_asked(model.questions))
        content = _content(
            choices, {"situation": ""}, answered_sheets.origin_of_answers(model, record), record, reader, marks
        )
        shown = answered_sheets.in_places(viewer.view_model(model), marks)
        return attrs.evolve(self._show_models((shown,), content), filled_by_key=True)

    def _view_models(self, models: Sequence[Composable], viewer: Viewer) -> tuple[ModelView, ...]:
        return tuple(map(viewer.view_model, models))

    def _show_models(self, shown: tuple[ModelView, ...], content: Content) -> Content:
        names = {**content.names, "models": shown}
        return attrs.evolve(content, names=names, rounds=tuple({"model": model} for model in shown))

    def _read_models(self, what: What, choices: Choices) -> tuple[Composable, ...]:
        """
        Return the models that are given: one, several in a list, or those that an outline joins.
        """
        if isinstance(what, Composable):
            return (what,)
        if _is_list_of_models(what):
            return tuple(what)
        nearest = (choices.models or our_catalogue()).find_nearest
        outline = read_outline(what, nearest) if isinstance(what, str) else what
        if not isinstance(outline, Outline):
            raise Refused(f"'{choices.name}' is about a model; name one, such as kolb-cycle")
        joined = _joined_models(outline)
        if not joined:
            raise Refused(f"'{choices.name}' is about models; join their names with +, without minutes and without |")
        known = choices.models or our_catalogue()
        return tuple(known.load(path) for path in dict.fromkeys(joined))

    def needs_subject(self, about: About) -> bool:
        return True

    def blank(self, origin: Origin, models: Catalogue) -> What:
        keys = (origin.model,) if origin.model else origin.models
        return [models.load(key) for key in dict.fromkeys(keys)]

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        return (our_catalogue().model("kolb-cycle"),)


class ModelsMaker(ModelMaker):
    """
    Documents about several models together, each question once; about all of them if none is named.
    """

    def _view_models(self, models: Sequence[Composable], viewer: Viewer) -> tuple[ModelView, ...]:
        shown = tuple(map(viewer.view_model, models))
        if len(shown) < 2:
            return shown
        # Which questions are the same does not depend on how they are printed.
        usual = attrs.evolve(viewer, plain=False, wording=attrs.evolve(viewer.wording, scenes=()))
        words = {each.key: usual.view_question(each).text for model in models for each in model.questions.asks}
        return without_repeats(shown, lambda question: words[question.key])

    def _show_models(self, shown: tuple[ModelView, ...], content: Content) -> Content:
        return attrs.evolve(content, names={**content.names, "models": shown})

    def _read_models(self, what: What, choices: Choices) -> tuple[Composable, ...]:
        if _is_nothing(what) and not choices.about.models:
            known = choices.models or our_catalogue()
            return tuple(map(known.model, known))
        return super()._read_models(what, choices)

    def needs_subject(self, about: About) -> bool:
        return bool(about.models)

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        keys = dict.fromkeys(("kolb-cycle", "gibbs-cycle", *our_catalogue()))
        return (" + ".join(list(keys)[: about.least]),)


class SessionMaker(Maker):
    """
    Documents about a session, as it is planned or as it was recorded.
    """

    def content(self, what: What, choices: Choices) -> Content:
        session = self._read_session(what, choices)
        reader = choices.reader_of(what if isinstance(what, Record) else session)
        seen, ring = session.visible_to(reader), choices.about.ring
        record = what.visible_to(reader) if isinstance(what, Record) else None
        viewer = Viewer(choices.wording, choices.models, plain=choices.plain)
        earlier: tuple[str, ...] = (
            (EARLIER,) if EARLIER in choices.marks or (record and was_ticked_before(record)) else ()
        )
        if BOXES in choices.marks or earlier or ring is Ring.GROUP or (record and was_in_boxes(record)):
            earlier = (*earlier, BOXES)
            choices = attrs.evolve(choices, marks=tuple(dict.fromkeys((*choices.marks, BOXES))))
        if record is not None:
            seen = _with_brought(seen, record)
            record = viewer.name_questions(record, seen, entries=BOXES not in earlier)
            record = attrs.evolve(record, wording=choices.wording.key)
        shown = viewer.view_session(seen, record, (*choices.marks, *earlier))
        shown = attrs.evolve(shown, facts=choices.seal(shown.facts))
        many = sum(1 for item in shown.items if item.record) > PLACES_A_RECORD
        asked = (f"{ASKED}{item.key}" for item in shown.items if item.about == "asked")
        short = [f"{SHORT}{item.key}" for item in shown.items if ring is not None and item.kind == "short"]
        # A record does not say whether it had short things: its paper does.
        folded = record is None and any(item.kind == "short" for item in seen.items)
        short += [FOLDED] if ring is not None and (folded or FOLDED in choices.marks) else []
        choices = attrs.evolve(choices, marks=tuple(dict.fromkeys((*choices.marks, *short))))
        answered = [*earlier, *asked, *short, *(item.key for item in shown.items if item.answer and many)]
        origin = Origin.of_session(seen, ring)
        if record is not None:
            origin = attrs.evolve(origin, claimed=record.claimed, series=record.series)
        return attrs.evolve(
            _content(choices, {"session": shown}, origin, record, reader, answered, shown.before),
            facts={fact: seen.fact(fact) for fact in PAGE_FACTS},
            origin=lambda blocks: _with_places(origin, seen, record, choices.models, blocks),
        )

    def _read_session(self, what: What, choices: Choices) -> Session:
        """
        Return the session that is given: as it is, as it was recorded, or as an outline plans it.
        """
        if isinstance(what, Record):
            if not what.minutes and what.asks is not None:
                return answered_sheets.hour_of_answers(
                    what.visible_to(choices.reader_of(what)), choices.models, choices.facts
                )
            if not what.minutes:
                remedy = "read its file again and say what was planned, with --as and --of, or of= in Python"
                raise Refused(f"this record does not say what was planned, as '{choices.name}' needs; {remedy}")
            known = what.visible_to(choices.reader_of(what)).items
            uses = [(item.use, item.minutes) for item in known if item.use]
            facts = {**dict(what.facts), **choices.facts}
            held = plan_again(uses, what.minutes, models=choices.models, facts={**facts, "place": ""})
            return attrs.evolve(held, facts=facts)  # a place stays as it was printed
        if isinstance(what, Session):
            return with_facts(what, choices.facts) if choices.facts else what
        session = self.plan(what, choices.minutes, models=choices.models, facts=choices.facts)
        if isinstance(session, Session):
            return session
        if what is None:
            raise Refused("this is about a session; give a session, a record, or an outline such as kolb-cycle@40")
        raise Refused(
            "a session is one outline, and several models are named in a list; join them with + in an outline"
        )

    def needs_subject(self, about: About) -> bool:
        return True

    def plan(
        self, what: What, minutes: int, *, models: Catalogue | None = None, facts: Mapping[str, str] | None = None
    ) -> What:
        if isinstance(what, (Composable, Outline, str)):
            return plan(what, minutes, models=models, facts=facts)
        return what

    def blank(self, origin: Origin, models: Catalogue) -> What:
        if not origin.uses and not origin.minutes:
            return None
        session = plan_again(origin.uses, origin.minutes or 60, models=models)
        session = attrs.evolve(session, before=tuple(_actions_of_marks(origin.marks)))
        if not origin.brought:
            return session
        named = (origin.brought_to(f"item-{n}") for n in range(1, len(session.items) + 1))
        items = (
            attrs.evolve(item, brought=tuple(Brought(topic=Topic(each.id, _UNKNOWN, Ring.OPEN)) for each in some))
            for item, some in zip(session.items, named, strict=True)
        )
        return attrs.evolve(session, items=tuple(items))

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        return examples.fill_session(word), examples.fill_entries(word), examples.fill_record(word)


class HourMaker(SessionMaker):
    """
    Documents that are shown to everybody in the room: about a model, several of them, or a planned hour.

    Of an hour they get the titles and the models of its pages, and its minutes: no topic, no note and no name.
    """

    def content(self, what: What, choices: Choices) -> Content:
        if isinstance(what, Record):
            raise Refused(f"'{choices.name}' is shown to everybody, and a record is not; name models, or plan an hour")
        viewer = Viewer(choices.wording, choices.models, plain=choices.plain)
        models: tuple[Composable, ...] = ()
        hour = None
        if isinstance(what, Session) or not self._names_models(what):
            # Whatever somebody typed is cut first; only what it says of the page itself is taken from the facts.
            session = self._read_session(what, choices).visible_to(ANYONE)
            choices = attrs.evolve(choices, facts={name: session.fact(name) for name in PAGE_FACTS})
            hour = _show_hour(session, viewer, choices.models)
            shown = tuple(item.model for item in hour.items if item.model is not None)
            origin = Origin.of_session(attrs.evolve(session, series=""), Ring.OPEN)
        else:
            models = ModelMaker()._read_models(what, choices)
            shown = tuple(map(viewer.view_model, models))
            origin = Origin.of_models(models)
        return _content(choices, {"models": shown, "hour": hour}, origin)

    @staticmethod
    def _names_models(what: What) -> bool:
        """
        Tell whether models are named, and no minutes: one, several in a list, or an outline that only joins some.
        """
        if isinstance(what, str):
            return not _is_nothing(what) and bool(_joined_models(read_outline(what)))
        return isinstance(what, Composable) or _is_list_of_models(what) or bool(_joined_models_of(what))

    def plan(
        self, what: What, minutes: int, *, models: Catalogue | None = None, facts: Mapping[str, str] | None = None
    ) -> What:
        return what if self._names_models(what) else super().plan(what, minutes, models=models, facts=facts)

    def blank(self, origin: Origin, models: Catalogue) -> What:
        if origin.uses:
            return super().blank(origin, models)
        keys = (origin.model,) if origin.model else origin.models
        return [models.load(key) for key in dict.fromkeys(keys)]

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        return our_catalogue().model("kolb-cycle"), our_catalogue().model("balint-group"), examples.fill_session(word)


def _show_hour(session: Session, viewer: Viewer, models: Catalogue | None) -> ShownHourView:
    """
    Return a session as everybody may see it. Its words are those of pages, so that nothing typed can be among them.
    """
    known = our_catalogue() if models is None else models
    items: list[ShownItemView] = []
    met: set[QuestionSet] = set()
    for item in session.items:
        key = item.set.key.partition(".")[0]
        # An item without questions stands in the place of one that not everybody may know.
        if key not in known or not item.set.children:
            items.append(ShownItemView(title="", minutes=item.minutes, does="", model=None))
            continue
        page = known.model(key)
        used = _parts_of_page(page.questions, item.set)
        model = viewer.view_model(attrs.evolve(page, questions=used.within(item.minutes)))
        items.append(
            ShownItemView(
                title=model.parts[0].title if used != page.questions and len(model.parts) == 1 else model.title,
                minutes=item.minutes,
                does=model.laid[0].does if len(model.laid) == 1 else str(used.mode),
                model=None if used in met else model,
            )
        )
        met.add(used)
    return ShownHourView(minutes=session.minutes, items=tuple(items), spare=session.spare)


def _parts_of_page(page: QuestionSet, used: QuestionSet) -> QuestionSet:
    """
    Return the parts of a page that a set made from it has, in the words of the page; all of it if it has no other.
    """
    paths = [part.key.removeprefix(f"{page.key}.") for part in used.parts if part.key]
    every = [part.key.removeprefix(f"{page.key}.") for part in page.parts]
    return page.only(*paths) if paths and set(paths) < set(every) else page


def _with_brought(session: Session, record: Record) -> Session:
    """
    Return the session of a record with what people brought to it.
    """
    if not record.items:
        return attrs.evolve(session, series=record.series)
    items = zip(session.items, record.items, strict=False)
    return attrs.evolve(
        session, items=tuple(attrs.evolve(item, brought=kept.brought) for item, kept in items), series=record.series
    )


class NothingMaker(Maker):
    """
    Documents of nothing: blanks that are the same for everybody, or the record of a filled one.
    """

    def content(self, what: What, choices: Choices) -> Content:
        if not isinstance(what, Record) and not _is_nothing(what):
            raise Refused(
                f"'{choices.name}' is made of nothing; leave out what you named, or give the record of a filled one"
            )
        record, reader = _cut_record(what, choices) if isinstance(what, Record) else (None, ANYONE)
        names = {"situations": tuple(map(attrs.asdict, situations()))}
        return _content(choices, names, Origin.of_paper(choices.about.ring, record), record, reader)

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        return None, examples.fill_record(word)


#: The fields of a standing paper that have a place on it only if they are known.
_IF_KNOWN = ("regulator",)


@attrs.frozen
class StandingPaperMaker(Maker):
    """
    Documents of one class of `reflect.papers`.

    Attributes:
        of: The word that the front matter of a template has for it.
    """

    of: str

    @property
    def paper(self) -> type[StandingPaper]:
        return paper_of(self.of)

    def content(self, what: What, choices: Choices) -> Content:
        paper, whole = self._read_paper(what, choices)
        record, reader = _cut_record(whole, choices) if whole is not None else (None, choices.reader_of(paper))
        ring = choices.about.ring
        names, seen = {"paper": view_of_paper(paper, ring, reader)}, paper.visible_to(reader)
        known = {each.key.rpartition(".")[2] for each in record.answers} if record else set()
        marks = tuple(name for name in _IF_KNOWN if name in known or getattr(seen, name, None))
        choices = attrs.evolve(choices, marks=tuple(dict.fromkeys((*choices.marks, *marks))))
        actions = record.before if record else (*seen.actions_before, *_actions_of_marks(choices.marks))
        before = tuple(map(view_before, with_ids(actions)))
        # A slip says to which series it goes, in its data alone, and to those who may read it.
        series = str(getattr(seen, "series", "")) or (record.series if record else "")
        origin = attrs.evolve(Origin.of_paper(ring, record), series=series)
        if record is None:
            ids = enumerate(seen.ids_of_rows(ring), 1)
            origin = attrs.evolve(origin, ids=tuple((n, name) for n, name in ids if name))
        content = _content(choices, names, origin, record, reader, marks, before)
        if record is None and isinstance(what, Record):
            return attrs.evolve(content, record=_cut_record(what, choices)[0], retold=True)
        return content

    def _read_paper(self, what: What, choices: Choices) -> tuple[StandingPaper, Record | None]:
        """
        Return the paper that is given, or a blank one, and the record of it if that is what is given.
        """
        kind = self.paper
        if isinstance(what, kind):
            return what, None
        if isinstance(what, Record) and what.document == choices.name:
            return kind(), what
        if isinstance(what, Record) and (paper := kind.of_record(what)) is not None:
            return paper, None
        if _is_nothing(what):
            return kind(), None
        given = f"reflect.papers.{kind.__name__}, the record of one, or nothing for a blank"
        raise Refused(f"'{choices.name}' is made of {given}; give it that")

    def examples(self, about: About, word: Callable[[Ring], str]) -> tuple[What, ...]:
        return (examples.fill_paper(self.paper, word),)


#: Who makes documents of what, by the word for it in the front matter of a template.
MADE_OF: dict[str, Maker] = {
    "model": ModelMaker(),
    "models": ModelsMaker(),
    "session": SessionMaker(),
    "hour": HourMaker(),
    "nothing": NothingMaker(),
    **{of: StandingPaperMaker(of) for of in STANDING_PAPERS},
}


def _is_nothing(what: What) -> bool:
    return what is None or (isinstance(what, str) and not what.strip())


def _is_list_of_models(what: What) -> TypeGuard[Sequence[Composable]]:
    some = isinstance(what, Sequence) and not isinstance(what, str) and bool(what)
    return some and all(isinstance(each, Composable) for each in what)  # type: ignore[union-attr]


def _joined_models_of(what: What) -> tuple[str, ...]:
    return _joined_models(what) if isinstance(what, Outline) else ()


def _joined_models(outline: Outline) -> tuple[str, ...]:
    """
    Return the paths of an outline that only joins models; none if it does more.
    """
    match outline:
        case Use(path=path):
            return (path,)
        case Both(steps=steps):
            paths = tuple(_joined_models(each) for each in steps)
            return tuple(path for each in paths for path in each) if all(paths) else ()
        case _:
            return ()


def _check_count(about: About, name: str, count: int) -> None:
    if not about.least <= count <= about.most:
        named = f"{count} is named" if count == 1 else f"{count} are named"
        raise Refused(f"'{name}' is about {about.least} to {about.most} models, and {named}; join their names with +")


def _cut_record(record: Record, choices: Choices) -> tuple[Record, Reader]:
    reader = choices.reader_of(record)
    return attrs.evolve(record.visible_to(reader), wording=choices.wording.key), reader


#: What a template may print of a blank, under the names of a filled paper.
_NOTHING_FILLED = {"answers": {}, "actions": (), "passed": (), "signed": {}, "fingerprint": "", "changed_since": False}


def _content(
    choices: Choices,
    names: Mapping[str, object],
    origin: Origin,
    record: Record | None = None,
    reader: Reader = ANYONE,
    answered: Iterable[str] = (),
    before: Iterable[BeforeView] = (),
) -> Content:
    """
    Return what a template may print: its own names, and those of a filled paper.

    Args:
        names: What this sort of document has beside the usual.
        record: The record of a filled paper, cut to its reader.
        answered: The places that the paper has because they were filled in.
        before: The actions from last time.
    """
    kept = _digests_of(record, choices, reader) if record else None
    filled = _names_of_record(record, kept) if record else _NOTHING_FILLED
    marks = choices.marks
    if record:
        more = {"fingerprint": filled["fingerprint"], "claimed": record.claimed, "decisions": record.decisions_in_rows}
        commented = (f"sign.{sign.role}.comments" for sign in record.signed if sign.comments.strip())
        marks = (*answered, *(name for name, given in more.items() if given), *commented)
    before = tuple(before)
    marks = tuple(dict.fromkeys((*marks, *(each.key for each in before))))
    facts = {**dict(record.facts if record else ()), **choices.facts}
    return Content(
        names={**filled, "marks": marks, "before": before, **names},
        marks=marks,
        facts={fact: text if (text := facts.get(fact, "")).strip() else "" for fact in PAGE_FACTS},
        origin=lambda blocks: origin,
        record=record,
        kept=kept,
    )


def _digests_of(record: Record, choices: Choices, reader: Reader) -> KeptDigests | None:
    """
    Return what a paper keeps of a closed record; None on any paper but the one that was closed, and for whoever may
    not read all of that: short answers can be guessed from a fingerprint.
    """
    ring = choices.about.ring
    if record.closed is None or record.document != choices.name or ring is None or not reader.sees(ring):
        return None
    printed = {**dict(record.facts), **{name: text for name, text in choices.facts.items() if name in FACTS}}
    return KeptDigests.of_record(attrs.evolve(record, facts=tuple(printed.items())), ring)


def _actions_of_marks(marks: Iterable[str]) -> Iterator[Action]:
    """
    Give the actions from last time that a blank has places for. Their words are not on it.
    """
    for mark in marks:
        if name := id_of_key(mark):
            yield Action(what="action", who="", by="", ring=Ring.OPEN, id=name)


def _names_of_record(record: Record, kept: KeptDigests | None) -> dict[str, object]:
    """
    Return what a template may print of a filled paper: answers by key, actions, signatures, and the fingerprint of a
    closed one, with whether its words have changed since.
    """
    return {
        "answers": {each.key: Prose.of(each.text, each.lines, each) for each in reversed(record.answers)},
        "actions": tuple((each.what, each.who, each.by) for each in record.actions),
        "passed": tuple((each.to, each.why, each.told) for each in record.passed),
        "signed": {role: record.signature(role) for role in SIGNING} if record.signed else {},
        "fingerprint": kept.closing.fingerprint if kept else "",
        "changed_since": bool(kept and not kept.salt),
    }


def _with_places(
    origin: Origin, session: Session, record: Record | None, models: Catalogue | None, blocks: Iterable[Block]
) -> Origin:
    """
    Return an origin with the ring of each answer that the paper has a place for, and with the version of its page.
    """
    written = record.answers if record else ()
    answers = {each.key: AnswerOrigin(each.key, each.ring, each.version) for each in reversed(written)}
    versions = {f"item-{n}": _version(item.set.key, models) for n, item in enumerate(session.items, 1)}
    blocks = tuple(blocks)
    keys = [block.key for block in blocks if isinstance(block, Answer)]
    keys += [fact.key for block in blocks if isinstance(block, Facts) for fact in block.facts if fact.key not in FACTS]
    places = (place for block in blocks if isinstance(block, Entry) for place in block.places)
    keys += [each.key for each in places if isinstance(each, (Answer, Fact)) and each.key not in FACTS]
    usual = (AnswerOrigin(key, origin.ring_of_new_place(key), versions.get(key, "")) for key in keys)
    origin = attrs.evolve(origin, answers=tuple(answers.get(each.key, each) for each in usual))
    return origin.with_rows_of(record) if record else origin


def _version(key: str, models: Catalogue | None) -> str:
    name = key.partition(".")[0]
    try:
        return (our_catalogue() if models is None else models).model(name).head.version if name else ""
    except UnknownKey:
        return ""
