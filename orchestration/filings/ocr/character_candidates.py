"""Candidates for the damaged characters of one cell: every figure they may have been, each with its cost.

Belongs here: letters read as digits, separators and parentheses lost or changed, digits lost from a group. The costs and
confusable characters are data (`repair_costs.csv`, `confusable_characters.csv`). Does not belong here: which candidate is right
(`proof/`), doubts about a figure that looks sound (`undetected_errors.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, product
from math import prod
from typing import Final, NamedTuple

from orchestration.filings.text.figures import DASHES, WHOLE, past_sign, value_and_step
from orchestration.filings.vocabulary import rows

MAX_READINGS: Final = 120
"""Only the cheapest candidates of a cell are kept; the others cost more than any solution would pay."""
_MAX_CHARS: Final = 24
_MAX_UNKNOWN: Final = 2
_MAX_SPELT: Final = 20_000
_MOST_LETTERS: Final = 6
_MOST_DIGITS: Final = 13
_OPENS: Final = "([{<"
_CLOSES: Final = ")]}>"
_LIKE_OPENS: Final = "CclI|!"
_LIKE_CLOSES: Final = "JjlI|!"
"""Characters that OCR confuses with one parenthesis; tried only where the other one is printed."""
_SEPARATORS: Final = ",.'’ "
_DIRT: Final = "'’` "
_GROUP: Final = 3
_SPECK: Final = "`"
_WHOLE_GROUP: Final = re.compile(r"\D|\d{3}[,.]")
"""No digit was lost before this: another digit would have had a separator behind it."""
_SEPARATED: Final = re.compile(r"[.,]+(?=\d{1,3}(?:,\d{3})+\D*$)")
"""Points or commas before groups that are complete without them."""
_BLANKS: Final = re.compile(r"[\s'’`]+")
_SEPARATOR: Final = re.compile(r"[,.]")
_AGAIN: Final = re.compile(r"([,.])[,.]+")
_WHOLE: Final = re.compile(WHOLE)
"""A figure whose separators show that no digit is missing."""


class CharacterCandidate(NamedTuple):
    """One candidate for damaged characters, unscaled; `is_sure` where the characters alone leave no other."""

    value: Decimal
    step: Decimal
    cost: int
    is_sure: bool


@cache
def repair_costs() -> Mapping[str, int]:
    """The cost of each change, in whole numbers of which only differences count."""
    return {row["change"]: int(row["cost"]) for row in rows("repair_costs")}


@cache
def confusable_digits() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """For each character, the digits it is confused with, each with its cost."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows("confusable_characters"):
        cost = repair_costs()["sure_character" if row["is_sure"] == "true" else "likely_character"]
        found.setdefault(row["character"], []).append((row["digit"], cost))
    return {character: tuple(digits) for character, digits in found.items()}


@lru_cache(maxsize=16_384)
def character_candidates(text: str) -> tuple[CharacterCandidate, ...]:
    """The figures that a cell's characters may have been, cheapest first; empty where too little is legible."""
    body = _without_leading_specks(text[past_sign(text)[0] :].replace("·", ".").strip().rstrip(_DIRT))
    if len(body) > _MAX_CHARS or not any(map(str.isdigit, body)):
        return ()
    best: dict[tuple[Decimal, Decimal], CharacterCandidate] = {}
    for signs, core in chain(_signs(body), *(_signs(rest) for rest in _without_dollar(body))):
        for digits, cost, is_known in _as_digits(core):
            for figure, step, more, is_whole in _grouped(digits):
                for sign, extra in signs:
                    found = CharacterCandidate(figure * sign, step, cost + more + extra, is_known and is_whole)
                    key = found.value, found.step
                    if key not in best or found.cost < best[key].cost:
                        best[key] = found
    ordered = sorted(best.values(), key=lambda one: (one.cost, one.value, one.step))
    return tuple(_with_certainty(ordered[:MAX_READINGS]))


def _without_dollar(body: str) -> Iterator[str]:
    """The body without an S that may be a dollar sign before a whole figure. A speck, which has a cost, replaces it."""
    rest = body[1:].strip()
    if body[0] in "Ss" and _WHOLE.fullmatch(rest.strip("() ")):
        yield f"{_DIRT[0]}{rest}"


