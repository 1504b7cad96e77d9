"""
The words a profession uses.

A question says ``{person}`` and ``{worker}``; a wording says child and social
worker, or patient and nurse. It is data, and a missing word is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import attrs
import yaml

from reflect.errors import Fault, Faults, UnknownKey

_FOLDER = Path(__file__).parent / "wordings"
#: A word in braces, or a brace that is only a brace.
_WORD = re.compile(r"\\(?P<brace>[{}])|\{(?P<word>[a-z]+(?:-[a-z]+)*)\}")


def words_in(text: str) -> frozenset[str]:
    """
    Return the names of the words a text needs, such as ``person``.
    """
    return frozenset(match["word"] for match in _WORD.finditer(text) if match["word"])


@attrs.frozen
class Wording:
    """
    A profession's own words.

    Attributes:
        key: Its name, ``"childrens-social-work"``.
        title: What people call it.
        words: Pairs of a name and the word, in lower case, as in the middle of a sentence.
    """

    key: str
    title: str
    words: tuple[tuple[str, str], ...]

    def word(self, name: str) -> str:
        """
        Return one word.

        Raises:
            UnknownKey: This wording lacks it.
        """
        for known, word in self.words:
            if known == name:
                return word
        raise UnknownKey(name, tuple(known for known, _ in self.words), f"word in the wording '{self.key}' called")

    def fill(self, text: str) -> str:
        """
        Put the words into a text; one that opens a sentence gets a capital.

        Raises:
            UnknownKey: The text needs a word this wording lacks.
        """
        if "{" not in text and "}" not in text:
            return text

        def put(match: re.Match[str]) -> str:
            if match["brace"]:
                return match["brace"]
            word = self.word(match["word"])
            before = text[: match.start()].rstrip()
            return word[:1].upper() + word[1:] if not before or before[-1] in ".?!" else word

        return _WORD.sub(put, text)


def parse(key: str, text: str) -> Wording:
    """
    Read a wording from YAML: a title, and words by name.

    Raises:
        Faults: All that is wrong with it.
    """
    faults: list[Fault] = []
    where = f"{key}.yaml"
    try:
        data = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        remedy = "write 'title:' and 'words:', and a 'name: word' a line"
        raise Faults((Fault(where, line, "this is not YAML", remedy),)) from None
    words = data.get("words") if isinstance(data, Mapping) else None
    if not isinstance(words, Mapping) or not words:
        raise Faults((Fault(where, None, "there are no words", "write 'words:' with a 'name: word' a line"),))
    for name, word in words.items():
        if not isinstance(word, str) or not word.strip():
            faults.append(Fault(where, None, f"the word '{name}' is empty", "write the profession's own word"))
        elif "{" in word or "\n" in word:
            faults.append(Fault(where, None, f"the word '{name}' is not one plain line", "write plain words"))
    if faults:
        raise Faults(tuple(faults))
    return Wording(key, str(data.get("title", key)), tuple((str(n), " ".join(w.split())) for n, w in words.items()))


def wordings() -> tuple[str, ...]:
    """
    Return the names of the wordings that come with the library.
    """
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


def wording(name: str | Path | Wording) -> Wording:
    """
    Return a wording by its name, or from a YAML file of an agency's own.

    Raises:
        UnknownKey: There is none of that name.
        Faults: The file is wrong.
    """
    if isinstance(name, Wording):
        return name
    if isinstance(name, Path) or name.endswith((".yaml", ".yml")):
        path = Path(name)
        try:
            return parse(path.stem, path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise Faults((Fault(str(path), None, "this file cannot be read", "check its name and place"),)) from None
    known = wordings()
    if name not in known:
        raise UnknownKey(name, known, "wording")
    return parse(name, (_FOLDER / f"{name}.yaml").read_text("utf-8"))
