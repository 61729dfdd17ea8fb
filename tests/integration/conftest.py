"""What the integration tests share."""

from contextlib import nullcontext

import pytest

from tests import loopback_edgar


@pytest.fixture
def edgar():
    """EDGAR on loopback with the companies that do not exist, for one test."""
    with loopback_edgar.serve(loopback_edgar.companies()) as server:
        yield server


@pytest.fixture(scope="session")
def gates():
    """The process that runs the gates, started once for all builds of this process: each would import for seconds again."""
    from orchestration.build import gate_worker  # noqa: PLC0415
    from orchestration.defs import run as build  # noqa: PLC0415

    with gate_worker.gate_process(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "gate_process", nullcontext)
        yield
