"""What a table cell holds: a number, several merged ones, a damaged one, a nil, a currency sign, a percentage, or words.

Belongs here: the kind and the numbers of a cell, also of a damaged one. Does not belong here: how figures are printed
(`text/figures.py`), the column or line of a cell, scale, signs of lines (`statements/signs.py`), choosing a reading (`proof/`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from orchestration.filings.documents.model import Cell
from orchestration.filings.text import figures
from orchestration.filings.text.calendar import MONTH
from orchestration.filings.text.figures import Number, lex


class CellKind(Enum):
    """What a cell holds, by its characters alone."""

    NUMBER = auto()
    DAMAGED = auto()
    NIL = auto()
    CURRENCY = auto()
    PERCENT = auto()
    WORDS = auto()


FIGURE_KINDS: Final = (CellKind.NUMBER, CellKind.DAMAGED, CellKind.NIL, CellKind.PERCENT)
"""The kinds of cells that state a figure, damaged ones too."""


@dataclass(frozen=True, slots=True)
class CellContent:
    """What a cell holds; `numbers` are the sound figures in it.

    `sign` is its currency sign; `is_strange` says that a glyph stands where a currency sign belongs.
    """

    kind: CellKind
    numbers: tuple[Number, ...] = ()
    sign: str | None = None
    is_strange: bool = False


_MAX_RUBBISH: Final = 20
_SIGNS: Final = frozenset("#@%&~^*?!|<>{}=+;:\\§°¬$•·»«`´¡")
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
_THOUSANDS: Final = re.compile(r"\(0{3}'?s?\)")
"""`(000s)` at the end of a label says what it counts."""
_LEADING_GLYPH: Final = re.compile(r"(?:[^\W\d_A-Za-z]|[¢§©®SsdbpP])\s+(?=[(\d])")
_STRANGE_GLYPH: Final = re.compile(r"[^\w\s()$€£¥.,;:'\"|*_–—−+=%&/\\-]|[^\W\d_a-zA-Z]|[dpbPDS]")
_DATE: Final = re.compile(rf"\s*{MONTH}[a-z]{{0,6}}\.?,?\s+\d", re.IGNORECASE)
_DAMAGED: Final = re.compile(r"[(\[{<]{0,2}[\s]*[\dA-Za-z,.'’`´ =|!¡;:_^~*•·»«¬°\\<>?§&#@%]{1,18}[)\]}]{0,2}")
_HYPHENED: Final = re.compile(r"\(?(?=[\d,]+-[\d,]+\)?$)\d{1,3}(?:-?,-?\d-?\d-?\d)+\)?")
"""Groups of thousands with a speck among them: no date or range has them."""
_DIRT: Final = frozenset("`´;:_^~*•·»«¬°\\<>?§&#@%")
"""Signs that no figure has: specks and remains of digits."""


@lru_cache(maxsize=65_536)
def text_content(text: str) -> CellContent:
    """What a cell text holds; a text too long for a figure is words, which also bounds the search."""
    if len(text) > figures.MAX_CHARS or _THOUSANDS.fullmatch(text):
        return CellContent(CellKind.WORDS)
    currency = figures.sign_alone(text)
    if currency:
        return CellContent(CellKind.CURRENCY, sign=currency)
    if len(text) == 1 and _STRANGE_GLYPH.fullmatch(text):
        return CellContent(CellKind.CURRENCY, is_strange=True)
    return _figure(text, *_past_currency(text))


def _figure(text: str, body_start: int, sign: str | None, strange: bool) -> CellContent:
    """The content of a cell after its currency sign."""
    body = text[body_start:]
    if figures.are_losses_or_notes(body):
        return CellContent(CellKind.DAMAGED, _merged(body, body_start), sign, strange)
    body = figures.without_notes(body)
    if not body.strip() or figures.is_nil(body):
        return CellContent(CellKind.NIL if body.strip() else CellKind.CURRENCY, sign=sign, is_strange=strange)
    found = _sound(body, body_start)
    if found:
        kind = CellKind.PERCENT if found.mark else CellKind.NUMBER
        return CellContent(kind, (found,), sign=sign, is_strange=strange)
    return _damaged_or_words(body, body_start, sign, strange)


def _past_currency(text: str) -> tuple[int, str | None, bool]:
    start, sign = figures.past_sign(text)
    glyph = None if sign else _LEADING_GLYPH.match(text)
    return (glyph.end(), None, True) if glyph else (start, sign, False)


def _sound(body: str, shift: int) -> Number | None:
    """The figure that a text is; a multiple is none, nor is one with a minus behind, which may follow a year."""
    found = lex(body, shift)
    return found if found and found.mark != "x" and not found.is_signed_behind else None


def _damaged_or_words(body: str, shift: int, sign: str | None, strange: bool) -> CellContent:
    losses = _merged(body, shift) if "(" in body else ()
    if losses:
        return CellContent(CellKind.DAMAGED, losses, sign, strange)
    if _DATE.match(body):
        return CellContent(CellKind.WORDS, sign=sign)
    if _is_illegible(body.strip()) or _HYPHENED.fullmatch(body.strip()):
        return CellContent(CellKind.DAMAGED, (), sign, strange)
    digits = sum(char.isdigit() for char in body)
    letters = sum(char.isalpha() for char in body)
    dirt = sum(char in _DIRT for char in body)
    if not _DAMAGED.fullmatch(body.strip()) or digits < 1 or (letters > digits and letters > 2):
        return CellContent(CellKind.WORDS, sign=sign)
    if dirt and dirt + letters >= digits:
        return CellContent(CellKind.WORDS, sign=sign)
    return CellContent(CellKind.DAMAGED, _merged(body, shift), sign, strange)


def _is_illegible(body: str) -> bool:
    """Whether a text is an illegible figure: signs that no word or figure has, and no more letters than other characters."""
    signs = sum(char in _SIGNS for char in body)
    if signs + sum(map(str.isdigit, body)) < 2 or not signs or len(body) > _MAX_RUBBISH or _LETTERS.search(body):
        return False
    letters = sum(map(str.isalpha, body))
    return len(set(body)) > 1 and letters <= len(body) - letters and " " not in body


def _merged(body: str, shift: int) -> tuple[Number, ...]:
    """Several sound figures in one cell with blanks between them, from merged rows; empty where it holds anything else."""
    found = []
    for part in re.finditer(r"\(\s*\S+\s*\)|\S+", body):
        number = _sound(part.group(), shift + part.start())
        if number is None:
            return ()
        found.append(number)
    return tuple(found) if len(found) > 1 else ()


def reads_as_separated(text: str) -> Number | None:
    """A decimal of three places (`12.001`) as the whole number that it is if its point stands for a comma."""
    body_start, _, _ = _past_currency(text)
    return figures.lex_otherwise_grouped(figures.without_notes(text)[body_start:], body_start)


def cell_content(cell: Cell, closing_parentheses_lost: bool = False) -> CellContent:
    """What a cell holds; `closing_parentheses_lost` says that its table lost all of them."""
    if closing_parentheses_lost and figures.lacks_closing_parenthesis(cell.text):
        found = text_content(f"{cell.text})")
        return replace(found, numbers=tuple(number._replace(end=min(number.end, len(cell.text))) for number in found.numbers))
    return text_content(cell.text)


def part_of_cell(cell: Cell, start: int, end: int) -> Cell:
    """A part of a cell as a cell; where markup separates its characters, with the offsets of the whole."""
    if not start and end == len(cell.text):
        return cell
    own = cell._replace(text=cell.text[start:end])
    if cell.right - cell.left == len(cell.text):
        own = own._replace(left=cell.left + start, right=cell.left + end)
    return own._replace(start=cell.start + start, end=cell.start + end) if cell.end - cell.start == len(cell.text) else own
