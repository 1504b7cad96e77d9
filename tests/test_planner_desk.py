"""
The desk behind the planner's page: what is asked of it, and what it answers.
"""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.planner.desk import ASKED, Desk, asked_of_opened
from reflect.planner.hours import agenda
from reflect.planning.occasions import occasion_names
from reflect.questions.wordings import wording
from reflect.testing import contents

DAY = datetime.date(2026, 3, 4)
HOUR: dict[str, Any] = {
    "who": "supervisor",
    "occasion": "",
    "profile": "childrens-social-work",
    "nation": "England",
    "start": "10:00",
    "minutes": 60,
    "date": "",
    "aim": "",
    "urgent": [],
    "brought": [{"id": "b1", "words": "what to say to the school", "whose": "supervisee", "ring": "pair"}],
    "parts": None,
    "last": [],
    "looks": {},
    "wording": "",
}
words = st.text("abcdefgh ", min_size=1, max_size=20).map(str.strip).filter(bool)
things = st.lists(
    st.fixed_dictionaries(
        {
            "words": words,
            "whose": st.sampled_from(["supervisee", "supervisor"]),
            "ring": st.sampled_from(["", "pair", "personal", "case"]),
        }
    ),
    max_size=5,
).map(lambda some: [{**each, "id": f"b{n}"} for n, each in enumerate(some)])
hours = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["supervisor", "supervisee"]),
        "minutes": st.sampled_from([5, 20, 30, 45, 60, 90]),
        "occasion": st.sampled_from(["", "ordinary", "first", "ending", "today-is-different"]),
        "profile": st.sampled_from(["general", "childrens-social-work", "counselling"]),
        "brought": things,
    }
)


def ask(name: str, **given: Any) -> Any:
    return Desk(today=DAY).answer(name, given)


@pytest.mark.parametrize(("ring", "seen"), [("", True), ("pair", False), ("personal", False)])
def test_a_group_reads_what_is_brought_for_it_and_nothing_that_was_between_two(ring: str, seen: bool) -> None:
    """
    Whoever makes an hour for two into one for a group shows it nothing that was put in for two.
    """
    brought = [{"id": "b1", "words": "what to say to Ozymandias", "whose": "supervisee", "ring": ring}]
    for more in ({"profile": "group"}, {"occasion": "group"}):
        made = ask("plan", hour={**HOUR, **more, "brought": brought})

        assert made["reader"] == "group"
        assert ("Ozymandias" in made["agenda"]["body"]) is seen


@pytest.mark.parametrize("whose", ["supervisee", "supervisor"])
@pytest.mark.parametrize("where", ["brought", "urgent"])
def test_what_was_put_in_for_a_group_stays_between_two(whose: str, where: str) -> None:
    """
    Whoever makes an hour for a group into one for two puts nothing onto the record that nobody has let stand there.
    """
    put_in = {"id": "b1", "words": "what to say to Ozymandias", "whose": whose, "ring": ""}
    records = [
        ask("paper", hour={**HOUR, "brought": [], where: [{**put_in, "ring": ring}]}, paper="record", to="txt")
        for ring in ("", "personal")
    ]

    assert ["Ozymandias" in each["bytes"].decode() for each in records] == [False, True]


@pytest.mark.parametrize("occasion", ["", "short", "joint", "ending"])
def test_what_must_not_wait_takes_minutes_and_not_the_talk(occasion: str) -> None:
    """
    A visit to arrange is decided before anything else, and the longest part stays what somebody brought to think about.
    """
    urgent = [
        {"id": f"u{n}", "words": text, "whose": whose, "ring": "personal"}
        for n, (text, whose) in enumerate([("see Ozymandias by Friday", "supervisor"), ("the lock", "supervisee")])
    ]
    made = ask("plan", hour={**HOUR, "urgent": urgent, "occasion": occasion})
    longest = max(made["parts"], key=lambda part: part["minutes"])

    assert "what to say to the school" in longest["title"]
    assert "see Ozymandias by Friday" in made["agenda"]["body"]
    assert "The lock" in made["agenda"]["body"] or "the lock" in made["agenda"]["body"]
    assert made["spare"] >= 0


