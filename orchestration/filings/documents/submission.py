"""EDGAR full submissions (SGML) -> header facts and the documents inside, with their source offsets.

Belongs here: the `<SEC-HEADER>`, the `<DOCUMENT>` parts, PEM armour around them, and what no submission accepted by EDGAR has.
Does not belong here: which documents are read (`exhibits.py`), what one says, its format (`detect.py`).

Documents are not unpacked: a picture or PDF stays uuencoded and unread, and no file is named after a `<FILENAME>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_DOCUMENTS: Final = 500
"""An 8-K with its pictures and XBRL files has well under a hundred documents."""

_HEADER_CHARS: Final = 20_000
_IS_SUBMISSION: Final = re.compile(r"<(?:SEC-DOCUMENT|IMS-DOCUMENT|SEC-HEADER|DOCUMENT)>", re.IGNORECASE)
_DOCUMENT: Final = re.compile(r"<DOCUMENT>", re.IGNORECASE)
_DOCUMENT_END: Final = re.compile(r"</DOCUMENT>", re.IGNORECASE)
_TEXT: Final = re.compile(r"<TEXT>", re.IGNORECASE)
_TEXT_END: Final = re.compile(r"</TEXT>", re.IGNORECASE)
_TAG: Final = re.compile(r"^<(?P<tag>TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(?P<value>[^\n<]*)", re.IGNORECASE | re.MULTILINE)
_TAGS_CHARS: Final = 2_000
_FIELD: Final = re.compile(r"^\s*(?P<name>[A-Z][A-Z .&/-]+?):[ \t]+(?P<value>\S[^\n]*)$", re.MULTILINE)
_PLAIN_NAME: Final = re.compile(r"(?!\.)[!-.0-\[\]-~][ -.0-\[\]-~]{0,254}")
_UUENCODED: Final = re.compile(r"\s*(?:<(?:PDF|XML|JPG|GIF)>\s*)?begin [0-7]{3,4} \S", re.IGNORECASE)
_FILERS: Final = re.compile(
    r"^\s*(?:FILER|FILED BY|REPORTING-OWNER|SUBJECT COMPANY):|^\s*COMPANY CONFORMED NAME:[ \t]+(?P<name>\S[^\n]*)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class SubmissionHeader:
    """What the header of a submission states; None for what it does not."""

    accession: str | None = None
    cik: str | None = None
    name: str | None = None
    former_names: tuple[str, ...] = ()
    form: str | None = None
    filed: date | None = None
    fiscal_year_end: str | None = None
    sic: str | None = None
    file_number: str | None = None
    irs_number: str | None = None
    state: str | None = None
    registrants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a submission. `start` and `end` bound its text in the source; `is_binary` says it is uuencoded."""

    type: str
    filename: str
    description: str
    start: int
    end: int
    is_binary: bool = False

    @property
    def has_plain_name(self) -> bool:
        """Whether its name, if any, is plain (`is_plain_name`)."""
        return not self.filename or is_plain_name(self.filename)


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission taken apart. `is_cut` says that it has more documents than `MAX_DOCUMENTS`."""

    header: SubmissionHeader
    parts: tuple[Part, ...]
    is_cut: bool = False

    @property
    def refusal(self) -> tuple[str, str] | None:
        """A code and a reason where EDGAR cannot have accepted such a submission; else None."""
        if self.is_cut:
            reason = f"the submission has more than {MAX_DOCUMENTS} documents, where an 8-K has a few dozen; fetch it again"
            return "too_many_documents", reason
        for part in self.parts:
            if not part.has_plain_name:
                reason = f"a document in it is called {part.filename[:80]!r}, which is no plain file name; fetch it from EDGAR"
                return "filename_refused", reason
        return None


def is_plain_name(name: str) -> bool:
    """Whether EDGAR may give a file this name: ASCII, no path, no control character, no leading dot."""
    return _PLAIN_NAME.fullmatch(name) is not None


def read_submission(text: str) -> Submission | None:
    """The header and documents of a submission; None where the text is none."""
    first = _IS_SUBMISSION.search(text, 0, _HEADER_CHARS)
    if not first:
        return None
    parts: list[Part] = []
    for part in _parts(text):
        if len(parts) == MAX_DOCUMENTS:
            return Submission(_header(text), tuple(parts), is_cut=True)
        parts.append(part)
    return Submission(_header(text), tuple(parts)) if parts else None


def _parts(text: str) -> Iterator[Part]:
    opened = _DOCUMENT.search(text)
    while opened:
        following = _DOCUMENT.search(text, opened.end())
        closed = _DOCUMENT_END.search(text, opened.end(), following.start() if following else len(text))
        limit = closed.start() if closed else following.start() if following else len(text)
        tags = {
            found["tag"].upper(): found["value"].strip()
            for found in _TAG.finditer(text, opened.end(), min(limit, opened.end() + _TAGS_CHARS))
        }
        body = _TEXT.search(text, opened.end(), limit)
        end = _TEXT_END.search(text, body.end(), limit) if body else None
        start = body.end() if body else opened.end()
        yield Part(
            tags.get("TYPE", ""),
            tags.get("FILENAME", ""),
            tags.get("DESCRIPTION", ""),
            start,
            end.start() if end else limit,
            is_binary=bool(_UUENCODED.match(text, start, limit)),
        )
        opened = following


def _header(text: str) -> SubmissionHeader:
    first = _DOCUMENT.search(text)
    stretch = text[: min(first.start() if first else _HEADER_CHARS, _HEADER_CHARS)]
    fields: dict[str, str] = {}
    former: dict[str, None] = {}
    for found in _FIELD.finditer(stretch):
        fields.setdefault(found["name"], found["value"].strip())
        if found["name"] == "FORMER CONFORMED NAME":
            former[found["value"].strip()] = None
    cik = fields.get("CENTRAL INDEX KEY")
    year_end = fields.get("FISCAL YEAR END", "")
    sic = re.search(r"\[(\d{4})\]", fields.get("STANDARD INDUSTRIAL CLASSIFICATION", ""))
    return SubmissionHeader(
        accession=fields.get("ACCESSION NUMBER"),
        cik=cik.zfill(10) if cik and cik.isdigit() else None,
        name=fields.get("COMPANY CONFORMED NAME"),
        former_names=tuple(former),
        form=fields.get("CONFORMED SUBMISSION TYPE"),
        filed=_day(fields.get("FILED AS OF DATE", "")),
        fiscal_year_end=f"{year_end[:2]}-{year_end[2:]}" if re.fullmatch(r"(?:0[1-9]|1[0-2])\d\d", year_end) else None,
        sic=sic[1] if sic else None,
        file_number=fields.get("SEC FILE NUMBER"),
        irs_number=fields.get("IRS NUMBER"),
        state=fields.get("STATE OF INCORPORATION"),
        registrants=_registrants(stretch),
    )


def _registrants(header: str) -> tuple[str, ...]:
    """The names of all that filed together, in order."""
    section = ""
    names: dict[str, None] = {}
    for found in _FILERS.finditer(header):
        if not found["name"]:
            section = found.group().strip()
        elif section == "FILER:":
            names[found["name"].strip()] = None
    return tuple(names)


def _day(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits) if digits.isdigit() else None
    except ValueError:
        return None
