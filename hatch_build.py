"""
The step of a build that makes the pictures: `tools/make_pictures.py` says which.

An archive of sources has them already, so that a package is made of it without any further library.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: What the pictures are drawn with; the library itself needs its dependencies to make the papers they are on.
DRAWN_WITH = ("font-source-sans-pro>=0.0.1", "pillow>=10.0", "resvg-py>=0.5")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """
    Makes the pictures before a package is put together, or installed as it lies there.
    """

    def dependencies(self) -> list[str]:
        return [] if self._tool().are_made() else [*self.metadata.core.dependencies, *DRAWN_WITH]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        tool = self._tool()
        if tool.are_made():
            return
        # A process of its own, as the build's own may hold other versions of what is imported.
        environment = {**os.environ, "PYTHONPATH": str(Path(self.root) / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        made = subprocess.run([sys.executable, tool.__file__], env=environment, capture_output=True, text=True)
        if made.returncode:
            # Only a build without its own environment gets here: it has what is there, and papers say what they lack.
            self.app.display_warning(f"without pictures: {made.stderr.strip().splitlines()[-1:]}")
        else:
            self.app.display_info(made.stdout.strip())

    def _tool(self) -> ModuleType:
        found = importlib.util.spec_from_file_location("make_pictures", Path(self.root) / "tools/make_pictures.py")
        assert found is not None
        assert found.loader is not None
        tool = importlib.util.module_from_spec(found)
        found.loader.exec_module(tool)
        return tool
