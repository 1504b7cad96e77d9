"""
Advice on question sets: what makes a question hard to answer aloud, and what a page leaves out.

Advice never stops a paper from being made. The rules are rules of thumb for English questions, after ``craft``: a
question is open, single, short and could be put to one person aloud. They cannot hear whether it is a good question:
for that, read the page to somebody. A page may keep what a rule advises against, with a reason: see `Kept`.
"""

from __future__ import annotations

import difflib
import functools
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from reflect.errors import MissingExtra, Refused
from reflect.pages.advice_on_steps import MOST_SENTENCES, problems_of_doing, problems_of_method, problems_of_step
from reflect.pages.findable import faults_of_source
from reflect.pages.habits import habits_over_of_page
from reflect.pages.plainness import LONGEST_PLAIN, asks_within, images_in
from reflect.pages.words_needed import words_needed
from reflect.questions.answers import Kind
from reflect.questions.model import Kept, Model
from reflect.questions.question import Question, Step
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.wordings import Wording
from reflect.shown import Brief

#: A question has at most this many words; the number is from ``craft``.
LONGEST = 25
#: A reading age in years (Flesch and Kincaid 1975, plus five): above it, a question is hard to follow by ear.
OLDEST = 15.0
#: Two questions count as one if they share at least this much of their weighty words, and at least this much of the
#: order of their words. No pair in our catalogue reaches more than 0.67 and 0.6 at once; a copy with small words
#: changed reaches 1 and 0.7.
SHARED, IN_ORDER = 0.75, 0.6
#: Every code, and what it advises against.
CODES = {
    "closed": "it can be answered with yes or no",
    "leading": "it suggests the answer",
    "double-barrelled": "it asks two things",
    "too-long": f"it has more than {LONGEST} words",
    "why-did-you": "it asks somebody to justify themselves",
    "jargon": "it uses professional or management jargon",
    "american-spelling": "it has a word in American spelling",
    "reading-age": "it is hard to follow when it is heard",
    "near-duplicate": "another question asks the same",
    "part-without-core": "a part has questions, but none for the short version",
    "part-without-question": "a part has several lines that ask, and none of them is a question",
    "element-nobody-asks": "a part names an element that none of its questions serves",
    "function-nobody-asks": "a part names a function that none of its questions serves",
    "missing-source": 'a page names no source, so its papers say "draft"',
    "source-without-place": "a source does not say where it appeared",
    "vague-source": "a source cannot be looked up as it is written",
    "missing-rights": "a page does not say what people may do with it",
    "word-a-profession-lacks": "a profession's wording does not have a word of the page",
    "scale-without-anchors": "a scale does not say what nought and ten mean, or whose number it is",
    "plain-too-long": f"its plain form has more than {LONGEST_PLAIN} words",
    "plain-two-things": "its plain form asks two things, or has a question inside a question",
    "plain-image": "its plain form has an image or a turn of phrase",
    "cut-from-its-root": "in the short version, a question follows on from something that is not asked",
    "step-that-asks": "a step is a question",
    "step-too-long": f"a step has more than {MOST_SENTENCES} sentences",
    "part-without-words": "something is done in a part, and it has neither words nor steps",
    "minutes-do-not-add-up": "the parts of a page of steps take other minutes than the page says",
    "role-without-part": "a role of a page of steps does nothing in it",
    "habit": "a page takes one turn again and again",
    "kept-for-nothing": "the page keeps something that no advice is about",
}


@attrs.frozen
class Advice(Brief):
    """
    One thing to look at again.

    Attributes:
        code: The rule: one of `CODES`, or of your own.
        model: The key of the model; nothing for a set without one.
        where: The key of the question or part; nothing if it is about the page.
        what: What is wrong, in a sentence.
        remedy: What to do.
    """

    _in_line = ("code", "model", "where")

    code: str
    model: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where or self.model}: {self.what}; {self.remedy} ({self.code})"


#: A check of your own: it gives advice on a model or a set.
Rule = Callable[[Composable], Iterable[Advice]]


