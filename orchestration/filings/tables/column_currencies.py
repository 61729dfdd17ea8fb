"""Which columns of a table are in its own currency, where its header sets another over some of them.

Belongs here: columns of a translation ("for the convenience of the reader"), and the words that speak of the others. Does not
belong here: the words of a currency (`text/units.py`), or that of a whole table (`scale.py`).

A figure under the wrong currency closes every identity: where columns cannot be told apart, none is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.tables.body_columns import BodyColumns
from orchestration.filings.tables.heads import over_columns
from orchestration.filings.text.currencies import is_dollar
from orchestration.filings.text.dates import PrintedPeriod
from orchestration.filings.text.units import currencies_over, currency_in, currency_over

_DOLLARS: Final = re.compile(r"\$|\bdollars\b", re.IGNORECASE)


def in_one_currency(
    periods: Sequence[PrintedPeriod], over: Sequence[str | None], header: Sequence[Row], columns: BodyColumns, context: str
) -> tuple[str | None, list[PrintedPeriod]]:
    """The currency of most columns, the first of equals, and the periods without those of columns in another.

    None and all periods where the header does not part its columns by currency. A column without a currency is in that of the
    title. Where none is named there, and columns with and without a currency have the same period, those with it are in it
    where they are more, else no column is known to be in one; nor where a header that names several tells no columns apart.
    `over` are the currencies named over the columns with a period, `context` is the text above the table.
    """
    of_title = currency_in(unit_words(context, header, columns, (), "")) if any(over) else None
    own = [currency or of_title for currency in over]
    counts = Counter(filter(None, own))
    most = max(counts, key=lambda one: counts[one], default=None)
    is_parted = len(counts) > 1 or (len(set(own)) > 1 and len(set(periods)) < len(periods))
    if not is_parted and len(_currencies(header, columns)) < 2:
        return None, list(periods)
    if len(counts) < 2 and (not is_parted or 2 * counts.total() <= len(own)):
        most = None
    return most, [period if most and one == most else PrintedPeriod() for period, one in zip(periods, own, strict=True)]


def _currencies(header: Sequence[Row], columns: BodyColumns) -> set[str]:
    """The currencies that a header names over columns."""
    return {named for row in header for cell in over_columns(row.cells, columns) for named in currencies_over(cell.text)}


def are_of_currencies(header: Sequence[Row], columns: BodyColumns) -> bool:
    """Whether a header names several currencies over columns, or dollars beside one that is none."""
    named = _currencies(header, columns)
    has_dollars = any(_DOLLARS.search(cell.text) for row in header for cell in over_columns(row.cells, columns))
    return len(named) > 1 or (has_dollars and any(not is_dollar(code) for code in named))


def unit_words(context: str, header: Sequence[Row], columns: BodyColumns, kept: Sequence[int], currency: str) -> str:
    """The words above a table and those of its header, of what stands over columns only that of the `kept` in a currency."""
    own = {row.text for row in header}
    lines = [line for line in context.split("\n") if line not in own]
    for row in header:
        over = over_columns(row.cells, columns)
        cells = (cell for cell in row.cells if cell not in over or _is_over(cell, columns, kept, currency))
        lines.append(" ".join(cell.text for cell in cells))
    return "\n".join(lines)


def _is_over(cell: Cell, columns: BodyColumns, kept: Sequence[int], currency: str) -> bool:
    """Whether a cell speaks of columns in one currency: it names that, or names none and stands over one."""
    named = currency_over(cell.text)
    return named == currency if named else any(columns.spans[at].overlaps(cell.left, cell.right) for at in kept)
