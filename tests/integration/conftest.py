"""What the integration tests share.

`made_up_reader` can be imported, by worker processes too: they start with this process's path.
"""

import sys
from pathlib import Path

import pytest

from tests import loopback_edgar

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "orchestration"))


@pytest.fixture
def edgar():
    """EDGAR on loopback with the companies that do not exist, for one test."""
    with loopback_edgar.serve(loopback_edgar.companies()) as server:
        yield server
