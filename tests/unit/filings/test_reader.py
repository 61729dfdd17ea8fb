"""The one door: bad input, damage and truncation through `read_filing`, and what becomes of it.

Belongs here: whole filings, real and made up. Does not belong here: one step of the reader (a test module each beside
this one), or the right values of the real filings (`tests/golden`).
"""

# ruff: noqa: S311 (samples are drawn, no secrets)

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.filings.acceptance import cut_short
from orchestration.filings.documents.decode import decode
from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Document
from orchestration.filings.proof.proven_statement import ProvenStatement, prove
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading, Value
from orchestration.filings.statements.read import read_statements
from tests.examples import examples
from tests.hang_guard import no_hang
from tests.unit.filings.made_up import BALANCE, COVER, INCOME, REAL, made_up, real

DRAW = 2011
"""The seed of every sample."""


def read(raw: bytes) -> Reading:
    return read_filing(raw, "0001234567/filing.txt")


def assert_quarantined(reading: Reading, code: str) -> str:
    """The filing is kept out for a reason that says what to do; the reason."""
    assert reading.filing.status == "quarantined"
    assert reading.filing.reason is not None
    assert reading.filing.reason.startswith(f"{code}: "), reading.filing.reason
    assert len(reading.filing.reason) > 40, "a reason says what, where and what to do"
    assert any(problem.code == code and problem.severity == "error" for problem in reading.problems)
    return reading.filing.reason


@cache
def text_of(name: str) -> str:
    return decode(real(name))


@cache
def whole(name: str) -> Reading:
    return read(real(name))


Key = tuple[str, str, str | None, object, object]


def key(value: Value) -> Key:
    return value.statement, value.label, value.concept, value.period_end, value.duration_months


def values_of(reading: Reading) -> dict[Key, Decimal | None]:
    return {key(value): value.value for value in reading.values}


# Bad input


@pytest.mark.parametrize("raw", [b"", b"\n\n\t \r\n", b"\x00\x00\x00"])
def test_an_empty_file(raw: bytes) -> None:
    assert "empty" in assert_quarantined(read(raw), "empty_file")


def test_a_file_of_a_byte_order_mark_alone_is_empty() -> None:
    assert "empty" in assert_quarantined(read(b"\xef\xbb\xbf"), "empty_file")


@pytest.mark.parametrize("raw", [b"PK\x03\x04", random.Random(DRAW).randbytes(20_000)], ids=["zip", "noise"])
def test_a_binary_file(raw: bytes) -> None:
    assert "not text" in assert_quarantined(read(raw), "binary_file")


def test_a_file_of_50_megabytes_is_refused_at_once() -> None:
    raw = real(REAL[0]) + b"x" * 50_000_000
    with no_hang():
        assert "limit" in assert_quarantined(read(raw), "too_large")


@pytest.mark.parametrize(
    "raw",
    [
        b"\t" * 200_000,
        b"FORM 8-K\n" + b"a\t" * 20_000,
        b"FORM 8-K\n" + b"\t1" * 100_000,
        b"FORM 8-K\n" + b"1\t2\n" * 20_000,
        b"FORM 8-K\n" + b"\n" * 200_000,
    ],
    ids=["tabs", "one row of words", "one row of figures", "many rows", "blank lines"],
)
def test_a_file_of_tabs_and_little_else(raw: bytes) -> None:
    with no_hang():
        assert read(raw).filing.status == "quarantined"


GARBAGE = {
    "letters": lambda rng: "".join(rng.choices("abcdefghij klmnop", k=80)),
    "figures": lambda rng: "".join(rng.choices("0123456789,.() $", k=80)),
    "words": lambda rng: " ".join(
        rng.choices(["revenue", "quarter", "fiscal", "2011", "million", "ended", "$3.1", "IMGN901"], k=12)
    ),
    "punctuation": lambda rng: "".join(rng.choices("\"'()[]*_-.,:;/\\", k=80)),
}


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["lines", "paragraphs"])
def test_garbage_is_read_without_a_hang(kind: str, gap: str) -> None:
    """A quarter of a megabyte here, so that a quadratic step shows and does not stop the suite."""
    rng = random.Random(DRAW)
    lines = [GARBAGE[kind](rng) for _ in range(64)]
    raw = gap.join(lines * 50).encode()
    assert 240_000 < len(raw) < 450_000
    with no_hang():
        reading = read(raw)
    assert reading.filing.status == "quarantined"


