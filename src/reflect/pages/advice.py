"""
Advice on question sets: what makes a question hard to answer aloud, and what a page leaves out.

Advice never stops a paper from being made. The rules are rules of thumb for English questions, after ``craft``: a
question is open, single, short and could be asked aloud of one person. What they cannot hear is whether it is a good
one: for that, read the page to somebody. A page may keep what it is advised against, with a reason: see `Kept`.
"""

from __future__ import annotations

import difflib
import functools
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.questions.answers import Kind
from reflect.questions.model import Kept, Model
from reflect.questions.question import Question
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.wordings import Wording, words_in

#: Words of a question at most; the length is that of ``craft``.
LONGEST = 25
#: Years of schooling and five (Flesch and Kincaid 1975): above this a question is hard to take in by ear.
OLDEST = 15.0
#: Questions that share so much of their weighty words, and stand in so much the same order, are one question. In our
#: catalogue no pair comes to more than 0.67 and 0.6 at once; a copy with small words changed comes to 1 and 0.7.
SHARED, IN_ORDER = 0.75, 0.6
#: What each code advises against; the catalogue of them all.
CODES = {
    "closed": "it can be answered with yes or no",
    "leading": "it says what answer is wanted",
    "double-barrelled": "it asks two things",
    "too-long": f"it has more than {LONGEST} words",
    "why-did-you": "it asks somebody to justify themselves",
    "jargon": "it holds a word of the trade or of management",
    "american-spelling": "it holds a word in American spelling",
    "reading-age": "it is hard to take in by ear",
    "near-duplicate": "another question asks the same",
    "part-without-core": "a part has questions, and none for the short version",
    "element-nobody-asks": "a part names an element that none of its questions serves",
    "function-nobody-asks": "a part names a function that none of its questions serves",
    "missing-source": "a page names no source, and prints as a draft",
    "missing-rights": "a page does not say what may be done with it",
    "word-a-profession-lacks": "a profession's wording lacks a word of the page",
    "scale-without-anchors": "a scale does not say what nought and ten mean, or whose number it is",
    "cut-from-its-root": "in the short version a question follows on something that is not asked",
    "kept-for-nothing": "the page keeps what nothing advises against",
}


@attrs.frozen
class Advice:
    """
    One thing to look at again.

    Attributes:
        code: Which rule: one of `CODES`.
        model: The key of the model; nothing for a set without one.
        where: The key of the question or part; nothing if it is about the page.
        what: What was found, in a sentence.
        remedy: What to do.
    """

    code: str
    model: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where or self.model}: {self.what}; {self.remedy} ({self.code})"


#: A check of your own: what it has to say about a model or a set.
Rule = Callable[[Composable], Iterable[Advice]]


def lint(*what: Composable, wordings: Iterable[Wording] = (), rules: Iterable[Rule] = ()) -> tuple[Advice, ...]:
    """
    Return advice on models and sets, in their order; what a page keeps with a reason is left out.

    Args:
        what: Models, or sets made in code. Questions are compared across all of them.
        wordings: Professions whose words the pages have to find; none if nothing is said.
        rules: Checks of your own; a page may keep what they advise against, by their codes, as it may with ours.

    Raises:
        Refused: The packages that know spelling and syllables are not there; they come with the extra ``lint``. Or a
            rule gives something else than advice.
    """
    words, more = tuple(wordings), tuple(rules)
    found = [(*_all(each, words), *(advice for rule in more for advice in _by(rule, each))) for each in what]
    twins = _twins(what)
    return tuple(
        advice
        for each, own in zip(what, found, strict=True)
        for advice in _unkept(each, (*own, *twins.get(id(each), ())))
    )


