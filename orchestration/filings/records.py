"""The rows of the staging tables as frozen dataclasses, and the closed sets of words in their columns as `StrEnum`s.

Belongs here: one class a staging table, field for column. Does not belong here: finding a value (`statements/`, `narrative/`,
`compounds/`), proving it (`proof/`), Parquet and DuckDB types, which `orchestration/store/` and `orchestration/warehouse/`
derive from these annotations. Sets of words that grow with the vocabulary (`phase`, `change`, `metric`, `concept`) are data
(`data/vocabulary/`) and plain `str` here. The docstrings of the records are published as the comments of their tables.

Values are absolute (USD, shares, USD per share), never scaled. Lines are counted from 1. `source_start` and `source_end` are
character offsets, end exclusive, into the decoded text of the filing: `text[source_start:source_end] == raw_text`. In marked-up
text, tags and entities may stand between the characters of a figure (`(1,234</td><td>)`, `&#8212;`): there `raw_text` is what a
browser shows, and the offsets span the source that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FilingStatus(StrEnum):
    """Whether a filing enters the warehouse."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"


class Statement(StrEnum):
    """The three primary statements."""

    INCOME = "income_statement"
    BALANCE = "balance_sheet"
    CASH_FLOW = "cash_flow"


class Status(StrEnum):
    """How a value was found.

    As printed; by one minimal repair of damaged or wrong characters; implied by the identities for a lost or blank cell; or not
    at all, with the value None.
    """

    AS_READ = "as_read"
    REPAIRED = "repaired"
    IMPLIED = "implied"
    UNREADABLE = "unreadable"


class ProofOutcome(StrEnum):
    """Whether an identity holds within the rounding of its figures; `untestable` where one of them is missing."""

    CLOSED = "closed"
    BROKEN = "broken"
    UNTESTABLE = "untestable"


class CandidateKind(StrEnum):
    """Where a candidate for a cell comes from.

    The row itself; a duplicate row; a row that stands one column off; nothing printed, as a nil may be; or the identities
    alone.
    """

    ROW = "row"
    GHOST_ROW = "ghost_row"
    SHIFTED_COLUMN = "shifted_column"
    BLANK = "blank"
    IDENTITY = "identity"


class FigureOutcome(StrEnum):
    """Whether a figure in prose agrees with its statement cell; `unmatched` where no cell confirms or contradicts it."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNMATCHED = "unmatched"


class GuidanceAction(StrEnum):
    """What a filing does to its earlier guidance."""

    INITIATED = "initiated"
    RAISED = "raised"
    LOWERED = "lowered"
    NARROWED = "narrowed"
    UNCHANGED = "unchanged"


class CompoundRole(StrEnum):
    """A drug in development, a part of one (antibody, payload), or one it is compared or combined with."""

    PIPELINE = "pipeline"
    COMPONENT = "component"
    COMPARATOR = "comparator"


class CompoundStatus(StrEnum):
    """Whether a compound is developed, as the filing states it."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"


class IndicationStatus(StrEnum):
    """Whether a compound is developed or approved for one use, as the filing states it."""

    ACTIVE = "active"
    APPROVED = "approved"
    DISCONTINUED = "discontinued"


class NameKind(StrEnum):
    """The kinds of names a compound has; a former name is one that was given up."""

    CODE = "code"
    GENERIC = "generic"
    BRAND = "brand"
    FORMER = "former"


class EventType(StrEnum):
    """What happened to a compound; `*_expected` has not happened yet (`data/vocabulary/expected_events.csv` pairs them)."""

    APPROVAL = "approval"
    APPROVAL_EXPECTED = "approval_expected"
    DATA_EXPECTED = "data_expected"
    DATA_PRESENTED = "data_presented"
    DISCONTINUATION = "discontinuation"
    FILING = "filing"
    FILING_EXPECTED = "filing_expected"
    LICENCE = "licence"
    MILESTONE_EXPECTED = "milestone_expected"
    MILESTONE_REACHED = "milestone_reached"
    TRIAL_COMPLETED = "trial_completed"
    TRIAL_EXPECTED = "trial_expected"
    TRIAL_STARTED = "trial_started"


class Basis(StrEnum):
    """On which basis a statement stands; only `gaap` is the registrant's own statement (`statement_bases.csv`)."""

    GAAP = "gaap"
    NON_GAAP = "non_gaap"
    PRO_FORMA = "pro_forma"
    SEGMENT = "segment"
    PARENT_ONLY = "parent_only"
    OTHER_ENTITY = "other_entity"
    FORECAST = "forecast"
    ILLUSTRATIVE = "illustrative"
    CASH_BASIS = "cash_basis"
    PERCENTAGE = "percentage"
    INFLATED = "inflated"
    SUPERSEDED = "superseded"
    NOT_UNDERSTOOD = "not_understood"


