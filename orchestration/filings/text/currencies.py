"""Currencies as they are printed: signs, codes and names (`currencies.csv`).

Belongs here: which characters are a currency, and which one. Does not belong here: notes of units (`units.py`), figures
(`figures.py`), or which currency a statement is in (`tables/scale.py`).

A row without a code is of signs that several currencies share: they show an amount of money, and not of which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from orchestration.filings.vocabulary import rows

SPACE: Final = r"[ \t\u00a0\u2009\u202f]"
_FIGURE_AFTER: Final = rf"(?={SPACE}*[(–—−-]?{SPACE}*[\d.(–—-])"
_LONG_AFTER: Final = rf"(?={SPACE}*[(–—−-]?{SPACE}*\d{{1,3}}[,.]\d|{SPACE}+[(–—−-]?{SPACE}*\d{{4}})"
"""What follows a code, which may be a word (`TOP 10`) and the first letters of a compound (`SAR3419`) as well."""
_CODE: Final = re.compile(r"[A-Z]{3}")
_SHARED: Final = "$¥£"
COUNTRY_CHARS: Final = 5
"""So many letters "Canadian" and "Canada" have in common, and other pairs of a people and its country."""
_MOST_BEFORE: Final = 6
"""The longest that stands before a sign to say whose it is."""


@cache
def currency_signs() -> Mapping[str, str]:
    """The ISO 4217 code by each sign and code, as printed; "" for a sign that several currencies share."""
    words = {row["word"] for row in rows("unit_words")}
    found: dict[str, str] = {}
    for row in rows("currencies"):
        if row["code"] and row["code"].lower() not in words:
            found[row["code"]] = row["code"]
        found.update(dict.fromkeys(filter(None, row["signs"].split(";")), row["code"]))
    return found


@cache
def is_dollar(code: str) -> bool:
    """Whether a currency is one that "$" alone may be."""
    return any(sign.endswith("$") for sign, own in currency_signs().items() if own == code)


@cache
def currency_names() -> Mapping[str, str]:
    """The ISO 4217 code by each name, lower case, singular and plural."""
    named = ((name, row["code"]) for row in rows("currencies") for name in row["names"].split(";") if name)
    return {form: code for name, code in named for form in (name, f"{name}s")}


def currencies_sharing(text: str) -> Mapping[str, str]:
    """The codes of the currencies that share a name or a sign in a text ("rupees", "Rs."), by the word that tells which."""
    said = text.lower()
    families = [(row["signs"].lower().split(";"), row["names"].split(";")) for row in rows("currencies") if not row["code"]]
    shared = [
        name
        for signs, names in families
        if any(word and re.search(rf"\b{re.escape(word)}", said) for word in (*signs, *names))
        for name in filter(None, names)
    ]
    full = ((name, code, short) for name, code in currency_names().items() if code for short in shared)
    return {name.removesuffix(short).strip(): code for name, code, short in full if name.endswith(f" {short}")}


def either(words: Iterable[str], *, in_any_case: bool = False) -> str:
    """A pattern of any of some words, the longest first.

    Words of one first character are one branch: a search asks some thirty of them at each character, and not some hundreds.
    """
    branches: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        branches.setdefault(word[0].lower() if in_any_case else word[0], []).append(word[1:])
    return "|".join(_branch(first, rests, in_any_case) for first, rests in branches.items())


def _branch(first: str, rests: Iterable[str], in_any_case: bool) -> str:
    behind = "|".join(re.escape(rest).replace(r"\ ", SPACE + "{1,3}") for rest in rests)
    if not in_any_case:
        return f"{re.escape(first)}(?:{behind})"
    return f"[{re.escape(first)}{re.escape(first.upper())}](?i:{behind})"


@cache
def sign_before_figure() -> str:
    """A pattern of a currency sign or code before a figure."""
    signs = [sign for sign in currency_signs() if not _CODE.fullmatch(sign)]
    lettered = [sign for sign in signs if sign[-1].isalpha() or sign[-1] == "."]
    glued = [sign for sign in signs if sign not in lettered]
    codes = [sign for sign in currency_signs() if _CODE.fullmatch(sign)]
    return rf"(?:{either(glued)}|(?:{either(lettered)}){_FIGURE_AFTER}|(?:{either(codes)}){_LONG_AFTER})"


@cache
def _sign_of_figure() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z$])(?P<sign>{sign_before_figure()}){SPACE}*[(-]?\d")


@cache
def _end_of_sign() -> re.Pattern[str]:
    """What any sign before a figure ends in: found quickly, it is where the signs themselves are looked for."""
    return re.compile(rf"[{re.escape(''.join(sorted({sign[-1] for sign in currency_signs()})))}]{SPACE}*[(-]?\d")


@cache
def _longest_sign() -> int:
    return max(map(len, currency_signs()))


def signs_of_figures(text: str) -> Iterator[tuple[int, str]]:
    """The currency signs and codes that stand right before figures in a text, in order, each with its offset."""
    longest = _longest_sign()
    for end in _end_of_sign().finditer(text):
        starts = range(max(0, end.start() + 1 - longest), end.start() + 1)
        found = next(filter(None, (_sign_of_figure().match(text, start) for start in starts)), None)
        if found:
            yield found.start(), found["sign"]


@cache
def codes() -> re.Pattern[str]:
    """An ISO 4217 code as a word of its own, or right before a figure."""
    return re.compile(rf"(?<![A-Za-z])(?:{either(filter(_CODE.fullmatch, currency_signs()))})(?![A-Za-z])")


@cache
def _told_sign() -> re.Pattern[str]:
    long = [sign for sign in currency_signs() if sign[-1] in _SHARED and len(sign) > 2]
    signs = [*(f"(?:{either([sign[:-1].strip()])}){SPACE}?{re.escape(sign[-1])}" for sign in long)]
    signs += [re.escape(sign) for sign in currency_signs() if sign[-1] in _SHARED and len(sign) == 2]
    named = f"(?:{either(filter(_CODE.fullmatch, currency_signs()))}){SPACE}?[{_SHARED}]"
    return re.compile(rf"(?<![A-Za-z.$])(?:(?P<sign>{'|'.join(signs)})|(?P<code>{named}))$")


def currency_before(text: str, at: int) -> tuple[int, str] | None:
    """Where the words begin that say whose the "$" at an offset is, and its code; None where none do: `A$`, `US $`, `CAD $`."""
    found = _told_sign().search(text, max(0, at - _MOST_BEFORE), at + 1)
    if not found:
        return None
    if found["code"]:
        return found.start(), found["code"][:3]
    said = re.sub(SPACE, "", found["sign"])
    return found.start(), _unspaced()[said]


@cache
def _unspaced() -> Mapping[str, str]:
    return {re.sub(SPACE, "", sign): code for sign, code in currency_signs().items()}
