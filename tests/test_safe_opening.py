"""
Files from outside: what is refused, and what is read safely.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reflect.errors import ReflectError
from reflect.files.office import LIMITS, REFUSALS, FileLimits, NotOpened, open_package, parse_xml
from tests.documents import tried
from tests.hostile import BODY, HOSTILE, in_one_another, packed, parts, with_body, with_part

#: What a file may take: a second, and 200 MB beside what Python takes itself.
_SECOND, _MEMORY = 1.0, 200 * 2**20


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_its_code(what: str) -> None:
    """
    Each kind of harm has its code, and a sentence that says what to do and quotes nothing.
    """
    make, code = HOSTILE[what]
    data = make()
    start = time.perf_counter()

    with pytest.raises(NotOpened) as caught:
        open_package(data, word=True)
    assert caught.value.code == code
    assert time.perf_counter() - start < _SECOND
    assert str(caught.value) == REFUSALS[code]


def test_every_refusal_is_a_sentence_with_a_remedy() -> None:
    """
    What is wrong, a semicolon, what to do.
    """
    for said in REFUSALS.values():
        what, sign, remedy = said.partition("; ")

        assert what.startswith(("th", "a part of this"))
        assert sign
        assert remedy.split()[0] in {"save", "name", "take", "open", "send", "copy", "unpack"}


def test_every_code_is_met() -> None:
    """
    Every code is given to some file, except the one for folders, and that for papers which only reading knows.
    """
    assert {code for _, code in HOSTILE.values()} | {"not-a-file", "several-papers"} == set(REFUSALS)


def test_no_hostile_file_takes_much_room(tmp_path: Path) -> None:
    """
    All of them, one after another in one process, take less than 200 MB besides the file itself.
    """
    for i, (make, _) in enumerate(HOSTILE.values()):
        (tmp_path / str(i)).write_bytes(make())
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom reflect.files.office import NotOpened, open_package\n"
        "import reflect.files.xml\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"for path in sorted(Path({str(tmp_path)!r}).iterdir()):\n"
        "    try: open_package(path, word=True)\n    except NotOpened: pass\n    else: print(path)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert int(done.stdout) * 1024 < _MEMORY


def test_what_is_at_the_limits_takes_no_longer() -> None:
    """
    A file that is only just let in is read within a second, in 200 MB.
    """
    names = " ".join(f'a{n}=""' for n in range(1000))
    data = with_body("<w:pPr><w:b/></w:pPr>" * 122_000 + f"<w:p {names}/>" * 385, method=zipfile.ZIP_STORED)
    code = (
        "import resource, sys, time, reflect.files.xml\nfrom reflect.files.office import open_package\n"
        "data = sys.stdin.buffer.read()\nbefore = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "start = time.process_time()\nopen_package(data, word=True)\n"
        "print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    took, room = done.stdout.split()

    assert float(took) < 2 * _SECOND  # a loaded machine is slow
    assert int(room) * 1024 < _MEMORY


def test_our_own_files_are_opened() -> None:
    """
    A file that means no harm is read: every part is there as it was written.
    """
    whole = parts()
    package = open_package(packed(whole), word=True)

    assert {name: package[name] for name in package} == whole
    assert package.main == BODY
    assert package.part_for(BODY, "styles") == "word/styles.xml"
    assert package["WORD/Document.xml"] == whole[BODY]
    assert "word/none.xml" not in package
    with pytest.raises(KeyError):
        package["word/none.xml"]


def test_a_path_is_opened_as_bytes_are(tmp_path: Path) -> None:
    """
    A file on disk gives the same; what is no file, or is too large, is not read.
    """
    (tmp_path / "a.docx").write_bytes(packed(parts()))
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDWR)  # else opening it would wait for somebody to write

    assert set(open_package(tmp_path / "a.docx")) == set(parts())
    with pytest.raises(NotOpened) as caught:
        open_package(tmp_path / "pipe")
    assert caught.value.code == "not-a-file"
    with pytest.raises(NotOpened) as caught:
        open_package(tmp_path / "a.docx", FileLimits(file=100))
    assert caught.value.code == "too-large"
    os.close(reader)


def test_nothing_outside_is_asked_for() -> None:
    """
    A linked picture, a template and a link are marked as outside, and no address is called.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        called: list[object] = []

        def listen() -> None:
            with contextlib.suppress(TimeoutError):
                called.append(server.accept())

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="x/image" Target="{address}" TargetMode="External"/>'
            f'<Relationship Id="b" Type="x/attachedTemplate" Target="{address}" TargetMode="External"/>'
            '<Relationship Id="c" Type="x/styles" Target="../../../../etc/passwd"/></Relationships>'
        )
        package = open_package(with_part("word/_rels/document.xml.rels", relations.encode()))
        found = package.relations(BODY)
        listener.join()

    assert [found[name].outside for name in "abc"] == [True, True, False]
    assert found["c"].target == "etc/passwd"
    assert package.part_for(BODY, "styles") == package.part_for(BODY, "image") == ""
    assert not called


