"""What a printed figure is worth: thousands, millions or whole dollars, and in which currency.

Belongs here: the words that state a scale or a currency. Does not belong here: signs (`cells.py`), or checking a scale
against the identities (`proof/`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

_SCALES: Final = (
    (
        ("thousand", "000"),
        re.compile(
            r"\bin\s+(?:[\w$€£.]+\s+){0,3}thousands?\b|\(?\b000['’]?s\b|(?:[$€£]|\b[A-Z]{3}\s?)['’]?\s?000\b|thousands\s+of\s+\w+"
            r"|\bin\s+000|[(–—-]\s*thousands?\b|[$€£]\s?thousands?\b",
            re.IGNORECASE,
        ),
        1_000,
    ),
    (
        ("million", "$m", "€m", "£m"),
        re.compile(
            r"\bin\s+(?:[\w$€£.]+\s+){0,3}millions?\b|millions\s+of\s+\w+|[(–—-]\s*(?:[A-Z]{3}\s)?millions?\b|[$€£]\s?millions?\b|[(\s][$€£]m\b",
            re.IGNORECASE,
        ),
        1_000_000,
    ),
    (("billion",), re.compile(r"\bin\s+(?:[\w$€£.]+\s+){0,3}billions?\b", re.IGNORECASE), 1_000_000_000),
)
"""Words of which one stands, in lower case, in whatever the pattern finds: to look for them first is fast. Then the factor."""
_DAMAGED_SCALE: Final = re.compile(
    r"(?:\bin\s+(?:[\w$€£.]+\s+){0,3}?|[$€£]\s?)(?P<word>\w{3,11}(?:[ .]\w{2,6})?)(?=\s*[,;)]|\s+(?:except|of)\b|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_MAX_DAMAGE: Final = 2
"""Characters that a damaged word of scale may have changed, lost or gained."""
_NOTE: Final = re.compile(
    r"[^\w*(]*(?:\(?(?P<mark>\w{1,2}|\*{1,3})[).]|(?P<star>\*{1,3})|notes?\b:?)?\s*(?:unless\b[^,]{0,60},\s*)?(?P<all>all\s+)?(?:the\s+)?"
    r"(?:(?:u\.?s\.?\s+)?(?:dollars?|amounts?|figures|numbers|shares|financial\s+(?:data|information)|stated|expressed|presented"
    r"|reported|in\s+(?:thousands|millions))\b|[$€£]|000)",
    re.IGNORECASE,
)
_NOTE_MAX_CHARS: Final = 200
_MAX_CHARS: Final = 2_000
_OTHER_WORDS: Final = frozenset({"billion", "billions", "minions", "trillions"})
_MARKED: Final = re.compile(r"\((?P<mark>\w{1,2})\)\s*$|(?P<star>\*{1,3})\s*$", re.MULTILINE)
_WHOLE_SHARES: Final = re.compile(
    r"\bexcept\b[^.)]{0,60}\b(?:shares?\s*(?:data|amounts|information|,|and|&)|share\s+and\s+per|number\s+of\s+shares|shares\b)",
    re.IGNORECASE,
)
_SHARES_IN: Final = re.compile(r"\bshares?\b[^.;()\n]{0,40}?\bin\s+(?P<unit>thousands|millions)\b", re.IGNORECASE)
_FACTORS: Final = {"thousands": 1_000, "millions": 1_000_000}
_ONLY_PER_SHARE: Final = re.compile(r"\bexcept\s+(?:for\s+)?(?:earnings\s+|income\s+|loss\s+)?\(?per[\s-]+share", re.IGNORECASE)
_CURRENCIES: Final = (
    (
        ("us$", "u.s.", "united states", "usd"),
        re.compile(r"US\$|U\.S\.\s+dollars?|United States dollars?|\bUSD\b", re.IGNORECASE),
        "USD",
    ),
    (("c$", "cad", "canad"), re.compile(r"C\$|\bCAD\b|Canadian dollars?", re.IGNORECASE), "CAD"),
    (("a$", "aud", "austral"), re.compile(r"A\$|\bAUD\b|Australian dollars?", re.IGNORECASE), "AUD"),
    (("€", "eur"), re.compile(r"€|\bEUR\b|\beuros?\b", re.IGNORECASE), "EUR"),
    (("£", "gbp", "sterling"), re.compile(r"£|\bGBP\b|pounds sterling", re.IGNORECASE), "GBP"),
    (("¥", "jpy", "yen"), re.compile(r"¥|\bJPY\b|\byen\b", re.IGNORECASE), "JPY"),
    (("rmb", "cny", "renminbi"), re.compile(r"\bRMB\b|\bCNY\b|renminbi", re.IGNORECASE), "CNY"),
    (("chf", "swiss"), re.compile(r"\bCHF\b|swiss francs?", re.IGNORECASE), "CHF"),
    (("nis", "ils", "shekel"), re.compile(r"\bNIS\b|\bILS\b|\bshekels?\b", re.IGNORECASE), "ILS"),
    (("sek", "swedish"), re.compile(r"\bSEK\b|swedish kron", re.IGNORECASE), "SEK"),
    (("dkk", "danish"), re.compile(r"\bDKK\b|danish kron", re.IGNORECASE), "DKK"),
    (("inr", "rupee"), re.compile(r"\bINR\b|\brupees?\b", re.IGNORECASE), "INR"),
    (("hk$", "hkd", "hong"), re.compile(r"HK\$|\bHKD\b|hong kong dollars?", re.IGNORECASE), "HKD"),
    (("nt$", "twd", "ntd"), re.compile(r"NT\$|\bTWD\b|\bNTD\b", re.IGNORECASE), "TWD"),
    (("r$", "brl", "brazil"), re.compile(r"R\$|\bBRL\b|brazilian rea", re.IGNORECASE), "BRL"),
)
"""Currencies, as `_SCALES`."""


class Scale(NamedTuple):
    """What one printed unit is worth: `money` and `shares` as factors. `is_stated` is False where no words say so."""

    money: Decimal = Decimal(1)
    shares: Decimal = Decimal(1)
    currency: str = "USD"
    is_stated: bool = False


def scale_in(text: str) -> Scale | None:
    """The scale that a title, header or footnote states; None where it states none.

    Of several the last counts, which is the nearest to the table. "Shares in thousands" beside another scale is that of shares.
    """
    stated = _factors(text)
    if not stated:
        return None
    shares = _SHARES_IN.search(text)
    found = _factors(_SHARES_IN.sub(_blank, text)) if shares else []
    of_shares = _FACTORS[shares["unit"].lower()] if shares and found else None
    found = found or stated
    at, factor = max(found)
    near = text if len({other for _, other in found}) == 1 else text[text.rfind("\n", 0, at) + 1 :]
    whole_shares = bool(_WHOLE_SHARES.search(near)) and not _ONLY_PER_SHARE.search(near)
    shares_factor = of_shares or (1 if whole_shares else factor)
    return Scale(Decimal(factor), Decimal(shares_factor), currency_in(text) or "USD", True)


def _factors(text: str) -> list[tuple[int, int]]:
    """Where a text states scales, and which."""
    words = text.lower()
    found = [
        (found.start(), factor)
        for hints, pattern, factor in _SCALES
        if any(hint in words for hint in hints)
        for found in pattern.finditer(text)
    ]
    return found or list(_damaged_factors(text))


def _damaged_factors(text: str) -> Iterator[tuple[int, int]]:
    """Where a text states a scale in a word that is damaged and can be no other: `(in thousancls, except ...)`."""
    for found in _DAMAGED_SCALE.finditer(text) if len(text) <= _MAX_CHARS else ():
        said = found["word"].lower()
        for word in {re.sub(r"\W", "", said), re.split(r"\W", said)[0]} - _OTHER_WORDS:
            for meant, factor in _FACTORS.items():
                if Levenshtein.distance(word, meant, score_cutoff=_MAX_DAMAGE) <= _MAX_DAMAGE:
                    yield found.start(), factor


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def is_scale_note(text: str) -> bool:
    """Whether a text is a note of the scale of figures: short, and about amounts from its first word."""
    return len(text) <= _NOTE_MAX_CHARS and scale_in(text) is not None and bool(_NOTE.match(text))


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
        if note and scale and (is_below or note["all"] or (note["mark"] or note["star"] or "") in marks):
            told.add(scale)
    return told.pop() if len(told) == 1 else None


def currency_in(text: str) -> str | None:
    """The currency that words state, the first where they state several; None where they state none."""
    words = text.lower()
    likely = ((pattern, code) for hints, pattern, code in _CURRENCIES if any(hint in words for hint in hints))
    found = [(match.start(), code) for pattern, code in likely if (match := pattern.search(text))]
    return min(found)[1] if found else None


def currency_of_signs(signs: Iterable[str | None]) -> str | None:
    """The currency of the signs beside figures, where most are of one that is no dollar: dollars are many."""
    counts = Counter(sign for sign in signs if sign)
    sign = max(counts, key=lambda one: counts[one], default="$")
    return {"€": "EUR", "£": "GBP", "¥": "JPY"}.get(sign)
