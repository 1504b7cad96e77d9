"""
Write the lists of what our own pages say about their models and ask about, so that nobody has to read them all to list,
to search or to choose them.

Usage: our_heads.py; run it whenever a page in src/reflect/models changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reflect.pages import our_heads
from reflect.pages.catalogues import our_pages
from reflect.planning import candidates
from reflect.questions.model import Model
from reflect.sessions.series import varies

CANDIDATES = Path(__file__).parent.parent / "src/reflect/planning/our_candidates.json"
LIST = Path(__file__).parent.parent / "src/reflect/pages/our_heads.json"


def candidates_of(models: Mapping[str, Model]) -> dict[str, candidates.Candidate]:
    """
    Return what planning needs to know of the models that may be chosen, but for those that have other pages as steps.
    """
    varied = {name: model for name, model in models.items() if varies(model.head) and not model.head.steps}
    return {name: candidates.candidate_of(model) for name, model in varied.items()}


def main() -> None:
    """
    Read each page, and write the list.
    """
    models = {page.where: page.open_page().read_model() for page in our_pages()}
    heads = {name: model.head for name, model in models.items()}
    asked = {name: our_heads.asked_by(model) for name, model in models.items()}
    LIST.write_text(our_heads.write_list(heads, asked), "utf-8")
    known = {
        name: candidates.candidate_of(model)
        for name, model in models.items()
        if varies(model.head) and not model.head.steps
    }
    CANDIDATES.write_text(candidates.write_list(known), "utf-8")


if __name__ == "__main__":
    main()
