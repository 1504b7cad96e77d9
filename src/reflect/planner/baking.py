"""
Join the page, the Python that runs in it and what an agency has of its own into one HTML file.

The file opens by a double click, from a folder and without a network. Its policy names each script and style by hash,
and lets nothing be sent: no address is ever asked, and no script runs that was not put in here.
"""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import importlib.util
import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reflect.errors import MissingExtra, Refused
from reflect.planner.first_second import first_second
from reflect.planner.own import read_own
from reflect.planner.words import read_words

#: The parts that the page hands to Python, each a gzip in the runtime's folder.
PARTS = ("worker", "wasm", "stdlib", "library")


def find_runtime() -> Path:
    """
    Return the folder of what the planner is made of, as it is installed.

    Raises:
        Refused: It is not installed, or it is of another version.
    """
    from importlib.metadata import version

    spec = importlib.util.find_spec("reflect_planner")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtra.of("the planner's parts are not installed", "planner")
    folder = Path(next(iter(spec.submodule_search_locations)))
    theirs = json.loads((folder / "about.json").read_text("utf-8"))["version"]
    if theirs != (ours := version("reflect-supervision")):
        what = f"the planner's parts are of version {theirs}, and reflect is {ours}"
        raise Refused(f"{what}; run: pip install 'reflect-supervision[planner]=={ours}'")
    return folder


def bake(runtime: Path, *, day: datetime.date | None = None, files: Mapping[str, bytes] | None = None) -> bytes:
    """
    Return the planner as one HTML file, in UTF-8.

    Args:
        runtime: The folder of what it is made of, as the distribution reflect-supervision-planner has it.
        day: The day that the page says it was made; by default today.
        files: What an agency has of its own, as `own` reads it: each file by its path in the folder.
    """
    guard, script, style = ((runtime / name).read_text("utf-8").strip() for name in ("guard.js", "main.js", "page.css"))
    parts = {name: (runtime / f"{name}.gz").read_bytes() for name in PARTS}
    if files:
        parts["own"] = gzip.compress(pack_files(files), 9, mtime=0)
    baked = {
        **json.loads((runtime / "about.json").read_text("utf-8")),
        **(_first_second_of(files) if files else json.loads((runtime / "first.json").read_text("utf-8"))),
        "day": (day or datetime.date.today()).isoformat(),
        "words": read_words(),
    }
    filled = {
        "policy": f'<meta http-equiv="Content-Security-Policy" content="{policy_for((guard, script), (style,))}">',
        "guard": f"<script>{guard}</script>",
        "style": f"<style>{style}</style>",
        "data": f'<script type="application/json" id="baked">{_json_in_markup(baked)}</script>',
        "script": f"<script>{script}</script>",
        "parts": "\n".join(
            f'<script type="application/octet-stream" id="part-{name}">{base64.b64encode(body).decode()}</script>'
            for name, body in parts.items()
        ),
    }
    page = (runtime / "page.html").read_text("utf-8")
    return re.sub(r"<!--(\w+)-->", lambda place: filled[place[1]], page).encode()


def policy_for(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """
    Return the policy of the page: nothing is asked of any address, and only these scripts and styles run.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "connect-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            "img-src data: blob:",
            "worker-src blob:",
            f"script-src {' '.join(map(_hash_of, scripts))} 'wasm-unsafe-eval'",
            f"style-src {' '.join(map(_hash_of, styles))}",
        )
    )


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """
    Return files one after the other behind a list of their paths and lengths, as the page's worker reads them.
    """
    listing = json.dumps([[path, len(body)] for path, body in files.items()], ensure_ascii=False).encode()
    return b"".join((len(listing).to_bytes(4, "big"), listing, *files.values()))


def _hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json_in_markup(value: object) -> str:
    """
    Return JSON that ends no element and begins none, whatever stands in it.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _first_second_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """
    Return what the page has before Python is ready, from the very files that Python will find there.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, body in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(body)
        return first_second(read_own(folder))
