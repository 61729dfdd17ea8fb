"""The story of one number: what a person who doubts it needs to see.

Belongs here: finding company, period and concept from the words a person types, and gathering from the warehouse where
the number stands, what proves it, what else was weighed, and what was known when. Does not belong here: how the story
looks (`cli/terminal.py`), or opening the warehouse (`warehouse/warehouse.py`). Reads only; every query takes parameters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orchestration.store.errors import TieoutError
from orchestration.warehouse.warehouse import missing_marts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]

_QUARTER = re.compile(r"(?:FY\s*)?(\d{4})\s*-?\s*Q([1-4])|Q([1-4])\s*-?\s*(?:FY\s*)?(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"FY\s*(\d{4})", re.IGNORECASE)
_CONTEXT_CHARS = 90


class NotFoundError(TieoutError):
    """Nothing in the warehouse answers to what was asked; the message says what there is."""


class Company(NamedTuple):
    """A company of the warehouse, as its filings name it."""

    company_id: str
    name: str
    ticker: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """What a person asked for: a day a period ends on, and how many months it covers where they said so."""

    asked: str
    end: date
    months: int | None
    fiscal_year: int | None = None
    fiscal_quarter: int | None = None

    def covers(self, months: int | None) -> bool:
        """Whether a value of so many months is of this period. An instant (0) is of any that ends on its day."""
        return self.months is None or months in (0, None, self.months)


class Concept(NamedTuple):
    """What was asked for: a concept of the vocabulary, or the words of a line that has none; `others` fit the words too."""

    name: str | None
    column: str | None
    title: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The line of the filing a cell stands on. Without `text`, `trouble` says why it cannot be shown."""

    path: Path
    line: int | None
    text: str | None = None
    start: int = 0
    end: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class ProofStory:
    """One identity, with the figure of each line that takes part."""

    row: Row
    figures: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """The number as one filing prints it."""

    value: Row
    source: SourceLine
    proofs: tuple[ProofStory, ...]
    figures: tuple[Row, ...]
    candidates: tuple[Row, ...]
    certificate: Row | None = None
    told_by: tuple[Row, ...] = ()
    """The other releases that its certificate names: what they tell decided."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A quarter that no filing prints: `longer` less `shorter`, both printed."""

    value: Decimal
    longer: Row
    shorter: Row


@dataclass(frozen=True, slots=True)
class Story:
    """All there is to say of one number."""

    company: Company
    period: Period
    concept: Concept
    sightings: tuple[Sighting, ...]
    derivations: tuple[Derivation, ...]
    vintages: tuple[Row, ...]


def explain(con: DuckDBPyConnection, raw: Path, company: str, period: str, concept: str) -> Story:
    """The story of the number a person named.

    `con` is a warehouse, `raw` the folder its filings came from. Raises NotFoundError, which says what there is.
    """
    if missing := missing_marts(con):
        raise TieoutError(
            f"the marts of this file were not built ({len(missing)} tables missing): its build stopped at a gate or was cut"
            " off. `tieout gate` on it says what staging lacks; explain a published warehouse"
        )
    found = find_company(con, company)
    when = find_period(con, found, period)
    what = find_concept(con, found, when, concept)
    values = [row for row in _values(con, found, when, what) if when.covers(row["duration_months"])]
    vintages = _vintages(con, found, when, what)
    derivations = _derivations(con, found, when, what, vintages)
    if not values and not derivations:
        raise NotFoundError(_why_nothing(con, found, when, what))
    return Story(found, when, what, tuple(_sighting(con, raw, row) for row in values), derivations, vintages)


# --- what was asked ---------------------------------------------------------------------------------------------------


def find_company(con: DuckDBPyConnection, asked: str) -> Company:
    """The one company of a ticker, CIK, commission file number or name. Raises NotFoundError for none and for several."""
    rows = _rows(
        con,
        """select
               company_id,
               max_by(coalesce(company_name, registrant), known_from) as name,
               max_by(ticker, known_from) as ticker,
               list(distinct registrant) as names,
               list(distinct upper(ticker)) as tickers,
               list(distinct commission_file_number) as file_numbers
           from staging.filings where status = 'accepted' and company_id is not null group by company_id order by company_id""",
    )
    if not rows:
        raise NotFoundError("the warehouse holds no accepted filing; `tieout sql 'from quarantine'` says why")
    wanted = _squeezed(asked)
    exact = [row for row in rows if wanted in _company_keys(row)]
    close = exact or [row for row in rows if wanted and wanted in _squeezed(row["name"] or "")]
    if len(close) == 1:
        row = close[0]
        return Company(row["company_id"], row["name"] or row["company_id"], row["ticker"])
    names = [f"{row['name']} ({row['ticker'] or row['company_id']})" for row in close or rows]
    if close:
        raise NotFoundError(f"{asked!r} fits {len(close)} companies: {_listed(names)}. Name one by its ticker or CIK.")
    raise NotFoundError(f"no company {asked!r} in the warehouse. {_closest(asked, names)}")


