"""The bytes of a PDF -> text set out as its pages show it, with the page and box of every word.

Belongs here: opening a PDF with PDFium, its characters as words with boxes, and why one is not read. Does not belong here:
lines and cells (`page_layout.py`), what the text says.

PDFium is what Chromium shows PDFs with: fast, and tried on hostile files. Nothing of a PDF is run or drawn, and no file that it
holds is opened. It bears no threads: a lock keeps them apart.
"""

from __future__ import annotations

import ctypes
import math
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orchestration.filings.documents.not_text import NotText
from orchestration.filings.documents.page_layout import Box, LaidOut, Word, around, lay_out
from orchestration.filings.text.figures import CURRENCY
from orchestration.filings.text.normal import normal

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES: Final = 200
MAX_PAGE_CHARS: Final = 60_000
MAX_CHARS: Final = 1_500_000
"""The longest releases have some 60 pages of 5,000 characters; an annual report is none."""

START_BYTES: Final = 1_024
"""The mark of a PDF stands in the first of these."""
_LEAST_CHARS: Final = 20
"""A page with fewer is a picture with a number on it, if it shows anything."""
_MAX_UNMAPPED: Final = 0.1
_UNMAPPED: Final = "\ufffd"
_HYPHEN: Final = "\x02"
"""What PDFium makes of a hyphen at the end of a line."""
_WORD_GAP: Final = 0.25
_LINE_SHIFT: Final = 0.6
_SMALLER: Final = 0.85
"""Of the height of a character: a gap, or a step up or down, that parts two words; a smaller one begins a footnote mark."""
_LOCK: Final = threading.Lock()


class _Char(NamedTuple):
    text: str
    box: Box


class _Page(NamedTuple):
    words: list[Word]
    chars: int
    unmapped: int
    width: float
    shows_something: bool


def is_pdf(raw: bytes) -> bool:
    """Whether bytes are those of a PDF: its mark may stand a little behind the start."""
    return b"%PDF-" in raw[:START_BYTES] and raw.lstrip()[:1] != b"<"


def read_pdf(raw: bytes) -> LaidOut:
    """The text of a PDF. Raises `NotText` for one that is encrypted, broken, too long, or holds pictures of text alone."""
    with _LOCK:
        pages = _pages(raw)
    chars = sum(page.chars for page in pages)
    pictures = tuple(at for at, page in enumerate(pages, 1) if page.chars < _LEAST_CHARS and page.shows_something)
    if chars < _LEAST_CHARS:
        raise NotText(
            "pdf_scanned",
            f"the PDF has no text on any page ({len(pages)} in all): they are scanned or drawn; take the text or HTML,"
            " or run the PDF through OCR (such as ocrmypdf) first",
        )
    if sum(page.unmapped for page in pages) > _MAX_UNMAPPED * chars:
        raise NotText(
            "pdf_unmapped",
            "the fonts of the PDF do not say which characters they show, so its text is lost; put the release in as text or"
            " HTML, or run the PDF through OCR (such as ocrmypdf --force-ocr) first",
        )
    laid_out = lay_out([page.words for page in pages], max(page.width for page in pages))
    return replace(laid_out, pictures=pictures)


def _pages(raw: bytes) -> list[_Page]:
    import pypdfium2  # noqa: PLC0415 - dear, and most filings are no PDF

    try:
        pdf = pypdfium2.PdfDocument(raw)
        try:
            return _read_pages(pdf)
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY):
            reason = "the PDF is encrypted and does not open without a password; save it without one, or take the text or HTML"
            raise NotText("pdf_encrypted", reason) from error
        reason = f"the PDF is broken or cut off ({error}); download it again, or take the release as text or HTML"
        raise NotText("pdf_broken", reason) from error


def _read_pages(pdf: pypdfium2.PdfDocument) -> list[_Page]:
    if len(pdf) > MAX_PAGES:
        raise NotText(
            "pdf_too_long", f"the PDF has {len(pdf):,} pages; the limit is {MAX_PAGES}: keep the pages of the release"
        )
    pages: list[_Page] = []
    for number in range(len(pdf)):
        pages.append(_page(pdf[number], number + 1))
        if pages[-1].chars > MAX_PAGE_CHARS or sum(page.chars for page in pages) > MAX_CHARS:
            raise NotText(
                "pdf_too_long",
                f"the PDF has {pages[-1].chars:,} characters on page {number + 1}; the limits are {MAX_PAGE_CHARS:,} a page and"
                f" {MAX_CHARS:,} in all: keep the pages of the release",
            )
    if not pages:
        raise NotText("pdf_broken", "the PDF has no pages; download it again, or take the release as text or HTML")
    return pages


