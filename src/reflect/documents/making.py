"""
Templates, values and a reader make a document.

Who may read what is settled before a template runs: it is given only what its reader may see.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect.diagrams.page import on_its_page
from reflect.documents import views
from reflect.documents.sandbox import Sealed
from reflect.documents.templates import About, Templates, shelf
from reflect.errors import NoReader, Refused, TemplateFault, UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers import STANDING_PAPERS, StandingPaper, paper_of
from reflect.papers.paper import view_of_paper
from reflect.questions.outlines import parse
from reflect.questions.rings import ANYONE, READERS, Reader, Ring, reader
from reflect.questions.sets import Both, Composable, Outline, Use
from reflect.questions.wordings import Wording, wording
from reflect.sessions.canonical import canonical, fingerprint_of_text
from reflect.sessions.facts import FACTS
from reflect.sessions.origin import AnswerOrigin, Origin
from reflect.sessions.parts import SIGNING
from reflect.sessions.record import Record
from reflect.sessions.session import Session, plan, plan_again
from reflect.text import markdown
from reflect.text.filling import Prose, fill
from reflect.text.nodes import CARD_ROWS, SHEET_COLUMNS, Answer, Block, Document, Facts, Heading, Look, NewPage, words
from reflect.text.prose import visible

if TYPE_CHECKING:
    pass

#: Facts that any document may have, on every page or as its title.
PAGE_FACTS = ("title", "organisation", "marking")

#: What a document can be made of.
What = Session | Record | StandingPaper | Composable | Sequence[Composable] | Outline | str | None


def _session(what: What, facts: Mapping[str, str], minutes: int, models: Catalogue | None) -> Session:
    """
    The session a document is about.
    """
    if isinstance(what, Record):
        uses = [(item.use, item.minutes) for item in what.items]
        return plan_again(uses, what.minutes, models=models, facts={**dict(what.facts), **facts})
    if not isinstance(what, (Session, Composable, Outline, str)):
        if what is None:
            raise Refused("this is about a session; give a session, a record, or an outline such as kolb-cycle@40")
        raise Refused(
            "a session is one outline, and several models are named in a list; join them with + in an outline"
        )
    if isinstance(what, Session):
        return attrs.evolve(what, facts={**dict(what.facts), **facts}) if facts else what
    return plan(what, minutes, models=models, facts=facts)


def document(
    what: What,
    name: str,
    *,
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    cards: int = 8,
    marks: Iterable[str] = (),
) -> Document:
    """
    Return a document, ready for any format.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts); a value of
            `reflect.papers` for a paper that stands beside a session; None for its blank, or for a paper of nothing.
        name: The document: ``"agenda"``, ``"handout"``, …
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession; those of the record, or the general ones, if nothing is said.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How it is laid out: ``"large-print"``, ``"dyslexia-friendly"``, ``"pen"``, ``"landscape"``; or several.
        cards: How many cards an A4 sheet holds: 8, of 90 by 67.5 mm, or 4, of 90 by 135 mm.
        marks: What a blank has a place for beside the usual, as a filled paper of that kind says of itself: items
            that were answered, the roles of those who signed, and ``"fingerprint"``.

    Raises:
        NoReader: Something is filled in and no reader is named.
        UnknownKey: There is no such document, reader or wording, or the wording lacks a word.
        TemplateFault: The template is wrong.
        Refused: The document cannot be made of this.
        DoesNotFit: The outline does not fit the minutes.
    """
    return _made(
        what,
        name,
        reader,
        wording,
        facts or {},
        minutes,
        models,
        templates,
        _looks(looks),
        cards=cards,
        marks=tuple(marks),
    )


def _made(
    what: What,
    name: str,
    who: str | Reader | None,
    wording: str | Path | Wording | None,
    facts: Mapping[str, str],
    minutes: int,
    models: Catalogue | None,
    templates: Templates | Iterable[str | Path],
    looks: tuple[Look, ...],
    sealed: frozenset[str] = frozenset(),
    cards: int = 8,
    marks: tuple[str, ...] = (),
) -> Document:
    """
    Make a document; the *sealed* facts reach the template as texts that it may only print.
    """
    known_templates = templates if isinstance(templates, Templates) else shelf(tuple(templates))
    about = known_templates.about(name)
    words_of = _wording(_usual_wording(what) if wording is None else wording)
    context: dict[str, object] = {"words": dict(words_of.words), **_said(None, None, ANYONE), "marks": marks}
    plan_of: Session | None = None
    record_of: Record | None = None
    known_models: tuple[views.ModelView, ...] = ()
    origin = Origin()
    if about.of in ("model", "models"):
        subjects = _subjects(what, name, models, about.of == "models" and not about.models)
        _many_enough(about, name, len(subjects))
        known_models = tuple(views.model_view(each, words_of) for each in subjects)
        if about.of == "models" and len(known_models) > 1:
            known_models = views.without_repeats(known_models)
        context["models"] = known_models
        origin = Origin.of_models(subjects)
        known = _page_facts(facts)
    elif about.of in STANDING_PAPERS:
        paper, record = _paper(what, name, about.of)
        sees = _who(record or paper, name, who).within(about.ring)
        record = attrs.evolve(record.visible_to(sees), wording=words_of.key) if record else None
        context["paper"] = view_of_paper(paper, about.ring, sees)
        context |= _said(record, about.ring, sees)
        known = _page_facts({**dict(record.facts if record else ()), **facts})
        origin = Origin.of_paper(about.ring, record)
    elif about.of == "nothing":
        record = None
        if isinstance(what, Record):  # one that was filled in
            sees = _who(what, name, who).within(about.ring)
            record = attrs.evolve(what.visible_to(sees), wording=words_of.key)
            context |= _said(record, about.ring, sees)
        elif not _nothing(what):
            raise Refused(f"'{name}' is made of nothing; leave out what you named, or give the record of a filled one")
        known = _page_facts({**dict(record.facts if record else ()), **facts})
        origin = Origin.of_paper(about.ring, record)
    else:
        session = _session(what, facts, minutes, models)
        sees = _who(what if isinstance(what, Record) else session, name, who).within(about.ring)
        seen = session.visible_to(sees)
        record = what.visible_to(sees) if isinstance(what, Record) else None
        if record is not None:
            record = attrs.evolve(views.with_questions(record, seen, words_of), wording=words_of.key)
        shown = views.session_view(seen, words_of, record, marks)
        context["session"] = attrs.evolve(shown, facts=_sealed(shown.facts, sealed)) if sealed else shown
        context |= _said(record, about.ring, sees, [item.key for item in shown.items if item.answer and shown.anything])
        known = {fact: seen.fact(fact) for fact in PAGE_FACTS}
        origin = Origin.of_session(seen, about.ring)
        plan_of, record_of = seen, record
    context["facts"] = _sealed(known, sealed)
    blocks: tuple[Block, ...] = ()
    # A paper about one model is made for each of several, one after another.
    for n, model in enumerate(known_models if about.of == "model" else (None,)):
        if model is not None:
            context["model"] = model
        context["settings"] = {"rows": _rows(cards), "lean": False}
        made = on_its_page(whole := _blocks(known_templates, name, context))
        if len(made) < len(whole):
            # A diagram has no room. Perhaps it has where less is said, if the template can do that.
            context["settings"] = {"rows": _rows(cards), "lean": True}
            leaner = on_its_page(lean := _blocks(known_templates, name, context))
            made = leaner if len(leaner) == len(lean) else made
        blocks = (*blocks, NewPage(), *made) if n else made
    title = next((words(block.children) for block in blocks if isinstance(block, Heading)), name.capitalize())
    organisation, marking = (" ".join(visible(known[fact]).split()) for fact in ("organisation", "marking"))
    if plan_of:
        origin = _with_places(origin, plan_of, record_of, models, blocks)
    origin = attrs.evolve(
        origin,
        marks=tuple(context["marks"]),  # type: ignore[arg-type]
        wording=words_of.key,
        organisation=known["organisation"],
        marking=known["marking"],
    )
    return Document(
        kind=name,
        title=" ".join(title.split()),
        lang=about.lang,
        label=visible(words_of.fill(about.label)),
        organisation=organisation,
        marking=marking,
        limits=visible(words_of.fill(about.limits)),
        blocks=blocks,
        looks=_looks((*about.looks, *looks)),
        about=tuple(origin.to_about().items()),
    )


def _page_facts(facts: Mapping[str, str]) -> dict[str, str]:
    return {fact: text if (text := facts.get(fact, "")).strip() else "" for fact in PAGE_FACTS}


def _paper(what: What, name: str, of: str) -> tuple[StandingPaper, Record | None]:
    """
    What a standing paper is made of: a value of its kind, the record of one that was filled in, or nothing yet.
    """
    kind = paper_of(of)
    if isinstance(what, kind):
        return what, None
    if isinstance(what, Record) and what.document == name:
        return kind(), what
    if isinstance(what, Record) and (made := kind.of_record(what)) is not None:
        return made, None
    if _nothing(what):
        return kind(), None
    raise Refused(
        f"'{name}' is made of reflect.papers.{kind.__name__}, the record of one, or nothing for a blank; give it that"
    )


def _said(record: Record | None, ring: Ring | None, sees: Reader, places: Iterable[str] = ()) -> dict[str, object]:
    """
    What a template may print of a filled paper: answers by key, actions, signatures, and the fingerprint of it all.

    Who may not read the paper gets no fingerprint: short answers can be guessed from one.
    """
    if record is None:
        return {"answers": {}, "actions": (), "passed": (), "signed": {}, "fingerprint": ""}
    written = bool(record.answers or record.actions or record.decisions)
    mark = fingerprint_of_text(canonical(record, ring)) if written and ring and sees.sees(ring) else ""
    return {
        "answers": {each.key: Prose.of(each.text, each.lines) for each in reversed(record.answers)},
        "actions": tuple((each.what, each.who, each.by) for each in record.actions),
        "passed": tuple((each.to, each.why, each.told) for each in record.passed),
        "signed": {role: record.signature(role) for role in SIGNING} if record.signed else {},
        "fingerprint": mark,
        "marks": (
            *places,
            *(sign.role for sign in record.signed if sign.agreement),
            *(("fingerprint",) if mark else ()),
        ),
    }


def _rows(cards: int) -> int:
    """
    Rows of a sheet that holds so many cards.
    """
    rows, left = divmod(cards, SHEET_COLUMNS)
    if left or rows not in CARD_ROWS:
        known = " or ".join(str(each * SHEET_COLUMNS) for each in CARD_ROWS)
        raise Refused(f"a sheet holds {known} cards, and {cards} are asked for; say one of them")
    return rows


def _subjects(what: What, name: str, models: Catalogue | None, several: bool) -> tuple[Composable, ...]:
    """
    The models a paper is about: one, several in a list, those that an outline's text joins, or all if none is named.
    """
    if isinstance(what, Composable):
        return (what,)
    if (
        isinstance(what, Sequence)
        and not isinstance(what, str)
        and what
        and all(isinstance(each, Composable) for each in what)
    ):
        return tuple(what)
    if several and _nothing(what):
        known = models or our_catalogue()
        return tuple(map(known.model, known))
    outline = parse(what) if isinstance(what, str) else what
    if isinstance(outline, Outline):
        if joined := _joined(outline):
            known = models or our_catalogue()
            return tuple(known.load(path) for path in dict.fromkeys(joined))
        raise Refused(f"'{name}' is about models; join their names with +, without minutes and without |")
    raise Refused(f"'{name}' is about a model; name one, such as kolb-cycle")


def _nothing(what: What) -> bool:
    return what is None or (isinstance(what, str) and not what.strip())


def _joined(outline: Outline) -> tuple[str, ...]:
    """
    The paths of an outline that only joins models; none if it does more.
    """
    match outline:
        case Use(path=path):
            return (path,)
        case Both(steps=steps):
            found = tuple(_joined(each) for each in steps)
            return tuple(path for each in found for path in each) if all(found) else ()
        case _:
            return ()


def _many_enough(about: About, name: str, count: int) -> None:
    if about.models:
        least, most = map(int, about.models.split("-"))
        if not least <= count <= most:
            named = f"{count} is named" if count == 1 else f"{count} are named"
            raise Refused(f"'{name}' is about {least} to {most} models, and {named}; join their names with +")


def _blocks(templates: Templates, name: str, context: Mapping[str, object]) -> tuple[Block, ...]:
    """
    What a template says of this.
    """
    text, values = templates.render(name, context)
    try:
        return fill(markdown.read_shape(text), values)
    except Refused as error:
        raise TemplateFault(name, None, str(error)) from None


def _looks(given: Iterable[str | Look]) -> tuple[Look, ...]:
    """
    Looks by their names, in one order.
    """
    names = tuple(map(str, (given,) if isinstance(given, str) else given))
    for name in names:
        if name not in tuple(map(str, Look)):
            raise UnknownKey(name, tuple(map(str, Look)), "look called")
    return tuple(look for look in Look if look in names)


def _with_places(
    origin: Origin, session: Session, record: Record | None, models: Catalogue | None, blocks: Iterable[Block]
) -> Origin:
    """
    Return an origin with the ring of each answer that the paper has a place for, and with the version of its page.
    """
    written = record.answers if record else ()
    answers = {each.key: AnswerOrigin(each.key, each.ring, each.version) for each in reversed(written)}
    versions = {f"item-{n}": _version(item.set.key, models) for n, item in enumerate(session.items, 1)}
    keys = [block.key for block in blocks if isinstance(block, Answer)]
    keys += [fact.key for block in blocks if isinstance(block, Facts) for fact in block.facts if fact.key not in FACTS]
    usual = (AnswerOrigin(key, origin.usual_ring(key), versions.get(key, "")) for key in keys)
    origin = attrs.evolve(origin, answers=tuple(answers.get(each.key, each) for each in usual))
    return origin.with_rows_of(record) if record else origin


def _version(key: str, models: Catalogue | None) -> str:
    name = key.partition(".")[0]
    try:
        return (our_catalogue() if models is None else models).model(name).head.version if name else ""
    except UnknownKey:
        return ""


def _sealed(facts: Mapping[str, str], names: frozenset[str]) -> Mapping[str, str]:
    return {name: Sealed(text) if text and name in names else text for name, text in facts.items()} if names else facts


def _who(what: What, name: str, given: str | Reader | None) -> Reader:
    if given is not None:
        return reader(given)
    if (
        isinstance(what, Record)
        or (isinstance(what, Session) and what.filled)
        or (isinstance(what, StandingPaper) and what.says)
    ):
        raise NoReader(name, tuple(known.name for known in READERS))
    return ANYONE


def _usual_wording(what: What) -> str:
    """
    The wording of a record; a file that it names is not looked at, since a record may come from anybody.
    """
    return what.wording if isinstance(what, Record) and re.fullmatch("[a-z-]+", what.wording) else "general"


@functools.lru_cache(32)
def _wording(name: str | Path | Wording) -> Wording:
    return wording(name)
