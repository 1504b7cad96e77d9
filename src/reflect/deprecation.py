"""
How a public name or argument goes: it works and warns for two minor versions at least, and then it is gone.

The policy is in ``docs/project/compatibility.md``.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def deprecated(instead: str, *, since: str, gone: str, name: str = "") -> Callable[[T], T]:
    """
    Let a function or a class warn whoever calls it that it will go. A class stays the class it is.

    Args:
        instead: What to write now, such as ``"use reflect.plan"``.
        since: The version that warns first.
        gone: The first version without it.
        name: What callers write, such as ``"reflect.arrange"``; its module and name if nothing is said.
    """

    def warning(some: T) -> T:
        called: Any = some
        known = name or f"{called.__module__}.{called.__qualname__}"
        message = f"{known} is deprecated since {since} and goes in {gone}; {instead}"
        of_class = isinstance(some, type)
        begun = called.__init__ if of_class else called

        @functools.wraps(begun)
        def warned(*args: Any, **named: Any) -> Any:
            # Of a class derived from it the caller may know nothing.
            if not of_class or type(args[0]) is some:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
            return begun(*args, **named)

        told: Any = some if of_class else warned
        if of_class:
            called.__init__ = warned
        # Type checkers and editors look for this name (PEP 702).
        told.__deprecated__ = message
        told.__doc__ = f"{(called.__doc__ or '').rstrip()}\n\n    Deprecated since {since}: {instead}.\n    "
        return cast(T, told)

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
