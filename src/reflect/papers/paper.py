"""
The fields of a standing paper, each with its ring, its form in a file, and what it is for.

A field is declared once. That settles how it is read from YAML, with every fault at its line; who gets to see it; and
what a template may print: a field that does not belong in a paper's ring stops the template.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

import attrs

from reflect.arguments import explain_wrong_kinds
from reflect.errors import Fault, Refused
from reflect.files import objects
from reflect.files.forms import Form, TextLine
from reflect.files.objects import describe
from reflect.files.reading import read_text
from reflect.questions.rings import Reader, Ring, narrows
from reflect.questions.rings import reader as reader_of
from reflect.shown import Brief
from reflect.text.prose import day_in_words

if TYPE_CHECKING:
    from reflect.pages.catalogues import Catalogue
    from reflect.sessions.journal import Journal
    from reflect.sessions.parts import Action
    from reflect.sessions.record import Record

#: The form of the name of whoever regulates the work, as a profile has it.
REGULATOR = TextLine(100)


def guard(
    ring: Ring,
    form: Form | None,
    about: str,
    default: Any = "",
    *,
    needed: bool = False,
    printed: bool = True,
    **more: Any,
) -> Any:
    """
    Return an attrs field of a standing paper.

    Args:
        form: What it may hold in a file; None if it cannot be given in a file.
        about: What it is for, in the words of the file's schema and example.
        default: Its value on a blank.
        needed: Whether a file has to give it.
        printed: Whether a template may print it; otherwise it is in the data of a paper alone.
        more: What else `attrs.field` takes.
    """
    metadata = {"ring": ring, "printed": printed, **describe(form, about, needed=needed)}
    return attrs.field(default=default, metadata=metadata, **more)


@attrs.frozen
class StandingPaper(Brief):
    """
    What a standing paper is made of. With no values given, it makes the blank.

    Attributes:
        OF: The word for it in the front matter of its template; empty for a part of another paper.
        WRITER: The reader who writes and sends it, and so may read all of it; empty if nobody in particular does.
        DATED: The name of the field with its day, on which it depends who regulates the work; empty if it has none.
        SAYS: The sentences made from its fields, each with its ring.
    """

    OF: ClassVar[str] = ""
    WRITER: ClassVar[str] = ""
    DATED: ClassVar[str] = ""
    SAYS: ClassVar[Mapping[str, Ring]] = {}

    def visible_to(self, reader: Reader | str) -> Any:
        """
        Return the paper as *reader* may see it: a field outside their rings is empty.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)
        return attrs.evolve(
            self,
            **{
                field.name: _cut_to_rings(getattr(self, field.name), reader) if reader.sees(ring) else _default(field)
                for field, ring in fields_with_ring(type(self))
            },
        )

    @classmethod
    def of_record(cls, record: Record) -> Self | None:
        """
        Return the paper made from a session's record; None if this kind is not made from one.
        """
        return None

    @classmethod
    def of_journal(cls, journal: Journal, *, models: Catalogue | None = None) -> Self | None:
        """
        Return the paper made from a journal; None if this kind is not made from one.

        Args:
            models: Where models are found; ours if nothing is said.
        """
        return None

    @property
    def actions_before(self) -> tuple[Action, ...]:
        """
        The actions from before that it asks about.
        """
        return ()

    def ids_of_rows(self, ring: Ring | None) -> tuple[str, ...]:
        """
        Return the ids of the actions in its table, row by row, on a paper of a ring.
        """
        return ()

    @property
    def says(self) -> bool:
        """
        Whether anything is filled in.
        """
        return any(getattr(self, field.name) != _default(field) for field, _ in fields_with_ring(type(self)))


def _pair_with_rings(kind: Any) -> tuple[tuple[Any, Ring], ...]:
    fields = attrs.fields(kind)
    for field in fields:
        if "ring" not in field.metadata:
            raise Refused(
                f"'{field.name}' of {kind.__name__} has no ring, so nobody may read it; give it one with guard"
            )
    return tuple((field, field.metadata["ring"]) for field in fields)


#: The fields of a kind of paper, each with its ring. A field without a ring is an error, and nobody sees it.
fields_with_ring: Callable[[Any], tuple[tuple[Any, Ring], ...]] = functools.cache(_pair_with_rings)


def _default(field: Any) -> Any:
    made = getattr(field.default, "factory", None)
    return made() if made else field.default


def _cut_to_rings(value: Any, reader: Reader) -> Any:
    """
    A value as a reader may see it. In a list of papers, such as actions, each is cut, and dropped if nothing is left.
    """
    if isinstance(value, tuple):
        seen = (_cut_to_rings(each, reader) for each in value)
        return tuple(each for each in seen if not isinstance(each, StandingPaper) or each.says)
    return value.visible_to(reader) if isinstance(value, StandingPaper) else value


T = TypeVar("T", bound=StandingPaper)


@explain_wrong_kinds
def load(kind: type[T], path: Path) -> T:
    """
    Read what a paper is made of from a YAML file.

    Args:
        kind: Which paper: a class of `reflect.papers`.
        path: Where the file is.

    Raises:
        Faults: All that is wrong with it, with line and remedy.
    """
    return load_with_doubts(kind, path)[0]


def load_with_doubts(kind: type[T], path: Path) -> tuple[T, tuple[Fault, ...]]:
    """
    Read what a paper is made of from a YAML file; return what may not be meant in it, too.

    Raises:
        Faults: All that is wrong with it, with line and remedy.
    """
    return objects.read_with_doubts(read_text(path, str(path)), kind, str(path))


# --- what a template sees


class OutOfPlace:
    """
    A field that does not belong on a paper of this ring, or in print. It refuses everything a template does with it.

    Args:
        why: What is told of it.
    """

    __slots__ = ("why",)

    def __init__(self, why: str) -> None:
        self.why = why

    def _refuse(self, *_: object) -> NoReturn:
        raise Refused(self.why)

    __str__ = __bool__ = __len__ = __iter__ = __eq__ = __ne__ = __getitem__ = _refuse
    __hash__ = None  # type: ignore[assignment]


def view_of_paper(paper: StandingPaper, of: Ring | None, reader: Reader) -> dict[str, object]:
    """
    Return what a template may print of a paper.
    """
    # The sentences are made from the fields that are left, so they give nothing more away.
    seen = paper.visible_to(reader)
    fields = fields_with_ring(type(paper))
    rings = {field.name: ring for field, ring in fields} | dict(paper.SAYS)
    hidden = {field.name for field, _ in fields if not field.metadata["printed"]}

    def view_of(name: str, ring: Ring) -> object:
        if of is not None and not narrows(of, ring):
            return OutOfPlace(f"'{name}' belongs to the ring {ring}, and this paper to the ring {of}; take it out")
        if name in hidden:
            return OutOfPlace(f"'{name}' is in the data of a paper, and never printed; take it out")
        return _words_of(getattr(seen, name), of, reader)

    return {name: view_of(name, ring) for name, ring in rings.items()}


def _words_of(value: Any, of: Ring | None, reader: Reader) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime.datetime():
            return f"{day_in_words(value.date())}, {value:%H:%M}"
        case datetime.date():
            return day_in_words(value)
        case float():
            return f"{value:g}"
        case StandingPaper():
            return view_of_paper(value, of, reader)
        case tuple():
            return tuple(_words_of(each, of, reader) for each in value)
        case _:
            return value
