"""The benchmark of damage: it strikes what it says it strikes, and calls what was read by its right name."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading, Value
from tests.bench.damage.__main__ import main, options
from tests.bench.damage.clean import Clean, Key, NotClean, clean_file, key_of
from tests.bench.damage.judge import determined, judge
from tests.bench.damage.report import as_json, cases_in_words, compare, gain, report
from tests.bench.damage.run import Plan, run_file
from tests.bench.damage.series import made_up_series, others_of
from tests.bench.damage.strikes import CELL_KINDS, EVERY_KIND, ROW_KINDS, Board, Edit, Miss, Strike, damaged, strike
from tests.unit.filings.made_up import COVER, made_up
from tests.unit.filings.rendering import Sheet, ascii_plain, html_three_cells

SHEET = Sheet(
    ("Example Therapeutics, Inc.", "Consolidated Statements of Operations", "(in thousands)"),
    ((("Three Months Ended March 31,", 2),), (("2010", 1), ("2009", 1))),
    (
        ("Product sales", ("12,500", "10,100")),
        ("Collaboration revenue", ("2,500", "1,900")),
        ("Total revenues", ("15,000", "12,000")),
        ("Research and development", ("19,800", "18,500")),
        ("Total costs and expenses", ("19,800", "18,500")),
        ("Loss from operations", ("(4,800)", "(6,500)")),
        ("Net loss", ("(4,800)", "(6,500)")),
    ),
)
LAYOUTS = {
    "tabbed": made_up().decode(),
    "spaced": COVER + ascii_plain(SHEET),
    "html": COVER.replace("\n\n", "<p>") + html_three_cells(SHEET),
}
TAGS = re.compile(r"<[^>]*>")
REVENUES = Key("income_statement", "Revenues", "2010-03-31", 3, True, False)


@pytest.fixture(scope="module", params=LAYOUTS)
def board(request: pytest.FixtureRequest) -> Board:
    return Board(clean_file(request.param, LAYOUTS[request.param]))


@pytest.fixture(scope="module")
def tabbed() -> Clean:
    return clean_file("tabbed", LAYOUTS["tabbed"])


def blows(board: Board, kind: str) -> list[Strike]:
    return [blow for seed in range(40) for blow in strike(board, 1, random.Random(seed), [kind])]  # noqa: S311


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_damage_changes_what_is_shown(board: Board, kind: str) -> None:
    found = blows(board, kind)
    assert found
    for blow in found:
        after = damaged(board, [blow])
        assert TAGS.sub("", after) != TAGS.sub("", board.text)
        assert blow.keys


@pytest.mark.parametrize("kind", CELL_KINDS)
def test_a_struck_cell_leaves_tags_and_all_other_cells_alone(board: Board, kind: str) -> None:
    for blow in blows(board, kind):
        (edit,) = blow.edits
        after = damaged(board, [blow])
        assert TAGS.findall(after) == TAGS.findall(board.text)
        assert after[: edit.start] == board.text[: edit.start]
        assert after.endswith(board.text[edit.end :])


def test_a_struck_figure_keeps_its_right_edge_where_columns_are_set_out_by_spaces() -> None:
    board = Board(clean_file("spaced", LAYOUTS["spaced"]))
    for kind in ("dropped_digit", "doubled_digit", "lost_cell"):
        for blow in blows(board, kind):
            (edit,) = blow.edits
            assert len(edit.new) == edit.end - edit.start


def test_a_duplicate_row_stands_beside_the_true_one(board: Board) -> None:
    for blow in blows(board, "ghost_row"):
        (edit,) = blow.edits
        row = board.text[edit.start : edit.end]
        assert row in edit.new
        assert edit.new.replace(row, "", 1).strip()
        assert len(blow.figures) == 2


def test_fused_rows_leave_one_line_with_the_figures_of_both(board: Board) -> None:
    for blow in blows(board, "fused_rows"):
        (edit,) = blow.edits
        assert edit.new.count("\n") < board.text.count("\n", edit.start, edit.end) or edit.new.count("<TR") == 1
        shown = TAGS.sub("", edit.new)
        for figure in blow.figures:
            said = TAGS.sub("", board.stretch(figure))
            assert said in shown


def test_fused_rows_stand_end_to_end_with_blanks_and_without(board: Board) -> None:
    gaps = {
        gap
        for blow in blows(board, "fused_rows")
        for edit in blow.edits
        for gap in ("", " ", "  ")
        if board.text[edit.start : edit.end].split("\n")[0].rstrip() + gap + board.text[edit.start : edit.end].split("\n")[-1]
        == edit.new
    }
    assert gaps == {"", " ", "  "} or "<TR" in board.text or "<tr" in board.text


def test_a_shifted_row_loses_one_figure_and_moves_the_others(board: Board) -> None:
    for blow in blows(board, "shifted_row"):
        before = [TAGS.sub("", board.stretch(figure)) for figure in blow.figures]
        after = [TAGS.sub("", edit.new).strip() for edit in blow.edits]
        assert after in ([*before[1:], ""], ["", *before[:-1]])


def test_a_strike_that_changes_nothing_is_a_fault_and_no_success(tabbed: Clean) -> None:
    board, figure = Board(tabbed), tabbed.figures[0]
    same = Edit(figure.start, figure.end, board.stretch(figure))
    with pytest.raises(Miss):
        damaged(board, [Strike("letters", (figure,), (same,))])
    with pytest.raises(Miss):
        damaged(board, [Strike("letters", (), (Edit(figure.start, figure.end, "x"),))])
    with pytest.raises(Miss):
        damaged(board, [])
    plan = Plan([1], 1, 1, ["letters"], lambda _board, _count, _rng, _kinds: [Strike("letters", (figure,), (same,))])
    (trial,) = run_file(tabbed, plan)
    assert trial.error
    assert not trial.cases


def test_strikes_do_not_overlap(board: Board) -> None:
    for seed in range(20):
        edits = sorted(
            edit
            for blow in strike(board, 4, random.Random(seed), EVERY_KIND)  # noqa: S311
            for edit in blow.edits
        )
        assert all(one.end <= other.start for one, other in pairwise(edits))


def test_the_same_seed_gives_the_same_trials(tabbed: Clean) -> None:
    plan = Plan([2], 3, 7, EVERY_KIND)
    one, other = run_file(tabbed, plan), run_file(tabbed, plan)
    assert [replace(trial, ms=0) for trial in one] == [replace(trial, ms=0) for trial in other]
    assert all(trial.cases for trial in one)


def reading() -> Reading:
    return read_filing(made_up(), "0000000001/tabbed")


def with_revenues(value: Decimal | None, proofs: int) -> Reading:
    """The clean reading with another value for revenues."""
    found = reading()
    changed = [
        replace(one, value=value, status="as_read" if value is not None else "unreadable", proof_count=proofs)
        if key_of(one) == REVENUES
        else one
        for one in found.values
    ]
    return replace(found, values=tuple(changed))


@pytest.mark.parametrize(
    ("value", "proofs", "verdict"),
    [
        (Decimal(15_000_000), 2, "right"),
        (Decimal(15_000_000), 0, "right"),
        (None, 0, "held_null"),
        (Decimal(16_000_000), 0, "unproven"),
        (Decimal(16_000_000), 1, "silent"),
    ],
)
def test_a_struck_value_is_called_by_what_was_read_of_it(
    tabbed: Clean, value: Decimal | None, proofs: int, verdict: str
) -> None:
    (case,) = judge(tabbed, {REVENUES: "letters"}, with_revenues(value, proofs)).cases
    assert case.verdict == verdict


def test_a_value_that_is_gone_is_held_back_as_missing(tabbed: Clean) -> None:
    found = reading()
    without = replace(found, values=tuple(one for one in found.values if key_of(one) != REVENUES))
    (case,) = judge(tabbed, {REVENUES: "letters"}, without).cases
    assert case.verdict == "held_missing"


def test_two_values_of_which_one_is_wrong_and_proven_are_silently_wrong(tabbed: Clean) -> None:
    both = replace(reading(), values=(*reading().values, *with_revenues(Decimal(1), 1).values))
    (case,) = judge(tabbed, {REVENUES: "ghost_row"}, both).cases
    assert case.verdict == "silent"


def test_a_filing_kept_out_holds_every_value_back(tabbed: Clean) -> None:
    wrong = with_revenues(Decimal(1), 1)
    kept_out = replace(wrong, filing=replace(wrong.filing, status="quarantined", reason="x"))
    judged = judge(tabbed, {REVENUES: "letters"}, kept_out)
    assert judged.cases[0].verdict == "held_quarantine"
    assert judged.unstruck.keys() == {"lost_quarantine"}


def test_a_wrong_value_that_was_not_struck_is_counted_apart(tabbed: Clean) -> None:
    judged = judge(tabbed, {}, with_revenues(Decimal(1), 1))
    assert judged.unstruck["changed_silent"] == 1
    assert len(judged.silent) == 1
    assert judge(tabbed, {}, with_revenues(Decimal(1), 0)).unstruck["changed"] == 1
    assert judge(tabbed, {}, reading()).unstruck.keys() == {"untouched"}


def test_a_row_that_no_clean_reading_has_is_renamed_repeated_or_invented(tabbed: Clean) -> None:
    found = reading()
    revenues = next(one for one in found.values if key_of(one) == REVENUES)
    worn = replace(revenues, concept=None, label="Tota reveues")
    false = replace(worn, value=Decimal(15_000_001))

    def of(*values: Value) -> dict[str, int]:
        return {name: count for name, count in judge(tabbed, {}, replace(found, values=values)).invented.items() if count}

    assert of(*found.values) == {}
    assert of(*found.values, worn) == {"repeated": 1}
    assert of(*(worn if one is revenues else one for one in found.values)) == {"renamed": 1}
    assert of(*found.values, false) == {"invented_silent": 1}
    assert of(*found.values, replace(false, proof_count=0)) == {"invented": 1}
    assert of(*found.values, replace(worn, concept="CostsAndExpenses")) == {"invented_silent": 1}


def test_a_truth_from_outside_goes_before_the_clean_reading() -> None:
    stated = {("income_statement", "2010-03-31", 3, "Revenues"): Decimal(1)}
    clean = clean_file("tabbed", LAYOUTS["tabbed"], stated)
    assert (clean.known, clean.contradicted) == (0, 1)
    assert REVENUES not in clean.truth
    assert all(REVENUES not in figure.keys for figure in clean.figures)


def test_a_file_that_is_kept_out_when_clean_is_refused_with_its_reason() -> None:
    with pytest.raises(NotClean, match="kept out when clean: no_statements"):
        clean_file("cover", COVER)


def test_the_command_says_which_kinds_and_files_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert options(["--kinds", "rows,letters"]).kinds == [*ROW_KINDS, "letters"]
    with pytest.raises(SystemExit) as refusal:
        main(["--kinds", "thunder"])
    assert refusal.value.code == 2
    assert "no such kind: thunder; there are letters" in capsys.readouterr().err


def test_a_figure_is_determined_while_one_identity_has_no_other_struck_figure(tabbed: Clean) -> None:
    sales = next(key for key in tabbed.truth if key.name == "product sales" and key.period_end == "2010-03-31")
    other = next(key for key in tabbed.truth if key.name == "collaboration revenue" and key.period_end == "2010-03-31")
    shares = next(key for key in tabbed.truth if key.name == "WeightedAverageSharesBasic" and key.period_end == "2010-03-31")
    assert determined(tabbed, {sales}) == {sales}
    assert determined(tabbed, {sales, other}) == frozenset()
    assert determined(tabbed, {sales, REVENUES}) == {sales, REVENUES}
    assert determined(tabbed, {shares}) == frozenset()


def test_two_runs_are_compared_over_what_both_of_them_struck(tabbed: Clean, tmp_path: Path) -> None:
    (trial,) = run_file(tabbed, Plan([1], 1, 1, ["letters"]))
    as_json([trial], str(tmp_path / "before.json"))
    worse = replace(trial, cases=tuple(replace(case, verdict="silent") for case in trial.cases))
    told = compare([worse], str(tmp_path / "before.json"))
    assert f"{len(trial.cases)} struck values in both, 0 only now, 0 only before" in told
    assert f"{trial.cases[0].verdict} -> silent: {len(trial.cases)}" in told
    assert f"not struck, untouched: {trial.unstruck['untouched']} -> {trial.unstruck['untouched']}" in told
    assert "silently wrong: 1 of 1" in report([worse], 1)
    assert f"silent, letters: {' '.join(map(str, trial.cases[0].key))}" in cases_in_words([worse], 1, ["silent"])
    assert cases_in_words([replace(trial, silent=())], 1, ["silent"]) == "no case of silent"


@pytest.fixture(scope="module")
def series() -> dict[str, list[Clean]]:
    found: dict[str, list[Clean]] = {}
    for name, source in made_up_series(1, 1):
        found.setdefault(name, []).append(clean_file(*source))
    return found


def told_otherwise(files: list[Clean], *, restated: bool) -> set[str]:
    """The names under which one period has several values; with `restated`, where one of them is marked so."""
    values: dict[Key, set[Decimal]] = {}
    for one in files:
        for key, truth in one.truth.items():
            if restated or not key.is_restated:
                values.setdefault(key._replace(is_restated=False), set()).update(truth)
    return {key.name for key, truth in values.items() if len(truth) > 1} - {
        "WeightedAverageSharesBasic",
        "EarningsPerShareBasic",
    }


def test_made_up_series_repeat_restate_and_reclassify_what_they_told(series: dict[str, list[Clean]]) -> None:
    plain, restated, moved = (series[f"made-up-{kind}-1"] for kind in ("plain", "restated", "reclassified"))
    assert [len(files) for files in series.values()] == [6, 6, 6]
    assert not told_otherwise(plain, restated=True)
    assert not told_otherwise(restated, restated=False)
    assert {"ResearchAndDevelopmentExpense", "NetIncomeLoss"} <= told_otherwise(restated, restated=True)
    assert told_otherwise(moved, restated=False) == {
        "ResearchAndDevelopmentExpense",
        "SellingGeneralAndAdministrativeExpense",
    }


def test_a_struck_file_is_read_alone_and_beside_the_others_of_its_series(series: dict[str, list[Clean]]) -> None:
    files = series["made-up-plain-1"][:2]
    plan = Plan((2,), 3, 1, ["letters", "lost_cell"])
    alone = [trial for one in files for trial in run_file(one, plan)]
    others = others_of(series["made-up-plain-1"])
    beside = [trial for one in files for trial in run_file(one, replace(plan, others=others))]
    assert [trial.shown for trial in alone] == [trial.shown for trial in beside], "the same damage"
    assert not any(trial.is_read_again for trial in alone)
    assert any(trial.is_read_again for trial in beside)
    assert "beside the others" in gain(alone, beside, {one.name: "plain" for one in files})
