"""What stands in one table cell: a number, several fused ones, a damaged one, a nil, a currency sign, or words.

Belongs here: the shapes of printed figures. Does not belong here: which column or line a cell belongs to, scale, sign
conventions of a line, or any choice between readings of a damaged cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Cell
from orchestration.filings.text.calendar import MONTH


class Kind(Enum):
    """What a cell is, before anyone asks what it means."""

    NUMBER = auto()
    DAMAGED = auto()
    NIL = auto()
    CURRENCY = auto()
    PERCENT = auto()
    WORDS = auto()


class Number(NamedTuple):
    """A printed figure, unscaled: `step` is the weight of its last digit, `start` and `end` are offsets in the cell."""

    value: Decimal
    step: Decimal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds. `numbers` are the sound figures in it; `guesses` what a damaged one may say, likeliest first.

    `sign` is the currency sign found in the cell; `is_strange` says that a glyph stands where a currency sign belongs.
    """

    kind: Kind
    numbers: tuple[Number, ...] = ()
    guesses: tuple[Number, ...] = ()
    sign: str | None = None
    is_strange: bool = False


_MAX_CHARS: Final = 60
_MAX_RUBBISH: Final = 20
_SIGNS: Final = frozenset("#@%&~^*?!|<>{}=+;:\\§°¬$•·»«`´¡")
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
_FIGURE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_SOUND: Final = re.compile(
    rf"(?P<open>[(\[])?\s*(?P<minus>[-–−—])?\s*(?:\\?[$€£¥])?\s*(?P<open2>\()?\s*(?P<minus2>[-–−])?(?P<digits>{_FIGURE})\s*"
    r"(?P<percent>%)?\s*(?P<close>[)\]])?\s*(?P<percent2>%)?"
)
_NOTE: Final = re.compile(r"(?<=\S)\s*(?:\((?:\d{1,2}|[a-z]|\*{1,3})\)|\*{1,3}|[†‡])+$")
_LOSSES_OR_NOTES: Final = re.compile(r"\(\s?\d{1,2}\s?\)(?:\s*\(\s?\d{1,2}\s?\))+")
"""`(3) (4)`: two losses run together, or a loss with a note: nobody can say which."""
_OPENS_ONLY: Final = re.compile(rf"\$?\s?\(\s?\$?\s?(?:{_FIGURE})")
_NEEDLESS_NOUGHT: Final = re.compile(r"0,?\d")
_CURRENCY: Final = re.compile(r"\\?(?P<sign>[$€£¥]|US\$|USD|CHF|EUR|GBP)$")
_LEADING_CURRENCY: Final = re.compile(r"\s*\\?(?P<sign>US\$|[$€£¥])\s*")
_LEADING_GLYPH: Final = re.compile(r"(?:[^\W\d_A-Za-z]|[¢§©®SsdbpP])\s+(?=[(\d])")
_STRANGE_GLYPH: Final = re.compile(r"[^\w\s()$€£¥.,;:'\"|*_–—−+=%&/\\-]|[^\W\d_a-zA-Z]|[dpbPDS]")
_NIL: Final = re.compile(r"(?:[-–—−_=]{1,4}|\([-–—−]{1,3}\)|[-–—−]\s?0\s?[-–—−])\s?%?|nil|none", re.IGNORECASE)
_DATE: Final = re.compile(rf"\s*{MONTH}[a-z]{{0,6}}\.?,?\s+\d", re.IGNORECASE)
_DAMAGED: Final = re.compile(r"[(\[{<]{0,2}[\s]*[\dA-Za-z,.'’`´ =|!¡;:_^~*•·»«¬°\\<>?§&#@%]{1,18}[)\]}]{0,2}")
_HYPHENED: Final = re.compile(r"\(?(?=[\d,]+-[\d,]+\)?$)\d{1,3}(?:-?,-?\d-?\d-?\d)+\)?")
"""Groups of thousands with a speck among them: no date or range has them."""
_DIRT: Final = frozenset("`´;:_^~*•·»«¬°\\<>?§&#@%")
"""Signs that stand in no figure: specks, and what is left of digits."""
_GROUPS: Final = re.compile(r"(?P<open>\()?\s*(?P<digits>\d{1,3}(?: ?[ .,'’] ?\d{3})+)\s*(?P<close>\))?")


@lru_cache(maxsize=65_536)
def content(text: str) -> Content:
    """What a cell text holds; a text too long for a figure is words, which also bounds the search."""
    if len(text) > _MAX_CHARS:
        return Content(Kind.WORDS)
    currency = _CURRENCY.match(text)
    if currency:
        return Content(Kind.CURRENCY, sign=currency["sign"])
    if len(text) == 1 and _STRANGE_GLYPH.fullmatch(text):
        return Content(Kind.CURRENCY, is_strange=True)
    return _figure(text, *_past_currency(text))


