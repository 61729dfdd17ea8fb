"""Whole releases of companies that do not exist, each as a filing agent or a wire would deliver it.

`layouts/<name>.csv` states what the page `layouts/<name>.*` (`.htm`, `.html`, `.txt`, `.md`) prints. Page and table were made
from one statement whose sums close, neither from the other, and no reader had a hand in it: the table is what is true. Income
statements and balance sheets are stated by concept, cash flow statements by label. Whatever the reader gives besides is wrong.
The fiscal year and quarter are stated where the page tells them.
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


def told(stated: Path) -> tuple[Values, dict[str, int]]:
    """What a table states: the values with their units, and the fiscal year and quarter where the page tells them."""
    values: Values = {}
    filing: dict[str, int] = {}
    with stated.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["statement"] == "filing":
                filing[row["concept"]] = int(row["value"])
                continue
            key = Key(*(row[name] for name in Key._fields[:4]), row["concept"] or row["label"])
            values.setdefault(key, set()).add((Decimal(row["value"]), row["unit"]))
    return values, filing


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
    values, filing = told(stated)
    reading = read_filing(page.read_bytes(), page.name)
    assert len(values) >= 14, f"{stated.name} states too little to prove anything"
    assert read(reading) == values
    assert {name: getattr(reading.filing, name) for name in filing} == filing


def test_every_page_has_its_table_and_most_tell_their_fiscal_year() -> None:
    pages = {file.stem for file in LAYOUTS.iterdir() if file.suffix != ".csv"}
    assert pages == {stated.stem for stated in STATED}
    assert len(STATED) >= 80
    assert sum(len(told(stated)[0]) for stated in STATED) >= 4_000
    assert sum(told(stated)[1].keys() == {"fiscal_year", "fiscal_quarter"} for stated in STATED) >= 73
