"""
Records on the page: open them, see what is in them, fill them in, close and sign them, copy and compare them.

Each function takes what is open and what the page gives, and returns plain values for the page, and the bytes of files.
Nothing that the person at the page may not read is in what it returns, or in a file that it makes.
"""

from __future__ import annotations

import contextlib
import datetime
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

import attrs

from reflect.between_sessions.closing import ACTION_ROW, Closed, ClosingRemark, close, name_of_paper
from reflect.errors import ReflectError, Refused, UnknownKey
from reflect.interchange.values import to_json
from reflect.pages.catalogues import our_catalogue
from reflect.planner.form_words import OF_SIGNING, titles_with_names, usual_times, with_names
from reflect.planner.opened import OpenedPaper, OpenedPapers, reader_at_page, says_the_same
from reflect.planner.places import PageField, Section, filled_page, places_of
from reflect.planner.steps import steps_of
from reflect.planner.words import read_words, word_for
from reflect.planner.written import Given, Told, list_of, need_text, object_of, tell_file, text_of, texts_of
from reflect.planning.kept_plans import name_of_plan
from reflect.planning.last_time import actions_after, day_of_record
from reflect.questions.rings import ANYONE, Reader, Ring
from reflect.reading_back.closed_papers import state_of
from reflect.reading_back.from_saved_page import record_of_saved_page
from reflect.rendering.rendering import Rendering
from reflect.safekeeping.closing import says_anything
from reflect.safekeeping.own_copies import KIND
from reflect.sessions.attendance import RECORDS
from reflect.sessions.journal import JournalEntry
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import SIGNING, Action, Agreement, Answered, PaperState, Reading, SignOff
from reflect.sessions.record import Record
from reflect.text.nodes import Document
from reflect.text.prose import day_in_words


def look_at(opened: OpenedPapers, given: Given) -> Told:
    """
    Return again what is in a paper; with ``mine``, whoever is at the page says that they are its author.
    """
    paper = opened.paper(given.get("number"))
    if "mine" in given:
        paper = attrs.evolve(paper, mine=given["mine"] is True)
        opened.keep(paper)
    return show(opened, paper, text_of(given, "who"))


def put_away(opened: OpenedPapers, given: Given) -> Told:
    """
    Let go of one paper, and of the plan that was begun with it.
    """
    paper = opened.paper(given.get("number"))
    for other in [each for each in opened.papers.values() if each.of == paper.number]:
        del opened.papers[other.number]
    del opened.papers[paper.number]
    return {"number": paper.number}


# --- what is in a paper


def show(opened: OpenedPapers, paper: OpenedPaper, who: str) -> Told:
    """
    Return what is in a paper, as far as whoever is at the page may read it.
    """
    told: Told = {"number": paper.number, "name": paper.name}
    if not isinstance(paper.value, Record):
        plan = paper.value.visible_to(reader_at_page(Ring.PAIR, who))
        topics = [each.topic.title for each in plan.brought]
        return {
            **told,
            "kind": "plan",
            "date": day_in_words(plan.day),
            "topics": topics,
            "beside": _is_beside_record(opened, paper),
        }
    ring = opened.ring(paper.record)
    told |= {"kind": paper.record.document, "ring": str(ring), "mine": paper.mine, "form": paper.form}
    if reader_at_page(ring, who, mine=paper.mine) == ANYONE and ring is not Ring.OPEN:
        return {**told, "shut": "author" if ring is Ring.OWN else "who"}
    record, made = for_reader(opened, paper, who), document_if_any(opened, paper, who)
    sections = places_of(made) if made else []
    signs = record.document != KIND and any(place["form"] == "sign" for place in _all_places(sections))
    why_not = why_nothing_follows(record, has_day=any(place["name"] == "date" for place in _all_places(sections)))
    titles = titles_with_names(sections)
    reading = record.reading or Reading()
    doubts = (
        {"place": titles.get(key) or _question_over(record, key) or key, "key": key, "what": what}
        for key, what in reading.doubts
    )
    return {
        **told,
        "title": made.label or made.title if made else record.document,
        "limits": made.limits if made else "",
        "facts": [{"key": key, "text": text} for key, text in record.facts],
        "items": _list_items(opened, record),
        "answers": [_tell_answer(each, titles) for each in record.answers],
        "before": [_tell_action(each) for each in record.before],
        "actions": [_tell_action(each) for each in record.actions],
        # What is still to be done is what comes back next time: one count, wherever it is told.
        "open": [_tell_action(each) for each in actions_after(record) if each.open],
        "decisions": [
            {"what": each.what, "why": each.why, "who": each.who, "ring": str(each.ring)} for each in record.decisions
        ],
        "signed": [_tell_signature(each) for each in record.signed],
        "state": _tell_state(paper.record),
        "doubts": list(doubts),
        "notes": [in_words(note, words_of_keys(record, titles)) for note in reading.notes],
        "sections": with_names(sections, _usual(opened, paper, record)),
        "signs": signs,
        "gives": [
            each for each in SIGNING if any(place["name"] == f"{OF_SIGNING}{each}" for place in _all_places(sections))
        ],
        "steps": steps_of(opened, attrs.evolve(paper, value=record), signs=signs) if record.document != KIND else [],
        "follows": not why_not,
        "why_not": why_not and str(read_words()[f"records.nothing-follows.{why_not}"]),
    }


