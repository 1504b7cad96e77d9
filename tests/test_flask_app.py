"""
The example of a web application: what it gives, what it refuses, and what it never keeps or says.
"""

from __future__ import annotations

import html
import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

import reflect
from reflect.formats import word
from reflect.text.nodes import Answer, Block, Entry
from tests.documents import a_few
from tests.hostile import HOSTILE
from tests.test_fillable import modules
from tests.test_word import tool

HERE = Path(__file__).parent.parent / "examples" / "flask_app"
#: What somebody wrote; it may be shown to them, and stand nowhere else.
SECRET = "zanzibar <script>alert(1)</script> & {{ 7 * 7 }}"


@pytest.fixture(scope="module")
def web() -> ModuleType:
    spec = importlib.util.spec_from_file_location("flask_example", HERE / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # Flask looks there for where its templates are
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def client(web: ModuleType) -> Any:
    return web.app.test_client()


def filled() -> bytes:
    """
    A record with something written on every line of the talk, and in every box.
    """
    paper = reflect.document("arrive@3 + kolb-cycle@40 + close@7", "record", minutes=60)
    blocks = tuple(map(_with_words, paper.blocks))
    assert blocks != paper.blocks
    return word.write(attrs.evolve(paper, blocks=blocks))


def _with_words(block: Block) -> Block:
    match block:
        case Entry(rows=rows):
            written = (
                (attrs.evolve(each, value=SECRET) if isinstance(each, Answer) else each for each in row) for row in rows
            )
            return attrs.evolve(block, rows=tuple(map(tuple, written)))
        case Answer():
            return attrs.evolve(block, value=SECRET)
    return block


def uploaded(client: Any, data: bytes, name: str = "the-visit.docx", **more: str) -> TestResponse:
    """
    What comes of sending a file. The form is written by hand: the client of the tests would make a temporary file.
    """
    said = {"reader": "supervisee", **more}
    parts = [f'--mark\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said[key]}\r\n' for key in said]
    file = f'--mark\r\nContent-Disposition: form-data; name="record"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, file]).encode() + data + b"\r\n--mark--\r\n"
    found: TestResponse = client.post("/read", data=body, content_type="multipart/form-data; boundary=mark")
    return found


def test_a_session_is_composed_and_its_papers_are_downloaded(client: Any) -> None:
    """
    The choice is on the page, and its papers are Word files that are read back as that very session.
    """
    asked = "minutes=90&wording=nursing&frame=arrive&frame=close&model=gibbs-cycle&model=social-graces"
    page = client.get(f"/?{asked}").get_data(as_text=True)
    address = re.findall(r'href="(/paper/record[^"]*)"', page)[0].replace("&amp;", "&")
    record = reflect.read(client.get(address).data)

    titles = [html.unescape(title) for title in re.findall(r'class="what">([^<]*)<', page)]
    assert titles[:2] == ["Arriving", reflect.load("gibbs-cycle").title]
    assert [item.use for item in record.items] == ["arrive", "gibbs-cycle", "social-graces", "close"]
    assert record.wording == "nursing"
    assert client.get(address.replace("record", "agenda")).data.startswith(b"PK")
    assert client.get("/paper/secret.docx").status_code == 404


def test_a_record_is_shown_as_it_was_filled_in(client: Any) -> None:
    """
    Each answer is on the page as text, whatever it contains, and in the data to save.
    """
    data = filled()
    page = uploaded(client, data)
    saved = uploaded(client, data, to="json")

    assert page.status_code == 200
    assert "zanzibar &lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in page.text
    assert "<script" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in page.headers
    assert {answer.text for answer in reflect.from_json(saved.text).answers} == {SECRET}


@pytest.mark.parametrize(
    "query", ["model=../../etc/passwd", "wording=../mine.yaml", "minutes=9999", "frame=kolb-cycle"]
)
def test_an_address_reaches_no_file_and_no_name_we_do_not_offer(
    client: Any, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What is not on offer is left out; a wording that is the path of a file is not opened.
    """
    opened: list[str] = []
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *a, **k: opened.append(str(path)) or real(path, *a, **k))

    assert client.get(f"/?{query}").status_code == 200
    assert client.get(f"/paper/agenda.docx?{query}").status_code == 200
    assert not [path for path in opened if path.endswith(("passwd", "mine.yaml"))]


def test_too_few_minutes_are_told_on_the_page(client: Any) -> None:
    """
    What does not fit says how many minutes it needs, and offers no paper.
    """
    page = client.get("/?minutes=30&model=kolb-cycle&model=gibbs-cycle&frame=arrive").text

    assert "needs at least" in page
    assert "/paper/" not in page
    assert (
        client.get("/paper/agenda.docx?minutes=30&model=kolb-cycle&model=gibbs-cycle&frame=arrive").status_code == 400
    )


@pytest.mark.parametrize("name", a_few(sorted(HOSTILE)))
def test_hostile_files_are_told_plainly(client: Any, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """
    A file that is made to harm gives a page that says why, never a broken server.
    """
    page = uploaded(client, HOSTILE[name][0]())

    assert page.status_code in (400, 413)
    assert 'role="alert"' in page.text
    assert not caplog.records


def test_what_is_missing_or_too_large_is_told(web: ModuleType, client: Any) -> None:
    """
    No file, no reader, another reader, and one byte too many.
    """
    assert client.post("/read", data={"reader": "supervisee"}).status_code == 400
    assert uploaded(client, filled(), reader="").status_code == 400
    assert uploaded(client, filled(), reader="auditor").status_code == 400
    assert uploaded(client, bytes(web.LARGEST + 1)).status_code == 413
    assert "4 MB" in uploaded(client, bytes(web.LARGEST + 1)).text


def test_nothing_is_kept_and_nothing_private_is_logged(
    web: ModuleType, client: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """
    A large upload makes no temporary file; an error nobody foresaw is logged by its kind, without what was written.
    """
    made: list[object] = []
    for kind in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, kind, lambda *a, **k: made.append(a) or pytest.fail("a file was made"))
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", tempfile.SpooledTemporaryFile)
    caplog.set_level(logging.DEBUG)
    assert uploaded(client, filled() + bytes(3_000_000)).status_code == 400
    assert made == []

    def breaks(data: bytes) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(web.reflect, "read", breaks)
    page = uploaded(client, filled(), name="zanzibar.docx")

    assert page.status_code == 500
    assert "zanzibar" not in page.text
    assert [record.getMessage() for record in caplog.records] == ["unforeseen: ValueError"]
    assert "zanzibar" not in caplog.text


# --- in a browser


@pytest.fixture
def served(web: ModuleType) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_person_gets_through_it_on_a_desk_and_on_a_phone(served: str, tmp_path: Path) -> None:
    """
    In Chromium: choose, download, upload, read back, a wrong file; nothing else is asked of any other site, nothing is
    too wide, and axe finds no barrier, in light and in dark.
    """
    if not modules():
        if os.environ.get("REFLECT_CI") == "1":
            pytest.fail("playwright-core and axe-core are not installed")
        pytest.skip("playwright-core and axe-core are not installed")
    folder = Path(os.environ.get("REFLECT_PICTURES", tmp_path))
    (folder / "filled.docx").write_bytes(filled())
    (folder / "other.txt").write_text("not a record")
    driver = Path(__file__).parent / "browser" / "web.cjs"
    done = subprocess.run(
        [tool("node"), str(driver), tool("chromium"), str(folder), served],
        capture_output=True, text=True, timeout=240, env={**os.environ, "NODE_PATH": modules()},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)

    assert (seen["errors"], seen["elsewhere"], seen["wrong"], seen["cookies"]) == ([], [], [], 0)
    assert any("Gibbs" in line or "cycle" in line.lower() for line in seen["plan"])
    assert SECRET in seen["read"]
    assert "Word" in seen["told"]
    for name in ("desk", "phone"):
        record = reflect.read(folder / f"{name}-record.docx")
        assert (record.items[3].use, record.wording) == ("gibbs-cycle", "nursing")
