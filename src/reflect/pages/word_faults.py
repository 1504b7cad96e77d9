"""
What is wrong with a page in a Word file, said at its paragraph and in the words of Word.
"""

from __future__ import annotations

import re

import attrs

from reflect.errors import Fault, shorten

#: How many letters of a paragraph are quoted, so that it can be found.
_QUOTED = 28


@attrs.frozen
class PlaceInWord:
    """
    A paragraph of a Word file.

    Attributes:
        number: Its number among the paragraphs with words, counted from 1; that of the one before it, if it has none.
        beginning: Its first words; empty if it has none.
    """

    number: int
    beginning: str = attrs.field(repr=False)

    @classmethod
    def of(cls, number: int, text: str) -> PlaceInWord:
        words = " ".join(text.split())
        if len(words) > _QUOTED:
            words = words[:_QUOTED].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
        return cls(number, words)

    def __str__(self) -> str:
        if self.beginning:
            return f"paragraph {self.number}, '{self.beginning}'"
        return f"after paragraph {self.number}" if self.number else "at the beginning"


@attrs.frozen
class FaultInWord(Fault):
    """
    One thing wrong in a Word file; its line is the number of a paragraph, and *beginning* are the first words of that.
    """

    beginning: str = attrs.field(default="", converter=shorten, kw_only=True)

    def __str__(self) -> str:
        return f"{self.where}, {PlaceInWord(self.line or 0, self.beginning)}: {self.what}; {self.remedy}"


_LIST = "make its questions a list with bullets"
#: What a remedy for a page says, and what to do in Word instead. The first that fits counts.
_REMEDIES = (
    (r"write '# Title', and questions in a '- ' list", "write a title in the style Title, and questions as a list"),
    (r"write 'title: …' in its front matter|write '# Title' on its first line", "give its title the style Title"),
    (r"write questions in a '- ' list|begin each question with '- '", _LIST),
    (r"put '- ' before each question", _LIST),
    (r"write each probe as one '- ' line", "write each follow-up as one item of the list"),
    (r"write the question straight after '- '", "write the question in the item"),
    (r"write '- ' instead; ", "make it an item of a list; "),
    (r"type a hyphen and a space \(- \)", "make it an item of a list with bullets"),
    (r"begin a part with ##", "give the title the style Title, and the parts Heading 1"),
    (r"write #+, so that this part follows it", "give it the heading of the part before it"),
    (r"write #+\Z", "use the next smaller heading, without leaving one out"),
    (
        r"put guidance directly under the heading, or indent a hint by two spaces",
        "move it up to its heading; put a hint in italics; give a heading the style of one",
    ),
    (r"write one paragraph as a hint, and then probes", "under a question put one hint in italics, then follow-ups"),
    (r"put in an empty line after", "begin a new paragraph after"),
    (r"write '- \{author.*", "write 'Source: author; year; title; publisher'"),
    (r"put '> ' or an empty line before it", "begin a new paragraph"),
)


def remedy_in_word(what: str, remedy: str) -> tuple[str, str]:
    """
    Return what is wrong and what to do, said for somebody who writes in Word and sees no signs of Markdown.
    """
    for pattern, instead in _REMEDIES:
        if match := re.search(pattern, remedy):
            remedy = remedy[: match.start()] + instead + remedy[match.end() :]
            break
    return what.replace(" without an empty line", " in one paragraph"), remedy
