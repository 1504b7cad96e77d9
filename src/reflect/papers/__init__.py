"""
The papers around a session: what is agreed, what was decided between sessions, what is too much, and which
sessions were held. Each is a frozen value, made in code or read from a YAML file, and a template prints it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from reflect.arguments import explain_wrong_kinds
from reflect.faces import hand_on
from reflect.files.objects import example_of
from reflect.papers.paper import StandingPaper as StandingPaper
from reflect.papers.paper import load as load

if TYPE_CHECKING:
    from reflect.papers.agreement import *  # noqa: F403
    from reflect.papers.beside import *  # noqa: F403
    from reflect.papers.casework import *  # noqa: F403
    from reflect.papers.logs import *  # noqa: F403
    from reflect.papers.passing import *  # noqa: F403
    from reflect.papers.reviews import *  # noqa: F403
    from reflect.papers.workload import *  # noqa: F403

#: The module of each standing paper, by the word for it in the front matter of its template. The class repeats that
#: word: ``OF = "case-record"`` in `CaseRecord`.
STANDING_PAPERS = {
    "action-log": "logs",
    "agreement": "agreement",
    "annual-review": "reviews",
    "audit-view": "reviews",
    "beside-the-hour": "beside",
    "case-record": "casework",
    "disagreement": "casework",
    "escalation": "workload",
    "informal": "casework",
    "oversight": "casework",
    "passing-on": "passing",
    "request": "workload",
    "same-day-decision": "casework",
    "supervision-log": "logs",
    "workload": "workload",
}
example = example_of
_HOMES = {
    "papers.agreement": "",
    "papers.beside": "",
    "papers.casework": "CaseStep",
    "papers.logs": "LoggedAction LoggedSession",
    "papers.passing": "",
    "papers.reviews": "",
    "papers.workload": "Attempt ExtraDuty LoadTotal WeighedWork",
}
for _word, _module in STANDING_PAPERS.items():
    _HOMES[f"papers.{_module}"] += f" {_word.title().replace('-', '')}"

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = hand_on(
        __name__, _HOMES, own=("STANDING_PAPERS", "StandingPaper", "example", "load", "paper_of")
    )


@explain_wrong_kinds
def paper_of(of: str) -> type[StandingPaper]:
    """
    Return the class that a template's ``of: …`` names, such as ``workload``.

    Raises:
        UnknownKey: No standing paper is called that.
    """
    if of not in STANDING_PAPERS:
        from reflect.errors import UnknownKey

        raise UnknownKey(of, tuple(STANDING_PAPERS), "standing paper")
    module = importlib.import_module(f"reflect.papers.{STANDING_PAPERS[of]}")
    return next(kind for kind in vars(module).values() if isinstance(kind, type) and vars(kind).get("OF") == of)
