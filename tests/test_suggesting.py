"""
What to use next: every reason given is true, variety has a cause, and "no model today" is always there.
"""

from __future__ import annotations

import datetime
import time
from collections import Counter
from pathlib import Path

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.errors import Faults, Refused, UnknownKey
from reflect.files import objects
from reflect.files.objects import form_of
from reflect.pages.catalogues import our_catalogue
from reflect.planning.agenda import arrange
from reflect.planning.keeping import entry
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile
from reflect.planning.suggesting import ROW, SERIES, ReasonKind, Suggestion, candidates, suggest
from reflect.questions.choosing import least_asked_questions, opening_questions
from reflect.questions.rings import Ring, reader
from reflect.sessions.journal import (
    CANCELLED,
    CarriedItem,
    Journal,
    JournalEntry,
    JournalledAction,
    JournalledTopic,
    ModelUse,
    add,
    dump,
    read,
)
from reflect.sessions.series import NO_MODEL
from tests.documents import tried

KNOWN = candidates(our_catalogue())
BY_KEY = {each.key: each for each in KNOWN}
FIRST = datetime.date(2024, 1, 3)
KEYS = [each.key for each in KNOWN]


def entries(least: int = 0, most: int = 9) -> st.SearchStrategy[list[JournalEntry]]:
    used = st.builds(
        ModelUse,
        model=st.sampled_from([*KEYS[:12], "gone-from-here"]),
        family=st.sampled_from(["", "F1", "F2"]),
        unfinished=st.booleans(),
        questions=st.lists(st.sampled_from(["kolb-cycle.experience.beginning", "x.y"]), max_size=2).map(tuple),
    )
    entry = st.builds(
        JournalEntry,
        date=st.integers(0, 700).map(lambda n: FIRST + datetime.timedelta(days=n)),
        status=st.sampled_from(["held", "held", "held", CANCELLED]),
        used=st.lists(used, max_size=3).map(tuple),
    )
    return st.lists(entry, min_size=least, max_size=most, unique_by=lambda each: each.date)


def on(n: int, *models: str, **more: object) -> JournalEntry:
    used = tuple(ModelUse(model=model, **more) for model in models)  # type: ignore[arg-type]
    return JournalEntry(date=FIRST + datetime.timedelta(days=28 * n), used=used)


def is_true(reason: object, suggestion: Suggestion, held: list[JournalEntry], family: str) -> bool:
    """
    Whether a reason holds, by a look at the raw entries and nothing else.
    """
    kind, about = reason.kind, reason.about  # type: ignore[attr-defined]
    uses = [(entry.date, used) for entry in held for used in entry.used]
    mine = [day for day, used in uses if used.model == suggestion.key]
    lately = [BY_KEY[used.model] for entry in held[-SERIES:] for used in entry.used if used.model in BY_KEY]
    match kind:
        case ReasonKind.NEW:
            return not mine
        case ReasonKind.FITS:
            return not held
        case ReasonKind.AGO | ReasonKind.ONLY:
            return max(mine) == reason.date  # type: ignore[attr-defined]
        case ReasonKind.UNFINISHED:
            last = [used for _, used in uses if used.family == family][-1]
            return last.unfinished and last.model == suggestion.key
        case ReasonKind.COVERS:
            return about in BY_KEY[suggestion.key].covers and not any(about in each.covers for each in lately)
        case ReasonKind.MEDIUM:
            return BY_KEY[suggestion.key].medium == about and all(each.medium != about for each in lately)
        case ReasonKind.OTHER:
            mine_, other = BY_KEY[suggestion.key], BY_KEY[about]
            return (mine_.shape, mine_.medium) != (other.shape, other.medium)
        case ReasonKind.SHAPE:
            return BY_KEY[suggestion.key].shape == about and all(each.shape != about for each in lately)
        case _:
            return suggestion.key == NO_MODEL


