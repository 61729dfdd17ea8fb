"""The line a value stands on: cut, marked, and shown only of the bytes that were read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from orchestration.explain.source_line import source_line

TEXT = "Revenues\n" + "x" * 200 + " 5,211 " + "y" * 200 + "\nthe end"
START = TEXT.index("5,211")


def value(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"source": "a.txt", "sha256": digest, "source_line": 2, "source_start": START, "source_end": START + 5} | changes


def test_a_long_line_is_cut_on_both_sides_of_the_value(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    found = source_line(tmp_path, value())
    assert found.text is not None
    assert found.text[found.start : found.end] == "5,211"
    assert found.text.startswith("...xxx")
    assert found.text.endswith("yyy...")
    assert "\n" not in found.text


def test_a_value_without_characters_is_shown_where_its_certificate_has_the_damaged_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    lost = value(source_start=None, source_end=None)
    found = source_line(tmp_path, lost, {"source_start": START, "source_end": START + 5})
    assert found.text is not None
    assert found.text[found.start : found.end] == "5,211"
    assert source_line(tmp_path, lost).text is None


def test_no_line_is_shown_of_a_file_that_changed_is_gone_or_lies_elsewhere(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(TEXT + "!")
    (tmp_path / "a.txt").write_text(TEXT)
    for source, trouble in (("a.txt", "was changed"), ("b.txt", "no longer there"), ("../a.txt", "no longer there")):
        found = source_line(raw, value(source=source))
        assert found.text is None
        assert trouble in (found.trouble or "")
