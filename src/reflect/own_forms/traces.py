"""
What a form that was filled in keeps of its places and of its printed lines, to be read back when it returns.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

import attrs

from reflect.own_forms.form_map import SpotName
from reflect.sessions.typed import fold_text
from reflect.shown import Brief
from reflect.word_files.word_file import WordFile

#: How many figures of a printed line's digest are kept: enough to know it again.
_FIGURES = 8


@attrs.frozen(kw_only=True)
class Traces(Brief):
    """
    What a form keeps.

    Attributes:
        places: The keys of what is in its places, by their names.
        printed: Digests of the lines that were on the form before it was filled in.
    """

    places: Mapping[SpotName, str] = attrs.field(factory=dict, repr=False)
    printed: frozenset[str] = attrs.field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, blank: WordFile, places: Mapping[SpotName, str]) -> Traces:
        """
        Return what a form keeps, given as it was before.
        """
        paras = (*blank.paras, *blank.beside)
        # A hint in a control goes when somebody writes there, and what is printed round it stays.
        round_controls = ("".join(piece.text for piece in para.pieces if not piece.controls) for para in paras)
        lines = (*(para.text for para in paras), *round_controls)
        return cls(places=dict(places), printed=frozenset(map(digest, lines)) - {""})

    @classmethod
    def of_about(cls, about: Mapping[str, str]) -> Traces:
        """
        Read what a file says; nothing if it says nothing, or nothing that can be read.
        """
        places = {}
        for each in about.get("form", "").split():
            name, _, key = each.partition("=")
            if (spot := SpotName.of(unquote(name))) and key:
                places[spot] = unquote(key)
        figures = re.sub("[^0-9a-f]", "", about.get("printed", ""))
        cut = (figures[at : at + _FIGURES] for at in range(0, len(figures), _FIGURES))
        return cls(places=places, printed=frozenset(each for each in cut if len(each) == _FIGURES))

    def to_about(self) -> Mapping[str, str]:
        """
        Return it as short texts by name.
        """
        form = " ".join(f"{quote(str(name))}={quote(key)}" for name, key in self.places.items())
        return {"form": form, "printed": "".join(sorted(self.printed))}

    def without_printed(self, text: str) -> str:
        """
        Return what was written in a line: nothing of one that was on the form, and what follows its printed beginning.
        """
        if digest(text) in self.printed:
            return ""
        for at in _ends_of_words(text):
            if digest(text[:at]) in self.printed:
                return text[at:].strip(" \t_.…\u00a0\u2002:")
        return text


def digest(line: str) -> str:
    """
    Return by what a printed line is known again.
    """
    letters = "".join(each for each in fold_text(line) if each.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()[:_FIGURES] if letters else ""


def _ends_of_words(text: str) -> Iterator[int]:
    """
    Give the ends of the words of a line from the last but one backwards; of a long line only the first.
    """
    ends = [match.end() for match in re.finditer(r"\S+", text[:400])]
    yield from reversed(ends[:-1] if len(text) <= 400 else ends)
