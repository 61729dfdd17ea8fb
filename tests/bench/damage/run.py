"""Strikes clean files and judges what is read of them, in as many processes as asked for.

Belongs here: one damaged file from its seed to its judgement, and the order of the work. Does not belong here: the damage, the
judging, or how the counts are shown. Any generator of damage can be held against the reader: a `Striker`.

Milliseconds are of one reading of the damaged file in a process that has read its clean copy before, so that what depends on
the same characters alone is remembered. They compare damaged with clean; they are no measure of a first reading (`make bench`).
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from multiprocessing import get_context

from orchestration.filings.documents.html import shown_text
from orchestration.filings.proof.other_releases import Release
from tests.bench.damage.clean import Clean
from tests.bench.damage.judge import Case, judge
from tests.bench.damage.series import read_with
from tests.bench.damage.strikes import Board, Miss, Strike, damaged, strike

SHOWN_CHARS = 240
_TAG, _BLANKS = re.compile(r"<[^>]*>"), re.compile(r"\s{2,}")
Striker = Callable[[Board, int, random.Random, Sequence[str]], list[Strike]]


@dataclass(frozen=True)
class Trial:
    """One damaged file, judged. `shown` holds the text of each strike before and after."""

    file: str
    strikes: int
    trial: int
    struck: int
    kept_out: str | None
    ms: float
    clean_ms: float
    cases: tuple[Case, ...]
    unstruck: dict[str, int]
    invented: dict[str, int]
    silent: tuple[str, ...]
    shown: tuple[str, ...]
    error: str | None = None
    is_read_again: bool = False


@dataclass(frozen=True)
class Plan:
    """What is done to each file: `trials` damaged copies at each count of strikes, of these kinds, drawn from the seed.

    `others` are the clean releases beside which a file is read, by its name; none where there are none.
    """

    counts: Sequence[int]
    trials: int
    seed: int
    kinds: Sequence[str]
    striker: Striker = strike
    others: Mapping[str, tuple[Release, ...]] = field(default_factory=dict)


def run_file(clean: Clean, plan: Plan) -> list[Trial]:
    """Every trial of one file; the same plan gives the same trials."""
    board = Board(clean)
    return [one_trial(board, plan, count, trial) for count in plan.counts for trial in range(plan.trials)]


def one_trial(board: Board, plan: Plan, count: int, trial: int) -> Trial:
    """One damaged file; a strike that hit nothing is an error of the trial."""
    clean = board.clean
    rng = random.Random(f"{plan.seed} {clean.name} {count} {trial}")  # noqa: S311
    strikes = plan.striker(board, count, rng, plan.kinds)
    try:
        text = damaged(board, strikes)
    except Miss as miss:
        return Trial(clean.name, count, trial, 0, None, 0, clean.ms, (), {}, {}, (), (), str(miss))
    shown_text.cache_clear()
    started = time.perf_counter()
    reading, is_again = read_with(text.encode(), clean.source, plan.others.get(clean.name, ()))
    ms = (time.perf_counter() - started) * 1_000
    kinds_of = {key: blow.kind for blow in strikes for key in blow.keys}
    judged = judge(clean, kinds_of, reading)
    error = None if len(judged.cases) == len(kinds_of) else f"{clean.name}: a struck figure has no truth"
    kept_out = reading.filing.reason if reading.filing.status != "accepted" else None
    before_after = tuple(_before_after(board, blow) for blow in strikes)
    return Trial(
        clean.name, count, trial, len(strikes), kept_out, ms, clean.ms, judged.cases, dict(judged.unstruck),
        dict(judged.invented), judged.silent, before_after, error, is_again,
    )  # fmt: skip


def _before_after(board: Board, blow: Strike) -> str:
    parts = [f"{_words(board.text[edit.start : edit.end])!r} -> {_words(edit.new)!r}" for edit in blow.edits]
    return f"{blow.kind}: {'; '.join(parts)}"


def _words(source: str) -> str:
    """Source as a person wants to see it: without markup, and not without end."""
    said = _BLANKS.sub("  ", unescape(_TAG.sub(" ", source))) if "<" in source else source
    return said if len(said) <= SHOWN_CHARS else said[:SHOWN_CHARS] + "..."


def run(files: Iterable[Clean], plan: Plan, jobs: int) -> list[Trial]:
    """Every trial of every file, in the order of the files, however many processes there are."""
    work = partial(run_file, plan=plan)
    if jobs == 1:
        return [trial for clean in files for trial in work(clean)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return [trial for trials in pool.map(work, files) for trial in trials]
