"""An EDGAR on 127.0.0.1: a real HTTP server that answers as EDGAR does, misbehaves on order, and writes down every request.

Belongs here: companies that do not exist with filings of theirs, EDGAR's addresses and the form of its answers, and the ways in
which an answer can be bad. Does not belong here: any assertion, or anything that EDGAR itself ever said.

Run as a program, it serves the three companies until Ctrl-C: `python -m tests.loopback_edgar`.
"""

from __future__ import annotations

import gzip
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from orchestration.edgar.settings import EdgarSettings

MONTHS = {3: "March 31", 6: "June 30", 9: "September 30", 12: "December 31"}
ORDINALS = {3: "First", 6: "Second", 9: "Third", 12: "Fourth"}
COLUMNS = (
    "accessionNumber", "filingDate", "reportDate", "acceptanceDateTime", "act", "form", "fileNumber", "filmNumber", "items",
    "core_type", "size", "isXBRL", "isInlineXBRL", "primaryDocument", "primaryDocDescription",
)  # fmt: skip


@dataclass(frozen=True)
class LoopbackFiling:
    """A filing of a made-up company: its full submission text, and the row that the index has of it."""

    accession: str
    form: str
    filed: date
    items: str
    text: bytes

    def row(self) -> dict[str, Any]:
        """The row of the submissions index."""
        return dict.fromkeys(COLUMNS, "") | {
            "accessionNumber": self.accession,
            "filingDate": self.filed.isoformat(),
            "reportDate": self.filed.isoformat(),
            "acceptanceDateTime": f"{self.filed.isoformat()}T21:05:00.000Z",
            "form": self.form,
            "items": self.items,
            "core_type": self.form,
            "size": len(self.text),
            "isXBRL": 0,
            "isInlineXBRL": 0,
            "primaryDocument": "d8k.htm",
        }


@dataclass
class LoopbackCompany:
    """A made-up company. `recent` is how many rows the first page of its index holds; the others are on older pages."""

    cik: int
    name: str
    ticker: str
    filings: list[LoopbackFiling] = field(default_factory=list)
    recent: int = 1000
    page: int = 1000
    sic: str = "2836"

    @property
    def pages(self) -> list[list[LoopbackFiling]]:
        """The filings as the pages of the index have them, newest first."""
        newest = sorted(self.filings, key=lambda one: (one.filed, one.accession), reverse=True)
        older = newest[self.recent :]
        return [newest[: self.recent], *(older[at : at + self.page] for at in range(0, len(older), self.page))]


@dataclass
class LoggedRequest:
    """A request as the server saw it come; `at` by its monotonic clock, `status` 0 until it is answered, -1 for no answer."""

    at: float
    path: str
    agent: str
    status: int = 0


Fault = Callable[[BaseHTTPRequestHandler], int]


