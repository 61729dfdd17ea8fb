"""The one door to the reader: raw bytes in, one Reading out.

Belongs here: the order of the steps, and which source each cover fact is taken from. Does not belong here: how anything is
read or proven (a room each), or what keeps a filing out (`acceptance.py`).
Pure: the same bytes, source and vocabulary give the same reading; nothing is opened, fetched or logged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from orchestration.filings.acceptance import (
    corrected_exhibit,
    cut_short,
    judged,
    pages_without_text,
    refused,
    several_registrants,
    without_the_future,
)
from orchestration.filings.announced import of_announced_results
from orchestration.filings.company.keys import company_keys, own_company_id
from orchestration.filings.compounds.compounds import read_compounds
from orchestration.filings.cover import Cover, issuer, lead_company, read_cover
from orchestration.filings.documents.decode import decode_pages
from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Document
from orchestration.filings.documents.not_text import NotText
from orchestration.filings.documents.page_layout import LaidOut
from orchestration.filings.documents.submission import SubmissionHeader
from orchestration.filings.fiscal import fiscal_period
from orchestration.filings.narrative.figures import FigureReading, read_figures, reconcile
from orchestration.filings.narrative.guidance import read_guidance
from orchestration.filings.other_documents import why_no_release
from orchestration.filings.proof.anchors import anchored, in_own_dollars
from orchestration.filings.proof.attribution import (
    with_whole_units,
    with_witnessed_currency,
    with_witnessed_periods,
    with_witnessed_units,
)
from orchestration.filings.proof.external_evidence import ExternalFigure
from orchestration.filings.proof.proof_count import with_prose_proofs
from orchestration.filings.proof.proven_statement import prove
from orchestration.filings.proof.rivals import without_coarser_prints, without_rivals
from orchestration.filings.proof.told_otherwise import unless_of_another_stretch, unless_told_otherwise
from orchestration.filings.proof.witnesses import attributions
from orchestration.filings.records import Figure, Filing, KeyKind, Problem, Reading, Value, Witness
from orchestration.filings.statements.entity import own_statements
from orchestration.filings.statements.read import Statements, StatementTable, read_statements
from orchestration.filings.statements.remarks import remarked
from orchestration.filings.statements.titles import understood
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.tables.said import Said, said_by


def read_filing(raw: bytes, source: str, known: Sequence[ExternalFigure] = (), runner: Runner = PLAIN) -> Reading:
    """Everything that one filing states, with its place in the source and its proof.

    `source` is the path of the filing as it is to be shown, POSIX, relative to the raw folder where there is one. `known` is
    what other releases of the company say of the same periods (`proof/other_releases.py`): it decides only between repairs
    that the identities of the file leave in doubt, and proves nothing. The build reads every filing without it first, so that
    what speaks rests on its own bytes alone, and those in doubt again with it. `runner` applies the passes over tables: it may
    keep a trace, or leave passes out. Never raises for any bytes: what cannot be read is a reading whose filing is quarantined
    with a reason.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    unread = Reading(Filing(f"sha256-{sha256[:16]}", source, sha256))
    try:
        pages = decode_pages(raw)
    except NotText as refusal:
        return refused(unread, refusal.code, str(refusal))
    document, submission, corrected = read_document(pages.text)
    if submission is not None and submission.refusal is not None:
        return refused(unread, *submission.refusal)
    header = submission.header if submission else SubmissionHeader()
    filing = replace(unread.filing, filing_id=header.accession or unread.filing.filing_id)
    draft = _Draft(document, pages, header, known, runner, Reading(filing))
    draft.problems += [corrected_exhibit(filing.filing_id, *pair) for pair in corrected]
    if len(header.registrants) > 1:
        draft.problems.append(several_registrants(filing.filing_id, header.registrants))
    for step in STEPS:
        step(draft)
    return draft.reading


@dataclass(slots=True)
class _Draft:
    """A filing between two steps: what is final of its reading, and what later steps work on."""

    document: Document
    pages: LaidOut
    header: SubmissionHeader
    known: Sequence[ExternalFigure]
    runner: Runner
    reading: Reading
    problems: list[Problem] = field(default_factory=list)
    cover: Cover = field(init=False)
    statements: Statements = field(init=False)
    prose: FigureReading = field(init=False)

    @property
    def filing(self) -> Filing:
        return self.reading.filing


