"""Names of companies: where words name one, the words of a name that tell it from others, and when two may be one company.

Belongs here: what a name looks like (its forms are data, `company_forms.csv`), its normal form, its likeness to another. Does
not belong here: whose a statement is (`statements/entity.py`), who issues a release (`cover.py`), or which company a filing is
of (`company/identity.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz

from orchestration.filings.vocabulary import rows

_TICKER: Final = r"\((?:[A-Z][\w/,. ]{1,30}):\s{0,3}\"?[A-Z]{1,6}\b"
_NAME: Final = r"(?P<name>[A-Z][\w&'’.-]{0,30}(?:,?[^\S\n](?:[A-Z&][\w&'’.-]{0,30}|of|and|the)){0,6}?)"
_WORD: Final = re.compile(r"[a-z0-9]{2,}")
_COMMON: Final = frozenset(["the", "of", "and", "inc", "corp", "company", "co", "consolidated", "condensed", "unaudited"])
"""Words of many names, and such as stand beside names in titles."""
_LIKE: Final = 70
"""Of a hundred: words more alike may be one, misprinted."""
_STATE_SUFFIX: Final = re.compile(r"(?:\s+/[^/]{1,10}|/[A-Z]{2,3})/?\s*\Z")
"""What EDGAR puts behind a name to tell it from another of its register: `/DE/`, `/NEW`."""
_ABBREVIATED: Final = re.compile(r"\b(?:[a-z0-9] )+[a-z0-9]\b")


@cache
def _company() -> re.Pattern[str]:
    legal, kinds = ("|".join(row["form"] for row in rows("company_forms") if row["is_name"] == said) for said in ("no", "yes"))
    form = (
        rf"(?=,?\s(?:(?i:{legal})|(?=[A-Z])(?i:{kinds}))\b)(?:,?\s(?=[A-Z])(?P<kind>(?i:{kinds}))\b)?(?:,?\s(?i:{legal})\b\.?)*"
    )
    return re.compile(rf"{_NAME}(?:{form}|\s(?={_TICKER}))")


def named_companies(text: str) -> Iterator[str]:
    """The names in a text, as they are printed."""
    yield from (found.group().strip() for found in _company().finditer(text))


def company_at(text: str, start: int) -> str | None:
    """The name that begins at a place of a text."""
    found = _company().match(text, start)
    return found.group().strip() if found else None


@lru_cache(maxsize=1_024)
def companies_in(text: str) -> tuple[frozenset[str], ...]:
    """The companies that a text names, each as the words of its name without its legal form."""
    found = (name_words(f"{one['name']} {one['kind'] or ''}") for one in _company().finditer(text))
    return tuple(filter(None, found))


def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(_WORD.findall(name.lower())) - _COMMON


@cache
def _legal_end() -> re.Pattern[str]:
    forms = "|".join(row["form"] for row in rows("company_forms") if row["is_name"] == "no")
    return re.compile(rf"(?:[,\s]+(?:{forms})\.?)+\Z")


@lru_cache(maxsize=4_096)
def normal_name(name: str) -> str:
    """A name as it is compared: small letters, without accents, punctuation, a leading "the", legal forms, EDGAR's suffix.

    The first word stays, even where it is a legal form ("The Limited, Inc.").
    """
    plain = unicodedata.normalize("NFKD", _STATE_SUFFIX.sub("", name))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower().replace("&", " and ")
    plain = _legal_end().sub("", plain.strip(" .,;:").removeprefix("the "))
    plain = " ".join(re.sub(r"['’.]", "", plain).replace("_", " ").split())
    plain = " ".join(re.findall(r"\w+", plain)).removesuffix(" and")
    return _ABBREVIATED.sub(lambda found: found.group().replace(" ", ""), plain)


def are_unlike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names, each as its words, have words that the other has not, neither shortened nor misprinted."""
    return has_own_word(one, other) and has_own_word(other, one)


def has_own_word(name: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of a name is like none of another's: neither a part of one, nor one misprinted."""
    return any(all(fuzz.ratio(word, one) < _LIKE and word not in one and one not in word for one in other) for word in name)


def is_initials(names: Collection[frozenset[str]], own: frozenset[str]) -> bool:
    """Whether a word of some names may be made of the first letters of another name."""
    initials = {mine[0] for mine in own}
    return any(len(word) <= len(own) and set(word) <= initials for name in names for word in name)
