"""The statements of the golden filings: every value, typed by hand from the filing, and nothing besides.

Belongs here: the comparison of a whole reading with what a person read. The labels are in `statements/` and `cover/`;
they are corrected by looking at the filing, never from the output of the reader.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from orchestration.filings.company.identity import with_company
from orchestration.filings.documents.decode import decode
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading, Value
from orchestration.store.known_companies import of_vocabulary

HERE = Path(__file__).resolve().parent
RAW = HERE.parents[1] / "data" / "raw" / "immunogen"
FILINGS = sorted(path.stem for path in (HERE / "statements").glob("*.json"))
VALUES_OF = {"immunogen-2007-02-01": 82, "immunogen-2011-04-28": 78, "immunogen-2014-01-31": 70}
ROUNDING = {"USD": Decimal(1000), "shares": Decimal(1000), "USD/share": Decimal("0.01")}


class Expected(NamedTuple):
    """One value as a person reads it: what it is, then what it says."""

    statement: str
    line_no: int
    column_no: int
    concept: str | None
    label: str
    parent_concept: str | None
    period_end: date
    duration_months: int
    value: Decimal
    unit: str
    status: str
    source_line: int
    raw_text: str | None


@cache
def reading(name: str) -> Reading:
    return read_filing((RAW / f"{name}.txt").read_bytes(), f"immunogen/{name}.txt")


@cache
def text(name: str) -> str:
    return decode((RAW / f"{name}.txt").read_bytes())


def expected(name: str) -> Iterator[Expected]:
    for table in json.loads((HERE / "statements" / f"{name}.json").read_text(encoding="utf-8")):
        columns = [(date.fromisoformat(end), months) for end, months in table["columns"]]
        for number, line in enumerate(table["lines"], 1):
            yield from _of_line(table["statement"], number, line, columns)


def _of_line(statement: str, number: int, line: dict[str, Any], columns: list[tuple[date, int]]) -> Iterator[Expected]:
    assert len(line["printed"]) == len(line["values"]) == len(columns), line
    statuses = line.get("status", ["as_read"] * len(columns))
    lines = line.get("lines", [line["line"]] * len(columns))
    for column, (end, months) in enumerate(columns):
        for concept in line["concepts"] or [None]:
            yield Expected(
                statement, number, column + 1, concept, line["label"], line["parent"], end, months,
                Decimal(line["values"][column]), line["unit"], statuses[column], lines[column], line["printed"][column],
            )  # fmt: skip


def as_expected(value: Value) -> Expected:
    return Expected(**{name: getattr(value, name) for name in Expected._fields})


@pytest.mark.parametrize("name", FILINGS)
def test_every_value_of_every_line_and_column_is_read(name: str) -> None:
    wanted, got = list(expected(name)), [as_expected(value) for value in reading(name).values]
    assert len(wanted) == VALUES_OF[name], "the golden file itself lost or gained values"
    missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    assert not missing, f"missing from the reading: {sorted(missing, key=str)}; there instead: {sorted(extra, key=str)}"
    assert not extra, f"read, but not in the filing: {sorted(extra, key=str)}"


@pytest.mark.parametrize("name", FILINGS)
def test_every_value_points_at_its_own_characters(name: str) -> None:
    pointed = 0
    for value in reading(name).values:
        if value.raw_text is None:
            assert (value.source_start, value.source_end) == (None, None), value
            assert value.status == "implied", value
            continue
        assert value.source_start is not None
        assert text(name)[value.source_start : value.source_end] == value.raw_text, value
        assert text(name).count("\n", 0, value.source_start) + 1 == value.source_line, value
        pointed += 1
    assert pointed == sum(1 for value in expected(name) if value.raw_text is not None)


@pytest.mark.parametrize("name", FILINGS)
def test_every_value_read_from_characters_knows_its_rounding(name: str) -> None:
    wrong = [value for value in reading(name).values if value.raw_text and value.rounding != ROUNDING[value.unit]]
    assert reading(name).values
    assert not wrong


@pytest.mark.parametrize("name", FILINGS)
def test_values_are_gaap_not_restated_and_have_ids_of_their_own(name: str) -> None:
    values = reading(name).values
    assert len({value.value_id for value in values}) == len(values) == VALUES_OF[name]
    assert all(value.is_gaap and not value.is_restated for value in values)
    assert {value.filing_id for value in values} == {reading(name).filing.filing_id}


@pytest.mark.parametrize("name", FILINGS)
def test_no_identity_is_broken_and_no_value_is_left_unreadable(name: str) -> None:
    outcomes = Counter(proof.outcome for proof in reading(name).proofs)
    assert outcomes["broken"] == 0
    assert outcomes["closed"] >= 20
    assert not [value for value in reading(name).values if value.status == "unreadable"]


@pytest.mark.parametrize("name", FILINGS)
def test_cover_facts(name: str) -> None:
    wanted = json.loads((HERE / "cover" / f"{name}.json").read_text(encoding="utf-8"))
    filing = {
        field: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for field, value in asdict(with_company(reading(name), tuple(of_vocabulary())).filing).items()
    }
    assert {field: filing[field] for field in wanted} == wanted
    assert set(filing) - set(wanted) == {"filing_id", "source", "sha256", "reason"}, "a cover fact has no golden value"
    assert filing["reason"] is None


def test_every_filing_of_the_repository_has_golden_values() -> None:
    assert sorted(path.stem for path in RAW.glob("*.txt")) == FILINGS == sorted(VALUES_OF)
    assert sorted(path.stem for path in (HERE / "cover").glob("*.json")) == FILINGS
