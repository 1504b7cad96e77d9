"""
An agency's own form: what is written into it comes back, nothing else of it changes, and nobody sees more of it.
"""

from __future__ import annotations

import io
import itertools
import subprocess
import zipfile
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.errors import Faults, Refused
from reflect.files.office import open_package
from reflect.own_forms import FormMap, OwnForm, fill_in, own_form, read_map
from reflect.own_forms.form_fields import fields_of
from reflect.own_forms.spots import is_nothing
from reflect.own_forms.suggesting import keys_without_place, suggest_places, write_map
from reflect.questions.rings import READERS, Ring, narrows
from reflect.questions.rings import reader as reader_of
from reflect.sessions.parts import Action, Agreement, Answered, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, LineKind, Run, lines_of
from reflect.word_files.word_reading import read_word_file
from tests.documents import tried
from tests.test_terminal import run
from tests.test_word import tool
from tests.word_forms import HINT, bookmark, box, control, packed, para, table, words

LINES = ("supervisee", "supervisor", "date", "place", "next-date", "met.from", "met.to", "differently", "also-today")
BOXES = ("talk", "talk.decided", "support", "taken-off", "not-reached", "also-today", "differently")
#: How a form may have a place: as a body, and as the place's name in a map.
WAYS = ("control", "inline", "text", "bookmark", "line", "cell", "under")


def place(way: str, key: str, n: int) -> tuple[str, str]:
    """
    The body and the name of a place, made in one way; ``{table}`` stands for the number of its table.
    """
    label = f"Label {n}"
    match way:
        case "control":
            return para(words(label)) + control(f"c{n}", para(HINT)), f"control c{n}"
        case "inline":
            return para(words(f"{label}: "), control(f"c{n}", HINT)), f"control c{n}"
        case "text":
            return para(words(f"{label}: "), control(f"c{n}", HINT, "<w:text/>"), words(" (please)")), f"control c{n}"
        case "bookmark":
            return para(words(label)) + para(bookmark(f"b{n}", n + 1)) + para(), f"bookmark b{n}"
        case "line":
            return para(words(f"{label}: "), bookmark(f"b{n}", n + 1, words("______"))), f"bookmark b{n}"
        case "cell":
            return table([para(words(label)), para()]) + para(), "cell {table}.1.2"
        case _:
            return table([para(words(f"{label} (say more)"))], [para() + para()]) + para(), "cell {table}.2.1"


@st.composite
def forms(draw: st.DrawFn) -> tuple[bytes, dict[str, str]]:
    """
    A form with places in any order and of any kind, and its map.
    """
    keys = draw(st.lists(st.sampled_from([*dict.fromkeys((*LINES, *BOXES))]), min_size=1, unique=True))
    body, names, tables = "", {}, 0
    for n, key in enumerate(keys):
        way = draw(st.sampled_from(WAYS))
        inner, name = place(way, key, n)
        tables += inner.count("<w:tbl>")
        body += inner
        names[name.replace("{table}", str(tables))] = key
    if draw(st.booleans()):
        order = draw(st.permutations(["what", "who", "by"]))
        rows = draw(st.integers(1, 4))
        heads = [para(words(f"Head {each}")) for each in order]
        body += table(heads, *([para()] * 3 for _ in range(rows)), merged="Signed below")
        tables += 1
        names |= {f"cell {tables}.2.{n}": f"actions.{each}" for n, each in enumerate(order, 1)}
    if draw(st.booleans()):
        body += para(words("Agreed "), box("agreed"), words(" or not "), box("not-agreed"))
        names |= {"control agreed": "sign.supervisee.1", "control not-agreed": "sign.supervisee.3"}
    return packed(para(words("Supervision record")) + body), names


