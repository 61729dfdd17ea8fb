"""The table `staging.broken_rules`: why the gates of a build kept a filing out.

Belongs here: its rows and columns. Does not belong here: who writes it (`staging.py`), or who decides (`build/rounds.py`).
"""

from __future__ import annotations

from typing import NamedTuple

from orchestration.store.schema import ColumnSpec


class BrokenRule(NamedTuple):
    """A rule that a filing was kept out by, in which round of the build, and one row that broke it, in words."""

    filing_id: str
    company_id: str
    round_no: int
    rule: str
    meaning: str
    broken_row: str

    @property
    def reason(self) -> str:
        """Why the filing is kept out, for people."""
        return f"{self.rule}: {self.meaning.rstrip('.')}. Not so: {self.broken_row}"


BROKEN_RULES = tuple(
    ColumnSpec(name, int if name == "round_no" else str, is_nullable=False, is_list=False) for name in BrokenRule._fields
)
BROKEN_RULES_COMMENT = (
    "Why a filing that the reader accepted was kept out by this build: the rule (a suite of a gate and its expectation, or a "
    "dbt test), the round, and the rows that broke it, at most twenty a rule. Its figures stay in the other staging tables."
)
