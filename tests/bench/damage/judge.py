"""What became of each figure of a damaged file.

Belongs here: the classes, and putting a figure into one. Does not belong here: the damage, or how the counts are shown.

A struck figure is

- `right`: the reading states its true value, and no other, for what it is;
- `held`: the reading states none (`held_null`: a row of status `unreadable`; `held_missing`: no row at all), or keeps the whole
  filing out of the warehouse (`held_quarantine`);
- `unproven`: the reading states another value with `proof_count` 0: wrong, and marked as not proven;
- `silent`: the reading states another value with `proof_count` > 0. This is the one that must not be.

A figure that was not struck is `untouched`, `lost` (`lost_quarantine` with its whole filing), `changed` (wrong, not proven) or
`changed_silent`. A value under a name and period that the clean file does not state is, where it has no concept and is a true
value of that statement and period, `renamed` (gone under its own name: a label was damaged, no figure) or `repeated` (there
under its own name too: a ghost was kept as a line); else `invented` (not proven) or `invented_silent`.

A figure is `provable` if its value has a `proof_count` of 1 or more in the clean reading, `crossed` if 2 or more. Arithmetic
cannot notice damage to a figure that is not provable, and mostly cannot say which figure of an identity is damaged unless
another identity crosses it there. It is `determined` if the identities that close in the clean reading leave it one value once
it is known which figures were struck; what is beyond that can only be told from the characters that are left. A file
quarantined is judged as held whole, whatever stands in its reading.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.filings.records import Reading, Status, Value
from tests.bench.damage.clean import Clean, Key, key_of

STRUCK = ("right", "held_null", "held_missing", "held_quarantine", "unproven", "silent")
UNSTRUCK = ("untouched", "lost", "lost_quarantine", "changed", "changed_silent")
INVENTED = ("renamed", "repeated", "invented", "invented_silent")


@dataclass(frozen=True, slots=True)
class Case:
    """One struck figure and what became of it. `proofs` is the proof count of the clean reading."""

    kind: str
    key: Key
    verdict: str
    proofs: int
    truth: str
    read: str
    is_determined: bool


@dataclass(frozen=True)
class Judgement:
    """One damaged file, judged."""

    cases: tuple[Case, ...]
    unstruck: Counter[str]
    invented: Counter[str]
    silent: tuple[str, ...] = field(default=())
    """What of the figures that were not struck is silently wrong, in words."""


def judge(clean: Clean, kinds: Mapping[Key, str], reading: Reading) -> Judgement:
    """The verdict on every figure of a file of which the keys in `kinds` were struck."""
    kept_out = reading.filing.status != "accepted"
    read: dict[Key, list[Value]] = defaultdict(list)
    for value in reading.values:
        read[key_of(value)].append(value)
    told = determined(clean, kinds)
    cases, unstruck, silent = [], Counter[str](), []
    for key, truth in clean.truth.items():
        verdict = _verdict(read.get(key, ()), truth, kept_out)
        if key in kinds:
            was, became = _words(truth), _words_of(read.get(key, ()))
            cases.append(Case(kinds[key], key, verdict, clean.proofs[key], was, became, key in told))
            continue
        unstruck[_OF_UNSTRUCK[verdict]] += 1
        if verdict == "silent":
            silent.append(f"not struck, changed: {' '.join(map(str, key))}: {_words(truth)} read {_words_of(read[key])}")
    invented = _invented(clean, read, kept_out)
    silent += [f"invented: {' '.join(map(str, key))}: {_words_of(read[key])}" for key in invented["invented_silent"]]
    counts = Counter({name: len(keys) for name, keys in invented.items()})
    return Judgement(tuple(cases), unstruck, counts, tuple(silent))


def determined(clean: Clean, struck: Collection[Key]) -> frozenset[Key]:
    """The struck keys whose values follow from the figures that were not struck, one identity at a time."""
    unknown = {clean.cells[key] for key in struck}
    while True:
        follows = {
            cell
            for identity in clean.identities
            for cell in unknown & set(identity.cells)
            if identity.tells(cell) and len(unknown & set(identity.cells)) == 1
        }
        if not follows:
            return frozenset(key for key in struck if clean.cells[key] not in unknown)
        unknown -= follows


_OF_UNSTRUCK = {
    "right": "untouched",
    "held_null": "lost",
    "held_missing": "lost",
    "held_quarantine": "lost_quarantine",
    "unproven": "changed",
    "silent": "changed_silent",
}


def _told(values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value.value is not None and value.status != Status.UNREADABLE]


def _verdict(values: Sequence[Value], truth: Collection[Decimal], kept_out: bool) -> str:
    if kept_out:
        return "held_quarantine"
    told = _told(values)
    if not told:
        return "held_null" if values else "held_missing"
    wrong = [value for value in told if value.value not in truth]
    if not wrong:
        return "right"
    return "silent" if any(value.proof_count > 0 for value in wrong) else "unproven"


def _invented(clean: Clean, read: Mapping[Key, Sequence[Value]], kept_out: bool) -> dict[str, list[Key]]:
    """Values, other than nil, under keys that the clean reading does not state."""
    found: dict[str, list[Key]] = {name: [] for name in INVENTED}
    if kept_out:
        return found
    true = {(*_when(key), value): key for key, values in clean.truth.items() for value in values}
    for key, values in read.items():
        told = [value for value in _told(values) if value.value]
        if not told or key in clean.proofs:
            continue
        own = [true.get((*_when(key), value.value)) for value in told if value.concept is None]
        if len(own) == len(told) and None not in own:
            found["repeated" if any(_told(read.get(name, ())) for name in own if name) else "renamed"].append(key)
        else:
            found["invented_silent" if any(value.proof_count > 0 for value in told) else "invented"].append(key)
    return found


def _when(key: Key) -> tuple[str, str, int, bool]:
    """The statement and period of a key."""
    return key.statement, key.period_end, key.months, key.is_restated


def _words(truth: Collection[Decimal]) -> str:
    return " or ".join(f"{value:f}" for value in sorted(truth))


def _words_of(values: Sequence[Value]) -> str:
    if not values:
        return "nothing"
    return ", ".join(
        f"{'NULL' if value.value is None else format(value.value, 'f')} ({value.status}, {value.proof_count} proofs)"
        for value in values
    )
