"""
The words a profession uses.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reflect
from reflect.checks import check
from reflect.documents.viewing import Viewer
from reflect.errors import Faults, UnknownKey
from reflect.formats import word
from reflect.pages.catalogues import our_catalogue
from reflect.pages.words_needed import words_needed
from reflect.questions.question import Question
from reflect.questions.rings import Ring
from reflect.questions.wordings import Wording, read_wording, wording, wording_names, words_in
from reflect.reading_back import read
from reflect.sessions.parts import Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.session import Note
from reflect.text.prose import Line, Run
from tests.taking_away import filled_in

NURSING = Wording("w", "W", (("person", "the patient"), ("worker", "nurse"), ("case-note", "note")))
names = st.sampled_from(["person", "worker", "case-note"])
plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}\\"), max_size=12)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("What does {person} say?", "What does the patient say?"),
        ("{person} waits. {person} waits", "The patient waits. The patient waits"),
        ("Well? {worker}! {worker}; {worker}", "Well? Nurse! Nurse; nurse"),
        ("  {worker}", "  Nurse"),
        (r"a \{person} b", "a {person} b"),
        (r"a \{person\} b", "a {person} b"),
        ("a {Person} {b c} {} {", "a {Person} {b c} {} {"),
        ("the {case-note}s", "the notes"),
        ("", ""),
    ],
)
def test_fill_puts_the_words(text: str, filled: str) -> None:
    """
    Words take the place of their names, with a capital where a sentence opens; an escaped brace is a brace.
    """
    assert NURSING.fill(text) == filled


@given(plain, names, plain)
def test_filling_changes_nothing_else(before: str, name: str, after: str) -> None:
    """
    Around the word the text stays as it was, and what was filled in needs no more words.
    """
    filled = NURSING.fill(f"{before}{{{name}}}{after}")
    word = NURSING.word(name)

    assert filled in (f"{before}{word}{after}", f"{before}{word.capitalize()}{after}")
    assert words_in(f"{before}{{{name}}}{after}") == {name}
    assert words_in(filled) == frozenset()


@given(plain)
def test_a_text_without_words_is_left_alone(text: str) -> None:
    """
    A text that names no word is filled to itself.
    """
    assert NURSING.fill(text) == text
    assert words_in(text) == frozenset()


def test_a_missing_word_is_named() -> None:
    """
    A word that is not in a wording is an error with the nearest name; an escaped one is not looked up.
    """
    with pytest.raises(UnknownKey, match=r"'w' called 'persons'.*Did you mean 'person'"):
        NURSING.fill("{persons}")
    with pytest.raises(UnknownKey):
        NURSING.word("child")

    assert words_in(r"\{persons} and {people}") == {"people"}


def test_ours_have_the_same_words() -> None:
    """
    Every wording that comes with us has a title and the same words, none empty.
    """
    known = [wording(name) for name in wording_names()]

    assert len(known) >= 9
    assert len({frozenset(name for name, _ in each.words) for each in known}) == 1
    assert all(each.title and all(word.strip() == word and word for _, word in each.words) for each in known)


@pytest.mark.parametrize("key", our_catalogue())
def test_ours_need_only_words_that_all_have(key: str) -> None:
    """
    Every page that comes with us can be filled by every wording.
    """
    model = our_catalogue().model(key)
    for name in wording_names():
        known = {word for word, _ in wording(name).words}

        assert words_needed(model) <= known
    for question in model.asks:
        assert "{" not in wording("general").fill(question.text)


def test_an_agency_writes_its_own(tmp_path: Path) -> None:
    """
    A wording is found by name, read from a file, or given; the error names the nearest.
    """
    file = tmp_path / "our-words.yaml"
    file.write_text("title: Ours\nwords:\n  person: the   tenant\n", "utf-8")

    assert wording(file) == Wording("our-words", "Ours", (("person", "the tenant"),))
    assert wording(NURSING) is NURSING
    assert wording("nursing").key == "nursing"
    assert hash(wording("nursing")) == hash(wording("nursing"))
    with pytest.raises(UnknownKey, match="Did you mean 'nursing'"):
        wording("nursng")
    with pytest.raises(Faults, match="cannot be read"):
        wording(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{title: [", 1, "a bracket is opened but not closed"),
        ("a: b: c", 1, "the value of 'a' holds ': '"),
        ("title: T", None, "there are no words"),
        ("- a", None, "there are no words"),
        ("", None, "there are no words"),
        ("words:\n  person: ''", 2, "the word 'person' is empty"),
        ("words:\n  person:\n  - a", 2, "the word 'person' is empty"),
        ("words:\n  person: 'a {b}'", 2, "the word 'person' is not one plain line"),
        ("words:\n  Person: a", 2, "'Person' is not the name of a word"),
        ("word:\n  person: a", 1, "'word' is not known in a wording"),
        ("title: T\nwords:\nperson: a", 3, "'person' is not known in a wording"),
        ("title:\n- a\nwords:\n  person: a", 1, "'title' is not one text"),
        ("words:\n  person: a\n  person: b", 3, "'person' is used twice"),
        ("words:\n  *person: a", 2, "a value begins with"),
    ],
)
def test_a_wrong_wording_says_what_is_wrong(text: str, line: int | None, what: str) -> None:
    """
    Each fault of a wording is reported, with its line if YAML knows it.
    """
    with pytest.raises(Faults, match=what) as caught:
        read_wording("w", text)

    (fault,) = caught.value.faults
    assert (fault.where, fault.line) == ("w.yaml", line)


def test_several_faults_are_told_at_once() -> None:
    """
    A wording that is wrong twice says so twice.
    """
    with pytest.raises(Faults) as caught:
        read_wording("w", "words: {a: '', b: '{', c: fine}")

    assert len(caught.value.faults) == 2


@given(
    st.one_of(
        st.text(max_size=30),
        st.text(st.characters(), max_size=10).map("words: {{a: {}}}".format),
        st.text("words: ab{}[]&*?!|>\n-'\"", max_size=30),
    )
)
@example("words: {a: \ud800}")  # the C reader of YAML encodes what it is given
@example("words: {[a]: b}")
@example("words: &x {a: *x}")
def test_any_text_is_a_wording_or_faults(text: str) -> None:
    """
    Whatever is in the file gives a wording or faults.
    """
    try:
        told: object = read_wording("w", text).words
    except Faults as wrong:
        told = wrong.faults

    assert told


def test_what_somebody_typed_is_not_put_into_other_words() -> None:
    """
    The words of a profession take the place of braces on a page, and of none in a topic, a fact, a note or an answer.
    """
    typed = "{worker} {no-such-word} \\{"
    page = reflect.read_page("# A page\n\nFor {worker}.\n\n- What does {worker} need?\n")
    asked = page.about("t1", typed, "open")
    session = attrs.evolve(
        reflect.plan(asked @ 20, 30, facts={"place": typed}), notes=(Note(text=typed, ring=Ring.OPEN),)
    )
    answer = Answered(key="item-1", ring=Ring.OPEN, lines=(Line(runs=(Run(text=typed),)),))
    record = Record(minutes=30, items=(ItemRecord(key="item-1", use="page", minutes=20),), answers=(answer,))
    viewer = Viewer(NURSING)

    seen = viewer.view_session(session, viewer.name_questions(record, session))
    (item,) = seen.items
    assert (item.model, item.questions[0].text) == ("A page", "What does nurse need?")
    assert viewer.view_model(page).opening == "For nurse."
    assert (item.title, item.asked, item.answer) == (typed, typed, typed)
    assert (seen.facts["place"], *seen.notes) == (typed, typed)


# --- scenes

SCENES = """title: Counselling
words: {person: the client, people: clients}
scenes:
  kolb-cycle.experience.order: What did {person} say first?
  kolb-cycle.experience.places:
    text: Who sat where?
    hint: Draw the two chairs.
    plain: Where did {person} sit?
  kolb-cycle.experience.beginning: {hint: The door closing.}
  kolb-cycle.trying.try: {plain: What will you try?}
