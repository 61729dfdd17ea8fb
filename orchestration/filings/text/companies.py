"""Names of companies: where words name one, and the words of a name that tell it from others.

Belongs here: what a name looks like (its forms are data, `company_forms.csv`). Does not belong here: whose a statement is
(`statements/entity.py`), or who issues a release (`cover.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from orchestration.filings.vocabulary import rows

_TICKER: Final = r"\((?:[A-Z][\w/,. ]{1,30}):\s{0,3}\"?[A-Z]{1,6}\b"
_NAME: Final = r"(?P<name>[A-Z][\w&'’.-]{0,30}(?:,?[^\S\n](?:[A-Z&][\w&'’.-]{0,30}|of|and|the)){0,6}?)"
_WORD: Final = re.compile(r"[a-z0-9]{2,}")
_COMMON: Final = frozenset(["the", "of", "and", "inc", "corp", "company", "co", "consolidated", "condensed", "unaudited"])
"""Words of many names, and such as stand beside names in titles."""


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