def test_a_made_up_filing_is_read_whole() -> None:
    """The builder of these tests builds what the reader reads; else the tests above pass because nothing is there."""
    reading = read(made_up())
    assert (reading.filing.status, reading.filing.reason) == ("accepted", None)
    assert len(reading.values) == 20 + 32
    assert (reading.filing.ticker, reading.filing.commission_file_number) == ("EXTH", "001-34567")
    assert (reading.filing.fiscal_year, reading.filing.fiscal_quarter, str(reading.filing.period_end)) == (
        2010,
        1,
        "2010-03-31",
    )
    assert all(value.proof_count >= 1 for value in reading.values if value.unit != "shares")


def with_a_column_since_inception() -> str:
    """The made-up statement with a third column: ten times the first, so that its sums close as well."""
    lines = []
    for line in INCOME.split("\n"):
        cells = line.split("\t")
        if line.startswith("\tThree Months"):
            lines.append(f"{line}\tPeriod from inception (May 1, 2000) to March 31, 2010")
        elif len(cells) == 3 and cells[0] and cells[1]:
            tenfold = cells[1].replace(",", "").strip("()") + ("" if "." in cells[1] else "0")
            lines.append(f"{line}\t" + (f"({tenfold})" if cells[1].startswith("(") else tenfold))
        else:
            lines.append(line)
    return "\n".join(lines)


def test_a_column_since_inception_puts_no_value_into_a_wrong_period() -> None:
    truth = values_of(read(made_up()))
    reading = read(made_up(income=with_a_column_since_inception()))
    wrong = {
        cell: value
        for cell, value in values_of(reading).items()
        if cell[4] not in (0, None) and value is not None and truth.get(cell) != value
    }
    assert reading.filing.status == "quarantined" or not wrong, list(wrong.items())[:4]


# The same filing in other dress


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_an_encoding_changes_no_value(name: str, encoding: str) -> None:
    assert_same(read(text_of(name).encode(encoding)), whole(name))


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_one_byte_encoding_changes_no_value(name: str, encoding: str) -> None:
    """What the encoding has no letter for is a question mark, as in the copies that people keep."""
    raw = text_of(name).encode(encoding, errors="replace")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    found = read(raw)
    assert found.filing.status == "accepted"
    assert values_of(found) == values_of(whole(name))


