"""Amounts and ranges as they are printed in sentences.

Belongs here: the shapes of money, per-share and share figures, their scale, sign, unit and rounding, and the shapes of ranges.
Does not belong here: what an amount is of (`metric_attribution.py`), or figures in tables (`tables/cells.py`).

`rounding` is the weight of the last printed digit in the unit of `value`: 100000 for "$15.0 million", 1000000 for "$15
million", 1 for "$12,072,000" (a figure written out is exact), 0.01 for "$0.07".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.text.currencies import codes, currency_before, currency_signs, either
from orchestration.filings.text.figures import CURRENCY, OF_SENTENCE, value_and_step
from orchestration.filings.text.sentences import lower

_SCALES: Final = {
    "trillion": 12, "billion": 9, "bn": 9, "b": 9, "million": 6, "mn": 6, "mm": 6, "m": 6, "thousand": 3, "k": 3,
}  # fmt: skip
_SCALE: Final = r"(?:\s{0,40}-?(?:trillion|billion|million|thousand)\b|\s?(?:bn|mm|mn)\b|[mbk]\b)"
_GLUED: Final = rf"\d{{1,3}}[,.]\d|\d+(?![bk]\b){_SCALE}"
"""What follows a currency's code at once, for a compound is called by three letters and digits as well (`SAR3419`, `TOP2b`)."""
_SIGN_BEFORE: Final = re.compile(
    r"(?:\b(?:of|to|was|were|is|or|from|with|and|versus|vs|approximately|about|between)\.?|,|:|^)\s*$", re.IGNORECASE
)
_PER_SHARE: Final = re.compile(
    r"\s*\)?,?\s*(?:loss\s+|earnings\s+|income\s+)?(?:\(?loss\)?\s+)?(?:per|a)\s+(?P<how>(?:(?:basic|fully|diluted|and|common|ordinary|net)\s+){0,5})(?:share|(?P<depositary>ad[sr]|american\s+depositary\s+(?:share|receipt)))\b"
    r"(?P<after>\s*\(?(?:\s*(?:on\s+a|basic|and|fully|diluted|basis)){0,6})?",
    re.IGNORECASE,
)
_SHARES: Final = re.compile(r"\s+(?:[\w-]+\s+){0,4}?shares(?:\s+outstanding)?", re.IGNORECASE)
_DILUTED: Final = re.compile(r"dilut", re.IGNORECASE)
_BASIC: Final = re.compile(r"basic", re.IGNORECASE)
_OTHER_MARK: Final = re.compile(r"\d[- ]cents?\b|\d(?: million| billion)?(?: [a-z-]+){0,4} shares\b")
_CODE: Final = either(code for code in currency_signs() if re.fullmatch("[A-Z]{3}", code))
_MAY_BE_CODE: Final = re.compile(r"[A-Z]{3}[\s\d]|[A-Z]{3}\b|euro")

_OPEN: Final = rf"(?P<open>\()?(?P<minus>[-−–](?=\\?[{CURRENCY}]))?"
_SIGNED: Final = (
    rf"(?:\\?(?P<sign>[{CURRENCY}])|(?<![A-Za-z])(?P<code>{_CODE})(?=\s|{_GLUED}))\s{{0,2}}"
    rf"(?P<inner>[(\-−])?(?P<number>{OF_SENTENCE})(?P<scale>{_SCALE})?"
)
_UNSIGNED: Final = rf"""(?<![\d.,$\w])(?P<number2>{OF_SENTENCE})(?P<scale2>{_SCALE})?\s?(?P<code2>{_CODE}|euros?)\b
    |(?<![\d.,$\w])(?P<cents>\d{{1,3}}(?:\.\d)?)[\s-]cents?\b
    |(?<![\d.,$\w])(?P<shares>{OF_SENTENCE})(?P<scale3>{_SCALE})?
        (?=\s+(?:(?:weighted|average|common|ordinary|basic|diluted|outstanding)\s+){{0,4}}shares\b)"""
_CLOSE: Final = rf"(?P<close>\)(?P<scale4>{_SCALE})?)?"
_AMOUNT: Final = re.compile(rf"{_OPEN}(?:{_SIGNED}|{_UNSIGNED}){_CLOSE}", re.VERBOSE)
_SIGNED_AMOUNT: Final = re.compile(rf"(?=[(\\{CURRENCY}−–-]){_OPEN}{_SIGNED}{_CLOSE}")
"""Both match lower case, but for the codes of currencies. The second is faster and enough for most sentences: it begins only at
a sign, bracket or dash."""


