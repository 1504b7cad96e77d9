"""
The README does what it says.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from reflect.cli import main

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, list[tuple[str, str]]]:
    parts = re.split(r"^## ((?:For|What) .*)$", README.read_text("utf-8"), flags=re.MULTILINE)
    return {title: BLOCK.findall(body) for title, body in zip(["top", *parts[1::2]], parts[::2], strict=True)}


def run(command: str) -> None:
    command, _, into = command.partition(" > ")
    words = shlex.split(command)
    assert words[0] == "reflect"
    result = CliRunner().invoke(main, words[1:])

    assert result.exit_code == 0, f"{command}\n{result.output}"
    if into:
        Path(into).write_text(result.stdout, "utf-8")


@pytest.mark.parametrize("title", [title for title in sections() if title.startswith("For a")])
def test_each_reader_s_example_works(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The example for each kind of user runs as printed and makes the files it names; it is about ten lines.
    """
    monkeypatch.chdir(tmp_path)
    named: set[str] = set()
    for kind, body in sections()[title]:
        if kind == "sh":
            for line in body.strip().split("\n"):
                run(line)
                named |= set(re.findall(r"-o (\S+)", line))
        elif kind == "markdown":
            (tmp_path / "three-good-questions.md").write_text(body, "utf-8")
        elif kind == "python":
            assert len(body.strip().split("\n")) <= 12
            exec(compile(body, "README.md", "exec"), {})

    assert all((tmp_path / name).stat().st_size > 500 for name in named)
    assert named or title.startswith("For a developer")


def test_the_first_command_makes_an_agenda(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What the first command runs after installing writes the agenda it promises.
    """
    monkeypatch.chdir(tmp_path)
    command = sections()["top"][0][1].strip().partition("&& ")[2].replace("python -m reflect", "reflect")
    run(command)

    (agenda,) = tmp_path.glob("papers/supervisee/agenda-*.docx")
    assert agenda.read_bytes().startswith(b"PK")
