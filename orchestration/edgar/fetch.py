"""Fetching the earnings releases of some companies into the raw folder.

Belongs here: the order of the steps, and going on with the rest after a failure. Does not belong here: the steps themselves
(`companies.py`, `submissions.py`, `client.py`, `raw_store.py`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.edgar.client import EdgarClient, RequestCounts, ResponseBody, TransientError
from orchestration.edgar.companies import Filer, check_names, resolve
from orchestration.edgar.errors import EdgarError, RefusedError
from orchestration.edgar.raw_store import CompanyFolder, FetchOutcome, write_checked
from orchestration.edgar.settings import EdgarSettings
from orchestration.edgar.submissions import Extra, IndexEntry, SubmissionsIndex, Window, read_index
from orchestration.filings.vocabulary import rows
from orchestration.store.known_companies import COMPANY_FILE, known_companies, learnt
from orchestration.store.raw import MAX_FILING_BYTES

MAY_PASS = frozenset({"not_a_submission", "cut_off"})
"""Codes of an error page or a truncated transfer: retried."""

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not fetched: of which company, which filing or page, and why; `may_pass`: trying later may help."""

    company: str
    about: str
    code: str
    reason: str
    may_pass: bool


@dataclass
class CompanyReport:
    """What was fetched of one company: `listed` counts the 8-Ks of its index that were read, `found` those wanted.

    `passed_over` counts what an option would have brought. `is_shell`: it seems to have no business of its own.

    Paths are those of new files. `troubles` is empty where everything found is in the raw folder. `unlisted` are expected
    accession numbers that the index does not have yet.
    """

    asked: str
    cik: str = ""
    name: str = ""
    listed: int = 0
    found: int = 0
    there: int = 0
    fetched: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    passed_over: Mapping[Extra, int] = field(default_factory=dict)
    is_shell: bool = False

    def add(self, outcome: FetchOutcome, path: Path) -> None:
        """Note what became of a filing that was asked for."""
        match outcome:
            case FetchOutcome.THERE:
                self.there += 1
            case FetchOutcome.FETCHED:
                self.fetched.append(path)
            case FetchOutcome.CHANGED:
                self.changed.append(path)

    def failed(self, about: str, error: EdgarError) -> None:
        """Note something that was not fetched."""
        self.troubles.append(Trouble(self.asked, about, error.code, str(error), error.may_pass))


@dataclass
class FetchReport:
    """What a run did. `seconds` is wall time; `counts` are of all companies together."""

    companies: list[CompanyReport]
    counts: RequestCounts
    seconds: float

    @property
    def troubles(self) -> list[Trouble]:
        """Everything that was not fetched."""
        return [trouble for one in self.companies for trouble in one.troubles]


def fetch(  # noqa: PLR0913 -- a run has that many settings
    asked: Sequence[str],
    raw: Path,
    settings: EdgarSettings,
    window: Window | None = None,
    on_progress: OnProgress | None = None,
    *,
    recheck: bool = False,
    expected: Collection[str] = (),
) -> FetchReport:
    """Fetch the earnings releases of some companies into the raw folder.

    `asked` are tickers and CIKs. `recheck` fetches again what is there. `expected` are accession numbers that the index should
    list by now, wanted whenever they were filed; those it does not list are in `CompanyReport.unlisted`. Raises
    `EdgarSetupError` before any request.
    """
    check_names(asked)
    began = time.monotonic()
    run = _Run(raw, settings, window or Window(), on_progress or (lambda *_: None), recheck, frozenset(expected))
    reports, counts = asyncio.run(run.all(asked))
    return FetchReport(reports, counts, time.monotonic() - began)


