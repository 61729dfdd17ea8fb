"""What a printed figure is worth: thousands, millions or whole dollars, and in which currency.

Belongs here: the words that state a scale or a currency. Does not belong here: signs (`cells.py`), or checking a scale
against the identities (`proof/`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

_SCALES: Final = (
    (
        re.compile(
            r"\bin\s+(?:[\w$€£.]+\s+){0,3}thousands?\b|\(?\b000['’]?s\b|(?:[$€£]|\b[A-Z]{3}\s?)['’]?\s?000\b|thousands\s+of\s+\w+"
            r"|\bin\s+000|[(–—-]\s*thousands?\b|[$€£]\s?thousands?\b",
            re.IGNORECASE,
        ),
        1_000,
    ),
    (
        re.compile(
            r"\bin\s+(?:[\w$€£.]+\s+){0,3}millions?\b|millions\s+of\s+\w+|[(–—-]\s*(?:[A-Z]{3}\s)?millions?\b|[$€£]\s?millions?\b|[(\s][$€£]m\b",
            re.IGNORECASE,
        ),
        1_000_000,
    ),
    (re.compile(r"\bin\s+(?:[\w$€£.]+\s+){0,3}billions?\b", re.IGNORECASE), 1_000_000_000),
)
_WHOLE_SHARES: Final = re.compile(
    r"\bexcept\b[^.)]{0,60}\b(?:shares?\s*(?:data|amounts|information|,|and|&)|share\s+and\s+per|number\s+of\s+shares|shares\b)",
    re.IGNORECASE,
)
_ONLY_PER_SHARE: Final = re.compile(r"\bexcept\s+(?:for\s+)?(?:earnings\s+|income\s+|loss\s+)?\(?per[\s-]+share", re.IGNORECASE)
_CURRENCIES: Final = (
    (re.compile(r"US\$|U\.S\.\s+dollars?|United States dollars?|\bUSD\b", re.IGNORECASE), "USD"),
    (re.compile(r"C\$|\bCAD\b|Canadian dollars?", re.IGNORECASE), "CAD"),
    (re.compile(r"A\$|\bAUD\b|Australian dollars?", re.IGNORECASE), "AUD"),
    (re.compile(r"€|\bEUR\b|\beuros?\b", re.IGNORECASE), "EUR"),
    (re.compile(r"£|\bGBP\b|pounds sterling", re.IGNORECASE), "GBP"),
    (re.compile(r"¥|\bJPY\b|\byen\b", re.IGNORECASE), "JPY"),
    (re.compile(r"\bRMB\b|\bCNY\b|renminbi", re.IGNORECASE), "CNY"),
    (re.compile(r"\bCHF\b|swiss francs?", re.IGNORECASE), "CHF"),
    (re.compile(r"\bNIS\b|\bILS\b|\bshekels?\b", re.IGNORECASE), "ILS"),
    (re.compile(r"\bSEK\b|swedish kron", re.IGNORECASE), "SEK"),
    (re.compile(r"\bDKK\b|danish kron", re.IGNORECASE), "DKK"),
    (re.compile(r"\bINR\b|\brupees?\b", re.IGNORECASE), "INR"),
    (re.compile(r"HK\$|\bHKD\b|hong kong dollars?", re.IGNORECASE), "HKD"),
    (re.compile(r"NT\$|\bTWD\b|\bNTD\b", re.IGNORECASE), "TWD"),
    (re.compile(r"R\$|\bBRL\b|brazilian rea", re.IGNORECASE), "BRL"),
)


class Scale(NamedTuple):
    """What one printed unit is worth: `money` and `shares` as factors. `is_stated` is False where no words say so."""

    money: Decimal = Decimal(1)
    shares: Decimal = Decimal(1)
    currency: str = "USD"
    is_stated: bool = False


def scale_in(text: str) -> Scale | None:
    """The scale that a title, header or footnote states; None where it states none."""
    for pattern, factor in _SCALES:
        if pattern.search(text):
            whole_shares = bool(_WHOLE_SHARES.search(text)) and not _ONLY_PER_SHARE.search(text)
            return Scale(Decimal(factor), Decimal(1 if whole_shares else factor), currency_in(text) or "USD", True)
    return None


def currency_in(text: str) -> str | None:
    """The currency that words state, the first where they state several; None where they state none."""
    found = [(match.start(), code) for pattern, code in _CURRENCIES if (match := pattern.search(text))]
    return min(found)[1] if found else None


def currency_of_signs(signs: Iterable[str | None]) -> str | None:
    """The currency of the signs beside figures, where most are of one that is no dollar: dollars are many."""
    counts = Counter(sign for sign in signs if sign)
    sign = max(counts, key=lambda one: counts[one], default="$")
    return {"€": "EUR", "£": "GBP", "¥": "JPY"}.get(sign)
