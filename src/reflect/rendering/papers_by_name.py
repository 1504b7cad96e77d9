"""
Look up the papers that profiles and occasions name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from reflect.documents.templates import Templates
from reflect.errors import UnknownKey
from reflect.files.named import Look, Named, refuse_unknown_names
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile


def papers_by_name(more: Iterable[str], templates: Templates) -> Mapping[str, Look]:
    """
    Return how the papers of a session are looked up that a file names, and further papers.

    Args:
        more: The names of further papers.
        templates: Where templates are found.
    """
    further = tuple(more)

    def for_session(named: Named) -> None:
        known = templates.names()
        if named.text not in known or templates.about(named.text).of != "session":
            fitting = tuple(name for name in known if templates.about(name).of == "session")
            raise UnknownKey(named.text, fitting, "paper of a session called")

    def for_further(named: Named) -> None:
        if named.text not in further:
            raise UnknownKey(named.text, further, "further paper")

    return {"paper of a session": for_session, "further paper": for_further}


def refuse_unknown_papers(
    plan: Plan, settings: Profile, more: Iterable[str], templates: Templates | Iterable[str | Path] = ()
) -> None:
    """
    Refuse the papers that the occasion of a plan names, or its profile, if there are none such.

    Raises:
        Faults: There are none; each with its file and line.
    """
    shelf = templates if isinstance(templates, Templates) else Templates(tuple(templates))
    named = (*(plan.occasion.named if plan.occasion else ()), *settings.named)
    refuse_unknown_names(named, papers_by_name(more, shelf))