def _usual(opened: OpenedPapers, paper: OpenedPaper, record: Record) -> dict[str, str]:
    """
    Return what the plan says would stand on a record, by the names of its places, as long as nothing is written there.
    """
    plan = None if says_anything(record) else opened.plan_of(paper)
    return usual_times(plan.value) if plan is not None and isinstance(plan.value, KeptPlan) else {}


def _is_beside_record(opened: OpenedPapers, plan: OpenedPaper) -> bool:
    """
    Tell whether the record of the hour that a plan was kept of is open, so that the plan is read with it.
    """
    records = [each for each in opened.papers.values() if isinstance(each.value, Record)]
    return any(found is not None and says_the_same(found, plan) for found in map(opened.plan_of, records))


def why_nothing_follows(record: Record, *, has_day: bool) -> str:
    """
    Return why no hour can follow from a record; empty if one can.

    Args:
        has_day: Whether its paper has a place for the day.
    """
    if record.document == KIND:
        return "own-copy"
    with contextlib.suppress(Refused):
        day_of_record(record)
        return ""
    return "no-day" if has_day or record.document in RECORDS else "no-record"


def _all_places(sections: Iterable[Section]) -> Iterator[PageField]:
    return (place for each in sections for line in each["lines"] for place in line)


def for_reader(opened: OpenedPapers, paper: OpenedPaper, who: str) -> Record:
    """
    Return a record as whoever is at the page may read it. How it was read names places, so that what is not theirs to
    read takes that away, but for the places that are.
    """
    whole = paper.record
    record = whole.visible_to(reader_at_page(opened.ring(whole), who, mine=paper.mine))
    reading = whole.reading
    if reading is None or record == whole:
        return attrs.evolve(record, reading=reading)
    known = {*(each.key for each in record.answers), *(name for name, _ in record.facts)}
    doubts = tuple(pair for pair in reading.doubts if pair[0] in known)
    return attrs.evolve(record, reading=Reading(doubts=doubts, state=reading.state))


def papers_for_next(opened: OpenedPapers, numbers: Iterable[int], who: str) -> list[Record | KeptPlan]:
    """
    Return opened papers for the plan that follows from them, as whoever is at the page may read them.

    Raises:
        Refused: One is not open any more, not theirs to read, or nothing follows from it.
    """
    papers = [opened.paper(number) for number in numbers]
    for paper in papers:
        if isinstance(paper.value, Record):
            needed_reader(opened, paper, who)
            _refuse_if_nothing_follows(opened, paper, who)
    _refuse_plans_of_others(opened, papers)
    return [
        for_reader(opened, paper, who)
        if isinstance(paper.value, Record)
        else paper.value.visible_to(reader_at_page(Ring.PAIR, who))
        for paper in papers
    ]


def plan_at_page(opened: OpenedPapers, number: object, who: str) -> KeptPlan:
    """
    Return a plan that was kept, as whoever is at the page may read it.

    Raises:
        Refused: It is not open any more, it is a record, or whoever is here is neither of the two.
    """
    plan = opened.paper(number).value
    if not isinstance(plan, KeptPlan):
        raise Refused("this is a record; plan the next hour from it", "paper")
    reader = reader_at_page(Ring.PAIR, who)
    if reader == ANYONE:
        raise Refused("a plan belongs to the two of you; say who you are, and open it again", "who")
    return plan.visible_to(reader)


