"""
The record of an ordinary hour: one page, in a settled order, and everything that is written on it comes back.
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
from pathlib import Path

import attrs
import pypdf
import pytest
from lxml import etree

import reflect
from reflect.between_sessions.closing import close as closing
from reflect.formats import html, pdf, word
from reflect.interchange.values import from_json, to_json
from reflect.planning.agenda import arrange
from reflect.planning.last_time import LastTime
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import Ring
from reflect.sessions.brought import Outcome
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import Action, ActionState, Agreement
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text.nodes import Document, Entry, Heading, words
from tests.office import sides_in_libreoffice
from tests.test_reading_back import BOOKMARKS, CONTROLS, changed, saved_page
from tests.test_word import tool
from tests.year.hands import W, fill_word, parts_of, places_of

HOUR = "before-we-meet@8 + previous-actions@4 + kolb-cycle@30 + own-item@5 + close@8"
DAY = datetime.date(2026, 3, 4)
OURS = Wish(what="What to say to the school", ring=Ring.PERSONAL, minutes=30)
#: The order that contract and design have: each heading stands under the one before it.
ORDER = (
    "We met", "From last time", "Before we meet again", "On files today", "The talk", "Not done, or not safely",
    "Support", "What, who, by when", "“I would put this differently”", "Signed, with comments, or not",
)  # fmt: skip
#: What people tick, and where the words on a line are a date or a row.
TICKED = {"last-1.state": "changed", "sign.supervisee": "with comments", "copy-given.supervisor": "copy"}
ROWS = {"actions": [("One page to the school", "AM", "Monday 9 March")]}
DAYS = {
    "date": "4 March 2026",
    "sign.supervisee.date": "5 March 2026",
    "sign.supervisor.date": "5 March 2026",
    "next-date": "1 April 2026, 10:00",
}


def blank(**options: object) -> Document:
    return reflect.document(HOUR, "record", minutes=60, **options)  # type: ignore[arg-type]


def headings(paper: Document) -> list[str]:
    heads = []
    for block in paper.blocks:
        if isinstance(block, Entry):
            heads += [block.head] if block.head else []
        elif isinstance(block, Heading) and block.level == 2:
            heads.append(words(block.children))
    return heads


def said_everywhere(data: bytes) -> dict[str, object]:
    """
    Words in every place of a paper, each with its own key in it.
    """
    ticks = re.compile(r"(.*)\.\d+")
    keys = [key for key in places_of(data) if not (ticks.fullmatch(key) and key.rpartition(".")[0] in places_of(data))]
    options = {"sign.supervisor", *TICKED} | {f"last-{n}.state" for n in (2, 3)} | {"copy-given.supervisee"}
    lines = [key for key in keys if not key.startswith("actions") and ticks.sub(r"\1", key) not in options]
    return {key: f"the words of {key}" for key in lines} | TICKED | ROWS | DAYS


def check_everything(record: Record, said: dict[str, object]) -> None:
    """
    See that all that was written on a paper is in what was read from it.
    """
    answers = {each.key: each.text for each in record.answers}
    facts = dict(record.facts)
    for key, text in said.items():
        if key.startswith(("sign.", "last-")) or key in ROWS or key.endswith(".name"):
            continue
        assert (facts if key in facts else answers).get(key) == text, key
    assert {each.ring for each in record.answers} == {Ring.PERSONAL, Ring.ASSURANCE}
    assert [(each.what, each.who, each.by) for each in record.actions] == ROWS["actions"]
    lines = {key: text for key, text in said.items() if key.startswith("last-") and key not in TICKED}
    states = [said.get(f"{key}.state", "open") for key in lines]
    assert [(each.what, str(each.state)) for each in record.before] == list(zip(lines.values(), states, strict=True))
    assert record.signature("supervisee")["value"] == Agreement.WITH_COMMENTS
    assert record.signature("supervisee")["name"] == said["sign.supervisee.name"]
    (talk,) = (item for item in record.items if item.key == "item-3")
    assert [(each.topic.title, each.became) for each in talk.brought] == [(said["item-3.name"], Outcome.DECIDED)]


# --- the page


def test_what_is_asked_stands_in_the_settled_order() -> None:
    """
    Safety comes before the talk, and last time's actions before it.
    """
    assert headings(blank()) == list(ORDER)


def test_the_bar_is_at_the_talk_and_nowhere_else() -> None:
    """
    Only what was thought about together is tinted.
    """
    entries = [block for block in blank().blocks if isinstance(block, Entry)]

    assert [entry.head for entry in entries if entry.talk] == ["The talk"]


def test_headings_at_the_side_are_headings_in_word() -> None:
    """
    They are paragraphs in a frame with the level of a heading, which Word's navigation pane lists; none is in a table.
    """
    import docx

    body = docx.Document(io.BytesIO(word.write(blank())))
    found = [each.text for each in body.paragraphs if each.style is not None and "Heading" in each.style.name]

    assert [head for head in ORDER if not any(text.startswith(head) for text in found)] == ["The talk"]
    (talk,) = (each for each in body.paragraphs if each.text.startswith("The talk"))
    styles = [talk.style]
    while styles[-1].base_style is not None:
        styles.append(styles[-1].base_style)
    assert "Heading 1" in [style.name for style in styles]


def test_labels_begin_with_a_small_letter_and_nothing_says_write_here() -> None:
    """
    A label and what is written behind it read as one sentence.
    """
    text = reflect.render(HOUR, "record", to="txt", minutes=60).decode()

    assert "Write here" not in text
    for label in ("interrupted by", "must be seen", "must be decided", "we thought", "or we differ", "taken off by"):
        assert label in text
    for never in ("overdue", "late", "outstanding", "Is this record fair?", "as planned"):
        assert never not in text


def session_with(*topics: str, talks: int = 1) -> Session:
    """
    A session with so many topics, the first of which are talks.
    """
    parts = [f"kolb-cycle@{20}"] * talks + ["own-item@5"] * (len(topics) - talks)
    return reflect.plan(reflect.outline(" + ".join(["before-we-meet@8", *parts, "close@8"])), 90)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("talks", [1, 2])
def test_up_to_four_topics_have_room_on_one_page(count: int, talks: int) -> None:
    """
    One or two talks, and the others in a line each.
    """
    if talks > count:
        pytest.skip("there are no more talks than topics")
    paper = reflect.document(session_with(*"abcd"[:count], talks=talks), "record", reader="supervisee")  # type: ignore[arg-type]

    assert len(pypdf.PdfReader(io.BytesIO(pdf.write(paper))).pages) == 1


def agreed_before(session: Session, count: int) -> Session:
    """
    The same session, with so many actions from the one before.
    """
    by, day = "20 March 2026", "session, 5 March 2026"
    before = [Action(what="ask about the rota", who="BK", by=by, agreed=day) for _ in range(count)]
    return attrs.evolve(session, before=tuple(before))


def hour_of(count: int) -> Session:
    """
    An ordinary hour with so many topics that the file may know: a talk, and short things.
    """
    things = tuple(Wish(what=f"The rota in week {n}", ring=Ring.PERSONAL, purpose="decide") for n in range(1, count))
    file = SessionFile(date=DAY, minutes=60, place="Room 2", supervisee_items=(OURS, *things))
    return arrange(file, profile("general")).session


#: What two people write in an hour, a line each; of anything else, nothing.
WRITTEN = {
    "supervisee": "AM", "supervisor": "JT", "met.from": "10:00", "met.to": "11:05", "interrupted": "fire alarm, 10 min",
    "before.seen": "F12: both children, by Friday 6 March (AM)", "before.decide": "F7: who goes on the 10th",
    "files.today": "F7, F12", "files.not": "F3", "files.until": "Thursday 5 March", "not-safely": "Two reports",
    "item-3": "The school has heard three different voices from us this term.", "item-3.decided": "AM goes on Monday.",
    "item-3.because": "a name is something we can give them at once", "taken-off": "JT", "taken-off.from": "5 March",
    "support": "no duty desk on Fridays", "support.until": "27 March", "differently": "It was us who weren't clear.",
    "sign.supervisee.name": "AM", "sign.supervisee.date": "5 March 2026", "sign.supervisee": "with comments",
    "actions": [("One page to the school", "AM", "Monday 9 March"), ("The duty desk", "JT", "Thursday 5 March")],
}  # fmt: skip
#: What both type when they sign, on a day that is as long as days are written.
SIGNED = {
    "sign.supervisee": "with comments", "sign.supervisee.name": "A. Montgomery", "sign.supervisee.date": "30 September 2026",
    "sign.supervisor": "signed", "sign.supervisor.name": "J. Thompson", "sign.supervisor.date": "23 November 2026",
}  # fmt: skip
#: Topics and actions from last time of records that have more than a page.
LONG = ((4, 4),)
#: What is signed, from its heading to the last line.
SIGNED_TOGETHER = ("Signed, with comments", "worker", "supervisor", "Fingerprint", "not reached")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """
    The words on each page of records as LibreOffice prints them, by topics, actions from last time, and what was done
    with the record: ``blank``, ``filled``, ``closed``.
    """
    tool("soffice")
    folder = tmp_path_factory.mktemp("records")
    papers = {f"{n}-talks": session_with(*"abcd"[:n], talks=2) for n in (2, 4)}
    papers |= {f"{n}-{before}": agreed_before(hour_of(n), before) for n, before in ((1, 0), (1, 3), (3, 2), (4, 2))}
    papers |= {f"{n}-{before}": agreed_before(hour_of(n), before) for n, before in LONG}
    for name, session in papers.items():
        blank = word.write(reflect.document(session, "record", reader="supervisee"))
        (folder / f"{name}-blank.docx").write_bytes(blank)
        if name.endswith("talks"):
            continue
        (folder / f"{name}-filled.docx").write_bytes(fill_word(blank, WRITTEN))  # type: ignore[arg-type]  # words and rows
        (made,) = closing(folder / f"{name}-filled.docx").files
        (folder / f"{name}-closed.docx").write_bytes(made.data)
        (folder / f"{name}-typed.docx").write_bytes(fill_word(made.data, SIGNED))
        (folder / f"{name}-signed.docx").write_bytes(closing(folder / f"{name}-typed.docx").files[0].data)
    for name in ("1-0", "1-3", "4-2", "2-talks"):
        of = reflect.document(papers[name], "record", reader="supervisee", looks=["large-print"])
        (folder / f"{name}-large.docx").write_bytes(word.write(of))
    sides_in_libreoffice(folder)
    pages = {}
    for file in folder.glob("*.pdf"):
        text = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True).stdout.decode()
        pages[file.stem] = text.rstrip("\f").split("\f")
    return pages


def test_libreoffice_prints_it_on_one_page(printed: dict[str, list[str]]) -> None:
    """
    With up to four topics or two talks, blank, filled, and closed with its fingerprint and room for comments; lines are
    closer where there are many. Words that were optional stood alone on a second page.
    """
    long = tuple(f"{n}-{before}" for n, before in LONG)

    one = {name: pages for name, pages in printed.items() if not name.startswith(long) and not name.endswith("large")}
    assert [name for name, pages in one.items() if len(pages) > 1] == []


def test_a_long_day_moves_no_box_to_another_line(printed: dict[str, list[str]]) -> None:
    """
    Typed, or printed again: the day was wider than its room, so each box went a stop further, the last to a new line,
    and the signatures alone to a second page.
    """
    for name in ("1-0", "1-3", "4-2"):
        for how in ("typed", "signed"):
            lines = [" ".join(line.split()) for page in printed[f"{name}-{how}"] for line in page.splitlines()]
            for line in (
                "worker A. Montgomery on 30 September 2026 ☐ signed ☒ with comments ☐ not signed ☐ copy",
                "supervisor J. Thompson on 23 November 2026 ☒ signed ☐ with comments ☐ not signed ☐ copy",
            ):
                assert line in lines


def test_large_print_parts_between_entries(printed: dict[str, list[str]]) -> None:
    """
    A talk is on one page, whatever is before it: its label stood at the foot of a page, and its line overleaf.
    """
    large = [pages for name, pages in printed.items() if name.endswith("large")]

    assert len(large) == 4
    for pages in large:
        talks = [page for page in pages if "The talk" in page]
        labels = ("we thought", "it could also be", "we decided", "or we differ", "because")
        assert all(page.count(label) == page.count("The talk") for page in talks for label in labels)
        assert sum(page.count("because") for page in talks) == sum(page.count("because") for page in pages)


def test_what_is_signed_is_on_one_page(printed: dict[str, list[str]]) -> None:
    """
    Where a record needs a second page, all that is signed goes there together, under its heading.
    """
    for n, before in LONG:
        first, second = printed[f"{n}-{before}-closed"]

        assert [words for words in SIGNED_TOGETHER if words not in second] == []
        assert not any(words in first for words in ("Signed, with", "Fingerprint", "not reached"))


def test_what_is_signed_is_kept_together_in_word() -> None:
    """
    Wherever a page ends: each line from the heading to the last but one is on the page of the next.
    """
    record = reflect.read(fill_word(word.write(blank()), {"before.seen": "F12", "sign.supervisee.name": "AM"}))
    parts = parts_of(word.write(reflect.document(record, "record", reader="supervisee", marks=("fingerprint",))))
    styles = {each.get(f"{W}styleId"): each for each in etree.fromstring(parts["word/styles.xml"])}
    paras = list(etree.fromstring(parts["word/document.xml"])[0].iter(f"{W}p"))
    said = ["".join(para.itertext()) for para in paras]
    begins, ends = (
        next(n for n, text in enumerate(said) if words in text) for words in ("Signed, with", "not reached")
    )

    for para in paras[begins:ends]:
        style = styles[para.find(f"{W}pPr/{W}pStyle").get(f"{W}val")]
        while style.find(f"{W}pPr/{W}keepNext") is None and style.find(f"{W}basedOn") is not None:
            style = styles[style.find(f"{W}basedOn").get(f"{W}val")]
        assert style.find(f"{W}pPr/{W}keepNext") is not None, "".join(para.itertext())


def test_words_on_a_line_have_a_rule_under_them_in_libreoffice_too() -> None:
    """
    It drops the looks of words in a control for plain text, so what is printed again is in none; a blank is in one, so
    that nobody breaks a line by accident.
    """
    kind = f"{W}sdtPr/{W}text"
    blank = word.write(reflect.document(hour_of(1), "record", reader="supervisee"))
    record = reflect.read(fill_word(blank, {"before.seen": "F12, by Friday"}))
    for data, plain in ((blank, True), (word.write(reflect.document(record, "record", reader="supervisee")), False)):
        body = etree.fromstring(parts_of(data)["word/document.xml"])
        (line,) = (each for each in body.iter(f"{W}sdt") if "before.seen|" in etree.tostring(each[0]).decode())

        assert (line.find(kind) is not None) is plain
        assert "ReflectWordsOnLine" in etree.tostring(line).decode()


def test_the_bar_beside_the_talk_is_in_one_piece() -> None:
    """
    One cell is beside all lines of the talk: a bar in pieces has white gaps on a screen.
    """
    body = etree.fromstring(parts_of(word.write(blank()))["word/document.xml"])
    (talk,) = (each for each in body.iter(f"{W}tbl") if "ReflectTalkTable" in etree.tostring(each[0]).decode())
    begins = [row.find(f"{W}tc/{W}tcPr/{W}vMerge").get(f"{W}val") for row in talk.iter(f"{W}tr")]

    assert begins == ["restart", *[None] * (len(begins) - 1)]


def convert(file: Path, to: str, folder: Path) -> None:
    profile_of_office = f"-env:UserInstallation=file://{folder}/office"
    call = ["soffice", profile_of_office, "--headless", "--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)


# --- what comes back


def test_everything_that_is_written_in_word_comes_back() -> None:
    """
    Each place by its key, in the ring of the supervision file; the day of the next meeting is for auditors too.
    """
    data = word.write(blank())
    said = said_everywhere(data)
    record = reflect.read(fill_word(data, said))  # type: ignore[arg-type]  # words and rows

    check_everything(record, said)
    assert record.reading is not None
    assert record.reading.certain
    assert record.answer("unplaced") == ""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_everything_comes_back_after_libreoffice_saved_it(tmp_path: Path) -> None:
    """
    It drops the tags of controls, so that places are found by the words round them.
    """
    data = word.write(blank())
    said = said_everywhere(data)
    (tmp_path / "filled.docx").write_bytes(fill_word(data, said))  # type: ignore[arg-type]  # words and rows
    (tmp_path / "saved").mkdir()
    convert(tmp_path / "filled.docx", "docx:MS Word 2007 XML", tmp_path / "saved")
    record = reflect.read(tmp_path / "saved" / "filled.docx")

    check_everything(record, said)
    assert record.answer("unplaced") == ""


@pytest.mark.parametrize(
    ("words", "tabs"), [("Simon", True), ("AM and JT from A to Z, on and on", True), ("Tom Anderson", False)]
)
def test_a_label_is_not_found_in_what_is_written_on_its_line(words: str, tabs: bool) -> None:
    """
    Where controls are lost, a line is read by its labels: "on" is not in "Simon", and where tabs stand between the
    places, no word of them is taken for a label.
    """
    data = word.write(blank())
    said = said_everywhere(data)
    lines = [key for key in said if key in ("supervisee", "supervisor") or key.startswith("met.")]
    lines += [f"sign.{who}.name" for who in ("supervisee", "supervisor")]
    said |= {key: f"{words} {n}" for n, key in enumerate(lines)}
    filled = fill_word(data, said, "google")  # type: ignore[arg-type]  # words and rows
    if not tabs:
        filled = changed(("<w:tab/>", '<w:t xml:space="preserve"> </w:t>'), data=filled)
    record = reflect.read(filled, of=blank())

    check_everything(record, said)
    assert len(lines) > 4
    assert record.signature("supervisor")["name"] == said["sign.supervisor.name"]
    assert record.answer("unplaced") == ""


def test_the_page_on_a_screen_has_the_same_places() -> None:
    """
    A record that is printed as a page, and saved there, is that of the Word file.
    """
    data = word.write(blank())
    record = reflect.read(fill_word(data, said_everywhere(data)))  # type: ignore[arg-type]  # words and rows
    paper = reflect.document(record, "record", reader="supervisee")
    found = reflect.read(to_json(saved_page(paper)).encode())

    assert {each.key: (each.text, each.ring) for each in found.answers} == {
        each.key: (each.text, each.ring) for each in record.answers
    }
    talks = [
        {each.key: (each.asked, each.hint) for each in some.answers if each.key == "item-3"} for some in (found, record)
    ]
    assert talks[0] == talks[1]
    assert (found.items, found.actions, found.signed) == (record.items, record.actions, record.signed)
    assert b"reflect-entry" in html.write(paper)


def test_what_is_printed_again_is_the_same_record() -> None:
    """
    On paper and in JSON, with its fingerprint.
    """
    data = word.write(blank())
    record = reflect.read(fill_word(data, said_everywhere(data)))  # type: ignore[arg-type]  # words and rows
    again = reflect.read(reflect.render(record, "record", reader="supervisee"))

    assert again == record
    assert from_json(to_json(record)) == record
    assert reflect.fingerprint(again) == reflect.fingerprint(record)


def test_what_stood_behind_also_today_stays_there_when_it_is_printed_again() -> None:
    """
    A short thing that only the two know has no line of its own. When the record is closed, what was written behind "also
    today" is in the talk as before; it stood on another page, under a line that had come up for nothing.
    """
    file = SessionFile(date=DAY, supervisee_items=(Wish(what="the school"), Wish(what="leave in April")))
    paper = reflect.render(arrange(file, profile("general")).session, "record", reader="supervisee", to="docx")
    assert isinstance(paper, bytes)
    record = reflect.read(fill_word(paper, {"item-3": "We ring the head.", "also-today": "Leave: 6 to 10 April"}))
    again = reflect.render(record, "record", reader="supervisee", to="docx")
    assert isinstance(again, bytes)

    assert places_of(again) == places_of(paper)
    assert reflect.read(again) == record


@pytest.mark.parametrize("written", ["nothing", "the first", "the last", "all"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_short_things_keep_their_lines_when_a_record_is_printed_again(count: int, written: str) -> None:
    """
    Each that the file may know has a line that bears its name, on the paper to sign too. What stood behind the first came
    again in a box of its own, under a key and no name; and no page is named that the talk did not have.
    """
    things = (OURS, *(Wish(what=f"thing {n}", ring=Ring.PERSONAL, purpose="decide") for n in range(count)))
    paper = word.write(short_things_of(*things))
    lines = [key for key in places_of(paper) if key.startswith("item-4")]
    some = {"nothing": [], "the first": lines[:1], "the last": lines[-1:], "all": lines}[written]
    record = reflect.read(fill_word(paper, {key: f"said of {key}" for key in some}))
    again = word.write(reflect.document(record, "record", reader="supervisee"))

    assert len(lines) == count
    # A record does not say that its paper had a line for what has none, if nobody wrote there.
    assert places_of(again) == tuple(key for key in places_of(paper) if key != "also-today")
    assert reflect.read(again) == record
    assert "No model today" not in reflect.render(record, "record", reader="supervisee", to="txt").decode()


@pytest.mark.parametrize("minutes", [60, 90])
@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_short_thing_of_the_two_can_be_written_of_beside_others(others: int, minutes: int) -> None:
    """
    Whatever has no line of its own on a record has "also today", beside things that have one and beside several talks;
    it came back as the next talk. The line tells nobody that there is such a thing.
    """
    talks = (OURS, Wish(what="the panel", ring=Ring.PERSONAL, minutes=20))[: minutes // 40]
    named = (Wish(what=f"thing {n}", ring=Ring.PERSONAL, purpose="decide") for n in range(others))
    session = arrange(
        SessionFile(date=DAY, minutes=minutes, supervisee_items=(*talks, Wish(what="leave", purpose="tell"), *named)),
        profile("general"),
    ).session
    paper = word.write(reflect.document(session, "record", reader="supervisee"))
    places = places_of(paper)
    assert len([key for key in places if re.fullmatch(r"item-\d\..*\.s\d", key)]) == others
    assert "also-today" in places

    said = "6 to 10 April"
    record = reflect.read(fill_word(paper, {"also-today": said}))
    (short,) = (n for n, item in enumerate(session.items) if item.kind == "short")
    last = LastTime(records=[record], plans=[KeptPlan(date=str(DAY), session=session)])
    became = {each.topic.title: each.became for each in last.brought_to(record, short)}
    assert became == {"Leave": Outcome.TALKED, **{f"Thing {n}": None for n in range(others)}}


def short_things_of(*wishes: Wish) -> Document:
    session = arrange(SessionFile(date=DAY, minutes=60, supervisee_items=wishes), profile("general")).session
    return reflect.document(session, "record", reader="supervisee")


def test_a_blank_record_says_nothing() -> None:
    """
    Nothing planned counts as held: no answer, no outcome, nothing agreed.
    """
    record = reflect.read(word.write(blank()))

    assert record.answers == ()
    assert record.actions == ()
    assert record.signed == ()
    assert {item.outcome for item in record.items} == {None}
    assert not any(item.brought for item in record.items)


def test_long_answers_make_it_longer_and_lose_nothing() -> None:
    """
    Lists and bold words stay, too.
    """
    data = word.write(blank())
    long = "\n".join(f"Line {n} of what we thought about it, at some length." for n in range(40))
    record = reflect.read(fill_word(data, {"item-3": long, "not-safely": long}))
    again = reflect.read(reflect.render(record, "record", reader="supervisee"))

    assert again.answer("item-3") == record.answer("item-3")
    assert again.answer("not-safely") == record.answer("not-safely")
    assert again.answer("item-3").count("Line") == 40


def test_a_topic_that_the_file_may_know_stands_over_the_talk_and_comes_back() -> None:
    """
    What became of it follows from what was written: a decision, or any other words; with none, nobody said anything.
    """
    session = arrange(SessionFile(date=DAY, minutes=60, supervisee_items=(OURS,)), profile("general")).session
    n = next(n for n, item in enumerate(session.items, 1) if item.brought)
    data = word.write(reflect.document(session, "record", reader="supervisee"))

    for said, became in (
        ({}, None),
        ({f"item-{n}": "They want one name."}, Outcome.TALKED),
        ({f"item-{n}.differ": "AM would go."}, Outcome.TALKED),
        ({f"item-{n}": "One name.", f"item-{n}.decided": "AM goes."}, Outcome.DECIDED),
    ):
        if said and f"item-{n}.decided" not in places_of(data):
            continue
        (topic,) = reflect.read(fill_word(data, said)).brought
        assert (topic.topic.title, topic.topic.ring, topic.became) == (OURS.what, Ring.PERSONAL, became)


def test_last_times_actions_are_ticked_on_a_line_of_their_own() -> None:
    """
    Those that are open come by themselves, and what was ticked of each comes back with it.
    """
    action = Action(what="Ask for a date for the panel", who="JT", by="10 March", id="2026-02-04.s1")
    session = attrs.evolve(reflect.plan(reflect.outline(HOUR), 60), before=(action,))
    data = word.write(reflect.document(session, "record", reader="supervisee"))
    (found,) = reflect.read(fill_word(data, {"before.2026-02-04.s1": "changed"})).before

    assert (found.id, found.what, str(found.state)) == (action.id, action.what, "changed")


LENGTHS = (4, 8, 12, 36, 130)
#: What happens to a file before it comes back: what editors drop, and that somebody begins a new line before the boxes.
BEFALLS = {
    "nothing": (),
    "controls gone": (CONTROLS,),
    "controls and bookmarks gone": (CONTROLS, BOOKMARKS),
    "new lines": ((r"<w:br/></w:r>(<w:bookmarkEnd [^>]*>)<w:r><w:tab/></w:r>", r"</w:r>\1</w:p><w:p>"),),
    "new lines, and controls gone": (
        CONTROLS,
        (r"<w:br/></w:r>(<w:bookmarkEnd [^>]*>)<w:r><w:tab/></w:r>", r"</w:r>\1</w:p><w:p>"),
    ),
}


@pytest.mark.parametrize("looks", [(), ("large-print",)])
@pytest.mark.parametrize("befalls", BEFALLS)
def test_however_long_an_action_is_its_printed_words_are_nobodys_answer(befalls: str, looks: tuple[str, ...]) -> None:
    """
    Whether its boxes stand beside it or on the line below: a blank record says nothing, and a tick is that of its own
    action and of no other.
    """
    actions = tuple(
        Action(what=f"ask {n} {'for a day ' * 20}"[:length].strip(), who="JT", by="10 March", id=f"2026-02-04.s{n}")
        for n, length in enumerate(LENGTHS, 1)
    )
    session = attrs.evolve(reflect.plan(reflect.outline(HOUR), 60), before=actions)
    data = word.write(reflect.document(session, "record", reader="supervisee", looks=looks))
    ticks = [None, *(str(each) for each in ActionState if each is not ActionState.OPEN)]
    ticks = [ticks[n % len(ticks)] for n in range(len(actions))]
    filled = fill_word(data, {f"before.{each.id}": tick for each, tick in zip(actions, ticks, strict=True) if tick})

    for paper, states in ((data, [None] * len(actions)), (filled, ticks)):
        found = reflect.read(changed(*BEFALLS[befalls], data=paper) if BEFALLS[befalls] else paper)

        assert found.answers == ()
        assert [(each.what, each.who) for each in found.before] == [(each.what, each.who) for each in actions]
        assert [each.state for each in found.before] == [state or ActionState.OPEN for state in states]


# --- records of before


def test_a_record_with_boxes_is_printed_as_it_was() -> None:
    """
    What was ticked of its items, and what was asked at its end, has its place; and it is read again as the same.
    """
    session = reflect.plan(reflect.outline(HOUR), 60)
    data = word.write(reflect.document(session, "record", marks=("boxes",)))
    record = reflect.read(
        fill_word(data, {"item-3": "A name.", "item-3.outcome": "put off", "item-3.until": "April", "useful": "Time."})
    )
    paper = reflect.document(record, "record", reader="supervisee")

    assert (record.outcome("item-3"), record.answer("item-3"), record.answer("useful")) == (
        "put off",
        "A name.",
        "Time.",
    )
    assert not any(isinstance(block, Entry) for block in paper.blocks)
    assert reflect.read(word.write(paper)) == record


# --- comments


def test_whoever_signs_with_comments_has_a_line_for_them_before_it_is_closed() -> None:
    """
    "With comments" could be ticked, and there was no place to write any until the record was closed.
    """
    data = word.write(blank())
    said = {"sign.supervisee": "with comments", "sign.supervisee.comments": "I asked first.", "date": "4 March 2026"}
    record = reflect.read(fill_word(data, said))  # type: ignore[arg-type]  # words

    assert {f"sign.{role}.comments" for role in ("supervisee", "supervisor")} <= set(places_of(data))
    assert record.signature("supervisee")["comments"] == "I asked first."
    assert record.answer("unplaced") == ""
    assert reflect.read(
        to_json(saved_page(reflect.document(record, "record", reader="supervisee"))).encode()
    ).signed == (record.signed)


@pytest.mark.parametrize(("count", "minutes"), [(1, 60), (4, 60), (2, 90), (4, 90)])
def test_an_hour_with_up_to_four_topics_is_one_page_in_pdf(count: int, minutes: int) -> None:
    """
    With the lines for comments too: its lines are closer where there are many. Four topics of a real plan took two.
    """
    things = tuple(Wish(what=f"What to say to {n}", ring=Ring.PERSONAL) for n in range(count))
    session = arrange(SessionFile(date=DAY, minutes=minutes, supervisee_items=things), profile("general")).session

    made = pdf.write(reflect.document(session, "record", reader="supervisee"))
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1


@pytest.mark.parametrize(("count", "before"), [(1, 0), (1, 3), (3, 2), (4, 2)])
def test_a_signed_record_is_one_page_in_pdf(count: int, before: int, tmp_path: Path) -> None:
    """
    Written on, closed, and signed on a long day, which stands on one line: the day was broken in two, and a long action
    from last time in three beside its boxes.
    """
    blank = word.write(reflect.document(agreed_before(hour_of(count), before), "record", reader="supervisee"))
    (tmp_path / "filled.docx").write_bytes(fill_word(blank, WRITTEN))  # type: ignore[arg-type]  # words and rows
    (made,) = closing(tmp_path / "filled.docx").files
    record = reflect.read(fill_word(made.data, SIGNED))
    paper = reflect.document(record, "record", reader="supervisee", marks=("fingerprint",))
    (page,) = pypdf.PdfReader(io.BytesIO(pdf.write(paper))).pages
    text = " ".join(page.extract_text().split())

    for role in ("supervisee", "supervisor"):
        assert SIGNED[f"sign.{role}.name"] in text
        assert SIGNED[f"sign.{role}.date"] in text
