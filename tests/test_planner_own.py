"""
What an agency has of its own in the planner: its models, profiles, occasions, wordings and look come before ours.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import importlib.metadata
import importlib.util
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.formats.word.brand import Brand
from reflect.planner import packing
from reflect.planner.baking import bake, find_runtime
from reflect.planner.desk import Desk
from reflect.planner.first_second import first_second
from reflect.planner.own import LOOK, read_look, read_own, write_look
from reflect.planning.profiles import profile
from reflect.testing import contents
from tests.built_planner import package

AGENCY = Path(__file__).parents[1] / "examples" / "agency" / "src" / "reflect_agency"
DAY = datetime.date(2026, 4, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The folder of the agency of the examples, as it lies in the page.
    """
    folder = tmp_path_factory.mktemp("own")
    for part in ("models", "profiles", "wordings"):
        shutil.copytree(AGENCY / part, folder / part)
    (folder / LOOK).write_bytes(write_look(reflect.brand(AGENCY / "brand.docx")))
    return folder


def ask(folder: Path | None, name: str, **given: Any) -> Any:
    own = {} if folder is None else {"own": read_own(folder)}
    return Desk(today=DAY, **own).answer(name, given)


def test_a_look_is_the_same_after_json(folder: Path) -> None:
    """
    What papers wear goes through JSON and comes back as it was.
    """
    look = reflect.brand(AGENCY / "brand.docx")
    again = read_look(write_look(look))

    assert attrs.asdict(again) == attrs.asdict(look)
    assert isinstance(again, Brand)
    assert again.parts


def test_an_agencys_own_are_offered_before_ours(folder: Path) -> None:
    """
    Its models, profiles and wordings can be chosen; without the folder they cannot.
    """
    theirs, ours = ask(folder, "choices"), ask(None, "choices")
    models, plain = (ask(each, "models")["models"] for each in (folder, None))

    assert {each["name"] for each in theirs["profiles"]} - {each["name"] for each in ours["profiles"]} == {
        "home-support"
    }
    assert {each["name"] for each in theirs["wordings"]} - {each["name"] for each in ours["wordings"]} == {
        "home-support"
    }
    assert {each["key"] for each in models} - {each["key"] for each in plain} == {
        "doorstep",
        "kitchen-table",
        "next-pair-of-hands",
    }


def test_an_hour_is_planned_and_printed_as_the_agency_has_it(folder: Path) -> None:
    """
    A plan follows the agency's profile and model, and its papers wear its look and its words.
    """
    hour = {"who": "supervisor", "profile": "home-support", "minutes": 60, "chosen": {"talk": "doorstep"}}
    plan = ask(folder, "plan", hour=hour)
    made, plain = (
        ask(each, "paper", hour={**hour, "profile": name}, paper="agenda", to="docx")
        for each, name in ((folder, "home-support"), (folder, "general"))
    )
    word = dict(contents(made["bytes"], "docx"))
    bare = ask(None, "paper", hour={"who": "supervisor", "minutes": 60}, paper="agenda", to="docx")

    assert "doorstep" in {part["key"] for part in plan["parts"]}
    assert "refused" not in made, made
    assert "refused" not in plain
    assert any("Tideway" in text for text in word.values())
    assert not any("Tideway" in text for text in dict(contents(bare["bytes"], "docx")).values())


def test_the_first_second_has_what_the_desk_would_say(folder: Path) -> None:
    """
    What is baked in for an agency are its own usual hours and models, and its page begins with its profile.
    """
    baked = first_second(read_own(folder))
    hours = baked["usual"]["home-support"]["ordinary"]["45"]
    plan = ask(folder, "plan", hour={"who": "supervisor", "profile": "home-support", "minutes": 45})

    assert [(part["title"], part["minutes"]) for part in hours] == [
        (part["title"], part["minutes"]) for part in plan["parts"]
    ]
    assert baked["first"] == {"profile": "home-support"}
    assert "doorstep" in {model["key"] for model in baked["gallery"]["models"]}


# --- packing


def pack(**sources: Any) -> packing.PackedOwn:
    return packing.pack_own(packing.OwnSources(**sources))


def whole_agency(**more: Any) -> packing.PackedOwn:
    return pack(
        models=(AGENCY / "models",),
        profiles=(AGENCY / "profiles",),
        wordings=(AGENCY / "wordings" / "home-support.yaml",),
        brand=reflect.brand(AGENCY / "brand.docx"),
        **more,
    )


def test_what_is_packed_is_what_the_agency_has(tmp_path: Path) -> None:
    """
    Laid into the page, its models, profile and words are those of its own files; and YAML has lost its comments.
    """
    packed = whole_agency()
    for path, data in packed.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    own = read_own(tmp_path)

    for key in ("doorstep", "kitchen-table", "next-pair-of-hands"):
        assert own.models.model(key) == reflect.catalogue(AGENCY / "models").model(key)
    assert own.profile("home-support").items == profile(AGENCY / "profiles" / "home-support.yaml").items
    assert own.wording("home-support").words == reflect.wording(AGENCY / "wordings" / "home-support.yaml").words
    assert b"there is always tea" in (AGENCY / "profiles" / "home-support.yaml").read_bytes()
    assert not any(b"there is always tea" in data for data in packed.files.values())


