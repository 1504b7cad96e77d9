"""
The words of the planner's page: all of them stand in one file, each is used, and none that is used is missing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reflect.planner.words import read_words
from tests import source

PAGE = Path(__file__).parents[1] / "tools" / "planner" / "page"
SCRIPTS = {file.name: file.read_text("utf-8") for file in sorted(PAGE.glob("*.js"))}
MARKUP = (PAGE / "page.html").read_text("utf-8")
#: A key as a script writes it: within quotes, and within backticks with what is put in.
QUOTED = re.compile(r"""["']([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.?)["']""")
PIECED = re.compile(r"`([a-z][a-z0-9.-]*\.(?:[a-z0-9.-]|\$\{[^}]*\})*)`")
#: What is asked for by its whole name, in a call or in the markup.
ASKED = re.compile(r"""\bwords\(\s*["']([a-z0-9.-]+)["']|data-words(?:-\w+)?="([a-z0-9.-]+)\"""")


def python_of_the_page() -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted((source.SOURCE / "planner").glob("*.py")))


def patterns_of(text: str) -> list[re.Pattern[str]]:
    """
    The keys that a text may put together, as patterns.
    """
    pieces = [re.sub(r"\\\$\\\{.*?\\\}", "[a-z0-9.-]+", re.escape(each)) for each in PIECED.findall(text)]
    pieces += [re.sub(r"\\\{.*?\\\}", "[a-z0-9.-]+", re.escape(each)) for each in re.findall(r'f"([a-z][^"]*)"', text)]
    return [re.compile(each) for each in pieces]


def test_every_word_that_is_asked_for_is_there() -> None:
    """
    The page shows no key in the place of a word.
    """
    text = MARKUP + "".join(SCRIPTS.values())
    asked = {first or second for first, second in ASKED.findall(text)}

    assert len(asked) > 100
    assert sorted(asked - set(read_words())) == []


def test_every_word_is_used() -> None:
    """
    What nobody reads any more is not kept, so that whoever translates the page translates what is read.
    """
    text = MARKUP + "".join(SCRIPTS.values()) + python_of_the_page()
    quoted = set(QUOTED.findall(text)) | {first or second for first, second in ASKED.findall(text)}
    quoted |= set(re.findall(r'"([a-z][a-z0-9.-]+)"', text))
    pieced = patterns_of(text)
    unused = [key for key in read_words() if key not in quoted and not any(each.fullmatch(key) for each in pieced)]

    assert unused == []


def test_the_markup_has_no_words_of_its_own() -> None:
    """
    Whatever somebody reads comes from the file of words, so that another language needs no other page.
    """
    shown = re.sub(r"<!--.*?-->|<[^>]*>", "", MARKUP[MARKUP.index("<body>") :])

    assert shown.split() == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_makes_no_markup_and_goes_nowhere(name: str) -> None:
    """
    What is typed stays text: no script of the page writes markup, but the sheet that shows a paper of the library. And
    none leaves the page, opens another, or keeps anything.
    """
    script = re.sub(r"/\*.*?\*/|//[^\n]*", "", SCRIPTS[name], flags=re.DOTALL)
    markup = re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", script)
    gone = re.findall(
        r"location\s*=|location\.(?:assign|replace|href)|history\.|window\.open\(|\.submit\(|localStorage|sessionStorage"
        r"|indexedDB|document\.cookie|caches\.|sendBeacon|XMLHttpRequest|WebSocket|EventSource",
        script,
    )

    assert markup == (["innerHTML"] if name == "agenda.js" else [])
    assert gone == []


def test_one_script_saves_and_copies() -> None:
    """
    Whatever is handed over as a file or onto the clipboard goes through the one that tells of it where the eye is.
    """
    hands_over = re.compile(r"\bdownload:|navigator\.clipboard")

    assert [name for name, script in SCRIPTS.items() if hands_over.search(script)] == ["saving.js"]


#: Whatever takes something from sight or from the page, and whatever brings it back, by its name on a button.
AWAY = (
    *("cover.now", "clear.all", "room.blank", "room.leave", "records.put-away", "records.saved.away"),
    *("gallery.put-back", "undo"),
)


def test_ways_to_hide_to_leave_and_to_forget_cannot_be_mixed_up() -> None:
    """
    "Cover", "Clear all", "Blank" and "Put away" could not be told apart: each begins with a letter of its own.
    """
    names = {key: str(read_words()[key]) for key in AWAY}
    begins = [name[0] for name in names.values()]

    assert len(set(begins)) == len(begins), names


@pytest.mark.parametrize(("name", "question"), [("clear.all", "clear.title"), ("clear.yes", "clear.title")])
def test_what_asks_first_asks_in_the_words_of_its_button(name: str, question: str) -> None:
    """
    Whoever pressed one thing is not asked about another.
    """
    words = read_words()

    assert f"{words[name]}?" == words[question]
