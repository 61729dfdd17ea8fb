"""What the statement reader could not use, or took for something else.

Belongs here: the record of one such finding, and gathering them. Does not belong here: what is a finding (each step says so).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.filings.records import Severity
from orchestration.filings.tables.rows import LabelledRow

SHOWN_CHARS: Final = 160
"""So much of a title or a sentence is shown with what is found of it."""

Why = tuple[Severity, str, str]
"""Severity, code and message of a finding about a whole table."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the statement reader could not use: `code`, severity, message, line, text."""

    severity: Severity
    code: str
    message: str
    line: int
    text: str


class Findings(list[Finding]):
    """The findings of a document, in the order they were made."""

    def note(self, severity: Severity, code: str, message: str, line: int, about: str | Sequence[LabelledRow]) -> None:
        """Keep a finding about some text, or about rows, of which the first are shown."""
        if not isinstance(about, str):
            about = " / ".join(f"{row.label} {' '.join(item.cell.text for item in row.cells)}".strip() for row in about[:3])
        self.append(Finding(severity, code, message, line, about[:SHOWN_CHARS]))

    def warn(self, code: str, message: str, line: int, about: str | Sequence[LabelledRow]) -> None:
        """Keep a warning."""
        self.note(Severity.WARNING, code, message, line, about)