def lint(*what: Composable, wordings: Iterable[Wording] = (), rules: Iterable[Rule] = ()) -> tuple[Advice, ...]:
    """
    Return advice on models and sets, in their order, without what a page keeps with a reason.

    Args:
        what: Models, or sets made in code. Questions are compared across all of them.
        wordings: Wordings of professions that must have every word the pages use; none by default.
        rules: Checks of your own; a page may keep what they advise against, by their codes, as it may with ours.

    Raises:
        MissingExtra: The packages for spelling and syllables are not installed.
        Refused: A rule gives something that is not advice.
    """
    words, own_rules = tuple(wordings), tuple(rules)
    duplicates = _advice_on_duplicates(what)
    advice: list[Advice] = []
    for each in what:
        own = (one for rule in own_rules for one in _apply_rule(rule, each))
        advice += _leave_out_kept(each, (*_advice_on(each, words), *own, *duplicates.get(id(each), ())))
    return tuple(advice)


def _apply_rule(rule: Rule, what: Composable) -> tuple[Advice, ...]:
    """
    The advice that somebody's own check gives; it may give an empty list.
    """
    given: object = rule(what)
    advice = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    if all(isinstance(each, Advice) for each in advice):
        return advice
    name = getattr(rule, "__name__", "a rule")
    raise Refused(f"'{name}' gave something that is not advice; yield each reflect.Advice, or return a list of them")


def _leave_out_kept(what: Composable, advice: Iterable[Advice]) -> Iterator[Advice]:
    """
    The advice that a page does not keep, and advice on each entry of 'kept' that matches none.
    """
    used = dict.fromkeys(what.head.kept if isinstance(what, Model) else (), False)
    for each in advice:
        kept = next((kept for kept in used if _keeps(kept, each)), None)
        if kept is None:
            yield each
        else:
            used[kept] = True
    for kept in (kept for kept, is_used in used.items() if not is_used):
        where = f" at '{kept.at}'" if kept.at else ""
        problem = f"'kept' has '{kept.advice}'{where}, but there is no such advice"
        other = "" if kept.advice in CODES else f", or write one of: {', '.join(CODES)}"
        yield Advice("kept-for-nothing", _key_of(what), kept.at, problem, f"take it out of 'kept'{other}")


def _keeps(kept: Kept, advice: Advice) -> bool:
    own = advice.where.removeprefix(f"{advice.model}.")
    return kept.advice == advice.code and kept.at in (own, advice.where)


def _key_of(what: Composable) -> str:
    return what.head.key if isinstance(what, Model) else what.questions.key


def _advice_on(what: Composable, wordings: tuple[Wording, ...]) -> Iterator[Advice]:
    key = _key_of(what)
    short = any(question.core for question in what.questions.asks)
    for part in _parts_of(what.questions):
        before: Question | None = None
        for child in part.children:
            if isinstance(child, Question):
                for code, problem, remedy in (*_problems_of_question(child), *_problems_of_place(child, before)):
                    yield Advice(code, key, child.key, problem, remedy)
                before = child
            elif isinstance(child, Step):
                for code, problem, remedy in _problems_of_step(child):
                    yield Advice(code, key, child.key, problem, remedy)
        for code, problem, remedy in (*_problems_of_part(part, short), *problems_of_doing(part)):
            yield Advice(code, key, part.key if part.key != key else "", problem, remedy)
    if isinstance(what, Model):
        for code, problem, remedy in (*_problems_of_page(what, wordings), *problems_of_method(what)):
            yield Advice(code, key, "", problem, remedy)


def _parts_of(whole: QuestionSet) -> Iterator[QuestionSet]:
    yield whole
    for part in whole.parts:
        yield from _parts_of(part)


#: A code, what is wrong, and what to do.
Problem = tuple[str, str, str]

# --- how a question is worded

