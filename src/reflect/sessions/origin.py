"""
What a paper says about itself: what it was made of, and which ring each answer on it belongs to.

The paper carries it as short texts by name (`reflect.Document.about`): in a Word file as properties, in a page as an
attribute. `Origin.to_about` writes it, and `Origin.of_about` reads it back.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

import attrs

from reflect.questions.model import Model
from reflect.questions.rings import Ring, narrowest, narrows
from reflect.questions.sets import LONGEST, Composable
from reflect.sessions.brought import BOXES, EARLIER, ENTRIES, PURPOSES, WHOSE, day_of_id
from reflect.sessions.facts import SERIES_RINGS
from reflect.sessions.parts import UNPLACED, Action, Decision, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.series_codes import read_code
from reflect.sessions.session import Session
from reflect.shown import Brief
from reflect.text.prose import visible, without_isolation
from reflect.word_files.place_tags import PlaceTag

#: The rings of places that are made with a ring of their own, on papers whose readers can all see it.
_OWN_RINGS = {"next-date": Ring.ASSURANCE}
#: The key for an item that was made in code and has none.
_NO_KEY = "-"
#: What a paper says that is about no topics. If it says nothing, we do not know.
_NO_TOPICS = ("-",)
#: At most this many rows of a table have their rings read.
_MOST_ROWS = 9_999


@attrs.frozen
class AnswerOrigin(Brief):
    """
    Where an answer belongs.

    Attributes:
        version: The version of the page that asks for it; empty if there is none.
    """

    key: str
    ring: Ring
    version: str = ""


@attrs.frozen
class BroughtOrigin(Brief):
    """
    A topic that the paper names, without its words.

    Attributes:
        item: The key of the item that it is talked about in, such as ``item-3``.
        id: The id of the topic.
    """

    item: str
    id: str
    whose: str = "both"
    purpose: str = ""


@attrs.frozen(kw_only=True)
class Origin(Brief):
    """
    What a paper says about itself. Any of it may be missing; none of it can be trusted if a stranger wrote it.

    If it does not say who may read something, that is for its author alone.

    Attributes:
        kind: The kind of paper, such as ``record``.
        uses: For a paper of a session, the key of each item's page and its minutes.
        minutes: The length of the session in minutes; 0 for a paper that is not about one.
        model: The key of the model that it is about, if it is about one.
        models: The keys of the models that it is about, if there are several.
        topic: The keys of the items about the session's own topic.
        topics: The keys of all items about topics; ``-`` if there are none.
        brought: The topics that it names, without their words; the first of a talk is what that is about. None if the
            paper does not say, as those of earlier versions do not.
        answers: Where answers belong.
        actions: The rings of actions whose ring is not the paper's, by row.
        ids: The ids of actions, by row.
        marks: Its places besides the usual ones: items, roles of those who signed, ``fingerprint``, ``claimed`` for the
            sentence that says so, and ``also.actions`` for a table that its blank has not.
        claimed: The kind of paper that somebody said its record was read from.
        series: The code of the series, on papers of the pair, of a group and of the supervision file alone.
    """

    kind: str = ""
    uses: tuple[tuple[str, int], ...] = ()
    minutes: int = 0
    model: str = ""
    version: str = ""
    models: tuple[str, ...] = ()
    ring: Ring | None = None
    title: str = attrs.field(default="", repr=False)
    start: str = ""
    organisation: str = ""
    marking: str = ""
    topic: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    brought: tuple[BroughtOrigin, ...] | None = None
    answers: tuple[AnswerOrigin, ...] = ()
    actions: tuple[tuple[int, Ring], ...] = ()
    decisions: tuple[tuple[int, Ring], ...] = ()
    ids: tuple[tuple[int, str], ...] = ()
    marks: tuple[str, ...] = ()
    wording: str = ""
    looks: tuple[str, ...] = ()
    claimed: str = ""
    series: str = attrs.field(default="", repr=False)

    # what a paper is made of

    @classmethod
    def of_models(cls, models: Sequence[Composable]) -> Origin:
        """
        Return the origin of a paper about models; those made in code have no key, and cannot be found again.

        What is written on it is its author's own.
        """
        match models:
            case [Model(head=head)]:
                return cls(model=head.key, version=head.version, ring=Ring.OWN)
            case [one]:
                return cls(model=one.questions.key, ring=Ring.OWN)
        keys = tuple(each.questions.key for each in models)
        return cls(models=keys if all(keys) else (), ring=Ring.OWN)

    @classmethod
    def of_session(cls, session: Session, ring: Ring | None) -> Origin:
        """
        Return the origin of a paper about a session, given only what its reader may see of it.
        """
        topics = {f"item-{n}": item.topic.id for n, item in enumerate(session.items, 1) if item.topic}
        brings_own = bool(session.fact("topic"))
        # What was brought to an item is printed over its box, and not the topic that the session has besides.
        brought = {f"item-{n}" for n, item in enumerate(session.items, 1) if item.brought}
        return cls(
            uses=tuple((item.set.key or _NO_KEY, item.minutes) for item in session.items),
            minutes=session.minutes,
            ring=ring,
            title=session.fact("title"),
            start=session.fact("start"),
            topic=tuple(k for k, topic in topics.items() if brings_own and topic == "topic" and k not in brought),
            topics=tuple(topics) or _NO_TOPICS,
            brought=tuple(
                BroughtOrigin(f"item-{n}", each.topic.id, each.whose, each.purpose)
                for n, item in enumerate(session.items, 1)
                for each in item.brought
            ),
            series=session.series,
        )

    @classmethod
    def of_paper(cls, ring: Ring | None, record: Record | None) -> Origin:
        """
        Return the origin of a paper that is not about a session, with the rings in its record that are unusual on it.
        """
        origin = cls(ring=ring, topics=_NO_TOPICS)
        if record is None:
            return origin
        origin = attrs.evolve(origin, claimed=record.claimed, series=record.series)
        paper = origin.paper_ring
        answers = (AnswerOrigin(each.key, each.ring, each.version) for each in record.answers)
        unusual = (each for each in answers if each.ring is not paper or each.ring is not origin.usual_ring(each.key))
        return attrs.evolve(origin, answers=tuple(unusual)).with_rows_of(record)

    def with_rows_of(self, record: Record) -> Origin:
        """
        Return the same, with the rings of those actions and decisions in a record whose ring is not the paper's.
        """

        def unusual(rows: Sequence[Action | Decision]) -> tuple[tuple[int, Ring], ...]:
            return tuple((n, row.ring) for n, row in enumerate(rows, 1) if row.ring is not self.paper_ring)

        ids = tuple((n, action.id) for n, action in enumerate(record.actions, 1) if action.id)
        return attrs.evolve(self, actions=unusual(record.actions), decisions=unusual(record.decisions_in_rows), ids=ids)

    # what was read from it

    @property
    def facts(self) -> dict[str, str]:
        names = ("title", "organisation", "marking", "start")
        return {name: text for name in names if (text := getattr(self, name))}

    @property
    def items(self) -> tuple[ItemRecord, ...]:
        """
        The planned items, without outcomes yet.
        """
        return tuple(
            ItemRecord(key=f"item-{n}", use=use, minutes=minutes) for n, (use, minutes) in enumerate(self.uses, 1)
        )

    @property
    def topical(self) -> frozenset[str]:
        """
        The keys of the items that are about a topic.
        """
        return frozenset((*self.topic, *self.topics, *(each.item for each in self.brought or ())))

    def may_be_topic(self, key: str, ring: Ring) -> bool:
        """
        Tell whether the words over an answer may be a topic, which is for fewer readers than an answer of this ring.
        """
        return key in self.topical or (not self.topical and not narrows(ring, self.paper_ring))

    @property
    def earlier(self) -> bool:
        """
        Whether it asks of each item whether it was as planned, as papers of earlier versions did.
        """
        return EARLIER in self.marks

    @property
    def has_entries(self) -> bool:
        """
        Whether it has entries, which ask nothing by ticks of what became of an item.
        """
        return ENTRIES in self.marks and BOXES not in self.marks

    def in_layout(self, layout: str) -> Origin:
        """
        Return the same with the mark of this layout, entries or boxes, and of no other.
        """
        others = (mark for mark in self.marks if mark not in (ENTRIES, BOXES))
        return attrs.evolve(self, marks=(*others, layout))

    def as_it_was(self, shows_entries: bool) -> Origin:
        """
        Return the same with the mark of a paper with entries, or of one with boxes.

        Args:
            shows_entries: Whether its places are those of a paper with entries, though it does not say so.
        """
        if self.has_entries or BOXES in self.marks:
            return self
        return attrs.evolve(self, marks=(*self.marks, ENTRIES if shows_entries else BOXES))

    def brought_to(self, item: str) -> tuple[BroughtOrigin, ...]:
        """
        Return the topics that the paper names for an item.
        """
        return tuple(each for each in self.brought or () if each.item == item)

    def recipe(self) -> Origin:
        """
        Return only what is needed to make its blank.
        """
        names = ("brought", "kind", "uses", "minutes", "wording", "model", "models", "looks", "marks")
        return Origin(**{name: getattr(self, name) for name in names})

    @property
    def paper_ring(self) -> Ring:
        """
        Who may read the paper: nothing on it is for fewer. If it does not say, its author alone.
        """
        return self.ring or Ring.OWN

    def usual_ring(self, key: str) -> Ring:
        """
        Return the ring of an answer without a given one: that of the paper.

        Text under no question may be anything: it stays between the two, and on a paper of somebody's own with them.
        """
        return narrowest(self.paper_ring, Ring.PAIR) if key == UNPLACED else self.paper_ring

    def ring_of_new_place(self, key: str) -> Ring:
        """
        Return the ring of a place on a paper that is being made: its own if all readers of the paper see it.
        """
        own = _OWN_RINGS.get(key)
        return own if own and narrows(self.paper_ring, own) else self.usual_ring(key)

    @functools.cached_property
    def _answers_by_key(self) -> Mapping[str, AnswerOrigin]:
        """
        Where answers belong, by key. If two entries differ, a stranger wrote one, and the narrower ring counts.
        """
        by_key: dict[str, AnswerOrigin] = {}
        for each in self.answers:
            known = by_key.setdefault(each.key, each)
            by_key[each.key] = attrs.evolve(known, ring=narrowest(known.ring, each.ring))
        return by_key

    def origin_of_answer(self, key: str) -> AnswerOrigin:
        """
        Return where an answer belongs.
        """
        return self._answers_by_key.get(key) or AnswerOrigin(key, self.usual_ring(key), self.version)

    @property
    def says_ring(self) -> bool:
        """
        Whether the paper says who may read it; one about a model is its author's own, and need not say so.
        """
        return self.ring is not None or bool(self.model or self.models)

    @property
    def named_answers(self) -> frozenset[str]:
        """
        The keys of the answers that the paper says a ring of.
        """
        return frozenset(self._answers_by_key)

    def says_ring_of(self, key: str) -> bool:
        """
        Tell whether the paper says who may read an answer.
        """
        return self.says_ring or key in self._answers_by_key

    @functools.cached_property
    def _rings_of_rows(self) -> Mapping[tuple[str, int], Ring]:
        rings: dict[tuple[str, int], Ring] = {}
        for name, rows in (("actions", self.actions), ("decisions", self.decisions)):
            for number, ring in rows:
                rings[name, number] = ring if rings.get((name, number), ring) is ring else Ring.OWN
        return rings

    def ring_of_row(self, name: str, number: int) -> Ring:
        """
        Return the ring of a row in the table of actions or of decisions; if a stranger gave it two, its author's own.
        """
        return self._rings_of_rows.get((name, number), self.paper_ring)

    def id_of_row(self, number: int) -> str:
        """
        Return the id of the action in a row; an empty text if the paper does not say, or says two.
        """
        names = {name for at, name in self.ids if at == number}
        return names.pop() if len(names) == 1 else ""

    def ids_in_order(self, count: int) -> list[str]:
        """
        Return the id of each of so many rows that have lost their numbers, and of which empty ones are gone: a row has
        the id of its number only if none that had one is gone.
        """
        known = [self.id_of_row(n) for n in range(1, len(self.ids) + 1)]
        return [*known, *[""] * (count - len(known))] if len(known) <= count else [""] * count

    def place_of_row(self, number: int) -> int:
        """
        Return the number of a row of actions among those of its ring, so that a row for fewer readers counts for none.
        """
        ring = self.ring_of_row("actions", number)
        above = [other for at, other in self.actions if at < number]
        return number - len(above) if ring is self.paper_ring else above.count(ring) + 1

    def ring_of_moved_row(self, name: str) -> Ring:
        """
        Return the ring of a row whose number may have changed, because empty rows before it are gone: never a wider
        one than it had.
        """
        paper = self.paper_ring
        rings = [ring for _, ring in (self.actions if name == "actions" else self.decisions)]
        return paper if all(narrows(paper, ring) for ring in rings) else Ring.OWN

    def tag_of(self, key: str) -> PlaceTag:
        """
        Return the tag of a place on the paper, by the key of the place, of one of its options or of a cell.
        """
        name, _, row = key.partition(".")
        column, _, number = row.partition(".")
        if name in ("actions", "decisions") and column.isdecimal() and number.isdecimal() and len(number) < 6:
            ring = self.ring_of_row(name, int(number))
        else:
            ring = self.origin_of_answer(key).ring
        return PlaceTag(key, ring, self.paper_ring, self.kind)

    # both ways

    def to_about(self) -> dict[str, str]:
        """
        Return it as short texts by name; `of_about` reads them. The document itself has the kind and the looks.
        """
        of_session = self.minutes > 0
        about = {"outline": _write_uses(self.uses), "minutes": str(self.minutes)} if of_session else {}
        about |= {"model": self.model, "version": self.version, "models": " ".join(self.models)}
        about |= {"ring": self.ring or "", "title": _write_line(self.title), "start": _write_line(self.start)}
        about |= {"topic": " ".join(self.topic), "topics": " ".join(self.topics)}
        about |= {} if self.brought is None else {"brought": _write_brought(self.brought)}
        rings = {
            "answers": _write_answers(self.answers),
            "actions": _write_rows(self.actions),
            "decisions": _write_rows(self.decisions),
            "ids": _write_rows(self.ids),
        }
        about |= {} if of_session else rings
        about |= {"marks": " ".join(self.marks), "wording": self.wording}
        about |= {"organisation": _write_line(self.organisation), "marking": _write_line(self.marking)}
        about |= {"claimed": _write_line(self.claimed)}
        # No paper of a case, for assurance or for anybody says which series it is from.
        about |= {"series": self.series if self.ring in SERIES_RINGS else ""}
        about |= rings
        return {name: str(text) for name, text in about.items() if text or name == "outline"}

    @classmethod
    def of_about(cls, about: Mapping[str, str]) -> Origin:
        """
        Read it from short texts by name, as `to_about` writes them; anything that makes no sense is left out.
        """

        def keys(name: str) -> tuple[str, ...]:
            return tuple(about.get(name, "").split())

        ring = about.get("ring", "")
        return cls(
            kind=about.get("kind", ""),
            uses=tuple(_read_uses(about.get("outline", ""))),
            minutes=_read_number(about.get("minutes", ""), LONGEST),
            model=about.get("model", ""),
            version=about.get("version", ""),
            models=keys("models"),
            ring=Ring(ring) if ring in tuple(Ring) else None,
            title=without_isolation(about.get("title", "")),
            start=without_isolation(about.get("start", "")),
            organisation=without_isolation(about.get("organisation", "")),
            marking=without_isolation(about.get("marking", "")),
            topic=keys("topic"),
            topics=keys("topics"),
            brought=tuple(_read_brought(keys("brought"))) if "brought" in about else None,
            answers=tuple(_read_answers(keys("answers"))),
            actions=tuple(_read_rows(keys("actions"))),
            decisions=tuple(_read_rows(keys("decisions"))),
            ids=tuple(_read_ids(keys("ids"))),
            marks=keys("marks"),
            wording=about.get("wording", ""),
            looks=keys("looks"),
            claimed=without_isolation(about.get("claimed", "")),
            series=read_code(about.get("series", "")) or "",
        )


def _write_line(text: str) -> str:
    return " ".join(visible(text).split())


def _read_number(text: str, most: int) -> int:
    """
    Return a text as a number; 0 if it is not one, or too large.
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if number <= most else 0


