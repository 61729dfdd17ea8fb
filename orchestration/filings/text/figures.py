"""Printed figures: the ways they are printed, and the values of their characters.

Belongs here: separators, points, signs, parentheses, nils, currency signs, percent and note marks, in cells, in lines whose
columns were lost and in sentences. Does not belong here: damaged characters (`ocr/character_candidates.py`,
`documents/damaged_runs.py`), words of scale, what a figure is of, dates, page numbers.

The text is untrusted input: no pattern may repeat a part that itself repeats in more than one way.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.text.currencies import currency_signs, either, sign_before_figure

MAX_CHARS: Final = 60
"""Longer than any figure with its signs and notes; it bounds searches."""
CURRENCY: Final = "$€£¥"
DASHES: Final = "-–—"

# --- digits -------------------------------------------------------------------------------------------------------------------

GROUPED: Final = r"\d{1,3}(?:,\d{3})+"
DIGITS: Final = rf"(?:(?:{GROUPED}|\d+)(?:\.\d+)?|\.\d+)"
"""A sound figure: groups of three or none, decimals or none."""
WHOLE: Final = rf"(?:{GROUPED}(?:\.\d+)?|\d*\.\d\d)"
"""Digits whose separators show that none is missing at either end or between."""
LOOSE: Final = r"(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+)"
"""Commas anywhere: enough to see that a figure stands there."""
RUN: Final = r"\d[\d,.]*+"
"""Digits and separators from a digit on, for prose and lines where figures are only skipped."""
OF_SENTENCE: Final = r"(?:(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4})?(?![\d,]*\d)|\.\d{1,4})"
"""In a sentence, which has commas and points of its own: no part of a longer run of digits is a figure."""
OF_STREAM: Final = (
    rf"(?:\d+(?:\.\d+)?(?=\s?%)|{GROUPED}(?:\.\d{{1,2}})?|\d+\.\d{{3,}}(?=[\s;,)])|\d+\.\d\d|\d+\.\d(?!\d)|\d+|\.\d\d)"
)
"""In a stream of joined cells: a figure ends with its cents, and digits behind them are the next figure's."""
BESIDE_OTHERS: Final = rf"(?:{GROUPED}(?:\.\d{{1,3}})?|\d+(?:\.\d+)?)"
"""One of several side by side: it does not begin with a point."""
SEPARATED: Final = r"\d,\d{3}|\.\d\d"
"""What a year, a day or a note number never has."""

# --- what stands around digits ------------------------------------------------------------------------------------------------

BEFORE: Final = rf"[({CURRENCY}\s]*+"
NOTE: Final = r"\(\d{1,2}\)"
"""A note mark, printed like a small loss."""
FOOTNOTE: Final = re.compile(r"\((?:\d{1,2}|[a-z])\)|\*+|[†‡§]|\[\d{1,2}\]")
"""Note marks of a label in lower case."""
OPENERS: Final = frozenset({"(", "$(", "$ (", "-$", "- $"})
CLOSER: Final = re.compile(r"[)\]]\s*%?|%")
"""`OPENERS` and this are what markup sets in cells of their own before and behind a figure."""
_NOTES_BEHIND: Final = re.compile(r"(?<=\S)\s*(?:\((?:\d{1,2}|[a-z]|\*{1,3})\)|[*†‡])++$")
_LOSSES_OR_NOTES: Final = re.compile(r"\(\s?\d{1,2}\s?\)(?:\s*+\(\s?\d{1,2}\s?\))+")
_SIGN_ALONE: Final = re.compile(rf"\\?(?P<sign>{either(currency_signs())})$")
_SIGN_BEFORE: Final = re.compile(rf"\s*\\?(?P<sign>{sign_before_figure()})\s*")
_NIL: Final = re.compile(rf"(?i:nil|none)|(?:[{DASHES}_=]{{1,4}}|\([{DASHES}]{{1,3}}\)|[{DASHES}]\s?0\s?[{DASHES}])\s?%?")

# --- whole figures ------------------------------------------------------------------------------------------------------------

