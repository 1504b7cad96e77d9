"""
The supervisee's own copy, and what differs between two copies.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.interchange.values import from_json, to_json
from reflect.questions.rings import READERS, Ring, reader
from reflect.rendering.rendering import render
from reflect.safekeeping.closing import close_record
from reflect.safekeeping.comparing import MINE, MOVED, THEIRS, WORDED, compare
from reflect.safekeeping.fingerprint import fingerprint
from reflect.safekeeping.own_copies import find_references, own_copy, prove
from reflect.sessions.canonical import SHAPE
from reflect.sessions.parts import Action, Answered
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run
from tests.documents import FORMATS, everything_in, tried
from tests.test_reading_back import records

FILLED = from_json((Path(__file__).parent / "data" / "filled-record.json").read_text("utf-8"))
REPLACE = {"AM": "the worker", "DK": "the manager", "Thursdays": "one day"}


def test_references_are_replaced_everywhere_and_words_are_not() -> None:
    """
    A reference is replaced wherever it is a whole word; within another word it stays.
    """
    line = Line(runs=(Run(text="AM met AMY and AM-1; am I right?"),))
    record = attrs.evolve(
        FILLED, answers=(Answered(key="item-3", ring=Ring.PERSONAL, lines=(line,), asked="What AM said"),)
    )
    mine = own_copy(record, {"AM": "x"})
    text = to_json(mine)

    assert "[x] met AMY and [x]-1; am I right?" in text
    assert "What [x] said" in text
    assert ("AMY", 1) in find_references(record)


def test_the_copy_has_the_fingerprint_of_the_record_and_no_case() -> None:
    """
    That of the record as it was signed, and none of its own, because its owner adds words; nothing of a case, nothing between the two, no names replaced.
    """
    closed = close_record(FILLED, datetime.date(2026, 3, 5))
    mine = own_copy(closed, REPLACE, "I would say it again.")
    data = render(mine, "own-copy", to="txt", reader="author").decode()

    assert set(SHAPE.findall(data)) == {fingerprint(FILLED)}
    assert "I would say it again." in data
    assert "Names replaced, never anonymous" in data
    assert "where your employer allows" in data
    words = everything_in(render(mine, "own-copy", reader="author"), "docx")
    for name in REPLACE:
        assert f" {name} " not in words
    for hidden in (each for each in FILLED.answers if each.ring in (Ring.PAIR, Ring.CASE)):
        assert hidden.text not in words
    for other in READERS:
        if not other.sees(Ring.OWN):
            assert "I would say it again." not in render(mine, "own-copy", to="txt", reader=other).decode()


@given(whole=records(), comments=st.text("abc \n", max_size=20))
@settings(max_examples=tried(40), suppress_health_check=[HealthCheck.filter_too_much])
def test_the_copy_comes_back_from_word_and_proves_itself(whole: Record, comments: str) -> None:
    """
    Read back from Word it is the same copy, and the signed record proves it, whatever it says.
    """
    words = [word for word, _ in find_references(whole)][:3]
    try:
        mine = own_copy(whole, {word: f"person {n}" for n, word in enumerate(words)}, comments)
    except reflect.Refused:
        assume(False)
    back = reflect.read(render(mine, "own-copy", reader="author"))

    assert prove(mine, whole).proven
    assert fingerprint(back) == fingerprint(mine)
    assert prove(back, whole).proven


def test_a_copy_of_other_words_is_not_proven() -> None:
    """
    With one more word in the record, or another word in the copy, it does not pass, and the reason is given.
    """
    mine = own_copy(FILLED, REPLACE)
    assert prove(mine, FILLED).proven
    assert set(prove(mine, FILLED).replaced) <= set(REPLACE)

    longer = attrs.evolve(FILLED, actions=(*FILLED.actions, Action(what="One more", who="AM", by="")))
    assert "changed since" in prove(mine, longer).why
    other = attrs.evolve(mine, actions=(attrs.evolve(mine.actions[0], what="Something else"), *mine.actions[1:]))
    assert "more than its references" in prove(other, FILLED).why


def test_what_cannot_stand_for_a_reference_is_refused() -> None:
    """
    Nothing, the same words for two, and brackets are refused.
    """
    for replace in ({"AM": " "}, {"AM": "x", "DK": "x"}, {"AM": "[x]"}):
        with pytest.raises(reflect.Refused):
            own_copy(FILLED, replace)


# --- comparing


@given(whole=records())
@settings(max_examples=tried(30), suppress_health_check=[HealthCheck.filter_too_much])
def test_a_record_is_the_same_as_itself_in_any_file(whole: Record) -> None:
    """
    Word against JSON, in either order: nothing differs that has a place on the paper.
    """
    back = reflect.read(render(whole, "record", reader="supervisee"))

    assert compare(whole, from_json(to_json(whole))) == ()
    assert compare(back, whole) == ()
    assert compare(whole, back) == ()


def test_a_paper_with_other_labels_says_the_same() -> None:
    """
    A paper with boxes and one with entries call the next date by other words; another date is still another.
    """
    said, other = ((Line(runs=(Run(text=text),)),) for text in ("1 April 2026, 10:00", "8 April 2026, 10:00"))
    boxes = Answered(key="next-date", ring=Ring.OPEN, lines=said, asked="Next time: date and hour")
    entries = attrs.evolve(boxes, asked="next time")
    one, two = (attrs.evolve(FILLED, answers=(each,)) for each in (boxes, entries))

    assert compare(one, two) == compare(two, one) == ()
    (found,) = compare(one, attrs.evolve(two, answers=(attrs.evolve(entries, lines=other),)))
    assert (found.mine, found.theirs) == ("1 April 2026, 10:00", "8 April 2026, 10:00")


def answered(*lines: str) -> Record:
    said = tuple(Line(runs=(Run(text=line),)) for line in lines)
    answers = tuple(each for each in FILLED.answers if each.key != "item-3")
    return attrs.evolve(
        FILLED, answers=(Answered(key="item-3", ring=Ring.PERSONAL, lines=said, asked="How it went"), *answers)
    )


def test_wording_is_told_from_order() -> None:
    """
    The same lines elsewhere have moved; another word is another wording, and the words are marked.
    """
    base = answered("We met.", "We talked.")
    moved = compare(base, answered("We talked.", "We met."))
    worded = compare(base, answered("We met.", "We walked."))

    assert [each.what for each in moved] == [MOVED]
    assert [each.what for each in worded] == [WORDED]
    assert "mine:   We met. We »talked.«" in str(worded[0])
    assert "theirs: We met. We »walked.«" in str(worded[0])


def test_rows_move_are_reworded_come_and_go() -> None:
    """
    Actions in another order have moved; a reworded one is paired with its nearest; one that is only here is only in mine.
    """
    one, two = (Action(what=text, who="AM", by="May") for text in ("Ring the school", "Write the chronology"))
    base = attrs.evolve(FILLED, actions=(one, two))

    def told(*actions: Action) -> list[str]:
        return [each.what for each in compare(base, attrs.evolve(FILLED, actions=actions))]

    assert told(two, one) == [MOVED]
    assert told(one, attrs.evolve(two, by="June")) == [WORDED]
    assert told(one) == [MINE]
    assert told(one, two, Action(what="Sleep", who="DK", by="")) == [THEIRS]


@given(one=records(), other=records())
@settings(max_examples=tried(40), suppress_health_check=[HealthCheck.filter_too_much])
def test_comparing_is_even_handed(one: Record, other: Record) -> None:
    """
    The other way round, what was mine is theirs; and there is a difference exactly if the words differ.
    """
    turned = {MINE: THEIRS, THEIRS: MINE}
    here = sorted((each.where, turned.get(each.what, each.what)) for each in compare(one, other))
    there = sorted((each.where, each.what) for each in compare(other, one))

    assert here == there or {w for _, w in here} == {w for _, w in there}
    if compare(one, other) == ():
        assert fingerprint(one) == fingerprint(other)


def test_on_the_command_line(tmp_path: Path) -> None:
    """
    A copy shows what is replaced and asks first, and is private; compare proves it, and notices a change.
    """
    record, mine, word = tmp_path / "r.json", tmp_path / "mine.docx", tmp_path / "r.docx"
    record.write_text(to_json(FILLED), "utf-8")
    word.write_bytes(render(FILLED, "record", reader="supervisor"))
    run = CliRunner()
    no = run.invoke(main, ["copy", str(record), "--replace", "AM=the worker", "-o", str(mine)], input="n\n")
    assert no.exit_code == 1
    assert not mine.exists()
    assert "AM becomes [the worker]" in no.output
    assert "DK" in no.output

    assert run.invoke(main, ["copy", str(word), "--replace", "AM=the worker", "-o", str(mine), "--yes"]).exit_code == 0
    assert mine.stat().st_mode & 0o777 == 0o600
    for source in (record, word):
        assert run.invoke(main, ["compare", str(mine), str(source)]).exit_code == 0
    assert run.invoke(main, ["compare", str(word), str(record)]).output == "they say the same\n"
    record.write_text(to_json(FILLED).replace("notebook", "note-book"), "utf-8")
    changed = run.invoke(main, ["compare", str(word), str(record)])
    assert changed.exit_code == 1
    assert "»notebook,«" in changed.output
    assert run.invoke(main, ["compare", str(mine), str(record)]).exit_code == 1


@pytest.mark.parametrize("to", FORMATS)
def test_an_own_copy_is_its_authors(to: str) -> None:
    """
    What its owner adds reaches no other reader in any format.
    """
    mine = own_copy(FILLED, {}, "QZCANARYZQ")
    for who in READERS:
        data = render(mine, "own-copy", to=to, reader=who)
        assert ("QZCANARYZQ" in everything_in(data, to)) == reader(who.name).sees(Ring.OWN)
