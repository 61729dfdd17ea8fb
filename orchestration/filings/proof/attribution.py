"""Whether a statement's unit and period are witnessed: without that, sums prove the digits of a value and not the value.

Belongs here: which statements state or show what a printed figure is worth, which are another company's or run the other way,
and which columns have a day that is printed. Does not belong here: finding the unit (`tables/scale.py`, `anchors.py`) or the
order (`tables/period_consistency.py`), what proves the digits (`proof_count.py`), or the row of each witness (`witnesses.py`).

Witnesses of the scale: a note of the statement's own (title, header, note below, a note on all amounts), or figures told in
prose. Where no words state one, figures are whole units; of that a per-share identity is a witness, but only with share counts
so large that they cannot be in thousands: with both in thousands the identity closes just as well. A note alone is no witness
where it makes more shares than companies have ("in millions" misprinted for thousands closes every identity).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from orchestration.filings.records import Attribution, Figure, FigureOutcome, Problem, Severity, Value, Witness
from orchestration.filings.statements.read import StatementTable
from orchestration.filings.tables.said import Said, shown
from orchestration.filings.text.currencies import COUNTRY_CHARS, currency_names, either, is_dollar
from orchestration.filings.vocabulary import rows, wording

_MOST_SHARES: Final = Decimal(10_000_000_000)
"""More shares than all but a few companies have."""
_WHOLE_SHARES: Final = _MOST_SHARES / 1_000
"""So many shares are printed one by one: in thousands they would be more than companies have."""
_REPORTING: Final = re.compile(
    r"\breporting\s+currency\s*(?::|is|was|to)\s[^.\n]{0,60}|\b(?:reports|results)\s+in\s+(?:C|A|HK|S|NZ|NT)\$", re.IGNORECASE
)
_US_DOLLARS: Final = re.compile(r"\bUSD\b|\bU\.?S\.?\s?\$|\b(?:U\.?S\.?|United\s+States)\s+dollars?\b", re.IGNORECASE)
_LEAD_CHARS: Final = 8_000
"""A release tells its tickers in its first paragraphs."""
_CLAUSE_CHARS: Final = 160
_CLAUSE_END: Final = re.compile(r"[;:]|[.!?](?=\s)|\n\s*\n")
_US: Final = re.compile(r"\bU\.?S\.?(?:\b|\$)|\bUnited\s+States\b")


@cache
def _other_dollars() -> tuple[str, ...]:
    """The names of the dollars of other countries than the United States."""
    named = currency_names().items()
    return tuple(name for name, code in named if name.endswith(("dollar", "dollars")) and code not in ("", "USD"))


@cache
def _named_dollars() -> re.Pattern[str]:
    """A pattern of the name of the dollars of another country."""
    return re.compile(rf"(?<![^\s(])(?:{either(_other_dollars(), in_any_case=True)})\b", re.IGNORECASE)


@cache
def _own_dollars() -> re.Pattern[str]:
    """A pattern of words that say in which dollars a company reports, of countries other than the United States."""
    names = _other_dollars()
    countries = {name.removeprefix("new ")[:COUNTRY_CHARS] for name in names}
    return re.compile(
        r"\b(?:report(?:s|ed)?|present(?:s|ed)?|express(?:ed|es)?|stated|amounts\s+(?:are|in))\b[^.;]{0,60}?"
        rf"\b(?:{either(names, in_any_case=True)})\b[^.;]{{0,20}}"
        rf"|\bdollars?\b[^.;]{{0,80}}?\b(?:of|in)\s(?:new\s)?(?:{either(countries, in_any_case=True)})[a-z]*",
        re.IGNORECASE,
    )


@cache
def _listed() -> re.Pattern[str]:
    """A pattern of a ticker on an exchange of a country, not the United States, that has a dollar."""
    own = [row["exchange"] for row in rows("exchanges") if row["market"] != "US" and is_dollar(f"{row['market']}D")]
    return re.compile(rf"\b(?:{either(own, in_any_case=True)})\b[^():;\n]{{0,20}}:\s*[A-Z0-9]{{1,6}}\b", re.IGNORECASE)


_SHARES: Final = "WeightedAverageShares"


def with_whole_units(tables: Sequence[StatementTable], values: Sequence[Value]) -> tuple[StatementTable, ...]:
    """The statements; of those whose scale no words state, with share counts printed one by one as witness, where there are.

    None where another statement is in thousands: then shares printed one by one say nothing of money.
    """
    shares = next((value for value in values if _shows_whole_units(value, values)), None)
    if shares is None or any(table.scale.money != 1 for table in tables):
        return tuple(tables)
    said = Said(Witness.PER_SHARE, shares.source_line, f"{shares.label} {shares.raw_text or ''}".strip())
    return tuple(
        table
        if table.scale.is_stated or table.scale.is_borrowed
        else replace(table, scale=table.scale._replace(money_said=shown(said)))
        for table in tables
    )


def with_witnessed_units(
    filing_id: str, tables: Sequence[StatementTable], values: Sequence[Value], figures: Sequence[Figure]
) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values, unproven where nothing witnesses the scale of their statement or its title or order of columns is odd.

    With a problem for each statement without a scale, or with one that only too many shares go with.
    """
    unwitnessed = [table for table in tables if not table.scale.is_stated]
    oversized = _oversized(tables, values, figures)
    doubtful = [table for table in tables if table.is_doubted]
    numbers = {table.number for table in (*unwitnessed, *oversized, *doubtful)}
    problems = [*(_problem(filing_id, table) for table in unwitnessed), *(_too_large(filing_id, one) for one in oversized)]
    return tuple(replace(one, proof_count=0) if one.table_no in numbers else one for one in values), problems


