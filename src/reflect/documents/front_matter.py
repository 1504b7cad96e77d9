"""
The front matter of a template: from YAML to what it says about itself, with every fault at its line.
"""

from __future__ import annotations

import functools
import re

import attrs

from reflect.documents.about import About, split_list
from reflect.documents.makers import MADE_OF
from reflect.errors import Fault, Faults, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.as_typed import take_as_typed
from reflect.files.forms import NameLine, TextLine
from reflect.files.objects import FileField, ObjectOf
from reflect.files.yaml import Tell, YamlMapping, YamlText
from reflect.questions.rings import Ring
from reflect.text.nodes import Look

_NAMES = tuple(field.name for field in attrs.fields(About))
#: Where front matter holds free text: in its label and in what limits it names.
_FORM = ObjectOf(
    About,
    tuple(
        FileField(
            name=name,
            attribute=name,
            form=TextLine() if name in ("label", "limits") else NameLine(),
            about="",
            needed=False,
            short=False,
        )
        for name in _NAMES
    ),
)
_LANG = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COUNTS = re.compile("[0-9]{1,2}-[0-9]{1,2}")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def split_front_matter(text: str) -> tuple[str, str]:
    """
    Return the front matter of a template, and the rest with an empty line for each of its lines.
    """
    match = _FRONT.match(text)
    # The lines stay, so that a fault names the line of the file.
    return (match[1], "\n" * match[0].count("\n") + text[match.end() :]) if match else ("", text)


@functools.lru_cache(64)
def read_about(name: str, front_matter: str) -> About | None:
    """
    Return what a template says about itself; None if it says nothing.

    Args:
        name: The template, as faults call it.
        front_matter: The YAML at its head.

    Raises:
        Faults: All that is wrong with it.
    """
    if not front_matter:
        return None
    faults: list[Fault] = []

    def tell(line: int, what: str, remedy: str) -> None:
        faults.append(Fault(name, line, what, remedy))

    def tell_further_down(line: int, what: str, remedy: str) -> None:
        tell(line + 1, what, remedy)

    source = take_as_typed(front_matter, _FORM, tell_further_down, lambda line, what, remedy: None)
    content = simple_yaml.read(source, tell, first=2)
    about: dict[str, str] = {}
    if isinstance(content, YamlMapping):
        for key, (value, line) in content.pairs.items():
            if key not in _NAMES:
                tell(line, f"'{key}' is not known in the front matter of a template", write_one_of(key, _NAMES))
            elif not isinstance(value, YamlText):
                tell(line, f"'{key}' is not one text", f"write '{key}: …' on one line")
            else:
                _check_text(key, value.text, line, tell)
                about[key] = value.text
    elif content is not None and not faults:
        tell(2, "the front matter is not names with texts", "write 'name: text' a line")
    if faults:
        raise Faults(tuple(faults))
    return About(**about)


def _check_text(key: str, text: str, line: int, tell: Tell) -> None:
    match key:
        case "models" if not _COUNTS.fullmatch(text):
            tell(line, f"'models: {text}' is not how many", "write the least and the most, such as 2-4")
        case "looks":
            for look in split_list(text):
                if look not in tuple(Look):
                    tell(line, f"there is no look '{look}'", write_one_of(look, tuple(Look)))
        case "ring" if text not in tuple(Ring):
            tell(line, f"'ring: {text}' is not a ring", write_one_of(text, tuple(Ring)))
        case "lang" if not _LANG.fullmatch(text):
            tell(line, f"'lang: {text}' is not a language", "write its tag, such as cy, de or en-GB")
        case "of" if text not in MADE_OF:
            tell(line, f"'of: {text}' is not something a paper can be made of", write_one_of(text, MADE_OF))
