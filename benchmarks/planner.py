"""
What the planner costs in Chromium until its first agenda: time of the clock and of the processor, and memory.

    python benchmarks/planner.py [--strict]

It needs the built page (`python tools/planner/build.py`), Chromium, Node, and puppeteer-core in REFLECT_TOOLS.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "build" / "planner" / "planner.html"
#: The most seconds of the processor that the worker may take until the first agenda, and the most bytes of the page.
MOST_SECONDS, MOST_BYTES = 3.0, 12_000_000


def main() -> int:
    """
    Measure, print a line, and give the exit status.
    """
    parser = argparse.ArgumentParser(prog="python benchmarks/planner.py", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail if a goal is missed")
    asked = parser.parse_args()
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if not (chromium and node and PAGE.is_file()):
        print("no planner, no Chromium or no Node here: nothing is measured")
        return int(asked.strict)
    modules = Path(os.environ.get("REFLECT_TOOLS", "node_modules/.bin")).parent
    command = [node, str(HERE / "planner.cjs"), chromium, str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NODE_PATH": str(modules)})
    if done.returncode:
        print(done.stderr)
        return 1
    told = json.loads(done.stdout)
    size = PAGE.stat().st_size
    print(
        f"The planner, {size / 1_000_000:.1f} MB: usable after {told['usable']:.1f} s, its first agenda after "
        f"{told['agenda']:.1f} s, of which its worker's processor took {told['processor']:.1f} s "
        f"(at most {MOST_SECONDS:.0f}); {told['memory']} MB of memory."
    )
    return int(asked.strict and (told["processor"] > MOST_SECONDS or size > MOST_BYTES))


if __name__ == "__main__":
    raise SystemExit(main())
