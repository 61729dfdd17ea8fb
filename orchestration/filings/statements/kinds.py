"""Which table is what: an income statement, a balance sheet, a cash flow statement, or none of them.

Belongs here: the evidence of titles and line items for the kind of a table. Does not belong here: on which basis it stands
(`basis.py`), or reading it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from orchestration.filings.records import Statement
from orchestration.filings.statements.line_items import concepts_in
from orchestration.filings.tables.rows import LabelledRow
from orchestration.filings.text.labels import concepts_of_label
from orchestration.filings.vocabulary import wording

_LEAST_CONCEPTS: Final = 3
"""Three line items of one statement, two of them essential, are no accident of words."""


@lru_cache(maxsize=1_024)
def statement_in_title(title: str) -> Statement | None:
    """The statement that a title names: the last one named, as the nearest to the table."""
    found = [(match.start(), kind) for kind in Statement for match in wording(f"title_of_{kind}").finditer(title)]
    return max(found)[1] if found else None


def around_name(title: str) -> tuple[list[str], str, list[str]]:
    """The lines above the name of a statement, its line without the name, and the lines below; empty where none is named."""
    lines = title.split("\n")
    at = next((at for at in range(len(lines) - 1, -1, -1) if statement_in_title(lines[at])), None)
    if at is None:
        return [], "", []
    own = lines[at]
    for kind in Statement:
        own = wording(f"title_of_{kind}").sub(" ", own)
    return lines[:at], own, lines[at + 1 :]


def kind_of(rows: Sequence[LabelledRow], title: str) -> Statement | None:
    """The kind of a table by its line items, with the title to part what they leave open; None where it is none.

    One whose totals have no names is what its title says.
    """
    named = statement_in_title(title)
    scores = {kind: _score(rows, kind, kind is named) for kind in Statement}
    best = max(scores, key=lambda kind: (scores[kind], kind is named))
    if named is Statement.CASH_FLOW and scores[best] < 2 * _LEAST_CONCEPTS:
        return named
    if scores[best] >= _LEAST_CONCEPTS:
        return best
    has_name = [row.has_words for row in rows if row.cells]
    return named if _LEAST_CONCEPTS <= has_name.count(False) < has_name.count(True) else None


def concepts_of(rows: Sequence[LabelledRow], kind: Statement) -> set[str]:
    """The concepts that the lines of a table name."""
    return concepts_named((row.label for row in rows if row.cells), kind)


def concepts_named(labels: Iterable[str], kind: Statement) -> set[str]:
    """The concepts that some labels name in a statement."""
    return {concept for label in labels for concept in concepts_of_label(label, kind)}


def _score(rows: Sequence[LabelledRow], kind: Statement, is_titled: bool) -> int:
    """Line items of a kind; a title stands in for one of the essential ones, and below it headings count too."""
    found = concepts_named((row.label for row in rows), kind) if is_titled else concepts_of(rows, kind)
    return len(found) if len(found & concepts_in(f"essential_in_{kind}")) + is_titled >= 2 else 0
