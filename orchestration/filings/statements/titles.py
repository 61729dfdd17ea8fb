"""Whether the title of a statement is understood: words of it that nobody knows may say that it is not the registrant's own.

Belongs here: what stands beside the name of a statement, right above it, and below it down to the figures, over the columns
that are read, held against the words that are known (`title_words.csv`). Does not belong here: which basis known words say
(`basis.py`), names of companies (`entity.py`).

"Statements of Income - Managed Basis" or "at our share" adds up like the registrant's own. No list has all such words; what
titles of own statements say is little and always the same, so that is listed instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from orchestration.filings.records import Basis, Severity, Statement
from orchestration.filings.statements.findings import SHOWN_CHARS, Finding
from orchestration.filings.statements.kinds import around_name
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.text.companies import companies_in, name_words
from orchestration.filings.text.currencies import currency_names, currency_signs
from orchestration.filings.text.dates import without_dates
from orchestration.filings.text.units import unit_notes
from orchestration.filings.text.words import with_ligatures, words_parted
from orchestration.filings.vocabulary import rows, wording

_BRACKETED: Final = re.compile(r"\W*\([^()]+\)\W*")
_PART: Final = re.compile(r"[^\W\d_]{2,}")
_HEAD_CHARS: Final = 90
_ADDRESS: Final = re.compile(r"@|\bwww\b|\d{3}\W{1,2}\d{4}\b")
_WORD: Final = re.compile(r"[^\W\d_][\w'&-]+")
_TICKER: Final = re.compile(r"\([A-Za-z][\w .]{1,30}:\s*[A-Z.]{1,6}\)")


@cache
def _known() -> frozenset[str]:
    units = {row["word"] for row in rows("unit_words")}
    currencies = " ".join([*currency_signs(), *currency_names()]).lower().split()
    return frozenset(row["word"] for row in rows("title_words")).union(units, currencies)


def understood(statements: Statements, registrant: str | None) -> Statements:
    """The statements; of one whose title has unknown words the basis is not known, or it is not proven, and a finding says so.

    Its basis is not known where the registrant has another for one of its columns; else it may be the registrant's.
    """
    own = name_words(registrant or "")
    odd = {
        table.number: words for table in statements.tables if table.is_gaap and (words := unknown_words(table.said_above, own))
    }
    sure = {column for table in statements.tables if table.is_gaap and table.number not in odd for column in table.columns}
    tables = tuple(_judged(table, sure) if table.number in odd else table for table in statements.tables)
    findings = [_finding(table, odd[table.number]) for table in statements.tables if table.number in odd]
    return replace(statements, tables=tables, findings=(*statements.findings, *findings))


def _judged(table: StatementTable, sure: set[tuple[Statement, date, int | None]]) -> StatementTable:
    is_beside = not sure.isdisjoint(table.columns)
    return replace(table, basis=Basis.NOT_UNDERSTOOD) if is_beside else replace(table, is_doubted=True)


def unknown_words(title: str, own: frozenset[str]) -> list[str]:
    """The words around the name of a statement that are neither known, nor of a date, a unit or a company's name."""
    parted = "\n".join(map(words_parted, title.split("\n")))
    return words_not_known(_texts(parted, is_named=bool(own)), own.union(*companies_in(title)))


def words_not_known(texts: Iterable[str], named: frozenset[str]) -> list[str]:
    """The words of texts, without their dates and units, that are neither known, nor among those of companies named."""
    known = named | _known()
    whole = (with_ligatures(_without_dates_and_units(text).lower(), known) for text in texts)
    said = (word for text in whole for word in _WORD.findall(text))
    return [word for word in said if word not in known and not known.issuperset(_PART.findall(word))]


def _without_dates_and_units(text: str) -> str:
    notes = unit_notes(text)
    starts, ends = [0, *(note.end for note in notes)], [*(note.start for note in notes), len(text)]
    return _TICKER.sub(" ", without_dates(" ".join(text[start:end] for start, end in zip(starts, ends, strict=True))))


def _texts(title: str, *, is_named: bool) -> Iterator[str]:
    """What qualifies a statement: the rest of the line that names it, the lines below, and the one right above.

    That one is often the name of the registrant: where it `is_named` nowhere, only what stands in parentheses is meant.
    """
    above, own, below = around_name(title)
    lines = (*filter(_qualifies if is_named else _BRACKETED.fullmatch, above[-1:]), own, *below)
    return (line for line in lines if not wording("note_of_source").match(line))


def _qualifies(line: str) -> bool:
    """Whether a line above the name of a statement may speak of it: a sentence and an address do not."""
    return len(line) <= _HEAD_CHARS and not (line.rstrip().endswith(".") or _ADDRESS.search(line))


def _finding(table: StatementTable, words: list[str]) -> Finding:
    message = (
        f'the title of this {table.statement} says "{" ".join(words)[:80]}", which the vocabulary does not know: it may be on'
        " another basis, so its figures are not proven; compare it with the filing, or add words to"
        " data/vocabulary/title_words.csv or statement_bases.csv"
    )
    return Finding(Severity.WARNING, "title_not_understood", message, table.line, table.title[-SHOWN_CHARS:])
