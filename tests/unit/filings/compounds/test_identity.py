"""Which names of a filing are one compound, and the stable id of it."""

from __future__ import annotations

from orchestration.filings.compounds.identity import CompoundIdentity, known_comparators, known_compounds
from orchestration.filings.compounds.names import Link, NameMention


def mention(key: str, kind: str) -> NameMention:
    return NameMention(key, key, kind, 0, len(key))


def link(left: str, right: str, former: str | None = None) -> Link:
    return Link(left, right, former, 0, 1)


CODE, GENERIC, BRAND = mention("abc-123", "code"), mention("examplimab", "generic"), mention("examplix", "brand")


def test_names_that_a_filing_links_are_one_compound_and_others_are_not() -> None:
    found = CompoundIdentity([CODE, GENERIC, BRAND], [link("abc-123", "examplimab")])
    assert found.canonical("examplimab") == found.canonical("abc-123")
    assert found.canonical("examplix") == "examplix"
    assert found.keys_of(found.canonical("examplimab")) == ["abc-123", "examplimab"]


def test_links_go_on_over_several_names() -> None:
    found = CompoundIdentity([BRAND, GENERIC, CODE], [link("examplimab", "examplix"), link("abc-123", "examplimab")])
    assert len({found.canonical(key) for key in ("abc-123", "examplimab", "examplix")}) == 1


def test_the_id_is_the_code_if_there_is_one_whatever_is_named_first() -> None:
    found = CompoundIdentity([BRAND, GENERIC, CODE], [link("examplix", "examplimab"), link("examplimab", "abc-123")])
    assert found.compound_id(found.canonical("examplix")) == "abc-123"
    assert CompoundIdentity([BRAND], []).compound_id("examplix") == "examplix"


def test_of_two_codes_the_one_that_was_given_up_is_not_the_id() -> None:
    newer = mention("xyz-9", "code")
    found = CompoundIdentity([CODE, newer], [link("abc-123", "xyz-9", former="abc-123")])
    assert found.compound_id(found.canonical("abc-123")) == "xyz-9"


def test_the_vocabulary_joins_what_the_filing_does_not_and_does_not_call_it_stated() -> None:
    known: dict[str, list[str]] = {}
    for key, one in known_compounds().items():
        known.setdefault(one.compound_id, []).append(key)
    compound_id, keys = next((name, keys) for name, keys in known.items() if len(keys) > 1)
    own = next(key for key in keys if known_compounds()[key].link == "own")
    other = next(key for key in keys if known_compounds()[key].link != "own")
    found = CompoundIdentity([mention(own, "code"), mention(other, "generic")], [])
    assert found.canonical(own) == found.canonical(other)
    assert found.compound_id(found.canonical(other)) == compound_id
    assert found.states(own)
    assert not CompoundIdentity([mention(other, "generic")], []).states(other)


def test_a_link_between_two_compounds_of_the_vocabulary_is_a_conflict_and_joins_nothing() -> None:
    by_id = {one.compound_id: key for key, one in known_comparators().items()}
    one, other = list(by_id.values())[:2]
    found = CompoundIdentity([mention(one, "generic"), mention(other, "generic")], [link(one, other)])
    assert found.conflicts == [link(one, other)]
    assert found.canonical(one) != found.canonical(other)