def with_witnessed_currency(
    filing_id: str, tables: Sequence[StatementTable], values: Sequence[Value], words: str
) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values, unproven where a "$" that names no country is theirs and the text speaks for the dollars of another.

    So it does where it reports in them, and where the company is listed there and no words say US dollars.
    """
    doubted = [one for one in tables if not one.scale.is_currency_stated]
    told = _told_of_another(words) if doubted else None
    doubted = doubted if told and not _US.search(told) else []
    numbers = {table.number for table in doubted}
    problems = [
        Problem(
            filing_id,
            Severity.NOTE,
            "currency_doubted",
            f'no words name the currency of this {table.statement}, and the text says "{" ".join(told.split())}": its'
            " figures are not proven; compare them with the filing",
            table.line,
        )
        for table in doubted
        if told
    ]
    return tuple(replace(one, proof_count=0) if one.table_no in numbers else one for one in values), problems


def _told_of_another(words: str) -> str | None:
    """What a text says of the dollars of another country: that they are its own, or that the company is listed there.

    Of all else that it says of them, only what it says of exchange rates is known to mean no figure of its tables.
    """
    speaks_of_dollars = "ollar" in words or "OLLAR" in words
    if found := (_own_dollars().search(words) if speaks_of_dollars else None) or _REPORTING.search(words):
        return found.group()
    named = (_clause_around(words, one) for one in (_named_dollars().finditer(words) if speaks_of_dollars else ()))
    if said := next((clause for clause in named if not wording("of_exchange_rates").search(clause)), None):
        return said
    listed = None if _US_DOLLARS.search(words) else _listed().search(words, 0, _LEAD_CHARS)
    return listed.group() if listed else None


def _clause_around(words: str, found: re.Match[str]) -> str:
    """The clause that words stand in."""
    before = _CLAUSE_END.split(words[max(found.start() - _CLAUSE_CHARS, 0) : found.start()])[-1]
    return before + found.group() + _CLAUSE_END.split(words[found.end() : found.end() + _CLAUSE_CHARS])[0]


def with_witnessed_periods(values: Sequence[Value], columns: Sequence[Attribution]) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values, unproven where no line of the filing says the last day of their column; and a problem for each such one."""
    undated = {(one.table_no, one.column_no) for one in columns if one.period_witness is Witness.NOTHING and one.period_end}
    problems = [
        Problem(
            one.filing_id,
            Severity.NOTE,
            "period_not_witnessed",
            f"no line of the filing says {one.period_end}, the day that column {one.column_no} of a {one.statement} is taken to"
            " end on: its figures are not proven; compare its heading with the filing",
        )
        for one in columns
        if (one.table_no, one.column_no) in undated
    ]
    kept = tuple(replace(one, proof_count=0) if (one.table_no, one.column_no) in undated else one for one in values)
    return kept, problems


def _oversized(tables: Sequence[StatementTable], values: Sequence[Value], figures: Sequence[Figure]) -> list[StatementTable]:
    """The statements at a scale that makes more shares than companies have, without a figure in the text that bears it out.

    Not where a share earns more than one of its currency: the few companies with so many shares are large, and earn so much.
    """
    told = {one.value_id for one in figures if one.outcome is FigureOutcome.MATCH}
    borne_out = {value.table_no for value in values if value.value_id in told}
    many = {value.table_no for value in values if _is_of_shares(value) and (value.value or 0) >= _MOST_SHARES}
    many -= {value.table_no for value in values if value.unit.endswith("/share") and abs(value.value or Decimal(0)) >= 1}
    scales = {
        table.scale.money for table in tables if table.number in many - borne_out and table.scale.shares == table.scale.money
    }
    return [table for table in tables if table.scale.money in scales - {Decimal(1)} and table.number not in borne_out]


def _is_of_shares(value: Value) -> bool:
    return (value.concept or "").startswith(_SHARES)


def _shows_whole_units(shares: Value, values: Sequence[Value]) -> bool:
    """Whether a value is a share count printed one by one, with a proven per-share figure in its column."""
    if not _is_of_shares(shares) or (shares.value or 0) < _WHOLE_SHARES:
        return False
    column = shares.table_no, shares.column_no
    return shares.rounding == 1 and any(
        (value.table_no, value.column_no) == column and value.unit.endswith("/share") and value.proof_count for value in values
    )


def _problem(filing_id: str, table: StatementTable) -> Problem:
    message = (
        f"no words state the scale of the {table.statement} at line {table.line}, and neither the text nor per-share figures"
        f" show it: it is taken for {table.scale.money:,f}, and its figures are not proven; compare them with the filing"
    )
    return Problem(filing_id, Severity.NOTE, "scale_not_witnessed", message, table.line)


def _too_large(filing_id: str, table: StatementTable) -> Problem:
    message = (
        f"the shares of this filing come to more than {_MOST_SHARES:,f} at the stated scale, {table.scale.money:,f}, and no"
        f" figure told in the text bears it out for the {table.statement}: its figures are not proven; compare its note with"
        " another filing"
    )
    return Problem(filing_id, Severity.NOTE, "scale_not_plausible", message, table.line)
