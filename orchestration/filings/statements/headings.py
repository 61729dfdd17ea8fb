"""What stands above the lines of a statement, and what it says of them: of which income, per share, in what unit.

Belongs here: the heading of each line, and what a line is under it. Does not belong here: the concept of a line (`claims.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from orchestration.filings.tables.lines import StatementLine
from orchestration.filings.tables.scale import scale_in
from orchestration.filings.text.labels import SIDE_ALONE, is_per_share, is_share_count, normalised_label
from orchestration.filings.text.units import hundredth, unit_notes

_MAX_HEADING_CHARS: Final = 300
"""Headings that would be longer together are not put together."""
_STOCK: Final = re.compile(r"\b(?:shares?|stock|par|authorized)\b", re.IGNORECASE)
WHOSE: Final = re.compile(r"(?:attributable|allocable|allocated|available|applicable) (?:to|for)\b")
RESULT: Final = re.compile(r"(?:consolidated )?(?:net )?(?:income|loss|earnings|profit|result)\b")
"""What names the result of a period, profit or loss."""
_MOST_PER_SHARE: Final = Decimal(1_000)
_CENT: Final = Decimal("0.01")
_HUNDREDTHS: Final = re.compile(rf"(?:[(,:–—-]\s*|\bin\s+)(?:[A-Z]\w+\s+)?{hundredth()}(?:\s+per\b|\s*[),]|$)", re.IGNORECASE)


def headings_of(lines: Sequence[StatementLine]) -> list[str]:
    """The heading of each line, with what it goes on from.

    One that names only a side ("Basic") goes on from the heading above, one that says only "attributable to" from the line
    above. One of an income is of that income per share, where the heading above says "per share" and only small figures stand
    between the two. A note of units is none, though it says "per share".
    """
    heading, outer, above, per_share, found = "", "", "", "", []
    for line in lines:
        words = normalised_label(line.label)
        is_long = len(line.label) + max(len(outer), len(above), len(per_share)) > _MAX_HEADING_CHARS
        if line.is_heading and is_long:
            heading = outer = line.label
        elif line.is_heading and line.label and not (line.label.startswith("(") and unit_notes(line.label)):
            is_result = bool(RESULT.match(words)) and not is_per_share(line.label)
            if SIDE_ALONE.fullmatch(words):
                heading = f"{outer} {line.label}".strip()
            elif WHOSE.fullmatch(words):
                heading = outer = f"{above} {line.label}".strip()
            else:
                heading = outer = f"{line.label} {per_share}" if is_result and per_share else line.label
                per_share = per_share if is_result else line.label if is_per_share(line.label) else ""
        if not line.is_heading:
            per_share = per_share if is_small(line) else ""
            above = line.label
        found.append(heading)
    return found


def worth(label: str, heading: str) -> Decimal | None:
    """What the note of a label, or of a heading of shares, says a printed 1 is worth; not of capital stock, with two units.

    Of an amount per share, also a hundredth: "(pence)".
    """
    if is_per_share(f"{heading} {label}") and _HUNDREDTHS.search(f"{heading} {label}"):
        return _CENT
    for text in (label, heading if is_share_count(heading) else ""):
        scale = scale_in(text) if "(" in text or " in " in text else None
        if scale and (is_share_count(text) or not _STOCK.search(text)):
            return scale.shares if is_share_count(text) else scale.money
    return None


def under_per_share(lines: Sequence[StatementLine], headings: Sequence[str]) -> list[bool]:
    """Which lines stand under a heading that says "per share" and have figures that small."""
    return [
        not line.is_heading and is_per_share(heading) and not is_share_count(line.label) and is_small(line)
        for line, heading in zip(lines, headings, strict=True)
    ]


def in_cents(lines: Sequence[StatementLine]) -> list[bool]:
    """Which lines state cents in a table of whole amounts: they are amounts per share.

    None where such lines are not fewer than whole ones, or where any other line states cents.
    """
    steps = [{reading.step for cell in line.cells for reading in cell.readings[:1] if reading.value} for line in lines]
    found = [
        own == {_CENT} and is_small(line) and not is_share_count(line.label) for own, line in zip(steps, lines, strict=True)
    ]
    whole = sum(own == {Decimal(1)} for own in steps)
    are_apart = all(one or _CENT not in own for one, own in zip(found, steps, strict=True))
    return found if are_apart and whole > sum(found) else [False] * len(lines)


def is_small(line: StatementLine) -> bool:
    """Whether all figures of a line may be amounts per share."""
    readings = [cell.readings[0] for cell in line.cells if cell.readings]
    return all(abs(reading.value) < _MOST_PER_SHARE and (reading.step < 1 or not reading.value) for reading in readings)


def is_large(line: StatementLine) -> bool:
    """Whether all figures of a line are too large for amounts per share."""
    readings = [cell.readings[0] for cell in line.cells if cell.readings]
    return bool(readings) and all(abs(reading.value) >= _MOST_PER_SHARE for reading in readings)