@pytest.mark.parametrize("occasion", [each for each in occasion_names() if each not in ("group", "today-is-different")])
@pytest.mark.parametrize("profile", ["childrens-social-work", "general"])
def test_what_must_not_wait_is_printed_as_that_of_whoever_brings_it(occasion: str, profile: str) -> None:
    """
    On every agenda that names it, it says whose it is, whichever of the two brings it and whoever reads it.
    """
    for whose, role in (("supervisee", "worker"), ("supervisor", "supervisor")):
        urgent = [{"id": "u1", "words": "see Ozymandias", "whose": whose, "ring": "pair"}]
        hour = {**HOUR, "occasion": occasion, "profile": profile, "urgent": urgent}
        planned = Desk(today=DAY).plan_hour({"hour": hour})
        name = wording(planned.next.next_file.settings.wording).word(role)

        for reader in ("supervisee", "supervisor"):
            assert f"{name[:1].upper()}{name[1:]}: see Ozymandias." in agenda(planned, reader)["body"]


def everything_in(file: dict[str, Any]) -> str:
    """
    Every text in a file, wherever it is hidden, and its name.
    """
    to = file["name"].rpartition(".")[2]
    if to == "zip":
        with zipfile.ZipFile(io.BytesIO(file["bytes"])) as archive:
            return "\n".join(everything_in({"name": each, "bytes": archive.read(each)}) for each in archive.namelist())
    if to == "ics":
        return str(file["bytes"].decode())
    return "\n".join([file["name"], *(text for _, text in contents(file["bytes"], to))])


def test_an_hour_has_parts_with_clock_times_and_an_agenda() -> None:
    """
    The parts follow one another from the start on, what is brought has one, and the agenda is there for a page.
    """
    plan = ask("plan", hour=HOUR)

    assert [part["clock"] for part in plan["parts"][1:]] == [part["ends"] for part in plan["parts"][:-1]]
    assert plan["parts"][0]["clock"] == "10:00"
    assert plan["places"] == [{"id": "b1", "part": "about-b1", "when": ""}]
    assert "what to say to the school" in plan["agenda"]["body"].lower()
    assert "<style" not in plan["agenda"]["body"]


@settings(max_examples=25, deadline=None)
@given(hour=hours)
def test_nothing_that_is_brought_is_lost(hour: dict[str, Any]) -> None:
    """
    Each thing has a part of the hour or another day, and the parts have the hour's minutes together.
    """
    plan = ask("plan", hour=hour)
    if "refused" in plan:
        assert plan["refused"]["kind"] in ("tooshort", "refused")
        return
    ids = {part["id"] for part in plan["parts"]}

    assert [place["id"] for place in plan["places"]] == [each["id"] for each in hour["brought"]]
    assert all(place["part"] in ids if place["part"] else place["when"] for place in plan["places"])
    assert plan["planned"] + plan["spare"] == plan["minutes"] == hour["minutes"]
    assert sum(part["minutes"] for part in plan["parts"]) == plan["planned"]
    assert all(part["minutes"] >= part["least"] for part in plan["parts"])


