"""Prints how well figures, links and guidance of the golden filings are read: `python -m tests.golden.measure_figures`.

A figure is found when a figure stands at the line and the characters that were labelled. Its metric and period count
where the label names a metric. A link is right when it is the cell that was labelled. Exit code 1 where an aim is missed.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.golden.figure_cases import (
    cases,
    cells,
    guidance_labels,
    guidance_rows,
    pairs,
    period_of,
    read_case,
    read_guidance_case,
)

AIMS = {"figures linked": 0.95, "guidance": 1.0}


def measure_figures() -> Counter[str]:
    tally: Counter[str] = Counter()
    for case in cases("figures"):
        labels = {cell.value_id: (cell.label, cell.period_end.isoformat() if cell.period_end else None) for cell in cells(case)}
        for label, figure in pairs(case, read_case(case)):
            tally["labelled"] += label is not None
            tally["read"] += figure is not None
            tally["false mismatches"] += figure is not None and figure.outcome == "mismatch"
            link = labels.get(figure.value_id or "") if figure else None
            wanted = (label["cell"], label["period_end"]) if label and label["cell"] else None
            tally["to link"] += wanted is not None
            tally["links made"] += link is not None
            tally["links right"] += link is not None and link == wanted
            if label is None or figure is None:
                continue
            tally["found"] += 1
            tally["metrics named"] += figure.metric is not None
            tally["metrics to name"] += label["metric"] is not None
            if figure.metric is not None and figure.metric == label["metric"]:
                tally["metrics right"] += 1
                tally["periods right"] += period_of(figure) == (label["period_end"], label["duration_months"])
                tally["values right"] += f"{figure.value:f}" == label["value"] and f"{figure.rounding:f}" == label["rounding"]
    return tally


def measure_guidance() -> Counter[str]:
    tally: Counter[str] = Counter()
    for case in cases("guidance"):
        reading = read_guidance_case(case)
        wanted, read = guidance_labels(case), guidance_rows(reading)
        lost = [{"code": p.code, "line": p.source_line} for p in reading.problems if p.severity != "note"]
        tally["labelled"] += len(wanted) + len(case.labels["problems"])
        tally["read"] += len(read) + len(lost)
        tally["right"] += sum(row in wanted for row in read) + sum(problem in case.labels["problems"] for problem in lost)
    return tally


def main() -> int:
    figures, guidance = measure_figures(), measure_guidance()
    rows = [
        ("figures found", figures["found"], figures["read"], figures["labelled"]),
        ("metrics", figures["metrics right"], figures["metrics named"], figures["metrics to name"]),
        ("periods", figures["periods right"], figures["metrics right"], figures["metrics to name"]),
        ("values", figures["values right"], figures["metrics right"], figures["metrics to name"]),
        ("figures linked", figures["links right"], figures["links made"], figures["to link"]),
        ("guidance", guidance["right"], guidance["read"], guidance["labelled"]),
    ]
    missed = figures["false mismatches"] > 0
    for name, right, read, wanted in rows:
        precision, recall = right / max(1, read), right / max(1, wanted)
        missed |= min(precision, recall) < AIMS.get(name, 0)
        print(f"{name:16} right {right:3}  read {read:3}  labelled {wanted:3}  precision {precision:.3f}  recall {recall:.3f}")
    print(f"{'mismatches':16} {figures['false mismatches']} (the filings have none)")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
