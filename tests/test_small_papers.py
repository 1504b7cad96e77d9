"""
The small papers of a case: a decision of the same day, oversight, and a disagreement.
"""

from __future__ import annotations

import datetime
import re

import attrs
import pytest

from reflect import document, read, render
from reflect.interchange.values import from_json, to_json
from reflect.papers import Disagreement, Oversight, SameDayDecision, StandingPaper
from reflect.questions.rings import READERS, Ring, reader
from reflect.questions.wordings import wording
from reflect.sessions.deciding import CASE_PAPERS, decisions_in_answers
from reflect.sessions.parts import Answered, Decision
from reflect.sessions.record import Record
from tests.documents import text_of_docx
from tests.test_canvas import saved
from tests.test_unplaced import lines_of

AT = datetime.datetime(2026, 3, 4, 16, 10)
PAPERS: dict[str, StandingPaper] = {
    "same-day-decision": SameDayDecision(
        about="C03", decided=AT, by="team manager", decision="a visit today", rationale="nobody has seen the baby",
        rather_than="ringing tomorrow", seen="on Monday, by the health visitor", filed=AT, writer="duty worker",
    ),
    "oversight": Oversight(
        about="C03", decided=AT, by="team manager", read="the file up to Friday", decision="a visit today",
        rationale="nobody has seen the baby", rather_than="ringing tomorrow",
    ),
    "disagreement": Disagreement(
        about="C03", decided=AT, by="team manager", would="ringing tomorrow", decision="a visit today",
        rationale="nobody has seen the baby", meanwhile="the school rings at nine", goes_to="service manager",
        answer_by=datetime.date(2026, 3, 6),
    ),
}  # fmt: skip
DECIDED = Decision(
    what="a visit today",
    why="nobody has seen the baby",
    who="team manager",
    ring=Ring.CASE,
    id="2026-03-04.c972",
    about="C03",
    when="4 March 2026, 16:10",
    rather_than="ringing tomorrow",
)


def read_back(what: StandingPaper, name: str, to: str = "docx") -> Record:
    """
    The record of a filled paper: of its Word file, or of the copy that its page saves.
    """
    if to == "docx":
        return read(render(what, name, reader="case-file"))
    return read(to_json(saved(document(what, name, reader="case-file"))).encode())


@pytest.mark.parametrize("to", ["docx", "html"])
@pytest.mark.parametrize("name", PAPERS)
def test_a_small_paper_is_read_back_as_a_decision_of_its_case(name: str, to: str) -> None:
    """
    Who decided, when, why and rather than what, whatever it was filled in with; what replaced it too; and only whoever
    reads the case file has it.
    """
    record = read_back(PAPERS[name], name, to)
    replaced = attrs.evolve(PAPERS[name], replaced_by="withdrawn")  # type: ignore[call-arg]

    assert record.document == name
    assert record.decisions == (DECIDED,)
    assert from_json(to_json(record)).decisions == (DECIDED,)
    (other,) = read_back(replaced, name, to).decisions
    assert other == attrs.evolve(DECIDED, replaced_by="withdrawn")
    assert not any(
        record.visible_to(each).decisions or record.visible_to(each).answers
        for each in READERS
        if not each.sees(Ring.CASE)
    )
    assert record.visible_to(reader("case-file")).decisions == (DECIDED,)


@pytest.mark.parametrize("name", PAPERS)
def test_a_blank_decides_nothing(name: str) -> None:
    assert read(render("", name)).decisions == ()


def test_decisions_of_one_day_without_a_time_are_told_apart() -> None:
    """
    Each paper of a case has a decision of its own, though nobody wrote down the hour.
    """
    said = {"happened": "4 March 2026", "date": "4 March 2026", "decision": "a visit today"}
    found = [
        decision
        for name in CASE_PAPERS
        for decision in decisions_in_answers(
            name, [Answered(key=f"{name}.{end}", ring=Ring.CASE, lines=lines_of(text)) for end, text in said.items()]
        )
    ]

    assert len({each.id for each in found}) == len(CASE_PAPERS)


@pytest.mark.parametrize("words", ["childrens-social-work", "adults-social-work", "nursing", "housing"])
def test_the_person_is_called_as_the_profession_calls_them(words: str) -> None:
    """
    Child, adult, patient or resident, each with its article.
    """
    said = text_of_docx(render("", "same-day-decision", wording=words))

    assert f"{wording(words).word('person').capitalize()} seen" in said


@pytest.mark.parametrize("name", PAPERS)
def test_a_small_paper_has_one_side(name: str) -> None:
    """
    Blank and filled in; in large print two.
    """
    pytest.importorskip("typst")
    for what, who in (("", None), (PAPERS[name], "case-file")):
        for looks, most in (((), 1), (("large-print",), 2)):
            data = render(what, name, to="pdf", reader=who, looks=looks)
            assert len(re.findall(rb"/Type\s*/Page\b", data)) <= most
