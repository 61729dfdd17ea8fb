"""Whether the statements agree with the figures in sentences.

Belongs here: comparing a figure with the cells of the statements, and when a difference is a contradiction. Does not belong
here: reading the figures (`figures.py`), or what a mismatch means for the filing (`expectations/suites/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from expectations.intervals import Interval
from orchestration.filings.narrative.metrics import ASIDE, EPS, PART, metric_mentions, metrics, pattern
from orchestration.filings.narrative.money import amounts
from orchestration.filings.narrative.periods import find_periods
from orchestration.filings.records import Figure, FigureOutcome, Status, Value
from orchestration.filings.text.calendar import DaysApart, FiscalCalendar, same_period
from orchestration.filings.text.figures import FOOTNOTE

_CASH: Final = frozenset({"CashAndCashEquivalents", "CashCashEquivalentsAndMarketableSecurities"})
_NO_WORDS: Final = re.compile(r"[^a-z0-9&]+")
_NO_CALENDAR: Final = FiscalCalendar()
_PLAIN_HEAD: Final = re.compile(
    r"(?:[\s,:;().*•●\"“–—-]|\b(?:for|in|during|the|a|an|and|its|our|of|also|company|company's|company’s|we|it|had|has|with|that|today|gaap|total|quarterly|annual|on|basis|under|these"
    r"|[Rr]eport(?:s|ed)|recorded|posted|generated|announced|includes?|included|additionally|fiscal|quarter|period|months|results|financial|consolidated"
    r"|compared|to|respectively|same|versus|was|were|or|as|approximately|about|fees|expenses)\b|\b[A-Z][\w.&’']*+)*+"
)
_QUALIFIED: Final = re.compile(
    r"\b(?:non-?gaap|pro[\s-]?forma|adjust\w*|exclud\w+|exclusive|segment|core|organic|constant\s+currency|continuing|discontinued"
    r"|attributable|comparable[\s-]store|subsidiar\w+|division|restat\w+|preliminary|estimat\w*|expect\w*|gross\s+of|annuali[sz]ed|extraordinary|prior\s+to|before|one[\s-]time|run[\s-]rate)\b",
    re.IGNORECASE,
)


def reconcile(figures: Sequence[Figure], values: Sequence[Value]) -> tuple[Figure, ...]:
    """The figures with `outcome` and `value_id` filled from the cells of the statements.

    A figure matches a cell of its metric (by concept, else by label) and period where the intervals of their roundings overlap;
    there is no other tolerance. One that matches none is a `mismatch` only where the cell is sure (one GAAP value for that
    metric and period, readable and not restated), the sentence is plain (it comes to the metric at once, and nothing in it
    narrows, adjusts or estimates it), the difference cannot come from truncation, and the figure is not that of the same metric
    at another time. Else it is `unmatched`.

    A linked figure takes the cell's period end (a 52/53-week year); a match of cash or earnings per share takes its concept.
    """
    cells = _Cells(values)
    return tuple(_reconciled(figure, cells) for figure in figures)


class _Cells:
    """The cells a figure may be compared with, by metric."""

    def __init__(self, values: Sequence[Value]) -> None:
        usable = [value for value in values if value.value is not None and value.is_gaap and value.period_end is not None]
        self.all = usable
        self.labels = {value.value_id: _normal(value.label) for value in usable}
        self._of: dict[str, list[Value]] = {}

    def of(self, name: str) -> list[Value]:
        """The cells of a metric: by their concept, else by their label."""
        if name not in self._of:
            self._of[name] = [cell for cell in self.all if self._is(name, cell)]
        return self._of[name]

    def _is(self, name: str, cell: Value) -> bool:
        if name in EPS:
            return cell.concept == name or (name == "EarningsPerShareBasic" and cell.concept in EPS)
        metric = metrics().get(name)
        if metric is None or metric.cell_label is None:
            return cell.concept == name
        return bool(metric.cell_label.search(self.labels[cell.value_id])) or (
            name in _CASH and cell.concept == "CashAndCashEquivalents"
        )


def _reconciled(figure: Figure, cells: _Cells) -> Figure:
    if figure.metric is None or figure.period_end is None:
        return figure
    mine = [cell for cell in cells.of(figure.metric) if cell.unit == figure.unit and _is_period(figure, cell)]
    if figure.metric in _CASH:
        mine = [cell for cell in mine if _is_same_cash(figure, cell, cells)]
    if not mine:
        return figure
    meeting = [cell for cell in mine if _meets(figure, cell)]
    if meeting:
        best = min(
            meeting,
            key=lambda cell: (cell.concept != figure.metric, cell.is_restated, cell.table_no, cell.line_no, cell.value_id),
        )
        return _linked(figure, best, FigureOutcome.MATCH)
    is_contradicted = _is_plain(figure, mine) and not _is_rounding(figure, mine[0])
    if is_contradicted and not any(_meets(figure, cell) for cell in _others(figure, cells, mine)):
        return _linked(figure, mine[0], FigureOutcome.MISMATCH)
    return figure


def _is_same_cash(figure: Figure, cell: Value, cells: _Cells) -> bool:
    """Whether a cash line has what the sentence names: by the metric's own labels, or by the words of the line."""
    label = cells.labels[cell.value_id]
    metric = metrics()[figure.metric or ""]
    return bool(metric.cell_label and metric.cell_label.search(label)) or label in _normal(figure.text)