@dataclass
class LoopbackEdgar:
    """The server. `faults` are used up, first come first served, by path; the key `*` is for any path."""

    companies: list[LoopbackCompany]
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    log: list[LoggedRequest] = field(default_factory=list)
    feed: list[tuple[LoopbackCompany, LoopbackFiling]] = field(default_factory=list)
    gzipped: bool = True
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, path: str = "") -> list[LoggedRequest]:
        """The requests whose path has `path` in it, in the order they came."""
        with self._lock:
            return [one for one in self.log if path in one.path]

    def busiest_second(self) -> int:
        """The most requests that came within any one second."""
        times = sorted(one.at for one in self.asked())
        return max((sum(first <= at < first + 1.0 for at in times) for first in times), default=0)

    def fault(self, path: str, *faults: Fault) -> None:
        """Misbehave so, when next asked for a path."""
        self.faults.setdefault(path, []).extend(faults)

    def environment(self, state: object) -> dict[str, str]:
        """What makes `tieout` ask here."""
        return {
            "EDGAR_BASE_URL": self.url,
            "EDGAR_DATA_URL": self.url,
            "TIEOUT_EDGAR_IDENTITY": "Tieout Tests tests@example.com",
            "TIEOUT_STATE": str(state),
        }

    def answer(self, handler: BaseHTTPRequestHandler) -> int:
        """Answer one request; the status that was sent."""
        path = handler.path
        with self._lock:
            waiting = next((key for key in (urlsplit(path).path, "*") if self.faults.get(key)), None)
            fault = self.faults[waiting].pop(0) if waiting else None
        if fault:
            return fault(handler)
        found = self.content(path)
        if found is None:
            return status(404, body=b"<html><body>Not Found</body></html>")(handler)
        kind, body = found
        coding = "gzip" if self.gzipped and "gzip" in handler.headers.get("Accept-Encoding", "") else ""
        return whole(gzip.compress(body, 6) if coding else body, kind, coding)(handler)

    def content(self, target: str) -> tuple[str, bytes] | None:
        """What lies at an address, and its type."""
        parts = urlsplit(target)
        path = parts.path
        if path == "/files/company_tickers.json":
            rows = [{"cik_str": one.cik, "ticker": one.ticker, "title": one.name} for one in self.companies if one.ticker]
            return "application/json", json.dumps({str(at): row for at, row in enumerate(rows)}).encode()
        if path == "/cgi-bin/browse-edgar":
            asked = parse_qs(parts.query)
            return "application/atom+xml", self.atom(int(asked.get("start", ["0"])[0]), int(asked.get("count", ["40"])[0]))
        for company in self.companies:
            first, *older = company.pages
            if path == f"/submissions/CIK{company.cik:010}.json":
                return "application/json", json.dumps(self.index(company, first, older)).encode()
            for number, page in enumerate(older, 1):
                if path == f"/submissions/CIK{company.cik:010}-submissions-{number:03}.json":
                    return "application/json", json.dumps(columns(page)).encode()
            for filing in company.filings:
                if path == f"/Archives/edgar/data/{company.cik}/{filing.accession}.txt":
                    return "text/plain", filing.text
        return None

    def index(self, company: LoopbackCompany, first: list[LoopbackFiling], older: list[list[LoopbackFiling]]) -> dict[str, Any]:
        """The first page of a company's index."""
        files = [
            {
                "name": f"CIK{company.cik:010}-submissions-{number:03}.json",
                "filingCount": len(page),
                "filingFrom": page[-1].filed.isoformat(),
                "filingTo": page[0].filed.isoformat(),
            }
            for number, page in enumerate(older, 1)
        ]
        return {
            "cik": f"{company.cik:010}",
            "entityType": "operating",
            "name": company.name,
            "sic": company.sic,
            "tickers": [company.ticker] if company.ticker else [],
            "exchanges": ["Nasdaq"],
            "filings": {"recent": columns(first), "files": files},
        }

    def atom(self, start: int, count: int) -> bytes:
        """The feed of current filings, newest first."""
        entries = "".join(
            f"<entry>\n<title>{filing.form} - {company.name} ({company.cik:010}) (Filer)</title>\n"
            f'<link rel="alternate" type="text/html" href="{self.url}/Archives/edgar/data/{company.cik}/'
            f'{filing.accession.replace("-", "")}/{filing.accession}-index.htm"/>\n'
            f'<summary type="html">\n &lt;b&gt;Filed:&lt;/b&gt; {filing.filed} &lt;b&gt;AccNo:&lt;/b&gt; {filing.accession}'
            f" &lt;b&gt;Size:&lt;/b&gt; {len(filing.text) // 1024} KB\n</summary>\n"
            f"<updated>{filing.filed}T17:05:00-05:00</updated>\n"
            f'<category scheme="https://www.sec.gov/" label="form type" term="{filing.form}"/>\n'
            f"<id>urn:tag:sec.gov,2008:accession-number={filing.accession}</id>\n</entry>\n"
            for company, filing in self.feed[start : start + count]
        )
        head = (
            '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>Latest</title>\n'
        )
        return f"{head}{entries}</feed>\n".encode("latin-1", "xmlcharrefreplace")


