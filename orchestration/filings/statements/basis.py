"""On which basis a statement stands: the registrant's own by GAAP, or something else with the same lines.

Belongs here: what the words of a title say of it (`statement_bases.csv`), or of a note below or a sentence above
(`statement_notes.csv`), and a statement of per cents that does not say so.
Does not belong here: which statement a table is (`kinds.py`), or the basis of single columns (`tables/columns.py`).

A segment, a parent alone, an acquired business, a budget and a common-size statement have the lines of a statement and add up
like one: only words tell them from the registrant's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from orchestration.filings.records import Basis
from orchestration.filings.statements.kinds import statement_in_title
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.vocabulary import rows

_NON_GAAP: Final = re.compile(r"\bnon[\s-]*gaap\b", re.IGNORECASE)
_HEADS_COLUMNS: Final = re.compile(r"(?!.*\breconcil)(?=.*\b(?:us )?gaap\b)(?=.*\bother\b)", re.IGNORECASE)
"""A row that names GAAP and the other side by side heads columns, and is no title of either."""
_NOTE: Final = re.compile(r"\s*(?P<mark>\(?\w{1,2}\)|\*{1,3}|[†‡]|notes?\s*:)?\s*", re.IGNORECASE)
_NOTE_CHARS: Final = 400
_SAID_ABOVE: Final = frozenset({Basis.SEGMENT, Basis.PARENT_ONLY, Basis.OTHER_ENTITY, Basis.SUPERSEDED})
_HUNDRED: Final = Decimal(100)


@cache
def _patterns() -> Mapping[Basis, re.Pattern[str]]:
    found: dict[Basis, list[str]] = {}
    for row in rows("statement_bases"):
        found.setdefault(Basis(row["basis"]), []).append(row["pattern"])
    return {basis: re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE) for basis, patterns in found.items()}


@cache
def _notes(place: str) -> tuple[tuple[Basis, re.Pattern[str]], ...]:
    own = (row for row in rows("statement_notes") if row["place"] == place)
    return tuple((Basis(row["basis"]), re.compile(row["pattern"], re.IGNORECASE)) for row in own)


@lru_cache(maxsize=1_024)
def basis_of(title: str) -> Basis:
    """The basis that a title states, from the line that names the statement down; GAAP where it states none.

    Whose a statement is, or that it no longer stands, the line above its name says too: that heads it, as other words may not.
    """
    lines = [line for line in title.split("\n") if statement_in_title(line) or not _heads_columns(line)]
    named = [index for index, line in enumerate(lines) if statement_in_title(line)]
    first = named[-1] if named else 0
    words, with_above = "\n".join(lines[first:]), "\n".join(lines[max(first - 1, 0) :])
    found = (basis for basis, said in _patterns().items() if said.search(with_above if basis in _SAID_ABOVE else words))
    return next(found, Basis.GAAP)


def basis_of_notes(texts: Iterable[str], place: str = "below") -> Basis:
    """The basis that a footnote below a statement, or a sentence above it, states of the whole of it; GAAP where none does.

    A note below has its mark, or ends in a full stop: what has neither may be the title of the next table.
    """
    for text in texts:
        note = _NOTE.match(text) if len(text) <= _NOTE_CHARS else None
        if note and (note["mark"] or place == "above" or text.rstrip().endswith(".")):
            for basis, pattern in _notes(place):
                if pattern.match(text, note.end()):
                    return basis
    return Basis.GAAP


def states_basis(line: str, basis: Basis) -> bool:
    """Whether a line states a basis: the words of that basis, or, for GAAP, the name of the statement."""
    if basis is Basis.GAAP:
        return statement_in_title(line) is not None
    return basis in _patterns() and bool(_patterns()[basis].search(line))


def _heads_columns(line: str) -> bool:
    return bool(_HEADS_COLUMNS.match(_NON_GAAP.sub("other", line)))


def is_of_percentages(items: Sequence[LineItem]) -> bool:
    """Whether revenues are 100 in every column: a statement of per cents of them, whatever its title."""
    for item in items:
        if "Revenues" in item.concepts:
            first = [cell.readings[0].value for cell in item.line.cells if cell.readings]
            return len(first) > 0 and all(value == _HUNDRED for value in first)
    return False
