"""
Whatever is taken away from a filled paper, nobody sees more of it.
"""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reflect import document, plan, render
from reflect.cli import main
from reflect.errors import Faults, ReflectError, UnknownKey
from reflect.formats import word
from reflect.interchange.values import from_json, to_json
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import READERS, Ring, narrowest, narrows, reader
from reflect.reading_back import read
from reflect.reading_back.claims import PaperRings
from reflect.sessions import journal
from reflect.sessions.answering import read_answers
from reflect.sessions.carrying import begin_next_record
from reflect.sessions.filled import Filled, Rows
from reflect.sessions.parts import UNPLACED, Answered
from reflect.sessions.record import Record
from reflect.text.nodes import Actions, Answer, Choice, Document, Entry, Fact, Facts, Scale, SheetToFill
from reflect.text.prose import lines_of
from reflect.word_files.place_tags import PlaceTag, tags_of_key
from tests.documents import a_few
from tests.hostile import BODY, packed
from tests.taking_away import (
    OTHERS,
    PROPERTIES,
    SWEEPING,
    papers,
    parts_of,
    record_of,
    removals,
    seen_more,
    swept,
    visible_words,
)

#: Papers with a control in each of which much hangs on its ring.
NAMES = ("record", "group-record", "pair-notes", "record of topics", "worksheet", "preparation", "case-record")
COMBINATIONS = [some for n in range(1, len(SWEEPING) + 1) for some in itertools.combinations(SWEEPING, n)]


