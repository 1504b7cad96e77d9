"""
What a session file asks for and the plan cannot give: said to the two, so that nobody waits for it in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reflect.planning.dealing import DealtAgenda
from reflect.planning.plan import PlannedLine
from reflect.planning.session_file import SessionFile
from reflect.shown import count_of


def name_unmet(file: SessionFile, dealt: DealtAgenda, lines: Iterable[PlannedLine]) -> Iterator[str]:
    """
    Give a sentence for each thing that a session file asks for and its plan does not have.
    """
    lines = tuple(lines)
    kinds = {line.kind for line in lines}
    for draft in dealt.gone:
        if not draft.wish and not draft.talk:
            yield f"there is no time for '{draft.line.title}'; give the session more minutes, or leave it"
    if file.slots is not None and file.case_list:
        talks = sum(line.kind == "depth" for line in lines)
        if talks < file.slots:
            yield f"'slots' asks for {count_of(file.slots, 'talk')} in depth, and there {_is_or_are(talks)}"
    yield from _unused_models(file, lines)
    has_load = "workload" in kinds or (dealt.by_topics and "before" in kinds)
    if file.workload and not has_load:
        yield "'workload' is on no paper of this session, which has no item for it; ask for the workload statement"


def _unused_models(file: SessionFile, lines: Iterable[PlannedLine]) -> Iterator[str]:
    """
    Name each entry of 'models' that no item of the session uses.
    """
    families = {case.ref: case.together for case in file.case_list}
    used = {line.family for line in lines if line.kind == "depth"}
    used |= {"talk"} if any(line.kind == "talk" for line in lines) else set()
    keys = {line.key for line in lines}
    for name in file.models:
        if name not in keys and families.get(name, name) not in used:
            yield f"the model for '{name}' is not used, because this session has no time or no item for it"


def _is_or_are(talks: int) -> str:
    return "is none" if not talks else "is one" if talks == 1 else f"are {talks}"
