"""
Check whether a wording has every word that pages may need.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reflect.checks.checked import Checked
from reflect.errors import Fault, hint_at_nearest
from reflect.questions.wordings import Wording, wording


def known_words() -> frozenset[str]:
    """
    Return the names of the words that a page may use: those of the general wording.
    """
    return frozenset(name for name, _ in wording("general").words)


def check_wording(path: Path) -> Checked:
    return Checked(path, tuple(_missing_words(wording(path), str(path))))


def _missing_words(given: Wording, where: str) -> Iterator[Fault]:
    names, general = frozenset(name for name, _ in given.words), known_words()
    for word in sorted(general - names):
        misspelt = [name for name in sorted(names - general) if hint_at_nearest(name, (word,), 0.75)]
        hint = f". Is '{misspelt[0]}' meant to be it?" if misspelt else ""
        remedy = f"add it, or pages that need it cannot be printed{hint}"
        yield Fault(where, None, f"the word '{word}' is missing", remedy)
