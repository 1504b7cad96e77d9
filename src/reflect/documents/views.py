"""
What templates see: a small, settled picture of a model or a session.

Every word of a wording is already in place, and a view has nothing in it that its reader may not read. The reference
page on templates lists these names; `reflect.documents.viewing` makes the views.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from reflect.text.filling import Blocks


@attrs.frozen(kw_only=True)
class QuestionView:
    """
    A question, in the words of the profession.

    Attributes:
        key: What its answer hangs on.
        text: The wording, with "or pass" where it belongs.
        hint: An example or a way in.
        probes: Follow-ups.
        core: Whether it belongs to the short version.
        to: Whom it is put to, if not to the supervisee.
        kind: How it is answered.
        low: What nought means on a scale.
        high: What ten means on a scale.
        whose: Whose number it is.
        options: What a choice offers.
    """

    key: str
    text: str
    hint: str
    probes: tuple[str, ...]
    core: bool
    to: str
    kind: str
    low: str
    high: str
    whose: str
    options: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PartView:
    """
    A part of a model.

    Attributes:
        number: Its place among the parts beside it, from 1.
        title: What it is called.
        guidance: What everybody reads.
        notes: What whoever leads reads.
        questions: What is asked in it.
        core: The questions of the short version, or all of them if it marks none.
        parts: Its own parts.
        asks: Whether anything is asked in it; otherwise something is told, or there is silence.
        minutes: Its usual minutes, 0 if nothing is known.
        to: Whom it is put to, if not to the supervisee.
        role: Who acts in it.
        look: In a diagram: "cycle" if its parts go round the four elements, "silent" if nobody speaks to it.
    """

    number: int
    title: str
    guidance: Blocks
    notes: Blocks
    questions: tuple[QuestionView, ...]
    core: tuple[QuestionView, ...]
    parts: tuple[PartView, ...]
    asks: bool
    minutes: int
    to: str
    role: str
    look: str


@attrs.frozen(kw_only=True)
class ModelView:
    """
    A model, or a set made of several.

    Attributes:
        key: Its key, or nothing for a set made in code.
        title: What it is called.
        family: What sort of model it is.
        summary: What it is for: the first paragraph of its page.
        opening: The same in plain words, for a cell or a slide.
        more: The rest of what its page says about it as a whole.
        notes: What whoever leads reads.
        when: When it helps.
        instead: When to do something else.
        mistakes: What commonly goes wrong.
        minutes: Its length in words, such as "20 to 40 minutes".
        suits: With how many people it works, in words.
        roles: The roles it needs.
        whose: Whose item it is on an agenda, in the words of the profession.
        record: What a record of the session asks about it; nothing if nothing is kept.
        sources: Where it comes from.
        origin: The first of them, without its publisher, for a card.
        after: The author and year of the first, in short, such as "Kolb (1984)"; for a card.
        rights: What is whose.
        author: Whose the words are; nothing if the page does not say.
        licence: Of the wording, as the page has it; nothing if it names none.
        licence_name: The same as it is written for people, such as "CC BY 4.0".
        draft: Whether it names no source.
        shape: How its parts stand to one another.
        cyclic: Whether its parts come round again.
        questions: What is asked outside its parts.
        core: The short version of those.
        parts: Its parts.
        asks: All its questions, in order.
    """

    key: str
    title: str
    family: str
    summary: Blocks
    opening: str
    more: Blocks
    notes: Blocks
    when: str
    instead: str
    mistakes: tuple[str, ...]
    minutes: str
    suits: str
    roles: tuple[str, ...]
    whose: str
    record: str
    sources: tuple[str, ...]
    origin: str
    after: str
    rights: str
    author: str
    licence: str
    licence_name: str
    draft: bool
    shape: str
    cyclic: bool
    questions: tuple[QuestionView, ...]
    core: tuple[QuestionView, ...]
    parts: tuple[PartView, ...]
    asks: tuple[QuestionView, ...]


@attrs.frozen(kw_only=True)
class TopicView:
    """
    Something that was taken in with an item of a session.

    Attributes:
        key: What its record hangs on.
        title: What it is.
        outcome: What became of it, as it was ticked.
        until: Until when it was put off.
        answer: What was written about it.
    """

    key: str
    title: str
    outcome: str
    until: str
    answer: str


@attrs.frozen(kw_only=True)
class ItemView:
    """
    An item of a session.

    Attributes:
        key: What its record hangs on.
        begins: When it begins: clock time, or hours and minutes from the start.
        minutes: How long it is.
        title: What it is about, or what is asked.
        model: The model, where *title* is a topic.
        whose: Whose item it is, in the words of the profession.
        stages: Its parts and their minutes, in words, where it goes through them in turn.
        questions: At most two of its questions.
        record: What a record asks about it; nothing if it has no place of its own.
        outcome: In a record: what became of it, as it was ticked.
        until: In a record: until when it was put off.
        answer: In a record: what was written about it.
        notes: What else an agenda says about it.
        asked: In a record: what it is about, in the words it was written under; empty if it is "the talk" or a case.
        about: In a record: "topic", "case", "talk", or "asked" if it is headed by a question; empty for the frame, of
            which nobody asks what became.
        brought: In a record: what was taken in with it.
    """

    key: str
    begins: str
    minutes: int
    title: str
    model: str
    whose: str
    stages: str
    questions: tuple[QuestionView, ...]
    record: str
    outcome: str
    until: str
    answer: str
    notes: tuple[str, ...]
    asked: str
    about: str
    brought: tuple[TopicView, ...]


@attrs.frozen(kw_only=True)
class BeforeView:
    """
    An action from last time.

    Attributes:
        key: What its record hangs on.
        line: Who does what by when, and where it was agreed, in one line.
        state: In a record: done, changed, not yet or dropped; nothing if nothing was said.
        options: What can be ticked of it.
    """

    key: str
    line: str
    state: str
    options: tuple[str, ...]


@attrs.frozen(kw_only=True)
class SessionView:
    """
    A session, as its reader may see it.

    Attributes:
        minutes: How long it is.
        begins: When it begins.
        ends: When it ends.
        timed: Whether times are of the clock; otherwise they count from the start.
        items: What it consists of.
        spare: Minutes nothing was planned for.
        open: When the spare time begins.
        dropped: Titles of what there was no time for.
        shortened: What has fewer minutes than were wished for, in words.
        places: The items that have a place of their own in a record.
        anything: Whether a record needs one more place, for the rest.
        facts: What is said about the session, by name; "" where nothing is.
        answers: In a record: what was written elsewhere, by key.
        before: The actions from last time, without those about a case.
        before_cases: The reference of each case with actions from last time, and how many, in words.
        actions: In a record: for each action what, who and by when, in this order.
        decisions: In a record: for each decision what, why and who, in this order.
        signed: In a record: by "supervisee" and "supervisor": value, name, date and comments; empty where nothing is.
        private: What stays between the two, each with what it stands under.
        notes: What an agenda says at its end.
    """

    minutes: int
    begins: str
    ends: str
    timed: bool
    items: tuple[ItemView, ...]
    spare: int
    open: str
    dropped: tuple[str, ...]
    shortened: tuple[str, ...]
    places: tuple[ItemView, ...]
    anything: bool
    facts: Mapping[str, str]
    answers: Mapping[str, str]
    before: tuple[BeforeView, ...]
    before_cases: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, ...], ...]
    decisions: tuple[tuple[str, ...], ...]
    signed: Mapping[str, Mapping[str, str]]
    private: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