def _by(rule: Rule, what: Composable) -> tuple[Advice, ...]:
    """
    What a check of somebody's own says; nothing may come as an empty list.
    """
    found: object = rule(what)
    said = tuple(found) if isinstance(found, Iterable) and not isinstance(found, str) else (found,)
    if all(isinstance(each, Advice) for each in said):
        return said
    name = getattr(rule, "__name__", "a rule")
    raise Refused(f"'{name}' gives something else than advice; yield each reflect.Advice, or return a list of them")


def _unkept(what: Composable, found: Iterable[Advice]) -> Iterator[Advice]:
    """
    What a page does not keep, and what it keeps for nothing.
    """
    kept = dict.fromkeys(what.head.kept if isinstance(what, Model) else (), False)
    for advice in found:
        by = next((each for each in kept if _covers(each, advice)), None)
        if by is None:
            yield advice
        else:
            kept[by] = True
    for each, used in kept.items():
        if not used:
            where = f" at '{each.at}'" if each.at else ""
            found_out = f"'{each.advice}'{where} is kept, and nothing advises against it"
            other = "" if each.advice in CODES else f", or write one of: {', '.join(CODES)}"
            yield Advice("kept-for-nothing", _key(what), each.at, found_out, f"take it out of 'kept'{other}")


def _covers(kept: Kept, advice: Advice) -> bool:
    own = advice.where.removeprefix(f"{advice.model}.")
    return kept.advice == advice.code and kept.at in (own, advice.where)


def _key(what: Composable) -> str:
    return what.head.key if isinstance(what, Model) else what.questions.key


def _all(what: Composable, wordings: tuple[Wording, ...]) -> Iterator[Advice]:
    key = _key(what)
    short = any(question.core for question in what.questions.asks)
    for part in _parts(what.questions):
        before: Question | None = None
        for child in part.children:
            if isinstance(child, Question):
                for code, found, remedy in (*_wording(child), *_standing(child, before)):
                    yield Advice(code, key, child.key, found, remedy)
                before = child
        for code, found, remedy in _gaps(part, short):
            yield Advice(code, key, part.key if part.key != key else "", found, remedy)
    if isinstance(what, Model):
        for code, found, remedy in _page(what, wordings):
            yield Advice(code, key, "", found, remedy)


def _parts(whole: QuestionSet) -> Iterator[QuestionSet]:
    yield whole
    for child in whole.children:
        if isinstance(child, QuestionSet):
            yield from _parts(child)


Found = tuple[str, str, str]

# --- how a question is worded

_ASKING = ("what", "when", "where", "who", "whom", "whose", "which", "how", "why", "whereabouts")
_AUXILIARY = re.compile(
    r"(?:is|are|was|were|am|do|does|did|have|has|had|could|would|should|might|must)(?:n't)?|can(?:'t)?|will|won't|shall|may"
)
#: So begins what asks for yes or no, after a clause that only says when.
_VERB_FIRST = re.compile(rf"(?:{_AUXILIARY.pattern}) (?:you|it|they|we|he|she|there|that|this)\b")
_JOINING = ("and", "but", "so", "then", "or", "now", "well")
_BEFORE = re.compile("in|into|to|for|with|by|from|on|at|of|after|before|under|until|about")
_ASKED = re.compile(rf"(?:{'|'.join(_ASKING)})(?:'(?:s|re|d|ll|ve))?")
_LEADING = re.compile(
    r"""
    \b(?: surely | obviously | of\ course | do(?:n't)?\ you\ (?:not\ )?agree | don't\ you\ think
        | (?:wouldn't|isn't|aren't|couldn't)\ (?:you|it|they) | should(?:n't)?\ (?:you\ )?have
        | how\ did\ you\ (?:keep|make\ sure|ensure) | (?:could|should|would)\ you\ (?:do|have\ done)\ differently )\b
    | ,\ (?:(?:is|was|do|did|are|\w+n't)\ (?:it|you|they|we|he|she) | right | yes | no)\?
    """,
    re.VERBOSE,
)
_WHY = re.compile(r"\bwhy (?:did|didn't|do|don't|have|haven't|had|hadn't|would|wouldn't|were|weren't|are|aren't) you\b")
#: A second question; one that begins with the same word makes a contrast with the first, and is one.
_SECOND = re.compile(
    rf"(?<!who)(?<!what)(?<!when)(?<!where)[,;]? (?:and|or) ({'|'.join(_ASKING)})\b"
    r"(?! (?:not|else))(?=[^,;?]* )"
)
#: What follows on something said before.
_FOLLOWS = re.compile(
    r"^(?:and|but|so|or|then) (?!what\b)|^(?:which|what|who|how many) of (?:those|these|them)\b|^(?:he|she|they|it) "
)
#: Words in quotation marks are somebody else's.
_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')


