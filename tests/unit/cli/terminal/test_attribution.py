"""The witnesses of a value in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orchestration.cli.terminal.attribution import show_attribution
from orchestration.filings.records import Witness

NOBODY = {f"{name}_{part}": "nothing" if part == "witness" else None for name in
          ("period", "scale", "currency", "entity", "basis") for part in ("witness", "line", "text")}  # fmt: skip
ROW = NOBODY | {"period_end": date(2010, 6, 30), "scale": Decimal(1_000), "currency": "EUR", "entity": None, "basis": "gaap"}


def test_each_witness_has_its_line_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    show_attribution(ROW | {"scale_witness": "note", "scale_line": 17, "scale_text": "(in thousands)"})
    lines = capsys.readouterr().out.splitlines()
    assert "  in units of 1,000: said in a note, line 17: (in thousands)" in lines
    assert "  of a company nobody names: said by nothing: taken for granted" in lines
    assert len(lines) == 5


@pytest.mark.parametrize("witness", list(Witness))
def test_there_are_words_for_every_witness(witness: Witness, capsys: pytest.CaptureFixture[str]) -> None:
    show_attribution(ROW | {"period_witness": witness.value})
    assert "ends 2010-06-30: said " in capsys.readouterr().out
