"""The one door to the reader: raw bytes in, one Reading out.

Belongs here: the order of the steps, and what becomes of a filing that cannot be read. Does not belong here: any step.
Pure: the same bytes, source and vocabulary give the same reading; nothing is opened, fetched or logged.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from expectations.evidence_thresholds import AS_READ_SHARE_AT_LEAST, IDENTITIES_EVALUATED_AT_LEAST
from orchestration.filings.compounds.compounds import read_compounds
from orchestration.filings.cover import company, read_cover
from orchestration.filings.documents.decode import NotText, decode
from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.documents.submission import Header
from orchestration.filings.fiscal import fiscal_period
from orchestration.filings.narrative.figures import FigureReading, read_figures, reconcile
from orchestration.filings.narrative.guidance import read_guidance
from orchestration.filings.proof.count import fill_in
from orchestration.filings.proof.statement import Proven, prove
from orchestration.filings.proof.told import Told
from orchestration.filings.records import Figure, Filing, Problem, Reading, Severity, Statement, Status, Value
from orchestration.filings.statements.read import Finding, Statements, StatementTable, read_statements
from orchestration.filings.tables.periods import Period

_CIK_IN_PATH: Final = re.compile(r"(?:^|/)0*(?P<cik>\d{4,10})(?=/)")
_EARNINGS_ITEMS: Final = frozenset({"2.02", "12"})


def read_filing(raw: bytes, source: str, known: Sequence[Told] = ()) -> Reading:
    """Everything that one filing states, with its place in the source and its proof.

    `source` is the path of the filing as it is to be shown, POSIX, relative to the raw folder where there is one. `known` is
    what other releases of the company say of the same periods (`proof/elsewhere.py`): it decides only between repairs that the
    identities of the file leave in doubt, and proves nothing. The build reads every filing without it first, so that what
    speaks rests on its own bytes alone, and those in doubt again with it.
    Never raises for any bytes: what cannot be read is a reading whose filing is quarantined with a reason.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    by_content = f"sha256-{sha256[:16]}"
    try:
        text = decode(raw)
    except NotText as refusal:
        return _quarantined(Filing(by_content, source, sha256), refusal.code, str(refusal))
    document, submission = read_document(text)
    if submission is not None and submission.refusal is not None:
        return _quarantined(Filing(by_content, source, sha256), *submission.refusal)
    header = submission.header if submission else Header()
    statements = read_statements(document)
    filing = _filing(Filing(header.accession or by_content, source, sha256), document, statements, header)
    statements = _without_the_future(statements, header.filed or filing.date_of_report)
    told = read_figures(document, filing)
    outside = (*_told_by(told.figures), *known)
    proven = [prove(table, filing.filing_id, outside) for table in statements.tables]
    return _assemble(filing, document, statements, proven, told)


def _quarantined(filing: Filing, code: str, reason: str) -> Reading:
    problem = Problem(filing.filing_id, Severity.ERROR, code, reason)
    return Reading(replace(filing, status="quarantined", reason=f"{code}: {reason}"), problems=(problem,))


def _filing(filing: Filing, document: Document, statements: Statements, header: Header) -> Filing:
    """The filing with its cover facts; a fact of the EDGAR header goes before one of the text."""
    cover = read_cover(document.words)
    number = cover.commission_file_number or header.file_number
    known = company(number) or {}
    known_from = header.filed or cover.date_of_report or cover.dateline
    latest = _latest_column(statements.tables, known_from)
    fiscal = fiscal_period(document.words, latest, header.fiscal_year_end, _months_to(latest, statements.tables))
    in_path = _CIK_IN_PATH.search(filing.source)
    cik = header.cik or known.get("company_id") or (in_path["cik"].zfill(10) if in_path else None)
    return replace(
        filing,
        company_id=cik or number,
        company_name=known.get("company_name") or cover.registrant or header.name,
        registrant=cover.registrant or header.name,
        form=cover.form or header.form,
        date_of_report=cover.date_of_report,
        items=cover.items,
        exhibits=cover.exhibits,
        fiscal_year=fiscal.year,
        fiscal_quarter=fiscal.quarter,
        period_end=fiscal.period_end,
        fiscal_year_end=fiscal.year_end,
        commission_file_number=number,
        irs_employer_id=cover.irs_employer_id,
        state_of_incorporation=cover.state_of_incorporation,
        address=cover.address,
        phone=cover.phone,
        ticker=cover.ticker or known.get("ticker"),
        exchange=cover.exchange or known.get("exchange"),
        signatory=cover.signatory,
        known_from=known_from,
    )