_ASKING = ("what", "when", "where", "who", "whom", "whose", "which", "how", "why", "whereabouts")
_AUXILIARY = re.compile(
    r"(?:is|are|was|were|am|do|does|did|have|has|had|could|would|should|might|must)(?:n't)?|can(?:'t)?|will|won't|shall|may"
)
#: How a clause begins that asks for yes or no, after one that only says when.
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
#: A second question. If it begins with the same word as the first, it is only a contrast to it.
_SECOND = re.compile(
    rf"(?<!who)(?<!what)(?<!when)(?<!where)[,;]? (?:and|or) ({'|'.join(_ASKING)})\b"
    r"(?! (?:not|else))(?=[^,;?]* )"
)
#: How a question begins that follows on from the one before it.
_FOLLOWS = re.compile(
    r"^(?:and|but|so|or|then) (?!what\b)|^(?:which|what|who|how many) of (?:those|these|them)\b|^(?:he|she|they|it) "
)
#: Words in quotation marks: they are somebody else's.
_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')


def _simplify(text: str) -> str:
    return text.replace("\u2019", "'").lower()


def _problems_of_question(question: Question) -> Iterator[Problem]:
    text = _simplify(question.text)
    asked = _asked_in(text)
    if question.answering.kind in (Kind.PROSE, Kind.POINTS) and any(map(_is_closed, asked)):
        yield "closed", "it can be answered with yes or no", "begin with what, who, when, where, which or how"
    if _LEADING.search(_QUOTED.sub("", text)):
        yield "leading", "it suggests the answer", "ask what happened, not whether it was as it should be"
    if _asks_two_things(asked):
        yield "double-barrelled", "it asks two things", "ask one, and make the other a probe or a question of its own"
    if (length := len(text.split())) > LONGEST:
        yield "too-long", f"it has {length} words", f"say it in {LONGEST} or fewer, as you would across a table"
    if _WHY.search(text):
        yield "why-did-you", "it asks somebody to justify themselves", "ask what led to it, or what they had seen"
    texts = (question.text, question.plain, question.hint, *question.probes)
    for word, better in sorted(_jargon_in(texts)):
        yield "jargon", f"'{word}' is jargon", f"say {better or 'what can be seen or heard'}"
    for word, british in sorted(_american_spelling_in(texts)):
        yield "american-spelling", f"'{word}' is American spelling", f"write '{british}'"
    if (age := reading_age(question.text)) > OLDEST:
        problem = f"it is hard to follow when it is heard (reading age about {age:.0f})"
        yield "reading-age", problem, "use shorter words, or two sentences"
    if question.answering.kind is Kind.SCALE and not question.answering.anchored:
        problem = "it does not say what nought and ten mean, or whose number it is"
        yield "scale-without-anchors", problem, "write low=, high= and whose="
    if question.plain:
        yield from _problems_of_plain_form(question.plain)


def _asked_in(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.?!])\s+", text) if each.rstrip("\"')").endswith("?")]


def _problems_of_plain_form(plain: str) -> Iterator[Problem]:
    """
    What keeps words from being plain.
    """
    text = _simplify(plain)
    if (length := len(text.split())) > LONGEST_PLAIN:
        yield "plain-too-long", f"its plain form has {length} words", f"say it in {LONGEST_PLAIN} or fewer"
    if _asks_two_things(_asked_in(text)) or asks_within(text):
        problem = "its plain form asks two things, or has a question inside a question"
        yield "plain-two-things", problem, "ask one, straight out"
    for image in images_in(text):
        yield "plain-image", f"its plain form says '{image}', which may not be meant literally", "say what is meant"


def is_plain(question: Question) -> bool:
    """
    Return whether a question has a plain form, or is plain itself.
    """
    return bool(question.plain) or not any(True for _ in _problems_of_plain_form(question.text))


def _problems_of_step(step: Step) -> Iterator[Problem]:
    yield from problems_of_step(step, lambda text: bool(_beginning_of(_simplify(text))))
    for word, british in sorted(_american_spelling_in((step.text, step.hint))):
        yield "american-spelling", f"'{word}' is American spelling", f"write '{british}'"


def _is_closed(asked: str) -> bool:
    """
    Whether a question asks for yes or no: it begins with a verb, offers no choice and does not go on to ask for more.
    """
    if re.search(r"\bor (?!not\b)", asked):
        return False
    clauses = re.split(r"[:;,\u2013\u2014(] ?|\. ", asked)
    if asked.startswith(("when ", "where ")) and _VERB_FIRST.match(clauses[-1]):
        return True
    beginnings = list(map(_beginning_of, clauses))
    return "verb" in beginnings and "asking" not in beginnings


