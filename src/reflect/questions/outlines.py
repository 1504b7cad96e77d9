"""
Outlines as text, and their choices made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

import attrs

from reflect.arguments import WrongKind
from reflect.errors import ReflectError, Refused
from reflect.files.slips import name_slip, straighten
from reflect.questions.sets import (
    LONGEST,
    At,
    Both,
    Composable,
    Either,
    Given,
    Outline,
    QuestionSet,
    Use,
    at,
    both,
    either,
    sequence,
)  # fmt: skip
from reflect.shown import printable


@attrs.frozen
class OutlineFault(ReflectError, ValueError):
    """
    An outline's text cannot be read.

    Attributes:
        text: The outline.
        at: Where reading stopped, in characters from the start.
        what: What is wrong there.
    """

    text: str
    at: int
    what: str

    @property
    def lines(self) -> tuple[str, ...]:
        """
        What is wrong, the outline with a sign under the place, and an example.
        """
        return tuple(str(self).split("\n"))

    def __str__(self) -> str:
        before = _end_of(printable(self.text[: self.at]))
        return (
            f"the outline cannot be read at character {self.at + 1}: {self.what}\n"
            f"  {before}{printable(self.text[self.at : self.at + _SHOWN])}\n  {' ' * len(before)}^\n"
            "  write it like this: arrive@3 + (kolb-cycle | gibbs-cycle)@40 + close@7"
        )


#: At most so many characters of an outline are shown on either side of what is wrong.
_SHOWN = 60
#: No key or title is longer, in characters.
_LONGEST_NAME = 200


def _end_of(text: str) -> str:
    return text if len(text) <= _SHOWN else f"…{text[1 - _SHOWN :]}"


#: What is between the signs of an outline, and the minutes and quotation marks that may be round it.
_BETWEEN = re.compile(r"[^@()|+＠（）｜＋]*")
_AROUND = re.compile(r"""^\s*(?:\d{1,5}\s+)?[\s"'“”„‘’]*|[\s"'“”„‘’]+$""")


def make_path(words: str) -> str:
    """
    Return words as a key or path would be written: plain, in small letters, with hyphens; empty if nothing is left.
    """
    plain = unicodedata.normalize("NFKD", straighten(words)).encode("ascii", "ignore").decode().lower()
    return ".".join(filter(None, ("-".join(re.findall("[a-z0-9]+", step)) for step in plain.split("."))))


#: An outline is at most this long, in characters.
LONGEST_OUTLINE = 50_000
_TOKEN = re.compile(r"\s*(?:(?P<path>[a-z0-9]+(?:[.-][a-z0-9]+)*)|(?P<sign>[@()|+])|(?P<other>\S))")


@attrs.define
class _Reading:
    """
    One pass over an outline's text.
    """

    text: str
    nearest: Callable[[str], str]
    tokens: list[tuple[str, int]] = attrs.field(init=False)
    i: int = 0
    depth: int = 0

    def __attrs_post_init__(self) -> None:
        self.tokens = []
        if len(self.text) > LONGEST_OUTLINE:
            what = f"it is longer than {LONGEST_OUTLINE:,} characters; plan several sessions"
            raise OutlineFault(self.text[:LONGEST_OUTLINE], LONGEST_OUTLINE, what)
        for match in _TOKEN.finditer(self.text.rstrip()):
            if match["other"]:
                at = match.start("other")
                # A hyphen before a sign that nobody sees is in order, and that sign is not.
                at += match["other"] in "-." and name_slip(self.text[at + 1 : at + 2] or " ") is not None
                raise self._fault_of_sign(self.text[at], at)
            name = "path" if match["path"] else "sign"
            self.tokens.append((match[name], match.start(name)))
        self.tokens.append(("", len(self.text.rstrip())))

    @property
    def next(self) -> str:
        return self.tokens[self.i][0]

    def fault(self, what: str) -> OutlineFault:
        return OutlineFault(self.text, self.tokens[self.i][1], what)

    def _fault_of_sign(self, sign: str, at: int) -> OutlineFault:
        """
        Say what a sign is that has no meaning in an outline, and which key was meant by the words that it is in.
        """
        slip = name_slip(sign)
        if straighten(sign) in ('"', "'"):
            what = f"{slip.what if slip else 'a quotation mark'} has no meaning here; take it out"
        elif slip:
            what = f"this is {slip.what}; {slip.remedy}"
        elif sign.isupper():
            what = "a key has small letters only"
        elif sign == "_":
            what = "a key has hyphens, and no underscores"
        elif sign in ",;&/":
            return OutlineFault(self.text, at, f"'{sign}' has no meaning here; write + between two steps")
        else:
            what = f"'{sign}' has no meaning here"
        return OutlineFault(self.text, at, what + self._hint(at))

    def fault_of_missing_sign(self) -> OutlineFault:
        """
        Say that + or | is missing, or which key was meant by words with spaces.
        """
        return self.fault(self._explain_spaces() or "something is missing before this: + or |")

    def _explain_spaces(self) -> str:
        """
        Say that a key has no spaces, if the words round this place are a model's; only a catalogue can know that.
        """
        if self.next in "@()|+" or self.nearest is make_path:
            return ""
        hint = self._hint(self.tokens[self.i][1])
        return f"a key has no spaces{hint}" if hint else ""

    def _hint(self, at: int) -> str:
        """
        Return ". Did you mean 'x'?" for the words round a place; nothing if they are near to no key.
        """
        run = next(run for run in _BETWEEN.finditer(self.text) if run.end() > at or run.end() == len(self.text))
        words = _AROUND.sub("", run[0])
        nearest = self.nearest(words[:_LONGEST_NAME]) if words else ""
        return f". Did you mean '{nearest}'?" if nearest and nearest != words else ""

    def take(self) -> str:
        token = self.next
        self.i += 1
        return token

    def ways(self) -> Outline:
        ways = [self.steps()]
        while self.next == "|":
            self.take()
            ways.append(self.steps())
        return either(*ways)

    def steps(self) -> Outline:
        steps = [self.use()]
        while self.next == "+":
            self.take()
            steps.append(self.use())
        return both(*steps)

    def use(self) -> Outline:
        outline: Outline
        if self.next == "(":
            self.depth += 1
            if self.depth > 50:
                raise self.fault("brackets are nested more than 50 deep")
            self.take()
            outline = self.ways()
            if self.next != ")":
                raise self.fault(self._explain_spaces() or "a bracket is still open; close it with )")
            self.take()
            self.depth -= 1
        elif self.next and self.next not in "@()|+":
            outline = Use(self.take())
        else:
            raise self.fault("the key of a model is missing")
        while self.next == "@":
            self.take()
            if not re.fullmatch(r"[0-9]{1,5}", self.next):
                raise self.fault("minutes are missing; write a whole number after @")
            if not 1 <= int(self.next) <= LONGEST:
                raise self.fault(f"minutes are from 1 to {LONGEST}")
            outline = at(outline, int(self.take()))
        return outline


def read_outline(text: str, nearest: Callable[[str], str] = make_path) -> Outline:
    """
    Read an outline from text such as ``"arrive@3 + (kolb-cycle | gibbs-cycle)@40 + close@7"``.

    ``@`` binds tightest, then ``+``, then ``|``.

    Args:
        text: The outline.
        nearest: Gives the key or path that is meant by words which are none, for the message of a fault; by default
            the same words in small letters with hyphens. A catalogue knows titles too: `Catalogue.find_nearest`.

    Raises:
        OutlineFault: The text is not an outline; the error points at the place.
    """
    reading = _Reading(text, nearest)
    outline = reading.ways()
    if reading.next:
        raise reading.fault_of_missing_sign()
    return outline


def uses(outline: Outline) -> Iterator[str]:
    """
    Give the paths of all models and parts that an outline names, in their order.
    """
    match outline:
        case Use(path):
            yield path
        case At(inner, _):
            yield from uses(inner)
        case Both(many) | Either(many):
            for each in many:
                yield from uses(each)


#: Chooses one of several ways.
Choose = Callable[[tuple[Outline, ...]], Outline]


def choose_first(ways: tuple[Outline, ...]) -> Outline:
    return ways[0]


def refuse_names(path: str) -> Composable:
    raise Refused(f"'{path}' is only a name here; say where to load models from, with load=catalogue.load")


def settle(
    outline: Outline | Composable, load: Callable[[str], Composable] = refuse_names, choose: Choose = choose_first
) -> QuestionSet:
    """
    Make the choices of an outline and return the set it then is.

    Args:
        outline: What may be asked.
        load: Gives the model or part for a path.
        choose: Picks one of several ways.
    """
    match outline:
        case Use(path):
            return load(path).questions
        case At(inner, minutes):
            return settle(inner, load, choose).within(minutes)
        case Both(steps):
            return sequence(*(settle(step, load, choose) for step in steps))
        case Either(ways):
            return settle(choose(ways), load, choose)
        case Given(some):
            return some
        case Composable():
            return outline.questions
    raise WrongKind(f"not an outline: {type(outline).__name__}")
