"""Rows that repeat their neighbour in worse quality, as OCR leaves them, brought back to one line.

Belongs here: how worn a row is, when two rows are twins, which of them is the true one. Does not belong here: which
figure of the twins is right where they differ; both are kept as readings for `proof/`.

Two rows in a row are twins only with evidence of damage: unsound figures, glyphs where currency signs belong, a word
that stands nowhere else in the filing where its neighbour has one that does, or the very same label over figures that
nearly agree. Two sound lines that merely look alike ("Class A", "Class B") are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, permutations
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from orchestration.filings.ocr.copies import has_turned_letters, is_copy
from orchestration.filings.ocr.damage import doubles
from orchestration.filings.tables.columns import PlacedRow
from orchestration.filings.tables.lines import Line, line_of, wears
from orchestration.filings.tables.rows import Item
from orchestration.filings.text.labels import is_known, normal

SAME_LABEL_FIGURES: Final = 0.6
"""Twins under one label: figures that share more digits than not."""
WORN_MIX: Final = 0.5
"""Half likeness of label, half of figures, where one of the rows is worn."""
WORN_FIGURES: Final = 0.42
"""A worn copy keeps more of its digits than the two in five that figures of two lines share by chance."""
HEAVY_WEAR: Final = 2
HEAVY_WEAR_FIGURES: Final = 0.65
"""A row of which nothing but the figures can be recognised, and they just so."""
WORN_NAME: Final = 0.65
WORN_NAME_FIGURES: Final = 0.3
"""A copy so worn that its label is no words has few sound digits; its label is still that of the line beside it."""
COPIED_LABEL: Final = 0.5
"""Labels with fewer characters in common are no copies, whatever their letters."""
MISSPELT_LABEL: Final = 0.75
MISSPELT_FIGURES: Final = 0.5
SAME_WORD: Final = 75
LIKE_WORD: Final = 55
"""Of a hundred: a word that stands nowhere else is damaged from another only if most of its characters are left."""
SAME_WORDS: Final = 0.5
"""Two labels that share fewer characters are not one label twice."""

_DIGITS: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Twins:
    """What came of a table: its lines, for each ghost row the line it repeats, and worn figures that repeat none."""

    lines: tuple[Line, ...]
    ghosts: tuple[tuple[PlacedRow, Line], ...]
    strays: tuple[PlacedRow, ...] = ()


def word_counts(text: str) -> Counter[str]:
    """How often each word stands in a filing, lower case."""
    return Counter(_WORD.findall(text.lower()))


def merge_ghosts(rows: Sequence[PlacedRow], separated: bool, is_rare: Callable[[str], bool]) -> Twins:
    """The lines of a table, ghosts merged into the rows they repeat."""
    wear = [_wear(row, separated) for row in rows]
    groups = _groups(rows, wear, is_rare)
    lines: list[Line] = []
    ghosts: list[tuple[PlacedRow, Line]] = []
    strays: list[PlacedRow] = []
    for group in groups:
        if len(group) == 1:
            placed, worn = rows[group[0]], wear[group[0]]
            if not _repeats_nothing(placed, separated):
                lines.append(line_of(placed, worn, separated))
                continue
            strays.append(placed)
            lines += [_heading(placed, worn)] if _is_heading(placed) else []
            continue
        true = min(
            group,
            key=lambda at: (not rows[at].row.items, wear[at], _label_wear(rows[at], is_rare), -len(rows[at].row.items), at),
        )
        others = [rows[index] for index in group if index != true]
        for index in group:
            if index != true and _is_heading(rows[index]):
                lines.append(_heading(rows[index], wear[index]))
        line = replace(line_of(rows[true], wear[true], separated, others), label=_best_label(rows, group, true, is_rare))
        lines.append(line)
        ghosts += [(other, line) for other in others]
    return Twins(tuple(lines), tuple(ghosts), tuple(strays))


def _heading(placed: PlacedRow, wear: int) -> Line:
    return Line(placed.row.label, placed.row.line, (), wear)


def _is_heading(placed: PlacedRow) -> bool:
    return placed.row.label.rstrip().endswith(":")


def _repeats_nothing(placed: PlacedRow, separated: bool) -> bool:
    """A lone ghost, whose line is not there: mostly damaged figures without a label, or some beside rubbish for a label."""
    row = placed.row
    if row.has_words and not _is_heading(placed):
        return False
    damaged = sum(wears(item, separated) for item in row.figures)
    is_rubbish = not row.has_words and any(char.isalnum() for char in row.label)
    return damaged * 2 > len(row.figures) or (is_rubbish and damaged > 0)


def _wear(placed: PlacedRow, separated: bool) -> int:
    figures = placed.row.figures
    marks = sum(wears(item, separated) for item in figures) + placed.row.strange_glyphs
    return marks + (bool(figures) and not placed.row.has_words)


def _label_wear(placed: PlacedRow, is_rare: Callable[[str], bool]) -> int:
    """How little a label reads like one: by words that stand nowhere else, by letters, by naming no concept."""
    rare = sum(map(is_rare, _WORD.findall(normal(_own_label(placed)))))
    return rare + has_turned_letters(_own_label(placed)) + (not is_known(placed.row.label))


def _best_label(rows: Sequence[PlacedRow], group: Sequence[int], true: int, is_rare: Callable[[str], bool]) -> str:
    """The label of the true row, unless another of its twins has one that is sound where its own is not."""
    own = rows[true]
    best = min(
        (index for index in group if index == true or (not _is_heading(rows[index]) and _may_be_label(rows[index], own))),
        key=lambda index: (_label_wear(rows[index], is_rare) > 0, index != true, index),
    )
    above = max((rows[index].row.above for index in group), key=len)
    return f"{above} {_own_label(rows[best])}" if above else rows[best].row.label


def _own_label(placed: PlacedRow) -> str:
    """What of a label stands on the line of its figures."""
    return placed.row.label[len(placed.row.above) :].strip()


def _labels(one: PlacedRow, other: PlacedRow) -> tuple[str, str]:
    """The labels of two rows, to hold against each other: where one took words of the lines above both, without those."""
    if bool(one.row.above) != bool(other.row.above):
        return _own_label(one), _own_label(other)
    return one.row.label, other.row.label


def _may_be_label(other: PlacedRow, own: PlacedRow) -> bool:
    """Whether the label of a twin may be that of the true row: its own is none, or much like it."""
    return not own.row.has_words or fuzz.ratio(normal(other.row.label), normal(own.row.label)) / 100 >= SAME_WORDS


def _groups(rows: Sequence[PlacedRow], wear: Sequence[int], is_rare: Callable[[str], bool]) -> list[list[int]]:
    """Neighbours that are twins, in runs; a worn row between two lines goes to the one it is more like."""
    likeness = [_likeness(rows[at], rows[at + 1], wear[at] + wear[at + 1], is_rare) for at in range(len(rows) - 1)]
    joined = [score > 0 for score in likeness]
    for at in range(1, len(joined)):
        if joined[at - 1] and joined[at] and not _all_alike(rows[at - 1], rows[at + 1], wear, at, is_rare):
            joined[at - 1 if likeness[at - 1] < likeness[at] else at] = False
    _part_unworn(rows, wear, likeness, joined, is_rare)
    groups: list[list[int]] = []
    for index in range(len(rows)):
        if index and joined[index - 1]:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _part_unworn(
    rows: Sequence[PlacedRow],
    wear: Sequence[int],
    likeness: Sequence[float],
    joined: list[bool],
    is_rare: Callable[[str], bool],
) -> None:
    """Two sound lines that are no twins share no ghosts: the run of twins between them is cut where it is least alike."""
    sound = [index for index, worn in enumerate(wear) if not worn]
    for one, other in pairwise(sound):
        if other - one > 1 and all(joined[one:other]) and _likeness(rows[one], rows[other], 0, is_rare) <= 0:
            joined[min(range(one, other), key=lambda at: (likeness[at], at))] = False


def _all_alike(first: PlacedRow, last: PlacedRow, wear: Sequence[int], middle: int, is_rare: Callable[[str], bool]) -> bool:
    return _likeness(first, last, wear[middle - 1] + wear[middle + 1], is_rare) > 0


def _likeness(one: PlacedRow, other: PlacedRow, wear: int, is_rare: Callable[[str], bool]) -> float:
    """How alike two rows are, 0 where they are no twins."""
    labels = _labels(one, other)
    names = normal(labels[0]), normal(labels[1])
    label = fuzz.ratio(*names) / 100
    is_one_name = names[0] == names[1] and bool(names[0])
    is_worn = bool(wear) and not (_names_its_figures(one) and _names_its_figures(other))
    if not is_one_name and not is_worn and label < COPIED_LABEL:
        return 0.0  # most neighbours: no need to hold their figures against each other
    is_copied = any(is_copy(*pair, is_rare) for pair in permutations(labels, 2))
    figures = 1.0 if is_copied and _states_no_other(one, other) else _figure_likeness(one.items, other.items)
    if figures is None:
        return 0.0
    if is_one_name:
        is_twice = not is_copied and _texts(one) == _texts(other)
        return label + figures if figures >= SAME_LABEL_FIGURES and not is_twice else 0.0
    if is_worn and _are_sound_names(one, other, label, is_rare):
        return 0.0
    if is_worn:
        mixed = (label + figures) / 2
        enough = WORN_NAME_FIGURES if _wears_a_known_name(one, other, label, is_rare) else WORN_FIGURES
        heavy = wear >= HEAVY_WEAR and figures >= HEAVY_WEAR_FIGURES
        return label + figures if (mixed >= WORN_MIX and figures >= enough) or heavy else 0.0
    misspelt = figures >= MISSPELT_FIGURES and (is_copied or (label >= MISSPELT_LABEL and _one_misspells(*names, is_rare)))
    return label + figures if misspelt else 0.0


def _states_no_other(one: PlacedRow, other: PlacedRow) -> bool:
    """Whether a row says nothing that the other does not: what is left of its figures, where it has any, is how those begin."""
    return any(
        any(theirs) and all(not text or their.startswith(text) for text, their in zip(mine, theirs, strict=True))
        for mine, theirs in permutations((_texts(one), _texts(other)))
    )


def _are_sound_names(one: PlacedRow, other: PlacedRow, label: float, is_rare: Callable[[str], bool]) -> bool:
    """Whether two rows bear names of other words, none of them damaged: two lines, of which one has a damaged figure."""
    names = normal(one.row.label), normal(other.row.label)
    worded = all(row.row.has_words and not _is_heading(row) for row in (one, other))
    return worded and label < MISSPELT_LABEL and not any(is_rare(word) for name in names for word in _WORD.findall(name))


def _wears_a_known_name(one: PlacedRow, other: PlacedRow, label: float, is_rare: Callable[[str], bool]) -> bool:
    """Whether one label is known and the other is much like it in words of which two stand nowhere else in the filing."""
    worn = [row for row in (one, other) if sum(map(is_rare, _WORD.findall(normal(row.row.label)))) > 1]
    known = [row for row in (one, other) if is_known(row.row.label)]
    return label >= WORN_NAME and len(worn) == len(known) == 1 and worn != known


def _names_its_figures(placed: PlacedRow) -> bool:
    """Whether a label names what stands beside it: that of a heading names what stands below it."""
    return is_known(placed.row.label) and not _is_heading(placed)


def _texts(row: PlacedRow) -> list[str]:
    return [item.cell.text if item else "" for item in row.items]


def _figure_likeness(one: Iterable[Item | None], other: Iterable[Item | None]) -> float | None:
    """The mean likeness of the digits where both rows have a figure; None where they share no column."""
    scores = [
        Levenshtein.normalized_similarity(_digits(mine), _digits(theirs))
        for mine, theirs in zip(one, other, strict=True)
        if mine and theirs and not (mine.is_nil and theirs.is_nil)
    ]
    return sum(scores) / len(scores) if scores else None


def _digits(item: Item) -> str:
    return "".join(_DIGITS.findall(item.cell.text.translate(_digits_of_letters()))) or "-"


@cache
def _digits_of_letters() -> dict[int, str]:
    """The likeliest digit of each letter that is taken for one."""
    return {ord(char): digits[0][0] for char, digits in doubles().items() if char.isalpha()}


def _one_misspells(one: str, other: str, is_rare: Callable[[str], bool]) -> bool:
    """Word for word alike, but where one label has a word of the filing the other has one that stands nowhere else."""
    mine, theirs = one.split(), other.split()
    if len(mine) != len(theirs):
        return False
    odd = [(left, right) for left, right in zip(mine, theirs, strict=True) if left != right]
    if any(left.endswith(right) or right.endswith(left) for left, right in odd):
        return False  # "noncurrent" is no damaged "current"
    return (
        bool(odd)
        and all(fuzz.ratio(left, right) >= (LIKE_WORD if is_rare(left) != is_rare(right) else SAME_WORD) for left, right in odd)
        and any(is_rare(left) != is_rare(right) for left, right in odd)
    )
