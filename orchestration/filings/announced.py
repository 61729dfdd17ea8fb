"""Whether a filing announces results: a release that speaks of something else may hold the statements of anybody.

Belongs here: the opening of a release, and the words by which it announces results (`wording.csv`). Does not belong here: what
keeps a filing out (`acceptance.py`, `other_documents.py`), or whose a statement is (`statements/entity.py`).

The accounts of a business that is bought, sold or merely let to, a plan given to lenders and a specimen add up like results.
What stands above them says so in words that no list has all of. That results are announced is said in few, and always first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from orchestration.filings.cover import lead_company
from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.other_documents import EARNINGS_ITEMS
from orchestration.filings.records import Severity
from orchestration.filings.statements.findings import SHOWN_CHARS, Finding
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.text.datelines import ended_days
from orchestration.filings.vocabulary import wording

_LEAD_CHARS: Final = 100
"""A paragraph so long that ends a sentence tells something: the first is the lead, and what stands above it headlines."""
_LINE_CHARS: Final = 1_500
_ENDS_SENTENCE: Final = re.compile(r"[a-z0-9)]{2,}[.:]\W{0,3}(?:\s|\Z)")
_FOOTNOTE: Final = re.compile(r"\W*(?:\(?\w\)|\d{1,2}\b|\*+|notes?\W)", re.IGNORECASE)
_SIGNED: Final = re.compile(r"\W{0,6}(?:signatures?\b|pursuant\s+to\s+the\s+requirements\s+of\b)|.{0,80}/s/", re.IGNORECASE)
"""What ends the cover of a form: the release stands below."""
_HEADLINES: Final = 12
"""So many rows of a table, as which some formats have them, may be headlines."""


def of_announced_results(statements: Statements, document: Document, items: Collection[str]) -> Statements:
    """The statements, not proven where the filing announces no results or those of another period; and findings that say so."""
    own = [table for table in statements.tables if table.is_gaap]
    opening = opening_of(document, items, own[0].line) if own else ()
    if not opening:
        return statements
    is_announced = not EARNINGS_ITEMS.isdisjoint(items) or any(map(wording("announces_results").search, opening))
    doubted = _of_other_periods(own, opening) if is_announced else own
    findings = [_of_another_period(table, opening) for table in doubted] if is_announced else [_not_announced(own[0])]
    numbers = {table.number for table in doubted}
    tables = tuple(replace(one, is_doubted=True) if one.number in numbers else one for one in statements.tables)
    return replace(statements, tables=tables, findings=(*statements.findings, *findings))


def opening_of(document: Document, items: Collection[str], first_line: int) -> Sequence[str]:
    """The headlines and the lead of a release above its first statement, at `first_line`, a line each.

    Empty where no sentence stands there: a page of statements is taken for a part of what announces them. `items` are those of
    the cover of a form, below which the release begins.
    """
    above = [(block, _text_of(block)) for block in document.blocks if block.line < first_line]
    signed = [at for at, (_, text) in enumerate(above) if items and _SIGNED.match(text)]
    above = above[signed[-1] + 1 if signed else 0 :]
    leads = [at for at, (_, text) in enumerate(above) if _is_sentence(text)]
    dated = [at for at in leads if lead_company(above[at][1])]
    last = max(leads[:1] + dated[:1], default=-1)
    return list(_lines(block for block, _ in above[: last + 1]))


def _of_other_periods(own: Sequence[StatementTable], opening: Sequence[str]) -> list[StatementTable]:
    """The statements of a kind of which none has a column to a day on which the opening says that a period ended."""
    told = set[date]().union(*map(ended_days, opening))
    dated = [(table, {period.end for period in table.periods if period.end}) for table in own]
    found = {table.statement for table, ends in dated if not told.isdisjoint(ends)}
    return [table for table, ends in dated if told and ends and table.statement not in found]


def _of_another_period(table: StatementTable, opening: Sequence[str]) -> Finding:
    told = ", ".join(map(str, sorted(set[date]().union(*map(ended_days, opening)))))
    message = (
        f"the release announces a period that ended on {told}, and no {table.statement} of it has a column to that day: its"
        " figures are not proven; compare its headings with the text"
    )
    return Finding(Severity.WARNING, "announced_period_not_found", message, table.line, table.title[-SHOWN_CHARS:])


def _not_announced(first: StatementTable) -> Finding:
    message = (
        "neither a cover, a headline nor the first paragraph of the filing announces results: its statements may be another"
        " company's, or not what came to pass, so their figures are not proven; compare what stands above them"
    )
    return Finding(Severity.WARNING, "results_not_announced", message, first.line, first.title[-SHOWN_CHARS:])


def _text_of(block: Paragraph | Table) -> str:
    """The words of a paragraph; a table tells no sentence."""
    return block.text if isinstance(block, Paragraph) else ""


def _lines(blocks: Iterable[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [row.text for row in block.rows[:_HEADLINES]]
        yield from (" ".join(text[:_LINE_CHARS].split()) for text in texts)


def _is_sentence(text: str) -> bool:
    return len(text) >= _LEAD_CHARS and bool(_ENDS_SENTENCE.search(text)) and not _FOOTNOTE.match(text)