@settings(max_examples=25, deadline=None)
@given(hour=hours, data=st.data())
def test_what_a_person_moved_holds_and_can_be_made_to_fit(hour: dict[str, Any], data: st.DataObject) -> None:
    """
    Order and minutes are as they were moved; a part under its least is named; and what is made to fit has the leasts
    of all, while what people bring is shortened last.
    """
    plan = ask("plan", hour=hour)
    if "refused" in plan:
        return
    moved = data.draw(st.permutations([{k: part[k] for k in ("id", "key", "minutes")} for part in plan["parts"]]))
    moved = [{**part, "minutes": data.draw(st.integers(1, 40))} for part in moved]
    hour = {**hour, "parts": moved}
    now = ask("plan", hour=hour)
    least = {part["id"]: part["least"] for part in now["parts"]}

    assert [(part["id"], part["minutes"]) for part in now["parts"]] == [(p["id"], p["minutes"]) for p in moved]
    assert {each["part"] for each in now["refusals"]} == {p["id"] for p in moved if p["minutes"] < least[p["id"]]}
    assert (now["agenda"] is None) is bool(now["refusals"])
    assert now["spare"] == now["minutes"] - sum(part["minutes"] for part in moved)
    fitted = ask("fit", hour=hour)
    if "refused" in fitted:
        assert sum(least.values()) > now["minutes"]
        return
    then = ask("plan", hour=fitted["hour"])
    assert then["refusals"] == []
    assert then["spare"] >= 0
    before = {part["id"]: max(part["minutes"], part["least"]) for part in now["parts"]}
    if any(part["kind"] == "own" and part["minutes"] < before[part["id"]] for part in then["parts"]):
        assert all(part["minutes"] == part["least"] for part in then["parts"] if part["kind"] != "own")


def test_other_models_are_offered_with_reasons_that_tell_them_apart() -> None:
    """
    Three differ in kind, each with a reason of its own, without a journal; what is there is not offered again.
    """
    part = next(each for each in ask("plan", hour=HOUR)["parts"] if each["kind"] == "own")
    offers = ask("offers", hour=HOUR, part=part["id"])

    assert len(offers["offers"]) == 3
    assert len({each["why"] for each in offers["offers"]} - {""}) == 3
    assert part["key"] not in [each["key"] for each in offers["offers"]]
    assert offers["none"]["key"] == "no-model"
    taken = ask("plan", hour={**HOUR, "chosen": {part["id"]: offers["offers"][1]["key"]}})
    assert offers["offers"][1]["key"] in [each["key"] for each in taken["parts"]]


def test_a_paper_has_what_its_reader_may_read_and_no_name_of_anybody() -> None:
    """
    What is between the two stands on the agenda of each, on no record that the file may have, and on no handout.
    """
    hour = {**HOUR, "brought": [{"id": "b1", "words": "Zanzibarish worry", "whose": "supervisee", "ring": "pair"}]}
    agenda, record = (
        ask("paper", hour=hour, paper=each, to="docx", reader="supervisee") for each in ("agenda", "record")
    )
    handout = ask("paper", hour=hour, paper="handout", to="docx", part="about-b1")

    assert (agenda["name"], record["name"]) == ("agenda-2026-03-04.docx", "record-2026-03-04.docx")
    assert "Zanzibarish" in everything_in(agenda)
    assert "Zanzibarish" not in everything_in(record)
    assert "Zanzibarish" not in everything_in(handout)


@pytest.mark.parametrize("name", sorted({**ASKED, **asked_of_opened()}))
@pytest.mark.parametrize(
    "given", [{}, {"hour": 3}, {"hour": {"brought": "x"}}, {"hour": HOUR, "part": "?", "key": "../x"}]
)
def test_whatever_is_given_the_answer_is_an_answer(name: str, given: dict[str, Any]) -> None:
    """
    Nothing that the page may send makes a fault of ours.
    """
    answer = ask(name, **given)

    assert not isinstance(answer, dict) or answer.get("refused", {}).get("kind") != "fault"


