"""
Attributes in braces at the end of a heading or a question: ``{#key .flag name=value other="two words"}``.

This module reads and writes their syntax; `reflect.pages.attributes` knows what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import attrs

from reflect.errors import add_hint, write_one_of
from reflect.files.slips import find_slip, straighten
from reflect.pages.keys import KEY, LONGEST_KEY, WRITE_A_KEY, make_key
from reflect.pages.limits import PageReading

# Nothing is tried twice, so that what cannot be read is refused at once, however long it is. The groups are atomic
# and not possessive: Python before 3.11.5 loses its place in a possessive group (gh-106052).
_VALUE = r'(?:"(?>(?:[^"\\]|\\.)*)"|[^\s"\'{}\\“”„]++)'
_ATTRIBUTE = rf"(?:\.[a-z][a-z0-9-]*+|[a-z][a-z-]*+={_VALUE})"
_BRACES = re.compile(rf"(?<!\s)\s*+\{{(?:\#(?P<key>[a-z0-9-]++))?(?P<rest>(?>(?:\s*+{_ATTRIBUTE})*))\s*+\}}\s*+\Z")
_ONE = re.compile(rf"\.(?P<flag>[a-z][a-z0-9-]*)|(?P<name>[a-z][a-z-]*)=(?P<value>{_VALUE})")
_LOOKS_LIKE_BRACES = re.compile(r"(?<!\\)\{(?:\s*[#.]|[^{}=]*=)[^{}]*\}\s*\Z")
_EXAMPLE = 'write {#key .flag name=value other="two words"}'
#: Braces that begin like attributes, anywhere in a line.
_OPENS = re.compile(r"(?<!\\)\{\s*[#.]\s*[\w-]")
#: Braces are looked for in so many characters at the end of a line.
_LONGEST_BRACES = 2_000
#: And so many of them are tried.
_MOST_BRACES = 20
#: One item in braces, between spaces; a quoted value may contain spaces.
_BETWEEN = re.compile(r'(?:[^\s"]|"(?>(?:[^"\\]|\\.)*)"?)+')


@attrs.frozen
class Braces:
    """
    A heading or question, and what the braces at its end say.
    """

    text: str
    key: str = ""
    flags: tuple[str, ...] = ()
    values: dict[str, str] = attrs.field(factory=dict)


def read_braces(
    reading: PageReading, raw: str, line: int, flags: Collection[str] = (), names: Collection[str] = ()
) -> Braces:
    """
    Separate a heading or question from the braces at its end.
    """
    match = _BRACES.search(raw)
    if not match or not _has_braces(raw):
        _find_broken_braces(reading, raw, line, flags)
        return Braces(raw)
    before = raw[: match.start()]
    if (len(before) - len(before.rstrip("\\"))) % 2:
        return Braces(raw)
    own_flags: list[str] = []
    values: dict[str, str] = {}
    unknown: set[str] = set()
    for one in _ONE.finditer(match["rest"]):
        word = one["flag"] or one["name"]
        known, form = (flags, ".{}") if one["flag"] else (names, "{}=")
        sign = form.format(word)
        if word not in known:
            if sign in unknown:
                continue
            unknown.add(sign)
            reading.add_fault(line, f"'{sign}' is not known here", f"take it out, or {write_one_of(word, known, form)}")
        elif word in own_flags or word in values:
            reading.add_fault(line, f"'{sign}' is used twice", "keep one of them")
        elif one["flag"]:
            own_flags.append(word)
        else:
            values[word] = _unquote(one["value"])
    key = match["key"] or ""
    if key and not KEY.fullmatch(key):
        reading.add_fault(line, f"'{key}' is not a key", WRITE_A_KEY)
        key = ""
    return Braces(before, key, tuple(own_flags), values)


def _has_braces(raw: str) -> bool:
    match = _BRACES.search(raw)
    return match is not None and bool(match["key"] or match["rest"].strip())


def split_braces(text: str) -> tuple[str, str]:
    """
    Return a text of a word processor without the attributes at its end, and those with the signs that they were typed
    with before the word processor changed them; without attributes the whole text, and nothing.
    """
    opens = text.rfind("{")
    # A value in quotation marks may have braces in it.
    for _ in range(_MOST_BRACES):
        if opens < 0:
            break
        if text[opens - 1 : opens] != "\\":
            for braces in _without_typography(text[opens:]):
                if (match := _BRACES.match(braces)) and _has_braces(match[0]):
                    return text[:opens].rstrip(), braces.strip()
        opens = text.rfind("{", 0, opens) if len(text) - opens < _LONGEST_BRACES else -1
    return text, ""


def _without_typography(braces: str) -> Iterator[str]:
    """
    Give what braces may have been before a word processor changed their signs, the most likely first.
    """
    braces = re.sub(r"(\bminutes=[0-9]+)[–—‑‒]([0-9])", r"\1-\2", braces)
    yield braces
    quoted = re.sub("[“”„‟]", '"', braces.replace("\u00a0", " "))
    yield quoted
    yield straighten(quoted)


def key_in_braces(raw: str) -> str:
    """
    Return the key that a heading or question gives itself, or nothing.
    """
    match = _BRACES.search(raw)
    return match["key"] or "" if match else ""


def _find_broken_braces(reading: PageReading, raw: str, line: int, flags: Collection[str]) -> None:
    """
    Add a fault if there are braces that cannot be read.
    """
    opens = max(raw.rfind("{"), raw.rfind("｛"))
    tail = raw[opens:] if opens >= 0 else ""
    if (slip := find_slip(tail, _has_braces)) and not re.search("[“”„‘’]", tail):
        reading.add_fault(line, f"the braces have {slip.what}", slip.remedy)
    elif broken := _LOOKS_LIKE_BRACES.search(raw):
        reading.add_fault(line, *_explain_broken_braces(broken[0].strip()[1:-1], flags))
    elif opening := _OPENS.search(raw):
        if "}" in raw[opening.start() :]:
            remedy = "move them to the end of the line, or put \\ before the brace to print it"
            reading.add_fault(line, "there are words after the braces", remedy)
        else:
            reading.add_fault(line, "a brace is opened but not closed", "close it with } at the end of the line")


def _explain_broken_braces(inside: str, flags: Collection[str]) -> tuple[str, str]:
    """
    Return the first thing wrong in braces that cannot be read, and what to write.
    """
    if re.search("[“”„‘’]", inside):
        return "there are curly quotation marks in the braces", 'write straight ones: name="two words"'
    if inside.count('"') % 2:
        return "a quotation mark in the braces is not closed", _EXAMPLE
    for n, word in enumerate(_BETWEEN.findall(inside)):
        name, sign, value = word.partition("=")
        if word.startswith("#") and n:
            return f"the key '{word}' does not come first in the braces", f"write {{{word} …}}, and only one key"
        if word.startswith("#"):
            if not KEY.fullmatch(word[1:]):
                example = make_key(word[1:], LONGEST_KEY) if word[1:] else "key"
                return f"'{word}' is not a key", f"{WRITE_A_KEY}, such as #{example}"
        elif sign and re.fullmatch(r"[a-z][a-z-]*", name) and not value:
            return f"'{word}' in the braces has no value", f"write {name}=value without spaces, or take it out"
        elif sign and not (re.fullmatch(r"[a-z][a-z-]*", name) and re.fullmatch(_VALUE, value)):
            return f"'{word}' in the braces cannot be read", 'write name=value, or name="two words"'
        elif not sign and not re.fullmatch(r"\.[a-z][a-z0-9-]*", word):
            plain = word.strip(".,;:").lower()
            what = f"'{word}' in the braces is neither a flag nor name=value"
            if plain in flags:
                return what, f"write .{plain}"
            return what, add_hint("write .flag or name=value, or take it out", plain, flags, ".{}")
    return "the braces at the end cannot be read", _EXAMPLE


def write_braces(key: str, flags: Iterable[str], values: Iterable[tuple[str, str]]) -> str:
    inner = [f"#{key}", *(f".{flag}" for flag in flags), *(write_value(*value) for value in values)]
    return "{" + " ".join(inner) + "}"


def write_value(name: str, value: str) -> str:
    """
    Return a value as it stands in braces: ``minutes=5``, ``whose="the worker's own"``.
    """
    return f"{name}={_quote(value)}"


def _unquote(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _quote(value: str) -> str:
    if re.fullmatch(_VALUE, value) and not value.startswith('"'):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parse_braces(text: str) -> Braces:
    """
    Return what stands in braces that `write_braces` wrote.
    """
    match = _BRACES.search(f"x {text}")
    assert match is not None
    found = list(_ONE.finditer(match["rest"]))
    values = {one["name"]: _unquote(one["value"]) for one in found if one["name"]}
    return Braces("", match["key"] or "", tuple(one["flag"] for one in found if one["flag"]), values)
