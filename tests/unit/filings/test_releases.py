"""Whole releases of companies that do not exist, each as a filing agent or a wire would deliver it.

`layouts/<name>.csv` states what `layouts/<name>.*` prints. Page and table were made from one statement whose sums close,
neither from the other, and no reader had a hand in it: the table is what is true. Income statements and balance sheets are
stated by concept, cash flow statements by label. Whatever the reader gives besides is wrong.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading, Statement

LAYOUTS = Path(__file__).parent / "layouts"
STATED = sorted(LAYOUTS.glob("*.csv"))


class Key(NamedTuple):
    """What a value is of. `name` is its concept, of a cash flow statement its label."""

    statement: str
    period_end: str
    duration_months: str
    is_restated: str
    name: str


Values = dict[Key, set[tuple[Decimal, str]]]


def page_of(stated: Path) -> Path:
    """The page that a table belongs to: the one other file of its name."""
    (page,) = (file for file in LAYOUTS.glob(f"{stated.stem}.*") if file != stated)
    return page


def told(stated: Path) -> tuple[Values, tuple[int, int]]:
    """What a table states: the values with their units, and the fiscal year and quarter."""
    values: Values = {}
    filing: dict[str, int] = {}
    with stated.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["statement"] == "filing":
                filing[row["concept"]] = int(row["value"])
                continue
            key = Key(*(row[name] for name in Key._fields[:4]), row["concept"] or row["label"])
            values.setdefault(key, set()).add((Decimal(row["value"]), row["unit"]))
    return values, (filing["fiscal_year"], filing["fiscal_quarter"])


def read(reading: Reading) -> Values:
    """What a reading gives of GAAP statements."""
    values: Values = {}
    for value in reading.values:
        name = value.label if value.statement == Statement.CASH_FLOW else value.concept
        if value.is_gaap and name and value.value is not None:
            restated = "yes" if value.is_restated else "no"
            key = Key(str(value.statement), str(value.period_end), str(value.duration_months), restated, name)
            values.setdefault(key, set()).add((value.value, value.unit))
    return values


@pytest.mark.parametrize("stated", STATED, ids=lambda stated: stated.stem)
def test_a_release_is_read_as_it_was_written(stated: Path) -> None:
    page = page_of(stated)
    values, quarter = told(stated)
    reading = read_filing(page.read_bytes(), page.name)
    assert len(values) >= 15, f"{stated.name} states too little to prove anything"
    assert read(reading) == values
    assert (reading.filing.fiscal_year, reading.filing.fiscal_quarter) == quarter


def test_there_are_releases() -> None:
    assert len(STATED) >= 48
    assert sum(len(told(stated)[0]) for stated in STATED) >= 2_350
