"""The vocabulary of prose: which words name which metric, and the small words that qualify a figure.

Belongs here: loading `data/vocabulary/metrics.csv` and `prose_words.csv`, finding mentions of metrics in a sentence. Does not
belong here: which amount a mention is of (`metric_attribution.py`), labels of table lines (`text/labels.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from orchestration.filings.text.sentences import lower
from orchestration.filings.vocabulary import rows

PART: Final = re.compile(
    r"\s+(?:(?:was|were|is)\s+)?(?:received|earned|derived|recognized|related|relating|associated|attributable|resulting|(?:principally\s+|primarily\s+|mainly\s+)?from)\b",
    re.IGNORECASE,
)
"""After a metric: the figure is a part of it, not the whole."""
ASIDE: Final = re.compile(r",[^,;$]{0,90},|\([^()$]{0,80}\)|—[^—$]{0,90}—")
"""Words set apart, which do not change what a figure is."""
EPS: Final = frozenset({"EarningsPerShareBasic", "EarningsPerShareDiluted"})
_OPENS: Final = ("(", '"', "“")
_JOINS_LETTERS: Final = "_&’'-"


class Metric(NamedTuple):
    """One metric: `is_instant` for a balance, `unit` is `currency`, `per_share` or `shares`.

    `cell_label` matches the label of a statement line (lower case, single blanks, no punctuation) where no concept does.
    """

    name: str
    is_instant: bool
    unit: str
    cell_label: re.Pattern[str] | None


class MetricMention(NamedTuple):
    """A metric named in a sentence; `sign` is -1 where the words say a loss, a benefit or a use."""

    metric: Metric
    sign: int
    start: int
    end: int
    phrase: str


@lru_cache(maxsize=1)
def metrics() -> dict[str, Metric]:
    """The metrics by name, from `metrics.csv`."""
    return {
        row["metric"]: Metric(
            row["metric"],
            row["period_type"] == "instant",
            row["unit"],
            re.compile(row["cell_label"]) if row["cell_label"] else None,
        )
        for row in rows("metrics")
    }


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """The small words by role, from `prose_words.csv`."""
    return {row["role"]: tuple(row["words"].split("|")) for row in rows("prose_words")}


@lru_cache(maxsize=32)
def pattern(role: str, before: str = r"\b(?:", after: str = r")\b") -> re.Pattern[str]:
    """The words of a role as one pattern, the longest first, between `before` and `after`."""
    inner = "|".join(_spaced(word) for word in sorted(words()[role], key=len, reverse=True))
    return re.compile(f"{before}{inner}{after}", re.IGNORECASE)


@lru_cache(maxsize=8)
def word_set(role: str) -> frozenset[str]:
    """The words of a role as a set."""
    return frozenset(words()[role])


def metric_mentions(text: str) -> Iterator[MetricMention]:
    """The metrics a sentence names, in order, the longest phrase at each place."""
    phrases, finder = _phrases()
    for found in finder.finditer(lower(text)):
        phrase = found.group()
        if phrase not in phrases:
            phrase = " ".join(phrase.split())
        metric, sign = phrases[phrase]
        yield MetricMention(metric, sign, found.start(), found.end(), phrase)


def word_before(text: str, position: int) -> str:
    """The word before a place, lower case; "" at the start or after a full stop, colon or dash."""
    before = text[max(0, position - 40) : position].rstrip()
    while before.endswith(_OPENS):
        before = before[:-1].rstrip()
    start = len(before)
    while start and (before[start - 1].isalnum() or before[start - 1] in _JOINS_LETTERS):
        start -= 1
    word = before[start:]
    return word.lower() if any(mark.isalnum() or mark == "_" for mark in word) else ""


def own_names(*names: str | None) -> frozenset[str]:
    """The words of a company's names and the words it calls itself by, lower case."""
    return frozenset(re.findall(r"[a-z0-9&]{2,}", " ".join(name or "" for name in names).lower())) | word_set("own_names")


def stands_alone(text: str, mention: MetricMention, names: frozenset[str]) -> bool:
    """Whether nothing before a mention narrows it: "revenues", "total GAAP revenues", not "subscription revenues".

    Words that narrow nothing (`see_through`) are skipped. The word before them must be in `may_precede_total`, one of the
    company's own `names` (lower case) or a number, or there must be none.
    """
    position = mention.start
    for _ in range(5):
        before = word_before(text, position)
        if before not in word_set("see_through") and not _PERIOD_WORD.search(before):
            break
        position = text.lower().rfind(before, 0, position)
    if before in word_set("never_total"):
        return False
    may_precede = word_set("see_through") | word_set("may_precede_total") | _ORDINAL_ENDS
    return (
        not before or before in may_precede or before[-1].isdigit() or _PERIOD_WORD.search(before) is not None
        or re.sub(r"['’]s$", "", before) in names
    )  # fmt: skip


_PERIOD_WORD: Final = re.compile(r"-(?:quarter|year|half|month)$")
_ORDINAL_ENDS: Final = frozenset({"months", "weeks", "quarters", "half"})


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, tuple[Metric, int]], re.Pattern[str]]:
    known: dict[str, tuple[Metric, int]] = {}
    for row in rows("metrics"):
        metric = metrics()[row["metric"]]
        for column, sign in (("phrases", 1), ("negative_phrases", -1)):
            known.update((phrase, (metric, sign)) for phrase in row[column].split("|") if phrase)
    starts: dict[str, list[str]] = {}
    for phrase in sorted(known, key=len, reverse=True):
        first, _, rest = phrase.partition(" ")
        starts.setdefault(first, []).append(rest)
    inner = "|".join(
        re.escape(first) + "(?:" + "|".join(rf"\s+{_spaced(rest)}" if rest else "" for rest in starts[first]) + r")(?![\w&])"
        for first in sorted(starts, key=len, reverse=True)
    )
    return known, re.compile(rf"\b(?=\w)(?<![&-])(?:{inner})")


def _spaced(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())
