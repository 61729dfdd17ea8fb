"""Damaged figures in a stream of words and figures: the characters of one cell are kept together.

Belongs here: finding the rows of a wire copy whose figures are damaged or do not fit the columns, and rejoining the pieces of a
damaged figure. Does not belong here: the candidates for damaged characters (`ocr/character_candidates.py`), where rows and
labels are (`wire.py`).

Only a row whose figures do not fit the columns or that shows a sign of damage is looked at. Its pieces are joined where they
touch or where a blank may stand for a comma, if exactly one way gives every column a figure. Otherwise the row is lost: it is
reported as unread, and its figures are not assigned to columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from orchestration.filings.documents.joined_figures import FigureSpan
from orchestration.filings.text.figures import CURRENCY, FIRST_GROUPS, GROUPED, NEXT_GROUPS, POINTED, SOUND
from orchestration.filings.vocabulary import rows

_SPECKS: Final = "~'`^*!;:|_»¬\\\\•"
_WORD: Final = re.compile(r"[A-Za-z]{3}|[A-Za-z]&[A-Za-z]|[A-Za-z]/[A-Za-z]")
_APART: Final = re.compile(r"[;:](?=\s)|/")
"""Marks that separate the figures of a label but do not occur within a damaged figure."""
_PLAIN: Final = re.compile(rf"(?:[\s{CURRENCY}()]++|{GROUPED}(?![\d,.]))++")
"""Figures with commas only. Most rows match and need no further test."""
_AROUND: Final = frozenset(" \n\xa0")
_BEFORE: Final = re.compile(r"[^\s$€£]*\Z")
_BEHIND: Final = re.compile(r"[^\s$€£()–—-]*")
_EDGE_CHARS: Final = 12
_LONGEST_EDGE: Final = 6
_HARMLESS: Final = re.compile(r"[).,;:%]*")
_AT_PARENTHESIS: Final = re.compile(r"(?<=\()\s+|\s+(?=\))")
_BIT: Final = re.compile(r"[($€£]{0,2}\d{1,3}\)?|[,.]\d{0,3}|\d{0,3}[,.]")
_MOST_BLANKS: Final = 2
_SEPARATORS: Final = (",", ".")
_MOST_PIECES: Final = 24
_MOST_MERGES: Final = 4
_GAP_CHARS: Final = 120
_UNKNOWN: Final = 1 << 30
_LEAST_WHOLE: Final = 6
_LEAST_WIDER: Final = 2
"""A lost cell widens a gap by more than one blank, which may be a typing slip."""
_BLANKS: Final = re.compile(r"[\s$€£]*+")
_BLANKS_BEFORE: Final = re.compile(r"(?<![\s$€£])[\s$€£]*+\Z")


class FigureRun(NamedTuple):
    """Figures side by side, and where the next words start. With `is_lost` the figures cannot be assigned to columns."""

    figures: Sequence[FigureSpan]
    after: int
    is_lost: bool = False


class CellGaps(NamedTuple):
    """The widest gaps before, between and behind the figures of whole rows, in `unit`, or in characters if that is empty."""

    before: int
    between: int
    behind: int
    unit: str


class _RowPiece(NamedTuple):
    """A piece of a row between blanks, or a figure that touches the next one (`touches`)."""

    start: int
    end: int
    is_damaged: bool
    touches: bool = False


@cache
def _letters() -> frozenset[str]:
    return frozenset(row["character"] for row in rows("confusable_characters")) - frozenset(CURRENCY)


@cache
def _damage_pattern() -> re.Pattern[str]:
    """Matches what no sound row has: a letter or speck at a digit, a misplaced comma or point, a blank for a comma."""
    letters = "".join(re.escape(char) for char in sorted(_letters()))
    signs = (
        rf"(?<![^\s$€£(])(?![A-Za-z]{{3}}|\.\d\d(?!\d))[{letters}{_SPECKS},.]{{1,5}}(?=\d)",
        r"(?<!\d),\d",
        r"(?<![^\s$€£(])\.\d{1,3},\d",
        rf"\d[,.]?[{_SPECKS}]+(?=[\d,.)])",
        r"\d[~'`^|_»¬\\](?=\s)",
        rf"\d[,.]\s?\d?[{letters}](?![A-Za-z])",
        rf"\d[{letters}](?![A-Za-z])",
        r"(?<![\d,.])\d{1,3}[ \xa0]\d{3}(?![\d,.])",
        r"\d,\d{1,2}(?!\d)",
        r"\d\.\d{3}\.\d{3}(?!\d)",
    )
    return re.compile("|".join(signs))


def repaired_runs(
    text: str, runs: Sequence[tuple[Sequence[FigureSpan], int]], count: int, fits: Callable[[Sequence[FigureSpan]], bool]
) -> Iterator[FigureRun]:
    """The runs of a table of `count` columns with damaged figures rejoined; `fits` says whether a run fills whole rows."""
    for group in _groups(text, runs):
        if all(fits(run) and not _is_damaged(text, run) for run, _ in group):
            yield from (FigureRun(*run) for run in group)
            continue
        yield from _repaired(text, group, count)


def _repaired(text: str, group: Sequence[tuple[Sequence[FigureSpan], int]], count: int) -> Iterator[FigureRun]:
    """The pieces of one row rejoined; one lost run where they are damaged and not exactly one way fits; else as they were."""
    figures = [figure for run, _ in group for figure in run]
    pieces = _pieces(text, figures) if len(figures) <= _MOST_PIECES else None
    is_worn = pieces is None or any(piece.is_damaged for piece in pieces) or any(_is_damaged(text, run) for run, _ in group)
    whole = _whole(text, pieces, count) if pieces else None
    if whole is not None and (is_worn or len(whole) != len(figures)):
        after = max(group[-1][1], whole[-1].end)
        yield FigureRun(
            [FigureSpan(_AT_PARENTHESIS.sub("", text[one.start : one.end]), one.start, one.end) for one in whole], after
        )
    elif is_worn and len(figures) > 1:
        yield FigureRun([FigureSpan("", figures[0].start, figures[-1].end)], max(group[-1][1], figures[-1].end), is_lost=True)
    else:
        yield from (FigureRun(*run) for run in group)


def _groups(text: str, runs: Sequence[tuple[Sequence[FigureSpan], int]]) -> Iterator[list[tuple[Sequence[FigureSpan], int]]]:
    """Runs with no word between them: pieces of one row that damage separated."""
    group: list[tuple[Sequence[FigureSpan], int]] = []
    for run in runs:
        if group and not _are_one(text, group[-1][0][-1].end, run[0][0].start):
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _are_one(text: str, start: int, end: int) -> bool:
    if _WORD.search(text, start, end) or _APART.search(text, start, end):
        return False
    return not any(char.isdigit() for char in text[start:end])


def _is_damaged(text: str, run: Sequence[FigureSpan]) -> bool:
    start, end = run[0].start, run[-1].end
    if text[start - 1 : start] in _AROUND and _PLAIN.fullmatch(text, start, end) and text[end : end + 1] in _AROUND:
        return False
    return _damage_pattern().search(text, max(run[0].start - 6, 0), run[-1].end + 3) is not None


def _pieces(text: str, figures: Sequence[FigureSpan]) -> list[_RowPiece] | None:
    """The pieces of a row; None where something between its figures is no part of a figure."""
    first = _before(text, figures[0].start)
    if first is None:
        return None
    found: list[_RowPiece] = []
    start, is_worn = first, first < figures[0].start
    for one, after in zip(figures, [*figures[1:], None], strict=True):
        if after is None:
            end = _behind(text, one.end)
            found.append(_RowPiece(start, end, is_worn or end > one.end))
            break
        between = text[one.end : after.start]
        parts = between.split()
        if between and len(parts) == 1 and parts[0] == between and between not in CURRENCY:
            is_worn = True
            continue
        tail = parts.pop(0) if between[:1].strip() and parts else ""
        head = parts.pop() if between[-1:].strip() and parts else ""
        end = one.end + (0 if not tail.strip(CURRENCY) or _HARMLESS.fullmatch(tail) else len(tail))
        found.append(_RowPiece(start, end, is_worn or end > one.end, touches=not between))
        for part in parts:
            if part in CURRENCY or "%" in part or not part.strip("()"):
                continue
            if part not in _SEPARATORS and not _may_be_of_figure(part):
                return None
            at = text.index(part, end)
            found.append(_RowPiece(at, at + len(part), is_damaged=True))
        start = after.start - (len(head) if head.strip(CURRENCY) else 0)
        is_worn = start < after.start
    return _with_points(text, found)


def _with_points(text: str, pieces: Sequence[_RowPiece]) -> list[_RowPiece]:
    """The pieces, those joined that are groups of three separated by points: no figure has two decimal points."""
    found: list[_RowPiece] = []
    at = 0
    while at < len(pieces):
        end = at
        while pieces[end].touches and end + 1 < len(pieces):
            end += 1
        if end > at and POINTED.fullmatch(text, pieces[at].start, pieces[end].end):
            found.append(_RowPiece(pieces[at].start, pieces[end].end, is_damaged=True))
        else:
            found.extend(pieces[at : end + 1])
        at = end + 1
    return found


def _before(text: str, start: int) -> int | None:
    """Where the first figure starts, damaged characters before it included; None where these may belong to the label."""
    found = _BEFORE.search(text, max(start - _EDGE_CHARS, 0), start)
    edge = found.group() if found else ""
    if not edge.strip("(") or not _may_be_of_figure(edge, ",.("):
        return start
    at = start - len(edge)
    if edge.isalpha() and edge.isupper() and text[at - 1 : at] in (" ", "\xa0") and text[at - 2 : at - 1].isalpha():
        return None
    return at


def _behind(text: str, end: int) -> int:
    """Where the last figure of a row ends, damaged characters behind it included."""
    found = _BEHIND.match(text, end, end + _EDGE_CHARS)
    edge = found.group() if found else ""
    if _HARMLESS.fullmatch(edge) or not _may_be_of_figure(edge, ",.0123456789"):
        return end
    end += len(edge)
    return end + (text[end : end + 1] == ")")


def _may_be_of_figure(edge: str, signs: str = "") -> bool:
    """Whether characters beside a figure may be its damaged ones: few, no word, and such as digits turn into."""
    return len(edge) <= _LONGEST_EDGE and not _WORD.search(edge) and set(edge) <= _letters() | set(_SPECKS + signs)


def _whole(text: str, pieces: Sequence[_RowPiece], count: int) -> list[_RowPiece] | None:
    """The pieces joined into rows of `count` figures; as they are where there are fewer; None unless exactly one way fits."""
    if any(text[one.start : one.end] in _SEPARATORS for one in pieces):
        return None
    parted = [at for at in range(len(pieces) - 1) if _is_parted(text, pieces[at], pieces[at + 1])]
    if parted and _is_wide(text, pieces, parted):
        pieces, parted = _merged(pieces, parted), []
    if len(pieces) < count:
        return list(pieces)
    if len(pieces) % count == 0 and not parted:
        return None if len(pieces) > count and _may_be_split(text, pieces) else list(pieces)
    joints = sorted({*parted, *(at for at in range(len(pieces) - 1) if pieces[at].touches)})
    ways = [list(pieces)] if len(pieces) % count == 0 else []
    for rows_of in range(len(pieces) // count, 0, -1):
        merges = len(pieces) - rows_of * count
        if 0 < merges <= _MOST_MERGES:
            ways += [_merged(pieces, chosen) for chosen in combinations(joints, merges)]
    return ways[0] if len(ways) == 1 else None


def _merged(pieces: Sequence[_RowPiece], joints: Sequence[int]) -> list[_RowPiece]:
    found = [pieces[0]]
    for at, piece in enumerate(pieces[1:]):
        if at in joints:
            found[-1] = _RowPiece(found[-1].start, piece.end, is_damaged=True, touches=piece.touches)
        else:
            found.append(piece)
    return found


def _is_parted(text: str, one: _RowPiece, after: _RowPiece) -> bool:
    """Whether the gap between two pieces may stand for the comma between groups of three."""
    between = text[one.end : after.start]
    is_blank = len(between) == 1 and between.isspace() and between != "\n"
    return is_blank and bool(
        FIRST_GROUPS.fullmatch(text, one.start, one.end) and NEXT_GROUPS.fullmatch(text, after.start, after.end)
    )


def _may_be_split(text: str, pieces: Sequence[_RowPiece]) -> bool:
    """Whether a damaged piece has a part of a figure near it: what looks like two rows may be one, split."""
    for one, after in pairwise(pieces):
        parts = text[one.start : one.end], text[after.start : after.end]
        sound = [bool(SOUND.fullmatch(part)) for part in parts]
        bits = [bool(_BIT.fullmatch(part)) for part in parts]
        if not all(sound) and (any(bits) or not any(sound)) and _is_near(text, one, after):
            return True
    return False


def _is_near(text: str, one: _RowPiece, after: _RowPiece) -> bool:
    """Whether one or two blanks, and no line end, stand between two pieces."""
    return 0 < after.start - one.end <= _MOST_BLANKS and "\n" not in text[one.end : after.start]


def _is_wide(text: str, pieces: Sequence[_RowPiece], parted: Sequence[int]) -> bool:
    """Whether the other cells of a row are more than one blank apart, as the groups of a figure are not."""
    before = text[max(pieces[0].start - 2, 0) : pieces[0].start]
    gaps = [pieces[at + 1].start - pieces[at].end for at in range(len(pieces) - 1) if at not in parted]
    return not before.strip() and all(gap > 1 for gap in gaps)


def gaps(text: str, runs: Sequence[FigureRun], count: int) -> CellGaps:
    """The gaps between the cells of the whole rows of a table, in lines or in characters; boundless where these are few."""
    whole = [run for run in runs if len(run.figures) == count and not run.is_lost]
    between = [text[one.end : after.start] for run in whole for one, after in pairwise(run.figures)]
    unit = "\n" if between and all("\n" in gap for gap in between) else ""
    before = [_left_of(text, run.figures[0].start) for run in whole]
    behind = [_right_of(text, run.figures[-1].end) for run in whole[:-1]]
    if len(whole) < _LEAST_WHOLE:
        return CellGaps(_UNKNOWN, _UNKNOWN, _UNKNOWN, unit)
    most = [max((_wide(gap, unit) for gap in found), default=_UNKNOWN) for found in (before, between, behind)]
    return CellGaps(most[0], most[1], most[2], unit)


def lost_column(text: str, run: FigureRun, count: int, usual: CellGaps) -> int | None:
    """The column, counted from 0, whose cell a row has lost, shown by a lone currency sign or a double gap; else None."""
    figures = run.figures
    if len(figures) != count - 1 or run.is_lost:
        return None
    inner = [text[one.end : after.start] for one, after in pairwise(figures)]
    found = [_left_of(text, figures[0].start), *inner, _right_of(text, figures[-1].end)]
    alone = [at for at, gap in enumerate(found) if gap.strip() and at < count]
    if alone:
        only = alone[0]
        is_nils = only < len(figures) and not any(map(str.isdigit, figures[only].text))
        return only if len(alone) == 1 and found[only].strip() in CURRENCY and not is_nils else None
    widths = [_wide(gap, usual.unit) for gap in found]
    most = [usual.before, *(usual.between for _ in inner), usual.behind]
    over = [at for at, (width, one) in enumerate(zip(widths, most, strict=True)) if width > one]
    is_told = len(over) == 1 and widths[over[0]] >= most[over[0]] + _LEAST_WIDER
    return over[0] if is_told else None


def _left_of(text: str, end: int) -> str:
    found = _BLANKS_BEFORE.search(text, max(end - _GAP_CHARS, 0), end)
    return found.group() if found else ""


def _right_of(text: str, start: int) -> str:
    found = _BLANKS.match(text, start, start + _GAP_CHARS)
    return found.group() if found else ""


def _wide(gap: str, unit: str) -> int:
    return gap.count(unit) if unit else len(gap)
