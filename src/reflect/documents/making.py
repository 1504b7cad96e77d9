"""
Templates, values and a reader make a document.

Who may read what is settled before a template runs: it is given only what its reader may see.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect import formats
from reflect.diagrams.page import on_its_page
from reflect.documents import views
from reflect.documents.sandbox import NotAlike, Sealed
from reflect.documents.templates import About, Templates, shelf
from reflect.errors import NoReader, Refused, TemplateFault, UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers import STANDING_PAPERS, StandingPaper, paper_of
from reflect.papers.paper import view_of_paper
from reflect.questions.model import Model
from reflect.questions.outlines import parse
from reflect.questions.rings import ANYONE, READERS, Reader, Ring, narrows, reader
from reflect.questions.sets import Both, Composable, Outline, Use
from reflect.questions.wordings import Wording, wording
from reflect.sessions.canonical import fingerprint
from reflect.sessions.record import SIGNING, UNPLACED, Record
from reflect.sessions.session import FACTS, Session, plan, plan_again
from reflect.text import markdown
from reflect.text.filling import Prose, fill, visible
from reflect.text.nodes import CARD_ROWS, SHEET_COLUMNS, Answer, Block, Document, Facts, Heading, Look, NewPage, words

if TYPE_CHECKING:
    from reflect.formats.word.branding import Brand

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
    made_of: dict[str, str] = {}
    if about.of in ("model", "models"):
        subjects = _subjects(what, name, models, about.of == "models" and not about.models)
        _many_enough(about, name, len(subjects))
        known_models = tuple(views.model_view(each, words_of) for each in subjects)
        if about.of == "models" and len(known_models) > 1:
            known_models = views.without_repeats(known_models)
        context["models"] = known_models
        made_of = _models_named(subjects)
        known = _page_facts(facts)
    elif about.of in STANDING_PAPERS:
        paper, record = _paper(what, name, about.of)
        sees = _who(record or paper, name, who).within(about.ring)
        record = attrs.evolve(record.visible_to(sees), wording=words_of.key) if record else None
        context["paper"] = view_of_paper(paper, about.ring, sees)
        context |= _said(record, about.ring, sees)
        known = _page_facts({**dict(record.facts if record else ()), **facts})
        made_of = _of_ring(about.ring, record)
    elif about.of == "nothing":
        record = None
        if isinstance(what, Record):  # one that was filled in
            sees = _who(what, name, who).within(about.ring)
            record = attrs.evolve(what.visible_to(sees), wording=words_of.key)
            context |= _said(record, about.ring, sees)
        elif not _nothing(what):
            raise Refused(f"'{name}' is made of nothing; leave out what you named, or give the record of a filled one")
        known = _page_facts({**dict(record.facts if record else ()), **facts})
        made_of = _of_ring(about.ring, record) | _of_rows(about.ring, record)
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
        made_of = {
            "outline": _outlined(seen),
            "minutes": str(seen.minutes),
            **({"ring": str(about.ring)} if about.ring else {}),
            **{fact: " ".join(text.split()) for fact in ("title", "start") if (text := visible(seen.fact(fact)))},
            **_topics(seen),
        }
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
    whose = {"organisation": organisation, "marking": marking}
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
        about=tuple(
            {
                **made_of,
                **({"marks": " ".join(context["marks"])} if context["marks"] else {}),  # type: ignore[arg-type]
                "wording": words_of.key,
                **{name: text for name, text in whose.items() if text},
                **(_written(plan_of, record_of, models, blocks, about.ring) if plan_of else {}),
            }.items()
        ),
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
    mark = fingerprint(record, ring) if written and ring and sees.sees(ring) else ""
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


def _of_ring(ring: Ring | None, record: Record | None) -> dict[str, str]:
    """
    The ring of a standing paper, and of those answers on it that are of another.
    """
    answers = record.answers if record else ()
    usual = ring or Ring.PERSONAL
    others = [f"{each.key}={each.ring}/{each.version}" for each in answers if each.ring is not usual]
    return ({"ring": str(ring)} if ring else {}) | ({"answers": " ".join(others)} if others else {})


def _of_rows(ring: Ring | None, record: Record | None) -> dict[str, str]:
    """
    The rings of those actions and decisions that are of another than the paper.
    """
    rows = {
        "actions": [action.ring for action in record.actions] if record else [],
        "decisions": [decision.ring for decision in record.decisions] if record else [],
    }
    rings = {
        name: " ".join(f"{n}={each}" for n, each in enumerate(some, 1) if each is not (ring or Ring.PERSONAL))
        for name, some in rows.items()
    }
    return {name: text for name, text in rings.items() if text}


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
        return fill(markdown.shape(text), values)
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


def _models_named(subjects: Sequence[Composable]) -> dict[str, str]:
    """
    What a paper is about, if each of it has a key: what was made in code cannot be found again.
    """
    match subjects:
        case [Model(head=head)]:
            return {"model": head.key, "version": head.version}
        case [one]:
            return {"model": key} if (key := one.questions.key) else {}
    keys = [each.questions.key for each in subjects]
    return {"models": " ".join(keys)} if all(keys) else {}


def _outlined(session: Session) -> str:
    """
    The plan as an outline; what was made in code and has no key is a dash.
    """
    return " + ".join(f"{item.set.key or '-'}@{item.minutes}" for item in session.items)


def _topics(session: Session) -> dict[str, str]:
    """
    Which items are about something that was brought, where their reader may know: ``topic`` for the fact of that name.

    Its words stand on the paper and nowhere else.
    """
    found = {"topic": "", "topics": ""}
    for n, item in enumerate(session.items, 1):
        if item.topic:
            name = "topic" if session.fact("topic") and item.topic.id == "topic" else "topics"
            found[name] = f"{found[name]} item-{n}".strip()
    return {name: keys for name, keys in found.items() if keys}


#: The ring of an answer on a paper that has none, if nobody says another.
_RINGS = {"next-date": Ring.ASSURANCE, UNPLACED: Ring.PAIR}


def _written(
    session: Session, record: Record | None, models: Catalogue | None, blocks: Iterable[Block], ring: Ring | None
) -> dict[str, str]:
    """
    The ring of each answer and the version of its page, for the places that a paper has.
    """
    known = {each.key: each for each in reversed(record.answers)} if record else {}
    usual = {key: ring if ring and not narrows(ring, own) else own for key, own in _RINGS.items()}
    versions = {f"item-{n}": _version(item.set.key, models) for n, item in enumerate(session.items, 1)}
    keys = [block.key for block in blocks if isinstance(block, Answer)]
    keys += [fact.key for block in blocks if isinstance(block, Facts) for fact in block.facts if fact.key not in FACTS]

    def of(key: str) -> str:
        if key in known:
            return f"{key}={known[key].ring}/{known[key].version}"
        return f"{key}={usual.get(key, ring or Ring.PERSONAL)}/{versions.get(key, '')}"

    answers = " ".join(map(of, keys))
    return ({"answers": answers} if answers else {}) | _of_rows(ring, record)


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


def render(
    what: What,
    name: str,
    *,
    to: str | formats.Writer = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | str | Path | bytes | None = None,
    cards: int = 8,
) -> bytes:
    """
    Return a document as the bytes of a file; the same input gives the same bytes.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts); a value of
            `reflect.papers` for a paper that stands beside a session; None for its blank, or for a paper of nothing.
        name: The document: ``"agenda"``, ``"record"``, ``"handout"``, ``"cards"``, ``"worksheet"``, or your own.
        to: The name of a format, such as ``"pdf"``; or a writer of your own, a function from a document to bytes.
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession; those of the record, or the general ones, if nothing is said.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How it is laid out: ``"large-print"``, ``"dyslexia-friendly"``, ``"pen"``, ``"landscape"``; or several.
        brand: In Word: the agency's own look, as `reflect.brand` gives it, or its Word file.
        cards: How many cards an A4 sheet holds: 8, of 90 by 67.5 mm, or 4, of 90 by 135 mm.

    Raises:
        ReflectError: As `document` raises them; or a writer of your own gives something else than bytes.
    """
    write = _writer(to, brand)
    made = document(
        what,
        name,
        reader=reader,
        wording=wording,
        facts=facts,
        minutes=minutes,
        models=models,
        templates=templates,
        looks=looks,
        cards=cards,
    )
    data = write(made)
    if not isinstance(data, bytes):
        raise Refused("a format of your own gave something else than bytes; end it with .encode()")
    return data


def _worn(brand: Brand | str | Path | bytes | None) -> Brand | None:
    """
    A brand, read if it is a file.
    """
    if brand is None:
        return None
    from reflect.formats.word import branding

    return brand if isinstance(brand, branding.Brand) else branding.brand(brand)


def _writer(to: str | formats.Writer, brand: Brand | str | Path | bytes | None) -> formats.Writer:
    """
    The writer of a format; only Word's wears the look of an agency.
    """
    write = formats.writer(to) if isinstance(to, str) else to
    if brand is None:
        return write
    if to != "docx":
        named = to if isinstance(to, str) else "a format of your own"
        raise Refused(f"an agency's look is for Word alone, and this is {named}; leave the brand out, or write docx")
    from reflect.formats import word

    return functools.partial(word.write, brand=_worn(brand))


# --- copies for several people

#: Facts that may differ from copy to copy without the paper being made anew: texts, and nothing is reckoned from them.
_PERSONAL = frozenset({"organisation", "marking", "date", "place", "supervisor", "supervisee"})
#: A longer fact is in several parts in a Word file's properties, and so is not the same elsewhere.
_IN_ONE = 255
#: What stands for a fact while copies are compared: short, long, and full of signs.
_STANDING = ("", "w" * 60, "Ab 9, " * 40 + "z")


def copies(
    what: What,
    name: str,
    people: Iterable[Mapping[str, str]],
    *,
    to: str = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | str | Path | bytes | None = None,
) -> Iterator[bytes]:
    """
    Give the same document for one person after another: the bytes `render` gives with the facts of each.

    Word files that differ only in plain facts on one line (organisation, marking, date, place, supervisor,
    supervisee) are laid out once, with something else in the place of each fact, and what is one person's
    is put in for that person's copy alone. Nothing of one is kept for the next.

    Args:
        what: As `render` takes it.
        name: The document.
        people: The facts of each, as `render` takes them.
        to: The format.
        reader: Who will read them.
        wording: The words of the profession; those of the record, or the general ones, if nothing is said.
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How it is laid out: ``"large-print"``, ``"dyslexia-friendly"``, ``"pen"``, ``"landscape"``; or several.
        brand: In Word: the agency's own look, as `reflect.brand` gives it, or its Word file.

    Raises:
        ReflectError: As `document` raises them; at the copy it is about.
    """
    worn = _worn(brand)
    write = _writer(to, worn)
    rest = (wording, minutes, models, templates, _looks(looks))
    alike: dict[tuple[frozenset[str], tuple[tuple[str, str], ...]], _Alike | None] = {}
    for facts in people:
        plain = {fact: shown for fact, text in facts.items() if fact in _PERSONAL and (shown := _on_a_line(text))}
        plain = {fact: shown for fact, shown in plain.items() if len(shown) <= _IN_ONE}
        fixed = {fact: text for fact, text in facts.items() if fact not in plain}
        key = (frozenset(plain), tuple(sorted(fixed.items())))
        if to == "docx" and plain and key not in alike:
            alike.clear()  # what is fixed may be somebody's too: it is not kept beyond those who share it
            alike[key] = _alike(what, name, reader, fixed, frozenset(plain), rest, worn)
        found = alike.get(key)
        if found:
            yield found.filled(plain)
        else:
            yield write(_made(what, name, reader, wording, facts, minutes, models, templates, rest[-1]))


def _on_a_line(text: str) -> str:
    """
    A text as it is shown, if it is one line of words with single spaces; else nothing.
    """
    shown = visible(text)
    return shown if text.strip() and shown == " ".join(shown.split()) else ""


@attrs.frozen
class _Alike:
    """
    A Word file with places for the facts of one person.

    Attributes:
        start: The parts that hold none.
        parts: The others. Of a text every second piece is a fact, by its name; a picture is whole.
    """

    start: bytes = attrs.field(repr=False)
    parts: tuple[tuple[str, tuple[str, ...] | bytes], ...] = attrs.field(repr=False)

    def filled(self, facts: Mapping[str, str]) -> bytes:
        from reflect.formats.word import escaped, zipped

        known = {fact: escaped(text) for fact, text in facts.items()}
        parts = {
            name: whole
            if isinstance(whole, bytes)
            else "".join(known[piece] if i % 2 else piece for i, piece in enumerate(whole))
            for name, whole in self.parts
        }
        return zipped(parts, self.start)


def _alike(
    what: What,
    name: str,
    who: str | Reader | None,
    fixed: Mapping[str, str],
    personal: frozenset[str],
    rest: tuple[str | Path | Wording | None, int, Catalogue | None, Templates | Iterable[str | Path], tuple[Look, ...]],
    brand: Brand | None,
) -> _Alike | None:
    """
    The file that copies have alike, or None if it differs by more than the texts of the facts.

    The template may only print them (`Sealed`), and three files with texts of different lengths and
    signs in their place have to be the same in every other letter.
    """
    from reflect.formats.word import texts

    wording, minutes, models, templates, looks = rest
    found: set[_Alike] = set()
    for middle in _STANDING:
        standing = {fact: f"\ue000{i}{middle}\ue001" for i, fact in enumerate(sorted(personal))}
        facts = {**fixed, **standing}
        try:
            paper = _made(what, name, who, wording, facts, minutes, models, templates, looks, personal)
        except NotAlike:
            return None
        start, parts = texts(paper, brand)
        places = {text: fact for fact, text in standing.items()}
        between = re.compile(f"({'|'.join(map(re.escape, places))})")
        found.add(
            _Alike(
                start,
                tuple(
                    (part, whole if isinstance(whole, bytes) else tuple(places.get(p, p) for p in between.split(whole)))
                    for part, whole in parts.items()
                ),
            )
        )
    return found.pop() if len(found) == 1 else None
