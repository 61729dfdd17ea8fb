"""`make damage`: strikes cells of clean statements as OCR does, and prints what becomes of them.

Belongs here: the command and its tables. What each column means: `judge.py`. Which files: `clean.py`. Which damage:
`strikes.py`. Exits with 1 where a strike hit nothing (the benchmark itself is at fault), with 2 for a wrong option.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from tests.bench.damage.clean import clean_files, corpus_folder
from tests.bench.damage.judge import STRUCK
from tests.bench.damage.report import as_json, cases_in_words, compare, gain, report
from tests.bench.damage.run import Plan, Striker, run
from tests.bench.damage.series import clean_series, others_of
from tests.bench.damage.strikes import CELL_KINDS, EVERY_KIND, ROW_KINDS, strike


def options(words: Sequence[str] | None, kinds: Sequence[str] = EVERY_KIND) -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.damage", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trials", type=int, default=5, help="damaged copies of each file at each count (5)")
    parser.add_argument("--counts", type=_numbers, default="1,2,4,8", help="strikes a file (1,2,4,8)")
    parser.add_argument("--kinds", default=",".join(kinds), help=f"of {', '.join(kinds)}; or cells, or rows")
    parser.add_argument("--files", default="*", help="a pattern of file names: 'made-up-*', 'pericom*', 'immunogen*'")
    parser.add_argument("--sheets", type=int, default=3, help="made-up sheets, each in eleven layouts (3)")
    parser.add_argument(
        "--series", action="store_true", help="one file of a series, alone and beside the others of its company"
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N cases of --verdicts")
    parser.add_argument("--verdicts", default="silent", help=f"of {', '.join(STRUCK)} (silent)")
    parser.add_argument("--json", metavar="FILE", help="write all cases, to compare with another run")
    parser.add_argument("--compare", metavar="FILE", help="a file that --json wrote: print what changed since")
    chosen = parser.parse_args(words)
    short = {"cells": CELL_KINDS, "rows": ROW_KINDS} if kinds is EVERY_KIND else {}
    chosen.kinds = [kind for word in chosen.kinds.split(",") for kind in short.get(word, (word,))]
    chosen.verdicts = chosen.verdicts.split(",")
    for what, asked, known in (("kind", chosen.kinds, kinds), ("verdict", chosen.verdicts, STRUCK)):
        unknown = sorted(set(asked) - set(known))
        if unknown:
            parser.error(f"no such {what}: {', '.join(unknown)}; there are {', '.join(known)}")
    if min(chosen.trials, chosen.jobs, *chosen.counts) < 1:
        parser.error("--trials, --jobs and --counts are 1 or more")
    if chosen.compare and not Path(chosen.compare).is_file():
        parser.error(f"--compare {chosen.compare}: there is no such file; write one with --json first")
    if chosen.json and not Path(chosen.json).absolute().parent.is_dir():
        parser.error(f"--json {chosen.json}: there is no such folder")
    return chosen


def _numbers(words: str) -> list[int]:
    try:
        return [int(word) for word in words.split(",")]
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"{words!r} is no list of numbers such as 1,2,4,8") from fault


def main(words: Sequence[str] | None = None, kinds: Sequence[str] = EVERY_KIND, striker: Striker = strike) -> int:
    """Runs the benchmark; its exit status."""
    chosen = options(words, kinds)
    series, refused = clean_series(chosen.seed, chosen.sheets) if chosen.series else ({}, [])
    found, refused = (
        ([one for some in series.values() for one in some], refused) if series else clean_files(chosen.seed, chosen.sheets)
    )
    files = [clean for clean in found if fnmatch(clean.name, chosen.files)]
    if corpus_folder() is None:
        print("the corpus is not there (TIEOUT_CORPUS=DIR names it): made-up sheets and data/raw alone")
    for line in refused:
        print(f"left out: {line}")
    if not files:
        print(f"damage: no file is named {chosen.files}; there are {', '.join(clean.name for clean in found)}", file=sys.stderr)
        return 2
    figures = sum(len(clean.figures) for clean in files)
    print(f"{len(files)} clean files, {figures} figures that may be struck; seed {chosen.seed}, {chosen.trials} copies a count")
    known, against = sum(clean.known for clean in files), sum(clean.contradicted for clean in files)
    print(f"{known} values agree with a truth from outside; {against} do not, and are neither struck nor judged")
    started = time.perf_counter()
    plan = Plan(chosen.counts, chosen.trials, chosen.seed, chosen.kinds, striker)
    alone = run(files, plan, chosen.jobs) if series else []
    others = {name: those for some in series.values() for name, those in others_of(some).items()}
    trials = run(files, replace(plan, others=others), chosen.jobs)
    print(report(trials, time.perf_counter() - started))
    if series:
        print(gain(alone, trials, {one.name: name for name, some in series.items() for one in some}))
    if chosen.show:
        print(cases_in_words(trials, chosen.show, chosen.verdicts))
    if chosen.compare:
        print(compare(trials, chosen.compare))
    if chosen.json:
        as_json(trials, chosen.json)
    return 1 if any(trial.error for trial in trials) else 0


if __name__ == "__main__":
    sys.exit(main())
