"""
Many papers at once, on as many processors as there are.
"""

from __future__ import annotations

import itertools
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import attrs

from reflect.catalogues import Catalogue
from reflect.documents import What, render
from reflect.errors import Refused
from reflect.formats.word.branding import Brand, brand
from reflect.nodes import Look
from reflect.rings import Reader
from reflect.templating import Templates
from reflect.words import Wording

#: So many papers go to a worker at a time, if nobody says another number.
CHUNK = 16


@attrs.frozen
class Made:
    """
    One paper of many, or why it could not be made.

    Attributes:
        number: Which it is, counted from 0.
        error: What went wrong; None if nothing did.
    """

    number: int
    _data: bytes = attrs.field(default=b"", repr=False)
    error: Exception | None = None

    @property
    def data(self) -> bytes:
        """
        The bytes of the file.

        Raises:
            Exception: What went wrong, if something did.
        """
        if self.error is not None:
            raise self.error
        return self._data


@attrs.frozen
class _Task:
    """
    What every paper is made with: values that can be sent to another process.
    """

    name: str
    named: Mapping[str, Any]

    def __call__(self, first: int, items: tuple[Any, ...]) -> list[Made]:
        return [self.one(number, item) for number, item in enumerate(items, first)]

    def one(self, number: int, item: Any) -> Made:
        what, facts = item if _with_facts(item) else (item, None)
        try:
            return Made(number, render(what, self.name, facts=facts, **self.named))
        except Exception as error:  # one bad paper stops no other
            return Made(number, error=_sendable(error))


def _with_facts(item: Any) -> bool:
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Mapping)


def _sendable(error: Exception) -> Exception:
    """
    An error that survives the way from another process; of one that does not, its words.
    """
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever an error holds, it may refuse
        return Refused(str(error))
    return error


def render_many(
    items: Iterable[What | tuple[What, Mapping[str, str]]],
    name: str,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Callable[[int], None] | None = None,
    to: str = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | str | Path | bytes | None = None,
    cards: int = 8,
) -> Iterator[Made]:
    """
    Give many papers one after another, in the order of the items: the bytes that `render` gives for each.

    No more than a window of them is in memory at a time, however many there are. One that cannot be made says why,
    and stops no other.

    Args:
        items: What each paper is made of; or pairs of that and the facts of that paper.
        name: The document.
        executor: Where they are made: any executor of `concurrent.futures`, such as a process pool, or what Dask's
            ``client.get_executor()`` gives; here, one after another, if nothing is said.
        chunk: How many go to a worker at a time.
        progress: Is called with the number of papers made so far, after each.
        to: The format.
        reader: Who will read them.
        wording: The words of the profession.
        minutes: Length of a session, if an item is an outline, in minutes.
        models: Where models are found; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How they are laid out.
        brand: In Word: the agency's own look.
        cards: How many cards an A4 sheet holds.

    Raises:
        Refused: A chunk holds nothing.
        ReflectError: The brand cannot be read.
    """
    if chunk < 1:
        raise Refused("a chunk holds at least one paper; say a number from 1")
    named = {
        "to": to,
        "reader": reader,
        "wording": wording,
        "minutes": minutes,
        "models": models,
        "templates": templates.folders if isinstance(templates, Templates) else tuple(templates),
        "looks": tuple(looks),
        "brand": _worn(brand),
        "cards": cards,
    }
    task = _Task(name, named)
    made = _here(task, items) if executor is None else _elsewhere(task, items, executor, chunk)
    return made if progress is None else _counted(made, progress)


def _worn(given: Brand | str | Path | bytes | None) -> Brand | None:
    return given if given is None or isinstance(given, Brand) else brand(given)


def _counted(made: Iterator[Made], progress: Callable[[int], None]) -> Iterator[Made]:
    for each in made:
        progress(each.number + 1)
        yield each


def _here(task: _Task, items: Iterable[Any]) -> Iterator[Made]:
    for number, item in enumerate(items):
        yield task.one(number, item)


def _elsewhere(task: _Task, items: Iterable[Any], executor: Executor, chunk: int) -> Iterator[Made]:
    numbered = enumerate(items)
    pending: deque[Future[list[Made]]] = deque()
    window = 2 * (os.cpu_count() or 1) + 2
    try:
        while True:
            while len(pending) < window and (some := tuple(itertools.islice(numbered, chunk))):
                pending.append(executor.submit(task, some[0][0], tuple(item for _, item in some)))
            if not pending:
                return
            yield from pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()
