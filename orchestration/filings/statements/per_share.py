"""Which earnings a per-share line states, and of which shares: the company's, or those of a part.

Belongs here: continuing operations, classes of shares and depositary receipts in labels and headings. Does not belong here:
what names a per-share line (`text/labels.py`), or testing it (`proof/`).

Earnings of continuing operations, of one of several classes or of a depositary share have the words of earnings per share and
are not the company's: where a part is named, the line has no concept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from orchestration.filings.text.labels import is_per_share, is_share_count, normalised_label
from orchestration.filings.vocabulary import rows

PER_SHARE: Final = frozenset({"EarningsPerShareBasic", "EarningsPerShareDiluted"})
SHARES: Final = frozenset({"WeightedAverageSharesBasic", "WeightedAverageSharesDiluted"})

_CLASS: Final = re.compile(r"\b(?:class|series) (?P<one>[a-z]|[1-9]|i{1,3})\b(?P<other> (?:and|or) (?:class )?[a-z1-9]\b)?")
_PREFERRED: Final = re.compile(r"\bpreferred\b|\bpreference\b")
_ONE_KIND: Final = re.compile(r"\b(?:common|ordinary)\b")
_SHARE: Final = re.compile(r"\b(?:share|shares|stock|unit|units)\b")
_NET: Final = re.compile(r"\bnet (?:income|loss|earnings|profit)\b")
_SIDE: Final = re.compile(r"(?:basic|diluted|basic and diluted|assuming dilution)")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("parts_of_earnings"):
        found.setdefault(row["part"], []).append(row["pattern"])
    return {part: re.compile("|".join(patterns)) for part, patterns in found.items()}


def words_of(label: str, heading: str) -> str:
    """What a line says with its heading, which counts where it is of such lines and the line itself is not of the net."""
    words = normalised_label(label)
    if _NET.search(words) or not (is_per_share(heading) or is_share_count(heading)):
        return words
    return f"{normalised_label(heading)} {words}"


def of_a_part(words: Mapping[int, str]) -> set[int]:
    """The lines that are of a part: `words` are those of all lines that claim one concept, as `words_of` gives them."""
    classes = {at: _classes(said) for at, said in words.items()}
    single = {named for named in classes.values() if len(named) == 1}
    return {at for at, said in words.items() if _names_a_part(said) or _is_one_class(said, classes[at], classes, single)}


def names_a_side_or_class(label: str) -> bool:
    """Whether a label says no more than which side or which class it is of: its heading says of what."""
    words = normalised_label(label)
    return bool(_SIDE.fullmatch(words) or _CLASS.match(words))


def _names_a_part(words: str) -> bool:
    patterns = _patterns()
    without = patterns["depositary"].sub(" ", words)
    is_depositary = without != words and not _SHARE.search(without)
    return is_depositary or bool(patterns["result"].search(words))


def _classes(words: str) -> frozenset[str]:
    """The classes of common shares that words name."""
    if ("class " not in words and "series " not in words) or _PREFERRED.search(words):
        return frozenset()
    return frozenset(one for found in _CLASS.finditer(words) for one in (found["one"], *(found["other"] or "").split()[-1:]))


def _is_one_class(
    words: str, named: frozenset[str], classes: Mapping[int, frozenset[str]], single: set[frozenset[str]]
) -> bool:
    """Whether a line is of one class beside others; the only class with such lines is the company's."""
    if len(named) == 1:
        return any(other != named for other in set(classes.values()))
    return not named and bool(single) and bool(_ONE_KIND.search(words))