def _figure(text: str, body_start: int, sign: str | None, strange: bool) -> Content:
    """What follows the currency sign of a cell."""
    body = text[body_start:]
    if _LOSSES_OR_NOTES.fullmatch(body.strip()):
        return Content(Kind.DAMAGED, _fused(body, body_start), (), sign, strange)
    body = _NOTE.sub("", body)
    if not body.strip() or _NIL.fullmatch(body.strip()):
        return Content(Kind.NIL if body.strip() else Kind.CURRENCY, sign=sign, is_strange=strange)
    found = _sound(body, body_start)
    if found:
        kind = Kind.PERCENT if "%" in body else Kind.NUMBER
        return Content(kind, (found,), sign=sign, is_strange=strange)
    return _damaged_or_words(body, body_start, sign, strange)


def _past_currency(text: str) -> tuple[int, str | None, bool]:
    leading = _LEADING_CURRENCY.match(text)
    if leading:
        return leading.end(), leading["sign"].replace("US$", "$"), False
    glyph = _LEADING_GLYPH.match(text)
    if glyph:
        return glyph.end(), None, True
    return 0, None, False


def _sound(body: str, shift: int) -> Number | None:
    found = _SOUND.fullmatch(body.strip())
    if not found:
        return None
    is_open = bool(found["open"] or found["open2"])
    if is_open != bool(found["close"]):
        return None
    if _NEEDLESS_NOUGHT.match(found["digits"]):
        return None
    negative = is_open or bool(found["minus"] or found["minus2"])
    offset = shift + len(body) - len(body.lstrip())
    return _number(found["digits"], negative, offset, offset + len(body.strip()))


def _number(digits: str, negative: bool, start: int, end: int) -> Number:
    plain = digits.replace(",", "")
    decimals = len(plain) - plain.index(".") - 1 if "." in plain else 0
    value = Decimal(plain)
    return Number(-value if negative else value, Decimal(1).scaleb(-decimals), start, end)


def _damaged_or_words(body: str, shift: int, sign: str | None, strange: bool) -> Content:
    losses = _fused(body, shift) if "(" in body else ()
    if losses:
        return Content(Kind.DAMAGED, losses, (), sign, strange)
    if _DATE.match(body):
        return Content(Kind.WORDS, sign=sign)
    if _is_rubbish(body.strip()) or _HYPHENED.fullmatch(body.strip()):
        return Content(Kind.DAMAGED, (), (), sign, strange)
    digits = sum(char.isdigit() for char in body)
    letters = sum(char.isalpha() for char in body)
    dirt = sum(char in _DIRT for char in body)
    if not _DAMAGED.fullmatch(body.strip()) or digits < 1 or (letters > digits and letters > 2):
        return Content(Kind.WORDS, sign=sign)
    if dirt and dirt + letters >= digits:
        return Content(Kind.WORDS, sign=sign)
    numbers = _fused(body, shift)
    return Content(Kind.DAMAGED, numbers, _guesses(body, shift), sign, strange)


def _is_rubbish(body: str) -> bool:
    """Signs that no word and no figure is made of, several and at least as many as letters: a figure was here."""
    signs = sum(char in _SIGNS for char in body)
    if signs + sum(map(str.isdigit, body)) < 2 or not signs or len(body) > _MAX_RUBBISH or _LETTERS.search(body):
        return False
    letters = sum(map(str.isalpha, body))
    return len(set(body)) > 1 and letters <= len(body) - letters and " " not in body


def _fused(body: str, shift: int) -> tuple[Number, ...]:
    """Several sound figures in one cell, parted by blanks: lines that were run together."""
    found = []
    for part in re.finditer(r"\(\s*\S+\s*\)|\S+", body):
        number = _sound(part.group(), shift + part.start())
        if number is None:
            return ()
        found.append(number)
    return tuple(found) if len(found) > 1 else ()


def _guesses(body: str, shift: int) -> tuple[Number, ...]:
    """A figure whose thousands separators were turned into points or blanks."""
    found = _GROUPS.fullmatch(body.strip())
    if not found or bool(found["open"]) != bool(found["close"]) or found["digits"].startswith("0,"):
        return ()
    offset = shift + len(body) - len(body.lstrip())
    return (_number(re.sub(r"\D", "", found["digits"]), bool(found["open"]), offset, offset + len(body.strip())),)


def without_note(text: str) -> str:
    """A cell without the marks of a footnote behind its figure."""
    return text if _LOSSES_OR_NOTES.fullmatch(text.strip()) else _NOTE.sub("", text)


def reads_as_separated(text: str) -> Number | None:
    """A sound-looking decimal of three places (`12.001`) as the whole number that a lost comma would make it."""
    body_start, _, _ = _past_currency(text)
    guesses = _guesses(without_note(text)[body_start:], body_start)
    return guesses[0] if guesses else None


def of(cell: Cell, closes_are_lost: bool = False) -> Content:
    """What a cell holds. `closes_are_lost` says that in its table no parenthesis is closed: a copy left them all out."""
    if closes_are_lost and opens_only(cell.text):
        found = content(f"{cell.text})")
        return replace(found, numbers=tuple(number._replace(end=min(number.end, len(cell.text))) for number in found.numbers))
    return content(cell.text)


def opens_only(text: str) -> bool:
    """Whether a figure has a parenthesis before it and none after it."""
    return "(" in text[:4] and bool(_OPENS_ONLY.fullmatch(text))
