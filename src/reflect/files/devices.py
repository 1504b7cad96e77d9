"""
Know what is not a file before it is opened: a device, or a pipe into which nobody writes, would never end.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePath

#: Names that are devices in every folder of Windows, whatever ending they have.
_WINDOWS_DEVICE = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *([.:].*)?", re.IGNORECASE
)
#: Where a shell puts a pipe that it made for one command, as for ``<(…)``.
_HANDED_OVER = re.compile(r"/dev/(stdin|fd/[0-9]+)|/proc/(self|[0-9]+)/fd/[0-9]+")


def is_device_name(name: str) -> bool:
    """
    Return whether Windows takes the name of a file for a device.
    """
    return _WINDOWS_DEVICE.fullmatch(name) is not None


def is_device(path: PurePath) -> bool:
    """
    Return whether a path is something else than a file or a folder: a device, a socket or a pipe.
    """
    if os.name == "nt" and is_device_name(path.name):
        return True
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):  # it is not there
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def is_handed_over(path: Path) -> bool:
    """
    Return whether a path is a pipe that the shell has opened for us, which ends when its other end does.
    """
    return _HANDED_OVER.fullmatch(str(path)) is not None and stat.S_ISFIFO(path.stat().st_mode)
