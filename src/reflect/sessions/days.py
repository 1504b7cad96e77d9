"""
Days as people write them, working days, and how much later something was written down.
"""

from __future__ import annotations

import datetime
import functools

from reflect.shown import count_of


@functools.lru_cache(64)
def _bank_holidays(calendar: str, year: int) -> frozenset[datetime.date]:
    from holidays import country_holidays  # it has every country's, so load it only when somebody asks

    country, _, part = calendar.partition("-")
    return frozenset(country_holidays(country, subdiv=part or None, years=year))


def has_calendar(calendar: str) -> bool:
    """
    Tell whether the bank holidays of a country, or of a part of one, are known: "GB-SCT", or "IE".
    """
    if not calendar.isascii() or not calendar[:2].isupper():
        return False
    try:
        _bank_holidays(calendar, 2020)
    except (NotImplementedError, AttributeError, ValueError):
        return False
    return True


def working_days_after(start: datetime.date, days: int, calendar: str = "") -> datetime.date:
    """
    Return the day that is a number of working days after another: Monday to Friday, except bank holidays.

    The holidays come from the package ``holidays``, which follows the lists that governments publish.

    Args:
        calendar: Whose bank holidays count, such as "GB-SCT"; none if it is empty.
    """
    day = start
    while days > 0:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < 5 and not (calendar and day in _bank_holidays(calendar, day.year))
    return day


def delay_in_words(happened: datetime.date, written: datetime.date) -> str:
    """
    Return in words how much later something was written down; we never claim that it was written at the time.
    """
    days = (written - happened).days
    return "written the same day" if not days else f"written {count_of(days, 'day')} later"


def overdue_in_words(last: datetime.date, every: int, on: datetime.date) -> str:
    """
    Return how late a session is on a day: "13 days overdue"; nothing if it is not.
    """
    late = (on - last).days - every
    return f"{count_of(late, 'day')} overdue" if late > 0 else ""
