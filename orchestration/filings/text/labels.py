"""Labels of lines: their normalised form, and the concepts they name.

Belongs here: matching words against `data/vocabulary/line_items.csv`. Does not belong here: evidence of structure (what a line
totals, where it stands; `statements/line_items.py`), damaged labels (`ocr/label_ocr.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from orchestration.filings.text.figures import FOOTNOTE
from orchestration.filings.text.words import with_ligatures, words_parted
from orchestration.filings.vocabulary import rows, wording

_MAX_CHARS: Final = 300
"""A longer label is a sentence and names no line item."""
_POSSESSIVE: Final = re.compile(r"['`´]s?\b|s['`´](?=\s|$)")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_PER_CENT: Final = re.compile(r"(?<![\d.\s])\s*%|^\s*%")
"""`Gross margin %` states a percentage; `4.5% notes` states an amount of notes."""
_PERCENTAGE: Final = re.compile(r"\bpercent\b|\bpercentages? of\b")
_QUALIFIED: Final = re.compile(
    r"(?=[(,])(?!.*(?:controlling|minority|attributable|continuing|discontinued|other than|\bper\b))"
    r"(?:\([^()]*\)|[,(]\s*(?:net of|including|inclusive of|(?:excluding|exclusive of) (?:depreciation|amortization))\b.*)",
    re.IGNORECASE | re.DOTALL,
)
"""Qualifications of a label: "(exclusive of depreciation)", ", net of allowance of $5"."""
_OF_GAAP: Final = re.compile(r"\s*(?:[-–—]|\()\s*GAAP(?: and non-GAAP)?\)?$", re.IGNORECASE)
"""`Net income - GAAP` of a statement by GAAP is its net income."""
_BARE_MARK: Final = re.compile(r"(?<=[a-z]) ?[1-9]$")
"""A footnote mark that text shows as a plain digit, where a page has it raised."""
_LOSSES: Final = re.compile(r"\blosses\b")
"""`Losses before income taxes` is the loss of several columns; other losses are claims or write-downs."""
_OPEN_ENDED: Final = re.compile(r"(?:\b(?:and|or|of|for|from|to|per|before)|s'|\w\w,)\s*$", re.IGNORECASE)
_LAST_CHARS: Final = 8
_SHARE_WORDS: Final = re.compile(r"\bshares?\b|\bstock\b|\bad[sr](?:s|ss|rs)?\b")
_PER: Final = re.compile(r"\bper\b")
_ONE_SHARE: Final = re.compile(r"\b(?:share|unit|ad[sr]s?)\b")
_EPS: Final = re.compile(r"\beps\b")
_DILUTIVE: Final = re.compile(r"\bdilutive\b")
_SECURITIES: Final = re.compile(r"\b(?:securities|options|awards|stock|shares|units|warrants)\b")
_SHARES_USED: Final = re.compile(r"(?:(?!per\b)\w+ )*?(?:shares|units) (?:\w+ ){0,3}?(?:used|outstanding)\b")
_SHARES_OF_SIDE: Final = re.compile(r"(?:basic|diluted) (?:common |weighted )?(?:shares|units)")
SIDE_ALONE: Final = re.compile(r"(?:basic|diluted|basic and diluted|assuming dilution)")
"""Labels, as plain words, that say what they are of in their heading."""
_PAR_VALUE: Final = re.compile(r"\bpar\b|\bauthorized\b|\bstated value\b|\bsubject to (?:possible |mandatory )?redemption\b")
"""Words of capital stock in a balance sheet: such a line is an amount of money even if it counts shares."""


@lru_cache(maxsize=65_536)
def normalised_label(label: str) -> str:
    """A label as plain lower-case words, without footnote marks, possessives and punctuation; `&` and a bare `%` in words."""
    text = _PER_CENT.sub(" percent ", FOOTNOTE.sub(" ", words_parted(label).lower().replace("&", " and ")))
    text = _POSSESSIVE.sub(lambda found: "s" if found.group().startswith("s") else "", text)
    return with_ligatures(_NOT_WORD.sub(" ", text), vocabulary_words())


@cache
def _patterns(statement: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    grouped: dict[str, list[str]] = {}
    for row in rows("line_items"):
        if row["statement"] == statement:
            grouped.setdefault(row["concept"], []).append(row["pattern"])
    return tuple((concept, re.compile("|".join(f"(?:{part})" for part in parts))) for concept, parts in grouped.items())


@lru_cache(maxsize=65_536)
def concepts_of_label(label: str, statement: str) -> tuple[str, ...]:
    """The concepts that a label names in a statement, in vocabulary order; "basic and diluted" names two."""
    if len(label) > _MAX_CHARS:
        return ()
    words = normalised_label(label)
    tried = [
        words,
        normalised_label(_QUALIFIED.sub(" ", label)),
        _BARE_MARK.sub("", words),
        normalised_label(_OF_GAAP.sub("", label)),
    ]
    tried += [_LOSSES.sub("loss", words)] if words.startswith("losses ") else []
    found = next((found for one in dict.fromkeys(tried) if (found := _named(one, statement))), ())
    is_amount = _says_per_share(words) and any(one.startswith("EarningsPerShare") for one in found)
    return tuple(one for one in found if not (is_amount and one.startswith("WeightedAverageShares")))


@lru_cache(maxsize=65_536)
def _named(words: str, statement: str) -> tuple[str, ...]:
    return tuple(concept for concept, pattern in _patterns(statement) if pattern.fullmatch(words)) if words else ()


def is_known_label(label: str) -> bool:
    """Whether a label names a concept of any statement."""
    return any(concepts_of_label(label, statement) for statement in _statements())


def is_open_ended(label: str) -> bool:
    """Whether a label ends in what no label ends in: among capitals only that shows that the next line continues it."""
    return bool(_OPEN_ENDED.search(label[-_LAST_CHARS:]))


def words_joined(above: str, below: str) -> str:
    """Two lines of a label as one: a word that a hyphen parts at the end of the line is whole where that makes a known word."""
    first, last = above.rpartition(" ")[2], below.partition(" ")[0]
    is_parted = first.endswith("-") and first[:-1].isalpha() and last.islower()
    if is_parted and normalised_label(first[:-1] + last) in vocabulary_words():
        return above[:-1] + below
    return f"{above} {below}"


def names_the_same(label: str, other: str) -> bool:
    """Whether two labels name the same concepts of some statement."""
    named = ((concepts_of_label(label, one), concepts_of_label(other, one)) for one in _statements())
    return any(own == others != () for own, others in named)


@cache
def _statements() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["statement"] for row in rows("line_items")))


@cache
def vocabulary_words() -> frozenset[str]:
    """The words in the patterns of the vocabulary of line items."""
    return frozenset(word for row in rows("line_items") for word in re.findall(r"[a-z]{3,}", row["pattern"]))


@lru_cache(maxsize=65_536)
def says(name: str, label: str) -> bool:
    """Whether a label, as plain words, has the wording of that name."""
    return wording(name).search(normalised_label(label)) is not None


@lru_cache(maxsize=65_536)
def is_per_share(label: str) -> bool:
    """Whether a label states an amount per share."""
    words = normalised_label(label)
    return _says_per_share(words) and not _SHARES_USED.match(words) and not _PAR_VALUE.search(words)


def is_percentage(label: str) -> bool:
    """Whether a label states a percentage."""
    return bool(_PERCENTAGE.search(normalised_label(label)))


def _says_per_share(words: str) -> bool:
    return _stands_behind(words, _PER, _ONE_SHARE) or bool(_EPS.search(words))


def _stands_behind(words: str, before: re.Pattern[str], behind: re.Pattern[str]) -> bool:
    """Whether one thing is said behind another: one pattern of both would look through the rest from each of the first."""
    first = before.search(words)
    return first is not None and behind.search(words, first.end()) is not None


@lru_cache(maxsize=65_536)
def is_share_count(label: str) -> bool:
    """Whether a label states a number of shares, not money."""
    words = normalised_label(label)
    if _PAR_VALUE.search(words):
        return False
    return (
        bool(_SHARES_USED.match(words) or _SHARES_OF_SIDE.fullmatch(words))
        or _stands_behind(words, _DILUTIVE, _SECURITIES)
        or (
            bool(_SHARE_WORDS.search(words))
            and not _says_per_share(words)
            and ("average" in words or "outstanding" in words or "used in" in words)
        )
    )
