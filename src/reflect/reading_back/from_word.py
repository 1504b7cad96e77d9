"""
Reads the record in a filled Word file.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.files.office import NotOpened, Package
from reflect.formats.word.ledger import anchor
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.rings import Ring, narrowest
from reflect.reading_back.agreed import LOG, read_log, settle_agreed
from reflect.reading_back.blank import PlaceShape, blank_of, keys_by_tag
from reflect.reading_back.claims import NO_CLAIM, Claim, PaperRings
from reflect.reading_back.closed_papers import (
    ReturnedWords,
    find_lost_fingerprint,
    paragraphs_without_tags,
    printed_lines,
    texts_in_edges,
)
from reflect.reading_back.edges import typed_in_edges
from reflect.reading_back.finding import FilledPaper, FilledPlace, find_answers
from reflect.reading_back.left_out import settle_written
from reflect.reading_back.only_days import only_days
from reflect.reading_back.only_paper import only_paper
from reflect.reading_back.remaking import (
    RemadeBlank,
    as_printed_before,
    guess_origin,
    in_its_layout,
    remake_as_printed,
    words_over_talks,
)
from reflect.reading_back.returned_paper import FoundBy
from reflect.reading_back.several_papers import holds_several_papers
from reflect.reading_back.what_was_brought import READ_AS_BEFORE, WrittenTopics, is_beside_item
from reflect.safekeeping.signing import FINGERPRINT, add_fingerprints, closing_on_paper, printed_fingerprint
from reflect.sessions.acting import STATES, id_of_key, read_line
from reflect.sessions.brought import ASKED, key_of_topic, ring_of_id
from reflect.sessions.canonical import SHAPE
from reflect.sessions.deciding import LOGS
from reflect.sessions.facts import FACTS
from reflect.sessions.frame import is_talk
from reflect.sessions.origin import Origin
from reflect.sessions.parts import (
    UNPLACED,
    Action,
    ActionState,
    Agreement,
    Answered,
    Decision,
    PaperState,
    Reading,
    SignOff,
    Standing,
)
from reflect.sessions.record import Record
from reflect.sessions.typed import LineStretch, fold_text, read_day, read_ticks
from reflect.text.nodes import Document
from reflect.text.prose import Line, LineKind, Run, settle_lines, without_isolation
from reflect.word_files.place_tags import tags_of_key
from reflect.word_files.word_file import Beside, Para, WordFile
from reflect.word_files.word_reading import read_word_file

#: The tables that a record keeps as rows rather than as an answer.
_TABLES = ("actions", "decisions")
#: A fingerprint with the remark behind it, such as that words have changed since.
_PRINTED_FINGERPRINT = re.compile(rf"{SHAPE.pattern}(?:\s*\([^()]*\))?")
#: The bookmark of a place for an action from last time, which has its id in it.
_BOOKMARK = re.compile("_rf_before_([0-9]{4})_([0-9]{2})_([0-9]{2})_([a-z][0-9]+)_[0-9a-f]{8}")
#: The places beside somebody's agreement.
_BESIDE_AGREEMENT = ("name", "date", "comments")


def record_of_word_file(
    package: Package,
    *,
    of: Document | None = None,
    claim: Claim = NO_CLAIM,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Record:
    """
    Return the record in a filled Word file. `reflect.read` explains the options.

    Raises:
        NotOpened: It has more than one paper in it.
    """
    word_file = only_paper(read_word_file(package))
    rings = PaperRings.of(word_file.about, word_file.place_tags, claim)
    if "brought" not in word_file.about:  # a claim says nothing of what was on the paper
        rings.origin = as_printed_before(attrs.evolve(rings.origin, brought=None), word_file)
    rings.origin = in_its_layout(rings.origin, word_file, models, templates, claimed=bool(rings.claimed))
    origin = rings.origin
    if rings.claimed and not origin.uses:
        origin = guess_origin(origin, word_file, models, templates)
    origin = attrs.evolve(origin, marks=tuple(dict.fromkeys((*origin.marks, *_keys_before(word_file)))))
    # A blank that is made today asks other things than a paper of earlier versions, or one with boxes.
    texts = [para.text for para in word_file.paras]
    another = of is not None and Origin.of_about(dict(of.about)).has_entries != origin.has_entries
    again = (origin.earlier or another) and origin.uses
    earlier = remake_as_printed(texts, origin, None, models, templates) if again else None
    remade = earlier or remake_as_printed(texts, origin, of, models, templates)
    keys = [each.key for each in rings.origin.answers]
    if remade is None:
        blank = blank_of(word_file, keys, filled=True)
    elif remade.blank.covers(word_file):
        blank = remade.blank
    else:
        blank = remade.blank.with_places(blank_of(word_file, keys, filled=True))
    if holds_several_papers(word_file, blank, remade.blank if remade else None):
        raise NotOpened("several-papers")
    rings.know_places(keys_by_tag(blank.places))
    catalogue = our_catalogue() if models is None else models
    reading = RecordReader(word_file, rings, remade, find_answers(word_file, blank), catalogue)
    if not reading.origin.earlier and reading.has_talks:
        reading.over_talks = words_over_talks(origin, models, templates)
    return reading.read()


def _keys_before(word_file: WordFile) -> Iterator[str]:
    """
    Give the keys of the places for actions from last time, which a file has in its tags and its bookmarks.
    """
    for para in word_file.paras:
        for tag in para.tags:
            if id_of_key(key := tag.rpartition(".")[0]):
                yield key
        for name in para.anchors:
            key = re.sub(_BOOKMARK, r"before.\1-\2-\3.\4", name)
            if id_of_key(key) and anchor(key) == name:
                yield key


@attrs.define
class RecordReader:
    """The reading of one paper whose places were found."""

    word_file: WordFile
    rings: PaperRings
    remade: RemadeBlank | None
    paper: FilledPaper
    models: Catalogue
    origin: Origin = attrs.field(init=False)
    places: Mapping[str, FilledPlace] = attrs.field(init=False)
    doubts: list[tuple[str, str]] = attrs.field(factory=list, init=False)
    #: Lines that belong to no place.
    loose: list[Line] = attrs.field(factory=list, init=False)
    #: What is printed over a talk that the paper may not name, and over one about a case.
    over_talks: tuple[str, str] = attrs.field(default=("", ""), init=False)
    #: Words behind an option that are not in their own control any more, by the place they belong in.
    behind_options: dict[str, str] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.origin = self.rings.origin
        self.places = {each.place.key: each for each in self.paper.places}

    def read(self) -> Record:
        topics = self.read_topics()
        items = topics.items()
        answers = list(self.read_answers({item.key for item in items}))
        facts = self.read_facts()
        self.keep_words_in_topics()
        self.keep_words_at_fingerprints()
        last_time = (*self.read_before(), *self.read_log())
        (actions, places), decisions = self.read_actions(), tuple(self.read_decisions())
        signed = self.reopen_sign_offs(tuple(self.read_sign_offs()))
        self.loose += _lines_of(self.paper.unplaced)
        beside, kinds = settle_written(self.word_file.beside)
        self.loose += _lines_of(beside)
        self.loose += _lines_of(self.edges)
        # The signs of a deck are its own, as long as there are no more of them.
        is_deck = self.remade is not None and self.remade.is_deck
        more = self.word_file.kinds.get(Beside.PICTURE, 0) > (self.remade.pictures if self.remade else 0)
        told = [kind for kind in (*self.paper.beside, *kinds) if more or not (is_deck and kind is Beside.PICTURE)]
        self.doubts += [(UNPLACED, str(kind)) for kind in dict.fromkeys(told)]
        notes = [*self.notes_on_file()]
        if self.loose:
            before = next((answer.lines for answer in answers if answer.key == UNPLACED), ())
            lines = (*before, *settle_lines(self.loose))
            answers = [answer for answer in answers if answer.key != UNPLACED]
            ring = self.rings.ring_of_answer(UNPLACED, outside=True)
            answers.append(Answered(key=UNPLACED, ring=ring, lines=lines))
            notes.append("some text belongs to no question; it is kept as 'unplaced'")
        reading = self.how_it_was_read(answers, signed, (*notes, *self.rings.notes()))
        record = Record(
            minutes=self.origin.minutes,
            items=items,
            facts=tuple(facts.items()),
            answers=tuple(answers),
            before=last_time,
            actions=actions,
            decisions=decisions,
            signed=signed,
            document=self.origin.kind or (self.remade.document.kind if self.remade else "unknown"),
            wording=self.origin.wording or "general",
            claimed=self.rings.claimed or self.origin.claimed,
            series=self.origin.series,
            closed=closing_on_paper(self.word_file.about, self.text_in, self.rings.paper),
            reading=reading,
        )
        record = settle_agreed(record, self.origin.ids, places=places, room=self.count_rows("actions"))
        record = only_days(add_fingerprints(record, self.text_in))
        return attrs.evolve(record, reading=attrs.evolve(record.reading or reading, state=self.read_state(record)))

    def read_state(self, record: Record) -> PaperState:
        """
        Return whether the paper is closed, and what has changed since.
        """
        if record.closed is None and not self.origin.kind and find_lost_fingerprint(self.word_file):
            return PaperState(standing=Standing.LOST)
        return ReturnedWords(
            record=record,
            about=self.word_file.about,
            printed=printed_fingerprint(self.text_in),
            lines=printed_lines(self.word_file),
            edges=texts_in_edges(self.word_file),
            paragraphs=paragraphs_without_tags(self.word_file),
            added=bool(self.paper.added or self.edges),
            name_place=self.name_place,
            columns={key: filled.place.columns for key, filled in self.places.items() if filled.place.columns},
            blank_lines=lambda: self.remade.lines() if self.remade else (),
        ).state()

    def name_place(self, key: str) -> str:
        """
        Return the words that people see over a place; empty if it has none.
        """
        asked, hint = self.places[key].question() if key in self.places else ("", "")
        known = self.remade.question(key) if self.remade else ("", "")
        return asked or known[0] or hint or known[1]

    @functools.cached_property
    def edges(self) -> tuple[Para, ...]:
        """
        The paragraphs in headers and footers that somebody typed into.
        """
        if self.remade is None:
            return ()
        return settle_written(typed_in_edges(self.word_file, self.remade.document, self.origin))[0]

    def text_in(self, key: str) -> str | None:
        """
        Return the text in a place; None if the paper does not have the place.
        """
        filled = self.places.get(key)
        return _text_of(filled) if filled else None

    # how the file was read

    def notes_on_file(self) -> Iterator[str]:
        version = self.origin.version
        if self.origin.earlier and self.origin.brought is None:
            yield READ_AS_BEFORE
        if not self.origin.kind:
            yield "nothing in the file shows that reflect made it; it was read by its controls and its words"
        elif self.remade is None:
            yield "its blank cannot be made again here; its answers were found by its own controls and bookmarks alone"
        elif version and version != dict(self.remade.document.about).get("version", version):
            yield f"it was made with version {version} of its page; its questions are kept as they were asked then"
        changes = self.word_file.changes
        if changes.count:
            people = "one person" if changes.people == 1 else f"{changes.people} people"
            count = "one tracked change" if changes.count == 1 else f"{changes.count} tracked changes"
            yield f"{count} by {people}, read as accepted"
        if self.word_file.broken:
            yield "a part of it that we do not need is damaged; save it again in Word before you send it on"
        yield from self.notes_on_kinds()
        if self.word_file.beside:
            yield "it has comments or footnotes; they are kept as 'unplaced'"
        if self.edges:
            yield "words were typed into its header or footer; they are kept as 'unplaced'"

    def notes_on_kinds(self) -> Iterator[str]:
        """
        Give notes on what is not read as said and is in no place that has a doubt about it, such as a picture that
        somebody put beside a question.
        """
        named = {doubt for _, doubt in self.doubts} | {doubt for each in self.places.values() for doubt in each.doubts}
        ours = self.remade.pictures if self.remade else 0
        for kind, count in sorted(self.word_file.kinds.items()):
            if kind is Beside.DRAWING and self.remade is not None and self.remade.is_deck:
                continue  # the marks to cut along
            if kind not in named and count > (ours if kind is Beside.PICTURE else 0):
                yield str(kind)

    def how_it_was_read(self, answers: Iterable[Answered], signed: Iterable[SignOff], notes: Iterable[str]) -> Reading:
        doubts = [(key, doubt) for key, filled in self.places.items() for doubt in filled.doubts]
        doubts += self.rings.doubts()
        written = {answer.key for answer in answers} | {f"sign.{sign.role}" for sign in signed}
        return Reading(
            found=tuple(
                (key, str(filled.found_by))
                for key, filled in self.places.items()
                if filled.found_by and (filled.paras or filled.rows or key in written)
            ),
            doubts=tuple(dict.fromkeys([*doubts, *self.doubts])),
            notes=tuple(notes),
            changes=self.word_file.changes.count,
            people=self.word_file.changes.people,
            fingerprint=printed_fingerprint(self.text_in) or "",
        )

    # answers

    def read_answers(self, items: set[str]) -> Iterator[Answered]:
        for key, filled in self.places.items():
            shape = filled.place.shape
            is_fact = key in FACTS and shape is PlaceShape.LINE
            is_outcome = is_beside_item(key) and key.partition(".")[0] in items
            is_fingerprint = key.partition(".")[0] == FINGERPRINT
            is_before = shape is PlaceShape.TICKS and bool(id_of_key(key))
            if is_fact or is_outcome or is_before or is_fingerprint or key in _TABLES or self.belongs_to_sign_off(key):
                continue
            if lines := self.lines_of(filled):
                cells = frozenset[Ring]().union(*(row.rings for row in filled.rows))
                strange = self.remade is not None and key not in self.remade.asked
                ring = self.rings.ring_of_answer(key, cells, outside=filled.outside, strange=strange)
                asked, hint = self.question_over(filled, ring)
                version = self.origin.origin_of_answer(key).version
                yield Answered(key=key, ring=ring, lines=lines, asked=asked, hint=hint, version=version)

    def question_over(self, filled: FilledPlace, ring: Ring) -> tuple[str, str]:
        """
        Return the question above an answer and its hint as they are on the paper, because people answered those.

        A plain form is the same question, so the words of its page stand for it: a record does not tell who needed one.
        """
        key = filled.place.key
        if key == UNPLACED:
            return "", ""
        if self.origin.has_entries and self.is_talk(key):
            return "", ""  # what people brought is in the record itself, and stands over its lines
        asks = self.origin.earlier or f"{ASKED}{key}" in self.origin.marks
        if not asks and f"{key}.outcome" in self.places and self.is_found(f"{key}.outcome"):
            # What people brought is a part of the record, and a talk without a name has none.
            return self.question_of_talk(filled)
        known, known_hint = self.remade.own_question(key) if self.remade else ("", "")
        if self.remade and key in self.remade.named:
            return known, known_hint
        asked, hint = filled.question()
        asked = self.remade.in_own_words(key, asked) if self.remade else asked
        if hint == key:
            return "", ""  # it was printed under its key, because nobody knew its question
        if self.origin.may_be_topic(key, ring):
            # A topic is not one of our questions, and may be for fewer readers than the answer.
            return known, hint or known_hint
        if not asked:
            return known, known_hint
        if not hint and known_hint and fold_text(asked).endswith(fold_text(known_hint)):
            return " ".join(asked.split()[: -len(known_hint.split())]), known_hint
        if not hint and known and fold_text(asked).startswith(fold_text(known)):
            return known, known_hint  # words typed after the question are an answer
        return asked, hint

    def is_talk(self, key: str) -> bool:
        """
        Return whether a place is that of a talk, or of something that was taken in with another item.
        """
        item = key.partition(".")[0]
        uses = {each.key: each.use for each in self.origin.items}
        if key in uses:
            return is_talk(uses[key], self.models)
        return any(key == key_of_topic(item, each.id) for each in self.origin.brought_to(item))

    def is_found(self, key: str) -> bool:
        """
        Return whether the file has a place, and not only its blank.
        """
        return self.places[key].found_by is not None

    @property
    def has_talks(self) -> bool:
        """
        Whether the paper asks of anything what became of it.
        """
        return any(key.endswith(".outcome") for key in self.places)

    def question_of_talk(self, filled: FilledPlace) -> tuple[str, str]:
        """
        Return the hint over what was written about a talk.
        """
        known = self.remade.question(filled.place.key)[1] if self.remade else ""
        return "", filled.question()[1] or known

    def lines_of(self, filled: FilledPlace) -> tuple[Line, ...]:
        match filled.place.shape:
            case PlaceShape.TICKS:
                return settle_lines(map(_plain_line, self.read_options(filled)))
            case PlaceShape.ROWS:
                rows = (" | ".join(map(_text_of_cell, row.cells)) for row in filled.rows)
                return settle_lines(_plain_line(" ".join(row.split())) for row in rows)
            case PlaceShape.LINE if "\n" in (text := _text_of(filled)):
                return settle_lines([_plain_line(" ".join(text.split()))])
            case _:
                return settle_lines(_lines_of(filled.paras))

    def read_options(self, filled: FilledPlace) -> tuple[str, ...]:
        """
        Return the options that are ticked in a place, and keep the words beside them.
        """
        key = filled.place.key
        label = fold_text(self.remade.question(key)[0]) if self.remade else ""
        paras = filled.paras
        if filled.found_by is not FoundBy.TAG:
            above = tuple(itertools.takewhile(functools.partial(_is_without, filled.place.options), paras))
            if len(above) < len(paras):
                self.loose += _lines_of(para for para in above if fold_text(para.text) != label)
                paras = paras[len(above) :]
        stretches = [
            LineStretch(
                piece.text,
                next((control.checked for control in piece.controls if control.kind == "tick"), None),
                piece.bold or piece.marked,
                piece.struck,
            )
            for para in paras
            for piece in para.pieces
        ]
        ticked = read_ticks(stretches, filled.place.options)
        if ticked.doubt:
            self.doubts.append((key, ticked.doubt))
        # We read a line without its controls from its start, so its label is among the words before the options.
        for text in (ticked.before, ticked.other) if filled.found_by is FoundBy.TAG else (ticked.other,):
            if text and fold_text(text) != label:
                self.keep_words_behind_option(key, text)
        return ticked.chosen

    def keep_words_behind_option(self, key: str, text: str) -> None:
        """
        Keep words among the options of a place: they belong to the line that goes on from one of them, if it has one.
        """
        place, label = self.remade.beside.get(key, ("", "")) if self.remade else ("", "")
        if not place:
            self.loose.append(_plain_line(text))
            return
        words = re.sub(rf"\A{re.escape(label)}\b", "", text, flags=re.IGNORECASE).strip(" _:\u00a0")
        if words and not self.places[place].paras:
            self.behind_options[place] = words
        elif words:
            self.loose.append(_plain_line(words))

    # facts and items

    def read_facts(self) -> dict[str, str]:
        facts = self.origin.facts
        for key, filled in self.places.items():
            if key in FACTS and filled.place.shape is PlaceShape.LINE:
                facts[key] = _text_of(filled)
        # A topic is printed where the item's own title would be.
        for name in (name for key in self.origin.topic for name in (f"{key}.outcome", key)):
            if name in self.places and (topic := self.places[name].question()[0]):
                facts["topic"] = without_isolation(topic)
                break
        return facts | {"title": self.read_title()}

    def read_title(self) -> str:
        given, now = self.origin.title, without_isolation(self.paper.title)
        usual = self.remade.document.title if self.remade else "Record"
        return given if not now or fold_text(now) in (fold_text(given), fold_text(usual)) else now

    def read_topics(self) -> WrittenTopics:
        """
        Return what the paper has of topics.
        """
        outcomes: dict[str, str] = {}
        for key, filled in self.places.items():
            if key.endswith(".outcome") and filled.place.shape is PlaceShape.TICKS and is_beside_item(key):
                chosen = self.read_options(filled)
                if filled.found_by is not None:
                    outcomes[key] = chosen[0] if len(chosen) == 1 else ""
        lines = {key: filled for key, filled in self.places.items() if filled.place.shape is PlaceShape.LINE}
        texts = {key: _text_of(filled) for key, filled in lines.items() if is_beside_item(key)}
        return WrittenTopics(
            origin=self.origin,
            paper=self.rings.paper,
            headings=self.heading_over,
            usual=self.heading_on_blank,
            case=self.over_talks[1],
            is_talk=lambda use: is_talk(use, self.models),
            outcomes=outcomes,
            texts={key: text or self.behind_options.get(key, "") for key, text in texts.items()},
            said={key: _text_of(filled) for key, filled in self.places.items() if key.startswith("item-")},
            ring_of=self.rings.ring_of_answer,
        )

    def heading_on_blank(self, key: str) -> str:
        """
        Return the words that the blank has over the box of a talk that the paper may not name.
        """
        if self.remade is None or (self.origin.brought is None and self.over_talks[0]):
            return self.over_talks[0]
        return self.remade.question(key if key in self.places else f"{key}.outcome")[0]

    def heading_over(self, key: str) -> str:
        """
        Return the words over the box of an item or a topic, or over its ticks if it has no box.
        """
        name = key if key in self.places else f"{key}.outcome"
        return self.places[name].question()[0] if name in self.places else ""

    def keep_words_in_topics(self) -> None:
        """
        Keep what somebody typed into a topic, which is printed in two places: then one has more words than the other.
        """
        for key in sorted(self.origin.topical) if self.origin.earlier else ():
            row, box = self.places.get(f"{key}.outcome"), self.places.get(key)
            # If an editor dropped looks and controls, we cannot distinguish the topic from the words beside it.
            if row is None or box is None or row.found_by is not FoundBy.TAG or not box.question()[1]:
                continue
            short, long = sorted((row.question()[0], box.question()[0]), key=len)
            if fold_text(short) != fold_text(long):
                more = long.removeprefix(short) if long.startswith(short) else long.removesuffix(short)
                self.loose.append(_plain_line(without_isolation(more).strip()))

    def keep_words_at_fingerprints(self) -> None:
        """
        Keep what somebody typed where a fingerprint is printed.
        """
        for key, filled in self.places.items():
            if key.partition(".")[0] == FINGERPRINT:
                lines = (_PRINTED_FINGERPRINT.sub("", without_isolation(para.text)).strip() for para in filled.paras)
                first, *more = [*lines, ""]
                printed = first if SHAPE.search(_text_of(filled)) else ""
                self.loose += [_plain_line(words) for words in (printed, *more) if words.strip()]

    # actions and decisions

    def read_before(self) -> Iterator[Action]:
        """
        Give the actions from last time, each with what was ticked of it.
        """
        for key, filled in self.places.items():
            if (name := id_of_key(key)) and filled.place.shape is PlaceShape.TICKS:
                chosen = self.read_options(filled)
                state = chosen[0] if len(chosen) == 1 and chosen[0] in STATES else ActionState.OPEN
                line = without_isolation(" ".join(filled.question()).strip())
                ring = self.rings.ring_of_answer(key, outside=filled.outside)
                yield attrs.evolve(
                    read_line(line), id=name, ring=narrowest(ring, ring_of_id(name) or ring), state=state
                )

    def read_rows(self, key: str) -> Iterator[tuple[tuple[str, str, str], Ring, frozenset[int]]]:
        """
        Give the rows of a table with three columns, each with its ring and the numbers in its tags, and keep the cells
        after the third.
        """
        filled = self.places.get(key)
        for row in filled.rows if filled else ():
            first, second, third = ([_text_of_cell(cell) for cell in row.cells] + ["", "", ""])[:3]
            for more in row.cells[3:]:
                self.loose += _lines_of(more)
            yield (first, second, third), self.rings.ring_of_row(key, row.numbers, row.rings), row.numbers

    def count_rows(self, key: str) -> int:
        """
        Return the highest number of a row in the tags of the file.
        """
        starts = tuple(f"{name}." for name in tags_of_key(key))
        tags = (tag for para in self.word_file.paras for tag in para.tags if tag.startswith(starts))
        ends = (tag.rpartition(".")[2] for tag in tags)
        return max((int(end) for end in ends if re.fullmatch("[0-9]{1,4}", end)), default=0)

    def read_actions(self) -> tuple[tuple[Action, ...], tuple[int, ...]]:
        """
        Return what was agreed, with the ids that the paper says, and the number of each row among those of its ring.
        """
        rows = tuple(self.read_rows("actions"))
        numbers = tuple(_numbers_of(numbers for _, _, numbers in rows))
        actions = (
            Action(what=what, who=who, by=by, ring=ring, id=name)
            for ((what, who, by), ring, _), name in zip(rows, self.ids_of(numbers), strict=True)
        )
        return tuple(actions), tuple(self.origin.place_of_row(number) if number else 0 for number in numbers)

    def read_log(self) -> Iterator[Action]:
        """
        Give the actions of a log, each with its id and what has become of it.
        """
        filled = self.places.get(LOG) if self.origin.kind in LOGS else None
        if filled is None or filled.place.shape is not PlaceShape.ROWS:
            return
        rows = [[_text_of_cell(cell) for cell in row.cells] for row in filled.rows]
        numbers = tuple(_numbers_of(row.numbers for row in filled.rows))
        yield from read_log(rows, self.rings.ring_of_answer(LOG), self.ids_of(numbers))

    def ids_of(self, numbers: Sequence[int]) -> list[str]:
        """
        Return the id of each row by its number, or by its order in a table without any, as a program or paper for the
        pen leaves it.
        """
        if not any(numbers):
            return self.origin.ids_in_order(len(numbers))
        return [self.origin.id_of_row(number) for number in numbers]

    def read_decisions(self) -> Iterator[Decision]:
        for (what, why, who), ring, _ in self.read_rows("decisions"):
            yield Decision(what=what, why=why, who=who, ring=ring)

    # signing

    def is_sign_off(self, key: str) -> bool:
        return key.startswith("sign.") and key in self.places and self.places[key].place.shape is PlaceShape.TICKS

    def belongs_to_sign_off(self, key: str) -> bool:
        start, _, name = key.rpartition(".")
        return self.is_sign_off(start if name in _BESIDE_AGREEMENT else key)

    def read_sign_offs(self) -> Iterator[SignOff]:
        for key in self.places:
            if not (self.is_sign_off(key) and self.belongs_to_sign_off(key)):
                continue
            chosen = self.read_options(self.places[key])
            agreement = Agreement.of_option(chosen[0]) if len(chosen) == 1 else None
            beside = {name: self.places.get(f"{key}.{name}") for name in _BESIDE_AGREEMENT}
            texts = {name: _text_of(filled, "\n\n") if filled else "" for name, filled in beside.items()}
            if texts["date"].strip() and read_day(texts["date"]) is None:
                self.doubts.append((f"{key}.date", "it cannot be read as a date"))
            yield SignOff(role=key.removeprefix("sign."), agreement=agreement, **texts)

    def reopen_sign_offs(self, signed: tuple[SignOff, ...]) -> tuple[SignOff, ...]:
        """
        Withdraw the agreement of everybody who signed before the last tracked change: they did not agree to that.
        """
        changes = self.word_file.changes
        changed = (para for para in self.word_file.paras if para.tracked)
        if not changes.count or all(any(tag.startswith("sign.") for tag in para.tags) for para in changed):
            return signed
        last = max(changes.days, default="9999")
        return tuple(self.reopen(sign, last) for sign in signed)

    def reopen(self, sign: SignOff, last: str) -> SignOff:
        when = read_day(sign.date)
        if sign.agreement is None or (when is not None and when.isoformat() > last):
            return sign
        self.doubts.append((f"sign.{sign.role}", "the paper was changed after it was signed; ask again"))
        return attrs.evolve(sign, agreement=None)


def _numbers_of(rows: Iterable[frozenset[int]]) -> Iterator[int]:
    """
    Give the number of each row; 0 if it has none of its own: one that somebody added may have that of another.
    """
    seen: set[int] = set()
    for numbers in rows:
        yield next(iter(numbers)) if len(numbers) == 1 and not numbers & seen else 0
        seen |= numbers


def _is_without(options: tuple[str, ...], para: Para) -> bool:
    """
    Whether a paragraph has neither a box to tick nor the words of an option.
    """
    words = f" {fold_text(para.text)} "
    return not any(f" {fold_text(option)} " in words for option in options)


def _text_of(filled: FilledPlace, between: str = "\n") -> str:
    return between.join(without_isolation(para.text) for para in filled.paras)


def _text_of_cell(cell: Iterable[Para]) -> str:
    return "\n".join(without_isolation(para.text) for para in cell).strip()


def _plain_line(text: str) -> Line:
    return Line(runs=(Run(text=text),))


def _lines_of(paras: Iterable[Para]) -> list[Line]:
    """
    Return paragraphs as lines. A number that a list on our paper would not have, such as the first of a list that
    begins at three, is kept as a part of the words.
    """
    lines = []
    counts: dict[int, int] = {}
    for para in paras:
        runs = [Run(text=without_isolation(piece.text), bold=piece.bold, italic=piece.italic) for piece in para.pieces]
        kind, level = para.kind, para.level
        if kind is LineKind.NUMBER:
            counts = {at: count for at, count in counts.items() if at <= level}
            counts[level] = counts.get(level, 0) + 1
            if para.number and not para.number.is_usual(counts[level], level):
                kind, level = LineKind.PARAGRAPH, 0
                runs.insert(0, Run(text=f"{para.number.label} "))
        if kind is LineKind.PARAGRAPH:
            counts = {}
        lines.append(Line(runs=tuple(runs), kind=kind, level=level))
    return lines
