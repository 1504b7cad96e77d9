"""
What a standing paper is made of: fields, each with its ring, its form in a file, and what it is for.

A field is declared once. From that come how it is read from YAML, with every fault at its line; who gets to see
it; and what a template may print: a field that has no place in a paper of some ring stops the template there.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

import attrs

from reflect.errors import Refused
from reflect.files import objects
from reflect.files.forms import Form
from reflect.files.objects import describe
from reflect.files.reading import read_text
from reflect.questions.rings import Reader, Ring, narrows
from reflect.sessions.days import day_in_words

if TYPE_CHECKING:
    from reflect.sessions.record import Record


def guard(ring: Ring, form: Form | None, about: str, *, needed: bool = False) -> dict[str, Any]:
    """
    Return what there is to know about one field of a standing paper, as the metadata of its attrs field.

    Args:
        ring: Who may read it.
        form: What it may hold in a file; None if no file says it.
        about: What it is for, as the file's schema and its example say.
        needed: Whether a file has to say it.
    """
    return {"ring": ring, **describe(form, about, needed=needed)}


@attrs.frozen
class Paper:
    """
    What a standing paper is made of. With nothing said, it makes the blank.

    Attributes:
        SAYS: The rings of what a paper of this sort says beyond its fields: sentences made from them.
    """

    SAYS: ClassVar[Mapping[str, Ring]] = {}

    def visible_to(self, reader: Reader) -> Any:
        """
        Return the same as *reader* may see it: a field out of their rings says nothing.
        """
        return attrs.evolve(
            self,
            **{
                field.name: _cut(getattr(self, field.name), reader) if reader.sees(ring) else _default(field)
                for field, ring in _ringed(type(self))
            },
        )

    @classmethod
    def of_record(cls, record: Record) -> Self | None:
        """
        Return what the record of a session says for such a paper; None if it has nothing to do with one.
        """
        return None

    @property
    def says(self) -> bool:
        """
        Whether anything is filled in.
        """
        return any(getattr(self, field.name) != _default(field) for field, _ in _ringed(type(self)))


def _fields(kind: Any) -> tuple[tuple[Any, Ring], ...]:
    return tuple((field, field.metadata["ring"]) for field in attrs.fields(kind) if "ring" in field.metadata)


#: The fields of a kind of paper that have a ring, each with it.
_ringed: Callable[[Any], tuple[tuple[Any, Ring], ...]] = functools.cache(_fields)


def _default(field: Any) -> Any:
    made = getattr(field.default, "factory", None)
    return made() if made else field.default


def _cut(value: Any, reader: Reader) -> Any:
    """
    A list of papers within a paper, such as actions: each is cut, and one that says nothing then goes.
    """
    if isinstance(value, tuple):
        return tuple(each for each in (_cut(one, reader) for one in value) if not isinstance(each, Paper) or each.says)
    return value.visible_to(reader) if isinstance(value, Paper) else value


def load(kind: type[Paper], path: Path) -> Any:
    """
    Read what a paper is made of from a YAML file.

    Args:
        kind: Which paper: a class of `reflect.papers`.
        path: Where the file is.

    Raises:
        Faults: All that is wrong with it, with line and remedy.
    """
    return objects.read(read_text(path, str(path)), kind, str(path))


# --- what a template sees


class OutOfPlace:
    """
    A field on a paper of a ring that it has no place in: whoever asks anything of it is told so.
    """

    __slots__ = ("why",)

    def __init__(self, name: str, ring: Ring, paper: Ring) -> None:
        self.why = f"'{name}' is of the ring {ring}, and this paper of the ring {paper}; take it out"

    def _refuse(self, *_: object) -> NoReturn:
        raise Refused(self.why)

    __str__ = __bool__ = __len__ = __iter__ = __eq__ = __ne__ = __getitem__ = _refuse
    __hash__ = None  # type: ignore[assignment]


def view(paper: Paper, of: Ring | None, reader: Reader) -> dict[str, object]:
    """
    Return what a template may print of a paper.

    Args:
        paper: What it is made of.
        of: The ring of the document; None if it has none.
        reader: Who will read it, as the document serves them.
    """
    seen = paper.visible_to(
        reader
    )  # what it says beyond its fields is made from what is left, so it tells nothing more
    rings = {field.name: ring for field, ring in _ringed(type(paper))} | dict(paper.SAYS)
    return {
        name: OutOfPlace(name, ring, of)
        if of is not None and not narrows(of, ring)
        else _plain(getattr(seen, name), of, reader)
        for name, ring in rings.items()
    }


def _plain(value: Any, of: Ring | None, reader: Reader) -> object:
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
        case Paper():
            return view(value, of, reader)
        case tuple():
            return tuple(_plain(each, of, reader) for each in value)
        case _:
            return value
