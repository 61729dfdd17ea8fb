"""The explanation of one number, as plain lines.

Belongs here: its layout on stdout. Does not belong here: what is in it (`explain/`), or certificates (`certificate.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orchestration.cli.terminal.attribution import show_attribution
from orchestration.cli.terminal.certificate import show_certificate, why_repaired
from orchestration.cli.terminal.text import grouped, safe

if TYPE_CHECKING:
    from orchestration.explain.derivation import Derivation
    from orchestration.explain.explanation import Explanation
    from orchestration.explain.occurrence import Occurrence, ProofFigures
    from orchestration.explain.rows import Row
    from orchestration.explain.source_line import SourceLine


_HOW_IT_CAME_ABOUT = {
    "as_read": "as read",
    "implied": "implied: the cell is lost or blank, its identities leave this one value",
    "unreadable": "unreadable",
}


def show_explanation(explanation: Explanation) -> None:
    """All that `explanation` holds, on stdout: occurrences, derivations, vintages."""
    company, period, concept = explanation.company, explanation.period, explanation.concept
    quarter = f"fiscal {period.fiscal_year} Q{period.fiscal_quarter}, " if period.fiscal_quarter else ""
    name = f"{company.name} ({company.ticker or company.company_id}), {concept.title}"
    print(f"{safe(name)}, {quarter}{period.end}")
    if concept.others:
        print(f"(these words stand in other lines too: {safe('; '.join(concept.others))})")
    for occurrence in explanation.occurrences:
        _show_occurrence(occurrence)
    for derivation in explanation.derivations:
        _show_derivation(derivation)
    if explanation.vintages:
        _show_vintages(explanation.vintages)


def _show_vintages(vintages: Sequence[Row]) -> None:
    print("\nWhat was known when (fact_quarterly_results)")
    are_many = len({row["currency"] for row in vintages}) > 1
    for row in vintages:
        currency = f" {row['currency']}" if are_many else ""
        until = f"to {row['known_to']}" if row["known_to"] else "on"
        kept = f", kept from {safe(row['kept_from'])}" if row["kept_from"] else ""
        told = f"{grouped(row['value']):>16}{currency}  {row['basis']}, {safe(row['filing_id'])}{kept}"
        print(f"  from {row['known_from']} {until:<13} {told}")


def _show_occurrence(occurrence: Occurrence) -> None:
    _show_value(occurrence)
    _show_source(occurrence.source, occurrence.value)
    if occurrence.attribution:
        show_attribution(occurrence.attribution)
    for proof in occurrence.proofs:
        _show_proof(proof, occurrence.value)
    for figure in occurrence.figures:
        print(f"  told in prose, line {figure['source_line']}, {figure['outcome']}: {safe(figure['text'])}")
    if occurrence.certificate:
        show_certificate(occurrence.certificate, occurrence.told_by)
    else:
        for candidate in occurrence.candidates:
            _show_candidate(candidate)


def _show_value(occurrence: Occurrence) -> None:
    value = occurrence.value
    months = f"{value['duration_months']} months to" if value["duration_months"] else "at"
    restated = ", restated" if value["is_restated"] else ""
    proofs = value["proof_count"]
    proven = f"{proofs} proof{'s' if proofs > 1 else ''}" if proofs else "not proven"
    is_repaired = value["status"] == "repaired"
    how = f"repaired: {why_repaired(occurrence.certificate)}" if is_repaired else _HOW_IT_CAME_ABOUT[value["status"]]
    print(f"\n{grouped(value['value'])} {value['unit']}, {months} {value['period_end']}{restated}: {how}; {proven}")


def _show_source(source: SourceLine, value: Row) -> None:
    page = f", page {value['source_page']}" if value["source_page"] else ""
    place = f"{page}, line {source.line}" if source.line else page
    print(f"  {safe(value['source'])}{place}, known from {value['known_from']}: {safe(value['label'])}")
    if source.trouble:
        print(f"    ({safe(source.trouble)})")
    if source.text is not None:
        head, cell = safe(source.text[: source.start]), safe(source.text[source.start : source.end])
        print(f"    | {head}{cell}{safe(source.text[source.end :])}\n      {' ' * len(head)}{'^' * max(len(cell), 1)}")


def _show_proof(proof: ProofFigures, value: Row) -> None:
    row = proof.proof
    spent = "" if row["is_independent"] else " (spent on finding a value, so no proof of it)"
    print(f"  {row['outcome']}: {row['identity']}{spent}: {safe(row['formula'])}")
    for figure in proof.figures:
        mark = ">" if figure["value_id"] == value["cell_id"] else " "
        print(f"   {mark} {grouped(figure['value']):>16}  {safe(figure['label'])}")
    if row["residual"] is not None:
        print(f"     {'-' * 16}\n     {grouped(row['residual']):>16}  left over; rounding allows {grouped(row['tolerance'])}")


def _show_candidate(candidate: Row) -> None:
    chosen = "taken" if candidate["is_chosen"] else "weighed, not taken"
    printed = repr(safe(candidate["raw_text"])) if candidate["raw_text"] else "nothing printed"
    place = f"line {candidate['source_line']}, {printed}" if candidate["source_line"] else "no characters"
    print(f"  {chosen}: {grouped(candidate['value'])} from {candidate['kind']} ({place})")


def _show_derivation(derivation: Derivation) -> None:
    print(f"\n{grouped(derivation.value)} {derivation.unit}: derived, no filing prints this quarter")
    for row in derivation.operands:
        sign = "-" if row["weight"] < 0 else " "
        place = f"{row['duration_months']} months to {row['period_end']}, {row['source']}, line {row['source_line']}"
        print(f"  {sign} {grouped(row['value']):>16}  {row['status']}, {safe(place)}")
    print(f"    {'-' * 16}\n    {grouped(derivation.value):>16}")
