"""The rows of the staging tables, as frozen dataclasses.

Belongs here: what a reading consists of, one class a staging table, field for column, and the closed sets of words
those columns use. Does not belong here: how a value is found (`statements/`, `prose/`), how it is proven (`proof/`), how
a record becomes Parquet or a DuckDB table (`orchestration/warehouse/warehouse.py`, which derives both from these annotations).

Values are absolute (USD, shares, USD per share), never scaled. Lines are counted from 1. `source_start` and `source_end`
are character offsets, end exclusive, into the decoded text of the filing: `text[source_start:source_end] == raw_text`. In
marked-up text tags and entities may stand between the characters of a figure (`(1,234</td><td>)`, `&#8212;`): there `raw_text`
is what a browser shows, and the offsets bound the stretch of source that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Statement(StrEnum):
    """The three primary statements."""

    INCOME = "income_statement"
    BALANCE = "balance_sheet"
    CASH_FLOW = "cash_flow"


class Status(StrEnum):
    """How a value came to be; `design.md`, section 3."""

    AS_READ = "as_read"
    REPAIRED = "repaired"
    IMPLIED = "implied"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """What a problem means for the filing: an error keeps it out, a warning loses a value, a note loses nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Filing:
    """The cover facts of one filing: grain of `staging.filings`.

    `status` is `accepted` or `quarantined`; a quarantined filing has a `reason` a person understands.
    `known_from` is the filing date of the header, else the date of the report. `fiscal_year_end` is `MM-DD`.
    """

    filing_id: str
    source: str
    sha256: str
    status: str = "accepted"
    reason: str | None = None
    company_id: str | None = None
    company_name: str | None = None
    registrant: str | None = None
    form: str | None = None
    date_of_report: date | None = None
    items: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    fiscal_year: int | None = None
    fiscal_quarter: int | None = None
    period_end: date | None = None
    fiscal_year_end: str | None = None
    commission_file_number: str | None = None
    irs_employer_id: str | None = None
    state_of_incorporation: str | None = None
    address: str | None = None
    phone: str | None = None
    ticker: str | None = None
    exchange: str | None = None
    signatory: str | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One printed cell of a statement: grain of `staging.reported_values`.

    A cell that states two concepts ("basic and diluted") is two records, told apart by `value_id`. `rounding` is the
    weight of the last printed digit in the unit of `value` (1000 for a figure in thousands, 0.01 for cents a share): the
    true figure lies within half of it. `parent_weight` is +1 where the line adds to its parent concept, -1 where it is taken
    off. `column_no` counts the value columns of the table from 1. `value` is None where
    the status is `unreadable`. `unit` is an ISO 4217 code, `shares`, or `<ISO>/share`.
    """

    value_id: str
    filing_id: str
    statement: str
    table_no: int
    line_no: int
    column_no: int
    label: str
    concept: str | None
    parent_concept: str | None
    parent_weight: int
    period_end: date | None
    duration_months: int | None
    value: Decimal | None
    unit: str
    rounding: Decimal
    raw_text: str | None
    status: str
    proof_count: int
    is_gaap: bool
    is_restated: bool
    source_line: int | None
    source_start: int | None
    source_end: int | None


@dataclass(frozen=True, slots=True)
class Proof:
    """One identity tried on one column: grain of `staging.proofs`.

    `outcome` is `closed` or `broken`; `residual` and `tolerance` are absolute, in the unit of the identity. `value_ids`
    are the values that take part, `missing` the concepts that would be needed and are not there (then `untestable`).
    `is_independent` is False where the identity was spent on choosing or implying one of its own values.
    """

    filing_id: str
    identity: str
    statement: str
    period_end: date | None
    duration_months: int | None
    outcome: str
    residual: Decimal | None
    tolerance: Decimal | None
    value_ids: tuple[str, ...]
    is_independent: bool
    formula: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a cell that was weighed: grain of `staging.value_candidates`.

    `kind` is `row` (the line itself), `ghost_row` (a repeated, worse copy of it), `shifted_column` (its row stands one column
    off), `blank` (nothing is printed, which is how a nil is printed too) or `identity` (no characters: what the identities
    leave). Kept for every cell that had more than one candidate or none that was sound.
    """

    value_id: str
    filing_id: str
    kind: str
    raw_text: str | None
    value: Decimal | None
    is_chosen: bool
    source_line: int | None
    source_start: int | None
    source_end: int | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why a repaired or implied value is what it is: grain of `staging.certificates`, one a repaired cell.

    `raw_text` is what is printed at its place, None where nothing is. `change` names what would have damaged the printed figure
    and `cost` what that costs (`data/vocabulary/repair_costs.csv`); `row` is the figure as printed, `damaged_characters` one
    that its damaged characters may spell. `forced_by` are the identities that leave the cell no other value within the margin,
    none of which could be missed; `confirmed_by` close as well and were not needed. `runner_up` is
    the value the cell has in the next cheapest answer, at `runner_up_cost`; None where there is none at all.
    `is_told_outside` says that figures outside the statement were needed to decide; `told_by` are the `filing_id`s of the
    releases that tell them, its own for its prose. What decided is no proof. The `weighed_` lists are the cheapest readings of
    the cell, in order.
    """

    value_id: str
    filing_id: str
    raw_text: str | None
    value: Decimal
    change: str
    cost: int
    forced_by: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    is_told_outside: bool
    told_by: tuple[str, ...]
    runner_up: Decimal | None
    runner_up_cost: int | None
    weighed_values: tuple[str, ...]
    weighed_changes: tuple[str, ...]
    weighed_costs: tuple[int, ...]
    source_line: int | None
    source_start: int | None
    source_end: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure told in prose: grain of `staging.figures`.

    `metric` is a concept of `data/vocabulary/concepts.csv` or a metric of `metrics.csv`; None where no rule could name it.
    `rounding` is the weight of the last printed digit (100000 for "$15.0 million"). `outcome` is `match`, `mismatch` or
    `unmatched`; `value_id` names the statement cell it was held against.
    """

    figure_id: str
    filing_id: str
    metric: str | None
    value: Decimal
    unit: str
    rounding: Decimal
    period_end: date | None
    duration_months: int | None
    outcome: str
    value_id: str | None
    raw_text: str
    text: str
    source_line: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a filing expects of one metric: grain of `staging.guidance`.

    `fiscal_period` is `FY2014`, `Q3 FY2014`, or the date of an instant as `2014-06-30`. Bounds are absolute, in `unit`.
    """

    guidance_id: str
    filing_id: str
    metric: str
    fiscal_period: str
    low: Decimal | None
    high: Decimal | None
    previous_low: Decimal | None
    previous_high: Decimal | None
    action: str
    unit: str
    text: str
    source_line: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Compound:
    """What one filing states of one compound: grain of `staging.compounds` (filing x compound).

    `role` is `pipeline`, `component` or `comparator`; only `pipeline` reaches `dim_compound`. An attribute the filing is
    silent on is None or empty, which is not a statement that it ended.
    """

    filing_id: str
    compound_id: str
    preferred_name: str
    role: str
    code_name: str | None
    generic_name: str | None
    brand_name: str | None
    target: str | None
    modality: str | None
    payload: str | None
    owner: str | None
    partners: tuple[str, ...]
    phase: str | None
    status: str | None
    indications: tuple[str, ...]
    text: str
    source_line: int


@dataclass(frozen=True, slots=True)
class CompoundName:
    """One name of a compound: grain of `staging.compound_names` (filing x compound x name).

    `kind` is `code`, `generic`, `brand` or `former`. `is_stated` says whether the filing itself links the name to the
    compound; else the link is from `data/vocabulary/compounds.csv` and `evidence` names its source.
    """

    filing_id: str
    compound_id: str
    name: str
    kind: str
    is_stated: bool
    evidence: str
    source_line: int


@dataclass(frozen=True, slots=True)
class CompoundIndication:
    """What one filing states of one use of a compound: grain of `staging.compound_indications`.

    One row a filing, compound, indication and trial. `indication` is one of the compound's. `trial` is the trial's name; what
    is said of the disease without one is a row without a trial. `phase` is the furthest that the filing states as reached for
    it. `status` is `active`, `approved` or `discontinued`.
    """

    filing_id: str
    compound_id: str
    indication: str
    trial: str | None
    phase: str | None
    status: str
    text: str
    source_line: int


@dataclass(frozen=True, slots=True)
class CompoundEvent:
    """Something that happened to a compound or is expected to: grain of `staging.compound_events`.

    `expected_period` is as printed; `expected_from` and `expected_to` are its range, both inclusive. `meeting` is where data
    were or will be presented.
    """

    event_id: str
    filing_id: str
    compound_id: str
    event_type: str
    event_date: date | None
    expected_period: str | None
    expected_from: date | None
    expected_to: date | None
    indication: str | None
    trial: str | None
    text: str
    source_line: int
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read, or not read for sure: grain of `staging.problems`.

    `message` says what, where and what to do. `code` is a stable word for it (`table_not_recognised`, `cell_unreadable`).
    """

    filing_id: str
    severity: str
    code: str
    message: str
    source_line: int | None = None
    raw_text: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one filing gave: the one thing `read_filing` returns."""

    filing: Filing
    values: tuple[Value, ...] = ()
    proofs: tuple[Proof, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    figures: tuple[Figure, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    compounds: tuple[Compound, ...] = ()
    compound_names: tuple[CompoundName, ...] = ()
    compound_indications: tuple[CompoundIndication, ...] = ()
    compound_events: tuple[CompoundEvent, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