@dataclass
class _Run:
    raw: Path
    settings: EdgarSettings
    window: Window
    tell: OnProgress
    recheck: bool
    expected: frozenset[str]
    wanted: int = 0
    done: int = 0

    async def all(self, asked: Sequence[str]) -> tuple[list[CompanyReport], RequestCounts]:
        async with EdgarClient(self.settings, lambda said: self.tell(said, 1, 1)) as edgar:
            self.tell("find companies", 0, 0)
            companies = await resolve(edgar, asked, known_companies(self.raw))
            reports = []
            for number, (said, company) in enumerate(companies):
                self.tell("companies", number, len(companies))
                reports.append(await self.one(edgar, said, company))
            self.tell("companies", len(companies), len(companies))
            return reports, edgar.counts

    async def one(self, edgar: EdgarClient, said: str, company: Filer | EdgarError) -> CompanyReport:
        """The report of one company; any `EdgarError` is a trouble in it."""
        report = CompanyReport(said)
        if isinstance(company, EdgarError):
            report.failed("the company", company)
            return report
        report.cik, report.name = company.cik, company.name or _name_in_vocabulary(company.cik)
        try:
            await self._company(edgar, company.cik, report)
        except EdgarError as error:
            report.failed("the company", error)
        return report

    async def _company(self, edgar: EdgarClient, cik: str, report: CompanyReport) -> None:
        index = await read_index(edgar, cik, self.window, self.expected)
        report.name = index.name or report.name
        report.listed, report.found = len(index.listed), len(index.wanted)
        report.passed_over, report.is_shell = index.passed_over, index.is_shell
        report.unlisted = sorted(self.expected - index.listed)
        for gap in index.gaps:
            report.failed("the list of filings is not whole", gap)
        if index.wanted:
            await self._texts(edgar, index, report)

    async def _texts(self, edgar: EdgarClient, index: SubmissionsIndex, report: CompanyReport) -> None:
        folder = CompanyFolder(self.raw, index.cik)
        self.wanted += len(index.wanted)
        async with folder.locked(lambda: self.tell(f"wait for another fetch of CIK {int(index.cik)}", 0, 0)):
            missing = [entry for entry in index.wanted if self.recheck or not folder.current_text(entry)]
            report.there += len(index.wanted) - len(missing)
            self._advance(report.there)
            queue = iter(missing)
            await _together([self._worker(edgar, folder, queue, report) for _ in range(self.settings.workers)])
            self._learn(index, report)
        report.fetched.sort()
        report.changed.sort()

    def _learn(self, index: SubmissionsIndex, report: CompanyReport) -> None:
        """Keep what the index says of the company, where a text of it is there."""
        if index.company and report.there + len(report.fetched) + len(report.changed):
            try:
                learnt(index.company, self.raw)
            except OSError as error:
                reason = f"{COMPANY_FILE} cannot be written ({error.strerror}); check the permissions of its folder"
                report.failed("what EDGAR says of the company", RefusedError("folder_refused", reason))

    async def _worker(
        self, edgar: EdgarClient, folder: CompanyFolder, queue: Iterator[IndexEntry], report: CompanyReport
    ) -> None:
        """Fetch filings from the shared queue until it is empty."""
        for entry in queue:
            try:
                outcome, path = await self._text(edgar, folder, entry, report)
            except EdgarError as error:
                report.failed(f"filing {entry.accession} of {entry.filed}", error)
            else:
                report.add(outcome, path)
            self._advance(1)

    async def _text(
        self, edgar: EdgarClient, folder: CompanyFolder, entry: IndexEntry, report: CompanyReport
    ) -> tuple[FetchOutcome, Path]:
        url = f"{self.settings.base_url}/Archives/edgar/data/{int(folder.cik)}/{entry.accession}.txt"
        part = folder.partial_path(entry.accession)

        async def take(body: ResponseBody) -> str:
            try:
                return await write_checked(part, body.blocks(MAX_FILING_BYTES), entry.accession)
            except RefusedError as error:
                if error.code in MAY_PASS:
                    raise TransientError(error.code, str(error), is_content=True) from error
                raise

        sha256 = await edgar.get(url, f"{entry.accession} of {entry.filed}", take)
        return folder.add(part, sha256, entry, {"cik": folder.cik, "company": report.name, "url": url})

    def _advance(self, by: int) -> None:
        self.done += by
        self.tell("filings", self.done, self.wanted)


def _name_in_vocabulary(cik: str) -> str:
    """The name that `data/vocabulary/companies.csv` has for a CIK; empty where it has none."""
    return next((row["company_name"] for row in rows("companies") if row["company_id"] == cik), "")


async def _together(jobs: Sequence[Coroutine[None, None, None]]) -> None:
    """Run jobs concurrently; where one raises, or on Ctrl-C, the others are cancelled and awaited."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
