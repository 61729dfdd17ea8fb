"""What OCR and conversion do to a cell or a row, done to the source text.

Belongs here: the kinds of damage, and putting them into a text. Does not belong here: which files are struck, or what is
made of them.

A strike is one blow: to one cell (`CELL_KINDS`) or to one row or two (`ROW_KINDS`), of which every figure counts as struck.
Tags and entities are never touched. Where columns are set out by spaces, a struck figure keeps its right edge.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tests.bench.damage.clean import Clean, Figure, Key

CONFUSED: Mapping[str, str] = {
    "0": "OoQD", "1": "lI|i", "2": "Zz", "3": "EB", "4": "A", "5": "Ss", "6": "Gb", "7": "T?", "8": "B&", "9": "gq",
}  # fmt: skip
RUBBISH = "~'`^*!;:|_»¬\\•"
_TOKEN = re.compile(r"<[^>]*>|&#?\w{1,8};|.", re.DOTALL)
_ROW_START = re.compile(r"<tr[\s>]", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>|(?=<tr[\s>])|(?=</table)", re.IGNORECASE)
_WORD_LETTERS = re.compile(r"[a-z]")
TRIES = 200


class Edit(NamedTuple):
    """The source between two offsets, and what takes its place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Strike:
    """One blow: its kind, the figures it struck, and its edits."""

    kind: str
    figures: tuple[Figure, ...]
    edits: tuple[Edit, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the struck figures are."""
        return tuple(key for figure in self.figures for key in figure.keys)


class Miss(RuntimeError):
    """A strike that changed nothing, or hit nothing: a fault of the benchmark, never a success of the reader."""


Tokens = list[str]


def _tokens(stretch: str) -> Tokens:
    return _TOKEN.findall(stretch)


def _places(tokens: Sequence[str], among: Callable[[str], bool]) -> list[int]:
    return [at for at, token in enumerate(tokens) if len(token) == 1 and among(token)]


def _digits(tokens: Sequence[str]) -> list[int]:
    return _places(tokens, str.isdigit)


def letters(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """One or two digits become letters that look like them."""
    places = _digits(tokens)
    for at in rng.sample(places, min(len(places), rng.choice((1, 1, 2)))):
        tokens[at] = rng.choice(CONFUSED[tokens[at]])
    return tokens if places else None


def changed_digit(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """One digit becomes another; the first never nought."""
    places = _digits(tokens)
    if not places:
        return None
    at = rng.choice(places)
    tokens[at] = rng.choice([digit for digit in "0123456789" if digit != tokens[at] and (digit != "0" or at != places[0])])
    return tokens


def dropped_digit(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """One digit of several is gone."""
    places = _digits(tokens)
    if len(places) < 2:
        return None
    tokens[rng.choice(places)] = ""
    return tokens


def doubled_digit(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """One digit stands twice."""
    places = _digits(tokens)
    if not places:
        return None
    tokens[rng.choice(places)] *= 2
    return tokens


def _separators(tokens: Tokens, new: str) -> Tokens | None:
    places = _places(tokens, ",".__eq__)
    for at in places:
        tokens[at] = new
    return tokens if places else None


def separator_blank(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """Thousands separators become blanks."""
    del rng
    return _separators(tokens, " ")


def separator_point(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """Thousands separators become points."""
    del rng
    return _separators(tokens, ".")


def lost_cell(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """Nothing is left of the figure."""
    del rng
    return [token if token.startswith("<") and len(token) > 1 else "" for token in tokens]


def lost_parens(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """Both parentheses are gone, and with them the sign."""
    del rng
    places = _places(tokens, "()".__contains__)
    for at in places:
        tokens[at] = ""
    return tokens if len(places) == 2 else None


def one_paren(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """One parenthesis of the two is gone."""
    places = _places(tokens, "()".__contains__)
    if len(places) != 2:
        return None
    tokens[rng.choice(places)] = ""
    return tokens


def rubbish(tokens: Tokens, rng: random.Random) -> Tokens | None:
    """A speck reads as a character, beside a digit or in its place."""
    places = _digits(tokens)
    if not places:
        return None
    at, speck = rng.choice(places), rng.choice(RUBBISH)
    tokens[at] = rng.choice((speck, speck + tokens[at], tokens[at] + speck))
    return tokens


CELL_KINDS: Mapping[str, Callable[[Tokens, random.Random], Tokens | None]] = {
    kind.__name__: kind
    for kind in (
        letters, changed_digit, dropped_digit, doubled_digit, separator_blank, separator_point, lost_cell, lost_parens,
        one_paren, rubbish,
    )
}  # fmt: skip
ROW_KINDS = ("ghost_row", "fused_rows", "shifted_row")
EVERY_KIND = (*CELL_KINDS, *ROW_KINDS)


@dataclass(frozen=True, slots=True)
class Block:
    """One row of a table as a stretch of source that holds this row alone."""

    start: int
    end: int
    figures: tuple[Figure, ...]
    is_marked_up: bool


@dataclass
class Board:
    """A clean file laid out for striking."""

    clean: Clean

    @cached_property
    def text(self) -> str:
        return self.clean.text

    @cached_property
    def _row_starts(self) -> list[int]:
        return [found.start() for found in _ROW_START.finditer(self.text)]

    @cached_property
    def blocks(self) -> list[Block]:
        """The rows that stand apart from all others, in the order of the text."""
        rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        for figure in self.clean.figures:
            rows[figure.row].append(figure)
        starts = [figure.start for figure in self.clean.figures]
        found = []
        for figures in rows.values():
            start, end, marked = self._bounds(figures[0].start, figures[-1].end)
            held = bisect_right(starts, end - 1) - bisect_right(starts, start - 1)
            if start <= figures[0].start and figures[-1].end <= end and held == len(figures):
                found.append(Block(start, end, tuple(figures), marked))
        return sorted(found, key=lambda block: block.start)

    def _bounds(self, first: int, last: int) -> tuple[int, int, bool]:
        at = bisect_right(self._row_starts, first)
        if at:
            start = self._row_starts[at - 1]
            closing = _ROW_END.search(self.text, start + 1)
            if closing and closing.end() >= last:
                return start, closing.end(), True
        start = self.text.rfind("\n", 0, first) + 1
        stop = self.text.find("\n", first)
        return start, len(self.text) if stop < 0 else stop, False

    @cached_property
    def neighbours(self) -> list[tuple[Block, Block]]:
        """Rows one right after the other."""
        return [
            (one, other)
            for one, other in zip(self.blocks, self.blocks[1:], strict=False)
            if one.figures[0].row[0] == other.figures[0].row[0]
            and not self.text[one.end : other.start].strip()
            and (one.is_marked_up or self.text.count("\n", one.end, other.start) == 1)
        ]

    def is_spaced(self, figure: Figure) -> bool:
        """Whether the columns beside a figure are set out by spaces."""
        start = self.text.rfind("\n", 0, figure.start) + 1
        line = self.text[start : figure.start]
        return "  " in line and not set("\t|<") & set(line)

    def placed(self, figure: Figure, new: str) -> Edit:
        """A figure's new characters, its right edge kept where columns are set out by spaces."""
        start, end = figure.start, figure.end
        if not self.is_spaced(figure):
            return Edit(start, end, new)
        short = end - start - len(new)
        while short < 0 and self.text[start - 2 : start] == "  ":
            start, short = start - 1, short + 1
        return Edit(start, end, " " * short + new)

    def stretch(self, figure: Figure) -> str:
        return self.text[figure.start : figure.end]


def strike(board: Board, count: int, rng: random.Random, kinds: Sequence[str]) -> list[Strike]:
    """So many blows that do not overlap, of kinds drawn evenly from those the file allows; fewer where it has no room."""
    struck: list[Strike] = []
    for _ in range(count * TRIES):
        if len(struck) == count:
            break
        blow = _blow(board, rng.choice(kinds), rng)
        if blow and not any(_overlap(blow, other) for other in struck):
            struck.append(blow)
    return struck


def _overlap(one: Strike, other: Strike) -> bool:
    return any((a.start < b.end and b.start < a.end) or a.start == b.start for a in one.edits for b in other.edits)


def _blow(board: Board, kind: str, rng: random.Random) -> Strike | None:
    if kind in CELL_KINDS:
        figure = rng.choice(board.clean.figures)
        tokens = CELL_KINDS[kind](_tokens(board.stretch(figure)), rng)
        return Strike(kind, (figure,), (board.placed(figure, "".join(tokens)),)) if tokens is not None else None
    return {"ghost_row": _ghost_row, "fused_rows": _fused_rows, "shifted_row": _shifted_row}[kind](board, rng)


def _shifted_row(board: Board, rng: random.Random) -> Strike | None:
    """A row's figures stand one column further, and the last of them is gone."""
    rows = [block for block in board.blocks if len(block.figures) > 1]
    if not rows:
        return None
    figures = rng.choice(rows).figures
    said = [_said(board.stretch(figure)) for figure in figures]
    moved = ["", *said[:-1]] if rng.random() < 0.5 else [*said[1:], ""]
    edits = tuple(
        board.placed(figure, _instead(board.stretch(figure), new)) for figure, new in zip(figures, moved, strict=True)
    )
    return Strike("shifted_row", figures, edits)


def _instead(stretch: str, new: str) -> str:
    """A stretch with other words in it, its tags left as they are."""
    kept = [token if token.startswith("<") and len(token) > 1 else None for token in _tokens(stretch)]
    first = kept.index(None)
    return "".join(new if at == first else token or "" for at, token in enumerate(kept))


def _worn(stretch: str, rng: random.Random, share: float) -> str:
    """Words and figures as a second, worse pass of OCR leaves them."""
    tokens = _tokens(stretch)
    for at, char in enumerate(tokens):
        if len(char) > 1 or rng.random() >= share:
            continue
        if char.isdigit():
            tokens[at] = rng.choice((rng.choice(CONFUSED[char]), rng.choice("0123456789"), rng.choice(RUBBISH)))
        elif char == ",":
            tokens[at] = rng.choice((".", " ", ""))
        elif _WORD_LETTERS.match(char):
            tokens[at] = rng.choice(("", char.upper(), rng.choice("cemnrtiloa")))
    return "".join(tokens)


def _ghost_row(board: Board, rng: random.Random) -> Strike | None:
    """A worse copy of a row stands above or below it."""
    if not board.blocks:
        return None
    block = rng.choice(board.blocks)
    row = board.text[block.start : block.end]
    share = rng.choice((0.1, 0.2, 0.3))
    ghost = next((worn for _ in range(TRIES) if (worn := _worn(row, rng, share)) != row), None)
    if ghost is None:
        return None
    gap = "" if block.is_marked_up else "\n"
    new = ghost + gap + row if rng.random() < 0.5 else row + gap + ghost
    return Strike("ghost_row", block.figures, (Edit(block.start, block.end, new),))


def _fused_rows(board: Board, rng: random.Random) -> Strike | None:
    """Two rows stand in one: end to end, with blanks or none between them, or each figure beside the one below it."""
    if not board.neighbours:
        return None
    one, other = rng.choice(board.neighbours)
    figures = (*one.figures, *other.figures)
    are_even = len(one.figures) == len(other.figures)
    if not one.is_marked_up and (not are_even or rng.random() < 0.5):
        gap = rng.choice(("", " ", "  "))
        row = board.text[one.start : one.end].rstrip() + gap + board.text[other.start : other.end].lstrip()
    elif are_even:
        row = _cell_by_cell(board, one, other)
    else:
        return None
    return Strike("fused_rows", figures, (Edit(one.start, other.end, row),))


def _cell_by_cell(board: Board, one: Block, other: Block) -> str:
    """The first row, with the words and figures of the second behind its own."""
    below = board.text[other.start : other.figures[0].start]
    label = re.sub(r"\s+", " ", re.sub(r"<[^>]*>|&#?\w{1,8};|[|\t$.\\]", " ", below)).strip()
    edits = [
        Edit(figure.start, figure.end, _instead(stretch, f"{_said(stretch)} {_said(board.stretch(under))}"))
        for figure, under in zip(one.figures, other.figures, strict=True)
        for stretch in (board.stretch(figure),)
    ]
    row = applied(board.text, edits, one.start, one.end)
    words = re.search(r"(?:>|^|\|\s*)(?P<label>[A-Za-z][^<|\t]*?)(?=\s{2,}|\.{2,}|\t|\s*[<|$]|$)", row)
    return row if not words else row[: words.end("label")] + " " + label + row[words.end("label") :]


def _said(stretch: str) -> str:
    """What a figure shows, without the markup and line ends between its characters."""
    return "".join(char for char in _tokens(stretch) if len(char) == 1 and char not in "\n\t").strip()


def applied(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """A text, or a stretch of it, with edits that do not overlap."""
    parts, at = [], start
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:end]])


def damaged(board: Board, strikes: Sequence[Strike]) -> str:
    """The file's text with the strikes in it.

    Raises Miss where a strike changed nothing or struck no figure.
    """
    for blow in strikes:
        if not blow.keys or all(board.text[edit.start : edit.end] == edit.new for edit in blow.edits):
            raise Miss(f"{board.clean.name}: {blow.kind} struck nothing")
    text = applied(board.text, [edit for blow in strikes for edit in blow.edits])
    if text == board.text:
        raise Miss(f"{board.clean.name}: {len(strikes)} strikes left the text as it was")
    return text