def _beginning_of(clause: str) -> str:
    """
    Whether a clause begins with a word that asks, with a verb, or with neither.
    """
    words = [word for word in re.findall(r"[a-z']+", clause) if word not in _JOINING]
    if not words:
        return ""
    first = words[1] if _BEFORE.fullmatch(words[0]) and len(words) > 1 else words[0]
    if _ASKED.fullmatch(first):
        return "asking"
    return "verb" if _AUXILIARY.fullmatch(words[0]) else ""


def _asks_two_things(asked: list[str]) -> bool:
    if len(asked) > 1:
        return True
    for each in asked:
        second = _SECOND.search(each)
        if second and second[1] not in re.findall(r"[a-z]+", each[: second.start()]):
            return any(_ASKED.fullmatch(word) for word in re.findall(r"[a-z']+", each[: second.start()]))
    return False


def _problems_of_place(question: Question, before: Question | None) -> Iterator[Problem]:
    if question.core and before is not None and not before.core and _FOLLOWS.search(_simplify(question.text)):
        problem = "the short version asks it without the question before it"
        yield "cut-from-its-root", problem, "word it so that it makes sense alone, or make both core"


#: Professional and management jargon, and what to say instead; empty if that depends.
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


def _jargon_in(texts: Iterable[str]) -> set[tuple[str, str]]:
    text = f" {' '.join(re.sub(r'[^a-z- ]', ' ', _simplify(each)) for each in texts)} "
    text = " ".join(text.split())
    return {(word, better) for word, better in _JARGON.items() if f" {word} " in f" {text} "}


#: Words that British English has too, as another word or part of speech.
_IN_BRITAIN_TOO = re.compile("practice|license|program|check|meter|story|draft|curb|tire|inquiry|while")


def _american_spelling_in(texts: Iterable[str]) -> set[tuple[str, str]]:
    """
    The words in American spelling, each with the British one.
    """
    spelling = _load_library("breame.spelling")
    words = {word for text in texts for word in re.findall(r"[a-z]+", _simplify(re.sub(r"\{\w+\}", "", text)))}
    return {
        (word, spelling.get_british_spelling(word))
        for word in words
        if not _IN_BRITAIN_TOO.fullmatch(word) and spelling.american_spelling_exists(word)
    }


@functools.cache
def _count_syllables(word: str) -> int:
    return len(_hyphenator().positions(word)) + 1


@functools.cache
def _hyphenator() -> Any:
    return _load_library("pyphen").Pyphen(lang="en_GB")


def _load_library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtra.of("advice needs two more packages", "lint") from None


def reading_age(text: str) -> float:
    """
    Return the reading age of a text, in years: the grade of Flesch and Kincaid (1975), plus five.

    A word has one syllable more than it has places for a hyphen: that is slightly fewer than people speak.

    Raises:
        Refused: The package for syllables is not installed.
    """
    sentences = list(filter(None, (re.findall(r"[A-Za-z']+", each) for each in re.split(r"[.?!:;]+", text))))
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_count_syllables, words)) / len(words) - 15.59 + 5


# --- what a part and a page leave out


#: The question marks of the scripts that people write in.
_QUESTION_MARKS = frozenset("?؟？;՞")


def _problems_of_part(part: QuestionSet, short: bool) -> Iterator[Problem]:
    """
    What a part leaves out. *short* is whether the model has a short version: one without core questions has none.
    """
    own = [child for child in part.children if isinstance(child, Question)]
    if own and short and not any(question.core for question in part.asks):
        yield "part-without-core", "the short version leaves it out", "mark one of its questions .core"
    if len(own) > 1 and not any(set(question.text) & _QUESTION_MARKS for question in own):
        remedy = "number what is done (1. 2. 3.) and put {.do} behind the heading, or begin what is only read with * "
        yield "part-without-question", "none of its lines asks anything", remedy.strip()
    if not part.asks:
        return
    for code, kind, names, served in (
        ("element-nobody-asks", "element", part.elements, {e for q in part.asks for e in q.elements}),
        ("function-nobody-asks", "function", part.functions, {f for q in part.asks for f in q.functions}),
    ):
        for name in names:
            if name not in served:
                remedy = f"write a question that does, or take out {kind}={name}"
                yield code, f"none of its questions serves '{name}'", remedy


