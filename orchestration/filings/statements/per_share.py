"""Which earnings a per-share line states, of which shares and on which side: basic, diluted or both.

Belongs here: continuing operations, classes of shares, depositary receipts and sides in labels and headings. Does not belong
here: what names a per-share line (`text/labels.py`), or testing it (`proof/`).

Earnings of continuing operations, of one of several classes or of a depositary share have the words of earnings per share and
are not the company's: where a part is named, the line has no concept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from orchestration.filings.ocr.label_ocr import may_name_basic_or_diluted
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.statements.sums import is_sum
from orchestration.filings.tables.lines import StatementLine
from orchestration.filings.text.labels import SIDE_ALONE, is_per_share, is_share_count, normalised_label, says
from orchestration.filings.vocabulary import wording

PER_SHARE: Final = frozenset({"EarningsPerShareBasic", "EarningsPerShareDiluted"})
SHARES: Final = frozenset({"WeightedAverageSharesBasic", "WeightedAverageSharesDiluted"})

_CLASS: Final = re.compile(r"\b(?:class|series) (?P<one>[a-z]|[1-9]|i{1,3})\b(?P<other> (?:and|or) (?:class )?[a-z1-9]\b)?")
DILUTED_OF: Final = {
    "EarningsPerShareBasic": "EarningsPerShareDiluted",
    "WeightedAverageSharesBasic": "WeightedAverageSharesDiluted",
}


def words_of(label: str, heading: str) -> str:
    """What a line says with its heading, which counts where it is of such lines and the line itself is not of the net."""
    words = normalised_label(label)
    if says("net_result", label) or not (is_per_share(heading) or is_share_count(heading)):
        return words
    return f"{normalised_label(heading)} {words}"


def of_a_part(words: Mapping[int, str]) -> set[int]:
    """The lines that are of a part: `words` are those of all lines that claim one concept, as `words_of` gives them."""
    classes = {at: _classes(said) for at, said in words.items()}
    single = {named for named in classes.values() if len(named) == 1}
    return {at for at, said in words.items() if _names_a_part(said) or _is_one_class(said, classes[at], classes, single)}


def names_a_side_or_class(label: str) -> bool:
    """Whether a label says no more than which side or which class it is of: its heading says of what."""
    words = normalised_label(label)
    return bool(SIDE_ALONE.fullmatch(words) or _CLASS.match(words))


def on_the_side_of(own: tuple[str, ...], label: str, heading: str) -> tuple[str, ...]:
    """The concepts of a whole label that names no side, under a heading that names the diluted one alone: diluted."""
    words = normalised_label(heading)
    diluted = (wording("diluted_or_dilution") if own[:1] and own[0] in PER_SHARE else wording("diluted")).search(words)
    is_of_it = diluted is not None and (is_per_share(heading) or diluted.end() == len(words))
    is_under_diluted = is_of_it and "basic" not in words
    is_plain = len(own) == 1 and own[0] in DILUTED_OF and "basic" not in normalised_label(label) and label[-1:] not in "-–—"
    return (DILUTED_OF[own[0]],) if is_plain and is_under_diluted else own


def bottom_lines(lines: Sequence[StatementLine], below: Sequence[bool], headings: Sequence[str]) -> set[int]:
    """Per-share lines that sum up those above them under one heading: of the whole result, not of a part."""
    found, parts = set[int](), list[StatementLine]()
    for index, line in enumerate(lines):
        if not below[index] or (index and headings[index] != headings[index - 1]):
            parts = []
        if below[index] and len(parts) > 1 and is_sum(line, parts):
            found.add(index)
            parts = []
        parts += [line] if below[index] else []
    return found


def with_both_sides(items: Sequence[LineItem], headings: Sequence[str]) -> list[LineItem]:
    """The items, basic ones that state diluted too given both: without dilution there is one figure (ASC 260-10-45-2).

    Not shares where per-share figures of both sides are printed and differ.
    """
    taken = {name for item in items for name in item.concepts}
    per_share = {name: item for item in items for name in item.concepts if name in PER_SHARE}
    figures = [[cell.readings[:1] and cell.readings[0].value for cell in item.line.cells] for item in per_share.values()]
    sided = {"WeightedAverageSharesBasic"} if len(figures) > 1 and figures[0] != figures[1] else set[str]()
    return [
        replace(item, concepts=(*item.concepts, DILUTED_OF[item.concepts[0]]))
        if len(item.concepts) == 1
        and item.concepts[0] in DILUTED_OF.keys() - sided
        and DILUTED_OF[item.concepts[0]] not in taken
        and not _is_basic_alone(item.line.label, heading)
        else item
        for item, heading in zip(items, headings, strict=True)
    ]


def _is_basic_alone(label: str, heading: str) -> bool:
    """Whether a label, or its heading, says that a line is of the basic side, or may say so but for damage."""
    words = normalised_label(heading)
    is_headed = says("basic_first", heading) or (wording("basic_last").search(heading) and "diluted" not in words)
    return "basic" in normalised_label(label) or bool(is_headed) or may_name_basic_or_diluted(label)


def _names_a_part(words: str) -> bool:
    without = wording("depositary").sub(" ", words)
    is_depositary = without != words and not wording("share").search(without)
    return is_depositary or bool(wording("part_of_earnings").search(words))


def _classes(words: str) -> frozenset[str]:
    """The classes of common shares that words name."""
    if ("class " not in words and "series " not in words) or wording("preferred").search(words):
        return frozenset()
    return frozenset(one for found in _CLASS.finditer(words) for one in (found["one"], *(found["other"] or "").split()[-1:]))


def _is_one_class(
    words: str, named: frozenset[str], classes: Mapping[int, frozenset[str]], single: set[frozenset[str]]
) -> bool:
    """Whether a line is of one class beside others; the only class with such lines is the company's."""
    if len(named) == 1:
        return any(other != named for other in set(classes.values()))
    return not named and bool(single) and bool(wording("common_or_ordinary").search(words))
