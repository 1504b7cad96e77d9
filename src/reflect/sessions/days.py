"""
Days as people write them, working days, and how much later something was written down.
"""

from __future__ import annotations

import datetime
import functools

from reflect.errors import Refused, write_one_of
from reflect.shown import count_of

#: The nations of the United Kingdom, with their codes in lists of bank holidays.
NATIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


@functools.lru_cache(64)
def _bank_holidays(nation: str, year: int) -> frozenset[datetime.date]:
    from holidays import country_holidays  # it has every country's, so load it only when somebody asks

    return frozenset(country_holidays("GB", subdiv=NATIONS[nation], years=year))


def add_working_days(start: datetime.date, days: int, nation: str = "England") -> datetime.date:
    """
    Return the day that is a number of working days after another: Monday to Friday, except a nation's bank holidays.

    The holidays come from the package ``holidays``, which follows the lists that governments publish.

    Args:
        nation: One of the four nations, or an empty text to ignore bank holidays.

    Raises:
        Refused: The nation is not England, Wales, Scotland or Northern Ireland.
    """
    if nation and nation not in NATIONS:
        raise Refused(f"we have no bank holidays for a nation of that name; {write_one_of(nation, NATIONS)}")
    day = start
    while days > 0:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < 5 and not (nation and day in _bank_holidays(nation, day.year))
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