@settings(max_examples=tried(300))
@given(
    entries(),
    st.sampled_from(["", "F1", "F3"]),
    st.integers(5, 60),
    st.integers(0, 3),
    st.integers(0, 99),
    st.sampled_from(["", *KEYS]),
)
def test_every_reason_is_true_over_any_history(
    some: list[JournalEntry], family: str, minutes: int, avoid: int, seed: int, stuck: str
) -> None:
    """
    Over any history, what is said about a model is true, it fits, and nothing claims that variety has an effect.
    """
    log = Journal(some)
    held = sorted((entry for entry in some if entry.held), key=lambda entry: entry.date)
    advice = suggest(KNOWN, log, minutes=minutes, family=family, avoid=avoid, seed=seed, instead_of=stuck)

    assert stuck not in [each.key for each in advice.suggestions] or not stuck
    for each in advice.suggestions:
        assert each.reasons
        assert BY_KEY[each.key].least <= minutes
        assert all(is_true(reason, each, held, family) for reason in each.reasons), each
    if avoid and len(advice.suggestions) > 2:
        lately = {used.model for entry in held[-avoid:] for used in entry.used} - {NO_MODEL}
        assert not any(
            each.key in lately for each in advice.suggestions if each.reasons[0].kind is not ReasonKind.UNFINISHED
        )
    for note in advice.notes:
        if "in each of the last" in note:
            count = int(note.split("last ")[1].split()[0])
            assert count >= ROW
            assert set.intersection(*({used.model for used in entry.used} for entry in held[-count:]))


@given(entries(), st.integers(5, 60), st.booleans())
def test_no_model_is_always_on_offer(some: list[JournalEntry], minutes: int, shock: bool) -> None:
    """
    It is the last of the offers, and the first after a shock.
    """
    found = [each.key for each in suggest(KNOWN, Journal(some), minutes=minutes, shock=shock).suggestions]

    assert found.count(NO_MODEL) == 1
    assert found[0 if shock else -1] == NO_MODEL


@given(entries(), st.integers(0, 9))
def test_the_same_seed_gives_the_same(some: list[JournalEntry], seed: int) -> None:
    """
    The order of the files does not matter, and the same seed suggests the same.
    """
    again = suggest(KNOWN, Journal(list(reversed(some))), seed=seed)

    assert suggest(KNOWN, Journal(some), seed=seed) == again


def test_another_seed_may_give_another() -> None:
    """
    Among what is as good, the seed decides.
    """
    assert len({suggest(KNOWN, minutes=40, seed=seed).suggestions[0].key for seed in range(9)}) > 1


def test_an_unfinished_map_goes_on() -> None:
    """
    What was left unfinished for a family comes first, although it was used last time; for another it does not.
    """
    log = Journal([on(0, "three-column-mapping", family="F1", unfinished=True)])

    assert suggest(KNOWN, log, minutes=40, family="F1").suggestions[0].key == "three-column-mapping"
    assert suggest(KNOWN, log, minutes=40, family="F2").suggestions[0].key != "three-column-mapping"


def test_three_in_a_row_are_said() -> None:
    """
    The third use in a row is mentioned, and another model is offered.
    """
    log = Journal([on(n, "kolb-cycle") for n in range(3)])
    advice = suggest(KNOWN, log, avoid=0)

    assert advice.notes == ("Experiential learning cycle was used in each of the last 3 sessions held.",)
    assert "kolb-cycle" not in [each.key for each in advice.suggestions]
    assert suggest(KNOWN, Journal(log.entries[:2]), avoid=0).notes == ()


def test_what_was_last_used_with_a_family_is_not_offered_for_it() -> None:
    """
    A model last used with a family years ago is still not the next for it.
    """
    log = Journal([on(0, "kolb-cycle", family="F1"), *(on(n, "gibbs-cycle", family="F2") for n in range(1, 9))])

    assert "kolb-cycle" in suggest(KNOWN, log, family="F1").barred
    assert "kolb-cycle" not in suggest(KNOWN, log, family="F3").barred


