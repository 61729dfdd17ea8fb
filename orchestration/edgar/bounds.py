"""Whether a file is the whole submission that was asked for.

Belongs here: the marks at both ends of a submission, its accession number, and limits on its documents. Does not belong here:
parsing it (`filings/documents/submission.py`), or storing it (`raw_store.py`).

A `<FILENAME>` that is a path is refused, though no file is ever written under it: EDGAR accepts no such name, so the text is
not as it left EDGAR. The file is read by blocks.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from orchestration.edgar.errors import RefusedError
from orchestration.filings.documents.submission import MAX_DOCUMENTS, is_plain_name

_BLOCK: Final = 1024 * 1024
_HEAD: Final = 64 * 1024
_TAIL: Final = 4096
_OVERLAP: Final = 512  # a tag that a block boundary runs through is seen whole with the next block
_OPENS: Final = re.compile(
    rb"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<(?:SEC|IMS)-DOCUMENT>|<SUBMISSION>)", re.IGNORECASE
)
_CLOSES: Final = re.compile(
    rb"(?:-----END PRIVACY-ENHANCED MESSAGE-----|</(?:SEC|IMS)-DOCUMENT>|</SUBMISSION>)\s*\Z", re.IGNORECASE
)
_MARKUP: Final = re.compile(rb"\s*(?:<!DOCTYPE\s+html|<html\b|<\?xml)", re.IGNORECASE)
_NUMBER: Final = re.compile(
    rb"^(?:ACCESSION NUMBER:|<ACCESSION-NUMBER>)[ \t]*(?P<number>\S{1,40})", re.IGNORECASE | re.MULTILINE
)
_INSIDE: Final = re.compile(rb"^(?:<(?P<document>DOCUMENT)>|<FILENAME>(?P<name>[^\r\n]{0,400}))", re.IGNORECASE | re.MULTILINE)


def check(path: Path, accession: str) -> None:
    """Raises `RefusedError` where a file is not the submission `accession`, complete and within limits."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        _check_ends(head, tail, accession)
        file.seek(0)
        documents, kept = 0, b""
        while block := file.read(_BLOCK):
            is_last = file.tell() >= size
            documents += _documents_in(kept + block, len(kept), accession, is_last=is_last)
            if documents > MAX_DOCUMENTS:
                raise RefusedError(
                    "too_many_documents",
                    f"{accession}: has more than {MAX_DOCUMENTS} documents, where an 8-K has a few dozen; it was not kept",
                )
            kept = (kept + block)[-_OVERLAP:]


def _check_ends(head: bytes, tail: bytes, accession: str) -> None:
    if not _OPENS.match(head):
        page = "an HTML page" if _MARKUP.match(head) else "no EDGAR submission"
        raise RefusedError("not_a_submission", f"{accession}: came as {page}, and was not kept")
    if not _CLOSES.search(tail):
        raise RefusedError("cut_off", f"{accession}: the text does not end as a submission does: it was cut off, and not kept")
    number = _NUMBER.search(head)
    if number is None or number["number"].decode("ascii", "replace") != accession:
        said = number["number"].decode("ascii", "replace") if number else "none"
        raise RefusedError("other_filing", f"{accession}: the text bears the accession number {said}; it was not kept")


def _documents_in(text: bytes, overlap: int, accession: str, *, is_last: bool) -> int:
    """How many documents open in a block; those within the overlap were counted with the block before."""
    found = 0
    for match in _INSIDE.finditer(text):
        is_counted = match.end() < overlap
        is_whole = is_last or match.end() < len(text)
        if is_counted or not is_whole:
            continue
        if match["document"]:
            found += 1
        elif not is_plain_name(name := match["name"].strip().decode("latin-1")):
            raise RefusedError(
                "filename_refused",
                f"{accession}: a document in it is called {name[:80]!r}, no plain name; not kept",
            )
    return found
