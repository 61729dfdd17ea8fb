"""What the prose of a release says of the units and the periods of its statements.

Belongs here: a scale or a currency that no note states, found by figures told in prose; a stated one that they contradict;
statements of one filing at different scales, of which they bear out some, or in different currencies; columns whose headings
they show to be swapped. Does not belong here: the words of notes (`text/units.py`), reading the prose (`narrative/`), whether
one figure agrees with its cell (`narrative/reconciliation.py`), or statements that it tells otherwise (`told_otherwise.py`).

Every identity is linear in one column: it closes at any scale, in any currency and under any heading. Figures told in prose are
stated in full, with their period, and so are witnesses of all three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from expectations.identities import Amount
from orchestration.filings.records import Figure, Severity, Statement, Witness
from orchestration.filings.statements.findings import SHOWN_CHARS, Finding, Why
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.tables.lines import CellReading
from orchestration.filings.tables.said import UNSAID, Said, shown
from orchestration.filings.text.currencies import is_dollar
from orchestration.filings.text.dates import PrintedPeriod

_FACTORS: Final = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))
_LEAST_DIGITS: Final = 3
"""A figure with fewer digits that differ from nought is too coarse to be the one witness of a scale."""
_LONG: Final = 5
"""A figure of so many digits, noughts at its end apart, is known by them alone."""
_LEAST_AGAINST: Final = 2
"""So many figures, and most of those that speak of the table, must contradict it: one may be of something else."""
_BEFORE_SIGN: Final = "(\\-–—− "
_MILLION: Final = 1_000_000
_MILLIONS_TOLD: Final = re.compile(r"[$€£]\s?(?:\d[\d.,]*\s+[mb]illion\b|\d{1,3}(?:,\d{3}){2})", re.IGNORECASE)


class _Vote(NamedTuple):
    """What one told figure says of the column it is of: at which factor a cell is the figure, and in which column it stands.

    `found_at` is the last day of that other column; `columns` are the one of its period and, if it stands in another, that one.
    """

    figure: Figure
    factor: Decimal
    is_own_column: bool
    found_at: date | None = None
    columns: frozenset[int] = frozenset()


def anchored(statements: Statements, figures: Sequence[Figure], words: str) -> Statements:
    """The statements with the units that the prose bears out, without those that it contradicts, and why for each."""
    tables: list[StatementTable] = []
    findings = list(statements.findings)
    asked: list[tuple[StatementTable, list[_Vote]]] = []
    for printed in statements.tables:
        votes = list(_votes(printed, [figure for figure in figures if figure.value]))
        table, said = _with_units(printed, votes)
        asked.append((table, [vote for vote in votes if _may_be_in(table.scale.currency, vote.figure)]))
        findings += [Finding(*one, table.line, "") for one in said]
    contradicted = {table.scale.money: why for table, votes in asked if (why := _why_no_scale(table, votes))}
    for table, votes in asked:
        is_borne_out = any(vote.is_own_column and vote.factor == table.scale.money for vote in votes)
        why_not = None if is_borne_out else contradicted.get(table.scale.money)
        why_not = _why_no_scale(table, votes) or why_not or _why_withheld(table, words)
        if why_not is None and (crossed := _crossed_columns(table, votes)):
            why_not = _why_crossed(table, crossed, votes)
            tables.append(_without_columns(table, crossed))
        elif why_not is None:
            why_not = _why_unproven(table, votes)
            tables.append(replace(table, scale=table.scale._replace(money_said=UNSAID)) if why_not else table)
        findings += [Finding(*why_not, table.line, "")] if why_not else []
    borne_out = {table.number for table, votes in asked if any(one.factor == table.scale.money for one in _own(votes))}
    tables, differing = _with_scales_compared(tables, borne_out)
    tables, translated = _with_translations_doubted(_in_one_currency(_in_dollars_told(tables, figures)))
    return replace(statements, tables=tuple(tables), findings=(*findings, *differing, *translated))


def _with_translations_doubted(tables: Sequence[StatementTable]) -> tuple[list[StatementTable], list[Finding]]:
    """The statements; of two of one kind and period in two currencies, that in another than most are in is not proven.

    Nor is either where as many are in the one as in the other. A translation for the convenience of readers adds up too.
    """
    own = [table for table in tables if table.is_gaap and table.periods]
    most = Counter(table.scale.currency for table in own).most_common()
    main = next((currency for currency, count in most[:1] if [count] != [other for _, other in most[1:2]]), None)
    doubted = [
        table
        for table in own
        if table.scale.currency != main
        and any(one.scale.currency != table.scale.currency and not one.columns.isdisjoint(table.columns) for one in own)
    ]
    findings = [
        Finding(
            Severity.WARNING,
            "another_currency",
            f"this {table.statement} is in {table.scale.currency}, and another for the same period is not: one may be a"
            " translation of the other, so its figures are not proven; compare them with the filing",
            table.line,
            table.title[-SHOWN_CHARS:],
        )
        for table in doubted
    ]
    numbers = {table.number for table in doubted}
    return [replace(one, is_doubted=True) if one.number in numbers else one for one in tables], findings


def _own(votes: Sequence[_Vote]) -> Iterator[_Vote]:
    return (vote for vote in votes if vote.is_own_column)


def _with_scales_compared(tables: list[StatementTable], borne_out: set[int]) -> tuple[list[StatementTable], list[Finding]]:
    """The statements; where those of the registrant state different scales, one that nothing else bears out is not proven.

    A figure in the text bears it out, and so do earnings per share of shares in another scale than money: income over shares
    gives them at one distance of the two alone. Of income and shares in one scale it gives them at any, so it says nothing.
    """
    own = [table for table in tables if table.is_gaap and table.scale.is_stated]
    if len({table.scale.money for table in own}) < 2:
        return tables, []
    sure = {table.number for table in own if table.number in borne_out or _has_shares_in_another_scale(table)}
    doubted = [table for table in own if table.number not in sure]
    findings = [
        Finding(
            Severity.WARNING,
            "scales_differ",
            f"this {table.statement} states its figures in {table.scale.money:,f}, and another statement does not: one of the"
            " notes may be misprinted, so its figures are not proven; compare them with the text",
            table.line,
            table.title[-SHOWN_CHARS:],
        )
        for table in doubted
    ]
    return [replace(table, is_doubted=True) if table in doubted else table for table in tables], findings


def _has_shares_in_another_scale(table: StatementTable) -> bool:
    return table.scale.shares != table.scale.money and any(
        concept.startswith("EarningsPerShare") for item in table.line_items for concept in item.concepts
    )


def in_own_dollars(figures: Sequence[Figure], statements: Statements) -> tuple[Figure, ...]:
    """The figures, a bare "$" taken for the dollar of the statements where all that state a currency state one dollar."""
    stated = {table.scale.currency for table in statements.tables if table.scale.is_currency_stated}
    own = stated.pop() if len(stated) == 1 else "USD"
    if own == "USD" or not is_dollar(own):
        return tuple(figures)
    return tuple(replace(one, unit=one.unit.replace("USD", own)) if _is_bare(one) else one for one in figures)


def _is_bare(figure: Figure) -> bool:
    """Whether a figure is told in "$" alone: dollars are many."""
    return figure.raw_text.lstrip(_BEFORE_SIGN).startswith("$")


def _may_be_in(currency: str, figure: Figure) -> bool:
    """Whether a told figure may be of a currency: it says so, or it says "$" of one that is a dollar."""
    return figure.unit.partition("/")[0] == currency or (_is_bare(figure) and is_dollar(currency))


def _in_dollars_told(tables: Sequence[StatementTable], figures: Sequence[Figure]) -> list[StatementTable]:
    """The statements in the dollars of the text, where it never tells any but those of one country ("A$71.2 million")."""
    told = [one for one in figures if is_dollar(one.unit)]
    units = {one.unit for one in told}
    if len(units) != 1 or units == {"USD"} or any(map(_is_bare, told)):
        return list(tables)
    said = shown(Said(Witness.PROSE, told[0].source_line, told[0].text))
    return [
        table
        if table.scale.is_currency_stated or not is_dollar(table.scale.currency)
        else replace(table, scale=table.scale._replace(currency=told[0].unit, currency_said=said))
        for table in tables
    ]


def _in_one_currency(tables: Sequence[StatementTable]) -> tuple[StatementTable, ...]:
    """The statements with the currency that others of the registrant state, where their own words and signs say none.

    A "$" beside figures says that they are of some dollar.
    """
    own = [table.scale for table in reversed(tables) if table.is_gaap and table.scale.is_currency_stated]
    stated = {scale.currency: scale.currency_said for scale in own}
    if len(stated) != 1:
        return tuple(tables)
    [(only, said)] = stated.items()
    said = said._replace(witness=Witness.OTHER_STATEMENTS)
    return tuple(
        replace(table, scale=table.scale._replace(currency=only, currency_said=said))
        if not table.scale.is_currency_stated and (is_dollar(only) or not _has_dollars(table))
        else table
        for table in tables
    )


def _has_dollars(table: StatementTable) -> bool:
    return table.scale.currency_said.witness is Witness.DOLLAR_SIGN


def _votes(table: StatementTable, figures: Sequence[Figure]) -> Iterator[_Vote]:
    cells = _cells_by_concept(table)
    for figure in figures:
        if table.scale.is_currency_stated and not _may_be_in(table.scale.currency, figure):
            continue
        metric = figure.metric if figure.period_end or not table.scale.is_stated else None
        printed = cells.get(metric, ()) if metric else None
        of_it = [(number, reading) for number, reading in printed or () if _is_of(table, number, figure)]
        columns = frozenset(number for number, _ in of_it)
        own = [reading for _, reading in of_it] if printed is not None else _with_its_digits(table, figure)
        for factor in sorted(_FACTORS, key=lambda one: one != table.scale.money):
            if any(_is_the_figure(reading, figure, factor) for reading in own):
                yield _Vote(figure, factor, is_own_column=True, columns=columns)
                break
        else:
            others = [(number, reading) for number, reading in printed or () if own and _is_beside(table, number, figure)]
            found = [number for number, reading in others if _is_the_figure(reading, figure, table.scale.money)]
            if found:
                end = table.periods[found[0]].end
                yield _Vote(figure, table.scale.money, is_own_column=False, found_at=end, columns=columns | {found[0]})


def _with_its_digits(table: StatementTable, figure: Figure) -> list[CellReading]:
    """The readings with the digits of a figure that is told of no line or period: with so many, no other figure has them."""
    if not _is_long(figure.value / figure.rounding) or "share" in figure.unit:
        return []
    items = (item for item in table.line_items if item.is_money)
    found = (cell.readings[0] for item in items for cell in item.line.cells if cell.readings)
    return [reading for reading in found if _is_long(reading.value / reading.step)]


def _is_long(digits: Decimal) -> bool:
    return len(str(abs(int(digits))).rstrip("0")) >= _LONG


def _cells_by_concept(table: StatementTable) -> dict[str, list[tuple[int, CellReading]]]:
    """The first readings of the money lines by concept, each with the number of its column."""
    found: dict[str, list[tuple[int, CellReading]]] = {}
    for item in table.line_items:
        for number, cell in enumerate(item.line.cells if item.is_money else ()):
            if cell.readings and cell.readings[0].value:
                for concept in item.concepts:
                    found.setdefault(concept, []).append((number, cell.readings[0]))
    return found


def _months(table: StatementTable, number: int) -> int | None:
    return 0 if table.statement is Statement.BALANCE else table.periods[number].months


def _is_of(table: StatementTable, number: int, figure: Figure) -> bool:
    """Whether a column is that of a told figure; of one told without a day, each may be."""
    if figure.period_end is None:
        return True
    return table.periods[number].end == figure.period_end and _months(table, number) == figure.duration_months


def _is_beside(table: StatementTable, number: int, figure: Figure) -> bool:
    """Whether a column is another one of the same length: the one that a swapped head would name."""
    end = table.periods[number].end
    return end is not None and end != figure.period_end and _months(table, number) == figure.duration_months


def _is_the_figure(reading: CellReading, figure: Figure, factor: Decimal) -> bool:
    told = Amount(abs(figure.value), figure.rounding)
    return Amount(abs(reading.value) * factor, reading.step * factor).agrees(told)


def _with_units(table: StatementTable, votes: Sequence[_Vote]) -> tuple[StatementTable, list[Why]]:
    """The table with a scale and a currency that no note states, where the prose leaves one; and what was taken."""
    scale, found = table.scale, list[Why]()
    if not scale.is_stated and (factor := _agreed_factor(votes)) is not None:
        shares = scale.shares if scale.shares != scale.money else factor
        scale = scale._replace(money=factor, shares=shares, money_said=_told(votes))
        message = f"no note states the scale of this {table.statement}: figures told in the text show a factor of {factor:,f}"
        found.append((Severity.NOTE, "scale_by_prose", message))
    if not scale.is_currency_stated:
        own = [vote.figure for vote in votes if vote.is_own_column and vote.factor == scale.money]
        currencies = {figure.unit for figure in own if not _is_bare(figure)}
        told = currencies.pop() if len(currencies) == 1 else None
        if told and all(_may_be_in(told, figure) for figure in own):
            scale = scale._replace(currency=told, currency_said=_told(votes))
    return replace(table, scale=scale), found


def _told(votes: Sequence[_Vote]) -> Said:
    """The first figure told that stands in its own column of the table, as a witness."""
    figure = next(vote.figure for vote in votes if vote.is_own_column)
    return shown(Said(Witness.PROSE, figure.source_line, figure.text))


def _agreed_factor(votes: Sequence[_Vote]) -> Decimal | None:
    """The one factor at which told figures are cells of the table, if they are enough to say so."""
    said = [vote for vote in votes if vote.is_own_column]
    if len({vote.factor for vote in said}) != 1:
        return None
    sharpest = max(_digits(vote.figure) for vote in said)
    return said[0].factor if sharpest >= _LEAST_DIGITS or len(said) > 1 else None


def _digits(figure: Figure) -> int:
    return len(str(abs(int(figure.value / figure.rounding))))


def _why_no_scale(table: StatementTable, votes: Sequence[_Vote]) -> Why | None:
    """What keeps a table out, and those that state the same scale and that no figure bears out: the text speaks of another."""
    own = Counter(vote.factor for vote in votes if vote.is_own_column)
    bearing = own[table.scale.money]
    against = max(((count, factor) for factor, count in own.items() if factor != table.scale.money), default=(0, Decimal(1)))
    if against[0] >= _LEAST_AGAINST and against[0] > bearing:
        message = (
            f"{against[0]} figures told in the text are those of this {table.statement} times {against[1]:,f}, but {bearing} at"
            f" its stated scale, {table.scale.money:,f}; it was not read: compare the note above it with the text"
        )
        return Severity.WARNING, "scale_contradicted", message
    return None


def _why_unproven(table: StatementTable, votes: Sequence[_Vote]) -> Why | None:
    """What keeps the figures of a table unproven: one of them is told at another scale, and none at the stated one."""
    own = [vote for vote in votes if vote.is_own_column and _digits(vote.figure) >= _LEAST_DIGITS]
    if not own or any(vote.factor == table.scale.money for vote in votes if vote.is_own_column):
        return None
    message = (
        f'"{own[0].figure.raw_text}" in the text is a figure of this {table.statement} times {own[0].factor:,f}, and not'
        f" {table.scale.money:,f} as it states: its figures are not proven; compare the note above it with the text"
    )
    return Severity.WARNING, "scale_doubted", message


def _why_withheld(table: StatementTable, words: str) -> Why | None:
    """What keeps a table out whose scale no words state: the text speaks of millions."""
    if not (table.scale.is_stated or table.scale.is_borrowed) and _speaks_of_more(table, words):
        message = (
            f"no words state the scale of this {table.statement}: its figures stay below a million, and the text speaks of"
            " millions; not read: compare it with the filing"
        )
        return Severity.WARNING, "scale_unknown", message
    return None


def _crossed_columns(table: StatementTable, votes: Sequence[_Vote]) -> frozenset[int]:
    """The columns that the text speaks of the other way round, where more of it does than bears out their heads."""
    bearing = sum(vote.is_own_column and vote.factor == table.scale.money for vote in votes)
    swapped = len({vote.figure.text for vote in votes if not vote.is_own_column})
    if table.statement is Statement.BALANCE and _are_crossed(votes):
        swapped = max(swapped, _LEAST_AGAINST)
    if swapped < _LEAST_AGAINST or swapped <= 2 * bearing:
        return frozenset()
    borne_out = Counter(column for vote in votes if vote.is_own_column for column in vote.columns)
    against = Counter(vote.columns for vote in votes if not vote.is_own_column)
    crossed = [two for two, count in against.items() if count > sum(borne_out[one] for one in two)]
    return frozenset[int]().union(*crossed) or frozenset(range(len(table.periods)))


def _why_crossed(table: StatementTable, crossed: frozenset[int], votes: Sequence[_Vote]) -> Why:
    swapped = len({vote.figure.text for vote in votes if not vote.is_own_column})
    columns = ", ".join(str(number + 1) for number in sorted(crossed))
    message = (
        f"figures of {swapped} sentences stand in another column of this {table.statement} than that of their period: columns"
        f" {columns} were not read, and the others are not proven; compare its headings with the text"
    )
    return Severity.WARNING, "periods_contradicted", message


def _without_columns(table: StatementTable, crossed: frozenset[int]) -> StatementTable:
    """The table without the periods of columns whose heads are swapped; what is left is not proven."""
    periods = tuple(PrintedPeriod() if number in crossed else one for number, one in enumerate(table.periods))
    return replace(table, periods=periods, is_doubted=True)


def _are_crossed(votes: Sequence[_Vote]) -> bool:
    """Whether of one metric two figures each stand in the other's column: one sentence often tells both ends of a period."""
    crossed = {(vote.figure.metric, vote.figure.period_end, vote.found_at) for vote in votes if not vote.is_own_column}
    return any((metric, found_at, told) in crossed for metric, told, found_at in crossed)


def _speaks_of_more(table: StatementTable, words: str) -> bool:
    """Whether the text speaks of millions while the figures of a table stay below one: whole units they are not."""
    printed = (cell.readings[0].value for item in table.line_items for cell in item.line.cells if cell.readings)
    return max(map(abs, printed), default=Decimal(0)) < _MILLION and bool(_MILLIONS_TOLD.search(words))
