"""
Take free text in a YAML file as it was typed.

YAML gives a meaning to a colon, a hash, a bracket, and people who write ``- Case C12: room #4`` do not know it. The
forms of a file say where it holds free text. There we put the words in quotation marks before YAML reads them, on the
line where they are. What somebody wrote in YAML on purpose keeps its meaning: text in quotation marks, a block that
begins with ``|`` or ``>``, names in braces, a list in brackets, a comment on a line of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import hint_at_nearest
from reflect.files.forms import Form
from reflect.files.slips import explain_line, straighten
from reflect.files.yaml import Tell, quote

#: A name with its colon, as YAML wants them: a space or the end of the line comes after the colon.
_NAMED = re.compile(
    r"""(?P<quoted>["']?)(?P<name>[^\s:"'#&*!|>{}\[\],-][^:"'{}\[\],]{0,99}?)(?P=quoted)[ \t]{0,9}:(?=[ \t]|$)"""
)
#: A name in braces, which somebody wrote in YAML even if we do not know it.
_NAME_IN_BRACES = re.compile(r"""\{\s*["']?[a-z][a-z-]*["']?\s*:(?:\s|$)""")
#: A name as ours are; other words before a colon are the beginning of a text.
_ONE_WORD = re.compile(r"[\w.-]+(?=:|$)")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}(?:[ \t]+#.*)?$")
_DASH = re.compile(r"-(?:[ \t]+|$)")
_ENDS = re.compile(r"[ \t]*(?:$|[ \t]#)")
#: A hash before words and not before a space or a name with its colon; it may belong to a text on several lines.
_WORDS_OR_COMMENT = re.compile(r"#(?![#\s]|$|[\w-]+:)")
_COMMA = re.compile(r",[ \t]*")
#: What people write before the items of a list in other places.
_OTHER_BULLET = re.compile(r"([ \t]*)(?:[*+]|[0-9]{1,3}[.)])[ \t]+")
#: A hyphen with nothing behind it, and a name with any sign in place of its colon.
_SPACED = re.compile(r"(?<![^ ])-(?=[^\s-])")
_ONE_WORD_AND_MORE = re.compile(r"""([ ]*(?:- )?["']?(?P<name>[\w-]+)["']?)[ ]?[:=;.]?[ ]*""")
_NEARLY_NAMED = re.compile(r"([a-z-]{2,24}) ?:")
#: What looks like a comment behind a text, and is read as words.
_LIKE_A_COMMENT = re.compile(r"(?:^|\s)#\s")


def take_as_typed(source: str, form: Form, tell: Tell, ask: Tell) -> str:
    """
    Return a text in YAML in which free text is in quotation marks; every line keeps its number.

    Args:
        source: The text of a file.
        form: What the whole file may hold.
        tell: Takes faults: what is words or a name with a value, and nobody can say which.
        ask: Takes what may have been meant in another way than it was read.
    """
    walk = _TypedLines(source.split("\n"), tell, ask)
    walk.read_file(form)
    return "\n".join(walk.lines)


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


@attrs.define
class _TypedLines:
    """
    One pass over the lines of a file, with the form of what each of them holds.

    Attributes:
        at: The line it has come to.
    """

    lines: list[str]
    tell: Tell
    ask: Tell
    at: int = 0

    # --- lines

    def next_column(self) -> int:
        """
        Go to the next line that holds something, and return where that begins; -1 at the end of the file.
        """
        while self.at < len(self.lines):
            words = self.lines[self.at].lstrip(" \t")
            if words and not words.startswith("#"):
                return len(self.lines[self.at]) - len(words)
            self.at += 1
        return -1

    def skip_deeper(self, outer: int) -> None:
        """
        Leave to YAML the lines that are indented more than *outer*.
        """
        while self.next_column() > outer:
            self.at += 1

    def deeper_lines(self, outer: int) -> Iterator[tuple[int, str]]:
        """
        Give the number and the words of the lines below this one that are indented more than *outer*.
        """
        for n in range(self.at + 1, len(self.lines)):
            words = self.lines[n].strip(" \t")
            if not words:
                continue
            if _indent_of(self.lines[n]) <= outer:
                return
            yield n, words

    # --- structure

    def read_file(self, form: Form) -> None:
        """
        Go over a whole file.
        """
        while (column := self.next_column()) == 0 and self.lines[self.at].startswith(("---", "%")):
            self.at += 1
        if column < 0:
            return
        if form.names == () or self.lines[self.at][column] in "{[-":
            self.read_node(form, -1)
        else:
            self.read_names(form, column)

    def read_node(self, form: Form, outer: int) -> None:
        """
        Go over what begins on the next line, if that is indented more than *outer*.
        """
        column = self.next_column()
        if column <= outer:
            return
        if form.of_item is not None and self.find_dash(form, column):
            self.read_list(form, column)
            self.skip_deeper(outer)
        else:
            self.read_value(form, column, outer)

    def find_dash(self, form: Form, column: int) -> re.Match[str] | None:
        """
        Return the dash in a column of this line, after a slip in its place has been reported and mended.
        """
        line = self.lines[self.at]
        if not _DASH.match(line, column) and (_OTHER_BULLET.match(line) or not _NAMED.match(line, column)):
            self.mend(form.names, only=_DASH, column=column)
        return _DASH.match(self.lines[self.at], column)

    def read_list(self, form: Form, column: int) -> None:
        """
        Go over the items of a list, whose dashes are in a column.
        """
        each = form.of_item
        while each is not None and self.next_column() == column and (dash := self.find_dash(form, column)):
            self.read_value(each, dash.end(), column)

    def read_names(self, form: Form, column: int) -> None:
        """
        Go over names in a column with their values; the first may come behind a dash.
        """
        first = True
        while first or self.next_column() == column:
            first = False
            if not _NAMED.match(self.lines[self.at], column):
                self.mend(form.names)
            line = self.lines[self.at]
            named = _NAMED.match(line, column)
            inner = form.of_name(named["name"]) if named else None
            if named is None or inner is None:
                self.leave(column)
            else:
                blank = len(line[named.end() :]) - len(line[named.end() :].lstrip(" \t"))
                self.read_value(inner, named.end() + blank, column, above=form)

    def mend(self, names: Iterable[str] | None, only: re.Pattern[str] | None = None, column: int = 0) -> None:
        """
        Report a slip of the hand in this line, if it has one, and mend it so that only the slip is reported.

        Args:
            names: The names that may be here.
            only: Leave the line as it is, unless it then has this in the column.
            column: Where it begins.
        """
        line = self.lines[self.at]
        if bullet := _OTHER_BULLET.match(line):
            told: tuple[str, str] | None = ("an item of a list does not begin with a hyphen", "begin it with '- '")
            mended = f"{bullet[1]}- {line[bullet.end() :]}"
        else:
            told, mended = explain_line(line, names or ()), _SPACED.sub("- ", straighten(line), count=1)
            if (name := _ONE_WORD_AND_MORE.match(mended)) and name["name"] in (names or ()):
                mended = f"{name[1]}: {mended[name.end() :]}"
        if told and (only is None or only.match(mended, column)):
            self.tell(self.at + 1, *told)
            self.lines[self.at] = mended

    # --- values

    def read_value(self, form: Form, start: int, outer: int, above: Form | None = None) -> None:
        """
        Go over a value, which begins on this line.

        Args:
            form: What it may hold.
            start: Its column.
            outer: It goes on for as long as lines are indented more than this.
            above: What holds it under a name; None if it has no name.
        """
        rest = self.lines[self.at][start:].rstrip(" \t")
        if not rest or (rest.startswith("#") and self.begins_comment(form, outer)):
            if form.free:
                self.ask_about_comments_alone(outer)
            self.at += 1
            # The dashes of a list may be right below its name.
            beside = above is not None and form.of_item is not None and self.next_column() == outer
            if beside and not _NAMED.match(self.lines[self.at], outer):
                self.read_list(form, outer)
            else:
                self.read_node(form, outer)
        elif above is None and (named := _NAMED.match(rest)) and self.is_name(named["name"], form, outer):
            self.read_names(form, start)
            self.skip_deeper(outer)
        elif _begins_flow(rest, form):
            self.lines[self.at] = self.lines[self.at][:start] + (_read_flow(rest, form) or rest)
            self.leave(outer)
        elif form.free and not self.is_scalar_of_yaml(rest, outer):
            self.take_text(start, outer, form, above)
        else:
            self.leave(outer)

    def ask_about_comments_alone(self, outer: int) -> None:
        """
        Ask about lines that begin with a hash where a text is wanted, if no other line gives it.
        """
        below = list(itertools.takewhile(lambda line: line[1].startswith("#"), self.deeper_lines(outer)))
        if below and next(itertools.islice(self.deeper_lines(outer), len(below), None), None) is None:
            for n, words in below:
                if _WORDS_OR_COMMENT.match(words):
                    self.ask_about_comment(n)

    def ask_about_comment(self, n: int) -> None:
        remedy = "if it belongs to the text above, write it on the line above"
        self.ask(n + 1, "this line begins with #, so it is not read", remedy)

    def leave(self, outer: int) -> None:
        """
        Leave this line to YAML, and those below it that are indented more than *outer*.
        """
        self.at += 1
        self.skip_deeper(outer)

    def begins_comment(self, form: Form, outer: int) -> bool:
        """
        Whether a hash right behind a name begins a comment, because the value comes on the lines below.
        """
        if not form.free:
            return True
        _, words = next(self.deeper_lines(outer), (0, ""))
        dash = (
            form.of_item is not None and self.at + 1 < len(self.lines) and _DASH.match(self.lines[self.at + 1], outer)
        )
        return bool(dash) or bool(form.of_item and _DASH.match(words)) or _is_named(words, form)

    def is_name(self, name: str, form: Form, outer: int) -> bool:
        """
        Whether words before a colon are a name: we know it, or it is one word, and below it comes one we know.
        """
        if form.names == ():
            return False
        if form.names is None or name in form.names or not form.free:
            return True
        return _ONE_WORD.fullmatch(name) is not None and any(
            _is_named(words, form) for _, words in self.deeper_lines(outer)
        )

    def is_scalar_of_yaml(self, rest: str, outer: int) -> bool:
        """
        Whether somebody wrote a text in YAML on purpose: in a block, or between quotation marks.
        """
        if rest[0] in "|>":
            return bool(_BLOCK.match(rest)) and any(True for _ in self.deeper_lines(outer))
        if rest[0] not in "\"'":
            return False
        end = _end_of_quoted(rest)
        if end < 0:
            rest = "\n".join((rest, *(words for _, words in self.deeper_lines(outer))))
            end = _end_of_quoted(rest)
        return end >= 0 and "\n" not in rest[end:] and bool(_ENDS.match(rest, end))

    def take_text(self, start: int, outer: int, form: Form, above: Form | None) -> None:
        """
        Put a text in quotation marks, together with the lines on which it goes on.
        """
        first, line = self.at, self.lines[self.at]
        words = [line[start:].strip(" \t")]
        for n, more in self.deeper_lines(outer):
            if more.startswith("#"):
                if _WORDS_OR_COMMENT.match(more):
                    self.ask_about_comment(n)
                continue
            if _is_named(more, form) or (above is not None and _is_named(more, above)):
                self.refuse_name(n, more, form, above)
            else:
                words.append(more)
            self.lines[n] = ""
        text = " ".join(words)
        self.lines[first] = line[:start] + quote(text)
        if _LIKE_A_COMMENT.search(text):
            self.ask(first + 1, "the words behind # are read too", "if they are a comment, put it on a line of its own")
        if text.startswith('"') and text.count('"') == 1:
            self.ask(first + 1, "a quotation mark is opened but not closed", "close it, or take it out")
        if above is None and any(_is_nearly_named(each, form) for each in words):
            what = "this is read as words, and not as a name with its value"
            self.ask(
                first + 1, what, f"leave it, or write the name, a colon and a space: {', '.join(form.names or ())}"
            )
        self.leave(outer)

    def refuse_name(self, n: int, words: str, form: Form, above: Form | None) -> None:
        name = words.split(":")[0].strip("\"' \t")
        if "\t" in self.lines[n][: _indent_of(self.lines[n])]:
            self.tell(n + 1, "the line begins with a tab", "begin it with spaces, or at the margin")
        elif above is None and form.short_name:
            remedy = f"write '{form.short_name}: …' for the words above it"
            self.tell(n + 1, f"'{name}' comes below words that have no name", remedy)
        else:
            self.tell(n + 1, "the line is indented", f"begin '{name}:' where the names above it begin")


def _is_named(words: str, form: Form) -> bool:
    """
    Whether a line begins with a name that we know in this place, and a colon.
    """
    named = _NAMED.match(words)
    if named is None:
        return False
    return named["name"] in form.names if form.names is not None else _ONE_WORD.fullmatch(named["name"]) is not None


def _is_nearly_named(words: str, form: Form) -> bool:
    """
    Whether words may have been meant as a name of ours with its value.
    """
    named = _NEARLY_NAMED.match(straighten(words[:99]))
    return named is not None and bool(hint_at_nearest(named[1], form.names or (), 0.75))


def _begins_flow(rest: str, form: Form) -> bool:
    """
    Whether a value begins with names in braces or a list in brackets, and not with words in braces or brackets.
    """
    if rest[0] == "{":
        return form.names != () and (not form.free or bool(_NAME_IN_BRACES.match(rest)))
    if rest[0] == "[":
        return form.of_item is not None and (not form.free or "]" not in rest or _read_flow(rest, form) is not None)
    return False


_QUOTED = re.compile(r""" "[^"\\]*+(?:\\.[^"\\]*+)*" | '[^']*+(?:''[^']*+)*' """, re.DOTALL | re.VERBOSE)


def _end_of_quoted(text: str, start: int = 0) -> int:
    """
    Where a text between quotation marks ends; -1 if it does not.
    """
    match = _QUOTED.match(text, start)
    return match.end() if match else -1


# --- braces and brackets


def _read_flow(text: str, form: Form) -> str | None:
    """
    Return names in braces or a list in brackets with their free text in quotation marks; None if it is neither.
    """
    flow = _FlowLine(text)
    whole = flow.value(form, "")
    return whole + text[flow.at :] if whole is not None and _ENDS.match(text, flow.at) else None


@attrs.define
class _FlowLine:
    """
    One pass over a value in braces or brackets, on one line.
    """

    text: str
    at: int = 0

    def blank(self) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1
        return self.text[start : self.at]

    def value(self, form: Form | None, ends: str, names: tuple[str, ...] | None = ()) -> str | None:
        before = self.blank()
        sign = self.text[self.at : self.at + 1]
        if (sign == "{" and form is not None and form.names != () and _NAME_IN_BRACES.match(self.text, self.at)) or (
            sign == "{" and form is not None and form.names is None
        ):
            whole = self.names(form)
        elif sign == "[" and form is not None and form.of_item is not None:
            whole = self.items(form.of_item)
        elif not ends:
            return None
        else:
            whole = self.scalar(form, ends, names)
        return None if whole is None else before + whole

    def items(self, each: Form) -> str | None:
        pieces = ["["]
        self.at += 1
        while True:
            pieces.append(self.blank())
            if self.text[self.at : self.at + 1] == "]":
                self.at += 1
                return "".join((*pieces, "]"))
            item = self.value(each, ",]")
            if item is None:
                return None
            pieces.append(item)
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                pieces.append(",")
            elif self.text[self.at : self.at + 1] != "]":
                return None

    def names(self, form: Form) -> str | None:
        pieces = ["{"]
        self.at += 1
        while True:
            pieces.append(self.blank())
            if self.text[self.at : self.at + 1] == "}":
                self.at += 1
                return "".join((*pieces, "}"))
            named = _NAMED.match(self.text, self.at)
            if named is None:
                return None
            pieces.append(named[0])
            self.at = named.end()
            value = self.value(form.of_name(named["name"]), ",}", form.names)
            if value is None:
                return None
            pieces.append(value)
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                pieces.append(",")
            elif self.text[self.at : self.at + 1] != "}":
                return None

    def scalar(self, form: Form | None, ends: str, names: tuple[str, ...] | None) -> str | None:
        """
        Go over one text, to the comma before the next name or item, or to the bracket that closes the whole.
        """
        start = self.at
        if (end := _end_of_quoted(self.text, start)) >= 0:
            self.at = end
            after = self.blank()
            if self.text[self.at : self.at + 1] in ends:
                return self.text[start:end] + after
            self.at = start
        depth = 0
        while self.at < len(self.text):
            sign = self.text[self.at]
            if depth == 0 and (sign == ends[1] or (sign == "," and self.is_end(ends, names))):
                break
            depth += (sign in "{[") - (sign in "}]")
            self.at += 1
        else:
            return None
        words = self.text[start : self.at]
        return quote(words.strip()) if form is not None and form.free and words.strip() else words

    def is_end(self, ends: str, names: tuple[str, ...] | None) -> bool:
        if ends[1] == "]":
            return True
        comma = _COMMA.match(self.text, self.at)
        named = _NAMED.match(self.text, comma.end()) if comma else None
        if named is None:
            return comma is not None and self.text[comma.end() : comma.end() + 1] in ("}", "")
        return names is None or named["name"] in names