"""
STAGED = read_wording("counselling", SCENES)


def changes_no_more(given: Wording) -> bool:
    """
    Whether a wording gives every question of ours the words of its scene, and changes nothing else of any.
    """
    told = {scene.key: scene for scene in given.scenes}
    for key in our_catalogue():
        for question in our_catalogue().model(key).asks:
            staged = given.stage(question)
            scene = told.get(question.key)
            own = (question.text, question.hint, question.plain)
            if scene is not None:
                hint = scene.hint or ("" if scene.text else question.hint)
                own = (scene.text or question.text, hint, scene.plain or question.plain)
            if (staged.text, staged.hint, staged.plain) != own:
                return False
            if attrs.evolve(staged, text="…", hint="", plain="") != attrs.evolve(question, text="…", hint="", plain=""):
                return False
    return True


@pytest.mark.parametrize("given", [STAGED, *map(wording, wording_names())], ids=lambda each: each.title)
def test_a_scene_changes_the_words_of_its_question_alone(given: Wording) -> None:
    """
    Key, ring, answering, tags and all other questions stay as they are on the page.
    """
    assert changes_no_more(given)


def _stages_all_of_a_part(given: Wording, question: Question) -> Question:
    near = (scene for scene in given.scenes if scene.key.rpartition(".")[0] == question.key.rpartition(".")[0])
    return next((scene.of(question) for scene in near), question)


def _gives_it_another_key(given: Wording, question: Question) -> Question:
    staged = _stage(given, question)
    return staged if staged == question else attrs.evolve(staged, key=f"{question.key}.{given.key}")


def _keeps_the_hint(given: Wording, question: Question) -> Question:
    return attrs.evolve(_stage(given, question), hint=question.hint)


_stage = Wording.stage


@pytest.mark.parametrize("impostor", [_stages_all_of_a_part, _gives_it_another_key, _keeps_the_hint])
def test_a_scene_that_reaches_further_is_noticed(impostor: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A scene that is also put to the next question, that takes a key along, or that leaves the page's hint is none.
    """
    monkeypatch.setattr(Wording, "stage", impostor)

    assert not changes_no_more(STAGED)


