"""
The papers that stand beside a session: what is agreed, what was decided between sessions, what is too much, what
has been held. Each is a frozen value, made in code or read from a YAML file, and a template prints it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from reflect.files.objects import example_of as example
from reflect.papers.paper import Paper, load

if TYPE_CHECKING:
    from reflect.papers.agreement import Agreement
    from reflect.papers.casework import CaseRecord, Informal, Step
    from reflect.papers.logs import ActionLog, SupervisionLog
    from reflect.papers.reviews import AnnualReview, AuditView
    from reflect.papers.workload import Escalation, Request, Workload

__all__ = [
    "ActionLog",
    "Agreement",
    "AnnualReview",
    "AuditView",
    "CaseRecord",
    "Escalation",
    "Informal",
    "Paper",
    "Request",
    "Step",
    "SupervisionLog",
    "Workload",
    "example",
    "load",
    "paper_of",
]

_HOMES = {
    "agreement": ("Agreement",),
    "casework": ("CaseRecord", "Informal", "Step"),
    "logs": ("ActionLog", "SupervisionLog"),
    "reviews": ("AnnualReview", "AuditView"),
    "workload": ("Escalation", "Request", "Workload"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

#: What papers are made of, by the word that the front matter of their template has for it.
KINDS = {
    "action-log": "ActionLog",
    "agreement": "Agreement",
    "annual-review": "AnnualReview",
    "audit-view": "AuditView",
    "case-record": "CaseRecord",
    "escalation": "Escalation",
    "informal": "Informal",
    "request": "Request",
    "supervision-log": "SupervisionLog",
    "workload": "Workload",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'reflect.papers' has no attribute {name!r}")
    return getattr(importlib.import_module(f"reflect.papers.{_HOME[name]}"), name)


def paper_of(of: str) -> type[Paper]:
    """
    Return the class that a template's ``of: …`` names, such as ``workload``.
    """
    found: type[Paper] = __getattr__(KINDS[of])  # type: ignore[assignment]
    return found
