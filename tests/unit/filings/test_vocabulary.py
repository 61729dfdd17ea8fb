"""The curated terms: loaded whole, or refused by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orchestration.filings import vocabulary

LOAD = vocabulary.rows.__wrapped__


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "FOLDER", tmp_path)
    with pytest.raises(vocabulary.VocabularyError, match=r"no_such\.csv is missing: restore it from git"):
        LOAD("no_such")


@pytest.mark.parametrize("row", ["one", "one,two,three"], ids=["short", "long"])
def test_a_row_of_another_length_is_named_by_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    monkeypatch.setattr(vocabulary, "FOLDER", tmp_path)
    (tmp_path / "terms.csv").write_text(f"a,b\n1,2\n{row}\n", encoding="utf-8")
    with pytest.raises(vocabulary.VocabularyError, match="line 3"):
        LOAD("terms")


def test_every_pattern_of_line_items_compiles_and_names_a_known_concept() -> None:
    concepts = {(row["statement"], row["concept"]) for row in vocabulary.rows("concepts")}
    items = vocabulary.rows("line_items")
    assert len(items) > 30
    for row in items:
        re.compile(row["pattern"])
        assert (row["statement"], row["concept"]) in concepts, row


def test_no_concept_is_listed_twice() -> None:
    names = [row["concept"] for row in vocabulary.rows("concepts")]
    assert len(names) == len(set(names)) > 20
