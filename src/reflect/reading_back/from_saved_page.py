"""
Reads the record in a copy that a page saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.rings import Ring, narrowest
from reflect.reading_back.agreed import LOG, read_log, settle_agreed
from reflect.reading_back.claims import NO_CLAIM, Claim, PaperRings
from reflect.reading_back.closed_papers import ReturnedWords
from reflect.reading_back.only_days import only_days
from reflect.reading_back.remaking import RemadeBlank, remake_as_printed
from reflect.reading_back.what_was_brought import READ_AS_BEFORE, WrittenTopics, is_beside_item
from reflect.safekeeping.signing import FINGERPRINT, add_fingerprints, closing_on_paper, printed_fingerprint
from reflect.sessions.acting import STATES, id_of_key, read_line
from reflect.sessions.brought import ASKED, EARLIER, ENTRIES_SHOW, Outcome, ring_of_id
from reflect.sessions.deciding import LOGS
from reflect.sessions.facts import FACTS
from reflect.sessions.filled import Filled, Signature
from reflect.sessions.frame import is_talk
from reflect.sessions.parts import Action, ActionState, Agreement, Answered, Decision, Reading, SignOff
from reflect.sessions.record import Record
from reflect.sessions.typed import fold_text
from reflect.text.nodes import Document
from reflect.text.prose import lines_of, without_isolation
from reflect.word_files.place_tags import read_rings


def record_of_saved_page(
    page: Filled,
    *,
    of: Document | None = None,
    claim: Claim = NO_CLAIM,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Record:
    """
    Return the record in a filled page. We find each place by its key. `reflect.read` explains the options.

    Args:
        claim: What somebody says that it is.
    """
    about = {**dict(page.about), "kind": page.document}
    rings = PaperRings.of(about, read_rings(about.get("rings", "")), claim)
    rings.know_places({})
    if "brought" not in about and _asks_as_before(page):
        rings.origin = attrs.evolve(rings.origin, brought=None, marks=(*rings.origin.marks, EARLIER))
    rings.origin = rings.origin.as_it_was(any(key in ENTRIES_SHOW for key, _ in page.answers))
    origin = rings.origin
    remade = remake_as_printed(dict(page.asked).values(), origin, of, models, templates)
    items = {item.key for item in origin.items}
    beside: dict[str, str] = {}
    facts = origin.facts
    answers: list[Answered] = []
    before: list[Action] = []
    doubts: list[tuple[str, str]] = []
    asked = dict(page.asked)
    for key, text in page.answers:
        name = key.partition("~")[0]  # a second place with the same key
        if name.partition(".")[0] == FINGERPRINT:
            continue
        if name in FACTS:
            facts[name] = text
        elif last := id_of_key(name):
            before.append(_make_before(last, text, rings.ring_of_answer(name), asked.get(key, "")))
            if text.strip() and text not in STATES:
                doubts.append((name, "it is not one of the options"))
        elif is_beside_item(name) and name.partition(".")[0] in items:
            beside[name] = text
            if name.endswith(".outcome") and text.strip() and text not in tuple(Outcome):
                doubts.append((name, "it is not one of the options"))
        else:
            answers.append(_make_answer(name, text, asked.get(key, ""), rings, remade))
    for topic in origin.topic:
        facts["topic"] = asked.get(f"{topic}.outcome", "") if origin.earlier else _heading_over(topic, asked, remade)
    catalogue = our_catalogue() if models is None else models
    topics = WrittenTopics(
        origin=origin,
        paper=rings.paper,
        headings=lambda key: _heading_over(key, asked, remade),
        usual=lambda key: _usual_heading(key, asked, remade),
        said=dict(page.answers),
        case="",
        is_talk=lambda use: is_talk(use, catalogue),
        outcomes={key: text for key, text in beside.items() if key.endswith(".outcome")},
        texts=beside,
        ring_of=rings.ring_of_answer,
    )
    asks = {mark.removeprefix(ASKED) for mark in origin.marks if mark.startswith(ASKED)}
    talks = frozenset() if origin.earlier else topics.items_with_ticks() - asks
    answers = [
        attrs.evolve(each, asked="")
        if _is_of_talk(each.key, beside, talks) and each.key not in asks and not origin.earlier
        else each
        for each in answers
    ]
    # What stands over the first line of a talk in an entry is what it is about, and the label of the line.
    in_entries = (remade.talks.keys() if remade else set[str]()) - asks
    answers = [attrs.evolve(each, asked="", hint="") if each.key in in_entries else each for each in answers]
    rows = {table.key: [(*row, "", "", "")[:3] for row in table.rows] for table in page.tables}
    for table in page.tables:
        if table.key not in ("actions", "decisions"):
            text = "\n".join(" | ".join(" ".join(cell.split()) for cell in row) for row in table.rows)
            answers.append(_make_answer(table.key, text, asked.get(table.key, ""), rings, remade))
    doubts += [
        (sign.key, "it is not one of the options") for sign in page.signed if sign.value and not _agreement_in(sign)
    ]
    reading = Reading(
        found=tuple((key, "key") for key, text in page.answers if text.strip() and not key.startswith(FINGERPRINT)),
        doubts=(*doubts, *rings.doubts()),
        notes=(*((READ_AS_BEFORE,) if origin.earlier and origin.brought is None else ()), *rings.notes()),
        fingerprint=printed_fingerprint(dict(page.answers).get) or "",
    )
    record = Record(
        minutes=origin.minutes,
        items=topics.items(),
        facts=tuple(facts.items()),
        answers=tuple(answers),
        before=(*before, *_read_log(page, rings)),
        actions=_read_actions(rows.get("actions", []), rings),
        decisions=tuple(
            Decision(what=what, why=why, who=who, ring=rings.ring_of_moved_row("decisions"))
            for what, why, who in rows.get("decisions", ())
        ),
        signed=tuple(map(_make_sign_off, page.signed)),
        document=page.document or "unknown",
        wording=origin.wording or "general",
        claimed=rings.claimed or origin.claimed,
        series=origin.series,
        closed=closing_on_paper(about, dict(page.answers).get, rings.paper),
        reading=reading,
    )
    record = only_days(add_fingerprints(settle_agreed(record, origin.ids), dict(page.answers).get))
    state = ReturnedWords(
        record=record,
        about=about,
        printed=printed_fingerprint(dict(page.answers).get),
        name_place=lambda key: asked.get(key, "") or (remade.question(key)[0] if remade else ""),
        columns={table.key: table.columns for table in page.tables},
    ).state()
    return attrs.evolve(record, reading=attrs.evolve(record.reading or reading, state=state))


def _heading_over(key: str, asked: Mapping[str, str], remade: RemadeBlank | None) -> str:
    """
    Return the heading over a place, without the hint that a page has behind it.
    """
    heading = " ".join(without_isolation(asked.get(key, "")).split())
    hint = (remade.talks.get(key, ("", ""))[1] or remade.question(key)[1]) if remade else ""
    return heading.removesuffix(f": {hint}") if hint else heading


def _usual_heading(key: str, asked: Mapping[str, str], remade: RemadeBlank | None) -> str:
    """
    Return the heading that the blank has over a talk that the paper may not name.
    """
    if remade is None:
        return _heading_over(key, asked, remade)
    return remade.talks[key][0] if key in remade.talks else remade.question(key)[0]


def _is_of_talk(key: str, beside: Mapping[str, str], talks: Set[str]) -> bool:
    """
    Return whether an answer is about a talk, or something taken in, whose words are a part of the record.
    """
    return key in talks or f"{key}.outcome" in beside


def _asks_as_before(page: Filled) -> bool:
    """
    Return whether a page of an earlier version says of an item whether it was as planned.
    """
    return any(re.fullmatch(r"item-\d+\.outcome", key) for key, _ in page.answers)


def _make_answer(key: str, text: str, asked: str, rings: PaperRings, remade: RemadeBlank | None) -> Answered:
    """
    Return an answer with the question that it had on the page, where question and hint are one text.
    """
    strange = remade is not None and key not in remade.asked
    ring = rings.ring_of_answer(key, strange=strange) if text.strip() else Ring.OWN
    question, hint = remade.own_question(key) if remade else ("", "")
    asked = remade.in_own_words(key, asked) if remade else asked
    if (
        not asked
        or rings.origin.may_be_topic(key, ring)
        or fold_text(asked) in (fold_text(question), fold_text(f"{question}: {hint}"))
    ):
        asked = question
    else:
        hint = ""
    version = rings.origin.origin_of_answer(key).version
    return Answered(key=key, ring=ring, lines=lines_of(text), asked=asked, hint=hint, version=version)


def _make_before(name: str, state: str, ring: Ring, line: str) -> Action:
    """
    Return an action from last time, with what was ticked of it.
    """
    action = attrs.evolve(read_line(without_isolation(line)), id=name, ring=narrowest(ring, ring_of_id(name) or ring))
    return attrs.evolve(action, state=state if state in STATES else ActionState.OPEN)


def _read_actions(rows: Sequence[tuple[str, ...]], rings: PaperRings) -> tuple[Action, ...]:
    """
    Return what was agreed, with the ids that the page says.
    """
    ring = rings.ring_of_moved_row("actions")
    return tuple(
        Action(what=what, who=who, by=by, ring=ring, id=name)
        for (what, who, by), name in zip(rows, rings.origin.ids_in_order(len(rows)), strict=True)
    )


def _read_log(page: Filled, rings: PaperRings) -> Iterator[Action]:
    """
    Give the actions of a log, each with its id and what has become of it.
    """
    for table in page.tables:
        if table.key == LOG and page.document in LOGS:
            yield from read_log(table.rows, rings.ring_of_answer(LOG), rings.origin.ids_in_order(len(table.rows)))


def _agreement_in(sign: Signature) -> Agreement | None:
    return Agreement.of_option(sign.value)


def _make_sign_off(sign: Signature) -> SignOff:
    return SignOff(
        role=sign.key.removeprefix("sign."),
        agreement=_agreement_in(sign),
        name=sign.name,
        date=sign.date,
        comments=sign.comments,
    )