def _company_keys(row: Row) -> set[str]:
    keys = {row["company_id"], row["company_id"].lstrip("0"), row["name"] or ""}
    for several in ("tickers", "file_numbers", "names"):
        keys.update(key for key in row[several] or () if key)
    return {_squeezed(key) for key in keys if key}


def find_period(con: DuckDBPyConnection, company: Company, asked: str) -> Period:
    """`2007Q2` and `FY2007Q2` (fiscal), `FY2007`, `2006-12-31` (the day it ends). Raises NotFoundError."""
    text = asked.strip()
    try:
        return Period(asked, date.fromisoformat(text), None)
    except ValueError:
        pass  # not a day: a quarter or a year, looked at below
    quarters = _rows(
        con,
        """select fiscal_year, fiscal_quarter, period_end from main.dim_fiscal_period
           where company_id = ? order by period_end""",
        company.company_id,
    )
    known = [f"FY{row['fiscal_year']}Q{row['fiscal_quarter']} ({row['period_end']})" for row in quarters]
    if match := _QUARTER.fullmatch(text):
        year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
        ends = [row["period_end"] for row in quarters if (row["fiscal_year"], row["fiscal_quarter"]) == (year, quarter)]
        if not ends:
            raise NotFoundError(
                f"no fiscal quarter {year} Q{quarter} of {company.name} in the warehouse. There is: {_listed(known)}"
            )
        return Period(asked, ends[0], 3, year, quarter)
    if match := _YEAR.fullmatch(text):
        return Period(asked, _year_end(con, company, int(match[1])), 12, int(match[1]))
    raise NotFoundError(
        f"{asked!r} is no period: write a fiscal quarter as 2007Q2, a fiscal year as FY2007, or the day it ends as 2006-12-31."
        f" Quarters of {company.name}: {_listed(known)}"
    )


def _year_end(con: DuckDBPyConnection, company: Company, year: int) -> date:
    rows = _rows(
        con,
        """select max(fiscal_year_end) as fiscal_year_end from staging.filings where company_id = ? and status = 'accepted'""",
        company.company_id,
    )
    month_day = rows[0]["fiscal_year_end"] if rows else None
    if not month_day:
        raise NotFoundError(f"the filings of {company.name} do not say when fiscal year {year} ends; name the day instead")
    month, day = map(int, month_day.split("-"))
    return date(year, month, day)


def find_concept(con: DuckDBPyConnection, company: Company, period: Period, asked: str) -> Concept:
    """A us-gaap name, a column of the fact table, a title of the vocabulary, or words of a printed label."""
    known = _rows(con, "select concept, us_gaap_element, fact_column, title from main.dim_concept")
    wanted = _plain(asked)
    for entry in known:
        names = (entry["concept"], entry["us_gaap_element"], entry["fact_column"], entry["title"])
        if wanted in {_plain(name) for name in names if name}:
            return Concept(entry["concept"], entry["fact_column"] or None, entry["concept"])
    if short := [entry for entry in known if _is_short_for(asked, entry["title"] or "")]:
        [entry, *others] = short
        if not others:
            return Concept(entry["concept"], entry["fact_column"] or None, entry["concept"])
    labels = _labels_of(con, company, period)
    exact = [label for label in labels if _plain(label) == wanted]
    if len(exact) == 1:
        return Concept(None, None, exact[0])
    words = set(_singular(asked).split())
    fitting = exact or [label for label in labels if words and words <= set(_singular(label).split())]
    near, within = _near_concepts(known, asked)
    if len(near) == 1:
        return _with_others(con, company, period, near[0], fitting)
    reported = set(_concepts_of(con, company, period))
    there = [entry for entry in within if entry["concept"] in reported] or ([] if fitting else within)
    if len(there) == 1:
        found = _with_others(con, company, period, there[0], fitting)
        if not found.others:
            return found
        fitting = [found.title, *found.others]
    elif there:
        fitting = [*(entry["concept"] for entry in there), *fitting]
    if len(fitting) == 1:
        return Concept(None, None, fitting[0])
    if fitting:
        raise NotFoundError(f"{asked!r} fits {len(fitting)} lines: {_listed(fitting)}. Name one of them.")
    raise NotFoundError(
        f"nothing called {asked!r} for {company.name} and {period.asked}."
        f" {_closest(asked, [*_concepts_of(con, company, period), *labels])}"
    )


