"""One damage for each expectation and for each identity, in SQL on the sound warehouse of `warehouse.py`."""

from __future__ import annotations

from typing import NamedTuple

from expectations.suite import Expectation, Suite

CELL = "A-income_statement-1-15"


class IdentityDamage(NamedTuple):
    """A label of one column is changed by 100,000 (a per-share value by 0.05); these identities must break, no other."""

    filing_id: str
    column_no: int
    statement: str
    label: str
    broken: frozenset[str]


def _income(filing_id: str, label: str, *broken: str) -> IdentityDamage:
    return IdentityDamage(filing_id, 1, "income_statement", label, frozenset(broken))


def _balance(label: str, *broken: str, filing_id: str = "A") -> IdentityDamage:
    return IdentityDamage(filing_id, 1, "balance_sheet", label, frozenset(broken))


def _cash_flow(label: str, *broken: str) -> IdentityDamage:
    return IdentityDamage("F", 1, "cash_flow", label, frozenset(broken))


IDENTITY_DAMAGE: dict[str, IdentityDamage] = {
    "revenue_total": _income("A", "Royalties", "revenue_total"),
    "cost_of_revenue_total": _income("A", "Cost of royalties", "cost_of_revenue_total"),
    "expense_total": _income("A", "Research and development", "expense_total"),
    "gross_profit": _income("A", "Gross profit", "gross_profit", "operating_income_from_gross_profit"),
    "operating_income_from_gross_profit": _income(
        "A", "Income from operations", "operating_income_from_gross_profit", "pretax_income"
    ),
    "operating_income_from_revenues": _income(
        "D", "Loss from operations", "operating_income_from_revenues", "net_income_without_pretax"
    ),
    "pretax_income": _income("A", "Other income, net", "pretax_income"),
    "net_income": _income("A", "Provision for income taxes", "net_income"),
    "net_income_without_pretax": _income("D", "Interest income", "net_income_without_pretax"),
    "eps_basic": _income("A", "Basic net income per share", "eps_basic"),
    "eps_diluted": _income("A", "Diluted net income per share", "eps_diluted"),
    "pretax_income_from_revenues": _income("E", "Interest expense", "pretax_income_from_revenues"),
    "continuing_operations": _income("F", "Provision for income taxes", "continuing_operations"),
    "net_income_with_discontinued_operations": _income(
        "F", "Income from discontinued operations", "net_income_with_discontinued_operations"
    ),
    "profit_loss": _income("E", "Provision for income taxes", "profit_loss"),
    "profit_loss_without_pretax": _income("G", "Interest income", "profit_loss_without_pretax"),
    "net_income_attributable": _income("E", "Noncontrolling interests", "net_income_attributable"),
    "equity_with_noncontrolling_interests": _balance(
        "Noncontrolling interests in equity", "equity_with_noncontrolling_interests", filing_id="E"
    ),
    "current_assets_total": _balance("Accounts receivable", "current_assets_total"),
    "asset_total": _balance("Property and equipment", "asset_total"),
    "current_liabilities_total": _balance("Deferred revenue", "current_liabilities_total"),
    "liability_total": _balance("Long-term deferred revenue", "liability_total"),
    "equity_total": _balance("Accumulated deficit", "equity_total"),
    "liability_and_equity_total": _balance("Total stockholders' equity", "equity_total", "liability_and_equity_total"),
    "balance": _balance("Total assets", "asset_total", "balance"),
    "operating_cash_flow_total": _cash_flow("Depreciation", "operating_cash_flow_total"),
    "investing_cash_flow_total": _cash_flow("Sales of investments", "investing_cash_flow_total"),
    "financing_cash_flow_total": _cash_flow("Cash from financing activities", "financing_cash_flow_total", "cash_change"),
    "cash_change": _cash_flow("Effect of exchange rates on cash", "cash_change"),
    "cash_end": _cash_flow("Cash at beginning of period", "cash_end"),
}


def _value(change: str, where: str) -> str:
    return f"update staging.reported_values set {change} where {where}"


def _fact(change: str, where: str = "company_id = 'acme' and fiscal_quarter = 2 and vintage = 1") -> str:
    return f"update fact_quarterly_results set {change} where {where}"


_Q2 = "filing_id = 'A' and statement = 'income_statement' and column_no = 1"
_RND = "concept = 'ResearchAndDevelopmentExpense' and statement = 'income_statement'"
_NONE_SURE = "update staging.reported_values set proof_count = 0"

CONDITIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("filings", "accepted_has_a_date"): ("update staging.filings set known_from = null where filing_id = 'A'",),
    ("filings", "accepted_has_a_period"): ("update staging.filings set period_end = null where filing_id = 'A'",),
    ("filings", "accepted_has_a_company"): ("update staging.filings set company_id = null where filing_id = 'A'",),
    ("filings", "is_known_after_the_period"): ("update staging.filings set known_from = '2010-12-30' where filing_id = 'A'",),
    ("filings", "is_not_of_the_future"): ("update staging.filings set known_from = '2999-12-31' where filing_id = 'A'",),
    ("filings", "an_error_quarantines"): ("update staging.problems set severity = 'error' where filing_id = 'A'",),
    ("raw_files", "is_a_filing"): ("delete from staging.filings where filing_id = 'D'",),
    ("raw_files", "original_is_there"): ("delete from staging.raw_files where source = 'acme/A.txt'",),
    ("reported_values", "inferred_is_proven"): (_value("status = 'implied', proof_count = 0", f"value_id = '{CELL}'"),),
    ("reported_values", "place_holds_text"): (_value("source_end = source_end - 1", f"value_id = '{CELL}'"),),
    ("reported_values", "column_has_one_period"): (_value("period_end = '2009-12-31'", f"value_id = '{CELL}'"),),
    ("value_candidates", "at_most_one_chosen"): ("update staging.value_candidates set is_chosen = true",),
    ("value_candidates", "nothing_chosen_of_the_unreadable"): (
        _value("status = 'unreadable', value = null", f"value_id = '{CELL}'"),
    ),
    ("value_candidates", "the_chosen_one_is_the_value"): ("update staging.value_candidates set value = value + 1",),
    ("proofs", "none_broken_where_accepted"): ("update staging.proofs set outcome = 'broken' where identity = 'net_income'",),
    ("proof_counts", "proof_count_is_earned"): (_value("proof_count = 99", f"value_id = '{CELL}'"),),
    ("identities", "per_share_closes"): (_value("value = value + 1", f"{_Q2} and concept = 'EarningsPerShareBasic'"),),
    ("identities", "adds_up"): (_value("value = value + 100000", f"{_Q2} and label = 'Royalties'"),),
    ("independent_evidence", "as_read_share_at_least"): (
        _value("status = 'implied'", "filing_id = 'D' and column_no = 1 and line_no <= 3"),
    ),
    ("independent_evidence", "identities_tested_at_least"): (
        _value("concept = null, parent_concept = null", "filing_id = 'D'"),
    ),
    ("independent_evidence", "prose_matches_at_least"): ("update staging.figures set outcome = 'unmatched'",),
    ("independent_evidence", "prose_matches_of_inferring_at_least"): (
        _value("status = 'implied'", f"value_id = '{CELL}'"),
        "update staging.figures set outcome = 'unmatched'",
    ),
    ("quarter_within_year_to_date", "closes"): (
        _value("value = 7000000", f"{_RND} and filing_id = 'A' and duration_months = 3"),
    ),
    ("year_to_date_total", "closes"): (
        _value("value = value + 100000", f"{_RND} and filing_id = 'B' and duration_months = 9"),
    ),
    ("year_to_date_total", "closes_or_is_of_the_company"): (
        _value("value = value + 100000, status = 'implied'", f"{_RND} and filing_id = 'B' and duration_months = 9"),
    ),
    ("comparatives", "closes"): (_value("value = value + 100000", f"{_RND} and filing_id = 'C' and duration_months = 6"),),
    ("comparatives", "closes_or_is_of_the_company"): (
        _value("value = value + 100000, status = 'implied'", f"{_RND} and filing_id = 'C' and duration_months = 6"),
    ),
    ("balance_sheet_instants", "closes"): (
        _value("value = value + 100000", "concept = 'Assets' and filing_id = 'B' and column_no = 2"),
    ),
    ("balance_sheet_instants", "closes_or_is_of_the_company"): (
        _value("value = value + 100000, status = 'repaired'", "concept = 'Assets' and filing_id = 'B' and column_no = 2"),
    ),
    ("cross_release_coverage", "what_is_shared_is_compared"): (
        # One release prints each balance five times more, a day apart: shared with another, and compared with itself.
        "insert into staging.reported_values"
        " select v.* replace (value_id || '-' || n as value_id, period_end + n as period_end)"
        " from staging.reported_values as v, unnest([1, 2, 3, 4, 5]) as more (n)"
        " where filing_id = 'B' and statement = 'balance_sheet'",
    ),
    ("cross_release_coverage", "something_was_compared"): (_value("concept = null", "filing_id in ('B', 'C')"),),
    ("cross_release_coverage", "year_end_balances_meet"): (
        _value("period_end = '2010-05-31'", "filing_id = 'B' and column_no = 2 and statement = 'balance_sheet'"),
    ),
    ("figures", "match_has_its_cell"): ("update staging.figures set value_id = null where figure_id = 'A-f1'",),
    ("figures", "cell_is_of_the_same_filing"): (
        "update staging.figures set value_id = 'B-income_statement-1-15' where figure_id = 'A-f1'",
    ),
    ("figures", "match_meets_its_cell"): ("update staging.figures set value = 951000 where figure_id = 'A-f1'",),
    ("figures", "no_mismatch"): ("update staging.figures set outcome = 'mismatch' where figure_id = 'A-f1'",),
    ("figures", "no_mismatch_with_inferred"): (
        "update staging.figures set outcome = 'mismatch' where figure_id = 'A-f1'",
        _value("status = 'repaired'", f"value_id = '{CELL}'"),
    ),
    ("compound_indications", "indication_is_the_compound_s"): (
        "update staging.compound_indications set indication = 'gout' where filing_id = 'A'",
    ),
    ("compound_indications", "phase_is_known_of_the_compound"): ("update staging.compounds set phase = null",),
    ("compound_events", "has_happened_when_told"): (
        "update staging.compound_events set event_date = '2011-02-10' where event_id = 'A-e1'",
    ),
    ("fact_quarterly_results", "derived_has_no_shares"): (_fact("eps_basic = 0.09", "basis = 'derived'"),),
    ("fact_quarterly_results", "quarter_has_one_period_end"): (_fact("period_end = '2010-12-26'"),),
    ("fact_quarterly_results", "has_ended_when_known"): (_fact("known_from = '2010-12-30'"),),
    ("fact_quarterly_results", "filing_is_no_copy"): ("update dim_filing set copy_of = 'A' where filing_id = 'C'",),
    ("fact_restatement", "cells_are_as_printed"): ("update fact_restatement set value_before = value_before + 1",),
    ("fact_restatement", "cells_are_of_one_figure"): ("update fact_restatement set duration_months = 3",),
    ("fact_restatement", "difference_is_exact"): ("update fact_restatement set difference = difference + 1",),
    ("fact_restatement", "earlier_is_first"): (
        "update fact_restatement set value_id_before = value_id_after, value_id_after = value_id_before",
    ),
    ("fact_restatement", "rounding_is_within_rounding"): ("update fact_restatement set difference = 100000",),
    ("changes_are_listed", "is_listed_if_of_one_day"): ("delete from fact_restatement",),
    ("changes_are_listed", "is_listed"): (
        "delete from fact_restatement",
        "update fact_reported_value set period_end = '2010-12-27' where filing_id = 'C' and duration_months = 6",
    ),
    ("fact_derivation_operand", "quarter_is_derived"): (_fact("basis = 'reported'", "basis = 'derived'"),),
    ("fact_derivation_operand", "has_operands"): ("delete from fact_derivation_operand where fact_column = 'revenues'",),
    ("fact_derivation_operand", "is_known_with_the_last"): (_fact("known_from = known_from + 1", "basis = 'derived'"),),
    ("fact_derivation_operand", "cells_are_as_printed"): (
        "update fact_derivation_operand set value = value + 1 where fact_column = 'revenues'",
    ),
    ("fact_derivation_operand", "cells_are_of_the_company"): (
        "update fact_derivation_operand set known_from = known_from - 1 where fact_column = 'revenues'",
    ),
    ("fact_derivation_operand", "cells_sum_to_it"): (
        "update fact_derivation_operand set weight = 1 where fact_column = 'net_income'",
    ),
    ("fact_derivation_operand", "all_restated_or_none"): (
        "update fact_derivation_operand set is_restated = true where duration_months = 6",
    ),
    ("missing_figures", "has_a_reason"): ("delete from fact_quarterly_gap where fact_column = 'eps_basic'",),
    ("missing_figures", "is_missing"): (_fact("eps_basic = 0.09", "basis = 'derived'"),),
    ("fact_quarterly_gap", "missing_quarter_has_no_row"): (
        "update fact_quarterly_gap set fiscal_quarter = 3 where vintage is null",
    ),
    ("quarterly_arithmetic", "per_share_closes"): (_fact("eps_basic = eps_basic + 1"),),
    ("quarterly_arithmetic", "adds_up"): (_fact("income_tax = income_tax + 100000"),),
    ("derived_and_printed", "agrees_or_is_marked"): (
        _fact("net_income = net_income + 100000", "basis = 'derived' and vintage = 2"),
    ),
    ("quarterly_cells", "cells_are_as_stated"): (_fact("total_assets = total_assets + 1000"),),
    ("quarterly_cells", "is_proven_as_stated"): (_fact("is_proven = false"),),
    ("quarterly_cells", "known_from_is_the_filing_s"): (_fact("known_from = known_from - 1"),),
    ("quarters_reach_the_mart", "has_its_quarter"): ("delete from fact_quarterly_results where filing_id = 'D'",),
    ("quarters_reach_the_mart", "has_a_row_or_a_reason"): ("delete from fact_quarterly_results where filing_id = 'D'",),
    ("quarters_reach_the_mart", "mart_has_rows"): ("delete from fact_quarterly_results",),
    ("fact_reported_value", "is_in_the_mart"): (f"delete from fact_reported_value where value_id = '{CELL}'",),
    ("fact_reported_value", "is_staged"): (f"delete from staging.reported_values where value_id = '{CELL}'",),
    ("fact_reported_value", "cell_is_as_staged"): (f"update fact_reported_value set raw_text = '?' where value_id = '{CELL}'",),
    ("fact_reported_value", "is_proven_iff_proof"): (
        f"update fact_reported_value set is_proven = false where value_id = '{CELL}'",
    ),
    ("fact_reported_value", "has_ended_when_known"): (
        f"update fact_reported_value set period_end = '2011-12-31' where value_id = '{CELL}'",
    ),
    ("fact_figure_reconciliation", "all_figures_are_there"): ("delete from fact_figure_reconciliation",),
    ("fact_guidance", "previous_is_the_last_given"): ("update fact_guidance set previous_low = 25 where filing_id = 'B'",),
    ("fact_compound_event", "outcome_was_told_later"): (
        "update fact_compound_event set outcome_event_id = 'A-e1' where event_id = 'A-e2'",
    ),
    ("fact_compound_event", "met_is_in_time"): (
        "update fact_compound_event set expected_to = '2011-04-01' where event_id = 'A-e2'",
    ),
    ("dim_filing", "is_staged"): ("delete from staging.filings where filing_id = 'D'",),
    ("dim_filing", "is_accounted_for"): ("delete from dim_filing where filing_id = 'D'",),
    ("dim_filing", "is_not_both"): ("update quarantine set filing_id = 'D' where not is_duplicate",),
    ("dim_filing", "is_accepted"): ("update dim_filing set filing_id = 'Q' where filing_id = 'D'",),
    ("dim_filing", "sha256_is_as_staged"): ("update dim_filing set sha256 = repeat('0', 64) where filing_id = 'D'",),
    ("dim_filing", "copy_is_of_a_release_of_that_day"): ("update dim_filing set copy_of = 'A' where filing_id = 'B'",),
    ("dim_filing", "is_no_copy"): ("update dim_filing set copy_of = 'A' where filing_id = 'B'",),
    ("dim_compound", "has_its_source_line"): ("delete from staging.compounds where filing_id = 'A'",),
    ("dim_compound", "is_of_the_pipeline"): ("update staging.compounds set role = 'comparator' where filing_id = 'A'",),
    ("dim_compound", "phase_does_not_fall"): (
        "update dim_compound set phase = 'Preclinical' where filing_id = 'B' and compound_id = 'acme-901'",
        # An event there is, and it does not say why.
        "update fact_compound_event set event_type = 'trial_started' where filing_id = 'B'",
    ),
}


def damage(suite: Suite, expectation: Expectation) -> tuple[str, ...] | None:
    """The statements that break one expectation, None where nobody wrote any: the test of it then fails."""
    if expectation.name == "rows_are_there":
        return (f"delete from {suite.table}", "delete from staging.filings", "delete from staging.reported_values")
    return CONDITIONS.get((suite.name, expectation.name))
