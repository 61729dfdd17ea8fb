"""The steps of one build, and the folder it works in.

Belongs here: what each step needs, what it leaves for the next one, and what is kept of a build that failed.
Does not belong here: what a step does inside (`store/`, `warehouse/`, `expectations/`), or how Dagster names and shows the
steps (`defs/`).

A step first runs the steps it needs that were not run: a run of one model alone lists the raw folder, reads what is unread and
loads the staging tables. What a step leaves for the next one lies in the build's folder, so that steps may run in processes of
their own. A step that finds rows which break a rule keeps the filings at fault out, and does all steps since the loading of
the staging tables again (`rounds.py`). A build holds a lock on its folder; a folder whose lock nobody holds was left by a
build that failed or was killed.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.build import interrupts
from orchestration.build.audits import AuditOutcome, of_gate, of_nodes
from orchestration.build.gate_worker import run_gate
from orchestration.build.removals import check_removals
from orchestration.build.rounds import Rounds
from orchestration.filings.records import Problem, Severity
from orchestration.store import files
from orchestration.store.address import Address
from orchestration.store.chunks import FILE_TIMEOUT_SECONDS, READER
from orchestration.store.errors import SHOWN, BuildFailedError, NothingAcceptedError
from orchestration.store.known_companies import KnownCompanies, as_json, from_json, known_companies
from orchestration.store.ledger import changes
from orchestration.store.parquet import write_rows
from orchestration.store.paths import Places
from orchestration.store.raw import RawFile, RawListing, RefusedFile, list_raw
from orchestration.store.readings import ReadingStore, UpdateReport, missed, reader_version
from orchestration.store.schema import row
from orchestration.store.workers import OnRead
from orchestration.warehouse import dbt_runner, publication, staging, suspects
from orchestration.warehouse.broken_rules import BrokenRule
from orchestration.warehouse.inspection import newly_quarantined, quarantined
from orchestration.warehouse.quarantine_list import write_list

if TYPE_CHECKING:
    from expectations.results import GateResult

KEPT_BUILDS = 3
STAGES = ("staging", "marts")
AUDITED = ("staging", "models", "marts")  # what is judged, in order
LOCK = ".lock"  # in the folder of a build


@dataclass
class BuildRun:
    """One build. `reader` is `module:function`; `gates` holds the results of the gates run in this process, by stage."""

    places: Places
    run_id: str
    reader: str = READER
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    gates: dict[str, GateResult] = field(default_factory=dict)
    update: UpdateReport | None = None
    staged: dict[str, int] = field(default_factory=dict)
    quarantined: int = 0
    newly_kept_out: list[tuple[str, str]] = field(default_factory=list)
    broken_rules: list[BrokenRule] = field(default_factory=list)
    nothing_accepted: NothingAcceptedError | None = None
    published: bool = False
    is_strict: bool = False
    accepts_removals: bool = False
    _lock: FileIO | None = None

    @property
    def folder(self) -> Path:
        """The folder of this build."""
        return self.places.builds / self.run_id

    @property
    def file(self) -> Path:
        """The DuckDB file of this build."""
        return self.places.build_file(self.run_id)

    @cached_property
    def store(self) -> ReadingStore:
        """The store of readings for the reader's code as it is at the first use."""
        return ReadingStore(self.places.readings, reader_version(self.reader), self.reader, self.timeout_seconds)

    # --- the steps

    def list_raw(self) -> RawListing:
        """List the raw folder. Raises `NoFilingsError`, and `ShrunkRawFolderError` unless removals are accepted."""
        self._open()
        listing = list_raw(self.places.raw)
        _write_json(self._companies, as_json(known_companies(self.places.raw)))
        if not self.accepts_removals:
            check_removals(listing, self.places.raw, self.places.warehouse)
        _write_json(self.folder / "listing.json", {"files": listing.files, "refused": listing.refused})
        return listing

    def read(self, jobs: int | None, on_read: OnRead) -> UpdateReport:
        """Read the filings that have no reading, and those in doubt again with evidence from other releases."""
        self.update = self.store.update(self.listing().filings, jobs, on_read, self.companies().companies)
        _write_json(self._again, {"again": sorted(self.update.again)})
        store = self.store
        rows = [row(file.sha256, file.source, store.version, missed(file)) for file in self.update.missed]
        write_rows(self._missed, rows)
        return self.update

    def load_staging(self) -> dict[str, int]:
        """Load the staging tables into the new file; rows by table.

        Raises `NothingAcceptedError` where every filing is quarantined.
        """
        listing = self.listing()
        if not self._missed.exists():
            self.read(None, lambda _done, _total: None)
        store, known = self.store, self.companies()
        with store.locked():
            problems = [*_listing_problems(listing), *known.problems, *changes(listing.files, store.seen())]
            again = [Address(*one) for one in _read_json(self._again)["again"]]
            chunks, self.broken_rules = [*store.paths(), self._missed], self.rounds.broken_rules()
            findings = staging.BuildFindings(problems, again, self.broken_rules, known.companies)
            self.staged = staging.create_staging(self.file, listing, chunks, findings)
        kept_out = quarantined(self.file)
        self.quarantined = len(kept_out)
        if len(kept_out) == self.staged["filings"]:
            self.nothing_accepted = NothingAcceptedError([(source, why) for (source, _), why in kept_out.items()])
            raise self.nothing_accepted
        return self.staged

    def transform(self, select: list[str], on_node: dbt_runner.OnNode | None = None) -> list[dbt_runner.NodeResult]:
        """Build the selected dbt nodes, all where none is named: then in as many rounds as it takes.

        Raises `BuildFailedError` where the gate on staging fails in a later round.
        """
        if not self.file.exists():
            self.load_staging()
        if select:
            return dbt_runner.run(self.file, select, on_node)
        last = self._settled("models", self._transformed(on_node), on_node)
        if last.stage != "models":
            raise BuildFailedError(f"The gate on {last.stage} did not pass once filings were kept out: {last.said}")
        return list(last.nodes)

    def gate(self, stage: str, only: list[str] | None = None) -> GateResult:
        """Run the suites of a stage over this build; over the published file where this run has built nothing.

        A run of all of them writes the Data Docs and counts for publishing; one of `only` some does neither. Raises
        `MissingTableError` where a suite reads a table that this run has not built.
        """
        interrupts.raise_if_pressed()
        if stage == "staging" and not self.file.exists():
            self.load_staging()
        file = self.file if self.file.exists() else self.places.warehouse
        docs = self.places.data_docs if only is None else None
        if only is None and file == self.file:
            last = self._settled(stage, self._gated(stage))
            if last.gate is None or last.stage != stage:
                raise BuildFailedError(f"The audit of {last.stage} did not pass once filings were kept out: {last.said}")
            return last.gate
        return run_gate(stage, file, docs, only)

    def publish(self) -> dict[str, int]:
        """Publish the build; rows by table of the contract.

        Raises `BuildFailedError` where a gate did not pass it, and of a strict build where it keeps out a file that the
        published warehouse does not.
        """
        interrupts.raise_if_pressed()
        if not self.file.exists():
            raise BuildFailedError("This run has built nothing to publish. Run the whole job `build_warehouse`.")
        for stage in STAGES:
            said = _read_json(self._gate_file(stage)) if self._gate_file(stage).exists() else None
            if not said or not said["success"] or not said["suites"]:
                what = "was not run in full" if said is None else "did not pass"
                raise BuildFailedError(
                    f"The gate on {stage} {what} in this run; nothing is published. Run the job `build_warehouse`."
                )
        self.newly_kept_out = newly_quarantined(self.file, self.places.warehouse)
        if self.is_strict and self.newly_kept_out:
            shown = "; ".join(f"{source}: {reason}" for source, reason in self.newly_kept_out[:SHOWN])
            raise BuildFailedError(f"{len(self.newly_kept_out)} filings are newly kept out, and --strict allows none: {shown}")
        counts = publication.publish(self.file, self.places.warehouse, interrupts.raise_if_pressed)
        self.published = True
        write_list(self.places.warehouse)
        self.close()
        return counts

    def listing(self) -> RawListing:
        """The raw folder as this build first listed it."""
        saved = self.folder / "listing.json"
        if not saved.exists():
            return self.list_raw()
        self._open()
        body = _read_json(saved)
        return RawListing(tuple(RawFile(*row) for row in body["files"]), tuple(RefusedFile(*row) for row in body["refused"]))

    def companies(self) -> KnownCompanies:
        """The companies known outside the filings, as this build first found them."""
        if not self._companies.exists():
            self.list_raw()
        return from_json(_read_json(self._companies))

    # --- the rounds

    @property
    def rounds(self) -> Rounds:
        """What this build keeps out, round by round."""
        return Rounds(self.folder)

    def _settled(self, stage: str, outcome: AuditOutcome, on_node: dbt_runner.OnNode | None = None) -> AuditOutcome:
        """The outcome of a stage once filings at fault are kept out, and all up to the stage is built again without them."""
        while outcome.broken_rows:
            interrupts.raise_if_pressed()
            found = suspects.violations(self.file, outcome.broken_rows)
            if not self.rounds.keep_out(found, suspects.standings(self.file)):
                break
            outcome = self._staged_again(stage, on_node)
        return outcome

    def _staged_again(self, stage: str, on_node: dbt_runner.OnNode | None) -> AuditOutcome:
        self.load_staging()
        for one in AUDITED[: AUDITED.index(stage) + 1]:
            outcome = self._transformed(on_node) if one == "models" else self._gated(one)
            if not outcome.success:
                break
        return outcome

    def _gated(self, stage: str) -> AuditOutcome:
        result = run_gate(stage, self.file, self.places.data_docs, None)
        self.gates[stage] = result
        _write_json(self._gate_file(stage), {"success": result.success, "suites": len(result.suites)})
        return of_gate(result)

    def _transformed(self, on_node: dbt_runner.OnNode | None) -> AuditOutcome:
        return of_nodes(self.file, dbt_runner.run(self.file, [], on_node))

    # --- the folder

    def close(self) -> None:
        """Release the lock of the folder; remove the folder where the build was published."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if self.published:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _open(self) -> None:
        if self._lock is None:
            sweep(self.places.builds)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = files.try_lock(self.folder / LOCK)

    @property
    def _missed(self) -> Path:
        return self.folder / "missed.parquet"

    @property
    def _companies(self) -> Path:
        return self.folder / "companies.json"

    @property
    def _again(self) -> Path:
        return self.folder / "read_again.json"

    def _gate_file(self, stage: str) -> Path:
        return self.folder / f"gate_{stage}.json"


def sweep(builds: Path, keep: int = KEPT_BUILDS) -> None:
    """Remove the folders of builds that no process works on, except the `keep` newest."""
    if not builds.is_dir():
        return
    left = []
    for folder in (path for path in builds.iterdir() if path.is_dir()):
        lock = files.try_lock(folder / LOCK)
        if lock is not None:
            lock.close()
            left.append(folder)
    for folder in sorted(left, key=lambda path: (path.stat().st_mtime, path.name))[: -keep or None]:
        shutil.rmtree(folder, ignore_errors=True)


def _listing_problems(listing: RawListing) -> list[Problem]:
    by_source = {file.source: file for file in listing.files}
    found = []
    for file in listing.files:
        if file.duplicate_of is not None:
            kept = by_source[file.duplicate_of]
            text = (
                f"{file.source} has the same bytes as {kept.source}; the filing is read once, from there. Remove one of them."
            )
            found.append(Problem(f"sha256-{file.sha256[:16]}", Severity.NOTE, "duplicate_bytes", text))
    return found + [Problem("", Severity.WARNING, one.code, one.reason) for one in listing.refused]


def _write_json(path: Path, body: dict[str, object]) -> None:
    with files.atomic_write(path) as file:
        file.write(json.dumps(body).encode())


def _read_json(path: Path) -> dict[str, list[list]]:  # type: ignore[type-arg]
    found: dict[str, list[list]] = json.loads(path.read_text(encoding="utf-8"))  # type: ignore[type-arg]
    return found
