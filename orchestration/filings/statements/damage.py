"""What damaged characters of one cell may say: every figure they may have been, with what each reading costs.

Belongs here: characters taken for digits, separators and parentheses lost or turned, digits dropped from a group. Costs and
doubles are data (`repair_costs.csv`, `confusable_characters.csv`). Does not belong here: which reading is right (`proof/`), or
doubts about a figure that looks sound (`proof/suspicion.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import Final, NamedTuple

from orchestration.filings.vocabulary import rows

MAX_READINGS: Final = 120
"""The cheapest readings of one cell; the others cost more than any answer would pay."""
_MAX_CHARS: Final = 24
_MAX_UNKNOWN: Final = 2
_MAX_SPELT: Final = 20_000
_MOST_LETTERS: Final = 6
_MOST_DIGITS: Final = 13
_CURRENCY: Final = re.compile(r"^\s*(?:US\$|[$€£¥])\s*")
_OPENS: Final = "([{"
_CLOSES: Final = ")]}"
_MINUS: Final = "-–−—"
_SEPARATORS: Final = ",.'’ "
_DIRT: Final = "'’` "
_GROUP: Final = 3
_SPECK: Final = "`"
_WHOLE_GROUP: Final = re.compile(r"\D|\d{3}[,.]")
"""What no digit was lost before: another digit would have had a separator behind it."""


class Damaged(NamedTuple):
    """One reading of damaged characters, unscaled; `is_sure` where the characters alone leave no other."""

    value: Decimal
    step: Decimal
    cost: int
    is_sure: bool


@cache
def costs() -> Mapping[str, int]:
    """What each change costs: whole numbers, of which only differences count."""
    return {row["change"]: int(row["cost"]) for row in rows("repair_costs")}


@cache
def doubles() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """For each character the digits it is taken for, with what that costs."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows("confusable_characters"):
        cost = costs()["sure_character" if row["is_sure"] == "true" else "likely_character"]
        found.setdefault(row["character"], []).append((row["digit"], cost))
    return {character: tuple(digits) for character, digits in found.items()}


@lru_cache(maxsize=16_384)
def damaged_readings(text: str) -> tuple[Damaged, ...]:
    """The figures that the characters of a cell may have been, cheapest first; none where too little is legible."""
    body = _speck_before(_CURRENCY.sub("", text).strip().rstrip(_DIRT))
    if len(body) > _MAX_CHARS or not any(map(str.isdigit, body)):
        return ()
    signs, core = _signs(body)
    best: dict[tuple[Decimal, Decimal], Damaged] = {}
    for digits, cost, is_known in _spelt(core):
        for figure, step, more, is_whole in _grouped(digits):
            for sign, extra in signs:
                found = Damaged(figure * sign, step, cost + more + extra, is_known and is_whole)
                key = found.value, found.step
                if key not in best or found.cost < best[key].cost:
                    best[key] = found
    ordered = sorted(best.values(), key=lambda one: (one.cost, one.value, one.step))
    return tuple(_judged(ordered[:MAX_READINGS]))


def _speck_before(body: str) -> str:
    """A body without the specks before it; one is kept where it may be what is left of a first digit."""
    bare = body.lstrip(_DIRT)
    return f"{_SPECK}{bare}" if bare != body and not _WHOLE_GROUP.match(bare) else bare


def _judged(ordered: list[Damaged]) -> Iterator[Damaged]:
    """The readings; the cheapest is sure only where no other costs about as little."""
    for rank, one in enumerate(ordered):
        alone = rank == 0 and all(other.cost >= one.cost + costs()["margin"] for other in ordered[1:])
        yield one._replace(is_sure=one.is_sure and alone)


def _signs(body: str) -> tuple[list[tuple[int, int]], str]:
    """The signs the figure may have, each with its cost, and the characters between the parentheses."""
    opens, closes = body[0] in _OPENS, body[-1] in _CLOSES
    core = body[opens : len(body) - closes].strip()
    minus = bool(core) and core[0] in _MINUS
    core = core.lstrip(_MINUS).strip()
    if minus or (opens and closes):
        return [(-1, 0)], core
    if opens or closes:
        return [(-1, costs()["half_parenthesis"]), (1, costs()["stray_parenthesis"])], core
    return [(1, 0)], core


