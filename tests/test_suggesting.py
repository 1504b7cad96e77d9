"""
What to use next: every reason given is true, variety has a cause, and "no model today" is always there.
"""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Callable
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
from reflect.planning.candidates import candidates
from reflect.planning.keeping import entry
from reflect.planning.profiles import profile
from reflect.planning.reasons import ReasonKind, SuggestionReason
from reflect.planning.session_file import SessionFile
from reflect.planning.suggesting import ROW, SERIES, Suggestion, suggest
from reflect.questions.choosing import least_asked_questions, opening_questions
from reflect.questions.model import Aim, Offered
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


def is_true(reason: SuggestionReason, key: str, held: list[JournalEntry], family: str, minutes: int) -> bool:
    """
    Whether a reason holds of a model, by a look at the raw entries and the page, and nothing else.
    """
    kind, about = reason.kind, reason.about
    uses = [(entry.date, used) for entry in held for used in entry.used]
    mine = [day for day, used in uses if used.model == key]
    lately = [BY_KEY[used.model] for entry in held[-SERIES:] for used in entry.used if used.model in BY_KEY]
    form = BY_KEY[key].in_minutes(minutes)
    assert form is not None
    match kind:
        case ReasonKind.NEW:
            return not mine
        case ReasonKind.AGO | ReasonKind.ONLY:
            return bool(mine) and max(mine) == reason.date
        case ReasonKind.UNFINISHED:
            last = [used for _, used in uses if used.family == family][-1]
            return last.unfinished and last.model == key
        case ReasonKind.AIM:
            return about in our_catalogue().model(key).head.aims
        case ReasonKind.COVERS:
            return about in form.covers and not any(about in each.covers for each in lately)
        case ReasonKind.MEDIUM:
            unlike = "lately" not in reason.sentence or all(each.medium != about for each in lately)
            return form.medium == about and unlike
        case ReasonKind.SHAPE:
            unlike = "lately" not in reason.sentence or all(each.shape != about for each in lately)
            return form.shape == about and unlike
        case ReasonKind.SHORTEST:
            return form.least == reason.count
        case _:
            return key == NO_MODEL


@settings(max_examples=tried(300))
@given(
    entries(),
    st.sampled_from(["", "F1", "F3"]),
    st.integers(5, 60),
    st.integers(0, 3),
    st.integers(0, 99),
    st.sampled_from(["", *KEYS]),
    st.sampled_from(["", *Aim]),
)
def test_every_reason_is_true_of_one_alone_over_any_history(
    some: list[JournalEntry], family: str, minutes: int, avoid: int, seed: int, stuck: str, aim: str
) -> None:
    """
    Over any history, what is said about a model is true of it and would not be true of the others, and they differ in
    kind. It fits, and nothing claims that variety has an effect.
    """
    log = Journal(some)
    held = sorted((entry for entry in some if entry.held), key=lambda entry: entry.date)
    advice = suggest(KNOWN, log, minutes=minutes, family=family, avoid=avoid, seed=seed, instead_of=stuck, aim=aim)

    assert stuck not in [each.key for each in advice.suggestions] or not stuck
    models = [each for each in advice.suggestions if each.key != NO_MODEL]
    check_offers(models, held, family, minutes)
    assert all(each.reasons for each in advice.suggestions)
    if stuck:
        assert all(f"'{BY_KEY[stuck].title}'" not in each.why or is_unlike(each, stuck, minutes) for each in models)
    if avoid and len(advice.suggestions) > 2:
        lately = {used.model for entry in held[-avoid:] for used in entry.used} - {NO_MODEL}
        assert not any(each.key in lately for each in models if each.reasons[0].kind is not ReasonKind.UNFINISHED)
    for note in advice.notes:
        if "in each of the last" in note:
            count = int(note.split("last ")[1].split()[0])
            assert count >= ROW
            assert set.intersection(*({used.model for used in entry.used} for entry in held[-count:]))


def is_unlike(each: Suggestion, stuck: str, minutes: int) -> bool:
    form, other = BY_KEY[each.key].in_minutes(minutes), BY_KEY[stuck]
    return form is not None and (form.shape, form.medium) != (other.shape, other.medium)


def check_offers(models: list[Suggestion], held: list[JournalEntry], family: str = "", minutes: int = 20) -> None:
    """
    At most three, of different kinds, each with a reason or two that are true of it, and of no other.
    """
    assert len(models) <= 3
    forms = [BY_KEY[each.key].in_minutes(minutes) for each in models]
    media, shapes = [[getattr(form, kind) for form in forms] for kind in ("medium", "shape")]
    assert len(set(media)) == len(models) or len(set(shapes)) == len(models)
    for each in models:
        assert 1 <= len(each.reasons) <= 2
        for reason in each.reasons:
            assert [other.key for other in models if is_true(reason, other.key, held, family, minutes)] == [each.key]


def claims_for_all(models: list[Suggestion]) -> list[Suggestion]:
    """
    An impostor: each is offered because it fits, which is true of all three.
    """
    return [attrs.evolve(each, reasons=(SuggestionReason(ReasonKind.NEW, "You have not used it."),)) for each in models]


def all_of_a_kind(models: list[Suggestion]) -> list[Suggestion]:
    """
    An impostor: three cycles that are talked through.
    """
    cycles = [each for each in KNOWN if (each.shape, each.medium) == ("cycle", "talking") and each.least <= 40]
    return [Suggestion(key=each.key, title=each.title, reasons=models[0].reasons) for each in cycles[:3]]