def columns(filings: list[LoopbackFiling]) -> dict[str, list[Any]]:
    """Rows of the index as EDGAR sets them out: a list a column."""
    rows = [filing.row() for filing in filings]
    return {name: [row[name] for row in rows] for name in COLUMNS}


def impatient(edgar: LoopbackEdgar, folder: Path, **other: Any) -> EdgarSettings:
    """The settings of a client that asks this EDGAR without the pauses that the real one is owed."""
    told = ("Tieout Tests tests@example.com", folder / "state", edgar.url, edgar.url)
    return EdgarSettings(*told, per_second=500.0, backoff=0.02, **other)


@contextmanager
def serve(companies: list[LoopbackCompany]) -> Iterator[LoopbackEdgar]:
    """The server while this lasts, on a port of 127.0.0.1 that the system chooses."""
    edgar = LoopbackEdgar(companies)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            came = LoggedRequest(time.monotonic(), self.path, self.headers.get("User-Agent", ""))
            with edgar._lock:
                edgar.log.append(came)
            try:
                came.status = edgar.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # whoever asked has had enough

        def log_message(self, *_: Any) -> None:
            """The log is `edgar.log`."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            if not isinstance(sys.exception(), ConnectionError):  # a client that hangs up is no error of the server
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    edgar.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield edgar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- ways to answer


def whole(body: bytes, kind: str = "text/plain", coding: str = "", code: int = 200) -> Fault:
    """A sound answer."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(code)
        handler.send_header("Content-Type", kind)
        if coding:
            handler.send_header("Content-Encoding", coding)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return code

    return answer


def status(code: int, retry_after: str | None = None, body: bytes = b"<html>You've exceeded the limit</html>") -> Fault:
    """An answer with a status that is no success."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(code)
        if retry_after is not None:
            handler.send_header("Retry-After", retry_after)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return code

    return answer


def moved(to: str, code: int = 301) -> Fault:
    """A redirect."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(code)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return code

    return answer


def cut(body: bytes, after: int, *, length: int | None = None, says_length: bool = True, coding: str = "") -> Fault:
    """A body that stops: `length` is what the answer says of it, the real length where None, nothing without `says_length`."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        if coding:
            handler.send_header("Content-Encoding", coding)
        if says_length:
            handler.send_header("Content-Length", str(len(body) if length is None else length))
        else:
            handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body[:after])
        handler.wfile.flush()
        handler.close_connection = True
        return 200

    return answer


def slow(body: bytes, seconds: float, steps: int = 20) -> Fault:
    """A body that comes in drips."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        size = -(-len(body) // steps)
        for at in range(0, len(body), size):
            handler.wfile.write(body[at : at + size])
            handler.wfile.flush()
            time.sleep(seconds / steps)
        return 200

    return answer


def silent(seconds: float) -> Fault:
    """No answer at all for so long, then the connection is closed."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        time.sleep(seconds)
        handler.close_connection = True
        return -1

    return answer


def endless(block: bytes, blocks: int, *, says: int | None = None, coding: str = "") -> Fault:
    """A body of one block again and again; it says that it has `says` bytes, or nothing of its length."""

    def answer(handler: BaseHTTPRequestHandler) -> int:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        if coding:
            handler.send_header("Content-Encoding", coding)
        if says is None:
            handler.send_header("Connection", "close")
        else:
            handler.send_header("Content-Length", str(says))
        handler.end_headers()
        handler.close_connection = True
        for _ in range(blocks):
            handler.wfile.write(block)
        return 200

    return answer


ERROR_PAGE = b"<!DOCTYPE html>\n<html><head><title>SEC.gov | Undergoing Maintenance</title></head><body>Sorry</body></html>\n"


# --- companies that do not exist


def companies() -> list[LoopbackCompany]:
    """Three companies. Ardent: eight quarters on three pages, Item 12 in the oldest; Borealis: five; Cinder: four."""
    ardent = LoopbackCompany(9000001, "Ardent Biologics, Inc.", "ARDB", recent=5, page=3)
    ardent.filings = [
        *(release(ardent, year, month) for year in (2003, 2004) for month in (3, 6, 9, 12)),
        other(ardent, date(2004, 2, 2), "5.02"),
        other(ardent, date(2004, 11, 2), "8.01,9.01"),
        other(ardent, date(2004, 12, 20), "", form="10-Q"),
    ]
    borealis = LoopbackCompany(9000002, "Borealis Therapeutics, Inc.", "BORT")
    borealis.filings = [
        release(borealis, year, month) for year, month in ((2011, 9), (2011, 12), (2012, 3), (2012, 6), (2012, 9))
    ]
    cinder = LoopbackCompany(9000003, "Cinder Oncology Corp.", "CNDR")
    cinder.filings = [release(cinder, 2013, month) for month in (3, 6, 9)]
    cinder.filings.append(release(cinder, 2013, 12, form="8-K/A"))
    return [ardent, borealis, cinder]


def accession(company: LoopbackCompany, filed: date, serial: int = 0) -> str:
    """An accession number: the filer's ten digits, the year, a number of the day."""
    return f"{company.cik:010}-{filed.year % 100:02}-{filed.timetuple().tm_yday * 100 + serial:06}"


