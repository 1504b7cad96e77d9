"""
How a public name or argument goes: it works and warns for two minor versions at least, and then it is gone.

The policy is in ``docs/project/compatibility.md``.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def deprecated(instead: str, *, since: str, gone: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """
    Let a function warn whoever calls it that it will go.

    Args:
        instead: What to write now, such as ``"use reflect.plan"``.
        since: The version that warns first.
        gone: The first version without it.
    """

    def warning(function: Callable[P, T]) -> Callable[P, T]:
        name = f"{function.__module__.partition('.')[0]}.{function.__qualname__}"
        message = f"{name} is deprecated since {since} and goes in {gone}; {instead}"

        @functools.wraps(function)
        def warned(*args: P.args, **named: P.kwargs) -> T:
            warnings.warn(message, DeprecationWarning, stacklevel=2)
            return function(*args, **named)

        # Type checkers and editors look for this name (PEP 702).
        warned.__deprecated__ = message  # type: ignore[attr-defined]
        warned.__doc__ = f"{(function.__doc__ or '').rstrip()}\n\n    Deprecated since {since}: {instead}.\n    "
        return warned

    return warning


def renamed(*, since: str, gone: str, **names: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """
    Let a function take arguments by their old names too, and warn whoever uses one.

    Args:
        since: The version that warns first.
        gone: The first version that does not know the old names.
        names: The new name of each argument, by its old one.
    """

    def warning(function: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(function)
        def warned(*args: Any, **named: Any) -> T:
            for old in [name for name in named if name in names]:
                new = names[old]
                if new in named:
                    raise TypeError(f"{function.__qualname__}() got both '{old}' and '{new}', which are one argument")
                what = f"the argument '{old}' of {function.__qualname__} is deprecated since {since} and goes in {gone}"
                warnings.warn(f"{what}; write '{new}'", DeprecationWarning, stacklevel=2)
                named[new] = named.pop(old)
            return function(*args, **named)

        return warned

    return warning
