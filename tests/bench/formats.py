"""How fast each format is read: `python tests/bench/formats.py [FILE ...]`.

Prints a line a format: size, milliseconds to take the text apart, to read and prove its statements, MB/s, and for HTML the
ratio to lexbor (selectolax) and lxml merely parsing the same bytes, where they are installed. Made-up pages of about 120 KB, a
submission of 5 MB, and any files that are named. Caches are emptied before each run, as a new file would find them.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from orchestration.filings.documents import html
from orchestration.filings.documents.decode import decode
from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.proven_statement import prove
from orchestration.filings.statements.read import read_statements
from tests.unit.filings.rendering import EVERY_LAYOUT, Sheet
from tests.unit.filings.test_every_format import PAGE

RUNS = 5
PAGE_BYTES, SUBMISSION_BYTES = 120_000, 5_000_000
PROSE = "The Company reported results for the quarter, and expects that demand for its products will go on as before. " * 6


def best_ms(work: Callable[[], object]) -> float:
    """The least of a few runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        html.shown_text.cache_clear()
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1_000


def line(name: str, text: str) -> str:
    """The measures of one text."""
    size = len(text.encode())
    document = read_document(text).document
    apart = best_ms(lambda: read_document(text))
    statements = best_ms(lambda: [prove(table, "F") for table in read_statements(document).tables])
    rate = size / 1e6 / (apart + statements) * 1e3
    ratios = _ratios(text, apart) if "</" in text else ""
    return f"{name:24} {size / 1e3:8.0f} KB  apart {apart:7.1f} ms  statements {statements:7.1f} ms  {rate:6.1f} MB/s{ratios}"


def _ratios(text: str, own_ms: float) -> str:
    raw, found = text.encode(), ""
    if find_spec("selectolax"):
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

        found += f"  x{own_ms / best_ms(lambda: LexborHTMLParser(raw)):.1f} lexbor"
    if find_spec("lxml"):
        import lxml.html  # noqa: PLC0415

        found += f"  x{own_ms / best_ms(lambda: lxml.html.fromstring(raw)):.1f} lxml"
    return found or "  (selectolax and lxml are not installed: no ratio)"


def sheet() -> Sheet:
    """A statement of some forty lines."""
    head = ((("Three Months Ended June 30,", 2), ("Six Months Ended June 30,", 2)), (("2011", 1), ("2010", 1)) * 2)
    rows = [(f"Revenue of the {chr(65 + number % 26)} segment", ("1,100", "1,000", "2,200", "2,000")) for number in range(40)]
    rows += [
        ("Total revenues", ("44,000", "40,000", "88,000", "80,000")),
        ("Operating expenses", ("4,000", "4,000", "8,000", "8,000")),
    ]
    rows += [
        ("Operating income", ("40,000", "36,000", "80,000", "72,000")),
        ("Net income", ("40,000", "36,000", "80,000", "72,000")),
    ]
    return Sheet(("Made-Up Corp.", "Consolidated Statements of Operations", "(in thousands)"), head, tuple(rows))


def main(files: list[str]) -> None:
    """Prints the lines."""
    for layout in EVERY_LAYOUT:
        page = layout(sheet())
        filling = f"<p>{PROSE}</p>\n" if "</" in page else f"{PROSE}\n\n"
        print(line(layout.__name__, filling * max((PAGE_BYTES - len(page)) // len(filling), 0) + page))
    body = f"<p>{PROSE}</p>\n" * (SUBMISSION_BYTES // (len(PROSE) + 8))
    header = "<SEC-DOCUMENT>x.txt\n<SEC-HEADER>\nACCESSION NUMBER: 0000000000-11-000001\n</SEC-HEADER>\n"
    submission = f"{header}<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n{body}{PAGE}\n</TEXT>\n</DOCUMENT>\n"
    print(line("submission", submission))
    tracemalloc.start()
    read_document(submission)
    print(f"memory of a 5 MB submission: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    tracemalloc.stop()
    for file in files:
        print(line(Path(file).name[:24], decode(Path(file).read_bytes())))


if __name__ == "__main__":
    main(sys.argv[1:])