def _refuse_if_nothing_follows(opened: OpenedPapers, paper: OpenedPaper, who: str) -> None:
    if why_nothing_follows(paper.record, has_day=True):
        told = show(opened, paper, who)
        raise Refused(f"{paper.name}: {told['why_not']}", "paper")


def _refuse_plans_of_others(opened: OpenedPapers, papers: Sequence[OpenedPaper]) -> None:
    """
    Refuse a plan that cannot be that of a record beside it: it is another pair's, or of another day, and has their
    words.
    """
    records = [paper for paper in papers if isinstance(paper.value, Record)]
    plans = [paper for paper in papers if isinstance(paper.value, KeptPlan)]
    others = [plan for plan in plans if not any(opened.may_be_plan_of(plan, record) for record in records)]
    if records and others and isinstance(plan := others[0].value, KeptPlan):
        raise Refused(
            f"the plan of {day_in_words(plan.day)} is not that of the record; it may be of another session, or of "
            "somebody else's, so leave it out",
            "paper",
        )


def _document(opened: OpenedPapers, paper: OpenedPaper, who: str) -> Document:
    """
    Return the paper of a record, filled in, with its own looks.
    """
    record = paper.record
    reader = reader_at_page(opened.ring(record), who, mine=paper.mine)
    return _rendering(opened, paper, reader, "json").document(record)


def document_if_any(opened: OpenedPapers, paper: OpenedPaper, who: str) -> Document | None:
    """
    Return the same; None if it cannot be made here, as without its template. It is still read.
    """
    with contextlib.suppress(ReflectError):
        return _document(opened, paper, who)
    return None


def _rendering(opened: OpenedPapers, paper: OpenedPaper, reader: Reader, to: str) -> Rendering:
    return Rendering(
        name=paper.record.document,
        to=to,
        reader=reader.name,
        looks=paper.looks,
        plain=paper.plain,
        models=opened.models,
        templates=opened.templates,
    )


def _list_items(opened: OpenedPapers, record: Record) -> list[Told]:
    models = our_catalogue() if opened.models is None else opened.models
    titles = {head.key: head.title for head in models.heads()} if record.items else {}
    return [
        {
            "title": titles.get(item.use, item.use),
            "minutes": item.minutes,
            "outcome": str(item.outcome or ""),
            "until": item.until,
            "topics": [
                {
                    "title": each.topic.title,
                    "ring": str(each.topic.ring),
                    "whose": each.whose,
                    "became": str(each.became or ""),
                }
                for each in item.brought
            ],
        }
        for item in record.items
    ]


def _question_over(record: Record, key: str) -> str:
    return next((each.asked for each in record.answers if each.key == key), "")


def _tell_answer(answered: Answered, titles: Mapping[str, str]) -> Told:
    place = titles.get(answered.key) or answered.asked or answered.key
    return {
        "key": answered.key,
        "place": place,
        "hint": answered.hint,
        "text": answered.text,
        "ring": str(answered.ring),
    }


def _tell_action(action: Action) -> Told:
    told = {"what": action.what, "who": action.who, "by": action.by, "case": action.case, "id": action.id}
    told["agreed"] = action.agreed
    return {**told, "state": str(action.state), "open": action.open, "ring": str(action.ring)}


def _tell_signature(sign: SignOff) -> Told:
    said = {"name": sign.name, "date": sign.date, "comments": sign.comments}
    return {"role": sign.role, "agreement": str(sign.agreement or ""), **said}


def _tell_state(record: Record) -> Told:
    """
    Tell whether a paper is closed, and what has changed since; its places are those of the paper itself.
    """
    state = state_of(record)
    changes = [str(change) for change in state.changes]
    known = state if record.closed or state.changes else PaperState()
    return {
        "closed": record.closed is not None,
        "sentence": str(known),
        "changes": changes,
        "day": day_in_words(datetime.date.fromisoformat(day))
        if (day := record.closed.day if record.closed else "")
        else "",
    }


# --- filling in