def has_money(text: str) -> bool:
    """Whether a text may have an amount: a quick test."""
    return "$" in text or "€" in text or "£" in text or "¥" in text or _has_other(text)


def _has_other(text: str) -> bool:
    """Whether an amount may stand there without a currency sign: "222 million CHF", "3 cents", "41.6 million shares"."""
    has_code = bool(_MAY_BE_CODE.search(text)) and (bool(codes().search(text)) or "euro" in text)
    return has_code or (("cent" in text or "shares" in text) and bool(_OTHER_MARK.search(text)))


class NarrativeAmount(NamedTuple):
    """One printed figure: `value` and `rounding` absolute in `unit`; `start`, `end` are offsets in the text read.

    `unit` is an ISO 4217 code, `<ISO>/share` or `shares`; "$" alone is USD. `is_signed` says that a bracket or minus made it
    negative, `share_basis` is `basic`, `diluted`, `both` or `unsaid` for a per-share figure, `depositary` for one per ADS, else
    "". `scale` is the power of ten of its scale word (6 for million), else 0; `tail` is where the words that belong to it (`per
    basic and diluted share`) end.
    """

    value: Decimal
    rounding: Decimal
    unit: str
    start: int
    end: int
    is_signed: bool = False
    share_basis: str = ""
    scale: int = 0
    tail: int = 0


def amounts(text: str) -> Iterator[NarrativeAmount]:
    """The amounts of a sentence, in order."""
    finder = _AMOUNT if _has_other(text) else _SIGNED_AMOUNT
    for found in finder.finditer(_with_codes(text) if finder is _AMOUNT else lower(text)):
        yield _amount(text, found)


def _with_codes(text: str) -> str:
    """A text in lower case but for the codes of currencies, which are words in lower case ("all", "top", "try")."""
    lowered, past, parts = lower(text), 0, list[str]()
    for found in codes().finditer(text):
        parts += [lowered[past : found.start()], found.group()]
        past = found.end()
    return "".join([*parts, lowered[past:]])


def _amount(text: str, found: re.Match[str]) -> NarrativeAmount:
    parts = found.groupdict()
    cents, shares = parts.get("cents"), parts.get("shares")
    digits = parts["number"] or parts.get("number2") or cents or shares or "0"
    scale = (parts["scale"] or parts.get("scale2") or parts.get("scale3") or parts["scale4"] or "").strip(" -\n\t")
    power = _SCALES.get(scale, 0) - (2 if cents else 0)
    value, rounding = _scaled(digits, power)
    start, end = found.span()
    told = currency_before(text, found.start("sign")) if parts["sign"] else None
    negative = bool(found["minus"] or found["inner"])
    if found["open"] and found["close"]:
        negative = negative or bool(_SIGN_BEFORE.search(text, max(0, start - 16), start))
    if found["open"] and not (found["close"] and negative):
        start += 1
    if (found["close"] and not (found["open"] or found["inner"])) or (found["open"] and found["close"] and not negative):
        end -= 1
    if shares:
        tail = _SHARES.match(text, end)
        return NarrativeAmount(value, rounding, "shares", start, end, scale=power, tail=tail.end() if tail else end)
    if told:
        start = min(start, told[0])
    currency = told[1] if told else _currency(parts["sign"] or parts["code"] or parts.get("code2") or "$")
    value = -value if negative else value
    per_share = None if scale else _PER_SHARE.match(text, end)
    if not per_share:
        return NarrativeAmount(value, rounding, currency, start, end, negative, "", max(power, 0), end)
    return NarrativeAmount(value, rounding, f"{currency}/share", start, end, negative, _basis(per_share), 0, per_share.end())


def _currency(said: str) -> str:
    """The currency of a sign, a code or "euros"; a bare "$" is of the United States."""
    return "EUR" if said.startswith("euro") else currency_signs().get(said) or "USD"


def _scaled(digits: str, power: int) -> tuple[Decimal, Decimal]:
    value, step = value_and_step(digits)
    return _plain(value.scaleb(power)), _plain(step.scaleb(power))


def _plain(number: Decimal) -> Decimal:
    """The same number without an exponent: 2.0E+7 is 20000000."""
    return Decimal(format(number, "f"))


