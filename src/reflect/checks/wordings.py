"""
Check whether a wording has every word that pages may need, and whether its scenes are those of questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from reflect.checks.checked import Checked
from reflect.errors import Fault, add_hint, hint_at_nearest
from reflect.files.reading import read_text
from reflect.pages.advice import lint
from reflect.pages.catalogues import our_catalogue
from reflect.questions.model import Model
from reflect.questions.question import Question
from reflect.questions.sets import QuestionSet
from reflect.questions.wordings import LATER, Wording, wording


def known_words() -> frozenset[str]:
    """
    Return the names of the words that a page may use: those of the general wording.
    """
    return frozenset(name for name, _ in wording("general").words)


def check_wording(path: Path) -> Checked:
    given, text = wording(path), read_text(path, str(path))
    faults = (*_missing_words(given, str(path)), *_unknown_scenes(given, str(path), text))
    return Checked(path, faults, advice=tuple(_scenes_of_other_pages(given, str(path), text)))


def _missing_words(given: Wording, where: str) -> Iterator[Fault]:
    names, general = frozenset(name for name, _ in given.words), known_words()
    for word in sorted(general - names - {*LATER}):
        misspelt = [name for name in sorted(names - general) if hint_at_nearest(name, (word,), 0.75)]
        hint = f". Is '{misspelt[0]}' meant to be it?" if misspelt else ""
        remedy = f"add it, or pages that need it cannot be printed{hint}"
        yield Fault(where, None, f"the word '{word}' is missing", remedy)


# --- scenes


def _page_of(key: str) -> str:
    return key.partition(".")[0]


def _line_of(key: str, text: str) -> int | None:
    rows = enumerate(text.splitlines(), 1)
    return next((n for n, row in rows if row.strip().lstrip("{\"'").startswith(key)), None)


def _unknown_scenes(given: Wording, where: str, text: str) -> Iterator[Fault]:
    """
    Give a fault for each scene of a question that its page, one of ours, does not ask, and for each whose page is
    nearly one of ours.
    """
    known = our_catalogue()
    for scene in given.scenes:
        page, line = _page_of(scene.key), _line_of(scene.key, text)
        if page in known:
            asks = [each.key for each in known.model(page).asks]
            if scene.key not in asks:
                remedy = add_hint(f"write a key that 'reflect show {page} --json' names", scene.key, asks)
                yield Fault(where, line, f"the page '{page}' asks nothing called '{scene.key}'", remedy)
        elif hint_at_nearest(page, known):
            remedy = add_hint("write the key of a page and of a question on it", page, tuple(known))
            yield Fault(where, line, f"there is no page '{page}' of ours, as the scene '{scene.key}' has it", remedy)


def _scenes_of_other_pages(given: Wording, where: str, text: str) -> Iterator[Fault]:
    known = our_catalogue()
    for scene in given.scenes:
        page = _page_of(scene.key)
        if page not in known and not hint_at_nearest(page, known):
            what = f"'{page}' is not a page of ours, so nobody can say here whether it asks '{scene.key}'"
            yield Fault(where, _line_of(scene.key, text), what, "look at its key once more")


def advice_on_scenes(path: Path) -> Iterator[Fault]:
    """
    Give advice on the scenes of a wording, as it is given on the questions of a page.

    Raises:
        Refused: The packages that advice needs are not installed.
    """
    given, text, known = wording(path), read_text(path, str(path)), our_catalogue()
    keys = {scene.key for scene in given.scenes}
    for page in dict.fromkeys(map(_page_of, keys)):
        if page not in known:
            continue
        model = known.model(page)
        staged = attrs.evolve(model, questions=_stage(given, model.questions))
        for piece in lint(staged):
            if piece.where in keys and piece.code != "kept-for-nothing":
                asked = _question(staged, piece.where).text
                what = f"'{asked}': {piece.what}"
                yield Fault(str(path), _line_of(piece.where, text), what, f"{piece.remedy} ({piece.code})")


def _question(model: Model, key: str) -> Question:
    return next(each for each in model.asks if each.key == key)


def _stage(given: Wording, whole: QuestionSet) -> QuestionSet:
    """
    Return a set with its questions as a wording says them.
    """
    children = (
        given.stage(child)
        if isinstance(child, Question)
        else _stage(given, child)
        if isinstance(child, QuestionSet)
        else child
        for child in whole.children
    )
    return attrs.evolve(whole, children=tuple(children))
