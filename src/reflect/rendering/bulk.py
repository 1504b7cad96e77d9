"""
Many papers at once: in this thread, in several, in several processes, or on a Dask cluster.

What runs the work is the caller's: any `concurrent.futures.Executor`. What is wrong with one paper stays with it.
"""

from __future__ import annotations

import functools
import os
import pickle
import secrets
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs

from reflect import formats
from reflect.documents.makers import What
from reflect.documents.making import Making
from reflect.documents.templates import Templates, shelf
from reflect.errors import ReflectError, Refused
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import Reader
from reflect.questions.wordings import Wording
from reflect.rendering.rendering import read_brand_of, render, writer_of
from reflect.text.nodes import Look

if TYPE_CHECKING:
    from reflect.formats.word.brand import Brand

#: What one paper is made of: as `reflect.render` takes it, or a pair of that and the facts of this paper.
Each = What | tuple[What, Mapping[str, str]]

#: What pickle says of a value that cannot be sent.
_UNSENDABLE = (pickle.PicklingError, TypeError, AttributeError)


def _alike(error: Exception | None) -> tuple[type[Exception], str] | None:
    """
    What two errors are compared by: they are exceptions, and those are equal to themselves alone.
    """
    return None if error is None else (type(error), str(error))


@attrs.frozen
class Made:
    """
    What became of one paper of many: the bytes of its file, or what was wrong.

    Attributes:
        number: Which it was, counted from 1.
        error: What was wrong, without the frames it went through; None if the paper was made. A `ReflectError` says
            what to do, and quotes nothing that people said. Anything else is a mistake in a program: its notes say
            where, and its message is not ours, so keep it out of logs.
    """

    number: int
    _data: bytes = attrs.field(default=b"", repr=False)
    error: Exception | None = attrs.field(default=None, eq=_alike)

    @property
    def data(self) -> bytes:
        """
        The bytes of the file.

        Raises:
            Exception: What was wrong with this paper, as `error` has it.
        """
        if self.error is not None:
            raise self.error
        return self._data


@attrs.frozen(kw_only=True)
class _Job:
    """
    What all papers have in common; it goes to wherever they are made.
    """

    name: str
    to: str | formats.Writer
    reader: Reader | None
    wording: Wording | None
    facts: Mapping[str, str]
    minutes: int
    models: Catalogue | None
    folders: tuple[Path, ...]
    looks: tuple[Look, ...]
    brand: Brand | None
    cards: int

    def made(self, number: int, item: Each) -> Made:
        """
        Make one paper.
        """
        what, facts = _parted(item)
        try:
            data = render(
                what,
                self.name,
                to=self.to,
                reader=self.reader,
                wording=self.wording,
                facts={**self.facts, **facts},
                minutes=self.minutes,
                models=self.models,
                templates=shelf(self.folders),
                looks=self.looks,
                brand=self.brand,
                cards=self.cards,
            )
        except Exception as error:  # one bad paper stops no other
            return Made(number, error=_bare(error))
        return Made(number, data)


def _bare(error: Exception) -> Exception:
    """
    An error without the frames it went through, that can be sent to another process.
    """
    if not isinstance(error, ReflectError):
        # Lines of programs, and no values: those may be what people said.
        error.add_note("".join(traceback.format_tb(error.__traceback__)).rstrip())
    error.__traceback__ = error.__context__ = error.__cause__ = None
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever an error holds, it may refuse
        told = RuntimeError(f"{type(error).__name__}: {_words(error)}".removesuffix(": "))
        for note in getattr(error, "__notes__", ()):
            told.add_note(note)
        return told
    return error


def _words(error: Exception) -> str:
    try:
        return str(error)
    except Exception:  # it may not even say what it is
        return ""


def _parted(item: Each) -> tuple[What, Mapping[str, str]]:
    """
    What a paper is made of, and its own facts; a pair of two models has none.
    """
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Mapping):
        return item[0], item[1]
    return cast(What, item), {}


@attrs.frozen
class _Sent:
    """
    The catalogue of a run; that of one piece is as good as that of another.
    """

    run: str
    models: Catalogue | None = attrs.field(eq=False)


@functools.lru_cache(2)
def _opened(sent: _Sent) -> Catalogue | None:
    """
    The catalogue that the first piece of a run brought here, with the pages it has read since.
    """
    return sent.models


def _chunk(sent: _Sent, job: _Job, first: int, items: tuple[Each, ...]) -> tuple[Made, ...]:
    """
    Make some papers one after another; this is what an executor runs.
    """
    job = attrs.evolve(job, models=_opened(sent))
    return tuple(job.made(number, item) for number, item in enumerate(items, first))


