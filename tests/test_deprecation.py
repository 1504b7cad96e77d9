"""
What will go says so, works until then, and says what to write.
"""

from __future__ import annotations

import inspect

import attrs
import pytest

from reflect.deprecation import deprecated, renamed


@deprecated("use reflect.plan", since="0.3", gone="0.5")
def arrange(outline: str, minutes: int = 60) -> str:
    """
    Return an hour.
    """
    return f"{outline} {minutes}"


@deprecated("use reflect.Session", since="0.3", gone="0.5", name="reflect.Hour")
@attrs.frozen
class Hour:
    """
    An hour.
    """

    minutes: int = 60


@attrs.frozen
class LongHour(Hour):
    """
    Derived from it.
    """


@renamed(since="0.3", gone="0.5", length="minutes")
def plan(outline: str, minutes: int = 60) -> str:
    return f"{outline} {minutes}"


def test_a_function_that_will_go_works_and_warns_where_it_is_called() -> None:
    """
    It gives what it gave, and the warning names the caller's file, what to write, and when it goes.
    """
    with pytest.warns(DeprecationWarning, match="goes in 0.5; use reflect.plan") as caught:
        assert arrange("close@5", minutes=5) == "close@5 5"

    assert caught[0].filename == __file__
    assert "0.3" in str(caught[0].message)


def test_a_class_that_will_go_stays_a_class() -> None:
    """
    It can be asked for, derived from and matched as before; making one warns, by the name its users write.
    """
    with pytest.warns(DeprecationWarning, match="^reflect.Hour is deprecated since 0.3 and goes in 0.5; use") as caught:
        hour = Hour(50)

    assert caught[0].filename == __file__
    assert isinstance(hour, Hour)
    assert (hour.minutes, LongHour(50).minutes, Hour.__name__) == (50, 50, "Hour")
    assert "Deprecated since 0.3" in (inspect.getdoc(Hour) or "")


def test_what_has_no_name_of_its_own_is_called_by_its_whole_one() -> None:
    """
    `load` of one module is not the `load` of the package.
    """
    with pytest.warns(DeprecationWarning, match=r"^tests\.test_deprecation\.arrange is deprecated"):
        arrange("close@5")


def test_it_says_so_in_its_documentation_and_to_type_checkers() -> None:
    """
    The reference page and an editor tell as much as the warning.
    """
    assert "Deprecated since 0.3: use reflect.plan." in (inspect.getdoc(arrange) or "")
    assert "use reflect.plan" in arrange.__deprecated__  # type: ignore[attr-defined]
    assert str(inspect.signature(arrange)) == str(inspect.signature(plan))


def test_an_argument_that_was_renamed_is_taken_by_both_names() -> None:
    """
    The old name works and warns, the new one does not warn, and both at once are refused.
    """
    with pytest.warns(DeprecationWarning, match="'length' of plan .* write 'minutes'") as caught:
        assert plan("close@5", length=5) == "close@5 5"  # type: ignore[call-arg]
    assert caught[0].filename == __file__

    assert plan("close@5", minutes=5) == "close@5 5"
    with pytest.raises(TypeError, match="both 'length' and 'minutes'"):
        plan("close@5", length=5, minutes=6)  # type: ignore[call-arg]
