"""
Where what a file names is looked for while it is checked: in the folders that are said, beside it, and among ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.errors import Fault
from reflect.files.folders import is_folder
from reflect.files.named import Look, Named, faults_of_names
from reflect.pages.catalogues import catalogue, our_catalogue
from reflect.planning.looking_up import files_by_name, nations_by_name, pages_by_name
from reflect.rendering.papers_by_name import papers_by_name
from reflect.rendering.session_papers import MORE
from reflect.sessions.nations import Nation, nation, nation_names
from reflect.shown import Brief


def _as_tuple(places: Iterable[str | Path]) -> tuple[str | Path, ...]:
    return tuple(places)


#: Names that may be right although nothing is known of them: whoever wrote one is asked.
_ASKED = ("nation", "profession")


@attrs.frozen(kw_only=True)
class Around(Brief):
    """
    Where what a file names is looked for first; each is a folder, or ``"package:agency"``.

    Attributes:
        sources: Pages.
        templates: Templates.
        profiles: Profiles.
        occasions: Occasions.
    """

    sources: tuple[str | Path, ...] = attrs.field(default=(), converter=_as_tuple)
    templates: tuple[str | Path, ...] = attrs.field(default=(), converter=_as_tuple)
    profiles: tuple[str | Path, ...] = attrs.field(default=(), converter=_as_tuple)
    occasions: tuple[str | Path, ...] = attrs.field(default=(), converter=_as_tuple)

    def beside(self, path: Path) -> Around:
        """
        Return the same, with the folders beside that of a file, as an agency has them: ``models``, ``templates`` and
        the others.
        """
        agency = path.absolute().parent.parent
        if path.absolute().parent.name not in _PARTS.values():
            return self
        found = {name: agency / part for name, part in _PARTS.items() if is_folder(agency / part)}
        return attrs.evolve(self, **{name: (*getattr(self, name), folder) for name, folder in found.items()})

    def look_up(self, named: Iterable[Named], nations: Iterable[Nation] = ()) -> tuple[list[Fault], list[Fault]]:
        """
        Return the faults of what a file names, and what its writer should look at.

        Args:
            named: What it names.
            nations: The nations of the agency's own.

        Raises:
            Faults: A folder is not there.
            UnknownKey: There is no package of a name.
        """
        names = tuple(named)
        if not names:
            return [], []
        known: Mapping[str, Look] = {
            **files_by_name(self.profiles, self.occasions),
            **pages_by_name(catalogue(*self.sources) if self.sources else our_catalogue()),
            **papers_by_name(MORE, Templates(self.templates)),
        }
        asked = nations_by_name((*nations, *self._nations()))
        return list(faults_of_names(names, known)), list(faults_of_names(names, asked))

    def _nations(self) -> tuple[Nation, ...]:
        beside = [place.parent / "nations" for place in self.profiles if isinstance(place, Path)]
        folders = [folder for folder in beside if is_folder(folder)]
        return tuple(nation(name, folders) for name in nation_names(folders)) if folders else ()


#: The folders that an agency has, by what is looked for in them.
_PARTS = {"sources": "models", "templates": "templates", "profiles": "profiles", "occasions": "occasions"}