def test_cycles_in_turn_are_no_variety() -> None:
    """
    After three cycles that are talked through, what comes is of another shape or another medium.
    """
    log = Journal([on(0, "jasper-era"), on(1, "kolb-cycle"), on(2, "gibbs-cycle"), on(3, "atkins-murphy")])
    found = [BY_KEY[each.key] for each in suggest(KNOWN, log, minutes=45).suggestions if each.key != NO_MODEL]

    assert found
    assert all(each.shape != "cycle" for each in found)


def test_stuck_in_the_room() -> None:
    """
    In ten minutes, and instead of a cycle, there is something of another kind.
    """
    found = suggest(KNOWN, instead_of="kolb-cycle", minutes=10).suggestions

    assert found[0].key != "kolb-cycle"
    assert BY_KEY[found[0].key].shape != "cycle"
    with pytest.raises(UnknownKey):
        suggest(KNOWN, instead_of="kolb-cicle")


def test_when_everything_is_barred_the_least_recent_is_offered() -> None:
    """
    It says so, and offers what was used longest ago.
    """
    only = [each.key for each in KNOWN if each.least <= 20 and "one-to-one" in each.suits and each.key != NO_MODEL]
    log = Journal([on(n, key) for n, key in enumerate(only)])
    advice = suggest(KNOWN, log, avoid=99)

    assert advice.suggestions[0].key == only[0]
    assert advice.suggestions[0].reasons[0].kind is ReasonKind.ONLY
    assert "used longest ago" in advice.notes[-1]


def test_questions_asked_least_go_first() -> None:
    """
    A model whose questions were asked elsewhere in the series comes after one whose were not.
    """
    log = Journal([on(0, "gone-from-here", questions=tuple(BY_KEY["grow"].questions))])
    found = suggest(KNOWN, log, among=["grow", "what-so-what-now-what"]).suggestions

    assert [each.key for each in found[:2]] == ["what-so-what-now-what", "grow"]


@settings(max_examples=tried(60))
@given(st.sampled_from(KEYS), st.data())
def test_over_a_history_every_question_of_a_model_has_its_turn(key: str, data: st.DataObject) -> None:
    """
    Whatever was asked before, nothing asked less could have been the way on, and the way in still opens the model.

    Used again and again, a model has asked everything it can lead on with before it asks anything twice.
    """
    some = our_catalogue().model(key).questions
    keys = [question.key for question in some.asks]
    asked = Counter(data.draw(st.lists(st.sampled_from(keys), max_size=40)))
    shown = least_asked_questions(some, asked)
    # Where questions stand before the first part, they open it.
    part = next((part for part in some.parts if part.asks and part.asks[0] == some.asks[0]), some)

    assert 1 <= len(shown) <= 2
    assert len({question.key for question in shown}) == len(shown)
    assert shown[0] in part.asks
    assert shown[0] == opening_questions(some)[0] or shown[0].core
    if len(shown) == 2:
        later = [q for q in some.asks if q not in part.asks] if part is not some else []
        others = [q for q in later or some.asks if q != shown[0]]
        assert asked[shown[1].key] == min(asked[q.key] for q in others)
        seen: Counter[str] = Counter()
        for _ in others:
            seen.update(q.key for q in least_asked_questions(some, seen))
        assert max(seen[q.key] for q in later or others) <= 1 or not later
        if later:
            assert {q.key for q in later} <= set(seen)


def test_an_agenda_shows_what_was_not_asked_yet() -> None:
    """
    With a journal in which a model's usual questions were asked, the agenda of the next session prints others.
    """
    first = planned_talk(Journal())
    again = planned_talk(Journal([attrs.evolve(on(0), used=(ModelUse(model="gibbs-cycle", questions=first),))]))

    assert len(first) == 2
    assert again != first
    assert again[1] not in first


def planned_talk(log: Journal) -> tuple[str, ...]:
    """
    The questions an agenda shows for a talk with Gibbs's cycle, as a journal keeps them.
    """
    file = SessionFile(date=datetime.date(2026, 3, 4), minutes=60, models={"talk": "gibbs-cycle"})
    (used,) = entry(arrange(file, profile("general"), log), file, as_planned=True).used
    return used.questions


