"""
Closing: a closed paper shows each change, and names it; and no honest pair is accused of one.
"""

from __future__ import annotations

import datetime
import functools
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings

import reflect
from reflect.cli import main
from reflect.documents.makers import MADE_OF
from reflect.documents.templates import shelf
from reflect.errors import Refused
from reflect.files.office import open_package
from reflect.formats.word.printed_lines import lines_in
from reflect.interchange.values import from_json, to_json
from reflect.questions.rings import READERS, Ring, reader
from reflect.reading_back.closed_papers import printed_lines, state_of
from reflect.rendering.rendering import render
from reflect.safekeeping.closing import close_record
from reflect.sessions import canonical, closed
from reflect.sessions.brought import day_of_id
from reflect.sessions.canonical import SHAPE, fingerprint_of_text, part_on_paper, words_as_seen
from reflect.sessions.closed import printed_as_seen
from reflect.sessions.parts import Action, Agreement, Answered, PaperState, Standing
from reflect.sessions.record import Record
from reflect.text.prose import lines_of
from reflect.word_files.word_reading import read_word_file
from tests.documents import a_few, tried
from tests.test_papers import tool
from tests.test_reading_back import FULL, records
from tests.year.hands import fill_word, packed, parts_of

DAY = datetime.date(2026, 3, 5)
SINCE = "it was closed on 5 March 2026"
BODY, PROPERTIES = "word/document.xml", "docProps/custom.xml"
#: The kinds of paper that people sign, or agree on aloud, each with somebody who may read all of it.
SIGNED = {
    "record": "supervisee",
    "case-record": "case-file",
    "agreement": "supervisor",
    "annual-review": "supervisee",
    "workload-statement": "supervisor",
    "own-copy": "author",
}
KINDS = {**SIGNED, "group-record": "group"}
SIGNATURES = {
    "sign.supervisee": "agreed",
    "sign.supervisee.name": "AM",
    "sign.supervisee.date": "6 March 2026",
    "sign.supervisor": "agreed with comments",
    "sign.supervisor.name": "DK",
    "sign.supervisor.comments": "It's as I remember it.\nThank you.",
}


def word_of(ring: Ring) -> str:
    return f'The "{ring}" word - it\'s here...'


@functools.cache
def filled(kind: str) -> Record:
    """
    A paper of a kind, filled in and read: nobody has signed it.
    """
    example = MADE_OF[shelf(()).about(kind).of].examples(shelf(()).about(kind), word_of)[-1]
    found = reflect.read(render(example, kind, reader=KINDS[kind]))
    # The example has a word for everything, also for ids.
    answers = tuple(each for each in found.answers if not each.key.startswith("before."))
    return attrs.evolve(found, signed=(), answers=answers, before=tuple(a for a in found.before if day_of_id(a.id)))


@functools.cache
def closed_paper(kind: str, *looks: str) -> bytes:
    return render(close_record(filled(kind), DAY), kind, reader=KINDS[kind], looks=looks)


def state(data: bytes) -> PaperState:
    reading = reflect.read(data).reading
    assert reading is not None
    return reading.state


def changes(data: bytes) -> list[str]:
    return [str(change) for change in state(data).changes]


def with_body(data: bytes, change: Callable[[str], str], part: str = BODY) -> bytes:
    parts = parts_of(data)
    before = parts[part].decode()
    after = change(before)
    assert after != before
    return packed({**parts, part: after.encode()})


def replaced(data: bytes, old: str, new: str, part: str = BODY) -> bytes:
    return with_body(data, lambda text: text.replace(old, new, 1), part)


def said(key: str, text: str, ring: Ring = Ring.PERSONAL) -> Answered:
    return Answered(key=key, ring=ring, lines=lines_of(text), asked="A question" if key.startswith("item") else "")


#: A record of which each place is known by its words.
KNOWN = attrs.evolve(
    reflect.read(render("arrive@5 | kolb-cycle@40", "record", reader="anyone")),
    facts=(("date", "4 March 2026"), ("place", "Room 2"), ("supervisee", "AM")),
    answers=(said("useful", "the silence"), said("anything", "the stairs\nand the garden")),
    actions=(
        Action(what="ask the school", who="SW", by="Monday"),
        Action(what="visit without the notebook", who="AM", by="11 June"),
        Action(what="tell the duty desk", who="DK", by="today"),
    ),
)


