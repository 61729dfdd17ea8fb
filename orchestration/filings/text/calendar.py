"""Days and months as every reader counts them: the names of months, and steps of months from a day.

Belongs here: what holds of any calendar, whoever asks. Does not belong here: what words of a header (`tables/periods.py`) or a
sentence (`narrative/periods.py`, `compounds/expected.py`) mean.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

MONTHS: Final = {
    name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name
} | {"sept": 9}
"""The months by their names and usual abbreviations, in lower case."""


def add_months(day: date, months: int) -> date:
    """The day some months later (or earlier), the last of a month staying the last of a month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
