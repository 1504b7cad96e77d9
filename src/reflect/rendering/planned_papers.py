"""
What a plan gives for the papers that stand beside its session.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from reflect.papers.casework import CaseRecord, Informal
from reflect.papers.logs import ActionLog, LoggedAction
from reflect.papers.workload import Attempt, Escalation, Workload
from reflect.planning.caseload import Case
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.session_file import InformalDecision, SessionFile
from reflect.questions.rings import Ring
from reflect.sessions.nations import Nation, our_titles
from reflect.sessions.parts import Action


def case_records(plan: Plan, file: SessionFile) -> tuple[CaseRecord, ...]:
    """
    Return a record for each family that is talked about in depth, was decided on between sessions, or has actions that
    are still open: that one alone.
    """
    cases = () if isinstance(file.cases, str) else file.cases
    together = {case.ref: case.together for case in cases}
    # Whoever reads a case may not know what the session was for.
    plan = plan.outermost
    families = [line.family for line in plan.lines if line.kind == "depth"]
    families += [together.get(each.about, each.about) for each in file.informal]
    before = [action for action in plan.whole.before if action.ring is Ring.CASE]
    families += [together.get(each.case, each.case) for each in before if each.case]
    return tuple(
        _record_of_family(
            family,
            file,
            [case for case in cases if case.together == family or case.ref == family],
            [each for each in file.informal if together.get(each.about, each.about) == family],
            [each for each in before if together.get(each.case, each.case) == family],
        )
        for family in dict.fromkeys(families)
    )


def _record_of_family(
    family: str,
    file: SessionFile,
    members: Sequence[Case],
    decisions: Sequence[InformalDecision],
    before: Sequence[Action],
) -> CaseRecord:
    return CaseRecord(
        about=family,
        date=file.date,
        plan=", ".join(dict.fromkeys(case.kind for case in members if case.kind)),
        last=max((case.touched for case in members if case.touched), default=None),
        informal=tuple(map(informal, decisions)),
        # On the record of a case its actions need not name it.
        before=tuple(
            LoggedAction.of(attrs.evolve(each, case="" if each.case == family else each.case)) for each in before
        ),
    )


def informal(decision: InformalDecision) -> Informal:
    return Informal(
        about=decision.about,
        happened=decision.happened,
        written=decision.written,
        how=decision.how,
        by=decision.by,
        decision=decision.decision,
        rationale=decision.rationale,
        rather_than=decision.rather_than,
        replaced_by=decision.replaced_by,
        confirmed="confirmed" if decision.confirmed else "not yet",
    )


def workload(file: SessionFile, settings: Profile) -> Workload:
    """
    Return the workload statement of a session file; a blank one if it says nothing of a load.
    """
    load = file.workload
    if load is None:
        return Workload()
    return Workload(
        date=file.date,
        total=load.points,
        limit=load.limit or settings.limit,
        earlier=load.earlier,
        said=load.said,
        written=load.written,
        regulator=settings.regulated_by(file.date, file.nation),
    )


def escalation(plan: Plan, file: SessionFile, settings: Profile) -> Escalation:
    """
    Return what goes up the line where a load is over its limit, unsent; a blank one if none is.
    """
    load = file.workload
    if plan.raised is None or load is None:
        return Escalation()
    statement = workload(file, settings)
    return Escalation(
        what="workload",
        facts=statement.over,
        tried=tuple(Attempt(date=day, what="said") for day in load.said)
        + tuple(Attempt(date=day, what="put in writing") for day in load.written),
        ladder=settings.escalation.ladder,
        level=plan.raised.level,
        raised=file.date,
        days=settings.escalation.days,
        regulator=plan.regulator,
        nation=_calendar_of(settings.rules(file.nation)),
    )


def _calendar_of(rules: Nation | None) -> str:
    """
    Whose bank holidays count: one of our nations, or the calendar of another.
    """
    if rules is None:
        return ""
    return rules.title if rules.title in our_titles() else rules.holidays


def action_log(plan: Plan) -> ActionLog:
    """
    Return what is still to be done, as the plan has it: what is about a case apart from all else, and nothing that is
    between two people.
    """
    before = plan.outermost.whole.before
    return ActionLog(
        personal=tuple(LoggedAction.of(each) for each in before if each.ring in (Ring.PERSONAL, Ring.GROUP)),
        case=tuple(LoggedAction.of(each) for each in before if each.ring is Ring.CASE),
    )
