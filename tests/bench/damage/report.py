"""The tables of the benchmark of damage, its silent cases in words, and the comparison of two runs.

Belongs here: counting and printing. Does not belong here: any judgement (`judge.py`).
"""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.damage.judge import INVENTED, STRUCK, UNSTRUCK, Case
from tests.bench.damage.run import Trial
from tests.bench.damage.strikes import ROW_KINDS

HEADS = ("values", "right", "right%", "null", "missing", "quarant.", "unproven", "SILENT")


def report(trials: Sequence[Trial], seconds: float) -> str:
    """All tables."""
    counts = sorted({trial.strikes for trial in trials})
    parts = [part for count in counts for part in _of_count([trial for trial in trials if trial.strikes == count], count)]
    return "\n".join([*parts, *_kinds(trials), *_ends(trials, seconds)])


def _row(name: str, cases: Sequence[Case]) -> str:
    tally = Counter(case.verdict for case in cases)
    share = f"{tally['right'] / len(cases):.1%}" if cases else "-"
    cells = (len(cases), tally["right"], share, *(tally[verdict] for verdict in STRUCK[1:]))
    return f"  {name:28}" + "".join(f"{cell!s:>9}" for cell in cells)


def _heads(title: str) -> str:
    return f"\n{title:30}" + "".join(f"{head:>9}" for head in HEADS)


GROUPS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("all struck", lambda _: True),
    ("provable (1 proof or more)", lambda case: case.proofs >= 1),
    ("crossed (2 proofs or more)", lambda case: case.proofs >= 2),
    ("determined by the others", lambda case: case.is_determined),
    ("not provable", lambda case: case.proofs == 0),
    ("struck as cells", lambda case: case.kind not in ROW_KINDS),
    ("struck as cells, provable", lambda case: case.kind not in ROW_KINDS and case.proofs >= 1),
    ("struck as cells, determined", lambda case: case.kind not in ROW_KINDS and case.is_determined),
    ("struck as rows", lambda case: case.kind in ROW_KINDS),
)


def _of_count(trials: Sequence[Trial], count: int) -> list[str]:
    cases = _cases(trials)
    lines = [_heads(f"{count} strike{'s' * (count > 1)} a file")]
    lines += [_row(name, list(filter(belongs, cases))) for name, belongs in GROUPS]
    unstruck, invented = _sum(trial.unstruck for trial in trials), _sum(trial.invented for trial in trials)
    total = max(sum(unstruck.values()), 1)
    shares = ", ".join(f"{name} {unstruck[name]} ({unstruck[name] / total:.2%})" for name in UNSTRUCK)
    kept_out = sum(trial.kept_out is not None for trial in trials)
    ms, clean_ms = [trial.ms for trial in trials], [trial.clean_ms for trial in trials]
    lines.append(f"  not struck: {shares}; " + ", ".join(f"{name} {invented[name]}" for name in INVENTED))
    reasons = Counter(trial.kept_out.split(":")[0] for trial in trials if trial.kept_out)
    why = f": {', '.join(f'{code} {number}' for code, number in reasons.most_common())}" if reasons else ""
    lines.append(
        f"  filings: {len(trials)}, quarantined {kept_out} ({kept_out / len(trials):.1%}{why});"
        f" {statistics.median(ms):.1f} ms a damaged file at the median (clean {statistics.median(clean_ms):.1f}),"
        f" {max(ms):.0f} ms at most"
    )
    return lines


def _kinds(trials: Sequence[Trial]) -> list[str]:
    cases = _cases(trials)
    kinds = sorted({case.kind for case in cases}, key=lambda kind: (kind in ROW_KINDS, kind))
    return [_heads("by kind, all counts"), *(_row(kind, [case for case in cases if case.kind == kind]) for kind in kinds)]


def _ends(trials: Sequence[Trial], seconds: float) -> list[str]:
    cases, errors = _cases(trials), [trial.error for trial in trials if trial.error]
    silent = sum(case.verdict == "silent" for case in cases)
    beside = sum(len(trial.silent) for trial in trials)
    fewer = sum(trial.struck < trial.strikes for trial in trials)
    lines = [
        f"\nsilently wrong: {silent} of {len(cases)} struck values ({silent / max(len(cases), 1) * 10_000:.1f} in 10,000),"
        f" and {beside} values that were not struck",
        f"{len(trials)} damaged files in {seconds:.0f} s ({seconds / len(trials) * 1_000:.0f} ms each);"
        f" {fewer} had room for fewer strikes; errors of the benchmark: {len(errors)}",
    ]
    return lines + [f"  error: {error}" for error in errors[:10]]


