"""Merges rows that repeat their neighbour in worse quality, as OCR leaves them.

Belongs here: how damaged a row is, when two rows are duplicates, which of them is best. Does not belong here: which figure is
right where duplicates differ; both are kept as readings for `proof/`.

Neighbouring rows are duplicates only with evidence of damage: unsound figures, glyphs in place of currency signs, a word found
nowhere else in the filing where the neighbour has one that is, or the same label over figures that nearly agree. Two sound
lines that look alike ("Class A", "Class B") are left alone.
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

from orchestration.filings.ocr.character_candidates import confusable_digits
from orchestration.filings.ocr.label_copies import has_capital_within_word, is_damaged_copy
from orchestration.filings.tables.body_columns import PlacedRow
from orchestration.filings.tables.lines import StatementLine, looks_damaged, statement_line
from orchestration.filings.tables.rows import FigureCell
from orchestration.filings.text.labels import is_known_label, normalised_label

SAME_LABEL_FIGURES: Final = 0.6
"""Least likeness of figures under one label."""
DAMAGED_MEAN: Final = 0.5
"""Least mean of the likeness of labels and of figures, where one row is damaged."""
DAMAGED_FIGURES: Final = 0.42
"""Least likeness of figures where one row is damaged; those of two lines share two digits in five by chance."""
HEAVY_DAMAGE: Final = 2
HEAVY_DAMAGE_FIGURES: Final = 0.65
"""Least likeness of figures where nothing else can be recognised."""
DAMAGED_LABEL: Final = 0.65
DAMAGED_LABEL_FIGURES: Final = 0.3
"""Least likeness of figures where a damaged label is still that of the line beside it."""
COPIED_LABEL: Final = 0.5
"""Labels less alike are no copies."""
MISSPELT_LABEL: Final = 0.75
MISSPELT_FIGURES: Final = 0.5
SAME_WORD: Final = 75
LIKE_WORD: Final = 55
"""Of a hundred: least likeness where just one of two words is found nowhere else; `SAME_WORD` where both are, or neither."""
SAME_WORDS: Final = 0.5
"""Labels less alike are not one label twice."""

_DIGITS: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class DeduplicatedLines:
    """The lines of a table, each duplicate row with the line it repeats, and damaged rows that repeat none."""

    lines: tuple[StatementLine, ...]
    duplicates: tuple[tuple[PlacedRow, StatementLine], ...]
    unmatched: tuple[PlacedRow, ...] = ()


def word_counts(text: str) -> Counter[str]:
    """How often each word stands in a filing, lower case."""
    return Counter(_WORD.findall(text.lower()))


def merge_duplicate_rows(rows: Sequence[PlacedRow], separated: bool, is_rare: Callable[[str], bool]) -> DeduplicatedLines:
    """The lines of a table, duplicates merged; `is_rare` says whether a word is found nowhere else in the filing."""
    damage = [_damage_score(row, separated) for row in rows]
    groups = _groups(rows, damage, is_rare)
    lines: list[StatementLine] = []
    duplicates: list[tuple[PlacedRow, StatementLine]] = []
    unmatched: list[PlacedRow] = []
    for group in groups:
        if len(group) == 1:
            placed, damaged = rows[group[0]], damage[group[0]]
            if not _repeats_nothing(placed, separated):
                lines.append(statement_line(placed, damaged, separated))
                continue
            unmatched.append(placed)
            lines += [_heading(placed, damaged)] if _is_heading(placed) else []
            continue
        best_row = min(
            group,
            key=lambda at: (not rows[at].row.cells, damage[at], _label_damage(rows[at], is_rare), -len(rows[at].row.cells), at),
        )
        others = [rows[index] for index in group if index != best_row]
        lines += [_heading(rows[index], damage[index]) for index in group if index != best_row and _is_heading(rows[index])]
        line = replace(
            statement_line(rows[best_row], damage[best_row], separated, others),
            label=_best_label(rows, group, best_row, is_rare),
        )
        lines.append(line)
        duplicates += [(other, line) for other in others]
    return DeduplicatedLines(tuple(lines), tuple(duplicates), tuple(unmatched))


def _heading(placed: PlacedRow, damage: int) -> StatementLine:
    return StatementLine(placed.row.label, placed.row.line, (), damage)


def _is_heading(placed: PlacedRow) -> bool:
    return placed.row.label.rstrip().endswith(":")


def _repeats_nothing(placed: PlacedRow, separated: bool) -> bool:
    """Whether a row without a line is a duplicate: mostly damaged figures without a label, or any beside rubbish."""
    row = placed.row
    if row.has_words and not _is_heading(placed):
        return False
    damaged = sum(looks_damaged(item, separated) for item in row.figures)
    is_rubbish = not row.has_words and any(char.isalnum() for char in row.label)
    return damaged * 2 > len(row.figures) or (is_rubbish and damaged > 0)


def _damage_score(placed: PlacedRow, separated: bool) -> int:
    figures = placed.row.figures
    marks = sum(looks_damaged(item, separated) for item in figures) + placed.row.strange_glyphs
    return marks + (bool(figures) and not placed.row.has_words)


def _label_damage(placed: PlacedRow, is_rare: Callable[[str], bool]) -> int:
    """A score of label damage: words found nowhere else, a capital within a word, no known concept."""
    rare = sum(map(is_rare, _WORD.findall(normalised_label(_own_label(placed)))))
    return rare + has_capital_within_word(_own_label(placed)) + (not is_known_label(placed.row.label))


def _best_label(rows: Sequence[PlacedRow], group: Sequence[int], best_row: int, is_rare: Callable[[str], bool]) -> str:
    """The label of the best row, unless it is damaged and a duplicate has a sound one."""
    own = rows[best_row]
    best = min(
        (index for index in group if index == best_row or (not _is_heading(rows[index]) and _may_be_label(rows[index], own))),
        key=lambda index: (_label_damage(rows[index], is_rare) > 0, index != best_row, index),
    )
    above = max((rows[index].row.above for index in group), key=len)
    return f"{above} {_own_label(rows[best])}" if above else rows[best].row.label


def _own_label(placed: PlacedRow) -> str:
    """The part of a label on the line of its figures."""
    return placed.row.label[len(placed.row.above) :].strip()


def _labels(one: PlacedRow, other: PlacedRow) -> tuple[str, str]:
    """The labels of two rows to compare; without words of lines above where only one row has such."""
    if bool(one.row.above) != bool(other.row.above):
        return _own_label(one), _own_label(other)
    return one.row.label, other.row.label


def _may_be_label(other: PlacedRow, own: PlacedRow) -> bool:
    """Whether a duplicate's label may be that of the best row: that has none, or one much like it."""
    return (
        not own.row.has_words
        or fuzz.ratio(normalised_label(other.row.label), normalised_label(own.row.label)) / 100 >= SAME_WORDS
    )