def _read_statements(draft: _Draft) -> None:
    draft.statements = read_statements(draft.document, draft.runner)


def _read_cover(draft: _Draft) -> None:
    ends = {period.end for table in draft.statements.tables for period in table.periods if period.end}
    draft.cover = read_cover(draft.document.words, ends)
    filing = _with_cover(draft.filing, draft.document, draft.statements, draft.header, draft.cover)
    draft.reading = replace(draft.reading, filing=filing)


def _withhold_the_future(draft: _Draft) -> None:
    draft.statements = without_the_future(
        draft.statements, draft.header.filed or draft.filing.date_of_report, draft.filing.known_from
    )


def _read_figures(draft: _Draft) -> None:
    draft.prose = read_figures(draft.document, draft.filing)


def _anchor(draft: _Draft) -> None:
    registrant = draft.filing.registrant or draft.filing.company_name or issuer(draft.document.words)
    named = ((one.line, lead_company(one.text)) for one in draft.document.paragraphs)
    leads = [Said(Witness.FILING, line, name) for line, name in named if name]
    draft.statements = understood(own_statements(draft.statements, registrant, leads), registrant)
    draft.statements = remarked(of_announced_results(draft.statements, draft.document, draft.filing.items), draft.document)
    draft.prose = draft.prose._replace(figures=in_own_dollars(draft.prose.figures, draft.statements))
    draft.statements = without_coarser_prints(anchored(draft.statements, draft.prose.figures, draft.document.words))


def _prove(draft: _Draft) -> None:
    filing_id, outside = draft.filing.filing_id, (*_external_figures(draft.prose.figures), *draft.known)
    proven = [prove(table, filing_id, outside) for table in draft.statements.tables]
    draft.problems += [Problem(filing_id, f.severity, f.code, f.message, f.line, f.text) for f in draft.statements.findings]
    draft.problems += [problem for one in proven for problem in one.problems]
    draft.reading = replace(
        draft.reading,
        values=tuple(value for one in proven for value in one.values),
        proofs=tuple(proof for one in proven for proof in one.proofs),
        candidates=tuple(candidate for one in proven for candidate in one.candidates),
        certificates=tuple(certificate for one in proven for certificate in one.certificates),
    )


def _name_what_is_cut_short(draft: _Draft) -> None:
    draft.problems += cut_short(draft.filing.filing_id, draft.document, draft.reading.values)


def _reconcile(draft: _Draft) -> None:
    figures = reconcile(draft.prose.figures, draft.reading.values)
    values = with_prose_proofs(draft.reading.values, figures, draft.reading.certificates)
    draft.problems += draft.prose.problems
    draft.reading = replace(draft.reading, figures=figures, values=values)


def _attribute(draft: _Draft) -> None:
    filing_id, tables = draft.filing.filing_id, with_whole_units(draft.statements.tables, draft.reading.values)
    values, unwitnessed = with_witnessed_units(filing_id, tables, draft.reading.values, draft.reading.figures)
    values, doubted = with_witnessed_currency(filing_id, tables, values, draft.document.words)
    values, rivals = without_rivals(values, draft.statements.aside)
    values, otherwise = unless_told_otherwise(filing_id, values, draft.reading.figures)
    values, stretched = unless_of_another_stretch(filing_id, values, draft.reading.figures)
    draft.problems += [*unwitnessed, *doubted, *rivals, *otherwise, *stretched]
    lines = (said for block in draft.document.blocks for said in said_by(block))
    found = attributions(filing_id, tables, values, lines)
    values, undated = with_witnessed_periods(values, found)
    draft.problems += undated
    draft.reading = replace(draft.reading, values=values, attributions=found)


def _read_guidance(draft: _Draft) -> None:
    found = read_guidance(draft.document, draft.filing)
    draft.problems += found.problems
    draft.reading = replace(draft.reading, guidance=found.guidance)


def _read_compounds(draft: _Draft) -> None:
    found = read_compounds(draft.document, draft.filing)
    draft.problems += found.problems
    draft.reading = replace(
        draft.reading,
        compounds=found.compounds,
        compound_names=found.names,
        compound_indications=found.indications,
        compound_events=found.events,
    )