def _without_the_future(statements: Statements, filed: date | None) -> Statements:
    """The statements without the periods that were not over when the filing was made: no results, whatever their heads say."""
    if filed is None:
        return statements
    tables, findings = [], list(statements.findings)
    for table in statements.tables:
        late = [period.end for period in table.periods if period.end and period.end > filed]
        for end in late:
            message = (
                f"a column of the {table.statement} is headed {end}, after the filing of {filed}: a misprint or a forecast,"
                " and no result; its figures were not read: compare the heading with the filing"
            )
            findings.append(Finding(Severity.WARNING, "column_in_the_future", message, table.line, str(end)))
        periods = tuple(Period() if period.end in late else period for period in table.periods)
        tables.append(replace(table, periods=periods))
    return Statements(tuple(tables), tuple(findings))


def _latest_column(tables: Sequence[StatementTable], known_from: date | None) -> date | None:
    """The latest period that was over when the release came out: a later one is a forecast or a misprint."""
    ends = {period.end for table in tables for period in table.periods if period.end}
    return max((end for end in ends if known_from is None or end <= known_from), default=None)


def _months_to(end: date | None, tables: Sequence[StatementTable]) -> set[int]:
    """The lengths of the columns that end on a day."""
    return {period.months for table in tables for period in table.periods if period.months and period.end == end}


def _told_by(figures: Sequence[Figure]) -> Iterator[Told]:
    """The figures of the prose as evidence for the statements: those whose metric and period are named."""
    for figure in figures:
        if figure.metric and figure.period_end:
            when = figure.period_end, figure.duration_months
            yield Told(figure.metric, *when, figure.unit, figure.value, figure.rounding, (figure.filing_id,))


def _assemble(
    filing: Filing, document: Document, statements: Statements, proven: Sequence[Proven], told: FigureReading
) -> Reading:
    values = tuple(value for one in proven for value in one.values)
    certificates = tuple(certificate for one in proven for certificate in one.certificates)
    figures = reconcile(told.figures, values)
    guidance = read_guidance(document, filing)
    compounds = read_compounds(document, filing)
    problems = (
        *(Problem(filing.filing_id, f.severity, f.code, f.message, f.line, f.text) for f in statements.findings),
        *(problem for one in proven for problem in one.problems),
        *_statement_problems(filing, document, values),
        *told.problems,
        *guidance.problems,
        *compounds.problems,
    )
    reading = Reading(
        filing,
        fill_in(values, figures, certificates),
        tuple(proof for one in proven for proof in one.proofs),
        tuple(candidate for one in proven for candidate in one.candidates),
        certificates,
        figures,
        guidance.guidance,
        compounds.compounds,
        compounds.names,
        compounds.indications,
        compounds.events,
        problems,
    )
    return _judged(reading)


_ENDS: Final = {
    Statement.INCOME: ("NetIncomeLoss",),
    Statement.BALANCE: ("LiabilitiesAndStockholdersEquity",),
}


