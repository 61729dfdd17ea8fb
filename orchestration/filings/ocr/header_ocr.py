"""OCR correction of table headers: damaged months, years and durations.

Belongs here: the words they were, and which cells are unreadable. Does not belong here: what sound header words mean
(`text/dates.py`), damaged labels (`label_ocr.py`) and figures (`character_candidates.py`).

A word is corrected only where a month, year or duration must stand, and only if it looks like, or is one edit from, exactly
one. A word there that can be none is unreadable: the column then has no period, as taking its neighbour's would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from rapidfuzz.distance import Levenshtein

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.text.calendar import MONTH, MONTHS, NUMBER_WORD, NUMBER_WORDS, YEAR
from orchestration.filings.text.figures import SEPARATED

_COUNTS: Final = tuple({part: None for word in NUMBER_WORDS for part in word.split("-")})
_UNITS: Final = ("month", "months", "week", "weeks")
_STRETCHES: Final = (*_UNITS, "year", "years", "quarter", "quarters", "period", "periods")
_ENDED: Final = ("ended", "ending")
_ALIKE: Final = ((".l", "j"), ("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("!", "l"), ("5", "s"), ("8", "b"))
"""Character shapes, and the letters they are confused with."""
_YEAR_DIGITS: Final = str.maketrans("OolIi|SsZz", "0011115522")
_LONG_CHARS: Final = 5
"""A word of this length is recognised two edits away, a shorter one, one edit away."""
_MOST_ROWS: Final = 40

_WORD: Final = r"(?<![\w.])(?P<word>[.|!]?[A-Za-z0-9|!]{2,10})"
_NO_WORD: Final = frozenset(
    {"the", "day", "page", "note", "of", "as", "at", "on", "and", "to", "for", "in", "net", "fiscal", "last"}
)
_BEFORE_DAY: Final = re.compile(_WORD + r"(?=\.?\s*\d{1,2}\s*(?:,|$|\s(?:19|20)\d\d\b|\s*\())")
_BEFORE_UNIT: Final = re.compile(_WORD + r"(?=(?:\s*\(\d{1,2}\))?[\s-]+(?:months?|weeks?)\b)", re.IGNORECASE)
_TENS: Final = re.compile(_WORD + r"(?=-(?:two|three|six|seven|nine)[\s-]+weeks?\b)", re.IGNORECASE)
_AFTER_COUNT: Final = re.compile(rf"\b{NUMBER_WORD}[\s-]+(?P<word>[A-Za-z0-9|!]{{4,7}})(?=\s+end|\s*$)", re.IGNORECASE)
_BEFORE_ENDED: Final = re.compile(_WORD + r"(?=\s+end(?:ed|ing)\b)", re.IGNORECASE)
_LIKE_ENDED: Final = re.compile(r"(?<![\w.])(?P<word>[A-Za-z0-9|!]{4,7})(?![\w.])")
_PLACES: Final = (
    (_LIKE_ENDED, _ENDED),
    (_BEFORE_ENDED, _STRETCHES),
    (_AFTER_COUNT, _UNITS),
    (_BEFORE_UNIT, _COUNTS),
    (_TENS, _COUNTS),
    (_BEFORE_DAY, tuple(MONTHS)),
)
"""Where a word of a kind must stand, and the words of that kind."""
_LIKE_YEAR: Final = re.compile(r"(?<![\w.,$/-])(?P<word>[12lI|Zz][0-9OolIi|SsZz]{3})(?![\w.,/-])")
_YEAR_OF_DAY: Final = re.compile(r"\b[A-Za-z]{3,9}\.?\s*\d{1,2}\s*,\s*(?P<year>[0-9OolIi|SsZz]{3,5})(?![\w,.])")
_DAMAGED_DAY: Final = re.compile(
    rf"\b{MONTH}\.?\s+(?:(?=\w*\d)(?=\w*[A-Za-z|])(?!\d{{1,2}}(?:st|nd|rd|th)\b)[\w|]{{2,3}}|3[2-9]|[4-9]\d)(?![\w|])"
)
_LONE: Final = re.compile(r"\W*(?P<year>\d{3}|\d{5})\W*(?:\(\w\)|\*)?")
_DAY: Final = re.compile(r"\d{1,2},?")
_GROUPED: Final = re.compile(rf"{SEPARATED}|\d{{6}}")
_IS_HEAD: Final = re.compile(r"\b(?:19|20)\d\d\b|\bend(?:ed|ing)\b", re.IGNORECASE)


def corrected_header(table: Table) -> Table:
    """The table with the damaged words of its header corrected; the same table where there are none."""
    rows: list[Row] = []
    for row in table.rows[:_MOST_ROWS]:
        if any(_GROUPED.search(cell.text) for cell in row.cells):
            break
        rows.append(_corrected_row(row))
    whole = tuple(rows) + table.rows[len(rows) :]
    return table if whole == table.rows else replace(table, rows=whole)


def corrections(printed: Sequence[Row], taken: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """The corrected cells, each as printed and as corrected."""
    pairs = zip(printed, taken, strict=True)
    return tuple(
        (one.text, other.text) for row, mend in pairs for one, other in zip(row.cells, mend.cells, strict=True) if one != other
    )


def _corrected_row(row: Row) -> Row:
    texts = [corrected(cell.text) for cell in row.cells]
    if texts == [cell.text for cell in row.cells]:
        return row
    return replace(row, cells=tuple(cell._replace(text=text) for cell, text in zip(row.cells, texts, strict=True)))


@lru_cache(maxsize=16_384)
def corrected(text: str) -> str:
    """Header words with damaged months, years and durations corrected where each has one candidate."""
    for pattern, known in _PLACES:
        text = pattern.sub(partial(_replacement, known=known), text)
    return _LIKE_YEAR.sub(_year_of, text)


def _replacement(found: re.Match[str], known: tuple[str, ...]) -> str:
    """The match of a pattern with its word corrected, if that has one candidate."""
    word = found["word"]
    only = _only_candidate(word.lower(), known)
    if only is None:
        return found.group()
    start = found.start("word") - found.start()
    printed = only.upper() if word.isupper() else only.capitalize()
    return found.group()[:start] + printed + found.group()[start + len(word) :]


@lru_cache(maxsize=4_096)
def _only_candidate(word: str, known: tuple[str, ...]) -> str | None:
    """The only word that a damaged word may be; None for a sound word, and where there is no candidate or several."""
    if word in known or word in _NO_WORD or word.isdigit() or not any(map(str.isalpha, word)):
        return None
    alike = _by_shape(word)
    near = [other for other in known if Levenshtein.distance(word, other, score_cutoff=1) <= 1]
    found = [alike] if alike in known else near
    meant = {MONTHS.get(other, other.removesuffix("s")) for other in found}
    return max(found, key=len) if len(meant) == 1 else None


def _by_shape(word: str) -> str:
    for seen, meant in _ALIKE:
        word = word.replace(seen, meant)
    return word


def _year_of(found: re.Match[str]) -> str:
    digits = found["word"].translate(_YEAR_DIGITS)
    return digits if YEAR.fullmatch(digits) else found.group()


def unreadable_cells(cells: Sequence[Cell]) -> list[bool]:
    """For each cell of a corrected header row, whether it is unreadable where a month, year or duration must stand."""
    is_head = any(_IS_HEAD.search(cell.text) for cell in cells)
    return [is_unreadable(cell.text) or bool(is_head and cell.left > 0 and _LONE.fullmatch(cell.text)) for cell in cells]


def is_damaged(row: Row) -> bool:
    """Whether a row is a header row with a damaged word, which looks like a line of figures."""
    taken = _corrected_row(row)
    return not any(_GROUPED.search(cell.text) for cell in row.cells) and (
        taken is not row or any(unreadable_cells(taken.cells))
    )


def has_split_date(rows: Sequence[Row]) -> bool:
    """Whether a date is split over columns, its month among the labels, as if it were a line of figures."""
    return any(
        row.cells[0].left == 0 and row.cells[0].text.lower().strip(".") in MONTHS and bool(_DAY.fullmatch(row.cells[1].text))
        for row in rows
        if len(row.cells) > 1
    )


@lru_cache(maxsize=16_384)
def is_unreadable(text: str) -> bool:
    """Whether header words have, where a month, year or count must stand, a word that resembles one and is none."""
    is_like = any(
        _is_like(found["word"].lower(), known)
        for pattern, known in _PLACES
        if known not in (_ENDED, _STRETCHES)
        for found in pattern.finditer(text)
    )
    return (
        is_like
        or bool(_DAMAGED_DAY.search(text))
        or any(not YEAR.fullmatch(found["year"]) for found in _YEAR_OF_DAY.finditer(text))
    )


def has_damaged_day(text: str) -> bool:
    """Whether a month has beside it what is no day of any month, in place of one."""
    return bool(_DAMAGED_DAY.search(text))


def _is_like(word: str, known: tuple[str, ...]) -> bool:
    """Whether a word is near enough to a known one to have been it, and is none itself."""
    if word in known or word in _NO_WORD or word.isdigit():
        return False
    alike = _by_shape(word)
    return any(Levenshtein.distance(alike, other, score_cutoff=2) <= (2 if len(other) >= _LONG_CHARS else 1) for other in known)