#: Words that are no mark of a list and no line to write on.
said = st.text(st.sampled_from("abc éß&<>\"'—王ש"), min_size=1, max_size=12).map(
    lambda text: " ".join(f"w{text}w".split())
)
runs = st.lists(st.builds(Run, text=said, bold=st.booleans(), italic=st.booleans()), min_size=1, max_size=1)
typed = st.lists(
    st.builds(Line, runs=runs.map(tuple), kind=st.sampled_from([LineKind.PARAGRAPH, LineKind.BULLET])),
    min_size=1,
    max_size=4,
)
OUTLINE = "arrive@3 + own-item@50 + close@7"


def blank_record() -> Record:
    return reflect.read(reflect.render(OUTLINE, "record"))


BLANK = blank_record()


@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    A record with anything written in it.
    """
    answers = []
    fields = fields_of(reflect.document(OUTLINE, "record"))
    for key in draw(st.lists(st.sampled_from(["item-2", "item-2.decided", *BOXES[2:]]), unique=True)):
        lines = draw(typed)
        if fields[key].on_a_line:  # such a place has one line on our own papers too
            lines = lines_of(lines[0].text)
        answers.append(Answered(key=key, ring=Ring.PERSONAL, lines=tuple(lines)))
    if draw(st.booleans()):
        answers.append(Answered(key="next-date", ring=Ring.ASSURANCE, lines=lines_of("1 April 2026")))
    facts = {"supervisee": draw(said), "date": "4 March 2026", "place": draw(said)}
    actions = tuple(
        Action(what=draw(said), who=draw(said), by="6 March 2026", ring=Ring.PERSONAL)
        for _ in range(draw(st.integers(0, 5)))
    )
    agreement = draw(st.sampled_from([None, Agreement.AGREED, Agreement.NOT_AGREED]))
    signed = (SignOff(role="supervisee", agreement=agreement, name="", date="", comments=""),)
    return attrs.evolve(
        BLANK, facts=tuple(facts.items()), answers=tuple(answers), actions=actions, signed=signed if agreement else ()
    )


def of(form: bytes, names: dict[str, str], ring: Ring = Ring.PERSONAL) -> OwnForm:
    return own_form(form, FormMap(ring=ring, places=names))


def told(record: Record) -> dict[str, object]:
    """
    What a record says, by the key of its place, with lines as their words and kinds.
    """
    lines = {each.key: [(line.text, line.kind) for line in each.lines] for each in record.answers if each.lines}
    facts = {key: text for key, text in record.facts if key in ("supervisee", "date", "place") and text}
    actions = [(each.what, each.who, each.by) for each in record.actions]
    signed = [each.agreement for each in record.signed if each.agreement]
    return {**lines, **facts, "actions": actions, "signed": signed}


def on_form(record: Record, names: dict[str, str]) -> dict[str, object]:
    """
    What is on a form of what a record says.
    """
    keys = {key.replace("talk", "item-2") for key in names.values()}
    whole = told(record)
    kept = {key: value for key, value in whole.items() if key in keys}
    table_there = any(key.startswith("actions") for key in keys)
    ticks = any(key.startswith("sign.supervisee") for key in keys)
    return {**kept, "actions": whole["actions"] if table_there else [], "signed": whole["signed"] if ticks else []}


@given(forms(), records())
@settings(max_examples=tried(120))
def test_what_is_written_into_a_form_comes_back(form: tuple[bytes, dict[str, str]], record: Record) -> None:
    """
    Each place that a form has, however it has it, brings back what was written there, with the lines of lists.
    """
    filled = fill_in(of(*form), reflect.document(record, "record", reader="supervisee"))
    back = reflect.read(filled.data)

    assert told(back) == on_form(record, form[1])
    assert back.reading
    assert back.reading.notes == ()
    assert [item.use for item in back.items] == [item.use for item in record.items]


@given(forms(), records())
@settings(max_examples=tried(60))
def test_nothing_of_theirs_changes_but_the_places(form: tuple[bytes, dict[str, str]], record: Record) -> None:
    """
    All other parts are the same bytes, their properties stay, and so do their printed lines in their order.
    """
    before = open_package(form[0])
    filled = fill_in(of(*form), reflect.document(record, "record", reader="supervisee")).data
    after = open_package(filled)

    ours = {"word/document.xml", "docprops/custom.xml", "[content_types].xml", "_rels/.rels"}
    assert [name for name in before if name.lower() not in ours and before[name] != after[name]] == []
    assert set(before) == set(after)
    assert b"SW 17" in after["docProps/custom.xml"]
    printed = [
        para.text for para in read_word_file(before).paras if not is_nothing(para.text) and "Click" not in para.text
    ]
    now = iter([para.text for para in read_word_file(after).paras])
    for line in printed:
        beginning = line.split("_")[0].split("☐")[0]
        assert any(beginning in each for each in now)


@given(forms(), records())
@settings(max_examples=tried(60))
def test_what_has_no_place_is_nowhere_in_the_file(form: tuple[bytes, dict[str, str]], record: Record) -> None:
    """
    What the form has no place for is named by its key, and its words are in no part of the file.
    """
    secret = "canary-in-the-talk"
    told_too = Answered(key="item-2", ring=Ring.PERSONAL, lines=lines_of(secret))
    record = attrs.evolve(record, answers=(*(a for a in record.answers if a.key != "item-2"), told_too))
    filled = fill_in(of(*form), reflect.document(record, "record", reader="supervisee"))
    package = open_package(filled.data)
    there = any(secret.encode() in package[name] for name in package)

    assert there == ("talk" in form[1].values())
    assert ("item-2" in filled.lacking) != there


@pytest.mark.parametrize("ring", list(Ring))
@pytest.mark.parametrize("key", ["talk", "place", "next-date", "actions"])
def test_a_form_takes_nothing_that_not_all_its_readers_may_read(ring: Ring, key: str) -> None:
    """
    A place of another ring is refused, and with the ring of the form the narrower one counts when it is read.
    """
    body, name = place("control", key, 1)
    form = of(packed(body), {name: key}, ring)
    record = attrs.evolve(
        BLANK,
        facts=(("place", "Room 2"),),
        answers=(
            Answered(key="item-2", ring=Ring.PERSONAL, lines=lines_of("said")),
            Answered(key="next-date", ring=Ring.ASSURANCE, lines=lines_of("1 April 2026")),
        ),
    )
    document = reflect.document(record, "record", reader="supervisee")
    own = fields_of(document)[key].ring
    if not narrows(ring, own):
        with pytest.raises(Faults, match="take it out of the map"):
            fill_in(form, document)
        return
    back = reflect.read(fill_in(form, document).data)
    for each in READERS:
        if not each.sees(ring):
            seen = [answer.key for answer in back.visible_to(each).answers]
            assert "item-2" not in seen


def test_a_form_for_others_does_not_say_what_was_planned() -> None:
    """
    A form whose readers may not read the record has nothing of it but what its places hold: no model, no series, no id.
    """
    body, name = place("control", "next-date", 1)
    answers = (Answered(key="next-date", ring=Ring.ASSURANCE, lines=lines_of("1 April 2026")),)
    record = attrs.evolve(BLANK, answers=answers, series="4c1d-secret-code", facts=(("title", "Titled"),))
    document = reflect.document(record, "record", reader="supervisee")
    for ring, told_of in ((Ring.ASSURANCE, False), (Ring.PERSONAL, True)):
        package = open_package(fill_in(of(packed(body), {name: "next-date"}, ring), document).data)
        whole = b"".join(package[part] for part in package)
        assert (b"own-item" in whole) is told_of
        assert (b"4c1d-secret-code" in whole) is told_of


def test_a_form_that_says_no_ring_is_not_filled_in_and_read_as_its_authors_own() -> None:
    """
    Less is shown where something is missing: without a ring nothing is written, and nothing is read for others.
    """
    body, name = place("control", "talk", 1)
    form = attrs.evolve(of(packed(body), {name: "talk"}), ring=None)
    with pytest.raises(Refused, match="nothing says who may read"):
        fill_in(form, reflect.document(OUTLINE, "record"))
    typed_in = packed(para(words("Label 1")) + control("c1", para(words("said"))))
    back = reflect.read(typed_in)

    assert {answer.ring for answer in back.answers} == {Ring.OWN}
    assert back.visible_to(reader_of("supervisor")).answers == ()


def test_names_of_ours_need_no_map() -> None:
    """
    Controls and bookmarks may say themselves what they are for, and who reads the form.
    """
    body = para(bookmark("reflect_ring_personal", 1), words("Record"))
    body += para(words("Next: "), bookmark("reflect_next_date", 2)) + control("reflect:talk", para(HINT))
    body += para(words("Name: "), control("x", HINT, title="Reflect: supervisee"))
    record = attrs.evolve(
        BLANK,
        facts=(("supervisee", "JT"),),
        answers=(
            Answered(key="item-2", ring=Ring.PERSONAL, lines=lines_of("said")),
            Answered(key="next-date", ring=Ring.ASSURANCE, lines=lines_of("1 April 2026")),
        ),
    )
    made = reflect.render(record, "record", reader="supervisee", into=packed(body))
    back = reflect.read(made)

    assert told(back) == told(record)
    tags = {tag.key: tag.ring for tag in read_word_file(open_package(made)).place_tags}
    assert tags["item-2"] is Ring.PERSONAL  # the ring travels in the control
    with pytest.raises(Refused, match="own look"):
        reflect.render(record, "record", reader="supervisee", into=packed(body), brand=packed(body))
    with pytest.raises(Refused, match="Word file"):
        reflect.render(record, "record", reader="supervisee", into=packed(body), to="html")


def test_a_form_is_taken_in_any_way_a_file_is() -> None:
    """
    Bytes, a view of memory and an open file are one form; a text is none.
    """
    body, name = place("control", "talk", 1)
    data = packed(body)
    named = FormMap(ring=Ring.PERSONAL, places={name: "talk"})
    made = {
        reflect.render(OUTLINE, "record", into=own_form(given, named))
        for given in (data, bytearray(data), memoryview(data), io.BytesIO(data))
    }
    assert len(made) == 1
    with pytest.raises(Refused, match="form in Word"):
        own_form("council.docx", named)  # type: ignore[arg-type]


def test_two_rings_are_refused() -> None:
    """
    A form says one ring, and a map does not contradict it.
    """
    twice = packed(para(bookmark("reflect_ring_personal", 1), bookmark("reflect_ring_case", 2)))
    with pytest.raises(Refused, match="two rings"):
        own_form(twice)
    once = packed(para(bookmark("reflect_ring_personal", 1)))
    with pytest.raises(Refused, match="for case and for personal"):
        own_form(once, FormMap(ring=Ring.CASE, places={}))


def test_a_map_has_all_its_faults_at_once(tmp_path: Path) -> None:
    """
    What is wrong with a map is said with what to do, all at once.
    """
    path = tmp_path / "form.yaml"
    path.write_text(
        "ring: personal\nplaces:\n  cell 1.1: talk\n  control A: B b\n  bookmark c: talk\n  bookmark d: talk\n"
    )
    with pytest.raises(Faults) as caught:
        read_map(path)
    said_there = str(caught.value)
    for words_of_fault in ("'cell 1.1' names no place", "'B b' is no key", "'talk' is for two places"):
        assert words_of_fault in said_there
    path.write_text("places:\n  control A: talk\n")
    with pytest.raises(Faults, match="ring"):
        read_map(path)
    path.write_text("ring: personal\nplaces:\n  control c3: talk\n  bookmark b2: place\n")
    body, _ = place("control", "talk", 1)
    with pytest.raises(Faults) as caught:
        own_form(packed(body), path)
    assert "has no 'control c3'" in str(caught.value)
    assert "Did you mean 'control c1'" in str(caught.value)
    assert "has no 'bookmark b2'" in str(caught.value)


def test_what_is_in_a_form_already_is_told_and_stays() -> None:
    """
    Comments, tracked changes and earlier words are warned of; earlier words stay, and no answer takes them up.
    """
    body = control("c1", para(words("what somebody wrote before")), hint=False)
    body += para('<w:ins w:id="9" w:author="A"><w:r><w:t>put in</w:t></w:r></w:ins>')
    form = of(packed(body), {"control c1": "talk"})

    assert any("tracked changes" in note for note in form.notes)
    assert any("words in it already" in note for note in form.notes)
    record = attrs.evolve(BLANK, answers=(Answered(key="item-2", ring=Ring.PERSONAL, lines=lines_of("said today")),))
    made = fill_in(form, reflect.document(record, "record", reader="supervisee")).data
    assert "what somebody wrote before" in "\n".join(para.text for para in read_word_file(open_package(made)).paras)
    assert told(reflect.read(made))["item-2"] == [("said today", LineKind.PARAGRAPH)]


def test_a_table_gets_the_rows_it_needs_and_keeps_what_is_below() -> None:
    """
    More actions than rows make more rows, above what stands below the table's own.
    """
    body = table([para(words("What")), para(words("Who"))], [para(), para()], merged="Signed below")
    form = of(packed(body), {"cell 1.2.1": "actions.what", "cell 1.2.2": "actions.who"})
    actions = tuple(Action(what=f"task {n}", who="JT", by="", ring=Ring.PERSONAL) for n in range(4))
    filled = fill_in(form, reflect.document(attrs.evolve(BLANK, actions=actions), "record", reader="supervisee"))
    texts = [para.text for para in read_word_file(open_package(filled.data)).paras if para.text]

    assert texts == ["What", "Who", *itertools.chain(*(("task " + str(n), "JT") for n in range(4))), "Signed below"]
    assert any("too few rows" in note for note in filled.notes)
    assert [(each.what, each.who) for each in reflect.read(filled.data).actions] == [
        (f"task {n}", "JT") for n in range(4)
    ]


def test_a_form_that_was_never_filled_in_by_us_is_read_by_its_map(tmp_path: Path) -> None:
    """
    People fill a form in by hand and send it: its map, and the blank, are all that is needed.
    """
    blank = packed(table([para(words("Name")), para()], [para(words("Talk")), para()]) + para(words("Thank you")))
    typed_in = packed(
        table(
            [para(words("Name")), para(words("JT"))], [para(words("Talk")), para(words("said")) + para(words("more"))]
        )
        + para(words("Thank you"))
        + para(words("written below"))
    )
    (tmp_path / "blank.docx").write_bytes(blank)
    names = {"cell 1.1.2": "supervisee", "cell 1.2.2": "talk"}
    path = tmp_path / "form.yaml"
    path.write_text("ring: personal\nform: blank.docx\nplaces:\n" + "".join(f"  {k}: {v}\n" for k, v in names.items()))
    back = reflect.read(typed_in, form_map=path)

    assert dict(back.facts)["supervisee"] == "JT"
    assert {each.key: [line.text for line in each.lines] for each in back.answers} == {
        "item-1": ["said", "more"],
        "unplaced": ["written below"],
    }
    assert back.claimed == "record"
    assert back.answers[0].ring is Ring.PERSONAL
    assert back.visible_to(reader_of("auditor")).answers == ()


def test_words_beside_the_places_are_kept() -> None:
    """
    What somebody types behind a label, or between two lines of the form, belongs to no place and is not lost.
    """
    body = para(words("Label: "), bookmark("b1", 1, words("____"))) + para(words("Thank you"))
    form = of(packed(body), {"bookmark b1": "place"})
    record = attrs.evolve(BLANK, facts=(("place", "Room 2"),))
    made = fill_in(form, reflect.document(record, "record", reader="supervisee")).data
    source = open_package(made)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as file:
        for name in source:
            text = source[name]
            if name == "word/document.xml":
                text = text.replace(b"Thank you", b"Thank you, see overleaf")
                text = text.replace(b"<w:sectPr>", para(words("one more thing")).encode() + b"<w:sectPr>")
            file.writestr(name, text)
    back = reflect.read(changed.getvalue())

    assert dict(back.facts)["place"] == "Room 2"
    assert [line.text for each in back.answers if each.key == "unplaced" for line in each.lines] == [
        "see overleaf",
        "one more thing",
    ]


def test_a_list_to_choose_from_takes_only_what_it_offers() -> None:
    """
    A drop-down list is set to one of its own words; otherwise it stays open, and that is said.
    """
    offered = '<w:dropDownList><w:listItem w:displayText="Room 2" w:value="2"/></w:dropDownList>'
    body = para(control("c1", HINT, offered))
    for room, notes in (("Room 2", 0), ("Elsewhere", 1)):
        record = attrs.evolve(BLANK, facts=(("place", room),))
        filled = fill_in(
            of(packed(body), {"control c1": "place"}), reflect.document(record, "record", reader="supervisee")
        )
        assert len(filled.notes) == notes
        assert (room in "".join(para.text for para in read_word_file(open_package(filled.data)).paras)) == (not notes)


def test_a_key_that_the_paper_does_not_have_is_told() -> None:
    """
    A misspelt key is told with the one that was probably meant; fewer talks than the form has places for are usual; a
    paper of which nothing has a place is refused.
    """
    body = control("c1", para(HINT)) + control("c2", para(HINT)) + control("c3", para(HINT))
    names = {"control c1": "talk", "control c2": "talk-2", "control c3": "next-dote"}
    filled = fill_in(of(packed(body), names), reflect.document(OUTLINE, "record"))
    assert filled.notes == (
        "'control c3' is for 'next-dote', which this paper does not have; it stays open. Did you mean 'next-date'?",
    )
    with pytest.raises(Refused, match="nothing on this paper has a place"):
        fill_in(of(packed(body), names), reflect.document(OUTLINE, "agenda"))


def test_a_template_becomes_a_document() -> None:
    body, name = place("control", "talk", 1)
    made = fill_in(of(packed(body, template=True), {name: "talk"}), reflect.document(OUTLINE, "record")).data
    assert open_package(made).kind.endswith("document.main+xml")


def test_a_map_to_start_from_is_read_back(tmp_path: Path) -> None:
    """
    What is beyond doubt stands in it, each other place is a remark, and it can be used as it is.
    """
    body = table([para(words("Name of worker")), para(), para(words("Date")), para()])
    body += para(words("Discussion")) + control("d", para(HINT), title="Discussion")
    body += table([para(words("Action")), para(words("Who"))], [para(), para()], [para(), para()])
    body += para(words("Odd: "), bookmark("odd", 4)) + para(words("Date: "), bookmark("when", 5))
    form = own_form(packed(body), ring="personal")
    path = tmp_path / "form.yaml"
    path.write_text(write_map(form))
    found = read_map(path)

    assert found.ring is Ring.PERSONAL
    assert dict(found.places) == {
        "cell 1.1.2": "supervisee",
        "control d": "talk",
        "cell 2.2.1": "actions.what",
        "cell 2.2.2": "actions.who",
    }  # two places are labelled "Date", so neither is beyond doubt
    assert "# bookmark odd:   (Odd:)" in path.read_text()
    assert "cell 2.3.1" not in path.read_text()
    assert {each.key for each in suggest_places(own_form(packed(body), path))} >= set(found.places.values())
    assert "talk" not in dict(keys_without_place(own_form(packed(body), path)))
    assert "next-date" in dict(keys_without_place(own_form(packed(body), path)))


def test_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A form is looked at, its map written, filled in, and read back.
    """
    monkeypatch.chdir(tmp_path)
    body = table([para(words("Supervisee")), para()])
    body += para(words("Discussion")) + control("d", para(HINT), title="Discussion")
    Path("council.docx").write_bytes(packed(body))
    shown = run("form", "council.docx")
    assert "control d" in shown.output
    assert "nothing says who may read the form" in shown.output
    made = "make", "record", OUTLINE, "--set", "supervisee=JT", "--reader", "supervisor", "--into", "council.docx"
    assert run("form", "council.docx", "--ring", "personal", "-o", "council.yaml").exit_code == 0
    assert run(*made, "--map", "council.yaml", "-o", "made.docx").exit_code == 0
    assert run("read", "made.docx", "-o", "records").exit_code == 0
    assert "JT" in Path("records/made.json").read_text()
    assert run("read", "made.docx", "-o", "again", "--map", "council.yaml").exit_code == 0
    assert run(*made[:-2], "--map", "council.yaml").exit_code == 2


