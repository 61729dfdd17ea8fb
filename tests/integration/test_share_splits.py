"""Shares that a company split two for one, and a year later drew together one for ten: of which shares each figure is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.defs.run import build
from tests.conftest import Ask, asking
from tests.integration.releases import Column, Figures, quarter_end, release

Q1, Q2, Q3 = (Figures(12_000 + 200 * n, 4_500, 2_300, 1_700, 120, 600) for n in range(3))
Q1_2011, Q2_2011, Q1_2012 = (Figures(14_000 + 200 * n, 5_000, 2_500, 1_800, 140, 700) for n in range(3))


def of_shares(year: int, number: int, figures: Figures, shares: int) -> Column:
    """A quarter whose earnings are of so many thousand shares."""
    per_share = f"{figures.net_income / shares:.2f}"
    struck = {
        "Net income per share, basic and diluted": per_share,
        "Weighted average shares outstanding, basic and diluted": f"{shares:,}",
    }
    return replace(Column(quarter_end(year, number), 3, figures), struck=struck)


def releases() -> dict[str, bytes]:
    told = {
        "q1-2010": (date(2010, 5, 6), [of_shares(2010, 1, Q1, 20_000)]),
        "q2-2010": (date(2010, 8, 5), [of_shares(2010, 2, Q2, 20_200)]),
        # Split, and no earlier quarter beside it: the number of shares alone tells.
        "q3-2010": (date(2010, 11, 4), [of_shares(2010, 3, Q3, 40_200)]),
        "q1-2011": (date(2011, 5, 5), [of_shares(2011, 1, Q1_2011, 40_400), of_shares(2010, 1, Q1, 40_000)]),
        "q2-2011": (date(2011, 8, 4), [of_shares(2011, 2, Q2_2011, 40_500), of_shares(2010, 2, Q2, 40_400)]),
        "q1-2012": (date(2012, 5, 3), [of_shares(2012, 1, Q1_2012, 4_060), of_shares(2011, 1, Q1_2011, 4_040)]),
    }
    return {
        name: release(day, columns, {columns[0].end: 40_000 + 500 * n}) for n, (name, (day, columns)) in enumerate(told.items())
    }


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, gates: None) -> Ask:
    folder = tmp_path_factory.mktemp("splits")
    raw = folder / "raw"
    raw.mkdir()
    # The names tell nothing of the order: the last release is the first file.
    for place, (name, text) in enumerate(reversed(releases().items())):
        (raw / f"{place}-{name}.txt").write_bytes(text)
    file: Path = folder / "warehouse" / "tieout.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "home"))
        report = build(raw, file)
    assert (report.published, report.quarantined) == (file, 0), report.message
    return asking(file)


def history(ask: Ask, columns: str) -> list[tuple[Any, ...]]:
    rows = ask(f"select {columns} from quarterly_per_share_split_adjusted order by known_from, period_end desc")
    return [tuple(row.values()) for row in rows]


def test_each_vintage_says_of_which_shares_it_is(ask: Ask) -> None:
    first, split, reverse = date(2010, 5, 6), date(2010, 11, 4), date(2012, 5, 3)
    found = ask("select eps_share_basis, split_factor from fact_quarterly_results"
                " where shares_basic is not null order by known_from, period_end desc")  # fmt: skip
    assert [tuple(row.values()) for row in found] == [
        (first, 1),
        (first, 1),
        (split, 2),
        (split, 2),
        (split, 2),
        (split, 2),
        (split, 2),
        (reverse, 0.2),
        (reverse, 0.2),
    ]


def test_the_view_reckons_all_in_the_shares_of_the_latest_release(ask: Ask) -> None:
    shares = [int(shares) for (shares,) in history(ask, "shares_basic")]
    assert shares == [4_000_000, 4_040_000, 4_020_000, 4_040_000, 4_000_000, 4_050_000, 4_040_000, 4_060_000, 4_040_000]
    for printed, adjusted, factor in history(ask, "eps_diluted_as_printed, eps_diluted, split_adjustment"):
        assert abs(float(adjusted) * factor - float(printed)) < 0.0001
    assert history(ask, "eps_basic_as_printed, eps_basic")[0] == (Decimal("0.15"), Decimal("0.75"))
    assert {basis for (basis,) in history(ask, "present_share_basis")} == {date(2012, 5, 3)}


def test_the_restatements_that_show_the_split_have_its_factor(ask: Ask) -> None:
    found = ask("select distinct known_from_after as day, kind, split_factor from fact_restatement order by day")
    assert [tuple(row.values()) for row in found] == [
        (date(2011, 5, 5), "split", 2),
        (date(2011, 8, 4), "split", 2),
        (date(2012, 5, 3), "split", 0.1),
    ]


def test_the_basis_of_a_day_is_known_without_look_ahead(ask: Ask) -> None:
    known = (
        "select max_by(split_factor, known_from) / min_by(split_factor, known_from) as factor from quarterly_results_as_of(?)"
    )
    assert [ask(known, day)[0]["factor"] for day in (date(2010, 10, 1), date(2010, 12, 1))] == [1, 2]
