"""
Copies of a record on the page: the supervisee's own, and what differs between two.
"""

from __future__ import annotations

from collections.abc import Mapping

from reflect.between_sessions.closing import name_of_paper
from reflect.errors import Refused
from reflect.interchange.values import to_json
from reflect.planner.form_words import titles_with_names
from reflect.planner.opened import OpenedPapers
from reflect.planner.places import places_of
from reflect.planner.records import document_if_any, for_reader, in_words, needed_reader, words_of_keys
from reflect.planner.written import Given, Told, list_of, need_text, tell_file, text_of
from reflect.rendering.rendering import Rendering
from reflect.safekeeping import comparing
from reflect.safekeeping.own_copies import KIND, Proof, count_replacements, find_references, own_copy, prove
from reflect.sessions.record import Record


def make_own_copy(opened: OpenedPapers, given: Given) -> Told:
    """
    Return the supervisee's own copy of a record, with what shows that it is the record but for its names; or, without
    ``to``, only what would be replaced, and what would stay.

    Args:
        given: ``number`` of the record, ``who`` is at the page; ``replace``, a list of a reference and its words;
            ``comments`` of its owner; ``to``: docx, json or nothing.
    """
    paper, who = opened.paper(given.get("number")), text_of(given, "who")
    if who != "supervisee":
        raise Refused("an own copy is the supervisee's; say at the top that you are supervised", "who")
    needed_reader(opened, paper, who)
    pairs = [
        [need_text(each, "replace") for each in list_of(pair, "replace")]
        for pair in list_of(given.get("replace"), "replace")
    ]
    named = [(pair[0].strip(), pair[1]) for pair in pairs if len(pair) == 2 and pair[0].strip()]
    replace = dict(named)
    if len(replace) < len(named):
        raise Refused("a reference is given twice; give it once", "replace")
    comments, record = text_of(given, "comments"), paper.record
    times = count_replacements(record, replace, comments)
    told: Told = {
        "times": [{"name": name, "words": " ".join(replace[name].split()), "times": n} for name, n in times.items()]
    }
    if not (to := text_of(given, "to")):
        # What is not there yet, because somebody is still typing it, replaces nothing and hides nothing.
        replace = {name: replaced for name, replaced in replace.items() if times[name]}
    mine = own_copy(record, replace, comments)
    told["left"] = [{"name": name, "times": n} for name, n in find_references(mine, replace)]
    if not to:
        return told
    base = name_of_paper(None, mine)
    if to == "json":
        data = to_json(mine).encode("utf-8", "replace")
    else:
        rendering = Rendering(
            name=mine.document, to="docx", reader="author", models=opened.models, templates=opened.templates
        )
        data = rendering.render(mine)
    copied = opened.read(data)
    proof = prove(copied, record) if isinstance(copied, Record) else Proof(False)
    told |= {"proven": proof.proven, "why": proof.why}
    return {**told, "file": tell_file(f"{base}.{'json' if to == 'json' else 'docx'}", data)}


def compare(opened: OpenedPapers, given: Given) -> Told:
    """
    Return what differs between two copies of a record, with the words that differ apart; or whether one is the own copy
    of the other.

    Args:
        given: ``mine`` and ``theirs``, the numbers of the two; ``who`` is at the page.
    """
    who = text_of(given, "who")
    one, other = (opened.paper(given.get(name)) for name in ("mine", "theirs"))
    for paper in (one, other):
        needed_reader(opened, paper, who)
    if (one.record.document == KIND) != (other.record.document == KIND):
        copied, record = (one, other) if one.record.document == KIND else (other, one)
        proof = prove(copied.record, record.record)
        return {"same": proof.proven, "proof": True, "why": proof.why, "differences": []}
    mine, theirs = (for_reader(opened, paper, who) for paper in (one, other))
    differences = comparing.compare(mine, theirs, templates=opened.folders())
    known: dict[str, str] = {}
    for paper, seen in ((other, theirs), (one, mine)):
        made = document_if_any(opened, paper, who)
        known |= words_of_keys(seen, titles_with_names(places_of(made)) if made else {})
    return {
        "same": not differences,
        "proof": False,
        "why": "",
        "differences": [_tell_difference(each, known) for each in differences],
    }


def _tell_difference(difference: comparing.Difference, known: Mapping[str, str]) -> Told:
    mine, theirs = difference.mine, difference.theirs
    if mine and theirs and difference.what == comparing.WORDED:
        sides = comparing.part_changed_words(mine, theirs)
    else:
        sides = [(True, mine)] if mine else [], [(True, theirs)] if theirs else []
    where = known.get(difference.where) or in_words(difference.where, known)
    told: Told = {"where": where, "what": _WAYS[difference.what]}
    for name, stretches in zip(("mine", "theirs"), sides, strict=True):
        told[name] = [{"same": same, "text": text} for same, text in stretches]
    return told


#: How two copies may differ, as the page names it.
_WAYS = {
    comparing.WORDED: "worded",
    comparing.MOVED: "moved",
    comparing.MINE: "mine",
    comparing.THEIRS: "theirs",
}