def _write_uses(uses: Iterable[tuple[str, int]]) -> str:
    return " + ".join(f"{key}@{minutes}" for key, minutes in uses)


def _read_uses(text: str) -> Iterator[tuple[str, int]]:
    for use in filter(None, text.split(" + ")):
        key, _, digits = use.rpartition("@")
        minutes = _read_number(digits, LONGEST)
        if not minutes:
            return
        yield key, minutes


def _write_answers(answers: Iterable[AnswerOrigin]) -> str:
    return " ".join(f"{_quote(each.key)}={each.ring}/{_quote(each.version)}" for each in answers)


def _read_answers(texts: Iterable[str]) -> Iterator[AnswerOrigin]:
    for text in texts:
        key, _, rest = text.partition("=")
        ring, _, version = rest.partition("/")
        if ring in tuple(Ring):
            yield AnswerOrigin(unquote(key), Ring(ring), unquote(version))


def _write_brought(brought: Iterable[BroughtOrigin]) -> str:
    texts = (f"{each.item}={quote(each.id, safe='')}/{each.whose}/{each.purpose}" for each in brought)
    return " ".join(texts) or _NO_TOPICS[0]


def _read_brought(texts: Iterable[str]) -> Iterator[BroughtOrigin]:
    for text in texts:
        item, _, rest = text.partition("=")
        name, whose, purpose, *_ = (*map(unquote, rest.split("/")), "", "", "")
        if name and whose in WHOSE and purpose in PURPOSES:
            yield BroughtOrigin(item, name, whose, purpose)


def _quote(text: str) -> str:
    """
    Return a text without the characters that separate answers, or a key from its ring.
    """
    return re.sub(r"[\s=%]", lambda sign: quote(sign[0]), text)


def _write_rows(rows: Iterable[tuple[int, str]]) -> str:
    return " ".join(f"{number}={said}" for number, said in rows)


def _read_rows(texts: Iterable[str]) -> Iterator[tuple[int, Ring]]:
    return ((number, Ring(ring)) for number, ring in _read_pairs(texts) if ring in tuple(Ring))


def _read_ids(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, name) for number, name in _read_pairs(texts) if day_of_id(name))


def _read_pairs(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    for text in texts:
        digits, _, said = text.partition("=")
        number = _read_number(digits, _MOST_ROWS)
        if number and str(number) == digits:
            yield number, said
