"""Rows as JSON and CSV: no column is lost, numbers stay exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.cli.terminal.rows import write_rows


def test_a_column_whose_name_comes_again_is_kept_under_a_name_of_its_own(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_rows(["n", "n"], [(Decimal("1.50"), None)], "json")
    assert capfdbinary.readouterr().out == b'{"n":1.5,"n_2":null}\n'


def test_csv_has_exact_numbers_and_nothing_for_null(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(["a", "b", "c"], [(Decimal("-0.2700"), None, [Decimal("1.0"), "x, y"])], "csv")
    assert capsys.readouterr().out == 'a,b,c\n-0.27,,"1.0, x, y"\n'
