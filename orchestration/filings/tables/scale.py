"""What a printed figure of a table is worth: thousands, millions or whole units, and of which currency.

Belongs here: which unit notes speak of a table, and what they come to together. Does not belong here: the words of a note
(`text/units.py`), signs (`cells.py`), or checking a scale against the identities (`proof/`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.records import Witness
from orchestration.filings.tables.said import UNSAID, Said, last_that, shown
from orchestration.filings.text.units import (
    IN_THIS_RELEASE,
    currency_in,
    currency_of_sign,
    leading_sign,
    notes_of_all,
    unit_notes,
)
from orchestration.filings.text.words import is_emphasis

_NOTE: Final = re.compile(
    r"[^\w*(]*(?:\(?(?P<mark>\w{1,2}|\*{1,3})[).]|(?P<star>\*{1,3})|notes?\b:?)?\s*(?:unless\b[^,]{0,60},\s*)?"
    rf"(?P<all>all\s|{IN_THIS_RELEASE})?",
    re.IGNORECASE,
)
_NOTE_MAX_CHARS: Final = 200
_MARKED: Final = re.compile(r"\((?P<mark>\w{1,2})\)\s*$|(?P<star>\*{1,3})\s*$")


class Scale(NamedTuple):
    """What one printed unit is worth: `money` and `shares` as factors, and the currency of the money.

    `unknown` is a word of the note that is no unit anybody knows. `money_said` is where it is said how much, `currency_said`
    of what.
    """

    money: Decimal = Decimal(1)
    shares: Decimal = Decimal(1)
    currency: str = "USD"
    unknown: str | None = None
    money_said: Said = UNSAID
    currency_said: Said = UNSAID

    @property
    def is_stated(self) -> bool:
        """Whether something says how much: the statement before says it of itself alone."""
        return not self.is_borrowed and self.money_said.witness is not Witness.NOTHING

    @property
    def is_borrowed(self) -> bool:
        """Whether it is the scale of the statement right before."""
        return self.money_said.witness is Witness.STATEMENT_BEFORE

    @property
    def is_currency_stated(self) -> bool:
        """Whether words, signs or figures say of what; "$" alone says of dollars, and dollars are many."""
        return self.currency_said.witness not in _NO_CURRENCY


_NO_CURRENCY: Final = frozenset({Witness.NOTHING, Witness.DOLLAR_SIGN, Witness.OTHER_STATEMENTS})


def scale_in(text: str, witness: Witness = Witness.TITLE) -> Scale | None:
    """The scale that the notes of a title, a header or a footnote state; None where they state none.

    Of several the last counts, which is the nearest to the table; "in dollars" beside "in thousands" says of what, not how
    much. A unit that nobody knows is the table's but where a nearer note says of what and how much. A note of shares alone
    leaves money in whole units. `witness` is what the text is.
    """
    notes = unit_notes(text)
    unknown = next((note.unknown for note in reversed(notes) if note.unknown or (note.money and note.currency)), None)
    money = _nearest([note.money for note in notes])
    shares = next((note.shares for note in reversed(notes) if note.shares), None)
    if money is None and shares is None and unknown is None:
        return None
    currency = currency_in(text)
    worth, said = Decimal(money or 1), Said(witness)
    return Scale(
        money=worth,
        shares=Decimal(shares) if shares else worth,
        currency=currency or "USD",
        unknown=unknown,
        money_said=said if money is not None else UNSAID,
        currency_said=said if currency is not None else UNSAID,
    )


def _nearest(factors: list[int | None]) -> int | None:
    stated = [factor for factor in factors if factor]
    more = [factor for factor in stated if factor > 1]
    return next(reversed(more or stated), None)


def is_scale_note(text: str) -> bool:
    """Whether a text is a note of the units of figures: short, and about them from its first word."""
    if len(text) > _NOTE_MAX_CHARS:
        return False
    notes, opening = unit_notes(text), _NOTE.match(text)
    return bool(notes) and opening is not None and notes[0].start <= opening.end() + 1


def scale_of_notes(title: str, below: Iterable[Said], other_notes: Iterable[Said]) -> Scale | None:
    """The scale that notes state for a table; None where none does, or they differ.

    A note is the table's where it stands right below it, where it bears the mark that a line of the title ends in, or where it
    speaks of all amounts.
    """
    marks = set(filter(None, (_mark(line, _MARKED.search(line)) for line in title.split("\n"))))
    told: dict[Scale, Said] = {}
    for said, is_below in [*((said, True) for said in below), *((said, False) for said in other_notes)]:
        note = _NOTE.match(said.text)
        scale = scale_in(said.text, Witness.NOTE) if is_scale_note(said.text) else None
        is_of_all = note is not None and (note["all"] or any(notes_of_all(said.text)))
        if note and scale and scale.is_stated and (is_below or is_of_all or _mark(said.text, note) in marks):
            told.setdefault(scale, said)
    if len(told) != 1:
        return None
    [(scale, said)] = told.items()
    return scale._replace(money_said=shown(said))


def _mark(line: str, found: re.Match[str] | None) -> str | None:
    """The mark of a footnote that a line ends or a note begins with; the stars of bold words are none."""
    mark = (found["mark"] or found["star"]) if found else None
    return None if mark and is_emphasis(line, mark) else mark


def currency_of_all(texts: Iterable[Said]) -> tuple[str, Said] | None:
    """The currency of all amounts of a filing and where it is said; None where no sentence says it, or two differ."""
    told: dict[str, Said] = {}
    for said in texts:
        for note in notes_of_all(said.text):
            if note.currency:
                told.setdefault(note.currency, shown(said._replace(text=said.text[note.start : note.end])))
    return next(iter(told.items())) if len(told) == 1 else None


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


def place_of_scale(head: Sequence[Said], scale: Scale) -> Said:
    """Where the lines above a table state the scale that they come to together."""

    def says(text: str) -> bool:
        own = scale_in(text)
        return own is not None and own.is_stated and own.money == scale.money

    return last_that(head, says) or (head[-1] if head else scale.money_said)


def place_of_currency(head: Sequence[Said], cells: Sequence[Said], currency: str | None) -> Said:
    """Where a table states its currency: in the lines above it, else in the signs beside its figures; nowhere for None.

    A "$" that names no country is told too.
    """
    stated = last_that(head, lambda text: currency_in(text) == currency) if currency else None
    if stated is not None:
        return stated
    signed = ((leading_sign(cell.text), cell) for cell in cells)
    kept = next((cell for sign, cell in signed if sign and currency_of_sign(sign) == currency), UNSAID)
    return kept._replace(witness=Witness.SIGNS if currency else Witness.DOLLAR_SIGN) if kept.line else UNSAID
