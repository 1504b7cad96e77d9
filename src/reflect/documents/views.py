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
        text: The wording, with "or pass" where it belongs; its plain form, if that was asked for.
        hint: An example or a way in.
        probes: Follow-ups.
        plain: The plain form, with "or pass" where it belongs; *text* itself if the page has none.
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
    plain: str
    core: bool
    to: str
    kind: str
    low: str
    high: str
    whose: str
    options: tuple[str, ...]


@attrs.frozen(kw_only=True)
class StepView:
    """
    One thing that is done.

    Attributes:
        key: What hangs on it, where something is written in it.
        number: Its place among the steps of its part, from 1.
        text: What is done.
        page: The title of the page that is this step, if there is one and its words do not say it.
        hint: An example, or what makes it easier.
        does: What kind of doing it is: "say", "do", "draw", "move", "sort", "vote", "write", "wait" or "silent".
        minutes: How long it takes each time round, 0 if nothing is known.
        role: Who does it, if its part does not say the same.
        kind: How what is written in it is kept; nothing if nothing is.
        low: What nought means on a scale.
        high: What ten means on a scale.
        whose: Whose number it is.
        options: What a choice offers.
    """

    key: str
    number: int
    text: str
    page: str
    hint: str
    does: str
    minutes: int
    role: str
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
        key: Its key.
        number: Its place among the parts beside it, from 1.
        title: What it is called.
        guidance: What everybody reads.
        notes: What whoever leads reads.
        questions: What is asked in it.
        core: The questions of the short version, or all of them if it marks none.
        steps: What is done in it, step by step.
        parts: Its own parts.
        used: The same in the order of use.
        asks: Whether anything is asked in it; otherwise something is done, or there is silence.
        does: What is done in it, as a step says it; "ask" if it asks.
        minutes: Its usual minutes, all its rounds together; 0 if nothing is known.
        rounds: How often it is gone through.
        each: The minutes of one round; 0 if nothing is known.
        to: Whom it is put to, if not to the supervisee.
        role: Who acts in it.
        also: Who else has a small part in it.
        quiet: Who is silent in it, where that is said.
        look: In a diagram: "cycle" if its parts go round the four elements, or what is done in it; nothing if it asks.
    """

    key: str
    number: int
    title: str
    guidance: Blocks
    notes: Blocks
    questions: tuple[QuestionView, ...]
    core: tuple[QuestionView, ...]
    steps: tuple[StepView, ...]
    parts: tuple[PartView, ...]
    used: tuple[PartView, ...]
    asks: bool
    does: str
    minutes: int
    rounds: int
    each: int
    to: str
    role: str
    also: tuple[str, ...]
    quiet: tuple[str, ...]
    look: str


@attrs.frozen(kw_only=True)
class LaidView:
    """
    A step of a method as it is laid out on a card or a slide, in the order of use: a part that asks or is done in one
    go, or one of the steps of a part.

    Attributes:
        number: Its place in the row, from 1.
        of: How many there are in the row.
        title: What it is called, or what is done.
        text: What everybody reads, in a sentence or two.
        steps: What is done, step by step, if its part is laid out as one.
        does: What is done, as a step says it; "ask" if it asks.
        role: Who does it, or whom it is put to.
        also: Who else has a small part in it.
        quiet: Who is silent in it, where that is said.
        part: The title of the part it is a step of; nothing if it is a whole part.
        rounds: How often its part is gone through.
        minutes: How long it takes each time; 0 if nothing is known.
        times: When it is done, from and to in minutes, for each round; empty if nobody knows.
        at: The stretches of the track that are it, from 1.
        sentence: The first sentence of *text*, which is all that a slide says.
        further: The others.
        more: What everybody reads and there was no room for.
        notes: What whoever leads reads.
        questions: What is asked in it: the short version.
        others: What else may be asked in it.
        again: Whether it goes on from the one before, which had no room for all.
    """

    number: int
    of: int
    title: str
    text: str
    steps: tuple[str, ...]
    does: str
    role: str
    also: tuple[str, ...]
    quiet: tuple[str, ...]
    part: str
    rounds: int
    minutes: int
    times: tuple[tuple[int, int], ...]
    at: tuple[int, ...]
    sentence: str
    further: str
    more: str
    notes: str
    questions: tuple[QuestionView, ...]
    others: tuple[QuestionView, ...]
    again: bool


@attrs.frozen(kw_only=True)
class StretchView:
    """
    One stretch of the track of a method.

    Attributes:
        share: Its width, in proportion to the others.
        does: What is done in it, as a step says it; "ask" if it asks.
    """

    share: int
    does: str


@attrs.frozen(kw_only=True)
class BoxView:
    """
    A box of a worksheet: what is written about a part of a model.

    Attributes:
        key: What is written in it hangs on this key: that of its only question, or that of the part.
        title: What it is called: its part, or the question itself.
        number: The place of its part among the parts beside it, from 1; 0 if it is of none.
        asks: The questions that are answered in it.
        others: The questions of its part that have places of another kind, such as a scale.
    """

    key: str
    title: str
    number: int
    asks: tuple[QuestionView, ...]
    others: tuple[QuestionView, ...]


@attrs.frozen(kw_only=True)
class SheetView:
    """
    Boxes of a worksheet that stand together.

    Attributes:
        title: The part that they are of; empty if they are of the whole model.
        number: The place of that part among the parts beside it; 0 if they are of the whole model.
        guidance: What everybody reads of that part; nothing if they are of the whole model.
        boxes: The boxes, in the order of use.
        across: How many are side by side.
        turns: Whether they stand round in a ring.
    """

    title: str
    number: int
    guidance: Blocks | None
    boxes: tuple[BoxView, ...]
    across: int
    turns: bool


@attrs.frozen(kw_only=True)
class CanvasView:
    """
    The sheet that a method fills.

    Attributes:
        key: What is written on it hangs on this key, followed by a number.
        kind: "sheet", "axes", "columns", "circles" or "timeline".
        words: What is printed on it: heads of columns, circles from the innermost out, marks of a time line, the four
            ends of two axes (left, right, bottom, top).
        rows: The heads of its rows.
    """

    key: str
    kind: str
    words: tuple[str, ...]
    rows: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PictureView:
    """
    The picture that a model is known by, where that is not how its parts stand to one another.

    Attributes:
        shape: How what is in it stands to one another, such as "corners".
        words: What is in it.
        across: The heads of its columns, if its words are those of rows.
    """

    shape: str
    words: tuple[str, ...]
    across: tuple[str, ...]


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
        deed: What to do with it, as the title of a slide: the first words of *opening* if they are short, or its title.
        beyond: The rest of *opening*, which goes on from *deed*.
        more: The rest of what its page says about it as a whole.
        notes: What whoever leads reads.
        when: When it helps.
        instead: When to do something else.
        mistakes: What commonly goes wrong.
        minutes: Its length in words, such as "20 to 40 minutes".
        today: How many minutes it has today, and its parts with it; 0 if it is not about a certain day.
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
        parts: Its parts. Steps outside its parts are a part that has its own title.
        used: The same in the order of use.
        asks: All its questions, in order.
        steps: Whether anything is done in it, step by step.
        people: How many people it is for and how they sit, in words, such as "3 to 18 people, in threes".
        laid: What is done and asked, as it is laid out in a row; what one card has no room for goes on in the next.
        track: The stretches of the whole, in the order of time.
        lasts: The usual minutes of the whole; 0 if they are not all known.
        leads: What whoever leads reads, without its looks, in pieces that one side of a card holds.
        method: Whether it is used step by step: by its shape, or because something is done in it.
        fewest: How many people it needs; 0 if the page does not say.
        most: How many it is for at most; 0 if there is no limit, or the page does not say.
        sits: How they sit, pair or re-form.
        materials: What has to be there.
        room: What the room needs.
        picture: The picture it is known by; None if that is how its parts stand to one another.
        canvas: The sheet it fills; None if there is none.
        sheets: The boxes of its worksheet; none if it has no parts, or if something is done in one and not asked.
        variants: Other ways to do it: for each when, and what is then done differently.
        goes_with: The titles of pages it goes well with.
    """

    key: str
    title: str
    family: str
    summary: Blocks
    opening: str
    deed: str
    beyond: str
    more: Blocks
    notes: Blocks
    when: str
    instead: str
    mistakes: tuple[str, ...]
    minutes: str
    today: int
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
    used: tuple[PartView, ...]
    asks: tuple[QuestionView, ...]
    steps: bool
    people: str
    laid: tuple[LaidView, ...]
    track: tuple[StretchView, ...]
    lasts: int
    leads: tuple[str, ...]
    method: bool
    fewest: int
    most: int
    sits: str
    materials: tuple[str, ...]
    room: str
    picture: PictureView | None
    canvas: CanvasView | None
    sheets: tuple[SheetView, ...]
    variants: tuple[tuple[str, str], ...]
    goes_with: tuple[str, ...]