def _groups(rows: Sequence[PlacedRow], damage: Sequence[int], is_rare: Callable[[str], bool]) -> list[range]:
    """Runs of neighbouring duplicates; a damaged row between two lines goes to the one it is more like.

    A run between two sound lines that are no duplicates is split where it is least alike.
    """
    likeness = [_likeness(rows[at], rows[at + 1], damage[at] + damage[at + 1], is_rare) for at in range(len(rows) - 1)]
    joined = [score > 0 for score in likeness]
    for at in range(1, len(joined)):
        marks = damage[at - 1] + damage[at + 1]
        if joined[at - 1] and joined[at] and _likeness(rows[at - 1], rows[at + 1], marks, is_rare) <= 0:
            joined[at - 1 if likeness[at - 1] < likeness[at] else at] = False
    sound = [index for index, damaged in enumerate(damage) if not damaged]
    for one, other in pairwise(sound):
        if other - one > 1 and all(joined[one:other]) and _likeness(rows[one], rows[other], 0, is_rare) <= 0:
            joined[min(range(one, other), key=lambda at: (likeness[at], at))] = False
    starts = [index for index in range(len(rows)) if not index or not joined[index - 1]]
    return [range(start, end) for start, end in pairwise((*starts, len(rows)))]


def _likeness(one: PlacedRow, other: PlacedRow, damage: int, is_rare: Callable[[str], bool]) -> float:
    """How alike two rows are, 0 where they are no duplicates."""
    labels = _labels(one, other)
    names = normalised_label(labels[0]), normalised_label(labels[1])
    label = fuzz.ratio(*names) / 100
    is_one_name = names[0] == names[1] and bool(names[0])
    is_damaged = bool(damage) and not (_has_own_known_label(one) and _has_own_known_label(other))
    if not is_one_name and not is_damaged and label < COPIED_LABEL:
        return 0.0  # most neighbours end here: comparing figures is slow
    is_copied = any(is_damaged_copy(*pair, is_rare) for pair in permutations(labels, 2))
    figures = 1.0 if is_copied and _states_no_other(one, other) else _figure_likeness(one.cells, other.cells)
    if figures is None:
        return 0.0
    if is_one_name:
        is_twice = not is_copied and _texts(one) == _texts(other)
        return label + figures if figures >= SAME_LABEL_FIGURES and not is_twice else 0.0
    if is_damaged and _are_sound_names(one, other, label, is_rare):
        return 0.0
    if is_damaged:
        mixed = (label + figures) / 2
        enough = DAMAGED_LABEL_FIGURES if _is_damaged_known_label(one, other, label, is_rare) else DAMAGED_FIGURES
        heavy = damage >= HEAVY_DAMAGE and figures >= HEAVY_DAMAGE_FIGURES
        return label + figures if (mixed >= DAMAGED_MEAN and figures >= enough) or heavy else 0.0
    misspelt = figures >= MISSPELT_FIGURES and (is_copied or (label >= MISSPELT_LABEL and _is_misspelling(*names, is_rare)))
    return label + figures if misspelt else 0.0


