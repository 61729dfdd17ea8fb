"""The hand-labelled figures and guidance of the golden filings, and how a reading is held against them."""

# ruff: noqa: E501 - sentences and rows stand whole on their line

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Document
from orchestration.filings.narrative.figures import read_figures, reconcile
from orchestration.filings.narrative.guidance import GuidanceReading, read_guidance
from orchestration.filings.records import Figure, Filing, Value

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Case:
    """One golden filing: its document, its cover facts and what a person read in it."""

    name: str
    document: Document
    filing: Filing
    labels: dict[str, Any]


def cases(kind: str) -> list[Case]:
    found = []
    for path in sorted((HERE / kind).glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        document = read_document((ROOT / labels["source"]).read_text(encoding="utf-8")).document
        cover = dict(labels["filing"], period_end=date.fromisoformat(labels["filing"]["period_end"]))
        found.append(Case(path.stem, document, Filing(path.stem, labels["source"], "0" * 64, **cover), labels))
    return found


def cells(case: Case) -> list[Value]:
    """The statement cells of a golden filing, read by hand, so that links are measured apart from the statement reader."""
    return [
        Value(
            value_id=f"{case.name}:{number}", cell_id=f"{case.name}:{number}", filing_id=case.name, statement="income_statement" if cell["duration_months"] else "balance_sheet",
            table_no=1, line_no=number, column_no=1, label=cell["label"], concept=cell["concept"], parent_concept=None, parent_weight=1,
            period_end=date.fromisoformat(cell["period_end"]), duration_months=cell["duration_months"], value=Decimal(cell["value"]),
            unit=cell["unit"], rounding=Decimal(cell["rounding"]), raw_text=cell["value"], status="as_read", proof_count=1,
            is_gaap=True, basis="gaap", entity=None, currency="USD", is_restated=False, source_line=None, source_start=None, source_end=None,
        )
        for number, cell in enumerate(case.labels["cells"], 1)
    ]  # fmt: skip


def read_case(case: Case) -> tuple[Figure, ...]:
    return reconcile(read_figures(case.document, case.filing).figures, cells(case))


def pairs(case: Case, figures: tuple[Figure, ...]) -> list[tuple[dict[str, Any] | None, Figure | None]]:
    """Labels beside what was read, by line and characters, in order; None where one side has no counterpart."""
    waiting: dict[tuple[int, str], list[Figure]] = {}
    for figure in figures:
        waiting.setdefault((figure.source_line, figure.raw_text), []).append(figure)
    beside: list[tuple[dict[str, Any] | None, Figure | None]] = []
    for label in case.labels["figures"]:
        same = waiting.get((label["line"], label["raw_text"]), [])
        beside.append((label, same.pop(0) if same else None))
    return beside + [(None, figure) for rest in waiting.values() for figure in rest]


def period_of(figure: Figure) -> tuple[str | None, int | None]:
    return (figure.period_end.isoformat() if figure.period_end else None, figure.duration_months)


def read_guidance_case(case: Case) -> GuidanceReading:
    return read_guidance(case.document, case.filing)


GUIDANCE_FIELDS = ("metric", "fiscal_period", "low", "high", "previous_low", "previous_high", "action", "unit")


def guidance_rows(reading: GuidanceReading) -> list[tuple[Any, ...]]:
    return [tuple(_plain(getattr(item, name)) for name in GUIDANCE_FIELDS) for item in reading.guidance]


def guidance_labels(case: Case) -> list[tuple[Any, ...]]:
    return [tuple(_plain(label[name]) for name in GUIDANCE_FIELDS) for label in case.labels["guidance"]]


def _plain(value: Any) -> Any:
    try:
        return Decimal(value) if isinstance(value, (str, Decimal)) else value
    except ArithmeticError:
        return value