def test_sixty_models_ten_items_and_a_thousand_sessions_take_milliseconds() -> None:
    """
    Choosing for ten items over a thousand sessions takes about as long as reading one model's page.
    """
    log = Journal([on(n, KEYS[n % len(KEYS)], KEYS[n * 7 % len(KEYS)], family=f"F{n % 14}") for n in range(1000)])

    def took(what: object) -> float:
        begin = time.perf_counter()
        what()  # type: ignore[operator]
        return time.perf_counter() - begin

    ten = min(took(lambda: [suggest(KNOWN, Journal(log.entries), family=f"F{n}") for n in range(10)]) for _ in range(5))
    page = min(took(lambda: reflect.catalogue().model("gibbs-cycle")) for _ in range(5))
    print(f"ten items: {1000 * ten:.1f} ms; one page read: {1000 * page:.1f} ms")

    assert ten < 10 * page  # 7 ms and 5 ms, on a quiet machine


# --- the journal


@given(entries(1, 1))
def test_an_entry_reads_back_to_itself(some: list[JournalEntry]) -> None:
    """
    What is written of a session reads back to the same.
    """
    (entry,) = some

    assert objects.read(dump(entry), JournalEntry, "x") == entry


def test_a_journal_is_a_folder_of_small_files(tmp_path: Path) -> None:
    """
    Each session is a file named after its day; a file with other content for that day is not overwritten.
    """
    entry = attrs.evolve(on(0, "kolb-cycle", family="F1"), useful='the "map": drawn', ring=Ring.PAIR, minutes=75)
    file = add(tmp_path, entry)
    add(tmp_path, entry)

    assert file.name == "2024-01-03.yaml"
    assert read(tmp_path).entries == (entry,)
    with pytest.raises(Refused):
        add(tmp_path, attrs.evolve(entry, minutes=60))
    (tmp_path / "2024-02-01.yaml").write_text("date: then\n")
    (tmp_path / "2024-02-02.yaml").write_text("answer: x\n")
    with pytest.raises(Faults) as wrong:
        read(tmp_path)
    assert {Path(fault.where).name for fault in wrong.value.faults} == {"2024-02-01.yaml", "2024-02-02.yaml"}


def test_a_journal_holds_no_answers() -> None:
    """
    There is no name in it for an answer, a score, how anybody is, or a remark; nor for the words of a topic or an action,
    of which it has the ids and what became of them.
    """
    names = {field.name for field in form_of(JournalEntry).fields} | {field.name for field in form_of(ModelUse).fields}

    assert names == {
        "date",
        "status",
        "minutes",
        "by",
        "rearranged",
        "used",
        "items",
        "carried",
        "useful",
        "change",
        "ring",
        "model",
        "family",
        "questions",
        "unfinished",
        "series",
        "part",
        "topics",
        "actions",
        "attended",
        "signed",
        "closes-part",
    }
    for each in (JournalledTopic, JournalledAction):
        assert {field.name for field in form_of(each).fields} == {"id", "state"}
    # What was put off is kept by where it stands, and never in its words.
    assert {field.name for field in form_of(CarriedItem).fields} == {"since", "file", "item", "family"}  # fmt: skip
    jsonschema.Draft202012Validator.check_schema(reflect.json_schema("journal"))


def test_what_was_useful_stays_in_its_ring() -> None:
    """
    What the supervisee said between the two is not there for the file, and leaves no trace of having been.
    """
    said = attrs.evolve(on(0, "kolb-cycle"), useful="HERON", change="QUARTZ", ring=Ring.PAIR)

    assert Journal([said]).visible_to(reader("supervision-file")) == Journal([on(0, "kolb-cycle")])
    assert Journal([said]).visible_to(reader("supervisee")) == Journal([said])
    assert "HERON" not in repr(said)
