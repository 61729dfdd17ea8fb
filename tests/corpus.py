"""The corpus of real releases: where it is, and which of its releases the tests hold the reader to.

Belongs here: the folder, and what people read in each release about its own date and quarter. Does not belong here: the values
of its statements (`truth/` of the corpus has them).

The corpus is no part of the project. It is looked for at `../shared/corpus`, or where TIEOUT_CORPUS says; without it the tests
that need it are skipped and say so. It grows: a release that is not listed here is measured by `make accuracy` alone.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CORPUS = Path(os.environ.get("TIEOUT_CORPUS") or Path(__file__).resolve().parents[2] / "shared" / "corpus").resolve()


def needs_corpus(folder: str) -> pytest.MarkDecorator:
    """Skips the tests of a module, with the reason, where this folder of the corpus is not at hand."""
    return pytest.mark.skipif(not (CORPUS / folder).is_dir(), reason=f"no corpus at {CORPUS}: set TIEOUT_CORPUS")


WHEN = {
    "releases/aemetis-2024-12.md": (2024, 4, "2024-12-31", "2025-03-13"),
    "releases/apple-2004-06.txt": (2004, 3, "2004-06-26", "2004-07-14"),
    "releases/asta-2004-03.txt": (2004, 2, "2004-03-31", "2004-05-12"),
    "releases/asta-2005-06.txt": (2005, 3, "2005-06-30", "2005-08-10"),
    "releases/asta-2005-09.txt": (2005, 4, "2005-09-30", "2005-12-15"),
    "releases/buckle-2024-10.html": (2024, 3, "2024-11-02", "2024-11-22"),
    "releases/forian-2024-09.md": (2024, 3, "2024-09-30", "2024-11-13"),
    "releases/forian-2025-06.md": (2025, 2, "2025-06-30", "2025-08-13"),
    "releases/geovax-2024-09.md": (2024, 3, "2024-09-30", "2024-11-12"),
    "releases/geovax-2025-03.md": (2025, 1, "2025-03-31", "2025-05-01"),
    "releases/goldenmatrix-2025-03.md": (2025, 1, "2025-03-31", "2025-05-08"),
    "releases/goldenmatrix-2025-06.md": (2025, 2, "2025-06-30", "2025-08-06"),
    "releases/innovative-clinical-2000-07.txt": (2001, 2, "2000-07-31", "2000-10-04"),
    "releases/nephros-2024-09.md": (2024, 3, "2024-09-30", "2024-11-07"),
    "releases/nephros-2024-12.md": (2024, 4, "2024-12-31", "2025-03-06"),
    "releases/paltalk-2024-09.md": (2024, 3, "2024-09-30", "2024-11-12"),
    "releases/pericom-2003-06.txt": (2003, 4, "2003-06-30", "2003-07-29"),
    "releases/pericom-2004-12.txt": (2005, 2, "2004-12-31", "2005-02-02"),
    "releases/pericom-2005-06.txt": (2005, 4, "2005-06-30", "2005-08-09"),
    "releases/pericom-2006-09.txt": (2007, 1, "2006-09-30", "2006-10-26"),
    "releases/pericom-2006-12.txt": (2007, 2, "2006-12-30", "2007-01-31"),
    "releases/stockwalk-kinnard-2000-06.txt": (2000, 2, "2000-06-30", "2000-09-22"),
    "series/pericom-0000891092-03-002843.txt": (2004, 1, "2003-09-30", "2003-10-21"),
    "series/pericom-0001275287-05-001389.txt": (2005, 3, "2005-03-31", "2005-04-21"),
    "series/pericom-0001275287-05-004474.txt": (2006, 1, "2005-10-01", "2005-11-07"),
    "series/pericom-0001275287-06-002673.txt": (2006, 3, "2006-04-01", "2006-05-10"),
    "series/pericom-0001275287-06-004486.txt": (2006, 4, "2006-07-01", "2006-08-16"),
    "series/pericom-0001144204-07-020827.txt": (2007, 3, "2007-03-31", "2007-04-26"),
}
"""Fiscal year and quarter, the day the quarter ended, and the day it was told: read by hand from each text."""
