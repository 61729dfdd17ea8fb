"""What is asked of a file that lacks something."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.explain.explanation import explain
from orchestration.store.errors import TieoutError
from orchestration.warehouse.contract import CONTRACT


def test_a_warehouse_of_an_older_version_is_named_as_one(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        for name in CONTRACT:
            con.execute(f"create table main.{name} as select 'c' as company_id")
        with pytest.raises(TieoutError, match=r"older version.*tieout build"):
            explain(con, tmp_path, "IMGN", "2011Q3", "Revenues")
