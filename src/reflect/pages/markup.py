"""
Find HTML and comments, which do not belong on a page.
"""

from __future__ import annotations

import bisect
import re

from reflect.pages.limits import PageReading

#: What to look for in a search for HTML: an escaped character, backticks, and what a browser would take for a tag,
#: a comment or a declaration. An address in angle brackets is none of these.
_SIGN = re.compile(r"\\.|(?P<ticks>`+)|(?P<tag><(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|\Z)|!--|[?!][A-Za-z]))", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*<!--.*?(?:(-->)|\Z)", re.DOTALL | re.MULTILINE)
_NO_COMMENT = ("a comment does not belong on a page", "take it out, from <!-- to -->: everything on a page is printed")


def find_html(reading: PageReading, source: str, line: int) -> None:
    """
    Add a fault for each line with HTML in it: a page would print it letter by letter.
    """
    if "<" not in source:
        return
    lines_with_fault: set[int] = set()
    ticks: dict[int, list[int]] = {}
    for run in re.finditer("`+", source):
        ticks.setdefault(len(run[0]), []).append(run.start())
    at = 0
    while sign := _SIGN.search(source, at):
        at = sign.end()
        if sign["ticks"]:
            # Words between two equally long runs of backticks are code.
            runs = ticks.get(len(sign["ticks"]), [])
            if (n := bisect.bisect(runs, sign.start())) < len(runs):
                at = runs[n] + len(sign["ticks"])
        if not sign["tag"]:
            continue
        on = line + source.count("\n", 0, sign.start())
        if on in lines_with_fault:
            continue
        lines_with_fault.add(on)
        tag = sign[0].strip("</ \n")
        if sign[0] == "<!--":
            reading.add_fault(on, *_NO_COMMENT)
        elif tag.lower() == "br":
            remedy = "take it out; write one line, or two paragraphs"
            reading.add_fault(on, "HTML does not belong on a page, and this line has <br>", remedy)
        else:
            remedy = "take the tags out, or put \\ before < to print it"
            reading.add_fault(on, f"HTML does not belong on a page, and this line has <{tag}>", remedy)


def leave_out_comments(reading: PageReading, above: int, lines: list[str]) -> list[str]:
    """
    Return the lines of a page without its comments, so that none is taken for a question.

    Each comment is a fault; *above* lines of the page come before these.
    """
    text = "\n".join(lines)
    if "<!--" not in text:
        return lines

    def blank(match: re.Match[str]) -> str:
        line = above + text.count("\n", 0, match.start()) + 1
        if match[1]:
            reading.add_fault(line, *_NO_COMMENT)
            return "\n" * match[0].count("\n")
        reading.add_fault(
            line, "a comment is opened but not closed", "take it out; a comment does not belong on a page"
        )
        return "\n" + match[0].partition("\n")[2] if "\n" in match[0] else ""

    return _COMMENT.sub(blank, text).split("\n")
