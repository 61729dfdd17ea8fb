"""Releases of a company that does not exist, quarter after quarter, as text: input for the tests of vintages.

Belongs here: writing a release from the figures of its quarters. Does not belong here: anything that is asserted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.unit.filings.made_up import cover_page

MONTHS = {3: "Three", 6: "Six", 9: "Nine", 12: "Twelve"}
ORDINALS = ("First", "Second", "Third", "Fourth")
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
SHARES = 20_000


@dataclass(frozen=True)
class Figures:
    """One period, in thousands of dollars."""

    sales: int
    cost: int
    research: int
    selling: int
    other: int
    tax: int

    def __add__(self, more: Figures) -> Figures:
        return Figures(*(one + other for one, other in zip(self._parts, more._parts, strict=True)))

    @property
    def _parts(self) -> tuple[int, ...]:
        return (self.sales, self.cost, self.research, self.selling, self.other, self.tax)

    @property
    def net_income(self) -> int:
        return self.sales - self.cost - self.research - self.selling + self.other - self.tax

    def lines(self) -> dict[str, str]:
        gross = self.sales - self.cost
        expenses = self.research + self.selling
        operating = gross - expenses
        figures = {
            "Total revenues": self.sales,
            "Cost of revenues": self.cost,
            "Gross profit": gross,
            "Research and development": self.research,
            "Selling, general and administrative": self.selling,
            "Total operating expenses": expenses,
            "Income from operations": operating,
            "Other income, net": self.other,
            "Income before income taxes": operating + self.other,
            "Income tax expense": self.tax,
            "Net income": self.net_income,
        }
        shares = {
            "Net income per share, basic and diluted": f"{self.net_income / SHARES:.2f}",
            "Weighted average shares outstanding, basic and diluted": f"{SHARES:,}",
        }
        return {label: f"{value:,}" for label, value in figures.items()} | shares


@dataclass(frozen=True)
class Column:
    """A column of an income statement; `struck` replaces what a line prints."""

    end: date
    months: int
    figures: Figures
    is_restated: bool = False
    struck: Mapping[str, str] | None = None

    def printed(self, label: str) -> str:
        return (self.struck or {}).get(label) or self.figures.lines()[label]

    @property
    def head(self) -> str:
        restated = " (As restated)" if self.is_restated else ""
        return f"{MONTHS[self.months]} Months Ended {_told(self.end)}{restated}"


def release(
    day: date, columns: Sequence[Column], cash: Mapping[date, int], prose: str = "", unit: str = "in thousands"
) -> bytes:
    """The 8-K of one quarter: the first column is of the period it reports on, the balance sheet is of the days of `cash`.

    With a `unit` in millions the figures are printed rounded to them.
    """
    page = _page(day, columns[0].end)
    return (page + prose + "\n" + _in_unit(_balance(cash, unit), unit) + _in_unit(_income(columns, unit), unit)).encode()


def balance_sheet_alone(day: date, end: date, cash: Mapping[date, int]) -> bytes:
    """The 8-K/A of a quarter that ends on `end`, with nothing but a balance sheet of the days of `cash`."""
    return (_page(day, end).replace("FORM 8-K", "FORM 8-K/A") + _balance(cash, "in thousands")).encode()


def _page(day: date, end: date) -> str:
    ordinal = ORDINALS[end.month // 3 - 1]
    return cover_page(_told(day), "Example Devices", "EXDV", f"{ordinal} Quarter {end.year}")


def _in_unit(statement: str, unit: str) -> str:
    """A statement in thousands as it is in millions, where the unit is: whole figures, without those per share."""
    if "millions" not in unit:
        return statement
    return re.sub(r"(?<=\t)[\d,]+(?=[\t\n])", lambda figure: f"{round(int(figure[0].replace(',', '')) / 1000):,}", statement)


def _income(columns: Sequence[Column], unit: str) -> str:
    rows = ["\t" + "\t".join(column.head for column in columns)]
    rows += ["\t".join([label, *(column.printed(label) for column in columns)]) for label in columns[0].figures.lines()]
    title = f"Condensed Consolidated Statements of Operations ({unit}, except per share amounts)"
    return f"{title}\n\n" + "\n".join(rows) + "\n\n"


def _balance(cash: Mapping[date, int], unit: str) -> str:
    lines = {
        "Cash and cash equivalents": lambda held: held,
        "Accounts receivable": lambda _: 6_300,
        "Total current assets": lambda held: held + 6_300,
        "Property and equipment, net": lambda _: 7_400,
        "Total assets": lambda held: held + 13_700,
        "Total current liabilities": lambda _: 9_000,
        "Long-term debt": lambda _: 2_000,
        "Stockholders' equity": lambda held: held + 2_700,
        "Total liabilities and stockholders' equity": lambda held: held + 13_700,
    }
    rows = ["\t" + "\t".join(_told(day) for day in cash)]
    rows += ["\t".join([label, *(f"{figure(held):,}" for held in cash.values())]) for label, figure in lines.items()]
    return f"Condensed Consolidated Balance Sheets ({unit})\n\n" + "\n".join(rows) + "\n\n"


def quarter_end(year: int, quarter: int) -> date:
    """The end of a quarter of a year that ends in December."""
    return date(year, *QUARTER_ENDS[quarter - 1])


def _told(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
