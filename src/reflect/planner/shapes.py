"""
The shapes of what the page is answered, for those who write it.

Each is an object as JSON has it; only a file has bytes. Whatever is `private` in them is somebody's words.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class OtherChoice(TypedDict):
    """
    What would fit where something does not.
    """

    key: str
    title: str
    needs: int


class Refusal(TypedDict):
    """
    What cannot be done.

    ``kind`` is the name of the error in lower case: ``doesnotfit``, ``tooshort``, ``unknownmodels``, ``unknownkey``,
    ``refused``, ``faults``, ``notopened``, ``fault`` (ours). ``about`` names what to change: a field of the hour, or
    empty. ``part`` is the id of the part it is about, or empty. ``key`` and ``title`` are those of a model.
    ``needs`` and ``has`` are minutes.
    """

    kind: str
    message: str
    about: str
    part: str
    key: str
    title: str
    needs: int
    has: int
    alternatives: list[OtherChoice]


class RefusedAnswer(TypedDict):
    """
    The answer where something cannot be done.
    """

    refused: Refusal


class PictureToDraw(TypedDict):
    """
    A picture that a file lacks, for the page to draw: as SVG, and as large in dots as its PNG is to be.
    """

    name: str
    svg: str
    wide: int
    high: int


class File(TypedDict):
    """
    A file to save. Its name has nobody's words in it. If it lacks pictures, they are there to be drawn.
    """

    name: str
    type: str
    bytes: bytes
    lacking: NotRequired[list[PictureToDraw]]


class PartOfHour(TypedDict):
    """
    A part of an hour.

    ``kind`` is ``standing``, ``talk`` (about nothing that is known beforehand), ``own`` (about what somebody brings) or
    ``model`` (one that a person put in). ``key`` is its model or page. ``when`` and ``why`` are those of its model.
    ``brought`` are the ids of what people bring that it holds. ``most`` is None if it may take all that is left.
    ``clock`` is when it begins.
    """

    id: str
    key: str
    title: str
    subtitle: str
    minutes: int
    least: int
    most: int | None
    clock: str
    ends: str
    whose: str
    kind: str
    when: str
    why: str
    may_change: bool
    may_leave: bool
    chosen: bool
    brought: list[str]


class PlaceOfHour(TypedDict):
    """
    Where something that somebody brings has got to: a part by its id, or another day in words.
    """

    id: str
    part: str
    when: str


class Paper(TypedDict):
    """
    A paper as a page shows it: for a shadow tree of its own.
    """

    title: str
    lang: str
    body: str
    style: str


class PlannedAnswer(TypedDict):
    """
    An hour that is planned.

    ``spare`` is below nothing if its parts take too many minutes. ``refusals`` has one for each part that has fewer
    than its least, and then there is no agenda. ``occasion`` and ``occasion_title`` say what it is planned as, and
    ``occasion_why`` the facts that chose it, or nothing. ``date`` is its day, and ``ends`` when it ends. ``out`` names
    the parts that a person has left out, with their titles.
    """

    parts: list[PartOfHour]
    places: list[PlaceOfHour]
    out: list[OtherChoice]
    minutes: int
    planned: int
    spare: int
    date: str
    ends: str
    reader: str
    occasion: str
    occasion_title: str
    occasion_why: str
    occasion_known: str
    remarks: list[str]
    refusals: list[Refusal]
    agenda: Paper | None


class Offer(TypedDict):
    """
    A model that is offered, and why.
    """

    key: str
    title: str
    minutes: int
    least: int
    why: str


class Offers(TypedDict):
    """
    What a talk may be helped by instead: the same again first, then three that differ in kind, and no model today.
    """

    same: Offer | None
    offers: list[Offer]
    none: Offer | None
    notes: list[str]


class PaperOnOffer(TypedDict):
    """
    A paper that can be made of an hour. ``part`` is the id of the part whose model it is about, or empty. A reader who
    is empty is anybody.
    """

    paper: str
    title: str
    readers: list[str]
    reader_titles: list[str]
    part: str
    formats: list[str]


class ModelHead(TypedDict):
    """
    What is known of a model without reading its page.
    """

    key: str
    title: str
    least: int
    usual: int
    when: str
    instead: str
    aims: list[str]
    suits: list[str]
    shape: str
    family: str
    frame: bool


class NamedChoice(TypedDict):
    """
    Something to choose, by its name, with what people call it.
    """

    name: str
    title: str
    about: NotRequired[str]
    minutes: NotRequired[int]
    group: NotRequired[bool]
    wording: NotRequired[str]
    nation: NotRequired[str]


class OccasionChoice(TypedDict):
    """
    What a session may be for, and when to choose it. ``least`` are its fewest minutes; ``minutes`` is its own length,
    or 0. ``known`` says who may know of it.
    """

    name: str
    title: str
    about: str
    least: int
    minutes: int
    group: bool
    known: str


class ChoicesOfPage(TypedDict):
    """
    What there is to choose from on the page.
    """

    occasions: list[OccasionChoice]
    profiles: list[NamedChoice]
    wordings: list[NamedChoice]
    nations: list[NamedChoice]
    aims: list[NamedChoice]


class Lines(TypedDict):
    """
    What the supervisee brings, to paste or as a file.
    """

    text: str
    file: File


class SentLine(TypedDict):
    """
    A line of a text that somebody sent. ``ring`` says who may read it, and is empty if the line does not; ``urgent``
    whether it must not wait; and ``whose`` who brings it, and is empty if the line does not say anything.
    """

    words: str
    ring: str
    urgent: bool
    whose: str


class ComesBack(TypedDict):
    """
    Something that was brought before, and comes back. If it is the ``first`` time, its bringer is asked, once, whether
    they still want it.
    """

    id: str
    words: str
    whose: str
    first: bool


class After(TypedDict):
    """
    The hour that follows from opened papers; ``notes`` and ``doubts`` are for whoever plans.
    """

    hour: dict[str, object]
    comes_back: list[ComesBack]
    actions: int
    notes: list[str]
    doubts: list[str]


class Resumed(TypedDict):
    """
    The hour that a plan was kept of, with its day in words, what was brought to it, and how many actions were open.
    """

    hour: dict[str, object]
    day: str
    topics: list[str]
    actions: int


class UsualPart(TypedDict):
    """
    A part of a usual hour. The key of a talk is empty: it has no model yet.
    """

    id: str
    key: str
    title: str
    subtitle: str
    minutes: int
    least: int
    most: int | None
    whose: str
    kind: str
    when: str
    why: str
    may_change: bool
    may_leave: bool
    brought: list[str]