def _basis(found: re.Match[str]) -> str:
    if found["depositary"]:
        return "depositary"
    words = found["how"] + (found["after"] or "")
    basic, diluted = _BASIC.search(words), _DILUTED.search(words)
    if basic and diluted:
        return "both"
    return "basic" if basic else "diluted" if diluted else "unsaid"


class Range(NamedTuple):
    """A printed range, or one amount as a bound or a value: `low` and `high` as printed, absolute, in `unit`.

    A bound that is not printed is None ("at least $5 million" has no high). `is_range` is False for a single amount.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    start: int
    end: int
    is_range: bool
    rounding: Decimal


_JOIN: Final = re.compile(r"\s*(?:-|–|—|to|and|through)\s*", re.IGNORECASE)
_SECOND: Final = re.compile(
    rf"(?P<open>\()?(?P<minus>-)?\\?(?P<number>{OF_SENTENCE})(?P<scale>{_SCALE})?(?P<close>\))?", re.IGNORECASE
)
_FROM: Final = re.compile(r"\b(?:between|from|range\s+(?:of|from)|of)\s+(?:approximately\s+|about\s+)?$", re.IGNORECASE)
_AT_LEAST: Final = re.compile(
    r"\b(?:at least|(?<!no )(?<!not )more than|over|greater than|in excess of|(?<!not )(?<!not to )exceed(?:ing)?|above"
    r"|no less than|not less than)\s+$",
    re.IGNORECASE,
)
_AT_MOST: Final = re.compile(
    r"\b(?:at most|(?<!no )(?<!not )less than|up to|not (?:to )?exceed|no more than|not more than|below|under|as much as)\s+$",
    re.IGNORECASE,
)

_OR_MORE: Final = re.compile(r"\s+or\s+(?:more|greater|higher|above|better)\b", re.IGNORECASE)
_OR_LESS: Final = re.compile(r"\s+or\s+(?:less|lower|fewer|below)\b", re.IGNORECASE)


def ranges(text: str) -> Iterator[Range]:
    """The ranges and single amounts of a sentence, in order: `$18-20 million`, `$5 million to $6 million`, `$5 million`."""
    position = 0
    for amount in amounts(text):
        if amount.start < position or amount.unit == "shares":
            continue
        found = _range(text, amount)
        position = found.end
        yield found


def _range(text: str, first: NarrativeAmount) -> Range:
    join = _JOIN.match(text, first.end)
    wording = join.group().strip().lower() if join else ""
    if join and (wording != "and" or _FROM.search(text, max(0, first.start - 40), first.start)):
        second = next(amounts(text[join.end() : join.end() + 40]), None)
        if second and second.start == 0 and second.unit.split("/")[0] == first.unit.split("/")[0]:
            return _between(first, second, join.end() + second.end)
        bare = _SECOND.match(text, join.end())
        if bare and (bare["scale"] or not first.scale):
            return _between(first, _bare(bare, first), bare.end())
    before = text[max(0, first.start - 24) : first.start]
    low = None if _AT_MOST.search(before) or _OR_LESS.match(text, first.end) else first.value
    high = None if _AT_LEAST.search(before) or _OR_MORE.match(text, first.end) else first.value
    return Range(low, high, first.unit, first.start, first.tail or first.end, is_range=False, rounding=first.rounding)


def _bare(found: re.Match[str], first: NarrativeAmount) -> NarrativeAmount:
    scale = (found["scale"] or "").strip(" -\n\t").lower()
    power = _SCALES.get(scale, 0)
    value, rounding = _scaled(found["number"], power)
    negative = bool(found["minus"] or (found["open"] and found["close"]))
    return NarrativeAmount(
        -value if negative else value, rounding, first.unit, 0, found.end(), negative, "", power, found.end()
    )


def _between(first: NarrativeAmount, second: NarrativeAmount, end: int) -> Range:
    """The range of two amounts; a bound without a scale word takes the scale of the other."""
    low, rounding = first.value, first.rounding
    if first.scale and not second.scale:
        second = second._replace(
            value=_plain(second.value.scaleb(first.scale)), rounding=_plain(second.rounding.scaleb(first.scale))
        )
    elif second.scale and not first.scale:
        low, rounding = _plain(low.scaleb(second.scale)), _plain(rounding.scaleb(second.scale))
    unit = second.unit if second.unit.endswith("/share") else first.unit
    bounds = sorted((low, second.value))
    return Range(bounds[0], bounds[1], unit, first.start, end, is_range=True, rounding=max(rounding, second.rounding))
