"""
A record made of what was found on a paper.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect import documents
from reflect.catalogues import Catalogue, ours
from reflect.errors import ReflectError, Refused
from reflect.formats import word
from reflect.nodes import Actions, Answer, Block, Choice, Document, Facts, Listing, Quotation, Scale, SignOff
from reflect.prose import bare, settled
from reflect.reading_back.finding import Blank, Findings, Found, How, Shape, blank_of, find
from reflect.reading_back.paper import Paper, Para, paper
from reflect.reading_back.words import Sign, day, plain, ticked
from reflect.record import (
    UNPLACED,
    Action,
    Agreement,
    Answered,
    Decision,
    ItemRecord,
    Line,
    Outcome,
    Reading,
    Record,
    Run,
)
from reflect.record import SignOff as Signed
from reflect.rings import ANYONE, Ring
from reflect.safe_opening import opened
from reflect.session import FACTS
from reflect.templating import Templates

#: What is said of an answer by its place alone.
_RINGS = {"next-date": Ring.ASSURANCE, UNPLACED: Ring.PAIR}


def read(
    file: bytes | Path | str,
    *,
    of: Document | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Record:
    """
    Return what was written on a filled Word file: a record whose `reading` tells how each answer was found.

    Nothing that was written is dropped: what belongs to no question is in the answer ``unplaced``.

    Args:
        file: The file, or where it is.
        of: The blank it was made from, if the file itself no longer says.
        models: Where models are found; ours if nothing is said.
        templates: Folders of templates of your own, if it was made with one.

    Raises:
        NotOpened: It is no Word file, or holds what no document needs.
        OSError: It cannot be read from disk.
    """
    filled = paper(opened(Path(file) if isinstance(file, str) else file, word=True))
    about = _about(filled.properties)
    shelf = templates if isinstance(templates, Templates) else tuple(map(Path, templates))
    if of is not None:
        made: _Made | None = _made(of)
        about = {**dict(of.about), "kind": of.kind, **about}
    else:
        made = _again(about, models, shelf)
    return _Return.of(filled, about, made).record()


def _about(properties: Mapping[str, str]) -> dict[str, str]:
    """
    What the file says it was made of; a long text is in parts.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for name, text in properties.items():
        if match := re.fullmatch(r"reflect\.([a-z-]+)(?:\.([0-9]{1,3}))?", name):
            found.setdefault(match[1], []).append((int(match[2] or 1), text))
    return {name: "".join(text for _, text in sorted(parts)) for name, parts in found.items()}


# --- the blank it was made from


@attrs.frozen(eq=False)
class _Made:
    """
    A blank, and how its questions are worded.
    """

    blank: Blank
    asked: Mapping[str, tuple[str, str]]
    document: Document


def _again(about: Mapping[str, str], models: Catalogue | None, shelf: Templates | tuple[Path, ...]) -> _Made | None:
    """
    The blank that a file says it was made from, made again; None if it cannot be.
    """
    names = ("kind", "outline", "minutes", "wording", "model")
    key = tuple(about.get(name, "") for name in names)
    try:
        if isinstance(shelf, Templates) or shelf:
            return _made(_blank(key, models, shelf))
        return _kept(key, ours() if models is None else models)
    except ReflectError:
        return None


@functools.lru_cache(32)
def _kept(key: tuple[str, ...], models: Catalogue) -> _Made:
    return _made(_blank(key, models, ()))


def _blank(key: tuple[str, ...], models: Catalogue | None, shelf: Templates | tuple[Path, ...]) -> Document:
    kind, outline, minutes, wording, model = key
    if not kind or not (outline or model):
        raise Refused("it does not say what it was made of")
    catalogue = ours() if models is None else models
    what: documents.What = catalogue.load(model) if model else outline
    long = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 5 else 60
    # A wording that is a file stays unread: its name came from outside.
    words = wording if re.fullmatch("[a-z-]+", wording) else "general"
    return documents.document(what, kind, reader=ANYONE, wording=words, minutes=long, models=catalogue, templates=shelf)


def _made(document: Document) -> _Made:
    bare = paper(opened(word.write(document)))
    blank = blank_of(bare, _keys(document.blocks))
    return _Made(blank, {f.place.key: _asking(f) for f in find(bare, blank).found}, document)


