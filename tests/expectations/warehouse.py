"""A small sound warehouse of made-up filings: every suite has rows to check, and every one passes.

Acme prints gross profit and income before taxes, in three releases that overlap; Bolt prints neither; Core prints no
operating income, and noncontrolling interests; Dart prints discontinued operations, and cash flows; Echo prints no income
before taxes, and noncontrolling interests. All income statement figures of Acme for n quarters are n times those of one
quarter, so that quarters, years to date and comparatives tie out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import duckdb

from orchestration.filings import records
from orchestration.filings.records import (
    Candidate,
    Compound,
    CompoundEvent,
    CompoundIndication,
    CompoundName,
    Figure,
    Filing,
    Guidance,
    Value,
)

TABLES: dict[str, type] = {
    "filings": Filing,
    "reported_values": Value,
    "proofs": records.Proof,
    "value_candidates": Candidate,
    "figures": Figure,
    "guidance": Guidance,
    "compounds": Compound,
    "compound_names": CompoundName,
    "compound_indications": CompoundIndication,
    "compound_events": CompoundEvent,
    "problems": records.Problem,
}
TYPES = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN", date: "DATE", Decimal: "DECIMAL(22,4)"}

# label, concept, parent concept, one quarter's figure in thousands, places its parent takes it at
ACME_INCOME = [
    ("Product sales", None, "Revenues", 5000),
    ("Royalties", None, "Revenues", 2000),
    ("Total revenues", "Revenues", None, 7000),
    ("Cost of product sales", None, "CostOfRevenue", 1500),
    ("Cost of royalties", None, "CostOfRevenue", 500),
    ("Total cost of revenue", "CostOfRevenue", None, 2000),
    ("Gross profit", "GrossProfit", None, 5000),
    ("Research and development", "ResearchAndDevelopmentExpense", "OperatingExpenses", 3000),
    ("General and administrative", "GeneralAndAdministrativeExpense", "OperatingExpenses", 1000),
    ("Total operating expenses", "OperatingExpenses", None, 4000),
    ("Income from operations", "OperatingIncomeLoss", None, 1000),
    ("Other income, net", "NonoperatingIncomeExpense", None, 200),
    ("Income before taxes", "IncomeLossBeforeIncomeTaxes", None, 1200),
    ("Provision for income taxes", "IncomeTaxExpenseBenefit", None, 300),
    ("Net income", "NetIncomeLoss", None, 900),
]
BOLT_INCOME = [
    ("License fees", None, "Revenues", 600),
    ("Research support", None, "Revenues", 400),
    ("Total revenues", "Revenues", None, 1000),
    ("Research and development", "ResearchAndDevelopmentExpense", "OperatingExpenses", 2500),
    ("General and administrative", "GeneralAndAdministrativeExpense", "OperatingExpenses", 600),
    ("Total expenses", "OperatingExpenses", None, 3100),
    ("Loss from operations", "OperatingIncomeLoss", None, -2100),
    ("Interest income", "NonoperatingIncomeExpense", None, 100),
    ("Net loss", "NetIncomeLoss", None, -2000),
]
BALANCE = [
    ("Cash and cash equivalents", "CashAndCashEquivalents", "AssetsCurrent", 8000),
    ("Accounts receivable", None, "AssetsCurrent", 2000),
    ("Total current assets", "AssetsCurrent", "Assets", 10000),
    ("Property and equipment", None, "Assets", 5000),
    ("Total assets", "Assets", None, 15000),
    ("Accounts payable", None, "LiabilitiesCurrent", 1000),
    ("Deferred revenue", None, "LiabilitiesCurrent", 2000),
    ("Total current liabilities", "LiabilitiesCurrent", "Liabilities", 3000),
    ("Long-term deferred revenue", None, "Liabilities", 4000),
    ("Total liabilities", "Liabilities", "LiabilitiesAndStockholdersEquity", 7000),
    ("Common stock", None, "StockholdersEquity", 20000),
    ("Accumulated deficit", None, "StockholdersEquity", -12000),
    ("Total stockholders' equity", "StockholdersEquity", "LiabilitiesAndStockholdersEquity", 8000),
    ("Total liabilities and stockholders' equity", "LiabilitiesAndStockholdersEquity", None, 15000),
]
CORE_INCOME = [
    ("Product sales", None, "Revenues", 3000),
    ("Services", None, "Revenues", 1000),
    ("Total revenues", "Revenues", None, 4000),
    ("Selling", None, "OperatingExpenses", 2500),
    ("Research and development", "ResearchAndDevelopmentExpense", "OperatingExpenses", 500),
    ("Total costs and expenses", "OperatingExpenses", None, 3000),
    ("Gain on investments", None, "IncomeLossBeforeIncomeTaxes", 50),
    ("Interest expense", None, "IncomeLossBeforeIncomeTaxes", 150),
    ("Income before taxes", "IncomeLossBeforeIncomeTaxes", None, 900),
    ("Provision for income taxes", "IncomeTaxExpenseBenefit", None, 300),
    ("Net income", "ProfitLoss", None, 600),
    ("Noncontrolling interests", None, "NetIncomeLoss", 100),
    ("Net income attributable to Core", "NetIncomeLoss", None, 500),
]
TAKEN_OFF = {"Interest expense", "Noncontrolling interests"}
ALL_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
CORE_BALANCE = [
    ("Cash", "CashAndCashEquivalents", "Assets", 1000),
    ("Total assets", "Assets", None, 1000),
    ("Accounts payable", None, "Liabilities", 400),
    ("Total liabilities", "Liabilities", "LiabilitiesAndStockholdersEquity", 400),
    ("Common stock", None, "StockholdersEquity", 500),
    ("Total Core stockholders' equity", "StockholdersEquity", ALL_EQUITY, 500),
    ("Noncontrolling interests in equity", None, ALL_EQUITY, 100),
    ("Total equity", ALL_EQUITY, "LiabilitiesAndStockholdersEquity", 600),
    ("Total liabilities and equity", "LiabilitiesAndStockholdersEquity", None, 1000),
]
DART_INCOME = [
    ("Total revenues", "Revenues", None, 900),
    ("Total expenses", "OperatingExpenses", None, 500),
    ("Income from operations", "OperatingIncomeLoss", None, 400),
    ("Other income, net", "NonoperatingIncomeExpense", None, 100),
    ("Income before taxes", "IncomeLossBeforeIncomeTaxes", None, 500),
    ("Provision for income taxes", "IncomeTaxExpenseBenefit", None, 200),
    ("Income from continuing operations", "IncomeLossFromContinuingOperations", None, 300),
    ("Income from discontinued operations", None, "NetIncomeLoss", 100),
    ("Net income", "NetIncomeLoss", None, 400),
]
ECHO_INCOME = [
    ("Total revenues", "Revenues", None, 900),
    ("Total expenses", "OperatingExpenses", None, 500),
    ("Income from operations", "OperatingIncomeLoss", None, 400),
    ("Interest income", "NonoperatingIncomeExpense", None, 100),
    ("Net income", "ProfitLoss", None, 500),
    ("Noncontrolling interests", None, "NetIncomeLoss", 100),
    ("Net income attributable to Echo", "NetIncomeLoss", None, 400),
]
OPERATING = "NetCashProvidedByUsedInOperatingActivities"
INVESTING = "NetCashProvidedByUsedInInvestingActivities"
FINANCING = "NetCashProvidedByUsedInFinancingActivities"
CASH_CHANGE, CASH_END = "CashPeriodIncreaseDecrease", "CashAtEndOfPeriod"
CASH_FLOWS = [
    ("Net income", None, OPERATING, 400),
    ("Depreciation", "DepreciationDepletionAndAmortization", OPERATING, 100),
    ("Cash from operating activities", OPERATING, CASH_CHANGE, 500),
    ("Purchases of equipment", "PaymentsToAcquirePropertyPlantAndEquipment", INVESTING, -250),
    ("Sales of investments", None, INVESTING, 50),
    ("Cash used in investing activities", INVESTING, CASH_CHANGE, -200),
    ("Issuance of shares", None, FINANCING, 140),
    ("Repayment of loans", None, FINANCING, -40),
    ("Cash from financing activities", FINANCING, CASH_CHANGE, 100),
    ("Effect of exchange rates on cash", "EffectOfExchangeRateOnCash", CASH_CHANGE, 50),
    ("Increase in cash", CASH_CHANGE, CASH_END, 450),
    ("Cash at beginning of period", "CashAtBeginningOfPeriod", CASH_END, 7550),
    ("Cash at end of period", CASH_END, None, 8000),
]
ACME_SHARES = [
    ("Basic net income per share", "EarningsPerShareBasic", "USD/share", Decimal("0.09")),
    ("Diluted net income per share", "EarningsPerShareDiluted", "USD/share", Decimal("0.08")),
    ("Basic average shares", "WeightedAverageSharesBasic", "shares", Decimal(10000)),
    ("Diluted average shares", "WeightedAverageSharesDiluted", "shares", Decimal(11250)),
]
BOLT_SHARES = [
    ("Basic and diluted net loss per share", "EarningsPerShareBasic", "USD/share", Decimal("-0.10")),
    ("Basic and diluted net loss per share", "EarningsPerShareDiluted", "USD/share", Decimal("-0.10")),
    ("Basic and diluted average shares", "WeightedAverageSharesBasic", "shares", Decimal(20000)),
    ("Basic and diluted average shares", "WeightedAverageSharesDiluted", "shares", Decimal(20000)),
]
CORE_SHARES = [
    ("Basic net income per share", "EarningsPerShareBasic", "USD/share", Decimal("0.10")),
    ("Diluted net income per share", "EarningsPerShareDiluted", "USD/share", Decimal("0.08")),
    ("Basic average shares", "WeightedAverageSharesBasic", "shares", Decimal(5000)),
    ("Diluted average shares", "WeightedAverageSharesDiluted", "shares", Decimal(6250)),
]
DART_SHARES = [
    ("Basic net income per share", "EarningsPerShareBasic", "USD/share", Decimal("0.10")),
    ("Basic average shares", "WeightedAverageSharesBasic", "shares", Decimal(4000)),
]
COMPANIES = {
    "acme": (ACME_INCOME, ACME_SHARES, BALANCE),
    "bolt": (BOLT_INCOME, BOLT_SHARES, BALANCE),
    "core": (CORE_INCOME, CORE_SHARES, CORE_BALANCE),
    "dart": (DART_INCOME, DART_SHARES, BALANCE),
    "echo": (ECHO_INCOME, DART_SHARES, BALANCE),
}
PROOFS_CLAIMED = 1
BALANCE_SHEET = "balance_sheet"


def filing(filing_id: str, company: str, quarter: int, period_end: date, known_from: date, **changes: Any) -> Filing:
    return replace(
        Filing(
            filing_id=filing_id,
            source=f"{company}/{filing_id}.txt",
            sha256=(filing_id.encode().hex() + "0" * 64)[:64],
            company_id=company,
            company_name=company,
            fiscal_year=2011,
            fiscal_quarter=quarter,
            period_end=period_end,
            known_from=known_from,
        ),
        **changes,
    )


class Printer:
    """Prints the columns of one filing, line by line, a new source line each."""

    def __init__(self, filing_id: str) -> None:
        self.filing_id, self.values, self._line = filing_id, [], 0

    def column(self, statement: str, table_no: int, column_no: int, when: tuple[date, int], lines: Iterable[tuple]) -> None:
        for line_no, (label, concept, parent, value, unit, rounding, proofs) in enumerate(lines, start=1):
            self._line += 1
            raw = f"{value}"
            value_id = f"{self.filing_id}-{statement}-{column_no}-{line_no}"
            self.values.append(
                Value(
                    value_id=value_id,
                    cell_id=value_id,
                    filing_id=self.filing_id,
                    statement=statement,
                    table_no=table_no,
                    line_no=line_no,
                    column_no=column_no,
                    label=label,
                    concept=concept,
                    parent_concept=parent,
                    parent_weight=-1 if label in TAKEN_OFF else 1,
                    period_end=when[0],
                    duration_months=when[1],
                    value=value,
                    unit=unit,
                    rounding=rounding,
                    raw_text=raw,
                    status="as_read",
                    proof_count=proofs,
                    is_gaap=True,
                    basis="gaap",
                    entity=None,
                    currency="USD",
                    is_restated=False,
                    source_line=self._line,
                    source_start=100 * self._line,
                    source_end=100 * self._line + len(raw),
                )
            )

    def income(self, table_no: int, column_no: int, period_end: date, months: int, company: str = "acme") -> None:
        quarters, thousand = months // 3, Decimal(1000)
        income, shares, _ = COMPANIES[company]
        lines = [
            (label, concept, parent, Decimal(figure) * quarters * thousand, "USD", thousand, PROOFS_CLAIMED)
            for label, concept, parent, figure in income
        ]
        for label, concept, unit, figure in shares:
            per_share = unit == "USD/share"
            value, rounding = (figure * quarters, Decimal("0.01")) if per_share else (figure * thousand, thousand)
            lines.append((label, concept, None, value, unit, rounding, PROOFS_CLAIMED))
        self.column("income_statement", table_no, column_no, (period_end, months), lines)

    def balance(self, table_no: int, column_no: int, day: date, company: str = "acme") -> None:
        self.column("balance_sheet", table_no, column_no, (day, 0), _in_thousands(COMPANIES[company][2]))

    def cash_flows(self, table_no: int, column_no: int, period_end: date, months: int) -> None:
        self.column("cash_flow", table_no, column_no, (period_end, months), _in_thousands(CASH_FLOWS))


def _in_thousands(lines: Iterable[tuple]) -> list[tuple]:
    thousand = Decimal(1000)
    return [(label, concept, parent, figure * thousand, "USD", thousand, 1) for label, concept, parent, figure in lines]


DEC, MAR, JUN = date(2010, 12, 31), date(2011, 3, 31), date(2010, 6, 30)
FILINGS = [
    filing("A", "acme", 2, DEC, date(2011, 1, 28)),
    filing("B", "acme", 3, MAR, date(2011, 4, 28)),
    filing("C", "acme", 2, date(2011, 12, 31), date(2012, 1, 27), fiscal_year=2012),
    filing("D", "bolt", 2, DEC, date(2011, 2, 2)),
    filing("E", "core", 2, DEC, date(2011, 2, 3)),
    filing("F", "dart", 2, DEC, date(2011, 2, 4)),
    filing("G", "echo", 2, DEC, date(2011, 2, 7)),
    filing("Q", "acme", 1, date(2010, 9, 30), date(2010, 10, 28), status="quarantined", reason="Its table is cut off."),
]


def values() -> list[Value]:
    a, b, c, d, e, f, g, q = (Printer(name) for name in "ABCDEFGQ")
    a.balance(1, 1, DEC)
    a.balance(1, 2, JUN)
    a.income(2, 1, DEC, 3)
    a.income(2, 2, DEC, 6)
    b.balance(1, 1, MAR)
    b.balance(1, 2, JUN)
    b.income(2, 1, MAR, 3)
    b.income(2, 2, MAR, 9)
    c.income(1, 1, date(2011, 12, 31), 3)
    c.income(1, 2, DEC, 3)
    c.income(1, 3, DEC, 6)
    d.income(1, 1, DEC, 3, "bolt")
    e.balance(1, 1, DEC, "core")
    e.income(2, 1, DEC, 3, "core")
    f.income(1, 1, DEC, 3, "dart")
    f.cash_flows(2, 1, DEC, 3)
    g.income(1, 1, DEC, 3, "echo")
    q.income(1, 1, date(2010, 9, 30), 3)
    for place, value in enumerate(c.values):
        if value.concept == "WeightedAverageSharesBasic" and value.duration_months == 6:
            c.values[place] = replace(value, value=value.value + 1000)
    broken = [replace(value, value=value.value + 10**6) if value.concept == "Revenues" else value for value in q.values]
    return [*a.values, *b.values, *c.values, *d.values, *e.values, *f.values, *g.values, *broken]


def figure(figure_id: str, told: str, rounding: int, value_id: str) -> Figure:
    text = f"net income of ${told}"
    return Figure(
        figure_id,
        "A",
        "NetIncomeLoss",
        Decimal(told),
        "USD",
        Decimal(rounding),
        DEC,
        3,
        "match",
        value_id,
        told,
        text,
        7,
        70,
        80,
    )


def compound(filing_id: str, compound_id: str, name: str, role: str, phase: str | None) -> Compound:
    return Compound(
        filing_id,
        compound_id,
        name,
        role,
        name,
        None,
        None,
        "CD56",
        "ADC",
        "DM1",
        "Acme",
        (),
        phase,
        "active",
        ("lung",),
        name,
        50,
    )


NET_INCOME_CELL = "A-income_statement-1-15"
ROWS: dict[str, list[Any]] = {
    "filings": FILINGS,
    "reported_values": values(),
    "proofs": [
        records.Proof(
            "A", "net_income", "income_statement", DEC, 3, "closed", Decimal(0), Decimal(1500), (NET_INCOME_CELL,), True, "n"
        ),
        records.Proof("A", "gross_profit", "income_statement", DEC, 3, "untestable", None, None, (), True, "g"),
    ],
    "value_candidates": [
        Candidate(NET_INCOME_CELL, "A", "row", "900", Decimal(900000), True, 5, 1, 4),
        Candidate(NET_INCOME_CELL, "A", "ghost_row", "990", Decimal(990000), False, 6, 11, 14),
    ],
    "figures": [figure("A-f1", "900000", 100000, NET_INCOME_CELL), figure("A-f2", "901000", 2000, NET_INCOME_CELL)],
    "guidance": [
        Guidance(
            "A-g1",
            "A",
            "Revenues",
            "FY2011",
            Decimal(26),
            Decimal(29),
            None,
            None,
            "initiated",
            None,
            None,
            "USD",
            "26-29",
            60,
            1,
            2,
        ),
        Guidance(
            "B-g1",
            "B",
            "Revenues",
            "FY2011",
            Decimal(27),
            Decimal(29),
            Decimal(26),
            Decimal(29),
            "raised",
            "raised",
            "raised",
            "USD",
            "27",
            60,
            1,
            2,
        ),
    ],
    "compounds": [
        compound("A", "acme-901", "ACM901", "pipeline", "Phase 1"),
        compound("B", "acme-901", "ACM901", "pipeline", "Phase 2"),
        compound("B", "acme-529", "ACM529", "pipeline", "Phase 1"),
        compound("B", "herceptin", "Herceptin", "comparator", None),
    ],
    "compound_names": [
        CompoundName("A", "acme-901", "ACM901", "code", True, "heading", 50),
        CompoundName("B", "acme-901", "lorvotuzumab", "generic", False, "compounds.csv", 50),
        CompoundName("B", "acme-529", "ACM529", "code", True, "heading", 52),
    ],
    "compound_indications": [
        CompoundIndication("A", "acme-901", "lung", None, "Phase 1", "active", "for lung cancer", 51),
        CompoundIndication("B", "acme-901", "lung", None, "Phase 2", "active", "for lung cancer", 51),
        CompoundIndication("B", "acme-901", "lung", "001", None, "active", "in Study 001", 52),
    ],
    "compound_events": [
        CompoundEvent(
            "A-e1", "A", "acme-901", "trial_started", date(2011, 1, 10), None, None, None, "lung", "001", "began", 51
        ),
        CompoundEvent(
            "A-e2",
            "A",
            "acme-901",
            "data_expected",
            None,
            "April",
            date(2011, 4, 1),
            date(2011, 4, 30),
            "lung",
            None,
            "in April",
            51,
        ),
        CompoundEvent(
            "B-e2", "B", "acme-901", "data_presented", date(2011, 4, 20), None, None, None, "lung", None, "showed", 52, "AACR"
        ),
        CompoundEvent(
            "B-e1", "B", "acme-901", "data_expected", None, "mid-2011", MAR, date(2011, 8, 31), "lung", None, "mid-2011", 51
        ),
    ],
    "problems": [
        records.Problem(
            "Q", "error", "table_cut_off", "The income statement ends in the middle of a row; get the whole filing.", 9
        ),
        records.Problem("A", "note", "rubbish_row", "Line 7 is no row of a table; nothing was read from it.", 7),
    ],
}

RAW_FILES = """
    create table staging.raw_files as
    select source, sha256, 1000::bigint as size_bytes, filing_id, null::varchar as duplicate_of from staging.filings
    union all
    select 'acme/copy-of-A.txt', sha256, 1000, filing_id, source from staging.filings where filing_id = 'A'
