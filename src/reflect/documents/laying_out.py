"""
A method in the order of use, as whoever leads it lays it out in a row: what is done, by whom, when and how long.

A deck has a card for each of these steps, and a slide shows one large.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from reflect.diagrams.metrics import width
from reflect.documents.views import LaidView, PartView, QuestionView, StretchView
from reflect.text import nodes

#: About how wide a title, the sentences under it and the back of a card may be, as so many times the size of their
#: letters: what is longer goes on at the back, and then on a further card.
TITLE, TEXT, BACK = 40.0, 125.0, 230.0
#: Steps without minutes of their own are on one card if there are no more than this, and no wider.
_TOGETHER, _WIDEST = 5, 100.0
#: A track shows each round up to this many stretches of a part; beyond, the rounds of a step are one stretch.
_STRETCHES = 24
#: How much finer than minutes the shares of a track are.
_FINE = 10

#: The most letters of a title that says what to do.
_DEED = 110
#: What parts the first words of a page from those that go on from them.
_ON_FROM = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|:\s+")
#: A clause at the beginning of a long sentence can be a title if it has this many words, and anything else with these.
_COMMA, _CLAUSE, _FEWEST = re.compile(r",\s+"), 6, 4
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")


@attrs.frozen
class Laid:
    """
    Attributes:
        steps: The steps, in the order of use; what does not fit on one card goes on in the next, with the same number.
        track: The stretches of the whole, in the order of time.
        minutes: The minutes of the whole; 0 if they are not all known.
        count: How many steps there are.
    """

    steps: tuple[LaidView, ...]
    track: tuple[StretchView, ...]
    minutes: int
    count: int


@attrs.define(kw_only=True)
class _Piece:
    """
    A step before it is known where in the whole it is.

    Attributes:
        each: The minutes of its part, each time round.
        within: The title of its part, if it is not a whole part.
    """

    title: str
    does: str
    text: str = ""
    also: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    rounds: int = 1
    each: int = 0
    role: str = ""
    minutes: int = 0
    share: float = 0
    steps: tuple[str, ...] = ()
    within: str = ""
    notes: str = ""
    questions: tuple[QuestionView, ...] = ()
    others: tuple[QuestionView, ...] = ()
    at: list[int] = attrs.field(factory=list)
    times: list[tuple[int, int]] = attrs.field(factory=list)


def words_of(blocks: Iterable[nodes.Block]) -> str:
    """
    Return the words of paragraphs, lists and notes in one line.
    """
    out: list[str] = []
    for block in blocks:
        match block:
            case nodes.Paragraph(children=children) | nodes.Heading(children=children):
                out.append(" ".join(nodes.words(children).split()))
            case nodes.Listing(items=items):
                out += [words_of(item.blocks) for item in items]
            case nodes.Quotation(blocks=inner):
                out.append(words_of(inner))
            case _:
                pass
    return " ".join(filter(None, out))


def split_deed(opening: str, title: str) -> tuple[str, str]:
    """
    Return what to do with a model as the title of a slide, and how its page goes on.

    Args:
        opening: What its page says it is for.
        title: What it is called, which is the title if the page begins with more than a title can hold.
    """
    head, *rest = _ON_FROM.split(opening, maxsplit=1)
    if len(head) > _DEED:
        head, *rest = _COMMA.split(opening, maxsplit=1)
        if len(head.split()) < _CLAUSE:
            return title, opening
    head = head.rstrip(".").strip()
    if len(head.split()) < _FEWEST or len(head) > _DEED:
        return title, opening
    more = rest[0].strip() if rest else ""
    return head, more[:1].upper() + more[1:]


def split_sentence(text: str) -> tuple[str, str]:
    """
    Return the first sentence of a text, and the others.
    """
    match = _SENTENCE.search(text)
    return (text[: match.end()].rstrip(), text[match.end() :]) if match else (text, "")


def lay_out(
    title: str,
    used: Iterable[PartView],
    *,
    questions: tuple[QuestionView, ...] = (),
    others: tuple[QuestionView, ...] = (),
    minutes: int = 0,
) -> Laid:
    """
    Return a method in the order of use.

    Args:
        title: What it is called; its only step is called so too, if it has no title.
        used: Its parts, in the order of use.
        questions: What is asked outside its parts, in short.
        others: What else may be asked outside them.
        minutes: How long it usually is, which is as long as its only part is if that says nothing.
    """
    parts = [inner for part in used for inner in _in_use(part)]
    alone = len(parts) == 1 and not questions
    if alone and not parts[0].minutes:
        parts = [attrs.evolve(parts[0], minutes=minutes, each=minutes // parts[0].rounds)]
    runs = [_pieces_of(part, title, alone=alone) for part in parts]
    if questions:
        runs.insert(0, [_Piece(title=title, does="ask", questions=questions, others=others)])
    pieces = [piece for run in runs for piece in run]
    _share(runs)
    track: list[StretchView] = []
    now = 0
    known = True
    for run in runs:
        rounds, each = run[0].rounds, run[0].each
        each_round = len(run) * rounds <= _STRETCHES
        for turn in range(rounds):
            start = now
            within = known and all(piece.minutes for piece in run)
            for piece in run:
                if each_round or not turn:
                    times = 1 if each_round else rounds
                    track.append(StretchView(share=max(round(piece.share * times * _FINE), 1), does=piece.does))
                    piece.at.append(len(track))
                if within:
                    piece.times.append((now, now + piece.minutes))
                    now += piece.minutes
            if known and not within and each:
                # Nobody knows when each of its steps begins, but when they all are done.
                now = start + each
                for piece in run:
                    piece.times.append((start, now))
            elif not within:
                known = False
    steps = [each for n, piece in enumerate(pieces, 1) for each in _cards_of(piece, n, len(pieces))]
    return Laid(tuple(steps), tuple(track), now if known else 0, len(pieces))


def to_sides(text: str) -> tuple[str, ...]:
    """
    Return a text in pieces that one side of a card holds.
    """
    out = []
    while text:
        here, text = _split(text, BACK)
        out.append(here)
    return tuple(out)


def _in_use(part: PartView) -> Iterator[PartView]:
    """
    Give the parts that are used one after another, without those that only hold others.
    """
    if not part.asks or part.questions or not part.used:
        yield part
    for inner in part.used:
        yield from _in_use(inner)


def _pieces_of(part: PartView, whole_title: str, *, alone: bool) -> list[_Piece]:
    """
    Return a part as it is laid out: as one, or step by step.

    Args:
        whole_title: What the whole is called.
        alone: Whether it is the only part, so that a row of cards can only be its steps.
    """
    guidance, notes = words_of(part.guidance.blocks), words_of(part.notes.blocks)
    whole: dict[str, Any] = {"also": part.also, "quiet": part.quiet, "rounds": part.rounds, "each": part.each}
    if not part.steps or (_fit_together(part, guidance) and not (alone and len(part.steps) > 1)):
        return [
            _Piece(
                title=part.title or whole_title,
                text=guidance,
                does=part.does,
                role=part.role or part.to,
                minutes=part.each,
                steps=tuple(step.text for step in part.steps),
                notes=notes,
                questions=part.core,
                others=tuple(each for each in part.questions if each not in part.core),
                **whole,
            )
        ]
    made = [
        _Piece(
            title=step.text,
            text=step.hint,
            does=step.does,
            role=step.role or part.role,
            minutes=step.minutes,
            within=part.title if part.title != whole_title else "",
            **whole,
        )
        for step in part.steps
    ]
    if guidance:
        made[0].text = " ".join(filter(None, (guidance, made[0].text)))
    made[0].notes = notes
    left = part.each - sum(step.minutes for step in part.steps)
    unknown = [piece for piece in made if not piece.minutes]
    if len(unknown) == 1 and left > 0:
        unknown[0].minutes = left
    return made


def _fit_together(part: PartView, guidance: str) -> bool:
    """
    Tell whether the steps of a part are short, and have nothing of their own that a card would say.
    """
    own = any(step.minutes or step.role or step.hint for step in part.steps)
    texts = [guidance, *(step.text for step in part.steps)]
    return not own and len(part.steps) <= _TOGETHER and sum(width(text, 1) for text in texts) <= _WIDEST


def _share(runs: Sequence[Sequence[_Piece]]) -> None:
    """
    Settle the shares of a track: minutes where they are known, and otherwise as much as the others have on average.
    """
    unknown: list[_Piece] = []
    for run in runs:
        left = run[0].each - sum(piece.minutes for piece in run)
        open_ones = [piece for piece in run if not piece.minutes]
        for piece in run:
            piece.share = piece.minutes
        if left > 0:
            for piece in open_ones:
                piece.share = left / len(open_ones)
        else:
            unknown += open_ones
    known = [piece.share for run in runs for piece in run if piece.share]
    for piece in unknown:
        piece.share = sum(known) / len(known) if known else 1


def _cards_of(piece: _Piece, number: int, count: int) -> Iterator[LaidView]:
    """
    Give the cards of a step: one, unless there is more to say than its two sides hold.
    """
    title, over = _split(piece.title, TITLE)
    text = " ".join(filter(None, (over, piece.text)))
    others = (title, *piece.steps, piece.role, *piece.also, *piece.quiet)
    text, rest = _split(text, max(TEXT - sum(width(each, 1) for each in others), TEXT / 3))
    sides = _fill_sides(rest, piece.notes, piece.questions)
    for n, (more, notes, questions) in enumerate(sides):
        yield LaidView(
            number=number,
            of=count,
            title=title,
            text="" if n else text,
            steps=() if n else piece.steps,
            does=piece.does,
            role=piece.role,
            also=tuple(role for role in piece.also if role != piece.role),
            quiet=tuple(role for role in piece.quiet if role != piece.role),
            part=piece.within,
            rounds=piece.rounds,
            minutes=piece.minutes,
            times=tuple(piece.times),
            at=tuple(piece.at),
            sentence="" if n else split_sentence(text)[0],
            further="" if n else split_sentence(text)[1],
            more=more,
            notes=notes,
            questions=questions,
            others=() if n else piece.others,
            again=n > 0,
        )


def _fill_sides(
    text: str, notes: str, questions: tuple[QuestionView, ...]
) -> Iterator[tuple[str, str, tuple[QuestionView, ...]]]:
    """
    Give what each back says: the rest of the text, then the notes, then the questions.
    """
    waiting = list(questions)
    for n in itertools.count():
        if n and not (text or notes or waiting):
            return
        more, text = _split(text, BACK)
        room = BACK - width(more, 1)
        said, notes = _split(notes, room) if not text and room > BACK / 4 else ("", notes)
        room -= width(said, 1)
        asked: list[QuestionView] = []
        while waiting and not text and not notes:
            wide = width(waiting[0].text, 1)
            if wide > room and (asked or more or said):
                break
            room -= wide
            asked.append(waiting.pop(0))
        yield more, said, tuple(asked)


def _split(text: str, room: float) -> tuple[str, str]:
    """
    Return what of a text fits, and the rest: whole sentences if there is one, or else whole words.
    """
    if width(text, 1) <= room:
        return text, ""
    best = 0
    for pattern in (_SENTENCE, re.compile(r"\s+"), re.compile(r"(?<=.)(?=.)", re.DOTALL)):
        for match in pattern.finditer(text):
            if width(text[: match.start()], 1) > room:
                break
            best = match.end()
        if best:
            kept, rest = text[:best].rstrip(), text[best:]
            return (kept, rest) if pattern is _SENTENCE else (f"{kept}…", f"…{rest}")
    return text, ""
