"""Figures in sentences: the order of the steps that make figures of amounts, and what is not read.

Belongs here: which sentences are read, step after step, and the record. Does not belong here: the steps (`parsed_sentence.py`
parses a sentence, `metric_attribution.py` finds metrics, `period_attribution.py` periods); what a filing expects
(`guidance.py`); comparing a figure with the statements (`reconciliation.py`, whose `reconcile` is exported here too).

A figure has a metric only where the sentence itself names it: the metric stands before it with a linking verb ("revenues for
the quarter were $12.1 million"), or after it ("$6.6 million of research and development support fees"), or it is compared with
such a figure. A change ("an increase of $2.1 million"), a part ("included in revenues was a $2.0 million milestone"), another
company's figure ("Roche reported sales of 222 million CHF") and a figure outside GAAP are kept without a metric, and compared
with nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph
from orchestration.filings.narrative.metric_attribution import drop_other_companies, name_metrics, name_per_share
from orchestration.filings.narrative.metrics import (
    metric_mentions,
    own_names,
)
from orchestration.filings.narrative.money import NarrativeAmount, amounts, has_money
from orchestration.filings.narrative.outlook import is_outlook
from orchestration.filings.narrative.parsed_sentence import (
    CARRIES_NON_GAAP_ON,
    BulletHeading,
    FigureDraft,
    ParagraphContext,
    ParsedSentence,
    amount_groups,
    mark_changes,
    non_gaap_marks,
)
from orchestration.filings.narrative.period_attribution import (
    date_groups,
    distribute_respectively,
    heading_of,
    move_anchor,
    share_the_only_period,
)
from orchestration.filings.narrative.periods import find_periods, fiscal_calendar
from orchestration.filings.narrative.reconciliation import reconcile
from orchestration.filings.records import Figure, FigureOutcome, Filing, Problem, Severity
from orchestration.filings.text.sentences import MAX_CHARS, Sentence, sentences

__all__ = ["read_figures", "reconcile"]

_MAX_SENTENCE: Final = 1500
_LEAST_IN_TABLE: Final = 3
_TELLS: Final = re.compile(
    r"\b(?=\w)(?:was|were|is|are|had|has|have|reported|recorded|compared|totall?ed|includ\w+|increased|decreased|received|paid|rose|fell|ended|sold|raised|issued|completed|closed|its|our|we|which|that|will|by|at|a|an|the)\b",
    re.IGNORECASE,
)
_MAX_AMOUNTS: Final = 24
"""More amounts than this in one sentence are a table run together."""
_LOSS: Final = re.compile(
    r"\b(?P<loss>loss|deficit|benefit)(?:\s+of)?\s*\(?$|\b(?P<gain>income|profit|earnings)\s+of\s*\(?$", re.IGNORECASE
)


class FigureReading(NamedTuple):
    """The figures of a document, and problems for passages with amounts that were not read."""

    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_figures(document: Document, filing: Filing) -> FigureReading:
    """The figures in the paragraphs of a document, in order; all `unmatched` until `reconcile`.

    Amounts of an outlook are guidance (`guidance.py`), not figures. Never raises on any text.
    """
    fiscal = fiscal_calendar(filing)
    own = own_names(filing.registrant, filing.company_name)
    found: list[Figure] = []
    problems: list[Problem] = []
    heading: BulletHeading | None = None
    for paragraph in document.paragraphs:
        if not has_money(paragraph.text):
            heading = heading_of(paragraph.text, fiscal, heading)
            continue
        context = ParagraphContext(fiscal, own, (heading.period,) if heading else (), heading=heading)
        for sentence in sentences(paragraph.text):
            drafts = _read_sentence(sentence, context)
            found += [_figure(draft, sentence, paragraph, document, filing) for draft in drafts]
        problems += _too_much(paragraph, context, document, filing)
    return FigureReading(tuple(found), tuple(problems))


def _too_much(paragraph: Paragraph, context: ParagraphContext, document: Document, filing: Filing) -> Iterator[Problem]:
    """A problem for each passage that is too long to be a sentence."""
    rest = len(paragraph.text) > MAX_CHARS and has_money(paragraph.text[MAX_CHARS:])
    starts = [*context.too_long, *([MAX_CHARS] if rest else [])]
    for start in starts:
        line = document.place_in(paragraph, start, start + 1).line
        message = (
            f"the passage at line {line} runs on for too long, or holds too many amounts, to be read as a sentence;"
            " its amounts are in no figure: read it in the filing"
        )
        yield Problem(filing.filing_id, Severity.NOTE, "sentence_too_long", message, line, paragraph.text[start : start + 80])


def _read_sentence(sentence: Sentence, context: ParagraphContext) -> list[FigureDraft]:
    text = sentence.text
    if len(text) > _MAX_SENTENCE:
        if has_money(text):
            context.too_long.append(sentence.start)
        return []
    if is_outlook(text):
        return []
    printed = list(amounts(text)) if has_money(text) else []
    if not printed:
        context.unread.append(text)
        return []
    if _is_table(text, printed):
        return []
    if len(printed) > _MAX_AMOUNTS:
        context.too_long.append(sentence.start)
        return []
    _catch_up(context)
    periods = find_periods(text, context.fiscal, context.anchor)
    context.marks = non_gaap_marks(text)
    parsed = ParsedSentence(text, periods, list(metric_mentions(text)))
    parsed.groups = amount_groups(text, printed, periods)
    for step in (
        mark_changes,
        name_metrics,
        drop_other_companies,
        date_groups,
        distribute_respectively,
        name_per_share,
        share_the_only_period,
        _sign,
    ):
        step(parsed, context)
    move_anchor(periods, context)
    return [draft for group in parsed.groups for draft in group.drafts]


def _catch_up(context: ParagraphContext) -> None:
    """Apply what sentences without an amount said of period and GAAP, before one with an amount is read."""
    for text in context.unread:
        move_anchor(find_periods(text, context.fiscal, context.anchor), context)
        context.is_outside_gaap = context.is_outside_gaap or any(
            CARRIES_NON_GAAP_ON.match(text, mark) for mark in non_gaap_marks(text)
        )
    context.unread.clear()


def _is_table(text: str, printed: Sequence[NarrativeAmount]) -> bool:
    """Whether a sentence is rows of a table run together: amounts side by side, or several and no word of a sentence."""
    if len(printed) < _LEAST_IN_TABLE:
        return False
    beside = any(not text[one.end : other.start].strip(" \t\n%)") for one, other in itertools.pairwise(printed))
    return beside or not _TELLS.search(text)


def _sign(parsed: ParsedSentence, _context: ParagraphContext) -> None:
    """Make a loss, a benefit and a use negative; "a loss of" beside a compared amount overrules the sign it inherited."""
    for group in parsed.groups:
        said = _LOSS.search(parsed.text, max(0, group.start - 40), group.start)
        if said and group.base.metric and group.is_compared and not group.base.mention_end:
            group.base.sign = -1 if said["loss"] else 1
        for draft in group.drafts:
            if draft is not group.base and draft.metric:
                draft.sign = group.base.sign if group.base.metric else draft.sign


def _figure(draft: FigureDraft, sentence: Sentence, paragraph: Paragraph, document: Document, filing: Filing) -> Figure:
    amount = draft.amount
    start, end = sentence.start + amount.start, sentence.start + amount.end
    place = document.place_in(paragraph, start, end)
    source, own = document.text[place.start : place.end], paragraph.text[start:end]
    value = -amount.value if draft.metric and draft.sign < 0 < amount.value else amount.value
    return Figure(
        figure_id=f"{filing.filing_id}:figure:{place.start}",
        filing_id=filing.filing_id,
        metric=draft.metric.name if draft.metric else None,
        value=value,
        unit=amount.unit,
        rounding=amount.rounding,
        period_end=draft.period.end if draft.period else None,
        duration_months=draft.period.months if draft.period else None,
        outcome=FigureOutcome.UNMATCHED,
        value_id=None,
        raw_text=source if source.split() == own.split() else own,
        text=re.sub(r"\s+", " ", sentence.text),
        source_line=place.line,
        source_start=place.start,
        source_end=place.end,
    )