PRINTED: Final = re.compile(
    rf"(?P<open>[(\[])?\s*+(?P<minus>[{DASHES}])?\s*+(?:\\?{sign_before_figure()})?\s*+(?P<open2>\()?\s*+(?P<minus2>[-–])?(?P<digits>{DIGITS})"
    r"(?(minus)|(?(minus2)|(?P<behind>[-–])?))\s*+(?P<mark>%|[x×](?!\w))?\s*+(?P<close>[)\]])?\s*+(?P<percent>%)?"
)
"""A figure with all that may stand around it."""
SOUND: Final = re.compile(rf"{BEFORE}{DIGITS}\s*\)?|[-–—]")
COMPLETE: Final = re.compile(rf"{BEFORE}{WHOLE}\s*\)?\s*")
MAY_BE_FIGURE: Final = re.compile(rf"{BEFORE}{LOOSE}\)?")
MAY_BE_AMOUNT: Final = re.compile(rf"{MAY_BE_FIGURE.pattern}|[{CURRENCY}]?\s?[-–—]+")
FIRST_GROUPS: Final = re.compile(rf"{BEFORE}\d{{1,3}}(?:[\s,.]\d{{3}})*")
NEXT_GROUPS: Final = re.compile(r"\d{3}(?:,\d{3})*\s*\)?")
"""`FIRST_GROUPS` and this are the two sides of a blank that stands for a comma."""
POINTED: Final = re.compile(rf"{BEFORE}\d{{1,3}}(?:\.\d{{3}}){{2,}}\s*\)?")
"""Groups separated by points: no figure has two decimal points."""
_OPENS_ONLY: Final = re.compile(rf"\$?\s?\(\s?\$?\s?{DIGITS}")
_NEEDLESS_NOUGHT: Final = re.compile(r"0,?\d")
_OTHERWISE_GROUPED: Final = re.compile(r"(?P<open>\()?\s*+(?P<digits>\d{1,3}(?: ?[ .,'] ?\d{3})+)\s*(?P<close>\))?")


class Number(NamedTuple):
    """A printed figure, unscaled: `step` is the weight of its last digit, `start` and `end` are offsets in the text.

    `mark` is `%` or, for a multiple, `x`; `is_signed_behind` says that a minus behind the digits made it negative.
    """

    value: Decimal
    step: Decimal
    start: int
    end: int
    mark: str = ""
    is_signed_behind: bool = False


def value_and_step(digits: str) -> tuple[Decimal, Decimal]:
    """The value of digits with separators and a point, and the weight of the last digit."""
    plain = digits.replace(",", "")
    return Decimal(plain), Decimal(1).scaleb(-len(plain.partition(".")[2])) if "." in plain else Decimal(1)


def lex(text: str, shift: int = 0) -> Number | None:
    """The one sound figure that a text without note marks is, else None. `shift` is added to the offsets.

    It refuses a single parenthesis, a minus on both sides and a leading zero.
    """
    found = PRINTED.fullmatch(text.strip())
    if not found or bool(found["open"] or found["open2"]) != bool(found["close"]) or _NEEDLESS_NOUGHT.match(found["digits"]):
        return None
    is_negative = bool(found["close"] or found["minus"] or found["minus2"] or found["behind"])
    mark = "%" if found["percent"] else (found["mark"] or "").replace("×", "x")
    return Number(*_signed(found["digits"], is_negative), *_span(text, shift), mark, bool(found["behind"]))


def lex_otherwise_grouped(text: str, shift: int = 0) -> Number | None:
    """A figure whose thousands are separated by points, blanks or apostrophes, as printed or for a damaged comma."""
    found = _OTHERWISE_GROUPED.fullmatch(text.strip())
    if not found or bool(found["open"]) != bool(found["close"]) or found["digits"].startswith("0,"):
        return None
    return Number(*_signed(re.sub(r"\D", "", found["digits"]), bool(found["open"])), *_span(text, shift))


def _signed(digits: str, is_negative: bool) -> tuple[Decimal, Decimal]:
    value, step = value_and_step(digits)
    return -value if is_negative else value, step


def _span(text: str, shift: int) -> tuple[int, int]:
    start = shift + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def is_nil(text: str) -> bool:
    """Whether a text prints a nil: dashes or rules, alone or in parentheses, `-0-`, "nil", "none"."""
    return bool(_NIL.fullmatch(text.strip()))


def sign_alone(text: str) -> str | None:
    """The currency sign, as printed, if the text is only that."""
    found = _SIGN_ALONE.match(text)
    return found["sign"] if found else None


def past_sign(text: str) -> tuple[int, str | None]:
    """The offset behind a leading currency sign, and the sign; 0 and None without one."""
    found = _SIGN_BEFORE.match(text)
    return (found.end(), found["sign"]) if found else (0, None)


def are_losses_or_notes(text: str) -> bool:
    """Whether a text is like `(3) (4)`: two losses joined, or a loss with a note."""
    return bool(_LOSSES_OR_NOTES.fullmatch(text.strip()))


def without_notes(text: str) -> str:
    """A text without note marks behind its figure."""
    if text[-1:] not in ")*†‡" or len(text) > MAX_CHARS or are_losses_or_notes(text):
        return text
    return _NOTES_BEHIND.sub("", text)


def lacks_closing_parenthesis(text: str) -> bool:
    """Whether a figure has an opening parenthesis and no closing one."""
    return "(" in text[:4] and bool(_OPENS_ONLY.fullmatch(text))
