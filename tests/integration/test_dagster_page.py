"""The real `dagster dev` in a real browser: the asset graph is there, and knows what the build of the session did."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Built
from tests.integration.dagster_page import GROUPS, asset_graph, browser, dagster_dev, find_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def needs_browser() -> None:
    """Skip, loudly, where there is no browser; in CI there has to be one."""
    if find_browser() is None:
        message = "NO BROWSER: the Dagster page was NOT looked at (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def test_the_asset_graph_shows_every_group_and_its_state(needs_browser: None, built: Built, tmp_path: Path) -> None:
    with dagster_dev(built.dagster_home) as address, browser() as page:
        words = asset_graph(page, address)
        page.picture(tmp_path / "graph.png")
        assert all(group in words for group in GROUPS)
        assert "Materialize all" in words
        assert (tmp_path / "graph.png").stat().st_size > 20_000
        page.go(f"{address}/assets/published_warehouse")
        page.wait_for("published_warehouse", "build_warehouse")
        page.go(f"{address}/runs")
        page.wait_for("build_warehouse", "Success")
