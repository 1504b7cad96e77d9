"""
Where models are found: our own pages, folders, texts and installed packages.

A catalogue reads a page when somebody asks for its model. To list the models, it reads only front matter; to list and
to search ours it has a list.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, Union, cast

import attrs

from reflect.errors import Fault, Faults, UnknownKey
from reflect.files.folders import is_file, is_folder, list_folder
from reflect.files.places import OURS, locate, names_package, need_path
from reflect.files.reading import SHEET_ENDINGS, hint_at_file, read_text
from reflect.files.word_names import WORD_ENDINGS, is_word_name, read_word_data
from reflect.pages import reading
from reflect.pages.limits import join_lines
from reflect.pages.our_heads import AskedAbout, asked_by, our_asked, our_heads
from reflect.pages.strings import find_line_of_steps, tie_string
from reflect.questions.model import Head, Model, Suits
from reflect.questions.outlines import make_path
from reflect.questions.question import Element, Function
from reflect.questions.sets import Composable
from reflect.shown import Brief, Shown, count_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from reflect.pages.word_pages import WordPage


@attrs.frozen
class PageSource(Brief):
    """
    Where a page can be read.

    Attributes:
        text: The page itself, if it was given as text.
        ours: Whether it comes with the library.
        one_of_many: Whether it was found in a folder, and not named itself.
    """

    where: str
    text: str | None = attrs.field(default=None, repr=False)
    file: Traversable | None = None
    ours: bool = False
    one_of_many: bool = False

    def read_text(self) -> str:
        """
        Return the text of the page.

        Raises:
            Faults: The file cannot be read as text.
        """
        if self.text is not None:
            return self.text
        assert self.file is not None
        return read_text(self.file, self.where)

    def open_page(self) -> TextPage | WordPage:
        """
        Return the page, opened.

        Raises:
            Faults: The file cannot be read as text, or is not a Word file.
        """
        if self.file is None or not is_word_name(self.file.name):
            return TextPage(self.read_text(), self.where)
        from reflect.pages.word_pages import open_word_page  # with what it imports 60 ms, and few pages need it

        return open_word_page(read_word_data(self.file, self.where), self.where)


@attrs.frozen
class TextPage:
    """
    A page that is text.
    """

    text: str = attrs.field(repr=False)
    where: str
    notes: tuple[str, ...] = ()

    def read_model(self) -> Model:
        return reading.read_model(self.text, self.where)

    def read_head(self) -> Head:
        return reading.read_head(self.text, self.where)

    def place_fault(self, fault: Fault) -> Fault:
        """
        Return a fault at a line of the text as it is.
        """
        return fault


def _pages_in_folder(folder: Traversable, name: str) -> Iterator[PageSource]:
    inside = list(list_folder(folder) if isinstance(folder, Path) else folder.iterdir())
    files = sorted((f for f in inside if f.name.endswith(".md") and f.is_file()), key=lambda f: f.name)
    for file in (*word_pages_in(inside), *files):
        if not file.name.startswith((".", "_")) and file.name.lower() != "readme.md":
            yield PageSource(f"{name}/{file.name}" if name else file.name, file=file, one_of_many=True)


_File = TypeVar("_File", bound="Traversable")


def word_pages_in(inside: Iterable[_File]) -> Iterator[_File]:
    """
    Give the Word files among the files of a folder that are pages: no papers of ours, no letters, and none with a
    page of the same name beside it.
    """
    files = list(inside)
    names = {file.name for file in files}
    for file in sorted((f for f in files if is_word_name(f.name) and f.is_file()), key=lambda f: f.name):
        if file.name.startswith("~$") or f"{file.name.rpartition('.')[0]}.md" in names:
            continue
        try:
            page = PageSource(file.name, file=file).open_page()
        except Faults:
            continue
        if isinstance(page, TextPage) or (page.is_like_a_page and not page.is_ours):
            yield file


#: What a model has to be suited for, by the number of people in the room.
_SUITS = {1: Suits.SELF, 2: Suits.ONE_TO_ONE, 3: Suits.GROUP}


def _is_for(head: Head, people: int) -> bool:
    """
    Whether a page is for so many people: as it says, or otherwise by what it suits.
    """
    if head.people is None:
        return _SUITS[min(max(people, 1), 3)] in head.suits
    return head.people.least <= people <= (head.people.most or people)


#: Where to look for pages: the path of a folder or file, the name of an installed package, texts by their names, or
#: another catalogue.
Pages = Union[str, Path, Mapping[str, str], "Catalogue"]


def _find_pages(source: Pages) -> Iterator[PageSource]:
    if isinstance(source, Catalogue):
        return iter(source.pages)
    if isinstance(source, Mapping):
        return (PageSource(name, text=text) for name, text in cast("Mapping[str, str]", source).items())
    if isinstance(source, str) and names_package(source):
        return _pages_in_folder(locate(source).place("models"), source)
    path = need_path(source, "a folder of pages, or a page,")
    if is_folder(path):
        return _pages_in_folder(path, str(path))
    if is_file(path) and path.suffix.lower() in SHEET_ENDINGS:
        from reflect.pages.sheets import read_sheet  # few catalogues have a sheet in them

        return (PageSource(name, text=text) for name, text in read_sheet(path).items())
    if is_file(path):
        return iter((PageSource(str(path), file=path),))
    remedy = f"name a folder of pages, a page, a sheet, or 'package:name'{hint_at_file(path)}"
    raise Faults((Fault(str(path), None, "there is no such file or folder", remedy),))


@attrs.frozen(eq=False)  # the same folder, read again, may hold other pages
class Catalogue(Shown, Mapping[str, Model]):
    """
    Models by their keys, as a mapping: ``catalogue["kolb-cycle"]``. Of two pages of one key, the later counts.

    A page is read when its model is asked for, so the values take as long as all pages do; for what is known of each
    from its front matter alone there is `heads`. Two catalogues are never equal, even of the same pages.
    """

    pages: tuple[PageSource, ...]
    _models: dict[PageSource, Model] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)
    _tied: dict[PageSource, Model] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)
    _heads: dict[PageSource, Head] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)
    _opened: dict[PageSource, TextPage | WordPage] = attrs.field(
        factory=dict, init=False, eq=False, repr=False, hash=False
    )
    _parts: dict[str, Composable] = attrs.field(factory=dict, init=False, eq=False, repr=False, hash=False)

    def _brief(self) -> Iterable[str]:
        return (count_of(len(self.pages), "model"),)

    def head_of(self, page: PageSource) -> Head:
        """
        Return what one of its pages says about its model.

        Raises:
            Faults: What is wrong with its front matter.
        """
        if page not in self._heads:
            listed = our_heads().get(page.where) if page.ours else None
            self._heads[page] = listed or self._open(page).read_head()
        return self._heads[page]

    @functools.cached_property
    def _by_key(self) -> dict[str, PageSource]:
        keys: dict[str, PageSource] = {}
        faults: list[Fault] = []
        for page in self.pages:
            try:
                keys[self.head_of(page).key] = page
            except Faults as error:
                faults += error.faults
        if faults:
            raise Faults(faults)
        return keys

    @functools.cached_property
    def _by_title(self) -> dict[str, str]:
        return {make_path(self.head_of(page).title): key for key, page in self._by_key.items()}

    def _page_of(self, key: str) -> PageSource:
        for page in reversed(self.pages):
            # A test makes sure that our own files are named after their keys, so we need not check.
            if page.where == f"{key}.md" if page.ours else self.head_of(page).key == key:
                return page
        raise UnknownKey(key, tuple(self._by_key), "model", self.find_nearest(key))

    def without_faults(self) -> tuple[Catalogue, tuple[Fault, ...]]:
        """
        Return the catalogue without the pages that cannot be read, and all that is wrong with those.

        Only pages that were found in a folder are left out: one that was named itself is wanted, whatever it holds.

        Raises:
            Faults: What is wrong with a page that was named itself.
        """
        sound: list[PageSource] = []
        faults: list[Fault] = []
        for page in self.pages:
            try:
                if not page.ours:
                    self._tie(page)
            except Faults as wrong:
                if not page.one_of_many:
                    raise
                faults += wrong.faults
            else:
                sound.append(page)
        rest = Catalogue(tuple(sound))
        rest._models.update(self._models)
        rest._opened.update(self._opened)
        return rest, tuple(faults)

    def with_sound_heads(self) -> Catalogue:
        """
        Return the catalogue without the pages whose front matter cannot be read.
        """
        sound: list[PageSource] = []
        for page in self.pages:
            with contextlib.suppress(Faults):
                self.head_of(page)
                sound.append(page)
        return Catalogue(tuple(sound))

    def without_page(self, page: PageSource) -> Catalogue:
        """
        Return the catalogue without one page.
        """
        return Catalogue(tuple(each for each in self.pages if each != page))

    def _read(self, page: PageSource) -> Model:
        if page not in self._models:
            self._models[page] = self._open(page).read_model()
        return self._models[page]

    def _tie(self, page: PageSource) -> Model:
        """
        Return the model of a page, and of a string of pages with each of them as a part.
        """
        if page not in self._tied:
            own = self._read(page)
            if own.head.steps:
                opened = self._open(page)
                line = find_line_of_steps(opened.text)
                try:
                    own = tie_string(own, lambda key: self._read(self._page_near(key, page)), page.where, line)
                except Faults as wrong:
                    raise Faults(map(opened.place_fault, wrong.faults)) from None
            self._tied[page] = own
        return self._tied[page]

    def _page_near(self, key: str, page: PageSource) -> PageSource:
        """
        Return the page of a key; of one that is not in the catalogue, the file beside the page that names it.
        """
        try:
            return self._page_of(key)
        except Faults:  # of another page, which is told there
            return self.with_sound_heads()._page_of(key)
        except UnknownKey:
            beside = page.file.with_name(f"{key}.md") if isinstance(page.file, Path) else None
            if beside is None or not is_file(beside):
                raise
            return PageSource(str(beside), file=beside)

    def _open(self, page: PageSource) -> TextPage | WordPage:
        if page not in self._opened:
            self._opened[page] = page.open_page()
        return self._opened[page]

    def notes(self) -> tuple[str, ...]:
        """
        Return what the pages in Word files have that is on no paper, a sentence for each; without Word files, nothing.

        Raises:
            Faults: A Word file cannot be opened.
        """
        word = (page for page in self.pages if page.file is not None and is_word_name(page.file.name))
        return tuple(note for page in word for note in self._open(page).notes)

    def find_nearest(self, words: str) -> str:
        """
        Return the key of the model that is meant by words which are no key: its title, the name of its file, or its key
        written otherwise.

        Of a dotted path, the part stays. It is empty if no model is near.
        """
        key, dot, part = make_path(words).partition(".")
        titles = self._by_title
        if key in self._by_key:
            return key + dot + part
        for own, page in self._by_key.items():
            if page.file is not None and make_path(page.file.name.rpartition(".")[0]) == key:
                return own + dot + part
        names = (*self._by_key, *titles)
        near = difflib.get_close_matches(key, names, n=1, cutoff=0.75)
        near = near or [name for name in names if len(key) > 2 and name.startswith(f"{key}-")]
        return titles.get(near[0], near[0]) + dot + part if near else ""

    def name_of_ours(self, key: str) -> str:
        """
        Return the name of the file of a page that comes with the library; empty if the key leads to another page.
        """
        page = self._by_key.get(key)
        return page.where if page is not None and page.ours else ""

    def heads(self) -> tuple[Head, ...]:
        """
        Return what is known about each model, from its front matter alone.

        Raises:
            Faults: Everything wrong in any front matter.
        """
        return tuple(self.head_of(page) for _, page in sorted(self._by_key.items()))

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
        Return what is known about the models that meet every condition, in the order of their keys.

        Args:
            minutes: The minutes you have; a model that needs more is left out.
            people: How many are in the room. A page that says how many it is for is taken at its word; of any other,
                what it suits counts: one alone, a supervisor and a worker, or a group of three or more.
            suits: ``"one-to-one"``, ``"group"`` or ``"self"``.
            family: Words from the name of its family.
            when: Words from its title or from when it helps, such as ``"stuck"``.
            asks: A tag that a core question has, or any two questions, such as ``"feeling"``.
            element: An element of the cycle that it asks about or works on.
            function: A function of supervision that it serves.
            new_to: Keys of models that have been used already; these are left out.

        Raises:
            Faults: What is wrong with a page.
        """
        used = frozenset(new_to)
        must_suit = {Suits(suits)} if suits else set()
        words = when.casefold().split()
        return tuple(
            head
            for head in self.heads()
            if head.key not in used
            and must_suit <= set(head.suits)
            and (people is None or _is_for(head, people))
            and family.casefold() in head.family.casefold()
            and (minutes is None or not head.minutes or head.minutes[0] <= minutes)
            and all(word in f"{head.title} {head.when}".casefold() for word in words)
            and (not (asks or element or function) or self._has_questions(head.key, asks, element, function))
        )

    def _has_questions(
        self, key: str, tag: str, element: Element | str | None, function: Function | str | None
    ) -> bool:
        asked = self._asked_by(key)
        return (
            (not tag or tag in asked.tags)
            and (not element or Element(element) in asked.serves)
            and (not function or Function(function) in asked.serves)
        )

    def _asked_by(self, key: str) -> AskedAbout:
        """
        Return what a model asks about; of ours, no page is read for it. A string depends on the pages that it ties.
        """
        page = self._page_of(key)
        listed = our_asked().get(page.where) if page.ours and not self.head_of(page).steps else None
        return listed or asked_by(self.model(key))

    def model(self, key: str) -> Model:
        """
        Return the model of that key. If it is a string of pages, each of them is a part.

        Raises:
            UnknownKey: There is no such model; the message names the nearest.
            Faults: Its page is wrong, or a page of its string is.
        """
        return self._tie(self._page_of(key))

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
        if path not in self._parts:
            self._parts[path] = self.model(key).only(part)
        return self._parts[path]

    def __getitem__(self, key: str) -> Model:
        return self.model(key)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._by_key))

    def __len__(self) -> int:
        return len(self._by_key)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._by_key


