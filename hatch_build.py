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
MODULES = ("font_source_sans_pro", "PIL", "resvg_py", "attrs", "jinja2")


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
        if not all(map(importlib.util.find_spec, MODULES)):
            # Only a build without an environment of its own gets here: papers will say what they are without.
            self.app.display_warning(f"no pictures are made: the build needs {', '.join(DRAWN_WITH)}")
            return
        # A process of its own, as this one may hold other versions of what is imported; it finds what this one finds.
        path = os.pathsep.join((str(Path(self.root) / "src"), *filter(None, sys.path)))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, str(tool.__file__)], env=environment, check=True)

    def _tool(self) -> ModuleType:
        found = importlib.util.spec_from_file_location("make_pictures", Path(self.root) / "tools/make_pictures.py")
        assert found is not None
        assert found.loader is not None
        tool = importlib.util.module_from_spec(found)
        found.loader.exec_module(tool)
        return tool
