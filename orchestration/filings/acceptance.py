"""The verdict on a filing, accepted or quarantined, and the reason a person is given.

Belongs here: each rule that keeps out a filing, a statement cut short or a column of it. Does not belong here: the thresholds
(`expectations/evidence_thresholds.py`), reading or proving a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from expectations.evidence_thresholds import AS_READ_SHARE_AT_LEAST, IDENTITIES_EVALUATED_AT_LEAST
from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.documents.submission import Part
from orchestration.filings.other_documents import EARNINGS_ITEMS, RELEASE_ITEMS
from orchestration.filings.records import (
    Filing,
    FilingStatus,
    Problem,
    ProofOutcome,
    Reading,
    Severity,
    Statement,
    Status,
    Value,
)
from orchestration.filings.statements.findings import Finding
from orchestration.filings.statements.read import Statements
from orchestration.filings.text.dates import PrintedPeriod

_AFTER_DATELINE: Final = timedelta(days=45)
LAST_LINES: Final = {Statement.INCOME: "NetIncomeLoss", Statement.BALANCE: "LiabilitiesAndStockholdersEquity"}
"""The concept of the last line of a whole statement."""
FATAL_CODES: Final = ("truncated", "identity_broken")
"""The problems of a statement that keep the whole filing out."""
WITHHELD_CODES: Final = (
    "unit_unknown", "scale_unknown", "scale_contradicted", "periods_contradicted", "header_not_found", "columns_not_headed",
    "lines_wrapped", "duration_not_read", "day_or_month_unsure", "heading_contradicted", "column_in_the_future",
    "column_without_period",
)  # fmt: skip
"""The problems of a statement that was found and not read, the likelier to be the only one first."""


def judged(reading: Reading, why_no_release: tuple[str, str] | None = None) -> Reading:
    """The reading with its verdict; the first rule that is broken gives the reason.

    `why_no_release` is the code and reason of a document that holds statements and is none (`other_documents.py`).
    """
    if why_no_release:
        return refused(reading, *why_no_release)
    if not reading.values:
        return refused(reading, *(_why_withheld(reading) or _why_no_statement(reading.filing)))
    rules = (_why_no_key, _why_no_evidence, _why_broken)
    reason = next((reason for rule in rules if (reason := rule(reading))), None)
    return _quarantined(reading, reason) if reason else reading


def refused(reading: Reading, code: str, message: str) -> Reading:
    """The reading quarantined, with the reason among its problems too."""
    problem = Problem(reading.filing.filing_id, Severity.ERROR, code, message)
    return _quarantined(replace(reading, problems=(*reading.problems, problem)), f"{code}: {message}")


def _quarantined(reading: Reading, reason: str) -> Reading:
    return replace(reading, filing=replace(reading.filing, status=FilingStatus.QUARANTINED, reason=reason))


def _why_withheld(reading: Reading) -> tuple[str, str] | None:
    """Code and message for a filing without a value in which a statement was found; None where none was."""
    found = next((one for code in WITHHELD_CODES for one in reading.problems if one.code == code), None)
    is_other_report = (reading.filing.form or "").startswith("8-K") and not RELEASE_ITEMS & set(reading.filing.items)
    if found is None or is_other_report:
        return None
    return "statement_withheld", f"a statement was found and not read: {found.code}: {found.message}"


def _why_no_statement(filing: Filing) -> tuple[str, str]:
    """Code and message for a filing without a value."""
    if (filing.form or "").startswith("6-K"):
        return "no_statements", "the 6-K holds no readable financial statement: is the release, its Exhibit 99.1, in the file?"
    if not (filing.form or "").startswith("8-K"):
        return "not_8k", "the text bears no Form 8-K cover and holds no financial statement: it is no earnings release"
    if not EARNINGS_ITEMS & set(filing.items):
        items = ", ".join(filing.items) or "none found"
        return (
            "not_earnings",
            f"the 8-K reports no results of operations (Item 2.02, or 12 before August 2004); its items: {items}",
        )
    return (
        "no_statements",
        "the 8-K reports results (Item 2.02) but holds no readable statement: is its Exhibit 99.1 in the file?",
    )


def _why_no_key(reading: Reading) -> str | None:
    """Why a filing cannot be placed: it names no company, or the day it became known."""
    if reading.filing.company_id is None:
        return (
            "company_unknown: no number, ticker or name of a company was found in the filing; say whose it is:"
            " `tieout add FILE --cik N`"
        )
    if reading.filing.known_from is None:
        return "date_unknown: the filing has no filing date, no date of report and no dateline; use the EDGAR submission text"
    return None


def _why_no_evidence(reading: Reading) -> str | None:
    """Why the evidence is too thin: no identity can be tested, or too few values were read as printed."""
    tested = sum(proof.outcome != ProofOutcome.UNTESTABLE for proof in reading.proofs)
    if tested < IDENTITIES_EVALUATED_AT_LEAST:
        return "unproven: no accounting identity can be tested on what was read; compare the statement with the filing"
    as_read = sum(value.status == Status.AS_READ for value in reading.values) / len(reading.values)
    if as_read < AS_READ_SHARE_AT_LEAST:
        return f"too_damaged: only {as_read:.0%} of the values could be read as they stand; find a better copy of the filing"
    return None


def _why_broken(reading: Reading) -> str | None:
    """The first problem that keeps the filing out, and how many more there are."""
    broken = [problem for code in FATAL_CODES for problem in reading.problems if problem.code == code]
    if not broken:
        return None
    more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
    return f"{broken[0].code}: {broken[0].message}{more}"


def without_the_future(statements: Statements, filed: date | None, dateline: date | None = None) -> Statements:
    """The statements with every period blank that ends after the day of the filing, and a finding for each.

    Where no day of filing is known, that of a dateline is, but for some weeks: datelines are misread.
    A balance sheet has no forecast: one of its days is misprinted or stands over another column, and none of them is sure.
    """
    filed = filed or (dateline + _AFTER_DATELINE if dateline else None)
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
        is_misprint = bool(late) and table.statement is Statement.BALANCE
        periods = tuple(PrintedPeriod() if is_misprint or period.end in late else period for period in table.periods)
        tables.append(replace(table, periods=periods))
    return replace(statements, tables=tuple(tables), findings=tuple(findings))


def cut_short(filing_id: str, document: Document, values: Sequence[Value]) -> tuple[Problem, ...]:
    """A problem for each statement without its last line: an error where the document ends within it, else a warning."""
    found = []
    last_line = max((value.source_line or 0 for value in values), default=0)
    for statement, concept in LAST_LINES.items():
        own = [value for value in values if value.statement == statement]
        if not own or any(value.concept == concept for value in own):
            continue
        line = max(value.source_line or 0 for value in own)
        if line == last_line and _ends_in_table(document, line):
            message = (
                f"the filing ends within the {statement}, at line {line}, before its line {concept}:"
                " the file was cut off; fetch the filing again from EDGAR"
            )
            found.append(Problem(filing_id, Severity.ERROR, "truncated", message, line))
        else:
            message = (
                f"the {statement} has no line {concept}: the table was cut off or goes on elsewhere;"
                " compare the filing with the original on EDGAR"
            )
            found.append(Problem(filing_id, Severity.WARNING, "statement_incomplete", message, line))
    return tuple(found)


def several_registrants(filing_id: str, registrants: Sequence[str]) -> Problem:
    """The problem of a submission that several registrants filed together: its statements are taken for the first one's."""
    message = (
        f"the submission is of {len(registrants)} registrants ({'; '.join(registrants)}): what it states is taken as the"
        " first one's, and a statement whose title names another is no fact of it; put a release of another in its own folder"
    )
    return Problem(filing_id, Severity.WARNING, "several_registrants", message)


def corrected_exhibit(filing_id: str, before: Part, after: Part) -> Problem:
    """The problem of an exhibit that another one in the same submission corrects."""
    replaced, corrected = (f"{part.type} ({part.filename or part.description})" for part in (before, after))
    message = f"{replaced} was not read: {corrected} of the same submission corrects it"
    return Problem(filing_id, Severity.NOTE, "exhibit_corrected", message)


def pages_without_text(filing_id: str, pages: Sequence[int]) -> Problem:
    """The problem of a PDF some of whose pages are pictures: what stands on them was not read."""
    message = (
        f"nothing was read of the PDF's page {', '.join(map(str, pages))}: a picture without text; run the PDF through OCR"
        " (such as ocrmypdf), or take the release as text or HTML"
    )
    return Problem(filing_id, Severity.WARNING, "page_without_text", message)


def _ends_in_table(document: Document, line: int) -> bool:
    """Whether a line stands in a table that ends the document, but for a line begun below it."""
    *before, last = document.blocks
    if isinstance(last, Paragraph) and before and "\n" not in last.text and not document.text.endswith("\n"):
        last = before[-1]
    return isinstance(last, Table) and last.line <= line