def _statement_problems(filing: Filing, document: Document, values: Sequence[Value]) -> list[Problem]:
    """A statement that stops before the line it must end with was cut off: for sure where the filing ends with it."""
    found = []
    last_line = max((value.source_line or 0 for value in values), default=0)
    for statement, ends in _ENDS.items():
        own = [value for value in values if value.statement == statement]
        if own and not any(value.concept in ends for value in own):
            message = (
                f"the {statement} has no line {' or '.join(ends)}: the table was cut off or goes on elsewhere;"
                " compare the filing with the original on EDGAR"
            )
            line = max(value.source_line or 0 for value in own)
            if line == last_line and _ends_in_table(document, line):
                message = (
                    f"the filing ends within the {statement}, at line {line}, before its line {' or '.join(ends)}:"
                    " the file was cut off; fetch the filing again from EDGAR"
                )
                found.append(Problem(filing.filing_id, Severity.ERROR, "truncated", message, line))
                continue
            found.append(Problem(filing.filing_id, Severity.WARNING, "statement_incomplete", message, line))
    return found


def _ends_in_table(document: Document, line: int) -> bool:
    """Whether a line stands in a table that is the last thing in the document, but for a line begun below it."""
    *before, last = document.blocks
    if isinstance(last, Paragraph) and before and "\n" not in last.text and not document.text.endswith("\n"):
        last = before[-1]
    return isinstance(last, Table) and last.line <= line


def _judged(reading: Reading) -> Reading:
    """The reading with its verdict: a filing without statements, or whose numbers break an identity, is kept out."""
    filing, cover_is_8k = reading.filing, bool(reading.filing.form and reading.filing.form.startswith("8-K"))
    if not reading.values:
        code, reason = _why_no_statement(filing, cover_is_8k)
        problem = Problem(filing.filing_id, Severity.ERROR, code, reason)
        return replace(
            reading,
            filing=replace(filing, status="quarantined", reason=f"{code}: {reason}"),
            problems=(*reading.problems, problem),
        )
    doubt = _why_no_key(filing) or _why_no_evidence(reading)
    if doubt:
        return replace(reading, filing=replace(filing, status="quarantined", reason=doubt))
    broken = [problem for code in ("truncated", "identity_broken") for problem in reading.problems if problem.code == code]
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        reason = f"{broken[0].code}: {broken[0].message}{more}"
        return replace(reading, filing=replace(filing, status="quarantined", reason=reason))
    return reading


def _why_no_key(filing: Filing) -> str | None:
    """What keeps a filing with sound figures out of the warehouse: nobody could say whose or of when they are."""
    if filing.company_id is None:
        return (
            "company_unknown: the filing names no CIK and no commission file number; put it under data/raw/<CIK>/,"
            " or add the company to data/vocabulary/companies.csv"
        )
    if filing.known_from is None:
        return "date_unknown: the filing has no filing date, no date of report and no dateline; use the EDGAR submission text"
    return None


def _why_no_evidence(reading: Reading) -> str | None:
    """What keeps out a filing whose figures nothing proves, or most of which had to be inferred."""
    tested = sum(proof.outcome != "untestable" for proof in reading.proofs)
    if tested < IDENTITIES_EVALUATED_AT_LEAST:
        return "unproven: no accounting identity can be tested on what was read; compare the statement with the filing"
    as_read = sum(value.status == Status.AS_READ for value in reading.values) / len(reading.values)
    if as_read < AS_READ_SHARE_AT_LEAST:
        return f"too_damaged: only {as_read:.0%} of the values could be read as they stand; find a better copy of the filing"
    return None


def _why_no_statement(filing: Filing, is_8k: bool) -> tuple[str, str]:
    if not is_8k:
        return "not_8k", "the text bears no Form 8-K cover and holds no financial statement: it is no earnings release"
    if not _EARNINGS_ITEMS & set(filing.items):
        items = ", ".join(filing.items) or "none found"
        return (
            "not_earnings",
            f"the 8-K reports no results of operations (Item 2.02, or 12 before August 2004); its items: {items}",
        )
    return (
        "no_statements",
        "the 8-K reports results (Item 2.02) but holds no readable statement: is its Exhibit 99.1 in the file?",
    )