def _keys(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Answer() | Choice() | Scale() | Actions():
                yield block.key
            case SignOff(key):
                yield from (key, f"{key}.name", f"{key}.date", f"{key}.comments")
            case Facts(facts):
                yield from (fact.key for fact in facts)
            case Listing(items):
                for item in items:
                    yield from _keys(item.blocks)
            case Quotation(inner):
                yield from _keys(inner)
            case _:
                pass


def _asking(found: Found) -> tuple[str, str]:
    """
    What stood over a place: the question, and what was said with it.
    """
    asked: list[str] = []
    hint: list[str] = []
    for para in found.prompt:
        inside = found.place.shape is not Shape.BOX
        for piece in para.pieces:
            if inside and piece.controls:
                break
            if inside and found.place.shape is Shape.TICKS and piece.text == "\t":
                break
            (hint if piece.muted or para.look == "reflecthint" else asked).append(piece.text)
        (hint if para.look == "reflecthint" else asked).append(" ")
    return " ".join("".join(asked).split()), " ".join("".join(hint).split())


# --- the record


@attrs.define
class _Return:
    filled: Paper
    about: Mapping[str, str]
    made: _Made | None
    findings: Findings
    found: dict[str, Found]
    doubts: list[tuple[str, str]] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    loose: list[Line] = attrs.field(factory=list)

    @classmethod
    def of(cls, filled: Paper, about: Mapping[str, str], made: _Made | None) -> _Return:
        own = blank_of(filled, own=True)
        blank = own if made is None else made.blank.with_places(own)
        findings = find(filled, blank)
        return cls(filled, about, made, findings, {each.place.key: each for each in findings.found})

    def record(self) -> Record:
        about = self.about
        self.tell()
        items = tuple(self.items())
        answers: list[Answered] = []
        planned = {item.key for item in items}
        facts: dict[str, str] = {
            name: bare(about[name]) for name in ("organisation", "marking", "start") if name in about
        }
        for key, found in self.found.items():
            shape = found.place.shape
            if key in FACTS and shape is Shape.LINE:
                facts[key] = self.text(found)
            elif (
                key == "actions"
                or key == "decisions"
                or self.signs(key)
                or (shape is Shape.TICKS and key.removesuffix(".outcome") in planned)
            ):
                continue
            elif lines := self.lines(found):
                answers.append(self.answered(key, lines))
        self.topic(facts)
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
            answers.append(Answered(key=UNPLACED, ring=Ring.PAIR, lines=(*(old.lines if old else ()), *lines)))
            self.notes.append("some text belongs to no question; it is kept as 'unplaced'")
        return Record(
            minutes=self.minutes,
            items=items,
            facts=tuple(facts.items()),
            answers=tuple(answers),
            actions=actions,
            decisions=decisions,
            signed=self.reopened(signed),
            document=about.get("kind", "") or (self.made.document.kind if self.made else "unknown"),
            wording=about.get("wording", "general"),
            reading=self.reading(answers, signed),
        )

    @property
    def minutes(self) -> int:
        text = self.about.get("minutes", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0

    def tell(self) -> None:
        if not self.about.get("kind"):
            self.notes.append("the file does not say that reflect made it; what could be found by its words is read")
        elif self.made is None:
            self.notes.append("the paper cannot be made again here, so only its own controls and bookmarks tell places")
        elif (was := self.about.get("version")) and was != dict(self.made.document.about).get("version", was):
            self.notes.append(f"it was made with version {was} of its page; questions stand as they were shown then")
        if changes := self.filled.changes.many:
            people = self.filled.changes.people
            who = "one person" if people == 1 else f"{people} people"
            many = "one tracked change" if changes == 1 else f"{changes} tracked changes"
            self.notes.append(f"{many} by {who}, read as accepted")
        if self.filled.hidden:
            self.notes.append("there is hidden text in it, which is not read")
        if self.filled.pictures:
            self.notes.append("there are pictures in it, which are not read")
        if self.filled.beside:
            self.notes.append("there are comments or footnotes in it; they are kept as 'unplaced'")

    def reading(self, answers: Iterable[Answered], signed: Iterable[Signed]) -> Reading:
        doubts = [(key, doubt) for key, each in self.found.items() for doubt in each.doubts]
        written = {each.key for each in answers} | {f"sign.{sign.role}" for sign in signed}
        return Reading(
            found=tuple(
                (key, str(each.how))
                for key, each in self.found.items()
                if each.how and (each.paras or each.rows or key in written)
            ),
            doubts=tuple(dict.fromkeys([*doubts, *self.doubts])),
            notes=tuple(self.notes),
            changes=self.filled.changes.many,
            people=self.filled.changes.people,
        )

    # answers

    def answered(self, key: str, lines: tuple[Line, ...]) -> Answered:
        ring, version = self.belongs(key)
        asked, hint = self.asking(key)
        return Answered(key=key, ring=ring, lines=lines, asked=asked, hint=hint, version=version)

    def belongs(self, key: str) -> tuple[Ring, str]:
        """
        The ring of an answer and the version of its page, as the paper says.
        """
        usual = _RINGS.get(key, Ring.OWN if "model" in self.about else Ring.PERSONAL)
        for each in self.about.get("answers", "").split(" "):
            name, _, rest = each.partition("=")
            ring, _, version = rest.partition("/")
            if name == key and ring in tuple(Ring):
                return Ring(ring), version
        return usual, self.about.get("version", "")

    def asking(self, key: str) -> tuple[str, str]:
        """
        The words an answer stood under: those on the paper, for they were answered.
        """
        if key == UNPLACED:
            return "", ""
        known = self.made.asked.get(key, ("", "")) if self.made else ("", "")
        asked, hint = _asking(self.found[key])
        if key in self.topical:
            # What somebody brought is no question of ours, and may be read by fewer than the answer.
            return known[0], hint or known[1]
        if not asked:
            return known
        if not hint and known[1] and plain(asked).endswith(plain(known[1])):
            words = len(known[1].split())
            return " ".join(asked.split()[:-words]), known[1]
        if not hint and plain(asked).startswith(plain(known[0])) and known[0]:
            return known  # what was typed behind the question is an answer
        return asked, hint

    @property
    def topical(self) -> frozenset[str]:
        return frozenset(f"{self.about.get('topic', '')} {self.about.get('topics', '')}".split())

    def text(self, found: Found, between: str = "\n") -> str:
        return between.join(bare(para.text) for para in found.paras)

    def lines(self, found: Found) -> tuple[Line, ...]:
        match found.place.shape:
            case Shape.TICKS:
                chosen = self.chosen(found)
                return settled([Line(runs=(Run(text=text),)) for text in chosen])
            case Shape.ROWS:
                rows = (" | ".join(map(_cell, cells)) for _, cells in found.rows)
                return settled([Line(runs=(Run(text=" ".join(text.split())),)) for text in rows])
            case Shape.LINE:
                if "\n" not in (text := self.text(found)):
                    return settled(_lines(found.paras))
                return settled([Line(runs=(Run(text=" ".join(text.split())),))])
            case _:
                return settled(_lines(found.paras))

    def chosen(self, found: Found) -> tuple[str, ...]:
        """
        What was ticked in a place. Words beside it are kept.
        """
        labelled = found.how is not How.TAG
        label = plain(self.made.asked.get(found.place.key, ("", ""))[0]) if self.made else ""
        signs = [
            Sign(
                piece.text,
                next((c.checked for c in piece.controls if c.kind == "tick"), None),
                piece.bold or piece.marked,
                piece.struck,
            )
            for para in found.paras
            for piece in para.pieces
        ]
        result = ticked(signs, found.place.options)
        key = found.place.key
        if result.doubt:
            self.doubts.append((key, result.doubt))
        for text in (result.other,) if labelled else (result.before, result.other):
            if text and plain(text) != label:
                self.loose.append(Line(runs=(Run(text=text),)))
        return result.chosen

    # items

    def items(self) -> Iterator[ItemRecord]:
        for n, use in enumerate(filter(None, self.about.get("outline", "").split(" + ")), 1):
            name, _, minutes = use.rpartition("@")
            if not (minutes.isascii() and minutes.isdigit() and 1 <= int(minutes) <= 1440):
                return
            key = f"item-{n}"
            found = self.found.get(f"{key}.outcome")
            chosen = self.chosen(found) if found else ()
            outcome = Outcome(chosen[0]) if len(chosen) == 1 and chosen[0] in tuple(Outcome) else None
            yield ItemRecord(key=key, use=name, minutes=int(minutes), outcome=outcome)

    def topic(self, facts: dict[str, str]) -> None:
        """
        What was brought: it stands where the item's own title would.
        """
        key = self.about.get("topic", "")
        for name in (f"{key}.outcome", key):
            if name in self.found and (asked := _asking(self.found[name])[0]):
                facts["topic"] = bare(asked)
                return

    def title(self) -> str:
        was = bare(self.about.get("title", ""))
        stands = bare(self.findings.title)
        usual = self.made.document.title if self.made else "Record"
        return was if not stands or plain(stands) in (plain(was), plain(usual)) else stands

    # tables

    def rows(self, key: str) -> Iterator[tuple[tuple[str, str, str], Ring]]:
        """
        The rows of a table of three columns, and the ring of each. A further cell is kept.
        """
        found = self.found.get(key)
        rings = dict(each.split("=", 1) for each in self.about.get(key, "").split(" ") if "=" in each)
        for number, cells in found.rows if found else ():
            first, second, third = ([_cell(cell) for cell in cells] + ["", "", ""])[:3]
            for more in cells[3:]:
                self.loose += _lines(more)
            ring = rings.get(str(number), "")
            yield (first, second, third), Ring(ring) if ring in tuple(Ring) else Ring.PERSONAL

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
        return start.startswith("sign.") and start in self.found and self.found[start].place.shape is Shape.TICKS

    def signed(self) -> Iterator[Signed]:
        for key, found in self.found.items():
            if not key.startswith("sign.") or not self.signs(key) or found.place.shape is not Shape.TICKS:
                continue
            chosen = self.chosen(found)
            agreement = Agreement(chosen[0]) if len(chosen) == 1 and chosen[0] in tuple(Agreement) else None
            beside = {name: self.found.get(f"{key}.{name}") for name in ("name", "date", "comments")}
            texts = {name: self.text(each, "\n\n") if each else "" for name, each in beside.items()}
            if texts["date"].strip() and day(texts["date"]) is None:
                self.doubts.append((f"{key}.date", "it is no date that can be read"))
            yield Signed(role=key.removeprefix("sign."), agreement=agreement, **texts)

    def reopened(self, signed: tuple[Signed, ...]) -> tuple[Signed, ...]:
        """
        How people signed. Whoever signed before the last tracked change has not agreed to it.
        """
        changes = self.filled.changes
        if not changes.many or not any(para.tracked for para in self.filled.paras if not self.signing(para)):
            return signed
        last = max(changes.days, default="9999")

        def open_again(sign: Signed) -> Signed:
            when = day(sign.date)
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
