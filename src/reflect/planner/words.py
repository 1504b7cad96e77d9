"""
Every word that the page shows, from ``words.yaml``.
"""

from __future__ import annotations

import functools
from pathlib import Path

from reflect.files import yaml

WORDS = Path(__file__).parent / "words.yaml"

#: A text, or one text for each plural form.
Words = dict[str, str | dict[str, str]]


@functools.cache
def read_words() -> Words:
    """
    Return the words of the page by their keys.
    """
    value = yaml.read(WORDS.read_text("utf-8"), lambda line, what, remedy: None)
    assert isinstance(value, yaml.YamlMapping)  # it is ours, and tests read it
    return {key: _forms(found) for key, (found, _) in value.pairs.items()}


def word_for(key: str, *, n: int = 1, **put_in: str) -> str:
    """
    Return the words of a key, in the form for a number, with what is put into them.
    """
    found = read_words()[key]
    text = found if isinstance(found, str) else found["one" if n == 1 else "other"]
    for name, said in {"n": str(n), **put_in}.items():
        text = text.replace(f"{{{name}}}", said)
    return text


def _forms(value: yaml.Value) -> str | dict[str, str]:
    match value:
        case yaml.YamlText(text=text):
            return text
        case yaml.YamlMapping(pairs=pairs):
            return {name: form.text for name, (form, _) in pairs.items() if isinstance(form, yaml.YamlText)}
    return ""
