"""Documents that hold statements and are no earnings release: periodic reports, and audited statements of an acquired business.

Belongs here: what such a document is called, and the marks that tell. Does not belong here: what keeps a release out
(`acceptance.py`), statements of another company within a release (`statements/entity.py`).
"""

from __future__ import annotations

import re
from typing import Final

from orchestration.filings.records import Filing

EARNINGS_ITEMS: Final = frozenset({"2.02", "12"})
"""The items of a Form 8-K that report results: 2.02, and 12 before August 2004."""
RELEASE_ITEMS: Final = EARNINGS_ITEMS | {"7.01", "9", "8.01", "5"}
"""Those under which a release is filed too: Regulation FD and other events, before August 2004 Items 9 and 5."""
_PERIODIC: Final = re.compile(r"(?:10-[QK](?:SB|T|405)?(?:40)?|20-F|40-F|11-K)(?:/A)?", re.IGNORECASE)
_COVER_CHARS: Final = 16_000
_PERIODIC_COVER: Final = re.compile(
    r"\b(?:quarterly|annual|transition(?:al)?)\s+report\s+(?:pursuant\s+to|under)\s+section\s+13\b", re.IGNORECASE
)
"""What a cover says of itself. A release names such forms too, in its small print."""
_AUDITORS_REPORT: Final = re.compile(
    r"\b(?:independent\s+auditor'?s?'?\s+report|report\s+of\s+independent\s+(?:registered\s+public\s+account\w+|certified\s+public"
    r"\s+accountants|(?:public\s+)?accountants|auditors))\b",
    re.IGNORECASE,
)
_ACQUIRED: Final = re.compile(
    r"financial\s+statements\s+of\s+(?:the\s+)?(?:business(?:es)?(?:\s+or\s+funds)?\s+(?:to\s+be\s+)?acquired"
    r"|acquired\s+business(?:es)?)\b[\s.:*_|-]{0,20}+"
    r"(?P<none>not\s+(?:applicable|required)|none|n/?a\b)?",
    re.IGNORECASE,
)


def why_no_release(filing: Filing, header_form: str | None, text: str) -> tuple[str, str] | None:
    """Code and reason for a document that is no release, by its name; None for one that may be.

    `header_form` is the form that the header of a submission states.
    """
    form = filing.form if header_form is None else header_form
    if form and _PERIODIC.fullmatch(form) and (header_form or _PERIODIC_COVER.search(text[:_COVER_CHARS])):
        kind = "quarterly report" if form.upper().startswith("10-Q") else "annual report"
        return (
            "periodic_report",
            f"the document is a Form {form.upper()}, the {kind}, and no earnings release; put in the release of the same"
            " period, Exhibit 99.1 of an 8-K (tieout fetch brings it)",
        )
    if _is_of_acquired_business(filing, text):
        return (
            "acquired_business",
            "the 8-K files audited statements of a business that the registrant acquired (Item 9.01(a)) and no results of its"
            " own: they are no part of the registrant's history",
        )
    if filing.form is None and filing.known_from is None and _AUDITORS_REPORT.search(text):
        return (
            "audited_statements",
            "the text is audited statements: it has the report of an auditor, and not the date of a release; put in the"
            " release of the same period",
        )
    return None


def _is_of_acquired_business(filing: Filing, text: str) -> bool:
    """Whether an 8-K lists statements of an acquired business (Item 9.01(a), once 7(a)), has them, and reports no results."""
    if not (filing.form or "").startswith("8-K") or EARNINGS_ITEMS & set(filing.items):
        return False
    is_listed = any(not found["none"] for found in _ACQUIRED.finditer(text))
    return is_listed and _AUDITORS_REPORT.search(text) is not None