def other(company: LoopbackCompany, filed: date, items: str, form: str = "8-K") -> LoopbackFiling:
    """A filing that is no earnings release."""
    number = accession(company, filed, 7)
    body = "Item 5.02 Departure of Directors\n\nJohn Roe has left the board.\n"
    return LoopbackFiling(number, form, filed, items, submission(company, number, filed, form, [("8-K", "d8k.txt", body)]))


def release(company: LoopbackCompany, year: int, month: int, form: str = "8-K", *, extra: int = 0) -> LoopbackFiling:
    """The earnings release of a quarter. `extra` is added to what the figures grow from, in thousands."""
    end = date(year, month, int(MONTHS[month].split()[1]))
    filed = end + timedelta(days=35)
    item = "12" if filed < date(2004, 8, 23) else "2.02"
    number = accession(company, filed)
    cover = COVER.format(
        name=company.name, day=f"{filed:%B} {filed.day}, {filed.year}", file_number=f"000-{company.cik % 100000:05}", item=item
    )
    exhibit = statements(company, year, month, extra)
    parts = [("8-K", "d8k.txt", cover), ("EX-99.1", "dex991.txt", exhibit)]
    items = f"7,{item}" if item == "12" else f"{item},9.01"
    return LoopbackFiling(number, form, filed, items, submission(company, number, filed, form, parts))


def submission(company: LoopbackCompany, number: str, filed: date, form: str, parts: list[tuple[str, str, str]]) -> bytes:
    """A full submission text, header and documents, as EDGAR sets it out."""
    documents = "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{at}\n<FILENAME>{name}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
        for at, (kind, name, text) in enumerate(parts, 1)
    )
    return (
        f"<SEC-DOCUMENT>{number}.txt : {filed:%Y%m%d}\n<SEC-HEADER>{number}.hdr.sgml : {filed:%Y%m%d}\n"
        f"ACCESSION NUMBER:\t\t{number}\nCONFORMED SUBMISSION TYPE:\t{form}\nPUBLIC DOCUMENT COUNT:\t\t{len(parts)}\n"
        f"CONFORMED PERIOD OF REPORT:\t{filed:%Y%m%d}\nFILED AS OF DATE:\t\t{filed:%Y%m%d}\n\nFILER:\n\n\tCOMPANY DATA:\t\n"
        f"\t\tCOMPANY CONFORMED NAME:\t\t\t{company.name.upper()}\n\t\tCENTRAL INDEX KEY:\t\t\t{company.cik:010}\n"
        "\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tBIOLOGICAL PRODUCTS [2836]\n\t\tFISCAL YEAR END:\t\t\t1231\n"
        f"\n\tFILING VALUES:\n\t\tFORM TYPE:\t\t{form}\n\t\tSEC FILE NUMBER:\t000-{company.cik % 100000:05}\n</SEC-HEADER>\n"
        f"{documents}</SEC-DOCUMENT>\n"
    ).encode()


