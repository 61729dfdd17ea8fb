"""`tieout build` on a command line that cannot be right."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run_tieout


def test_a_folder_as_the_warehouse_to_build_is_a_usage_error(tmp_path: Path) -> None:
    done = run_tieout("build", "--warehouse", tmp_path, DAGSTER_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert "is a folder" in done.stderr
    assert list(tmp_path.iterdir()) == []
