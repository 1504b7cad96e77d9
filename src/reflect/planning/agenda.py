"""
Turn a session file into a session that can really be held.

The frame stays the same and one thing varies. Both people's items have a place, and the supervisee's are never
dropped.
Cases are named by reference. The agenda says openly what is not discussed, and what did not fit and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from reflect.errors import Refused
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planning.dealing import deal_agenda
from reflect.planning.drafting import Draft, model_for
from reflect.planning.links import shorten_links
from reflect.planning.notes import AgendaNotes
from reflect.planning.plan import Plan, PlannedLine
from reflect.planning.profiles import Profile
from reflect.planning.sentences import OFTEN_CARRIED
from reflect.planning.session_file import SessionFile, Wish
from reflect.planning.suggesting import Shortlist, candidates, suggest
from reflect.planning.topics import Topics, talks_of, with_wishes_apart
from reflect.planning.unmet import name_unmet
from reflect.questions.choosing import least_asked_questions
from reflect.questions.question import Mode
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import QuestionSet
from reflect.questions.wordings import wording
from reflect.sessions.brought import Brought
from reflect.sessions.journal import EMPTY, Journal
from reflect.sessions.series import NO_MODEL
from reflect.sessions.session import Item, Session, make_item
from reflect.text.prose import day_in_words

#: The questions for an item whose purpose is known, as parts of their keys on its page.
_ASKS = {"decide": "who-does", "think": "so-far", "tell": "matters-now", "wanted": "wanted"}
#: Part of the key of the question that is asked only if an action was carried forward often.
_CARRIED_ASKS = "third-time"
#: The heading of an item that somebody brought, by its purpose.
_HEADINGS = {"decide": "To decide", "think": "To think about", "tell": "To tell"}


def arrange(
    file: SessionFile,
    settings: Profile,
    log: Journal = EMPTY,
    *,
    models: Catalogue | None = None,
    private: Sequence[str] = (),
) -> Plan:
    """
    Return the plan of a session.

    Args:
        file: Who, when, what is on people's minds, and what was done before.
        settings: The settings of the agency or profession.
        log: What the two have used so far; entries for this day or later are ignored.
        models: Where to look for models; by default our own.
        private: What only the two may read; it is printed in a standing item and has no minutes of its own.

    Raises:
        TooShort: What has to be in the session does not fit; the error names the smallest change that would help.
        DoesNotFit: A model that was chosen needs more minutes.
        UnknownKey: There is no model of that name.
        Refused: Nothing is left to plan; or it is a joint session, which is planned for each supervisee.
    """
    if file.supervisees:
        raise Refused("a joint session is planned for each of its supervisees; name it to reflect plan")
    models = our_catalogue() if models is None else models
    file = with_wishes_apart(file)
    words = wording(file.wording or settings.wording)
    dealt = deal_agenda(file, settings, models)
    if private and all(draft.kind != "wellbeing" for draft in dealt.kept):
        raise Refused("nothing on this agenda is for the two of you alone; say it in the room, and leave --private out")
    topics = Topics.of(file, settings, talks_of(dealt.caseload))
    notes = AgendaNotes(file, settings, words, dealt, topics, tuple(private))
    return _Planning(file, settings, log.before(file.date), models, notes).plan()


@attrs.frozen
class _Planning:
    file: SessionFile
    settings: Profile
    log: Journal
    models: Catalogue
    notes: AgendaNotes

    def plan(self) -> Plan:
        notes, dealt = self.notes, self.notes.dealt
        items, lines = self.items_and_lines()
        minutes = self.file.minutes or self.settings.length
        session = Session(
            minutes=minutes,
            items=items,
            dropped=tuple(self.titled_page(draft) for draft in dealt.gone if not draft.wish and not draft.talk),
            spare=dealt.spare,
            facts=self.facts(),
            notes=tuple(notes.notes_at_end()),
            put_off=notes.topics.without_room(each for item in items for each in item.brought),
            series=self.file.series[0] if len(self.file.series) == 1 else "",
            before=notes.before,
        )
        return Plan(
            session=session,
            lines=lines,
            caseload=dealt.caseload,
            actions=notes.actions,
            unconfirmed=notes.unconfirmed,
            dropped=tuple(draft.line.title for draft in dealt.gone),
            next_time=self.wishes_for_next_time(lines),
            raised=notes.raised,
            regulator=self.settings.regulated_by(self.file.date, self.file.nation),
            remarks=(*notes.remarks(lines, minutes), *name_unmet(self.file, dealt, lines)),
        )

    def items_and_lines(self) -> tuple[tuple[Item, ...], tuple[PlannedLine, ...]]:
        dealt = self.notes.dealt
        items: list[Item] = []
        lines: list[PlannedLine] = []
        begins = 0
        for draft, minutes in zip(dealt.kept, dealt.minutes, strict=True):
            if draft.kind in ("depth", "talk") and not draft.page:
                taken = [line.use for line in lines if line.kind in ("depth", "talk")]
                asks, use, advice = self.choose_model(draft, minutes, taken)
            else:
                asks, use, advice = *self.ask_of_page(draft, self.keys_shown(items, draft)), None
            # What was asked least in this series is asked now; the frame has one question, and that was picked.
            shows = [question.key for question in least_asked_questions(asks, self.log.asked)]
            item = make_item(asks, begins, minutes, tuple(self.notes.notes_at(draft, advice)), shows)
            items.append(attrs.evolve(item, brought=self.brought_to(draft)))
            lines.append(_line_of_draft(draft, minutes, use, advice))
            begins += minutes
        return tuple(items), tuple(lines)

    def keys_shown(self, items: Iterable[Item], draft: Draft) -> list[str]:
        """
        The questions shown so far that all readers of a line may know of: which ones were chosen for a topic shows
        what it is for.
        """

        def ring_of(brought: Iterable[Brought]) -> Ring:
            return next((each.topic.ring for each in brought), Ring.OPEN)

        line = ring_of(self.brought_to(draft)[:1] if draft.wish else ())
        known = (item for item in items if not item.about_brought or narrows(line, ring_of(item.brought)))
        return [key for item in known for key in item.shows]

    def brought_to(self, draft: Draft) -> tuple[Brought, ...]:
        """
        What is talked about in a line: what it is about, and what is taken in with it.
        """
        topics = self.notes.topics
        own = (topics.of_wish(draft.wish),) if draft.wish else (topics.of_talk(draft.talk),) if draft.talk else ()
        return (*own, *(topics.of_wish(wish) for wish in draft.wishes if wish is not draft.wish))

    def facts(self) -> dict[str, str]:
        file = self.file
        facts = {
            "organisation": file.organisation,
            "marking": file.marking,
            "date": day_in_words(file.date),
            "start": file.start,
            "place": shorten_links(file.place),
            "supervisor": file.supervisor,
            "supervisee": file.supervisee,
        }
        return {name: text for name, text in facts.items() if text}

    def titled_page(self, draft: Draft) -> QuestionSet:
        page = self.models.load(draft.page).questions if draft.page else QuestionSet(mode=Mode.SAY)
        return attrs.evolve(page, title=draft.line.title)

    def wishes_for_next_time(self, lines: Iterable[PlannedLine]) -> tuple[Wish, ...]:
        theirs = self.file.supervisee_items
        moved = [wish for draft in self.notes.dealt.gone for wish in draft.wishes if wish in theirs]
        if self.notes.dealt.caseload is not None:
            # What was chosen and got no slot comes first next time, because it was chosen; its words are not lost.
            placed = {wish for line in lines for wish in line.wishes}.union(moved)
            moved += [wish for wish in theirs if wish not in placed]
        return tuple(moved)

    # --- what is asked

    def ask_of_page(self, draft: Draft, shown: Sequence[str]) -> tuple[QuestionSet, str]:
        """
        The questions for a line of the frame or for an item somebody brought, and the page they come from.
        """
        use = draft.page or NO_MODEL
        asks = self.narrow_to_purpose(draft, use, self.models.load(use).questions)
        if self.file.after_shock and draft.kind == "wellbeing":
            # Do not ask about the weather of a week in which somebody died.
            asks = QuestionSet(key=use, mode=Mode.SAY, record=asks.record)
        elif draft.kind != "talk":
            # Everybody knows the frame, so one question is enough: not last time's, and none twice today.
            asks = asks.pick(1, seed=f"{self.file.seed} {self.file.date}", used=self.log.asked + Counter(shown))
        if draft.wish:
            other = "What cannot wait" if draft.kind == "today" else "Brought along"
            asks = attrs.evolve(asks, title=_HEADINGS.get(draft.wish.purpose, other), whose=draft.whose)
            topic = self.notes.topics.of_wish(draft.wish).topic
            asks = asks.about(topic.id, topic.title, topic.ring)
        else:
            asks = attrs.evolve(asks, title=draft.line.title, whose=draft.whose)
        return attrs.evolve(asks, least=0), use

    def narrow_to_purpose(self, draft: Draft, use: str, asks: QuestionSet) -> QuestionSet:
        """
        Keep only the question for the item's purpose, or for actions carried forward often, if the page has one.
        """
        purpose = draft.wish.purpose if draft.wish else ""
        if draft.kind == "today":
            purpose = purpose or ("wanted" if self.file.after_shock else "decide")
        if purpose:
            fitting = asks.where(lambda question: question.key == f"{use}.{_ASKS[purpose]}")
            asks = fitting if fitting.asks else asks
        if draft.kind == "actions":
            often = any(each.open and each.carried >= OFTEN_CARRIED for each in self.file.previous_actions)
            fitting = asks.where(lambda question: (question.key == f"{use}.{_CARRIED_ASKS}") is often)
            asks = fitting if fitting.asks else asks
        return asks

    def choose_model(
        self, draft: Draft, minutes: int, taken: Sequence[str]
    ) -> tuple[QuestionSet, str, Shortlist | None]:
        """
        The one thing that varies: a model that the two chose, or one that follows from what they have used.
        """
        chosen = model_for(self.file, draft.talk)
        advice = suggest(
            candidates(self.models),
            self.log,
            minutes=minutes,
            suits=self.settings.setting,
            family=draft.talk.family if draft.talk else "",
            purpose=str(draft.function),
            shock=self.file.after_shock,
            avoid=self.settings.avoid,
            seed=self.file.seed,
            taken=taken,
        )
        use = chosen or advice.suggestions[0].key
        asks = self.models.load(use).questions
        if draft.talk:
            topic = self.notes.topics.of_talk(draft.talk).topic
            asks = asks.about(topic.id, draft.line.title, topic.ring)
        return attrs.evolve(asks, whose=draft.whose), use, None if chosen else advice


def _line_of_draft(draft: Draft, minutes: int, use: str, advice: Shortlist | None) -> PlannedLine:
    return PlannedLine(
        key=draft.line.key,
        kind=draft.kind,
        title=draft.line.title,
        whose=draft.whose,
        function=draft.function,
        minutes=minutes,
        use=use,
        family=draft.talk.family if draft.talk else "",
        wishes=draft.wishes,
        advice=advice,
    )