class Witness(StrEnum):
    """What says when a printed column is, in what unit, whose and on which basis.

    The words above its table, the rows on top of it, a note, currency signs beside its figures, a bare "$" (dollars, of no
    country), a sentence about all amounts or the cover, figures told in prose, share counts printed one by one, the fiscal
    calendar that the filing states, the statement right before, the other statements of the filing, or nothing.
    """

    TITLE = "title"
    HEADER = "header"
    NOTE = "note"
    SIGNS = "signs"
    DOLLAR_SIGN = "dollar_sign"
    FILING = "filing"
    PROSE = "prose"
    PER_SHARE = "per_share"
    CALENDAR = "calendar"
    STATEMENT_BEFORE = "statement_before"
    OTHER_STATEMENTS = "other_statements"
    NOTHING = "nothing"


class Severity(StrEnum):
    """What a problem means for the filing: an error keeps it out, a warning loses a value, a note loses nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class KeyKind(StrEnum):
    """What a key tells a company by, the strongest first."""

    HEADER_CIK = "header_cik"
    FOLDER_CIK = "folder_cik"
    FILE_NUMBER = "file_number"
    IRS_NUMBER = "irs_number"
    TICKER = "ticker"
    NAME = "name"
    FORMER_NAME = "former_name"


class KeyPlace(StrEnum):
    """Where a key of a company stands."""

    HEADER = "header"
    FOLDER = "folder"
    COVER = "cover"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Filing:
    """The cover facts of one filing: grain of `staging.filings`.

    The `reason` of a quarantined filing says what is wrong and what to do. `known_from` is the filing date of the header, else
    the date of the report, else the dateline. `fiscal_year_end` is `MM-DD`. `company_evidence` is the kind of key that says
    which company it is (`staging.company_keys`).
    """

    filing_id: str
    source: str
    sha256: str
    status: FilingStatus = FilingStatus.ACCEPTED
    reason: str | None = None
    company_id: str | None = None
    company_name: str | None = None
    company_evidence: str | None = None
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
class CompanyKey:
    """A key that a filing states of its company: grain of `staging.company_keys` (filing x kind x value x place).

    `value` is what is equal for all spellings of one number, ticker or name; `text` is as printed.
    """

    filing_id: str
    kind: KeyKind
    value: str
    text: str
    stands_in: KeyPlace


@dataclass(frozen=True, slots=True)
class Value:
    """One concept that a printed cell states: grain of `staging.reported_values`.

    A cell that states two concepts ("basic and diluted") is two records with one `cell_id`; the first has it as its `value_id`,
    which is unique. `rounding` is the weight of the last printed digit in the unit of `value` (1000 for a figure in thousands,
    0.01 for cents a share): the true figure lies within half of it. `parent_weight` is +1 where the line adds to its parent
    concept, -1 where it is subtracted. `column_no` counts the value columns of the table from 1. `value` is None where it is
    unreadable. `unit` is an ISO 4217 code, `shares`, or `<ISO>/share`; `currency` is that of the statement, also of shares.
    `entity` is the company that the statement is of, None where no registrant is known; `is_gaap` is the basis `gaap`.
    Of a PDF, `source_page` is its page, counted from 1, and `source_box` the place of the words on it: left, top, right and
    bottom in points from the top left corner of the page with its words upright.
    """

    value_id: str
    cell_id: str
    filing_id: str
    statement: Statement
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
    status: Status
    proof_count: int
    is_gaap: bool
    basis: Basis
    entity: str | None
    currency: str
    is_restated: bool
    source_line: int | None
    source_start: int | None
    source_end: int | None
    source_page: int | None = None
    source_box: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """What witnesses of a printed column when it is, in what, whose, and on which basis: grain of `staging.attributions`.

    One row a column with values (filing, `table_no`, `column_no`), with the witness of each, its line and its words as printed.
    `scale` is what a printed 1 of money is worth. What nothing says is the default: `nothing` for the unit proves no value.
    """

    filing_id: str
    statement: Statement
    table_no: int
    column_no: int
    period_end: date | None
    duration_months: int | None
    period_witness: Witness
    period_line: int | None
    period_text: str
    scale: Decimal
    scale_witness: Witness
    scale_line: int | None
    scale_text: str
    currency: str
    currency_witness: Witness
    currency_line: int | None
    currency_text: str
    entity: str | None
    entity_witness: Witness
    entity_line: int | None
    entity_text: str
    basis: Basis
    basis_witness: Witness
    basis_line: int | None
    basis_text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One identity tested on one column: grain of `staging.proofs`.

    `residual` and `tolerance` are absolute, in the unit of the identity; None where it is untestable. `value_ids` are the
    `cell_id`s of its figures. `is_independent` is False where the identity was spent on choosing or implying one of its own
    values.
    """

    filing_id: str
    identity: str
    statement: Statement
    period_end: date | None
    duration_months: int | None
    outcome: ProofOutcome
    residual: Decimal | None
    tolerance: Decimal | None
    value_ids: tuple[str, ...]
    is_independent: bool
    formula: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a cell that was weighed: grain of `staging.value_candidates`.

    `value_id` is the `cell_id` of the cell. Kept for every cell that had several candidates or was not read as printed.
    """

    value_id: str
    filing_id: str
    kind: CandidateKind
    raw_text: str | None
    value: Decimal | None
    is_chosen: bool
    source_line: int | None
    source_start: int | None
    source_end: int | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why a repaired or implied value is what it is: grain of `staging.certificates`, one a repaired cell.

    `value_id` is the `cell_id` of the cell. `raw_text` is what is printed at its place, None where nothing is. `change` names
    what would have damaged the printed figure and `cost` what that costs (`data/vocabulary/repair_costs.csv`); `row` is the
    figure as printed, `damaged_characters` one that its damaged characters may be. `forced_by` are the identities that leave
    the cell no other value within the margin, none of which can be left out; `confirmed_by` close as well and were not needed.
    `runner_up` is the value of the cell in the next cheapest solution, at `runner_up_cost`; None where there is none.
    `is_told_outside` says that external figures were needed to decide; `told_by` are the `filing_id`s of the releases that
    state them, its own for its prose. What decided is no proof. The `weighed_` lists are the cheapest readings of the cell, in
    order.
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
    """One figure in prose: grain of `staging.figures`.

    `metric` is a concept of `concepts.csv` or a metric of `metrics.csv`; None where no rule names it. `rounding` is the weight
    of the last printed digit (100000 for "$15.0 million"). `value_id` is the value it is compared with.
    """

    figure_id: str
    filing_id: str
    metric: str | None
    value: Decimal
    unit: str
    rounding: Decimal
    period_end: date | None
    duration_months: int | None
    outcome: FigureOutcome
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
    `action` is of the figure as printed, `direction` of the value, `stated_action` what the filing itself calls it.
    """

    guidance_id: str
    filing_id: str
    metric: str
    fiscal_period: str
    low: Decimal | None
    high: Decimal | None
    previous_low: Decimal | None
    previous_high: Decimal | None
    action: GuidanceAction
    stated_action: GuidanceAction | None
    direction: GuidanceAction | None
    unit: str
    text: str
    source_line: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Compound:
    """What one filing states of one compound: grain of `staging.compounds` (filing x compound).

    Only the role `pipeline` reaches `dim_compound`. An attribute that the filing does not mention is None or empty; that does
    not mean that it ended.
    """

    filing_id: str
    compound_id: str
    preferred_name: str
    role: CompoundRole
    code_name: str | None
    generic_name: str | None
    brand_name: str | None
    target: str | None
    modality: str | None
    payload: str | None
    owner: str | None
    partners: tuple[str, ...]
    phase: str | None
    status: CompoundStatus | None
    indications: tuple[str, ...]
    text: str
    source_line: int