def test_of_a_word_file_only_its_look_is_packed(tmp_path: Path) -> None:
    """
    What stands in the body of the agency's Word file, or in its properties, is nowhere in what is baked in.
    """
    source = AGENCY / "brand.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "brand.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb"(<w:body>)", rb"\1<w:p><w:r><w:t>qzPRIVATEqz</w:t></w:r></w:p>", data)
                assert b"qzPRIVATEqz" in data
            new.writestr(name, data)
    packed = pack(brand=reflect.brand(tmp_path / "brand.docx"))

    assert packed.files.keys() == {LOOK}
    assert b"qzPRIVATEqz" not in b"".join(packed.files.values())


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("", False),
        ("CC-BY-4.0", False),
        ("CC BY-NC-ND 4.0", False),
        ("All rights reserved.", True),
        ("© 2024 The agency", True),
        ("ask us", True),
    ],
)
def test_a_page_that_may_not_be_copied_is_refused(licence: str, refused: bool, tmp_path: Path) -> None:
    """
    The planner is copied from hand to hand: a page under a licence that does not say so stays out, unless it is named.
    """
    line = f"licence: {licence}\n" if licence else ""
    (tmp_path / "ours.md").write_text(f"---\ntitle: Ours\n{line}---\n\n## Now\n\n- What is it?\n", "utf-8")
    if refused:
        with pytest.raises(reflect.Faults, match="may-copy ours"):
            pack(models=(tmp_path,))
    packed = pack(models=(tmp_path,), may_copy=("ours",))

    assert packed.files.keys() == {"models/ours.md"}
    assert packed.unlicensed == (() if licence else ("ours",))


def test_what_is_about_people_is_refused_all_at_once(tmp_path: Path) -> None:
    """
    A record, a session file, a journal's entry and a filled paper are each refused by the name of the file, and nothing
    of what stands in them is quoted.
    """
    shutil.copy(AGENCY / "models" / "doorstep.md", tmp_path)
    assert pack(models=(tmp_path,)).files
    record = reflect.render("arrive@5 + kolb-cycle@40", "record")
    (tmp_path / "filled.docx").write_bytes(record)
    (tmp_path / "record.json").write_text(reflect.to_json(reflect.read(record)), "utf-8")
    (tmp_path / "session.yaml").write_text("date: 2026-03-04\nsupervisee-items:\n- what: qzPRIVATEqz\n", "utf-8")
    (tmp_path / "entry.yaml").write_text("date: 2026-03-04\nused: [kolb-cycle]\nheld: yes\n", "utf-8")
    with pytest.raises(reflect.Faults) as wrong:
        pack(models=(tmp_path,))

    assert {Path(fault.where).name for fault in wrong.value.faults} == {
        "filled.docx", "record.json", "session.yaml", "entry.yaml",
    }  # fmt: skip
    assert "qzPRIVATEqz" not in str(wrong.value)


# --- baking


def test_hostile_data_ends_no_element(tmp_path: Path) -> None:
    """
    Whatever a title holds, the page has the elements that it has without it, and the title comes back as it was.
    """
    title = "</script><script>alert(1)</script><!--<script>&amp; ]]>"
    text = f"---\nkey: ours\ntitle: {json.dumps(title)}\nlicence: CC-BY-4.0\n---\n\n## Now\n\n- What is it?\n"
    (tmp_path / "ours.md").write_text(text, "utf-8")
    bare = bake(package(), day=DAY).decode()
    page = bake(package(), day=DAY, files=pack(models=(tmp_path,)).files).decode()

    def elements(html: str) -> list[str]:
        return re.findall(r"<(?:/?script|!--|style|meta)", html)

    assert elements(page) == [*elements(bare), "<script", "</script"]  # the part that holds what is their own
    (baked,) = re.findall(r'id="baked">(.*?)</script>', page)
    titles = {model["key"]: model["title"] for model in json.loads(baked)["gallery"]["models"]}
    assert titles["ours"] == title


def test_the_policy_names_each_script_and_style_of_the_page() -> None:
    """
    Every script and style has its hash in the policy; there is no other, and nothing may be asked of any address.
    """
    page = bake(package(), day=DAY).decode()
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0]
    made = re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", page, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256((a or b).encode()).digest()).decode()}'" for a, b in made}

    assert len(made) == 3
    assert hashes == set(re.findall(r"'sha256-[^']*'", policy))
    assert "connect-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe-inline|'unsafe-eval'|https?:|\*", policy)


def test_a_planner_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The parts that are installed make the page if they are of our version; otherwise it is said what to install.
    """
    parts = tmp_path / "reflect_planner"
    parts.mkdir()
    (parts / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "reflect_planner", raising=False)
    ours = importlib.metadata.version("reflect-supervision")
    (parts / "about.json").write_text(json.dumps({"version": ours}), "utf-8")
    assert find_runtime() == parts

    (parts / "about.json").write_text(json.dumps({"version": "0.0.9"}), "utf-8")
    with pytest.raises(reflect.Refused, match=re.escape(f"[planner]=={ours}'")):
        find_runtime()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(reflect.Refused, match=re.escape('pip install "reflect-supervision[planner]"')):
        find_runtime()


def test_the_command_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    `reflect planner` writes one page with what is the agency's own; a page that somebody changed stays.
    """
    monkeypatch.setattr("reflect.planner.baking.find_runtime", package)
    command = ["planner", "-o", str(tmp_path / "planner.html"), "--from", str(AGENCY / "models")]
    done = CliRunner().invoke(main, [*command, "--profiles", str(AGENCY / "profiles")])

    assert done.exit_code == 0, done.output
    page = (tmp_path / "planner.html").read_text("utf-8")
    assert 'id="part-own"' in page
    assert "Doorstep to doorstep" in page
    (tmp_path / "planner.html").write_text("mine", "utf-8")
    assert CliRunner().invoke(main, command).exit_code == 1
    assert (tmp_path / "planner.html").read_text("utf-8") == "mine"
