"""Clean filings with the truth of each figure: made up, of the repository, and of the corpus where it is at hand.

Belongs here: which files are struck, what is true of them, and where each figure stands in their text. Does not belong
here: the damage (`strikes.py`), or the judging of what is read afterwards (`judge.py`).

The truth of a file is its clean reading, less whatever the truth beside it contradicts: for a made-up sheet the figures it was
made from, for a corpus release the figures read by hand. Only figures that stand in the text as they were read are struck.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import NamedTuple

from orchestration.filings.documents.decode import decode
from orchestration.filings.proof.other_releases import Release, release
from orchestration.filings.reader import read_filing
from orchestration.filings.records import ProofOutcome, Reading, Status, Value
from tests.bench.damage.sheets import Stated, balance_sheet, income_sheet, multi_step, single_step
from tests.unit.filings.made_up import COVER
from tests.unit.filings.rendering import EVERY_LAYOUT, Layout

ROOT = Path(__file__).resolve().parents[3]
FOLDER = "0000000001"
"""A wire copy names no CIK; under a folder that does, its company is known and it is not kept out for that."""
SHAPES = (single_step, multi_step, single_step)
_MONTHS = {"P3M": 3, "P6M": 6, "P9M": 9, "P12M": 12, "instant": 0}
_STATEMENTS = {"income": "income_statement", "balance": "balance_sheet"}
_NOT_OF_A_LABEL = re.compile(r"[^a-z0-9]+")


class Key(NamedTuple):
    """What a figure is: told by its concept, or by its label where it has none; never by its place, which shifts."""

    statement: str
    name: str
    period_end: str
    months: int
    is_gaap: bool
    is_restated: bool


def key_of(value: Value) -> Key:
    """The key of a value."""
    name = value.concept or _NOT_OF_A_LABEL.sub(" ", value.label.lower()).strip()
    end = value.period_end.isoformat() if value.period_end else ""
    return Key(value.statement, name, end, value.duration_months or 0, value.is_gaap, value.is_restated)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed cell that may be struck: its place, the keys it states, and how many proofs its value has when clean."""

    start: int
    end: int
    row: tuple[int, int]
    column: int
    keys: tuple[Key, ...]
    proofs: int


class Closed(NamedTuple):
    """An identity that closes in the clean reading, over cells; one of a per-share figure tells that figure alone."""

    cells: tuple[str, ...]
    is_per_share: bool

    def tells(self, cell: str) -> bool:
        """Whether the identity leaves a cell one value where all its other cells are known."""
        return cell in self.cells and (not self.is_per_share or cell == self.cells[0])


@dataclass(frozen=True)
class Clean:
    """A clean file: its text, every value of its reading by key, and the figures in it that may be struck.

    `known` counts the values that agree with a truth from outside, `contradicted` those that do not. `cells` names the cell
    that states a key, in the terms of `identities`.
    """

    name: str
    source: str
    text: str
    truth: Mapping[Key, frozenset[Decimal]]
    proofs: Mapping[Key, int]
    figures: tuple[Figure, ...]
    ms: float
    known: int
    contradicted: int
    cells: Mapping[Key, str]
    identities: tuple[Closed, ...]
    release: Release


class NotClean(ValueError):
    """The file cannot serve: it is kept out when clean, or holds no figure whose truth is known."""


def clean_file(name: str, text: str, stated: Stated | None = None) -> Clean:
    """A text with the truth of its figures; `stated` is what is known of it from outside.

    Raises NotClean, with the reason, for a text that cannot serve.
    """
    source = f"{FOLDER}/{name}"
    raw = text.encode()
    if decode(raw) != text:
        raise NotClean("the text does not come back from its bytes")
    read_filing(raw, source)
    started = time.perf_counter()
    reading = read_filing(raw, source)
    ms = (time.perf_counter() - started) * 1_000
    if reading.filing.status != "accepted":
        raise NotClean(f"kept out when clean: {reading.filing.reason}")
    truth, proofs = _truth(reading)
    known = {key: value for key in truth if (value := _known(key, stated or {})) is not None}
    contradicted = frozenset(key for key, value in known.items() if truth[key] != {value})
    figures = tuple(_figures(reading, truth, proofs, contradicted))
    if not figures:
        raise NotClean("no figure in it has a known truth")
    held = {key: values for key, values in truth.items() if key not in contradicted}
    agreed = len(known) - len(contradicted)
    cells = {key_of(value): value.cell_id for value in reading.values}
    return Clean(
        name, source, text, held, proofs, figures, ms, agreed, len(contradicted), cells, _closed(reading), release(reading)
    )


def _closed(reading: Reading) -> tuple[Closed, ...]:
    units = {value.cell_id: value.unit for value in reading.values}
    return tuple(
        Closed(proof.value_ids, units.get(proof.value_ids[0], "").endswith("/share"))
        for proof in reading.proofs
        if proof.outcome == ProofOutcome.CLOSED and proof.value_ids
    )


