"""
Where models are found: the pages that come with us, folders, texts and installed packages.

A catalogue reads a page when it is asked for, and only front matter to list
what there is. Nothing is looked up before it is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect.errors import Fault, Faults, UnknownKey
from reflect.files.places import OURS, locate, names_package
from reflect.files.reading import nearest, read_text
from reflect.pages import reading
from reflect.questions.model import Head, Model, Suits
from reflect.questions.question import Element, Function
from reflect.questions.sets import Composable
from reflect.shown import Shown

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@attrs.frozen
class Found:
    """
    A page that is there, not read yet.

    Attributes:
        where: What to call it in faults.
        text: The page itself, if it was given as text.
        file: The file it is in otherwise.
        ours: Whether it comes with the library.
    """

    where: str
    text: str | None = attrs.field(default=None, repr=False)
    file: Traversable | None = None
    ours: bool = False

    def read(self) -> str:
        """
        Return the text of the page.

        Raises:
            Faults: The file cannot be read as text.
        """
        if self.text is not None:
            return self.text
        assert self.file is not None
        return read_text(self.file, self.where)


def _in_folder(folder: Traversable, called: str) -> Iterator[Found]:
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".md") and f.is_file()), key=lambda f: f.name)
    for file in files:
        if not file.name.startswith((".", "_")) and file.name.lower() != "readme.md":
            yield Found(f"{called}/{file.name}" if called else file.name, file=file)


#: By how many are in the room: what a model has to suit.
_ROOMS = {1: Suits.SELF, 2: Suits.ONE_TO_ONE, 3: Suits.GROUP}

Pages = str | Path | Mapping[str, str]


def _pages(source: Pages) -> Iterator[Found]:
    if isinstance(source, Mapping):
        return (Found(name, text=text) for name, text in source.items())
    if isinstance(source, str) and "\n" in source:
        return iter((Found("page.md", text=source),))
    if isinstance(source, str) and names_package(source):
        return _in_folder(locate(source).place("models"), source)
    path = Path(source)
    if path.is_dir():
        return _in_folder(path, str(path))
    if path.is_file():
        return iter((Found(str(path), file=path),))
    remedy = f"name a folder of pages, a page, or 'package:name'{nearest(path)}"
    raise Faults((Fault(str(path), None, "is not there", remedy),))


@attrs.frozen(eq=False, repr=False)  # the same folder, read again, may hold other pages
class Catalogue(Shown):
    """
    Models by their keys. A later source goes before an earlier one where both have a key.

    Attributes:
        pages: The pages it knows of.
    """

    pages: tuple[Found, ...]
    _models: dict[Found, Model] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)
    _heads: dict[Found, Head] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)
    _cut: dict[str, Composable] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self.pages)} page{'' if len(self.pages) == 1 else 's'}>"

    def _head(self, found: Found) -> Head:
        if found not in self._heads:
            self._heads[found] = reading.read_head(found.read(), found.where)
        return self._heads[found]

    @functools.cached_property
    def _by_key(self) -> dict[str, Found]:
        keys: dict[str, Found] = {}
        faults: list[Fault] = []
        for found in self.pages:
            try:
                keys[self._head(found).key] = found
            except Faults as wrong:
                faults += wrong.faults
        if faults:
            raise Faults(tuple(faults))
        return keys

    def _page(self, key: str) -> Found:
        for found in reversed(self.pages):
            # Our own files are named by their keys (a test holds it), so ours need no second look.
            if found.where == f"{key}.md" if found.ours else self._head(found).key == key:
                return found
        raise UnknownKey(key, tuple(self._by_key), "model")

    def heads(self) -> tuple[Head, ...]:
        """
        Return what is known about each model, from front matter alone.

        Raises:
            Faults: Everything wrong in any front matter.
        """
        return tuple(self._head(found) for _, found in sorted(self._by_key.items()))

    def find(
        self,
        *,
        minutes: int | None = None,
        people: int | None = None,
        suits: Suits | str | None = None,
        family: str = "",
        when: str = "",
        asks: str = "",
        element: Element | str | None = None,
        function: Function | str | None = None,
        new_to: Iterable[str] = (),
    ) -> tuple[Head, ...]:
        """
        Return what is known about the models that fit all of what is asked, in the order of their keys.

        Args:
            minutes: How many there are; models whose least minutes are more are left out.
            people: How many are in the room: one alone, a supervisor and a worker, or a group from three on.
            suits: ``"one-to-one"``, ``"group"`` or ``"self"``.
            family: Words of the family's name.
            when: Words of what it is called and when it helps, such as ``"stuck"``.
            asks: A tag of questions, such as ``"feeling"`` or ``"evidence-against"``: of a core one, or of two.
            element: What it asks about: an element of the cycle.
            function: A function of supervision that it serves.
            new_to: Models that were used already; these are left out.

        Raises:
            Faults: What is wrong with a page.
        """
        used = frozenset(new_to)
        room = None if people is None else _ROOMS[min(max(people, 1), 3)]
        wanted = {Suits(suits) if suits else None, room} - {None}
        said = when.casefold().split()
        return tuple(
            head
            for head in self.heads()
            if head.key not in used
            and wanted <= set(head.suits)
            and family.casefold() in head.family.casefold()
            and (minutes is None or not head.minutes or head.minutes[0] <= minutes)
            and all(word in f"{head.title} {head.when}".casefold() for word in said)
            and (not (asks or element or function) or self._asks(head.key, asks, element, function))
        )

    def _asks(self, key: str, tag: str, element: Element | str | None, function: Function | str | None) -> bool:
        asks = self.model(key).asks
        tagged = [question for question in asks if tag in question.tags]
        return (
            (not tag or len(tagged) > 1 or any(question.core for question in tagged))
            and (not element or any(Element(element) in question.elements for question in asks))
            and (not function or any(Function(function) in question.functions for question in asks))
        )

    def model(self, key: str) -> Model:
        """
        Return the model of that key.

        Raises:
            UnknownKey: There is none; the message names the nearest.
            Faults: Its page is wrong.
        """
        found = self._page(key)
        if found not in self._models:
            self._models[found] = reading.read_model(found.read(), found.where)
        return self._models[found]

    def load(self, path: str) -> Composable:
        """
        Return a model by its key, or part of one by a dotted path such as ``"kolb-cycle.experience"``.

        Raises:
            UnknownKey: There is no such model or part.
            Faults: The page is wrong.
        """
        key, _, part = path.partition(".")
        if not part:
            return self.model(key)
        if path not in self._cut:
            self._cut[path] = self.model(key).only(part)
        return self._cut[path]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._by_key))

    def __len__(self) -> int:
        return len(self._by_key)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key


def built_in() -> tuple[Found, ...]:
    """
    Return the pages that come with the library.
    """
    found = _in_folder(OURS / "models", "")
    return tuple(attrs.evolve(each, ours=True) for each in found)


def catalogue(*sources: Pages, builtin: bool = True) -> Catalogue:
    """
    Return a catalogue of the models that come with the library and of those you name.

    Args:
        sources: Folders, single pages, texts of pages (with line ends), mappings of names to texts,
            or ``"package:name"`` for an installed package.
        builtin: Whether ours are in it.

    Raises:
        Faults: A folder or page is not there.
        UnknownKey: No installed package offers models under that name.
    """
    faults: list[Fault] = []
    pages: list[Found] = list(built_in()) if builtin else []
    for source in sources:
        try:
            pages += _pages(source)
        except Faults as wrong:
            faults += wrong.faults
    if faults:
        raise Faults(tuple(faults))
    return Catalogue(tuple(dict.fromkeys(pages)))


@functools.cache
def ours() -> Catalogue:
    """
    Return the catalogue of the models that come with the library; each page is read once.
    """
    return catalogue()


def load(path: str, *sources: Pages) -> Model:
    """
    Return a model by its key, from ours and from the sources you name.

    Args:
        path: The key of the model, such as ``"kolb-cycle"``.
        sources: Folders, files, or ``"package:agency"``; a later one goes before an earlier one.

    Raises:
        UnknownKey: There is no such model.
        Faults: Its page, or a source, is wrong.
    """
    return (catalogue(*sources) if sources else ours()).model(path)


def read_page(source: Iterable[str] | str | Path) -> Model:
    """
    Return the model of one page.

    Args:
        source: The path of a file, the text of a page (it has more lines than one), or its lines with their ends,
            as an open file gives them.

    Raises:
        Faults: Everything wrong with it; or it is not there, or a folder that does not hold one page alone.
    """
    if not isinstance(source, (str, Path)):
        return reading.read_model("".join(source), "page.md")
    found = tuple(_pages(source))
    if len(found) != 1:
        problem = "holds more pages than one" if found else "holds no page"
        remedy = "name one page; 'reflect.catalogue' takes a folder with all it holds"
        raise Faults((Fault(str(Path(source)), None, problem, remedy),))
    return reading.read_model(found[0].read(), found[0].where)
