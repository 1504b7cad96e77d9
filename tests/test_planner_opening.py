"""
What somebody opens on the page, all at once: each file goes where it belongs, of anything else it is said what it is,
and nothing of one pair gets into the hour of another.
"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from typing import Any

import docx
import pytest

from reflect.planner.desk import Desk
from reflect.planner.words import read_words
from tests.test_planner_desk import DAY, HOUR
from tests.test_planner_rounds import good, hold

BROUGHT = [{"id": "b1", "words": "The school", "whose": "supervisee"}]
#: Hours that have papers of their own.
HOURS: dict[str, dict[str, Any]] = {
    "ordinary": {"date": "2026-03-04", "brought": BROUGHT},
    "today": {"date": "2026-03-04", "brought": BROUGHT, "occasion": "today-is-different"},
    "first": {"date": "2026-03-04", "brought": BROUGHT, "occasion": "first"},
    "case": {
        "date": "2026-03-04",
        "brought": [{"id": "b1", "words": "F11", "whose": "supervisee", "ring": "case"}],
        "profile": "childrens-social-work",
    },
    "group": {"date": "2026-03-04", "brought": [], "profile": "group"},
}


def open_all(desk: Desk, *files: dict[str, Any], who: str = "supervisor") -> list[dict[str, Any]]:
    return [good(desk.answer("open", {"name": each["name"], "bytes": each["bytes"], "who": who})) for each in files]


def follow(desk: Desk, who: str = "supervisor") -> dict[str, Any]:
    told: dict[str, Any] = good(desk.answer("to_follow", {"who": who}))
    return told


def next_hour(desk: Desk, numbers: list[int], **more: object) -> Any:
    return good(desk.answer("after", {"numbers": numbers, "hour": {**HOUR, "brought": [], **more}}))


# --- whatever is opened


@pytest.mark.parametrize("sort", HOURS)
def test_of_every_paper_that_we_write_the_page_says_what_it_is(sort: str) -> None:
    """
    Each paper of an hour, in each format and for each reader, is opened or is said to be another thing, by its name and
    with what to open instead; and an hour follows from those that say so, and from no other.
    """
    hour = {**HOUR, **HOURS[sort]}
    offered = good(Desk(today=DAY).answer("papers", {"hour": hour}))["papers"]
    ways = [
        (each, to, reader) for each in offered for to in each["formats"] if to != "pdf" for reader in each["readers"]
    ]
    said: dict[str, set[str]] = {}
    for paper, to, reader in ways:
        desk = Desk(today=DAY)
        asked = {"hour": hour, "paper": paper["paper"], "to": to, "reader": reader, "part": paper["part"]}
        file = desk.answer("paper", asked)
        if "refused" in file:  # type: ignore[operator]
            continue  # this hour has nothing for that paper
        (told,) = open_all(desk, file)  # type: ignore[arg-type]
        said.setdefault(paper["paper"], set()).add(told["kind"])
        if told["kind"] == "unused":
            assert not desk.opened.papers
            assert "record" in told["why"]
            assert "cannot be read" not in told["why"]
            continue
        if "shut" in told or told["kind"] == "plan":
            continue
        after = desk.answer("after", {"numbers": [told["number"]], "hour": {**HOUR, "brought": []}})
        assert ("refused" in after) is not told["follows"]  # type: ignore[operator]
        assert bool(told["why_not"]) is not told["follows"]
        if not told["follows"]:
            assert told["why_not"] in after["refused"]["message"]  # type: ignore[index]

    assert said["agenda"] == said["handout"] if "handout" in said else said["agenda"] == {"unused"}
    assert said["record"] - {"unused"}
    assert said["plan"] == {"plan"}


def test_a_word_file_of_somebody_else_is_not_read_as_a_record() -> None:
    """
    It is said that nothing in it is ours, whatever it says; and nothing of it is open.
    """
    other = docx.Document()
    other.add_paragraph("CANARY on 4 March 2026")
    data = io.BytesIO()
    other.save(data)
    desk = Desk(today=DAY)
    (told,) = open_all(desk, {"name": "minutes.docx", "bytes": data.getvalue()})

    assert told["what"] == "stranger"
    assert "CANARY" not in json.dumps(told)
    assert not desk.opened.papers


def test_a_record_without_a_day_says_so_and_is_open() -> None:
    """
    Nothing can follow from it yet, and its paper has the place where the day is written.
    """
    desk = Desk(today=DAY)
    number = good(desk.answer("begin", {"hour": {**HOUR, "brought": []}}))["number"]
    told = good(desk.answer("fill", {"number": number, "who": "supervisor", "answers": {"date": "some day"}}))

    assert not told["follows"]
    assert "No day can be read on it" in told["why_not"]
    assert follow(desk)["next"] == []


def test_everything_in_a_folder_can_be_opened_at_once() -> None:
    """
    With the papers of last time and those of the next hour, in any order, the next hour follows from the record that was
    taken furthest and from its own plan; and what is left out is named.
    """
    hour = {**HOUR, "date": "2026-03-04", "brought": BROUGHT, "out": ["b1"]}
    before = Desk(today=DAY)
    files = hold(before, hour, "Ring the school")
    journal = good(before.answer("journal_save", {"who": "supervisor"}))["file"]
    asked = {"hour": hour, "to": "docx", "reader": "supervisor"}
    blank = good(before.answer("paper", {**asked, "paper": "record"}))
    agenda = good(before.answer("paper", {**asked, "paper": "agenda"}))
    later = {**asked, "hour": {**HOUR, "date": "2026-04-01", "brought": BROUGHT}}
    ahead = [good(before.answer("paper", {**later, "paper": each})) for each in ("agenda", "record", "plan")]
    folder = [*files, journal, blank, agenda, *ahead]
    without = [each for each in folder if each["name"] != "record-2026-04-01.docx"]

    for order in (folder, folder[::-1], without, without[::-1]):
        desk = Desk(today=DAY)
        told = open_all(desk, *order)
        assert {each["kind"] for each in told} == {"record", "plan", "journal", "unused"}
        found = follow(desk)
        (group,) = found["next"]
        (counted,) = group["numbers"]
        assert desk.opened.paper(counted).name == "record-2026-03-04-signed.docx"
        # The plan of the next hour goes with its own record, which says nothing yet.
        assert [each.split(" ")[0] for each in found["left"]] == ["plan-2026-04-01.json"] * (len(order) == len(without))
        after = next_hour(desk, group["numbers"])
        assert [each["words"] for each in after["comes_back"]] == ["The school"]
        assert after["actions"] == 1
        assert after["hour"]["journal"] == 1


def test_two_copies_of_one_session_count_both_if_neither_is_closed() -> None:
    """
    If each of the two has filled one in, what both say counts, as on the command line.
    """
    desk = Desk(today=DAY)
    blank = good(
        desk.answer("paper", {"hour": {**HOUR, "date": "2026-03-04"}, "paper": "record", "reader": "supervisor"})
    )
    numbers = [each["number"] for each in open_all(desk, blank, blank)]
    for number, action in zip(numbers, ("Ring the school", "Write to the school"), strict=True):
        tables = {"actions": [[action, "supervisee", ""]]}
        good(desk.answer("fill", {"number": number, "who": "supervisor", "tables": tables}))

    (group,) = follow(desk)["next"]
    assert group["numbers"] == numbers
    assert next_hour(desk, numbers)["actions"] == 2


# --- whose it is


def names(pair: str) -> dict[str, str]:
    return {"supervisee": f"{pair} Mensah", "supervisor": "Robin Owen"} if pair else {}


def held(desk: Desk, pair: str, model: str, *, day: str = "2026-03-04", start: str = "10:00") -> int:
    """
    Hold a session of a pair with a model, close it and sign it; and return the number of its record.
    """
    topic = {"id": "b1", "words": f"Canary{pair}", "whose": "supervisee", "ring": "pair"}
    hour = {**HOUR, "date": day, "start": start, "brought": [topic], "chosen": {"about-b1": model}}
    begun = good(desk.answer("begin", {"hour": hour}))
    number: int = begun["number"]
    given = {"number": number, "who": "supervisor"}
    thoughts = {each["name"]: f"Thought of {model}" for each in _boxes(begun) if each["form"] == "box"}
    answers = {**thoughts, **names(pair), "next-date": "1 April 2026"}
    tables = {"actions": [[f"Action{pair}", "supervisee", ""]]}
    good(desk.answer("fill", {**given, "answers": answers, "tables": tables}))
    for _ in range(2):
        good(desk.answer("close", {**given, "day": day}))
        for role in ("supervisee", "supervisor"):
            good(desk.answer("sign", {**given, "role": role, "agreement": "agreed", "name": role, "date": day}))
    assert good(desk.answer("close", {**given, "day": day}))["done"] == "signed"
    return number


def note(desk: Desk, number: int, **more: object) -> dict[str, Any]:
    told: dict[str, Any] = good(desk.answer("journal_note", {"number": number, "who": "supervisor", **more}))
    return told


def sessions_of(desk: Desk, number: int) -> list[str]:
    file = good(desk.answer("journal_save", {"who": "supervisor", "number": number}))["file"]
    return sorted(zipfile.ZipFile(io.BytesIO(file["bytes"])).namelist())


def test_each_pair_has_a_journal_of_its_own() -> None:
    """
    A second pair's session of the same day is noted in a journal of theirs, and the first pair's stays as it is.
    """
    desk = Desk(today=DAY)
    one, other = held(desk, "Ama", "kolb-cycle"), held(desk, "Bola", "gibbs-cycle")
    first, second = note(desk, one), note(desk, other)

    assert first["noted"]
    assert second["noted"]
    assert first["number"] != second["number"]
    assert [each["people"][0] for each in second["journals"]] == ["Ama Mensah", "Bola Mensah"]
    assert sessions_of(desk, first["number"]) == sessions_of(desk, second["number"]) == ["2026-03-04.yaml"]
    kept = [each.log.entries[0].used[0].model for each in desk.opened.journals.values()]
    assert kept == ["kolb-cycle", "gibbs-cycle"]
    refused = desk.answer("journal_note", {"number": other, "who": "supervisor", "into": first["number"]})
    assert "of other people" in refused["refused"]["message"]  # type: ignore[index]


def test_where_nothing_says_whose_a_journal_is_the_page_asks() -> None:
    """
    Records without names go into no journal by themselves once there is one: somebody says which, and a second session
    of a day is another session.
    """
    desk = Desk(today=DAY)
    one, other, third = (held(desk, "", model) for model in ("kolb-cycle", "gibbs-cycle", "atkins-murphy"))
    first = note(desk, one)
    asked = note(desk, other)

    assert first["noted"]
    assert not asked["noted"]
    assert asked["choose"] == [first["number"]]
    assert sessions_of(desk, first["number"]) == ["2026-03-04.yaml"]
    second = note(desk, other, into=0)
    assert second["number"] != first["number"]
    assert note(desk, third, into=first["number"])["number"] == first["number"]
    assert sessions_of(desk, first["number"]) == ["2026-03-04-2.yaml", "2026-03-04.yaml"]
    assert not note(desk, one)["noted"]


@pytest.mark.parametrize(("pair", "other"), [("Ama", "Bola"), ("", "Bola"), ("Ama", ""), ("", "")])
@pytest.mark.parametrize("way", ["noted", "opened"])
def test_nothing_of_one_pair_gets_into_the_hour_of_another(pair: str, other: str, way: str) -> None:
    """
    Whatever is open of one pair, with names or without, the next hour of another is planned as if it were not: no word,
    no action and no model of theirs is in it, and their journal does not count for it.
    """
    alone = Desk(today=DAY)
    second = held(alone, other, "gibbs-cycle", start="14:00")
    usual = next_hour(alone, [second])
    usual_plan = good(alone.answer("plan", {"hour": usual["hour"]}))

    desk = Desk(today=DAY)
    first, second = held(desk, pair, "kolb-cycle"), held(desk, other, "gibbs-cycle", start="14:00")
    assert sorted(map(sorted, (each["numbers"] for each in follow(desk)["next"]))) == [[first], [second]]
    note(desk, first)
    if way == "opened":
        packed = good(desk.answer("journal_save", {"who": "supervisor"}))["file"]
        good(desk.answer("journal_away", {"who": "supervisor", "number": 1}))
        (opened,) = open_all(desk, packed)
        good(desk.answer("journal_for", {"who": "supervisor", "numbers": [first], "number": opened["number"]}))
    number = next(iter(desk.opened.journals))
    theirs = next_hour(desk, [first])
    assert theirs["hour"]["journal"] == number
    assert "Action" + pair in str(good(desk.answer("plan", {"hour": theirs["hour"]})))

    after = next_hour(desk, [second], journal=number)
    for hour in (after["hour"], {**after["hour"], "journal": number}):
        plan = good(desk.answer("plan", {"hour": hour}))
        assert {**plan, "hour": None} == {**usual_plan, "hour": None}
    assert after["hour"]["journal"] == 0
    assert after["comes_back"] == [{**each, "id": each["id"]} for each in usual["comes_back"]]


def test_a_journal_that_was_opened_with_a_record_counts_for_it_alone() -> None:
    """
    Opened beside the record of one pair, a journal is taken for theirs; from then on it is, and nobody else's hour has
    it, unless somebody says so.
    """
    before = Desk(today=DAY)
    note(before, held(before, "", "kolb-cycle"))
    packed = good(before.answer("journal_save", {"who": "supervisor"}))["file"]
    desk = Desk(today=DAY)
    one = held(desk, "", "kolb-cycle")
    (journal,) = open_all(desk, packed)
    assert next_hour(desk, [one])["hour"]["journal"] == journal["number"]
    other = held(desk, "", "gibbs-cycle", start="14:00")

    assert next_hour(desk, [other])["hour"]["journal"] == 0
    chosen = {"who": "supervisor", "numbers": [other], "number": journal["number"]}
    assert good(desk.answer("journal_for", chosen))["number"] == journal["number"]
    assert next_hour(desk, [other])["hour"]["journal"] == journal["number"]


def test_a_journal_that_is_opened_loses_nothing_that_was_noted() -> None:
    """
    It is open beside the one that was begun here, and the same journal is not open twice.
    """
    desk = Desk(today=DAY)
    note(desk, held(desk, "Ama", "kolb-cycle"))
    earlier = {"name": "2026-02-04.yaml", "bytes": b"date: 2026-02-04\nstatus: held\n"}
    told = [open_all(desk, earlier)[0] for _ in range(2)]

    assert [len(each["sessions"]) for each in told[-1]["journals"]] == [1, 1]
    assert [each["saved"] for each in told[-1]["journals"]] == [False, True]
    assert told[0]["number"] == told[1]["number"]


# --- the one order


def standings(told: dict[str, Any]) -> str:
    return " ".join(f"{each['step']}:{each['standing']}" for each in told["steps"])


def test_a_record_has_one_order_and_offers_only_what_can_be_done() -> None:
    """
    It is written, closed, signed and copied, and then it is noted. What has to wait says for what, and the desk refuses
    it.
    """
    desk = Desk(today=DAY)
    told = good(desk.answer("begin", {"hour": {**HOUR, "date": "2026-03-04"}}))
    who = {"number": told["number"], "who": "supervisor"}
    signs = [{**who, "role": role, "agreement": "agreed", "name": role} for role in ("supervisee", "supervisor")]
    day = {**who, "day": "2026-03-04"}

    def now() -> str:
        return standings(good(desk.answer("look_at", who)))

    assert now() == "write:now close:later sign:later keep:later note:later"
    for ask, given in (("close", day), ("sign", signs[0]), ("journal_note", who)):
        assert "refused" in desk.answer(ask, given)  # type: ignore[operator]
    good(desk.answer("fill", {**who, "tables": {"actions": [["Ring the school", "supervisee", ""]]}}))
    assert now() == "write:done close:now sign:later keep:later note:later"
    assert "refused" in desk.answer("sign", signs[0])  # type: ignore[operator]
    good(desk.answer("close", day))
    assert now() == "write:done close:done sign:now keep:later note:later"
    good(desk.answer("sign", signs[0]))
    assert now() == "write:done close:done sign:now keep:now note:later"
    good(desk.answer("sign", signs[1]))
    assert now() == "write:done close:done sign:done keep:now note:later"
    assert good(desk.answer("close", day))["files"]
    assert now() == "write:done close:done sign:done keep:done note:now"
    note(desk, told["number"])
    assert now() == "write:done close:done sign:done keep:done note:done"
    good(desk.answer("fill", {**who, "answers": {"support": "no new work"}}))
    again = good(desk.answer("look_at", who))
    assert standings(again) == "write:done close:now sign:later keep:later note:later"
    assert [each["waits"] for each in again["steps"]] == ["", "", "again", "close", "keep"]


def test_whoever_opens_the_form_of_a_signed_record_and_writes_nothing_loses_no_signature() -> None:
    """
    The form has no places to sign, and who has signed has signed still.
    """
    desk = Desk(today=DAY)
    number = held(desk, "Ama", "kolb-cycle")
    told = good(desk.answer("fill", {"number": number, "who": "supervisor", "answers": {}, "tables": {}, "signed": {}}))
    given = {place["name"]: place["value"] for place in _boxes(told)}
    told = good(desk.answer("fill", {"number": number, "who": "supervisor", "answers": given, "signed": {}}))

    assert [each["agreement"] for each in told["signed"]] == ["agreed", "agreed"]


def _boxes(told: dict[str, Any]) -> list[dict[str, Any]]:
    lines = itertools.chain.from_iterable(section["lines"] for section in told["sections"])
    return [place for line in lines for place in line if place["form"] not in ("printed", "rows", "sign")]


def test_a_group_signs_nothing_and_keeps_its_copy() -> None:
    """
    Its record is written, closed and copied, and has no step to sign.
    """
    desk = Desk(today=DAY)
    told = good(desk.answer("begin", {"hour": {**HOUR, **HOURS["group"]}}))

    assert standings(told) == "write:now close:later keep:later note:later"
    assert all(f"step.waits.{each['waits']}" in read_words() for each in told["steps"] if each["waits"])