def _known(key: Key, stated: Stated) -> Decimal | None:
    """What a truth from outside says of a key; it is silent on what is not GAAP."""
    return stated.get((key.statement, key.period_end, key.months, key.name)) if key.is_gaap else None


def _truth(reading: Reading) -> tuple[dict[Key, frozenset[Decimal]], dict[Key, int]]:
    """What the clean reading states, by key: several values where a key is printed more than once."""
    found: dict[Key, set[Decimal]] = defaultdict(set)
    proofs: dict[Key, int] = {}
    for value in reading.values:
        if value.value is not None and value.status != Status.UNREADABLE:
            key = key_of(value)
            found[key].add(value.value)
            proofs[key] = max(proofs.get(key, 0), value.proof_count)
    return {key: frozenset(values) for key, values in found.items()}, proofs


def _figures(
    reading: Reading, truth: Mapping[Key, frozenset[Decimal]], proofs: Mapping[Key, int], left_out: frozenset[Key]
) -> Iterator[Figure]:
    cells: dict[tuple[int, int], list[Value]] = defaultdict(list)
    printed: dict[Key, int] = defaultdict(int)
    for value in reading.values:
        printed[key_of(value)] += 1
        if value.source_start is not None and value.source_end is not None:
            cells[value.source_start, value.source_end].append(value)
    for (start, end), values in sorted(cells.items()):
        keys = tuple(dict.fromkeys(map(key_of, values)))
        sound = all(value.status == Status.AS_READ and value.value for value in values)
        unique = all(printed[key] == 1 and len(truth[key]) == 1 for key in keys if key in truth)
        if sound and unique and not left_out & set(keys):
            first = values[0]
            row = (first.table_no, first.line_no)
            yield Figure(start, end, row, first.column_no, keys, max(proofs[key] for key in keys))


def clean_files(seed: int, sheets: int) -> tuple[list[Clean], list[str]]:
    """Every file that can serve, and for each that cannot one line that says why."""
    found, refused = [], []
    for name, text, stated in (*_made_up(seed, sheets), *of_the_repository(), *of_the_corpus()):
        try:
            found.append(clean_file(name, text, stated))
        except NotClean as reason:
            refused.append(f"{name}: {reason}")
    return found, refused


Source = tuple[str, str, Stated | None]


def _made_up(seed: int, sheets: int) -> Iterator[Source]:
    for number in range(sheets):
        rng = random.Random(f"sheet {seed} {number}")  # noqa: S311
        income, of_income = income_sheet(rng, SHAPES[number % len(SHAPES)])
        balance, of_balance = balance_sheet(rng)
        for layout in EVERY_LAYOUT:
            body = layout(balance) + "\n\n" + layout(income)
            yield (
                f"made-up-{number + 1}-{layout.__name__}",
                cover(layout, "August 4, 2011", "Second Quarter 2011") + body,
                of_income | of_balance,
            )


def cover(layout: Layout, filed: str, quarter: str) -> str:
    """The cover of an 8-K of a day and a quarter, in the mark-up of the layout."""
    words = COVER.replace("May 6, 2010", filed).replace("First Quarter 2010", quarter)
    if not layout.__name__.startswith("html"):
        return words
    return "".join(f"<p>{escape(part)}</p>\n" for part in words.split("\n\n") if part.strip())


def of_the_repository() -> Iterator[Source]:
    """The filings of `data/raw`."""
    for path in sorted((ROOT / "data" / "raw").rglob("*.txt")):
        yield path.stem, decode(path.read_bytes()), None


def corpus_folder() -> Path | None:
    """The folder of the corpus, or None where there is none."""
    folder = Path(os.environ.get("TIEOUT_CORPUS") or ROOT.parent / "shared" / "corpus")
    return folder if (folder / "releases").is_dir() else None


def of_the_corpus() -> Iterator[Source]:
    """The releases of the corpus, where it is at hand."""
    folder = corpus_folder()
    if folder is None:
        return
    for path in sorted([*(folder / "releases").iterdir(), *(folder / "series").glob("*.txt")]):
        truth = folder / "truth" / f"{path.stem}.json"
        yield path.stem, decode(path.read_bytes()), _by_hand(truth) if truth.exists() else None


def _by_hand(path: Path) -> Stated:
    """What a person read; a period that is stated both as reported and as restated is left to the clean reading."""
    seen: dict[tuple[str, str, int, str], set[Decimal]] = defaultdict(set)
    for column in json.loads(path.read_text(), parse_float=Decimal, parse_int=Decimal)["columns"]:
        end = date.fromisoformat(column["period_end"]).isoformat()
        for concept, value in column["values"].items():
            seen[_STATEMENTS[column["statement"]], end, _MONTHS[column["duration"]], concept].add(Decimal(value))
    return {where: next(iter(values)) for where, values in seen.items() if len(values) == 1}
