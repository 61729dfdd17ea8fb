"""Words that say when -> a range of days: "mid-2011", "2H 2014", "later this year", "within the next 12-15 months".

Belongs here: finding such words in a sentence about events, and their range as of the day of the filing. Does not belong here:
periods of figures (`narrative/periods.py`), what happens then (`events.py`).

Both ends are inclusive, and years are calendar years unless the words say fiscal. Early is January to April, mid May to August,
late September to December, early-to-mid January to August, mid-to-late May to December, year-end October to December; spring is
March to May, summer June to August, fall September to November, winter December to February. "By" and "within" begin on the day
of the filing; "within 12-15 months" ends after the longer; "later this year" is from the filing to December 31. A month without
a year is the one nearest to the filing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from orchestration.filings.text.calendar import MONTH, MONTH_NAMES, MONTHS, ORDINAL, ORDINALS, add_months, full_year, month_end
from orchestration.filings.text.sentences import lower

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
_QUARTERS: Final = ORDINALS | {"final": 4}
_PARTS: Final = {
    "early": (1, 4),
    "beginning of": (1, 4),
    "early-to-mid": (1, 8),
    "early to mid": (1, 8),
    "mid": (5, 8),
    "middle of": (5, 8),
    "mid-to-late": (5, 12),
    "mid to late": (5, 12),
    "late": (9, 12),
    "end of": (10, 12),
    "year-end": (10, 12),
    "year end": (10, 12),
}
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}

_YEAR: Final = r"(?P<{0}>20\d\d|this year|the year|next year)"
_MONTH: Final = rf"{'|'.join(MONTH_NAMES)}|{MONTH}\."
"""Abbreviations only with a full stop: "mar" and "dec" are other words too."""
_COUNT: Final = r"\d{1,2}|" + "|".join(_NUMBERS)
_PERIOD: Final = re.compile(
    r"(?<![\w-])(?=\w)(?P<by>(?:by|before|prior to)\s(?:the\s)?)?(?:"
    r"(?:within|in|over|during)\s(?:the\s)?(?:next|coming|following)\s(?P<n1>" + _COUNT + r")(?:\s?(?:-|–|to"
    r"|or)\s?(?P<n2>" + _COUNT + r"))?[\s-](?P<unit>months?|weeks?|years?|quarters?)"
    r"|within\s(?P<n3>" + _COUNT + r")(?:\s?(?:-|–|to)\s?(?P<n4>" + _COUNT + r"))?\s(?P<unit2>months?|weeks?|years?)"
    r"|(?P<q1>[1-4])q\s?(?:of\s)?(?P<fq1>fy|fiscal\s)?\s?(?P<yq1>20\d\d|'?\d\d(?!\d))?"
    r"|q(?P<q2>[1-4])(?:\s?(?:of\s)?(?P<fq2>fy|fiscal\s)?\s?(?P<yq2>20\d\d|'?\d\d(?!\d)))?"
    r"|(?P<q3>" + ORDINAL + r"|final)[\s-]quarter(?:\sof)?(?:\s(?P<fq3>fiscal(?:\syear)?))?(?:\s(?P<yq3>20\d\d"
    r"|this year|the year|next year))?"
    r"|(?P<h1>[12])h\s?(?:of\s)?(?P<fh1>fy|fiscal\s)?\s?(?P<yh1>20\d\d|'?\d\d(?!\d))?"
    r"|h(?P<h2>[12])(?:\s?(?:of\s)?(?P<yh2>20\d\d|'?\d\d(?!\d)))?"
    r"|(?P<h3>first|second|back|latter|last)\s(?:half|part)\sof\s(?P<fh3>fiscal\s(?:year\s)?)?"
    + _YEAR.format("yh3")
    + r"|(?P<h4>first|second|latter)\shalf\s(?P<yh4>20\d\d)"
    r"|(?P<part>early(?:-|\s)to(?:-|\s)mid|mid(?:-|\s)to(?:-|\s)late|early|mid|late|beginning\sof|middle\sof|end\sof"
    r"|year-end|year\send)(?:\sin)?(?:-|\s)(?:the\s)?(?P<fp>fy|fiscal\s(?:year\s)?)?"
    + _YEAR.format("yp")
    + r"|(?P<midyear>mid-?year|year-?end)(?:\s(?P<ymid>20\d\d))?"
    r"|(?P<month>" + _MONTH + r")(?:\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d),?)?(?:\s(?:of\s)?(?P<ym>20\d\d))?"
    r"|(?P<season>this\s(?:spring|summer|fall|autumn|winter)|(?:spring|summer|fall|autumn|winter)\s(?:of\s)?(?P<ys>20\d\d))"
    r"|(?P<rel>later\sthis\syear|later\sin\sthe\syear|(?:the\s)?(?:rest|remainder|balance)\sof\s(?:the|this)\syear"
    r"|this\syear|next\syear|earlier\sthis\s(?:week|month|quarter|year)|this\s(?:week|month|quarter)|next\s(?:month"
    r"|quarter)|last\s(?:week|month|quarter|year))"
    r"|(?<=\bin\s)(?P<y1>20\d\d)|(?<=\bby\s)(?P<y2>20\d\d)|(?<=\bduring\s)(?P<y3>20\d\d)"
    r"|(?<=\bthroughout\s)(?P<y4>20\d\d)|(?P<fy>(?:fy|fiscal\s(?:year\s)?)20\d\d)"
    r")(?![\w%]|-\w)"
)
"""Reads lower case."""


class TimeExpression(NamedTuple):
    """Words that say when, with their offsets and range; None where that needs a filing date that is not known."""

    text: str
    start: int
    end: int
    first: date | None
    last: date | None


def time_expressions(text: str, known_from: date | None, fiscal_year_end: str | None = None) -> list[TimeExpression]:
    """All time expressions of a sentence, in order, plain dates (March 31, 2011) included."""
    found = []
    for match in _PERIOD.finditer(lower(text)):
        if match["month"] and not _is_month(text, match):
            continue
        try:
            first, last = _range(match, known_from, fiscal_year_end)
        except (ValueError, OverflowError, KeyError):  # no such day, or a mixed spelling ("early-to mid")
            continue
        if match["by"] and known_from and last and known_from <= last:
            first = known_from
        start = match.start() + len(match["by"] or "")
        found.append(TimeExpression(text[start : match.end()], start, match.end(), first, last))
    return found


def _is_month(text: str, match: re.Match[str]) -> bool:
    # "May" opens questions; "may" and "march" are verbs too.
    name = match["month"]
    if not text[match.start("month")].isupper():
        return False
    return (
        bool(match["ym"] or match["day"])
        or name.rstrip(".") not in {"may", "march"}
        or text[: match.start()].endswith(("in ", "In ", "early ", "late "))
    )


def _range(match: re.Match[str], known: date | None, fiscal_year_end: str | None) -> tuple[date | None, date | None]:
    if match["n1"] or match["n3"]:
        return _within(match, known)
    for steps in (_quarter, _half, _part, _month, _season, _bare_year):
        found = steps(match, known, fiscal_year_end)
        if found is not None:
            return found
    return _relative(match, known)


def _within(match: re.Match[str], known: date | None) -> tuple[date | None, date | None]:
    words = match["n2"] or match["n4"] or match["n1"] or match["n3"]
    unit = (match["unit"] or match["unit2"]).lower()
    count = _NUMBERS.get(words.lower()) or int(words)
    if known is None:
        return None, None
    if unit.startswith("week"):
        return known, known + timedelta(weeks=count)
    return known, add_months(known, count * (12 if unit.startswith("year") else 3 if unit.startswith("quarter") else 1))


_Range = tuple[date | None, date | None] | None


def _quarter(match: re.Match[str], known: date | None, fiscal_year_end: str | None) -> _Range:
    digits = match["q1"] or match["q2"]
    if not digits and not match["q3"]:
        return None
    number = int(digits) if digits else _QUARTERS[match["q3"].lower()]
    year = _year(match["yq1"] or match["yq2"] or match["yq3"], known)
    return _span(year, number * 3 - 2, number * 3, fiscal_year_end if match["fq1"] or match["fq2"] or match["fq3"] else None)


def _half(match: re.Match[str], known: date | None, fiscal_year_end: str | None) -> _Range:
    digits, word = match["h1"] or match["h2"], match["h3"] or match["h4"]
    if not digits and not word:
        return None
    number = int(digits) if digits else 1 if word.lower() == "first" else 2
    year = _year(match["yh1"] or match["yh2"] or match["yh3"] or match["yh4"], known)
    return _span(year, number * 6 - 5, number * 6, fiscal_year_end if match["fh1"] or match["fh3"] else None)


def _part(match: re.Match[str], known: date | None, fiscal_year_end: str | None) -> _Range:
    if match["midyear"]:
        first, last = _PARTS["mid" if match["midyear"].lower().startswith("mid") else "year-end"]
        return _span(_year(match["ymid"], known), first, last, None)
    if not match["part"]:
        return None
    key = re.sub(r"\s", " ", match["part"].lower())
    first, last = _PARTS[key]
    return _span(_year(match["yp"], known), first, last, fiscal_year_end if match["fp"] else None)


def _month(match: re.Match[str], known: date | None, _: str | None) -> _Range:
    if not match["month"]:
        return None
    month = MONTHS[match["month"].lower().rstrip(".")]
    if match["ym"]:
        year = int(match["ym"])
    elif known is None:
        return None, None
    else:
        # The nearest such month: "December" in a filing of January is past, "June" in one of April is ahead.
        year = known.year + (month - known.month < -6) - (month - known.month > 6)
    if match["day"]:
        day = date(year, month, int(match["day"]))
        return day, day
    return _span(year, month, month, None)


def _season(match: re.Match[str], known: date | None, _: str | None) -> _Range:
    if not match["season"]:
        return None
    year = _year(match["ys"], known)
    name = match["season"].lower().split()[1 if match["season"].lower().startswith("this") else 0]
    if year is None:
        return None, None
    if name == "winter":
        return date(year, 12, 1), month_end(year + 1, 2)
    return _span(year, *_SEASONS[name], None)


def _bare_year(match: re.Match[str], _: date | None, fiscal_year_end: str | None) -> _Range:
    if match["fy"]:
        return _span(int(match["fy"][-4:]), 1, 12, fiscal_year_end or "12-31")
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    return _span(int(year), 1, 12, None) if year else None


def _relative(match: re.Match[str], known: date | None) -> tuple[date | None, date | None]:
    words = (match["rel"] or "").lower()
    if known is None or not words:
        return None, None
    if words.startswith(("later", "rest", "remainder", "balance", "the ")):
        return known, date(known.year, 12, 31)
    quarter = (known.month - 1) // 3
    unit = words.split()[-1]
    shift = {"next": 1, "last": -1}.get(words.split()[0], 0)
    if unit == "week":
        monday = known - timedelta(days=known.weekday()) + timedelta(weeks=shift)
        first, last = monday, monday + timedelta(days=6)
    elif unit == "year":
        first, last = date(known.year + shift, 1, 1), date(known.year + shift, 12, 31)
    else:
        first = date(known.year, known.month if unit == "month" else quarter * 3 + 1, 1)
        months = 1 if unit == "month" else 3
        first = add_months(first, shift * months)
        last = add_months(first, months) - timedelta(days=1)
    return first, min(last, known) if words.startswith("earlier") else last


def _year(words: str | None, known: date | None) -> int | None:
    if words and words.strip("'").isdigit():
        return full_year(words.strip("'"))
    if known is None:
        return None
    return known.year + (words is not None and words.lower() == "next year")


def _span(year: int | None, first: int, last: int, fiscal_year_end: str | None) -> tuple[date | None, date | None]:
    if year is None:
        return None, None
    start, end = date(year, first, 1), month_end(year, last)
    shift = int(fiscal_year_end[:2]) - 12 if fiscal_year_end else 0
    if shift:
        end = add_months(end, shift)
        start = add_months(start, shift)
    return start, end
