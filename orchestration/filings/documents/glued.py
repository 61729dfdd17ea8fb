"""Figures that ran together without a blank (`252208906873` for four columns), parted again.

Belongs here: the ways to part a run of digits into as many figures as there are columns, and the one way that adds up.
Does not belong here: finding rows in a stream of words (`wire.py`); rows that OCR fused (`statements/lines.py`).

Who prints thousands with commas prints a figure without one only where it has three digits or fewer: that leaves few ways.
Where it leaves more than one, the way is taken under which the row and its neighbours add up to a total below, in every
column; if there is no such way, or two, the row is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_MOST_WAYS: Final = 64
_LONGEST: Final = 3
_REACH: Final = 8
"""Rows up and down within which a row's total and the other parts of it are looked for."""


class Figure(NamedTuple):
    """A figure as printed, and where it stands in the source."""

    text: str
    start: int
    end: int


Way = tuple[Figure, ...]


def ways(run: Sequence[Figure], count: int) -> list[Way]:
    """The ways to read a run of figures as `count` of them; none where it is no run of glued figures."""
    digits = sum(len(figure.text) for figure in run if figure.text.isdigit())
    if not 0 < len(run) < count or digits < 2 * count:
        return []
    found: list[Way] = []
    for way in _parted(run, count):
        found.append(way)
        if len(found) > _MOST_WAYS:
            return []
    return found


def _parted(run: Sequence[Figure], count: int) -> Iterator[Way]:
    if not run:
        if count == 0:
            yield ()
        return
    if count < len(run):
        return
    for head in _heads(run[0], count - len(run) + 1):
        for rest in _parted(run[1:], count - len(head)):
            yield (*head, *rest)


def _heads(figure: Figure, most: int) -> Iterator[Way]:
    """A figure as it stands, or plain digits parted into at most `most` figures of three digits or fewer."""
    text = figure.text
    if not text.isdigit() or len(text) <= _LONGEST:
        yield (figure,)
    if not text.isdigit() or most < 1 or (text.startswith("0") and len(text) > 1):
        return
    for length in range(1, min(_LONGEST, len(text) - 1) + 1):
        first = Figure(text[:length], figure.start, figure.start + length)
        for rest in _heads(Figure(text[length:], figure.start + length, figure.end), most - 1):
            if len(rest) < most and (first.text == "0" or not first.text.startswith("0")):
                yield (first, *rest)


def settled(rows: Sequence[Sequence[Way]]) -> list[Way | None]:
    """The way of each row: the only one, else the one that adds up with its neighbours; None where that is not one."""
    known: list[Way | None] = [row[0] if len(row) == 1 else None for row in rows]
    for at, row in enumerate(rows):
        if len(row) > 1:
            fitting = [way for way in row if _adds_up(known, at, way)]
            known[at] = fitting[0] if len(fitting) == 1 else None
    return known


def _adds_up(known: Sequence[Way | None], at: int, way: Way) -> bool:
    """Whether a stretch of rows around one, read so, adds up to the row below the stretch, column for column."""
    own = [_amount(figure) for figure in way]
    after = list(own)
    for total in range(at + 1, min(at + _REACH, len(known))):
        below = known[total]
        if below is None or len(below) != len(own):
            return False
        sums = list(after)
        for first in range(at - 1, max(at - _REACH, -1), -1):
            above = known[first]
            if above is None or len(above) != len(own):
                break
            sums = [one + _amount(figure) for one, figure in zip(sums, above, strict=True)]
            if sums == [_amount(figure) for figure in below]:
                return True
        if total > at + 1 and after == [_amount(figure) for figure in below]:
            return True
        after = [one + _amount(figure) for one, figure in zip(after, below, strict=True)]
    return False


def _amount(figure: Figure) -> int:
    digits = "".join(filter(str.isdigit, figure.text))
    return (-1 if "(" in figure.text else 1) * int(digits or 0)