def test_a_picture_is_inflated_only_when_it_is_asked_for() -> None:
    """
    A picture that inflates to 300 MB costs nothing until somebody wants it, and then it is refused.
    """
    package = open_package(with_part("word/media/a.bmp", bytes(300_000_000)))

    assert "word/media/a.bmp" in package
    with pytest.raises(NotOpened) as caught:
        package["word/media/a.bmp"]
    assert caught.value.code == "inflates"


def test_a_folder_within_and_wide_letters_do_no_harm() -> None:
    """
    What some programs write is read: entries for folders, UTF-16, depth as Word has it, a DOCTYPE that is only words.
    """
    whole = parts()
    whole[BODY] = whole[BODY].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    assert open_package(packed(whole, ("word/", b"")), word=True).tree(BODY).tag.endswith("}document")
    assert open_package(in_one_another(100), word=True)
    assert open_package(with_body("<!-- <!DOCTYPE a> --><w:p><![CDATA[<!DOCTYPE b>]]></w:p>"), word=True)


def test_a_tree_is_new_each_time() -> None:
    """
    Changing one tree changes nobody else's.
    """
    package = open_package(packed(parts()))
    package.tree(BODY).clear()

    assert len(package.tree(BODY))


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda t: f"<a>{t}</a>".encode("utf-8", "replace")))
)
@example(b"<a" + b" " * 100_000)
@example(b"<!--" * 20_000)
@example(b"<?a?>" * 20_000)
def test_any_bytes_are_xml_or_refused(data: bytes) -> None:
    """
    Any bytes at all give a tree or a refusal, and at once.
    """
    start = time.process_time()
    with contextlib.suppress(NotOpened):
        parse_xml(data)

    assert time.process_time() - start < _SECOND


@settings(max_examples=tried(300))
@given(st.data())
def test_a_file_with_some_bytes_changed_is_opened_or_refused(data: st.DataObject) -> None:
    """
    Wherever bytes of a file are changed, cut or doubled, only our own errors come out, also when all is read.
    """
    whole = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        match data.draw(st.sampled_from(["set", "cut", "double", "end"])):
            case "set":
                whole[at] = data.draw(st.integers(0, 255))
            case "cut":
                del whole[at : at + data.draw(st.integers(1, 200))]
            case "double":
                whole[at:at] = whole[at : at + data.draw(st.integers(1, 200))]
            case "end":
                # Where the lists of a zip are, most changes matter.
                place = max(len(whole) - 1 - data.draw(st.integers(0, 900)), 0)
                whole[place] = data.draw(st.integers(0, 255))
        if not whole:
            break
    with contextlib.suppress(ReflectError):
        package = open_package(bytes(whole))
        for name in package:
            package[name]


_GOOD = packed(parts())


def test_the_limits_are_as_the_pages_say() -> None:
    """
    The reference page names the limits.
    """
    page = (Path(__file__).parents[1] / "docs/reference/files-from-outside.md").read_text("utf-8")

    for number in (f"{LIMITS.file // 2**20} MB", f"{LIMITS.members:,} parts", f"{LIMITS.tags:,} elements"):
        assert number in page