def _cases(trials: Iterable[Trial]) -> list[Case]:
    return [case for trial in trials for case in trial.cases]


def _sum(tallies: Iterable[dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for tally in tallies:
        total.update(tally)
    return total


def cases_in_words(trials: Sequence[Trial], most: int, verdicts: Collection[str]) -> str:
    """The first cases of some verdicts: file, strikes with the text before and after, truth and what was read."""
    lines: list[str] = []
    for trial in trials:
        told = [
            f"{case.verdict}, {case.kind}: {' '.join(map(str, case.key))}: {case.truth} read {case.read}"
            for case in trial.cases
            if case.verdict in verdicts
        ]
        told += trial.silent if "silent" in verdicts else ()
        if not told:
            continue
        kept_out = f"; kept out: {trial.kept_out}" if trial.kept_out else ""
        lines += [f"\n{trial.file}, {trial.strikes} strikes, trial {trial.trial}{kept_out}"]
        lines += [f"  {line}" for line in (*told, *trial.shown)]
        most -= 1
        if most == 0:
            break
    return "\n".join(lines) or f"no case of {', '.join(verdicts)}"


def _listed(trials: Sequence[Trial]) -> dict[str, str]:
    """Each struck figure by file, count, trial, kind and key, with its verdict."""
    return {
        "|".join(map(str, (trial.file, trial.strikes, trial.trial, case.kind, *case.key))): case.verdict
        for trial in trials
        for case in trial.cases
    }


def _beside(trials: Sequence[Trial]) -> dict[str, dict[str, int]]:
    """What became of the figures that were not struck, by file, count and trial."""
    return {f"{trial.file}|{trial.strikes}|{trial.trial}": {**trial.unstruck, **trial.invented} for trial in trials}


def as_json(trials: Sequence[Trial], path: str) -> None:
    """Writes every struck figure with its verdict, and the counts of those that were not struck."""
    found = {"struck": _listed(trials), "not_struck": _beside(trials)}
    Path(path).write_text(json.dumps(found, indent=0, sort_keys=True) + "\n")


def compare(trials: Sequence[Trial], path: str) -> str:
    """What became otherwise since another run, over the figures and files that both of them struck.

    A reader that reads more of a clean file has other figures to strike: then the seed strikes others, and fewer are in both.
    """
    return _moves(json.loads(Path(path).read_text()), trials, Path(path).name)


def gain(alone: Sequence[Trial], beside: Sequence[Trial], series_of: Mapping[str, str]) -> str:
    """What the same struck files became alone and beside the other releases of their company, by series."""
    lines = [_heads("one file of a series struck")]
    for name in (*dict.fromkeys(series_of.values()), "all"):
        for how, trials in (("alone", alone), ("beside the others", beside)):
            own = [trial for trial in trials if name in ("all", series_of[trial.file])]
            if own:
                lines.append(_row(f"{name}, {how}", _cases(own)))
    again, changed = sum(trial.is_read_again for trial in beside), sum(trial.kept_out is not None for trial in beside)
    lines.append(
        f"  {again} of {len(beside)} struck files were read again; quarantined"
        f" {sum(trial.kept_out is not None for trial in alone)} alone, {changed} beside the others"
    )
    return "\n".join(lines) + _moves({"struck": _listed(alone), "not_struck": _beside(alone)}, beside, "each file alone")


def _moves(before: Mapping[str, Any], trials: Sequence[Trial], name: str) -> str:
    now, beside = _listed(trials), _beside(trials)
    both = before["struck"].keys() & now.keys()
    moves = Counter((before["struck"][case], now[case]) for case in both if before["struck"][case] != now[case])
    only = f"{len(now) - len(both)} only now, {len(before['struck']) - len(both)} only before"
    lines = [f"\ncompared with {name}: {len(both)} struck values in both, {only}"]
    lines += [f"  {was} -> {became}: {number}" for (was, became), number in moves.most_common()]
    files = before["not_struck"].keys() & beside.keys()
    was, became = _sum(before["not_struck"][one] for one in files), _sum(beside[one] for one in files)
    names = [name for name in (*UNSTRUCK, *INVENTED) if was[name] or became[name]]
    return "\n".join([*lines, *(f"  not struck, {name}: {was[name]} -> {became[name]}" for name in names)])
