"""
Words that stand for something private, and things to make documents of, with one of those words in every place.
"""

from __future__ import annotations

import pickle
import re
import unicodedata
from collections.abc import Iterator

from reflect.arguments import explain_wrong_kinds
from reflect.documents.about import About
from reflect.documents.makers import MADE_OF, What
from reflect.errors import UnknownKey
from reflect.questions.rings import Ring
from reflect.testing.file_contents import contents


@explain_wrong_kinds
def canary(ring: Ring) -> str:
    """
    Return a word that stands for something in a ring; no real word is the same.
    """
    return f"QZ{ring.value.upper()}ZQ"


#: Invisible characters in a word: places where it may be divided.
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")
_CANARY = re.compile(rf"QZ({'|'.join(Ring)})ZQ", re.IGNORECASE)


def rings_in(data: bytes, to: str) -> dict[Ring, str]:
    """
    Return the rings whose words are in a file, and the place of each.
    """
    places: dict[Ring, str] = {}
    for where, text in contents(data, to):
        if not text.isascii():
            text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
        for match in _CANARY.finditer(text):
            places.setdefault(Ring(match[1].lower()), where)
    return places


def has_canary(subject: What) -> bool:
    """
    Return whether there is any `canary` in what a document is made of.
    """
    # Pickle it, since printing a value leaves out what people said.
    return bool(re.search(_CANARY.pattern.encode(), pickle.dumps(subject), re.IGNORECASE))


@explain_wrong_kinds
def planted(of: str) -> Iterator[What]:
    """
    Give what a document is made of, according to ``of`` in its template, with a `canary` of every ring in every place.
    """
    if of not in MADE_OF:
        raise UnknownKey(of, tuple(MADE_OF), "kind of paper")
    yield from MADE_OF[of].examples(About(of=of), canary)
