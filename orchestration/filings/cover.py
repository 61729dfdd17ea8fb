"""The cover facts of a filing: who filed what, when, and where they sit.

Belongs here: the captions of Form 8-K and the facts beside them, the ticker, the items, the exhibits, the signature, the
dateline. Does not belong here: how datelines are written (`text/datelines.py`), fiscal periods (`fiscal.py`), figures, which
company it is (`company/`).

The form fixes its captions, not where the facts stand: on the line before, on the same line, or in a table row above. So a fact
is found by its own shape first, and by its caption where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Final

from orchestration.filings.text.companies import company_at
from orchestration.filings.text.datelines import DATELINE, DATELINE_CHARS, dateline, datelines
from orchestration.filings.text.dates import ends_in
from orchestration.filings.vocabulary import rows

_COVER_CHARS: Final = 16_000
_LEAD_CHARS: Final = 500
_WORD: Final = re.compile(r"\w{2,}")
_FORM: Final = re.compile(r"\bform\s+((?:8-K|6-K|10-[QK](?:SB|T|405)?|20-F|40-F)(?:/A)?)", re.IGNORECASE)
_COVER_CAPTION: Final = re.compile(
    r"exact\s+name\s+of\s+(?:the\s+)?registrant|pursuant\s+to\s+section\s+13|date\s+of\s+report\s*[(:]|commission\s+file",
    re.IGNORECASE,
)
"""What the cover of a form prints. A release without one names forms in its small print ("our Form 10-K")."""
_COVER_END: Final = re.compile(r"[cCiI](?i:(?<=c)heck\s+the\s+appropriate\s+box|(?<=i)tem\s+\d{1,2}[.\s])")
"""This pattern and some below begin with a set of first characters, which makes the search fast."""
_DATE_OF_REPORT: Final = re.compile(r"date\s+of\s+report\s*(?:\([^)]{0,80}\))?\s*:?\s*(?P<after>[^\n]{0,60})", re.IGNORECASE)
_DATE: Final = re.compile(r"\b[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s*,\s*\d{4}")
_REGISTRANT: Final = re.compile(
    r"\(\s*(?:exact\s+name\s+of\s+(?:the\s+)?registrant|translation\s+of\s+(?:the\s+)?registrant'?s?\s+name)", re.IGNORECASE
)
"""The second is that of Form 6-K."""
_FORMER_NAME: Final = re.compile(r"\(\s*former\s+name\s+or\s+(?:former\s+)?address", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"\(\s*address\s+(?:and\s+zip\s+code\s+)?of\s+(?:the\s+)?(?:registrant's\s+)?principal\s+executive\s+offices?",
    re.IGNORECASE,
)
_FILE_NUMBER: Final = re.compile(
    r"[0138](?<![\d-].)(?:(?<=[01])|(?<=0)0?[01]|(?<=3)33?|(?<=8)1[14])-\d{3,6}(?:-\d{2})?(?![\d-])"
)
_EMPLOYER: Final = re.compile(r"\d(?<![\d-].)\d-\d{7}(?!\d)")
_PHONE: Final = re.compile(r"[(\d](?<!\d.)(?:(?<=\()\d{3}\)\s*|(?<=\d)\d\d[-.\s])\d{3}[-.]\d{4}(?!\d)")
_PHONE_CAPTION: Final = re.compile(r"telephone\s+number", re.IGNORECASE)
TICKER: Final = re.compile(
    r"\(\s*(?P<exchange>NASDAQ|Nasdaq|NYSE(?:\s+(?:American|MKT|Arca|Amex))?|AMEX|OTC\w*|TSXV?|LSE)\b[^:()]{0,30}:\s*\"?(?P<ticker>[A-Z]{1,6}(?:\.[A-Z])?)\b"
)
_ITEM: Final = re.compile(r"^\W{0,6}item\s+(?P<item>\d{1,2}(?:\.\d{2})?)\b", re.IGNORECASE | re.MULTILINE)
_EXHIBIT_SECTION: Final = re.compile(r"exhibit", re.IGNORECASE)
_EXHIBIT: Final = re.compile(r"(?<![\d.$])(?P<exhibit>(?:99|10|4|3|2)\.\d{1,2})(?![\d])")
_STATE_CAPTION: Final = re.compile(r"[sS](?i:tate\s+or\s+other)")
_SIGNATURES: Final = re.compile(r"^\W{0,6}signatures?\b", re.IGNORECASE | re.MULTILINE)
_SIGNED: Final = re.compile(r"/s/\s*(?P<name>[^\n\t/]{3,60})")
_MARKUP: Final = re.compile(r"[*_#]{1,3}")


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover facts; None or empty for what the filing does not state."""

    form: str | None = None
    registrant: str | None = None
    date_of_report: date | None = None
    commission_file_number: str | None = None
    irs_employer_id: str | None = None
    state_of_incorporation: str | None = None
    address: str | None = None
    phone: str | None = None
    ticker: str | None = None
    exchange: str | None = None
    items: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    signatory: str | None = None
    dateline: date | None = None
    former_name: str | None = None

    @property
    def is_8k(self) -> bool:
        """Whether the text has the cover of a Form 8-K."""
        return bool(self.form and self.form.startswith("8-K"))


