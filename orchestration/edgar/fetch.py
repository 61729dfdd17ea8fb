"""One run over companies: list, leave out what is there, fetch the rest, tell what came of it.

Belongs here: the order of things, and what one failure does to the others, which is nothing. Does not belong here: any of the
things themselves.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.edgar.client import Body, Counts, Edgar, Passing
from orchestration.edgar.companies import Company, check_names, resolve
from orchestration.edgar.errors import EdgarError, RefusedError
from orchestration.edgar.keeping import Outcome, Shelf, write_checked
from orchestration.edgar.settings import Settings
from orchestration.edgar.submissions import Entry, Index, Window, read_index
from orchestration.filings.vocabulary import rows
from orchestration.store.raw import MAX_FILING_BYTES

MAY_PASS = frozenset({"not_a_submission", "cut_off"})
"""What an error page or a broken transfer looks like: asked for again, as it may be better the next time."""

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not had: of which company, which filing or page, and why; `may_pass`: asking later may help."""

    company: str
    about: str
    code: str
    reason: str
    may_pass: bool


@dataclass
class CompanyReport:
    """What came of one company: `listed` counts its 8-Ks that were looked at, `found` those wanted.

    Paths are those of new files; `troubles` is empty where all that was found is there. `unlisted` are the accession numbers
    that were expected and that the index does not have yet.
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

    def failed(self, about: str, error: EdgarError) -> None:
        """Note something that was not had."""
        self.troubles.append(Trouble(self.asked, about, error.code, str(error), error.may_pass))


@dataclass
class FetchReport:
    """What came of a run. `seconds` is wall time; `counts` of all companies together."""

    companies: list[CompanyReport]
    counts: Counts
    seconds: float

    @property
    def troubles(self) -> list[Trouble]:
        """All that was not had."""
        return [trouble for one in self.companies for trouble in one.troubles]


def fetch(  # noqa: PLR0913 - a run has that many sides
    asked: Sequence[str],
    raw: Path,
    settings: Settings,
    window: Window | None = None,
    on_progress: OnProgress | None = None,
    *,
    recheck: bool = False,
    expected: Collection[str] = (),
) -> FetchReport:
    """Bring the earnings releases of some companies into the raw folder.

    `asked` are tickers and CIKs. `recheck` asks again for what is there, too. `expected` are accession numbers that the index
    should list by now, wanted whenever they were filed; those it does not list are in `CompanyReport.unlisted`.
    Raises `EdgarSetupError` before anything is asked.
    """
    check_names(asked)
    began = time.monotonic()
    run = _Run(raw, settings, window or Window(), on_progress or (lambda *_: None), recheck, frozenset(expected))
    reports, counts = asyncio.run(run.all(asked))
    return FetchReport(reports, counts, time.monotonic() - began)


@dataclass
class _Run:
    raw: Path
    settings: Settings
    window: Window
    tell: OnProgress
    recheck: bool
    expected: frozenset[str]
    wanted: int = 0
    done: int = 0

    async def all(self, asked: Sequence[str]) -> tuple[list[CompanyReport], Counts]:
        async with Edgar(self.settings, lambda said: self.tell(said, 1, 1)) as edgar:
            self.tell("find companies", 0, 0)
            companies = await resolve(edgar, asked)
            reports = []
            for number, (said, company) in enumerate(companies):
                self.tell("companies", number, len(companies))
                reports.append(await self.one(edgar, said, company))
            self.tell("companies", len(companies), len(companies))
            return reports, edgar.counts

    async def one(self, edgar: Edgar, said: str, company: Company | EdgarError) -> CompanyReport:
        """One company, whatever befell the one before."""
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

    async def _company(self, edgar: Edgar, cik: str, report: CompanyReport) -> None:
        index = await read_index(edgar, cik, self.window, self.expected)
        report.name = index.name or report.name
        report.listed, report.found = len(index.listed), len(index.earnings)
        report.unlisted = sorted(self.expected - index.listed)
        for gap in index.gaps:
            report.failed("the list of filings is not whole", gap)
        if index.earnings:
            await self._texts(edgar, index, report)

    async def _texts(self, edgar: Edgar, index: Index, report: CompanyReport) -> None:
        shelf = Shelf(self.raw, index.cik)
        self.wanted += len(index.earnings)
        async with shelf.open(lambda: self.tell(f"wait for another fetch of CIK {int(index.cik)}", 0, 0)):
            missing = [entry for entry in index.earnings if self.recheck or not shelf.whole(entry)]
            report.there += len(index.earnings) - len(missing)
            self._advance(report.there)
            queue = iter(missing)
            await _together([self._worker(edgar, shelf, queue, report) for _ in range(self.settings.workers)])
        report.fetched.sort()
        report.changed.sort()

    async def _worker(self, edgar: Edgar, shelf: Shelf, queue: Iterator[Entry], report: CompanyReport) -> None:
        """Take filings off the common queue until it is empty."""
        for entry in queue:
            try:
                outcome, path = await self._text(edgar, shelf, entry, report)
            except EdgarError as error:
                report.failed(f"filing {entry.accession} of {entry.filed}", error)
            else:
                report.there += outcome is Outcome.THERE
                {Outcome.FETCHED: report.fetched, Outcome.CHANGED: report.changed, Outcome.THERE: []}[outcome].append(path)
            self._advance(1)

    async def _text(self, edgar: Edgar, shelf: Shelf, entry: Entry, report: CompanyReport) -> tuple[Outcome, Path]:
        url = f"{self.settings.base_url}/Archives/edgar/data/{int(shelf.cik)}/{entry.accession}.txt"
        part = shelf.part(entry.accession)

        async def take(body: Body) -> str:
            try:
                return await write_checked(part, body.blocks(MAX_FILING_BYTES), entry.accession)
            except RefusedError as error:
                if error.code in MAY_PASS:
                    raise Passing(error.code, str(error), is_content=True) from error
                raise

        sha256 = await edgar.get(url, f"{entry.accession} of {entry.filed}", take)
        return shelf.keep(part, sha256, entry, {"cik": shelf.cik, "company": report.name, "url": url})

    def _advance(self, by: int) -> None:
        self.done += by
        self.tell("filings", self.done, self.wanted)


def _name_in_vocabulary(cik: str) -> str:
    """The name that `data/vocabulary/companies.csv` has for a CIK; empty where it has none."""
    return next((row["company_name"] for row in rows("companies") if row["company_id"] == cik), "")


async def _together(jobs: Sequence[Coroutine[None, None, None]]) -> None:
    """Run jobs side by side; where one raises, or Ctrl-C comes, the others are stopped and waited for."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
