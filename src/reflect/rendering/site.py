"""
A folder to put on an intranet: the catalogue and its papers, for people who install nothing.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from reflect import formats
from reflect.documents.making import document
from reflect.errors import Fault, ReflectError, Refused
from reflect.files.folders import is_folder
from reflect.files.places import need_path
from reflect.files.writing import Files
from reflect.interchange.values import to_json
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.model import Model, Suits
from reflect.questions.timetable import least
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as wording_of
from reflect.rendering.gallery import FileLink, PaperLinks, gallery
from reflect.rendering.rendering import render

#: Papers about a model, in the order in which they are listed.
ABOUT = ("handout", "cards", "worksheet", "notes")
#: Papers about all of them.
WHOLE = ("booklet", "take-away")
#: Papers of a session that uses it.
HELD = ("agenda", "record")
#: The family of pages that hold a session together: they need no session of their own.
_FRAME = "frame"
#: What stands round a model in a session, and its minutes; what is usual there is in `models/`.
_BEFORE, _AFTER, _ROUND = "arrive@3 + previous-actions@5 + wellbeing-check-in@8", "close@7", 23
#: A session without a model: nobody has to have one.
_PLAIN = f"{_BEFORE} + workload@10 + case-round@20 + learning@7 + {_AFTER}"
#: Minutes that sessions are planned for.
_HOURS = (60, 90, 120)
#: What is in the folder besides papers.
_PAGE, _DATA = "index.html", "catalogue.json"


@attrs.frozen(kw_only=True)
class _File:
    """
    A file of the folder, not made yet.
    """

    path: str
    make: Callable[[], bytes] = attrs.field(repr=False)


def publish(
    folder: Path,
    *,
    models: Catalogue | None = None,
    to: Iterable[str] = ("docx",),
    wording: str | Path | Wording = "general",
    plain: bool = False,
    force: bool = False,
    told: Callable[[str, int, int], None] | None = None,
) -> tuple[Path, ...]:
    """
    Write a folder that can be put on an intranet as it is, and give the paths of its files.

    ``index.html`` shows every model and leads to its papers, in ``papers/KEY/``: handout, cards, worksheet, and
    a blank agenda and record of a session that uses it. ``catalogue.json`` is a list of the models in the form of
    ``docs/reference/json.md``. The same catalogue gives the same bytes. All files are written, or none.

    Args:
        folder: Where to; it is made if it is not there. Files in it that are not of this catalogue stay.
        models: What is published; our own models if nothing is said.
        to: The formats of the papers, such as ``("docx", "pdf")``.
        wording: The words of the profession.
        plain: Whether each question is in its plain form, if its page has one.
        force: Replace files that somebody has changed.
        told: Is told of each file: its path in the folder, how many there are by now, and how many there will be.

    Raises:
        UnknownKey: There is no such format or wording, or the wording lacks a word.
        Faults: A page is wrong.
        Refused: A file there has been changed by somebody, or the place is no folder.
        NotWritten: The disk refuses a file; what was there before is there again.
    """
    known, words, kinds = models or our_catalogue(), wording_of(wording), tuple(dict.fromkeys(to))
    for kind in kinds:
        formats.writer(kind)
    root = need_path(folder, "the folder of a catalogue")
    if os.path.exists(root) and not is_folder(root):
        raise Refused(f"'{root}' is not a folder; name another with -o")
    plan = tuple(_plan_files(known, kinds, _Words(words, plain)))
    written: list[Path] = []
    with Files() as files:
        for n, each in enumerate(plan, 1):
            path = root / each.path
            data = each.make()  # first: a page that is wrong leaves no empty folder
            files.add(path, data, force=force or path.suffix == ".json", private=False, make_folder=True)
            written.append(path)
            if told:
                told(each.path, n, len(plan))
    return tuple(written)


@attrs.frozen
class _Words:
    """
    In which words the papers are.
    """

    wording: Wording
    plain: bool = False


def _plan_files(models: Catalogue, kinds: tuple[str, ...], words: _Words) -> Iterator[_File]:
    """
    The files of the folder; the page that leads to all others comes last.
    """
    papers: dict[str, tuple[PaperLinks, ...]] = {}
    for head in models.heads():
        made: list[PaperLinks] = []
        for name in (*ABOUT, *_papers_of_few(kinds)):
            yield from _plan_paper(made, head.key, name, kinds, _make_about(models, head.key, name, words))
        if head.family != _FRAME and set(head.suits) != {Suits.SELF}:
            outline, minutes = _session_with(models.model(head.key))
            for name in HELD:
                yield from _plan_paper(made, head.key, name, kinds, _make_held(models, outline, minutes, name, words))
        papers[head.key] = tuple(made)
    general: list[PaperLinks] = []
    for name in HELD:
        yield from _plan_paper(general, "no-model", name, kinds, _make_held(models, _PLAIN, _HOURS[0], name, words))
    whole: list[PaperLinks] = []
    for name in WHOLE:
        yield from _plan_paper(whole, "all", name, kinds, lambda to, name=name: _make_of_all(models, name, words, to))  # type: ignore[misc]
    yield _File(path=_DATA, make=lambda: _list_models(models))
    yield _File(
        path=_PAGE, make=lambda: gallery(models, words.wording, papers, tuple(general), tuple(whole), plain=words.plain)
    )


def _plan_paper(
    made: list[PaperLinks], key: str, name: str, kinds: Iterable[str], make: Callable[[str], bytes]
) -> Iterator[_File]:
    """
    One paper in each format, and what the page says of it.
    """
    links = []
    for kind in kinds:
        papers = formats.FORMATS[kind].papers
        if papers and name not in papers:
            continue
        if not papers and name in _papers_of_few(kinds):
            continue
        path = f"papers/{key}/{name}{formats.FORMATS[kind].ending}"
        links.append(FileLink(label=formats.FORMATS[kind].title, to=path))
        yield _File(path=path, make=lambda kind=kind: make(kind))  # type: ignore[misc]  # as it is now
    if links:
        made.append(PaperLinks(label=name.capitalize(), links=tuple(links)))


def _papers_of_few(kinds: Iterable[str]) -> tuple[str, ...]:
    """
    Return the papers that are there because a format is for them alone, such as slides.
    """
    return tuple(dict.fromkeys(name for kind in kinds for name in formats.FORMATS[kind].papers))


def _make_about(models: Catalogue, key: str, name: str, words: _Words) -> Callable[[str], bytes]:
    return lambda to: render(models.model(key), name, to=to, wording=words.wording, plain=words.plain)


def _make_of_all(models: Catalogue, name: str, words: _Words, to: str) -> bytes:
    return render("", name, to=to, models=models, wording=words.wording, plain=words.plain)


def _make_held(models: Catalogue, outline: str, minutes: int, name: str, words: _Words) -> Callable[[str], bytes]:
    return lambda to: render(
        outline, name, to=to, minutes=minutes, models=models, wording=words.wording, plain=words.plain
    )


def leave_out_unprintable(models: Catalogue, wording: str | Path | Wording) -> tuple[Catalogue, tuple[Fault, ...]]:
    """
    Return the catalogue without the pages of others of which a paper cannot be made, and why for each.

    Raises:
        UnknownKey: There is no such wording.
    """
    words, faults = wording_of(wording), []
    for page in tuple(page for page in models.pages if not page.ours):
        key = models.head_of(page).key
        try:
            _try_papers(models, key, words)
        except ReflectError as error:
            what, _, remedy = str(error).partition("; ")
            faults.append(Fault(page.where, None, f"its papers cannot be made: {what}", remedy or "mend the page"))
            models = models.without_page(page)
    return models, tuple(faults)


def _try_papers(models: Catalogue, key: str, words: Wording) -> None:
    for name in (*ABOUT, WHOLE[0]):
        document(models.model(key), name, wording=words)
    if models.model(key).head.family != _FRAME:
        outline, minutes = _session_with(models.model(key))
        for name in HELD:
            document(outline, name, minutes=minutes, models=models, wording=words)


def _session_with(model: Model) -> tuple[str, int]:
    """
    A session that uses a model, in the shortest of the usual lengths that gives it the minutes it needs.
    """
    fewest, usual = model.head.minutes or (1, _HOURS[0] - _ROUND)
    fewest = max(fewest, least(model))
    minutes = next((hour for hour in _HOURS if hour - _ROUND >= fewest), math.ceil((fewest + _ROUND) / 30) * 30)
    given = min(max(usual, fewest), minutes - _ROUND)
    return f"{_BEFORE} + {model.key}@{given} + {_AFTER}", minutes


def _list_models(models: Catalogue) -> bytes:
    each = ",\n".join(to_json(models.model(key)).rstrip() for key in models)
    return f"[\n{each}\n]\n".encode()
