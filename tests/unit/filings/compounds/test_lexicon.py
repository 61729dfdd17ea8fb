"""The quick ways of looking words up find what the plain ways find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.compounds.lexicon import Term, places, terms, tokens, word_set
from orchestration.filings.compounds.names import _ANY_CODE, _CAPITAL_CODE, _IN_WORDS_TOO
from orchestration.filings.text.sentences import lower

_PRINTED = """IMGN901 T-DM1 huN901-DM1 the BAY 94-9343 small cell lung cancer cancers non-small Roche’s Kadcyla® trastuzumab-DM1
    “HER2” naïve_cells mRNA-4157 ImmunoGen SAR3419 GEO-MVA x² FY2011 İ"""
_WORDS = st.sampled_from(_PRINTED.split())
_TEXTS = st.lists(_WORDS | st.text(max_size=6), max_size=25).map(" ".join)


@given(_TEXTS)
def test_the_words_of_a_text_are_those_of_its_tokens(text: str) -> None:
    assert {word.lower() for word in word_set(lower(text))} == {word for word, _, _ in tokens(lower(text))}


@given(_TEXTS)
def test_the_places_of_a_word_are_those_of_its_tokens(text: str) -> None:
    lowered = lower(text)
    for wanted in ("cancer", "cell", "her2", "the"):
        assert list(places(lowered, wanted)) == [start for word, start, _ in tokens(lowered) if word == wanted]


def test_the_longest_term_at_a_place_is_taken_whatever_word_it_is_looked_up_by() -> None:
    text = "non-small cell lung cancer, SCLC"
    assert terms(text) == [
        Term("indication", "non-small cell lung cancer", 0, 26),
        Term("indication", "small cell lung cancer", 28, 32),
    ]


def test_a_term_is_not_put_together_over_a_gap() -> None:
    (term,) = terms("multiple" + " " * 80 + "myeloma")
    assert term.start == 88
    assert [term.value for term in terms("multiple\nmyeloma")] == ["multiple myeloma"]


@given(_TEXTS)
def test_capitals_alone_find_every_code_where_no_word_can_be_one(text: str) -> None:
    if not _IN_WORDS_TOO.search(text):
        assert [m.span() for m in _CAPITAL_CODE.finditer(text)] == [m.span() for m in _ANY_CODE.finditer(text)]