def _plainly(text: str) -> str:
    return text.replace("\u2019", "'").lower()


def _wording(question: Question) -> Iterator[Found]:
    """
    What is said of a question by itself.
    """
    text = _plainly(question.text)
    asked = [each for each in re.split(r"(?<=[.?!])\s+", text) if each.rstrip("\"')").endswith("?")]
    if question.answering.kind in (Kind.PROSE, Kind.POINTS) and any(map(_closed, asked)):
        yield "closed", "it can be answered with yes or no", "begin with what, who, when, where, which or how"
    if _LEADING.search(_QUOTED.sub("", text)):
        yield "leading", "it says what answer is wanted", "ask what there was, not whether it was as it should be"
    if _double(asked):
        yield "double-barrelled", "it asks two things", "ask one, and make the other a probe or a question of its own"
    if (length := len(text.split())) > LONGEST:
        yield "too-long", f"it has {length} words", f"say it in {LONGEST}, as you would across a table"
    if _WHY.search(text):
        yield "why-did-you", "it asks somebody to justify themselves", "ask what led to it, or what they had seen"
    said = (question.text, question.hint, *question.probes)
    for word, better in sorted(_jargon(said)):
        yield (
            "jargon",
            f"'{word}' is no word for a talk",
            f"say {better}" if better else "say what can be seen or heard",
        )
    for word, ours in sorted(_american(said)):
        yield "american-spelling", f"'{word}' is spelt as in America", f"write '{ours}'"
    if (age := reading_age(question.text)) > OLDEST:
        yield (
            "reading-age",
            f"it is hard to take in by ear (about {age:.0f} years)",
            "use shorter words, or two sentences",
        )
    if question.answering.kind is Kind.SCALE and not (
        question.answering.low and question.answering.high and question.answering.whose
    ):
        yield "scale-without-anchors", "its ends have no words, or nobody's number it is", "say low=, high= and whose="


def _closed(asked: str) -> bool:
    """
    Whether a question begins with a verb; one between two things, or one that goes on to ask for something, does not.
    """
    if re.search(r"\bor (?!not\b)", asked):
        return False
    clauses = re.split(r"[:;,\u2013\u2014(] ?|\. ", asked)
    if asked.startswith(("when ", "where ")) and _VERB_FIRST.match(clauses[-1]):
        return True
    begins = list(map(_begins, clauses))
    return "verb" in begins and "asking" not in begins


def _begins(clause: str) -> str:
    words = [word for word in re.findall(r"[a-z']+", clause) if word not in _JOINING]
    if not words:
        return ""
    first = words[1] if _BEFORE.fullmatch(words[0]) and len(words) > 1 else words[0]
    if _ASKED.fullmatch(first):
        return "asking"
    return "verb" if _AUXILIARY.fullmatch(words[0]) else ""


def _double(asked: list[str]) -> bool:
    if len(asked) > 1:
        return True
    for each in asked:
        second = _SECOND.search(each)
        if second and second[1] not in re.findall(r"[a-z]+", each[: second.start()]):
            return any(_ASKED.fullmatch(word) for word in re.findall(r"[a-z']+", each[: second.start()]))
    return False