def _near_concepts(known: Sequence[Row], asked: str) -> tuple[list[Row], list[Row]]:
    """The concepts whose name differs in number alone (`revenue`), and those with all the words asked for in one name."""
    wanted = _singular(asked)
    near, within = [], []
    for entry in known:
        names = {_singular(entry[key]) for key in ("concept", "us_gaap_element", "fact_column", "title") if entry[key]}
        if wanted in names:
            near.append(entry)
        if wanted and any(set(wanted.split()) <= set(name.split()) for name in names):
            within.append(entry)
    return near, within


def _with_others(con: DuckDBPyConnection, company: Company, period: Period, entry: Row, labels: Sequence[str]) -> Concept:
    """A concept, with those of the labels that are lines of another one."""
    rows = _rows(
        con, _OF_PERIOD.format("distinct v.label") + " and v.concept = ?", company.company_id, period.end, entry["concept"]
    )
    own = {row["label"] for row in rows}
    others = tuple(label for label in labels if label not in own)
    return Concept(entry["concept"], entry["fact_column"] or None, entry["concept"], others)


def _why_nothing(con: DuckDBPyConnection, company: Company, period: Period, concept: Concept) -> str:
    """Why there is no such number: what the warehouse says of the gap, and what there is in its place."""
    said = f"{company.name} reported no {concept.title!r} for {period.asked}."
    columns: list[str] = []
    if period.months in (None, 3):
        gaps = _rows(con, _GAPS, company.company_id, period.end, concept.column)
        said += "".join(f" {row['reason'].rstrip('.')} ({row['reason_code']})." for row in gaps)
        columns = _filled_columns(con, company, period)
    there = [*_concepts_of(con, company, period), *(f"{name} (fact_quarterly_results)" for name in columns)]
    if there:
        said += f" Reported for it: {_listed(there)}."
    spans = _spans_of(con, company, concept)
    return f"{said} Periods with it: {_listed(spans)}." if spans else f"{said} No period of the warehouse has it."


_GAPS = """
    select distinct on (g.reason_code) g.reason_code, g.reason
    from main.fact_quarterly_gap g join main.dim_fiscal_period p using (company_id, fiscal_year, fiscal_quarter)
    where g.company_id = ? and p.period_end = ? and g.fact_column = ? order by g.reason_code, g.known_from desc"""


def _filled_columns(con: DuckDBPyConnection, company: Company, period: Period) -> list[str]:
    """The concepts' columns of the quarter that hold a figure, reported or derived."""
    rows = _rows(
        con,
        "select * from main.fact_quarterly_results where company_id = ? and period_end = ? and is_current",
        company.company_id,
        period.end,
    )
    concepts = {row["fact_column"] for row in _rows(con, "select fact_column from main.dim_concept")}
    return sorted({name for row in rows for name, item in row.items() if name in concepts and item is not None})


def _spans_of(con: DuckDBPyConnection, company: Company, concept: Concept) -> list[str]:
    """The printed periods of a concept or line, each as words: `12 months to 2006-06-30`."""
    rows = _rows(
        con,
        """select distinct v.period_end, v.duration_months
           from staging.reported_values v join staging.filings f using (filing_id)
           where f.company_id = ? and f.status = 'accepted' and v.period_end is not null
             and case when ?::varchar is null then v.label = ? else v.concept = ? end
           order by all""",
        company.company_id,
        concept.name,
        concept.title,
        concept.name,
    )
    return [
        f"{row['duration_months']} months to {row['period_end']}" if row["duration_months"] else f"at {row['period_end']}"
        for row in rows
    ]


def _is_short_for(asked: str, title: str) -> bool:
    """Whether `R&D` or `SG&A` was asked for, the initials of a title's first words with `&` for its `and`."""
    if not re.fullmatch(r"[A-Za-z]{1,3}\s?&\s?[A-Za-z]", asked.strip()):
        return False
    initials = "".join("&" if word == "and" else word[0] for word in re.findall(r"[a-z]+", title.lower()))
    return initials.startswith(re.sub(r"\s", "", asked).lower())


