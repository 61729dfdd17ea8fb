"""PDFs: their text as the page shows it, the place of every word, and what is refused."""

from __future__ import annotations

import math
import threading
from decimal import Decimal
from functools import partial

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from orchestration.filings.documents.decode import NotText, decode, decode_pages
from orchestration.filings.documents.pdf import MAX_PAGE_CHARS, MAX_PAGES, is_pdf
from orchestration.filings.reader import read_filing
from orchestration.filings.records import FilingStatus
from tests.unit.filings.pdfs import COLUMNS, HEIGHT, RELEASE, STATEMENT, WIDTH, Text, pdf, row


def refusal(raw: bytes) -> NotText:
    with pytest.raises(NotText) as raised:
        decode(raw)
    return raised.value


def test_a_release_printed_as_pdf_is_read_with_page_and_box() -> None:
    reading = read_filing(pdf(RELEASE, STATEMENT), "0001234567/release.pdf")
    [revenue] = [value for value in reading.values if value.concept == "Revenues" and value.period_end.year == 2024]
    assert reading.filing.status is FilingStatus.ACCEPTED
    assert str(reading.filing.known_from) == "2024-05-02"
    assert (revenue.value, revenue.raw_text, revenue.source_page) == (Decimal(1_400_000), "1,400", 2)
    left, top, right, bottom = map(float, revenue.source_box.split())
    assert right == pytest.approx(COLUMNS[0], abs=0.1)
    assert left < right
    assert top < 134 < bottom


def test_offsets_are_into_the_text_that_decode_gives() -> None:
    raw = pdf(RELEASE, STATEMENT)
    values = read_filing(raw, "a.pdf").values
    assert len(values) == 18
    assert all(decode(raw)[value.source_start : value.source_end] == value.raw_text for value in values)


def test_text_that_is_no_pdf_has_no_page() -> None:
    reading = read_filing(decode(pdf(RELEASE, STATEMENT)).encode(), "a.txt")
    assert reading.values
    assert {(value.source_page, value.source_box) for value in reading.values} == {(None, None)}


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_is_shown_turned_is_read_as_shown(turns: int) -> None:
    """The rotation of a page turns it back to where its words were written."""

    def turn(canvas: Canvas) -> None:
        canvas.setPageRotation(90 * turns)
        canvas.rotate(90 * turns)
        canvas.translate(*{1: (0, -HEIGHT), 2: (-WIDTH, -HEIGHT), 3: (-WIDTH, 0)}[turns])

    upright, turned = decode_pages(pdf(STATEMENT)), decode_pages(pdf(STATEMENT, before_page=turn))
    assert turned.text == upright.text
    places = [(one.box, other.box) for one, other in zip(turned.words, upright.words, strict=True)]
    assert all(one == pytest.approx(other, abs=0.5) for one, other in places)


def test_a_table_along_the_long_side_of_a_page_is_read() -> None:
    def turn(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -740)

    assert decode(pdf(STATEMENT, before_page=turn)).split() == decode(pdf(STATEMENT)).split()


def test_a_raised_mark_is_no_digit_of_a_figure() -> None:
    marked = [*STATEMENT, Text(COLUMNS[0] + 0.5, 130, "2", size=5.5), Text(130, 158, "(1)", size=5.5)]
    assert decode(pdf(marked)) == decode(pdf(STATEMENT))


def test_a_figure_in_small_type_is_kept() -> None:
    assert "77" in decode(
        pdf([*STATEMENT, *[Text(one.at, one.top, one.text, one.align, 5.5) for one in row(260, "Aside", "77")]])
    )


def test_a_word_printed_twice_for_a_bold_look_stands_once() -> None:
    assert decode(pdf([*STATEMENT, *STATEMENT])) == decode(pdf(STATEMENT))


def test_signs_beside_the_figure_before_them_belong_to_the_next() -> None:
    texts = [*row(100, "Net sales", "1,234", "1,111"), *row(112, "Costs", "234", "111")]
    beside = [*texts, Text(COLUMNS[0], 100, "$"), Text(COLUMNS[0] - 60, 100, "$")]
    [line] = [line for line in decode(pdf(beside)).split("\n") if "Net" in line]
    assert line.split() == ["Net", "sales", "$", "1,234", "$", "1,111"]
    assert "1,234  " in line


