"""The suites, one module a table or a group of tables that go together; importing them imports no library."""

from __future__ import annotations

from expectations.suite import Suite
from expectations.suites import (
    dimensions,
    facts,
    filings,
    identities,
    periods,
    prose,
    quarterly_cells,
    quarterly_results,
    reported_values,
    restatements,
)

SUITES: tuple[Suite, ...] = (
    *filings.SUITES,
    *reported_values.SUITES,
    *identities.SUITES,
    *periods.SUITES,
    *prose.SUITES,
    *quarterly_results.SUITES,
    *quarterly_cells.SUITES,
    *restatements.SUITES,
    *facts.SUITES,
    *dimensions.SUITES,
)
"""Every suite, staging before marts, in the order they run."""
