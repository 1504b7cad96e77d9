"""
Separates what somebody typed into a printed paragraph from the printed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from reflect.reading_back.blank import CLOCK, TELLING, FixedPara, at_any_time
from reflect.reading_back.returned_paper import ReturnedPaper
from reflect.sessions.typed import fold_text, is_blank
from reflect.word_files.word_file import Para, Piece

#: A word, and the signs that may end a question.
_WORD, _STOPS = re.compile(r"[^\W_]+"), re.compile(r"[\s.:?)\]]*")


def split_typed(paper: ReturnedPaper, para: Para, fixed: FixedPara) -> tuple[Para, Para | None]:
    """
    Split a printed paragraph into the words on the blank and those that somebody typed into it, if any.
    """
    text, first_tick = "", -1
    # The start of each piece in the text outside the places; -1 for a piece in a place.
    starts: list[tuple[int, Piece]] = []
    for piece in para.pieces:
        ours = [control for control in piece.controls if control.tag in paper.by_tag]
        if any(control.kind != "tick" for control in ours):
            starts.append((-1, piece))
            continue
        starts.append((len(text), piece))
        if ours and first_tick < 0:
            first_tick = len(text)
        text += piece.text
    low, high = _typed_span(text, fixed)
    if first_tick >= 0:
        high = max(low, min(high, first_tick))  # the words after a tick are read with it
    high = low + len(text[low:high].rstrip())
    printed, typed = [], []
    for start, piece in starts:
        first, last = (max(0, low - start), max(0, high - start)) if start >= 0 else (0, 0)
        if words := piece.text[first:last]:
            typed.append(attrs.evolve(piece, text=words))
        if words := piece.text[:first] + piece.text[last:]:
            printed.append(attrs.evolve(piece, text=words))
    if para is paper.title or is_blank("".join(piece.text for piece in typed)):
        return para, None
    return attrs.evolve(para, pieces=tuple(printed)), attrs.evolve(para, pieces=tuple(typed), anchors=())


def split_at_places(paper: ReturnedPaper, para: Para, fixed: FixedPara) -> tuple[Para, dict[str, Para]] | None:
    """
    Split a line with several places into what is printed, and what somebody typed behind each of them, by its key.

    Return None if its places or its printed words are not those of the blank: then nobody knows what was typed where.
    """
    parts: list[tuple[str, list[Piece]]] = [("", [])]
    printed = []
    for piece in para.pieces:
        control = next((each for each in piece.controls if each.tag in paper.by_tag), None)
        if control is None or control.kind == "tick":
            parts[-1][1].append(piece)
            continue
        printed.append(piece)
        if parts[-1][0] != (key := paper.by_tag[control.tag]) or parts[-1][1]:
            parts.append((key, []))
    if [key for key, _ in parts[1:]] != [key for _, key in fixed.slots] or len(fixed.slots) < 2:
        return None
    typed = {}
    for (key, pieces), words in zip(parts, (*(before for before, _ in fixed.slots), fixed.after), strict=True):
        wanted = _WORD.findall(words)
        text = "".join(piece.text for piece in pieces)
        found = [(match.start(), fold_text(match[0])) for match in _WORD.finditer(text)]
        more = len(found) - len(wanted)
        if more < 0 or [word for _, word in found[more:]] != wanted or (more and not key):
            return None
        end = (found[more][0] if wanted else len(text)) if more else 0
        before, start = [], 0
        for piece in pieces:
            if any(each.tag in paper.by_tag for each in piece.controls):
                end = min(end, start)  # a box to tick, and the words after it
            cut = max(0, min(len(piece.text), end - start))
            before += [attrs.evolve(piece, text=piece.text[:cut])] if cut else []
            printed += [attrs.evolve(piece, text=piece.text[cut:])] if piece.text[cut:] else []
            start += len(piece.text)
        while before and is_blank(before[-1].text):
            before.pop()
        if before:
            before[-1] = attrs.evolve(before[-1], text=before[-1].text.rstrip())
            before[0] = attrs.evolve(before[0], text=before[0].text.lstrip())
            typed[key] = attrs.evolve(para, pieces=tuple(before), anchors=())
    return attrs.evolve(para, pieces=tuple(printed)), typed


def split_like_any(paper: ReturnedPaper, para: Para, candidates: Iterable[FixedPara]) -> tuple[Para, Para | None]:
    """
    Split a paragraph in the same way if it has all the words of one of the candidates.
    """
    words = f" {fold_text(para.text)} "
    held = [fixed for fixed in candidates if fixed.words and f" {fixed.words} " in words]
    return split_typed(paper, para, max(held, key=lambda fixed: len(fixed.words))) if held else (para, None)


def _typed_span(text: str, fixed: FixedPara) -> tuple[int, int]:
    """
    Return the start and end of the typed words in a printed paragraph, or the same number twice if there are none.

    If all the printed words are there, it is the words before, between or after them. If some are missing, somebody
    reworded the paragraph, or it is about a topic; then only the words after its constant end were typed.
    """
    # A clock time is like any other: the blank does not know when a session begins.
    timeless = CLOCK.sub(lambda match: "0" * len(match[0]), text)
    spans = [(match.start(), match.end(), fold_text(match[0])) for match in _WORD.finditer(timeless)]
    words, printed = [word.strip("0") and word for _, _, word in spans], _words_at_any_time(fixed.words)
    before = _count_common(words, printed)
    behind = min(_count_common(words[::-1], printed[::-1]), len(printed) - before)
    if before + behind < len(printed):
        end = _words_at_any_time(fixed.end) if len(fixed.end) > TELLING else []
        ends = [n for n in range(len(end), len(words) + 1) if end and words[n - len(end) : n] == end]
        before, behind = max(ends, default=len(spans)), 0
    if before + behind >= len(spans):
        return 0, 0
    low = spans[before - 1][1] if before else 0
    high = spans[len(spans) - behind][0] if behind else len(text)
    stops = _STOPS.match(text, low, high) if before else None
    return stops.end() if stops else low, high


def _words_at_any_time(text: str) -> list[str]:
    return [word.strip("0") and word for word in _WORD.findall(at_any_time(text))]


def _count_common(words: Sequence[str], others: Sequence[str]) -> int:
    """
    Return how many words two sequences have in common at the start.
    """
    return next(
        (n for n, (one, other) in enumerate(zip(words, others, strict=False)) if one != other),
        min(len(words), len(others)),
    )
