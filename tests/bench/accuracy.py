"""`make accuracy`: how much of each folder of the corpus is read right, one line a folder.

Belongs here: which folders there are, and the line of each. Does not belong here: what is right (`score.py` of the corpus),
prose and its figures (`tests/golden/`).

The folders are `truth` (releases read by hand), `cases` (made-up situations), `tagged` (pages with their own tags) and the same
pages as `w3m`, `lynx`, `markdown` and `pdf` put them into text.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from tests.bench.damage.clean import corpus_folder

FOLDERS = {
    "truth": (".", "truth"),
    "cases": ("cases/releases", "cases/truth"),
    "tagged": ("tagged/releases", "tagged/truth"),
    **{name: (f"tagged/{name}", "tagged/truth") for name in ("w3m", "lynx", "markdown", "pdf")},
}
"""The releases and the truth of each, below the corpus."""
COLUMNS = ("files", "values", "recall", "precision", "silent", "stray", "cells")
_TOTAL = re.compile(
    r"files (?P<files>\d+) of \d+, values (?P<values>\d+): recall (?P<recall>[\d.]+) precision (?P<precision>[\d.]+)"
    r" silent (?P<silent>\d+) stray (?P<stray>\d+)(?:.*?found (?P<cells>[\d.]+))?"
)


def told(total: str) -> str | None:
    """The line of a folder from the last line of its scores; None where that is no total."""
    found = _TOTAL.match(total)
    return "".join(f"{found[name] or '-':>10}" for name in COLUMNS) if found else None


def main() -> int:
    """Prints a line a folder; its exit status, 1 where one could not be scored."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.accuracy", description=__doc__)
    parser.add_argument("folders", nargs="*", help=f"of {', '.join(FOLDERS)}; all, if none is named")
    parser.add_argument("--each", action="store_true", help="print a line a file, too, with each value that is not right")
    chosen = parser.parse_args()
    if unknown := set(chosen.folders) - set(FOLDERS):
        parser.error(f"no such folder: {', '.join(sorted(unknown))}")
    corpus = corpus_folder()
    if corpus is None or not (corpus / "score.py").is_file():
        print("accuracy: not measured. Name the folder of the corpus with TIEOUT_CORPUS=DIR.", file=sys.stderr)
        return 1
    print(f"{'':<10}" + "".join(f"{name:>10}" for name in COLUMNS), flush=True)
    failures = 0
    for name in chosen.folders or FOLDERS:
        scored = _scores(corpus, *FOLDERS[name])
        *files, total = scored.stdout.splitlines() or [""]
        if chosen.each:
            print("\n".join(files))
        line = told(total)
        failures += line is None
        print(f"{name:<10}{line or f'  not scored: {scored.stderr.strip()[-200:]}'}", flush=True)
    return 1 if failures else 0


def _scores(corpus: Path, releases: str, truth: str) -> subprocess.CompletedProcess[str]:
    reader = f"{sys.executable} -m orchestration.cli read --format json"
    folders = ["--releases", corpus / releases, "--truth", corpus / truth]
    call = [sys.executable, corpus / "score.py", *folders, "--wrong", "--command", reader]
    return subprocess.run(call, check=False, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())
