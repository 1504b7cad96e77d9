"""
The topics of what people bring: each has an id, a ring and the words of whoever brought it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.planning.caseload import Caseload, Talk
from reflect.planning.profiles import Profile
from reflect.planning.sentences import capitalise
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.question import Topic
from reflect.questions.rings import Ring
from reflect.sessions.brought import Brought, next_id
from reflect.shown import Brief


@attrs.frozen
class Topics(Brief):
    """
    What people bring to one session, and the cases that have a talk of their own.
    """

    file: SessionFile
    #: By the identity of a wish: two people may bring the same in the same words.
    _of_wishes: Mapping[int, Brought]
    _of_families: Mapping[str, Brought]

    @classmethod
    def of(cls, file: SessionFile, settings: Profile, talks: Iterable[Talk]) -> Topics:
        """
        Return the topics of a session; a topic that is put off keeps the id that it was first given.

        Args:
            talks: The talks about cases, those without room among them.
        """
        group = settings.setting == "group"
        wishes = tuple(_wishes_of(file))
        taken = [wish.id for _, wish in wishes if wish.id]
        by_wish: dict[int, Brought] = {}
        for whose, wish in wishes:
            ring = wish.ring or (Ring.GROUP if group else Ring.PERSONAL if whose == "supervisor" else Ring.PAIR)
            name = wish.id or _take_id(wish.since or file.date, ring, taken)
            topic = Topic(name, capitalise(wish.what), ring)
            by_wish[id(wish)] = Brought(topic=topic, whose=whose, purpose=wish.purpose)
        ring = Ring.GROUP if group else Ring.CASE
        by_family = {
            talk.family: Brought(
                topic=Topic(_take_id(file.date, ring, taken), talk.family, ring),
                whose="supervisee" if talk.chosen else "supervisor",
            )
            for talk in talks
        }
        return cls(file, by_wish, by_family)

    def of_wish(self, wish: Wish) -> Brought:
        """
        Return what somebody brings as a topic.
        """
        return self._of_wishes[id(wish)]

    def of_talk(self, talk: Talk) -> Brought:
        """
        Return what a talk is about as a topic: the reference of a case or a family.
        """
        return self._of_families[talk.family]

    def without_room(self, placed: Iterable[Brought]) -> tuple[Brought, ...]:
        """
        Return what was brought, and what the supervisee chose, without what has a place today.
        """
        ids = {each.topic.id for each in placed}
        chosen = (each for each in self._of_families.values() if each.whose == "supervisee")
        return tuple(each for each in (*self._of_wishes.values(), *chosen) if each.topic.id not in ids)


def _wishes_of(file: SessionFile) -> Iterator[tuple[str, Wish]]:
    if file.today is not None:
        yield "both", file.today
    yield from (("supervisee", wish) for wish in file.supervisee_items)
    yield from (("supervisor", wish) for wish in file.supervisor_items)


def _take_id(day: datetime.date, ring: Ring, taken: list[str]) -> str:
    name = next_id(day, ring, taken)
    taken.append(name)
    return name


def with_wishes_apart(file: SessionFile) -> SessionFile:
    """
    Return a session file in which no two wishes are the same object.
    """
    return attrs.evolve(
        file,
        today=attrs.evolve(file.today) if file.today else None,
        supervisee_items=tuple(map(attrs.evolve, file.supervisee_items)),
        supervisor_items=tuple(map(attrs.evolve, file.supervisor_items)),
    )


def talks_of(caseload: Caseload | None) -> tuple[Talk, ...]:
    """
    Return the talks about cases that have a place today, and those that the supervisee chose and have none.
    """
    return (*caseload.in_depth, *caseload.carried) if caseload else ()
