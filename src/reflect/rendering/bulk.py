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
from typing import Unpack, cast

import attrs

from reflect import formats
from reflect.documents.makers import What
from reflect.documents.options import DocumentOptions, takes_options
from reflect.errors import ReflectError, Refused
from reflect.pages.catalogues import Catalogue
from reflect.rendering.copies import Copier
from reflect.rendering.rendering import FileOptions, Rendering
from reflect.shown import Brief

#: What one paper is made of: as `reflect.render` takes it, or a pair of that and the facts of this paper.
Each = What | tuple[What, Mapping[str, str]]

#: So many papers in a row are laid out one by one before one layout for all of them is tried: it takes three.
_PATIENCE = 3
#: What pickle raises for a value that cannot be sent.
_UNSENDABLE = (pickle.PicklingError, TypeError, AttributeError)


def _comparable(error: Exception | None) -> tuple[type[Exception], str] | None:
    """
    Return what two errors are compared by: an exception is equal to itself alone.
    """
    return None if error is None else (type(error), str(error))


@attrs.frozen
class Made(Brief):
    """
    What became of one paper of many: the bytes of its file, or what was wrong.

    Attributes:
        number: Which it was, counted from 1.
        error: What was wrong, without the frames it went through; None if the paper was made. A `ReflectError` says
            what to do, and quotes nothing that people said. Anything else is a mistake in a program: its notes say
            where, and its message is not ours, so keep it out of logs.
    """

    _in_line = ("number", "error")

    number: int
    _data: bytes = attrs.field(default=b"", repr=False)
    error: Exception | None = attrs.field(default=None, eq=_comparable)

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


def _make_one(copier: Copier, number: int, item: Each) -> Made:
    what, facts = _split_item(item)
    try:
        return Made(number, copier.render(what, facts))
    except Exception as error:  # one bad paper stops no other
        return Made(number, error=_strip(error))


def _split_item(item: Each) -> tuple[What, Mapping[str, str]]:
    """
    Return what a paper is made of, and its own facts; a pair of two models has none.
    """
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Mapping):
        return item[0], item[1]
    return cast(What, item), {}


def _strip(error: Exception) -> Exception:
    """
    Return an error without the frames it went through, so that it can be sent to another process.
    """
    if not isinstance(error, ReflectError):
        # Lines of programs, and no values: those may be what people said.
        error.add_note("".join(traceback.format_tb(error.__traceback__)).rstrip())
    error.__traceback__ = error.__context__ = error.__cause__ = None
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an error may hold anything, and that may refuse
        plain = RuntimeError(f"{type(error).__name__}: {_message(error)}".removesuffix(": "))
        for note in getattr(error, "__notes__", ()):
            plain.add_note(note)
        return plain
    return error


def _message(error: Exception) -> str:
    try:
        return str(error)
    except Exception:  # it may not even have a message
        return ""


@takes_options(FileOptions, DocumentOptions, defaults=Rendering)
def render_many(
    items: Iterable[Each],
    name: str,
    *,
    executor: Executor | None = None,
    progress: Callable[[int, int], object] | None = None,
    chunk: int = 16,
    ahead: int | None = None,
    **options: Unpack[FileOptions],
) -> Iterator[Made]:
    """
    Give one document for each of many sessions, records or models, in their order; one that fails stops no other.

    The bytes are those `reflect.render` gives. Items are taken as they are needed, and results are not kept:
    a few chunks are under way at a time, however many items there are. Word files in a row that differ only in
    plain facts, such as names, are laid out once, as `reflect.copies` does it.

    Args:
        items: What each is made of, as `render` takes it, or pairs of that and its facts.
        name: The document.
        executor: What runs the work: threads, processes, or Dask's ``client.get_executor()``; None is this thread.
            It stays open.
        progress: Called here after each paper, with how many are done and how many of these failed.
        chunk: How many papers are one piece of work.
        ahead: How many pieces are under way at most; if nothing is said, two and a bit for each processor here.
            A large cluster wants more.
        options: What is chosen for all of them, as `FileOptions` explains.

    Raises:
        ReflectError: Something is wrong with all of them, such as the name, the format or the wording. It is
            raised at once. What is wrong with one is in its `Made`.
        concurrent.futures.BrokenExecutor: The executor lost a process, and can do no more.
    """
    for argument, count in (("chunk", chunk), ("ahead", ahead)):
        if count is not None and (not isinstance(count, int) or count < 1):
            raise Refused(f"'{argument}' is {count}, and papers are made one at a time at least; write a whole number")
    if isinstance(items, str):
        raise Refused("one text is not many; put it in a list, or use reflect.render for one paper")
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise Refused("what was given as 'executor' runs nothing; give an executor of concurrent.futures, or of Dask")
    rendering = Rendering(name=name, **options)
    rendering.check()
    if isinstance(executor, ProcessPoolExecutor):
        _refuse_unsendable(rendering.to)
    if executor is None:
        copier = Copier(rendering, patience=_PATIENCE)
        papers: Iterator[Made] = (_make_one(copier, number, item) for number, item in enumerate(items, 1))
    else:
        papers = _Run.start(executor, rendering).papers(items, chunk, ahead or 2 * (os.cpu_count() or 1) + 2)
    return papers if progress is None else _report(papers, progress)


