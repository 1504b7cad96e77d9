"""
What a series has covered: what varied and not the frame, and by the same account as what is suggested next.
"""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.pages.catalogues import our_catalogue
from reflect.papers import AnnualReview
from reflect.planning.candidates import candidates
from reflect.planning.checking import findings_of_series
from reflect.planning.reasons import ReasonKind
from reflect.planning.suggesting import SERIES, suggest
from reflect.questions.question import Element, Function
from reflect.rendering.coverage import render_series
from reflect.sessions.journal import Journal, JournalEntry
from reflect.sessions.series import NO_MODEL, SERVES, series
from reflect.text.prose import day_in_words
from tests.documents import tried
from tests.test_suggesting import KNOWN, entries, on

#: What is in every ordinary session.
FRAME = ("arrive", "actions", "wellbeing", "close")
KINDS = st.lists(st.sampled_from([*SERVES, "items"]), max_size=4).map(tuple)


@settings(max_examples=tried(40))
@given(entries(), st.integers(0, 99))
def test_what_is_suggested_and_what_was_covered_are_one_account(some: list[JournalEntry], seed: int) -> None:
    """
    For every model the view counts the uses, and names the last, that a suggestion goes by; what a suggestion says no
    model has asked about lately, the view does not show for those sessions.
    """
    journal = Journal(some)
    view = series(journal)
    counted = {each.model: each for each in view.models}
    lasts = {bar.name: bar.last for bar in view.bars}

    assert {key: each.times for key, each in counted.items()} == dict(journal.times)
    for each in suggest(KNOWN, journal, minutes=90, avoid=0, seed=seed, most=len(KNOWN)).suggestions:
        for reason in each.reasons:
            match reason.kind:
                case ReasonKind.NEW:
                    assert each.key not in counted
                case ReasonKind.AGO | ReasonKind.ONLY | ReasonKind.UNFINISHED:
                    assert counted[each.key].last == reason.date
                case ReasonKind.COVERS:
                    first = journal.held[-SERIES:][0].date
                    last = lasts[reason.about]
                    assert last is None or last < first


def test_the_suggested_and_the_covered_agree_on_a_model_that_was_used() -> None:
    """
    The twin: what a model asks about is shown as covered on the day it was used, and not suggested as lacking.
    """
    journal = Journal([on(0, "kolb-cycle")])
    bars = {bar.name: bar for bar in series(journal).bars}
    asked = next(each for each in candidates(our_catalogue()) if each.key == "kolb-cycle").covers

    assert asked
    for value in (*Element, *Function):
        assert (bars[value].last == journal.held[0].date) == (value in asked) == (bars[value].sessions == 1)


@settings(max_examples=tried(40))
@given(entries(), st.lists(KINDS, min_size=9, max_size=9))
def test_the_frame_is_not_in_the_view(some: list[JournalEntry], kinds: list[tuple[str, ...]]) -> None:
    """
    Which items were reached, of the frame or not, changes nothing in the view: it shows what models asked about.
    """
    with_items = [attrs.evolve(each, items=items) for each, items in zip(some, kinds, strict=False)]

    assert series(Journal(with_items)) == series(Journal(some))


def test_a_page_of_the_frame_is_no_model_that_varied() -> None:
    """
    An agreement that was talked about is not counted as a model; to have no model today is, since it was chosen.
    """
    view = series(Journal([on(0, "working-agreement", "wellbeing-check-in"), on(1, NO_MODEL)]))

    assert [(each.model, each.times) for each in view.models] == [(NO_MODEL, 1)]
    assert all(bar.last in (None, on(1).date) for bar in view.bars)


def test_a_model_that_nobody_noted_is_not_covered() -> None:
    """
    Sessions of which no model is noted show none, and say so; the review of such a year has no chart.
    """
    journal = Journal([on(n) for n in range(3)])
    text = " ".join(render_series(series(journal), "txt").decode().split())

    assert "3 sessions held" in text
    assert "No model is noted for any of them." in text
    assert "xperience" not in text
    assert AnnualReview.of_journal(journal).rows == ()
    used = AnnualReview.of_journal(Journal([on(0, "kolb-cycle")]))
    assert ("Experience", "\u25a0", "1", day_in_words(on(0).date)) in used.rows


def test_a_model_we_do_not_know_is_counted_and_said_to_be_unknown() -> None:
    """
    Its uses are counted, and the paper says that what it asks about is not in the table.
    """
    text = " ".join(render_series(series(Journal([on(0, "gone-from-here")])), "txt").decode().split())

    assert "gone-from-here" in text
    assert "We do not know what gone-from-here is about" in text
    assert "We do not know" not in render_series(series(Journal([on(0, "kolb-cycle")])), "txt").decode()


@settings(max_examples=tried(40))
@given(entries(least=3), st.lists(KINDS, min_size=9, max_size=9))
def test_untouched_claims_nothing_that_nobody_wrote(some: list[JournalEntry], kinds: list[tuple[str, ...]]) -> None:
    """
    If a function is said to be untouched, the items of every session since then are written down, each talk has a model
    that we know, none of them serves it, and the view shows no later day either.
    """
    journal = Journal([attrs.evolve(each, items=items) for each, items in zip(some, kinds, strict=False)])
    covers = {each.key: each.covers for each in KNOWN}
    lasts = {bar.name: bar.last for bar in series(journal).bars}
    for finding in findings_of_series(journal):
        if finding.code != "untouched":
            continue
        function = finding.sentence.split()[-1].rstrip(".")
        last = lasts[function]
        since = [entry for entry in journal.held if day_in_words(entry.date) in finding.sentence]
        after = [entry for entry in journal.held if entry.date > since[0].date]
        assert last is None or last <= since[0].date
        for entry in after:
            assert entry.items
            assert all(used.model in covers and function not in covers[used.model] for used in entry.used)
            assert all(SERVES.get(kind) != function for kind in entry.items)
            assert entry.used or not {"talk", "depth"} & set(entry.items)


def test_untouched_is_silent_about_an_open_talk() -> None:
    """
    Three sessions that served no mediation: said if each talk had a model, and not if one of them was open.
    """
    items = ("arrive", "talk")
    said = [on(n, "kolb-cycle") for n in range(3)]
    known = Journal([attrs.evolve(each, items=items) for each in said])
    opened = Journal([*known.entries[:2], attrs.evolve(known.entries[2], used=())])
    nobody = Journal([*known.entries[:2], attrs.evolve(on(2, NO_MODEL), items=items)])

    assert any("mediation" in finding.sentence for finding in findings_of_series(known))
    for journal in (opened, nobody):
        assert not any(finding.code == "untouched" for finding in findings_of_series(journal))