def _problems_of_page(model: Model, wordings: tuple[Wording, ...]) -> Iterator[Problem]:
    """
    What the front matter of a page leaves out, and the words that are in none of the *wordings*.
    """
    if not model.head.sources:
        remedy = "write 'sources:' with author, year, title and publisher"
        yield "missing-source", 'it names no source, so its papers say "draft"', remedy
    for source in model.head.sources:
        yield from faults_of_source(source)
    for habit, many in habits_over_of_page(question.text for question in model.asks):
        problem = f"{many} of its {len(model.asks)} questions have {habit.title}"
        yield "habit", problem, f"leave at most {habit.most_of(len(model.asks))}: {habit.instead}"
    if missing := [f"'{name}: …'" for name in ("rights", "licence") if not getattr(model.head, name)]:
        yield "missing-rights", "it does not say what people may do with it", f"write {' and '.join(missing)}"
    for wording in wordings:
        for word in sorted(words_needed(model) - {name for name, _ in wording.words}):
            problem = f"the wording '{wording.key}' has no word '{word}'"
            yield "word-a-profession-lacks", problem, "add it there, or use another word here"


# --- questions that ask the same

_SMALL = re.compile(
    r"a|an|the|of|to|in|on|at|for|with|by|from|about|into|out|up|down|off|over|and|or|but|so|then|than|as|if|that|this|"
    r"these|those|its?|is|are|was|were|be|been|being|am|do|does|did|done|have|has|had|having|will|would|can|could|may|"
    r"might|shall|should|must|you|yours?|yourself|i|me|my|mine|we|us|ours?|they|them|their|he|she|his|her|him|there|"
    r"here|what|who|whom|whose|which|when|where|how|why|not|no|any|some|one|once|now|just|only|very|much|more|most|"
    r"else|also|too|all|every|each|other|another|again|person|people|worker|supervisor|s|t|d|ll|re|ve|m"
)


def weighty_words(text: str) -> frozenset[str]:
    """
    Return the words of a question, without small words and endings.
    """
    words = set()
    for word in re.findall(r"[a-z]+", _simplify(text)):
        if not _SMALL.fullmatch(word):
            endings = (end for end in ("ing", "ed", "es", "s") if word.endswith(end) and len(word) - len(end) >= 3)
            words.add(word.removesuffix(next(endings, "")))
    return frozenset(words)


def compare_questions(one: str, other: str) -> tuple[float, float]:
    """
    Return how much two questions have in common, from 0 to 1: the share of their weighty words, and the order of all.
    """
    a, b = weighty_words(one), weighty_words(other)
    shared = len(a & b) / len(a | b) if a | b else float(_simplify(one) == _simplify(other))
    first, second = (re.findall(r"[a-z0-9']+", _simplify(each)) for each in (one, other))
    return shared, difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _advice_on_duplicates(what: Iterable[Composable]) -> dict[int, list[Advice]]:
    """
    Advice on questions that repeat an earlier one, by the identity of the set they are in.
    """
    advice: dict[int, list[Advice]] = {}
    by_word: dict[str, list[tuple[frozenset[str], Question]]] = {}
    for each in what:
        for question in each.questions.asks:
            words = weighty_words(question.text) or frozenset({_simplify(question.text)})
            earlier = {id(other): (theirs, other) for word in words for theirs, other in by_word.get(word, ())}
            for theirs, other in earlier.values():
                if other.key == question.key or len(words & theirs) / len(words | theirs) < SHARED:
                    continue
                if compare_questions(question.text, other.text)[1] >= IN_ORDER:
                    problem = f"it asks the same as '{other.key}': \"{other.text}\""
                    remedy = "ask something else, or leave it out"
                    own = Advice("near-duplicate", _key_of(each), question.key, problem, remedy)
                    advice.setdefault(id(each), []).append(own)
                    break
            for word in words:
                by_word.setdefault(word, []).append((words, question))
    return advice
