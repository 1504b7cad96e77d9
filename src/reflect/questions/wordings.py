"""
The words a profession uses.

A question has ``{person}`` and ``{worker}`` in it; a wording makes of them child and social worker, or patient and
nurse. It is data, and a missing word is an error. Where another word is not enough, since a question stands on a
doorstep and a counsellor does not, a wording has a scene of its own for it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from reflect.errors import FaultList, UnknownKey, add_hint, hint_at_nearest
from reflect.files import yaml as simple_yaml
from reflect.files.as_typed import take_as_typed
from reflect.files.forms import Form, NamesWith, TextLine
from reflect.files.objects import FileField, ObjectOf
from reflect.files.places import NamedFiles
from reflect.files.reading import read_text
from reflect.files.yaml import Tell, Value, YamlMapping, YamlText
from reflect.questions.question import Question, says_or_pass
from reflect.shown import Brief

#: The general wording, and words that wordings had not from the beginning.
_USUAL, LATER = "general", ("file",)
_FILES = NamedFiles("wordings", "wording", "a file of words")
#: A word in braces, or a brace that is only a brace.
_NAME = r"[a-z]+(?:-[a-z]+)*"
_KEY_OF_QUESTION = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(rf"\\(?P<brace>[{{}}])|\{{(?P<word>{_NAME})\}}")


def words_in(text: str) -> frozenset[str]:
    """
    Return the names of the words a text needs, such as ``person``.
    """
    return frozenset(match["word"] for match in _WORD.finditer(text) if match["word"])


@attrs.frozen(kw_only=True)
class Scene(Brief):
    """
    One question as it is said where a profession works.

    Attributes:
        key: The key of the question, ``"kolb-cycle.experience.order"``.
        text: The wording; nothing leaves that of the page.
        hint: An example or a way in, which goes with *text*; without a text of its own, the page's stays if this is
            nothing.
        plain: The plain form; nothing leaves that of the page.
    """

    _in_line = ("key",)

    key: str
    text: str = ""
    hint: str = ""
    plain: str = ""

    def of(self, question: Question) -> Question:
        """
        Return a question in this scene. All but its words stays, and so its answers belong to it in every wording.
        """
        return attrs.evolve(
            question,
            text=self.text or question.text,
            hint=self.hint or ("" if self.text else question.hint),
            plain=self.plain or question.plain,
        )


@attrs.frozen
class Wording(Brief):
    """
    A profession's own words.

    Attributes:
        key: Its name, ``"childrens-social-work"``.
        title: What people call it.
        words: Pairs of a name and the word, in lower case, as in the middle of a sentence.
        scenes: Questions as they are said where it works.
    """

    key: str
    title: str
    words: tuple[tuple[str, str], ...]
    scenes: tuple[Scene, ...] = ()

    @functools.cached_property
    def _scenes_by_key(self) -> dict[str, Scene]:
        return {scene.key: scene for scene in self.scenes}

    def stage(self, question: Question) -> Question:
        """
        Return a question as it is said where the profession works: itself, if the wording has no scene for it.
        """
        scene = self._scenes_by_key.get(question.key)
        return question if scene is None else scene.of(question)

    def word(self, name: str) -> str:
        """
        Return one word. A word that came later is that of the general wording, where this one has none.

        Raises:
            UnknownKey: This wording does not have it.
        """
        for known, word in self.words:
            if known == name:
                return word
        if name in LATER and self.key != _USUAL:
            return wording(_USUAL).word(name)
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


def _field(name: str, form: Form, about: str, *, short: bool = False) -> FileField:
    return FileField(name=name, attribute=name, form=form, about=about, needed=False, short=short)


#: Where a scene holds free text.
_SCENE = ObjectOf(
    Scene,
    (
        _field("text", TextLine(), "the question as it is said there", short=True),
        _field("hint", TextLine(), "an example or a way in"),
        _field("plain", TextLine(), "the same in at most twelve literal words"),
    ),
)


#: Where a wording holds free text.
FORM = ObjectOf(
    Wording,
    (
        _field("title", TextLine(), "what people call it"),
        _field("words", NamesWith(TextLine()), "the profession's own words, by name"),
        _field("scenes", NamesWith(_SCENE), "questions as they are said where it works, by key"),
    ),
)


def read_wording(key: str, text: str, where: str = "") -> Wording:
    """
    Read a wording from YAML: a title, words by name, and scenes by the keys of questions.

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
        if name not in FORM.names:
            remedy = "a wording has 'title:' and 'words:', and under 'words:' its words, indented by two spaces"
            add_fault(line, f"'{name}' is not known in a wording", add_hint(remedy, name, FORM.names))
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
    scenes, at = pairs.get("scenes", (YamlMapping({}, 1), 1))
    staged: tuple[Scene, ...] = ()
    if isinstance(scenes, YamlMapping):
        names = words.pairs if isinstance(words, YamlMapping) else {}
        staged = tuple(_read_scenes(scenes, frozenset(names), add_fault))
    elif not isinstance(scenes, YamlText) or scenes.text.strip():
        add_fault(at, "'scenes' does not hold questions by key", "write 'scenes:' and under it 'key: question' a line")
    add_fault.raise_if_any()
    return Wording(key, title.text if isinstance(title, YamlText) else key, known, staged)


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


