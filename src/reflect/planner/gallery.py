"""
The gallery as it is baked into the page: rows of needs, ways of working, and what is known of each model.

All of it is there before the library is: the page searches it, filters it, and shows a model with a question.
"""

from __future__ import annotations

from typing import TypedDict

from reflect.diagrams.signs import outline_of
from reflect.documents.model_viewing import ModelViewer
from reflect.documents.views import ModelView, PartView
from reflect.pages.catalogues import Catalogue
from reflect.pages.our_heads import our_heads
from reflect.planner.needs import WAYS, Needs, fold, our_needs, words_for
from reflect.planner.small_pictures import small_picture, svg_of
from reflect.planner.ways import ways_of
from reflect.questions.model import Head, Model, Suits
from reflect.questions.question import Mode
from reflect.questions.wordings import Wording
from reflect.sessions.series import varies

#: With whom a model works, as the filter says it.
WHO = {Suits.ONE_TO_ONE: "two", Suits.GROUP: "group", Suits.SELF: "alone"}
#: So many questions of a model are shown before its page is opened.
QUESTIONS = 2


class ShownNeed(TypedDict):
    """
    A row. ``first`` are the models that are always in sight in it, ``more`` those that stand in it besides.
    """

    name: str
    title: str
    colour: str
    first: list[str]
    more: list[str]


class ShownModel(TypedDict):
    """
    What is known of a model at first sight.

    ``least`` and ``most`` are minutes, 0 if the page names none. ``frame`` is whether it stands in every session.
    ``needs`` are the names of its rows, its home first. ``asks`` are two questions at most, in the words of the
    wording. ``picture`` is SVG with classes. ``words`` are what it is found by, in three grades.
    """

    key: str
    title: str
    short: str
    least: int
    most: int
    when: str
    instead: str
    needs: list[str]
    ways: list[str]
    who: list[str]
    aims: list[str]
    suits: list[str]
    frame: bool
    asks: list[str]
    picture: str
    own: bool
    words: dict[str, str]


class ShownSet(TypedDict):
    """
    Models that a trainer may take in one go.
    """

    name: str
    title: str
    keys: list[str]


class Sign(TypedDict):
    """
    The sign of what is done: the commands of a path in a square of 24, and whether it is a line.
    """

    path: str
    line: bool


class Gallery(TypedDict):
    """
    The whole gallery. The order of its models is that of the rows. ``sets`` are what a trainer may take in one go.
    ``signs`` are by what is done. ``numbers`` and ``units`` are words for minutes, and ``small`` are words that say
    nothing when somebody searches.
    """

    needs: list[ShownNeed]
    ways: list[str]
    models: list[ShownModel]
    sets: list[ShownSet]
    signs: dict[str, Sign]
    numbers: dict[str, int]
    units: list[str]
    small: list[str]


def gallery(models: Catalogue, wording: Wording, needs: Needs | None = None) -> Gallery:
    """
    Return the gallery of a catalogue.

    Args:
        models: What is in it; pages with faults are left out.
        wording: The words in which questions are asked.
        needs: The rows; by default ours.
    """
    rows = needs or our_needs()
    viewer = ModelViewer(wording=wording, models=models)
    found = {head.key: models.model(head.key) for head in models.heads()}
    homes: dict[str, list[str]] = {need.name: [key for key in need.first if key in found] for need in rows.needs}
    for key, model in found.items():
        home = homes[rows.home(model.head).name]
        if key not in home:
            home.append(key)
    order = [key for need in rows.needs for key in homes[need.name]]
    return Gallery(
        needs=[
            ShownNeed(
                name=need.name,
                title=need.title,
                colour=need.colour,
                first=homes[need.name],
                more=[key for key in order if need.has(found[key].head) and key not in homes[need.name]],
            )
            for need in rows.needs
        ],
        ways=[*WAYS],
        models=[_show(found[key], viewer, rows) for key in order],
        sets=[
            ShownSet(name=each.name, title=each.title, keys=[*each.keys])
            for each in rows.sets
            if set(each.keys) <= set(found)
        ],
        signs={str(does): _sign(does) for does in Mode},
        numbers={fold(word): number for word, number in rows.numbers.items()},
        units=[*map(fold, rows.units)],
        small=[*map(fold, rows.small)],
    )


def _sign(does: Mode) -> Sign:
    path, line = outline_of(does)
    return Sign(path=path, line=line)


def _show(model: Model, viewer: ModelViewer, needs: Needs) -> ShownModel:
    head = model.head
    view = viewer.view_model(model)
    least, most = head.minutes or (0, 0)
    ways = ways_of(model)
    ours = _is_ours(head)
    return ShownModel(
        key=head.key,
        title=view.title,
        short=needs.short(head) if ours else view.title,
        least=least,
        most=most,
        when=view.when,
        instead=view.instead,
        needs=[need.name for need in needs.of(head)],
        ways=[*ways],
        who=[WHO[suit] for suit in WHO if suit in head.suits],
        aims=[*map(str, head.aims)],
        suits=[*map(str, head.suits)],
        frame=not varies(head),
        asks=_first_questions(view),
        picture=svg_of(small_picture(model, own=ours)),
        own=not ours,
        words=words_for(head, ways, needs),
    )


def _is_ours(head: Head) -> bool:
    """
    Tell whether a model is one that comes with the library: an agency's own may have a key of ours.
    """
    shipped = our_heads().get(f"{head.key}.md")
    return shipped is not None and (shipped.title, shipped.author) == (head.title, head.author)


def _first_questions(view: ModelView) -> list[str]:
    """
    Return questions of the short version, one of each part: people see at once how the model goes on.

    Where nothing is asked, it is what is done first.
    """
    asked = [texts for part in view.used if (texts := _core_of(part))]
    loose = [question.text for question in view.core]
    texts = [*loose, *(texts[0] for texts in asked), *(text for texts in asked for text in texts[1:])]
    steps = [step.text for part in view.used for step in part.steps]
    return [*dict.fromkeys(texts or steps)][:QUESTIONS]


def _core_of(part: PartView) -> list[str]:
    return [question.text for question in part.core] + [text for inner in part.used for text in _core_of(inner)]
