"""
Whether words are plain: few, literal, and one question.

Somebody who works in a second language, or who takes words as they are, answers a plain question at once. The rules are
rules of thumb for English, as all advice is: they know images and turns of phrase by the words that mostly stand for
something else.
"""

from __future__ import annotations

import re

#: A plain form has at most this many words.
LONGEST_PLAIN = 12
#: Words that mostly stand for something else in a question about work, and turns of phrase.
_IMAGES = re.compile(
    r"""
    \b(?: as\ if | as\ though | like\ an? | imagine | suppose | picture | pretend
        | bridge | bucket | clothes | film | journey | knot | ladder | lens | mirror | path | puzzle | recipe | road
        | storm | thread | wave | weather | weight | wheel | wind
        | carry | carrying | hold | holding | land | lands | sit\ with | sitting\ with | stay\ with | unpack
        | gut | heart | hat | shoes | shoulders | on\ your\ feet | your\ feet\ want
        | upstairs | corridor | tall | tallest | pile | piles | shelf
        | in\ (?:the|your|its)\ way | in\ front\ of | going\ round | goes\ round | goes\ home | comes?\ up | came\ up
        | back\ at\ you | in\ (?:one|a)\ breath | between\ the\ lines | at\ the\ end\ of\ the\ day | step\ back
        | running\ low | runs?\ out | run\ dry | stuck | trips?\ over | throws?\ light | sheds?\ light | ring\ true
        | fall\ over | falls\ over | for\ a\ walk | walk\ (?:me|us)\ through | walk\ out\ of | put\ a\ price )\b
    """,
    re.VERBOSE,
)
#: A question within a question: "Do you know what he wanted?"
_WITHIN = re.compile(r"\w(?<! does) (?:what|who|whom|whose|why|how|whether|which)\b")
#: A question that begins here, or stands side by side with the one before it: "…, and on which day?"
_BESIDE = re.compile(r"(?:^|[,;:.?!]|\b(?:and|or)) *(?:(?:about|at|by|for|from|in|of|on|to|with) )?\w+$")


def images_in(text: str) -> tuple[str, ...]:
    """
    Return the words of a text in lower case that are images or turns of phrase.
    """
    return tuple(dict.fromkeys(match[0] for match in _IMAGES.finditer(text)))


def asks_within(text: str) -> bool:
    """
    Return whether there is a question inside a question, in a text in lower case.
    """
    return any(not _BESIDE.search(text[: match.end()]) for match in _WITHIN.finditer(text))