def known(record: Record = KNOWN) -> bytes:
    return render(close_record(record, DAY), "record", reader="supervisee")


# --- an honest paper


@pytest.mark.parametrize("kind", a_few(KINDS, 3))
def test_a_closed_paper_is_unchanged_however_it_is_signed(kind: str) -> None:
    """
    Closed, signed by nobody, by one or by both, in Word: it is as it was closed, and says on which day that was.
    """
    first = dict(list(SIGNATURES.items())[:3])
    for signs in ({}, first, SIGNATURES) if kind in SIGNED else ({},):
        data = fill_word(closed_paper(kind), signs)
        found = reflect.read(data)

        assert str(state_of(found)) == f"unchanged since {SINCE}"
        assert state_of(found).day == DAY
        assert [sign.agreement for sign in found.signed] == [Agreement(signs[k]) for k in signs if k.count(".") == 1]
        assert {sign.fingerprint for sign in found.signed} <= {reflect.fingerprint(found)}


@given(whole=records())
@example(whole=attrs.evolve(KNOWN, facts=(*KNOWN.facts, ("situation", "a first visit"))))
@example(whole=attrs.evolve(FULL, items=(*FULL.items[:3], attrs.evolve(FULL.items[3], until="Friday"), FULL.items[4])))
@settings(max_examples=tried(25), deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_whatever_is_typed_a_closed_paper_is_unchanged(whole: Record) -> None:
    """
    Any words at all, closed and printed for anybody who may read the paper, are unchanged when they are read again, also
    from JSON; and whoever may not read it gets no trace of a fingerprint.
    """
    if not (whole.answers or whole.actions or whole.decisions):
        return
    record = close_record(whole, DAY)
    for who in ("supervisee", "supervision-file"):
        found = reflect.read(render(record, "record", reader=who))
        assert state_of(found).unchanged
        assert found.closed == record.closed
    back = from_json(to_json(record))
    assert isinstance(back, Record)
    assert state_of(back).unchanged
    assert record.visible_to(reader("auditor")).closed is None


@pytest.mark.parametrize("kind", KINDS)
def test_saved_by_libreoffice_it_is_unchanged(kind: str, tmp_path: Path) -> None:
    """
    Signed in Word, saved in LibreOffice by the one and then by the other.
    """
    saved = fill_word(closed_paper(kind), SIGNATURES if kind in SIGNED else {})
    for _ in range(2):
        saved = save_in_libreoffice(saved, tmp_path)
        assert str(state(saved)) == f"unchanged since {SINCE}"
    found = reflect.read(saved)
    assert len(found.signed) == (2 if kind in SIGNED else 0)


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_tags_of_its_controls_it_is_unchanged(kind: str) -> None:
    """
    Signed, and saved by a program that drops what the controls are called: two people sign in the same printed words,
    and a topic and what was said of it may be the same words. One letter more shows.
    """
    signed = fill_word(closed_paper(kind), SIGNATURES if kind in SIGNED else {})
    lost = with_body(signed, lambda text: re.sub(r"<w:tag [^>]*/>", "", text))

    assert str(state(lost)) == f"unchanged since {SINCE}"
    places = [each.start() for each in re.finditer(" word - it", parts_of(lost)[BODY].decode())]
    assert places
    # On these no topic stands over the words that are everywhere.
    for at in places if kind in ("case-record", "agreement", "annual-review", "workload-statement") else ():
        assert changes(with_body(lost, lambda text, at=at: f"{text[:at]}s{text[at:]}")), at  # type: ignore[misc]


def save_in_libreoffice(data: bytes, folder: Path) -> bytes:
    import subprocess

    office = tool("soffice")
    (folder / "out").mkdir(exist_ok=True)
    (folder / "paper.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    convert = ["--headless", "--convert-to", "docx", "--outdir", str(folder / "out"), str(folder / "paper.docx")]
    subprocess.run([office, profile, *convert], capture_output=True, timeout=120, check=True)
    return (folder / "out" / "paper.docx").read_bytes()


def test_in_large_print_libreoffice_loses_the_tables_and_nobody_is_accused(tmp_path: Path) -> None:
    """
    In large print rows are no table, and LibreOffice drops the tags of their cells: the words are found again, a change
    is named all the same, and so are rows in another order.
    """
    data = closed_paper("record", "large-print")
    assert str(state(save_in_libreoffice(data, tmp_path))) == f"unchanged since {SINCE}"
    paper = render(close_record(KNOWN, DAY), "record", reader="supervisee", looks=["large-print"])
    assert state(save_in_libreoffice(paper, tmp_path)).unchanged
    for old, new in (("11 June", "11 July"), ("the silence", "the silense"), ("ask the school", "tell the school")):
        told = changes(save_in_libreoffice(replaced(paper, old, new), tmp_path))
        assert [each for each in told if "words were added" not in each], old
    swapped = replaced(
        replaced(replaced(paper, "ask the school", "@"), "tell the duty desk", "ask the school"),
        "@",
        "tell the duty desk",
    )
    assert changes(save_in_libreoffice(swapped, tmp_path))


AUTOCORRECTED = [("'", "\u2019"), ('"', "\u201d"), (" - ", " \u2013 "), ("...", "\u2026"), (" ", "\u00a0")]


@pytest.mark.parametrize(("typed", "shown"), AUTOCORRECTED)
def test_what_programs_write_by_themselves_is_no_change(typed: str, shown: str) -> None:
    """
    Other quotes, dashes, dots and spaces in words that nobody touched, everywhere on the paper.
    """
    assert words_as_seen(typed) == words_as_seen(shown)
    for kind in ("record", "agreement"):

        def everywhere(body: str) -> str:
            return re.sub(
                r"(<w:t(?: [^>]*)?>)([^<]*)",
                lambda each: each[1] + each[2].replace("&quot;", '"').replace(typed, shown),
                body,
            )

        assert changes(with_body(closed_paper(kind), everywhere)) == []


def test_fractions_and_arrows_are_no_change_and_other_signs_are() -> None:
    assert words_as_seen("in 2½ hours →") == words_as_seen("in 2 1/2 hours ->") != words_as_seen("in 21/2 hours ->")
    assert len(set(map(words_as_seen, ("AM", "am", "A M", "ÄM", "A.M.", "1", "l", "½", "12")))) == 9


def test_other_options_may_be_crossed_out_or_deleted() -> None:
    """
    People sign by deleting what they do not mean, or by typing an x, in a file that has lost its controls.
    """
    text = '<w:t xml:space="preserve">\u00a0not agreed</w:t>'
    assert changes(replaced(closed_paper("record"), text, "<w:t></w:t>")) == []
    assert changes(replaced(closed_paper("record"), text, text.replace("\u00a0", "x "))) == []
    assert changes(replaced(closed_paper("record"), text, text.replace("not", "most"))) != []


# --- a change is named


def test_each_change_is_named_in_words_of_the_paper() -> None:
    """
    What was changed, added, removed or swapped is named by its question, or by its row and its column, and nothing that
    was written is quoted.
    """
    paper = known()
    assert changes(paper) == []
    cases: Mapping[str, tuple[bytes, list[str]]] = {
        "a letter of an answer": (replaced(paper, "the silence", "the silense"), ['"Worker: what was useful today"']),
        "a letter in another line": (
            replaced(paper, "and the garden", "and the gardens"),
            ['"Also written"'],
        ),
        "a fact": (replaced(paper, "Room 2", "Room 3"), ['"Place"']),
        "a cell": (replaced(paper, "11 June", "11 July"), ["row 2 of the actions: by when"]),
        "two cells": (
            replaced(replaced(paper, ">today<", ">now<"), ">Monday<", ">Friday<"),
            ["row 1 of the actions: by when", "row 3 of the actions: by when"],
        ),
        "a title": (replaced(paper, ">Record<", ">Record of our talk<"), ["the title"]),
        "a printed line": (
            replaced(paper, "Each of you says so separately", "Neither of you says so"),
            ['the printed line "Each of you says so separately, today or …"'],
        ),
        "a label": (replaced(paper, ">Place<", ">Palace<"), ['the printed line "Place"']),
        "a heading of a column": (replaced(paper, ">By when<", ">If ever<"), ['the printed line "By when"']),
        "the footer": (
            replaced(paper, "For the supervision file", "For everybody", "word/footer1.xml"),
            ["a printed line"],
        ),
    }
    for name, (data, where) in cases.items():
        assert data != paper, name
        told = changes(data)
        assert [each.removesuffix(" was changed") for each in told if each.endswith("was changed")] == where, (
            name,
            told,
        )
        assert not any(word in "".join(told) for word in ("silen", "garden", "Room", "June", "July"))


def test_rows_that_are_added_removed_or_swapped_are_named() -> None:
    paper = known()
    rows = re.findall(r"<w:tr>(?:(?!</w:tr>).)*?actions\.1\.\d(?:(?!</w:tr>).)*</w:tr>", parts_of(paper)[BODY].decode())
    first, second = rows[0], rows[1]
    added = fill_word(paper, {"actions": [["resign", "AM", "Friday"]]})

    assert changes(added) == ["row 4 of the actions was added"]
    assert changes(replaced(paper, second, "")) == ["row 2 of the actions, as it was closed, was removed"]
    assert changes(replaced(paper, first + second, second + first)) == ["the rows of actions are in another order"]


def test_an_answer_that_is_emptied_or_written_later_is_named() -> None:
    paper = known()
    emptied = re.sub(
        r'(<w:tag w:val="useful\|(?:(?!</w:sdt>).)*<w:t[^>]*>)[^<]*', r"\1", parts_of(paper)[BODY].decode()
    )

    assert changes(with_body(paper, lambda _: emptied)) == ['"Worker: what was useful today" was removed']
    assert changes(fill_word(paper, {"change": "nothing"})) == ['"Worker: what to change next time" was added']
    below = fill_word(paper, {"anything": "and that he agreed to go"}, style="beside")
    assert changes(below) == ['"Also written" was changed']
    beside = fill_word(paper, {"sign.supervisee.comments": "Seen, AM"}, style="beside")
    assert changes(beside) == []


@pytest.mark.parametrize("day", ["5/3", "5 March 2026", "today", "05.03.26, 10:15"])
def test_a_day_beside_its_box_is_a_day(day: str) -> None:
    """
    Who signs with the cursor behind the box changes no word of the record, whether there are figures in it or not.
    """
    beside = fill_word(known(), {"sign.supervisee": "agreed", "sign.supervisee.date": day}, style="beside")

    assert changes(beside) == []
    assert [(sign.role, sign.agreement, sign.date) for sign in reflect.read(beside).signed] == [
        ("supervisee", "agreed", day)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_one_letter_anywhere_is_noticed(kind: str) -> None:
    """
    Any word on any closed paper, printed or written, that is not a signature or a hint.
    """
    from tests.test_signing import beside_signature

    data = closed_paper(kind)
    body = parts_of(data)[BODY].decode()
    texts = list(re.finditer(r"<w:t(?: [^>]*)?>([^<]*[A-Za-z]{3}[^<]*)</w:t>", body))
    assert len(texts) > 25
    for match in a_few(texts[::3], 10):
        if beside_signature(body, match.start()):
            continue
        text = match[1]
        at = max(n for n, sign in enumerate(text) if sign.isalpha())
        changed = text[:at] + ("q" if text[at] != "q" else "z") + text[at + 1 :]
        whole = body[: match.start(1)] + changed + body[match.end(1) :]
        assert changes(packed({**parts_of(data), BODY: whole.encode()})), text


# --- what the file keeps is no way round it


def kept(data: bytes, name: str) -> str:
    found = re.findall(rf'name="reflect\.{name}(?:\.\d+)?"><vt:lpwstr>([^<]*)', parts_of(data)[PROPERTIES].decode())
    return "".join(found)


def test_a_doctored_property_hides_no_change() -> None:
    """
    Whatever of the file's own notes is changed, taken out or made anew with the same salt, a changed word shows, and so
    does the doctoring of an unchanged paper.
    """
    paper = known()
    salt = kept(paper, "digests").split()[0]
    changed = replaced(paper, "the silence", "the violence")
    old, new = (closed.digest(salt, "useful", words) for words in ("the silence", "the violence"))
    assert old in kept(paper, "digests")

    for data in (paper, changed):
        doctored = [
            replaced(data, f"useful={old}", f"useful={new}", PROPERTIES),
            replaced(data, "2026-03-05 ", "2026-02-05 ", PROPERTIES),
            replaced(data, salt, "0" * 16, PROPERTIES),
            *(
                with_body(
                    data,
                    lambda text, name=name: re.sub(rf'<property [^>]*"reflect\.{name}[."].*?</property>', "", text),
                    PROPERTIES,
                )
                for name in ("digests", "lines", "fingerprint")
            ),
        ]
        for n, each in enumerate(doctored):
            assert changes(each), n
    printed = reflect.fingerprint(KNOWN)
    other = replaced(changed, printed, reflect.fingerprint(reflect.read(changed)))
    assert "the fingerprint that is printed on it was changed" in changes(other)


def test_without_its_properties_it_calmly_no_longer_says_that_it_was_closed(tmp_path: Path) -> None:
    """
    A program that drops what the file says leaves the printed fingerprint: the words are compared with that, and nobody
    is accused, whether the controls are lost too or not.
    """
    without = re.compile(r"<property .*</property>")
    data = with_body(closed_paper("agreement"), lambda text: without.sub("", text), PROPERTIES)
    assert state(data).standing is Standing.LOST
    assert state(data).matches

    for kind in ("agreement", "record"):
        file = tmp_path / "google.docx"
        file.write_bytes(fill_word(closed_paper(kind), SIGNATURES, style="google"))
        done = CliRunner().invoke(main, ["check", str(file)])
        assert done.exit_code == 0
        assert "it no longer says that it was closed" in done.output
        assert "chang" not in done.output


def test_a_fingerprint_of_an_earlier_version_still_proves_the_words() -> None:
    """
    A paper that has a fingerprint as it was made before papers were closed, and nothing else, is unchanged since that
    was printed, signed or not; a letter that somebody changes shows.
    """
    paper = known()
    whole = part_on_paper(reflect.read(paper), Ring.PERSONAL)
    first = fingerprint_of_text("".join(map(canonical.write_row, canonical._rows_of_first_form(whole))))
    assert first != reflect.fingerprint(whole)
    old = replaced(paper, reflect.fingerprint(whole), first)
    notes = re.compile(r'<property [^>]*"reflect\.(?:closed|fingerprint|digests|lines)[".].*?</property>')
    old = with_body(old, lambda text: notes.sub("", text), PROPERTIES)

    for data in (old, fill_word(old, SIGNATURES)):
        assert str(state(data)) == "unchanged since its fingerprint was printed"
    assert changes(replaced(old, "11 June", "11 July")) == ["something in it was changed"]


# --- two states


def test_a_paper_that_is_not_closed_says_so_calmly(tmp_path: Path) -> None:
    """
    Filled in, printed again, filled in further, signed: nothing is wrong with it, and it proves nothing.
    """
    file = tmp_path / "record.docx"
    data = render(KNOWN, "record", reader="supervisee")
    assert not SHAPE.search(parts_of(data)[BODY].decode())
    for each in (data, fill_word(data, {"change": "more time"}), fill_word(data, SIGNATURES)):
        file.write_bytes(each)
        done = CliRunner().invoke(main, ["check", str(file)])
        assert (done.exit_code, done.output) == (0, f"{file}: in order; not closed\n")
    file.write_bytes(replaced(data, "Each of you says so separately", "Neither of you says so"))
    done = CliRunner().invoke(main, ["check", str(file)])
    assert done.exit_code == 0
    assert 'the printed line "Each of you says so separately, today or later.' in done.output


def test_a_returned_paper_is_not_judged_as_a_template(tmp_path: Path) -> None:
    """
    What a program did to the fields and tables of our paper is not for the two to mend; a Word file of somebody's own
    is still checked for what is in the way of reading it.
    """
    titles = re.compile(r"<w:(?:alias|tblCaption|tblDescription) [^>]*/>")
    file = tmp_path / "record.docx"
    data = with_body(known(), lambda body: titles.sub("", body))
    file.write_bytes(data)
    done = CliRunner().invoke(main, ["check", str(file)])
    assert done.output == f"{file}: in order; unchanged since {SINCE}\n"

    other = re.sub(r"<w:tag [^>]*/>", "", parts_of(data)[BODY].decode()).replace("ingerprint", "inger")
    parts = {**parts_of(data), BODY: re.sub(SHAPE, "", other).encode()}
    parts[PROPERTIES] = re.sub(rb"<property .*</property>", b"", parts[PROPERTIES])
    file.write_bytes(packed(parts))
    assert "a field has no title" in CliRunner().invoke(main, ["check", str(file)]).output


def test_closing_again() -> None:
    """
    Closing what is closed changes nothing; what has changed since is closed again only if somebody says so, and then
    nobody has agreed to it yet.
    """
    first = reflect.read(fill_word(known(), SIGNATURES))
    assert close_record(first, DAY + datetime.timedelta(1)) == first
    changed = attrs.evolve(first, actions=first.actions[1:])
    with pytest.raises(Refused, match="closed on 5 March 2026, and its words have changed since"):
        close_record(changed, DAY)
    again = close_record(changed, DAY + datetime.timedelta(1), again=True)

    assert [sign.agreement for sign in again.signed if sign.agreement] == []
    assert str(state(render(again, "record", reader="supervisee"))) == "unchanged since it was closed on 6 March 2026"
    with pytest.raises(Refused, match="nothing is written"):
        close_record(attrs.evolve(KNOWN, answers=(), actions=()), DAY)


def test_a_changed_record_printed_again_is_not_closed_anew() -> None:
    """
    A paper printed of a record that was changed after closing has the old fingerprint, and says that it does not fit.
    """
    first = reflect.read(known())
    changed = attrs.evolve(first, actions=first.actions[1:])
    again = render(changed, "record", reader="supervisee")

    assert state(again).closed
    assert not state(again).unchanged
    assert reflect.fingerprint(first) in parts_of(again)[BODY].decode()
    assert kept(again, "digests") == ""


def test_a_doubtful_signature_is_told(tmp_path: Path) -> None:
    """
    Two options ticked by one person: the words are as they were closed, and the two are told whom to ask.
    """
    file = tmp_path / "record.docx"
    file.write_bytes(fill_word(fill_word(known(), SIGNATURES), {"sign.supervisee": "not agreed"}))
    done = CliRunner().invoke(main, ["check", str(file)])

    assert done.exit_code == 0
    assert "how the supervisee signed is not certain: more than one is ticked" in done.output
    assert f"unchanged since {SINCE}" in done.output


def test_a_group_has_no_signatures_to_ask_for(tmp_path: Path) -> None:
    """
    A group's record is closed and checked without anybody's signature, and nothing asks for one.
    """
    file = tmp_path / "group-record.docx"
    file.write_bytes(closed_paper("group-record"))
    done = CliRunner().invoke(main, ["check", str(file)])

    assert done.output == f"{file}: in order; unchanged since {SINCE}\n"
    assert "sign." not in parts_of(file.read_bytes())[BODY].decode()


# --- who gets to see what


SECRET = "7319 Rowan"


@pytest.mark.parametrize("ring", [Ring.PAIR, Ring.OWN, Ring.CASE])
def test_what_a_reader_may_not_see_changes_no_byte_of_the_closed_paper(ring: Ring) -> None:
    """
    Two records that differ only in what is not for the paper give equal bytes, fingerprint, digests and salt among
    them; and what is for it changes all three.
    """

    def paper(secret: str, of: Ring) -> bytes:
        answers = (*KNOWN.answers, said("unplaced", secret, of))
        actions = (*KNOWN.actions, Action(what=secret, who="x", by="y", ring=of))
        return render(
            close_record(attrs.evolve(KNOWN, answers=answers, actions=actions), DAY), "record", reader="supervisor"
        )

    assert paper(SECRET, ring) == paper("nothing much", ring) == known_for("supervisor")
    one, other = paper(SECRET, Ring.PERSONAL), paper("nothing much", Ring.PERSONAL)
    for name in ("digests", "fingerprint", "closed"):
        assert kept(one, name) != kept(other, name)
    assert kept(one, "digests").split()[0] != kept(other, "digests").split()[0]


def known_for(who: str) -> bytes:
    return render(close_record(KNOWN, DAY), "record", reader=who)


@pytest.mark.parametrize("to", ["docx", "html", "json", "md"])
def test_no_digest_leaves_the_ring_of_its_paper(to: str) -> None:
    """
    Whoever may not read the paper gets neither fingerprint nor day nor digest, on this paper or on any other made of the
    record; and whoever may, gets the fingerprint.
    """
    record = close_record(KNOWN, DAY)
    mark = reflect.fingerprint(KNOWN)
    for kind in ("record", "case-record", "pair-notes", "audit-view", "group-record", "own-copy"):
        for who in READERS:
            try:
                data = render(record, kind, to=to, reader=who)
            except Refused:
                continue
            text = "".join(map(str, parts_of(data).values())) if to == "docx" else data.decode()
            assert (mark in text) == (kind == "record" and who.sees(Ring.PERSONAL)), (kind, who.name)
            assert ("2026-03-05" in text) == (mark in text and to != "md")


def test_digests_are_of_no_use_beside_another_paper() -> None:
    """
    The same words have other digests on another paper, in another place, and on another day; and each is short.
    """
    other = attrs.evolve(KNOWN, actions=KNOWN.actions[:2])
    pairs = [dict(each.split("=") for each in kept(known(one), "digests").split()[1:-1]) for one in (KNOWN, other)]
    shared = pairs[0].keys() & pairs[1].keys()

    assert len(shared) > 5
    assert not [key for key in shared if pairs[0][key] == pairs[1][key]]
    assert {len(each) for each in pairs[0].values()} == {5}
    text = re.sub(r"<[^>]*>", " ", parts_of(known())[BODY].decode())
    assert not [each for each in pairs[0].values() if re.search(rf"\b{each}\b", text)]


# --- the laws can fail


def test_a_law_fails_on_a_closing_that_leaves_something_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A fingerprint that leaves out facts, rows or one answer lets a change through that the true one names.
    """
    true = canonical.fields_of
    letters = {
        "place": ("Room 2", "Room 3"),
        "actions": ("11 June", "11 July"),
        "useful": ("the silence", "the silense"),
    }
    for name, (old, new) in letters.items():
        assert changes(replaced(known(), old, new))

        def leave_out(record: Record, left: str = name) -> Iterator[tuple[str, ...]]:
            yield from (row for row in true(record) if row[0].split(".")[0] != left)

        with monkeypatch.context() as patch:
            for module in (canonical, closed):
                patch.setattr(module, "fields_of", leave_out)
            assert changes(replaced(known(), old, new)) == []


# --- the writer and the reader see the same lines


@pytest.mark.parametrize("looks", a_few([(), ("large-print",), ("dyslexia-friendly", "landscape")], 2))
def test_what_is_written_as_a_printed_line_is_read_as_one(looks: tuple[str, ...]) -> None:
    """
    On every paper there is, in every look, the lines that a closed file keeps are those that are read from it.
    """
    for kind in a_few(sorted(shelf(()).names()), 3):
        about = shelf(()).about(kind)
        example = MADE_OF[about.of].examples(about, word_of)[-1]
        data = render(example, kind, reader="author", looks=looks)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = package.read(BODY).decode()
        written = [line for each in lines_in(body) if (line := printed_as_seen(each))]
        assert tuple(written) == printed_lines(read_word_file(open_package(data)))