def test_scenes_are_printed_wherever_the_wording_is() -> None:
    """
    A worksheet says the scene, its hint and, in plain words, its plain form; what comes after is as it was before.
    """

    def printed(name: str | Wording, **options: bool) -> str:
        return " ".join(reflect.render("kolb-cycle", "cards", to="txt", wording=name, **options).decode().split())

    ours = attrs.evolve(wording("counselling"), scenes=STAGED.scenes)
    first, staged, plain, last = printed("general"), printed(ours), printed(ours, plain=True), printed("general")

    assert first == last
    assert "What did the client say first?" in staged
    assert "Draw the two chairs." in staged
    assert "The door closing." in staged
    assert "Where was everyone sitting or standing?" not in staged
    assert "The car, the door" not in staged
    assert "Where did the client sit?" in plain
    assert "What will you try?" in plain


def test_answers_in_a_scene_belong_to_the_question() -> None:
    """
    A worksheet in a wording with scenes is read back under the keys of the page, and under the words that it had.
    """
    wanted = "morrison-444.cycle.reflection"
    found = {}
    for name in ("general", "counselling"):
        filled = filled_in(reflect.document("morrison-444", "worksheet", wording=name))
        found[name] = {each.key: (each.text, f"{each.asked} {each.hint}") for each in read(word.write(filled)).answers}

    assert found["general"].keys() == found["counselling"].keys()
    assert {key: text for key, (text, _) in found["general"].items()} == {
        key: text for key, (text, _) in found["counselling"].items()
    }
    assert "to be the therapist in the room" in found["counselling"][wanted][1]


@pytest.mark.parametrize(
    ("scenes", "line", "what"),
    [
        ("- a", 3, "'scenes' does not hold questions by key"),
        ("a: What?", 4, "'a' is not the key of a question"),
        ("k.a: ''", 4, "'text' of the scene 'k.a' has no words"),
        ("k.a:\n  - b", 4, "the scene 'k.a' says nothing that can be read"),
        ("k.a:\n    txt: What?", 4, "'txt' of the scene 'k.a' is not known"),
        ("k.a: {txt: What?}", 4, "'txt' of the scene 'k.a' is not known"),
        ("k.a: {text: What?, plain: 'What, or pass?'}", 4, "'plain' of the scene 'k.a' says 'or pass'"),
        ("k.a: What of {persn}?", 4, "needs the word 'persn', which this wording does not have"),
        ("k.a: {text: What?, hint: 'a {b}'}", 4, "needs the word 'b', which this wording does not have"),
    ],
)
def test_a_wrong_scene_says_what_is_wrong(scenes: str, line: int, what: str) -> None:
    """
    Each fault of a scene is told at its line.
    """
    with pytest.raises(Faults) as caught:
        read_wording("w", f"words:\n  person: the client\nscenes:\n  {scenes}\n")

    assert [(fault.line, what in fault.what) for fault in caught.value.faults] == [(line, True)]


