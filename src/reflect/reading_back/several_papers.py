"""
Finds out whether a file has more than one of our papers in it, such as the records of two sessions that were merged.

Their answers have the same keys, so that nobody could tell any more whose words are whose.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from reflect.reading_back.blank import Blank, keys_by_tag
from reflect.sessions.typed import fold_text
from reflect.word_files.word_file import Para, WordFile

#: How the looks of a title begin that has the whole line, with nothing over it.
_WIDE = "reflectwidetitle"


def holds_several_papers(word_file: WordFile, blank: Blank, own: Blank | None) -> bool:
    """
    Whether a file has the places of more than one paper.

    Args:
        word_file: The file.
        blank: The blank that it is read with, with all its places.
        own: The blank that the file names; None if it names none that can be made here.
    """
    keys = [frozenset(found) for found in _KeysOfParas(blank).of(word_file.paras)]
    if not any(keys):
        return False
    return _has_second_head(word_file.paras, blank) or _come_again(keys) or _follow_another_title(word_file, keys, own)


def _has_second_head(paras: tuple[Para, ...], blank: Blank) -> bool:
    """
    Whether a file has more often than the blank the two lines with which each of our papers begins, or the wide title
    that a record of an hour has in their place. They stay where everything else that says so is lost.
    """
    heads = [
        (fold_text(over.text), fold_text(title.text))
        for over, title in itertools.pairwise(paras)
        if (over.look, title.look) == ("reflecteyebrow", "title") and not (over.floating or title.floating)
    ]
    heads += [("", fold_text(each.text)) for each in paras if each.look.startswith(_WIDE) and not each.floating]
    if len(heads) < 2:
        return False
    printed = Counter(each.words for each in blank.fixed)
    # Somebody may have typed into one of the two lines.
    return all(len(heads) > (Counter(lines) & printed).total() for lines in zip(*heads, strict=True))


class _KeysOfParas:
    """
    The places that each paragraph belongs to: by its controls, or by printed words that ask for one.
    """

    def __init__(self, blank: Blank) -> None:
        self.by_tag = keys_by_tag(blank.places)
        prompts = [each for each in blank.fixed if each.begins or each.slots]
        often = Counter(each.words for each in blank.fixed)
        self.by_words = {each.words: each.words for each in prompts if often[each.words] == 1}

    def of(self, paras: tuple[Para, ...]) -> Iterator[set[str]]:
        for para in paras:
            keys = {self.by_tag[name] for name in para.tags if name in self.by_tag}
            words = fold_text("".join(piece.text for piece in para.pieces if not piece.controls))
            around = any(control.tag in self.by_tag for control in para.controls)
            if not around and words in self.by_words:
                keys.add(f"# {words}")
            yield keys


def _come_again(keys: list[frozenset[str]]) -> bool:
    """
    Whether most places come again after others: one that somebody copied does not make a paper.
    """
    met: set[str] = set()
    again: set[str] = set()
    last: frozenset[str] = frozenset()
    for here in keys:
        if here and here != last:
            again |= (here - last) & met
            met |= here
            last = here
    return len(again) > 1 and 2 * len(again) >= len(met)


def _follow_another_title(word_file: WordFile, keys: list[frozenset[str]], own: Blank | None) -> bool:
    """
    Whether there is a second title, with the places of the first again under it, or with those of another paper.
    """
    parts: list[set[str]] = [set()]
    kinds: list[set[str]] = [set()]
    for para, here in zip(word_file.paras, keys, strict=True):
        if para.look == "title" and not here and parts[-1]:
            parts.append(set())
            kinds.append(set())
        parts[-1] |= here
        kinds[-1] |= {control.says.kind for control in (*para.controls, *para.inner_controls)} - {""}
    first, *others = parts
    known = {place.key for place in own.places} if own else set()
    for other, kind in zip(others, kinds[1:], strict=True):
        named = {key for key in other if not key.startswith("# ")}
        again = bool(other) and 2 * len(first & other) >= min(len(first), len(other))
        if again or (known and named and not named & known) or (kind and kinds[0] and not kind & kinds[0]):
            return True
    return False