def test_a_first_plan_reads_nothing_back_and_writes_no_record() -> None:
    """
    A browser reads whatever is imported: what a first plan does not need waits until somebody asks for it.
    """
    code = (
        "import sys; from reflect.planner.desk import Desk; "
        "assert Desk().answer('plan', {'hour': {}})['agenda']; "
        "print(*(name for name in sys.modules if name.startswith(('reflect.reading_back.', 'reflect.safekeeping.'))))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert found == []


CANARIES = {"pair": "Zanzibarish worry", "personal": "Quixotic rota", "case": "Umbrageous visit"}
#: What may stand where, by the ring of what is brought. Everything else of an hour has none of it.
MAY_STAND = {name: {"pair", "personal", "case"} for name in ("agenda", "plan", "all")} | {"record": {"personal"}}


@pytest.mark.parametrize("reader", ["supervisee", "supervisor"])
@pytest.mark.parametrize("to", ["docx", "html", "txt"])
def test_what_is_brought_stands_where_its_ring_may_be_read(reader: str, to: str) -> None:
    """
    Each paper of an hour has what its reader may read there, and has it; all others, and every name, have none of it.
    """
    brought = [{"id": ring, "words": words, "whose": "supervisee", "ring": ring} for ring, words in CANARIES.items()]
    desk, hour = Desk(today=DAY), {**HOUR, "minutes": 90, "who": reader, "brought": brought}
    seen: dict[str, set[str]] = {}
    for offer in desk.answer("papers", {"hour": hour})["papers"]:  # type: ignore[index]
        for who in offer["readers"]:
            way = to if to in offer["formats"] else offer["formats"][0]
            given = {"hour": hour, "paper": offer["paper"], "to": way, "reader": who, "part": offer["part"]}
            file: Any = desk.answer("paper", given)
            text = everything_in(file).casefold()
            found = {ring for ring, words in CANARIES.items() if words.casefold() in text}
            seen.setdefault(offer["paper"], set()).update(found)
            assert not any(words.casefold() in file["name"] for words in CANARIES.values())

    assert {name: rings for name, rings in seen.items() if rings} == MAY_STAND
    assert {"handout", "worksheet", "preparation", "record"} <= seen.keys()


def test_what_is_private_changes_no_record() -> None:
    """
    Two hours that differ in what the two alone may read, in words of equal length of minutes, have the same record.
    """
    one, other = (
        ask("paper", hour={**HOUR, "brought": [{"id": "b1", "words": words, "whose": "supervisee"}]}, paper="record")
        for words in ("Zanzibarish worry", "what to say to the school")
    )

    assert one["bytes"] == other["bytes"]


def test_the_others_make_room_for_a_model_that_needs_more() -> None:
    """
    Where nobody has moved anything, a model that was chosen has its least, and the hour is as long as it was.
    """
    longest = max(ask("models")["models"], key=lambda each: each["least"] if each["least"] <= 40 else 0)["key"]
    plan = ask("plan", hour={**HOUR, "minutes": 54, "chosen": {"about-b1": longest}})
    part = next(each for each in plan["parts"] if each["id"] == "about-b1")

    assert part["key"] == longest
    assert (
        part["minutes"]
        == part["least"]
        > max(each["minutes"] for each in ask("plan", hour={**HOUR, "minutes": 54})["parts"])
    )
    assert plan["refusals"] == []
    assert plan["spare"] == 0


MODELS = ["kolb-cycle", "gibbs-cycle", "no-model", "safe-uncertainty", "reflecting-team", "own-item"]


@settings(max_examples=25, deadline=None)
@given(hour=hours, data=st.data())
def test_whatever_a_person_moves_puts_in_chooses_or_leaves_out_nothing_is_lost(
    hour: dict[str, Any], data: st.DataObject
) -> None:
    """
    Each part has an id of its own, each thing that is brought has a part or a day, each part that may change has other
    models, and no answer is a fault of ours.
    """
    plan = ask("plan", hour=hour)
    if "refused" in plan:
        return
    ids = [part["id"] for part in plan["parts"]]
    parts = [{key: part[key] for key in ("id", "key", "minutes")} for part in plan["parts"]]
    more = [{"id": "model-1", "key": data.draw(st.sampled_from(MODELS)), "minutes": 25}, {"id": "ghost", "minutes": 3}]
    hour = {
        **hour,
        "parts": data.draw(st.permutations([*parts, *more])),
        "out": data.draw(st.lists(st.sampled_from([*ids, *(each["id"] for each in hour["brought"])]), max_size=2)),
        "chosen": data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(MODELS), max_size=2)),
    }
    desk = Desk(today=DAY)
    now: Any = desk.answer("plan", {"hour": hour})
    if "refused" in now:
        assert now["refused"]["kind"] != "fault"
        return
    there = {part["id"] for part in now["parts"]}

    assert len(there) == len(now["parts"])
    assert "ghost" not in there
    assert all(place["part"] in there if place["part"] else place["when"] for place in now["places"])
    for part in now["parts"]:
        offers: Any = desk.answer("offers", {"hour": hour, "part": part["id"]})
        # A part that was put in beside a longer one may be too short for what it is about.
        short = offers.get("refused", {}).get("kind") == "doesnotfit"
        assert short or ("offers" in offers) is part["may_change"]
        assert part["key"] not in [each["key"] for each in offers.get("offers", ())]


