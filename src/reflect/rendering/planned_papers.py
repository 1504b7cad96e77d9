"""
What a plan gives for the papers that stand beside its session.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.papers.casework import CaseRecord, Informal
from reflect.papers.logs import ActionLog, LoggedAction
from reflect.papers.workload import Attempt, Escalation, Workload
from reflect.planning.caseload import Case
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.session_file import InformalDecision, Promise, SessionFile
from reflect.sessions.days import NATIONS
from reflect.text.prose import day_in_words


def case_records(plan: Plan, file: SessionFile) -> tuple[CaseRecord, ...]:
    """
    Return a record for each family that is talked about in depth or was decided on between sessions: that one alone.
    """
    cases = () if isinstance(file.cases, str) else file.cases
    together = {case.ref: case.together for case in cases}
    families = [line.family for line in plan.lines if line.kind == "depth"]
    families += [together.get(each.about, each.about) for each in file.informal]
    return tuple(
        _record_of_family(
            family,
            file,
            [case for case in cases if case.together == family or case.ref == family],
            [each for each in file.informal if together.get(each.about, each.about) == family],
        )
        for family in dict.fromkeys(families)
    )


def _record_of_family(
    family: str, file: SessionFile, members: Sequence[Case], decisions: Sequence[InformalDecision]
) -> CaseRecord:
    return CaseRecord(
        about=family,
        date=file.date,
        plan=", ".join(dict.fromkeys(case.kind for case in members if case.kind)),
        last=max((case.touched for case in members if case.touched), default=None),
        informal=tuple(map(informal, decisions)),
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
        nation=nation if (nation := file.nation or settings.nation) in NATIONS else "",
    )


def action_log(plan: Plan) -> ActionLog:
    """
    Return what is still to be done, as the plan has it: what is about a case apart from all else.
    """

    def log_action(promise: Promise) -> LoggedAction:
        return LoggedAction(
            what=promise.what,
            who=promise.who,
            by=day_in_words(promise.due) if promise.due else "",
            status=promise.status,
            carried=promise.carried,
        )

    return ActionLog(
        personal=tuple(log_action(each) for each in plan.actions if not each.case),
        case=tuple(log_action(each) for each in plan.actions if each.case),
    )
