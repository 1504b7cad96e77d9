"""
Every paper in every format and look, as hashes: what CPython makes and what the page's Python makes have to be equal.

It runs in both, so it imports nothing but reflect. What is refused counts too, by its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import reflect
from reflect.documents.templates import Templates
from reflect.errors import ReflectError
from reflect.files import objects
from reflect.pages.catalogues import our_catalogue
from reflect.papers import STANDING_PAPERS, example, paper_of

#: PDF is laid out by Typst, which the page does not have.
FORMATS = ("docx", "html", "md", "txt", "json")
LOOKS = ("large-print", "dyslexia-friendly", "pen", "landscape")
SESSION = "arrive@3 + previous-actions@5 + wellbeing-check-in@7 + {}@38 + close@7"
#: Models whose papers differ most: a cycle, lenses, columns, a scale, steps for a group, and one without a picture.
SHOWN = ("kolb-cycle", "seven-eyed", "three-column-mapping", "wellbeing-check-in", "balint-group", "social-graces")
WORDINGS = ("general", "nursing", "childrens-social-work", "housing")


def _subject(of: str, key: str) -> Any:
    if of in STANDING_PAPERS:
        return objects.read(example(paper_of(of)), paper_of(of), of)
    if of in ("model", "models"):
        return reflect.load(key) if of == "model" else [reflect.load(each) for each in SHOWN[:4]]
    return SESSION.format(key) if of in ("session", "hour") else None


def papers() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """
    Yield each paper under a name that says what it is, with the function that makes it.
    """

    def making(name: str, subject: Any, **chosen: Any) -> Callable[[], bytes]:
        return lambda: reflect.render(subject, name, **chosen)

    shelf = Templates()
    for n, name in enumerate(shelf.names()):
        of = shelf.about(name).of
        key, wording = SHOWN[n % len(SHOWN)], WORDINGS[n % len(WORDINGS)]
        subject = _subject(of, key)
        chosen = {"wording": wording, "reader": "supervisor" if of in STANDING_PAPERS else None}
        for to in FORMATS:
            yield f"{name}.{to}", making(name, subject, to=to, **chosen)
        for look in LOOKS:
            for to in ("docx", "html"):
                yield f"{name} {look}.{to}", making(name, subject, to=to, looks=[look], **chosen)
    for n, head in enumerate(our_catalogue().heads()):
        name, to = (("handout", "docx"), ("worksheet", "html"), ("cards", "docx"))[n % 3]
        yield f"{name} of {head.key}.{to}", making(name, reflect.load(head.key), to=to)
    for key in SHOWN:
        yield f"record with {key}, read back", lambda key=key: _read_back(key)


def _read_back(key: str) -> bytes:
    record = reflect.read(reflect.render(SESSION.format(key), "record", facts={"date": "2026-04-01", "start": "14:00"}))
    return reflect.to_json(record).encode()


def hashes() -> dict[str, str]:
    """
    Return a hash of each paper, or the words of its refusal.
    """
    made: dict[str, str] = {}
    for name, make in papers():
        try:
            made[name] = hashlib.sha256(make()).hexdigest()[:20]
        except ReflectError as error:
            made[name] = f"refused: {error}"
    return made
