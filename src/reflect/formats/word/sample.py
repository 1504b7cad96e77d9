"""
Every style of our papers in one Word file, to change in Word and use with `reflect.brand`.
"""

from __future__ import annotations

from importlib import resources

from reflect.formats.word import write
from reflect.text import markdown
from reflect.text.filling import fill
from reflect.text.nodes import Document


def sample() -> bytes:
    """
    Return a Word file that shows every style of our papers with its name.
    """
    page = (resources.files(__package__) / "reference" / "sample.md").read_text("utf-8")
    blocks = fill(markdown.read_shape(page), ())
    return write(Document(kind="styles", title="Styles of our papers", blocks=blocks))