def fill(opened: OpenedPapers, given: Given) -> Told:
    """
    Write what was filled in on the page into a paper, and return what is in it now.

    Args:
        given: ``number`` of the paper, ``who`` is at the page; ``form``, the number of what they were shown; and by the
            names of their places, ``answers``, ``tables`` and ``signed``.
    """
    paper, who = opened.paper(given.get("number")), text_of(given, "who")
    form = given.get("form", paper.form)
    base = paper.filled_on(form)
    made = _document(opened, attrs.evolve(paper, value=base), who)
    tables = {
        name: [[need_text(cell, "tables") for cell in list_of(row, "tables")] for row in list_of(rows, "tables")]
        for name, rows in object_of(given.get("tables"), "tables").items()
    }
    signed = {name: texts_of(sign, "signed") for name, sign in object_of(given.get("signed"), "signed").items()}
    answers = texts_of(given.get("answers"), "answers")

    def join(answers: Mapping[str, str]) -> Record:
        return _join(base, made, _read_filled(opened, made, answers, tables, signed), signs=bool(signed))

    record, usual = join(answers), _usual(opened, paper, base)
    # What the page has put there counts as written when somebody has written something themselves.
    untouched = {name: "" for name, text in usual.items() if answers.get(name) == text}
    if untouched and not says_anything(without := join({**answers, **untouched})):
        record = without
    if record != paper.record:
        paper = attrs.evolve(
            paper, value=record, data=b"", entry=None, base=(form if isinstance(form, int) else paper.form, base)
        )
    return show(opened, opened.keep(paper), who)


def _read_filled(
    opened: OpenedPapers,
    made: Document,
    answers: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[str]]],
    signed: Mapping[str, Mapping[str, str]],
) -> Record:
    page = filled_page(made, answers, tables, signed)
    return record_of_saved_page(page, models=opened.models, templates=opened.templates)


def _join(before: Record, made: Document, after: Record, *, signs: bool) -> Record:
    """
    Return what was filled in, with what the paper has no place for; an answer that is as it was keeps its looks.

    Args:
        signs: Whether the form had places to sign. If not, who has signed has signed still.
    """
    places = {place["name"] for place in _all_places(places_of(made))}
    known = {each.key: each for each in before.answers}

    def as_before(answered: Answered) -> Answered:
        old = known.get(answered.key)
        return old if old is not None and old.text == answered.text else answered

    answers = [*map(as_before, after.answers)]
    for n, each in enumerate(before.answers):
        if each.key not in places and all(each.key != other.key for other in answers):
            earlier = {other.key for other in before.answers[:n]}
            at = max((i for i, other in enumerate(answers, 1) if other.key in earlier), default=0)
            answers.insert(at, each)
    facts = {**{name: text for name, text in before.facts if name not in places}, **dict(after.facts)}
    return attrs.evolve(
        after,
        answers=tuple(answers),
        facts=tuple(facts.items()),
        actions=after.actions if "actions" in places else before.actions,
        decisions=after.decisions or before.decisions,
        signed=after.signed if signs and any(name.startswith("sign.") for name in places) else before.signed,
        passed=before.passed,
        closed=after.closed or before.closed,
        claimed=before.claimed or after.claimed,
    )


def save(opened: OpenedPapers, given: Given) -> Told:
    """
    Return a paper as a file: as Word, with places to go on writing, or as JSON.

    Args:
        given: ``number`` of the paper, ``who`` is at the page, and ``to``: docx or json.
    """
    paper, who = opened.paper(given.get("number")), text_of(given, "who")
    reader = needed_reader(opened, paper, who)
    record = paper.record.visible_to(reader)
    base = name_of_paper(Path(paper.name), record)
    if text_of(given, "to") == "json":
        return {"file": tell_file(f"{base}.json", to_json(record).encode("utf-8", "replace")), "left_out": []}
    rendering = _rendering(opened, paper, reader, "docx")
    made = rendering.make(record)
    titles = titles_with_names(places_of(made.document))
    left_out = [titles.get(key) or _question_over(record, key) or key for key in made.left_out]
    return {"file": tell_file(f"{base}.docx", rendering.write(made.document)), "left_out": left_out}


def needed_reader(opened: OpenedPapers, paper: OpenedPaper, who: str) -> Reader:
    """
    Return the reader at the page.

    Raises:
        Refused: The paper is not theirs to read.
    """
    ring = opened.ring(paper.record)
    reader = reader_at_page(ring, who, mine=paper.mine)
    if reader == ANYONE and ring is not Ring.OPEN:
        raise Refused("this paper is not for whoever is at the page; say who you are, and open it again", "who")
    return reader


# --- closing and signing