def _labels_of(con: DuckDBPyConnection, company: Company, period: Period) -> list[str]:
    rows = _rows(con, _OF_PERIOD.format("distinct v.label"), company.company_id, period.end)
    return sorted(row["label"] for row in rows if row["label"])


def _concepts_of(con: DuckDBPyConnection, company: Company, period: Period) -> list[str]:
    rows = _rows(con, _OF_PERIOD.format("distinct v.concept"), company.company_id, period.end)
    return sorted(row["concept"] for row in rows if row["concept"])


_OF_PERIOD = """
    select {} from staging.reported_values v join staging.filings f using (filing_id)
    where f.company_id = ? and f.status = 'accepted' and v.period_end = ?"""


# --- what is known of it ----------------------------------------------------------------------------------------------


def _values(con: DuckDBPyConnection, company: Company, period: Period, concept: Concept) -> list[Row]:
    condition = "v.concept = ?" if concept.name else "v.label = ?"
    query = _OF_PERIOD.format("v.*, f.source, f.sha256, f.known_from, f.form")
    return _rows(
        con,
        f"{query} and {condition} order by f.known_from, v.value_id",
        company.company_id,
        period.end,
        concept.name or concept.title,
    )


def _sighting(con: DuckDBPyConnection, raw: Path, value: Row) -> Sighting:
    value.setdefault("cell_id", value["value_id"])  # a warehouse of an older version has no such column
    key, cell = (value["filing_id"], value["value_id"]), (value["filing_id"], value["cell_id"])
    proofs = _rows(
        con,
        """select * from staging.proofs where filing_id = ? and list_contains(value_ids, ?)
           order by outcome, not is_independent, identity, formula""",
        *cell,
    )
    figures = _rows(con, "select * from staging.figures where filing_id = ? and value_id = ? order by source_start", *key)
    candidates = _rows(
        con,
        """select * from staging.value_candidates where filing_id = ? and value_id = ?
           order by not is_chosen, source_start, value""",
        *cell,
    )
    certificates = _rows(con, "select * from staging.certificates where filing_id = ? and value_id = ?", *cell)
    stories = tuple(ProofStory(proof, _figures_of(con, value["filing_id"], proof["value_ids"])) for proof in proofs)
    certificate = certificates[0] if certificates else None
    source = source_line(raw, value, certificate)
    return Sighting(value, source, stories, tuple(figures), tuple(candidates), certificate, _told_by(con, certificate))


def _told_by(con: DuckDBPyConnection, certificate: Row | None) -> tuple[Row, ...]:
    told_by = (certificate or {}).get("told_by") or []  # a warehouse of an older version has no such column
    query = "select filing_id, source, known_from from staging.filings where filing_id = ? and filing_id <> ?"
    return tuple(row for one in told_by for row in _rows(con, query, one, certificate["filing_id"] if certificate else None))


def _figures_of(con: DuckDBPyConnection, filing_id: str, value_ids: Sequence[str]) -> tuple[Row, ...]:
    rows = _rows(
        con,
        """select value_id, label, value, unit, status from staging.reported_values
           where filing_id = ? and list_contains(?::varchar[], value_id)""",
        filing_id,
        list(value_ids),
    )
    by_id = {row["value_id"]: row for row in rows}
    return tuple(by_id[value_id] for value_id in value_ids if value_id in by_id)


def source_line(raw: Path, value: Row, certificate: Row | None = None) -> SourceLine:
    """The line a value stands on, from the raw file, if that file still has the bytes that were read.

    A value that no characters carry is shown where its `certificate` says that the damaged ones stand.
    """
    from orchestration.filings.documents.decode import decode  # noqa: PLC0415

    place = certificate if certificate and value["source_start"] is None else value
    path, number, start, end = raw / value["source"], value["source_line"], place["source_start"], place["source_end"]
    if not path.resolve().is_relative_to(raw.resolve()) or not path.is_file():
        return SourceLine(path, number, trouble=f"the file is no longer there: {path}")
    raw_bytes = path.read_bytes()
    if hashlib.sha256(raw_bytes).hexdigest() != value["sha256"]:
        return SourceLine(path, number, trouble=f"the file was changed after it was read, so its line is not shown: {path}")
    if start is None or end is None:
        return SourceLine(path, number, trouble="no characters of the filing carry it" if number is None else None)
    text = decode(raw_bytes)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = max(first, start - _CONTEXT_CHARS), min(last, end + _CONTEXT_CHARS)
    before, after = ("..." if left > first else ""), ("..." if right < last else "")
    line = before + text[left:right] + after
    return SourceLine(path, number, line, start - left + len(before), end - left + len(before))