def law(whole: Mapping[str, bytes], changes: Mapping[str, Callable[[dict[str, bytes]], dict[str, bytes]]]) -> None:
    """
    Of a file that lost something nobody sees more than of the whole.
    """
    before = visible_words(read(packed(dict(whole))))
    more = {}
    for what, change in changes.items():
        try:
            found = read(packed(change(dict(whole))))
        except ReflectError:
            continue
        if seen := seen_more(before, visible_words(found)):
            more[what] = seen
    assert more == {}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_one_thing_is_taken_away_nobody_sees_more(name: str) -> None:
    """
    A part of the file, a property, a control, its tag, its title, a bookmark, a relationship.
    """
    whole = parts_of(word.write(papers()[name]))
    every = list(removals(whole))

    assert len(every) > 120
    law(whole, dict(a_few(every[len(name) % 3 :], len(every) // 5, in_ci=3)))


@pytest.mark.parametrize("name", NAMES)
def test_whatever_kinds_of_things_are_taken_away_nobody_sees_more(name: str) -> None:
    """
    All properties, tags, controls, bookmarks, styles, or several of them, as other programs lose them; of a file with
    the tags of earlier versions, too.
    """
    whole = parts_of(word.write(papers()[name]))
    law(
        whole,
        {", ".join(some): lambda parts, some=some: swept(parts, *some) for some in a_few(COMBINATIONS, 16, in_ci=2)},
    )
    old = swept(whole, "rings in tags")
    law(old, {f"old, {some}": lambda parts, some=some: swept(parts, some) for some in ("properties", "controls")})


@pytest.mark.long
@pytest.mark.parametrize("name", ["worksheet", "record", "preparation"])
def test_a_file_of_an_earlier_version_may_lose_each_property(name: str) -> None:
    """
    Its tags say no ring, so that nothing but the property of the paper does: without that, it is its author's own.
    """
    old = swept(parts_of(word.write(papers()[name])), "rings in tags")
    each = [(what, change) for what, change in removals(old) if what.startswith(f"{PROPERTIES}: property ")]

    assert each
    law(old, dict(each))


def test_words_outside_a_box_are_for_no_more_people_than_the_paper() -> None:
    """
    They may have slid there from another place: beside what anybody may read, they are for the readers of the paper.
    """
    parts = parts_of(word.write(papers()["record"]))
    box = r'(<w:tag w:val="anything[|"](?:(?!</w:sdtContent>).)*</w:sdtContent></w:sdt>)'
    typed = r"\1<w:p><w:r><w:t>Moved.</w:t></w:r></w:p>"
    body, times = re.subn(box, typed, parts[BODY].decode(), count=1, flags=re.DOTALL)
    answers = {each.key: each for each in read(packed({**parts, BODY: body.encode()})).answers}

    assert times
    assert "Moved." in answers["anything"].text
    assert answers["anything"].ring is Ring.PERSONAL


def test_new_words_under_no_question_are_for_the_two_whatever_the_old_were_for() -> None:
    """
    A paper may have text under no question that anybody may read; what is typed beside it now is not that.
    """
    old = Answered(key=UNPLACED, ring=Ring.OPEN, lines=lines_of("For all."))
    record = attrs.evolve(record_of(Ring.PERSONAL), answers=(old,))
    parts = parts_of(render(record, "record", reader="supervisor"))
    typed = parts[BODY].decode().replace("<w:body>", "<w:body><w:p><w:r><w:t>Loose.</w:t></w:r></w:p>")

    def found(body: bytes) -> dict[str, Ring]:
        return {each.text: each.ring for each in read(packed({**parts, BODY: body})).answers}

    assert found(parts[BODY]) == {"For all.": Ring.OPEN}
    assert found(typed.encode()) == {"For all.\nLoose.": Ring.PAIR}


@pytest.mark.parametrize("ring", Ring)
def test_two_rings_of_one_place_count_as_the_narrower(ring: Ring) -> None:
    """
    A program that joins papers may leave a place with two rings, in its tag and in the file.
    """
    for name in a_few(NAMES[:3], 3):
        whole = parts_of(word.write(papers()[name]))

        def change(parts: dict[str, bytes]) -> dict[str, bytes]:
            body = re.sub(r'(<w:tag w:val="[^"|]*[|])[^"|]*', rf"\g<1>{ring}", parts[BODY].decode())
            return {**parts, BODY: body.encode()}

        def change_file(parts: dict[str, bytes]) -> dict[str, bytes]:
            rings = "|".join(Ring)
            said = re.sub(rf"(?<=[>=])({rings})(?=[</])", str(ring), parts[PROPERTIES].decode())
            return {**parts, PROPERTIES: said.encode()}

        law(whole, {"tags": change, "file": change_file})
        if (changed := change(dict(whole))) != whole:
            doubts = read(packed(changed)).reading.doubts  # type: ignore[union-attr]
            assert any("different rings" in doubt for _, doubt in doubts)


def test_the_law_is_broken_by_a_reader_that_is_not_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If what nothing says were for the personal file, the law would say so.
    """
    whole = parts_of(word.write(papers()["worksheet"]))
    monkeypatch.setattr(PaperRings, "_settle", lambda self, key, rings, outside: next(iter(rings), Ring.PERSONAL))

    with pytest.raises(AssertionError):
        law(whole, {"all": lambda parts: swept(parts, "properties", "rings in tags")})


def test_a_ring_comes_from_the_tag_then_from_the_file_else_it_is_own() -> None:
    """
    Nobody's default is in the way, and the record says what was said nowhere.
    """
    whole = parts_of(word.write(papers()["beginning-together"]))

    def found(*gone: str) -> tuple[set[Ring], bool]:
        record = read(packed(swept(whole, *gone)))
        assert record.reading is not None
        return {each.ring for each in record.answers}, any(
            "nothing says who may read" in n for n in record.reading.notes
        )

    assert found() == found("properties") == found("rings in tags") == ({Ring.PAIR}, False)
    assert found("properties", "rings in tags") == ({Ring.OWN}, True)
    assert read(packed(swept(whole, "properties"))).document == "beginning-together"


def test_no_answer_becomes_the_title_that_anybody_may_read() -> None:
    """
    Somebody may paste words in the look of a title into a box; without the printed title, they are still an answer.
    """
    parts = parts_of(word.write(papers()["preparation"]))
    body = parts[BODY].decode()
    answer = next(iter(re.findall(r'<w:pStyle w:val="(ReflectAnswer)"/>', body)))
    body = body.replace(f'<w:pStyle w:val="{answer}"/>', '<w:pStyle w:val="Title"/>')
    assert body.count('<w:pStyle w:val="Title"/>') > 1
    bare = body.replace('<w:pStyle w:val="Title"/>', "", 1)
    for gone in ((), ("properties", "controls")):
        whole = swept({**parts, BODY: body.encode()}, *gone)
        law(
            whole,
            {"title": lambda parts, gone=gone: {**parts, BODY: swept({**parts, BODY: bare.encode()}, *gone)[BODY]}},
        )


@pytest.mark.parametrize(("name", "ring"), [("record", Ring.PAIR), ("worksheet", Ring.OWN), ("preparation", Ring.OWN)])
def test_text_under_no_question_is_for_the_two_and_on_an_own_paper_for_its_author(name: str, ring: Ring) -> None:
    """
    It may be anything, so nobody beyond them sees it.
    """
    parts = parts_of(word.write(papers()[name]))
    typed = parts[BODY].decode().replace("<w:body>", "<w:body><w:p><w:r><w:t>Loose.</w:t></w:r></w:p>")
    for gone in ((), ("properties",)):
        found = read(packed(swept({**parts, BODY: typed.encode()}, *gone)))
        assert [each.ring for each in found.answers if each.key == UNPLACED] == [ring]
    bare = swept({**parts, BODY: typed.encode()}, "properties", "rings in tags")
    assert [each.ring for each in read(packed(bare)).answers if each.key == UNPLACED] == [Ring.OWN]


# --- what a page saved, JSON, and journals


def saved(paper: Document) -> Filled:
    """
    What a page of a filled paper saves.
    """
    answers: dict[str, str] = {}
    tables, keys = [], []
    blocks = (each for block in paper.blocks for each in (block.places if isinstance(block, Entry) else (block,)))
    for block in blocks:
        match block:
            case Answer() | Choice() | Fact() | Scale():
                answers[block.key] = block.value
                keys.append(block.key)
            case SheetToFill(places=places):
                answers |= {place.key: place.value for place in places}
                keys += [place.key for place in places]
            case Facts(facts):
                answers |= {fact.key: fact.value for fact in facts}
                keys += [fact.key for fact in facts]
            case Actions():
                tables.append(Rows(key=block.key, columns=block.columns, rows=tuple(r for r in block.rows if any(r))))
                keys.append(block.key)
            case _:
                pass
    page = render_page(paper)
    rings = re.findall(r'name="([^"]*)"[^>]*? data-ring="([^"]*)"', page)
    rings += re.findall(r'data-key="([^"]*)"[^>]*? data-ring="([^"]*)"', page)
    said = " ".join(f"{key}={ring}" for key, ring in rings if key in keys)
    about = {**dict(paper.about), "rings": said}
    return Filled(document=paper.kind, about=tuple(about.items()), answers=tuple(answers.items()), tables=tuple(tables))


def render_page(paper: Document) -> str:
    from reflect.formats import html

    return html.write(paper).decode()


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_taken_away_from_a_saved_page_nobody_sees_more(name: str) -> None:
    """
    Each thing that it says about itself, any two of them, and all.
    """
    whole = json.loads(to_json(saved(papers()[name])))
    before = visible_words(read(json.dumps(whole).encode()))
    names = list(whole["about"])
    gone = [(each,) for each in names] + [*itertools.combinations(names, 2), tuple(names)]
    assert "rings" in names
    for some in a_few(gone, 7):
        about = {each: text for each, text in whole["about"].items() if each not in some}
        found = read(json.dumps({**whole, "about": about}).encode())
        assert seen_more(before, visible_words(found)) == [], some
    assert {each.ring for each in read(json.dumps({**whole, "about": {}}).encode()).answers} == {Ring.OWN}


def without_each(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """
    The path of every name in JSON.
    """
    inner = list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ())
    found = [(*path, name) for name, _ in inner if isinstance(data, dict)]
    return found + [each for name, value in inner for each in without_each(value, (*path, name))]


def test_whatever_is_taken_out_of_a_record_in_json_nobody_sees_more() -> None:
    """
    What somebody wrote has no ring by default there either: without one, it is refused.
    """
    text = to_json(record_of(Ring.PERSONAL))
    before = visible_words(from_json(text))  # type: ignore[arg-type]
    rings = refused = 0
    paths = without_each(json.loads(text))
    for path in [*(each for each in paths if each[-1] == "ring"), *a_few(paths, 9)]:
        data = json.loads(text)
        here = data
        for name in path[:-1]:
            here = here[name]
        del here[path[-1]]
        rings += path[-1] == "ring"
        try:
            found = from_json(json.dumps(data))
        except Faults:
            refused += path[-1] == "ring"
        else:
            assert seen_more(before, visible_words(found)) == [], path  # type: ignore[arg-type]
    assert rings == refused > 20


def test_what_is_taken_out_of_a_journal_shows_nobody_more(tmp_path: Path) -> None:
    """
    What was useful is for the two alone if the file does not say who may read it; what we write says so.
    """
    for ring in (Ring.PAIR, Ring.PERSONAL, Ring.GROUP):
        entry = journal.JournalEntry(date=datetime.date(2026, 3, 4), useful="QZA1ZQ", change="QZA2ZQ", ring=ring)
        file = tmp_path / "2026-03-04.yaml"
        lines = journal.dump(entry).splitlines(keepends=True)
        assert f"ring: {ring}\n" in lines
        for n in range(len(lines)):
            file.write_text("".join(lines[:n] + lines[n + 1 :]), "utf-8")
            try:
                (found,) = journal.read(tmp_path).entries
            except Faults:
                continue
            assert narrows(found.ring, ring)


# --- somebody's claim


GOOGLE = ("properties", "controls", "bookmarks")


def test_a_claim_is_read_and_written_down(tmp_path: Path) -> None:
    """
    A record from Google Docs has neither controls nor properties; if somebody says what it is, it is read as that, and
    the record says that they said so, wherever it goes.
    """
    bare = packed(swept(parts_of(word.write(papers()["record of topics"])), *GOOGLE))
    told = read(bare, as_="record")
    unsaid = swept(parts_of(word.write(papers()["record"])), "rings in tags")
    unsaid[PROPERTIES] = re.sub(rb'<property [^>]*"reflect[.]ring".*?</property>', b"", unsaid[PROPERTIES])
    assert (read(packed(unsaid)).document, read(packed(unsaid), as_="record").claimed) == ("record", "record")

    assert {each.ring for each in read(bare).answers} == {Ring.OWN}
    assert told.claimed == told.document == "record"
    assert told.reading is not None
    assert any("somebody says that it is 'record'" in note for note in told.reading.notes)
    assert not any("cannot be made again" in note for note in told.reading.notes)
    assert {each.key for each in told.answers} >= {"item-1", "item-1.decided", "item-2", "item-2.decided", "support"}
    assert read(bare).claimed == ""
    assert told.actions
    assert {each.ring for each in told.answers} <= {Ring.PERSONAL, Ring.PAIR, Ring.ASSURANCE}
    assert '"claimed": "record"' in to_json(told.visible_to(reader("supervision-file")))

    (tmp_path / "bare.docx").write_bytes(bare)
    run = CliRunner().invoke(main, ["read", str(tmp_path / "bare.docx"), "-o", str(tmp_path), "--as", "record"])
    assert run.exit_code == 0
    assert "somebody says that it is 'record'" in run.output
    assert from_json((tmp_path / "bare.json").read_text("utf-8")) == told
    for words in (["--as", "recrod"], ["--of", "kolb-cycle"]):
        wrong = CliRunner().invoke(main, ["read", str(tmp_path / "bare.docx"), "-o", str(tmp_path), *words])
        assert wrong.exit_code != 0


def test_a_claimed_record_says_so_on_its_papers_and_when_they_come_back() -> None:
    """
    With the outline it was made of, it is printed again, and its paper is no less claimed.
    """
    session = plan("arrive@3 + kolb-cycle@40 + close@9", 60)
    bare = packed(swept(parts_of(render(session, "record", facts={"place": "Room 4"}, reader="supervisor")), *GOOGLE))
    told = read(bare, of=document(session, "record", reader="anyone"))
    paper = render(told, "record", reader="supervisor")

    assert told.claimed == "record"
    assert [item.use for item in told.items] == ["arrive", "kolb-cycle", "close"]
    assert "Somebody said what kind of paper this was" in render(told, "record", to="txt", reader="supervisor").decode()
    assert read(paper) == told
    assert read(paper).claimed == "record"


@pytest.mark.long
def test_a_claim_widens_nothing_that_the_file_says() -> None:
    """
    The narrower of the two counts: a worksheet cannot be claimed into the file, nor a record out of its ring.
    """
    sheet = word.write(papers()["worksheet"])
    found = read(sheet, as_="record")

    assert {each.ring for each in found.answers} == {Ring.OWN}
    assert (found.document, found.claimed) == ("worksheet", "")
    assert found.reading is not None
    assert any("the file says that it is 'worksheet'" in note for note in found.reading.notes)
    whole = parts_of(word.write(papers()["record"]))
    before = visible_words(read(packed(dict(whole))))
    for kind in ("worksheet", "pair-notes", "audit-view", "record"):
        for gone in ((), ("properties",)):
            assert seen_more(before, visible_words(read(packed(swept(whole, *gone)), as_=kind))) == []
    for name in ("worksheet", "preparation", "group-record"):
        whole = parts_of(word.write(papers()[name]))
        before = visible_words(read(packed(dict(whole))))
        some = swept(whole, "properties")
        kept = itertools.cycle((r"\1\2", r"\1"))  # every other tag loses its rings
        tags = r'(<w:tag w:val="[^"|]*)([|][^"]*)'
        body = re.sub(tags, lambda tag, kept=kept: tag.expand(next(kept)), some[BODY].decode())
        for kind in ("record", "case-record", "audit-view"):
            assert seen_more(before, visible_words(read(packed({**some, BODY: body.encode()}), as_=kind))) == []
    with pytest.raises(UnknownKey, match="Did you mean 'record'"):
        read(sheet, as_="recrod")
    with pytest.raises(UnknownKey):
        read(sheet, as_="")


# --- rings and tags


@given(st.lists(st.sampled_from(Ring), min_size=1, max_size=4))
def test_nobody_sees_the_narrowest_of_rings_who_does_not_see_them_all(rings: list[Ring]) -> None:
    """
    Its author does; one ring is its own narrowest, and what may be the group's or another's is for no pair.
    """
    found = narrowest(*rings)

    assert all(narrows(found, ring) for ring in rings)
    assert all(each.rings >= {*rings} for each in OTHERS if each.sees(found))
    assert found is rings[0] or len({*rings}) > 1
    assert narrowest(Ring.PERSONAL, Ring.CASE) is narrowest(Ring.PAIR, Ring.CASE) is Ring.PAIR
    assert narrowest() is narrowest(Ring.GROUP, Ring.PAIR) is Ring.OWN


keys = st.text(st.characters(codec="utf-8"), min_size=1, max_size=90)


@given(keys, st.sampled_from(Ring), st.sampled_from(Ring), keys)
def test_a_tag_says_what_it_was_given(key: str, ring: Ring, paper: Ring, kind: str) -> None:
    """
    Whatever the key and the kind of paper are called, it fits Word's limit, and its key is found again.
    """
    tag = PlaceTag(key, ring, paper, kind)
    back = PlaceTag.read(tag.write())

    assert len(tag.write()) <= 64
    assert (back.ring, back.paper) == (ring, paper)
    assert back.key in tags_of_key(key) or back.key == key
    assert back.kind in (kind, "")
    assert PlaceTag.read(key) == PlaceTag(key) or key.count("|") > 1


@pytest.mark.parametrize("kind", ["record", "supervision-request", "x" * 60])
def test_rows_and_options_of_long_keys_are_found_again(kind: str) -> None:
    """
    The numbers of an option, or of a column and a row, stay at the end of a shortened key.
    """
    for key in ("k" * 48, "kolb-cycle.experience.overlooked-by-everybody.2"):
        prefixes = tuple(f"{name}." for name in tags_of_key(key))
        for tail in (".1", ".3.12"):
            back = PlaceTag.read(PlaceTag(f"{key}{tail}", Ring.ASSURANCE, Ring.PERSONAL, kind).write())
            assert back.key.startswith(prefixes)
            assert back.key.endswith(tail)


# --- other defaults


@pytest.mark.parametrize("ring", Ring)
def test_a_page_narrows_the_ring_of_a_form_s_answers_and_never_widens_it(ring: Ring) -> None:
    """
    An answer of your own form is for nobody whom the form, or its page, leaves out.
    """
    asked = our_catalogue().load("wellbeing-check-in")
    answers = {question.key: "x" for question in asked.questions.asks if question.answering.kind == "prose"}
    found, _ = read_answers(asked, answers, ring=ring)

    assert found
    assert all(narrows(each.ring, ring) for each in found)


def test_a_day_that_few_may_read_is_not_carried_into_the_open() -> None:
    """
    Anybody may read the day of a session, so the next record takes it only from where whoever sees assurance may.
    """
    session = plan("arrive@5 + close@5", 10)
    for ring in Ring:
        record = Record(minutes=0, items=(), answers=(Answered(key="next-date", ring=ring, lines=lines_of("QZ")),))
        carried = dict(begin_next_record(record, session).facts)
        assert ("date" in carried) == narrows(Ring.ASSURANCE, ring)


def test_a_fact_that_nobody_knows_is_its_author_s_own() -> None:
    """
    A record from elsewhere may have a fact that has no ring here.
    """
    record = Record(minutes=0, items=(), facts=(("health", "QZA1ZQ"),))

    assert all(not record.visible_to(each).facts for each in OTHERS)
    assert record.visible_to(next(each for each in READERS if each.name == "author")).facts


#: Whose tag an editor or a tool may change: who signs a paper, and what everybody on it is called.
RENAMED = ("sign.supervisee.name", "sign.supervisor.comments", "supervisee", "item-2", "case-record.why")


@pytest.mark.parametrize("name", ["case-record", "record", "group-record"])
def test_a_place_with_another_name_shows_nobody_more(name: str) -> None:
    """
    A control may come back with a tag that is not ours. Its words are then under no question of the paper: those of a
    signature do not go to the case file, whose paper they are on.
    """
    whole = parts_of(word.write(papers()[name]))

    def renamed(parts: dict[str, bytes], tag: str, new: str) -> dict[str, bytes]:
        body = re.sub(rf'(<w:tag w:val="){re.escape(tag)}(?=[|"])[^"]*', rf"\g<1>{new}", parts[BODY].decode())
        return {**parts, BODY: body.encode()}

    law(whole, {tag: lambda parts, tag=tag: renamed(parts, tag, "Text1") for tag in RENAMED})
    ring = "case" if name == "case-record" else "personal"
    signs = {tag: lambda parts, tag=tag: renamed(parts, tag, f"sign.x|{ring}|paper") for tag in RENAMED[:2]}
    law(whole, signs)
