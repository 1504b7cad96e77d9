"""
The gallery of the planner: its rows, its ways of working, its small pictures, and what people find in it.
"""

from __future__ import annotations

import functools
import importlib
import io
import itertools
import json
import math
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from PIL import Image, ImageChops

import reflect
from reflect.errors import Refused
from reflect.pages.catalogues import our_catalogue
from reflect.planner.gallery import Gallery, gallery
from reflect.planner.needs import COLOURS, WAYS, Need, fold, our_needs
from reflect.planner.small_pictures import HIGH, PAINTS, WIDE, Mark, is_drawn, marks_of, small_picture, svg_of
from reflect.planner.ways import ways_of
from reflect.questions.model import Aim, Head, Suits
from reflect.questions.question import Shape
from tests.test_word import tool

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "src" / "reflect" / "models"
PAGE = ROOT / "tools" / "planner" / "page"
KEYS = sorted(head.key for head in our_catalogue().heads())

#: What people type, and a model that is among the first that they find.
FOUND = {
    "stuck": "seven-eyed",
    "going round in circles": "solution-circle",
    "burnt out": "restorative-supervision",
    "burnout": "too-much",
    "row with a parent": "restorative-questions",
    "drawing": "three-column-mapping",
    "a walk": "safe-uncertainty",
    "cards": "discrepancy-matrix",
    "silence": "balint-group",
    "pen": "jasper-era",
    "ten minutes": "what-so-what-now-what",
    "grief": "balint-group",
    "new worker": "stoltenberg-idm",
    "race": "social-graces",
    "so sure": "ladder-of-inference",
    "4x4x4": "morrison-444",
    "Hawkins": "seven-eyed",
    "coaching": "grow",
    "saying goodbye": "an-ending",
    "Schon": "schon-in-on-action",
    "kolbs cylce": "kolb-cycle",
    "huddle": "short-meeting",
    "somebody died": "restorative-supervision",
    "baby": "infant-mental-health",
    "CBT": "cognitive-behavioural-hour",
    "ambivalent": "motivational",
    "being kind to myself": "acceptance-and-compassion",
    "written account": "work-discussion",
    "formulation": "team-formulation",
    "phone call": "ten-minutes-apart",
    "feedback on a joint visit": "observed-practice",
    "triads": "in-threes",
    "two teams": "fishbowl",
    "recording with peers": "structured-peer-group",
}


@functools.cache
def ours() -> Gallery:
    return gallery(our_catalogue(), reflect.wording("general"))


def searched(folder: Path, *texts: str) -> list[dict[str, Any]]:
    """
    What the page finds, with the page's own module in node.
    """
    data = folder / "gallery.json"
    data.write_text(json.dumps(ours()), "utf-8")
    command = [tool("node"), str(ROOT / "tests" / "browser" / "search.mjs"), str(PAGE / "search.js"), str(data), *texts]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)
    return list(json.loads(done.stdout))


# --- rows


def test_every_model_has_one_home_and_stands_in_all_its_rows() -> None:
    needs, catalogue = our_needs(), our_catalogue()
    homes = [key for need in needs.needs for key in need.first]
    assert sorted(homes) == KEYS  # none is forgotten, none is at home twice
    for model in ours()["models"]:
        head = catalogue.model(model["key"]).head
        rows = {need["name"] for need in ours()["needs"] if head.key in (*need["first"], *need["more"])}
        assert set(model["needs"]) == rows
        assert {need.name for need in needs.needs if set(need.aims) & set(head.aims)} <= rows
    several = [model for model in ours()["models"] if len(model["needs"]) > 1]
    assert len(several) > len(KEYS) / 2


def test_what_the_rows_and_words_name_is_there() -> None:
    needs = our_needs()
    assert {key for need in needs.needs for key in need.also} | set(needs.models) <= set(KEYS)
    assert set(needs.aims) == set(map(str, Aim))
    assert set(needs.ways) == set(WAYS)
    assert len({need.name for need in needs.needs}) == len({need.title for need in needs.needs}) == len(needs.needs)
    assert len({need.colour for need in needs.needs}) == len(needs.needs) <= len(COLOURS)


def test_a_row_at_1280_has_all_its_models_in_sight_in_one_line() -> None:
    assert max(len(need["first"]) for need in ours()["needs"]) <= 11


def test_what_stands_under_a_picture_is_short() -> None:
    assert not [model["short"] for model in ours()["models"] if len(model["short"]) > 26]


