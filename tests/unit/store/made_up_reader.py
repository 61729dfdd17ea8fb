"""A reader for tests of the machinery around the reader: what it returns follows from the bytes alone.

The first line of a file may tell it to misbehave: `crash`, `crash when told` (at a second reading), `hang`, `raise`, `wide`,
`stuck`, `no memory`, or `none` (a required column is left empty).
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.filings.records import Filing, Problem, Reading, Value

if TYPE_CHECKING:
    from orchestration.filings.proof.external_evidence import ExternalFigure

STEPS = 7


def read_filing(raw: bytes, source: str, known: Sequence[ExternalFigure] = ()) -> Reading:
    text = raw.decode("utf-8", "replace")
    order, _, rest = text.partition("\n")
    if order == "crash":
        os._exit(9)
    if order == "crash when told" and known:
        os._exit(9)
    if order == "hang":
        time.sleep(600)
    if order == "stuck":
        _stuck()
    if order == "no memory":
        raise MemoryError
    if order == "raise":
        raise RuntimeError("the reader stumbled")
    sha256 = hashlib.sha256(raw).hexdigest()
    filing_id = rest.strip() if order == "accession" else f"sha256-{sha256[:16]}"
    known_from = date(2010, 1, 1 + int(sha256[:2], 16) % 28)
    if not text.strip():
        filing = Filing(filing_id, source, sha256, "quarantined", "The file is empty.")
        return Reading(filing, problems=(Problem(filing_id, "error", "empty", "The file is empty."),))
    wide = Decimal(10) ** 30 if order == "wide" else None
    values = tuple(_value(filing_id, number, wide or Decimal(number), is_bad=order == "none") for number in range(STEPS))
    filing = Filing(filing_id, source, sha256, company_id="0000000001", known_from=known_from, items=("2.02", "9.01"))
    return Reading(filing, values=values, problems=(Problem(filing_id, "note", "made_up", "Nothing was read."),))


def _stuck() -> None:
    """Holds on where no Python signal handler gets a turn: the alarm is kept from this process."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(600)


def _value(filing_id: str, number: int, value: Decimal, *, is_bad: bool = False) -> Value:
    return Value(
        value_id=f"{filing_id}-{number}",
        cell_id=f"{filing_id}-{number}",
        filing_id=filing_id,
        statement="income_statement",
        table_no=1,
        line_no=number,
        column_no=1,
        label=f"Line {number}",
        concept=None,
        parent_concept=None,
        parent_weight=None if is_bad else 1,
        period_end=date(2009, 12, 31),
        duration_months=3,
        value=value,
        unit="USD",
        rounding=Decimal(1000),
        raw_text=str(number),
        status="as_read",
        proof_count=1,
        is_gaap=True,
        basis="gaap",
        entity=None,
        currency="USD",
        is_restated=False,
        source_line=number + 1,
        source_start=0,
        source_end=1,
    )