"""

MARTS = """
    create table dim_filing as
    select
        filing_id, company_id, fiscal_year, fiscal_quarter, period_end, known_from, source, sha256, null::varchar as copy_of
    from staging.filings where status = 'accepted';

    create table quarantine as
    select source, sha256, filing_id, reason, false as is_duplicate from staging.filings where status <> 'accepted'
    union all
    select r.source, r.sha256, r.filing_id, 'The same bytes as ' || r.duplicate_of, true
    from staging.raw_files as r where r.duplicate_of is not null;

    create table fact_reported_value as
    select
        v.value_id, v.cell_id, v.filing_id, f.company_id, v.statement, v.line_no, v.label, v.concept, v.parent_concept,
        v.period_end, v.duration_months, v.value, v.unit, v.raw_text, v.status, v.proof_count, v.proof_count >= 1 as is_proven,
        v.is_gaap, v.is_restated, v.source_line, v.source_start, v.source_end, f.known_from, v.basis, v.entity, v.currency
    from staging.reported_values as v
    inner join dim_filing as f using (filing_id);

    create table fact_figure_reconciliation as
    select filing_id, metric, value, unit, rounding, period_end, duration_months, outcome, value_id, source_line, text
    from staging.figures;

    create table fact_guidance as
    select
        g.filing_id, f.company_id, g.metric, g.fiscal_period, g.low, g.high, g.previous_low, g.previous_high, g.action, g.unit,
        g.source_line, null::decimal(22, 4) as actual, null::varchar as outcome
    from staging.guidance as g inner join dim_filing as f using (filing_id);

    create table dim_compound as
    select
        c.compound_id, c.preferred_name, c.phase, c.status, f.known_from as valid_from,
        lead(f.known_from) over (partition by c.compound_id order by f.known_from) as valid_to,
        lead(f.known_from) over (partition by c.compound_id order by f.known_from) is null as is_current, c.filing_id
    from staging.compounds as c inner join dim_filing as f using (filing_id)
    where c.role = 'pipeline';

    create table dim_compound_name as
    select compound_id, name, kind, is_stated, evidence, filing_id, source_line from staging.compound_names;

    create table fact_compound_event as
    select
        compound_id, filing_id, event_type, event_date, expected_period, indication, trial, text, source_line, event_id,
        expected_from, expected_to,
        case event_id when 'A-e2' then 'met' when 'B-e1' then 'open' end as outcome,
        case event_id when 'A-e2' then 'B-e2' end as outcome_event_id
    from staging.compound_events;

    create table dim_compound_indication as
    select
        i.compound_id, i.indication, i.trial, i.phase, i.status, f.known_from as valid_from,
        lead(f.known_from) over of_a_use as valid_to, lead(f.known_from) over of_a_use is null as is_current, i.filing_id,
        i.source_line
    from staging.compound_indications as i inner join dim_filing as f using (filing_id)
    window of_a_use as (partition by i.compound_id, i.indication, i.trial order by f.known_from);

    create table fact_quarterly_results as
    with one as (
        select
            filing_id, period_end,
            {figures}
        from staging.reported_values
        where statement = 'income_statement' and duration_months = 3
        group by filing_id, period_end
    ),

    balances as (
        select
            filing_id, period_end,
            {balances}
        from staging.reported_values
        where statement = 'balance_sheet'
        group by filing_id, period_end
    ),

    printed as (
        select
            f.company_id, 2011 + (o.period_end > date '2011-06-30')::integer as fiscal_year,
            case when o.period_end = date '2011-03-31' then 3 else 2 end as fiscal_quarter, o.period_end, f.known_from,
            case when o.period_end = f.period_end then 'reported' else 'comparative' end as basis,
            o.* exclude (filing_id, period_end), o.filing_id
        from one as o inner join dim_filing as f using (filing_id)
    ),

    -- The first quarter of fiscal 2011: six months less the second quarter, which is as large.
    derived as (
        select
            company_id, fiscal_year, 1 as fiscal_quarter, date '2010-09-30' as period_end, known_from, 'derived' as basis,
            * exclude (
                company_id, fiscal_year, fiscal_quarter, period_end, known_from, basis, filing_id, eps_basic, eps_diluted,
                shares_basic, shares_diluted
            ),
            null as eps_basic, null as eps_diluted, null as shares_basic, null as shares_diluted, filing_id
        from printed where filing_id in ('A', 'C') and period_end = date '2010-12-31'
    ),

    unioned as (select * from printed union all by name select * from derived)

    select
        unioned.*, balances.* exclude (filing_id, period_end), true as is_proven,
        row_number() over by_time as vintage, lead(known_from) over by_time as known_to,
        lead(known_from) over by_time is null as is_current,
        false as is_revised, null::varchar as revised_columns,
        case when basis = 'derived' then '6 months less 3 months' end as derived_from, 'USD' as currency,
        null::varchar as kept_from
    from unioned
    left join balances on balances.filing_id = unioned.filing_id and balances.period_end = unioned.period_end
    window by_time as (partition by company_id, fiscal_year, fiscal_quarter order by known_from);

    create table fact_derivation_operand as
    select
        'acme' as company_id, 2011 as fiscal_year, 1 as fiscal_quarter, 'USD' as currency,
        if(v.filing_id = 'A', 1, 2) as vintage, c.fact_column,
        sum(if(v.duration_months = 6, 1, -1) * v.value) over (partition by v.filing_id, c.fact_column) as derived_value,
        if(v.duration_months = 6, 1, -1) as weight, v.value_id, v.filing_id as operand_filing_id, v.period_end,
        v.duration_months, v.value, v.is_restated, v.known_from, v.filing_id
    from fact_reported_value as v
    inner join dim_concept as c on c.concept = v.concept and c.statement = v.statement and c.unit = 'currency'
    where v.filing_id in ('A', 'C') and v.statement = 'income_statement' and v.period_end = date '2010-12-31'
        and c.fact_column is not null;

    -- Basic shares of the six months to December 2010, as the release of a year later has them: a thousand more.
    create table fact_restatement as
    select
        b.company_id, 2011 as fiscal_year, 2 as fiscal_quarter, b.statement, b.concept, a.period_end, a.duration_months, a.unit,
        b.value as value_before, a.value as value_after, a.value - b.value as difference,
        'rounding' as kind, false as is_marked, true as is_as_read,
        b.known_from as known_from_before, a.known_from as known_from_after,
        b.filing_id as filing_id_before, a.filing_id as filing_id_after,
        b.value_id as value_id_before, a.value_id as value_id_after, a.currency
    from fact_reported_value as b
    inner join fact_reported_value as a using (company_id, statement, concept, duration_months, period_end)
    where b.filing_id = 'A' and a.filing_id = 'C' and a.value <> b.value;

    create table fact_quarterly_gap as
    with figures as (
        unpivot (select company_id, fiscal_year, fiscal_quarter, currency, vintage, {names} from fact_quarterly_results)
        on {names_only} into name fact_column value is_missing
    )
    select
        company_id, fiscal_year, fiscal_quarter, currency, vintage, fact_column, 'not_printed' as reason_code,
        'The filing prints no such line.' as reason
    from figures where is_missing
    union all
    select 'acme', 2011, 4, null, null, null, 'no_filing', 'No filing prints it.';