def _read_scenes(given: YamlMapping, words: frozenset[str], add_fault: Tell) -> Iterator[Scene]:
    for key, (value, line) in given.pairs.items():
        if not _KEY_OF_QUESTION.fullmatch(key):
            add_fault(line, f"'{key}' is not the key of a question", "write one such as kolb-cycle.experience.order")
            continue
        value = YamlMapping({"text": (value, line)}, line) if isinstance(value, YamlText) else value
        if not isinstance(value, YamlMapping) or not value.pairs:
            remedy = f"write '{key}: …', or under it 'text:', 'hint:' and 'plain:'"
            add_fault(line, f"the scene '{key}' says nothing that can be read", remedy)
            continue
        texts = {
            name: _read_scene_text(key, name, each, at, words, add_fault) for name, (each, at) in value.pairs.items()
        }
        yield Scene(key=key, **{name: text for name, text in texts.items() if name in _SCENE.names})


def _read_scene_text(key: str, name: str, value: Value, line: int, words: frozenset[str], add_fault: Tell) -> str:
    where = f"'{name}' of the scene '{key}'"
    if name not in _SCENE.names:
        remedy = f"write one of: {', '.join(_SCENE.names)}"
        add_fault(line, f"{where} is not known", add_hint(remedy, name, _SCENE.names))
        return ""
    text = " ".join(value.text.split()) if isinstance(value, YamlText) else ""
    begins = re.match(r"([a-z]+):(?: |$)", text)
    if begins and hint_at_nearest(begins[1], _SCENE.names):
        remedy = f"write one of: {', '.join(_SCENE.names)}"
        add_fault(line, f"'{begins[1]}' of the scene '{key}' is not known", add_hint(remedy, begins[1], _SCENE.names))
    elif not text:
        add_fault(line, f"{where} has no words", "write them on one line, or take it out")
    elif any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp") for character in text):
        add_fault(line, f"{where} holds a character that cannot be printed", "type the line again")
    elif says_or_pass(text) and name != "hint":
        add_fault(line, f"{where} says 'or pass'", "take it out: the paper adds it where the page has .pass")
    for word in sorted(words_in(text) - words):
        remedy = add_hint("add it under 'words:', or write \\{ for a brace", word, words, "{{{}}}")
        add_fault(line, f"{where} needs the word '{word}', which this wording does not have", remedy)
    return text


def wording_names() -> tuple[str, ...]:
    """
    Return the names of the wordings that come with the library.
    """
    return _FILES.names()


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
    file, where = _FILES.find(name)
    return read_wording(file.stem, read_text(file, where), where)
