"""Two values for one concept, period and basis in one filing: neither is proven.

Belongs here: which values of a filing contradict each other. Does not belong here: what proves a value (`proof_count.py`), or
values of other releases (`other_releases.py`).

An identity proves the digits of a column, not what the column is of: a segment's, a subsidiary's and one of per cents add up as
well. Where two tables state one thing differently, one of them at least is attributed wrongly; the filing does not say which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from expectations.identities import Amount
from orchestration.filings.records import Problem, Severity, Value

_Key = tuple[object, ...]


def without_rivals(values: Sequence[Value]) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values with no proof for those that another value contradicts, and a problem for each such pair of lines.

    Two values agree where one is the other within the roundings of both.
    """
    stated: dict[_Key, list[Value]] = {}
    for value in values:
        if value.concept and value.value is not None and value.period_end:
            stated.setdefault(_key(value), []).append(value)
    disputed: set[str] = set()
    problems: list[Problem] = []
    for rivals in stated.values():
        first, *others = rivals
        against = next((other for other in others if not _agree(first, other)), None)
        if against is not None:
            disputed.update(value.value_id for value in rivals)
            problems.append(_problem(first, against))
    return tuple(replace(one, proof_count=0) if one.value_id in disputed else one for one in values), problems


def _key(value: Value) -> _Key:
    return value.concept, value.period_end, value.duration_months, value.is_gaap, value.is_restated, value.unit


def _agree(one: Value, other: Value) -> bool:
    if one.value is None or other.value is None:
        return True
    return Amount(one.value, one.rounding).agrees(Amount(other.value, other.rounding))


def _problem(one: Value, other: Value) -> Problem:
    message = (
        f"{one.concept} to {one.period_end} is {one.value} in line {one.source_line} and {other.value} in line"
        f" {other.source_line}: one of them is of something else, so neither is proven; compare the two tables"
    )
    return Problem(one.filing_id, Severity.WARNING, "rival_values", message, other.source_line, other.raw_text)
