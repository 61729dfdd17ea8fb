"""A warehouse is opened to be read, and says how to build one where there is none."""

import duckdb
import pytest

from orchestration.store.errors import NoWarehouseError
from orchestration.warehouse.connection import open_warehouse
from tests.unit.warehouse.staged import staged


def test_no_warehouse_says_how_to_build_one(tmp_path):
    with pytest.raises(NoWarehouseError, match="Build one: `tieout build`"):
        open_warehouse(tmp_path / "none.duckdb")
    (tmp_path / "text.duckdb").write_text("no database " * 1000)
    with pytest.raises(NoWarehouseError, match="cannot be opened as a warehouse"):
        open_warehouse(tmp_path / "text.duckdb")


def test_the_connection_is_read_only(places):
    run = staged(places)
    with open_warehouse(run.file) as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("create table x (y int)")