def test_a_model_put_in_for_an_open_talk_stays_when_something_is_brought() -> None:
    """
    What the talk is about may be said later. A choice for the topic itself goes first, and none goes from one topic to
    another.
    """
    talk = next(each for each in ask("plan", hour={**HOUR, "brought": []})["parts"] if each["may_change"])
    put_in = {**HOUR, "chosen": {talk["id"]: "ladder-of-inference"}}

    def model_of(hour: dict[str, Any]) -> list[str]:
        return [each["key"] for each in ask("plan", hour=hour)["parts"] if each["may_change"]]

    assert model_of({**put_in, "brought": []}) == ["ladder-of-inference"]
    assert model_of(put_in) == ["ladder-of-inference"]
    assert model_of({**put_in, "chosen": {**put_in["chosen"], "about-b1": "grow"}}) == ["grow"]
    other = {**HOUR, "brought": [{**HOUR["brought"][0], "id": "b2"}]}
    assert model_of({**other, "chosen": {"about-b1": "grow"}}) == model_of(other)


def test_all_of_an_hour_is_what_the_command_line_writes() -> None:
    """
    A folder for each of the two, with the plan that is kept; its files may be opened by whoever unpacks them.
    """
    file = ask("paper", hour=HOUR, paper="all", to="zip")
    with zipfile.ZipFile(io.BytesIO(file["bytes"])) as archive:
        names = archive.namelist()
        assert {each.external_attr >> 16 for each in archive.infolist()} == {0o600}

    assert file["name"] == "session-2026-03-04.zip"
    kept = [("agenda", "docx"), ("record", "docx"), ("supervision", "ics"), ("plan", "json")]
    whole = [f"{who}/{name}-2026-03-04.{to}" for who in ("supervisee", "supervisor") for name, to in kept]
    assert {*whole} <= {*names}


@pytest.mark.parametrize("out", ["b1", "about-b1"])
def test_what_is_left_out_today_waits(out: str) -> None:
    """
    Something that is brought can be left out by its own id, or by that of its part: the agenda says when instead.
    """
    brought = [*HOUR["brought"], {"id": "b2", "words": "the rota", "whose": "supervisee"}]
    plan = ask("plan", hour={**HOUR, "brought": brought, "out": [out]})

    assert [part["id"] for part in plan["parts"] if part["kind"] == "own"] == ["about-b2"]
    assert plan["places"][0] == {"id": "b1", "part": "", "when": "first next time"}
    assert plan["out"] == [{"key": out, "title": "what to say to the school", "needs": 0}]
    assert plan["spare"] == 0


@pytest.mark.parametrize("part", ["before", "wellbeing", "close", "frame-1", "talk"])
def test_any_part_can_be_left_out(part: str) -> None:
    """
    It is gone, and the others stay; what is left open has its minutes to spare, or the others have them.
    """
    hour = {"minutes": 60, "profile": "group" if part == "frame-1" else "general"}
    before, after = (ask("plan", hour={**hour, "out": out}) for out in ([], [part]))

    assert part in [each["id"] for each in before["parts"]]
    assert {each["id"] for each in before["parts"]} - {each["id"] for each in after["parts"]} == {part}
    assert after["planned"] + after["spare"] == 60
