"""What a printed figure of a table is worth: thousands, millions or whole units, and of which currency.

Belongs here: which unit notes speak of a table, and what they come to together. Does not belong here: the words of a note
(`text/units.py`), signs (`cells.py`), or checking a scale against the identities (`proof/`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.text.units import UnitNote, currency_of_sign, leading_sign, notes_of_all, unit_notes

_NOTE: Final = re.compile(
    r"[^\w*(]*(?:\(?(?P<mark>\w{1,2}|\*{1,3})[).]|(?P<star>\*{1,3})|notes?\b:?)?\s*(?:unless\b[^,]{0,60},\s*)?(?P<all>all\s+)?",
    re.IGNORECASE,
)
_NOTE_MAX_CHARS: Final = 200
_MARKED: Final = re.compile(r"\((?P<mark>\w{1,2})\)\s*$|(?P<star>\*{1,3})\s*$", re.MULTILINE)


class Scale(NamedTuple):
    """What one printed unit is worth: `money` and `shares` as factors, and the currency of the money.

    `is_stated` is False where no words say how much, `is_currency_stated` where neither words nor signs say of what. `unknown`
    is a word of the note that is no unit anybody knows. `is_borrowed` says that it is the scale of the table right before.
    """

    money: Decimal = Decimal(1)
    shares: Decimal = Decimal(1)
    currency: str = "USD"
    is_stated: bool = False
    is_currency_stated: bool = False
    unknown: str | None = None
    is_borrowed: bool = False


def scale_in(text: str) -> Scale | None:
    """The scale that the notes of a title, a header or a footnote state; None where they state none.

    Of several the last counts, which is the nearest to the table; "in dollars" beside "in thousands" says of what, not how
    much. A note of shares alone leaves money in whole units.
    """
    notes = unit_notes(text)
    unknown = next((note.unknown for note in notes if note.unknown), None)
    money = _nearest([note.money for note in notes])
    shares = next((note.shares for note in reversed(notes) if note.shares), None)
    if money is None and shares is None and unknown is None:
        return None
    currency = _currency(notes)
    worth = Decimal(money or 1)
    return Scale(
        worth, Decimal(shares) if shares else worth, currency or "USD", money is not None, currency is not None, unknown
    )


def _nearest(factors: list[int | None]) -> int | None:
    stated = [factor for factor in factors if factor]
    more = [factor for factor in stated if factor > 1]
    return next(reversed(more or stated), None)


def _currency(notes: list[UnitNote]) -> str | None:
    return next((note.currency for note in reversed(notes) if note.currency), None)


def is_scale_note(text: str) -> bool:
    """Whether a text is a note of the units of figures: short, and about them from its first word."""
    if len(text) > _NOTE_MAX_CHARS:
        return False
    notes, opening = unit_notes(text), _NOTE.match(text)
    return bool(notes) and opening is not None and notes[0].start <= opening.end() + 1


def scale_of_notes(title: str, below: Iterable[str], other_notes: Iterable[str]) -> Scale | None:
    """The scale that notes state for a table; None where none does, or they differ.

    A note is the table's where it stands right below it, where it bears the mark that a line of the title ends in, or where it
    speaks of all amounts.
    """
    marks = {found["mark"] or found["star"] for found in _MARKED.finditer(title)}
    told = set()
    for text, is_below in [*((text, True) for text in below), *((text, False) for text in other_notes)]:
        note = _NOTE.match(text)
        scale = scale_in(text) if is_scale_note(text) else None
        if note and scale and scale.is_stated and (is_below or note["all"] or (note["mark"] or note["star"] or "") in marks):
            told.add(scale)
    return told.pop() if len(told) == 1 else None


def currency_in(text: str) -> str | None:
    """The currency that the notes of a title or a header name, the nearest to the table of several; None where none does."""
    return _currency(unit_notes(text))


def currency_of_all(texts: Iterable[str]) -> str | None:
    """The currency of all amounts of a filing, where its sentences say so and do not differ; None where they do not."""
    said = {note.currency for text in texts for note in notes_of_all(text) if note.currency}
    return said.pop() if len(said) == 1 else None


def currency_of_signs(cells: Iterable[str]) -> str | None:
    """The currency of the signs that begin cells, or stand in cells of their own; None where most are "$": dollars are many."""
    return currency_of_sign(_most_common_sign(cells))


def unknown_sign(cells: Iterable[str]) -> str | None:
    """The sign that most cells begin with, where several currencies share it and it is none of dollars: `kr`, `Rs.`."""
    sign = _most_common_sign(cells)
    return sign if currency_of_sign(sign) is None and "$" not in sign and "＄" not in sign else None


def _most_common_sign(cells: Iterable[str]) -> str:
    counts = Counter(filter(None, map(leading_sign, cells)))
    return max(counts, key=lambda one: counts[one], default="$")
