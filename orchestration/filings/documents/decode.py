"""Bytes -> text: the encoding of a filing, and the refusal of what is no text.

Belongs here: byte order marks, fallback encodings, binary and oversized input. Does not belong here: odd characters
(`text/normal.py`), how a PDF is opened (`pdf.py`), what the text says.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from orchestration.filings.documents.not_text import NotText
from orchestration.filings.documents.page_layout import LaidOut
from orchestration.filings.documents.pdf import is_pdf, read_pdf
from orchestration.filings.text.normal import normal

MAX_BYTES: Final = 32 * 1024 * 1024
"""EDGAR's largest earnings submissions, scanned pages included, stay under 30 MB."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_STARTS: Final = {
    b"PK\x03\x04": "a ZIP archive (or a DOCX or XLSX)",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Microsoft Office file",
}
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f-\x9f\ufffd]")
_SAMPLE_BYTES: Final = 65_536
_MAX_CONTROL_SHARE: Final = 0.02


def decode(raw: bytes) -> str:
    """The text of a filing with line feeds as line ends; all source offsets are offsets into this text."""
    return decode_pages(raw).text


def decode_pages(raw: bytes) -> LaidOut:
    """The text of a filing; of a PDF with the page and box of every word.

    Odd characters become plain ones (`text/normal.py`). Bytes that are not UTF-8 are read as Windows-1252, common before 2010,
    its unassigned bytes as U+FFFD. Raises NotText for empty, oversized and binary input.
    """
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotText("empty_file", "the file is empty: fetch it again, or remove it from the raw folder")
    if len(raw) > MAX_BYTES:
        raise NotText(
            "too_large",
            f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}: keep the release, leave out its pictures",
        )
    if is_pdf(raw):
        return read_pdf(raw)
    for start, kind in _BINARY_STARTS.items():
        if raw.startswith(start):
            raise NotText("binary_file", f"the file is {kind}, not text: put the filing's text or HTML into the raw folder")
    text = _decode(raw)
    _refuse_binary(text)
    return LaidOut(normal(text))


def _decode(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    guess = _utf16_without_mark(raw)
    if guess:
        return raw.decode(guess, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _utf16_without_mark(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark, known by the zero in every other byte of Western text; None for others."""
    sample = raw[:_SAMPLE_BYTES]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    if even > 0.7 and odd < 0.1:
        return "utf-16-be"
    return None


def _refuse_binary(text: str) -> None:
    sample = text[:_SAMPLE_BYTES]
    if len(_NO_TEXT.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise NotText("binary_file", "the file is binary, not text: put the filing's text or HTML into the raw folder")
