"""
The supervisee's own copy of a record, with references to people replaced and their own words added. What it was made
from can be proved.

It says "names replaced", never "anonymous": somebody who knows the work may still guess.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from reflect.errors import Refused
from reflect.questions.rings import Ring
from reflect.safekeeping.fingerprint import fingerprint, ring_of
from reflect.safekeeping.references import count_references
from reflect.safekeeping.side_by_side import find_replaced
from reflect.safekeeping.texts import Edit, edit_record, edit_text, list_texts
from reflect.sessions.canonical import (
    canonical,
    has_heading_of_its_own,
    is_fingerprint_of,
    part_on_paper,
    words_as_seen,
)
from reflect.sessions.parts import SIGNING, Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.shown import Brief
from reflect.text.names import MOST_WORDS, NameFinder, keys_of_name
from reflect.text.prose import Line, Run
from reflect.text.seeing import read_words, seen_text

#: The kind of paper an own copy is.
KIND = "own-copy"
COMMENTS, SIGNED, REPLACED = "own.comments", "own.signed", "own.replaced"
_OWN = (COMMENTS, SIGNED, REPLACED)
_BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")


def find_references(record: Record, replaced: Mapping[str, str] | None = None) -> tuple[tuple[str, int], ...]:
    """
    Return the words of a record that may refer to somebody, with how often each occurs, the most frequent first.

    It finds initials, references such as F11, words with a capital inside a sentence, and what is like a name that was
    replaced. It cannot recognise a nickname, or a name at the beginning of a sentence: read the copy before you keep
    it.

    Args:
        record: The record, or an own copy of it.
        replaced: What was replaced in it, as `own_copy` takes it.
    """
    replaced = replaced or {}
    texts = (*list_texts(_personal_part(record)), _text_of(record, COMMENTS))
    found = count_references(texts, replaced, replaced.values())
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def own_copy(record: Record, replace: Mapping[str, str], comments: str = "") -> Record:
    """
    Return the supervisee's own copy of a record.

    It contains what belongs in the personal file, and nothing from a case record. Each reference in *replace* is
    replaced, wherever it is a whole word, by its words in square brackets, also in *comments*. It is found as people
    see it: as it is given, with a capital, and in capitals, whatever apostrophes and hyphens it is written with;
    initials with dots or without, and in capitals only. The longest reference goes first, and what replaces one is
    left as it is. The same record, replacements and comments always make the same copy.

    Args:
        record: The record, signed or not.
        replace: The words for each reference: ``{"AK": "older child"}``.
        comments: What its owner adds for themselves.

    Raises:
        Refused: A reference or its words are empty, two references have the same words or are the same name, or a
            reference is nowhere in the copy.
    """
    replace = _settle_replacements(replace)
    copied = _Replaced.of(record, replace, comments)
    times = copied.times
    standing = [name for name in replace if times[name]]
    lost = [name for name in replace if not times[name]]
    # A name that is only inside a longer one, which was replaced, is gone too.
    lost_finder = NameFinder(lost)
    inside = {place.name for name in standing for place in lost_finder.find(name)}
    for n, name in enumerate(replace, 1):
        if name in lost and name not in inside:
            which = f"reference {n} of {len(replace)} is" if len(replace) > 1 else "the reference is"
            raise Refused(
                f"{which} nowhere in the copy, so nothing would be replaced; give it as it is in the record, or leave "
                "it out"
            )
    return _complete(copied, record)


def count_replacements(record: Record, replace: Mapping[str, str], comments: str = "") -> Mapping[str, int]:
    """
    Return how often `own_copy` finds each reference; nought if it is nowhere.

    Raises:
        Refused: As `own_copy` raises it, but not for a reference that is nowhere.
    """
    return _Replaced.of(record, _settle_replacements(replace), comments).times


def _settle_replacements(replace: Mapping[str, str]) -> dict[str, str]:
    """
    Return references and their words, trimmed.

    Raises:
        Refused: As `own_copy` says.
    """
    if any(not each.strip() for pair in replace.items() for each in pair):
        raise Refused("give both a reference and its words, such as AK=older child")
    settled = {name.strip(): " ".join(words.split()) for name, words in replace.items()}
    if len(set(map(seen_text, settled.values()))) < len(replace):
        raise Refused("two references have the same words; give each its own")
    if any(set("[]") & set(word) for word in settled.values()):
        raise Refused(
            "the words for a reference are put in square brackets, so they cannot hold any; leave the brackets out"
        )
    known: dict[tuple[str, ...], str] = {}
    for name in settled:
        keys = keys_of_name(name)
        if not keys:
            raise Refused("a reference has neither letters nor digits, and cannot be found; give another")
        if sum(1 for _ in read_words(name)) > MOST_WORDS:
            raise Refused(f"a reference has more than {MOST_WORDS} words; give the name alone")
        if any(known.setdefault(key, name) != name for key in keys):
            raise Refused("two references are the same name; give it once")
    return settled


@attrs.frozen
class _Replaced:
    """
    A record with names replaced.

    Attributes:
        record: The part of it that belongs in an own copy.
        comments: What its owner adds.
        times: How often each name was found.
        words: How often the words for one were put into the record.
    """

    record: Record
    comments: str = attrs.field(repr=False)
    times: Mapping[str, int] = attrs.field(repr=False)
    words: Mapping[str, int] = attrs.field(repr=False)

    @classmethod
    def of(cls, record: Record, replace: Mapping[str, str], comments: str = "") -> _Replaced:
        finder, times = NameFinder(replace), Counter(dict.fromkeys(replace, 0))

        def edits_of(text: str) -> Sequence[Edit]:
            places = [place for place in finder.find(text) if place.certain]
            times.update(place.name for place in places)
            return [(place.start, place.end, f"[{replace[place.name]}]") for place in places]

        filed = _personal_part(record)
        edit_record(_without_labels(filed), edits_of)
        words = {replace[name]: number for name, number in times.items()}
        comments = edit_text(comments, edits_of(comments))
        found = dict(times)
        return cls(edit_record(filed, edits_of) if replace else filed, comments, found, words)


def _complete(copied: _Replaced, record: Record) -> Record:
    """
    Return the copy, with what its owner adds, what was replaced, and the fingerprint of the record itself.
    """
    said = [
        f"[{word}] {_times_in_words(times)}"
        for word, number in sorted(copied.words.items())
        if (times := number + copied.comments.count(f"[{word}]"))
    ]
    own = {COMMENTS: copied.comments, SIGNED: fingerprint(record), REPLACED: "; ".join(said) or "nothing"}
    answers = tuple(
        Answered(key=key, ring=Ring.OWN, lines=tuple(Line(runs=(Run(text=line),)) for line in text.split("\n")))
        for key, text in own.items()
        if text.strip()
    )
    return attrs.evolve(copied.record, document=KIND, answers=(*copied.record.answers, *answers))


def _times_in_words(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _personal_part(record: Record) -> Record:
    filed = part_on_paper(record, Ring.PERSONAL)
    return attrs.evolve(
        filed,
        reading=None,
        closed=None,
        facts=tuple((name, text) for name, text in filed.facts if name not in SIGNING),
        answers=tuple(each for each in filed.answers if each.key not in _OWN),
    )


def _without_labels(record: Record) -> Record:
    """
    Return a record without the words that a paper prints over a place by itself: nothing is found in them.
    """
    return attrs.evolve(
        record,
        answers=tuple(
            each if has_heading_of_its_own(each) else attrs.evolve(each, asked="", hint="") for each in record.answers
        ),
    )


def _text_of(record: Record, key: str) -> str:
    return next((each.text for each in record.answers if each.key == key), "")


# --- proving


@attrs.frozen
class Proof(Brief):
    """
    Whether an own copy is a record with only its references replaced.

    Attributes:
        replaced: What was replaced, as comparing the two shows.
        why: Why not, in a sentence; empty if it is proved.
    """

    proven: bool
    replaced: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    why: str = ""


def prove(copy: Record, record: Record) -> Proof:
    """
    Make an own copy again from its record, and return whether the two are the same, word for word.

    Laying the two side by side shows what was replaced, so nobody has to keep a list of names. It takes time in
    proportion to the two.
    """
    copy = _in_order_of(record, _with_rings_of_record(copy))
    if not is_fingerprint_of(_text_of(copy, SIGNED), record, ring_of(record)):
        return Proof(False, {}, "the record is not the one this copy was made from, or its words have changed since")
    mine, theirs = (list_texts(_without_labels(_personal_part(each))) for each in (copy, record))
    pairs = tuple(itertools.zip_longest(mine, theirs, fillvalue=""))
    edits = find_replaced(pairs)
    replaced: dict[str, str] = {}
    words: Counter[str] = Counter(dict.fromkeys(_BRACKETS.findall(_text_of(copy, REPLACED)), 0))
    for (_, text), some in zip(pairs, edits, strict=True):
        for start, end, bracketed in some:
            words[bracketed[1:-1]] += 1
            replaced[text[start:end]] = bracketed[1:-1]
    if not _are_names(replaced):
        return Proof(False, {}, "the same words in brackets stand for different references")
    waiting = iter(edits)
    filed = edit_record(_without_labels(_personal_part(record)), lambda _: next(waiting))
    again = _complete(_Replaced(filed, _text_of(copy, COMMENTS), {}, words), record)
    if _all_words_of(again) == _all_words_of(copy):
        return Proof(True, replaced)
    return Proof(False, {}, "this copy differs from the record in more than its references")


def _in_order_of(record: Record, copy: Record) -> Record:
    """
    Return a copy with its answers in the order of its record: its paper has the talk first, and is read from top to
    bottom.
    """
    order: dict[str, int] = {}
    for each in record.answers:
        order.setdefault(each.key, len(order))
    return attrs.evolve(copy, answers=tuple(sorted(copy.answers, key=lambda each: order.get(each.key, len(order)))))


def _with_rings_of_record(copy: Record) -> Record:
    """
    Return a copy with what it took over from the personal part of its record in the ring that this has. A copy that was
    read from its paper, which is for its author alone, has topics and actions from before in the ring of that paper.
    """

    def ring_in_record(ring: Ring) -> Ring:
        return Ring.PERSONAL if ring is Ring.OWN else ring

    def item(some: ItemRecord) -> ItemRecord:
        brought = (
            attrs.evolve(each, topic=attrs.evolve(each.topic, ring=ring_in_record(each.topic.ring)))
            for each in some.brought
        )
        return attrs.evolve(some, brought=tuple(brought))

    before = (attrs.evolve(each, ring=ring_in_record(each.ring)) for each in copy.before)
    return attrs.evolve(copy, items=tuple(map(item, copy.items)), before=tuple(before))


def _all_words_of(copy: Record) -> tuple[str, list[tuple[str, str]]]:
    """
    Return what two copies have to share to be one: every word, also those over the answers.
    """
    over = ((each.asked, each.hint) for each in copy.answers if has_heading_of_its_own(each))
    return canonical(copy, Ring.OWN), [(words_as_seen(asked), words_as_seen(hint)) for asked, hint in over]


def _are_names(replaced: Mapping[str, str]) -> bool:
    """
    Tell whether whatever has the same words is one name, in several spellings.
    """
    first: dict[str, frozenset[tuple[str, ...]]] = {}
    return all(keys & first.setdefault(words, keys) for name, words in replaced.items() if (keys := keys_of_name(name)))
