"""`read_filing` never raises: what cannot be read is a problem of its reading, whatever stands in a table of any format."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.reader import read_filing
from tests.examples import examples
from tests.hang_guard import no_hang
from tests.unit.filings.rendering import EVERY_LAYOUT, Layout, Sheet, printed

TITLES = ("Made-Up Corp.", "Consolidated Statements of Operations", "(in thousands, except per share data)")
HEADS = ((("Three Months Ended June 30,", 2),), (("2011", 1), ("2010", 1)))
LINES = (
    ("Net sales", "5,000", "4,000"), ("Cost of sales", "3,000", "2,500"), ("Gross profit", "2,000", "1,500"),
    ("Operating expenses", "1,200", "1,000"), ("Operating income", "800", "500"), ("Income tax expense", "300", "200"),
    ("Net income", "500", "300"), ("Basic earnings per share", "0.05", "0.03"),
    ("Weighted average shares outstanding, basic", "10,000", "10,000"),
)  # fmt: skip
FIGURES = (
    "", " ", "-", "—", "0", "(", ")", "$", "%", "()", "1", "2O1", "8l0", "1,2,3", "5,000 4,000", "(1.2.3)", "1e999999", "NaN",
    "9" * 19, "9" * 30, "9" * 400, "1." + "1" * 30, "0." + "3" * 400, "1,000" + ",000" * 12, "²", "٣", "\0", "1\0", "\ud800",
    "\udfff1", "2011", "June 31, 2011", "0000", "n/a", "[1]", "US$", "|", "\\", "<b>", "&#0;", "&#xD800;", "&#99999999999;",
)  # fmt: skip
WORDS = ("", " ", ":", "Basic", "Diluted", "Total", "Total assets", "per share", "(in thousands)", "\0", "\ud83d", "(" * 50)
LABELS = (*(label for label, *_ in LINES), *WORDS)
HEAD_WORDS = (
    "",
    "2011",
    "June 30,",
    "Three Months Ended",
    "% Change",
    "February 30, 2011",
    "13/13/11",
    "9" * 30,
    "\0",
    "Q5 2011",
)


def read(text: str) -> None:
    with no_hang():
        read_filing(text.encode("utf-8", "surrogatepass"), "made-up/0000000001-11-000001.txt")


@st.composite
def struck(draw: st.DrawFn) -> Sheet:
    """A statement with some cells, labels and heads replaced by whatever."""
    figure = st.one_of(st.sampled_from(FIGURES), st.text(max_size=8))
    label = st.one_of(st.sampled_from(LABELS), st.text(max_size=8))
    rows = [list(line) for line in LINES]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, 2))
        rows[draw(st.integers(0, len(rows) - 1))][at] = draw(figure if at else label)
    kept = rows[draw(st.integers(0, len(rows))) :] if draw(st.booleans()) else rows
    words = st.sampled_from(HEAD_WORDS)
    heads = HEADS if draw(st.booleans()) else (((draw(words), 2),), ((draw(words), 1), (draw(words), 1)))
    return Sheet(TITLES, heads, tuple((label, tuple(figures)) for label, *figures in kept))


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@given(struck())
@settings(max_examples=examples(8))
def test_no_cell_makes_it_raise(layout: Layout, drawn: Sheet) -> None:
    read(printed([drawn], layout))


def with_figure(label: str, figure: str) -> Sheet:
    return Sheet(TITLES, HEADS, tuple((own, (figure if own == label else one, two)) for own, one, two in LINES))


HUGE = ("9" * 19, "9" * 25, "9" * 30, "9" * 400, "1." + "1" * 18, "1." + "1" * 30, "8l0" + "0" * 18)


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("figure", HUGE, ids=lambda figure: f"{figure[:3]}-{len(figure)}")
def test_figures_beyond_64_bits_are_no_matter_for_the_solver(layout: Layout, figure: str) -> None:
    read(printed([with_figure("Operating income", figure)], layout))


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("rows", [(), (("", ("", "")),), (("  ", (" ", " ")),) * 3], ids=["no rows", "an empty row", "blanks"])
@pytest.mark.parametrize("has_lines", [True, False], ids=["below lines", "alone"])
def test_empty_rows_raise_nothing(layout: Layout, rows: tuple[tuple[str, tuple[str, ...]], ...], has_lines: bool) -> None:
    lines = tuple((label, (one, two)) for label, one, two in LINES) if has_lines else ()
    read(printed([Sheet(TITLES, HEADS, (*lines, *rows))], layout))


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
def test_a_first_row_of_heads_without_words_raises_nothing(layout: Layout) -> None:
    """The source offsets of the heads were those of the first cell of the first row, which in lines with tabs had none."""
    lines = tuple((label, (one, two)) for label, one, two in LINES)
    read(printed([Sheet(TITLES, ((("", 2),), (("2011", 1), ("2011", 1))), lines)], layout))


@pytest.mark.parametrize("figure", HUGE[:4], ids=lambda figure: str(len(figure)))
def test_endless_figures_in_prose_raise_nothing(figure: str) -> None:
    read(
        f"Net sales were ${figure} million for the three months ended June 30, 2011, up {figure}% from $1.{figure} billion.\n"
        f"We expect 2012 revenue of ${figure} million to ${figure}0 million. Net income per share was $0.{figure}.\n"
    )