@pytest.mark.parametrize(
    ("head", "home"),
    [
        (Head(key="own", title="Own", aims=("risk", "feelings")), "decide"),
        (Head(key="own", title="Own", aims=("loss",), suits=("group",)), "group"),
        (Head(key="own", title="Own", family="frame"), "every"),
        (Head(key="own", title="Own"), "learn"),
    ],
)
def test_a_page_of_ones_own_has_a_home(head: Head, home: str) -> None:
    needs = our_needs()
    assert needs.home(head).name == home
    assert needs.of(head)[0].name == home
    if Suits.GROUP not in head.suits:
        assert {need.name for need in needs.needs if need.has(head)} <= {need.name for need in needs.of(head)}


def test_a_row_knows_its_models_by_aim_by_name_and_by_company() -> None:
    row = Need(name="n", title="N", aims=("risk",), groups=True, first=("a",), also=("b",))
    for head, stands in (
        (Head(key="x", title="X", aims=("risk", "loss")), True),
        (Head(key="x", title="X", aims=("loss",)), False),
        (Head(key="a", title="A"), True),
        (Head(key="b", title="B"), True),
        (Head(key="x", title="X", suits=("group",)), True),
        (Head(key="x", title="X", suits=("group", "self")), False),
    ):
        assert row.has(head) is stands


# --- ways


@pytest.mark.parametrize("key", KEYS)
def test_ways_are_true_to_the_page(key: str) -> None:
    page = (PAGES / f"{key}.md").read_text("utf-8")
    marks = " ".join(re.findall(r"\{[^{}\n]*\}", re.sub(r"\{\w+\}", "", page)))  # a plain form may say {person}
    canvas = re.search(r"^canvas: \{(\w+)", page, re.M)
    filled = canvas[1] if canvas else ""
    says = {
        "listen": r"\.(silent|wait)\b|quiet=",
        "draw": r"\.draw\b|offer=drawing",
        "move": r"\.move\b|offer=movement",
        "sort": r"\.(sort|vote)\b|offer=objects",
        "write": r"\.write\b|offer=writing",
    }
    expected = {way for way, mark in says.items() if re.search(mark, marks)}
    expected |= {"sort"} if filled in ("columns", "rows", "across", "up", "corners") else {"draw"} if filled else set()
    assert set(ways_of(our_catalogue().model(key))) == (expected or {"talk"})


# --- pictures


def test_every_model_that_ships_has_a_picture_of_its_own() -> None:
    assert all(map(is_drawn, KEYS))
    assert not is_drawn("of-nobody")


@pytest.mark.parametrize("key", KEYS)
def test_a_picture_stays_in_its_field_and_has_a_place_to_look(key: str) -> None:
    picture = small_picture(our_catalogue().model(key))
    root = ElementTree.fromstring(svg_of(picture))
    assert [element.tag.partition("}")[2] for element in root] == [mark.tag for mark in picture]
    assert not {"style", "fill", "stroke"} & {name for element in root for name in element.attrib}
    paints = {paint for mark in picture for paint in mark.paint}
    assert paints & {"a", "a2", "f", "f2"} or key == "no-model"  # nothing leads in that one
    ink = _drawn(picture).getbbox()
    assert ink is not None
    assert ink[2] - ink[0] > 20
    assert ink[3] - ink[1] > 12


#: How much of the ink of two pictures is not the same, at least.
APART = 0.25


def test_no_two_pictures_are_alike() -> None:
    drawn = {key: _drawn(small_picture(our_catalogue().model(key))) for key in KEYS}
    inks = {key: _ink(image) for key, image in drawn.items()}
    near = []
    for one, other in itertools.combinations(KEYS, 2):
        share = _ink(ImageChops.difference(drawn[one], drawn[other])) / (inks[one] + inks[other])
        if share < APART:
            near.append((round(share, 2), one, other))
    assert not near


#: So many models may be drawn as one figure, whatever is filled in it and how many parts it has.
ALIKE = 3


def _figures(picture: tuple[Mark, ...]) -> set[str]:
    """
    What somebody sees before the parts of a picture are counted: a wheel, a row of arrows, people in a ring, a flower.
    """
    found = set()
    paths = [values["d"] for mark in picture if (values := dict(mark.values)).keys() >= {"d"}]
    if sum("A" in each.partition("A")[2] for each in paths) >= 3:
        found.add("wheel")
    if sum("l4 8-4 8" in each for each in paths) >= 3:
        found.add("arrows")
    circles: dict[float, list[tuple[float, float]]] = {}
    for mark in picture:
        if mark.tag == "circle":
            x, y, radius = (float(value) for _, value in mark.values)
            circles.setdefault(radius, []).append((x, y))
    for radius, points in circles.items():
        middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
        away = [math.dist(point, middle) for point in points]
        if len(points) >= 4 and max(away) - min(away) < 0.6 and min(away) > 10:
            found.add("flower" if radius > 6 else "ring" if len(points) > 4 else "corners")
    return found


