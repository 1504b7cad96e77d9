"""
Templates, values and a reader make a document.

Who may read what is settled before a template runs: it is given only what its reader may see.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from reflect import formats, markdown, views
from reflect.catalogues import Catalogue
from reflect.errors import NoReader, Refused, TemplateFault
from reflect.filling import fill, visible
from reflect.nodes import Document, Heading, words
from reflect.outlines import Outline
from reflect.questions import Composable
from reflect.record import Record
from reflect.rings import ANYONE, READERS, Reader, reader
from reflect.session import Session, plan
from reflect.templating import Templates, shelf
from reflect.words import Wording, wording

#: Facts that any document may have, on every page or as its title.
PAGE_FACTS = ("title", "organisation", "marking")

#: What a document can be made of.
What = Session | Record | Composable | Outline | str


def _session(what: What, facts: Mapping[str, str], minutes: int, models: Catalogue | None) -> Session:
    """
    The session a document is about.
    """
    if isinstance(what, Record):
        return plan(what.outline, what.minutes, models=models, facts={**dict(what.facts), **facts})
    if isinstance(what, Session):
        return attrs.evolve(what, facts={**dict(what.facts), **facts}) if facts else what
    return plan(what, minutes, models=models, facts=facts)


def document(
    what: What,
    name: str,
    *,
    reader: str | Reader | None = None,
    wording: str | Path | Wording = "general",
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Document:
    """
    Return a document, ready for any format.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts).
        name: The document: ``"agenda"``, ``"handout"``, …
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.

    Raises:
        NoReader: Something is filled in and no reader is named.
        UnknownKey: There is no such document, reader or wording, or the wording lacks a word.
        TemplateFault: The template is wrong.
        Refused: The document cannot be made of this.
        DoesNotFit: The outline does not fit the minutes.
    """
    known_templates = templates if isinstance(templates, Templates) else shelf(tuple(map(Path, templates)))
    about = known_templates.about(name)
    words_of = _wording(wording)
    facts = facts or {}
    context: dict[str, object] = {"words": dict(words_of.words)}
    if about.of == "model":
        if not isinstance(what, Composable):
            raise Refused(f"'{name}' is about a model; name one, such as kolb-cycle")
        context["model"] = views.model_view(what, words_of)
        known = {fact: facts.get(fact, "") for fact in PAGE_FACTS}
    else:
        session = _session(what, facts, minutes, models)
        who = _who(what if isinstance(what, Record) else session, name, reader)
        seen = session.visible_to(who)
        record = what.visible_to(who) if isinstance(what, Record) else None
        context["session"] = views.session_view(seen, words_of, record)
        known = {fact: seen.fact(fact) for fact in PAGE_FACTS}
    context["facts"] = known
    text, values = known_templates.render(name, context)
    try:
        blocks = fill(markdown.shape(text), values)
    except Refused as error:
        raise TemplateFault(name, None, str(error)) from None
    title = next((words(block.children) for block in blocks if isinstance(block, Heading)), name.capitalize())
    return Document(
        kind=name,
        title=" ".join(title.split()),
        label=visible(words_of.fill(about.label)),
        organisation=" ".join(visible(known["organisation"]).split()),
        marking=" ".join(visible(known["marking"]).split()),
        limits=visible(words_of.fill(about.limits)),
        blocks=blocks,
    )


def _who(what: What, name: str, given: str | Reader | None) -> Reader:
    if given is not None:
        return reader(given)
    if isinstance(what, Record) or (isinstance(what, Session) and what.filled):
        raise NoReader(name, tuple(known.name for known in READERS))
    return ANYONE


@functools.lru_cache(32)
def _wording(name: str | Path | Wording) -> Wording:
    return wording(name)


def render(
    what: What,
    name: str,
    *,
    to: str = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording = "general",
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> bytes:
    """
    Return a document as the bytes of a file; the same input gives the same bytes.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts).
        name: The document: ``"agenda"``, ``"record"``, ``"handout"``, ``"cards"``, ``"worksheet"``, or your own.
        to: The format: docx, pdf, html, md, txt or json.
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.

    Raises:
        ReflectError: As `document` raises them.
    """
    write = formats.writer(to)
    made = document(
        what,
        name,
        reader=reader,
        wording=wording,
        facts=facts,
        minutes=minutes,
        models=models,
        templates=templates,
    )
    return write(made)
