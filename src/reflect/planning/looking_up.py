"""
Look up what session files, profiles and occasions name: other files of ours, pages and their questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from reflect.errors import UnknownKey
from reflect.files.named import Look, LookForFile, Named, look_beside
from reflect.files.places import NamedFiles
from reflect.pages.catalogues import Catalogue
from reflect.questions.sets import Entry
from reflect.sessions.nations import Nation, nation, nation_names


def files_by_name(profiles: Iterable[str | Path] = (), occasions: Iterable[str | Path] = ()) -> Mapping[str, Look]:
    """
    Return how the files are looked up that a file names: profiles, occasions, wordings and a list of cases.

    Args:
        profiles: Where profiles are looked for first.
        occasions: Where occasions are looked for first.
    """
    folders = {"profile": tuple(profiles), "occasion": tuple(occasions), "wording": ()}
    files = {of: LookForFile(NamedFiles(f"{of}s", of, ""), places) for of, places in folders.items()}
    return {**files, "list of cases": look_beside}


def pages_by_name(models: Catalogue) -> Mapping[str, Look]:
    """
    Return how pages, models and questions are looked up that a file names.
    """
    look = _LookInPages(models)
    return {
        "page": look.for_page,
        "model": lambda named: models.model(named.text),
        "question": look.for_question,
        "questions of a page": look.for_questions_of_page,
    }


@attrs.frozen
class _LookInPages:
    models: Catalogue

    def for_page(self, named: Named) -> None:
        self.models.load(named.text)

    def for_question(self, named: Named) -> None:
        key = named.text.partition(".")[0]
        asks: tuple[Entry, ...] = self.models.model(key).questions.asks
        if named.text not in (known := tuple(question.key for question in asks)):
            raise UnknownKey(named.text, known, "question")

    def for_questions_of_page(self, named: Named) -> None:
        use = named.under
        if use.partition(".")[0] not in self.models:
            return  # that is said where the page is named
        known = [question.key.removeprefix(f"{use.partition('.')[0]}.") for question in self.models.load(use).asks]
        inner = use.partition(".")[2]
        known += [key.removeprefix(f"{inner}.") for key in known if inner and key.startswith(f"{inner}.")]
        for name in filter(None, map(str.strip, named.text.split(","))):
            if name not in known:
                raise UnknownKey(name, tuple(known), f"question of '{use}' called")


def nations_by_name(own: Iterable[Nation] = ()) -> Mapping[str, Look]:
    """
    Return how a nation is looked up that a profile names, and a profession of which the files of nations know.

    Args:
        own: The nations of the agency's own.
    """
    nations = {each.title: each for each in (*map(nation, nation_names()), *own)}
    titles = {title.casefold(): title for title in nations}
    regulated = {each.profession for one in nations.values() for each in one.regulators}
    professions = sorted(regulated.union(each.profession for one in nations.values() for each in one.keeps))

    def for_nation(named: Named) -> None:
        if named.text.endswith((".yaml", ".yml")):
            look_beside(named)
        elif " ".join(named.text.casefold().replace("-", " ").split()) not in titles:
            raise UnknownKey(named.text, tuple(nations), "nation")

    def for_profession(named: Named) -> None:
        if named.text not in professions:
            raise UnknownKey(named.text, tuple(professions), "profession in the files of nations called")

    return {"nation": for_nation, "profession": for_profession}