@given(forms(), records())
@settings(max_examples=3)
def test_microsofts_validator_finds_nothing(form: tuple[bytes, dict[str, str]], record: Record) -> None:
    """
    What is written into others' files is valid Open XML, as theirs was.
    """
    import json
    import tempfile

    validator = tool("ooxml-validator")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.docx"
        file.write_bytes(fill_in(of(*form), reflect.document(record, "record", reader="supervisee")).data)
        done = subprocess.run([validator, str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert json.loads(done.stdout)["errors"] == []


def test_libreoffice_gives_back_what_was_written(tmp_path: Path) -> None:
    """
    LibreOffice drops controls and joins tables; what was written is found by bookmarks and cells.
    """
    office = tool("soffice")
    body, names, tables = "", {}, 0
    for n, (way, key) in enumerate(
        zip(WAYS, ("talk", "support", "supervisor", "taken-off", "place", "supervisee", "differently"), strict=True)
    ):
        inner, name = place(way, key, n)
        tables += inner.count("<w:tbl>")
        body += inner
        names[name.replace("{table}", str(tables))] = key
    body += table(
        [para(words(head)) for head in ("Who", "What", "When")], *([para()] * 3 for _ in range(2)), merged="Signed"
    )
    names |= {f"cell {tables + 1}.2.{n}": f"actions.{each}" for n, each in enumerate(("who", "what", "by"), 1)}
    body += para(words("Agreed "), box("agreed"), words(" or not "), box("not-agreed"))
    names |= {"control agreed": "sign.supervisee.1", "control not-agreed": "sign.supervisee.3"}
    said_there = [
        Answered(key=key, ring=Ring.PERSONAL, lines=lines_of(f"said of {key}\nand more"))
        for key in ("item-2", "differently")
    ]
    # LibreOffice makes one line of those in a control for plain text.
    said_there.append(Answered(key="taken-off", ring=Ring.PERSONAL, lines=lines_of("duty")))
    said_there.append(Answered(key="support", ring=Ring.PERSONAL, lines=lines_of("one line")))
    record = attrs.evolve(
        BLANK,
        facts=(("supervisee", "JT"), ("supervisor", "RB"), ("place", "Room 2")),
        answers=tuple(said_there),
        actions=tuple(Action(what=f"task {n}", who="JT", by="6 March 2026", ring=Ring.PERSONAL) for n in range(3)),
        signed=(SignOff(role="supervisee", agreement=Agreement.NOT_AGREED, name="", date="", comments=""),),
    )
    file = tmp_path / "form.docx"
    file.write_bytes(fill_in(of(packed(body), names), reflect.document(record, "record", reader="supervisee")).data)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(file)],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    back = reflect.read(tmp_path / "out" / "form.docx")

    assert told(back) == told(record)
    assert "unplaced" not in {each.key for each in back.answers}
