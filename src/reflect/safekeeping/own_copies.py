"""
The supervisee's own copy of a record, with references to people replaced and their own words added. What it was made
from can be proved.

It says "names replaced", never "anonymous": somebody who knows the work may still guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.questions.rings import Ring
from reflect.safekeeping.fingerprint import fingerprint
from reflect.sessions.canonical import canonical, part_on_paper
from reflect.sessions.parts import SIGNING, Answered
from reflect.sessions.record import Record
from reflect.shown import Brief
from reflect.text.prose import Line, Run

#: The kind of paper an own copy is.
KIND = "own-copy"
COMMENTS, SIGNED, REPLACED = "own.comments", "own.signed", "own.replaced"
_OWN = (COMMENTS, SIGNED, REPLACED)
#: Two or three capitals, such as somebody's initials, and two words with a capital, such as a name.
_INITIALS = re.compile(r"(?<![\w])[A-Z]{2,3}(?![\w])")
_NAME = re.compile(r"(?<=[a-zà-ÿ,;:)] )[A-Z][a-zà-ÿ'’-]+(?: [A-Z][a-zà-ÿ'’-]+)*")
_REFERENCE = re.compile(r"(?<![\w])[A-Z]{1,3}-?\d{1,8}(?![\w])")


def find_references(record: Record) -> tuple[tuple[str, int], ...]:
    """
    Return the words of a record that may refer to somebody, with how often each occurs, the most frequent first.

    It finds initials, references such as F11, and words with a capital inside a sentence. It cannot recognise a
    nickname, or a name at the beginning of a sentence: read the copy before you keep it.
    """
    found: Counter[str] = Counter()
    for text in _list_texts(_personal_part(record)):
        for sort in (_INITIALS, _REFERENCE, _NAME):
            found.update(sort.findall(text))
    return tuple(
        sorted(((word, n) for word, n in found.items() if word not in _NOT_REFERENCES), key=lambda p: (-p[1], p[0]))
    )


#: Words with a capital, or in capitals, that do not refer to anybody.
_NOT_REFERENCES = frozenset(
    """
    I GP NHS UK OK CP CIN PLO CLA CL TV PC DBS CPD HR IT AM PM Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December
    """.split()  # noqa: SIM905  # words one can read
)


def own_copy(record: Record, replace: Mapping[str, str], comments: str = "") -> Record:
    """
    Return the supervisee's own copy of a record.

    It contains what belongs in the personal file, and nothing from a case record. Each reference in *replace* is
    replaced, wherever it is a whole word, by its words in square brackets. The same record, replacements and comments
    always make the same copy.

    Args:
        record: The record, signed or not.
        replace: The words for each reference: ``{"AK": "older child"}``.
        comments: What its owner adds for themselves.

    Raises:
        Refused: A reference or its words are empty, or two references have the same words.
    """
    if any(not each.strip() for pair in replace.items() for each in pair):
        raise Refused("give both a reference and its words, such as AK=older child")
    if len(set(replace.values())) < len(replace):
        raise Refused("two references have the same words; give each its own")
    if any(set("[]") & set(word) for word in replace.values()):
        raise Refused(
            "the words for a reference are put in square brackets, so they cannot hold any; leave the brackets out"
        )
    filed = _personal_part(record)
    times: Counter[str] = Counter()
    if replace:
        longest = sorted(replace, key=lambda word: (-len(word), word))
        sought = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest))

        def put(match: re.Match[str]) -> str:
            times[replace[match[0]]] += 1
            return f"[{replace[match[0]]}]"

        filed = _with_texts(filed, lambda text: sought.sub(put, text))
    said = "; ".join(f"[{word}] {_times_in_words(times[word])}" for word in sorted(times)) or "nothing"
    own = {COMMENTS: comments, SIGNED: fingerprint(record), REPLACED: said}
    answers = tuple(
        Answered(key=key, ring=Ring.OWN, lines=tuple(Line(runs=(Run(text=line),)) for line in text.split("\n")))
        for key, text in own.items()
        if text.strip()
    )
    return attrs.evolve(filed, document=KIND, answers=(*filed.answers, *answers))


def _times_in_words(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _personal_part(record: Record) -> Record:
    filed = part_on_paper(record, Ring.PERSONAL)
    return attrs.evolve(
        filed,
        reading=None,
        facts=tuple((name, text) for name, text in filed.facts if name not in SIGNING),
        answers=tuple(each for each in filed.answers if each.key not in _OWN),
    )


def _with_texts(record: Record, change: Callable[[str], str]) -> Record:
    """
    Return a record with each text changed; a line keeps its looks if nothing in it changes.
    """

    def line(some: Line) -> Line:
        new = change(some.text)
        return some if new == some.text else attrs.evolve(some, runs=(Run(text=new),))

    def fields(some: object, *names: str) -> dict[str, Any]:
        return {name: change(getattr(some, name)) for name in names}

    return attrs.evolve(
        record,
        facts=tuple((name, change(text)) for name, text in record.facts),
        answers=tuple(
            attrs.evolve(each, lines=tuple(map(line, each.lines)), **fields(each, "asked", "hint"))
            for each in record.answers
        ),
        actions=tuple(attrs.evolve(each, **fields(each, "what", "who", "by")) for each in record.actions),
        decisions=tuple(attrs.evolve(each, **fields(each, "what", "why", "who")) for each in record.decisions),
        signed=tuple(attrs.evolve(each, **fields(each, "name", "comments")) for each in record.signed),
    )


def _list_texts(record: Record) -> Iterator[str]:
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _with_texts(record, note)
    yield from found


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

    Laying the two side by side shows what was replaced, so nobody has to keep a list of names.
    """
    if next((each.text for each in copy.answers if each.key == SIGNED), "") != fingerprint(record):
        return Proof(False, {}, "the record is not the one this copy was made from, or its words have changed since")
    found: dict[str, str] = {}
    for mine, theirs in zip(_list_texts(_personal_part(copy)), _list_texts(_personal_part(record)), strict=False):
        names = _BRACKETS.findall(mine)
        if not names:
            continue
        pieces = _BRACKETS.split(mine)
        fixed, tokens = pieces[::2], pieces[1::2]
        pattern = re.escape(fixed[0]) + "".join(f"(.+?){re.escape(text)}" for text in fixed[1:])
        match = re.fullmatch(pattern, theirs, re.DOTALL)
        if match is None:
            continue  # making the copy again will show it
        for token, word in zip(tokens, match.groups(), strict=True):
            if f"[{token}]" != word:
                found.setdefault(word, token)
    comments = next((each.text for each in copy.answers if each.key == COMMENTS), "")
    try:
        again = own_copy(record, found, comments)
    except Refused:
        return Proof(False, {}, "the same words in brackets stand for different references")
    if canonical(again, Ring.OWN) == canonical(attrs.evolve(copy, document=KIND), Ring.OWN):
        return Proof(True, found)
    return Proof(False, {}, "this copy differs from the record in more than its references")


_BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")
