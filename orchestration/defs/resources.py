"""The resource `build`: the raw folder, the warehouse, the number of workers, and the builds of this process."""

import dagster as dg

from orchestration.build.steps import BuildRun
from orchestration.defs import orphans
from orchestration.store.chunks import FILE_TIMEOUT_SECONDS, READER
from orchestration.store.paths import RAW, ROOT, WAREHOUSE, Places, dagster_home

OWNERS = ["team:data-engineering"]
_RUNS: dict[str, BuildRun] = {}


class BuildSettings(dg.ConfigurableResource):  # type: ignore[type-arg]
    """What a build reads and writes. Relative paths are taken from the repository."""

    raw: str = str(RAW.relative_to(ROOT))
    warehouse: str = str(WAREHOUSE.relative_to(ROOT))
    jobs: int = 0  # processes that read filings; 0: chosen by their number
    reader: str = READER
    file_timeout_seconds: float = FILE_TIMEOUT_SECONDS
    accept_removals: bool = False  # build although more than a fifth of the files of the published warehouse are gone
    strict: bool = False  # publish nothing that keeps out a filing which the published warehouse does not

    def places(self) -> Places:
        """The paths of this build."""
        return Places.of(ROOT / self.raw, ROOT / self.warehouse)

    def run(self, run_id: str) -> BuildRun:
        """The build of a Dagster run: one object a run in this process. It holds the lock of its folder."""
        if run_id not in _RUNS:
            if dagster_home().is_dir():
                orphans.hold_lock(dagster_home(), run_id)
            _RUNS[run_id] = BuildRun(
                self.places(),
                run_id,
                self.reader,
                self.file_timeout_seconds,
                is_strict=self.strict,
                accepts_removals=self.accept_removals,
            )
        return _RUNS[run_id]


def forget(run_id: str) -> BuildRun | None:
    """Forget the build of a run that is over, and return it; None where this process has none."""
    return _RUNS.pop(run_id, None)


RESOURCES = {"build": BuildSettings()}
