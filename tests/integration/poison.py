"""Filings that used to stop a build, or could, as small releases of companies that do not exist.

Belongs here: writing them, a case a function. Does not belong here: anything that is asserted, or a release that is as it
should be (`releases.py`, on which these are built).

Each case is of a company of its own, so that what it breaks is its own, and holds every file that it takes: often a sound
release beside the poison.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tests.integration.releases import ORDINALS, Column, Figures, balance_sheet_alone, quarter_end, release

Files = dict[str, bytes]
CASES: dict[str, Callable[[], Files]] = {}

BASE = Figures(sales=40_000, cost=16_000, research=9_000, selling=7_000, other=300, tax=2_800)
MADE_UP_NAME, MADE_UP_NUMBER, MADE_UP_TICKER, MADE_UP_IRS = "Example Devices", "001-34567", "EXDV", "12-3456789"


def case(write: Callable[[], Files]) -> Callable[[], Files]:
    """Add a function that writes files to the cases, under its name."""
    CASES[write.__name__] = write
    return write


def files() -> Files:
    """Every file of every case, by path: a folder a case, its company named by its place."""
    found = {}
    for number, (name, write) in enumerate(CASES.items()):
        for path, raw in write().items():
            found[f"{name}/{path}"] = _of_company(raw, number)
    return found


def good() -> Files:
    """Six sound releases of a company that stands beside all of them."""
    return {
        f"good/{year}q{quarter}.txt": quarterly(year, quarter)
        for year, quarter in ((2009, 1), (2009, 2), (2009, 3), (2009, 4), (2010, 1), (2010, 2))
    }


def _of_company(raw: bytes, number: int) -> bytes:
    """A release as of another company than the one that does not exist."""
    other = {MADE_UP_NAME: f"Poison {number} Devices", MADE_UP_NUMBER: f"001-{50_000 + number}", MADE_UP_TICKER: f"PX{number}"}
    other[MADE_UP_IRS] = f"12-{3_000_000 + number}"
    for old, new in other.items():
        raw = raw.replace(old.encode(), new.encode())
    return raw


def figures(year: int, quarter: int) -> Figures:
    """The figures of a quarter: no two are the same."""
    step = 4 * (year - 2005) + quarter
    return replace(BASE, sales=BASE.sales + 700 * step, cost=BASE.cost + 200 * step, research=BASE.research + 90 * step)


def column(year: int, quarter: int, months: int = 3, struck: Mapping[str, str] | None = None) -> Column:
    """A column of an income statement that ends with a quarter."""
    parts = [figures(year, one) for one in range(quarter - months // 3 + 1, quarter + 1)]
    return Column(quarter_end(year, quarter), months, sum(parts[1:], parts[0]), struck=struck)


def columns(year: int, quarter: int) -> list[Column]:
    """The columns of a release: the quarter and the year to date, each beside that of the year before."""
    spans = (3,) if quarter == 1 else (3, 3 * quarter)
    return [column(which, quarter, months) for months in spans for which in (year, year - 1)]


def told_on(year: int, quarter: int) -> date:
    """The day on which a quarter is told: some five weeks after it."""
    end = quarter_end(year, quarter)
    return date(end.year + (end.month == 12), end.month % 12 + 2 if end.month < 12 else 2, 4)


def cash(year: int, quarter: int) -> dict[date, int]:
    """The cash of a balance sheet: that of the quarter and of the year end before it."""
    return {quarter_end(year, quarter): 40_000 + 10 * quarter + year, quarter_end(year - 1, 4): 40_000 + 40 + year - 1}


def quarterly(year: int, quarter: int, prose: str = "", **changed: object) -> bytes:
    """A sound release, or one of which some arguments are `changed`."""
    given = {"day": told_on(year, quarter), "columns": columns(year, quarter), "cash": cash(year, quarter), "prose": prose}
    return release(**(given | changed))  # type: ignore[arg-type]


def struck(raw: bytes, *changes: tuple[str, str], times: int = -1) -> bytes:
    """A release of which some words are others. Raises `ValueError` where one of them is not there."""
    text = raw.decode()
    for old, new in changes:
        if old not in text:
            raise ValueError(f"there is no {old!r} to strike")
        text = text.replace(old, new, times)
    return text.encode()


def submission(*documents: tuple[str, bytes], accession: str = "0001234567-10-000123") -> bytes:
    """Documents as one complete submission of EDGAR."""
    head = (
        f"<SEC-DOCUMENT>{accession}.txt\nACCESSION NUMBER: {accession}\nCONFORMED SUBMISSION TYPE: 8-K\n"
        "FILED AS OF DATE: 20100504\n"
    )
    body = "".join(f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{raw.decode()}\n</TEXT>\n</DOCUMENT>\n" for kind, raw in documents)
    return (head + body + "</SEC-DOCUMENT>\n").encode()


def _income_of(raw: bytes) -> str:
    return raw.decode().split("Condensed Consolidated Statements of Operations", 1)[1]


def _balance_of(raw: bytes) -> str:
    rest = raw.decode().split("Condensed Consolidated Balance Sheets", 1)[1]
    return rest.split("Condensed Consolidated Statements of Operations", 1)[0]


@case
def day_of_the_head_misprinted() -> Files:
    return {
        "a.txt": quarterly(2009, 4),
        "b.txt": struck(quarterly(2010, 1), ("March 31, 2010", "March 13, 2010")),
        "c.txt": quarterly(2010, 2),
    }


@case
def fiscal_year_end_changed() -> Files:
    sound = {
        f"{year}q{quarter}.txt": quarterly(year, quarter) for year, quarter in ((2009, 1), (2009, 2), (2009, 3), (2009, 4))
    }
    later = {}
    for year, quarter in ((2010, 3), (2010, 4), (2011, 1), (2011, 2), (2011, 3)):
        place, fiscal = (quarter + 1) % 4, year + (quarter > 2)
        raw = quarterly(year, quarter, columns=[column(year, quarter), column(year - 1, quarter)])
        later[f"new-{year}q{quarter}.txt"] = struck(
            raw,
            (f"{ORDINALS[quarter - 1]} Quarter {year}", f"{ORDINALS[place]} Quarter of Fiscal {fiscal}, Which Ends June 30"),
        )
    return sound | later


@case
def one_quarter_under_two_names() -> Files:
    other = struck(quarterly(2010, 1), ("First Quarter 2010", "Second Quarter 2010"), ("May 4, 2010", "May 6, 2010"))
    return {"a.txt": quarterly(2010, 1), "b.txt": other, "c.txt": quarterly(2009, 4)}


@case
def quarter_named_a_year_late() -> Files:
    other = struck(quarterly(2010, 1), ("First Quarter 2010", "First Quarter of Fiscal 2011"))
    return {"a.txt": quarterly(2009, 4), "b.txt": other, "c.txt": quarterly(2010, 2)}


@case
def quarter_above_its_year_to_date() -> Files:
    found = columns(2010, 2)
    found[2] = replace(found[2], figures=replace(BASE, sales=30_000, research=4_000))
    return {"a.txt": quarterly(2010, 2, columns=found)}


@case
def heads_swapped() -> Files:
    found = columns(2010, 2)
    found[0], found[2] = replace(found[0], months=6), replace(found[2], months=3)
    return {"a.txt": quarterly(2010, 1), "b.txt": quarterly(2010, 2, columns=found)}


@case
def years_of_the_heads_swapped() -> Files:
    found = columns(2010, 2)
    found[0], found[1] = replace(found[0], end=found[1].end), replace(found[1], end=found[0].end)
    return {"a.txt": quarterly(2009, 2), "b.txt": quarterly(2010, 1), "c.txt": quarterly(2010, 2, columns=found)}


@case
def second_income_statement() -> Files:
    other = quarterly(2010, 1, columns=[replace(one, figures=replace(one.figures, sales=99_000)) for one in columns(2010, 1)])
    return {"a.txt": quarterly(2010, 1) + b"\nCondensed Consolidated Statements of Operations" + _income_of(other).encode()}


@case
def second_balance_sheet() -> Files:
    other = quarterly(2010, 1, cash={day: held + 5_000 for day, held in cash(2010, 1).items()})
    return {"a.txt": quarterly(2010, 1) + b"\nCondensed Consolidated Balance Sheets" + _balance_of(other).encode()}


@case
def two_tables_of_one_filing_differ() -> Files:
    rows = "\tThree Months Ended March 31, 2010\nTotal revenues\t55,555\nNet income\t9,999\n\n"
    summary = f"Selected Financial Data (in thousands)\n\n{rows}"
    return {"a.txt": quarterly(2010, 1) + summary.encode()}


@case
def corrected_exhibit_in_one_submission() -> Files:
    corrected = quarterly(2010, 1, columns=[replace(one, figures=replace(one.figures, tax=2_900)) for one in columns(2010, 1)])
    documents = (("8-K", quarterly(2010, 1)), ("EX-99.1", quarterly(2010, 1)), ("EX-99.1", corrected))
    return {"a.txt": submission(*documents, accession="0001234567-10-000456")}


@case
def corrected_release_the_same_day() -> Files:
    corrected = quarterly(
        2010, 1, columns=[replace(one, figures=replace(one.figures, sales=47_000)) for one in columns(2010, 1)]
    )
    return {"a.txt": quarterly(2010, 1), "b.txt": struck(corrected, ("FORM 8-K", "FORM 8-K/A"))}


@case
def subsidiary_beside_its_parent() -> Files:
    small = [replace(one, figures=replace(one.figures, sales=21_000, cost=4_000)) for one in columns(2010, 1)]
    own = "Example Devices Finance LLC\nCondensed Consolidated Statements of Operations" + _income_of(
        quarterly(2010, 1, columns=small)
    )
    return {"a.txt": quarterly(2010, 1) + own.encode()}


def _with_lost_digit(label: str, prose: str = "") -> bytes:
    """A release with one digit of one cell lost, so that the sums alone tell it."""
    printed = columns(2010, 1)[0].printed(label)
    damaged = printed.replace(printed[1], "?", 1)
    return quarterly(2010, 1, prose, columns=[replace(columns(2010, 1)[0], struck={label: damaged}), columns(2010, 1)[1]])


@case
def prose_against_a_repaired_cell() -> Files:
    prose = (
        "Total revenues for the first quarter of 2010 were $77.7 million, compared to $51.9 million for the first quarter"
        " of 2009.\n\n"
    )
    return {"a.txt": _with_lost_digit("Total revenues", prose), "b.txt": quarterly(2010, 2)}


@case
def prose_that_agrees_with_nothing() -> Files:
    prose = (
        "Net income for the first quarter of 2010 was $1.1 million, and revenues were $2.2 million, compared to $3.3 million"
        " in 2009.\n\n"
    )
    return {"a.txt": _with_lost_digit("Gross profit", prose)}


@case
def repaired_cell_against_another_release() -> Files:
    later = columns(2011, 1)
    later[1] = replace(later[1], figures=replace(later[1].figures, sales=60_000))
    return {"a.txt": _with_lost_digit("Total revenues"), "b.txt": quarterly(2011, 1, columns=later)}


@case
def damaged_copy_of_another_quarter() -> Files:
    return {
        "a.txt": _with_lost_digit("Gross profit"),
        "b.txt": struck(quarterly(2010, 2), ("60,", "6O,")) if b"60," in quarterly(2010, 2) else quarterly(2010, 2),
    }


@case
def gain_below_operating_expenses() -> Files:
    raw = quarterly(2010, 1, columns=columns(2010, 1)[:1])
    own = columns(2010, 1)[0].figures
    operating = own.sales - own.cost - own.research - own.selling
    lines = f"Gain on sale of product line\t5,000\nIncome from operations\t{operating + 5_000:,}"
    return {
        "a.txt": struck(
            raw,
            (f"Income from operations\t{operating:,}", lines),
            (f"Income before income taxes\t{operating + 300:,}", f"Income before income taxes\t{operating + 5_300:,}"),
            (f"Net income\t{own.net_income:,}", f"Net income\t{own.net_income + 5_000:,}"),
            (f"{own.net_income / 20_000:.2f}", f"{(own.net_income + 5_000) / 20_000:.2f}"),
        )
    }


@case
def cost_of_revenue_without_gross_profit() -> Files:
    raw = quarterly(2010, 1, columns=columns(2010, 1)[:1])
    own = columns(2010, 1)[0].figures
    return {"a.txt": struck(raw, (f"Gross profit\t{own.sales - own.cost:,}\n", ""))}


@case
def filed_in_the_future() -> Files:
    return {"a.txt": quarterly(2010, 1, day=date(2199, 5, 4)), "b.txt": quarterly(2010, 2)}


@case
def filed_some_years_ahead() -> Files:
    return {"a.txt": quarterly(2010, 1), "b.txt": quarterly(2034, 1), "c.txt": quarterly(2010, 2)}


@case
def filed_before_its_period_ends() -> Files:
    return {"a.txt": quarterly(2010, 1, day=date(2010, 2, 1)), "b.txt": quarterly(2009, 4)}


@case
def figures_too_large_to_add() -> Files:
    huge = Figures(*(part * 10**12 for part in (40, 16, 9, 7, 1, 2)))
    return {
        "a.txt": quarterly(2010, 1, columns=[replace(one, figures=huge) for one in columns(2010, 1)]),
        "b.txt": quarterly(2010, 2, columns=[replace(one, figures=huge) for one in columns(2010, 2)]),
    }


@case
def figures_wider_than_the_warehouse() -> Files:
    huge = Figures(*(part * 10**25 for part in (40, 16, 9, 7, 1, 2)))
    return {"a.txt": quarterly(2010, 1, columns=[replace(one, figures=huge) for one in columns(2010, 1)])}


@case
def nothing_but_zeros() -> Files:
    return {"a.txt": quarterly(2010, 1, columns=[replace(one, figures=Figures(0, 0, 0, 0, 0, 0)) for one in columns(2010, 1)])}


@case
def every_figure_negative() -> Files:
    below = Figures(*(-part for part in (40_000, 16_000, 9_000, 7_000, 300, 2_800)))
    return {"a.txt": quarterly(2010, 1, columns=[replace(one, figures=below) for one in columns(2010, 1)])}


@case
def one_accession_number_for_two_releases() -> Files:
    return {"a.txt": submission(("8-K", quarterly(2010, 1))), "b.txt": submission(("8-K", quarterly(2010, 2)))}


@case
def the_same_bytes_three_times() -> Files:
    return dict.fromkeys(("a.txt", "b.txt", "c/d.txt"), quarterly(2010, 1))


@case
def empty_and_no_text() -> Files:
    return {
        "a.txt": b"",
        "b.txt": bytes(range(256)) * 40,
        "c.htm": b"<html><table><tr><td>" * 3_000,
        "d.pdf": b"%PDF-1.4\n\xff\xfe",
    }


@case
def cut_off_within_the_statement() -> Files:
    raw = quarterly(2010, 1)
    return {"a.txt": raw[: raw.index(b"Income before income taxes")]}


@case
def days_that_are_none() -> Files:
    return {
        "a.txt": struck(quarterly(2010, 1), ("March 31, 2010", "February 30, 2010")),
        "b.txt": struck(quarterly(2010, 2), ("June 30, 2010", "June 31, 2010")),
        "c.txt": struck(quarterly(2010, 3), ("2010", "9999")),
    }


@case
def quarter_ends_a_month_apart() -> Files:
    other = struck(quarterly(2010, 2), ("June 30, 2010", "May 31, 2010"))
    return {"a.txt": quarterly(2010, 1), "b.txt": other, "c.txt": quarterly(2010, 3)}


@case
def half_years_alone() -> Files:
    return {
        f"{year}h{quarter // 2}.txt": quarterly(
            year, quarter, columns=[column(which, quarter, 3 * quarter) for which in (year, year - 1)]
        )
        for year, quarter in ((2009, 2), (2009, 4), (2010, 2))
    }


@case
def restated_without_a_word() -> Files:
    later = columns(2011, 1)
    later[1] = replace(later[1], figures=replace(later[1].figures, sales=45_000, cost=15_000))
    return {"a.txt": quarterly(2010, 1), "b.txt": quarterly(2011, 1, columns=later)}


@case
def year_to_date_that_does_not_add_up() -> Files:
    found = columns(2010, 2)
    found[2] = replace(found[2], figures=replace(found[2].figures, sales=130_000))
    return {"a.txt": quarterly(2010, 1), "b.txt": quarterly(2010, 2, columns=found)}


@case
def guidance_upside_down() -> Files:
    prose = (
        "The Company expects revenues for fiscal 2010 of between $250 million and $210 million. The Company expects revenues"
        " for fiscal 2010 of $100 million to $120 million. The Company expects revenues for fiscal 2010 of $900 million.\n\n"
    )
    return {"a.txt": quarterly(2010, 1, prose), "b.txt": quarterly(2010, 2, prose)}


@case
def compounds_that_contradict_each_other() -> Files:
    prose = (
        "EXD-101 is in Phase 3 for ovarian cancer. EXD-101 is in Phase 1 for ovarian cancer. On June 1, 2019 the FDA approved"
        " EXD-101. The Company discontinued EXD-101, also known as EXD-202. EXD-202, an antibody, is in Phase 2.\n\n"
    )
    return {"a.txt": quarterly(2010, 1, prose), "b.txt": quarterly(2010, 1, prose + prose)}


@case
def words_that_are_commands() -> Files:
    name = "'; drop table staging.filings; --"
    return {
        f"{name}.txt": struck(quarterly(2010, 1), ("Cost of revenues", "Cost ' \" of {{ ref('x') }} $1 ; \x1b[31m revenues"))
    }


@case
def balance_sheet_alone_with_another_day() -> Files:
    other = balance_sheet_alone(date(2010, 6, 1), date(2010, 3, 31), {day: held + 9 for day, held in cash(2010, 1).items()})
    return {"a.txt": quarterly(2010, 1), "b.txt": other}


@case
def assets_that_do_not_balance() -> Files:
    return {"a.txt": struck(quarterly(2010, 1), ("Long-term debt\t2,000", "Long-term debt\t2,500"))}


@case
def unit_of_one_release_another() -> Files:
    return {"a.txt": quarterly(2010, 1), "b.txt": struck(quarterly(2010, 2), ("in thousands", "in millions"))}