@pytest.mark.parametrize("name", REAL)
def test_line_ends_of_windows_change_no_value(name: str) -> None:
    assert_same(read(real(name).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")), whole(name))


def assert_same(one: Reading, other: Reading) -> None:
    """Equal but for what hangs on the bytes."""
    assert len(one.values) == len(other.values) > 0
    assert [replace(value, value_id="", cell_id="", filing_id="") for value in one.values] == [
        replace(value, value_id="", cell_id="", filing_id="") for value in other.values
    ]
    same = {"filing_id": "", "sha256": "", "source": ""}
    assert replace(one.filing, **same) == replace(other.filing, **same)


@pytest.mark.parametrize("name", REAL)
def test_the_same_bytes_give_the_same_reading(name: str) -> None:
    assert read(real(name)) == whole(name)


def test_the_same_bytes_under_two_names_have_one_id() -> None:
    one, other = read_filing(real(REAL[0]), "a/b.txt"), read_filing(real(REAL[0]), "c/d.txt")
    assert one.filing.filing_id == other.filing.filing_id
    assert (one.filing.source, other.filing.source) == ("a/b.txt", "c/d.txt")
    assert values_of(one) == values_of(other)


# Truncation


def cuts(name: str, count: int) -> list[int]:
    """Places to cut: some anywhere, most in the statements."""
    text, rng = text_of(name), random.Random(f"{DRAW} {name}")
    start = text.index("CONDENSED CONSOLIDATED BALANCE SHEETS")
    return sorted(
        {rng.randrange(1, len(text)) for _ in range(count // 4)} | {rng.randrange(start, len(text)) for _ in range(count)}
    )


@dataclass(frozen=True)
class Core:
    """A reading without its prose, which holds no statement value: ten times as quick."""

    proven: tuple[ProvenStatement, ...]
    document: Document

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(value for one in self.proven for value in one.values)

    @property
    def is_accepted(self) -> bool:
        """As `acceptance.py` judges: there are values, no identity is broken, the file does not end within a statement."""
        problems = [problem for one in self.proven for problem in one.problems]
        problems += cut_short("f", self.document, self.values)
        return bool(self.values) and not {"identity_broken", "truncated"} & {problem.code for problem in problems}


def core(text: str) -> Core:
    document = read_document(text).document
    return Core(tuple(prove(table, "f") for table in read_statements(document).tables), document)


@pytest.mark.parametrize("name", REAL)
def test_a_truncated_filing_never_says_what_the_whole_does_not(name: str) -> None:
    truth, checked, accepted = values_of(whole(name)), 0, 0
    for cut in cuts(name, 40):
        found = core(text_of(name)[:cut])
        wrong = [value for value in found.values if value.proof_count and value.value != truth.get(key(value))]
        assert not wrong, f"cut at {cut}: proven, and wrong: {wrong}"
        if not found.is_accepted:
            continue
        accepted += 1
        for value in found.values:
            if value.value is None:
                continue
            assert key(value) in truth, f"cut at {cut}: the whole filing has no such value: {value}"
            assert value.value == truth[key(value)], f"cut at {cut}: {value.value} for {truth[key(value)]}: {value}"
            checked += 1
    assert accepted >= 10
    assert checked > 100


def test_a_line_that_the_file_breaks_off_in_is_left_out_and_named() -> None:
    text = made_up().decode().rstrip()
    for cut in (text, text[:-1], text[:-6]):
        codes = {problem.code for problem in read(cut.encode()).problems}
        assert ("line_cut" in codes) == (cut != text), cut[-30:]


@pytest.mark.parametrize("name", REAL)
def test_cutting_the_last_figure_short_leaves_no_wrong_value(name: str) -> None:
    """The last figure of the last row, digit by digit: 41,07 is no number of shares."""
    text, truth = text_of(name), values_of(whole(name))
    last = max(value.source_end or 0 for value in whole(name).values)
    for cut in range(last - 6, last):
        found = core(text[:cut])
        for value in found.values if found.is_accepted else ():
            assert value.value is None or value.value == truth.get(key(value)), f"{text[:cut][-30:]!r}: {value}"


# Damage to one cell


@dataclass(frozen=True)
class Damage:
    """One digit changed, and what became of it."""

    value: Value
    text: str
    shown: str
    core: Core


@cache
def damages(name: str) -> tuple[Damage, ...]:
    """Each numeric cell of a filing with one digit changed, by a fixed draw."""
    text, rng = text_of(name), random.Random(f"{DRAW} {name}")
    cells = {(value.source_start, value.source_end): value for value in whole(name).values if value.raw_text}
    found = []
    for (start, end), value in sorted(cells.items(), key=lambda pair: pair[0][0] or 0):
        digits = [place for place in range(start or 0, end or 0) if text[place].isdigit()]
        if not digits:
            continue
        place = rng.choice(digits)
        other = rng.choice([digit for digit in "123456789" if digit != text[place]])
        damaged = f"{text[:place]}{other}{text[place + 1 :]}"
        found.append(Damage(value, damaged, damaged[start:end], core(damaged)))
    return tuple(found)


def outcome(damage: Damage) -> str:
    """What the reader made of the damaged cell; the wrong values of other cells are looked at apart."""
    if not damage.core.is_accepted:
        return "quarantined"
    true = damage.value
    same = [
        value
        for value in damage.core.values
        if (value.statement, value.concept, value.period_end, value.duration_months)
        == (true.statement, true.concept, true.period_end, true.duration_months)
        and (true.concept or value.label == true.label)
    ]
    if not same:
        return "gone"
    value = same[0]
    if value.value is None:
        return "unreadable"
    if value.value == true.value:
        return "right"
    return "wrong, proven" if value.proof_count else "wrong, unproven"


@pytest.mark.parametrize("name", REAL)
def test_a_damaged_figure_is_never_proven(name: str, record_property: pytest.RecordProperty) -> None:
    counts = Counter(outcome(damage) for damage in damages(name))
    record_property("outcomes", dict(counts))
    assert sum(counts.values()) >= 60
    wrong = [
        (d.value.label, d.value.column_no, d.value.raw_text, d.shown) for d in damages(name) if outcome(d) == "wrong, proven"
    ]
    assert not wrong, f"{counts}: {wrong}"


@pytest.mark.parametrize("name", REAL)
def test_damage_to_one_figure_makes_no_other_wrong(name: str) -> None:
    truth = {(v.statement, v.concept or v.label, v.period_end, v.duration_months): v for v in whole(name).values}
    wrong, checked = [], 0
    for damage in damages(name):
        for value in damage.core.values if damage.core.is_accepted else ():
            cell = (value.statement, value.concept or value.label, value.period_end, value.duration_months)
            if value.value is None or (truth.get(cell) and truth[cell].label == damage.value.label):
                continue
            checked += 1
            if cell not in truth or truth[cell].value != value.value:
                wrong.append(
                    (f"{damage.value.label}: {damage.value.raw_text} -> {damage.shown}", cell[1], value.value, value.status)
                )
    assert checked > 100
    assert not wrong, wrong


@dataclass(frozen=True)
class Case:
    """One damaged place of a real filing that was once read wrong in silence."""

    name: str
    line: int
    old: str
    new: str


ONCE_WRONG = {
    "an implied line of minus 50 million takes up the damage": Case(REAL[1], 182, "15,763", "65,763"),
    "a lost cell is implied though its ghost says otherwise": Case(REAL[1], 183, "10,925", "10,965"),
    "a blank tax cell is implied to make a damaged result fit": Case(REAL[1], 194, "(42,124)", "(42,024)"),
    "a ghost that closes but for the rounding replaces a figure, and a tax is implied for it": Case(
        REAL[1], 191, "(15,003)", "(15,000)"
    ),
    "a ghost that closes but for the rounding replaces a small figure": Case(REAL[1], 189, "(3)", "(1)"),
}


@pytest.mark.parametrize("what", ONCE_WRONG)
def test_no_wrong_value_is_accepted_where(what: str) -> None:
    case = ONCE_WRONG[what]
    lines = text_of(case.name).split("\n")
    assert case.old in lines[case.line - 1]
    lines[case.line - 1] = lines[case.line - 1].replace(case.old, case.new, 1)
    found = core("\n".join(lines))
    if not found.is_accepted:
        return
    truth = {(v.statement, v.concept or v.label, v.period_end, v.duration_months): v.value for v in whole(case.name).values}
    for value in found.values:
        cell = (value.statement, value.concept or value.label, value.period_end, value.duration_months)
        if value.value is not None and value.value != truth.get(cell):
            assert value.status == "as_read", f"made up: {value}"
            assert value.proof_count == 0, f"wrong, and proven: {value}"


def test_no_value_is_minus_nought() -> None:
    for name in REAL:
        for damage in damages(name):
            assert not [value for value in damage.core.values if value.value == 0 and str(value.value).startswith("-")]


# Anything at all


@given(st.randoms(use_true_random=False), st.sampled_from(REAL), st.integers(1, 30))
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
def test_mutated_filings_are_read_or_quarantined(rng: random.Random, name: str, changes: int) -> None:
    lines = text_of(name).split("\n")
    for _ in range(changes):
        mutate(lines, rng)
    text = "\n".join(lines)
    reading = read_filing(text.encode("utf-8", errors="replace"), "fuzz.txt")
    assert reading.filing.status in ("accepted", "quarantined")
    assert (reading.filing.reason is None) == (reading.filing.status == "accepted")
    decoded = decode(text.encode("utf-8", errors="replace")) if text.strip() else ""
    for value in reading.values:
        assert value.raw_text is None or decoded[value.source_start : value.source_end] == value.raw_text


def mutate(lines: list[str], rng: random.Random) -> None:
    """One change of the kinds that OCR and copying make."""
    at = rng.randrange(len(lines))
    kind = rng.randrange(7)
    if kind == 0 and len(lines) > 1:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[rng.randrange(len(lines))])
    elif kind == 2:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 3:
        lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]
    elif kind == 4:
        chars = list(lines[at])
        rng.shuffle(chars)
        lines[at] = "".join(chars)
    elif kind == 5:
        lines[at] = lines[at].replace("\t", rng.choice(["", " ", "\t\t", "\n"]), 3)
    else:
        lines[at] = lines[at] + rng.choice(
            ["\t", "$", "(", ")", "_", "-", "\u0000", "\ufffd", "Ψ", "9", "%", "1,000", "<table>", "|"]
        )


@given(st.text(max_size=300))
@settings(max_examples=examples(60))
def test_any_text_is_read_or_quarantined(text: str) -> None:
    reading = read_filing((COVER[:200] + text).encode("utf-8", errors="replace"), "fuzz.txt")
    assert reading.filing.status == "quarantined"


@given(st.lists(st.sampled_from([*INCOME.split("\n"), *BALANCE.split("\n")]), max_size=40))
@settings(max_examples=examples(40))
def test_rows_of_a_statement_in_any_order_are_read_without_an_error(lines: list[str]) -> None:
    reading = read_filing((COVER + "\n".join(lines)).encode(), "fuzz.txt")
    assert reading.filing.status in ("accepted", "quarantined")