def encrypted(**options: str) -> bytes:
    return pdf(STATEMENT, canvas=partial(Canvas, pagesize=letter, encrypt=StandardEncryption(**options)))


def test_an_encrypted_pdf_is_refused_with_what_to_do() -> None:
    refused = refusal(encrypted(userPassword="secret"))
    assert refused.code == "pdf_encrypted"
    assert "password" in str(refused)


def test_a_pdf_that_opens_without_a_password_is_read_whatever_it_forbids() -> None:
    raw = encrypted(userPassword="", ownerPassword="secret", canCopy=0)
    assert decode(raw) == decode(pdf(STATEMENT))


def drawn(canvas: Canvas) -> None:
    canvas.rect(50, 50, 100, 100, fill=1)


def test_scanned_pages_are_refused_and_a_scanned_page_is_named() -> None:
    assert refusal(pdf([], [], before_page=drawn)).code == "pdf_scanned"
    reading = read_filing(pdf(RELEASE, STATEMENT, [], before_page=drawn), "1234567/a.pdf")
    [problem] = [problem for problem in reading.problems if problem.code == "page_without_text"]
    assert "page 3" in problem.message
    assert reading.filing.status is FilingStatus.ACCEPTED


def test_an_empty_page_is_no_picture() -> None:
    assert decode_pages(pdf(STATEMENT, [])).pictures == ()


@pytest.mark.parametrize("broken", [pdf(STATEMENT)[:200], b"%PDF-1.7\n" + bytes(5_000), b"%PDF-1.4 x"])
def test_a_broken_pdf_is_refused_with_what_to_do(broken: bytes) -> None:
    refused = refusal(broken)
    assert refused.code == "pdf_broken"
    assert "download it again" in str(refused)


def test_a_pdf_cut_off_or_damaged_anywhere_never_raises_anything_else() -> None:
    raw = pdf(RELEASE, STATEMENT)
    for at in range(0, len(raw), 97):
        for damaged in (raw[:at], raw[:at] + b"\xff\x00<<" + raw[at + 4 :]):
            assert read_filing(damaged, "a.pdf").filing.sha256


def test_too_many_pages_or_characters_are_refused() -> None:
    assert refusal(pdf(*[[Text(60, 60, "page")]] * (MAX_PAGES + 1))).code == "pdf_too_long"
    lines = [Text(5, 20 + 9 * at, "12345678 " * 100, size=1) for at in range(MAX_PAGE_CHARS // 800 + 1)]
    assert refusal(pdf(lines)).code == "pdf_too_long"


def test_what_only_speaks_of_pdf_is_none() -> None:
    assert is_pdf(b"\n\n" + pdf(STATEMENT))
    assert not is_pdf(b"<html>%PDF-1.4</html>")
    assert not is_pdf(b" " * 2_000 + b"%PDF-1.4")


def test_threads_read_pdfs_at_once() -> None:
    """PDFium bears one thread; without the lock this ends the process."""
    raw, found = pdf(RELEASE, STATEMENT), []
    threads = [threading.Thread(target=lambda: found.extend(decode(raw) for _ in range(5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [decode(raw)] * 40


def test_words_off_the_page_are_left_out() -> None:
    """One far to the right would need as many blanks before it."""
    off = [Text(5e8, 100, "far", "left"), Text(60, 5e8, "below"), Text(60, -500, "above")]
    assert decode(pdf([*STATEMENT, *off])) == decode(pdf(STATEMENT))


def test_words_of_another_slant_are_left_out() -> None:
    """A watermark across the page would stand in the middle of lines."""

    def stamp(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(math.degrees(math.pi / 2))
        canvas.setFont("Helvetica", 40)
        canvas.drawString(100, -300, "DRAFT")
        canvas.restoreState()

    assert decode(pdf(STATEMENT, before_page=stamp)) == decode(pdf(STATEMENT))