def read_cover(text: str, period_ends: Collection[date] = ()) -> Cover:
    """The cover facts of a filing's text. `period_ends` are those of its statements, of which none is the date of a release."""
    head = text[:_COVER_CHARS]
    end = _COVER_END.search(head)
    cover = head[: end.start()] if end else head
    form = _FORM.search(cover) if _COVER_CAPTION.search(cover) else None
    ticker = TICKER.search(text)
    is_8k = bool(form and form[1].upper().startswith("8-K"))
    return Cover(
        form=form[1].upper() if form else None,
        registrant=_before_caption(cover, _REGISTRANT),
        date_of_report=_date_of_report(cover),
        commission_file_number=_first(_FILE_NUMBER, cover),
        irs_employer_id=_first(_EMPLOYER, cover),
        state_of_incorporation=_state(cover),
        address=_before_caption(cover, _ADDRESS),
        phone=_phone(cover),
        ticker=ticker["ticker"] if ticker else None,
        exchange=ticker["exchange"] if ticker else None,
        items=tuple(dict.fromkeys(found["item"] for found in _ITEM.finditer(text))) if is_8k else (),
        exhibits=_exhibits(text) if is_8k else (),
        signatory=_signatory(text) if is_8k else None,
        former_name=_former_name(cover),
        dateline=dateline(head, period_ends, is_below_cover=form is not None),
    )


def plain_number(number: str) -> str:
    """A file number without padding: `000-17999` and `0-17999` are one number."""
    office, _, serial = number.partition("-")
    return f"{office.lstrip('0') or '0'}-{serial.lstrip('0')}"


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found.group() if found else None


def _clean(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split()).strip(" ,;")


def _before_caption(cover: str, caption: re.Pattern[str]) -> str | None:
    """What stands before a caption: on its line, else on the nearest line above that has words."""
    found = caption.search(cover)
    if not found:
        return None
    start = cover.rfind("\n", 0, found.start()) + 1
    for line in (cover[start : found.start()], *reversed(cover[:start].split("\n"))):
        words = _clean(line)
        if any(char.isalnum() for char in words):
            return words
    return None


def _former_name(cover: str) -> str | None:
    """The name above its caption; None where what stands there is no name of a company."""
    found = _before_caption(cover, _FORMER_NAME)
    return found if found and company_at(found, 0) == found else None


def _date_of_report(cover: str) -> date | None:
    found = _DATE_OF_REPORT.search(cover)
    if not found:
        return None
    around = [
        *_DATE.findall(found["after"]),
        *_DATE.findall(cover[found.end() :][:200]),
        *_DATE.findall(cover[: found.start()])[-1:],
    ]
    return next((end for text in around[:1] for end in ends_in(text)), None)


def issuer(text: str) -> str | None:
    """The company that a release without a cover is of: what its lead names with the first word that it has of its headline.

    The lead is the paragraph with the dateline, and the headline is above it. A name whose form is not known is not passed
    over: the next may be a subsidiary's.
    """
    top = text[:DATELINE_CHARS]
    at = next((at for at, _ in datelines(top)), 0)
    headline = set(_WORD.findall(top[: top.rfind("\n", 0, at) + 1].lower()))
    lead = top[at : at + _LEAD_CHARS].split("\n\n")[0]
    start = next((word.start() for word in _WORD.finditer(lead) if word[0][0].isupper() and word[0].lower() in headline), None)
    return None if start is None else company_at(lead, start)


def lead_company(text: str) -> str | None:
    """The company that follows the dateline which a paragraph begins with; None for any other paragraph."""
    top = text[:_LEAD_CHARS]
    end = next((one.end("date") for one in DATELINE.finditer(top)), None)
    start = None if end is None else next((word.start() for word in _WORD.finditer(top, end) if word[0][0].isupper()), None)
    return None if start is None else company_at(top, start)


@cache
def _states() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(row["state"]) for row in rows("states")) + r")\b", re.IGNORECASE)


def _state(cover: str) -> str | None:
    """The state on the line of its caption or the file number, else a line that is a state and nothing else."""
    lines = [_clean(line) for line in cover.split("\n")]
    beside = (line for line in lines if _STATE_CAPTION.search(line) or _FILE_NUMBER.search(line))
    alone = (line for line in lines if _states().fullmatch(line))
    for line in chain(beside, alone):
        found = _states().search(line)
        if found:
            return found.group().title().replace(" Of ", " of ")
    return None


def _phone(cover: str) -> str | None:
    caption = _PHONE_CAPTION.search(cover)
    if caption:
        after = _first(_PHONE, cover[caption.end() :][:200])
        if after:
            return after
    before = _PHONE.findall(cover)
    return before[-1] if before else None


def _exhibits(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    signed = _SIGNATURES.search(text)
    for section in _EXHIBIT_SECTION.finditer(text, 0, signed.start() if signed else len(text)):
        stretch = text[section.start() : section.start() + 120]
        found.update(dict.fromkeys(match["exhibit"] for match in _EXHIBIT.finditer(stretch)))
    return tuple(sorted(found, key=lambda number: tuple(map(int, number.split(".")))))


def _signatory(text: str) -> str | None:
    found = _SIGNED.search(text)
    return _clean(found["name"]) if found else None