def close_paper(opened: OpenedPapers, given: Given) -> Told:
    """
    Close a paper, so that the two can sign it; or, if they have signed it, return the copy that each of them keeps.

    Args:
        given: ``number`` of the paper, ``who`` is at the page, ``again`` if it has changed since it was closed,
            ``unsigned`` if nobody will sign it, and the ``day`` of closing, as in 2026-03-04.
    """
    paper, who = opened.paper(given.get("number")), text_of(given, "who")
    needed_reader(opened, paper, who)
    again = given.get("again") is True
    state = state_of(paper.record)
    if paper.record.closed and state.changes and not again:
        changes = [str(change) for change in state.changes[:_MOST_CHANGES]]
        return {"done": "", "since": state.since, "changes": changes, "files": [], "notes": [], "doubts": []}
    day, made = _day_of(given), document_if_any(opened, paper, who)
    titles = titles_with_names(places_of(made)) if made else {}
    known = {**_topics_of_plan(opened, paper, who), **words_of_keys(for_reader(opened, paper, who), titles)}
    if for_reader(opened, paper, who) != paper.record:  # what is not theirs to read gets on no paper of theirs
        paper = attrs.evolve(paper, value=for_reader(opened, paper, who), data=b"")
    closed = _close(opened, paper, again=again, unsigned=given.get("unsigned") is True, day=day)
    word = next((file for file in closed.files if file.name.endswith(".docx")), None)
    if word is not None:
        paper = attrs.evolve(paper, name=word.name, data=word.data, value=opened.read(word.data))
    opened.keep(attrs.evolve(paper, entry=closed.entry))
    return {
        "done": closed.done,
        "signed_by": list(closed.signed_by),
        "files": _list_files(closed),
        "doubts": [in_words(doubt, known) for doubt in closed.doubts],
        "notes": [*_tell_remarks(closed.remarks, {**known, **_rows_of_actions(closed.record)})],
        "journal": closed.entry is not None,
    }


#: So many places that have changed are named.
_MOST_CHANGES = 20


def _close(opened: OpenedPapers, paper: OpenedPaper, *, again: bool, unsigned: bool, day: datetime.date) -> Closed:
    """
    Close a paper in a folder of its own, beside the plan that was kept of it, as on a disk.
    """
    with tempfile.TemporaryDirectory() as folder:
        name = PurePath(paper.name)
        stem = name.stem if re.fullmatch(r"[\w-]{1,80}", name.stem, re.ASCII) else "paper"
        file = Path(folder, f"{stem}.docx" if paper.data.startswith(b"PK") else f"{stem}.json")
        file.write_bytes(paper.data or to_json(paper.record).encode("utf-8", "replace"))
        plan = opened.plan_of(paper)
        if plan is not None and isinstance(plan.value, KeptPlan):
            Path(folder, name_of_plan(plan.value.date)).write_bytes(to_json(plan.value).encode())
        return close(
            file,
            day=day,
            again=again,
            unsigned=unsigned,
            looks=paper.looks,
            plain=paper.plain,
            models=opened.models,
            templates=opened.templates,
        )


def entry_of_copy(opened: OpenedPapers, paper: OpenedPaper) -> JournalEntry | None:
    """
    Return what a journal gets of a copy that somebody has kept, as it got it when the copy was made.
    """
    return _close(opened, paper, again=False, unsigned=True, day=datetime.date.today()).entry


def _tell_remarks(remarks: Iterable[ClosingRemark], known: Mapping[str, str]) -> Iterator[str]:
    """
    Give what the two should look at, for people who have read nothing: one sentence of each sort, with words for keys.
    """
    about: dict[str, list[str]] = {}
    for each in remarks:
        about.setdefault(each.what, []).extend(known.get(name, "") for name in each.about)
    roles = {role: word_for(f"records.keeper.{role}") for role in SIGNING}
    for what, found in about.items():
        if what == "next-time":
            yield from (str(each) for each in remarks if each.what == what)
            continue
        named = [roles.get(each, f"“{each}”") if each else word_for("records.note.something") for each in found]
        *most, last = dict.fromkeys(named) if named else ("",)
        many = word_for("moved.and").join(filter(None, (", ".join(most), last)))
        yield word_for(f"records.note.{what}", n=len({*named}), what=many)


def _rows_of_actions(record: Record) -> dict[str, str]:
    return {f"{ACTION_ROW}{n}": action.what for n, action in enumerate(record.actions, 1)}