def _without_leading_specks(body: str) -> str:
    """A body without leading specks; one is kept where a first digit may have been lost."""
    bare = _SEPARATED.sub("", body.lstrip(_DIRT), count=1)
    return f"{_SPECK}{bare}" if bare != body and not _WHOLE_GROUP.match(bare) else bare


def _with_certainty(ordered: list[CharacterCandidate]) -> Iterator[CharacterCandidate]:
    """The candidates; the cheapest is sure only if every other costs more by the margin."""
    for rank, one in enumerate(ordered):
        alone = rank == 0 and all(other.cost >= one.cost + repair_costs()["margin"] for other in ordered[1:])
        yield one._replace(is_sure=one.is_sure and alone)


def _signs(body: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """The possible signs of the figure with their costs, and the characters between the parentheses, in every way."""
    opens, closes = body[0] in _OPENS, body[-1] in _CLOSES
    core = body[opens : len(body) - closes].strip()
    minus = bool(core) and core[0] in DASHES
    core = core.lstrip(DASHES).strip()
    if minus or (opens and closes):
        yield [(-1, 0)], core
    elif opens or closes:
        yield [(-1, repair_costs()["half_parenthesis"]), (1, repair_costs()["stray_parenthesis"])], core
        if (core[-1:] in _LIKE_CLOSES) if opens else (core[:1] in _LIKE_OPENS):
            yield [(-1, repair_costs()["sure_character"])], core[:-1] if opens else core[1:]
    else:
        yield [(1, 0)], core


def _as_digits(core: str) -> Iterator[tuple[str, int, bool]]:
    """The characters as digits and separators, in every way: with the cost, and whether all are sure."""
    places: list[tuple[tuple[str, int], ...]] = []
    unknown = 0
    letters = sum(char not in _SEPARATORS and not char.isdigit() for char in core)
    for char in core:
        if (char.isascii() and char.isdigit()) or char in _SEPARATORS:
            places.append(((char, 0),))
        else:
            known = confusable_digits().get(char, ())
            unknown += not known
            cost = repair_costs()["another_digit" if known else "unknown_character"]
            others = "" if known and letters > _MAX_UNKNOWN else "0123456789"
            stray = max(repair_costs()["stray_sign"], 1 + min((double for _, double in known), default=0))
            dirt = () if char.isalnum() else (("", stray),)
            places.append((*known, *dirt, *((digit, cost) for digit in others if digit not in dict(known))))
    if unknown > _MAX_UNKNOWN or letters > _MOST_LETTERS or unknown * 2 > sum(map(str.isdigit, core)):
        return
    if prod(map(len, places)) > _MAX_SPELT:
        return
    for chosen in product(*places):
        is_known = all(
            cost <= repair_costs()["sure_character"] or (not said and char not in confusable_digits())
            for (said, cost), char in zip(chosen, core, strict=True)
        )
        yield "".join(char for char, _ in chosen), sum(cost for _, cost in chosen), is_known


def _grouped(digits: str) -> Iterator[tuple[Decimal, Decimal, int, bool]]:
    """The figures that digits and separators may make: value, weight of the last digit, cost, whether no digit is missing."""
    tight = re.sub(rf"\s*([{re.escape(_SEPARATORS.strip())}])\s*", r"\1", digits.strip())
    yield from _without_blanks(tight)
    tight, cost = _without_repeated_separators(tight)
    parts = re.split(rf"([{re.escape(_SEPARATORS)}])\s*", tight)
    groups, separators = parts[::2], parts[1::2]
    if sum(map(len, groups)) > _MOST_DIGITS or not "".join(groups):
        return
    if separators and _may_be_point(groups, separators[-1]):
        for figure, step, more, is_sure in _with_decimals(groups, separators):
            yield figure, step, cost + more, is_sure
    turned = any(separator != "," for separator in separators)
    for whole, more, is_sure in _whole(groups):
        yield Decimal(whole), Decimal(1), cost + more + (repair_costs()["separator"] if turned else 0), is_sure


def _without_blanks(tight: str) -> Iterator[tuple[Decimal, Decimal, int, bool]]:
    """A figure that is complete without the blanks and specks in it.

    It is sure if the first group has three digits or no blank before or in it: then no digit is missing.
    """
    bare = _BLANKS.sub("", tight)
    if bare == tight or len(bare) > _MOST_DIGITS:
        return
    if bare.isdigit() and len(bare) <= _GROUP and not bare.startswith("0"):
        yield Decimal(bare), Decimal(1), repair_costs()["separator"], False
    if _WHOLE.fullmatch(bare):
        first = _SEPARATOR.split(bare, maxsplit=1)[0]
        is_sure = len(first) == _GROUP or tight.startswith(first)
        yield *value_and_step(bare), repair_costs()["separator"], is_sure


def _without_repeated_separators(tight: str) -> tuple[str, int]:
    """The characters with repeated separators and, after commas, a final point removed; and what that costs."""
    once = _AGAIN.sub(r"\1", tight)
    bare = once.removesuffix(".") if "," in once else once
    return (bare, repair_costs()["separator"]) if bare != tight else (tight, 0)


def _may_be_point(groups: Sequence[str], separator: str) -> bool:
    """Whether decimals may follow the last separator; after a comma, only two with no whole number before them."""
    if separator == " " and len(groups) > 2:
        return False  # after groups of thousands it is far more often a stray figure than cents
    if separator == ",":
        return groups[:-1] in ([""], ["0"]) and len(groups[-1]) == _GROUP - 1
    return separator in ". " and 0 < len(groups[-1]) < _GROUP


def _with_decimals(groups: Sequence[str], separators: Sequence[str]) -> Iterator[tuple[Decimal, Decimal, int, bool]]:
    """Figures with decimals, as in `1.25` and `l,234.5`; a blank for the point costs as much as a changed separator."""
    cost = 0 if separators[-1] == "." else repair_costs()["separator"]
    if groups[:-1] == ["0"]:
        groups = ["", groups[-1]]
    for whole, more, is_sure in _whole(groups[:-1]) if any(groups[:-1]) else [("0", 0, True)]:
        yield Decimal(f"{whole}.{groups[-1]}"), Decimal(1).scaleb(-len(groups[-1])), cost + more, is_sure


def _whole(groups: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """Whole numbers in groups of three; where one group is not of three, with a digit or separator restored or removed."""
    is_nil = "".join(groups) == "0"
    yield from ((whole, cost, is_sure) for whole, cost, is_sure in _wholes(groups) if is_nil or not whole.startswith("0"))


def _wholes(groups: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    first, rest = groups[0], groups[1:]
    odd = [at for at, group in enumerate(rest, 1) if len(group) != _GROUP]
    if not rest or (not odd and 1 <= len(first) <= _GROUP):
        if first:
            yield "".join(groups), 0, True
        return
    if not odd and not first:
        yield from ((f"{digit}{''.join(rest)}", repair_costs()["missing_digit"], False) for digit in "123456789")
        return
    if not odd:
        yield "".join(groups), repair_costs()["lost_separator"], True
    is_mendable = len(first) == _GROUP + 1 if not odd else len(odd) == 1 and 0 < len(first) <= _GROUP
    mended = list(_with_group_repaired(groups, odd[0] if odd else 0)) if is_mendable else []
    yield from mended
    if len({whole for whole, _, _ in mended}) != 1:
        yield from _misplaced(groups)


def _misplaced(groups: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """A whole number with the right number of separators, not all in place: a copy changed the order of the characters."""
    whole = "".join(groups)
    if all(groups) and len(groups) - 1 == (len(whole) - 1) // _GROUP:
        yield whole, repair_costs()["misplaced_separator"], False


def _with_group_repaired(groups: Sequence[str], at: int) -> Iterator[tuple[str, int, bool]]:
    """One group that is not of three repaired: a digit added, one removed, or a lost separator restored."""
    group, before, after = groups[at], "".join(groups[:at]), "".join(groups[at + 1 :])
    if len(group) == 2 * _GROUP:
        yield before + group + after, repair_costs()["lost_separator"], True
    if len(group) == _GROUP - 1:
        put = {group[:place] + digit + group[place:] for place in range(_GROUP) for digit in "0123456789"}
        yield from ((before + one + after, repair_costs()["missing_digit"], False) for one in sorted(put))
    if len(group) == _GROUP + 1:
        taken = {group[:place] + group[place + 1 :] for place in range(len(group))}
        yield from ((before + one + after, repair_costs()["added_digit"], False) for one in sorted(taken))
