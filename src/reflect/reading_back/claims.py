"""
What a filled paper is and who may read it: what its tags say, what the file says, and what somebody claims.

If they contradict each other, the narrower ring counts; if none of them says anything, a text is its author's own. So
whatever a file has lost, nobody sees more of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.documents.templates import Templates
from reflect.questions.rings import Ring, narrowest
from reflect.sessions.facts import FACTS
from reflect.sessions.origin import Origin
from reflect.sessions.parts import UNPLACED
from reflect.text.nodes import Document
from reflect.word_files.place_tags import PlaceTag


@attrs.frozen(kw_only=True)
class Claim:
    """
    What somebody says a paper is, because they know it.

    Attributes:
        kind: The kind of paper; empty if nobody says anything.
        about: What its blank says about itself.
    """

    kind: str = ""
    about: Mapping[str, str] = attrs.field(factory=dict)

    @classmethod
    def of(cls, kind: str | None, blank: Document | None, templates: Templates) -> Claim:
        """
        Return a claim by the name of the paper, by its blank, or by both.

        Raises:
            UnknownKey: There is no such paper.
        """
        about = dict(blank.about) if blank else {}
        name = kind if kind is not None else blank.kind if blank else ""
        if kind is not None and (ring := templates.about(kind).ring):
            about["ring"] = str(narrowest(ring, *(Ring(each) for each in [about.get("ring")] if each in tuple(Ring))))
        return cls(kind=name, about=about)


#: What somebody says who says nothing.
NO_CLAIM = Claim()


@attrs.define
class PaperRings:
    """
    Who may read what on a filled paper.

    Attributes:
        origin: What the file says about itself, and a claim where it says nothing.
        tags: What the tags of its places say.
        claimed: The kind of paper that somebody claims it is, if the file does not say so itself.
        denied: Whether the file says that it is another kind.
    """

    origin: Origin
    tags: tuple[PlaceTag, ...] = ()
    claimed: str = ""
    denied: bool = False
    #: The places that nothing says a ring of, and those of which different ones are said.
    unsaid: set[str] = attrs.field(factory=set, init=False)
    contradictory: dict[str, None] = attrs.field(factory=dict, init=False)
    _by_place: Mapping[str, set[Ring]] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, about: Mapping[str, str], tags: Iterable[PlaceTag], claim: Claim) -> PaperRings:
        """
        Return what is known about a paper.

        Args:
            about: What the file says about itself, as texts by name.
            tags: What the tags of its places say.
            claim: What somebody says that it is.
        """
        tags = tuple(tags)
        kinds = {each.kind for each in tags if each.kind}
        kind = about.get("kind", "") or (next(iter(kinds)) if len(kinds) == 1 else "")
        says, claims = Origin.of_about(about), Origin.of_about(claim.about)
        needed = bool(claim.kind) and (not kind or (claims.says_ring and not says.says_ring))
        origin = Origin.of_about({**claim.about, **about, "kind": kind or claim.kind})
        # A claim counts for no more than the tags say of the paper, also in places whose own tags say nothing.
        rings = [ring for ring in (says.ring, claims.ring, *(each.paper for each in tags if claims.ring)) if ring]
        origin = attrs.evolve(origin, ring=narrowest(*rings) if rings else None)
        return cls(origin, tags, claim.kind if needed else "", bool(kind and claim.kind not in ("", kind)))

    def know_places(self, by_tag: Mapping[str, str]) -> None:
        """
        Say which key each tag belongs to.
        """
        by_place: dict[str, set[Ring]] = defaultdict(set)
        for each in self.tags:
            if each.ring:
                by_place[by_tag.get(each.key, each.key)].add(each.ring)
        self._by_place = by_place

    @property
    def paper(self) -> Ring:
        """
        Who may read everything on the paper.
        """
        rings = [each.paper for each in self.tags if each.paper]
        return narrowest(*rings, *([self.origin.ring] if self.origin.ring else []))

    def ring_of_answer(
        self, key: str, cells: Iterable[Ring] = (), *, outside: bool = False, strange: bool = False
    ) -> Ring:
        """
        Return the ring of an answer.

        Args:
            key: Its key.
            cells: What the tags of its cells say, if it is a table.
            outside: Whether some of it is not in its own control. It may have slid there from another place.
            strange: Whether its blank has no such place. Then it may be the words of any place, whose tag was changed.
        """
        rings = {*self._by_place.get(key, ()), *cells}
        if strange and not rings and key not in self.origin.named_answers:
            return self._ring_of_unplaced({self.origin.paper_ring}, outside=True)
        if self.origin.says_ring_of(key):
            rings.add(self.origin.origin_of_answer(key).ring)
        if rings and (fixed := FACTS.get(key) or (Ring.PERSONAL if key.startswith("sign.") else None)):
            rings.add(fixed)  # whatever paper they are on, that is who may read a fact and how somebody signed
        if key == UNPLACED:
            return self._ring_of_unplaced(rings, outside=outside)
        return self._settle(key, rings, outside=outside)

    def ring_of_row(self, name: str, numbers: Iterable[int], cells: Iterable[Ring]) -> Ring:
        """
        Return the ring of an action or a decision.

        Args:
            name: The key of the table.
            numbers: The numbers in the tags of its cells.
            cells: What those tags say.
        """
        rings = set(cells)
        if self.origin.says_ring:
            rings |= {self.origin.ring_of_row(name, number) for number in numbers or (0,)}
        return self._settle(name, rings, outside=not rings)

    def ring_of_moved_row(self, name: str) -> Ring:
        """
        Return the ring of a row whose number may have changed.
        """
        rings = set(self._by_place.get(name, ()))
        if self.origin.says_ring:
            rings.add(self.origin.ring_of_moved_row(name))
        return self._settle(name, rings, outside=False)

    def _ring_of_unplaced(self, rings: set[Ring], *, outside: bool) -> Ring:
        """
        Return the ring of text under no question: it may be anything that is on the paper.
        """
        if outside or not rings:
            rings = {*rings, narrowest(self.paper, Ring.PAIR)}
        if not self.origin.says_ring and not self.tags:
            self.unsaid.add(UNPLACED)
        return narrowest(*rings)

    def _settle(self, key: str, rings: set[Ring], *, outside: bool) -> Ring:
        if len(rings) > 1:
            self.contradictory[key] = None
        if not rings:
            self.unsaid.add(key)
            return Ring.OWN
        return narrowest(*rings, self.paper) if outside else narrowest(*rings)

    def doubts(self) -> Iterator[tuple[str, str]]:
        """
        Give what is uncertain about the rings, by key.
        """
        for key in self.contradictory:
            yield key, "the file gives it different rings; the narrower one counts"

    def notes(self) -> Iterator[str]:
        """
        Give notes on who may read the paper.
        """
        if self.claimed:
            yield f"somebody says that it is '{self.claimed}'; the file itself does not say so"
        if self.denied:
            yield f"the file says that it is '{self.origin.kind}', and it was read as that; the narrower ring counts"
        if self.unsaid:
            count = "one place" if len(self.unsaid) == 1 else f"{len(self.unsaid)} places"
            yield f"nothing says who may read what is in {count}; it is kept as 'own', for its author alone"