def _vintages(con: DuckDBPyConnection, company: Company, period: Period, concept: Concept) -> tuple[Row, ...]:
    """What the fact table said, from when until when. Only concepts that have a column there, only quarters."""
    if not concept.column or period.months not in (None, 3):
        return ()
    columns = {row["column_name"] for row in _rows(con, "describe main.fact_quarterly_results")}
    if concept.column not in columns:
        return ()
    return tuple(
        row
        for row in _rows(
            con,
            f"""select fiscal_year, fiscal_quarter, vintage, known_from, known_to, is_current, basis, filing_id,
                       {concept.column} as value
                from main.fact_quarterly_results where company_id = ? and period_end = ? order by vintage""",  # noqa: S608 - a column of the table itself
            company.company_id,
            period.end,
        )
        if row["value"] is not None
    )


def _derivations(
    con: DuckDBPyConnection, company: Company, period: Period, concept: Concept, vintages: Iterable[Row]
) -> tuple[Derivation, ...]:
    """For each derived vintage, the two printed values whose difference it is, found again rather than believed."""
    found: list[Derivation] = []
    for vintage in vintages:
        if vintage["basis"] != "derived":
            continue
        pairs = _rows(con, _OPERANDS, company.company_id, concept.name, period.end, vintage["filing_id"], vintage["value"])
        found += [Derivation(vintage["value"], pair["longer"], pair["shorter"]) for pair in pairs]
    return tuple(found)


# The quarter that ends on a day is what a longer period has more than a shorter one by three months, either because the
# shorter one starts with the longer and the quarter is its end, or because it ends with it and the quarter is its start.
# Ten days, because a fiscal quarter of 13 weeks may end a week from where the calendar would have it.
_OPERANDS = """
    with printed as (
        select v.*, f.source, f.known_from
        from staging.reported_values v join staging.filings f using (filing_id)
        where f.company_id = ? and v.concept = ? and f.status = 'accepted' and v.duration_months > 0 and v.value is not null
    )
    select longer, shorter from printed longer, printed shorter, (select ?::date as quarter_end)
    where longer.duration_months - shorter.duration_months = 3
      and ? in (longer.filing_id, shorter.filing_id)
      and longer.value - shorter.value = ?
      and case
            when longer.period_end = shorter.period_end then
                abs(date_diff('day', longer.period_end - to_months(shorter.duration_months), quarter_end)) <= 10
            else
                abs(date_diff('day', longer.period_end, quarter_end)) <= 10
                and abs(date_diff('day', shorter.period_end + to_months(3), quarter_end)) <= 10
          end
    order by longer.known_from, longer.value_id, shorter.value_id limit 1
"""


# --- small things -----------------------------------------------------------------------------------------------------


def _rows(con: DuckDBPyConnection, query: str, *parameters: object) -> list[Row]:
    cursor = con.execute(query, list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _plain(text: str) -> str:
    """Lower-case words and digits alone, `camelCase` and `snake_case` taken apart."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", split.lower()))


def _singular(text: str) -> str:
    """Plain words, each without the ending of its plural: `Total revenues` and `total revenue` are the same."""
    return " ".join(re.sub(r"(?<=[a-z]{2})(?<!s)s$", "", re.sub(r"ies$", "y", word)) for word in _plain(text).split())


def _squeezed(text: str) -> str:
    """Lower-case letters and digits alone: `ImmunoGen, Inc.` is `immunogeninc`, `0-17999` is `017999`."""
    return _plain(text).replace(" ", "")


def _listed(names: Iterable[str], most: int = 12) -> str:
    shown = list(names)
    if not shown:
        return "nothing"
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")


def _closest(asked: str, names: Sequence[str]) -> str:
    close = get_close_matches(_plain(asked), [_plain(name) for name in names], n=5, cutoff=0.4)
    by_plain = {_plain(name): name for name in names}
    return f"Closest: {_listed(by_plain[name] for name in close)}" if close else f"There is: {_listed(names)}"
