"""`make digests`: one digest a folder over every reading of it, to show that a change changes no reading.

Belongs here: which texts are read and how a reading becomes a digest. Does not belong here: whether a reading is right
(`make accuracy`, `make damage`).

A digest is taken over the fields and values of the records, not over the names of their classes. With `--write DIR` each
reading is written as JSON too, so that two runs can be held against each other line by line (`diff -r`). `--without PASS`
leaves a pass over tables out: what it is good for is what then changes.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from orchestration.filings.statements.passes import runner_without
from tests.bench.damage.clean import FOLDER, clean_files, corpus_folder
from tests.bench.damage.strikes import EVERY_KIND, Board, damaged, strike

ROOT = Path(__file__).resolve().parents[2]
SEEDS, STRIKES = (1, 2), (1, 2, 4)


def texts() -> Iterator[tuple[str, str, bytes]]:
    """Folder, name and bytes of every text: the filings that come along, the made-up layouts, the corpus, damaged copies."""
    folders = {"data/raw": ROOT / "data" / "raw", "layouts": ROOT / "tests" / "unit" / "filings" / "layouts"}
    corpus = corpus_folder()
    if corpus is not None:
        inner = sorted({file.parent for file in corpus.rglob("*")} - {corpus})
        folders |= {path.relative_to(corpus).as_posix(): path for path in inner}
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*") if name == "data/raw" else folder.iterdir()):
            if path.suffix in (".txt", ".htm", ".html", ".md"):
                yield name, path.name, path.read_bytes()
    for clean in clean_files(1, 3)[0]:
        board = Board(clean)
        for seed in SEEDS:
            for count in STRIKES:
                rng = random.Random(f"{seed} {clean.name} {count}")  # noqa: S311
                text = damaged(board, strike(board, count, rng, EVERY_KIND))
                yield f"damage seed {seed}", f"{clean.name}.{count}", text.encode()


def as_json(reading: Reading) -> str:
    """A reading as text: every field of every record."""
    return json.dumps(dataclasses.asdict(reading), default=str, indent=1)


def main() -> int:
    """Prints the digests; its exit status, 1 where a folder that should be there is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.digests", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="DIR", help="write each reading as JSON below this folder")
    parser.add_argument("--without", action="append", default=[], metavar="PASS", help="leave out a pass, by its name")
    chosen = parser.parse_args()
    runner = runner_without(chosen.without)
    digests: dict[str, list[str]] = {}
    for folder, name, raw in texts():
        said = as_json(read_filing(raw, f"{FOLDER}/{name}", runner=runner))
        digests.setdefault(folder, []).append(hashlib.sha256(said.encode()).hexdigest())
        if chosen.write:
            file = chosen.write / folder / f"{name}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(said, encoding="utf-8")
    for folder, each in digests.items():
        whole = hashlib.sha256("".join(each).encode()).hexdigest()
        print(f"{folder:<28} {len(each):>4} readings  {whole[:16]}")
    return 0 if len(digests) > 4 else 1


if __name__ == "__main__":
    sys.exit(main())
