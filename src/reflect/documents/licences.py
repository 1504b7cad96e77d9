"""
What may be done with the words of a page, as its licence says. The licences and the sentences are in ``licences.yaml``.

A licence that is not in the table is printed as the page has it, and then nothing is said of copying. A page that
names no licence prints none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import attrs

from reflect.files import yaml as simple_yaml
from reflect.files.slips import straighten
from reflect.files.yaml import YamlList, YamlMapping, YamlText

_FILE = Path(__file__).with_name("licences.yaml")
#: How the parts of a licence's name are written out.
_SHORT = {
    "creative commons": "cc", "creativecommons": "cc", "public domain dedication": "zero", "attribution": "by",
    "share alike": "sa", "sharealike": "sa", "non commercial": "nc", "noncommercial": "nc",
    "no derivatives": "nd", "noderivatives": "nd", "no derivs": "nd", "noderivs": "nd",
}  # fmt: skip
#: Words that change nothing of what is allowed.
_EMPTY = {
    "https", "http", "www", "org", "licenses", "licence", "license", "the", "deed", "en", "international", "unported",
    "generic", "or", "later", "only",
}  # fmt: skip


@attrs.frozen
class Licence:
    """
    A licence of the table.

    Attributes:
        name: How it is written for people, without its version.
        tokens: The words of its name.
        it: What one may do with one thing under it.
        them: The same of several.
    """

    name: str
    tokens: frozenset[str]
    it: str
    them: str


@functools.cache
def _read_table() -> tuple[Licence, ...]:
    table = simple_yaml.read(_FILE.read_text("utf-8"), lambda line, what, remedy: None)
    assert isinstance(table, YamlList)
    return tuple(_read_row(row) for row in table.items if isinstance(row, YamlMapping))


def _read_row(row: YamlMapping) -> Licence:
    texts = {name: value.text for name, (value, _) in row.pairs.items() if isinstance(value, YamlText)}
    tokens, _ = row.pairs["tokens"]
    items = tokens.items if isinstance(tokens, YamlList) else ()
    words = frozenset(item.text for item in items if isinstance(item, YamlText))
    return Licence(texts["name"], words, texts["it"], texts["them"])


def _tokens_of(licence: str) -> tuple[frozenset[str], str]:
    """
    The words of a licence's name, and its version.
    """
    plain = re.sub(r"[^a-z0-9.]+", " ", straighten(licence).casefold())
    for long, short in _SHORT.items():
        plain = re.sub(rf"\b{long}\b", short, plain)
    words = plain.replace(".org", " org").split()
    versions = [word for word in words if re.fullmatch(r"v?\d+(?:\.\d+)*", word)]
    return frozenset(word.strip(".") for word in words if word not in versions) - _EMPTY, " ".join(versions[:1])


@functools.lru_cache(256)
def find_licence(licence: str) -> Licence | None:
    """
    Return the licence of the table that a page names, in whatever spelling; None if it is not there.
    """
    tokens, _ = _tokens_of(licence)
    return next((each for each in _read_table() if tokens and each.tokens == tokens), None)


def name_licence(licence: str) -> str:
    """
    Return a licence as people write it, such as ``"CC BY 4.0"``; as the page has it, if it is not in the table.
    """
    known = find_licence(licence)
    if known is None:
        return licence
    _, version = _tokens_of(licence)
    return f"{known.name} {version.removeprefix('v')}".strip()


def say_what_is_allowed(licences: Iterable[str], *, several: bool = False) -> str:
    """
    Return what may be done with something of which each part is under one of these licences; empty if none is named.

    Args:
        licences: What each page says; empty for one that says nothing.
        several: Whether to say it of several things.
    """
    named = tuple(dict.fromkeys(licences))
    if not any(named):
        return ""
    found = [find_licence(licence) for licence in named]
    known = {each for each in found if each is not None}
    if len(named) > 1 and (len(known) > 1 or None in found):
        (known_as,) = (each for each in _read_table() if not each.tokens)
    elif not known:
        return f"{named[0].rstrip('.')}."
    else:
        (known_as,) = known
    return known_as.them if several else known_as.it