def _page(page: Any, number: int) -> _Page:
    """One page; of one with too many characters, only their number."""
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_PAGE_CHARS:
        return _Page([], count, 0, 0, shows_something=True)
    turns = _turns(text, count)
    sheet = _Sheet(number, turns, page.get_bbox())
    chars, unmapped = _chars(text, count, turns, sheet)
    shows = count >= _LEAST_CHARS or next(page.get_objects(max_depth=2), None) is not None
    words = list(_words(chars))
    seen = sum(len(word.text) for word in words)
    return _Page(words, seen, unmapped, sheet.width, shows)


class _Sheet(NamedTuple):
    """A page, by how many quarter turns clockwise its words are upright, and its edges (left, bottom, right, top).

    Where it is shown otherwise, as a wide table along its long side is, whoever reads it turns it so.
    """

    number: int
    turns: int
    edges: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        """Its width with its words upright, in points; 0 where it has none that is a number."""
        left, bottom, right, top = self.edges
        width = top - bottom if self.turns % 2 else right - left
        return width if math.isfinite(width) else 0.0

    def has(self, rect: Any) -> bool:
        """Whether a rectangle is on the page: what is not is not shown, and a box may be no number at all."""
        left, bottom, right, top = self.edges
        return bool(left <= (rect.left + rect.right) / 2 <= right and bottom <= (rect.top + rect.bottom) / 2 <= top)

    def shown(self, rect: Any) -> Box:
        """The box of a rectangle of the page with its words upright."""
        left, bottom, right, top = self.edges
        match self.turns:
            case 0:
                return Box(self.number, rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)
            case 1:
                return Box(self.number, rect.bottom - bottom, rect.left - left, rect.top - bottom, rect.right - left)
            case 2:
                return Box(self.number, right - rect.right, rect.bottom - bottom, right - rect.left, rect.top - bottom)
            case _:
                return Box(self.number, top - rect.top, right - rect.right, top - rect.bottom, right - rect.left)


def _quarter(text: Any, index: int) -> int:
    """By how many quarter turns clockwise a character becomes upright."""
    from pypdfium2 import raw as pdfium  # noqa: PLC0415

    return -round(float(pdfium.FPDFText_GetCharAngle(text, index)) / (math.pi / 2)) % 4


def _turns(text: Any, count: int) -> int:
    """The quarter turns of most characters: a table may be printed along the long side of a page."""
    found = Counter(_quarter(text, index) for index in range(0, count, 7))
    return max(found, key=lambda turns: (found[turns], -turns), default=0)


def _chars(text: Any, count: int, turns: int, sheet: _Sheet) -> tuple[list[_Char | None], int]:
    """The characters on the page that stand as most do, None for a blank; and how many have no known character."""
    from pypdfium2 import raw as pdfium  # noqa: PLC0415

    rect, unmapped = pdfium.FS_RECTF(), 0
    chars: list[_Char | None] = []
    for index in range(count):
        shown = chr(min(pdfium.FPDFText_GetUnicode(text, index), sys.maxunicode))
        plain = "-" if shown == _HYPHEN else normal(shown)
        if not plain.strip() or not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            chars.append(None)
        elif sheet.has(rect) and _quarter(text, index) == turns:
            is_lost = not all(char.isprintable() for char in plain) or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
            unmapped += is_lost
            chars.append(_Char(_UNMAPPED if is_lost else plain, sheet.shown(rect)))
    return chars, unmapped


def _words(chars: list[_Char | None]) -> Iterator[Word]:
    run: list[_Char] = []
    order = 0
    for char in (*chars, None):
        if run and (char is None or _is_apart(run[-1], char)):
            yield Word("".join(one.text for one in run), around([one.box for one in run]), order)
            order, run = order + 1, []
        if char is not None:
            run.append(char)


def _is_apart(one: _Char, other: _Char) -> bool:
    """Whether a character begins another word than the one before it: a currency sign does where a figure ends."""
    before, after = one.box, other.box
    height = max(before.height, after.height)
    gap = after.left - before.right
    is_elsewhere = abs(after.middle - before.middle) > _LINE_SHIFT * height
    is_next_sign = other.text in CURRENCY and (one.text.isdigit() or one.text in ")%")
    is_smaller = after.height < _SMALLER * before.height
    return gap > _WORD_GAP * height or gap < -height or is_elsewhere or is_smaller or is_next_sign
