"""Which filings are at fault for the rows that break a rule.

Belongs here: choosing them from the suspects of each row. Does not belong here: finding the suspects
(`warehouse/suspects.py`), or what happens to a filing at fault (`rounds.py`).

A row may have several suspects: two releases that contradict each other, the releases of one quarter. As few filings as may be
are chosen, so that every row has lost one of its suspects; of two that would do, the one with less evidence for its figures.
The choice hangs on the filings alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from orchestration.warehouse.suspects import Standing, Violation


def at_fault(violations: Sequence[Violation], standings: Mapping[str, Standing]) -> set[str]:
    """The filings to keep out. A row without a suspect among the `standings` blames nobody."""
    open_rows = [found for row in violations if (found := frozenset(row.suspects) & standings.keys())]
    chosen: set[str] = set()
    while open_rows:
        counts = Counter(filing for row in open_rows for filing in row)
        alone = {filing for row in open_rows if len(row) == 1 for filing in row}
        picked = alone or {min(counts, key=lambda filing: _claim(counts[filing], standings[filing], filing))}
        chosen |= picked
        open_rows = [row for row in open_rows if not row & picked]
    return chosen


def _claim(rows: int, standing: Standing, filing_id: str) -> tuple[int, float, int, str]:
    """The order in which suspects are taken: of most rows, with least proof, known last."""
    return -rows, standing.proven_share, -(standing.known_from or date.max).toordinal(), filing_id