def _list_files(closed: Closed) -> list[Told]:
    """
    Return the files of a closed paper, each once, with whose folder it goes into.
    """
    keepers: dict[str, list[str]] = {}
    for file in closed.files:
        keepers.setdefault(file.name, []).extend(filter(None, [file.folder]))
    files = {file.name: file.data for file in closed.files}
    return [{**tell_file(name, data), "keepers": keepers[name]} for name, data in files.items()]


def words_of_keys(record: Record, titles: Mapping[str, str]) -> dict[str, str]:
    """
    Return what people call what a note names by its key or its id: places, topics and actions.

    A key that is a word of its own, such as ``support``, stays as it is.
    """
    asked = {each.key: each.asked for each in record.answers if each.asked}
    topics = {each.topic.id: each.topic.title for each in record.brought}
    actions = {each.id: each.what for each in (*record.before, *record.actions)}
    known = {**asked, **titles, **topics, **actions}
    return {key: words for key, words in known.items() if key and words and not key.isalpha()}


def _topics_of_plan(opened: OpenedPapers, paper: OpenedPaper, who: str) -> dict[str, str]:
    """
    Return the words of topics that no record may have, by their ids: the plan that was kept of it knows them.
    """
    plan = opened.plan_of(paper)
    if plan is None or not isinstance(plan.value, KeptPlan):
        return {}
    seen = plan.value.visible_to(reader_at_page(Ring.PAIR, who))
    return {each.topic.id: each.topic.title for each in seen.brought if each.topic.id}


def in_words(note: str, known: Mapping[str, str]) -> str:
    """
    Return a note for people on the page: with words for keys, and without the command that it ends with.
    """
    note = re.sub(r":? reflect [a-z]+(?: [A-Z]+)+\Z", "", note)
    keys = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.sub(rf"(?<![\w.-])(?:{keys})(?![\w-]|\.\w)", lambda match: f"“{known[match[0]]}”", note) if keys else note


def _day_of(given: Given) -> datetime.date:
    day = text_of(given, "day")
    try:
        return datetime.date.fromisoformat(day) if day else datetime.date.today()
    except ValueError:
        raise Refused("the day cannot be read; write it like 2026-03-04", "day") from None


def sign(opened: OpenedPapers, given: Given) -> Told:
    """
    Sign a closed paper, and return what is in it now. Nothing is signed that can still change without anybody seeing.

    Args:
        given: ``number`` of the paper, ``who`` is at the page; ``role`` of who signs, their ``agreement``, ``name``,
            ``date`` and ``comments``; ``copy``, whether they have been given one.
    """
    paper, who = opened.paper(given.get("number")), text_of(given, "who")
    needed_reader(opened, paper, who)
    record, role, closing = paper.record, text_of(given, "role"), paper.record.closed
    if role not in SIGNING:
        raise UnknownKey(role, SIGNING, "role")
    if closing is None:
        raise Refused("it is not closed yet, so its words may still change; close it, and then sign it", "paper")
    if state_of(record).changes:
        raise Refused("its words have changed since it was closed; close it again, and then sign it", "paper")
    said, name = Agreement.of_option(text_of(given, "agreement")), " ".join(text_of(given, "name").split())
    if said is None:
        raise Refused("nobody has said yet whether they agree; choose one of the three, and then sign", "agreement")
    if not name:
        raise Refused("nobody has signed without a name; write yours, or your initials, and then sign", "name")
    record = _with_copy_given(opened, paper, who, role) if given.get("copy") is True else record
    signature = SignOff(
        role=role,
        agreement=said,
        name=name,
        date=text_of(given, "date"),
        comments=text_of(given, "comments"),
        fingerprint=closing.fingerprint,
    )
    signed = {each.role: each for each in (*record.signed, signature)}
    signed_in_order = tuple(signed[each] for each in SIGNING if each in signed)
    changed = attrs.evolve(paper, value=attrs.evolve(record, signed=signed_in_order), data=b"", entry=None)
    return show(opened, opened.keep(changed), who)


def _with_copy_given(opened: OpenedPapers, paper: OpenedPaper, who: str, role: str) -> Record:
    """
    Return a record on which it is ticked that somebody has a copy, if it has a place for that. It may be ticked when
    the words are settled.
    """
    made = _document(opened, paper, who)
    ticked = {
        place["name"]: place["options"][0]
        for place in _all_places(places_of(made))
        if place["name"] == f"{OF_SIGNING}{role}"
    }
    return (
        _join(paper.record, made, _read_filled(opened, made, ticked, {}, {}), signs=False) if ticked else paper.record
    )


# --- the own copy, and comparing
