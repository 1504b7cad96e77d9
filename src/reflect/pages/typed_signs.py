"""
Signs that people type, or programs put, before an item of a list, a heading or a quotation.

A bullet has many forms: Word, chat tools and e-mail each have their own. Whatever is not a letter, a digit, a quotation
mark or a bracket, and has a space behind it, is one.
"""

from __future__ import annotations

import re
import unicodedata

import attrs

from reflect.files.slips import straighten

#: A space of whatever kind, but no line end.
_SPACE = r"[^\S\n]"
_HEADING = re.compile(rf"{_SPACE}*(#{{1,6}}){_SPACE}+(?=\S)")
_QUOTATION = re.compile(rf"{_SPACE}*>{_SPACE}?(?=\S)")
_NUMBER = re.compile(rf"{_SPACE}*([0-9]{{1,2}})[.)]{_SPACE}+(?=\S)")
_PLAIN = re.compile(rf"{_SPACE}*([-*+]){_SPACE}+(?=\S)")
_BULLET = re.compile(
    rf"({_SPACE}*)([^\w\s\"'“”‘’„‚«»‹›()\[\]{{}}<>¿¡`…#&.,;:!?/\\|=~@%$£€*+-][\ufe0e\ufe0f]?){_SPACE}+(?=\S)"
)
#: The second bullet of Word in its own font, which is a letter in any other; no sentence has such a space behind it.
_LETTER_O = re.compile(rf"({_SPACE}*)(o)(?:\t{_SPACE}*|\u00a0{_SPACE}*|{_SPACE}{{2,}})(?=\S)")
#: The letter or number of a list that Markdown has no list for.
_LETTERED = re.compile(rf"({_SPACE}*)(\([a-zA-Z0-9]{{1,2}}\)|[a-z][.)]|[A-Z]\)){_SPACE}+(?=\S)")
#: A box to tick, which may be meant as one.
BOXES = "☐☑☒✅⬜🗹"
_DASHES = "–—―−‒"
#: Bullets that are those of a list in a list, in Word and other programs.
_INNER = "o◦○▪▫◇"


@attrs.frozen
class TypedSign:
    """
    A sign before the words of a line.

    Attributes:
        sign: As a page has it: ``-``, ``*``, ``1.``, ``##`` or ``>``.
        length: How many letters of the line it takes, with the spaces round it.
        level: How deep the item is, as far as the sign shows it.
        typed: The sign as it was typed.
    """

    sign: str
    length: int
    level: int = 0
    typed: str = ""

    @property
    def is_bullet(self) -> bool:
        return self.sign in ("-", "*", "+")


def find_sign(line: str) -> TypedSign | None:
    """
    Return the sign before the words of a line; None if there is none.

    A dash may begin a sentence, so it is a bullet only before a question.
    """
    if heading := _HEADING.match(line):
        return TypedSign(heading[1], heading.end(), typed=heading[1])
    if quotation := _QUOTATION.match(line):
        return TypedSign(">", quotation.end(), typed=">")
    if number := _NUMBER.match(line):
        return TypedSign(f"{number[1]}.", number.end(), typed=number[0].strip())
    if plain := _PLAIN.match(line):
        return TypedSign(plain[1], plain.end(), typed=plain[1])
    return find_bullet(line)


def find_bullet(line: str) -> TypedSign | None:
    """
    Return the bullet before the words of a line that a page has as a hyphen; None if there is none.
    """
    bullet = _BULLET.match(line) or _LETTER_O.match(line)
    if bullet is None or bullet[2][0] in BOXES or (bullet[2] in _DASHES and not is_question(line)):
        return None
    return TypedSign("-", bullet.end(), int(bullet[2] in _INNER), bullet[2])


def find_letter(line: str) -> str:
    """
    Return the letter or the number in brackets before a question, as lists of other programs have it; empty if there is
    none. Such a list may be one of questions or one of steps.
    """
    lettered = _LETTERED.match(line)
    return lettered[2] if lettered and is_question(line) else ""


def is_fence(line: str) -> bool:
    """
    Whether a line is the three hyphens of front matter, or what a word processor made of them.
    """
    return re.fullmatch("-{1,12}", straighten(line).strip()) is not None


def is_question(text: str) -> bool:
    """
    Whether a text ends with a question mark, of whatever script.
    """
    words = text.rstrip()
    if words.endswith("}") and "}" not in (inside := words[words.rfind("{") + 1 : -1]) and "{" in words:
        words = words[: -len(inside) - 2]
    last = next((sign for sign in reversed(words) if not (sign.isspace() or sign in "\"'”’)]*_}")), "")
    return bool(last) and (last == "?" or unicodedata.name(last, "").endswith("QUESTION MARK"))