def test_no_figure_is_that_of_many_models() -> None:
    """
    Six pictures were people in a ring and five were wheels, and only what was filled told them apart: whoever looked
    for one of them saw the same picture again and again.
    """
    models: dict[str, list[str]] = {}
    for key in KEYS:
        for figure in _figures(small_picture(our_catalogue().model(key))):
            models.setdefault(figure, []).append(key)

    assert set(models) >= {"wheel", "arrows", "ring", "flower"}
    assert {figure: keys for figure, keys in models.items() if len(keys) > ALIKE} == {}


def _drawn(picture: Any) -> Image.Image:
    """
    A picture in grey, on a field with an edge that stays empty if nothing leaves it.
    """
    resvg = (
        pytest.importorskip("resvg_py") if os.environ.get("REFLECT_CI") != "1" else importlib.import_module("resvg_py")
    )
    style = (
        "<style>*{fill:none;stroke:#000;stroke-width:1.8}.f,.f2{fill:#bbb}.a,.k{fill:#000}.w{stroke-width:3.2}"
        ".k{stroke-width:0}.p{fill:#fff;stroke-width:0}.dash{stroke-dasharray:3 4}</style>"
    )
    edge = 2
    svg = svg_of(picture).replace(f'viewBox="0 0 {WIDE} {HIGH}">', f'viewBox="-6 -6 {WIDE + 12} {HIGH + 12}">{style}')
    data = bytes(resvg.svg_to_bytes(svg_string=svg, width=(WIDE + 12) * 2, background="#ffffff"))
    image = ImageChops.invert(Image.open(io.BytesIO(data)).convert("L"))
    width, height = image.size
    for box in ((0, 0, width, edge), (0, height - edge, width, height), (0, 0, edge, height)):
        assert image.crop(box).getbbox() is None
    return image


def _ink(image: Image.Image) -> int:
    return sum(n * count for n, count in enumerate(image.histogram()))


def _own(shape: Shape, parts: int) -> reflect.Model:
    text = "\n\n".join(
        f"## Part {n} {{#part-{n} minutes={5 + n % 2}}}\n\n- What is {n}? {{#q{n}}}" for n in range(parts)
    )
    page = f"---\nkey: our-own\ntitle: Our own\nshape: {shape}\nsources: []\n---\n\nAbout.\n\n{text}\n"
    return reflect.read_page(page)


@pytest.mark.parametrize("shape", [*Shape])
def test_a_model_of_ones_own_has_a_picture_by_its_shape(shape: Shape) -> None:
    pictures = [svg_of(small_picture(_own(shape, parts))) for parts in (2, 3, 5)]
    assert len(set(pictures)) == 3
    for picture in (small_picture(_own(shape, parts)) for parts in (2, 5, 12)):
        _drawn(picture)


def test_an_agencys_own_models_stand_in_the_gallery(tmp_path: Path) -> None:
    """
    One is at home by what it is for, and one under a key of ours is not taken for ours.
    """
    (tmp_path / "fishbowl.md").write_text(
        "---\nkey: fishbowl\ntitle: Fishbowl\nshape: steps\nfor: [conflict]\n---\n\nAbout.\n\n"
        "## Inside {#inside minutes=5}\n\n- Who sits in the middle? {#q1 offer=drawing}\n",
        "utf-8",
    )
    (tmp_path / "grow.md").write_text(
        "---\nkey: grow\ntitle: Growing\nshape: cycle\n---\n\nAbout.\n\n"
        "## One {#one minutes=5}\n\n- What grows? {#q1}\n\n## Two {#two minutes=9}\n\n- What else? {#q2}\n",
        "utf-8",
    )
    shown = {
        model["key"]: model for model in gallery(reflect.catalogue(tmp_path), reflect.wording("general"))["models"]
    }
    fishbowl, growing = shown["fishbowl"], shown["grow"]
    assert (fishbowl["own"], fishbowl["needs"], fishbowl["ways"]) == (True, ["people"], ["draw"])
    assert fishbowl["asks"] == ["Who sits in the middle?"]
    assert (growing["own"], growing["short"]) == (True, "Growing")
    ours_now = next(model for model in ours()["models"] if model["key"] == "grow")
    assert growing["picture"] != ours_now["picture"]
    assert "Fishbowl".lower() in fishbowl["words"]["named"]


