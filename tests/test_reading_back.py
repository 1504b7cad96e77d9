"""
Filled papers, read back: there and back, whatever was typed, and whatever an editor or a person did to the file.
"""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect import render
from reflect.prose import bare, visible
from reflect.reading_back import read
from reflect.record import (
    Action,
    Agreement,
    Answered,
    Decision,
    ItemRecord,
    Line,
    LineKind,
    Outcome,
    Record,
    Run,
    SignOff,
)
from reflect.rings import READERS, Ring, reader
from reflect.session import FACTS
from tests.strategies import typed

USES = [("arrive", 3), ("previous-actions", 5), ("wellbeing-check-in", 5), ("kolb-cycle", 40), ("close", 7)]
BLANK = Record(
    minutes=60, items=tuple(ItemRecord(key=f"item-{n}", use=use, minutes=m) for n, (use, m) in enumerate(USES, 1))
)


def _comes_back(text: str) -> bool:
    """
    Whether its marks of direction are in order: what is not comes back as it was shown.
    """
    return bare(visible(text)) == text and bool(text.strip())


#: Texts on one line, such as names and dates.
lines = st.one_of(typed, st.text(min_size=1, max_size=30)).map(lambda t: " ".join(t.split())).filter(_comes_back)
#: Texts of several lines, such as cells.
cells = st.lists(lines, min_size=1, max_size=3).map("\n".join)
comments = st.lists(cells, min_size=1, max_size=2).map("\n\n".join)
runs = st.builds(Run, text=lines, bold=st.booleans(), italic=st.booleans())
written = st.lists(
    st.builds(
        Line,
        runs=st.lists(runs, max_size=3).map(tuple),
        kind=st.sampled_from(LineKind),
        level=st.integers(0, 8),
    ).map(lambda line: line if line.kind is not LineKind.PARAGRAPH else attrs.evolve(line, level=0)),
    min_size=1,
    max_size=4,
).map(tuple)
rings = st.sampled_from(list(Ring))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    Records of one plan, with whatever its paper has a place for.
    """
    known = read(render(FULL, "record", reader="supervisor"))
    answers = []
    for each in known.answers:
        if draw(st.booleans()):
            said = draw(written) if each.key != "next-date" else (Line(runs=(Run(text=draw(lines)),)),)
            answers.append(attrs.evolve(each, lines=said, ring=draw(rings)))
    return attrs.evolve(
        BLANK,
        items=tuple(attrs.evolve(item, outcome=draw(st.sampled_from([None, *Outcome]))) for item in BLANK.items),
        facts=tuple((name, draw(lines)) for name in FACTS if name not in ("start", "title") and draw(st.booleans())),
        answers=tuple(answers),
        actions=tuple(draw(st.lists(st.builds(Action, what=cells, who=cells, by=cells, ring=rings), max_size=3))),
        decisions=tuple(draw(st.lists(st.builds(Decision, what=cells, why=cells, who=cells, ring=rings), max_size=2))),
        signed=tuple(
            draw(
                st.builds(
                    SignOff,
                    role=st.just(role),
                    agreement=st.sampled_from([None, *Agreement]),
                    name=lines,
                    date=lines,
                    comments=comments,
                )
            )
            for role in ("supervisee", "supervisor")
            if draw(st.booleans())
        ),
    )


def _said(key: str) -> Answered:
    return Answered(key=key, ring=Ring.OPEN, lines=(Line(runs=(Run(text="x"),)),))


FULL = attrs.evolve(BLANK, answers=tuple(map(_said, ("item-2", "item-3", "item-4", "item-5", "anything", "next-date"))))


@given(whole=records(), who=st.sampled_from(READERS))
@settings(max_examples=60, deadline=None)
def test_there_and_back(whole: Record, who: object) -> None:
    """
    What a reader's paper says is what that reader may see of the record: nothing less, and nothing more.
    """
    known = reader(who)  # type: ignore[arg-type]
    found = read(render(whole, "record", reader=known))

    assert found == whole.visible_to(known)
    assert found.reading is not None
    assert not [doubt for doubt in found.reading.doubts if not doubt[0].startswith("sign.")]
    assert not found.reading.notes
