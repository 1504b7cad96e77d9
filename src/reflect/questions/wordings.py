"""
The words a profession uses.

A question has ``{person}`` and ``{worker}`` in it; a wording makes of them child and social worker, or patient and
nurse. It is data, and a missing word is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from reflect.errors import FaultList, UnknownKey, add_hint
from reflect.files import yaml as simple_yaml
from reflect.files.as_typed import take_as_typed
from reflect.files.forms import Form, NamesWith, TextLine
from reflect.files.objects import FileField, ObjectOf
from reflect.files.places import OURS, file_of, names_package, need_path
from reflect.files.reading import read_text
from reflect.files.yaml import YamlMapping, YamlText
from reflect.shown import Brief

_FOLDER = OURS / "wordings"
#: A word in braces, or a brace that is only a brace.
_NAME = r"[a-z]+(?:-[a-z]+)*"
_WORD = re.compile(rf"\\(?P<brace>[{{}}])|\{{(?P<word>{_NAME})\}}")


def words_in(text: str) -> frozenset[str]:
    """
    Return the names of the words a text needs, such as ``person``.
    """
    return frozenset(match["word"] for match in _WORD.finditer(text) if match["word"])


@attrs.frozen
class Wording(Brief):
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
            UnknownKey: This wording does not have it.
        """
        for known, word in self.words:
            if known == name:
                return word
        raise UnknownKey(name, tuple(known for known, _ in self.words), f"word in the wording '{self.key}' called")

    def fill(self, text: str) -> str:
        """
        Put the words into a text; one that opens a sentence gets a capital.

        Raises:
            UnknownKey: The text needs a word that this wording does not have.
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


def _field(name: str, form: Form, about: str) -> FileField:
    return FileField(name=name, attribute=name, form=form, about=about, needed=False, short=False)


#: Where a wording holds free text.
FORM = ObjectOf(
    Wording,
    (
        _field("title", TextLine(), "what people call it"),
        _field("words", NamesWith(TextLine()), "the profession's own words, by name"),
    ),
)


def read_wording(key: str, text: str, where: str = "") -> Wording:
    """
    Read a wording from YAML: a title, and words by name.

    Args:
        where: What to call it in faults; its name with ``.yaml`` by default.

    Raises:
        Faults: All that is wrong with it.
    """
    where = where or f"{key}.yaml"
    add_fault = FaultList(where)
    simple_yaml.refuse_too_long(text, where)
    source = take_as_typed(text.replace("\r\n", "\n"), FORM, add_fault, lambda line, what, remedy: None)
    found = simple_yaml.read(source, add_fault)
    pairs = found.pairs if isinstance(found, YamlMapping) else {}
    for name, (_, line) in pairs.items():
        if name not in ("title", "words"):
            remedy = "a wording has 'title:' and 'words:', and under 'words:' its words, indented by two spaces"
            add_fault(line, f"'{name}' is not known in a wording", add_hint(remedy, name, ("title", "words")))
    title, at = pairs.get("title", (YamlText(key, 1), 1))
    if not isinstance(title, YamlText):
        add_fault(at, "'title' is not one text", "write 'title: …' on one line")
    words, at = pairs.get("words", (None, 1))
    if isinstance(words, YamlMapping) and words.pairs:
        known = tuple(_read_words(words, add_fault))
    elif not add_fault:
        add_fault(
            at if words else None, "there are no words", "write 'words:' and under it, indented, a 'name: word' a line"
        )
    add_fault.raise_if_any()
    return Wording(key, title.text if isinstance(title, YamlText) else key, known)


def _read_words(given: YamlMapping, add_fault: Callable[[int, str, str], None]) -> Iterator[tuple[str, str]]:
    for name, (word, line) in given.pairs.items():
        if not re.fullmatch(_NAME, name):
            add_fault(line, f"'{name}' is not the name of a word", "write lower-case letters, joined by hyphens")
        elif not isinstance(word, YamlText) or not word.text.strip():
            add_fault(line, f"the word '{name}' is empty", "write the profession's own word")
        elif "{" in word.text or "\n" in word.text:
            add_fault(line, f"the word '{name}' is not one plain line", "write plain words, without braces")
        else:
            yield name, " ".join(word.text.split())


def wording_names() -> tuple[str, ...]:
    """
    Return the names of the wordings that come with the library.
    """
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


def wording(name: str | Path | Wording) -> Wording:
    """
    Return a wording by its name, from a YAML file of an agency's own, or from an installed package.

    Args:
        name: Its name, the path of the file, or ``"package:agency"``; of several, ``"package:agency/its-name"``.

    Raises:
        UnknownKey: There is none of that name.
        Refused: A file is named by a text; a path is a `pathlib.Path`.
        Faults: The file is wrong.
    """
    if isinstance(name, Wording):
        return name
    if isinstance(name, str) and names_package(name):
        name = file_of(name, "wordings")
    if isinstance(name, Path):
        return read_wording(name.stem, read_text(name, str(name)), str(name))
    if name.endswith((".yaml", ".yml")):
        need_path(name, "a file of words")
    known = wording_names()
    if name not in known:
        raise UnknownKey(name, known, "wording")
    return read_wording(name, (_FOLDER / f"{name}.yaml").read_text("utf-8"))