def _name_company(draft: _Draft) -> None:
    """The keys of the company, and its name and ticker from the release where there is no cover.

    The last to be read: what a release calls itself decides nothing about its figures.
    """
    filing = draft.filing
    keys = company_keys(filing.filing_id, filing.source, draft.header, draft.cover, draft.document.words)
    printed = {key.kind: key.text for key in reversed(keys)}
    exchange, _, ticker = printed.get(KeyKind.TICKER, "").rpartition(": ")
    filing = replace(
        filing,
        company_id=own_company_id(keys),
        company_name=filing.company_name or printed.get(KeyKind.NAME),
        company_evidence=keys[0].kind if keys else None,
        ticker=ticker or filing.ticker,
        exchange=exchange or filing.exchange,
    )
    draft.reading = replace(draft.reading, filing=filing, company_keys=keys)


def _place_on_pages(draft: _Draft) -> None:
    if draft.pages.words:
        values = tuple(_on_page(value, draft.pages) for value in draft.reading.values)
        draft.reading = replace(draft.reading, values=values)
    if draft.pages.pictures:
        draft.problems.append(pages_without_text(draft.filing.filing_id, draft.pages.pictures))


def _judge(draft: _Draft) -> None:
    other = why_no_release(draft.filing, draft.header.form, draft.document.words)
    draft.reading = judged(replace(draft.reading, problems=tuple(draft.problems)), other)


STEPS: Final = (
    _read_statements,
    _read_cover,
    _withhold_the_future,
    _read_figures,
    _anchor,
    _prove,
    _name_what_is_cut_short,
    _reconcile,
    _attribute,
    _read_guidance,
    _read_compounds,
    _name_company,
    _place_on_pages,
    _judge,
)
"""The order of the reader. A step uses what those before it have left in the draft."""


def _with_cover(filing: Filing, document: Document, statements: Statements, header: SubmissionHeader, cover: Cover) -> Filing:
    """The filing with its cover facts; a fact of the EDGAR header goes before one of the text."""
    known_from = header.filed or cover.date_of_report or cover.dateline
    latest = _latest_column(statements.tables, known_from)
    fiscal = fiscal_period(document.words, latest, header.fiscal_year_end, _months_to(latest, statements.tables))
    return replace(
        filing,
        company_name=cover.registrant or header.name,
        registrant=cover.registrant or header.name,
        form=cover.form or header.form,
        date_of_report=cover.date_of_report,
        items=cover.items,
        exhibits=cover.exhibits,
        fiscal_year=fiscal.year,
        fiscal_quarter=fiscal.quarter,
        period_end=fiscal.period_end,
        fiscal_year_end=fiscal.year_end,
        commission_file_number=cover.commission_file_number or header.file_number,
        irs_employer_id=cover.irs_employer_id,
        state_of_incorporation=cover.state_of_incorporation,
        address=cover.address,
        phone=cover.phone,
        ticker=cover.ticker,
        exchange=cover.exchange,
        signatory=cover.signatory,
        known_from=known_from,
    )


def _on_page(value: Value, pages: LaidOut) -> Value:
    """A value with the page and the box of its characters."""
    if value.source_start is None or value.source_end is None:
        return value
    box = pages.box(value.source_start, value.source_end)
    return replace(value, source_page=box.page, source_box=box.points) if box else value


def _latest_column(tables: Sequence[StatementTable], known_from: date | None) -> date | None:
    """The latest period that was over when the release came out: a later one is a forecast or a misprint."""
    ends = {period.end for table in tables for period in table.periods if period.end}
    return max((end for end in ends if known_from is None or end <= known_from), default=None)


def _months_to(end: date | None, tables: Sequence[StatementTable]) -> set[int]:
    """The lengths of the columns that end on a day."""
    return {period.months for table in tables for period in table.periods if period.months and period.end == end}


def _external_figures(figures: Sequence[Figure]) -> Iterator[ExternalFigure]:
    """The figures of the prose as evidence for the statements: those whose metric and period are named."""
    for figure in figures:
        if figure.metric and figure.period_end:
            when = figure.period_end, figure.duration_months
            yield ExternalFigure(figure.metric, *when, figure.unit, figure.value, figure.rounding, (figure.filing_id,))
