"""Series of releases of one company, of which one file is struck while the others are clean: `make damage OPTIONS=--series`.

Belongs here: which files make a series, made-up series whose every figure is known, and reading a file with what the others
tell. Does not belong here: what is evidence (`orchestration/filings/proof/other_releases.py`), the damage, or the counting.

Made-up series are of three kinds. `plain`: every later release repeats what was told before. `restated`: later releases print
the year before as restated, with other figures, and say so. `reclassified`: they move an amount between two expenses and say
nothing.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orchestration.filings.proof.other_releases import Release, evidence_from_other_releases, release
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from tests.bench.damage.clean import SHAPES, Clean, NotClean, Source, clean_file, cover, of_the_corpus, of_the_repository
from tests.bench.damage.sheets import Lines, Stated, balance, income, sheet_of_balances
from tests.unit.filings.rendering import KEEPING_COLUMNS, Sheet

KINDS = ("plain", "restated", "reclassified")
FIRST_YEAR, RELEASES = 2010, 6
"""Six quarterly releases, with the quarters of the year before the first as comparatives."""
ORDINALS = ("First", "Second", "Third", "Fourth")
MONTHS = {3: "Three", 6: "Six", 9: "Nine", 12: "Twelve"}
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
FILED = ("May 6", "August 4", "November 4", "February 24")


def read_with(raw: bytes, source: str, others: Sequence[Release]) -> tuple[Reading, bool]:
    """A filing as the build reads it beside other releases of its company, and whether it was read a second time."""
    reading = read_filing(raw, source)
    known = evidence_from_other_releases([*others, release(reading)]).get(reading.filing.filing_id) if others else None
    return (read_filing(raw, source, known.figures), True) if known else (reading, False)


def others_of(series: Sequence[Clean]) -> dict[str, tuple[Release, ...]]:
    """For each file of a series the other releases."""
    return {one.name: tuple(other.release for other in series if other is not one) for one in series}


def clean_series(seed: int, sheets: int) -> tuple[dict[str, list[Clean]], list[str]]:
    """Every series of two files or more that can serve, by name, and for each file that cannot one line that says why."""
    found: dict[str, list[Clean]] = defaultdict(list)
    refused = []
    sources = [*of_the_repository(), *of_the_corpus()]
    named = [(name.split("-")[0], source) for source in sources for name in source[:1]]
    for series, (name, text, stated) in (*named, *made_up_series(seed, sheets)):
        try:
            found[series].append(clean_file(name, text, stated))
        except NotClean as reason:
            refused.append(f"{name}: {reason}")
    return {series: files for series, files in found.items() if len(files) > 1}, refused


# --- made up ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Books:
    """The quarters of a company, by (year, quarter), and the balances at their ends.

    `later` are the quarters as later releases print them, `shares` the average shares in thousands of (year, quarter, months).
    """

    quarters: Mapping[tuple[int, int], Lines]
    later: Mapping[tuple[int, int], Lines]
    balances: Mapping[date, Lines]
    shares: Mapping[tuple[int, int, int], int]

    def span(self, year: int, quarter: int, months: int, *, is_later: bool) -> Lines:
        """The figures of so many months to the end of a quarter."""
        books = self.later if is_later else self.quarters
        parts = [books[year, number] for number in range(quarter - months // 3 + 1, quarter + 1)]
        return [(label, concept, sum(part[at][2] for part in parts)) for at, (label, concept, _) in enumerate(parts[0])]


def made_up_series(seed: int, sheets: int) -> Iterator[tuple[str, Source]]:
    """The releases of the made-up series, each with the name of its series."""
    for kind in KINDS:
        for number in range(sheets):
            rng = random.Random(f"series {seed} {kind} {number}")  # noqa: S311
            layout = KEEPING_COLUMNS[(number * len(KINDS) + KINDS.index(kind)) % len(KEEPING_COLUMNS)]
            books = _books(rng, kind, number)
            for at in range(RELEASES):
                year, quarter = FIRST_YEAR + at // 4, at % 4 + 1
                statement, of_income = _income(books, year, quarter, is_restated=kind == "restated" and year > FIRST_YEAR)
                sheet, of_balance = _balance(books, year, quarter)
                filed = f"{FILED[quarter - 1]}, {year + quarter // 4}"
                head = cover(layout, filed, f"{ORDINALS[quarter - 1]} Quarter {year}")
                name = f"series-{kind}-{number + 1}-{year}q{quarter}-{layout.__name__}"
                text = head + layout(sheet) + "\n\n" + layout(statement)
                yield f"made-up-{kind}-{number + 1}", (name, text, of_income | of_balance)


def _books(rng: random.Random, kind: str, number: int) -> _Books:
    years = range(FIRST_YEAR - 1, FIRST_YEAR + 2)
    shape = SHAPES[number % len(SHAPES)]
    quarters = {(year, quarter): shape(rng) for year in years for quarter in range(1, 5)}
    moved = {"plain": {}, "restated": _RESTATED, "reclassified": _RECLASSIFIED}[kind]
    later = {when: _moved(lines, moved, rng.randint(100, 900)) for when, lines in quarters.items()}
    balances = {date(year, *end): balance(rng) for year in years for end in QUARTER_ENDS}
    shares = {(*when, months): rng.randint(5_000, 90_000) for when in quarters for months in MONTHS}
    restated = {**quarters, **{when: later[when] for when in later if when[0] == FIRST_YEAR}}
    return _Books(quarters, restated, balances, shares)


_RECLASSIFIED = {"ResearchAndDevelopmentExpense": 1, "SellingGeneralAndAdministrativeExpense": -1}
_RESTATED = {
    "ResearchAndDevelopmentExpense": 1,
    "OperatingExpenses": 1,
    "OperatingIncomeLoss": -1,
    "IncomeLossBeforeIncomeTaxes": -1,
    "NetIncomeLoss": -1,
}


def _moved(lines: Lines, moved: Mapping[str, int], amount: int) -> Lines:
    return [(label, concept, figure + moved.get(concept or "", 0) * amount) for label, concept, figure in lines]


def _income(books: _Books, year: int, quarter: int, *, is_restated: bool) -> tuple[Sheet, Stated]:
    """The quarter and the year to date, each beside the year before."""
    spans = (3,) if quarter == 1 else (3, quarter * 3)
    asked = [(one, months) for months in spans for one in (year, year - 1)]
    columns = [books.span(one, quarter, months, is_later=one < year) for one, months in asked]
    day = date(year, *QUARTER_ENDS[quarter - 1])
    heads = (
        tuple((f"{MONTHS[months]} Months Ended {day:%B} {day.day},", 2) for months in spans),
        tuple((str(one), 1) for one, _ in asked),
        *((tuple(("(As restated)" if one < year else "", 1) for one, _ in asked),) if is_restated else ()),
    )
    periods = [(date(one, *QUARTER_ENDS[quarter - 1]).isoformat(), months) for one, months in asked]
    return income(heads, periods, columns, [books.shares[one, quarter, months] for one, months in asked])


def _balance(books: _Books, year: int, quarter: int) -> tuple[Sheet, Stated]:
    days = (date(year, *QUARTER_ENDS[quarter - 1]), date(year - 1, 12, 31))
    heads = (tuple((f"{day:%B} {day.day}, {day.year}", 1) for day in days),)
    return sheet_of_balances(heads, [(day.isoformat(), 0) for day in days], [books.balances[day] for day in days])