def render_many(
    items: Iterable[Each],
    name: str,
    *,
    executor: Executor | None = None,
    progress: Callable[[int, int], object] | None = None,
    chunk: int = 16,
    ahead: int | None = None,
    to: str | formats.Writer = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | str | Path | bytes | None = None,
    cards: int = 8,
) -> Iterator[Made]:
    """
    Give one document for each of many sessions, records or models, in their order; one that fails stops no other.

    The bytes are those `reflect.render` gives. Items are taken as they are needed, and results are not kept:
    a few chunks are under way at a time, however many items there are. For one and the same thing with the
    names of many people in it, `reflect.copies` is faster.

    Args:
        items: What each is made of, as `render` takes it, or pairs of that and its facts.
        name: The document.
        executor: What runs the work: threads, processes, or Dask's ``client.get_executor()``; None is this thread.
            It stays open.
        progress: Called here after each paper, with how many are done and how many of these failed.
        chunk: How many papers are one piece of work.
        ahead: How many pieces are under way at most; if nothing is said, two and a bit for each processor here.
            A large cluster wants more.
        to: The format, or a writer of your own; for processes, a function that they can import.
        reader: Who will read them.
        wording: The words of the profession; those of each record, or the general ones, if nothing is said.
        facts: What is said about all of them; a pair's own facts go first.
        minutes: Length of the session, if an item is an outline, in minutes.
        models: Where models are found.
        templates: Folders of templates of your own. They have to be where the work is done.
        looks: How they are laid out.
        brand: In Word: the agency's own look, as `reflect.brand` gives it, or its Word file.
        cards: How many cards an A4 sheet holds.

    Raises:
        ReflectError: Something is wrong with all of them, such as the name, the format or the wording. It is
            raised at once. What is wrong with one is in its `Made`.
        concurrent.futures.BrokenExecutor: The executor lost a process, and can do no more.
    """
    for said, count in (("chunk", chunk), ("ahead", ahead)):
        if count is not None and (not isinstance(count, int) or count < 1):
            raise Refused(f"'{said}' is {count}, and papers are made one at a time at least; write a whole number")
    if isinstance(items, str):
        raise Refused("one text is not many; put it in a list, or use reflect.render for one paper")
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise Refused("what was given as 'executor' runs nothing; give an executor of concurrent.futures, or of Dask")
    shelved = templates if isinstance(templates, Templates) else shelf(tuple(map(Path, templates)))
    shelved.about(name)
    making = Making(
        name=name,
        templates=shelved,
        reader=reader,
        wording=wording,
        facts=facts,
        minutes=minutes,
        models=models,
        looks=looks,
        cards=cards,
        marks=(),
    )
    writer_of(to, worn := read_brand_of(brand))
    job = _Job(
        name=name,
        to=to,
        reader=making.reader,
        wording=making.wording,
        facts=making.facts,
        minutes=minutes,
        models=models,
        folders=shelved.folders,
        looks=making.looks,
        brand=worn,
        cards=cards,
    )
    if isinstance(executor, ProcessPoolExecutor):
        _sendable(to)
    made = (
        (job.made(number, item) for number, item in enumerate(items, 1))
        if executor is None
        else _through(executor, job, items, chunk, ahead or 2 * (os.cpu_count() or 1) + 2)
    )
    return made if progress is None else _told(made, progress)


def _sendable(to: str | formats.Writer) -> None:
    """
    Refuse a writer that processes of Python's own cannot be sent; Dask can send more.
    """
    try:
        pickle.dumps(to)
    except _UNSENDABLE:
        remedy = "give one that stands in a module of yours under its name"
        raise Refused(f"what was given as 'to' cannot be sent to another process; {remedy}") from None


def _told(made: Iterator[Made], progress: Callable[[int, int], object]) -> Iterator[Made]:
    failed = 0
    for each in made:
        failed += each.error is not None
        progress(each.number, failed)
        yield each


def _through(executor: Executor, job: _Job, items: Iterable[Each], chunk: int, ahead: int) -> Iterator[Made]:
    """
    Papers as an executor makes them: as many pieces as *ahead* under way, handed out in their order.
    """
    # What the catalogue has read until now would be sent with each piece, and is read sooner than sent.
    sent = _Sent(secrets.token_hex(), None if job.models is None else attrs.evolve(job.models))
    job = attrs.evolve(job, models=None)
    pieces = _pieces(items, chunk)
    pending: deque[tuple[_Piece, Future[tuple[Made, ...]]]] = deque()

    stopped: list[Exception] = []

    def send(some: int) -> None:
        if not stopped:
            try:
                pending.extend((piece, _submitted(executor, sent, job, piece)) for piece in islice(pieces, some))
            except Exception as error:  # what is under way is handed out first
                stopped.append(error)

    try:
        send(ahead)
        while pending:
            made = _outcome(executor, sent, job, *pending.popleft())
            send(1)
            yield from made
        if stopped:
            raise stopped[0]
    finally:
        for _, future in pending:
            future.cancel()


#: The number of the first of some items, and these.
_Piece = tuple[int, tuple[Each, ...]]


def _submitted(executor: Executor, sent: _Sent, job: _Job, piece: _Piece) -> Future[tuple[Made, ...]]:
    """
    What will become of a piece; if it cannot be sent, this is known later, as it is of most executors.
    """
    try:
        return executor.submit(_chunk, sent, job, *piece)
    except _UNSENDABLE as error:
        failed: Future[tuple[Made, ...]] = Future()
        failed.set_exception(error)
        return failed


def _outcome(
    executor: Executor, sent: _Sent, job: _Job, piece: _Piece, future: Future[tuple[Made, ...]]
) -> tuple[Made, ...]:
    """
    The papers of a piece. If it failed as a whole, such as on the way, its items are sent once more, each alone.
    """
    first, items = piece
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        raise
    except Exception as error:
        if len(items) == 1:
            return (Made(first, error=_bare(error)),)
    alone = [(number, (item,)) for number, item in enumerate(items, first)]
    return tuple(
        made for each in alone for made in _outcome(executor, sent, job, each, _submitted(executor, sent, job, each))
    )


def _pieces(items: Iterable[Each], size: int) -> Iterator[_Piece]:
    numbered = enumerate(items, 1)
    while True:
        piece: list[tuple[int, Each]] = []
        try:
            piece.extend(islice(numbered, size))
        finally:  # also if the items come to a bad end, which is raised after those before it
            if piece:
                yield piece[0][0], tuple(item for _, item in piece)
        if not piece:
            return
