"""The closed sets of words that columns of the warehouse use, as the suites expect them.

Belongs here: the sets, in their order where they have one. Does not belong here: what the words mean (`records.py`, the
models' documentation) or open vocabulary (`data/vocabulary/`, of which the phases alone are read here: reader, dbt and suites
need their order). The others are stated a second time on purpose: a suite that took its sets from the reader would accept
whatever the reader says.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

_VOCABULARY = Path(os.environ.get("TIEOUT_VOCABULARY") or Path(__file__).resolve().parents[1] / "data" / "vocabulary")


def _listed(name: str, column: str) -> tuple[str, ...]:
    """One column of a vocabulary file, in its order. Raises OSError where the file is not there."""
    with (_VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row[column] for row in csv.DictReader(file))


FILING_STATUSES = ("accepted", "quarantined")
STATEMENTS = ("income_statement", "balance_sheet", "cash_flow")
VALUE_STATUSES = ("as_read", "repaired", "implied", "unreadable")
DURATIONS = (0, 3, 6, 9, 12)
PROOF_OUTCOMES = ("closed", "broken", "untestable")
CANDIDATE_KINDS = ("row", "ghost_row", "shifted_column", "blank", "identity")
PROBLEM_SEVERITIES = ("error", "warning", "note")
FIGURE_OUTCOMES = ("match", "mismatch", "unmatched")
GUIDANCE_ACTIONS = ("initiated", "raised", "lowered", "narrowed", "unchanged")
BASES = ("reported", "comparative", "derived")
RESTATEMENT_KINDS = ("restated", "reclassified", "split", "rounding", "scale")
FISCAL_QUARTERS = (1, 2, 3, 4)
ROLES = ("pipeline", "component", "comparator")
NAME_KINDS = ("code", "generic", "brand", "former")
COMPOUND_STATUSES = ("active", "discontinued", "not named lately")
INDICATION_STATUSES = ("active", "approved", "discontinued")
EVENT_OUTCOMES = ("met", "late", "dropped", "open")
PHASES = _listed("phases", "phase")
"""Lowest first."""
PHASE_NOT_STATED = "Clinical (phase not stated)"

NEVER_NEGATIVE = (
    "Revenues",
    "ResearchAndDevelopmentExpense",
    "GeneralAndAdministrativeExpense",
    "SellingGeneralAndAdministrativeExpense",
    "OperatingExpenses",
)
"""Concepts whose quarter cannot be more than the year to date that ends the same day."""

UNIT_PATTERN = r"^([A-Z]{3}(/share)?|shares)$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"
