"""
What can go wrong, each as a type of its own.

A message says where something is wrong, what is wrong, and what to do. It names keys, files and lines, and never
quotes what people wrote in an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import attrs

from reflect.shown import LONGEST_LINE, Brief, one_line, quote_text


class ReflectError(Brief, Exception):
    """
    Base of every error *reflect* raises on purpose. It can be sent to another process.

    Whatever it holds, it has a sentence; its ``repr`` is that sentence, in one line.
    """

    @property
    def lines(self) -> tuple[str, ...]:
        """
        What it says, in the lines to print. An end of a line in a name that it quotes makes no further line.
        """
        return (str(self),)

    def _brief(self) -> Iterable[str]:
        return (quote_text(self, LONGEST_LINE),)

    def _say_less(self) -> str:
        return one_line((type(self).__doc__ or type(self).__name__).split("\n\n")[0])

    def __reduce__(self) -> tuple[Any, ...]:
        kind: Any = type(self)
        if not attrs.has(kind):
            return kind, self.args
        fields = attrs.fields(kind)
        return _again, (kind, {field.alias: getattr(self, field.name) for field in fields})


def _again(kind: type[ReflectError], fields: dict[str, Any]) -> ReflectError:
    return kind(**fields)


#: At most this many faults of a file are said; the others are counted. A part of a message is at most this long.
MOST_FAULTS, LONGEST_PART = 100, 600
#: A file with this many faults is read no further.
GIVE_UP = 1000


def shorten_message(text: Any) -> Any:
    """
    Return a message that is cut if it is far longer than anybody reads.
    """
    return shorten(text, 10 * LONGEST_PART)


def shorten_place(where: Any) -> str:
    """
    Return the name of a file, cut if it is longer than a file's can be.
    """
    return str(shorten(where if isinstance(where, str) else one_line(where), 10 * LONGEST_PART))


def shorten(text: Any, most: int = LONGEST_PART) -> Any:
    """
    Return a text that is cut, with a sign that it was, if it is longer than a message should be.
    """
    return f"{text[: most - 1]}…" if isinstance(text, str) and len(text) > most else text


@attrs.frozen
class NotWritten(ReflectError, OSError):
    """
    The disk refused a file, or one of several that are written together. It is an `OSError` too.

    Attributes:
        where: The file or folder that was refused.
        why: What the system says.
        errno: The number that the system has for that.
        left: Files that are new and should not be, because what was there before could not be put back.
    """

    where: str
    why: str
    errno: int | None = None
    left: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.left:
            return f"{self.where}: {self.why}; it was not written, but these were: {', '.join(self.left)}"
        return f"{self.where}: {self.why}; nothing was written"


#: A hint is for a word of at most this length, and looks at this many names.
_LONGEST_HINT, _MOST_HINTS = 80, 1000


def hint_at_nearest(word: str, known: Iterable[str], cutoff: float = 0.6, said: str = "{}") -> str:
    """
    Return " Did you mean 'x'?" for the nearest known word, or nothing; *said* is how that word is written.
    """
    import difflib  # only mistakes need it

    # A long text is no slip of the hand, and of very many names nobody wants the nearest.
    if len(word := str(word)) > _LONGEST_HINT:
        return ""
    names = [name for name in islice(map(str, known), _MOST_HINTS) if len(name) <= _LONGEST_HINT]
    nearest = difflib.get_close_matches(word, names, n=1, cutoff=cutoff)
    # 'kolb' is far from 'kolb-cycle' in letters, and it is what was meant.
    nearest = nearest or [name for name in names if len(word) > 2 and name.startswith(word)]
    return f" Did you mean '{said.format(nearest[0])}'?" if nearest else ""


def add_hint(remedy: str, word: str, known: Iterable[str], said: str = "{}") -> str:
    """
    Return a remedy with the nearest known word after it, if there is one.
    """
    hint = hint_at_nearest(word, known, said=said)
    return f"{remedy}.{hint}" if hint else remedy


def write_one_of(word: str, known: Iterable[str], said: str = "{}") -> str:
    """
    Return "write one of: a, b, c", and the nearest; of many names the nearest alone, if there is one.
    """
    names = list(known)
    if len(names) > 10 and hint_at_nearest(word, names):
        return add_hint("write another", word, names, said)
    return add_hint(f"write one of: {', '.join(map(said.format, names))}", word, names, said)


#: At most this many names are listed.
_LISTED = 12


def list_names(known: Iterable[str]) -> str:
    """
    Return " There are: a, b, c." for the first twelve names, or that there are none.
    """
    names = list(map(str, known))
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f" There are: {', '.join(names[:_LISTED])}{more}." if names else " There are none."


def _hint_at_part(path: str, known: Iterable[str]) -> str:
    """
    The nearest to a path, or to the last name in it: what is known may be the parts of one model.
    """
    return hint_at_nearest(path, known) or hint_at_nearest(path.rpartition(".")[2], known)


@attrs.frozen
class UnknownKey(ReflectError, KeyError):
    """
    A name that is not there: a model, a part, a wording, a document or a format.

    Attributes:
        known: The names that are there.
        kind: What sort of name it is.
        meant: The name that was meant, if that is known.
    """

    key: str
    known: tuple[str, ...] = attrs.field(repr=False)
    kind: str = "part"
    meant: str = attrs.field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.what}.{self.hint}"

    @property
    def what(self) -> str:
        """
        What is not there.
        """
        return f"there is no {self.kind} '{shorten(one_line(str(self.key)), _LONGEST_HINT)}'"

    @property
    def hint(self) -> str:
        """
        The nearest name that is there, or the first of all names, as a sentence with a space before it.
        """
        if self.meant and self.meant != self.key:
            return f" Did you mean '{self.meant}'?"
        return _hint_at_part(str(self.key), self.known) or list_names(self.known)


def write_another(unknown: UnknownKey) -> str:
    """
    Return what to do about a name that is not there: the nearest that is, or what there is.
    """
    return f"write another.{unknown.hint}" if unknown.known else "leave it out"


@attrs.frozen
class KeyClash(ReflectError, ValueError):
    """
    Two different questions or steps claim one key.
    """

    key: str

    def __str__(self) -> str:
        return f"two different questions or steps have the key '{self.key}'; give one of them another key"


@attrs.frozen
class TooDeep(ReflectError, ValueError):
    """
    Sets are nested deeper than the limit.
    """

    limit: int

    def __str__(self) -> str:
        return f"sets are nested more than {self.limit} deep; join some of them with +"


@attrs.frozen
class Alternative(Brief):
    """
    What would fit where something does not: a model to take instead, or an item to put off to next time.

    Attributes:
        key: The key of the model, or of the item on the agenda.
        title: What people call it. The title of an item may be in somebody's own words.
        needs: Its least minutes.
    """

    key: str
    title: str = attrs.field(repr=False)
    needs: int


@attrs.frozen
class DoesNotFit(ReflectError, ValueError):
    """
    There are fewer minutes than the least that something needs.

    Attributes:
        what: Key or title of the model or set.
        needs: Its least minutes.
        has: The minutes there are.
        alternatives: Models that fit these minutes; of the same shape first, the longest first.
        key: The key of the model or set; empty if it has none.
        title: What people call it.
    """

    what: str
    needs: int
    has: int
    alternatives: tuple[Alternative, ...] = attrs.field(default=(), repr=False)
    key: str = attrs.field(default="", repr=False)
    title: str = attrs.field(default="", repr=False)

    @property
    def fitting(self) -> tuple[str, ...]:
        """
        The keys of the alternatives.
        """
        return tuple(each.key for each in self.alternatives)

    def __str__(self) -> str:
        other = f", or use one that fits: {', '.join(self.fitting)}" if self.fitting else ""
        return (
            f"'{self.what}' needs at least {self.needs} minutes and has {self.has}; give it {self.needs} minutes{other}"
        )


#: At most this many models that are not there are named.
_MOST_MISSING = 20


@attrs.frozen
class UnknownModels(ReflectError, LookupError):
    """
    An outline names models or parts that do not exist.

    Attributes:
        missing: An `UnknownKey` for each of them, in the order in which the outline names them.
    """

    missing: tuple[UnknownKey, ...] = attrs.field(repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """
        A line for each name, and where to find others.
        """
        named = self.missing[:_MOST_MISSING]
        more = (f"and {len(self.missing) - len(named):,} more",) if len(self.missing) > len(named) else ()
        return (*map(_say_missing, named), *more, "'reflect models' lists them all")

    def __str__(self) -> str:
        return "\n".join(self.lines)


def _say_missing(each: UnknownKey) -> str:
    near = f" Did you mean '{each.meant}'?" if each.meant else _hint_at_part(each.key, each.known)
    return f"there is no {each.kind} '{each.key}'.{near}"


@attrs.frozen
class NoTextForm(ReflectError, ValueError):
    """
    An outline holds a set made in code, which cannot be written as text.
    """

    what: str

    def __str__(self) -> str:
        why = f"the set '{self.what}' was made in code, so it cannot be written as text that can be read again"
        return f"{why}; name models by their keys"


@attrs.frozen
class NoReader(ReflectError, TypeError):
    """
    A filled-in document was asked for without saying who will read it.
    """

    document: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        who = ", ".join(self.known)
        return f"'{self.document}' holds what people said or wrote; name who will read it (--reader), one of: {who}"


@attrs.frozen(slots=False)  # a class that inherits from another error too has no room for slots
class Refused(ReflectError, ValueError):
    """
    You asked for something that cannot be done; the sentence says why, and what to do instead.

    Attributes:
        why: The sentence.
        about: What to change, if that has a name: an argument, a fact or an entry of a file, such as ``"minutes"``. A
            page can say the sentence there.
    """

    why: str = attrs.field(converter=shorten_message)
    about: str = attrs.field(default="", repr=False)

    def __str__(self) -> str:
        return self.why


@attrs.frozen(slots=False)
class MissingExtra(Refused, ImportError):
    """
    What you asked for needs packages that a plain install does not have. It is an `ImportError` too.

    Attributes:
        extra: The extra that has them, such as ``"pdf"``.
    """

    extra: str = attrs.field(default="", kw_only=True)

    @property
    def command(self) -> str:
        """
        The command that installs them.
        """
        return command_of_extra(self.extra)

    @classmethod
    def of(cls, what: str, extra: str, otherwise: str = "") -> MissingExtra:
        """
        Return the error for something that needs an extra, and what can be done without it.

        Args:
            what: What needs it, as the beginning of a sentence.
            extra: The extra, such as ``"pdf"``.
            otherwise: What can be done instead, such as ``"use .csv"``.
        """
        return cls(f"{what}; {command_of_extra(extra)}{otherwise and f', or {otherwise}'}", extra=extra)


def command_of_extra(extra: str) -> str:
    """
    Return the command that installs what an extra has.
    """
    return f'pip install "reflect-supervision[{extra}]"'


@attrs.frozen
class Fault(Brief):
    """
    One thing wrong in a file.

    Attributes:
        where: The file, or a word for where the text came from.
        line: The line, counted from 1; None where there is none.
        what: What is wrong.
        remedy: What to do about it.
        path: The names that lead to it in what you gave, such as ``("actions", "0", "by")``, so that a form can show
            it at its field; empty for a file. They are yours and may be private, so no message has them.
    """

    where: str = attrs.field(converter=shorten_place)
    line: int | None
    what: str = attrs.field(converter=shorten)
    remedy: str = attrs.field(converter=shorten)
    path: tuple[str, ...] = attrs.field(default=(), repr=False, kw_only=True)

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.what}; {self.remedy}"

    def _brief(self) -> Iterable[str]:
        return (quote_text(self, LONGEST_LINE),)


@attrs.frozen
class MoreFaults(Fault):
    """
    That there are more faults than are said.
    """

    count: int = 0


def sort_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """
    Return faults in the order of their files and lines: the first hundred, and how many more there are.
    """
    return cap_faults(
        sorted(faults, key=lambda fault: (isinstance(fault, MoreFaults), str(fault.where), fault.line or 0))
    )


def cap_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """
    Return the first hundred of faults or warnings, and how many more there are.
    """
    all_faults = list(faults)
    told = [fault for fault in all_faults if not isinstance(fault, MoreFaults)]
    more = sum(fault.count for fault in all_faults if isinstance(fault, MoreFaults)) + len(told[MOST_FAULTS:])
    if not more or not told:
        return tuple(all_faults)
    return (*told[:MOST_FAULTS], MoreFaults(told[0].where, None, f"and {more:,} more", "see to these first", more))


def cap_notes(notes: Iterable[str]) -> tuple[str, ...]:
    """
    Return the first hundred of sentences about a file, each with an end, and how many more there are.
    """
    told = tuple(map(shorten_message, notes))
    # One that says how many more there are may be among them.
    return (
        told if len(told) <= MOST_FAULTS + 1 else (*told[:MOST_FAULTS], f"and {len(told) - MOST_FAULTS:,} more notes")
    )


def cap_doubts(doubts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """
    Return the first hundred of doubts, each with its key, and how many more there are.
    """
    told = tuple(doubts)
    if len(told) <= MOST_FAULTS + 1:
        return told
    return (*told[:MOST_FAULTS], ("more", f"there are {len(told) - MOST_FAULTS:,} more doubts; see to these first"))


@attrs.frozen
class Faults(ReflectError, ValueError):
    """
    Everything wrong in a file, at once and in the order of its lines: the first hundred things, and how many more.
    """

    faults: tuple[Fault, ...] = attrs.field(converter=sort_faults)

    @property
    def lines(self) -> tuple[str, ...]:
        """
        A line for each fault.
        """
        return tuple(map(str, self.faults))

    def __str__(self) -> str:
        return "\n".join(self.lines)


@attrs.define
class FaultList:
    """
    The faults of one file while it is read, each once. It is called with a line, what is wrong, and what to do.

    Attributes:
        where: The file.
    """

    where: str
    _faults: dict[Fault, None] = attrs.field(factory=dict, init=False)

    def __call__(self, line: int | None, what: str, remedy: str) -> None:
        """
        Add a fault.

        Raises:
            Faults: There are so many that nobody reads more.
        """
        self._faults[Fault(self.where, line, what, remedy)] = None
        if len(self._faults) >= GIVE_UP:
            raise Faults(tuple(self._faults))

    def __len__(self) -> int:
        return len(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def raise_if_any(self) -> None:
        """
        Raise all of them, if there are any.

        Raises:
            Faults: There are.
        """
        if self._faults:
            raise Faults(tuple(self._faults))


@attrs.frozen
class TemplateFault(ReflectError, ValueError):
    """
    A template cannot be used.

    Attributes:
        template: Its name.
        line: The line, if it is known.
        what: What is wrong; never a value.
    """

    template: str
    line: int | None
    what: str

    def __str__(self) -> str:
        name = shorten_place(self.template)
        place = name if self.line is None else f"{name}:{self.line}"
        return f"{place}: {shorten_message(self.what)}"
