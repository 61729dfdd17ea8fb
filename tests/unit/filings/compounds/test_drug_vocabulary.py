"""The vocabulary of compounds: every link has a source, no name means two things."""

from __future__ import annotations

from collections import Counter

import pytest

from orchestration.filings import vocabulary
from orchestration.filings.compounds.names import slug


def test_every_link_between_names_has_a_source() -> None:
    rows = vocabulary.rows("compounds")
    assert len(rows) > 20
    assert all(row["source"].strip() for row in rows)
    assert {row["link"] for row in rows} == {"own", "stated", "unstated"}


def test_each_compound_has_one_name_of_its_own_which_is_its_id() -> None:
    own = [row for row in vocabulary.rows("compounds") if row["link"] == "own"]
    assert all(slug(row["name"]) == row["compound_id"] for row in own)
    assert {row["compound_id"] for row in own} == {row["compound_id"] for row in vocabulary.rows("compounds")}


@pytest.mark.parametrize(
    "file", ["compounds", "comparators", "components", "targets", "indications", "partners", "meetings", "modalities"]
)
def test_no_name_stands_twice(file: str) -> None:
    twice = [name for name, count in Counter(row["name"] for row in vocabulary.rows(file)).items() if count > 1]
    assert twice == []


def test_no_name_is_both_a_compound_and_a_comparator() -> None:
    assert {slug(row["name"]) for row in vocabulary.rows("compounds")} & {
        slug(row["name"]) for row in vocabulary.rows("comparators")
    } == set()
