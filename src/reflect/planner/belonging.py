"""
Whose a paper is, as far as it says so: by the code of its series, or by the names on it.
"""

from __future__ import annotations

import attrs

from reflect.sessions.record import Record, is_of_group
from reflect.shown import Brief
from reflect.text.names import may_be_one_person


@attrs.frozen(kw_only=True)
class PeopleOfPaper(Brief):
    """
    Whose a paper is. It may say nothing of it: many records have no names.

    Attributes:
        series: The code of its series.
        supervisee: Who is supervised.
        supervisor: Who supervises.
        group: Whether it is a group's.
    """

    series: str = attrs.field(default="", repr=False)
    supervisee: str = attrs.field(default="", repr=False)
    supervisor: str = attrs.field(default="", repr=False)
    group: bool = False

    @classmethod
    def of(cls, record: Record) -> PeopleOfPaper:
        facts = dict(record.facts)
        return cls(
            series=record.series,
            supervisee=facts.get("supervisee", "").strip(),
            supervisor=facts.get("supervisor", "").strip(),
            group=is_of_group(record.document),
        )

    def is_that_of(self, other: PeopleOfPaper) -> bool | None:
        """
        Tell whether two papers are of the same people; None if they do not say.
        """
        if self.group is not other.group:
            return False
        if self.series and other.series:
            return self.series == other.series
        if not (self.supervisee and other.supervisee):
            return None
        if not may_be_one_person(self.supervisee, other.supervisee):
            return False
        # Whoever has a new supervisor goes on, and whoever has two at a time has two journals.
        both = self.supervisor and other.supervisor
        return None if both and not may_be_one_person(self.supervisor, other.supervisor) else True
