"""Text and numbers as they may go to a terminal."""

from __future__ import annotations

from decimal import Decimal

from orchestration.cli.terminal.text import exact, grouped, safe


def test_numbers_are_written_exactly() -> None:
    assert [exact(Decimal(text)) for text in ("15000000.0000", "-0.2700", "0.0000", "12345678901234567.1234")] == [
        "15000000", "-0.27", "0", "12345678901234567.1234",
    ]  # fmt: skip
    assert [grouped(Decimal(text)) for text in ("15000000.0000", "-0.2700", "-0.3")] == ["15,000,000", "-0.27", "-0.30"]


def test_text_of_a_filing_cannot_steer_the_terminal() -> None:
    assert safe("a\x1b[2Jb\u202ec\td") == "a\ufffd[2Jb\ufffdc    d"
