"""
A joint session: one supervisor and several supervisees about one piece of work, each in a series of their own.

All of them hear what is said, so nothing in it is between two people. Each one's folder and journal get the shared
agenda and a record of their own, with their own actions and their own signature, and nothing of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import attrs

from reflect.errors import Refused
from reflect.planning.session_file import Promise, SessionFile, Wish
from reflect.questions.rings import Ring
from reflect.text.names import NameFinder, is_same_name


def is_joint(file: SessionFile) -> bool:
    """
    Tell whether a session has several supervisees.
    """
    return len(file.supervisees) > 1


def file_of_each(file: SessionFile) -> tuple[SessionFile, ...]:
    """
    Return the session file of each supervisee of a joint session, in their order; the file itself if it has one.

    What they bring is for everybody who is there, and so for the supervision file of each. An action is of whoever does
    it; one about a case, or of nobody who is supervised here, is of all of them.
    """
    if not is_joint(file):
        return (file,)
    codes = file.series or ("",) * len(file.supervisees)
    shared = attrs.evolve(
        file,
        supervisees=(),
        today=_say_to_all(file.today) if file.today else None,
        supervisee_items=tuple(map(_say_to_all, file.supervisee_items)),
        supervisor_items=tuple(map(_say_to_all, file.supervisor_items)),
    )
    return tuple(
        attrs.evolve(
            shared,
            supervisee=name,
            participants=tuple(
                each for each in file.participants if each.role != "supervisee" or is_same_name(each.who, name)
            ),
            series=(code,) if code else (),
            previous_actions=_actions_of(name, file.supervisees, file.previous_actions),
        )
        for name, code in zip(file.supervisees, codes, strict=True)
    )


def file_of_one(file: SessionFile, series: Collection[str]) -> SessionFile:
    """
    Return the file of the supervisee whose series is among these; the file itself if the session is not a joint one.

    Raises:
        Refused: It is a joint session, and none or several of its series are among them.
    """
    if not is_joint(file):
        return file
    if not file.series:
        return file_of_each(file)[0]  # without codes nothing tells them apart, and a journal names nobody
    fits = [each for each in file_of_each(file) if set(each.series) & set(series)]
    if len(fits) != 1:
        raise Refused("this is a joint session; say with --series whose journal it is", "series")
    return fits[0]


def _say_to_all(wish: Wish) -> Wish:
    return attrs.evolve(wish, ring=wish.ring or Ring.PERSONAL)


def _actions_of(name: str, all_names: Collection[str], promises: Iterable[Promise]) -> tuple[Promise, ...]:
    finder = NameFinder(all_names)

    def is_theirs(promise: Promise) -> bool:
        alone = {each for each in all_names if is_same_name(promise.who, each)}
        named = alone or set(_find_names(finder, promise.who))
        return bool(promise.case) or not named or name in named

    return tuple(filter(is_theirs, promises))


def _find_names(finder: NameFinder, who: str) -> Iterator[str]:
    """
    Give those who are named in a line; a single letter is a name only if it is a capital.
    """
    for place in finder.find(who):
        if place.certain or place.end - place.start > 1:
            yield place.name
