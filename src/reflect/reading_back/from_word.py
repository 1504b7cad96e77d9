"""
A record made of what was found on a paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.files.office import Package
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import Ring
from reflect.reading_back.blank import PlaceShape, blank_of
from reflect.reading_back.finding import FilledPaper, FilledPlace, find_answers
from reflect.reading_back.remaking import RemadeBlank, origin_of, remake_blank
from reflect.reading_back.returned_paper import FoundBy
from reflect.reading_back.word_file import Para, WordFile
from reflect.reading_back.word_reading import read_word_file
from reflect.safekeeping.signing import FINGERPRINT, add_fingerprints, printed_fingerprint
from reflect.sessions.facts import FACTS
from reflect.sessions.origin import Origin
from reflect.sessions.parts import UNPLACED, Action, Agreement, Answered, Decision, ItemRecord, Outcome, Reading
from reflect.sessions.parts import SignOff as Signed
from reflect.sessions.record import Record
from reflect.sessions.typed import LineStretch, fold_text, read_day, read_ticks
from reflect.text.nodes import Document
from reflect.text.prose import Line, Run, bare, settled


def record_of_word_file(
    package: Package,
    *,
    of: Document | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Record:
    """
    Return the record that a filled Word file holds.

    Args:
        package: The file, opened.
        of: The blank it was made from, if the file itself no longer says.
        models: Where models are found; ours if nothing is said.
        templates: Folders of templates of your own, if it was made with one.

    Raises:
        NotOpened: A part of it is no XML.
    """
    filled = read_word_file(package)
    origin = origin_of(filled.about, of)
    return _Return.of(filled, origin, remake_blank(origin, of, models, templates)).record()


@attrs.define
class _Return:
    filled: WordFile
    origin: Origin
    made: RemadeBlank | None
    findings: FilledPaper
    found: dict[str, FilledPlace]
    doubts: list[tuple[str, str]] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    loose: list[Line] = attrs.field(factory=list)

    @classmethod
    def of(cls, filled: WordFile, origin: Origin, made: RemadeBlank | None) -> _Return:
        if made is None:
            blank = blank_of(filled, filled=True)
        elif made.blank.covers(filled):
            blank = made.blank
        else:
            blank = made.blank.with_places(blank_of(filled, filled=True))
        findings = find_answers(filled, blank)
        return cls(filled, origin, made, findings, {each.place.key: each for each in findings.places})

    def record(self) -> Record:
        origin = self.origin
        self.about_the_file()
        items = tuple(self.items())
        answers: list[Answered] = []
        planned = {item.key for item in items}
        facts = origin.facts
        for key, found in self.found.items():
            shape = found.place.shape
            if key.partition(".")[0] == FINGERPRINT:
                continue
            if key in FACTS and shape is PlaceShape.LINE:
                facts[key] = self.text(found)
            elif (
                key == "actions"
                or key == "decisions"
                or self.signs(key)
                or (shape is PlaceShape.TICKS and key.removesuffix(".outcome") in planned)
            ):
                continue
            elif lines := self.lines(found):
                answers.append(self.answered(key, lines))
        self.topic(facts)
        self.renamed()
        facts["title"] = self.title()
        actions = tuple(self.actions())
        decisions = tuple(self.decisions())
        signed = tuple(self.signed())
        for para in self.findings.unplaced:
            self.loose += _lines((para,))
        for text in self.filled.beside:
            self.loose.append(Line(runs=(Run(text=text),)))
        if self.loose:
            lines = settled(self.loose)
            old = next((each for each in answers if each.key == UNPLACED), None)
            answers = [each for each in answers if each.key != UNPLACED]
            answers.append(
                Answered(
                    key=UNPLACED, ring=self.origin.usual_ring(UNPLACED), lines=(*(old.lines if old else ()), *lines)
                )
            )
            self.notes.append("some text belongs to no question; it is kept as 'unplaced'")
        record = Record(
            minutes=origin.minutes,
            items=items,
            facts=tuple(facts.items()),
            answers=tuple(answers),
            actions=actions,
            decisions=decisions,
            signed=self.reopened(signed),
            document=origin.kind or (self.made.document.kind if self.made else "unknown"),
            wording=origin.wording or "general",
            reading=self.reading(answers, signed),
        )
        return add_fingerprints(record, self.stands)

    def stands(self, key: str) -> str | None:
        """
        What stands in a place; None if there is none of that name.
        """
        found = self.found.get(key)
        return self.text(found) if found else None

    def about_the_file(self) -> None:
        if not self.origin.kind:
            self.notes.append("the file does not say that reflect made it; what could be found by its words is read")
        elif self.made is None:
            self.notes.append("the paper cannot be made again here, so only its own controls and bookmarks tell places")
        elif (was := self.origin.version) and was != dict(self.made.document.about).get("version", was):
            self.notes.append(f"it was made with version {was} of its page; questions stand as they were shown then")
        if changes := self.filled.changes.count:
            people = self.filled.changes.people
            who = "one person" if people == 1 else f"{people} people"
            many = "one tracked change" if changes == 1 else f"{changes} tracked changes"
            self.notes.append(f"{many} by {who}, read as accepted")
        if self.filled.hidden:
            self.notes.append("there is hidden text in it, which is not read")
        if self.filled.pictures > (self.made.pictures if self.made else 0):
            self.notes.append("there are pictures in it, which are not read")
        if self.filled.beside:
            self.notes.append("there are comments or footnotes in it; they are kept as 'unplaced'")

    def reading(self, answers: Iterable[Answered], signed: Iterable[Signed]) -> Reading:
        doubts = [(key, doubt) for key, each in self.found.items() for doubt in each.doubts]
        written = {each.key for each in answers} | {f"sign.{sign.role}" for sign in signed}
        return Reading(
            found=tuple(
                (key, str(each.found_by))
                for key, each in self.found.items()
                if each.found_by and (each.paras or each.rows or key in written)
            ),
            doubts=tuple(dict.fromkeys([*doubts, *self.doubts])),
            notes=tuple(self.notes),
            changes=self.filled.changes.count,
            people=self.filled.changes.people,
            fingerprint=printed_fingerprint(self.stands) or "",
        )

    # answers

    def answered(self, key: str, lines: tuple[Line, ...]) -> Answered:
        belongs = self.origin.origin_of_answer(key)
        asked, hint = self.stood_under(key)
        return Answered(key=key, ring=belongs.ring, lines=lines, asked=asked, hint=hint, version=belongs.version)

    def stood_under(self, key: str) -> tuple[str, str]:
        """
        The words an answer stood under: those on the paper, for they were answered.
        """
        if key == UNPLACED:
            return "", ""
        known = self.made.question(key) if self.made else ("", "")
        asked, hint = self.found[key].question()
        if key in self.origin.topical:
            # What somebody brought is no question of ours, and may be read by fewer than the answer.
            return known[0], hint or known[1]
        if not asked:
            return known
        if not hint and known[1] and fold_text(asked).endswith(fold_text(known[1])):
            words = len(known[1].split())
            return " ".join(asked.split()[:-words]), known[1]
        if not hint and fold_text(asked).startswith(fold_text(known[0])) and known[0]:
            return known  # what was typed behind the question is an answer
        return asked, hint

    def text(self, found: FilledPlace, between: str = "\n") -> str:
        return between.join(bare(para.text) for para in found.paras)

    def lines(self, found: FilledPlace) -> tuple[Line, ...]:
        match found.place.shape:
            case PlaceShape.TICKS:
                chosen = self.chosen(found)
                return settled([Line(runs=(Run(text=text),)) for text in chosen])
            case PlaceShape.ROWS:
                rows = (" | ".join(map(_cell, row.cells)) for row in found.rows)
                return settled([Line(runs=(Run(text=" ".join(text.split())),)) for text in rows])
            case PlaceShape.LINE:
                if "\n" not in (text := self.text(found)):
                    return settled(_lines(found.paras))
                return settled([Line(runs=(Run(text=" ".join(text.split())),))])
            case _:
                return settled(_lines(found.paras))

    def chosen(self, found: FilledPlace) -> tuple[str, ...]:
        """
        What was ticked in a place. Words beside it are kept.
        """
        labelled = found.found_by is not FoundBy.TAG
        label = fold_text(self.made.question(found.place.key)[0]) if self.made else ""
        signs = [
            LineStretch(
                piece.text,
                next((c.checked for c in piece.controls if c.kind == "tick"), None),
                piece.bold or piece.marked,
                piece.struck,
            )
            for para in found.paras
            for piece in para.pieces
        ]
        result = read_ticks(signs, found.place.options)
        key = found.place.key
        if result.doubt:
            self.doubts.append((key, result.doubt))
        for text in (result.other,) if labelled else (result.before, result.other):
            if text and fold_text(text) != label:
                self.loose.append(Line(runs=(Run(text=text),)))
        return result.chosen

    # items

    def items(self) -> Iterator[ItemRecord]:
        for item in self.origin.items:
            found = self.found.get(f"{item.key}.outcome")
            chosen = self.chosen(found) if found else ()
            outcome = Outcome(chosen[0]) if len(chosen) == 1 and chosen[0] in tuple(Outcome) else None
            yield attrs.evolve(item, outcome=outcome)

    def topic(self, facts: dict[str, str]) -> None:
        """
        What was brought: it stands where the item's own title would.
        """
        for name in (name for key in self.origin.topic for name in (f"{key}.outcome", key)):
            if name in self.found and (asked := self.found[name].question()[0]):
                facts["topic"] = bare(asked)
                return

    def renamed(self) -> None:
        """
        Keep what was typed into the name of what somebody brought: it stands in two places, and one has more.
        """
        for key in sorted(self.origin.topical):
            row, box = self.found.get(f"{key}.outcome"), self.found.get(key)
            # Where an editor has dropped looks and controls, the name cannot be told from what stands beside it.
            if row is None or box is None or row.found_by is not FoundBy.TAG or not box.question()[1]:
                continue
            short, long = sorted((row.question()[0], box.question()[0]), key=len)
            if fold_text(short) != fold_text(long):
                more = long.removeprefix(short) if long.startswith(short) else long.removesuffix(short)
                self.loose.append(Line(runs=(Run(text=bare(more).strip()),)))

    def title(self) -> str:
        was = self.origin.title
        stands = bare(self.findings.title)
        usual = self.made.document.title if self.made else "Record"
        return was if not stands or fold_text(stands) in (fold_text(was), fold_text(usual)) else stands

    # tables

    def rows(self, key: str) -> Iterator[tuple[tuple[str, str, str], Ring]]:
        """
        The rows of a table of three columns, and the ring of each. A further cell is kept.
        """
        found = self.found.get(key)
        for row in found.rows if found else ():
            first, second, third = ([_cell(cell) for cell in row.cells] + ["", "", ""])[:3]
            for more in row.cells[3:]:
                self.loose += _lines(more)
            yield (first, second, third), self.origin.ring_of_row(key, row.number)

    def actions(self) -> Iterator[Action]:
        for (what, who, by), ring in self.rows("actions"):
            yield Action(what=what, who=who, by=by, ring=ring)

    def decisions(self) -> Iterator[Decision]:
        for (what, why, who), ring in self.rows("decisions"):
            yield Decision(what=what, why=why, who=who, ring=ring)

    # signing

    def signs(self, key: str) -> bool:
        """
        Whether a place belongs to somebody's signing.
        """
        start = key.rpartition(".")[0] if key.rpartition(".")[2] in ("name", "date", "comments") else key
        return start.startswith("sign.") and start in self.found and self.found[start].place.shape is PlaceShape.TICKS

    def signed(self) -> Iterator[Signed]:
        for key, found in self.found.items():
            if not key.startswith("sign.") or not self.signs(key) or found.place.shape is not PlaceShape.TICKS:
                continue
            chosen = self.chosen(found)
            agreement = Agreement(chosen[0]) if len(chosen) == 1 and chosen[0] in tuple(Agreement) else None
            beside = {name: self.found.get(f"{key}.{name}") for name in ("name", "date", "comments")}
            texts = {name: self.text(each, "\n\n") if each else "" for name, each in beside.items()}
            if texts["date"].strip() and read_day(texts["date"]) is None:
                self.doubts.append((f"{key}.date", "it is no date that can be read"))
            yield Signed(role=key.removeprefix("sign."), agreement=agreement, **texts)

    def reopened(self, signed: tuple[Signed, ...]) -> tuple[Signed, ...]:
        """
        How people signed. Whoever signed before the last tracked change has not agreed to it.
        """
        changes = self.filled.changes
        if not changes.count or not any(para.tracked for para in self.filled.paras if not self.signing(para)):
            return signed
        last = max(changes.days, default="9999")

        def open_again(sign: Signed) -> Signed:
            when = read_day(sign.date)
            if sign.agreement is None or (when is not None and when.isoformat() > last):
                return sign
            self.doubts.append((f"sign.{sign.role}", "it was changed since it was signed; ask again"))
            return attrs.evolve(sign, agreement=None)

        return tuple(map(open_again, signed))

    def signing(self, para: Para) -> bool:
        return any(tag.startswith("sign.") for tag in para.tags)


def _lines(paras: Iterable[Para]) -> list[Line]:
    return [
        Line(
            runs=tuple(Run(text=bare(piece.text), bold=piece.bold, italic=piece.italic) for piece in para.pieces),
            kind=para.kind,
            level=para.level,
        )
        for para in paras
    ]


def _cell(cell: Iterable[Para]) -> str:
    return "\n".join(bare(para.text) for para in cell).strip()