def our_pages() -> tuple[PageSource, ...]:
    return tuple(attrs.evolve(page, ours=True) for page in _pages_in_folder(OURS / "models", ""))


def catalogue(*sources: Pages, builtin: bool = True) -> Catalogue:
    """
    Return a catalogue of the models that come with the library and of those you name.

    Args:
        sources: The paths of folders and single pages, mappings of names to the texts of pages, other catalogues, or
            ``"package:name"`` for an installed package.
        builtin: Whether to include ours.

    Raises:
        Faults: There is no such folder or page.
        Refused: A source is a text that is not ``"package:…"``.
        UnknownKey: No installed package offers models under that name.
    """
    faults: list[Fault] = []
    pages: list[PageSource] = list(our_pages()) if builtin else []
    for source in sources:
        try:
            pages += _find_pages(source)
        except Faults as error:
            faults += error.faults
    if faults:
        raise Faults(faults)
    return Catalogue(tuple(dict.fromkeys(pages)))


@functools.cache
def our_catalogue() -> Catalogue:
    """
    Return the catalogue of the models that come with the library; each page is read once.
    """
    return catalogue()


def load(path: str, *sources: Pages) -> Model:
    """
    Return a model by its key, from ours and from the sources you name.

    Args:
        path: The key of the model, such as ``"kolb-cycle"``.
        sources: Paths of folders and files, or ``"package:agency"``. If two have a model of that key, the later counts.

    Raises:
        UnknownKey: There is no such model.
        Faults: Its page, or a source, is wrong.
    """
    return (catalogue(*sources) if sources else our_catalogue()).model(path)


def read_page(source: Iterable[str] | str | Path) -> Model:
    """
    Return the model of one page.

    Args:
        source: The text of the page, or its lines with their line endings, as an open file gives them; or a
            `pathlib.Path`, which is that of its file. A text is always the page itself, and never opens a file.

    Raises:
        Faults: Everything wrong with it; or there is no such file, or it is a folder without exactly one page.
    """
    if isinstance(source, str) and source.lower().endswith((".md", ".txt", *WORD_ENDINGS)) and "\n" not in source:
        what = "this is the name of a file, and not the text of a page"
        raise Faults((Fault("page.md", None, what, "name the file with pathlib.Path(…)"),))
    if not isinstance(source, Path):
        return reading.read_model(source if isinstance(source, str) else join_lines(source), "page.md")
    pages = tuple(_find_pages(source))
    if len(pages) != 1:
        what = "there is more than one page here" if pages else "there is no page here"
        remedy = "name one page, or give the folder to 'reflect.catalogue'"
        raise Faults((Fault(str(source), None, what, remedy),))
    return pages[0].open_page().read_model()
