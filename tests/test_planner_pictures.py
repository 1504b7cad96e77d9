"""
Pictures of somebody's own models in the planner: the page draws what Python in it cannot.
"""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import reflect
from reflect.diagrams import raster, say_without_picture
from reflect.planner.desk import Desk
from reflect.planner.own import Own
from tests.built_planner import TOOLS
from tests.documents import text_of_docx
from tests.test_word import tool

PAGE = (
    "# Three good questions {#my-own}\n\n## Look back\n\n- Where does it begin?\n\n## Look ahead\n\n- Who will know?\n"
)
ASKED = {"keys": ["my-own"], "papers": ["handout"], "to": "docx"}
WITHOUT = say_without_picture("").partition(";")[0]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """
    A desk that knows a model of somebody's own, where there is no resvg: as in the page.
    """
    monkeypatch.setattr(raster, "fonts", lambda: ())
    raster.forget_pictures()
    yield Desk(own=Own(models=reflect.catalogue({"my-own.md": PAGE})))
    raster.forget_pictures()


def png_of(wide: int, high: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (wide, high), "#0b4f5c").save(data, "PNG")
    return data.getvalue()


def pictures_in(file: dict[str, Any]) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(file["bytes"])) as package:
        return [package.read(name) for name in package.namelist() if name.endswith(".png")]


def ask(desk: Desk, **given: object) -> dict[str, Any]:
    answer = desk.answer("deck", {**ASKED, **given})
    assert isinstance(answer, dict)
    return answer


def test_a_file_says_which_pictures_it_lacks_and_takes_them(desk: Desk) -> None:
    """
    What the page has drawn is in the paper; and nothing of it stays for the next.
    """
    first = ask(desk)
    (lacking,) = first["lacking"]
    drawn = png_of(lacking["wide"], lacking["high"])
    again = ask(desk, pictures={lacking["name"]: drawn})

    assert WITHOUT in text_of_docx(first["bytes"])
    assert lacking["svg"].startswith("<svg")
    assert pictures_in(again) == [drawn]
    assert "lacking" not in again
    assert WITHOUT not in text_of_docx(again["bytes"])
    assert ask(desk) == first


@pytest.mark.parametrize("given", [b"GIF89a", b"", "text", None, 7, b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)])
def test_what_is_no_picture_counts_as_not_given(desk: Desk, given: object) -> None:
    """
    The paper says that it is without.
    """
    first = ask(desk)
    name = first["lacking"][0]["name"]

    assert ask(desk, pictures={name: given}) == first
    assert ask(desk, pictures=given) == first


def test_only_a_file_that_shows_a_picture_lacks_one(desk: Desk) -> None:
    """
    A worksheet shows none, and a web page draws its own.
    """
    assert "lacking" not in ask(desk, papers=["worksheet"])
    assert "lacking" not in ask(desk, to="html")
    assert "lacking" in ask(desk)


SCRIPT = """
withPictures({ lacking: LACKING }, async (pictures) => pictures).then((drawn) => {
  const [png] = Object.values(drawn);
  document.body.textContent = `PNG:${btoa(String.fromCharCode(...png))}:`;
});
"""


@pytest.mark.long
def test_a_browser_draws_what_is_lacking(desk: Desk, tmp_path: Path) -> None:
    """
    Under the policy of the page, in the size that it is asked for, and much as resvg draws it.
    """
    (lacking,) = ask(desk)["lacking"]
    module = (TOOLS / "page" / "pictures.js").read_text("utf-8").replace("export ", "")
    policy = "default-src 'none'; img-src data: blob:; script-src 'unsafe-inline'"
    page = tmp_path / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><body>'
        f"<script>{module}{SCRIPT.replace('LACKING', json.dumps([lacking]))}</script>",
        "utf-8",
    )
    command = [
        tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
        "--virtual-time-budget=5000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r"PNG:([A-Za-z0-9+/=]+):", said)
    assert found
    drawn = Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("L")
    inked = sum(drawn.histogram()[:128]) / (drawn.width * drawn.height)

    assert drawn.size == (lacking["wide"], lacking["high"])
    assert drawn.getpixel((0, 0)) == 255
    assert 0.005 < inked < 0.2