def _states_no_other(one: PlacedRow, other: PlacedRow) -> bool:
    """Whether a row states nothing that the other does not: each of its figures is missing or a beginning of the other's."""
    return any(
        any(theirs) and all(not text or their.startswith(text) for text, their in zip(mine, theirs, strict=True))
        for mine, theirs in permutations((_texts(one), _texts(other)))
    )


def _are_sound_names(one: PlacedRow, other: PlacedRow, label: float, is_rare: Callable[[str], bool]) -> bool:
    """Whether two rows have different labels without a damaged word: two lines, of which one has a damaged figure."""
    names = normalised_label(one.row.label), normalised_label(other.row.label)
    worded = all(row.row.has_words and not _is_heading(row) for row in (one, other))
    return worded and label < MISSPELT_LABEL and not any(is_rare(word) for name in names for word in _WORD.findall(name))


def _is_damaged_known_label(one: PlacedRow, other: PlacedRow, label: float, is_rare: Callable[[str], bool]) -> bool:
    """Whether one label is known, and the other is like it but for two or more words found nowhere else in the filing."""
    damaged = [row for row in (one, other) if sum(map(is_rare, _WORD.findall(normalised_label(row.row.label)))) > 1]
    known = [row for row in (one, other) if is_known_label(row.row.label)]
    return label >= DAMAGED_LABEL and len(damaged) == len(known) == 1 and damaged != known


def _has_own_known_label(placed: PlacedRow) -> bool:
    """Whether the label is known and names its own row: that of a heading names the rows below."""
    return is_known_label(placed.row.label) and not _is_heading(placed)


def _texts(row: PlacedRow) -> list[str]:
    return [item.cell.text if item else "" for item in row.cells]


def _figure_likeness(one: Iterable[FigureCell | None], other: Iterable[FigureCell | None]) -> float | None:
    """The mean likeness of the digits where both rows have a figure; None where they share no column."""
    scores = [
        Levenshtein.normalized_similarity(_digits(mine), _digits(theirs))
        for mine, theirs in zip(one, other, strict=True)
        if mine and theirs and not (mine.is_nil and theirs.is_nil)
    ]
    return sum(scores) / len(scores) if scores else None


def _digits(item: FigureCell) -> str:
    return "".join(_DIGITS.findall(item.cell.text.translate(_digits_of_letters()))) or "-"


@cache
def _digits_of_letters() -> dict[int, str]:
    """The likeliest digit of each letter that is taken for one."""
    return {ord(char): digits[0][0] for char, digits in confusable_digits().items() if char.isalpha()}


def _is_misspelling(one: str, other: str, is_rare: Callable[[str], bool]) -> bool:
    """Whether labels are alike word for word, and where they differ one has a word found nowhere else in the filing."""
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