@attrs.frozen(kw_only=True)
class TopicView:
    """
    Something that was taken in with an item of a session.

    Attributes:
        key: What its record hangs on.
        title: What it is.
        whose: Whose it is, in the words of the profession.
        purpose: What it is for: "decide", "think" or "tell"; empty if nobody said.
        outcome: What became of it, as it was ticked.
        until: Until when it was put off.
        answer: What was written about it.
    """

    key: str
    title: str
    whose: str
    purpose: str
    outcome: str
    until: str
    answer: str


@attrs.frozen(kw_only=True)
class PutOffView:
    """
    Something that has no room today.

    Attributes:
        title: What it is.
        whose: Whose it is, in the words of the profession.
        when: When it is done instead, or how; empty if nobody said.
    """

    title: str
    whose: str
    when: str


@attrs.frozen(kw_only=True)
class NeedsView:
    """
    What a method needs to be there.

    Attributes:
        people: How many people it is for and how they sit, in words, such as "3 to 18 people, in threes".
        materials: What has to be there.
        room: What the room needs.
        canvas: The sheet it fills; None if there is none.
    """

    people: str
    materials: tuple[str, ...]
    room: str
    canvas: CanvasView | None


@attrs.frozen(kw_only=True)
class TurnView:
    """
    A part of an item with its time, or some of the steps in a part.

    Attributes:
        begins: When it begins: clock time, or hours and minutes from the start.
        minutes: How long it is, all its rounds together; 0 if there is no time for it.
        title: What it is called; empty if its item has no parts, and for steps.
        inside: What the part is called that it is in, if that is not the item itself.
        open: Whether nothing is planned in it.
        guidance: What everybody reads, in plain words: its first sentence, and more if it is short.
        does: What is done in it, as a step says it; "ask" if it asks.
        silent: Whether nobody speaks in it.
        rounds: When each of its rounds begins; empty if it has one, or no time to tell them apart.
        many: How many rounds it has.
        each: How long a round is; 0 if they are not told apart.
        questions: Those of the item's questions that are asked in it.
        steps: What is done in it, step by step, if its steps have no times of their own.
        numbered: Whether its part has several steps.
        turns: Its steps with their times, in its first round.
        roles: Who has a lane beside it: the roles of its item or of the part that it is inside of, if several.
        lanes: What each of these roles does in it: "speaks", "little", "listens" or "silent"; empty if it is open.
        who: Who speaks or acts in it.
    """

    begins: str
    minutes: int
    title: str
    inside: str
    open: bool
    guidance: str
    does: str
    silent: bool
    rounds: tuple[str, ...]
    many: int
    each: int
    questions: tuple[QuestionView, ...]
    steps: tuple[StepView, ...]
    numbered: bool
    turns: tuple[TurnView, ...]
    roles: tuple[str, ...]
    lanes: tuple[str, ...]
    who: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ItemView:
    """
    An item of a session.

    Attributes:
        key: What its record hangs on.
        kind: What kind of heading it is, such as "before", "short" or "close"; empty if nobody said.
        talk: Whether it is a talk with room to think: of fifteen minutes or more.
        begins: When it begins: clock time, or hours and minutes from the start.
        minutes: How long it is.
        title: What it is about, or what is asked.
        model: The model, where *title* is a topic.
        whose: Whose item it is, in the words of the profession.
        stages: Its parts and their minutes, in words, where it goes through them in turn.
        way: The names of its parts in the order of use, where it goes through them in turn, or uses only these.
        questions: At most two of its questions.
        turns: Its parts with their times, if anything is done in it or people have roles in it; otherwise empty.
        needs: What has to be there for its turns; None if its page does not say.
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
    kind: str
    talk: bool
    begins: str
    minutes: int
    title: str
    model: str
    whose: str
    stages: str
    way: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    turns: tuple[TurnView, ...]
    needs: NeedsView | None
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
        named: Whether it has words that this reader may read; otherwise it is something that could not wait.
        state: In a record: done, changed, not yet or dropped; nothing if nothing was said.
        options: What can be ticked of it.
    """

    key: str
    line: str
    named: bool
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
        talks: In a record: the talks among them, of fifteen minutes or more, or the longest if none is that long.
        short: In a record: what else was talked about: key, title, what was written, and what it is
            about, as items say it.
        anything: Whether a record needs one more place, for the rest.
        facts: What is said about the session, by name; "" where nothing is.
        stops: The full stop that follows each of them at the end of a sentence, by name; "" if it ends with one.
        others: Who else is there, besides the two or the group: for each the role, who it is, and "room", "video" or
            "telephone", in this order.
        apart: Whether somebody is not in the room: "video", "telephone", or nothing.
        answers: In a record: what was written elsewhere, by key.
        before: The actions from last time, without those about a case.
        before_cases: The reference of each case with actions from last time, and how many, in words.
        actions: In a record: for each action what, who and by when, in this order.
        decisions: In a record: for each decision what, why and who, in this order.
        signed: In a record: by "supervisee" and "supervisor": value, name, date and comments; empty where nothing is.
        private: What stays between the two, each with what it stands under.
        notes: What an agenda says at its end.
        put_off: What people brought that has no room today, and when instead.
        occasion: What the session is for, by name; empty if that is not known, or not for this reader.
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
    talks: tuple[ItemView, ...]
    short: tuple[tuple[str, str, str, str], ...]
    anything: bool
    facts: Mapping[str, str]
    stops: Mapping[str, str]
    others: tuple[tuple[str, str, str], ...]
    apart: str
    answers: Mapping[str, str]
    before: tuple[BeforeView, ...]
    before_cases: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, ...], ...]
    decisions: tuple[tuple[str, ...], ...]
    signed: Mapping[str, Mapping[str, str]]
    private: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    put_off: tuple[PutOffView, ...]
    occasion: str


@attrs.frozen(kw_only=True)
class ShownItemView:
    """
    An item of an hour, as everybody in the room may see it.

    Attributes:
        title: The title of its page, or that of its part if it is one of several; empty if it has no page.
        minutes: How long it is.
        does: What is done in it, as a step says it; "ask" if it asks.
        model: Its model; None if it has none that everybody may see, or if an earlier item has the same.
    """

    title: str
    minutes: int
    does: str
    model: ModelView | None


@attrs.frozen(kw_only=True)
class ShownHourView:
    """
    A planned hour, as everybody in the room may see it: nothing in it is about anybody.

    Attributes:
        minutes: How long it is.
        items: What it consists of.
        spare: Minutes nothing was planned for.
    """

    minutes: int
    items: tuple[ShownItemView, ...]
    spare: int


#: All of them, in the order in which the reference page lists them.
VIEWS: tuple[type, ...] = (
    ModelView,
    PartView,
    QuestionView,
    StepView,
    LaidView,
    StretchView,
    BoxView,
    SheetView,
    PictureView,
    CanvasView,
    SessionView,
    ItemView,
    TurnView,
    NeedsView,
    TopicView,
    PutOffView,
    BeforeView,
    ShownHourView,
    ShownItemView,
)