def _standing(question: Question, before: Question | None) -> Iterator[Found]:
    """
    What is said of a question where it stands.
    """
    if question.core and before is not None and not before.core and _FOLLOWS.search(_plainly(question.text)):
        yield (
            "cut-from-its-root", "the short version asks it without the question before it",
            "word it so that it stands alone, or make both core",
        )  # fmt: skip


#: Words of the trade and of management, and what to say; nothing where it depends.
_JARGON = {
    "utilise": "use", "facilitate": "help", "facilitated": "helped", "leverage": "use", "holistic": "whole",
    "robust": "strong", "deliverables": "what is to be done", "learnings": "what was learnt", "trajectory": "",
    "stakeholder": "who has a stake in it", "stakeholders": "who has a stake in it", "outcomes": "", "outcome": "",
    "impact": "what changed", "impacted": "changed", "intervention": "what was done", "interventions": "what was done",
    "going forward": "from now on", "moving forward": "from now on", "touch base": "talk", "unpack": "look at",
    "signpost": "tell them where to go", "presenting issue": "what they came with", "multi-agency": "",
    "service user": "the person", "service users": "people", "client-centred": "", "best practice": "", "takeaways": "",
    "challenges": "what was hard", "key learning": "what was learnt", "action plan": "what will be done", "synergy": "",
    "safeguarding concern": "what worries you", "disengaged": "", "non-engagement": "", "hard to reach": "",
    "capacity": "", "countertransference": "", "transference": "", "praxis": "", "metacognition": "",
    "professional curiosity": "", "lived experience": "", "thresholds": "", "escalate": "take it to", "kpi": "",
}  # fmt: skip


def _jargon(said: Iterable[str]) -> set[tuple[str, str]]:
    text = f" {' '.join(re.sub(r'[^a-z- ]', ' ', _plainly(each)) for each in said)} "
    text = " ".join(text.split())
    return {(word, better) for word, better in _JARGON.items() if f" {word} " in f" {text} "}


#: Spelt so in Britain too, as another word or part of speech.
_BOTH = re.compile("practice|license|program|check|meter|story|draft|curb|tire|inquiry|while")


def _american(said: Iterable[str]) -> set[tuple[str, str]]:
    known = _library("breame.spelling")
    words = {word for each in said for word in re.findall(r"[a-z]+", _plainly(re.sub(r"\{\w+\}", "", each)))}
    found = (word for word in words if not _BOTH.fullmatch(word) and known.american_spelling_exists(word))
    return {(word, known.get_british_spelling(word)) for word in found}


@functools.cache
def _syllables(word: str) -> int:
    return len(_hyphens().positions(word)) + 1


@functools.cache
def _hyphens() -> Any:
    return _library("pyphen").Pyphen(lang="en_GB")


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Refused('advice needs two packages more: pip install "reflect-supervision[lint]"') from None


def reading_age(text: str) -> float:
    """
    Return the reading age of a text, in years: the grade of Flesch and Kincaid (1975), and five.

    Syllables are counted where a word may be hyphenated, which is a little less than are spoken.

    Raises:
        Refused: The package that knows syllables is not there.
    """
    sentences = [found for each in re.split(r"[.?!:;]+", text) if (found := re.findall(r"[A-Za-z']+", each))]
    words = [word for each in sentences for word in each]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59 + 5


# --- what a part and a page leave out


def _gaps(part: QuestionSet, short: bool) -> Iterator[Found]:
    """
    What a part leaves out; where no question is core, the *short* version is the whole.
    """
    own = [child for child in part.children if isinstance(child, Question)]
    if own and short and not any(question.core for question in part.asks):
        yield "part-without-core", "the short version leaves it out", "mark one of its questions .core"
    if not part.asks:
        return
    for code, named, served, kind in (
        ("element-nobody-asks", part.elements, {e for q in part.asks for e in q.elements}, "element"),
        ("function-nobody-asks", part.functions, {f for q in part.asks for f in q.functions}, "function"),
    ):
        for each in named:
            if each not in served:
                yield (
                    code,
                    f"none of its questions serves '{each}'",
                    f"write a question that does, or take out {kind}={each}",
                )


