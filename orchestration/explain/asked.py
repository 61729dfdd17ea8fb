"""What a person asked for, once it is found in a warehouse.

Belongs here: the company, the period and the concept of one question. Does not belong here: finding them (`company.py`,
`period.py`, `concept.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from orchestration.store.errors import TieoutError


class NotFoundError(TieoutError):
    """Nothing in the warehouse answers to what was asked; the message says what there is."""


class AskedCompany(NamedTuple):
    """A company of the warehouse: its id, and the name and ticker of its latest filing."""

    company_id: str
    name: str
    ticker: str | None


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """The day a period ends, and how many months it covers where the question says so; `asked` is the question's word."""

    asked: str
    end: date
    months: int | None
    fiscal_year: int | None = None
    fiscal_quarter: int | None = None

    @property
    def is_quarter(self) -> bool:
        """Whether a fiscal quarter may be meant."""
        return self.months in (None, 3)

    def covers(self, months: int | None) -> bool:
        """Whether a value of so many months is of this period. An instant (0) is of any that ends on its day."""
        return self.months is None or months in (0, None, self.months)


class AskedConcept(NamedTuple):
    """A concept of the vocabulary with its column of `fact_quarterly_results`, or the label of a line that has no concept.

    `name` is None for such a line. `others` are labels of other lines that hold the words of the question too.
    """

    name: str | None
    column: str | None
    title: str
    others: tuple[str, ...] = ()
