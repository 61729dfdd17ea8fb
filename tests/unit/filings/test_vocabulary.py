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


def _asked_for(pattern: str) -> set[str]:
    """The names that the reader asks for, `{}` standing for what it puts in on its way."""
    sources = Path(vocabulary.__file__).parent.rglob("*.py")
    return {
        re.sub(r"\{\w+\}", "{}", name) for path in sources for name in re.findall(pattern, path.read_text(encoding="utf-8"))
    }


def _fits(name: str, asked: set[str]) -> bool:
    return any(re.fullmatch(re.escape(one).replace(r"\{\}", r"\w+"), name) for one in asked)


def test_every_wording_compiles_and_is_asked_for_and_none_is_missing() -> None:
    asked = _asked_for(r'(?:wording|says)\(\s*f?"([\w{}]+)"')
    names = vocabulary.grouped("wording", "name", "pattern")
    assert all(vocabulary.wording(name) for name in names)
    assert [name for name in names if not _fits(name, asked)] == []
    assert [one for one in asked if not any(_fits(name, {one}) for name in names)] == []


def test_every_group_is_of_known_concepts_and_is_asked_for_and_none_is_missing() -> None:
    concepts = {row["concept"] for row in vocabulary.rows("concepts")}
    asked = _asked_for(r'concepts_in\(\s*f?"([\w{}]+)"')
    groups = vocabulary.grouped("concept_groups", "group", "concept")
    assert concepts.issuperset(name for names in groups.values() for name in names)
    assert [name for name in groups if not _fits(name, asked)] == []
    assert [one for one in asked if not any(_fits(name, {one}) for name in groups)] == []
