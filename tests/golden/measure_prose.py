"""Precision and recall of the compounds, names, attributes, uses and events read from the labelled filings.

The labels in `tests/golden/compounds/` were made by hand from the filings before the rules were written. An attribute
counts as right when it is what the label says, silence included where the label is silent; a list counts element by
element. An event is the one of a label when compound, type, day and expected range agree.
Run: `python -m tests.golden.measure_prose`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from orchestration.filings.compounds.compounds import CompoundReading, read_compounds
from orchestration.filings.documents.model import Document, Paragraph
from orchestration.filings.records import Filing

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests" / "golden" / "compounds"
RAW = ROOT / "data" / "raw" / "immunogen"
SINGLE = (
    "preferred_name",
    "code_name",
    "generic_name",
    "brand_name",
    "target",
    "modality",
    "payload",
    "owner",
    "phase",
    "status",
)
LISTS = ("partners", "indications")


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missing: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0


def document_of(text: str) -> Document:
    """Paragraphs split in the plainest way: runs of lines, a bullet begins one, what a page cut stays cut."""
    blocks, start, lines, first, number = [], 0, [], 0, 0
    for count, line in enumerate([*text.split("\n"), ""], 1):
        is_prose = bool(line.strip()) and "\t" not in line and not re.fullmatch(r"\s*\d{1,3}\s*", line)
        if lines and (not is_prose or re.match(r"\s*(?:[-*+•·]\s)", line)):
            blocks.append(Paragraph("\n".join(lines), ((0, first),), number))
            lines = []
        if is_prose:
            if not lines:
                first, number = start, count
            lines.append(line)
        start += len(line) + 1
    return Document(text, tuple(blocks))


def read(name: str) -> CompoundReading:
    """The reading of one raw filing, with the cover facts that prose leans on."""
    day = date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", name)[0])  # type: ignore[index]
    filing = Filing(
        filing_id=name, source=name, sha256="", company_name="ImmunoGen, Inc.", known_from=day, fiscal_year_end="06-30"
    )
    return read_compounds(document_of((RAW / name).read_text(encoding="utf-8")), filing)


def _compare(kind: str, scores: dict[str, Score], want: Counter[Any], got: Counter[Any]) -> None:
    score = scores.setdefault(kind, Score())
    score.right += (want & got).total()
    for sign, extra, name in (("-", want - got, "missing"), ("+", got - want, "wrong")):
        setattr(score, name, getattr(score, name) + extra.total())
        score.notes += [f"{sign} {kind}: {item}" for item in extra]


def _attributes(row: Any) -> Counter[Any]:
    get = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    found = Counter((get("compound_id"), name, get(name)) for name in SINGLE if get(name) is not None)
    found.update((get("compound_id"), name, value) for name in LISTS for value in get(name) or ())
    return found


def _event_key(row: Any) -> tuple[Any, ...]:
    get = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    return (
        get("compound_id"),
        get("event_type"),
        *(str(get(name)) if get(name) else None for name in ("event_date", "expected_from", "expected_to")),
    )


def _use(row: Any) -> tuple[Any, ...]:
    """A use of a compound with all that is said of it."""
    return tuple(
        row[name] if isinstance(row, dict) else getattr(row, name)
        for name in ("compound_id", "indication", "trial", "phase", "status")
    )


def measure() -> dict[str, Score]:
    """A score for each kind over all labelled filings."""
    scores: dict[str, Score] = {}
    for path in sorted(LABELS.glob("*.json")):
        label, reading = json.loads(path.read_text(encoding="utf-8")), read(path.stem + ".txt")
        file = path.stem[-10:]
        _compare(
            "compounds",
            scores,
            Counter((file, c["compound_id"], c["role"]) for c in label["compounds"]),
            Counter((file, c.compound_id, c.role) for c in reading.compounds),
        )
        _compare(
            "names",
            scores,
            Counter((file, n["compound_id"], n["name"], n["kind"], n["is_stated"]) for n in label["names"]),
            Counter((file, n.compound_id, n.name, n.kind, n.is_stated) for n in reading.names),
        )
        want, got = Counter(), Counter()
        for c in label["compounds"]:
            if c["role"] == "pipeline":
                want += _attributes(c)
        for c in reading.compounds:
            if c.role == "pipeline":
                got += _attributes(c)
        _compare(
            "attributes",
            scores,
            Counter({(file, *k): v for k, v in want.items()}),
            Counter({(file, *k): v for k, v in got.items()}),
        )
        _compare(
            "events",
            scores,
            Counter((file, *_event_key(e)) for e in label["events"]),
            Counter((file, *_event_key(e)) for e in reading.events),
        )
        _compare(
            "indications",
            scores,
            Counter((file, *_use(i)) for i in label["indications"]),
            Counter((file, *_use(i)) for i in reading.indications),
        )
        _lines(scores, file, label, reading)
        _details(scores, file, label, reading)
    return scores


def _lines(scores: dict[str, Score], file: str, label: Any, reading: CompoundReading) -> None:
    """Source lines of names and events that were found."""
    score = scores.setdefault("source lines", Score())
    names = {(n["compound_id"], n["name"]): n["lines"] for n in label["names"]}
    pairs = [(f"{n.name}", n.source_line, names.get((n.compound_id, n.name))) for n in reading.names]
    events = {}
    for e in label["events"]:
        events.setdefault(_event_key(e), []).extend(e["lines"])
    pairs += [(f"{e.compound_id} {e.event_type}", e.source_line, events.get(_event_key(e))) for e in reading.events]
    uses = {_use(i)[:3]: i["lines"] for i in label["indications"]}
    pairs += [(f"{i.compound_id} for {i.indication}", i.source_line, uses.get(_use(i)[:3])) for i in reading.indications]
    for what, line, wanted in pairs:
        if wanted is None:
            continue
        if line in wanted:
            score.right += 1
        else:
            score.wrong += 1
            score.missing += 1
            score.notes.append(f"* line of {file} {what}: {line}, label {wanted}")


def _details(scores: dict[str, Score], file: str, label: Any, reading: CompoundReading) -> None:
    """Indication, trial and meeting of the events that were found."""
    want, got = Counter(), Counter()
    found = {_event_key(e) for e in reading.events} & {_event_key(e) for e in label["events"]}
    for rows, counter in ((label["events"], want), (reading.events, got)):
        for row in rows:
            get = row.get if isinstance(row, dict) else lambda name, row=row: getattr(row, name, None)
            if _event_key(row) in found:
                counter.update(
                    (file, *_event_key(row), name, get(name)) for name in ("indication", "trial", "meeting") if get(name)
                )
    _compare("event details", scores, want, got)


def main() -> None:
    """Prints the table, and each miss."""
    scores = measure()
    print(f"{'kind':<16}{'right':>7}{'wrong':>7}{'missing':>9}{'precision':>11}{'recall':>8}")
    for kind, score in scores.items():
        print(f"{kind:<16}{score.right:>7}{score.wrong:>7}{score.missing:>9}{score.precision:>11.3f}{score.recall:>8.3f}")
    for score in scores.values():
        for note in score.notes:
            print(note)


if __name__ == "__main__":
    main()