def true_of_another(models: list[Suggestion]) -> list[Suggestion]:
    """
    An impostor: the reason of one stands beside another.
    """
    return [attrs.evolve(models[0], reasons=models[1].reasons), *models[1:]]


@pytest.mark.parametrize("wrong", [claims_for_all, all_of_a_kind, true_of_another])
def test_the_law_of_offers_finds_impostors(wrong: Callable[[list[Suggestion]], list[Suggestion]]) -> None:
    """
    Reasons that are true of all three or of another one, and three of one kind, do not pass.
    """
    models = [each for each in suggest(KNOWN, minutes=40).suggestions if each.key != NO_MODEL]

    check_offers(models, [], minutes=40)
    assert len(models) == 3
    with pytest.raises(AssertionError):
        check_offers(wrong(models), [], minutes=40)


@given(entries(1), st.integers(5, 60), st.integers(0, 9), st.sampled_from(["", *Aim]))
def test_the_same_again_is_the_first_offer_and_counts_as_nothing(
    some: list[JournalEntry], minutes: int, seed: int, aim: str
) -> None:
    """
    What was used last is offered first, without a reason, whatever is wanted; the others are those that are offered
    without it. Nothing is said of how often it was used but as a fact.
    """
    advice = suggest(KNOWN, Journal(some), minutes=minutes, seed=seed, aim=aim)
    held = sorted((entry for entry in some if entry.held), key=lambda entry: entry.date)
    last = [used.model for entry in held[-1:] for used in entry.used]

    if advice.again:
        assert advice.offers[0] == advice.again
        assert (advice.again.key in last, advice.again.reasons, advice.again.why) == (True, (), "")
        assert advice.again.key not in [each.key for each in advice.suggestions]
    elif last and last[0] in BY_KEY and last[0] != NO_MODEL and "one-to-one" in BY_KEY[last[0]].suits:
        # It is one of the suggestions already, or needs more time than there is.
        offered = [each.key for each in advice.suggestions]
        assert last[0] in offered or BY_KEY[last[0]].in_minutes(minutes) is None


@given(entries(), st.integers(5, 60), st.booleans())
def test_no_model_is_always_on_offer(some: list[JournalEntry], minutes: int, shock: bool) -> None:
    """
    It is the last of the offers, and the first after a shock.
    """
    found = [each.key for each in suggest(KNOWN, Journal(some), minutes=minutes, shock=shock).suggestions]

    assert found.count(NO_MODEL) == 1
    assert found[0 if shock else -1] == NO_MODEL


@given(entries(), st.integers(10, 60), st.integers(0, 9), st.sampled_from(["", *Aim]))
def test_what_is_about_one_thing_alone_is_offered_for_that_alone(
    some: list[JournalEntry], minutes: int, seed: int, aim: str
) -> None:
    """
    A page about the load or about how somebody supervises is offered where a topic is for that; one for a profession or
    a nation is not offered at all. What was begun goes on.
    """
    log = Journal(some)
    begun = {used.model for each in some for used in each.used if used.unfinished}
    found = [BY_KEY[each.key] for each in suggest(KNOWN, log, minutes=minutes, seed=seed, aim=aim).suggestions]

    wrong = [each for each in found if each.offered is Offered.BY_NAME]
    wrong += [each for each in found if each.offered is Offered.FOR_AIM and aim not in each.aims]
    assert [each.key for each in wrong if each.key not in begun] == []
    assert {BY_KEY[key].offered for key in ("too-much", "girfec-five-questions")} == {Offered.FOR_AIM, Offered.BY_NAME}


@given(entries(), st.integers(10, 60), st.integers(0, 9), st.sampled_from(["one-to-one", "group"]))
def test_after_a_loss_nothing_is_offered_that_is_not_for_it(
    some: list[JournalEntry], minutes: int, seed: int, suits: str
) -> None:
    """
    Many pages say that they have no place for grief, and few say that they have; only those are offered, and no model.
    """
    advice = suggest(KNOWN, Journal(some), minutes=minutes, seed=seed, aim="loss", suits=suits)
    found = [each.key for each in advice.suggestions]

    assert [key for key in found if key != NO_MODEL and Aim.LOSS not in BY_KEY[key].aims] == []
    assert NO_MODEL in found


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
    usual = [each for each in KNOWN if each.offered is Offered.ALWAYS and each.key != NO_MODEL]
    only = [each.key for each in usual if each.in_minutes(20) and "one-to-one" in each.suits]
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

    # Both go forward, stage by stage, in talk: one of them is enough.
    assert [each.key for each in found] == ["what-so-what-now-what", NO_MODEL]


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
    opening = opening_questions(some)[0]
    part = next((part for part in some.parts_in_use if part.asks and opening in part.asks), some)

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
    file = SessionFile(date=datetime.date(2026, 3, 4), minutes=60, occasion="ordinary", models={"talk": "gibbs-cycle"})
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
    What the supervisee said between the two is not there for the file, and leaves no trace of having been; which model
    they used is not there either.
    """
    said = attrs.evolve(on(0, "kolb-cycle"), useful="HERON", change="QUARTZ", ring=Ring.PAIR)

    for who in (reader("supervision-file"), reader("auditor")):
        assert Journal([said]).visible_to(who) == Journal([on(0, "kolb-cycle")]).visible_to(who)
        assert Journal([said]).visible_to(who) == Journal([on(0)])
    assert Journal([said]).visible_to(reader("supervisee")) == Journal([said])
    assert "HERON" not in repr(said)
