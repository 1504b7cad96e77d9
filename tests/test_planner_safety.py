"""
Nothing leaves the planner: every way out is tried from inside, with private words on the page, in two browsers.

What is driven is in ``browser/safety.cjs``; ``puppeteer-core`` comes from npm, beside the other tools in REFLECT_TOOLS.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.built_planner import TOOLS, package, page
from tests.test_word import tool

DRIVER = Path(__file__).parent / "browser" / "safety.cjs"
BROWSERS = {"chrome": "chromium", "firefox": "firefox-esr"}
#: What a script of ours never does: ask an address, leave for one, keep something, or read a text as markup or code.
NEVER = {
    "asks": r"\bfetch\(|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|importScripts\(|\bimport\(|RTCPeer",
    "leaves": r"location\s*=[^=]|location\.(href|hash|search)\s*=[^=]|location\.(assign|replace|reload)"
    r"|history\.|window\.open|\bopen\(\"|\.submit\(|requestSubmit|navigation\.navigate",
    "keeps": r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker|showSaveFilePicker",
    "reads": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment"
    r"|setHTML|srcdoc",
    "loads": r"\w\(\"(iframe|frame|object|embed|meta|base|form|script|video|audio)\"[,)]|\"link\",\{(rel|href)|preconnect|prefetch|\.action\s*=",
}
#: The one place that reads markup: a paper that Python made, into a template, where nothing runs and nothing loads.
PAPER = re.compile(r'createElement\("template"\);\w+\.innerHTML=\w+\.body;')


@functools.cache
def modules() -> str:
    """
    The folder of npm packages; without it a test is skipped, but never in CI.
    """
    places = (Path(os.environ.get("REFLECT_TOOLS", ".")).parent, Path("node_modules").absolute())
    found = next((str(place) for place in places if (place / "puppeteer-core").is_dir()), "")
    if not found:
        (pytest.fail if os.environ.get("REFLECT_CI") == "1" else pytest.skip)("puppeteer-core is not installed")
    return found


def tried(browser: str, more: str = "") -> Any:
    """
    What the driver saw in a browser.
    """
    command = [tool("node"), str(DRIVER), browser, tool(BROWSERS[browser]), str(page()), *([more] if more else [])]
    environment = {**os.environ, "NODE_PATH": modules()}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.long
@pytest.mark.parametrize("browser", BROWSERS)
def test_nothing_leaves(browser: str) -> None:
    """
    Whatever a script tries, no request arrives, and it cannot lead the page elsewhere; from a page without a policy both
    succeed. Peer connections are gone before anything runs, and address, history and storage have nobody's words.
    """
    told = tried(browser)
    kept = told["kept"]
    at_once = {"fetch", "xhr", "image", "socket", "events", "module", "worker", "beside", "font"}

    assert told["state"] == "ready"
    assert told["seen"] == []
    assert set(told["ways"]) - {"prefetch"} <= set(told["control"])
    assert at_once <= {name for name, how in told["failed"].items() if how == "failed"}

    assert told["navigation"]
    assert told["left"] == []
    assert "left-control" in told["control"]

    assert told["peers"] == []
    assert all(names == ["undefined", "undefined"] for names in told["workers"])
    assert len(told["workers"]) == (1 if browser == "chrome" else 0)  # the other has no way to look into it

    assert kept["address"] == told["address"]
    assert "PRIVATE" not in json.dumps(kept)
    assert kept["entries"] <= 2
    assert (kept["cookies"], kept["state"], kept["local"], kept["session"], kept["databases"]) == ("", None, 0, 0, 0)


@pytest.mark.long
def test_without_webassembly_the_page_plans_and_says_what_it_cannot_do() -> None:
    """
    Where a browser refuses to run Python, there is a plan and one sentence.
    """
    told = tried("chrome", "--jitless")

    assert told["state"] == "fault"
    assert "no Word" in told["sentence"]
    assert told["parts"] > 2


@pytest.mark.parametrize("what", NEVER)
def test_no_script_of_ours_does(what: str) -> None:
    """
    No script of the page asks an address, leaves for one, keeps anything, or reads a text as markup.
    """
    script = PAPER.sub("", (package() / "main.js").read_text("utf-8"), count=1)
    found = [script[max(0, match.start() - 60) : match.end() + 40] for match in re.finditer(NEVER[what], script)]

    assert len(script) > 10_000
    assert found == []


def test_the_markup_leads_nowhere() -> None:
    """
    There is no link, form or frame in the page, and no address in its markup, its styles or its own words.
    """
    markup = (package() / "page.html").read_text("utf-8") + (package() / "page.css").read_text("utf-8")

    assert "<main" in markup
    assert not re.findall(r"<a\b|<form|<iframe|<base|<link|http-equiv=.?refresh|@import|url\((?!data:)|https?:", markup)
    assert (TOOLS / "page" / "guard.js").is_file()
    assert markup.index("<!--guard-->") < markup.index("<!--style-->") < markup.index("<body")