def statements(company: LoopbackCompany, year: int, month: int, extra: int) -> str:
    """Both statements of a quarter with the year before beside it. What sums must equal is summed, not written down."""
    day, at = MONTHS[month], company.cik % 100 * 40 + extra
    now, ago = (_income(at, one, month) for one in (year, year - 1))
    here, there = _balance(at, year, month), _balance(at, year - 1, 12)
    income = "".join(f"{label}\t{_money(now[label])}\t{_money(ago[label])}\n" for label in now)
    balance = "".join(f"{label}\t{_money(here[label])}\t{_money(there[label])}\n" for label in here)
    return (
        f"{company.name} Reports {ORDINALS[month]} Quarter {year} Financial Results\n\n"
        f"{company.name} (Nasdaq: {company.ticker})\nCondensed Consolidated Balance Sheets (in thousands)\n\n"
        f"\t{day}, {year}\tDecember 31, {year - 1}\n{balance}\n"
        f"{company.name}\nCondensed Consolidated Statements of Operations (in thousands, except per share amounts)\n\n"
        f"\tThree Months Ended {day},\t\n\t{year}\t{year - 1}\n{income}\n"
    )


def _income(at: int, year: int, month: int) -> dict[str, float]:
    grown = at + (year - 2000) * 120 + month * 10
    sales, shared = 9000 + grown, 1500 + grown // 3
    cost, research, selling = 2500 + grown // 4, 7000 + grown // 2, 4000 + grown // 5
    shares = 20000 + grown
    operating = sales + shared - cost - research - selling
    pretax = operating + 150
    net = pretax - 50
    return {
        "Product sales": sales,
        "Collaboration revenue": shared,
        "Total revenues": sales + shared,
        "Cost of sales": cost,
        "Research and development": research,
        "Selling, general and administrative": selling,
        "Total costs and expenses": cost + research + selling,
        "Income (loss) from operations": operating,
        "Other income, net": 150,
        "Income (loss) before income taxes": pretax,
        "Income tax expense": 50,
        "Net income (loss)": net,
        "Net income (loss) per share, basic and diluted": round(net / shares, 2) or 0.01,
        "Weighted average shares outstanding, basic and diluted": shares,
    }


def _balance(at: int, year: int, month: int) -> dict[str, float]:
    grown = at + (year - 2000) * 300 + month * 25
    cash, owed, stock, plant = 40000 + grown, 6000 + grown // 8, 2000 + grown // 16, 7000 + grown // 10
    current, debt = 9000 + grown // 9, 12000 + grown // 11
    total = cash + owed + stock + plant
    return {
        "Cash and cash equivalents": cash,
        "Accounts receivable": owed,
        "Inventory": stock,
        "Total current assets": cash + owed + stock,
        "Property and equipment, net": plant,
        "Total assets": total,
        "Current liabilities": current,
        "Long-term debt": debt,
        "Stockholders' equity": total - current - debt,
        "Total liabilities and stockholders' equity": total,
    }


def _money(figure: float) -> str:
    said = f"{abs(figure):,.2f}" if isinstance(figure, float) else f"{abs(figure):,}"
    return f"({said})" if figure < 0 else said


COVER = """UNITED STATES SECURITIES AND EXCHANGE COMMISSION

FORM 8-K

Date of Report (Date of earliest event reported): {day}

{name}

(Exact name of registrant as specified in its charter)

Delaware

(State or other jurisdiction of incorporation)

{file_number}

(Commission File Number)

Item {item} Results of Operations and Financial Condition

On {day}, {name} issued a press release, which is Exhibit 99.1.

99.1 Press release dated {day}

SIGNATURES

/s/ Jane Doe
"""


if __name__ == "__main__":
    with serve(companies()) as served:
        print(f"export EDGAR_BASE_URL={served.url} EDGAR_DATA_URL={served.url}", flush=True)
        threading.Event().wait()
