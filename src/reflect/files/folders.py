"""
Look into folders, or say why that is impossible: one that is closed to us is not an empty one.

Python's own paths take what they may not look into for empty, and raise an error for a name that no file can have.
"""

from __future__ import annotations

import os
from pathlib import Path

from reflect.errors import Fault, Faults


def is_folder(path: Path) -> bool:
    """
    Return whether a path is a folder that we can see; a name that no folder can have is none.
    """
    return os.path.isdir(path)


def is_file(path: Path) -> bool:
    """
    Return whether a path is a file that we can see; a name that no file can have is none.
    """
    return os.path.isfile(path)


def list_folder(folder: Path, ending: str = "") -> tuple[Path, ...]:
    """
    Return what is in a folder, in order.

    Args:
        folder: The folder.
        ending: How the names end that count, such as ``".yaml"``.

    Raises:
        Faults: We may not look into it, or it is not there.
    """
    try:
        names = sorted(each.name for each in folder.iterdir())  # a text is no folder, and opens nothing
    except (OSError, ValueError) as error:
        raise fault_of_folder(error, folder) from None
    return tuple(folder / name for name in names if name.endswith(ending))


def fault_of_folder(error: OSError | ValueError, folder: Path) -> Faults:
    """
    Return a folder that cannot be looked into as a fault.
    """
    what, remedy = "you are not allowed to", "ask whoever looks after it"
    if not isinstance(error, PermissionError):
        reason = getattr(error, "strerror", None) or "its name is not one a folder can have"
        what, remedy = reason.lower(), "check its name"
    return Faults((Fault(str(folder), None, f"cannot be read: {what}", remedy),))
