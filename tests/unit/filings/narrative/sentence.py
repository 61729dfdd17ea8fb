"""A sentence of a release of the third quarter of 2023, taken apart, for the tests of the steps that read it.

Belongs here: building input. Does not belong here: anything that is asserted.
"""

from __future__ import annotations

from datetime import date

from orchestration.filings.narrative.metrics import metric_mentions
from orchestration.filings.narrative.money import amounts
from orchestration.filings.narrative.parsed_sentence import ParagraphContext, ParsedSentence, amount_groups
from orchestration.filings.narrative.periods import find_periods, fiscal_calendar
from orchestration.filings.records import Filing

NOW = date(2023, 9, 30)
FISCAL = fiscal_calendar(Filing("f", "s", "0", fiscal_year=2023, fiscal_quarter=3, period_end=NOW, fiscal_year_end="12-31"))


def context() -> ParagraphContext:
    """What is known before a paragraph's first sentence."""
    return ParagraphContext(FISCAL, frozenset({"example", "we", "our", "company"}))


def taken_apart(text: str) -> ParsedSentence:
    """The periods, metrics and amounts of a sentence, before any step."""
    periods = find_periods(text, FISCAL)
    return ParsedSentence(text, periods, list(metric_mentions(text)), amount_groups(text, list(amounts(text)), periods))