def test_scenes_without_any_are_none() -> None:
    """
    A name without a value is as if it were not there; an escaped brace is a brace.
    """
    assert read_wording("w", "words: {person: a}\nscenes:\n").scenes == ()
    (scene,) = read_wording("w", "words: {person: a}\nscenes:\n  k.a: What of \\{that}?\n").scenes
    assert STAGED.fill(scene.text) == "What of {that}?"


def test_check_knows_the_questions(tmp_path: Path) -> None:
    """
    A scene of a question that nobody asks is a fault with the nearest; of a page that is not ours, advice; and a scene
    is held to what a question is held to.
    """
    pytest.importorskip("breame")
    pytest.importorskip("pyphen")
    general = (Path(reflect.__file__).parent / "wordings" / "general.yaml").read_text("utf-8")
    file = tmp_path / "ours.yaml"

    def told(*scenes: str) -> tuple[list[str], list[str]]:
        file.write_text(f"{general}scenes:\n" + "".join(f"  {each}\n" for each in scenes), "utf-8")
        (found,) = check(file, advise=True)
        return [str(each) for each in found.faults], [str(each) for each in found.advice]

    faults, _ = told("kolb-cycle.experience.ordr: What?", "kolb-cycel.experience.order: What?")
    lines = general.count("\n")
    assert faults[0].startswith(f"{file}:{lines + 2}: the page 'kolb-cycle' asks nothing called")
    assert "Did you mean 'kolb-cycle.experience.order'?" in faults[0]
    assert "Did you mean 'kolb-cycle'?" in faults[1]
    _, advice = told("our-own-page.first.one: What was there?")
    assert ["'our-own-page' is not a page of ours" in each for each in advice] == [True]
    _, advice = told(
        "kolb-cycle.experience.order: Did you see it?", "kolb-cycle.experience.places: {plain: What got in the way?}"
    )
    assert [each.rpartition(" ")[2] for each in advice] == ["(closed)", "(plain-image)"]
    assert told("kolb-cycle.experience.order: What was there?") == ([], [])


@pytest.mark.parametrize("name", wording_names())
def test_our_own_scenes_are_in_order(name: str) -> None:
    """
    Each is a scene of one of our questions, in words that need no advice.
    """
    pytest.importorskip("breame")
    pytest.importorskip("pyphen")
    (found,) = check(Path(reflect.__file__).parent / "wordings" / f"{name}.yaml", advise=True)

    assert (found.faults, found.advice) == ((), ())


def test_professions_that_do_not_knock_on_doors_have_scenes() -> None:
    """
    A counsellor, a coach or a nurse explains what happened, and is contradicted, among people of their own work.
    """
    for name in ("counselling", "coaching", "nursing"):
        keys = {scene.key for scene in wording(name).scenes}
        assert {"morrison-444.cycle.analysis.best", "morrison-444.cycle.analysis.barrister"} <= keys


def test_no_paper_of_peers_is_for_a_supervision_file() -> None:
    """
    They have none. A wording that was written before there was a word for it has the general one.
    """
    older = attrs.evolve(wording("peers"), key="ours", words=tuple(w for w in wording("peers").words if w[0] != "file"))
    papers = ("record", "short-record", "agreement", "first-session", "annual-review")
    for name in papers:
        what = "arrive@5 + kolb-cycle@40 + close@9" if name.endswith("record") else None
        assert "supervision file" not in reflect.document(what, name, wording="peers").limits
        assert "For the supervision file" in reflect.document(what, name, wording="social-work").limits
    assert older.word("file") == wording("general").word("file")
