"""Small real PDFs for tests, written by reportlab.

Belongs here: pages of words at places. Does not belong here: what a test expects of them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = letter
SIZE = 9.0


class Text(NamedTuple):
    """Text at a place, in points from the top left; `at` is its left, right or middle."""

    at: float
    top: float
    text: str
    align: str = "left"
    size: float = SIZE


LABEL, COLUMNS = 60.0, (380.0, 460.0, 540.0)


def row(top: float, label: str, *figures: str) -> list[Text]:
    """A line of a statement: a label, and figures by their right edge."""
    return [Text(LABEL, top, label), *(Text(at, top, figure, "right") for at, figure in zip(COLUMNS, figures, strict=False))]


def pdf(*pages: Sequence[Text], canvas: Any = None, before_page: Any = None) -> bytes:
    """The bytes of a PDF of these pages, in Helvetica. `before_page` is called with the canvas at the start of each."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=letter, invariant=1) if canvas is None else canvas(stream)
    for texts in pages:
        if before_page:
            before_page(canvas)
        for text in texts:
            draw = {"left": canvas.drawString, "right": canvas.drawRightString, "middle": canvas.drawCentredString}[text.align]
            canvas.setFont("Helvetica", text.size)
            draw(text.at, HEIGHT - text.top, text.text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


STATEMENT = [
    *[Text(WIDTH / 2, 60, "ACME, INC.", "middle")],
    Text(WIDTH / 2, 72, "CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS", "middle"),
    Text(WIDTH / 2, 84, "(In thousands, except per share data)", "middle"),
    Text(420, 108, "Three Months Ended March 31,", "middle"),
    *row(120, "", "2024", "2023"),
    *row(134, "Revenue", "$ 1,400", "$ 1,300"),
    *row(148, "Cost of revenue", "400", "350"),
    *row(162, "Gross profit", "1,000", "950"),
    *row(176, "Research and development", "250", "240"),
    *row(190, "Selling, general and administrative", "450", "900"),
    *row(204, "Total operating expenses", "700", "1,140"),
    *row(218, "Operating income (loss)", "300", "(190)"),
    *row(232, "Income tax expense", "60", "10"),
    *row(246, "Net income (loss)", "$ 240", "$ (200)"),
]
"""A page with a statement that adds up."""

RELEASE = [
    Text(WIDTH / 2, 60, "Acme Reports First Quarter 2024 Results", "middle", 14),
    Text(LABEL, 90, "BOSTON, May 2, 2024 - Acme, Inc. (Nasdaq: ACME) today announced results for its first quarter"),
    Text(LABEL, 101, "ended March 31, 2024. Revenue was $1.4 million, and net income was $0.2 million."),
]
"""A page with a dateline and prose."""