def _page(model: Model, wordings: tuple[Wording, ...]) -> Iterator[Found]:
    head = model.head
    if not head.sources:
        yield (
            "missing-source",
            "it names no source, and prints as a draft",
            "write 'sources:' with author, year and title",
        )
    if not head.rights:
        yield "missing-rights", "it does not say what may be done with it", "write 'rights: …'"
    used = {word for text in _texts_of(model) for word in words_in(text)}
    for words in wordings:
        for word in sorted(used - {name for name, _ in words.words}):
            yield (
                "word-a-profession-lacks", f"the wording '{words.key}' has no word '{word}'",
                "add it there, or write another here",
            )  # fmt: skip


def _texts_of(model: Model) -> Iterator[str]:
    head = model.head
    yield from (head.title, head.when, head.instead, *head.mistakes)
    for part in _parts(model.questions):
        yield from (part.title, part.guidance, part.notes)
        for child in part.children:
            if isinstance(child, Question):
                yield from (child.text, child.hint, *child.probes)


# --- questions that are one question

_SMALL = re.compile(
    r"a|an|the|of|to|in|on|at|for|with|by|from|about|into|out|up|down|off|over|and|or|but|so|then|than|as|if|that|this|"
    r"these|those|its?|is|are|was|were|be|been|being|am|do|does|did|done|have|has|had|having|will|would|can|could|may|"
    r"might|shall|should|must|you|yours?|yourself|i|me|my|mine|we|us|ours?|they|them|their|he|she|his|her|him|there|"
    r"here|what|who|whom|whose|which|when|where|how|why|not|no|any|some|one|once|now|just|only|very|much|more|most|"
    r"else|also|too|all|every|each|other|another|again|person|people|worker|supervisor|s|t|d|ll|re|ve|m"
)


def _weighty(text: str) -> frozenset[str]:
    """
    The words of a question without small ones and endings.
    """
    found = set()
    for word in re.findall(r"[a-z]+", _plainly(text)):
        if not _SMALL.fullmatch(word):
            end = next(
                (end for end in ("ing", "ed", "es", "s") if word.endswith(end) and len(word) - len(end) >= 3), ""
            )
            found.add(word[: len(word) - len(end)])
    return frozenset(found)


def alike(one: str, other: str) -> tuple[float, float]:
    """
    Return how much two questions have in common, from 0 to 1: the share of their weighty words, and the order of all.

    Args:
        one: A question.
        other: Another.
    """
    a, b = _weighty(one), _weighty(other)
    shared = len(a & b) / len(a | b) if a | b else float(_plainly(one) == _plainly(other))
    first, second = (re.findall(r"[a-z0-9']+", _plainly(each)) for each in (one, other))
    return shared, difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _twins(what: Iterable[Composable]) -> dict[int, list[Advice]]:
    """
    Questions that another, met before, asks already; by the set they are in.
    """
    found: dict[int, list[Advice]] = {}
    by_word: dict[str, list[tuple[frozenset[str], Question]]] = {}
    for each in what:
        for question in each.questions.asks:
            own = _weighty(question.text) or frozenset({_plainly(question.text)})
            met = {id(other): (words, other) for word in own for words, other in by_word.get(word, ())}
            for words, other in met.values():
                if other.key == question.key or len(own & words) / len(own | words) < SHARED:
                    continue
                if alike(question.text, other.text)[1] >= IN_ORDER:
                    told = f"it asks what '{other.key}' asks: \"{other.text}\""
                    found.setdefault(id(each), []).append(
                        Advice("near-duplicate", _key(each), question.key, told, "ask something else, or leave it out")
                    )
                    break
            for word in own:
                by_word.setdefault(word, []).append((own, question))
    return found