@dataclass(frozen=True, slots=True)
class CompoundName:
    """One name of a compound: grain of `staging.compound_names` (filing x compound x name).

    `is_stated` says whether the filing itself links the name to the compound; else the link is from
    `data/vocabulary/compounds.csv` and `evidence` names its source.
    """

    filing_id: str
    compound_id: str
    name: str
    kind: NameKind
    is_stated: bool
    evidence: str
    source_line: int


@dataclass(frozen=True, slots=True)
class CompoundIndication:
    """What one filing states of one use of a compound: grain of `staging.compound_indications`.

    One row a filing, compound, indication and trial. `indication` is one of the compound's. `trial` is the trial's name; what
    is said of the disease without one is a row without a trial. `phase` is the furthest that the filing states as reached for
    it.
    """

    filing_id: str
    compound_id: str
    indication: str
    trial: str | None
    phase: str | None
    status: IndicationStatus
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
    event_type: EventType
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
    """Something that was not read, or not for sure: grain of `staging.problems`.

    `message` says what, where and what to do. `code` is a stable word for it (`table_not_recognised`, `cell_unreadable`).
    """

    filing_id: str
    severity: Severity
    code: str
    message: str
    source_line: int | None = None
    raw_text: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All records of one filing: what `read_filing` returns."""

    filing: Filing
    company_keys: tuple[CompanyKey, ...] = ()
    values: tuple[Value, ...] = ()
    attributions: tuple[Attribution, ...] = ()
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
