"""Statements whose figures the text of their filing tells otherwise: they may be those of somebody else.

Belongs here: that one question, asked of all statements of a filing together. Does not belong here: units and periods that the
text contradicts (`anchors.py`), or whether one figure agrees with its cell (`narrative/reconciliation.py`).

One figure that differs is often of a part, or adjusted. Where the text tells several totals of a period and not one of its
figures is that of any statement, the statements are not those that it speaks of. Where it tells the totals of a column for
another stretch of months to the same day, the head of that column is misprinted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from expectations.intervals import Interval
from orchestration.filings.records import Figure, FigureOutcome, Problem, Severity, Value

_TOTALS: Final = frozenset({"Revenues", "NetIncomeLoss", "CashAndCashEquivalents", "Assets"})
"""Those that are seldom told of a part: operating income often is."""
_LEAST: Final = 2
"""So many totals must be told otherwise: one alone, and its amount per share, may be adjusted."""


def unless_told_otherwise(
    filing_id: str, values: Sequence[Value], figures: Sequence[Figure]
) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values, all unproven where the text tells several totals of their periods otherwise and none as printed."""
    if any(figure.outcome is FigureOutcome.MATCH for figure in figures):
        return tuple(values), []
    own = {
        (one.concept, one.period_end, one.duration_months or 0): one for one in values if one.is_gaap and one.value is not None
    }
    told = [
        figure
        for figure in figures
        if figure.metric in _TOTALS and (figure.metric, figure.period_end, figure.duration_months or 0) in own
    ]
    if len({figure.metric for figure in told}) < _LEAST:
        return tuple(values), []
    first = own[(told[0].metric, told[0].period_end, told[0].duration_months or 0)]
    message = (
        f'"{told[0].raw_text}" in the text is not the {told[0].metric} of {told[0].period_end} that the statements have'
        f' ("{first.raw_text}"), and no figure told in it is one of theirs: they may be another company\'s, so their figures'
        " are not proven; compare them with the text"
    )
    problem = Problem(filing_id, Severity.WARNING, "told_otherwise", message, told[0].source_line, told[0].text)
    return tuple(replace(value, proof_count=0) for value in values), [problem]


def unless_of_another_stretch(
    filing_id: str, values: Sequence[Value], figures: Sequence[Figure]
) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values, those of a stretch of months unproven whose totals the text tells for another one to the same day."""
    told = Counter(figure.duration_months for figure in figures if figure.outcome is FigureOutcome.MATCH)
    cells = dict[tuple[str | None, date | None], list[Value]]()
    for value in values:
        if value.is_gaap and value.concept in _TOTALS:
            cells.setdefault((value.concept, value.period_end), []).append(value)
    otherwise = dict[int, list[Figure]]()
    for figure in figures:
        for months in _other_stretches(figure, cells.get((figure.metric, figure.period_end), ())):
            otherwise.setdefault(months, []).append(figure)
    doubted = {months: said for months, said in otherwise.items() if len(said) >= _LEAST and len(said) > told[months]}
    problems = [
        Problem(
            filing_id,
            Severity.WARNING,
            "stretch_told_otherwise",
            f'"{said[0].raw_text}" in the text is of {said[0].duration_months} months, and the statements have it under'
            f" {months}: their heads may be misprinted, so the figures of {months} months are not proven; compare the two",
            said[0].source_line,
            said[0].text,
        )
        for months, said in sorted(doubted.items())
    ]
    return tuple(replace(one, proof_count=0) if one.duration_months in doubted else one for one in values), problems


def _other_stretches(figure: Figure, cells: Sequence[Value]) -> set[int]:
    """The stretches of months that have a figure as their total, where none is that which it is told of.

    `cells` are the values of its metric to its last day.
    """
    is_told = figure.outcome is FigureOutcome.MATCH or any(one.duration_months == figure.duration_months for one in cells)
    if is_told or not figure.duration_months:
        return set()
    own = Interval.around(figure.value, figure.rounding)
    return {
        one.duration_months
        for one in cells
        if one.value is not None and one.duration_months and own.overlaps(Interval.around(one.value, one.rounding))
    }
