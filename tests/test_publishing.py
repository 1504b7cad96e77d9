"""
The folder for an intranet: everything it leads to is there, and it asks for nothing else.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.documents.viewing import Viewer
from reflect.errors import Refused
from reflect.rendering.gallery import gallery
from reflect.rendering.site import publish
from tests.documents import FEW, a_few, catalogue_of, tried
from tests.test_word import tool

#: One that needs an hour by itself, and what a filter looks for.
ALSO = (max(reflect.catalogue().heads(), key=lambda head: head.minutes or (0, 0)).key, "balint-group", "grow")
#: All models in CI, and some of them elsewhere.
MODELS = catalogue_of({*FEW, *ALSO, *a_few(reflect.catalogue(), 12)})
PLAIN = reflect.wording("general")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("intranet") / "new" / "folder"
    publish(root, models=MODELS)
    return root


def test_every_link_leads_to_a_file_and_every_paper_is_led_to(folder: Path) -> None:
    """
    What the page leads to is there and is the Word file it says, and no paper lies there unmentioned.
    """
    page = (folder / "index.html").read_text("utf-8")
    leads = {html.unescape(to) for to in re.findall('href="([^"#]+)"', page)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    assert leads == there - {"index.html", "catalogue.json"}
    assert all((folder / to).read_bytes().startswith(b"PK") for to in leads)
    anchors = {html.unescape(to) for to in re.findall('href="#([^"]+)"', page)}
    assert anchors <= set(re.findall(' id="([^"]+)"', page))


def test_every_model_is_on_the_page_with_all_it_asks(folder: Path) -> None:
    """
    Each model has its place, its diagram where it has stages, and each of its questions once in the list.
    """
    page = (folder / "index.html").read_text("utf-8")
    articles = dict(re.findall('<article id="([^"]+)"(.*?)</article>', page, flags=re.DOTALL))

    assert sorted(articles) == sorted(MODELS)
    for key, article in articles.items():
        model = reflect.load(key)
        words = html.unescape(article)
        assert model.title in words
        for view in Viewer(PLAIN).view_model(model).asks:
            assert re.search(f"<li(?: class=.core.)?>{re.escape(html.escape(view.text))}</li>", article), view.key
        assert ("<svg" in article) == (bool(model.questions.parts) or model.questions.shape == "scale")


def test_the_page_asks_for_nothing(folder: Path) -> None:
    """
    Its policy forbids every request, nothing in it makes one, and every id is there once.
    """
    page = (folder / "index.html").read_text("utf-8")

    assert "default-src 'none'" in page
    assert not re.search(
        r"\b(?:src|srcset|action|ping)=|@import|url\(|fetch|XMLHttp|localStorage|https?://",
        page.replace('xmlns="http://www.w3.org/2000/svg"', ""),
    )
    ids = re.findall(' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_data_are_the_models(folder: Path) -> None:
    """
    Each value of catalogue.json reads back as the model it was made of.
    """
    data = json.loads((folder / "catalogue.json").read_text("utf-8"))

    assert [reflect.from_json(json.dumps(each)) for each in data] == [reflect.load(key) for key in MODELS]


@pytest.mark.long
def test_the_same_bytes_again_and_nobody_loses_a_file(tmp_path: Path) -> None:
    """
    Published again, every byte is as it was; a paper that somebody changed is not replaced unless they say so.
    """
    few = catalogue_of(FEW)
    publish(tmp_path, models=few)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    publish(tmp_path, models=few)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    mine = tmp_path / "papers" / "kolb-cycle" / "record.docx"
    mine.write_bytes(mine.read_bytes() + b"written in")
    with pytest.raises(Refused, match=r"record\.docx"):
        publish(tmp_path, models=few)
    assert mine.read_bytes().endswith(b"written in")
    publish(tmp_path, models=few, force=True)
    assert mine.read_bytes() == before[mine]


def test_what_fits_no_hour_gets_a_longer_session(folder: Path) -> None:
    """
    The agenda of a model that needs an hour by itself holds it all the same.
    """
    longest = max(MODELS.heads(), key=lambda head: head.minutes or (0, 0))
    assert longest.minutes
    assert longest.minutes[0] > 37, "else this shows nothing"

    assert (folder / "papers" / longest.key / "agenda.docx").is_file()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """
    A path that is not a folder is reported in a sentence, and so is an unknown format.
    """
    (tmp_path / "taken").write_text("mine", encoding="utf-8")

    result = CliRunner().invoke(main, ["catalogue", "-o", str(tmp_path / "taken")])
    assert result.exit_code == 1
    assert "is not a folder" in result.stderr
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"

    result = CliRunner().invoke(main, ["catalogue", "-o", str(tmp_path / "new"), "--to", "dcox"])
    assert result.exit_code == 2
    assert "docx" in result.stderr
    assert not (tmp_path / "new").exists()


@settings(max_examples=tried(20))
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_title_is_only_text(title: str) -> None:
    """
    Whatever a model is called, the page has no more markup than with a plain name.
    """
    kolb = reflect.load("kolb-cycle")
    named = attrs.evolve(kolb, head=attrs.evolve(kolb.head, title=f"<b onclick='x'>&amp;</script>{title}"))
    page = gallery(_Only(named), PLAIN).decode()  # type: ignore[arg-type]
    plain = gallery(_Only(kolb), PLAIN).decode()  # type: ignore[arg-type]

    tags = re.compile(r"<(?!text|/text|path)/?[a-z][a-z0-9]*")
    assert tags.findall(page) == tags.findall(plain)


@attrs.frozen
class _Only:
    """
    A catalogue of one model.
    """

    one: reflect.Model

    def heads(self) -> tuple[reflect.Head, ...]:
        return (self.one.head,)

    def model(self, key: str) -> reflect.Model:
        return self.one


ASKED = """
const form = document.querySelector("form");
const told = [];
const ask = (name, value) => {
  form.reset();
  form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
  const shown = [...document.querySelectorAll("article:not([hidden])")].filter((each) => each.offsetHeight);
  told.push([name, value, document.querySelector(".count").textContent, shown.map((each) => each.id)]);
};
ask("minutes", "10"); ask("people", "group"); ask("asks", "mediation"); ask("words", "BALINT silence");
ask("many", "2"); ask("many", "8"); ask("ways", "silent"); ask("ways", "ask");
ask("words", "zzzz");
document.title = JSON.stringify(told);
"""


def test_the_filters_show_what_fits(folder: Path, tmp_path: Path) -> None:
    """
    In a browser each filter leaves the models that fit and no others, and says how many.
    """
    page = (folder / "index.html").read_text("utf-8")
    page = re.sub("<meta http-equiv[^>]*>", "", page).replace("</body>", f"<script>{ASKED}</script></body>")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    command = [
        tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
        "--dump-dom", (tmp_path / "page.html").as_uri(),
    ]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()
    found = json.loads(html.unescape(dom.split("<title>")[1].split("</title>")[0]))
    shown = {(name, value): set(ids) for name, value, _, ids in found}
    heads = MODELS.heads()

    assert shown["minutes", "10"] == {head.key for head in heads if not head.minutes or head.minutes[0] <= 10}
    assert shown["people", "group"] == {head.key for head in heads if not head.suits or "group" in head.suits}
    assert shown["asks", "mediation"] == {
        key for key in MODELS if any("mediation" in q.functions for q in reflect.load(key).questions.asks)
    }
    assert {"kolb-cycle", "case-round"} <= shown["many", "2"]
    assert "balint-group" not in shown["many", "2"]
    assert "balint-group" in shown["many", "8"]
    assert "balint-group" in shown["ways", "silent"]
    assert "kolb-cycle" in shown["ways", "ask"] - shown["ways", "silent"]
    assert "balint-group" in shown["words", "BALINT silence"]
    assert len(shown["words", "BALINT silence"]) < len(heads)
    assert not shown["words", "zzzz"]
    assert found[0][2] == f"{len(shown['minutes', '10'])} of {len(heads)} shown"
    assert found[-1][2].startswith("Nothing fits")