"""
FACT_COLUMNS = {
    "Revenues": "revenues",
    "CostOfRevenue": "cost_of_revenue",
    "GrossProfit": "gross_profit",
    "ResearchAndDevelopmentExpense": "research_and_development",
    "GeneralAndAdministrativeExpense": "general_and_administrative",
    "OperatingExpenses": "operating_expenses",
    "OperatingIncomeLoss": "operating_income",
    "NonoperatingIncomeExpense": "other_income",
    "IncomeLossBeforeIncomeTaxes": "pretax_income",
    "IncomeTaxExpenseBenefit": "income_tax",
    "NetIncomeLoss": "net_income",
    "EarningsPerShareBasic": "eps_basic",
    "EarningsPerShareDiluted": "eps_diluted",
    "WeightedAverageSharesBasic": "shares_basic",
    "WeightedAverageSharesDiluted": "shares_diluted",
}
BALANCE_COLUMNS = {
    "CashAndCashEquivalents": "cash",
    "Assets": "total_assets",
    "LiabilitiesCurrent": "current_liabilities",
    "StockholdersEquity": "stockholders_equity",
}


def build(con: duckdb.DuckDBPyConnection) -> None:
    """The sound warehouse in an empty database."""
    con.execute("create schema staging")
    con.execute("create schema intermediate")
    con.execute(
        "create table intermediate.int_quarters_left_out (filing_id varchar, currency varchar, period_end date,"
        " duration_months integer, reason varchar)"
    )
    for name, record in TABLES.items():
        _create(con, name, record)
    con.execute(RAW_FILES)
    con.execute("create table dim_concept (concept varchar, statement varchar, unit varchar, fact_column varchar)")
    con.executemany(
        "insert into dim_concept values (?, ?, ?, ?)", [*_concepts(), ["Liabilities", BALANCE_SHEET, "currency", None]]
    )
    marts = MARTS.replace("{figures}", _pivoted(FACT_COLUMNS)).replace("{balances}", _pivoted(BALANCE_COLUMNS))
    names = [*FACT_COLUMNS.values(), *BALANCE_COLUMNS.values()]
    marts = marts.replace("{names}", ", ".join(f"{name} is null as {name}" for name in names))
    con.execute(marts.replace("{names_only}", ", ".join(names)))


def _concepts() -> Iterable[list[str]]:
    for concept, name in FACT_COLUMNS.items():
        unit = "currency_per_share" if name.startswith("eps") else "shares" if name.startswith("shares") else "currency"
        yield [concept, "income_statement", unit, name]
    for concept, name in BALANCE_COLUMNS.items():
        yield [concept, BALANCE_SHEET, "currency", name]


def _pivoted(columns: dict[str, str]) -> str:
    return ", ".join(f"max(value) filter (where concept = '{concept}') as {name}" for concept, name in columns.items())


def _create(con: duckdb.DuckDBPyConnection, name: str, record: type) -> None:
    hints = get_type_hints(record)
    columns = ", ".join(f"{field.name} {_sql_type(hints[field.name])}" for field in fields(record))
    con.execute(f"create table staging.{name} ({columns})")
    marks = ", ".join("?" for _ in fields(record))
    con.executemany(f"insert into staging.{name} values ({marks})", [_plain(row) for row in ROWS[name]])


def _sql_type(hint: Any) -> str:
    kind = next(option for option in (*get_args(hint), hint) if option is not NoneType) if NoneType in get_args(hint) else hint
    if get_origin(kind) is tuple:
        return f"{TYPES[get_args(kind)[0]]}[]"
    return TYPES[str if issubclass(kind, StrEnum) else kind]


def _plain(row: Any) -> list[Any]:
    return [list(cell) if isinstance(cell, tuple) else cell for cell in astuple(row)]