def _refuse_unsendable(to: str | formats.Writer) -> None:
    """
    Refuse a writer that processes of Python's own cannot be sent; Dask can send more.
    """
    try:
        pickle.dumps(to)
    except _UNSENDABLE:
        remedy = "give one that stands in a module of yours under its name"
        raise Refused(f"what was given as 'to' cannot be sent to another process; {remedy}") from None


def _report(papers: Iterator[Made], progress: Callable[[int, int], object]) -> Iterator[Made]:
    failed = 0
    for paper in papers:
        failed += paper.error is not None
        progress(paper.number, failed)
        yield paper


# --- through an executor


#: The number of the first of some items, and these.
_Piece = tuple[int, tuple[Each, ...]]


@attrs.frozen
class _SentCatalogue:
    """
    The catalogue of a run, as it is sent with each piece; it makes no difference with which.
    """

    run: str
    models: Catalogue | None = attrs.field(eq=False)


@functools.lru_cache(2)
def _open_catalogue(sent: _SentCatalogue) -> Catalogue | None:
    """
    Return the catalogue that the first piece of a run brought here, with the pages it has read since.
    """
    return sent.models


def _make_piece(sent: _SentCatalogue, rendering: Rendering, first: int, items: tuple[Each, ...]) -> tuple[Made, ...]:
    """
    Return the papers of a piece, made one after another; this is what an executor runs.
    """
    copier = Copier(attrs.evolve(rendering, models=_open_catalogue(sent)), patience=_PATIENCE)
    return tuple(_make_one(copier, number, item) for number, item in enumerate(items, first))


@attrs.frozen
class _Run:
    """
    Papers that an executor makes, in pieces.
    """

    executor: Executor
    sent: _SentCatalogue
    rendering: Rendering

    @classmethod
    def start(cls, executor: Executor, rendering: Rendering) -> _Run:
        # Pages that the catalogue has read already would be sent with each piece, and it takes longer to send them
        # than to read them.
        models = None if rendering.models is None else attrs.evolve(rendering.models)
        return cls(executor, _SentCatalogue(secrets.token_hex(), models), attrs.evolve(rendering, models=None))

    def papers(self, items: Iterable[Each], chunk: int, ahead: int) -> Iterator[Made]:
        """
        Give the papers in their order, with at most *ahead* pieces under way.
        """
        pieces = _cut_into_pieces(items, chunk)
        pending: deque[tuple[_Piece, Future[tuple[Made, ...]]]] = deque()
        stopped: list[Exception] = []

        def send(count: int) -> None:
            if not stopped:
                try:
                    pending.extend((piece, self._submit(piece)) for piece in islice(pieces, count))
                except Exception as error:  # what is under way is handed out first
                    stopped.append(error)

        try:
            send(ahead)
            while pending:
                papers = self._outcome(*pending.popleft())
                send(1)
                yield from papers
            if stopped:
                raise stopped[0]
        finally:
            for _, future in pending:
                future.cancel()

    def _submit(self, piece: _Piece) -> Future[tuple[Made, ...]]:
        """
        Return what will become of a piece; if it cannot be sent, that is known later, as with most executors.
        """
        try:
            return self.executor.submit(_make_piece, self.sent, self.rendering, *piece)
        except _UNSENDABLE as error:
            failed: Future[tuple[Made, ...]] = Future()
            failed.set_exception(error)
            return failed

    def _outcome(self, piece: _Piece, future: Future[tuple[Made, ...]]) -> tuple[Made, ...]:
        """
        Return the papers of a piece. If it failed as a whole, such as on the way, each of its items is sent once more.
        """
        first, items = piece
        try:
            return future.result()
        except (BrokenExecutor, CancelledError):
            raise
        except Exception as error:
            if len(items) == 1:
                return (Made(first, error=_strip(error)),)
        alone = [(number, (item,)) for number, item in enumerate(items, first)]
        return tuple(paper for each in alone for paper in self._outcome(each, self._submit(each)))


def _cut_into_pieces(items: Iterable[Each], size: int) -> Iterator[_Piece]:
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