def test_a_key_of_ours_does_not_give_somebody_elses_model_our_picture() -> None:
    model = our_catalogue().model("kolb-cycle")
    theirs = attrs.evolve(model, head=attrs.evolve(model.head, title="Ours", author="An agency"))
    assert small_picture(theirs, own=False) != small_picture(model)


@pytest.mark.parametrize("line", ["", "circle.s 1 2", "path.q M0 0", 'path.s M0 0"/><script>', "wheel", "blob.s 1 2 3"])
def test_a_line_that_means_no_mark_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="no mark"):
        marks_of(line)


def test_every_way_to_paint_is_used() -> None:
    used = {paint for key in KEYS for mark in small_picture(our_catalogue().model(key)) for paint in mark.paint}
    assert used == set(PAINTS)


# --- what is shown


@pytest.mark.parametrize("key", KEYS)
def test_a_model_is_shown_as_its_page_says_it(key: str) -> None:
    [shown] = [model for model in ours()["models"] if model["key"] == key]
    model = our_catalogue().model(key)
    assert (shown["least"], shown["most"]) == model.head.minutes
    assert shown["title"] == model.title
    assert shown["when"]
    assert not shown["own"]
    asked = {reflect.wording("general").fill(question.text) for question in model.asks}
    assert shown["asks"]
    assert {text.removesuffix(" (or pass)") for text in shown["asks"]} <= asked
    assert "{" not in json.dumps(shown["asks"])


# --- search


def test_people_find_what_they_mean(tmp_path: Path) -> None:
    meant = {text: key for text, key in FOUND.items() if key}
    assert len(meant) >= 20
    answers = searched(tmp_path, *meant)
    missed = {
        text: answer["keys"][:8]
        for (text, key), answer in zip(meant.items(), answers, strict=True)
        if key not in answer["keys"][:8]
    }
    assert not missed


def test_a_name_is_found_first(tmp_path: Path) -> None:
    names = {model["short"]: model["key"] for model in ours()["models"]}
    answers = searched(tmp_path, *names)
    assert {text: answer["keys"][0] for text, answer in zip(names, answers, strict=True)} == names


def test_every_word_of_a_row_a_way_and_an_aim_finds_its_models(tmp_path: Path) -> None:
    needs = our_needs()
    by_word: dict[str, set[str]] = {}
    for model in ours()["models"]:
        head = our_catalogue().model(model["key"]).head
        lists = [need.words for need in needs.needs if need.name in model["needs"]]
        lists += [needs.aims[str(aim)] for aim in head.aims] + [needs.ways[way] for way in model["ways"]]
        for word in itertools.chain(*lists):
            by_word.setdefault(word, set()).add(head.key)
    answers = searched(tmp_path, *by_word)
    missed = {word: keys - set(found["keys"]) for (word, keys), found in zip(by_word.items(), answers, strict=True)}
    assert not {word: keys for word, keys in missed.items() if keys}


def test_minutes_are_understood_and_hold(tmp_path: Path) -> None:
    answers = searched(tmp_path, "ten minutes", "20 min", "half an hour drawing", "nothing of the sort")
    assert [answer.get("minutes") for answer in answers] == [10, 20, 30, None]
    least = {model["key"]: model["least"] for model in ours()["models"]}
    for answer in answers[:3]:
        assert answer["keys"]
        assert max(least[key] for key in answer["keys"]) <= answer["minutes"]


def test_the_page_folds_words_as_the_library_does(tmp_path: Path) -> None:
    texts = ["Schön’s  In-and-On", "4x4x4!", "ÉCOLE", "child's words", "Ŵyl", "row, with… a parent?", "ﬁne"]
    assert [answer["folded"] for answer in searched(tmp_path, *texts)] == [*map(fold, texts)]


def test_what_nobody_means_finds_nothing(tmp_path: Path) -> None:
    assert [answer["keys"] for answer in searched(tmp_path, "xyzzyq")] == [[]]


def test_the_gallery_says_when_not() -> None:
    """
    What a page says of when to do something else is known before the model is taken, and not from the handout alone.
    """
    shown = {each["key"]: each["instead"] for each in gallery(our_catalogue(), reflect.wording("general"))["models"]}

    assert {key for key, text in shown.items() if text} == {
        head.key for head in our_catalogue().heads() if head.instead
    }
    assert "conduct" in shown["after-action-review"]