def _linked(figure: Figure, cell: Value, outcome: FigureOutcome) -> Figure:
    metric = cell.concept if outcome == FigureOutcome.MATCH and cell.concept and figure.metric in _CASH | EPS else figure.metric
    return replace(figure, outcome=outcome, value_id=cell.value_id, period_end=cell.period_end, metric=metric)


def _is_period(figure: Figure, cell: Value) -> bool:
    if figure.period_end is None or cell.period_end is None or cell.duration_months != figure.duration_months:
        return False
    return same_period(cell.period_end, figure.period_end, DaysApart.MONTH_END)


def _normal(label: str) -> str:
    """Lower case words with single blanks, without footnote marks."""
    return _NO_WORDS.sub(" ", FOOTNOTE.sub(" ", label.lower())).strip()


def _meets(figure: Figure, cell: Value) -> bool:
    """Whether both may be one figure."""
    if cell.value is None:
        return False
    return Interval.around(figure.value, figure.rounding).overlaps(Interval.around(cell.value, cell.rounding))


def _is_rounding(figure: Figure, cell: Value) -> bool:
    """Whether a difference may come of truncating, or of rounding forced so that a column adds up: not a contradiction.

    Then the coarser figure stands for all of its last digit either side.
    """
    if cell.value is None or figure.rounding == cell.rounding:
        return False
    fine, coarse = sorted(((figure.rounding, figure.value), (cell.rounding, cell.value)))
    return Interval.around(coarse[1], 2 * coarse[0]).touches(Interval.around(fine[1], fine[0]))


def _is_plain(figure: Figure, mine: Sequence[Value]) -> bool:
    """Whether a difference would be a contradiction: the cells agree and are readable, and nothing qualifies the sentence."""
    sound = len({cell.value for cell in mine}) == 1 and all(
        cell.status != Status.UNREADABLE and not cell.is_restated for cell in mine
    )
    if not sound or _QUALIFIED.search(figure.text) or not _has_plain_subject(figure):
        return False
    return not _is_approximate(figure) or _is_far(figure, mine[0])


def _is_approximate(figure: Figure) -> bool:
    raw = " ".join(figure.raw_text.split())
    approximate = pattern("approximate", r"\b(?:", r")\s*\(?$")
    return any(approximate.search(figure.text, max(0, at - 24), at) for at in _places(figure.text, raw))


def _is_far(figure: Figure, cell: Value) -> bool:
    """Whether a difference is too large for "approximately": more than ten of the last digit printed."""
    return cell.value is not None and abs(figure.value - cell.value) > figure.rounding * 10


def _has_plain_subject(figure: Figure) -> bool:
    """Whether the sentence comes to the metric at once: after a period, a name, "reported a", "expenses include"."""
    wanted = {figure.metric or "", "NetIncomeLoss" if figure.metric in EPS else ""}
    head, past = "", 0
    for mention in metric_mentions(figure.text):
        head += figure.text[past : mention.start]
        past = mention.end
        if mention.metric.name in wanted:
            if mention.metric.cell_label and PART.match(figure.text, mention.end):
                return False
            break
    else:
        return False
    for amount in reversed(list(amounts(head))):
        head = head[: amount.start] + head[amount.tail :]
    if figure.duration_months and not find_periods(figure.text, _NO_CALENDAR):
        return False
    for period in reversed(find_periods(head, _NO_CALENDAR)):
        head = head[: period.start] + head[period.end :]
    return bool(_PLAIN_HEAD.fullmatch(ASIDE.sub(" ", head)))


def _places(text: str, raw: str) -> Iterator[int]:
    at = text.find(raw)
    while at >= 0:
        yield at
        at = text.find(raw, at + 1)


def _others(figure: Figure, cells: _Cells, mine: Sequence[Value]) -> Iterator[Value]:
    """The other cells of the metric, which the figure may really be of."""
    own = {cell.value_id for cell in mine}
    for cell in cells.of(figure.metric or ""):
        if cell.value_id not in own and cell.unit == figure.unit:
            yield cell