def _spelt(core: str) -> Iterator[tuple[str, int, bool]]:
    """The characters as digits and separators, every way they may be: the cost of the letters, and whether all are sure."""
    places: list[tuple[tuple[str, int], ...]] = []
    unknown = 0
    letters = sum(char not in _SEPARATORS and not char.isdigit() for char in core)
    for char in core:
        if (char.isascii() and char.isdigit()) or char in _SEPARATORS:
            places.append(((char, 0),))
        else:
            known = doubles().get(char, ())
            unknown += not known
            cost = costs()["another_digit" if known else "unknown_character"]
            others = "" if known and letters > _MAX_UNKNOWN else "0123456789"
            dirt = () if char.isalnum() else (("", costs()["stray_sign"]),)
            places.append((*known, *dirt, *((digit, cost) for digit in others if digit not in dict(known))))
    if unknown > _MAX_UNKNOWN or letters > _MOST_LETTERS or unknown * 2 > sum(map(str.isdigit, core)):
        return
    if prod(map(len, places)) > _MAX_SPELT:
        return
    for chosen in product(*places):
        is_known = all(cost <= costs()["sure_character"] for _, cost in chosen)
        yield "".join(char for char, _ in chosen), sum(cost for _, cost in chosen), is_known


def _grouped(digits: str) -> Iterator[tuple[Decimal, Decimal, int, bool]]:
    """The figures that digits and separators may make: value, weight of the last digit, cost, whether no digit is missing."""
    tight = re.sub(rf"\s*([{re.escape(_SEPARATORS.strip())}])\s*", r"\1", digits.strip())
    parts = re.split(rf"([{re.escape(_SEPARATORS)}])\s*", tight)
    groups, separators = parts[::2], parts[1::2]
    if sum(map(len, groups)) > _MOST_DIGITS or not "".join(groups):
        return
    if separators and separators[-1] in ". " and 0 < len(groups[-1]) < _GROUP:
        yield from _with_decimals(groups, separators)
    turned = any(separator != "," for separator in separators)
    for whole, cost, is_sure in _whole(groups):
        yield Decimal(whole), Decimal(1), cost + (costs()["separator"] if turned else 0), is_sure


def _with_decimals(groups: list[str], separators: list[str]) -> Iterator[tuple[Decimal, Decimal, int, bool]]:
    """Cents, as in `1.25` and in `l,234.5`; a blank for the point costs as a turned separator."""
    cost = 0 if separators[-1] == "." else costs()["separator"]
    for whole, more, is_sure in _whole(groups[:-1]) if any(groups[:-1]) else [("0", 0, True)]:
        yield Decimal(f"{whole}.{groups[-1]}"), Decimal(1).scaleb(-len(groups[-1])), cost + more, is_sure


def _whole(groups: list[str]) -> Iterator[tuple[str, int, bool]]:
    """Whole numbers in groups of three; where one group is not of three, what must have been lost or added."""
    first, rest = groups[0], groups[1:]
    odd = [at for at, group in enumerate(rest, 1) if len(group) != _GROUP]
    if not rest or (not odd and 1 <= len(first) <= _GROUP):
        if first and not (first.startswith("0") and "".join(groups) != "0"):
            yield "".join(groups), 0, True
        return
    if not odd and len(first) > _GROUP:
        yield "".join(groups), costs()["lost_separator"], True
        if len(first) == _GROUP + 1:
            yield from _mended(groups, 0)
        return
    if not odd:
        yield from ((f"{digit}{''.join(rest)}", costs()["missing_digit"], False) for digit in "123456789")
        return
    if len(odd) > 1 or not 0 < len(first) <= _GROUP:
        return
    yield from _mended(groups, odd[0])


def _mended(groups: list[str], at: int) -> Iterator[tuple[str, int, bool]]:
    """One group that is not of three: a digit put back, one taken out, or two groups whose separator was lost."""
    group, before, after = groups[at], "".join(groups[:at]), "".join(groups[at + 1 :])
    if len(group) == 2 * _GROUP:
        yield before + group + after, costs()["lost_separator"], True
    if len(group) == _GROUP - 1:
        put = {group[:place] + digit + group[place:] for place in range(_GROUP) for digit in "0123456789"}
        yield from ((before + one + after, costs()["missing_digit"], False) for one in sorted(put))
    if len(group) == _GROUP + 1:
        taken = {group[:place] + group[place + 1 :] for place in range(len(group))}
        yield from ((before + one + after, costs()["added_digit"], False) for one in sorted(taken))
