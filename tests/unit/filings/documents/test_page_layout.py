"""Words with boxes -> lines of text, and back from its characters to the boxes."""

from __future__ import annotations

from orchestration.filings.documents.page_layout import Box, LaidOut, Word, lay_out

HEIGHT = 10.0


def words(*said: tuple[float, float, str], page: int = 1) -> list[Word]:
    """Words of five points a character, each by its left and top."""
    return [
        Word(text, Box(page, left, top, left + 5 * len(text), top + HEIGHT), order)
        for order, (left, top, text) in enumerate(said)
    ]


def laid_out(*pages: list[Word]) -> LaidOut:
    return lay_out(pages, 600)


def test_words_of_one_height_are_one_line_in_order_from_the_left() -> None:
    assert laid_out(words((200, 100, "second"), (100, 101, "first"))).text.split() == ["first", "second"]


def test_a_small_gap_is_a_blank_and_a_wide_one_parts_cells() -> None:
    [line] = laid_out(words((100, 100, "Net"), (118, 100, "sales"), (300, 100, "1,234"))).text.splitlines()
    assert "Net sales  " in line


def test_figures_keep_their_right_edge() -> None:
    lines = laid_out(words((300, 100, "1,234"), (315, 112, "12"), (295, 124, "(1,234"), (325, 124, ")"))).text.splitlines()
    assert len({len(line) for line in lines[:2]}) == 1
    assert len(lines[2]) == len(lines[0]) + 1


def test_justified_prose_is_no_row_of_cells() -> None:
    said = [(60.0 + 32 * at, 100.0, "words") for at in range(8)]
    assert "  " not in laid_out(words(*said)).text.strip()


def test_narrow_columns_of_figures_are_cells() -> None:
    said = [(60.0, 100.0, "Revenue"), *[(103.0 + 33 * at, 100.0, "1,234") for at in range(7)]]
    assert laid_out(words(*said)).text.split("  ")[0].strip() != "Revenue 1,234"
    assert len([cell for cell in laid_out(words(*said)).text.strip().split("  ") if cell.strip()]) == 8


def test_a_gap_between_lines_is_a_blank_line_and_pages_a_form_feed() -> None:
    text = laid_out(words((60, 100, "one"), (60, 112, "two"), (60, 140, "three")), words((60, 100, "four"), page=2)).text
    assert [line.strip(" ") for line in text.split("\n")] == ["one", "two", "", "three", "\f", "four", ""]


def test_parts_of_one_word_are_joined() -> None:
    raised = Word("th", Box(1, 65, 97, 71, 103), 1)
    assert "4th" in laid_out([*words((60, 100, "4")), raised]).text


def test_the_box_of_characters_is_around_their_words_of_the_first_page() -> None:
    found = laid_out(words((60, 100, "one"), (80, 101, "two")), words((60, 100, "three"), page=2))
    start = found.text.index("one")
    assert found.box(start, start + 2) == Box(1, 60, 100, 75, 110)
    assert found.box(start, found.text.index("two") + 1) == Box(1, 60, 100, 95, 111)
    assert found.box(start, len(found.text)) == Box(1, 60, 100, 95, 111)
    assert found.box(0, start) is None


def test_a_page_without_words_is_an_empty_line_of_none() -> None:
    assert laid_out([], words((60, 100, "one"), page=2)).text.split() == ["one"]
    assert laid_out([]).text == ""


def test_many_marks_at_one_place_take_no_square_of_their_number() -> None:
    """Twenty thousand would take a minute if each were held against all others."""
    marks = [Word("1", Box(1, 100, at / 100, 101, at / 100 + 1 + at % 7), at) for at in range(20_000)]
    assert laid_out(marks).words
