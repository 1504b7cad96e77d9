"""
A new supervisor: nothing that was between two people goes to a third, unless the worker hands it on.
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.between_sessions.next_session import NextSession, following
from reflect.errors import Refused
from reflect.papers.passing import PassingOn
from reflect.planning.new_part import NewPart, is_another, new_part, read_ids
from reflect.questions.question import Topic
from reflect.questions.rings import Ring
from reflect.sessions import journal
from reflect.sessions.brought import Brought, next_id
from reflect.sessions.journal import JournalEntry
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import Action, Answered, Decision, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.session import Note, plan
from reflect.text.names import may_be_one_person
from reflect.text.prose import Line, Run
from tests.test_series_codes import DAY

#: What a new supervisor gets without anybody choosing it.
ON_FILES = (Ring.PERSONAL, Ring.CASE, Ring.GROUP, Ring.ASSURANCE, Ring.OPEN)


def canary(place: str, ring: Ring) -> str:
    return f"QZ{place}{ring}ZQ"


def topic(place: str, ring: Ring, n: int) -> Brought:
    return Brought(topic=Topic(next_id(DAY, ring, [f"{DAY}.{next_id(DAY, ring)[11]}{n}"]), canary(place, ring), ring))


def action(place: str, ring: Ring, n: int) -> Action:
    name = topic(place, ring, n).topic.id
    return Action(what=canary(place, ring), who="AM", by="", ring=ring, id=name)


def of_all_rings() -> tuple[KeptPlan, Record]:
    """
    A plan and a record with something of every ring in every place.
    """
    session = plan(
        "arrive@5 + kolb-cycle@40", 60, facts={"supervisor": "QZformerZQ", "supervisee": "AM", "date": "4 March 2026"}
    )
    items = [
        attrs.evolve(
            item,
            brought=tuple(topic(f"item{n}", ring, n + 1) for ring in Ring),
            notes=tuple(Note(text=canary("note", ring), ring=ring) for ring in Ring),
        )
        for n, item in enumerate(session.items)
    ]
    session = attrs.evolve(
        session,
        items=tuple(items),
        put_off=tuple(topic("off", ring, 8) for ring in Ring),
        before=tuple(action("before", ring, 8) for ring in Ring),
        series="k7m2",
    )
    kept = KeptPlan(
        date=str(DAY),
        session=session,
        calendar="QZentryZQ",
        revision=3,
        counts=tuple((each.id, 3) for each in session.before),
        unconfirmed=tuple(Decision(what=canary("open", r), why="", who="", ring=r) for r in Ring),
    )
    record = Record(
        minutes=60,
        items=tuple(
            ItemRecord(key=f"item-{n}", use=item.set.key, minutes=item.minutes, brought=item.brought)
            for n, item in enumerate(session.items, 1)
        ),
        facts=session.facts,
        answers=tuple(
            Answered(key=f"a-{r}", ring=r, lines=[Line(runs=(Run(text=canary("said", r)),))])
            for r in Ring  # type: ignore[arg-type]
        ),
        before=session.before,
        actions=tuple(action("new", ring, 5) for ring in Ring),
        decisions=tuple(Decision(what=canary("decided", r), why="", who="", ring=r) for r in Ring),
        series="k7m2",
    )
    return kept, record


def law_of_new_part(begin: Callable[..., NewPart], chosen: tuple[str, ...]) -> None:
    """
    A new part has every word that is on a file, none that was for two people or one unless its id was chosen, nobody's
    own ever, no count, no name of the former supervisor, and no calendar entry of theirs.
    """
    kept, record = of_all_rings()
    part = begin(kept, record, keep=chosen)
    assert part.kept is not None
    assert part.record is not None
    words = reflect.to_json(part.kept) + reflect.to_json(part.record)
    ids = {each.topic.id: each.topic.title for each in (*kept.brought, *record.brought)}
    ids |= {f"action:{each.id}": each.what for each in (*record.before, *record.actions)}
    handed_on = {ids[name] for name in chosen}
    everything = [text for text in reflect.to_json(kept).split('"') if text.startswith("QZ")]
    everything += [text for text in reflect.to_json(record).split('"') if text.startswith("QZ")]
    for text in set(everything) - {"QZformerZQ", "QZentryZQ"}:
        on_file = any(text.endswith(f"{ring}ZQ") for ring in ON_FILES)
        assert (text in words) == (on_file or text in handed_on), text
    assert "QZformerZQ" not in words
    assert "QZentryZQ" not in words
    assert (part.kept.part, part.kept.counts, part.kept.revision, part.kept.calendar) == (2, (), 0, "")
    assert part.kept.series == part.record.series == "k7m2"
    assert part.kept.session.fact("supervisee") == "AM"


PAIR_IDS = tuple(
    dict.fromkeys(
        [
            *(each.topic.id for each in of_all_rings()[0].brought if each.topic.ring is Ring.PAIR),
            *(f"action:{each.id}" for each in of_all_rings()[1].actions if each.ring is Ring.PAIR),
        ]
    )
)


@given(st.lists(st.sampled_from(PAIR_IDS), unique=True).map(tuple))
def test_a_new_supervisor_gets_what_is_on_files_and_what_the_worker_hands_on(chosen: tuple[str, ...]) -> None:
    """
    Every ring, every place, every choice.
    """
    law_of_new_part(new_part, chosen)


def test_a_new_part_that_brings_more_or_less_is_found_out() -> None:
    """
    Handing on everything, nothing, or all that was for the two if one thing was chosen, fails the law.
    """

    def everything(kept: KeptPlan, record: Record, keep: tuple[str, ...]) -> NewPart:
        return NewPart(attrs.evolve(kept, part=2, counts=(), revision=0, calendar=""), record)

    def all_for_two(kept: KeptPlan, record: Record, keep: tuple[str, ...]) -> NewPart:
        return new_part(kept, record, keep=PAIR_IDS if keep else ())

    def no_choice(kept: KeptPlan, record: Record, keep: tuple[str, ...]) -> NewPart:
        return new_part(kept, record)

    for wrong, chosen in ((everything, ()), (all_for_two, PAIR_IDS[:1]), (no_choice, PAIR_IDS[:1])):
        with pytest.raises(AssertionError):
            law_of_new_part(wrong, chosen)


def test_an_id_that_is_not_there_is_refused_without_naming_those_that_are(tmp_path: Path) -> None:
    """
    Whoever guesses an id learns nothing; and nobody hands on what is one person's own.
    """
    kept, record = of_all_rings()
    for name in ("2026-03-04.p99", f"{DAY}.o1", "the school"):
        with pytest.raises(Refused) as refused:
            new_part(kept, record, keep=[name])
        assert ".p" not in str(refused.value)
        assert name not in str(refused.value)


def test_ids_are_named_or_in_a_file(tmp_path: Path) -> None:
    """
    A file has an id on each line, with words behind it or a dash before it; anything else is refused.
    """
    (tmp_path / "keep.txt").write_text("2026-03-04.p1 the school\n\n- 2026-03-04.p2\nnot this\n")

    assert read_ids(["2026-04-01.p1", tmp_path / "keep.txt"]) == (
        "2026-04-01.p1",
        "2026-03-04.p1",
        "2026-03-04.p2",
    )
    for said in ("the school", str(tmp_path / "keep.txt"), tmp_path / "the school"):
        with pytest.raises(Refused, match="--keep takes ids"):
            read_ids([said])


@pytest.mark.parametrize(
    ("now", "before", "another"),
    [("JT", "J.T.", False), ("JT", "", False), ("", "JT", False), ("jt ", "JT", False), ("BK", "JT", True)],
)
def test_a_supervisor_is_another_if_both_are_named_and_differ(now: str, before: str, another: bool) -> None:
    """
    Dots, spaces and capitals make nobody another.
    """
    assert is_another(now, before) == another


#: Different people, in several scripts: marks on a letter, initials and emoji tell some of them apart.
PEOPLE = (
    *(
        "AM",
        "AN",
        "कि",
        "का",
        "किरण दास",
        "कमला दास",
        "กิ",
        "กา",
        "김지",
        "김진",
        "王芳",
        "王方",
        "محمد علي",
        "محمود علي",
    ),
    *("Zoë Li", "Zoé Li", "John Tyler", "Jane Turner", "Иван П.", "Ирина П.", "கி", "கா", "🙂", "🔥"),
)
#: Ways to write one name.
WRITTEN = (
    str.upper,
    str.lower,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: f"  {name} ".replace(" ", "\N{NO-BREAK SPACE}"),
    lambda name: name.replace("AM", "A. M."),
)


@pytest.mark.parametrize("is_one", [lambda one, other: not is_another(one, other), may_be_one_person])
def test_another_name_in_any_script_is_another_person(is_one: Callable[[str, str], bool]) -> None:
    """
    A name is the same in capitals, with other spaces, dots or composed otherwise, and no other name is, whatever marks
    it differs by; nor are two people one whose names begin with the same letters.
    """
    tried = itertools.product(PEOPLE, PEOPLE, WRITTEN)

    assert [(write(one), other) for one, other, write in tried if is_one(write(one), other) != (one == other)] == []


#: A name, and how somebody may shorten it.
SHORTENED = (
    *(("John Tyler", short) for short in ("JT", "jt", "J.T.", "J Tyler", "John T.", "J-T")),
    *(("किरण दास", short) for short in ("क द", "कि.दा.", "किदा", "कि दास")),
    *(("Émile Äng", short) for short in ("ÉÄ", "E.A.", "É Äng")),
    *(("Ana Bo Cor Dee Eng", short) for short in ("ABCDE", "A. B. C. D. E.")),
)


@pytest.mark.parametrize(("name", "short"), SHORTENED)
def test_initials_may_be_those_of_a_name_and_are_no_name(name: str, short: str) -> None:
    """
    Who guards a folder takes initials for the name, either way round; who hands on what is between two people does not.
    """
    assert may_be_one_person(name, short)
    assert may_be_one_person(short, name)
    assert is_another(name, short)
    assert not may_be_one_person(short, "Wren Quill")


# --- planned with a new supervisor


def asked_of(folder: Path, supervisor: str) -> Path:
    file = folder / "next.yaml"
    file.write_text(f"date: 2026-04-01\nminutes: 300\nsupervisor: {supervisor}\n")
    return file


def words_of(found: NextSession) -> str:
    """
    Everything that a plan gives anybody: what is kept, and each paper of the supervisor's.
    """
    papers = [paper.data.decode("utf-8", "replace") for paper in found.papers(to="txt")]
    return "\n".join([reflect.to_json(found.kept), *papers, *found.notes])


PAIR_TOPIC = next(each.topic.id for each in of_all_rings()[0].session.put_off if each.topic.ring is Ring.PAIR)


@pytest.mark.parametrize("how", ["another name", "said", "closed", "same"])
@pytest.mark.parametrize("keep", [(), (PAIR_TOPIC,)])
def test_a_plan_with_a_new_supervisor_brings_nothing_of_the_two_before(
    how: str, keep: tuple[str, ...], tmp_path: Path
) -> None:
    """
    However a new supervisor is recognised, no text of the two before is in what is planned, but what the worker hands
    on; with the same supervisor all of it is. What is on files goes on either way.
    """
    kept, record = of_all_rings()
    ours = tmp_path / "ours"
    ours.mkdir()
    closes = "supervisee" if how == "closed" else ""
    journal.add(
        ours, JournalEntry(date=DAY, series="k7m2", closes_part=closes, useful="QZusefulpairZQ", ring=Ring.PAIR)
    )
    if how == "same" and keep:
        return
    found = following(
        [record, kept],
        session=asked_of(tmp_path, "QZlaterZQ" if how == "another name" else "QZformerZQ"),
        new_supervisor=how == "said",
        keep=keep,
        journal=ours,
    )
    words = words_of(found)
    pair = {text for text in re.findall("qz[a-z0-9]+zq", words.lower()) if "pair" in text}

    assert found.kept.part == (1 if how == "same" else 2)
    if how == "same":
        assert pair >= {"qzoffpairzq", "qzitem0pairzq", "qzbeforepairzq"}
    else:
        assert pair == {text.lower() for text in keep and ("QZoffpairZQ",)}
    assert "qzoffpersonalzq" in words.lower()
    assert ("a new part begins" in words) == (how != "same")
    assert bool(found.kept.counts) == (how == "same")
    assert any(each.carried for each in found.next_file.file.previous_actions) == (how == "same")


@pytest.mark.parametrize("new", [False, True])
def test_what_a_group_let_out_comes_to_whoever_supervises_now(new: bool) -> None:
    """
    A slip is nobody's pair text: it is in the plan with the same supervisor and with a new one.
    """
    kept, record = of_all_rings()
    slip = PassingOn(line="QZslipZQ", to="the supervisee", why="safety", told="4 March 2026", series="k7m2")
    found = following([record, kept, slip], minutes=300, new_supervisor=new)

    assert [each.ring for each in found.next_file.file.supervisee_items if each.what == "QZslipZQ"] == [Ring.PAIR]
    assert "QZslipZQ" in {each.topic.title for each in found.kept.brought}


def test_older_papers_of_the_supervisor_before_bring_nothing_either(tmp_path: Path) -> None:
    """
    Whoever gives the papers of both parts gets what was between two people of their own part alone.
    """
    kept, record = of_all_rings()
    later = plan("kolb-cycle@40", 60, facts={"supervisor": "QZlaterZQ", "supervisee": "AM"})
    mine = Brought(topic=Topic("2026-04-01.p1", "QZminepairZQ", Ring.PAIR))
    second = KeptPlan(date="2026-04-01", session=attrs.evolve(later, put_off=(mine,), series="k7m2"), part=2)
    for papers in ([record, kept, second], [second, kept, record]):
        found = following(papers, date=datetime.date(2026, 5, 6), minutes=300)
        words = words_of(found).lower()

        assert "qzminepairzq" in words
        assert "qzoffpairzq" not in words
        assert found.kept.part == 2
        assert not any("a new part begins" in note for note in found.notes)


def test_nothing_is_handed_on_to_nobody(tmp_path: Path) -> None:
    """
    `--keep` without a new supervisor is refused: it would do nothing.
    """
    kept, record = of_all_rings()
    with pytest.raises(Refused, match="there is none"):
        following([record, kept], keep=[PAIR_TOPIC])
    with pytest.raises(Refused, match="nothing that you may hand on"):
        following([record, kept], new_supervisor=True, keep=["2026-03-04.p77"])
